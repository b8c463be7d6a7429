//! What quantities are said of: the trait that they measure, the words around them, and the years that they hold for.

use super::quantities::{Measure, Quantity, singular};
use super::subjects::SubjectId;
use super::{Account, verbs};
use crate::article::BlockKind;
use crate::source::Span;
use crate::text::{HashedMap, fold, is_function_word, without_possessive, words};
use crate::time::{Precision, TimeKind};
use std::cell::RefCell;
use xxhash_rust::xxh3::xxh3_64;

/// Traits that a quantity can be of, as bits.
pub mod traits {
    /// "long".
    pub const LENGTH: u32 = 1;
    /// "high", "rises".
    pub const HEIGHT: u32 = 1 << 1;
    /// "wide".
    pub const WIDTH: u32 = 1 << 2;
    /// "deep".
    pub const DEPTH: u32 = 1 << 3;
    /// "in diameter".
    pub const DIAMETER: u32 = 1 << 4;
    /// "a span of".
    pub const SPAN: u32 = 1 << 5;
    /// "above the sea".
    pub const ELEVATION: u32 = 1 << 6;
    /// "thick".
    pub const THICKNESS: u32 = 1 << 7;
    /// "away", "from", "downstream".
    pub const DISTANCE: u32 = 1 << 8;
    /// "cost".
    pub const COST: u32 = 1 << 9;
    /// "capacity", "holds", "seats".
    pub const CAPACITY: u32 = 1 << 10;
    /// "were killed", "drowned".
    pub const DEAD: u32 = 1 << 11;
    /// "were injured".
    pub const HURT: u32 = 1 << 12;
    /// "on board", "crew".
    pub const ABOARD: u32 = 1 << 13;
    /// "opened with", "original".
    pub const INITIAL: u32 = 1 << 14;
    /// "inhabitants", "population".
    pub const POPULATION: u32 = 1 << 15;
    /// "tonnage", "displaced".
    pub const TONNAGE: u32 = 1 << 16;
    /// "weighs".
    pub const WEIGHT: u32 = 1 << 17;
    /// "speed".
    pub const SPEED: u32 = 1 << 18;
    /// All that something has: "his 85 men", "all 24 cells".
    pub const WHOLE: u32 = 1 << 19;
    /// "covers", "area".
    pub const AREA: u32 = 1 << 20;
    /// The names of the traits of a quantity.
    pub fn names(traits: u32) -> Vec<&'static str> {
        const NAMES: [&str; 21] = [
            "length",
            "height",
            "width",
            "depth",
            "diameter",
            "span",
            "elevation",
            "thickness",
            "distance",
            "cost",
            "capacity",
            "dead",
            "hurt",
            "aboard",
            "initial",
            "population",
            "tonnage",
            "weight",
            "speed",
            "whole",
            "area",
        ];
        NAMES.iter().enumerate().filter(|(bit, _)| traits >> bit & 1 == 1).map(|(_, name)| *name).collect()
    }

    /// Those of which one thing has but one.
    pub const DIMENSIONS: u32 = LENGTH | HEIGHT | WIDTH | DEPTH | DIAMETER | SPAN | ELEVATION | THICKNESS | DISTANCE;
}

