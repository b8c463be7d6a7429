//! Where a story is, and what its dates take from that.
//!
//! A text says "On 13 September" and "the following year"; what year that is, the story has said before: the last date, the
//! heading above, the entry of the list. The method is that of narrative anchoring (Strötgen and Gertz 2013, "Multilingual
//! and cross-domain temporal tagging"), with directions and the turn of the year taken into account.

use super::calendar::Calendar;
use super::calendar::{Day, days_in_month};
use super::lexicon::{Feast, HOLIDAYS};
use super::meaning::{Base, Dated, Shift};
use super::today::Today;
use super::value::{Clock, Date, Digits, Part, Season, Unit, Value, WeekPart, Year, week_of};

/// What the rest of a date was taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Nothing: the words say it all.
    Explicit,
    /// The story.
    Story,
    /// The day of writing.
    Today,
    /// There was nothing to take it from.
    None,
}

impl Anchor {
    /// The name, as `inspect dates` prints it.
    pub fn name(self) -> &'static str {
        match self {
            Anchor::Explicit => "explicit",
            Anchor::Story => "story",
            Anchor::Today => "today",
            Anchor::None => "none",
        }
    }
}

/// How far a story has come.
#[derive(Debug, Clone, Copy)]
pub(super) struct Story<'t> {
    today: &'t Today,
    at: Option<Place>,
    /// The first and the last year that the heading above names.
    frame: Option<(i32, i32)>,
    /// Whether this passage has said where the story is, to the month at least.
    settled: bool,
    /// The last year that was said, in passing or not: "that year".
    said: Option<i32>,
    /// Whether the text has counted from its own day, as reports do: "yesterday", "last week".
    reports: bool,
}

/// A year, and more where it is known.
#[derive(Debug, Clone, Copy)]
struct Place {
    year: i32,
    month: Option<u8>,
    day: Option<u8>,
    /// The season or the part of the day, to be told again.
    date: Date,
}

impl Place {
    fn full_day(self) -> Option<Day> {
        Day::new(self.year, self.month?, self.day?)
    }
}

impl<'t> Story<'t> {
    pub(super) fn new(today: &'t Today) -> Self {
        Self { today, at: None, frame: None, settled: false, said: None, reports: false }
    }

    /// Goes to a date of the story.
    pub(super) fn go(&mut self, date: Date) {
        let Some(year) = date.known_year() else { return };
        let (month, day) = match date.part {
            Part::Month(month) => (month, None),
            Part::Day(month, day) => (month, day),
            Part::Week(Some(_), _) => match date.day() {
                Some(day) => (Some(day.month), Some(day.day)),
                None => (date.interval().map(|interval| interval.from.month), None),
            },
            Part::Season(Season::Winter) => (Some(1), None),
            Part::Season(Season::Spring) => (Some(4), None),
            Part::Season(Season::Summer) => (Some(7), None),
            Part::Season(Season::Fall) => (Some(10), None),
            _ => (None, None),
        };
        // The year said again, "(1939)", takes nothing back.
        if month.is_none() && self.at.is_some_and(|at| at.year == year) {
            return;
        }
        self.at = Some(Place { year, month, day, date });
    }

    /// A new section begins, under the years that its heading names.
    pub(super) fn enter(&mut self, frame: Option<(i32, i32)>) {
        self.frame = frame;
        if let Some((first, last)) = frame
            && self.at.is_none_or(|at| !(first..=last).contains(&at.year))
        {
            self.at = None;
            self.go(Date::of_year(first));
        }
    }

    /// A new passage begins.
    pub(super) fn turn_to_passage(&mut self) {
        self.settled = false;
    }

    /// Hears the text count from its own day.
    pub(super) fn report(&mut self) {
        self.reports = true;
    }

    /// The year of a month in a report that has not said where it is: the nearest that is past, or just to come.
    fn reported(&self, month: u8) -> Option<i32> {
        const AHEAD: u8 = 2;
        let silent = self.reports && self.at.is_none_or(|at| at.month.is_none());
        silent.then(|| {
            let (year, now) = self.today.month();
            year - i32::from(month > now + AHEAD)
        })
    }

    /// Hears a year, which "that year" may mean.
    pub(super) fn hear(&mut self, date: Date) {
        self.said = date.known_year().or(self.said);
    }

    /// Goes to a date of the story. One that leaves the years of the heading, where this passage was within them, is a look
    /// ahead or back.
    pub(super) fn follow(&mut self, date: Date) {
        let Some(year) = date.known_year() else { return };
        let inside = |year: i32| self.frame.is_none_or(|(first, last)| (first..=last).contains(&year));
        if self.settled && self.at.is_some_and(|at| inside(at.year)) && !inside(year) {
            return;
        }
        self.go(date);
        self.settled |= date.month().is_some();
    }

