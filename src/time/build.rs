//! What the forms mean: from the tokens that a pattern met to a [`Meaning`].

#![expect(clippy::unnecessary_wraps, reason = "what forms name has one type")]

#[allow(clippy::wildcard_imports, reason = "the classes of tokens")]
use super::lexicon::*;
use super::licence;
use super::meaning::{Base, Dated, Meaning, Order, Shift};
use super::pattern::Found;
use super::token::Token;
use super::value::{Clock, Date, DayPart, Digits, Duration, Modifier, Part, Season, Unit, Value, WeekPart, Year};

type Built = Option<Meaning>;

// What tokens stand for.

fn unit(token: &Token) -> Unit {
    UNITS_OF_TIME[usize::from(token.code)]
}

fn season_of(token: &Token) -> Season {
    SEASONS[usize::from(token.code)]
}

fn day_part(token: &Token) -> DayPart {
    DAY_PARTS[usize::from(token.code)]
}

fn modifier(token: &Token) -> Modifier {
    MODIFIERS[usize::from(token.code)]
}

const ANY_UNIT: Classes = UNIT.and(UNITS).and(CLOCKUNIT).and(CLOCKUNITS);

/// The modifier that the words of the form say: "early", "more than".
fn said_modifier(found: &Found<'_>) -> Option<Modifier> {
    if let Some(token) = found.nth(MOD.and(EDGE), 0) {
        return Some(modifier(token));
    }
    let words = found.words().trim_start_matches("a ");
    let word = |index: usize| words.split_whitespace().nth(index).unwrap_or("");
    Some(match (word(0).to_ascii_lowercase().as_str(), word(1)) {
        ("more" | "well" | "over" | "little", _) | ("just", "over") => Modifier::MoreThan,
        ("less" | "under" | "nearly" | "almost" | "fewer", _) | ("just", "under") => Modifier::LessThan,
        ("at", "least") | ("no", "less" | "fewer") => Modifier::EqualOrMore,
        ("at", "most") | ("up" | "as", _) | ("no", "more") => Modifier::EqualOrLess,
        ("about" | "around" | "approximately" | "roughly" | "some" | "circa", _) => Modifier::Approx,
        _ => return None,
    })
}

fn date(base: Base, part: Part) -> Built {
    Some(Meaning::Date(Dated::new(base, part)))
}

fn inner_dated(found: &Found<'_>) -> Option<Dated> {
    found.inner()?.dated()
}

pub(super) fn inner(found: &Found<'_>) -> Built {
    found.inner()
}

// Years.

fn astronomical(token: &Token, bc: bool) -> Option<i32> {
    let number = i32::try_from(token.number).ok().filter(|&number| number > 0 && token.rest == 0)?;
    Some(if bc { 1 - number } else { number })
}

pub(super) fn year(found: &Found<'_>) -> Built {
    let year = found.nth(YEAR.and(YEARS), 0)?;
    date(Base::Fixed(Year::Known(astronomical(year, found.nth(BC, 0).is_some())?)), Part::Whole)
}

/// "1703/4": a year by the old reckoning and the new.
pub(super) fn split_year(found: &Found<'_>) -> Built {
    let (first, second) = (found.number(YEAR)?, found.nth(DAY, 0)?);
    let next = first + 1;
    let follows = second.number == next % 10 && second.range().len() == 1
        || second.number == next % 100 && second.range().len() == 2;
    follows.then(|| year(found)).flatten()
}

pub(super) fn short_year(found: &Found<'_>) -> Built {
    date(Base::Short(found.number(SHORT)? as u8), Part::Whole)
}

pub(super) fn circa_year(found: &Found<'_>) -> Built {
    let Meaning::Date(dated) = year(found)? else { return None };
    Some(Meaning::Date(Dated { modifier: Some(Modifier::Approx), ..dated }))
}

pub(super) fn fiscal_year(found: &Found<'_>) -> Built {
    let token = found.nth(YEAR.and(YEARS), 0)?;
    let full = match token.number {
        number @ 1000..=2999 => number,
        number @ 0..=69 => 2000 + number,
        number @ 70..=99 => 1900 + number,
        _ => return None,
    };
    date(Base::Fixed(Year::Fiscal(full as i32)), Part::Whole)
}

