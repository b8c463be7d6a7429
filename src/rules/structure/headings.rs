//! Flags headings that do not hold the article together: a level that jumps, two of one name side by side,
//! one with nothing under it; and a long body without any.
//!
//! Headings are how readers find their way and how links find their section. A heading whose own
//! subheading follows at once is fine.
//!
//! ## Example
//! ```text fails
//! = Foreign relations of Malta =
//!
//! Malta is an island state.
//!
//! ==Europe==
//!
//! ==Africa==
//! Libya is the nearest neighbour to the south.
//! ```
//! Nothing stands under "Europe". Here something does:
//! ```text passes
//! = Foreign relations of Malta =
//!
//! Malta is an island state.
//!
//! ==Europe==
//! ===Italy===
//! Sicily lies ninety kilometres to the north.
//! ```

use crate::article::{Article, BlockKind, Heading, Layout, Section};
use crate::diagnostic::{Diagnostic, Severity};
use crate::rule::{Check, Context, Findings, Rule};
use crate::settings::Threshold;
use crate::source::Span;
use crate::text::{Map, fold, words};

pub(crate) static RULE: Rule =
    Rule { severity: Severity::Warning, checks: &[Check::Article(check)], thresholds: &[&WORDS] };

static WORDS: Threshold = Threshold {
    name: "words",
    default: 600,
    range: 1..=1_000_000,
    meaning: "a body with fewer words needs no heading",
};
/// A body with fewer paragraphs has nothing that headings could part.
const LONG_BODY_PARAGRAPHS: usize = 5;
/// A paragraph with fewer words is a line left over from something else.
const PARAGRAPH_WORDS: usize = 12;

fn check(article: &Article<'_>, context: &Context<'_>, findings: &mut Findings) {
    if !article.has_headings() {
        without_headings(article, context.thresholds.get(&WORDS) as usize, findings);
        return;
    }
    let mut siblings: Map<(Option<usize>, u8, String), Span> = Map::default();
    let mut before: Option<&Heading> = None;
    for (index, section) in article.sections.iter().enumerate() {
        let Some(heading) = &section.heading else { continue };
        level(article, heading, before, findings);
        empty(article, index, section, heading, findings);
        let name = fold(article.text(heading.span)).into_owned();
        match siblings.get(&(section.parent, heading.level, name.clone())) {
            Some(&first) => findings.push(
                Diagnostic::new(
                    heading.span,
                    format!("two sections side by side are called “{}”", article.text(heading.span)),
                )
                .label("the same heading again")
                .related(first, "the first of the two")
                .help("give each a name of its own, or make one of them"),
            ),
            None => {
                siblings.insert((section.parent, heading.level, name), heading.span);
            }
        }
        before = Some(heading);
    }
}

/// A heading may go one level down from the one before it; the first stands right below the title.
fn level(article: &Article<'_>, heading: &Heading, before: Option<&Heading>, findings: &mut Findings) {
    let above = before.map_or(1, |before| before.level);
    if heading.level <= above + 1 {
        return;
    }
    let name = article.text(heading.span);
    let right = above + 1;
    let mut diagnostic = Diagnostic::new(
        heading.line,
        format!("heading “{name}” is of level {}, but only level {right} can follow here", heading.level),
    )
    .label(format!("level {}", heading.level));
    diagnostic = match before {
        Some(before) => diagnostic.related(before.line, format!("level {above}")),
        None => diagnostic,
    };
    let marked = match article.layout {
        Layout::Markdown => format!("{} {name}", "#".repeat(right.into())),
        _ => format!("{0}{name}{0}", "=".repeat(right.into())),
    };
    findings.push(diagnostic.help(format!("write `{marked}`, or add the heading that is missing above it")));
}

fn empty(article: &Article<'_>, index: usize, section: &Section, heading: &Heading, findings: &mut Findings) {
    let has_subsection =
        article.sections.get(index + 1).and_then(|next| next.heading).is_some_and(|next| next.level > heading.level);
    if section.blocks.is_empty() && !has_subsection {
        findings.push(
            Diagnostic::new(
                heading.line,
                format!("there is nothing under the heading “{}”", article.text(heading.span)),
            )
            .label("an empty section")
            .help("write the section, or remove the heading"),
        );
    }
}

fn without_headings(article: &Article<'_>, long: usize, findings: &mut Findings) {
    if article.blocks.is_empty() && article.infobox.is_none() {
        if let Some(title) = article.title {
            findings.push(
                Diagnostic::new(title.line, "there is nothing under the title")
                    .label("an article with a title alone")
                    .help("write the article, or remove the file"),
            );
        }
        return;
    }
    // Plain text has no way to write headings.
    if article.layout == Layout::Plain {
        return;
    }
    let mut total = 0;
    let mut paragraphs = 0;
    let mut first = None;
    for block in article.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph) {
        let length = words(article.text(block.span)).count();
        total += length;
        if length >= PARAGRAPH_WORDS {
            paragraphs += 1;
            first = first.or(article.sentences_of(block).first().copied());
        }
    }
    if let Some(first) = first.filter(|_| total >= long && paragraphs >= LONG_BODY_PARAGRAPHS) {
        findings.push(
            Diagnostic::new(first, format!("a body of {total} words in {paragraphs} paragraphs has no heading at all"))
                .label("no heading from here to the end")
                .help("put a heading above each subject; if extraction has lost them, take them from the original"),
        );
    }
}
