//! How fast time expressions are read, beside what a scan of the same bytes costs at the least.
//!
//! `cargo bench --bench dates` reads our own `seeds/`, repeated to 50 MB; `TEXTS=FOLDER` takes the files of another
//! folder. One thread; throughput is in bytes of text. `lines` counts line ends with `memchr`, `plain_dates` runs one
//! regular expression for plain dates, `expressions` is the recogniser.

use divan::Bencher;
use divan::counter::BytesCount;
use regex::Regex;
use seedlint::time::{Day, Passage, Reader, Today};
use std::sync::LazyLock;

const MEGABYTES: usize = 50;

static TEXT: LazyLock<String> = LazyLock::new(|| {
    let folder = std::env::var("TEXTS").unwrap_or_else(|_| String::from("seeds"));
    let mut paths: Vec<_> = std::fs::read_dir(&folder).expect(&folder).map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let once: String = paths.iter().filter_map(|path| std::fs::read_to_string(path).ok()).collect();
    assert!(!once.is_empty(), "{folder} holds no text");
    once.repeat(MEGABYTES * 1_000_000 / once.len() + 1)
});

fn main() {
    divan::main();
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn lines(bencher: Bencher<'_, '_>) {
    let text = TEXT.as_str();
    bencher.counter(BytesCount::of_str(text)).bench(|| memchr::memchr_iter(b'\n', text.as_bytes()).count());
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn plain_dates(bencher: Bencher<'_, '_>) {
    const MONTH: &str = "(?:January|February|March|April|May|June|July|August|September|October|November|December)";
    let pattern = format!(r"\b(?:\d{{1,2}} {MONTH} \d{{4}}|{MONTH} \d{{1,2}}, \d{{4}}|{MONTH} \d{{4}}|\d{{4}})\b");
    let dates = Regex::new(&pattern).unwrap();
    let text = TEXT.as_str();
    bencher.counter(BytesCount::of_str(text)).bench(|| dates.find_iter(text).count());
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn expressions(bencher: Bencher<'_, '_>) {
    let text = TEXT.as_str();
    bencher.counter(BytesCount::of_str(text)).bench(|| {
        let today = Today::new(Day { year: 2026, month: 11, day: 1 });
        let mut reader = Reader::new(&today);
        let mut found = Vec::new();
        let mut count = 0;
        let mut start = 0;
        for passage in text.split('\n') {
            reader.read(Passage::Prose, passage, start, &mut found);
            start += passage.len() + 1;
            count += found.len();
            found.clear();
        }
        count
    });
}
