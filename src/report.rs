//! Showing what was found: one file per format.

mod concise;
mod escape;
mod github;
mod json;
mod pretty;

pub use escape::visible;
pub use pretty::{Style, fault as pretty_fault};

use crate::check::Summary;
use crate::diagnostic::Diagnostic;
use crate::discover::Problem;
use crate::source::Sources;
use crate::text::count;
use std::io::{self, Write};

/// The formats of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people: the words in question, and what is said of them.
    Pretty,
    /// One line a finding.
    Concise,
    /// One JSON document.
    Json,
    /// One JSON object a line, one a finding.
    Jsonl,
    /// Annotations for GitHub Actions.
    Github,
}

/// All that a run has found.
#[derive(Debug)]
pub struct Run<'a> {
    /// The files.
    pub sources: &'a Sources,
    /// The findings, in order.
    pub diagnostics: &'a [Diagnostic],
    /// Numbers.
    pub summary: &'a Summary,
    /// What could not be checked.
    pub problems: &'a [Problem],
}

/// Writes a report.
pub fn write(format: Format, style: Style, run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Pretty => pretty::write(style, run, out),
        Format::Concise => concise::write(run, out),
        Format::Json => json::write(run, out),
        Format::Jsonl => json::write_lines(run, out),
        Format::Github => github::write(run, out),
    }
}

/// The last line of a run: what was read and what was found.
pub fn summary_line(summary: &Summary, problems: usize, unread: usize, seconds: f64) -> String {
    let articles = count(summary.articles, "article");
    let found: Vec<String> = summary
        .by_severity
        .iter()
        .filter(|(_, number)| *number > 0)
        .map(|(name, number)| if *name == "advice" { format!("{number} advice") } else { count(*number, name) })
        .collect();
    let found = if found.is_empty() { String::from("nothing to report") } else { found.join(", ") };
    let time = if seconds < 1.0 { format!("{:.0} ms", seconds * 1000.0) } else { format!("{seconds:.1} s") };
    let hidden = summary.baseline.filter(|hidden| hidden.accepted + hidden.debt > 0);
    let hidden = hidden.map(|hidden| format!(", beside {} accepted and {} in debt", hidden.accepted, hidden.debt));
    let mut line = format!("{articles}: {found}{} ({time})", hidden.unwrap_or_default());
    if problems + unread > 0 {
        let are = if problems + unread == 1 { "was" } else { "were" };
        line.push_str(&format!("; {} {are} not checked", count(problems + unread, "file")));
    }
    line
}
