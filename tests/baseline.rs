//! Baselines, allowances, and what a fingerprint outlives.

mod common;

use common::Corpus;
use common::folder::{Folder, Ran};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const PIER: &str = "= Pier =\n\nThe pier was opened on 31 June 1921.\n\nIt was closed on 31 April 1930.\n";
const QUAY: &str = "= Quay =\n\nThe quay was opened on 31 June 1921.\n";
const FILE: &str = "seeds/seedlint-baseline.yaml";
const LINT: &str = "lint --as-of 2026-11-01 --output-format json";

fn folder() -> Folder {
    Folder::new(&[("seeds/pier.txt", PIER), ("seeds/quay.txt", QUAY)])
}

/// One with a baseline of all that is found.
#[track_caller]
fn with_baseline() -> Folder {
    let folder = folder();
    let made = folder.run("baseline create seeds");
    assert_eq!((made.code, made.out.as_str()), (Some(0), ""), "{made:?}");
    assert!(made.err.contains("0 accepted, 3 in debt"), "{made:?}");
    folder
}

#[track_caller]
fn hidden(ran: &Ran) -> (u64, u64, u64) {
    let hidden = &ran.report()["summary"]["baseline"];
    let number = |key: &str| hidden[key].as_u64().unwrap_or_else(|| panic!("{ran:?}"));
    (number("accepted"), number("debt"), number("stale"))
}

#[test]
fn what_is_in_debt_is_not_reported_and_what_is_new_is() {
    let folder = with_baseline();
    let ran = folder.run(&format!("{LINT} seeds"));
    assert_eq!((ran.code, ran.each("rule").len(), hidden(&ran)), (Some(0), 0, (0, 3, 0)));
    let people = folder.run("lint seeds");
    assert!(people.out.contains("nothing to report, beside 0 accepted and 3 in debt"), "{people:?}");
    assert_eq!(folder.run(&format!("{LINT} --no-baseline seeds")).each("rule").len(), 3);
    assert_eq!(hidden(&folder.run(&format!("{LINT} --baseline {FILE} seeds/quay.txt"))), (0, 1, 0));
    assert_eq!(hidden(&folder.run(&format!("{LINT} seeds/quay.txt"))), (0, 1, 0), "it is found from a file as well");
    folder.write("seeds/pier.txt", format!("{PIER}\nIt was sold on 31 June 1940.\n"));
    let ran = folder.run(&format!("{LINT} seeds"));
    assert_eq!((ran.code, ran.each("rule").len(), hidden(&ran)), (Some(1), 1, (0, 3, 0)));
    let missing = folder.run("lint --baseline nowhere.yaml seeds");
    assert!(missing.code == Some(2) && missing.err.contains("nowhere.yaml"), "{missing:?}");
}

#[test]
fn renamed_files_keep_their_entries() {
    let folder = with_baseline();
    fs::rename(folder.path("seeds/pier.txt"), folder.path("seeds/jetty.txt")).unwrap();
    let ran = folder.run(&format!("{LINT} seeds"));
    assert_eq!((ran.each("rule").len(), hidden(&ran)), (0, (0, 3, 0)));
    assert_eq!(folder.run("baseline update seeds").code, Some(0));
    assert!(folder.read(FILE).contains("path: jetty.txt") && !folder.read(FILE).contains("pier.txt"));
}

#[test]
fn debt_shrinks_and_never_grows() {
    let folder = with_baseline();
    let before = folder.read(FILE);
    let again = folder.run("baseline create seeds");
    assert!(again.code == Some(2) && again.err.contains("--force"), "{again:?}");
    folder.write("seeds/pier.txt", PIER.replace("31 June 1921", "30 June 1921") + "\nIt was sold on 31 June 1940.\n");
    let ran = folder.run(&format!("{LINT} seeds"));
    assert_eq!((ran.each("rule").len(), hidden(&ran)), (1, (0, 2, 1)));
    assert!(ran.err.contains("1 entry hides nothing any more"), "{ran:?}");
    assert_eq!(folder.run(&format!("{LINT} --fail-on never seeds")).code, Some(0));
    assert_eq!(folder.run(&format!("{LINT} --fail-on never --fail-on-stale seeds")).code, Some(1));
    // What was not looked at is not gone.
    for part in ["seeds/quay.txt", "--select text seeds", "--ignore date seeds"] {
        assert_eq!(hidden(&folder.run(&format!("{LINT} {part}"))).2, 0, "{part}");
    }
    let update = folder.run("baseline update seeds/quay.txt");
    assert!(update.code == Some(0) && folder.read(FILE) == before, "{update:?}");
    let update = folder.run("baseline update seeds");
    assert!(update.err.contains("1 paid, 2 in debt"), "{update:?}");
    let ran = folder.run(&format!("{LINT} seeds"));
    assert_eq!((ran.each("rule").len(), hidden(&ran)), (1, (0, 2, 0)), "the new finding is not taken in");
    let forced = folder.run("baseline create --force seeds");
    assert!(forced.err.contains("0 accepted, 3 in debt"), "{forced:?}");
}

