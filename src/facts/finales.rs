//! First and last times, beside the span of time that the lead or the infobox gives.
//!
//! What ran from 6 January 1974 to 23 October 1977 had its last episode on that day, whatever the verb: "went out", "was shown", "left the
//! terminus at midnight". So a first or last of what goes on day by day that is one slip of the pen away from the end of the span, or
//! within the same weeks, contradicts it.

use super::clauses;
use super::quantities::singular;
use super::slips::slip;
use super::{Account, mentions::Mismatch};
use crate::source::Span;
use crate::time::{Day, Precision, TimeKind};

/// What happens again and again as long as something goes on, in the singular.
const RECURRENT: [&str; 34] = [
    "broadcast",
    "bus",
    "car",
    "concert",
    "crossing",
    "edition",
    "episode",
    "ferry",
    "flight",
    "instalment",
    "installment",
    "issue",
    "lesson",
    "mail",
    "mass",
    "match",
    "number",
    "passenger",
    "patient",
    "performance",
    "programme",
    "program",
    "race",
    "run",
    "sailing",
    "service",
    "shift",
    "show",
    "sitting",
    "train",
    "tram",
    "tramcar",
    "trip",
    "voyage",
];

/// Which end of a span.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    First,
    Last,
}

/// Dates of a first or last time that are not those of the span.
pub(super) fn read(account: &Account<'_>) -> Vec<Mismatch> {
    let Some((from, to)) = span_of_all(account) else { return Vec::new() };
    let days = |number: usize| account.times()[number].interval().map(|days| days.from);
    let (Some(first), Some(last)) = (days(from), days(to)) else { return Vec::new() };
    let (mut firsts, mut lasts) = (Vec::new(), Vec::new());
    for statement in account.events().statements.iter().filter(|statement| !statement.unreal) {
        let day = |&number: &usize| {
            let time = &account.times()[number];
            let days = time.interval().filter(|days| days.precision == Precision::Day);
            days.filter(|_| account.is_plain(time) && !account.opens_range(number)).map(|days| days.from)
        };
        let dates: Vec<usize> = account.times_in(statement.words).filter(|number| day(number).is_some()).collect();
        // "At 11.40 p.m. on Saturday 27 May": one day, told in two expressions.
        let one = dates.iter().all(|other| day(other) == dates.first().and_then(day));
        let last = if one { &dates[dates.len().saturating_sub(1)..] } else { &[] };
        if let [time] = last
            && let (Some(day), Some((end, words))) = (day(time), occasion(account, statement.sentence, statement.words))
        {
            let of_end = if end == End::First { &mut firsts } else { &mut lasts };
            of_end.push((*time, day, words));
        }
    }
    let mut found = Vec::new();
    for (all, right, bound) in [(firsts, first, from), (lasts, last, to)] {
        // Which of several is the last of all?
        if all.iter().any(|&(_, day, _)| day == right) {
            continue;
        }
        let near = |&&(time, day, _): &&(usize, Day, Span)| {
            time != bound && (slip(day, right).is_some() || is_near(day, right, bound == to))
        };
        let near: Vec<_> = all.iter().filter(near).collect();
        if let [(time, _, words)] = near.as_slice() {
            found.push(Mismatch { described: *time, told: bound, words: *words });
        }
    }
    found
}

/// Whether a last day lies in the weeks behind the end: behind it nothing goes on.
fn is_near(day: Day, right: Day, last: bool) -> bool {
    const WEEKS: std::ops::RangeInclusive<i64> = 2..=42;
    last && WEEKS.contains(&day.since(right))
}

/// The span, as numbers of its two days, that a field or the first paragraph gives in full. None, where there are two.
fn span_of_all(account: &Account<'_>) -> Option<(usize, usize)> {
    let article = account.article;
    let lead = article.lead().map(|lead| lead.span);
    let times = account.times();
    let is_day = |number: usize| {
        let time = &times[number];
        time.kind == TimeKind::Date
            && account.is_plain(time)
            && time.modifier.is_none()
            && time.interval().is_some_and(|days| days.precision == Precision::Day)
    };
    let places = article.fields().map(|field| field.value).chain(lead);
    let mut found: Option<(usize, usize)> = None;
    for number in places.flat_map(|place| account.times_in(place)) {
        let is_span = number + 1 < times.len()
            && is_day(number)
            && is_day(number + 1)
            && account.opens_range(number)
            // "(6 May 1881 – 3 June 1961)": a life.
            && !account.before(times[number].span.start).trim_end().ends_with('(');
        if !is_span {
            continue;
        }
        let ends = |number: usize| times[number].interval().map(|days| days.from);
        if found.is_some_and(|(from, to)| (ends(from), ends(to)) != (ends(number), ends(number + 1))) {
            return None;
        }
        found = found.or(Some((number, number + 1)));
    }
    found
}

/// "The last car on line 1", "the closing episode", in a clause, with what it is.
fn occasion(account: &Account<'_>, sentence: Span, clause: Span) -> Option<(End, Span)> {
    const BETWEEN: usize = 2;
    let has = |words: &[&str]| account.words_of(sentence).iter().any(|(_, folded)| words.contains(&folded.as_ref()));
    if !has(&["last", "closing", "final", "first", "opening"]) || has(&["trial", "test", "experimental", "rehearsal"]) {
        return None;
    }
    let tokens = clauses::tokens(account, sentence);
    let inside = |at: usize| clause.range().contains(&tokens[at].span.start);
    (0..tokens.len()).filter(|&at| inside(at)).find_map(|at| {
        let end = match tokens[at].word.as_ref() {
            "last" | "closing" | "final" => End::Last,
            "first" | "opening" => End::First,
            _ => return None,
        };
        // "Its last train", "the last train"; "for the last time" is of anything.
        let definite = at.checked_sub(1).is_some_and(|before| tokens[before].is(&["the", "its"]));
        let noun = (at + 1..(at + 2 + BETWEEN).min(tokens.len()))
            .find(|&noun| RECURRENT.contains(&singular(&tokens[noun].word).as_str()) && tokens[noun].time.is_none())?;
        let plain = tokens[at + 1..noun].iter().all(|token| !token.mark && !token.capital && token.time.is_none());
        (definite && plain).then(|| (end, super::events::span_of(sentence, &tokens, at..noun + 1)))
    })
}
