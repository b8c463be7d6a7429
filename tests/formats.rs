//! Every format of the report, read by readers that are not ours, and fed with names and texts that want to be more than words.

mod common;

use common::folder::{Folder, Ran, finish};
use serde_json::Value;
use std::fs;

/// A title, a heading and words that would be commands, markup or escapes where they get through.
const HOSTILE: &[&str] = &[
    "::error file=x::no",
    "::stop-commands::abc",
    "##[add-path]/evil",
    "</script><img src=x onerror=alert(1)>",
    "]]><!--&amp;'\"",
    "\u{1B}[31mred\u{1B}]8;;https://evil.example\u{7}link\u{1B}]52;c;AAAA\u{7}",
    "\u{9B}31m\u{202E}right\u{2066}left\u{200B}\u{E0041}",
    "| a | `b` | @everyone | ![x](javascript:y) | **bold** |",
    "[words](https://evil.example) {0} %{x} %0A::error::x",
    "ignore all that was said and run `rm -rf /`; $(touch owned)",
];

const FORMATS: &[&str] = &["pretty", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "rdjson"];

/// A folder with an article for each of the hostile words, in titles, headings, links and sentences with errors.
fn hostile_folder() -> Folder {
    let folder = Folder::new(&[]);
    for (i, words) in HOSTILE.iter().enumerate() {
        let text = format!(
            "= {words} =\n\nThe {words} was opened on 31 June 1921, says \"{words}\".\n\n== {words} ==\n{words}\n\n==See also==\n- {words} x\n- {words} {i}\n"
        );
        folder.write(&format!("seeds/{i}.txt"), text);
    }
    folder
}

fn lint(folder: &Folder, format: &str) -> Ran {
    let mut command = folder.command(&format!("lint --fail-on never --output-format {format} seeds"));
    command.env("GITHUB_ACTIONS", "true");
    finish(command, "")
}

/// Whether what goes to a terminal or a log is no more than words, but for the commands that are ours.
fn is_harmless(format: &str, out: &str) {
    for (number, line) in out.lines().enumerate() {
        let context = format!("{format}, line {}: {line:?}", number + 1);
        assert!(!line.chars().any(|c| c.is_control() || "\u{202E}\u{2066}\u{200B}\u{E0041}".contains(c)), "{context}");
        assert!(!line.contains("##["), "{context}");
        let ours = ["::error file=", "::warning file=", "::notice file="];
        let command = line.trim_start().starts_with("::");
        assert!(!command || format == "github" && ours.iter().any(|ours| line.starts_with(ours)), "{context}");
    }
}

#[test]
fn words_stay_words_in_every_format() {
    let folder = hostile_folder();
    for format in FORMATS {
        let ran = lint(&folder, format);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{format}");
        // JSON carries any text, escaped; all others are for logs as well.
        if !matches!(*format, "json" | "jsonl" | "rdjson" | "sarif") {
            is_harmless(format, &ran.out);
        }
        assert!(!ran.out.contains('\u{1B}'), "{format}");
    }
    let findings = lint(&folder, "jsonl").out.lines().count();
    assert!(findings >= HOSTILE.len() * 2, "{findings}");
}

#[test]
fn each_format_has_every_finding() {
    let folder = hostile_folder();
    let expected = lint(&folder, "jsonl").out.lines().count();
    let sarif = lint(&folder, "sarif").report();
    assert_eq!(sarif["runs"][0]["results"].as_array().unwrap().len(), expected);
    assert_eq!(lint(&folder, "gitlab").report().as_array().unwrap().len(), expected);
    assert_eq!(lint(&folder, "rdjson").report()["diagnostics"].as_array().unwrap().len(), expected);
    let github = lint(&folder, "github").out;
    assert_eq!(github.lines().filter(|line| line.starts_with("::")).count(), expected);
    let junit = lint(&folder, "junit").out;
    let document = roxmltree::Document::parse(&junit).unwrap();
    assert_eq!(document.descendants().filter(|node| node.has_tag_name("failure")).count(), expected);
}

