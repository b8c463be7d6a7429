//! Reads the time expressions of passages, in the order of the text.

use super::calendar::Day;
use super::forms::Kind;
#[allow(clippy::wildcard_imports, reason = "the classes of tokens")]
use super::lexicon::*;
use super::meaning::{Base, Dated, Meaning, Order};
use super::pattern::Grammar;
use super::story::{Anchor, Story};
use super::today::Today;
use super::token::{Gap, Scanner, Shape, Token};
use super::value::{Clock, Date, Interval, Modifier, Part, Value, Year};
use std::ops::Range;
use std::sync::LazyLock;

/// The grammar is built once.
static GRAMMAR: LazyLock<Grammar> = LazyLock::new(Grammar::new);

/// What an expression is, by the types of TIMEX3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TimeKind {
    /// A day or longer.
    Date,
    /// A part of a day.
    Time,
    /// A length of time.
    Duration,
    /// What comes again.
    Set,
}

impl TimeKind {
    /// The name, as in TIMEX3.
    pub fn name(self) -> &'static str {
        match self {
            TimeKind::Date => "DATE",
            TimeKind::Time => "TIME",
            TimeKind::Duration => "DURATION",
            TimeKind::Set => "SET",
        }
    }
}

/// A time expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeExpression {
    /// Where it stands: bytes of the text that the passage was taken from.
    pub span: Range<usize>,
    /// What it is.
    pub kind: TimeKind,
    /// What it denotes.
    pub value: Value,
    /// What qualifies the value.
    pub modifier: Option<Modifier>,
    /// What the rest of its date was taken from.
    pub anchor: Anchor,
    /// The weekday that stands with it, 1 (Monday) to 7.
    pub weekday: Option<u8>,
    /// In which order day and month are written.
    pub order: Order,
    /// Whether it stands in quotation marks.
    pub quoted: bool,
    /// Whether it is the first of a range or list whose next member is the next expression.
    pub linked: bool,
}

impl TimeExpression {
    /// The days that it can mean.
    pub fn interval(&self) -> Option<Interval> {
        match self.value {
            Value::Date(date) if self.kind != TimeKind::Set => {
                let interval = date.interval()?;
                // The days of a season are those of both hemispheres: a half of them is no part of it.
                let cut = matches!(self.modifier, Some(Modifier::Start | Modifier::Mid | Modifier::End));
                let modifier = self.modifier.filter(|_| !cut || !matches!(date.part, Part::Season(_)));
                Some(modifier.map_or(interval, |modifier| interval.modified(modifier)))
            }
            _ => None,
        }
    }
}

/// What a passage is to the story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passage {
    /// A title or heading: a year in it holds for what follows.
    Heading,
    /// The date that heads the entry of a list.
    EntryDate,
    /// Sentences.
    Prose,
    /// The value of a field, which tells no story.
    Value,
}

/// Reads the passages of one text, in order.
#[derive(Debug)]
pub struct Reader<'t> {
    scanner: Scanner<'static>,
    story: Story<'t>,
    raw: Vec<Raw>,
}

/// An expression whose date is not settled.
#[derive(Debug, Clone, Copy)]
struct Raw {
    /// The first token and the one behind the last.
    start: usize,
    end: usize,
    meaning: Meaning,
}

impl<'t> Reader<'t> {
    /// A reader at the beginning of a text; `today` is the day that "last year" counts from.
    pub fn new(today: &'t Today) -> Self {
        Self { scanner: Scanner::new(&GRAMMAR.lexicon), story: Story::new(today), raw: Vec::new() }
    }

    /// Reads a passage that begins at a byte of the text, and adds its expressions.
    pub fn read(&mut self, passage: Passage, text: &str, start: usize, found: &mut Vec<TimeExpression>) {
        self.scanner.scan(text);
        self.find(text);
        self.share();
        self.settle(passage, start, found);
    }

    /// Finds the expressions of the passage.
    fn find(&mut self, text: &str) {
        let grammar: &Grammar = &GRAMMAR;
        let tokens = &self.scanner.tokens;
        self.raw.clear();
        let mut at = 0;
        while at < tokens.len() {
            let Some(found) = grammar.find(Kind::Whole, text, tokens, at) else {
                at += 1;
                continue;
            };
            let free_from = self.raw.last().map_or(0, |last| last.end);
            let raw = Raw { start: at, end: found.end, meaning: found.meaning };
            extend_left(text, tokens, free_from, raw, &mut self.raw);
            self.raw.push(raw);
            extend_right(text, tokens, raw, &mut self.raw);
            at = self.raw.last().map_or(found.end, |last| last.end);
        }
    }

