//! Flags a date that is written as no date is: "On August 1990", "3st May", "held in Cuba 1979", "October, 2005".
//!
//! Where the right form is certain a safe fix comes with the finding: the comma of "October, 2005", the ending of "22th", a
//! misspelt month. Where a day may be lost ("On August 1990") it does not.
//!
//! ## Example
//! ```text fails
//! = Sumpf line =
//!
//! On August 1990, the line was closed. It had been opened on the 22th of June 1899.
//! ```
//! A month takes "in", and 22 is "22nd":
//! ```text passes
//! = Sumpf line =
//!
//! In August 1990, the line was closed. It had been opened on the 22nd of June 1899, or, by others, on October 28, 1899.
//! ```

use crate::article::{Article, LeafKind};
use crate::diagnostic::{Diagnostic, Severity};
use crate::facts::Account;
use crate::rule::{Check, Context, Findings, Rule};
use crate::source::Span;
use crate::text::{Word, is_function_word};
use crate::time::{Anchor, Date, MONTHS, Part, TimeExpression, TimeKind, Value, Year};

pub(crate) static RULE: Rule = Rule { severity: Severity::Warning, checks: &[Check::Article(check)], thresholds: &[] };

fn check(article: &Article<'_>, context: &Context<'_>, findings: &mut Findings) {
    let account = context.account;
    for (number, time) in account.times().iter().enumerate() {
        if time.kind != TimeKind::Date || time.quoted || article.is_quoted(account.span(time)) {
            continue;
        }
        let Value::Date(date) = time.value else { continue };
        let finding = preposition(account, time, date)
            .or_else(|| comma(account, time, date))
            .or_else(|| lost_preposition(account, time, date))
            .or_else(|| broken_year(account, time, date))
            .or_else(|| letter_for_digit(account, time, date))
            .or_else(|| between_to(account, number));
        if let Some(finding) = finding {
            findings.push(finding);
        }
    }
    for leaf in &article.leaves {
        if !matches!(leaf.kind, LeafKind::Markup | LeafKind::Raw | LeafKind::Id | LeafKind::Key) {
            spelling(account, leaf.span, findings);
        }
    }
}

/// "On August 1990" and "in 5 May 1920".
fn preposition(account: &Account<'_>, time: &TimeExpression, date: Date) -> Option<Diagnostic> {
    let span = account.span(time);
    let text = account.article.text(span);
    let before = account.before(time.span.start).strip_suffix(' ')?;
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next()?;
    let opens = before.len() == word.len();
    let lead = before[..before.len() - word.len()].trim_end();
    let after = account.after(time.span.end);
    // "on May 1968 posters": what follows may take the date as its attribute.
    let ends =
        after.trim_start().is_empty() || after.starts_with([',', '.', ';', ')', ':']) || next_is_function_word(after);
    let starts_clause = opens || lead.ends_with(['.', ',', ';', '(']);
    let with_word = Span { start: span.start - word.len() as u32 - 1, ..span };
    let written = account.flat(with_word);
    match (date.part, word) {
        (Part::Month(Some(_)), "On" | "on")
            if date.known_year().is_some()
                && text.contains(|c: char| c.is_ascii_digit())
                && (word == "On" || starts_clause && ends || ends && verb_before(lead)) =>
        {
            let words = account.words(time);
            let right = if word == "On" { format!("In {words}") } else { format!("in {words}") };
            Some(
                Diagnostic::new(with_word, format!("“{written}” has a month and no day"))
                    .label("no day")
                    .help(format!("write “{right}”, or add the day that was lost"))
                    .fix(format!("write “{right}”"), false, with_word, right),
            )
        }
        // "On 1956, the club moved": a year takes "in".
        (Part::Whole, "On") if opens || lead.ends_with('.') => {
            let year = date.known_year().filter(|_| text.len() == 4 && after.starts_with(", "))?;
            let right = format!("In {year}");
            Some(
                Diagnostic::new(with_word, format!("“{written}”: a year takes “in”"))
                    .label("a year takes “in”")
                    .help(format!("write “{right}”, or add the day that was lost"))
                    .fix(format!("write “{right}”"), false, with_word, right),
            )
        }
        (Part::Day(Some(_), Some(_)), "In" | "in")
            if date.known_year().is_some() && (starts_clause || verb_before(lead)) && ends =>
        {
            let right = if word == "In" { "On" } else { "on" };
            let place = Span { end: span.start - 1, ..with_word };
            Some(
                Diagnostic::new(with_word, format!("“{written}”: a day takes “on”"))
                    .label("a day takes “on”")
                    .help(format!("write “{right} {}”", account.words(time)))
                    .fix(format!("write “{right}”"), true, place, right),
            )
        }
        _ => None,
    }
}

