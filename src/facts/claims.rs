//! Ages, lengths and anniversaries: what an article says of how long it was between two days.
//!
//! Every such claim has days that it may be counted from and days that it may be counted to. One that no pair of them fits is wrong, or
//! one of the days is; so a claim is only as sure as its days, and the reading leaves out those whose days it cannot tell.

mod ages;
mod lengths;
mod spans;

use super::clauses;
use super::events::{Events, Statement, span_of};
use super::subjects::{MAIN, SubjectId};
use super::verbs::number;
use super::vocabulary::{ClassId, VOCABULARY};
use super::{Account, Event};
use crate::article::BlockKind;
use crate::source::Span;
use crate::time::{Day, Duration, Interval, Modifier, Precision, TimeKind, Unit, Value, days_in_month};

/// What is said of the time between two days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// An age in full years, and how many years it may be off.
    Age(i32, i32),
    /// A birthday or another day of the year that comes back for the so-manieth time.
    Anniversary(i32),
    /// A length in years that is right to the day: "fifty years to the day after the first flight".
    ToTheDay(i32),
    /// A length in days: the shortest and the longest that a writer may mean.
    Length(i64, i64),
}

/// A day or days, where they are said, and what they are.
#[derive(Debug, Clone)]
pub struct Dated {
    /// The days that it can be.
    pub days: Interval,
    /// The words; `None` for today.
    pub span: Option<Span>,
    /// What it is: "born", "the opening".
    pub what: String,
}

/// An age, a length or an anniversary.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The words that say it.
    pub words: Span,
    /// What is said.
    pub said: Said,
    /// What it may be counted from; the likeliest first.
    pub starts: Vec<Dated>,
    /// What it may be counted to; the likeliest first.
    pub ends: Vec<Dated>,
}

impl Claim {
    /// Whether some days fit what is said.
    pub fn holds(&self) -> bool {
        self.starts.iter().any(|start| self.ends.iter().any(|end| fits(self.said, start.days, end.days)))
    }
}

/// Whether two dates can be so far apart.
fn fits(said: Said, start: Interval, end: Interval) -> bool {
    match said {
        Said::Age(years, off) => {
            let (least, most) = (full_years(start.to, end.from), full_years(start.from, end.to));
            (least - off..=most + off).contains(&years)
        }
        Said::Anniversary(years) => {
            let (first, last) = (start.from.year + years, start.to.year + years);
            end.from.year <= last && end.to.year >= first
        }
        Said::ToTheDay(years) => {
            let (first, last) = (add_years(start.from, years), add_years(start.to, years));
            end.from <= last && end.to >= first
        }
        Said::Length(least, most) => {
            let (shortest, longest) = (end.from.since(start.to), end.to.since(start.from));
            longest >= least && shortest <= most
        }
    }
}

/// Full years from one day to another: an age.
pub fn full_years(from: Day, to: Day) -> i32 {
    to.year - from.year - i32::from((to.month, to.day) < (from.month, from.day))
}

fn add_years(day: Day, years: i32) -> Day {
    let year = day.year + years;
    let last = days_in_month(crate::time::Calendar::Gregorian, year, day.month);
    Day { year, day: day.day.min(last), ..day }
}

/// The shortest and the longest time, in days, that a length may stand for: rounding, counting both ends, "about" and "nearly".
pub(super) fn length(duration: Duration, modifier: Option<Modifier>, words: &str) -> Option<(i64, i64)> {
    let amount = duration.amount? as f64 / 1000.0;
    let (unit, slack) = match duration.unit {
        Unit::Day => (1.0, 1.0),
        Unit::Week => (7.0, 6.0),
        Unit::Month => (30.44, 31.0),
        Unit::Year => (365.25, 366.0),
        Unit::Decade => (3652.5, (3652.5 * amount * 0.15).max(400.0)),
        Unit::Century => (36_525.0, 36_525.0 * amount * 0.15),
        _ => return None,
    };
    let mut said = amount * unit;
    let mut slack = slack;
    if let Some((more, unit)) = duration.more {
        let (days, finer) = match unit {
            Unit::Month => (30.44, 31.0),
            Unit::Week => (7.0, 7.0),
            Unit::Day => (1.0, 2.0),
            _ => return None,
        };
        said += f64::from(more) * days;
        slack = finer + 1.0;
    }
    // Round numbers are rounded.
    if duration.unit == Unit::Year && duration.more.is_none() && amount >= 20.0 && amount % 10.0 == 0.0 {
        slack += 366.0 + said * 0.02;
    }
    let vague = [
        "about",
        "around",
        "some ",
        "roughly",
        "approximately",
        "nearly",
        "almost",
        "close to",
        "over",
        "more than",
        "less than",
        "under",
        "at least",
        "at most",
        "up to",
        "just",
        "barely",
        "better part",
        "or so",
        "odd",
        "less",
        "short of",
        "well",
        "only",
        "fully",
        "past",
        "last",
    ];
    let lower = words.to_ascii_lowercase();
    let is_vague = modifier.is_some() || vague.iter().any(|word| lower.contains(word));
    let (below, above) = if is_vague { (slack + said * 0.15, slack + said * 0.15) } else { (slack, slack) };
    Some(((said - below).floor() as i64, (said + above).ceil() as i64))
}

