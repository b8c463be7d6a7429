//! Does a rule notice what it must? Takes articles, changes one thing at a time, and asks for the finding.
//!
//! ```text
//! cargo bench --bench mutations -- FOLDER... [--seed N] [--show]
//! ```
//!
//! The places to change are found by plain patterns that know nothing of how the linter reads: two entries of a dated list, a weekday
//! beside a full date, the ends of a range in brackets, one of two mentions of a birth or death, an age at death, a day of a month
//! that has fewer. Of each kind at most 100 are tried, drawn with the seed; the same seed draws the same. A mutation is found
//! when a finding of the date rules that was not there before touches the line that was changed. `--show` prints those that were missed.

#![allow(clippy::print_stdout, clippy::expect_used, missing_docs)]

#[path = "../tests/common/mutate.rs"]
mod mutate;

use mutate::{read, shuffle};
use regex::Regex;
use seedlint::check;
use seedlint::config::Config;
use seedlint::policy::Plan;
use seedlint::rules::{Entry, RULES};
use seedlint::schema::Kinds;
use seedlint::settings::Settings;
use seedlint::source::{SourceFile, SourceId, Sources};
use seedlint::time::{Day, WEEKDAYS};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Of each kind of mutation.
const MOST: usize = 100;

fn main() {
    let mut folders = Vec::new();
    let (mut seed, mut show) = (1, false);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--seed" => seed = arguments.next().and_then(|seed| seed.parse().ok()).expect("--seed takes a number"),
            "--show" => show = true,
            // What cargo adds.
            "--bench" => {}
            folder => folders.push(PathBuf::from(folder)),
        }
    }
    assert!(!folders.is_empty(), "usage: cargo bench --bench mutations -- FOLDER... [--seed N] [--show]");
    let mut articles = Vec::new();
    for folder in folders {
        read(&folder, &mut articles);
    }
    let mut mutations: BTreeMap<&'static str, Vec<Mutation>> = BTreeMap::new();
    for (number, text) in articles.iter().enumerate() {
        for mutation in Finder::default().all(number, text) {
            mutations.entry(mutation.kind).or_default().push(mutation);
        }
    }
    let linter = Linter::new();
    println!("{:<12} {:>6} {:>6} {:>7}", "kind", "tried", "found", "recall");
    for (kind, mut of_kind) in mutations {
        shuffle(&mut of_kind, seed);
        of_kind.truncate(MOST);
        let (mut tried, mut found) = (0, 0);
        for mutation in &of_kind {
            let Some(noticed) = linter.notices(&articles[mutation.article], mutation) else { continue };
            tried += 1;
            found += i32::from(noticed);
            if show && !noticed {
                println!("  missed {kind}: {}", mutation.what);
            }
        }
        let recall = 100.0 * f64::from(found) / f64::from(tried.max(1));
        println!("{kind:<12} {tried:>6} {found:>6} {recall:>6.1}%");
    }
}

/// A change of one place of an article.
struct Mutation {
    kind: &'static str,
    article: usize,
    /// The article as it is then.
    text: String,
    /// The first and the last byte that the finding may touch, in the text as it is then.
    at: std::ops::Range<usize>,
    what: String,
}

#[derive(Default)]
struct Finder {
    mutations: Vec<Mutation>,
}

const MONTHS: &str = "January|February|March|April|May|June|July|August|September|October|November|December";

fn regex(pattern: &str) -> Regex {
    Regex::new(&pattern.replace("MONTH", &format!("(?:{MONTHS})"))).expect("a sound pattern")
}

impl Finder {
    fn all(mut self, article: usize, text: &str) -> Vec<Mutation> {
        self.lists(article, text);
        self.weekdays(article, text);
        self.ranges(article, text);
        self.mentions(article, text);
        self.ages(article, text);
        self.days(article, text);
        self.mutations
    }

