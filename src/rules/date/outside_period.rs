//! Flags an entry outside the period that its heading names.
//!
//! The heading must name a period: two years ("Timeline, 1906–1919"), a decade, a century; of the entries, those count that
//! begin with a date. A heading that only looks back or ahead ("Background to the 1990s") names no period of its own, and one that
//! most entries leave names another thing.
//!
//! ## Example
//! ```text fails
//! = Wheal Grace =
//!
//! ==Timeline, 1906–1919==
//! - 19 April 1906: lease signed
//! - 29 August 1908: new stamps started
//! - 12 June 1934: engine house blown up
//! ```
//! The period ends in 1919.
//! ```text passes
//! = Wheal Grace =
//!
//! ==Timeline, 1906–1934==
//! - 19 April 1906: lease signed
//! - 29 August 1908: new stamps started
//! - 12 June 1934: engine house blown up
//! ```

use crate::article::Article;
use crate::diagnostic::{Diagnostic, Severity};
use crate::facts::Account;
use crate::rule::{Check, Context, Findings, Rule};
use crate::source::Span;
use crate::time::{Day, Interval, Precision, TimeKind};

pub(crate) static RULE: Rule = Rule { severity: Severity::Warning, checks: &[Check::Article(check)], thresholds: &[] };

fn check(article: &Article<'_>, context: &Context<'_>, findings: &mut Findings) {
    let account = context.account;
    for (number, section) in article.sections.iter().enumerate() {
        let mut lists = account.lists().iter().filter(|list| list.section == number).peekable();
        if lists.peek().is_none() {
            continue;
        }
        // A section without a period of its own is under that of the title.
        let title = article.title.map(|title| title.span);
        let heading = section.heading.map(|heading| heading.span);
        let own = heading.and_then(|span| Some((span, period(account, span)?)));
        let of_title = || {
            let undated = heading.is_none_or(|heading| account.times_in(heading).next().is_none());
            title.filter(|_| undated).and_then(|span| Some((span, period(account, span)?)))
        };
        let Some((heading, period)) = own.or_else(of_title) else { continue };
        let entries: Vec<_> = lists.flat_map(|list| &list.entries).filter(|entry| !entry.yearless).collect();
        let is_outside = |days: Interval, until| days.from > period.to || until < period.from;
        let outside = entries.iter().filter(|entry| is_outside(entry.days, entry.until));
        if outside.clone().count() * 2 > entries.len() || entries.len() < 2 {
            continue;
        }
        for entry in outside {
            let side = if entry.days.from > period.to { "after it ends" } else { "before it begins" };
            findings.push(
                Diagnostic::new(
                    entry.span,
                    format!(
                        "{} is outside the period that the heading “{}” names: {side}",
                        account.flat(entry.span),
                        account.flat(heading)
                    ),
                )
                .label(side)
                .related(period.span, "the period")
                .help("move the entry to another section, correct its date, or widen the heading"),
            );
        }
    }
}

/// A period and the words that name it.
struct Period {
    from: Day,
    to: Day,
    span: Span,
}

/// The period that a heading names.
fn period(account: &Account<'_>, heading: Span) -> Option<Period> {
    let numbers = account.times_in(heading);
    let times = &account.times()[numbers.clone()];
    let first = times.first()?;
    let text = account.article.text(heading);
    let leads = &text[..first.span.start - heading.start as usize];
    let behind = &text[times.last()?.span.end - heading.start as usize..];
    let range = times.len() == 2 && leads.trim_end().to_ascii_lowercase().ends_with("from");
    if !range && looks_elsewhere(leads) || behind.trim_start().starts_with(['–', '-', '+']) {
        return None;
    }
    let (last, days) = match times {
        [only] => {
            let days = only.interval()?;
            // A single year names an event more often than a time, unless the heading is that year or says "in".
            let is_period = days.precision >= Precision::Decade
                || days.precision <= Precision::Year
                    && (text.trim() == account.article.text(account.span(only))
                        || leads.trim_end().to_ascii_lowercase().ends_with(" in")
                        || is_register(leads));
            (only, is_period.then_some(days)?)
        }
        [first, second] if account.opens_range(numbers.start) => {
            let (from, to) = (first.interval()?, second.interval()?);
            (second, Interval { from: from.from, to: to.to, precision: to.precision })
        }
        _ => return None,
    };
    let span = Span { end: last.span.end as u32, ..account.span(first) };
    (first.kind == TimeKind::Date && days.from <= days.to).then_some(Period { from: days.from, to: days.to, span })
}

/// Whether what stands before a year names a list of all that was in it: "Chronology of 1968".
fn is_register(leads: &str) -> bool {
    const REGISTERS: &[&str] = &["calendar", "chronicle", "chronology", "diary", "events", "itinerary", "timeline"];
    let leads = leads.trim_end().to_ascii_lowercase();
    let named = leads.strip_suffix(" of").and_then(|leads| leads.split(' ').next_back());
    named.is_some_and(|last| REGISTERS.contains(&last))
}

/// Whether what stands before the period says that the section is about another time.
fn looks_elsewhere(leads: &str) -> bool {
    const WORDS: &[&str] = &[
        "after",
        "aftermath",
        "background",
        "before",
        "beyond",
        "following",
        "from",
        "leading",
        "legacy",
        "origins",
        "post",
        "pre",
        "prelude",
        "prior",
        "since",
        "to",
        "towards",
        "until",
    ];
    leads.split(|c: char| !c.is_alphabetic()).any(|word| {
        let word = word.to_ascii_lowercase();
        WORDS.contains(&word.as_str())
    }) && !leads.trim().eq_ignore_ascii_case("from")
}
