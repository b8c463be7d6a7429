//! Findings that are not reported again: those that someone has accepted with a reason, and the debt that was there when the
//! linter came.
//!
//! An entry is known by the [fingerprint](crate::fingerprint) of its finding; path and message are for readers, and the paths say
//! which runs can tell whether the finding is gone. Debt only shrinks: what is not in the file is reported.

mod file;

pub use file::Baseline;

use crate::check::Hidden;
use crate::config::{home, normal};
use crate::diagnostic::{Diagnostic, Fault};
use crate::discover::Found;
use crate::policy::Plan;
use crate::rule::Check;
use crate::rules;
use crate::source::{SourceId, Sources, Span, folder_of};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Component, Path, PathBuf};

/// The name of the file, where no other is given.
pub const FILE_NAME: &str = "seedlint-baseline.yaml";

/// Why a finding is not reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It was there when the baseline was made.
    Debt,
    /// Someone has looked, and it is to stay.
    Accepted {
        /// Why.
        reason: String,
    },
}

/// A finding that is not reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The fingerprint of the finding.
    pub fingerprint: u64,
    /// The name of the rule.
    pub rule: String,
    /// The files that the finding names, the one with its primary place first, from the baseline's folder on.
    pub paths: Vec<String>,
    /// What the finding said.
    pub message: String,
    /// Why it is not reported.
    pub standing: Standing,
}

/// The folder of a baseline, from which its paths count.
#[derive(Debug, Clone)]
pub struct Ground(PathBuf);

impl Ground {
    /// The folder that a baseline file lies in.
    pub fn of(file: &Path) -> Self {
        let absolute = normal(file);
        Self(absolute.parent().map(Path::to_owned).unwrap_or_default())
    }

    /// A path as entries have it: from the folder on, `/` between the parts.
    pub fn relative(&self, path: &Path) -> String {
        let absolute = normal(path);
        let (own, other): (Vec<_>, Vec<_>) = (self.0.components().collect(), absolute.components().collect());
        let common = own.iter().zip(&other).take_while(|(a, b)| a == b).count();
        let up = own[common..].iter().map(|_| Component::ParentDir);
        let parts: Vec<_> = up.chain(other[common..].iter().copied()).collect();
        let parts: Vec<_> = parts.iter().map(|part| part.as_os_str().to_string_lossy()).collect();
        parts.join("/")
    }

    /// The entry of a finding.
    pub fn entry(&self, sources: &Sources, diagnostic: &Diagnostic, standing: Standing) -> Entry {
        let path = |span: Span| self.relative(&sources.get(span.source).location);
        let first = path(diagnostic.primary.span);
        let others: BTreeSet<String> = diagnostic.related.iter().map(|label| path(label.span)).collect();
        let mut paths = vec![first.clone()];
        paths.extend(others.into_iter().filter(|path| *path != first));
        Entry {
            fingerprint: diagnostic.fingerprint,
            rule: diagnostic.rule.to_owned(),
            paths,
            message: diagnostic.message.clone(),
            standing,
        }
    }
}

impl Baseline {
    /// Counts the findings of `diagnostics` that it hides.
    pub fn count(&self, diagnostics: &[Diagnostic]) -> Hidden {
        let mut hidden = Hidden::default();
        for entry in diagnostics.iter().filter_map(|diagnostic| self.get(diagnostic.fingerprint)) {
            match entry.standing {
                Standing::Accepted { .. } => hidden.accepted += 1,
                Standing::Debt => hidden.debt += 1,
            }
        }
        hidden
    }

    /// The entries whose finding is gone, in the order of the file.
    pub fn stale<'a>(&'a self, present: &[Diagnostic], seen: &Seen<'_>) -> Vec<&'a Entry> {
        let present: HashSet<u64> = present.iter().map(|diagnostic| diagnostic.fingerprint).collect();
        self.entries().filter(|entry| !present.contains(&entry.fingerprint) && seen.would_show(entry)).collect()
    }
}