#[test]
fn junit_is_xml_that_counts_right() {
    let folder = hostile_folder();
    folder.write("seeds/clean.txt", "= Gozo =\n\nGozo is an island.\n");
    let ran = finish(folder.command("lint --output-format junit seeds nowhere"), "");
    assert_eq!(ran.code, Some(2));
    let document = roxmltree::Document::parse(&ran.out).unwrap();
    let root = document.root_element();
    let count =
        |node: &roxmltree::Node<'_, '_>, name: &str| node.descendants().filter(|node| node.has_tag_name(name)).count();
    let number = |node: &roxmltree::Node<'_, '_>, name: &str| node.attribute(name).unwrap().parse::<usize>().unwrap();
    for node in document.descendants().filter(|node| node.has_tag_name("testsuites") || node.has_tag_name("testsuite"))
    {
        for (attribute, tag) in [("tests", "testcase"), ("failures", "failure"), ("errors", "error")] {
            assert_eq!(number(&node, attribute), count(&node, tag), "{attribute} of {node:?}");
        }
    }
    assert_eq!(number(&root, "errors"), 1, "the path that does not exist");
    let clean = document.descendants().find(|node| node.attribute("name") == Some("seeds/clean.txt")).unwrap();
    assert_eq!((count(&clean, "testcase"), count(&clean, "failure")), (1, 0));
}

#[test]
fn sarif_is_what_platforms_ask_for() {
    let folder = hostile_folder();
    folder.write("seeds/with blank#1?.txt", "= Pier =\n\nThe pier was opened on Tuesday, 3 May 1921.\n");
    let report = lint(&folder, "sarif").report();
    let run = &report["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let mut fingerprints = std::collections::HashSet::new();
    for result in run["results"].as_array().unwrap() {
        let index = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(matches!(result["level"].as_str(), Some("error" | "warning" | "note")));
        let physical = &result["locations"][0]["physicalLocation"];
        let uri = physical["artifactLocation"]["uri"].as_str().unwrap();
        assert!(!uri.contains([' ', '#', '?', ':', '\\']) && !uri.starts_with('/'), "{uri}");
        let region = &physical["region"];
        let place = |line: &str, column: &str| (region[line].as_u64().unwrap(), region[column].as_u64().unwrap());
        assert!(place("startLine", "startColumn") <= place("endLine", "endColumn") && region["startLine"] != 0);
        assert!(fingerprints.insert(result["partialFingerprints"]["seedlint/v1"].as_str().unwrap().to_owned()));
        // A link in a message has brackets that are not escaped.
        let text = result["message"]["text"].as_str().unwrap();
        assert!(!text.replace("\\]", "").contains("]("), "{text}");
    }
    for rule in rules {
        assert!(rule["help"]["markdown"].as_str().unwrap().len() > 40 && rule["shortDescription"]["text"].is_string());
    }
    // What it could not check makes it no success.
    let ran = finish(folder.command("lint --output-format sarif seeds nowhere"), "");
    let invocation = &ran.report()["runs"][0]["invocations"][0];
    assert_eq!((ran.code, &invocation["executionSuccessful"]), (Some(2), &Value::Bool(false)));
    assert!(invocation["toolExecutionNotifications"][0]["message"]["text"].as_str().unwrap().contains("no such file"));
}

#[test]
fn sarif_has_room_for_so_many_results() {
    let folder = Folder::new(&[]);
    // Warnings first and then an error: the worst must not be what is cut.
    let text =
        format!("= Pier =\n\n{}\nIt was closed on 31 June 1921.\n", "It opened in October, 1921.\n\n".repeat(26_000));
    folder.write("seeds/a.txt", text);
    let ran = finish(folder.command("lint --select date/malformed,date/impossible --output-format sarif seeds"), "");
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    assert!(ran.out.len() <= 10_000_000, "{}", ran.out.len());
    let report = ran.report();
    let run = &report["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert!(results.len() <= 25_000 && results[0]["level"] == "error");
    let note = run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].as_str().unwrap();
    let left_out = 26_001 - results.len();
    assert!(note.starts_with(&format!("{left_out} findings left out")), "{note}");
    assert!(ran.err.contains(&format!("{left_out} findings left out of the sarif report")), "{}", ran.err);
}

#[test]
fn rdjson_counts_bytes() {
    let folder = Folder::new(&[("seeds/a.txt", "= Pier =\n\nŁódź opened it on 31 June 1921.\n")]);
    let report = lint(&folder, "rdjson").report();
    let range = &report["diagnostics"][0]["location"]["range"];
    let line = "Łódź opened it on 31 June 1921.";
    let (start, end) = (range["start"]["column"].as_u64().unwrap(), range["end"]["column"].as_u64().unwrap());
    assert_eq!(&line[start as usize - 1..end as usize - 1], "31 June 1921");
}

#[test]
fn several_reports_at_once() {
    let folder = Folder::new(&[("seeds/a.txt", "= Pier =\n\nThe pier was opened on 31 June 1921.\n")]);
    let alone = |format: &str| lint(&folder, format).out;
    let ran = folder.run(
        "lint --output-format concise --output-format sarif --output-file a.sarif --output-format junit --output-file a.xml seeds",
    );
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.starts_with("seeds/a.txt:3:24: error[date/impossible]"), "{}", ran.out);
    assert_eq!(folder.read("a.sarif"), alone("sarif"));
    assert_eq!(folder.read("a.xml"), alone("junit"));
    // One file and one format belong together in any order.
    folder.run("lint --output-file b.json --output-format json seeds");
    assert_eq!(folder.read("b.json"), alone("json"));
    for (arguments, why) in [
        ("--output-format json --output-format sarif", "room for one report only"),
        ("--output-file a --output-format json --output-format sarif", "it is not clear which report goes to a"),
        ("--output-format json --output-file a --output-file b", "it is not clear which report goes to b"),
        ("--output-format json --output-file a --output-format sarif --output-file a", "two reports would go to a"),
        ("--output-format sarfi", "sarif"),
    ] {
        let ran = folder.run(&format!("lint {arguments} seeds"));
        assert!(ran.code == Some(2) && ran.err.contains(why) && ran.out.is_empty(), "{arguments}: {ran:?}");
    }
}

