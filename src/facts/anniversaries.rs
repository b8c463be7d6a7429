//! Days on which something is remembered, beside the day on which it happened.
//!
//! "On 4 November, the anniversary of the sinking" says of the sinking that it was on a 4 November. No other day of the article has to be
//! known for what it is: where the article tells no 4 November, but in its infobox, its lead or of its own subject a day that is one slip of
//! the pen away from it, the one or the other is wrong.

use super::slips::{self, Setting, Slip};
use super::subjects::MAIN;
use super::{Account, BlockKind};
use crate::source::Span;
use crate::time::{Day, Part, TimeExpression, Value};

/// A day of remembrance that is not the day of what is remembered.
#[derive(Debug, Clone, Copy)]
pub struct Remembrance {
    /// When it is remembered, as a number of [`Account::times`].
    pub kept: usize,
    /// When it happened, as such a number.
    pub told: usize,
}

/// Reads them, in the order of the text.
pub(super) fn read(account: &Account<'_>, settings: &[Setting]) -> Vec<Remembrance> {
    let article = account.article;
    let mut found = Vec::new();
    let lead = article.lead().map(|lead| lead.span);
    for block in article.blocks.iter().filter(|block| block.kind != BlockKind::Raw) {
        for &sentence in article.sentences_of(block) {
            let text = article.text(sentence);
            if sentence.len() > super::LONGEST_SENTENCE || !text.contains("anniversary") {
                continue;
            }
            for kept in account.times_in(sentence) {
                let time = &account.times()[kept];
                let Some(day) = day_of_year(time).filter(|_| !time.quoted) else { continue };
                if let Some(told) = remembered(settings, lead, text, day) {
                    found.push(Remembrance { kept, told });
                }
            }
        }
    }
    found
}

/// Month and day, and the year where it is told.
fn day_of_year(time: &TimeExpression) -> Option<(u8, u8, Option<i32>)> {
    let Value::Date(date) = time.value else { return None };
    let Part::Day(Some(month), Some(day)) = date.part else { return None };
    let year = time.interval().filter(|_| time.anchor == crate::time::Anchor::Explicit).map(|days| days.from.year);
    Some((month, day, year))
}

/// The one day that must be meant and is another.
fn remembered(
    settings: &[Setting],
    lead: Option<Span>,
    sentence: &str,
    (month, day, year): (u8, u8, Option<i32>),
) -> Option<usize> {
    let past = || settings.iter().filter(|setting| !setting.words.recurs());
    if past().any(|setting| setting.day.month == month && setting.day.day == day) {
        return None;
    }
    // "the fiftieth anniversary": so many years before.
    let ordinal = crate::text::words(sentence)
        .filter_map(|word| super::verbs::ordinal(&crate::text::fold(word.text)))
        .find(|&number| number > 1);
    let first = year.zip(ordinal).map(|(year, number)| year - number as i32);
    let mut candidates = past().filter(|setting| {
        let central = setting.field
            || lead.is_some_and(|lead| lead.contains(setting.sentence))
            || setting.events.iter().any(|&(_, who)| who == MAIN);
        let near = slips::slip(Day { month, day, ..setting.day }, setting.day);
        central && matches!(near, Some(Slip::Month | Slip::Day)) && first.is_none_or(|first| setting.day.year == first)
    });
    let only = candidates.next()?;
    candidates.all(|other| other.day == only.day).then_some(only.time)
}
