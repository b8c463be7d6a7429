//! How far a run goes.

use std::time::Duration;

/// How far a run goes before it says that it has stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Findings of one file that are shown.
    pub findings_of_file: usize,
    /// Findings of a run that are shown.
    pub findings: usize,
    /// How long one rule may look at one file before those behind it do not; nothing for as long as it takes.
    pub time: Option<Duration>,
}

impl Default for Limits {
    /// What no sane article and no sane corpus meets.
    fn default() -> Self {
        Self { findings_of_file: 1_000_000, findings: 1_000_000, time: Some(Duration::from_secs(60)) }
    }
}
