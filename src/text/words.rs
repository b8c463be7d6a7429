//! Words and their normal form.

use super::hashed::Set;
use std::borrow::Cow;
use std::sync::LazyLock;

/// One word of a text: a run of letters, digits and the apostrophes between them. Hyphens and
/// dashes part words, so that "Non-Aligned" and "Non Aligned" are the same two words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'a> {
    /// Offset of the first byte in the text that was split.
    pub start: usize,
    /// The word as it is written.
    pub text: &'a str,
}

impl Word<'_> {
    /// Offset behind the last byte.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The words of a text, without citation markers such as `[12]`.
pub fn words(text: &str) -> impl Iterator<Item = Word<'_>> + Clone {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            // Most of what is between words is a blank or a stop.
            if bytes[at].is_ascii() && !bytes[at].is_ascii_alphanumeric() {
                at = if bytes[at] == b'[' {
                    super::sentences::citation_end(bytes, at).unwrap_or(at + 1)
                } else {
                    at + 1
                };
                continue;
            }
            let length = word_length(&text[at..]);
            if length > 0 {
                let word = Word { start: at, text: &text[at..at + length] };
                at += length;
                return Some(word);
            }
            at += char_length(bytes[at]);
        }
        None
    })
}

/// Bytes of the character that a byte begins.
fn char_length(first: u8) -> usize {
    match first {
        0..0xC0 => 1,
        0xC0..0xE0 => 2,
        0xE0..0xF0 => 3,
        _ => 4,
    }
}

/// Bytes of the word that the text begins with; 0 where it begins with none.
fn word_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    // Most words are of plain letters and end at a blank.
    let mut end = bytes.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(bytes.len());
    if bytes.get(end).is_some_and(|&byte| byte == b' ') {
        return end;
    }
    while end < bytes.len() {
        let byte = bytes[end];
        if byte.is_ascii_alphanumeric() {
            end += 1;
        } else if byte.is_ascii() {
            // An apostrophe, or the comma and point of a number, belongs to the word between two of its kind.
            let before = end.checked_sub(1).map(|i| bytes[i]);
            let after = bytes.get(end + 1);
            let joins = match byte {
                b'\'' => after.is_some_and(|b| b.is_ascii_alphabetic() || !b.is_ascii()),
                b',' | b'.' => before.is_some_and(|b| b.is_ascii_digit()) && after.is_some_and(u8::is_ascii_digit),
                _ => false,
            };
            if end == 0 || !joins {
                break;
            }
            end += 1;
        } else {
            let Some(c) = text[end..].chars().next() else { break };
            let apostrophe = c == '’' && text[end + c.len_utf8()..].starts_with(char::is_alphabetic);
            if c.is_alphanumeric() || is_mark(c) && end > 0 || apostrophe && end > 0 {
                end += c.len_utf8();
            } else {
                break;
            }
        }
    }
    end
}

/// Whether a character is a combining diacritical mark, which belongs to the letter before it.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{20D0}'..='\u{20FF}')
}

/// The normal form of a word or text: lower case, letters without their diacritics, `’` as `'`.
/// Borrowed where nothing changes.
pub fn fold(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        return Cow::Borrowed(text);
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            folded.push(c.to_ascii_lowercase());
        } else if is_mark(c) {
            // Its letter stands already.
        } else if is_latin(c) || matches!(c, '’' | '‘' | 'ʼ') {
            match deunicode::deunicode_char(c) {
                Some(plain) => folded.extend(plain.chars().map(|c| c.to_ascii_lowercase())),
                None => folded.push(c),
            }
        } else {
            folded.extend(c.to_lowercase());
        }
    }
    Cow::Owned(folded)
}

/// A word with its [folded](fold) form.
pub type FoldedWord<'a> = (Word<'a>, Cow<'a, str>);

/// The words of a text, each with its folded form.
pub fn folded_words(text: &str) -> impl Iterator<Item = FoldedWord<'_>> + Clone {
    words(text).map(|word| (word, fold(word.text)))
}

/// A word with a capital at its beginning: "pier" to "Pier".
pub fn capitalise(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Whether a character lies in a block of Latin letters beyond ASCII.
fn is_latin(c: char) -> bool {
    matches!(c, '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}') && c.is_alphabetic()
}

/// What is left of a folded word without the ending of a plural, a participle or a gerund: the light stemming of Harman, "How
/// Effective Is Suffixing?" (1991), with "-ed" and "-ing".
pub fn stem(folded: &str) -> &str {
    const SHORTEST: usize = 3;
    let cut = |ending: &str| folded.strip_suffix(ending).filter(|stem| stem.len() >= SHORTEST);
    let stem = ["'s", "ings", "ing", "ies", "ied", "ed", "es", "s"].into_iter().find_map(cut).unwrap_or(folded);
    stem.strip_suffix(['e', 'y']).filter(|stem| stem.len() >= SHORTEST).unwrap_or(stem)
}

/// A word without the ending of a possessive: "Hagerty's" to "Hagerty".
pub fn without_possessive(word: &str) -> &str {
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word)
}

/// Whether a word begins with a capital letter.
pub fn is_capitalised(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// Whether a folded word is one that carries grammar and no matter: articles, prepositions,
/// conjunctions, pronouns, auxiliaries. These classes of English are closed.
pub fn is_function_word(folded: &str) -> bool {
    const WORDS: &[&str] = &[
        "a", "about", "after", "all", "also", "although", "among", "an", "and", "any", "are", "as", "at", "be",
        "because", "been", "before", "being", "between", "both", "but", "by", "can", "could", "did", "do", "does",
        "during", "each", "for", "from", "had", "has", "have", "he", "her", "him", "his", "how", "if", "in", "into",
        "is", "it", "its", "may", "might", "more", "most", "must", "no", "nor", "not", "of", "on", "one", "or",
        "other", "our", "over", "she", "should", "since", "so", "some", "such", "than", "that", "the", "their", "them",
        "then", "there", "these", "they", "this", "those", "through", "to", "under", "until", "upon", "was", "we",
        "were", "what", "when", "where", "which", "while", "who", "whom", "whose", "will", "with", "within", "without",
        "would", "you", "your",
    ];
    static SET: LazyLock<Set<&str>> = LazyLock::new(|| WORDS.iter().copied().collect());
    const LONGEST: usize = 8;
    folded.len() <= LONGEST && SET.contains(folded)
}

/// Whether a lower-case word may stand inside a proper name: "Bank *of* England", "Vasco *da* Gama".
pub fn is_proper_noun_link(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "al", "and", "bin", "da", "das", "de", "del", "della", "der", "des", "di", "do", "dos", "du", "el", "en",
        "for", "ibn", "in", "la", "le", "les", "of", "on", "the", "ul", "van", "von", "y", "zu",
    ];
    WORDS.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        words(text).map(|word| word.text).collect()
    }

    #[test]
    fn words_are_parted_by_hyphens_and_keep_apostrophes_and_numbers() {
        assert_eq!(
            split("Non-Aligned states' 1,400 men don’t–can't[12] go."),
            ["Non", "Aligned", "states", "1,400", "men", "don’t", "can't", "go"]
        );
        assert_eq!(split("[O.S. 1 April]"), ["O", "S", "1", "April"]);
    }

    #[test]
    fn folding_drops_case_and_diacritics_and_keeps_other_scripts() {
        assert_eq!(fold("Rodríguez ŁÓDŹ Størmer"), "rodriguez lodz stormer");
        assert_eq!(fold("e\u{301}tat"), "etat");
        assert_eq!(fold("Москва"), "москва");
        assert!(matches!(fold("plain"), Cow::Borrowed("plain")));
    }
}
