//! Flags citation markers that do not fit their list of references: no list at all, numbers that are skipped or come too early, markers
//! without an entry, entries that nothing cites.
//!
//! A marker whose entry is gone proves nothing, and numbers that are skipped show where text was lost on the way here. One cause is one
//! finding: the gaps of an article are named together, as ranges. Bracketed years, letters that an editor put into a quotation, and lists
//! that count through no markers (a bibliography) are left alone.
//!
//! ## Example
//! ```text fails
//! = Harbour of Marsa =
//!
//! The harbour was dredged twice.[1] A third attempt failed.[2] The quay was built of granite.[5]
//!
//! ==References==
//! - Port Office, Annual report
//! - Zammit, The old quays
//! - Borg, Granite
//! ```
//! Each marker has its entry, in the order of their first use:
//! ```text passes
//! = Harbour of Marsa =
//!
//! The harbour was dredged twice.[1] A third attempt failed.[2] The quay was built of granite.[3] The report says "it [sic] held".[1]
//!
//! ==References==
//! - Port Office, Annual report
//! - Zammit, The old quays
//! - Borg, Granite
//! ```

use crate::article::Article;
use crate::diagnostic::{Diagnostic, Severity};
use crate::reference::citations::{Citations, Entry, Label, List, Marker};
use crate::rule::{Check, Context, Findings, Rule};
use crate::text::{Map, Set, count, enumerate};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) static RULE: Rule = Rule { severity: Severity::Warning, checks: &[Check::Article(check)], thresholds: &[] };

fn check(article: &Article<'_>, _: &Context<'_>, findings: &mut Findings) {
    let citations = Citations::of(article);
    let lists: Vec<&List> = citations.lists.iter().filter(|list| !list.entries.is_empty()).collect();
    let labels = || lists.iter().flat_map(|list| &list.entries).filter_map(|entry| entry.label.as_ref());
    let has_footnotes = labels().any(|label| matches!(label, Label::Footnote(_)));
    if has_footnotes || citations.markers.iter().any(|marker| matches!(marker.label, Label::Footnote(_))) {
        footnotes(article, &citations, findings);
    }
    let numbers = Numbers::of(&citations.markers);
    let Some(&first) = numbers.order.first() else {
        let noted = citations.markers.iter().find(|marker| matches!(marker.label, Label::Note(_)));
        match noted {
            Some(marker) if lists.is_empty() => findings.push(no_list(article, &citations, marker)),
            Some(_) => {}
            None => uncited(article, &lists, &numbers, findings),
        }
        return;
    };
    let first = numbers.first[&first];
    let numbered: Vec<&&List> = lists.iter().filter(|list| list.numbered && !has_footnotes_only(list)).collect();
    if lists.iter().all(|list| has_footnotes_only(list)) {
        findings.push(no_list(article, &citations, first));
        gaps(&numbers, &BTreeSet::new(), findings);
    } else if numbered.is_empty() {
        gaps(&numbers, &BTreeSet::new(), findings);
    } else {
        let known = known_numbers(&numbered);
        // Where as many entries as markers are left, the list was counted anew after the text lost a number.
        let counted_anew = numbered.len() == 1
            && numbered[0].entries.iter().all(|entry| entry.label.is_none())
            && known.len() == numbers.first.len()
            && numbers.last() > known.len() as u32;
        if counted_anew {
            gaps(&numbers, &BTreeSet::new(), findings);
        } else {
            let missing = missing_entries(&numbers, &known, &numbered, findings);
            let uncited_too = known.iter().filter(|number| !numbers.first.contains_key(number)).count();
            // As many entries that nothing cites as markers without one: the numbers are wrong, not the list.
            if missing == 0 || missing != uncited_too {
                uncited(article, &lists, &numbers, findings);
            }
            gaps(&numbers, &known, findings);
        }
    }
    let alphabetical = numbered.iter().any(|list| is_alphabetical(article, list));
    if !alphabetical {
        order(&numbers, findings);
    }
}

/// The numbers that are cited.
struct Numbers<'a> {
    /// The first marker of each.
    first: BTreeMap<u32, &'a Marker>,
    /// The numbers in the order of their first use.
    order: Vec<u32>,
}

impl<'a> Numbers<'a> {
    fn of(markers: &'a [Marker]) -> Self {
        let mut numbers = Self { first: BTreeMap::new(), order: Vec::new() };
        for marker in markers {
            if let Label::Number(number) = marker.label
                && !numbers.first.contains_key(&number)
            {
                numbers.first.insert(number, marker);
                numbers.order.push(number);
            }
        }
        numbers
    }

    fn last(&self) -> u32 {
        self.first.keys().next_back().copied().unwrap_or(0)
    }
}

fn has_footnotes_only(list: &List) -> bool {
    list.entries.iter().all(|entry| matches!(entry.label, Some(Label::Footnote(_))))
}

