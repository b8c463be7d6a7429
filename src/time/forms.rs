//! The forms: what each looks like, what it means, and a case that shows it.
//!
//! To add a form, add a line, with a case in braces; the notation is that of [`pattern`](super::pattern). If it means
//! something new, the function that it names goes into [`build`](super::build). `cargo test` reads every case, and
//! writes the table of `docs/time.md`.

#[allow(clippy::wildcard_imports, reason = "the table names nearly all of them")]
use super::build::*;
use super::meaning::Meaning;
use super::pattern::Found;

/// A form.
#[derive(Debug)]
pub(super) struct Form {
    pub(super) kind: Kind,
    /// What it looks like.
    pub(super) pattern: &'static str,
    /// What it means; `None` where it is no such thing after all.
    pub(super) means: fn(&Found<'_>) -> Option<Meaning>,
    /// A text, with the words in braces, and the TIMEX3 value of the words.
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the tests and for the page in docs"))]
    pub(super) case: (&'static str, &'static str),
}

/// The kinds of forms. A pattern may contain kinds that stand above its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A year, with its era perhaps.
    Year,
    /// A season, quarter, half, decade, century of years.
    Span,
    /// A month.
    Month,
    /// A day by its number in a month, or by its name.
    Plainday,
    /// A day, with its weekday perhaps.
    Day,
    /// Any of these, as a part of a longer form.
    Date,
    /// A length, to be counted from somewhere.
    Length,
    /// Whatever stands alone.
    Whole,
}

impl Kind {
    pub(super) const COUNT: usize = 8;

    pub(super) fn of_name(name: &str) -> Option<Self> {
        Some(match name {
            "year" => Year,
            "span" => Span,
            "month" => Month,
            "plainday" => Plainday,
            "day" => Day,
            "date" => Date,
            "length" => Length,
            _ => return None,
        })
    }
}

