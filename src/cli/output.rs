//! Where the reports of a run go: one or several formats, to files and to standard output.

use super::{Colour, Failure, wants_colour, warn, width};
use crate::fix::{Refusal, write_whole};
use crate::report::{self, Format, Run, Style};
use crate::text::count;
use clap::{ArgMatches, Args, ValueEnum};
use std::fs::OpenOptions;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// What the command line says of it.
#[derive(Debug, Args)]
pub(super) struct Reports {
    /// The form of the report; with an --output-file behind each, several at once [default: pretty]
    #[arg(long, value_name = "FORMAT")]
    output_format: Vec<Format>,
    /// Write the report of the format before it to a file, not to standard output
    #[arg(long, value_name = "FILE")]
    output_file: Vec<PathBuf>,
    /// In the place of the findings, how many there are of each rule (pretty and concise)
    #[arg(long)]
    statistics: bool,
    /// When to colour the report
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    color: Colour,
    /// The places of formats and files on the command line, in their order.
    #[arg(skip)]
    order: Vec<Place>,
}

/// One of the options above, by its number among those of its name.
#[derive(Debug, Clone, Copy)]
enum Place {
    Format(usize),
    File(usize),
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        const ALL: [Format; Format::ALL.len()] = {
            let mut all = [Format::Pretty; Format::ALL.len()];
            let mut i = 0;
            while i < all.len() {
                all[i] = Format::ALL[i].0;
                i += 1;
            }
            all
        };
        &ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        let (name, help) = self.names();
        Some(clap::builder::PossibleValue::new(name).help(help))
    }
}

/// A report that is to be written.
#[derive(Debug)]
struct Output {
    format: Format,
    /// Where to; nothing for standard output.
    file: Option<PathBuf>,
}

impl Output {
    /// Whether people read it, and no runner.
    fn is_for_readers(&self) -> bool {
        matches!(self.format, Format::Pretty | Format::Concise)
    }
}

/// All reports of a run.
#[derive(Debug)]
pub(super) struct Outputs {
    all: Vec<Output>,
    color: Colour,
    statistics: bool,
}

impl Reports {
    /// Takes the order of the options, which decides which file is whose.
    pub(super) fn set_order(&mut self, matches: &ArgMatches) {
        let indices = |name: &str| matches.indices_of(name).map(Iterator::collect::<Vec<_>>).unwrap_or_default();
        let formats = indices("output_format").into_iter().enumerate().map(|(i, at)| (at, Place::Format(i)));
        let files = indices("output_file").into_iter().enumerate().map(|(i, at)| (at, Place::File(i)));
        let mut order: Vec<(usize, Place)> = formats.chain(files).collect();
        order.sort_by_key(|(at, _)| *at);
        self.order = order.into_iter().map(|(_, place)| place).collect();
    }

    /// The one file that takes the place of standard output, where something else than a report is written.
    pub(super) fn file(&self) -> Option<&Path> {
        self.output_file.first().map(PathBuf::as_path)
    }

    /// All files that reports are written to.
    pub(super) fn files(&self) -> &[PathBuf] {
        &self.output_file
    }

    /// Which report goes where.
    pub(super) fn outputs(&self) -> Result<Outputs, Failure> {
        let mut all: Vec<Output> = Vec::new();
        // Of one format and one file the order does not matter.
        if let ([] | [_], [file]) = (self.output_format.as_slice(), self.output_file.as_slice()) {
            let format = self.output_format.first().copied().unwrap_or(Format::Pretty);
            all.push(Output { format, file: Some(file.clone()) });
        } else {
            for place in &self.order {
                match (place, all.last_mut()) {
                    (Place::Format(i), _) => all.push(Output { format: self.output_format[*i], file: None }),
                    (Place::File(i), Some(Output { file: file @ None, .. })) => {
                        *file = Some(self.output_file[*i].clone());
                    }
                    (Place::File(i), _) => {
                        let file = self.output_file[*i].display();
                        return Err(Failure::Argument {
                            message: format!("it is not clear which report goes to {file}"),
                            help: String::from(
                                "write each file behind its format: --output-format sarif --output-file a.sarif",
                            ),
                        });
                    }
                }
            }
            if all.is_empty() {
                all.push(Output { format: Format::Pretty, file: None });
            }
        }
        let to_stdout: Vec<&Output> = all.iter().filter(|output| output.file.is_none()).collect();
        if to_stdout.len() > 1 {
            return Err(Failure::Argument {
                message: String::from("standard output has room for one report only"),
                help: String::from("give each format but one an --output-file behind it"),
            });
        }
        let mut files: Vec<&PathBuf> = all.iter().filter_map(|output| output.file.as_ref()).collect();
        files.sort();
        if let Some(twice) = files.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(Failure::Argument {
                message: format!("two reports would go to {}", twice[0].display()),
                help: String::from("give each a file of its own"),
            });
        }
        if self.statistics && !all.iter().any(Output::is_for_readers) {
            return Err(Failure::Argument {
                message: String::from(
                    "--statistics takes the place of findings for people, and no such report is written",
                ),
                help: String::from(
                    "leave it out, or write a pretty or concise report; in JSON the numbers are in `summary`",
                ),
            });
        }
        Ok(Outputs { all, color: self.color, statistics: self.statistics })
    }
}

