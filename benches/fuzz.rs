//! Feeds the program what nobody would write: articles, configurations and YAML, cut up, spliced and sprinkled with odd characters.
//!
//! ```text
//! cargo bench --bench fuzz -- [TARGET...] [--minutes N] [--seed N] [--save FOLDER]
//! ```
//!
//! Targets: `parse` (every layout; the leaves of an article cover its text), `dates` (what is read as a time lies in the text, in order),
//! `yaml` (places lie in the text), `config`, `baseline` (what is read is written so that it is read again), `lint` (all rules over one to three articles, and every report), `cache` (with it the same is found, and a
//! damaged one does no harm), `fix` (corrections
//! settle: a second round changes nothing, and no error is made). All of them where none is named, for a minute each.
//!
//! It needs nothing but a stable compiler. The same seed makes the same inputs in the same order, one stream for each thread. An input that
//! makes a target panic is saved (in `target/fuzz` where nothing else is said); it belongs into a test.

#![allow(clippy::print_stdout, clippy::expect_used, missing_docs)]

#[path = "../tests/common/mutate.rs"]
mod mutate;

use mutate::{Random, read};
use seedlint::article::{self, Layout};
use seedlint::baseline::Baseline;
use seedlint::cache::{Cache, MARK};
use seedlint::check::{self, Checked};
use seedlint::config::Config;
use seedlint::diagnostic::{Diagnostic, Severity};
use seedlint::facts::Account;
use seedlint::fix::{self, Which};
use seedlint::policy::Plan;
use seedlint::reference::OutsideTitles;
use seedlint::report::{self, Format, Run, Style};
use seedlint::rules::{Entry, RULES};
use seedlint::schema::Kinds;
use seedlint::settings::Settings;
use seedlint::source::{SourceFile, SourceId, Sources};
use seedlint::time::{self, Day};
use seedlint::trap::{quieten, trap};
use seedlint::yaml;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{LazyLock, Mutex};
use std::time::{Duration, Instant};
use xxhash_rust::xxh3::xxh3_64;

/// Makes an input and checks it; the input and what is said of it where the check fails.
type Attempt = fn(&Corpus, &mut Random) -> Result<(), (String, String)>;
type Target = (&'static str, Attempt);

const TARGETS: [Target; 8] = [
    ("parse", |corpus, random| attempt(corpus.text(random, 2000), parse)),
    ("dates", |corpus, random| attempt(corpus.text(random, 400), dates)),
    ("yaml", |corpus, random| attempt(corpus.yaml(random), places)),
    ("config", |corpus, random| attempt(corpus.yaml(random), config)),
    ("baseline", |corpus, random| attempt(corpus.baseline(random), baseline)),
    ("lint", |corpus, random| attempt(corpus.articles(random), lint)),
    ("cache", |corpus, random| attempt(corpus.articles(random), remember)),
    ("fix", |corpus, random| attempt(corpus.articles(random), correct)),
];

/// Parts the articles of one input.
const PART: char = '\u{1F}';

fn main() {
    let (mut named, mut minutes, mut seed, mut save) = (Vec::new(), 1.0, 1, PathBuf::from("target/fuzz"));
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut next = || arguments.next().expect("a value");
        match argument.as_str() {
            "--minutes" => minutes = next().parse().expect("--minutes takes a number"),
            "--seed" => seed = next().parse().expect("--seed takes a number"),
            "--save" => save = PathBuf::from(next()),
            // What cargo adds.
            "--bench" => {}
            target => named.push(target.to_owned()),
        }
    }
    for name in &named {
        assert!(TARGETS.iter().any(|(known, _)| known == name), "there is no target {name}");
    }
    quieten();
    let corpus = Corpus::read();
    let mut failed = 0;
    println!("{:<8} {:>12} {:>10} {:>8}", "target", "executions", "a second", "failures");
    for (name, target) in
        TARGETS.into_iter().filter(|(name, _)| named.is_empty() || named.iter().any(|one| one == name))
    {
        failed += hunt(name, target, &corpus, seed, Duration::from_secs_f64(minutes * 60.0), &save);
    }
    assert!(failed == 0, "{failed} inputs failed; they are in {}", save.display());
}

