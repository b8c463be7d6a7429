//! `seedlint completions` and `seedlint man`: what shells and `man` want to know of the command line.

use super::{Failure, Outcome, command};
use clap::Args;
use clap_complete::Shell;
use clap_mangen::Man;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  seedlint completions bash >~/.local/share/bash-completion/completions/seedlint
  seedlint completions zsh >_seedlint              into a folder of $fpath
  seedlint completions fish >~/.config/fish/completions/seedlint.fish")]
pub(super) struct Completions {
    /// The shell
    shell: Shell,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  seedlint man | man -l -                          read the page of the program
  seedlint man ~/.local/share/man/man1             then: man seedlint-lint")]
pub(super) struct Manual {
    /// A folder for the pages of the program and of each command; without it the page of the program is printed
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

/// Prints the script that a shell completes the command line with.
pub(super) fn completions(arguments: &Completions) -> Result<Outcome, Failure> {
    // Into memory first: the generator does not return errors of writing.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command(), "seedlint", &mut script);
    print(&script)
}

/// Writes the manual pages.
pub(super) fn manual(arguments: &Manual) -> Result<Outcome, Failure> {
    let mut program = command().disable_help_subcommand(true);
    program.build();
    let Some(folder) = &arguments.folder else { return print(&page(&Man::new(program))?) };
    fs::create_dir_all(folder).map_err(|error| failure(folder, error))?;
    let commands: Vec<_> = program.get_subcommands().cloned().collect();
    for command in std::iter::once(program).chain(commands) {
        let man = Man::new(command);
        let path = folder.join(man.get_filename());
        fs::write(&path, page(&man)?).map_err(|error| failure(&path, error))?;
    }
    Ok(Outcome::Clean)
}

fn page(man: &Man) -> Result<Vec<u8>, Failure> {
    let mut page = Vec::new();
    man.render(&mut page).map_err(Failure::stdout)?;
    Ok(page)
}

fn print(text: &[u8]) -> Result<Outcome, Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text).and_then(|()| out.flush()).map_err(Failure::stdout)?;
    Ok(Outcome::Clean)
}

fn failure(path: &Path, error: io::Error) -> Failure {
    Failure::Output { target: path.display().to_string(), error }
}