pub(super) fn bare_year(found: &Found<'_>) -> Built {
    licence::year(found).then(|| found.inner()).flatten()
}

/// A number of three digits is a year only where the story is in such years; the story decides.
pub(super) fn lone_short_year(found: &Found<'_>) -> Built {
    let token = found.nth(YEARS, 0)?;
    ((100..1000).contains(&token.number) && licence::short_year(found))
        .then(|| Meaning::Date(Dated::new(Base::Ancient(token.number as u16), Part::Whole)))
}

// Seasons, quarters, halves.

pub(super) fn season(found: &Found<'_>) -> Built {
    date(inner_dated(found)?.base, Part::Season(season_of(found.nth(SEASON, 0)?)))
}

pub(super) fn season_of_that_year(found: &Found<'_>) -> Built {
    date(Base::Story, Part::Season(season_of(found.nth(SEASON, 0)?))).map(this_year)
}

pub(super) fn season_of_next_year(found: &Found<'_>) -> Built {
    let shift = Shift { unit: Unit::Year, by: Some(1), later: true, from_today: false };
    date(Base::Shift(shift), Part::Season(season_of(found.nth(SEASON, 0)?)))
}

/// A date of the year that the story is in, and no other.
fn this_year(meaning: Meaning) -> Meaning {
    let shift = Shift { unit: Unit::Year, by: Some(0), later: false, from_today: false };
    match meaning {
        Meaning::Date(dated) => Meaning::Date(Dated { base: Base::Shift(shift), ..dated }),
        other => other,
    }
}

pub(super) fn quarter(found: &Found<'_>) -> Built {
    let number = found.number(ORD).filter(|number| (1..=4).contains(number))?;
    date(inner_dated(found)?.base, Part::Quarter(Some(number as u8)))
}

/// "In the third quarter"
pub(super) fn lone_quarter(found: &Found<'_>) -> Built {
    let number = found.number(ORD).filter(|number| (1..=4).contains(number))?;
    date(Base::Story, Part::Quarter(Some(number as u8)))
}

pub(super) fn half(found: &Found<'_>) -> Built {
    let number = found.number(ORD).filter(|number| (1..=2).contains(number))?;
    date(inner_dated(found)?.base, Part::Half(number as u8))
}

pub(super) fn second_half(found: &Found<'_>) -> Built {
    date(inner_dated(found)?.base, Part::Half(2))
}

pub(super) fn season_alone(found: &Found<'_>) -> Built {
    date(Base::Story, Part::Season(season_of(found.nth(SEASON, 0)?)))
}

pub(super) fn lone_season(found: &Found<'_>) -> Built {
    let season = season_of(found.nth(SEASON, 0)?);
    if !licence::season(found) {
        return None;
    }
    // "Winter quarters" are those of any winter.
    let any = season == Season::Winter && licence::is_attribute(found);
    date(if any { Base::Never } else { Base::Story }, Part::Season(season))
}

pub(super) fn season_near(found: &Found<'_>) -> Built {
    let season = Part::Season(season_of(found.nth(SEASON, 0)?));
    match (
        found.nth(NEXT, 0).is_some() || found.first_word() == "next",
        found.nth(LAST, 0).is_some() || found.first_word() == "last",
    ) {
        (true, _) => date(Base::Near { after: true }, season),
        (_, true) => date(Base::Near { after: false }, season),
        _ => date(Base::Story, season),
    }
}

pub(super) fn modified_season(found: &Found<'_>) -> Built {
    let season = season_of(found.nth(SEASON, 0)?);
    Some(Meaning::Date(Dated { modifier: said_modifier(found), ..Dated::new(Base::Story, Part::Season(season)) }))
}

// Decades, centuries.

pub(super) fn decade(found: &Found<'_>) -> Built {
    let token = found.nth(DECADE.and(CENTURIES), 0)?;
    let bc = found.nth(BC, 0).is_some();
    if token.is(CENTURIES) {
        let year = if token.number >= 1000 || bc || found.first_word() == "the" { token.number } else { return None };
        return date(Base::Fixed(Year::Century(Digits { bc, digits: year / 100 })), Part::Whole);
    }
    if token.number >= 100 {
        let likely = bc || (1000..2200).contains(&token.number) || found.first_word() == "the";
        return likely
            .then(|| date(Base::Fixed(Year::Decade(Digits { bc, digits: token.number / 10 })), Part::Whole))
            .flatten();
    }
    // "The 90s"; "90s" alone are degrees as often.
    licence::short_decade(found).then(|| date(Base::ShortDecade(token.number as u8), Part::Whole)).flatten()
}

