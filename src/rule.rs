//! What a rule is.

use crate::article::Article;
use crate::corpus::Corpus;
use crate::diagnostic::{Diagnostic, Severity};
use crate::facts::{Account, NormalForm};
use crate::schema::Kinds;
use crate::settings::{Threshold, Thresholds};
use crate::source::{SourceFile, SourceId, Span};
use crate::witness::{Witness, Witnesses};
use std::cell::OnceCell;
use std::ops::Range;

/// A rule: its level and what it looks at. Its name and its page come from its file.
#[derive(Debug)]
pub struct Rule {
    /// The level, unless the user says otherwise.
    pub severity: Severity,
    /// What it looks at.
    pub checks: &'static [Check],
    /// The numbers that it goes by and a configuration may change.
    pub thresholds: &'static [&'static Threshold],
}

/// One way of looking.
pub enum Check {
    /// At a file as it was read, be it an article or not.
    File(fn(SourceId, &SourceFile, &mut Findings)),
    /// At one article.
    Article(fn(&Article<'_>, &Context<'_>, &mut Findings)),
    /// At what several articles say of one thing.
    Corpus {
        /// Yields what an article has to say, each under a key.
        map: fn(&Article<'_>, &Context<'_>, &mut Witnesses),
        /// Judges all that was said under one key, in order of path and offset.
        judge: fn(&Corpus<'_>, &[Witness], &mut Findings),
    },
    /// At an allowance of an article that silenced nothing, when all other rules have looked.
    Allowance(fn(&Useless, &mut Findings)),
}

/// An allowance of an article that silences nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Useless {
    /// Where it stands.
    pub span: Span,
    /// The name of the rule or group, or what stands in its place.
    pub name: String,
    /// Why it silences nothing.
    pub why: WhyUseless,
}

/// Why an allowance silences nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyUseless {
    /// There is nothing to silence.
    Unused,
    /// The same is allowed before already.
    Repeated,
    /// There is no such rule or group.
    Unknown,
    /// It is not of the form of an allowance.
    Malformed,
}

impl std::fmt::Debug for Check {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Check::File(_) => "File",
            Check::Article(_) => "Article",
            Check::Corpus { .. } => "Corpus",
            Check::Allowance(_) => "Allowance",
        })
    }
}

/// What a rule may ask beside the article.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The kinds of articles and their schemas.
    pub kinds: &'a Kinds,
    /// Acronyms that need no explanation beside the well-known ones, in order.
    pub acronyms: &'a [String],
    /// What the article claims.
    pub account: &'a Account<'a>,
    /// The thresholds that are changed.
    pub thresholds: &'a Thresholds,
    /// The normal forms of all sentences of the article, in its order, once somebody has asked for them. They borrow from the
    /// text, which would tie the lifetimes of an account to each other: so they are kept beside it.
    pub(crate) forms: &'a OnceCell<Vec<NormalForm<'a>>>,
}

impl<'a> Context<'a> {
    /// The normal forms of some sentences of the article, by their numbers.
    pub fn normal_forms(&self, sentences: &Range<usize>) -> &'a [NormalForm<'a>] {
        let article = self.account.article();
        let read = || article.sentences.iter().map(|&span| NormalForm::new(article.text(span), span)).collect();
        &self.forms.get_or_init(read)[sentences.clone()]
    }
}

/// What a rule has found.
#[derive(Debug, Default)]
pub struct Findings {
    found: Vec<Diagnostic>,
}

impl Findings {
    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Takes what was found, under the name and at the level of the rule that found it.
    pub(crate) fn take(self, rule: &'static str, severity: Severity) -> impl Iterator<Item = Diagnostic> {
        self.found.into_iter().map(move |diagnostic| Diagnostic { rule, severity, ..diagnostic }.shrunk())
    }
}
