//! Titles: the normal forms in which they meet, how two of them differ, and the nearest to one that is not there.

use crate::text::{Map, Set, enumerate, fold, words};
use xxhash_rust::xxh3::xxh3_64;

/// The form of a title in which two titles are the same for a reader: no case, no diacritics, no
/// blanks, dashes, apostrophes or commas. "Côte-d'Or" and "cote d’or" have one form.
pub fn title_form(title: &str) -> String {
    let mut form = if title.is_ascii() { title.to_ascii_lowercase() } else { fold(title).into_owned() };
    form.retain(|c| !is_left_out(c));
    form
}

/// Whether a character does not count in the form of a title.
pub(super) fn is_left_out(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '_' | '‐'..='―' | '−' | '\'' | '’' | '‘' | '"' | '“' | '”' | ',' | '.')
}

/// The form of a title in which two titles name one subject: case, blanks and dashes between words do not
/// count, but diacritics, points and capitals throughout do. "US" is not "Us", nor "Firefox 3.5" "Firefox 35".
pub fn strict_title_form(title: &str) -> String {
    let mut form = String::with_capacity(title.len());
    for word in title.split(|c: char| c.is_whitespace() || matches!(c, '_' | '–' | '—')) {
        let all_capitals =
            word.chars().filter(|c| c.is_uppercase()).count() > 1 && !word.chars().any(char::is_lowercase);
        if all_capitals { form.push_str(word) } else { form.extend(word.chars().flat_map(char::to_lowercase)) }
    }
    // A hyphen between letters is a dash; between digits it is part of a number.
    let chars: Vec<char> = form.chars().collect();
    let between_digits =
        |i: usize| i > 0 && chars[i - 1].is_ascii_digit() && chars.get(i + 1).is_some_and(char::is_ascii_digit);
    chars.iter().enumerate().filter(|&(i, &c)| c != '-' || between_digits(i)).map(|(_, &c)| c).collect()
}

/// Whether a reference is a title to the letter. The case of the first letter does not count, and
/// `_` is a blank, as everywhere in wikis.
pub fn is_exact(reference: &str, title: &str) -> bool {
    let blank = |c: char| if c == '_' { ' ' } else { c };
    let (mut a, mut b) = (reference.trim().chars(), title.trim().chars());
    let first = match (a.next(), b.next()) {
        (Some(a), Some(b)) => a.to_lowercase().eq(b.to_lowercase()),
        (a, b) => a == b,
    };
    first && a.map(blank).eq(b.map(blank))
}

/// Whether a title can be written in the place of another wherever that stands: no character of it is a mark of a layout, and it does not
/// begin with one of a list.
pub fn is_plain(title: &str) -> bool {
    let begins_a_list = title.trim_start().starts_with(['-', '*', '+', '=', ':', ';', '•', '–', '—']);
    !begins_a_list && !title.contains(['[', ']', '|', '#', '{', '}', '<', '>', '"', ':', '\n', '\r'])
}

/// How two titles of one normal form differ, in words.
pub fn difference(reference: &str, title: &str) -> String {
    /// A form in which titles that differ in one way are equal.
    type Form = fn(&str) -> String;
    let kinds: [(&str, Form); 5] = [
        ("case", str::to_lowercase),
        ("spaces", |text| text.split_whitespace().collect()),
        ("dashes", |text| text.chars().filter(|c| !matches!(c, '-' | '_' | '‐'..='―' | '−')).collect()),
        ("diacritics", without_diacritics),
        ("punctuation", |text| {
            text.chars().filter(|c| !matches!(c, '\'' | '’' | '‘' | '"' | '“' | '”' | ',' | '.')).collect()
        }),
    ];
    let matters = |name: &str| {
        let without_the_others = |text: &str| {
            let others = kinds.iter().filter(|(other, _)| *other != name);
            others.fold(text.to_owned(), |text, (_, form)| form(&text))
        };
        without_the_others(reference) != without_the_others(title)
    };
    let differing: Vec<String> =
        kinds.iter().filter(|(name, _)| matters(name)).map(|(name, _)| (*name).to_owned()).collect();
    match differing.as_slice() {
        [] => String::from("in something that is not seen"),
        [one] => format!("only in {one}"),
        several => format!("in {}", enumerate(several)),
    }
}