pub(super) fn tens(found: &Found<'_>) -> Built {
    // "In her forties" is an age.
    (found.first_word() == "the").then(|| date(Base::ShortDecade(found.number(TENS)? as u8), Part::Whole)).flatten()
}

pub(super) fn century(found: &Found<'_>) -> Built {
    let bc = found.nth(BC, 0).is_some();
    let number = found.number(ORD).filter(|number| (1..=40).contains(number))?;
    date(Base::Fixed(Year::Century(Digits { bc, digits: number - 1 })), Part::Whole)
}

pub(super) fn millennium(found: &Found<'_>) -> Built {
    let bc = found.nth(BC, 0).is_some();
    let number = found.number(ORD).filter(|number| (1..=9).contains(number))?;
    date(Base::Fixed(Year::Millennium(Digits { bc, digits: number - 1 })), Part::Whole)
}

// Months.

fn month_token<'t>(found: &'t Found<'_>) -> Option<&'t Token> {
    found.nth(MONTH.and(MON), 0)
}

fn month_part(found: &Found<'_>) -> Option<Part> {
    Some(Part::Month(Some(month_token(found)?.number as u8)))
}

pub(super) fn month(found: &Found<'_>) -> Built {
    date(inner_dated(found)?.base, month_part(found)?)
}

pub(super) fn month_of_that_year(found: &Found<'_>) -> Built {
    date(Base::Story, month_part(found)?).map(this_year)
}

pub(super) fn month_of_next_year(found: &Found<'_>) -> Built {
    let shift = Shift { unit: Unit::Year, by: Some(1), later: true, from_today: false };
    date(Base::Shift(shift), month_part(found)?)
}

pub(super) fn month_before(found: &Found<'_>) -> Built {
    date(Base::Near { after: false }, month_part(found)?)
}

pub(super) fn month_after(found: &Found<'_>) -> Built {
    date(Base::Near { after: true }, month_part(found)?)
}

pub(super) fn bare_month(found: &Found<'_>) -> Built {
    date(Base::Story, month_part(found)?)
}

pub(super) fn lone_month(found: &Found<'_>) -> Built {
    licence::month(found).then(|| bare_month(found)).flatten()
}

// Days.

fn day_part_of(found: &Found<'_>, order: Order, base: Base) -> Built {
    let (day, month) = (found.nth(DAY.and(ORD), 0)?, month_token(found)?);
    let number = u8::try_from(day.number).ok().filter(|day| *day < 100)?;
    let dated = Dated::new(base, Part::Day(Some(month.number as u8), Some(number)));
    Some(Meaning::Date(Dated { order, ..dated }))
}

fn base_said(found: &Found<'_>) -> Base {
    inner_dated(found).map_or(Base::Story, |dated| dated.base)
}

pub(super) fn day_month(found: &Found<'_>) -> Built {
    (licence::number_before_month(found)).then(|| day_part_of(found, Order::DayMonth, base_said(found))).flatten()
}

pub(super) fn day_month_alone(found: &Found<'_>) -> Built {
    (licence::number_before_month(found) && licence::day_without_year(found))
        .then(|| day_part_of(found, Order::DayMonth, Base::Story))
        .flatten()
}

pub(super) fn month_day(found: &Found<'_>) -> Built {
    day_part_of(found, Order::MonthDay, base_said(found))
}

pub(super) fn month_day_alone(found: &Found<'_>) -> Built {
    licence::number_after_month(found).then(|| day_part_of(found, Order::MonthDay, Base::Story)).flatten()
}

pub(super) fn numeric(found: &Found<'_>) -> Built {
    let token = found.nth(NUMERIC, 0)?;
    if licence::takes_a_number(found) {
        return None;
    }
    let (month, day) = ((token.rest / 100) as u8, (token.rest % 100) as u8);
    let order = if token.code == 1 { Order::Iso } else { Order::Numeric };
    let part = Part::Day(Some(month), Some(day));
    Some(Meaning::Date(Dated { order, ..Dated::new(Base::Fixed(Year::Known(token.number as i32)), part) }))
}

