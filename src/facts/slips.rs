//! Days that are one slip of the pen apart and stand in like words: most likely one day, written two ways.
//!
//! Whoever copies a date wrong most often gets one part of it wrong: 27 June for 27 July, 1954 for 1953, the 4th for the 14th. That two
//! unlike events fall on days of which two parts agree is rare, and rarer the more words the two places share. So no
//! knowledge of what happened is needed: two days that are one part apart and the words around them are compared, in the manner of
//! record linkage (Fellegi and Sunter, "A Theory for Record Linkage", 1969), where each agreement weighs by how seldom it comes by chance.

use super::subjects::{MAIN, SubjectId};
use super::vocabulary::{ClassId, VOCABULARY};
use super::{Account, BlockKind};
use crate::source::Span;
use crate::text::{Map, fold, is_capitalised, is_function_word, stem, without_possessive, words};
use crate::time::{Anchor, Day, Interval, MONTHS, Part, Precision, TimeExpression, TimeKind, Value, WEEKDAYS};

/// The part of a date in which two days differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slip {
    /// Day and month agree, and the years differ in one digit or in the order of two.
    Year,
    /// Day and year agree.
    Month,
    /// Month and year agree, and the days differ in one digit, in the order of two, or in a digit that one has more.
    Day,
}

/// How two days differ, if by one slip.
pub fn slip(a: Day, b: Day) -> Option<Slip> {
    match (a.year == b.year, a.month == b.month, a.day == b.day) {
        (false, true, true) => one_slip(&a.year.to_string(), &b.year.to_string()).then_some(Slip::Year),
        (true, false, true) => Some(Slip::Month),
        (true, true, false) => one_slip(&a.day.to_string(), &b.day.to_string()).then_some(Slip::Day),
        _ => None,
    }
}

/// Whether two numbers differ in one digit, in the order of two neighbours, or in a digit that one has more; with a digit in common.
fn one_slip(a: &str, b: &str) -> bool {
    let common = a.bytes().any(|digit| b.bytes().any(|other| other == digit));
    common && strsim::osa_distance(a, b) == 1
}

/// A day as an article tells it, with the words around it.
#[derive(Debug)]
pub struct Setting {
    /// The time expression, as a number of [`Account::times`].
    pub time: usize,
    /// The day.
    pub day: Day,
    /// Whether it stands in the infobox.
    pub field: bool,
    /// The sentence or field.
    pub sentence: Span,
    /// What was read as an event of that day: its class and to whom it happened.
    pub events: Vec<(ClassId, SubjectId)>,
    /// The words around it.
    pub words: Words,
}

/// The words around a date, as far as they tell what happened.
#[derive(Debug, Default, Clone)]
pub struct Words {
    /// Stems of content words, sorted.
    stems: Vec<String>,
    /// Numbers, sorted.
    numbers: Vec<String>,
    /// Names inside the sentence, sorted.
    names: Vec<String>,
    /// Ordinals and the like, which tell events of one kind apart.
    marks: Vec<String>,
    /// Whether it tells of a day that comes back, or of more than one time.
    recurs: bool,
}

/// What [`Words::likeness`] gives for a word that few sentences share, and for a number.
const WORD: f32 = 1.0;
const NUMBER: f32 = 1.5;
const NAME: f32 = 0.5;

impl Words {
    /// The words of a text; `opens` says whether it begins with the first word of a sentence, whose capital tells nothing.
    pub fn of(text: &str, opens: bool) -> Self {
        let mut found = Self::default();
        let mut first = opens;
        for word in words(text) {
            let folded = fold(word.text);
            let capital = is_capitalised(word.text);
            let opens = std::mem::replace(&mut first, false);
            let name = without_possessive(word.text);
            if MONTHS.contains(&name) || WEEKDAYS.contains(&name) || is_function_word(&folded) {
                continue;
            }
            if RECURRING.iter().any(|start| folded.starts_with(start)) {
                found.recurs = true;
            }
            if folded.as_bytes()[0].is_ascii_digit() {
                let is_year = folded.len() == 4 && folded.bytes().all(|b| b.is_ascii_digit());
                if !is_year {
                    found.numbers.push(folded.replace(',', ""));
                }
            } else if let Some(number) = super::verbs::number(&folded) {
                found.numbers.push(number.to_string());
            } else if super::verbs::ordinal(&folded).is_some_and(|number| number > 1)
                || TELLING_APART.contains(&folded.as_ref())
            {
                found.marks.push(folded.into_owned());
            } else if capital && !opens {
                found.names.push(fold(name).into_owned());
            } else if folded.len() > 2 {
                let family = super::mentions::family(&folded);
                found.stems.push(family.unwrap_or_else(|| stem(&folded)).to_owned());
            }
        }
        for list in [&mut found.stems, &mut found.numbers, &mut found.names, &mut found.marks] {
            list.sort_unstable();
            list.dedup();
        }
        found
    }