/// A text whose letters have lost their diacritics and kept their case: "Łódź" is "Lodz".
pub fn without_diacritics(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let plain = |c: char| {
        let mut buffer = [0; 4];
        let folded = fold(c.encode_utf8(&mut buffer));
        if c.is_uppercase() { folded.to_uppercase() } else { folded.into_owned() }
    };
    text.chars().map(plain).collect()
}

/// How a reference and the title that it nearly names differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    /// The same words in another order.
    Order,
    /// The title has a qualifier in brackets that the reference has not.
    Qualifier,
    /// The same but for so many letters.
    Slips(usize),
}

/// A title that is near to a reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near<'a> {
    /// The title.
    pub title: &'a str,
    /// How the reference differs from it, in words.
    pub how: String,
    /// Whether no other title is as near.
    pub only: bool,
}

/// The titles of a corpus, to find the nearest to one that is not among them.
#[derive(Debug)]
pub struct Titles<'a> {
    all: Vec<&'a str>,
    /// Numbers of the titles that have a part: a word, or four letters at an end of the form.
    by_part: Map<u64, Vec<u32>>,
    /// Words by what is left of them without one letter, both as hashes: words with a common rest are one slip apart.
    /// The method is that of `SymSpell` (Garbe 2012).
    by_rest: Map<u64, Vec<u64>>,
}

/// How many titles with a part in common are looked at; a part that more have says little.
const LOOKED_AT: usize = 64;
/// How many words with a common rest are looked at.
const WORDS_LOOKED_AT: usize = 8;
/// In a word of at least so many letters one may be wrong; in one of twice as many, two.
const LETTERS_PER_SLIP: usize = 5;
/// Words of more bytes are compared as a whole: measuring slips costs the square of the length.
const LONGEST_WORD: usize = 128;
/// Words of more letters are not looked up by their rests.
const LONGEST_WITH_RESTS: usize = 24;

impl<'a> Titles<'a> {
    /// An index of titles.
    pub fn new(titles: impl Iterator<Item = &'a str>) -> Self {
        let mut index = Self { all: Vec::new(), by_part: Map::default(), by_rest: Map::default() };
        for title in titles.filter(|title| !title.is_empty()) {
            let number = index.all.len() as u32;
            for word in words(title) {
                let word = fold(word.text);
                let hash = xxh3_64(word.as_bytes());
                if !index.by_part.contains_key(&hash) {
                    for rest in rests(&word) {
                        let having = index.by_rest.entry(rest).or_default();
                        if having.len() < WORDS_LOOKED_AT && !having.contains(&hash) {
                            having.push(hash);
                        }
                    }
                }
            }
            for part in parts(title) {
                let holders = index.by_part.entry(part).or_default();
                if holders.len() <= LOOKED_AT && holders.last() != Some(&number) {
                    holders.push(number);
                }
            }
            index.all.push(title);
        }
        index
    }

    /// The nearest title, where one is near: word for word the same but for slips, the same words in another order,
    /// or the same with a qualifier in brackets behind it.
    pub fn nearest(&self, reference: &str) -> Option<Near<'a>> {
        let own = Words::of(reference);
        let mut best: Option<(Nearness, &'a str)> = None;
        let mut only = true;
        let mut seen = Set::default();
        for part in parts(reference).into_iter().chain(self.slipped(&own)) {
            let Some(holders) = self.by_part.get(&part).filter(|holders| holders.len() <= LOOKED_AT) else { continue };
            for &number in holders {
                if !seen.insert(number) {
                    continue;
                }
                let candidate = self.all[number as usize];
                let Some(nearness) = nearness(&own, candidate) else { continue };
                match best {
                    Some((nearest, title)) if nearest == nearness && title != candidate => {
                        only = false;
                        best = Some((nearness, title.min(candidate)));
                    }
                    Some((nearest, _)) if nearest <= nearness => {}
                    _ => {
                        only = true;
                        best = Some((nearness, candidate));
                    }
                }
            }
        }
        best.map(|(nearness, title)| Near { title, how: how(&own, title, nearness), only })
    }

