//! The words of an article, split and folded once for all that read them.

use crate::article::Article;
use crate::source::Span;
use crate::text::{FoldedWord, folded_words};

/// The words of all leaves of an article, one leaf after the other.
#[derive(Debug)]
pub(super) struct LeafWords<'a> {
    all: Vec<FoldedWord<'a>>,
    /// Behind the last word of each leaf, as a number in `all`.
    ends: Vec<usize>,
}

impl<'a> LeafWords<'a> {
    pub(super) fn of(article: &Article<'a>) -> Self {
        let mut words = Self { all: Vec::new(), ends: Vec::with_capacity(article.leaves.len()) };
        for leaf in &article.leaves {
            words.all.extend(folded_words(article.text(leaf.span)));
            words.ends.push(words.all.len());
        }
        words
    }

    /// The words of one of the leaves; none of what is no leaf.
    pub(super) fn of_leaf(&self, article: &Article<'a>, leaf: Span) -> &[FoldedWord<'a>] {
        let first = article.leaves.partition_point(|other| other.span.start < leaf.start);
        let found = article.leaves[first..].iter().position(|other| other.span == leaf);
        debug_assert!(found.is_some() || leaf.is_empty(), "no leaf of the article: {:?}", article.text(leaf));
        let Some(number) = found.map(|found| first + found) else { return &[] };
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.all[start..self.ends[number]]
    }
}
