//! The calendar.

use std::fmt;

/// The months by their English names, January first.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The days of the week by their English names, Monday first.
pub const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// How days are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Calendar {
    /// New Style, in force from 1582 on in some countries and everywhere by 1923; extended backwards.
    Gregorian,
    /// Old Style.
    Julian,
}

/// A day that is in the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    /// The year, astronomical: 0 is 1 BC.
    pub year: i32,
    /// The month, 1 to 12.
    pub month: u8,
    /// The day of the month, from 1.
    pub day: u8,
}

impl Day {
    /// The day, where the Gregorian calendar has it.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let known = (1..=12).contains(&month) && day >= 1 && day <= days_in_month(Calendar::Gregorian, year, month);
        known.then_some(Self { year, month, day })
    }

    /// Reads `YYYY-MM-DD`.
    pub fn from_iso(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let year = parts.next().filter(|year| year.len() == 4)?;
        let month = parts.next().filter(|month| month.len() == 2)?;
        let day = parts.next().filter(|day| day.len() == 2)?;
        let digits = [year, month, day].iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
        digits.then(|| Self::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)).flatten()
    }

    /// The day that is so many days later, or earlier.
    #[must_use]
    pub fn plus(self, days: i64) -> Self {
        Self::from_unix_days(day_number(Calendar::Gregorian, self) + days)
    }

    /// How many days later it is than another: negative where it is earlier.
    pub fn since(self, earlier: Self) -> i64 {
        day_number(Calendar::Gregorian, self) - day_number(Calendar::Gregorian, earlier)
    }

    /// The weekday in the Gregorian calendar, as an index into [`WEEKDAYS`].
    pub fn weekday(self) -> usize {
        weekday(Calendar::Gregorian, self)
    }

    /// Easter Sunday of a year in the Gregorian calendar.
    pub fn easter(year: i32) -> Self {
        // The anonymous algorithm in Meeus, "Astronomical Algorithms", chapter 8.
        let golden = year.rem_euclid(19);
        let (century, of_century) = (year.div_euclid(100), year.rem_euclid(100));
        let moon = (8 * century + 13).div_euclid(25);
        let epact = (19 * golden + century - century.div_euclid(4) - moon + 15).rem_euclid(30);
        let weekday = (32 + 2 * century.rem_euclid(4) + 2 * (of_century / 4) - epact - of_century % 4).rem_euclid(7);
        let late = (golden + 11 * epact + 19 * weekday) / 433;
        let month = (epact + weekday - 7 * late + 90) / 25;
        let day = (epact + weekday - 7 * late + 33 * month + 19).rem_euclid(32);
        Self { year, month: month as u8, day: day as u8 }
    }

    /// As ISO 8601 writes it: "1900-10-03", with a sign before years outside 0 to 9999.
    pub fn iso(self) -> String {
        let Self { year, month, day } = self;
        match year {
            0..=9999 => format!("{year:04}-{month:02}-{day:02}"),
            _ if year < 0 => format!("-{:04}-{month:02}-{day:02}", year.unsigned_abs()),
            _ => format!("+{year}-{month:02}-{day:02}"),
        }
    }

    /// The day that is `days` after 1 January 1970.
    pub fn from_unix_days(days: i64) -> Self {
        // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = (day_of_year - (153 * shifted_month + 2) / 5 + 1) as u8;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 } as u8;
        let year = (year_of_era + era * 400) as i32 + i32::from(month <= 2);
        Self { year, month, day }
    }
}

impl fmt::Display for Day {
    /// As in prose: "3 October 1900".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.day, MONTHS[usize::from(self.month) - 1], self.year)
    }
}

/// The length of a month (1 to 12) in days.
pub fn days_in_month(calendar: Calendar, year: i32, month: u8) -> u8 {
    match month {
        2 if is_leap(calendar, year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn is_leap(calendar: Calendar, year: i32) -> bool {
    match calendar {
        Calendar::Julian => year % 4 == 0,
        Calendar::Gregorian => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0),
    }
}

/// The weekday of a day that the calendar has, as an index into [`WEEKDAYS`].
pub fn weekday(calendar: Calendar, day: Day) -> usize {
    (day_number(calendar, day) + 3).rem_euclid(7) as usize
}

/// Days since 1 January 1970 (Gregorian), negative before it.
fn day_number(calendar: Calendar, Day { year, month, day }: Day) -> i64 {
    // As days_from_civil in the paper above: years begin in March, so that the leap day is last.
    let year = i64::from(year) - i64::from(month <= 2);
    let shifted_month = (i64::from(month) + 9) % 12;
    let day_of_year = (153 * shifted_month + 2) / 5 + i64::from(day) - 1;
    match calendar {
        Calendar::Gregorian => {
            let era = year.div_euclid(400);
            let year_of_era = year.rem_euclid(400);
            era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
        }
        Calendar::Julian => year * 365 + year.div_euclid(4) + day_of_year - 719_470,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(calendar: Calendar, year: i32, month: u8, day: u8) -> &'static str {
        WEEKDAYS[weekday(calendar, Day { year, month, day })]
    }

    #[test]
    fn weekdays_that_history_knows() {
        // The last Julian day in Rome and the first Gregorian one; the same in London.
        assert_eq!(name(Calendar::Julian, 1582, 10, 4), "Thursday");
        assert_eq!(name(Calendar::Gregorian, 1582, 10, 15), "Friday");
        assert_eq!(name(Calendar::Julian, 1752, 9, 2), "Wednesday");
        assert_eq!(name(Calendar::Gregorian, 1752, 9, 14), "Thursday");
        // The first Moon landing; the end of Old Style in Russia.
        assert_eq!(name(Calendar::Gregorian, 1969, 7, 20), "Sunday");
        assert_eq!(name(Calendar::Julian, 1918, 1, 31), "Wednesday");
        assert_eq!(name(Calendar::Gregorian, 1918, 2, 14), "Thursday");
    }

    #[test]
    fn leap_days() {
        assert!(Day::new(2000, 2, 29).is_some());
        assert!(Day::new(1900, 2, 29).is_none());
        assert_eq!(days_in_month(Calendar::Julian, 1900, 2), 29);
        assert!(Day::new(2021, 13, 1).is_none());
        assert!(Day::new(2021, 4, 0).is_none());
    }

    #[test]
    fn easter_sundays() {
        for (year, month, day) in
            [(1961, 4, 2), (2000, 4, 23), (2008, 3, 23), (2011, 4, 24), (1818, 3, 22), (2038, 4, 25)]
        {
            assert_eq!(Day::easter(year), Day { year, month, day });
        }
    }

    #[test]
    fn unix_days_and_back() {
        for days in (-1_000_000..1_000_000).step_by(997) {
            assert_eq!(day_number(Calendar::Gregorian, Day::from_unix_days(days)), days);
        }
        assert_eq!(Day::from_iso("2026-11-01"), Day::new(2026, 11, 1));
        assert_eq!(Day::from_iso("2026-2-01"), None);
        assert_eq!(Day::from_iso("+026-02-01"), None);
    }
}
