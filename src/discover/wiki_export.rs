//! `MediaWiki` exports: XML with a `<page>` for each page of a wiki.
//!
//! The stream is cut at its tags into pages, and only the page at hand is kept. It is read as XML by itself: one that is damaged says
//! nothing of the others. Nothing but the five entities of XML and references to characters is resolved; a document type is passed over.

use super::records::{Piece, fault, line_ends, next_piece};
use super::{Problem, look};
use crate::source::{Shelf, SourceFile, Unreadable};
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::borrow::Cow;
use std::collections::HashMap;
use std::io::BufRead;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What a page has to be.
const EXPECTED: &str = "a `<page>` with a `<title>` and a `<revision>` that has a `<text>`";

/// Bytes that tell one tag from another.
const TAG: u64 = 16;

/// A redirect may lead to another redirect, but not around and around.
const LONGEST_CHAIN: usize = 8;

/// Whether a file is an export, by its first bytes: the root is `<mediawiki`, behind a declaration, comments and a document type.
pub(super) fn begins(bytes: &[u8]) -> bool {
    let mut rest = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes).trim_ascii_start();
    loop {
        let Some(length) = (match rest {
            [b'<', b'!', b'-', b'-', ..] => length_to(rest, b"-->"),
            [b'<', b'!', ..] => document_type_length(rest),
            [b'<', b'?', ..] => length_to(rest, b"?>"),
            _ => return rest.strip_prefix(b"<").is_some_and(|tag| is_tag(tag, b"mediawiki")),
        }) else {
            return false;
        };
        rest = rest[length..].trim_ascii_start();
    }
}

fn length_to(bytes: &[u8], end: &[u8]) -> Option<usize> {
    bytes.windows(end.len()).position(|window| window == end).map(|at| at + end.len())
}

/// Bytes of a document type with what it declares in brackets.
fn document_type_length(bytes: &[u8]) -> Option<usize> {
    let mark = bytes.iter().position(|byte| matches!(byte, b'[' | b'>'))?;
    if bytes[mark] == b'>' {
        return Some(mark + 1);
    }
    let close = bytes.iter().enumerate().skip(mark).filter(|&(_, &byte)| byte == b']').map(|(at, _)| at + 1);
    close
        .map(|at| bytes.len() - bytes[at..].trim_ascii_start().len())
        .find(|&at| bytes.get(at) == Some(&b'>'))
        .map(|at| at + 1)
}