    fn replace(&mut self, kind: &'static str, article: usize, text: &str, at: std::ops::Range<usize>, new: &str) {
        if &text[at.clone()] == new {
            return;
        }
        let what = format!(
            "“{}” → “{new}” in “{}”",
            &text[at.clone()],
            line(text, at.start).chars().take(160).collect::<String>()
        );
        let changed = format!("{}{new}{}", &text[..at.start], &text[at.end..]);
        let at = at.start..at.start + new.len();
        self.mutations.push(Mutation { kind, article, text: changed, at, what });
    }

    /// The dates of two entries of a list change places: those of lists of five and more that are in order.
    fn lists(&mut self, article: usize, text: &str) {
        let entry = regex(r"(?m)^[-*] ?((?:\d{1,2} MONTH )?\d{4})(?:$|[:,;]| –| -)");
        let entries: Vec<(usize, usize, u32)> = entry
            .captures_iter(text)
            .filter_map(|found| found.get(1))
            .map(|date| (date.start(), date.end(), date.as_str()[date.len() - 4..].parse().unwrap_or(0)))
            .collect();
        let mut runs: Vec<Vec<(usize, usize, u32)>> = Vec::new();
        for entry in entries {
            match runs.last_mut().and_then(|run| run.last().map(|last| (last.1, run.len()))) {
                Some((end, _)) if !text[end..entry.0].contains("\n\n") && !text[end..entry.0].contains("\n=") => {
                    runs.last_mut().expect("there is one").push(entry);
                }
                _ => runs.push(vec![entry]),
            }
        }
        const SHORTEST: usize = 5;
        for run in
            runs.into_iter().filter(|run| run.len() >= SHORTEST && run.windows(2).all(|pair| pair[0].2 < pair[1].2))
        {
            for first in 0..run.len() - 2 {
                let (a, b) = (run[first], run[first + 2]);
                let (one, other) = (&text[a.0..a.1], &text[b.0..b.1]);
                let changed = format!("{}{other}{}{one}{}", &text[..a.0], &text[a.1..b.0], &text[b.1..]);
                let what = format!("entries “{one}” and “{other}” change places");
                self.mutations.push(Mutation { kind: "list order", article, text: changed, at: a.0..b.1, what });
            }
        }
    }

    /// A weekday becomes the next.
    fn weekdays(&mut self, article: usize, text: &str) {
        let date = regex(
            r"((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day),? (?:(?:the )?\d{1,2}(?:st|nd|rd|th)? MONTH,? \d{4}|MONTH \d{1,2}, \d{4})",
        );
        for found in date.captures_iter(text) {
            let name = found.get(1).expect("the weekday");
            let index = WEEKDAYS.iter().position(|weekday| *weekday == name.as_str()).unwrap_or(0);
            self.replace("weekday", article, text, name.range(), WEEKDAYS[(index + 1) % 7]);
        }
    }

    /// The ends of a range of years in brackets change places.
    fn ranges(&mut self, article: usize, text: &str) {
        let range = regex(r"\((\d{4})[–-](\d{4})\)");
        for found in range.captures_iter(text) {
            let (one, other) = (found.get(1).expect("a year"), found.get(2).expect("a year"));
            if one.as_str() < other.as_str() {
                let new = format!("{}–{}", other.as_str(), one.as_str());
                self.replace("range", article, text, one.start()..other.end(), &new);
            }
        }
    }

    /// A death or a birth that the lead and the body tell gets another year in the body.
    fn mentions(&mut self, article: usize, text: &str) {
        let lead =
            regex(r"\((\d{1,2} MONTH \d{4}|MONTH \d{1,2}, \d{4}) – (\d{1,2} MONTH \d{4}|MONTH \d{1,2}, \d{4})\)");
        let Some(life) = lead.captures(text) else { return };
        let end = life.get(0).expect("all of it").end();
        for (group, verb) in [(1, "born"), (2, "died")] {
            let year = &life.get(group).expect("a date").as_str();
            let year = regex(r"\d{4}").find(year).expect("a year").as_str().to_owned();
            let again = Regex::new(&format!(r"\b(?:[Hh]e|[Ss]he|was) (?:was )?{verb} [^.;\n]{{0,60}}?\b({year})\b"))
                .expect("a sound pattern");
            for found in again.captures_iter(&text[end..]) {
                let place = found.get(1).expect("the year").range();
                let number: u32 = year.parse().unwrap_or(0);
                self.replace("mention", article, text, end + place.start..end + place.end, &(number + 4).to_string());
            }
        }
    }

