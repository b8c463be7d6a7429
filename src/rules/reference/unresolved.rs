//! Flags a see-also entry, a link or a "Main article: …" line whose article is not in the corpus, and offers the nearest title.
//!
//! A reader who follows it finds nothing. A reference resolves when an article has its title or declares it as an alias, whatever the
//! case, blanks, dashes and diacritics (`reference/inexact` speaks about these), or when its path is that of a file. Titles that
//! are known to live elsewhere can be named in the configuration, under `outside-titles`. Where only
//! single files are checked, and not a folder, nobody can know what else there is, and the rule is silent.
//!
//! ## Example
//! ```text fails
//! --- malta.txt
//! = Foreign relations of Malta =
//!
//! Malta is an island state.
//!
//! ==See also==
//! - Foreign relations of Itally
//! --- italy.txt
//! = Foreign relations of Italy =
//!
//! Italy is its neighbour.
//! ```
//! One letter is wrong. Here the reference arrives:
//! ```text passes
//! --- malta.txt
//! = Foreign relations of Malta =
//!
//! Malta is an island state.
//!
//! ==See also==
//! - Foreign relations of Italy
//! --- italy.txt
//! = Foreign relations of Italy =
//!
//! Italy is its neighbour.
//! ```

use crate::article::Article;
use crate::corpus::Corpus;
use crate::diagnostic::{Diagnostic, Severity};
use crate::reference::{self, Near, Role, is_plain};
use crate::rule::{Check, Context, Findings, Rule};
use crate::text::count;
use crate::witness::{Witness, Witnesses};

pub(crate) static RULE: Rule =
    Rule { severity: Severity::Warning, checks: &[Check::Corpus { map, judge }], thresholds: &[] };

fn map(article: &Article<'_>, _: &Context<'_>, witnesses: &mut Witnesses) {
    reference::witnesses(article, witnesses);
}

fn judge(corpus: &Corpus<'_>, witnesses: &[Witness], findings: &mut Findings) {
    let known = witnesses.iter().any(Role::is_target)
        || witnesses.first().is_some_and(|witness| corpus.outside(witness.span.source).has(witness.key));
    if !corpus.complete || known {
        return;
    }
    let references: Vec<Witness> = witnesses
        .iter()
        .copied()
        .filter(|witness| matches!(Role::of(witness), Role::Reference | Role::PathReference))
        .collect();
    // Witnesses are in order of path: those of one article stand together.
    for of_article in references.chunk_by(|a, b| a.span.source == b.span.source) {
        let others = match references.len() - of_article.len() {
            0 => String::new(),
            number => format!("; {} in other articles", count(number, "more reference")),
        };
        report(corpus, of_article, &others, findings);
    }
}

fn report(corpus: &Corpus<'_>, witnesses: &[Witness], others: &str, findings: &mut Findings) {
    // Many references to one title are mostly written alike.
    let mut last: Option<(&str, Option<Near<'_>>)> = None;
    for witness in witnesses {
        let target = corpus.text(witness.span);
        let by_title = Role::of(witness) == Role::Reference;
        if last.as_ref().is_none_or(|(same, _)| *same != target) {
            last = Some((target, by_title.then(|| corpus.titles().nearest(target)).flatten()));
        }
        let nearest = last.as_ref().and_then(|(_, nearest)| nearest.as_ref());
        let message = if by_title {
            format!("no article here is called “{target}”")
        } else {
            format!("there is no article at “{target}”")
        };
        let help = match nearest {
            Some(near) => format!("did you mean “{}” ({})?{others}", near.title, near.how),
            None => format!("write that article, or remove the reference{others}"),
        };
        let mut diagnostic = Diagnostic::new(witness.span, message).label("points to no article").help(help);
        if let Some(near) = nearest.filter(|near| near.only && is_plain(near.title)) {
            diagnostic = diagnostic.fix(format!("write “{}”", near.title), false, witness.span, near.title);
        }
        findings.push(diagnostic);
    }
}
