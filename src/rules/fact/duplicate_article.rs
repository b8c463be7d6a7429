//! Flags two files with the same title or record number, or with nearly the same body.
//!
//! Two articles on one subject drift apart: what is corrected in one stays wrong in the other. Titles are the same when
//! they differ in nothing but case, blanks and dashes; "Ada" and "Ada (river)" are two, and so are "US" and "Us". Bodies are nearly the
//! same when nine of ten of their runs of five words are in both, or when three quarters of the shorter stand, sentence by sentence, in
//! the other, in whatever order. An article of a few words that only points to another is no
//! duplicate of it.
//!
//! ## Example
//! ```text fails
//! --- malta.txt
//! = Foreign relations of Malta =
//!
//! Malta became a member of the United Nations in 1964, a few weeks after independence, and of the Commonwealth in the same year.
//! --- malta-2.txt
//! = Foreign Relations of Malta =
//!
//! The islands have kept an embassy in Rome since independence, and their diplomats have served in Tunis and Tripoli as well.
//! ```
//! The titles are those of one subject. These are not:
//! ```text passes
//! --- malta.txt
//! = Foreign relations of Malta =
//!
//! Malta became a member of the United Nations in 1964, a few weeks after independence, and of the Commonwealth in the same year.
//! --- mali.txt
//! = Foreign relations of Mali =
//!
//! Mali became a member of the United Nations in 1960, together with sixteen other states that year.
//! ```

use crate::article::{Article, Block, BlockKind, Layout};
use crate::corpus::Corpus;
use crate::diagnostic::{Diagnostic, Severity};
use crate::facts::{NormalForm, compare, is_telling};
use crate::reference::{strict_title_form, title_form};
use crate::rule::{Check, Context, Findings, Rule};
use crate::settings::Threshold;
use crate::source::SourceId;
use crate::text::{HashedSet, Map, Set, fold, folded_words, words};
use crate::witness::{Witness, Witnesses};
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

pub(crate) static RULE: Rule =
    Rule { severity: Severity::Error, checks: &[Check::Corpus { map, judge }], thresholds: &[&SIMILARITY] };

static SIMILARITY: Threshold = Threshold {
    name: "similarity",
    default: 90,
    range: 80..=100,
    meaning: "per cent of all runs of five words in two bodies that must be in both",
};

/// Bodies with fewer words are those of redirects and stubs.
const FEWEST_WORDS: usize = 12;
/// Bodies with fewer words than this are alike because their subjects are: stubs on villages, species, seasons.
const FEWEST_WORDS_OF_A_BODY: usize = 100;
/// Words in a shingle.
const SHINGLE: usize = 5;
/// Bands of the sketch, and minima in a band. Two bodies with a similarity of 0.9 share a band with a
/// probability of 1 - (1 - 0.9^4)^8 = 0.9998; with one of 0.4, of 0.19.
/// Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", 3.4.
const BANDS: usize = 8;
const ROWS: usize = 4;

/// What a witness is about.
const TITLE: u64 = 0;
const ID: u64 = 1;
const BODY: u64 = 2;
const SENTENCE: u64 = 3;
/// Added for an article too short to be a duplicate.
const SHORT: u64 = 4;
/// Added for a title that may be a mere first line.
const PLAIN: u64 = 8;

/// So many sentences of an article, those with the least hashes, stand for it (a bottom-k sketch: Cohen and Kaplan, "Summarizing data
/// using bottom-k sketches", 2007).
const SKETCH: usize = 12;
/// An article of which so much, by words, is in another says nothing of its own.
const CONTAINED: f64 = 0.7;
/// At least so many words that carry matter, in at least so many sentences, must be in both.
const FEWEST_MATTER: usize = 15;
const FEWEST_SENTENCES: usize = 3;
/// More sentences than this are not compared one by one.
const MOST_SENTENCES: usize = 400;