/// Whether a text ends in a verb in the past: "was opened", "held", "took place".
fn verb_before(text: &str) -> bool {
    const IRREGULAR: &[&str] = &[
        "became", "began", "begun", "born", "bought", "broke", "built", "came", "fell", "held", "laid", "left", "lost",
        "made", "met", "place", "ran", "sank", "sold", "sunk", "taken", "went", "won",
    ];
    /// Verbs that take "on" for what they are about.
    const ABOUT: &[&str] = &[
        "based",
        "centered",
        "centred",
        "commented",
        "concentrated",
        "depended",
        "dwelled",
        "elaborated",
        "focused",
        "focussed",
        "lectured",
        "modelled",
        "reported",
        "touched",
    ];
    let word = text.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    let verb = word.len() > 4 && word.ends_with("ed") && word.starts_with(char::is_lowercase);
    (verb || IRREGULAR.contains(&word)) && !ABOUT.contains(&word)
}

fn next_is_function_word(after: &str) -> bool {
    let rest = after.trim_start();
    let word = &rest[..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())];
    is_function_word(word)
}

/// "October, 2005".
fn comma(account: &Account<'_>, time: &TimeExpression, date: Date) -> Option<Diagnostic> {
    let span = account.span(time);
    let text = account.article.text(span);
    let (month, year) = text.split_once(',')?;
    let is_month = matches!(date.part, Part::Month(Some(_))) && !month.contains(|c: char| c.is_ascii_digit());
    let after = account.after(time.span.end);
    // "In October, 2005 employees left": the number counts what follows.
    let counts = after.strip_prefix(' ').is_some_and(|rest| {
        rest.starts_with(char::is_alphabetic) && !next_is_function_word(rest) && rest.starts_with(char::is_lowercase)
    });
    if !is_month || counts || !year.trim().bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let right = format!("{month} {}", year.trim());
    Some(
        Diagnostic::new(span, format!("“{}” has a comma between month and year", account.words(time)))
            .label("no comma here")
            .help(format!("write “{right}”"))
            .fix(format!("write “{right}”"), true, span, right.clone()),
    )
}

/// "7 May 19 36", "15 April 1,912": a year in two parts.
fn broken_year(account: &Account<'_>, time: &TimeExpression, date: Date) -> Option<Diagnostic> {
    let (Part::Day(Some(_), Some(_)), None) =
        (date.part, date.known_year().filter(|_| time.anchor == Anchor::Explicit))
    else {
        return None;
    };
    let after = account.after(time.span.end);
    let rest = after.strip_prefix(", ").or_else(|| after.strip_prefix(' '))?;
    let bytes = rest.as_bytes();
    let digits =
        |range: std::ops::Range<usize>| bytes.get(range).is_some_and(|part| part.iter().all(u8::is_ascii_digit));
    let (length, year) = if digits(0..2) && bytes.get(2) == Some(&b' ') && digits(3..5) {
        (5, format!("{}{}", &rest[..2], &rest[3..5]))
    } else if digits(0..1) && bytes.get(1) == Some(&b',') && digits(2..5) {
        (5, format!("{}{}", &rest[..1], &rest[2..5]))
    } else {
        return None;
    };
    let number: i32 = year.parse().ok()?;
    // What follows must not be what a number counts: "on 15 April 1,912 people".
    let ends = !bytes.get(length).is_some_and(u8::is_ascii_digit)
        && (rest[length..].starts_with(['.', ',', ';', ')', ':', '\n'])
            || rest[length..].is_empty()
            || next_is_function_word(&rest[length..]));
    if !(1000..=2100).contains(&number) || !ends {
        return None;
    }
    let end = time.span.end + (after.len() - rest.len()) + length;
    let span = Span { end: end as u32, ..account.span(time) };
    let right = format!("{} {year}", account.words(time));
    Some(
        Diagnostic::new(span, format!("“{}”: the year is in two parts", account.flat(span)))
            .label("a year in two parts")
            .help(format!("write “{right}”"))
            .fix(format!("write “{right}”"), false, span, right.clone()),
    )
}

