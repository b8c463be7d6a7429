//! `seedlint baseline`: makes, shrinks and shows the list of findings that are not reported again.

use super::{Failure, Outcome, Reading, day, scope, warn};
use crate::baseline::{Baseline, Entry, Ground, Seen, Standing};
use crate::check;
use crate::diagnostic::Diagnostic;
use crate::discover::Found;
use crate::policy::Wishes;
use crate::report::visible;
use crate::time::Day;
use clap::{Args, Subcommand};
use std::collections::{HashMap, HashSet};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  seedlint baseline create seeds/      take all that is found now as debt; `lint` reports what comes
  seedlint baseline update seeds/      take out the debt that is paid
  seedlint baseline accept 4f1c seeds/ --reason 'the ledger says so'
  seedlint baseline show seeds/        list what is hidden, and why

Exit status: 0 done, 2 it could not be done.")]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Take all present findings as debt
    Create {
        #[command(flatten)]
        common: Common,
        /// Make the list of debt anew where there is a baseline; what was accepted stays
        #[arg(long)]
        force: bool,
    },
    /// Take out the debt whose findings are gone, and follow files that were renamed; nothing is added
    Update {
        #[command(flatten)]
        common: Common,
    },
    /// Take out all entries whose findings are gone, accepted ones as well; nothing else changes
    Prune {
        #[command(flatten)]
        common: Common,
    },
    /// Accept a finding for good: one that is present, or in debt
    Accept {
        /// The fingerprint of the finding, or how it begins; `show` and the JSON report have it
        #[arg(value_name = "FINGERPRINT")]
        fingerprint: String,
        #[command(flatten)]
        common: Common,
        /// Why it is to stay
        #[arg(long, value_name = "WORDS")]
        reason: String,
    },
    /// List the entries: live or stale, path, rule, message and reason
    Show {
        #[command(flatten)]
        common: Common,
        /// Print one JSON document
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Args)]
struct Common {
    #[command(flatten)]
    reading: Reading,
    /// The baseline [default: seedlint-baseline.yaml beside the configuration, or in the folder that is named]
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// The day that "today" means, as YYYY-MM-DD [default: today]
    #[arg(long, value_name = "DAY", value_parser = day)]
    as_of: Option<Day>,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    match &arguments.action {
        Action::Create { common, force } => create(common, *force),
        Action::Update { common } => update(common),
        Action::Prune { common } => prune(common),
        Action::Accept { fingerprint, common, reason } => accept(common, fingerprint, reason),
        Action::Show { common, json } => show(common, *json),
    }
}

/// What is there, and a baseline beside it.
struct Present {
    file: PathBuf,
    ground: Ground,
    baseline: Baseline,
    found: Found,
    diagnostics: Vec<Diagnostic>,
    /// The fingerprints of the entries whose findings are gone.
    stale: HashSet<u64>,
}

impl Common {
    /// Looks at the articles, and reads the baseline, which has to be there.
    fn look(&self) -> Result<Present, Failure> {
        let file = match &self.baseline {
            Some(file) => Some(file.clone()),
            None => scope::existing(&self.reading, &[])?,
        };
        let file = file.ok_or_else(|| Failure::Argument {
            message: String::from("there is no baseline here"),
            help: String::from("`seedlint baseline create` makes one; --baseline names one that lies elsewhere"),
        })?;
        let baseline = Baseline::read(&file)?;
        self.look_with(file, baseline)
    }

    /// Looks at the articles.
    fn look_with(&self, file: PathBuf, baseline: Baseline) -> Result<Present, Failure> {
        let wishes = Wishes { as_of: self.as_of, ..Wishes::default() };
        let (mut found, policy) = self.reading.read(&wishes, &[])?;
        let plan = policy.plan(&found.sources);
        let checked = check::check(&mut found.sources, &plan, found.complete);
        for crash in &checked.crashes {
            warn(&format!("error: {}: {}", visible(&crash.path), visible(&crash.reason)));
        }
        found.problems.extend(checked.crashes);
        let ground = Ground::of(&file);
        let stale = {
            let seen = Seen::new(&ground, &found, &plan, &self.reading.paths());
            baseline.stale(&checked.diagnostics, &seen).iter().map(|entry| entry.fingerprint).collect()
        };
        Ok(Present { file, ground, baseline, found, diagnostics: checked.diagnostics, stale })
    }
}