/// A quantity and what it is said of.
#[derive(Debug)]
pub struct Figure {
    /// The quantity.
    pub quantity: Quantity,
    /// The traits that the words around it name, see [`traits`].
    pub traits: u32,
    /// Hashes of the words that carry matter near it, sorted.
    pub context: Vec<u64>,
    /// Whether the key of its field has a superlative: "highest point".
    pub superlative: bool,
    /// The words of the key, for a field.
    pub key: Vec<u64>,
    /// The first and the last year that the sentence names, where it names any.
    pub years: Option<(i32, i32)>,
    /// The first and the last month that it names, counted from year 0, where it names months or days.
    pub months: Option<(i32, i32)>,
    /// Of whom or what the clause is, where that is known.
    pub subject: Option<SubjectId>,
    /// Whether it stands in the lead.
    pub in_lead: bool,
    /// Whether it is a change, a share, a rest, a plan or a guess: no state of the thing.
    pub relative: bool,
    /// Whether the words say it of the article's own subject: "it has seventeen storeys", "the fourteen-storey building".
    pub own: bool,
    /// Whether it is all that there is of what is known already: "the eleven tunnels", "all sixteen stations", "Lomax's 47 goals".
    pub definite: bool,
    /// Whether its owner stands right before it, so that it is all of them: "its four arms", "Lomax's 47 goals".
    pub possessed: bool,
    /// The noun that it is the measure of, hashed: "a *gauge* of 750 mm".
    pub attribute: Option<u64>,
    /// Hashes of the words between the number and what it counts: "six *ancient* parishes".
    pub modifiers: Vec<u64>,
    /// Whether the sentence says it of a place alone: "in Vessin turnout was 90 per cent".
    pub local: bool,
    /// Whether it stands before a noun with a hyphen: "a 140-metre ferry".
    pub hyphen: bool,
    /// Hashes of the names around it, sorted.
    pub proper: Vec<u64>,
    /// The words of the name that it hangs on: "the tower of *Sund Light*".
    pub owner: Vec<u64>,
    /// Where its paragraph begins; 0 for a field.
    pub block: u32,
    /// Where it stands.
    pub place: Span,
}

/// The hash of a word in its base form.
pub fn stem(folded: &str) -> u64 {
    thread_local! {
        static STEMS: RefCell<HashedMap<u64>> = RefCell::default();
    }
    const REMEMBERED: usize = 1 << 15;
    let key = xxh3_64(folded.as_bytes());
    STEMS.with_borrow_mut(|stems| {
        if let Some(stem) = stems.get(&key) {
            return *stem;
        }
        let stem = stem_of(folded);
        if stems.len() >= REMEMBERED {
            stems.clear();
        }
        stems.insert(key, stem);
        stem
    })
}

fn stem_of(folded: &str) -> u64 {
    match verbs::verb(folded).map(|(base, _)| base) {
        Some(base) => xxh3_64(base.as_bytes()),
        None => xxh3_64(singular(without_possessive(folded)).as_bytes()),
    }
}

const TRAITS: &[(&str, u32)] = &[
    ("aboard", traits::ABOARD),
    ("altitude", traits::ELEVATION),
    ("area", traits::AREA),
    ("beam", traits::WIDTH),
    ("board", traits::ABOARD),
    ("breadth", traits::WIDTH),
    ("broad", traits::WIDTH),
    ("capacity", traits::CAPACITY),
    ("carry", traits::CAPACITY),
    ("cost", traits::COST),
    ("costing", traits::COST),
    ("costs", traits::COST),
    ("cover", traits::AREA),
    ("covered", traits::AREA),
    ("covers", traits::AREA),
    ("crew", traits::ABOARD),
    ("dead", traits::DEAD),
    ("death", traits::DEAD),
    ("deaths", traits::DEAD),
    ("deep", traits::DEPTH),
    ("depth", traits::DEPTH),
    ("diameter", traits::DIAMETER),
    ("died", traits::DEAD),
    ("displaced", traits::TONNAGE),
    ("displacement", traits::TONNAGE),
    ("distance", traits::DISTANCE),
    ("draught", traits::DEPTH),
    ("drowned", traits::DEAD),
    ("elevation", traits::ELEVATION),
    ("fatalities", traits::DEAD),
    ("flow", traits::LENGTH),
    ("flows", traits::LENGTH),
    ("height", traits::HEIGHT),
    ("high", traits::HEIGHT),
    ("hold", traits::CAPACITY),
    ("holds", traits::CAPACITY),
    ("hurt", traits::HURT),
    ("inhabitants", traits::POPULATION),
    ("initial", traits::INITIAL),
    ("initially", traits::INITIAL),
    ("injured", traits::HURT),
    ("injuries", traits::HURT),
    ("killed", traits::DEAD),
    ("killing", traits::DEAD),
    ("length", traits::LENGTH),
    ("licensed", traits::CAPACITY),
    ("lives", traits::DEAD),
    ("long", traits::LENGTH),
    ("original", traits::INITIAL),
    ("originally", traits::INITIAL),
    ("perished", traits::DEAD),
    ("population", traits::POPULATION),
    ("price", traits::COST),
    ("residents", traits::POPULATION),
    ("rise", traits::HEIGHT),
    ("rises", traits::HEIGHT),
    ("rising", traits::HEIGHT),
    ("rose", traits::HEIGHT),
    ("runs", traits::LENGTH),
    ("seat", traits::CAPACITY),
    ("seated", traits::CAPACITY),
    ("seats", traits::CAPACITY),
    ("span", traits::SPAN),
    ("spans", traits::SPAN),
    ("speed", traits::SPEED),
    ("stand", traits::HEIGHT),
    ("standing", traits::HEIGHT),
    ("stands", traits::HEIGHT),
    ("stood", traits::HEIGHT),
    ("stretches", traits::LENGTH),
    ("survivors", 0),
    ("tall", traits::HEIGHT),
    ("thick", traits::THICKNESS),
    ("tonnage", traits::TONNAGE),
    ("weigh", traits::WEIGHT),
    ("weighed", traits::WEIGHT),
    ("weighing", traits::WEIGHT),
    ("weighs", traits::WEIGHT),
    ("weight", traits::WEIGHT),
    ("wide", traits::WIDTH),
    ("width", traits::WIDTH),
    ("wounded", traits::HURT),
];

