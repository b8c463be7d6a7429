//! The markup of a wiki: what of it stands in running text is blanked, so that everything else stays where it stood.
//!
//! Emphasis, tags, comments and references are for the reader's eye or the foot of the page. What is shown and is no prose (a template
//! in a sentence, a formula) leaves an empty `{{ }}`: its place is taken, and nobody takes the words around it for neighbours. Templates and
//! pictures that stand by themselves, and tables, are left to the layout.

use crate::source::Unmarked;
use std::ops::Range;

/// What a text must have to be taken for a page of a wiki. One that was extracted from such a page may keep a stray tag or apostrophes, and
/// shows them to its readers.
const MARKS: &[&str] = &["'''", "[[", "{{", "{|"];

/// Elements whose content is to be taken to the letter, or is no text.
const LITERAL: &[&str] = &[
    "chem",
    "code",
    "gallery",
    "graph",
    "hiero",
    "imagemap",
    "mapframe",
    "math",
    "nowiki",
    "pre",
    "references",
    "score",
    "source",
    "syntaxhighlight",
    "templatedata",
    "timeline",
];

/// Templates that stand for a citation marker.
const MARKERS: &[&str] =
    &["citation needed", "cn", "efn", "fact", "harv", "harvnb", "harvtxt", "notetag", "r", "refn", "rp", "sfn", "sfnp"];

/// Templates that describe a source.
const SOURCES: &[&str] = &["citation", "cite", "vcite"];

/// Names of characters in running text.
const CHARACTERS: &[(&str, &str)] = &[
    ("&amp;", "&"),
    ("&emsp;", " "),
    ("&ensp;", " "),
    ("&gt;", ">"),
    ("&lt;", "<"),
    ("&mdash;", "—"),
    ("&minus;", "−"),
    ("&nbsp;", " "),
    ("&ndash;", "–"),
    ("&quot;", "\""),
    ("&thinsp;", " "),
];

const BOM: &str = "\u{FEFF}";

/// No tag and no address is longer than this many bytes.
const LONGEST: usize = 1000;

/// The text without the markup that stands in its prose; `None` where it has none.
pub fn unmarked(text: &str) -> Option<Unmarked> {
    if !MARKS.iter().any(|mark| text.contains(mark)) {
        return None;
    }
    // A byte-order mark is no part of the first line.
    if let Some(rest) = text.strip_prefix(BOM) {
        let Unmarked { text, citations } = unmarked(rest)?;
        let moved = |citation: Range<usize>| citation.start + BOM.len()..citation.end + BOM.len();
        return Some(Unmarked { text: format!("{BOM}{text}"), citations: citations.into_iter().map(moved).collect() });
    }
    let mut page = Page { bytes: text.as_bytes().to_vec(), citations: Vec::new() };
    page.literals();
    page.references();
    page.templates();
    page.small_marks();
    page.citations.sort_unstable_by_key(|citation| citation.start);
    let changed = page.bytes != text.as_bytes();
    // What is blanked begins and ends at marks, which are ASCII.
    let text = String::from_utf8(page.bytes).ok().filter(|_| changed)?;
    Some(Unmarked { text, citations: page.citations })
}

/// The templates and the pictures of a text that lie in no other, in order: whole, with their marks.
pub fn templates_and_pictures(text: &str) -> Vec<Range<usize>> {
    enclosed(text.as_bytes())
}

/// The name of a template: what stands in it before the first `|`.
pub fn template_name(template: &str) -> &str {
    let inner = template.trim_start_matches('{');
    inner.split(['|', '}', '\n']).next().unwrap_or("").trim()
}

/// A text whose marks are blanked one after the other.
struct Page {
    bytes: Vec<u8>,
    citations: Vec<Range<usize>>,
}

impl Page {
    fn blank(&mut self, range: Range<usize>) {
        self.bytes[range].fill(b' ');
    }

    /// Leaves the place of something that is shown and is no prose.
    fn hollow(&mut self, range: Range<usize>) {
        let (start, end) = (range.start, range.end);
        self.blank(range);
        if end - start >= 4 {
            self.bytes[start..start + 2].fill(b'{');
            self.bytes[end - 2..end].fill(b'}');
        }
    }

    /// Leaves a marker in the place of a citation. Which number a reader sees is settled when the page is shown.
    fn cite(&mut self, range: Range<usize>) {
        const MARKER: &[u8] = b"[1]";
        self.blank(range.clone());
        if range.len() > MARKER.len() {
            self.bytes[range.start..range.start + MARKER.len()].copy_from_slice(MARKER);
            self.citations.push(range);
        }
    }

