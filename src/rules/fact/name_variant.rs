//! Flags a proper name that is spelled another way than elsewhere.
//!
//! A reader who searches for one spelling misses what stands under the other, and a slip in a name is seldom seen by who made it. Two
//! spellings are of one name when they differ in diacritics, hyphens, blanks or apostrophes, in a doubled letter, in a usual
//! transliteration, in letters that scanners confuse, or in one letter or two that changed places; and when the context says that the
//! bearer is the same: the rest of the name, or a title before it, or that the article has no other name near it and the other
//! spelling many times. The rarer spelling is reported, once, with its places; where both are as frequent, nothing says which is right.
//!
//! People who merely resemble each other stay apart: those with other given names, relatives, those introduced as somebody else
//! ("the banker …", "a man called …"), those whom one sentence names together, or of whom it says that they are confused or no
//! relation. Inflected forms, demonyms, feminine and masculine given names, acronyms and regnal numbers are no variants.
//!
//! ## How it works
//! Words meet under their forms with one letter left out (Garbe, `SymSpell`, 2012), a skeleton without doubled letters, and the
//! usual transliterations. Between articles, whole names meet under what they have in common.
//!
//! ## Example
//! ```text fails
//! = Alder Viaduct =
//!
//! The Alder Viaduct was drawn by the engineer Konrad Wessel, and the railway took it over in 1871. Local people opposed it.
//!
//! A plate at the northern end names Konrad Wesel and the two contractors.
//! ```
//! One of the two spellings has lost a letter. Here the text speaks of two men:
//! ```text passes
//! = Alder Viaduct =
//!
//! The Alder Viaduct was drawn by the engineer Konrad Wessel, and the railway took it over in 1871. Local people opposed it.
//!
//! A plate at the northern end names the mason Konrad Wesel, no relation of the engineer, and the two contractors.
//! ```

use crate::article::Article;
use crate::corpus::Corpus;
use crate::diagnostic::{Diagnostic, Severity};
use crate::facts::{Account, Name, NameWord, Names, Variation, is_title_word, name_keys, skeleton, variation};
use crate::rule::{Check, Context, Findings, Rule};
use crate::source::Span;
use crate::text::{FoldedWord, HashedSet, Map, Set, fold, is_capitalised, words};
use crate::witness::{Witness, Witnesses};
use std::collections::BTreeMap;
use xxhash_rust::xxh3::xxh3_64;

pub(crate) static RULE: Rule = Rule {
    severity: Severity::Warning,
    checks: &[Check::Article(check), Check::Corpus { map, judge }],
    thresholds: &[],
};

/// Of each spelling so many places are looked at.
const LOOKED_AT: usize = 12;
/// A name that stands so often in an article is well known there.
const WELL_KNOWN: usize = 3;
/// Words that share a key with more than so many others are not told apart by it.
const STOCK: usize = 24;

fn check(article: &Article<'_>, context: &Context<'_>, findings: &mut Findings) {
    if is_disambiguation(article) {
        return;
    }
    let names = context.account.names();
    let mut said: Set<u32> = Set::default();
    joined(context.account, names, &mut said, findings);
    let spellings = Spellings::of(names);
    let mut found: BTreeMap<usize, (usize, Variation)> = BTreeMap::new();
    for (a, b) in spellings.pairs() {
        let (rare, usual) = spellings.order(a, b);
        let kind = variation(spellings.folded(a), spellings.folded(b));
        let kind = kind.or_else(|| spellings.has_title_of(rare, usual).then_some(Variation::Ending));
        let Some(kind) = kind else { continue };
        if spellings.same_bearer(context.account, rare, usual, kind) {
            let best = found.entry(rare).or_insert((usual, kind));
            if (kind, std::cmp::Reverse(spellings.places[usual].len()))
                < (best.1, std::cmp::Reverse(spellings.places[best.0].len()))
            {
                *best = (usual, kind);
            }
        }
    }
    for (rare, (usual, _)) in found {
        let mut places = spellings.places[rare].iter().map(|&word| &names.words[word]);
        let Some(first) = places.next().filter(|word| said.insert(word.span.start)) else { continue };
        let other = &names.words[spellings.places[usual][0]];
        let (here, there) = (article.text(first.span), article.text(other.span));
        let even = spellings.places[rare].len() == spellings.places[usual].len();
        let mut finding = Diagnostic::new(
            name_span(names, first),
            format!("“{here}” is spelled “{there}” elsewhere in this article"),
        )
        .label(format!("here “{here}”"));
        let (at, shown) = (name_span(names, other), format!("“{there}”"));
        finding = if even { finding.related(at, shown) } else { finding.example(at, shown) };
        for more in places.take(LOOKED_AT) {
            finding = finding.related(more.span, format!("“{here}” again"));
        }
        findings.push(if even {
            finding.help("look up which spelling is right and use it in both places")
        } else {
            finding.help(format!("write “{there}”, or say that this is somebody else")).fix(
                format!("write “{there}”"),
                false,
                first.span,
                there,
            )
        });
    }
}

