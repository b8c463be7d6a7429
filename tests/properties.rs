//! What holds for every text, whatever it is: parsing never fails and loses nothing, every place lies in the
//! text, and findings depend on the input alone.

mod common;

use common::Corpus;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use seedlint::article::{self, Article, BlockKind, Layout};
use seedlint::check::{self, Summary};
use seedlint::config::Config;
use seedlint::diagnostic::Diagnostic;
use seedlint::document::Document;
use seedlint::facts::Account;
use seedlint::policy::Plan;
use seedlint::reference::OutsideTitles;
use seedlint::report::{self, Format, Run, Style};
use seedlint::rules::RULES;
use seedlint::schema::Kinds;
use seedlint::settings::Settings;
use seedlint::source::{SourceFile, SourceId, Sources, Span};
use seedlint::text::sentences;
use seedlint::time::{self, Day};
use seedlint::yaml;
use serde_json::Value;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::LazyLock;

const LAYOUTS: [Layout; 4] = [Layout::WikiText, Layout::DumpRecord, Layout::Markdown, Layout::Plain];

/// What articles are made of, whole and broken.
#[rustfmt::skip]
const FRAGMENTS: &[&str] = &[
    // Headings, titles, infoboxes, lists.
    "=", "= Title =", "= Malta–Italy relations =", "==X==", "== y ==", "===Z===", "==See also==", "== See Also", "4711,",
    "Infobox", "Infobox country", "- Key: value", "- K: v", "- Map", ":", "- ", "* ", "# ", "## Words ##", "12. ", "+ ",
    "• ", "|a|b|", "```", "<!--", "-->", "***",
    // Front matter.
    "---", "...", "title: T", "id: 7", "a: [b, c]", "a: {b: c}", "a: |", "  text", "- x", "a: 'b", "#c",
    // Links, citations, quotations.
    "[1]", "[note 3]", "[^a]", "[", "]", "[[", "]]", "[[a|b]]", "[[Title#x]]", "[[ Title ]]", "[t](p.md)", "[t](p.md \"q\")",
    "\"", "“", "”", "«", "»", "'", "’",
    // Dates.
    "31 June 1921", "Tuesday, 3 October 1900", "30 February", "on 29 February 1900", "Sept. 31st,", "2021-02-30", "31/04/2008",
    "- 3 October 1900", "Old Style", "May", "12", "a Monday",
    // Words and stops.
    "The envoys of Malta met the King of Spain in his palace near the sea and left at once.",
    "Both countries opened embassies.", "Malta", "island", "Dr.", "U.S.", "etc.", "e.g.", ".", "!", "?", "…", "。", ",", "–", "-",
    "Łódź", "e\u{301}", "ß", "İ", "ﬁ", "🇲🇹", "👩‍🚀", "日本", "عربى",
    // Blanks, line ends, and what is neither seen nor blank.
    " ", "  ", "\t", "\u{A0}", "\u{2003}", "\n", "\n", "\n\n", "\r", "\r\n", "\r\n", "\u{85}", "\u{2028}", "\u{B}", "\u{C}",
    "\u{FEFF}", "\u{200B}", "\u{202E}", "\u{0}", "\u{1B}[31m",
];

/// What YAML is made of.
#[rustfmt::skip]
const YAML: &[&str] = &[
    "a", "b", "key", "é", "日", "1", "~", "true", ": ", ":", "- ", "-", "? ", "\n", "\n", "\r\n", "  ", "    ", "\t", "[", "]", "{", "}",
    ", ", "&x ", "*x", "*x ", "!t ", "!!str ", "|\n", ">-\n", "'", "\"", "#", " # c", "\\", "\\u00e9", "<<: ", "---", "...", "%", "\u{FEFF}",
    "@", "`", "a: 1\n", "b: [x, y]\n", "c: {d: e}\n", "\u{85}", "\u{2028}",
];

