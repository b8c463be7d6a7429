//! The command line, and the door to `clap`: one file per sub-command.

mod baseline;
mod cache;
mod config;
mod explain;
mod files;
mod init;
mod inspect;
mod lint;
mod manual;
mod output;
mod progress;
mod rules;
mod scope;
mod watch;

use crate::config::{Config, Configurations, FailOn};
use crate::diagnostic::Fault;
use crate::discover::{Found, Terms};
use crate::policy::{Policy, Refusal, Wishes};
use crate::report::{self, Style};
use crate::spill::Memory;
use crate::time::Day;
use crate::trap::trap;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use std::collections::{BTreeSet, HashMap};
use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// A linter for collections of encyclopedic articles: structure, dates, facts and references.
#[derive(Debug, Parser)]
#[command(name = "seedlint", version, max_term_width = 100, arg_required_else_help = true, subcommand_required = true)]
#[command(after_help = "Examples:
  seedlint lint seeds/               check all articles in a folder
  seedlint lint --select date a.txt  check the dates of one article
  seedlint explain date/weekday      say what a rule flags, and why

Exit status: 0 nothing at or above the gate, 1 something was, 2 the tool could not do its work.")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check articles
    Lint(lint::Arguments),
    /// Keep the findings that are not reported again: debt, and what was accepted
    Baseline(baseline::Arguments),
    /// Say what a rule flags, why it matters, and give an example
    Explain(explain::Arguments),
    /// List the rules
    Rules(rules::Arguments),
    /// Show how articles are read, as JSON Lines
    Inspect(inspect::Arguments),
    /// Show what is in force for a path, and where each value comes from
    Config(config::Arguments),
    /// Look at a corpus and write a configuration that fits it
    Init(init::Arguments),
    /// Remove what was kept of earlier runs
    Clean(cache::Arguments),
    /// Print the script that a shell completes the command line with
    Completions(manual::Completions),
    /// Write the manual pages
    Man(manual::Manual),
}

/// What commands that read articles have in common.
#[derive(Debug, Default, Args)]
struct Reading {
    /// Articles, or folders of them; `-` for standard input [default: seeds where there is such a folder, else .]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The name that the text on standard input goes by
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<String>,
    /// The configuration [default: the nearest seedlint.yaml in the folders above the paths]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Read no configuration
    #[arg(long, conflicts_with = "config")]
    isolated: bool,
    /// Threads [default: one for each processor]
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    /// Memory to take, as in 512M or 2G; what does not fit lies in a temporary file [default: a quarter of the machine's]
    #[arg(long, value_name = "SIZE", value_parser = memory)]
    memory: Option<Memory>,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Colour {
    /// On a terminal, unless `NO_COLOR` is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl ValueEnum for FailOn {
    fn value_variants<'a>() -> &'a [Self] {
        &[FailOn::Error, FailOn::Warning, FailOn::Advice, FailOn::Never]
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        let (name, help) = match self {
            FailOn::Error => ("error", "Errors alone"),
            FailOn::Warning => ("warning", "Errors and warnings"),
            FailOn::Advice => ("advice", "Any finding"),
            FailOn::Never => ("never", "Nothing: report only"),
        };
        Some(clap::builder::PossibleValue::new(name).help(help))
    }
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing at or above the gate was found.
    Clean,
    /// Something was.
    Found,
    /// The tool could not do its work, or not all of it.
    Failed,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        ExitCode::from(match outcome {
            Outcome::Clean => 0,
            Outcome::Found => 1,
            Outcome::Failed => 2,
        })
    }
}

/// Why a command cannot do its work. Printed once, here.
#[derive(Debug)]
enum Failure {
    /// The configuration or a schema is at fault.
    Fault(Box<Fault>),
    /// An argument is.
    Argument { message: String, help: String },
    /// The program is at fault.
    Internal { words: String },
    /// The output could not be written.
    Output { target: String, error: io::Error },
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Failure::Fault(Box::new(fault))
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Fault(fault) => Failure::Fault(fault),
            Refusal::Unknown(unknown) => Failure::Argument { message: unknown.to_string(), help: unknown.help() },
        }
    }
}

