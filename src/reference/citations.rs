//! Citation markers and the lists that they point into.

use crate::article::{Article, Block, BlockKind, LeafKind};
use crate::source::Span;
use crate::text::citation_end;
use std::collections::BTreeSet;

/// What a marker or an entry is called by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Label {
    /// `[12]`.
    Number(u32),
    /// `[^name]` in Markdown.
    Footnote(String),
    /// `[a]`, `[note 3]`.
    Note(String),
}

/// A citation marker in the text.
#[derive(Debug, Clone)]
pub struct Marker {
    /// The marker with its brackets; several markers may share them: `[3–5]`.
    pub span: Span,
    /// What it points to.
    pub label: Label,
}

/// An entry of a list of references.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its text on its first line.
    pub span: Span,
    /// What it is called by, where it says so itself.
    pub label: Option<Label>,
}

/// A list of references.
#[derive(Debug, Default)]
pub struct List {
    /// Its heading, where it has one.
    pub heading: Option<Span>,
    /// Its entries in order.
    pub entries: Vec<Entry>,
    /// Whether the place of an entry is its number: in a list that markers count through, not in a bibliography.
    pub numbered: bool,
}

/// The markers of an article, and its lists of references.
#[derive(Debug, Default)]
pub struct Citations {
    /// The markers in order.
    pub markers: Vec<Marker>,
    /// The lists in order.
    pub lists: Vec<List>,
}

/// Whether a heading is that of a list of references, and whether markers count through such a list: "Notes and references" but not
/// "Bibliography".
fn list_heading(heading: &str) -> Option<bool> {
    const NUMBERED: &[&str] = &["citation", "citations", "endnotes", "footnotes", "notes", "reference", "references"];
    const OTHERS: &[&str] = &["bibliography", "literature", "sources", "works"];
    const BETWEEN: &[&str] = &["and", "cited", "list", "of"];
    if heading.len() > 40 {
        return None;
    }
    let folded = heading.to_lowercase();
    let words = || folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let numbered = words().any(|word| NUMBERED.contains(&word));
    let known = |word: &str| NUMBERED.contains(&word) || OTHERS.contains(&word) || BETWEEN.contains(&word);
    let names_list = numbered || words().any(|word| OTHERS.contains(&word));
    (names_list && words().all(known)).then_some(numbered)
}

/// Whether words are a heading that ends a list whose own heading is lost.
fn is_other_heading(text: &str) -> bool {
    text.len() <= 40
        && text.starts_with(char::is_uppercase)
        && !text.contains(['.', ',', ':', '[', '('])
        && !text.contains(|c: char| c.is_ascii_digit())
}

impl Citations {
    /// Reads the markers and lists of an article.
    pub fn of(article: &Article<'_>) -> Self {
        let mut citations = Self::default();
        // Without a bracket there is no marker, and lists alone say nothing.
        // Of a wiki they are numbered and listed when the page is shown.
        if !article.text.contains('[') || article.is_marked_up() {
            return citations;
        }
        // Blocks that are lists of references or parts of them: their text cites nothing.
        let mut listing: Vec<Span> = Vec::new();
        citations.read_lists(article, &mut listing);
        let mut listing = listing.into_iter().peekable();
        for leaf in &article.leaves {
            while listing.next_if(|block| block.end <= leaf.span.start).is_some() {}
            let listed = listing.peek().is_some_and(|block| block.contains(leaf.span));
            let prose = matches!(leaf.kind, LeafKind::Sentence | LeafKind::ItemSentence);
            if !listed
                && (prose
                    || matches!(leaf.kind, LeafKind::Heading | LeafKind::Value | LeafKind::Raw | LeafKind::ItemDate))
            {
                citations.read_markers(article, leaf.span);
            }
        }
        // "[1, 2]" may be an interval; beside plain markers it is none.
        let plain = |marker: &Marker| !article.text(marker.span).contains([',', '-', '–', ';']);
        if !citations.markers.iter().any(plain) {
            citations.markers.clear();
        }
        citations
    }

