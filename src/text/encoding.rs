//! Text that was written in UTF-8 and read as something else, and what it was before.
//!
//! "Ã©" is the two bytes of "é" read as windows-1252. Taking a run of characters back to the bytes of an old
//! encoding and reading these as UTF-8 gives the text again; that this succeeds by chance is so unlikely that
//! it is the proof. The method is that of Speer, "ftfy" (2019); the tables are those of the WHATWG Encoding
//! Standard. Where few characters leave room for chance, what stands around them decides.

use super::hashed::Map;
use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252};
use std::ops::Range;
use std::sync::LazyLock;
use unicode_script::{Script, UnicodeScript};

/// Garbled characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Garbled {
    /// Their bytes in the text.
    pub range: Range<usize>,
    /// What they were; empty where a part is lost.
    pub meant: String,
    /// Whether nothing else can have been meant.
    pub sure: bool,
    /// The encoding that they were wrongly read as.
    pub read_as: &'static str,
}

/// An encoding of one byte a character, and the byte of each character beyond ASCII.
struct Table {
    encoding: &'static Encoding,
    bytes: Map<char, u8>,
}

impl Table {
    fn new(encoding: &'static Encoding) -> Self {
        let mut bytes = Map::default();
        for byte in 0x80..=0xFF_u8 {
            let byte_alone = [byte];
            let (text, _) = encoding.decode_without_bom_handling(&byte_alone);
            bytes.extend(text.chars().next().map(|c| (c, byte)));
            // Where an encoding leaves a gap, and in Latin-1, a byte is the control character of that number.
            if byte < 0xA0 {
                bytes.entry(char::from(byte)).or_insert(byte);
            }
        }
        Self { encoding, bytes }
    }
}

/// What UTF-8 is taken for in practice, most often first.
static TABLES: LazyLock<[Table; 4]> =
    LazyLock::new(|| [WINDOWS_1252, MACINTOSH, WINDOWS_1251, WINDOWS_1250].map(Table::new));

/// So many bytes are read at once: what is read in vain is read again from the next character on.
const AT_ONCE: usize = 256;

/// Text that was garbled more often than this is given up.
const DEEPEST: usize = 3;

/// The garbled characters of a text, in order.
pub fn garbled(text: &str) -> Vec<Garbled> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        // Only characters beyond ASCII can be garbled.
        let ascii = text.as_bytes()[at..].iter().take_while(|b| b.is_ascii()).count();
        at += ascii;
        let run = text[at..].find(|c: char| c.is_ascii()).unwrap_or(text.len() - at);
        read_run(text, at..at + run, &mut found);
        at += run;
    }
    found
}

