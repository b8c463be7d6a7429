//! The reading of time, from the outside and on arbitrary text.

use proptest::prelude::*;
use seedlint::time::{Day, TimeExpression, Value, expressions};
use serde_json::Value as Json;
use std::fs;
use std::process::Command;

const TODAY: Day = Day { year: 2026, month: 11, day: 1 };

/// What holds for every text.
fn hold(text: &str) -> Vec<TimeExpression> {
    let found = expressions(text, TODAY);
    let mut end = 0;
    for time in &found {
        assert!(end <= time.span.start && time.span.start < time.span.end, "order of {time:?} in {text:?}");
        assert!(text.get(time.span.clone()).is_some(), "{time:?} is no part of {text:?}");
        end = time.span.end;
        assert_eq!(time.value.to_string().parse(), Ok(time.value), "{} in {text:?}", time.value);
        if let Some(days) = time.interval() {
            assert!(days.from <= days.to, "{days:?} of {time:?}");
        }
    }
    found
}

/// Words, numbers and marks of which forms are made.
fn piece() -> impl Strategy<Value = String> {
    let words = "the a of in on by to and or early mid late end beginning year years day days month week century decade \
        two twenty hundred half several few first second third 21st next last following previous later earlier ago that same \
        this now every daily BC AD c. circa January May March Sept. Sunday Friday Sun spring winter morning night Christmas \
        Easter noon a.m. o'clock GMT 1 2 31 32 99 180 1066 1939 2008 2400 99999 4294967295 1990s '90s '89 2,400 2.5 11:30 25:99 \
        2008-04-03 31/04/2008 1.2.3 - – — / , . ; : ( ) \" “ ” ’ ½ é 年 men km Paris quarter fiscal Q3 [12]";
    let words: Vec<String> = words.split_whitespace().map(String::from).collect();
    prop_oneof![prop::sample::select(words), "\\PC{0,3}"]
}

proptest! {
    #[test]
    fn holds_on_arbitrary_text(text in "\\PC{0,80}") {
        hold(&text);
    }

    #[test]
    fn holds_on_words_of_time(pieces in prop::collection::vec((piece(), prop::bool::weighted(0.8)), 0..40)) {
        let text: String = pieces.iter().flat_map(|(piece, blank)| [piece.as_str(), if *blank { " " } else { "" }]).collect();
        hold(&text);
    }

    #[test]
    fn line_ends_change_nothing(pieces in prop::collection::vec(piece(), 0..30)) {
        let values = |text: &str| expressions(text, TODAY).iter().map(|time| time.value).collect::<Vec<Value>>();
        prop_assert_eq!(values(&pieces.join("\n")), values(&pieces.join("\r\n")));
    }

    /// A slow and obvious reader of plain dates finds the same ones.
    #[test]
    fn plain_dates_are_found(year in 1200..2100i32, month in 1..=12usize, day in 1..=28u8, form in 0..3usize, before in "[a-z]{4,9}", after in "[a-z]{4,9}") {
        let name = seedlint::time::MONTHS[month - 1];
        let date = match form {
            0 => format!("{day} {name} {year}"),
            1 => format!("{name} {day}, {year}"),
            _ => format!("{year:04}-{month:02}-{day:02}"),
        };
        let text = format!("They {before} on {date} and {after} there.");
        let found = expressions(&text, TODAY);
        let read = found.iter().any(|time| text[time.span.clone()] == date && time.value.to_string() == format!("{year:04}-{month:02}-{day:02}"));
        prop_assert!(read, "{:?} in {:?}", found, text);
    }
}

#[test]
fn numbers_beyond_all_calendars() {
    for text in [
        "in 99999 BC",
        "AD 99999 '90s",
        "In AD 99999 and in '89",
        "year 999999999999 BC",
        "In 1900, and 4294967295 years later",
        "two billion years ago",
        "In 5 BC and 10000000000 centuries earlier",
        "31 February 1900",
        "February 30, 0001",
        "AD 0",
        "0 BC",
        "the 40th century BC",
        "the 40th century",
        "2147483647 AD",
        "99999999999999999999 May 1900",
        "fiscal year 99999",
        "9999-12-31, the next day",
    ] {
        hold(text);
    }
}

#[test]
fn what_looks_like_a_time_and_is_none() {
    for text in [
        "It employed 2,400 physicians.",
        "The school has 1000 students.",
        "Resolution 1441 was adopted.",
        "See page 1848.",
        "Flight 1549 landed.",
        "They may march on.",
        "A second front was opened.",
        "She wrote version 1.12.3 of it.",
        "It seats 180.",
        "The song May was sung by April Jones.",
        "It weighs 1500 kg.",
        "They won 3-1.",
        "It cost $1990.",
        "The B-1999 engine failed.",
        "The March on the capital failed.",
        "Over 1900 soldiers fell.",
    ] {
        let read: Vec<_> = expressions(text, TODAY).iter().map(|time| text[time.span.clone()].to_owned()).collect();
        assert!(read.is_empty(), "{read:?} in {text:?}");
    }
}

/// The words that are read, and what they denote: `words = value`.
fn read(text: &str) -> Vec<String> {
    expressions(text, TODAY).iter().map(|time| format!("{} = {}", &text[time.span.clone()], time.value)).collect()
}