impl Outputs {
    /// Whether people read what is written to standard output: a report for them, or none.
    pub(super) fn are_for_people(&self) -> bool {
        // A file that is for people leaves its summary here.
        match self.all.iter().find(|output| output.file.is_none()) {
            Some(output) => output.format.is_for_people(),
            None => self.all.iter().all(|output| output.format.is_for_people()),
        }
    }

    /// Writes all reports, and the summary line behind what goes to standard output.
    pub(super) fn write(&self, run: &Run<'_>, line: Option<&str>, seconds: f64) -> Result<(), Failure> {
        for output in &self.all {
            if let Some(path) = &output.file {
                let failure = |error| Failure::Output { target: path.display().to_string(), error };
                let mut text = Vec::new();
                let left_out = self.report(output, self.style(false), run, &mut text).map_err(failure)?;
                write_file(path, text).map_err(failure)?;
                say_left_out(output.format, left_out);
            }
        }
        let mut stdout = BufWriter::new(io::stdout().lock());
        for output in self.all.iter().filter(|output| output.file.is_none()) {
            let style = self.style(io::stdout().is_terminal());
            let left_out = self.report(output, style, run, &mut stdout).map_err(Failure::stdout)?;
            say_left_out(output.format, left_out);
        }
        if let Some(line) = line {
            writeln!(stdout, "{line}").map_err(Failure::stdout)?;
        }
        stdout.flush().map_err(Failure::stdout)?;
        if self.all.iter().any(|output| output.format == Format::Github) {
            write_step_summary(run, seconds);
        }
        Ok(())
    }

    /// Writes one report; the number of findings that it has no room for.
    fn report(&self, output: &Output, style: Style, run: &Run<'_>, out: &mut dyn Write) -> io::Result<usize> {
        if self.statistics && output.is_for_readers() {
            return report::write_statistics(run, out).map(|()| 0);
        }
        report::write(output.format, style, run, out)
    }

    fn style(&self, to_terminal: bool) -> Style {
        Style {
            colour: match self.color {
                Colour::Auto => to_terminal && wants_colour(),
                Colour::Always => true,
                Colour::Never => false,
            },
            unicode: true,
            width: if to_terminal { width() } else { 100 },
        }
    }
}

/// Writes a report to a file, whole or not at all; to what is no regular file, as it comes.
pub(super) fn write_file(path: &Path, text: Vec<u8>) -> io::Result<()> {
    let whole = |path: &Path, text: Vec<u8>| {
        let text = String::from_utf8(text).map_err(io::Error::other)?;
        write_whole(path, &text).map_err(|refusal| match refusal {
            Refusal::Io(error) => error,
            other => io::Error::other(other.to_string()),
        })
    };
    match std::fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() => OpenOptions::new().write(true).open(path)?.write_all(&text),
        // Through a link that the user has put there.
        Ok(_) => whole(&std::fs::canonicalize(path)?, text),
        Err(_) => whole(path, text),
    }
}

fn say_left_out(format: Format, left_out: usize) {
    if left_out > 0 {
        let (findings, name) = (count(left_out, "finding"), format.names().0);
        warn(&format!("note: {findings} left out of the {name} report, which has no room for more"));
    }
}

/// Adds the findings to the summary of the step, where the runner has named a file for it. That it cannot be written is no reason to fail.
fn write_step_summary(run: &Run<'_>, seconds: f64) {
    let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) else { return };
    let written = OpenOptions::new()
        .append(true)
        .create(true)
        .open(&path)
        .and_then(|mut file| file.write_all(report::step_summary(run, seconds).as_bytes()));
    if let Err(error) = written {
        warn(&format!("note: the step summary cannot be written: {error}"));
    }
}
