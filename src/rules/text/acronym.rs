//! Flags an acronym that is never spelled out, or only after its first use.
//!
//! A reader who does not know it is left to guess. An acronym is spelled out where its words stand beside it in brackets, or
//! where words with its initials stand before it. The very common ones (UN, US, NATO and the like) need no help;
//! `acronyms` in the configuration names more. Numerals, grades, codes, ranks of ships and names of clubs are no acronyms.
//!
//! ## Example
//! ```text fails
//! = Harrow Harbour =
//!
//! The works were paid for by the HHB in 1990. The HHB sold them later.
//! ```
//! Spelled out:
//! ```text passes
//! = Harrow Harbour =
//!
//! The works were paid for by the Harrow Harbour Board (HHB) in 1990. The HHB sold them later.
//! ```

use crate::article::Article;
use crate::diagnostic::{Diagnostic, Severity};
use crate::facts::Account;
use crate::rule::{Check, Context, Findings, Rule};
use crate::source::Span;
use crate::text::{
    FoldedWord, Map, Set, WordForms, fold, head, is_function_word, is_proper_noun_link, is_upper, words,
};

pub(crate) static RULE: Rule = Rule { severity: Severity::Advice, checks: &[Check::Article(check)], thresholds: &[] };

/// Acronyms and abbreviations that any reader of English knows, or that dictionaries have as words.
const WELL_KNOWN: &[&str] = &[
    "ABC", "AC", "AD", "AFC", "AIDS", "AKA", "AM", "ASCII", "ATM", "BA", "BBC", "BC", "BCE", "BMW", "BSC", "CB", "CBE",
    "CBS", "CD", "CE", "CEO", "CIA", "CNN", "CV", "DC", "DD", "DDR", "DFC", "DHL", "DIY", "DJ", "DNA", "DSO", "DVD",
    "EEC", "ESPN", "EU", "FA", "FAO", "FBI", "FC", "FIFA", "FM", "FRS", "GB", "GDP", "GDR", "GMT", "GOP", "GPS", "HBO",
    "HIV", "HMS", "HQ", "HTML", "HTTP", "IBM", "ID", "II", "IMF", "IOC", "IQ", "IRA", "ISBN", "ISO", "IT", "ITV", "JP",
    "KBE", "KC", "KGB", "KO", "LA", "LGBT", "LLB", "LLD", "LP", "MA", "MBA", "MBE", "MC", "MD", "MI", "MIT", "MP",
    "MRI", "MS", "MTV", "MVP", "NASA", "NASCAR", "NATO", "NBA", "NBC", "NFL", "NHL", "NHS", "NY", "NYC", "OBE", "OECD",
    "OK", "OPEC", "PC", "PHD", "PIN", "PM", "PO", "POW", "PR", "PS", "PVC", "QC", "RAF", "RMS", "RNA", "SMS", "SOS",
    "SS", "SUV", "TNT", "TV", "UAE", "UEFA", "UFO", "UK", "UN", "UNESCO", "UNHCR", "UNICEF", "US", "USA", "USB", "USD",
    "USS", "USSR", "UTC", "UV", "VC", "VHS", "VIP", "WHO", "WTO", "WW", "WWI", "WWII", "WWW", "YMCA",
];

/// Longer words in capitals are no acronyms, in letters.
const LONGEST: usize = 8;

/// How an acronym is used.
#[derive(Debug)]
struct Use<'a> {
    acronym: &'a str,
    first: Span,
    /// Offset of the first use.
    number: usize,
    /// Offset behind the sentence of the first use.
    sentence_end: usize,
    /// Where its words stand: the offsets of the first and of the last of them.
    spelled: Option<(usize, usize)>,
}