    /// Lets an expression share the month and the year of the next, where the two are joined.
    fn share(&mut self) {
        for index in (0..self.raw.len().saturating_sub(1)).rev() {
            let (Meaning::Date(dated), Meaning::Date(next)) = (self.raw[index].meaning, self.raw[index + 1].meaning)
            else {
                continue;
            };
            if let (Base::Ancient(number), Base::Fixed(Year::Known(year)), Part::Whole) =
                (dated.base, next.base, next.part)
                && year < 1000
                && joined(&self.scanner.tokens, self.raw[index].end, self.raw[index + 1].start)
            {
                let own = if year <= 0 { 1 - i32::from(number) } else { i32::from(number) };
                self.raw[index].meaning = Meaning::Date(Dated { base: Base::Fixed(Year::Known(own)), ..dated });
                continue;
            }
            if dated.base != Base::Story
                || !joined(&self.scanner.tokens, self.raw[index].end, self.raw[index + 1].start)
            {
                continue;
            }
            let shared = match (dated.part, next.part) {
                (Part::Day(None, Some(day)), Part::Day(Some(month), _)) => {
                    Dated { base: next.base, part: Part::Day(Some(month), Some(day)), ..dated }
                }
                (Part::Day(None, None), Part::Day(Some(_), Some(_))) => {
                    Dated { base: next.base, part: next.part, ..dated }
                }
                (
                    Part::Month(Some(own)) | Part::Day(Some(own), _),
                    Part::Month(Some(month)) | Part::Day(Some(month), _),
                ) => {
                    // "December to January 1916"
                    match next.base {
                        Base::Fixed(Year::Known(year)) if own > month => {
                            Dated { base: Base::Fixed(Year::Known(year - 1)), ..dated }
                        }
                        base @ Base::Fixed(_) => Dated { base, ..dated },
                        _ => continue,
                    }
                }
                (Part::Season(_) | Part::Month(_), Part::Season(_) | Part::Month(_))
                    if matches!(next.base, Base::Fixed(_)) =>
                {
                    Dated { base: next.base, ..dated }
                }
                _ => continue,
            };
            self.raw[index].meaning = Meaning::Date(shared);
        }
    }

    /// Gives each expression its value, and lets the story go on.
    fn settle(&mut self, passage: Passage, offset: usize, found: &mut Vec<TimeExpression>) {
        let tokens = &self.scanner.tokens;
        self.story.turn_to_passage();
        let mut frame = None;
        let mut heading = None;
        for (index, raw) in self.raw.iter().enumerate() {
            let first = &tokens[raw.start];
            let span = first.start as usize + offset..tokens[raw.end - 1].end as usize + offset;
            let linked = self.raw.get(index + 1).is_some_and(|next| joined(tokens, raw.end, next.start));
            let mut expression = TimeExpression {
                span,
                kind: TimeKind::Date,
                value: Value::Present,
                modifier: None,
                anchor: Anchor::Explicit,
                weekday: None,
                order: Order::Other,
                quoted: first.quoted,
                linked,
            };
            match raw.meaning {
                Meaning::Duration(duration, modifier) => {
                    expression.kind = TimeKind::Duration;
                    expression.value = Value::Duration(duration);
                    expression.modifier = modifier;
                }
                Meaning::Set(value) => {
                    expression.kind = TimeKind::Set;
                    expression.value = value;
                }
                Meaning::Plain(value) => {
                    expression.value = value;
                    if matches!(value, Value::Date(Date { clock, .. }) if clock != Clock::Whole) {
                        expression.kind = TimeKind::Time;
                    }
                }
                Meaning::Date(dated) => {
                    if !first.quoted
                        && matches!(dated.base, Base::Shift(shift) if shift.from_today && shift.by != Some(0))
                    {
                        self.story.report();
                    }
                    let Some((value, anchor)) = self.story.resolve(&dated, first.quoted) else { continue };
                    if anchor == Anchor::Today && !first.quoted && dated.base == Base::Story {
                        self.story.report();
                    }
                    expression.value = value;
                    expression.anchor = anchor;
                    expression.modifier = dated.modifier;
                    expression.weekday = dated.weekday;
                    expression.order = dated.order;
                    if let Value::Date(date) = value {
                        if date.clock != Clock::Whole {
                            expression.kind = TimeKind::Time;
                        }
                        if passage != Passage::Value
                            && !first.quoted
                            && !matches!(dated.base, Base::Shift(shift) if shift.from_today)
                        {
                            self.story.hear(date);
                        }
                        if moves(dated.base) && (!first.quoted || !self.story.has_begun()) {
                            match passage {
                                Passage::Value => {}
                                Passage::Heading => {
                                    if let (Some(year), Clock::Whole) = (date.known_year(), date.clock) {
                                        let (low, high) = frame.unwrap_or((year, year));
                                        frame = Some((low.min(year), high.max(year)));
                                    }
                                    heading.get_or_insert(date);
                                }
                                Passage::EntryDate | Passage::Prose => match date.part {
                                    _ if self.story.has_begun() && in_passing(tokens, raw) => {}
                                    Part::Whole => self.story.mention(date, leads(tokens, raw)),
                                    _ => self.story.follow(date),
                                },
                            }
                        }
                    }
                }
            }
            found.push(expression);
        }
        if passage == Passage::Heading {
            self.story.enter(frame);
            if let Some(date) = heading {
                self.story.go(date);
            }
        }
    }
}