/// What a run has looked at: only of that it can tell whether a finding is gone.
#[derive(Debug)]
pub struct Seen<'a> {
    plan: &'a Plan<'a>,
    /// Whether all was read in the folders that were named, and no rule failed.
    complete: bool,
    /// The files that were read as articles.
    articles: HashMap<String, SourceId>,
    /// What is no article at the moment.
    unreadable: HashMap<String, SourceId>,
    /// The folders that were named.
    folders: Vec<String>,
    /// What could not be read.
    problems: Vec<String>,
}

impl<'a> Seen<'a> {
    /// What a run over `paths` has looked at, as a baseline of that ground sees it.
    pub fn new(ground: &Ground, found: &Found, plan: &'a Plan<'a>, paths: &[PathBuf]) -> Self {
        let mut seen = Self {
            plan,
            complete: found.complete && found.problems.is_empty(),
            articles: HashMap::new(),
            unreadable: HashMap::new(),
            folders: paths.iter().filter(|path| path.is_dir()).map(|path| ground.relative(path)).collect(),
            problems: found.problems.iter().map(|problem| ground.relative(Path::new(&problem.path))).collect(),
        };
        for (id, file) in found.sources.iter() {
            let kind = if file.unreadable.is_none() { &mut seen.articles } else { &mut seen.unreadable };
            kind.insert(ground.relative(&file.location), id);
        }
        seen
    }

    /// Whether the run would have found the finding of an entry if it were still there.
    fn would_show(&self, entry: &Entry) -> bool {
        let Some(rule) = rules::named(&entry.rule) else {
            // A rule that is gone finds nothing any more.
            return true;
        };
        let Some(number) = self.plan.number(rule.name) else { return false };
        (self.complete || !rule.compares_articles()) && entry.paths.iter().all(|path| self.has_looked_at(path, number))
    }

    /// Whether the rule with that number has looked at a file, or would have if the file were there.
    fn has_looked_at(&self, path: &str, rule: usize) -> bool {
        if self.problems.iter().any(|problem| path == problem || is_below(path, problem)) {
            return false;
        }
        let in_force = |id: SourceId| self.plan.level(id, rule).is_some();
        if let Some(&id) = self.unreadable.get(path) {
            // Of what is no article any more only the rules for files can tell.
            let for_files = |check: &Check| matches!(check, Check::File(_));
            return in_force(id) && self.plan.rules[rule].rule.checks.iter().any(for_files);
        }
        match self.articles.get(path) {
            Some(&id) => in_force(id),
            // A file of the folder that was not found there has been removed, or has another name now.
            None => self.folders.iter().any(|folder| is_below(path, folder)),
        }
    }
}

