//! What looks like a time and is none.
//!
//! A number of four digits is a year, a quantity or the number of something; "May" is a month, a verb or a woman;
//! "second" follows "first" as often as it measures. Each question here is put to the words around, never to a list
//! of known texts; what they leave open is no time.

#[allow(clippy::wildcard_imports, reason = "the classes of tokens")]
use super::lexicon::*;
use super::pattern::Found;
use super::token::{Gap, Shape, Token};
use crate::text::is_function_word;

/// Nouns that have a number behind them which counts no years: "flight 1549", "page 1848".
const TAKES_A_NUMBER: &[&str] = &[
    "act",
    "article",
    "block",
    "bulletin",
    "canto",
    "chapter",
    "channel",
    "cl",
    "class",
    "clause",
    "edition",
    "engine",
    "fig",
    "figure",
    "flight",
    "form",
    "highway",
    "issue",
    "item",
    "line",
    "lot",
    "mark",
    "model",
    "msc",
    "no",
    "nos",
    "nr",
    "number",
    "numbers",
    "order",
    "page",
    "pages",
    "paragraph",
    "part",
    "patent",
    "phase",
    "phone",
    "plate",
    "pp",
    "psalm",
    "record",
    "resolution",
    "room",
    "route",
    "section",
    "serial",
    "series",
    "sonnet",
    "suite",
    "table",
    "tel",
    "train",
    "type",
    "unit",
    "verse",
    "version",
    "vol",
    "vols",
    "volume",
    "p",
    "opus",
    "op",
    "km",
    "ns",
    "bwv",
    "kv",
    "iso",
    "rfc",
    "asteroid",
    "ngc",
    "windows",
    "public",
    "law",
];

/// Words that say that the number behind them is an amount.
const AMOUNTS: &[&str] = &[
    "over",
    "nearly",
    "almost",
    "approximately",
    "roughly",
    "than",
    "least",
    "most",
    "exactly",
    "some",
    "only",
    "just",
    "up",
    "under",
    "below",
    "above",
    "exceeding",
    "totalling",
    "totaling",
    "estimated",
    "numbering",
    "additional",
    "another",
    "further",
    "x",
    "times",
    "costing",
    "worth",
    "weighing",
    "measuring",
];

/// What is counted and shows no plural, and units of measurement.
const MEASURES: &[&str] = &[
    "km",
    "m",
    "mm",
    "cm",
    "ft",
    "feet",
    "foot",
    "mi",
    "kg",
    "g",
    "lb",
    "lbs",
    "t",
    "ha",
    "hp",
    "kw",
    "mw",
    "gw",
    "kb",
    "mb",
    "gb",
    "men",
    "people",
    "women",
    "children",
    "percent",
    "per",
    "million",
    "billion",
    "thousand",
    "hundred",
    "dollars",
    "euros",
    "pounds",
    "francs",
    "marks",
    "rubles",
    "yen",
    "rpm",
    "mph",
    "hz",
    "khz",
    "mhz",
    "bc",
    "kbit",
    "sq",
    "square",
    "cubic",
    "acres",
    "tons",
    "tonnes",
    "metres",
    "meters",
    "kilometres",
    "kilometers",
    "miles",
    "yards",
    "inches",
    "crew",
    "cattle",
    "sheep",
    "cavalry",
    "infantry",
    "volts",
    "watts",
    "copies",
    "times",
    "personnel",
    "head",
    "horsepower",
];

/// Small words that end in s and are no plurals.
const NO_PLURALS: &[&str] = &[
    "was",
    "is",
    "has",
    "as",
    "this",
    "its",
    "his",
    "us",
    "thus",
    "plus",
    "does",
    "always",
    "perhaps",
    "besides",
    "towards",
    "afterwards",
    "sometimes",
    "less",
    "across",
    "previous",
    "various",
    "famous",
    "religious",
    "serious",
    "unless",
    "whereas",
    "hers",
    "ours",
    "theirs",
    "versus",
    "census",
    "sees",
    "saw",
    "brings",
    "marks",
    "gives",
    "comes",
    "begins",
    "ends",
    "becomes",
    "remains",
    "wins",
    "sings",
    "nazis",
    "campus",
    "crisis",
    "congress",
    "express",
    "success",
    "process",
    "progress",
];

