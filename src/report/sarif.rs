//! SARIF 2.1.0, for code scanning. <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>
//!
//! Platforms take so many results and so many bytes at most
//! (<https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning>); of more the
//! worst are written, and a notification says how many are not.

use super::Run;
use super::uri::{uri, uri_of};
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::rules::RULES;
use crate::source::{Position, Sources, Span};
use crate::text::{capitalise, count};
use crate::trap::VERSION;
use serde_json::{Value, json};
use std::io::{self, Write};

/// Results in a run, at most.
const MOST_RESULTS: usize = 25_000;
/// Bytes of all results, at most: of the ten million that are taken, compressed, some are left for the rules.
const MOST_BYTES: usize = 9_500_000;
/// Places of one result, at most.
const MOST_PLACES: usize = 1000;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Writes the report; the number of findings that there was no room for.
pub(super) fn write(run: &Run<'_>, out: &mut dyn Write) -> io::Result<usize> {
    let (results, left_out) = results(run);
    let mut notifications: Vec<Value> = run
        .problems
        .iter()
        .map(|problem| {
            json!({
                "level": "error",
                "message": {"text": text(&problem.reason)},
                "locations": [{"physicalLocation": {"artifactLocation": artifact(&uri(&problem.path))}}],
            })
        })
        .collect();
    if left_out > 0 {
        let why = format!("{} left out: there is no room for more; the worst are here", count(left_out, "finding"));
        notifications.push(json!({"level": "warning", "message": {"text": why}}));
    }
    let report = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "seedlint",
                "version": VERSION,
                "semanticVersion": VERSION,
                "rules": rules(),
            }},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {"SRCROOT": {"description": {"text": "The folder that the program ran in."}}},
            "invocations": [{
                "executionSuccessful": run.problems.is_empty(),
                "toolExecutionNotifications": notifications,
            }],
            "results": [],
        }],
    });
    // The results are many: they are written as they were measured, and not built a second time.
    let shell = report.to_string();
    let (before, after) = shell.rsplit_once("\"results\":[]").unwrap_or((&shell, ""));
    write!(out, "{before}\"results\":[\n{}\n]{after}\n", results.join(",\n"))?;
    Ok(left_out)
}

/// The results as JSON in the order of the report; and how many there was no room for.
fn results(run: &Run<'_>) -> (Vec<String>, usize) {
    let all = run.diagnostics;
    let mut by_severity: Vec<usize> = (0..all.len()).collect();
    by_severity.sort_by_key(|&i| std::cmp::Reverse(all[i].severity));
    let mut bytes = 0;
    let mut chosen: Vec<(usize, String)> = Vec::new();
    for i in by_severity.into_iter().take(MOST_RESULTS) {
        let result = result(run.sources, &all[i]).to_string();
        bytes += result.len() + 2;
        if bytes > MOST_BYTES {
            break;
        }
        chosen.push((i, result));
    }
    let left_out = all.len() - chosen.len();
    // Where all are there, they stand as in every other report; else the worst come first.
    if left_out == 0 {
        chosen.sort_by_key(|(i, _)| *i);
    }
    (chosen.into_iter().map(|(_, result)| result).collect(), left_out)
}

fn rules() -> Vec<Value> {
    let rule = |entry: &crate::rules::Entry| {
        let page = entry.page();
        json!({
            "id": entry.name,
            // Names of rules are in Pascal case.
            "name": entry.name.split(['/', '-']).map(capitalise).collect::<String>(),
            "shortDescription": {"text": text(&entry.summary())},
            "fullDescription": {"text": text(&entry.summary())},
            "help": {"text": text(&page), "markdown": page},
            "defaultConfiguration": {"level": level(entry.rule.severity), "enabled": !entry.is_off()},
            "properties": {"tags": [entry.group()], "precision": "high", "problem.severity": problem(entry.rule.severity)},
        })
    };
    RULES.iter().map(rule).collect()
}

