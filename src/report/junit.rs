//! `JUnit` XML, which most CI systems read: a suite for each article, a failed case for each finding, and a passed one where there is none.
//! <https://github.com/testmoapp/junitxml>

use super::{Run, visible};
use crate::diagnostic::Diagnostic;
use crate::source::SourceId;
use std::fmt::Write as _;
use std::io::{self, Write};

pub(super) fn write(run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
    let failures = run.diagnostics.len();
    let errors = run.problems.len();
    let mut rest = run.diagnostics;
    let clean = run.sources.iter().count() - suites(run.diagnostics);
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        out,
        "<testsuites name=\"seedlint\" tests=\"{}\" failures=\"{failures}\" errors=\"{errors}\">",
        failures + errors + clean
    )?;
    for (id, file) in run.sources.iter() {
        // The findings are in the order of the files.
        let own = rest.partition_point(|diagnostic| diagnostic.primary.span.source <= id);
        let (of_file, others) = rest.split_at(own);
        rest = others;
        let name = xml(&file.path);
        let tests = of_file.len().max(1);
        writeln!(out, "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{}\" errors=\"0\">", of_file.len())?;
        if of_file.is_empty() {
            writeln!(out, "    <testcase name=\"seedlint\" classname=\"{name}\"/>")?;
        }
        for diagnostic in of_file {
            write!(out, "{}", case(run, diagnostic, &name))?;
        }
        writeln!(out, "  </testsuite>")?;
    }
    for problem in run.problems {
        let name = xml(&problem.path);
        writeln!(
            out,
            "  <testsuite name=\"{name}\" tests=\"1\" failures=\"0\" errors=\"1\">\n    <testcase name=\"seedlint\" classname=\"{name}\">\n      \
             <error message=\"{}\"/>\n    </testcase>\n  </testsuite>",
            xml(&problem.reason)
        )?;
    }
    writeln!(out, "</testsuites>")
}

/// How many files have findings.
fn suites(diagnostics: &[Diagnostic]) -> usize {
    diagnostics.chunk_by(|a, b| a.primary.span.source == b.primary.span.source).count()
}

fn case(run: &Run<'_>, diagnostic: &Diagnostic, classname: &str) -> String {
    let place = |source: SourceId, offset: u32| {
        let file = run.sources.get(source);
        format!("{}:{}", file.path, file.position(offset))
    };
    let primary = diagnostic.primary.span;
    let at = run.sources.get(primary.source).position(primary.start);
    let mut words = place(primary.source, primary.start);
    for label in &diagnostic.related {
        let _ = write!(words, "\n{}: {}", place(label.span.source, label.span.start), label.message);
    }
    if let Some(help) = &diagnostic.help {
        let _ = write!(words, "\nhelp: {help}");
    }
    format!(
        "    <testcase name=\"{} {at}\" classname=\"{classname}\" line=\"{}\">\n      <failure type=\"{}\" message=\"{}\">{}</failure>\n    </testcase>\n",
        diagnostic.rule,
        at.line,
        diagnostic.severity,
        xml(&diagnostic.message),
        words.lines().map(xml).collect::<Vec<_>>().join("\n")
    )
}

/// A text as XML holds it, in a value or between tags. What XML 1.0 has no place for is made visible, with all that hides.
fn xml(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&apos;"),
            '\u{FFFE}' | '\u{FFFF}' => safe.push('\u{FFFD}'),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_tag_gets_in() {
        assert_eq!(xml("]]>\"<a b='c'>&\u{0}\u{FFFE}"), "]]&gt;&quot;&lt;a b=&apos;c&apos;&gt;&amp;␀\u{FFFD}");
    }
}
