//! The report for GitLab's merge requests. <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>

use super::{Run, visible};
use crate::diagnostic::Severity;
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

pub(super) fn write(run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
    let issues: Vec<Issue<'_>> = run
        .diagnostics
        .iter()
        .map(|diagnostic| {
            let span = diagnostic.primary.span;
            let file = run.sources.get(span.source);
            let help = diagnostic.help.as_deref().map_or(String::new(), |help| format!(" ({})", visible(help)));
            Issue {
                description: format!("{}{help}", visible(&diagnostic.message)),
                check_name: diagnostic.rule,
                fingerprint: format!("{:016x}", diagnostic.fingerprint),
                severity: match diagnostic.severity {
                    Severity::Error => "major",
                    Severity::Warning => "minor",
                    Severity::Advice => "info",
                },
                location: Location {
                    // Paths are looked up in the repository.
                    path: file.path.strip_prefix("./").unwrap_or(&file.path),
                    lines: Lines { begin: file.position(span.start).line, end: file.position(span.end).line },
                },
            }
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &issues)?;
    writeln!(out)
}
