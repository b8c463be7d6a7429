//! Things that are used before they were there.
//!
//! "The floodlights were switched on for the first time in 1964" says that there were none before; "a grandstand was put up in 1924" brings
//! something new into the story, as the indefinite article does (Heim, "The Semantics of Definite and Indefinite Noun Phrases", 1982). What
//! the text has the same thing do, or suffer, in an earlier year cannot be.

use super::clauses::{self, DETERMINERS, Noun, Token};
use super::events::Statement;
use super::quantities::singular;
use super::vocabulary::VOCABULARY;
use super::{Account, verbs};
use crate::source::Span;
use crate::text::{Map, fold, is_function_word};
use crate::time::{Anchor, Interval, Precision};
use std::ops::Range;

/// A thing in a clause of a time at which it was not there.
#[derive(Debug, Clone)]
pub struct EarlyUse {
    /// The words for it where it is too early.
    pub words: Span,
    /// When that was, as a number of [`Account::times`].
    pub time: usize,
    /// The words for it where it begins.
    pub made: Span,
    /// When it began, as such a number.
    pub made_time: usize,
}

/// How things come to be there, by the base of the verb, with the particle where it needs one.
const COMING: [(&str, &str); 18] = [
    ("build", ""),
    ("erect", ""),
    ("construct", ""),
    ("install", ""),
    ("introduce", ""),
    ("put", "up"),
    ("put", "in"),
    ("set", "up"),
    ("switch", "on"),
    ("turn", "on"),
    ("lay", "out"),
    ("hang", ""),
    ("fit", ""),
    ("add", ""),
    ("release", ""),
    ("deliver", ""),
    ("arrive", ""),
    ("invent", ""),
];

/// Words that say of a thing that it is one of several, or that there was one before.
const OTHERS: [&str; 22] = [
    "another",
    "bigger",
    "current",
    "earlier",
    "first",
    "former",
    "further",
    "larger",
    "last",
    "later",
    "new",
    "next",
    "old",
    "original",
    "other",
    "permanent",
    "present",
    "previous",
    "replacement",
    "second",
    "temporary",
    "third",
];

/// A noun group with its head and the words that tell it from others of its kind.
struct Thing {
    head: String,
    marks: Vec<String>,
    words: Span,
}

/// When something began.
struct Beginning {
    thing: Thing,
    time: usize,
    days: Interval,
    sentence: Span,
}

/// Reads them, in the order of the text.
pub(super) fn read(account: &Account<'_>) -> Vec<EarlyUse> {
    let statements = &account.events().statements;
    let mut beginnings: Map<String, Vec<Beginning>> = Map::default();
    for sentence in sentences_of(statements) {
        beginnings_in(account, sentence, &mut beginnings);
    }
    // Of what begins twice nobody knows which is meant.
    beginnings.retain(|_, all| all.len() == 1);
    if beginnings.is_empty() {
        return Vec::new();
    }
    // There was another of them.
    let mut several: Vec<String> = Vec::new();
    for &sentence in &account.article.sentences {
        for pair in account.words_of(sentence).windows(2) {
            let head = singular(&pair[1].1);
            if OTHERS.contains(&pair[0].1.as_ref()) && pair[0].1 != "new" && beginnings.contains_key(&head) {
                several.push(head);
            }
        }
    }
    let mut found = Vec::new();
    for sentence in sentences_of(statements) {
        let words = account.words_of(sentence.sentence);
        let near = words.iter().any(|(_, folded)| {
            let head = singular(folded);
            beginnings.get(&head).is_some_and(|all| all[0].sentence != sentence.sentence) && !several.contains(&head)
        });
        if near {
            found.extend(uses_in(account, sentence, &beginnings, &several));
        }
    }
    found
}

/// The statements of an article, one of each sentence with a date of its own.
fn sentences_of(statements: &[Statement]) -> impl Iterator<Item = &Statement> {
    let mut last = None;
    statements.iter().filter(move |statement| {
        let new = statement.own && last != Some(statement.sentence);
        if new {
            last = Some(statement.sentence);
        }
        new
    })
}

