//! Left and right: the hand that was hurt, the bank on which a place lies.
//!
//! A person has two hands and a river two banks, so that nothing is wrong with a text that speaks of both. But one wound is of one hand,
//! and a place lies on one bank; where the text gives the same to both sides, one of them is wrong.

use super::{Account, Denial, MAIN};
use crate::source::Span;
use crate::text::FoldedWord;

/// Sides that exclude each other.
const SIDES: [(&str, &str); 5] =
    [("left", "right"), ("north", "south"), ("northern", "southern"), ("east", "west"), ("eastern", "western")];
/// Parts of the body that there are two of.
const LIMBS: [&str; 12] =
    ["ankle", "arm", "ear", "elbow", "eye", "foot", "hand", "hip", "knee", "leg", "shoulder", "wrist"];
/// What says that one of them is hurt, or gone.
const HURT: [&str; 24] = [
    "amputated",
    "blind",
    "broke",
    "broken",
    "crippled",
    "crushed",
    "glass",
    "injured",
    "injury",
    "lame",
    "lost",
    "maimed",
    "mangled",
    "missing",
    "paralysed",
    "paralyzed",
    "shattered",
    "stiff",
    "stump",
    "useless",
    "withered",
    "wooden",
    "wound",
    "wounded",
];
/// What lies beside water or a street.
const BANKS: [&str; 4] = ["bank", "shore", "side", "slope"];
const LIES: [&str; 7] = ["lie", "lies", "located", "situated", "stand", "stands", "stood"];

/// A part of one of two sides.
struct Side {
    /// The number of the pair in [`SIDES`], and whether it is the second of it.
    pair: usize,
    second: bool,
    noun: String,
    words: Span,
    sentence: Span,
}

/// Reads what is told of two sides.
pub(super) fn read(account: &Account<'_>) -> Vec<Denial> {
    const MOST: usize = 40;
    let (mut wounds, mut places) = (Vec::new(), Vec::new());
    let person = account.events().subjects.about_person();
    for &sentence in &account.article.sentences {
        let words = account.words_of(sentence);
        for at in 0..words.len().saturating_sub(1) {
            let Some((pair, second)) = side(&words[at].1) else { continue };
            let noun = words[at + 1].1.as_ref();
            let span = Span {
                start: sentence.start + words[at].0.start as u32,
                end: sentence.start + words[at + 1].0.end() as u32,
                ..sentence
            };
            if account.article.is_quoted(span) || wounds.len() + places.len() >= MOST {
                continue;
            }
            let told = || Side { pair, second, noun: noun.to_owned(), words: span, sentence };
            if person && pair == 0 && LIMBS.contains(&noun) && is_hurt(words, at) {
                wounds.push(told());
            }
            if !person && BANKS.contains(&noun) && lies_there(account, sentence, words, at) {
                places.push(told());
            }
        }
    }
    [wounds, places].iter().filter_map(|all| opposed(all)).collect()
}

fn side(folded: &str) -> Option<(usize, bool)> {
    SIDES.iter().enumerate().find_map(|(number, (first, second))| {
        if folded == *first { Some((number, false)) } else { (folded == *second).then_some((number, true)) }
    })
}

/// Whether the words around say that a limb is hurt: "lost two fingers of his left hand", "the maimed right hand".
fn is_hurt(words: &[FoldedWord<'_>], at: usize) -> bool {
    const BEFORE: usize = 6;
    const BEHIND: usize = 4;
    words[at.saturating_sub(BEFORE)..(at + 2 + BEHIND).min(words.len())]
        .iter()
        .any(|(_, folded)| HURT.contains(&folded.as_ref()))
}

/// Whether it is where the article's own subject lies: "lies on the left bank", "the right bank, on which it stands".
fn lies_there(account: &Account<'_>, sentence: Span, words: &[FoldedWord<'_>], at: usize) -> bool {
    const NEAR: usize = 4;
    let place = sentence.start as usize + words[at].0.start;
    // "It lies on the left bank", of what the lead has just told what it is.
    let opens = account.article.text(sentence).starts_with("It ");
    let lead = account.article.lead();
    let in_lead = lead.is_some_and(|lead| lead.span.contains(sentence));
    let own = account
        .events()
        .statement_at(place)
        .is_some_and(|told| told.subject == Some(MAIN) || opens && told.subject.is_none());
    let lies = |words: &[FoldedWord<'_>]| words.iter().any(|(_, folded)| LIES.contains(&folded.as_ref()));
    let before = &words[at.saturating_sub(NEAR)..at];
    let behind = &words[at + 2..(at + 2 + NEAR + 1).min(words.len())];
    let on_which =
        behind.windows(3).any(|run| run[0].1 == "on" && run[1].1 == "which" && (run[2].1 == "it" || run[2].1 == "the"));
    (own || opens && in_lead) && lies(before) || on_which && lies(behind)
}

/// The first two that cannot both be right, where there are but these two sides.
fn opposed(all: &[Side]) -> Option<Denial> {
    let first = all.first()?;
    let later = all.iter().find(|other| {
        other.pair == first.pair
            && other.second != first.second
            && other.noun == first.noun
            && other.sentence != first.sentence
    })?;
    Some(Denial { denied: later.words, told: first.words })
}
