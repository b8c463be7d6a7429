//! Sentences in a normal form, to see whether two say the same.
//!
//! Words are folded, verbs and nouns brought to their base, the two spellings of English to one, numbers in words and in figures to one
//! value, units to one name. What is left of a sentence is a bag of hashed words that carry matter, the values in it (numbers, days,
//! months) and the names. Candidates are found by sketches: `BANDS` pairs of the least hashes of the bag under different permutations
//! (Broder, "On the resemblance and containment of documents", 1997; banding after Leskovec, Rajaraman and Ullman, "Mining of Massive
//! Datasets", 3.4). Two bags of which a share J is in both meet with a probability of 1 - (1 - J²)⁴: 0.99 for 0.85, 0.94 for 0.7, 0.68 for
//! 0.5. Values are not in the bag that is sketched, so that sentences which differ in a number meet.

use super::figures::stem;
use super::quantities::singular;
use super::verbs;
use crate::source::Span;
use crate::text::{HashedMap, fold, is_capitalised, is_function_word, words};
use crate::time::{MONTHS, WEEKDAYS};
use std::cell::RefCell;
use xxhash_rust::xxh3::xxh3_64;

/// Pairs of least hashes.
pub const BANDS: usize = 4;
/// Only so many words of a sentence are looked at.
const MOST_WORDS: usize = 256;

/// What a word is for the comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A word of grammar.
    Grammar,
    /// A word that turns the meaning: "not", "never".
    Negation,
    /// A number, a day, a month.
    Value,
    /// A word of a name.
    Name,
    /// Any other.
    Matter,
}

/// A word in its normal form.
#[derive(Debug, Clone, Copy)]
pub struct Term {
    /// Bytes of the sentence.
    pub start: u32,
    /// The byte behind it.
    pub end: u32,
    /// The hash of its normal form.
    pub hash: u64,
    /// What it is.
    pub role: Role,
    /// Whether it is a pronoun.
    pub pronoun: bool,
}

/// A sentence in its normal form.
#[derive(Debug, Clone)]
pub struct NormalForm<'a> {
    /// Its text.
    pub text: &'a str,
    /// The sentence.
    pub span: Span,
    /// Its words.
    pub terms: Vec<Term>,
    /// The hash of all its words, as they are written but for case and marks.
    pub whole: u64,
    /// Whether its subject is a pronoun or another word that points back.
    pub points_back: bool,
    /// Whether it begins with a pronoun.
    pub pronoun: bool,
    /// Words that make it a wish, a plan or a condition.
    pub modals: usize,
}

impl<'a> NormalForm<'a> {
    /// Reads a sentence.
    pub fn new(text: &'a str, span: Span) -> Self {
        let mut terms: Vec<Term> = Vec::new();
        let mut whole = 0u64;
        let mut all = words(text).take(MOST_WORDS).peekable();
        let mut first = true;
        let mut points_back = false;
        let mut modals = 0;
        let mut end = 0;
        let mut depth = 0usize;
        let bracketed = text.starts_with('(');
        let mut pronoun = false;
        while let Some(word) = all.next() {
            let known = known(word.text, first);
            whole = (whole.rotate_left(5) ^ known.folded).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            let gap = &text[end..word.start];
            end = word.end();
            // A remark in brackets says nothing of what is said around it.
            if gap.len() > 1 {
                let opened = gap.matches('(').count();
                depth = (depth + opened).saturating_sub(gap.matches(')').count());
            }
            if depth > 0 && !bracketed {
                continue;
            }
            if first {
                pronoun = known.pronoun;
                points_back = pronoun || known.definite && !all.peek().is_some_and(|next| is_capitalised(next.text));
            }
            modals += usize::from(known.modal);
            let (role, hash) = (known.role, known.hash);
            // "twenty-three" is one number.
            if let (Some(last), true, Role::Value) = (terms.last_mut(), gap == "-", role)
                && last.role == Role::Value
                && let Some(number) = verbs::number(&fold(&text[last.start as usize..word.end()]))
            {
                last.hash = value(u64::from(number));
                last.end = word.end() as u32;
                continue;
            }
            first = false;
            let (start, end) = (word.start as u32, word.end() as u32);
            terms.push(Term { start, end, hash, role, pronoun: known.pronoun });
        }
        Self { text, span, terms, whole, points_back, pronoun, modals }
    }

    /// Words that carry matter, names among them.
    pub fn matter(&self) -> impl Iterator<Item = &Term> {
        self.terms.iter().filter(|term| matches!(term.role, Role::Matter | Role::Name))
    }

