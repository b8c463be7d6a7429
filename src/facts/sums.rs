//! Sums, differences and rests: numbers of which one follows from the others.
//!
//! "Fifteen members: nine elected and eight named" does not add up, and needs no other source to be seen. Parts and their whole may also
//! stand in two sentences, of one day or year or of one disaster; then the two must be so alike in their digits that the one is most likely
//! a slip of the other, since not all parts need be told.

use super::clauses::{self, Token};
use super::figures::{Figure, traits};
use super::quantities::{Exactness, Measure, Quantity, leading_number};
use super::subjects::MAIN;
use super::vocabulary::VOCABULARY;
use super::{Account, verbs};
use crate::source::Span;
use crate::text::{fold, words};
use crate::time::{TimeKind, Value};

/// What numbers make together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SumKind {
    /// The parts of a whole that stands before them.
    Parts,
    /// The lead in votes.
    Majority,
    /// A whole whose parts stand in another sentence.
    Whole,
    /// What is left of a whole when those are taken off of whom another sentence tells.
    Rest,
    /// A number and by how much another is more or less.
    Difference,
    /// Brothers and sisters of one of several children.
    Siblings,
}

/// A number that does not follow from others that the text gives.
#[derive(Debug, Clone)]
pub struct Sum {
    /// How it follows.
    pub kind: SumKind,
    /// The words that are wrong, or from which it follows.
    pub span: Span,
    /// The number that is said.
    pub said: i64,
    /// The number that follows.
    pub right: i64,
    /// The words that it is held against.
    pub against: Span,
}

/// In an article with more counts than this nothing is added up across sentences.
const MOST: usize = 400;

/// Reads the numbers of an article that do not add up, in the order of their kinds.
pub(super) fn read(account: &Account<'_>) -> Vec<Sum> {
    let mut sums = Vec::new();
    let article = account.article;
    for &sentence in &article.sentences {
        if let Some((parts, whole)) = parts_of(article.text(sentence), account, sentence) {
            let right: i64 = parts.iter().map(|part| part.0).sum();
            if right != whole.0 {
                let span = Span { start: parts[0].1.start, end: parts[parts.len() - 1].1.end, ..sentence };
                sums.push(Sum { kind: SumKind::Parts, span, said: whole.0, right, against: whole.1 });
            }
        }
    }
    // A majority is the difference of the two largest numbers of votes before it.
    for majority in account.quantities() {
        let before = &article.text[majority.unit.start as usize..majority.span.start as usize];
        let tail: Vec<_> = words(before).map(|word| fold(word.text)).collect();
        if tail.iter().rev().take(4).any(|word| matches!(word.as_ref(), "majority" | "margin")) {
            sums.extend(majority_of(account, majority.number, majority.value));
        }
    }
    for (span, value) in bare_majorities(account) {
        sums.extend(majority_of(account, span, value));
    }
    if account.figures().len() <= MOST {
        let series: Vec<Series> = article.sentences.iter().filter_map(|&sentence| series(account, sentence)).collect();
        wholes(account, &series, &mut sums);
        rests(account, &mut sums);
        differences(account, &mut sums);
        siblings(account, &mut sums);
    }
    sums
}

// The parts of a whole in one sentence.

type Counted = (i64, Span);

/// The parts and the whole of "fifteen members: nine … and eight …".
fn parts_of(text: &str, account: &Account<'_>, sentence: Span) -> Option<(Vec<Counted>, Counted)> {
    let colon = text.find(": ")?;
    let quantities = account.quantities();
    let first = quantities.partition_point(|quantity| quantity.number.start < sentence.start);
    let whole = quantities[first..]
        .iter()
        .take_while(|quantity| quantity.number.end <= sentence.start + colon as u32)
        .filter(|quantity| matches!(quantity.measure, Measure::Count(_)) && quantity.exactness == Exactness::Exact)
        .last()?;
    let near = (sentence.start as usize + colon).saturating_sub(whole.span.end as usize) < 3;
    let rest = &text[colon + 2..];
    let pieces: Vec<&str> =
        rest.trim_end_matches(['.', ' ']).split([',', ';']).flat_map(|piece| piece.split(" and ")).collect();
    let mut parts = Vec::new();
    for piece in pieces {
        let piece = piece.trim();
        if piece.is_empty() {
            continue;
        }
        let word = words(piece).next()?;
        let value = leading_number(piece)?;
        let at = sentence.start + (piece.as_ptr() as usize - text.as_ptr() as usize) as u32;
        parts.push((value, Span { start: at, end: at + piece.len() as u32, ..sentence }));
        if word.start != 0 {
            return None;
        }
    }
    let sensible = near && parts.len() >= 2 && parts.iter().all(|part| part.0 > 0 && part.0 < whole.value as i64);
    sensible.then_some((parts, (whole.value as i64, whole.span)))
}

