//! Flags a future that is past: "will open in the autumn of 2021", read in 2026.
//!
//! What the article itself tells as still to come, with a date before the as-of day, misleads the reader: the thing has happened,
//! or has not. So does a plan to build, open, move or close something that has no date at all. What somebody said, announced or
//! expected at a time that is told, and what stands in a quotation, stays what it was.
//!
//! ## Example
//! ```text fails
//! = Sumpf line =
//!
//! The line will be handed over in the spring of 2003.
//! ```
//! That was long ago:
//! ```text passes
//! = Sumpf line =
//!
//! The line was handed over in the spring of 2003. The minister had said in 1998 that it would be ready by 2001.
//! ```

use crate::article::{Article, BlockKind};
use crate::diagnostic::{Diagnostic, Severity};
use crate::facts::{Account, LONGEST_SENTENCE};
use crate::rule::{Check, Context, Findings, Rule};
use crate::source::Span;
use crate::text::{Word, fold, words};
use crate::time::{Anchor, TimeExpression, TimeKind, Value};
use std::borrow::Cow;

pub(crate) static RULE: Rule = Rule { severity: Severity::Warning, checks: &[Check::Article(check)], thresholds: &[] };

fn check(article: &Article<'_>, context: &Context<'_>, findings: &mut Findings) {
    let account = context.account;
    for field in article.fields() {
        if let Some(finding) = planned_value(account, field.value) {
            findings.push(finding);
        }
    }
    for block in &article.blocks {
        // What heads an entry says when that future was.
        let head = account.times_in(block.span).next().map(|first| &account.times()[first]).filter(|first| {
            matches!(block.kind, BlockKind::Item { date, .. }
                if date.is_some() || first.span.start == block.span.start as usize)
        });
        if matches!(block.kind, BlockKind::Item { date: Some(_), .. }) && head.is_none() {
            continue;
        }
        for &sentence in account.article.sentences_of(block) {
            look(account, sentence, head, findings);
        }
    }
}

fn look(account: &Account<'_>, sentence: Span, head: Option<&TimeExpression>, findings: &mut Findings) {
    let text = account.article.text(sentence);
    if text.len() > LONGEST_SENTENCE || !MARKS.iter().any(|mark| text.contains(mark)) {
        return;
    }
    let words: Vec<Word<'_>> = words(text).collect();
    let folded: Vec<Cow<'_, str>> = words.iter().map(|word| fold(word.text)).collect();
    let mut from = 0;
    while let Some(future) = (from..words.len()).find_map(|at| future(&words, &folded, at)) {
        from = future.end;
        let place = |from: usize, to: usize| {
            let start = sentence.start as usize;
            Span::new(sentence.source, start + words[from].start, start + words[to - 1].end())
        };
        let span = place(future.start, future.end);
        if account.article.is_quoted(span)
            || is_reported(&folded[..future.start])
            || head.is_some_and(|head| !entry_in_future(account, head, span))
        {
            continue;
        }
        if let Some(time) = date_of(account, sentence, span).or(head) {
            if let Some(days) = time.interval().filter(|days| account.today.is_after(days.to)) {
                let as_of = account.today.day();
                let when = account.words(time);
                let whole = Span {
                    end: span.end.max(time.span.end as u32),
                    start: span.start.min(time.span.start as u32),
                    ..span
                };
                findings.push(
                    Diagnostic::new(whole, format!("told as still to come, but {when} is past: today is {as_of}"))
                        .label(if days.to.year == as_of.year {
                            String::from("past")
                        } else {
                            format!("{} years past", as_of.year - days.to.year)
                        })
                        .help("say what has come of it, or when and by whom it was planned"),
                );
            }
        } else if future.is_plan && account.times_in(sentence).all(|time| !is_date(account, &account.times()[time])) {
            let end = words.len().min(future.end + 1);
            findings.push(
                Diagnostic::new(
                    place(future.start, end),
                    "a plan without a date: nobody can tell whether it still holds",
                )
                .label("planned when?")
                .help("say when it was planned and for when, or what has come of it"),
            );
        }
    }
}

/// What a sentence about the future has one of.
const MARKS: &[&str] = &[
    "will ",
    " due ",
    " to be ",
    "expected",
    "scheduled",
    "planned",
    " plan",
    "set to",
    "slated",
    "intend",
    "going to",
    "is to ",
    "are to ",
    "hopes",
    "aims",
    "proposes",
    "means",
];

