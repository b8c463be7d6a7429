//! TIMEX3 values, and the days that they can mean.
//!
//! The notation is that of `TimeML` (Pustejovsky et al. 2005, "The specification language `TimeML`"), which extends ISO 8601:
//! `1996-09-13`, `2006-05`, `199` (the nineties), `18` (the nineteenth century), `1982-SU`, `BC0480`, `XXXX-09-13` (a year
//! that is not known), `1776-06-08TNI`, `P6M`, `PXD`, `PAST_REF`.

use super::calendar::{Calendar, Day, days_in_month};
use std::fmt;
use std::str::FromStr;

/// What an expression denotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// A date, or a time of day on it.
    Date(Date),
    /// A length of time.
    Duration(Duration),
    /// Some time in the past.
    Past,
    /// The present, of the story or of the reader.
    Present,
    /// Some time in the future.
    Future,
}

/// A date as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    /// The year, or the longer time that it lies in.
    pub year: Year,
    /// What of the year.
    pub part: Part,
    /// What of the day.
    pub clock: Clock,
}

/// A year, or a longer time that is counted like years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Year {
    /// Not known.
    Unknown,
    /// A year, astronomical: 0 is 1 BC.
    Known(i32),
    /// A fiscal year by the calendar year that names it.
    Fiscal(i32),
    /// Ten years that share all digits but the last.
    Decade(Digits),
    /// A hundred years that share all digits but the last two: 18 for the nineteenth century.
    Century(Digits),
    /// A thousand years that share their first digit.
    Millennium(Digits),
}

/// The leading digits of some years, and their era.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digits {
    /// Whether the years are counted back from the beginning of the era.
    pub bc: bool,
    /// The digits.
    pub digits: u32,
}

/// A part of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// A month, 1 to 12, where it is known.
    Month(Option<u8>),
    /// A day of a month as written, which the calendar need not have; each where it is known.
    Day(Option<u8>, Option<u8>),
    /// A week by ISO 8601, where it is known, and what of it.
    Week(Option<u8>, WeekPart),
    /// A season.
    Season(Season),
    /// A quarter, 1 to 4, where it is known.
    Quarter(Option<u8>),
    /// A half, 1 or 2.
    Half(u8),
}

/// A part of a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WeekPart {
    /// All of it.
    Whole,
    /// A day of it, 1 (Monday) to 7.
    Day(u8),
    /// Saturday and Sunday.
    Weekend,
}

/// A season, by the words for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Season {
    /// Spring.
    Spring,
    /// Summer.
    Summer,
    /// Autumn, the fall.
    Fall,
    /// Winter.
    Winter,
}

/// A part of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// All of it.
    Whole,
    /// By the words for it: the morning.
    Part(DayPart),
    /// By the clock.
    At {
        /// The hour, 0 to 24, where it is known.
        hour: Option<u8>,
        /// The minute, where it is given.
        minute: Option<u8>,
        /// The second, where it is given.
        second: Option<u8>,
        /// The zone, where it is given, in minutes east of Greenwich.
        zone: Option<i16>,
    },
}

/// A part of a day by the words for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayPart {
    /// Morning.
    Morning,
    /// Noon, midday.
    Midday,
    /// Afternoon.
    Afternoon,
    /// Evening.
    Evening,
    /// Night.
    Night,
    /// The time of light.
    Daytime,
}

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// A second.
    Second,
    /// A minute.
    Minute,
    /// An hour.
    Hour,
    /// A day.
    Day,
    /// A Saturday and a Sunday.
    Weekend,
    /// A week.
    Week,
    /// A month.
    Month,
    /// A quarter.
    Quarter,
    /// A season.
    Season,
    /// A year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
    /// A thousand years.
    Millennium,
}

/// A length of time: one number of units, or two (two years and six months).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Duration {
    /// How many units, in thousandths; `None` for some.
    pub amount: Option<u64>,
    /// The unit.
    pub unit: Unit,
    /// A whole number of a smaller unit that is added.
    pub more: Option<(u32, Unit)>,
}