/// Runs one target on all processors until the time is over; how many inputs failed.
fn hunt(name: &str, target: Attempt, corpus: &Corpus, seed: u64, time: Duration, save: &std::path::Path) -> usize {
    let (start, executions, failures) = (Instant::now(), AtomicU64::new(0), Mutex::new(Vec::new()));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for stream in 0..threads as u64 {
            let (executions, failures) = (&executions, &failures);
            scope.spawn(move || {
                let mut random = Random::new(seed.wrapping_mul(1009).wrapping_add(stream));
                while start.elapsed() < time {
                    if let Err(failure) = target(corpus, &mut random) {
                        failures.lock().expect("no thread panics").push(failure);
                    }
                    executions.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    let (executions, seconds) = (executions.into_inner(), start.elapsed().as_secs_f64());
    let failures = failures.into_inner().expect("no thread panics");
    println!("{name:<8} {executions:>12} {:>10.0} {:>8}", executions as f64 / seconds, failures.len());
    for (number, (input, words)) in failures.iter().enumerate().take(20) {
        std::fs::create_dir_all(save).expect("a folder to save in");
        let path = save.join(format!("{name}-{seed}-{number}.txt"));
        std::fs::write(&path, input).expect("an input to save");
        println!("  {}: {words}", path.display());
    }
    failures.len()
}

/// Runs a check over an input; the input and what is said of it where the check fails.
fn attempt(input: String, check: fn(&str)) -> Result<(), (String, String)> {
    trap(|| check(&input)).map_err(|words| (input, words))
}

// The targets.

const LAYOUTS: [Layout; 4] = [Layout::WikiText, Layout::DumpRecord, Layout::Markdown, Layout::Plain];
const TODAY: Day = Day { year: 2026, month: 11, day: 1 };

fn parse(text: &str) {
    for layout in LAYOUTS {
        let article = article::parse(SourceId(0), "a.txt", text, layout);
        let mut done = 0;
        for leaf in &article.leaves {
            let range = leaf.span.range();
            assert!(range.start >= done && text.get(done..range.start).is_some_and(|gap| gap.trim().is_empty()));
            assert!(text.get(range.clone()).is_some(), "a leaf cuts a character");
            done = range.end;
        }
        assert!(text[done..].trim().is_empty(), "the end is lost");
        let account = Account::new(&article, TODAY);
        for event in &account.events().events {
            assert!(text.get(event.words.range()).is_some());
        }
    }
}

fn dates(text: &str) {
    let mut done = 0;
    for time in time::expressions(text, TODAY) {
        assert!(done <= time.span.start && text.get(time.span.clone()).is_some_and(|words| !words.is_empty()));
        assert!(time.interval().is_none_or(|interval| interval.from <= interval.to));
        done = time.span.end;
    }
}

fn places(text: &str) {
    match yaml::Document::parse(text) {
        Err(error) => assert!(text.get(error.at).is_some()),
        Ok(document) => {
            for place in document.top_level() {
                assert!(text.get(place.key.clone()).is_some() && text.get(place.value.clone()).is_some());
            }
        }
    }
}

fn config(text: &str) {
    let parsed = Config::parse(String::from("seedlint.yaml"), text.to_owned(), PathBuf::from("/nowhere"));
    match parsed
        .and_then(|config| seedlint::policy::check_names(&config).and_then(|()| Kinds::new(&config)).map(|_| config))
    {
        Ok(config) => {
            config.layout("seeds/a.txt");
        }
        Err(fault) => {
            assert!(fault.text.get(fault.at.clone()).is_some(), "the fault lies in the text");
            let style = Style { colour: false, unicode: true, width: 80 };
            assert!(!report::pretty_fault(&fault, style).contains('\u{1B}'));
        }
    }
}

fn baseline(text: &str) {
    match Baseline::parse("seedlint-baseline.yaml", text) {
        Ok(baseline) => {
            let again = Baseline::parse("seedlint-baseline.yaml", &baseline.text()).map(|baseline| baseline.text());
            assert_eq!(again.ok(), Some(baseline.text()));
        }
        Err(fault) => assert!(fault.text.get(fault.at.clone()).is_some(), "the fault lies in the text"),
    }
}

fn lint(texts: &str) {
    let mut sources = sources(texts);
    let found = run(&mut sources);
    for diagnostic in &found {
        for label in std::iter::once(&diagnostic.primary).chain(&diagnostic.related) {
            assert!(sources.get(label.span.source).text().get(label.span.range()).is_some(), "{}", diagnostic.rule);
        }
    }
    let summary = check::Summary::new(&sources, &found);
    let run = Run { sources: &sources, diagnostics: &found, summary: &summary, problems: &[] };
    for (format, ..) in Format::ALL {
        let mut out = Vec::new();
        report::write(format, Style { colour: false, unicode: true, width: 80 }, &run, &mut out).expect("memory");
        let out = String::from_utf8(out).expect("reports are UTF-8");
        if matches!(format, Format::Json | Format::Sarif | Format::Gitlab | Format::Rdjson) {
            serde_json::from_str::<serde_json::Value>(&out).expect("the report is JSON");
        }
        assert!(!out.contains('\u{1B}'), "an escape gets through");
    }
}

fn correct(texts: &str) {
    let mut sources = sources(texts);
    let errors = |found: &[Diagnostic]| found.iter().filter(|one| one.severity == Severity::Error).count();
    let found = run(&mut sources);
    let before = errors(&found);
    let (_, left) = fix::fix(&mut sources, Which::All, found, run);
    assert!(errors(&left) <= before, "a correction made an error");
    let (again, _) = fix::fix(&mut sources, Which::All, left, run);
    let changed: Vec<_> = again.before.iter().map(|(&id, before)| (before, sources.get(id).text())).collect();
    assert!(changed.is_empty(), "a second round corrects something: {changed:?}");
}

fn remember(texts: &str) {
    let mut sources = sources(texts);
    let found = run(&mut sources);
    let cache = Cache::new(1, |_| None);
    assert_eq!(check_with(&mut sources, Some(&cache)).diagnostics, found, "while it is filled");
    let parts: HashMap<usize, Vec<u8>> = cache.changed().collect();
    let sound = parts.clone();
    let full = Cache::new(1, move |number| sound.get(&number).cloned());
    assert_eq!(check_with(&mut sources, Some(&full)).diagnostics, found, "when it is full");
    // Entries that are damaged, in parts that say that they are sound.
    const HEAD: usize = MARK.len() + 16;
    let mut random = Random::new(texts.len() as u64);
    let damaged: HashMap<usize, Vec<u8>> = parts
        .into_iter()
        .map(|(number, mut bytes)| {
            for _ in 0..4 {
                let at = HEAD + random.below(bytes.len() - HEAD);
                bytes[at] ^= 1 << random.below(8);
            }
            let hash = xxh3_64(&bytes[HEAD..]);
            bytes[HEAD - 8..HEAD].copy_from_slice(&hash.to_le_bytes());
            (number, bytes)
        })
        .collect();
    let damaged = Cache::new(1, move |number| damaged.get(&number).cloned());
    check_with(&mut sources, Some(&damaged));
}

fn sources(texts: &str) -> Sources {
    let file = |(i, text): (usize, &str)| SourceFile::new(format!("{i}.txt"), PathBuf::new(), text.to_owned());
    Sources::new(texts.split(PART).enumerate().map(file).collect())
}

fn run(sources: &mut Sources) -> Vec<Diagnostic> {
    let checked = check_with(sources, None);
    assert!(checked.crashes.is_empty(), "{}", checked.crashes[0].reason);
    checked.diagnostics
}

fn check_with(sources: &mut Sources, cache: Option<&Cache>) -> Checked {
    static KINDS: LazyLock<Kinds> = LazyLock::new(|| Kinds::new(&Config::default()).expect("they are sound"));
    static OUTSIDE: LazyLock<OutsideTitles> = LazyLock::new(OutsideTitles::default);
    static ALL: LazyLock<Vec<&'static Entry>> = LazyLock::new(|| RULES.iter().collect());
    let settings = Settings::plain(&KINDS, &OUTSIDE, TODAY);
    let plan = Plan::uniform(sources, &ALL, settings);
    let plan = match cache {
        Some(cache) => plan.remembering(cache),
        None => plan,
    };
    check::check(sources, &plan, true)
}

// The inputs.

/// What inputs are made from.
struct Corpus {
    articles: Vec<String>,
    yaml: Vec<String>,
}

/// What is put between the words of an input.
#[rustfmt::skip]
const ODD: &[&str] = &[
    "=", "==", "= T =", "Infobox", "- K: v", "---\n", "[[", "]]", "[1]", "(", ")", "\"", "“", "”", "'", "’", "–", "—", "-", ".", ",", ":", ";", "…",
    "31 June", "29 February 1900", "1582", "0", "-1", "99999999999999999999", "10^30", "BC", "c. ", "1652/3", "MDCCCLXXXVIII", "½", "٣١", "２０２６",
    "{", "}", "{a,", "*", "**", "?", "&a ", "*a", "!!", "|", ">", "~", "#", "%", "@", "`",
    "\n", "\r\n", "\r", "\n\n", "\t", " ", "\u{A0}", "\u{85}", "\u{2028}", "\u{B}", "\u{FEFF}", "\u{200B}", "\u{200D}", "\u{202E}", "\u{301}", "\u{1B}[31m",
    "İ", "ß", "ﬁ", "Ǆ", "日本", "عربى", "👩‍🚀", "\u{10FFFF}", "e\u{301}", "\u{E0041}",
];

impl Corpus {
    fn read() -> Self {
        let (mut articles, mut yaml) = (Vec::new(), Vec::new());
        for folder in ["seeds", "tests/rules"] {
            read(&PathBuf::from(folder), &mut articles);
        }
        for folder in ["tests/cases", "schemas"] {
            read(&PathBuf::from(folder), &mut yaml);
        }
        // A configuration with all of its keys.
        let readme = std::fs::read_to_string("README.md").expect("the README");
        let keys = readme.split("```yaml\n").filter_map(|block| block.split("```").next()).map(str::to_owned);
        yaml.extend(keys.filter(|block| block.contains("fail-on")));
        Self { articles, yaml }
    }

    /// A text of at most about so many bytes, changed in some places.
    fn text(&self, random: &mut Random, longest: usize) -> String {
        let base = random_of(random, &self.articles);
        let mut text = window(random, base, longest);
        for _ in 0..random.below(8) {
            change(random, &mut text, &self.articles);
        }
        text
    }

    fn articles(&self, random: &mut Random) -> String {
        let mut texts = vec![self.text(random, 700)];
        for _ in 0..random.below(3) {
            // Articles that have something in common.
            let mut other = if random.below(2) == 0 { texts[0].clone() } else { self.text(random, 700) };
            change(random, &mut other, &self.articles);
            texts.push(other);
        }
        let texts: Vec<String> = texts.iter().map(|text| text.replace(PART, "")).collect();
        texts.join(&PART.to_string())
    }

    /// A baseline of some entries, changed in some places.
    fn baseline(&self, random: &mut Random) -> String {
        let mut text = String::from("version: 1\n\naccepted:\n");
        let entry = |random: &mut Random, reason: &str| {
            let fingerprint = random.below(1 << 40);
            format!(
                "  - fingerprint: \"{fingerprint:016x}\"\n    rule: date/weekday\n    path: seeds/a.txt\n    message: \"so\"\n{reason}"
            )
        };
        for _ in 0..random.below(4) {
            text.push_str(&entry(random, "    reason: \"the source has it\"\n"));
        }
        text.push_str("\ndebt:\n");
        for _ in 0..random.below(4) {
            text.push_str(&entry(random, ""));
        }
        for _ in 0..random.below(5) {
            change(random, &mut text, &self.yaml);
        }
        text
    }

    fn yaml(&self, random: &mut Random) -> String {
        // The configuration is the last.
        let base = if random.below(2) == 0 { self.yaml.len() - 1 } else { random.below(self.yaml.len()) };
        let mut text = window(random, &self.yaml[base], 1500);
        for _ in 0..random.below(6) {
            change(random, &mut text, &self.yaml);
        }
        text
    }
}

fn random_of<'a>(random: &mut Random, texts: &'a [String]) -> &'a str {
    &texts[random.below(texts.len())]
}

/// A part of a text, or all of it.
fn window(random: &mut Random, text: &str, longest: usize) -> String {
    if text.len() <= longest {
        return text.to_owned();
    }
    // Mostly from a line on.
    let from = cut(random, text);
    let from = if random.below(4) > 0 { text[..from].rfind('\n').map_or(0, |at| at + 1) } else { from };
    let to = (from..=(from + longest).min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(from);
    text[from..to].to_owned()
}

/// A place between two characters.
fn cut(random: &mut Random, text: &str) -> usize {
    let at = random.below(text.len() + 1);
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// Changes a text in one place.
fn change(random: &mut Random, text: &mut String, others: &[String]) {
    let (a, b) = (cut(random, text), cut(random, text));
    let (from, to) = (a.min(b), a.max(b));
    // Changes are mostly small.
    let near = (from..=(from + 40).min(to)).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(from);
    match random.below(8) {
        0 => text.replace_range(from..near, ""),
        1 => {
            let again = text[from..near].to_owned();
            text.insert_str(from, &again);
        }
        2 => {
            let other = random_of(random, others);
            let part = window(random, other, 200);
            text.replace_range(from..near, &part);
        }
        3 => text.insert_str(from, &ODD[random.below(ODD.len())].repeat(1 + random.below(40))),
        4 => {
            let c = char::from_u32(random.below(0x11_0000) as u32).unwrap_or('\u{FFFD}');
            text.insert(from, c);
        }
        5 => {
            // A digit becomes another.
            if let Some(at) = text[from..].find(|c: char| c.is_ascii_digit()).map(|at| from + at) {
                text.replace_range(at..=at, &random.below(10).to_string());
            }
        }
        6 => {
            let moved: String = text.drain(from..near).collect();
            let to = cut(random, text);
            text.insert_str(to, &moved);
        }
        _ => text.insert_str(from, ODD[random.below(ODD.len())]),
    }
}
