//! The configuration as its users meet it: what holds where, what is said of faults, what `config` shows and `init` writes.

mod common;

use common::folder::{Folder, Ran};
use seedlint::rules::RULES;
use serde_json::Value;
use std::fs;

/// One error: `date/impossible`.
const WRONG_DAY: &str = "= Pier =\n\nThe pier was opened on 31 June 1921.\n";
/// One warning: `date/malformed`.
const ODD_DAY: &str = "= Mole =\n\nThe mole was opened in October, 1921.\n";

/// The findings as `path severity[rule]`.
fn found(ran: &Ran) -> Vec<String> {
    let report = ran.report();
    let text = |finding: &Value, field: &str| finding[field].as_str().unwrap().to_owned();
    let findings = report["diagnostics"].as_array().unwrap();
    let shown =
        |finding: &Value| format!("{} {}[{}]", text(finding, "path"), text(finding, "severity"), text(finding, "rule"));
    findings.iter().map(shown).collect()
}

fn lint(folder: &Folder, arguments: &str) -> Vec<String> {
    found(&folder.run(&format!("lint --output-format json {arguments}")))
}

#[test]
fn levels_of_rules_count_more_than_those_of_groups() {
    let folder = Folder::new(&[("a.txt", WRONG_DAY)]);
    for (levels, expected) in [
        ("{date: warning}", "a.txt warning[date/impossible]"),
        ("{all: advice}", "a.txt advice[date/impossible]"),
        ("{date/impossible: warning, date: advice}", "a.txt warning[date/impossible]"),
        ("{date/impossible: warning, all: off}", ""),
        ("{all: advice, date: warning}", "a.txt warning[date/impossible]"),
        ("{date: off}", ""),
        ("{date: \"off\"}", ""),
        ("{fact: off}", "a.txt error[date/impossible]"),
    ] {
        folder.write("seedlint.yaml", format!("levels: {levels}\n"));
        assert_eq!(lint(&folder, "a.txt").join(" "), expected, "{levels}");
    }
    // The command line has the last word.
    folder.write("seedlint.yaml", "levels: {date: warning}\n");
    assert_eq!(lint(&folder, "--level date=advice,date/impossible=error a.txt"), ["a.txt error[date/impossible]"]);
    assert_eq!(lint(&folder, "--isolated a.txt"), ["a.txt error[date/impossible]"]);
    let ran = folder.run("lint --level date=loud a.txt");
    assert!(ran.code == Some(2) && ran.err.contains("off, advice, warning or error"), "{ran:?}");
    let ran = folder.run("lint --level dat=off a.txt");
    assert!(ran.code == Some(2) && ran.err.contains("did you mean `date`?"), "{ran:?}");
}

#[test]
fn a_level_moves_the_exit_status() {
    let folder = Folder::new(&[("a.txt", WRONG_DAY), ("seedlint.yaml", "levels: {date/impossible: warning}\n")]);
    assert_eq!(folder.run("lint a.txt").code, Some(0));
    assert_eq!(folder.run("lint --fail-on warning a.txt").code, Some(1));
}

#[test]
fn a_level_wakes_a_rule_that_is_off_unless_named() {
    let folder = Folder::new(&[
        ("seeds/weir.txt", "= Weir of Tamm =\n\nIt feeds a mill.\n\n==See also==\n- Mill of Tamm\n"),
        ("seeds/mill.txt", "= Mill of Tamm =\n\nIt grinds oats.\n"),
    ]);
    let one_way = |folder: &Folder| lint(folder, "seeds").iter().filter(|line| line.contains("one-way")).count();
    assert_eq!(one_way(&folder), 0);
    folder.write("seedlint.yaml", "levels: {reference: warning}\n");
    assert_eq!(one_way(&folder), 0, "a group wakes nobody");
    folder.write("seedlint.yaml", "levels: {reference/one-way: warning}\n");
    assert_eq!(one_way(&folder), 1);
    folder.write("seedlint.yaml", "levels: {reference/one-way: warning}\nignore: [reference]\n");
    assert_eq!(one_way(&folder), 0, "what is ignored has no level");
}

