//! Flags capitals in the middle of a sentence that fit neither name nor acronym: "Gomez IN a meeting", "THe bridge", "he Was
//! born", and a name that has lost its own: "in january 1990".
//!
//! Names, titles of works, acronyms and what is quoted are left alone. A capital that may be one of style, as in "the
//! President", is as well, unless the article writes the same words with a small letter elsewhere.
//!
//! ## Example
//! ```text fails
//! = SS Vesla =
//!
//! The steamer was fitted with AN extra mast. THe crew rowed ashore.
//! ```
//! As it should be:
//! ```text passes
//! = SS Vesla =
//!
//! The steamer was fitted with an extra mast by the IT department of AN Ltd. The crew rowed ashore.
//! ```

use crate::article::{Article, BlockKind};
use crate::diagnostic::{Diagnostic, Severity};
use crate::facts::Account;
use crate::rule::{Check, Context, Findings, Rule};
use crate::source::Span;
use crate::text::{Forms, Word, fold, is_capitalised, is_determiner, is_function_word, is_upper, may_start_sentence, words};
use crate::time::{MONTHS, WEEKDAYS};
use std::collections::HashSet;

pub(crate) static RULE: Rule = Rule { severity: Severity::Advice, checks: &[Check::Article(check)] };

fn check(article: &Article<'_>, context: &Context<'_>, findings: &mut Findings) {
    let account = context.account;
    let small_pairs = SmallPairs::new(article);
    for block in article.prose() {
        for &sentence in article.sentences_of(block) {
            let text = article.text(sentence);
            let all: Vec<Word<'_>> = words(text).collect();
            let upper = all.iter().filter(|word| is_upper(word.text)).count();
            // A sentence in capitals throughout, and one whose words nearly all have them, is a heading or a title.
            let capitals = all.iter().filter(|word| is_capitalised(word.text)).count();
            if upper > 2 && upper * 2 > all.len() || capitals * 4 > all.len() * 3 && all.len() > 3 {
                continue;
            }
            // "EITHER ten dollars OR a voucher": words that are stressed on purpose.
            let stressed = all.iter().filter(|word| is_upper(word.text) && is_function_word(&fold(word.text))).count() > 1;
            for i in 0..all.len() {
                if stressed && is_upper(all[i].text) {
                    continue;
                }
                let base = sentence.start as usize;
                let span = Span::new(article.source, base + all[i].start, base + all[i].end());
                let Some(meant) = meant(account, &small_pairs, block.kind == BlockKind::Paragraph, text, &all, i) else { continue };
                if article.is_quoted(span) || account.is_literal(&span.range()) {
                    continue;
                }
                let word = all[i].text;
                findings.push(
                    Diagnostic::new(span, format!("“{word}” stands in the middle of a sentence for “{meant}”"))
                        .label("odd capitals")
                        .help(format!("write “{meant}”"))
                        .fix(format!("write “{meant}”"), false, span, meant),
                );
            }
        }
    }
}

/// What names of bodies end with.
const INSTITUTIONS: &[&str] = &[
    "academy", "army", "assembly", "association", "board", "brigade", "club", "commission", "committee", "company", "congress",
    "corps", "council", "federation", "fleet", "guard", "institute", "league", "legion", "ministry", "museum", "navy", "order",
    "regiment", "school", "society", "union", "university",
];

/// The pairs of words that stand beside each other, the second with a small letter, with the first as it is written.
#[derive(Debug)]
struct SmallPairs<'a>(HashSet<(&'a str, &'a str)>);

impl<'a> SmallPairs<'a> {
    fn new(article: &Article<'a>) -> Self {
        let mut pairs = HashSet::new();
        for block in article.prose() {
            for &sentence in article.sentences_of(block) {
                let mut before: Option<Word<'_>> = None;
                for word in words(article.text(sentence)) {
                    if let Some(before) = before.filter(|_| word.text.starts_with(char::is_lowercase)) {
                        pairs.insert((before.text, word.text));
                    }
                    before = Some(word);
                }
            }
        }
        Self(pairs)
    }

    fn has(&self, first: &str, second: &str) -> bool {
        self.0.contains(&(first, fold(second).as_ref()))
    }
}

