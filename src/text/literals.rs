//! What is to be taken to the letter and is no prose: addresses, names of files, code, tags, formulas.

use std::ops::Range;

/// Endings of names of files that stand in running text.
const EXTENSIONS: &[&str] = &[
    "avi", "csv", "doc", "docx", "exe", "gif", "htm", "html", "jpeg", "jpg", "js", "json", "md", "mp3", "mp4", "ogg",
    "ogv", "pdf", "php", "png", "ppt", "svg", "tif", "tiff", "txt", "wav", "webm", "webp", "xls", "xml", "zip",
];

/// No tag and no inline code is longer than this many bytes.
const LONGEST: usize = 400;

/// The literals of a text, in order: none overlaps another. `markdown` says whether backticks mark code.
pub fn literals(text: &str, markdown: bool) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'`' if markdown => {
                let marks = bytes[at..].iter().take_while(|&&b| b == b'`').count();
                at = closing(bytes, at + marks, |i| bytes[i..].starts_with(&bytes[at..at + marks])).map_or(
                    at + marks,
                    |end| {
                        found.push(at..end + marks);
                        end + marks
                    },
                );
            }
            b'<' if bytes.get(at + 1).is_some_and(|b| b.is_ascii_alphabetic() || *b == b'/' || *b == b'!') => {
                at = closing(bytes, at + 1, |i| bytes[i] == b'>').map_or(at + 1, |end| {
                    found.push(at..end + 1);
                    end + 1
                });
            }
            byte if byte.is_ascii_whitespace() => at += 1,
            _ => {
                let length = bytes[at..].iter().take_while(|b| !b.is_ascii_whitespace() && **b != b'<').count();
                let code = if markdown { bytes[at..at + length].iter().position(|&b| b == b'`') } else { None };
                let end = at + code.unwrap_or(length).max(1);
                // A word that another literal left behind may begin within a character: none does,
                // for all marks above are ASCII.
                if let Some(inner) = literal(&text[at..end]) {
                    found.push(at + inner.start..at + inner.end);
                }
                at = end;
            }
        }
    }
    found
}

/// The first place at or behind `from`, on the same line and not too far, of which `is_end` holds.
fn closing(bytes: &[u8], from: usize, is_end: impl Fn(usize) -> bool) -> Option<usize> {
    (from..bytes.len().min(from + LONGEST)).take_while(|&i| !matches!(bytes[i], b'\n' | b'\r')).find(|&i| is_end(i))
}

/// The literal in a run without blanks.
fn literal(token: &str) -> Option<Range<usize>> {
    // Most words have none of these characters.
    if !token.bytes().any(|b| matches!(b, b'.' | b'@' | b'/' | b'\\' | b'_' | b'^' | b':')) {
        return None;
    }
    let outer = |c: char| {
        matches!(c, '(' | ')' | '[' | ']' | '"' | '“' | '”' | '\'' | ',' | ';' | '.' | ':' | '!' | '?' | '\u{FEFF}')
    };
    let inner = token.trim_matches(outer);
    let start = token.len() - token.trim_start_matches(outer).len();
    let range = start..start + inner.len();
    let address = inner.contains("://")
        || inner.starts_with("www.")
        || inner.contains('@') && inner.contains('.')
        || inner.starts_with("mailto:");
    let formula = inner.contains(['\\', '_', '^']);
    let path = inner.split('/').count() > 2;
    let file = inner.rsplit_once('.').is_some_and(|(stem, extension)| {
        let extension = extension.to_ascii_lowercase();
        !stem.is_empty() && EXTENSIONS.binary_search(&extension.as_str()).is_ok()
    });
    // Brackets that a literal opens belong to it: "f(x_1)", "a_(b)".
    let count = |c: char| inner.matches(c).count();
    let closers =
        token[range.end..].chars().take(count('(').saturating_sub(count(')'))).take_while(|&c| c == ')').count();
    let command = if inner.contains('\\') { 0..token.len() } else { range.start..range.end + closers };
    (address || formula || path || file).then_some(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        literals(text, true).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn addresses_files_code_and_tags_are_literals() {
        assert!(EXTENSIONS.is_sorted());
        assert_eq!(
            found("See (http://a.org/b?c), map.PNG, `x.Y` or <br/> and a@b.net. The end.She"),
            ["http://a.org/b?c", "map.PNG", "`x.Y`", "<br/>", "a@b.net"]
        );
        assert_eq!(found("f(x_1), (x_2) and \\left( (x=1 or y)"), ["f(x_1)", "x_2", "\\left("]);
        assert_eq!(found("a < b and c > d, either/or, `no end"), [""; 0]);
    }
}
