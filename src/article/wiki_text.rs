//! Wiki text: `= Title =`, `==Section==`, an `Infobox` block of `- Key: value` lines, `- ` items.
//!
//! Of the markup of a wiki it reads what stands by itself: `{{Infobox …}}` as the infobox, other templates, tables, pictures and categories
//! as raw blocks. The marks in running text are blank [already](crate::text::wiki_markup).

use super::LeafKind;
use super::builder::Builder;
use super::lines::{Line, trimmed};
use crate::text::wiki_markup::{template_name, templates_and_pictures};
use crate::time;
use std::ops::Range;

/// Deepest level that a heading can have.
const DEEPEST: usize = 6;

pub(super) fn parse(builder: &mut Builder<'_>) {
    let lines = trimmed(builder.text(), builder.text_start());
    let markup = Markup::of(builder.text(), &lines);
    let mut at = 0;
    while at < lines.len() {
        let line = &lines[at];
        let after_markup = markup.read(builder, &lines, at);
        at += 1;
        if let Some(next) = after_markup {
            at = next;
        } else if line.is_blank() {
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
        } else if let Some(mark) = starred(line) {
            builder.item(line.start..line.start + mark, None, line.start + mark..line.end());
        } else {
            builder.paragraph_line(line);
        }
    }
}

/// The markup of a wiki that stands by itself on its lines.
struct Markup {
    /// Templates and pictures, in order.
    enclosed: Vec<Range<usize>>,
    /// The first and the last line of each table, in order.
    tables: Vec<Range<usize>>,
}

impl Markup {
    fn of(text: &str, lines: &[Line<'_>]) -> Self {
        let has_any = text.contains("{{") || text.contains("[[");
        let enclosed = if has_any { templates_and_pictures(text) } else { Vec::new() };
        let mut tables = Vec::new();
        let mut open = Vec::new();
        for (number, line) in lines.iter().enumerate() {
            if line.text.starts_with("{|") {
                open.push(number);
            } else if line.text.starts_with("|}") && !line.text.starts_with("|}}") {
                tables.extend(open.pop().map(|first| first..number));
            }
        }
        tables.sort_unstable_by_key(|table| table.start);
        Self { enclosed, tables }
    }

    /// Reads what begins on a line and stands by itself; the number of the line behind it.
    fn read(&self, builder: &mut Builder<'_>, lines: &[Line<'_>], number: usize) -> Option<usize> {
        let line = &lines[number];
        if line.text.starts_with("{|") {
            let table = self.tables.binary_search_by_key(&number, |table| table.start);
            // One that is not closed ends with its rows.
            let rows = || lines[number + 1..].iter().take_while(|line| line.text.starts_with(['|', '!'])).count();
            let last = table.map_or_else(|_| number + rows(), |table| self.tables[table].end);
            builder.raw(line.start..lines[last].end());
            return Some(last + 1);
        }
        if line.text.starts_with("[[") && is_apart(line.text) {
            builder.raw(line.start..line.end());
            return Some(number + 1);
        }
        let first = self.enclosed.binary_search_by_key(&line.start, |range| range.start).ok()?;
        // What may stand by itself goes on as long as only blanks are between: all of it, or what takes more than one line.
        let text = builder.text();
        let (mut own, mut end) = (0, line.start);
        let mut last = number;
        for (count, range) in self.enclosed[first..].iter().enumerate() {
            let gap = &text[end..range.start];
            if gap.contains(['\n', '\r']) || !gap.trim().is_empty() {
                break;
            }
            end = range.end;
            let begins = last;
            last = last_line(lines, last, end);
            if last > begins || rest_of(lines, last, end).is_none() {
                own = count + 1;
            }
        }
        let blocks = &self.enclosed[first..first + own];
        let end = blocks.last()?.end;
        for block in blocks {
            template(builder, block);
        }
        let last = last_line(lines, number, end);
        if let Some(rest) = rest_of(lines, last, end) {
            builder.paragraph_line(&rest);
        }
        Some(last + 1)
    }
}

/// What stands behind a place on its line, where that is no blank.
fn rest_of<'a>(lines: &[Line<'a>], number: usize, at: usize) -> Option<Line<'a>> {
    let line = &lines[number];
    let rest = line.text.get(at.saturating_sub(line.start)..)?.trim_start();
    (!rest.is_empty()).then(|| Line { start: line.end() - rest.len(), text: rest, indent: 0 })
}

