//! What helps to use the program: counts, files, pages of rules, completions, manual pages, and the book in `docs/`.

mod common;

use common::REWRITE;
use common::folder::{Folder, finish};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

const COMMANDS: &[&str] =
    &["lint", "baseline", "explain", "rules", "inspect", "config", "init", "clean", "completions", "man"];

fn small_folder() -> Folder {
    Folder::new(&[
        (
            "seeds/pier.txt",
            "= Pier =\n\nThe pier was opened on Tuesday, 3 May 1922. It was closed on 31 June 1931 and on 30 February 1932.\n",
        ),
        ("seeds/gozo.md", "---\ntitle: Gozo\n---\n\nGozo is an island.\n"),
    ])
}

// Counts and files.

#[test]
fn statistics_take_the_place_of_the_findings() {
    let folder = small_folder();
    let summary = folder.run("lint --output-format json seeds").report()["summary"].clone();
    let ran = folder.run("lint --statistics --quiet seeds");
    assert_eq!(ran.code, Some(1));
    let mut total = 0;
    for line in ran.out.lines() {
        let [number, level, rule]: [&str; 3] = line.split_whitespace().collect::<Vec<_>>().try_into().unwrap();
        assert_eq!(summary["by_rule"][rule].as_u64(), number.parse().ok(), "{line}");
        assert!(matches!(level, "error" | "warning" | "advice"), "{line}");
        total += number.parse::<u64>().unwrap();
    }
    assert!(total >= 3, "{ran:?}");
    assert_eq!(total, ["error", "warning", "advice"].iter().filter_map(|level| summary[level].as_u64()).sum::<u64>());
    assert!(ran.out.starts_with("2  error    date/impossible\n"), "the worst and most first: {}", ran.out);
    // A report for programs beside it has the findings.
    folder.run("lint --statistics --output-format concise --output-format json --output-file a.json seeds");
    assert_eq!(folder.read("a.json"), folder.run("lint --output-format json seeds").out);
    let ran = folder.run("lint --statistics --output-format json seeds");
    assert!(ran.code == Some(2) && ran.err.contains("no such report"), "{ran:?}");
}

#[test]
fn files_are_shown_with_layout_and_kind() {
    let folder = small_folder();
    folder.write("seeds/b.txt", "= Norland–Sudland relations =\n\nNorland and Sudland are neighbours.\n");
    folder.write("seeds/::error::c.txt", "");
    let ran = folder.run("lint --show-files seeds");
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(lines[0], "seeds/∷error∷c.txt: unreadable");
    assert!(lines[1].starts_with("seeds/b.txt: wiki-text, ") && lines[1].contains("bilateral-relations"), "{ran:?}");
    assert!(lines[2].starts_with("seeds/gozo.md: markdown") && lines.len() == 4, "{ran:?}");
    assert_eq!(folder.run("lint --show-files nowhere").code, Some(2));
}

#[test]
fn rules_have_two_forms() {
    let folder = Folder::new(&[]);
    assert_eq!(folder.run("rules --output-format json").out, folder.run("rules --json").out);
    assert_eq!(folder.run("rules --output-format table").out, folder.run("rules").out);
    assert_eq!(folder.run("rules --json --output-format table").code, Some(2));
}

// Shells and manuals.

#[test]
fn shells_complete_what_there_is() {
    let folder = Folder::new(&[]);
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let ran = folder.run(&format!("completions {shell}"));
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{shell}");
        for word in ["output-format", "show-files", "explain"] {
            assert!(ran.out.contains(word), "{shell} does not know {word}");
        }
        // The last two complete no values.
        assert!(ran.out.contains("sarif") || matches!(shell, "elvish" | "powershell"), "{shell}");
    }
    // The shell itself finds no fault in the script.
    folder.write("complete.bash", folder.run("completions bash").out);
    let bash = Command::new("bash").arg("-n").arg(folder.path("complete.bash")).output();
    assert!(bash.is_ok_and(|output| output.status.success()), "bash -n");
    assert_eq!(folder.run("completions cmd").code, Some(2));
}

#[test]
fn every_command_has_a_manual_page() {
    let folder = Folder::new(&[]);
    assert_eq!(folder.run("man pages/man1").code, Some(0));
    for command in COMMANDS {
        let page = folder.read(&format!("pages/man1/seedlint-{command}.1"));
        assert!(page.contains(".SH SYNOPSIS") && page.contains(command), "{command}");
    }
    let pages = fs::read_dir(folder.path("pages/man1")).unwrap().count();
    assert_eq!(pages, COMMANDS.len() + 1);
    assert_eq!(folder.run("man").out, folder.read("pages/man1/seedlint.1"));
    folder.write("file", "");
    let ran = folder.run("man file/man1");
    assert!(ran.code == Some(2) && ran.err.contains("cannot write to file/man1"), "{ran:?}");
}

// The book.

/// A page of `docs/` that is written here.
#[track_caller]
fn keep(path: &str, page: &str) {
    if fs::read_to_string(path).ok().as_deref() != Some(page) {
        if REWRITE() {
            fs::write(path, page).unwrap();
        }
        panic!("{path} does not follow the program; run the tests again outside CI to rewrite it");
    }
}

