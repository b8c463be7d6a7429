//! Showing what was found: one file per format.

mod concise;
mod escape;
mod github;
mod gitlab;
mod json;
mod junit;
mod page;
mod pretty;
mod rdjson;
mod sarif;
mod statistics;
mod step_summary;
mod uri;

pub use escape::visible;
pub use page::page;
pub use pretty::{Style, fault as pretty_fault};
pub use step_summary::step_summary;

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
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Code quality of GitLab.
    Gitlab,
    /// `JUnit` XML.
    Junit,
    /// The diagnostic format of reviewdog.
    Rdjson,
}

impl Format {
    /// All of them: name, and what it is for.
    pub const ALL: [(Format, &str, &str); 9] = [
        (Format::Pretty, "pretty", "For people: the words in question, and what is said of them"),
        (Format::Concise, "concise", "One line a finding"),
        (Format::Json, "json", "One JSON document"),
        (Format::Jsonl, "jsonl", "One JSON object a line, one a finding"),
        (Format::Sarif, "sarif", "SARIF 2.1.0, for code scanning"),
        (Format::Github, "github", "Annotations for GitHub Actions"),
        (Format::Gitlab, "gitlab", "Code quality report of GitLab"),
        (Format::Junit, "junit", "JUnit XML"),
        (Format::Rdjson, "rdjson", "Diagnostic format of reviewdog"),
    ];

    /// Its name, and what it is for.
    pub fn names(self) -> (&'static str, &'static str) {
        let names = Self::ALL.into_iter().find(|(format, ..)| *format == self);
        names.map_or(("", ""), |(_, name, purpose)| (name, purpose))
    }

    /// Whether it is meant to be read by people.
    pub fn is_for_people(self) -> bool {
        matches!(self, Format::Pretty | Format::Concise | Format::Github)
    }
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

/// Writes a report; the number of findings that the format has no room for.
pub fn write(format: Format, style: Style, run: &Run<'_>, out: &mut dyn Write) -> io::Result<usize> {
    match format {
        Format::Sarif => return sarif::write(run, out),
        Format::Gitlab => gitlab::write(run, out),
        Format::Junit => junit::write(run, out),
        Format::Rdjson => rdjson::write(run, out),
        Format::Pretty => pretty::write(style, run, out),
        Format::Concise => concise::write(run, out),
        Format::Json => json::write(run, out),
        Format::Jsonl => json::write_lines(run, out),
        Format::Github => github::write(run, out),
    }
    .map(|()| 0)
}

/// Writes how many findings of each rule there are, a line each.
pub fn write_statistics(run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
    statistics::write(run, out)
}

/// What is wrong, and on a line of its own what to do about it.
fn message_and_help(diagnostic: &Diagnostic) -> String {
    match &diagnostic.help {
        Some(help) => format!("{}\n{help}", diagnostic.message),
        None => diagnostic.message.clone(),
    }
}

/// A text of several lines with what hides in each made visible.
fn visible_lines(text: &str) -> String {
    text.lines().map(visible).collect::<Vec<_>>().join("\n")
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