fn check(article: &Article<'_>, context: &Context<'_>, findings: &mut Findings) {
    let title = article.title_text().unwrap_or_default();
    let mut uses: Vec<Use<'_>> = Vec::new();
    let mut seen: Set<&str> = Set::default();
    for block in article.prose() {
        for &sentence in article.sentences_of(block) {
            let text = article.text(sentence);
            let all = context.account.words_of(sentence);
            let capitals = all.iter().filter(|(word, _)| is_upper(word.text)).count();
            // A sentence in capitals throughout is a shout.
            let shouts = capitals > 3 && capitals * 2 > all.len();
            for (i, (word, _)) in all.iter().enumerate() {
                if shouts || !is_acronym(context.account.forms(), text, all, i) {
                    continue;
                }
                let start = sentence.start as usize + word.start;
                let name = acronym_of(word.text);
                let span = Span::new(article.source, start, start + name.len());
                if context.account.is_literal(&span.range()) || article.is_quoted(span) {
                    continue;
                }
                if is_known(name, context.acronyms) || words(title).any(|word| word.text == name) {
                    continue;
                }
                if seen.insert(name) {
                    uses.push(Use {
                        acronym: name,
                        first: span,
                        number: start,
                        sentence_end: sentence.end as usize,
                        spelled: None,
                    });
                }
            }
        }
    }
    if uses.is_empty() {
        return;
    }
    Initials::of(context.account).spell_out(&mut uses);
    for found in uses {
        let name = found.acronym;
        let finding = match found.spelled {
            Some((at, _))
                if at <= found.number || at < found.sentence_end && at <= found.number + name.len() + GLOSS =>
            {
                continue;
            }
            _ if is_glossed(article.text, &found) => continue,
            Some((at, last)) => {
                let last_word = words(&article.text[last..]).next().map_or(0, |word| word.text.len());
                let span = Span::new(article.source, at, last + last_word);
                let words = context.account.flat(span);
                Diagnostic::new(found.first, format!("“{name}” is used before it is spelled out"))
                    .label("first used here")
                    .example(span, "spelled out here")
                    .help(format!("spell it out here: “{words} ({name})”"))
            }
            None => Diagnostic::new(found.first, format!("“{name}” is never spelled out"))
                .label("first used here")
                .help("spell it out at its first use, or list it as `acronyms` in seedlint.yaml"),
        };
        findings.push(finding);
    }
}

/// How far behind an acronym its words may stand, in bytes: "HHB (the Harrow Harbour Board)", "the HHB, for Harrow Harbour Board".
const GLOSS: usize = 24;

fn is_known(name: &str, configured: &[String]) -> bool {
    WELL_KNOWN.binary_search(&name).is_ok() || configured.binary_search_by(|known| known.as_str().cmp(name)).is_ok()
}

/// The acronym without the ending of the plural or the possessive.
fn acronym_of(word: &str) -> &str {
    let word = word.split(['\'', '’']).next().unwrap_or(word);
    word.strip_suffix('s').filter(|stem| is_upper(stem)).unwrap_or(word)
}

