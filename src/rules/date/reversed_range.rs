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
use crate::rule::{Check, Context, Findings, Rule};
use crate::source::Span;

pub(crate) static RULE: Rule = Rule { severity: Severity::Error, checks: &[Check::Article(check)] };

fn check(_: &Article<'_>, context: &Context<'_>, findings: &mut Findings) {
    let account = context.account;
    for (number, pair) in account.times().windows(2).enumerate() {
        let [first, second] = pair else { continue };
        if !account.opens_range(number) || !pair.iter().all(|time| account.is_plain(time)) {
            continue;
        }
        let (Some(from), Some(to)) = (first.interval(), second.interval()) else { continue };
        if to.to >= from.from {
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
