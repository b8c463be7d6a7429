//! Dump records: line 1 `ID,`, line 2 `Title,`, then one paragraph a line.

use super::LeafKind;
use super::builder::Builder;
use super::lines::trimmed;
use super::wiki_text::{is_item, item};

/// Whether a line is the first of a record: digits and a comma.
pub(super) fn is_id_line(text: &str) -> bool {
    text.strip_suffix(',').is_some_and(|id| !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit()))
}

pub(super) fn parse(builder: &mut Builder<'_>) {
    let lines = trimmed(builder.text(), builder.text_start());
    let mut filled = lines.iter().enumerate().filter(|(_, line)| !line.is_blank());
    let mut at = 0;
    let id = filled.next();
    let title = filled.next();
    if let Some((index, line)) = id {
        let comma = line.text.trim_end_matches(',').len();
        builder.id(line.start..line.start + comma);
        builder.leaf(LeafKind::Markup, line.start + comma..line.end());
        at = index + 1;
    }
    if let Some((index, line)) = title {
        // The comma ends the field; further ones would be damage.
        let words = line.text.strip_suffix(',').unwrap_or(line.text).trim_end();
        builder.title(line.start..line.start + words.len(), line.start..line.end(), true);
        at = index + 1;
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
            builder.end_paragraph();
        }
    }
}
