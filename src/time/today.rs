//! The day that "today" means, and how much of it was asked for.

use super::calendar::{Calendar, Day, days_in_month};
use std::cell::Cell;

/// The day that "today" means. It keeps note of what it was asked, so that who has asked knows on which other days all the answers are
/// the same: an article that only asks whether 2019 is past reads the same this year and next.
#[derive(Debug, Clone)]
pub struct Today {
    day: Day,
    /// The first and the last day on which all that was asked is answered alike.
    alike: Cell<(Day, Day)>,
}

/// No article speaks of days outside these.
const EVER: (Day, Day) = (Day { year: i32::MIN, month: 1, day: 1 }, Day { year: i32::MAX, month: 12, day: 31 });

impl Today {
    /// The day, of which nothing was asked yet.
    pub fn new(day: Day) -> Self {
        Self { day, alike: Cell::new(EVER) }
    }

    /// The day itself.
    pub fn day(&self) -> Day {
        self.narrow(self.day, self.day);
        self.day
    }

    /// The year.
    pub fn year(&self) -> i32 {
        let year = self.day.year;
        self.narrow(Day { year, month: 1, day: 1 }, Day { year, month: 12, day: 31 });
        year
    }

    /// The year and the month, from 1.
    pub fn month(&self) -> (i32, u8) {
        let Day { year, month, .. } = self.day;
        let last = days_in_month(Calendar::Gregorian, year, month);
        self.narrow(Day { year, month, day: 1 }, Day { year, month, day: last });
        (year, month)
    }

    /// Whether a day is past.
    pub fn is_after(&self, day: Day) -> bool {
        let is_past = day < self.day;
        if is_past {
            self.narrow(day.plus(1), EVER.1);
        } else {
            self.narrow(EVER.0, day);
        }
        is_past
    }

    /// The last day that is a given weekday, from 1 for Monday; today where it is one.
    pub fn last(&self, weekday: u8) -> Day {
        let back = (self.day.weekday() as i64 - i64::from(weekday) + 1).rem_euclid(7);
        let last = self.day.plus(-back);
        self.narrow(last, last.plus(6));
        last
    }

    /// The first and the last day on which all that was asked so far is answered as it was.
    pub fn alike(&self) -> (Day, Day) {
        self.alike.get()
    }

    fn narrow(&self, from: Day, to: Day) {
        let (first, last) = self.alike.get();
        self.alike.set((first.max(from), last.min(to)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is asked of a day, each as text.
    const ASKED: [fn(&Today) -> String; 8] = [
        |today| today.day().to_string(),
        |today| today.year().to_string(),
        |today| format!("{:?}", today.month()),
        |today| today.is_after(Day { year: 2024, month: 2, day: 28 }).to_string(),
        |today| today.is_after(Day { year: 2023, month: 12, day: 31 }).to_string(),
        |today| today.last(1).to_string(),
        |today| today.last(7).to_string(),
        |today| today.last(4).to_string(),
    ];

    #[test]
    fn on_all_days_that_are_alike_the_answers_are_the_same_and_on_the_days_beside_them_they_are_not() {
        for number in 0..800 {
            let day = Day { year: 2023, month: 1, day: 1 }.plus(number);
            for ask in ASKED {
                let today = Today::new(day);
                assert_eq!(today.alike(), EVER);
                let answer = ask(&today);
                let (from, to) = today.alike();
                assert!(from <= day && day <= to);
                let on = |day: Day| ask(&Today::new(day));
                let near = |at: Day| at.since(day).abs() < 800;
                for at in [from, to].into_iter().filter(|at| near(*at)) {
                    assert_eq!(on(at), answer, "{day}, {at}");
                }
                assert!(!near(from) || on(from.plus(-1)) != answer, "{day}, {from}");
                assert!(!near(to) || on(to.plus(1)) != answer, "{day}, {to}");
            }
        }
    }
}