fn said_weekday(found: &Found<'_>) -> Option<u8> {
    found.number(WEEKDAY.and(WKD)).map(|number| number as u8)
}

pub(super) fn weekday_day(found: &Found<'_>) -> Built {
    Some(Meaning::Date(Dated { weekday: said_weekday(found), ..inner_dated(found)? }))
}

pub(super) fn weekday_of_month(found: &Found<'_>) -> Built {
    let day = found.number(ORD).filter(|day| (1..=31).contains(day))?;
    let dated = Dated::new(Base::Story, Part::Day(None, Some(day as u8)));
    Some(Meaning::Date(Dated { weekday: said_weekday(found), ..dated }))
}

pub(super) fn day_of_that_year(found: &Found<'_>) -> Built {
    let dated = inner_dated(found)?;
    (dated.base == Base::Story).then(|| this_year(Meaning::Date(dated)))
}

/// "the 21st", where a day is meant.
pub(super) fn day_of_month(found: &Found<'_>) -> Built {
    let day =
        found.nth(ORD, 0).filter(|day| (1..=31).contains(&day.number) && day.shape == super::token::Shape::Digits)?;
    licence::lone_ordinal(found)
        .then(|| Meaning::Date(Dated::new(Base::Story, Part::Day(None, Some(day.number as u8)))))
}

pub(super) fn lone_weekday(found: &Found<'_>) -> Built {
    let weekday = said_weekday(found)?;
    licence::weekday(found).then(|| Meaning::Date(Dated::new(Base::Story, Part::Week(None, WeekPart::Day(weekday)))))
}

pub(super) fn weekday_near(found: &Found<'_>) -> Built {
    let part = Part::Week(None, WeekPart::Day(said_weekday(found)?));
    let base = if found.nth(NEXT, 0).is_some() {
        Base::Near { after: true }
    } else if found.nth(LAST, 0).is_some() {
        Base::Near { after: false }
    } else {
        Base::Story
    };
    date(base, part)
}

// Named days.

fn named(found: &Found<'_>, feast: u8) -> Built {
    let month = match HOLIDAYS[usize::from(feast)] {
        Feast::Fixed(month, day) => Part::Day(Some(month), Some(day)),
        Feast::Nth(_, _, month) => Part::Month(Some(month)),
        Feast::Easter(_) | Feast::Other => Part::Whole,
    };
    Some(Meaning::Date(Dated { feast: Some(feast), ..Dated::new(base_said(found), month) }))
}

pub(super) fn feast(found: &Found<'_>) -> Built {
    let feast = found.number(HOLIDAY)? as u8;
    licence::holiday(found).then(|| named(found, feast)).flatten()
}

pub(super) fn christmas_eve(found: &Found<'_>) -> Built {
    named(found, 1)
}

pub(super) fn new_years_day(found: &Found<'_>) -> Built {
    named(found, 2)
}

pub(super) fn new_years_eve(found: &Found<'_>) -> Built {
    named(found, 3)
}

pub(super) fn easter_monday(found: &Found<'_>) -> Built {
    named(found, 5)
}

pub(super) fn good_friday(found: &Found<'_>) -> Built {
    named(found, 6)
}

pub(super) fn ash_wednesday(found: &Found<'_>) -> Built {
    named(found, 7)
}

pub(super) fn ascension_day(found: &Found<'_>) -> Built {
    named(found, 8)
}

pub(super) fn palm_sunday(found: &Found<'_>) -> Built {
    named(found, 10)
}

pub(super) fn all_saints(found: &Found<'_>) -> Built {
    named(found, 12)
}

pub(super) fn boxing_day(found: &Found<'_>) -> Built {
    named(found, 13)
}

pub(super) fn memorial_day(found: &Found<'_>) -> Built {
    named(found, 15)
}

pub(super) fn whit(found: &Found<'_>) -> Built {
    named(found, if found.words().contains("Monday") { 19 } else { 9 })
}

pub(super) fn d_day(_: &Found<'_>) -> Built {
    Some(Date { year: Year::Known(1944), part: Part::Day(Some(6), Some(6)), clock: Clock::Whole }.into())
}

