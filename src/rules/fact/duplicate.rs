//! Flags a sentence that is stated again almost word for word, in the same article or in another.
//!
//! What is said twice has to be corrected twice. Citation markers, punctuation, dashes, case and diacritics do not count,
//! nor do "the" and "this", a given name left out, a name cut short or written in two words. Any other word that differs
//! makes another statement; but what follows a whole sentence behind a comma may be new. Short stock sentences are left alone, and so are, between
//! articles, those that speak of "both countries" or "it": their subject is another. Lists and headings may repeat.
//!
//! ## How it works
//! Sentences with runs of words in common are brought together by fingerprints (winnowing: Schleimer, Wilkerson and Aiken,
//! "Winnowing: Local Algorithms for Document Fingerprinting", 2003), and each pair is aligned word by word.
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
use crate::rule::{Check, Context, Findings, Rule};
use crate::source::Span;
use crate::text::{Word, fold, is_capitalised, is_function_word, words};
use crate::time::{MONTHS, WEEKDAYS};
use crate::witness::{Witness, Witnesses};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;
use xxhash_rust::xxh3::xxh3_64;

pub(crate) static RULE: Rule =
    Rule { severity: Severity::Warning, checks: &[Check::Article(within), Check::Corpus { map, judge }] };

/// Sentences with fewer words are stock.
const FEWEST_WORDS: usize = 8;
/// At least so many words that carry matter must be the same.
const FEWEST_CONTENT: usize = 5;
/// A sentence that says nothing of its own but stands inside a longer one has at least so many words.
const FEWEST_CONTAINED: usize = 12;
/// Only so many words of a sentence are looked at.
const MOST_WORDS: usize = 256;
/// Words in a shingle, within an article.
const SHINGLE: usize = 3;
/// Between articles: words in a shingle, and shingles in a window of which the least is kept. A
/// run of `WIDE_SHINGLE + WINDOW - 1` words in common is always seen.
const WIDE_SHINGLE: usize = 4;
const WINDOW: usize = 5;
/// What more sentences than this have in common is a stock phrase: within an article, and in all.
const STOCK: usize = 64;
const WIDE_STOCK: usize = 16;

/// The value of a witness for a whole sentence; that of a run of words is 0.
const WHOLE: u64 = 1;

// Within an article.

fn within(article: &Article<'_>, _: &Context<'_>, findings: &mut Findings) {
    let statements: Vec<Statement<'_>> = statements(article).collect();
    let mut shingles: Vec<(u64, u32)> = Vec::new();
    for (number, statement) in statements.iter().enumerate() {
        shingles.extend(statement.shingles(SHINGLE).map(|shingle| (shingle, number as u32)));
    }
    shingles.sort_unstable();
    shingles.dedup();
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for group in shingles.chunk_by(|a, b| a.0 == b.0).filter(|group| (2..=STOCK).contains(&group.len())) {
        for (i, &(_, later)) in group.iter().enumerate() {
            pairs.extend(group[..i].iter().map(|&(_, earlier)| (later, earlier)));
        }
    }
    pairs.sort_unstable();
    // Each sentence is reported once, against the first that says the same.
    let mut done = None;
    let lines = OnceCell::new();
    for pair in pairs.chunk_by(|a, b| a == b) {
        let (later, earlier) = pair[0];
        if done == Some(later) || pair.len() < 2 {
            continue;
        }
        let (a, b) = (&statements[earlier as usize], &statements[later as usize]);
        if let Some(alignment) = align(a, b).filter(|_| a.is_long_enough(b)) {
            done = Some(later);
            report(
                &alignment,
                a,
                b,
                &format!("line {}", lines.get_or_init(|| lines_of(article, &statements))[earlier as usize]),
                findings,
            );
        }
    }
}

/// The line on which each statement begins, counted in one pass.
fn lines_of(article: &Article<'_>, statements: &[Statement<'_>]) -> Vec<usize> {
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
    statements.iter().map(|statement| line_at(statement.span.start as usize)).collect()
}

// Between articles.

