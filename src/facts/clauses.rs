//! The clauses of a sentence: who does what to whom, and when.
//!
//! A shallow reading in the manner of Abney, "Parsing by Chunks" (1991): verb groups are found by the forms of verbs and the closed
//! classes of English, a clause is what lies around one, and its subject and object are the noun groups beside it. What it cannot
//! tell it leaves out.

use super::Account;
use super::verbs::{self, Form};
use crate::source::Span;
use crate::text::{Map, fold, is_capitalised};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

/// A word or mark of a sentence.
#[derive(Debug)]
pub(super) struct Token<'a> {
    /// Bytes of the file.
    pub(super) span: Range<usize>,
    /// The word, folded; a mark as it is.
    pub(super) word: Cow<'a, str>,
    /// The word as it is written.
    pub(super) raw: &'a str,
    pub(super) capital: bool,
    /// Whether it is of capitals throughout, and of two at least.
    pub(super) acronym: bool,
    /// Whether it is a mark and no word.
    pub(super) mark: bool,
    /// The time expression that it belongs to, as a number of the account.
    pub(super) time: Option<usize>,
    /// Whether it belongs to a verb group.
    pub(super) verb: bool,
    /// The closed classes that it is of.
    classes: Class,
}

impl Token<'_> {
    /// Whether it is one of some words, or of a class. "AS", "IT" and "US" are names and none of the words that they look like.
    pub(super) fn is(&self, words: impl Words) -> bool {
        words.have(self)
    }

    fn is_word(&self) -> bool {
        !self.mark && self.time.is_none()
    }
}

/// Words that a token may be one of.
pub(super) trait Words {
    /// Whether a token is one of them.
    fn have(self, token: &Token<'_>) -> bool;
}

impl Words for &[&str] {
    fn have(self, token: &Token<'_>) -> bool {
        !token.acronym && self.contains(&token.word.as_ref())
    }
}

impl<const N: usize> Words for &[&str; N] {
    fn have(self, token: &Token<'_>) -> bool {
        self.as_slice().have(token)
    }
}

/// Closed classes of English, a bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Class(u16);

impl Class {
    const NONE: Class = Class(0);

    /// The classes of a folded word.
    fn of(word: &str) -> Class {
        static CLASSES: LazyLock<Map<&str, u16>> = LazyLock::new(|| {
            let mut classes: Map<&str, u16> = Map::default();
            for (class, words) in CLOSED {
                words.iter().for_each(|word| *classes.entry(word).or_default() |= class.0);
            }
            classes
        });
        Class(CLASSES.get(word).copied().unwrap_or_default())
    }

    /// Whether a folded word is of the class.
    pub(super) fn has(self, word: &str) -> bool {
        Self::of(word).0 & self.0 != 0
    }
}

impl Words for Class {
    fn have(self, token: &Token<'_>) -> bool {
        token.classes.0 & self.0 != 0
    }
}

/// A verb with its auxiliaries.
#[derive(Debug, Clone)]
pub(super) struct Verb {
    /// The base of the main verb, to be compared by [`verbs::same_base`].
    pub(super) base: Cow<'static, str>,
    /// From the first auxiliary to the main verb, as tokens.
    pub(super) tokens: Range<usize>,
    /// Whether what stands before it is what it is done to.
    pub(super) passive: bool,
    /// "had closed".
    pub(super) perfect: bool,
    /// "would close", "may have closed".
    pub(super) modal: bool,
    pub(super) negated: bool,
    /// "closing", "closed by the council" without an auxiliary.
    pub(super) loose: bool,
}

/// A noun group, or a pronoun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Noun {
    /// All of it, with what hangs on it by "of", "in" and the like.
    pub(super) tokens: Range<usize>,
    /// The group that the rest hangs on, with its article.
    pub(super) core: Range<usize>,
    /// The group before it that an "and" joins to it.
    pub(super) joined: Option<Range<usize>>,
    /// The noun that a name stands beside: "its only *ship*, Solvei,".
    pub(super) beside: Option<usize>,
}

/// A clause.
#[derive(Debug)]
pub(super) struct Clause {
    pub(super) tokens: Range<usize>,
    pub(super) verb: Verb,
    pub(super) subject: Option<Noun>,
    /// Whether the subject is that of the clause before.
    pub(super) shares_subject: bool,
    pub(super) object: Option<Noun>,
    /// Behind "by", of a passive verb.
    pub(super) agent: Option<Noun>,
    /// Its time expressions, as numbers of the account.
    pub(super) times: Vec<usize>,
    /// Whether it is a condition: "if …", "unless …".
    pub(super) condition: bool,
}

