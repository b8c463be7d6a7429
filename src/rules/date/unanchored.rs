//! Flags a relative time with nothing to count from: "currently", "in recent years", "over the past three decades".
//!
//! Nobody knows when the sentence was written. Silent where the sentence, or the entry of a list that it stands in, carries a date
//! of its own, in quotations, and where the words belong to a story of the past ("the army, now without supplies, …").
//!
//! ## Example
//! ```text fails
//! = Sumpf line =
//!
//! The line is currently closed.
//! ```
//! When is that?
//! ```text passes
//! = Sumpf line =
//!
//! As of 2024 the line is currently closed. The company, now without a railway, had sold its engines.
//! ```

use crate::article::{Article, BlockKind};
use crate::diagnostic::{Diagnostic, Severity};
use crate::facts::{Account, LONGEST_SENTENCE};
use crate::rule::{Check, Context, Findings, Rule};
use crate::source::Span;
use crate::text::{Word, fold, words};
use crate::time::{TimeExpression, Value};
use std::borrow::Cow;

pub(crate) static RULE: Rule = Rule { severity: Severity::Advice, checks: &[Check::Article(check)], thresholds: &[] };

fn check(article: &Article<'_>, context: &Context<'_>, findings: &mut Findings) {
    let account = context.account;
    for block in &article.blocks {
        if matches!(block.kind, BlockKind::Item { date: Some(_), .. } | BlockKind::Raw) {
            continue;
        }
        let starts_dated = matches!(block.kind, BlockKind::Item { .. })
            && account.times_in(block.span).next().is_some_and(|first| is_date(&account.times()[first]));
        if starts_dated {
            continue;
        }
        for &sentence in article.sentences_of(block) {
            look(account, sentence, findings);
        }
    }
}

fn is_date(time: &TimeExpression) -> bool {
    matches!(time.value, Value::Date(date) if date.interval().is_some())
}

/// Whether a date only tells an event from others: "the 2003 invasion".
fn is_attribute(account: &Account<'_>, number: usize) -> bool {
    let time = &account.times()[number];
    let after = account.after(time.span.end);
    let the_before = account.before(time.span.start).ends_with(" the ");
    the_before
        && after.strip_prefix(' ').is_some_and(|rest| {
            let word = &rest[..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())];
            !word.is_empty() && !crate::text::is_function_word(word)
        })
}

fn look(account: &Account<'_>, sentence: Span, findings: &mut Findings) {
    let text = account.article.text(sentence);
    if text.len() > LONGEST_SENTENCE || !MARKS.iter().any(|mark| text.contains(mark)) {
        return;
    }
    // A date that the sentence itself carries is what such words count from.
    let anchored =
        account.times_in(sentence).any(|number| is_date(&account.times()[number]) && !is_attribute(account, number));
    let as_of = text.contains("As of") || text.contains("as of");
    let words: Vec<Word<'_>> = words(text).collect();
    let folded: Vec<Cow<'_, str>> = words.iter().map(|word| fold(word.text)).collect();
    let mut at = 0;
    while at < words.len() {
        let Some(length) = unanchored(&words, &folded, at) else {
            at += 1;
            continue;
        };
        let start = sentence.start as usize;
        let span = Span::new(sentence.source, start + words[at].start, start + words[at + length - 1].end());
        at += length;
        // Who is the current king, no date of what he did tells.
        if account.article.is_quoted(span)
            || anchored && (as_of || length != 2 || !text[words[at - length].start..].starts_with("current "))
        {
            continue;
        }
        findings.push(
            Diagnostic::new(span, format!("“{}” counts from a day that the article does not tell", account.flat(span)))
                .label("when?")
                .help("write since when or until when, or “as of” and the year"),
        );
    }
}

/// What a sentence with such words has one of.
const MARKS: &[&str] = &[
    "urrently",
    "ately",
    "ow ",
    "ow,",
    "resent",
    "ecent",
    "oday",
    "these days",
    "owadays",
    "past ",
    "last ",
    "still ",
    "urrent ",
    " ago",
    "o far",
    "ast year",
];

