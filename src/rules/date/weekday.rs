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

use crate::article::{Article, LeafKind};
use crate::diagnostic::{Diagnostic, Severity};
use crate::rule::{Check, Context, Findings, Rule};
use crate::source::Span;
use crate::time::{Calendar, DateExpression, Day, MONTHS, WEEKDAYS, dates, names_old_style, weekday};
use std::cell::OnceCell;

pub(crate) static RULE: Rule = Rule { severity: Severity::Error, checks: &[Check::Article(check)] };

/// The first Gregorian day in Britain; before it both calendars are common in English texts.
const GREGORIAN_IN_BRITAIN: Day = Day { year: 1752, month: 9, day: 14 };

fn check(article: &Article<'_>, _: &Context<'_>, findings: &mut Findings) {
    let old_style = OnceCell::new();
    for leaf in &article.leaves {
        if matches!(leaf.kind, LeafKind::Markup | LeafKind::Raw | LeafKind::Id) {
            continue;
        }
        for date in dates(article.text(leaf.span)) {
            let Some((day, written, place)) = with_weekday(&date) else { continue };
            let right = weekday(Calendar::Gregorian, day);
            if right == written {
                continue;
            }
            let both_calendars = day < GREGORIAN_IN_BRITAIN || *old_style.get_or_init(|| names_old_style(article.text));
            if both_calendars && right_in_old_style(day, written) {
                continue;
            }
            let at = |range: &std::ops::Range<usize>| {
                let start = leaf.span.start as usize;
                Span::new(article.source, start + range.start, start + range.end)
            };
            let span = at(&date.span);
            if article.is_quoted(span) {
                continue;
            }
            let (right, written) = (WEEKDAYS[right], WEEKDAYS[written]);
            findings.push(
                Diagnostic::new(span, format!("{day} was a {right}, not a {written}"))
                    .label(format!("a {right}"))
                    .help(format!(
                        "correct the weekday or the date; the nearest {written}s are {}",
                        nearest(day, written)
                    ))
                    .fix(format!("write “{right}”"), false, at(&place), right),
            );
        }
    }
}

/// The day, and the weekday that is written beside it, of a date that has all its parts.
fn with_weekday(date: &DateExpression) -> Option<(Day, usize, std::ops::Range<usize>)> {
    let (written, place) = date.weekday.clone()?;
    let day = Day::new(date.year?, u8::try_from(date.month).ok()?, u8::try_from(date.day).ok()?)?;
    Some((day, written, place))
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
