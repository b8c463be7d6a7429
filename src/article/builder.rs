//! What the layouts share: joining lines to paragraphs, splitting these into sentences, finding
//! links, citation markers and quotations in them, and keeping the leaves.

use super::lines::Line;
use super::{Anchor, Article, Block, BlockKind, Field, Heading, Infobox, Layout, Leaf, LeafKind, Link, Section, Title};
use crate::source::{SourceId, Span};
use crate::text::sentences;
use std::ops::Range;

/// A line longer than this many bytes is a paragraph of its own: nobody wraps lines that late.
const WRAPPED_AT_MOST: usize = 200;

/// Builds an [`Article`] from the top of the file to its end.
pub(super) struct Builder<'a> {
    article: Article<'a>,
    /// Lines of the paragraph that is being read: its first and last byte.
    paragraph: Option<Range<usize>>,
    in_list: bool,
    /// The sections that are open, outermost first: each of a lower level than the next.
    open: Vec<(u8, usize)>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(source: SourceId, path: &'a str, text: &'a str, layout: Layout) -> Self {
        let lead = Section { heading: None, parent: None, blocks: 0..0 };
        let mut builder = Self {
            article: Article {
                source,
                path,
                text,
                written: text,
                layout,
                id: None,
                title: None,
                infobox: None,
                sections: vec![lead],
                blocks: Vec::new(),
                sentences: Vec::new(),
                links: Vec::new(),
                anchors: Vec::new(),
                citations: Vec::new(),
                quotations: Vec::new(),
                quoted: Vec::new(),
                leaves: Vec::new(),
            },
            paragraph: None,
            in_list: false,
            open: Vec::new(),
        };
        builder.leaf(LeafKind::Markup, 0..builder.text_start());
        builder
    }

    /// Offset behind the byte-order mark.
    pub(super) fn text_start(&self) -> usize {
        if self.article.text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 }
    }

    pub(super) fn text(&self) -> &'a str {
        self.article.text
    }

    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.article.source, range.start, range.end)
    }

    /// Adds a leaf, without the blanks around it; none where it is all blank.
    pub(super) fn leaf(&mut self, kind: LeafKind, range: Range<usize>) {
        let text = &self.article.text[range.clone()];
        let inner = text.trim_start();
        let start = range.start + text.len() - inner.len();
        let end = start + inner.trim_end().len();
        if start < end {
            let span = self.span(&(start..end));
            self.article.leaves.push(Leaf { kind, span });
        }
    }

    pub(super) fn has_title(&self) -> bool {
        self.article.title.is_some()
    }

    /// Whether these words are the title already.
    pub(super) fn is_title(&self, words: &Range<usize>) -> bool {
        self.article.title_text() == Some(&self.article.text[words.clone()])
    }

    /// Whether a heading has been read beside the title.
    pub(super) fn has_headings(&self) -> bool {
        self.article.sections.len() > 1
    }

    pub(super) fn id(&mut self, range: Range<usize>) {
        self.article.id = Some(self.span(&range));
        self.leaf(LeafKind::Id, range);
    }

    /// Sets an id that is no leaf of its own.
    pub(super) fn set_id(&mut self, range: &Range<usize>) {
        self.article.id = Some(self.span(range));
    }

    pub(super) fn title(&mut self, words: Range<usize>, line: Range<usize>, closed: bool) {
        self.article.title = Some(Title { span: self.span(&words), line: self.span(&line), closed });
        self.leaf(LeafKind::Markup, line.start..words.start);
        self.leaf(LeafKind::Title, words.clone());
        self.leaf(LeafKind::Markup, words.end..line.end);
    }

    /// Sets a title that is no leaf of its own.
    pub(super) fn set_title(&mut self, words: &Range<usize>) {
        let span = self.span(words);
        self.article.title = Some(Title { span, line: span, closed: true });
    }

    pub(super) fn has_infobox(&self) -> bool {
        self.article.infobox.is_some()
    }

    /// Adds a link to an article that is no `[[…]]`.
    pub(super) fn pointer(&mut self, whole: &Range<usize>, target: Range<usize>) {
        let text = &self.article.text[target.clone()];
        let end = target.start + text.find('#').map_or(text.len(), |at| text[..at].trim_end().len());
        if end > target.start {
            let link = Link { span: self.span(whole), target: self.span(&(target.start..end)), is_path: false };
            self.article.links.push(link);
        }
    }

    pub(super) fn infobox(&mut self, head: &Range<usize>, front_matter: Option<crate::yaml::Document>) {
        self.article.infobox =
            Some(Infobox { head: self.span(head), fields: Vec::new(), front_matter, fault: None, to_tool: None });
    }

    /// Begins front matter that is not YAML.
    pub(super) fn broken_infobox(&mut self, head: &Range<usize>, at: &Range<usize>, why: String) {
        self.infobox(head, None);
        let at = self.span(at);
        if let Some(infobox) = &mut self.article.infobox {
            infobox.fault = Some((at, why));
        }
    }

    /// What front matter says to this tool.
    pub(super) fn set_word_to_tool(&mut self, key: &Range<usize>, value: &Range<usize>) {
        let field = Field { key: self.span(key), value: self.span(value) };
        if let Some(infobox) = &mut self.article.infobox {
            infobox.to_tool = Some(field);
        }
    }

    pub(super) fn field(&mut self, key: &Range<usize>, value: &Range<usize>) {
        let text = &self.article.text[..value.end];
        let mut at = value.start;
        while let Some(open) = text[at..].find("[[").map(|open| at + open) {
            at = open + self.bracket(text, open).unwrap_or(2);
        }
        let field = Field { key: self.span(key), value: self.span(value) };
        if let Some(infobox) = &mut self.article.infobox {
            infobox.fields.push(field);
        }
    }

    /// Takes a heading for the title where it is the first of the first level, and for that of a section
    /// otherwise. A heading that says the title of the front matter again is the title.
    pub(super) fn any_heading(&mut self, words: Range<usize>, line: Range<usize>, level: u8) {
        self.end_list();
        if level == 1 && !self.has_headings() && (!self.has_title() || self.is_title(&words)) {
            self.title(words, line, true);
        } else {
            self.heading(words, line, level);
        }
    }

    /// Whether no paragraph is being read.
    pub(super) fn is_between_paragraphs(&self) -> bool {
        self.paragraph.is_none()
    }

    /// Begins a section. `words` are the heading's, within `line`.
    pub(super) fn heading(&mut self, words: Range<usize>, line: Range<usize>, level: u8) {
        self.end_list();
        let spaced = self.article.text[line.start..words.start].ends_with(char::is_whitespace)
            || self.article.text[words.end..line.end].starts_with(char::is_whitespace);
        let heading = Heading { span: self.span(&words), line: self.span(&line), level, spaced };
        while self.open.pop_if(|(above, _)| *above >= level).is_some() {}
        let parent = self.open.last().map(|&(_, section)| section);
        self.open.push((level, self.article.sections.len()));
        let at = self.article.blocks.len();
        self.article.sections.push(Section { heading: Some(heading), parent, blocks: at..at });
        self.leaf(LeafKind::Markup, line.start..words.start);
        self.leaf(LeafKind::Heading, words.clone());
        self.leaf(LeafKind::Markup, words.end..line.end);
    }

    /// Adds a line to the paragraph that is being read, or begins one.
    pub(super) fn paragraph_line(&mut self, line: &Line<'_>) {
        if line.text.len() > WRAPPED_AT_MOST {
            self.end_paragraph();
        }
        self.in_list = false;
        match &mut self.paragraph {
            Some(range) => range.end = line.end(),
            None => self.paragraph = Some(line.start..line.end()),
        }
        if line.text.len() > WRAPPED_AT_MOST {
            self.end_paragraph();
        }
    }

    pub(super) fn end_paragraph(&mut self) {
        if let Some(range) = self.paragraph.take() {
            self.block(BlockKind::Paragraph, range, LeafKind::Sentence);
        }
    }

    /// Ends the paragraph and the list that are being read.
    pub(super) fn end_list(&mut self) {
        self.end_paragraph();
        self.in_list = false;
    }

    /// Adds a list item: its mark, the date that heads it, and its text.
    pub(super) fn item(&mut self, mark: Range<usize>, date: Option<Range<usize>>, text: Range<usize>) {
        self.end_paragraph();
        self.leaf(LeafKind::Markup, mark);
        if let Some(date) = &date {
            self.leaf(LeafKind::ItemDate, date.clone());
        }
        let kind = BlockKind::Item { date: date.map(|date| self.span(&date)), first: !self.in_list };
        self.in_list = true;
        self.block(kind, text, LeafKind::ItemSentence);
    }

    /// Adds something that is no prose.
    pub(super) fn raw(&mut self, range: Range<usize>) {
        self.end_list();
        self.leaf(LeafKind::Raw, range.clone());
        let at = self.article.sentences.len();
        self.push_block(BlockKind::Raw, &range, at..at);
    }

    fn block(&mut self, kind: BlockKind, range: Range<usize>, leaf: LeafKind) {
        let first = self.article.sentences.len();
        for sentence in sentences(&self.article.text[range.clone()], range.start) {
            let span = self.span(&sentence);
            self.article.sentences.push(span);
            self.article.leaves.push(Leaf { kind: leaf, span });
        }
        let sentences = first..self.article.sentences.len();
        self.push_block(kind, &range, sentences);
        self.scan(range);
    }

    fn push_block(&mut self, kind: BlockKind, range: &Range<usize>, sentences: Range<usize>) {
        let section = self.article.sections.len() - 1;
        let block = Block { kind, span: self.span(range), sentences, section };
        self.article.blocks.push(block);
        self.article.sections[section].blocks.end = self.article.blocks.len();
    }

    /// Finds the links, citation markers and quotations of a block, in one pass.
    fn scan(&mut self, range: Range<usize>) {
        let text = &self.article.text[..range.end];
        let bytes = text.as_bytes();
        let mut straight = None;
        let mut curly = None;
        let mut at = range.start;
        while at < bytes.len() {
            let step = match bytes[at] {
                b'[' => self.bracket(text, at).unwrap_or(1),
                b'"' => {
                    match straight.take() {
                        Some(open) => self.article.quotations.push(Span::new(self.article.source, open, at + 1)),
                        None => straight = Some(at),
                    }
                    1
                }
                0xE2 if text[at..].starts_with('“') => {
                    curly = Some(at);
                    3
                }
                0xE2 if text[at..].starts_with('”') => {
                    if let Some(open) = curly.take() {
                        self.article.quotations.push(Span::new(self.article.source, open, at + 3));
                    }
                    3
                }
                0xE2 => 3,
                _ => 1,
            };
            at += step;
        }
        // A quotation may run on over paragraphs; a block that begins with `>` is one.
        let block_quote = self.article.layout == Layout::Markdown && text[range.start..].starts_with('>');
        let open = if block_quote { Some(range.start) } else { straight.or(curly) };
        if let Some(open) = open {
            self.article.quoted.push(Span::new(self.article.source, open, range.end));
        }
    }

    /// Reads a link or a citation marker at `at`; its length in bytes.
    fn bracket(&mut self, text: &str, at: usize) -> Option<usize> {
        /// No title is longer; a search without an end would make a page of `[[` cost its square.
        const LONGEST: usize = 1024;
        let source = self.article.source;
        let limit = floor_char_boundary(text, (at + LONGEST).min(text.len()));
        let window = &text[at..limit];
        if let Some(inner) = window.strip_prefix("[[") {
            let length = inner.find(['[', ']', '\n', '\r'])?;
            if !inner[length..].starts_with("]]") {
                return None;
            }
            let title = inner[..length].split('|').next().unwrap_or("");
            let (title, section) =
                title.split_once('#').map_or((title, None), |(title, section)| (title, Some(section)));
            let start = at + 2 + (title.len() - title.trim_start().len());
            let target = Span::new(source, start, start + title.trim().len());
            let span = Span::new(source, at, at + 2 + length + 2);
            let link = Some(Link { span, target, is_path: false }).filter(|_| !target.is_empty());
            self.article.links.extend(link);
            self.anchor(span, at + 2 + title.len() + 1, section, link);
            return Some(span.len());
        }
        if let Some(end) = crate::text::citation_end(text.as_bytes(), at) {
            self.article.citations.push(Span::new(source, at, end));
            return Some(end - at);
        }
        if self.article.layout == Layout::Markdown {
            let close = window.find(']')?;
            let path = window[close + 1..].strip_prefix('(')?;
            let length = path.find([')', ' ', '\n', '\r'])?;
            let end = close + 2 + path.find(')')? + 1;
            let target = &path[..length];
            let (target, section) =
                target.split_once('#').map_or((target, None), |(target, section)| (target, Some(section)));
            let start = at + close + 2;
            let span = Span::new(source, at, at + end);
            let relative = !target.contains(':') && !target.starts_with('/');
            if relative {
                let behind = start + target.len() + 1;
                let target = Span::new(source, start, start + target.len());
                let link = Some(Link { span, target, is_path: true }).filter(|_| !target.is_empty());
                self.article.links.extend(link);
                self.anchor(span, behind, section, link);
            }
            return Some(end);
        }
        None
    }

    /// Keeps the section that a link names, where it names one; its words begin at `at`.
    fn anchor(&mut self, span: Span, at: usize, section: Option<&str>, link: Option<Link>) {
        if let Some(words) = section.filter(|words| !words.trim().is_empty()) {
            let start = at + words.len() - words.trim_start().len();
            let section = Span::new(span.source, start, start + words.trim().len());
            self.article.anchors.push(Anchor { span, section, link });
        }
    }

    pub(super) fn finish(mut self) -> Article<'a> {
        self.end_list();
        let mut quotations = std::mem::take(&mut self.article.quoted);
        quotations.extend(&self.article.quotations);
        let quoted = &mut self.article.quoted;
        quotations.sort_unstable();
        for quotation in quotations {
            match quoted.last_mut() {
                Some(last) if quotation.start < last.end => last.end = last.end.max(quotation.end),
                _ => quoted.push(quotation),
            }
        }
        self.article
    }
}

