//! The file of a baseline: YAML with a block of several lines for each entry, so that two branches that both change it merge.
//!
//! Nothing in it counts or sums up. The entries are in order of path, rule and fingerprint; each begins with what no other has.

use super::{Entry, Standing};
use crate::config::read_regular;
use crate::diagnostic::Fault;
use crate::fix::{Refusal, write_whole};
use crate::text::did_you_mean;
use crate::yaml;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::collections::btree_map;
use std::ops::Range;
use std::path::Path;

/// A baseline is no larger than this many bytes.
const LARGEST: u64 = 256 * 1024 * 1024;

/// The form of the file; a newer one is not read.
const VERSION: u64 = 1;

const HEADER: &str = "\
# Findings that `seedlint lint` does not report: `accepted` are to stay, each for its reason, and `debt` can only shrink.
# Written by `seedlint baseline`. Of two versions that a merge leaves, keep the entries of both.
";

/// The entries of a baseline.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    by_fingerprint: BTreeMap<u64, Entry>,
}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(rename = "version")]
    _version: u64,
    #[serde(default)]
    accepted: Option<Vec<WrittenEntry>>,
    #[serde(default)]
    debt: Option<Vec<WrittenEntry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenEntry {
    fingerprint: String,
    rule: String,
    path: String,
    #[serde(default)]
    with: Vec<String>,
    message: String,
    reason: Option<String>,
}

impl Baseline {
    /// Reads a baseline file.
    pub fn read(path: &Path) -> Result<Self, Fault> {
        let shown = path.display().to_string();
        match read_regular(path, LARGEST) {
            Ok(text) => Self::parse(&shown, &text),
            Err(error) => {
                let message = format!("cannot read the baseline {shown}: {error}");
                Err(Fault { path: shown, text: String::new(), at: 0..0, message, help: None })
            }
        }
    }

    /// Reads the text of a baseline. A damaged one is no baseline: nothing is hidden for it.
    pub fn parse(path: &str, text: &str) -> Result<Self, Fault> {
        let fault = |at: Range<usize>, message: String, help: Option<&str>| Fault {
            path: path.to_owned(),
            text: text.to_owned(),
            at,
            message,
            help: help.map(str::to_owned),
        };
        if let Some(at) = conflict_mark(text) {
            let help = "keep the entries of both sides, take the marks away, and run `seedlint baseline update`";
            return Err(fault(at, String::from("the baseline has the marks of a merge conflict"), Some(help)));
        }
        let of_yaml = |error: &yaml::Error| fault(error.at.clone(), format!("the baseline: {}", error.message), None);
        let document = yaml::Document::parse(text).map_err(|error| of_yaml(&error))?;
        match document.value.get("version").map(serde_json::Value::as_u64) {
            Some(Some(VERSION)) => {}
            Some(Some(newer)) if newer > VERSION => {
                let message = format!("the baseline has version {newer}, which this seedlint does not know");
                return Err(fault(document.place("/version").value, message, Some("it was written by a newer one")));
            }
            Some(_) => {
                let message = format!("the baseline has no version that there is: {VERSION} is");
                return Err(fault(document.place("/version").value, message, None));
            }
            None => {
                let help = "take the file away, and `seedlint baseline create` makes a new one";
                return Err(fault(0..0, format!("the baseline {path} has no `version`"), Some(help)));
            }
        }
        let written: Written = document.decode(text).map_err(|error| match unknown_key(&document, &error.message) {
            Some((at, message, help)) => fault(at, message, help.as_deref()),
            None => of_yaml(&error),
        })?;
        let mut baseline = Self::default();
        for (list, entries) in [("accepted", written.accepted), ("debt", written.debt)] {
            for (i, entry) in entries.unwrap_or_default().into_iter().enumerate() {
                let at = |key: &str| document.place(&format!("/{list}/{i}/{key}")).value;
                let entry = entry.checked(list == "accepted").map_err(|(key, why)| fault(at(key), why, None))?;
                if !baseline.add(entry) {
                    let message = String::from("this fingerprint stands twice in the baseline");
                    return Err(fault(at("fingerprint"), message, Some("keep one of the two entries")));
                }
            }
        }
        Ok(baseline)
    }