/// The number of the line that the byte before `end` stands on, from a line on.
fn last_line(lines: &[Line<'_>], from: usize, end: usize) -> usize {
    let behind = lines[from..].partition_point(|line| line.start - line.indent < end);
    from + behind.max(1) - 1
}

/// Whether a line is only of links that say where a page belongs or show a picture: `[[Category:Islands]]`, `[[fr:Gozo]]`.
fn is_apart(line: &str) -> bool {
    const NAMESPACES: &[&str] = &["category", "file", "image", "media"];
    let mut rest = line;
    let mut first = true;
    while let Some(inner) = rest.strip_prefix("[[") {
        let Some((namespace, _)) = inner.split_once(':') else { return false };
        let language = (2..=3).contains(&namespace.len()) && namespace.bytes().all(|b| b.is_ascii_lowercase());
        if !language && !NAMESPACES.iter().any(|known| namespace.eq_ignore_ascii_case(known)) {
            return false;
        }
        // The words of a picture have links in them.
        let mut depth = 0;
        let bytes = rest.as_bytes();
        let mut at = 0;
        loop {
            match bytes.get(at..at + 2) {
                Some(b"[[") => depth += 1,
                Some(b"]]") => depth -= 1,
                Some(_) => {
                    at += 1;
                    continue;
                }
                None => return false,
            }
            at += 2;
            if depth == 0 {
                break;
            }
        }
        rest = rest[at..].trim_start();
        first = false;
    }
    !first && rest.is_empty()
}

/// Templates that name related articles.
const POINTERS: &[&str] = &["details", "further", "further information", "main", "main article", "see", "see also"];

/// Reads a template that stands by itself, or a picture.
fn template(builder: &mut Builder<'_>, range: &Range<usize>) {
    let text = &builder.text()[range.clone()];
    let name = template_name(text);
    let is = |word: &str| name.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    if text.starts_with("{{") && is("infobox") {
        return fields(builder, range);
    }
    let pointer = POINTERS.iter().any(|pointer| name.eq_ignore_ascii_case(pointer));
    builder.raw(range.clone());
    if pointer {
        for (part, equals) in parameters(text).into_iter().skip(1) {
            let words = text[part.clone()].trim();
            if equals.is_none() && !words.is_empty() && !words.contains(['[', '{', '<']) {
                let start = range.start + part.start + text[part].find(words).unwrap_or(0);
                builder.pointer(range, start..start + words.len());
            }
        }
    }
}

/// The parts of a template between its bars, the name first; each with the place of its first `=`.
fn parameters(template: &str) -> Vec<(Range<usize>, Option<usize>)> {
    let bytes = template.as_bytes();
    let end = template.len() - 2;
    let mut parts = Vec::new();
    let (mut start, mut equals, mut depth) = (2, None, 0_usize);
    let mut at = 2;
    while at < end {
        match &bytes[at..at + 2] {
            b"{{" | b"[[" | b"{|" => {
                depth += 1;
                at += 1;
            }
            b"}}" | b"]]" | b"|}" if depth > 0 => {
                depth -= 1;
                at += 1;
            }
            [b'|', _] if depth == 0 => {
                parts.push((start..at, equals.take()));
                start = at + 1;
            }
            [b'=', _] if depth == 0 && equals.is_none() => equals = Some(at),
            _ => {}
        }
        at += 1;
    }
    parts.push((start.min(end)..end, equals));
    parts
}

/// Reads the fields of `{{Infobox …}}`. What has no value is not shown.
fn fields(builder: &mut Builder<'_>, range: &Range<usize>) {
    let text = &builder.text()[range.clone()];
    let parts = parameters(text);
    let head = range.start..range.start + text[..parts[0].0.end].trim_end().len();
    builder.end_list();
    // Fields that stand before it belong to the same subject.
    if !builder.has_infobox() {
        builder.infobox(&head, None);
    }
    let mut done = range.start;
    for (part, equals) in &parts[1..] {
        let Some(equals) = *equals else { continue };
        let trimmed = |range: Range<usize>| {
            let inner = text[range.clone()].trim_start();
            let start = range.end - inner.len();
            start..start + inner.trim_end().len()
        };
        let (key, value) = (trimmed(part.start..equals), trimmed(equals + 1..part.end));
        if key.is_empty() || value.is_empty() {
            continue;
        }
        let at = |inner: &Range<usize>| range.start + inner.start..range.start + inner.end;
        let (key, value) = (at(&key), at(&value));
        builder.leaf(LeafKind::Markup, done..key.start);
        builder.leaf(LeafKind::Key, key.clone());
        builder.leaf(LeafKind::Markup, key.end..value.start);
        builder.leaf(LeafKind::Value, value.clone());
        builder.field(&key, &value);
        done = value.end;
    }
    builder.leaf(LeafKind::Markup, done..range.end);
}

/// Bytes of the stars of an item that its words touch: `*Gozo`. Where stars stand behind words as well they are for emphasis.
fn starred(line: &Line<'_>) -> Option<usize> {
    let stars = line.text.bytes().take_while(|&b| b == b'*').count();
    let rest = &line.text[stars..];
    (stars > 0 && !rest.contains('*') && rest.starts_with(|c: char| c.is_alphanumeric() || "\"“'{".contains(c)))
        .then_some(stars)
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
        !next.is_blank() && !is_item(next) && !next.text.starts_with(['=', '#']) && !next.text.starts_with("{{")
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
