//! Flags a see-also entry or link whose article is not in the corpus, and offers the nearest title.
//!
//! A reader who follows it finds nothing. A reference resolves when an article has its title, whatever the
//! case, blanks, dashes and diacritics (`reference/inexact` speaks about these), or when its path is that of a file. Where only
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
use crate::reference::{self, Role};
use crate::rule::{Check, Context, Findings, Rule};
use crate::text::count;
use crate::witness::{Witness, Witnesses};

pub(crate) static RULE: Rule = Rule { severity: Severity::Warning, checks: &[Check::Corpus { map, judge }] };

fn map(article: &Article<'_>, _: &Context<'_>, witnesses: &mut Witnesses) {
    reference::witnesses(article, witnesses);
}

fn judge(corpus: &Corpus<'_>, witnesses: &[Witness], findings: &mut Findings) {
    if !corpus.complete || witnesses.iter().any(Role::is_target) {
        return;
    }
    // Witnesses are in order of path: those of one article stand together.
    for of_article in witnesses.chunk_by(|a, b| a.span.source == b.span.source) {
        let others = match witnesses.len() - of_article.len() {
            0 => String::new(),
            number => format!("; {} in other articles", count(number, "more reference")),
        };
        report(corpus, of_article, &others, findings);
    }
}

fn report(corpus: &Corpus<'_>, witnesses: &[Witness], others: &str, findings: &mut Findings) {
    // Many references to one title are mostly written alike.
    let mut last: Option<(&str, Option<&str>)> = None;
    for witness in witnesses {
        let target = corpus.text(witness.span);
        let by_title = Role::of(witness) == Role::Reference;
        let nearest = match last {
            Some((same, nearest)) if same == target => nearest,
            _ if by_title => corpus.titles().nearest(target),
            _ => None,
        };
        last = Some((target, nearest));
        let message = match Role::of(witness) {
            Role::PathReference => format!("there is no article at “{target}”"),
            _ => format!("no article here is called “{target}”"),
        };
        let help = match nearest {
            Some(near) => format!("did you mean “{near}”?{others}"),
            None => format!("write that article, or remove the reference{others}"),
        };
        let mut diagnostic = Diagnostic::new(witness.span, message).label("points to no article").help(help);
        if let Some(near) = nearest {
            diagnostic = diagnostic.fix(format!("write “{near}”"), false, witness.span, near);
        }
        findings.push(diagnostic);
    }
}
