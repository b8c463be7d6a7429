//! Dates in descriptions that point back: "the purchase of the mill in 1997", "10 October 1978, the day of independence".
//!
//! Who writes "the disaster of 19 September" takes it for known: a definite description names something that was told, or will be (Russell,
//! "On Denoting", 1905; for texts Poesio and Vieira, "A Corpus-based Investigation of Definite Description Use", 1998). So the date in it is
//! that of the place where all words of the description come together once more. Where that place has another date, one of the two is wrong.

use super::clauses::{self, DETERMINERS, PREPOSITIONS, Token};
use super::slips::{Slip, slip};
use super::subjects::MAIN;
use super::verbs;
use super::vocabulary::VOCABULARY;
use super::{Account, Event};
use crate::article::BlockKind;
use crate::source::Span;
use crate::text::{Map, fold, is_function_word, stem, words};
use crate::time::{Day, Interval, Precision, TimeKind, Value};

/// A date in a description, and the place that dates the same otherwise.
#[derive(Debug, Clone, Copy)]
pub struct Mismatch {
    /// The date of the description, as a number of [`Account::times`].
    pub described: usize,
    /// The other date.
    pub told: usize,
    /// The words of the description.
    pub words: Span,
}

/// A date with the words around it.
struct Told {
    time: usize,
    days: Interval,
    sentence: Span,
    /// Roots of the words around the date, sorted.
    roots: Vec<String>,
    /// Classes of events that nouns and verbs around the date are of.
    classes: Vec<usize>,
    /// Classes of events of the article's own subject that it dates.
    own: Vec<usize>,
}

/// A description with a date.
struct Description {
    time: usize,
    days: Interval,
    sentence: Span,
    words: Span,
    /// Roots of its words, each with the class of events that the word is of, and whether it is a name.
    roots: Vec<(String, Option<usize>, bool)>,
    /// Whether the date is what tells it from others of its kind: "the flood of 1912".
    by_date: bool,
}

/// Descriptions whose date another place contradicts.
pub(super) fn mismatches(account: &Account<'_>) -> Vec<Mismatch> {
    let article = account.article;
    // What dates so much is no story, and every description would be held against every date.
    const MOST: usize = 1000;
    if account.times().len() > MOST {
        return Vec::new();
    }
    let mut events: Map<usize, Vec<&Event>> = Map::default();
    for event in &account.events().events {
        if let Some(time) = event.time {
            events.entry(time).or_default().push(event);
        }
    }
    let (mut told, mut descriptions) = (Vec::new(), Vec::new());
    for field in article.fields() {
        read(account, field.value, &[field.key], &events, &mut told, &mut Vec::new());
    }
    for block in article.blocks.iter().filter(|block| block.kind != BlockKind::Raw) {
        for &sentence in article.sentences_of(block) {
            if sentence.len() <= super::LONGEST_SENTENCE && !account.times_in(sentence).is_empty() {
                read(account, sentence, &[], &events, &mut told, &mut descriptions);
            }
        }
    }
    if descriptions.is_empty() {
        return Vec::new();
    }
    let mut sentences: Map<String, usize> = Map::default();
    for &sentence in &article.sentences {
        let mut roots: Vec<String> = account
            .words_of(sentence)
            .iter()
            .filter(|(_, folded)| !is_function_word(folded))
            .map(|(_, folded)| root(folded).to_owned())
            .collect();
        roots.sort_unstable();
        roots.dedup();
        for root in roots {
            *sentences.entry(root).or_default() += 1;
        }
    }
    let own: Vec<String> =
        words(article.title_text().unwrap_or("")).map(|word| root(&fold(word.text)).to_owned()).collect();
    let weight = |root: &str| match sentences.get(root) {
        _ if own.iter().any(|word| word == root) => 0.0,
        Some(0..=3) | None => 1.0,
        Some(4..=6) => 0.5,
        Some(_) => 0.25,
    };
    descriptions.iter().filter_map(|description| mismatch(description, &told, &descriptions, &weight)).collect()
}