/// "O8 June 1922", "1l May 1920": a letter that looks like a digit.
fn letter_for_digit(account: &Account<'_>, time: &TimeExpression, date: Date) -> Option<Diagnostic> {
    let before = account.before(time.span.start).strip_suffix(' ')?;
    let word = before.rsplit(|c: char| c.is_whitespace() || c == '(').next()?;
    let looks_like = |c: char| matches!(c, 'O' | 'o' | 'l' | 'I');
    let is_number = word.len() == 2 && word.chars().all(|c| looks_like(c) || c.is_ascii_digit());
    let mixed = is_number && word.contains(looks_like) && word.contains(|c: char| c.is_ascii_digit());
    if !matches!(date.part, Part::Month(Some(_))) || !mixed {
        return None;
    }
    let right = word.replace(['O', 'o'], "0").replace(['l', 'I'], "1");
    let right = right.trim_start_matches('0').to_owned();
    right.parse::<u8>().ok().filter(|day| (1..=31).contains(day))?;
    let span = account.span(time);
    let place = Span { start: span.start - 3, end: span.start - 1, ..span };
    let whole = Span { start: place.start, ..span };
    Some(
        Diagnostic::new(whole, format!("“{}” has a letter for a digit", account.flat(whole)))
            .label(format!("{right}?"))
            .help(format!("write “{right} {}”", account.words(time)))
            .fix(format!("write “{right}”"), true, place, right.clone()),
    )
}

/// "held in Cuba 1979".
fn lost_preposition(account: &Account<'_>, time: &TimeExpression, date: Date) -> Option<Diagnostic> {
    let span = account.span(time);
    let year = matches!((date.part, date.year), (Part::Whole, Year::Known(_)));
    let before = account.before(time.span.start).strip_suffix(' ')?;
    if !year || account.article.text(span).len() != 4 {
        return None;
    }
    let after = account.after(time.span.end);
    let ends = after.is_empty()
        || after.starts_with(['.', ';', '[', '\n'])
        || after.starts_with(", ")
        || next_is_function_word(after);
    // The place: one or two words with a capital behind "in", and a verb of happening before that.
    let mut words = before.rsplitn(4, ' ');
    let (first, second, third) = (words.next()?, words.next()?, words.next());
    let capital =
        |word: &str| word.starts_with(char::is_uppercase) && word.chars().skip(1).all(|c| c.is_lowercase() || c == '-');
    let (place, lead) = match (second, third) {
        ("in", _) if capital(first) => (first.to_owned(), before.len() - first.len() - 3),
        (_, Some("in")) if capital(first) && capital(second) => {
            (format!("{second} {first}"), before.len() - first.len() - second.len() - 4)
        }
        _ => return None,
    };
    let lead = before[..lead].trim_end();
    let happened = verb_before(lead) && !lead.ends_with("competed") && !lead.ends_with("participated");
    let month = MONTHS.contains(&place.as_str());
    if !ends || !happened || month {
        return None;
    }
    let whole = Span { start: span.start - place.len() as u32 - 4, ..span };
    Some(
        Diagnostic::new(whole, format!("“{}” has no preposition before the year", account.flat(whole)))
            .label("“in” is missing before the year")
            .help(format!("write “in {place} in {}”", account.words(time))),
    )
}

/// "between 1920 to 1925".
fn between_to(account: &Account<'_>, number: usize) -> Option<Diagnostic> {
    let times = account.times();
    let (first, second) = (&times[number], times.get(number + 1)?);
    let before = account.before(first.span.start);
    if !(before.ends_with("between ") || before.ends_with("Between ")) || second.kind != TimeKind::Date {
        return None;
    }
    let between = account.between(first.span.end, second.span.start);
    let right = match between {
        " to " | " until " | " till " => "and",
        _ => return None,
    };
    let span = Span { end: second.span.end as u32, start: first.span.start as u32 - 8, ..account.span(first) };
    let place = Span::new(span.source, first.span.end + 1, second.span.start - 1);
    Some(
        Diagnostic::new(span, format!("“{}” takes “and”", account.flat(span)))
            .label(format!("between … {} …", between.trim()))
            .help("write “between … and …”, or “from … to …”")
            .fix("write “and”", true, place, right),
    )
}