/// Whether what stands behind a `<` is a tag of that name.
fn is_tag(piece: &[u8], name: &[u8]) -> bool {
    piece
        .strip_prefix(name)
        .is_some_and(|rest| rest.first().is_none_or(|&byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/')))
}

/// Reads the pages of an export, each at most `limit` bytes. Where it ends in a fault, what came before is there.
pub(super) fn read(
    reader: &mut impl BufRead,
    shown: &str,
    location: &Path,
    limit: u64,
    shelf: &Arc<Shelf>,
) -> (Vec<SourceFile>, Option<Problem>) {
    let mut export = Export {
        shown,
        location: location.to_owned(),
        limit,
        shelf,
        files: Vec::new(),
        last: 0,
        articles: HashMap::new(),
        redirects: HashMap::new(),
    };
    let mut line = 1;
    let mut open: Option<Cut> = None;
    let mut closed = false;
    let mut piece = Vec::new();
    let problem = loop {
        piece.clear();
        let room = open.as_ref().map_or(0, |page| limit.saturating_sub(page.length));
        // Each piece but the first begins behind a `<`, which stands in no text.
        let Piece { length, lines } = match next_piece(reader, b'<', room.max(TAG), &mut piece) {
            Ok(Piece { length: 0, .. }) if closed => break None,
            Ok(Piece { length: 0, .. }) => break Some(fault(shown, line, "it ends before `</mediawiki>`")),
            Ok(read) => read,
            Err(error) => break Some(fault(shown, line, &error.to_string())),
        };
        closed |= is_tag(&piece, b"/mediawiki");
        if is_tag(&piece, b"page") {
            if let Some(page) = open.take() {
                export.unreadable(&page, format!("it has no end; another page begins on line {line}"));
            }
            open = Some(Cut { line, length: 1, bytes: vec![b'<'] });
        }
        if let Some(page) = &mut open {
            page.length += length;
            if page.length <= limit {
                page.bytes.extend_from_slice(&piece);
            }
        }
        if is_tag(&piece, b"/page")
            && let Some(mut page) = open.take()
        {
            // What stands behind the page is none of it.
            let behind = piece.iter().position(|&byte| byte == b'>').map_or(0, |at| piece.len() - at - 1);
            page.bytes.truncate(page.bytes.len() - behind.min(page.bytes.len()));
            export.page(&page);
        }
        line += lines;
    };
    if let Some(page) = open {
        export.unreadable(&page, String::from("the file ends in the middle of it"));
    }
    (export.finish(), problem)
}

/// A page as it is cut out of the stream.
struct Cut {
    /// The line that it begins on.
    line: u64,
    /// Its bytes, with those that are not kept.
    length: u64,
    bytes: Vec<u8>,
}

/// What was read of an export.
struct Export<'a> {
    shown: &'a str,
    location: PathBuf,
    limit: u64,
    shelf: &'a Arc<Shelf>,
    files: Vec<SourceFile>,
    /// The number of the last page.
    last: u64,
    /// The numbers of the files of articles by their titles.
    articles: HashMap<String, usize>,
    /// Titles of redirects, with what they lead to.
    redirects: HashMap<String, String>,
}

impl Export<'_> {
    /// Takes in a page.
    fn page(&mut self, cut: &Cut) {
        if cut.length > self.limit {
            let why = Unreadable::TooLarge { size: cut.length, limit: self.limit };
            return self
                .add(cut, |path, location| SourceFile::unreadable(path, location, String::new(), cut.length, why));
        }
        let page = match Page::read(&cut.bytes) {
            Ok(page) => page,
            Err(Fault { at, why }) => {
                let before = &cut.bytes[..at.min(cut.bytes.len())];
                let line = cut.line + line_ends(before);
                return self.unreadable(cut, format!("{why} (line {line})"));
            }
        };
        if !page.is_article() {
            return;
        }
        let title = page.title.split_whitespace().collect::<Vec<_>>().join(" ");
        if title.is_empty() {
            return self.unreadable(cut, String::from("it has no title"));
        }
        if let Some(target) = page.redirects_to() {
            self.redirects.insert(canonical(&title), canonical(&target));
            return;
        }
        let Some(text) = page.text else { return self.unreadable(cut, String::from("it has no text")) };
        self.articles.entry(canonical(&title)).or_insert(self.files.len());
        let text = format!("{}{}", head(&title), text.trim_start_matches(['\n', '\r']));
        self.add(cut, |path, location| look(text.into_bytes()).into_file(path, location));
    }

    fn unreadable(&mut self, cut: &Cut, why: String) {
        let why = Unreadable::NoRecord { why, expected: EXPECTED };
        self.add(cut, |path, location| SourceFile::unreadable(path, location, String::new(), cut.length, why));
    }

    /// Adds a page under the number of its line, or the next one where pages share a line.
    fn add(&mut self, cut: &Cut, file: impl FnOnce(String, PathBuf) -> SourceFile) {
        self.last = cut.line.max(self.last + 1);
        let path = format!("{}#{}", self.shown, self.last);
        let mut file = file(path, self.location.clone()).of_record(self.last);
        file.put_away(self.shelf);
        self.files.push(file);
    }

    /// The pages, each with the titles of the redirects to it.
    fn finish(mut self) -> Vec<SourceFile> {
        let mut aliases: HashMap<usize, Vec<&str>> = HashMap::new();
        for (alias, mut target) in &self.redirects {
            for _ in 0..LONGEST_CHAIN {
                target = self.redirects.get(target).unwrap_or(target);
            }
            if let Some(&article) = self.articles.get(target) {
                aliases.entry(article).or_default().push(alias);
            }
        }
        for (article, mut aliases) in aliases {
            aliases.sort_unstable();
            let file = &mut self.files[article];
            // The layout of wiki text has a place for other titles; they end in `;`, for a title may have a comma.
            let with_aliases = |text: &str| {
                let (head, body) = text.split_once("\n\n").unwrap_or(("", text));
                format!("{head}\n\nInfobox\n- Redirects: {};\n\n{body}", aliases.join("; "))
            };
            if file.unreadable.is_none() {
                let (path, location, line) = (file.path.clone(), file.location.clone(), file.record.unwrap_or(0));
                *file = SourceFile::new(path, location, file.peek(with_aliases)).of_record(line);
                file.put_away(self.shelf);
            }
        }
        self.files
    }
}

