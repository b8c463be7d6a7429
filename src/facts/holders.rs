//! Who holds what only one can hold: an office that the infobox names, what was the first of its kind, the words or the music of a work;
//! and where two countries keep their embassies.
//!
//! Read from appositions and copulas ("the first governor, Count Haas,", "Brandt was the first governor", "the present mayor is
//! Ilona Dask"), after Hearst (1992), and from fields whose key is a noun for a person.

use super::names::Name;
use super::roles::{self, RoleClaim};
use super::vocabulary::VOCABULARY;
use super::{Account, MAIN};
use crate::source::Span;
use crate::text::{FoldedWord, fold, is_function_word, words};

/// A sentence by its words, with the words folded.
struct Reading<'a> {
    text: &'a str,
    span: Span,
    words: &'a [FoldedWord<'a>],
}

impl<'a> Reading<'a> {
    fn of(account: &'a Account<'_>, sentence: Span) -> Self {
        Self { text: account.article.text(sentence), span: sentence, words: account.words_of(sentence) }
    }

    fn word(&self, at: Option<usize>) -> &str {
        at.and_then(|at| self.words.get(at)).map_or("", |word| word.1.as_ref())
    }

    /// What stands before a word.
    fn gap(&self, at: usize) -> &str {
        let from = at.checked_sub(1).and_then(|at| self.words.get(at)).map_or(0, |before| before.0.end());
        self.words.get(at).map_or(".", |word| &self.text[from..word.0.start])
    }

    /// The number of the word that begins at a place of the article.
    fn at(&self, start: u32) -> Option<usize> {
        let offset = start.checked_sub(self.span.start)? as usize;
        self.words.binary_search_by_key(&offset, |word| word.0.start).ok()
    }

    /// Whether the words up to the end of the clause around a place leave it in doubt who and when.
    fn is_unsure(&self, end: u32) -> bool {
        let end = (end - self.span.start) as usize;
        let stop = self.text[end..].find([',', ';']).map_or(self.text.len(), |cut| end + cut);
        self.words.iter().take_while(|word| word.0.start < stop).any(|word| UNSURE.contains(&word.1.as_ref()))
    }

    fn says(&self, list: &[&str]) -> bool {
        self.words.iter().any(|word| list.contains(&word.1.as_ref()))
    }
}

/// Words that make a sentence one of another time, of a part, or of doubt.
const UNSURE: &[&str] = &[
    "according",
    "acting",
    "alleged",
    "also",
    "another",
    "claimed",
    "deputy",
    "former",
    "if",
    "interim",
    "not",
    "perhaps",
    "possibly",
    "predecessor",
    "previous",
    "probably",
    "proposed",
    "said",
    "successor",
    "supposedly",
    "then",
    "until",
    "would",
];

/// The role of whoever wins what the article is about.
const WINNER: &str = "winner";

pub(super) fn read(account: &Account<'_>, claims: &mut Vec<RoleClaim>) {
    let article = account.article;
    let keys = offices(account, claims);
    let work = account.events().subjects.kind(MAIN) == Some("work");
    let contest = matches!(account.events().subjects.kind(MAIN), Some("war" | "event"));
    results(account, claims);
    places_of_events(account, claims);
    for field in article.fields() {
        embassy_of_field(account, field.value, claims);
    }
    let names = account.names();
    let mut reading: Option<Reading<'_>> = None;
    for (number, name) in names.names.iter().enumerate().filter(|(_, name)| !name.heads) {
        if name.unit.len() > super::LONGEST_SENTENCE || article.is_quoted(name.span) {
            continue;
        }
        if reading.as_ref().is_none_or(|reading| reading.span != name.unit) {
            reading = Some(Reading::of(account, name.unit));
        }
        let Some(reading) = &reading else { continue };
        let Some(at) = reading.at(name.span.start) else { continue };
        if let Some(country) = embassy(reading, at, &account.events().subjects.pair) {
            claims.push(claim(account, &country, true, number));
        }
        // Only the first sentence says what the article's own work is.
        let lead = article.sentences.first() == Some(&name.unit);
        if reading.is_unsure(name.span.end) {
            continue;
        }
        if let Some(role) = role_of(reading, name, at, &keys, lead && work).filter(|role| contest || role != WINNER) {
            claims.push(claim(account, &role, false, number));
        }
    }
}

