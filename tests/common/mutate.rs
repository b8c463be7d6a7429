//! What the benches that change texts share: the articles of a folder, and an order drawn from a seed.

#![allow(clippy::expect_used)] // benches end where a folder cannot be read
#![allow(dead_code)] // each bench uses a part of this

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

/// A small generator of its own, so that the order is the same everywhere: xorshift64, Marsaglia 2003.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `end`, which is not 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }
}

/// Fisher and Yates.
pub(crate) fn shuffle<T>(items: &mut [T], seed: u64) {
    let mut random = Random::new(seed);
    for last in (1..items.len()).rev() {
        items.swap(last, random.below(last + 1));
    }
}