    /// The hash of its words that carry matter and its values, in any order.
    pub fn bag(&self) -> u64 {
        let terms = self.terms.iter().filter(|term| term.role != Role::Grammar);
        let sum = terms.fold(0u64, |sum, term| sum.wrapping_add(term.hash.wrapping_mul(0x9E37_79B9_7F4A_7C15)));
        (sum ^ sum >> 32).wrapping_mul(0xD6E8_FEB8_6659_FD93)
    }

    /// A bit for each word that carries matter (a Bloom filter of one hash), to tell most pairs apart without their texts.
    pub fn signature(&self) -> u64 {
        self.matter().fold(0, |bits, term| bits | 1 << (term.hash >> 58))
    }

    /// The keys under which sentences that may say the same meet.
    pub fn bands(&self) -> [u64; BANDS] {
        let mut least = [u64::MAX; BANDS * 2];
        for term in self.matter() {
            for (row, least) in least.iter_mut().enumerate() {
                // A multiplication by an odd number and a fold permute the hashes.
                let multiplier = 0x9E37_79B9_7F4A_7C15u64.wrapping_mul(2 * row as u64 + 3) | 1;
                let mixed = (term.hash ^ multiplier.rotate_left(29)).wrapping_mul(multiplier);
                *least = (*least).min(mixed ^ mixed >> 29);
            }
        }
        std::array::from_fn(|band| {
            let (a, b) = (least[2 * band], least[2 * band + 1]);
            (a.rotate_left(17) ^ b).wrapping_mul(0xD6E8_FEB8_6659_FD93).rotate_left(band as u32 * 7)
        })
    }
}

/// Whether two signatures leave it possible that most of the shorter sentence is in the other.
pub fn may_be_alike(one: u64, other: u64) -> bool {
    (one & other).count_ones() * 10 >= one.count_ones().min(other.count_ones()) * 7
}

/// What is known of a word wherever it stands.
#[derive(Debug, Clone, Copy)]
struct Known {
    /// The hash of the folded word.
    folded: u64,
    /// The hash of its normal form.
    hash: u64,
    role: Role,
    pronoun: bool,
    definite: bool,
    modal: bool,
}

/// So many words are remembered.
const REMEMBERED: usize = 1 << 15;

thread_local! {
    /// Words that were met, by the hash of how they are written. A few thousand make up most of any text (Zipf).
    static KNOWN: RefCell<HashedMap<Known>> = RefCell::default();
}

/// What is known of a word; `first` where it opens a sentence.
fn known(text: &str, first: bool) -> Known {
    // No seed: of words of three letters the hash with the seed 1 is that of another word without it ("War" and "Was").
    let key = xxh3_64(text.as_bytes()) ^ if first { 0x9E37_79B9_7F4A_7C15 } else { 0 };
    KNOWN.with_borrow_mut(|all| {
        if let Some(known) = all.get(&key) {
            return *known;
        }
        let folded = fold(text);
        let bare = folded.strip_suffix("'s").unwrap_or(&folded);
        let (role, hash) = normal(text, bare, first);
        let known = Known {
            folded: xxh3_64(folded.as_bytes()),
            hash,
            role,
            pronoun: is_pronoun(bare),
            definite: matches!(bare, "the" | "this" | "these" | "both" | "such"),
            modal: matches!(bare, "will" | "would" | "should" | "could" | "might" | "if" | "unless" | "planned"),
        };
        if all.len() >= REMEMBERED {
            all.clear();
        }
        all.insert(key, known);
        known
    })
}

/// Whether a folded word is a pronoun that may stand for a subject.
fn is_pronoun(folded: &str) -> bool {
    matches!(
        folded,
        "he" | "she"
            | "it"
            | "they"
            | "his"
            | "her"
            | "its"
            | "their"
            | "him"
            | "them"
            | "this"
            | "these"
            | "that"
            | "both"
            | "such"
            | "there"
    )
}

fn value(number: u64) -> u64 {
    xxh3_64(&number.to_le_bytes())
}