/// The role that the words around a name give its bearer.
fn role_of(reading: &Reading<'_>, name: &Name, at: usize, keys: &[String], work: bool) -> Option<String> {
    let end = (name.span.end - name.unit.start) as usize;
    let behind = reading.words.partition_point(|word| word.0.start < end);
    let closed = reading.text[end..].starts_with([',', ')', '.', ';', '(']) || end == reading.text.len();
    // "ended in a victory for X"
    if reading.word(at.checked_sub(1)) == "for" && reading.word(at.checked_sub(2)) == "victory" {
        return Some(String::from(WINNER));
    }
    // "X won an absolute majority", "X won the final"
    let won = reading.word(Some(behind)) == "won" && reading.gap(behind) == " ";
    let all = |at: usize| {
        matches!(
            reading.word(Some(at)),
            "battle" | "election" | "elections" | "final" | "majority" | "tournament" | "war"
        )
    };
    if won && (all(behind + 2) || all(behind + 3)) && matches!(reading.word(Some(behind + 1)), "the" | "a" | "an") {
        return Some(String::from(WINNER));
    }
    let noun = apposed(reading, at).filter(|_| closed).or_else(|| behind_copula(reading, at));
    if let Some(noun) = noun {
        return first(reading, noun).or_else(|| office(reading, noun, keys)).or_else(|| {
            // "its founder, the Methodist minister X,"
            let its = reading.word(noun.checked_sub(1)) == "its" && reading.gap(noun + 1) == ", ";
            roles::of_noun(reading.word(Some(noun))).filter(|_| its).map(str::to_owned)
        });
    }
    // "Brandt was the first governor"
    if matches!(reading.word(Some(behind)), "was" | "is" | "became")
        && matches!(reading.word(Some(behind + 1)), "the" | "its")
        && reading.gap(behind) == " "
    {
        let mut noun = behind + 2;
        while noun < reading.words.len() && noun < behind + 4 && !is_person_noun(reading.word(Some(noun))) {
            noun += 1;
        }
        return first(reading, noun).or_else(|| office(reading, noun, keys));
    }
    // "the libretto, by Hugo Steinach", "to a libretto by Moritz Elsner"
    let by = described_from(reading, at)?;
    let is_by = reading.word(Some(by)) == "by";
    let indefinite = (2..=3).any(|back| matches!(reading.word(by.checked_sub(back)), "a" | "an"));
    if work && is_by && indefinite {
        let maker = match reading.word(by.checked_sub(1)) {
            "novel" | "play" | "poem" | "book" => Some("writer"),
            "opera" | "symphony" | "ballet" | "cantata" => Some("composer"),
            "film" => Some("director"),
            _ => None,
        };
        if let Some(maker) = maker {
            return Some(maker.to_owned());
        }
    }
    (reading.word(Some(by)) == "by").then_some(by).and_then(|by| part_of_work(reading, by.checked_sub(1)?))
}

/// The word before a name and what describes it: "by *the Milan engineer* X".
fn described_from(reading: &Reading<'_>, at: usize) -> Option<usize> {
    const FARTHEST: usize = 5;
    let mut before = at.checked_sub(1)?;
    for _ in 0..FARTHEST {
        let word = reading.word(Some(before));
        if reading.gap(before + 1) != " " {
            return None;
        }
        if is_function_word(word) && !matches!(word, "the" | "a" | "an" | "his" | "her" | "its") {
            return Some(before);
        }
        before = before.checked_sub(1)?;
    }
    None
}

