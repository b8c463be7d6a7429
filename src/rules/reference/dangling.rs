//! Flags words that point to something which is not there: "the above-mentioned treaty" with no treaty above, "see below" with nothing
//! below, "the table below" without a table, a link to a section that does not exist, "(Indo-Nepalese relations)" left over from a link.
//!
//! Such words survive when what they point to is cut or lost. What they point to is looked for in the article's own words: the noun, its
//! other forms and its synonyms, the name, the date. The rule is silent where an antecedent may be meant that is said otherwise.
//!
//! ## Example
//! ```text fails
//! = Tarnow ferry =
//!
//! The ferry crosses the Vell. Under the above-mentioned 1921 contract it runs by night.
//! ```
//! The contract is there:
//! ```text passes
//! = Tarnow ferry =
//!
//! The ferry crosses the Vell. A contract with the miners was signed in 1921. Under the above-mentioned 1921 contract it runs by night.
//! ```

use crate::article::Article;
use crate::corpus::Corpus;
use crate::diagnostic::{Diagnostic, Severity};
use crate::reference::{self, Role, Sections, pointers};
use crate::rule::{Check, Context, Findings, Rule};
use crate::source::Span;
use crate::witness::{Witness, Witnesses};

pub(crate) static RULE: Rule = Rule {
    severity: Severity::Warning,
    checks: &[Check::Article(check), Check::Corpus { map, judge }],
    thresholds: &[],
};

fn map(article: &Article<'_>, _: &Context<'_>, witnesses: &mut Witnesses) {
    reference::witnesses(article, witnesses);
}

/// Titles in brackets that no article has, and sections that the article has not which a link names.
fn judge(corpus: &Corpus<'_>, witnesses: &[Witness], findings: &mut Findings) {
    let mut targets: Vec<_> =
        witnesses.iter().filter(|witness| Role::is_target(witness)).map(|witness| witness.span.source).collect();
    targets.dedup();
    let Some(first) = witnesses.first() else { return };
    let of_role = |role: Role| witnesses.iter().filter(move |witness| Role::of(witness) == role);
    if targets.is_empty() {
        if corpus.complete && !corpus.outside(first.span.source).has(first.key) {
            for leftover in of_role(Role::Bracket) {
                let title = corpus.text(leftover.span);
                findings.push(
                    Diagnostic::new(
                        leftover.span,
                        format!("“({title})” is left over from a link: no article here is called so"),
                    )
                    .label("points to no article")
                    .help("say what it was to tell, or remove the brackets"),
                );
            }
        }
        return;
    }
    let mut sections = of_role(Role::Section).peekable();
    if sections.peek().is_none() {
        return;
    }
    let articles: Vec<Article<'_>> = targets.iter().map(|&source| corpus.article(source)).collect();
    let known: Vec<Sections> = articles.iter().map(Sections::of).collect();
    for section in sections {
        let words = corpus.text(section.span);
        if known.iter().any(|sections| sections.has(words)) {
            continue;
        }
        let article = &articles[0];
        let name = article.title_text().unwrap_or(article.path);
        findings.push(no_section(section.span, words, &format!("“{name}”"), article));
    }
}

fn no_section(span: Span, words: &str, whose: &str, article: &Article<'_>) -> Diagnostic {
    let headings =
        article.sections.iter().filter_map(|section| section.heading).map(|heading| article.text(heading.span));
    let help = match crate::text::nearest(words, headings) {
        Some(near) => format!("did you mean “{near}”?"),
        None => String::from("name a section that is there, or link to the article alone"),
    };
    Diagnostic::new(span, format!("{whose} has no section “{words}”")).label("no such section").help(help)
}

fn check(article: &Article<'_>, context: &Context<'_>, findings: &mut Findings) {
    let mut own = article.anchors.iter().filter(|anchor| anchor.link.is_none()).peekable();
    let sections = own.peek().map(|_| Sections::of(article));
    for (anchor, sections) in own.zip(std::iter::repeat(&sections)) {
        let words = article.text(anchor.section);
        if sections.as_ref().is_some_and(|sections| !sections.has(words)) {
            findings.push(no_section(anchor.section, words, "this article", article));
        }
    }
    for pointer in pointers::dangling(article, context.account) {
        findings.push(
            Diagnostic::new(pointer.span, pointer.message)
                .label(pointer.label)
                .help("say what is meant, or bring back what was lost"),
        );
    }
}