/// The place that dates otherwise what a description names.
fn mismatch(
    description: &Description,
    told: &[Told],
    descriptions: &[Description],
    weight: &impl Fn(&str) -> f32,
) -> Option<Mismatch> {
    // So much must be the same where the dates are one slip apart, and where they are not.
    const ENOUGH: (f32, f32) = (0.9, 1.9);
    /// Dates further apart, in years, are of two things.
    const FARTHEST: i32 = 12;
    let mut against: Option<(f32, &Told)> = None;
    for other in told.iter().filter(|other| other.sentence != description.sentence) {
        let (mut score, mut missing, mut found) = (0.0, 0, 0);
        for (root, class, is_name) in &description.roots {
            let said =
                other.roots.binary_search(root).is_ok() || class.is_some_and(|class| other.classes.contains(&class));
            let weight = weight(root);
            if said {
                score += weight;
                found += 1;
            } else if *is_name {
                missing += 2;
            } else if weight > 0.0 {
                // What the title says need not be said again.
                missing += 1;
            }
        }
        if score <= 0.0 || missing > 1 || missing == 1 && found < 2 {
            continue;
        }
        let (a, b) = (description.days, other.days);
        if a.from <= b.to && b.from <= a.to {
            // The description is right.
            return None;
        }
        let full = a.precision == Precision::Day && b.precision == Precision::Day;
        // The next days are those of what it led to.
        const NEXT_DAYS: i64 = 3;
        let next = description.by_date && a.from.since(b.from).abs() <= NEXT_DAYS;
        // "The fire of 8 December 1896", beside "burned in December 1893".
        let by_month = a.precision <= Precision::Month
            && b.precision <= Precision::Month
            && !full
            && a.from.month == b.from.month
            && missing == 0
            && slip(Day { day: 1, ..a.from }, Day { day: 1, ..b.from }) == Some(Slip::Year);
        let slipped = by_month
            || full
                && (missing == 0 || !description.by_date)
                && !next
                && slip(a.from, b.from).is_some_and(|slip| slip != Slip::Year || !description.by_date);
        // "the dissolution of 1782": that of what the article is about, which happens once.
        let once = description.roots.iter().all(|(_, class, _)| {
            class.is_some_and(|class| {
                other.own.contains(&class)
                    && VOCABULARY.classes[class].existence.is_some()
                    && VOCABULARY.classes[class].repeats != super::Repeats::Often
            })
        });
        let enough = if slipped || once { ENOUGH.0 } else { ENOUGH.1 };
        let kindred = descriptions.iter().any(|one| one.time == other.time && one.by_date && description.by_date);
        if score >= enough
            && (missing == 0 || slipped)
            && !kindred
            && (a.from.year - b.from.year).abs() <= FARTHEST
            && (slipped || once || !description.by_date)
            && against.is_none_or(|(most, _)| score > most)
        {
            against = Some((score, other));
        }
    }
    if let Some((_, other)) = against {
        return Some(Mismatch { described: description.time, told: other.time, words: description.words });
    }
    unknown(description, told)
}

/// The day that is told more than once and of which that of a description is one slip away, where nothing else is told of the day of the
/// description: "the disaster of 19 September" takes it for known.
fn unknown(description: &Description, told: &[Told]) -> Option<Mismatch> {
    const NEXT_DAYS: i64 = 3;
    let day = description.days;
    if !description.by_date || day.precision != Precision::Day || description.roots.len() != 1 {
        return None;
    }
    let others = || told.iter().filter(|other| other.time != description.time);
    if others()
        .any(|other| other.days.precision <= Precision::Month && other.days.from <= day.to && day.from <= other.days.to)
    {
        return None;
    }
    let mut near = others().filter(|other| {
        other.days.precision == Precision::Day
            && other.days.from.since(day.from).abs() > NEXT_DAYS
            && slip(day.from, other.days.from).is_some_and(|slip| slip != Slip::Year)
    });
    let first = near.next()?;
    let same = near.by_ref().filter(|other| other.days == first.days).count();
    let only = told.iter().all(|other| {
        other.days == first.days
            || other.time == description.time
            || other.days.precision != Precision::Day
            || slip(day.from, other.days.from).is_none()
    });
    (same >= 1 && only).then_some(Mismatch { described: description.time, told: first.time, words: description.words })
}

