//! The program: arguments to [`seedlint::cli::run`], its outcome to the exit status.

use std::process::ExitCode;

fn main() -> ExitCode {
    seedlint::trap::quieten();
    seedlint::cli::run(std::env::args_os()).into()
}
