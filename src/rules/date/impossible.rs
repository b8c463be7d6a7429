//! Flags a day that is in no calendar: 31 April, 29 February 1900, month 13.
//!
//! Such a day is wrong whatever the author meant, and usually one digit away from the right one. The Julian leap day of a
//! century year (29 February 1900) is accepted where the article speaks of Old Style or the year is before 1752. What stands
//! in a quotation is the quoted author's. What only looks like a day ("33 March hares", "flight 31 June") is
//! no date: see the page on time.
//!
//! ## Example
//! ```text fails
//! = Valletta Bridge =
//!
//! The bridge was opened on 31 June 1921.
//! ```
//! June has thirty days.
//! ```text passes
//! = Valletta Bridge =
//!
//! The bridge was opened on 30 June 1921 and closed on 29 February 2000.
//! ```

use crate::article::Article;
use crate::diagnostic::{Diagnostic, Severity};
use crate::facts::Account;
use crate::rule::{Check, Context, Findings, Rule};
use crate::source::Span;
use crate::time::{Anchor, Calendar, Date, MONTHS, Order, Part, TimeExpression, Value, days_in_month};

pub(crate) static RULE: Rule = Rule { severity: Severity::Error, checks: &[Check::Article(check)], thresholds: &[] };

/// In Britain the Gregorian calendar came in force in September 1752; before that year both are common in English texts.
const BOTH_CALENDARS_BEFORE: i32 = 1752;

fn check(article: &Article<'_>, context: &Context<'_>, findings: &mut Findings) {
    let account = context.account;
    for time in account.times() {
        let span = without_weekday(account, time);
        if time.quoted || article.is_quoted(span) {
            continue;
        }
        let Some((why, written)) = impossible(account, time, span) else { continue };
        if counts(account, time) {
            continue;
        }
        findings.push(
            Diagnostic::new(span, format!("there is no {written}: {why}"))
                .label("in no calendar")
                .help("look the date up: most often one digit or the month is wrong"),
        );
    }
}

/// The words of an expression without the weekday and the article that it may begin with.
fn without_weekday(account: &Account<'_>, time: &TimeExpression) -> Span {
    let span = account.span(time);
    let text = account.article.text(span);
    let behind_word = |text: &str| text.find(' ').map_or(0, |blank| blank + 1);
    let mut skipped = if time.weekday.is_some() { behind_word(text) } else { 0 };
    if text[skipped..].starts_with("the ") {
        skipped += 4;
    }
    Span { start: span.start + skipped as u32, ..span }
}

/// Whether the number behind a month counts what follows it: "by June 31 houses had been finished".
fn counts(account: &Account<'_>, time: &TimeExpression) -> bool {
    let ends_in_number = account.words(time).ends_with(|c: char| c.is_ascii_digit());
    let Value::Date(date) = time.value else { return false };
    let next = account.after(time.span.end).strip_prefix(' ').unwrap_or("");
    let next = next.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    let on = account.before(time.span.start).trim_end().ends_with("on") || time.weekday.is_some();
    let plural = next.len() > 3 && next.ends_with('s') && next.starts_with(char::is_lowercase);
    ends_in_number && date.known_year().is_none_or(|_| time.anchor != Anchor::Explicit) && plural && !on
}

/// Why no calendar has the day of an expression, and how it is written; `None` where one may have it.
fn impossible(account: &Account<'_>, time: &TimeExpression, span: Span) -> Option<(String, String)> {
    let Value::Date(date) = time.value else { return None };
    let Part::Day(Some(month), Some(day)) = date.part else { return None };
    let why = no_such_day(account, time, date, month, day)?;
    // "31/04/2008" is no day in either order; if it is one in any, the other is not meant.
    if time.order == Order::Numeric {
        no_such_day(account, time, date, day, month)?;
    }
    let words = account.flat(span);
    // In "30/31 June" the month stands elsewhere.
    let written = if words.contains(char::is_alphabetic) && !words.starts_with(|c: char| c.is_ascii_digit())
        || words.len() > 4 && time.order != Order::MonthDay
    {
        words
    } else {
        let month = MONTHS.get(usize::from(month).wrapping_sub(1)).copied().unwrap_or("");
        format!("{day} {month}")
    };
    Some((why, written))
}

fn no_such_day(account: &Account<'_>, time: &TimeExpression, date: Date, month: u8, day: u8) -> Option<String> {
    if month == 0 || month > 12 {
        return Some(format!("there is no month {month}"));
    }
    // A year that the story tells says nothing sure of leap days.
    let year = date.known_year().filter(|_| time.anchor == Anchor::Explicit);
    let name = MONTHS[usize::from(month) - 1];
    let longest = match year {
        Some(year) => days_in_month(Calendar::Gregorian, year, month),
        None => days_in_month(Calendar::Gregorian, 2000, month),
    };
    if (1..=longest).contains(&day) {
        return None;
    }
    if month == 2 && day == 29 {
        let year = year?;
        let julian = days_in_month(Calendar::Julian, year, 2) == 29;
        if julian && (year < BOTH_CALENDARS_BEFORE || account.names_old_style()) {
            return None;
        }
        return Some(format!("{year} was not a leap year"));
    }
    // Sweden had a 30 February in 1712.
    if month == 2 && day == 30 && account.names_calendars() {
        return None;
    }
    match day {
        0 => Some(String::from("days are counted from 1")),
        _ if month == 2 => Some(String::from("February has 28 days, or 29")),
        _ => Some(format!("{name} has {longest} days")),
    }
}
