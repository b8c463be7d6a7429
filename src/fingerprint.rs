//! What stays the same of a finding when other things change: its fingerprint.
//!
//! A finding is its rule and the places that it rests on. A place is the article (by its title), the words of the sentence or other
//! leaf that the span lies in, the text of the span, and which of its equals in that sentence it is. So neither lines that move,
//! nor paragraphs that change their order, nor files that are renamed make a new finding of an old one; a sentence that is written
//! anew does. The places have no order: a disagreement of two articles is the same from both ends.

use crate::article::{Article, LeafKind};
use crate::diagnostic::Diagnostic;
use crate::reference::{file_stem, title_form};
use crate::source::{SourceFile, SourceId, Span};
use crate::text::{fold, head, tail, words};
use std::cell::RefCell;
use std::collections::HashMap;
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

/// A sentence of more bytes than this is no sentence: some texts are one endless line.
const LONGEST: usize = 4096;
/// So many bytes before and behind a span stand for such a sentence.
const CONTEXT: usize = 64;

/// What places in one file are told by.
#[derive(Debug)]
pub(crate) struct Reading<'a> {
    article: u64,
    text: &'a str,
    /// Sentences, headings, keys and values, in order.
    leaves: Vec<(u32, u32)>,
    /// The hashes of the words of sentences that have been asked for, by where they begin and end.
    sentences: RefCell<HashMap<(usize, usize), u64>>,
}

impl<'a> Reading<'a> {
    /// Reads a file; `article` is missing where it is none.
    pub(crate) fn new(file: &'a SourceFile, article: Option<&Article<'_>>) -> Self {
        let title = article.and_then(Article::title_text).map(title_form).filter(|form| !form.is_empty());
        // The folder does not count: how a path is written depends on where the program was started.
        let name = title.unwrap_or_else(|| format!("file:{}", file_stem(&file.path)));
        let leaves = article.map_or_else(Vec::new, |article| {
            let words = article.leaves.iter().filter(|leaf| leaf.kind != LeafKind::Markup);
            words.map(|leaf| (leaf.span.start, leaf.span.end)).collect()
        });
        Self { article: xxh3_64(name.as_bytes()), text: file.text(), leaves, sentences: RefCell::default() }
    }

    /// What a place is told by.
    fn place(&self, span: Span) -> u64 {
        let around = self.around(span);
        let (before, behind) = (&self.text[around.0..span.start as usize], &self.text[span.end as usize..around.1]);
        let (before, behind) = if around.1 - around.0 > LONGEST {
            (tail(before, CONTEXT), head(behind, CONTEXT))
        } else {
            (before, behind)
        };
        let own = &self.text[span.range()];
        let mut hasher = Xxh3::new();
        hasher.update(&self.article.to_le_bytes());
        hasher
            .update(&self.sentence(span.start as usize - before.len(), span.end as usize + behind.len()).to_le_bytes());
        // What is wrong may be a blank or a mark: the span counts to the letter, but for where its lines are broken.
        for word in own.split_whitespace() {
            hasher.update(b"\0");
            hasher.update(word.as_bytes());
        }
        let equals_before = if own.is_empty() { words(before).count() } else { before.matches(own).count() };
        hasher.update(&equals_before.to_le_bytes());
        hasher.digest()
    }

    /// The hash of the words of a sentence. A sentence may have thousands of findings.
    fn sentence(&self, start: usize, end: usize) -> u64 {
        *self.sentences.borrow_mut().entry((start, end)).or_insert_with(|| {
            let mut hasher = Xxh3::new();
            for word in words(&self.text[start..end]) {
                hasher.update(fold(word.text).as_bytes());
                hasher.update(b" ");
            }
            hasher.digest()
        })
    }

    /// The leaves that a span touches, from the first to the last; the span itself where it touches none.
    fn around(&self, span: Span) -> (usize, usize) {
        let first = self.leaves.partition_point(|&(_, end)| end <= span.start);
        // An empty span belongs to what it stands behind.
        let first =
            if span.is_empty() && first > 0 && self.leaves[first - 1].1 == span.start { first - 1 } else { first };
        let reach = span.end.max(span.start + 1);
        let behind = first + self.leaves[first..].partition_point(|&(start, _)| start < reach);
        let (start, end) = match &self.leaves[first..behind] {
            [] => (span.start, span.end),
            [one] => (one.0.min(span.start), one.1.max(span.end)),
            [one, .., last] => (one.0.min(span.start), last.1.max(span.end)),
        };
        (start as usize, end as usize)
    }
}

/// Makes the fingerprints of findings that rest on the same places, and so have the same, each its own. They are in order.
pub(crate) fn tell_apart(diagnostics: &mut [Diagnostic]) {
    let mut seen: HashMap<(u64, SourceId), u64> = HashMap::new();
    for diagnostic in diagnostics {
        let base = diagnostic.fingerprint;
        // Of sentences that an article has word for word twice, each has its own finding. Nothing but their order tells them apart.
        let number = seen.entry((base, diagnostic.primary.span.source)).or_default();
        diagnostic.fingerprint = xxh3_64(format!("{base:016x}\0{number}").as_bytes());
        *number += 1;
    }
}

/// The fingerprint of a finding but for its number among its equals. Every file that it names has been read.
pub(crate) fn of_places(readings: &HashMap<SourceId, Reading<'_>>, diagnostic: &Diagnostic) -> u64 {
    let labels = std::iter::once(&diagnostic.primary).chain(&diagnostic.related);
    let spans = labels.filter(|label| !label.is_example).map(|label| label.span);
    let mut places: Vec<u64> =
        spans.map(|span| readings.get(&span.source).map_or(0, |reading| reading.place(span))).collect();
    places.sort_unstable();
    let mut hasher = Xxh3::new();
    for part in [diagnostic.rule, &diagnostic.aspect] {
        hasher.update(part.as_bytes());
        hasher.update(b"\0");
    }
    for place in places {
        hasher.update(&place.to_le_bytes());
    }
    hasher.digest()
}