#[test]
fn what_is_accepted_has_a_reason_and_stays() {
    let folder = with_baseline();
    let fingerprint = &folder.run(&format!("{LINT} --no-baseline seeds/quay.txt")).each("fingerprint")[0];
    let accept = |fingerprint: &str, reason: &str| {
        let mut command = folder.command("baseline accept");
        command.arg(fingerprint).arg("seeds").arg(format!("--reason={reason}"));
        common::folder::finish(command, "")
    };
    assert_eq!(accept(fingerprint, " ").code, Some(2));
    assert_eq!(accept("zzzz", "so").code, Some(2));
    assert_eq!(accept("0123456789abcdef", "so").code, Some(2), "there is no such finding");
    assert_eq!(accept(&fingerprint[..6], "the ledger: \"so\"\n").code, Some(0));
    assert_eq!(hidden(&folder.run(&format!("{LINT} seeds"))), (1, 2, 0));
    let shown = folder.run("baseline show seeds");
    assert!(shown.out.contains("— accepted: the ledger: \"so\"") && shown.out.contains("live    debt"), "{shown:?}");
    let forced = folder.run("baseline create --force seeds");
    assert!(forced.err.contains("1 accepted, 2 in debt"), "{forced:?}");
    folder.write("seeds/quay.txt", QUAY.replace("31", "30"));
    let update = folder.run("baseline update seeds");
    assert!(update.err.contains("0 paid, 2 in debt"), "what is accepted is not debt: {update:?}");
    let entries = folder.run("baseline show --json seeds").report();
    let of_quay = entries["entries"].as_array().unwrap().iter().find(|entry| entry["path"] == "quay.txt").unwrap();
    assert_eq!((&of_quay["state"], &of_quay["standing"]), (&"stale".into(), &"accepted".into()));
    let prune = folder.run("baseline prune seeds");
    assert!(prune.err.contains("1 stale taken out, 2 left"), "{prune:?}");
    // Without a baseline, one is made.
    fs::remove_file(folder.path(FILE)).unwrap();
    folder.write("seeds/quay.txt", QUAY);
    assert_eq!(accept(fingerprint, "so").code, Some(0));
    assert_eq!(hidden(&folder.run(&format!("{LINT} seeds"))), (1, 0, 0));
}

#[test]
fn a_baseline_lies_beside_the_configuration() {
    let folder = folder();
    folder.write("seedlint.yaml", "ignore: [text]\n");
    assert_eq!(folder.run("baseline create seeds").code, Some(0));
    assert!(folder.read("seedlint-baseline.yaml").contains("path: seeds/pier.txt"));
    assert_eq!(hidden(&folder.run(&format!("{LINT} seeds/pier.txt"))), (0, 2, 0));
}

/// Never "all is hidden", and never half of it.
#[test]
fn a_damaged_baseline_stops_the_run() {
    let folder = with_baseline();
    let good = folder.read(FILE);
    let damaged = [
        good.replace("debt:\n", "<<<<<<< HEAD\ndebt:\n"),
        good.replace("version: 1", "version: 9"),
        good.replace("debt:", "dept:"),
        good.clone() + &good[good.find("  - fingerprint").unwrap()..],
        good[..good.len() - 9].to_owned(),
        String::new(),
    ];
    for text in damaged {
        folder.write(FILE, &text);
        for command in ["lint seeds", "baseline update seeds", "baseline prune seeds", "baseline create --force seeds"]
        {
            let ran = folder.run(command);
            assert!(ran.code == Some(2) && ran.out.is_empty(), "{command}: {ran:?}\n{text}");
            assert!(ran.err.contains("seedlint-baseline.yaml"), "{ran:?}");
            assert_eq!(folder.read(FILE), text, "{command} leaves it as it is");
        }
    }
}

