//! The dates that a text names by day and month: "31 June 1791", "Friday, May 16, 1925",
//! "2021-02-30", "31/04/2008".
//!
//! A date is found at the name of its month, looking to both sides; so the cost is one look at
//! each word. Whether the day exists is for rules to say.

use super::calendar::{MONTHS, WEEKDAYS};
use crate::text::{Word, fold, is_function_word, words};
use std::ops::Range;

/// A date as it is written, whether or not a calendar has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateExpression {
    /// Where it stands, with the weekday where that stands beside it.
    pub span: Range<usize>,
    /// Day, month and year alone, without the weekday.
    pub date: Range<usize>,
    /// The day of the month as written.
    pub day: u32,
    /// The month as written; above 12 only in numeric dates.
    pub month: u32,
    /// The year, of four digits, where there is one.
    pub year: Option<i32>,
    /// The weekday, as an index into [`WEEKDAYS`], and where it stands.
    pub weekday: Option<PlacedWeekday>,
    /// Whether the form leaves no doubt that a date is meant: a year, an ordinal, a weekday, "on"
    /// before it.
    pub certain: bool,
    /// Whether the day and the month might be read the other way round.
    pub either_order: bool,
}

/// All dates of a text with a day and a month, in order.
pub fn dates(text: &str) -> Vec<DateExpression> {
    // Most texts have no digit at all.
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return Vec::new();
    }
    let words: Vec<Word<'_>> = words(text).collect();
    let mut found = Vec::new();
    let mut next = 0;
    for at in 0..words.len() {
        if at < next {
            continue;
        }
        let date = if words[at].text.as_bytes()[0].is_ascii_digit() {
            numeric(text, &words, at)
        } else {
            named_month(text, &words, at)
        };
        // What a date has taken is not there for the next: "2021-02-30 May".
        let before = found.last().map_or(0, |last: &DateExpression| last.span.end);
        if let Some((date, last)) = date.filter(|(date, _)| date.span.start >= before) {
            found.push(date);
            next = last + 1;
        }
    }
    found
}

/// Whether a text is one date and nothing else: a day, a month with a year, or a year.
pub fn is_date(text: &str) -> bool {
    let text = text.trim_end_matches(['.', ':']);
    if text.len() > 40 {
        return false;
    }
    let covered = dates(text).first().is_some_and(|date| date.span == (0..text.len()));
    covered || {
        let mut parts = text.split([' ', ',']).filter(|part| !part.is_empty());
        let month_or_year = parts.next();
        let year = parts.next();
        let last = year.or(month_or_year).is_some_and(|part| year_of(part).is_some());
        let first = year.is_none() || month_or_year.is_some_and(|part| month_of(part).is_some());
        last && first && parts.next().is_none()
    }
}

/// Whether a text speaks of the Julian calendar: "Old Style", "O.S.", "Julian calendar".
pub fn names_old_style(text: &str) -> bool {
    text.contains("O.S.")
        || text.contains("O. S.")
        || text.contains("(OS)")
        || text.contains("N.S.")
        || ["old style", "old-style", "new style", "julian calendar", "julian date"]
            .iter()
            .any(|name| contains_folded(text, name))
}

/// Whether a text holds an ASCII needle in any case.
fn contains_folded(text: &str, needle: &str) -> bool {
    let first = needle.as_bytes()[0];
    text.as_bytes()
        .windows(needle.len())
        .any(|window| window[0].to_ascii_lowercase() == first && window.eq_ignore_ascii_case(needle.as_bytes()))
}