impl Found<'_> {
    /// The words of a token.
    pub(super) fn text_of(&self, token: &Token) -> &str {
        &self.text[token.range()]
    }

    /// The words of the form.
    pub(super) fn words(&self) -> &str {
        let last = self.tokens.get(self.end.wrapping_sub(1)).map_or(0, |token| token.end as usize);
        self.text.get(self.tokens[self.start].start as usize..last).unwrap_or("")
    }

    /// The first word of the form.
    pub(super) fn first_word(&self) -> &str {
        self.text_of(&self.tokens[self.start])
    }

    /// The last word of the form.
    pub(super) fn last_word(&self) -> &str {
        self.tokens.get(self.end.wrapping_sub(1)).map_or("", |token| self.text_of(token))
    }

    fn token_before(&self, distance: usize) -> Option<&Token> {
        self.start.checked_sub(distance).map(|at| &self.tokens[at])
    }

    fn token_after(&self, distance: usize) -> Option<&Token> {
        self.tokens.get(self.end + distance - 1)
    }

    /// Whether the token before is one of some small words.
    fn follows(&self, words: &[&str]) -> bool {
        self.token_before(1).is_some_and(|token| one_of(self.text_of(token), words))
    }

    /// Whether the token behind, over a blank, is one of some small words.
    fn precedes(&self, words: &[&str]) -> bool {
        self.token_after(1).is_some_and(|token| token.gap == Gap::Blank && one_of(self.text_of(token), words))
    }

    /// Whether the form is the first of a sentence.
    fn begins_a_sentence(&self) -> bool {
        begins_a_sentence(self, self.start)
    }

    /// Whether a name stands right before: a capital that no sentence's beginning explains.
    fn follows_a_name(&self) -> bool {
        let Some(token) = self.token_before(1) else { return false };
        self.tokens[self.start].gap == Gap::Blank
            && token.is_name()
            && !token.is(MONTH.and(WEEKDAY).and(SEASON).and(BC).and(AD).and(PREP).and(HOLIDAY))
            && !is_function_word(&crate::text::fold(self.text_of(token)))
    }

    /// Whether a name stands right behind.
    fn precedes_a_name(&self) -> bool {
        self.token_after(1).is_some_and(|token| {
            token.gap == Gap::Blank
                && token.is_name()
                && !token.is(MONTH.and(WEEKDAY))
                && !is_function_word(&crate::text::fold(self.text_of(token)))
        })
    }
}

fn one_of(word: &str, words: &[&str]) -> bool {
    words.iter().any(|known| word.eq_ignore_ascii_case(known))
}

fn begins_a_sentence(found: &Found<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|at| &found.tokens[at]) else { return true };
    before.shape == Shape::Mark && matches!(found.text_of(before), "." | "!" | "?" | ":" | "\"" | "“" | ";")
}

/// Whether the word before takes a number of its own: "Vol. 31 April 1921".
pub(super) fn takes_a_number(found: &Found<'_>) -> bool {
    let before = found.token_before(1).filter(|token| token.shape != Shape::Mark || found.text_of(token) != ".");
    let word = before.or_else(|| found.token_before(2));
    word.is_some_and(|token| one_of(found.text_of(token), TAKES_A_NUMBER))
}