    /// What stands behind a place on its line, from its first character that is no blank; nothing where there is none.
    fn rest_of_line(&self, at: usize) -> &[u8] {
        let rest = &self.bytes[at..];
        let blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let rest = &rest[blanks..];
        if rest.first().is_some_and(|byte| is_line_end(*byte)) { &[] } else { rest }
    }

    /// The end of the tag that begins at a place.
    fn tag_end(&self, at: usize) -> Option<usize> {
        let rest = &self.bytes[at + 1..self.bytes.len().min(at + LONGEST)];
        let end = rest.iter().position(|byte| matches!(byte, b'<' | b'>'))?;
        (rest[end] == b'>').then_some(at + 1 + end + 1)
    }

    /// Whether the tag that begins at a place, behind its `<` or `</`, has a name.
    fn is_named(&self, at: usize, name: &str) -> bool {
        let end = at + name.len();
        self.bytes.get(at..end).is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes()))
            && self.bytes.get(end).is_some_and(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))
    }

    /// Comments, and elements that hold no prose.
    fn literals(&mut self) {
        // Names of which no end follows, so that it is looked for once.
        let mut endless: Vec<&str> = Vec::new();
        let mut line = LineBegin::default();
        let mut at = 0;
        while let Some(open) = find(&self.bytes, b"<", at) {
            at = open + 1;
            if self.bytes[open..].starts_with(b"<!--") {
                // One without an end hides the rest of the page, as it does for readers.
                at = find(&self.bytes, b"-->", open + 4).map_or(self.bytes.len(), |end| end + 3);
                line.go(&self.bytes, open);
                self.comment(open..at, &line);
                line.at = at;
                continue;
            }
            let Some(&name) = LITERAL.iter().find(|name| self.is_named(open + 1, name)) else { continue };
            let Some(end) = self.tag_end(open) else { continue };
            if self.bytes[end - 2] == b'/' {
                if name == "references" {
                    self.hollow(open..end);
                }
                continue;
            }
            if endless.contains(&name) {
                continue;
            }
            let mut from = end;
            let close = loop {
                match find(&self.bytes, b"</", from) {
                    Some(close) if self.is_named(close + 2, name) => break Some(close),
                    Some(close) => from = close + 2,
                    None => break None,
                }
            };
            match close {
                Some(close) => {
                    at = self.tag_end(close).unwrap_or(close + 2 + name.len());
                    self.hollow(open..at);
                }
                None => endless.push(name),
            }
        }
    }

    /// A comment alone on its line takes the line with it, and parts no paragraph.
    fn comment(&mut self, range: Range<usize>, line: &LineBegin) {
        let mut start = range.start;
        if line.is_blank && line.start > 0 && self.rest_of_line(range.end).is_empty() {
            start = line.start - 1;
            start -= usize::from(self.bytes[..=start].ends_with(b"\r\n"));
        }
        self.blank(start..range.end);
    }

    /// `<ref>…</ref>`, `<ref name="…" />`.
    fn references(&mut self) {
        let mut opened = None;
        let mut at = 0;
        while let Some(open) = find(&self.bytes, b"<", at) {
            at = open + 1;
            if self.is_named(open + 1, "ref") {
                let Some(end) = self.tag_end(open) else { continue };
                if self.bytes[end - 2] == b'/' {
                    self.cite(open..end);
                } else {
                    opened = Some(open);
                }
                at = end;
            } else if self.bytes.get(open + 1) == Some(&b'/')
                && self.is_named(open + 2, "ref")
                && let Some(start) = opened.take()
            {
                at = self.tag_end(open).unwrap_or(open + "</ref".len());
                self.cite(start..at);
            }
        }
    }

    /// Templates and pictures in running text. Those that stand by themselves are no part of it.
    fn templates(&mut self) {
        let mut line = LineBegin::default();
        for range in enclosed(&self.bytes) {
            line.go(&self.bytes, range.start);
            let rest = self.rest_of_line(range.end);
            let lines = self.bytes[range.clone()].iter().any(|byte| is_line_end(*byte));
            let alone =
                line.is_blank && (lines || rest.is_empty() || rest.starts_with(b"{{") || rest.starts_with(b"[["));
            // Behind what stands by itself on a line, something more may.
            line.at = range.end;
            let template = self.bytes[range.start] == b'{';
            let text = String::from_utf8_lossy(&self.bytes[range.start..range.end.min(range.start + LONGEST)]);
            let name = template_name(&text).to_ascii_lowercase();
            let source = SOURCES.contains(&name.split(' ').next().unwrap_or(""));
            if template && source {
                self.citations.push(range.clone());
            }
            if alone {
                continue;
            }
            line.is_blank &= !template;
            if !template {
                self.blank(range);
            } else if MARKERS.contains(&name.as_str()) {
                self.cite(range);
            } else {
                self.hollow(range);
            }
        }
    }

    /// Emphasis, tags, addresses of links that lead out, names of characters, marks at the beginning of lines.
    fn small_marks(&mut self) {
        let mut at = 0;
        let mut begins = true;
        while at < self.bytes.len() {
            let byte = self.bytes[at];
            let length = match byte {
                b'\'' => self.run(at, 2).inspect(|&end| self.blank(at..end)),
                b'_' => self.switch(at).inspect(|&end| self.blank(at..end)),
                b'-' if begins => self.run(at, 4).inspect(|&end| self.blank(at..end)),
                b':' | b';' if begins => Some(at + 1).inspect(|&end| self.blank(at..end)),
                b'<' if self.bytes.get(at + 1).is_some_and(|next| next.is_ascii_alphabetic() || *next == b'/') => {
                    self.tag_end(at).inspect(|&end| self.blank(at..end))
                }
                b'[' => self.leads_out(at),
                b'&' => self.character(at),
                _ => None,
            };
            begins = is_line_end(byte) || begins && matches!(byte, b':' | b';');
            at = length.unwrap_or(at + 1);
        }
    }

    /// The end of a run of one byte, where it is long enough.
    fn run(&self, at: usize, least: usize) -> Option<usize> {
        let length = self.bytes[at..].iter().take_while(|&&byte| byte == self.bytes[at]).count();
        (length >= least).then_some(at + length)
    }

    /// The end of a word to the program that shows the page: `__NOTOC__`.
    fn switch(&self, at: usize) -> Option<usize> {
        let inner = self.bytes[at..].strip_prefix(b"__")?;
        let length = inner.iter().take(32).take_while(|byte| byte.is_ascii_uppercase()).count();
        (length > 0 && inner[length..].starts_with(b"__")).then_some(at + 2 + length + 2)
    }

    /// `[https://example.org words]`: only the words are read.
    fn leads_out(&mut self, at: usize) -> Option<usize> {
        const SCHEMES: &[&[u8]] = &[b"http://", b"https://", b"//", b"mailto:", b"ftp://"];
        let inner = &self.bytes[at + 1..self.bytes.len().min(at + LONGEST)];
        SCHEMES.iter().find(|scheme| inner.starts_with(scheme))?;
        let close = inner.iter().position(|&byte| matches!(byte, b'[' | b']') || is_line_end(byte))?;
        if inner[close] != b']' {
            return None;
        }
        let address = inner[..close].iter().position(|byte| *byte == b' ').unwrap_or(close);
        self.blank(at..at + 1 + address);
        self.blank(at + 1 + close..at + 2 + close);
        Some(at + 1 + address)
    }

    /// `&ndash;`: the character, and blanks for the rest of its name.
    fn character(&mut self, at: usize) -> Option<usize> {
        let &(name, character) = CHARACTERS.iter().find(|(name, _)| self.bytes[at..].starts_with(name.as_bytes()))?;
        let end = at + name.len();
        self.blank(at..end);
        self.bytes[at..at + character.len()].copy_from_slice(character.as_bytes());
        Some(end)
    }
}