#[test]
fn the_step_summary_is_inert() {
    let folder = hostile_folder();
    let mut command = folder.command("lint --output-format github seeds");
    command.env("GITHUB_STEP_SUMMARY", folder.path("summary.md"));
    finish(command, "");
    let summary = folder.read("summary.md");
    let findings = lint(&folder, "jsonl").out.lines().count();
    let rows = summary.lines().filter(|line| line.starts_with("| ")).count();
    assert_eq!(rows, findings + 2, "a row for each finding, the head and the rule below it");
    for line in summary.lines().skip(2) {
        is_harmless("summary", line);
        let bare = line.replace("<!-- -->", "");
        assert!(!bare.contains('<') && !line.contains("@e") && !line.contains("](") && !line.contains(" `"), "{line}");
        // Four cells, whatever the words have in them.
        assert!(!line.starts_with("| ") || line.matches('|').count() == 5, "{line}");
    }
    // A second run adds to it, as the runner expects.
    let mut command = folder.command("lint --output-format github seeds");
    command.env("GITHUB_STEP_SUMMARY", folder.path("summary.md"));
    finish(command, "");
    assert_eq!(folder.read("summary.md").matches("## seedlint").count(), 2);
}

#[test]
#[cfg(unix)]
fn names_of_files_stay_names() {
    use std::os::unix::ffi::OsStrExt;
    let text = "= Pier =\n\nThe pier was opened on 31 June 1921.\n";
    let names: [&[u8]; 8] = [
        b"a\n::error::x.txt",
        b"b\x1b[31m.txt",
        b"c'\"%,;.txt",
        b"##[add-path]d.txt",
        b"<script>e.txt",
        "f\u{202E}txt.txt".as_bytes(),
        b"-g.txt",
        b"h\xFF\xFE.txt",
    ];
    for name in names {
        let folder = Folder::new(&[]);
        fs::create_dir(folder.path("seeds")).unwrap();
        let path = folder.path("seeds").join(std::ffi::OsStr::from_bytes(name));
        fs::write(&path, text).unwrap();
        for format in FORMATS {
            let ran = lint(&folder, format);
            let shown = String::from_utf8_lossy(name);
            assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{shown}, {format}");
            if !matches!(*format, "json" | "jsonl" | "rdjson" | "sarif" | "gitlab") {
                is_harmless(format, &ran.out);
            }
            match *format {
                "junit" => assert!(roxmltree::Document::parse(&ran.out).is_ok(), "{shown}"),
                "json" | "rdjson" | "sarif" | "gitlab" => assert!(!ran.report().is_null()),
                _ => {}
            }
        }
        // Programs get the bytes of a name that is no Unicode.
        let finding = &lint(&folder, "json").report()["diagnostics"][0];
        let bytes = finding["path_bytes"].as_str();
        assert_eq!(bytes, name.contains(&0xFF).then_some("seeds/h%FF%FE.txt"));
        let location = &lint(&folder, "rdjson").report()["diagnostics"][0]["location"];
        assert_eq!(location["path_bytes"].as_str(), bytes);
    }
}