const fn form(
    kind: Kind,
    pattern: &'static str,
    means: fn(&Found<'_>) -> Option<Meaning>,
    text: &'static str,
    value: &'static str,
) -> Form {
    Form { kind, pattern, means, case: (text, value) }
}

use Kind::{Date, Day, Length, Month, Plainday, Span, Whole, Year};

#[rustfmt::skip]
pub(super) const FORMS: &[Form] = &[
    // Years.
    form(Year, "YEAR", year, "The mill burned down in {1847}.", "1847"),
    form(Year, "YEARS BC", year, "The wall was begun in {212 BC}.", "BC0212"),
    form(Year, "YEARS AD", year, "The road is first named in {98 AD}.", "0098"),
    form(Year, "AD YEARS", year, "It was sacked in {AD 267}.", "0267"),
    form(Year, "YEAR/DAY", split_year, "The tax of {1703/4} was heavy.", "1703"),
    form(Year, "SHORT", short_year, "The crash of {'29} ruined them. It was 1930.", "1929"),
    form(Year, "(c|ca|fl).[ ](YEAR|YEARS BC|YEARS AD|AD YEARS)", circa_year, "The nave dates from {c. 1180}.", "1180"),
    form(Year, "circa (YEAR|YEARS BC|YEARS AD|AD YEARS)", circa_year, "It was carved {circa 1500}.", "1500"),
    form(Year, "the year[s] (YEAR|YEARS BC|YEARS AD|AD YEARS)", year, "He was back in {the year 1431}.", "1431"),
    form(Year, "fiscal YEAR", fiscal_year, "Sales rose in {fiscal 1999}.", "FY1999"),
    form(Year, "(fiscal|financial) year[ ](YEAR|YEARS)", fiscal_year, "Sales fell in {fiscal year 1998}.", "FY1998"),

    // Seasons, quarters, halves.
    form(Span, "[the ]SEASON[ of] <year>", season, "They met in {the spring of 1911}.", "1911-SP"),
    form(Span, "[the ]SEASON, <year>", season, "They met in {the summer, 1911}.", "1911-SU"),
    form(Span, "<year> SEASON", season, "After the {1982 summer} floods, the dam was raised.", "1982-SU"),
    form(Span, "[the ]ORD quarter[ of] <year>", quarter, "Exports doubled in {the third quarter of 2008}.", "2008-Q3"),
    form(Span, "[the ]ORD half[ of] <year>", half, "They rose in {the first half of 2008}.", "2008-H1"),
    form(Span, "[the ](latter|last) half of <year>", second_half, "They fell in {the latter half of 2008}.", "2008-H2"),
    form(Span, "the SEASON of (that|the same) year", season_of_that_year, "Work began in 1911, and in {the autumn of that year} it stopped.", "1911-FA"),
    form(Span, "the SEASON of next year", season_of_next_year, "Work began in 1911; it would end in {the spring of next year}.", "1912-SP"),

    // Decades, centuries, millennia.
    form(Span, "[the ](DECADE|CENTURIES)[ BC]", decade, "Trams came in {the 1890s}.", "189"),
    form(Span, "[the ]TENS", tens, "Rock was loud in {the sixties}, as was 1971.", "196"),
    form(Span, "[the ]ORD(-| )century[ (BC|AD)]", century, "The tower is of {the fourteenth century}.", "13"),
    form(Span, "[the ]ORD millennium[ (BC|AD)]", millennium, "Flint was mined in {the third millennium BC}.", "BC2"),

    // Months.
    form(Month, "(MONTH|MON)[,][ of] <year>", month, "The lease ran out in {June, 1982}.", "1982-06"),
    form(Month, "MONTH of (that|the same) year", month_of_that_year, "She came in 1940, and in {August of that year} left.", "1940-08"),
    form(Month, "MONTH of the (following|next) year", month_of_next_year, "She came in 1940 and left in {May of the following year}.", "1941-05"),
    form(Month, "(the LAST|last) MONTH", month_before, "The strike of 12 March 1921 failed, unlike that of {the previous May}.", "1920-05"),
    form(Month, "(the NEXT|next) MONTH", month_after, "They met on 12 March 1921 and again {the following May}.", "1921-05"),

    // Days.
    form(Plainday, "(DAY|ORD) (MONTH|MON)[,][ of] <year>", day_month, "The pier was opened on {4 May 1901}.", "1901-05-04"),
    form(Plainday, "(DAY|ORD) of (MONTH|MON)[,] <year>", day_month, "It closed on {5th of May, 1902}.", "1902-05-05"),
    form(Plainday, "the (DAY|ORD)[ of] (MONTH|MON)[[,][ of] <year>]", day_month, "It closed on {the 5th of May 1902}.", "1902-05-05"),
    form(Plainday, "(DAY|ORD) (MONTH|MON)", day_month_alone, "In 1902 it closed on {4 Sep}, for good.", "1902-09-04"),
    form(Plainday, "(DAY|ORD) of (MONTH|MON)", day_month_alone, "In 1902 it closed on {4th of July}, for good.", "1902-07-04"),
    form(Plainday, "(MONTH|MON) (DAY|ORD)[,][ of] <year>", month_day, "War was declared on {Sept. 4th, 1939}.", "1939-09-04"),
    form(Plainday, "(MONTH|MON) (DAY|ORD)", month_day_alone, "In 1939, on {October 3}, the news came.", "1939-10-03"),
    form(Plainday, "MONTH the ORD[[,][ of] <year>]", month_day, "She was born on {June the 3rd, 1811}.", "1811-06-03"),
    form(Plainday, "NUMERIC", numeric, "The file is dated {2008-04-03}.", "2008-04-03"),
    form(Day, "<plainday>", inner, "It sank on {31 October 1888}.", "1888-10-31"),
    form(Day, "(WEEKDAY|WKD)[,][ the] <plainday>", weekday_day, "It sank on {Friday, 16 May 1925}.", "1925-05-16"),
    form(Day, "(WEEKDAY|WKD)[,] the ORD", weekday_of_month, "In May 1925 it sank, on {Saturday the 16th}.", "1925-05-16"),
    form(Day, "<plainday> of (that|the same) year", day_of_that_year, "The act of 1861 passed on {July 25 of that year}.", "1861-07-25"),
    form(Day, "the ORD", day_of_month, "It was dark on 20 May 1925, and darker on {the 21st}.", "1925-05-21"),

    // Named days.
    form(Plainday, "HOLIDAY[ (Day|Sunday)][[,][ of] <year>]", feast, "The bell cracked at {Christmas 1833}.", "1833-12-25"),
    form(Plainday, "(Christmas|Xmas) Eve[[,][ of] <year>]", christmas_eve, "It rang on {Christmas Eve 1833}.", "1833-12-24"),
    form(Plainday, "New Year's Day[[,][ of] <year>]", new_years_day, "It rang on {New Year's Day, 1834}.", "1834-01-01"),
    form(Plainday, "New Year's Eve[[,][ of] <year>]", new_years_eve, "It rang on {New Year's Eve 1834}.", "1834-12-31"),
    form(Plainday, "the first day of <year>", new_years_day, "The stock of {the first day of 1930} was counted.", "1930-01-01"),
    form(Plainday, "the last day of <year>", new_years_eve, "It closed on {the last day of 1930}.", "1930-12-31"),
    form(Plainday, "Easter Monday[[,][ of] <year>]", easter_monday, "The rising began on {Easter Monday, 1916}.", "1916-04-24"),
    form(Plainday, "Good Friday[[,][ of] <year>]", good_friday, "The accord was signed on {Good Friday 1998}.", "1998-04-10"),
    form(Plainday, "Palm Sunday[[,][ of] <year>]", palm_sunday, "The parade was held on {Palm Sunday 2011}.", "2011-04-17"),
    form(Plainday, "Ash Wednesday[[,][ of] <year>]", ash_wednesday, "The fires came on {Ash Wednesday 1983}.", "1983-02-16"),
    form(Plainday, "Ascension Day[[,][ of] <year>]", ascension_day, "He was crowned on {Ascension Day 1999}.", "1999-05-13"),
    form(Plainday, "Whit (Sunday|Monday)[[,][ of] <year>]", whit, "The fair was held on {Whit Monday 1911}.", "1911-06-05"),
    form(Plainday, "Boxing Day[[,][ of] <year>]", boxing_day, "The wave struck on {Boxing Day 2004}.", "2004-12-26"),
    form(Plainday, "All Saints' Day[[,][ of] <year>]", all_saints, "The earth shook on {All Saints' Day 1755}.", "1755-11-01"),
    form(Plainday, "Memorial Day[[,][ of] <year>]", memorial_day, "The race was run on {Memorial Day 1979}.", "1979-05-28"),
    form(Plainday, "D-Day", d_day, "They landed on {D-Day} and after.", "1944-06-06"),

    // What stands within a longer form.
    form(Date, "<day>", inner, "It lasted until {the end of 31 October 1888}, no more.", "1888-10-31"),
    form(Date, "<month>", inner, "It lasted until {the end of October 1888}.", "1888-10"),
    form(Date, "MONTH", bare_month, "In 1888 it lasted until {the end of October}.", "1888-10"),
    form(Date, "<span>", inner, "It lasted until {the end of the 1880s}.", "188"),
    form(Date, "<year>", inner, "It lasted until {the end of 1888}.", "1888"),
    form(Date, "[the ]SEASON", season_alone, "In 1888 it lasted until {the end of the summer}.", "1888-SU"),
    form(Date, "the (NEXT|LAST|same) UNIT", step, "It began in 1888 and lasted until {the end of the following year}.", "1889"),
    form(Date, "(that|this|the) [same ]UNIT", inner_unit, "It began in 1888 and lasted until {the end of the year}.", "1888"),

    // Dates that stand alone.
    form(Whole, "<day>", inner, "It was sold on {31 October 1888}.", "1888-10-31"),
    form(Whole, "<month>", inner, "It was sold in {October 1888}.", "1888-10"),
    form(Whole, "<span>", inner, "It was sold in {the 1880s}.", "188"),
    form(Whole, "<year>", bare_year, "It was sold in {1888}.", "1888"),
    form(Whole, "MONTH", lone_month, "It was built in 1888 and sold in {October}.", "1888-10"),
    form(Whole, "[the ]SEASON", lone_season, "It was built in 1888 and sold in {the autumn}.", "1888-FA"),
    form(Whole, "YEARS", lone_short_year, "In 480 BC the fleet sailed; in {479}, it burned.", "BC0479"),
    form(Whole, "[the ]ORD(-| )quarter", lone_quarter, "Sales rose last year, and fell in {the third quarter}.", "2026-Q3"),
    form(Whole, "WEEKDAY", lone_weekday, "She wrote on 5 May 1925, and came on {Friday}.", "1925-05-08"),
    form(Whole, "(NEXT|LAST|this) WEEKDAY", weekday_near, "She wrote on 5 May 1925, and came {last Sunday}, too.", "1925-05-03"),

    // Early, mid and late; the beginning, the middle and the end.
    form(Whole, "[the ][very ]MOD(-| )<date>", modified, "The canal froze in {early October 1888}.", "1888-10"),
    form(Whole, "[the ]MOD (part|years|days|months|weeks) of <date>", modified, "It froze in {the early part of 1888}.", "1888"),
    form(Whole, "[the ](first|latter|final|last|later) part of <date>", part_of, "It froze in {the latter part of 1888}.", "1888"),
    form(Whole, "[the ][very ]EDGE of <date>", edge, "It froze at {the beginning of 1888}.", "1888"),
    form(Whole, "(MOD|later|earlier) in <date>", modified, "It froze {early in 1888}.", "1888"),
    form(Whole, "(MOD|later|earlier) (that|this|the same) UNIT", later_that, "It froze in March 1888, and thawed {later that month}.", "1888-03"),
    form(Whole, "(MOD|later|earlier) in (that|this|the|the same) UNIT", later_that, "It froze in March 1888, and thawed {later in the year}.", "1888"),
    form(Whole, "(UNIT)'s EDGE", units_edge, "It froze in March 1888, and by {month's end} was safe.", "1888-03"),
    form(Whole, "MOD(-| )SEASON", modified_season, "It was built in 1888, and fell in {late summer}.", "1888-SU"),
    form(Whole, "the MOD part of the UNIT", later_that, "It froze in March 1888, and thawed in {the late part of the month}.", "1888-03"),
    form(Whole, "[the ](latter|first|last|second) half of <date>", part_of, "The church is of {the second half of the 12th century}.", "11"),

    // Times of day.
    form(Whole, "CLOCK[[ ](AMPM|hrs|hours|h)][ ZONE]", clock, "On 4 May 1901 at {11:30 a.m.} the train left.", "1901-05-04T11:30"),
    form(Whole, "(DAY)[ ]AMPM[ ZONE]", hour, "On 4 May 1901 at {3 p.m.} the train left.", "1901-05-04T15:00"),
    form(Whole, "(NUM|DAY) o'clock", o_clock, "On 4 May 1901 at {three o'clock} the train left.", "1901-05-04T03:00"),
    form(Whole, "MILITARY[ ](hrs|hours|h)", military, "On 4 May 1901 at {0545 hours} the train left.", "1901-05-04T05:45"),
    form(Whole, "[the ][early |late ](PART)[ hours] of <day>", part_of_day, "They fled on {the night of 20 June 1791}.", "1791-06-20TNI"),
    form(Whole, "(early|late) (in|on) the PART of <day>", part_of_day, "They fled {early in the morning of 21 June 1791}.", "1791-06-21TMO"),
    form(Whole, "(WEEKDAY|HOLIDAY) PART[ of <day>]", weekday_part, "They left on 20 June 1791 and were caught on {Tuesday morning}.", "1791-06-21TMO"),
    form(Whole, "(PART) of <day>", part_of_day, "They reached it at {dawn of 21 June 1791}.", "1791-06-21TMO"),
    form(Whole, "[early |late ](that|this|the same) PART", that_part, "They fled on 20 June 1791; {that night} it rained.", "1791-06-20TNI"),
    form(Whole, "[early |late ]the (NEXT|LAST) PART", next_part, "They fled on 20 June 1791; {the next morning} it rained.", "1791-06-21TMO"),
    form(Whole, "PART[-time]", lone_part, "The bridge was patrolled at {night}, but not at noon.", "XXXX-XX-XXTNI"),
    form(Whole, "(midnight)", midnight, "On 4 May 1901 at {midnight} the lease ended.", "1901-05-04T24:00"),
    form(Whole, "(tonight)", tonight, "The mayor said in a speech: we begin {tonight}.", "2026-11-01TNI"),

    // Counted from where the story is.
    form(Whole, "the (NEXT|LAST) UNIT", step, "It was sold in 1888, and burned down {the following year}.", "1889"),
    form(Whole, "the (NEXT|LAST) SEASON", season_near, "It was sold in July 1888, and burned down {the next spring}.", "1889-SP"),
    form(Whole, "(next|last|this) SEASON", season_near, "It was sold in July 1888, and would be rebuilt {next spring}.", "1889-SP"),
    form(Whole, "(that|this|the|that very|this very|the very) [same ]UNIT", this_unit, "It was sold on 4 May 1888; {the same day} it rained.", "1888-05-04"),
    form(Whole, "the UNIT (before|after|following|prior|previous)", unit_after, "It was sold on 4 May 1888 and left {the day before}.", "1888-05-03"),
    form(Whole, "(next|last|this) UNIT", step_from_today, "The works will end {next year}.", "2027"),
    form(Whole, "<length> (later|afterwards|afterward|thereafter|hence)", length_later, "It was sold on 4 May 1888 and burned down {two days later}.", "1888-05-06"),
    form(Whole, "<length> (earlier|before|previously|beforehand)", length_earlier, "It was sold on 24 May 1888, insured {three weeks earlier}.", "1888-W18"),
    form(Whole, "<length> ago", length_ago, "It was sold {two years ago}.", "2024"),
    form(Whole, "(yesterday)", yesterday, "It was sold {yesterday}.", "2026-10-31"),
    form(Whole, "(today)", today, "The barn stands {today} as it did.", "PRESENT_REF"),
    form(Whole, "(tomorrow)", tomorrow, "It will be sold {tomorrow}.", "2026-11-02"),
    form(Whole, "(this|the|that|that same|the same) PERIOD", that_time, "In June 1888 it was full; by {that time} few came.", "1888-06"),

    // Lengths of time.
    form(Length, "[(APPROX|more than|less than|at least|at most|up to|as many as|no more than|no less than|no fewer than|fewer than|just over|just under|well over|little more than|a little more than|a little over|a mere|another) ]NUM[ (full|whole|more)] UNITS", length, "It stood for {six months}.", "P6M"),
    form(Length, "[(APPROX|more than|less than|at least|at most|up to|as many as|no more than|no less than|just over|just under|well over|little more than|a little more than|a little over|a mere) ]NUM CLOCKUNITS", length, "It burned for {nearly six hours}.", "PT6H"),
    form(Length, "[(APPROX|more than|less than|at least|just over|just under|well over|little more than|a little more than|a little over) ](a|an|one|NUM|a single|a full) (UNIT|CLOCKUNIT)", one_length, "It stood for {less than a year}.", "P1Y"),
    form(Whole, "NUM (UNIT|CLOCKUNIT)", noun_length, "They signed a {thirty year} truce.", "P30Y"),
    form(Length, "[(only|just|another) ][a ]VAGUE[ more] (UNITS|CLOCKUNITS)", vague_length, "It stood for {several weeks}.", "PXW"),
    form(Length, "[(only|just) ]a couple of (UNITS|CLOCKUNITS)", vague_length, "It stood for {a couple of weeks}.", "PXW"),
    form(Length, "(a|an) VAGUE of (UNITS|CLOCKUNITS)", vague_length, "It stood for {a couple of years}.", "PXY"),
    form(Length, "[(APPROX|more than|less than) ]half (a|an) (UNIT|CLOCKUNIT)", half_length, "It stood for {half a century}.", "P0.5CE"),
    form(Length, "(a|the) half(-| )(UNIT|CLOCKUNIT)", half_length, "It stood for {a half century}.", "P0.5CE"),
    form(Length, "[(APPROX|more than) ](a|one) (UNIT) and a half", unit_and_half, "It stood for {a year and a half}.", "P1.5Y"),
    form(Length, "NUM UNITS[,] (and )NUM UNITS", two_lengths, "It stood for {two years and six months}.", "P2Y6M"),
    form(Length, "(UNITS|CLOCKUNITS)", bare_length, "It fell on 4 May 1888, and {months later} rose.", "FUTURE_REF"),
    form(Length, "(tens|dozens|hundreds|thousands|decades|centuries) of (UNITS|CLOCKUNITS)", vague_length, "It stood for {hundreds of years}.", "PXY"),
    form(Whole, "<length>", length_alone, "It stood for {about three years}.", "P3Y"),
    form(Whole, "<length> (old|of age)", length_alone, "He was {25 years old}.", "P25Y"),
    form(Whole, "the (NEXT|LAST|first|final|same|intervening|entire|whole) [(few|several|VAGUE) ](NUM )(UNITS|CLOCKUNITS)", length, "It shut for {the next two years}.", "P2Y"),
    form(Whole, "the (NUM )(NEXT|LAST|first|final) (UNITS|CLOCKUNITS)", length, "It shut in {the three previous years}.", "P3Y"),
    form(Whole, "(last|past|next|first) NUM (UNITS|CLOCKUNITS)", length, "They have been at peace for {last six months}.", "P6M"),
    form(Whole, "the (NEXT|LAST|first|final|intervening) [(few|several) ](UNITS|CLOCKUNITS)", vague_length, "It shut for {the next few months}.", "PXM"),
    form(Whole, "the season of <year>", inner, "It shut after {the season of 1922}.", "1922"),
    form(Whole, "the [first |last |final |next ](UNIT|UNITS|CLOCKUNIT|CLOCKUNITS) of <date>", unit_of, "It shut in {the last week of August} that year.", "P1W"),
    form(Whole, "the (last|first|final|next) NUM (UNITS) of <date>", length, "It shut for {the first ten months of 1915}.", "P10M"),
    form(Whole, "the (past|last|first) (UNIT)", past_unit, "It has been shut for {the past decade}.", "P1DE"),
    form(Whole, "NUM-(UNIT|CLOCKUNIT)[-(long|old)]", compound_length, "A {23-year} silence followed.", "P23Y"),
    form(Whole, "NUM(-| )(UNIT|CLOCKUNIT)(-| )(long|old)", compound_length, "A {three year long} silence followed.", "P3Y"),
    form(Whole, "[(a|an) ]half-(UNIT|CLOCKUNIT)", half_length, "Its {half-century} of peace was over.", "P0.5CE"),
    form(Whole, "(UNIT|CLOCKUNIT)-long", one_length, "A {year-long} silence followed.", "P1Y"),
    form(Whole, "(UNITS|CLOCKUNITS)-long", vague_length, "A {months-long} silence followed.", "PXM"),
    form(Whole, "(UNIT)-and-a-half(-| )[long]", unit_and_half, "A {month-and-a-half long} silence followed.", "P1.5M"),

    // What comes again.
    form(Whole, "EVERY (UNIT|CLOCKUNIT)", every_unit, "The fair is held {every year}.", "XXXX"),
    form(Whole, "EVERY other (UNIT|CLOCKUNIT)", every_other, "The fair is held {every other year}.", "P2Y"),
    form(Whole, "EVERY NUM (UNITS|CLOCKUNITS)", every_length, "The fair is held {every four years}.", "P4Y"),
    form(Whole, "EVERY ORD (UNIT|CLOCKUNIT)", every_length, "The fair is held {every third year}.", "P3Y"),
    form(Whole, "EVERY (WEEKDAY|MONTH|SEASON|PART)", every_named, "The bell rings {every Sunday}.", "XXXX-WXX-7"),
    form(Whole, "FREQ", frequent, "The prize is awarded {annually} by the city.", "XXXX"),
    form(Whole, "per (UNIT|CLOCKUNIT)", per_unit, "It makes 40 bells {per month}.", "P1M"),
    form(Whole, "everyday", everyday, "It is an {everyday} sight.", "XXXX-XX-XX"),

    // The past, the present and the future, without a date.
    form(Whole, "PAST", past, "The {former} mill is a school.", "PAST_REF"),
    form(Whole, "(recent|past) (UNITS)", past, "Storks came in {recent years}.", "PAST_REF"),
    form(Whole, "the [recent |distant ](past)", past, "It was different in {the past}.", "PAST_REF"),
    form(Whole, "PRESENT", present, "It is {now} a school.", "PRESENT_REF"),
    form(Whole, "(right now|at present|the present|the present day|these days|the time being|modern day|modern-day|present-day|present day)", present, "It is {right now} a school.", "PRESENT_REF"),
    form(Whole, "FUTURE", future, "Bells for {future} towers were cast.", "FUTURE_REF"),
    form(Whole, "the [near |foreseeable |immediate |distant ](future)", future, "It will stay so for {the foreseeable future}.", "FUTURE_REF"),
    form(Whole, "(coming|upcoming|future) (UNITS)", future, "More will come in {coming years}.", "FUTURE_REF"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{Day, expressions};

    /// The text of a case without its braces, and the words in them.
    fn case(text: &str) -> (String, &str) {
        let words = text.split_once('{').and_then(|(_, rest)| rest.split_once('}')).map_or("", |(words, _)| words);
        (text.replace(['{', '}'], ""), words)
    }

    #[test]
    fn every_form_reads_its_case() {
        let today = Day { year: 2026, month: 11, day: 1 };
        let mut wrong = Vec::new();
        for form in FORMS {
            let (text, value) = form.case;
            let (text, words) = case(text);
            let found = expressions(&text, today);
            let read: Vec<String> =
                found.iter().map(|time| format!("{} = {}", &text[time.span.clone()], time.value)).collect();
            if !read.contains(&format!("{words} = {value}")) {
                wrong.push(format!("{}: in {text:?} wanted {words} = {value}, read {read:?}", form.pattern));
            }
        }
        assert!(wrong.is_empty(), "{} cases\n{}", wrong.len(), wrong.join("\n"));
    }

    /// `docs/time.md` shows each form with its case.
    #[test]
    fn the_page_shows_every_form() {
        const BEGIN: &str = "<!-- BEGIN FORMS -->\n";
        const END: &str = "<!-- END FORMS -->";
        let mut table = String::from("| form | case | value |\n|---|---|---|\n");
        for form in FORMS {
            let text = form.case.0.replace(['{', '}'], "**");
            table += &format!("| `{}` | {text} | `{}` |\n", form.pattern.replace('|', "\\|"), form.case.1);
        }
        let page = std::fs::read_to_string("docs/time.md").unwrap();
        let (head, rest) = page.split_once(BEGIN).unwrap();
        let (_, tail) = rest.split_once(END).unwrap();
        let wanted = format!("{head}{BEGIN}{table}{END}{tail}");
        if wanted != page {
            if std::env::var_os("CI").is_none() {
                std::fs::write("docs/time.md", wanted).unwrap();
            }
            panic!(
                "docs/time.md did not show the forms as they are; unless this is CI it does now: run the tests again"
            );
        }
    }
}
