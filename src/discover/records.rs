//! Articles that come many to a file: JSON Lines, each line an object with a `text` and most often an `id` and a `title`, as public dumps
//! have them; plain, or compressed by gzip or Zstandard.
//!
//! A file is read as a stream, a record at a time, and no record may be larger than an article may. A record becomes a text that is laid out
//! like other articles: as it is where the text itself says how it is laid out, and else with its ID and title before it, in the layout of
//! [dump records](crate::article::Layout::DumpRecord).

use super::{Contents, Problem, look};
use crate::source::{Shelf, SourceFile, Unreadable};
use flate2::bufread::MultiGzDecoder;
use serde::Deserialize;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;

/// Extensions of files of records, without the dot.
const EXTENSIONS: [&str; 2] = ["jsonl", "ndjson"];

/// From so many bytes on, what is compressed may be at most so many times as large as its file: more is no text.
const LARGE: u64 = 64 << 20;
const LARGEST_RATIO: u64 = 250;

/// How a file is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Packing {
    None,
    Gzip,
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

/// Whether a file holds records, by its name.
pub(super) fn is_of_records(path: &Path) -> bool {
    extension(path).is_some_and(|extension| EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(extension)))
}

fn packing(path: &Path) -> Packing {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("gz") => Packing::Gzip,
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
    let mut plain: Box<dyn BufRead> = match packing(location) {
        Packing::None => Box::new(packed),
        Packing::Gzip => Box::new(BufReader::with_capacity(1 << 16, MultiGzDecoder::new(packed))),
        Packing::Zstandard => match ruzstd::decoding::StreamingDecoder::new(packed) {
            Ok(decoder) => Box::new(BufReader::with_capacity(1 << 16, decoder)),
            Err(error) => return (Vec::new(), Some(fault(shown, 0, &error.to_string()))),
        },
    };
    let most = size.saturating_mul(LARGEST_RATIO).max(LARGE);
    let mut files = Vec::new();
    let (mut number, mut read) = (0, 0);
    let mut line = Vec::new();
    loop {
        number += 1;
        line.clear();
        let length = match next_line(&mut plain, limit, &mut line) {
            Ok(0) => return (files, None),
            Ok(length) => length,
            Err(error) => return (files, Some(fault(shown, number - 1, &error.to_string()))),
        };
        read += length;
        if read > most {
            let why = format!("it is more than {LARGEST_RATIO} times as large as its file, which no text is");
            return (files, Some(fault(shown, number - 1, &why)));
        }
        if let Some(mut file) = source(&line, length, limit, number, shown, location) {
            file.put_away(shelf);
            files.push(file);
        }
    }
}

fn fault(shown: &str, number: u64, why: &str) -> Problem {
    let reason = format!("it cannot be read behind line {number} ({why}); what comes before was checked");
    Problem { path: shown.to_owned(), reason }
}

/// Reads a line with its end, as far as the limit goes; its bytes as they are in the file. 0 at the end of the file.
fn next_line(reader: &mut impl BufRead, limit: u64, line: &mut Vec<u8>) -> io::Result<u64> {
    let mut length = reader.by_ref().take(limit.saturating_add(1)).read_until(b'\n', line)? as u64;
    // The rest of a line that is too long is not kept.
    while length > limit && line.last() != Some(&b'\n') {
        let more = reader.fill_buf()?;
        let end = more.iter().position(|&byte| byte == b'\n');
        let used = end.map_or(more.len(), |end| end + 1);
        reader.consume(used);
        length += used as u64;
        if end.is_some() || used == 0 {
            break;
        }
    }
    Ok(length)
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
            Ok(record) => {
                let Contents { text, size, unreadable } = look(laid_out(record).into_bytes());
                match unreadable {
                    None => SourceFile::new(path, location.to_owned(), text),
                    Some(why) => SourceFile::unreadable(path, location.to_owned(), text, size, why),
                }
            }
            Err(error) => unreadable(Unreadable::NoRecord { why: error.to_string() }),
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
            match next_line(&mut reader, 10, &mut line).unwrap() {
                0 => break,
                length => lines.push((length, line.len())),
            }
        }
        assert_eq!(lines, [(3, 3), (100_001, 11), (2, 2)]);
    }

    #[test]
    fn the_name_tells_what_is_in_a_file() {
        for name in ["a.jsonl", "a.ndjson", "a.JSONL", "b/a.jsonl.gz", "a.jsonl.zst"] {
            assert!(is_of_records(Path::new(name)), "{name}");
        }
        for name in ["a.json", "a.txt.gz", "jsonl", "a.gz", "a.jsonl.bz2"] {
            assert!(!is_of_records(Path::new(name)), "{name}");
        }
    }
}
