//! Flags the dates of an article that are written in the rarer of two orders: "May 4, 1901" among dates like "4 May 1901".
//!
//! Only full dates count, and only where one order clearly prevails. Quotations and names of events ("the September 11, 2001,
//! attacks") keep the order they have.
//!
//! ## Example
//! ```text fails
//! = Sumpf line =
//!
//! The line was opened on 4 May 1901, closed on 5 June 1911 and taken up on July 6, 1921.
//! ```
//! Two of three dates have the day first.
//! ```text passes
//! = Sumpf line =
//!
//! The line was opened on 4 May 1901, closed on 5 June 1911 and taken up on 6 July 1921.
//! ```

use crate::article::Article;
use crate::diagnostic::{Diagnostic, Severity};
use crate::facts::Account;
use crate::rule::{Check, Context, Findings, Rule};
use crate::time::{MONTHS, Order, Part, TimeExpression, Value};

pub(crate) static RULE: Rule = Rule { severity: Severity::Advice, checks: &[Check::Article(check)], thresholds: &[] };

fn check(_: &Article<'_>, context: &Context<'_>, findings: &mut Findings) {
    let account = context.account;
    let dates: Vec<&TimeExpression> = account.times().iter().filter(|time| counts(account, time)).collect();
    let of = |order: Order| dates.iter().filter(move |time| time.order == order);
    let (day_first, month_first) = (of(Order::DayMonth).count(), of(Order::MonthDay).count());
    let (minority, few, many) = if day_first < month_first {
        (Order::DayMonth, day_first, month_first)
    } else {
        (Order::MonthDay, month_first, day_first)
    };
    if few == 0 || few * 2 > many {
        return;
    }
    let Some(usual) = dates.iter().find(|time| time.order != minority) else { return };
    for time in of(minority) {
        let Value::Date(date) = time.value else { continue };
        let (Part::Day(Some(month), Some(day)), Some(year)) = (date.part, date.known_year()) else { continue };
        let month = MONTHS[usize::from(month).clamp(1, 12) - 1];
        let (other, first) = match minority {
            Order::DayMonth => (format!("{month} {day}, {year}"), "month"),
            _ => (format!("{day} {month} {year}"), "day"),
        };
        findings.push(
            Diagnostic::new(
                account.span(time),
                format!(
                    "{} is written the other way round than {many} of {} dates here",
                    account.words(time),
                    few + many
                ),
            )
            .label("the rarer order")
            .example(account.span(usual), "the usual order")
            .help(format!("the article has the {first} first: write “{other}”")),
        );
    }
}

/// Whether a date counts: one with day, month and year in words, in the article's own voice, and no part of a name.
fn counts(account: &Account<'_>, time: &TimeExpression) -> bool {
    if !matches!(time.order, Order::DayMonth | Order::MonthDay) || !account.is_plain(time) {
        return false;
    }
    let full = matches!(time.value, Value::Date(date) if date.day().is_some());
    let words = account.words(time);
    let attribute = account.before(time.span.start).ends_with("the ")
        && account.after(time.span.end).trim_start_matches(',').trim_start().starts_with(|c: char| c.is_lowercase());
    let attribute = attribute && !words.contains(" of ");
    full && words.contains(|c: char| c.is_ascii_alphabetic()) && words.len() > 8 && !attribute
}