/// Whether only blanks stand between the beginning of a line and a place on it; the place goes forward.
#[derive(Debug)]
struct LineBegin {
    at: usize,
    /// Where the line begins.
    start: usize,
    is_blank: bool,
}

impl Default for LineBegin {
    fn default() -> Self {
        Self { at: 0, start: 0, is_blank: true }
    }
}

impl LineBegin {
    fn go(&mut self, bytes: &[u8], to: usize) {
        for (at, &byte) in bytes.iter().enumerate().take(to).skip(self.at) {
            if is_line_end(byte) {
                (self.start, self.is_blank) = (at + 1, true);
            } else {
                // A colon indents what stands behind it.
                self.is_blank &= matches!(byte, b' ' | b'\t' | b':');
            }
        }
        self.at = self.at.max(to);
    }
}

fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

fn find(bytes: &[u8], needle: &[u8], from: usize) -> Option<usize> {
    bytes.get(from..)?.windows(needle.len()).position(|window| window == needle).map(|at| from + at)
}

/// The outermost `{{…}}` and `[[File:…]]`. In one pass over the marks: what is not closed encloses nothing.
fn enclosed(bytes: &[u8]) -> Vec<Range<usize>> {
    let mut open: Vec<(bool, usize)> = Vec::new();
    let mut templates = 0;
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at + 1 < bytes.len() {
        match &bytes[at..at + 2] {
            b"{{" => {
                open.push((true, at));
                templates += 1;
            }
            b"[[" => open.push((false, at)),
            b"}}" if templates > 0 => {
                // A link that is open still has lost its end.
                while open.pop_if(|(template, _)| !*template).is_some() {}
                found.extend(open.pop().map(|(_, start)| start..at + 2));
                templates -= 1;
            }
            b"]]" => {
                let link = open.pop_if(|(template, _)| !*template);
                found.extend(link.map(|(_, start)| start..at + 2).filter(|link| is_picture(&bytes[link.clone()])));
            }
            _ => {
                at += 1;
                continue;
            }
        }
        at += 2;
    }
    found.sort_unstable_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let mut end = 0;
    found.retain(|range| {
        let outermost = range.start >= end;
        end = end.max(range.end);
        outermost
    });
    found
}