#[test]
fn overrides_hold_for_their_files() {
    let folder = Folder::new(&[("a/x.txt", WRONG_DAY), ("a/deep/y.txt", WRONG_DAY), ("b/z.txt", WRONG_DAY)]);
    for (overrides, expected) in [
        (
            "[{path: a/*, levels: {date: warning}}]",
            [
                "a/deep/y.txt error[date/impossible]",
                "a/x.txt warning[date/impossible]",
                "b/z.txt error[date/impossible]",
            ]
            .as_slice(),
        ),
        ("[{path: 'a/**', ignore: [date]}]", &["b/z.txt error[date/impossible]"]),
        ("[{path: ['a/deep/*', 'b/*'], select: [fact]}]", &["a/x.txt error[date/impossible]"]),
        // The last that matches counts most.
        (
            "[{path: 'a/**', levels: {date: off}}, {path: 'a/deep/**', levels: {date: advice}}]",
            &["b/z.txt error[date/impossible]"],
        ),
        (
            "[{path: '**', levels: {date: warning}}, {path: 'a/**', levels: {date: advice}}]",
            &[
                "a/deep/y.txt advice[date/impossible]",
                "a/x.txt advice[date/impossible]",
                "b/z.txt warning[date/impossible]",
            ],
        ),
    ] {
        folder.write("seedlint.yaml", format!("overrides: {overrides}\n"));
        assert_eq!(lint(&folder, "a b"), expected, "{overrides}");
    }
    // Patterns count from the folder of the configuration, wherever the program runs and however paths are written.
    folder.write("seedlint.yaml", "overrides: [{path: 'a/**', ignore: [date]}]\n");
    let mut command = folder.command("lint --output-format json ../a ../b/../b");
    command.current_dir(folder.path("b"));
    assert_eq!(found(&common::folder::finish(command, "")).len(), 1);
}

#[test]
fn overrides_set_layouts_and_kinds() {
    let folder = Folder::new(&[
        ("notes/a.txt", "The quay is long.\n\n==Ships==\n"),
        ("ferries/long.txt", "= Long =\n\nInfobox\n- Length: 40 m\n\nThe Long is a ferry of Tamm.\n"),
        ("ferry.yaml", "type: object\nproperties: {infobox: {required: [route]}}\n"),
    ]);
    folder.write("seedlint.yaml", "overrides: [{path: 'notes/*', layout: plain}]\n");
    assert_eq!(folder.run("inspect document notes/a.txt").lines()[0]["document"]["layout"], "plain");
    let kinds = "kinds: {ferry: {schema: ferry.yaml, title: ^Ferry}}\n";
    folder.write("seedlint.yaml", kinds);
    assert_eq!(lint(&folder, "--select structure/schema ferries"), [""; 0]);
    folder.write("seedlint.yaml", format!("{kinds}overrides: [{{path: 'ferries/*', kind: ferry}}]\n"));
    assert_eq!(lint(&folder, "--select structure/schema ferries"), ["ferries/long.txt error[structure/schema]"]);
    folder.write("seedlint.yaml", format!("{kinds}overrides: [{{path: 'ferries/*', kind: [ferri]}}]\n"));
    let ran = folder.run("lint ferries");
    assert!(ran.code == Some(2) && ran.err.contains("did you mean `ferry`?"), "{ran:?}");
}

#[test]
fn kinds_can_ask_for_fields_in_short() {
    let text = |field: &str| format!("= Long =\n\nInfobox\n- Route: Tamm\n{field}\nThe Long is a ferry of Tamm.\n");
    let folder = Folder::new(&[("a.txt", &text("")), ("b.txt", &text("- Length: 40 m\n"))]);
    folder.write("seedlint.yaml", "kinds:\n  ferry:\n    infobox: [Route]\n    required: [Length]\n");
    let ran = folder.run("lint --output-format json a.txt b.txt");
    let report = ran.report();
    let finding = &report["diagnostics"][0];
    assert_eq!(found(&ran), ["a.txt error[structure/schema]"]);
    assert_eq!(finding["message"], "the infobox lacks `length`");
    assert!(finding["help"].as_str().unwrap().contains("seedlint.yaml:4"), "{finding}");
    folder.write("seedlint.yaml", "kinds: {ferry: {infobox: [Berths], required: [Length]}}\n");
    assert_eq!(lint(&folder, "a.txt b.txt"), [""; 0], "the infobox does not tell it");
    for (kind, why) in [
        ("{title: x}", "asks for nothing"),
        ("{required: [a], schema: article}", "a `schema` or `required` fields, not both"),
    ] {
        folder.write("seedlint.yaml", format!("kinds: {{ferry: {kind}}}\n"));
        let ran = folder.run("lint a.txt");
        assert!(ran.code == Some(2) && ran.err.contains(why), "{ran:?}");
    }
}