fn map(article: &Article<'_>, _: &Context<'_>, witnesses: &mut Witnesses) {
    for statement in statements(article).filter(Statement::stands_alone) {
        witnesses.add(statement.whole(), statement.span, WHOLE);
        statement.fingerprints(|key| witnesses.add(key, statement.span, 0));
    }
}

fn judge(corpus: &Corpus<'_>, witnesses: &[Witness], findings: &mut Findings) {
    let whole = witnesses[0].value == WHOLE;
    let one_article = witnesses.iter().all(|witness| witness.span.source == witnesses[0].span.source);
    if one_article || !whole && witnesses.len() > WIDE_STOCK {
        return;
    }
    let statements: Vec<Statement<'_>> =
        witnesses.iter().map(|witness| Statement::new(corpus.text(witness.span), witness.span)).collect();
    // A pair with several fingerprints in common is judged under the least of them.
    let fingerprints: Vec<Vec<u64>> =
        if whole { Vec::new() } else { statements.iter().map(Statement::sorted_fingerprints).collect() };
    let judged_here = |i: usize, j: usize| {
        statements[i].whole() != statements[j].whole()
            && first_in_common(&fingerprints[i], &fingerprints[j]) == Some(witnesses[0].key)
    };
    for (i, later) in statements.iter().enumerate() {
        // Of equal sentences each is compared with the first alone.
        let candidates = if whole { i.min(1) } else { i };
        for (j, earlier) in statements[..candidates].iter().enumerate() {
            if earlier.span.source == later.span.source || !whole && !judged_here(j, i) {
                continue;
            }
            if let Some(alignment) = align(earlier, later) {
                report(&alignment, earlier, later, &corpus.place(earlier.span, later.span), findings);
                break;
            }
        }
    }
}

/// The least number that is in both of two sorted lists.
fn first_in_common(a: &[u64], b: &[u64]) -> Option<u64> {
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => return Some(a[i]),
        }
    }
    None
}

fn report(alignment: &Alignment, earlier: &Statement<'_>, later: &Statement<'_>, place: &str, findings: &mut Findings) {
    let same = earlier.whole() == later.whole();
    let how = if same { "word for word" } else { "almost word for word" };
    let here = Span {
        end: later.span.start + later.words[alignment.last_later].end() as u32,
        start: later.span.start + later.words[alignment.first_later].start as u32,
        ..later.span
    };
    let there = Span {
        end: earlier.span.start + earlier.words[alignment.last_earlier].end() as u32,
        start: earlier.span.start + earlier.words[alignment.first_earlier].start as u32,
        ..earlier.span
    };
    findings.push(
        Diagnostic::new(here, format!("this is said {how} at {place} already"))
            .label("said again")
            .related(there, "said here first")
            .help("keep it in one of the two places; where the other needs it, refer to that"),
    );
}

/// The sentences of an article that can be duplicates: those of its prose and of dated entries.
fn statements<'a>(article: &'a Article<'_>) -> impl Iterator<Item = Statement<'a>> {
    article
        .blocks
        .iter()
        .filter(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Item { date: Some(_), .. }))
        .flat_map(|block| article.sentences_of(block))
        .map(|&span| Statement::new(article.text(span), span))
        .filter(|statement| statement.words.len() >= FEWEST_WORDS)
}

/// A sentence in its normal form.
struct Statement<'a> {
    span: Span,
    words: Vec<Word<'a>>,
    folded: Vec<Cow<'a, str>>,
    hashes: Vec<u64>,
}

impl<'a> Statement<'a> {
    fn new(text: &'a str, span: Span) -> Self {
        let words: Vec<Word<'a>> = words(text).take(MOST_WORDS).collect();
        let folded: Vec<Cow<'a, str>> = words.iter().map(|word| fold(word.text)).collect();
        let hashes = folded.iter().map(|word| xxh3_64(word.as_bytes())).collect();
        Self { span, words, folded, hashes }
    }

    /// The hash of all its words.
    fn whole(&self) -> u64 {
        combine(&self.hashes)
    }

    fn shingles(&self, length: usize) -> impl Iterator<Item = u64> {
        self.hashes.windows(length).map(combine)
    }