/// A date whose month is the word at `at`, and the index of its last word.
fn named_month(text: &str, words: &[Word<'_>], at: usize) -> Option<(DateExpression, usize)> {
    let month = month_of(words[at].text)?;
    let (first, last, day, ordinal) = day_first(text, words, at).or_else(|| month_first(text, words, at))?;
    let year_at = last + 1;
    let year = words
        .get(year_at)
        .filter(|_| matches!(gap(text, words, last), " " | ", " | ". " | "., "))
        // "1703/4" is a year by either of two beginnings; it is left open.
        .filter(|word| !text[word.end()..].starts_with('/'))
        .and_then(|word| year_of(word.text).map(|year| (year, word.end())));
    let last_date_word = if year.is_some() { year_at } else { last };
    let date = words[first].start..words[last_date_word].end();
    let (weekday, span, last_word) = weekday_beside(text, words, first, last_date_word, &date);
    let after_on = first > 0 && words[first - 1].text.eq_ignore_ascii_case("on") && gap(text, words, first - 1) == " ";
    // Behind a number and a month without a year a capital carries a name on: "the 40th October War".
    let name_follows = year.is_none()
        && gap(text, words, last_date_word) == " "
        && words.get(last_date_word + 1).is_some_and(|word| word.text.starts_with(char::is_uppercase));
    let certain = year.is_some() || !name_follows && (ordinal || weekday.is_some() || after_on);
    let year = year.map(|(year, _)| year);
    let found = DateExpression { span, date, day, month, year, weekday, certain, either_order: false };
    Some((found, last_word))
}

/// "31 June", "the 31st of June": first and last word, day, whether it is an ordinal.
fn day_first(text: &str, words: &[Word<'_>], month: usize) -> Option<(usize, usize, u32, bool)> {
    let before = month.checked_sub(1)?;
    if gap(text, words, before) != " " {
        return None;
    }
    let of = words[before].text == "of";
    let at = if of { before.checked_sub(1).filter(|&at| gap(text, words, at) == " ")? } else { before };
    let (day, ordinal) = day_of(words[at].text)?;
    // A number too large for a day belongs to a name before it: "Windows 98 June 1998".
    let of_a_name = day > 31
        && at.checked_sub(1).is_some_and(|before| {
            let word = words[before].text;
            let name = word.starts_with(char::is_uppercase) && !is_function_word(&fold(word));
            name && weekday_of(word).is_none() && gap(text, words, before) == " "
        });
    if takes_a_number(words, at) || of_a_name {
        return None;
    }
    // "of" takes an ordinal: "a party of 12 of May's men" is no date.
    if of && !ordinal {
        return None;
    }
    // In "No. 31 June" or "$31" the number is something else; in "1.31" it has a point before it.
    let lead = text[..words[at].start].chars().next_back();
    let bound = lead
        .is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '"' | '“' | '–' | '-' | '—' | '/' | '|' | ':'));
    bound.then_some((at, month, day, ordinal))
}

