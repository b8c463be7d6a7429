//! Flags capitals in the middle of a sentence that fit neither name nor acronym: "Gomez IN a meeting", `THe`, "he Was
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
use crate::text::{
    FoldedWord, Forms, Word, capitalise, fold, is_capitalised, is_determiner, is_function_word, is_upper,
    may_start_sentence, words,
};
use crate::time::{MONTHS, WEEKDAYS};
use xxhash_rust::xxh3::xxh3_64;

pub(crate) static RULE: Rule = Rule { severity: Severity::Advice, checks: &[Check::Article(check)], thresholds: &[] };

fn check(article: &Article<'_>, context: &Context<'_>, findings: &mut Findings) {
    let account = context.account;
    let small_pairs = SmallPairs::new(account);
    for block in article.prose() {
        for &sentence in article.sentences_of(block) {
            let text = article.text(sentence);
            let all = account.words_of(sentence);
            let upper = all.iter().filter(|(word, _)| is_upper(word.text)).count();
            // A sentence in capitals throughout, and one whose words nearly all have them, is a heading or a title.
            let capitals = all.iter().filter(|(word, _)| is_capitalised(word.text)).count();
            if upper > 2 && upper * 2 > all.len() || capitals * 4 > all.len() * 3 && all.len() > 3 {
                continue;
            }
            // "EITHER ten dollars OR a voucher": words that are stressed on purpose.
            let stressed =
                all.iter().filter(|(word, folded)| is_upper(word.text) && is_function_word(folded)).count() > 1;
            for (i, (word, _)) in all.iter().enumerate() {
                if stressed && is_upper(word.text) {
                    continue;
                }
                let base = sentence.start as usize;
                let span = Span::new(article.source, base + word.start, base + word.end());
                let place = Place::new(account, &small_pairs, block.kind == BlockKind::Paragraph, text, all, i);
                let Some(meant) = place.meant() else { continue };
                if article.is_quoted(span) || account.is_literal(&span.range()) {
                    continue;
                }
                let word = word.text;
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
    "academy",
    "army",
    "association",
    "board",
    "brigade",
    "club",
    "commission",
    "committee",
    "company",
    "corps",
    "council",
    "federation",
    "fleet",
    "guard",
    "institute",
    "league",
    "legion",
    "ministry",
    "museum",
    "navy",
    "order",
    "regiment",
    "school",
    "society",
    "union",
    "university",
];

/// The pairs of words that stand beside each other, the second with a small letter, with the first as it is written.
#[derive(Debug)]
struct SmallPairs(Vec<u64>);

impl SmallPairs {
    fn new(account: &Account<'_>) -> Self {
        let article = account.article;
        let mut pairs = Vec::new();
        for block in article.prose() {
            for &sentence in article.sentences_of(block) {
                let mut before: Option<Word<'_>> = None;
                for (word, _) in account.words_of(sentence) {
                    if let Some(before) = before.filter(|_| word.text.starts_with(char::is_lowercase)) {
                        pairs.push(Self::key(before.text, word.text));
                    }
                    before = Some(*word);
                }
            }
        }
        pairs.sort_unstable();
        Self(pairs)
    }

    fn key(first: &str, second: &str) -> u64 {
        xxh3_64(first.as_bytes()).rotate_left(1) ^ xxh3_64(second.as_bytes())
    }

    fn has(&self, first: &str, second: &str) -> bool {
        self.0.binary_search(&Self::key(first, &fold(second))).is_ok()
    }
}

/// A word among its neighbours.
struct Place<'a> {
    account: &'a Account<'a>,
    pairs: &'a SmallPairs,
    /// Whether it stands in a paragraph and in no list.
    prose: bool,
    /// The sentence.
    text: &'a str,
    word: Word<'a>,
    folded: &'a str,
    /// How the article writes it.
    seen: Forms,
    before: Option<Word<'a>>,
    next: Option<Word<'a>>,
    /// Whether only blanks part it from the word before and from the next: other marks begin something of their own.
    plain_before: bool,
    plain_next: bool,
}

impl<'a> Place<'a> {
    fn new(
        account: &'a Account<'a>,
        pairs: &'a SmallPairs,
        prose: bool,
        text: &'a str,
        all: &'a [FoldedWord<'a>],
        i: usize,
    ) -> Self {
        let (word, ref folded) = all[i];
        let before = i.checked_sub(1).map(|i| all[i].0);
        let next = all.get(i + 1).map(|(next, _)| *next);
        let plain = |left: Option<Word<'_>>, right: Option<Word<'_>>| {
            left.zip(right).is_some_and(|(left, right)| {
                let gap = &text[left.end()..right.start];
                !gap.is_empty() && gap.chars().all(char::is_whitespace)
            })
        };
        let (plain_before, plain_next) = (plain(before, Some(word)), plain(Some(word), next));
        let seen = account.forms().of(folded);
        Self { account, pairs, prose, text, word, folded, seen, before, next, plain_before, plain_next }
    }

    /// What the word should be, if its capitals are odd.
    fn meant(&self) -> Option<String> {
        let word = self.word.text;
        let ascii = word.bytes().all(|b| b.is_ascii_alphabetic());
        let joined = self.text[..self.word.start].ends_with(['-', '‑', '/', '&', '.', '\'', '’', '@', '_', '#', '–'])
            || self.text[self.word.end()..].starts_with(['-', '‑', '/', '&', '\'', '’', '_', '–']);
        if !ascii || joined {
            return None;
        }
        if is_upper(word) {
            return self.in_capitals().then(|| self.folded.to_owned());
        }
        if let Some(normal) = shift_slip(word, self.seen, is_function_word(self.folded)) {
            let before = self.text[..self.word.start].trim_end();
            let first = self.before.is_none() || before.ends_with(['.', '!', '?', '"', '“', ':']);
            return Some(if first { capitalise(&normal) } else { normal });
        }
        if is_capitalised(word) && word.len() > 1 && word[1..].bytes().all(|b| b.is_ascii_lowercase()) {
            let odd =
                if is_function_word(self.folded) { self.grammar_in_capitals() } else { self.common_in_capitals() };
            return odd.then(|| self.folded.to_owned());
        }
        word.bytes().all(|b| b.is_ascii_lowercase()).then(|| self.lost_capital()).flatten()
    }

    /// "IN a meeting", "was OPENED in": a word all in capitals that is no acronym, which stands behind an article, in
    /// brackets, beside others, or again.
    fn in_capitals(&self) -> bool {
        let Some(before) = self.before else { return false };
        let word = self.word.text;
        let acronym = self.seen.upper > 1 || matches!(word, "WHO" | "US" | "IT" | "AM" | "PM" | "OK");
        let determined = is_determiner(before.text) && self.plain_before;
        let bracketed = self.text[..self.word.start].ends_with(['(', '[', '"', '“'])
            || self.text[self.word.end()..].starts_with([')', ']']);
        let among_others = is_upper(before.text) || self.next.is_some_and(|next| is_upper(next.text));
        if acronym || determined || bracketed || among_others {
            return false;
        }
        if is_function_word(self.folded) {
            // A noun phrase follows, of small letters or a name.
            let phrase = self.plain_next
                && self.next.is_some_and(|next| {
                    // "in the winter OF 1955"
                    let number = next.text.bytes().all(|byte| byte.is_ascii_digit()) && is_small(before);
                    is_small(next) || number || self.seen.small > 2 && is_capitalised(next.text)
                });
            let comma = self.text[before.end()..self.word.start] == *", ";
            let logic = word == "NOT" || matches!(word, "AND" | "OR") && self.next.is_some_and(is_gate);
            return (self.plain_before || comma) && phrase && !logic;
        }
        // A word of the article, or one with an English ending.
        let ending =
            ["ED", "ING", "TION", "LY", "MENT"].iter().any(|end| word.len() > end.len() + 2 && word.ends_with(end));
        let common = self.seen.small > 0 && self.seen.capital == 0 || ending;
        word.len() > 3 && common && self.plain_before && (is_small(before) || self.next.is_some_and(is_small))
    }

    /// "went To the pier", "he Was born".
    fn grammar_in_capitals(&self) -> bool {
        const GRAMMAR: &[&str] = &[
            "A", "And", "Are", "As", "At", "But", "By", "For", "From", "Had", "Has", "He", "Her", "Him", "His", "In",
            "Is", "It", "Its", "Of", "She", "That", "The", "Their", "They", "To", "Was", "Were", "Which", "Who",
            "With",
        ];
        let (Some(before), Some(next)) = (self.before, self.next) else { return false };
        let word = self.word.text;
        // Pronouns of God and of princes have a capital.
        let forms = self.account.forms();
        let divine = matches!(word, "He" | "Him" | "His")
            && ["god", "lord", "christ", "jesus", "allah"].iter().any(|name| forms.of(name).all() > 0)
            || matches!(word, "His" | "Her") && is_capitalised(next.text);
        let plain = self.plain_before && self.plain_next && is_small(next);
        if GRAMMAR.binary_search(&word).is_err() || divine || !plain {
            return false;
        }
        let starts = may_start_sentence(word);
        let grammar_before = is_function_word(&fold(before.text));
        let first = before.start == 0;
        is_small(before) && (grammar_before || !starts) || first && grammar_before && !starts
    }

    /// "green Tea" beside "green tea"; "the royal Navy", half of a name.
    fn common_in_capitals(&self) -> bool {
        let Some(before) = self.before.filter(|_| self.plain_before) else { return false };
        let content = !is_function_word(&fold(before.text))
            && before.text.chars().all(char::is_alphabetic)
            && before.text.len() > 2;
        let alone = !self.plain_next || self.next.is_some_and(is_small);
        if !content || !alone {
            return false;
        }
        // A name goes on with "of", and begins with another name.
        let of = self.next.is_some_and(|next| next.text == "of");
        let abbreviated = self.text[self.word.end()..].starts_with(" (");
        let common = self.prose && before.start > 0 && is_small(before) && !of && !abbreviated;
        let twin = common && self.seen.capital == 1 && self.pairs.has(before.text, self.word.text);
        let half = is_small(before)
            && self.seen.determined == 0
            && INSTITUTIONS.contains(&self.folded)
            && !before.text.ends_with("ed")
            && !before.text.ends_with("ing");
        twin || half
    }

    /// "in january 1990", "on a monday", and the name of the title.
    fn lost_capital(&self) -> Option<String> {
        let word = self.word.text;
        let named =
            |names: &[&str]| names.iter().find(|name| name.eq_ignore_ascii_case(word)).map(|name| (*name).to_owned());
        if let Some(month) = named(&MONTHS) {
            let number =
                |word: Option<Word<'_>>| word.is_some_and(|word| word.text.starts_with(|c: char| c.is_ascii_digit()));
            let before = self.plain_before && number(self.before);
            let next = self.plain_next && number(self.next);
            let preposition = self.before.is_some_and(|before| {
                matches!(before.text, "in" | "of" | "since" | "until" | "from" | "by" | "on" | "early" | "late")
            });
            // "march" and "may" are words of their own.
            let sure = word.len() > 3 && word != "march";
            return (sure && (before || next) || preposition && next).then_some(month);
        }
        if let Some(day) = named(&WEEKDAYS) {
            return Some(day);
        }
        // A word of the title that stands alone with a capital again and again is a name; here alone it has none.
        let in_title = || {
            let title = self.account.article.title_text();
            title.is_some_and(|title| words(title).any(|other| fold(other.text) == self.folded))
        };
        let name = self.seen.small == 1 && self.seen.alone >= 3 && self.seen.determined == 0 && word.len() > 3;
        (name && in_title()).then(|| capitalise(word))
    }
}

fn is_small(word: Word<'_>) -> bool {
    word.text.starts_with(char::is_lowercase)
}

/// Whether "AND", "OR" name a gate.
fn is_gate(next: Word<'_>) -> bool {
    next.text.starts_with("gate") || next.text.starts_with("operat")
}

/// What was meant where the shift key was held too long, pressed too late or locked: `THe`, `LOndon`, `tHE`, `wRapped`,
/// `WesterWALD`. `forms` has counted this very word as well.
fn shift_slip(word: &str, forms: Forms, function: bool) -> Option<String> {
    let bytes = word.as_bytes();
    if bytes.len() < 3 || !bytes[1..].iter().any(u8::is_ascii_uppercase) {
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
