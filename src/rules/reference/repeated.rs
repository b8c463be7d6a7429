//! Flags the same target twice in one list.
//!
//! The second entry tells the reader nothing, and often stands where another was meant.
//!
//! ## Example
//! ```text fails
//! = Italy–Malta relations =
//!
//! They are good.
//!
//! ==See also==
//! - Foreign relations of Italy
//! - Foreign relations of italy
//! ```
//! One of them was to be the other party:
//! ```text passes
//! = Italy–Malta relations =
//!
//! They are good.
//!
//! ==See also==
//! - Foreign relations of Italy
//! - Foreign relations of Malta
//! ```

use crate::article::Article;
use crate::diagnostic::{Diagnostic, Severity};
use crate::reference::{ReferenceKind, reference_key, references, strict_title_form};
use crate::rule::{Check, Context, Findings, Rule};
use crate::source::Span;
use std::collections::HashMap;

pub(crate) static RULE: Rule = Rule { severity: Severity::Warning, checks: &[Check::Article(check)] };

fn check(article: &Article<'_>, _: &Context<'_>, findings: &mut Findings) {
    let mut first: HashMap<(u64, String), Span> = HashMap::new();
    for reference in references(article) {
        if reference.kind != ReferenceKind::SeeAlso {
            continue;
        }
        let title = if reference.is_path { String::new() } else { strict_title_form(article.text(reference.target)) };
        let key = (reference_key(article, &reference), title);
        match first.get(&key) {
            Some(&before) => findings.push(
                Diagnostic::new(
                    reference.target,
                    format!("“{}” stands in the list twice", article.text(reference.target)),
                )
                .label("the second time")
                .related(before, "the first time")
                .help("remove one, or name the article that was meant"),
            ),
            None => {
                first.insert(key, reference.target);
            }
        }
    }
}