/// Puts the markup that was blanked for reading into the leaves, and citations to their whole length.
pub(super) fn restore_marks(article: &mut Article<'_>, citations: &[Range<usize>]) {
    let source = article.source;
    let whole = citations.iter().map(|range| Span::new(source, range.start, range.end));
    let read = std::mem::take(&mut article.citations);
    let mut all: Vec<Span> = read.into_iter().chain(whole).collect();
    // The longest of those that begin at one place is the whole one.
    all.sort_unstable_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    all.dedup_by_key(|span| span.start);
    article.citations = all;
    let read = std::mem::take(&mut article.leaves);
    let mut done = 0;
    let end = Span::new(source, article.text.len(), article.text.len());
    for leaf in read.into_iter().map(Some).chain([None]) {
        let span = leaf.map_or(end, |leaf| leaf.span);
        let gap = &article.written[done..span.start as usize];
        let inner = gap.trim_start();
        let start = done + gap.len() - inner.len();
        let marks = Span::new(source, start, start + inner.trim_end().len());
        article.leaves.extend((!marks.is_empty()).then_some(Leaf { kind: LeafKind::Markup, span: marks }));
        article.leaves.extend(leaf);
        done = span.end as usize;
    }
}

/// The nearest character boundary at or before `at`.
fn floor_char_boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
