//! Flags a paragraph that ends without a stop: its last mark or its last words were lost.
//!
//! A line of few words without a verb is a heading, a caption or a name, and ends without a stop. So do list items, verse,
//! formulas, and a paragraph that a list, a table or a quotation follows.
//!
//! ## Example
//! ```text fails
//! = Harrow Mill =
//!
//! The mill was built in 1790. It was sold in 1904 and turned into
//!
//! The pond is now dry.
//! ```
//! The sentence is whole:
//! ```text passes
//! = Harrow Mill =
//!
//! The mill was built in 1790. It was sold in 1904 and turned into flats.
//!
//! The pond is now dry.
//! ```

use crate::article::{Article, Block, BlockKind};
use crate::diagnostic::{Diagnostic, Severity};
use crate::rule::{Check, Context, Findings, Rule};
use crate::source::Span;
use crate::text::{citation_end, fold, is_function_word, words};

pub(crate) static RULE: Rule = Rule { severity: Severity::Advice, checks: &[Check::Article(check)], thresholds: &[] };

/// A line of fewer words than this may be a heading or a caption.
const SENTENCE: usize = 6;

fn check(article: &Article<'_>, context: &Context<'_>, findings: &mut Findings) {
    for (number, block) in article.blocks.iter().enumerate() {
        if block.kind != BlockKind::Paragraph {
            continue;
        }
        let text = article.text(block.span);
        let end = without_closers(text);
        let Some(last) = text[..end].chars().next_back() else { continue };
        if !(last.is_alphanumeric() || matches!(last, ',' | '-' | '–' | '—' | '%' | '(' | '&')) {
            continue;
        }
        let next = article.blocks.get(number + 1).filter(|next| next.section == block.section);
        if next.is_some_and(|next| introduces(article, next)) || is_verse(text) || is_literal_end(context, block, end) {
            continue;
        }
        let sentences = article.sentences_of(block);
        let Some(&sentence) = sentences.last() else { continue };
        let sentence_text = &article.text[sentence.start as usize..block.span.start as usize + end];
        let all: Vec<_> = words(sentence_text).collect();
        let Some(word) = all.last() else { continue };
        let folded = fold(word.text);
        // A sentence never ends with an article, a conjunction or, in the middle of a word, a dash.
        let breaks_off = last == ',' || last == '(' || all.len() >= 4 && is_open_ended(&folded) && word.text == folded;
        let is_sentence = all.len() >= SENTENCE && has_verb(&all) && starts_a_sentence(sentence_text);
        if !(breaks_off && all.len() >= 3 || is_sentence) || is_only_names(&all) {
            continue;
        }
        let from = all[all.len().saturating_sub(3)].start;
        let start = sentence.start as usize + from;
        let span = Span::new(block.span.source, start, block.span.start as usize + end);
        let message = if breaks_off {
            format!("the paragraph breaks off after “{}”", context.account.flat(span))
        } else {
            format!("the paragraph ends without a stop after “{}”", context.account.flat(span))
        };
        findings.push(Diagnostic::new(span, message).label("no stop").help(if breaks_off {
            "finish the sentence"
        } else {
            "add a full stop, or what was lost"
        }));
    }
}

/// The length of a paragraph without the closing marks and citation markers at its end.
fn without_closers(text: &str) -> usize {
    let mut end = text.len();
    loop {
        let rest = text[..end].trim_end();
        end = rest.len();
        if rest.ends_with(']')
            && let Some(open) = rest.rfind('[')
            && citation_end(rest.as_bytes(), open) == Some(end)
        {
            end = open;
        } else if let Some(shorter) = rest.strip_suffix(['*', '_', '\'', '"', '”', '’', '»', ')']) {
            end = shorter.len();
        } else {
            return end;
        }
    }
}

/// Whether a block carries on what stands above it: a list, a table, a quotation.
fn introduces(article: &Article<'_>, next: &Block) -> bool {
    let quoted = article.text(next.span).starts_with(['"', '“', '>', '«', '„']);
    match next.kind {
        BlockKind::Item { first, .. } => first,
        BlockKind::Raw => true,
        BlockKind::Paragraph => quoted,
    }
}

/// Whether a paragraph is made of short lines, each of which begins with a capital.
fn is_verse(text: &str) -> bool {
    let mut lines = 0;
    let all = text.split(['\n', '\r']).filter(|line| !line.trim().is_empty()).all(|line| {
        let line = line.trim_start().trim_start_matches(['"', '“', '\'', '‘']);
        lines += 1;
        line.len() <= 60 && !line.starts_with(char::is_lowercase)
    });
    all && lines > 1
}

/// Whether a paragraph ends in an address or in code.
fn is_literal_end(context: &Context<'_>, block: &Block, end: usize) -> bool {
    let end = block.span.start as usize + end;
    context.account.is_literal(&(end.saturating_sub(1)..end))
}

/// Words that something must follow.
fn is_open_ended(folded: &str) -> bool {
    is_function_word(folded)
        && matches!(
            folded,
            "a" | "an"
                | "and"
                | "although"
                | "as"
                | "at"
                | "because"
                | "between"
                | "but"
                | "by"
                | "during"
                | "for"
                | "from"
                | "if"
                | "into"
                | "its"
                | "nor"
                | "of"
                | "or"
                | "our"
                | "than"
                | "the"
                | "their"
                | "to"
                | "upon"
                | "was"
                | "were"
                | "which"
                | "while"
                | "who"
                | "whose"
                | "with"
                | "your"
        )
}

/// Whether some words have one that is a finite verb more often than not: forms of "be", "have" and "do", modals, and
/// words in -ed behind another word.
fn has_verb(words: &[crate::text::Word<'_>]) -> bool {
    const VERBS: &[&str] = &[
        "are", "became", "began", "can", "could", "did", "does", "gave", "had", "has", "have", "held", "is", "led",
        "left", "may", "might", "must", "said", "should", "took", "was", "went", "were", "will", "would", "wrote",
    ];
    words.iter().skip(1).any(|word| {
        VERBS.binary_search(&word.text).is_ok()
            || word.text.len() > 4 && word.text.ends_with("ed") && word.text.starts_with(char::is_lowercase)
    })
}

fn starts_a_sentence(sentence: &str) -> bool {
    let first = sentence.trim_start_matches(|c: char| !c.is_alphanumeric()).chars().next();
    first.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
}

/// Whether nearly all words have a capital, as in a list of names.
fn is_only_names(words: &[crate::text::Word<'_>]) -> bool {
    let small = words.iter().filter(|word| word.text.starts_with(char::is_lowercase)).count();
    small * 4 < words.len()
}
