//! Markdown with YAML front matter. The front matter is the infobox.
//!
//! Of Markdown itself only what articles need is read: `#` headings, lists, fenced code, comments
//! and tables as raw blocks, links. All else is prose.

use super::LeafKind;
use super::builder::Builder;
use super::lines::{Line, trimmed};
use super::wiki_text;
use crate::yaml;
use std::ops::Range;

/// The key of front matter under which an article speaks to this tool.
const TO_TOOL: &str = "seedlint";

/// Whether a line is a heading: one to six `#` and a blank.
pub(super) fn is_heading(text: &str) -> bool {
    heading_level(text) > 0
}

fn heading_level(text: &str) -> usize {
    let marks = text.bytes().take_while(|&b| b == b'#').count();
    let rest = &text[marks..];
    if (1..=6).contains(&marks) && (rest.is_empty() || rest.starts_with([' ', '\t'])) { marks } else { 0 }
}

pub(super) fn parse(builder: &mut Builder<'_>) {
    let lines = trimmed(builder.text(), builder.text_start());
    let mut at = front_matter(builder, &lines);
    while at < lines.len() {
        let line = &lines[at];
        at += 1;
        let fence = ["```", "~~~"].into_iter().find(|fence| line.text.starts_with(fence));
        if line.is_blank() {
            builder.end_paragraph();
        } else if let Some(fence) = fence {
            at += raw(builder, line, &lines[at..], |text| text.starts_with(fence));
        } else if line.text.starts_with("<!--") && line.text.contains("-->") {
            builder.raw(line.start..line.end());
        } else if line.text.starts_with("<!--") {
            at += raw(builder, line, &lines[at..], |text| text.contains("-->"));
        } else if line.text.starts_with('|') {
            let rows = lines[at..].iter().take_while(|line| line.text.starts_with('|')).count();
            let end = lines[at - 1 + rows].end();
            builder.raw(line.start..end);
            at += rows;
        } else if is_rule(line.text) {
            builder.raw(line.start..line.end());
        } else if is_heading(line.text) {
            heading(builder, line);
        } else if is_item(line) {
            at += item(builder, line, &lines[at..]);
        } else if let Some(level) = lines.get(at).and_then(|next| underline_level(next.text))
            && builder.is_between_paragraphs()
        {
            at += 1;
            let words = line.start..line.end();
            builder.any_heading(words, line.start..lines[at - 1].end(), level);
        } else {
            builder.paragraph_line(line);
        }
    }
}

/// The level of the heading that a line underlines: 1 for `===`, 2 for `---`.
fn underline_level(text: &str) -> Option<u8> {
    let mark = text.bytes().next().filter(|_| text.len() >= 3)?;
    let level = match mark {
        b'=' => 1,
        b'-' => 2,
        _ => return None,
    };
    text.bytes().all(|b| b == mark).then_some(level)
}

/// A line across the page: three or more `-`, `*` or `_`.
fn is_rule(text: &str) -> bool {
    let mark = text.bytes().next().unwrap_or(0);
    matches!(mark, b'-' | b'*' | b'_') && text.len() >= 3 && text.bytes().all(|b| b == mark || b == b' ')
}

