//! `seedlint lint`: the main job, and its corrections.

use super::scope::{Narrowing, Scope};
use super::{Failure, Outcome, Reading, cache, day, files, output, progress, warn, watch};
use crate::check::{self, Summary};
use crate::config::{FailOn, LevelSetting};
use crate::diagnostic::Diagnostic;
use crate::fix::{self, Fixed, Refusal, Which, Writer};
use crate::policy::Wishes;
use crate::report::{self, Run};
use crate::source::Sources;
use crate::text::count;
use crate::time::Day;
use clap::Args;
use std::cell::RefCell;
use std::io::{self, IsTerminal, Write};
use std::time::Instant;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  seedlint lint seeds/                              check a folder
  seedlint lint --select date,reference seeds/      only two groups of rules
  seedlint lint --ignore structure/heading-style    all rules but one
  seedlint lint --fail-on warning seeds/            a stricter gate
  seedlint lint --output-format json seeds/         for programs
  seedlint lint --diff seeds/                       show what --fix would change
  seedlint lint --fix seeds/                        correct what is sure
  seedlint lint --output-format pretty --output-format sarif --output-file a.sarif seeds/
  seedlint lint --statistics seeds/                 how many findings of each rule
  seedlint lint --changed=main seeds/               only what the branch has changed
  seedlint lint --corpus seeds seeds/a.txt          one file, among all the others
  seedlint lint --watch seeds/                      again after each change
  cat a.txt | seedlint lint - --stdin-filename a.txt")]
#[allow(clippy::struct_excessive_bools)] // switches of the command line, each a word of its own
pub(super) struct Arguments {
    #[command(flatten)]
    reading: Reading,
    /// Correct what can be corrected safely, and report what is left
    #[arg(long)]
    fix: bool,
    /// With --fix or --diff: also the corrections that may not be what the author meant
    #[arg(long)]
    unsafe_fixes: bool,
    /// Show the corrections as a unified diff and write nothing
    #[arg(long)]
    diff: bool,
    #[command(flatten)]
    scope: Narrowing,
    /// Run only these rules or groups (a comma between them)
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    select: Vec<String>,
    /// Do not run these rules or groups
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    ignore: Vec<String>,
    /// The level of a rule or group: off, advice, warning or error
    #[arg(long, value_name = "RULE=LEVEL", value_delimiter = ',', value_parser = level)]
    level: Vec<(String, LevelSetting)>,
    /// The level from which on a finding makes the exit status 1 [default: error]
    #[arg(long, value_name = "LEVEL")]
    fail_on: Option<FailOn>,
    /// The day that "today" means, as YYYY-MM-DD [default: today]
    #[arg(long, value_name = "DAY", value_parser = day)]
    as_of: Option<Day>,
    /// Check again whenever an article or the configuration changes, until it is interrupted
    #[arg(long, conflicts_with_all = ["diff", "show_files", "staged"])]
    watch: bool,
    /// Show which files would be read, with their layouts and kinds, and check nothing
    #[arg(long, conflicts_with_all = ["fix", "diff"])]
    show_files: bool,
    #[command(flatten)]
    cache: cache::Caching,
    #[command(flatten)]
    pub(super) output: output::Reports,
    /// No summary line
    #[arg(long, short)]
    quiet: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    if !arguments.watch {
        return run_once(arguments);
    }
    let paths = [&arguments.reading.paths()[..], &arguments.scope.corpus].concat();
    watch::run(&paths, arguments.output.files(), || run_once(arguments))
}

fn run_once(arguments: &Arguments) -> Result<Outcome, Failure> {
    let start = Instant::now();
    let outputs = arguments.output.outputs()?;

    if arguments.unsafe_fixes && !arguments.fix && !arguments.diff {
        return Err(Failure::Argument {
            message: String::from("--unsafe-fixes says which corrections, and not what to do with them"),
            help: String::from("add --fix to make them, or --diff to see them"),
        });
    }
    if arguments.fix && !arguments.diff && arguments.reading.paths().iter().any(|path| path.as_os_str() == "-") {
        return Err(Failure::Argument {
            message: String::from("standard input cannot be corrected where it lies"),
            help: String::from("name the file, or use --diff"),
        });
    }
    let scope = Scope::new(&arguments.scope, &arguments.reading)?;
    let (mut found, policy) = arguments.reading.read(&arguments.wishes(), &arguments.scope.corpus)?;
    if arguments.show_files {
        return files::show(&found, &policy);
    }
    let complete = found.complete;
    let crashes = RefCell::new(Vec::new());
    // What does not fit into memory is not kept either: what is new in the cache lies in memory until the end.
    let kept = found.sources.are_held().then(|| arguments.cache.open()).flatten();
    let check = |sources: &mut Sources| {
        let mut plan = policy.plan(sources);
        if let Some(kept) = &kept {
            plan = plan.remembering(&kept.cache);
        }
        let number = sources.len();
        let mut work = || check::check(sources, &plan, complete);
        let checked = if arguments.quiet { work() } else { progress::show(&plan.looked, number, work) };
        crashes.borrow_mut().extend(checked.crashes);
        let mut diagnostics = checked.diagnostics;
        scope.protect(sources, &mut diagnostics);
        diagnostics
    };
    let mut diagnostics = check(&mut found.sources);
    let mut refused = false;
    if arguments.fix || arguments.diff {
        let which = if arguments.unsafe_fixes { Which::All } else { Which::Safe };
        let (fixed, left) = fix::fix(&mut found.sources, which, diagnostics, check);
        diagnostics = left;
        if arguments.diff {
            show_difference(arguments, &found.sources, &fixed)?;
        } else {
            refused = write_fixed(arguments, &mut found.sources, fixed);
            if refused {
                diagnostics = check(&mut found.sources);
            }
        }
    }
    for crash in crashes.take() {
        // Corrections are followed by other checks, which may meet the same fault.
        if !found.problems.contains(&crash) {
            warn(&format!("error: {}: {}", report::visible(&crash.path), report::visible(&crash.reason)));
            found.problems.push(crash);
        }
    }
    if let Some(kept) = &kept {
        kept.save(arguments.quiet);
    }
    let plan = policy.plan(&found.sources);
    let hidden = scope.settle(&found, &plan, &mut diagnostics);
    let summary = Summary { baseline: hidden, ..Summary::new(&found.sources, &diagnostics) };

    let run = Run { sources: &found.sources, diagnostics: &diagnostics, summary: &summary, problems: &found.problems };
    let seconds = start.elapsed().as_secs_f64();
    let line = (outputs.are_for_people() && !arguments.quiet).then(|| {
        let unread = found.sources.len() - summary.articles;
        report::summary_line(&summary, found.problems.len(), unread, seconds)
    });
    if !arguments.diff {
        match outputs.write(&run, line.as_deref(), seconds) {
            // That the reader has seen enough changes nothing in what was found.
            Err(Failure::Output { error, .. }) if error.kind() == io::ErrorKind::BrokenPipe => {}
            written => written?,
        }
    }
    if !arguments.quiet && !found.complete && plan.number("reference/unresolved").is_some() && !found.sources.is_empty()
    {
        warn("note: references were not looked up: name a folder, so that it is known which articles there are");
    }

    if !arguments.quiet
        && let Some(why) = found.sources.shelf().store.unwritten()
    {
        warn(&format!("note: more memory was taken than was allowed: a temporary file could not be written ({why})"));
    }
    if !arguments.quiet {
        scope.tell_stale(hidden);
    }
    let stale = arguments.scope.fail_on_stale && hidden.is_some_and(|hidden| hidden.stale > 0);
    let fails = |diagnostic: &Diagnostic| policy.fails(diagnostic.primary.span.source, diagnostic.severity);
    Ok(if !found.problems.is_empty() || refused {
        Outcome::Failed
    } else if stale || diagnostics.iter().any(fails) {
        Outcome::Found
    } else {
        Outcome::Clean
    })
}

