//! Source files, places in them, and the way from a byte offset to a line and a column.

use crate::spill::{Memory, Store};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

/// Number of a source file in [`Sources`]: the rank of its path in sorted order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

/// A run of bytes of one source file: `start` inclusive, `end` exclusive, both on character
/// boundaries. It knows its file, so that a label may point into any article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub source: SourceId,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset behind the last byte.
    pub end: u32,
}

impl Span {
    /// The bytes `start..end` of `source`.
    pub fn new(source: SourceId, start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Self { source, start: start as u32, end: end as u32 }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span covers no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies within this span.
    pub fn contains(self, other: Span) -> bool {
        self.source == other.source && self.start <= other.start && other.end <= self.end
    }

    /// The span as a range of byte offsets.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A place in a file as people count: line and column from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Position {
    /// Line, from 1. Lines end with LF, CRLF or a lone CR.
    pub line: u32,
    /// Column, from 1, in Unicode scalar values. A byte-order mark does not count.
    pub column: u32,
    /// Offset in bytes of the file as it is on disk, from 0.
    pub offset: u32,
}

/// Why the bytes of a file are no article. Each is a finding of `structure/unreadable`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// No bytes, or nothing but blanks.
    Empty,
    /// More bytes than the limit.
    TooLarge {
        /// Size of the file in bytes.
        size: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// Not UTF-8: the first bad byte.
    NotUtf8 {
        /// Its offset.
        offset: u32,
        /// Up to four bytes from there on.
        bytes: Vec<u8>,
    },
    /// A NUL byte, which no text has.
    Nul {
        /// Its offset.
        offset: u32,
    },
    /// A part of a file of records that is none.
    NoRecord {
        /// Why.
        why: String,
        /// What a record of such a file is.
        expected: &'static str,
    },
    /// UTF-16 or UTF-32, told by its byte-order mark.
    OtherEncoding(
        /// The name of the encoding.
        &'static str,
    ),
}

/// A text as it reads: the markup in its prose is blank, and everything else stands where it stood.
#[derive(Debug, PartialEq, Eq)]
pub struct Unmarked {
    /// The text, of the same length.
    pub text: String,
    /// Where citations stand in it, in order.
    pub citations: Vec<std::ops::Range<usize>>,
}

/// One file: its path and its text.
#[derive(Debug)]
pub struct SourceFile {
    /// The path as the user gave it or as the walk found it, `/` between the parts. What is not
    /// Unicode in a file name stands as U+FFFD.
    pub path: String,
    /// Where the file lies.
    pub location: PathBuf,
    text: Text,
    /// Size on disk in bytes.
    pub size: u64,
    /// Why it is no article, where it is none.
    pub unreadable: Option<Box<Unreadable>>,
    /// The line, from 1, of the file that it is a record of; nothing for a file of its own. Then the path ends in `#` and that number.
    pub record: Option<u64>,
    lines: OnceLock<Box<LineIndex>>,
    unmarked: OnceLock<Option<Box<Unmarked>>>,
}

impl SourceFile {
    /// A file with its text.
    pub fn new(path: String, location: PathBuf, text: String) -> Self {
        let (size, text) = (text.len() as u64, Text::Held(text));
        Self {
            path,
            location,
            text,
            size,
            unreadable: None,
            record: None,
            lines: OnceLock::new(),
            unmarked: OnceLock::new(),
        }
    }

    /// A file that is no article. `text` is what can be shown of it.
    pub fn unreadable(path: String, location: PathBuf, text: String, size: u64, why: Unreadable) -> Self {
        Self { size, unreadable: Some(Box::new(why)), ..Self::new(path, location, text) }
    }

    /// The text. For a file that is not UTF-8, only what stands before the first bad byte.
    pub fn text(&self) -> &str {
        match &self.text {
            Text::Held(text) => text,
            Text::Stored(stored) => stored.read.get_or_init(|| {
                stored.shelf.read.fetch_add(stored.length.into(), Ordering::Relaxed);
                stored.get()
            }),
        }
    }

    /// Looks at the text once, without holding it where it does not fit into memory.
    pub fn peek<T>(&self, look: impl FnOnce(&str) -> T) -> T {
        match &self.text {
            Text::Stored(stored) if stored.read.get().is_none() => look(&stored.get()),
            _ => look(self.text()),
        }
    }

    /// Puts the text on the shelf where there is no more room for it in memory.
    pub(crate) fn put_away(&mut self, shelf: &Arc<Shelf>) {
        let Text::Held(text) = &self.text else { return };
        let length = text.len() as u64;
        if shelf.held.fetch_add(length, Ordering::Relaxed) + length <= shelf.memory.held_texts() {
            return;
        }
        let Some(place) = shelf.store.put(text.as_bytes()) else { return };
        shelf.held.fetch_sub(length, Ordering::Relaxed);
        let stored =
            Stored { shelf: shelf.clone(), place, length: length as u32, read: OnceLock::new(), positions: Vec::new() };
        self.text = Text::Stored(Box::new(stored));
    }

    /// The same as a record of a larger file.
    #[must_use]
    pub fn of_record(mut self, line: u64) -> Self {
        self.record = Some(line);
        self
    }