// Majorities.

/// Numbers of a majority that no noun follows: "His majority was thus 524."
fn bare_majorities(account: &Account<'_>) -> Vec<(Span, f64)> {
    let article = account.article;
    let mut found = Vec::new();
    for &sentence in &article.sentences {
        let all = account.words_of(sentence);
        for (number, (word, _)) in all.iter().enumerate() {
            let before = || {
                all[number.saturating_sub(4)..number].iter().any(|(word, _)| matches!(word.text, "majority" | "margin"))
            };
            if let Some(value) = figure(word.text).filter(|_| before()) {
                found.push((
                    Span {
                        start: sentence.start + word.start as u32,
                        end: sentence.start + word.end() as u32,
                        ..sentence
                    },
                    value as f64,
                ));
            }
        }
    }
    found.dedup();
    found
}

/// A whole number in figures.
fn figure(word: &str) -> Option<i64> {
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let plain = word.replace(',', "");
    (plain.len() >= 2 && plain.bytes().all(|b| b.is_ascii_digit())).then(|| plain.parse().ok()).flatten()
}

/// A majority that is not that of the votes in its sentence or the one before it: "7,214 votes against 6,890", "by 3,077 votes to 2,863".
fn majority_of(account: &Account<'_>, span: Span, value: f64) -> Option<Sum> {
    let article = account.article;
    let number = article.sentences.partition_point(|sentence| sentence.end <= span.start);
    let own = article.sentences.get(number)?;
    for sentence in
        [Some(own), number.checked_sub(1).and_then(|before| article.sentences.get(before))].into_iter().flatten()
    {
        let text = article.text(*sentence);
        let end = if sentence == own { (span.start - own.start) as usize } else { text.len() };
        let all: Vec<_> = words(&text[..end]).collect();
        let votes = all.windows(4).find_map(|run| {
            let first = figure(run[0].text)?;
            let joint = matches!((run[1].text, run[2].text), ("votes", "to" | "against"));
            let second = figure(run[3].text).filter(|_| joint)?;
            Some((first, second, run[0].start, run[3].end()))
        });
        let Some((first, second, from, to)) = votes else { continue };
        let right = (first - second).abs();
        let wrong = (right as f64 - value).abs() > 0.5 && (right as f64) < value * 20.0;
        let against = Span { start: sentence.start + from as u32, end: sentence.start + to as u32, ..*sentence };
        return wrong.then_some(Sum { kind: SumKind::Majority, span, said: value as i64, right, against });
    }
    None
}

// Parts and wholes in two sentences.

/// Numbers that a sentence adds up: "28 motor cars, 18 trailers and 3 works cars", "twenty-three died at the mill and eleven above it".
struct Series {
    sentence: Span,
    /// From the first number to the last.
    span: Span,
    nouns: Vec<String>,
    sum: i64,
    largest: i64,
    /// Whether they are dead.
    dead: bool,
    /// The one year that the sentence names.
    year: Option<i32>,
}

