//! Which findings of a run are reported: those in what was named, in what has changed, and not in the baseline.

use super::{Failure, Reading, warn};
use crate::baseline::{self, Baseline, Ground, Seen};
use crate::changes::{self, Changed, Changes, Since};
use crate::check::Hidden;
use crate::config::normal;
use crate::diagnostic::Diagnostic;
use crate::discover::Found;
use crate::policy::Plan;
use crate::report;
use crate::source::{SourceId, Sources, Span};
use clap::Args;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// What the command line says of it.
#[derive(Debug, Args)]
pub(super) struct Narrowing {
    /// A folder that is read as well, so that the articles there are known; only findings on the PATHs are reported
    #[arg(long, value_name = "DIR")]
    pub(super) corpus: Vec<PathBuf>,
    /// Only findings that touch lines changed since the common commit with REV, and those of new files [default REV: HEAD]
    #[arg(long, value_name = "REV", num_args = 0..=1, require_equals = true, default_missing_value = "HEAD")]
    #[arg(conflicts_with_all = ["staged", "fix", "diff"])]
    changed: Option<String>,
    /// Only findings that touch lines that are staged for the next commit, as the files are on the disk
    #[arg(long, conflicts_with_all = ["fix", "diff"])]
    staged: bool,
    /// The baseline of findings that are not reported [default: seedlint-baseline.yaml beside the configuration]
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Report what the baseline hides as well
    #[arg(long, conflicts_with = "baseline")]
    no_baseline: bool,
    /// Exit with 1 where an entry of the baseline has no finding any more
    #[arg(long, conflicts_with = "no_baseline")]
    pub(super) fail_on_stale: bool,
}

/// What is reported.
pub(super) struct Scope {
    /// The files and folders that were named, where more is read.
    named: Option<Vec<PathBuf>>,
    changes: Option<Changes>,
    baseline: Option<(PathBuf, Baseline)>,
    paths: Vec<PathBuf>,
}

impl Scope {
    pub(super) fn new(arguments: &Narrowing, reading: &Reading) -> Result<Self, Failure> {
        let paths = reading.paths();
        let stdin_name = reading.stdin_filename.as_deref().unwrap_or("<stdin>");
        let place = |path: &PathBuf| normal(if path.as_os_str() == "-" { Path::new(stdin_name) } else { path });
        let since = match &arguments.changed {
            Some(revision) => Some(Since::Revision(revision.clone())),
            None if arguments.staged => Some(Since::Index),
            None => None,
        };
        let changes = since
            .map(|since| changes::since(&paths, &since))
            .transpose()
            .map_err(|trouble| Failure::Argument { message: trouble.to_string(), help: trouble.help() })?;
        let file = match &arguments.baseline {
            _ if arguments.no_baseline => None,
            Some(file) => Some(file.clone()),
            None => existing(reading, &arguments.corpus)?,
        };
        let baseline = file.map(|file| Baseline::read(&file).map(|baseline| (file, baseline))).transpose()?;
        let named = (!arguments.corpus.is_empty()).then(|| paths.iter().map(place).collect());
        let paths = arguments.corpus.iter().chain(&paths).cloned().collect();
        Ok(Self { named, changes, baseline, paths })
    }

    /// Takes the corrections away from what is not reported: it is known, or none of this run's business.
    pub(super) fn protect(&self, sources: &Sources, diagnostics: &mut [Diagnostic]) {
        let places = Places::new(self, sources, diagnostics);
        for diagnostic in diagnostics {
            let is_named = |span: Span| places.named.as_ref().is_none_or(|named| named[span.source.0 as usize]);
            let within = diagnostic.fix.iter().flat_map(|fix| &fix.edits).all(|edit| is_named(edit.span));
            if !within || !places.show(diagnostic) || self.entry(diagnostic) {
                diagnostic.fix = None;
            }
        }
    }