/// Which traits a measure can be of.
#[allow(clippy::match_same_arms, reason = "a measure a line")]
fn fitting(measure: &Measure) -> u32 {
    use traits::{
        ABOARD, AREA, CAPACITY, COST, DEAD, DIMENSIONS, HURT, INITIAL, POPULATION, SPEED, TONNAGE, WEIGHT, WHOLE,
    };
    match measure {
        Measure::Length => DIMENSIONS,
        Measure::Area => AREA,
        Measure::Volume => CAPACITY,
        Measure::Mass => WEIGHT | TONNAGE | CAPACITY,
        Measure::Own(_) => TONNAGE,
        Measure::Speed => SPEED,
        Measure::Power => CAPACITY,
        Measure::Money(_) => COST,
        Measure::Share | Measure::Clock | Measure::Duration => 0,
        Measure::Count(_) => CAPACITY | DEAD | HURT | ABOARD | INITIAL | POPULATION | WHOLE,
    }
}

/// Words beside a number that make it a change, a share, a rest or one of several.
const RELATIVE: &[&str] = &[
    "additional",
    "another",
    "apiece",
    "average",
    "by",
    "each",
    "every",
    "extra",
    "fewer",
    "further",
    "half",
    "instead",
    "less",
    "more",
    "other",
    "others",
    "per",
    "quarter",
    "remaining",
    "rest",
    "than",
    "third",
    "increase",
    "rate",
    "until",
    "apart",
    "away",
    "later",
    "first",
    "last",
    "second",
    "next",
    "only",
    "least",
    "older",
    "younger",
    "taller",
    "longer",
    "shorter",
    "higher",
    "lower",
];

/// Words of the sentence that make all in it a plan, a guess or what others say.
const UNSURE: &[&str] = &[
    "plan",
    "planned",
    "plans",
    "propose",
    "proposed",
    "proposal",
    "would",
    "should",
    "might",
    "could",
    "may",
    "if",
    "projected",
    "expected",
    "intended",
    "estimates",
    "estimate",
    "claimed",
    "claim",
    "alleged",
    "reported",
    "according",
    "announced",
    "legend",
    "rumour",
    "rumours",
    "forecast",
    "disputed",
    "sources",
    "various",
    "varies",
    "variously",
    "vary",
];

