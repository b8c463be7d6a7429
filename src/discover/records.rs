//! Articles that come many to a file: JSON Lines, each line an object with a `text` and most often an `id` and a `title`, as public dumps
//! have them, and [`MediaWiki` exports](super::wiki_export); plain, or compressed by gzip, bzip2 or Zstandard.
//!
//! A file is read as a stream, a record at a time, and no record may be larger than an article may. A record becomes a text that is laid out
//! like other articles: as it is where the text itself says how it is laid out, and else with its ID and title before it, in the layout of
//! [dump records](crate::article::Layout::DumpRecord).

use super::{Problem, look, read_text, why, wiki_export};
use crate::source::{Shelf, SourceFile, Unreadable};
use bzip2::bufread::MultiBzDecoder;
use flate2::bufread::MultiGzDecoder;
use serde::Deserialize;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;
use std::sync::Arc;

/// Extensions of files of records, without the dot.
const LINES: [&str; 2] = ["jsonl", "ndjson"];
const EXPORT: &str = "xml";

/// From so many bytes on, what is compressed may be at most so many times as large as its file: more is no text.
const LARGE: u64 = 64 << 20;
const LARGEST_RATIO: u64 = 250;

/// The root of an export stands among its first bytes.
const LONGEST_PROLOG: u64 = 64 << 10;

/// How a file is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Packing {
    None,
    Gzip,
    Bzip2,
    Zstandard,
}

/// A record of a file.
#[derive(Deserialize)]
struct Record {
    #[serde(default)]
    id: serde_json::Value,
    #[serde(default)]
    title: Option<String>,
    text: String,
}

/// The extension of a file that says what it is of: that before the one of a compression. `None` where it has none in Unicode.
pub(super) fn extension(path: &Path) -> Option<&str> {
    let last = path.extension()?.to_str()?;
    if packing(path) == Packing::None {
        return Some(last);
    }
    Path::new(path.file_stem()?).extension()?.to_str()
}

/// Whether a file may hold records, by its name.
pub(super) fn is_of_records(path: &Path) -> bool {
    extension(path).is_some_and(|extension| {
        is_export(extension) || LINES.iter().any(|known| known.eq_ignore_ascii_case(extension))
    })
}

fn is_export(extension: &str) -> bool {
    extension.eq_ignore_ascii_case(EXPORT)
}

fn packing(path: &Path) -> Packing {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("gz") => Packing::Gzip,
        Some("bz2") => Packing::Bzip2,
        Some("zst") => Packing::Zstandard,
        _ => Packing::None,
    }
}

/// Reads the records of a file of `size` bytes, each at most `limit` bytes. Where the file ends in a fault, what came before is there.
pub(super) fn read(
    file: impl Read + 'static,
    size: u64,
    shown: &str,
    location: &Path,
    limit: u64,
    shelf: &Arc<Shelf>,
) -> (Vec<SourceFile>, Option<Problem>) {
    let packed = BufReader::with_capacity(1 << 16, file);
    let unpacked: Box<dyn Read> = match packing(location) {
        Packing::None => Box::new(packed),
        Packing::Gzip => Box::new(MultiGzDecoder::new(packed)),
        Packing::Bzip2 => Box::new(MultiBzDecoder::new(packed)),
        Packing::Zstandard => match ruzstd::decoding::StreamingDecoder::new(packed) {
            Ok(decoder) => Box::new(decoder),
            Err(error) => return (Vec::new(), Some(fault(shown, 0, &error.to_string()))),
        },
    };
    let left = size.saturating_mul(LARGEST_RATIO).max(LARGE);
    let mut plain = BufReader::with_capacity(1 << 16, Bounded { of: unpacked, left });
    if !extension(location).is_some_and(is_export) {
        return read_lines(&mut plain, shown, location, limit, shelf);
    }
    let mut prolog = Vec::new();
    if let Err(error) = plain.by_ref().take(LONGEST_PROLOG).read_to_end(&mut prolog) {
        return (Vec::new(), Some(fault(shown, 0, &error.to_string())));
    }
    let is_export = wiki_export::begins(&prolog);
    let mut whole = Cursor::new(prolog).chain(plain);
    if is_export {
        return wiki_export::read(&mut whole, shown, location, limit, shelf);
    }
    let problem = |reason| (Vec::new(), Some(Problem { path: shown.to_owned(), reason }));
    if packing(location) != Packing::None {
        return problem(String::from("it is no MediaWiki export: its first element is no `<mediawiki>`"));
    }
    // Other XML is a text like any other that is named.
    match read_text(whole, Some(size), limit) {
        Ok(read) => {
            let mut file = read.into_file(shown.to_owned(), location.to_owned());
            file.put_away(shelf);
            (vec![file], None)
        }
        Err(error) => problem(why(&error)),
    }
}

/// What unpacks to far more than its file is not read to its end.
struct Bounded {
    of: Box<dyn Read>,
    left: u64,
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.of.read(buffer)?;
        self.left = self.left.checked_sub(length as u64).ok_or_else(|| {
            io::Error::other(format!("it is more than {LARGEST_RATIO} times as large as its file, which no text is"))
        })?;
        Ok(length)
    }
}

fn read_lines(
    reader: &mut impl BufRead,
    shown: &str,
    location: &Path,
    limit: u64,
    shelf: &Arc<Shelf>,
) -> (Vec<SourceFile>, Option<Problem>) {
    let mut files = Vec::new();
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        match next_piece(reader, b'\n', limit, &mut line) {
            Ok(Piece { length: 0, .. }) => break,
            Ok(Piece { length, .. }) => {
                if let Some(mut file) = source(&line, length, limit, number, shown, location) {
                    file.put_away(shelf);
                    files.push(file);
                }
            }
            Err(error) => return (files, Some(fault(shown, number - 1, &error.to_string()))),
        }
    }
    (files, None)
}

