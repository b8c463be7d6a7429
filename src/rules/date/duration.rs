//! Flags a length of time, an age or an anniversary that the dates beside it contradict.
//!
//! "Born in 1811 … died in 1884, aged sixty-nine": he was 72 or 73. Read are ages, anniversaries and birthdays; lengths beside the two
//! dates that they span ("for nineteen years, from 1896 until he was called up in 1908"), or between two events that the article dates
//! ("had been in use for thirty-three years", "after twelve years as matron"); and steps from one date to the next ("three weeks later,
//! on 4 February"). A length that is one digit away from that of a span with the same end ("resigned in 1931, after twenty-three years at the
//! desk" beside "1898–1931") is taken for a slip. Where only the order of the text ties a length to its dates, any other date that explains it is enough for silence. Rounding, counting both ends, "about", "nearly"
//! and unknown days are allowed for; "two decades" may be 17 to 23 years. A length that some other date near it explains is left alone, as
//! are terms that were only planned, and quotations.
//!
//! ## Example
//! ```text fails
//! = Josiah Pascoe =
//!
//! Josiah Pascoe (born 1811) was a captain of mines. He died at Redruth in 1884, aged sixty-nine.
//! ```
//! From 1811 to 1884 are 72 or 73 years.
//! ```text passes
//! = Josiah Pascoe =
//!
//! Josiah Pascoe (born 1811) was a captain of mines. He died at Redruth in 1884, aged seventy-two.
//! ```

use crate::article::Article;
use crate::diagnostic::{Diagnostic, Severity};
use crate::facts::{Account, Claim, Dated, Said, full_years};
use crate::rule::{Check, Context, Findings, Rule};

pub(crate) static RULE: Rule = Rule { severity: Severity::Error, checks: &[Check::Article(check)], thresholds: &[] };

fn check(_: &Article<'_>, context: &Context<'_>, findings: &mut Findings) {
    let account = context.account;
    for claim in account.claims() {
        // What is no anniversary is no matter of length.
        if claim.holds() || matches!(claim.said, Said::ToTheDay(_)) {
            continue;
        }
        let (Some(start), Some(end)) = (claim.starts.first(), claim.ends.first()) else { continue };
        let words = account.flat(claim.words);
        let mut diagnostic = Diagnostic::new(
            claim.words,
            format!(
                "“{words}” does not fit: from {} to {} {}",
                said(account, start),
                said(account, end),
                arithmetic(claim, start, end)
            ),
        )
        .label(arithmetic(claim, start, end));
        for dated in [start, end] {
            if let Some(span) = dated.span {
                diagnostic = diagnostic.related(span, dated.what.clone());
            }
        }
        findings.push(diagnostic.help("look up the two dates and count again; correct the one that is wrong"));
    }
}

/// A date as a message has it.
fn said(account: &Account<'_>, dated: &Dated) -> String {
    dated.span.map_or_else(|| dated.what.clone(), |span| account.flat(span))
}

/// "are 72 or 73 years".
fn arithmetic(claim: &Claim, start: &Dated, end: &Dated) -> String {
    let (least, most) = (full_years(start.days.to, end.days.from), full_years(start.days.from, end.days.to));
    let days = (end.days.from.since(start.days.to), end.days.to.since(start.days.from));
    let years = |least: i32, most: i32| match (least, most) {
        (least, most) if least == most => format!("are {least} years"),
        (least, most) if least + 1 == most => format!("are {least} or {most} years"),
        (least, most) => format!("are {least} to {most} years"),
    };
    match claim.said {
        _ if days.1 < 0 => String::from("time runs backwards"),
        Said::Age(..) => years(least, most),
        Said::Anniversary(_) | Said::ToTheDay(_) => {
            let (least, most) = (end.days.from.year - start.days.to.year, end.days.to.year - start.days.from.year);
            years(least, most)
        }
        Said::Length(..) if days.1 < 100 && days.0 == days.1 => format!("are {} days", days.0),
        Said::Length(..) if days.1 < 100 && days.0 >= 0 && days.1 - days.0 <= 2 => {
            format!("are {} to {} days", days.0, days.1)
        }
        Said::Length(..) if days.1 < 1000 => {
            let months = |days: i64| (days as f64 / 30.44).round() as i64;
            match (months(days.0), months(days.1)) {
                (least, most) if least == most => format!("are about {least} months"),
                (least, most) => format!("are {} to {most} months", least.max(0)),
            }
        }
        Said::Length(..) => years(least.max(0), most),
    }
}
