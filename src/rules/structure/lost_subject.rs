//! Flags a paragraph that opens on a subject its own text never names, where the heading that named it is gone.
//!
//! In an article that extraction has robbed of its headings, "Both countries established relations" no longer says which
//! countries. Only articles on relations, diplomacy and the like are looked at, and of these only dump records, and wiki text and Markdown whose headings are all gone; a title that names
//! two parties ("Chad–Mali relations") still names them.
//!
//! ## Example
//! ```text fails
//! 4711,
//! Foreign relations of Malta,
//!
//! Italy and Malta share the strait between them.
//! Both countries opened embassies.
//! ```
//! Which countries? Here the paragraph says:
//! ```text passes
//! 4711,
//! Foreign relations of Malta,
//!
//! Italy and Malta share the strait between them.
//! Malta and Libya opened embassies. Both countries closed them later.
//! ```

use crate::article::{Article, BlockKind, Layout};
use crate::diagnostic::{Diagnostic, Severity};
use crate::facts::Account;
use crate::rule::{Check, Context, Findings, Rule};
use crate::source::Span;
use crate::text::{Word, fold, is_capitalised, is_function_word, words};
use crate::time::{self, TimeExpression};

pub(crate) static RULE: Rule = Rule { severity: Severity::Warning, checks: &[Check::Article(check)], thresholds: &[] };

/// Nouns for the parties of a relation.
const PARTIES: &[&str] = &[
    "administrations",
    "capitals",
    "countries",
    "governments",
    "kingdoms",
    "nations",
    "neighbors",
    "neighbours",
    "parties",
    "peoples",
    "powers",
    "republics",
    "sides",
    "states",
];

/// Nouns for what is between parties, and says nothing unless the parties are named.
const RELATIONS: &[&str] = &["contacts", "links", "relations", "relationship", "relationships", "ties"];

/// Words that may qualify them.
const QUALITIES: &[&str] = &[
    "bilateral",
    "commercial",
    "consular",
    "cultural",
    "diplomatic",
    "economic",
    "formal",
    "full",
    "military",
    "mutual",
    "official",
    "political",
    "the",
    "trade",
];

/// Words with a capital that name an event and no party, when they stand behind a name.
const EVENTS: &[&str] =
    &["accords", "agreement", "conference", "congress", "crisis", "revolution", "treaty", "uprising", "war", "wars"];

fn check(article: &Article<'_>, context: &Context<'_>, findings: &mut Findings) {
    let headings_lost = match article.layout {
        Layout::DumpRecord => true,
        Layout::WikiText | Layout::Markdown => article.title.is_some() && !article.has_headings(),
        Layout::Plain => false,
    };
    if !headings_lost || article.has_headings() || !is_about_relations(article) || title_names_a_pair(article) {
        return;
    }
    // The first paragraph has the title above it and no heading to lose.
    let paragraphs = article.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph).skip(1);
    for paragraph in paragraphs {
        let Some(&first) = article.sentences_of(paragraph).first() else { continue };
        let Some(opening) = unnamed_subject(article, context.account, first) else { continue };
        let words = article.text(opening);
        findings.push(
            Diagnostic::new(opening, format!("the paragraph opens on “{words}” without saying whose or which"))
                .label("who is meant?")
                .help("name the parties here, or restore the heading that named them"),
        );
    }
}

/// Whether the article is about what is between parties: elsewhere "both sides" may be those of a river.
fn is_about_relations(article: &Article<'_>) -> bool {
    const SUBJECTS: &[&str] = &["affairs", "diplomacy", "policy", "relations", "treaties"];
    let title = article.likely_title().unwrap_or_default();
    words(&title).any(|word| SUBJECTS.contains(&fold(word.text).as_ref()))
}

/// Whether the title itself names two parties.
fn title_names_a_pair(article: &Article<'_>) -> bool {
    let title = article.title_text().unwrap_or_default();
    let dashed = title.char_indices().any(|(i, c)| {
        matches!(c, '–' | '—' | '-') && title[i + c.len_utf8()..].trim_start().starts_with(char::is_uppercase)
    });
    dashed || title.contains(" and ")
}

/// The words of a sentence that stand for parties which it does not name.
fn unnamed_subject(article: &Article<'_>, account: &Account<'_>, sentence: Span) -> Option<Span> {
    let text = article.text(sentence);
    let words: Vec<Word<'_>> = words(text).collect();
    let folded: Vec<_> = words.iter().map(|word| fold(word.text)).collect();
    let subject = both_parties(&folded).or_else(|| bare_relations(&words, &folded))?;
    let dates = &account.times()[account.times_in(sentence)];
    if names_a_party(sentence, dates, &words, &folded) {
        return None;
    }
    let start = sentence.start as usize;
    Some(Span::new(sentence.source, start + words[subject.start].start, start + words[subject.end - 1].end()))
}

/// "both countries", "the two nations", anywhere in the sentence.
fn both_parties(folded: &[std::borrow::Cow<'_, str>]) -> Option<std::ops::Range<usize>> {
    (0..folded.len()).find_map(|i| {
        let length = match folded[i].as_ref() {
            "both" if folded.get(i + 1).is_some_and(|next| next == "the") => 2,
            "both" => 1,
            "the" if folded.get(i + 1).is_some_and(|next| next == "two") => 2,
            _ => return None,
        };
        let noun = folded.get(i + length)?;
        let of_something = folded.get(i + length + 1).is_some_and(|next| next == "of");
        (PARTIES.contains(&noun.as_ref()) && !of_something).then(|| i..i + length + 1)
    })
}

/// "Diplomatic relations" at the start, with nobody between whom, and a verb behind it.
fn bare_relations(words: &[Word<'_>], folded: &[std::borrow::Cow<'_, str>]) -> Option<std::ops::Range<usize>> {
    let qualities = folded.iter().take_while(|word| QUALITIES.contains(&word.as_ref())).count();
    let noun = folded.get(qualities)?;
    let next = folded.get(qualities + 1)?;
    let has_complement = matches!(next.as_ref(), "with" | "between" | "among" | "of" | "and" | "to" | "in");
    let verb_follows = !has_complement && !is_capitalised(words[qualities + 1].text);
    (RELATIONS.contains(&noun.as_ref()) && verb_follows).then_some(0..qualities + 1)
}

/// Whether a sentence has a proper name that may be that of a party. Its first word, dates and
/// names of events are none.
fn names_a_party(
    sentence: Span,
    dates: &[TimeExpression],
    words: &[Word<'_>],
    folded: &[std::borrow::Cow<'_, str>],
) -> bool {
    let mut dates = dates.iter().rev().peekable();
    // From the end, so that the last word of each run of capitals is known: "the Iran–Iraq War" is a run
    // that ends in the name of an event.
    let mut run_end: Option<usize> = None;
    for i in (1..words.len()).rev() {
        let word = &words[i];
        if !is_capitalised(word.text) {
            run_end = None;
            continue;
        }
        let end = *run_end.get_or_insert(i);
        let start = sentence.start as usize + word.start;
        while dates.next_if(|date| start < date.span.start).is_some() {}
        let in_date = dates.peek().is_some_and(|date| date.span.contains(&start));
        let month = time::MONTHS.contains(&word.text);
        let event = EVENTS.contains(&folded[end].as_ref());
        if !(is_function_word(&folded[i]) || in_date || month || event) {
            return true;
        }
    }
    false
}
