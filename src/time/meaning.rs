//! What a form means before the story says when: the halfway point between words and values.

use super::value::{Clock, Date, Duration, Modifier, Part, Unit, Value, Year};

/// What a form means.
#[derive(Debug, Clone, Copy)]
pub(super) enum Meaning {
    /// A date, whose year and more the story may have to tell.
    Date(Dated),
    /// A length of time.
    Duration(Duration, Option<Modifier>),
    /// Something that comes again.
    Set(Value),
    /// A value that nothing else decides.
    Plain(Value),
}

/// A date as the words give it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dated {
    /// Where its year comes from.
    pub(super) base: Base,
    pub(super) part: Part,
    pub(super) clock: Clock,
    pub(super) modifier: Option<Modifier>,
    /// The weekday that stands with it, 1 to 7.
    pub(super) weekday: Option<u8>,
    /// The named day that it is, by its number in the lexicon.
    pub(super) feast: Option<u8>,
    /// In which order the day and the month are written.
    pub(super) order: Order,
}

/// Where a date takes from what it does not say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Base {
    /// The story: the year that it has reached.
    Story,
    /// The words.
    Fixed(Year),
    /// The words, but for the century.
    Short(u8),
    /// Something so far from where the story is.
    Shift(Shift),
    /// The story, the nearest such day after where it is, or before.
    Near { after: bool },
    /// The story, as exactly as it is there: "at that time".
    There,
    /// A year of three digits, where the story is in such years.
    Ancient(u16),
    /// Two digits of a decade, where the century is left to the reader.
    ShortDecade(u8),
    /// Nowhere: "winter quarters".
    Never,
}

/// A step in time: "the following year", "two days later", "last week".
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Shift {
    pub(super) unit: Unit,
    /// How many units, negative backwards; `None` for some.
    pub(super) by: Option<i32>,
    /// Which way, where it is not said how far.
    pub(super) later: bool,
    /// Whether it is counted from the day of writing, not from the story.
    pub(super) from_today: bool,
}

/// In which order the parts of a date stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Day and month, in words: 4 May.
    DayMonth,
    /// Month and day, in words: May 4.
    MonthDay,
    /// Year, month and day, in numbers: 1901-05-04.
    Iso,
    /// Three numbers with the year last.
    Numeric,
    /// Anything else.
    Other,
}

impl Dated {
    /// A date of these parts, about which there is nothing more to say.
    pub(super) const fn new(base: Base, part: Part) -> Self {
        Self { base, part, clock: Clock::Whole, modifier: None, weekday: None, feast: None, order: Order::Other }
    }

    pub(super) fn shift(unit: Unit, by: i32) -> Self {
        Self::new(Base::Shift(Shift { unit, by: Some(by), later: by > 0, from_today: false }), Part::Whole)
    }
}

impl From<Date> for Meaning {
    fn from(date: Date) -> Self {
        Meaning::Plain(Value::Date(date))
    }
}

impl Meaning {
    /// The date, where it is one.
    pub(super) fn dated(self) -> Option<Dated> {
        match self {
            Meaning::Date(dated) => Some(dated),
            _ => None,
        }
    }
}