    /// A year alone takes the story along where its heading allows it: from the head of a sentence always, from within
    /// one where it goes on and this passage has not said yet where the story is.
    pub(super) fn mention(&mut self, date: Date, leads: bool) {
        let Some(year) = date.known_year() else { return };
        let allowed = self.frame.is_none_or(|(first, last)| (first..=last).contains(&year));
        let goes_on = self.at.is_none_or(|at| at.month.is_none() || year > at.year && !self.settled);
        if allowed && (leads || goes_on) {
            self.go(date);
        }
    }

    /// Whether the story has a year yet.
    pub(super) fn has_begun(&self) -> bool {
        self.at.is_some()
    }

    /// The date that words mean here, with what it was taken from; `None` where they mean none at all.
    ///
    /// Who is quoted speaks on another day than today.
    pub(super) fn resolve(&self, dated: &Dated, quoted: bool) -> Option<(Value, Anchor)> {
        let with = |date: Date, anchor| Some((Value::Date(Date { clock: dated.clock, ..date }), anchor));
        match dated.base {
            Base::Fixed(year) => with(Self::placed(year, dated), Anchor::Explicit),
            Base::Short(digits) => {
                let near = self.at.map_or(1950, |at| at.year);
                let year = nearest_year(i32::from(digits), 100, near);
                let anchor = if self.has_begun() { Anchor::Story } else { Anchor::None };
                with(Self::placed(Year::Known(year), dated), anchor)
            }
            Base::ShortDecade(digits) => {
                let near = self.at.map_or(1950, |at| at.year);
                let year = nearest_year(i32::from(digits) + 5, 100, near);
                let anchor = if self.has_begun() { Anchor::Story } else { Anchor::None };
                with(Date { year: Year::Decade(Digits::of(year, 10)), ..Date::UNKNOWN }, anchor)
            }
            Base::Ancient(number) => {
                let at = self.at?;
                let number = i32::from(number);
                let year = if at.year <= 0 { 1 - number } else { number };
                ((at.year - year).abs() <= 150).then(|| with(Date::of_year(year), Anchor::Story)).flatten()
            }
            Base::Never => with(Self::placed(Year::Unknown, dated), Anchor::None),
            Base::There => match self.at {
                Some(at) => Some((Value::Date(at.date), Anchor::Story)),
                None => Some((Value::Past, Anchor::None)),
            },
            // Quarters without a year are those of a report; others are played.
            Base::Story if matches!(dated.part, Part::Quarter(_)) && !self.reports => None,
            Base::Story => {
                let (date, anchor) = self.in_story(dated);
                with(date, anchor)
            }
            Base::Near { after } => {
                let (date, anchor) = self.near(dated, after);
                with(date, anchor)
            }
            Base::Shift(shift) => {
                let (value, anchor) = if quoted && shift.from_today {
                    (Value::Date(unknown(shift.unit, dated.part)), Anchor::None)
                } else {
                    self.shifted(shift, dated)
                };
                match value {
                    Value::Date(date) => with(date, anchor),
                    other => Some((other, anchor)),
                }
            }
        }
    }

    /// The date of a year that is given.
    fn placed(year: Year, dated: &Dated) -> Date {
        let part = match (year, dated.feast) {
            (Year::Known(year), Some(feast)) => match HOLIDAYS[usize::from(feast)] {
                Feast::Easter(days) => {
                    let day = Day::easter(year).plus(i64::from(days));
                    Part::Day(Some(day.month), Some(day.day))
                }
                Feast::Nth(n, weekday, month) => nth_weekday(year, month, weekday, n),
                Feast::Fixed(..) | Feast::Other => dated.part,
            },
            _ => dated.part,
        };
        Date { year, part, clock: Clock::Whole }
    }

