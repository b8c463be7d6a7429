//! What a text says in one place and the opposite of it in another: "did not resign" beside "resigned", "cleared the captain" beside
//! "blamed the captain", "promised to abolish the tax" beside "pledged to keep the tax".
//!
//! A clause is taken as what is done, which way, and the words around it that carry matter. Two are of one thing when what is done is the
//! same (or its opposite, of the pairs below) and the words for whom and what agree. Contradictions by negation and by antonyms in the
//! sense of de Marneffe, Rafferty and Manning, "Finding Contradictions in Text" (2008).

use super::figures::stem;
use super::{Account, Denial, MAIN, verbs};
use crate::source::Span;
use crate::text::{FoldedWord, Map, is_capitalised, is_function_word, without_possessive};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Verbs, by their bases, of which one denies the other when both are of one doer and one thing. A particle that turns a verb follows it.
const PAIRS: &[(&[&str], &[&str])] = &[
    (&["abolish", "scrap", "repeal", "drop"], &["keep", "retain", "preserve", "maintain"]),
    (&["support", "back", "favour", "endorse", "welcome", "vote for"], &["oppose", "reject", "resist", "vote against"]),
    (&["clear", "acquit", "exonerate", "absolve", "exculpate"], &["blame", "censure", "convict", "condemn", "fault"]),
    (&["accept"], &["refuse", "decline", "reject"]),
    (&["win"], &["lose"]),
    (&["survive"], &["perish", "die"]),
    (&["allow", "permit"], &["forbid", "ban", "prohibit"]),
    (&["confirm", "uphold"], &["quash", "overturn", "annul"]),
];

/// Words that limit what a clause says to a time, a part, a wish or somebody's words.
const LIMITS: &[&str] = &[
    "again", "almost", "although", "anew", "another", "any", "before", "could", "either", "except", "first", "if",
    "later", "longer", "might", "more", "nearly", "once", "only", "other", "others", "perhaps", "some", "still",
    "then", "though", "unless", "until", "whether", "while", "would", "yet",
];

/// Verbs of which everybody does much, so that one of them says little.
const LIGHT: &[&str] =
    &["be", "become", "come", "do", "get", "give", "go", "have", "make", "put", "say", "see", "take", "want"];

/// What a clause says.
struct Said {
    unit: Span,
    words: Span,
    /// Which way of its kind.
    way: bool,
    /// Hashes of the names before the verb, and of the words that carry matter behind it.
    names: Vec<u64>,
    objects: Vec<u64>,
    /// Whether it is of the article's own subject.
    own: bool,
    /// Whether what it is done to is definite and stands at once behind the verb: "blamed the captain".
    direct: bool,
    /// Whether it is told as what is always so: "hibernates", "does not hibernate".
    lasting: bool,
}

/// What clauses are about: a verb, or a pair of the table.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Verb(String),
    Pair(usize),
}

/// Of a kind not more clauses are compared.
const MOST: usize = 24;

pub(super) fn read(account: &Account<'_>) -> Vec<Denial> {
    let mut all: BTreeMap<Kind, Vec<Said>> = BTreeMap::new();
    for &unit in account.article.sentences.iter().filter(|unit| unit.len() <= super::LONGEST_SENTENCE) {
        sentence(account, unit, &mut all);
    }
    let mut found = Vec::new();
    for (kind, group) in &mut all {
        group.truncate(MOST);
        let against = group.iter().enumerate().find_map(|(number, later)| {
            let mut before = group[..number].iter();
            before
                .find(|earlier| earlier.way != later.way && of_one_thing(kind, earlier, later))
                .map(|one| (one, later))
        });
        if let Some((earlier, later)) = against {
            let (denied, told) = if later.way { (earlier, later) } else { (later, earlier) };
            found.push(Denial { denied: denied.words, told: told.words });
        }
    }
    found
}

/// Whether two clauses that say opposite things are of the same.
fn of_one_thing(kind: &Kind, one: &Said, other: &Said) -> bool {
    if one.unit == other.unit {
        return false;
    }
    let share = |a: &[u64], b: &[u64]| a.iter().filter(|word| b.contains(word)).count();
    let same_doer = share(&one.names, &other.names) > 0 || one.own && other.own;
    let other_doer = !one.names.is_empty() && !other.names.is_empty() && !same_doer;
    let objects = share(&one.objects, &other.objects);
    let least = one.objects.len().min(other.objects.len());
    let most = one.objects.len().max(other.objects.len());
    match kind {
        // "Thiel did not resign", "Thiel resigned"; "the species does not hibernate", "it hibernates"
        Kind::Verb(_) if one.lasting && other.lasting && least == 0 => !other_doer && most <= 1,
        Kind::Verb(_) if most == 0 => same_doer,
        Kind::Verb(_) => same_doer && objects > 0 && objects * 3 >= most * 2,
        Kind::Pair(_) => {
            let one_object = objects == 1 && least == 1 && one.direct && other.direct;
            !other_doer && (objects >= 2 || one_object) && objects * 2 >= least
        }
    }
}