/// The noun that a name is in apposition to: "the governor, Count Haas,", "its founder, the Presbyterian minister Elias Boyd,".
fn apposed(reading: &Reading<'_>, at: usize) -> Option<usize> {
    const FARTHEST: usize = 5;
    for from in (at.saturating_sub(FARTHEST)..=at).rev() {
        let gap = reading.gap(from);
        if gap == ", " {
            let described = from == at || matches!(reading.word(Some(from)), "the" | "a" | "an");
            return from.checked_sub(1).filter(|_| described);
        }
        let word = reading.word(Some(from));
        if gap != " " || from < at && is_function_word(word) && !matches!(word, "the" | "a" | "an") {
            return None;
        }
    }
    None
}

/// The noun before "is" or "was" and a name: "the president is Thomas Greer", "its first director was the painter Ames".
fn behind_copula(reading: &Reading<'_>, at: usize) -> Option<usize> {
    let mut verb = at.checked_sub(1)?;
    let mut left = 4;
    while left > 0 && (!is_function_word(reading.word(Some(verb))) || matches!(reading.word(Some(verb)), "the" | "a")) {
        verb = verb.checked_sub(1)?;
        left -= 1;
    }
    let plain = (verb + 1..=at).all(|word| reading.gap(word) == " ");
    (plain && matches!(reading.word(Some(verb)), "is" | "was")).then_some(verb.checked_sub(1)?)
}

fn is_person_noun(word: &str) -> bool {
    VOCABULARY.kind_of(word) == Some("person")
}

/// "first governor", where the noun is one for a person and nothing else hangs on it but what the article is about.
fn first(reading: &Reading<'_>, noun: usize) -> Option<String> {
    let word = reading.word(Some(noun));
    let ordinal = reading.word(noun.checked_sub(1));
    let owned = matches!(reading.word(noun.checked_sub(2)), "the" | "its" | "his" | "her");
    let alone = !matches!(reading.word(Some(noun + 1)), "to" | "of" | "in" | "for" | "who" | "from" | "at");
    let kin =
        matches!(word, "son" | "daughter" | "brother" | "sister" | "member" | "winner" | "pupil" | "friend" | "owner");
    (ordinal == "first" && owned && alone && is_person_noun(word) && !kin).then(|| format!("first {word}"))
}

/// Offices of which the infobox names the holder of today.
fn office(reading: &Reading<'_>, noun: usize, keys: &[String]) -> Option<String> {
    const NOW: &[&str] =
        &["present", "current", "incumbent", "today", "now", "is", "has", "since", "elected", "appointed"];
    let word = reading.word(Some(noun));
    let key = keys.iter().find(|key| *key == word)?;
    let before = reading.word(noun.checked_sub(1));
    let definite = matches!(before, "the" | "its" | "present" | "current" | "incumbent");
    let alone = !matches!(reading.word(Some(noun + 1)), "of" | "for");
    (definite && alone && reading.says(NOW)).then(|| key.clone())
}

/// What of a work one person makes: its words, its music.
fn part_of_work(reading: &Reading<'_>, noun: usize) -> Option<String> {
    let word = reading.word(Some(noun));
    matches!(word, "libretto" | "score" | "screenplay" | "script").then(|| format!("author of the {word}"))
}

/// The fields whose key is a noun for a person, with the holder they name; their keys.
fn offices(account: &Account<'_>, claims: &mut Vec<RoleClaim>) -> Vec<String> {
    let article = account.article;
    let names = account.names();
    let mut keys = Vec::new();
    for field in article.fields() {
        let key = fold(article.text(field.key).trim()).into_owned();
        let of_field = names.in_unit(field.value);
        // The director of a film is its maker, that of a museum holds an office.
        let work = account.events().subjects.kind(MAIN) == Some("work");
        let made = roles::is_field(&key) && (key != "director" || work);
        if is_person_noun(&key) && of_field.len() == 1 && !made {
            if !roles::is_field(&key) {
                claims.push(claim(account, &key, false, of_field.start));
            }
            keys.push(key);
        }
    }
    keys
}

/// `Result: Tyl victory`.
fn results(account: &Account<'_>, claims: &mut Vec<RoleClaim>) {
    let article = account.article;
    for field in article.fields() {
        let key = fold(article.text(field.key).trim());
        let of_field = account.names().in_unit(field.value);
        let won = words(article.text(field.value)).any(|word| fold(word.text) == "victory");
        if matches!(key.as_ref(), "result" | "outcome") && won && of_field.len() == 1 {
            claims.push(claim(account, WINNER, false, of_field.start));
        }
    }
}