fn map(article: &Article<'_>, context: &Context<'_>, witnesses: &mut Witnesses) {
    let blocks = article.blocks.iter().filter(|block| block.kind != BlockKind::Raw);
    let words =
        blocks.flat_map(|block| article.sentences_of(block)).flat_map(|&sentence| context.account.words_of(sentence));
    let shingles = shingles(words.map(|(_, folded)| xxh3_64(folded.as_bytes())));
    let short = if shingles.len() + SHINGLE <= FEWEST_WORDS { SHORT } else { 0 };
    // The first line of a plain text may be its title, or a heading that many files begin with.
    let is_sure = article.layout != Layout::Plain;
    if let Some(title) = article.title.filter(|title| !title.span.is_empty()) {
        let plain = if is_sure { 0 } else { PLAIN };
        witnesses.add(xxh3_64(title_form(article.text(title.span)).as_bytes()), title.span, TITLE | short | plain);
    }
    let of_blocks = prose(article).flat_map(|block| context.normal_forms(&block.sentences));
    let telling = of_blocks.filter(|form| is_long(form)).take(MOST_SENTENCES);
    let mut sentences: Vec<u64> = telling.map(NormalForm::bag).collect();
    if sentences.len() >= FEWEST_SENTENCES {
        sentences.sort_unstable();
        sentences.dedup();
        for &sentence in sentences.iter().take(SKETCH) {
            witnesses.add(sentence, article.head(), SENTENCE);
        }
    }
    if let Some(id) = article.id {
        witnesses.add(xxh3_64(format!("id:{}", article.text(id)).as_bytes()), id, ID | short);
    }
    for key in bands(&shingles) {
        witnesses.add(key, article.head(), BODY);
    }
}

/// The bands of the sketch of a body; none where it is too short.
fn bands(shingles: &HashedSet) -> Vec<u64> {
    if shingles.len() + SHINGLE <= FEWEST_WORDS_OF_A_BODY {
        return Vec::new();
    }
    // Walked many times.
    let shingles: Vec<u64> = shingles.iter().copied().collect();
    let minima: Vec<u64> = (0..BANDS * ROWS)
        .map(|row| {
            let multiplier = xxh3_64_with_seed(b"row", row as u64) | 1;
            shingles
                .iter()
                .map(|shingle| (shingle ^ multiplier.rotate_left(32)).wrapping_mul(multiplier))
                .min()
                .unwrap_or(0)
        })
        .collect();
    let key = |(band, rows): (usize, &[u64])| {
        let bytes: Vec<u8> = rows.iter().flat_map(|row| row.to_le_bytes()).collect();
        xxh3_64_with_seed(&bytes, band as u64)
    };
    minima.chunks_exact(ROWS).enumerate().map(key).collect()
}

/// The sentences of the paragraphs in their normal form, but for the shortest.
fn forms<'a>(article: &'a Article<'_>) -> impl Iterator<Item = NormalForm<'a>> {
    prose(article)
        .flat_map(|block| article.sentences_of(block))
        .map(|&span| NormalForm::new(article.text(span), span))
        .filter(is_long)
        .take(MOST_SENTENCES)
}

fn prose<'a>(article: &'a Article<'_>) -> impl Iterator<Item = &'a Block> {
    article.blocks.iter().filter(|block| block.kind != BlockKind::Raw)
}

/// Whether a sentence is none of the shortest.
fn is_long(form: &NormalForm<'_>) -> bool {
    const FEWEST: usize = 3;
    form.matter().count() >= FEWEST
}

