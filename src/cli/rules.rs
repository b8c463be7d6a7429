//! `seedlint rules`: all rules, a line each.

use super::{Failure, Outcome};
use crate::rules::RULES;
use clap::{Args, ValueEnum};
use std::io::{self, Write};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The form of the list
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    output_format: Form,
    /// The same as --output-format json
    #[arg(long, conflicts_with = "output_format")]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// A line each
    Table,
    /// One JSON array of `name`, `severity`, `summary`
    Json,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut out = io::stdout().lock();
    let written = if arguments.json || arguments.output_format == Form::Json {
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