/// The numbers that entries have, by what they say or by their place.
fn known_numbers(lists: &[&&List]) -> BTreeSet<u32> {
    lists
        .iter()
        .flat_map(|list| list.entries.iter().enumerate().filter_map(|(place, entry)| number_of(place, entry)))
        .collect()
}

fn number_of(place: usize, entry: &Entry) -> Option<u32> {
    match entry.label {
        Some(Label::Number(number)) => Some(number),
        None => Some(place as u32 + 1),
        Some(_) => None,
    }
}

fn no_list(article: &Article<'_>, citations: &Citations, first: &Marker) -> Diagnostic {
    let mut places: Vec<_> = citations.markers.iter().map(|marker| marker.span).collect();
    places.dedup();
    let marker = article.text(first.span);
    let message = match places.len() {
        1 => format!("the marker {marker} points into no list: the article has no references"),
        number => format!(
            "{} from {marker} on point into no list: the article has no references",
            count(number, "citation marker")
        ),
    };
    let diagnostic = Diagnostic::new(first.span, message).label("no list to look this up");
    let empty = citations.lists.iter().find(|list| list.entries.is_empty()).and_then(|list| list.heading);
    let help = "add the list of references, or remove the markers";
    match empty {
        Some(heading) => diagnostic.related(heading, "nothing stands under this heading").help(help),
        None => diagnostic.help(help),
    }
}

/// Numbers that are skipped, where no entry has them either.
fn gaps(numbers: &Numbers<'_>, known: &BTreeSet<u32>, findings: &mut Findings) {
    let skipped: Vec<u32> =
        (1..numbers.last()).filter(|number| !numbers.first.contains_key(number) && !known.contains(number)).collect();
    // One number alone is no row that could have gaps.
    let Some(&gap) = skipped.first().filter(|_| numbers.order.len() > 1) else { return };
    let behind = numbers.order.iter().find(|&&number| number > gap).map(|number| numbers.first[number]);
    let Some(behind) = behind else { return };
    let before = numbers.first.range(..gap).next_back();
    let names = if skipped.len() == 1 { "number" } else { "numbers" };
    let mut diagnostic = Diagnostic::new(
        behind.span,
        format!("no marker has the {names} {}: text before these may be lost", ranges(&skipped)),
    )
    .label(match before {
        Some((number, _)) => format!("the number before is {number}"),
        None => String::from("the first marker"),
    });
    if let Some((_, marker)) = before.filter(|(_, marker)| marker.span != behind.span) {
        diagnostic = diagnostic.related(marker.span, "the one before");
    }
    findings.push(diagnostic.help("find what was lost here, or number the markers anew"));
}

/// Markers whose number is no entry's; how many there are.
fn missing_entries(numbers: &Numbers<'_>, known: &BTreeSet<u32>, lists: &[&&List], findings: &mut Findings) -> usize {
    let missing: Vec<u32> = numbers.first.keys().copied().filter(|number| !known.contains(number)).collect();
    let first = numbers.order.iter().find(|number| !known.contains(number));
    let (Some(first), Some(last)) = (first, known.last()) else { return 0 };
    let ends = lists.iter().filter_map(|list| list.entries.last()).next_back();
    let verb = if missing.len() == 1 { "has" } else { "have" };
    let mut diagnostic = Diagnostic::new(
        numbers.first[first].span,
        format!("{} {verb} no entry in the list of references", markers(&missing)),
    )
    .label("no such entry")
    .help("add the entry, or correct the number");
    if let Some(end) = ends {
        diagnostic = diagnostic.related(end.span, format!("the last entry has the number {last}"));
    }
    findings.push(diagnostic);
    missing.len()
}

/// Entries that no marker cites.
fn uncited(article: &Article<'_>, lists: &[&List], numbers: &Numbers<'_>, findings: &mut Findings) {
    let mut countable = lists.iter().filter(|list| list.numbered && !has_footnotes_only(list));
    // With two lists the place in one is no number.
    let (Some(list), None) = (countable.next(), countable.next()) else { return };
    // A list that counts itself and that no text cites may be read from its start to its end; one with labels in brackets may not.
    let in_brackets = list.entries.iter().all(|entry| article.text(entry.span).starts_with('['));
    if numbers.first.is_empty() && !in_brackets {
        return;
    }
    let entries = list.entries.iter().enumerate().filter_map(|(place, entry)| Some((number_of(place, entry)?, entry)));
    let uncited: Vec<(u32, &Entry)> = entries.filter(|(number, _)| !numbers.first.contains_key(number)).collect();
    let Some((_, first)) = uncited.first() else { return };
    let names: Vec<u32> = uncited.iter().map(|(number, _)| *number).collect();
    let message = match names.as_slice() {
        [one] => format!("entry {one} of the references is cited nowhere"),
        _ => format!("the entries {} of the references are cited nowhere", ranges(&names)),
    };
    let mut diagnostic = Diagnostic::new(first.span, message).label("nothing cites this");
    // The marker behind the gap shows where one was lost.
    if let Some(marker) = numbers.order.iter().find(|&&number| number > names[0]).map(|number| numbers.first[number]) {
        diagnostic = diagnostic.related(marker.span, "the first marker with a higher number");
    }
    findings.push(diagnostic.help("cite the entry where it belongs, or remove it"));
}

