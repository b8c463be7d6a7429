//! What a title damaged by extraction was.

use super::Article;
use crate::text::{Map, Set, fold, is_function_word, words};
use std::borrow::Cow;

/// Words of a run-together title are at least this long, unless they are function words.
const SHORTEST: usize = 3;
/// A title longer than this many bytes is not taken apart.
const LONGEST: usize = 200;

impl Article<'_> {
    /// The title as it most likely was before extraction ran its words together.
    ///
    /// The article's own text is the dictionary: a token of the title that the text never uses,
    /// but that falls apart into words that the text does use, is put back into these words. The
    /// text must have them in that very sequence, and one must be a function word or have a capital. Of
    /// several ways to part a token the one with the fewest words is taken.
    pub fn likely_title(&self) -> Option<Cow<'_, str>> {
        let title = self.title_text()?;
        let trimmed = title.trim_end_matches([',', ';', ' ']);
        let body = self.title.map_or("", |title| &self.text[title.line.end as usize..]);
        // Most titles are told to be sound by the words themselves, which their text has.
        let unused = |token: &str| token.len() >= 2 * SHORTEST && !body.contains(token);
        let suspicious = trimmed.len() <= LONGEST && trimmed.split_whitespace().any(unused);
        if !suspicious {
            return Some(Cow::Borrowed(trimmed));
        }
        let vocabulary = Vocabulary::of(self);
        let last = trimmed.split_whitespace().count() - 1;
        let parts: Vec<Cow<'_, str>> = trimmed
            .split_whitespace()
            .enumerate()
            .map(|(i, token)| {
                // No title ends in a preposition: "LinkedIn" is one word.
                let ends_well = |parted: &String| {
                    i < last || !parted.rsplit(' ').next().is_some_and(|piece| is_function_word(&fold(piece)))
                };
                vocabulary.part(token).filter(ends_well).map_or(Cow::Borrowed(token), Cow::Owned)
            })
            .collect();
        if parts.iter().all(|part| matches!(part, Cow::Borrowed(_))) {
            return Some(Cow::Borrowed(trimmed));
        }
        Some(Cow::Owned(parts.join(" ")))
    }
}

fn has_inner_capital(token: &str) -> bool {
    token.chars().zip(token.chars().skip(1)).any(|(a, b)| a.is_lowercase() && b.is_uppercase())
}

/// The words of an article, folded, and which follow which.
struct Vocabulary {
    /// Number of each word.
    words: Map<String, u32>,
    /// Pairs of words that stand side by side.
    pairs: Set<(u32, u32)>,
    longest: usize,
}

impl Vocabulary {
    fn of(article: &Article<'_>) -> Self {
        let mut vocabulary = Self { words: Map::default(), pairs: Set::default(), longest: 0 };
        for &sentence in &article.sentences {
            let mut before = None;
            for word in words(article.text(sentence)) {
                let folded = fold(word.text);
                let folded = folded.strip_suffix("'s").unwrap_or(&folded);
                if !folded.chars().all(char::is_alphabetic) {
                    before = None;
                    continue;
                }
                vocabulary.longest = vocabulary.longest.max(folded.len());
                let next = vocabulary.words.len() as u32;
                let number = *vocabulary.words.entry(folded.to_owned()).or_insert(next);
                if let Some(before) = before.replace(number) {
                    vocabulary.pairs.insert((before, number));
                }
            }
        }
        vocabulary
    }

    /// The token with its blanks put back; `None` where it is a word, or falls apart in no sure way.
    fn part(&self, token: &str) -> Option<String> {
        let mut restored = String::new();
        let mut changed = false;
        // Dashes part a token by themselves: "Cuba–Iraqrelations".
        for piece in token.split_inclusive(|c: char| !c.is_alphanumeric()) {
            let letters = piece.trim_end_matches(|c: char| !c.is_alphanumeric());
            match self.part_word(letters) {
                Some(parted) => {
                    changed = true;
                    restored.push_str(&parted);
                    restored.push_str(&piece[letters.len()..]);
                }
                None => restored.push_str(piece),
            }
        }
        changed.then_some(restored)
    }

    fn part_word(&self, word: &str) -> Option<String> {
        let folded = fold(word);
        // Folding may change the length of a word; then its parts could not be found in it.
        if folded.len() != word.len() || !word.is_ascii() || self.words.contains_key(folded.as_ref()) {
            return None;
        }
        // best[end]: fewest words that make up the first `end` bytes, and where the last begins.
        let mut best: Vec<Option<(u32, usize)>> = vec![None; word.len() + 1];
        best[0] = Some((0, 0));
        for end in 1..=word.len() {
            for start in end.saturating_sub(self.longest)..end {
                let Some((count, _)) = best[start] else { continue };
                let piece = &folded[start..end];
                let known = self.words.contains_key(piece) && (piece.len() >= SHORTEST || is_function_word(piece));
                if known && best[end].is_none_or(|(fewest, _)| count + 1 < fewest) {
                    best[end] = Some((count + 1, start));
                }
            }
        }
        let mut cuts = vec![word.len()];
        while let Some(&end) = cuts.last().filter(|&&end| end > 0) {
            cuts.push(best[end]?.1);
        }
        cuts.reverse();
        let pieces: Vec<&str> = cuts.windows(2).map(|cut| &word[cut[0]..cut[1]]).collect();
        let numbers: Vec<u32> = cuts.windows(2).map(|cut| self.words[&folded[cut[0]..cut[1]]]).collect();
        let in_sequence = numbers.windows(2).all(|pair| self.pairs.contains(&(pair[0], pair[1])));
        // Compounds fall apart into words too; what they have not is an article or preposition inside.
        let has_function_word = cuts.windows(2).any(|cut| is_function_word(&folded[cut[0]..cut[1]]));
        (pieces.len() > 1 && in_sequence && (has_function_word || has_inner_capital(word))).then(|| pieces.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use crate::article::{Layout, parse};
    use crate::source::SourceId;

    fn likely(title: &str, body: &str) -> String {
        let text = format!("7,\n{title},\n\n{body}\n");
        let article = parse(SourceId(0), "a.txt", &text, Layout::DumpRecord);
        article.likely_title().expect("the record has a title").into_owned()
    }

    #[test]
    fn words_are_put_back() {
        let body = "The economic history of Chad begins late. Trade of Chad's south grew.";
        assert_eq!(likely("EconomichistoryofChad", body), "Economic history of Chad");
        assert_eq!(likely("Economic historyof Chad", body), "Economic history of Chad");
        assert_eq!(likely("Chad–Tradeof Mali", "Chad has the trade of Mali."), "Chad–Trade of Mali");
    }

    #[test]
    fn sound_titles_stay() {
        let body = "OpenStreetMap is a map that is open to all. The footballer saw the foot, baller and street. A door stopper. It is linked in a chain, well being all.";
        for title in [
            "OpenStreetMap",
            "MENAFATF",
            "Kindergarten",
            "Footballer",
            "YouTube",
            "Łódź",
            "Doorstopper",
            "LinkedIn",
            "Wellbeing",
        ] {
            assert_eq!(likely(title, body), title);
        }
    }
}
