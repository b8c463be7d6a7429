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
use crate::text::{Word, fold, is_capitalised, is_determiner, is_function_word, is_upper, may_start_sentence, words};
use crate::time::{MONTHS, WEEKDAYS};
use std::collections::HashMap;

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
            for i in 0..all.len() {
                let base = sentence.start as usize;
                let span = Span::new(article.source, base + all[i].start, base + all[i].end());
                let Some(meant) = meant(account, &small_pairs, text, &all, i) else { continue };
                if article.is_quoted(span) || account.is_literal(&span.range()) {
                    continue;
                }
                let word = all[i].text;
                let _ = block.kind == BlockKind::Paragraph;
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

/// How often two words stand beside each other, the second with a small letter.
#[derive(Debug)]
struct SmallPairs(HashMap<(String, String), u32>);

impl SmallPairs {
    fn new(article: &Article<'_>) -> Self {
        let mut pairs = HashMap::new();
        for block in article.prose() {
            for &sentence in article.sentences_of(block) {
                let mut before: Option<Word<'_>> = None;
                for word in words(article.text(sentence)) {
                    if let Some(before) = before.filter(|_| word.text.starts_with(char::is_lowercase) && word.text.len() > 2) {
                        *pairs.entry((fold(before.text).into_owned(), fold(word.text).into_owned())).or_default() += 1;
                    }
                    before = Some(word);
                }
            }
        }
        Self(pairs)
    }

    fn has(&self, first: &str, second: &str) -> bool {
        self.0.contains_key(&(fold(first).into_owned(), fold(second).into_owned()))
    }
}

/// What a word should be, if its capitals are odd.
fn meant(account: &Account<'_>, pairs: &SmallPairs, text: &str, all: &[Word<'_>], i: usize) -> Option<String> {
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
        if is_function_word(&folded) && (i > 0) {
            // "IN a meeting": what follows is a noun phrase with a small letter or a name, and both sides are plain.
            let phrase = plain_next && next.is_some_and(|next| next.text.starts_with(char::is_lowercase) || (seen.small > 2 && is_capitalised(next.text)));
            return (plain_before && phrase && word.text != "NOT" && !(matches!(word.text, "AND" | "OR") && small(next) && is_gate(next))).then(|| folded.into_owned());
        }
        // "was OPENED in": a word of the article, or one with an English ending.
        let ending = ["ED", "ING", "TION", "LY", "MENT"].iter().any(|end| word.text.len() > end.len() + 2 && word.text.ends_with(end));
        let common = seen.small > 0 && seen.capital == 0 || ending;
        return (word.text.len() > 3 && common && plain_before && (small(before) || small(next))).then(|| folded.into_owned());
    }
    if let Some(normal) = shift_slip(word.text, seen.small, seen.capital + seen.first, is_function_word(&folded)) {
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
            if matches!(word.text, "May" | "Will" | "Can" | "Do" | "No" | "Most" | "So" | "An" | "One" | "Both") {
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
        let content_before = !is_function_word(&fold(before.text)) && before.text.chars().all(char::is_alphabetic) && before.text.len() > 2;
        let alone = small(next) && plain_next || next.is_none() || !plain_next;
        let odd = plain_before && content_before && alone && seen.small > seen.capital && pairs.has(before.text, word.text);
        return odd.then(|| folded.into_owned());
    }
    // A name that has lost its capital.
    if word.text.bytes().all(|b| b.is_ascii_lowercase()) {
        let named = |names: &[&str]| names.iter().find(|name| name.eq_ignore_ascii_case(word.text)).map(|name| (*name).to_owned());
        let number_beside = |word: Option<Word<'_>>| word.is_some_and(|word| word.text.starts_with(|c: char| c.is_ascii_digit()));
        if let Some(month) = named(&MONTHS).filter(|_| plain_before && number_beside(before) || plain_next && number_beside(next) && small(before)) {
            let after_preposition = before.is_some_and(|before| matches!(before.text, "in" | "of" | "since" | "until" | "from" | "by" | "on" | "early" | "late"));
            return (word.text.len() > 3 && !matches!(word.text, "march") || after_preposition || plain_before && number_beside(before)).then_some(month);
        }
        if let Some(day) = named(&WEEKDAYS) {
            return Some(day);
        }
        // A word that stands alone with a capital again and again is a name; here alone it has none.
        let name = seen.small == 1 && seen.alone >= 3 && seen.determined == 0 && word.text.len() > 3 && seen.capital >= 4;
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

/// What was meant where the shift key was held too long or the caps lock was on: "THe", "LOndon", "tHE".
fn shift_slip(word: &str, small: u32, capital: u32, function: bool) -> Option<String> {
    let bytes = word.as_bytes();
    if bytes.len() < 3 {
        return None;
    }
    let rest_small = bytes[2..].iter().all(u8::is_ascii_lowercase);
    let rest_upper = bytes[1..].iter().all(u8::is_ascii_uppercase);
    let held = bytes[0].is_ascii_uppercase() && bytes[1].is_ascii_uppercase() && rest_small && !(bytes.len() == 3 && bytes[2] == b's');
    let locked = bytes[0].is_ascii_lowercase() && rest_upper;
    let late = bytes[0].is_ascii_lowercase() && bytes[1].is_ascii_uppercase() && rest_small && function;
    let known = small > 0 && capital * 4 < small || function;
    let lower = word.to_ascii_lowercase();
    if held && (known || capital > 0) || locked && (known || capital > 0) && bytes.len() > 3 || late {
        // The forms count this very word as well, but neither as small nor, in caps lock, as a capital.
        let name = !known;
        return (small + capital > u32::from(held) || function).then(|| if name { capitalise(&lower) } else { lower });
    }
    None
}