/// Whether an article lists what is called alike.
fn is_disambiguation(article: &Article<'_>) -> bool {
    article.title_text().is_some_and(|title| title.contains("(disambiguation)"))
}

fn name_span(names: &Names, word: &NameWord) -> Span {
    names.names[word.name].span
}

// Within an article: words.

/// The spellings of an article's name words, each with its places.
struct Spellings<'a> {
    names: &'a Names,
    /// Numbers of [`Names::words`] by spelling.
    places: Vec<Vec<usize>>,
    /// The hashes of the folded words that the article writes with a small letter.
    lower: std::cell::OnceCell<HashedSet>,
}

impl<'a> Spellings<'a> {
    fn of(names: &'a Names) -> Self {
        let mut by_form: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (number, word) in names.words.iter().enumerate() {
            let length = word.folded.chars().count();
            if length >= 4 && word.folded.chars().all(|c| c.is_alphabetic() || c == '\'') && !is_numeral(&word.folded) {
                by_form.entry(&word.lower).or_default().push(number);
            }
        }
        Self { names, places: by_form.into_values().collect(), lower: std::cell::OnceCell::new() }
    }

    fn folded(&self, spelling: usize) -> &str {
        &self.names.words[self.places[spelling][0]].folded
    }

    /// Pairs of spellings that may be of one word.
    fn pairs(&self) -> Vec<(usize, usize)> {
        let mut by_key: Vec<(u64, usize)> = Vec::new();
        for number in 0..self.places.len() {
            name_keys(self.folded(number), |key| by_key.push((key, number)));
        }
        by_key.sort_unstable();
        by_key.dedup();
        let mut pairs = Vec::new();
        for group in by_key.chunk_by(|a, b| a.0 == b.0).filter(|group| (2..=STOCK).contains(&group.len())) {
            for (i, &(_, one)) in group.iter().enumerate() {
                pairs.extend(group[..i].iter().map(|&(_, other)| (other, one)));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    /// The rarer spelling first; of two as frequent the one that neither the title nor the infobox has, and then the later.
    fn order(&self, a: usize, b: usize) -> (usize, usize) {
        let rank = |spelling: usize| {
            let places = &self.places[spelling];
            let heads = places.iter().any(|&word| self.name(word).heads);
            (places.len(), heads, std::cmp::Reverse(places[0]))
        };
        if rank(a) < rank(b) { (a, b) } else { (b, a) }
    }

    fn name(&self, word: usize) -> &'a Name {
        &self.names.names[self.names.words[word].name]
    }

    /// The words of the name around a word: those before it and those behind it.
    fn around(&self, word: usize) -> (&'a [NameWord], &'a [NameWord]) {
        let range = &self.name(word).words;
        (&self.names.words[range.start..word], &self.names.words[word + 1..range.end])
    }

    /// Whether the context says that two spellings are of one bearer.
    fn same_bearer(&self, account: &Account<'_>, rare: usize, usual: usize, kind: Variation) -> bool {
        let article = account.article;
        let (few, many) = (&self.places[rare], &self.places[usual]);
        let strong = kind <= Variation::Transliteration;
        if few.len() > 2 && !(strong && few.len() <= 6) {
            return false;
        }
        let quoted = few.iter().any(|&word| article.is_quoted(self.names.words[word].span));
        if quoted || few.iter().any(|&word| self.told_apart(account, word, usual)) {
            return false;
        }
        let mut shared = None;
        let mut alone = true;
        let mut against = false;
        for &one in few.iter().take(LOOKED_AT) {
            for &other in many.iter().take(LOOKED_AT) {
                match self.compare(one, other) {
                    Shared::Rest { words, given } => {
                        shared = Some(
                            shared.map_or((words, given), |(most, was): (usize, bool)| (most.max(words), was && given)),
                        );
                    }
                    Shared::Title | Shared::Nothing => {}
                    Shared::Other => against = true,
                }
            }
            alone &= self.stands_alone(one);
        }
        if let Some((words, given)) = shared {
            return if given {
                let kin = few.iter().any(|&word| speaks_of_kin(article.text(self.name(word).unit)));
                // The given name differs: many given names are a letter apart.
                let (a, b) = (self.folded(rare), self.folded(usual));
                !kin && (kind <= Variation::Doubling
                    || kind <= Variation::Likeness && !is_gender(a, b)
                    || kind == Variation::Letter && words >= 2
                    || kind <= Variation::Letter && !is_end(a, b) && self.is_slip(rare, usual))
            } else {
                let (a, b) = (self.folded(rare), self.folded(usual));
                kind != Variation::Ending || words >= 2 || is_mute(a, b) || is_other_consonant(a, b)
            };
        }
        if against || !alone {
            return false;
        }
        if self.is_bare_surname(account, rare, usual) {
            return true;
        }
        let title = few.iter().any(|&one| {
            self.title(one).is_some_and(|title| many.iter().any(|&other| self.title(other) == Some(title)))
        });
        let length = self.folded(rare).chars().count().min(self.folded(usual).chars().count());
        let known = many.len() >= 2 || many.iter().any(|&word| self.name(word).heads);
        if title && known && (kind < Variation::Ending || is_mute(self.folded(rare), self.folded(usual))) {
            return kind <= Variation::Transposition || length >= 5;
        }
        // A name by itself: the other must be well known here, and neither may be a common word.
        let well_known = many.len() >= WELL_KNOWN || many.iter().any(|&word| self.name(word).heads);
        let long_enough = match kind {
            Variation::Marks => length >= 4,
            Variation::Doubling | Variation::Transposition | Variation::Likeness => length >= 5,
            Variation::Transliteration | Variation::Letter => length >= 6,
            Variation::Ending => false,
        };
        // The other has to be called by this word alone as well, and not in a bare list.
        let inside = |&word: &usize| kind == Variation::Marks || !self.names.words[word].opens;
        let bearer_is_met = many.iter().any(|&word| self.stands_alone(word)) && many.iter().any(inside);
        let is_entry = |&word: &usize| self.name(word).span.len() * 2 > self.name(word).unit.len();
        let bearer_is_met = bearer_is_met && !(kind > Variation::Marks && few.iter().any(is_entry));
        long_enough
            && (well_known || kind == Variation::Marks)
            && bearer_is_met
            && !self.is_common(account, rare, usual)
    }

    /// Whether a last name stands alone though nobody in the article was introduced by it, but before it somebody by the other spelling, with
    /// a given name: "Konrad Abesser … Abeser's drawings". Who is called by the last name alone has been told of.
    fn is_bare_surname(&self, account: &Account<'_>, rare: usize, usual: usize) -> bool {
        let article = account.article;
        const SHORTEST: usize = 5;
        const MOST: usize = 2;
        let (few, many) = (&self.places[rare], &self.places[usual]);
        let short = self.folded(rare).chars().count().min(self.folded(usual).chars().count()) < SHORTEST;
        if few.len() > MOST || short || self.is_common(account, rare, usual) {
            return false;
        }
        let first = self.names.words[few[0]].span.start;
        let introduced = many.iter().any(|&word| {
            let (before, behind) = self.around(word);
            let given = before.iter().filter(|word| !is_title_word(&word.folded)).count();
            let name = self.name(word);
            // "Johann Georg Hueber of Graz"
            let of_place = article.text[self.names.words[word].span.end as usize..].starts_with(" of ");
            (1..=2).contains(&given)
                && (behind.is_empty() || of_place)
                && name.span.start < first
                && !is_of_place(article, name)
        });
        introduced
            && !is_plural_of(self.folded(rare), self.folded(usual))
            && !is_mute(self.folded(rare), self.folded(usual))
            && !super::conflict::is_wide(self.folded(rare))
            && few.iter().all(|&word| {
                let name = self.name(word);
                !name.heads && !is_of_place(article, name) && (self.title(word).is_some() || acts(article, name))
            })
    }

    /// Whether a last name stands behind a title that the other spelling has before its given name: "President Ludvik Harsany",
    /// "President Harsanyi". Last names have no endings as those of countries have.
    fn has_title_of(&self, rare: usize, usual: usize) -> bool {
        let (a, b) = (self.folded(rare), self.folded(usual));
        const SHORTEST: usize = 6;
        let near = a.len().min(b.len()) >= SHORTEST && strsim::osa_distance(a, b) == 1 && !is_plural_of(a, b);
        near && self.places[rare].iter().all(|&word| {
            self.stands_alone(word)
                && self.title(word).is_some_and(|title| {
                    self.places[usual].iter().any(|&other| {
                        let before = self.around(other).0;
                        before.len() > 1 && before.iter().any(|word| word.folded == title)
                    })
                })
        })
    }

    /// Whether one place stands against several, or both have a title too: "Bishop Comita de Lacon".
    fn is_slip(&self, rare: usize, usual: usize) -> bool {
        const LONG: usize = 6;
        let (few, many) = (&self.places[rare], &self.places[usual]);
        let titled = self.title(few[0]).is_some() && self.title(few[0]) == self.title(many[0]);
        few.len() == 1 && (many.len() >= 2 || titled) && self.folded(rare).chars().count() >= LONG
    }

    /// The title right before a word of a name.
    fn title(&self, word: usize) -> Option<&'a str> {
        let before = self.around(word).0.last()?;
        is_title_word(&before.folded).then_some(before.folded.as_str())
    }

    /// Whether a word is all there is of a name, but for a title.
    fn stands_alone(&self, word: usize) -> bool {
        let (before, behind) = self.around(word);
        behind.is_empty() && before.iter().all(|word| is_title_word(&word.folded))
    }

    /// What the names around two words have in common.
    fn compare(&self, one: usize, other: usize) -> Shared {
        let (before_a, behind_a) = self.around(one);
        let (before_b, behind_b) = self.around(other);
        let same = |(a, b): &(&NameWord, &NameWord)| a.folded == b.folded;
        let before = before_a.iter().rev().zip(before_b.iter().rev()).take_while(same).count();
        let behind = behind_a.iter().zip(behind_b).take_while(same).count();
        let telling = |words: &[NameWord]| {
            words.iter().filter(|word| !is_title_word(&word.folded) && word.folded.len() > 1).count()
        };
        let words = telling(&before_a[before_a.len() - before..]) + telling(&behind_a[..behind]);
        if words > 0 {
            // The first of several words is a given name, or the first part of one of a body.
            let given = before_a.iter().all(|word| is_title_word(&word.folded)) && behind > 0;
            let differ = |a: Option<&NameWord>, b: Option<&NameWord>| {
                a.zip(b).is_some_and(|(a, b)| a.folded.chars().next() != b.folded.chars().next())
            };
            let rest_a = (before_a.iter().rev().nth(before), behind_a.get(behind));
            let rest_b = (before_b.iter().rev().nth(before), behind_b.get(behind));
            if differ(rest_a.0, rest_b.0) || differ(rest_a.1, rest_b.1) {
                return Shared::Other;
            }
            return Shared::Rest { words, given };
        }
        // Two given names, or two titles: "King Abdullah", "Crown Prince Abdallah".
        if let (Some(a), Some(b)) = (before_a.last(), before_b.last())
            && before == 0
            && is_title_word(&a.folded) == is_title_word(&b.folded)
        {
            return Shared::Other;
        }
        if before > 0 { Shared::Title } else { Shared::Nothing }
    }

    /// Whether the text says that the bearer is another.
    fn told_apart(&self, account: &Account<'_>, word: usize, usual: usize) -> bool {
        let article = account.article;
        let name = self.name(word);
        let text = article.text(name.unit);
        let together = self.places[usual].iter().any(|&other| self.name(other).unit == name.unit)
            && (!name.heads || article.title.is_some_and(|title| title.line.contains(name.span)));
        let in_title =
            |word: usize| article.title.is_some_and(|title| title.line.contains(self.names.words[word].span));
        let rare_folded = &self.names.words[word].folded;
        let titled =
            self.names.words.iter().enumerate().any(|(number, other)| in_title(number) && other.folded == *rare_folded)
                && self.places[usual].iter().any(|&other| in_title(other));
        let together = together || titled;
        let descriptors = || self.places[usual].iter().filter_map(|&other| self.name(other).descriptor.as_deref());
        let described = name.descriptor.as_deref().is_some_and(|own| {
            !own.ends_with("ly") && descriptors().next().is_some() && descriptors().all(|other| other != own)
        });
        together || name.introduced || described || tells_apart(text, account.words_of(name.unit)) || is_glossed(text)
    }

    /// Whether one of two words stands in lower case in the article, or is an inflected form of a word that does.
    fn is_common(&self, account: &Account<'_>, rare: usize, usual: usize) -> bool {
        let lower = self.lower.get_or_init(|| {
            let all = account.article.sentences.iter().flat_map(|&sentence| account.words_of(sentence));
            all.filter(|(word, _)| !is_capitalised(word.text)).map(|(_, folded)| xxh3_64(folded.as_bytes())).collect()
        });
        [rare, usual].iter().any(|&spelling| lower.contains(&xxh3_64(self.folded(spelling).as_bytes())))
    }
}

/// What the names around two words have in common.
enum Shared {
    /// Words that are no titles; `given` when the words that differ come first.
    Rest {
        words: usize,
        given: bool,
    },
    /// A title.
    Title,
    Nothing,
    /// They are names of two.
    Other,
}

/// Whether two given names differ at their ends as those of a man and a woman do.
fn is_gender(a: &str, b: &str) -> bool {
    let end = |word: &str| word.chars().rev().take(2).collect::<String>();
    end(a) != end(b)
}

/// Whether two words differ in their last letter.
fn is_end(a: &str, b: &str) -> bool {
    a.chars().next_back() != b.chars().next_back()
}

/// Whether one of two names is the other with a mute "e" behind it.
fn is_mute(a: &str, b: &str) -> bool {
    a.strip_suffix('e') == Some(b) || b.strip_suffix('e') == Some(a)
}

/// Whether two words differ in their last letters, which sound alike: "Lüthi", "Lüthy".
fn is_i_for_y(a: &str, b: &str) -> bool {
    let bare = |word: &str, end: char| word.strip_suffix(end).map(str::to_owned);
    bare(a, 'i').is_some_and(|bare_a| bare(b, 'y') == Some(bare_a))
        || bare(a, 'y').is_some_and(|bare_a| bare(b, 'i') == Some(bare_a))
}

/// Whether two last names differ in their last letters, both consonants: "Lomax", "Lomas". Those of languages with genders end in vowels.
fn is_other_consonant(a: &str, b: &str) -> bool {
    const SHORTEST: usize = 5;
    let last = |word: &str| word.chars().next_back().filter(|c| !"aeiouy".contains(*c));
    a.len() == b.len() && a.len() >= SHORTEST && last(a).is_some() && last(b).is_some()
}

/// Whether one word is the other with an "s" behind it.
fn is_plural_of(a: &str, b: &str) -> bool {
    a.strip_suffix('s') == Some(b) || b.strip_suffix('s') == Some(a)
}

/// Whether a name stands as that of a person does: with a possessive, behind "by", or first in its sentence before a verb.
fn acts(article: &Article<'_>, name: &Name) -> bool {
    let before = &article.text[name.unit.start as usize..name.span.start as usize];
    let behind = &article.text[name.span.end as usize..name.unit.end as usize];
    let next = words(behind).next().map(|word| fold(word.text).into_owned()).unwrap_or_default();
    behind.starts_with("'s ")
        || behind.starts_with("’s ")
        || before.ends_with(" by ")
        || before.strip_suffix(" of ").is_some_and(|before| {
            let noun = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
            OF_PEOPLE.contains(&fold(noun).as_ref())
        })
        || (before.is_empty() || before.ends_with(", ")) && behind.starts_with(' ') && crate::facts::is_past(&next)
        // "Terlicki, who had been promised a third", "old Ormonroyd stood at the gate".
        || behind.starts_with(", who ")
        || behind.starts_with(", whose ")
        || ["old ", "Old ", "young ", "Young ", "poor "].iter().any(|word| before.ends_with(word))
}

/// What only people have, or is made of people.
const OF_PEOPLE: &[&str] = &[
    "biography",
    "birth",
    "brother",
    "bust",
    "career",
    "daughter",
    "death",
    "diaries",
    "diary",
    "friend",
    "funeral",
    "grave",
    "letters",
    "life",
    "marriage",
    "nephew",
    "obituary",
    "portrait",
    "pupil",
    "sister",
    "son",
    "student",
    "widow",
    "wife",
];

/// Whether the word before a name says that it is of a place: "at Perrin".
fn is_of_place(article: &Article<'_>, name: &Name) -> bool {
    let before = &article.text[name.unit.start as usize..name.span.start as usize];
    let last = before.trim_end().rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    matches!(
        fold(last).as_ref(),
        "at" | "between"
            | "from"
            | "in"
            | "into"
            | "near"
            | "on"
            | "outside"
            | "over"
            | "through"
            | "to"
            | "towards"
            | "via"
    )
}

/// Whether a folded word is a Roman number.
fn is_numeral(folded: &str) -> bool {
    folded.bytes().all(|b| b"ivxlcm".contains(&b))
}

/// Whether a sentence says that two are not one, or speaks of how a name is written.
fn tells_apart(text: &str, words: &[FoldedWord<'_>]) -> bool {
    const CUES: &[&str] = &[
        "another",
        "confuse",
        "confused",
        "confusion",
        "formerly",
        "misread",
        "misspelled",
        "misspelt",
        "mistaken",
        "mistook",
        "namesake",
        "pronounced",
        "renamed",
        "spelled",
        "spelling",
        "spellings",
        "spelt",
        "unrelated",
        "variant",
        "variously",
    ];
    words.iter().any(|(_, folded)| CUES.binary_search(&folded.as_ref()).is_ok())
        || text.contains("no relation")
        || text.contains("taken for")
        || text.contains("not related")
        || text.contains("mixed up")
        || text.contains("similar name")
        || text.contains("same name")
}

/// Whether a sentence gives words of other languages, with their script or where it was lost: "Greek: , Apollōn".
fn is_glossed(text: &str) -> bool {
    let foreign = |c: char| c.is_alphabetic() && !c.is_ascii() && matches!(c, '\u{370}'..='\u{1CFF}' | '\u{1F00}'..);
    text.contains(foreign) || [": ,", "( ", "(;", "(,", "; ,"].iter().any(|lost| text.contains(lost))
}

/// Whether a sentence speaks of relatives, who share a name.
fn speaks_of_kin(text: &str) -> bool {
    const KIN: &[&str] = &[
        "aunt",
        "brother",
        "brothers",
        "cousin",
        "cousins",
        "daughter",
        "daughters",
        "father",
        "grandfather",
        "grandson",
        "mother",
        "nephew",
        "niece",
        "sister",
        "sisters",
        "son",
        "sons",
        "uncle",
        "wife",
        "husband",
    ];
    words(text).any(|word| KIN.contains(&fold(word.text).as_ref()))
}

// Within an article: words that are written in one, in two, or with a hyphen.

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Joint {
    Solid,
    Hyphen,
    Blank,
}

fn joined(account: &Account<'_>, names: &Names, said: &mut Set<u32>, findings: &mut Findings) {
    let article = account.article;
    const SHORTEST: usize = 7;
    let mut forms: Map<&str, Vec<(Joint, Span, usize)>> = Map::default();
    for (number, word) in names.words.iter().enumerate() {
        if let Some((end, joined)) = word.with_next.as_ref().filter(|(_, joined)| joined.len() >= SHORTEST) {
            let joint = if word.hyphen { Joint::Hyphen } else { Joint::Blank };
            forms.entry(joined).or_default().push((joint, Span { end: *end, ..word.span }, number));
        }
    }
    for (number, word) in names.words.iter().enumerate() {
        // Words of a title may have run together: structure/title says so.
        let is_title = article.title.is_some_and(|title| title.line.contains(word.span));
        if let Some(of_form) = forms.get_mut(word.folded.as_str()).filter(|_| !is_title) {
            of_form.push((Joint::Solid, word.span, number));
        }
    }
    let mut found: Vec<(Span, Span)> = Vec::new();
    for places in forms.into_values().filter(|places| places.len() >= 2) {
        let of = |joint: Joint| places.iter().filter(move |place| place.0 == joint);
        let count = |joint: Joint| of(joint).count();
        let usual = [Joint::Hyphen, Joint::Solid, Joint::Blank]
            .into_iter()
            .max_by_key(|&joint| (count(joint), joint != Joint::Blank));
        let Some(usual) = usual else { continue };
        for joint in
            [Joint::Solid, Joint::Hyphen, Joint::Blank].into_iter().filter(|&joint| joint != usual && count(joint) > 0)
        {
            let pair = of(joint).find_map(|one| {
                let other = of(usual).find(|other| same_name(account, names, one, other))?;
                Some((one.1, other.1))
            });
            if let Some((one, _)) = pair.filter(|(one, _)| said.insert(one.start)) {
                let other = of(usual).next().map_or(one, |other| other.1);
                found.push((one, other));
            }
        }
    }
    found.sort_unstable();
    for (one, other) in found {
        let (here, there) = (flat(article.text(one)), flat(article.text(other)));
        findings.push(
            Diagnostic::new(one, format!("“{here}” is written “{there}” elsewhere in this article"))
                .label(format!("here “{here}”"))
                .example(other, format!("“{there}”"))
                .help(format!("write “{there}”"))
                .fix(format!("write “{there}”"), false, one, there),
        );
    }
}

/// Whether a name that is parted one way and one that is parted another are of one bearer.
fn same_name(account: &Account<'_>, names: &Names, one: &(Joint, Span, usize), other: &(Joint, Span, usize)) -> bool {
    let article = account.article;
    let parts = |place: &(Joint, Span, usize)| if place.0 == Joint::Solid { 1 } else { 2 };
    let capital = |place: &(Joint, Span, usize)| {
        let name = &names.names[names.words[place.2].name];
        place.0 == Joint::Solid || place.2 + 1 < name.words.end
    };
    let around = |place: &(Joint, Span, usize)| {
        let name = &names.names[names.words[place.2].name];
        let before = (place.2 > name.words.start).then(|| names.words[place.2 - 1].folded.as_str());
        let behind = place.2 + parts(place);
        let behind = (behind < name.words.end).then(|| names.words[behind].folded.as_str());
        (before, behind)
    };
    let (a, b) = (around(one), around(other));
    let shared = a.0.is_some() && a.0 == b.0 || a.1.is_some() && a.1 == b.1;
    let opens = |place: &(Joint, Span, usize)| place.0 == Joint::Solid && names.words[place.2].opens;
    let solid = one.0 == Joint::Solid || other.0 == Joint::Solid;
    let unit = names.names[names.words[one.2].name].unit;
    let both_capital = capital(one) && capital(other);
    // "New York-based": what a hyphen joins to one of two words is no part of the name.
    let whole = both_capital && shared;
    // "Farrukh seir" is one name where all the rest of it is the same.
    let rest = |place: &(Joint, Span, usize)| -> Vec<&str> {
        let name = &names.names[names.words[place.2].name];
        let own = place.2..place.2 + parts(place);
        name.words.clone().filter(|word| !own.contains(word)).map(|word| names.words[word].folded.as_str()).collect()
    };
    let shared = shared && (both_capital || rest(one) == rest(other));
    (whole || solid && (shared || rest(one) == rest(other) && !opens(one) && !opens(other)))
        && !article.is_quoted(one.1)
        && !tells_apart(article.text(unit), account.words_of(unit))
}

/// On one line.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

// Between articles: whole names.

/// The value of a witness: a hash of how the name is written; the lowest bit tells the kind of its key.
const LOOSE: u64 = 1;

fn map(article: &Article<'_>, context: &Context<'_>, witnesses: &mut Witnesses) {
    if is_disambiguation(article) {
        return;
    }
    let names = context.account.names();
    let mut seen: Set<u64> = Set::default();
    for name in &names.names {
        let words = names.of(name);
        let letters: usize = words.iter().map(|word| word.folded.len()).sum();
        let few = words.len() > 1 && words.len() <= 6 && letters >= 8 && words.iter().all(|word| word.folded.len() > 1);
        if !few || article.is_quoted(name.span) || !words.iter().any(|word| word.folded.len() > 3) {
            continue;
        }
        let form = xxh3_64(written(article.text(name.span)).as_bytes()) & !LOOSE;
        if !seen.insert(form) {
            continue;
        }
        let all: String = words.iter().map(|word| skeleton(&word.folded)).collect();
        witnesses.add(xxh3_64(all.as_bytes()), name.span, form);
        if name.introduced || tells_apart(article.text(name.unit), context.account.words_of(name.unit)) {
            continue;
        }
        for (number, _) in words.iter().enumerate().filter(|(_, word)| word.folded.len() >= 3) {
            let mut rest = format!("{number}\0");
            for (other, word) in words.iter().enumerate() {
                if other == number {
                    // The first letter and the consonants.
                    let mut consonants: Vec<char> =
                        word.folded.chars().skip(1).filter(|c| !"aeiouyh'".contains(*c)).collect();
                    consonants.sort_unstable();
                    consonants.dedup();
                    rest.extend(word.folded.chars().take(1).chain(consonants));
                } else {
                    rest.push_str(&word.folded);
                }
                rest.push('\0');
            }
            witnesses.add(xxh3_64(rest.as_bytes()), name.span, form | LOOSE);
        }
    }
}

/// How a name is written, but for case and the kind of its dashes and apostrophes.
fn written(text: &str) -> String {
    flat(text).to_lowercase().replace(['–', '—', '‐'], "-").replace(['’', 'ʼ'], "'").replace('.', "")
}

fn judge(corpus: &Corpus<'_>, witnesses: &[Witness], findings: &mut Findings) {
    let mut by_form: Vec<&Witness> = witnesses.iter().collect();
    by_form.sort_by_key(|witness| (witness.value, witness.span));
    let mut forms: Vec<&[&Witness]> = by_form.chunk_by(|a, b| a.value == b.value).collect();
    if forms.len() < 2 || forms.len() > STOCK {
        return;
    }
    forms.sort_by_key(|form| (std::cmp::Reverse(form.len()), form[0].span));
    let usual = forms[0];
    let there = flat(corpus.text(usual[0].span));
    for rare in &forms[1..] {
        let first = rare[0];
        // Where one article has both, its own check has looked.
        let both = rare.iter().any(|one| usual.iter().any(|other| other.span.source == one.span.source));
        let loose = first.value & LOOSE != 0;
        if both || loose && (rare.len() > 1 || !is_same_bearer(corpus, first, usual)) {
            continue;
        }
        let here = flat(corpus.text(first.span));
        let place = corpus.place(usual[0].span, first.span);
        let mut finding = Diagnostic::new(first.span, format!("“{here}” is spelled “{there}” elsewhere ({place})"))
            .label(format!("here “{here}”"));
        let even = rare.len() == usual.len();
        let shown = format!("“{there}”");
        finding = if even { finding.related(usual[0].span, shown) } else { finding.example(usual[0].span, shown) };
        for more in rare[1..].iter().take(LOOKED_AT) {
            finding = finding.related(more.span, format!("“{here}” again"));
        }
        findings.push(if even {
            finding.help("look up which spelling is right and use it in both places")
        } else {
            finding.help(format!("write “{there}”")).fix(format!("write “{there}”"), false, first.span, there.clone())
        });
    }
}

/// Whether a folded word ends the names of places and bodies: nobody's given name stands before it.
fn is_place(folded: &str) -> bool {
    matches!(
        folded,
        "bay"
            | "bridge"
            | "canal"
            | "castle"
            | "company"
            | "county"
            | "dam"
            | "falls"
            | "glacier"
            | "hall"
            | "herald"
            | "hospital"
            | "island"
            | "islands"
            | "lake"
            | "lane"
            | "light"
            | "lighthouse"
            | "mine"
            | "mountain"
            | "mountains"
            | "museum"
            | "park"
            | "pass"
            | "peninsula"
            | "railway"
            | "river"
            | "road"
            | "school"
            | "station"
            | "street"
            | "theatre"
            | "times"
            | "tower"
            | "university"
            | "valley"
            | "yard"
    )
}

/// Whether two names in two articles that differ in one word are of one bearer: the articles speak of each other, and the words are
/// two spellings of one.
fn is_same_bearer(corpus: &Corpus<'_>, rare: &Witness, usual: &[&Witness]) -> bool {
    let folded =
        |span: Span| -> Vec<String> { words(corpus.text(span)).map(|word| fold(word.text).into_owned()).collect() };
    let (a, b) = (folded(rare.span), folded(usual[0].span));
    let mut differing = a.iter().zip(&b).enumerate().filter(|(_, (a, b))| a != b);
    let (Some((at, (one, other))), None) = (differing.next(), differing.next()) else { return false };
    if a.len() != b.len() || a.iter().enumerate().all(|(i, word)| i == at || is_title_word(word) && !is_place(word)) {
        return false;
    }
    let Some(kind) = variation(one, other) else { return false };
    let length = one.chars().count().min(other.chars().count());
    // What is not a title to the letter is a matter of references.
    let is_titled = [rare.span.source, usual[0].span.source].into_iter().any(|source| {
        let title = fold(corpus.title(source).unwrap_or("")).into_owned();
        title == a.join(" ") || title == b.join(" ")
    });
    let given = at == 0 && a.len() > 1 && !is_place(&a[a.len() - 1]);
    let likely = kind < Variation::Letter
        || kind == Variation::Letter && length >= 5
        || kind == Variation::Ending && is_mute(one, other) && length >= 6
        || kind == Variation::Ending && is_i_for_y(one, other) && !given && !is_titled && length >= 5;
    let likely = likely && !(given && (kind > Variation::Likeness || is_gender(one, other)));
    let speaks_of = |one: &Witness, other: &Witness| {
        let title = corpus.title(other.span.source).unwrap_or("");
        let bare = fold(title.split(" (").next().unwrap_or("").trim()).into_owned();
        bare.len() >= 5 && fold(corpus.file_text(one.span.source)).contains(&bare)
    };
    likely && usual.iter().take(LOOKED_AT).any(|other| speaks_of(rare, other) || speaks_of(other, rare))
}
