//! How a text writes its words: with a small letter, with a capital, or in capitals.

use super::hashed::HashedMap;
use super::words::{FoldedWord, fold, is_capitalised};
use xxhash_rust::xxh3::xxh3_64;

/// How often a word stands in each form.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Forms {
    /// With a small letter.
    pub small: u32,
    /// With a capital, behind the first word of a sentence.
    pub capital: u32,
    /// Of these, those between words with small letters that are no articles: only a name stands so.
    pub alone: u32,
    /// Behind an article or another determiner, with a capital.
    pub determined: u32,
    /// With a capital as the first word of a sentence.
    pub first: u32,
    /// All in capitals, two letters or more.
    pub upper: u32,
}

impl Forms {
    /// How often it stands in any form.
    pub fn all(&self) -> u32 {
        self.small + self.capital + self.first + self.upper
    }
}

/// The words of a text, and how often each is written how.
#[derive(Debug, Default)]
pub struct WordForms {
    /// By the hashes of the folded words.
    forms: HashedMap<Forms>,
}

impl WordForms {
    /// Counts the words of a sentence.
    pub fn add(&mut self, sentence: &[FoldedWord<'_>]) {
        let mut before: Option<&str> = None;
        for (number, (word, folded)) in sentence.iter().enumerate() {
            let text = word.text;
            let forms = self.forms.entry(xxh3_64(folded.as_bytes())).or_default();
            if is_upper(text) {
                forms.upper += 1;
            } else if !is_capitalised(text) {
                forms.small += 1;
            } else if let Some(before) = before {
                forms.capital += 1;
                let between_small = !is_capitalised(before)
                    && sentence.get(number + 1).is_none_or(|(next, _)| next.text.starts_with(char::is_lowercase));
                if is_determiner(before) {
                    forms.determined += 1;
                } else if between_small {
                    forms.alone += 1;
                }
            } else {
                forms.first += 1;
            }
            before = Some(text);
        }
    }

    /// How a folded word is written.
    pub fn of(&self, folded: &str) -> Forms {
        self.forms.get(&xxh3_64(folded.as_bytes())).copied().unwrap_or_default()
    }
}

/// Whether a word of two letters or more is all in capitals.
pub fn is_upper(word: &str) -> bool {
    let mut letters = 0;
    for c in word.chars() {
        if c.is_lowercase() {
            return false;
        }
        letters += usize::from(c.is_uppercase());
    }
    letters > 1
}

/// Articles and other words that only a common noun has before it.
pub fn is_determiner(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "a", "an", "another", "any", "each", "every", "her", "his", "its", "my", "no", "our", "some", "that", "the",
        "their", "these", "this", "those", "your",
    ];
    WORDS.binary_search(&fold(word).as_ref()).is_ok()
}
