//! What a text says and elsewhere denies: "never married" beside a wedding, "has no embassy" beside an embassy.
//!
//! A denial is of all time ("never") or of a state in the present ("has no …"). It is set beside sentences that say the same with the
//! same verb, or the same noun, and the same names. De Marneffe, Rafferty and Manning, "Finding Contradictions in Text" (2008), call
//! this contradiction by negation.

use super::figures::stem;
use super::{Account, MAIN, verbs};
use crate::source::Span;
use crate::text::{FoldedWord, is_capitalised, is_function_word};
use xxhash_rust::xxh3::xxh3_64;

/// Two places that deny each other.
#[derive(Debug, Clone, Copy)]
pub struct Denial {
    /// The words that deny it.
    pub denied: Span,
    /// The words that tell it.
    pub told: Span,
}

/// Words that limit a denial to a time or a part.
const LIMITS: &[&str] = &[
    "again",
    "another",
    "before",
    "first",
    "formally",
    "longer",
    "now",
    "once",
    "other",
    "since",
    "still",
    "then",
    "until",
    "yet",
    "although",
    "but",
    "except",
    "if",
    "would",
    "could",
    "quite",
    "really",
    "fully",
    "officially",
    "more",
    "further",
];

/// What a sentence denies.
struct Negation {
    span: Span,
    unit: Span,
    /// The base of the verb, for "never"; the noun, for "has no".
    of: u64,
    is_verb: bool,
    /// Verbs that say the same of it, as [`of`](Self::of).
    kindred: Vec<u64>,
    /// Other words that carry matter.
    rest: Vec<u64>,
    /// Names behind the verb: "never belonged to the *Commonwealth*".
    named: Vec<u64>,
    /// Whether nothing but the verb is needed: "never married", "an only child".
    alone: bool,
}

/// What the words of a sentence are compared by, as far as there are negations that ask for it.
struct Keys {
    verbs: Vec<Option<u64>>,
    nouns: Vec<u64>,
}

/// What a verb is compared by, whatever its form.
fn key_of_verb(folded: &str) -> Option<u64> {
    verbs::verb(folded).map(|(base, _)| xxh3_64(base.as_bytes()))
}

pub(super) fn read(account: &Account<'_>) -> Vec<Denial> {
    let article = account.article;
    let mut negations = Vec::new();
    for &unit in &article.sentences {
        if let Some(negation) = negation(account, unit) {
            negations.push(negation);
        }
    }
    let mut found: Vec<Denial> = Vec::new();
    let (verbs, nouns) = (negations.iter().any(|one| one.is_verb), negations.iter().any(|one| !one.is_verb));
    for &unit in &article.sentences {
        if negations.is_empty() {
            break;
        }
        let words = account.words_of(unit);
        let keys = Keys {
            verbs: words.iter().filter(|_| verbs).map(|(_, folded)| key_of_verb(folded)).collect(),
            nouns: words.iter().filter(|_| nouns).map(|(_, folded)| stem(folded)).collect(),
        };
        for negation in negations.iter().filter(|negation| negation.unit != unit) {
            if found.iter().all(|denial| denial.denied != negation.span)
                && let Some(told) = told(account, negation, unit, &keys)
            {
                found.push(Denial { denied: negation.span, told });
            }
        }
    }
    if account.events().subjects.about_person() {
        only_child(account, &mut found);
        childless(account, &mut found);
    }
    absent(account, &mut found);
    found
}