/// How many words of relative time begin at a word.
#[allow(clippy::too_many_lines)] // a table of words
fn unanchored(words: &[Word<'_>], folded: &[Cow<'_, str>], at: usize) -> Option<usize> {
    let word = |i: usize| folded.get(i).map_or("", AsRef::as_ref);
    let before = |back: usize| at.checked_sub(back).map_or("", |i| word(i));
    // A capital inside a sentence belongs to a name.
    let lower = at == 0 || !words[at].text.starts_with(char::is_uppercase);
    if !lower {
        return None;
    }
    const PRESENT: &[&str] =
        &["is", "are", "has", "have", "does", "do", "can", "remains", "stands", "houses", "holds", "serves"];
    let present = |word: &str| PRESENT.contains(&word);
    let near = present(before(1)) || present(before(2)) || present(word(at + 1)) || present(word(at + 2));
    match word(at) {
        "currently" | "nowadays" | "presently" => Some(1),
        "lately" if folded.iter().any(|word| matches!(word.as_ref(), "has" | "have" | "is" | "are")) => Some(1),
        "now"
            if near
                && !matches!(word(at + 1), "that" | "known" | "called")
                && before(1) != "by"
                && before(1) != "until" =>
        {
            Some(1)
        }
        "today"
            if (folded.iter().any(|word| present(word)) || at == 0)
                && !words.get(at + 1).is_some_and(|next| next.text.starts_with(char::is_uppercase) && at > 0) =>
        {
            Some(1)
        }
        "still" if matches!(word(at + 1), "do" | "does" | "is" | "are" | "has" | "have" | "can") => Some(1),
        // "Last year", "ten years ago", "so far": they count from the day of writing.
        "last"
            if matches!(word(at + 1), "year" | "month" | "week" | "summer" | "winter" | "spring" | "autumn")
                && (at == 0 || before(1) == "since")
                && !matches!(word(at + 2), "of" | "before") =>
        {
            Some(2)
        }
        "so" if word(at + 1) == "far"
            && !matches!(
                word(at + 2),
                "as" | "from" | "that" | "away" | "north" | "south" | "east" | "west" | "out" | "to"
            )
            && (at == 0 || folded.iter().any(|word| matches!(word.as_ref(), "has" | "have"))) =>
        {
            Some(2)
        }
        "years" | "months" | "weeks" | "decades" | "centuries" if word(at + 1) == "ago" => Some(2),
        "still"
            if present(before(1))
                && !matches!(word(at + 1), "life" | "lifes" | "image" | "images" | "more" | "another") =>
        {
            Some(1)
        }
        "recently"
            if present(before(1))
                || present(word(at + 1))
                || matches!(before(1), "until" | "was" | "were" | "more" | "most")
                || at == 0 =>
        {
            (!matches!(before(2), "had")).then_some(1)
        }
        "at" if word(at + 1) == "present" && !matches!(word(at + 2), "day") => Some(2),
        "these" if word(at + 1) == "days" => Some(2),
        "in" | "over" | "during" | "for" | "within" => {
            let the = usize::from(word(at + 1) == "the");
            let kind = word(at + 1 + the);
            let unit = |word: &str| {
                matches!(
                    word,
                    "summers"
                        | "winters"
                        | "seasons"
                        | "years"
                        | "decades"
                        | "months"
                        | "times"
                        | "weeks"
                        | "decade"
                        | "century"
                        | "centuries"
                        | "year"
                )
            };
            match kind {
                "recent" if unit(word(at + 2 + the)) => Some(3 + the),
                "past" | "last" => {
                    let next = at + 2 + the;
                    let of_something = |end: usize| word(end) == "of" || word(end) == "before";
                    if unit(word(next))
                        && !of_something(next + 1)
                        && (kind == "past" || folded.iter().any(|word| matches!(word.as_ref(), "has" | "have")))
                    {
                        Some(3 + the)
                    } else if unit(word(next + 1))
                        && !of_something(next + 2)
                        && the == 1
                        && (kind == "past" || folded.iter().any(|word| matches!(word.as_ref(), "has" | "have")))
                    {
                        Some(4 + the)
                    } else {
                        None
                    }
                }
                _ => None,
            }
        }
        "current"
            if matches!(before(1), "the" | "its" | "his" | "her" | "their")
                && !matches!(
                    word(at + 1),
                    "and" | "or" | "of" | "in" | "is" | "was" | "flow" | "flows" | "through" | "density" | "account"
                ) =>
        {
            // "the current King": a person or a state, not a stream.
            // "the current runs at nine knots": the stream itself.
            let runs = crate::facts::is_present_verb(word(at + 1));
            let told = words.get(at + 1).is_some_and(|next| next.text.len() > 2);
            (told && !runs).then_some(2).filter(|_| before(2) != "then")
        }
        _ => None,
    }
}