/// Whether a path lies in a folder; both as [`Ground::relative`] writes them.
fn is_below(path: &str, folder: &str) -> bool {
    if folder.is_empty() {
        return !path.starts_with("../") && !path.starts_with('/');
    }
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// The baseline that holds for paths: the one beside the configuration, or else the nearest in the folders above the first path, up
/// to the root of the repository.
pub fn find(of_configuration: Option<&Path>, first: &Path) -> Option<PathBuf> {
    if let Some(folder) = of_configuration {
        return Some(folder.join(FILE_NAME)).filter(|file| file.is_file());
    }
    let start = if first.is_dir() { first } else { folder_of(first) };
    for (up, folder) in normal(start).ancestors().enumerate() {
        let file = folder.join(FILE_NAME);
        if file.is_file() {
            return Some(if up == 0 { start.join(FILE_NAME) } else { file });
        }
        if folder.join(".git").exists() {
            break;
        }
    }
    None
}

/// Where a new baseline is written: beside the configuration, or else in the folder that was named.
pub fn place(of_configuration: Option<&Path>, first: &Path) -> Result<PathBuf, Fault> {
    let folder = match of_configuration {
        Some(folder) => folder,
        None => home(first)?,
    };
    Ok(folder.join(FILE_NAME))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::discover::Problem;
    use crate::reference::OutsideTitles;
    use crate::rules::{Entry as RuleEntry, RULES};
    use crate::schema::Kinds;
    use crate::settings::Settings;
    use crate::source::{SourceFile, Unreadable};
    use crate::time::Day;

    #[test]
    fn paths_count_from_the_folder_of_the_baseline() {
        let ground = Ground(PathBuf::from("/work/seeds"));
        assert_eq!(ground.relative(Path::new("/work/seeds/a/../b.txt")), "b.txt");
        assert_eq!(ground.relative(Path::new("/work/other/c.txt")), "../other/c.txt");
        assert_eq!(ground.relative(Path::new("/work/seeds")), "");
    }

    #[test]
    fn a_folder_holds_what_lies_in_it_alone() {
        assert!(is_below("a/b.txt", "a") && is_below("a/b.txt", "") && is_below("../c/d.txt", "../c"));
        assert!(!is_below("ab/c.txt", "a") && !is_below("../c/d.txt", "") && !is_below("a", "a"));
    }

    #[test]
    fn a_run_tells_only_of_what_it_has_looked_at() {
        let entry = |rule: &str, paths: &[&str]| Entry {
            fingerprint: 1,
            rule: rule.to_owned(),
            paths: paths.iter().map(|&path| path.to_owned()).collect(),
            message: String::new(),
            standing: Standing::Debt,
        };
        let file = |name: &str, text: &str| SourceFile::new(name.to_owned(), PathBuf::from(name), text.to_owned());
        let empty = SourceFile::unreadable("bad.txt".into(), "bad.txt".into(), String::new(), 0, Unreadable::Empty);
        let mut found = Found { sources: Sources::new(vec![file("a.txt", "A."), empty]), ..Found::default() };
        found.problems.push(Problem { path: String::from("shut"), reason: String::new() });
        let kinds = Kinds::new(&Config::default()).unwrap();
        let (as_of, outside) = (Day::new(2026, 11, 1).unwrap(), OutsideTitles::default());
        let settings = Settings::plain(&kinds, &outside, as_of);
        let runs =
            |entry: &&RuleEntry| matches!(entry.name, "date/weekday" | "fact/duplicate" | "structure/unreadable");
        let rules: Vec<&RuleEntry> = RULES.iter().filter(runs).collect();
        let plan = Plan::uniform(&found.sources, &rules, settings);
        let ground = Ground::of(Path::new(FILE_NAME));
        let mut seen = Seen::new(&ground, &found, &plan, &[]);
        assert!(seen.would_show(&entry("date/weekday", &["a.txt"])));
        assert!(!seen.would_show(&entry("date/weekday", &["b.txt"])), "the file was not read");
        assert!(!seen.would_show(&entry("date/weekday", &["bad.txt"])), "the file is no article at the moment");
        assert!(seen.would_show(&entry("structure/unreadable", &["bad.txt"])));
        assert!(!seen.would_show(&entry("date/stale", &["a.txt"])), "the rule did not run");
        assert!(!seen.would_show(&entry("fact/duplicate", &["a.txt"])), "not all articles were compared");
        assert!(seen.would_show(&entry("date/gone", &["b.txt"])), "there is no such rule any more");
        seen.complete = true;
        seen.folders = vec![String::from("sub")];
        assert!(!seen.would_show(&entry("fact/duplicate", &["a.txt", "b.txt"])), "the other article was not read");
        assert!(seen.would_show(&entry("fact/duplicate", &["a.txt", "sub/gone.txt"])));
        seen.folders = vec![String::new()];
        assert!(
            seen.would_show(&entry("date/weekday", &["b.txt"]))
                && !seen.would_show(&entry("date/weekday", &["shut/b.txt"]))
        );
    }
}