/// A phrase for the future, as a range of words.
struct Future {
    start: usize,
    end: usize,
    /// Whether it is a plan to make or change something, which needs a date.
    is_plan: bool,
}

/// The phrase for the future that begins at a word.
#[allow(clippy::too_many_lines)] // a table of words
fn future(words: &[Word<'_>], folded: &[Cow<'_, str>], at: usize) -> Option<Future> {
    let word = |i: usize| folded.get(i).map_or("", AsRef::as_ref);
    let is_verb = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase());
    match word(at) {
        "will" if words[at].text == "will" => {
            let before = at.checked_sub(1).map_or("", |i| word(i));
            // "the will", "his will", "free will".
            let noun = matches!(
                before,
                "the"
                    | "a"
                    | "his"
                    | "her"
                    | "their"
                    | "its"
                    | "my"
                    | "our"
                    | "own"
                    | "free"
                    | "last"
                    | "of"
                    | "s"
                    | "good"
                    | "ill"
                    | "political"
            ) || before.ends_with("'s");
            let next = skip_adverbs(folded, at + 1);
            (!noun && is_verb(word(next))).then_some(Future {
                start: at,
                end: (next + 1).min(words.len()),
                is_plan: false,
            })
        }
        "is" | "are" => {
            let next = skip_adverbs(folded, at + 1);
            match word(next) {
                // "which is to say 18 February 1803" says the same in other words.
                "to" if word(next + 1) == "say" => None,
                // "are not to be confused", "is to be found": no future.
                "to" if word(next + 1) == "be"
                    && is_verb(word(next + 2))
                    && next == at + 1
                    && !is_possible(word(next + 2)) =>
                {
                    Some(Future { start: at, end: next + 3, is_plan: is_change(word(next + 2)) })
                }
                // "It is to go online in 2020"; but "his task is to write" says what the task is.
                "to" if word(next + 1) != "be"
                    && next == at + 1
                    && is_verb(word(next + 1))
                    && before_is_thing(folded, at) =>
                {
                    Some(Future { start: at, end: next + 2, is_plan: false })
                }
                "due" | "expected" | "scheduled" | "planned" | "set" | "slated" | "projected" | "anticipated"
                | "going" | "hoped" | "intended" | "planning" | "likely" | "estimated" | "predicted" | "proposed" => {
                    match word(next + 1) {
                        "to" => {
                            let be = word(next + 2) == "be";
                            let verb = next + 2 + usize::from(be);
                            let plan = is_change(word(verb))
                                && !matches!(
                                    word(next),
                                    "likely" | "going" | "estimated" | "projected" | "predicted" | "intended" | "set"
                                );
                            is_verb(word(verb)).then_some(Future { start: at, end: verb + 1, is_plan: plan })
                        }
                        "for" | "in" | "by"
                            if !matches!(
                                word(next),
                                "going" | "set" | "hoped" | "intended" | "likely" | "proposed" | "planning"
                            ) =>
                        {
                            Some(Future { start: at, end: next + 2, is_plan: false })
                        }
                        _ => None,
                    }
                }
                _ => None,
            }
        }
        // "The liquidator expects to complete the sale by the end of 2015."
        "expects" | "hopes" | "aims" | "proposes" | "means" | "expect" | "hope"
            if word(at + 1) == "to" && is_verb(word(at + 2)) =>
        {
            let noun = at.checked_sub(1).is_none_or(|before| {
                matches!(word(before), "the" | "his" | "her" | "their" | "its" | "no" | "of" | "and")
            });
            (!noun).then_some(Future { start: at, end: at + 3, is_plan: false })
        }
        "plans" | "intends" | "intend" if word(at + 1) == "to" => {
            let before = at.checked_sub(1).map_or("", |i| word(i));
            let noun = matches!(
                before,
                "the"
                    | "his"
                    | "her"
                    | "their"
                    | "its"
                    | "these"
                    | "those"
                    | "no"
                    | "had"
                    | "has"
                    | "have"
                    | "made"
                    | "of"
                    | "with"
                    | "and"
                    | "announced"
                    | "drew"
                    | "were"
                    | "are"
                    | "ambitious"
                    | "new"
            );
            (!noun && is_verb(word(at + 2))).then_some(Future {
                start: at,
                end: at + 3,
                is_plan: is_change(word(at + 2)),
            })
        }
        _ => None,
    }
}