    /// A month, day, season or weekday that takes its year from the story.
    fn in_story(&self, dated: &Dated) -> (Date, Anchor) {
        match dated.part {
            Part::Month(Some(month)) | Part::Day(Some(month), _) => {
                if let Some(year) = self.reported(month) {
                    return (Self::placed(Year::Known(year), dated), Anchor::Today);
                }
            }
            // The last that is over.
            Part::Quarter(Some(quarter)) => {
                let (year, month) = self.today.month();
                let year = year - i32::from(quarter > month.div_ceil(3));
                return (Self::placed(Year::Known(year), dated), Anchor::Today);
            }
            // Who names no day before a weekday speaks of the last one.
            Part::Week(None, WeekPart::Day(weekday)) if self.reports || self.at.is_none() => {
                return (Date::of_day(self.today.last(weekday)), Anchor::Today);
            }
            _ => {}
        }
        let Some(at) = self.at else {
            return (Date { year: Year::Unknown, part: dated.part, clock: Clock::Whole }, Anchor::None);
        };
        let date = match dated.part {
            Part::Month(Some(month)) | Part::Day(Some(month), _) => Self::placed(Year::Known(turned(at, month)), dated),
            Part::Day(None, Some(day)) => {
                Date { year: Year::Known(at.year), part: Part::Day(at.month, Some(day)), clock: Clock::Whole }
            }
            Part::Day(None, None) => match at.full_day() {
                Some(day) => Date::of_day(day),
                None => return (Date { year: Year::Unknown, part: dated.part, clock: Clock::Whole }, Anchor::None),
            },
            // Winter belongs to the year that it ends in.
            Part::Season(Season::Winter) => {
                let year = at.year + i32::from(at.month.is_some_and(|month| month >= 6));
                Date { year: Year::Known(year), part: dated.part, clock: Clock::Whole }
            }
            Part::Week(None, WeekPart::Day(weekday)) => match at.full_day() {
                Some(day) => {
                    let ahead = (i64::from(weekday) - 1 - day.weekday() as i64).rem_euclid(7);
                    Date::of_day(day.plus(ahead))
                }
                None => return (Date { year: Year::Unknown, part: dated.part, clock: Clock::Whole }, Anchor::None),
            },
            _ => Self::placed(Year::Known(at.year), dated),
        };
        (date, Anchor::Story)
    }

    /// "The previous April", "next summer": the nearest on one side.
    fn near(&self, dated: &Dated, after: bool) -> (Date, Anchor) {
        let unknown = Date { year: Year::Unknown, part: dated.part, clock: Clock::Whole };
        if let Part::Week(_, WeekPart::Day(weekday)) = dated.part {
            let (day, anchor) = match self.at.and_then(Place::full_day) {
                Some(day) => (day, Anchor::Story),
                None if self.at.is_none() => (self.today.day(), Anchor::Today),
                None => return (unknown, Anchor::None),
            };
            let ahead = (i64::from(weekday) - 1 - day.weekday() as i64).rem_euclid(7);
            let days = match (after, ahead) {
                (true, 0) => 7,
                (true, ahead) => ahead,
                (false, ahead) => ahead - 7,
            };
            return (Date::of_day(day.plus(days)), anchor);
        }
        let Some(mut at) = self.at else { return (unknown, Anchor::None) };
        // "plans were drawn up in 1947 and laid before them the following spring": a year that was said in passing is what such
        // words follow.
        if let Some(said) = self.said.filter(|&said| said != at.year) {
            at = Place { year: said, month: None, day: None, date: Date::of_year(said) };
        }
        let begins = match dated.part {
            Part::Month(Some(month)) | Part::Day(Some(month), _) => month,
            Part::Season(Season::Spring) => 3,
            Part::Season(Season::Summer) => 6,
            Part::Season(Season::Fall) => 9,
            _ => 1,
        };
        let reached = at.month.unwrap_or(if after { 12 } else { 1 });
        let year = match (after, begins > reached, begins < reached) {
            (true, true, _) | (false, _, true) => at.year,
            (true, ..) => at.year + 1,
            (false, ..) => at.year - 1,
        };
        (Date { year: Year::Known(year), part: dated.part, clock: Clock::Whole }, Anchor::Story)
    }

    /// Today, as closely as a unit of time asks for it.
    fn place_of_today(&self, unit: Unit) -> Place {
        match unit {
            Unit::Year | Unit::Decade | Unit::Century | Unit::Millennium => {
                let year = self.today.year();
                Place { year, month: None, day: None, date: Date::of_year(year) }
            }
            Unit::Month | Unit::Quarter => {
                let (year, month) = self.today.month();
                Place { year, month: Some(month), day: None, date: Date::of_month(year, month) }
            }
            _ => {
                let day = self.today.day();
                Place { year: day.year, month: Some(day.month), day: Some(day.day), date: Date::of_day(day) }
            }
        }
    }

