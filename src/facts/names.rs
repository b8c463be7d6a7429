//! The names that an article uses: runs of capitalised words with their particles and initials, and how two spellings differ.
//!
//! Spellings are brought together by keys, as in the symmetric deletion of Garbe's `SymSpell` (2012): two words that differ by one
//! letter, or by two that changed places, share a form with one letter left out. Beside it stand a skeleton without doubled letters
//! and with the usual transliterations made equal, and one in which letters that scanners take for each other are the same.

use super::Account;
use crate::article::LeafKind;
use crate::source::Span;
use crate::text::{fold, is_capitalised, is_function_word, without_possessive};
use crate::time::{MONTHS, WEEKDAYS};
use std::borrow::Cow;

/// A word of a name.
#[derive(Debug)]
pub struct NameWord {
    /// The word, without a possessive ending.
    pub span: Span,
    /// In lower case, with its diacritics.
    pub lower: String,
    /// In lower case, without them.
    pub folded: String,
    /// The name that it belongs to, as a number of [`Names::names`].
    pub name: usize,
    /// Whether it opens a sentence, so that its capital says little.
    pub opens: bool,
    /// The end of the next word, and both joined and folded, where only a blank or a hyphen lies between.
    pub with_next: Option<(u32, String)>,
    /// Whether a hyphen joins it to the next.
    pub hyphen: bool,
}

/// A name as it stands in one place.
#[derive(Debug)]
pub struct Name {
    /// All of it.
    pub span: Span,
    /// Its words, as a range of [`Names::words`].
    pub words: std::ops::Range<usize>,
    /// The sentence or field that it stands in.
    pub unit: Span,
    /// Whether it stands in the title or the infobox.
    pub heads: bool,
    /// The noun before it that says who that is: "the *botanist* Ragnhild …"; folded.
    pub descriptor: Option<String>,
    /// Whether it is introduced as somebody new: "a Guernseyman called …".
    pub introduced: bool,
}

/// The names of an article in order.
#[derive(Debug, Default)]
pub struct Names {
    /// Their words in order.
    pub words: Vec<NameWord>,
    /// The names in order.
    pub names: Vec<Name>,
}

impl Names {
    /// The names of a sentence or field, as a range of [`Names::names`].
    pub fn in_unit(&self, unit: Span) -> std::ops::Range<usize> {
        let first = self.names.partition_point(|name| name.span.start < unit.start);
        let end = self.names.partition_point(|name| name.span.start < unit.end);
        first..end
    }

    /// The words of a name.
    pub fn of(&self, name: &Name) -> &[NameWord] {
        &self.words[name.words.clone()]
    }
}

/// Words before a name that are none of it.
pub fn is_title(folded: &str) -> bool {
    super::subjects::is_title(folded)
        || super::vocabulary::VOCABULARY.kind_of(folded) == Some("person")
        || matches!(
            folded,
            "bay"
                | "camp"
                | "cape"
                | "chief"
                | "county"
                | "crown"
                | "deputy"
                | "fort"
                | "foreign"
                | "great"
                | "gulf"
                | "lake"
                | "marshal"
                | "minister"
                | "mount"
                | "new"
                | "north"
                | "east"
                | "west"
                | "south"
                | "old"
                | "port"
                | "prime"
                | "republic"
                | "river"
                | "secretary"
                | "the"
        )
}

/// Reads the names of an article.
pub(super) fn read(account: &Account<'_>) -> Names {
    let article = account.article;
    let mut names = Names::default();
    for leaf in &article.leaves {
        match leaf.kind {
            LeafKind::Title | LeafKind::Value => names.read(account, leaf.span, true),
            LeafKind::Sentence | LeafKind::ItemSentence => names.read(account, leaf.span, false),
            _ => {}
        }
    }
    names
}

