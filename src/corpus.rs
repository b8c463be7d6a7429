//! What articles have to say to each other.
//!
//! A rule about several articles never sees the corpus as a whole. It *maps* each article to
//! [witnesses](crate::witness::Witness) under keys, and *judges* the witnesses of one key together:
//! map and reduce, as in Dean and Ghemawat, "`MapReduce`: Simplified Data Processing on Large
//! Clusters" (2004). What a judge may ask beyond its witnesses is here.

use crate::article::{self, Article};
use crate::reference::{OutsideTitles, Titles};
use crate::settings::{InForce, Settings, Thresholds};
use crate::source::{SourceId, Sources, Span};
use crate::time::Day;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};

/// What a judge may ask beyond the witnesses of its key.
pub struct Corpus<'a> {
    pub(crate) sources: &'a Sources,
    /// What holds for each file, and the settings that it names.
    pub(crate) files: &'a [InForce],
    pub(crate) settings: &'a [Settings<'a>],
    /// Each article's title as it is written, in the order of the files; not every file has one.
    pub(crate) titles: &'a [(SourceId, Box<str>)],
    /// Makes the index of all titles and aliases when it is first asked for.
    pub(crate) title_index: &'a (dyn Fn() -> &'a Titles<'a> + Sync),
    /// Whether a whole folder was read, so that what is not there is missing.
    pub complete: bool,
    /// Whether somebody has asked for the day: what is found may be another on another day.
    pub(crate) asked_for_day: AtomicBool,
}

impl<'a> Corpus<'a> {
    /// The text of a span, as its article has it.
    pub fn text(&self, span: Span) -> &'a str {
        &self.file_text(span.source)[span.range()]
    }

    /// The whole text of a file, as its article has it.
    pub fn file_text(&self, source: SourceId) -> &'a str {
        article::text_of(self.sources.get(source), self.files[source.0 as usize].layout)
    }

    /// The title of the article in a file, as it is written.
    pub fn title(&self, source: SourceId) -> Option<&'a str> {
        let number = self.titles.binary_search_by_key(&source, |(source, _)| *source).ok()?;
        Some(&self.titles[number].1)
    }

    /// The path of a file.
    pub fn path(&self, source: SourceId) -> &'a str {
        &self.sources.get(source).path
    }

    /// The article of a file, parsed anew: for judges that look twice at few.
    pub fn article(&self, source: SourceId) -> Article<'a> {
        let file = self.sources.get(source);
        article::parse_file(source, file, self.files[source.0 as usize].layout)
    }

    fn settings_of(&self, source: SourceId) -> &Settings<'a> {
        &self.settings[self.files[source.0 as usize].settings]
    }

    /// The day that "today" means in a file.
    pub fn as_of(&self, source: SourceId) -> Day {
        self.asked_for_day.store(true, Ordering::Relaxed);
        self.settings_of(source).as_of
    }

    /// The thresholds that are changed for a file.
    pub fn thresholds(&self, source: SourceId) -> &'a Thresholds {
        self.settings_of(source).thresholds
    }

    /// Titles that are known to live outside the corpus, as the file that refers to them has it.
    pub fn outside(&self, source: SourceId) -> &'a OutsideTitles {
        self.settings_of(source).outside
    }

    /// The place of a finding for a reader: the line, and the path where it is another file.
    pub fn place(&self, span: Span, seen_from: Span) -> String {
        let file = self.sources.get(span.source);
        let line = file.position(span.start).line;
        if span.source == seen_from.source { format!("line {line}") } else { format!("{}:{line}", file.path) }
    }

    /// All titles and aliases of the corpus, to find the nearest to a given one.
    pub fn titles(&self) -> &Titles<'a> {
        (self.title_index)()
    }
}

impl fmt::Debug for Corpus<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Corpus")
            .field("sources", self.sources)
            .field("complete", &self.complete)
            .finish_non_exhaustive()
    }
}