/// The role of a word and the hash of its normal form.
fn normal(text: &str, folded: &str, first: bool) -> (Role, u64) {
    if matches!(
        folded,
        "not" | "never" | "no" | "nobody" | "none" | "nothing" | "neither" | "nor" | "without" | "cannot"
    ) || folded.ends_with("n't")
    {
        return (Role::Negation, xxh3_64(b"not"));
    }
    if text.as_bytes()[0].is_ascii_digit() {
        let plain = folded.replace(',', "");
        let number = plain.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        if let Ok(number) = number.parse::<u64>() {
            return (Role::Value, value(number));
        }
        return (Role::Value, xxh3_64(plain.as_bytes()));
    }
    if let Some(number) = verbs::number(folded).filter(|_| folded != "one") {
        return (Role::Value, value(u64::from(number)));
    }
    let is_date = (MONTHS.contains(&text) && text != "May") || WEEKDAYS.contains(&text) || text == "May" && !first;
    let is_scale = matches!(
        folded,
        "hundred"
            | "thousand"
            | "million"
            | "billion"
            | "dozen"
            | "half"
            | "twice"
            | "once"
            | "first"
            | "second"
            | "third"
            | "fourth"
            | "fifth"
            | "sixth"
            | "seventh"
            | "eighth"
            | "ninth"
            | "tenth"
            | "last"
            | "north"
            | "south"
            | "east"
            | "west"
            | "left"
            | "right"
            | "before"
            | "after"
            | "above"
            | "below"
    );
    if is_date || is_scale {
        return (Role::Value, xxh3_64(folded.as_bytes()));
    }
    if is_function_word(folded) || is_pronoun(folded) {
        return (Role::Grammar, xxh3_64(folded.as_bytes()));
    }
    let base = stem(&british(folded));
    // The first word has a capital in any case.
    let role = if is_capitalised(text) && !first { Role::Name } else { Role::Matter };
    (role, base)
}

/// One spelling for the two of English, and one name for a unit.
fn british(folded: &str) -> String {
    let unit = match folded {
        "m" | "metre" | "metres" | "meter" | "meters" => "metre",
        "km" | "kilometre" | "kilometres" | "kilometer" | "kilometers" => "kilometre",
        "ft" | "foot" | "feet" => "foot",
        "kg" | "kilograms" | "kilogram" | "kilogrammes" => "kilogram",
        "percent" => "cent",
        "theater" | "theaters" | "theatre" | "theatres" => "theatre",
        "center" | "centers" | "centre" | "centres" => "centre",
        "gray" | "grey" => "grey",
        _ => "",
    };
    if !unit.is_empty() {
        return unit.to_owned();
    }
    let mut word = folded.to_owned();
    for (american, british) in [("ization", "isation"), ("ize", "ise"), ("izing", "ising"), ("yze", "yse")] {
        if let Some(stem) = word.strip_suffix(american).filter(|stem| stem.len() > 3) {
            word = format!("{stem}{british}");
        }
    }
    for ending in ["or", "ors", "ored", "oring"] {
        if let Some(stem) = word.strip_suffix(ending).filter(|stem| {
            matches!(
                *stem,
                "harb"
                    | "col"
                    | "lab"
                    | "hon"
                    | "fav"
                    | "neighb"
                    | "arm"
                    | "hum"
                    | "behavi"
                    | "flav"
                    | "rum"
                    | "endeav"
                    | "vap"
                    | "parl"
            )
        }) {
            word = format!("{stem}our{}", &ending[2..]);
            break;
        }
    }
    singular(&word)
}

/// How two sentences lie beside each other.
#[derive(Debug)]
pub struct Comparison {
    /// Words that carry matter in both, and in one alone.
    pub common: usize,
    /// Words that carry matter in the first alone.
    pub only_a: Vec<usize>,
    /// In the second alone.
    pub only_b: Vec<usize>,
    /// Values in the first alone.
    pub values_a: Vec<usize>,
    /// In the second alone.
    pub values_b: Vec<usize>,
    /// Whether one denies what the other says.
    pub denied: bool,
    /// The terms in common that come first and last in each.
    pub in_a: (usize, usize),
    /// In the second.
    pub in_b: (usize, usize),
    /// Pairs of neighbours in common, of all that there are in the shorter.
    pub order: f64,
}