/// Reads what the quantities of an article are said of.
#[allow(clippy::too_many_lines, reason = "a list of signs, one after the other")]
pub(super) fn read(account: &Account<'_>) -> Vec<Figure> {
    let article = account.article;
    let events = account.events();
    let mut figures = Vec::new();
    let mut statements = events.statements.iter().peekable();
    for quantity in account.quantities() {
        let unit = quantity.unit;
        let text = article.text(unit);
        let (start, end) = ((quantity.span.start - unit.start) as usize, (quantity.span.end - unit.start) as usize);
        let before = window_before(text, start);
        let (skipped, behind) = window_behind(text, end);
        let block = article.blocks.partition_point(|block| block.span.end <= unit.start);
        let block = article.blocks.get(block).filter(|block| block.span.contains(unit));
        let in_lead =
            block.is_some_and(|block| block.section == 0 && article.has_headings() || block.sentences.start == 0);
        let key = if quantity.in_field { field_key(account, quantity) } else { "" };
        let mut context: Vec<u64> = Vec::new();
        let mut found = 0;
        let fits = fitting(&quantity.measure);
        let own = fold(article.text(quantity.span)).into_owned();
        let head: Vec<_> = words(before).map(|word| fold(word.text)).collect();
        let tail: Vec<_> = words(behind).map(|word| fold(word.text)).collect();
        let same_part = &behind[..behind.find(',').or_else(|| behind.find(" and ")).unwrap_or(behind.len())];
        let clause: Vec<_> = words(same_part).map(|word| fold(word.text)).collect();
        let inner: Vec<_> = words(&own).map(|word| fold(word.text)).collect();
        for (distance, word) in
            head.iter().rev().enumerate().chain(tail.iter().enumerate()).chain(inner.iter().map(|word| (0, word)))
        {
            const NEAR: usize = 6;
            const CONTEXT: usize = 9;
            if distance < CONTEXT
                && !is_function_word(word)
                && word.len() > 2
                && !word.as_bytes()[0].is_ascii_digit()
                && verbs::number(word).is_none()
            {
                context.push(stem(word));
            }
            if distance < NEAR
                && let Ok(at) = TRAITS.binary_search_by_key(&word.as_ref(), |entry| entry.0)
            {
                let bit = TRAITS[at].1 & fits;
                // Of dimensions the nearest word counts.
                if bit & traits::DIMENSIONS == 0 || found & traits::DIMENSIONS == 0 {
                    found |= bit;
                }
            }
        }
        let key_words: Vec<u64> =
            words(key).map(|word| fold(word.text)).filter(|word| word.len() > 2).map(|word| stem(&word)).collect();
        for word in words(key).map(|word| fold(word.text)) {
            if let Ok(at) = TRAITS.binary_search_by_key(&word.as_ref(), |entry| entry.0) {
                found |= TRAITS[at].1 & fits;
            }
        }
        let near = |list: &[&str], from: &[std::borrow::Cow<'_, str>], most: usize, last: bool| {
            let mut look = |word: &std::borrow::Cow<'_, str>| list.contains(&word.as_ref());
            if last { from.iter().rev().take(most).any(&mut look) } else { from.iter().take(most).any(&mut look) }
        };
        let level = near(&["sea"], &tail, 5, false) || near(&["above"], &tail, 3, false);
        if quantity.measure == Measure::Length && level {
            found = found & !traits::HEIGHT | traits::ELEVATION;
        }
        let distance = near(
            &[
                "from",
                "away",
                "apart",
                "upstream",
                "downstream",
                "north",
                "south",
                "east",
                "west",
                "inland",
                "off",
                "below",
                "above",
                "beyond",
                "behind",
                "along",
                "of",
            ],
            &tail,
            1,
            false,
        );
        if quantity.measure == Measure::Length
            && distance
            && found & traits::DIMENSIONS & !traits::HEIGHT == 0
            && found & traits::HEIGHT == 0
        {
            found |= if tail.first().is_some_and(|word| word == "from") && text[..start].contains("measur") {
                0
            } else {
                traits::DISTANCE
            };
        }
        let count = matches!(quantity.measure, Measure::Count(_));
        if count {
            let opens = near(&["opened", "began", "started", "opening", "beginning", "start"], &head, 3, true)
                && near(&["with"], &head, 2, true);
            let of_all = near(&["his", "her", "its", "their", "all", "whose"], &head, 1, true);
            // "the twenty-nine pupils of the first year"
            let of_first = near(&["of", "in"], &tail, 1, false)
                && near(&["first"], &tail, 3, false)
                && near(&["year", "season", "class", "day"], &tail, 4, false);
            found |= if opens || of_first { traits::INITIAL } else { 0 }
                | if of_all || found & traits::ABOARD != 0 { traits::WHOLE } else { 0 };
        }
        // "From the rock to the gallery …": a height that the words do not name.
        let last = head.last().map_or("", |word| word.as_ref());
        let next = if text[end..].starts_with(' ') { tail.first().map_or("", |word| word.as_ref()) } else { "" };
        let moves = last == "to" && head.len() > 1 && {
            let verb = head[head.len() - 2].as_ref();
            // "the cost came to": what it was in the end.
            verbs::verb(verb).is_some_and(|(base, _)| !matches!(base.as_ref(), "come" | "amount"))
                || matches!(verb, "up" | "down" | "increase" | "reduction")
        };
        let of_whole = next == "of"
            && tail.get(1).is_some_and(|word| matches!(word.as_ref(), "which" | "whom" | "them" | "these" | "those"));
        let possessed = count
            && (matches!(last, "its" | "his" | "her" | "their" | "whose")
                || last.ends_with("'s")
                || last.ends_with("’s"));
        let definite = possessed || count && matches!(last, "the" | "all");
        // "the youngest of six children" is of the parents.
        let one_of = last == "of"
            && head.len() > 1
            && matches!(
                head[head.len() - 2].as_ref(),
                "any"
                    | "eldest"
                    | "first"
                    | "largest"
                    | "last"
                    | "longest"
                    | "oldest"
                    | "one"
                    | "second"
                    | "smallest"
                    | "third"
                    | "youngest"
            );
        let relative = head.iter().rev().take(2).any(|word| RELATIVE.contains(&word.as_ref()) && word != "by")
            || head.iter().rev().take(2).any(|word| word == "by") && is_change(&head, next, count)
            || RELATIVE.contains(&next) && next != "only"
            || of_whole
            || matches!(next, "each" | "a" | "every" | "per") && !count
            || moves
            || one_of
            || is_unsure(&head, &clause);
        // "it has seventeen storeys", "the fourteen-storey building", "the 1,420 seats of the hall"
        while statements.next_if(|statement| statement.words.end <= quantity.number.start).is_some() {}
        let statement = statements.peek().filter(|statement| statement.words.contains(quantity.number));
        let subject = statement.and_then(|statement| statement.subject);
        let opens_on_it = text.starts_with("It ") || text.starts_with("She ") || text.starts_with("He ");
        let main = subject == Some(super::MAIN) || opens_on_it && in_lead;
        let is_own_noun =
            |word: Option<&std::borrow::Cow<'_, str>>| word.is_some_and(|word| events.subjects.is_own_noun(word));
        let has = near(
            &[
                "covers",
                "covered",
                "has",
                "have",
                "had",
                "runs",
                "numbered",
                "numbers",
                "employs",
                "employed",
                "holds",
                "contains",
                "comprises",
                "comprised",
                "made",
                "wrote",
                "published",
                "composed",
                "directed",
                "needed",
                "seats",
                "seated",
                "with",
                "is",
                "was",
                "were",
                "stands",
                "rises",
                "measures",
                "at",
                "of",
            ],
            &head,
            3,
            true,
        );
        let of_own = near(&["of"], &tail, 1, false) && (is_own_noun(tail.get(2)) || is_own_noun(tail.get(1)));
        let hyphen = article.text(quantity.span).contains('-')
            && matches!(quantity.measure, Measure::Length | Measure::Mass | Measure::Duration | Measure::Count(_))
            && is_own_noun(tail.first());
        // "all ten of the former teams" of somebody else
        let whole = quantity.whole && next != "of";
        let said_of_own = quantity.in_field || whole || main && has && (!count || next != "of") || of_own || hyphen;
        let attribute = if quantity.in_field {
            words(key).last().map(|word| stem(&fold(word.text)))
        } else {
            let apposed = before.ends_with(", ") && text[end..].starts_with([',', ')', '.', ';']);
            attribute(&head, apposed).map(stem)
        };
        // "said in 2008 that 356 had …": the year is that of the speech.
        let reported = head.iter().any(|word| matches!(word.as_ref(), "said" | "stated" | "told" | "wrote" | "noted"))
            && near(&["that"], &head, 6, true);
        let around = Span {
            start: quantity.span.start - before.len() as u32,
            end: unit.end.min(quantity.span.end + (skipped + behind.len()) as u32),
            ..unit
        };
        let names = account.names();
        let first = names.names.partition_point(|name| name.span.end <= around.start);
        let mut proper: Vec<u64> = names.names[first..]
            .iter()
            .take_while(|name| name.span.start < around.end)
            .flat_map(|name| names.of(name))
            .filter(|word| !word.opens || names.names[word.name].words.len() > 1)
            .map(|word| stem(&word.folded))
            .collect();
        proper.sort_unstable();
        let local = names.names[first..].iter().take_while(|name| name.span.end <= quantity.span.start).any(|name| {
            let to_name = text[..(name.span.start - unit.start) as usize].trim_end();
            matches!(to_name, "In" | "At" | "For" | "Around")
                || to_name.ends_with("; in")
                || to_name.ends_with("and in")
        });
        // "The tower of Sund Light is 33 metres high": whose it is.
        let owner = names.names[first..]
            .iter()
            .take_while(|name| name.span.end <= quantity.span.start)
            .find(|name| {
                let to_name = &text[..(name.span.start - unit.start) as usize];
                let from_name = &text[(name.span.end - unit.start) as usize..];
                to_name.ends_with(" of ") || from_name.starts_with("'s ") || from_name.starts_with("’s ")
            })
            .map(|name| names.of(name).iter().map(|word| stem(&word.folded)).collect());
        context.sort_unstable();
        context.dedup();
        figures.push(Figure {
            quantity: match counted(quantity, next, tail.get(1).map_or("", |word| word.as_ref()), last) {
                Some(noun) => Quantity { measure: Measure::Count(noun.to_owned()), ..quantity.clone() },
                None => quantity.clone(),
            },
            // "143 killed, 318 wounded": the first are the dead alone.
            traits: if matches!(&quantity.measure, Measure::Count(noun) if noun == "dead") {
                found & !traits::HURT
            } else {
                found
            },
            context,
            superlative: words(key).any(|word| word.text.len() > 4 && fold(word.text).ends_with("est")),
            key: key_words,
            years: if reported { None } else { years(account, around, block.map(|block| block.kind)) },
            months: if reported { None } else { months(account, around) },
            subject: if reported {
                None
            } else if quantity.in_field {
                Some(super::MAIN)
            } else {
                subject
            },
            in_lead,
            relative: relative || article.is_quoted(quantity.number),
            own: said_of_own,
            definite,
            possessed,
            modifiers: modifiers(&own),
            local,
            hyphen,
            attribute,
            proper,
            owner: owner.unwrap_or_default(),
            block: block.map_or(0, |block| block.span.start),
            place: quantity.span,
        });
    }
    figures
}

