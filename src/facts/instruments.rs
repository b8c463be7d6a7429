//! Acts, decrees, deeds and treaties: a date that the thing bears, and the date on which it was made.
//!
//! "An act of 12 May 1964" is known by its date, as lawyers cite it; "the act was passed in May 1963" tells the same day once more. Where
//! an article knows one instrument of a kind by its date, and tells of one making, the two are of one day.

use super::clauses::{self, Token};
use super::mentions::Mismatch;
use super::{Account, verbs};
use crate::source::Span;
use crate::text::Map;
use crate::time::Interval;

/// Written things that are made on a day and cited by it.
const INSTRUMENTS: [&str; 20] = [
    "act",
    "agreement",
    "armistice",
    "bull",
    "charter",
    "concession",
    "concordat",
    "contract",
    "convention",
    "decree",
    "deed",
    "edict",
    "law",
    "licence",
    "ordinance",
    "patent",
    "proclamation",
    "protocol",
    "statute",
    "treaty",
];

/// How they are made, by the base of the verb.
const MADE: [&str; 14] = [
    "adopt",
    "conclude",
    "draw",
    "enact",
    "execute",
    "grant",
    "issue",
    "obtain",
    "pass",
    "proclaim",
    "promulgate",
    "publish",
    "seal",
    "sign",
];

/// A date, as a number of [`Account::times`], with its days and the words that it dates.
struct Dated {
    time: usize,
    days: Interval,
    words: Span,
}

/// Dates of one instrument that cannot both hold.
pub(super) fn read(account: &Account<'_>) -> Vec<Mismatch> {
    // By the noun: those that are known by their dates, and those whose making is dated.
    let mut all: Map<&str, (Vec<Dated>, Vec<Dated>)> = Map::default();
    for &sentence in &account.article.sentences {
        let named = || account.words_of(sentence).iter().any(|(_, folded)| INSTRUMENTS.contains(&folded.as_ref()));
        if sentence.len() > super::LONGEST_SENTENCE || account.times_in(sentence).is_empty() || !named() {
            continue;
        }
        let mut tokens = clauses::tokens(account, sentence);
        let _ = clauses::clauses(&mut tokens, &|base| super::vocabulary::VOCABULARY.knows(base));
        for at in 0..tokens.len() {
            let Some(noun) = INSTRUMENTS.iter().find(|noun| !tokens[at].capital && tokens[at].word == **noun) else {
                continue;
            };
            // "the Railways Act", "the second treaty": one of several.
            let before = &tokens[at.saturating_sub(2)..at];
            let one_of = |token: &Token<'_>| {
                token.capital && token.span.start > sentence.start as usize
                    || verbs::ordinal(&token.word).is_some()
                    || token.is(&[
                        "another",
                        "new",
                        "old",
                        "later",
                        "earlier",
                        "no",
                        "other",
                        "further",
                        "supplementary",
                    ])
            };
            if before.iter().any(one_of) {
                continue;
            }
            let (known, made) = all.entry(noun).or_default();
            if let Some(dated) = cited(account, sentence, &tokens, at) {
                known.push(dated);
            } else if let Some(dated) = making(account, sentence, &tokens, at) {
                made.push(dated);
            }
        }
    }
    let mut found = Vec::new();
    for (known, made) in all.values() {
        const FARTHEST: i32 = 12;
        let (Some(first), [made]) = (known.first(), made.as_slice()) else { continue };
        let meets = |a: Interval, b: Interval| a.from <= b.to && b.from <= a.to;
        let one = known.iter().all(|other| meets(other.days, first.days));
        let apart = !meets(first.days, made.days) && (first.days.from.year - made.days.from.year).abs() <= FARTHEST;
        if one && apart {
            // The vaguer of the two, or else the later, is where one looks first.
            let vaguer = |a: &Dated, b: &Dated| (a.days.precision, a.words.start) > (b.days.precision, b.words.start);
            let (odd, other) = if vaguer(first, made) { (first, made) } else { (made, first) };
            found.push(Mismatch { described: odd.time, told: other.time, words: odd.words });
        }
    }
    found.sort_by_key(|mismatch| mismatch.described);
    found
}

/// The date that an instrument is known by: "an act of parliament *of 12 May 1964*".
fn cited(account: &Account<'_>, sentence: Span, tokens: &[Token<'_>], at: usize) -> Option<Dated> {
    const REACH: usize = 5;
    let of = (at + 1..(at + 1 + REACH).min(tokens.len())).find(|&of| {
        tokens[of].is(&["of"])
            && tokens[of].time.is_none()
            && tokens.get(of + 1).is_some_and(|next| next.time.is_some())
    })?;
    if tokens[at + 1..of].iter().any(|token| token.mark || token.verb || token.time.is_some()) {
        return None;
    }
    dated(account, tokens[of + 1].time?, super::events::span_of(sentence, tokens, at..of))
}

/// The date on which the one instrument was made: "the decree on the name *was signed on 17 May 1958*".
fn making(account: &Account<'_>, sentence: Span, tokens: &[Token<'_>], at: usize) -> Option<Dated> {
    const LONGEST: usize = 5;
    const REACH: usize = 5;
    at.checked_sub(1).filter(|&before| tokens[before].is(&["the"]))?;
    let be = (at + 1..(at + 1 + LONGEST).min(tokens.len())).find(|&be| tokens[be].is(&["was", "been"]))?;
    let between = &tokens[at + 1..be];
    if between.iter().any(|token| token.mark || token.time.is_some() || token.verb && !token.is(&["had", "has"])) {
        return None;
    }
    let verb = (be + 1..(be + 3).min(tokens.len())).find(|&verb| tokens[verb].verb)?;
    let (base, _) = verbs::verb(&tokens[verb].word)?;
    if !MADE.iter().any(|made| verbs::same_base(&base, made)) {
        return None;
    }
    let when = (verb + 1..(verb + 1 + REACH).min(tokens.len())).find(|&at| tokens[at].time.is_some())?;
    let joins = tokens[verb + 1..when].iter().all(|token| !token.mark && !token.verb);
    let on = tokens[when - 1].is(&["in", "on"]) || tokens[when].is(&["in", "on"]);
    dated(account, tokens[when].time?, super::events::span_of(sentence, tokens, at..verb + 1)).filter(|_| joins && on)
}

fn dated(account: &Account<'_>, time: usize, words: Span) -> Option<Dated> {
    let plain = account.is_plain(&account.times()[time]) && !account.opens_range(time);
    let days = super::mentions::dated(account, time).filter(|_| plain)?;
    (!account.article.is_quoted(words)).then_some(Dated { time, days, words })
}