/// Where a treaty was signed or a work first shown, by the article's subject or another that is named or described in one year.
fn places_of_events(account: &Account<'_>, claims: &mut Vec<RoleClaim>) {
    const FARTHEST: usize = 60;
    let article = account.article;
    let subjects = &account.events().subjects;
    for event in &account.events().events {
        let class = VOCABULARY.classes[event.class].name.as_str();
        let Some(unit) = account.sentence(event.words.start as usize) else { continue };
        let year = event.days.filter(|days| days.from.year == days.to.year).map(|days| days.from.year);
        if !matches!(class, "signing" | "premiere") || event.hedged || year.is_none() {
            continue;
        }
        let names = account.names();
        let place = names.in_unit(unit).find(|&number| {
            let name = &names.names[number];
            let between = account.between(event.words.start as usize, name.span.start as usize);
            name.span.start > event.words.start
                && between.len() <= FARTHEST
                && (between.ends_with(" in ") || between.ends_with(" at "))
                && !between.contains([';', '.', ','])
        });
        let Some(place) = place.filter(|&place| !article.is_quoted(names.names[place].span)) else { continue };
        let who = fold(&subjects.all[event.who].name).trim_start_matches("a ").trim_start_matches("the ").to_owned();
        claims.push(RoleClaim {
            yearly: event.who != MAIN,
            year,
            ..claim(account, &format!("place of the {class} of “{who}”"), true, place)
        });
    }
}

/// "Embassy of Kestovia, Corvane", "Cuban embassy, Tehran".
fn embassy_of_field(account: &Account<'_>, value: Span, claims: &mut Vec<RoleClaim>) {
    let text = account.article.text(value);
    let pair = &account.events().subjects.pair;
    let names = account.names().in_unit(value);
    let (Some(comma), Some(last)) = (text.find(", "), names.clone().next_back()) else { return };
    let behind = account.names().names[last].span.start as usize >= value.start as usize + comma;
    let head: Vec<_> = words(&text[..comma]).map(|word| fold(word.text)).collect();
    if !behind || !head.iter().any(|word| word == "embassy") {
        return;
    }
    let countries: Vec<&String> =
        pair.iter().filter(|country| head.iter().any(|word| is_of_country(word, country))).collect();
    if let [country] = countries.as_slice() {
        claims.push(claim(account, &place_of_embassy(country), true, last));
    }
}

/// "Kestovia has an embassy in Tessaly": the role of the place.
fn embassy(reading: &Reading<'_>, at: usize, pair: &[String]) -> Option<String> {
    let back = |by: usize| reading.word(at.checked_sub(by));
    let has = matches!(back(1), "in" | "at")
        && back(2) == "embassy"
        && matches!(back(3), "an" | "its")
        && matches!(back(4), "has" | "maintains" | "keeps" | "operates");
    let country = pair.iter().find(|country| has && is_of_country(back(5), country))?;
    Some(place_of_embassy(country))
}

fn place_of_embassy(country: &str) -> String {
    format!("place of the embassy of “{country}”")
}

/// Whether a word names a country or is its adjective: "Cuba", "Cuban".
fn is_of_country(word: &str, country: &str) -> bool {
    const STEM: usize = 4;
    let stem = |word: &str| word.chars().take(STEM).collect::<String>();
    word.chars().count() >= STEM && stem(word) == stem(country)
}

fn claim(account: &Account<'_>, role: &str, place: bool, number: usize) -> RoleClaim {
    let name = &account.names().names[number];
    RoleClaim {
        role: role.to_owned(),
        place,
        yearly: false,
        year: roles::year(account, name.unit),
        of: None,
        span: name.span,
        values: vec![roles::value(account, name)],
        unit: name.unit,
        in_field: name.heads,
        own: true,
        occasion: None,
    }
}
