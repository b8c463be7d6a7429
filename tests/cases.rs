//! Rules on labelled cases: `tests/cases/<group>/<rule>.yaml`, a list of small articles, each with one defect or none.
//!
//! A case has a `name`, an `article` or several `articles` by file name, and, where something is wrong, `defect`: words that a finding
//! of the rule must touch, with its first place or another. Without `defect` it is a near miss, and the rule must be silent. Cases were written
//! from the catalogue, without a look at the rules. What a rule still gets wrong has the reason in `known`; the test then asks
//! that it is still so, so that the word goes when the rule has learned. `cargo test --test cases -- --nocapture` prints recall and precision.

mod common;

use common::Corpus;
use seedlint::rules::{Entry, RULES};
use seedlint::source::{SourceId, Sources};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    article: Option<String>,
    articles: Option<BTreeMap<String, String>>,
    defect: Option<String>,
    known: Option<String>,
}

/// What a rule made of its cases.
#[derive(Default)]
struct Tally {
    defects: usize,
    found: usize,
    near_misses: usize,
    alarms: usize,
}

#[test]
#[allow(clippy::print_stdout)] // the table of recall and precision
fn rules_judge_their_cases() {
    let mut failures = Vec::new();
    println!(
        "{:<24} {:>8} {:>6} {:>7} {:>12} {:>7} {:>10}",
        "rule", "defects", "found", "recall", "near misses", "alarms", "precision"
    );
    for path in common::files_below(Path::new("tests/cases")) {
        let name = path.strip_prefix("tests/cases").unwrap().with_extension("");
        let name = name.to_str().unwrap().replace('\\', "/");
        let entry = RULES.iter().find(|entry| entry.name == name).unwrap_or_else(|| panic!("{name} is no rule"));
        let cases: Vec<Case> = serde_yaml::from_str(&fs::read_to_string(&path).unwrap())
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut tally = Tally::default();
        for case in &cases {
            if let Err(failure) = judge(entry, case, &mut tally) {
                failures.push(format!("{name}: {}: {failure}", case.name));
            }
        }
        let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        println!(
            "{name:<24} {:>8} {:>6} {:>6.1}% {:>12} {:>7} {:>9.1}%",
            tally.defects,
            tally.found,
            share(tally.found, tally.defects),
            tally.near_misses,
            tally.alarms,
            share(tally.found, tally.found + tally.alarms)
        );
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

fn judge(entry: &'static Entry, case: &Case, tally: &mut Tally) -> Result<(), String> {
    let texts: Vec<(String, String)> = match (&case.article, &case.articles) {
        (Some(text), None) => vec![(String::from("article.txt"), text.clone())],
        (None, Some(texts)) => texts.iter().map(|(name, text)| (name.clone(), text.clone())).collect(),
        _ => return Err(String::from("an article or several are wanted")),
    };
    let outcome = Corpus::from_texts(texts).run_rules(&[entry]);
    let findings: Vec<String> = outcome.diagnostics.iter().map(|found| found.message.clone()).collect();
    let verdict = if let Some(words) = &case.defect {
        let places = places(&outcome.sources, words);
        if places.is_empty() {
            return Err(format!("the text has no {words:?}"));
        }
        let touches = outcome.diagnostics.iter().any(|found| {
            std::iter::once(&found.primary).chain(&found.related).any(|label| {
                places.iter().any(|(source, from, to)| {
                    label.span.source == *source && label.span.start < *to && *from < label.span.end
                })
            })
        });
        tally.defects += 1;
        tally.found += usize::from(touches);
        if touches { Ok(()) } else { Err(format!("{words:?} is not found; findings: {findings:?}")) }
    } else {
        tally.near_misses += 1;
        tally.alarms += usize::from(!findings.is_empty());
        if findings.is_empty() { Ok(()) } else { Err(format!("is no defect: {findings:?}")) }
    };
    match (&case.known, verdict) {
        (None, verdict) => verdict,
        (Some(_), Err(_)) => Ok(()),
        (Some(why), Ok(())) => Err(format!("is right now; take away `known: {why}`")),
    }
}

/// Where some words stand: the file, the first byte and the byte behind the last.
fn places(sources: &Sources, words: &str) -> Vec<(SourceId, u32, u32)> {
    let of_file = |(id, text): (SourceId, &str)| -> Vec<_> {
        text.match_indices(words).map(|(at, words)| (id, at as u32, (at + words.len()) as u32)).collect()
    };
    sources.iter().flat_map(|(id, file)| of_file((id, file.text()))).collect()
}
