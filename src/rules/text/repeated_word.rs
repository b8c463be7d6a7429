//! Flags a word that stands twice where once was meant: "the the", "in in", "of the of the".
//!
//! A word may be doubled rightly: "had had", "that that", a particle of a verb before its preposition ("was sworn in in
//! May"), a name ("Pago Pago"), a foreign or childlike word that is always doubled, or a word said twice in a quotation.
//! Words in different sentences, and words with a mark between them, are no repetition.
//!
//! ## Example
//! ```text fails
//! = Valletta Bridge =
//!
//! The bridge was closed in in 1990.
//! ```
//! Once is enough:
//! ```text passes
//! = Valletta Bridge =
//!
//! The keeper who was sworn in in 1990 said that that had had no effect.
//! ```

use crate::article::{Article, Layout, LeafKind};
use crate::diagnostic::{Diagnostic, Severity};
use crate::facts::Account;
use crate::rule::{Check, Context, Findings, Rule};
use crate::source::Span;
use crate::text::{Word, fold, is_capitalised, is_function_word, words};
use crate::time::{MONTHS, WEEKDAYS};

pub(crate) static RULE: Rule = Rule { severity: Severity::Warning, checks: &[Check::Article(check)] };

/// Function words that grammar doubles, and words that are doubled for weight.
const DOUBLED: &[&str] = &["had", "many", "more", "much", "no", "so", "that", "very"];

/// Verbs that take "in", "on", "up" and the like as a particle, so that the same word may follow as a preposition.
const PHRASAL: &[&str] = &[
    "break", "breaking", "breaks", "broke", "broken", "bring", "bringing", "brings", "brought", "built", "called", "came",
    "carried", "carries", "carry", "carrying", "caught", "checked", "closed", "come", "comes", "coming", "cut", "cutting",
    "dropped", "filled", "fitted", "gave", "get", "getting", "give", "given", "go", "goes", "going", "gone", "got", "handed",
    "held", "hold", "holding", "joined", "keep", "kept", "kicked", "lived", "lock", "locked", "log", "logged", "looked", "move",
    "moved", "moves", "moving", "pass", "passed", "passes", "phased", "plugged", "put", "putting", "ran", "rolled", "run",
    "set", "settled", "sets", "setting", "sign", "signed", "stay", "stayed", "step", "stepped", "swear", "swore", "sworn",
    "take", "taken", "takes", "taking", "took", "tuned", "turn", "turned", "ushered", "voted", "walked", "went",
];

/// Words that may be a particle of a verb.
const PARTICLES: &[&str] = &["about", "by", "in", "on", "over", "through", "to", "up"];

fn check(article: &Article<'_>, context: &Context<'_>, findings: &mut Findings) {
    for leaf in &article.leaves {
        match leaf.kind {
            LeafKind::Sentence | LeafKind::ItemSentence | LeafKind::Heading => {}
            LeafKind::Value if article.layout != Layout::Markdown => {}
            _ => continue,
        }
        check_passage(article, context.account, leaf.span, findings);
    }
}

