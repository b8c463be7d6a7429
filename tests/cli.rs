//! The program as a user meets it: what it prints where, how it ends, and what its configuration does.
//! What it prints of a small folder is in `tests/cli/`.

mod common;

use common::folder::{Folder, finish};
use seedlint::article::{self, Layout};
use seedlint::document::Document;
use seedlint::rules::{Entry, RULES};
use seedlint::source::SourceId;
use seedlint::yaml;
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::Stdio;

const BRIDGE: &str = "\
= Valletta Bridge =

The bridge was opened on Tuesday, 3 October 1900. It closed on 31 June 1921.

==See also==
- Gozo Ferri
";

const FERRY: &str = "\
= Gozo Ferry =

The ferry crosses to [[valletta bridge]] daily.

==Routes==
";

/// Nothing can be said against it.
const ISLAND: &str = "= Gozo =\n\nGozo is an island.\n";
/// One error: `date/impossible`.
const WRONG_DAY: &str = "= Pier =\n\nThe pier was opened on 31 June 1921.\n";
/// One warning: `structure/headings`.
const NOTHING_BELOW: &str = "= Quay =\n\nThe quay is long.\n\n==Ships==\n";
/// One advice: `structure/heading-style`.
const ODD_HEADING: &str = "= Sea =\n\nThe sea is deep.\n\n==A==\nx\n\n==B==\nx\n\n==C==\nx\n\n==D==\nx\n\n== E ==\nx\n";

fn small_folder() -> Folder {
    Folder::new(&[("seeds/bridge.txt", BRIDGE), ("seeds/ferry.txt", FERRY)])
}

// What is printed.

#[test]
fn a_small_folder_in_each_format() {
    let folder = small_folder();
    for format in ["pretty", "concise", "json", "jsonl", "github"] {
        let ran = folder.run(&format!("lint --output-format {format} --as-of 2026-11-01 seeds"));
        assert_eq!((ran.code, ran.err.as_str()), (Some(1), ""), "{format}");
        common::expect(&Path::new("tests/cli").join(format!("{format}.out")), &without_time(&ran.out)).unwrap();
    }
}

/// The time that a run took, which is another each time, as `(TIME)`.
fn without_time(out: &str) -> String {
    let is_time = |text: &str| text.ends_with(" ms") || text.ends_with(" s");
    match out.rfind('(').zip(out.rfind(')')) {
        Some((open, close)) if open < close && is_time(&out[open + 1..close]) => {
            format!("{}(TIME){}", &out[..open], &out[close + 1..])
        }
        _ => out.to_owned(),
    }
}

#[test]
fn the_summary_comes_last_and_only_for_people() {
    let folder = small_folder();
    for (format, for_people) in
        [("pretty", true), ("concise", true), ("github", true), ("json", false), ("jsonl", false)]
    {
        let loud = folder.run(&format!("lint --output-format {format} seeds"));
        let quiet = folder.run(&format!("lint --quiet --output-format {format} seeds"));
        let summary = without_time(loud.out.strip_prefix(&quiet.out).expect("the rest is the same"));
        let expected = if for_people { "2 articles: 2 errors, 3 warnings (TIME)\n" } else { "" };
        assert_eq!((summary.as_str(), quiet.code), (expected, loud.code), "{format}");
    }
}

#[test]
fn the_summary_counts_what_was_not_checked() {
    let folder = Folder::new(&[("seeds/a.txt", ISLAND), ("seeds/b.txt", "")]);
    let ran = folder.run("lint seeds nowhere elsewhere");
    assert_eq!(without_time(ran.out.lines().last().unwrap()), "1 article: 1 error (TIME); 3 files were not checked");
    let ran = folder.run("lint seeds/a.txt");
    assert_eq!(without_time(&ran.out), "1 article: nothing to report (TIME)\n");
}

#[test]
fn colours_are_for_terminals_and_for_those_who_ask() {
    let folder = small_folder();
    for (arguments, environment, coloured) in [
        ("", &[][..], false),
        ("--color auto", &[("TERM", "xterm-256color"), ("CLICOLOR_FORCE", "1")], false),
        ("--color never", &[], false),
        ("--color always", &[], true),
        ("--color always", &[("NO_COLOR", "1"), ("TERM", "dumb")], true),
    ] {
        let mut command = folder.command(&format!("lint {arguments} seeds"));
        command.envs(environment.iter().copied());
        let ran = finish(command, "");
        assert_eq!(ran.out.contains('\u{1B}'), coloured, "{arguments} {environment:?}");
    }
    // Colour changes the looks and nothing else.
    let coloured = folder.run("lint --quiet --color always seeds").out;
    assert_eq!(without_colours(&coloured), folder.run("lint --quiet seeds").out);
}

fn without_colours(text: &str) -> String {
    let mut parts = text.split("\u{1B}[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |plain, part| plain + part.split_once('m').expect("only colours are set").1)
}

#[test]
fn the_report_does_not_depend_on_the_terminal_or_the_locale() {
    let folder = small_folder();
    let plain = folder.run("lint --quiet seeds").out;
    for environment in [("COLUMNS", "1"), ("LC_ALL", "C"), ("LANG", "tr_TR.ISO-8859-9"), ("TZ", "Pacific/Kiritimati")] {
        let mut command = folder.command("lint --quiet seeds");
        command.env(environment.0, environment.1);
        assert_eq!(finish(command, "").out, plain, "{environment:?}");
    }
}

#[test]
fn the_report_can_go_to_a_file() {
    let folder = small_folder();
    let expected = folder.run("lint --output-format json seeds").out;
    let ran = folder.run("lint --output-format json --output-file report.json seeds");
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    assert_eq!(folder.read("report.json"), expected);
    // For people the summary still goes to standard output.
    let ran = folder.run("lint --output-file report.txt seeds");
    assert_eq!(without_time(&ran.out), "2 articles: 2 errors, 3 warnings (TIME)\n");
    assert!(folder.read("report.txt").starts_with("error[date/weekday]"));
    for file in ["nowhere/report.txt", "seeds"] {
        let ran = folder.run(&format!("lint --output-file {file} seeds"));
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.err.contains(&format!("error: cannot write to {file}: ")), "{ran:?}");
    }
}

