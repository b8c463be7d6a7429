//! What a text says of harm to people: that there was some, or that there was none.

use super::{Account, verbs};
use crate::source::Span;
use crate::text::{fold, is_capitalised, words};
use crate::time::TimeKind;

/// A statement about harm to people.
#[derive(Debug, Clone)]
pub struct Harm {
    /// The words that say it.
    pub span: Span,
    /// The sentence.
    pub unit: Span,
    /// The paragraph, as a number of the article's blocks.
    pub block: usize,
    /// Whether it is of deaths; else of injuries, or of both.
    pub deaths: bool,
    /// Whether it says that there were none.
    pub denied: bool,
    /// The year that it is of, where the sentence or the paragraph before it says one.
    pub year: Option<i32>,
    /// Whether the sentence itself names that year.
    pub own_year: bool,
    /// The noun of what happened, where the sentence or the heading above it has one: "fire".
    pub event: Option<&'static str>,
}

/// Words for people of whom there can be none.
const NOBODY: &[&str] = &["nobody", "none", "noone"];
/// Nouns of people and of harm behind "no", "not one", "without".
const PEOPLE: &[&str] = &[
    "one",
    "person",
    "persons",
    "people",
    "man",
    "men",
    "woman",
    "women",
    "child",
    "children",
    "passenger",
    "passengers",
    "crew",
    "soul",
    "life",
    "lives",
    "casualty",
    "casualties",
    "death",
    "deaths",
    "injury",
    "injuries",
    "fatality",
    "fatalities",
    "victim",
    "victims",
    "miner",
    "miners",
    "worker",
    "workers",
    "workman",
    "workmen",
    "sailor",
    "sailors",
    "member",
    "pupil",
    "patient",
    "patients",
    "visitor",
    "visitors",
    "boy",
    "boys",
    "girl",
    "girls",
    "hands",
    "seaman",
    "seamen",
    "villager",
    "villagers",
    "resident",
    "residents",
    "fisherman",
    "fishermen",
    "pilot",
    "pilots",
    "soldier",
    "soldiers",
    "employee",
    "employees",
    "keeper",
    "keepers",
    "labourer",
    "labourers",
    "player",
    "spectator",
    "spectators",
    "firemen",
    "fireman",
    "driver",
    "stoker",
    "mate",
    "cook",
    "apprentice",
    "brothers",
    "sisters",
    "navvies",
    "quarrymen",
    "divers",
    "diver",
    "masons",
    "mason",
    "monks",
    "nuns",
    "students",
    "guests",
    "others",
];

/// How a word speaks of harm: of deaths, or of any.
fn harm(word: &str) -> Option<bool> {
    Some(match word {
        "killed" | "died" | "drowned" | "perished" | "drown" | "perish" | "dead" => true,
        "hurt" | "injured" | "wounded" | "harmed" | "scalded" | "maimed" => false,
        _ => return None,
    })
}

/// Whether a word begins like one of those without which nothing is [said] of harm: "killed", "loss", "lives", "casualties".
fn may_be_of_harm(word: &str) -> bool {
    let Some(first) = word.get(..3) else { return false };
    let mut letters = [0; 3];
    letters.copy_from_slice(first.as_bytes());
    letters.make_ascii_lowercase();
    matches!(
        &letters,
        b"kil"
            | b"die"
            | b"dro"
            | b"per"
            | b"dea"
            | b"hur"
            | b"inj"
            | b"wou"
            | b"har"
            | b"sca"
            | b"mai"
            | b"cas"
            | b"fat"
            | b"los"
            | b"lif"
            | b"liv"
    )
}

/// Words that make a sentence about harm a rumour, a plan or a comparison.
const UNSURE: &[&str] = &[
    "reported",
    "announced",
    "rumour",
    "rumours",
    "rumoured",
    "claimed",
    "might",
    "would",
    "could",
    "if",
    "feared",
    "nearly",
    "almost",
    "may",
    "legend",
    "novel",
    "film",
    "drill",
    "exercise",
    "retracted",
    "withdrew",
    "until",
    "more",
];

pub(super) fn read(account: &Account<'_>) -> Vec<Harm> {
    let article = account.article;
    let mut found = Vec::new();
    for (number, block) in article.blocks.iter().enumerate() {
        let mut last_year = None;
        for &unit in article.sentences_of(block) {
            let text = article.text(unit);
            let mut years =
                account.times()[account.times_in(unit)].iter().filter(|time| time.kind == TimeKind::Date).filter_map(
                    |time| time.interval().filter(|days| days.from.year == days.to.year).map(|days| days.from.year),
                );
            let own = years.next();
            let own = own.filter(|year| years.all(|other| other == *year));
            if own.is_some() {
                last_year = own;
            }
            // Few sentences have such a word at all.
            let all = account.words_of(unit);
            if !all.iter().any(|(word, _)| may_be_of_harm(word.text)) {
                continue;
            }
            if let Some((span, deaths, denied)) = said(all) {
                // What makes it unsure stands near it.
                const NEAR: usize = 40;
                let near = span.start.saturating_sub(NEAR)..span.end + NEAR / 2;
                let unsure = all.iter().any(|(word, folded)| {
                    near.contains(&word.start) && !is_capitalised(word.text) && UNSURE.contains(&folded.as_ref())
                });
                if unsure {
                    continue;
                }
                let span = Span { start: unit.start + span.start as u32, end: unit.start + span.end as u32, ..unit };
                if !article.is_quoted(span) {
                    found.push(Harm {
                        span,
                        unit,
                        block: number,
                        deaths,
                        denied,
                        year: last_year,
                        own_year: own.is_some(),
                        event: event_of(account, number, text),
                    });
                }
            }
        }
    }
    found
}

