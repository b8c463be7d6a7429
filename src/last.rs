//! What the last whole run came to, so that after a small edit only what the edit touches is judged anew.
//!
//! Kept in the [cache](crate::cache) are: for each file the [key](crate::cache::Key) of its entry, all findings with who found them (the
//! article itself, or a judge under a key), and an index of all witnesses by their keys, in pieces that are read one by one. Of the next
//! run over the same files, those whose keys are others are *changed*. What they said before is in the entries under their former keys;
//! what they say now is looked up or looked at. The keys of both are *touched*: what was found under them is forgotten, and they are judged
//! anew, from the index without the changed files and from what these say now. All other findings stand, since what a judge may ask is the
//! witnesses of its key, their articles, and what has to be the same for all files: the titles, what lies outside, whether the folder is
//! whole. The day that "today" means may be another: articles say for which days they hold, and judges are noted who have asked for it.
//!
//! The run is not kept anew after that: the next one compares with the same again, until too much has changed. Whatever is not as it is
//! expected (other files, other titles, an entry that is gone, a damaged piece) leads to a run over all.

use crate::allowance::Allowance;
use crate::cache::{Cache, Key};
use crate::diagnostic::Diagnostic;
use crate::looked::{Date, Finding, Looked, Place, Spot, date, day};
use crate::policy::Plan;
use crate::source::{SourceId, Sources, Span};
use crate::spill::Store;
use crate::time::Day;
use crate::witness::{Pile, Witness};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::{self, Write};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

/// Who found something: the rule by its number in the plan, its check by its number, the key.
pub(crate) type Judge = (u16, u8, u64);

/// A rule by its number in the plan, and a key.
pub(crate) type Group = (u16, u64);

/// About so many witnesses are in a piece of the index: an article has some hundred keys, and each is looked up by itself.
const WITNESSES_A_PIECE: usize = 512;
/// How many witnesses are laid together on their way into the index, where they are not in memory.
const WITNESSES_A_BATCH: usize = 1 << 16;
/// There are no more pieces than two to this.
const MOST_PIECES: u32 = 18;

/// Where more files than this have changed, and more than a hundredth, all are judged anew.
const MOST_CHANGED: usize = 64;

/// All of a run, as it is kept.
#[derive(Serialize, Deserialize)]
struct Record<'r> {
    /// A hash of what has to be the same for all files.
    ground: u64,
    /// The day that "today" means, by the numbers of the settings.
    days: Vec<Date>,
    files: Vec<FileRecord>,
    #[serde(borrow)]
    titles: Vec<(u32, &'r str)>,
    #[serde(borrow)]
    aliases: Vec<(u32, &'r str)>,
    #[serde(borrow)]
    allowances: Vec<(u32, Spot, &'r str, bool)>,
    /// What articles have found in themselves, by file.
    #[serde(borrow)]
    own: Vec<Finding<'r>>,
    /// What judges have found, in order.
    #[serde(borrow)]
    judged: Vec<(Judge, Finding<'r>)>,
    /// Where they have asked for the day.
    asked: Vec<Group>,
    index: Index,
}

/// A file of the run.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct FileRecord {
    /// The key of its entry, or what stands for it where it is no article.
    key: u128,
    /// A hash of its path.
    path: u64,
    /// A hash of its witnesses.
    witnesses: u64,
    /// The days on which its entry holds.
    days: Option<(Date, Date)>,
}

/// Names that articles go by, with their files, in order.
pub(crate) type Named = Vec<(SourceId, Box<str>)>;

/// What a whole run has come to, before allowances count and before all is in its order.
pub(crate) struct Whole<'w> {
    pub(crate) files: Vec<FileRecord>,
    pub(crate) titles: &'w Named,
    pub(crate) aliases: &'w Named,
    pub(crate) allowances: &'w [Allowance],
    pub(crate) own: &'w [Diagnostic],
    pub(crate) judged: &'w [Diagnostic],
    /// Who found each of those.
    pub(crate) judges: &'w [Judge],
    pub(crate) asked: Vec<Group>,
    pub(crate) index: Index,
}

/// What is known of an index.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Index {
    /// Its number: a hash of what it is of.
    id: u64,
    /// For each rule, by its number, the pieces that lie one behind the other: how long they are, in bytes, and their hashes.
    rules: Vec<(u16, Vec<(u32, u64)>)>,
}

