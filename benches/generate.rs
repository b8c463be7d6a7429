//! Writes a folder of made-up articles of any size, the same for the same seed:
//!
//! ```sh
//! cargo bench --bench generate -- FOLDER ARTICLES [SEED]
//! ```

#[path = "../tests/common/generate.rs"]
mod generate;

use std::path::PathBuf;
use std::process::ExitCode;

#[allow(clippy::print_stderr)]
fn main() -> ExitCode {
    // Cargo adds `--bench`.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let number = |at: usize, default: Option<u64>| match arguments.get(at) {
        Some(text) => text.parse().ok(),
        None => default,
    };
    let (Some(folder), Some(articles), Some(seed)) = (arguments.first(), number(1, None), number(2, Some(1))) else {
        eprintln!("usage: cargo bench --bench generate -- FOLDER ARTICLES [SEED]");
        // Without arguments, as in `cargo bench`, there is nothing to do.
        return if arguments.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    };
    match generate::write(&PathBuf::from(folder), articles as usize, seed) {
        Ok(bytes) => {
            eprintln!("{articles} articles, {bytes} bytes in {folder}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {folder}: {error}");
            ExitCode::FAILURE
        }
    }
}
