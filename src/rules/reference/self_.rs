//! Flags an article that refers to itself.
//!
//! The reader is there already. Most often another article was meant, one with a like name.
//!
//! ## Example
//! ```text fails
//! = Italy–Malta relations =
//!
//! They are good.
//!
//! ==See also==
//! - Italy–Malta relations
//! ```
//! Without the entry, or with another:
//! ```text passes
//! = Italy–Malta relations =
//!
//! They are good.
//! ```

use crate::article::Article;
use crate::diagnostic::{Diagnostic, Severity};
use crate::reference::{
    ReferenceKind, aliases, own_keys, reference_key, references, strict_title_form, without_diacritics,
};
use crate::rule::{Check, Context, Findings, Rule};

pub(crate) static RULE: Rule = Rule { severity: Severity::Warning, checks: &[Check::Article(check)], thresholds: &[] };

fn check(article: &Article<'_>, _: &Context<'_>, findings: &mut Findings) {
    let references = references(article);
    if references.is_empty() {
        return;
    }
    let own = own_keys(article);
    let aliases = aliases(article);
    // Extraction loses diacritics more often than they alone tell two titles apart.
    let form = |title: &str| strict_title_form(&without_diacritics(title));
    for reference in references.into_iter().filter(|reference| reference.certain) {
        if !own.contains(&reference_key(article, &reference)) {
            continue;
        }
        // A link to a section of the same page is how pages are made.
        let to_section = article.section_named(reference.target).is_some();
        let named = form(article.text(reference.target));
        let mut names = article.title_text().into_iter().chain(aliases.iter().map(|&alias| article.text(alias)));
        if (reference.is_path || names.any(|name| form(name) == named)) && !to_section {
            let what = match reference.kind {
                ReferenceKind::SeeAlso => "the See also list names the article itself",
                ReferenceKind::Link => "the article links to itself",
                ReferenceKind::MainArticle => "the article is named as the main article for itself",
                ReferenceKind::Infobox => "the infobox links to the article itself",
                ReferenceKind::Bracket => "the article refers to itself in brackets",
            };
            let mut diagnostic = Diagnostic::new(reference.target, what).label("this very article");
            if let Some(title) = article.title {
                diagnostic = diagnostic.related(title.span, "its title");
            }
            findings.push(diagnostic.help("remove it, or name the article that was meant"));
        }
    }
}
