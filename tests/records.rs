//! Articles that come many to a file: JSON Lines and `MediaWiki` exports, plain and compressed.

mod common;

use bzip2::write::BzEncoder;
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

fn bzip2(text: &[u8]) -> Vec<u8> {
    let mut encoder = BzEncoder::new(Vec::new(), bzip2::Compression::default());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

fn zstandard(text: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(text, ruzstd::encoding::CompressionLevel::Fastest)
}

/// A page of an export, on ten lines and those of its text, which is on the eighth.
fn page(title: &str, text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        r#"  <page>
    <title>{title}</title>
    <ns>0</ns>
    <id>7</id>
    <revision>
      <id>70</id>
      <model>wikitext</model>
      <text bytes="9" xml:space="preserve">{text}</text>
    </revision>
  </page>
"#
    )
}

/// An export of these pages, which begin on line 3.
fn export(pages: &[String]) -> String {
    let head = r#"<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en">"#;
    format!("{head}\n  <siteinfo><sitename>Islands</sitename></siteinfo>\n{}</mediawiki>\n", pages.concat())
}

const COMINO: &str = r#"{{Short description|An island}}
{{Infobox island
| name = Comino
| area = {{convert|3.5|km2}}
| pier opened = 31 June 1921
| image = [[File:Pier.jpg|thumb|The [[pier]]]]
| empty =
}}
'''Comino''' ({{lang|mt|Kemmuna}}) is a ''small'' [[island]] near [[Gozo]].<ref name="a">{{cite web |title=The the pier |date=30 February 2001 |url=https://example.org}}</ref> Its quay was built on 31 April 1920.<ref name="a" />

== History ==
{{Main|History of Comino}}
[[File:Tower.jpg|thumb|The tower, begun on 32 May 1618]]
The tower fell.<!-- on 31 September 1900 --> It was mended&nbsp;later.
{| class="wikitable"
! Year !! Height
|-
| 30 February 1618 || 12
|}
*The first bell
*The second bell

== See also ==
* [[Big Gozo]]
* [[Filfla]]

== References ==
{{Reflist}}
[[Category:Islands]]
[[fr:Comino]]
"#;

/// Comino, a redirect, a page of talk, and Gozo.
fn wiki() -> String {
    let redirect = page("Big Gozo", "#REDIRECT [[Gozo]]").replace("<id>7<", "<redirect title=\"Gozo\" />\n    <id>7<");
    let talk = page("Talk:Gozo", "It was on 31 June 1921.").replace("<ns>0", "<ns>1");
    let gozo = page("Gozo", "'''Gozo''' is an island near [[Comino]]. It was settled on 30 February 1500.");
    export(&[page("Comino", COMINO), redirect, talk, gozo])
}

#[test]
fn each_page_is_an_article_with_its_own_path_and_lines() {
    let folder = Folder::new(&[("wiki.xml", &wiki())]);
    let shown = folder.run("lint --show-files wiki.xml").out;
    let line = wiki().lines().position(|line| line.contains("<title>Gozo")).unwrap();
    assert_eq!(shown, format!("wiki.xml#3: wiki-text\nwiki.xml#{line}: wiki-text\n"));
    let report = folder.run(&format!("{LINT} --select date/impossible wiki.xml")).report();
    let found: Vec<(String, u64)> = report["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|found| (found["path"].as_str().unwrap().to_owned(), found["start"]["line"].as_u64().unwrap()))
        .collect();
    // Lines are those of a text whose title is on line 1. What stands in references, comments, tables and pictures is not read.
    let comino = String::from("wiki.xml#3");
    assert_eq!(found, [(comino.clone(), 7), (comino, 11), (format!("wiki.xml#{line}"), 6)], "{report}");
}

#[test]
fn redirects_are_other_titles_of_their_targets() {
    let folder = Folder::new(&[("wiki.xml", &wiki())]);
    let ran = folder.run(&format!("{LINT} --select reference/unresolved wiki.xml"));
    let mut missing = ran.each("message");
    missing.sort();
    let titles: Vec<&str> = missing.iter().filter_map(|message| message.split(['“', '”']).nth(1)).collect();
    assert_eq!(titles, ["Filfla", "History of Comino", "island", "pier"], "{ran:?}");
    let references = folder.run("inspect references wiki.xml").out;
    assert!(references.contains("\"alias\""), "{references}");
}

#[test]
fn wiki_markup_is_read_as_the_parts_of_an_article() {
    let folder = Folder::new(&[("wiki.xml", &wiki())]);
    let read = folder.run("inspect article wiki.xml");
    let parts: Vec<serde_json::Value> = read.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |what: &str| -> Vec<&str> {
        let own = parts.iter().filter(|part| part["path"] == "wiki.xml#3" && part["kind"] == what);
        own.map(|part| part["text"].as_str().unwrap()).collect()
    };
    assert_eq!(of("title"), ["Comino"], "{}", read.out);
    assert_eq!(of("key"), ["name", "area", "pier opened", "image"], "{}", read.out);
    assert_eq!(of("heading"), ["History", "See also", "References"]);
    let sentences = of("sentence");
    assert_eq!(sentences.len(), 4, "{}", read.out);
    assert!(sentences[0].ends_with("</ref>") && sentences[1].starts_with("Its") && sentences[1].ends_with("/>"));
    assert_eq!(of("item-sentence").len(), 4);
    let citations = of("citation");
    assert!(citations.iter().any(|text| text.starts_with("<ref name=\"a\">{{cite") && text.ends_with("</ref>")));
    assert!(citations.contains(&"<ref name=\"a\" />"), "{citations:?}");
    let raw = of("raw");
    for begin in ["{{Short", "{{Main", "[[File:Tower", "{| class", "{{Reflist", "[[Category", "[[fr"] {
        assert!(raw.iter().any(|text| text.starts_with(begin)), "{begin} in {raw:?}");
    }
    let rules = "text/repeated-word,text/spacing,text/unbalanced,text/unfinished,reference/citation";
    let clean = folder.run(&format!("{LINT} --select {rules} wiki.xml"));
    assert_eq!(clean.each("message"), [""; 0], "what readers do not see is no prose");
}

#[test]
fn packed_exports_are_read_alike() {
    let whole = wiki();
    let folder = Folder::new(&[("plain/wiki.xml", &whole)]);
    folder.write("packed/wiki.xml.gz", gzip(whole.as_bytes()));
    folder.write("packed/wiki.xml.bz2", bzip2(whole.as_bytes()));
    // Public dumps are of many streams, one behind the other.
    let (one, two) = whole.split_at(whole.len() / 2);
    folder.write("packed/many.xml.bz2", [bzip2(one.as_bytes()), bzip2(two.as_bytes())].concat());
    folder.write("packed/wiki.xml.zst", zstandard(whole.as_bytes()));
    folder.write("packed/dump.jsonl.bz2", bzip2(dump().as_bytes()));
    folder.write("plain/dump.jsonl", dump());
    let of = |path: &str| folder.run(&format!("{LINT} {path}")).each("message");
    let plain = of("plain/wiki.xml");
    assert!(plain.len() >= 3);
    for name in ["wiki.xml.gz", "wiki.xml.bz2", "many.xml.bz2", "wiki.xml.zst"] {
        assert_eq!(of(&format!("packed/{name}")), plain, "{name}");
    }
    assert_eq!(of("packed/dump.jsonl.bz2"), of("plain/dump.jsonl"));
}

/// Pages go to the temporary file one by one, also those whose other titles are known at the end of the export alone.
#[test]
fn pages_that_do_not_fit_into_memory_say_the_same() {
    // Least memory is 32 MB, of which an eighth is for texts.
    let table = format!("{{|\n{}|}}\n", "| a cell\n".repeat(500));
    let text = |number: usize| format!("'''It''' was opened on 31 June 1921, like [[Other {number}]].\n{table}");
    let mut pages: Vec<String> = (0..1500).map(|number| page(&format!("Pier {number}"), &text(number))).collect();
    pages.extend((0..1500).map(|number| page(&format!("Other {number}"), &format!("#redirect [[pier_{number}#A|B]]"))));
    let folder = Folder::new(&[("wiki.xml", &export(&pages))]);
    let lint = format!("{LINT} --select date/impossible,reference/unresolved");
    let whole = folder.run(&format!("{lint} --memory 1G wiki.xml"));
    let small = folder.run(&format!("{lint} --memory 32M wiki.xml"));
    assert!(!whole.out.contains("“Other") && whole.out.contains("31 June 1921"));
    assert!(whole.out == small.out, "{}", small.err);
}

#[test]
fn other_xml_is_no_export() {
    let text = "<rss>\n<page><title>A</title></page>\nIt was opened on 31 June 1921.\n</rss>\n";
    let folder = Folder::new(&[("feed.xml", text), ("a.txt", "= A =\n\nA is near [[Nowhere]].\n")]);
    let ran = folder.run(&format!("{LINT} feed.xml a.txt"));
    assert!(ran.each("path").iter().all(|path| path == "feed.xml"), "one text, and no corpus: {ran:?}");
    assert_eq!(ran.report()["summary"]["articles"], 2);
    folder.write("feed.xml.gz", gzip(text.as_bytes()));
    let ran = folder.run(&format!("{LINT} feed.xml.gz"));
    assert!(ran.code == Some(2) && ran.err.contains("no MediaWiki export"), "{ran:?}");
}

#[test]
fn pages_that_share_a_line_have_paths_of_their_own() {
    let pages = [page("A", "On 31 June 1921."), page("B", "On 31 June 1921."), page("C", "On 31 June 1921.")];
    let folder = Folder::new(&[("wiki.xml", &export(&pages).replace('\n', " "))]);
    let ran = folder.run(&format!("{LINT} --select date/impossible wiki.xml"));
    assert_eq!(ran.each("path"), ["wiki.xml#1", "wiki.xml#2", "wiki.xml#3"]);
}

#[test]
fn a_damaged_page_is_a_finding_and_the_others_are_checked() {
    let good = page("Pier", "It was opened on 31 June 1921.");
    let damages: [(&str, String, &str); 8] = [
        ("nesting", page("A", "a").replace("</text>", "</revision>"), "(line 10)"),
        ("entity", page("A", "a").replace(">a<", ">&bomb;<"), "no entity of XML (line 10)"),
        ("no title", page("", "a"), "it has no title"),
        ("no text", page("A", "a").replace("<text", "<texts").replace("</text>", "</texts>"), "it has no text"),
        ("no end", page("A", "a").replace("  </page>\n", ""), "it has no end; another page begins on line 12"),
        ("an end too many", page("A", "a").replace("<id>70</id>", "</id>"), "(line 8)"),
        ("a character that is none", page("A", "a").replace(">a<", ">&#xFFFFFF;<"), "(line 10)"),
        ("a tag without end", page("A", "a").replace("</ns>", "</ns"), "(line 5)"),
    ];
    for (what, damaged, expected) in damages {
        let folder = Folder::new(&[("wiki.xml", &export(&[damaged, good.clone()]))]);
        let report = folder.run(&format!("{LINT} wiki.xml")).report();
        let found = report["diagnostics"].as_array().unwrap();
        let of = |rule: &str| found.iter().find(|found| found["rule"] == rule);
        let unreadable = of("structure/unreadable").unwrap_or_else(|| panic!("{what}: {report}"));
        assert_eq!(unreadable["path"], "wiki.xml#3", "{what}");
        let message = unreadable["message"].as_str().unwrap();
        assert!(message.contains(expected), "{what}: {message}");
        assert!(of("date/impossible").is_some(), "{what}: the other page is read");
    }
    let folder = Folder::new(&[]);
    let mut bytes = export(&[page("A", "a?b"), good]).into_bytes();
    let at = bytes.windows(3).position(|bytes| bytes == b"a?b").unwrap() + 1;
    bytes[at] = 0xE9;
    folder.write("wiki.xml", bytes);
    let ran = folder.run(&format!("{LINT} wiki.xml"));
    assert!(ran.out.contains("it is not UTF-8 (line 10)") && ran.out.contains("31 June 1921"), "{ran:?}");
}

#[test]
fn nothing_that_a_document_type_declares_is_expanded() {
    let bomb = "<!DOCTYPE mediawiki [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;\"><!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n";
    let good = page("Pier", "It was opened on 31 June 1921.");
    let pages = [page("A", "@").replace('@', "&b;"), page("B", "@").replace('@', "&x;"), good];
    let folder = Folder::new(&[("wiki.xml", &format!("{bomb}{}", export(&pages)))]);
    let ran = folder.run(&format!("{LINT} wiki.xml"));
    assert!(ran.out.contains("`&b` is no entity") && ran.out.contains("`&x` is no entity"), "{ran:?}");
    assert!(ran.out.contains("31 June 1921") && !ran.out.contains("root:"), "{ran:?}");
}

#[test]
fn an_export_that_is_cut_is_said_and_what_comes_before_is_checked() {
    let folder = Folder::new(&[]);
    let whole = export(&[page("Pier", "It was opened on 31 June 1921."), page("Quay", "A quay.")]);
    folder.write("cut.xml", &whole[..whole.find("A quay").unwrap()]);
    let ran = folder.run(&format!("{LINT} cut.xml"));
    assert!(ran.code == Some(2) && ran.err.contains("cut.xml: it cannot be read behind line 20"), "{ran:?}");
    assert!(ran.out.contains("31 June 1921") && ran.out.contains("the file ends in the middle of it"), "{ran:?}");

    // Blocks of bzip2 are large: some must be whole.
    let text = |number: usize| format!("It was opened on 31 June {}. {number}", 1000 + number % 900);
    let many: Vec<String> = (0..6000).map(|number| page(&format!("P{number}"), &text(number))).collect();
    let many = export(&many);
    for (name, packed) in [("cut.xml.bz2", bzip2(many.as_bytes())), ("cut.xml.gz", gzip(many.as_bytes()))] {
        folder.write(name, &packed[..packed.len() * 9 / 10]);
        let ran = folder.run(&format!("{LINT} --select date/impossible {name}"));
        assert!(
            ran.code == Some(2) && ran.err.contains(&format!("{name}: it cannot be read behind line")),
            "{}",
            ran.err
        );
        assert!(!ran.each("path").is_empty(), "{name}");
    }
    for name in ["a.xml.gz", "a.xml.bz2", "a.xml.zst"] {
        folder.write(name, b"BZh9 none of them");
        let ran = folder.run(&format!("{LINT} {name}"));
        assert!(ran.code == Some(2) && ran.err.contains("cannot be read"), "{name}: {ran:?}");
    }
}

#[test]
fn a_page_over_the_limit_is_a_finding_and_is_not_kept() {
    let folder = Folder::new(&[("seedlint.yaml", "max-file-size: 1000\n")]);
    let good = page("Pier", "It was opened on 31 June 1921.");
    let pages = [page("Long", &"word ".repeat(400_000)), page("Tags", "@").replace('@', &"<b>".repeat(400_000)), good];
    folder.write("wiki.xml", export(&pages));
    let ran = folder.run(&format!("{LINT} wiki.xml"));
    assert_eq!(ran.out.matches("more than the limit of 1000").count(), 2, "{ran:?}");
    assert!(ran.out.contains("31 June 1921"), "{ran:?}");
}

#[test]
fn an_export_that_is_a_bomb_is_not_unpacked_to_its_end() {
    let folder = Folder::new(&[]);
    let mut encoder = BzEncoder::new(Vec::new(), bzip2::Compression::best());
    encoder.write_all(b"<mediawiki><page><title>A</title><revision><text>").unwrap();
    let blanks = vec![b' '; 1 << 20];
    (0..80).for_each(|_| encoder.write_all(&blanks).unwrap());
    folder.write("bomb.xml.bz2", encoder.finish().unwrap());
    let ran = folder.run(&format!("{LINT} bomb.xml.bz2"));
    assert!(ran.code == Some(2) && ran.err.contains("times as large as its file"), "{ran:?}");
}

/// Marks of all kinds in odd places, with characters of all lengths between them: nothing fails, and what is found lies in the text.
#[test]
fn broken_markup_is_read_to_its_end() {
    const PIECES: &[&str] = &[
        "{{",
        "}}",
        "[[",
        "]]",
        "{|\n",
        "|}\n",
        "|",
        "=",
        "\n",
        "\n\n",
        "''",
        "<ref>",
        "</ref>",
        "<ref name=a/>",
        "<!--",
        "-->",
        "<nowiki>",
        "</math>",
        "&ndash;",
        "{{Infobox a|",
        "[[File:",
        "\n== é ==\n",
        "ü 🏝 \u{FEFF}",
        "* ",
        "The pier was opened on 31 June 1921. ",
        "\n{{Main|é}}",
        "the the ",
        "{{sfn|🏝}}",
        "[https://é.org ü]",
    ];
    let mut state = 7_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    };
    let pages: Vec<String> = (0..400)
        .map(|number| {
            let text: String = (0..40).map(|_| PIECES[next() % PIECES.len()]).collect();
            page(&format!("P{number}"), &text)
        })
        .collect();
    let folder = Folder::new(&[("wiki.xml", &export(&pages))]);
    for format in ["json", "pretty", "sarif", "concise"] {
        let ran = folder.run(&format!("lint --as-of 2026-11-01 --output-format {format} wiki.xml"));
        assert!(!ran.err.contains("fault of seedlint") && !ran.err.contains("panicked"), "{format}: {}", ran.err);
        assert!(ran.out.contains("31 June 1921"), "{format}");
    }
    let ran = folder.run("inspect article wiki.xml");
    assert!(ran.code == Some(0), "{}", ran.err);
}

/// A page in a file of its own is corrected as other files are, but never over marks that readers do not see.
#[test]
fn corrections_keep_the_markup() {
    let text = "= Pier =\n\n'''The the''' pier was opened<ref>A the the.</ref> in 1921. It was ''was'' green.\n";
    let folder = Folder::new(&[("pier.wiki", text)]);
    folder.run("lint --fix --unsafe-fixes --select text/repeated-word pier.wiki");
    let fixed = folder.read("pier.wiki");
    assert!(
        fixed.contains("<ref>A the the.</ref>") && fixed.contains("''was''") && fixed.contains("'''The"),
        "{fixed}"
    );
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
    folder.write("packed/dump.jsonl.zst", zstandard(dump().as_bytes()));
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
