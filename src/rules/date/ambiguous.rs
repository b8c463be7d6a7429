//! Flags a date that two readers read differently: "03/04/2008", "the 90s".
//!
//! Half of the world reads 3 April, the other half 4 March. A decade without its century, "the late 60s" or "the thirties", is
//! ambiguous where its own sentence has named no year before (in words it is clear where the article's dates leave it one century); so is a year of two digits. A date in numbers is clear where its day is above 12,
//! or where another date of the article shows which order is meant.
//!
//! ## Example
//! ```text fails
//! = Maia meeting =
//!
//! The meeting of 07/06/1992 was rained off.
//! ```
//! Was that in June or in July?
//! ```text passes
//! = Maia meeting =
//!
//! The meeting of 1992-06-07 was rained off, and that of 25/06/1992 was not.
//! ```

use crate::article::{Article, LeafKind};
use crate::diagnostic::{Diagnostic, Severity};
use crate::facts::Account;
use crate::rule::{Check, Context, Findings, Rule};
use crate::source::Span;
use crate::time::{MONTHS, Order, Part, TimeExpression, Value, Year};

pub(crate) static RULE: Rule = Rule { severity: Severity::Warning, checks: &[Check::Article(check)], thresholds: &[] };

fn check(article: &Article<'_>, context: &Context<'_>, findings: &mut Findings) {
    let account = context.account;
    let times = account.times();
    short_years(article, findings);
    let one_century = is_of_one_century(account);
    let shows_order =
        times.iter().any(|time| numbers(account, time).is_some_and(|(first, second)| first.max(second) > 12));
    for (number, time) in times.iter().enumerate() {
        let span = account.span(time);
        if time.quoted || article.is_quoted(span) {
            continue;
        }
        let words = account.words(time);
        if let Some((first, second)) = numbers(account, time) {
            if !shows_order && first != second && (1..=12).contains(&first) && (1..=12).contains(&second) {
                let day = |day: u8, month: u8| format!("{day} {}", MONTHS[usize::from(month) - 1]);
                findings.push(
                    Diagnostic::new(
                        span,
                        format!(
                            "{words} is {} to some readers and {} to others",
                            day(first, second),
                            day(second, first)
                        ),
                    )
                    .label("day or month first?")
                    .help("write the month in letters"),
                );
            }
        } else if let Some(decade) = decade_without_century(&words)
            && !is_told(account, number)
            && !(one_century && words.bytes().all(|byte| !byte.is_ascii_digit()))
            && !is_told_behind(account.after(time.span.end))
        {
            let mut diagnostic = Diagnostic::new(span, format!("“{words}” does not say of which century"))
                .label("which century?")
                .help(format!("write the whole decade, as in “the 19{decade}s”"));
            if let Some(near) = within(account, number, decade) {
                diagnostic = diagnostic.example(account.span(near), "a date of that decade");
            }
            findings.push(diagnostic);
        }
    }
}

/// Dates in numbers with a year of two digits, as "4/7/62", which no reader of dates takes for one.
fn short_years(article: &Article<'_>, findings: &mut Findings) {
    for leaf in &article.leaves {
        if matches!(leaf.kind, LeafKind::Markup | LeafKind::Raw | LeafKind::Id | LeafKind::Key) {
            continue;
        }
        let text = article.text(leaf.span);
        for (slash, _) in text.match_indices('/') {
            let digits_before = text[..slash].bytes().rev().take_while(u8::is_ascii_digit).count();
            let start = slash - digits_before;
            let rest = &text[start..];
            let length = rest.bytes().take_while(|b| b.is_ascii_digit() || *b == b'/').count();
            let parts: Vec<&str> = rest[..length].split('/').collect();
            let [first, second, year] = parts.as_slice() else { continue };
            let number = |part: &str, longest: usize| {
                (1..=longest).contains(&part.len()).then(|| part.parse::<u8>().ok()).flatten()
            };
            let (Some(first), Some(second), true) = (number(first, 2), number(second, 2), year.len() == 2) else {
                continue;
            };
            let is_date = (1..=31).contains(&first) && (1..=31).contains(&second) && first.min(second) <= 12;
            // Part of a path, a fraction or a number of a file.
            let before = text[..start].chars().next_back();
            let after = rest[length..].chars().next();
            let alone = before.is_none_or(|c| c.is_whitespace() || c == '(')
                && after.is_none_or(|c| !c.is_alphanumeric() && c != '-');
            let at = leaf.span.start as usize + start;
            let span = Span::new(article.source, at, at + length);
            let verb = text[..start].trim_end().ends_with(|c: char| c.is_alphabetic()) || start == 0;
            if is_date && alone && verb && !article.is_quoted(span) {
                findings.push(
                    Diagnostic::new(
                        span,
                        format!("“{}” does not say of which century, nor which number is the month", &rest[..length]),
                    )
                    .label("which century?")
                    .help("write the month in letters and the year in full"),
                );
            }
        }
    }
}