/// The words of a sentence.
type Tokens<'a> = [FoldedWord<'a>];

/// What the clauses of a sentence say, where they are plain.
fn sentence(account: &Account<'_>, unit: Span, all: &mut BTreeMap<Kind, Vec<Said>>) {
    let text = account.article.text(unit);
    let tokens = account.words_of(unit);
    for at in 0..tokens.len() {
        let Some((base, lasting)) = base(tokens, at).filter(|(base, _)| !LIGHT.contains(&base.as_str())) else {
            continue;
        };
        let (from, to) = clause(text, tokens, at);
        let span = Span {
            start: unit.start + tokens[from].0.start as u32,
            end: unit.start + tokens[to - 1].0.end() as u32,
            ..unit
        };
        let limited = tokens[from..(to + 1).min(tokens.len())].iter().any(|(_, word)| LIMITS.contains(&word.as_ref()));
        if !limited && !account.article.is_quoted(span) {
            let way = !is_negated(tokens, at);
            let both = tokens[from].1 == "both";
            let pair: Vec<u64> =
                account.events().subjects.pair.iter().filter(|_| both).map(|name| stem(name)).collect();
            let place = unit.start + tokens[at].0.start as u32;
            let own = super::roles::statements(account.events(), unit).any(|statement| {
                statement.subject == Some(MAIN) && statement.verb.start <= place && place < statement.verb.end
            });
            let said = |way: bool| Said {
                unit,
                words: span,
                way,
                names: if both { pair.clone() } else { names(text, tokens, from, at) },
                objects: matter(&tokens[at + 1..to]),
                own,
                lasting,
                direct: tokens
                    .get(at + 1)
                    .is_some_and(|(_, next)| matches!(next.as_ref(), "the" | "its" | "his" | "her" | "their")),
            };
            let particle = tokens.get(at + 1).map_or("", |(_, folded)| folded.as_ref());
            for (number, first) in pairs(&base, particle) {
                all.entry(Kind::Pair(number)).or_default().push(said(first == way));
            }
            all.entry(Kind::Verb(base.trim_end_matches('e').to_owned())).or_default().push(said(way));
        }
    }
}

/// The pairs that a verb is of, alone or with the particle behind it, by their numbers; and whether it is among the first of the two.
fn pairs(base: &str, particle: &str) -> Vec<(usize, bool)> {
    static BY_VERB: LazyLock<Map<String, Vec<(usize, bool)>>> = LazyLock::new(|| {
        let mut by_verb: Map<String, Vec<(usize, bool)>> = Map::default();
        for (number, (one, other)) in PAIRS.iter().enumerate() {
            let sides = one.iter().map(|verb| (verb, true)).chain(other.iter().map(|verb| (verb, false)));
            sides.for_each(|(verb, side)| by_verb.entry(plain(verb)).or_default().push((number, side)));
        }
        by_verb
    });
    let mut found: Vec<(usize, bool)> = Vec::new();
    let plain = plain(base);
    let with_particle = format!("{plain} {}", particle.trim_end_matches('e'));
    for &(number, side) in [&plain, &with_particle].into_iter().filter_map(|verb| BY_VERB.get(verb)).flatten() {
        match found.iter_mut().find(|(known, _)| *known == number) {
            Some((_, first)) => *first |= side,
            None => found.push((number, side)),
        }
    }
    found.sort_unstable();
    found
}

/// A base as it is compared: an "e" may be lost at its end, before a particle as well.
fn plain(base: &str) -> String {
    base.replacen("e ", " ", 1).trim_end_matches('e').to_owned()
}