/// What people are counted as where the words around them say it: those who died ("the twenty-nine men killed", "thirteen people drowned",
/// "killed eighty-three people"), and those who work there ("employs 2,700 people").
fn counted(quantity: &Quantity, next: &str, second: &str, last: &str) -> Option<&'static str> {
    let people = matches!(&quantity.measure, Measure::Count(noun) if is_people(noun));
    // "thirteen of his 85 men died"
    if !people || quantity.part || matches!(last, "his" | "her" | "its" | "their" | "of") {
        return None;
    }
    let die = |word: &str| matches!(word, "died" | "drowned" | "killed" | "perished");
    if die(next) || next == "were" && die(second) || matches!(last, "drowned" | "drowning" | "killed" | "killing") {
        Some("dead")
    } else {
        // "In 1913 it employed 241 people" is told of another time.
        (last == "employs").then_some("employee")
    }
}

/// Whether a noun counts people of whatever trade.
pub fn is_people(noun: &str) -> bool {
    matches!(
        noun,
        "employee" | "labourer" | "man" | "miner" | "people" | "person" | "sailor" | "soldier" | "worker" | "workman"
    )
}

/// The words between a number and what it counts, as hashes.
fn modifiers(quantity: &str) -> Vec<u64> {
    let all: Vec<_> = words(quantity).map(|word| word.text).collect();
    let inner = all.get(1..all.len().saturating_sub(1)).unwrap_or(&[]);
    let plain = inner.iter().filter(|word| {
        !word.as_bytes()[0].is_ascii_digit()
            && verbs::number(word).is_none()
            && !is_function_word(word)
            && !is_scale(word)
    });
    plain.map(|word| stem(word)).collect()
}