    /// What two places share; `weight` says what a stem is worth. `None` where something tells them apart: other names, other ordinals,
    /// an anniversary.
    pub fn likeness(&self, other: &Self, weight: impl Fn(&str) -> f32) -> Option<Likeness> {
        let contrast = |a: &[String], b: &[String]| !a.is_empty() && !b.is_empty() && common(a, b).next().is_none();
        if self.recurs || other.recurs || self.marks != other.marks {
            return None;
        }
        let stems: f32 = common(&self.stems, &other.stems).map(|stem| weight(stem)).sum();
        let numbers = common(&self.numbers, &other.numbers).filter(|number| number.len() > 1).count();
        let names: f32 = common(&self.names, &other.names).map(|name| weight(name) * NAME).sum();
        const SEVERAL: usize = 3;
        let named = common(&self.names, &other.names).count() >= SEVERAL;
        let score = stems + numbers as f32 * NUMBER + names;
        const OVERWHELMING: f32 = 4.0;
        let apart = contrast(&self.names, &other.names) && score < OVERWHELMING;
        (!apart).then_some(Likeness { score, telling: numbers > 0 || named })
    }

    /// Says that two articles are compared: the words of the titles are names in neither, and `title` is what this one is about.
    pub fn add_title(&mut self, title: &str, titles: &[&str]) {
        for word in titles.iter().flat_map(|title| words(title)) {
            let folded = fold(word.text);
            if let Some(at) = self.names.iter().position(|name| *name == folded) {
                self.names.remove(at);
                self.stems.push(stem(&folded).to_owned());
            }
        }
        let words = words(title).map(|word| stem(&fold(word.text)).to_owned()).filter(|word| !is_function_word(word));
        self.stems.extend(words);
        self.stems.sort_unstable();
        self.stems.dedup();
    }

    /// Whether they tell of a day that comes back.
    pub(super) fn recurs(&self) -> bool {
        self.recurs
    }

    /// The names among them, folded.
    pub fn own_names(&self) -> impl Iterator<Item = &String> {
        self.names.iter()
    }

    /// Whether a folded name is among them.
    pub fn names(&self, name: &str) -> bool {
        self.names.iter().any(|own| own == name)
    }

    /// Whether a folded word is among them, by its stem.
    pub fn says(&self, word: &str) -> bool {
        self.stems.iter().any(|own| own == stem(word))
    }
}

/// How much two places share.
#[derive(Debug, Clone, Copy)]
pub struct Likeness {
    score: f32,
    /// Whether they share what few places do: a number, or an event of the same subject.
    telling: bool,
}

impl Likeness {
    /// The same, where both tell an event of one class of the same subject.
    #[must_use]
    pub fn of_one_event(self) -> Self {
        Self { score: self.score + SAME_EVENT, telling: true }
    }

    /// The same, where both tell an event of one class, but perhaps not of one subject.
    #[must_use]
    pub fn of_one_class(self) -> Self {
        Self { score: self.score + WORD, ..self }
    }

    /// Whether it is enough for two days to be taken for one, by the part in which they differ.
    pub fn is_enough(self, slip: Slip) -> bool {
        let wanted = match slip {
            Slip::Year | Slip::Month => 2.0,
            Slip::Day => 3.0,
        };
        self.score >= if self.telling { wanted } else { wanted + 1.0 }
    }
}

