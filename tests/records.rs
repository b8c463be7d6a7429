//! Articles that come many to a file: JSON Lines, plain and compressed.

mod common;

use common::folder::Folder;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;
use std::fs;
use std::io::Write;

const LINT: &str = "lint --as-of 2026-11-01 --output-format json";

fn dump() -> String {
    [
        json!({"id": "7", "title": "Comino", "text": "Comino is an island.\nIts pier was opened on 31 June 1921."}),
        json!({"id": 8, "title": "Gozo", "url": "https://example.org/8", "text": "Gozo is an island near Comino."}),
        json!({"title": "Filfla", "text": "Filfla is an island.\n\nIts light was lit on 30 February 1900."}),
    ]
    .map(|record| record.to_string() + "\n")
    .concat()
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn each_line_is_an_article_with_its_own_path_and_lines() {
    let folder = Folder::new(&[("dump.jsonl", &dump())]);
    let ran = folder.run(&format!("{LINT} --select date/impossible dump.jsonl"));
    assert_eq!(ran.each("path"), ["dump.jsonl#1", "dump.jsonl#3"], "{ran:?}");
    let report = ran.report();
    assert_eq!(report["diagnostics"][0]["start"]["line"], 4, "behind the ID, the title and a paragraph");
    assert_eq!(report["summary"]["articles"], 3);
    let shown = folder.run("lint --show-files dump.jsonl").out;
    assert!(shown.starts_with("dump.jsonl#1: dump-record") && shown.contains("dump.jsonl#3: wiki-text"), "{shown}");
}

#[test]
fn compressed_or_not_the_findings_are_the_same() {
    let folder = Folder::new(&[("dump.jsonl", &dump())]);
    folder.write("packed/dump.jsonl.gz", gzip(dump().as_bytes()));
    let packed = ruzstd::encoding::compress_to_vec(dump().as_bytes(), ruzstd::encoding::CompressionLevel::Fastest);
    folder.write("packed/dump.jsonl.zst", packed);
    let of = |path: &str| folder.run(&format!("{LINT} {path}")).each("message");
    let plain = of("dump.jsonl");
    assert!(plain.len() >= 2);
    assert_eq!(of("packed/dump.jsonl.gz"), plain);
    assert_eq!(of("packed/dump.jsonl.zst"), plain);
}

#[test]
fn in_a_folder_records_are_read_where_the_configuration_asks_for_them() {
    let folder = Folder::new(&[("seeds/dump.jsonl", &dump()), ("seeds/a.txt", "= A =\n\nA is a pier.\n")]);
    folder.write("seeds/more.jsonl.gz", gzip(dump().as_bytes()));
    let articles = || folder.run(&format!("{LINT} seeds")).report()["summary"]["articles"].as_u64();
    assert_eq!(articles(), Some(1));
    folder.write("seedlint.yaml", "extensions: [txt, jsonl]\n");
    assert_eq!(articles(), Some(7));
}

#[test]
fn records_are_numbered_in_their_order() {
    let record = json!({"id": 1, "title": "Pier", "text": "It was opened on 31 June 1921."}).to_string() + "\n";
    let folder = Folder::new(&[("dump.jsonl", &record.repeat(11))]);
    let paths = folder.run(&format!("{LINT} --select date/impossible dump.jsonl")).each("path");
    assert_eq!((paths[1].as_str(), paths[10].as_str()), ("dump.jsonl#2", "dump.jsonl#11"));
}

#[test]
fn a_bad_line_is_a_finding_and_the_others_are_checked() {
    let folder = Folder::new(&[]);
    let lines = ["{\"id\": 1", "[1, 2]", "{\"title\": \"No text\"}", "", "not json", "\u{FEFF}"];
    folder.write("dump.jsonl", format!("{}\n{}", lines.join("\n"), dump()));
    let ran = folder.run(&format!("{LINT} dump.jsonl"));
    let unreadable = folder.run(&format!("{LINT} --select structure/unreadable dump.jsonl")).each("path");
    assert_eq!(unreadable, [1, 2, 3, 5, 6].map(|line| format!("dump.jsonl#{line}")));
    assert!(ran.each("path").contains(&String::from("dump.jsonl#7")), "{ran:?}");
    folder.write("latin.jsonl", b"{\"title\": \"A\", \"text\": \"caf\xE9\"}\n");
    assert!(folder.run(&format!("{LINT} latin.jsonl")).out.contains("no record of an article"));
}

#[test]
fn a_line_over_the_limit_is_a_finding_and_is_not_kept() {
    let folder = Folder::new(&[("seedlint.yaml", "max-file-size: 1000\n")]);
    let long = json!({"title": "Long", "text": "word ".repeat(400_000)}).to_string();
    folder.write("dump.jsonl", format!("{long}\n{}", dump()));
    let ran = folder.run(&format!("{LINT} dump.jsonl"));
    let report = ran.report();
    assert_eq!(report["diagnostics"][0]["path"], "dump.jsonl#1");
    assert!(ran.out.contains("more than the limit of 1000") && ran.out.contains("31 June 1921"), "{ran:?}");
}

#[test]
fn what_is_damaged_is_said_and_what_comes_before_is_checked() {
    let folder = Folder::new(&[]);
    let many: String = (0..2000).map(|number| dump().replace("1921", &format!("{}", 1000 + number % 900))).collect();
    let packed = gzip(many.as_bytes());
    folder.write("cut.jsonl.gz", &packed[..packed.len() / 2]);
    let ran = folder.run(&format!("{LINT} --select date/impossible cut.jsonl.gz"));
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.err.contains("cut.jsonl.gz: it cannot be read behind line") && !ran.each("path").is_empty(),
        "{}",
        ran.err
    );
    for (name, bytes) in [("a.jsonl.gz", &b"no gzip"[..]), ("a.jsonl.zst", b"no zstd"), ("b.jsonl.zst", b"")] {
        folder.write(name, bytes);
        let ran = folder.run(&format!("{LINT} {name}"));
        assert!(ran.code == Some(2) && ran.err.contains("cannot be read"), "{name}: {ran:?}");
    }
}

#[test]
fn a_compressed_bomb_is_not_unpacked_to_its_end() {
    let folder = Folder::new(&[]);
    // 300 MB of blank lines in 300 kB.
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let lines = format!("{}\n", " ".repeat(1023)).repeat(1024).into_bytes();
    (0..300).for_each(|_| encoder.write_all(&lines).unwrap());
    folder.write("bomb.jsonl.gz", encoder.finish().unwrap());
    let ran = folder.run(&format!("{LINT} bomb.jsonl.gz"));
    assert!(ran.code == Some(2) && ran.err.contains("times as large as its file"), "{ran:?}");
}

#[test]
fn a_record_is_never_corrected_where_it_lies() {
    let folder = Folder::new(&[]);
    let text = json!({"title": "Pier", "text": "The the pier was opened opened in 1921."}).to_string() + "\n";
    folder.write("dump.jsonl", &text);
    let ran = folder.run("lint --fix --unsafe-fixes dump.jsonl");
    assert!(ran.code == Some(2) && ran.err.contains("a record is not corrected where it lies"), "{ran:?}");
    assert_eq!(fs::read_to_string(folder.path("dump.jsonl")).unwrap(), text);
    let diff = folder.run("lint --diff --unsafe-fixes dump.jsonl");
    assert!(diff.out.contains("dump.jsonl#1"), "{diff:?}");
}