impl Names {
    fn read(&mut self, account: &Account<'_>, unit: Span, heads: bool) {
        let text = account.article.text(unit);
        let mut open: Option<Name> = None;
        let mut third = "";
        let mut before_before = "";
        let mut before = "";
        let mut end = 0;
        let mut all = account.words_of(unit).iter().peekable();
        let mut first = true;
        while let Some((word, folded)) = all.next() {
            let gap = &text[end..word.start];
            let opens = first || gap.trim_end().ends_with(['"', '“', ':', '.', '!', '?']) && !is_inside(gap, before);
            first = false;
            let bare = bare(word.text);
            let folded = if bare.len() == word.text.len() { Cow::Borrowed(folded.as_ref()) } else { fold(bare) };
            let named = is_name_word(bare)
                && !(is_function_word(&folded) && (opens || bare.len() < 3))
                && !(opens && super::verbs::number(&folded).is_some());
            let joins = open.is_some() && is_inside(gap, before);
            if !joins {
                self.close(&mut open);
            }
            if named {
                let number = self.names.len();
                let start = unit.start + word.start as u32;
                let bare_end = start + bare.len() as u32;
                let next = all.peek().filter(|(_, next)| bare.len() == word.text.len() && !is_function_word(next));
                let next_gap = next.map(|(next, _)| &text[word.end()..next.start]);
                let with_next = next.filter(|_| matches!(next_gap, Some(" " | "-"))).map(|(next, _)| {
                    let next_bare = self::bare(next.text);
                    (unit.start + (next.start + next_bare.len()) as u32, format!("{folded}{}", fold(next_bare)))
                });
                let name = open.get_or_insert_with(|| Name {
                    span: Span { start, end: bare_end, ..unit },
                    words: self.words.len()..self.words.len(),
                    unit,
                    heads,
                    // "the *poet* Zdenko …", "the fur *trader* Gavrila …".
                    descriptor: (gap == " "
                        && !before.is_empty()
                        && before.chars().all(char::is_lowercase)
                        && (is_determiner(before_before) || is_determiner(third)))
                    .then(|| fold(before).into_owned())
                    .filter(|noun| !is_function_word(noun)),
                    introduced: matches!(before, "called" | "named" | "surnamed" | "nicknamed")
                        || matches!(before_before, "a" | "an" | "another") && gap == " ",
                });
                name.span.end = bare_end;
                name.words.end = self.words.len() + 1;
                self.words.push(NameWord {
                    span: Span { start, end: bare_end, ..unit },
                    lower: bare.to_lowercase().replace(['’', 'ʼ'], "'"),
                    folded: folded.into_owned(),
                    name: number,
                    opens,
                    with_next,
                    hyphen: next_gap == Some("-"),
                });
                if bare.len() < word.text.len() {
                    // "Hagerty's Bridge": the possessive ends a name.
                    self.close(&mut open);
                }
            } else if !(joins && is_particle(word.text)) {
                self.close(&mut open);
            }
            third = before_before;
            before_before = before;
            before = word.text;
            end = word.end();
        }
        self.close(&mut open);
    }

    fn close(&mut self, open: &mut Option<Name>) {
        if let Some(name) = open.take() {
            self.names.push(name);
        }
    }
}

fn is_determiner(word: &str) -> bool {
    matches!(
        word,
        "the" | "The" | "a" | "an" | "A" | "An" | "his" | "her" | "its" | "their" | "His" | "Her" | "Its" | "Their"
    )
}

/// A word without its possessive ending.
fn bare(word: &str) -> &str {
    without_possessive(word).trim_end_matches(['\'', '’'])
}

fn is_name_word(word: &str) -> bool {
    is_capitalised(word) && word != "I" && !MONTHS.contains(&word) && !WEEKDAYS.contains(&word)
}

/// Lower-case words inside the names of persons and places.
fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "al" | "bin"
            | "da"
            | "das"
            | "de"
            | "del"
            | "della"
            | "den"
            | "der"
            | "di"
            | "do"
            | "dos"
            | "du"
            | "el"
            | "ibn"
            | "la"
            | "le"
            | "of"
            | "ul"
            | "van"
            | "von"
            | "y"
            | "zu"
    )
}

/// Whether what lies between two words does not end a name.
fn is_inside(gap: &str, before: &str) -> bool {
    match gap.trim() {
        "" | "-" | "&" => true,
        "." | ".-" => before.chars().count() <= 2 || matches!(before, "Mrs" | "Rev" | "Gen" | "Prof" | "Capt"),
        _ => false,
    }
}

/// How two spellings of one word differ, the surest sign of a slip first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Variation {
    /// In diacritics or apostrophes alone.
    Marks,
    /// By a letter that is doubled in one: "Hagerty", "Haggerty".
    Doubling,
    /// By a usual transliteration: "Husayn", "Hussein".
    Transliteration,
    /// By letters that look alike to a scanner: "Rodnguez", "Rodriguez".
    Likeness,
    /// By two letters that changed places.
    Transposition,
    /// By one letter inside the word.
    Letter,
    /// By its last letter.
    Ending,
}

/// Words with fewer letters are one sound apart too often.
const LONG: usize = 6;