/// Beginnings of words that speak of a day which comes back.
const RECURRING: [&str; 7] = ["annivers", "annual", "birthday", "centen", "bicenten", "commemorat", "jubilee"];
/// Words that tell one event from another of its kind.
const TELLING_APART: [&str; 7] = ["again", "another", "anew", "new", "next", "other", "previous"];

/// What two sorted lists have in common.
fn common<'a>(a: &'a [String], b: &'a [String]) -> impl Iterator<Item = &'a String> {
    a.iter().filter(|word| b.binary_search(word).is_ok())
}

/// Two days of an article that are most likely one.
#[derive(Debug)]
pub struct Twins {
    /// The one that is reported, as a number of the settings.
    pub odd: usize,
    /// The other.
    pub other: usize,
    /// In what they differ.
    pub slip: Slip,
}

/// What it weighs that both tell an event of one class of the same subject.
const SAME_EVENT: f32 = 2.0;

/// The days that an article tells in full, with what stands around them.
pub(super) fn settings(account: &Account<'_>) -> Vec<Setting> {
    let article = account.article;
    let mut found = Vec::new();
    let told = account.events();
    let mut of_time: Map<usize, Vec<(ClassId, SubjectId)>> = Map::default();
    for event in told.events.iter().filter(|event| !event.hedged) {
        if let Some(time) = event.time {
            of_time.entry(time).or_default().push((event.class, event.who));
        }
    }
    let mut add = |sentence: Span, field: Option<&str>| {
        if sentence.len() > super::LONGEST_SENTENCE {
            return;
        }
        let numbers: Vec<usize> =
            account.times_in(sentence).filter(|&number| full_day(account, number).is_some()).collect();
        for (at, &time) in numbers.iter().enumerate() {
            let Some(day) = full_day(account, time) else { continue };
            let span = account.times()[time].span.clone();
            // What lies between the dates before and behind.
            let from = at.checked_sub(1).map_or(sentence.start as usize, |at| account.times()[numbers[at]].span.end);
            let to = numbers.get(at + 1).map_or(sentence.end as usize, |&next| account.times()[next].span.start);
            let around = match field {
                Some(key) => key.to_owned(),
                None => format!("{} {}", account.between(from, span.start), account.between(span.end, to)),
            };
            found.push(Setting {
                time,
                day,
                field: field.is_some(),
                sentence,
                events: of_time.get(&time).cloned().unwrap_or_default(),
                words: Words::of(&around, field.is_some() || from == sentence.start as usize),
            });
        }
    };
    for field in article.fields() {
        add(field.value, Some(article.text(field.key)));
    }
    for block in article.blocks.iter().filter(|block| block.kind != BlockKind::Raw) {
        for &sentence in article.sentences_of(block) {
            add(sentence, None);
        }
    }
    found
}

/// The day of a time expression that says it in full.
fn full_day(account: &Account<'_>, number: usize) -> Option<Day> {
    let time = &account.times()[number];
    // "In the night of 22 February" reaches into the next day.
    let night = i64::from(time.kind == TimeKind::Time);
    let one_day = |days: &Interval| days.precision == Precision::Day && days.to.since(days.from) <= night;
    let days = time.interval().filter(one_day)?;
    let date = matches!(time.kind, TimeKind::Date | TimeKind::Time);
    let sure = account.is_plain(time) || is_of_the_year_told(account, number);
    (date && time.modifier.is_none() && sure).then_some(days.from)
}

/// Whether a day without a year is of the year that the text has told just before: "In 1799 … on 21 March".
fn is_of_the_year_told(account: &Account<'_>, number: usize) -> bool {
    let times = account.times();
    let time = &times[number];
    let Value::Date(date) = time.value else { return false };
    let in_full = matches!(date.part, Part::Day(Some(_), Some(_)));
    let quoted = time.quoted || account.article.is_quoted(account.span(time));
    if !in_full || quoted || time.anchor != Anchor::Story {
        return false;
    }
    const LOOKED_BACK: usize = 30;
    let told = times[..number].iter().rev().take(LOOKED_BACK).find(|other| {
        other.anchor == Anchor::Explicit && other.interval().is_some_and(|days| days.precision <= Precision::Year)
    });
    let year = |time: &TimeExpression| time.interval().map(|days| days.from.year);
    told.is_some_and(|told| year(told) == year(time))
}