/// Whether a text is one date, or a range of dates, and nothing else: a day, a month or a year.
pub fn is_date(text: &str) -> bool {
    const LONGEST: usize = 40;
    let text = text.trim_end_matches(['.', ':']);
    if text.len() > LONGEST || !text.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let found = expressions(text, Day { year: 2000, month: 1, day: 1 });
    let all_dates = found.iter().all(|time| time.kind == TimeKind::Date && matches!(time.value, Value::Date(_)));
    let linked = found.iter().rev().skip(1).all(|time| time.linked);
    let ends = found.first().zip(found.last()).map(|(first, last)| (first.span.start, last.span.end));
    all_dates && linked && ends == Some((0, text.len()))
}

/// Whether an expression opens its sentence: "By early 1941, …".
fn leads(tokens: &[Token], raw: &Raw) -> bool {
    const OPENING: usize = 3;
    tokens[raw.start.saturating_sub(OPENING)..=raw.start].iter().rev().any(|token| token.gap == Gap::Start)
        || (raw.start.saturating_sub(OPENING)..raw.start).rev().any(|at| {
            let opens = is_word(&tokens[at], &[b".", b"!", b"?", b";", b":"]);
            opens
                && tokens[at + 1..raw.start]
                    .iter()
                    .all(|token| token.is(PREP.and(MOD).and(EDGE)) || is_word(token, &[b"the"]))
        })
}

/// Whether a date is only mentioned: "the 1967 war", "(1926–1928)", "since 1939".
fn in_passing(tokens: &[Token], raw: &Raw) -> bool {
    let Meaning::Date(dated) = raw.meaning else { return true };
    let year_alone = dated.part == Part::Whole;
    let before = raw.start.checked_sub(1).map(|at| &tokens[at]);
    let after = tokens.get(raw.end);
    let bracketed =
        before.is_some_and(|token| is_word(token, &[b"("])) || after.is_some_and(|token| is_word(token, &[b")"]));
    let attribute = after
        .is_some_and(|token| token.gap == Gap::Blank && token.word == UNKNOWN && token.shape != Shape::Mark)
        && before.is_some_and(|token| is_word(token, &[b"the", b"of", b"s"]));
    let edge = before.is_some_and(|token| {
        is_word(token, &[b"since", b"until", b"till", b"before", b"from", b"to"]) || token.is(DASH)
    });
    // A day is where the story is, even in brackets.
    attribute && !matches!(dated.part, Part::Day(..)) || year_alone && (bracketed || edge)
}

/// Whether a date of this origin takes the story with it.
fn moves(base: Base) -> bool {
    match base {
        Base::There | Base::Never | Base::ShortDecade(_) => false,
        // A look back: "two decades earlier".
        Base::Shift(shift) => !shift.from_today && shift.by.is_some_and(|by| by >= 0),
        _ => true,
    }
}

/// Whether only a dash, a comma or a word that joins stands between two tokens.
fn joined(tokens: &[Token], end: usize, start: usize) -> bool {
    let between = tokens.get(end..start).unwrap_or(&[]);
    !between.is_empty()
        && between.len() <= 3
        && between.iter().all(|token| {
            token.is(DASH) || is_word(token, &[b",", b"and", b"to", b"or", b"on", b"in", b"the", b"through", b"until"])
        })
}

fn is_word(token: &Token, words: &[&[u8]]) -> bool {
    token.word != UNKNOWN
        && words.iter().any(|word| GRAMMAR.lexicon.get(word).is_some_and(|entry| entry.word == token.word))
}