/// Reads the claims of an article.
pub(super) fn read(account: &Account<'_>, told: &Events) -> Vec<Claim> {
    let mut of_class: Vec<Vec<usize>> = vec![Vec::new(); VOCABULARY.classes.len()];
    for (number, event) in told.events.iter().enumerate() {
        if event.days.is_some() && !event.hedged && !event.inherited {
            of_class[event.class].push(number);
        }
    }
    let mut reader = Reader { account, told, of_class, claims: Vec::new(), ages: Vec::new() };
    reader.fields();
    for (number, block) in account.article.blocks.iter().enumerate() {
        if block.kind == BlockKind::Raw {
            continue;
        }
        for &sentence in account.article.sentences_of(block) {
            reader.sentence(number, sentence);
        }
    }
    reader.ages_against_each_other();
    reader.claims
}

/// An age of somebody at a time.
struct Age {
    who: SubjectId,
    years: i32,
    off: i32,
    words: Span,
    at: Dated,
}

/// What has more dates, events or statements than this is no story that a length could be counted in; only so many are looked at.
const MOST: usize = 400;

struct Reader<'r, 'a> {
    account: &'r Account<'a>,
    told: &'r Events,
    /// The sure events of each class, as numbers of the events.
    of_class: Vec<Vec<usize>>,
    claims: Vec<Claim>,
    ages: Vec<Age>,
}