// Modifiers.

fn with(found: &Found<'_>, modifier: Option<Modifier>) -> Built {
    Some(Meaning::Date(Dated { modifier, ..inner_dated(found)? }))
}

pub(super) fn modified(found: &Found<'_>) -> Built {
    let by_word = match found.first_word().to_ascii_lowercase().as_str() {
        "later" => Some(Modifier::End),
        "earlier" => Some(Modifier::Start),
        _ => None,
    };
    with(found, by_word.or_else(|| said_modifier(found)))
}

pub(super) fn edge(found: &Found<'_>) -> Built {
    with(found, said_modifier(found))
}

pub(super) fn part_of(found: &Found<'_>) -> Built {
    let first = found.words().split_whitespace().take(2).any(|word| word.eq_ignore_ascii_case("first"))
        || found.number(ORD) == Some(1);
    with(found, Some(if first { Modifier::Start } else { Modifier::End }))
}

/// "later that month": some of the month.
pub(super) fn later_that(found: &Found<'_>) -> Built {
    let unit = unit(found.nth(UNIT, 0)?);
    let early = matches!(found.first_word().to_ascii_lowercase().as_str(), "early" | "earlier");
    let modifier = Some(if early { Modifier::Start } else { Modifier::End });
    let from_today = found.words().contains(" this ") && unit > Unit::Day;
    let shift = Shift { unit, by: Some(0), later: false, from_today };
    Some(Meaning::Date(Dated { modifier, ..Dated::new(Base::Shift(shift), Part::Whole) }))
}

pub(super) fn units_edge(found: &Found<'_>) -> Built {
    Some(Meaning::Date(Dated { modifier: said_modifier(found), ..Dated::shift(unit(found.nth(UNIT, 0)?), 0) }))
}

// Times of day.

fn at_clock(hour: u32, minute: Option<u32>, second: Option<u32>, found: &Found<'_>) -> Built {
    let afternoon = found.nth(AMPM, 0).map(|token| token.number == 1);
    let hour = match (hour, afternoon) {
        (12, Some(false)) => 0,
        (1..=11, Some(true)) => hour + 12,
        (13.., Some(_)) => return None,
        (0..=24, _) => hour,
        _ => return None,
    };
    let zone = found.number(ZONE).map(|hours| (hours as i16 - 100) * 60);
    let two = |number: u32| number as u8;
    let clock = Clock::At { hour: Some(two(hour)), minute: minute.map(two), second: second.map(two), zone };
    Some(Meaning::Date(Dated { clock, ..Dated::new(Base::Story, Part::Day(None, None)) }))
}

pub(super) fn clock(found: &Found<'_>) -> Built {
    let token = found.nth(CLOCK, 0)?;
    let marked = found.end > found.start + 1;
    if !marked && !licence::clock(found) {
        return None;
    }
    let second = (token.rest != u16::MAX).then_some(u32::from(token.rest));
    at_clock(token.number / 100, Some(token.number % 100), second, found)
}

pub(super) fn hour(found: &Found<'_>) -> Built {
    at_clock(found.number(DAY).filter(|hour| (1..=12).contains(hour))?, Some(0), None, found)
}

pub(super) fn o_clock(found: &Found<'_>) -> Built {
    at_clock(found.number(NUM.and(DAY)).filter(|hour| (1..=12).contains(hour))?, Some(0), None, found)
}

pub(super) fn military(found: &Found<'_>) -> Built {
    let number = found.number(MILITARY)?;
    // "1500 hours" is a length as often; a leading zero is not.
    let digits = found.nth(MILITARY, 0)?;
    let leading_zero = found.text_of(digits).starts_with('0');
    (leading_zero || licence::clock(found)).then(|| at_clock(number / 100, Some(number % 100), None, found)).flatten()
}

pub(super) fn midnight(found: &Found<'_>) -> Built {
    at_clock(24, Some(0), None, found)
}

pub(super) fn part_of_day(found: &Found<'_>) -> Built {
    let part = Clock::Part(day_part(found.nth(PART, 0)?));
    Some(Meaning::Date(Dated { clock: part, ..inner_dated(found)? }))
}