/// Reads the front matter; how many lines it takes with both marks.
fn front_matter(builder: &mut Builder<'_>, lines: &[Line<'_>]) -> usize {
    let Some(open) = lines.iter().position(|line| !line.is_blank()).filter(|&i| lines[i].text == "---") else {
        return 0;
    };
    let Some(close) =
        lines[open + 1..].iter().position(|line| matches!(line.text, "---" | "...")).map(|i| open + 1 + i)
    else {
        return 0;
    };
    let head = lines[open].start..lines[open].end();
    // The whole lines: what is indented belongs to what stands above it.
    let from = lines[open + 1].start - lines[open + 1].indent;
    let to = lines[close].start - lines[close].indent;
    let mut done = from;
    match yaml::Document::parse(&builder.text()[from..to]) {
        Ok(document) if document.value.is_object() || document.value.is_null() => {
            builder.leaf(LeafKind::Markup, head.clone());
            let entries = document.top_level().to_vec();
            let data = document.value.as_object().cloned().unwrap_or_default();
            let is_mapping = document.value.is_object();
            builder.infobox(&head, Some(document));
            for entry in entries.iter().filter(|_| is_mapping) {
                let key = from + entry.key.start..from + entry.key.end;
                let value = from + entry.value.start..from + entry.value.end;
                if key.start < done || value.start < key.end {
                    continue;
                }
                builder.leaf(LeafKind::Markup, done..key.start);
                if &builder.text()[key.clone()] == TO_TOOL {
                    builder.leaf(LeafKind::Markup, key.start..value.end);
                    builder.set_word_to_tool(&key, &value);
                    done = value.end;
                    continue;
                }
                builder.leaf(LeafKind::Key, key.clone());
                builder.leaf(LeafKind::Markup, key.end..value.start);
                builder.leaf(LeafKind::Value, value.clone());
                builder.field(&key, &value);
                let names = |name: &str| builder.text()[key.clone()].eq_ignore_ascii_case(name);
                let words = written(builder.text(), &value, data.get(&builder.text()[key.clone()]));
                if names("title") && !words.is_empty() {
                    builder.set_title(&words);
                } else if names("id") && !words.is_empty() {
                    builder.set_id(&words);
                }
                done = value.end;
            }
        }
        // Prose between two lines across the page has paragraphs.
        _ if lines[open + 1..close].iter().any(Line::is_blank) => return 0,
        Ok(_) => {
            builder.leaf(LeafKind::Markup, head.clone());
            builder.broken_infobox(&head, &head, String::from("it has no keys"));
        }
        Err(error) => {
            builder.leaf(LeafKind::Markup, head.clone());
            let at = from + error.at.start..from + error.at.end;
            builder.broken_infobox(&head, &at, error.message);
        }
    }
    builder.leaf(LeafKind::Markup, done..to);
    builder.leaf(LeafKind::Markup, lines[close].start..lines[close].end());
    close + 1
}

/// Where the words of a value stand: without the quotation marks around it and the comment behind it.
fn written(text: &str, value: &Range<usize>, data: Option<&serde_json::Value>) -> Range<usize> {
    let words = data.and_then(serde_json::Value::as_str).unwrap_or_default();
    match text[value.clone()].find(words) {
        Some(at) if !words.is_empty() => value.start + at..value.start + at + words.len(),
        _ => value.clone(),
    }
}

fn heading(builder: &mut Builder<'_>, line: &Line<'_>) {
    builder.end_list();
    let level = heading_level(line.text);
    let inner = line.text[level..].trim();
    // "## Words ##" may be closed.
    let words = inner.trim_end_matches('#');
    let words = if words.is_empty() || words.ends_with([' ', '\t']) { words.trim_end() } else { inner };
    let start = line.end() - line.text[level..].trim_start().len();
    let range: Range<usize> = start..start + words.len();
    let whole = line.start..line.end();
    if words.is_empty() {
        builder.leaf(LeafKind::Markup, whole);
    } else {
        builder.any_heading(range, whole, level as u8);
    }
}

/// Reads a raw block up to the line that closes it, or to the end; how many lines follow its first.
fn raw(builder: &mut Builder<'_>, first: &Line<'_>, following: &[Line<'_>], closes: impl Fn(&str) -> bool) -> usize {
    let more = following.iter().position(|line| closes(line.text)).map_or(following.len(), |i| i + 1);
    let end = following[..more].iter().rev().find(|line| !line.is_blank()).map_or(first.end(), Line::end);
    builder.raw(first.start..end);
    more
}

/// Whether a line is an item: `-`, `*`, `+` or a number, and a blank. `#` is a heading here.
fn is_item(line: &Line<'_>) -> bool {
    !line.text.starts_with('#')
        && (wiki_text::is_item(line) || number_length(line.text) > 0 || line.text.starts_with("+ "))
}

/// Bytes of "12. " or "12) ".
fn number_length(text: &str) -> usize {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let marked = text[digits..].starts_with(". ") || text[digits..].starts_with(") ");
    if (1..=3).contains(&digits) && marked { digits + 2 } else { 0 }
}

/// Reads an item; how many lines follow its first.
fn item(builder: &mut Builder<'_>, line: &Line<'_>, following: &[Line<'_>]) -> usize {
    let number = number_length(line.text).max(if line.text.starts_with("+ ") { 2 } else { 0 });
    if number == 0 {
        return wiki_text::item(builder, line, following);
    }
    builder.item(line.start..line.start + number, None, line.start + number..line.end());
    0
}
