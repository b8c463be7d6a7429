//! Ages, lengths and anniversaries: what an article says of how long it was between two days.
//!
//! Every such claim has days that it may be counted from and days that it may be counted to. One that no pair of them fits is wrong, or
//! one of the days is; so a claim is only as sure as its days, and the reading leaves out those whose days it cannot tell.

use super::clauses::{self, DETERMINERS, Noun, PREPOSITIONS, PRONOUNS, Token};
use super::events::{Events, Statement, span_of};
use super::subjects::{MAIN, SubjectId};
use super::verbs::{number, ordinal};
use super::vocabulary::{ClassId, VOCABULARY};
use super::{Account, Event};
use crate::article::BlockKind;
use crate::source::Span;
use crate::text::{stem, without_possessive};
use crate::time::{Anchor, Day, Duration, Interval, Modifier, Precision, TimeKind, Unit, Value, days_in_month};

/// What is said of the time between two days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// An age in full years, and how many years it may be off.
    Age(i32, i32),
    /// A birthday or another day of the year that comes back for the so-manieth time.
    Anniversary(i32),
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
                    let today = Interval { from: account.today, to: account.today, precision: Precision::Day };
                    // The dead grow no older.
                    let death = VOCABULARY.class("death");
                    if self.told.events.iter().any(|event| Some(event.class) == death && event.who == MAIN) {
                        continue;
                    }
                    (
                        first.into_iter().map(|dated| Dated { what: String::from("born"), ..dated }).collect(),
                        vec![Dated { days: today, span: None, what: format!("today, {}", account.today) }],
                    )
                }
                _ => continue,
            };
            self.claim(words, Said::Age(years, 0), starts, ends);
        }
    }

    fn claim(&mut self, words: Span, said: Said, starts: Vec<Dated>, ends: Vec<Dated>) {
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

    fn ages(&mut self, block: usize, sentence: Span, tokens: &[Token<'_>]) {
        for at in 0..tokens.len() {
            let Some((years, end, form)) = age_at(tokens, at) else { continue };
            let place = tokens[at].span.start;
            let Some((_, statement)) = self.statement(place) else { continue };
            if self.account.article.is_quoted(span_of(sentence, tokens, at..end))
                || statement.unreal && form != Form::Aged
            {
                continue;
            }
            let Some(who) = statement.subject.filter(|&who| self.is_person(who)) else { continue };
            let vague = tokens[at.saturating_sub(3)..end].iter().any(|token| {
                token.is(&[
                    "about",
                    "around",
                    "nearly",
                    "almost",
                    "over",
                    "under",
                    "some",
                    "roughly",
                    "approximately",
                    "barely",
                    "just",
                ])
            });
            // "until she was sixty-five" says when something else was.
            let clause = statement.words.start.max(sentence.start) as usize;
            let edge = tokens.iter().filter(|token| token.span.start >= clause && token.span.start < place);
            if form == Form::Bare
                && edge.clone().any(|token| token.is(&["until", "till", "before", "after", "since", "once"]))
            {
                continue;
            }
            // "he was seventy-seven when it opened": the clause behind says when.
            let then = tokens.get(end).filter(|next| next.is(&["when"]) && next.time.is_none()).map(|_| {
                let stop = (end + 1..tokens.len()).find(|&at| tokens[at].mark).unwrap_or(tokens.len());
                &tokens[end + 1..stop]
            });
            let dated_then = then.is_some_and(|then| then.iter().any(|token| token.time.is_some()));
            let of_event = then.filter(|_| !dated_then).map(|then| self.pronoun_event(then, statement));
            let off = i32::from(vague) * 2;
            // "Captain Aspenes and his wife, aged …": whose it is is not sure behind another noun.
            let words = span_of(sentence, tokens, at..end);
            let mut ends = self.times_near(block, sentence, place, form == Form::Aged);
            // "She died at the age of sixty-eight", without a date: that of the death, wherever it is told.
            let dies = self.account.article.text(statement.verb).contains("died");
            if dies && form == Form::Aged && statement.time.is_none() {
                let death = VOCABULARY.class("death").map_or_else(Vec::new, |death| self.events(&[death], Some(who)));
                ends = death.into_iter().filter_map(|event| self.dated(event)).collect();
            }
            if let Some(of_event) = of_event {
                ends = of_event;
            }
            let births = self.births(who);
            // The day of birth is no day to count to.
            ends.retain(|end| births.iter().all(|birth| birth.span != end.span));
            if ends.is_empty() {
                continue;
            }
            if births.is_empty() {
                if let Some(own) = statement.time.filter(|_| statement.own).and_then(|time| self.time(time)) {
                    self.ages.push(Age { who, years, off, words, at: own });
                }
                continue;
            }
            self.claim(words, Said::Age(years, off), births, ends);
        }
    }

    fn is_person(&self, who: SubjectId) -> bool {
        match self.told.subjects.kind(who) {
            Some(kind) => kind == "person",
            None => !self.births(who).is_empty(),
        }
    }

    /// Ages of one who has no known birth: each implies when that was.
    fn ages_against_each_other(&mut self) {
        let mut found = Vec::new();
        for (number, age) in self.ages.iter().enumerate() {
            for other in &self.ages[..number] {
                if age.who != other.who {
                    continue;
                }
                let born = |age: &Age| Interval {
                    from: add_years(age.at.days.from, -age.years - 1 - age.off),
                    to: add_years(age.at.days.to, -age.years + age.off),
                    precision: Precision::Year,
                };
                let start = Dated {
                    days: born(other),
                    span: Some(other.words),
                    what: String::from("this age tells when that was"),
                };
                found.push((age.words, Said::Age(age.years, age.off), vec![start], vec![age.at.clone()]));
            }
        }
        for (words, said, starts, ends) in found {
            self.claim(words, said, starts, ends);
        }
    }

    /// "The fiftieth anniversary of her launch, in May 1948", "the centenary of his birth", "by its tenth birthday, in 2013".
    fn anniversaries(&mut self, block: usize, sentence: Span, tokens: &[Token<'_>]) {
        for at in 0..tokens.len() {
            let token = &tokens[at];
            if token.mark {
                continue;
            }
            let (years, first) = match token.word.as_ref() {
                "anniversary" | "birthday" => match ordinal_before(tokens, at) {
                    Some(counted) => counted,
                    None => continue,
                },
                "centenary" | "centennial" => (100, at),
                "bicentenary" | "bicentennial" => (200, at),
                "sesquicentennial" => (150, at),
                "jubilee" => match at.checked_sub(1).map(|before| tokens[before].word.as_ref()) {
                    Some("silver") => (25, at - 1),
                    Some("golden") => (50, at - 1),
                    Some("diamond") => (60, at - 1),
                    _ => continue,
                },
                _ => continue,
            };
            let words = span_of(sentence, tokens, first..at + 1);
            let Some((_, statement)) = self.statement(token.span.start) else { continue };
            let owner = first
                .checked_sub(1)
                .map(|before| tokens[before].word.as_ref())
                .filter(|word| matches!(*word, "his" | "her" | "its"));
            let of = tokens
                .get(at + 1)
                .filter(|next| next.is(&["of"]))
                .and_then(|_| clauses::noun_right(tokens, at + 2, tokens.len()));
            // Anniversaries of less are of what the text has just told.
            const LONG: i32 = 20;
            let mut weak = false;
            let starts: Vec<Dated> = match (&of, token.word.as_ref()) {
                (Some(noun), _) => self.named_event(tokens, noun, statement),
                (None, "birthday") if owner.is_some() => {
                    let who =
                        if owner == Some("its") { None } else { statement.subject.filter(|&who| self.is_person(who)) };
                    who.map_or_else(Vec::new, |who| self.births(who))
                }
                // "its bicentenary": of what it began with.
                (None, _) if owner == Some("its") => {
                    let classes: Vec<ClassId> =
                        ["founding", "opening", "launch"].iter().filter_map(|name| VOCABULARY.class(name)).collect();
                    let who = statement.subject.filter(|_| !self.told.subjects.about_person()).unwrap_or(MAIN);
                    let first =
                        classes.iter().map(|&class| self.events(&[class], Some(who))).find(|events| !events.is_empty());
                    first.unwrap_or_default().into_iter().filter_map(|event| self.dated(event)).collect()
                }
                // "The seventy-fifth anniversary, on 1 September 1932": of the article's subject, where nothing else is said.
                (None, "anniversary")
                    if whose(tokens, first) && years >= LONG && !self.told.subjects.about_person() =>
                {
                    let classes: Vec<ClassId> =
                        ["founding", "opening", "launch"].iter().filter_map(|name| VOCABULARY.class(name)).collect();
                    let first = classes
                        .iter()
                        .map(|&class| self.events(&[class], Some(MAIN)))
                        .find(|events| !events.is_empty());
                    weak = true;
                    first.unwrap_or_default().into_iter().filter_map(|event| self.dated(event)).collect()
                }
                _ => Vec::new(),
            };
            // Who was born on a leap day counts as they like.
            if starts.iter().any(|start| {
                (start.days.from.month, start.days.from.day) == (2, 29) && start.days.precision == Precision::Day
            }) {
                continue;
            }
            // "four days short of his seventieth birthday" counts to another day.
            let near = tokens[first.saturating_sub(6)..first].iter().any(|token| {
                token.is(&["before", "after", "short", "until", "since", "approaching", "nearing", "towards", "not"])
            });
            if near || years < 5 {
                continue;
            }
            let ends = self.times_near(block, sentence, token.span.start, true);
            if weak {
                self.weak_claim(words, Said::Anniversary(years), starts, ends);
            } else {
                self.claim(words, Said::Anniversary(years), starts, ends);
            }
        }
    }

    /// The events that a noun group names: "her launch", "the opening of the bridge", "his birth".
    fn named_event(&self, tokens: &[Token<'_>], noun: &Noun, statement: &Statement) -> Vec<Dated> {
        let core = &tokens[noun.core.clone()];
        let Some(class) = core.iter().rev().find_map(|token| VOCABULARY.class_of_noun(&token.word)) else {
            return Vec::new();
        };
        // "the second ratification" is one of several.
        if core.iter().any(|token| {
            ordinal(&token.word).is_some_and(|number| number > 1)
                || token.is(&["last", "next", "final", "other", "previous", "new"])
        }) {
            return Vec::new();
        }
        let own = core.first().is_some_and(|first| first.is(&["his", "her", "its"]));
        let of = tokens[noun.core.end..noun.tokens.end].iter().any(|token| token.is(&["of"]));
        // "McClellan's return": whose it is must be who it happened to.
        if let Some(owner) = core.iter().find(|token| token.word.ends_with("'s")) {
            let name = without_possessive(&owner.word).to_owned();
            let of = |event: &&Event| {
                crate::text::fold(&self.told.subjects.all[event.who].name).split(' ').any(|word| word == name)
            };
            return self.events(&[class], None).into_iter().filter(of).filter_map(|event| self.dated(event)).collect();
        }
        let events = self.events(&[class], None);
        let about =
            |who: SubjectId| -> Vec<&Event> { events.iter().copied().filter(|event| event.who == who).collect() };
        let chosen = if own {
            // Its owner is the article's subject or the one that is spoken of.
            let of_subject = statement.subject.map(&about).unwrap_or_default();
            if of_subject.is_empty() { about(MAIN) } else { of_subject }
        } else if of {
            let name: Vec<&str> = tokens[noun.core.end..noun.tokens.end]
                .iter()
                .filter(|token| !token.is(PREPOSITIONS) && !token.is(DETERMINERS))
                .map(|token| token.word.as_ref())
                .collect();
            let fits = |event: &&&Event| {
                let subject = self.told.subjects.all[event.who].name.to_lowercase();
                name.iter().all(|word| crate::text::fold(&subject).contains(word))
                    || event.who == MAIN && self.told.subjects.is_own_noun(name.last().copied().unwrap_or(""))
            };
            events.iter().filter(fits).copied().collect()
        } else {
            // "the opening": of what is spoken of, if there is but one.
            let first = events.first().map(|event| event.who);
            let one = events.iter().all(|event| Some(event.who) == first);
            let once = VOCABULARY.classes[class].repeats != super::Repeats::Often || events.len() == 1;
            let near = events.iter().any(|event| event.block == statement.block) || first == Some(MAIN);
            if one && once && near { events } else { Vec::new() }
        };
        chosen.into_iter().filter_map(|event| self.dated(event)).collect()
    }

    fn lengths(&mut self, sentence: Span, tokens: &[Token<'_>], number: usize) {
        let account = self.account;
        let time = &account.times()[number];
        let text = account.words(time);
        let Some((first, last)) = tokens
            .iter()
            .position(|token| token.time == Some(number))
            .zip(tokens.iter().rposition(|token| token.time == Some(number)))
        else {
            return;
        };
        let Some((_, statement)) = self.statement(time.span.start) else { return };
        let words = account.span(time);
        if time.quoted || account.article.is_quoted(words) || statement.unreal || planned(tokens, first) {
            return;
        }
        // "three years younger" is between two people.
        if tokens.get(last + 1).is_some_and(|next| next.is(&["younger", "older", "senior", "junior", "her", "his"])) {
            return;
        }
        match time.value {
            Value::Duration(duration) if time.kind == TimeKind::Duration => {
                let lead: String = tokens[first.saturating_sub(3)..first]
                    .iter()
                    .map(|token| token.word.as_ref())
                    .collect::<Vec<_>>()
                    .join(" ");
                let behind: String = tokens[last + 1..(last + 4).min(tokens.len())]
                    .iter()
                    .map(|token| token.word.as_ref())
                    .collect::<Vec<_>>()
                    .join(" ");
                let around = format!("{lead} {text} {behind}");
                let Some((least, most)) = length(duration, time.modifier, &around) else { return };
                let said = Said::Length(least, most);
                // "9% a year between 1975 and 2007" is a rate.
                if text.starts_with("a ") || text.starts_with("one ") && lead.is_empty() {
                    return;
                }
                if self.over_range(sentence, tokens, number, said)
                    || self.within_sentence(sentence, tokens, number, said, words)
                    || self.between_two(sentence, tokens, first, said, words)
                    || self.until_then(tokens, number, first, statement, said, words)
                    || self.in_role(tokens, first, last, statement, said, words)
                    || self.tenure(sentence, tokens, first, last, said, words)
                    || self.in_state(tokens, first, last, statement, said, words)
                    || self.after_event(tokens, last, statement, said, words)
                    || self.outlived(tokens, first, statement, said, words)
                {
                    return;
                }
                self.relations(tokens, first, statement, said, words);
                self.field_range(tokens, last, said, words);
            }
            _ => self.later(tokens, number, first, last),
        }
    }

    /// "for close to two decades, from 1912 until 1931".
    fn over_range(&mut self, sentence: Span, tokens: &[Token<'_>], number: usize, said: Said) -> bool {
        let account = self.account;
        let within = account.times_in(sentence);
        let first = tokens.iter().position(|token| token.time == Some(number)).unwrap_or(0);
        for start in within.clone() {
            let near = start == number + 1 || start + 2 == number;
            if !near || !account.opens_range(start) || start + 1 == number {
                continue;
            }
            let (Some(from), Some(to)) = (self.time(start), self.time(start + 1)) else { continue };
            let begin = tokens.iter().position(|token| token.time == Some(start)).unwrap_or(0);
            let (low, high) = (first.min(begin), first.max(begin));
            // Nothing but a comma or a few words between the two.
            const BETWEEN: usize = 6;
            let between = &tokens[low..high];
            let interrupted =
                between.iter().any(|token| token.verb || token.is(&["and", "but", ";", "of", "with", "than"]));
            let for_it =
                first.checked_sub(1).is_some_and(|before| tokens[before].is(&["for", "lasted", "of", "after", "over"]))
                    || tokens[first].is(&["for"])
                    || tokens[first.saturating_sub(4)..first].iter().any(|token| token.is(&["for"]));
            let direct = begin > first
                && tokens[first..begin]
                    .iter()
                    .filter(|token| token.time != Some(number))
                    .all(|token| token.is(&["between", "from"]));
            if high - low > BETWEEN + 4 || !direct && (interrupted || !for_it) {
                continue;
            }
            let words = account.span(&account.times()[number]);
            let label = |dated: Dated, what: &str| Dated { what: what.to_owned(), ..dated };
            self.claim(words, said, vec![label(from, "from")], vec![label(to, "to")]);
            return true;
        }
        false
    }

    /// "after thirty-six years as matron".
    fn in_role(
        &mut self,
        tokens: &[Token<'_>],
        first: usize,
        last: usize,
        statement: &Statement,
        said: Said,
        words: Span,
    ) -> bool {
        let Some(noun) = tokens
            .get(last + 1)
            .filter(|next| next.is(&["as"]))
            .and_then(|_| clauses::noun_right(tokens, last + 2, tokens.len()))
        else {
            return false;
        };
        let Some(role) = tokens[noun.core].iter().rev().find(|token| token.time.is_none() && !token.mark) else {
            return false;
        };
        let (Some(who), Some(end)) = (statement.subject, statement.time.and_then(|time| self.time(time))) else {
            return true;
        };
        let after = tokens[first.saturating_sub(4)..first]
            .iter()
            .any(|token| token.is(&["after", "for", "ended", "completed", "following"]));
        let classes: Vec<ClassId> =
            ["appointment", "becoming", "election"].iter().filter_map(|name| VOCABULARY.class(name)).collect();
        let starts: Vec<Dated> = self
            .events(&classes, Some(who))
            .into_iter()
            .filter(|event| event.role.as_deref() == Some(role.word.as_ref()))
            .filter_map(|event| self.dated(event))
            .map(|dated| Dated { what: format!("made {}", role.word), ..dated })
            .collect();
        if after {
            self.claim(words, said, starts, vec![end]);
        }
        true
    }

    /// "During his twenty-two years in the chair", behind "was its editor from 1889 until his death in November 1921".
    fn tenure(
        &mut self,
        sentence: Span,
        tokens: &[Token<'_>],
        first: usize,
        last: usize,
        said: Said,
        words: Span,
    ) -> bool {
        let owned = first.checked_sub(1).is_some_and(|before| tokens[before].is(&["his", "her", "its", "their"]))
            || tokens[first].is(&["his", "her", "its", "their"]);
        let place = tokens.get(last + 1).is_some_and(|next| next.is(&["in", "at", "as", "there", "of", "on", "with"]));
        // "After twenty-six years at the head of the diocese", "In the twenty-seven years of her editorship".
        let office = place && tokens[last + 1..(last + 5).min(tokens.len())].iter().any(|token| is_office(&token.word));
        if office && self.in_office(sentence, tokens, first, said, words) {
            return true;
        }
        if !owned || !place {
            return false;
        }
        // The one span of time that the sentences before have told.
        const BACK: usize = 3;
        let account = self.account;
        let paragraph = account.bounds(sentence.start as usize);
        let sentences = &account.article.sentences;
        let here = sentences.partition_point(|other| other.end <= sentence.start);
        let near: Vec<Span> = sentences[here.saturating_sub(BACK)..here]
            .iter()
            .copied()
            .filter(|span| span.start as usize >= paragraph.start)
            .collect();
        let ranges: Vec<(Dated, Dated)> = near
            .iter()
            .flat_map(|&span| {
                let numbers = account.times_in(span);
                numbers.clone().zip(numbers.skip(1))
            })
            .filter(|&(from, to)| account.opens_range(from) || self.runs_until(from, to))
            .filter_map(|(from, to)| Some((self.time(from)?, self.time(to)?)))
            .collect();
        if let [(from, to)] = ranges.as_slice() {
            self.weak_claim(words, said, vec![from.clone()], vec![to.clone()]);
        }
        true
    }

    /// A time in an office: to the day that the clause tells, or on which the paragraph has just told that it ended; from the day that
    /// a range with that end begins, or on which it was taken up.
    fn in_office(&mut self, sentence: Span, tokens: &[Token<'_>], first: usize, said: Said, words: Span) -> bool {
        let account = self.account;
        let Some((place, statement)) = self.statement(tokens[first].span.start) else { return false };
        let of = |names: &[&str]| -> Vec<ClassId> { names.iter().filter_map(|name| VOCABULARY.class(name)).collect() };
        let told = self.told;
        let ended = told.statements[..place].iter().rev().take(2).find(|previous| {
            previous.block == statement.block
                && previous.own
                && of(&["departure", "resignation", "retirement"]).iter().any(|&class| {
                    let ends = &self.of_class[class];
                    let at = ends.partition_point(|&number| told.events[number].words.end < previous.words.start);
                    ends[at..].iter().take(2).any(|&number| told.events[number].time == previous.time)
                })
        });
        let own = statement.time.or_else(|| account.times_in(sentence).find(|&number| self.time(number).is_some()));
        let Some(end) = own.or(ended.and_then(|ended| ended.time)).and_then(|time| self.time(time)) else {
            return false;
        };
        let is_end = |to: &Dated| to.days.from.year == end.days.from.year;
        let mut starts: Vec<Dated> = (1..account.times().len().min(MOST))
            .filter(|&to| account.opens_range(to - 1) || self.runs_until(to - 1, to))
            .filter(|&to| self.time(to).as_ref().is_some_and(is_end))
            .filter_map(|to| self.time(to - 1))
            .collect();
        let ranged = !starts.is_empty();
        let who =
            statement.subject.filter(|&who| self.is_person(who)).or(self.told.subjects.about_person().then_some(MAIN));
        if starts.is_empty()
            && let Some(who) = who
        {
            starts = self
                .events(&of(&["appointment", "becoming", "election"]), Some(who))
                .into_iter()
                .filter_map(|event| self.dated(event))
                .collect();
        }
        // Of several offices nobody knows which is meant.
        starts.dedup_by(|a, b| a.days == b.days);
        if starts.len() == 1 && ranged {
            self.claim(words, said, starts, vec![end]);
            return true;
        }
        if starts.len() == 1 {
            self.weak_claim(words, said, starts, vec![end]);
            return true;
        }
        false
    }

    /// "from 1889 until his death in November 1921".
    fn runs_until(&self, from: usize, to: usize) -> bool {
        let (first, second) = (&self.account.times()[from], &self.account.times()[to]);
        let between = self.account.between(first.span.end, second.span.start);
        self.account.before(first.span.start).trim_end().ends_with("from")
            && between.trim_start().starts_with("until ")
            && !between.contains([',', ';', '.'])
    }

    /// "had been in use for thirty-three years", "after twelve years of marriage".
    fn in_state(
        &mut self,
        tokens: &[Token<'_>],
        first: usize,
        last: usize,
        statement: &Statement,
        said: Said,
        words: Span,
    ) -> bool {
        let before: Vec<&str> =
            tokens[first.saturating_sub(6)..first].iter().map(|token| token.word.as_ref()).collect();
        let behind: Vec<&str> =
            tokens[last + 1..(last + 3).min(tokens.len())].iter().map(|token| token.word.as_ref()).collect();
        for state in &VOCABULARY.states {
            for phrase in &state.words {
                let phrase: Vec<&str> = phrase.split(' ').collect();
                let follows = behind.windows(phrase.len()).next() == Some(phrase.as_slice());
                let of_it = follows && (phrase[0] == "of" || before.contains(&"after") || before.contains(&"for"));
                let for_it =
                    before.windows(phrase.len()).any(|words| words == phrase.as_slice()) && before.contains(&"for");
                let noun_of = phrase[0] == "of" && before.ends_with(&[phrase[1], "of"]);
                let verb = phrase == ["lasted"] && before.contains(&"lasted");
                if !of_it && !for_it && !noun_of && !verb {
                    continue;
                }
                let has_begun = |who: &SubjectId| !self.events(&state.begins, Some(*who)).is_empty();
                // What is said of its members is said of it.
                let who = statement.subject.filter(has_begun).or(Some(MAIN).filter(|main| {
                    let married = phrase == ["of", "marriage"] && statement.subject.is_none();
                    (married || !self.told.subjects.about_person()) && has_begun(main)
                }));
                let Some(who) = who else { return true };
                let own = statement
                    .time
                    .or_else(|| self.only_time(statement))
                    .or_else(|| (phrase == ["stood"]).then(|| self.last_time(statement)).flatten())
                    .and_then(|time| self.time(time))
                    .filter(|_| !verb);
                let partner = self.events(&state.begins, Some(who)).iter().find_map(|event| event.with);
                let ends: Vec<Dated> = if let Some(own) = own {
                    vec![own]
                } else {
                    let of_partner = VOCABULARY.class("death").filter(|_| noun_of || phrase[0] == "of").zip(partner);
                    let deaths =
                        of_partner.map(|(death, partner)| self.events(&[death], Some(partner))).unwrap_or_default();
                    self.events(&state.ends, Some(who))
                        .into_iter()
                        .chain(deaths)
                        .filter_map(|event| self.dated(event))
                        .collect()
                };
                let Some(latest) = ends.iter().map(|end| end.days.to).max() else { return true };
                let starts: Vec<Dated> = self
                    .events(&state.begins, Some(who))
                    .into_iter()
                    .filter(|event| event.days.is_some_and(|days| days.from <= latest))
                    .filter_map(|event| self.dated(event))
                    .collect();
                // What was destroyed in the meantime was not in that state all the time.
                let destroyed: Vec<ClassId> = ["destruction", "demolition", "sinking", "dissolution"]
                    .iter()
                    .filter_map(|name| VOCABULARY.class(name))
                    .collect();
                let broken = destroyed.iter().filter(|class| !state.ends.contains(class)).any(|&class| {
                    let of_it = self.of_class[class].iter().take(MOST).map(|&number| &self.told.events[number]);
                    of_it.filter(|event| event.who == who).any(|event| {
                        event.days.is_some_and(|days| {
                            days.from <= latest && starts.iter().all(|start| days.to >= start.days.from)
                        })
                    })
                });
                // Of offices one may have had several.
                let weak = phrase[0] == "held" || phrase.contains(&"office") || phrase.contains(&"chair");
                if !broken && weak {
                    self.weak_claim(words, said, starts, ends);
                } else if !broken {
                    self.claim(words, said, starts, ends);
                }
                return true;
            }
        }
        false
    }

    /// The last day that the paragraph has told before a statement.
    fn last_time(&self, statement: &Statement) -> Option<usize> {
        let paragraph = self.account.article.blocks[statement.block].span;
        let before = Span { end: statement.sentence.start, ..paragraph };
        let is_plain =
            |&number: &usize| self.time(number).is_some() && self.account.times()[number].anchor == Anchor::Explicit;
        // What only tells when something was founded is no day of the story.
        self.account
            .times_in(before)
            .filter(is_plain)
            .find(|&number| self.time(number).is_some_and(|dated| dated.days.precision == Precision::Day))
    }

    /// The one date of a sentence, where its clause has none.
    fn only_time(&self, statement: &Statement) -> Option<usize> {
        let mut times = self
            .account
            .times_in(statement.sentence)
            .filter(|&number| self.time(number).is_some() && self.account.times()[number].anchor == Anchor::Explicit);
        let first = times.next()?;
        times.next().is_none().then_some(first)
    }

    /// "seventeen days after the stranding", "twelve years after its foundation".
    fn after_event(
        &mut self,
        tokens: &[Token<'_>],
        last: usize,
        statement: &Statement,
        said: Said,
        words: Span,
    ) -> bool {
        let Some(side) =
            tokens.get(last + 1).filter(|next| next.is(&["after", "before", "since"]) && next.time.is_none())
        else {
            return false;
        };
        // "after *it had received town rights*, the railway came on 1 October 1871": another clause says what was before.
        let stop = (last + 2..tokens.len()).find(|&at| tokens[at].mark).unwrap_or(tokens.len());
        let phrase = &tokens[last + 2..stop];
        let has_verb = phrase.iter().any(|token| token.verb);
        let noun = clauses::noun_right(tokens, last + 2, tokens.len()).filter(|_| !has_verb);
        let mut starts = noun.as_ref().map_or_else(Vec::new, |noun| self.named_event(tokens, noun, statement));
        // "closed the school on 30 June 1951, fifty-seven years after it had opened": the day that stands before it.
        let beside =
            tokens[..last].iter().rposition(|token| token.time.is_some_and(|time| Some(time) != tokens[last].time));
        let beside = beside.filter(|&at| {
            tokens[at + 1..last].iter().filter(|token| token.time != tokens[last].time).all(|token| token.word == ",")
        });
        let beside = beside.and_then(|at| tokens[at].time).and_then(|time| self.time(time));
        if has_verb && beside.is_some() {
            starts = self.pronoun_event(phrase, statement);
        }
        let dated = phrase.iter().any(|token| token.time.is_some());
        if starts.is_empty() && !dated {
            let end = noun.as_ref().map_or(stop, |noun| noun.tokens.end);
            starts = self.alike(&tokens[last + 2..end], statement, noun.is_some());
        }
        let statement = if has_verb {
            let behind =
                tokens.get(stop + 1).and_then(|token| self.statement(token.span.start)).map(|(_, statement)| statement);
            behind.filter(|behind| behind.sentence == statement.sentence).unwrap_or(statement)
        } else {
            statement
        };
        let end: Vec<Dated> = beside.or_else(|| statement.time.and_then(|time| self.time(time))).into_iter().collect();
        if side.is(&["after", "since"]) {
            self.claim(words, said, starts, end);
        } else {
            self.claim(words, said, end, starts);
        }
        true
    }

    /// The events that a clause with a pronoun tells: "it had opened", of what the clause around speaks of.
    fn pronoun_event(&self, phrase: &[Token<'_>], statement: &Statement) -> Vec<Dated> {
        let pronoun = phrase.first().is_some_and(|first| first.is(&["it", "he", "she", "they"]));
        let Some((base, _)) =
            phrase.iter().rev().find(|token| token.verb).and_then(|verb| super::verbs::verb(&verb.word))
        else {
            return Vec::new();
        };
        let used = super::vocabulary::Use { base: &base, passive: true, behind: &[], before: &[] };
        let classes = VOCABULARY.classes_of(&used);
        if !pronoun || classes.is_empty() {
            return Vec::new();
        }
        let of = |who: SubjectId| -> Vec<Dated> {
            self.events(&classes, Some(who)).into_iter().filter_map(|event| self.dated(event)).collect()
        };
        let of_people = phrase.first().is_some_and(|first| first.is(&["he", "she"]));
        let fits = |who: &SubjectId| match self.told.subjects.kind(*who) {
            Some("person") => of_people,
            Some("ship") => true,
            Some(_) | None => !of_people,
        };
        // Whom "he" means beside somebody else is the one of the clause, not the article's.
        let own = Some(MAIN).filter(|_| !of_people || self.told.subjects.about_person());
        let whom = [statement.object, statement.subject, own];
        whom.into_iter().flatten().filter(fits).map(of).find(|events| !events.is_empty()).unwrap_or_default()
    }

    /// A claim that only the order of the text ties to its days: it is left out where any other day of the article would explain it.
    fn weak_claim(&mut self, words: Span, said: Said, starts: Vec<Dated>, ends: Vec<Dated>) {
        // What is rounded may be off by a year; what explains it should be right.
        let strict = match said {
            Said::Length(least, most) if most - least > SLACK => Said::Length(least + SLACK / 2, most - SLACK / 2),
            said => said,
        };
        let explained = self.account.times().len() > MOST
            || (0..self.account.times().len())
                .filter_map(|number| self.time(number))
                .any(|dated| ends.iter().any(|end| end.span != dated.span && fits(strict, dated.days, end.days)));
        if !explained {
            self.claim(words, said, starts, ends);
        }
    }

    /// "kept the hut for nineteen years, from 1896 until he was called up in 1908", "an apprenticeship of seven years, which he began at
    /// Easter 1716 and ended at Easter 1721": the two days of the sentence, each behind a word that makes it an end.
    fn within_sentence(
        &mut self,
        sentence: Span,
        tokens: &[Token<'_>],
        number: usize,
        said: Said,
        words: Span,
    ) -> bool {
        const BEGINS: [&str; 8] = ["from", "since", "began", "begun", "started", "entered", "joined", "opened"];
        const ENDS: [&str; 10] =
            ["until", "till", "to", "ended", "finished", "left", "closed", "completed", "ceased", "retired"];
        const REACH: usize = 4;
        const FURTHER: usize = 8;
        let days: Vec<usize> =
            self.account.times_in(sentence).filter(|&other| other != number && self.time(other).is_some()).collect();
        let [from, to] = days.as_slice() else { return false };
        let place = |number: usize| tokens.iter().position(|token| token.time == Some(number));
        let (Some(at), Some(end), Some(length)) = (place(*from), place(*to), place(number)) else { return false };
        let near = |at: usize, reach: usize, floor: usize, words: &[&str]| {
            tokens[at.saturating_sub(reach).max(floor)..at].iter().any(|token| token.is(words))
        };
        let behind = tokens.iter().rposition(|token| token.time == Some(*from)).unwrap_or(at);
        let parted = tokens[length.min(at)..end].iter().any(|token| token.is(&[";", ":"]));
        let begins = near(at, REACH, 0, &BEGINS) || tokens[at].is(&BEGINS);
        let ends = near(end, FURTHER, behind + 1, &ENDS) || tokens[end].is(&ENDS);
        if parted || length > behind && length < end || !begins || !ends || length.abs_diff(at) > FURTHER {
            return false;
        }
        let (Some(from), Some(to)) = (self.time(*from), self.time(*to)) else { return false };
        self.claim(words, said, vec![from], vec![to]);
        true
    }

    /// "The siege began on 3 June 1704 and was raised on 19 July. In those eleven weeks …": between the two days just told.
    fn between_two(&mut self, sentence: Span, tokens: &[Token<'_>], first: usize, said: Said, words: Span) -> bool {
        let those = first.checked_sub(1).is_some_and(|before| tokens[before].is(&["those", "these"]))
            || tokens[first].is(&["those", "these"]);
        let opens = tokens[..first].iter().filter(|token| !token.mark).count() <= 2;
        // "began on 9 June and was settled on the 28th; the town had been without a ferry for nearly five weeks".
        let part = tokens[..first].iter().rposition(|token| token.is(&[";"]));
        if let Some(part) = part.filter(|&part| tokens[part..first].iter().any(|token| token.is(&["had", "lasted"]))) {
            let before = Span { end: tokens[part].span.start as u32, ..sentence };
            let days: Vec<Dated> = self.account.times_in(before).filter_map(|number| self.time(number)).collect();
            if let ([start, end], true) =
                (days.as_slice(), tokens[part..first].iter().all(|token| token.time.is_none()))
                && start.days.to < end.days.from
            {
                self.weak_claim(words, said, vec![start.clone()], vec![end.clone()]);
                return true;
            }
        }
        if !those || !opens {
            return false;
        }
        let paragraph = self.account.bounds(sentence.start as usize);
        let sentences = &self.account.article.sentences;
        let before = sentences.partition_point(|other| other.end <= sentence.start);
        let Some(previous) =
            before.checked_sub(1).map(|at| sentences[at]).filter(|span| span.start as usize >= paragraph.start)
        else {
            return true;
        };
        let days: Vec<Dated> = self.account.times_in(previous).filter_map(|number| self.time(number)).collect();
        if let [start, end] = days.as_slice()
            && start.days.to < end.days.from
        {
            self.claim(words, said, vec![start.clone()], vec![end.clone()]);
        }
        true
    }

    /// "was elected to the council in 1919, and sat there for twenty-nine years, until her retirement in 1936": from what the clause
    /// before told to the day behind "until".
    fn until_then(
        &mut self,
        tokens: &[Token<'_>],
        number: usize,
        first: usize,
        statement: &Statement,
        said: Said,
        words: Span,
    ) -> bool {
        let is_for =
            first.checked_sub(1).is_some_and(|before| tokens[before].is(&["for"])) || tokens[first].is(&["for"]);
        let last = tokens.iter().rposition(|token| token.time == Some(number)).unwrap_or(first);
        const REACH: usize = 8;
        let until = (last + 1..(last + 4).min(tokens.len())).find(|&at| tokens[at].is(&["until", "till"]));
        let Some(until) = until.filter(|_| is_for) else { return false };
        let end = tokens[until..(until + REACH).min(tokens.len())]
            .iter()
            .find_map(|token| token.time)
            .and_then(|time| self.time(time));
        let Some(end) = end else { return false };
        // The clause before in the same sentence, of the same subject, with a day of its own.
        let place = tokens[first].span.start;
        let Some((at, _)) = self.statement(place) else { return false };
        let start = self.told.statements[..at].iter().rev().take(3).find(|previous| {
            let same =
                previous.subject == statement.subject || previous.subject.is_none() || statement.subject.is_none();
            previous.sentence == statement.sentence && same && previous.own
        });
        let Some(start) = start.and_then(|start| start.time).and_then(|time| self.time(time)) else { return false };
        self.claim(words, said, vec![start], vec![end]);
        true
    }

    /// The dates of the statements that say what some words say, as far as they have the words in common: "the armistice", "it had
    /// received town rights". None, where more than one do. What a noun names must be told as new there: "agreed on *an* armistice".
    fn alike(&self, phrase: &[Token<'_>], own: &Statement, named: bool) -> Vec<Dated> {
        let wanted: Vec<String> = phrase
            .iter()
            .filter(|token| {
                !token.mark
                    && token.time.is_none()
                    && !crate::text::is_function_word(&token.word)
                    && token.word.len() > 2
            })
            .map(|token| stem(&token.word).to_owned())
            .collect();
        if wanted.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<(usize, Dated)> = Vec::new();
        let statements = &self.told.statements;
        let here = statements.partition_point(|statement| statement.words.end <= own.words.start);
        let near = &statements[here.saturating_sub(MOST)..(here + MOST).min(statements.len())];
        for statement in near.iter().filter(|statement| !statement.unreal && statement.sentence != own.sentence) {
            let Some(dated) = statement.time.and_then(|time| self.time(time)) else { continue };
            let text = self.account.article.text(statement.words);
            let words: Vec<String> =
                crate::text::words(text).map(|word| stem(&crate::text::fold(word.text)).to_owned()).collect();
            let common = wanted.iter().filter(|word| words.contains(word)).count();
            let is_new = |pair: &[String]| matches!(pair[0].as_str(), "a" | "an") && wanted.last() == Some(&pair[1]);
            if named && !words.windows(2).any(is_new) {
                continue;
            }
            if common == wanted.len() || common >= 2 && common * 3 >= wanted.len() * 2 {
                found.push((common, dated));
            }
        }
        let best = found.iter().map(|(common, _)| *common).max().unwrap_or(0);
        found.retain(|(common, _)| *common == best);
        let agree = found
            .windows(2)
            .all(|pair| pair[0].1.days.to >= pair[1].1.days.from && pair[1].1.days.to >= pair[0].1.days.from);
        if agree { found.into_iter().map(|(_, dated)| dated).collect() } else { Vec::new() }
    }

    /// "Beatrice outlived him by twelve years".
    fn outlived(&mut self, tokens: &[Token<'_>], first: usize, statement: &Statement, said: Said, words: Span) -> bool {
        let by = first.checked_sub(1).filter(|&before| tokens[before].is(&["by"]));
        let verb = tokens[first.saturating_sub(5)..first]
            .iter()
            .any(|token| token.verb && token.is(&["outlived", "survived"]));
        let (Some(_), true) = (by, verb) else { return false };
        let Some(death) = VOCABULARY.class("death") else { return true };
        let (Some(who), Some(whom)) = (statement.subject, statement.object) else { return true };
        // "her husband" is whom she married, where that was one.
        let spouse = tokens[first.saturating_sub(4)..first].iter().any(|token| token.is(&["husband", "wife"]));
        let marriages = VOCABULARY.class("marriage").map_or_else(Vec::new, |marriage| {
            let of = self.told.events.iter().filter(|event| event.class == marriage).take(MOST);
            of.filter_map(|event| match event.with {
                Some(with) if event.who == who => Some(with),
                Some(with) if with == who => Some(event.who),
                _ => None,
            })
            .collect()
        });
        let whom = match marriages.as_slice() {
            [one] if spouse => *one,
            _ => whom,
        };
        let of = |who: SubjectId| {
            self.events(&[death], Some(who)).into_iter().filter_map(|event| self.dated(event)).collect::<Vec<_>>()
        };
        let (starts, ends) = (of(whom), of(who));
        self.claim(words, said, starts, ends);
        true
    }

    /// "Her 37-year reign", where the infobox has "Reign: 1702–1729".
    fn field_range(&mut self, tokens: &[Token<'_>], last: usize, said: Said, words: Span) {
        let account = self.account;
        let Some(noun) = tokens.get(last + 1).filter(|next| {
            next.is(&["reign", "career", "term", "tenure", "presidency", "papacy", "pontificate", "rule"])
        }) else {
            return;
        };
        let Some(infobox) = &account.article.infobox else { return };
        let fields = infobox
            .fields
            .iter()
            .filter(|field| account.article.text(field.key).to_ascii_lowercase().contains(noun.word.as_ref()));
        let ranges: Vec<usize> = fields
            .flat_map(|field| account.times_in(field.value).filter(|&number| account.opens_range(number)))
            .collect();
        if let [start] = ranges.as_slice()
            && let (Some(from), Some(to)) = (self.time(*start), self.time(start + 1))
        {
            let label = |dated: Dated, what: &str| Dated { what: what.to_owned(), ..dated };
            self.claim(words, said, vec![label(from, "from")], vec![label(to, "to")]);
        }
    }

    /// "have had diplomatic relations for last six months".
    fn relations(&mut self, tokens: &[Token<'_>], first: usize, statement: &Statement, said: Said, words: Span) {
        let lead = &tokens[first.saturating_sub(6)..first];
        let about =
            lead.iter().any(|token| token.is(&["relations", "ties"])) && lead.iter().any(|token| token.is(&["for"]));
        if !about || self.told.subjects.kind(MAIN) != Some("relations") {
            return;
        }
        let classes: Vec<ClassId> = ["founding", "resumption", "relations-established"]
            .iter()
            .filter_map(|name| VOCABULARY.class(name))
            .collect();
        let starts: Vec<Dated> =
            self.events(&classes, Some(MAIN)).into_iter().filter_map(|event| self.dated(event)).collect();
        let end = statement.time.or_else(|| self.only_time(statement)).and_then(|time| self.time(time));
        self.claim(words, said, starts, end.into_iter().collect());
    }

    /// "Three weeks later, on 4 February", "in July 1988, two years and four months later".
    fn later(&mut self, tokens: &[Token<'_>], number: usize, first: usize, last: usize) {
        let account = self.account;
        let time = &account.times()[number];
        let text = account.words(time);
        let Some(length_words) =
            ["later", "afterwards", "afterward", "thereafter"].iter().find_map(|word| text.strip_suffix(word))
        else {
            return;
        };
        // "Three years and one month later": the years are part of it.
        let longer = number.checked_sub(1).map(|before| &account.times()[before]).filter(|before| {
            before.kind == TimeKind::Duration && account.between(before.span.end, time.span.start).trim() == "and"
        });
        let length_words = longer
            .map_or_else(|| length_words.to_owned(), |longer| format!("{} and {length_words}", account.words(longer)));
        let read = crate::time::expressions(&length_words, account.today);
        let Some((Value::Duration(duration), modifier)) = read.first().map(|read| (read.value, read.modifier)) else {
            return;
        };
        let lead: String = tokens[first.saturating_sub(2)..first]
            .iter()
            .map(|token| token.word.as_ref())
            .collect::<Vec<_>>()
            .join(" ");
        let Some((least, most)) = length(duration, modifier, &format!("{lead} {text}")) else { return };
        // The date beside it: behind a comma, or before one.
        let beside = |other: usize| -> Option<Dated> {
            let other_first = tokens.iter().position(|token| token.time == Some(other))?;
            let other_last = tokens.iter().rposition(|token| token.time == Some(other))?;
            let (low, high) = if other_first > last { (last + 1, other_first) } else { (other_last + 1, first) };
            let between = tokens.get(low..high)?;
            let close = between.len() <= 3
                && between.iter().all(|token| {
                    token.word == "," || token.is(&["in", "on", "the", "almost", "exactly", "just", "nearly", "some"])
                });
            (close && between.iter().any(|token| token.word == ",")).then(|| self.time(other)).flatten()
        };
        let end = beside(number + 1)
            .filter(|_| number + 1 < account.times().len())
            .or_else(|| number.checked_sub(1).and_then(beside));
        let Some(end) = end else { return };
        // What it counts from: the clause before it, if that says when it was.
        let Some((place, statement)) = self.statement(time.span.start) else { return };
        let (block, own_time) = (statement.block, statement.time);
        let own_time = own_time.filter(|&own| self.time(own).is_some_and(|own| own.span == end.span)).or(own_time);
        // The last clause that says when it was; what it counts from must be told not long before.
        const BACK: usize = 4;
        let from = self.told.statements[..place].iter().rev().take(BACK).find_map(|previous| {
            previous.time.filter(|&time| Some(time) != own_time).map(|time| (previous.block, time))
        });
        let Some(start) =
            from.filter(|(from, _)| *from == block || from + 1 == block).and_then(|(_, time)| self.time(time))
        else {
            return;
        };
        let mut starts = vec![start];
        // Whatever else the paragraph has dated before may explain it.
        let before = Span { start: 0, end: time.span.start as u32, ..account.span(time) };
        starts.extend(
            account
                .times_in(before)
                .rev()
                .take(MOST)
                .filter(|&other| other != number)
                .filter_map(|other| self.time(other))
                .filter(|dated| dated.span != end.span),
        );
        self.claim(account.span(time), Said::Length(least, most), starts, vec![end]);
    }
}

/// Whether a folded word is that for an office, or for the time in one.
fn is_office(word: &str) -> bool {
    const OFFICES: [&str; 12] = [
        "chair",
        "head",
        "helm",
        "incumbency",
        "office",
        "papacy",
        "post",
        "presidency",
        "reign",
        "see",
        "tenure",
        "throne",
    ];
    const SHORTEST: usize = 8;
    OFFICES.contains(&word)
        || word.len() >= SHORTEST
            && word.ends_with("ship")
            && VOCABULARY.kind_of(&word[..word.len() - 4]) == Some("person")
}

/// Whether "the" or "its" stands before a token.
fn whose(tokens: &[Token<'_>], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| tokens[before].is(&["the", "its"]))
}

/// The ordinal that ends before a token, in as many words as it has, and its first token: "three hundredth", "hundred and fiftieth".
fn ordinal_before(tokens: &[Token<'_>], at: usize) -> Option<(i32, usize)> {
    let mut first = at.checked_sub(1)?;
    let mut years = ordinal(&tokens[first].word)?;
    let word = |at: usize| tokens.get(at).map_or("", |token| token.word.as_ref());
    const HUNDRED: u32 = 100;
    if years < HUNDRED && first >= 2 && word(first - 1) == "and" && matches!(word(first - 2), "hundred" | "thousand") {
        years += if word(first - 2) == "hundred" { HUNDRED } else { 10 * HUNDRED };
        first -= 2;
    }
    // "two hundredth", "two hundred and fiftieth".
    let times =
        first.checked_sub(1).and_then(|before| number(&tokens[before].word)).filter(|times| (2..10).contains(times));
    if let (Some(times), true) = (times, years >= HUNDRED) {
        years += (times - 1) * HUNDRED;
        first -= 1;
    } else if years >= HUNDRED && first > 0 && matches!(word(first - 1), "a" | "one") {
        first -= 1;
    }
    Some((years as i32, first))
}

/// Of what a number of years may be off by when it is rounded, both ways, the most in days.
const SLACK: i64 = 600;

/// How an age is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// "aged 69", "at the age of 69": of the clause that it stands in.
    Aged,
    /// "at sixty-nine", "she was sixty-nine": of what is told around.
    Bare,
}

/// The age that is told from a token on: the years, the token behind it, and how.
fn age_at(tokens: &[Token<'_>], at: usize) -> Option<(i32, usize, Form)> {
    const OLDEST: u32 = 115;
    let years = |at: usize| {
        tokens
            .get(at)
            .filter(|token| !token.mark)
            .and_then(|token| number(&token.word))
            .filter(|years| (1..OLDEST).contains(years))
            .map(|years| years as i32)
    };
    let token = tokens.get(at)?;
    let ends = |at: usize| {
        tokens.get(at).is_none_or(|next| {
            next.mark && !next.is(&["-", "–", "/", "%"])
                || next.is(PRONOUNS)
                || next.is(PREPOSITIONS)
                || next.verb
                || next.is(&["when", "and", "but", "while", "the", "years", "still"])
        })
    };
    if token.is(&["aged"]) {
        let only = at
            + 1
            + usize::from(
                tokens
                    .get(at + 1)
                    .is_some_and(|next| next.is(&["only", "just", "about", "around", "nearly", "almost", "over"])),
            );
        return years(only)
            .filter(|_| ends(only + 1) && !tokens.get(only + 1).is_some_and(|next| next.is(&["to", "–", "-"])))
            .map(|years| (years, only + 1, Form::Aged));
    }
    if token.is(&["age"]) {
        let of = at + 1 + usize::from(tokens.get(at + 1).is_some_and(|next| next.is(&["of"])));
        let only = of + usize::from(tokens.get(of).is_some_and(|next| next.is(&["only", "just", "about", "around"])));
        let at_age = tokens[at.saturating_sub(4)..at].iter().any(|before| before.is(&["at", "died", "by"]));
        return years(only).filter(|_| at_age && ends(only + 1)).map(|years| (years, only + 1, Form::Aged));
    }
    let before = at.checked_sub(1).map(|before| &tokens[before]);
    if token.is(&["at", "At"]) {
        // Below thirteen it may be a time of day.
        let free = before.is_none_or(|before| {
            before.mark && !before.is(&["–", "-"]) || before.is(&["who", "which", "and", "he", "she"])
        });
        return years(at + 1)
            .filter(|&years| years >= 13 && free && ends(at + 2) && !tokens[at + 1].word.as_bytes()[0].is_ascii_digit())
            .map(|years| (years, at + 2, Form::Bare));
    }
    // "a boy of sixteen", "a woman of eighty-one".
    if token.is(&["boy", "girl", "lad", "youth", "child", "man", "woman", "widow", "widower", "bride"])
        && tokens.get(at + 1).is_some_and(|next| next.is(&["of"]))
        && before.is_some_and(|before| before.is(&["a"]) || !before.mark && at >= 2 && tokens[at - 2].is(&["a"]))
    {
        return years(at + 2).filter(|_| ends(at + 3)).map(|years| (years, at + 3, Form::Bare));
    }
    if token.is(&["was"]) && token.verb {
        let mut next = at + 1;
        while tokens.get(next).is_some_and(|next| next.is(&["then", "only", "just", "still", "already", "now", "by"])) {
            next += 1;
        }
        let behind = tokens.get(next + 1);
        let old = behind.is_some_and(|behind| behind.is(&["years"]))
            && tokens.get(next + 2).is_some_and(|old| old.is(&["old", "of"]));
        let stops = behind.is_none_or(|behind| {
            behind.mark && !behind.is(&["-", "–", "/", "%", "(", "$", "°", "\u{00bd}"])
                || behind.is(&["when", "at", "and", "then"])
        });
        let number = years(next).filter(|&years| years >= 5)?;
        return (old || stops && !tokens[next].word.as_bytes()[0].is_ascii_digit()).then_some((
            number,
            next + 1 + 2 * usize::from(old),
            Form::Bare,
        ));
    }
    None
}

/// Whether a length is one that was meant to be: "was bound for seven years", "a course designed for four years".
fn planned(tokens: &[Token<'_>], first: usize) -> bool {
    const LOOKED_AT: usize = 7;
    let before = &tokens[first.saturating_sub(LOOKED_AT)..first];
    // "signed for three seasons", "signed a contract"; but "signed on 3 May, eleven days after".
    // "was to take four years and took nine".
    before.windows(2).any(|pair| pair[0].is(&["was", "were", "is", "are"]) && pair[1].is(&["to"]))
        || before
            .windows(2)
            .any(|pair| pair[0].is(&["signed"]) && pair[1].time.is_none() && pair[1].is(&["for", "a", "up", "to"]))
        || before.iter().any(|token| {
            token.is(&[
                "bound",
                "contract",
                "contracted",
                "designed",
                "expected",
                "guaranteed",
                "hoped",
                "intended",
                "lease",
                "leased",
                "licence",
                "limited",
                "meant",
                "planned",
                "promised",
                "scheduled",
                "sentence",
                "sentenced",
                "apprenticed",
                "term",
                "another",
                "within",
                "every",
                "per",
                "next",
                "less",
                "interrupted",
            ])
        })
}