/// What stands before the text of a page.
fn head(title: &str) -> String {
    format!("= {title} =\n\n")
}

/// A title in the one form in which a wiki keeps it: blanks, and a capital at its beginning; without a section.
fn canonical(title: &str) -> String {
    let title = title.split('#').next().unwrap_or("").replace('_', " ");
    crate::text::capitalise(title.trim().trim_start_matches(':').trim())
}

/// A page of a wiki.
#[derive(Debug, Default)]
struct Page {
    title: String,
    /// The number of its namespace; empty in old exports.
    namespace: String,
    /// What the export says that it leads to.
    redirect: Option<String>,
    /// How its text is written; empty in old exports.
    model: String,
    /// The text of its last revision.
    text: Option<String>,
}

/// Why a page cannot be read, and the byte of it where that shows.
#[derive(Debug)]
struct Fault {
    at: usize,
    why: String,
}

/// An element of a page, by its name and the one around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Element {
    Page,
    Title,
    Namespace,
    Redirect,
    Revision,
    Model,
    Text,
    Other,
}

impl Element {
    fn of(name: &str, around: Option<Self>) -> Self {
        match (around, name) {
            (None, "page") => Self::Page,
            (Some(Self::Page), "title") => Self::Title,
            (Some(Self::Page), "ns") => Self::Namespace,
            (Some(Self::Page), "redirect") => Self::Redirect,
            (Some(Self::Page), "revision") => Self::Revision,
            (Some(Self::Revision), "model") => Self::Model,
            (Some(Self::Revision), "text") => Self::Text,
            _ => Self::Other,
        }
    }
}

impl Page {
    fn read(bytes: &[u8]) -> Result<Self, Fault> {
        let xml = std::str::from_utf8(bytes)
            .map_err(|error| Fault { at: error.valid_up_to(), why: String::from("it is not UTF-8") })?;
        let mut reader = Reader::from_str(xml);
        let mut page = Self::default();
        let mut open: Vec<Element> = Vec::new();
        loop {
            let at = reader.buffer_position() as usize;
            let event = reader
                .read_event()
                .map_err(|error| Fault { at: reader.error_position() as usize, why: error.to_string() })?;
            let words = match &event {
                Event::Start(tag) => {
                    let element = Element::of(tag.name().into_inner(), open.last().copied());
                    page.begin(element, tag);
                    open.push(element);
                    continue;
                }
                Event::Empty(tag) => {
                    page.begin(Element::of(tag.name().into_inner(), open.last().copied()), tag);
                    continue;
                }
                Event::End(_) => {
                    open.pop();
                    continue;
                }
                Event::Text(text) => text.xml10_content(),
                Event::CData(text) => text.xml10_content(),
                Event::GeneralRef(entity) => resolved(entity).map_err(|why| Fault { at, why })?.into(),
                Event::Eof if open.is_empty() => return Ok(page),
                Event::Eof => return Err(Fault { at, why: String::from("an element in it has no end") }),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => continue,
            };
            match open.last() {
                Some(Element::Title) => page.title.push_str(&words),
                Some(Element::Namespace) => page.namespace.push_str(&words),
                Some(Element::Model) => page.model.push_str(&words),
                Some(Element::Text) => page.text.get_or_insert_default().push_str(&words),
                _ => {}
            }
        }
    }