/// How exactly an interval of days is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// To the day.
    Day,
    /// To the week.
    Week,
    /// To the month.
    Month,
    /// To the season or quarter.
    Season,
    /// To the half of a year.
    Half,
    /// To the year.
    Year,
    /// To ten years.
    Decade,
    /// To a hundred years.
    Century,
    /// To a thousand years.
    Millennium,
}

/// Days that an expression can mean, both ends included, counted by the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// The first day.
    pub from: Day,
    /// The last day; not before the first.
    pub to: Day,
    /// What the words name.
    pub precision: Precision,
}

/// What qualifies a value, by the names of TIMEX3's attribute `mod`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Modifier {
    /// Early, the beginning of.
    Start,
    /// Mid, the middle of.
    Mid,
    /// Late, the end of.
    End,
    /// About, circa.
    Approx,
    /// More than.
    MoreThan,
    /// Less than.
    LessThan,
    /// At least.
    EqualOrMore,
    /// At most.
    EqualOrLess,
}

impl Modifier {
    /// The name, as in TIMEX3.
    pub fn name(self) -> &'static str {
        match self {
            Modifier::Start => "START",
            Modifier::Mid => "MID",
            Modifier::End => "END",
            Modifier::Approx => "APPROX",
            Modifier::MoreThan => "MORE_THAN",
            Modifier::LessThan => "LESS_THAN",
            Modifier::EqualOrMore => "EQUAL_OR_MORE",
            Modifier::EqualOrLess => "EQUAL_OR_LESS",
        }
    }
}

impl Digits {
    /// The leading digits of a year; `by` is 10, 100 or 1000.
    pub fn of(year: i32, by: u32) -> Self {
        Self { bc: year <= 0, digits: written_year(year) / by }
    }

    /// First and last year of the years that begin with these digits.
    fn years(self, by: u32) -> (i32, i32) {
        let first = i32::try_from(self.digits.saturating_mul(by)).unwrap_or(i32::MAX - 1000).min(i32::MAX - 1000);
        let last = first + by as i32 - 1;
        // Year n BC is 1 - n; the year 0 is in neither era.
        if self.bc { (1 - last, (1 - first).min(0)) } else { (first.max(1), last) }
    }
}

/// The number of a year in its era.
fn written_year(year: i32) -> u32 {
    if year > 0 { year.unsigned_abs() } else { year.unsigned_abs() + 1 }
}

impl Date {
    /// A date of which nothing is known.
    pub const UNKNOWN: Date = Date { year: Year::Unknown, part: Part::Whole, clock: Clock::Whole };

    /// A whole year.
    pub fn of_year(year: i32) -> Self {
        Date { year: Year::Known(year), ..Date::UNKNOWN }
    }

    /// A month of a year.
    pub fn of_month(year: i32, month: u8) -> Self {
        Date { year: Year::Known(year), part: Part::Month(Some(month)), clock: Clock::Whole }
    }

    /// A day.
    pub fn of_day(day: Day) -> Self {
        Date { year: Year::Known(day.year), part: Part::Day(Some(day.month), Some(day.day)), clock: Clock::Whole }
    }

    /// The year, where it is one and known.
    pub fn known_year(&self) -> Option<i32> {
        match self.year {
            Year::Known(year) => Some(year),
            _ => None,
        }
    }

    /// The month, where it is known.
    pub fn month(&self) -> Option<u8> {
        match self.part {
            Part::Month(month) | Part::Day(month, _) => month,
            _ => None,
        }
    }

    /// The day, where day, month and year are known and the Gregorian calendar has it.
    pub fn day(&self) -> Option<Day> {
        match self.part {
            Part::Day(Some(month), Some(day)) => Day::new(self.known_year()?, month, day),
            Part::Week(Some(week), WeekPart::Day(day)) => {
                week_start(self.known_year()?, week).map(|d| d.plus(i64::from(day) - 1))
            }
            _ => None,
        }
    }

