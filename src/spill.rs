//! What does not fit into memory lies in a temporary file. The file has no name, so that it is gone with the program, however that ends.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How much of the memory of the machine a run may take, and what of it is for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Memory {
    /// Bytes in all.
    pub bytes: u64,
}

impl Default for Memory {
    /// As much as it takes.
    fn default() -> Self {
        Self { bytes: u64::MAX }
    }
}

impl Memory {
    /// Bytes of the texts that stay where they are; the others are read when they are asked for.
    pub(crate) fn held_texts(self) -> u64 {
        self.bytes / 8
    }

    /// Bytes of the texts that were asked for, before they are given up again.
    pub(crate) fn read_texts(self) -> u64 {
        self.bytes / 16
    }

    /// Bytes of the texts that are looked at before what they say is laid together: a text may say some ten times its length.
    pub(crate) fn texts_of_part(self) -> u64 {
        self.read_texts().min(self.witnesses() / 16)
    }

    /// Bytes of the witnesses that are held before they are put away.
    pub(crate) fn witnesses(self) -> u64 {
        self.bytes / 8
    }
}

/// Bytes in a temporary file.
#[derive(Debug, Default)]
pub(crate) struct Store {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// The file and how many bytes it has; nothing before the first were put there.
    file: Option<(File, u64)>,
    /// Why something could not be put there.
    unwritten: Option<String>,
    /// Why something could not be read from there.
    unread: Option<String>,
}

impl Store {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts bytes there; where they lie. Nothing where that is not possible, which [`unwritten`](Self::unwritten) tells of.
    pub(crate) fn put(&self, bytes: &[u8]) -> Option<u64> {
        let mut state = self.state();
        match state.put(bytes) {
            Ok(place) => Some(place),
            Err(error) => {
                state.unwritten.get_or_insert_with(|| error.to_string());
                None
            }
        }
    }

    /// Reads the bytes that lie at a place. Nothing where that is not possible, which [`unread`](Self::unread) tells of.
    pub(crate) fn get(&self, place: u64, length: usize) -> Option<Vec<u8>> {
        let mut state = self.state();
        match state.get(place, length) {
            Ok(bytes) => Some(bytes),
            Err(error) => {
                state.fail(&error.to_string());
                None
            }
        }
    }

    /// Why more than the memory that was allowed may be taken, where it is so.
    pub(crate) fn unwritten(&self) -> Option<String> {
        self.state().unwritten.clone()
    }

    /// Why some of what was put there is lost, where it is so.
    pub(crate) fn unread(&self) -> Option<String> {
        self.state().unread.clone()
    }

    /// Says that what lies there is not what was put there.
    pub(crate) fn spoilt(&self) {
        self.state().fail("the temporary file was changed by somebody else");
    }
}

impl State {
    fn put(&mut self, bytes: &[u8]) -> io::Result<u64> {
        let (file, end) = match &mut self.file {
            Some(file) => file,
            none => none.insert((tempfile::tempfile()?, 0)),
        };
        let place = *end;
        file.seek(SeekFrom::Start(place))?;
        file.write_all(bytes)?;
        *end += bytes.len() as u64;
        Ok(place)
    }

    fn get(&mut self, place: u64, length: usize) -> io::Result<Vec<u8>> {
        let (file, _) = self.file.as_mut().ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
        let mut bytes = vec![0; length];
        file.seek(SeekFrom::Start(place))?;
        file.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    fn fail(&mut self, why: &str) {
        self.unread.get_or_insert_with(|| why.to_owned());
    }
}
