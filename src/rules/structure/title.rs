//! Flags an article without a title, or with one that extraction has damaged: words run together, a
//! stray comma, a lost `=`.
//!
//! The title is the name by which other articles refer to this one. The words of a run-together title are found
//! in the article's own text. Acronyms, brand names with inner capitals and whatever the text itself writes as
//! one word are left alone. Plain text has no mark for titles, so none is asked of it.
//!
//! ## Example
//! ```text fails
//! 4711,
//! ForeignrelationsofMalta,
//!
//! The foreign relations of Malta begin with independence in 1964.
//! ```
//! The text knows the words:
//! ```text passes
//! 4711,
//! Foreign relations of Malta,
//!
//! The foreign relations of Malta begin with independence in 1964.
//! ```

use crate::article::{Article, Layout, Title};
use crate::diagnostic::{Diagnostic, Severity};
use crate::rule::{Check, Context, Findings, Rule};
use std::borrow::Cow;

pub(crate) static RULE: Rule = Rule { severity: Severity::Error, checks: &[Check::Article(check)], thresholds: &[] };

fn check(article: &Article<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(title) = article.title.filter(|title| !title.span.is_empty()) else {
        // Broken front matter may well hold a title; `structure/schema` speaks of that.
        let unknown = article.infobox.as_ref().is_some_and(|infobox| infobox.fault.is_some());
        if article.layout != Layout::Plain && !unknown {
            findings.push(
                Diagnostic::new(article.head(), "the article has no title")
                    .label("the article begins here")
                    .help(how_to_write(article.layout)),
            );
        }
        return;
    };
    let written = article.text(title.span);
    let likely = article.likely_title().unwrap_or(Cow::Borrowed(written));
    let trimmed = written.trim_end_matches([',', ';', ' ']);
    let mut damage = Vec::new();
    if *likely != *trimmed {
        damage.push("has lost the blanks between its words");
    }
    if trimmed != written {
        damage.push("ends in a stray mark");
    }
    if !title.closed {
        damage.push("has lost its closing `=`");
    }
    if damage.is_empty() {
        return;
    }
    let whole = damage == ["has lost its closing `=`"];
    let span = if whole { title.line } else { title.span };
    let replacement = if title.closed { likely.clone().into_owned() } else { format!("= {likely} =") };
    let edited = if title.closed { title.span } else { title.line };
    findings.push(
        Diagnostic::new(span, format!("the title “{written}” {}", damage.join(" and ")))
            .label(format!("most likely “{likely}”"))
            .help(match article.layout {
                Layout::DumpRecord => {
                    format!("write “{likely},”: references by title do not find the article as it is")
                }
                _ => format!(
                    "write “{}”: references by title do not find the article as it is",
                    with_marks(article, &title, &likely)
                ),
            })
            .fix(format!("write “{likely}”"), true, edited, replacement),
    );
}

fn with_marks(article: &Article<'_>, title: &Title, likely: &str) -> String {
    match article.layout {
        Layout::WikiText => format!("= {likely} ="),
        _ => article.text(title.line).replace(article.text(title.span), likely),
    }
}

fn how_to_write(layout: Layout) -> &'static str {
    match layout {
        Layout::WikiText => "begin it with a line `= Title =`",
        Layout::DumpRecord => "write it with a comma on the second line, below the number",
        Layout::Markdown => "give it `title:` in the front matter, or begin with `# Title`",
        Layout::Plain => "begin it with the title on a line of its own",
    }
}
