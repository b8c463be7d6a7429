//! What is settled before any rule looks.

use crate::article::Layout;
use crate::config::Limits;
use crate::reference::OutsideTitles;
use crate::schema::Kinds;
use crate::time::Day;
use xxhash_rust::xxh3::xxh3_64;

/// What rules are told beside the articles; it holds for all files of one configuration.
#[derive(Debug, Clone, Copy)]
pub struct Settings<'a> {
    /// The kinds of articles and their schemas.
    pub kinds: &'a Kinds,
    /// The day that "today" means.
    pub as_of: Day,
    /// Acronyms that need no explanation beside the well-known ones, in order.
    pub acronyms: &'a [String],
    /// Titles that are known to live outside the corpus.
    pub outside: &'a OutsideTitles,
    /// The thresholds that are changed.
    pub thresholds: &'a Thresholds,
    /// How far a run goes.
    pub limits: Limits,
}

impl<'a> Settings<'a> {
    /// A hash of all that rules on one article are told, but for the day, of which they keep note whether they ask; not of what only
    /// judges of several ask.
    pub fn digest(&self) -> u64 {
        let told = (self.kinds.description(), self.acronyms, self.thresholds);
        xxh3_64(format!("{told:?}").as_bytes())
    }

    /// Settings of which a configuration says nothing.
    pub fn plain(kinds: &'a Kinds, outside: &'a OutsideTitles, as_of: Day) -> Self {
        Self { kinds, as_of, acronyms: &[], outside, thresholds: &UNCHANGED, limits: Limits::default() }
    }
}

/// What holds for a file: the numbers of what it has in common with others, and its layout.
#[derive(Debug, Clone, Copy)]
pub struct InForce {
    /// The number of its settings in the plan.
    pub settings: usize,
    /// The number of its levels in the plan.
    pub levels: usize,
    /// Its layout.
    pub layout: Layout,
}

/// A number that a rule goes by and a configuration may change.
#[derive(Debug)]
pub struct Threshold {
    /// Its name in the configuration.
    pub name: &'static str,
    /// What it is where nobody says.
    pub default: u32,
    /// What it may be.
    pub range: std::ops::RangeInclusive<u32>,
    /// What it means, with its unit, in a few words.
    pub meaning: &'static str,
}

/// The thresholds that a configuration has changed.
#[derive(Debug, Default)]
pub struct Thresholds(Vec<(&'static Threshold, u32)>);

/// What holds where nothing is changed.
static UNCHANGED: Thresholds = Thresholds(Vec::new());

impl Thresholds {
    /// Changes one.
    pub fn set(&mut self, threshold: &'static Threshold, number: u32) {
        self.0.retain(|(other, _)| !std::ptr::eq(*other, threshold));
        self.0.push((threshold, number));
    }

    /// The number that holds.
    pub fn get(&self, threshold: &'static Threshold) -> u32 {
        let changed = self.0.iter().find(|(other, _)| std::ptr::eq(*other, threshold));
        changed.map_or(threshold.default, |&(_, number)| number)
    }
}