#[test]
fn thresholds_are_those_that_rules_have() {
    let list = "= Piers =\n\nPiers of Tamm.\n\n==Years==\n- 1901: Low Pier\n- 1907: High Pier\n- 1903: New Pier\n- 1911: Old Pier\n- 1915: Far Pier\n";
    let folder = Folder::new(&[("a.txt", list)]);
    assert_eq!(lint(&folder, "a.txt"), ["a.txt warning[date/list-order]"]);
    folder.write("seedlint.yaml", "thresholds: {date/list-order: {entries: 6}}\n");
    assert_eq!(lint(&folder, "a.txt"), [""; 0]);
    folder.write("seedlint.yaml", "thresholds: {date/list-order: {entries: 5}}\n");
    assert_eq!(lint(&folder, "a.txt").len(), 1);
    for (thresholds, why) in [
        ("{date/list-ordr: {entries: 5}}", "did you mean `date/list-order`?"),
        ("{date/list-order: {entris: 5}}", "did you mean `entries`?"),
        ("{date/weekday: {entries: 5}}", "it has none"),
        ("{date/list-order: {entries: 1}}", "`entries` is from 3 to 1000, not 1"),
        ("{date/list-order: {entries: -1}}", "thresholds"),
        ("{date/list-order: {entries: many}}", "expected u32"),
    ] {
        folder.write("seedlint.yaml", format!("thresholds: {thresholds}\n"));
        let ran = folder.run("lint a.txt");
        assert!(ran.code == Some(2) && ran.err.contains(why) && ran.out.is_empty(), "{thresholds}: {ran:?}");
    }
}

#[test]
fn a_configuration_builds_on_others() {
    let folder = Folder::new(&[
        ("shared/base.yaml", "ignore: [date/malformed]\nlevels: {date: warning}\nfail-on: warning\nacronyms: [ROV]\n"),
        ("shared/more.yaml", "extends: base.yaml\nacronyms: [HHB]\n"),
        ("seeds/seedlint.yaml", "extends: ../shared/more.yaml\nlevels: {date/impossible: advice}\n"),
        ("seeds/a.txt", WRONG_DAY),
        ("seeds/b.txt", ODD_DAY),
        ("seeds/c.txt", "= Quay =\n\nThe quay was built for the ROV and the HHB. It was sold to the ABZ in 1990.\n"),
    ]);
    let own = "seeds/b.txt warning[date/malformed]";
    assert!(lint(&folder, "--isolated seeds").iter().any(|line| line == own));
    assert_eq!(lint(&folder, "seeds"), ["seeds/a.txt advice[date/impossible]", "seeds/c.txt advice[text/acronym]"]);
    assert_eq!(folder.run("lint seeds").code, Some(0));
    folder.write("seeds/seedlint.yaml", "extends: [../shared/more.yaml]\nfail-on: advice\n");
    assert_eq!(folder.run("lint seeds").code, Some(1), "what is nearer counts more");
}