/// What of the last run still stands, and what does not.
pub(crate) struct Stands {
    pub(crate) titles: Named,
    pub(crate) aliases: Named,
    pub(crate) allowances: Vec<Allowance>,
    pub(crate) own: Vec<Diagnostic>,
    pub(crate) judged: Vec<(Judge, Diagnostic)>,
    /// The witnesses of all keys that are to be judged anew, by the rule's number, in order.
    pub(crate) witnesses: Vec<(usize, Vec<Witness>)>,
}

/// What the cache would have to say of a file: its key there, or what stands for that.
fn key(plan: &Plan<'_>, sources: &Sources, id: SourceId) -> Option<u128> {
    let file = sources.get(id);
    let remembered = plan.remembered.as_ref()?;
    let key = remembered.key(&plan.files[id.0 as usize], file).map(Key::number);
    // Of what is no article nothing is kept. What is said of it lies in these words.
    Some(key.unwrap_or_else(|| {
        let words = format!("{:?} {:?} {:?}", file.path, file.unreadable, plan.files[id.0 as usize]);
        u128::from(xxh3_64(words.as_bytes())) << 64 | u128::from(xxh3_64(file.text().as_bytes()))
    }))
}

/// A hash of what an article says to others.
fn hash(witnesses: &[(usize, Vec<Witness>)]) -> u64 {
    let mut hash = Xxh3::new();
    for (rule, all) in witnesses {
        hash.update(&(*rule as u64).to_le_bytes());
        hash.update(&(all.len() as u64).to_le_bytes());
        for Witness { key, span, value } in all {
            hash.update(&key.to_le_bytes());
            hash.update(&(u64::from(span.start) << 32 | u64::from(span.end)).to_le_bytes());
            hash.update(&value.to_le_bytes());
        }
    }
    hash.digest()
}

impl FileRecord {
    /// What is kept of a file; nothing where nothing is remembered.
    pub(crate) fn of(plan: &Plan<'_>, sources: &Sources, id: SourceId, looked: &Looked) -> Option<Self> {
        Some(Self {
            key: key(plan, sources, id)?,
            path: xxh3_64(sources.get(id).path.as_bytes()),
            witnesses: hash(&looked.witnesses),
            days: looked.days.map(|(from, to)| (date(from), date(to))),
        })
    }

    fn holds_on(&self, today: Day) -> bool {
        self.days.is_none_or(|(from, to)| day(from) <= today && today <= day(to))
    }
}

/// A hash of what has to be the same for all files. Their keys stand for the rest, but for the day.
fn ground(plan: &Plan<'_>, complete: bool) -> u64 {
    let rules: Vec<&str> = plan.rules.iter().map(|entry| entry.name).collect();
    let settings: Vec<(u64, u64)> =
        plan.settings.iter().map(|settings| (settings.digest(), settings.outside.digest())).collect();
    // Which file has which settings: what lies outside may be all that tells two from each other.
    let of_files: Vec<usize> = plan.files.iter().map(|file| file.settings).collect();
    xxh3_64(format!("{rules:?} {settings:?} {of_files:?} {:?} {complete}", plan.levels).as_bytes())
}