/// Whether a number of four digits is a year.
pub(super) fn year(found: &Found<'_>) -> bool {
    let token = &found.tokens[found.start];
    if found.end != found.start + 1 || !token.is(YEAR) {
        // Words say that it is one.
        return !takes_a_number(found) || token.shape != Shape::Digits;
    }
    let (number, round) = (token.number, token.number.is_multiple_of(100));
    if number >= 2100 || takes_a_number(found) {
        return false;
    }
    let before = found.token_before(1);
    let glued_before = before.filter(|_| token.gap == Gap::None);
    // "500-1000": a range of other numbers; "2,1990".
    if let Some(mark) = glued_before {
        if mark.is(DASH) {
            let low = found.token_before(2).filter(|_| mark.gap == Gap::None);
            if low.is_some_and(|low| low.shape == Shape::Digits && !low.is(YEAR.and(DAY))) {
                return false;
            }
        } else if matches!(found.text_of(mark), "/" | "&" | "~" | "^" | "|" | "{") && mark.gap == Gap::None {
            let low = found.token_before(2);
            if low.is_none_or(|low| !low.is(MONTH.and(MON).and(DAY).and(YEAR))) {
                return false;
            }
        }
    }
    let preposition = before.is_some_and(|token| token.is(PREP));
    let amount = found.follows(AMOUNTS) && !found.follows(&["just", "only"]) || found.follows(&["a", "an"]) && !round;
    if let Some(next) = found.token_after(1) {
        let word = found.text_of(next);
        match next.gap {
            Gap::None if next.is(DASH) => {
                // "1500-metre", but "1917-born" is rare and "1939-45" a range.
                let behind = found.token_after(2);
                if behind.is_some_and(|t| t.gap == Gap::None && t.shape == Shape::Small && t.word == UNKNOWN) {
                    return false;
                }
            }
            Gap::None
                if matches!(word, "/" | "*" | "=" | "_" | "|")
                    && !found.token_after(2).is_some_and(|t| t.is(DAY.and(YEAR))) =>
            {
                return false;
            }
            Gap::Blank if next.shape == Shape::Small => {
                if one_of(word, MEASURES) && (round || !found.follows(&["in", "since", "by", "until", "during"])) {
                    return false;
                }
                let plural =
                    word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && !one_of(word, NO_PLURALS);
                let definite = found.follows(&[
                    "the", "his", "her", "its", "their", "our", "s", "in", "since", "by", "until", "from", "of",
                ]);
                if plural && (round && !found_clause_start(found) || !definite && !found.begins_a_sentence()) {
                    return false;
                }
                if word == "of" && !preposition {
                    return false;
                }
            }
            _ => {}
        }
    }
    if amount {
        return false;
    }
    if found.follows_a_name() {
        // "Windows 2000 was" and "Barcelona 1992 was" look the same: only what closes a phrase is a year.
        let closed = found.token_after(1).is_none_or(|next| {
            next.gap == Gap::None && next.shape == Shape::Mark || matches!(found.text_of(next), "(" | "[")
        });
        return closed && (1500..2050).contains(&number);
    }
    // Early years are quantities as often.
    number >= 1200 || preposition || before.is_none_or(|before| before.shape == Shape::Mark || before.is(EDGE.and(MOD)))
}

/// Whether the words before open a clause with a year: "In 1900 settlers came".
fn found_clause_start(found: &Found<'_>) -> bool {
    found.token_before(1).is_some_and(|token| token.is(PREP)) && begins_a_sentence(found, found.start - 1)
}

/// Whether a number of three digits may be a year, where the story is in such years.
pub(super) fn short_year(found: &Found<'_>) -> bool {
    let before = found.token_before(1);
    let introduced = found
        .follows(&["in", "by", "since", "until", "till", "from", "to", "after", "before", "of", "during", "and", "("])
        || before.is_some_and(|before| before.is(DASH));
    let closed = found.token_after(1).is_none_or(|next| {
        next.shape == Shape::Mark && !matches!(found.text_of(next), "%" | "°") || next.is(PREP) || next.is_name()
    });
    introduced && closed
}

/// Whether a decade without its century is one: "the 90s", "in the early 90s".
pub(super) fn short_decade(found: &Found<'_>) -> bool {
    let after_article = found.first_word().eq_ignore_ascii_case("the")
        || found.token_before(1).is_some_and(|token| token.is(MOD.and(DASH)));
    let token = found.nth(DECADE, 0);
    let apostrophe = token.is_some_and(|token| found.text_of(token).starts_with(['\'', '’', '‘']));
    apostrophe || after_article && !found.precedes(&["and", "to", "°"])
}

