//! Plain text: paragraphs, and a first line that stands alone as the title.

use super::builder::Builder;
use super::lines::{Line, trimmed};
use super::wiki_text::{is_item, item};

/// A title is no longer than this many characters.
const LONGEST_TITLE: usize = 100;

pub(super) fn parse(builder: &mut Builder<'_>) {
    let lines = trimmed(builder.text(), builder.text_start());
    let first = lines.iter().position(|line| !line.is_blank()).unwrap_or(lines.len());
    let mut at = first;
    if let Some(line) = lines.get(first) {
        let alone = lines.get(first + 1).is_none_or(Line::is_blank);
        let more_follows = lines[first + 1..].iter().any(|line| !line.is_blank());
        let stopped = line.text.ends_with(['.', '!', '?', ':', ';', ',', '"', '”', ']']);
        if alone && more_follows && !stopped && line.text.chars().count() <= LONGEST_TITLE && !is_item(line) {
            let range = line.start..line.end();
            builder.title(range.clone(), range, true);
            at = first + 1;
        }
    }
    while at < lines.len() {
        let line = &lines[at];
        at += 1;
        if line.is_blank() {
            builder.end_paragraph();
        } else if is_item(line) {
            at += item(builder, line, &lines[at..]);
        } else {
            builder.paragraph_line(line);
        }
    }
}
