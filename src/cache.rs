//! What earlier runs found in articles, so that an article which has not changed is not looked at again.
//!
//! An entry holds what one article had to say (see [`looked`](crate::looked)) under a [`Key`]: a hash of all that this depends on, so that
//! an entry is never stale, only unused. What several articles say of one thing is judged anew in each run. Entries lie in
//! [`PARTS`] parts, by their keys; a part is read when it is first asked for and written when it has something new. A part begins with a
//! line of text, the program that wrote it and a hash of the rest; what is not as it should be is as if it were not there.

use crate::text::Map;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

/// Into how many parts the entries are laid.
pub const PARTS: usize = 64;

/// The first bytes of each part.
pub const MARK: &[u8] = b"seedlint cache 1\n";

/// The bytes before the entries: the mark, the program, the hash of the entries.
const HEAD: usize = MARK.len() + 16;

/// The bytes before what an entry holds: its key and its length.
const ENTRY_HEAD: usize = 16 + 4;

/// Entries that a run did not ask for are kept up to so many bytes a part, or as many as it asked for: they may be of another folder.
const KEPT_UNUSED: usize = 1 << 20;

/// A hash of all that an entry depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key(u128);

impl Key {
    /// The key of what depends on these parts, in their order.
    pub fn of(parts: &[&[u8]]) -> Self {
        let mut hash = Xxh3::new();
        for part in parts {
            hash.update(&(part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        Self(hash.digest128())
    }

    fn part(self) -> usize {
        (self.0 >> 64) as usize % PARTS
    }
}

/// Entries of earlier runs, and new ones.
pub struct Cache {
    /// The program whose entries they are.
    program: u64,
    read: Box<dyn Fn(usize) -> Option<Vec<u8>> + Sync>,
    parts: Vec<Part>,
    /// Whether a part was not as it should be.
    damaged: AtomicBool,
}

#[derive(Default)]
struct Part {
    old: OnceLock<Old>,
    new: Mutex<Map<u128, Vec<u8>>>,
}

/// The entries of a part as it was read.
#[derive(Default)]
struct Old {
    bytes: Vec<u8>,
    /// Where the entries lie, and whether they were asked for.
    entries: Map<u128, (Range<usize>, AtomicBool)>,
}

impl std::fmt::Debug for Cache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Cache").field("program", &self.program).finish_non_exhaustive()
    }
}

impl Cache {
    /// A cache of one program. `read` gives the bytes of a part by its number, where there are any.
    pub fn new(program: u64, read: impl Fn(usize) -> Option<Vec<u8>> + Sync + 'static) -> Self {
        let parts = (0..PARTS).map(|_| Part::default()).collect();
        Self { program, read: Box::new(read), parts, damaged: AtomicBool::new(false) }
    }

    /// What an entry holds.
    pub fn get(&self, key: Key) -> Option<&[u8]> {
        let old = self.old(key.part());
        let (range, used) = old.entries.get(&key.0)?;
        used.store(true, Ordering::Relaxed);
        old.bytes.get(range.clone())
    }

    /// Adds an entry.
    pub fn put(&self, key: Key, bytes: Vec<u8>) {
        let part = &self.parts[key.part()];
        part.new.lock().unwrap_or_else(PoisonError::into_inner).insert(key.0, bytes);
    }

    /// Whether a part was there that was not as it should be: cut short, changed, or no part at all.
    pub fn is_damaged(&self) -> bool {
        self.damaged.load(Ordering::Relaxed)
    }

    /// The parts that have something new, by their numbers, as they are to be written.
    pub fn changed(&self) -> impl Iterator<Item = (usize, Vec<u8>)> {
        self.parts.iter().enumerate().filter_map(|(number, part)| {
            let new = part.new.lock().unwrap_or_else(PoisonError::into_inner);
            (!new.is_empty()).then(|| (number, self.written(number, &new)))
        })
    }

    fn old(&self, number: usize) -> &Old {
        self.parts[number].old.get_or_init(|| {
            let Some(bytes) = (self.read)(number) else { return Old::default() };
            match self.check(&bytes) {
                Ok(true) => {}
                // Of another program: of no use, and in order.
                Ok(false) => return Old::default(),
                Err(Damaged) => {
                    self.damaged.store(true, Ordering::Relaxed);
                    return Old::default();
                }
            }
            let mut entries: Map<u128, (Range<usize>, AtomicBool)> = Map::default();
            let mut at = HEAD;
            while let Some((key, length)) = entry_head(&bytes, at) {
                let range = at + ENTRY_HEAD..at + ENTRY_HEAD + length;
                at = range.end;
                if at <= bytes.len() {
                    entries.insert(key, (range, AtomicBool::new(false)));
                }
            }
            Old { bytes, entries }
        })
    }

    /// Whether a part is of this program.
    fn check(&self, bytes: &[u8]) -> Result<bool, Damaged> {
        let number =
            |from: usize| -> Option<u64> { Some(u64::from_le_bytes(bytes.get(from..from + 8)?.try_into().ok()?)) };
        if !bytes.starts_with(MARK) {
            return Err(Damaged);
        }
        let (program, hash) = (number(MARK.len()).ok_or(Damaged)?, number(MARK.len() + 8).ok_or(Damaged)?);
        if hash != xxh3_64(&bytes[HEAD..]) {
            return Err(Damaged);
        }
        Ok(program == self.program)
    }

