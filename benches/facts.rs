//! Do the fact rules notice what they must? Copies sentences from article to article, as they are, reworded, or with one slot changed.
//!
//! ```text
//! cargo bench --bench facts -- FOLDER... [--seed N] [--show]
//! ```
//!
//! Of each kind at most 100 sentences are drawn with the seed, from paragraphs, with a name in them and at least ten words; each is
//! put into another article. A mutation is found when a finding of the rules asked for touches what was put there. Beside the
//! recall stands how many other findings of the fact rules a mutation brought. The substitutions and the reordering know nothing of how
//! the linter reads. `--show` prints those that were missed.

#![allow(clippy::print_stdout, clippy::expect_used, missing_docs)]

#[path = "../tests/common/mutate.rs"]
mod mutate;

use mutate::{read, shuffle};
use regex::Regex;
use seedlint::check;
use seedlint::config::Config;
use seedlint::diagnostic::Diagnostic;
use seedlint::policy::Plan;
use seedlint::rules::{Entry, RULES};
use seedlint::schema::Kinds;
use seedlint::settings::Settings;
use seedlint::source::{SourceFile, Sources};
use seedlint::time::{Day, MONTHS};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Of each kind of mutation.
const MOST: usize = 100;

fn main() {
    let mut folders = Vec::new();
    let (mut seed, mut show) = (1u64, false);
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
    assert!(!folders.is_empty(), "usage: cargo bench --bench facts -- FOLDER... [--seed N] [--show]");
    let mut articles = Vec::new();
    for folder in folders {
        read(&folder, &mut articles);
    }
    let linter = Linter::new();
    let mut sentences = sentences(&articles);
    shuffle(&mut sentences, seed);
    let mut tally: BTreeMap<&'static str, (usize, usize, usize)> = BTreeMap::new();
    for (from, sentence) in &sentences {
        for (kind, changed) in mutations(sentence) {
            let entry = tally.entry(kind).or_default();
            if entry.0 == MOST {
                continue;
            }
            let to = (from + 1 + sentence.len() % (articles.len() - 1)) % articles.len();
            if to == *from {
                continue;
            }
            let before = linter.count(&[&articles[*from], &articles[to]]);
            // Behind the first paragraph of some length.
            let at = articles[to]
                .lines()
                .find(|line| line.len() > 120 && !line.starts_with("- "))
                .map_or(0, |line| line.as_ptr() as usize - articles[to].as_ptr() as usize + line.len());
            let text = format!("{}\n\n{changed}{}", &articles[to][..at], &articles[to][at..]);
            let place = at + 2..at + 2 + changed.len();
            let findings = linter.lint(&[&articles[*from], &text]);
            let asked: &[&str] = match kind {
                "copy" => &["fact/duplicate"],
                "reworded" => &["fact/duplicate", "fact/restated"],
                "name" => &["fact/conflict", "fact/name-variant"],
                _ => &["fact/conflict"],
            };
            let touches = |found: &&Diagnostic| {
                std::iter::once(&found.primary).chain(&found.related).any(|label| {
                    label.span.source.0 == 1
                        && (label.span.start as usize) < place.end
                        && place.start < label.span.end as usize
                })
            };
            let hit = findings.iter().filter(|found| asked.contains(&found.rule)).any(|found| touches(&found));
            entry.0 += 1;
            entry.1 += usize::from(hit);
            let others = findings.len().saturating_sub(before);
            entry.2 += others.saturating_sub(usize::from(hit));
            if show && !hit {
                println!("  missed {kind}: {sentence}\n      as: {changed}");
            }
        }
    }
    println!("{:<10} {:>6} {:>6} {:>7} {:>14}", "kind", "tried", "found", "recall", "other findings");
    for (kind, (tried, found, others)) in tally {
        let recall = 100.0 * found as f64 / tried.max(1) as f64;
        println!("{kind:<10} {tried:>6} {found:>6} {recall:>6.1}% {others:>14}");
    }
}

/// Sentences of prose with a name inside, each with the number of its article.
fn sentences(articles: &[String]) -> Vec<(usize, String)> {
    let sentence = Regex::new(r"(?m)[A-Z][^.!?\n=]{60,240}[a-z0-9)]\.(?: |$)").expect("a sound pattern");
    let name = Regex::new(r" [A-Z][a-z]{3,}").expect("a sound pattern");
    let opening = Regex::new(r"^(?:He|She|It|They|This|These|His|Her|Its|Their|Both|The|In this|That)\b")
        .expect("a sound pattern");
    let mut found = Vec::new();
    for (number, text) in articles.iter().enumerate() {
        let prose: String = text.lines().filter(|line| !line.starts_with("- ")).collect::<Vec<_>>().join("\n");
        for one in sentence.find_iter(&prose) {
            let start = one.start();
            let one = one.as_str().trim();
            // A fragment of a longer sentence is none.
            if start > 0 && !prose[..start].ends_with('\n') && !prose[..start].ends_with(". ") {
                continue;
            }
            let plain = !one.contains(['(', '"', '“', '[', ';', ':']);
            if plain && name.is_match(one) && !opening.is_match(one) && one.split(' ').count() >= 10 {
                found.push((number, one.to_owned()));
            }
        }
    }
    found
}

