//! Lists whose entries have dates.

use super::Account;
use crate::article::BlockKind;
use crate::source::Span;
use crate::time::{Anchor, Interval, Precision, TimeExpression, TimeKind};

/// A list, or a part of one, with the dates that head its entries.
#[derive(Debug)]
pub struct List {
    /// The section that it stands in.
    pub section: usize,
    /// Its entries that begin with a date, in order.
    pub entries: Vec<Entry>,
}

/// An entry of a list that begins with a date.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// The date, as a number of [`Account::times`].
    pub time: usize,
    /// The words of the date; of a range, of its first date.
    pub span: Span,
    /// The days that the date can mean; of a range, those of its first date.
    pub days: Interval,
    /// The last day that the entry speaks of: of a range, that of its second date.
    pub until: crate::time::Day,
    /// Whether the entry has a month and a day, and its year only from what stands before it.
    pub yearless: bool,
}

/// Reads the lists of an article.
pub(super) fn read(account: &Account<'_>) -> Vec<List> {
    let mut lists: Vec<List> = Vec::new();
    let mut trailing: Vec<List> = Vec::new();
    let mut sizes: Vec<usize> = Vec::new();
    let mut open = false;
    for (number, block) in account.article.blocks.iter().enumerate() {
        let BlockKind::Item { first, .. } = block.kind else {
            open = false;
            continue;
        };
        if first || !open {
            lists.push(List { section: block.section, entries: Vec::new() });
            trailing.push(List { section: block.section, entries: Vec::new() });
            sizes.push(0);
        }
        open = true;
        if let Some(size) = sizes.last_mut() {
            *size += 1;
        }
        if let (Some(entry), Some(list)) = (trailing_entry(account, block.span), trailing.last_mut()) {
            list.entries.push(entry);
        }
        let head = account.heads_entry(number).unwrap_or(block.span);
        if let (Some(entry), Some(list)) = (entry(account, head), lists.last_mut()) {
            list.entries.push(entry);
        }
    }
    // Where no entry begins with its date, all may end with it.
    for ((list, trailing), size) in lists.iter_mut().zip(trailing).zip(sizes) {
        if list.entries.is_empty() && trailing.entries.len() == size && size >= ALL_TRAILING {
            *list = trailing;
        }
    }
    lists.retain(|list| !list.entries.is_empty());
    for list in &mut lists {
        align_yearless(&mut list.entries);
    }
    lists
}

/// Days without a year, which a story would carry into the next year when they go back, are of one year in a list of such days.
/// A list over the turn of a year has no year that fits all; it loses its entries.
fn align_yearless(entries: &mut Vec<Entry>) {
    let own: Vec<i32> = entries.iter().filter(|entry| !entry.yearless).map(|entry| entry.days.from.year).collect();
    // "3 June 1916: …", and then "5 June: …".
    let heads_it = own.len() <= 1 && entries.iter().skip(1).all(|entry| entry.yearless);
    if !heads_it || entries.len() < 2 {
        return;
    }
    const AUTUMN: u8 = 10;
    const SPRING: u8 = 3;
    let month = |entry: &Entry| entry.days.from.month;
    if entries.iter().any(|entry| month(entry) >= AUTUMN) && entries.iter().any(|entry| month(entry) <= SPRING) {
        entries.clear();
        return;
    }
    let Some(year) = entries.first().map(|entry| entry.days.from.year) else { return };
    for entry in entries {
        let moved = year - entry.days.from.year;
        for day in [&mut entry.days.from, &mut entry.days.to, &mut entry.until] {
            day.year += moved;
        }
    }
}

/// A list whose dates stand at the ends of its entries has so many, or they are not what it is ordered by.
const ALL_TRAILING: usize = 4;

/// The date that an entry ends with: "Tidewater (1949)".
fn trailing_entry(account: &Account<'_>, block: Span) -> Option<Entry> {
    let numbers = account.times_in(block);
    let number = numbers.end.checked_sub(1).filter(|number| numbers.contains(number))?;
    let time = &account.times()[number];
    let behind = account.between(time.span.end, block.end as usize);
    let ends = behind.chars().all(|c| matches!(c, ')' | ']' | '.' | ' '));
    let range = account.opens_range(number) || number.checked_sub(1).is_some_and(|before| account.opens_range(before));
    let joined = account.before(time.span.start).trim_end().ends_with(['(', ',', ':', '–', '—']);
    if !ends || range || !joined || time.kind != TimeKind::Date || !account.is_plain(time) {
        return None;
    }
    let days = time.interval()?;
    Some(Entry { time: number, span: account.span(time), days, until: days.to, yearless: false })
}

/// The date that an entry begins with.
fn entry(account: &Account<'_>, head: Span) -> Option<Entry> {
    let times = account.times();
    let number = account.times_in(head).start;
    let time = times.get(number)?;
    let opens = account
        .between(head.start as usize, time.span.start)
        .trim_matches(|c: char| !c.is_alphanumeric())
        .split_whitespace()
        .all(|word| matches!(word, "In" | "On" | "in" | "on" | "the" | "The" | "c" | "By" | "Early" | "Late"));
    let days = time.interval()?;
    let yearless = time.anchor == Anchor::Story && days.precision <= Precision::Month && !time.quoted;
    if !opens || time.kind != TimeKind::Date || !yearless && !account.is_plain(time) {
        return None;
    }
    let next = times.get(number + 1).filter(|_| account.opens_range(number));
    let until = next.and_then(TimeExpression::interval).map_or(days.to, |next| next.to.max(days.to));
    Some(Entry { time: number, span: account.span(time), days, until, yearless })
}
