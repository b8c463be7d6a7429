//! Days, calendars, and the time expressions of a text.
//!
//! Text becomes tokens (`token.rs`), tokens become forms (`forms.rs`) by a pattern each, a form has a meaning
//! (`build.rs`) when the words around allow it (`licence.rs`), and the story says when that is (`story.rs`): a [`Value`] in
//! TIMEX3, and the days that it can mean.
//! `docs/time.md` shows what is read, and how.

mod build;
mod calendar;
mod forms;
mod lexicon;
mod licence;
mod meaning;
mod pattern;
mod reader;
mod story;
mod today;
mod token;
mod value;

pub use calendar::{Calendar, Day, MONTHS, WEEKDAYS, days_in_month, weekday};
pub use meaning::Order;
pub use reader::{Passage, Reader, TimeExpression, TimeKind, expressions, is_date};
pub use story::Anchor;
pub use today::Today;
pub use value::{
    Clock, Date, DayPart, Digits, Duration, Interval, Modifier, NotAValue, Part, Precision, Season, Unit, Value,
    WeekPart, Year, week_of, week_start,
};