/// What sentences are made of that tell who did what, and when.
#[rustfmt::skip]
const CLAUSES: &[&str] = &[
    "She", "he", "It", "The bridge", "the ship", "Anna Brandt", "Brandt", "his father", "the two countries", "MS Solvei", "AS Roquevert",
    "was", "had been", "would be", "opened", "closed", "reopened", "died", "was born", "launched", "founded", "sank", "married", "led to close",
    "to have been", "broke off", "took up again", "outlived", "in", "on", "from", "until", "between", "and", "after", "since", "before", "for",
    "by", "of", "the", "a", "her", "who", "which", "when", "that year", "the following spring", "1911", "4 May 1911", "May 1911", "in 1911–1908",
    "29 October 1953", "29 October 1954", "aged", "at sixty-nine", "was forty", "twelve years", "two years and one month later", "those six weeks",
    "three hundredth anniversary", "the 90s", "4/7/62", "19 36", "(1811–1884)", "(born", "née", ")", "(", ",", ";", ".", "\n\n", "-", "–", "’s",
    "= Bridge =\n\n", "==Chronology of 1968==\n", "- 12 May: it opened\n", "Infobox\n- Born: 4 May 1911\n", "will open", "planned to build",
];

fn prose() -> impl Strategy<Value = String> {
    vec(prop_oneof![12 => select(CLAUSES), 1 => select(FRAGMENTS)], 0..60).prop_map(|words| words.join(" "))
}

fn text() -> impl Strategy<Value = String> {
    let fragments = || select(FRAGMENTS).prop_map(String::from);
    let chars = || any::<char>().prop_map(String::from);
    let lines = || select(FRAGMENTS).prop_map(|fragment| format!("{fragment}\n"));
    prop_oneof![
        1 => vec(chars(), 0..60),
        4 => vec(prop_oneof![8 => fragments(), 1 => chars()], 0..60),
        4 => vec(prop_oneof![4 => lines(), 2 => fragments(), 1 => chars()], 0..60),
    ]
    .prop_map(|parts| parts.concat())
}

/// A mapping between the marks of front matter, or something that is nearly one.
fn front_matter() -> impl Strategy<Value = String> {
    (yaml_text(), select(&["---\n", "...\n", "---", ""][..]), text())
        .prop_map(|(yaml, close, body)| format!("---\n{yaml}\n{close}{body}"))
}