#[test]
fn what_cannot_be_built_on_is_refused() {
    for (extends, why) in [
        ("seedlint.yaml", "cannot build on itself"),
        ("a.yaml", "cannot build on itself"),
        ("nowhere.yaml", "No such file"),
        ("../outside.yaml", "leads out of the repository"),
        ("/etc/passwd", "leads out of the repository"),
        ("https://example.org/seedlint.yaml", "No such file"),
        ("[a, 7, {b: c}]", "one text, or a list of texts"),
        ("wrong.yaml", "did you mean `ignore`?"),
    ] {
        let folder = Folder::new(&[
            ("seeds/a.txt", WRONG_DAY),
            ("a.yaml", "extends: b.yaml\n"),
            ("b.yaml", "extends: ./a.yaml\n"),
            ("wrong.yaml", "ignroe: [date]\n"),
        ]);
        folder.write("seedlint.yaml", format!("# here\nextends: {extends}\n"));
        let ran = folder.run("lint seeds");
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{extends}: {ran:?}");
        assert!(ran.err.contains(why) && ran.err.contains(".yaml:"), "{extends}: {ran:?}");
    }
}

/// A tower of files that each extend two others twice would be read without end.
#[test]
fn a_configuration_has_so_many_files_at_most() {
    let folder = Folder::new(&[("seeds/a.txt", WRONG_DAY)]);
    for i in 0..40 {
        folder.write(&format!("{i}.yaml"), format!("extends: [{}.yaml, {}.yaml]\n", i + 1, i + 1));
    }
    folder.write("40.yaml", "ignore: [date]\n");
    folder.write("seedlint.yaml", "extends: 0.yaml\n");
    let ran = folder.run("lint seeds");
    assert!(ran.code == Some(2) && ran.err.contains("64 files at most"), "{ran:?}");
}

#[test]
fn names_of_rules_are_checked_wherever_they_stand() {
    for config in [
        "levels: {«dat/weekday»: off}",
        "overrides: [{path: a, levels: {«dat»: off}}]",
        "overrides: [{path: a, ignore: [fact, «dat»]}]",
        "overrides: [{path: a, select: [«dat»]}]",
    ] {
        let folder = Folder::new(&[("seeds/a.txt", WRONG_DAY)]);
        let column = config.chars().position(|c| c == '«').unwrap() + 1;
        folder.write("seedlint.yaml", config.replace(['«', '»'], ""));
        let ran = folder.run("lint seeds");
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{config}");
        assert!(ran.err.contains(&format!("seedlint.yaml:1:{column}]")), "{config}: {}", ran.err);
        assert!(ran.err.contains("did you mean `date"), "{config}: {}", ran.err);
    }
}

#[test]
fn a_faulty_configuration_below_stops_the_run() {
    let folder = Folder::new(&[("seeds/a.txt", WRONG_DAY), ("seeds/deep/b.txt", WRONG_DAY)]);
    folder.write("seeds/deep/seedlint.yaml", "slect: [date]\n");
    let ran = folder.run("lint seeds");
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.contains("seeds/deep/seedlint.yaml:1:1"), "{}", ran.err);
}

#[test]
fn config_says_where_each_value_comes_from() {
    let folder = Folder::new(&[
        ("base.yaml", "levels:\n  date/weekday: advice\n"),
        (
            "seedlint.yaml",
            "extends: base.yaml\nas-of: 2026-11-01\noverrides:\n  - path: 'seeds/b*'\n    levels:\n      fact: off\n",
        ),
        ("seeds/a.txt", WRONG_DAY),
        ("seeds/b.txt", WRONG_DAY),
    ]);
    let value = |path: &str, keys: &[&str]| -> (Value, String) {
        let report = folder.run(&format!("config --json {path}")).report();
        let values = report["values"].as_array().unwrap().clone();
        let entry = values.iter().find(|entry| entry["keys"] == serde_json::json!(keys)).unwrap();
        (entry["value"].clone(), entry["from"].as_str().unwrap().to_owned())
    };
    assert_eq!(value("seeds/a.txt", &["levels", "date/weekday"]), ("advice".into(), "base.yaml:2".into()));
    assert_eq!(value("seeds/a.txt", &["as-of"]), ("2026-11-01".into(), "seedlint.yaml:2".into()));
    assert_eq!(value("seeds/a.txt", &["fail-on"]), ("error".into(), "default".into()));
    assert_eq!(value("seeds/a.txt", &["levels", "fact/conflict"]), ("warning".into(), "default".into()));
    assert_eq!(value("seeds/b.txt", &["levels", "fact/conflict"]), ("off".into(), "seedlint.yaml:6".into()));
    let text = folder.run("config seeds/b.txt").out;
    assert!(
        text.starts_with("# seeds/b.txt\n# The configuration is seedlint.yaml, which extends base.yaml.\n"),
        "{text}"
    );
    for entry in RULES {
        assert!(text.contains(entry.name), "{} is shown", entry.name);
    }
    // What it prints is YAML that the program would take.
    let levels = &text[text.find("levels:\n").unwrap()..];
    folder.write("seedlint.yaml", levels);
    assert_eq!(folder.run("config seeds/b.txt").code, Some(0));
    assert_eq!(folder.run("config nowhere").code, Some(2));
    folder.write("seedlint.yaml", "levels: {dat: off}\n");
    assert_eq!(folder.run("config seeds").code, Some(2));
}

