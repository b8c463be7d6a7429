//! The JSON report, for programs. Its shape is kept: see `docs/output.md`.

use super::Run;
use super::uri::path_bytes;
use crate::diagnostic::{Diagnostic, Label};
use crate::source::{Position, Sources, Span};
use serde::{Serialize, Serializer};
use std::io::{self, Write};

#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    summary: Summary<'a>,
    #[serde(serialize_with = "findings")]
    diagnostics: &'a Run<'a>,
}

#[derive(Serialize)]
struct Summary<'a> {
    articles: usize,
    bytes: u64,
    error: usize,
    warning: usize,
    advice: usize,
    by_rule: &'a std::collections::BTreeMap<&'static str, usize>,
    not_checked: &'a [crate::discover::Problem],
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline: Option<crate::check::Hidden>,
}

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'a str,
    severity: &'a str,
    message: &'a str,
    help: Option<&'a str>,
    #[serde(flatten)]
    place: Place<'a>,
    related: Vec<Related<'a>>,
    fix: Option<Fix<'a>>,
    fingerprint: String,
}

#[derive(Serialize)]
struct Place<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    path_bytes: Option<String>,
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Related<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    message: &'a str,
}

#[derive(Serialize)]
struct Fix<'a> {
    title: &'a str,
    safe: bool,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    text: &'a str,
}

pub(super) fn write(run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
    let [error, warning, advice] = run.summary.by_severity.map(|(_, number)| number);
    let report = Report {
        version: 1,
        summary: Summary {
            articles: run.summary.articles,
            bytes: run.summary.bytes,
            error,
            warning,
            advice,
            by_rule: &run.summary.by_rule,
            not_checked: run.problems,
            baseline: run.summary.baseline,
        },
        diagnostics: run,
    };
    serde_json::to_writer_pretty(&mut *out, &report)?;
    writeln!(out)
}

/// Writes the findings one by one: there may be hundreds of thousands.
fn findings<S: Serializer>(run: &Run<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(run.diagnostics.iter().map(|diagnostic| finding(run.sources, diagnostic)))
}

pub(super) fn write_lines(run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
    for diagnostic in run.diagnostics {
        serde_json::to_writer(&mut *out, &finding(run.sources, diagnostic))?;
        writeln!(out)?;
    }
    Ok(())
}

fn finding<'a>(sources: &'a Sources, diagnostic: &'a Diagnostic) -> Finding<'a> {
    Finding {
        rule: diagnostic.rule,
        severity: diagnostic.severity.name(),
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        place: place(sources, diagnostic.primary.span),
        related: diagnostic.related.iter().map(|label| related(sources, label)).collect(),
        fix: diagnostic.fix.as_ref().map(|fix| Fix {
            title: &fix.title,
            safe: fix.safe,
            edits: fix.edits.iter().map(|edit| Edit { place: place(sources, edit.span), text: &edit.text }).collect(),
        }),
        fingerprint: format!("{:016x}", diagnostic.fingerprint),
    }
}

fn related<'a>(sources: &'a Sources, label: &'a Label) -> Related<'a> {
    Related { place: place(sources, label.span), message: &label.message }
}

fn place(sources: &Sources, span: Span) -> Place<'_> {
    let file = sources.get(span.source);
    Place {
        path: &file.path,
        path_bytes: path_bytes(file),
        start: file.position(span.start),
        end: file.position(span.end),
    }
}