impl Index {
    /// Writes the index of all witnesses, by the numbers of their rules; each pile is sorted. Nothing where that is not possible.
    pub(crate) fn write(
        cache: &Cache,
        files: &[FileRecord],
        witnesses: &BTreeMap<usize, Pile>,
        store: &Store,
    ) -> Option<Self> {
        let mut id = Xxh3::new();
        for file in files {
            id.update(&file.key.to_le_bytes());
            id.update(&file.witnesses.to_le_bytes());
        }
        let id = id.digest();
        let mut rules = Vec::new();
        let written = cache.write_index(id, &mut |out: &mut dyn Write| {
            rules.clear();
            for (rule, pile) in witnesses {
                let bits = (pile.len() / WITNESSES_A_PIECE + 1).next_power_of_two().ilog2().min(MOST_PIECES);
                let mut pieces = Vec::with_capacity(1 << bits);
                // What is in the piece that is being filled.
                let mut open: Vec<Witness> = Vec::new();
                let mut done = Ok(());
                let mut close = |open: &mut Vec<Witness>, out: &mut dyn Write| {
                    let bytes = postcard::to_stdvec(&Testimony::all(open)).map_err(io::Error::other)?;
                    open.clear();
                    pieces.push((bytes.len() as u32, xxh3_64(&bytes)));
                    out.write_all(&bytes).map(|()| pieces.len())
                };
                let mut number = 0;
                pile.in_batches(store, WITNESSES_A_BATCH, |batch| {
                    for witness in batch {
                        while done.is_ok() && number < piece_of(witness.key, bits) {
                            done = close(&mut open, out).map(|closed| number = closed);
                        }
                        open.push(*witness);
                    }
                });
                while done.is_ok() && number < 1 << bits {
                    done = close(&mut open, out).map(|closed| number = closed);
                }
                done?;
                rules.push((*rule as u16, pieces));
            }
            Ok(())
        });
        written.then_some(Self { id, rules })
    }
}

/// The piece that a key is in, where there are two to so many bits.
fn piece_of(key: u64, bits: u32) -> usize {
    key.checked_shr(u64::BITS - bits).unwrap_or(0) as usize
}

/// A witness behind others of its rule in a piece.
#[derive(Serialize, Deserialize)]
struct Testimony {
    /// How much greater its key is than that of the one before.
    step: u64,
    file: u32,
    start: u32,
    length: u32,
    value: u64,
}

impl Testimony {
    fn all(witnesses: &[Witness]) -> Vec<Self> {
        let mut before = 0;
        let of = |witness: &Witness| {
            let step = witness.key - std::mem::replace(&mut before, witness.key);
            let Span { source, start, end } = witness.span;
            Self { step, file: source.0, start, length: end - start, value: witness.value }
        };
        witnesses.iter().map(of).collect()
    }
}

/// The witnesses of a piece.
fn read_piece(bytes: &[u8]) -> Option<Vec<Witness>> {
    let record: Vec<Testimony> = postcard::from_bytes(bytes).ok()?;
    let mut key = 0_u64;
    let read = |said: Testimony| {
        key = key.checked_add(said.step)?;
        let span = Span { source: SourceId(said.file), start: said.start, end: said.start.checked_add(said.length)? };
        Some(Witness { key, span, value: said.value })
    };
    record.into_iter().map(read).collect()
}

impl Whole<'_> {
    /// Keeps it in the cache.
    pub(crate) fn keep(self, cache: &Cache, plan: &Plan<'_>, complete: bool) {
        let finding = |found| Finding::of(found, plan, SourceId(0));
        let named = |named: &'_ Named| -> Vec<(u32, Box<str>)> {
            named.iter().map(|(source, name)| (source.0, name.clone())).collect()
        };
        let (titles, aliases) = (named(self.titles), named(self.aliases));
        let allowance = |allowance: &Allowance| {
            let span = allowance.span;
            (span.source.0, (span.start, span.end), allowance.is_malformed())
        };
        let own: Option<Vec<Finding<'_>>> = self.own.iter().map(finding).collect();
        let judged: Option<Vec<Finding<'_>>> = self.judged.iter().map(finding).collect();
        let (Some(own), Some(judged)) = (own, judged) else { return };
        let record = Record {
            ground: ground(plan, complete),
            days: plan.settings.iter().map(|settings| date(settings.as_of)).collect(),
            files: self.files,
            titles: titles.iter().map(|(source, name)| (*source, &**name)).collect(),
            aliases: aliases.iter().map(|(source, name)| (*source, &**name)).collect(),
            allowances: self
                .allowances
                .iter()
                .map(|one| {
                    let (file, spot, malformed) = allowance(one);
                    (file, spot, one.name.as_str(), malformed)
                })
                .collect(),
            own,
            judged: self.judges.iter().copied().zip(judged).collect(),
            asked: self.asked,
            index: self.index,
        };
        if let Ok(bytes) = postcard::to_stdvec(&record) {
            cache.keep_last(&bytes);
        }
    }
}