#[test]
fn nobody_reads_to_the_end() {
    let folder = Folder::new(&[("seeds/a.txt", &format!("= Pier =\n\n{}\n", "31 June 1921. ".repeat(3000)))]);
    for arguments in [
        "lint seeds",
        "lint --output-format concise seeds",
        "lint --output-format json seeds",
        "lint --output-format jsonl seeds",
        "lint --output-format github seeds",
        "inspect article seeds",
        "inspect document seeds",
    ] {
        let mut child = folder.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stdout = child.stdout.take().unwrap();
        stdout.read_exact(&mut [0]).unwrap();
        drop(stdout);
        let output = child.wait_with_output().unwrap();
        assert!(matches!(output.status.code(), Some(0 | 1)), "{arguments}: {output:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments}");
    }
    // That nobody reads on does not make up for what could not be checked.
    for arguments in ["lint nowhere seeds", "inspect document nowhere seeds"] {
        let mut child = folder.command(arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        drop(child.stdout.take());
        assert_eq!(child.wait().unwrap().code(), Some(2), "{arguments}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn what_cannot_be_written_is_a_failure() {
    let folder = small_folder();
    for arguments in [
        "lint seeds",
        "lint --quiet --output-format concise seeds",
        "lint --output-format json seeds",
        "lint --output-format jsonl seeds",
        "lint --output-format github seeds",
        "explain date/weekday",
        "rules",
        "rules --json",
        "completions bash",
        "man",
        "lint --statistics seeds",
        "lint --show-files seeds",
        "inspect article seeds",
        "inspect document seeds",
        "inspect references seeds",
        "--help",
        "--version",
        "help lint",
    ] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = folder.command(arguments).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments}: {output:?}");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!said.contains("panicked") && !said.contains("fault of seedlint"), "{arguments}: {output:?}");
    }
    let ran = folder.run("lint --output-format json --output-file /dev/full seeds");
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("error: cannot write to /dev/full: "), "{ran:?}");
    // Nobody can be told, but that changes nothing else.
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = folder.command("lint nowhere seeds").stderr(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stdout).contains("date/weekday"));
}

// How it ends.

#[test]
fn the_status_is_that_of_the_worst() {
    let files = [
        ("seeds/a.txt", ISLAND),
        ("warnings/a.txt", NOTHING_BELOW),
        ("errors/a.txt", WRONG_DAY),
        ("unreadable/a.txt", ""),
    ];
    let folder = Folder::new(&files);
    for (paths, code) in [
        ("", 0),
        ("seeds", 0),
        ("seeds warnings", 0),
        ("seeds warnings errors", 1),
        ("unreadable", 1),
        ("nowhere", 2),
        ("errors nowhere", 2),
        ("nowhere errors unreadable", 2),
    ] {
        assert_eq!(folder.run(&format!("lint {paths}")).code, Some(code), "{paths}");
    }
    // What can be checked is checked all the same.
    let ran = folder.run("lint --quiet --output-format concise nowhere errors");
    assert_eq!(ran.out, "errors/a.txt:3:24: error[date/impossible] there is no 31 June 1921: June has 30 days\n");
    assert_eq!(ran.err, "error: nowhere: there is no such file or folder\n");
}

#[test]
fn the_gate_can_be_moved() {
    let files = [("advice/a.txt", ODD_HEADING), ("warnings/a.txt", NOTHING_BELOW), ("errors/a.txt", WRONG_DAY)];
    let folder = Folder::new(&files);
    for (gate, advice, warnings, errors) in
        [("error", 0, 0, 1), ("warning", 0, 1, 1), ("advice", 1, 1, 1), ("never", 0, 0, 0)]
    {
        for (path, code) in [("advice", advice), ("warnings", warnings), ("errors", errors)] {
            let ran = folder.run(&format!("lint --fail-on {gate} {path}"));
            assert_eq!(ran.code, Some(code), "--fail-on {gate} {path}: {}", ran.out);
            folder.write("gate.yaml", format!("fail-on: {gate}\n"));
            let ran = folder.run(&format!("lint --config gate.yaml {path}"));
            assert_eq!(ran.code, Some(code), "fail-on: {gate}, {path}");
        }
    }
    folder.write("gate.yaml", "fail-on: never\n");
    let ran = folder.run("lint --config gate.yaml --fail-on warning warnings");
    assert_eq!(ran.code, Some(1), "the command line is nearer than the configuration");
    assert_eq!(folder.run("lint --fail-on never nowhere").code, Some(2), "what cannot be done is no finding");
}

#[test]
fn mistyped_arguments_are_named_with_what_was_meant() {
    let folder = small_folder();
    for (arguments, wrong, meant) in [
        ("lnt seeds", "lnt", "'lint'"),
        ("lint --slect date seeds", "--slect", "'--select'"),
        ("lint --output-format jsn seeds", "jsn", "'json'"),
        ("lint --fail-on warnings seeds", "warnings", "'warning'"),
        ("lint --color alwys seeds", "alwys", "'always'"),
        ("inspect articles seeds", "articles", "'article'"),
        ("lint --select dat seeds", "`dat`", "did you mean `date`?"),
        ("lint --select date,fact/duplicat seeds", "`fact/duplicat`", "did you mean `fact/duplicate`?"),
        ("lint --ignore weekday seeds", "`weekday`", "did you mean `date/weekday`?"),
        ("lint --ignore nothing/at-all seeds", "`nothing/at-all`", "`seedlint rules` lists them all"),
        ("explain weekdya", "`weekdya`", "did you mean `date/weekday`?"),
        ("explain date", "`date`", "date/weekday"),
        ("lint --as-of 2026-02-30 seeds", "2026-02-30", "YYYY-MM-DD"),
        ("lint --as-of today seeds", "today", "YYYY-MM-DD"),
        ("lint --jobs 0 seeds", "0", "1..=1024"),
        ("lint --jobs many seeds", "many", "invalid digit"),
        ("lint --config nowhere.yaml seeds", "nowhere.yaml", "No such file"),
        ("explain", "<RULE>", "Usage: seedlint explain <RULE>"),
    ] {
        let ran = folder.run(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{arguments}");
        assert!(ran.err.contains(wrong) && ran.err.contains(meant), "{arguments}:\n{}", ran.err);
    }
}

#[test]
fn help_is_no_failure() {
    let folder = Folder::new(&[]);
    for command in ["", "lint", "explain", "rules", "inspect"] {
        let ran = folder.run(&format!("{command} --help"));
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{command} --help");
        assert!(ran.out.contains("Usage: seedlint"), "{command} --help");
    }
    let ran = folder.run("--version");
    assert_eq!(ran.out, format!("seedlint {}\n", env!("CARGO_PKG_VERSION")));
    let ran = folder.run("");
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "without a command nothing is done");
    assert!(ran.err.contains("Usage: seedlint"));
}

// Which rules run.