/// The schema that editors read is made from the types that read the configuration.
#[test]
fn the_schema_of_the_configuration_is_current() {
    let folder = Folder::new(&[]);
    let current = folder.run("config --schema").out;
    let path = "schemas/configuration.json";
    let kept = fs::read_to_string(path).unwrap_or_default();
    if kept != current && common::REWRITE() {
        fs::write(path, &current).unwrap();
    }
    assert_eq!(kept, current, "{path} was stale; it has been written anew");
}

/// The vocabulary of events is written in YAML, and built in as JSON.
#[test]
fn the_built_in_vocabulary_is_current() {
    let source = fs::read_to_string("schemas/events.yaml").unwrap();
    let current = format!("{}\n", seedlint::yaml::Document::parse(&source).unwrap().value);
    let path = "schemas/events.json";
    let kept = fs::read_to_string(path).unwrap_or_default();
    if kept != current && common::REWRITE() {
        fs::write(path, &current).unwrap();
    }
    assert_eq!(kept, current, "{path} was stale; it has been written anew");
}

#[test]
fn init_writes_what_fits_the_corpus() {
    let folder = Folder::new(&[]);
    for i in 0..10 {
        let mouth = if i == 7 { "" } else { "- Mouth: North Sea\n" };
        let river = format!(
            "= River {} =\n\nInfobox\n- Length: {} km\n{mouth}\nIt flows north.\n\n==See also==\n- Rivers of Tamm\n",
            ["Ada", "Bela", "Cora", "Dana", "Elba", "Fara", "Gola", "Hera", "Inna", "Jara"][i],
            40 + i
        );
        folder.write(&format!("seeds/rivers/{i}.txt"), river);
        folder.write(&format!("seeds/other/{i}.txt"), format!("= Thing {i} =\n\nIt is thing number {i}.\n"));
    }
    let printed = folder.run("init --print").out;
    assert!(folder.run("init").code == Some(0) && folder.read("seedlint.yaml") == printed);
    for line in [
        "  rivers:",
        "    path: \"seeds/rivers/**\"",
        "    required: [length, mouth]",
        "  - Rivers of Tamm  # 10 articles",
    ] {
        assert!(printed.lines().any(|printed| printed == line), "{line} is in\n{printed}");
    }
    assert!(!printed.contains("Thing"), "{printed}");
    // It holds: the one river without a mouth is found, and the title that is elsewhere is known.
    assert_eq!(
        lint(&folder, "--select structure/schema,reference seeds"),
        ["seeds/rivers/7.txt error[structure/schema]"]
    );
    let ran = folder.run("init");
    assert!(ran.code == Some(2) && ran.err.contains("--print"), "what is there is not overwritten: {ran:?}");
}

#[test]
fn init_survives_odd_names() {
    let folder = Folder::new(&[]);
    for i in 0..6 {
        let text = format!(
            "= Odd {i} =\n\nInfobox\n- a: \"#b': 1\n- yes: no\n- '{{x: 2\n\nWords here.\n\n==See also==\n- 'Q: \"#1\"\n- true\n"
        );
        folder.write(&format!("seeds/a: b #{{c/{i}.txt"), &text);
        folder.write(&format!("seeds/null/{i}.txt"), &text);
    }
    let ran = folder.run("init");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_ne!(folder.run("lint seeds").code, Some(2), "{}", folder.read("seedlint.yaml"));
}