/// Shows what would change as a diff, and counts it on standard error.
fn show_difference(arguments: &Arguments, sources: &Sources, fixed: &Fixed) -> Result<(), Failure> {
    let mut shown = String::new();
    // Programs take the bytes as they are; people and runners must not be commanded by them.
    let for_people =
        arguments.output.file().is_none() && io::stdout().is_terminal() || std::env::var_os("GITHUB_ACTIONS").is_some();
    for (&id, before) in &fixed.before {
        let file = sources.get(id);
        let diff = fix::unified(&file.path, before, file.text());
        if for_people {
            for line in diff.lines() {
                shown.push_str(&report::visible(line));
                shown.push('\n');
            }
        } else {
            shown.push_str(&diff);
        }
    }
    let written = if let Some(path) = arguments.output.file() {
        output::write_file(path, shown.into_bytes())
            .map_err(|error| Failure::Output { target: path.display().to_string(), error })
    } else {
        let mut stdout = io::stdout().lock();
        stdout.write_all(shown.as_bytes()).and_then(|()| stdout.flush()).map_err(Failure::stdout)
    };
    match written {
        Err(Failure::Output { error, .. }) if error.kind() == io::ErrorKind::BrokenPipe => {}
        written => written?,
    }
    tell(arguments, fixed, fixed.total(), fixed.before.len(), "would be corrected");
    Ok(())
}

/// Writes the corrected files. Those that cannot be written get the text back that they have on the disk; whether there were such.
fn write_fixed(arguments: &Arguments, sources: &mut Sources, mut fixed: Fixed) -> bool {
    let mut writer = Writer::new(&arguments.reading.paths());
    let (mut findings, mut files) = (0, 0);
    let mut refused = false;
    for (id, before) in std::mem::take(&mut fixed.before) {
        let file = sources.get(id);
        let written = match file.record {
            Some(_) => Err(Refusal::Record),
            None => writer.replace(&file.location, &before, file.text()),
        };
        match written {
            Ok(()) => {
                findings += fixed.findings.get(&id).copied().unwrap_or(0);
                files += 1;
            }
            Err(why) => {
                warn(&format!("error: {}: {why}", report::visible(&file.path)));
                sources.replace(id, before);
                refused = true;
            }
        }
    }
    tell(arguments, &fixed, findings, files, "corrected");
    refused
}

fn tell(arguments: &Arguments, fixed: &Fixed, findings: usize, files: usize, done: &str) {
    if arguments.quiet {
        return;
    }
    let mut line = format!("{} in {} {done}", count(findings, "finding"), count(files, "file"));
    if fixed.dropped > 0 {
        let were = if fixed.dropped == 1 { "was" } else { "were" };
        line.push_str(&format!(
            "; {} {were} left out: it would have made an error",
            count(fixed.dropped, "correction")
        ));
    }
    warn(&line);
}

impl Arguments {
    /// What is said of rules and levels.
    fn wishes(&self) -> Wishes {
        Wishes {
            select: self.select.clone(),
            ignore: self.ignore.clone(),
            levels: self.level.clone(),
            fail_on: self.fail_on,
            as_of: self.as_of,
        }
    }
}

/// Reads `RULE=LEVEL`.
fn level(text: &str) -> Result<(String, LevelSetting), String> {
    text.split_once('=')
        .and_then(|(rule, name)| Some((rule.to_owned(), LevelSetting::named(name)?)))
        .ok_or_else(|| String::from("write RULE=LEVEL, and as level off, advice, warning or error"))
}
