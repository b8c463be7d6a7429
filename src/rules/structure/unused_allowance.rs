//! Flags an allowance in the front matter of an article that silences nothing.
//!
//! An article may allow what rules would flag in it: `seedlint: {allow: [date/stale]}` in its front matter. When the text is
//! corrected and the allowance stays, it hides the next defect of that kind. A name that no rule or group has never hid anything,
//! and whoever wrote it believes that it does. The rule is silent about rules that did not run, and about rules that compare
//! articles when not all articles were read.
//!
//! ```text fails
//! ---
//! title: Lantern Pier
//! seedlint:
//!   allow: [date/impossible]
//! ---
//!
//! The pier was opened on 30 June 1921.
//! ```
//!
//! ```text passes
//! ---
//! title: Lantern Pier
//! seedlint:
//!   allow: [date/impossible]
//! ---
//!
//! The ledger says that the pier was opened on 31 June 1921.
//! ```

use crate::diagnostic::{Diagnostic, Severity};
use crate::rule::{Check, Findings, Rule, Useless, WhyUseless};
use crate::rules;

pub(crate) static RULE: Rule =
    Rule { severity: Severity::Warning, checks: &[Check::Allowance(check)], thresholds: &[] };

fn check(useless: &Useless, findings: &mut Findings) {
    let Useless { span, name, why } = useless;
    let found = match why {
        WhyUseless::Unused => {
            Diagnostic::new(*span, format!("the article allows `{name}`, and there is nothing to allow"))
                .label("silences nothing")
                .help("take it away: it would hide the next defect of that kind")
        }
        WhyUseless::Repeated => Diagnostic::new(*span, format!("the article allows `{name}` twice"))
            .label("allowed before already")
            .help("take one of them away"),
        WhyUseless::Unknown => {
            Diagnostic::new(*span, format!("the article allows `{name}`, and there is no such rule or group"))
                .label("silences nothing")
                .help(rules::find(name).err().map_or_else(String::new, |unknown| unknown.help()))
        }
        WhyUseless::Malformed => Diagnostic::new(*span, String::from("this is not how an article allows something"))
            .label("silences nothing")
            .help("write `seedlint:` and below it `allow:` with a list of rules or groups"),
    };
    findings.push(found);
}
