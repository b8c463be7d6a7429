//! `seedlint rules`: all rules, a line each.

use super::{Failure, Outcome};
use crate::rules::RULES;
use clap::Args;
use std::io::{self, Write};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Print one JSON array of `name`, `severity`, `summary`
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut out = io::stdout().lock();
    let written = if arguments.json {
        let rules: Vec<serde_json::Value> = RULES
            .iter()
            .map(|entry| serde_json::json!({"name": entry.name, "severity": entry.rule.severity, "summary": entry.summary()}))
            .collect();
        serde_json::to_writer_pretty(&mut out, &rules).map_err(io::Error::from).and_then(|()| writeln!(out))
    } else {
        let longest = RULES.iter().map(|entry| entry.name.len()).max().unwrap_or(0);
        RULES.iter().try_for_each(|entry| {
            // The summary's own words, without the verb that every one begins with.
            let summary = entry.summary();
            let summary = summary.strip_prefix("Flags ").unwrap_or(&summary);
            let off = if entry.is_off() { " (off unless selected by name)" } else { "" };
            writeln!(out, "{:longest$}  {:7}  {summary}{off}", entry.name, entry.rule.severity.name())
        })
    };
    written.map_err(Failure::stdout)?;
    Ok(Outcome::Clean)
}
