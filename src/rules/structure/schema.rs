//! Flags an article whose parts are not those that its kind has: a field of the infobox or a section
//! is missing, a value has the wrong form.
//!
//! Readers and programs look for the same things in the same places of all articles of a kind. Kinds are told by
//! title, path or layout; the shipped ones are `bilateral-relations` ("Chad–Mali relations") and
//! `foreign-relations`. The configuration adds kinds, changes them and switches them off. What is optional in
//! the schema is never asked for, and nothing is asked of dump records and plain text, which have lost
//! their infoboxes. Front matter that is not YAML has no fields at all, and is flagged whatever the kind.
//!
//! ## Example
//! ```text fails
//! = Chad–Mali relations =
//!
//! Infobox
//! - Title: Chad–Mali relations
//! - Filetype: svg
//!
//! Chad and Mali have been neighbours but one since 1960.
//!
//! ==See also==
//! - Foreign relations of Chad
//! - Foreign relations of Mali
//! ```
//! The schema asks for both parties, both missions and a map:
//! ```text passes
//! = Chad–Mali relations =
//!
//! Infobox
//! - Title: Chad–Mali relations
//! - Map: Chad Mali Locator.svg
//! - Party1: Chad
//! - Party2: Mali
//! - Mission1: Chadian Embassy, Bamako
//! - Mission2: Malian Embassy, N'Djamena
//!
//! Chad and Mali have been neighbours but one since 1960.
//!
//! ==See also==
//! - Foreign relations of Chad
//! - Foreign relations of Mali
//! ```

use crate::article::Article;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Document;
use crate::rule::{Check, Context, Findings, Rule};

pub(crate) static RULE: Rule = Rule { severity: Severity::Error, checks: &[Check::Article(check)], thresholds: &[] };

fn check(article: &Article<'_>, context: &Context<'_>, findings: &mut Findings) {
    if let Some((span, why)) = article.infobox.as_ref().and_then(|infobox| infobox.fault.clone()) {
        // Without the front matter nothing is known of its fields.
        findings.push(
            Diagnostic::new(span, format!("the front matter is not YAML: {why}"))
                .label("here")
                .help("correct it; until then nothing in it is checked"),
        );
        return;
    }
    let mut document = None;
    for kind in context.kinds.of(article) {
        let document = document.get_or_insert_with(|| Document::of(article));
        for violation in kind.violations(document) {
            // All that an article lacks is missing at one place.
            let diagnostic = Diagnostic::new(violation.span, violation.message.as_str()).about(violation.message);
            findings.push(diagnostic.label(violation.label).help(violation.help));
        }
    }
}