/// The span of a plan in the value of a field: "Opening: planned for December 2020".
fn planned_value(account: &Account<'_>, value: Span) -> Option<Diagnostic> {
    const LEADS: [&str; 6] = ["planned", "expected", "scheduled", "due", "projected", "anticipated"];
    let text = account.article.text(value);
    let first = words(text).next()?;
    if !LEADS.contains(&fold(first.text).as_ref()) {
        return None;
    }
    let numbers = account.times_in(value);
    let time = &account.times()[numbers.clone()].iter().find(|time| is_date(account, time))?;
    let past = numbers.len() == 1 && time.anchor == Anchor::Explicit && account.today.is_after(time.interval()?.to);
    past.then(|| {
        let start = value.start as usize + first.start;
        Diagnostic::new(
            Span::new(value.source, start, time.span.end),
            format!("told as still to come, but {} is past: today is {}", account.words(time), account.today.day()),
        )
        .label("past")
        .help("say what has come of it")
    })
}

/// Whether what an entry with a date says of that date is in the future itself: "2022: a planetarium will be added".
fn entry_in_future(account: &Account<'_>, head: &TimeExpression, phrase: Span) -> bool {
    const LONGEST: usize = 4;
    let lead = account.between(head.span.end, phrase.start as usize);
    let lead: Vec<&str> = words(lead).map(|word| word.text).collect();
    let determined = lead.first().is_some_and(|first| matches!(*first, "a" | "an" | "the" | "A" | "An" | "The"));
    // Another verb would say who expects it.
    determined && lead.len() <= LONGEST && lead[1..].iter().all(|word| !word.ends_with('s') && !word.ends_with("ed"))
}

/// Whether "to be" and the participle say what can be, or must be thought.
fn is_possible(participle: &str) -> bool {
    const POSSIBLE: [&str; 14] = [
        "found",
        "seen",
        "had",
        "heard",
        "read",
        "met",
        "confused",
        "admired",
        "visited",
        "blamed",
        "thanked",
        "understood",
        "regretted",
        "expected",
    ];
    POSSIBLE.contains(&participle)
}

