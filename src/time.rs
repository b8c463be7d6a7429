//! Days, calendars, and the dates that a text names.

mod calendar;
mod expression;

pub use calendar::{Calendar, Day, MONTHS, WEEKDAYS, days_in_month, weekday};
pub use expression::{DateExpression, dates, is_date, names_old_style};
