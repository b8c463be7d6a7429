//! `seedlint explain`: a rule's page.

use super::{Failure, Outcome, wants_colour, width};
use crate::report::{self, Style};
use crate::rules::{Entry, RULES, find};
use crate::text::enumerate;
use clap::Args;
use std::io::{self, IsTerminal, Write};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  seedlint explain date/weekday
  seedlint explain weekday")]
pub(super) struct Arguments {
    /// The rule, with or without its group
    rule: String,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let name = arguments.rule.as_str();
    let named: Vec<&Entry> =
        RULES.iter().filter(|entry| entry.name == name || entry.name.rsplit('/').next() == Some(name)).collect();
    let entry = match named.as_slice() {
        [entry] => *entry,
        [] => {
            let help = match find(name) {
                Ok(group) => {
                    let names: Vec<&str> = group.iter().map(|entry| entry.name).collect();
                    format!("it is a group; its rules are {}", names.join(", "))
                }
                Err(unknown) => unknown.help(),
            };
            return Err(Failure::Argument { message: format!("there is no rule `{name}`"), help });
        }
        several => {
            let names: Vec<String> = several.iter().map(|entry| format!("`{}`", entry.name)).collect();
            let message = format!("several rules are called `{name}`");
            return Err(Failure::Argument { message, help: format!("say which: {}", enumerate(&names)) });
        }
    };
    let mut out = io::stdout().lock();
    let severity = entry.rule.severity;
    let page = format!("# {} ({severity})\n\n{}\n", entry.name, entry.page());
    // Programs and pagers get the page as it is written.
    let shown = if out.is_terminal() {
        report::page(&page, Style { colour: wants_colour(), unicode: true, width: width() })
    } else {
        page
    };
    out.write_all(shown.as_bytes()).map_err(Failure::stdout)?;
    Ok(Outcome::Clean)
}