    /// Adds an entry, unless there is one of its fingerprint; whether it was added.
    pub fn add(&mut self, entry: Entry) -> bool {
        match self.by_fingerprint.entry(entry.fingerprint) {
            btree_map::Entry::Occupied(_) => false,
            btree_map::Entry::Vacant(free) => {
                free.insert(entry);
                true
            }
        }
    }

    /// Takes an entry out.
    pub fn remove(&mut self, fingerprint: u64) -> Option<Entry> {
        self.by_fingerprint.remove(&fingerprint)
    }

    /// The entry of a fingerprint.
    pub fn get(&self, fingerprint: u64) -> Option<&Entry> {
        self.by_fingerprint.get(&fingerprint)
    }

    /// All entries in the order of the file, but for that accepted ones stand in a list of their own.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        let mut entries: Vec<&Entry> = self.by_fingerprint.values().collect();
        entries.sort_by(|a, b| (&a.paths, &a.rule, a.fingerprint).cmp(&(&b.paths, &b.rule, b.fingerprint)));
        entries.into_iter()
    }

    /// Writes the baseline, whole or not at all.
    pub fn write(&self, path: &Path) -> Result<(), Refusal> {
        write_whole(path, &self.text())
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        let mut text = format!("{HEADER}version: {VERSION}\n");
        for (list, accepted) in [("accepted", true), ("debt", false)] {
            let is_of_list = |entry: &&Entry| matches!(entry.standing, Standing::Accepted { .. }) == accepted;
            let entries: Vec<&Entry> = self.entries().filter(is_of_list).collect();
            text.push_str(&format!("\n{list}:{}\n", if entries.is_empty() { " []" } else { "" }));
            for entry in entries {
                text.push_str(&format!("  - fingerprint: \"{:016x}\"\n", entry.fingerprint));
                text.push_str(&format!("    rule: {}\n", scalar(&entry.rule)));
                if let [path, with @ ..] = entry.paths.as_slice() {
                    text.push_str(&format!("    path: {}\n", scalar(path)));
                    let with: Vec<String> = with.iter().map(|path| scalar(path)).collect();
                    if !with.is_empty() {
                        text.push_str(&format!("    with: [{}]\n", with.join(", ")));
                    }
                }
                text.push_str(&format!("    message: {}\n", yaml::quoted(&entry.message)));
                if let Standing::Accepted { reason } = &entry.standing {
                    text.push_str(&format!("    reason: {}\n", yaml::quoted(reason)));
                }
            }
        }
        text
    }
}

impl WrittenEntry {
    /// The entry, or the key at fault and why.
    fn checked(self, accepted: bool) -> Result<Entry, (&'static str, String)> {
        let hex = |text: &str| text.len() == 16 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        let fingerprint =
            Some(&self.fingerprint).filter(|text| hex(text)).and_then(|text| u64::from_str_radix(text, 16).ok());
        let fingerprint = fingerprint
            .ok_or(("fingerprint", String::from("a fingerprint has 16 digits from 0 to f, between quotation marks")))?;
        let standing = match (self.reason, accepted) {
            (Some(reason), true) if !reason.trim().is_empty() => Standing::Accepted { reason },
            (Some(_), true) => {
                return Err(("reason", String::from("an accepted finding has a reason, and this is empty")));
            }
            (None, true) => {
                return Err(("fingerprint", String::from("an accepted finding has a `reason`, and this has none")));
            }
            (Some(_), false) => {
                return Err(("reason", String::from("debt has no reason: what is to stay belongs under `accepted`")));
            }
            (None, false) => Standing::Debt,
        };
        let paths = std::iter::once(self.path).chain(self.with).collect();
        Ok(Entry { fingerprint, rule: self.rule, paths, message: self.message, standing })
    }
}

/// What `serde` says of an unknown key, with its place and what was meant.
fn unknown_key(document: &yaml::Document, message: &str) -> Option<(Range<usize>, String, Option<String>)> {
    let rest = message.split_once("unknown field `")?.1;
    let mut names = rest.split('`').step_by(2);
    let wrong = names.next()?;
    let at = document.place_of_key(wrong)?.key;
    let help = did_you_mean(wrong, names);
    Some((at, format!("unknown key `{wrong}` in the baseline"), help))
}