pub(super) fn weekday_part(found: &Found<'_>) -> Built {
    let clock = Clock::Part(day_part(found.nth(PART, 0)?));
    if let Some(dated) = inner_dated(found) {
        return Some(Meaning::Date(Dated { clock, weekday: said_weekday(found), ..dated }));
    }
    let meaning = match found.number(HOLIDAY) {
        Some(feast) => named(found, feast as u8)?,
        None => date(Base::Story, Part::Week(None, WeekPart::Day(said_weekday(found)?)))?,
    };
    Some(Meaning::Date(Dated { clock, ..meaning.dated()? }))
}

pub(super) fn that_part(found: &Found<'_>) -> Built {
    let clock = Clock::Part(day_part(found.nth(PART, 0)?));
    Some(Meaning::Date(Dated { clock, ..Dated::shift(Unit::Day, 0) }))
}

pub(super) fn next_part(found: &Found<'_>) -> Built {
    let by = if found.nth(NEXT, 0).is_some() { 1 } else { -1 };
    let clock = Clock::Part(day_part(found.nth(PART, 0)?));
    Some(Meaning::Date(Dated { clock, ..Dated::shift(Unit::Day, by) }))
}

pub(super) fn lone_part(found: &Found<'_>) -> Built {
    let part = Clock::Part(day_part(found.nth(PART, 0)?));
    let unknown = Date { year: Year::Unknown, part: Part::Day(None, None), clock: part };
    licence::day_part(found).then(|| unknown.into())
}

pub(super) fn tonight(_: &Found<'_>) -> Built {
    let today = from_today(Unit::Day, 0)?;
    Some(Meaning::Date(Dated { clock: Clock::Part(DayPart::Night), ..today.dated()? }))
}

// Counted from where the story is, or from today.

fn from_today(unit: Unit, by: i32) -> Built {
    date(Base::Shift(Shift { unit, by: Some(by), later: by > 0, from_today: true }), Part::Whole)
}

pub(super) fn step(found: &Found<'_>) -> Built {
    let by = if found.nth(NEXT, 0).is_some() {
        1
    } else if found.nth(LAST, 0).is_some() {
        // "The last day" is that of something, "the past year" a length.
        let word = found.text_of(found.nth(LAST, 0)?).to_ascii_lowercase();
        if matches!(word.as_str(), "last" | "past") {
            return None;
        }
        -1
    } else {
        0
    };
    Some(Meaning::Date(Dated::shift(unit(found.nth(UNIT, 0)?), by)))
}

pub(super) fn this_unit(found: &Found<'_>) -> Built {
    let unit = unit(found.nth(UNIT, 0)?);
    if !licence::this_unit(found) {
        return None;
    }
    // "This day" is the story's; "this year" the writer's.
    let from_today =
        found.first_word().eq_ignore_ascii_case("this") && found.end == found.start + 2 && unit > Unit::Day;
    let shift = Shift { unit, by: Some(0), later: false, from_today };
    date(Base::Shift(shift), Part::Whole)
}

/// "The end of the year": the year that the story is in.
pub(super) fn inner_unit(found: &Found<'_>) -> Built {
    Some(Meaning::Date(Dated::shift(unit(found.nth(UNIT, 0)?), 0)))
}

pub(super) fn unit_after(found: &Found<'_>) -> Built {
    let last = found.last_word().to_ascii_lowercase();
    let by = if matches!(last.as_str(), "after" | "following") { 1 } else { -1 };
    Some(Meaning::Date(Dated::shift(unit(found.nth(UNIT, 0)?), by)))
}

pub(super) fn step_from_today(found: &Found<'_>) -> Built {
    let by = match found.first_word().to_ascii_lowercase().as_str() {
        "next" => 1,
        "last" => -1,
        _ => 0,
    };
    from_today(unit(found.nth(UNIT, 0)?), by)
}

