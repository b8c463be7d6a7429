//! Where sentences end.
//!
//! One pass over the bytes of a paragraph. A full stop ends a sentence unless the word before it
//! is an abbreviation or an initial, or the text after it carries on in lower case. Closing
//! quotation marks, brackets and citation markers belong to the sentence that they follow.
//! Where extraction lost the blank ("the lap.She got up") or the stop (`field[17] On`),
//! the sentence ends all the same.

use super::words::is_capitalised;
use std::ops::Range;

/// Abbreviations that a name or a number follows, so that a stop behind them ends nothing.
const BEFORE_A_NAME: &[&str] = &[
    "Adm", "Bl", "Brig", "Capt", "Cdr", "Col", "Cpl", "Dr", "Fr", "Gen", "Gov", "Hon", "Lt", "Maj", "Messrs", "Mgr",
    "Mme", "Mr", "Mrs", "Ms", "Mt", "Msgr", "Prof", "Rep", "Rev", "Sen", "Sgt", "Sr", "St", "Ste", "Supt", "art",
    "approx", "c", "ca", "cf", "ch", "chap", "cit", "e.g", "ed", "eds", "est", "fig", "figs", "fl", "i.e", "no", "nos",
    "op", "p", "pp", "r", "sec", "trans", "v", "viz", "vol", "vols", "vs",
];

/// Abbreviations that may end a sentence; they do where the next word could only begin one.
const BEFORE_ANYTHING: &[&str] = &[
    "Apr", "Aug", "Ave", "Bros", "Co", "Corp", "Dec", "Dept", "Esq", "Feb", "Inc", "Jan", "Jr", "Jul", "Jun", "Ltd",
    "Mar", "No", "Nos", "Nov", "Oct", "Rd", "Sep", "Sept", "Univ", "al", "dept", "etc", "ft", "km", "lb", "mi", "oz",
];

/// Words that, with a capital, begin a sentence far more often than they carry a name on.
const STARTERS: &[&str] = &[
    "A", "After", "All", "Although", "An", "And", "As", "At", "Before", "Both", "But", "By", "During", "Each", "For",
    "From", "He", "Her", "His", "However", "I", "If", "In", "It", "Its", "Later", "Many", "Most", "No", "On", "One",
    "Several", "She", "Since", "Some", "Such", "That", "The", "Their", "There", "These", "They", "This", "Those",
    "Though", "Through", "To", "Under", "Until", "We", "When", "Where", "While", "With", "You",
];

/// The sentences of a paragraph, each from its first to its last non-blank character. Together
/// they cover every non-blank byte of it once. `offset` is added to all places.
pub fn sentences(text: &str, offset: usize) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &text[at..];
        let start = at + (rest.len() - rest.trim_start().len());
        if start == text.len() {
            return None;
        }
        let end = sentence_end(text, start);
        at = end;
        Some(offset + start..offset + start + text[start..end].trim_end().len())
    })
}

/// The offset behind the sentence that begins at `start`.
fn sentence_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while at < bytes.len() {
        match bytes[at] {
            b'.' | b'!' | b'?' => {
                let stop = at;
                let end = closers_end(text, stop + 1);
                if ends_sentence(text, start, stop, end) {
                    return end;
                }
                at = end;
            }
            b'[' => match citation_end(bytes, at) {
                Some(end) => {
                    let end = closers_end(text, end);
                    if at > start && lost_stop(text, at, end) {
                        return end;
                    }
                    at = end;
                }
                None => at += 1,
            },
            // "。" and "…" are e3 80 82 and e2 80 a6.
            0xE3 if bytes[at..].starts_with("。".as_bytes()) => return closers_end(text, at + 3),
            0xE2 if bytes[at..].starts_with("…".as_bytes()) => {
                let end = closers_end(text, at + 3);
                if next_word(text, end).is_some_and(is_starter) {
                    return end;
                }
                at = end;
            }
            _ => at += 1,
        }
    }
    bytes.len()
}

/// Passes over further stops, closing marks and citation markers.
fn closers_end(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    while at < bytes.len() {
        match bytes[at] {
            b'.' | b'!' | b'?' | b')' | b']' | b'"' | b'\'' => at += 1,
            b'[' => match citation_end(bytes, at) {
                Some(end) => at = end,
                None => break,
            },
            0xC2 if bytes[at..].starts_with("»".as_bytes()) => at += 2,
            0xE2 if bytes[at..].starts_with("”".as_bytes()) || bytes[at..].starts_with("’".as_bytes()) => at += 3,
            _ => break,
        }
    }
    at
}

/// The offset behind the citation marker that begins at `at`: `[12]`, `[a]`, `[note 3]`, `[^4]`.
pub fn citation_end(bytes: &[u8], at: usize) -> Option<usize> {
    debug_assert_eq!(bytes[at], b'[');
    let inner = bytes[at + 1..].iter().take(12).position(|&b| b == b']')?;
    let label = &bytes[at + 1..at + 1 + inner];
    let marker = match label {
        [] => false,
        [b'^', rest @ ..] => rest.iter().all(u8::is_ascii_alphanumeric) && !rest.is_empty(),
        [one] if one.is_ascii_lowercase() => true,
        // Four digits in brackets are a year that an editor put in.
        _ if label.len() <= 3 && label.iter().all(u8::is_ascii_digit) => true,
        _ => {
            let digits = label.strip_prefix(b"note ").or_else(|| label.strip_prefix(b"nb "));
            digits.is_some_and(|digits| !digits.is_empty() && digits.iter().all(u8::is_ascii_alphanumeric))
        }
    };
    marker.then_some(at + inner + 2)
}

