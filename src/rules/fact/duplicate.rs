//! Flags a sentence that is stated again almost word for word, in the same article or in another.
//!
//! What is said twice has to be corrected twice. Citation markers, punctuation, dashes, case, diacritics, tense, words of grammar, the
//! two spellings of English, numbers in words or figures and remarks in brackets do not count, nor does the order of phrases. A pronoun
//! may stand for a name, a given name may be left out, an adverb added, and of six words one may be another. Another number, date or
//! name, or a denial, makes another statement; but what follows a whole sentence may be new. Short stock sentences are left alone, and so
//! are, between articles, those that speak of "both countries" or "it": their subject is another. Lists and headings may repeat.
//!
//! ## How it works
//! Sentences are brought together by sketches of the words that carry matter (Broder, "On the resemblance and containment of documents",
//! 1997), and each pair is compared word by word. What more sentences share than a handful is a stock phrase and costs nothing, but for
//! those that are equal to the letter.
//!
//! ## Example
//! ```text fails
//! --- malta.txt
//! = Foreign relations of Malta =
//!
//! Malta's dealings with the Knights of Saint John date back to a grant made by Charles V in 1530.
//! --- knights.txt
//! = Foreign relations of the Sovereign Order =
//!
//! Malta's dealings with the knights of Saint John date back to the grant made by Charles V in 1530.[4]
//! ```
//! Another number is another statement:
//! ```text passes
//! --- malta.txt
//! = Foreign relations of Malta =
//!
//! In 1964 Malta sent three envoys to Rome and two to Tunis, who came back with treaties.
//!
//! In 1965 Malta sent three envoys to Rome and two to Tunis, who came back with treaties.
//! ```

use crate::article::{Article, BlockKind};
use crate::corpus::Corpus;
use crate::diagnostic::{Diagnostic, Severity};
use crate::facts::{Comparison, NormalForm, Role, compare, may_be_alike};
use crate::rule::{Check, Context, Findings, Rule};
use crate::settings::Threshold;
use crate::source::Span;
use crate::text::{fold, words};
use crate::witness::{Witness, Witnesses};
use std::borrow::Cow;
use std::cell::OnceCell;

pub(crate) static RULE: Rule = Rule {
    severity: Severity::Warning,
    checks: &[Check::Article(within), Check::Corpus { map, judge }],
    thresholds: &[&WORDS],
};

static WORDS: Threshold =
    Threshold { name: "words", default: 8, range: 4..=1000, meaning: "sentences with fewer words are stock" };

/// At least so many words that carry matter must be the same; between articles, where the subject is a pronoun or a small noun, more.
const FEWEST_MATTER: usize = 4;
const FEWEST_BETWEEN: usize = 5;
const FEWEST_DEFINITE: usize = 7;
const FEWEST_PRONOUN: usize = 9;
/// The subject of a sentence lies in so many words.
const SUBJECT_ENDS: usize = 4;
/// What more sentences than this have in common is a stock phrase: within an article, and in all.
const STOCK: usize = 64;
const WIDE_STOCK: usize = 16;

// Within an article.

