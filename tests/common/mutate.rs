//! What the benches that change texts share: the articles of a folder, and an order drawn from a seed.

#![allow(clippy::expect_used)] // benches end where a folder cannot be read

use std::path::{Path, PathBuf};

/// Adds the texts of a folder and of those in it, in the order of their paths.
pub(crate) fn read(folder: &Path, articles: &mut Vec<String>) {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            read(&path, articles);
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            articles.push(text);
        }
    }
}

/// Fisher and Yates, with a small generator of its own so that the order is the same everywhere.
pub(crate) fn shuffle<T>(items: &mut [T], seed: u64) {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    for last in (1..items.len()).rev() {
        // xorshift64, Marsaglia 2003.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        items.swap(last, (state % (last as u64 + 1)) as usize);
    }
}
