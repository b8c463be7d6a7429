//! Flags a fact that is stated again in other words: the same values and the same names, elsewhere in the article or in another.
//!
//! What is told twice has to be kept in step twice. Two sentences tell the same when they have a day, a year or a quantity in common and
//! most of their names and other words that carry matter, whatever the order, and none of their numbers, dates and names speaks
//! against it. A lead may sum up once what the body tells, an infobox may repeat it, and lists and timelines may name again what the prose
//! tells: these are left alone. What is said word for word is `fact/duplicate`.
//!
//! **When to doubt it:** where the second place needs the fact to be understood. Then half a sentence that refers to the first is enough.
//!
//! ## How it works
//! The sentences of an article that share a value are compared as bags of words in their normal form.
//!
//! ## Example
//! ```text fails
//! = Havn Ferry =
//!
//! The Havn Ferry carries cars over the Brede Sound.
//!
//! ==Owners==
//! The Sound Steamship Company bought the ferry in 1938 for 41,000 kroner. Its manager was a retired pilot.
//!
//! ==Service==
//! She sailed twice an hour. In 1938 the ferry was acquired by the Sound Steamship Company at a price of 41,000 kroner.
//! ```
//! Another year and another price tell of another sale:
//! ```text passes
//! = Havn Ferry =
//!
//! The Havn Ferry carries cars over the Brede Sound.
//!
//! ==Owners==
//! The Sound Steamship Company bought the ferry in 1938 for 41,000 kroner. Its manager was a retired pilot.
//!
//! ==Service==
//! She sailed twice an hour. In 1951 the ferry was acquired by the county at a price of 56,000 kroner.
//! ```

use crate::article::{Article, BlockKind};
use crate::corpus::Corpus;
use crate::diagnostic::{Diagnostic, Severity};
use crate::facts::{NormalForm, Role, compare, leading_number};
use crate::rule::{Check, Context, Findings, Rule};
use crate::source::Span;
use crate::text::Map;
use crate::witness::{Witness, Witnesses};
use xxhash_rust::xxh3::xxh3_64;

pub(crate) static RULE: Rule = Rule {
    severity: Severity::Advice,
    checks: &[Check::Article(check), Check::Corpus { map, judge }],
    thresholds: &[],
};

/// A word that more sentences than this share tells nothing.
const STOCK: usize = 12;
/// Two sentences with fewer of the shorter one's words in common tell two things, whatever the values in both.
const LEAST_SHARE: f64 = 0.3;
/// Sentences with fewer words say too little.
const FEWEST_WORDS: usize = 6;