/// What a word should be, if its capitals are odd. `prose` says whether it stands in a paragraph and in no list.
fn meant(
    account: &Account<'_>,
    pairs: &SmallPairs<'_>,
    prose: bool,
    text: &str,
    all: &[Word<'_>],
    i: usize,
) -> Option<String> {
    let word = all[i];
    let forms = account.forms();
    let before = i.checked_sub(1).map(|i| all[i]);
    let next = all.get(i + 1).copied();
    // Only a blank may part it from its neighbours: other marks begin something of their own.
    let beside = |left: Option<Word<'_>>, right: Option<Word<'_>>| match (left, right) {
        (Some(left), Some(right)) => text.get(left.end()..right.start).is_some_and(|gap| !gap.is_empty() && gap.chars().all(char::is_whitespace)),
        _ => false,
    };
    let plain_before = beside(before, Some(word));
    let plain_next = beside(Some(word), next);
    let folded = fold(word.text);
    let small = |word: Option<Word<'_>>| word.is_some_and(|word| word.text.starts_with(char::is_lowercase));
    let ascii = word.text.bytes().all(|b| b.is_ascii_alphabetic());
    if !ascii || text[..word.start].ends_with(['-', '‑', '/', '&', '.', '\'', '’', '@', '_', '#', '–'])
        || text[word.end()..].starts_with(['-', '‑', '/', '&', '\'', '’', '_', '–'])
    {
        return None;
    }
    let seen = forms.of(&folded);
    if is_upper(word.text) {
        // An acronym stands behind an article or in brackets, or again.
        if seen.upper > 1 || matches!(word.text, "WHO" | "US" | "IT" | "AM" | "PM" | "OK") {
            return None;
        }
        let determined = before.is_some_and(|before| is_determiner(before.text) && plain_before);
        let bracketed = text[..word.start].ends_with(['(', '[', '"', '“']) || text[word.end()..].starts_with([')', ']']);
        let upper_beside = |word: Option<Word<'_>>| word.is_some_and(|word| is_upper(word.text));
        if determined || bracketed || upper_beside(before) || upper_beside(next) {
            return None;
        }
        let comma_before = before.is_some_and(|before| text[before.end()..word.start] == *", ");
        if is_function_word(&folded) && i > 0 {
            // "IN a meeting": what follows is a noun phrase with a small letter or a name, and both sides are plain.
            let phrase = plain_next && next.is_some_and(|next| next.text.starts_with(char::is_lowercase) || (seen.small > 2 && is_capitalised(next.text)));
            return ((plain_before || comma_before) && phrase && word.text != "NOT" && !(matches!(word.text, "AND" | "OR") && small(next) && is_gate(next))).then(|| folded.into_owned());
        }
        // "was OPENED in": a word of the article, or one with an English ending.
        let ending = ["ED", "ING", "TION", "LY", "MENT"].iter().any(|end| word.text.len() > end.len() + 2 && word.text.ends_with(end));
        let common = seen.small > 0 && seen.capital == 0 || ending;
        return (word.text.len() > 3 && common && plain_before && (small(before) || small(next))).then(|| folded.into_owned());
    }
    if let Some(normal) = shift_slip(word.text, seen, is_function_word(&folded)) {
        let first = before.is_none() || text[..word.start].trim_end().ends_with(['.', '!', '?', '"', '“', ':']);
        let start = if first && normal.starts_with(char::is_lowercase) { capitalise(&normal) } else { normal };
        return Some(start);
    }
    if is_capitalised(word.text) && word.text.len() > 1 && i > 0 {
        if word.text[1..].bytes().any(|b| b.is_ascii_uppercase()) {
            return None;
        }
        if is_function_word(&folded) {
            // Months and names that are function words as well.
            let grammar = matches!(
                word.text,
                "The" | "A" | "Of" | "In" | "At" | "To" | "For" | "With" | "And" | "But" | "Was" | "Were" | "Is" | "Are" | "Had" | "Has" | "He"
                    | "She" | "It" | "They" | "His" | "Her" | "Him" | "Their" | "Its" | "By" | "From" | "As" | "Which" | "That" | "Who"
            );
            // Pronouns of God have a capital.
            let divine = matches!(word.text, "He" | "Him" | "His")
                && ["god", "lord", "christ", "jesus", "allah"].iter().any(|name| forms.of(name).all() > 0)
                || matches!(word.text, "His" | "Her") && next.is_some_and(|next| is_capitalised(next.text));
            if !grammar || divine {
                return None;
            }
            let before_word = before?;
            let function_before = is_function_word(&fold(before_word.text));
            let odd = plain_before && plain_next && small(next) && small(before) && (function_before || !may_start_sentence(word.text));
            let odd = odd || plain_before && plain_next && small(next) && !may_start_sentence(word.text) && i == 1 && is_function_word(&fold(before_word.text));
            return odd.then(|| folded.into_owned());
        }
        // "Sri Lankan Tea" beside "Sri Lankan tea".
        let before = before?;
        let content_before =
            !is_function_word(&fold(before.text)) && before.text.chars().all(char::is_alphabetic) && before.text.len() > 2;
        let alone = small(next) && plain_next || next.is_none() || !plain_next;
        let bracket = text[word.end()..].starts_with(" (");
        // A name goes on with "of", and begins with another name; only that of a people may stand before a common noun.
        let people = ["an", "ic", "ish", "ese"].iter().any(|end| before.text.ends_with(end));
        let common = prose && (small(Some(before)) || people) && next.is_none_or(|next| next.text != "of");
        let twin = i > 1 && seen.capital == 1 && !bracket && common && pairs.has(before.text, word.text);
        // "the royal Navy": half of a name.
        let half = small(Some(before))
            && seen.determined == 0
            && INSTITUTIONS.contains(&folded.as_ref())
            && !before.text.ends_with("ed")
            && !before.text.ends_with("ing");
        let odd = plain_before && content_before && alone && (twin || half);
        return odd.then(|| folded.into_owned());
    }
    // A name that has lost its capital.
    if word.text.bytes().all(|b| b.is_ascii_lowercase()) {
        let named = |names: &[&str]| names.iter().find(|name| name.eq_ignore_ascii_case(word.text)).map(|name| (*name).to_owned());
        let number_beside = |word: Option<Word<'_>>| word.is_some_and(|word| word.text.starts_with(|c: char| c.is_ascii_digit()));
        if let Some(month) = named(&MONTHS).filter(|_| plain_before && number_beside(before) || plain_next && number_beside(next) && small(before)) {
            let after_preposition = before.is_some_and(|before| matches!(before.text, "in" | "of" | "since" | "until" | "from" | "by" | "on" | "early" | "late"));
            let sure = word.text.len() > 3 && word.text != "march";
            return (sure || after_preposition && plain_next && number_beside(next)).then_some(month);
        }
        if let Some(day) = named(&WEEKDAYS) {
            return Some(day);
        }
        // A word of the title that stands alone with a capital again and again is a name; here alone it has none.
        let name = seen.small == 1
            && seen.alone >= 3
            && seen.determined == 0
            && word.text.len() > 3
            && account.article.title_text().is_some_and(|title| words(title).any(|other| fold(other.text) == folded));
        return name.then(|| capitalise(word.text));
    }
    None
}

/// Whether "AND", "OR" name a gate.
fn is_gate(next: Option<Word<'_>>) -> bool {
    next.is_some_and(|next| next.text.starts_with("gate") || next.text.starts_with("operat"))
}

fn capitalise(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// What was meant where the shift key was held too long, pressed too late or locked: "THe", "LOndon", "tHE", "wRapped", "WesterWALD".
/// `forms` has counted this very word as well.
fn shift_slip(word: &str, forms: Forms, function: bool) -> Option<String> {
    let bytes = word.as_bytes();
    if bytes.len() < 3 {
        return None;
    }
    let small = |bytes: &[u8]| bytes.iter().all(u8::is_ascii_lowercase);
    let upper = |bytes: &[u8]| bytes.iter().all(u8::is_ascii_uppercase);
    let lower = word.to_ascii_lowercase();
    let english = ["ed", "ing", "tion", "ly"].iter().any(|end| lower.len() > end.len() + 2 && lower.ends_with(end));
    let capital = bytes[0].is_ascii_uppercase();
    let held = bytes.iter().take_while(|b| b.is_ascii_uppercase()).count();
    if held == 3 && bytes.len() > 5 && small(&bytes[3..]) && forms.all() > 1 {
        return Some(if forms.small > 0 { lower } else { capitalise(&lower) });
    }
    if capital && bytes[1].is_ascii_uppercase() && small(&bytes[2..]) {
        // "THe", "LOndon"; but not "MPs", "HCl".
        let again = forms.all() > 1 && bytes.len() > 4;
        let common = function || forms.small > 0;
        return (function || again).then(|| if common { lower } else { capitalise(&lower) });
    }
    if !capital && upper(&bytes[1..]) {
        let again = forms.all() > 1 && bytes.len() > 4;
        let common = function || forms.small > 1;
        let word = bytes.len() > 5 && !matches!(bytes[0], b'i' | b'e' | b'm' | b'r' | b't');
        return (function || again || word).then(|| if common || word { lower } else { capitalise(&lower) });
    }
    if !capital && bytes[1].is_ascii_uppercase() && small(&bytes[2..]) {
        // "wRapped"; but not "iPhone", "eLearning".
        let brand = matches!(bytes[0], b'i' | b'e');
        return (function || !brand && bytes.len() > 3 && (english || forms.small > 1)).then_some(lower);
    }
    let tail = bytes.iter().rev().take_while(|b| b.is_ascii_uppercase()).count();
    if capital && tail >= 4 && bytes.len() - tail >= 3 && small(&bytes[1..bytes.len() - tail]) && forms.all() == 1 {
        return Some(capitalise(&lower));
    }
    None
}
