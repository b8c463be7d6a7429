//! An article and its parts, each with its place in the file.
//!
//! [`parse`] never fails: whatever the bytes, it yields an [`Article`] whose
//! [leaves](Article::leaves) cover every non-blank byte once. What is wrong with an article is
//! for rules to say.

mod builder;
mod lines;
mod title;

mod dump_record;
mod markdown;
mod plain;
mod wiki_text;

use crate::source::{SourceFile, SourceId, Span, Unmarked};
use crate::text::wiki_markup;
use builder::Builder;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::Range;

/// How the parts of an article are marked in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// `= Title =`, `==Section==`, an `Infobox` block, `- ` items; the markup of a wiki.
    WikiText,
    /// Line 1 `ID,`, line 2 `Title,`, then a paragraph a line; headings are lost.
    DumpRecord,
    /// Markdown with YAML front matter.
    Markdown,
    /// Anything else that is text: paragraphs.
    Plain,
}

impl Layout {
    /// The name, as in the configuration.
    pub fn name(self) -> &'static str {
        match self {
            Layout::WikiText => "wiki-text",
            Layout::DumpRecord => "dump-record",
            Layout::Markdown => "markdown",
            Layout::Plain => "plain",
        }
    }

    /// Tells the layout by looking at the first lines of a text.
    pub fn detect(text: &str) -> Layout {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let mut lines = lines::lines(text).map(|range| text[range].trim()).filter(|line| !line.is_empty());
        let Some(first) = lines.next() else { return Layout::Plain };
        let second = lines.next().unwrap_or("");
        if first == "---" && text.trim_start().starts_with("---") {
            return Layout::Markdown;
        }
        if dump_record::is_id_line(first) && !second.ends_with(['.', '!', '?']) {
            return Layout::DumpRecord;
        }
        // Pages of a wiki have their titles elsewhere.
        if first.starts_with("{{")
            || first.starts_with("'''")
            || first.starts_with('=') && !first.trim_matches('=').is_empty()
            || wiki_text::is_infobox_line(first) && second.starts_with('-')
        {
            return Layout::WikiText;
        }
        if markdown::is_heading(first) {
            return Layout::Markdown;
        }
        // The title may be gone: a heading further on tells as well.
        for line in std::iter::once(second).chain(lines).take(LINES_LOOKED_AT) {
            let has_words = line.contains(|c: char| c != '=' && c != ' ');
            let marked = |open: &str, close: &str| has_words && line.starts_with(open) && line.ends_with(close);
            if marked("==", "==") || marked("= ", " =") {
                return Layout::WikiText;
            }
            if line.starts_with("## ") {
                return Layout::Markdown;
            }
        }
        Layout::Plain
    }
}

/// How many lines [`Layout::detect`] looks at before it settles for plain text.
const LINES_LOOKED_AT: usize = 200;

impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// An article: its text, and where its parts stand in it.
#[derive(Debug)]
pub struct Article<'a> {
    /// The file.
    pub source: SourceId,
    /// Its path, as in [`SourceFile::path`](crate::source::SourceFile::path).
    pub path: &'a str,
    /// Its whole text as it reads: blanks stand where its file has markup in the prose.
    pub text: &'a str,
    /// The same as it is written in its file. Places are the same in both.
    pub written: &'a str,
    /// How its parts are marked.
    pub layout: Layout,
    /// The record number of a dump record, or `id` in front matter.
    pub id: Option<Span>,
    /// The title.
    pub title: Option<Title>,
    /// The infobox, or the front matter of a Markdown article.
    pub infobox: Option<Infobox>,
    /// The sections in order; the first is the lead, which has no heading.
    pub sections: Vec<Section>,
    /// Paragraphs and list items in order.
    pub blocks: Vec<Block>,
    /// The sentences of all blocks in order.
    pub sentences: Vec<Span>,
    /// Links in the text in order.
    pub links: Vec<Link>,
    /// Links to sections, of this article or of others, in order.
    pub anchors: Vec<Anchor>,
    /// Citation markers in order.
    pub citations: Vec<Span>,
    /// Quotations with their marks, in order of their ends.
    pub quotations: Vec<Span>,
    /// What is quoted: the quotations, overlapping ones joined, in order.
    quoted: Vec<Span>,
    /// The leaves of the parse in order. They do not overlap, and every byte that is no blank lies
    /// in one of them.
    pub leaves: Vec<Leaf>,
}

/// The title of an article.
#[derive(Debug, Clone, Copy)]
pub struct Title {
    /// The words, without the marks of the layout.
    pub span: Span,
    /// The words with their marks.
    pub line: Span,
    /// Whether the marks are whole: not `= Title` with the last `=` lost.
    pub closed: bool,
}