/// Reads a run of characters beyond ASCII.
fn read_run(text: &str, run: Range<usize>, found: &mut Vec<Garbled>) {
    let mut at = run.start;
    while at < run.end {
        let rest = &text[at..run.end];
        let before = text[..at].chars().next_back();
        let garbled = TABLES.iter().find_map(|table| {
            let (length, decoded) = decode(table, rest);
            let after = text[at + length..].chars().next();
            if length == 0 || !is_plausible(table, rest, &decoded, before, after) {
                return None;
            }
            let meant = ungarble(decoded);
            Some(Garbled { range: at..at + length, meant, sure: true, read_as: table.encoding.name() })
        });
        let garbled = garbled.or_else(|| cut_short(text, at));
        let Some(garbled) = garbled else {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        at = garbled.range.end;
        // Neighbours are one piece of damage.
        match found.last_mut().filter(|last| last.range.end == garbled.range.start && last.sure && garbled.sure) {
            Some(last) => {
                last.range.end = garbled.range.end;
                last.meant.push_str(&garbled.meant);
            }
            None => found.push(garbled),
        }
    }
}

/// Takes the beginning of a run back to bytes and reads these as UTF-8, as long as each character that
/// comes out is beyond ASCII. How many bytes of the run were read, and the characters.
fn decode(table: &Table, run: &str) -> (usize, String) {
    let mut decoded = String::new();
    let mut done = 0;
    let mut chars = run.char_indices();
    while let Some((at, lead)) = chars.next() {
        if at > AT_ONCE {
            break;
        }
        let Some(&lead) = table.bytes.get(&lead) else { break };
        let more = match lead {
            0xC2..=0xDF => 1,
            0xE0..=0xEF => 2,
            0xF0..=0xF4 => 3,
            _ => break,
        };
        let mut bytes = [lead, 0, 0, 0];
        let mut end = 0;
        let mut read = 0;
        for (at, c) in chars.by_ref().take(more) {
            let Some(&byte) = table.bytes.get(&c).filter(|byte| (0x80..0xC0).contains(*byte)) else { break };
            read += 1;
            bytes[read] = byte;
            end = at + c.len_utf8();
        }
        match std::str::from_utf8(&bytes[..=more]) {
            Ok(character) if read == more => decoded.push_str(character),
            _ => break,
        }
        done = end;
    }
    (done, decoded)
}

/// Whether what came out is more likely than what went in.
fn is_plausible(table: &Table, run: &str, decoded: &str, before: Option<char>, after: Option<char>) -> bool {
    let mut inner = decoded.chars();
    let Some(first) = inner.next() else { return false };
    if decoded.chars().any(|c| c.is_control() && c != '\u{85}') {
        // "Â”" would be a control character: it is a capital and a quotation mark.
        return false;
    }
    let is_mark = |c: char| matches!(c, '\u{2010}'..='\u{2044}' | '\u{20A0}'..='\u{20BF}' | '\u{2100}'..='\u{2BFF}');
    if is_mark(first) || matches!(first, '\u{FEFF}' | '\u{FFFD}' | '\u{1F300}'..='\u{1FAFF}') {
        return true;
    }
    let letters = decoded.chars().filter(|c| c.is_alphabetic()).count();
    let mut scripts =
        decoded.chars().map(|c| c.script()).filter(|script| !matches!(script, Script::Common | Script::Inherited));
    let one_script = scripts.next().is_some_and(|first| scripts.all(|script| script == first));
    // Two letters of one other script do not come about by chance; of Cyrillic read as Cyrillic three do not.
    let enough = if table.encoding == WINDOWS_1251 { 3 } else { 2 };
    if letters >= enough && one_script && (first as u32) > 0x24F {
        return true;
    }
    if (first as u32) > 0x17F || first.script() != Script::Latin && first.is_alphabetic() {
        return false;
    }
    // One letter of Latin, or one sign such as "£" and "°": the second character of the two must be one that does not stand behind the first.
    let mut raw = run.chars();
    let (Some(lead), Some(second)) = (raw.next(), raw.next()) else { return false };
    let in_word = before.is_some_and(char::is_lowercase);
    let beside_letter = before.is_some_and(char::is_alphabetic) || after.is_some_and(char::is_lowercase);
    let punctuation = matches!(second, '‘' | '’' | '“' | '”' | '–' | '—' | '…' | '«' | '»' | '\u{A0}');
    if table.encoding == WINDOWS_1252 {
        match lead {
            'Â' => true,
            'Ã' => !punctuation || !before.is_some_and(char::is_uppercase),
            _ if second.is_alphabetic() || punctuation => in_word || second.is_alphabetic() && beside_letter,
            _ => true,
        }
    } else {
        // A root of π may stand alone; a root of ß stands in no word.
        let root = second.is_alphabetic() && (lead.is_alphabetic() || second.script() != Script::Latin);
        beside_letter && !punctuation && !root
    }
}

/// Undoes what was done to a text twice or three times.
fn ungarble(mut text: String) -> String {
    for _ in 1..DEEPEST {
        let Some(again) = TABLES.iter().find_map(|table| {
            let (length, decoded) = decode(table, &text);
            (length == text.len() && !decoded.is_empty() && !decoded.chars().any(char::is_control)).then_some(decoded)
        }) else {
            break;
        };
        text = again;
    }
    text
}

/// What has lost its last byte on the way: "â€" for a mark whose third byte no table has, and "Â" or "Ã" before a
/// blank that was a no-break space.
fn cut_short(text: &str, at: usize) -> Option<Garbled> {
    let rest = &text[at..];
    let before = text[..at].chars().next_back();
    let garbled = |length: usize, meant: &str| {
        Some(Garbled { range: at..at + length, meant: meant.to_owned(), sure: false, read_as: WINDOWS_1252.name() })
    };
    let mut chars = rest.chars();
    match (chars.next()?, chars.next()) {
        ('â', Some('€')) => garbled("â€".len(), ""),
        ('Â', Some(' ' | '\n' | '\r'))
            if before.is_some_and(|c| c.is_lowercase() || c.is_ascii_digit() || c == '.') =>
        {
            garbled("Â".len(), "")
        }
        ('Ã', Some(' ')) if before.is_none_or(char::is_whitespace) && chars.next().is_some_and(char::is_lowercase) => {
            garbled("Ã".len(), "à")
        }
        _ => None,
    }
}

/// What a control character was, where its number is that of a byte of windows-1252: U+0092 for "’".
pub fn from_control(c: char) -> Option<char> {
    let byte = u8::try_from(u32::from(c)).ok().filter(|byte| (0x80..0xA0).contains(byte))?;
    let byte = [byte];
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(&byte);
    text.chars().next().filter(|c| !c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text as an old encoding would show its UTF-8.
    fn misread(text: &str, encoding: &'static Encoding) -> String {
        encoding.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    fn meant(text: &str) -> Vec<String> {
        garbled(text).into_iter().map(|garbled| garbled.meant).collect()
    }

    #[test]
    fn what_was_read_wrongly_is_read_again() {
        for (text, lost) in [
            ("caf\u{e9}", "é"),
            ("Gda\u{144}sk", "ń"),
            ("\u{201c}so\u{201d} it was", "“"),
            ("5\u{a0}km", "\u{a0}"),
            ("Москва", "Москва"),
            ("Αθήνα", "Αθήνα"),
            ("東京", "東京"),
            ("a 🚢", "🚢"),
        ] {
            let shown = misread(text, WINDOWS_1252);
            assert_eq!(meant(&shown).first().map(String::as_str), Some(lost), "{shown}");
        }
        assert_eq!(meant(&misread("café", MACINTOSH)), ["é"]);
        assert_eq!(meant(&misread("it’s", MACINTOSH)), ["’"]);
        assert_eq!(meant(&misread("Привет", WINDOWS_1251)), ["Привет"]);
        assert_eq!(meant(&misread(&misread("café", WINDOWS_1252), WINDOWS_1252)), ["é"]);
    }

    #[test]
    fn what_is_right_stays() {
        for text in [
            "Å“ Åland, Ärmel, „SPÄ“, café”, 2√π, ß…, ÎLE, Öl–Änderung, El Niño, Ça va, “É”, Âge, SÃO, Țară, Île, naïve™, ©, Ñandú",
            "Москва и РСФСР, Αθήνα, 東京, עברית, العربية, ¿Qué? ¡Sí! ½ × ÷ ‰ €5 £3 °C µm",
            "Œuvre, Ÿ, Žižek, Šibenik, Ljubljana’s “Ž”",
        ] {
            assert_eq!(garbled(text), [], "{text}");
        }
    }

    #[test]
    fn a_lost_byte_is_told() {
        assert_eq!(garbled("he said â€no").len(), 1);
        assert_eq!(meant("vis-à-vis, Ã la carte"), ["à"]);
        assert_eq!(from_control('\u{92}'), Some('’'));
        assert_eq!(from_control('\u{81}'), None);
    }
}