    /// Takes away what is not reported; how much of it the baseline hides.
    pub(super) fn settle(&self, found: &Found, plan: &Plan<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Hidden> {
        let stale = self.baseline.as_ref().map_or(0, |(file, baseline)| {
            let seen = Seen::new(&Ground::of(file), found, plan, &self.paths);
            baseline.stale(diagnostics, &seen).len()
        });
        let places = Places::new(self, &found.sources, diagnostics);
        diagnostics.retain(|diagnostic| places.show(diagnostic));
        let (_, baseline) = self.baseline.as_ref()?;
        let hidden = Hidden { stale, ..baseline.count(diagnostics) };
        diagnostics.retain(|diagnostic| !self.entry(diagnostic));
        Some(hidden)
    }

    /// Says that entries of the baseline have no finding any more.
    pub(super) fn tell_stale(&self, hidden: Option<Hidden>) {
        let Some(((file, _), hidden)) = self.baseline.as_ref().zip(hidden).filter(|(_, hidden)| hidden.stale > 0)
        else {
            return;
        };
        let file = report::visible(&file.display().to_string()).to_string();
        let hide = if hidden.stale == 1 { "entry hides" } else { "entries hide" };
        let remedy = "`seedlint baseline prune` takes out what is stale";
        warn(&format!("warning: {} {hide} nothing any more in {file}: {remedy}", hidden.stale));
    }

    fn entry(&self, diagnostic: &Diagnostic) -> bool {
        self.baseline.as_ref().is_some_and(|(_, baseline)| baseline.get(diagnostic.fingerprint).is_some())
    }
}

/// The baseline that holds for what is read.
pub(super) fn existing(reading: &Reading, corpus: &[PathBuf]) -> Result<Option<PathBuf>, Failure> {
    Ok(baseline::find(configured(reading, corpus)?.as_deref(), &first(reading, corpus)))
}

/// Where a new one is written.
pub(super) fn place(reading: &Reading) -> Result<PathBuf, Failure> {
    Ok(baseline::place(configured(reading, &[])?.as_deref(), &first(reading, &[]))?)
}

/// The folder of the configuration, where there is one.
fn configured(reading: &Reading, corpus: &[PathBuf]) -> Result<Option<PathBuf>, Failure> {
    let mut configurations = reading.configurations()?;
    let number = configurations.of_path(&first(reading, corpus))?;
    Ok(configurations.get(number).folder().map(Path::to_owned))
}

/// The path whose folder a baseline lies in, where there is no configuration.
fn first(reading: &Reading, corpus: &[PathBuf]) -> PathBuf {
    let paths = reading.paths();
    let first = corpus.first().or(paths.first()).cloned().unwrap_or_default();
    match &reading.stdin_filename {
        Some(name) if first.as_os_str() == "-" => PathBuf::from(name),
        _ => first,
    }
}

/// Where the findings of a run may lie, by file.
struct Places {
    /// Whether a file was named; none where all were.
    named: Option<Vec<bool>>,
    /// The changed places of the files that have findings; none where all lines count.
    changed: Option<HashMap<SourceId, Changed>>,
}

impl Places {
    fn new(scope: &Scope, sources: &Sources, diagnostics: &[Diagnostic]) -> Self {
        let named = scope.named.as_ref().map(|named| {
            let is_named = |location: &Path| {
                let location = normal(location);
                named.iter().any(|path| location.starts_with(path))
            };
            sources.iter().map(|(_, file)| is_named(&file.location)).collect()
        });
        let changed = scope.changes.as_ref().map(|changes| {
            let mut changed = HashMap::new();
            for span in diagnostics.iter().flat_map(spans) {
                changed.entry(span.source).or_insert_with(|| changes.of(sources.get(span.source)));
            }
            changed
        });
        Self { named, changed }
    }

    /// Whether a finding has a place that counts.
    fn show(&self, diagnostic: &Diagnostic) -> bool {
        spans(diagnostic).any(|span| {
            self.named.as_ref().is_none_or(|named| named[span.source.0 as usize])
                && self.changed.as_ref().is_none_or(|changed| changed[&span.source].touch(span))
        })
    }
}

/// The primary place of a finding and the related ones.
fn spans(diagnostic: &Diagnostic) -> impl Iterator<Item = Span> {
    std::iter::once(&diagnostic.primary).chain(&diagnostic.related).map(|label| label.span)
}
