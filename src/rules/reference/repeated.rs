//! Flags the same target twice in one list.
//!
//! The second entry tells the reader nothing, and often stands where another was meant. The fix takes it away; it is safe where the two
//! entries are the same to the letter.
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
use crate::reference::{Reference, ReferenceKind, reference_key, references, strict_title_form, without_diacritics};
use crate::rule::{Check, Context, Findings, Rule};
use crate::source::Span;
use crate::text::Map;

pub(crate) static RULE: Rule = Rule { severity: Severity::Warning, checks: &[Check::Article(check)], thresholds: &[] };

fn check(article: &Article<'_>, _: &Context<'_>, findings: &mut Findings) {
    // The first entry that names a title, and the first that names it with a certain section.
    let mut any: Map<(u64, String), Reference> = Map::default();
    let mut exact: Map<(u64, String, Option<&str>), Reference> = Map::default();
    for reference in references(article) {
        if reference.kind != ReferenceKind::SeeAlso || !reference.certain {
            continue;
        }
        let written = article.text(reference.target);
        let title = if reference.is_path { String::new() } else { strict_title_form(&without_diacritics(written)) };
        let key = reference_key(article, &reference);
        let section = article.section_named(reference.target).map(|section| article.text(section));
        // Two sections of one article are two places to go to.
        let before = match section {
            None => any.get(&(key, title.clone())),
            Some(_) => exact.get(&(key, title.clone(), section)).or_else(|| exact.get(&(key, title.clone(), None))),
        };
        let Some(before) = before else {
            exact.insert((key, title.clone(), section), reference);
            any.entry((key, title)).or_insert(reference);
            continue;
        };
        let mut diagnostic = Diagnostic::new(reference.target, format!("“{written}” stands in the list twice"))
            .label("the second time")
            .related(before.target, "the first time")
            .help("remove one, or name the article that was meant");
        if let Some(line) = line_of_entry(article, reference.span) {
            let same = article.text(reference.span) == article.text(before.span);
            diagnostic = diagnostic.fix("remove the second entry", same, line, "");
        }
        findings.push(diagnostic);
    }
}

/// The lines of an entry that stands in them alone: its mark, its text, and one line end behind it, or else those before it.
fn line_of_entry(article: &Article<'_>, entry: Span) -> Option<Span> {
    let (before, after) = (&article.text[..entry.start as usize], &article.text[entry.end as usize..]);
    let line_start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let mark = before[line_start..].trim();
    let is_mark = !mark.is_empty() && !mark.contains(char::is_alphabetic) && mark.len() <= 4;
    let line_end = after.find(['\n', '\r']).unwrap_or(after.len());
    if !is_mark || !after[..line_end].trim().is_empty() {
        return None;
    }
    let end = entry.end as usize + line_end;
    let rest = &article.text[end..];
    let line_break = if rest.starts_with("\r\n") { 2 } else { usize::from(!rest.is_empty()) };
    if line_break > 0 {
        return Some(Span::new(entry.source, line_start, end + line_break));
    }
    // A text that ends without a line end goes on doing so, whatever empty lines are above.
    let above = article.text[..line_start].trim_end_matches(['\n', '\r']);
    Some(Span::new(entry.source, above.len(), end))
}