impl<'r> Reader<'r, '_> {
    /// Events of a class that happened to a subject, with their days, the most exact first. Several that disagree are all there.
    fn events(&self, classes: &[ClassId], who: Option<SubjectId>) -> Vec<&'r Event> {
        let told: &'r Events = self.told;
        let mut events: Vec<&'r Event> = classes
            .iter()
            .flat_map(|&class| self.of_class[class].iter().take(MOST))
            .map(|&number| &told.events[number])
            .filter(|event| {
                // A marriage happens to both.
                let both = VOCABULARY.classes[event.class].name == "marriage";
                who.is_none_or(|who| event.who == who || both && event.with == Some(who))
            })
            .collect();
        events.sort_by_key(|event| event.words.start);
        events.sort_by_key(|event| event.days.map(|days| days.precision));
        events
    }

    fn dated(&self, event: &Event) -> Option<Dated> {
        let span = event.time.map(|time| self.account.span(&self.account.times()[time]))?;
        let what = VOCABULARY.classes[event.class].name.replace('-', " ");
        Some(Dated { days: event.days?, span: Some(span), what })
    }

    fn births(&self, who: SubjectId) -> Vec<Dated> {
        let Some(birth) = VOCABULARY.class("birth") else { return Vec::new() };
        self.events(&[birth], Some(who))
            .into_iter()
            .filter_map(|event| self.dated(event))
            .map(|dated| Dated { what: String::from("born"), ..dated })
            .collect()
    }

    /// A time expression as a day to count to.
    fn time(&self, number: usize) -> Option<Dated> {
        let time = &self.account.times()[number];
        let is_date = matches!(time.kind, TimeKind::Date | TimeKind::Time)
            && matches!(time.value, Value::Date(_))
            && !time.quoted;
        let days = super::events::days(time).filter(|days| is_date && days.precision <= Precision::Year)?;
        Some(Dated { days, span: Some(self.account.span(time)), what: String::from("then") })
    }

    /// "Born: 14 March 1968 (age 58)", "Died: 2 April 1931 (aged 72)".
    fn fields(&mut self) {
        let account = self.account;
        let Some(infobox) = &account.article.infobox else { return };
        for field in &infobox.fields {
            let key = account.article.text(field.key).trim().to_ascii_lowercase().replace('_', " ");
            let class = VOCABULARY.class_of_field(&key).map(|class| VOCABULARY.classes[class].name.as_str());
            let tokens = clauses::tokens(account, field.value);
            let Some((at, years)) = tokens.windows(2).enumerate().find_map(|(at, pair)| {
                pair[0].is(&["age", "aged"]).then(|| number(&pair[1].word)).flatten().map(|years| (at, years as i32))
            }) else {
                continue;
            };
            let words = span_of(field.value, &tokens, at..at + 2);
            let first = account.times_in(field.value).find_map(|number| self.time(number));
            let (starts, ends) = match class {
                Some("death") => (self.births(MAIN), first.into_iter().collect()),
                Some("birth") => {
                    let day = account.today.day();
                    let today = Interval { from: day, to: day, precision: Precision::Day };
                    // The dead grow no older.
                    let death = VOCABULARY.class("death");
                    if self.told.events.iter().any(|event| Some(event.class) == death && event.who == MAIN) {
                        continue;
                    }
                    (
                        first.into_iter().map(|dated| Dated { what: String::from("born"), ..dated }).collect(),
                        vec![Dated { days: today, span: None, what: format!("today, {day}") }],
                    )
                }
                _ => continue,
            };
            self.claim(words, Said::Age(years, 0), starts, ends);
        }
    }

    fn claim(&mut self, words: Span, said: Said, starts: Vec<Dated>, ends: Vec<Dated>) {
        // Of a span that runs backwards its end is to be looked up first.
        if let ([start], [end], Said::Length(..)) = (starts.as_slice(), ends.as_slice(), said)
            && start.what == "from"
            && start.days.from > end.days.to
        {
            return;
        }
        // A day is no length away from itself.
        let mut starts = starts;
        starts.retain(|start| start.span.is_none() || ends.iter().all(|end| end.span != start.span));
        if !starts.is_empty() && !ends.is_empty() && !self.account.article.is_quoted(words) {
            self.claims.push(Claim { words, said, starts, ends });
        }
    }

    /// The statement that a place belongs to, and its number.
    fn statement(&self, at: usize) -> Option<(usize, &'r Statement)> {
        let told: &'r Events = self.told;
        let statements = &told.statements;
        let number = statements.partition_point(|statement| statement.words.end as usize <= at);
        statements
            .get(number)
            .filter(|statement| statement.sentence.range().contains(&at))
            .map(|statement| (number, statement))
    }

    fn sentence(&mut self, block: usize, sentence: Span) {
        let account = self.account;
        if sentence.len() > super::LONGEST_SENTENCE {
            return;
        }
        let text = account.article.text(sentence);
        let numbers = account.times_in(sentence);
        let marked = [
            "age",
            "at ",
            " was ",
            "were",
            "old",
            "birthday",
            "anniversary",
            "centenary",
            "jubilee",
            "year",
            "month",
            "week",
            "day",
            "decade",
        ];
        if !marked.iter().any(|mark| text.contains(mark)) {
            return;
        }
        let mut tokens = clauses::tokens(account, sentence);
        let _ = clauses::clauses(&mut tokens, &|base| VOCABULARY.knows(base));
        self.ages(block, sentence, &tokens);
        self.anniversaries(block, sentence, &tokens);
        for number in numbers {
            self.lengths(sentence, &tokens, number);
        }
    }

    /// The times that an age may be told of: of its own clause; else of its sentence; else of the sentence before.
    fn times_near(&self, block: usize, sentence: Span, at: usize, strict: bool) -> Vec<Dated> {
        let statement = self.statement(at).map(|(_, statement)| statement);
        let own = statement.and_then(|statement| statement.time).and_then(|time| self.time(time));
        if let (Some(own), true) = (&own, strict) {
            return vec![own.clone()];
        }
        let paragraph = self.account.article.blocks[block].span;
        let up_to = Span { end: sentence.end, ..paragraph };
        // All that the paragraph has named so far may explain it; but something near must be there.
        let mut all: Vec<(usize, Dated)> =
            self.account.times_in(up_to).filter_map(|number| Some((number, self.time(number)?))).collect();
        let near_from = self.account.article.sentences[..]
            .iter()
            .rev()
            .find(|other| other.end <= sentence.start && paragraph.contains(**other))
            .map_or(sentence.start, |other| other.start);
        if !all.iter().any(|(_, dated)| dated.span.is_some_and(|span| span.start >= near_from)) {
            return Vec::new();
        }
        all.sort_by_key(|(_, dated)| {
            let span = dated.span.map_or(0, |span| span.start as usize);
            (own.as_ref().and_then(|own| own.span) != dated.span, span.abs_diff(at))
        });
        all.into_iter().map(|(_, dated)| dated).collect()
    }
}