    /// The days that it can mean; `None` where the year is not known or the day is in no calendar.
    ///
    /// A season may be any days of its year and of the winter months beside it, since the word does not
    /// tell the hemisphere; a fiscal year may begin in the calendar year before.
    pub fn interval(&self) -> Option<Interval> {
        let years = |(first, last): (i32, i32), precision| {
            Some(Interval { from: Day::new(first, 1, 1)?, to: Day::new(last, 12, 31)?, precision })
        };
        let year = match self.year {
            Year::Unknown => return None,
            Year::Decade(digits) => return years(digits.years(10), Precision::Decade),
            // "The 19th century" is 1801 to 1900 or, more loosely, 1800 to 1899.
            Year::Century(digits) => {
                let (first, last) = digits.years(100);
                let wide = if digits.bc { (first - 1, last) } else { (first, last.saturating_add(1)) };
                return years(wide, Precision::Century);
            }
            Year::Millennium(digits) => return years(digits.years(1000), Precision::Millennium),
            Year::Fiscal(year) => {
                return Some(Interval {
                    from: Day::new(year.checked_sub(1)?, 1, 1)?,
                    to: Day::new(year.checked_add(1)?, 12, 31)?,
                    precision: Precision::Year,
                });
            }
            Year::Known(year) => year,
        };
        let months = |first: u8, last: u8, precision| {
            let to = Day::new(year, last, days_in_month(Calendar::Gregorian, year, last))?;
            Some(Interval { from: Day::new(year, first, 1)?, to, precision })
        };
        match self.part {
            Part::Whole | Part::Month(None) | Part::Day(None, _) | Part::Week(None, _) | Part::Quarter(None) => {
                months(1, 12, Precision::Year)
            }
            Part::Month(Some(month)) | Part::Day(Some(month), None) => {
                (1..=12).contains(&month).then(|| months(month, month, Precision::Month)).flatten()
            }
            Part::Day(Some(_), Some(_)) | Part::Week(Some(_), WeekPart::Day(_)) => {
                self.day().map(|day| Interval { from: day, to: day, precision: Precision::Day })
            }
            Part::Week(Some(week), part) => {
                let monday = week_start(year, week)?;
                let first = if part == WeekPart::Weekend { 5 } else { 0 };
                Some(Interval { from: monday.plus(first), to: monday.plus(6), precision: Precision::Week })
            }
            Part::Season(_) => Some(Interval {
                from: Day::new(year.checked_sub(1)?, 12, 1)?,
                to: Day::new(year.checked_add(1)?, 3, 31)?,
                precision: Precision::Season,
            }),
            Part::Quarter(Some(quarter)) => {
                let quarter = (1..=4).contains(&quarter).then_some(quarter)?;
                months(quarter * 3 - 2, quarter * 3, Precision::Season)
            }
            Part::Half(half) => {
                let half = (1..=2).contains(&half).then_some(half)?;
                months(half * 6 - 5, half * 6, Precision::Half)
            }
        }
    }
}

impl Interval {
    /// The part of the interval that "early", "mid" or "late" leaves: half of it, so that nothing is ruled
    /// out that a writer may mean. "Circa" widens it by a tenth of a century on both sides.
    #[must_use]
    pub fn modified(self, modifier: Modifier) -> Self {
        let days = self.to.since(self.from);
        match modifier {
            Modifier::Start => Self { to: self.from.plus(days / 2), ..self },
            Modifier::End => Self { from: self.from.plus(days / 2), ..self },
            Modifier::Mid => Self { from: self.from.plus(days / 4), to: self.to.plus(-days / 4), ..self },
            Modifier::Approx => Self { from: self.from.plus(-3652), to: self.to.plus(3652), ..self },
            Modifier::MoreThan | Modifier::LessThan | Modifier::EqualOrMore | Modifier::EqualOrLess => self,
        }
    }

    /// How many bits, from the lowest, [`Interval::packed`] uses.
    pub const PACKED_BITS: u32 = 52;
    const LENGTH_SHIFT: u32 = 32;
    const LENGTH_MASK: u64 = (1 << (Self::PACKED_BITS - Self::LENGTH_SHIFT)) - 1;

    /// The interval as a number, for witnesses: its first day, from 1970, in 32 bits and its length in days in 20, so that two
    /// thousand years fit; a longer one is cut.
    pub fn packed(self) -> u64 {
        let first = self.from.since(EPOCH) as i32 as u32;
        let length = (self.to.since(self.from) as u64).min(Self::LENGTH_MASK);
        u64::from(first) | length << Self::LENGTH_SHIFT
    }