    /// An age at death grows by six years.
    fn ages(&mut self, article: usize, text: &str) {
        let age = regex(r"\(age(?:d)? (\d{2})\)|\baged (\d{2})[.,;) ]");
        let born = regex(r"(?m)^- Born: .*\d{4}|\((?:born )?(?:\d{1,2} MONTH \d{4}|MONTH \d{1,2}, \d{4}|\d{4})");
        if !born.is_match(text) {
            return;
        }
        for found in age.captures_iter(text) {
            let number = found.get(1).or_else(|| found.get(2)).expect("the age");
            let years: u32 = number.as_str().parse().unwrap_or(0);
            self.replace("age", article, text, number.range(), &(years + 6).to_string());
        }
    }

    /// A day of a month of thirty days becomes its thirty-first.
    fn days(&mut self, article: usize, text: &str) {
        let day = regex(
            r"\b(\d{1,2}) (?:April|June|September|November) \d{4}\b|\b(?:April|June|September|November) (\d{1,2}), \d{4}\b",
        );
        for found in day.captures_iter(text) {
            let number = found.get(1).or_else(|| found.get(2)).expect("the day");
            self.replace("day", article, text, number.range(), "31");
        }
    }
}

fn line(text: &str, at: usize) -> &str {
    let start = text[..at].rfind(['\n', '.']).map_or(0, |start| start + 1);
    text[start..].split('\n').next().unwrap_or("")
}

/// The date rules over one article.
struct Linter {
    kinds: Kinds,
    rules: Vec<&'static Entry>,
}

impl Linter {
    fn new() -> Self {
        let kinds = Kinds::new(&Config::default()).expect("they are sound");
        Self { kinds, rules: RULES.iter().filter(|entry| entry.name.starts_with("date/")).collect() }
    }

    /// The findings of a text: the rule, its message and all its places.
    fn findings(&self, text: &str) -> Vec<(String, Vec<std::ops::Range<usize>>)> {
        let mut sources =
            Sources::new(vec![SourceFile::new(String::from("article.txt"), PathBuf::new(), text.to_owned())]);
        let outside = seedlint::reference::OutsideTitles::default();
        let settings = Settings::plain(&self.kinds, &outside, Day::new(2026, 11, 1).expect("a day"));
        let plan = Plan::uniform(&sources, &self.rules, settings);
        check::check(&mut sources, &plan, true)
            .diagnostics
            .into_iter()
            .filter(|diagnostic| diagnostic.primary.span.source == SourceId(0))
            .map(|diagnostic| {
                let places = std::iter::once(&diagnostic.primary)
                    .chain(&diagnostic.related)
                    .map(|label| label.span.range())
                    .collect();
                (format!("{}: {}", diagnostic.rule, diagnostic.message), places)
            })
            .collect()
    }

    /// Whether a mutation is found; `None` where the place was wrong before.
    fn notices(&self, before: &str, mutation: &Mutation) -> Option<bool> {
        let known = self.findings(before);
        let touches = |places: &[std::ops::Range<usize>], at: &std::ops::Range<usize>| {
            places.iter().any(|place| place.start < at.end && at.start < place.end)
        };
        if known.iter().any(|(_, places)| touches(places, &mutation.at)) {
            return None;
        }
        let noticed = self.findings(&mutation.text).iter().any(|(message, places)| {
            let new = known.iter().all(|(other, _)| other != message);
            new && touches(places, &mutation.at)
        });
        Some(noticed)
    }
}