#[test]
fn options_follow_the_program() {
    let folder = Folder::new(&[]);
    let mut page = String::from("# Options\n\nWritten by `cargo test` from the program's own help.\n");
    let overview = folder.run("--help").out;
    write!(page, "\n```text\n{}\n```\n", overview.trim_end()).unwrap();
    for command in COMMANDS {
        assert!(overview.contains(&format!("\n  {command} ")), "{command}");
        let help = folder.run(&format!("{command} --help"));
        assert_eq!(help.code, Some(0), "{command}");
        write!(page, "\n## seedlint {command}\n\n```text\n{}\n```\n", help.out.trim_end()).unwrap();
    }
    keep("docs/options.md", &page);
}

const FORMATS: &[(&str, &str)] = &[
    ("pretty", "text"),
    ("concise", "text"),
    ("json", "json"),
    ("jsonl", "json"),
    ("sarif", "json"),
    ("github", "text"),
    ("gitlab", "json"),
    ("junit", "xml"),
    ("rdjson", "json"),
];

#[test]
fn formats_follow_the_program() {
    let folder = Folder::new(&[("seeds/pier.txt", "= Pier =\n\nThe pier was opened on Tuesday, 3 May 1922.\n")]);
    let help = folder.run("lint --help").out;
    let mut page = String::from(
        "# Formats\n\nWritten by `cargo test` from what the program prints. `--output-format` names the form of a report. Several at once go to \
         files, each with an\n`--output-file` behind its format; one of them may go to standard output.\n\nEach of the samples is of this article, \
         `seeds/pier.txt`. In the longer ones `…` stands for what was left out. The fields of `json` are told in\n[output.md](output.md).\n\n```text\n",
    );
    page.push_str(&folder.read("seeds/pier.txt"));
    page.push_str("```\n");
    for (format, language) in FORMATS {
        let words = help.lines().find_map(|line| line.trim().strip_prefix(&format!("- {format}:")));
        let words = words.unwrap_or_else(|| panic!("the help does not tell what {format} is:\n{help}")).trim();
        let mut ran = folder.run(&format!("lint --quiet --output-format {format} seeds"));
        assert_eq!((ran.code, ran.err.as_str()), (Some(1), ""), "{format}");
        if *format == "sarif" {
            let mut report = ran.report();
            shorten(&mut report);
            ran.out = serde_json::to_string_pretty(&report).unwrap();
        }
        write!(page, "\n## {format}\n\n{words}.\n\n```{language}\n{}\n```\n", ran.out.trim()).unwrap();
    }
    keep("docs/formats.md", &page);
}

/// Cuts long texts, and lists after their first entry.
fn shorten(value: &mut Value) {
    match value {
        Value::String(text) if text.chars().count() > 100 => {
            *text = text.chars().take(60).collect::<String>() + "…";
        }
        Value::Array(entries) => {
            if entries.len() > 1 {
                entries.truncate(1);
                entries.push(Value::from("…"));
            }
            entries.iter_mut().for_each(shorten);
        }
        Value::Object(fields) => fields.values_mut().for_each(shorten),
        _ => {}
    }
}

/// Every page is in the book, and what the pages point to is there.
#[test]
fn the_book_is_whole() {
    let summary = fs::read_to_string("docs/SUMMARY.md").unwrap();
    let pages: BTreeSet<String> = fs::read_dir("docs")
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| Path::new(name).extension().is_some_and(|extension| extension == "md"))
        .collect();
    assert!(pages.len() > 6, "{pages:?}");
    for name in pages.iter().filter(|name| *name != "SUMMARY.md") {
        assert!(summary.contains(&format!("({name})")), "docs/SUMMARY.md does not list {name}");
    }
    for name in &pages {
        let text = fs::read_to_string(Path::new("docs").join(name)).unwrap();
        for target in links(&text) {
            let file = target.split('#').next().unwrap();
            assert!(file.is_empty() || Path::new("docs").join(file).exists(), "{name} points to {target}");
        }
    }
}

/// Where the links of a page go that stay in the repository. What stands in code is no link.
fn links(page: &str) -> Vec<String> {
    let mut targets = Vec::new();
    let mut in_block = false;
    for line in page.lines() {
        in_block ^= line.starts_with("```");
        if in_block {
            continue;
        }
        let prose: String = line.split('`').step_by(2).collect::<Vec<_>>().join("x");
        let found = prose.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        targets.extend(found.filter(|target| !target.contains("://")).map(str::to_owned));
    }
    targets
}

/// What `--output-format json` prints is what its schema says, whatever was found.
#[test]
fn the_report_follows_its_schema() {
    let schema: Value = seedlint_yaml(&fs::read_to_string("schemas/report.yaml").unwrap());
    let validator = jsonschema::validator_for(&schema).expect("a sound schema");
    let check = |report: &Value| {
        let errors: Vec<String> =
            validator.iter_errors(report).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{errors:#?}\n{report:#}");
    };
    let root = Folder::new(&[]);
    let mut command = root.command("lint --fail-on never --as-of 2026-11-01 --select all --output-format json");
    command.args([Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules"), "nowhere".into()]);
    let report = finish(command, "").report();
    assert!(report["diagnostics"].as_array().unwrap().len() > 100 && !report["summary"]["not_checked"][0].is_null());
    check(&report);
    // It is closed: another field, or one that is missing, is seen.
    for change in [|finding: &mut Value| finding["new"] = 1.into(), |finding: &mut Value| finding["rule"] = 1.into()] {
        let mut other = report.clone();
        change(&mut other["diagnostics"][0]);
        assert!(!validator.is_valid(&other));
    }
}

fn seedlint_yaml(text: &str) -> Value {
    serde_yaml::from_str(text).expect("sound YAML")
}