/// Compares two sentences word by word, in any order.
pub fn compare(a: &NormalForm<'_>, b: &NormalForm<'_>) -> Comparison {
    let mut b_of: Vec<(u64, usize)> = b.terms.iter().enumerate().map(|(number, term)| (term.hash, number)).collect();
    b_of.sort_unstable();
    let mut taken = vec![false; b.terms.len()];
    let mut pairs: Vec<Option<usize>> = vec![None; a.terms.len()];
    for (number, term) in a.terms.iter().enumerate() {
        let from = b_of.partition_point(|entry| entry.0 < term.hash);
        let found = b_of[from..].iter().take_while(|entry| entry.0 == term.hash).find(|entry| !taken[entry.1]);
        if let Some(&(_, other)) = found {
            taken[other] = true;
            pairs[number] = Some(other);
        }
    }
    let matters = |term: &Term| matches!(term.role, Role::Matter | Role::Name);
    let mut comparison = Comparison {
        common: 0,
        only_a: Vec::new(),
        only_b: Vec::new(),
        values_a: Vec::new(),
        values_b: Vec::new(),
        denied: false,
        in_a: (usize::MAX, 0),
        in_b: (usize::MAX, 0),
        order: 0.0,
    };
    let negations = |form: &NormalForm<'_>| form.terms.iter().filter(|term| term.role == Role::Negation).count();
    comparison.denied = negations(a) % 2 != negations(b) % 2;
    for (number, term) in a.terms.iter().enumerate() {
        match (pairs[number], matters(term), term.role) {
            (Some(other), true, _) => {
                comparison.common += 1;
                comparison.in_a = (comparison.in_a.0.min(number), comparison.in_a.1.max(number));
                comparison.in_b = (comparison.in_b.0.min(other), comparison.in_b.1.max(other));
            }
            (None, true, _) => comparison.only_a.push(number),
            (None, _, Role::Value) => comparison.values_a.push(number),
            _ => {}
        }
    }
    for (number, term) in b.terms.iter().enumerate().filter(|(number, _)| !taken[*number]) {
        if matters(term) {
            comparison.only_b.push(number);
        } else if term.role == Role::Value {
            comparison.values_b.push(number);
        }
    }
    reconcile(a, b, &mut comparison);
    let neighbours = pairs.windows(2).filter(|pair| matches!(pair, [Some(x), Some(y)] if *y == x + 1)).count();
    comparison.order = neighbours as f64 / a.terms.len().min(b.terms.len()).saturating_sub(1).max(1) as f64;
    comparison
}

/// Takes out what is one word in two spellings: cut short ("pak", "Pakistan"), written in two ("Farrukh seir"), or misspelt.
fn reconcile(a: &NormalForm<'_>, b: &NormalForm<'_>, comparison: &mut Comparison) {
    const MOST: usize = 6;
    if comparison.only_a.is_empty()
        || comparison.only_b.is_empty()
        || comparison.only_a.len().max(comparison.only_b.len()) > MOST
    {
        return;
    }
    let word = |form: &NormalForm<'_>, number: usize| {
        let term = form.terms[number];
        fold(&form.text[term.start as usize..term.end as usize]).into_owned()
    };
    let mut left_a: Vec<(usize, String)> = comparison.only_a.iter().map(|&number| (number, word(a, number))).collect();
    let mut left_b: Vec<(usize, String)> = comparison.only_b.iter().map(|&number| (number, word(b, number))).collect();
    let one = |x: &str, y: &str| {
        let (short, long) = if x.len() < y.len() { (x, y) } else { (y, x) };
        short.len() >= 3 && long.starts_with(short) && short.len() < long.len()
            || super::names::variation(x, y).is_some_and(|kind| kind < super::names::Variation::Letter)
    };
    let mut joined = |few: &mut Vec<(usize, String)>, many: &mut Vec<(usize, String)>| {
        few.retain(|(_, whole)| {
            let at = (1..many.len()).find(|&at| {
                let ((before, head), (number, tail)) = (&many[at - 1], &many[at]);
                *number == before + 1 && whole.strip_prefix(head.as_str()) == Some(tail.as_str())
            });
            if let Some(at) = at {
                many.drain(at - 1..=at);
                comparison.common += 1;
            }
            at.is_none()
        });
    };
    joined(&mut left_a, &mut left_b);
    joined(&mut left_b, &mut left_a);
    left_a.retain(|(_, x)| {
        let found = left_b.iter().position(|(_, y)| one(x, y));
        if let Some(found) = found {
            left_b.remove(found);
            comparison.common += 1;
        }
        found.is_none()
    });
    comparison.only_a = left_a.into_iter().map(|(number, _)| number).collect();
    comparison.only_b = left_b.into_iter().map(|(number, _)| number).collect();
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is remembered of a word is of that word alone, whichever was met before.
    #[test]
    fn no_two_short_words_are_remembered_as_one() {
        let letters = b"abcdefghijklmnopqrstuvwxyz";
        let words = letters.iter().flat_map(|a| letters.iter().map(move |b| (*a, *b))).flat_map(|(a, b)| {
            letters.iter().map(move |c| String::from_utf8(vec![a.to_ascii_uppercase(), b, *c]).unwrap())
        });
        for word in words {
            for first in [true, false] {
                let folded = fold(&word);
                assert_eq!(known(&word, first).folded, xxh3_64(folded.as_bytes()), "{word} {first}");
            }
        }
    }
}