fn within(article: &Article<'_>, context: &Context<'_>, findings: &mut Findings) {
    let statements: Vec<(Cow<'_, NormalForm<'_>>, bool)> = statements(context).collect();
    let mut keys: Vec<(u64, u32)> = Vec::with_capacity(statements.len() * 4);
    for (number, (form, _)) in statements.iter().enumerate() {
        keys.extend(form.bands().map(|key| (key, number as u32)));
    }
    keys.sort_unstable();
    keys.dedup();
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for group in keys.chunk_by(|a, b| a.0 == b.0).filter(|group| (2..=STOCK).contains(&group.len())) {
        for (i, &(_, later)) in group.iter().enumerate() {
            pairs.extend(group[..i].iter().map(|&(_, earlier)| (later, earlier)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    // Each sentence is reported once, against the first that says the same.
    let mut done = None;
    let lines = OnceCell::new();
    for (later, earlier) in pairs {
        if done == Some(later) {
            continue;
        }
        let ((a, item_a), (b, item_b)) = (&statements[earlier as usize], &statements[later as usize]);
        if *item_a && *item_b {
            continue;
        }
        // "Both countries are members …", in a paragraph on each of several pairs.
        let block = |form: &NormalForm<'_>| article.blocks.partition_point(|block| block.span.end <= form.span.start);
        if a.points_back && b.points_back && is_of_two(a) && is_of_two(b) && block(a) != block(b) && !about_two(article)
        {
            continue;
        }
        if let Some(comparison) = same(a, b, FEWEST_MATTER) {
            done = Some(later);
            let line = lines.get_or_init(|| lines_of(article, &statements))[earlier as usize];
            report(&comparison, a, b, &format!("line {line}"), findings);
        }
    }
}

/// Whether an article is about two, as its title says: "India–Nepal relations".
fn about_two(article: &Article<'_>) -> bool {
    article.title_text().is_some_and(|title| title.contains(['–', '-', '—']) || title.contains(" and "))
}

/// The line on which each statement begins, counted in one pass.
fn lines_of(article: &Article<'_>, statements: &[(Cow<'_, NormalForm<'_>>, bool)]) -> Vec<usize> {
    let mut line = 1;
    let mut at = 0;
    let bytes = article.text.as_bytes();
    let mut line_at = |offset: usize| {
        for i in at..offset {
            line += usize::from(bytes[i] == b'\n' || bytes[i] == b'\r' && bytes.get(i + 1) != Some(&b'\n'));
        }
        at = offset;
        line
    };
    statements.iter().map(|(form, _)| line_at(form.span.start as usize)).collect()
}

// Between articles.

fn map(_: &Article<'_>, context: &Context<'_>, witnesses: &mut Witnesses) {
    for (form, _) in statements(context).filter(|(form, item)| !item && form.matter().count() >= FEWEST_BETWEEN) {
        let signature = form.signature();
        for key in form.bands() {
            witnesses.add(key, form.span, signature);
        }
    }
}

fn judge(corpus: &Corpus<'_>, witnesses: &[Witness], findings: &mut Findings) {
    if witnesses.iter().all(|witness| witness.span.source == witnesses[0].span.source) {
        return;
    }
    let form = |witness: &Witness| NormalForm::new(corpus.text(witness.span), witness.span);
    if witnesses.len() > WIDE_STOCK {
        // A stock phrase; of sentences that have all their words in common each is compared with the first alone.
        let mut by_words: Vec<&Witness> = witnesses.iter().collect();
        by_words.sort_by_key(|witness| (witness.value, witness.span));
        let groups = by_words.chunk_by(|a, b| a.value == b.value);
        for group in groups.filter(|group| (2..=WIDE_STOCK).contains(&group.len())) {
            let first = form(group[0]);
            for other in &group[1..] {
                let other = form(other);
                if first.whole == other.whole {
                    pair(corpus, &first, &other, witnesses[0].key, findings);
                }
            }
        }
        return;
    }
    // Texts are read for those alone that may be alike.
    let forms: Vec<OnceCell<NormalForm<'_>>> = witnesses.iter().map(|_| OnceCell::new()).collect();
    let read = |number: usize| forms[number].get_or_init(|| form(&witnesses[number]));
    for later in 1..witnesses.len() {
        for earlier in 0..later {
            let (one, other) = (&witnesses[earlier], &witnesses[later]);
            let apart = one.span.source == other.span.source || !may_be_alike(one.value, other.value);
            if !apart && pair(corpus, read(earlier), read(later), witnesses[0].key, findings) {
                break;
            }
        }
    }
}

/// Judges a pair under the least of the keys that it has in common, and reports it where it says the same.
fn pair(
    corpus: &Corpus<'_>,
    earlier: &NormalForm<'_>,
    later: &NormalForm<'_>,
    key: u64,
    findings: &mut Findings,
) -> bool {
    if earlier.span.source == later.span.source {
        return false;
    }
    let fewest = match (earlier.pronoun && later.pronoun, earlier.points_back && later.points_back) {
        (true, _) => FEWEST_PRONOUN,
        (false, true) => FEWEST_DEFINITE,
        (false, false) => FEWEST_BETWEEN,
    };
    // "Both countries …", "It …": of whom, nothing in the sentence tells.
    let named = earlier.terms.iter().any(|term| term.role == Role::Name) || earlier.pronoun != later.pronoun;
    if earlier.points_back && later.points_back && (!named || is_of_two(earlier)) {
        return false;
    }
    let Some(comparison) = same(earlier, later, fewest) else { return false };
    let keys = earlier.bands();
    let least = later.bands().into_iter().filter(|key| keys.contains(key)).min();
    if least == Some(key) {
        report(&comparison, earlier, later, &corpus.place(earlier.span, later.span), findings);
    }
    true
}

/// Whether the subject is "the two countries", "both sides" or the like.
fn is_of_two(form: &NormalForm<'_>) -> bool {
    let mut words = words(form.text).map(|word| fold(word.text));
    match words.next().as_deref() {
        Some("both" | "these" | "their") => true,
        Some("the") => words.next().is_some_and(|second| {
            matches!(
                second.as_ref(),
                "two" | "three" | "countries" | "parties" | "sides" | "former" | "latter" | "country"
            )
        }),
        _ => false,
    }
}

fn report(
    comparison: &Comparison,
    earlier: &NormalForm<'_>,
    later: &NormalForm<'_>,
    place: &str,
    findings: &mut Findings,
) {
    let how = if earlier.whole == later.whole { "word for word" } else { "almost word for word" };
    let part = |form: &NormalForm<'_>, (first, last): (usize, usize)| Span {
        start: form.span.start + form.terms[first].start,
        end: form.span.start + form.terms[last].end,
        ..form.span
    };
    // A sentence that is said again as a whole is shown as a whole.
    let all = |form: &NormalForm<'_>, only: &[usize], within: (usize, usize)| {
        if only.is_empty() { (0, form.terms.len() - 1) } else { within }
    };
    let here = part(later, all(later, &comparison.only_b, comparison.in_b));
    let there = part(earlier, all(earlier, &comparison.only_a, comparison.in_a));
    findings.push(
        Diagnostic::new(here, format!("this is said {how} at {place} already"))
            .label("said again")
            .related(there, "said here first")
            .help("keep it in one of the two places; where the other needs it, refer to that"),
    );
}

/// The sentences of an article that can be duplicates, and whether each is an entry of a list.
fn statements<'a>(context: &Context<'a>) -> impl Iterator<Item = (Cow<'a, NormalForm<'a>>, bool)> + use<'a> {
    let context = *context;
    let article = context.account.article();
    let fewest = context.thresholds.get(&WORDS) as usize;
    article
        .blocks
        .iter()
        .filter(|block| block.kind != BlockKind::Raw)
        .flat_map(move |block| {
            // An entry that is headed by its date on a line of its own is prose.
            let item = matches!(block.kind, BlockKind::Item { date: None, .. });
            context.normal_forms(&block.sentences).iter().map(move |form| (form, item))
        })
        .map(|(form, item)| {
            let NormalForm { text, span, .. } = *form;
            // "1842: The piano was burned": the date is none of the statement.
            let dated = text
                .find(": ")
                .filter(|&colon| item && text[..colon].bytes().any(|b| b.is_ascii_digit()) && colon < 24);
            let Some(colon) = dated else { return (Cow::Borrowed(form), item) };
            let start = span.start + colon as u32 + 2;
            (Cow::Owned(NormalForm::new(&text[colon + 2..], Span { start, ..span })), item)
        })
        .filter(move |(form, _)| form.terms.len() >= fewest)
}