#[test]
fn rules_are_selected_by_name_and_by_group() {
    let folder = small_folder();
    let (impossible, weekday) = ("date/impossible", "date/weekday");
    let (inexact, unresolved, headings) = ("reference/inexact", "reference/unresolved", "structure/headings");
    let all: &[&str] = &[impossible, weekday, inexact, unresolved, headings];
    let cases: [(&str, &str, &[&str]); 14] = [
        ("", "", all),
        ("--select all", "", all),
        ("--select date", "", &[impossible, weekday]),
        ("--select date/weekday", "", &[weekday]),
        ("--select date/weekday,structure", "", &[weekday, headings]),
        ("--select date/weekday --select structure", "", &[weekday, headings]),
        ("--select fact", "", &[]),
        ("--ignore reference,structure", "", &[impossible, weekday]),
        ("--ignore all", "", &[]),
        ("--select date --ignore date/weekday", "", &[impossible]),
        ("", "select: [date]", &[impossible, weekday]),
        ("", "ignore: [date, structure/headings]", &[inexact, unresolved]),
        // The command line selects anew, and ignores as well.
        ("--select structure,date", "select: [reference]", &[impossible, weekday, headings]),
        ("--ignore date/impossible", "ignore: [reference, structure]", &[weekday]),
    ];
    for (arguments, config, expected) in cases {
        folder.write("seedlint.yaml", format!("# of this case\n{config}\n"));
        let ran = folder.run(&format!("lint {arguments} --output-format json seeds"));
        let report = ran.report();
        let rules: Vec<&String> = report["summary"]["by_rule"].as_object().unwrap().keys().collect();
        assert_eq!(rules, expected, "{arguments} / {config}");
    }
}

#[test]
fn references_are_looked_up_where_a_folder_is_named() {
    let folder = small_folder();
    let ran = folder.run("lint --select reference --output-format concise seeds/bridge.txt");
    assert_eq!((ran.code, without_time(&ran.out).as_str()), (Some(0), "1 article: nothing to report (TIME)\n"));
    assert!(ran.err.starts_with("note: references were not looked up"), "{ran:?}");
    for arguments in ["--quiet seeds/bridge.txt", "--select date seeds/bridge.txt", "seeds"] {
        assert_eq!(folder.run(&format!("lint {arguments}")).err, "", "{arguments}");
    }
}

// Which files are articles.

#[test]
fn folders_are_walked_as_users_of_git_expect() {
    let folder = Folder::new(&[
        ("seeds/a.txt", WRONG_DAY),
        ("seeds/B.TXT", WRONG_DAY),
        ("seeds/deep/er/c.md", WRONG_DAY),
        ("seeds/d.wiki", WRONG_DAY),
        ("seeds/notes.rst", WRONG_DAY),
        ("seeds/.hidden.txt", WRONG_DAY),
        ("seeds/drafts/e.txt", WRONG_DAY),
        ("seeds/.gitignore", "drafts/\n"),
    ]);
    let checked = |paths: &str| -> Vec<String> {
        folder.run(&format!("lint --select date --output-format json {paths}")).each("path")
    };
    assert_eq!(checked("seeds"), ["seeds/B.TXT", "seeds/a.txt", "seeds/d.wiki", "seeds/deep/er/c.md"]);
    // What is named is read whatever its name.
    for path in ["seeds/notes.rst", "seeds/.hidden.txt", "seeds/drafts/e.txt"] {
        assert_eq!(checked(path), [path]);
    }
    folder.write("seedlint.yaml", "extensions: [rst]\n");
    assert_eq!(checked("seeds"), ["seeds/notes.rst"]);
}

#[test]
fn without_a_path_it_is_the_folder_seeds_or_else_this_one() {
    let folder = Folder::new(&[("seeds/a.txt", WRONG_DAY), ("b.txt", WRONG_DAY)]);
    let paths = |folder: &Folder| folder.run("lint --select date --output-format json").each("path");
    assert_eq!(paths(&folder), ["seeds/a.txt"]);
    fs::remove_dir_all(folder.path("seeds")).unwrap();
    assert_eq!(paths(&folder), ["./b.txt"]);
}

#[test]
fn standard_input() {
    let folder = Folder::new(&[("deep/seedlint.yaml", "ignore: [date]\n")]);
    let ran = folder.run_with("lint --quiet --output-format concise -", WRONG_DAY);
    assert_eq!(ran.out, "<stdin>:3:24: error[date/impossible] there is no 31 June 1921: June has 30 days\n");
    let ran = folder.run_with("lint --quiet --output-format concise - --stdin-filename quay/a.txt", WRONG_DAY);
    assert_eq!(ran.out, "quay/a.txt:3:24: error[date/impossible] there is no 31 June 1921: June has 30 days\n");
    // The configuration is that of the place where the file would lie.
    let ran = folder.run_with("lint --quiet --output-format concise - --stdin-filename deep/a.txt", WRONG_DAY);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""));
    let ran = folder.run_with("lint --output-format json -", "");
    assert_eq!((ran.code, ran.each("rule")), (Some(1), vec![String::from("structure/unreadable")]));
}

// The configuration.

/// What is wrong is between «».
#[test]
fn faults_of_the_configuration_are_shown_where_they_are() {
    for (config, message) in [
        ("ignore: []\n«slect»: [date]\n", "did you mean `select`?"),
        ("fail-on: «warnings»\n", "did you mean `warning`?"),
        ("select: [date, «dat»]\n", "did you mean `date`?"),
        ("ignore:\n- «date/weekdya»\n", "did you mean `date/weekday`?"),
        ("select: «date»\n", "expected a sequence"),
        ("max-file-size: «big»\n", "expected u64"),
        ("as-of: «2026-02-30»\n", "write it as YYYY-MM-DD"),
        ("as-of: «tomorrow»\n", "write it as YYYY-MM-DD"),
        ("select: [date]\n«select»: [fact]\n", ""),
        ("ignore: [date\nselect«:» []\n", ""),
        ("«[]»\n", ""),
        ("«just words»\n", ""),
        ("layouts:\n- {path: «\"[\"», layout: plain}\n", "this is no path pattern"),
        ("layouts:\n- {path: \"*\", layout: «wiki-txt»}\n", "did you mean `wiki-text`?"),
        ("layouts:\n- {path: \"*\", «layuot»: plain}\n", "did you mean `layout`?"),
        ("layouts:\n- «path»: \"*\"\n", "layout"),
        ("kinds:\n  ferry: {schema: «nothing.yaml»}\n", "cannot read nothing.yaml"),
        ("kinds:\n  ferry: {schema: «../ferry.yaml»}\n", "leads out of the repository"),
        ("kinds:\n  ferry: {schema: «/etc/ferry.yaml»}\n", "leads out of the repository"),
        ("kinds:\n  ferry: {schema: «foreign-relation»}\n", "did you mean `foreign-relations`?"),
        ("kinds:\n  ferry: «true»\n", "not a shipped kind"),
        ("kinds:\n  foreign-relatoins: «false»\n", "did you mean `foreign-relations`?"),
        ("kinds:\n  ferry: {schema: article, title: «\"(\"»}\n", "this is no pattern"),
        ("kinds:\n  ferry: {schema: article, path: «\"{a\"»}\n", "this is no path pattern"),
        ("kinds:\n  «ferry»: {shcema: article}\n", "`schema`"),
        ("kinds:\n  «ferry»: {schema: article, layout: markdwon}\n", "`layout`"),
    ] {
        let folder = small_folder();
        let before = config.split('«').next().unwrap();
        let (line, column) = (before.lines().count().max(1), before.lines().last().unwrap_or("").chars().count() + 1);
        let (line, column) = if before.ends_with('\n') { (line + 1, 1) } else { (line, column) };
        folder.write("seedlint.yaml", config.replace(['«', '»'], ""));
        let ran = folder.run("lint seeds");
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "nothing is checked under\n{config}");
        let place = format!("seedlint.yaml:{line}:{column}]");
        assert!(ran.err.contains(&place), "the fault is at {line}:{column} of\n{config}\n{}", ran.err);
        assert!(ran.err.contains(message), "{}", ran.err);
    }
}

