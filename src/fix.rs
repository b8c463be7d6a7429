//! Applies the corrections that rules offer.
//!
//! Rounds of choosing, applying and checking anew, until nothing is left to correct. In a round no two corrections touch each other;
//! what has to wait comes in the next. A correction after which there are more errors than it took away is dropped. Nothing
//! here opens a file but the [`Writer`].

mod diff;
mod replace;

pub use diff::unified;
pub use replace::{Refusal, Writer, write_whole};

use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::source::{SourceId, Sources, Span};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Corrections that make others possible are applied in so many rounds at most.
const ROUNDS: usize = 10;
/// So often at most what was dropped is tried again.
const PASSES: usize = 8;
/// Looking for the correction that makes an error costs a check each time; after so many in a round all that are left are dropped.
const TRIALS: usize = 64;

/// Which corrections to apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Those that are right whatever the author meant.
    Safe,
    /// The others as well.
    All,
}

impl Which {
    fn includes(self, fix: &Fix) -> bool {
        fix.safe || self == Which::All
    }
}

/// What corrections have made of the files.
#[derive(Debug, Default)]
pub struct Fixed {
    /// The text that each changed file had.
    pub before: BTreeMap<SourceId, String>,
    /// How many findings were corrected, by file.
    pub findings: BTreeMap<SourceId, usize>,
    /// How many corrections were dropped because they would have made errors.
    pub dropped: usize,
}

impl Fixed {
    /// How many findings were corrected in all.
    pub fn total(&self) -> usize {
        self.findings.values().sum()
    }
}

/// Corrects the texts of files in memory. `check` finds what is wrong with them; it is given back what is wrong in the end.
///
/// `found` is what `check` has found in them as they are.
pub fn fix(
    sources: &mut Sources,
    which: Which,
    found: Vec<Diagnostic>,
    check: impl Fn(&mut Sources) -> Vec<Diagnostic>,
) -> (Fixed, Vec<Diagnostic>) {
    let mut fixing = Fixing { fixed: Fixed::default(), found, dropped: HashSet::new(), check };
    for _ in 0..PASSES {
        // What was dropped may be right now that other words have changed. Trying it again here is what a second run would do.
        fixing.dropped.clear();
        let before = fixing.fixed.total();
        for _ in 0..ROUNDS {
            let chosen = choose(sources, which, &fixing.found, &fixing.dropped);
            if chosen.is_empty() {
                break;
            }
            fixing.apply(sources, &chosen);
        }
        if fixing.dropped.is_empty() || fixing.fixed.total() == before {
            break;
        }
    }
    fixing.fixed.dropped = fixing.dropped.len();
    let changed = |(id, before): (SourceId, String)| (sources.get(id).text() != before).then_some((id, before));
    fixing.fixed.before = std::mem::take(&mut fixing.fixed.before).into_iter().filter_map(changed).collect();
    (fixing.fixed, fixing.found)
}

/// A correction that was chosen, and the findings that it corrects.
#[derive(Debug, Clone)]
struct Chosen {
    rule: &'static str,
    severity: Severity,
    source: SourceId,
    edits: Vec<Edit>,
    findings: usize,
}