fn result(sources: &Sources, diagnostic: &Diagnostic) -> Value {
    let mut result = json!({
        "ruleId": diagnostic.rule,
        "level": level(diagnostic.severity),
        "message": {"text": text(&super::message_and_help(diagnostic))},
        "locations": [location(sources, &diagnostic.primary, None)],
        "partialFingerprints": {"seedlint/v1": format!("{:016x}", diagnostic.fingerprint)},
    });
    if let Ok(index) = RULES.binary_search_by(|entry| entry.name.cmp(diagnostic.rule)) {
        result["ruleIndex"] = json!(index);
    }
    if !diagnostic.related.is_empty() {
        let related = diagnostic.related.iter().take(MOST_PLACES - 1).enumerate();
        result["relatedLocations"] = related.map(|(id, label)| location(sources, label, Some(id))).collect();
    }
    if let Some(fix) = &diagnostic.fix {
        let mut by_file: Vec<(Value, Vec<Value>)> = Vec::new();
        for edit in &fix.edits {
            let file = artifact(&uri_of(sources.get(edit.span.source)));
            let replacement =
                json!({"deletedRegion": region(sources, edit.span), "insertedContent": {"text": edit.text}});
            match by_file.iter_mut().find(|(known, _)| *known == file) {
                Some((_, replacements)) => replacements.push(replacement),
                None => by_file.push((file, vec![replacement])),
            }
        }
        let changes = by_file
            .into_iter()
            .map(|(file, replacements)| json!({"artifactLocation": file, "replacements": replacements}));
        result["fixes"] =
            json!([{"description": {"text": text(&fix.title)}, "artifactChanges": changes.collect::<Vec<_>>()}]);
    }
    result
}

fn location(sources: &Sources, label: &Label, id: Option<usize>) -> Value {
    let mut location = json!({"physicalLocation": {
        "artifactLocation": artifact(&uri_of(sources.get(label.span.source))),
        "region": region(sources, label.span),
    }});
    if let Some(id) = id {
        location["id"] = json!(id);
    }
    if !label.message.is_empty() {
        location["message"] = json!({"text": text(&label.message)});
    }
    location
}

/// Lines and columns from 1, the end excluded; a byte offset and length beside them.
fn region(sources: &Sources, span: Span) -> Value {
    let file = sources.get(span.source);
    let (start, end): (Position, Position) = (file.position(span.start), file.position(span.end));
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "byteOffset": span.start,
        "byteLength": span.len(),
    })
}

fn artifact(uri: &str) -> Value {
    if uri.starts_with("file:") { json!({"uri": uri}) } else { json!({"uri": uri, "uriBaseId": "SRCROOT"}) }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

fn problem(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "recommendation",
    }
}

/// A message in plain text. `[words](place)` would be a link and `{0}` a placeholder (3.11.5 and 3.11.6): neither comes from us.
fn text(words: &str) -> String {
    let words = super::visible_lines(words);
    let bytes = words.as_bytes();
    let mut plain = String::with_capacity(words.len());
    for (at, c) in words.char_indices() {
        match c {
            '\\' if matches!(bytes.get(at + 1), Some(b'[' | b']' | b'\\')) => plain.push_str("\\\\"),
            '[' if words[at..].contains("](") => plain.push_str("\\["),
            ']' if bytes.get(at + 1) == Some(&b'(') => plain.push_str("\\]"),
            '{' if bytes.get(at + 1).is_some_and(u8::is_ascii_digit) => plain.push_str("{{"),
            '}' if at > 0 && bytes[at - 1].is_ascii_digit() => plain.push_str("}}"),
            c => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_plain() {
        assert_eq!(text("see [here](https://a.example) {0}"), "see \\[here\\](https://a.example) {{0}}");
        assert_eq!(text("marker [3] and {words}"), "marker [3] and {words}");
    }
}
