//! Wiki text: `= Title =`, `==Section==`, an `Infobox` block of `- Key: value` lines, `- ` items.

use super::LeafKind;
use super::builder::Builder;
use super::lines::{Line, trimmed};
use crate::time;
use std::ops::Range;

/// Deepest level that a heading can have.
const DEEPEST: usize = 6;

pub(super) fn parse(builder: &mut Builder<'_>) {
    let lines = trimmed(builder.text(), builder.text_start());
    let mut at = 0;
    while at < lines.len() {
        let line = &lines[at];
        at += 1;
        if line.is_blank() {
            builder.end_paragraph();
        } else if let Some((words, level)) = heading(line) {
            builder.end_list();
            let range = line.start..line.end();
            if words.is_empty() {
                builder.leaf(LeafKind::Markup, range);
            } else if level == 1 && !builder.has_title() && !builder.has_headings() {
                let closed = words.end < range.end;
                builder.title(words, range, closed);
            } else {
                builder.heading(words, range, level);
            }
        } else if is_infobox_line(line.text) && !builder.has_headings() && lines.get(at).is_some_and(is_item) {
            at += infobox(builder, line, &lines[at..]);
        } else if is_item(line) {
            at += item(builder, line, &lines[at..]);
        } else {
            builder.paragraph_line(line);
        }
    }
}

/// Whether a line opens an infobox: the word alone, or with the name of its kind.
pub(super) fn is_infobox_line(text: &str) -> bool {
    let Some(kind) = text.get(..7).filter(|word| word.eq_ignore_ascii_case("infobox")).map(|_| &text[7..]) else {
        return false;
    };
    kind.is_empty() || kind.starts_with(' ') && kind.split_whitespace().count() <= 3 && !kind.contains(['.', ','])
}

/// The words of a heading and its level. A heading whose closing marks are lost is one all the same.
fn heading(line: &Line<'_>) -> Option<(Range<usize>, u8)> {
    let open = line.text.bytes().take_while(|&b| b == b'=').count();
    if open == 0 {
        return None;
    }
    let inner = &line.text[open..];
    let close = inner.bytes().rev().take_while(|&b| b == b'=').count();
    let words = inner[..inner.len() - close].trim();
    let start = line.start + open + (inner.len() - inner.trim_start().len()).min(inner.len() - close);
    let level = if close == 0 { open } else { open.min(close) };
    Some((start..start + words.len(), level.min(DEEPEST) as u8))
}

/// Whether a line is a list item: a mark and a blank.
pub(super) fn is_item(line: &Line<'_>) -> bool {
    mark_length(line.text) > 0
}

/// Bytes of the item's mark with the blanks behind it; 0 where there is none.
fn mark_length(text: &str) -> usize {
    let marks = text.bytes().take_while(|&b| b == b'*' || b == b'#').count();
    let mark = match text.chars().next() {
        Some('-' | '•' | '–') => text.chars().next().map_or(0, char::len_utf8),
        _ => marks,
    };
    let rest = &text[mark..];
    let blanks = rest.len() - rest.trim_start().len();
    let linked = marks > 0 && rest.starts_with("[[");
    if mark > 0 && (blanks > 0 || rest.is_empty() || linked) { mark + blanks } else { 0 }
}

/// Reads the fields of an infobox, up to the first line that is none; how many lines they take.
fn infobox(builder: &mut Builder<'_>, head: &Line<'_>, lines: &[Line<'_>]) -> usize {
    let range = head.start..head.end();
    builder.end_list();
    builder.infobox(&range, None);
    builder.leaf(LeafKind::Markup, range);
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        // One blank line may part two fields; lines that are indented carry a value on.
        if line.is_blank() && lines.get(at + 1).is_some_and(|next| is_item(next) && next.text.contains(": ")) {
            at += 1;
            continue;
        }
        if !is_item(line) {
            break;
        }
        let carries_on = |next: &&Line<'_>| !next.is_blank() && !is_item(next) && next.indent > line.indent;
        let more = lines[at + 1..].iter().take_while(carries_on).count();
        let end = lines[at + more].end();
        at += 1 + more;
        let start = line.start + mark_length(line.text);
        let text = &builder.text()[start..end];
        let colon = text.find(':').unwrap_or(text.len());
        let key = start..start + text[..colon].trim_end().len();
        let value_at = (colon + 1).min(text.len());
        let value = text[value_at..].trim_start();
        let value = end - value.len()..end;
        builder.leaf(LeafKind::Markup, line.start..start);
        builder.leaf(LeafKind::Key, key.clone());
        builder.leaf(LeafKind::Markup, key.end..value.start);
        builder.leaf(LeafKind::Value, value.clone());
        builder.field(&key, &value);
    }
    at
}

/// Reads a list item and the lines that belong to it; how many lines follow its first.
///
/// A dated item and the text on the next lines are one entry. So is an item whose text is
/// wrapped onto lines that are indented.
pub(super) fn item(builder: &mut Builder<'_>, line: &Line<'_>, following: &[Line<'_>]) -> usize {
    let start = line.start + mark_length(line.text);
    let mark = line.start..start;
    let text = start..line.end();
    let is_text = |next: &&Line<'_>| {
        !next.is_blank() && !is_item(next) && !next.text.starts_with('=') && !next.text.starts_with('#')
    };
    if time::is_date(&builder.text()[text.clone()]) {
        let more = following.iter().take_while(is_text).count();
        if let Some(last) = following[..more].last() {
            builder.item(mark, Some(text), following[0].start..last.end());
            return more;
        }
    }
    let more = following.iter().take_while(is_text).take_while(|next| next.indent > line.indent).count();
    let end = following[..more].last().map_or(text.end, Line::end);
    builder.item(mark, None, text.start..end);
    more
}
