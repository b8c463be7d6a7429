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
use crate::text::{Word, fold, is_capitalised, is_function_word, tail, words};
use crate::time::{MONTHS, WEEKDAYS};

pub(crate) static RULE: Rule = Rule { severity: Severity::Warning, checks: &[Check::Article(check)], thresholds: &[] };

/// Function words that grammar doubles, and words that are doubled for weight.
const DOUBLED: &[&str] = &["can", "had", "many", "more", "much", "no", "so", "that", "very"];

/// Particles, and the verbs that take them, so that the same word may follow as a preposition: "was sworn in in May".
const PHRASAL: &[(&str, &[&str])] = &[
    ("about", &["came", "brought", "set"]),
    ("by", &["came", "passed", "passing", "stood", "went"]),
    (
        "in",
        &[
            "broke", "broken", "brought", "called", "came", "checked", "come", "comes", "coming", "gave", "given",
            "go", "goes", "going", "gone", "handed", "joined", "kicked", "let", "locked", "logged", "move", "moved",
            "phased", "plugged", "rolled", "set", "settled", "stepped", "swore", "sworn", "taken", "took", "turned",
            "ushered", "voted", "went",
        ],
    ),
    (
        "on",
        &[
            "called", "came", "carried", "carry", "carrying", "come", "go", "goes", "going", "gone", "handed", "held",
            "kept", "lived", "logged", "looked", "moved", "passed", "put", "settled", "signed", "stayed", "switched",
            "taken", "took", "turned", "went",
        ],
    ),
    ("over", &["came", "given", "handed", "moved", "taken", "took", "turned", "went"]),
    ("through", &["came", "got", "passed", "went"]),
];

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
    let all = account.words_of(passage);
    // Words up to here are reported.
    let mut done = 0;
    for at in 1..all.len() {
        let ((first, folded), (word, again)) = (&all[at - 1], &all[at]);
        let (first, word) = (*first, *word);
        if first.start < done || !blank(&first, &word) {
            continue;
        }
        // Four words are enough for "of the of the".
        let [third, second] = [3, 2].map(|back| Some(all[at.checked_sub(back)?].0));
        let mut end = word.end();
        let once = if folded == again {
            let before = second.filter(|second| blank(second, &first));
            let earlier = third.zip(before).filter(|(third, before)| blank(third, before)).map(|(third, _)| third);
            if is_meant(account, text, [earlier, before], first, word) {
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
        for (next, _) in all[at + 1..].iter().take_while(|(_, next)| next == again) {
            if !text[end..next.start].chars().all(char::is_whitespace) {
                break;
            }
            end = next.end();
        }
        done = end;
        let span = Span::new(passage.source, base + once.start, base + end);
        if article.is_quoted(span) && !is_function_word(folded) || account.is_literal(&span.range()) {
            continue;
        }
        let twice = account.flat(span);
        let hole = text[once.end..end].contains("  ");
        let kept = &text[once];
        let finding = Diagnostic::new(span, format!("“{twice}”: “{kept}” stands twice")).label("once is enough");
        findings.push(if hole {
            // Two blanks show that something stood between them.
            finding.help(format!("write “{kept}” once, or restore what stood between"))
        } else {
            let safe = is_function_word(folded);
            finding.help(format!("write “{kept}” once")).fix(format!("write “{kept}” once"), safe, span, kept)
        });
    }
}

/// Whether a preposition and an article stand twice: "of the of the".
fn is_doubled_pair(a: Word<'_>, b: Word<'_>, c: Word<'_>, d: Word<'_>) -> bool {
    let article = matches!(fold(b.text).as_ref(), "the" | "a" | "an");
    article && b.text == d.text && fold(a.text) == fold(c.text) && is_function_word(&fold(a.text))
}

/// Whether a word may rightly be doubled here. `before` are the two words before it, where only blanks part them.
fn is_meant(
    account: &Account<'_>,
    text: &str,
    before: [Option<Word<'_>>; 2],
    first: Word<'_>,
    second: Word<'_>,
) -> bool {
    let folded = fold(first.text);
    let folded = folded.as_ref();
    // A part of a compound: "on on-site repairs", "the built-in in 1990", "that's".
    let joined = text[..first.start].ends_with(['-', '‑', '–', '\'', '’', '/', '.', '&'])
        || text[second.end()..].starts_with(['-', '‑', '/', '\'', '’', '&']);
    if joined || !first.text.starts_with(char::is_alphabetic) {
        return true;
    }
    // Letters are names of things: "vitamin A a day", "Type I I".
    if folded.chars().count() == 1 && !(first.text == "a" && second.text == "a") {
        return true;
    }
    if DOUBLED.contains(&folded) {
        return true;
    }
    let [earlier, before] = before.map(|word| word.map(|word| fold(word.text)));
    if is_function_word(folded) || matches!(folded, "up" | "off") {
        let verb = matches!(folded, "is" | "was" | "are" | "were" | "do" | "did" | "does" | "has" | "will");
        return verb && opens_clause(&text[..first.start])
            || before.as_deref().is_some_and(|before| is_phrasal(before, folded))
            || is_stranded(earlier.as_deref(), before.as_deref(), text, first)
            // "gave her her book": only "her" is both.
            || folded == "her" && before.is_some()
            // A name of function words: "The The".
            || is_capitalised(first.text) && is_capitalised(second.text) && first.start > 0
            || folded == "the" && is_capitalised(second.text);
    }
    let forms = account.forms().of(folded);
    if is_capitalised(first.text) || is_capitalised(second.text) {
        let calendar = MONTHS.contains(&first.text) || WEEKDAYS.contains(&first.text);
        // The name of a species: "Bubo bubo". At the start of a sentence it may be a common word.
        let common = first.start == 0 && !is_capitalised(second.text) && forms.small > 1;
        return !(calendar && first.text == second.text || common);
    }
    // The name of a subspecies: "Bison bison bison".
    if before.is_some()
        && text[..first.start]
            .trim_end()
            .rsplit(char::is_whitespace)
            .next()
            .is_some_and(|word| is_capitalised(word) && !is_function_word(&fold(word)))
    {
        return true;
    }
    // A short word that never stands alone is the name of a dance or a dish.
    let single = forms.all() > 2;
    folded.ends_with("ly") || !(single || folded.len() > 4)
}

/// Whether a verb takes a particle.
fn is_phrasal(verb: &str, particle: &str) -> bool {
    PHRASAL.iter().any(|(word, verbs)| *word == particle && verbs.contains(&verb))
}

/// Whether some words open a clause that is a subject as a whole: "what he is is", "where she was was".
fn opens_clause(before: &str) -> bool {
    words(tail(before, 200)).any(|word| {
        matches!(
            fold(word.text).as_ref(),
            "what" | "whatever" | "where" | "who" | "whoever" | "how" | "all" | "why" | "which" | "that"
        )
    })
}

/// Whether a preposition closes a relative clause: "the bunks they slept in in winter".
fn is_stranded(earlier: Option<&str>, verb: Option<&str>, text: &str, first: Word<'_>) -> bool {
    let (Some(earlier), Some(_)) = (earlier, verb) else { return false };
    let pronoun = matches!(earlier, "he" | "she" | "they" | "it" | "we" | "you" | "i");
    // The pronoun follows a noun or "that", and begins no clause of its own.
    let mut words_back = text[..first.start].split_whitespace().rev().skip(2);
    let noun = words_back.next().is_some_and(|word| {
        let conjunction = matches!(
            fold(word).as_ref(),
            "and" | "but" | "when" | "as" | "because" | "where" | "while" | "although" | "if" | "since"
        );
        !conjunction && word.ends_with(char::is_alphanumeric)
    });
    pronoun && noun
}