/// Reads the dates of a leaf, with the words around them and those of `more`, and the descriptions that they stand in.
fn read(
    account: &Account<'_>,
    leaf: Span,
    more: &[Span],
    events: &Map<usize, Vec<&Event>>,
    told: &mut Vec<Told>,
    descriptions: &mut Vec<Description>,
) {
    let numbers: Vec<usize> = account.times_in(leaf).filter(|&number| dated(account, number).is_some()).collect();
    if numbers.is_empty() {
        return;
    }
    let tokens = clauses::tokens(account, leaf);
    for (at, &number) in numbers.iter().enumerate() {
        let Some(days) = dated(account, number) else { continue };
        let from = at.checked_sub(1).map_or(leaf.start as usize, |at| account.times()[numbers[at]].span.end);
        let to = numbers.get(at + 1).map_or(leaf.end as usize, |&next| account.times()[next].span.start);
        let around = tokens
            .iter()
            .filter(|token| token.span.start >= from && token.span.end <= to && !token.mark && token.time.is_none());
        let (mut roots, mut classes) = (Vec::new(), Vec::new());
        for token in around {
            roots.push(root(&token.word).to_owned());
            classes.extend(VOCABULARY.class_of_noun(&token.word));
        }
        for key in more {
            roots.extend(words(account.article.text(*key)).map(|word| root(&fold(word.text)).to_owned()));
        }
        let dated = || events.get(&number).into_iter().flatten();
        classes.extend(dated().map(|event| event.class));
        let own = dated().filter(|event| event.who == MAIN && !event.hedged && !event.again);
        let own = own.map(|event| event.class).collect();
        roots.sort_unstable();
        roots.dedup();
        told.push(Told { time: number, days, sentence: leaf, roots, classes, own });
        if !account.opens_range(number) {
            descriptions.extend(describe(account, leaf, &tokens, number, days));
        }
    }
}

/// The days of a date that says when something happened.
pub(super) fn dated(account: &Account<'_>, number: usize) -> Option<Interval> {
    let time = &account.times()[number];
    let is_date = matches!(time.kind, TimeKind::Date | TimeKind::Time) && matches!(time.value, Value::Date(_));
    time.interval()
        .filter(|days| is_date && time.modifier.is_none() && !time.quoted && days.precision <= Precision::Year)
}