/// The first line that a merge has left as a mark.
fn conflict_mark(text: &str) -> Option<Range<usize>> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim_end();
        let marks = ["<<<<<<<", "|||||||", ">>>>>>>"];
        if words == "======="
            || marks
                .iter()
                .any(|mark| words.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
        {
            return Some(start..start + words.len());
        }
        start += line.len();
    }
    None
}

/// A scalar, between quotation marks unless it is plain whatever reads it.
fn scalar(text: &str) -> String {
    let is_plain = text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.contains(['/', '.'])
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'.' | b'-' | b'_'));
    if is_plain { text.to_owned() } else { yaml::quoted(text) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn entry(fingerprint: u64, path: &str, message: &str, reason: Option<&str>) -> Entry {
        let standing = reason.map_or(Standing::Debt, |reason| Standing::Accepted { reason: reason.to_owned() });
        let paths = vec![path.to_owned(), String::from("b.txt")];
        Entry { fingerprint, rule: String::from("date/weekday"), paths, message: message.to_owned(), standing }
    }

    fn fault(text: &str) -> (String, String) {
        let fault = Baseline::parse("seedlint-baseline.yaml", text).unwrap_err();
        (fault.message, fault.text[fault.at].to_owned())
    }

    #[test]
    fn a_damaged_baseline_hides_nothing_and_says_where() {
        let mut baseline = Baseline::default();
        baseline.add(entry(0xABC, "a.txt", "a message", None));
        let good = baseline.text();
        assert_eq!(Baseline::parse("b", &good).unwrap(), baseline);
        let conflict = good.replace("debt:\n", "<<<<<<< ours\ndebt:\n=======\n>>>>>>> theirs\n");
        assert_eq!(fault(&conflict).1, "<<<<<<< ours");
        assert_eq!(fault(&good.replace("version: 1", "version: 2")).1, "2");
        assert_eq!(fault(&good.replace("rule:", "rul:")), ("unknown key `rul` in the baseline".into(), "rul".into()));
        assert_eq!(fault(&good.replace("0000000000000abc", "abc")).1, "\"abc\"");
        let twice = good.clone() + &good[good.find("  - ").unwrap()..];
        assert_eq!(fault(&twice).0, "this fingerprint stands twice in the baseline");
        assert_eq!(
            fault(&good.replace("debt:", "accepted:").replace("accepted: []", "debt: []")).1,
            "\"0000000000000abc\""
        );
        assert!(Baseline::parse("b", "").is_err() && Baseline::parse("b", "[]").is_err());
        for cut in (0..good.len()).filter(|&cut| good.is_char_boundary(cut)) {
            if let Ok(read) = Baseline::parse("b", &good[..cut]) {
                assert!(read.entries().all(|entry| baseline.get(entry.fingerprint).is_some()), "cut at {cut}");
            }
        }
    }

    #[test]
    fn an_entry_is_a_block_of_its_own() {
        let mut baseline = Baseline::default();
        for (fingerprint, path) in [(1, "c.txt"), (2, "a.txt")] {
            baseline.add(entry(fingerprint, path, "m", None));
        }
        let before = baseline.text();
        baseline.add(entry(3, "b/c.txt", "m", None));
        let after = baseline.text();
        let at = after.find("  - fingerprint: \"0000000000000003\"").unwrap();
        let end = at + after[at..].find("  - fingerprint: \"0000000000000001\"").unwrap();
        assert_eq!(before, format!("{}{}", &after[..at], &after[end..]), "one block more, and nothing else");
    }

    proptest! {
        /// Whatever stands in a message, a reason or a file name, it is read as it was written.
        #[test]
        fn what_is_written_is_read(
            entries in proptest::collection::vec((any::<u64>(), "\\PC*", any::<String>(), proptest::option::of("[^ ]\\PC{0,9}")), 0..6),
        ) {
            let mut baseline = Baseline::default();
            for (fingerprint, path, message, reason) in &entries {
                let reason = reason.as_deref().filter(|reason| !reason.trim().is_empty());
                baseline.add(entry(*fingerprint, path, message, reason));
            }
            let read = Baseline::parse("b", &baseline.text()).map_err(|fault| TestCaseError::fail(format!("{fault:?}")))?;
            prop_assert_eq!(&read, &baseline);
            prop_assert_eq!(read.text(), baseline.text());
        }
    }
}