#[test]
fn what_qualifies_a_date_leaves_these_days() {
    for (text, value, modifier, from, to) in [
        ("It fell in early May 1901.", "1901-05", "START", "1901-05-01", "1901-05-16"),
        ("It fell in mid-1871.", "1871", "MID", "1871-04-02", "1871-10-01"),
        ("It fell in late 1901.", "1901", "END", "1901-07-02", "1901-12-31"),
        ("It fell circa 1850.", "1850", "APPROX", "1840-01-02", "1860-12-30"),
        // Where the summer is, no word tells: late in it may be March or September.
        ("It fell in late summer 1890.", "1890-SU", "END", "1889-12-01", "1891-03-31"),
        ("It fell in mid-winter 1890.", "1890-WI", "MID", "1889-12-01", "1891-03-31"),
        ("It ran for more than twelve years.", "P12Y", "MORE_THAN", "-", "-"),
        ("It ran for nearly ten years.", "P10Y", "LESS_THAN", "-", "-"),
        ("It ran for at least two years.", "P2Y", "EQUAL_OR_MORE", "-", "-"),
        ("It ran for at most three months.", "P3M", "EQUAL_OR_LESS", "-", "-"),
    ] {
        let found = expressions(text, TODAY);
        let [time] = found.as_slice() else { panic!("{found:?} in {text:?}") };
        let day = |day: Option<Day>| day.map_or_else(|| String::from("-"), Day::iso);
        let days = time.interval();
        let read = (
            time.value.to_string(),
            time.modifier.map_or("-", seedlint::time::Modifier::name),
            day(days.map(|days| days.from)),
            day(days.map(|days| days.to)),
        );
        assert_eq!(read, (value.into(), modifier, from.into(), to.into()), "{text}");
    }
}

/// In "the 3rd to the 5th of May" the month and the year are those of both, and each has its own words.
#[test]
fn what_two_dates_share() {
    assert_eq!(
        read("It rained from the 3rd to the 5th of May 1940."),
        ["the 3rd = 1940-05-03", "the 5th of May 1940 = 1940-05-05"]
    );
    assert_eq!(
        read("They met on the 6th, 7th and the 8th of June 1941."),
        ["the 6th = 1941-06-06", "7th = 1941-06-07", "the 8th of June 1941 = 1941-06-08"]
    );
    assert_eq!(read("It stood in the 17th and the 18th century."), ["the 17th = 16", "the 18th century = 17"]);
}

/// A number behind a month is its day, unless it counts what stands behind it.
#[test]
fn days_and_numbers_behind_a_month() {
    for (text, words) in [
        ("In 1942, they met in May 12 when it froze.", "May 12 = 1942-05-12"),
        ("In 1942, since May 12 the bridge was shut.", "May 12 = 1942-05-12"),
        ("In 1942, in May 12 was no ferry.", "May 12 = 1942-05-12"),
        ("In 1942, on May 12 boats sank.", "May 12 = 1942-05-12"),
        ("In 1942, in May 12 boats sank.", "May = 1942-05"),
        ("In 1942, in March 40 people left.", "March = 1942-03"),
    ] {
        assert_eq!(read(text), ["1942 = 1942", words], "{text}");
    }
}

/// A reader that looked back at each word would not finish.
#[test]
fn bait_is_read_in_linear_time() {
    const MANY: usize = 100_000;
    for bait in [
        "1",
        ",",
        "May ",
        "1 and ",
        "the ",
        "early ",
        "two and ",
        "May 1, ",
        "19th and ",
        "- ",
        "1939-",
        "'90s ",
        "a.b.",
        "\"",
        "the end of ",
        "480 BC and ",
        "two years and ",
        "[1]",
        "20-",
    ] {
        hold(&bait.repeat(MANY));
    }
}

#[test]
fn inspect_dates_shows_places_values_and_days() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("a.txt"),
        "= Pier =\n\n== 1901 ==\nThe café on the pier opened on 4 May; it burned last year.\n",
    )
    .unwrap();
    fs::write(folder.path().join("b.txt"), "It was early in June 1940.\n").unwrap();
    let inspect = |as_of: &str| {
        Command::new(env!("CARGO_BIN_EXE_seedlint"))
            .args(["inspect", "dates", "--as-of", as_of, "."])
            .current_dir(folder.path())
            .output()
            .unwrap()
    };
    let output = inspect("2026-11-01");
    assert!(output.status.success(), "{output:?}");
    let rows: Vec<Json> =
        String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let shown: Vec<String> = rows
        .iter()
        .map(|row| {
            let text = fs::read_to_string(folder.path().join(row["path"].as_str().unwrap())).unwrap();
            let place = |end: &str| row[end]["offset"].as_u64().unwrap() as usize;
            assert_eq!(text[place("start")..place("end")], *row["text"].as_str().unwrap());
            let word = |key: &str| row[key].as_str().unwrap_or("-").to_owned();
            [word("text"), word("type"), word("value"), word("mod"), word("from"), word("to"), word("anchor")]
                .join(" | ")
        })
        .collect();
    assert_eq!(
        shown,
        [
            "1901 | DATE | 1901 | - | 1901-01-01 | 1901-12-31 | explicit",
            "4 May | DATE | 1901-05-04 | - | 1901-05-04 | 1901-05-04 | story",
            "last year | DATE | 2025 | - | 2025-01-01 | 2025-12-31 | today",
            "early in June 1940 | DATE | 1940-06 | START | 1940-06-01 | 1940-06-15 | explicit",
        ]
    );
    assert_eq!(inspect("2026-02-30").status.code(), Some(2));
}
