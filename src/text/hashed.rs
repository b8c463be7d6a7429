//! Maps whose keys are hashes already.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map from hashes, which need not be hashed again. The hashes must be good ones (xxh3): who chooses words could else choose where they
/// fall.
pub type HashedMap<T> = HashMap<u64, T, BuildHasherDefault<Keyed>>;

/// Passes a hash on as it is.
#[derive(Debug, Default, Clone, Copy)]
pub struct Keyed(u64);

impl Hasher for Keyed {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