/// Pairs of days of one article that are one slip apart in like words.
pub(super) fn twins(account: &Account<'_>, settings: &[Setting]) -> Vec<Twins> {
    // Days meet under each two of their parts, so that only those that share two are compared.
    let mut groups: Map<(u8, i32, u8, u8), Vec<usize>> = Map::default();
    for (number, setting) in settings.iter().enumerate() {
        let Day { year, month, day } = setting.day;
        for key in [(0, 0, month, day), (1, year, 0, day), (2, year, month, 0)] {
            groups.entry(key).or_default().push(number);
        }
    }
    let mut sizes: Map<&str, u16> = Map::default();
    for setting in settings {
        for stem in setting.words.stems.iter().chain(&setting.words.names) {
            *sizes.entry(stem).or_default() += 1;
        }
    }
    let own: Vec<String> = words(account.article.title_text().unwrap_or(""))
        .flat_map(|word| {
            let folded = fold(word.text).into_owned();
            [stem(&folded).to_owned(), folded]
        })
        .collect();
    // What many dated sentences say tells little of two of them.
    let weight = |stem: &str| {
        if own.iter().any(|word| word == stem) {
            return 0.0;
        }
        match sizes.get(stem) {
            Some(0..=2) | None => WORD,
            Some(3) => WORD / 1.5,
            Some(4..=5) => WORD / 2.0,
            Some(_) => WORD / 4.0,
        }
    };
    const LARGEST: usize = 64;
    let mut found: Vec<Twins> = Vec::new();
    let mut groups: Vec<Vec<usize>> =
        groups.into_values().filter(|group| (2..=LARGEST).contains(&group.len())).collect();
    groups.sort_unstable();
    for group in groups {
        for (place, &one) in group.iter().enumerate() {
            for &other in &group[place + 1..] {
                let (a, b) = (&settings[one], &settings[other]);
                let Some(slip) = slip(a.day, b.day).filter(|_| a.sentence != b.sentence) else { continue };
                let Some(likeness) = alike(a, b, weight) else { continue };
                if likeness.is_enough(slip) {
                    // Of a field and a sentence the sentence, of two the later.
                    let (odd, other) = if b.field && !a.field { (one, other) } else { (other, one) };
                    found.push(Twins { odd, other, slip });
                }
            }
        }
    }
    found.sort_unstable_by_key(|twins| (twins.odd, twins.other));
    found
}

/// How much two places share; `None` where something tells them apart.
fn alike(a: &Setting, b: &Setting, weight: impl Fn(&str) -> f32) -> Option<Likeness> {
    // A work comes out when it is first shown: `Released` and "the premiere was held" are told of one day.
    let comes_out = |setting: &Setting| {
        setting.events.iter().any(|&(class, who)| {
            who == MAIN && matches!(VOCABULARY.classes[class].name.as_str(), "premiere" | "publication")
        })
    };
    let (mut same_event, mut same_class) = (a.field != b.field && comes_out(a) && comes_out(b), false);
    for &(class, who) in &a.events {
        let mut others = b.events.iter().filter(|other| other.0 == class).map(|other| other.1).peekable();
        // "Ilona was born on 8 July 1913, Klara on 8 June 1913": the same of two.
        let apart = others.peek().is_some();
        let of_people = VOCABULARY.classes[class].kinds == ["person"];
        if others.any(|other| other == who) {
            same_event |= who == MAIN || !VOCABULARY.classes[class].kinds.is_empty();
        } else if apart && of_people {
            return None;
        } else if apart {
            // "the gates were opened": a part of it, or another.
            same_class = true;
        }
    }
    let likeness = a.words.likeness(&b.words, weight)?;
    Some(match (same_event, same_class) {
        (true, _) => likeness.of_one_event(),
        (false, true) => likeness.of_one_class(),
        (false, false) => likeness,
    })
}