/// The base of the verb at a place, as far as the words before it say that it is one; and whether it is in the present.
fn base(tokens: &Tokens<'_>, at: usize) -> Option<(String, bool)> {
    let (word, folded) = &tokens[at];
    let before = |back: usize| at.checked_sub(back).map_or("", |at| tokens[at].1.as_ref());
    if is_capitalised(word.text) || is_function_word(folded) || folded.len() < 3 {
        return None;
    }
    let helper = if matches!(before(1), "not" | "never") { before(2) } else { before(1) };
    if matches!(helper, "to" | "did" | "do" | "does" | "will" | "shall") {
        return Some((folded.to_string(), matches!(helper, "do" | "does")));
    }
    // "has never been a member of", "both are members of"
    if matches!(folded.as_ref(), "member" | "members")
        && (1..=3).any(|back| matches!(before(back), "is" | "are" | "was" | "were" | "been"))
    {
        return Some((String::from("member"), false));
    }
    if let Some((base, form)) = verbs::verb(folded) {
        return (form != verbs::Form::Gerund).then(|| (base.into_owned(), false));
    }
    let subject = matches!(before(1), "it" | "he" | "she" | "who" | "which" | "never")
        || at > 0 && is_capitalised(tokens[at - 1].0.text);
    verbs::present_base(folded).filter(|_| subject).map(|base| (base, true))
}

/// Where the clause around a verb begins and ends.
fn clause(text: &str, tokens: &Tokens<'_>, at: usize) -> (usize, usize) {
    const WIDEST: usize = 10;
    let joint = |number: usize| {
        matches!(
            tokens[number].1.as_ref(),
            "after"
                | "and"
                | "because"
                | "before"
                | "but"
                | "or"
                | "since"
                | "that"
                | "when"
                | "where"
                | "which"
                | "while"
                | "who"
        )
    };
    let mark = |number: usize| {
        let gap = &text[tokens[number - 1].0.end()..tokens[number].0.start];
        gap.contains([',', ';', ':', '(', ')', '—', '"', '“'])
    };
    let mut from = at;
    while from > 0 && at - from < WIDEST && !mark(from) && !joint(from - 1) {
        from -= 1;
    }
    let mut to = at + 1;
    while to < tokens.len() && to - at <= WIDEST && !mark(to) && !joint(to) {
        to += 1;
    }
    (from, to)
}

/// Whether a verb is denied by the auxiliary before it: "did not", "was never", "has not been".
fn is_negated(tokens: &Tokens<'_>, at: usize) -> bool {
    for (_, word) in tokens[..at].iter().rev().take(3) {
        match word.as_ref() {
            "not" | "never" => return true,
            word if word.ends_with("n't") => return true,
            "be" | "been" | "being" | "a" => {}
            _ => return false,
        }
    }
    false
}

/// Names before a verb: in its clause, or else in what stands in apposition before it ("the governor, Oskar Thiel, did not …").
fn names(text: &str, tokens: &Tokens<'_>, from: usize, at: usize) -> Vec<u64> {
    const FARTHEST: usize = 6;
    let inside = |from: usize, to: usize| -> Vec<u64> {
        let of =
            tokens[from..to].iter().filter(|(word, folded)| is_capitalised(word.text) && !is_function_word(folded));
        of.map(|(_, folded)| stem(without_possessive(folded))).collect()
    };
    let own = inside(from, at);
    if !own.is_empty() || from == 0 {
        return own;
    }
    let apposed = text[..tokens[from].0.start].trim_end().ends_with(',');
    let back = from.saturating_sub(FARTHEST);
    let parted = text[tokens[back].0.start..tokens[from].0.start].contains([';', '.', '(']);
    if apposed && !parted { inside(back, from) } else { own }
}

/// Hashes of words that carry matter; times and numbers are none.
fn matter(tokens: &Tokens<'_>) -> Vec<u64> {
    let plain = |(word, folded): &&FoldedWord<'_>| {
        !is_function_word(folded)
            && folded.len() > 2
            && verbs::number(folded).is_none()
            && !folded.as_bytes()[0].is_ascii_digit()
            && !crate::time::MONTHS.contains(&word.text)
            && !matches!(folded.as_ref(), "not" | "never" | "against")
    };
    let mut found: Vec<u64> = tokens.iter().filter(plain).map(|(_, folded)| stem(without_possessive(folded))).collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_numbers_and_little_words_are_no_matter() {
        let matter_of = |text: &str| {
            let tokens: Vec<FoldedWord<'_>> =
                crate::text::words(text).map(|word| (word, crate::text::fold(word.text))).collect();
            matter(&tokens)
        };
        assert_eq!(matter_of("The Oy mill never burned in May 1901"), matter_of("mill burned"));
        assert_eq!(matter_of("twelve ox carts, against 12 carts"), matter_of("cart's"));
        assert!(matter_of("Oy").is_empty());
    }
}
