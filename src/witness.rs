//! What an article has to say about something that other articles may speak of too.

use crate::source::Span;

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