#[test]
fn acronyms_that_are_listed_need_no_explanation() {
    let folder =
        Folder::new(&[("a.txt", "= Quay =\n\nThe quay was built for the ROV. It was sold to the HHB in 1990.\n")]);
    let found = |folder: &Folder| folder.run("lint --select text --fail-on never --output-format concise a.txt").out;
    assert!(found(&folder).contains("“ROV” is never spelled out"));
    folder.write("seedlint.yaml", "acronyms: [ROV, ABZ]\n");
    let left = found(&folder);
    assert!(!left.contains("ROV") && left.contains("“HHB”"), "{left}");
}

#[test]
fn the_nearest_configuration_above_holds_up_to_the_repository() {
    let folder = Folder::new(&[
        ("seedlint.yaml", "slect: [none of the repository below]\n"),
        ("repository/.git/HEAD", ""),
        ("repository/seeds/a.txt", WRONG_DAY),
        ("repository/seeds/dumps/b.txt", WRONG_DAY),
        ("other/a.txt", WRONG_DAY),
    ]);
    let status = |arguments: &str| folder.run(&format!("lint {arguments}")).code;
    assert_eq!(status("repository"), Some(1), "the one above the repository is none of its own");
    assert_eq!(status("other"), Some(2), "where there is no repository in between, it holds");
    folder.write("repository/seedlint.yaml", "ignore: [date]\n");
    assert_eq!(status("repository/seeds/dumps"), Some(0), "the repository's own holds below it");
    folder.write("repository/seeds/dumps/seedlint.yaml", "ignore: [fact]\n");
    assert_eq!(status("repository/seeds/dumps"), Some(1), "the nearest is the one");
    assert_eq!(status("repository/seeds/dumps/b.txt"), Some(1), "for a file as for its folder");
    // One that is named is used whatever lies nearer.
    assert_eq!(status("--config repository/seedlint.yaml repository/seeds/dumps other"), Some(0));
    // In one run each file has the one that is nearest to it.
    for paths in ["repository/seeds/a.txt repository/seeds/dumps/b.txt", "repository"] {
        let ran = folder.run(&format!("lint --output-format json {paths}"));
        assert_eq!(ran.each("path"), ["repository/seeds/dumps/b.txt"], "{paths}");
    }
}

#[test]
fn the_day_that_today_means_can_be_set() {
    let folder = small_folder();
    folder.write("seedlint.yaml", "as-of: 2026-11-01\n");
    assert_eq!(folder.run("lint seeds").code, Some(1));
    assert_eq!(folder.run("lint --as-of 1900-01-01 seeds").code, Some(1));
}

#[test]
fn layouts_are_set_by_path() {
    let text = "The quay is long.\n\n==Ships==\n";
    let folder = Folder::new(&[("seeds/plain/a.txt", text), ("seeds/plain/deep/b.txt", text), ("seeds/c.txt", text)]);
    folder.write(
        "seedlint.yaml",
        "layouts:\n- {path: \"seeds/plain/**\", layout: plain}\n- {path: \"**/b.txt\", layout: markdown}\n",
    );
    let layouts = |paths: &str| -> Vec<String> {
        let documents = folder.run(&format!("inspect document {paths}")).lines();
        documents.iter().map(|line| line["document"]["layout"].as_str().unwrap().to_owned()).collect()
    };
    // Sorted by path; where two patterns match, the last one holds.
    let expected = ["wiki-text", "plain", "markdown"];
    assert_eq!(layouts("seeds"), expected);
    // Patterns count from the folder of the configuration, however the paths are written.
    let absolute = folder.path("seeds");
    for paths in [".", "./seeds", "seeds/plain/../../seeds", absolute.to_str().unwrap()] {
        assert_eq!(layouts(paths), expected, "{paths}");
    }
}

// Kinds of articles and their schemas.

const RELATIONS: &str = "= Chad–Mali relations =\n\nChad and Mali are neighbours but one.\n";

const FERRY_SCHEMA: &str = "\
type: object
required: [infobox]
properties:
  infobox:
    required: [length]
    properties:
      length:
        description: a number of metres, such as `85 m`
        pattern: ^[0-9]+ m$
";

/// Two ferries and a quay; one ferry's length is not as the schema wants it.
fn ferries() -> Folder {
    let article = |title: &str, length: &str| {
        format!("= {title} =\n\nInfobox\n- Built: 1987\n- Length: {length}\n\n{title} is known.\n")
    };
    Folder::new(&[
        ("ferry.yaml", FERRY_SCHEMA),
        ("seeds/ferries/long.txt", &article("Long Ferry", "very long")),
        ("seeds/ferries/short.txt", &article("Short Ferry", "85 m")),
        ("seeds/quay.txt", &article("Quay", "a walk")),
        ("seeds/quay.md", "---\ntitle: Small Quay\nlength: a step\n---\n\nThe quay is short.\n"),
    ])
}

#[test]
fn a_shipped_kind_can_be_switched_off_and_on_and_defined_anew() {
    let folder = Folder::new(&[("seeds/a.txt", RELATIONS)]);
    folder.write("lenient.yaml", "type: object\n");
    let count = |config: &str| {
        folder.write("seedlint.yaml", config);
        folder.run("lint --select structure/schema --output-format json seeds").each("rule").len()
    };
    assert_eq!(count("ignore: []\n"), 2, "an infobox and a See also section are missing");
    assert_eq!(count("kinds: {bilateral-relations: true}\n"), 2);
    assert_eq!(count("kinds: {bilateral-relations: false}\n"), 0);
    assert_eq!(count("kinds: {foreign-relations: false}\n"), 2, "the other kind");
    assert_eq!(count("kinds: {bilateral-relations: {schema: lenient.yaml, title: relations}}\n"), 0);
    assert_eq!(count("kinds: {foreign-relations: {schema: foreign-relations, title: ' relations$'}}\n"), 4);
}

#[test]
fn kinds_are_told_by_title_path_and_layout() {
    let folder = ferries();
    // The short ferry is as the schema wants it.
    let (long, quay, small) = ("seeds/ferries/long.txt", "seeds/quay.txt", "seeds/quay.md");
    let cases: [(&str, &[&str]); 8] = [
        ("title: Ferry$", &[long]),
        ("title: ^Quay", &[quay]),
        ("title: (?i)quay", &[small, quay]),
        ("path: seeds/ferries/*", &[long]),
        ("path: '**'", &[long, small, quay]),
        ("layout: markdown", &[small]),
        ("layout: wiki-text, path: seeds/*", &[quay]),
        ("layout: markdown, title: Ferry", &[]),
    ];
    for (told_by, expected) in cases {
        folder.write("seedlint.yaml", format!("kinds: {{ferry: {{schema: ferry.yaml, {told_by}}}}}\n"));
        let ran = folder.run("lint --select structure/schema --output-format json seeds");
        assert_eq!(ran.each("path"), expected, "{told_by}");
    }
}

