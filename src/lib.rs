//! The library behind `seedlint`, the linter for collections of encyclopedic articles.
//!
//! The way of the data is one street: [`discover`] finds and reads files, [`article`] parses each,
//! [`chronology`] and [`mod@reference`] read what it says, [`rules`] look at it, [`check`] runs them and
//! settles what they found, [`report`] shows it. `ARCHITECTURE.md` is the map.

// The order is that of the street: a module uses only those above it. Blank lines keep rustfmt from
// sorting them.
pub mod trap;

pub mod spill;

pub mod source;

pub mod diagnostic;

pub mod text;

pub mod time;

pub mod yaml;

pub mod discover;

pub mod article;

pub mod chronology;

pub mod facts;

pub mod witness;

pub mod reference;

pub mod document;

pub mod config;

pub mod schema;

pub mod settings;

pub mod corpus;

pub mod rule;

pub mod rules;

pub mod cache;

pub mod policy;

pub mod allowance;

pub mod looked;

pub mod last;

pub mod fingerprint;

pub mod check;

pub mod fix;

pub mod baseline;

pub mod changes;

pub mod report;

pub mod cli;