/// "22th of June", "Febuary 1921".
fn spelling(account: &Account<'_>, leaf: Span, findings: &mut Findings) {
    let article = account.article;
    let mut before: Option<Word<'_>> = None;
    let mut words = account.words_of(leaf).iter().map(|(word, _)| *word).peekable();
    while let Some(word) = words.next() {
        let previous = before.replace(word);
        let candidate = word.text.as_bytes()[0].is_ascii_digit() || looks_like_month(word.text);
        if !candidate {
            continue;
        }
        let next = words.peek().map(|next| next.text);
        let place = Span::new(article.source, leaf.start as usize + word.start, leaf.start as usize + word.end());
        if article.is_quoted(place) {
            continue;
        }
        let is_month = |word: &str| MONTHS.contains(&word);
        if let Some(right) = wrong_ending(word.text) {
            let behind = next.is_some_and(is_month)
                || next == Some("of") && words.clone().nth(1).is_some_and(|word| is_month(word.text));
            if behind || previous.is_some_and(|word| is_month(word.text)) {
                findings.push(
                    Diagnostic::new(place, format!("“{}” has the wrong ending", word.text))
                        .label("wrong ending")
                        .help(format!("write “{right}”"))
                        .fix(format!("write “{right}”"), true, place, right),
                );
            }
        } else if let Some(month) = misspelt_month(word.text) {
            let number = |word: &str, digits: std::ops::RangeInclusive<usize>| {
                digits.contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit())
            };
            let dated = next.is_some_and(|word| number(word, 4..=4))
                || next.is_some_and(|word| number(word, 1..=2))
                    && words.clone().nth(1).is_some_and(|word| number(word.text, 4..=4));
            let day_before = previous.is_some_and(|word| number(word.text, 1..=2));
            if dated || day_before {
                findings.push(
                    Diagnostic::new(place, format!("“{}” is no month", word.text))
                        .label(format!("{month}?"))
                        .help(format!("write “{month}”"))
                        .fix(format!("write “{month}”"), true, place, month),
                );
            }
        }
    }
}

/// The ordinal that is meant, where its ending is wrong: "22nd" for "22th".
fn wrong_ending(word: &str) -> Option<String> {
    let digits = word.find(|c: char| !c.is_ascii_digit())?;
    let (number, ending) = word.split_at(digits);
    let value: u32 = number.parse().ok().filter(|value| (1..=31).contains(value))?;
    let right = match (value % 10, value) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    (matches!(ending, "st" | "nd" | "rd" | "th") && ending != right).then(|| format!("{number}{right}"))
}

/// Whether a word may be a misspelt month: a cheap test before the dear one.
fn looks_like_month(word: &str) -> bool {
    (6..=11).contains(&word.len())
        && word.is_ascii()
        && matches!(word.as_bytes()[0], b'J' | b'F' | b'A' | b'S' | b'O' | b'N' | b'D')
}

/// The month that a word misspells. The names of months in other languages, and English words, are no mistakes.
fn misspelt_month(word: &str) -> Option<&'static str> {
    const OTHERS: &[&str] = &[
        "Augusta",
        "Auguste",
        "Augusti",
        "Augusto",
        "Augustus",
        "Dezember",
        "Desember",
        "Decembre",
        "Decembrie",
        "Diciembre",
        "Dicembre",
        "Embers",
        "Februar",
        "Februari",
        "Januar",
        "Januari",
        "Janvier",
        "Members",
        "Novembre",
        "Noviembre",
        "Octobre",
        "Octubre",
        "Oktober",
        "Ottobre",
        "Setembre",
        "Settembre",
        "Septembre",
        "Septiembre",
    ];
    const SHORTEST: usize = 6;
    if !looks_like_month(word) || OTHERS.contains(&word) {
        return None;
    }
    MONTHS.into_iter().filter(|month| month.len() >= SHORTEST).find(|month| {
        // Two letters may differ in a long name; the first is hardly ever wrong.
        let limit = if month.len() >= 8 { 2 } else { 1 };
        *month != word && month.as_bytes()[0] == word.as_bytes()[0] && strsim::osa_distance(month, word) <= limit
    })
}