/// Splits a sentence, or another leaf of the article, into tokens.
pub(super) fn tokens<'a>(account: &'a Account<'_>, sentence: Span) -> Vec<Token<'a>> {
    let text = account.article.text(sentence);
    let (times, within) = (account.times(), account.times_in(sentence));
    let offset = sentence.start as usize;
    let mut tokens: Vec<Token<'a>> = Vec::new();
    let mut next_time = within.start;
    let mut time_of = |start: usize| {
        while next_time < within.end && times[next_time].span.end <= start {
            next_time += 1;
        }
        (next_time < within.end && times[next_time].span.contains(&start)).then_some(next_time)
    };
    let mut end = 0;
    for (word, folded) in account.words_of(sentence) {
        // "Austria-Hungary", "Brandt-Ruys": the hyphen parts words and no names.
        let between = &text[end..word.start];
        let in_name = between == "-" && is_capitalised(word.text) && tokens.last().is_some_and(|last| last.capital);
        for (at, mark) in between.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            let start = end + at;
            let time = time_of(offset + start);
            if in_name && time.is_none() {
                tokens.push(Token {
                    span: offset + start..offset + start + 1,
                    word: Cow::Borrowed(IN_NAME),
                    raw: "-",
                    capital: false,
                    acronym: false,
                    mark: true,
                    classes: Class::NONE,
                    time,
                    verb: false,
                });
                continue;
            }
            tokens.push(Token {
                span: offset + start..offset + start + mark.len_utf8(),
                word: Cow::Borrowed(&text[start..start + mark.len_utf8()]),
                raw: &text[start..start + mark.len_utf8()],
                capital: false,
                acronym: false,
                mark: true,
                classes: Class::NONE,
                time,
                verb: false,
            });
        }
        end = word.end();
        let time = time_of(offset + word.start);
        // "re-established", "thirty-seven" are one word; "Chile–Peru" is two.
        let hyphen = tokens.len().checked_sub(2).filter(|&at| {
            let (before, mark) = (&tokens[at], &tokens[at + 1]);
            mark.word == "-"
                && before.span.end == mark.span.start
                && mark.span.end == offset + word.start
                && !before.mark
                && before.time == time
                && time.is_none()
                && !is_capitalised(word.text)
        });
        if let Some(at) = hyphen {
            tokens.truncate(at + 1);
            let joined = &mut tokens[at];
            joined.span.end = offset + word.end();
            joined.raw = &text[joined.span.start - offset..word.end()];
            joined.word = Cow::Owned(fold(joined.raw).into_owned());
            joined.classes = if joined.acronym { Class::NONE } else { Class::of(&joined.word) };
            continue;
        }
        let acronym = word.text.len() > 1 && word.text.bytes().all(|b| b.is_ascii_uppercase());
        tokens.push(Token {
            span: offset + word.start..offset + word.end(),
            word: Cow::Borrowed(folded),
            raw: word.text,
            capital: is_capitalised(word.text),
            acronym,
            classes: if acronym || is_given_name(word.text, word.start) { Class::NONE } else { Class::of(folded) },
            mark: false,
            time,
            verb: false,
        });
    }
    for (at, mark) in text[end..].char_indices().filter(|(_, c)| !c.is_whitespace()) {
        let start = offset + end + at;
        tokens.push(Token {
            span: start..start + mark.len_utf8(),
            word: Cow::Borrowed(&text[end + at..end + at + mark.len_utf8()]),
            raw: &text[end + at..end + at + mark.len_utf8()],
            capital: false,
            acronym: false,
            mark: true,
            classes: Class::NONE,
            time: None,
            verb: false,
        });
    }
    tokens
}

pub(super) const DETERMINERS: Class = Class(1 << 0);
pub(super) const PREPOSITIONS: Class = Class(1 << 1);
pub(super) const PRONOUNS: Class = Class(1 << 2);
const BE: Class = Class(1 << 3);
const HAVE: Class = Class(1 << 4);
const MODALS: Class = Class(1 << 5);
const DO: Class = Class(1 << 6);
const CONJUNCTIONS: Class = Class(1 << 7);
const SUBORDINATORS: Class = Class(1 << 8);
const ADVERBS: Class = Class(1 << 9);