fn is_scale(word: &str) -> bool {
    matches!(word, "hundred" | "thousand" | "million" | "billion" | "dozen" | "score")
}

/// The noun that a quantity is the measure of: "a siege *of* nine weeks", "the siege, which *lasted* nine weeks", "turnout *was* 81 per
/// cent", "the indemnity, two million livres,".
fn attribute<'h>(head: &'h [std::borrow::Cow<'_, str>], apposed: bool) -> Option<&'h str> {
    let noun = |at: Option<usize>| {
        let at = at?;
        let word = head.get(at)?.as_ref();
        let each = at > 0 && head[at - 1] == "per";
        (!each && !is_function_word(word) && verbs::number(word).is_none() && word.len() > 2).then_some(word)
    };
    let mut at = head.len().checked_sub(1)?;
    if apposed {
        return noun(Some(at));
    }
    if head[at] == "of" {
        return noun(at.checked_sub(1));
    }
    while matches!(
        head[at].as_ref(),
        "at" | "to" | "for" | "about" | "some" | "only" | "nearly" | "over" | "almost" | "exactly"
    ) {
        at = at.checked_sub(1)?;
    }
    let links = |word: &str| {
        matches!(word, "is" | "was" | "were" | "are" | "had" | "has" | "have")
            || verbs::verb(word).is_some_and(|(base, _)| {
                matches!(
                    base.as_ref(),
                    "amount"
                        | "come"
                        | "contain"
                        | "count"
                        | "comprise"
                        | "fix"
                        | "set"
                        | "hold"
                        | "last"
                        | "measure"
                        | "number"
                        | "reach"
                        | "stand"
                        | "take"
                        | "total"
                        | "weigh"
                )
            })
    };
    if !links(&head[at]) {
        return None;
    }
    while links(&head[at]) || matches!(head[at].as_ref(), "which" | "that" | "once" | "now" | "then") {
        at = at.checked_sub(1)?;
    }
    noun(Some(at))
}

/// Whether a number behind "by" is that of a change or a margin: "rose by", "won by". Who does something stands behind "by" as well
/// ("was seen by 640,000 people"), and so do the votes that decide it ("passed by 112 votes to 71").
fn is_change(head: &[std::borrow::Cow<'_, str>], next: &str, count: bool) -> bool {
    const CHANGES: &[&str] = &[
        "cut",
        "decrease",
        "deepen",
        "drop",
        "enlarge",
        "exceed",
        "extend",
        "fall",
        "go",
        "grow",
        "increase",
        "lengthen",
        "lose",
        "lower",
        "outnumber",
        "raise",
        "reduce",
        "rise",
        "shorten",
        "shrink",
        "widen",
        "win",
    ];
    let by = head.iter().rposition(|word| word == "by");
    let verb = by.and_then(|by| by.checked_sub(1)).map_or("", |before| head[before].as_ref());
    let base = verbs::verb(verb).map(|(base, _)| base);
    !count || !matches!(next, "to" | "against") && base.is_none_or(|base| CHANGES.contains(&base.as_ref()))
}

/// Whether the words around a number make it a plan or a guess. What "could carry" so many has room for them.
fn is_unsure(head: &[std::borrow::Cow<'_, str>], clause: &[std::borrow::Cow<'_, str>]) -> bool {
    let holds = |word: Option<&std::borrow::Cow<'_, str>>| {
        word.and_then(|word| verbs::verb(word).map(|(base, _)| base.into_owned()))
            .or_else(|| word.map(ToString::to_string))
            .is_some_and(|base| matches!(base.as_str(), "accommodate" | "carry" | "hold" | "house" | "seat" | "take"))
    };
    let from = head.len().saturating_sub(8);
    let before = (from..head.len()).any(|at| {
        let room = head[at] == "could" && holds(head.get(at + 1));
        UNSURE.contains(&head[at].as_ref()) && !room
    });
    before || clause.iter().take(5).any(|word| UNSURE.contains(&word.as_ref()))
}

fn field_key<'a>(account: &Account<'a>, quantity: &Quantity) -> &'a str {
    let article = account.article;
    let fields = article.infobox.as_ref().map_or(&[][..], |infobox| &infobox.fields);
    fields.iter().find(|field| field.value == quantity.unit).map_or("", |field| article.text(field.key))
}

