//! Flags a day that is in no calendar: 31 April, 29 February 1900, month 13.
//!
//! Such a day is wrong whatever the author meant, and usually one digit away from the right one. The Julian leap day of a
//! century year (29 February 1900) is accepted where the article speaks of Old Style or the year is before 1752. What stands
//! in a quotation is the quoted author's. A day without a year must have an ordinal, a weekday or "on" before it, so that a
//! number that happens to stand beside the name of a month is no date.
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

use crate::article::{Article, LeafKind};
use crate::diagnostic::{Diagnostic, Severity};
use crate::rule::{Check, Context, Findings, Rule};
use crate::source::Span;
use crate::time::{Calendar, DateExpression, MONTHS, dates, days_in_month, names_old_style};
use std::cell::OnceCell;

pub(crate) static RULE: Rule = Rule { severity: Severity::Error, checks: &[Check::Article(check)] };

/// In Britain the Gregorian calendar came in force in September 1752; before that year both are common in English texts.
const BOTH_CALENDARS_BEFORE: i32 = 1752;

fn check(article: &Article<'_>, _: &Context<'_>, findings: &mut Findings) {
    let beside = Beside { text: article.text, old_style: OnceCell::new(), calendar: OnceCell::new() };
    for leaf in &article.leaves {
        if matches!(leaf.kind, LeafKind::Markup | LeafKind::Raw | LeafKind::Id) {
            continue;
        }
        let text = article.text(leaf.span);
        for date in dates(text) {
            let span = Span::new(
                article.source,
                leaf.span.start as usize + date.date.start,
                leaf.span.start as usize + date.date.end,
            );
            if let Some(why) = impossible(&beside, &date).filter(|_| !article.is_quoted(span)) {
                // A line may be wrapped inside the date.
                let written = article.text(span).split_whitespace().collect::<Vec<_>>().join(" ");
                findings.push(
                    Diagnostic::new(span, format!("there is no {written}: {why}"))
                        .label("in no calendar")
                        .help("look the date up: most often one digit or the month is wrong"),
                );
            }
        }
    }
}

/// The article that a date stands in, and what it says of calendars, looked up at most once.
struct Beside<'a> {
    text: &'a str,
    old_style: OnceCell<bool>,
    calendar: OnceCell<bool>,
}

/// Why no calendar has that day; `None` where one may have it.
fn impossible(beside: &Beside<'_>, date: &DateExpression) -> Option<String> {
    if !date.certain {
        return None;
    }
    if date.either_order {
        // "31/04/2008" is no day in either order; if it is one in any, the other is not meant.
        let swapped = DateExpression { day: date.month, month: date.day, either_order: false, ..date.clone() };
        let straight = DateExpression { either_order: false, ..date.clone() };
        impossible(beside, &swapped)?;
        return impossible(beside, &straight);
    }
    if date.month == 0 || date.month > 12 {
        return Some(format!("there is no month {}", date.month));
    }
    let month = date.month as u8;
    let name = MONTHS[usize::from(month) - 1];
    let longest =
        date.year.map_or(if month == 2 { 29 } else { days_in_month(Calendar::Gregorian, 2001, month) }, |year| {
            days_in_month(Calendar::Gregorian, year, month)
        });
    if (1..=u32::from(longest)).contains(&date.day) {
        return None;
    }
    if month == 2 && date.day == 29 {
        let year = date.year?;
        let julian = days_in_month(Calendar::Julian, year, 2) == 29;
        if julian && (year < BOTH_CALENDARS_BEFORE || *beside.old_style.get_or_init(|| names_old_style(beside.text))) {
            return None;
        }
        return Some(format!("{year} was not a leap year"));
    }
    // Sweden had a 30 February in 1712.
    if month == 2 && date.day == 30 && *beside.calendar.get_or_init(|| beside.text.contains("calendar")) {
        return None;
    }
    match date.day {
        0 => Some(String::from("days are counted from 1")),
        _ if month == 2 => Some(String::from("February has 28 days, or 29")),
        _ => Some(format!("{name} has {longest} days")),
    }
}