/// A folded word of a sentence; empty behind its end.
fn word_at<'w>(all: &'w [FoldedWord<'_>], at: usize) -> &'w str {
    all.get(at).map_or("", |(_, folded)| folded.as_ref())
}

/// Where some words of a sentence stand, from the first of them to the last.
fn place(unit: Span, all: &[FoldedWord<'_>], from: usize, to: usize) -> Span {
    Span { start: unit.start + all[from].0.start as u32, end: unit.start + all[to].0.end() as u32, ..unit }
}

/// Nouns that stand for one thing and its many mentions alike; what is denied of them is denied of one time.
const ABSTRACT_ENDINGS: [&str; 8] = ["tion", "sion", "ness", "ment", "ity", "ance", "ence", "ing"];

/// What is denied altogether and is there elsewhere: "without a single tunnel" beside "the short tunnel", "never took out a patent" beside "a
/// patent of 1917".
fn absent(account: &Account<'_>, found: &mut Vec<Denial>) {
    let article = account.article;
    const FARTHEST: usize = 5;
    // For each, the whole article is searched.
    const MOST: usize = 16;
    let mut searched = 0;
    for &unit in &article.sentences {
        let all = account.words_of(unit);
        let word = |at: usize| word_at(all, at);
        for at in 0..all.len() {
            // Up to the noun: "without a single tunnel", "never took out a patent".
            let noun = match word(at) {
                "without" | "not" if word(at + 1) == "a" && word(at + 2) == "single" => at + 3,
                "never" if HAVING.contains(&word(at + 1)) => {
                    let article = (at + 2..at + FARTHEST).find(|&at| matches!(word(at), "a" | "an" | "any"));
                    let Some(article) = article else { continue };
                    article + 1
                }
                _ => continue,
            };
            let of = word(noun);
            let follows = word(noun + 1);
            let plain = is_function_word(follows) && !matches!(follows, "of" | "for" | "from")
                || follows.is_empty()
                || all.get(noun + 1).is_some_and(|(next, _)| {
                    article.text(unit)[all[noun].0.end()..next.start].contains([',', '.', ';', ':'])
                });
            let concrete =
                of.len() > 4 && !is_function_word(of) && !ABSTRACT_ENDINGS.iter().any(|end| of.ends_with(end));
            // Up to a mark: "never took out a patent, since …" gives a reason.
            let stopped =
                |at: &usize| article.text(unit)[all[at - 1].0.end()..all[*at].0.start].contains([',', ';', ':']);
            let end = (noun + 1..(noun + 4).min(all.len())).find(stopped).unwrap_or((noun + 4).min(all.len()));
            let limited = all[at..end].iter().any(|(_, folded)| LIMITS.contains(&folded.as_ref()));
            // The first paragraph is about what the article is about, and so is a sentence that begins with its pronoun.
            let main = article.lead().is_some_and(|lead| lead.span.contains(unit))
                || account.events().subjects.is_own_pronoun(word(0))
                || super::roles::statements(account.events(), unit).any(|statement| statement.subject == Some(MAIN));
            let denied = place(unit, all, at, noun.min(all.len() - 1));
            if !plain || !concrete || limited || !main || article.is_quoted(denied) {
                continue;
            }
            searched += 1;
            if searched > MOST {
                return;
            }
            let noun = of.to_owned();
            if let Some(told) = present(account, unit, &noun, word(at) == "never") {
                found.push(Denial { denied, told });
            }
        }
    }
}

/// Verbs of which the object is there then, in the past.
const HAVING: [&str; 14] = [
    "built",
    "employed",
    "founded",
    "had",
    "held",
    "kept",
    "made",
    "obtained",
    "owned",
    "possessed",
    "published",
    "received",
    "took",
    "wrote",
];

/// The one place that speaks of a thing as being there: "the short tunnel", "a patent of 1917".
fn present(account: &Account<'_>, denied: Span, noun: &str, own: bool) -> Option<Span> {
    let article = account.article;
    const MOST: usize = 3;
    let mut told = Vec::new();
    for &unit in article.sentences.iter().filter(|&&unit| unit != denied) {
        let all = account.words_of(unit);
        let word = |at: usize| word_at(all, at);
        for at in (0..all.len()).filter(|&at| word(at) == noun || word(at).strip_suffix('s') == Some(noun)) {
            let first = (at.saturating_sub(3)..at)
                .rev()
                .find(|&at| matches!(word(at), "the" | "its" | "his" | "her" | "a" | "an"));
            let negated = all[at.saturating_sub(6)..at].iter().any(|(_, folded)| {
                matches!(
                    folded.as_ref(),
                    "no" | "not" | "without" | "never" | "nor" | "if" | "would" | "planned" | "proposed"
                )
            });
            let dated =
                word(at + 1) == "of" && word(at + 2).len() == 4 && word(at + 2).bytes().all(|b| b.is_ascii_digit());
            let sure = first.is_some_and(|first| {
                matches!(word(first), "its" | "his" | "her") || dated || !own && word(first) == "the"
            });
            if negated || !sure || word(at) != noun {
                // What the article speaks of in other ways is there in another sense.
                told.push(None);
                continue;
            }
            let from = first.unwrap_or(at);
            let span =
                Span { start: unit.start + all[from].0.start as u32, end: unit.start + all[at].0.end() as u32, ..unit };
            told.push((!article.is_quoted(span)).then_some(span));
        }
    }
    if told.len() > MOST || told.contains(&None) {
        return None;
    }
    told.into_iter().flatten().next()
}

/// "childless", "had no children" beside "their daughter Antje".
fn childless(account: &Account<'_>, found: &mut Vec<Denial>) {
    let article = account.article;
    let (mut none, mut child) = (None, None);
    for &unit in &article.sentences {
        let all = account.words_of(unit);
        let word = |at: usize| word_at(all, at);
        let span = |from: usize, to: usize| place(unit, all, from, to);
        // Of whom else the sentence may speak: "her sister was childless".
        let own = super::roles::statements(account.events(), unit).any(|statement| statement.subject == Some(MAIN))
            || (0..all.len().min(6)).any(|at| matches!(word(at), "couple" | "marriage" | "they"));
        for at in 0..all.len() {
            let denied = match word(at) {
                "childless" => Some(span(at, at)),
                "no" if word(at + 1) == "children" && at > 0 && matches!(word(at - 1), "had" | "left") => {
                    Some(span(at - 1, at + 1))
                }
                "without" if matches!(word(at + 1), "children" | "issue") => Some(span(at, at + 1)),
                _ => None,
            };
            if let Some(denied) = denied.filter(|&denied| own && !article.is_quoted(denied)) {
                let limited = all[at.saturating_sub(4)..(at + 4).min(all.len())].iter().any(|(_, folded)| {
                    matches!(
                        folded.as_ref(),
                        "first"
                            | "second"
                            | "this"
                            | "other"
                            | "surviving"
                            | "own"
                            | "legitimate"
                            | "that"
                            | "first-born"
                    )
                });
                if !limited {
                    none = none.or(Some(denied));
                }
            }
            let kin = matches!(word(at), "his" | "her" | "their" | "couple's")
                && (matches!(word(at + 1), "daughter" | "son" | "daughters" | "sons" | "children")
                    || matches!(word(at + 1), "eldest" | "elder" | "younger" | "youngest" | "only" | "first")
                        && matches!(word(at + 2), "daughter" | "son" | "child"));
            let named = (at + 2..at + 4).any(|at| all.get(at).is_some_and(|(word, _)| is_capitalised(word.text)));
            // "their daughter": of him and the wife that the text has just named.
            if kin && named && (word(at) == "their" || own) {
                child = child.or(Some(span(at, at + 1)));
            }
        }
    }
    for field in article.fields() {
        let key = crate::text::fold(article.text(field.key).trim()).into_owned();
        let value = article.text(field.value).trim();
        let some = value.starts_with(|c: char| c.is_ascii_digit() && c != '0')
            || value.starts_with(char::is_uppercase) && !value.starts_with("None");
        if key == "children" && some {
            child = child.or(Some(field.value));
        }
    }
    if let (Some(denied), Some(told)) = (none, child) {
        found.push(Denial { denied, told });
    }
}

/// What a sentence denies, where it does so without limits.
fn negation(account: &Account<'_>, unit: Span) -> Option<Negation> {
    let text = account.article.text(unit);
    let all = account.words_of(unit);
    let word = |at: usize| word_at(all, at);
    let span = |from: usize, to: usize| place(unit, all, from, to);
    for at in 0..all.len() {
        let (of, last, is_verb) = match word(at) {
            "never" => (key_of_verb(word(at + 1))?, at + 1, true),
            "no" if at > 0
                && matches!(word(at - 1), "has" | "have" | "had")
                && !is_function_word(word(at + 1))
                && word(at + 1).len() > 3 =>
            {
                (stem(word(at + 1)), at + 1, false)
            }
            _ => continue,
        };
        let first = at.saturating_sub(usize::from(!is_verb) + 1);
        let end = (last + 7).min(all.len());
        let clause = &all[first..end];
        let stop = clause.iter().enumerate().skip(last - first + 1).find(|(_, (word, folded))| {
            let gap = &text[..word.start];
            gap.trim_end().ends_with([',', ';', '.']) || matches!(folded.as_ref(), "and" | "but" | "who" | "which")
        });
        let end = stop.map_or(end, |(stop, _)| first + stop);
        let limited = all[first..end].iter().any(|(_, folded)| LIMITS.contains(&folded.as_ref()));
        let shown = span(first, end - 1);
        if limited || account.article.is_quoted(shown) {
            return None;
        }
        let rest: Vec<u64> = all[last + 1..end]
            .iter()
            .filter(|(_, folded)| !is_function_word(folded) && folded.len() > 2)
            .map(|(_, folded)| stem(folded))
            .chain(
                all[..at]
                    .iter()
                    .rev()
                    .take(5)
                    .filter(|(word, _)| is_capitalised(word.text))
                    .map(|(_, folded)| stem(folded)),
            )
            .collect();
        let alone = is_verb && matches!(word(at + 1), "married" | "marry");
        let main = super::roles::statements(account.events(), unit).any(|statement| statement.subject == Some(MAIN));
        let kindred = kindred(if is_verb { word(at + 1) } else { "" });
        let behind = &all[last + 1..end];
        let named =
            behind.iter().filter(|(word, _)| is_capitalised(word.text)).map(|(_, folded)| stem(folded)).collect();
        return Some(Negation { span: shown, unit, of, is_verb, kindred, rest, named, alone: alone && main });
    }
    None
}

/// Verbs, in the past, of which one says that what another says has come about.
const KINDRED: &[&[&str]] = &[
    &["belonged", "joined", "entered", "acceded"],
    &["visited", "travelled", "went", "came", "toured"],
    &["won", "gained", "obtained"],
    &["published", "printed", "issued"],
    &["performed", "played", "staged"],
    &["left", "quitted", "departed"],
];

/// The keys of verbs that say the same as another.
fn kindred(folded: &str) -> Vec<u64> {
    let Some(own) = key_of_verb(folded) else { return Vec::new() };
    let group = KINDRED.iter().find(|group| group.iter().any(|verb| key_of_verb(verb) == Some(own)));
    group.into_iter().flat_map(|group| group.iter().filter_map(|verb| key_of_verb(verb))).collect()
}

/// The words of a sentence that say what another denies.
fn told(account: &Account<'_>, negation: &Negation, unit: Span, keys: &Keys) -> Option<Span> {
    let at = if negation.is_verb {
        keys.verbs
            .iter()
            .position(|key| key.is_some_and(|key| key == negation.of || negation.kindred.contains(&key)))?
    } else {
        keys.nouns.iter().position(|key| *key == negation.of)?
    };
    let all = account.words_of(unit);
    let around = &all[at.saturating_sub(10)..(at + 10).min(all.len())];
    let denied = around.iter().any(|(_, folded)| {
        matches!(
            folded.as_ref(),
            "no" | "not"
                | "never"
                | "without"
                | "neither"
                | "nor"
                | "would"
                | "could"
                | "planned"
                | "until"
                | "closed"
                | "former"
                | "formerly"
                | "if"
                | "nearly"
                | "almost"
                | "refused"
        )
    });
    if denied {
        return None;
    }
    let span = place(unit, all, at, at);
    if negation.alone {
        let statement =
            super::roles::statements(account.events(), unit).find(|statement| statement.verb.contains(span))?;
        return (statement.subject == Some(MAIN) && !statement.unreal).then_some(span);
    }
    // "has an embassy in X": the state must be told, and of the same.
    if !negation.is_verb {
        let before = |back: usize| at.checked_sub(back).map_or("", |at| all[at].1.as_ref());
        let has = matches!(before(1), "a" | "an" | "one")
            && matches!(before(2), "has" | "have" | "had" | "keeps" | "maintains");
        if !has {
            return None;
        }
    }
    let here: Vec<u64> = around.iter().map(|(_, folded)| stem(folded)).collect();
    let mut shared = negation.rest.clone();
    shared.sort_unstable();
    shared.dedup();
    let all_of_it = shared.len();
    let shared = shared.iter().filter(|word| here.contains(word)).count();
    // "has never belonged to the Commonwealth": one name is enough where both are of what the article is about.
    let named = || {
        let statement =
            super::roles::statements(account.events(), unit).find(|statement| statement.verb.contains(span));
        let own = statement.is_some_and(|statement| statement.subject == Some(MAIN) && !statement.unreal);
        const REACH: usize = 18;
        let behind = &all[at..(at + REACH).min(all.len())];
        negation.is_verb
            && own
            && behind.iter().any(|(word, folded)| is_capitalised(word.text) && negation.named.contains(&stem(folded)))
    };
    (shared >= 2 && shared * 3 >= all_of_it * 2 || named()).then_some(span)
}

/// "an only child" beside a brother, or "the third of seven children".
fn only_child(account: &Account<'_>, found: &mut Vec<Denial>) {
    let article = account.article;
    let mut only = None;
    let mut sibling = None;
    for &unit in &article.sentences {
        let all = account.words_of(unit);
        let word = |at: usize| word_at(all, at);
        let span = |from: usize, to: usize| place(unit, all, from, to);
        for at in 0..all.len() {
            // "their only child" is another's.
            let alone = at > 0
                && (word(at - 1) == "an"
                    || word(at - 1) == "the" && (word(at + 2) == "of" || at > 1 && word(at - 2) == "as"));
            if word(at) == "only" && word(at + 1) == "child" && alone {
                only = only.or(Some(span(at - 1, at + 1)));
            }
            let of_many = verbs::ordinal(word(at)).is_some()
                && word(at + 1) == "of"
                && verbs::number(word(at + 2)).is_some_and(|number| number > 1)
                && matches!(word(at + 3), "children" | "siblings" | "sons" | "daughters" | "brothers" | "sisters");
            let youngest = matches!(word(at), "youngest" | "eldest" | "oldest")
                && word(at + 1) == "of"
                && verbs::number(word(at + 2)).is_some()
                && matches!(word(at + 3), "children" | "siblings");
            if of_many || youngest {
                sibling = sibling.or(Some(span(at, at + 3)));
            }
            let own = matches!(word(at), "his" | "her");
            let next = if matches!(word(at + 1), "elder" | "younger" | "older" | "twin" | "eldest" | "youngest") {
                at + 2
            } else {
                at + 1
            };
            if own && matches!(word(next), "brother" | "sister" | "brothers" | "sisters") {
                let main = super::roles::statements(account.events(), unit).any(|statement| {
                    statement.subject.is_some_and(|who| {
                        who != MAIN
                            && account.events().subjects.kind(who) == Some("person")
                            && account.events().subjects.name_key(who).is_some()
                    })
                });
                if !main {
                    sibling = sibling.or(Some(span(at, next)));
                }
            }
        }
    }
    if let (Some(denied), Some(told)) = (only, sibling) {
        found.push(Denial { denied, told });
    }
}