/// The years that a sentence names, and the date that heads its entry.
fn years(account: &Account<'_>, unit: Span, block: Option<BlockKind>) -> Option<(i32, i32)> {
    let entry = match block {
        Some(BlockKind::Item { date: Some(date), .. }) => account.times_in(date),
        _ => 0..0,
    };
    let times = account.times();
    let mut years: Option<(i32, i32)> = None;
    for time in times[account.times_in(unit)].iter().chain(&times[entry]) {
        let days = time.interval().filter(|_| time.kind == TimeKind::Date);
        if days.is_none() {
            // "in the season of 1987–88"
            let words = &account.article.text[time.span.clone()];
            let year = words
                .split(|c: char| !c.is_ascii_digit())
                .find(|digits| digits.len() == 4)
                .and_then(|digits| digits.parse::<i32>().ok());
            if let Some(year) = year {
                years = Some(
                    years.map_or((year, year + 1), |(first, last): (i32, i32)| (first.min(year), last.max(year + 1))),
                );
            }
        }
        // Relative dates and long periods tell no year.
        if let Some(days) = days.filter(|days| days.to.year - days.from.year <= 1) {
            let (from, to) = (days.from.year, days.to.year);
            years = Some(years.map_or((from, to), |(first, last)| (first.min(from), last.max(to))));
        }
    }
    years
}