    /// The text as it reads, made once; `None` where it reads as it is.
    pub fn unmarked(&self, make: impl FnOnce(&str) -> Option<Unmarked>) -> Option<&Unmarked> {
        self.unmarked.get_or_init(|| make(self.text()).map(Box::new)).as_deref()
    }

    /// A span that ends within a citation, with the whole of that: of the text as it reads, a citation is its first bytes.
    pub(crate) fn with_citation(&self, span: Span) -> Span {
        let citations = self.unmarked.get().and_then(Option::as_deref).map_or(&[][..], |unmarked| &unmarked.citations);
        let around = citations.partition_point(|citation| citation.end < span.end as usize);
        let citation = citations.get(around).filter(|citation| citation.start < span.end as usize);
        Span { end: citation.map_or(span.end, |citation| citation.end as u32), ..span }
    }

    /// What files are sorted by: the path, and of a record that of its file and its line.
    fn order(&self) -> (&str, u64) {
        match self.record {
            None => (&self.path, 0),
            Some(line) => (self.path.rsplit_once('#').map_or(self.path.as_str(), |(path, _)| path), line),
        }
    }

    /// The bytes of the path, where it is no Unicode and [`path`](Self::path) cannot tell it.
    pub fn path_bytes(&self) -> Option<&[u8]> {
        let location = self.location.as_os_str();
        location.to_str().is_none().then_some(location.as_encoded_bytes())
    }

    /// Line and column of a byte offset.
    pub fn position(&self, offset: u32) -> Position {
        if let Text::Stored(stored) = &self.text
            && stored.read.get().is_none()
            && let Ok(known) = stored.positions.binary_search_by_key(&offset, |position| position.offset)
        {
            return stored.positions[known];
        }
        self.lines().position(self.text(), offset)
    }

    /// The byte range of a line (from 1), without its line end. Empty for a line that is not there.
    pub fn line_range(&self, line: u32) -> std::ops::Range<usize> {
        self.lines().line_range(self.text(), line)
    }

    fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| Box::new(LineIndex::new(self.text())))
    }
}

/// The text of a file, or where it lies.
#[derive(Debug)]
enum Text {
    Held(String),
    Stored(Box<Stored>),
}

/// A text that does not fit into memory.
#[derive(Debug)]
struct Stored {
    shelf: Arc<Shelf>,
    place: u64,
    length: u32,
    /// The text, while it is needed.
    read: OnceLock<String>,
    /// Places of findings, by offset: reports do not ask for more.
    positions: Vec<Position>,
}

impl Stored {
    /// Reads the text. What cannot be read is as long as the text, so that places lie in it, and the store says that it is lost.
    fn get(&self) -> String {
        let bytes = self.shelf.store.get(self.place, self.length as usize);
        let text = bytes.and_then(|bytes| String::from_utf8(bytes).map_err(|_| self.shelf.store.spoilt()).ok());
        text.unwrap_or_else(|| " ".repeat(self.length as usize))
    }
}

/// Where the texts of a run lie that do not fit into memory.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    pub(crate) store: Arc<Store>,
    pub(crate) memory: Memory,
    /// Bytes of the texts that are held.
    held: AtomicU64,
    /// Bytes of the texts that lie in the store and were read.
    read: AtomicU64,
}

impl Shelf {
    /// An empty one.
    pub(crate) fn new(memory: Memory) -> Self {
        Self { memory, ..Self::default() }
    }
}

/// All files of a run, sorted by path.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
    shelf: Arc<Shelf>,
}

impl Sources {
    /// Sorts the files by path and numbers them.
    pub fn new(mut files: Vec<SourceFile>) -> Self {
        files.sort_by(|a, b| a.order().cmp(&b.order()).then_with(|| a.location.cmp(&b.location)));
        Self { files, shelf: Arc::default() }
    }

    /// The same with the shelf that texts of theirs lie on.
    #[must_use]
    pub(crate) fn on(self, shelf: Arc<Shelf>) -> Self {
        Self { shelf, ..self }
    }

    /// The memory of the run, and what lies outside it.
    pub(crate) fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    /// Keeps the positions of places in texts that do not fit into memory, so that these need not be read again for a report. The places
    /// are in order.
    pub(crate) fn keep_positions(&mut self, places: &[(SourceId, u32)]) {
        for of_file in places.chunk_by(|a, b| a.0 == b.0) {
            let file = &mut self.files[of_file[0].0.0 as usize];
            let Text::Stored(_) = file.text else { continue };
            let new: Vec<Position> = of_file.iter().map(|&(_, offset)| file.position(offset)).collect();
            if let Text::Stored(stored) = &mut file.text {
                stored.positions.extend(new);
                stored.positions.sort_unstable_by_key(|position| position.offset);
                stored.positions.dedup();
            }
        }
    }

    /// Whether all texts are in memory.
    pub(crate) fn are_held(&self) -> bool {
        self.files.iter().all(|file| matches!(file.text, Text::Held(_)))
    }

