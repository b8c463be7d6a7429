//! How far a run goes: what is cut short says so, and is never taken for clean.

mod common;

use common::folder::Folder;

/// An article with so many days that no calendar has.
fn article(days: usize) -> String {
    format!("= Pier =\n\n{}", "It was opened on 31 June 1921.\n\n".repeat(days))
}

const ONLY_DATES: &str = "lint --select date/impossible --output-format json seeds";

#[test]
fn of_one_file_the_first_findings_are_shown() {
    let folder = Folder::new(&[("seeds/a.txt", &article(20)), ("seeds/b.txt", &article(3))]);
    assert_eq!(folder.run(ONLY_DATES).each("path").len(), 23);
    folder.write("seedlint.yaml", "max-findings-per-file: 5\n");
    let ran = folder.run(ONLY_DATES);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("seeds/a.txt: only the first 5 of its 20 findings are shown"), "{ran:?}");
    let paths = ran.each("path");
    assert_eq!(paths.iter().filter(|path| *path == "seeds/a.txt").count(), 5, "{paths:?}");
    assert_eq!(paths.len(), 8, "those of the other file are all there");
    let lines: Vec<u64> = ran.report()["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["start"]["line"].as_u64().unwrap())
        .collect();
    assert_eq!(lines[..5], [3, 5, 7, 9, 11]);
}

#[test]
fn of_a_run_the_first_findings_are_shown() {
    let folder = Folder::new(&[("seeds/a.txt", &article(4)), ("seeds/b.txt", &article(4))]);
    folder.write("seedlint.yaml", "max-findings: 6\n");
    let ran = folder.run(ONLY_DATES);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("seeds/b.txt: only the first 6 of all 8 findings are shown"), "{ran:?}");
    assert_eq!(ran.each("path").len(), 6);
    let summary = folder.run("lint --select date/impossible seeds").out;
    assert!(summary.lines().last().unwrap().contains("1 file was not checked"), "{summary}");
}

#[test]
fn nobody_can_ask_for_no_findings_at_all() {
    let folder = Folder::new(&[("seeds/a.txt", &article(1))]);
    for key in ["max-findings", "max-findings-per-file"] {
        folder.write("seedlint.yaml", format!("{key}: 0\n"));
        assert_eq!(folder.run(ONLY_DATES).code, Some(2), "{key}");
    }
    folder.write("seedlint.yaml", "max-seconds: 0\n");
    let ran = folder.run(ONLY_DATES);
    assert!(ran.code == Some(1) && ran.err.is_empty(), "no limit: {ran:?}");
}

#[test]
fn limits_are_shown_with_their_origin() {
    let folder = Folder::new(&[("seedlint.yaml", "max-seconds: 7\n"), ("seeds/a.txt", &article(1))]);
    let shown = folder.run("config seeds").out;
    assert!(shown.contains("max-findings-per-file") && shown.contains("max-seconds"), "{shown}");
}