/// A shift by the length inside the form.
fn by_length(found: &Found<'_>, sign: i32, from_today: bool) -> Built {
    let Meaning::Duration(duration, _) = found.inner()? else { return None };
    let by = duration
        .amount
        .filter(|amount| amount % 1000 == 0 && duration.more.is_none())
        .and_then(|amount| i32::try_from(amount / 1000).ok());
    // A length that is no whole number of units leads to no date, like one that is not told.
    // "Two decades earlier" is a year, not a decade.
    let (unit, years) = match duration.unit {
        Unit::Decade => (Unit::Year, 10),
        Unit::Century => (Unit::Year, 100),
        Unit::Millennium => (Unit::Year, 1000),
        unit => (unit, 1),
    };
    let by = by.and_then(|by| by.checked_mul(sign * years));
    date(Base::Shift(Shift { unit, by, later: sign > 0, from_today }), Part::Whole)
}

pub(super) fn length_later(found: &Found<'_>) -> Built {
    by_length(found, 1, false)
}

pub(super) fn length_earlier(found: &Found<'_>) -> Built {
    licence::ends_a_phrase(found).then(|| by_length(found, -1, false)).flatten()
}

pub(super) fn length_ago(found: &Found<'_>) -> Built {
    by_length(found, -1, true)
}

pub(super) fn yesterday(_: &Found<'_>) -> Built {
    from_today(Unit::Day, -1)
}

pub(super) fn tomorrow(_: &Found<'_>) -> Built {
    from_today(Unit::Day, 1)
}

pub(super) fn today(_: &Found<'_>) -> Built {
    Some(Meaning::Plain(Value::Present))
}

/// "At that time": where the story is, as exactly as it is there.
pub(super) fn that_time(found: &Found<'_>) -> Built {
    if !licence::time_phrase(found) {
        return None;
    }
    let words = found.words().to_ascii_lowercase();
    if words.starts_with("this") && !words.ends_with("period") || words == "the time" {
        return Some(Meaning::Plain(Value::Present));
    }
    date(Base::There, Part::Whole)
}

// Lengths of time.

fn duration(unit: Unit, amount: Option<u64>) -> Duration {
    Duration { amount, unit, more: None }
}

/// The number of units that tokens say, in thousandths; a fortnight is two weeks.
fn amount(number: &Token, unit: &str) -> Option<u64> {
    let amount = u64::from(number.number) * 1000 + u64::from(number.rest);
    Some(if unit.starts_with("fortnight") { amount * 2 } else { amount })
}

pub(super) fn length(found: &Found<'_>) -> Built {
    let (number, token) = (found.nth(NUM.and(DAY), 0)?, found.nth(ANY_UNIT, 0)?);
    licence::length(found).then(|| {
        let amount = amount(number, found.text_of(token));
        Meaning::Duration(duration(unit(token), amount), said_modifier(found))
    })
}

pub(super) fn one_length(found: &Found<'_>) -> Built {
    let token = found.nth(UNIT.and(CLOCKUNIT), 0)?;
    let number = found.nth(NUM, 0).map_or(1, |number| number.number);
    if !licence::one_length(found) || number != 1 {
        return None;
    }
    let many = if found.text_of(token) == "fortnight" { 2000 } else { 1000 };
    Some(Meaning::Duration(duration(unit(token), Some(many)), said_modifier(found)))
}

/// "A thirty year truce"
pub(super) fn noun_length(found: &Found<'_>) -> Built {
    licence::noun_follows(found).then(|| compound_length(found)).flatten()
}

pub(super) fn vague_length(found: &Found<'_>) -> Built {
    let token = found.nth(ANY_UNIT, 0)?;
    licence::length(found).then(|| Meaning::Duration(duration(unit(token), None), None))
}

pub(super) fn half_length(found: &Found<'_>) -> Built {
    let token = found.nth(UNIT.and(CLOCKUNIT), 0)?;
    Some(Meaning::Duration(duration(unit(token), Some(500)), said_modifier(found)))
}

pub(super) fn unit_and_half(found: &Found<'_>) -> Built {
    let token = found.nth(UNIT, 0)?;
    Some(Meaning::Duration(duration(unit(token), Some(1500)), said_modifier(found)))
}

pub(super) fn two_lengths(found: &Found<'_>) -> Built {
    let (first, second) = (found.nth(ANY_UNIT, 0)?, found.nth(ANY_UNIT, 1)?);
    let (large, small) = (unit(first), unit(second));
    let (many, more) = (found.nth(NUM, 0)?, found.nth(NUM, 1)?);
    (small < large && more.rest == 0).then(|| {
        let amount = amount(many, found.text_of(first));
        Meaning::Duration(Duration { amount, unit: large, more: Some((more.number, small)) }, None)
    })
}