/// "June 31", "June 31st": first and last word, day, whether it is an ordinal.
fn month_first(text: &str, words: &[Word<'_>], month: usize) -> Option<(usize, usize, u32, bool)> {
    let day_at = month + 1;
    let word = words.get(day_at)?;
    if !matches!(gap(text, words, month), " " | ". ") {
        return None;
    }
    let (day, ordinal) = day_of(word.text)?;
    // "June 31%" and "May 12:30" are no days.
    let after = text[word.end()..].chars().next();
    let bound = after.is_none_or(|c| {
        c.is_whitespace()
            || matches!(
                c,
                ',' | '.' | ';' | ')' | ']' | '"' | '”' | '–' | '-' | '—' | '/' | '\'' | '’' | '!' | '?' | '['
            )
    });
    bound.then_some((month, day_at, day, ordinal))
}

/// A weekday as an index into [`WEEKDAYS`], and where it stands.
type PlacedWeekday = (usize, Range<usize>);

/// A weekday before the date ("Friday, 16 May 1925", "Friday the 16th of May") or behind it
/// ("16 May 1925, a Friday", "16 May 1925 (Friday)"), with the span and the last word of it all.
fn weekday_beside(
    text: &str,
    words: &[Word<'_>],
    first: usize,
    last: usize,
    date: &Range<usize>,
) -> (Option<PlacedWeekday>, Range<usize>, usize) {
    let mut before = first.checked_sub(1);
    if before.is_some_and(|at| words[at].text == "the" && gap(text, words, at) == " ") {
        before = before.and_then(|at| at.checked_sub(1));
    }
    if let Some(at) = before
        && matches!(gap(text, words, at), " " | ", " | ". " | "., ")
        && let Some(weekday) = weekday_of(words[at].text)
        && !belongs_to_a_name(text, words, at)
    {
        let range = words[at].start..words[at].end();
        return (Some((weekday, range)), words[at].start..date.end, last);
    }
    let mut after = last + 1;
    let mut link = gap(text, words, last);
    if words.get(after).is_some_and(|word| word.text == "a") && matches!(link, ", " | " (") {
        after += 1;
        link = if link == ", " { ", a " } else { "(" };
    } else if link == " (" {
        link = "(";
    }
    if matches!(link, ", a " | "(")
        && let Some(word) = words.get(after)
        && let Some(weekday) = weekday_of(word.text)
        && ends_a_phrase(&text[word.end()..], link == "(")
    {
        return (Some((weekday, word.start..word.end())), date.start..word.end(), after);
    }
    (None, date.clone(), last)
}

/// Whether a weekday is part of a name ("Sheffield Wednesday", "The Sun") or of a span ("Monday to Saturday").
fn belongs_to_a_name(text: &str, words: &[Word<'_>], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).filter(|&before| gap(text, words, before) == " ") else { return false };
    let word = words[before].text;
    let abbreviated = words[at].text.len() < "Monday".len();
    word.starts_with(char::is_uppercase) && (abbreviated || !is_function_word(&fold(word)))
        || matches!(word, "to" | "and" | "or" | "through" | "till" | "until")
}

/// Whether nothing that belongs to a weekday follows it, as "school" would in "a Sunday school".
fn ends_a_phrase(after: &str, in_brackets: bool) -> bool {
    if in_brackets {
        after.starts_with(')')
    } else {
        after.is_empty() || after.starts_with([',', '.', ';', ')', ':', '!', '?', '['])
    }
}

/// "2021-02-30", "31/04/2008": the date that begins at word `at`.
fn numeric(text: &str, words: &[Word<'_>], at: usize) -> Option<(DateExpression, usize)> {
    let lead = text[..words[at].start].chars().next_back();
    if lead.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '/' | '.' | '–' | '_' | '#' | '=' | '+' | '$')) {
        return None;
    }
    let second = words.get(at + 1)?;
    let third = words.get(at + 2)?;
    let mark = gap(text, words, at);
    if !matches!(mark, "-" | "/") || gap(text, words, at + 1) != mark {
        return None;
    }
    let after = text[third.end()..].chars().next();
    let runs_on = after.is_some_and(|c| matches!(c, '-' | '/' | '_' | '–'));
    // "2008-04-03T10:00" goes on with a time.
    if runs_on {
        return None;
    }
    let number =
        |word: &Word<'_>, digits: usize| (word.text.len() == digits).then(|| word.text.parse::<u32>().ok()).flatten();
    let (year, month, day, either_order) = if mark == "-" {
        (number(&words[at], 4)?, number(second, 2)?, number(third, 2)?, false)
    } else {
        let first = number(&words[at], 2).or_else(|| number(&words[at], 1))?;
        let middle = number(second, 2).or_else(|| number(second, 1))?;
        (number(third, 4)?, middle, first, true)
    };
    // Beyond 31 neither a day nor a month is meant, but the number of something.
    if !(1000..=2999).contains(&year) || month > 31 || day > 31 || takes_a_number(words, at) {
        return None;
    }
    let span = words[at].start..third.end();
    let year = Some(year as i32);
    let found =
        DateExpression { span: span.clone(), date: span, day, month, year, weekday: None, certain: true, either_order };
    Some((found, at + 2))
}

/// The text between word `at` and the next, with any blanks as one: a line may be wrapped there.
fn gap<'a>(text: &'a str, words: &[Word<'_>], at: usize) -> &'a str {
    let Some(next) = words.get(at + 1) else { return "" };
    let gap = &text[words[at].end()..next.start];
    // A paragraph does not end inside a date.
    if gap.len() > 12 {
        return gap;
    }
    let blank_behind = gap.ends_with(char::is_whitespace);
    match gap.trim() {
        "" if blank_behind => " ",
        "," if blank_behind && gap.starts_with(',') => ", ",
        "." if blank_behind && gap.starts_with('.') => ". ",
        ".," if blank_behind && gap.starts_with('.') => "., ",
        "(" if gap.ends_with('(') => " (",
        _ => gap,
    }
}

/// Whether the word before `at` takes a number of its own: "Vol. 31 April 1921", "no. 32 May 1868", or
/// "there is no 31 June".
fn takes_a_number(words: &[Word<'_>], at: usize) -> bool {
    const NOUNS: &[&str] = &[
        "act", "article", "bulletin", "canto", "chapter", "cl", "edition", "fig", "figure", "flight", "form", "issue",
        "line", "lot", "model", "no", "nos", "nr", "number", "page", "pages", "part", "phone", "plate", "pp", "psalm",
        "room", "route", "section", "table", "tel", "verse", "version", "vol", "vols", "volume", "p",
    ];
    at.checked_sub(1).is_some_and(|before| NOUNS.contains(&words[before].text.to_ascii_lowercase().as_str()))
}

/// The number of a month's name, or of its abbreviation.
fn month_of(word: &str) -> Option<u32> {
    if word.len() < 3 || word.len() > 9 || !word.as_bytes()[0].is_ascii_uppercase() {
        return None;
    }
    let index = MONTHS.iter().position(|month| {
        word == *month
            || word.eq_ignore_ascii_case(month)
            || word.len() == 3 && month.starts_with(word)
            || word == "Sept" && *month == "September"
    })?;
    Some(index as u32 + 1)
}

/// The index of a weekday's name, or of its abbreviation.
fn weekday_of(word: &str) -> Option<usize> {
    if !word.as_bytes().first()?.is_ascii_uppercase() {
        return None;
    }
    let short =
        matches!(word, "Mon" | "Tue" | "Tues" | "Wed" | "Weds" | "Thu" | "Thur" | "Thurs" | "Fri" | "Sat" | "Sun");
    WEEKDAYS.iter().position(|day| word == *day || short && day.starts_with(&word[..3]))
}

/// A day of the month: one or two digits, perhaps with the ending of an ordinal.
fn day_of(word: &str) -> Option<(u32, bool)> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&digits) {
        return None;
    }
    let ordinal = match &word[digits..] {
        "" => false,
        "st" | "nd" | "rd" | "th" => true,
        _ => return None,
    };
    Some((word[..digits].parse().ok()?, ordinal))
}

/// A year of four digits.
fn year_of(word: &str) -> Option<i32> {
    let digits = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| word.parse().ok()).flatten().filter(|year| (1000..=2999).contains(year))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found, as "day-month-year weekday".
    fn read(text: &str) -> Vec<String> {
        dates(text)
            .iter()
            .map(|date| {
                let year = date.year.map_or(String::from("?"), |year| year.to_string());
                let weekday = date.weekday.as_ref().map_or("", |(day, _)| WEEKDAYS[*day]);
                format!("{}-{}-{year} {weekday}", date.day, date.month).trim_end().to_owned()
            })
            .collect()
    }

    #[test]
    fn forms() {
        for (text, expected) in [
            ("laid down on 31 June 1791.", vec!["31-6-1791"]),
            ("On Friday, May 16, 1925, it sailed", vec!["16-5-1925 Friday"]),
            ("Friday the 13th of March 1874", vec!["13-3-1874 Friday"]),
            ("Sept. 4th, 1939, a Monday", vec!["4-9-1939 Monday"]),
            ("on 4 May 1901 (Saturday) and 5 May", vec!["4-5-1901 Saturday", "5-5-?"]),
            ("from 28 May to 2 June 1940", vec!["28-5-?", "2-6-1940"]),
            ("30–31 April 1912", vec!["31-4-1912"]),
            ("on 31\nJune 1922, Monday,\u{A0}3 May 1921", vec!["31-6-1922", "3-5-1921 Monday"]),
            ("29 February 1703/4", vec!["29-2-?"]),
            ("The Sun, 4 May 1979", vec!["4-5-1979"]),
            ("against Sheffield Wednesday, 27 April 1935", vec!["27-4-1935"]),
            ("12 May 1784, a Sunday school opened", vec!["12-5-1784"]),
            ("2021-02-30 or 31/04/2008", vec!["30-2-2021", "31-4-2008"]),
        ] {
            assert_eq!(read(text), expected, "in {text:?}");
        }
    }

    #[test]
    fn what_is_no_date() {
        for text in [
            "In May 1931 the firm failed",
            "may 31 people come",
            "June 31% more",
            "page 12 of March's report",
            "version 1999-13-05-b",
            "in 2003/04/2005x",
            "the 1,31 May be",
            "see Vol. 31 April 1921",
            "there is no 31 June 1921",
            "Form 31/13/1999",
            "phone 2262-55-10",
            "Windows 98 June",
        ] {
            assert_eq!(read(text), Vec::<String>::new(), "in {text:?}");
        }
    }

    #[test]
    fn whole_dates() {
        for text in ["13 September 1996", "June 1940", "1849", "October 3, 1911", "Sunday, 3 May 1908", "1931-02-03"] {
            assert!(is_date(text), "{text:?}");
        }
        for text in ["June", "Iran", "1849: Boat slip", "12 July 1987, Lisbon", "31", "History of 1848 March"] {
            assert!(!is_date(text), "{text:?}");
        }
    }

    #[test]
    fn old_style() {
        assert!(names_old_style("on 9 August (O.S.)"));
        assert!(names_old_style("24 May 1799, Old Style, in fog"));
        assert!(!names_old_style("an old stylus"));
    }
}