    /// An element begins. Of several revisions the last counts, which is the newest.
    fn begin(&mut self, element: Element, tag: &BytesStart<'_>) {
        match element {
            Element::Revision => (self.model, self.text) = (String::new(), None),
            Element::Text => self.text = Some(String::new()),
            Element::Redirect => {
                let title = tag.try_get_attribute("title").ok().flatten();
                self.redirect =
                    title.and_then(|title| title.normalized_value(XmlVersion::Implicit1_0).ok()).map(Cow::into_owned);
            }
            _ => {}
        }
    }

    /// Whether it is an article: of the main namespace, and of wiki text.
    fn is_article(&self) -> bool {
        matches!(self.namespace.trim(), "" | "0") && matches!(self.model.trim(), "" | "wikitext")
    }

    /// The title that a redirect leads to; old exports say it in the text alone.
    fn redirects_to(&self) -> Option<String> {
        const WORD: &str = "#redirect";
        let in_text = || {
            let text = self.text.as_deref()?.trim_start();
            text.get(..WORD.len()).filter(|word| word.eq_ignore_ascii_case(WORD))?;
            let line = text.lines().next()?;
            let (target, _) = line.split_once("[[")?.1.split_once("]]")?;
            Some(target.split('|').next()?.to_owned())
        };
        self.redirect.clone().or_else(in_text)
    }
}

/// The text that a reference stands for. Entities that a document type may declare are not looked up.
fn resolved(entity: &BytesRef<'_>) -> Result<String, String> {
    if let Some(character) = entity.resolve_char_ref().map_err(|error| error.to_string())? {
        return Ok(character.to_string());
    }
    let name = entity.xml10_content();
    let text = resolve_predefined_entity(&name).map(str::to_owned);
    text.ok_or_else(|| format!("`&{}` is no entity of XML", crate::text::head(&name, TAG as usize)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_tells_an_export() {
        for text in [
            "<mediawiki>",
            "\u{FEFF}<?xml version=\"1.0\"?>\n<!-- <a> --><mediawiki xmlns=\"x\">",
            "<!DOCTYPE mediawiki>\n<mediawiki\n>",
            "<!DOCTYPE mediawiki [<!ENTITY a \"b\">] >\n<mediawiki/>",
        ] {
            assert!(begins(text.as_bytes()), "{text}");
        }
        for text in ["", "<mediawikis>", "<rss><mediawiki>", "mediawiki", "<!-- <mediawiki>"] {
            assert!(!begins(text.as_bytes()), "{text}");
        }
    }

    fn page(inner: &str) -> Result<Page, Fault> {
        Page::read(format!("<page>{inner}</page>").as_bytes())
    }

    #[test]
    fn the_last_revision_counts() {
        let inner = "<title>A &amp; B</title><ns>0</ns><revision><text>old</text></revision>\
            <revision><comment>x</comment><text>n&#101;w <![CDATA[<b>]]></text></revision>";
        let page = page(inner).unwrap();
        assert_eq!((page.title.as_str(), page.text.as_deref()), ("A & B", Some("new <b>")));
    }

    #[test]
    fn what_is_damaged_says_where() {
        for (inner, line) in
            [("\n<title>A</text>", 1), ("\n\n&bomb;", 2), ("<a>\n</b>", 1), ("\n<a", 1), ("&#x110000;", 0)]
        {
            let Fault { at, why } = page(inner).unwrap_err();
            let text = format!("<page>{inner}</page>");
            assert_eq!(text[..at].matches('\n').count(), line, "{inner}: {why}");
        }
    }

    #[test]
    fn redirects_are_told_by_their_text_too() {
        let page = page("<title>A</title><revision><text>#REDIRECT [[b_c#D|E]]</text></revision>").unwrap();
        assert_eq!(page.redirects_to().map(|target| canonical(&target)).as_deref(), Some("B c"));
    }
}
