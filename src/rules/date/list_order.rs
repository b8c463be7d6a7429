//! Flags an entry of a dated list that stands before an earlier one, where the rest of the list is in order.
//!
//! The list may run upwards or downwards. A list whose entries are in no order of time is left alone, as is one that has too few
//! dates to tell. A year beside a full day of that year is in order either way.
//!
//! ## Example
//! ```text fails
//! = Polmear works =
//!
//! - 1849: Boat slip
//! - 1872: Lifeboat house
//! - 1857: Breakwater
//! - 1864: Viaduct
//! - 1868: Tower
//! ```
//! The lifeboat house stands before three older works.
//! ```text passes
//! = Polmear works =
//!
//! - 1868: Tower
//! - 1864: Viaduct
//! - 1857: Breakwater
//! - 1849: Boat slip
//! ```

use crate::article::Article;
use crate::diagnostic::{Diagnostic, Severity};
use crate::facts::{Account, Entry};
use crate::rule::{Check, Context, Findings, Rule};
use crate::settings::Threshold;

pub(crate) static RULE: Rule =
    Rule { severity: Severity::Warning, checks: &[Check::Article(check)], thresholds: &[&ENTRIES] };

static ENTRIES: Threshold = Threshold {
    name: "entries",
    default: 4,
    range: 3..=1000,
    meaning: "a list of fewer dated entries does not show its order",
};

fn check(_: &Article<'_>, context: &Context<'_>, findings: &mut Findings) {
    let account = context.account;
    let fewest = context.thresholds.get(&ENTRIES) as usize;
    for list in account.lists().iter().filter(|list| list.entries.len() >= fewest) {
        if let Some((first, second)) = exchanged(&list.entries) {
            let words = |entry: usize| account.flat(list.entries[entry].span);
            findings.push(
                Diagnostic::new(
                    list.entries[first].span,
                    format!("{} and {} stand in each other's place in this list", words(first), words(second)),
                )
                .label("out of order")
                .related(list.entries[second].span, "out of order, too")
                .help("exchange the two entries, or correct their dates"),
            );
            continue;
        }
        let Some((order, misplaced)) = misplaced(&list.entries) else { continue };
        for (entry, other) in misplaced {
            report(account, order, &list.entries, entry, other, findings);
        }
    }
}

fn report(account: &Account<'_>, order: Order, entries: &[Entry], entry: usize, other: usize, findings: &mut Findings) {
    let words = |entry: usize| account.flat(entries[entry].span);
    let side = if order == Order::Up { "oldest" } else { "newest" };
    let (place, of_other) = if entry < other { ("before", "comes behind it") } else { ("after", "comes before it") };
    findings.push(
        Diagnostic::new(
            entries[entry].span,
            format!("{} stands {place} {}, in a list that has the {side} first", words(entry), words(other)),
        )
        .label("out of order")
        .related(entries[other].span, of_other)
        .help("move the entry to its place, or correct its date"),
    );
}

/// Which way a list runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    /// Oldest first.
    Up,
    /// Newest first.
    Down,
}

/// Two entries that are not neighbours, which bring the list into order when they change places.
fn exchanged(entries: &[Entry]) -> Option<(usize, usize)> {
    // In a short list two that change places say as much about it as the others.
    if entries.len() <= ENTRIES.default as usize {
        return None;
    }
    let all: Vec<usize> = (0..entries.len()).collect();
    [Order::Up, Order::Down].into_iter().find_map(|order| {
        broken(entries, order, &all)?;
        let first = (0..entries.len() - 1).find(|&at| wrong(entries, order, at, at + 1))?;
        let last = (1..entries.len()).rev().find(|&at| wrong(entries, order, at - 1, at))?;
        let mut exchanged = entries.to_vec();
        exchanged.swap(first, last);
        (last > first + 1 && broken(&exchanged, order, &all).is_none()).then_some((first, last))
    })
}

/// The way a list runs and the few entries that break it, each with one that it stands on the wrong side of. `None` where the list
/// has no order, or nothing breaks it.
fn misplaced(entries: &[Entry]) -> Option<(Order, Vec<(usize, usize)>)> {
    let steps = |up: bool| {
        entries
            .windows(2)
            .filter(|pair| if up { before(&pair[0], &pair[1]) } else { before(&pair[1], &pair[0]) })
            .count()
    };
    let (ups, downs) = (steps(true), steps(false));
    let order = if ups > downs { Order::Up } else { Order::Down };
    if ups.max(downs) < 2 || ups.min(downs) * 2 > ups.max(downs) {
        return None;
    }
    // One in eight may be out of place; a list with more has another order, or none.
    const MOST: usize = 16;
    let allowed = (entries.len() / 8).clamp(1, MOST);
    let mut kept: Vec<usize> = (0..entries.len()).collect();
    let mut found = Vec::new();
    while let Some((first, second)) = broken(entries, order, &kept) {
        if found.len() == allowed {
            return None;
        }
        // Which of the two breaks the order is told by how many others it is on the wrong side of.
        let wrongs = |entry: usize| {
            kept.iter()
                .filter(|&&other| other != entry && wrong(entries, order, entry.min(other), entry.max(other)))
                .count()
        };
        let (entry, other) = if wrongs(second) > wrongs(first) { (second, first) } else { (first, second) };
        kept.retain(|&kept| kept != entry);
        found.push((entry, other));
    }
    (!found.is_empty()).then_some((order, found))
}

/// Whether one date is surely before another.
fn before(one: &Entry, other: &Entry) -> bool {
    one.days.to < other.days.from
}

/// Whether two entries, the first of which stands first, are in the wrong order.
fn wrong(entries: &[Entry], order: Order, first: usize, second: usize) -> bool {
    match order {
        Order::Up => before(&entries[second], &entries[first]),
        Order::Down => before(&entries[first], &entries[second]),
    }
}

/// The first entry that is on the wrong side of one before it, and that one.
fn broken(entries: &[Entry], order: Order, kept: &[usize]) -> Option<(usize, usize)> {
    let mut furthest: Option<usize> = None;
    for &number in kept {
        if let Some(far) = furthest.filter(|&far| wrong(entries, order, far, number)) {
            return Some((far, number));
        }
        let further = furthest.is_none_or(|far| match order {
            Order::Up => entries[number].days.from > entries[far].days.from,
            Order::Down => entries[number].days.to < entries[far].days.to,
        });
        if further {
            furthest = Some(number);
        }
    }
    None
}