/// Whether a month's name alone means the month.
pub(super) fn month(found: &Found<'_>) -> bool {
    let token = &found.tokens[found.start];
    if token.shape == Shape::Small && token.gap == Gap::Start {
        return false;
    }
    let before = found.token_before(1);
    let glued = token.gap == Gap::None
        && before.is_some_and(|mark| matches!(found.text_of(mark), "/" | "'" | "’" | "_" | "@" | "#"));
    if glued
        || found.token_after(1).is_some_and(|next| next.gap == Gap::None && matches!(found.text_of(next), "_" | "@"))
    {
        return false;
    }
    let preposition = before.is_some_and(|token| token.is(PREP.and(MOD).and(NEXT).and(LAST).and(EVERY).and(EDGE)));
    // "April Jones", "August Strindberg", "May Day": a name.
    if found.precedes_a_name() {
        // "In April Germany invaded" is no woman's; "by April Jones" is.
        let name_like = matches!(token.number, 4 | 5 | 6 | 8);
        let article = found.follows(&["the"]) && token.number != 3;
        let of_time = found.follows(&[
            "in",
            "since",
            "until",
            "till",
            "during",
            "throughout",
            "late",
            "early",
            "mid",
            "last",
            "next",
        ]);
        if found.precedes(&["Day", "Fools"]) || !preposition && !article || name_like && !article && !of_time {
            return false;
        }
    }
    if found.follows_a_name() && !found.precedes(&["of"]) {
        return false;
    }
    // "May" and "March" are verbs at the head of a sentence; a march goes "on" somewhere.
    match token.number {
        3 => {
            preposition && !found.follows(&["of"])
                || !found.begins_a_sentence()
                    && !found.precedes(&["on", "to", "of", "through"])
                    && !is_march_of_people(found)
        }
        5 => {
            preposition
                || !found.begins_a_sentence()
                    && before.is_some_and(|before| before.word != UNKNOWN || before.shape == Shape::Mark)
        }
        8 => preposition || !found.begins_a_sentence(),
        _ => true,
    }
}

/// "the March on Rome", "the Long March".
fn is_march_of_people(found: &Found<'_>) -> bool {
    found.tokens[found.start].number == 3
        && found.follows(&["the", "of"])
        && found.token_after(1).is_none_or(|next| next.shape == Shape::Mark)
}

/// Whether a season's name means a time of the year.
pub(super) fn season(found: &Found<'_>) -> bool {
    let last = &found.tokens[found.end - 1];
    let word = found.text_of(last);
    let article = found.end > found.start + 1;
    let preposition = found.follows(&[
        "in",
        "by",
        "since",
        "until",
        "during",
        "throughout",
        "over",
        "through",
        "from",
        "and",
        "of",
        "for",
        "their",
        "its",
        "his",
        "next",
        "last",
        "this",
        "every",
        "into",
    ]);
    if last.shape == Shape::Small {
        return match word {
            // A fall and a spring are other things as well: they need more words.
            "fall" => {
                article
                    && found.follows(&["in", "during", "by", "throughout", "until", "since"])
                    && !found.precedes(&["of"])
                    || !article
                        && found.follows(&["in"])
                        && !found.precedes(&["of", "from", "into"])
                        && found.precedes(&["and"])
            }
            "spring" => {
                (preposition
                    || article && found.follows(&["in", "during", "by", "throughout", "until", "since", "spent"]))
                    && !found.precedes(&["of", "water", "from"])
            }
            _ => true,
        };
    }
    if found.precedes_a_name() {
        // "The Spring Offensive", "the German Spring Offensive": a name, and a season as well.
        let people = found.token_before(1).is_some_and(|before| {
            let word = found.text_of(before);
            before.is_name() && ["an", "ish", "ese", "ch"].iter().any(|end| word.ends_with(end))
        });
        return !article && (found.follows(&["the"]) || people);
    }
    preposition && !found.follows_a_name()
}