    /// The words of titles that a word of the reference is one slip away from, as hashes. A word that titles have
    /// is no slip of another.
    fn slipped(&self, reference: &Words) -> Vec<u64> {
        let mut found = Vec::new();
        for word in &reference.folded {
            let hash = xxh3_64(word.as_bytes());
            if self.by_part.contains_key(&hash) {
                continue;
            }
            // Without a letter too many it is the word itself, without a letter too few the rest of it.
            found.extend(rests(word));
            for rest in rests(word).into_iter().chain([hash]) {
                found.extend(self.by_rest.get(&rest).into_iter().flatten());
            }
        }
        found
    }
}

/// The words of a title.
struct Words {
    written: Vec<String>,
    folded: Vec<String>,
    /// The folded words in order of the alphabet.
    sorted: Vec<String>,
}

impl Words {
    fn of(title: &str) -> Self {
        let written: Vec<String> = words(title).map(|word| word.text.to_owned()).collect();
        let folded: Vec<String> = written.iter().map(|word| fold(word).into_owned()).collect();
        let mut sorted = folded.clone();
        sorted.sort_unstable();
        Self { written, folded, sorted }
    }
}

/// How near a title is to a reference; `None` where it is not.
///
/// Words are compared each with its counterpart: "Foreign relations of Iran" is letter by letter
/// nearly "Foreign relations of Iraq", and yet another country.
fn nearness(reference: &Words, title: &str) -> Option<Nearness> {
    let title_words = Words::of(title);
    if reference.folded.is_empty() {
        return None;
    }
    if reference.folded.len() == title_words.folded.len() {
        if reference.folded.len() > 1
            && reference.folded != title_words.folded
            && reference.sorted == title_words.sorted
        {
            return Some(Nearness::Order);
        }
        let slips =
            reference.folded.iter().zip(&title_words.folded).map(|(a, b)| slips(a, b)).sum::<Option<usize>>()?;
        return Some(Nearness::Slips(slips));
    }
    let (name, _) = title.split_once(" (")?;
    (title.ends_with(')') && Words::of(name).folded == reference.folded).then_some(Nearness::Qualifier)
}

/// How a reference differs from a title that is near, in words.
fn how(reference: &Words, title: &str, nearness: Nearness) -> String {
    match nearness {
        Nearness::Order => String::from("the same words in another order"),
        Nearness::Qualifier => {
            let qualifier = title.find(" (").map_or("", |at| &title[at + 1..]);
            format!("it has “{qualifier}” behind it")
        }
        Nearness::Slips(_) => {
            let title = Words::of(title);
            let pairs = (0..reference.folded.len()).filter(|&i| reference.folded[i] != title.folded[i]);
            let differing: Vec<String> =
                pairs.map(|i| format!("“{}” for “{}”", reference.written[i], title.written[i])).collect();
            if differing.is_empty() { String::from("they differ in marks alone") } else { enumerate(&differing) }
        }
    }
}

/// How many letters differ between two words; `None` where they are not the same but for slips.
fn slips(a: &str, b: &str) -> Option<usize> {
    if a == b {
        return Some(0);
    }
    // Another number is another thing, not a slip.
    if a.len().max(b.len()) > LONGEST_WORD
        || a.contains(|c: char| c.is_numeric())
        || b.contains(|c: char| c.is_numeric())
    {
        return None;
    }
    let shorter = a.chars().count().min(b.chars().count());
    let allowed = (shorter / LETTERS_PER_SLIP).min(2);
    // What differs in length by more cannot be near, and need not be measured.
    if a.chars().count().max(b.chars().count()) - shorter > allowed {
        return None;
    }
    Some(strsim::osa_distance(a, b)).filter(|&distance| distance <= allowed)
}

/// What is left of a word without each of its letters in turn, as hashes; nothing where the word is too short for slips.
fn rests(word: &str) -> Vec<u64> {
    let letters = word.chars().count();
    if !(LETTERS_PER_SLIP..=LONGEST_WITH_RESTS).contains(&letters) || word.contains(|c: char| c.is_numeric()) {
        return Vec::new();
    }
    let mut rest = String::with_capacity(word.len());
    word.char_indices()
        .map(|(at, letter)| {
            rest.clear();
            rest.push_str(&word[..at]);
            rest.push_str(&word[at + letter.len_utf8()..]);
            xxh3_64(rest.as_bytes())
        })
        .collect()
}