/// What a sentence says to have come to be there.
fn beginnings_in(account: &Account<'_>, first: &Statement, beginnings: &mut Map<String, Vec<Beginning>>) {
    let sentence = first.sentence;
    let is_coming = |folded: &str| {
        verbs::verb(folded).is_some_and(|(base, _)| COMING.iter().any(|(verb, _)| verbs::same_base(&base, verb)))
    };
    let first_round = |words: &[crate::text::FoldedWord<'_>]| {
        words.windows(2).any(|pair| matches!(pair[0].1.as_ref(), "its" | "their") && pair[1].1 == "first")
    };
    let words = account.words_of(sentence);
    if sentence.len() > super::LONGEST_SENTENCE || !words.iter().any(|(_, word)| is_coming(word)) && !first_round(words)
    {
        return;
    }
    let mut tokens = clauses::tokens(account, sentence);
    let all = clauses::clauses(&mut tokens, &|base| VOCABULARY.knows(base));
    for clause in all.iter().filter(|clause| !clause.condition) {
        let verb = &clause.verb;
        let after = tokens.get(verb.tokens.end).map_or("", |token| token.word.as_ref());
        let comes = COMING
            .iter()
            .any(|(base, particle)| verbs::same_base(&verb.base, base) && (particle.is_empty() || *particle == after));
        let intransitive = ["arriv", "arrive"].contains(&verb.base.as_ref());
        // "A bookmobile set out on its first round on 4 April".
        let behind = &tokens[verb.tokens.end..clause.tokens.end];
        let first_round =
            behind.windows(2).any(|pair| pair[0].is(&["its", "their"]) && pair[1].is(&["first", "maiden"]));
        let comes = comes && (verb.passive || intransitive) || first_round;
        let Some(subject) = clause.subject.as_ref().filter(|_| comes) else { continue };
        if verb.modal || verb.negated {
            continue;
        }
        let for_the_first_time = tokens[clause.tokens.clone()]
            .windows(4)
            .any(|run| run[0].is(&["for"]) && run[1].is(&["the"]) && run[2].is(&["first"]) && run[3].is(&["time"]));
        let group = group(&tokens, subject);
        let determiner = &tokens[group.start];
        let new = determiner.is(&["a", "an"]) || !determiner.is(DETERMINERS) && !determiner.capital;
        let new = new || !determiner.is(DETERMINERS) && group.start == 0;
        let Some(thing) = thing(account, sentence, &tokens, subject, group).filter(|_| new || for_the_first_time)
        else {
            continue;
        };
        let statement = account.events().statement_at(tokens[verb.tokens.start].span.start);
        let Some((time, days)) = statement.and_then(|statement| dated(account, statement)) else { continue };
        beginnings.entry(thing.head.clone()).or_default().push(Beginning { thing, time, days, sentence });
    }
}

/// When a statement was, where it says so itself.
fn dated(account: &Account<'_>, statement: &Statement) -> Option<(usize, Interval)> {
    let time = statement.time.filter(|_| statement.own && !statement.unreal)?;
    let told = &account.times()[time];
    let sure = matches!(told.anchor, Anchor::Explicit | Anchor::Story) && !told.quoted;
    Some((time, told.interval().filter(|days| sure && days.precision <= Precision::Year)?))
}

/// Whether a word is read as a time and may as well be part of a name.
fn is_season(token: &Token<'_>) -> bool {
    token.is(&["spring", "summer", "autumn", "winter"])
}