impl Stands {
    /// Compares a run with the last one. `look` tells what a changed file has to say now. Nothing where all are to be judged anew.
    pub(crate) fn of(
        sources: &Sources,
        plan: &Plan<'_>,
        complete: bool,
        keys: impl FnOnce(&(dyn Fn(usize) -> Option<u128> + Sync)) -> Vec<Option<u128>>,
        look: impl Fn(SourceId) -> Looked,
    ) -> Option<Self> {
        let cache = plan.remembered.as_ref()?.cache;
        let (bytes, from) = cache.last()?;
        let last: Record<'_> = postcard::from_bytes(bytes.get(from..)?).ok()?;
        // Also where all is judged anew: the next run may be over these files again.
        cache.stands_on(last.files.iter().map(|file| file.key));
        (last.ground == ground(plan, complete) && last.files.len() == sources.len()).then_some(())?;
        (last.days.len() == plan.settings.len()).then_some(())?;
        let is_other_day = last.days.iter().zip(&plan.settings).any(|(then, now)| day(*then) != now.as_of);
        let keys = keys(&|number| key(plan, sources, SourceId(number as u32)));
        let changed = changed(sources, plan, &last, &keys)?;
        let mut touched: Vec<Group> = if is_other_day { last.asked.clone() } else { Vec::new() };

        let named = |all: &[(u32, &str)]| -> Named {
            all.iter().map(|(file, name)| (SourceId(*file), Box::from(*name))).collect()
        };
        let mut stands = Self {
            titles: named(&last.titles),
            aliases: named(&last.aliases),
            allowances: Vec::new(),
            own: Vec::new(),
            judged: Vec::new(),
            witnesses: Vec::new(),
        };
        let mut said: Vec<(usize, Witness)> = Vec::new();
        for &id in &changed {
            let before = &last.files[id.0 as usize];
            let entry = cache.get(Key::from_number(before.key))?;
            let witnesses = Looked::witnesses_before(entry, id)?;
            (hash(&witnesses) == before.witnesses).then_some(())?;
            let now = look(id);
            (now.crash.is_none() && stands.has_names_of(sources, id, &now)).then_some(())?;
            for (rule, all) in witnesses.iter().chain(&now.witnesses) {
                touched.extend(all.iter().map(|witness| (*rule as u16, witness.key)));
            }
            said.extend(now.witnesses.iter().flat_map(|(rule, all)| all.iter().map(|witness| (*rule, *witness))));
            stands.allowances.extend(now.allowances);
            stands.own.extend(now.diagnostics);
        }
        touched.sort_unstable();
        touched.dedup();
        let edit = Edit { sources, plan, changed, touched };
        edit.look_up(cache, &last.index, &mut said)?;
        stands.witnesses = edit.in_order(said)?;
        stands.keep(last, &edit)?;
        Some(stands)
    }

    /// Whether an article goes by the names that it went by.
    fn has_names_of(&self, sources: &Sources, id: SourceId, now: &Looked) -> bool {
        let same = |of: &Named, spans: &[Span]| {
            let from = of.partition_point(|(source, _)| *source < id);
            let names = of[from..].iter().take_while(|(source, _)| *source == id).map(|(_, name)| &**name);
            names.eq(spans.iter().map(|span| sources.text(*span)))
        };
        same(&self.titles, now.title.as_slice()) && same(&self.aliases, &now.aliases)
    }