/// "months", of which only the words around can tell whether it is a length.
pub(super) fn bare_length(found: &Found<'_>) -> Built {
    licence::bare_length(found).then(|| vague_length(found)).flatten()
}

pub(super) fn length_alone(found: &Found<'_>) -> Built {
    found.inner()
}

pub(super) fn unit_of(found: &Found<'_>) -> Built {
    let token = found.nth(ANY_UNIT, 0)?;
    let single = token.is(UNIT.and(CLOCKUNIT));
    Some(Meaning::Duration(duration(unit(token), single.then_some(1000)), None))
}

pub(super) fn past_unit(found: &Found<'_>) -> Built {
    if licence::past_unit(found) { unit_of(found) } else { None }
}

pub(super) fn compound_length(found: &Found<'_>) -> Built {
    let (number, token) = (found.nth(NUM, 0)?, found.nth(UNIT.and(CLOCKUNIT), 0)?);
    Some(Meaning::Duration(duration(unit(token), amount(number, found.text_of(token))), None))
}

// What comes again.

/// The date that stands for any such unit: `XXXX-XX-XX` for days.
fn any(unit: Unit) -> Value {
    let part = match unit {
        Unit::Year => Part::Whole,
        Unit::Month => Part::Month(None),
        Unit::Week => Part::Week(None, WeekPart::Whole),
        Unit::Weekend => Part::Week(None, WeekPart::Weekend),
        Unit::Day => Part::Day(None, None),
        Unit::Quarter => Part::Quarter(None),
        Unit::Hour => {
            let clock = Clock::At { hour: None, minute: None, second: None, zone: None };
            return Value::Date(Date { year: Year::Unknown, part: Part::Day(None, None), clock });
        }
        _ => return Value::Duration(duration(unit, Some(1000))),
    };
    Value::Date(Date { year: Year::Unknown, part, clock: Clock::Whole })
}

pub(super) fn every_unit(found: &Found<'_>) -> Built {
    Some(Meaning::Set(any(unit(found.nth(ANY_UNIT, 0)?))))
}

pub(super) fn every_other(found: &Found<'_>) -> Built {
    Some(Meaning::Set(Value::Duration(duration(unit(found.nth(ANY_UNIT, 0)?), Some(2000)))))
}

pub(super) fn every_length(found: &Found<'_>) -> Built {
    let number = found.nth(NUM.and(ORD), 0)?;
    Some(Meaning::Set(Value::Duration(duration(unit(found.nth(ANY_UNIT, 0)?), Some(u64::from(number.number) * 1000)))))
}

pub(super) fn every_named(found: &Found<'_>) -> Built {
    let mut date = Date::UNKNOWN;
    if let Some(weekday) = said_weekday(found) {
        date.part = Part::Week(None, WeekPart::Day(weekday));
    } else if let Some(token) = found.nth(SEASON, 0) {
        date.part = Part::Season(season_of(token));
    } else if let Some(token) = found.nth(PART, 0) {
        date.part = Part::Day(None, None);
        date.clock = Clock::Part(day_part(token));
    } else {
        date.part = month_part(found)?;
    }
    Some(Meaning::Set(Value::Date(date)))
}

pub(super) fn frequent(found: &Found<'_>) -> Built {
    let unit = unit(found.nth(FREQ, 0)?);
    licence::frequency(found).then(|| Meaning::Set(any(unit)))
}

pub(super) fn per_unit(found: &Found<'_>) -> Built {
    Some(Meaning::Set(Value::Duration(duration(unit(found.nth(ANY_UNIT, 0)?), Some(1000)))))
}

pub(super) fn everyday(_: &Found<'_>) -> Built {
    Some(Meaning::Set(any(Unit::Day)))
}

// Without a date.

pub(super) fn past(found: &Found<'_>) -> Built {
    licence::reference(found).then_some(Meaning::Plain(Value::Past))
}

pub(super) fn present(found: &Found<'_>) -> Built {
    licence::reference(found).then_some(Meaning::Plain(Value::Present))
}

pub(super) fn future(found: &Found<'_>) -> Built {
    licence::reference(found).then_some(Meaning::Plain(Value::Future))
}