    /// The interval that [`Interval::packed`] has packed, with no precision but days; what stands in higher bits does not count.
    #[must_use]
    pub fn unpacked(packed: u64) -> Self {
        let from = Day::from_unix_days(i64::from(packed as u32 as i32));
        let to = from.plus((packed >> Self::LENGTH_SHIFT & Self::LENGTH_MASK) as i64);
        Self { from, to, precision: Precision::Day }
    }
}

const EPOCH: Day = Day { year: 1970, month: 1, day: 1 };

/// The Monday of a week of a year, by ISO 8601: week 1 is the one with 4 January.
pub fn week_start(year: i32, week: u8) -> Option<Day> {
    let fourth = Day::new(year, 1, 4)?;
    let monday = fourth.plus(-(fourth.weekday() as i64));
    (1..=53).contains(&week).then(|| monday.plus(7 * (i64::from(week) - 1)))
}

/// The year and the week, by ISO 8601, that a day is in.
pub fn week_of(day: Day) -> (i32, u8) {
    // The week belongs to the year that its Thursday is in.
    let thursday = day.plus(3 - day.weekday() as i64);
    let first = Day { year: thursday.year, month: 1, day: 1 };
    (thursday.year, (thursday.since(first) / 7 + 1) as u8)
}

impl Unit {
    /// The sign in a duration and whether it stands behind the `T`.
    fn sign(self) -> (&'static str, bool) {
        match self {
            Unit::Second => ("S", true),
            Unit::Minute => ("M", true),
            Unit::Hour => ("H", true),
            Unit::Day => ("D", false),
            Unit::Weekend => ("WE", false),
            Unit::Week => ("W", false),
            Unit::Month => ("M", false),
            Unit::Quarter => ("Q", false),
            Unit::Season => ("SN", false),
            Unit::Year => ("Y", false),
            Unit::Decade => ("DE", false),
            Unit::Century => ("CE", false),
            Unit::Millennium => ("ML", false),
        }
    }

    /// The unit behind a sign.
    fn from_sign(sign: &str, of_the_day: bool) -> Option<Self> {
        const ALL: [Unit; 13] = [
            Unit::Second,
            Unit::Minute,
            Unit::Hour,
            Unit::Day,
            Unit::Weekend,
            Unit::Week,
            Unit::Month,
            Unit::Quarter,
            Unit::Season,
            Unit::Year,
            Unit::Decade,
            Unit::Century,
            Unit::Millennium,
        ];
        ALL.into_iter().find(|unit| unit.sign() == (sign, of_the_day))
    }

    /// The shortest and the longest that one unit can be, in days; `None` below a day.
    pub fn days(self) -> Option<(u32, u32)> {
        Some(match self {
            Unit::Second | Unit::Minute | Unit::Hour => return None,
            Unit::Day => (1, 1),
            Unit::Weekend => (2, 2),
            Unit::Week => (7, 7),
            Unit::Month => (28, 31),
            Unit::Quarter | Unit::Season => (89, 94),
            Unit::Year => (365, 366),
            Unit::Decade => (3652, 3653),
            Unit::Century => (36_524, 36_525),
            Unit::Millennium => (365_242, 365_243),
        })
    }
}

impl Season {
    /// The sign, as in TIMEX3.
    fn sign(self) -> &'static str {
        match self {
            Season::Spring => "SP",
            Season::Summer => "SU",
            Season::Fall => "FA",
            Season::Winter => "WI",
        }
    }
}

impl DayPart {
    /// The sign, as in TIMEX3.
    fn sign(self) -> &'static str {
        match self {
            DayPart::Morning => "MO",
            DayPart::Midday => "MI",
            DayPart::Afternoon => "AF",
            DayPart::Evening => "EV",
            DayPart::Night => "NI",
            DayPart::Daytime => "DT",
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Date(date) => date.fmt(f),
            Value::Duration(duration) => duration.fmt(f),
            Value::Past => f.write_str("PAST_REF"),
            Value::Present => f.write_str("PRESENT_REF"),
            Value::Future => f.write_str("FUTURE_REF"),
        }
    }
}

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = |f: &mut fmt::Formatter<'_>, Digits { bc, digits }: Digits, width| {
            write!(f, "{}{digits:0width$}", if bc { "BC" } else { "" })
        };
        match *self {
            Year::Unknown => f.write_str("XXXX"),
            Year::Known(year) => digits(f, Digits::of(year, 1), 4),
            Year::Fiscal(year) => {
                f.write_str("FY")?;
                digits(f, Digits::of(year, 1), 4)
            }
            Year::Decade(decade) => digits(f, decade, 3),
            Year::Century(century) => digits(f, century, 2),
            Year::Millennium(millennium) => digits(f, millennium, 1),
        }
    }
}

