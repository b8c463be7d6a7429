//! Lengths that are one slip of the pen away from a span of the story: "after twenty-nine years", where nineteen had gone by; days beside
//! the spans that the article tells: "fifty days had passed", of a strike from 2 June to 12 July.

use super::{Dated, MOST, Reader, Said, full_years};
use crate::facts::clauses::Token;
use crate::facts::events::Statement;
use crate::facts::is_verb;
use crate::facts::subjects::{MAIN, SubjectId};
use crate::facts::vocabulary::VOCABULARY;
use crate::source::Span;
use crate::text::fold;
use crate::time::{Duration, Interval, Precision, Unit};

impl Reader<'_, '_> {
    /// Years that are one slip of the pen away from those of a span with the same end: "resigned in 1931, after twenty-three years at the
    /// desk", where a list has "1898–1931". No other date of the article may explain them.
    pub(super) fn slipped(
        &mut self,
        sentence: Span,
        tokens: &[Token<'_>],
        first: usize,
        statement: &Statement,
        (said, amount): (Said, Option<i32>),
        words: Span,
    ) {
        const LOOKED_BACK: usize = 4;
        const SHORTEST: i32 = 10;
        let account = self.account;
        let Said::Length(least, most) = said else { return };
        // What is rounded or vague says too little.
        const EXACT: i64 = 2 * 366 + 2;
        let leads = tokens[first.saturating_sub(LOOKED_BACK)..=first].iter().any(|token| {
            token.is(&["after", "for", "of", "to", "following", "these", "those", "all", "his", "her", "its"])
        });
        // "Nearly sixty-four years", "more than thirty-two": the number is as exact as any.
        let bounded = tokens[first.saturating_sub(LOOKED_BACK)..=first]
            .iter()
            .any(|token| token.is(&["nearly", "almost", "over", "than"]));
        let number = amount.filter(|_| bounded);
        if most - least > EXACT && number.is_none() || !leads || account.times().len() > MOST {
            return;
        }
        let years = number.unwrap_or(((least + most) as f64 / 2.0 / 365.25).round() as i32);
        if years < SHORTEST {
            return;
        }
        let in_sentence: Vec<usize> = account
            .times_in(sentence)
            .filter(|&number| self.time(number).is_some() && !account.opens_range(number))
            .collect();
        let end = statement.time.filter(|_| statement.own).or(match in_sentence.as_slice() {
            [one] => Some(*one),
            [] => self.date_before(sentence).or_else(|| self.last_time(statement)),
            _ => None,
        });
        let Some(end) = end.and_then(|end| self.time(end)) else { return };
        // "the autumn of 1931" reaches further where autumn is in spring.
        let year = i32::midpoint(end.days.from.year, end.days.to.year);
        // What was told of the same, or near, may explain it.
        let is_start = |dated: &Dated| ((year - dated.days.from.year) - years).abs() <= 1;
        let paragraph = account.article.blocks[statement.block].span;
        let near = account.times_in(paragraph).filter_map(|number| self.time(number)).any(|dated| is_start(&dated));
        let told = self.told.statements.iter().take(10 * MOST).any(|other| {
            (other.subject == statement.subject || other.subject == Some(MAIN))
                && other.time.and_then(|time| self.time(time)).is_some_and(|dated| is_start(&dated))
        });
        if near || told {
            return;
        }
        let mut starts: Vec<Dated> = (1..account.times().len())
            .filter(|&to| account.opens_range(to - 1) || self.lasts_until(to - 1, to))
            .filter(|&to| self.time(to).is_some_and(|to| (to.days.from.year..=to.days.to.year).contains(&year)))
            .filter_map(|to| self.time(to - 1))
            .collect();
        let begins = VOCABULARY.classes_named(&["founding", "opening", "appointment", "becoming"]);
        let ends = VOCABULARY.classes_named(&["closing", "dissolution", "resignation", "retirement", "departure"]);
        let is_last = |word: &str| matches!(word, "last" | "closed" | "ended" | "ceased" | "end");
        let before = self.sentence_before(sentence).map(|before| account.words_of(before));
        let last = || {
            tokens.iter().any(|token| is_last(&token.word))
                || before.is_some_and(|words| words.iter().any(|(_, folded)| is_last(folded)))
        };
        let subjects = &self.told.subjects;
        for event in self.events(&begins, None) {
            let own = event.who == MAIN || Some(event.who) == statement.subject;
            // "The line was opened": what the article is about, by another noun.
            let called = !subjects.about_person() && !subjects.is_named(event.who);
            let ended = |who: SubjectId| {
                self.events(&ends, Some(who)).iter().any(|event| event.days.is_some_and(|days| days.from.year == year))
            };
            if (own || called) && (ended(event.who) || !subjects.about_person() && last()) {
                starts.extend(self.dated(event));
            }
        }
        if let Some(who) = statement.subject.filter(|&who| self.is_person(who) || subjects.is_named(who)) {
            starts.extend(self.entered(who, sentence));
        }
        starts.retain(|start| {
            let full = full_years(start.days.from, end.days.to);
            let count = year - start.days.from.year;
            start.days.to < end.days.from
                && (count - years).abs() > 1
                && (is_slip(years, count) || start.days.precision <= Precision::Month && is_slip(years, full))
        });
        starts.sort_by_key(|start| start.days.from);
        starts.dedup_by(|a, b| a.days.from.year == b.days.from.year);
        // What is nearly so many is not as many as it may be off when nothing else is known.
        const A_YEAR: f64 = 365.25;
        let said = number.map_or(said, |number| {
            let days = f64::from(number) * A_YEAR;
            Said::Length((days - 2.0 * A_YEAR) as i64, (days + 2.0 * A_YEAR) as i64)
        });
        if let [start] = starts.as_slice() {
            self.claim(words, said, vec![start.clone()], vec![end]);
        }
    }

    /// The days on which somebody may have taken up what another sentence tells the end of: "Lindholt was chosen in 1927", "came from
    /// Blackpool as general manager in March 1919", "the tiller passed to his son Murdo".
    fn entered(&self, who: SubjectId, sentence: Span) -> Vec<Dated> {
        let account = self.account;
        let mut days = Vec::new();
        let name = fold(&self.told.subjects.all[who].name).into_owned();
        let (given, surname) = (name.split(' ').next().unwrap_or(""), name.rsplit(' ').next().unwrap_or(""));
        const SHORTEST: usize = 4;
        for &other in account.article.sentences.iter().take(10 * MOST).filter(|&&other| other != sentence) {
            let words = account.words_of(other);
            let handed = words.iter().any(|(_, folded)| {
                matches!(folded.as_ref(), "passed" | "succeeded" | "succession" | "handed" | "successor")
            });
            let named = || words.iter().any(|(_, folded)| *folded == surname || *folded == given);
            if handed && surname.len() >= SHORTEST && named() {
                days.extend(account.times_in(other).filter_map(|number| self.time(number)));
            }
        }
        let enters = |other: &&Statement| {
            let verb = account.article.text(other.verb);
            other.subject == Some(who) && other.own && !other.unreal && ENTERING.iter().any(|base| is_verb(verb, base))
        };
        let entered = self.told.statements.iter().take(10 * MOST).filter(enters);
        days.extend(entered.filter_map(|other| other.time).filter_map(|time| self.time(time)));
        days
    }

    /// A number of days that is one slip of the pen away from the length of the one span of the story that has such a length. Where any two
    /// days of the article are so far apart, nothing is said.
    pub(super) fn slipped_days(
        &mut self,
        tokens: &[Token<'_>],
        first: usize,
        duration: Duration,
        said: Said,
        words: Span,
    ) {
        const FEWEST: i64 = 10;
        const LEADS: [&str; 7] = ["lasted", "passed", "last", "took", "taken", "for", "after"];
        const LOOKED_BACK: usize = 4;
        let exact = duration.unit == Unit::Day && duration.more.is_none();
        let Some(amount) = duration.amount.filter(|_| exact).map(|amount| (amount / 1000) as i64) else { return };
        let near = tokens[first.saturating_sub(LOOKED_BACK)..(first + LOOKED_BACK + 2).min(tokens.len())].iter();
        let leads = near.clone().any(|token| token.is(&LEADS));
        let hedged = ["about", "some", "nearly", "almost", "than", "over", "within"];
        let vague = near.clone().any(|token| token.is(&hedged))
            || first.checked_sub(1).is_some_and(|before| tokens[before].is(&["next", "first", "last", "every"]));
        if amount < FEWEST || !leads || vague || self.account.times().len() > MOST {
            return;
        }
        let days: Vec<Interval> = (0..self.account.times().len())
            .filter_map(|number| self.time(number))
            .map(|dated| dated.days)
            .filter(|days| days.precision == Precision::Day)
            .collect();
        const MOST_DAYS: usize = 120;
        let is_so_long = |from: Interval, to: Interval| (to.from.since(from.from) - amount).abs() <= 1;
        if days.len() > MOST_DAYS || days.iter().any(|&from| days.iter().any(|&to| is_so_long(from, to))) {
            return;
        }
        let mut spans = self.spans();
        spans.retain(|(from, to)| {
            let length = to.days.from.since(from.days.from);
            // Some count both ends.
            [length, length + 1].iter().any(|&length| is_slip(amount as i32, length as i32))
        });
        spans.dedup_by(|a, b| a.0.days == b.0.days && a.1.days == b.1.days);
        if let [(from, to)] = spans.as_slice() {
            self.claim(words, said, vec![from.clone()], vec![to.clone()]);
        }
    }

    /// The spans that the article tells of its own subject in full days: ranges, and from what begins to what ends.
    fn spans(&self) -> Vec<(Dated, Dated)> {
        const ENDS: [(&[&str], &[&str]); 5] = [
            (&["outbreak"], &["end"]),
            (&["departure"], &["return", "sinking", "stranding"]),
            (&["closing"], &["reopening"]),
            (&["suspension"], &["restart"]),
            (&["imprisonment"], &["release"]),
        ];
        let is_day = |dated: &Dated| dated.days.precision == Precision::Day;
        let mut spans: Vec<(Dated, Dated)> = (1..self.account.times().len())
            .filter(|&to| self.account.opens_range(to - 1))
            .filter_map(|to| Some((self.time(to - 1)?, self.time(to)?)))
            .collect();
        for (begins, ends) in ENDS {
            let of = |names: &[&str]| -> Vec<Dated> {
                let events = self.events(&VOCABULARY.classes_named(names), Some(MAIN));
                events.into_iter().filter_map(|event| self.dated(event)).filter(is_day).take(4).collect()
            };
            // The end may be told under another name: "the vessel", "the ship that went to pieces".
            let told: Vec<Dated> = self
                .events(&VOCABULARY.classes_named(ends), None)
                .into_iter()
                .filter_map(|event| self.dated(event))
                .filter(is_day)
                .take(4)
                .collect();
            for from in of(begins) {
                spans.extend(told.iter().map(|to| (from.clone(), to.clone())));
            }
        }
        spans.retain(|(from, to)| is_day(from) && is_day(to) && from.days.from < to.days.from);
        spans.sort_by_key(|(from, to)| (from.days.from, to.days.from));
        spans
    }
}

/// Verbs of those who take up what they leave years later, by their bases.
const ENTERING: [&str; 14] = [
    "appoint", "arriv", "becom", "become", "begin", "choos", "choose", "com", "come", "elect", "engag", "engage",
    "join", "succeed",
];

/// Whether two numbers of years differ in one digit, by more than counting otherwise would explain.
fn is_slip(said: i32, right: i32) -> bool {
    (said - right).abs() > 2
        && strsim::osa_distance(&said.to_string(), &right.to_string()) == 1
        && said.to_string().len() == right.to_string().len()
}
