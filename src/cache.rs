//! What earlier runs found in articles, so that an article which has not changed is not looked at again.
//!
//! An entry holds what one article had to say (see [`looked`](crate::looked)) under a [`Key`]: a hash of all that this depends on, so that
//! an entry is never stale, only unused. What several articles say of one thing is judged anew in each run. Entries lie in
//! [`PARTS`] parts, by their keys; a part is read when it is first asked for and written when it has something new. A part begins with a
//! line of text, the program that wrote it and a hash of the rest; what is not as it should be is as if it were not there.

use crate::text::Map;
use std::io::{self, Write};
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

/// Into how many parts the entries are laid.
pub const PARTS: usize = 64;

/// The number of the part behind those of the entries: what the [last whole run](crate::last) has come to.
pub const LAST: usize = PARTS;
/// The number of the part behind that: who says what under which key, in the last whole run. It is read in pieces.
pub const INDEX: usize = PARTS + 1;

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
    /// As a number.
    pub(crate) fn number(self) -> u128 {
        self.0
    }

    /// The key that is that number.
    pub(crate) fn from_number(number: u128) -> Self {
        Self(number)
    }

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

/// Where the parts of a cache lie, by their numbers.
pub trait Folder: Sync {
    /// A part; nothing where there is none.
    fn read(&self, number: usize) -> Option<Vec<u8>>;

    /// So many bytes of a part, from a place on; nothing where they are not there.
    fn read_at(&self, number: usize, from: u64, length: usize) -> Option<Vec<u8>>;

    /// Puts a part in its place when it has been written to the end.
    fn write(&self, number: usize, write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>) -> io::Result<()>;
}

/// For parts that are read whole, and written by somebody else.
impl<F: Fn(usize) -> Option<Vec<u8>> + Sync> Folder for F {
    fn read(&self, number: usize) -> Option<Vec<u8>> {
        self(number)
    }

    fn read_at(&self, _: usize, _: u64, _: usize) -> Option<Vec<u8>> {
        None
    }

    fn write(&self, _: usize, _: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// Entries of earlier runs, and new ones.
pub struct Cache {
    /// The program whose entries they are.
    program: u64,
    folder: Box<dyn Folder>,
    parts: Vec<Part>,
    /// What this run has come to, where it is to be kept.
    last: Mutex<Option<Vec<u8>>>,
    /// The entries that the last whole run stands on, sorted.
    stands_on: OnceLock<Vec<u128>>,
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
    /// A cache of one program in a folder.
    pub fn new(program: u64, folder: impl Folder + 'static) -> Self {
        let parts = (0..PARTS).map(|_| Part::default()).collect();
        Self {
            program,
            folder: Box::new(folder),
            parts,
            last: Mutex::default(),
            stands_on: OnceLock::new(),
            damaged: AtomicBool::new(false),
        }
    }

    /// What the last whole run has come to, and from where on in these bytes.
    pub(crate) fn last(&self) -> Option<(Vec<u8>, usize)> {
        // The index is already that of this run, where it has been kept.
        let of_this_run = self.last.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Some((of_this_run.or_else(|| self.read(LAST))?, HEAD))
    }

    /// Whether the index is the one of that number. Of several runs at once another may have written it.
    pub(crate) fn has_index(&self, id: u64) -> bool {
        let Some(head) = self.folder.read_at(INDEX, 0, HEAD).filter(|head| head.starts_with(MARK)) else {
            self.damaged.store(true, Ordering::Relaxed);
            return false;
        };
        head == self.head(id)
    }

    /// Keeps what this run has come to.
    pub(crate) fn keep_last(&self, bytes: &[u8]) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(self.framed(bytes));
    }

    /// Says which entries the last whole run stands on: they are kept as if they had been asked for.
    pub(crate) fn stands_on(&self, keys: impl Iterator<Item = u128>) {
        self.stands_on.get_or_init(|| {
            let mut keys: Vec<u128> = keys.collect();
            keys.sort_unstable();
            keys
        });
    }

    /// A piece of the index, of that hash.
    pub(crate) fn piece(&self, from: u64, length: usize, hash: u64) -> Option<Vec<u8>> {
        let piece = self.folder.read_at(INDEX, HEAD as u64 + from, length).filter(|piece| xxh3_64(piece) == hash);
        if piece.is_none() {
            self.damaged.store(true, Ordering::Relaxed);
        }
        piece
    }

    /// Writes the index of that number from its pieces; whether that was possible.
    pub(crate) fn write_index(&self, id: u64, write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>) -> bool {
        let written = self.folder.write(INDEX, &mut |out| {
            // Each piece has a hash of its own, which is told elsewhere.
            out.write_all(&self.head(id))?;
            write(out)
        });
        written.is_ok()
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
        let parts = self.parts.iter().enumerate().filter_map(|(number, part)| {
            let new = part.new.lock().unwrap_or_else(PoisonError::into_inner);
            (!new.is_empty()).then(|| (number, self.written(number, &new)))
        });
        // Behind the entries that it stands on.
        parts.chain(self.last.lock().unwrap_or_else(PoisonError::into_inner).take().map(|bytes| (LAST, bytes)))
    }

    fn old(&self, number: usize) -> &Old {
        self.parts[number].old.get_or_init(|| {
            let Some(bytes) = self.read(number) else { return Old::default() };
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

    /// A part, where it is of this program and as it should be.
    fn read(&self, number: usize) -> Option<Vec<u8>> {
        let bytes = self.folder.read(number)?;
        let Ok(is_of_this_program) = self.check(&bytes) else {
            self.damaged.store(true, Ordering::Relaxed);
            return None;
        };
        // One of another program is of no use, and in order.
        is_of_this_program.then_some(bytes)
    }

    /// A part that holds these bytes.
    fn framed(&self, held: &[u8]) -> Vec<u8> {
        [&self.head(xxh3_64(held)), held].concat()
    }

    /// What stands before what a part holds. `hash` is that of all of it, or where it is read in pieces its number.
    fn head(&self, hash: u64) -> Vec<u8> {
        [MARK, &self.program.to_le_bytes(), &hash.to_le_bytes()].concat()
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
        let stands_on = self.stands_on.get().map_or(&[][..], Vec::as_slice);
        let is_used =
            |key: &u128, used: &AtomicBool| used.load(Ordering::Relaxed) || stands_on.binary_search(key).is_ok();
        let size = |used: bool| -> usize {
            let of = old.entries.iter().filter(|(key, (_, was_used))| is_used(key, was_used) == used);
            of.map(|(_, (range, _))| range.len()).sum()
        };
        let keep_unused = size(false) <= KEPT_UNUSED.max(size(true) + new.values().map(Vec::len).sum::<usize>());
        // In order, so that the same entries are the same bytes.
        let mut entries: Vec<(u128, &[u8])> = old
            .entries
            .iter()
            .filter(|(key, (_, used))| !is_new(key) && (keep_unused || is_used(key, used)))
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
