//! The words of time: each with its classes, which forms speak of, and its number within them.

use super::value::{DayPart, Modifier, Season, Unit};
use crate::text::Map;
use std::sync::LazyLock;

/// A set of classes of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Classes(pub(super) u64);

impl Classes {
    pub(super) const fn has(self, other: Classes) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) const fn and(self, other: Classes) -> Classes {
        Classes(self.0 | other.0)
    }
}

macro_rules! classes {
    ($($(#[doc = $doc:literal])* $name:ident = $bit:literal,)*) => {
        $($(#[doc = $doc])* pub(super) const $name: Classes = Classes(1 << $bit);)*
        /// The names that forms use, with their bits.
        pub(super) const CLASSES: &[(&str, u8)] = &[$((stringify!($name), $bit)),*];
    };
}

classes! {
    /// The name of a month; its number, 1 to 12.
    MONTH = 0,
    /// An abbreviation of one.
    MON = 1,
    /// The name of a weekday, or an abbreviation of one; 1 (Monday) to 7.
    WEEKDAY = 2,
    /// The name of a season, as [`SEASONS`].
    SEASON = 3,
    /// A unit of a day or more, as [`UNITS`], singular.
    UNIT = 4,
    /// The same, plural.
    UNITS = 5,
    /// A unit below a day, singular.
    CLOCKUNIT = 6,
    /// The same, plural.
    CLOCKUNITS = 7,
    /// A number in words or digits, perhaps with a fraction.
    NUM = 8,
    /// One or two digits: it may be a day.
    DAY = 9,
    /// An ordinal, in words or digits.
    ORD = 10,
    /// Four digits from 1000 to 2999: it may be a year.
    YEAR = 11,
    /// Up to five digits: a year where an era says so.
    YEARS = 12,
    /// "1990s", "'90s", "90s".
    DECADE = 13,
    /// Two digits behind an apostrophe.
    SHORT = 14,
    /// A time by the clock: "11:30".
    CLOCK = 15,
    /// A part of a day, as [`DAY_PARTS`].
    PART = 16,
    /// Early, mid, late; as [`MODIFIERS`].
    MOD = 17,
    /// Start, middle, end.
    EDGE = 18,
    /// Next, following.
    NEXT = 19,
    /// Previous, preceding, last.
    LAST = 20,
    /// A few, several: an amount that is not told.
    VAGUE = 21,
    /// About, over, nearly: before an amount.
    APPROX = 22,
    /// Of the era before.
    BC = 23,
    /// Of this era.
    AD = 24,
    /// Later, afterwards.
    LATER = 25,
    /// Earlier, before.
    EARLIER = 26,
    /// Every, each.
    EVERY = 27,
    /// Daily, annually: its unit.
    FREQ = 28,
    /// A named day, as [`HOLIDAYS`].
    HOLIDAY = 29,
    /// Before or after noon.
    AMPM = 30,
    /// A zone: its hours east of Greenwich, and 100.
    ZONE = 31,
    /// Two digits, 01 to 12, or one: it may be a month.
    NN = 32,
    /// A decade by name: the sixties.
    TENS = 33,
    /// A weekday whose word is something else as well: Sun, Sat, Wed, Mon.
    WKD = 34,
    /// A half.
    HALF = 35,
    /// Any word of vague time that refers to the past.
    PAST = 36,
    /// The present.
    PRESENT = 37,
    /// The future.
    FUTURE = 38,
    /// A number that the words tell to be rounded: dozen, hundred.
    COUNT = 39,
    /// Words that say that something has had its year said: "fiscal".
    FISCAL = 40,
    /// Four digits, 0000 to 2959: a time where the words say so.
    MILITARY = 41,
    /// Decades with a century and no more: "1800s" is one.
    CENTURIES = 42,
    /// Winter and summer as months of religion.
    PERIOD = 43,
    /// A preposition of time.
    PREP = 44,
    /// A dash of any length, with or without blanks.
    DASH = 45,
    /// A date in numbers: "1996-09-13", "31/04/2008".
    NUMERIC = 46,
}

/// Seasons by their number.
pub(super) const SEASONS: [Season; 4] = [Season::Spring, Season::Summer, Season::Fall, Season::Winter];

/// Units by their number.
pub(super) const UNITS_OF_TIME: [Unit; 13] = [
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

/// Parts of a day by their number.
pub(super) const DAY_PARTS: [DayPart; 6] =
    [DayPart::Morning, DayPart::Midday, DayPart::Afternoon, DayPart::Evening, DayPart::Night, DayPart::Daytime];

/// Modifiers by their number.
pub(super) const MODIFIERS: [Modifier; 8] = [
    Modifier::Start,
    Modifier::Mid,
    Modifier::End,
    Modifier::Approx,
    Modifier::MoreThan,
    Modifier::LessThan,
    Modifier::EqualOrMore,
    Modifier::EqualOrLess,
];

/// When a named day is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Feast {
    /// On a day of a month.
    Fixed(u8, u8),
    /// So many days after Easter Sunday.
    Easter(i8),
    /// On the nth weekday (1 Monday to 7) of a month; the last where n is 5.
    Nth(u8, u8, u8),
    /// By another calendar.
    Other,
}

/// Named days by their number.
pub(super) const HOLIDAYS: [Feast; 20] = [
    Feast::Fixed(12, 25), // 0 Christmas
    Feast::Fixed(12, 24), // 1 Christmas Eve
    Feast::Fixed(1, 1),   // 2 New Year's Day
    Feast::Fixed(12, 31), // 3 New Year's Eve
    Feast::Easter(0),     // 4 Easter
    Feast::Easter(1),     // 5 Easter Monday
    Feast::Easter(-2),    // 6 Good Friday
    Feast::Easter(-46),   // 7 Ash Wednesday
    Feast::Easter(39),    // 8 Ascension Day
    Feast::Easter(49),    // 9 Pentecost
    Feast::Easter(-7),    // 10 Palm Sunday
    Feast::Fixed(10, 31), // 11 Halloween
    Feast::Fixed(11, 1),  // 12 All Saints
    Feast::Fixed(12, 26), // 13 Boxing Day
    Feast::Nth(4, 4, 11), // 14 Thanksgiving
    Feast::Nth(5, 1, 5),  // 15 Memorial Day
    Feast::Nth(1, 1, 9),  // 16 Labor Day
    Feast::Fixed(1, 6),   // 17 Epiphany
    Feast::Other,         // 18 Ramadan, Passover, Hanukkah
    Feast::Easter(50),    // 19 Whit Monday
];

/// A word, its classes, and its number in them. A word that begins with a capital here is only meant where the
/// text writes it so too.
const VOCABULARY: &[(Classes, &[(&str, u16)])] = &[
    (
        MONTH,
        &[
            ("January", 1),
            ("February", 2),
            ("March", 3),
            ("April", 4),
            ("May", 5),
            ("June", 6),
            ("July", 7),
            ("August", 8),
            ("September", 9),
            ("October", 10),
            ("November", 11),
            ("December", 12),
        ],
    ),
    (
        MON,
        &[
            ("Jan", 1),
            ("Feb", 2),
            ("Mar", 3),
            ("Apr", 4),
            ("Jun", 6),
            ("Jul", 7),
            ("Aug", 8),
            ("Sep", 9),
            ("Sept", 9),
            ("Oct", 10),
            ("Nov", 11),
            ("Dec", 12),
        ],
    ),
    (
        WEEKDAY,
        &[
            ("Monday", 1),
            ("Tuesday", 2),
            ("Wednesday", 3),
            ("Thursday", 4),
            ("Friday", 5),
            ("Saturday", 6),
            ("Sunday", 7),
        ],
    ),
    (
        WKD,
        &[
            ("Mon", 1),
            ("Tue", 2),
            ("Tues", 2),
            ("Wed", 3),
            ("Weds", 3),
            ("Thu", 4),
            ("Thur", 4),
            ("Thurs", 4),
            ("Fri", 5),
            ("Sat", 6),
            ("Sun", 7),
        ],
    ),
    (
        SEASON,
        &[
            ("spring", 0),
            ("springtime", 0),
            ("summer", 1),
            ("summertime", 1),
            ("autumn", 2),
            ("fall", 2),
            ("winter", 3),
            ("wintertime", 3),
        ],
    ),
    (
        UNIT,
        &[
            ("day", 3),
            ("weekend", 4),
            ("week", 5),
            ("fortnight", 5),
            ("month", 6),
            ("quarter", 7),
            ("season", 8),
            ("year", 9),
            ("decade", 10),
            ("century", 11),
            ("millennium", 12),
            ("yr", 9),
        ],
    ),
    (
        UNITS,
        &[
            ("days", 3),
            ("weekends", 4),
            ("weeks", 5),
            ("fortnights", 5),
            ("months", 6),
            ("quarters", 7),
            ("seasons", 8),
            ("years", 9),
            ("decades", 10),
            ("centuries", 11),
            ("millennia", 12),
            ("millenniums", 12),
            ("yrs", 9),
        ],
    ),
    (CLOCKUNIT, &[("second", 0), ("minute", 1), ("hour", 2)]),
    (CLOCKUNITS, &[("seconds", 0), ("minutes", 1), ("hours", 2), ("hrs", 2), ("mins", 1), ("moments", 0)]),
    (
        ORD,
        &[
            ("first", 1),
            ("second", 2),
            ("third", 3),
            ("fourth", 4),
            ("fifth", 5),
            ("sixth", 6),
            ("seventh", 7),
            ("eighth", 8),
            ("ninth", 9),
            ("tenth", 10),
            ("eleventh", 11),
            ("twelfth", 12),
            ("thirteenth", 13),
            ("fourteenth", 14),
            ("fifteenth", 15),
            ("sixteenth", 16),
            ("seventeenth", 17),
            ("eighteenth", 18),
            ("nineteenth", 19),
            ("twentieth", 20),
            ("thirtieth", 30),
        ],
    ),
    (
        NUM,
        &[
            ("one", 1),
            ("two", 2),
            ("three", 3),
            ("four", 4),
            ("five", 5),
            ("six", 6),
            ("seven", 7),
            ("eight", 8),
            ("nine", 9),
            ("ten", 10),
            ("eleven", 11),
            ("twelve", 12),
            ("thirteen", 13),
            ("fourteen", 14),
            ("fifteen", 15),
            ("sixteen", 16),
            ("seventeen", 17),
            ("eighteen", 18),
            ("nineteen", 19),
            ("twenty", 20),
            ("thirty", 30),
            ("forty", 40),
            ("fifty", 50),
            ("sixty", 60),
            ("seventy", 70),
            ("eighty", 80),
            ("ninety", 90),
        ],
    ),
    (COUNT, &[("hundred", 100), ("thousand", 1000), ("dozen", 12)]),
    (
        TENS,
        &[
            ("twenties", 20),
            ("thirties", 30),
            ("forties", 40),
            ("fifties", 50),
            ("sixties", 60),
            ("seventies", 70),
            ("eighties", 80),
            ("nineties", 90),
        ],
    ),
    (
        PART,
        &[
            ("morning", 0),
            ("dawn", 0),
            ("daybreak", 0),
            ("sunrise", 0),
            ("noon", 1),
            ("midday", 1),
            ("afternoon", 2),
            ("evening", 3),
            ("dusk", 3),
            ("sunset", 3),
            ("nightfall", 3),
            ("night", 4),
            ("nighttime", 4),
            ("daytime", 5),
            ("mornings", 0),
            ("afternoons", 2),
            ("evenings", 3),
            ("nights", 4),
            ("overnight", 4),
        ],
    ),
    (MOD, &[("early", 0), ("earlier", 0), ("mid", 1), ("late", 2), ("later", 2)]),
    (
        EDGE,
        &[
            ("start", 0),
            ("beginning", 0),
            ("middle", 1),
            ("midst", 1),
            ("end", 2),
            ("close", 2),
            ("ending", 2),
            ("turn", 0),
            ("rest", 2),
            ("remainder", 2),
        ],
    ),
    (NEXT, &[("next", 1), ("following", 1), ("subsequent", 1), ("ensuing", 1), ("coming", 1), ("upcoming", 1)]),
    (LAST, &[("last", 1), ("previous", 1), ("preceding", 1), ("prior", 1), ("past", 1)]),
    (
        VAGUE,
        &[
            ("few", 0),
            ("several", 0),
            ("some", 0),
            ("many", 0),
            ("couple", 0),
            ("various", 0),
            ("numerous", 0),
            ("countless", 0),
        ],
    ),
    (
        APPROX,
        &[
            ("about", 3),
            ("around", 3),
            ("approximately", 3),
            ("roughly", 3),
            ("some", 3),
            ("circa", 3),
            ("over", 4),
            ("nearly", 5),
            ("almost", 5),
            ("under", 5),
            ("barely", 3),
            ("only", 3),
            ("just", 3),
            ("exactly", 3),
        ],
    ),
    (BC, &[("BC", 0), ("BCE", 0), ("bc", 0), ("bce", 0)]),
    (AD, &[("AD", 0), ("CE", 0)]),
    (LATER, &[("later", 0), ("afterwards", 0), ("afterward", 0), ("thereafter", 0), ("hence", 0)]),
    (EARLIER, &[("earlier", 0), ("before", 0), ("previously", 0), ("beforehand", 0)]),
    (EVERY, &[("every", 0), ("each", 0)]),
    (
        FREQ,
        &[
            ("daily", 3),
            ("nightly", 3),
            ("weekly", 5),
            ("fortnightly", 5),
            ("biweekly", 5),
            ("monthly", 6),
            ("quarterly", 7),
            ("yearly", 9),
            ("annually", 9),
            ("annual", 9),
            ("hourly", 2),
        ],
    ),
    (AMPM, &[("am", 0), ("a.m.", 0), ("AM", 0), ("A.M.", 0), ("pm", 1), ("p.m.", 1), ("PM", 1), ("P.M.", 1)]),
    (
        ZONE,
        &[
            ("GMT", 100),
            ("UTC", 100),
            ("UT", 100),
            ("Z", 100),
            ("BST", 101),
            ("CET", 101),
            ("CEST", 102),
            ("EET", 102),
            ("MSK", 103),
            ("EST", 95),
            ("EDT", 96),
            ("CST", 94),
            ("CDT", 95),
            ("MST", 93),
            ("MDT", 94),
            ("PST", 92),
            ("PDT", 93),
            ("JST", 109),
            ("AEST", 110),
            ("AEDT", 111),
        ],
    ),
    (HALF, &[("half", 0)]),
    (PAST, &[("recently", 0), ("recent", 0), ("former", 0), ("formerly", 0), ("lately", 0), ("yesteryear", 0)]),
    (PRESENT, &[("now", 0), ("currently", 0), ("current", 0), ("nowadays", 0), ("presently", 0), ("present", 0)]),
    (FUTURE, &[("future", 0)]),
    (FISCAL, &[("fiscal", 0), ("financial", 0)]),
    (PERIOD, &[("period", 0), ("time", 0), ("era", 0), ("moment", 0), ("date", 0)]),
    (
        PREP,
        &[
            ("in", 0),
            ("on", 0),
            ("by", 0),
            ("since", 0),
            ("until", 0),
            ("till", 0),
            ("from", 0),
            ("during", 0),
            ("throughout", 0),
            ("before", 0),
            ("after", 0),
            ("between", 0),
            ("through", 0),
            ("to", 0),
            ("of", 0),
            ("around", 0),
            ("about", 0),
            ("circa", 0),
            ("for", 0),
            ("at", 0),
            ("and", 0),
            ("or", 0),
            ("late", 0),
            ("early", 0),
            ("mid", 0),
            ("next", 0),
            ("last", 0),
            ("this", 0),
            ("that", 0),
            ("following", 0),
            ("previous", 0),
            ("every", 0),
            ("each", 0),
            ("within", 0),
            ("toward", 0),
            ("towards", 0),
            ("as", 0),
            ("post", 0),
            ("pre", 0),
            ("into", 0),
            ("beginning", 0),
            ("starting", 0),
            ("ending", 0),
            ("than", 0),
        ],
    ),
    (
        HOLIDAY,
        &[
            ("Christmas", 0),
            ("Easter", 4),
            ("Pentecost", 9),
            ("Whitsun", 9),
            ("Halloween", 11),
            ("Thanksgiving", 14),
            ("Epiphany", 17),
            ("Ramadan", 18),
            ("Passover", 18),
            ("Hanukkah", 18),
            ("Diwali", 18),
        ],
    ),
];

/// Names of days of several words; they are forms as well, see there.
pub(super) const UNKNOWN: u16 = 0;

/// What the lexicon knows of a word.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Entry {
    /// The number of the word, for forms that name it; [`UNKNOWN`] for none.
    pub(super) word: u16,
    /// Its classes when it is written small or in capitals alone.
    pub(super) classes: Classes,
    /// Those that it has only with a capital.
    pub(super) capital_classes: Classes,
    /// Its number among ordinals, numerals and named things.
    pub(super) number: u16,
    /// Its number as a unit, part of a day, modifier or edge: words have a number in two classes at most.
    pub(super) code: u8,
}

/// The words of the vocabulary and those that forms name.
#[derive(Debug)]
pub(super) struct Lexicon {
    /// The words in small letters with their entries, by the hash of their outer letters. Nearly every word of a text
    /// falls into an empty bucket.
    buckets: Vec<Vec<(Box<[u8]>, Entry)>>,
    words: u16,
}

/// The classes whose number is a [code](Entry::code).
const CODED: Classes =
    UNIT.and(UNITS).and(CLOCKUNIT).and(CLOCKUNITS).and(PART).and(MOD).and(EDGE).and(APPROX).and(FREQ).and(SEASON);

/// How many buckets there are: a power of two.
const BUCKETS: usize = 1 << 13;

impl Lexicon {
    /// The lexicon of the vocabulary and of these further words.
    pub(super) fn new(words: impl Iterator<Item = String>) -> Self {
        let mut lexicon = Self { buckets: vec![Vec::new(); BUCKETS], words: UNKNOWN };
        for (classes, words) in VOCABULARY {
            for (word, number) in *words {
                let capital = word.starts_with(|c: char| c.is_ascii_uppercase());
                let entry = lexicon.add(word);
                let set = if capital { &mut entry.capital_classes } else { &mut entry.classes };
                *set = set.and(*classes);
                if CODED.has(*classes) {
                    entry.code = *number as u8;
                } else if *number > 0 {
                    entry.number = *number;
                }
            }
        }
        for word in words {
            lexicon.add(&word);
        }
        lexicon
    }

    fn add(&mut self, word: &str) -> &mut Entry {
        let folded: Box<[u8]> = word.to_ascii_lowercase().into_bytes().into();
        let bucket = &mut self.buckets[outer_hash(&folded)];
        let at = bucket.iter().position(|(known, _)| *known == folded).unwrap_or_else(|| {
            self.words += 1;
            bucket.push((folded, Entry { word: self.words, ..Entry::default() }));
            bucket.len() - 1
        });
        &mut bucket[at].1
    }

    /// The entry of a word of ASCII letters in any case.
    pub(super) fn get(&self, word: &[u8]) -> Option<&Entry> {
        let bucket = &self.buckets[outer_hash(word)];
        bucket.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)).map(|(_, entry)| entry)
    }
}

/// A hash of the length and the first, second and last letter in any case; below [`BUCKETS`].
fn outer_hash(word: &[u8]) -> usize {
    let at = |index: usize| u32::from(word.get(index).copied().unwrap_or(0) & 0x1F);
    let packed = at(0) | at(1) << 5 | at(word.len().saturating_sub(1)) << 10 | (word.len() as u32 & 0x1F) << 15;
    // Knuth's multiplicative hash: the upper bits depend on all of them.
    (packed.wrapping_mul(2_654_435_769) >> 19) as usize
}

/// The bits of a class that a form names.
pub(super) fn class(name: &str) -> Option<Classes> {
    static BY_NAME: LazyLock<Map<&str, u8>> = LazyLock::new(|| CLASSES.iter().copied().collect());
    BY_NAME.get(name).map(|bit| Classes(1 << bit))
}
