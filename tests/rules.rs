//! Rules on small corpora, as `CONTRIBUTING.md` describes them: the pages of the rules, the fixture
//! folders in `tests/rules/`, and the lists in `src/rules.rs`.

mod common;

use common::{Corpus, REWRITE, SourceText};
use seedlint::rules::{Entry, RULES};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// The text between two marks of `src/rules.rs` is what the folders say.
#[test]
fn lists_follow_the_files() {
    let mut modules = String::new();
    let mut entries = String::new();
    for (group, files) in rule_files() {
        writeln!(modules, "/// Rules of the group `{group}`.\npub mod {group} {{").unwrap();
        for file in files {
            // A name that Rust keeps for itself has a `_` behind it.
            let name = file.trim_end_matches('_').replace('_', "-");
            writeln!(modules, "    pub mod {file};").unwrap();
            let path = format!("rules/{group}/{file}.rs");
            writeln!(
                entries,
                "    Entry {{ name: \"{group}/{name}\", file: include_str!(\"{path}\"), rule: &{group}::{file}::RULE }},"
            )
            .unwrap();
        }
        modules.push_str("}\n");
    }
    let list = fs::read_to_string("src/rules.rs").unwrap();
    let current = replace_between(&list, "// BEGIN modules\n", "// END modules", &modules);
    let current = replace_between(&current, "    // BEGIN entries\n", "    // END entries", &entries);
    if list != current {
        if REWRITE() {
            fs::write("src/rules.rs", current).unwrap();
        }
        panic!("src/rules.rs does not follow the files in src/rules/; run the tests again outside CI to rewrite it");
    }
}

fn rule_files() -> BTreeMap<String, Vec<String>> {
    let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in common::files_below(Path::new("src/rules")) {
        let group = path.parent().unwrap().file_name().unwrap().to_str().unwrap().to_owned();
        files.entry(group).or_default().push(path.file_stem().unwrap().to_str().unwrap().to_owned());
    }
    files
}

fn replace_between(text: &str, begin: &str, end: &str, new: &str) -> String {
    let from = text.find(begin).expect("the mark is there") + begin.len();
    let to = from + text[from..].find(end).expect("the mark is there");
    format!("{}{new}{}", &text[..from], &text[to..])
}

#[test]
#[allow(clippy::print_stderr)] // says what it skips
fn names_are_those_of_the_catalogue() {
    let mut sorted: Vec<&str> = RULES.iter().map(|entry| entry.name).collect();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(sorted, RULES.iter().map(|entry| entry.name).collect::<Vec<_>>(), "sorted and each once");
    let catalogue = Path::new("../shared/spec/rules.md");
    let Ok(catalogue) = fs::read_to_string(catalogue) else {
        eprintln!("SKIPPED: {} is not here", catalogue.display());
        return;
    };
    // It speaks of what articles say to the tool, which the catalogue of what may be wrong with them does not.
    let beyond = ["structure/unused-allowance"];
    for entry in RULES.iter().filter(|entry| !beyond.contains(&entry.name)) {
        let row = format!("| {} | {}", entry.name, entry.rule.severity);
        assert!(catalogue.contains(&row), "the catalogue has no row {row:?}");
    }
}

/// `docs/rules.md` is the pages of all rules.
#[test]
fn docs_follow_the_pages() {
    let mut docs = String::from("# Rules\n\nWritten by `cargo test` from the rules' own pages in `src/rules/`.\n");
    for entry in RULES {
        let page = entry.page().replace("\n## ", "\n### ");
        write!(docs, "\n## {}\n\nSeverity: {}.\n\n{page}\n", entry.name, entry.rule.severity).unwrap();
    }
    if fs::read_to_string("docs/rules.md").ok().as_deref() != Some(&docs) {
        if REWRITE() {
            fs::write("docs/rules.md", docs).unwrap();
        }
        panic!("docs/rules.md does not follow the rules' pages; run the tests again outside CI to rewrite it");
    }
}

/// Each page says what the rule flags, and its examples are true.
#[test]
fn pages_are_true() {
    for entry in RULES {
        let page = entry.page();
        assert!(entry.summary().starts_with("Flags "), "{}: the page begins with what the rule flags", entry.name);
        let examples = examples(&page);
        for (verdict, expected) in [("fails", true), ("passes", false)] {
            let mut of_kind = examples.iter().filter(|(kind, _)| *kind == verdict).peekable();
            assert!(of_kind.peek().is_some(), "{}: the page has no example that {verdict}", entry.name);
            for (_, text) in of_kind {
                let found = Corpus::from_texts(example_files(text)).run_with(entry);
                let fires = found.diagnostics.iter().any(|diagnostic| diagnostic.rule == entry.name);
                assert_eq!(fires, expected, "{}: an example that {verdict}:\n{text}", entry.name);
            }
        }
    }
}

/// The fenced blocks of a page that are marked as examples: the verdict and the text.
fn examples(page: &str) -> Vec<(&str, String)> {
    let mut examples = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(verdict) = line.strip_prefix("```text ") {
            let text: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            examples.push((verdict, text.join("\n") + if text.is_empty() { "" } else { "\n" }));
        }
    }
    examples
}

/// The files of an example: parted by lines `--- name`, or one.
fn example_files(text: &str) -> Vec<SourceText> {
    if !text.starts_with("--- ") {
        return vec![("article.txt".into(), text.to_owned())];
    }
    let parts = text.split("--- ").skip(1).map(|part| part.split_once('\n').expect("a name and a text"));
    parts.map(|(name, text)| (name.to_owned(), text.to_owned())).collect()
}

/// Every rule has a folder with the smallest corpus that shows its defect and near misses in
/// `clean/`. All rules that are not off run over all folders; what they report is kept beside the articles.
#[test]
fn fixtures() {
    let mut failures = Vec::new();
    for entry in RULES {
        if let Err(failure) = fixture(entry) {
            failures.push(failure);
        }
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
    for path in common::files_below(Path::new("tests/rules")) {
        let name = path.strip_prefix("tests/rules").unwrap().to_str().unwrap();
        assert!(RULES.iter().any(|entry| name.starts_with(&format!("{}/", entry.name))), "{name} belongs to no rule");
    }
}

fn fixture(entry: &'static Entry) -> Result<(), String> {
    let folder = PathBuf::from("tests/rules").join(entry.name);
    let articles = common::articles_in(&folder);
    if articles.is_empty() {
        return Err(format!("{}: {} has no article that shows the defect", entry.name, folder.display()));
    }
    let defect = Corpus::from_files(&articles).run_with(entry);
    if !defect.diagnostics.iter().any(|diagnostic| diagnostic.rule == entry.name) {
        return Err(format!("{}: the rule never fires in {}", entry.name, folder.display()));
    }
    let near_misses = common::articles_in(&folder.join("clean"));
    if near_misses.is_empty() {
        return Err(format!("{}: {}/clean has no near miss", entry.name, folder.display()));
    }
    let clean = Corpus::from_files(&near_misses).run_with(entry);
    if let Some(false_alarm) = clean.diagnostics.iter().find(|diagnostic| diagnostic.rule == entry.name) {
        let place = clean.sources.get(false_alarm.primary.span.source);
        return Err(format!("{}: fires in {}: {}", entry.name, place.path, false_alarm.message));
    }
    common::expect(&folder.join("report.out"), &defect.pretty())?;
    common::expect(&folder.join("clean.out"), &clean.pretty())
}