/// How much of the shorter of two bodies, by words that carry matter, is in the other.
fn contained(one: &[NormalForm<'_>], other: &[NormalForm<'_>]) -> f64 {
    let size = |forms: &[NormalForm<'_>]| forms.iter().map(|form| form.matter().count()).sum::<usize>();
    let (short, long) = if size(one) <= size(other) { (one, other) } else { (other, one) };
    let mut by_band: Map<u64, Vec<usize>> = Map::default();
    for (number, form) in long.iter().enumerate() {
        for key in form.bands() {
            by_band.entry(key).or_default().push(number);
        }
    }
    let (mut common, mut sentences) = (0, 0);
    for form in short {
        let mut candidates: Vec<usize> =
            form.bands().iter().filter_map(|key| by_band.get(key)).flatten().copied().take(64).collect();
        candidates.sort_unstable();
        candidates.dedup();
        let found = candidates.iter().any(|&number| {
            let comparison = compare(form, &long[number]);
            let differing = comparison.only_a.len().max(comparison.only_b.len());
            comparison.values_a.is_empty() && comparison.values_b.is_empty() && differing * 5 <= comparison.common * 2
        });
        if found {
            common += form.matter().count();
            sentences += 1;
        }
    }
    let enough = common >= FEWEST_MATTER && sentences >= FEWEST_SENTENCES;
    if enough { common as f64 / size(short).max(1) as f64 } else { 0.0 }
}

/// The shingles of an article of which nothing else was read.
fn shingles_of(article: &Article<'_>) -> HashedSet {
    let blocks = article.blocks.iter().filter(|block| block.kind != BlockKind::Raw);
    let sentences = blocks.flat_map(|block| article.sentences_of(block));
    let words = sentences.flat_map(|&sentence| folded_words(article.text(sentence)));
    shingles(words.map(|(_, folded)| xxh3_64(folded.as_bytes())))
}

/// The hashes of all runs of [`SHINGLE`] words, given by their hashes.
fn shingles(words: impl Iterator<Item = u64>) -> HashedSet {
    let hashes: Vec<u64> = words.collect();
    let combine =
        |run: &[u64]| run.iter().fold(0u64, |sum, hash| sum.rotate_left(7).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ hash);
    hashes.windows(SHINGLE).map(combine).collect()
}

fn judge(corpus: &Corpus<'_>, witnesses: &[Witness], findings: &mut Findings) {
    if witnesses[0].value & 3 == SENTENCE {
        return judge_sentences(corpus, witnesses, findings);
    }
    for about in [TITLE, ID, BODY] {
        let mut group = witnesses.iter().filter(|witness| witness.value & 3 == about && witness.value & SHORT == 0);
        let Some(first) = group.next() else { continue };
        let mut first_body = None;
        let mut before: SourceId = first.span.source;
        let subject = |witness: &Witness| strict_title_form(corpus.text(witness.span));
        for witness in group {
            let both_plain = witness.value & first.value & PLAIN != 0;
            if witness.span.source == before || about == TITLE && (both_plain || subject(witness) != subject(first)) {
                continue;
            }
            before = witness.span.source;
            let place = corpus.place(first.span, witness.span);
            let finding = |message: String, label: &str| {
                Diagnostic::new(witness.span, message)
                    .label(label)
                    .related(first.span, "the first of them")
                    .help(format!("make one article of this and {place}, or tell the two apart"))
            };
            match about {
                TITLE => {
                    let title = corpus.text(witness.span);
                    findings.push(finding(format!("another article is called “{title}” as well"), "the same title"));
                }
                ID => {
                    let id = corpus.text(witness.span);
                    findings.push(finding(format!("another record has the number {id} as well"), "the same number"));
                }
                _ => {
                    let body = first_body.get_or_insert_with(|| Body::of(corpus, first.span.source));
                    let other = Body::of(corpus, witness.span.source);
                    // Where the titles are the same, that says it; and a pair meets in several bands.
                    let said = body.title == other.title || reported(body, &other, first, witness);
                    let similarity = body.similarity(&other);
                    if !said && similarity >= fewest_common(corpus, first.span.source) {
                        let percent = (similarity * 100.0).floor();
                        let message =
                            format!("the body is nearly that of another article: {percent} per cent of it is in both");
                        findings.push(finding(message, "nearly the same body"));
                    }
                }
            }
        }
    }
}

/// Part of all shingles of two bodies that must be in both (their Jaccard similarity).
fn fewest_common(corpus: &Corpus<'_>, source: SourceId) -> f64 {
    f64::from(corpus.thresholds(source).get(&SIMILARITY)) / 100.0
}

/// Judges articles that have a sentence in common, the first with each of the others.
fn judge_sentences(corpus: &Corpus<'_>, witnesses: &[Witness], findings: &mut Findings) {
    const STOCK: usize = 16;
    let mut heads: Vec<&Witness> = witnesses.iter().collect();
    heads.dedup_by_key(|witness| witness.span.source);
    if heads.len() < 2 || heads.len() > STOCK {
        return;
    }
    let key = witnesses[0].key;
    let first = corpus.article(heads[0].span.source);
    let own: Vec<NormalForm<'_>> = forms(&first).collect();
    let sketch = |forms: &[NormalForm<'_>]| {
        let mut bags: Vec<u64> = forms.iter().map(NormalForm::bag).collect();
        bags.sort_unstable();
        bags.dedup();
        bags.truncate(SKETCH);
        bags
    };
    let own_sketch = sketch(&own);
    let title = |article: &Article<'_>| article.title.map(|title| title_form(article.text(title.span)));
    for other in &heads[1..] {
        let second = corpus.article(other.span.source);
        let others: Vec<NormalForm<'_>> = forms(&second).collect();
        let least = sketch(&others).into_iter().find(|bag| own_sketch.binary_search(bag).is_ok());
        // Where the titles are the same, that says it; and a pair meets in several sentences.
        if least != Some(key) || title(&first).is_some() && title(&first) == title(&second) {
            continue;
        }
        let (a, b) = (shingles_of(&first), shingles_of(&second));
        let common = a.intersection(&b).count();
        let long = a.len().min(b.len()) + SHINGLE > FEWEST_WORDS_OF_A_BODY;
        if long && common as f64 >= fewest_common(corpus, first.source) * (a.len() + b.len() - common) as f64 {
            // The sketch of the whole bodies says it.
            continue;
        }
        let share = contained(&own, &others);
        if share >= CONTAINED && !have_subjects_of_their_own(&first, &second) {
            let percent = (share * 100.0).floor();
            findings.push(
                Diagnostic::new(
                    other.span,
                    format!("{percent} per cent of the shorter of two articles is in the other"),
                )
                .label("nearly the same body")
                .related(heads[0].span, "the first of them")
                .help(format!(
                    "make one article of this and {}, or tell the two apart",
                    corpus.place(heads[0].span, other.span)
                )),
            );
        }
    }
}

/// Whether each of two articles speaks of what its own title names and not of what the other's does: "Mali–Peru relations" and
/// "Chad–Cuba relations" in one form of words.
fn have_subjects_of_their_own(one: &Article<'_>, other: &Article<'_>) -> bool {
    let telling = |article: &Article<'_>| -> Set<String> {
        let title = article.title_text().unwrap_or("");
        words(title).map(|word| fold(word.text).into_owned()).filter(|word| is_telling(word)).collect()
    };
    let body = |article: &Article<'_>| -> Set<String> {
        let blocks = article.blocks.iter().flat_map(|block| words(article.text(block.span)));
        blocks.map(|word| fold(word.text).into_owned()).collect()
    };
    let (a, b) = (telling(one), telling(other));
    let (body_a, body_b) = (body(one), body(other));
    let own = |names: &Set<String>, body: &Set<String>, foreign: &Set<String>| {
        names.iter().any(|name| body.contains(name) && !foreign.contains(name))
    };
    a.is_disjoint(&b) && own(&a, &body_a, &body_b) && own(&b, &body_b, &body_a)
}

/// Whether a pair that meets in several bands is reported under an earlier one.
fn reported(body: &Body, other: &Body, first: &Witness, witness: &Witness) -> bool {
    let lowest = body.bands.iter().filter(|band| other.bands.contains(band)).min();
    debug_assert_eq!(first.key, witness.key);
    lowest.is_some_and(|&lowest| lowest < witness.key)
}

/// What is compared of a body.
struct Body {
    title: Option<String>,
    shingles: HashedSet,
    bands: Vec<u64>,
}

impl Body {
    fn of(corpus: &Corpus<'_>, source: SourceId) -> Self {
        let article = corpus.article(source);
        let shingles = shingles_of(&article);
        let title = article.title.map(|title| title_form(article.text(title.span)));
        Self { title, bands: bands(&shingles), shingles }
    }

    fn similarity(&self, other: &Self) -> f64 {
        let common = self.shingles.intersection(&other.shingles).count();
        let all = self.shingles.len() + other.shingles.len() - common;
        if all == 0 { 0.0 } else { common as f64 / all as f64 }
    }
}