    fn written(&self, number: usize, new: &Map<u128, Vec<u8>>) -> Vec<u8> {
        let old = self.old(number);
        let is_new = |key: &u128| new.contains_key(key);
        let size = |used: bool| -> usize {
            let of = old.entries.values().filter(|(_, was_used)| was_used.load(Ordering::Relaxed) == used);
            of.map(|(range, _)| range.len()).sum()
        };
        let keep_unused = size(false) <= KEPT_UNUSED.max(size(true) + new.values().map(Vec::len).sum::<usize>());
        // In order, so that the same entries are the same bytes.
        let mut entries: Vec<(u128, &[u8])> = old
            .entries
            .iter()
            .filter(|(key, (_, used))| !is_new(key) && (keep_unused || used.load(Ordering::Relaxed)))
            .map(|(key, (range, _))| (*key, &old.bytes[range.clone()]))
            .chain(new.iter().map(|(key, bytes)| (*key, bytes.as_slice())))
            .collect();
        entries.sort_unstable_by_key(|(key, _)| *key);
        let mut bytes =
            Vec::with_capacity(HEAD + entries.iter().map(|(_, held)| ENTRY_HEAD + held.len()).sum::<usize>());
        bytes.extend_from_slice(MARK);
        bytes.extend_from_slice(&self.program.to_le_bytes());
        bytes.extend_from_slice(&[0; 8]);
        for (key, held) in entries {
            bytes.extend_from_slice(&key.to_le_bytes());
            bytes.extend_from_slice(&(held.len() as u32).to_le_bytes());
            bytes.extend_from_slice(held);
        }
        let hash = xxh3_64(&bytes[HEAD..]);
        bytes[HEAD - 8..HEAD].copy_from_slice(&hash.to_le_bytes());
        bytes
    }
}

/// A part that is not as it should be.
struct Damaged;

/// The key and the length of the entry at a place.
fn entry_head(bytes: &[u8], at: usize) -> Option<(u128, usize)> {
    let head = bytes.get(at..at + ENTRY_HEAD)?;
    let key = u128::from_le_bytes(head[..16].try_into().ok()?);
    let length = u32::from_le_bytes(head[16..].try_into().ok()?);
    Some((key, length as usize))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;
    use std::sync::Arc;

    /// What lies in the parts.
    type Parts = Arc<Mutex<HashMap<usize, Vec<u8>>>>;

    fn open(program: u64, parts: &Parts) -> Cache {
        let parts = parts.clone();
        Cache::new(program, move |number| parts.lock().unwrap().get(&number).cloned())
    }

    fn save(cache: &Cache, parts: &Parts) {
        let changed: Vec<_> = cache.changed().collect();
        parts.lock().unwrap().extend(changed);
    }

    fn key(number: u32) -> Key {
        Key::of(&[&number.to_le_bytes()])
    }

    #[test]
    fn what_was_put_is_there_in_the_next_run_of_the_same_program() {
        let parts = Parts::default();
        let first = open(1, &parts);
        (0..500).for_each(|number| first.put(key(number), vec![number as u8; number as usize]));
        save(&first, &parts);
        let second = open(1, &parts);
        assert!((0..500).all(|number| second.get(key(number)) == Some(&vec![number as u8; number as usize][..])));
        assert_eq!((second.get(key(500)), second.changed().count()), (None, 0));
        second.put(key(500), vec![7]);
        assert_eq!(second.changed().count(), 1, "one part is written");
        let other = open(2, &parts);
        assert!((0..500).all(|number| other.get(key(number)).is_none()) && !other.is_damaged());
    }

    #[test]
    fn a_part_that_was_cut_or_changed_is_as_if_it_were_not_there() {
        let parts = Parts::default();
        let first = open(1, &parts);
        (0..20).for_each(|number| first.put(key(number), vec![3; 40]));
        save(&first, &parts);
        let sound = parts.lock().unwrap().clone();
        for (number, bytes) in &sound {
            for cut in 0..bytes.len() {
                let mut changed = bytes.clone();
                changed[cut] ^= 1;
                for bad in [bytes[..cut].to_vec(), changed] {
                    let parts = Parts::default();
                    parts.lock().unwrap().insert(*number, bad);
                    let cache = open(1, &parts);
                    assert!((0..20).all(|number| cache.get(key(number)).is_none()));
                }
            }
        }
    }

    #[test]
    fn what_nobody_asks_for_is_dropped_when_there_is_much_of_it() {
        let parts = Parts::default();
        let first = open(1, &parts);
        (0..200).for_each(|number| first.put(key(number), vec![1; KEPT_UNUSED]));
        save(&first, &parts);
        let second = open(1, &parts);
        (200..400).for_each(|number| second.put(key(number), vec![2; 10]));
        save(&second, &parts);
        let size: usize = parts.lock().unwrap().values().map(Vec::len).sum();
        assert!(size < PARTS * (KEPT_UNUSED + 10_000), "{size}");
    }
}
