//! When an article says that things were: its time expressions, in the order of the text.

use crate::article::{Article, LeafKind};
use crate::source::Span;
use crate::time::{Passage, Reader, TimeExpression, Today};

/// The time expressions of an article, with spans in bytes of its file. `today` is the day that "last year" counts from.
///
/// Title, headings, the dates that head entries, and prose tell one story; the values of an infobox are read, too, and
/// tell none. A paragraph is read whole, since no date ends where a sentence seems to.
pub fn expressions(article: &Article<'_>, today: &Today) -> Vec<TimeExpression> {
    let mut reader = Reader::new(today);
    let mut found = Vec::new();
    for (passage, span) in passages(article) {
        let passage = if passage == Passage::Prose && !article.has_headings() && is_heading(article.text(span)) {
            Passage::Heading
        } else {
            passage
        };
        reader.read(passage, article.text(span), span.start as usize, &mut found);
    }
    found
}

/// Whether a paragraph is a heading whose marks are gone, or that never had any: one short line without a stop.
fn is_heading(text: &str) -> bool {
    const LONGEST: usize = 100;
    text.len() <= LONGEST
        && !text.contains('\n')
        && !text.trim_end().ends_with(['.', '!', '?', ':', ';', ',', '"', '”'])
}

/// What is read, in order: the sentences of a block are one passage.
fn passages(article: &Article<'_>) -> Vec<(Passage, Span)> {
    let mut passages: Vec<(Passage, Span)> = Vec::new();
    let mut blocks = article.blocks.iter().peekable();
    let mut open: Option<Span> = None;
    for leaf in &article.leaves {
        let passage = match leaf.kind {
            LeafKind::Markup | LeafKind::Id | LeafKind::Key => continue,
            LeafKind::Title | LeafKind::Heading => Passage::Heading,
            LeafKind::ItemDate => Passage::EntryDate,
            LeafKind::Value | LeafKind::Raw => Passage::Value,
            LeafKind::Sentence | LeafKind::ItemSentence => {
                while blocks.peek().is_some_and(|block| block.span.end <= leaf.span.start) {
                    blocks.next();
                }
                let block = blocks.peek().map_or(leaf.span, |block| block.span);
                if open == Some(block) && block.contains(leaf.span) {
                    if let Some((_, span)) = passages.last_mut() {
                        span.end = leaf.span.end;
                    }
                    continue;
                }
                open = Some(block);
                passages.push((Passage::Prose, leaf.span));
                continue;
            }
        };
        open = None;
        passages.push((passage, leaf.span));
    }
    passages
}

/// Whether a text speaks of the Julian calendar: "Old Style", "O.S.", "Julian calendar".
pub fn names_old_style(text: &str) -> bool {
    text.contains("O.S.")
        || text.contains("O. S.")
        || text.contains("(OS)")
        || text.contains("N.S.")
        || ["old style", "old-style", "new style", "julian calendar", "julian date"]
            .iter()
            .any(|name| contains_folded(text, name))
}

/// Whether a text holds an ASCII needle in any case.
fn contains_folded(text: &str, needle: &str) -> bool {
    let first = needle.as_bytes()[0];
    text.as_bytes()
        .windows(needle.len())
        .any(|window| window[0].to_ascii_lowercase() == first && window.eq_ignore_ascii_case(needle.as_bytes()))
}