impl Present {
    /// The entry of a finding as it is now.
    fn entry(&self, diagnostic: &Diagnostic, standing: Standing) -> Entry {
        self.ground.entry(&self.found.sources, diagnostic, standing)
    }

    fn write(&self, baseline: &Baseline) -> Result<(), Failure> {
        baseline.write(&self.file).map_err(|why| {
            let error = io::Error::other(why.to_string());
            Failure::Output { target: self.file.display().to_string(), error }
        })
    }

    /// How it ends, when all is done that could be.
    fn outcome(&self) -> Outcome {
        if self.found.problems.is_empty() { Outcome::Clean } else { Outcome::Failed }
    }

    fn tell(&self, words: &str) {
        warn(&format!("{}: {words}", visible(&self.file.display().to_string())));
    }
}

fn create(common: &Common, force: bool) -> Result<Outcome, Failure> {
    let file = match &common.baseline {
        Some(file) => file.clone(),
        None => scope::place(&common.reading)?,
    };
    let there = file.symlink_metadata().is_ok();
    if there && !force {
        return Err(Failure::Argument {
            message: format!("there is a baseline already: {}", file.display()),
            help: String::from("`update` takes out what is gone; --force takes all present findings as debt anew"),
        });
    }
    let old = if there { Baseline::read(&file)? } else { Baseline::default() };
    let present = common.look_with(file, old)?;
    if !present.found.problems.is_empty() {
        present.tell("it was not written: not all could be checked");
        return Ok(Outcome::Failed);
    }
    let mut baseline = Baseline::default();
    for entry in present.baseline.entries().filter(|entry| entry.standing != Standing::Debt) {
        baseline.add(entry.clone());
    }
    let accepted = baseline.entries().count();
    for diagnostic in &present.diagnostics {
        baseline.add(present.entry(diagnostic, Standing::Debt));
    }
    present.write(&baseline)?;
    present.tell(&format!("{accepted} accepted, {} in debt", baseline.entries().count() - accepted));
    Ok(present.outcome())
}

fn update(common: &Common) -> Result<Outcome, Failure> {
    let present = common.look()?;
    let mut baseline = Baseline::default();
    let mut paid = 0;
    let found: HashMap<u64, &Diagnostic> = present.diagnostics.iter().map(|found| (found.fingerprint, found)).collect();
    for entry in present.baseline.entries() {
        match found.get(&entry.fingerprint) {
            // The message stays as it was: it may name lines, which move.
            Some(diagnostic) => {
                let message = entry.message.clone();
                baseline.add(Entry { message, ..present.entry(diagnostic, entry.standing.clone()) });
            }
            None if entry.standing == Standing::Debt && present.stale.contains(&entry.fingerprint) => paid += 1,
            None => {
                baseline.add(entry.clone());
            }
        }
    }
    if baseline != present.baseline {
        present.write(&baseline)?;
    }
    let left = baseline.entries().filter(|entry| entry.standing == Standing::Debt).count();
    present.tell(&format!("{paid} paid, {left} in debt"));
    Ok(present.outcome())
}

fn prune(common: &Common) -> Result<Outcome, Failure> {
    let present = common.look()?;
    let mut baseline = present.baseline.clone();
    for &fingerprint in &present.stale {
        baseline.remove(fingerprint);
    }
    if !present.stale.is_empty() {
        present.write(&baseline)?;
    }
    present.tell(&format!("{} stale taken out, {} left", present.stale.len(), baseline.entries().count()));
    Ok(present.outcome())
}

/// Shorter beginnings of a fingerprint are most likely a slip.
const SHORTEST: usize = 4;