/// Two digits, or `XX`.
struct Two(Option<u8>);

impl fmt::Display for Two {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(number) => write!(f, "{number:02}"),
            None => f.write_str("XX"),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.year.fmt(f)?;
        match self.part {
            Part::Whole => {}
            Part::Month(month) => write!(f, "-{}", Two(month))?,
            Part::Day(month, day) => write!(f, "-{}-{}", Two(month), Two(day))?,
            Part::Week(week, part) => {
                write!(f, "-W{}", Two(week))?;
                match part {
                    WeekPart::Whole => {}
                    WeekPart::Day(day) => write!(f, "-{day}")?,
                    WeekPart::Weekend => f.write_str("-WE")?,
                }
            }
            Part::Season(season) => write!(f, "-{}", season.sign())?,
            Part::Quarter(Some(quarter)) => write!(f, "-Q{quarter}")?,
            Part::Quarter(None) => f.write_str("-QX")?,
            Part::Half(half) => write!(f, "-H{half}")?,
        }
        match self.clock {
            Clock::Whole => Ok(()),
            Clock::Part(part) => write!(f, "T{}", part.sign()),
            Clock::At { hour, minute, second, zone } => {
                write!(f, "T{}", Two(hour))?;
                if let Some(minute) = minute {
                    write!(f, ":{minute:02}")?;
                }
                if let Some(second) = second {
                    write!(f, ":{second:02}")?;
                }
                match zone {
                    None => Ok(()),
                    Some(0) => f.write_str("Z"),
                    Some(minutes) => {
                        write!(f, "{}{:02}", if minutes < 0 { '-' } else { '+' }, minutes.unsigned_abs() / 60)?;
                        if minutes % 60 == 0 { Ok(()) } else { write!(f, ":{:02}", minutes.unsigned_abs() % 60) }
                    }
                }
            }
        }
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, of_the_day) = self.unit.sign();
        f.write_str(if of_the_day { "PT" } else { "P" })?;
        match self.amount {
            None => f.write_str("X")?,
            Some(thousandths) if thousandths % 1000 == 0 => write!(f, "{}", thousandths / 1000)?,
            Some(thousandths) => {
                let rest = format!("{:03}", thousandths % 1000);
                write!(f, "{}.{}", thousandths / 1000, rest.trim_end_matches('0'))?;
            }
        }
        f.write_str(sign)?;
        if let Some((amount, unit)) = self.more {
            let (sign, time) = unit.sign();
            write!(f, "{}{amount}{sign}", if time && !of_the_day { "T" } else { "" })?;
        }
        Ok(())
    }
}

/// The text is no value that [`Value`] prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAValue;

impl FromStr for Value {
    type Err = NotAValue;

    /// Reads what `Display` prints.
    fn from_str(text: &str) -> Result<Self, NotAValue> {
        match text {
            "PAST_REF" => return Ok(Value::Past),
            "PRESENT_REF" => return Ok(Value::Present),
            "FUTURE_REF" => return Ok(Value::Future),
            _ => {}
        }
        let value = if let Some(length) = text.strip_prefix('P') {
            parse_duration(length).map(Value::Duration)
        } else {
            parse_date(text).map(Value::Date)
        };
        value.ok_or(NotAValue)
    }
}

/// The digits that a text begins with, and what follows them.
fn leading_digits(text: &str) -> (&str, &str) {
    text.split_at(text.bytes().take_while(u8::is_ascii_digit).count())
}

/// `XX` or two digits.
#[expect(clippy::option_option, reason = "not a number, not known, known")]
fn parse_two(text: &str) -> Option<Option<u8>> {
    if text == "XX" {
        return Some(None);
    }
    (text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())
}