fn series(account: &Account<'_>, sentence: Span) -> Option<Series> {
    const FEWEST: i64 = 10;
    let quantities = quantities_in(account, sentence);
    if quantities.is_empty() {
        return None;
    }
    let tokens = clauses::tokens(account, sentence);
    let mut parts: Vec<(usize, i64, Option<&str>)> = Vec::new();
    for (at, token) in tokens.iter().enumerate().filter(|(_, token)| token.time.is_none() && !token.mark) {
        let counted = quantities.iter().find(|quantity| quantity.number.start == token.span.start as u32);
        if let Some(quantity) = counted {
            let Measure::Count(noun) = &quantity.measure else { break };
            if quantity.exactness != Exactness::Exact || quantity.part || quantity.in_range {
                break;
            }
            parts.push((at, quantity.value as i64, Some(noun)));
        } else if let Some(number) = verbs::number(&token.word).filter(|&number| number > 1)
            && tokens.get(at + 1).is_some_and(|next| next.is(&["at", "in", "on", "from", "near"]))
        {
            parts.push((at, i64::from(number), None));
        }
    }
    let ([first, ..], [.., last]) = (parts.as_slice(), parts.as_slice()) else { return None };
    let joined = parts.windows(2).enumerate().all(|(number, pair)| {
        let between = &tokens[pair[0].0 + 1..pair[1].0];
        let ends = between.last().is_some_and(|token| token.is(&["and"]) || token.word == ",");
        let and = number + 2 < parts.len() || between.last().is_some_and(|token| token.is(&["and"]));
        ends && and
            && between.iter().all(|token| {
                token.time.is_none() && !token.is(&[";", ":", "of", "but", "or", "than", "with"])
                    || token.is(&["of"]) && pair[1].2.is_none()
            })
    });
    if parts.len() < 2 || !joined {
        return None;
    }
    let dead = figure_of(account, sentence, first.0, &tokens).is_some_and(|figure| figure.traits & traits::DEAD != 0);
    // Of one kind of thing two numbers are seldom parts of one whole.
    let mut nouns: Vec<String> = parts.iter().filter_map(|part| part.2.map(str::to_owned)).collect();
    nouns.sort_unstable();
    let apart = nouns.windows(2).all(|pair| pair[0] != pair[1]) && nouns.len() == parts.len();
    let sum: i64 = parts.iter().map(|part| part.1).sum();
    if !(dead || apart) || sum < FEWEST {
        return None;
    }
    let end = tokens[last.0].span.end as u32;
    let span = Span { start: tokens[first.0].span.start as u32, end, ..sentence };
    let largest = parts.iter().map(|part| part.1).max()?;
    Some(Series { sentence, span, nouns, sum, largest, dead, year: only_year(account, sentence) })
}

fn figure_of<'a>(account: &'a Account<'_>, sentence: Span, at: usize, tokens: &[Token<'_>]) -> Option<&'a Figure> {
    let start = tokens[at].span.start as u32;
    let figures = account.figures();
    figures.iter().find(|figure| figure.quantity.unit == sentence && figure.quantity.number.start == start)
}

/// The quantities of a sentence.
fn quantities_in<'a>(account: &'a Account<'_>, sentence: Span) -> &'a [Quantity] {
    let quantities = account.quantities();
    let first = quantities.partition_point(|quantity| quantity.number.start < sentence.start);
    let end = quantities.partition_point(|quantity| quantity.number.start < sentence.end);
    &quantities[first..end]
}

/// The one year of the dates in some words.
fn only_year(account: &Account<'_>, words: Span) -> Option<i32> {
    let mut years = account.times()[account.times_in(words)]
        .iter()
        .filter(|time| matches!(time.kind, TimeKind::Date) && matches!(time.value, Value::Date(_)))
        .filter_map(crate::time::TimeExpression::interval)
        .map(|days| (days.from.year, days.to.year));
    let (from, to) = years.next()?;
    (from == to && years.all(|other| other == (from, to))).then_some(from)
}

/// Wholes that are a slip away from the sum of the parts that another sentence has: "the fifty-nine vehicles in stock on the first day of
/// 1930", where on that day there were 28 motor cars, 18 trailers and 3 works cars.
fn wholes(account: &Account<'_>, series: &[Series], sums: &mut Vec<Sum>) {
    let counts = || account.figures().iter().filter(|figure| is_count(figure));
    for parts in series {
        let outside = || counts().filter(|figure| figure.quantity.unit != parts.sentence);
        // Told right somewhere.
        let is_sum = |figure: &&Figure| figure.quantity.value as i64 == parts.sum;
        let is_dead = |figure: &&Figure| figure.traits & traits::DEAD != 0;
        let rivals = series.iter().filter(|other| other.dead == parts.dead && other.year == parts.year).count();
        if rivals > 1 || outside().filter(|figure| !parts.dead || is_dead(figure)).any(|figure| is_sum(&figure)) {
            continue;
        }
        let is_whole = |figure: &&Figure| {
            let quantity = &figure.quantity;
            let Measure::Count(noun) = &quantity.measure else { return false };
            let whole = if parts.dead {
                is_dead(figure) && !figure.relative
            } else {
                // "of the year 2023", "in stock on the first day of 1930": the first date behind it, not far away.
                const REACH: u32 = 60;
                let behind = Span { start: quantity.span.end, ..quantity.unit };
                let first = account.times_in(behind).next().map(|number| account.span(&account.times()[number]));
                let first = first.filter(|first| first.start < behind.start + REACH);
                figure.definite
                    && parts.year.is_some()
                    && first.and_then(|first| only_year(account, first)) == parts.year
            };
            whole && quantity.value as i64 > parts.largest && !parts.nouns.contains(noun)
                || parts.dead && is_dead(figure) && !figure.relative && quantity.value as i64 > parts.largest
        };
        let mut found = outside().filter(is_whole);
        let (Some(whole), None) = (found.next(), found.next()) else { continue };
        let said = whole.quantity.value as i64;
        if alike(&said.to_string(), &parts.sum.to_string()) >= 1.0 {
            sums.push(Sum { kind: SumKind::Whole, span: whole.place, said, right: parts.sum, against: parts.span });
        }
    }
}