    /// "The following year", "two days later", "three years ago".
    fn shifted(&self, shift: Shift, dated: &Dated) -> (Value, Anchor) {
        let Some(by) = shift.by else {
            let value = if shift.later { Value::Future } else { Value::Past };
            return (value, if self.has_begun() { Anchor::Story } else { Anchor::None });
        };
        let (from, anchor) = match (shift.from_today, self.at) {
            (true, _) => (self.place_of_today(shift.unit), Anchor::Today),
            // "That year" is the last that was said.
            (false, Some(at)) if shift.unit == Unit::Year => {
                (Place { year: self.said.unwrap_or(at.year), ..at }, Anchor::Story)
            }
            (false, Some(at)) => (at, Anchor::Story),
            (false, None) => return (Value::Date(unknown(shift.unit, dated.part)), Anchor::None),
        };
        let year = |years: i32| from.year.checked_add(years).unwrap_or(from.year);
        let date = match shift.unit {
            Unit::Year => Date { year: Year::Known(year(by)), part: dated.part, clock: Clock::Whole },
            Unit::Decade => Date { year: Year::Decade(Digits::of(year(by.saturating_mul(10)), 10)), ..Date::UNKNOWN },
            Unit::Century => {
                Date { year: Year::Century(Digits::of(year(by.saturating_mul(100)), 100)), ..Date::UNKNOWN }
            }
            Unit::Millennium => {
                Date { year: Year::Millennium(Digits::of(year(by.saturating_mul(1000)), 1000)), ..Date::UNKNOWN }
            }
            Unit::Month => match from.month {
                Some(month) => {
                    let months = i64::from(month) - 1 + i64::from(by);
                    let month = months.rem_euclid(12) as u8 + 1;
                    Date::of_month(year(months.div_euclid(12) as i32), month)
                }
                None if by.abs() >= 12 => Date::of_year(year(by / 12)),
                None => Date { year: Year::Known(from.year), part: Part::Month(None), clock: Clock::Whole },
            },
            Unit::Day => match from.full_day() {
                Some(day) => Date::of_day(day.plus(i64::from(by))),
                None if by == 0 => {
                    Date { year: Year::Known(from.year), part: Part::Day(from.month, None), clock: Clock::Whole }
                }
                None => Date { year: Year::Known(from.year), part: Part::Day(None, None), clock: Clock::Whole },
            },
            Unit::Week | Unit::Weekend => match from.full_day() {
                Some(day) => {
                    let (year, week) = week_of(day.plus(7 * i64::from(by)));
                    let part = if shift.unit == Unit::Week { WeekPart::Whole } else { WeekPart::Weekend };
                    Date { year: Year::Known(year), part: Part::Week(Some(week), part), clock: Clock::Whole }
                }
                None => {
                    Date { year: Year::Known(from.year), part: Part::Week(None, WeekPart::Whole), clock: Clock::Whole }
                }
            },
            Unit::Quarter => match from.month {
                Some(month) => {
                    let quarters = i64::from((month - 1) / 3) + i64::from(by);
                    let part = Part::Quarter(Some(quarters.rem_euclid(4) as u8 + 1));
                    Date { year: Year::Known(year(quarters.div_euclid(4) as i32)), part, clock: Clock::Whole }
                }
                None => Date { year: Year::Known(from.year), part: Part::Quarter(None), clock: Clock::Whole },
            },
            Unit::Season | Unit::Hour | Unit::Minute | Unit::Second => {
                let clock = Clock::At { hour: None, minute: None, second: None, zone: None };
                return match (shift.unit, from.full_day()) {
                    (Unit::Season, _) | (_, None) => (if shift.later { Value::Future } else { Value::Past }, anchor),
                    (_, Some(day)) => (Value::Date(Date { clock, ..Date::of_day(day) }), anchor),
                };
            }
        };
        (Value::Date(date), anchor)
    }
}

/// A unit of which nothing is known.
fn unknown(unit: Unit, part: Part) -> Date {
    let part = match unit {
        Unit::Month => Part::Month(None),
        Unit::Day => Part::Day(None, None),
        Unit::Week => Part::Week(None, WeekPart::Whole),
        Unit::Weekend => Part::Week(None, WeekPart::Weekend),
        _ => part,
    };
    Date { part, ..Date::UNKNOWN }
}

/// The year of a month that the story comes to: the year may turn on the way.
fn turned(at: Place, month: u8) -> i32 {
    match at.month {
        Some(reached) if reached >= 10 && month <= 2 => at.year + 1,
        _ => at.year,
    }
}

/// The year nearest to another that ends in these digits; not beyond those of four figures, whatever the other is.
fn nearest_year(digits: i32, by: i32, near: i32) -> i32 {
    const FURTHEST: i32 = 9_899;
    let near = near.clamp(-FURTHEST, FURTHEST);
    let base = near - near.rem_euclid(by) + digits;
    [base - by, base, base + by].into_iter().min_by_key(|year| (year - near).abs()).unwrap_or(base)
}

/// The nth weekday (1 Monday to 7) of a month; the last where n is 5.
fn nth_weekday(year: i32, month: u8, weekday: u8, n: u8) -> Part {
    let first = Day { year, month, day: 1 };
    let ahead = (i64::from(weekday) - 1 - first.weekday() as i64).rem_euclid(7) as u8;
    let mut day = 1 + ahead + 7 * (n - 1);
    while day > days_in_month(Calendar::Gregorian, year, month) {
        day -= 7;
    }
    Part::Day(Some(month), Some(day))
}
