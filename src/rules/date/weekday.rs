//! Flags a weekday that is not that date's.
//!
//! Either the weekday or the date is wrong, and no reader can tell which. A weekday with no full date is left alone. So is
//! one that is right in the Julian calendar, where the article speaks of Old Style or the day is before 14 September 1752.
//!
//! ## Example
//! ```text fails
//! = Valletta Bridge =
//!
//! The bridge was opened on Tuesday, 3 October 1900.
//! ```
//! That day was a Wednesday.
//! ```text passes
//! = Valletta Bridge =
//!
//! The bridge was opened on Wednesday, 3 October 1900, and closed on the following Sunday.
//! ```

use crate::article::Article;
use crate::diagnostic::{Diagnostic, Severity};
use crate::facts::Account;
use crate::rule::{Check, Context, Findings, Rule};
use crate::source::Span;
use crate::time::{Anchor, Calendar, Day, MONTHS, TimeExpression, Value, WEEKDAYS, weekday};

pub(crate) static RULE: Rule = Rule { severity: Severity::Error, checks: &[Check::Article(check)], thresholds: &[] };

/// The first Gregorian day in Britain; before it both calendars are common in English texts.
const GREGORIAN_IN_BRITAIN: Day = Day { year: 1752, month: 9, day: 14 };

fn check(article: &Article<'_>, context: &Context<'_>, findings: &mut Findings) {
    let account = context.account;
    for (number, time) in account.times().iter().enumerate() {
        let Some(day) = full_day(time) else { continue };
        let Some(written) = weekday_of(account, number) else { continue };
        let right = weekday(Calendar::Gregorian, day);
        if right == written.weekday {
            continue;
        }
        let both_calendars = day < GREGORIAN_IN_BRITAIN || account.names_old_style();
        if both_calendars && right_in_old_style(day, written.weekday) {
            continue;
        }
        if time.quoted || article.is_quoted(written.both) {
            continue;
        }
        let (right, wrong) = (WEEKDAYS[right], WEEKDAYS[written.weekday]);
        findings.push(
            Diagnostic::new(written.both, format!("{day} was a {right}, not a {wrong}"))
                .label(format!("a {right}"))
                .help(format!("correct the weekday or the date; the nearest {wrong}s are {}", nearest(day, wrong)))
                .fix(format!("write “{right}”"), false, written.place, right),
        );
    }
}

/// The day of a date that has all its parts.
fn full_day(time: &TimeExpression) -> Option<Day> {
    match time.value {
        Value::Date(date) if time.anchor == Anchor::Explicit => date.day(),
        _ => None,
    }
}

/// A weekday that stands with a date.
struct Written {
    /// An index into [`WEEKDAYS`].
    weekday: usize,
    /// The word.
    place: Span,
    /// The word and the date.
    both: Span,
}

/// The weekday that is written with a date: before it, in it or behind it.
fn weekday_of(account: &Account<'_>, number: usize) -> Option<Written> {
    let times = account.times();
    let time = &times[number];
    let span = account.span(time);
    let text = account.article.text(span);
    if let Some(weekday) = time.weekday {
        let word = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
        let place = Span { end: span.start + word as u32, ..span };
        return Some(Written { weekday: usize::from(weekday) - 1, place, both: span });
    }
    if let Some((weekday, place)) = weekday_behind(account, span.end as usize) {
        let own = times.get(number + 1).is_some_and(|next| next.span.start <= place.0 && next.span.end > place.1);
        if !own {
            let place = Span::new(span.source, place.0, place.1);
            return Some(Written { weekday, place, both: Span { end: place.end, ..span } });
        }
    }
    let before = number.checked_sub(1).map(|number| &times[number])?;
    let place = account.span(before);
    let weekday = weekday_named(account.article.text(place))?;
    if account.between(before.span.end, span.start as usize) != " (" {
        return None;
    }
    Some(Written { weekday, place, both: Span { start: place.start, ..span } })
}

/// A weekday behind a date: "16 May 1925 (Friday)", "16 May 1925 was a Friday". An index into [`WEEKDAYS`], and the place
/// of the word.
fn weekday_behind(account: &Account<'_>, end: usize) -> Option<(usize, (usize, usize))> {
    const GAPS: [&str; 10] = [
        " (",
        ", ",
        ", a ",
        " (a ",
        " was a ",
        ", which was a ",
        " fell on a ",
        ", being a ",
        " is a ",
        " was in fact a ",
    ];
    let text = account.after(end);
    // The longest gap that fits, so that no weekday is looked for inside it.
    let gap = GAPS.iter().filter(|gap| text.starts_with(**gap)).max_by_key(|gap| gap.len())?;
    let rest = &text[gap.len()..];
    let word = &rest[..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())];
    let weekday = weekday_named(word)?;
    let rest = &rest[word.len()..];
    // "Monday's edition", "Tuesdays and Fridays", "Monday morning's", "Sunday school".
    let ends = rest.is_empty()
        || rest.starts_with([')', ']', '.', ',', ';', ':', '\n'])
        || *gap != ", " && rest.starts_with(' ');
    let start = end + gap.len();
    ends.then_some((weekday, (start, start + word.len())))
}

/// A weekday by its name, whole or cut to three letters; an index into [`WEEKDAYS`].
fn weekday_named(word: &str) -> Option<usize> {
    let short = |name: &str| word.len() == 3 && name.as_bytes()[..3].eq_ignore_ascii_case(word.as_bytes());
    WEEKDAYS.iter().position(|name| word.eq_ignore_ascii_case(name) || short(name))
}

/// Whether the weekday is right in the Julian calendar. Where the year began in March, the months
/// before it belong to the year that we call the next.
fn right_in_old_style(day: Day, written: usize) -> bool {
    let next_year = Day { year: day.year + 1, ..day };
    weekday(Calendar::Julian, day) == written || day.month <= 3 && weekday(Calendar::Julian, next_year) == written
}

/// The days before and after that fall on a weekday: "2 October and 9 October".
fn nearest(day: Day, weekday_name: &str) -> String {
    let wanted = WEEKDAYS.iter().position(|name| *name == weekday_name).unwrap_or(0);
    let ahead = (wanted + 7 - weekday(Calendar::Gregorian, day)) % 7;
    let short = |day: Day| format!("{} {}", day.day, MONTHS[usize::from(day.month) - 1]);
    let after = day.plus(ahead as i64);
    let before = day.plus(ahead as i64 - 7);
    format!("{} and {}", short(before), short(after))
}