    fn read_lists(&mut self, article: &Article<'_>, listing: &mut Vec<Span>) {
        // The list that a section belongs to, by its own heading or by that of a section around it.
        let mut of_section: Vec<Option<usize>> = Vec::with_capacity(article.sections.len());
        for section in &article.sections {
            let own = section
                .heading
                .and_then(|heading| list_heading(article.text(heading.span)).map(|numbered| (heading, numbered)));
            let list = match own {
                Some((heading, numbered)) => {
                    let heading = Some(heading.span);
                    self.lists.push(List { heading, entries: Vec::new(), numbered });
                    Some(self.lists.len() - 1)
                }
                None => section.parent.and_then(|parent| of_section[parent]),
            };
            of_section.push(list);
        }
        let headed = self.lists.len();
        // A list whose heading has no marks, or that has none at all.
        let mut open: Option<usize> = None;
        let mut section = usize::MAX;
        for block in &article.blocks {
            if block.section != section {
                section = block.section;
                open = None;
            }
            let text = article.text(block.span);
            if let Some(list) = of_section[block.section] {
                self.entries(article, block, list, block.span);
                listing.push(block.span);
                continue;
            }
            let first_line = text.split(['\n', '\r']).next().unwrap_or("");
            if block.kind == BlockKind::Paragraph
                && let Some(numbered) = list_heading(first_line.trim_end_matches(':'))
            {
                let heading = Span { end: block.span.start + first_line.len() as u32, ..block.span };
                self.lists.push(List { heading: Some(heading), entries: Vec::new(), numbered });
                open = Some(self.lists.len() - 1);
                self.entries(article, block, self.lists.len() - 1, Span { start: heading.end, ..block.span });
                listing.push(block.span);
            } else if defines(text) && block.kind != BlockKind::Raw {
                let list = open.unwrap_or_else(|| {
                    self.lists.push(List { numbered: true, ..List::default() });
                    self.lists.len() - 1
                });
                open = Some(list);
                self.entries(article, block, list, block.span);
                listing.push(block.span);
            } else if let Some(list) = open.filter(|&list| list >= headed && self.lists[list].heading.is_some()) {
                if block.kind == BlockKind::Paragraph && is_other_heading(text) {
                    open = None;
                } else {
                    self.entries(article, block, list, block.span);
                    listing.push(block.span);
                }
            }
        }
        for list in &mut self.lists {
            // What a program fills in when the page is shown.
            let filled_in = list.entries.iter().any(|entry| {
                let text = article.text(entry.span);
                text.starts_with("{{") || text.starts_with("<references")
            });
            let labelled = list.entries.iter().any(|entry| entry.label.is_some());
            if labelled {
                list.entries.retain(|entry| entry.label.is_some());
            }
            list.numbered = (list.numbered || labelled) && !filled_in;
        }
    }

    /// Reads the entries of a block, or of the part of it that `span` covers.
    fn entries(&mut self, article: &Article<'_>, block: &Block, list: usize, span: Span) {
        let list = &mut self.lists[list];
        let text = article.text(span);
        let is_item = matches!(block.kind, BlockKind::Item { .. });
        let mut at = 0;
        let mut unlabelled = 0;
        for line in text.split(['\n', '\r']) {
            let indent = line.len() - line.trim_start().len();
            let words = line.trim();
            if !words.is_empty() {
                let start = span.start + (at + indent) as u32;
                let span = Span { start, end: start + words.len() as u32, ..span };
                let label = entry_label(words);
                // An item is one entry, wrapped or not.
                if label.is_some() || unlabelled == 0 || !is_item {
                    unlabelled += usize::from(label.is_none());
                    list.entries.push(Entry { span, label });
                }
                if is_item {
                    break;
                }
            }
            at += line.len() + 1;
        }
        // Lines of a paragraph may be wrapped: how many entries they are nobody knows.
        if unlabelled > 0 && !is_item {
            list.numbered = false;
        }
    }

    fn read_markers(&mut self, article: &Article<'_>, leaf: Span) {
        let text = article.text(leaf);
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(open) = text[at..].find('[').map(|open| at + open) {
            at = open + 1;
            // A cheap look first: labels begin with a digit, a letter or `^`.
            let Some(first) = bytes.get(open + 1).filter(|b| b.is_ascii_alphanumeric() || **b == b'^') else {
                continue;
            };
            let several = || first.is_ascii_digit().then(|| several_end(bytes, open)).flatten();
            let Some(end) = citation_end(bytes, open).or_else(several) else { continue };
            let span = Span { start: leaf.start + open as u32, end: leaf.start + end as u32, ..leaf };
            let before = text[..open].chars().next_back();
            let after = text[end..].chars().next();
            // A link in Markdown has its target behind the bracket.
            if after == Some('(') && bytes.get(end + 1).is_some_and(|b| !b.is_ascii_whitespace()) && before != Some('.')
            {
                continue;
            }
            let inner = &text[open + 1..end - 1];
            let attached = before.is_some_and(|c| !c.is_whitespace() && !matches!(c, '"' | '“' | '‘' | '(' | '['));
            let carries_on = after.is_some_and(char::is_alphanumeric);
            if let Some(name) = inner.strip_prefix('^') {
                self.markers.push(Marker { span, label: Label::Footnote(name.to_lowercase()) });
            } else if inner.starts_with(|c: char| c.is_ascii_digit()) {
                // An editor may put a number into a quotation: "the [12] apostles".
                let put_in = !attached
                    && after == Some(' ')
                    && text[end..].trim_start().starts_with(char::is_lowercase)
                    && article.is_quoted(span);
                // "[19]12": an editor put in what was left out.
                let completes = after.is_some_and(|c| c.is_ascii_digit());
                if !put_in && !completes {
                    self.markers
                        .extend(numbers(inner).into_iter().map(|number| Marker { span, label: Label::Number(number) }));
                }
            } else if attached && !carries_on && !article.is_quoted(span) {
                self.markers.push(Marker { span, label: Label::Note(inner.to_owned()) });
            }
            at = end;
        }
    }
}

