//! Flags an article that refers to another which never refers back.
//!
//! Off unless it is selected by name.
//!
//! In a collection on one matter, what leads from one article to another mostly leads back as well. A reference back by title,
//! alias or path counts, wherever it stands.
//!
//! ## Example
//! ```text fails
//! --- weir.txt
//! = Ollin weir =
//!
//! It feeds a mill.
//!
//! ==See also==
//! - Ollin mill
//! --- mill.txt
//! = Ollin mill =
//!
//! It grinds corn.
//! ```
//! The mill names the weir:
//! ```text passes
//! --- weir.txt
//! = Ollin weir =
//!
//! It feeds a mill.
//!
//! ==See also==
//! - Ollin mill
//! --- mill.txt
//! = Ollin mill =
//!
//! It grinds corn, with water from the [[Ollin weir]].
//! ```

use crate::article::Article;
use crate::corpus::Corpus;
use crate::diagnostic::{Diagnostic, Severity};
use crate::reference::{own_keys, reference_key, references};
use crate::rule::{Check, Context, Findings, Rule};
use crate::source::Span;
use crate::text::Set;
use crate::witness::{Witness, Witnesses};

pub(crate) static RULE: Rule =
    Rule { severity: Severity::Advice, checks: &[Check::Corpus { map, judge }], thresholds: &[] };

/// What a witness says under a key of an article, in the lowest bits of its value; the others are those of a second key.
#[derive(PartialEq, Eq)]
enum Says {
    /// Here is the article.
    Title,
    /// The article with the second key refers to this one.
    In,
    /// This article refers to that with the second key.
    Out,
}

impl Says {
    fn with(self, key: u64) -> u64 {
        key << 2 | self as u64
    }

    fn of(witness: &Witness) -> Self {
        match witness.value & 3 {
            0 => Says::Title,
            1 => Says::In,
            _ => Says::Out,
        }
    }
}

fn map(article: &Article<'_>, _: &Context<'_>, witnesses: &mut Witnesses) {
    let own = own_keys(article);
    let head = article.title.map_or(Span { start: 0, end: 0, source: article.source }, |title| title.span);
    let references = references(article);
    for &own in &own {
        witnesses.add(own, head, Says::Title.with(0));
    }
    for reference in &references {
        let target = reference_key(article, reference);
        if own.contains(&target) {
            continue;
        }
        for &own in &own {
            witnesses.add(own, reference.target, Says::Out.with(target));
            // Only what is a reference for certain asks for one back.
            if reference.certain {
                witnesses.add(target, reference.target, Says::In.with(own));
            }
        }
    }
}

fn judge(corpus: &Corpus<'_>, witnesses: &[Witness], findings: &mut Findings) {
    let Some(title) = witnesses.iter().find(|witness| Says::of(witness) == Says::Title) else { return };
    let second = |witness: &Witness| witness.value >> 2;
    let out: Set<u64> = witnesses.iter().filter(|witness| Says::of(witness) == Says::Out).map(second).collect();
    let incoming: Vec<&Witness> = witnesses.iter().filter(|witness| Says::of(witness) == Says::In).collect();
    // Witnesses are in order of path and offset: those of one article stand together.
    for of_article in incoming.chunk_by(|a, b| a.span.source == b.span.source) {
        if of_article.iter().any(|witness| out.contains(&second(witness))) {
            continue;
        }
        let target = corpus.text(of_article[0].span);
        let from = corpus.title(of_article[0].span.source).unwrap_or_else(|| corpus.path(of_article[0].span.source));
        let mut diagnostic = Diagnostic::new(of_article[0].span, format!("“{target}” never refers back to “{from}”"))
            .label("a reference that goes one way");
        if !title.span.is_empty() {
            diagnostic = diagnostic.related(title.span, "the article without one back");
        }
        findings.push(diagnostic.help(format!("refer to “{from}” there, or keep the reference as it is")));
    }
}
