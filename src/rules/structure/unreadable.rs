//! Flags a file that is no text: bad UTF-8, NUL bytes, nothing in it, over the size limit.
//!
//! Nothing in such a file can be checked, so a clean report would say more than is known. The
//! message gives the offset of the first bad byte, and for some encodings what the file most likely is.
//! A byte-order mark and CRLF line ends are fine.
//!
//! ## Example
//! An empty file is flagged:
//! ```text fails
//! ```
//! and this is not:
//! ```text passes
//! = Foreign relations of Malta =
//!
//! Malta joined the United Nations in 1964.
//! ```

use crate::diagnostic::{Diagnostic, Severity};
use crate::rule::{Check, Findings, Rule};
use crate::source::{SourceFile, SourceId, Span, Unreadable};

pub(crate) static RULE: Rule = Rule { severity: Severity::Error, checks: &[Check::File(check)], thresholds: &[] };

fn check(source: SourceId, file: &SourceFile, findings: &mut Findings) {
    let Some(why) = file.unreadable.as_deref() else { return };
    let at = |start: u32, length: u32| Span { source, start, end: start + length };
    findings.push(match why {
        Unreadable::Empty => {
            Diagnostic::new(at(0, 0), "the file has no text in it").help("write the article, or remove the file")
        }
        Unreadable::TooLarge { size, limit } => {
            Diagnostic::new(at(0, 0), format!("the file has {size} bytes, more than the limit of {limit}"))
                .help("split it, or raise `max-file-size` in the configuration")
        }
        Unreadable::NotUtf8 { offset, bytes } => {
            let hex: Vec<String> = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
            let message = format!("the file is not UTF-8: byte {offset} begins {}", hex.join(" "));
            Diagnostic::new(at(*offset, 0), message).label("readable up to here").help(match guess(bytes) {
                Some(letter) => format!("in Latin-1 this is “{letter}”: convert the file to UTF-8"),
                None => String::from("convert the file to UTF-8"),
            })
        }
        Unreadable::Nul { offset } => {
            Diagnostic::new(at(*offset, 1), format!("the file has a NUL byte at offset {offset}: it is no text"))
                .label("the first NUL byte")
                .help("remove the byte, or keep this file out of the folder of articles")
        }
        Unreadable::NoRecord { why, expected } => {
            Diagnostic::new(at(0, 0), format!("this is no record of an article: {why}"))
                .help(format!("write {expected}"))
        }
        Unreadable::OtherEncoding(name) => {
            Diagnostic::new(at(0, 0), format!("the file is {name}, not UTF-8")).help("convert the file to UTF-8")
        }
    });
}

/// The letter that the first byte is in Latin-1, where a letter is what it would be.
fn guess(bytes: &[u8]) -> Option<char> {
    let (first, rest) = bytes.split_first()?;
    let letter = char::from(*first);
    // What goes on like UTF-8 is a letter that was cut, not one of Latin-1.
    let goes_on = rest.first().is_some_and(|next| (0x80..0xC0).contains(next));
    (letter.is_alphabetic() && !goes_on).then_some(letter)
}