fn accept(common: &Common, fingerprint: &str, reason: &str) -> Result<Outcome, Failure> {
    let refuse = |message: String, help: &str| Failure::Argument { message, help: help.to_owned() };
    if reason.trim().is_empty() {
        return Err(refuse(String::from("the reason is empty"), "say why the finding is to stay"));
    }
    let begin = fingerprint.to_ascii_lowercase();
    if begin.len() < SHORTEST || begin.len() > 16 || !begin.bytes().all(|b| b.is_ascii_hexdigit()) {
        let help = "it has 16 digits from 0 to f, of which the first four are enough where no other begins so";
        return Err(refuse(format!("`{fingerprint}` is no fingerprint"), help));
    }
    let file = match &common.baseline {
        Some(file) => Some(file.clone()),
        None => scope::existing(&common.reading, &[])?,
    };
    let present = match file {
        Some(file) if file.exists() => {
            let baseline = Baseline::read(&file)?;
            common.look_with(file, baseline)?
        }
        Some(file) => common.look_with(file, Baseline::default())?,
        None => common.look_with(scope::place(&common.reading)?, Baseline::default())?,
    };
    let begins = |fingerprint: u64| format!("{fingerprint:016x}").starts_with(&begin);
    let standing = Standing::Accepted { reason: reason.trim().to_owned() };
    let in_debt = present.baseline.entries().filter(|entry| begins(entry.fingerprint)).cloned();
    let now = present.diagnostics.iter().filter(|found| begins(found.fingerprint));
    let mut entries: Vec<Entry> = now.map(|found| present.entry(found, standing.clone())).collect();
    entries.extend(in_debt.map(|entry| Entry { standing: standing.clone(), ..entry }));
    entries.sort_by_key(|entry| entry.fingerprint);
    entries.dedup_by_key(|entry| entry.fingerprint);
    match entries.as_slice() {
        [] => {
            let help = "`--output-format json` and `baseline show` have the fingerprints";
            Err(refuse(format!("no finding has the fingerprint `{fingerprint}`"), help))
        }
        [entry] => {
            let mut baseline = present.baseline.clone();
            baseline.remove(entry.fingerprint);
            baseline.add(entry.clone());
            present.write(&baseline)?;
            present.tell(&format!("accepted {} in {}", entry.rule, visible(&entry.paths[0])));
            Ok(present.outcome())
        }
        several => {
            let message = format!("{} findings have fingerprints that begin with `{fingerprint}`", several.len());
            Err(refuse(message, "write more of it"))
        }
    }
}

fn show(common: &Common, json: bool) -> Result<Outcome, Failure> {
    let present = common.look()?;
    let live: HashSet<u64> = present.diagnostics.iter().map(|diagnostic| diagnostic.fingerprint).collect();
    let state = |entry: &Entry| match (live.contains(&entry.fingerprint), present.stale.contains(&entry.fingerprint)) {
        (true, _) => "live",
        (_, true) => "stale",
        // Its file was not read, or its rule did not run.
        _ => "unknown",
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    let written = if json {
        let entries: Vec<serde_json::Value> = present
            .baseline
            .entries()
            .map(|entry| {
                let (standing, reason) = match &entry.standing {
                    Standing::Debt => ("debt", None),
                    Standing::Accepted { reason } => ("accepted", Some(reason)),
                };
                serde_json::json!({
                    "fingerprint": format!("{:016x}", entry.fingerprint), "rule": entry.rule, "path": entry.paths.first(),
                    "with": entry.paths.get(1..), "message": entry.message, "standing": standing, "reason": reason,
                    "state": state(entry),
                })
            })
            .collect();
        let report = serde_json::json!({"version": 1, "baseline": shown(&present.file), "entries": entries});
        serde_json::to_writer_pretty(&mut out, &report).map_err(io::Error::from).and_then(|()| writeln!(out))
    } else {
        present.baseline.entries().try_for_each(|entry| {
            let path = entry.paths.first().map_or("", String::as_str);
            let (standing, reason) = match &entry.standing {
                Standing::Debt => ("debt", String::new()),
                Standing::Accepted { reason } => ("accepted", format!(" — accepted: {reason}")),
            };
            let line = format!(
                "{:016x} {:7} {standing:8} {path}: {}: {}{reason}",
                entry.fingerprint,
                state(entry),
                entry.rule,
                entry.message
            );
            writeln!(out, "{}", visible(&line))
        })
    };
    written.and_then(|()| out.flush()).map_err(Failure::stdout)?;
    Ok(present.outcome())
}

fn shown(file: &Path) -> String {
    file.display().to_string()
}
