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
use crate::reference::{ReferenceKind, normal_path, own_key, path_key, reference_key, references, strict_title_form};
use crate::rule::{Check, Context, Findings, Rule};

pub(crate) static RULE: Rule = Rule { severity: Severity::Warning, checks: &[Check::Article(check)] };

fn check(article: &Article<'_>, _: &Context<'_>, findings: &mut Findings) {
    let references = references(article);
    if references.is_empty() {
        return;
    }
    let own = [own_key(article), Some(path_key(&normal_path(article.path)))];
    for reference in references {
        // A link to a section of the same page is how pages are made.
        let to_section = article.text(reference.span).contains('#');
        let same_title = reference.is_path
            || article.title_text().map(strict_title_form) == Some(strict_title_form(article.text(reference.target)));
        if own.contains(&Some(reference_key(article, &reference))) && same_title && !to_section {
            let what = match reference.kind {
                ReferenceKind::SeeAlso => "the See also list names the article itself",
                ReferenceKind::Link => "the article links to itself",
            };
            let mut diagnostic = Diagnostic::new(reference.target, what).label("this very article");
            if let Some(title) = article.title {
                diagnostic = diagnostic.related(title.span, "its title");
            }
            findings.push(diagnostic.help("remove it, or name the article that was meant"));
        }
    }
}