fn is_count(figure: &Figure) -> bool {
    let quantity = &figure.quantity;
    matches!(quantity.measure, Measure::Count(_))
        && quantity.exactness == Exactness::Exact
        && !quantity.part
        && !quantity.in_range
}

/// The dead that are a slip away from those who were left of all: "of these 318 people 97 reached the shore", and "the 212 people who had
/// lost their lives".
fn rests(account: &Account<'_>, sums: &mut Vec<Sum>) {
    const SAVED: [&str; 9] =
        ["reached", "saved", "survived", "rescued", "escaped", "picked", "survivors", "swam", "lived"];
    let dead = || account.figures().iter().filter(|figure| is_count(figure) && figure.traits & traits::DEAD != 0);
    if dead().next().is_none() {
        return;
    }
    for &sentence in &account.article.sentences {
        let all = account.words_of(sentence);
        let is = |at: usize, word: &str| all.get(at).is_some_and(|(_, folded)| folded == word);
        let of_all = is(0, "of") && (is(1, "these") || is(1, "the") || is(1, "those"));
        if !of_all || !all.iter().any(|(_, folded)| SAVED.contains(&folded.as_ref())) {
            continue;
        }
        let mut numbers = Vec::new();
        for token in clauses::tokens(account, sentence).iter().filter(|token| token.time.is_none() && !token.mark) {
            let number = figure(&token.word).or_else(|| verbs::number(&token.word).map(i64::from));
            numbers.extend(number.map(|number| (number, token.span.clone())));
        }
        let [(whole, from), (saved, to)] = numbers.as_slice() else { continue };
        let right = whole - saved;
        if right < 2 || dead().any(|figure| figure.quantity.value as i64 == right) {
            continue;
        }
        let against = Span { start: from.start as u32, end: to.end as u32, ..sentence };
        let slip = |figure: &&Figure| {
            let said = figure.quantity.value as i64;
            said <= *whole && alike(&said.to_string(), &right.to_string()) >= 1.0
        };
        if let Some(figure) = dead().filter(|figure| figure.quantity.unit != sentence).find(slip) {
            let said = figure.quantity.value as i64;
            sums.push(Sum { kind: SumKind::Rest, span: figure.place, said, right, against });
        }
    }
}

/// "With its 960 seats, 280 fewer than the old one had had": together a slip away from the only number of seats that is told beside it.
fn differences(account: &Account<'_>, sums: &mut Vec<Sum>) {
    for &sentence in &account.article.sentences {
        let all = account.words_of(sentence);
        let Some(at) = all
            .windows(2)
            .position(|pair| matches!(pair[0].1.as_ref(), "fewer" | "more" | "less") && pair[1].1 == "than")
        else {
            continue;
        };
        let Some((word, folded)) = at.checked_sub(1).map(|before| &all[before]) else { continue };
        let by = figure(word.text).or_else(|| verbs::number(folded).map(i64::from));
        let place = sentence.start + word.start as u32;
        let quantity = quantities_in(account, sentence).iter().rev().find(|quantity| quantity.span.end < place);
        let (Some(by), Some(quantity)) = (by, quantity) else { continue };
        const CLOSE: u32 = 12;
        let exact = quantity.exactness == Exactness::Exact && place - quantity.span.end < CLOSE;
        let (Measure::Count(_), true) = (&quantity.measure, exact) else { continue };
        let right = quantity.value as i64 + if all[at].1 == "more" { -by } else { by };
        let mut others = account
            .figures()
            .iter()
            .filter(|figure| figure.quantity.measure == quantity.measure && is_count(figure))
            .map(|figure| &figure.quantity)
            .filter(|other| other.unit != sentence && !other.agrees(quantity));
        let (Some(other), None) = (others.next(), others.next()) else { continue };
        let said = other.value as i64;
        if said != right && alike(&said.to_string(), &right.to_string()) >= 2.0 {
            let end = sentence.start + all[at + 1].0.end() as u32;
            let span = Span { start: quantity.span.start, end, ..sentence };
            sums.push(Sum { kind: SumKind::Difference, span, said, right, against: other.span });
        }
    }
}