/// Whether a link shows a picture or a sound.
fn is_picture(link: &[u8]) -> bool {
    ["file:", "image:", "media:"]
        .iter()
        .any(|name| link.get(2..2 + name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text that is left, with one blank for many.
    fn left(text: &str) -> String {
        let read = unmarked(text).map_or_else(|| text.to_owned(), |read| read.text);
        assert_eq!(read.len(), text.len());
        let lines = read.split('\n').map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn marks_of_running_text_are_blanked() {
        for (text, expected) in [
            ("'''Gozo''' is ''an'' island.", "Gozo is an island."),
            (
                "It fell.<ref name=\"a\">{{cite web|title=X}}\nNext</ref> It rose.<ref name=a />",
                "It fell.[1] It rose.[1]",
            ),
            ("[[Unfinished]].<ref>A sentence ''stays''.", "[[Unfinished]]. A sentence stays ."),
            ("It is {{convert|3|km}} long{{sfn|Borg|1990}} and <math>x''</math>.", "It is {{ }} long[1] and {{ }}."),
            ("'''One'''<!-- ''no'' --> two\n<!-- alone -->\nthree''.''", "One two\nthree ."),
            ("'''1914'''&ndash;18, [https://example.org/a_b the site] &nbsp;x", "1914 – 18, the site x"),
            ("<nowiki>'''</nowiki> __NOTOC__<br /> ''a''", "{{ }} a"),
            (":'''See''' it\n;Term", "See it\nTerm"),
            ("[[File:A.jpg|thumb|At [[Sea|sea]]]] '''Gozo'''", "Gozo"),
        ] {
            assert_eq!(left(text), expected, "{text}");
        }
    }

    #[test]
    fn what_stands_by_itself_is_left() {
        for text in ["{{Infobox\n| a = b\n}}\nText.", "[[File:A.jpg|thumb]]\n{{Main|Gozo}}\nText.", "{{a}}{{b}}\nText."]
        {
            assert_eq!(unmarked(text), None, "{text}");
        }
        assert_eq!(left("{{lang|mt|a}} is one."), "{{ }} is one.");
        let read = unmarked("\u{FEFF}:[[A]]<ref>b</ref>").unwrap();
        assert_eq!((read.text.trim_end(), &read.citations[0]), ("\u{FEFF} [[A]][1]", &(9..21)));
        assert_eq!(unmarked("An extract'' has a stray <ref>tag</ref>."), None);
    }

    #[test]
    fn what_is_never_closed_costs_no_square() {
        for mark in [
            "{{",
            "[[",
            "<ref>",
            "<math>",
            "<!--",
            "<",
            "''",
            "[http://",
            "}}",
            "]]",
            "&",
            "{|",
            "{{a}}",
            "<ref name",
            "<!--a-->",
            "[[File:a]]",
            "<ref/>",
        ] {
            let text = format!("[[a]]{}", mark.repeat(100_000));
            let _ = unmarked(&text);
        }
    }
}