#[test]
fn a_violation_points_at_the_words_and_at_the_schema() {
    let folder = ferries();
    folder.write("seedlint.yaml", "kinds: {ferry: {schema: ferry.yaml, title: Ferry}}\n");
    let text = folder.read("seeds/ferries/long.txt");
    let report = folder.run("lint --output-format json seeds").report();
    let finding = &report["diagnostics"][0];
    assert_eq!(words(&text, finding), "very long");
    assert_eq!(finding["message"], "infobox field `length` has the wrong form: “very long”");
    let help = finding["help"].as_str().unwrap();
    assert!(help.contains("the schema wants a number of metres, such as `85 m`"), "{help}");
    assert!(help.ends_with("the schema of kind `ferry` says so: ferry.yaml:9"), "{help}");
    // What is missing is missing from something: that is pointed at.
    folder.write("seeds/ferries/long.txt", text.replace("- Length: very long\n", ""));
    let report = folder.run("lint --output-format json seeds").report();
    let finding = &report["diagnostics"][0];
    assert_eq!(words(&folder.read("seeds/ferries/long.txt"), finding), "Infobox");
    assert_eq!(finding["message"], "the infobox lacks `length`");
    assert!(finding["help"].as_str().unwrap().ends_with("ferry.yaml:5"), "{finding}");
}

/// What is wrong is between «».
#[test]
fn faults_of_a_schema_are_shown_where_they_are() {
    for (schema, message) in [
        ("type: [object\nrequired«:» []\n", "the schema is not YAML"),
        ("type: object\nproperties: {title: {type: «strnig»}}\n", "this is no JSON Schema"),
        ("type: object\nrequired: «infobox»\n", "this is no JSON Schema"),
        ("«words»\n", "this is no JSON Schema"),
        ("properties:\n  title: {$ref: «\"https://example.com/title\"»}\n", "may only refer to itself"),
        ("properties:\n  title: {$ref: «\"file:///etc/passwd\"»}\n", "may only refer to itself"),
        ("properties:\n  title: {$ref: «other.yaml»}\n", "may only refer to itself"),
        ("properties:\n  title: {$dynamicRef: «\"//example.com#x\"»}\n", "may only refer to itself"),
        ("properties:\n  title: {$ref: «\"#/$defs/none\"»}\n", "$defs/none"),
        ("properties: {title: {pattern: «\"(\"»}}\n", "cannot be used"),
    ] {
        let folder = ferries();
        folder.write("seedlint.yaml", "kinds: {ferry: {schema: ferry.yaml, title: Ferry}}\n");
        folder.write("ferry.yaml", schema.replace(['«', '»'], ""));
        let before = schema.split('«').next().unwrap();
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|&c| c != '\n').count() + 1;
        let ran = folder.run("lint seeds");
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "nothing is checked under\n{schema}");
        let place = format!("ferry.yaml:{line}:{column}]");
        assert!(ran.err.contains(&place), "the fault is at {line}:{column} of\n{schema}\n{}", ran.err);
        assert!(ran.err.contains(message), "{}", ran.err);
    }
}

#[test]
fn a_schema_may_refer_to_itself_and_to_the_shipped_ones() {
    let folder = ferries();
    folder.write("seedlint.yaml", "kinds: {ferry: {schema: schemas/ferry.yaml, title: Long}}\n");
    folder.write("schemas/ferry.yaml", "allOf: [{$ref: \"urn:seedlint:schema:article\"}, {$ref: \"#/$defs/named\"}]\n$defs: {named: {required: [id]}}\n");
    let ran = folder.run("lint --quiet --output-format json seeds");
    assert_eq!(ran.each("message"), ["the article lacks `id`"], "{ran:?}");
}

/// In every article of ours, the document form is what its schema says.
#[test]
fn the_document_form_is_that_of_its_schema() {
    let schema = yaml::Document::parse(&fs::read_to_string("schemas/article.yaml").unwrap()).unwrap();
    let schema = jsonschema::draft202012::new(&schema.value).unwrap();
    let files = common::articles_in(Path::new("seeds"));
    assert!(files.len() > 10, "the seeds are found");
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        for layout in [Layout::detect(&text), Layout::Plain] {
            let document = Document::of(&article::parse(SourceId(0), "a.txt", &text, layout));
            let errors: Vec<String> = schema.iter_errors(&document.value).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{} as {layout}: {errors:?}", file.display());
        }
    }
}

// The JSON report.

#[test]
fn json_has_the_fields_that_were_promised() {
    let report = small_folder().run("lint --output-format json seeds nowhere").report();
    assert_eq!(keys(&report), ["diagnostics", "summary", "version"]);
    assert_eq!(report["version"], 1);
    assert_eq!(keys(&report["summary"]), ["advice", "articles", "by_rule", "bytes", "error", "not_checked", "warning"]);
    assert_eq!(keys(&report["summary"]["not_checked"][0]), ["path", "reason"]);
    assert_eq!(report["summary"]["bytes"], BRIDGE.len() + FERRY.len());
    let place = |value: &Value| {
        assert_eq!(keys(&value["start"]), ["column", "line", "offset"]);
        assert_eq!(keys(&value["end"]), ["column", "line", "offset"]);
    };
    let (mut related, mut edits) = (0, 0);
    for finding in report["diagnostics"].as_array().unwrap() {
        let fields = ["end", "fingerprint", "fix", "help", "message", "path", "related", "rule", "severity", "start"];
        assert_eq!(keys(finding), fields);
        place(finding);
        assert!(matches!(finding["severity"].as_str(), Some("error" | "warning" | "advice")));
        for other in finding["related"].as_array().unwrap() {
            assert_eq!(keys(other), ["end", "message", "path", "start"]);
            place(other);
            related += 1;
        }
        if let Some(fix) = finding["fix"].as_object() {
            assert_eq!(keys(&finding["fix"]), ["edits", "safe", "title"]);
            for edit in fix["edits"].as_array().unwrap() {
                assert_eq!(keys(edit), ["end", "path", "start", "text"]);
                place(edit);
                edits += 1;
            }
        }
    }
    assert!(related > 0 && edits > 0, "the folder shows all that there is");
}

/// The keys of an object, sorted.
fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

#[test]
fn json_lines_are_the_diagnostics_of_the_document() {
    let folder = small_folder();
    let report = folder.run("lint --output-format json seeds").report();
    let lines = folder.run("lint --output-format jsonl seeds").lines();
    assert_eq!(report["diagnostics"].as_array(), Some(&lines));
}