impl Failure {
    fn stdout(error: io::Error) -> Self {
        Failure::Output { target: String::from("standard output"), error }
    }
}

/// Runs the program with its arguments, the first of which is its own name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Outcome {
    let result = trap(|| match parse(arguments) {
        Ok(arguments) => run_command(&arguments.command),
        Err(error) => Ok(answer(&error)),
    });
    match result.unwrap_or_else(|words| Err(Failure::Internal { words })) {
        Ok(outcome) => outcome,
        // The reader has seen enough.
        Err(Failure::Output { error, .. }) if error.kind() == io::ErrorKind::BrokenPipe => Outcome::Clean,
        Err(failure) => {
            complain(&failure);
            Outcome::Failed
        }
    }
}

fn run_command(command: &Command) -> Result<Outcome, Failure> {
    match command {
        Command::Lint(arguments) => lint::run(arguments),
        Command::Baseline(arguments) => baseline::run(arguments),
        Command::Explain(arguments) => explain::run(arguments),
        Command::Rules(arguments) => rules::run(arguments),
        Command::Inspect(arguments) => inspect::run(arguments),
        Command::Config(arguments) => config::run(arguments),
        Command::Init(arguments) => init::run(arguments),
        Command::Clean(arguments) => cache::clean(arguments),
        Command::Completions(arguments) => manual::completions(arguments),
        Command::Man(arguments) => manual::manual(arguments),
    }
}

/// Prints what is to be said of a command line that asks for help or the version, or cannot be read.
fn answer(error: &clap::Error) -> Outcome {
    // Help and version are no faults; a reader who has seen enough is none either.
    let printed = match error.print().and_then(|()| io::stdout().flush()) {
        Ok(()) => true,
        Err(error) => error.kind() == io::ErrorKind::BrokenPipe,
    };
    if error.use_stderr() || !printed { Outcome::Failed } else { Outcome::Clean }
}

/// The command line as `clap` knows it.
fn command() -> clap::Command {
    Arguments::command()
}

/// Reads the command line.
fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Arguments, clap::Error> {
    let matches = command().try_get_matches_from(arguments)?;
    let mut arguments = Arguments::from_arg_matches(&matches)?;
    if let (Command::Lint(lint), Some(matches)) = (&mut arguments.command, matches.subcommand_matches("lint")) {
        lint.output.set_order(matches);
    }
    Ok(arguments)
}

/// Says on standard error why a command failed.
fn complain(failure: &Failure) {
    let colour = io::stderr().is_terminal() && wants_colour();
    let text = match failure {
        Failure::Fault(fault) => report::pretty_fault(fault, Style { colour, unicode: true, width: width() }),
        Failure::Argument { message, help } => {
            format!("error: {}\n  help: {}", report::visible(message), report::visible(help))
        }
        Failure::Internal { words } => format!(
            "error: this is a fault of seedlint {}\n  help: please report it with these words: {}",
            env!("CARGO_PKG_VERSION"),
            report::visible(words)
        ),
        Failure::Output { target, error } => format!("error: cannot write to {}: {error}", report::visible(target)),
    };
    warn(&text);
}

/// Writes a line to standard error. That it cannot be written is nothing to stop for.
fn warn(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}

/// Whether the environment lets a terminal have colours. <https://no-color.org>
fn wants_colour() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// The columns of the terminal, between bounds in which prose reads well.
fn width() -> usize {
    terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0)).clamp(40, 120)
}

impl Reading {
    /// The paths, or what stands for them.
    fn paths(&self) -> Vec<PathBuf> {
        if !self.paths.is_empty() {
            return self.paths.clone();
        }
        let seeds = PathBuf::from("seeds");
        vec![if seeds.is_dir() { seeds } else { PathBuf::from(".") }]
    }

    /// The configurations of the run, before any folder is looked at.
    fn configurations(&self) -> Result<Configurations, Failure> {
        Ok(match &self.config {
            Some(path) => Configurations::only(Config::read(path)?),
            None if self.isolated => Configurations::only(Config::default()),
            None => Configurations::new(),
        })
    }

