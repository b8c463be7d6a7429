//! The lines of a text.

use std::ops::Range;

/// The byte range of each line, without its line end (LF, CRLF or a lone CR).
pub(super) fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        if at >= bytes.len() {
            return None;
        }
        let start = at;
        let length = bytes[start..].iter().position(|&b| b == b'\n' || b == b'\r');
        let end = length.map_or(bytes.len(), |length| start + length);
        at = if bytes[end..].starts_with(b"\r\n") { end + 2 } else { end + 1 };
        Some(start..end)
    })
}

/// A line with what all layouts ask of it.
#[derive(Debug, Clone)]
pub(super) struct Line<'a> {
    /// Offset of its first non-blank character.
    pub(super) start: usize,
    /// The text between its outer blanks.
    pub(super) text: &'a str,
    /// Bytes of blanks before the text.
    pub(super) indent: usize,
}

impl Line<'_> {
    /// Offset behind its last non-blank character.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }
}

/// All lines of a text from `from` on.
pub(super) fn trimmed(text: &str, from: usize) -> Vec<Line<'_>> {
    lines(&text[from..])
        .map(|range| {
            let line = &text[from + range.start..from + range.end];
            let inner = line.trim_start();
            let indent = line.len() - inner.len();
            Line { start: from + range.start + indent, text: inner.trim_end(), indent }
        })
        .collect()
}