#[test]
fn findings_are_sorted_by_path_offset_and_rule() {
    let said = "[[Nowhere Land]] is an island that lies in the south of the great Malta sea.";
    let folder = small_folder();
    folder.write("seeds/twice.txt", format!("= Xlendi =\n\n{said}\n\n{said}\n"));
    folder.write("seeds/Above.txt", WRONG_DAY);
    let report = folder.run("lint --output-format json seeds").report();
    let order: Vec<(&str, u64, &str)> = report["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            let text = |key: &str| finding[key].as_str().unwrap();
            (text("path"), finding["start"]["offset"].as_u64().unwrap(), text("rule"))
        })
        .collect();
    assert!(order.len() > 6, "{order:?}");
    assert!(order.windows(2).any(|pair| pair[0].1 == pair[1].1), "two begin at one place: {order:?}");
    assert!(order.is_sorted(), "{order:#?}");
}

#[test]
fn json_is_the_same_whatever_the_threads_and_the_order_of_paths() {
    let folder = Folder::new(&[]);
    for i in 0..60 {
        folder.write(
            &format!("{}/{i}.txt", ["a", "b", "c"][i % 3]),
            BRIDGE.replace("Valletta", &format!("Number {}", i % 7)),
        );
    }
    let one = folder.run("lint --output-format json --jobs 1 a b c").out;
    for arguments in ["--jobs 2 a b c", "--jobs 7 c b a", "--jobs 2 b a c a", "b c a"] {
        assert!(folder.run(&format!("lint --output-format json {arguments}")).out == one, "{arguments}");
    }
}

/// Offsets count bytes of the file, columns count characters, whatever the line ends and whether
/// or not a byte-order mark stands before the text.
#[test]
fn places_are_those_of_the_file_on_disk() {
    let text =
        "= Łódź–Gdańsk ferry\n\nŻeglarze 👩‍🚀 e\u{301} sailed on Tuesday, 3 October 1900.\n\nIt sank on 31 June 1921.\n";
    let expected = [
        (1, 1, "= Łódź–Gdańsk ferry", "structure/title"),
        (3, 27, "Tuesday, 3 October 1900", "date/weekday"),
        (5, 12, "31 June 1921", "date/impossible"),
    ];
    for line_end in ["\n", "\r\n", "\r"] {
        for mark in ["", "\u{FEFF}"] {
            let text = format!("{mark}{}", text.replace('\n', line_end));
            let folder = Folder::new(&[("seeds/a.txt", &text)]);
            let report = folder.run("lint --output-format json seeds").report();
            let found: Vec<(u64, u64, &str, &str)> = report["diagnostics"]
                .as_array()
                .unwrap()
                .iter()
                .map(|finding| {
                    let start = &finding["start"];
                    let number = |key: &str| start[key].as_u64().unwrap();
                    (number("line"), number("column"), words(&text, finding), finding["rule"].as_str().unwrap())
                })
                .collect();
            assert_eq!(found, expected, "line end {line_end:?}, mark {mark:?}");
            for finding in report["diagnostics"].as_array().unwrap() {
                let length = words(&text, finding).chars().count() as u64;
                assert_eq!(finding["end"]["line"], finding["start"]["line"]);
                assert_eq!(
                    finding["end"]["column"].as_u64(),
                    finding["start"]["column"].as_u64().map(|at| at + length)
                );
            }
        }
    }
}

/// The words of a text at the place of a finding.
fn words<'a>(text: &'a str, finding: &Value) -> &'a str {
    let offset = |end: &str| usize::try_from(finding[end]["offset"].as_u64().unwrap()).unwrap();
    &text[offset("start")..offset("end")]
}

#[test]
fn messages_count_lines_as_places_do() {
    let said = "One fine day the seven envoys of Malta met the King of Spain.";
    for line_end in ["\n", "\r\n", "\r"] {
        let text = format!("= Envoys =\n\n{said}\n\n{said}\n").replace('\n', line_end);
        let folder = Folder::new(&[("seeds/a.txt", &text)]);
        let ran = folder.run("lint --output-format json seeds");
        assert_eq!(ran.each("message"), ["this is said word for word at line 3 already"], "line end {line_end:?}");
    }
}

#[test]
fn a_fingerprint_outlives_what_happens_elsewhere() {
    let fingerprints = |text: String, other: &str| {
        let folder = Folder::new(&[("seeds/bridge.txt", &text), ("seeds/ferry.txt", other)]);
        let mut all = folder.run("lint --select date,reference --output-format json seeds").each("fingerprint");
        all.sort_unstable();
        all
    };
    let before = fingerprints(BRIDGE.to_owned(), FERRY);
    assert_eq!(before.len(), 4);
    let (unlike, moved) = (&before, BRIDGE.replace("\n\nThe", "\n\nIt is old.\n\n==History==\nIt was built. The"));
    assert_eq!(&fingerprints(moved, FERRY), unlike, "lines are put in above");
    assert_eq!(&fingerprints(BRIDGE.replace('\n', "\r\n"), FERRY), unlike, "line ends are changed");
    assert_eq!(
        &fingerprints(BRIDGE.to_owned(), &FERRY.replace("daily.", "daily. It is blue.")),
        unlike,
        "another file"
    );
    let mut distinct = before.clone();
    distinct.dedup();
    assert_eq!(distinct, before, "each finding has its own");
    let other_day = fingerprints(BRIDGE.replace("31 June", "31 April"), FERRY);
    assert_eq!(other_day.iter().filter(|fingerprint| before.contains(fingerprint)).count(), 3);
}

// Text of strangers.

/// A title, links, dates and a file name that try to move the cursor, to turn text round, and to
/// give commands to whoever reads the output.
fn strangers() -> Folder {
    let command = "::error::x ".repeat(12);
    let evil = format!("Gozo \u{1B}c\u{9B}31m\u{202E}\u{7} %0A::warning::y {command}");
    let folder = Folder::new(&[
        ("seeds/title.txt", &format!("= {evil}=\n\nAn island.\n")),
        ("seeds/link.txt", &format!("= Malta =\n\nIt lies beside [[{}]].\n", evil.to_uppercase())),
        ("seeds/near.txt", &format!("= Comino =\n\nIt lies beside [[{evil}z]].\n")),
        ("seeds/date.txt", &format!("= {evil} pier\n\n##[add-path]/x 31 June 1921 ##[endgroup] {command}\n")),
        ("seeds/list.txt", &format!("= Filfla =\n\nA rock.\n\n==See also==\n- {evil}\n- {evil}\n")),
        ("seeds/\n::error::z,a=b%0A\u{1B}[31m.txt", WRONG_DAY),
    ]);
    folder.write("::error::w.txt", WRONG_DAY);
    folder
}