/// Adds the days, years and centuries before an expression that share its month, era or noun: "6, 7" in "6, 7 and 8 May".
fn extend_left(text: &str, tokens: &[Token], free_from: usize, raw: Raw, found: &mut Vec<Raw>) {
    let Meaning::Date(dated) = raw.meaning else { return };
    let mut members: Vec<Raw> = Vec::new();
    let mut at = raw.start;
    loop {
        let head = &tokens[raw.start];
        let head = if is_word(head, &[b"the"]) { &tokens[raw.start + 1] } else { head };
        let Some(number_at) = at.checked_sub(2).filter(|&number| number >= free_from) else { break };
        let (number, link) = (&tokens[number_at], &tokens[number_at + 1]);
        let joins = link.is(DASH)
            || link.gap == Gap::Blank && is_word(link, &[b"and", b"to", b"or", b"through"])
            || !members.is_empty() && is_word(link, &[b","])
            || is_word(link, &[b"/"]) && link.gap == Gap::None;
        if !joins {
            break;
        }
        let base = match (dated.part, dated.base) {
            (Part::Day(Some(month), Some(_)), base)
                if dated.order == Order::DayMonth
                    && head.is(DAY.and(ORD))
                    && number.is(DAY.and(ORD))
                    && number.shape == Shape::Digits
                    && (1..=31).contains(&number.number) =>
            {
                Dated { part: Part::Day(Some(month), Some(number.number as u8)), base, weekday: None, ..dated }
            }
            (Part::Whole, Base::Fixed(Year::Known(year)))
                if year <= 0
                    && number.is(YEARS)
                    && !head.is(YEAR) | !number.is(MONTH)
                    && number.number as i32 >= 1 - year =>
            {
                Dated { base: Base::Fixed(Year::Known(1 - number.number as i32)), ..dated }
            }
            (Part::Whole, Base::Fixed(Year::Century(digits)))
                if number.is(ORD) && (1..=40).contains(&number.number) =>
            {
                let digits = super::value::Digits { digits: number.number - 1, ..digits };
                Dated { base: Base::Fixed(Year::Century(digits)), ..dated }
            }
            _ => break,
        };
        let number_from =
            if number_at > free_from && is_word(&tokens[number_at - 1], &[b"the"]) { number_at - 1 } else { number_at };
        members.push(Raw { start: number_from, end: number_at + 1, meaning: Meaning::Date(base) });
        at = number_from;
        if members.len() > 16 {
            break;
        }
    }
    let _ = text;
    found.extend(members.into_iter().rev());
}

/// Adds the days and years behind an expression that share its month or century: "9, 1918" in "March 5–9, 1918".
fn extend_right(text: &str, tokens: &[Token], raw: Raw, found: &mut Vec<Raw>) {
    let Meaning::Date(dated) = raw.meaning else { return };
    let mut end = raw.end;
    while let (Some(link), Some(number)) = (tokens.get(end), tokens.get(end + 1)) {
        let dash = link.is(DASH);
        let word =
            link.gap == Gap::Blank && is_word(link, &[b"and", b"to", b"or", b"through"]) && number.gap == Gap::Blank;
        let slash = is_word(link, &[b"/"]) && link.gap == Gap::None && number.gap == Gap::None;
        let (meaning, number_end) = match (dated.part, dated.base) {
            (Part::Day(Some(month), Some(_)), base)
                if dated.order == Order::MonthDay
                    && base == Base::Story
                    && (dash || word || slash)
                    && number.is(DAY.and(ORD))
                    && (1..=31).contains(&number.number) =>
            {
                let day = Dated { part: Part::Day(Some(month), Some(number.number as u8)), weekday: None, ..dated };
                // "March 5 and 9 ships" has no second day.
                let mut behind = end + 2;
                let mut base = Base::Story;
                let comma = tokens.get(behind).is_some_and(|token| is_word(token, &[b","]));
                if let Some(year) =
                    tokens.get(behind + usize::from(comma)).filter(|token| token.is(YEAR) && token.gap == Gap::Blank)
                {
                    base = Base::Fixed(Year::Known(year.number as i32));
                    behind += 1 + usize::from(comma);
                }
                let closed = tokens.get(behind).is_none_or(|token| {
                    token.shape == Shape::Mark
                        || token.is(PREP)
                        || crate::text::is_function_word(&crate::text::fold(&text[token.range()]))
                });
                if !dash && !closed && base == Base::Story {
                    break;
                }
                (Dated { base, ..day }, behind)
            }
            (Part::Whole, Base::Fixed(Year::Known(year)))
                if year > 0
                    && dash
                    && link.gap == Gap::None
                    && number.gap == Gap::None
                    && number.is(DAY)
                    && number.range().len() == 2
                    && tokens[raw.end - 1].is(YEAR) =>
            {
                let same = year - year.rem_euclid(100) + number.number as i32;
                let last = if same > year { same } else { same + 100 };
                if last - year > 60 {
                    break;
                }
                (Dated { base: Base::Fixed(Year::Known(last)), ..dated }, end + 2)
            }
            _ => break,
        };
        let number_from = end + 1;
        // What shares a year that is said only at the end gets it when the parts are shared.
        found.push(Raw { start: number_from, end: number_end, meaning: Meaning::Date(meaning) });
        end = number_end;
        if meaning.base != Base::Story {
            break;
        }
    }
}

/// The expressions of a text that is one passage of prose.
pub fn expressions(text: &str, today: Day) -> Vec<TimeExpression> {
    let mut found = Vec::new();
    Reader::new(&Today::new(today)).read(Passage::Prose, text, 0, &mut found);
    found
}