fn parse_date(text: &str) -> Option<Date> {
    // The marks of era and fiscal year hold no T.
    let (day, clock) = match text.split_once('T') {
        Some((day, clock)) => (day, parse_clock(clock)?),
        None => (text, Clock::Whole),
    };
    let (year, part) = match day.split_once('-') {
        Some((year, part)) => (parse_year(year)?, parse_part(part)?),
        None => (parse_year(day)?, Part::Whole),
    };
    Some(Date { year, part, clock })
}

fn parse_year(text: &str) -> Option<Year> {
    if text == "XXXX" {
        return Some(Year::Unknown);
    }
    let fiscal = text.strip_prefix("FY");
    let rest = fiscal.unwrap_or(text);
    let (bc, number) = rest.strip_prefix("BC").map_or((false, rest), |number| (true, number));
    let (digits, "") = leading_digits(number) else { return None };
    let number: u32 = digits.parse().ok()?;
    Some(match digits.len() {
        1 => Year::Millennium(Digits { bc, digits: number }),
        2 => Year::Century(Digits { bc, digits: number }),
        3 => Year::Decade(Digits { bc, digits: number }),
        _ => {
            let number = i32::try_from(number).ok().filter(|&number| number > 0 || !bc)?;
            let year = if bc { 1 - number } else { number };
            if fiscal.is_some() { Year::Fiscal(year) } else { Year::Known(year) }
        }
    })
}

fn parse_part(text: &str) -> Option<Part> {
    Some(match text {
        "SP" => Part::Season(Season::Spring),
        "SU" => Part::Season(Season::Summer),
        "FA" => Part::Season(Season::Fall),
        "WI" => Part::Season(Season::Winter),
        "QX" => Part::Quarter(None),
        "Q1" | "Q2" | "Q3" | "Q4" => Part::Quarter(text[1..].parse().ok()),
        "H1" | "H2" => Part::Half(text[1..].parse().ok()?),
        _ => {
            let (first, second) = text.split_once('-').map_or((text, None), |(first, second)| (first, Some(second)));
            match (first.strip_prefix('W'), second) {
                (Some(week), None) => Part::Week(parse_two(week)?, WeekPart::Whole),
                (Some(week), Some("WE")) => Part::Week(parse_two(week)?, WeekPart::Weekend),
                (Some(week), Some(day)) => {
                    let day = day.parse().ok().filter(|day| (1..=7).contains(day))?;
                    Part::Week(parse_two(week)?, WeekPart::Day(day))
                }
                (None, None) => Part::Month(parse_two(first)?),
                (None, Some(day)) => Part::Day(parse_two(first)?, parse_two(day)?),
            }
        }
    })
}

fn parse_clock(text: &str) -> Option<Clock> {
    const PARTS: [DayPart; 6] =
        [DayPart::Morning, DayPart::Midday, DayPart::Afternoon, DayPart::Evening, DayPart::Night, DayPart::Daytime];
    if let Some(part) = PARTS.into_iter().find(|part| part.sign() == text) {
        return Some(Clock::Part(part));
    }
    let (clock, zone) = match text.find(['Z', '+', '-']) {
        Some(at) => (&text[..at], Some(parse_zone(&text[at..])?)),
        None => (text, None),
    };
    let mut parts = clock.split(':');
    let hour = parse_two(parts.next()?)?;
    let minute = parts.next().map_or(Some(None), parse_two)?;
    let second = parts.next().map_or(Some(None), parse_two)?;
    parts.next().is_none().then_some(Clock::At { hour, minute, second, zone })
}

fn parse_zone(text: &str) -> Option<i16> {
    if text == "Z" {
        return Some(0);
    }
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let (hours, minutes) = text[1..].split_once(':').unwrap_or((&text[1..], "00"));
    let hours = i16::from(parse_two(hours)??);
    let minutes = i16::from(parse_two(minutes)??);
    Some(sign * (hours * 60 + minutes))
}