#[test]
fn articles_and_names_cannot_move_the_cursor() {
    let folder = strangers();
    for format in ["pretty", "concise", "github"] {
        let mut command = folder.command(&format!("lint --output-format {format} seeds"));
        command.args(["::error::w.txt", "nowhere\u{1B}c\n::error::v"]);
        let ran = finish(command, "");
        assert_eq!(ran.code, Some(2), "{ran:?}");
        for (stream, text) in [("output", &ran.out), ("error", &ran.err)] {
            let hidden = text.chars().find(|&c| c != '\n' && c.is_control() || c == '\u{202E}');
            assert_eq!(hidden, None, "{format}, standard {stream}:\n{text}");
        }
    }
}

#[test]
fn configurations_and_schemas_cannot_move_the_cursor() {
    let folder = Folder::new(&[("seeds/a.txt", WRONG_DAY)]);
    let escape = r#""\x1B[31m\x9B\u202E""#;
    folder.write("schema.yaml", format!("required: [{escape}]\ndescription: {escape}\n"));
    for config in [
        format!("extensions: [{escape}]"),
        format!("select: [{escape}]"),
        format!("as-of: {escape}"),
        format!("fail-on: {escape}"),
        format!("{escape}: 1"),
        format!("layouts: [{{path: {escape}, layout: {escape}}}]"),
        format!("kinds: {{{escape}: {{schema: schema.yaml}}}}"),
        format!("kinds: {{a: {{schema: {escape}}}}}"),
        format!("kinds: {{a: {{schema: article, title: {escape}}}}}"),
        String::from("select: [\u{1B}[31m]"),
    ] {
        folder.write("seedlint.yaml", format!("{config}\n"));
        let ran = folder.run("lint seeds");
        let hidden = |c: char| c != '\n' && c.is_control() || c == '\u{202E}';
        assert!(!ran.out.contains(hidden) && !ran.err.contains(hidden), "{config}: {ran:?}");
    }
}

/// A runner of GitHub Actions takes a line that begins with `::`, behind blanks, and one with `##[`
/// anywhere for a command.
#[test]
fn articles_and_names_cannot_give_commands() {
    let folder = strangers();
    for format in ["pretty", "concise", "github"] {
        let mut command = folder.command(&format!("lint --quiet --output-format {format} seeds"));
        command.env("GITHUB_ACTIONS", "true").args(["::error::w.txt", "nowhere\n::error::v"]);
        let ran = finish(command, "");
        let ours = |line: &str| {
            let annotation = ["::error file=", "::warning file=", "::notice file="];
            format == "github" && annotation.iter().any(|begin| line.starts_with(begin))
        };
        for line in ran.out.lines().chain(ran.err.lines()) {
            assert!(ours(line) || !line.trim_start().starts_with("::"), "{format}: a command:\n{line}");
            assert!(!line.contains("##["), "{format}: a command:\n{line}");
        }
    }
    let annotations = folder.run("lint --quiet --output-format github seeds").out;
    let findings = folder.run("lint --output-format json seeds").each("rule");
    assert_eq!(annotations.lines().count(), findings.len(), "one line a finding");
}

#[test]
fn programs_get_text_as_it_is() {
    let folder = strangers();
    let report = folder.run("lint --select date --output-format json seeds").report();
    let path = report["diagnostics"][0]["path"].as_str();
    assert_eq!(path, Some("seeds/\n::error::z,a=b%0A\u{1B}[31m.txt"));
    let lines = folder.run("lint --output-format jsonl seeds").lines();
    assert_eq!(lines.len(), folder.run("lint --output-format json seeds").each("rule").len());
}

// The other commands.

#[test]
fn explain_prints_the_page_of_a_rule() {
    let folder = Folder::new(&[]);
    for entry in RULES {
        let expected = format!("# {} ({})\n\n{}\n", entry.name, entry.rule.severity, entry.page());
        let short = |entry: &Entry| entry.name.rsplit('/').next().unwrap();
        let ran = folder.run(&format!("explain {}", entry.name));
        assert_eq!((ran.code, ran.out.as_str()), (Some(0), expected.as_str()), "{}", entry.name);
        // The short name does as well, where no other group has it.
        let ran = folder.run(&format!("explain {}", short(entry)));
        if RULES.iter().filter(|other| short(other) == short(entry)).count() == 1 {
            assert_eq!((ran.code, ran.out.as_str()), (Some(0), expected.as_str()), "{}", entry.name);
        } else {
            assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{}", entry.name);
            assert!(ran.err.contains(entry.name), "{}", ran.err);
        }
    }
}

#[test]
fn rules_lists_them_all() {
    let folder = Folder::new(&[]);
    let lines = folder.run("rules").out;
    assert_eq!(lines.lines().count(), RULES.len());
    for (line, entry) in lines.lines().zip(RULES) {
        assert!(line.starts_with(&format!("{} ", entry.name)) && line.contains(entry.rule.severity.name()), "{line}");
    }
    let ran = folder.run("rules --json");
    let rules = ran.report();
    for (rule, entry) in rules.as_array().unwrap().iter().zip(RULES) {
        assert_eq!(keys(rule), ["name", "severity", "summary"]);
        assert_eq!(
            (rule["name"].as_str(), rule["summary"].as_str()),
            (Some(entry.name), Some(entry.summary().as_str()))
        );
        assert_eq!(rule["severity"], entry.rule.severity.name());
    }
    assert_eq!(rules.as_array().unwrap().len(), RULES.len());
}

/// One article in each layout, with letters of several bytes, line ends of both kinds, and a
/// byte-order mark.
fn layouts() -> Folder {
    Folder::new(&[
        (
            "a.txt",
            "= Łódź pier =\r\n\r\nInfobox\r\n- Länge: 85 m\r\n\r\nA “pier”[1] by [[Gozo]].\r\n\r\n==See also==\r\n- łodz PIER\r\n",
        ),
        ("b.txt", "\u{FEFF}4711,\nŻurrieq,\n\nA town[a] by the sea.\nIt is \"old\".\n"),
        ("c.md", "---\ntitle: Għarb\n---\n\n## Kirchen\n\nSee [the pier](a.txt) and [[Nowhere|é]].\n\n- 3 May 1900\n"),
        ("d.txt", "Għajnsielem\n\nA village. It faces Comino.\n"),
    ])
}

#[test]
fn inspect_shows_places_with_their_text() {
    let folder = layouts();
    for what in ["article", "references"] {
        let ran = folder.run(&format!("inspect {what} ."));
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
        let lines = ran.lines();
        assert!(lines.len() > 2, "{ran:?}");
        for line in lines {
            let text = folder.read(line["path"].as_str().unwrap());
            assert_eq!(words(&text, &line), line["text"].as_str().unwrap(), "{what}");
        }
    }
}

#[test]
fn inspect_article_shows_the_parts() {
    let folder = layouts();
    let parts = folder.run("inspect article a.txt").lines();
    let mut shown = String::new();
    for part in &parts {
        writeln!(shown, "{} {}", part["kind"].as_str().unwrap(), part["text"]).unwrap();
    }
    common::expect(Path::new("tests/cli/inspect-article.out"), &shown).unwrap();
}