/// Markers whose number comes too early or too late: on first use they count upwards.
fn order(numbers: &Numbers<'_>, findings: &mut Findings) {
    /// Where more than one in so many first uses goes down, the numbers follow another order.
    const DESCENTS: usize = 3;
    let descents = numbers.order.windows(2).filter(|pair| pair[1] < pair[0]).count();
    if descents == 0 || descents > 1 && descents * DESCENTS > numbers.order.len() {
        return;
    }
    let Some(at) = numbers.order.windows(2).position(|pair| pair[1] < pair[0]) else { return };
    let (high, low) = (numbers.order[at], numbers.order[at + 1]);
    let (before, late) = (numbers.first[&high], numbers.first[&low]);
    if before.span == late.span {
        return;
    }
    let more = if descents > 1 { format!("; {} more", descents - 1) } else { String::new() };
    findings.push(
        Diagnostic::new(
            late.span,
            format!("[{low}] is first cited after [{high}]: markers count in the order of their first use{more}"),
        )
        .label(format!("comes after [{high}]"))
        .related(before.span, "the higher number")
        .help("number the markers and the list anew, or find the marker that was moved or lost"),
    );
}

/// Whether the entries of a list are in the order of the alphabet: their numbers then follow the authors, not the text.
fn is_alphabetical(article: &Article<'_>, list: &List) -> bool {
    let word = |entry: &Entry| -> String {
        let text = article.text(entry.span);
        text.chars()
            .skip_while(|c| !c.is_alphabetic())
            .take_while(|c| c.is_alphanumeric())
            .collect::<String>()
            .to_lowercase()
    };
    let words: Vec<String> = list.entries.iter().map(word).collect();
    words.len() > 2 && words.is_sorted()
}

/// Footnotes of Markdown, which have names: markers without a footnote, and footnotes without a marker.
fn footnotes(article: &Article<'_>, citations: &Citations, findings: &mut Findings) {
    let entries = citations.lists.iter().flat_map(|list| &list.entries);
    let mut defined: Map<&str, &Entry> = Map::default();
    let mut in_order: Vec<(&str, &Entry)> = Vec::new();
    for entry in entries {
        if let Some(Label::Footnote(name)) = &entry.label
            && defined.insert(name, entry).is_none()
        {
            in_order.push((name, entry));
        }
    }
    let mut cited: Set<&str> = Set::default();
    let mut missing: Vec<&Marker> = Vec::new();
    for marker in &citations.markers {
        if let Label::Footnote(name) = &marker.label
            && cited.insert(name)
            && !defined.contains_key(name.as_str())
        {
            missing.push(marker);
        }
    }
    let names = |markers: &[&Marker]| few(markers.iter().map(|marker| article.text(marker.span).to_owned()).collect());
    if let Some(first) = missing.first() {
        if defined.is_empty() {
            findings.push(no_list(article, citations, first));
        } else {
            let verb = if missing.len() == 1 { "has" } else { "have" };
            findings.push(
                Diagnostic::new(first.span, format!("{} {verb} no footnote", names(&missing)))
                    .label("no such footnote")
                    .help("write the footnote, or correct the name"),
            );
        }
    }
    let uncited: Vec<&(&str, &Entry)> = in_order.iter().filter(|(name, _)| !cited.contains(name)).collect();
    if let Some((_, first)) = uncited.first() {
        let names: Vec<String> = uncited.iter().map(|(name, _)| format!("[^{name}]")).collect();
        let (noun, verb) = if names.len() == 1 { ("footnote", "is") } else { ("footnotes", "are") };
        findings.push(
            Diagnostic::new(first.span, format!("the {noun} {} {verb} cited nowhere", few(names)))
                .label("nothing cites this")
                .help("cite it where it belongs, or remove it"),
        );
    }
}

/// `[3]`, `[3]` and `[5–7]`.
fn markers(numbers: &[u32]) -> String {
    few(runs(numbers).into_iter().map(|run| format!("[{run}]")).collect())
}

/// "2–4, 6 and 10–12".
fn ranges(numbers: &[u32]) -> String {
    few(runs(numbers))
}

/// The runs of rising numbers, each as "3" or "3–5".
fn runs(numbers: &[u32]) -> Vec<String> {
    let runs = numbers.chunk_by(|a, b| a + 1 == *b);
    runs.map(|run| match run {
        [one] => one.to_string(),
        [first, .., last] => format!("{first}–{last}"),
        [] => String::new(),
    })
    .collect()
}

/// A list in prose; of very many items the first.
fn few(mut items: Vec<String>) -> String {
    const MOST: usize = 12;
    if items.len() > MOST {
        let more = format!("{} more", items.len() - MOST);
        items.truncate(MOST);
        items.push(more);
    }
    enumerate(&items)
}