fn parse_duration(text: &str) -> Option<Duration> {
    let (rest, mut of_the_day) = text.strip_prefix('T').map_or((text, false), |rest| (rest, true));
    let (amount, rest) = if let Some(rest) = rest.strip_prefix('X') {
        (None, rest)
    } else {
        let (whole, rest) = leading_digits(rest);
        let (fraction, rest) = rest.strip_prefix('.').map_or(("", rest), leading_digits);
        if fraction.len() > 3 {
            return None;
        }
        let thousandths: u64 = format!("{fraction:0<3}").parse().ok()?;
        (Some(whole.parse::<u64>().ok()?.checked_mul(1000)?.checked_add(thousandths)?), rest)
    };
    let letters = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
    let (mut sign, rest) = rest.split_at(letters);
    let first_of_the_day = of_the_day;
    if let Some(shorter) = sign.strip_suffix('T').filter(|_| !rest.is_empty()) {
        sign = shorter;
        of_the_day = true;
    }
    let unit = Unit::from_sign(sign, first_of_the_day)?;
    let more = if rest.is_empty() {
        None
    } else {
        let (number, sign) = leading_digits(rest);
        Some((number.parse().ok()?, Unit::from_sign(sign, of_the_day)?))
    };
    Some(Duration { amount, unit, more })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_is_read() {
        for text in [
            "1996-09-13",
            "2006-05",
            "2006",
            "199",
            "18",
            "1",
            "BC0480",
            "BC048",
            "BC04",
            "XXXX",
            "XXXX-09-13",
            "1915-XX-XX",
            "1982-SU",
            "2008-Q3",
            "2008-QX",
            "2008-H2",
            "1775-W19",
            "1775-W19-WE",
            "XXXX-WXX-5",
            "FY1998",
            "1776-06-08TNI",
            "1918-11-11T11:00",
            "2003-03-19T21:34-05",
            "2003-03-19T21:34:07+05:30",
            "XXXX-XX-XXTXX",
            "1999-01-01T09Z",
            "P6M",
            "PXD",
            "PT24H",
            "P2.5Y",
            "P1DE",
            "P2Y6M",
            "P1DT12H",
            "PT1H30M",
            "P0.5CE",
            "PAST_REF",
            "PRESENT_REF",
            "FUTURE_REF",
            "BC10000",
            "123456-01",
        ] {
            assert_eq!(text.parse::<Value>().map(|value| value.to_string()).as_deref(), Ok(text));
        }
        for text in [
            "",
            "P",
            "19960",
            "PX",
            "1996-13-",
            "BC0000",
            "P1Q1Z",
            "1996-W99-8",
            "T",
            "Tuesday",
            "P9999999999999999999999Y",
        ] {
            let read = text.parse::<Value>();
            assert!(read.is_err() || read.is_ok_and(|value| value.to_string() == text), "{text:?}");
        }
    }

    fn days(text: &str) -> String {
        let Ok(Value::Date(date)) = text.parse() else { return String::from("no date") };
        date.interval().map_or(String::from("-"), |i| format!("{} to {}", i.from.iso(), i.to.iso()))
    }

    #[test]
    fn intervals() {
        for (value, expected) in [
            ("1996-02", "1996-02-01 to 1996-02-29"),
            ("1996-02-30", "-"),
            ("XXXX-02-03", "-"),
            ("199", "1990-01-01 to 1999-12-31"),
            ("18", "1800-01-01 to 1900-12-31"),
            ("00", "0001-01-01 to 0100-12-31"),
            ("BC0480", "-0479-01-01 to -0479-12-31"),
            ("BC04", "-0499-01-01 to -0399-12-31"),
            ("2008-Q3", "2008-07-01 to 2008-09-30"),
            ("2008-H2", "2008-07-01 to 2008-12-31"),
            ("2020-W53", "2020-12-28 to 2021-01-03"),
            ("2020-W53-WE", "2021-01-02 to 2021-01-03"),
        ] {
            assert_eq!(days(value), expected, "of {value}");
        }
    }

    #[test]
    fn weeks() {
        let day = |year, month, day| Day::new(year, month, day).unwrap();
        assert_eq!(week_of(day(2021, 1, 3)), (2020, 53));
        assert_eq!(week_of(day(2018, 12, 31)), (2019, 1));
        assert_eq!(week_start(2019, 1), Some(day(2018, 12, 31)));
    }
}