/// The words of a noun group, with a season among them: "the steel *winter* gates".
fn group(tokens: &[Token<'_>], noun: &Noun) -> Range<usize> {
    const LONGEST: usize = 4;
    let mut start = noun.core.start;
    if start.checked_sub(1).is_none_or(|before| !is_season(&tokens[before])) {
        return noun.core.clone();
    }
    while start > 0 && noun.core.start - start < LONGEST && !tokens[start - 1].mark {
        let before = &tokens[start - 1];
        if before.verb || before.is(clauses::PREPOSITIONS) || before.time.is_some() && !is_season(before) {
            break;
        }
        start -= 1;
        if before.is(DETERMINERS) {
            break;
        }
    }
    start..noun.core.end
}

/// A noun group that stands for a thing with a common noun.
fn thing(
    account: &Account<'_>,
    sentence: Span,
    tokens: &[Token<'_>],
    noun: &Noun,
    group: Range<usize>,
) -> Option<Thing> {
    let core = &tokens[group.clone()];
    let head = core.last().filter(|head| !head.mark && !head.capital || group.start == 0 && core.len() == 1)?;
    let person = VOCABULARY.kind_of(&head.word) == Some("person") || super::figures::is_people(&singular(&head.word));
    let vague = head.word.len() < 4 || is_function_word(&head.word) || verbs::number(&head.word).is_some();
    let own = account.events().subjects.is_own_noun(&head.word);
    if person || vague || own || noun.joined.is_some() || VOCABULARY.is_generic(&head.word) {
        return None;
    }
    let marks: Vec<String> = core[..core.len() - 1]
        .iter()
        .filter(|token| !token.mark && !token.is(DETERMINERS) && !is_function_word(&token.word))
        .filter(|token| verbs::number(&token.word).is_none())
        .map(|token| fold(&token.word).into_owned())
        .collect();
    let others = marks.iter().any(|mark| OTHERS.contains(&mark.as_str()));
    let words = super::events::span_of(sentence, tokens, group);
    let quoted = account.article.is_quoted(words);
    (!others && !quoted).then(|| Thing { head: singular(&head.word), marks, words })
}

/// What a sentence says of things in a time before they began.
fn uses_in(
    account: &Account<'_>,
    first: &Statement,
    beginnings: &Map<String, Vec<Beginning>>,
    several: &[String],
) -> Vec<EarlyUse> {
    const PLANS: [&str; 22] = [
        "asked", "before", "decided", "demanded", "design", "designed", "for", "lack", "lacked", "no", "ordered",
        "plan", "planned", "plans", "promised", "proposed", "proposal", "project", "scheme", "site", "until",
        "without",
    ];
    let sentence = first.sentence;
    let mut found = Vec::new();
    if sentence.len() > super::LONGEST_SENTENCE {
        return found;
    }
    let tokens = clauses::tokens(account, sentence);
    for at in 1..tokens.len() {
        let head = singular(&tokens[at].word);
        let Some(beginning) = beginnings.get(&head).map(|all| &all[0]).filter(|_| !several.contains(&head)) else {
            continue;
        };
        if beginning.sentence == sentence || tokens[at].capital || tokens[at].time.is_some() {
            continue;
        }
        // "the two steel winter gates", "the new floodlights", "its engine house".
        let mut start = at;
        while start > 0 && !tokens[start - 1].mark && !tokens[start - 1].is(DETERMINERS) && at - start < 4 {
            let token = &tokens[start - 1];
            if token.time.is_some() && !is_season(token) || token.is(clauses::PREPOSITIONS) || token.verb {
                break;
            }
            start -= 1;
        }
        let definite = start.checked_sub(1).is_some_and(|before| tokens[before].is(&["the", "its", "their", "this"]));
        let marks: Vec<&str> = tokens[start..at]
            .iter()
            .map(|token| token.word.as_ref())
            .filter(|word| *word != "new" && verbs::number(word).is_none() && !is_function_word(word))
            .collect();
        let thing = &beginning.thing;
        let same = if thing.marks.is_empty() || marks.is_empty() {
            thing.marks.is_empty() && marks.is_empty()
        } else {
            marks.iter().all(|mark| thing.marks.iter().any(|own| own == mark))
        };
        // "the roof of the hall" is of the hall; "the hall of the palace" may be another.
        let of_other =
            tokens.get(at + 1).is_some_and(|next| next.is(&["of", "at", "in", "near"]) && next.time.is_none())
                && !(at + 2..(at + 4).min(tokens.len())).any(|behind| tokens[behind].time.is_some());
        let compound = tokens.get(at + 1).is_some_and(|next| {
            !next.mark
                && !next.verb
                && next.word.len() > 3
                && next.time.is_none()
                && VOCABULARY.kind_of(&next.word).is_some()
        });
        let planned = tokens[..at]
            .iter()
            .any(|token| token.is(&PLANS) && token.time.is_none() && !token.is(&["for", "before", "until"]))
            || start.checked_sub(2).is_some_and(|before| tokens[before].is(&["for", "before", "until"]));
        if !definite || !same || of_other || compound || planned {
            continue;
        }
        // Where the sentence has but one date, that is when all of it was.
        let own = account.events().statement_at(tokens[at].span.start).filter(|statement| !statement.unreal);
        let only =
            || account.times_in(sentence).filter(|&number| account.times()[number].interval().is_some()).count() == 1;
        let told = own.and_then(|own| dated(account, own).or_else(|| dated(account, first).filter(|_| only())));
        let Some((time, days)) = told else { continue };
        const FARTHEST: i32 = 25;
        let years = beginning.days.from.year - days.to.year;
        let words = super::events::span_of(sentence, &tokens, start - 1..at + 1);
        if days.to < beginning.days.from && (1..=FARTHEST).contains(&years) && !account.article.is_quoted(words) {
            found.push(EarlyUse { words, time, made: thing.words, made_time: beginning.time });
            break;
        }
    }
    found
}