/// Whether a season qualifies a noun: "winter quarters".
pub(super) fn is_attribute(found: &Found<'_>) -> bool {
    found.end == found.start + 1
        && found.tokens[found.start].shape == Shape::Small
        && found.token_after(1).is_some_and(|next| {
            next.gap == Gap::Blank
                && next.shape == Shape::Small
                && !next.is(PREP)
                && !is_function_word(found.text_of(next))
        })
}

/// Whether a number before a month is its day.
pub(super) fn number_before_month(found: &Found<'_>) -> bool {
    let token = found.nth(DAY.and(ORD), 0);
    let Some(day) = token else { return true };
    if takes_a_number(found) || day.number > 99 {
        return false;
    }
    let before = found.token_before(1);
    // A number too large for a day belongs to a name before it: "Windows 98 June 1998".
    if day.number > 31 && found.follows_a_name() {
        return false;
    }
    // "1,31 May", "$31 May".
    !(found.tokens[found.start].gap == Gap::None
        && before.is_some_and(|mark| {
            !mark.is(DASH)
                && !matches!(found.text_of(mark), "(" | "[" | "\"" | "“" | "/" | "|" | ":" | "." | "," | "'" | "‘")
        }))
}

/// Whether a day and a month without a year are a date: "31 May" where a sentence may have both apart.
pub(super) fn day_without_year(found: &Found<'_>) -> bool {
    let Some(month) = found.nth(MONTH.and(MON), 0) else { return false };
    // "the 40 May people" is no day; "12 March" is.
    let Some(day) = found.nth(DAY.and(ORD), 0) else { return false };
    if month.is(MON) && found.precedes_a_name() && !found.text_of(month).ends_with('.') {
        return false;
    }
    day.number <= 31 || found.follows(&["on", "the", "of"]) && !found.precedes_a_name()
}

/// Whether the number behind a month is its day: not in "May 12:30" or "March 40 people".
pub(super) fn number_after_month(found: &Found<'_>) -> bool {
    let Some(day) = found.nth(DAY.and(ORD), 0) else { return false };
    let Some(month) = found.nth(MONTH.and(MON), 0) else { return false };
    if found.follows_a_name() && !found.follows(&["On", "By"]) {
        return false;
    }
    match found.token_after(1) {
        None => true,
        Some(next) => {
            let word = found.text_of(next);
            if next.gap == Gap::None && matches!(word, "%" | ":" | "°" | "$") {
                return false;
            }
            // "In May 12 people came": a plural behind, and a preposition that months have and days do not.
            let plural = next.gap == Gap::Blank
                && next.shape == Shape::Small
                && (one_of(word, MEASURES)
                    || word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && !one_of(word, NO_PLURALS));
            let of_month = found.follows(&["in", "during", "since"]) || month.shape == Shape::Small;
            !(plural && of_month) && (day.number <= 31 || day.is(ORD) || found.follows(&["on"]))
        }
    }
}

/// Whether "the 21st" is a day.
pub(super) fn lone_ordinal(found: &Found<'_>) -> bool {
    found.follows(&["on", "until", "till", "from", "by", "since", "to"])
        && found.token_after(1).is_none_or(|next| {
            next.shape == Shape::Mark && !next.is(DASH)
                || next.is(PREP) && !found.precedes(&["of", "in"])
                || one_of(
                    found.text_of(next),
                    &["was", "were", "they", "he", "she", "it", "the", "a", "his", "her", "their"],
                )
        })
}

/// Whether the name of a weekday means the day.
pub(super) fn weekday(found: &Found<'_>) -> bool {
    // "Sheffield Wednesday", "Bloody Sunday", "Friday Night Lights", "Sunday school".
    !found.follows_a_name()
        && (!found.precedes_a_name() || found.follows(&["on", "by", "until", "since"]))
        && !found.precedes(&["school", "schools", "paper", "papers"])
        && !found.follows(&["of", "a", "the"])
}