/// Whether the mark at `stop`, whose closing marks reach to `end`, ends the sentence.
fn ends_sentence(text: &str, start: usize, stop: usize, end: usize) -> bool {
    let bytes = text.as_bytes();
    if end == bytes.len() {
        return true;
    }
    let after = &text[end..];
    let blank = after.starts_with(char::is_whitespace);
    let before = last_token(text, start, stop);
    if !blank {
        // "lap.She": a small letter, a stop, a capital and a small letter; but not "e.g.The", "Node.Js".
        let mut next = after.chars();
        let glued = bytes[stop] == b'.'
            && end == stop + 1
            && before.len() > 1
            && before.chars().all(char::is_lowercase)
            && next.next().is_some_and(char::is_uppercase)
            && next.next().is_none_or(|c| c.is_lowercase() || c.is_whitespace());
        let cited = bytes[end - 1] == b']' && after.starts_with(char::is_uppercase);
        return (glued && !is_abbreviation(before)) || cited;
    }
    let next = after.trim_start();
    let Some(first) = next.chars().next() else { return true };
    if first.is_lowercase() || matches!(first, ',' | ';' | ':' | ')') {
        return false;
    }
    if bytes[stop] != b'.' || bytes[stop..end].contains(&b'"') || bytes[end - 1] == b']' && end > stop + 1 {
        return true;
    }
    let starter = next_word(text, end).is_some_and(is_starter);
    if BEFORE_A_NAME.contains(&before) {
        return false;
    }
    if BEFORE_ANYTHING.contains(&before) {
        return starter;
    }
    // An initial ("J. Smith"), or letters with points between them ("U.S.", "a.m.").
    let single = before.chars().count() == 1 && is_capitalised(before);
    if single || is_pointed(before) {
        return starter;
    }
    // The number of a list that runs in the text: "1. Open the lid."
    let number_at_start = before.bytes().all(|b| b.is_ascii_digit()) && text[start..stop].trim_start() == before;
    !(number_at_start && before.len() <= 3)
}

fn is_abbreviation(word: &str) -> bool {
    BEFORE_A_NAME.contains(&word) || BEFORE_ANYTHING.contains(&word)
}

/// Whether a token is made of single letters with points between them: "U.S", "a.m", "Ph.D".
fn is_pointed(token: &str) -> bool {
    token.contains('.')
        && token
            .split('.')
            .all(|part| (1..=2).contains(&part.chars().count()) && !part.starts_with(|c: char| c.is_ascii_digit()))
}

/// The token that ends at `stop`: back to a blank, a bracket, a dash or a quotation mark.
fn last_token(text: &str, start: usize, stop: usize) -> &str {
    let before = &text[start..stop];
    // No abbreviation is longer; looking further back would make long words cost their square.
    let floor = before.char_indices().rev().take(16).last().map_or(0, |(i, _)| i);
    let begin = before[floor..]
        .rfind(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '"' | '“' | '‘' | '\'' | '–' | '—' | '-' | '/'))
        .map_or(floor, |i| floor + i + before[floor + i..].chars().next().map_or(1, char::len_utf8));
    &before[begin..]
}

/// The word that the text has next, behind blanks and opening marks.
fn next_word(text: &str, at: usize) -> Option<&str> {
    let rest = text[at..].trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '“' | '(' | '‘'));
    let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    (end > 0).then(|| &rest[..end])
}

fn is_starter(word: &str) -> bool {
    STARTERS.binary_search(&word).is_ok()
}

/// Whether a word, with its capital, begins a sentence far more often than it carries a name on.
pub fn may_start_sentence(word: &str) -> bool {
    is_starter(word)
}

/// Whether a word is an abbreviation before a name: "Dr", "St".
pub fn is_title_abbreviation(word: &str) -> bool {
    BEFORE_A_NAME.contains(&word)
}

/// Whether a citation marker (from `marker` to `end`) stands where the stop was lost: a letter
/// before it, and a word behind it that begins a sentence.
fn lost_stop(text: &str, marker: usize, end: usize) -> bool {
    text[..marker].ends_with(char::is_alphanumeric)
        && text[end..].starts_with(char::is_whitespace)
        && next_word(text, end).is_some_and(is_starter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_for_the_search() {
        let mut sorted = STARTERS.to_vec();
        sorted.sort_unstable();
        assert_eq!(STARTERS, sorted);
    }

    /// Sentences are written with `|` between them.
    #[test]
    fn ends() {
        for case in [
            "One. |Two! |Three?",
            "He met Dr. Okafor and Gen. Ruiz at St. Olave's. |They talked.",
            "Signed by J. R. Hale in the U.S. Senate. |It passed.",
            "It lies in the U.S. |The town is small.",
            "See e.g. the map. |It is c. 1640.",
            "She said \"No.\" |Then she left.",
            "He cried \"Stop!\" and fell. |Nobody came.",
            "The tower fell.[3][4] |It was old.[5]",
            "The last lap.|She got up.",
            "A claim in the field[17] |On Monday it was dropped.",
            "It grew by 3.5 per cent. |Then by 2.",
            "It was built by Falk & Co. in 1901. |It sank.",
            "No. 5 was lost. |No. 6 was not.",
            "Write it for node.js now.",
            "1. Open the lid.",
            "The end (see p. 12). |Next.",
            "He left… |The others stayed.",
        ] {
            let text = case.replace('|', "");
            let parts: Vec<&str> = sentences(&text, 0).map(|range| &text[range]).collect();
            let expected: Vec<&str> = case.split('|').map(str::trim).collect();
            assert_eq!(parts, expected, "in {case:?}");
        }
    }
}