#[test]
fn inspect_facts_shows_what_is_told_and_what_it_means() {
    let light = "= Rauma Light =\n\nInfobox\n- Height: 31 m\n- Keepers: 4 (1901)\n\n\
        Rauma Light is a lighthouse on the skerry of Rauma, designed by Aino Berg. It was opened on 9 September 1867 and closed on \
        2 February 1899, after it had been in operation for nineteen years. On 3 May 1892 it celebrated its silver jubilee. \
        Its lamp would have burned 40 litres of oil. It burned 30 per cent less than 12 per night.\n";
    let folder = Folder::new(&[("a.txt", light)]);
    let ran = folder.run("inspect facts .");
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let mut shown = String::new();
    for mut line in ran.lines() {
        let line = line.as_object_mut().unwrap();
        let place = |end: &str| line[end]["offset"].as_u64().unwrap() as usize;
        let (start, end) = (place("start"), place("end"));
        assert_eq!(light[start..end], *line["text"].as_str().unwrap());
        line.retain(|key, _| !["path", "start", "end"].contains(&key.as_str()));
        writeln!(shown, "{}", serde_json::to_string(line).unwrap()).unwrap();
    }
    common::expect(Path::new("tests/cli/inspect-facts.out"), &shown).unwrap();
}

#[test]
fn inspect_references_shows_where_they_lead() {
    let references = layouts().run("inspect references .").lines();
    let shown: Vec<[&str; 5]> = references
        .iter()
        .map(|line| ["path", "kind", "text", "resolution", "to"].map(|key| line[key].as_str().unwrap_or("-")))
        .collect();
    let expected = [
        ["./a.txt", "link", "Gozo", "unresolved", "-"],
        ["./a.txt", "see-also", "łodz PIER", "inexact", "./a.txt"],
        ["./c.md", "link", "a.txt", "exact", "./a.txt"],
        ["./c.md", "link", "Nowhere", "unresolved", "-"],
    ];
    assert_eq!(shown, expected);
}

#[test]
fn inspect_document_shows_the_document_form() {
    let folder = layouts();
    let lines = folder.run("inspect document .").lines();
    let mut shown = String::new();
    for line in &lines {
        writeln!(shown, "{}", serde_json::to_string_pretty(line).unwrap()).unwrap();
    }
    common::expect(Path::new("tests/cli/inspect-document.out"), &shown).unwrap();
}

#[test]
fn inspect_says_what_it_cannot_read() {
    let folder = layouts();
    let ran = folder.run("inspect document nowhere d.txt");
    assert_eq!((ran.code, ran.lines().len()), (Some(2), 1));
    assert_eq!(ran.err, "error: nowhere: there is no such file or folder\n");
}

// How the program is run.

// References and corrections.

#[test]
fn a_rule_that_is_off_runs_only_by_its_name() {
    let folder = Folder::new(&[]);
    folder.write("seeds/weir.txt", "= Weir of Tamm =\n\nIt feeds a mill.\n\n==See also==\n- Mill of Tamm\n");
    folder.write("seeds/mill.txt", "= Mill of Tamm =\n\nIt grinds oats.\n");
    for (arguments, found) in
        [("", 0), ("--select reference", 0), ("--select all", 0), ("--select reference/one-way", 1)]
    {
        let report = folder.run(&format!("lint {arguments} --output-format json seeds")).report();
        let one_way = &report["summary"]["by_rule"]["reference/one-way"];
        assert_eq!(one_way.as_u64().unwrap_or(0), found, "{arguments}");
    }
    assert!(folder.run("rules").out.contains("(off unless selected by name)"));
}

#[test]
fn titles_that_live_elsewhere() {
    let folder = Folder::new(&[]);
    folder.write(
        "seeds/weir.txt",
        "= Weir of Tamm =\n\nIt feeds a mill.\n\n==See also==\n- Mills of Norland\n- Lake Chad\n- Eels\n",
    );
    folder.write("seeds/titles.txt", "Mills_of_Norland\nTrout\n");
    for (config, left) in [
        ("", 3),
        ("outside-titles: [Lake Chad, Eels]", 1),
        ("outside-titles:\n  file: titles.txt", 2),
        ("outside-titles:\n  file: titles.txt\n  titles: [eels]", 1),
    ] {
        folder.write("seeds/seedlint.yaml", format!("# of this case\n{config}\n"));
        let report = folder.run("lint --select reference --output-format json seeds").report();
        assert_eq!(report["summary"]["by_rule"]["reference/unresolved"], left, "{config}");
        // The list is no article, whatever its name.
        let articles = if config.contains("file") { 1 } else { 2 };
        assert_eq!(report["summary"]["articles"], articles, "{config}");
    }
    let lines = folder.run("inspect references seeds").out;
    assert!(lines.contains(r#""text":"Eels","resolution":"outside","to":null"#), "{lines}");
    for (config, why) in [
        ("outside-titles:\n  file: ../../secret.txt", "leads out of the repository"),
        ("outside-titles:\n  file: nowhere.txt", "No such file"),
        ("outside-titles: 7", "`outside-titles` is a list of titles"),
        ("outside-titles:\n  files: a.txt", "`outside-titles` is a list of titles"),
    ] {
        folder.write("seeds/seedlint.yaml", config);
        let ran = folder.run("lint seeds");
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{config}");
        assert!(ran.err.contains(why), "{config}:\n{}", ran.err);
    }
}

#[test]
fn references_and_how_they_resolve() {
    let folder = Folder::new(&[]);
    folder.write(
        "seeds/weir.md",
        "---\ntitle: Weir of Tamm\naliases: [Tamm weir]\nmill: Mill of Tamm\n---\n\nMain article: Weirs of Norland\n\nIt feeds the [[mill of Tamm#Wheel|mill]], \
         see [its gates](#gates) and the [ferry](ferry.txt).\n\n## Gates\n\nThere are two.\n",
    );
    folder
        .write("seeds/mill.txt", "= Mill of Tamm =\n\nIt takes water from the [[Tamm weir]] and the [[Tamm-Weir]].\n");
    let shown: Vec<String> = folder
        .run("inspect references seeds")
        .out
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .map(|found| {
            let field = |name: &str| found[name].as_str().unwrap_or("-").to_owned();
            let section = found
                .get("section")
                .map(|section| format!(" {section} {}", found["section_found"]))
                .unwrap_or_default();
            format!("{} {} {} {}{section}", field("kind"), field("text"), field("resolution"), field("to"))
        })
        .collect();
    assert_eq!(
        shown,
        [
            "link Tamm weir alias seeds/weir.md",
            "link Tamm-Weir inexact seeds/weir.md",
            "infobox Mill of Tamm exact seeds/mill.txt",
            "main-article Weirs of Norland unresolved -",
            "link mill of Tamm exact seeds/mill.txt \"Wheel\" false",
            "section gates exact seeds/weir.md",
            "link ferry.txt unresolved -",
        ]
    );
}