/// Nouns of what harms people.
const EVENTS: &[&str] = &[
    "accident",
    "avalanche",
    "bombing",
    "capsizing",
    "collapse",
    "collision",
    "crash",
    "derailment",
    "disaster",
    "earthquake",
    "explosion",
    "fire",
    "flood",
    "inundation",
    "landslide",
    "raid",
    "riot",
    "rockfall",
    "shipwreck",
    "siege",
    "sinking",
    "storm",
    "stranding",
    "strike",
    "wreck",
];

/// The noun of what happened in a sentence, or else in its section's heading.
fn event_of(account: &Account<'_>, block: usize, text: &str) -> Option<&'static str> {
    let article = account.article;
    let find = |text: &str| {
        words(text).find_map(|word| {
            let folded = fold(word.text);
            EVENTS.iter().find(|event| **event == folded).copied()
        })
    };
    let heading = article.sections[article.blocks[block].section].heading.as_ref();
    find(text)
        .or_else(|| heading.and_then(|heading| find(article.text(heading.span))))
        .or_else(|| article.title_text().and_then(find))
}

type Words<'a> = [(crate::text::Word<'a>, std::borrow::Cow<'a, str>)];

/// So many words may stand between who and what befell them.
const FAR_DENIED: usize = 9;
const FAR_TOLD: usize = 20;

/// What a sentence says of harm: the words, whether of deaths, and whether it denies them.
#[allow(clippy::match_same_arms, reason = "a phrase a line")]
fn said(all: &Words<'_>) -> Option<(std::ops::Range<usize>, bool, bool)> {
    let word = |at: usize| all.get(at).map_or("", |(_, folded)| folded.as_ref());
    let range = |from: usize, to: usize| all[from].0.start..all[to].0.end();
    for at in 0..all.len() {
        let (none, behind) = match (word(at), word(at + 1), word(at + 2)) {
            (nobody, ..) if NOBODY.contains(&nobody) => (true, at + 1),
            ("no", "one", _) => (true, at + 2),
            ("not", "one" | "a", _) => (true, at + 2),
            ("no", people, _) if PEOPLE.contains(&people) => (true, at + 2),
            ("without", "loss" | "injury" | "casualties" | "casualty", _) => {
                let loss = word(at + 1) == "loss";
                let of_life = word(at + 2) == "of" && matches!(word(at + 3), "life" | "lives");
                if loss && !of_life {
                    continue;
                }
                let end = if loss { at + 3 } else { at + 1 };
                return Some((range(at, end), word(at + 1) != "injury", true));
            }
            ("without", "a" | "any", "casualty" | "casualties" | "injury" | "death" | "deaths") => {
                return Some((range(at, at + 2), true, true));
            }
            _ => (false, 0),
        };
        if none {
            // "no lives were lost", "no casualties".
            let noun = word(behind.saturating_sub(1));
            if matches!(noun, "casualties" | "fatalities" | "deaths") {
                return Some((range(at, behind - 1), true, true));
            }
            for end in behind..(behind + FAR_DENIED).min(all.len()) {
                let lost = word(end) == "lost"
                    && (matches!(noun, "life" | "lives") || (behind..end).any(|i| PEOPLE.contains(&word(i))));
                if lost {
                    return Some((range(at, end), true, true));
                }
                if let Some(deaths) = harm(word(end)) {
                    return Some((range(at, end), deaths, true));
                }
                if matches!(word(end), "but" | "who" | "although" | "that") {
                    break;
                }
            }
        }
    }
    for at in 0..all.len() {
        // "four men … were drowned", "killing two boys", "with the loss of five of the crew", "lost their lives".
        // "Two waitresses and a cook were killed" begins with the two.
        let count =
            verbs::number(word(at)).is_some_and(|number| number > 0) || word(at) == "a" || word(at) == "several";
        let people = (at + 1..(at + 4).min(all.len())).find(|&i| PEOPLE.contains(&word(i)) && word(i) != "one");
        if let (true, Some(people)) = (count, people) {
            let before = at.checked_sub(1).map_or("", |before| word(before));
            if matches!(before, "killing" | "drowning") {
                return Some((range(at - 1, people), true, false));
            }
            if before == "of" && at > 1 && matches!(word(at - 2), "loss" | "death" | "deaths") {
                return Some((range(at - 2, people), true, false));
            }
            for end in people..(people + FAR_TOLD).min(all.len()) {
                let negated = matches!(word(end - 1), "not" | "nearly" | "almost" | "never" | "nobody" | "none");
                if negated {
                    break;
                }
                if word(end) == "lives" && matches!(word(end - 1), "their") && (people..end).any(|i| word(i) == "lost")
                {
                    return Some((range(at, end), true, false));
                }
                let verb = harm(word(end)).filter(|_| word(end) != "dead");
                let said = matches!(word(end - 1), "were" | "was" | "had" | "been" | "are")
                    || matches!(word(end), "died" | "drowned" | "perished" | "killed");
                if let Some(deaths) = verb.filter(|_| said) {
                    return Some((range(at, end), deaths, false));
                }
            }
        }
    }
    None
}
