//! The summary of a step of GitHub Actions: all findings, where of the annotations only the first few are shown.
//! <https://docs.github.com/actions/reference/workflow-commands-for-github-actions#adding-a-job-summary>

use super::{Run, summary_line, visible};
use crate::diagnostic::Severity;
use crate::text::count;
use std::fmt::Write as _;

/// A summary is no longer than this many bytes; the platform takes 1 MiB and drops the whole of what is longer.
const LONGEST: usize = 1_000_000;

/// The findings as a table in Markdown, worst first.
pub fn step_summary(run: &Run<'_>, seconds: f64) -> String {
    let unread = run.sources.len() - run.summary.articles;
    let line = summary_line(run.summary, run.problems.len(), unread, seconds);
    let mut text = format!("## seedlint\n\n{}\n", inert(&line));
    if !run.diagnostics.is_empty() {
        text.push_str("\n| level | rule | place | what is wrong |\n| --- | --- | --- | --- |\n");
    }
    let mut shown = 0;
    'all: for severity in Severity::ALL {
        for diagnostic in run.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity) {
            let file = run.sources.get(diagnostic.primary.span.source);
            let place = format!("{}:{}", file.path, file.position(diagnostic.primary.span.start));
            let row =
                format!("| {severity} | {} | {} | {} |\n", diagnostic.rule, inert(&place), inert(&diagnostic.message));
            if text.len() + row.len() > LONGEST {
                break 'all;
            }
            text.push_str(&row);
            shown += 1;
        }
    }
    if shown < run.diagnostics.len() {
        let _ = writeln!(
            text,
            "\n{} more left out: there is no room here.",
            count(run.diagnostics.len() - shown, "finding")
        );
    }
    for problem in run.problems.iter().take(100) {
        let _ = writeln!(text, "\n- {}: {}", inert(&problem.path), inert(&problem.reason));
    }
    text
}

/// Words that Markdown shows as they are: no markup, no table cell, no HTML, no link, and nobody who is called by an `@`.
fn inert(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let flat = visible(text).replace(['\n', '\r'], " ");
    for c in flat.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            // A comment in between, for a mention is looked for after the markup is read.
            '@' => safe.push_str("@<!-- -->"),
            '#' => safe.push_str("#<!-- -->"),
            '|' => safe.push_str("&#124;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '(' | ')' | '!' | '~' | '$' => {
                safe.push('\\');
                safe.push(c);
            }
            // Addresses are made links of.
            ':' => safe.push_str(":<!-- -->"),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_markup() {
        assert_eq!(inert("a|b\n`c` @you <img>"), "a&#124;b␊\\`c\\` @<!-- -->you &lt;img&gt;");
        assert_eq!(inert("![x](javascript:y)"), "\\!\\[x\\]\\(javascript:<!-- -->y\\)");
    }
}