/// What goes wrong behind a line of a file, so that nothing more of it is read.
pub(super) fn fault(shown: &str, line: u64, why: &str) -> Problem {
    let reason = format!("it cannot be read behind line {line} ({why}); what comes before was checked");
    Problem { path: shown.to_owned(), reason }
}

/// A piece of a stream.
pub(super) struct Piece {
    /// Its bytes, with those that are not kept; 0 at the end of the stream.
    pub(super) length: u64,
    /// How many lines end in it.
    pub(super) lines: u64,
}

/// How many lines end in some bytes.
pub(super) fn line_ends(bytes: &[u8]) -> u64 {
    bytes.iter().map(|&byte| u64::from(byte == b'\n')).sum()
}

/// Reads a piece up to the byte that ends it and with that. What goes beyond the limit is counted and not kept, but for its first byte.
pub(super) fn next_piece(reader: &mut impl BufRead, end: u8, limit: u64, piece: &mut Vec<u8>) -> io::Result<Piece> {
    let mut read = Piece { length: 0, lines: 0 };
    loop {
        let more = match reader.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            more => more?,
        };
        let found = more.iter().position(|&byte| byte == end);
        let used = &more[..found.map_or(more.len(), |at| at + 1)];
        let room = limit.saturating_add(1).saturating_sub(read.length).min(used.len() as u64) as usize;
        piece.extend_from_slice(&used[..room]);
        read.length += used.len() as u64;
        read.lines += line_ends(used);
        let length = used.len();
        reader.consume(length);
        if found.is_some() || length == 0 {
            return Ok(read);
        }
    }
}

/// The record on a line as a file of its own; nothing for an empty line.
fn source(line: &[u8], length: u64, limit: u64, number: u64, shown: &str, location: &Path) -> Option<SourceFile> {
    let path = format!("{shown}#{number}");
    let unreadable = |why| SourceFile::unreadable(path.clone(), location.to_owned(), String::new(), length, why);
    let file = if length > limit {
        unreadable(Unreadable::TooLarge { size: length, limit })
    } else if line.trim_ascii().is_empty() {
        return None;
    } else {
        match serde_json::from_slice::<Record>(line) {
            Ok(record) => look(laid_out(record).into_bytes()).into_file(path.clone(), location.to_owned()),
            Err(error) => unreadable(Unreadable::NoRecord {
                why: error.to_string(),
                expected: "a JSON object on one line, with a `text`, an `id` and a `title`",
            }),
        }
    };
    Some(file.of_record(number))
}

/// The text of a record, with its ID and title where it has none of its own.
fn laid_out(record: Record) -> String {
    let Record { id, title, text } = record;
    // A text that begins with its title or its front matter needs nothing.
    let begins = text.trim_start();
    let is_whole = begins.starts_with('=') || begins.starts_with("# ") || begins.starts_with("---");
    let Some(title) = title.filter(|title| !title.trim().is_empty() && !is_whole) else { return text };
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let id = match id {
        serde_json::Value::String(id) => id,
        serde_json::Value::Number(id) => id.to_string(),
        _ => String::new(),
    };
    // Dumps begin some texts with the title; it is not to stand twice.
    let body = text.trim_start().strip_prefix(title.as_str()).filter(|rest| rest.starts_with('\n')).unwrap_or(&text);
    if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_digit()) {
        return format!("= {title} =\n\n{}", body.trim_start_matches('\n'));
    }
    format!("{id},\n{title},\n{}", body.trim_start_matches('\n'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_laid_out_like_an_article() {
        let text = |json: &str| laid_out(serde_json::from_str(json).unwrap());
        assert_eq!(text(r#"{"id": 12, "title": "Gozo", "text": "An island."}"#), "12,\nGozo,\nAn island.");
        assert_eq!(text(r#"{"id": "12", "title": "Gozo", "text": "Gozo\n\nAn island."}"#), "12,\nGozo,\nAn island.");
        assert_eq!(text(r#"{"title": "Gozo", "text": "An island.", "url": ""}"#), "= Gozo =\n\nAn island.");
        assert_eq!(text(r#"{"title": "Gozo", "text": "= Gozo =\n\nAn island."}"#), "= Gozo =\n\nAn island.");
        assert_eq!(text(r#"{"text": "An island."}"#), "An island.");
    }

    #[test]
    fn a_line_that_is_too_long_is_counted_and_not_kept() {
        let text = format!("ab\n{}\ncd", "x".repeat(100_000));
        let mut reader = BufReader::with_capacity(16, text.as_bytes());
        let mut lines = Vec::new();
        loop {
            let mut line = Vec::new();
            match next_piece(&mut reader, b'\n', 10, &mut line).unwrap() {
                Piece { length: 0, .. } => break,
                Piece { length, lines: ended } => lines.push((length, ended, line.len())),
            }
        }
        assert_eq!(lines, [(3, 1, 3), (100_001, 1, 11), (2, 0, 2)]);
    }

    #[test]
    fn the_name_tells_what_is_in_a_file() {
        for name in ["a.jsonl", "a.ndjson", "a.JSONL", "b/a.jsonl.gz", "a.jsonl.zst", "a.xml.bz2", "a.xml"] {
            assert!(is_of_records(Path::new(name)), "{name}");
        }
        for name in ["a.json", "a.txt.gz", "jsonl", "a.gz", "a.jsonl.xz"] {
            assert!(!is_of_records(Path::new(name)), "{name}");
        }
    }
}