/// How two folded words differ; `None` where they are two words.
pub fn variation(a: &str, b: &str) -> Option<Variation> {
    const MOST_MORE: usize = 2;
    let letters = |word: &str| word.chars().filter(|c| c.is_alphanumeric()).collect::<Vec<char>>();
    let first = |word: &str| word.chars().find(|c| c.is_alphanumeric());
    let one_sound = |pair: (Option<char>, Option<char>)| {
        pair.0 == pair.1
            || matches!(
                pair,
                (Some('c'), Some('k')) | (Some('k'), Some('c')) | (Some('v'), Some('w')) | (Some('w'), Some('v'))
            )
    };
    // Nearly all pairs of words begin with two letters, and that costs nothing to see.
    if !one_sound((first(a), first(b))) {
        return None;
    }
    let (a, b) = (letters(a), letters(b));
    if a == b {
        return Some(Variation::Marks);
    }
    if a.len().abs_diff(b.len()) > MOST_MORE {
        return None;
    }
    if undoubled(&a) == undoubled(&b) {
        // "Cornwal", "Cornwall" is a slip, "Vukeljaa" as well; nothing tells a plural here.
        return Some(Variation::Doubling);
    }
    // "Jezierski", "Jeziersky"; but "Toni", "Tony" are two.
    let is_long = a.len() >= LONG && b.len() >= LONG;
    let i_for_y = matches!((a.last(), b.last()), (Some('i'), Some('y')) | (Some('y'), Some('i')));
    if is_long && i_for_y && a[..a.len() - 1] == b[..b.len() - 1] {
        return Some(Variation::Transliteration);
    }
    if is_inflection(&a, &b) {
        return is_ending(&a, &b).then_some(Variation::Ending);
    }
    let (short, long) = if a.len() < b.len() { (&a, &b) } else { (&b, &a) };
    let same_end = a.last() == b.last() || short.len() >= 6 && short[..short.len() - 2] != long[..short.len() - 2];
    if same_end && transliterated(&a) == transliterated(&b) {
        return Some(Variation::Transliteration);
    }
    if short.len() >= 5 && likened(&a) == likened(&b) {
        return Some(Variation::Likeness);
    }
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let tail = a[head..].iter().rev().zip(b[head..].iter().rev()).take_while(|(x, y)| x == y).count();
    let (mid_a, mid_b) = (&a[head..a.len() - tail], &b[head..b.len() - tail]);
    match (mid_a, mid_b) {
        ([first, second], [third, last]) if first == last && second == third => Some(Variation::Transposition),
        ([_] | [], [_]) | ([_], []) => Some(if tail == 0 { Variation::Ending } else { Variation::Letter }),
        // Two letters that changed places over others: "Basavilbaso", "Basabilvaso".
        ([first, in_a @ .., second], [third, in_b @ .., last])
            if a.len() == b.len()
                && first == last
                && second == third
                && in_a == in_b
                && is_long
                // "Halverson" and "Halvorsen" are two.
                && ![first, second].iter().any(|letter| "aeiouy".contains(**letter)) =>
        {
            Some(Variation::Transposition)
        }
        _ => None,
    }
}

/// Whether one word is the other with an ending of English or of a demonym.
fn is_inflection(a: &[char], b: &[char]) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let common = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    if common + 1 < short.len() {
        return false;
    }
    let rest: String = long[common..].iter().collect();
    let cut: String = short[common..].iter().collect();
    // "Teodor", "Teodora"; "Roman", "Romans"; "Cuba", "Cuban"; "Italy", "Italian"; "Josiah", "Josias".
    // "Lomas", "Lomax": no plural.
    let plural = rest == "s" && cut.is_empty();
    // One letter for another is an ending only of the pairs below: "Falepau", "Falepao" are one.
    let vowel = |word: &[char]| word.last().is_some_and(|last| "aeiouy".contains(*last));
    let other_letter = a.len() == b.len() && vowel(a) && vowel(b);
    plural
        || !other_letter
            && matches!(
                rest.as_str(),
                "es" | "n"
                    | "an"
                    | "ian"
                    | "ean"
                    | "ic"
                    | "ish"
                    | "ese"
                    | "i"
                    | "ite"
                    | "ist"
                    | "ism"
                    | "er"
                    | "a"
                    | "ia"
                    | "o"
                    | "y"
                    | "e"
                    | "us"
                    | "as"
                    | "is"
                    | "os"
            )
        || matches!(
            (cut.as_str(), rest.as_str()),
            ("a", "o" | "e" | "i")
                | ("o", "a" | "i" | "e")
                | ("e", "a" | "i" | "o")
                | ("h", "s")
                | ("m", "r")
                | ("i", "a" | "e")
        )
}

/// Whether an ending may be a slip all the same, where the rest of the name is the same: "Pasco", "Pascoe".
fn is_ending(a: &[char], b: &[char]) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    long.len() == short.len() + 1 && long.starts_with(short) && matches!(long.last(), Some('e' | 's'))
}