/// Entries are blocks of lines of their own: what is paid on one branch does not touch what is paid on another.
#[test]
#[allow(clippy::print_stderr)] // says what it skips
fn two_branches_that_pay_different_debts_merge() {
    if std::process::Command::new("git").arg("--version").output().is_err() {
        eprintln!("SKIPPED: git is not here");
        return;
    }
    let mole = QUAY.replace("Quay", "Mole").replace("quay", "mole");
    let folder = Folder::new(&[("seeds/mole.txt", &mole), ("seeds/pier.txt", PIER), ("seeds/quay.txt", QUAY)]);
    folder.run("baseline create seeds");
    let base = folder.read(FILE);
    let pays = |name: &str, text: &str, to: &str| {
        folder.write(name, text.replace("31 June", "30 June"));
        folder.run("baseline update seeds");
        folder.write(to, folder.read(FILE));
        folder.write(name, text);
        folder.write(FILE, &base);
    };
    pays("seeds/mole.txt", &mole, "ours");
    pays("seeds/quay.txt", QUAY, "theirs");
    folder.write("base", &base);
    let mut merge = std::process::Command::new("git");
    let merged =
        merge.args(["merge-file", "-p", "ours", "base", "theirs"]).current_dir(folder.path("")).output().unwrap();
    assert!(merged.status.success(), "{merged:?}");
    folder.write(FILE, merged.stdout);
    folder.write("seeds/mole.txt", mole.replace("31 June", "30 June"));
    folder.write("seeds/quay.txt", QUAY.replace("31 June", "30 June"));
    assert_eq!(hidden(&folder.run(&format!("{LINT} seeds"))), (0, 2, 0), "what is left is the debt of neither branch");
}

/// What is hidden is not corrected either, nor what was not named.
#[test]
fn corrections_are_made_of_what_is_reported() {
    let comma = "= Mole =\n\nThe mole was opened in October, 2005.\n";
    let folder = Folder::new(&[("seeds/mole.txt", comma), ("seeds/pier.txt", PIER)]);
    folder.run("baseline create seeds");
    folder.run("lint --fix seeds");
    assert_eq!(folder.read("seeds/mole.txt"), comma);
    folder.run("lint --no-baseline --fix --corpus seeds seeds/pier.txt");
    assert_eq!(folder.read("seeds/mole.txt"), comma);
    folder.run("lint --no-baseline --fix --corpus seeds seeds/mole.txt");
    assert_ne!(folder.read("seeds/mole.txt"), comma);
}

#[test]
fn allowances_silence_and_say_when_they_do_not() {
    let article = |allow: &str, text: &str| format!("---\ntitle: Pier\nseedlint: {{allow: {allow}}}\n---\n\n{text}\n");
    let wrong = "The ledger says that it was opened on 31 June 1921.";
    let rules = |text: &str, arguments: &str| {
        let folder = Folder::new(&[("seeds/pier.md", text)]);
        folder.run(&format!("{LINT} {arguments}")).each("rule")
    };
    assert_eq!(rules(&article("[date/impossible]", wrong), "seeds"), [""; 0]);
    assert_eq!(rules(&article("date", wrong), "seeds"), [""; 0], "one name needs no list, and a group is a name");
    assert_eq!(rules(&article("[date/impossible]", "It is long."), "seeds"), ["structure/unused-allowance"]);
    assert_eq!(rules(&article("[date/imposible]", wrong), "seeds"), ["structure/unused-allowance", "date/impossible"]);
    // What did not run, or saw only a part, cannot tell.
    assert_eq!(rules(&article("[date/impossible]", "It is long."), "--select structure seeds"), [""; 0]);
    assert_eq!(rules(&article("[fact/duplicate]", "It is long."), "seeds/pier.md"), [""; 0]);
    assert_eq!(rules(&article("[fact/duplicate]", "It is long."), "seeds"), ["structure/unused-allowance"]);
    assert_eq!(rules(&article("[structure/unused-allowance, date]", "It is long."), "seeds"), [""; 0]);
    let off = "--level date/impossible=off seeds";
    assert_eq!(rules(&article("[date/impossible]", "It is long."), off), [""; 0]);
    let help = Folder::new(&[("seeds/pier.md", &article("[date/imposible]", wrong))]).run(&format!("{LINT} seeds"));
    assert_eq!(help.each("help")[0], "did you mean `date/impossible`?");
}

/// What is said to the tool is no field of the article.
#[test]
fn the_key_of_the_tool_is_no_field() {
    let folder =
        Folder::new(&[("seeds/a.md", "---\ntitle: Pier\nseedlint: {allow: [date]}\nlength: 3\n---\n\nIt is long.\n")]);
    let form = folder.run("inspect document seeds/a.md");
    assert!(form.out.contains("length") && !form.out.contains("seedlint"), "{form:?}");
}

/// Rule and fingerprint of all findings.
fn fingerprints(texts: Vec<(String, String)>) -> BTreeSet<(&'static str, u64)> {
    let found = Corpus::from_texts(texts).run().diagnostics;
    let fingerprints: BTreeSet<(&str, u64)> = found.iter().map(|found| (found.rule, found.fingerprint)).collect();
    assert_eq!(fingerprints.len(), found.len(), "each finding has its own");
    fingerprints
}

fn articles(folder: &str) -> Vec<(String, String)> {
    let paths = common::articles_in(Path::new(folder));
    paths.iter().map(|path| (path.display().to_string(), fs::read_to_string(path).unwrap())).collect()
}