/// A block of keys and values.
#[derive(Debug)]
pub struct Infobox {
    /// The word `Infobox`, or the opening `---`.
    pub head: Span,
    /// The fields in order.
    pub fields: Vec<Field>,
    /// The front matter of a Markdown article as data; `None` for other layouts, and where it is
    /// not YAML.
    pub front_matter: Option<crate::yaml::Document>,
    /// Where front matter is not YAML, and why.
    pub fault: Option<(Span, String)>,
    /// The key and the value of what front matter says to this tool. It is no field, and says nothing of the subject.
    pub to_tool: Option<Field>,
}

/// A key and its value.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// The key.
    pub key: Span,
    /// The value; empty where it is missing.
    pub value: Span,
}

/// A heading and what stands under it, up to the next heading of any level.
#[derive(Debug)]
pub struct Section {
    /// The heading; `None` for the lead.
    pub heading: Option<Heading>,
    /// The section around it.
    pub parent: Option<usize>,
    /// Its blocks, as a range of [`Article::blocks`].
    pub blocks: Range<usize>,
}

/// A heading.
#[derive(Debug, Clone, Copy)]
pub struct Heading {
    /// The words.
    pub span: Span,
    /// The words with their marks.
    pub line: Span,
    /// 1 for the title's own level, 2 for a section, and so on.
    pub level: u8,
    /// Whether blanks stand between the marks and the words.
    pub spaced: bool,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// Prose.
    Paragraph,
    /// One entry of a list.
    Item {
        /// The date that heads it, where its text stands on the next line.
        date: Option<Span>,
        /// Whether it is the first of its list.
        first: bool,
    },
    /// Something that is no prose: a code block, a table, a comment.
    Raw,
}

/// A paragraph or a list item.
#[derive(Debug)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its text, without the mark of a list item.
    pub span: Span,
    /// Its sentences, as a range of [`Article::sentences`].
    pub sentences: Range<usize>,
    /// The section that it stands in.
    pub section: usize,
}

/// A link in the text.
#[derive(Debug, Clone, Copy)]
pub struct Link {
    /// The whole link with its marks.
    pub span: Span,
    /// The title or path that it points to, without a fragment.
    pub target: Span,
    /// Whether the target is a path (`[words](path.md)`) and not a title (`[[Title]]`).
    pub is_path: bool,
}

/// A link to a section: `[[Title#Section]]`, `[[#Section]]`, `[words](path.md#section)`.
#[derive(Debug, Clone, Copy)]
pub struct Anchor {
    /// The whole link with its marks.
    pub span: Span,
    /// What stands behind the `#`.
    pub section: Span,
    /// The link to the article of the section; `None` for a section of this article.
    pub link: Option<Link>,
}

/// What a leaf of the parse is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeafKind {
    /// Marks of the layout: `=`, `-`, `:`, the word `Infobox`, a byte-order mark.
    Markup,
    /// The record number.
    Id,
    /// The title.
    Title,
    /// A key of the infobox.
    Key,
    /// A value of the infobox.
    Value,
    /// A heading.
    Heading,
    /// The date that heads a list entry.
    ItemDate,
    /// A sentence of a paragraph.
    Sentence,
    /// A sentence of a list item.
    ItemSentence,
    /// What is no prose.
    Raw,
}

/// A piece of the text that no part divides further.
#[derive(Debug, Clone, Copy)]
pub struct Leaf {
    /// What it is.
    pub kind: LeafKind,
    /// Where it stands.
    pub span: Span,
}

impl<'a> Article<'a> {
    /// The fields of the infobox or front matter; none where there is neither.
    pub fn fields(&self) -> impl DoubleEndedIterator<Item = &Field> + Clone {
        self.infobox.iter().flat_map(|infobox| &infobox.fields)
    }