/// What tells a correction from others, whatever else has changed: its rule, its file, what it takes away and what it puts there.
type Name = (&'static str, SourceId, Vec<(String, String)>);

impl Chosen {
    fn name(&self, sources: &Sources) -> Name {
        let edit = |edit: &Edit| (sources.text(edit.span).to_owned(), edit.text.clone());
        (self.rule, self.source, self.edits.iter().map(edit).collect())
    }
}

/// The corrections of a round, in the order of their findings: of those that touch each other the first.
fn choose(sources: &Sources, which: Which, found: &[Diagnostic], dropped: &HashSet<Name>) -> Vec<Chosen> {
    let mut chosen: Vec<Chosen> = Vec::new();
    // The places that are taken in each file, by where they begin: where they end.
    let mut taken: HashMap<SourceId, BTreeMap<u32, u32>> = HashMap::new();
    for diagnostic in found {
        let Some(fix) = diagnostic.fix.as_ref().filter(|fix| which.includes(fix) && !fix.edits.is_empty()) else {
            continue;
        };
        let changes = |edit: &Edit| sources.text(edit.span) != edit.text;
        let readable = |edit: &Edit| sources.get(edit.span.source).unreadable.is_none();
        if !fix.edits.iter().all(readable) || !fix.edits.iter().any(changes) {
            continue;
        }
        // Two findings may ask for the same.
        if let Some(same) = chosen.iter_mut().rev().take(8).find(|chosen| chosen.edits == fix.edits) {
            same.findings += 1;
            continue;
        }
        let one = Chosen {
            rule: diagnostic.rule,
            severity: diagnostic.severity,
            source: diagnostic.primary.span.source,
            edits: fix.edits.clone(),
            findings: 1,
        };
        let mut own: Vec<Span> = fix.edits.iter().map(|edit| edit.span).collect();
        own.sort_unstable();
        let apart = own.windows(2).all(|pair| pair[0].source != pair[1].source || pair[0].end < pair[1].start);
        let free = |span: &Span| {
            let Some(taken) = taken.get(&span.source) else { return true };
            // What only touches may depend on each other, too.
            let before = taken.range(..=span.end).next_back();
            before.is_none_or(|(_, end)| *end < span.start)
        };
        if !apart || !own.iter().all(free) || !dropped.is_empty() && dropped.contains(&one.name(sources)) {
            continue;
        }
        for span in own {
            taken.entry(span.source).or_default().insert(span.start, span.end);
        }
        chosen.push(one);
    }
    chosen
}

/// Findings in the files as they are, and what became of them.
struct Fixing<C> {
    fixed: Fixed,
    found: Vec<Diagnostic>,
    dropped: HashSet<Name>,
    check: C,
}

impl<C: Fn(&mut Sources) -> Vec<Diagnostic>> Fixing<C> {
    /// Applies the corrections of a round, but for those that make errors.
    fn apply(&mut self, sources: &mut Sources, chosen: &[Chosen]) {
        let mut trials = 0;
        // Groups of corrections that are still to be tried, the next one last. A group that makes an error falls into halves.
        let mut groups: Vec<Vec<Chosen>> = vec![chosen.to_vec()];
        while let Some(group) = groups.pop() {
            trials += 1;
            if trials > TRIALS {
                self.dropped.extend(group.iter().map(|one| one.name(sources)));
                continue;
            }
            let names: Vec<Name> = group.iter().map(|one| one.name(sources)).collect();
            let before = edit(sources, &group);
            let found = (self.check)(sources);
            let Some(culprits) = new_errors(sources, &self.found, &found, &group) else {
                for one in &group {
                    *self.fixed.findings.entry(one.source).or_default() += one.findings;
                }
                for (id, text) in before {
                    self.fixed.before.entry(id).or_insert(text);
                }
                self.found = found;
                for rest in &mut groups {
                    move_behind(rest, &group);
                }
                continue;
            };
            for (id, text) in before {
                sources.replace(id, text);
            }
            if let [_] = group.as_slice() {
                self.dropped.extend(names);
                continue;
            }
            // Those in the files that got errors are the likely ones; the others are tried first and together.
            let in_question = |one: &Chosen| one.edits.iter().any(|edit| culprits.contains(&edit.span.source));
            let (suspects, others): (Vec<_>, Vec<_>) = group.iter().cloned().partition(in_question);
            if suspects.is_empty() || others.is_empty() {
                let (first, second) = group.split_at(group.len() / 2);
                groups.push(second.to_vec());
                groups.push(first.to_vec());
            } else {
                groups.push(suspects);
                groups.push(others);
            }
        }
    }
}

/// Applies corrections that do not touch each other; the texts that the files had.
fn edit(sources: &mut Sources, chosen: &[Chosen]) -> Vec<(SourceId, String)> {
    let mut by_file: BTreeMap<SourceId, Vec<&Edit>> = BTreeMap::new();
    for edit in chosen.iter().flat_map(|one| &one.edits) {
        by_file.entry(edit.span.source).or_default().push(edit);
    }
    let mut before = Vec::with_capacity(by_file.len());
    for (id, mut edits) in by_file {
        edits.sort_unstable_by_key(|edit| edit.span);
        let old = sources.get(id).text();
        let mut new = String::with_capacity(old.len() + edits.iter().map(|edit| edit.text.len()).sum::<usize>());
        let mut done = 0;
        for edit in edits {
            new.push_str(&old[done..edit.span.range().start]);
            new.push_str(&edit.text);
            done = edit.span.range().end;
        }
        new.push_str(&old[done..]);
        before.push((id, sources.replace(id, new)));
    }
    before
}

/// Moves the places of corrections that are still to come behind those that were applied.
fn move_behind(rest: &mut [Chosen], applied: &[Chosen]) {
    // For each file where what was applied ended, and by how many bytes it and all before it made the text longer.
    let mut shifts: HashMap<SourceId, Vec<(u32, i64)>> = HashMap::new();
    for edit in applied.iter().flat_map(|one| &one.edits) {
        let longer = edit.text.len() as i64 - edit.span.len() as i64;
        shifts.entry(edit.span.source).or_default().push((edit.span.end, longer));
    }
    for shifts in shifts.values_mut() {
        shifts.sort_unstable();
        let mut sum = 0;
        for (_, longer) in shifts {
            sum += *longer;
            *longer = sum;
        }
    }
    for edit in rest.iter_mut().flat_map(|one| &mut one.edits) {
        let Some(shifts) = shifts.get(&edit.span.source) else { continue };
        let before = shifts.partition_point(|(end, _)| *end <= edit.span.start);
        let shift = before.checked_sub(1).map_or(0, |last| shifts[last].1);
        edit.span.start = (i64::from(edit.span.start) + shift) as u32;
        edit.span.end = (i64::from(edit.span.end) + shift) as u32;
    }
}

/// The files that have more errors of a rule than those that were corrected leave; `None` where there is none.
fn new_errors(
    sources: &Sources,
    before: &[Diagnostic],
    after: &[Diagnostic],
    applied: &[Chosen],
) -> Option<HashSet<SourceId>> {
    let mut room: HashMap<(SourceId, &str), i64> = HashMap::new();
    let is_error = |diagnostic: &&Diagnostic| diagnostic.severity == Severity::Error;
    for diagnostic in before.iter().filter(is_error) {
        *room.entry((diagnostic.primary.span.source, diagnostic.rule)).or_default() += 1;
    }
    for one in applied.iter().filter(|one| one.severity == Severity::Error) {
        *room.entry((one.source, one.rule)).or_default() -= one.findings as i64;
    }
    for diagnostic in after.iter().filter(is_error) {
        *room.entry((diagnostic.primary.span.source, diagnostic.rule)).or_default() -= 1;
    }
    // A file that is no article any more has lost its findings with its text.
    let emptied = applied.iter().flat_map(|one| &one.edits).map(|edit| edit.span.source);
    let emptied = emptied.filter(|&id| sources.get(id).text().trim_start_matches('\u{FEFF}').trim().is_empty());
    let culprits: HashSet<SourceId> =
        room.into_iter().filter(|(_, room)| *room < 0).map(|((source, _), _)| source).chain(emptied).collect();
    (!culprits.is_empty()).then_some(culprits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceFile;
    use std::path::PathBuf;

    fn sources(text: &str) -> Sources {
        Sources::new(vec![SourceFile::new("a.txt".into(), PathBuf::new(), text.into())])
    }

    /// A rule that finds each `from` an error, and offers `to`.
    fn replacing(
        rule: &'static str,
        from: &'static str,
        to: &'static str,
        safe: bool,
    ) -> impl Fn(&mut Sources) -> Vec<Diagnostic> {
        move |sources| {
            let found = |(at, words): (usize, &str)| {
                let span = Span::new(SourceId(0), at, at + words.len());
                Diagnostic { rule, ..Diagnostic::new(span, from).fix("write it", safe, span, to) }
            };
            sources.get(SourceId(0)).text().match_indices(from).map(found).collect()
        }
    }

    fn run(text: &str, which: Which, check: impl Fn(&mut Sources) -> Vec<Diagnostic>) -> (String, usize, usize) {
        let mut sources = sources(text);
        let found = check(&mut sources);
        let (fixed, _) = fix(&mut sources, which, found, check);
        (sources.get(SourceId(0)).text().to_owned(), fixed.total(), fixed.dropped)
    }

    #[test]
    fn safe_ones_alone_unless_all_are_wanted() {
        assert_eq!(run("a b a", Which::Safe, replacing("r", "a", "xy", true)), ("xy b xy".into(), 2, 0));
        assert_eq!(run("a b a", Which::Safe, replacing("r", "a", "xy", false)), ("a b a".into(), 0, 0));
        assert_eq!(run("a b a", Which::All, replacing("r", "a", "xy", false)), ("xy b xy".into(), 2, 0));
    }

    #[test]
    fn what_touches_waits_for_the_next_round() {
        assert_eq!(run("aaa", Which::Safe, replacing("r", "a", "b", true)), ("bbb".into(), 3, 0));
        // Two rules want the same words: the first in order has them.
        let both = |sources: &mut Sources| {
            let mut found = replacing("r", "ab", "x", true)(sources);
            found.extend(replacing("s", "bc", "y", true)(sources));
            found
        };
        assert_eq!(run("abc", Which::Safe, both), ("xc".into(), 1, 0));
    }

    #[test]
    fn what_makes_errors_is_dropped() {
        // "bad" becomes "worse", which is an error of another rule; "odd" is corrected all the same.
        let check = |sources: &mut Sources| {
            let mut found = replacing("r", "bad", "worse", true)(sources);
            found.extend(replacing("r", "odd", "even", true)(sources));
            found.extend(replacing("s", "worse", "worse", true)(sources));
            found
        };
        assert_eq!(run("odd bad odd", Which::Safe, check), ("even bad even".into(), 2, 1));
    }

    /// What is corrected first makes the text longer or shorter; what is tried behind it must find its words all the same.
    #[test]
    fn what_is_tried_later_is_where_the_text_has_moved_it() {
        for (odd, even) in [("odd", "even"), ("uneven", "odd")] {
            let check = |sources: &mut Sources| {
                let mut found = replacing("r", odd, even, true)(sources);
                found.extend(replacing("r", "bad", "worse", true)(sources));
                found.extend(replacing("s", "worse", "worse", true)(sources));
                found
            };
            let text = |word: &str| format!("{word} bad {word} x bad {word}");
            let mut sources = sources(&text(odd));
            let found = check(&mut sources);
            let (fixed, left) = fix(&mut sources, Which::Safe, found, check);
            assert_eq!(sources.get(SourceId(0)).text(), text(even));
            // What puts the same words for the same words counts once.
            assert_eq!((fixed.total(), fixed.dropped, left.len()), (3, 1, 2));
            assert_eq!(fixed.before[&SourceId(0)], text(odd));
        }
    }

    /// Of several files the ones that got errors are looked at alone; the others are corrected at once.
    #[test]
    fn a_file_that_gets_errors_holds_up_no_other() {
        let texts = ["odd", "bad", "odd"];
        let file = |(number, text): (usize, &&str)| {
            SourceFile::new(format!("{number}.txt"), PathBuf::new(), String::from(*text))
        };
        let mut sources = Sources::new(texts.iter().enumerate().map(file).collect());
        let checks = std::cell::Cell::new(0);
        let check = |sources: &mut Sources| {
            checks.set(checks.get() + 1);
            let mut found = Vec::new();
            for id in (0..3).map(SourceId) {
                let text = sources.get(id).text();
                let span = Span::new(id, 0, text.len());
                let error = |rule| Diagnostic { rule, ..Diagnostic::new(span, "it is wrong") };
                match text {
                    "odd" => found.push(error("r").fix("write it", true, span, "even")),
                    "bad" => found.push(error("r").fix("write it", true, span, "worse")),
                    "worse" => found.push(error("s")),
                    _ => {}
                }
            }
            found
        };
        let found = check(&mut sources);
        let (fixed, left) = fix(&mut sources, Which::Safe, found, check);
        let now: Vec<&str> = (0..3).map(|number| sources.get(SourceId(number)).text()).collect();
        assert_eq!(now, ["even", "bad", "even"]);
        assert_eq!((fixed.total(), fixed.dropped, left.len()), (2, 1, 1));
        assert!(!fixed.before.contains_key(&SourceId(1)), "what has not changed has no text from before");
    }

    /// What was dropped is tried again when other words have changed.
    #[test]
    fn what_was_dropped_may_be_right_later() {
        // "cart" may only be written where "horse" is already, and that takes two rounds: its two corrections touch.
        let check = |sources: &mut Sources| {
            let early = !sources.get(SourceId(0)).text().contains("horse");
            let mut found = replacing("r", "crat", "cart", true)(sources);
            found.extend(replacing("r", "hh", "h", true)(sources));
            found.extend(replacing("r", "oo", "o", true)(sources));
            if early {
                found.extend(replacing("s", "cart", "cart", true)(sources));
            }
            found
        };
        assert_eq!(run("crat hhoorse", Which::Safe, check), ("cart horse".into(), 3, 0));
    }

    /// Looking for the corrections that make errors ends, however many there are; what was not looked at is not applied.
    #[test]
    fn errors_without_number_are_not_all_looked_for() {
        let text = (0..200).map(|number| format!("bad{number:03} ")).collect::<Vec<_>>().concat();
        let mut sources = sources(&text);
        let checks = std::cell::Cell::new(0);
        let check = |sources: &mut Sources| {
            checks.set(checks.get() + 1);
            let mut found = Vec::new();
            for (at, _) in sources.get(SourceId(0)).text().match_indices("bad") {
                let span = Span::new(SourceId(0), at, at + 6);
                let worse = format!("worse{}", &sources.text(span)[3..]);
                found.push(Diagnostic { rule: "r", ..Diagnostic::new(span, "bad").fix("write it", true, span, worse) });
            }
            found.extend(replacing("s", "worse", "worse", true)(sources));
            found
        };
        let found = check(&mut sources);
        let (fixed, _) = fix(&mut sources, Which::Safe, found, check);
        assert_eq!((sources.get(SourceId(0)).text(), fixed.total(), fixed.dropped), (text.as_str(), 0, 200));
        assert!(checks.get() <= TRIALS + 2, "{} checks", checks.get());
    }

    /// Of two edits that touch nobody knows whether one depends on the other, even where one correction has both.
    #[test]
    fn a_correction_whose_parts_touch_is_none() {
        for (second, expected) in [(1..3, "a b"), (2..3, "x y")] {
            let check = |sources: &mut Sources| {
                if sources.get(SourceId(0)).text() != "a b" {
                    return Vec::new();
                }
                let first = Span::new(SourceId(0), 0, 1);
                let mut both = Diagnostic::new(first, "both").fix("write both", true, first, "x");
                let span = Span::new(SourceId(0), second.start, second.end);
                both.fix.as_mut().unwrap().edits.push(Edit { span, text: "y".into() });
                vec![both]
            };
            assert_eq!(run("a b", Which::Safe, check).0, expected);
        }
    }

    #[test]
    fn two_findings_that_ask_for_the_same_are_one_correction() {
        let check = |sources: &mut Sources| {
            let mut found = replacing("r", "a", "xy", true)(sources);
            found.extend(replacing("r", "a", "xy", true)(sources));
            found.extend(replacing("s", "b", "b", true)(sources));
            found
        };
        assert_eq!(run("a b", Which::Safe, check), ("xy b".into(), 2, 0));
    }

    #[test]
    fn what_never_ends_is_ended() {
        let (text, _, _) = run("a", Which::Safe, |sources| {
            let mut found = replacing("r", "a", "b", true)(sources);
            found.extend(replacing("s", "b", "a", true)(sources));
            found
        });
        assert_eq!(text, "a", "each would only make the error of the other");
        let (text, _, _) = run("a", Which::Safe, replacing("r", "a", "aa", true));
        assert_eq!(text, "a", "it would take nothing away");
    }
}