    /// The winnowed shingles, without repetition side by side.
    fn fingerprints(&self, mut keep: impl FnMut(u64)) {
        let shingles: Vec<u64> = self.shingles(WIDE_SHINGLE).collect();
        let mut last = None;
        for window in shingles.windows(WINDOW.min(shingles.len()).max(1)) {
            let least = window.iter().copied().min();
            if least != last {
                last = least;
                if let Some(least) = least {
                    keep(least);
                }
            }
        }
    }

    fn sorted_fingerprints(&self) -> Vec<u64> {
        let mut sorted = Vec::new();
        self.fingerprints(|key| sorted.push(key));
        sorted.sort_unstable();
        sorted
    }

    /// Whether the sentence says the same wherever it stands: it has a name, and its subject is no
    /// pronoun or other word that points to something said before.
    fn stands_alone(&self) -> bool {
        let has_name = self.words.iter().skip(1).any(|word| {
            is_capitalised(word.text)
                && word.text.len() > 1
                && !MONTHS.contains(&word.text)
                && !WEEKDAYS.contains(&word.text)
        });
        has_name && !self.points_back()
    }

    fn points_back(&self) -> bool {
        const POINTERS: &[&str] = &[
            "both", "he", "her", "his", "it", "its", "she", "such", "that", "their", "these", "they", "this", "those",
        ];
        let first = |i: usize| self.folded.get(i).map_or("", AsRef::as_ref);
        // "The two countries", "The former", "The country": an article and a small noun, and no name near it.
        let near = self.words.iter().skip(1).take(4);
        let definite = first(0) == "the" && !near.map(|word| word.text).any(is_capitalised);
        POINTERS.contains(&first(0)) || definite
    }

    /// Whether two sentences of one article are more than stock.
    fn is_long_enough(&self, other: &Self) -> bool {
        let shorter = self.words.len().min(other.words.len());
        shorter >= FEWEST_CONTAINED || (self.stands_alone() && other.stands_alone())
    }

    fn is_content(&self, i: usize) -> bool {
        !is_function_word(&self.folded[i])
    }

    /// Whether a stretch is a given name or the like that one sentence leaves out: one or two
    /// capitalised words beside another inside the sentence.
    fn is_part_of_a_name(&self, range: &Range<usize>, kept: &[usize]) -> bool {
        let is_name = |i: usize| i > 0 && is_capitalised(self.words[i].text);
        let inside = range.start > 0 && range.end < self.words.len();
        inside
            && kept.len() <= 2
            && kept.iter().all(|&i| is_capitalised(self.words[i].text) && !self.is_value(i))
            && (is_name(range.start - 1) || is_name(range.end))
    }

    /// Whether a word carries a value, so that another in its place makes another statement.
    fn is_value(&self, i: usize) -> bool {
        const NUMBERS: &[&str] = &[
            "eight",
            "eighth",
            "eleven",
            "fifth",
            "first",
            "five",
            "four",
            "fourth",
            "half",
            "hundred",
            "hundreds",
            "last",
            "million",
            "nine",
            "ninth",
            "once",
            "one",
            "second",
            "seven",
            "seventh",
            "six",
            "sixth",
            "ten",
            "tenth",
            "third",
            "thousand",
            "thousands",
            "three",
            "twelve",
            "twenty",
            "twice",
            "two",
        ];
        let word = self.folded[i].as_ref();
        word.bytes().any(|b| b.is_ascii_digit())
            || NUMBERS.binary_search(&word).is_ok()
            || MONTHS.contains(&self.words[i].text)
            || WEEKDAYS.contains(&self.words[i].text)
    }
}

/// The hash of a run of words.
fn combine(run: &[u64]) -> u64 {
    run.iter().fold(0, |sum: u64, hash| (sum.rotate_left(5) ^ hash).wrapping_mul(0x9E37_79B9_7F4A_7C15))
}

/// How two sentences that say the same lie beside each other: the first and last words in common.
struct Alignment {
    first_earlier: usize,
    last_earlier: usize,
    first_later: usize,
    last_later: usize,
}