    /// The text of a span of this article.
    pub fn text(&self, span: Span) -> &'a str {
        debug_assert_eq!(span.source, self.source);
        &self.text[span.range()]
    }

    /// The title's words, where there are any.
    pub fn title_text(&self) -> Option<&'a str> {
        self.title.map(|title| self.text(title.span)).filter(|title| !title.is_empty())
    }

    /// Where to point when something is missing from the article: the title's line, or else the
    /// first leaf.
    pub fn head(&self) -> Span {
        match (&self.title, self.leaves.iter().find(|leaf| leaf.kind != LeafKind::Markup)) {
            (Some(title), _) => title.line,
            (None, Some(leaf)) => leaf.span,
            (None, None) => Span::new(self.source, 0, 0),
        }
    }

    /// Whether a span lies in a quotation.
    pub fn is_quoted(&self, span: Span) -> bool {
        let after = self.quoted.partition_point(|quotation| quotation.end < span.end);
        self.quoted.get(after).is_some_and(|quotation| quotation.contains(span))
    }

    /// The first link that begins in a span.
    pub fn link_in(&self, span: Span) -> Option<&Link> {
        let first = self.links.partition_point(|link| link.span.start < span.start);
        self.links.get(first).filter(|link| span.contains(link.span))
    }

    /// The section that a link names beside its target.
    pub fn section_named(&self, target: Span) -> Option<Span> {
        let behind = self.anchors.partition_point(|anchor| anchor.span.start <= target.start);
        let anchor = &self.anchors[behind.checked_sub(1)?];
        anchor.link.filter(|link| link.target == target).map(|_| anchor.section)
    }

    /// The first paragraph, which is about what the article is about.
    pub fn lead(&self) -> Option<&Block> {
        self.blocks.iter().find(|block| block.kind == BlockKind::Paragraph)
    }

    /// The sentences of a block.
    pub fn sentences_of(&self, block: &Block) -> &[Span] {
        &self.sentences[block.sentences.clone()]
    }

    /// The blocks of a section, without those of its subsections.
    pub fn blocks_of(&self, section: &Section) -> &[Block] {
        &self.blocks[section.blocks.clone()]
    }

    /// The sections that list related articles, with their entries.
    pub fn see_also(&self) -> impl Iterator<Item = (&Heading, &[Block])> {
        self.sections.iter().filter_map(|section| {
            let heading = section.heading.as_ref()?;
            is_see_also(self.text(heading.span)).then(|| (heading, self.blocks_of(section)))
        })
    }

    /// Paragraphs and list items but for those that only list titles: "See also", "References" and the like.
    pub fn prose(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(|block| {
            let heading = self.sections[block.section].heading.as_ref();
            let lists_titles = heading.is_some_and(|heading| lists_titles(self.text(heading.span)));
            block.kind != BlockKind::Raw && !(lists_titles && matches!(block.kind, BlockKind::Item { .. }))
        })
    }

    /// Whether its file has markup in the prose that [`text`](Self::text) has not.
    pub fn is_marked_up(&self) -> bool {
        !std::ptr::eq(self.text, self.written)
    }

    /// Whether the article has a heading beside its title.
    pub fn has_headings(&self) -> bool {
        self.sections.iter().any(|section| section.heading.is_some())
    }
}

/// Whether a heading is that of the list of related articles.
pub fn is_see_also(heading: &str) -> bool {
    heading.trim_end_matches(':').trim_end().eq_ignore_ascii_case("see also")
}

/// Whether a heading is that of a list of titles, of articles or of works.
fn lists_titles(heading: &str) -> bool {
    const HEADINGS: &[&str] = &[
        "bibliography",
        "citations",
        "external links",
        "footnotes",
        "further reading",
        "literature",
        "notes",
        "notes and references",
        "references",
        "see also",
        "sources",
        "works cited",
    ];
    let heading = heading.trim_end_matches(':').trim_end().to_lowercase();
    HEADINGS.contains(&heading.as_str())
}

/// Parses the text of a file in the given layout, without the markup in its prose.
pub fn parse_file(source: SourceId, file: &SourceFile, layout: Layout) -> Article<'_> {
    let Some(unmarked) = unmarked(file, layout) else { return parse(source, &file.path, file.text(), layout) };
    let mut article = parse(source, &file.path, &unmarked.text, layout);
    article.written = file.text();
    builder::restore_marks(&mut article, &unmarked.citations);
    article
}

/// The text of a file as [`parse_file`] reads it.
pub fn text_of(file: &SourceFile, layout: Layout) -> &str {
    unmarked(file, layout).map_or(file.text(), |unmarked| &unmarked.text)
}

fn unmarked(file: &SourceFile, layout: Layout) -> Option<&Unmarked> {
    if layout == Layout::WikiText { file.unmarked(wiki_markup::unmarked) } else { None }
}

/// Parses a text in the given layout.
pub fn parse<'a>(source: SourceId, path: &'a str, text: &'a str, layout: Layout) -> Article<'a> {
    let mut builder = Builder::new(source, path, text, layout);
    match layout {
        Layout::WikiText => wiki_text::parse(&mut builder),
        Layout::DumpRecord => dump_record::parse(&mut builder),
        Layout::Markdown => markdown::parse(&mut builder),
        Layout::Plain => plain::parse(&mut builder),
    }
    builder.finish()
}