fn yaml_text() -> impl Strategy<Value = String> {
    let entry = (select(&["a", "b", "title", "id", "é"][..]), vec(select(YAML), 0..4))
        .prop_map(|(key, value)| format!("{key}: {}\n", value.concat()));
    prop_oneof![
        vec(select(YAML), 0..30).prop_map(|parts| parts.concat()),
        vec(entry, 0..6).prop_map(|entries| entries.concat()),
    ]
}

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn parsing_loses_nothing(text in text()) {
        for layout in LAYOUTS {
            parts_are_sound(&text, layout)?;
        }
    }

    #[test]
    fn front_matter_is_read_whole_or_not_at_all(text in front_matter()) {
        parts_are_sound(&text, Layout::Markdown)?;
    }

    #[test]
    fn sentences_cover_a_paragraph(text in text()) {
        covers_once(&text, &sentences(&text, 0).collect::<Vec<_>>())?;
    }

    #[test]
    fn times_lie_in_their_text(text in text()) {
        let mut done = 0;
        for time in time::expressions(&text, Day { year: 2026, month: 11, day: 1 }) {
            prop_assert!(done <= time.span.start, "times do not overlap");
            prop_assert!(text.get(time.span.clone()).is_some_and(|words| !words.is_empty()), "{:?} of {text:?}", time.span);
            done = time.span.end;
        }
    }

    #[test]
    fn facts_lie_in_their_text(text in prose()) {
        for layout in LAYOUTS {
            let article = article::parse(SourceId(0), "a.txt", &text, layout);
            let account = Account::new(&article, Day { year: 2026, month: 11, day: 1 });
            let told = account.events();
            let spans = told.events.iter().map(|event| event.words).chain(told.deeds.iter().map(|deed| deed.words));
            let spans = spans.chain(told.statements.iter().map(|statement| statement.words));
            let spans = spans.chain(account.claims().iter().map(|claim| claim.words));
            for span in spans.chain(account.settings().iter().map(|setting| setting.sentence)) {
                prop_assert!(text.get(span.range()).is_some_and(|words| !words.is_empty()), "{span:?} of {text:?}");
            }
            for event in &told.events {
                prop_assert!(event.who < told.subjects.all.len());
                prop_assert!(event.days.is_none_or(|days| days.from <= days.to));
            }
            account.twins();
        }
    }

    #[test]
    fn places_of_yaml_lie_in_its_text(text in prop_oneof![yaml_text(), text()]) {
        match yaml::Document::parse(&text) {
            Err(error) => prop_assert!(text.get(error.at.clone()).is_some(), "{:?} of {text:?}", error.at),
            Ok(document) => {
                for pointer in pointers(&document.value) {
                    let place = document.place(&pointer);
                    prop_assert!(text.get(place.key.clone()).is_some(), "{pointer}: {:?} of {text:?}", place.key);
                    prop_assert!(text.get(place.value.clone()).is_some(), "{pointer}: {:?} of {text:?}", place.value);
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn findings_lie_in_their_files(texts in vec(prop_oneof![4 => text(), 1 => front_matter()], 1..3)) {
        for layout in LAYOUTS {
            let mut sources = sources(&texts);
            let found = run(&mut sources, layout);
            for diagnostic in &found {
                let places = std::iter::once(&diagnostic.primary).chain(&diagnostic.related).map(|label| label.span);
                let edits = diagnostic.fix.iter().flat_map(|fix| fix.edits.iter().map(|edit| edit.span));
                for span in places.chain(edits) {
                    let text = sources.get(span.source).text();
                    prop_assert!(text.get(span.range()).is_some(), "{diagnostic:?}");
                }
                prop_assert!(!diagnostic.message.is_empty());
            }
            prop_assert_eq!(&found, &run(&mut sources, layout), "a second run finds the same");
        }
    }

    #[test]
    fn reports_hide_nothing_and_let_nothing_through(texts in vec(text(), 1..3), width in 1..140_usize) {
        let mut sources = sources(&texts);
        let found = run(&mut sources, Layout::WikiText);
        let summary = Summary::new(&sources, &found);
        let run = Run { sources: &sources, diagnostics: &found, summary: &summary, problems: &[] };
        for format in [Format::Pretty, Format::Concise, Format::Github, Format::Json, Format::Jsonl] {
            let style = Style { colour: false, unicode: true, width };
            let mut out = Vec::new();
            report::write(format, style, &run, &mut out).unwrap();
            let out = String::from_utf8(out).unwrap();
            for_people_or_programs(&out, format, found.len())?;
        }
    }

    #[test]
    fn the_order_of_files_does_not_matter(texts in vec(text(), 2..5)) {
        let files: Vec<_> = texts.into_iter().enumerate().map(|(i, text)| (format!("{i}.txt"), text)).collect();
        let backwards = files.iter().rev().cloned().collect();
        let forwards = Corpus::from_texts(files).run().write(Format::Json);
        prop_assert_eq!(forwards, Corpus::from_texts(backwards).run().write(Format::Json));
    }

    #[test]
    fn line_ends_do_not_matter(text in text()) {
        let text = text.replace('\r', "");
        for layout in LAYOUTS {
            let expected = places(&text, layout);
            prop_assert_eq!(&places(&text.replace('\n', "\r\n"), layout), &expected, "CRLF, {}", layout);
            prop_assert_eq!(&places(&text.replace('\n', "\r"), layout), &expected, "CR, {}", layout);
        }
    }

    #[test]
    fn a_byte_order_mark_does_not_matter(text in text()) {
        let text = text.trim_start_matches('\u{FEFF}');
        for layout in LAYOUTS {
            prop_assert_eq!(places(&format!("\u{FEFF}{text}"), layout), places(text, layout), "{}", layout);
        }
    }

    #[test]
    fn the_document_form_is_what_its_schema_says(text in prop_oneof![4 => text(), 1 => front_matter()]) {
        static SCHEMA: LazyLock<jsonschema::Validator> = LazyLock::new(|| {
            let schema = yaml::Document::parse(include_str!("../schemas/article.yaml")).expect("the schema is YAML");
            jsonschema::draft202012::new(&schema.value).expect("the schema is a schema")
        });
        for layout in LAYOUTS {
            let article = article::parse(SourceId(0), "a.txt", &text, layout);
            let document = Document::of(&article);
            let errors: Vec<String> = SCHEMA.iter_errors(&document.value).map(|error| error.to_string()).collect();
            prop_assert!(errors.is_empty(), "{layout}: {errors:?}");
            for pointer in pointers(&document.value) {
                let place = document.place(&pointer);
                prop_assert!(text.get(place.key.range()).is_some() && text.get(place.value.range()).is_some(), "{pointer}");
            }
        }
    }
}

/// Files of these texts.
fn sources(texts: &[String]) -> Sources {
    let files = texts.iter().enumerate();
    Sources::new(files.map(|(i, text)| SourceFile::new(format!("{i}.txt"), PathBuf::new(), text.clone())).collect())
}

/// What all rules find in these files, read in one layout.
fn run(sources: &mut Sources, layout: Layout) -> Vec<Diagnostic> {
    static KINDS: LazyLock<Kinds> = LazyLock::new(|| Kinds::new(&Config::default()).expect("they are sound"));
    let outside = OutsideTitles::default();
    let as_of = Day::new(2026, 11, 1).expect("a day");
    let settings = Settings::plain(&KINDS, &outside, as_of);
    let plan = Plan::uniform(sources, &RULES.iter().collect::<Vec<_>>(), settings).in_layout(layout);
    check::check(sources, &plan, true).diagnostics
}

/// Rule, line and column of all that is found in a text.
fn places(text: &str, layout: Layout) -> Vec<(&'static str, u32, u32)> {
    let mut sources = sources(&[text.to_owned()]);
    let found = run(&mut sources, layout);
    let place = |diagnostic: &Diagnostic| {
        let at = sources.get(SourceId(0)).position(diagnostic.primary.span.start);
        (diagnostic.rule, at.line, at.column)
    };
    found.iter().map(place).collect()
}

/// The JSON Pointers of all values in a value.
fn pointers(value: &Value) -> Vec<String> {
    let mut pointers = vec![String::new()];
    let mut inside = |part: String, value: &Value| {
        pointers.extend(self::pointers(value).into_iter().map(|pointer| format!("/{part}{pointer}")));
    };
    match value {
        Value::Array(items) => items.iter().enumerate().for_each(|(i, item)| inside(i.to_string(), item)),
        Value::Object(entries) => entries.iter().for_each(|(key, value)| inside(yaml::escape(key), value)),
        _ => {}
    }
    pointers
}

fn parts_are_sound(text: &str, layout: Layout) -> Result<(), TestCaseError> {
    let article = article::parse(SourceId(0), "a.txt", text, layout);
    let leaves: Vec<Range<usize>> = article.leaves.iter().map(|leaf| leaf.span.range()).collect();
    covers_once(text, &leaves)?;
    for (what, span) in spans(&article) {
        prop_assert!(text.get(span.range()).is_some(), "{layout}: {what} at {span:?} of {text:?}");
    }
    for block in article.blocks.iter().filter(|block| block.kind != BlockKind::Raw) {
        let sentences: Vec<Range<usize>> = article
            .sentences_of(block)
            .iter()
            .map(|sentence| {
                sentence.start as usize - block.span.start as usize..(sentence.end - block.span.start) as usize
            })
            .collect();
        covers_once(article.text(block.span), &sentences)?;
    }
    // Sections have all blocks, blocks all sentences, each once and in order.
    let of_sections: Vec<usize> = article.sections.iter().flat_map(|section| section.blocks.clone()).collect();
    prop_assert_eq!(of_sections, (0..article.blocks.len()).collect::<Vec<_>>(), "{}", layout);
    let of_blocks: Vec<usize> = article.blocks.iter().flat_map(|block| block.sentences.clone()).collect();
    prop_assert_eq!(of_blocks, (0..article.sentences.len()).collect::<Vec<_>>(), "{}", layout);
    for link in &article.links {
        prop_assert!(link.span.contains(link.target) && !link.target.is_empty());
    }
    Ok(())
}

/// The places are in order, do not overlap, and every character that is no blank lies in one of them.
fn covers_once(text: &str, places: &[Range<usize>]) -> Result<(), TestCaseError> {
    let mut done = 0;
    for place in places {
        prop_assert!(done <= place.start, "{place:?} overlaps with what is before it in {text:?}");
        prop_assert!(text.get(place.clone()).is_some_and(|text| !text.is_empty()), "{place:?} of {text:?}");
        prop_assert!(text[done..place.start].trim().is_empty(), "{:?} is in no part", &text[done..place.start]);
        done = place.end;
    }
    prop_assert!(text[done..].trim().is_empty(), "{:?} is in no part", &text[done..]);
    Ok(())
}

/// All places that an article knows, each with what it is.
fn spans(article: &Article<'_>) -> Vec<(&'static str, Span)> {
    let mut spans = vec![("head", article.head())];
    spans.extend(article.id.map(|id| ("id", id)));
    spans.extend(article.title.iter().flat_map(|title| [("title", title.span), ("title line", title.line)]));
    if let Some(infobox) = &article.infobox {
        spans.push(("infobox", infobox.head));
        spans.extend(infobox.fields.iter().flat_map(|field| [("key", field.key), ("value", field.value)]));
    }
    let headings = article.sections.iter().filter_map(|section| section.heading);
    spans.extend(headings.flat_map(|heading| [("heading", heading.span), ("heading line", heading.line)]));
    for block in &article.blocks {
        spans.push(("block", block.span));
        if let BlockKind::Item { date: Some(date), .. } = block.kind {
            spans.push(("date of an item", date));
        }
    }
    spans.extend(article.sentences.iter().map(|&span| ("sentence", span)));
    spans.extend(article.links.iter().flat_map(|link| [("link", link.span), ("target", link.target)]));
    spans.extend(article.citations.iter().map(|&span| ("citation", span)));
    spans.extend(article.quotations.iter().map(|&span| ("quotation", span)));
    spans
}

/// A report for people has no control character but the line feed; one for programs is JSON.
fn for_people_or_programs(out: &str, format: Format, findings: usize) -> Result<(), TestCaseError> {
    match format {
        Format::Json => {
            let report: Value = serde_json::from_str(out).map_err(|error| TestCaseError::fail(error.to_string()))?;
            prop_assert_eq!(report["diagnostics"].as_array().map(Vec::len), Some(findings));
        }
        Format::Jsonl => {
            prop_assert_eq!(out.lines().count(), findings);
            prop_assert!(out.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()));
        }
        _ => {
            let hidden = |c: char| c != '\n' && c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{200B}');
            prop_assert!(!out.contains(hidden), "{format:?}: {out:?}");
        }
    }
    if matches!(format, Format::Concise | Format::Github) {
        prop_assert_eq!(out.lines().count(), findings, "one line a finding");
    }
    Ok(())
}