/// Aligns two sentences word by word; `None` where they are two statements.
fn align(a: &Statement<'_>, b: &Statement<'_>) -> Option<Alignment> {
    if !have_enough_in_common(a, b) {
        return None;
    }
    let matched = longest_common_subsequence(&a.hashes, &b.hashes);
    let (&(first_earlier, first_later), &(last_earlier, last_later)) = (matched.first()?, matched.last()?);
    let mut content = matched.iter().filter(|&&(i, _)| a.is_content(i)).count();
    let head = std::iter::once((0..first_earlier, 0..first_later));
    let inner = matched.windows(2).map(|pair| (pair[0].0 + 1..pair[1].0, pair[0].1 + 1..pair[1].1));
    for (in_a, in_b) in head.chain(inner) {
        content += same_in_other_words(a, &in_a, b, &in_b)?;
    }
    let tail = (last_earlier + 1..a.words.len(), last_later + 1..b.words.len());
    match same_in_other_words(a, &tail.0, b, &tail.1) {
        Some(more) => content += more,
        // One goes on where the other ends: the shorter says nothing of its own.
        None if tail.0.is_empty() != tail.1.is_empty() && matched.len() >= FEWEST_CONTAINED => {}
        None => return None,
    }
    (content >= FEWEST_CONTENT).then_some(Alignment { first_earlier, last_earlier, first_later, last_later })
}

/// Whether two sentences may be one at all, by their words in any order: a cheap look before the dear
/// one. Two of three words of the shorter must be in the longer, and all its numbers and dates.
fn have_enough_in_common(a: &Statement<'_>, b: &Statement<'_>) -> bool {
    let (shorter, longer) = if a.hashes.len() < b.hashes.len() { (a, b) } else { (b, a) };
    let mut words = longer.hashes.clone();
    words.sort_unstable();
    let mut missing = 0;
    for (i, hash) in shorter.hashes.iter().enumerate() {
        if words.binary_search(hash).is_err() {
            missing += 1;
            if missing * 3 > shorter.hashes.len() || shorter.is_value(i) {
                return false;
            }
        }
    }
    true
}

/// How many words that carry matter two stretches between matched words have in common in another
/// spelling; `None` where they say something else.
fn same_in_other_words(
    a: &Statement<'_>,
    in_a: &Range<usize>,
    b: &Statement<'_>,
    in_b: &Range<usize>,
) -> Option<usize> {
    let kept_a: Vec<usize> = in_a.clone().filter(|&i| !is_determiner(&a.folded[i])).collect();
    let kept_b: Vec<usize> = in_b.clone().filter(|&i| !is_determiner(&b.folded[i])).collect();
    if kept_a.is_empty() && kept_b.is_empty() {
        return Some(0);
    }
    let joined = |statement: &Statement<'_>, kept: &[usize]| -> String {
        kept.iter().map(|&i| statement.folded[i].as_ref()).collect()
    };
    if joined(a, &kept_a) == joined(b, &kept_b) {
        return Some(kept_a.len().max(kept_b.len()));
    }
    if kept_b.is_empty() && a.is_part_of_a_name(in_a, &kept_a)
        || kept_a.is_empty() && b.is_part_of_a_name(in_b, &kept_b)
    {
        return Some(0);
    }
    let short_forms = kept_a.len() == kept_b.len()
        && kept_a.iter().zip(&kept_b).all(|(&i, &j)| is_short_form(&a.folded[i], &b.folded[j]));
    short_forms.then_some(kept_a.len())
}

/// Whether a word only points at the noun behind it.
fn is_determiner(folded: &str) -> bool {
    matches!(folded, "a" | "an" | "the" | "this" | "that" | "these" | "those")
}

/// Whether one of two words is the other cut short: "pak" for "pakistan".
fn is_short_form(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    short.len() >= 3 && long.starts_with(short)
}

/// Pairs of indices of the words in common, in order, as many as there can be.
fn longest_common_subsequence(a: &[u64], b: &[u64]) -> Vec<(usize, usize)> {
    let width = b.len() + 1;
    let mut lengths = vec![0u16; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            lengths[i * width + j] = if a[i] == b[j] {
                lengths[(i + 1) * width + j + 1] + 1
            } else {
                lengths[(i + 1) * width + j].max(lengths[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut matched = Vec::new();
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            matched.push((i, j));
            i += 1;
            j += 1;
        } else if lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    matched
}