    /// Adds what an edit leaves as it was, and brings all into the order in which a run over all finds it.
    fn keep(&mut self, last: Record<'_>, edit: &Edit<'_>) -> Option<()> {
        let span = |place: Place| edit.span(place);
        for &(file, (start, end), name, malformed) in &last.allowances {
            let span = span((file, start, end))?;
            if !edit.has_changed(span.source) {
                self.allowances.push(Allowance::named(span, name, malformed));
            }
        }
        for finding in last.own {
            let found = finding.read(edit.plan, &span)?;
            if !edit.has_changed(found.primary.span.source) {
                self.own.push(found);
            }
        }
        for (judge, finding) in last.judged {
            if !edit.has_touched(judge.0, judge.2) {
                let found = finding.read(edit.plan, &span)?;
                let mut labels = std::iter::once(&found.primary).chain(&found.related);
                labels.all(|label| !edit.has_changed(label.span.source)).then_some(())?;
                self.judged.push((judge, found));
            }
        }
        self.own.sort_by_key(|found| found.primary.span.source);
        self.allowances.sort_by_key(|allowance| allowance.span.source);
        Some(())
    }
}

/// The files that have changed, in order; nothing where they are too many, or others than they were.
fn changed(sources: &Sources, plan: &Plan<'_>, last: &Record<'_>, keys: &[Option<u128>]) -> Option<Vec<SourceId>> {
    let mut changed = Vec::new();
    for ((id, file), (before, key)) in sources.iter().zip(last.files.iter().zip(keys)) {
        (before.path == xxh3_64(file.path.as_bytes())).then_some(())?;
        if before.key != (*key)? || !before.holds_on(plan.settings_of(id).as_of) {
            changed.push(id);
        }
    }
    (changed.len() <= MOST_CHANGED.max(sources.len() / 100)).then_some(changed)
}

/// What is other than in the last run.
struct Edit<'e> {
    sources: &'e Sources,
    plan: &'e Plan<'e>,
    /// The files, in order.
    changed: Vec<SourceId>,
    /// The keys that are to be judged anew, in order.
    touched: Vec<Group>,
}