fn check_passage(article: &Article<'_>, account: &Account<'_>, passage: Span, findings: &mut Findings) {
    let text = article.text(passage);
    let base = passage.start as usize;
    let blank = |from: &Word<'_>, to: &Word<'_>| {
        let between = &text[from.end()..to.start];
        !between.is_empty() && between.chars().all(char::is_whitespace)
    };
    // The last four words: enough for "of the of the".
    let mut last: [Option<Word<'_>>; 4] = [None; 4];
    // Words up to here are reported.
    let mut done = 0;
    let mut iterator = words(text).peekable();
    while let Some(word) = iterator.next() {
        last.rotate_left(1);
        last[3] = Some(word);
        let [third, second, Some(first), _] = last else { continue };
        if first.start < done || !blank(&first, &word) {
            continue;
        }
        let mut end = word.end();
        let once = if fold(first.text) == fold(word.text) {
            let before = second.filter(|second| blank(second, &first));
            if is_meant(account, text, before, first, word) {
                continue;
            }
            first.start..first.end()
        } else if let (Some(third), Some(second)) = (third, second)
            && is_doubled_pair(third, second, first, word)
            && blank(&third, &second)
            && blank(&second, &first)
        {
            third.start..second.end()
        } else {
            continue;
        };
        // "the the the" is one finding.
        while let Some(next) = iterator.peek().copied().filter(|next| fold(next.text) == fold(word.text)) {
            if !text[end..next.start].chars().all(char::is_whitespace) {
                break;
            }
            end = next.end();
            iterator.next();
        }
        done = end;
        let span = Span::new(passage.source, base + once.start, base + end);
        if article.is_quoted(span) && !is_function_word(&fold(first.text)) || account.is_literal(&span.range()) {
            continue;
        }
        let twice = account.flat(span);
        let kept = &text[once];
        findings.push(
            Diagnostic::new(span, format!("“{twice}”: “{kept}” stands twice"))
                .label("once is enough")
                .help(format!("write “{kept}” once"))
                .fix(format!("write “{kept}” once"), true, span, kept),
        );
    }
}

/// Whether a preposition and an article stand twice: "of the of the".
fn is_doubled_pair(a: Word<'_>, b: Word<'_>, c: Word<'_>, d: Word<'_>) -> bool {
    let article = matches!(fold(b.text).as_ref(), "the" | "a" | "an");
    article && b.text == d.text && fold(a.text) == fold(c.text) && is_function_word(&fold(a.text))
}

/// Whether a word may rightly be doubled here.
fn is_meant(account: &Account<'_>, text: &str, before: Option<Word<'_>>, first: Word<'_>, second: Word<'_>) -> bool {
    let folded = fold(first.text);
    let folded = folded.as_ref();
    // A part of a compound: "on on-site repairs", "the built-in in 1990", "that's", "O’O".
    let joined = text[..first.start].ends_with(['-', '‑', '–', '\'', '’', '/', '.', '&'])
        || text[second.end()..].starts_with(['-', '‑', '/', '\'', '’', '&']);
    if joined || !first.text.starts_with(char::is_alphabetic) {
        return true;
    }
    // Letters are names of things: "vitamin A a day", "Type I I".
    if folded.chars().count() == 1 && !(folded == "a" && first.text == "a" && second.text == "a") {
        return true;
    }
    let before = before.map(|word| fold(word.text)).unwrap_or_default();
    if is_function_word(folded) || matches!(folded, "up" | "off" | "an") {
        let pronoun = matches!(before.as_ref(), "it" | "that" | "what" | "this" | "there" | "he" | "she" | "they" | "who" | "which" | "one" | "all");
        return DOUBLED.contains(&folded)
            // "what it is is", "where he was was a farm"
            || matches!(folded, "is" | "was" | "are" | "were" | "do" | "did" | "does" | "has") && pronoun
            || PARTICLES.contains(&folded) && PHRASAL.contains(&before.as_ref())
            // "gave her her book", "told him him": only "her" is both.
            || folded == "her" && !before.is_empty()
            // A name of function words: "The The", "On On".
            || is_capitalised(first.text) && is_capitalised(second.text) && first.start > 0
            || folded == "the" && is_capitalised(second.text);
    }
    if is_capitalised(first.text) || is_capitalised(second.text) {
        // A name, but for months and days of the week.
        let calendar = MONTHS.contains(&first.text) || WEEKDAYS.contains(&first.text);
        let both = is_capitalised(first.text) && is_capitalised(second.text);
        return both && !calendar || !is_capitalised(first.text);
    }
    // Other words: one that stands single elsewhere is no name of a dance or dish, and one with an English ending
    // is none either.
    let forms = account.forms().of(folded);
    let single = forms.all() > 2;
    let english = ["tion", "ment", "ness", "ing", "ed", "ity", "ous", "ive", "ers", "ies"].iter().any(|end| folded.len() > end.len() + 2 && folded.ends_with(end));
    DOUBLED.contains(&folded) || folded.ends_with("ly") || !(single || english || folded.len() > 6)
}
