//! A generated corpus: what the generator planted is found, and nothing depends on the threads.

#[path = "common/generate.rs"]
mod generate;

use serde_json::Value;
use std::path::Path;
use std::process::Command;

const ARTICLES: usize = 400;

fn lint(folder: &Path, more: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_seedlint"))
        .args(["lint", "--output-format", "json", "--as-of", "2026-11-01", "."])
        .args(more)
        .current_dir(folder)
        .output()
        .expect("the program runs");
    assert_ne!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

#[test]
fn the_report_does_not_depend_on_the_threads() {
    let folder = tempfile::tempdir().unwrap();
    generate::write(folder.path(), ARTICLES, 7).unwrap();
    let one = lint(folder.path(), &["--jobs", "1"]);
    for jobs in ["2", "7"] {
        assert!(lint(folder.path(), &["--jobs", jobs]) == one, "with {jobs} threads");
    }
}

#[test]
fn what_was_planted_is_found_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    generate::write(folder.path(), ARTICLES, 7).unwrap();
    let planted = |needle: &dyn Fn(&str) -> bool| {
        (0..ARTICLES).filter(|&number| needle(&generate::article(number, ARTICLES, 7).1)).count()
    };
    let days = planted(&|text| text.contains(" 31 June "));
    let references = planted(&|text| text.contains("nobody has described"));
    assert!(days > 0 && references > 0, "the seed plants something of each kind");

    // Quotations have markers, and no article has a list of references. Numbers and dates are drawn at random, so that now and then
    // two of them contradict each other, and an article writes its dates in both ways.
    let chance = "structure/headings,reference/citation,date/mixed-format,date/conflict,fact/conflict";
    let report: Value = serde_json::from_slice(&lint(folder.path(), &["--ignore", chance])).unwrap();
    let by_rule = &report["summary"]["by_rule"];
    assert_eq!(by_rule["date/impossible"], days);
    assert_eq!(by_rule["reference/unresolved"], references);
    let rules: Vec<&String> = by_rule.as_object().unwrap().keys().collect();
    assert_eq!(rules, ["date/impossible", "fact/duplicate", "reference/unresolved"]);
}
