//! Lists whose entries have dates.

use super::Account;
use crate::article::BlockKind;
use crate::source::Span;
use crate::time::{Interval, TimeKind};

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
}

/// Reads the lists of an article.
pub(super) fn read(account: &Account<'_>) -> Vec<List> {
    let mut lists: Vec<List> = Vec::new();
    let mut open = false;
    for (number, block) in account.article.blocks.iter().enumerate() {
        let BlockKind::Item { first, .. } = block.kind else {
            open = false;
            continue;
        };
        if first || !open {
            lists.push(List { section: block.section, entries: Vec::new() });
        }
        open = true;
        let head = account.heads_entry(number).unwrap_or(block.span);
        if let (Some(entry), Some(list)) = (entry(account, head), lists.last_mut()) {
            list.entries.push(entry);
        }
    }
    lists.retain(|list| !list.entries.is_empty());
    lists
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
    if !opens || time.kind != TimeKind::Date || !account.is_plain(time) {
        return None;
    }
    let days = time.interval()?;
    let next = times.get(number + 1).filter(|_| account.opens_range(number));
    let until = next.and_then(|next| next.interval()).map_or(days.to, |next| next.to.max(days.to));
    Some(Entry { time: number, span: account.span(time), days, until })
}
