//! Flags a reference that resolves only after normalisation: its case, blanks, dashes or diacritics are
//! not those of the title.
//!
//! Programs that look titles up to the letter do not find it. The case of the first letter does not count.
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
use crate::reference::{self, Role, difference, is_exact};
use crate::rule::{Check, Context, Findings, Rule};
use crate::witness::{Witness, Witnesses};

pub(crate) static RULE: Rule = Rule { severity: Severity::Warning, checks: &[Check::Corpus { map, judge }] };

fn map(article: &Article<'_>, _: &Context<'_>, witnesses: &mut Witnesses) {
    reference::witnesses(article, witnesses);
}

fn judge(corpus: &Corpus<'_>, witnesses: &[Witness], findings: &mut Findings) {
    let titles: Vec<&Witness> = witnesses.iter().filter(|witness| Role::of(witness) == Role::Title).collect();
    let Some(title) = titles.first() else { return };
    let mut likely = None;
    for witness in witnesses.iter().filter(|witness| Role::of(witness) == Role::Reference) {
        let target = corpus.text(witness.span);
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
            diagnostic.help(format!("write “{written}”")).fix(format!("write “{written}”"), true, witness.span, written)
        });
    }
}