/// The parts of a title by which [`Titles`] finds it.
fn parts(title: &str) -> Vec<u64> {
    let mut parts: Vec<u64> = words(title).map(|word| xxh3_64(fold(word.text).as_bytes())).collect();
    let chars: Vec<char> = title_form(title).chars().collect();
    if chars.len() >= 5 {
        let head: String = chars[..4].iter().collect();
        let tail: String = chars[chars.len() - 4..].iter().collect();
        parts.push(xxh3_64(format!("{head}…").as_bytes()));
        parts.push(xxh3_64(format!("…{tail}").as_bytes()));
    }
    parts.sort_unstable();
    parts.dedup();
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_titles() {
        for title in ["Chad–Mali relations", "C. A. 'Ada' Lovelace, \"C-d_e\"", "Łódź"] {
            assert_eq!(super::super::title_key(title), xxh3_64(title_form(title).as_bytes()), "{title}");
        }
        assert_eq!(title_form("ForeignrelationsofIraq"), title_form("Foreign relations of Iraq"));
        assert_eq!(title_form("Côte-d'Or"), title_form("cote d’or"));
        assert_ne!(title_form("C++"), title_form("C"));
        assert_ne!(title_form("Ada"), title_form("Ada (river)"));
    }

    #[test]
    fn exact_but_for_the_first_letter() {
        assert!(is_exact("foreign relations of Chad", "Foreign relations of Chad"));
        assert!(is_exact("Foreign_relations of Chad", "Foreign relations of Chad"));
        assert!(!is_exact("Foreign Relations of Chad", "Foreign relations of Chad"));
    }

    #[test]
    fn differences_are_named() {
        assert_eq!(difference("Foreign Relations of Chad", "Foreign relations of Chad"), "only in case");
        assert_eq!(difference("Chad-Mali relations", "Chad–Mali relations"), "only in dashes");
        assert_eq!(difference("ForeignrelationsofChad", "Foreign relations of Chad"), "only in spaces");
        assert_eq!(difference("São Tomé", "Sao Tome"), "only in diacritics");
        assert_eq!(difference("chad-mali Relations", "Chad–Mali relations"), "in case and dashes");
    }

    #[test]
    fn the_nearest_title() {
        let titles = [
            "Foreign relations of Chad",
            "Foreign relations of Chile",
            "Lake Eyasi",
            "Chad–Mali relations",
            "Ada (river)",
            "Route 12345",
        ];
        let titles = Titles::new(titles.into_iter());
        for (wrong, near) in [
            ("Foreign relation of Chile", Some(("Foreign relations of Chile", "“relation” for “relations”"))),
            ("Foreign relations of Chlie", Some(("Foreign relations of Chile", "“Chlie” for “Chile”"))),
            ("Lake Eyassi", Some(("Lake Eyasi", "“Eyassi” for “Eyasi”"))),
            ("Mali–Chad relations", Some(("Chad–Mali relations", "the same words in another order"))),
            ("Ada", Some(("Ada (river)", "it has “(river)” behind it"))),
            ("Foreign policy of Chile", None),
            // A short word of other letters is another word.
            ("Foreign relations of Chat", None),
            ("Foreign relations of Cuba", None),
            ("Mount Erebus", None),
            // Another number is another road.
            ("Route 12346", None),
        ] {
            let found = titles.nearest(wrong);
            assert_eq!(found.as_ref().map(|found| (found.title, found.how.as_str())), near, "{wrong}");
        }
    }

    #[test]
    fn a_slip_is_found_among_many_like_titles() {
        let many: Vec<String> =
            ('a'..='z').flat_map(|a| ('a'..='z').map(move |b| format!("Relations of Xx{a}{b}x"))).collect();
        let titles = Titles::new(many.iter().map(String::as_str).chain(["Relations of Andorra"]));
        for wrong in ["Relations of Andora", "Relations of Andorrra", "Relations of Anodrra", "Relations of Andurra"] {
            let found = titles.nearest(wrong);
            assert_eq!(found.map(|found| (found.title, found.only)), Some(("Relations of Andorra", true)), "{wrong}");
        }
    }

    #[test]
    fn two_as_near_are_no_sure_answer() {
        let titles = Titles::new(["Lake Marrow", "Lake Marlow"].into_iter());
        let found = titles.nearest("Lake Mariow");
        assert_eq!(found.map(|found| (found.title, found.only)), Some(("Lake Marlow", false)));
    }
}