/// The description that a date stands in, or that stands beside it.
fn describe(
    account: &Account<'_>,
    leaf: Span,
    tokens: &[Token<'_>],
    number: usize,
    days: Interval,
) -> Option<Description> {
    let first = tokens.iter().position(|token| token.time == Some(number))?;
    let last = tokens.iter().rposition(|token| token.time == Some(number))?;
    // Whose year only the story tells has its day in its own words.
    let plain = account.is_plain(&account.times()[number]);
    let (range, by_date) = day_of(tokens, last + 1)
        .map(|range| (range, false))
        .or_else(|| noun_before(tokens, first.checked_sub(1)?).filter(|_| plain))?;
    let mut roots: Vec<(String, Option<usize>, bool)> = Vec::new();
    for token in tokens[range.clone()].iter().filter(|token| !token.mark && token.time.is_none()) {
        if is_function_word(&token.word) || token.is(DETERMINERS) || token.is(PREPOSITIONS) {
            continue;
        }
        // Ordinals tell events of one kind apart, and numbers are looked at elsewhere.
        let root = root(&token.word).to_owned();
        let class = VOCABULARY.class_of_noun(&token.word);
        roots.push((root, class, token.capital));
    }
    let words = super::events::span_of(leaf, tokens, range);
    let quoted = account.article.is_quoted(words);
    (!roots.is_empty() && !quoted).then_some(Description { time: number, days, sentence: leaf, words, roots, by_date })
}

/// What stands in apposition to a date: "…, the day of independence", "…, the day on which the dispatch had reached the Admiralty".
fn day_of(tokens: &[Token<'_>], at: usize) -> Option<std::ops::Range<usize>> {
    const LONGEST: usize = 12;
    let is = |at: usize, words: &[&str]| tokens.get(at).is_some_and(|token| token.is(words));
    if !(is(at, &[",", "("]) && is(at + 1, &["the"]) && is(at + 2, &["day", "date", "year", "month"])) {
        return None;
    }
    let from = match at + 3 {
        at if is(at, &["of"]) => at + 1,
        at if is(at, &["on", "in"]) && is(at + 1, &["which"]) => at + 2,
        at if is(at, &["that", "when"]) => at + 1,
        _ => return None,
    };
    let end = (from..tokens.len())
        .find(|&at| tokens[at].mark && !tokens[at].is(&["-", "'", "’"]) || tokens[at].time.is_some())
        .unwrap_or(tokens.len());
    // "the day of his death", "the day after": what only a pronoun names may be anybody's.
    let vague = tokens[from..end]
        .iter()
        .any(|token| token.is(&["he", "she", "they", "it", "his", "her", "their", "this", "that"]));
    (end > from && end - from <= LONGEST && !vague).then_some(from..end)
}

/// The definite noun group before a date: "the disaster *of* 19 September", "the purchase of the mill *in* 1997"; and whether the date is
/// what tells it from others.
fn noun_before(tokens: &[Token<'_>], preposition: usize) -> Option<(std::ops::Range<usize>, bool)> {
    const LONGEST: usize = 9;
    let of = tokens[preposition].is(&["of"]);
    if !of && !tokens[preposition].is(&["in", "on"]) {
        return None;
    }
    let mut start = preposition;
    let mut complement = false;
    loop {
        start = start.checked_sub(1)?;
        let token = &tokens[start];
        if token.mark || token.time.is_some() || preposition - start > LONGEST {
            return None;
        }
        // The first determiner of the whole group, not that of what hangs on it.
        let hangs = start.checked_sub(1).is_some_and(|before| {
            // "is remembered for the fire of 1893": on a verb nothing hangs.
            let on_verb = before.checked_sub(1).is_some_and(|verb| verbs::verb(&tokens[verb].word).is_some());
            tokens[before].is(&["of", "to", "from", "for"]) && !on_verb
        });
        if token.is(&["the", "his", "her", "its", "their"]) && !hangs {
            break;
        }
        if token.is(DETERMINERS) && !hangs {
            return None;
        }
        complement |= token.is(PREPOSITIONS);
        if token.is(PREPOSITIONS) && !token.is(&["of", "to", "from", "for"]) {
            return None;
        }
        // "the prize was won in 1912": a clause and no group.
        if token.is(&["was", "were", "is", "are", "had", "has", "who", "which", "that", "and", "or"]) {
            return None;
        }
    }
    let range = start + 1..preposition;
    let head = range.clone().find(|&at| tokens[at].is(PREPOSITIONS)).unwrap_or(preposition) - 1;
    let head = tokens.get(head).filter(|_| !range.is_empty())?;
    // "The first …", "the second …": which of several.
    let marked = tokens[range.clone()].iter().any(|token| {
        verbs::ordinal(&token.word).is_some()
            || verbs::number(&token.word).is_some()
            || token.is(&[
                "last",
                "next",
                "previous",
                "following",
                "latest",
                "new",
                "other",
                "end",
                "beginning",
                "middle",
                "summer",
                "winter",
                "autumn",
                "spring",
                "night",
                "morning",
                "evening",
                "course",
                "month",
                "half",
                "start",
            ])
    });
    let verbal = VOCABULARY.class_of_noun(&head.word).is_some()
        || ["tion", "sion", "ment", "al", "ance", "ence", "ure", "purchase", "sale", "death"]
            .iter()
            .any(|ending| head.word.ends_with(ending) && head.word.len() > 5);
    let is_event = if of { !head.capital } else { verbal && complement };
    (!marked && is_event).then_some((range, of))
}

/// Families of nouns and verbs that no ending joins, and what stands for each.
const FAMILIES: [(&[&str], &str); 8] = [
    (&["fire", "fires", "burn", "burned", "burnt", "burning", "ablaze", "blaze"], "fire"),
    (&["purchase", "purchased", "acquisition", "acquired", "acquire", "buy", "bought", "paid", "pay"], "purchase"),
    (&["sale", "sell", "sold"], "sale"),
    (&["death", "die", "died", "dead"], "death"),
    (&["birth", "born"], "birth"),
    (&["flight", "fly", "flew", "flown"], "flight"),
    (&["loss", "lose", "lost"], "loss"),
    (&["choice", "choose", "chose", "chosen"], "choice"),
];

/// What stands for the family of a folded word, where no ending joins it.
pub(super) fn family(folded: &str) -> Option<&'static str> {
    FAMILIES.iter().find(|(words, _)| words.contains(&folded)).map(|(_, root)| *root)
}

/// What words of one family have in common: "elected" and "election", "independent" and "independence".
fn root(folded: &str) -> &str {
    if let Some(root) = family(folded) {
        return root;
    }
    const SHORTEST: usize = 4;
    const ENDINGS: [&str; 14] =
        ["ation", "ition", "ment", "ence", "ance", "ency", "ancy", "ion", "ure", "ent", "ant", "at", "al", "or"];
    let stem = stem(folded);
    let stem = folded.strip_suffix("ence").or(folded.strip_suffix("ance")).unwrap_or(stem);
    ENDINGS.iter().find_map(|ending| stem.strip_suffix(ending).filter(|root| root.len() >= SHORTEST)).unwrap_or(stem)
}