/// Whether the name of a holiday means the day: not in "Easter Island", "Christmas tree".
pub(super) fn holiday(found: &Found<'_>) -> bool {
    let more = found.end > found.start + 1;
    more || !found.precedes_a_name()
        && !found.follows_a_name()
        && !found.precedes(&[
            "tree", "trees", "carol", "carols", "card", "cards", "egg", "eggs", "present", "presents", "gift", "gifts",
            "market", "markets", "song", "songs", "play", "album", "single",
        ])
}

/// Whether two numbers with a colon are a time: a preposition says so, or a zone.
pub(super) fn clock(found: &Found<'_>) -> bool {
    found.follows(&[
        "at", "by", "until", "till", "from", "to", "around", "about", "before", "after", "since", "between", "and",
        "(", "T",
    ]) || found.token_before(1).is_some_and(|token| token.is(DASH.and(NUMERIC)))
        || found.token_after(1).is_some_and(|token| token.is(DASH.and(AMPM)))
}

/// Whether a part of the day that stands alone means a time.
pub(super) fn day_part(found: &Found<'_>) -> bool {
    let more = found.end > found.start + 1;
    more && !found.precedes_a_name()
        || found.follows(&["at", "by", "during", "every", "until", "before", "after"])
            && found.tokens[found.start].shape == Shape::Small
            && !found.precedes(&["of", "club", "clubs", "school", "train", "shift"])
}

/// Whether "that year", "the same day" points at a time that was told.
pub(super) fn this_unit(found: &Found<'_>) -> bool {
    let long = found.end > found.start + 2;
    let compound = found.token_after(1).is_some_and(|next| next.gap == Gap::None && next.is(DASH));
    !compound && (long || !found.first_word().eq_ignore_ascii_case("the"))
}

/// Whether "this time", "that period" points at a time, not at an occasion or a length.
pub(super) fn time_phrase(found: &Found<'_>) -> bool {
    let last = found.last_word();
    let word = found.first_word().to_ascii_lowercase();
    let preposition = found.follows(&[
        "at",
        "by",
        "around",
        "about",
        "during",
        "from",
        "since",
        "until",
        "till",
        "throughout",
        "in",
        "over",
        "before",
        "after",
        "to",
        "for",
    ]);
    match last {
        "time" => match word.as_str() {
            "the" if found.end == found.start + 2 => {
                found.follows(&["at"])
                    && found.token_after(1).is_none_or(|next| !next.is(PREP) || !found.precedes(&["of"]))
            }
            _ => found.follows(&[
                "at",
                "by",
                "around",
                "about",
                "during",
                "from",
                "since",
                "until",
                "till",
                "throughout",
                "before",
                "after",
            ]),
        },
        "period" => {
            word != "the" && preposition && !found.precedes(&["of"]) || found.begins_a_sentence() && word == "this"
        }
        "moment" => word == "that" && found.follows(&["at"]),
        "date" | "era" => word != "the" && preposition,
        _ => false,
    }
}

/// Whether a number and a unit are a length of time: not in "the 1990 years" or "section 3 hours".
pub(super) fn length(found: &Found<'_>) -> bool {
    // "three quarters of the troops", "many quarters".
    let quarters = found.last_word().eq_ignore_ascii_case("quarters");
    if quarters
        && !found.precedes(&["later", "earlier", "ago"])
        && (found.precedes(&["of"]) || found.nth(NUM, 0).is_none())
    {
        return false;
    }
    !takes_a_number(found) || found.tokens[found.start].shape != Shape::Digits
}

/// Whether "a day", "one year" is a length, not "a second front" or "a year-long".
pub(super) fn one_length(found: &Found<'_>) -> bool {
    let Some(unit) = found.nth(UNIT.and(CLOCKUNIT), 0) else { return false };
    let next = found.token_after(1);
    if next.is_some_and(|next| next.is(DASH) && next.gap == Gap::None)
        && found.end > found.start + 1
        && unit.gap == Gap::Blank
    {
        return false;
    }
    // "a second front", "a quarter of", "a season", "a minute amount".
    match found.text_of(unit) {
        "second" | "quarter" | "season" | "minute" => {
            found.nth(NUM, 0).is_some()
                && next.is_none_or(|next| next.shape != Shape::Small || next.is(PREP) && !found.precedes(&["of"]))
        }
        word => word.starts_with(|c: char| c.is_ascii_lowercase()),
    }
}