fn undoubled(word: &[char]) -> Vec<char> {
    let mut once = word.to_vec();
    once.dedup();
    once
}

/// With the usual transliterations made equal.
fn transliterated(word: &[char]) -> String {
    let mut out = String::with_capacity(word.len());
    let mut at = 0;
    while at < word.len() {
        let next = word.get(at + 1).copied().unwrap_or(' ');
        let (to, taken) = match (word[at], next) {
            ('p', 'h') => ("f", 2),
            ('t' | 'd', 'h') => ("t", 2),
            ('c', 'h') if word.get(at + 2) == Some(&'r') => ("k", 2),
            ('k' | 'c', 'h') => ("h", 2),
            ('g', 'h') => ("g", 2),
            ('c', 'k') => ("k", 2),
            ('t', 'z' | 's') => ("c", 2),
            ('e', 'i' | 'y' | 'e') | ('a', 'y' | 'i') | ('i', 'e') => ("i", 2),
            ('o', 'u' | 'o') => ("u", 2),
            ('c' | 'q', _) => ("k", 1),
            ('w', _) => ("v", 1),
            ('y' | 'j' | 'e', _) => ("i", 1),
            ('o', _) => ("u", 1),
            ('z', _) => ("s", 1),
            ('\'', _) => ("", 1),
            _ => ("", 0),
        };
        if taken == 0 {
            if !out.ends_with(word[at]) {
                out.push(word[at]);
            }
            at += 1;
        } else {
            if !out.ends_with(to) || to.is_empty() {
                out.push_str(to);
            }
            at += taken;
        }
    }
    out
}

/// With letters that scanners take for each other made the same.
fn likened(word: &[char]) -> String {
    let text: String = word.iter().collect();
    text.replace("rn", "m")
        .replace("ri", "n")
        .replace("ii", "n")
        .replace("cl", "d")
        .replace("vv", "w")
        .replace("li", "h")
}

/// The keys under which words that may be spellings of one meet.
pub fn keys(folded: &str, mut add: impl FnMut(u64)) {
    use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};
    const LONGEST: usize = 24;
    let letters: Vec<char> = folded.chars().filter(|&c| c.is_alphanumeric()).take(LONGEST).collect();
    let whole: String = letters.iter().collect();
    add(xxh3_64(whole.as_bytes()));
    add(xxh3_64_with_seed(transliterated(&letters).as_bytes(), 1));
    add(xxh3_64_with_seed(likened(&letters).as_bytes(), 2));
    let once = undoubled(&letters);
    add(xxh3_64_with_seed(once.iter().collect::<String>().as_bytes(), 3));
    // Letters that changed places further apart: "Camadin", "Cadamin".
    if letters.len() >= LONG {
        let mut sorted = letters.clone();
        sorted[1..].sort_unstable();
        add(xxh3_64_with_seed(sorted.iter().collect::<String>().as_bytes(), 4));
    }
    if letters.len() >= 5 {
        let mut rest = String::with_capacity(whole.len());
        for (at, letter) in whole.char_indices().skip(1) {
            rest.clear();
            rest.push_str(&whole[..at]);
            rest.push_str(&whole[at + letter.len_utf8()..]);
            add(xxh3_64(rest.as_bytes()));
        }
    }
}

/// A form in which spellings that differ in marks, hyphens, blanks, doubled letters or usual transliterations are the same.
pub fn skeleton(folded: &str) -> String {
    let letters: Vec<char> = folded.chars().filter(|&c| c.is_alphanumeric()).collect();
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_word_are_told_from_two_words() {
        for (a, b, expected) in [
            ("hagerty", "haggerty", Some(Variation::Doubling)),
            ("husayn", "hussein", Some(Variation::Transliteration)),
            ("rodnguez", "rodriguez", Some(Variation::Likeness)),
            ("hrastic", "hristic", Some(Variation::Letter)),
            ("tregarhten", "tregarthen", Some(Variation::Transposition)),
            ("pasco", "pascoe", Some(Variation::Ending)),
            ("cambra", "cambras", Some(Variation::Ending)),
            ("ba'ath", "baath", Some(Variation::Marks)),
            ("cuba", "cuban", None),
            ("teodor", "teodora", None),
            ("josiah", "josias", Some(Variation::Ending)),
            ("iran", "iraq", None),
            ("marbeck", "marnock", None),
            ("east", "west", None),
        ] {
            assert_eq!(variation(a, b), expected, "{a} {b}");
        }
    }
}