/// Words that may stand for each other in an encyclopedia.
const SYNONYMS: &[(&str, &str)] = &[
    (" built ", " constructed "),
    (" began ", " started "),
    (" also ", " likewise "),
    (" became ", " turned into "),
    (" several ", " a number of "),
    (" many ", " numerous "),
    (" large ", " big "),
    (" while ", " whereas "),
    (" because ", " since "),
    (" such as ", " like "),
    (" received ", " got "),
    (" founded ", " established "),
    (" located ", " situated "),
    (" important ", " significant "),
    (" used ", " employed "),
    (" called ", " named "),
    (" which ", " that "),
    (" about ", " roughly "),
    (" often ", " frequently "),
    (" near ", " close to "),
    (" was ", " had been "),
    (" people ", " persons "),
];

fn mutations(sentence: &str) -> Vec<(&'static str, String)> {
    let mut all = vec![("copy", sentence.to_owned())];
    // The first phrase goes to the end, and up to two words are another.
    let body = sentence.trim_end_matches('.');
    let reordered = body.split_once(", ").filter(|(head, _)| head.split(' ').count() <= 6).map(|(head, rest)| {
        let mut rest = rest.to_owned();
        if let Some(first) = rest.get(..1) {
            rest.replace_range(..1, &first.to_uppercase());
        }
        let head: String = head.chars().take(1).flat_map(char::to_lowercase).chain(head.chars().skip(1)).collect();
        format!("{rest} {head}.")
    });
    let mut reworded = reordered.clone().unwrap_or_else(|| sentence.to_owned());
    let mut changed = usize::from(reordered.is_some());
    for (from, to) in SYNONYMS {
        if changed < 3 && reworded.contains(from) {
            reworded = reworded.replacen(from, to, 1);
            changed += 1;
        }
    }
    if changed >= 2 {
        all.push(("reworded", reworded));
    }
    let number = Regex::new(r"\b([1-9][0-9]{1,2}(?:,[0-9]{3})?)\b").expect("a sound pattern");
    if let Some(found) = number.find(sentence) {
        let mut digits: Vec<char> = found.as_str().chars().collect();
        let last = digits.len() - 1;
        digits[last] = if digits[last] == '7' { '2' } else { '7' };
        let changed: String = digits.into_iter().collect();
        all.push(("number", format!("{}{changed}{}", &sentence[..found.start()], &sentence[found.end()..])));
    }
    let year = Regex::new(r"\b(1[5-9][0-9]{2}|20[01][0-9])\b").expect("a sound pattern");
    if let Some(found) = year.find(sentence) {
        let year: i32 = found.as_str().parse().expect("digits");
        all.push(("date", format!("{}{}{}", &sentence[..found.start()], year - 2, &sentence[found.end()..])));
    }
    let name = Regex::new(r" ([A-Z][a-z]{4,})\b").expect("a sound pattern");
    if let Some(found) =
        name.find_iter(sentence).filter(|found| found.start() > 25 && !MONTHS.contains(&found.as_str().trim())).last()
    {
        all.push(("name", format!("{} Corvanel{}", &sentence[..found.start()], &sentence[found.end()..])));
    }
    all
}

struct Linter {
    kinds: Kinds,
    rules: Vec<&'static Entry>,
}

impl Linter {
    fn new() -> Self {
        Self {
            kinds: Kinds::new(&Config::default()).expect("they are sound"),
            rules: RULES.iter().filter(|entry| entry.name.starts_with("fact/")).collect(),
        }
    }

    fn lint(&self, texts: &[&str]) -> Vec<Diagnostic> {
        let file = |(number, text): (usize, &&str)| {
            SourceFile::new(format!("{number}.txt"), PathBuf::new(), (*text).to_owned())
        };
        let mut sources = Sources::new(texts.iter().enumerate().map(file).collect());
        let outside = seedlint::reference::OutsideTitles::default();
        let as_of = Day::new(2026, 11, 1).expect("a day");
        let settings = Settings::plain(&self.kinds, &outside, as_of);
        let plan = Plan::uniform(&sources, &self.rules, settings);
        check::check(&mut sources, &plan, false).diagnostics
    }

    fn count(&self, texts: &[&str]) -> usize {
        self.lint(texts).len()
    }
}
