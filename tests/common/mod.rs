//! What the tests share: small corpora, run in memory, and expected output beside its input.

#![allow(dead_code)] // each test file uses a part of this

pub(crate) mod folder;

use seedlint::check::{self, Summary};
use seedlint::config::Config;
use seedlint::diagnostic::Diagnostic;
use seedlint::discover::{self, Terms};
use seedlint::policy::Plan;
use seedlint::reference::OutsideTitles;
use seedlint::report::{self, Format, Run, Style};
use seedlint::rules::{self, Entry, RULES};
use seedlint::schema::Kinds;
use seedlint::settings::Settings;
use seedlint::source::{SourceFile, Sources};
use seedlint::spill::Memory;
use seedlint::time::Day;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Path and text of an article.
pub(crate) type SourceText = (String, String);

/// Whether expected output that is missing or stale may be written: everywhere but in CI.
pub(crate) const REWRITE: fn() -> bool = || std::env::var_os("CI").is_none();

/// A corpus, complete as it is.
pub(crate) struct Corpus {
    sources: Sources,
}

/// What all rules found in a corpus.
pub(crate) struct Outcome {
    pub(crate) sources: Sources,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Corpus {
    pub(crate) fn from_texts(texts: Vec<SourceText>) -> Self {
        let files = texts.into_iter().map(|(path, text)| {
            // As a file of that text is read.
            if text.trim().is_empty() {
                let why = seedlint::source::Unreadable::Empty;
                return SourceFile::unreadable(path, PathBuf::new(), text, 0, why);
            }
            SourceFile::new(path, PathBuf::new(), text)
        });
        Self { sources: Sources::new(files.collect()) }
    }

    pub(crate) fn from_files(paths: &[PathBuf]) -> Self {
        let extensions = discover::EXTENSIONS.map(String::from).to_vec();
        let terms = Arc::new(Terms { extensions, max_file_size: 1 << 20, leave_out: Vec::new() });
        let found = discover::discover(paths, None, Memory::default(), &mut |_| Some(terms.clone()));
        assert!(found.problems.is_empty(), "{:?}", found.problems);
        Self { sources: found.sources }
    }

    /// Runs all rules that are not off, as on 1 November 2026.
    pub(crate) fn run(self) -> Outcome {
        self.run_rules(&rules::on().collect::<Vec<_>>())
    }

    /// The same with one rule more, where that is off.
    pub(crate) fn run_with(self, entry: &'static Entry) -> Outcome {
        let with = |other: &&Entry| !other.is_off() || other.name == entry.name;
        self.run_rules(&RULES.iter().filter(with).collect::<Vec<_>>())
    }

    pub(crate) fn run_rules(mut self, rules: &[&'static Entry]) -> Outcome {
        let kinds = Kinds::new(&Config::default()).expect("the shipped kinds are sound");
        let as_of = Day::new(2026, 11, 1).expect("a day");
        let outside = OutsideTitles::default();
        let settings = Settings::plain(&kinds, &outside, as_of);
        let plan = Plan::uniform(&self.sources, rules, settings);
        let diagnostics = check::check(&mut self.sources, &plan, true).diagnostics;
        Outcome { sources: self.sources, diagnostics }
    }
}

impl Outcome {
    /// The report for people, without colour.
    pub(crate) fn pretty(&self) -> String {
        self.write(Format::Pretty)
    }

    pub(crate) fn write(&self, format: Format) -> String {
        let summary = Summary::new(&self.sources, &self.diagnostics);
        let run = Run { sources: &self.sources, diagnostics: &self.diagnostics, summary: &summary, problems: &[] };
        let mut out = Vec::new();
        let style = Style { colour: false, unicode: true, width: 100 };
        report::write(format, style, &run, &mut out).expect("memory can be written to");
        String::from_utf8(out).expect("reports are UTF-8")
    }
}

/// All files below a folder, in order.
pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
}

/// The articles in a folder itself; none where there is no such folder.
pub(crate) fn articles_in(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut articles: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    articles.retain(|path| path.extension().is_some_and(|extension| extension == "txt" || extension == "md"));
    articles.sort();
    articles
}

/// Compares with the output that is expected. Where there is none yet it is written, so that its
/// author sees it in the diff. `SNAPSHOTS=overwrite` writes what differs.
pub(crate) fn expect(path: &Path, actual: &str) -> Result<(), String> {
    let overwrite = std::env::var("SNAPSHOTS").is_ok_and(|action| action == "overwrite");
    let expected = fs::read_to_string(path).ok();
    if expected.as_deref().unwrap_or_default() == actual {
        return Ok(());
    }
    if REWRITE() && (expected.is_none() || overwrite) {
        fs::write(path, actual).unwrap();
        return Ok(());
    }
    let shown = path.display();
    let expected = expected.unwrap_or_default();
    let difference = similar::TextDiff::from_lines(expected.as_str(), actual).unified_diff().to_string();
    Err(format!("{shown} differs:\n{difference}\n(SNAPSHOTS=overwrite writes it)"))
}