/// Whether a noun stands behind, which the form would qualify.
pub(super) fn noun_follows(found: &Found<'_>) -> bool {
    found.token_after(1).is_some_and(|next| {
        let word = found.text_of(next);
        match next.gap {
            Gap::Blank => {
                next.shape != Shape::Mark
                    && next.shape != Shape::Digits
                    && !is_function_word(&crate::text::fold(word))
                    && !next.is(PREP)
            }
            Gap::None => matches!(word, "'" | "’"),
            Gap::Start => false,
        }
    })
}

/// Whether nothing that belongs to the form follows: "a week before moving" is no date.
pub(super) fn ends_a_phrase(found: &Found<'_>) -> bool {
    found.last_word().eq_ignore_ascii_case("earlier")
        || found.last_word().eq_ignore_ascii_case("previously")
        || found.token_after(1).is_none_or(|next| next.shape == Shape::Mark && next.gap == Gap::None)
}

/// Whether a plural unit without a number is a length: "within days", "years of war".
pub(super) fn bare_length(found: &Found<'_>) -> bool {
    let shifted = found.precedes(&["later", "earlier", "before", "afterwards", "ago", "after"]);
    let counted = found.follows(&["within", "in", "for", "over", "and", "or", "after"])
        && found.follows(&["within", "in", "for", "after"]);
    let of = found.precedes(&["of"]) && found.follows(&["after", "for", "despite", "by", "through", "following"]);
    shifted
        || counted
            && !found.precedes(&["of", "when", "where", "that", "which"])
            && !found.precedes_a_name()
            && !one_of(found.first_word(), &["seconds", "minutes", "quarters", "seasons"])
        || of
}

/// Whether "the past year", "the last decade" is a length up to now, and not the last of some.
pub(super) fn past_unit(found: &Found<'_>) -> bool {
    let past = found.text_of(&found.tokens[found.start + 1]).eq_ignore_ascii_case("past");
    let preposition = found.follows(&["in", "over", "during", "for", "within", "throughout", "of", "since"]);
    past || preposition
        && !found.precedes(&["of"])
        && found.text_of(&found.tokens[found.start + 1]).eq_ignore_ascii_case("last")
}

/// Whether "daily", "annual" says how often: not in the name of a newspaper.
pub(super) fn frequency(found: &Found<'_>) -> bool {
    let token = &found.tokens[found.start];
    token.shape == Shape::Small || found.begins_a_sentence() && !found.precedes_a_name()
}

/// Whether "now", "former", "future" is the word for the time, and no name or title.
pub(super) fn reference(found: &Found<'_>) -> bool {
    let token = &found.tokens[found.start];
    let word = found.first_word();
    if token.is_name()
        && (found.precedes_a_name() && !one_of(word, &["former", "current", "now"]) || found.follows_a_name())
    {
        return false;
    }
    match word.to_ascii_lowercase().as_str() {
        // A current is electric, a present is given, and he was present.
        "current" => {
            !found.precedes(&["of", "in", "is", "was", "through", "flows", "density", "flow"])
                && found.token_after(1).is_some_and(|next| next.gap == Gap::Blank && next.shape != Shape::Mark)
        }
        "present" if found.end == found.start + 1 => {
            found.follows(&["the", "its", "their", "his", "until", "to"])
                && found.token_after(1).is_some_and(|next| {
                    next.gap == Gap::Blank && next.shape == Shape::Small && !is_function_word(found.text_of(next))
                })
        }
        "former" => {
            !(found.follows(&["the"]) && found.token_after(1).is_some_and(|next| is_function_word(found.text_of(next))))
                && found.token_after(1).is_some_and(|next| next.shape != Shape::Mark)
        }
        "future" => !found.precedes(&["tense"]),
        "now" => !found.precedes(&["that"]) || !found.begins_a_sentence(),
        _ => true,
    }
}
