//! Flags a heading whose capitals or spacing differ from most headings of the corpus.
//!
//! One style makes articles read as one work and lets programs find sections by name. What the style is the corpus
//! decides: at least four of five headings must agree. A capital inside a heading counts only where the article's own text
//! writes the same word small, so proper names are never touched.
//!
//! ## Example
//! ```text fails
//! = Foreign relations of Malta =
//!
//! Malta is an island state that trades by sea.
//!
//! ==Europe==
//! Italy lies to the north.
//!
//! ==Africa==
//! Libya lies to the south.
//!
//! ==Asia==
//! Ships come from Singapore.
//!
//! ==Oceania==
//! Many emigrants went to Australia.
//!
//! == Trade ==
//! The port is free.
//!
//! ==See also==
//! - Malta
//! ```
//! Only one heading has blanks inside its marks. Without them:
//! ```text passes
//! = Foreign relations of Malta =
//!
//! Malta is an island state that trades by sea.
//!
//! ==Europe==
//! Italy lies to the north.
//!
//! ==Trade==
//! The port is free.
//! ```

use crate::article::{Article, Heading, Layout};
use crate::corpus::Corpus;
use crate::diagnostic::{Diagnostic, Severity};
use crate::facts::Account;
use crate::rule::{Check, Context, Findings, Rule};
use crate::text::{Set, enumerate, fold, is_capitalised, is_function_word, words};
use crate::witness::{Witness, Witnesses};

pub(crate) static RULE: Rule =
    Rule { severity: Severity::Advice, checks: &[Check::Corpus { map, judge }], thresholds: &[] };

/// Fewer headings than this have no style to differ from.
const FEWEST: usize = 5;
/// Of five headings four must agree.
const AGREEING: (usize, usize) = (4, 5);

/// Blanks stand between the marks and the words.
const SPACED: u64 = 1;
/// A word behind the first has a capital that the text does not give it.
const TITLE_CASE: u64 = 2;
/// A word behind the first that might have had a capital has none.
const SENTENCE_CASE: u64 = 4;
/// The layout is one in which blanks are a matter of style.
const SPACING_IS_FREE: u64 = 8;

fn map(article: &Article<'_>, context: &Context<'_>, witnesses: &mut Witnesses) {
    if !article.has_headings() {
        return;
    }
    let usage = Usage::of(context.account);
    for heading in article.sections.iter().filter_map(|section| section.heading) {
        let free = if article.layout == Layout::WikiText { SPACING_IS_FREE } else { 0 };
        let spaced = if heading.spaced { SPACED } else { 0 };
        witnesses.add(0, heading.line, free | spaced | usage.case(article, &heading));
    }
}

fn judge(corpus: &Corpus<'_>, headings: &[Witness], findings: &mut Findings) {
    let usual = |of: u64, odd: u64| -> Option<bool> {
        let all = headings.iter().filter(|heading| heading.value & of != 0).count();
        let odd = headings.iter().filter(|heading| heading.value & of != 0 && heading.value & odd != 0).count();
        let enough = |number: usize| all >= FEWEST && number * AGREEING.1 >= all * AGREEING.0;
        if enough(odd) { Some(true) } else { enough(all - odd).then_some(false) }
    };
    let spaced = usual(SPACING_IS_FREE, SPACED);
    let title_case = usual(TITLE_CASE | SENTENCE_CASE, TITLE_CASE);
    for heading in headings {
        let value = heading.value;
        let mut differences = Vec::new();
        if let Some(spaced) = spaced.filter(|&spaced| value & SPACING_IS_FREE != 0 && (value & SPACED != 0) != spaced) {
            differences.push(String::from(if spaced {
                "has no blanks inside its marks"
            } else {
                "has blanks inside its marks"
            }));
        }
        let cased = value & (TITLE_CASE | SENTENCE_CASE) != 0;
        if let Some(title) = title_case.filter(|&title| cased && (value & TITLE_CASE != 0) != title) {
            differences.push(String::from(if title { "has small initials" } else { "has capitals inside" }));
        }
        if !differences.is_empty() {
            let text = corpus.text(heading.span);
            let words = text.trim_matches(|c: char| c == '=' || c == '#' || c.is_whitespace());
            findings.push(
                Diagnostic::new(
                    heading.span,
                    format!("heading “{words}” {}, unlike most headings here", enumerate(&differences)),
                )
                .label("another style")
                .help("write it like the others, or change the others"),
            );
        }
    }
}

/// How the article's own text writes words that its headings have.
#[derive(Default)]
struct Usage {
    /// Words that the text writes small.
    small: Set<String>,
    /// Words that the text writes with a capital inside a sentence.
    capital: Set<String>,
    /// Pairs of words side by side of which the text writes one with a capital inside a sentence.
    pairs: Set<(String, String)>,
}

impl Usage {
    fn of(account: &Account<'_>) -> Self {
        let article = account.article;
        let mut wanted: Set<String> = Set::default();
        for heading in article.sections.iter().filter_map(|section| section.heading) {
            wanted.extend(words(article.text(heading.span)).skip(1).map(|word| fold(word.text).into_owned()));
        }
        let mut usage = Self::default();
        if wanted.is_empty() {
            return usage;
        }
        for &sentence in &article.sentences {
            let mut before = "";
            let mut before_is_name = false;
            for (position, (word, folded)) in account.words_of(sentence).iter().enumerate() {
                let is_wanted = wanted.contains(folded.as_ref());
                let is_name = is_wanted && position > 0 && is_capitalised(word.text);
                if is_name || before_is_name {
                    usage.pairs.insert((before.to_owned(), folded.clone().into_owned()));
                }
                if is_name {
                    usage.capital.insert(folded.clone().into_owned());
                } else if is_wanted && !is_capitalised(word.text) {
                    usage.small.insert(folded.clone().into_owned());
                }
                before = folded;
                before_is_name = is_name;
            }
        }
        usage
    }

    /// Whether the heading is in title case or in sentence case; neither where its words do not tell.
    ///
    /// A capital that the text never gives a word is a matter of style; one that it does give is part of a
    /// name. A word that the text does not have may be part of a name too, and leaves all in doubt.
    fn case(&self, article: &Article<'_>, heading: &Heading) -> u64 {
        let mut case = 0;
        let all: Vec<_> =
            words(article.text(heading.span)).map(|word| (word.text, fold(word.text).into_owned())).collect();
        for (position, (word, folded)) in all.iter().enumerate().skip(1) {
            let acronym = word.chars().filter(|c| c.is_uppercase()).count() > 1;
            let plain = word.chars().all(char::is_alphabetic) && !is_function_word(folded) && folded.len() > 2;
            if !plain || acronym {
                continue;
            }
            let pair = |other: usize| all.get(other).map(|(_, folded)| folded.clone()).unwrap_or_default();
            let in_name = self.pairs.contains(&(pair(position - 1), folded.clone()))
                || self.pairs.contains(&(folded.clone(), pair(position + 1)));
            if !is_capitalised(word) {
                case |= SENTENCE_CASE;
            } else if self.small.contains(folded) && !self.capital.contains(folded) {
                case |= TITLE_CASE;
            } else if !in_name {
                return 0;
            }
        }
        // A heading of both kinds ("Heads of states and Governments") has the capitals to be seen.
        if case & TITLE_CASE != 0 { TITLE_CASE } else { case }
    }
}