/// The words of each class.
const CLOSED: &[(Class, &[&str])] = &[
    (
        DETERMINERS,
        &[
            "a", "an", "the", "this", "that", "these", "those", "his", "her", "its", "their", "my", "our", "your",
            "whose", "no", "some", "any", "each", "every", "both", "all", "another", "several", "many", "few", "such",
        ],
    ),
    (
        PREPOSITIONS,
        &[
            "about",
            "above",
            "across",
            "after",
            "against",
            "along",
            "amid",
            "among",
            "around",
            "as",
            "at",
            "before",
            "behind",
            "below",
            "beneath",
            "beside",
            "besides",
            "between",
            "beyond",
            "by",
            "despite",
            "down",
            "during",
            "except",
            "for",
            "from",
            "in",
            "inside",
            "into",
            "near",
            "of",
            "off",
            "on",
            "onto",
            "opposite",
            "out",
            "outside",
            "over",
            "past",
            "per",
            "since",
            "through",
            "throughout",
            "till",
            "to",
            "toward",
            "towards",
            "under",
            "underneath",
            "until",
            "up",
            "upon",
            "via",
            "with",
            "within",
            "without",
        ],
    ),
    (
        PRONOUNS,
        &[
            "he", "she", "it", "they", "him", "them", "her", "who", "whom", "which", "i", "we", "us", "himself",
            "herself", "itself",
        ],
    ),
    (BE, &["is", "are", "was", "were", "be", "been", "being"]),
    (HAVE, &["has", "have", "had", "having"]),
    (MODALS, &["will", "would", "can", "could", "may", "might", "shall", "should", "must"]),
    (DO, &["do", "does", "did"]),
    (CONJUNCTIONS, &["and", "but", "or", "nor", "yet", "so"]),
    (
        SUBORDINATORS,
        &[
            "when", "while", "where", "whereas", "because", "although", "though", "if", "unless", "whether", "once",
            "who", "which", "whom", "whose", "that", "than",
        ],
    ),
    (
        ADVERBS,
        &[
            "again",
            "almost",
            "already",
            "also",
            "always",
            "even",
            "ever",
            "first",
            "formally",
            "here",
            "however",
            "indeed",
            "just",
            "later",
            "long",
            "never",
            "not",
            "now",
            "often",
            "once",
            "only",
            "perhaps",
            "quite",
            "rather",
            "soon",
            "still",
            "then",
            "there",
            "thereafter",
            "therefore",
            "thus",
            "together",
            "too",
            "twice",
            "very",
            "well",
            "afterwards",
            "meanwhile",
            "instead",
            "ago",
            "back",
            "home",
        ],
    ),
];
/// Verbs behind which "down the slipway" says where.
const MOTIONS: &[&str] =
    &["climb", "come", "drive", "fall", "go", "march", "ride", "roll", "run", "sail", "slide", "walk"];
const PARTICLES: &[&str] = &["off", "up", "down", "out", "over", "away", "back"];
/// Verbs of which an infinitive says what happened (Karttunen, "Implicative Verbs", 1971).
const IMPLICATIVES: &[&str] = &["caused", "compelled", "forced", "led", "managed", "obliged"];

fn is_adverb(token: &Token<'_>) -> bool {
    token.is_word()
        && (token.is(ADVERBS)
            || token.word.len() > 4
                && token.word.ends_with("ly")
                && !token.capital
                && !token.is(&["family", "assembly", "july", "monopoly", "supply", "reply", "anomaly"]))
}

/// What stands for the hyphen inside a name: U+2010.
const IN_NAME: &str = "\u{2010}";

/// Whether a token may belong to a noun group: no word of a closed class, no time, no mark.
fn is_nounish(token: &Token<'_>) -> bool {
    token.is(&["&", IN_NAME])
        || token.is_word()
            && !token.verb
            && !token.is(DETERMINERS)
            && !token.is(PREPOSITIONS)
            && !token.is(PRONOUNS)
            && !token.is(BE)
            && !token.is(HAVE)
            && !token.is(DO)
            && (!token.is(MODALS) || token.capital)
            && !token.is(CONJUNCTIONS)
            && !token.is(SUBORDINATORS)
            && !is_adverb(token)
}