/// How two sentences that say the same lie beside each other; `None` where they are two statements.
fn same(a: &NormalForm<'_>, b: &NormalForm<'_>, fewest: usize) -> Option<Comparison> {
    let comparison = compare(a, b);
    let Comparison { common, only_a, only_b, values_a, values_b, denied, order, .. } = &comparison;
    if *common < fewest || *denied || a.modals != b.modals && a.whole != b.whole || *order < 0.4 {
        return None;
    }
    // All that one says is in the other, which goes on or begins before it.
    let around = |only: &[usize], values: &[usize], (first, last): (usize, usize)| {
        only.iter().chain(values).all(|&number| number < first || number > last)
    };
    let contained_a = only_a.is_empty() && values_a.is_empty() && around(only_b, values_b, comparison.in_b);
    let contained_b = only_b.is_empty() && values_b.is_empty() && around(only_a, values_a, comparison.in_a);
    if (contained_a || contained_b) && *common > FEWEST_MATTER && *order >= 0.6 {
        return Some(comparison);
    }
    if !values_a.is_empty() || !values_b.is_empty() {
        return None;
    }
    // A pronoun, or "the bridge", in one may stand for a name in the other.
    let stands_for = |points: bool, form: &NormalForm<'_>, only: &[usize]| -> usize {
        const SUBJECT: usize = 5;
        let is_subject = |&&number: &&usize| {
            points && number < SUBJECT || form.terms[number].role == Role::Name && number <= SUBJECT
        };
        only.iter().filter(is_subject).count().min(4)
    };
    let has_pronoun = |form: &NormalForm<'_>| {
        form.points_back || form.terms.iter().take_while(|term| term.role != Role::Matter).any(|term| term.pronoun)
    };
    let free_a = if has_pronoun(b) { stands_for(b.points_back, a, only_a) } else { 0 };
    let free_b = if has_pronoun(a) { stands_for(a.points_back, b, only_b) } else { 0 };
    let names = |form: &NormalForm<'_>, only: &[usize]| {
        only.iter().filter(|&&number| form.terms[number].role == Role::Name).count()
    };
    let (names_a, names_b) = (names(a, only_a), names(b, only_b));
    // Another name is another statement; a name that one leaves out is not.
    if names_a > 0 && names_b > 0 || names_a.max(names_b) > 3 {
        return None;
    }
    // What both are about is not the same: "the atomic radii increase …", "the reactivities increase …".
    let is_subject = |only: &[usize]| only.first().is_some_and(|&first| first < SUBJECT_ENDS);
    if free_a + free_b == 0 && is_subject(only_a) && is_subject(only_b) {
        return None;
    }
    let (left_a, left_b) = (only_a.len() - free_a, only_b.len() - free_b);
    let (fewer, more) = (left_a.min(left_b), left_a.max(left_b));
    (fewer * 6 <= *common && more - fewer <= 1.max(common / 5) && (names_a + names_b == 0 || fewer == 0))
        .then_some(comparison)
}
