//! Which lines have changed since a commit, so that only findings that touch them are reported.
//!
//! `git` tells. Lines are git's: they end with LF. Where lines were only taken away, the lines
//! on both sides of the gap count as changed, up to the next that is not blank: what a lost line breaks shows there.

mod git;
mod hunks;

pub use git::{Since, Trouble, since};

use crate::source::{SourceFile, Span};
use std::collections::HashMap;
use std::path::PathBuf;

/// The lines of a file that differ from another version of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lines {
    /// Runs of lines that are new or changed, from 1, the last one included; in order and apart.
    pub changed: Vec<(u32, u32)>,
    /// Lines behind which some were taken away; 0 for the top of the file.
    pub gaps: Vec<u32>,
}

impl Lines {
    /// All lines of a file that is new.
    fn all() -> Self {
        Self { changed: vec![(1, u32::MAX)], gaps: Vec::new() }
    }

    /// What differs here, and not there: the lines of `self` without those of `other`.
    fn without(&self, other: &Lines) -> Lines {
        let mut changed = Vec::new();
        for &(first, last) in &self.changed {
            let mut from = Some(first);
            let cuts = &other.changed[other.changed.partition_point(|cut| cut.1 < first)..];
            for &(cut_first, cut_last) in cuts.iter().take_while(|cut| cut.0 <= last) {
                let Some(start) = from else { break };
                if start < cut_first {
                    changed.push((start, cut_first - 1));
                }
                from = cut_last.checked_add(1).filter(|next| *next <= last);
            }
            if let Some(start) = from {
                changed.push((start, last));
            }
        }
        let gaps = self.gaps.iter().copied().filter(|gap| other.gaps.binary_search(gap).is_err()).collect();
        Lines { changed, gaps }
    }
}

/// The changed lines of all files that have some.
#[derive(Debug, Default)]
pub struct Changes {
    /// By the real place of the file.
    files: HashMap<PathBuf, Lines>,
}

impl Changes {
    /// The changed places of a file.
    pub fn of(&self, file: &SourceFile) -> Changed {
        let lines = git::real(&file.location).and_then(|real| self.files.get(&real));
        lines.map_or_else(Changed::default, |lines| Changed::new(file.text(), lines))
    }
}

/// The changed places of one file, in bytes.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// In order and apart: the first byte, and the one behind the last.
    ranges: Vec<(usize, usize)>,
}

impl Changed {
    fn new(text: &str, lines: &Lines) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1);
        let starts: Vec<usize> = std::iter::once(0).chain(breaks).collect();
        let end = |line: usize| starts.get(line).copied().unwrap_or(text.len() + 1);
        let mut ranges = Vec::new();
        for &(first, last) in &lines.changed {
            // A file may have changed since git looked.
            if let Some(&start) = starts.get(first.saturating_sub(1) as usize) {
                ranges.push((start, end(last as usize)));
            }
        }
        if !lines.gaps.is_empty() {
            let is_blank = |line: &usize| text[starts[line - 1]..end(*line).min(text.len())].trim().is_empty();
            let filled: Vec<usize> = (1..=starts.len()).filter(|line| !is_blank(line)).collect();
            for &gap in &lines.gaps {
                let next = filled.partition_point(|&line| line <= gap as usize);
                let above = next.checked_sub(1).map_or(0, |above| starts[filled[above] - 1]);
                let below = filled.get(next).map_or(text.len() + 1, |&below| end(below));
                ranges.push((above, below));
            }
        }
        ranges.sort_unstable();
        let mut joined: Vec<(usize, usize)> = Vec::new();
        for (start, end) in ranges {
            match joined.last_mut() {
                Some(last) if start <= last.1 => last.1 = last.1.max(end),
                _ => joined.push((start, end)),
            }
        }
        Self { ranges: joined }
    }

    /// Whether a span of the file lies in a changed line or reaches into one.
    pub fn touch(&self, span: Span) -> bool {
        let (start, end) = (span.start as usize, (span.end as usize).max(span.start as usize + 1));
        let behind = self.ranges.partition_point(|range| range.1 <= start);
        self.ranges.get(behind).is_some_and(|range| range.0 < end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    fn touched(text: &str, lines: &Lines) -> Vec<usize> {
        let changed = Changed::new(text, lines);
        let span = |at: usize| Span::new(SourceId(0), at, at);
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(i, _)| i + 1));
        starts.enumerate().filter(|&(_, at)| changed.touch(span(at))).map(|(line, _)| line + 1).collect()
    }

    #[test]
    fn lines_are_those_of_git() {
        let lines = Lines { changed: vec![(2, 3)], gaps: vec![] };
        assert_eq!(touched("a\nb\r\nc\nd", &lines), [2, 3]);
        assert_eq!(touched("a\nb", &Lines::all()), [1, 2]);
        assert_eq!(touched("", &Lines::all()), [1], "an empty file that is new");
        assert_eq!(touched("a\nb", &Lines { changed: vec![(9, 12)], gaps: vec![12] }), [2], "it is shorter now");
    }

    #[test]
    fn a_gap_reaches_to_what_is_not_blank() {
        let lines = Lines { changed: vec![], gaps: vec![3] };
        assert_eq!(touched("a\nb\n\n\nc\nd\n", &lines), [2, 3, 4, 5]);
        assert_eq!(touched("a\nb\n", &Lines { changed: vec![], gaps: vec![0] }), [1]);
    }

    #[test]
    fn lines_are_taken_from_lines() {
        let lines = |changed: &[(u32, u32)], gaps: &[u32]| Lines { changed: changed.to_vec(), gaps: gaps.to_vec() };
        let whole = lines(&[(1, 10), (20, 30)], &[12, 15]);
        assert_eq!(
            whole.without(&lines(&[(3, 4), (9, 21), (30, 40)], &[15])),
            lines(&[(1, 2), (5, 8), (22, 29)], &[12])
        );
        assert_eq!(Lines::all().without(&Lines::all()), Lines::default());
        assert_eq!(whole.without(&Lines::default()), whole);
    }
}
