//! Lengths in days beside the spans that the article tells: "fifty days had passed", of a strike from 2 June to 12 July.

use super::{Dated, MOST, Reader, Said, lengths::is_slip};
use crate::facts::clauses::Token;
use crate::facts::subjects::MAIN;
use crate::facts::vocabulary::{ClassId, VOCABULARY};
use crate::source::Span;
use crate::time::{Duration, Interval, Precision, Unit};

impl Reader<'_, '_> {
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
        let classes =
            |names: &[&str]| -> Vec<ClassId> { names.iter().filter_map(|name| VOCABULARY.class(name)).collect() };
        for (begins, ends) in ENDS {
            let of = |names: &[&str]| -> Vec<Dated> {
                let events = self.events(&classes(names), Some(MAIN));
                events.into_iter().filter_map(|event| self.dated(event)).filter(is_day).take(4).collect()
            };
            // The end may be told under another name: "the vessel", "the ship that went to pieces".
            let told: Vec<Dated> = self
                .events(&classes(ends), None)
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