impl Edit<'_> {
    fn has_changed(&self, source: SourceId) -> bool {
        self.changed.binary_search(&source).is_ok()
    }

    fn has_touched(&self, rule: u16, key: u64) -> bool {
        self.touched.binary_search(&(rule, key)).is_ok()
    }

    /// The place in the last run; nothing where it is nowhere.
    fn span(&self, (file, start, end): Place) -> Option<Span> {
        let span = Span { source: SourceId(file), start, end };
        ((file as usize) < self.sources.len() && start <= end).then_some(())?;
        // Of a file that has changed the place is gone, and with it the finding.
        if !self.has_changed(span.source) {
            self.sources.get(span.source).text().get(span.range())?;
        }
        Some(span)
    }

    /// Adds what the files that have not changed say under the keys that are touched.
    fn look_up(&self, cache: &Cache, index: &Index, said: &mut Vec<(usize, Witness)>) -> Option<()> {
        (self.touched.is_empty() || cache.has_index(index.id)).then_some(())?;
        let mut end = 0;
        for (rule, pieces) in &index.rules {
            let bits = pieces.len().checked_ilog2().filter(|bits| pieces.len() == 1 << bits)?;
            let of_rule = |group: &&Group| group.0 == *rule;
            let mut touched = self.touched.iter().filter(of_rule).map(|(_, key)| piece_of(*key, bits)).peekable();
            for (number, (length, hash)) in pieces.iter().enumerate() {
                let start = end;
                end += u64::from(*length);
                if touched.peek() != Some(&number) {
                    continue;
                }
                while touched.next_if_eq(&number).is_some() {}
                let stands =
                    |witness: &Witness| self.has_touched(*rule, witness.key) && !self.has_changed(witness.span.source);
                let all = read_piece(&cache.piece(start, *length as usize, *hash)?)?;
                said.extend(all.into_iter().filter(stands).map(|witness| (usize::from(*rule), witness)));
            }
        }
        Some(())
    }

    /// Lays the witnesses of each rule together, in order. Nothing where one is of no rule or of no place.
    fn in_order(&self, mut said: Vec<(usize, Witness)>) -> Option<Vec<(usize, Vec<Witness>)>> {
        said.sort_unstable();
        let is_there = |(rule, Witness { span, .. }): &(usize, Witness)| {
            *rule < self.plan.rules.len()
                && (span.source.0 as usize) < self.sources.len()
                && self.sources.get(span.source).text().get(span.range()).is_some()
        };
        said.iter().all(is_there).then_some(())?;
        let of_rule = |all: &[(usize, Witness)]| (all[0].0, all.iter().map(|(_, witness)| *witness).collect());
        Some(said.chunk_by(|a, b| a.0 == b.0).map(of_rule).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cache::{Folder, INDEX};
    use std::sync::{Arc, Mutex};

    /// The index alone.
    #[derive(Clone, Default)]
    struct InMemory(Arc<Mutex<Vec<u8>>>);

    impl Folder for InMemory {
        fn read(&self, _: usize) -> Option<Vec<u8>> {
            None
        }

        fn read_at(&self, number: usize, from: u64, length: usize) -> Option<Vec<u8>> {
            assert_eq!(number, INDEX);
            self.0.lock().unwrap().get(from as usize..)?.get(..length).map(<[u8]>::to_vec)
        }

        fn write(&self, _: usize, write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
            let mut bytes = Vec::new();
            write(&mut bytes)?;
            *self.0.lock().unwrap() = bytes;
            Ok(())
        }
    }

    #[test]
    fn all_witnesses_are_in_the_index_whether_they_come_from_memory_or_from_the_disk() {
        let witness = |number: u64| Witness {
            // Some keys are of many, as hashes are; some come one behind the other.
            key: if number.is_multiple_of(3) { number % 7 } else { (number / 2).wrapping_mul(0x9E37_79B9_7F4A_7C15) },
            span: Span { source: SourceId(number as u32 % 11), start: number as u32, end: number as u32 + 9 },
            value: number << 50 | number,
        };
        let mut all: Vec<Witness> = (0..20_000).map(witness).collect();
        all.sort_unstable();
        let store = Store::default();
        let mut indices = Vec::new();
        for is_put_away in [false, true] {
            let mut pile = Pile::default();
            for of_run in all.chunks(6000) {
                pile.held.extend(of_run);
                if is_put_away {
                    pile.put_away(&store);
                }
            }
            let folder = InMemory::default();
            let cache = Cache::new(1, folder.clone());
            let piles = BTreeMap::from([(2, Pile::default()), (4, pile)]);
            let index = Index::write(&cache, &[], &piles, &store).unwrap();
            assert!(cache.has_index(index.id) && !cache.has_index(index.id + 1));
            let mut read = Vec::new();
            let mut start = 0;
            for (rule, pieces) in &index.rules {
                for (number, (length, hash)) in pieces.iter().enumerate() {
                    let piece = read_piece(&cache.piece(start, *length as usize, *hash).unwrap()).unwrap();
                    assert!(*rule == 4 || piece.is_empty());
                    assert!(piece.iter().all(|witness| piece_of(witness.key, pieces.len().ilog2()) == number));
                    read.extend(piece);
                    start += u64::from(*length);
                }
            }
            assert_eq!(read, all);
            indices.push(folder.0.lock().unwrap().clone());
        }
        assert_eq!(indices[0], indices[1]);
    }
}