    /// Gives up the texts that were read from the shelf, where they are too many.
    pub(crate) fn release(&mut self) {
        if self.shelf.read.load(Ordering::Relaxed) < self.shelf.memory.read_texts() {
            return;
        }
        self.shelf.read.store(0, Ordering::Relaxed);
        for file in &mut self.files {
            if let Text::Stored(stored) = &mut file.text {
                stored.read.take();
                file.lines = OnceLock::new();
                file.unmarked = OnceLock::new();
            }
        }
    }

    /// The numbers of all files in parts: of at most `most` files each, and whose texts may be in memory together.
    pub(crate) fn parts(&self, most: usize) -> Vec<std::ops::Range<usize>> {
        let (mut parts, mut start, mut bytes) = (Vec::new(), 0, 0);
        for (number, file) in self.files.iter().enumerate() {
            if number > start && (number - start == most || bytes + file.size > self.shelf.memory.texts_of_part()) {
                parts.push(start..number);
                (start, bytes) = (number, 0);
            }
            bytes += file.size;
        }
        parts.push(start..self.files.len());
        parts
    }

    /// The file with that number.
    pub fn get(&self, id: SourceId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// Puts another text in the place of a file's; the text that it had.
    pub fn replace(&mut self, id: SourceId, text: String) -> String {
        let file = &mut self.files[id.0 as usize];
        file.size = text.len() as u64;
        file.lines = OnceLock::new();
        file.unmarked = OnceLock::new();
        match std::mem::replace(&mut file.text, Text::Held(text)) {
            Text::Held(before) => before,
            Text::Stored(mut stored) => stored.read.take().unwrap_or_else(|| stored.get()),
        }
    }

    /// The text of a span.
    pub fn text(&self, span: Span) -> &str {
        &self.get(span.source).text()[span.range()]
    }

    /// All files with their numbers, in order of path.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (SourceId, &SourceFile)> {
        self.files.iter().enumerate().map(|(i, file)| (SourceId(i as u32), file))
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

/// Distance in bytes between two counts of characters in a [`LineIndex`].
const STRIDE: usize = 1024;

/// Where the lines of a text begin, and how many characters stand before every 1,024th byte, so
/// that a column costs the same on a line of ten bytes and on one of ten million.
#[derive(Debug)]
struct LineIndex {
    starts: Vec<u32>,
    /// Characters before byte `i * STRIDE`; empty for an ASCII text.
    chars_before: Vec<u32>,
}

impl LineIndex {
    fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (i, &byte) in bytes.iter().enumerate() {
            if byte == b'\n' || byte == b'\r' && bytes.get(i + 1) != Some(&b'\n') {
                starts.push(i as u32 + 1);
            }
        }
        let mut chars_before = Vec::new();
        if !text.is_ascii() {
            let mut count = 0;
            for block in bytes.chunks(STRIDE) {
                chars_before.push(count);
                count += leading_bytes(block);
            }
            chars_before.push(count);
        }
        Self { starts, chars_before }
    }

    fn position(&self, text: &str, offset: u32) -> Position {
        let line = self.starts.partition_point(|&start| start <= offset);
        let start = self.starts[line - 1];
        let mut column = 1 + self.chars_to(text, offset) - self.chars_to(text, start);
        // Editors do not count a byte-order mark.
        if start == 0 && column > 1 && text.starts_with('\u{FEFF}') {
            column -= 1;
        }
        Position { line: line as u32, column, offset }
    }

    fn chars_to(&self, text: &str, offset: u32) -> u32 {
        if self.chars_before.is_empty() {
            return offset;
        }
        let block = offset as usize / STRIDE;
        self.chars_before[block] + leading_bytes(&text.as_bytes()[block * STRIDE..offset as usize])
    }

    fn line_range(&self, text: &str, line: u32) -> std::ops::Range<usize> {
        let index = line as usize;
        if index == 0 || index > self.starts.len() {
            return 0..0;
        }
        let start = self.starts[index - 1] as usize;
        let end = self.starts.get(index).map_or(text.len(), |&next| next as usize);
        start..start + text[start..end].trim_end_matches(['\n', '\r']).len()
    }
}

/// Counts the bytes that begin a character.
fn leading_bytes(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count() as u32
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// The folder that a file lies in, `.` where its path has no other part.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> SourceFile {
        SourceFile::new("a.txt".into(), PathBuf::new(), text.into())
    }

    #[test]
    fn lines_end_with_lf_crlf_or_cr() {
        let file = file("a\nb\r\nc\rd");
        let lines: Vec<u32> = (0..8).map(|offset| file.position(offset).line).collect();
        assert_eq!(lines, [1, 1, 2, 2, 2, 3, 3, 4]);
        assert_eq!(&file.text()[file.line_range(2)], "b");
        assert_eq!(file.line_range(5), 0..0);
    }

    #[test]
    fn columns_count_characters_on_long_lines() {
        let text = format!("x\n{}", "é".repeat(3 * STRIDE));
        let file = file(&text);
        let offset = 2 + 2 * 2500;
        assert_eq!(file.position(offset), Position { line: 2, column: 2501, offset });
        assert_eq!(file.position(text.len() as u32).column, 3 * STRIDE as u32 + 1);
    }
}
