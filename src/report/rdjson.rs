//! The diagnostic format of reviewdog. <https://github.com/reviewdog/reviewdog/tree/master/proto/rdf>
//!
//! Its columns count bytes of UTF-8, from 1.

use super::Run;
use super::uri::path_bytes;
use crate::diagnostic::Severity;
use crate::source::{Sources, Span};
use serde_json::{Value, json};
use std::io::{self, Write};

pub(super) fn write(run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{{\"source\":{{\"name\":\"seedlint\"}},\"diagnostics\":[")?;
    for (number, diagnostic) in run.diagnostics.iter().enumerate() {
        let mut value = json!({
            "message": super::visible_lines(&super::message_and_help(diagnostic)),
            "location": location(run.sources, diagnostic.primary.span),
            "severity": match diagnostic.severity {
                Severity::Error => "ERROR",
                Severity::Warning => "WARNING",
                Severity::Advice => "INFO",
            },
            "code": {"value": diagnostic.rule},
        });
        if !diagnostic.related.is_empty() {
            let related = diagnostic.related.iter().map(|label| {
                json!({"message": super::visible_lines(&label.message), "location": location(run.sources, label.span)})
            });
            value["related_locations"] = related.collect();
        }
        // A suggestion is one replacement in the file of the finding.
        if let Some(fix) = &diagnostic.fix
            && let [edit] = fix.edits.as_slice()
            && edit.span.source == diagnostic.primary.span.source
        {
            value["suggestions"] = json!([{"range": range(run.sources, edit.span), "text": edit.text}]);
        }
        write!(out, "{}\n{value}", if number > 0 { "," } else { "" })?;
    }
    writeln!(out, "\n]}}")
}

fn location(sources: &Sources, span: Span) -> Value {
    let file = sources.get(span.source);
    let mut location = json!({"path": file.path, "range": range(sources, span)});
    if let Some(bytes) = path_bytes(file) {
        location["path_bytes"] = json!(bytes);
    }
    location
}

fn range(sources: &Sources, span: Span) -> Value {
    let file = sources.get(span.source);
    let place = |offset: u32| {
        let line = file.position(offset).line;
        json!({"line": line, "column": offset as usize - file.line_range(line).start + 1})
    };
    json!({"start": place(span.start), "end": place(span.end)})
}
