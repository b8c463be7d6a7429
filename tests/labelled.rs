//! Articles that careful readers have labelled, in `../shared` beside the checkout: of our rules every
//! finding that is asked for is there, and none that nobody labelled. Skips, loudly, where they are missing.

use seedlint::rules::RULES;
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// What readers see and the rules do not yet, and why.
const KNOWN: [(&str, &str); 4] = [
    ("E2-02", "from one event to another, each told by a noun for what a sentence before tells by a verb"),
    ("E2-07", "the new member is the one whose article it is; a role does not tell yet who bears it"),
    ("E2-09", "his mother is the wife in the article about his father: kin is not followed from article to article"),
    ("E5-22", "a line carried ore before its first sod was cut; what uses a thing does not date it yet"),
];

fn is_in(labels: &Path, id: &str) -> bool {
    std::fs::read_to_string(labels.join("expected.jsonl")).is_ok_and(|rows| rows.contains(&format!("\"{id}\"")))
}

#[test]
fn seeds() {
    score("seeds", "seeds");
}

#[test]
fn invented_articles() {
    score("labels/invented/corpus", "labels/invented");
}

#[allow(clippy::print_stderr)] // says what it skips
fn score(corpus: &str, labels: &str) {
    let shared = Path::new("../shared");
    let labels = if labels == corpus { shared.join("labels").join(labels) } else { shared.join(labels) };
    let corpus = shared.join(corpus);
    let scorer = shared.join("tools/score-lint.py");
    if !scorer.exists() || Command::new("python3").arg("--version").output().is_err() {
        eprintln!("SKIPPED: {} or python3 is not here", scorer.display());
        return;
    }
    let scratch = tempfile::tempdir().unwrap();
    let findings = scratch.path().join("findings.json");
    let linted = Command::new(env!("CARGO_BIN_EXE_seedlint"))
        .args(["lint", "--as-of", "2026-11-01", "--output-format", "json", "--output-file"])
        .args([&findings, &corpus])
        .output()
        .expect("the program runs");
    assert_ne!(linted.status.code(), Some(2), "{}", String::from_utf8_lossy(&linted.stderr));
    let scored = Command::new("python3")
        .args([&scorer, &labels, &findings])
        .arg("--json")
        .arg("--corpus")
        .arg(&corpus)
        .output()
        .expect("the scorer runs");
    let scored: Value = serde_json::from_slice(&scored.stdout).expect("the scorer prints JSON");
    assert_eq!(scored["false_alarms"], Value::Array(Vec::new()));
    assert_eq!(scored["silent_violations"], Value::Array(Vec::new()));
    let ours = |missed: &&Value| RULES.iter().any(|entry| missed["rule"] == entry.name);
    let known = |missed: &&Value| KNOWN.iter().any(|(id, _)| missed["id"] == *id);
    let missed: Vec<&Value> = scored["missed"].as_array().unwrap().iter().filter(ours).collect();
    let (known, unknown): (Vec<&Value>, Vec<&Value>) = missed.into_iter().partition(known);
    assert!(unknown.is_empty(), "{unknown:#?}");
    let expected = KNOWN.iter().filter(|(id, _)| labels.join("expected.jsonl").exists() && is_in(&labels, id)).count();
    assert_eq!(known.len(), expected, "what is found now is to be taken off the list of what is not");
}