/// The months that a sentence names, counted from year 0.
fn months(account: &Account<'_>, unit: Span) -> Option<(i32, i32)> {
    let times = account.times()[account.times_in(unit)].iter().filter(|time| time.kind == TimeKind::Date);
    let days = times.filter_map(super::TimeExpression::interval).filter(|days| days.precision <= Precision::Month);
    let month = |day: crate::time::Day| day.year * 12 + i32::from(day.month);
    days.map(|days| (month(days.from), month(days.to))).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
}

/// The words of a sentence before a place, back to a mark that parts it.
fn window_before(text: &str, at: usize) -> &str {
    const WIDEST: usize = 110;
    let mut start = at.saturating_sub(WIDEST);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let window = &text[start..at];
    let cut = window
        .rfind([';', ':', '(', '—'])
        .map_or(0, |cut| cut + window[cut..].chars().next().map_or(1, char::len_utf8));
    let window = &window[cut..];
    if cut == 0 && start > 0 {
        // The first word may be cut in two.
        window.split_once(' ').map_or("", |(_, rest)| rest)
    } else {
        window
    }
}

/// The words of a sentence behind a place, up to a mark that parts it; a bracket at once behind it is passed over. Before them the
/// number of bytes passed over.
fn window_behind(text: &str, at: usize) -> (usize, &str) {
    const WIDEST: usize = 110;
    let mut rest = &text[at..];
    if let Some(bracket) = rest.trim_start().strip_prefix('(') {
        rest = bracket.split_once(')').map_or(rest, |(_, behind)| behind);
    }
    let mut end = rest.len().min(WIDEST);
    while !rest.is_char_boundary(end) {
        end -= 1;
    }
    let window = &rest[..end];
    let cut = window.find([';', ':', '(', '—']).unwrap_or(window.len());
    (text.len() - at - rest.len(), &window[..cut])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traits_are_sorted_for_the_search() {
        assert!(TRAITS.is_sorted_by_key(|entry| entry.0));
    }
}
