//! What an article has to say about something that other articles may speak of too.

use crate::source::{SourceId, Span};
use crate::spill::Store;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// What one place of one article says under a key.
///
/// The order is that of key, path and offset, so that sorting brings the witnesses of a key
/// together, in the same order whatever the number of threads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Witness {
    /// A hash of what the witnesses are compared by.
    pub key: u64,
    /// The place.
    pub span: Span,
    /// What else the rule wants to know of the place; a few bits or a hash.
    pub value: u64,
}

/// The witnesses that an article yields to one rule.
#[derive(Debug, Default)]
pub struct Witnesses {
    pub(crate) all: Vec<Witness>,
}

impl Witnesses {
    /// Adds a witness.
    pub fn add(&mut self, key: u64, span: Span, value: u64) {
        self.all.push(Witness { key, span, value });
    }
}

/// The bytes of a witness on the disk.
const RECORD: usize = 28;
/// How many witnesses of a run are read at a time.
const READ: usize = 2048;

impl Witness {
    fn to_bytes(self) -> [u8; RECORD] {
        let mut bytes = [0; RECORD];
        bytes[..8].copy_from_slice(&self.key.to_le_bytes());
        bytes[8..12].copy_from_slice(&self.span.source.0.to_le_bytes());
        bytes[12..16].copy_from_slice(&self.span.start.to_le_bytes());
        bytes[16..20].copy_from_slice(&self.span.end.to_le_bytes());
        bytes[20..].copy_from_slice(&self.value.to_le_bytes());
        bytes
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let word = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
        let long = |at: usize| Some(u64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?));
        let span = Span { source: SourceId(word(8)?), start: word(12)?, end: word(16)? };
        Some(Self { key: long(0)?, span, value: long(20)? })
    }
}

/// All witnesses of a rule: those in memory, and sorted runs of them on the disk.
#[derive(Debug, Default)]
pub(crate) struct Pile {
    /// Those in memory. Who puts them away or goes through all has sorted them.
    pub(crate) held: Vec<Witness>,
    runs: Vec<Run>,
}

/// A sorted run on the disk: where it lies, and how many witnesses it has.
#[derive(Debug, Clone, Copy)]
struct Run {
    place: u64,
    length: usize,
}

impl Pile {
    /// Puts those in memory on the disk, where that is possible.
    pub(crate) fn put_away(&mut self, store: &Store) {
        if self.held.is_empty() {
            return;
        }
        // A run is put there in pieces, one behind the other, so that it is not held twice.
        let mut pieces = self.held.chunks(READ).map(|piece| {
            let bytes: Vec<u8> = piece.iter().flat_map(|witness| witness.to_bytes()).collect();
            store.put(&bytes)
        });
        let Some(place) = pieces.next().flatten() else { return };
        if pieces.all(|piece| piece.is_some()) {
            self.runs.push(Run { place, length: self.held.len() });
            self.held = Vec::new();
        }
    }

    /// How many witnesses there are.
    pub(crate) fn len(&self) -> usize {
        self.held.len() + self.runs.iter().map(|run| run.length).sum::<usize>()
    }

    /// Goes through all witnesses in order, in batches of about `most` (all of them where they are in memory). Those of one key are in
    /// one batch.
    pub(crate) fn in_batches(&self, store: &Store, most: usize, mut each: impl FnMut(&[Witness])) {
        if self.runs.is_empty() {
            return each(&self.held);
        }
        let mut readers: Vec<Reader<'_>> =
            self.runs.iter().map(|&run| Reader { store, run, read: Vec::new().into_iter() }).collect();
        let mut held = self.held.iter().copied();
        let mut next: BinaryHeap<Reverse<(Witness, usize)>> = BinaryHeap::new();
        let mut pull = |next: &mut BinaryHeap<_>, number: usize| {
            let witness = readers.get_mut(number).map_or_else(|| held.next(), Iterator::next);
            next.extend(witness.map(|witness| Reverse((witness, number))));
        };
        (0..=self.runs.len()).for_each(|number| pull(&mut next, number));
        let mut batch: Vec<Witness> = Vec::new();
        while let Some(Reverse((witness, number))) = next.pop() {
            if batch.len() >= most && batch.last().is_some_and(|last| last.key != witness.key) {
                each(&batch);
                batch.clear();
            }
            batch.push(witness);
            pull(&mut next, number);
        }
        each(&batch);
    }
}

/// Reads a run from the disk, some witnesses at a time.
struct Reader<'s> {
    store: &'s Store,
    run: Run,
    read: std::vec::IntoIter<Witness>,
}

impl Iterator for Reader<'_> {
    type Item = Witness;

    fn next(&mut self) -> Option<Witness> {
        if self.read.len() == 0 && self.run.length > 0 {
            let number = self.run.length.min(READ);
            let bytes = self.store.get(self.run.place, number * RECORD);
            // What cannot be read is lost, and the store says so.
            self.run = if bytes.is_some() {
                Run { place: self.run.place + (number * RECORD) as u64, length: self.run.length - number }
            } else {
                Run { length: 0, ..self.run }
            };
            let read: Vec<Witness> =
                bytes.iter().flat_map(|bytes| bytes.chunks_exact(RECORD)).filter_map(Witness::from_bytes).collect();
            self.read = read.into_iter();
        }
        self.read.next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_away_comes_back_in_order_and_keys_stay_together() {
        let store = Store::default();
        let witness = |number: u64| Witness {
            key: number * 7919 % 40,
            span: Span { source: SourceId(number as u32 % 5), start: number as u32, end: number as u32 + 3 },
            value: number << 40 | 5,
        };
        let mut all: Vec<Witness> = (0..10_000).map(witness).collect();
        let mut pile = Pile::default();
        for part in all.chunks(3000) {
            pile.held = part.to_vec();
            pile.held.sort_unstable();
            if part.len() == 3000 {
                pile.put_away(&store);
            }
        }
        all.sort_unstable();
        let (mut came, mut batches) = (Vec::new(), 0);
        pile.in_batches(&store, 300, |batch| {
            assert!(came.last().is_none_or(|last: &Witness| last.key != batch[0].key), "a key is in two batches");
            came.extend_from_slice(batch);
            batches += 1;
        });
        assert_eq!((came, pile.runs.len(), store.unread()), (all, 3, None));
        assert!((15..40).contains(&batches), "{batches}");
    }
}