/// Whether a block is an entry by itself: it begins with a marker and its text, as `[1] Author` or `[^1]: Author`.
fn defines(text: &str) -> bool {
    text.starts_with('[') && matches!(entry_label(text), Some(Label::Number(_) | Label::Footnote(_)))
}

/// The label that an entry begins with: `[3]`, `[^name]:`, `3.`, `3)`.
fn entry_label(text: &str) -> Option<Label> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=3).contains(&digits) && (text[digits..].starts_with(". ") || text[digits..].starts_with(") ")) {
        return text[..digits].parse().ok().map(Label::Number);
    }
    let text = text.trim_start_matches(['^', ' ']);
    let end = text.starts_with('[').then(|| citation_end(text.as_bytes(), 0)).flatten()?;
    let (inner, rest) = (&text[1..end - 1], &text[end..]);
    if let Some(name) = inner.strip_prefix('^') {
        return rest.starts_with(':').then(|| Label::Footnote(name.to_lowercase()));
    }
    // "[1][2]" is a pair of markers, and "[1]." one at the end of something.
    let rest = rest.strip_prefix(':').unwrap_or(rest);
    if !rest.starts_with([' ', '\u{A0}']) || rest.trim().is_empty() {
        return None;
    }
    inner.parse().ok().map(Label::Number)
}

/// The offset behind several markers in one pair of brackets: `[1, 2]`, `[3–5]`.
fn several_end(bytes: &[u8], at: usize) -> Option<usize> {
    let inner = bytes[at + 1..].iter().take(40).position(|&b| b == b']')?;
    let inner = std::str::from_utf8(&bytes[at + 1..at + 1 + inner]).ok()?;
    (numbers(inner).len() > 1).then_some(at + 1 + inner.len() + 1)
}

/// The numbers of a marker: `12`, `1, 2`, `3–5`; none where it is something else.
fn numbers(inner: &str) -> Vec<u32> {
    let mut numbers = BTreeSet::new();
    for piece in inner.split([',', ';']) {
        let mut ends = piece.split(['-', '–']).map(|end| {
            let digits = end.trim();
            let plain = (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
            digits.parse::<u32>().ok().filter(|&number| plain && number > 0)
        });
        match (ends.next().flatten(), ends.next(), ends.next()) {
            (Some(one), None, _) => {
                numbers.insert(one);
            }
            (Some(from), Some(Some(to)), None) if from < to => numbers.extend(from..=to),
            _ => return Vec::new(),
        }
    }
    numbers.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Layout, parse};
    use crate::source::SourceId;

    fn read(text: &str) -> (Vec<Label>, Vec<Vec<Option<Label>>>) {
        let article = parse(SourceId(0), "a.txt", text, Layout::detect(text));
        let citations = Citations::of(&article);
        let lists = citations.lists.iter().map(|list| list.entries.iter().map(|entry| entry.label.clone()).collect());
        (citations.markers.iter().map(|marker| marker.label.clone()).collect(), lists.collect())
    }

    fn number(number: u32) -> Label {
        Label::Number(number)
    }

    #[test]
    fn markers_and_lists_of_all_layouts() {
        let text = "= Dovrel =\n\nDovrel is a hill.[1] It is high.[2, 4–5]\n\n==References==\n- Smith\n- Jones [3]\n";
        assert_eq!(read(text), ([1, 2, 4, 5].map(number).to_vec(), vec![vec![None, None]]));
        let text = "Dovrel\n\nIt is a hill.[1]\nIt is high [2].\n\nReferences\n\n1. Smith, A.,\n   Hills.\n2. Jones.\n\nExternal links\n\nA page.\n";
        assert_eq!(read(text), ([1, 2].map(number).to_vec(), vec![vec![Some(number(1)), Some(number(2))]]));
        let text = "7,\nDovrel,\n\nIt is a hill.[1]\n[1] Smith.\n[2] Jones.\n";
        assert_eq!(read(text), (vec![number(1)], vec![vec![Some(number(1)), Some(number(2))]]));
        let text = "# Dovrel\n\nIt is a hill.[^a] [Maps](m.md) help.\n\n[^a]: Smith.\n[^b]: Jones.\n";
        let footnote = |name: &str| Label::Footnote(name.to_owned());
        assert_eq!(read(text), (vec![footnote("a")], vec![vec![Some(footnote("a")), Some(footnote("b"))]]));
    }

    #[test]
    fn what_is_no_marker() {
        for text in [
            "Dovrel\n\n\"It was [a] hill\", he said of [1999].\n",
            "Dovrel\n\nThe map [sic] is plung[ing] over the interval [0, 1] or [1, 2].\n",
            "Dovrel\n\n\"All [12] hills\" [t]here, [s]he said.\n",
        ] {
            assert_eq!(read(text).0, [], "{text}");
        }
    }

    #[test]
    fn headings_of_lists() {
        assert_eq!(list_heading("Notes and references"), Some(true));
        assert_eq!(list_heading("Works cited"), Some(false));
        for heading in ["Notes on the text", "And", "References in culture", "Further reading"] {
            assert_eq!(list_heading(heading), None, "{heading}");
        }
    }
}
