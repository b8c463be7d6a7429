//! Flags a range that ends before it begins: "(1889–1862)", "from June 1910 to May 1908".
//!
//! Most often two digits of the second date, or the two dates themselves, have changed places. Years before Christ count down;
//! a short end ("1999–03") belongs to the next century where it must; seasons run over a turn of the year.
//!
//! ## Example
//! ```text fails
//! = Bruno Haller =
//!
//! Bruno Haller (1889–1862) played the viola.
//! ```
//! He cannot have died before he was born.
//! ```text passes
//! = Bruno Haller =
//!
//! Bruno Haller (1889–1962) played the viola from 1914–18, and studied coins of 141–87 BC.
//! ```

use crate::article::Article;
use crate::diagnostic::{Diagnostic, Severity};
use crate::facts::Account;
use crate::rule::{Check, Context, Findings, Rule};
use crate::source::Span;
use crate::time::TimeExpression;

pub(crate) static RULE: Rule = Rule { severity: Severity::Error, checks: &[Check::Article(check)], thresholds: &[] };

fn check(_: &Article<'_>, context: &Context<'_>, findings: &mut Findings) {
    let account = context.account;
    for (number, pair) in account.times().windows(2).enumerate() {
        let [first, second] = pair else { continue };
        if !account.opens_range(number) || !pair.iter().all(|time| account.is_plain(time)) {
            continue;
        }
        let (Some(from), Some(to)) = (first.interval(), second.interval()) else { continue };
        // "1700 to 1200 BCE": the era behind the second is that of both.
        let shares_era = from.from.year > 0 && to.from.year <= 0;
        if to.to >= from.from || shares_era || counts(account, first, second) {
            continue;
        }
        let (start, end) = (account.span(first), account.span(second));
        let span = Span { end: end.end, ..start };
        findings.push(
            Diagnostic::new(
                span,
                format!("the range ends in {} before it begins in {}", account.words(second), account.words(first)),
            )
            .label("ends before it begins")
            .help("look both dates up: most often two digits, or the dates themselves, have changed places"),
        );
    }
}

/// Whether the numbers are no years: votes, members, digits of a longer number.
fn counts(account: &Account<'_>, first: &TimeExpression, second: &TimeExpression) -> bool {
    const CHANGES: &[&str] = &[
        "cut",
        "decline",
        "declined",
        "decrease",
        "decreased",
        "dropped",
        "dwindled",
        "fallen",
        "falling",
        "fell",
        "grew",
        "grown",
        "increased",
        "lowered",
        "moved",
        "raised",
        "reduced",
        "reduction",
        "rise",
        "rose",
        "shrank",
        "shrunk",
        "went",
    ];
    let years_alone = [first, second].iter().all(|time| account.words(time).bytes().all(|b| b.is_ascii_digit()));
    if !years_alone {
        return false;
    }
    let (before, after) = (account.before(first.span.start), account.after(second.span.end));
    let part_of_number = before.ends_with(['-', '–', '/', '+', '.', '#'])
        || before.trim_end().ends_with(|c: char| c.is_ascii_digit())
        || after.starts_with(['-', '–', '/', '%'])
        || after.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let next: &str = after.trim_start().split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    let counted =
        after.starts_with(' ') && next.len() > 3 && next.ends_with('s') && !crate::text::is_function_word(next);
    let lead = before.rsplit(['.', ';']).next().unwrap_or("");
    // "rose from 1975 to 2004": not of the years in a bracket, nor of a verb far away.
    const NEAR: usize = 8;
    let changes =
        !before.ends_with('(') && lead.split_whitespace().rev().take(NEAR).any(|word| CHANGES.contains(&word));
    let score = lead.split_whitespace().any(|word| {
        matches!(word, "score" | "members" | "telephone" | "phone" | "number" | "won" | "defeated" | "beat")
    });
    // The votes may have been spoken of a sentence before.
    const AROUND: usize = 60;
    const BYTES_A_WORD: usize = 10;
    let before_it = crate::text::words(crate::text::tail(before, AROUND * BYTES_A_WORD));
    let score = score
        || before_it
            .chain(crate::text::words(after).take(AROUND))
            .any(|word| matches!(word.text, "votes" | "vote" | "recount"));
    let in_brackets_counts = before.ends_with('(')
        && lead.split_whitespace().any(|word| matches!(word, "ballot" | "ballots" | "poll" | "polls"));
    part_of_number || in_brackets_counts || counted || changes || score
}