/// The articles of the rules' own folders that have something to find.
fn defects() -> Vec<(String, String)> {
    let folders =
        ["date/impossible", "date/weekday", "date/sequence", "fact/conflict", "reference/unresolved", "text/spacing"];
    folders.iter().flat_map(|folder| articles(&format!("tests/rules/{folder}"))).collect()
}

/// The paragraphs of a text, parted by blank lines.
fn paragraphs(text: &str) -> Vec<&str> {
    text.split("\n\n").collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Lines that are put in between paragraphs, other line ends and other file names make no finding new and lose none.
    #[test]
    fn a_fingerprint_outlives_lines_that_move(
        blanks in proptest::collection::vec(0_usize..3, 1..9),
        line_end in prop_oneof![Just("\n"), Just("\r\n")],
        from in prop_oneof![Just("seeds"), Just("defects")],
    ) {
        let texts = if from == "seeds" { articles("seeds") } else { defects() };
        let before = fingerprints(texts.clone());
        prop_assert!(!before.is_empty());
        let moved = texts.into_iter().map(|(path, text)| {
            let parts = paragraphs(&text);
            let mut new = parts[0].to_owned();
            for (i, part) in parts[1..].iter().enumerate() {
                new.push_str(&"\n".repeat(2 + blanks[i % blanks.len()]));
                new.push_str(part);
            }
            (path, new.replace('\n', line_end))
        });
        prop_assert_eq!(fingerprints(moved.collect()), before);
    }
}

/// An equal finding elsewhere changes nothing of the one that was there.
#[test]
fn equal_findings_are_told_apart_by_their_sentences() {
    let text =
        |paragraphs: &[&str]| vec![(String::from("pier.txt"), format!("= Pier =\n\n{}\n", paragraphs.join("\n\n")))];
    let (opened, sold) = ("The pier was opened on 31 June 1921.", "They sold the old pier on 31 June 1921 after all.");
    let one = fingerprints(text(&[opened]));
    let two = fingerprints(text(&[sold, "Nobody minded.", opened]));
    assert!(one.len() == 1 && two.len() == 2 && one.is_subset(&two), "{one:?} {two:?}");
    assert_eq!(two, fingerprints(text(&[opened, sold, "Nobody minded."])), "their order does not count");
    let edited = fingerprints(text(&[&sold.replace("after all", "at last"), "Nobody minded.", opened]));
    assert_eq!(edited.intersection(&two).count(), 1, "a sentence that is written anew brings back its own finding");
    // Two in one sentence are two, and so are two in sentences that are equal word for word.
    let twice = fingerprints(text(&["It was shut on 31 June 1921 and opened on 31 June 1921 again."]));
    assert_eq!(twice.iter().filter(|(rule, _)| *rule == "date/impossible").count(), 2);
    let again = fingerprints(text(&[opened, "Nobody minded.", opened]));
    assert_eq!(again.iter().filter(|(rule, _)| *rule == "date/impossible").count(), 2);
}

/// A pair of articles is the same pair from both ends.
#[test]
fn a_pair_is_the_same_from_both_ends() {
    let said = "One fine day the seven envoys of Malta met the King of Spain in the old harbour.";
    let pair = |first: &str, second: &str| {
        let article = |title: &str| format!("= {title} =\n\n{said}\n");
        fingerprints(vec![(format!("{first}.txt"), article("Alba")), (format!("{second}.txt"), article("Brava"))])
    };
    assert!(pair("a", "b").iter().any(|(rule, _)| *rule == "fact/duplicate"));
    assert_eq!(pair("a", "b"), pair("b", "a"), "whichever file comes first");
}

/// On articles that others wrote: what moving all paragraphs below the first heading brings back, and what an edit does.
#[test]
#[allow(clippy::print_stderr)] // says what it skips and measures
fn articles_of_others_keep_their_fingerprints() {
    let texts = articles("../shared/seeds");
    if texts.is_empty() {
        eprintln!("SKIPPED: ../shared/seeds is not here");
        return;
    }
    let before = fingerprints(texts.clone());
    let moved = texts.iter().map(|(path, text)| (path.replace('0', "9"), text.replace("\n\n", "\n\n\n"))).collect();
    assert_eq!(fingerprints(moved), before, "blank lines are put in and files are renamed");
    let above = |text: &str| text.replacen("\n\n", "\n\nThis is an article.\n\n", 1);
    let more = fingerprints(texts.iter().map(|(path, text)| (path.clone(), above(text))).collect());
    eprintln!("{} findings, {} left after a paragraph more", before.len(), more.intersection(&before).count());
    assert!(before.len() - more.intersection(&before).count() <= 1, "{:?}", before.difference(&more));
}
