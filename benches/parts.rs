//! What each part of the street costs, from the folder to the report, over the same articles and on one thread.
//!
//! ```sh
//! cargo bench --bench parts
//! TEXTS=FOLDER cargo bench --bench parts
//! ```
//!
//! It reads our own `seeds/`, or the articles of another folder. Throughput is in bytes of article. A part's figure is what it costs
//! alone, with what it stands on read before; `whole` is all of it together.

#![allow(missing_docs)]

#[path = "../tests/common/mod.rs"]
mod common;

use common::{Corpus, Outcome, articles_in};
use divan::Bencher;
use divan::counter::BytesCount;
use seedlint::article::{self, Article, Layout};
use seedlint::facts::{Account, NormalForm};
use seedlint::report::Format;
use seedlint::rules::RULES;
use seedlint::source::SourceId;
use seedlint::time::Day;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

static PATHS: LazyLock<Vec<PathBuf>> = LazyLock::new(|| {
    let folder = std::env::var("TEXTS").unwrap_or_else(|_| String::from("seeds"));
    let paths = articles_in(Path::new(&folder));
    assert!(!paths.is_empty(), "{folder} holds no article");
    paths
});

static TEXTS: LazyLock<Vec<String>> =
    LazyLock::new(|| PATHS.iter().filter_map(|path| std::fs::read_to_string(path).ok()).collect());

static ARTICLES: LazyLock<Vec<Article<'static>>> = LazyLock::new(|| TEXTS.iter().map(|text| parse(text)).collect());

const TODAY: Day = Day { year: 2026, month: 11, day: 1 };

fn main() {
    seedlint::discover::use_threads(1);
    divan::main();
}

fn parse(text: &str) -> Article<'_> {
    article::parse(SourceId(0), "article", text, Layout::detect(text))
}

fn bytes() -> BytesCount {
    BytesCount::new(TEXTS.iter().map(String::len).sum::<usize>())
}

/// Measures what is done with a fresh account of each article, after `before` was read of it.
fn of_accounts<T>(bencher: Bencher<'_, '_>, before: fn(&Account<'_>), part: impl Fn(&Account<'_>) -> T + Sync) {
    let accounts = || -> Vec<Account<'static>> {
        let accounts: Vec<_> = ARTICLES.iter().map(|article| Account::new(article, TODAY)).collect();
        accounts.iter().for_each(before);
        accounts
    };
    bencher.counter(bytes()).with_inputs(accounts).bench_local_refs(|accounts| {
        for account in accounts.iter() {
            divan::black_box(part(account));
        }
    });
}

#[divan::bench]
fn a_discover(bencher: Bencher<'_, '_>) {
    bencher.counter(bytes()).bench(|| Corpus::from_files(&PATHS));
}

#[divan::bench]
fn b_parse(bencher: Bencher<'_, '_>) {
    bencher.counter(bytes()).bench(|| TEXTS.iter().map(|text| parse(text).sentences.len()).sum::<usize>());
}

#[divan::bench]
fn c_words(bencher: Bencher<'_, '_>) {
    bencher.counter(bytes()).bench(|| ARTICLES.iter().map(|article| Account::new(article, TODAY)).collect::<Vec<_>>());
}

#[divan::bench]
fn d_dates(bencher: Bencher<'_, '_>) {
    of_accounts(bencher, |_| {}, |account| account.times().len());
}

#[divan::bench]
fn e_events(bencher: Bencher<'_, '_>) {
    let dates = |account: &Account<'_>| {
        account.times();
    };
    of_accounts(bencher, dates, |account| account.events().events.len());
}

#[divan::bench]
fn f_names(bencher: Bencher<'_, '_>) {
    of_accounts(bencher, |_| {}, |account| account.names().names.len());
}

#[divan::bench]
fn g_quantities(bencher: Bencher<'_, '_>) {
    let events = |account: &Account<'_>| {
        account.events();
    };
    of_accounts(bencher, events, |account| account.figures().len());
}

#[divan::bench]
fn h_statements(bencher: Bencher<'_, '_>) {
    bencher.counter(bytes()).bench(|| {
        let forms = |article: &Article<'static>| {
            article.sentences.iter().map(|&span| NormalForm::new(article.text(span), span).terms.len()).sum::<usize>()
        };
        ARTICLES.iter().map(forms).sum::<usize>()
    });
}

/// All rules of a group with all that they stand on.
#[divan::bench(args = ["structure", "date", "fact", "reference", "text"])]
fn i_rules(bencher: Bencher<'_, '_>, group: &str) {
    let rules: Vec<_> = RULES.iter().filter(|entry| entry.group() == group && !entry.is_off()).collect();
    bencher
        .counter(bytes())
        .with_inputs(|| Corpus::from_files(&PATHS))
        .bench_local_values(|corpus| corpus.run_rules(&rules));
}

#[divan::bench(args = [Format::Pretty, Format::Concise, Format::Json, Format::Sarif, Format::Junit])]
fn j_report(bencher: Bencher<'_, '_>, format: Format) {
    static FOUND: LazyLock<Outcome> = LazyLock::new(|| Corpus::from_files(&PATHS).run());
    bencher.counter(bytes()).bench_local(|| FOUND.write(format));
}

#[divan::bench]
fn k_whole(bencher: Bencher<'_, '_>) {
    bencher.counter(bytes()).bench_local(|| Corpus::from_files(&PATHS).run().write(Format::Json));
}