/// Whether a decade in words, "the sixties", can be of one century alone: no date of the article is so old that it was there for an earlier
/// one.
fn is_of_one_century(account: &Account<'_>) -> bool {
    const DATES: usize = 5;
    const FIRST: i32 = 1870;
    const LONGEST: i32 = 200;
    let years = || account.times().iter().filter(|time| account.is_plain(time)).filter_map(year);
    let (first, last) = (years().min(), years().max());
    years().count() >= DATES && first.zip(last).is_some_and(|(first, last)| last - first < LONGEST && first > FIRST)
}

/// The two numbers of a date that is written in numbers with the year last, in the order in which they stand.
fn numbers(account: &Account<'_>, time: &TimeExpression) -> Option<(u8, u8)> {
    if time.order != Order::Numeric {
        return None;
    }
    let mut parts = account.article.text(account.span(time)).split(['/', '.', '-']);
    Some((parts.next()?.trim().parse().ok()?, parts.next()?.trim().parse().ok()?))
}

/// The two digits of "the 90s", "the '90s", "the late 90s" or "the nineties".
fn decade_without_century(words: &str) -> Option<&str> {
    const NAMED: [(&str, &str); 8] = [
        ("twenties", "20"),
        ("thirties", "30"),
        ("forties", "40"),
        ("fifties", "50"),
        ("sixties", "60"),
        ("seventies", "70"),
        ("eighties", "80"),
        ("nineties", "90"),
    ];
    let rest = words.strip_prefix("the ").or_else(|| words.strip_prefix("The ")).unwrap_or(words);
    let rest = ["middle of ", "end of ", "beginning of ", "start of "]
        .iter()
        .find_map(|part| rest.strip_prefix(part))
        .unwrap_or(rest);
    let rest = rest.strip_prefix("the ").unwrap_or(rest);
    let parts = ["early ", "late ", "later ", "mid-", "mid ", "middle "];
    let rest = parts.iter().find_map(|part| rest.strip_prefix(part)).unwrap_or(rest);
    if let Some((_, digits)) = NAMED.iter().find(|(name, _)| *name == rest) {
        return Some(digits);
    }
    let rest = rest.trim_start_matches(['\'', '’', '‘']);
    let digits = rest.strip_suffix('s')?.trim_end_matches(['\'', '’']);
    (digits.len() == 2 && digits.ends_with('0') && digits.as_bytes()[0].is_ascii_digit()).then_some(digits)
}

/// Whether the sentence has named a year before, so that the reader knows the century.
fn is_told(account: &Account<'_>, number: usize) -> bool {
    const NEAR: usize = 16;
    let times = account.times();
    let bounds = account.bounds(times[number].span.start);
    let sentence = account.sentence(times[number].span.start).map_or(bounds.start, |sentence| sentence.start as usize);
    let bounds = sentence.max(bounds.start)..bounds.end;
    times[..number]
        .iter()
        .rev()
        .take_while(|time| time.span.start >= bounds.start)
        .take(NEAR)
        .any(|time| year(time).is_some() && account.is_plain(time))
}

/// Whether what follows says of which century, or that no time is meant: "the 60s AD", "the nineties of the last century", "in
/// the 90s Fahrenheit", "the late 70s of her life".
fn is_told_behind(after: &str) -> bool {
    const MARKS: [&str; 14] = [
        "AD",
        "BC",
        "CE",
        "BCE",
        "Fahrenheit",
        "Celsius",
        "°",
        "degrees",
        "%",
        "percent",
        "mph",
        "of his life",
        "of her life",
        "of the ",
    ];
    let after = after.trim_start();
    MARKS.iter().any(|mark| after.starts_with(mark))
}

fn year(time: &TimeExpression) -> Option<i32> {
    match time.value {
        Value::Date(date) if !matches!(date.part, Part::Week(None, _)) => match date.year {
            Year::Known(year) => Some(year),
            Year::Decade(decade) => Some(decade.digits as i32 * 10),
            _ => None,
        },
        _ => None,
    }
}

/// A date behind the expression, in the same section, that lies in a decade of these digits.
fn within<'a>(account: &'a Account<'_>, number: usize, decade: &str) -> Option<&'a TimeExpression> {
    const NEAR: usize = 8;
    let digit = i32::from(decade.as_bytes()[0] - b'0');
    account.times()[number + 1..]
        .iter()
        .take(NEAR)
        .find(|time| year(time).is_some_and(|year| year.rem_euclid(100) / 10 == digit && account.is_plain(time)))
}