/// "The eldest of the five children" has four brothers and sisters.
fn siblings(account: &Account<'_>, sums: &mut Vec<Sum>) {
    if !account.events().subjects.about_person() {
        return;
    }
    const PLACES: [&str; 6] = ["eldest", "oldest", "youngest", "one", "only", "middle"];
    let mut children: Option<(i64, Span)> = None;
    for &sentence in &account.article.sentences {
        if !account.words_of(sentence).iter().any(|(_, folded)| folded == "children") {
            continue;
        }
        let tokens = clauses::tokens(account, sentence);
        let Some(noun) = tokens.iter().position(|token| token.is(&["children"])) else { continue };
        let Some(of) = (noun.saturating_sub(4)..noun).find(|&at| tokens[at].is(&["of"])) else { continue };
        let count = tokens[of..noun].iter().find_map(|token| verbs::number(&token.word)).map(i64::from);
        let place = of.checked_sub(1).map(|before| &tokens[before]);
        let is_place = place.is_some_and(|place| place.is(&PLACES) || verbs::ordinal(&place.word).is_some());
        // Whose place it is: that of the one whom the article is about.
        let statements = &account.events().statements;
        let own = statements.iter().any(|statement| {
            statement.words.range().contains(&tokens[noun].span.start) && statement.subject == Some(MAIN)
        });
        if let (Some(count), true, true) = (count, is_place, own) {
            let span = Span { start: tokens[of - 1].span.start as u32, end: tokens[noun].span.end as u32, ..sentence };
            if children.is_some_and(|(other, _)| other != count) {
                return;
            }
            children = Some((count, span));
        }
    }
    let Some((children, against)) = children else { return };
    for &sentence in &account.article.sentences {
        if !account.words_of(sentence).iter().any(|(_, folded)| matches!(folded.as_ref(), "siblings" | "brothers")) {
            continue;
        }
        let tokens = clauses::tokens(account, sentence);
        let Some(noun) = tokens.iter().position(|token| token.is(&["siblings", "brothers"])) else { continue };
        let both = tokens[noun].is(&["siblings"])
            || tokens.get(noun + 1).is_some_and(|next| next.is(&["and"]))
                && tokens.get(noun + 2).is_some_and(|next| next.is(&["sisters"]));
        let before = &tokens[noun.saturating_sub(3)..noun];
        let Some(said) = before.last().and_then(|token| verbs::number(&token.word)).map(i64::from) else { continue };
        let owned = before.iter().any(|token| token.is(&["his", "her", "had"]));
        let some = before.iter().any(|token| token.is(&["half", "surviving", "older", "elder", "younger", "other"]));
        // "His father had six brothers and sisters."
        let kin = tokens[..noun].iter().any(|token| {
            VOCABULARY.kind_of(&token.word) == Some("person")
                || token.capital && token.span.start > sentence.start as usize
        });
        if both && owned && !some && !kin && said != children - 1 {
            let end = tokens[if tokens[noun].is(&["siblings"]) { noun } else { noun + 2 }].span.end as u32;
            let span = Span { start: before[0].span.start as u32, end, ..sentence };
            sums.push(Sum { kind: SumKind::Siblings, span, said, right: children - 1, against });
        }
    }
}

/// How much alike the digits of two numbers are, as those of a slip: two that changed places, one that is another.
pub fn alike(a: &str, b: &str) -> f64 {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let length = a.len().max(b.len());
    if length < 2 {
        return 0.0;
    }
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let tail = a[head..].iter().rev().zip(b[head..].iter().rev()).take_while(|(x, y)| x == y).count();
    if a == b {
        // A zero too many.
        return 2.0;
    }
    let (mid_a, mid_b) = (&a[head..a.len() - tail], &b[head..b.len() - tail]);
    // The same digits in another order.
    let sorted = |digits: &[u8]| {
        let mut digits = digits.to_vec();
        digits.sort_unstable();
        digits
    };
    if length >= 3 && mid_a.len() > 2 && sorted(a) == sorted(b) {
        return 3.0;
    }
    let one_off = if length >= 4 {
        3.0
    } else if length == 3 {
        2.0
    } else {
        1.0
    };
    match (mid_a, mid_b) {
        ([first, second], [third, last]) if first == last && second == third => {
            if length >= 3 {
                4.0
            } else {
                3.0
            }
        }
        ([_], [_]) => one_off,
        ([_], []) | ([], [_]) if length >= 3 => one_off,
        _ => 0.0,
    }
}