/// The clauses of a sentence in order.
pub(super) fn clauses(tokens: &mut [Token<'_>], vocabulary: &dyn Fn(&str) -> bool) -> Vec<Clause> {
    let verbs = verb_groups(tokens, vocabulary);
    for verb in &verbs {
        tokens[verb.tokens.clone()].iter_mut().for_each(|token| token.verb = true);
    }
    let tokens = &*tokens;
    let mut clauses: Vec<Clause> = Vec::with_capacity(verbs.len());
    let mut start = 0;
    for (number, verb) in verbs.iter().enumerate() {
        let end = match verbs.get(number + 1) {
            Some(next) if is_described(tokens, verb, next) || acts_apart(tokens, verb, next) => next.tokens.start,
            Some(next) => boundary(tokens, verb.tokens.end, next.tokens.start),
            None => tokens.len(),
        };
        clauses.push(clause(tokens, start..end, verb, clauses.last()));
        start = end;
    }
    // "Having retired in 2000, she went home", "Founded in 1138 and settled with monks, it was …": the subject of the first that has one.
    const LEADING: usize = 3;
    let leading = clauses.iter().take(LEADING + 1).position(|clause| clause.subject.is_some());
    if let Some((leading, [first, ..])) =
        leading.filter(|&leading| leading > 0).map(|leading| clauses.split_at_mut(leading))
    {
        for clause in leading {
            clause.subject.clone_from(&first.subject);
            clause.shares_subject = false;
        }
    }
    fronted(tokens, &mut clauses);
    clauses
}

/// Gives the times of what a sentence begins with to its main clause: "*In the summer of 1947*, in the first tournament that the town
/// could afford, he held Hudec to a draw".
fn fronted(tokens: &[Token<'_>], clauses: &mut [Clause]) {
    // The first clause behind a comma with a subject of its own; what stands between belongs to the relative clause.
    let Some(main) = clauses.iter().skip(1).position(|clause| {
        tokens[clause.tokens.start].word == "," && !clause.shares_subject && clause.subject.is_some()
    }) else {
        return;
    };
    let (before, [main, ..]) = clauses.split_at_mut(main + 1) else { return };
    let [first, ..] = before else { return };
    let adverbial = tokens.first().is_some_and(|token| token.is(PREPOSITIONS) || token.time.is_some());
    let relative = (1..first.verb.tokens.start).find(|&at| tokens[at].is(&["who", "which", "whom", "whose", "that"]));
    let (Some(relative), true) = (relative, adverbial) else { return };
    // A noun before the preposition of "in which" would be the subject of the whole sentence, and stands behind a comma.
    if tokens[..relative].iter().any(|token| token.verb) {
        return;
    }
    let is_before = |time: &usize| tokens[..relative].iter().any(|token| token.time == Some(*time));
    main.times.splice(0..0, first.times.iter().copied().filter(is_before));
    first.times.retain(|time| !is_before(time));
}

fn clause(tokens: &[Token<'_>], range: Range<usize>, verb: &Verb, previous: Option<&Clause>) -> Clause {
    let mut start = range.start;
    // The words that join it to the clause before.
    while start < verb.tokens.start && (tokens[start].mark || tokens[start].is(CONJUNCTIONS)) {
        start += 1;
    }
    let condition = tokens[start..verb.tokens.start].iter().any(|token| token.is(&["if", "unless", "whether"]));
    let relative = (start..verb.tokens.start).find(|&at| tokens[at].is(&["who", "which", "whom", "that"]));
    let mut shares_subject = false;
    let reaching = previous.map_or(0, |clause| clause.tokens.start);
    let before_comma = |at: usize| at - usize::from(at > 0 && tokens[at - 1].word == ",");
    let is_subject = |at: &usize| {
        only_adverbs(tokens, at + 1, verb.tokens.start)
            || tokens[*at].is(&["who"]) && tokens.get(at + 1).is_some_and(|next| next.is(PREPOSITIONS) || next.mark)
    };
    let behind = behind_relative(tokens, verb.tokens.start).filter(|_| relative.is_none());
    let subject = match relative.filter(is_subject) {
        // "…, which was built in 1907": what stands before it.
        Some(at) => noun_left(tokens, before_comma(at), reaching),
        None if behind.is_some() => behind,
        // "The ward, opened in 1934 by …": what stands before the comma.
        None if verb.loose && before_comma(verb.tokens.start) < verb.tokens.start => {
            noun_left(tokens, before_comma(verb.tokens.start), reaching)
        }
        None => noun_left(tokens, verb.tokens.start, start),
    };
    let subject = subject.or_else(|| {
        shares_subject = true;
        previous.and_then(|clause| clause.subject.clone())
    });
    let behind = verb.tokens.end;
    // "broke off relations", "took up the rails": the particle belongs to the verb.
    let moves = MOTIONS.iter().any(|motion| verbs::same_base(&verb.base, motion));
    let particle = !moves && tokens.get(behind).is_some_and(|next| next.is(PARTICLES) && next.time.is_none());
    let object = noun_right(tokens, behind, range.end)
        .or_else(|| particle.then(|| noun_right(tokens, behind + 1, range.end)).flatten().filter(|_| !verb.passive));
    let agent = verb.passive.then(|| {
        let by = (behind..range.end).find(|&at| tokens[at].is(&["by"]) && tokens[at].time.is_none())?;
        noun_right(tokens, by + 1, range.end)
    });
    let mut times: Vec<usize> = tokens[range.clone()].iter().filter_map(|token| token.time).collect();
    times.dedup();
    Clause {
        tokens: range,
        verb: verb.clone(),
        subject,
        shares_subject,
        object,
        agent: agent.flatten(),
        times,
        condition,
    }
}

/// Whether a word that else helps a verb is somebody's name: "his granddaughter May Thewlis", "a song by Will Lorimer".
fn is_given_name(word: &str, start: usize) -> bool {
    start > 0 && matches!(word, "May" | "Will")
}

/// The noun before a relative clause that ends before a verb: "*Hudec*, of whom he had had no news since 1939, perished".
fn behind_relative(tokens: &[Token<'_>], verb: usize) -> Option<Noun> {
    const LONGEST: usize = 30;
    let close = verb.checked_sub(1).filter(|&at| tokens[at].word == "," && tokens[at].mark)?;
    let is_relative = |at: usize| tokens[at].is(&["who", "whom", "whose", "which"]);
    // "…, a skipper's daughter whom he married in 1904, died": within what stands in apposition.
    const NOUN: usize = 6;
    let in_apposition = |at: usize| {
        at + 2 < close
            && tokens[at + 1].is(DETERMINERS)
            && (at + 3..(at + 2 + NOUN).min(close))
                .find(|&at| tokens[at].mark || tokens[at].verb || is_relative(at))
                .is_some_and(is_relative)
    };
    let open = (close.saturating_sub(LONGEST)..close).rev().find(|&at| {
        tokens[at].word == ","
            && (at + 1 < close && is_relative(at + 1)
                || at + 2 < close && tokens[at + 1].is(PREPOSITIONS) && is_relative(at + 2)
                || in_apposition(at))
    })?;
    // The clause has a verb of its own, and no other clause stands behind it.
    let inner = &tokens[open + 1..close];
    let whole = inner.iter().any(|token| token.verb) && inner.iter().all(|token| !token.is(&[";", ":", "and", "but"]));
    if !whole {
        return None;
    }
    noun_left(tokens, open, 0).filter(|noun| noun.tokens.end == open)
}

/// Whether the noun between two verbs is the predicate of the first, and the second only describes it: "was *a newspaper
/// published* at Glurnbach".
fn is_described(tokens: &[Token<'_>], verb: &Verb, next: &Verb) -> bool {
    let noun = noun_left(tokens, next.tokens.start, verb.tokens.end);
    verb.base == "be"
        && !verb.passive
        && next.tokens.len() == 1
        && noun.is_some_and(|noun| noun.tokens.start == verb.tokens.end && tokens[noun.core.start].is(DETERMINERS))
}

/// Whether what stands between two verbs is the agent of the first alone: "a ceasefire brokered by *the consul* came into force".
fn acts_apart(tokens: &[Token<'_>], verb: &Verb, next: &Verb) -> bool {
    let by = verb.tokens.end;
    verb.loose
        && verb.passive
        && by + 1 < next.tokens.start
        && tokens[by].is(&["by"])
        && noun_right(tokens, by + 1, next.tokens.start).is_some_and(|noun| noun.tokens.end == next.tokens.start)
}

fn only_adverbs(tokens: &[Token<'_>], from: usize, to: usize) -> bool {
    tokens
        .get(from..to)
        .is_some_and(|tokens| tokens.iter().all(|token| is_adverb(token) || token.mark || token.time.is_some()))
}

/// Where, between two verb groups, one clause ends and the next begins.
fn boundary(tokens: &[Token<'_>], from: usize, to: usize) -> usize {
    let mut best: Option<(u8, usize)> = None;
    for at in from..to {
        let token = &tokens[at];
        if token.time.is_some() {
            continue;
        }
        let before_is_comma = at > from && tokens[at - 1].word == ",";
        let (rank, at) = if token.is(&[";", ":", "—"]) {
            (3, at)
        } else if token.is(SUBORDINATORS) && !(token.is(&["that"]) && at + 1 < to && tokens[at + 1].time.is_some())
            || token.is(&["until", "before", "after", "since", "as"]) && starts_clause(tokens, at + 1, to)
        {
            // "the house in which", "by whom": the preposition goes with it.
            (3, if at > from && tokens[at - 1].is(PREPOSITIONS) && token.is(&["which", "whom"]) { at - 1 } else { at })
        } else if token.is(CONJUNCTIONS) {
            (if before_is_comma { 3 } else { 2 }, if before_is_comma { at - 1 } else { at })
        } else if token.word == "," {
            (1, at)
        } else {
            continue;
        };
        // Of the strongest the first, of the others the last.
        if best.is_none_or(|(best_rank, _)| rank > best_rank || rank == best_rank && rank < 3) {
            best = Some((rank, at));
        }
    }
    if let Some((_, at)) = best {
        return at;
    }
    // "after the war ended in 1990 he left": before the subject of the second.
    noun_left(tokens, to, from).map_or(to, |noun| noun.tokens.start)
}

/// Whether a subject and no mark stands at a place: "until *he* left".
fn starts_clause(tokens: &[Token<'_>], at: usize, to: usize) -> bool {
    at < to
        && tokens[at..to].iter().all(|token| !token.mark)
        && noun_left(tokens, to, at).is_some_and(|noun| noun.tokens.start <= at + 1)
}

/// The noun group that ends before a token, not reaching before `floor`.
pub(super) fn noun_left(tokens: &[Token<'_>], end: usize, floor: usize) -> Option<Noun> {
    let mut at = end;
    // Adverbs, times and what is inserted between commas or brackets stand between a subject and its verb.
    loop {
        let before = at.checked_sub(1).filter(|&before| before >= floor)?;
        let token = &tokens[before];
        let before_time = || token.is(PREPOSITIONS) && tokens.get(at).is_some_and(|next| next.time.is_some());
        // "Otto Bramming himself"
        let stressed = token.is(&["himself", "herself", "itself", "themselves"])
            && before > floor
            && is_nounish(&tokens[before - 1])
            && !tokens[before - 1].verb;
        // "Blencowe, at *Midsummer* 1884, …": a feast that the reader of dates does not know.
        let feast = token.capital
            && before > floor
            && tokens.get(at).is_some_and(|next| next.time.is_some())
            && tokens[before - 1].is(&["at", "by", "before", "after", "since", "until"]);
        if token.time.is_some() || is_adverb(token) || stressed || before_time() || feast {
            at = before;
        } else if token.is(&[",", ")", "]", "–", "—"]) {
            let open = match token.word.as_ref() {
                ")" => "(",
                "]" => "[",
                mark => mark,
            };
            let from = (floor..before).rev().find(|&other| tokens[other].word == open && tokens[other].mark)?;
            // "its only ship, Solvei, was …": a name tells more than what it stands beside.
            let inner = &tokens[from + 1..before];
            if open == "," && !inner.is_empty() && inner.iter().all(|token| token.capital && token.is_word()) {
                let beside =
                    from.checked_sub(1).filter(|&at| at >= floor && is_nounish(&tokens[at]) && !tokens[at].capital);
                return Some(Noun { tokens: from + 1..before, core: from + 1..before, joined: None, beside });
            }
            at = from;
        } else {
            break;
        }
    }
    let last = at - 1;
    // "relations between them were …": the noun before the pronoun.
    if tokens[last].is(PRONOUNS)
        && last >= floor + 2
        && tokens[last - 1].is(&["between", "of", "with", "among"])
        && is_nounish(&tokens[last - 2])
    {
        return noun_left(tokens, last - 1, floor);
    }
    if tokens[last].is(PRONOUNS) {
        return Some(Noun { tokens: last..at, core: last..at, joined: None, beside: None });
    }
    let mut start = at;
    while start > floor && is_nounish(&tokens[start - 1]) {
        start -= 1;
    }
    if start == at {
        // "This had been …": a determiner alone.
        return tokens[last].is(&["this", "that", "both", "all"]).then_some(Noun {
            tokens: last..at,
            core: last..at,
            joined: None,
            beside: None,
        });
    }
    if start > floor && tokens[start - 1].is(DETERMINERS) {
        start -= 1;
    }
    let core = start..at;
    let joined = start
        .checked_sub(1)
        .filter(|&at| at > floor && tokens[at].word == "and" && is_nounish(&tokens[at - 1]))
        .and_then(|and| {
            let mut first = and;
            while first > floor && is_nounish(&tokens[first - 1]) {
                first -= 1;
            }
            if first > floor && tokens[first - 1].is(DETERMINERS) {
                first -= 1;
            }
            (first < and).then_some(first..and)
        });
    // What it hangs on: "the keel *of the ship*", "the light *on the reef*", "a treaty *between Austria and Serbia*".
    let whole = joined.as_ref().map_or(start, |joined| joined.start);
    if let Some(preposition) =
        whole.checked_sub(1).filter(|&at| at > floor && tokens[at].is(PREPOSITIONS) && tokens[at].time.is_none())
        && (joined.is_none() || tokens[preposition].is(&["between", "of", "among"]))
        && is_nounish(&tokens[preposition - 1])
        && let Some(noun) = noun_left(tokens, preposition, floor)
        && noun.tokens.end == preposition
    {
        return Some(Noun { tokens: noun.tokens.start..at, core: noun.core, joined: None, beside: None });
    }
    Some(Noun { tokens: whole..at, core, joined, beside: None })
}

/// The noun group that begins at a token, but for adverbs before it.
pub(super) fn noun_right(tokens: &[Token<'_>], from: usize, end: usize) -> Option<Noun> {
    let mut at = from;
    while at < end && is_adverb(&tokens[at]) {
        at += 1;
    }
    let start = at;
    let owner = at < end && tokens[at].is(&["her"]) && at + 1 < end && is_nounish(&tokens[at + 1]);
    if at < end && tokens[at].is(PRONOUNS) && !owner {
        return Some(Noun { tokens: at..at + 1, core: at..at + 1, joined: None, beside: None });
    }
    if at < end && tokens[at].is(DETERMINERS) && tokens[at].time.is_none() {
        at += 1;
    }
    // A year in front of a noun: "the 1990 invasion".
    while at < end
        && (is_nounish(&tokens[at])
            || at > start && tokens[at].time.is_some() && at + 1 < end && is_nounish(&tokens[at + 1]))
    {
        at += 1;
    }
    if at == start {
        return None;
    }
    let core = start..at;
    let mut whole = at;
    while whole + 1 < end
        && tokens[whole].is(&["of", "at", "in", "on", "for", "between", "near"])
        && tokens[whole].time.is_none()
    {
        let Some(next) = noun_right(tokens, whole + 1, end).filter(|next| next.core.start == whole + 1) else { break };
        // "ended the hostilities for good", "left the ship at sea": a bare word says how, not which.
        let bare = next.core.len() == 1 && !tokens[next.core.start].capital && !tokens[whole].is(&["of", "between"]);
        if bare {
            break;
        }
        whole = next.tokens.end;
    }
    Some(Noun { tokens: start..whole, core, joined: None, beside: None })
}

fn verb_groups(tokens: &[Token<'_>], vocabulary: &dyn Fn(&str) -> bool) -> Vec<Verb> {
    let mut groups: Vec<Verb> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match verb_group(tokens, at, vocabulary) {
            Some(mut group) => {
                at = group.tokens.end;
                // "drawn up in 1947 and laid before them", "was built in 1907 and opened": what the first suffers the second does.
                let start = group.tokens.start;
                let joined = start.checked_sub(1).is_some_and(|before| tokens[before].is(&["and", ","]));
                let has_object = tokens.get(at).is_some_and(|next| {
                    next.is(DETERMINERS) || next.is(PRONOUNS) || next.capital && next.time.is_none()
                });
                let either =
                    group.tokens.len() == 1 && matches!(verbs::verb(&tokens[start].word), Some((_, Form::Either)));
                if joined && either && !has_object && groups.last().is_some_and(|last| last.passive) {
                    group.passive = true;
                }
                // "The first actuary, John Cargill, sat at his desk": behind what is inserted the sentence has its verb.
                let commas = tokens[..start].iter().filter(|token| token.word == ",").count();
                if groups.is_empty() && group.loose && either && commas >= 2 && tokens[start - 1].word == "," {
                    group.loose = false;
                    group.passive = false;
                }
                groups.push(group);
            }
            None => at += 1,
        }
    }
    groups
}

/// The verb group that begins at a token.
#[allow(clippy::too_many_lines)] // one word after the other, each by what stood before
fn verb_group(tokens: &[Token<'_>], start: usize, vocabulary: &dyn Fn(&str) -> bool) -> Option<Verb> {
    let token = &tokens[start];
    if !token.is_word() || token.acronym {
        return None;
    }
    let mut verb = Verb {
        base: Cow::Borrowed("be"),
        tokens: start..start + 1,
        passive: false,
        perfect: false,
        modal: false,
        negated: false,
        loose: false,
    };
    let before = start.checked_sub(1).map(|at| &tokens[at]);
    let behind_determiner = before.is_some_and(|before| {
        before.is_word()
            && (before.is(DETERMINERS) && !before.is(&["that", "this", "both", "all"])
                || before.word.ends_with("'s")
                || before.time.is_none() && verbs::number(&before.word).is_some())
    });
    let infinitive = before.is_some_and(|before| before.is(&["to"]) && before.time.is_none());
    // "was to have been opened" is a plan.
    let planned = start >= 2 && tokens[start - 1].is(HAVE) && tokens[start - 2].is(&["to"]);
    if planned {
        return None;
    }
    if infinitive {
        // "led the board to close the ward": it was closed.
        const REACH: usize = 7;
        let lead = &tokens[start.saturating_sub(REACH)..start - 1];
        let forced = lead.iter().rposition(|token| token.is(IMPLICATIVES)).is_some_and(|at| {
            lead[at + 1..].iter().all(|token| token.is_word() && !token.is(&["to", "not", "plans", "plan"]))
        });
        if !forced || !vocabulary(&token.word) {
            return None;
        }
        verb.base = Cow::Owned(token.word.clone().into_owned());
        return Some(verb);
    }
    let auxiliary = token.is(BE) || token.is(HAVE) || token.is(MODALS) && !token.capital || token.is(DO);
    if auxiliary && !(behind_determiner && token.is(&["will", "might", "must", "being"])) {
        let mut at = start;
        let mut last_be = false;
        let mut seen_have = false;
        let mut base_next = false;
        while let Some(token) = tokens.get(at) {
            if token.time.is_some() && at > start {
                // "was on 4 May 1901 opened" is rare; the group ends here.
                break;
            }
            if token.is(BE) {
                last_be = true;
                base_next = false;
                verb.base = Cow::Borrowed("be");
                at += 1;
                verb.tokens.end = at;
            } else if token.is(HAVE) {
                seen_have = true;
                last_be = false;
                base_next = false;
                verb.base = Cow::Borrowed("have");
                verb.perfect |= token.is(&["had", "having"]);
                at += 1;
                verb.tokens.end = at;
            } else if token.is(MODALS) || token.is(DO) {
                verb.modal |= !token.is(DO);
                base_next = true;
                at += 1;
                verb.tokens.end = at;
            } else if is_adverb(token) || token.word == "n't" {
                verb.negated |= token.is(&["not", "never"]);
                at += 1;
            } else if token.word.ends_with("n't") {
                verb.negated = true;
                at += 1;
            } else {
                break;
            }
        }
        verb.perfect &= seen_have;
        let Some(main) = tokens.get(at).filter(|token| token.is_word() && !token.capital) else { return Some(verb) };
        match verbs::verb(&main.word) {
            Some((base, form)) if (last_be || seen_have) && form != Form::Past => {
                verb.passive = last_be && form != Form::Gerund;
                // "had a plan", "was a closed book": no verb behind a determiner, which the loop has not passed.
                verb.base = base;
                verb.tokens.end = at + 1;
            }
            // "only then did the curtain go up": the subject stands between.
            _ if base_next && main.is(DETERMINERS) => {
                let mut last = at + 1;
                while tokens.get(last).is_some_and(is_nounish) {
                    last += 1;
                }
                if last > at + 2 && tokens.get(last).is_some_and(|token| token.is(PREPOSITIONS)) {
                    verb.base = Cow::Owned(tokens[last - 1].word.clone().into_owned());
                    verb.tokens.end = last;
                }
            }
            _ if base_next && is_nounish(main) => {
                verb.base = Cow::Owned(main.word.clone().into_owned());
                verb.tokens.end = at + 1;
            }
            _ => {
                // "had eleven beds", "was lit": what is left is the auxiliary itself.
                verb.perfect = false;
            }
        }
        return Some(verb);
    }
    if token.capital && start > 0 && before.is_some_and(|before| !before.mark) {
        return None;
    }
    let behind_preposition = before.is_some_and(|before| before.is(PREPOSITIONS) && before.time.is_none());
    let Some((base, form)) = verbs::verb(&token.word) else {
        let base = verbs::present_base(&token.word)?;
        let subject =
            before.is_some_and(|before| is_nounish(before) || before.is(&["he", "she", "it", "who", "which"]));
        let goes_on = tokens.get(start + 1).is_some_and(|next| {
            next.time.is_some()
                || next.is(DETERMINERS)
                || next.capital
                || next.is(&["with", "in", "at", "on", "for", "from", "her", "him", "it"])
        });
        if !subject || behind_determiner || !goes_on || !vocabulary(&base) {
            return None;
        }
        verb.base = Cow::Owned(base);
        return Some(verb);
    };
    let next = tokens.get(start + 1);
    let verbal = match form {
        Form::Gerund => {
            verb.loose = true;
            behind_preposition
                && before
                    .is_some_and(|before| before.is(&["after", "before", "since", "on", "upon", "by", "in", "without"]))
                && next.is_some_and(|next| !next.is(&["of"]))
        }
        Form::Past => !behind_determiner && !behind_preposition,
        Form::Participle | Form::Either => {
            // "the finished tower", "of closed lines": an adjective.
            let adjective = behind_determiner || behind_preposition;
            let opens = before.is_none_or(|before| before.mark && !before.is(&["'"]));
            let noun_before = before.is_some_and(|before| {
                is_nounish(before)
                    || before.time.is_some()
                    || before.is(&["he", "she", "it", "they", "who", "which", "that"])
                    || is_adverb(before)
                    || before.is(CONJUNCTIONS)
                    || before.word == ")"
            });
            // "…, raised the wreck": with an object behind it, it is a past.
            let has_object = form == Form::Either
                && next.is_some_and(|next| next.is(DETERMINERS) || next.is(PRONOUNS) || is_nounish(next));
            verb.loose = form == Form::Participle || opens && !has_object;
            verb.passive = verb.loose;
            !adjective && (opens || noun_before)
        }
    };
    if !verbal {
        return None;
    }
    verb.negated = before.is_some_and(|before| before.is(&["never", "not", "without"]));
    verb.base = base;
    // "the novel published by Knopf", "a tower built in 1907": passive where an agent or nothing follows.
    if form == Form::Either && next.is_some_and(|next| next.is(&["by"])) {
        verb.passive = true;
        verb.loose = true;
    }
    Some(verb)
}