/// Whether a pronoun for a thing or a noun that no infinitive explains stands before "is to".
fn before_is_thing(folded: &[Cow<'_, str>], at: usize) -> bool {
    const EXPLAINED: [&str; 14] = [
        "aim",
        "aims",
        "duty",
        "function",
        "goal",
        "idea",
        "intention",
        "mission",
        "object",
        "plan",
        "purpose",
        "role",
        "task",
        "way",
    ];
    at.checked_sub(1).is_some_and(|before| {
        let word = folded[before].as_ref();
        !EXPLAINED.contains(&word) && !crate::text::is_function_word(word)
            || matches!(word, "it" | "which" | "they" | "he" | "she")
    })
}

fn skip_adverbs(folded: &[Cow<'_, str>], mut at: usize) -> usize {
    while folded.get(at).is_some_and(|word| {
        word.ends_with("ly")
            || matches!(
                word.as_ref(),
                "also" | "not" | "now" | "then" | "soon" | "still" | "currently" | "never" | "once"
            )
    }) {
        at += 1;
    }
    at
}

/// Whether a verb, in any form, makes or changes a thing.
fn is_change(verb: &str) -> bool {
    const STEMS: &[&str] = &[
        "build",
        "built",
        "clos",
        "complet",
        "construct",
        "convert",
        "demolish",
        "electrif",
        "enlarg",
        "erect",
        "establish",
        "expand",
        "extend",
        "finish",
        "hand",
        "inaugurat",
        "install",
        "introduc",
        "launch",
        "merg",
        "mov",
        "open",
        "publish",
        "rais",
        "rebuil",
        "refurbish",
        "releas",
        "relocat",
        "renovat",
        "reopen",
        "replac",
        "restor",
        "sold",
        "transfer",
        "unveil",
        "upgrad",
        "widen",
    ];
    STEMS.iter().any(|stem| verb.starts_with(stem)) && verb.len() <= 14
}

/// Whether words before the phrase report what somebody said or thought at some time, or set another condition.
fn is_reported(before: &[Cow<'_, str>]) -> bool {
    const REPORTS: &[&str] = &[
        "according",
        "agreed",
        "announced",
        "argued",
        "asserted",
        "believed",
        "claimed",
        "confirmed",
        "declared",
        "envisaged",
        "expected",
        "feared",
        "felt",
        "forecast",
        "hoped",
        "if",
        "indicated",
        "insisted",
        "knew",
        "noted",
        "ordered",
        "predicted",
        "promised",
        "proposed",
        "reported",
        "revealed",
        "said",
        "says",
        "signed",
        "stated",
        "states",
        "suggested",
        "thought",
        "told",
        "unless",
        "warned",
        "whether",
        "would",
        "wrote",
    ];
    // "have been ordered" says what was done with things.
    let passive = |at: usize| {
        // "A boat, ordered at Buckie in 2021, will enter service": what follows is no order.
        let of_thing =
            before.get(at + 1).is_some_and(|next| matches!(next.as_ref(), "at" | "by" | "from" | "in" | "on"));
        let be = at.checked_sub(1).map_or("", |be| before[be].as_ref());
        before[at] == "ordered" && (of_thing || matches!(be, "been" | "was" | "were" | "are" | "is"))
    };
    (0..before.len()).any(|at| REPORTS.binary_search(&before[at].as_ref()).is_ok() && !passive(at))
}

fn is_date(account: &Account<'_>, time: &TimeExpression) -> bool {
    time.kind == TimeKind::Date
        && matches!(time.value, Value::Date(_))
        && !account.article.is_quoted(account.span(time))
}

/// The date that a phrase speaks of: the first behind it in its clause, or the one that opens the sentence.
fn date_of<'a>(account: &'a Account<'_>, sentence: Span, phrase: Span) -> Option<&'a TimeExpression> {
    let times = &account.times()[account.times_in(sentence)];
    let sure = |time: &&TimeExpression| time.anchor == Anchor::Explicit && is_date(account, time);
    let behind = times.iter().filter(|time| time.span.start >= phrase.end as usize).find(sure).filter(|time| {
        let between = account.between(phrase.end as usize, time.span.start);
        let joins = between.trim_end().rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        let at_end = between.trim().is_empty();
        // "during the 1990s"; but "double the 2006 output" has the year for an attribute.
        let attribute = account.after(time.span.end).trim_start().starts_with(char::is_lowercase)
            && !words(account.after(time.span.end)).next().is_some_and(|next| crate::text::is_function_word(next.text));
        let of_course = joins != "of"
            || ["course of", "end of", "season of", "spring of", "summer of", "autumn of", "winter of", "start of"]
                .iter()
                .any(|joint| between.trim_end().ends_with(joint));
        !between.contains(';')
            && !between.contains(['(', '"', '“'])
            && of_course
            && (at_end
                || joins == "the" && !attribute
                || matches!(
                    joins,
                    "in" | "on"
                        | "by"
                        | "during"
                        | "until"
                        | "for"
                        | "before"
                        | "at"
                        | "of"
                        | "late"
                        | "early"
                        | "around"
                        | "about"
                ))
    });
    let opening = times.first().filter(|time| time.span.start < phrase.start as usize).filter(sure).filter(|time| {
        let lead = account.between(sentence.start as usize, time.span.start);
        let between = account.between(time.span.end, phrase.start as usize);
        // "On 1 October 1904 she opened a studio and, since they will not keep still, …": the date is that of the other verb.
        let told = words(between)
            .any(|word| crate::facts::is_past(&fold(word.text)) || matches!(word.text, "since" | "because"));
        matches!(lead.trim(), "In" | "On" | "By" | "During" | "From" | "Until" | "In the" | "")
            && !between.contains(';')
            && !told
    });
    // "By its eight hundredth anniversary, in 2023, the chapter house will have a roof": between commas.
    let inserted = times.iter().rfind(|time| time.span.end <= phrase.start as usize).filter(sure).filter(|time| {
        let lead = account.between(sentence.start as usize, time.span.start);
        lead.starts_with("By ")
            && [", in ", ", on ", ", by "].iter().any(|joint| lead.ends_with(joint))
            && account.between(time.span.end, phrase.start as usize).starts_with(", ")
    });
    behind.or(opening).or(inserted)
}