fn check(article: &Article<'_>, context: &Context<'_>, findings: &mut Findings) {
    let mut forms: Vec<(&NormalForm<'_>, bool)> = Vec::new();
    for block in article.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph) {
        let lead = block.section == 0 && article.has_headings() || block.sentences.start == 0;
        forms.extend(context.normal_forms(&block.sentences).iter().map(|form| (form, lead)));
    }
    let mut by_value: Map<u64, Vec<usize>> = Map::default();
    for (number, (form, ..)) in forms.iter().enumerate().filter(|(_, (form, ..))| form.terms.len() >= FEWEST_WORDS) {
        for term in form.terms.iter().filter(|term| matches!(term.role, Role::Value | Role::Name)) {
            by_value.entry(term.hash).or_default().push(number);
        }
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for group in by_value.values().filter(|group| (2..=STOCK).contains(&group.len())) {
        for (i, &later) in group.iter().enumerate() {
            pairs.extend(group[..i].iter().filter(|&&earlier| earlier != later).map(|&earlier| (later, earlier)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    let hashes: Vec<Hashes> = forms.iter().map(|(form, _)| Hashes::of(form)).collect();
    let mut done = None;
    for (later, earlier) in pairs {
        let ((a, lead_a), (b, lead_b)) = (&forms[earlier], &forms[later]);
        if done == Some(later) || lead_a != lead_b || quoted(article, a) || quoted(article, b) {
            continue;
        }
        if may_be_restated(a, &hashes[earlier], b, &hashes[later]) && is_restated(a, b) {
            done = Some(later);
            report(a.span, b.span, "another place of this article", findings);
        }
    }
}

fn quoted(article: &Article<'_>, form: &NormalForm<'_>) -> bool {
    article.is_quoted(form.span)
}

/// The hashes of a sentence's words in order: of those that carry matter, and of all.
struct Hashes {
    matter: Vec<u64>,
    all: Vec<u64>,
}

impl Hashes {
    fn of(form: &NormalForm<'_>) -> Self {
        let sorted = |mut hashes: Vec<u64>| {
            hashes.sort_unstable();
            hashes
        };
        Self {
            matter: sorted(form.matter().map(|term| term.hash).collect()),
            all: sorted(form.terms.iter().map(|term| term.hash).collect()),
        }
    }
}

/// Whether two sentences have enough in common to be looked at closer: a cheap test that only says no where [`is_restated`] does.
fn may_be_restated(a: &NormalForm<'_>, of_a: &Hashes, b: &NormalForm<'_>, of_b: &Hashes) -> bool {
    if a.modals != b.modals {
        return false;
    }
    // No fewer than `compare` finds, but for words in two spellings, which it looks for among a few words only.
    const FEW: usize = 6;
    let (mut common, mut at) = (0, 0);
    for hash in &of_a.matter {
        while of_b.all.get(at).is_some_and(|other| other < hash) {
            at += 1;
        }
        if of_b.all.get(at) == Some(hash) {
            common += 1;
            at += 1;
        }
    }
    let shorter = of_a.matter.len().min(of_b.matter.len()).max(1);
    of_a.matter.len() - common <= FEW || common >= 2 && common as f64 / shorter as f64 >= LEAST_SHARE
}

/// Whether two sentences tell the same in other words.
fn is_restated(a: &NormalForm<'_>, b: &NormalForm<'_>) -> bool {
    let comparison = compare(a, b);
    let size = |form: &NormalForm<'_>| form.matter().count();
    // Ordinals and decades tell little.
    let strong = |number: usize| {
        let term = a.terms[number];
        let text = &a.text[term.start as usize..term.end as usize];
        let figures = text.as_bytes()[0].is_ascii_digit() && text.ends_with(|c: char| c.is_ascii_digit());
        term.role == Role::Value && (figures || leading_number(text).is_some_and(|number| number > 2))
    };
    let common_values =
        (0..a.terms.len()).filter(|&number| strong(number) && !comparison.values_a.contains(&number)).count();
    let common_name = a
        .terms
        .iter()
        .enumerate()
        .any(|(number, term)| term.role == Role::Name && !comparison.only_a.contains(&number));
    // Values in both that are not in the other speak of two facts; what one says more is only more.
    if comparison.denied || a.modals != b.modals || !comparison.values_a.is_empty() && !comparison.values_b.is_empty() {
        return false;
    }
    let extra = comparison.values_a.len().max(comparison.values_b.len());
    let names = |form: &NormalForm<'_>, only: &[usize]| {
        only.iter().filter(|&&number| form.terms[number].role == Role::Name).count()
    };
    let (names_a, names_b) = (names(a, &comparison.only_a), names(b, &comparison.only_b));
    if extra > 1 || names_a > 0 && names_b > 0 {
        return false;
    }
    let shorter = size(a).min(size(b)).max(1);
    let share = comparison.common as f64 / shorter as f64;
    // What is said almost word for word is a duplicate.
    let verbatim = comparison.order >= 0.75 && comparison.only_a.len() + comparison.only_b.len() <= 2;
    let enough = match common_values {
        0 => false,
        1 => comparison.common >= 3 && (share >= 0.6 || share >= 0.5 && common_name),
        _ => comparison.common >= 2 && share >= LEAST_SHARE,
    };
    enough && !verbatim
}

fn report(earlier: Span, later: Span, place: &str, findings: &mut Findings) {
    findings.push(
        Diagnostic::new(later, format!("{place} tells the same in other words"))
            .label("told again")
            .related(earlier, "told here first")
            .help("tell it in one of the two places; where the other needs it, refer to that"),
    );
}

// Between articles.

fn map(article: &Article<'_>, context: &Context<'_>, witnesses: &mut Witnesses) {
    for block in article.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph) {
        for form in context.normal_forms(&block.sentences) {
            // The years and figures of a sentence with the rarest-looking of its names: its longest.
            let name = form
                .terms
                .iter()
                .filter(|term| term.role == Role::Name)
                .max_by_key(|term| (term.end - term.start, term.hash));
            let value = form
                .terms
                .iter()
                .filter(|term| term.role == Role::Value && term.end - term.start >= 3)
                .min_by_key(|term| term.hash);
            if let (Some(name), Some(value)) = (name, value) {
                let key = xxh3_64(&[name.hash.to_le_bytes(), value.hash.to_le_bytes()].concat());
                witnesses.add(key, form.span, form.whole);
            }
        }
    }
}

/// Whether two sentences of two articles begin with names of their own: "New Zealand signed the treaty", "Brazil signed the treaty".
fn open_on_two_names([one, other]: [&str; 2]) -> bool {
    let opening = |text: &str| -> Vec<String> {
        crate::text::words(text)
            .take_while(|word| crate::text::is_capitalised(word.text))
            .map(|word| crate::text::fold(word.text).into_owned())
            .filter(|word| !crate::text::is_function_word(word))
            .collect()
    };
    let (one, other) = (opening(one), opening(other));
    !one.is_empty() && !other.is_empty() && !one.iter().any(|word| other.contains(word))
}

fn judge(corpus: &Corpus<'_>, witnesses: &[Witness], findings: &mut Findings) {
    if witnesses.len() > STOCK || witnesses.iter().all(|witness| witness.span.source == witnesses[0].span.source) {
        return;
    }
    let forms: Vec<NormalForm<'_>> =
        witnesses.iter().map(|witness| NormalForm::new(corpus.text(witness.span), witness.span)).collect();
    for (i, later) in forms.iter().enumerate() {
        let found = forms[..i].iter().find(|earlier| {
            let two = earlier.span.source != later.span.source && earlier.whole != later.whole;
            let texts = [earlier.span, later.span].map(|span| corpus.text(span));
            two && !open_on_two_names(texts) && compare(earlier, later).common >= 5 && is_restated(earlier, later)
        });
        if let Some(earlier) = found {
            report(earlier.span, later.span, &corpus.place(earlier.span, later.span), findings);
        }
    }
}
