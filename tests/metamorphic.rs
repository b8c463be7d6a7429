//! What must change nothing changes nothing: order, place, environment, line ends, and articles that have nothing to do with it.

mod common;

use common::folder::{Folder, finish};
use serde_json::Value;
use std::fs;

const LINT: &str = "lint --isolated --as-of 2026-11-01 --output-format json";

/// Our own articles, and some that are wrong on purpose.
fn articles() -> Vec<(String, String)> {
    let mut articles: Vec<(String, String)> = common::articles_in("seeds".as_ref())
        .iter()
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(path).unwrap()))
        .collect();
    let wrong = "= Sarn Pier =\n\nSarn Pier was opened on Monday, 31 June 1921, by the mayor Ada Horn. It has 14 lamps.\n\n\
                 The the pier was closed in October, 1931 and in 1930. It has 16 lamps.\n\n==See also==\n- Sarn Piers\n- Gozo\n- Gozo\n";
    articles.push((String::from("wrong.txt"), wrong.to_owned()));
    articles
}

fn folder() -> Folder {
    let folder = Folder::new(&[]);
    for (name, text) in articles() {
        folder.write(&format!("seeds/{name}"), text);
    }
    folder
}

fn findings(folder: &Folder, more: &str) -> Vec<Value> {
    let report = folder.run(&format!("{LINT} {more}")).report();
    report["diagnostics"].as_array().unwrap().clone()
}

/// A finding with one string in the place of another, wherever it stands.
fn renamed(finding: &Value, from: &str, to: &str) -> Value {
    serde_json::from_str(&finding.to_string().replace(from, to)).unwrap()
}

#[test]
fn the_place_and_the_environment_change_nothing() {
    let folder = folder();
    let plain = folder.run(&format!("{LINT} seeds"));
    assert!(findings(&folder, "seeds").len() > 5);
    for (name, value) in [
        ("HOME", "/nowhere"),
        ("TZ", "Pacific/Kiritimati"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("COLUMNS", "1"),
        ("TERM", "dumb"),
        ("RAYON_NUM_THREADS", "7"),
        ("USER", "somebody else"),
    ] {
        let mut command = folder.command(&format!("{LINT} --no-cache seeds"));
        command.env(name, value);
        let ran = finish(command, "");
        assert_eq!((ran.code, &ran.out), (plain.code, &plain.out), "{name}={value}");
    }
    // From another folder the paths are others, and nothing else is.
    let mut command = folder.command(&format!("{LINT} ."));
    command.current_dir(folder.path("seeds"));
    let there = finish(command, "").report();
    let here: Vec<Value> =
        findings(&folder, "seeds").iter().map(|finding| renamed(finding, "\"seeds/", "\"./")).collect();
    let there = there["diagnostics"].as_array().unwrap();
    assert_eq!(here.len(), there.len());
    for (here, there) in here.iter().zip(there) {
        assert_eq!((&here["path"], &here["start"], &here["rule"]), (&there["path"], &there["start"], &there["rule"]));
    }
}

#[test]
fn an_article_that_has_nothing_to_do_with_it_changes_no_finding_of_others() {
    let folder = folder();
    let before = findings(&folder, "seeds");
    folder.write("seeds/zzz.txt", "= Quartz =\n\nQuartz is a hard mineral of silicon and oxygen.\n");
    assert_eq!(findings(&folder, "seeds"), before);
    // Before all others in order, too.
    folder.write("seeds/000.txt", "= Feldspar =\n\nFeldspar is a group of minerals that make up much of the crust.\n");
    assert_eq!(findings(&folder, "seeds"), before);
}

#[test]
fn another_file_name_changes_the_path_alone() {
    let folder = folder();
    let before: Vec<Value> = findings(&folder, "seeds")
        .iter()
        .map(|finding| renamed(finding, "seeds/wrong.txt", "seeds/wrong-2.txt"))
        .collect();
    fs::rename(folder.path("seeds/wrong.txt"), folder.path("seeds/wrong-2.txt")).unwrap();
    let without_fingerprint = |findings: Vec<Value>| -> Vec<Value> {
        let strip = |mut finding: Value| {
            finding.as_object_mut().unwrap().remove("fingerprint");
            finding
        };
        findings.into_iter().map(strip).collect()
    };
    assert_eq!(without_fingerprint(findings(&folder, "seeds")), without_fingerprint(before));
}

#[test]
fn line_ends_change_no_finding() {
    let folder = folder();
    let key = |finding: &Value| {
        let place = |end: &str| (finding[end]["line"].as_u64(), finding[end]["column"].as_u64());
        (finding["path"].to_string(), finding["rule"].to_string(), finding["message"].to_string(), place("start"))
    };
    let before: Vec<_> = findings(&folder, "seeds").iter().map(key).collect();
    for end in ["\r\n", "\r"] {
        for (name, text) in articles() {
            folder.write(&format!("seeds/{name}"), text.replace('\n', end));
        }
        let after: Vec<_> = findings(&folder, "seeds").iter().map(key).collect();
        assert_eq!(after, before, "{end:?}");
    }
}

#[test]
fn the_order_of_the_paths_changes_nothing() {
    let folder = folder();
    let mut names: Vec<String> = articles().into_iter().map(|(name, _)| format!("seeds/{name}")).collect();
    let first = folder.run(&format!("{LINT} {}", names.join(" "))).out;
    for turn in 0..4 {
        names.rotate_left(3);
        if turn % 2 == 0 {
            names.reverse();
        }
        assert!(folder.run(&format!("{LINT} --jobs {} {}", turn + 1, names.join(" "))).out == first, "{names:?}");
    }
}