    /// Reads the articles, and those of the folders around them, with as many threads as were asked for, and settles what holds for each.
    fn read(&self, wishes: &Wishes, corpus: &[PathBuf]) -> Result<(Found, Policy), Failure> {
        if let Some(jobs) = self.jobs {
            crate::discover::use_threads(jobs.into());
        }
        let mut configurations = self.configurations()?;
        let mut terms: HashMap<usize, Arc<Terms>> = HashMap::new();
        let mut fault = None;
        let mut terms_of = |folder: &Path| {
            let number = configurations.of_folder(folder).map_err(|error| fault = Some(error)).ok()?;
            let of_config = terms.entry(number).or_insert_with(|| Arc::new(terms_of(configurations.get(number))));
            Some(of_config.clone())
        };
        let paths = [&self.paths(), corpus].concat();
        let found = crate::discover::discover(
            &paths,
            self.stdin_filename.as_deref(),
            self.memory.unwrap_or_else(a_quarter),
            &mut terms_of,
        );
        if let Some(fault) = fault {
            return Err(fault.into());
        }
        for problem in &found.problems {
            warn(&format!("error: {}: {}", report::visible(&problem.path), problem.reason));
        }
        if found.problems.is_empty() && found.sources.is_empty() {
            let extensions: BTreeSet<&str> =
                terms.values().flat_map(|terms| terms.extensions.iter().map(String::as_str)).collect();
            let extensions: Vec<&str> = extensions.into_iter().collect();
            warn(&format!(
                "warning: there is no article here: no file ends in .{}",
                report::visible(&extensions.join(", ."))
            ));
        }
        let policy = Policy::new(configurations, wishes, &found.sources, today())?;
        Ok((found, policy))
    }
}

/// What a configuration has read in a folder.
fn terms_of(config: &Config) -> Terms {
    Terms {
        extensions: config.extensions.clone().unwrap_or_else(|| crate::discover::EXTENSIONS.map(String::from).to_vec()),
        // Offsets have 32 bits.
        max_file_size: config.max_file_size.unwrap_or(crate::config::MAX_FILE_SIZE).min(u32::MAX.into()),
        leave_out: config.outside_titles_files(),
    }
}

/// Reads a size in bytes: a number, and a letter that multiplies it by a power of 1024.
fn memory(text: &str) -> Result<Memory, String> {
    let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let unit: u64 = match text[digits.len()..].to_ascii_uppercase().as_str() {
        "" => 1,
        "K" | "KB" | "KIB" => 1 << 10,
        "M" | "MB" | "MIB" => 1 << 20,
        "G" | "GB" | "GIB" => 1 << 30,
        _ => 0,
    };
    let bytes = digits.parse::<u64>().ok().and_then(|number| number.checked_mul(unit));
    let bytes = bytes.filter(|&bytes| bytes >= LEAST_MEMORY);
    bytes.map(|bytes| Memory { bytes }).ok_or_else(|| String::from("write a size of at least 32M, as 512M or 2G"))
}

/// The program and an article need so many bytes.
const LEAST_MEMORY: u64 = 32 << 20;

/// A quarter of the memory of the machine, or of what this program may have of it.
fn a_quarter() -> Memory {
    let memory = sysinfo::MemoryRefreshKind::nothing().with_ram();
    let machine = sysinfo::System::new_with_specifics(sysinfo::RefreshKind::nothing().with_memory(memory));
    // Where the system does not tell, as much as any machine has.
    const UNKNOWN: u64 = 1 << 30;
    if machine.total_memory() == 0 {
        return Memory { bytes: UNKNOWN };
    }
    let limit = machine.cgroup_limits().map_or(u64::MAX, |limits| limits.total_memory);
    Memory { bytes: (machine.total_memory().min(limit) / 4).max(LEAST_MEMORY) }
}

/// Reads a day of the command line.
fn day(text: &str) -> Result<Day, String> {
    Day::from_iso(text).ok_or_else(|| String::from("write a day of the calendar as YYYY-MM-DD"))
}

/// Today, by the clock of the machine, in Coordinated Universal Time.
fn today() -> Day {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Day::from_unix_days((since.as_secs() / 86_400) as i64)
}
