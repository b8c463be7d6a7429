//! Titles that are known to live outside the corpus.

use super::title_key;
use std::io::{self, BufRead};
use xxhash_rust::xxh3::Xxh3;

/// A line of a list of titles is no longer than this many bytes.
const LONGEST_LINE: usize = 4096;

/// Titles that are known to live outside the corpus, up to all those of an encyclopedia: 8 bytes a title, whatever
/// its length. They are looked up in their [form](super::title_form), like those of the corpus.
#[derive(Debug, Default)]
pub struct OutsideTitles {
    /// Keys of the titles, sorted, each once.
    keys: Vec<u64>,
}

impl OutsideTitles {
    /// A hash of all of them.
    pub fn digest(&self) -> u64 {
        let mut hash = Xxh3::new();
        self.keys.iter().for_each(|key| hash.update(&key.to_le_bytes()));
        hash.digest()
    }

    /// Adds titles.
    pub fn add<'a>(&mut self, titles: impl IntoIterator<Item = &'a str>) {
        self.keys.extend(titles.into_iter().map(title_key));
        self.settle();
    }

    /// Adds the titles of a list, one a line. Lines without letters or digits and lines that begin with `#` name none. The list itself
    /// is never in memory as a whole.
    pub fn read(&mut self, mut list: impl BufRead) -> io::Result<()> {
        let mut line = Vec::new();
        let mut number = 0_u64;
        loop {
            line.clear();
            // A file without line ends is no list, and must not fill the memory.
            let read = io::Read::take(&mut list, LONGEST_LINE as u64 + 1).read_until(b'\n', &mut line)?;
            number += 1;
            let fault = |why: &str| io::Error::new(io::ErrorKind::InvalidData, format!("line {number} {why}"));
            match read {
                0 => break,
                longer if longer > LONGEST_LINE => return Err(fault("is too long for a title")),
                _ => {}
            }
            let title = std::str::from_utf8(&line).map_err(|_| fault("is not UTF-8"))?;
            let title = title.trim_start_matches('\u{FEFF}').trim();
            if title.contains(char::is_alphanumeric) && !title.starts_with('#') {
                self.keys.push(title_key(title));
            }
        }
        self.settle();
        Ok(())
    }

    /// Whether a title with this [key](super::title_key) is among them.
    pub fn has(&self, key: u64) -> bool {
        self.keys.binary_search(&key).is_ok()
    }

    /// How many titles there are.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    fn settle(&mut self) {
        self.keys.sort_unstable();
        self.keys.dedup();
        self.keys.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_looked_up_in_their_form() {
        let mut titles = OutsideTitles::default();
        titles.read(&b"\xEF\xBB\xBFForeign_relations_of_Chad\r\n\n# a comment\nLake Eyasi"[..]).unwrap();
        titles.add(["Ada (river)"]);
        assert_eq!(titles.len(), 3);
        for title in ["Foreign relations of Chad", "foreign relations of Chad", "Lake Eyasi", "Ada (river)"] {
            assert!(titles.has(title_key(title)), "{title}");
        }
        assert!(!titles.has(title_key("Lake Chad")) && !titles.has(title_key("a comment")));
    }

    #[test]
    fn what_is_no_list_is_refused() {
        let mut titles = OutsideTitles::default();
        assert!(titles.read(&b"a\n\xFF\n"[..]).unwrap_err().to_string().contains("line 2"));
        assert!(titles.read(vec![b'x'; 1 << 20].as_slice()).unwrap_err().to_string().contains("line 1"));
    }
}
