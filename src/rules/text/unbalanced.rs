//! Flags a quotation mark or bracket that never closes or was never opened.
//!
//! The reader no longer knows where a quotation ends and the article speaks again. Apostrophes, inches, intervals such as
//! "[0, 1)" and the letters of a list, "a)", are no halves of pairs. A quotation may run over several paragraphs, each of
//! which opens it anew or only the first of which does.
//!
//! ## Example
//! ```text fails
//! = Harrow Mill =
//!
//! The miller called it "a wheel with a temper. It was sold (in 1904.
//! ```
//! Both close:
//! ```text passes
//! = Harrow Mill =
//!
//! The miller called it "a wheel with a temper". It was sold (in 1904).
//! ```

use crate::article::{Article, Block, BlockKind};
use crate::diagnostic::{Diagnostic, Severity};
use crate::rule::{Check, Context, Findings, Rule};
use crate::source::Span;
use crate::text::{Side, Unpaired, head, is_quotation_mark, tail, unpaired};
use std::ops::Range;

pub(crate) static RULE: Rule = Rule { severity: Severity::Warning, checks: &[Check::Article(check)], thresholds: &[] };

fn check(article: &Article<'_>, context: &Context<'_>, findings: &mut Findings) {
    let mut skipped: Vec<Range<usize>> = Vec::new();
    // A quotation that an earlier paragraph has opened.
    let mut pending: Option<(Pending, Span)> = None;
    let mut halves: Vec<(Span, Unpaired)> = Vec::new();
    for block in article.blocks.iter().filter(|block| block.kind != BlockKind::Raw) {
        let text = article.text(block.span);
        skip(article, context, block, &mut skipped);
        let mut found = unpaired(text, &skipped);
        if let Some((open, span)) = pending.take() {
            let same_section = open.section == block.section;
            let first = found.iter().position(Unpaired::is_quotation_mark);
            let closes = first.filter(|&i| found[i].side == Side::Closing);
            if same_section && text.starts_with(is_quotation_mark) {
                // The next paragraph opens the quotation anew.
            } else if let Some(closes) = closes.filter(|_| same_section) {
                found.remove(closes);
            } else if same_section && open.paragraphs < LONGEST_QUOTATION {
                pending = Some((Pending { paragraphs: open.paragraphs + 1, ..open }, span));
            } else {
                halves.push((span, open.half));
            }
        }
        // What opens last may close in a paragraph that follows.
        if let Some(at) = found.iter().rposition(|half| half.is_quotation_mark() && half.side == Side::Opening)
            && pending.is_none()
        {
            let half = found.remove(at);
            pending = Some((Pending { half, section: block.section, paragraphs: 1 }, block.span));
        }
        halves.extend(found.into_iter().map(|half| (block.span, half)));
    }
    halves.extend(pending.map(|(open, span)| (span, open.half)));
    halves.sort_unstable_by_key(|(block, half)| (block.start, half.at));
    // A run of the same marks has one cause.
    let close = |(block, one): &(Span, Unpaired), (next, other): &(Span, Unpaired)| {
        block == next && one.mark == other.mark && one.side == other.side && one.range().end == other.at
    };
    for run in halves.chunk_by(close) {
        report(article, run[0].0, run[0].1, findings);
    }
}

/// So many bytes of a word are shown beside a mark.
const LONGEST_WORD: usize = 60;

/// No quotation goes on without a mark over more paragraphs than these.
const LONGEST_QUOTATION: usize = 8;

/// A quotation mark that opens and has not closed yet.
#[derive(Debug, Clone, Copy)]
struct Pending {
    half: Unpaired,
    section: usize,
    paragraphs: usize,
}

/// The places of a block whose marks are no prose: literals, citation markers, characters that were read in a wrong encoding.
fn skip(article: &Article<'_>, context: &Context<'_>, block: &Block, skipped: &mut Vec<Range<usize>>) {
    let within = |range: &Range<usize>| range.start < block.span.end as usize && range.end > block.span.start as usize;
    let base = block.span.start as usize;
    skipped.clear();
    let literals = context.account.literals();
    let first = literals.partition_point(|range| range.end <= base);
    let local = |range: &Range<usize>| range.start.saturating_sub(base)..range.end - base;
    skipped.extend(literals[first..].iter().take_while(|range| within(range)).map(local));
    let citations = &article.citations;
    let first = citations.partition_point(|citation| citation.end as usize <= base);
    skipped.extend(citations[first..].iter().map(|span| span.range()).take_while(within).map(|range| local(&range)));
    let garbled = context.account.garbled();
    let first = garbled.partition_point(|garbled| garbled.range.end <= base);
    skipped.extend(garbled[first..].iter().map(|garbled| &garbled.range).take_while(|range| within(range)).map(local));
    skipped.sort_unstable_by_key(|range| range.start);
}

fn report(article: &Article<'_>, block: Span, half: Unpaired, findings: &mut Findings) {
    let text = article.text(block);
    let mark = half.range();
    // The mark and the word that it holds on to.
    let word = |c: char| c.is_whitespace();
    let around = match half.side {
        Side::Opening => {
            let behind = head(&text[mark.end..], LONGEST_WORD);
            mark.start..mark.end + behind.find(word).unwrap_or(behind.len())
        }
        Side::Closing => {
            let before = tail(&text[..mark.start], LONGEST_WORD);
            let inner = before.rsplit(word).next().unwrap_or_default();
            mark.start - inner.len()..mark.end
        }
    };
    let start = block.start as usize;
    let span = Span::new(block.source, start + around.start, start + around.end);
    let name = if half.is_quotation_mark() { "quotation mark" } else { "bracket" };
    let what = match half.side {
        Side::Opening => "is never closed",
        Side::Closing => "was never opened",
    };
    findings.push(
        Diagnostic::new(span, format!("the {name} {} {what}", shown(half.mark)))
            .label(what)
            .help(format!("add the other {name}, or delete this one")),
    );
}

/// The mark between marks of another kind.
fn shown(mark: char) -> String {
    if is_quotation_mark(mark) { format!("‘{mark}’") } else { format!("“{mark}”") }
}
