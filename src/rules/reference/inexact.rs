//! Flags a reference that resolves only after normalisation: its case, blanks, dashes or diacritics are
//! not those of the title.
//!
//! Programs that look titles up to the letter do not find it. The case of the first letter does not count. An alias that an article
//! declares is as good as its title. Words of an infobox count only where more than their case differs.
//!
//! ## Example
//! ```text fails
//! --- malta.txt
//! = Foreign relations of Malta =
//!
//! Malta is an island state.
//!
//! ==See also==
//! - Italy-Malta relations
//! --- italy-malta.txt
//! = Italy–Malta relations =
//!
//! They are good.
//! ```
//! The title has an en dash:
//! ```text passes
//! --- malta.txt
//! = Foreign relations of Malta =
//!
//! Malta is an island state.
//!
//! ==See also==
//! - Italy–Malta relations
//! --- italy-malta.txt
//! = Italy–Malta relations =
//!
//! They are good.
//! ```

use crate::article::Article;
use crate::corpus::Corpus;
use crate::diagnostic::{Diagnostic, Severity};
use crate::reference::{self, Role, difference, is_exact, is_plain};
use crate::rule::{Check, Context, Findings, Rule};
use crate::witness::{Witness, Witnesses};

pub(crate) static RULE: Rule =
    Rule { severity: Severity::Warning, checks: &[Check::Corpus { map, judge }], thresholds: &[] };

fn map(article: &Article<'_>, _: &Context<'_>, witnesses: &mut Witnesses) {
    reference::witnesses(article, witnesses);
}

fn judge(corpus: &Corpus<'_>, witnesses: &[Witness], findings: &mut Findings) {
    let names = |witness: &&Witness| matches!(Role::of(witness), Role::Title | Role::Alias);
    let titles: Vec<&Witness> = witnesses.iter().filter(names).collect();
    let Some(title) = titles.iter().find(|title| Role::of(title) == Role::Title).or(titles.first()) else { return };
    let mut likely = None;
    for witness in witnesses {
        let target = corpus.text(witness.span);
        match Role::of(witness) {
            Role::Reference | Role::Bracket => {}
            // What an infobox says in other capitals may be no reference at all, and of itself an article may speak as it likes.
            Role::Candidate
                if witness.span.source != title.span.source
                    && target.contains(' ')
                    && target.to_lowercase() != corpus.text(title.span).to_lowercase() => {}
            _ => continue,
        }
        if titles.iter().any(|title| is_exact(target, corpus.text(title.span))) {
            continue;
        }
        let written = corpus.text(title.span);
        // Where the title is damaged, the reference may be what is right.
        let likely = likely.get_or_insert_with(|| {
            let article = corpus.article(title.span.source);
            article.likely_title().map(std::borrow::Cow::into_owned).unwrap_or_default()
        });
        let damaged = is_exact(target, likely);
        // Nobody should write a damaged title.
        let right: &str = if likely.is_empty() || Role::of(title) == Role::Alias { written } else { likely };
        let place = corpus.place(title.span, witness.span);
        let diagnostic = Diagnostic::new(
            witness.span,
            format!(
                "“{target}” is not the title to the letter: it differs {} from “{written}”",
                difference(target, written)
            ),
        )
        .label(format!("the article is called “{written}”"))
        .related(title.span, "the title");
        findings.push(if damaged {
            diagnostic.help(format!("the title is damaged: correct it at {place}, and this reference is right"))
        } else {
            let diagnostic = diagnostic.help(format!("write “{right}”"));
            if is_plain(right) && is_plain(target) {
                diagnostic.fix(format!("write “{right}”"), true, witness.span, right)
            } else {
                diagnostic
            }
        });
    }
}
