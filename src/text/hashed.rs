//! Maps for words and for what is hashed already.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// A map for short keys, in no order. Its hash is quick and seeded anew in each process, so that nobody can choose words that fall together.
pub type Map<K, V> = HashMap<K, V, foldhash::fast::RandomState>;

/// A set of short keys, in no order.
pub type Set<T> = HashSet<T, foldhash::fast::RandomState>;

/// A map from hashes, which need not be hashed again. The hashes must be good ones (xxh3): who chooses words could else choose where they
/// fall.
pub type HashedMap<T> = HashMap<u64, T, BuildHasherDefault<Keyed>>;

/// A set of hashes, which need not be hashed again.
pub type HashedSet = HashSet<u64, BuildHasherDefault<Keyed>>;

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