/// Whether a word is an acronym by its form and its neighbours.
fn is_acronym(forms: &WordForms, text: &str, all: &[FoldedWord<'_>], i: usize) -> bool {
    let (word, _) = &all[i];
    let name = acronym_of(word.text);
    let letters = name.chars().count();
    if !(2..=LONGEST).contains(&letters) || !name.chars().all(|c| c.is_uppercase() && c.is_alphabetic()) {
        return false;
    }
    // A word in capitals is none: "AND", "the word NOT", "HERE ENDS".
    let folded = fold(name);
    let forms = forms.of(&folded);
    let word_in_capitals =
        is_function_word(&folded) && forms.upper < 3 || forms.small > 0 && letters > 2 && name == word.text;
    let ending = ["ED", "ING", "TION", "LY", "MENT"].iter().any(|end| letters > end.len() + 2 && name.ends_with(end));
    if is_roman(name) || ending || word_in_capitals || !name.is_ascii() {
        return false;
    }
    // Parts of codes and compounds: "G-77", "AK-47", "MS-DOS", "A/B", "C&A", "U.S.A".
    let joins = |c: char| matches!(c, '-' | '‑' | '/' | '&' | '.' | '_' | '+' | '*' | '–');
    let before = text[..word.start].chars().next_back();
    let mut behind = text[word.end()..].chars();
    let after = behind.next();
    let joined_after = after.is_some_and(|c| joins(c) && c != '.')
        && behind.next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
        || after == Some('.') && text[word.end() + 1..].starts_with(char::is_alphanumeric);
    if before.is_some_and(joins) || joined_after {
        return false;
    }
    // A word in capitals among others, or a name with a number: "ROUTE ONE", "BR 52".
    let neighbour = |j: Option<usize>| {
        j.and_then(|j| all.get(j)).is_some_and(|(word, _)| word.text.starts_with(|c: char| c.is_ascii_digit()))
    };
    let beside = |left: usize, right: usize| {
        all.get(right).is_some_and(|(right, _)| text[all[left].0.end()..right.start].chars().all(char::is_whitespace))
    };
    let numbered = beside(i, i + 1) && neighbour(Some(i + 1));
    // A unit: "300 HP".
    let unit = i > 0 && beside(i - 1, i) && neighbour(Some(i - 1)) && letters < 4;
    let upper =
        i > 0 && beside(i - 1, i) && is_upper(all[i - 1].0.text) || beside(i, i + 1) && is_upper(all[i + 1].0.text);
    // "the letters RT": letters as such.
    let mentioned = all[i.saturating_sub(5)..i].iter().any(|(_, folded)| {
        matches!(
            folded.as_ref(),
            "letter"
                | "letters"
                | "initials"
                | "word"
                | "words"
                | "inscribed"
                | "inscription"
                | "marked"
                | "monogram"
                | "stamped"
                | "syllables"
                | "grade"
                | "grades"
                | "blood"
                | "code"
                | "codes"
                | "prefix"
                | "suffix"
                | "spelled"
                | "callsign"
                | "sign"
                | "signs"
                | "signal"
        )
    });
    !(numbered || unit || upper || mentioned)
}

/// Whether a word is a numeral: "XIV", "III"; the form alone, not its order.
fn is_roman(name: &str) -> bool {
    name.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C' | 'D' | 'M'))
        && (name.contains(['I', 'V', 'X']) || name.len() > 2)
}

/// The initials of the words of an article in order, each with the place of its word.
#[derive(Debug, Default)]
struct Initials {
    /// Of all words.
    all: Vec<(char, usize)>,
    /// Of all but the words of grammar: "Bank of England" is "BE" as well as "BOE".
    content: Vec<(char, usize)>,
}

impl Initials {
    fn of(account: &Account<'_>) -> Self {
        let article = account.article;
        let mut initials = Self::default();
        for &sentence in article.prose().flat_map(|block| article.sentences_of(block)) {
            for (word, folded) in account.words_of(sentence) {
                initials.add(word.text, folded, sentence.start as usize + word.start);
            }
        }
        initials
    }

    fn add(&mut self, word: &str, folded: &str, at: usize) {
        // An acronym is no word of another.
        let initial = if is_upper(word) { '\0' } else { folded.chars().next().unwrap_or('\0') };
        self.all.push((initial, at));
        let small = word.starts_with(char::is_lowercase) && (is_function_word(word) || is_proper_noun_link(word));
        if !small {
            self.content.push((initial, at));
        }
    }

    /// Finds where the words of each acronym stand: the last such place before its first use, or else the first behind it.
    fn spell_out(&self, uses: &mut [Use<'_>]) {
        let mut by_letters: Map<String, usize> = Map::default();
        for (number, found) in uses.iter().enumerate() {
            by_letters.insert(fold(found.acronym).into_owned(), number);
        }
        let firsts: Set<char> = by_letters.keys().filter_map(|letters| letters.chars().next()).collect();
        let longest = by_letters.keys().map(|letters| letters.chars().count()).max().unwrap_or(0).min(LONGEST);
        let mut letters = String::new();
        for initials in [&self.all, &self.content] {
            for start in (0..initials.len()).filter(|&start| firsts.contains(&initials[start].0)) {
                letters.clear();
                for &(initial, _) in initials[start..].iter().take(longest) {
                    letters.push(initial);
                    let Some(&number) = by_letters.get(&letters) else { continue };
                    let found = &mut uses[number];
                    let at = initials[start].1;
                    let length = letters.chars().count();
                    let end = initials[start + length - 1].1;
                    let nearer = match found.spelled {
                        None => true,
                        Some((old, _)) if at < found.number => old < at || old > found.number,
                        Some((old, _)) => old > at,
                    };
                    if nearer {
                        found.spelled = Some((at, end));
                    }
                }
            }
        }
    }
}

/// Whether brackets beside the first use explain an acronym whose letters are not the initials of English words.
fn is_glossed(text: &str, found: &Use<'_>) -> bool {
    // ", short for …", ", which stands for …", ", that is, …"
    const GLOSSES: &[&str] = &[
        "that is",
        "short for",
        "stands for",
        "stood for",
        "standing for",
        "abbreviation",
        "i.e.",
        "acronym",
        "initials",
    ];
    let start = found.first.start as usize;
    let end = found.first.end as usize;
    let in_brackets =
        text[..start].trim_end().ends_with(['(', '[']) && text[end..].trim_start().starts_with([')', ']', ',', ';']);
    let explained = text[end..].strip_prefix(" (").is_some_and(|inner| {
        let inner = head(inner, 200).split(')').next().unwrap_or_default();
        inner.len() < 200 && words(inner).count() > 1 && inner.contains(char::is_lowercase)
    });
    let near: usize = text[end..].char_indices().nth(40).map_or(text.len() - end, |(i, _)| i);
    let told = GLOSSES.iter().any(|gloss| text[end..end + near].contains(gloss));
    let before: usize = text[..start].char_indices().rev().nth(40).map_or(0, |(i, _)| i);
    let named =
        ["abbreviat", "initials", "known as", "acronym"].iter().any(|gloss| text[before..start].contains(gloss));
    in_brackets || explained || told || named
}
