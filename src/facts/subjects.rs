//! Whom and what an article speaks of: names, descriptions and pronouns, and which of them are the same.
//!
//! The article's own subject is known by its title, by the nouns that its first sentence calls it ("… is a steel bridge") and by the
//! pronoun that most of the text uses. Others are known by their names and by what they are called; a pronoun is the last that
//! fits in its paragraph. After Hobbs, "Resolving Pronoun References" (1978), and Lappin and Leass (1994), without their syntax.

use super::Account;
use super::clauses::{DETERMINERS, Noun, Token};
use super::vocabulary::VOCABULARY;
use crate::article::Article;
use crate::text::{fold, is_capitalised, without_possessive, words};
use std::ops::Range;

/// The number of a subject in [`Subjects`].
pub type SubjectId = usize;

/// The article's own subject.
pub const MAIN: SubjectId = 0;

/// Whom a pronoun may stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gender {
    He,
    She,
    It,
    Unknown,
}

/// Somebody or something that an article speaks of.
#[derive(Debug)]
pub struct Subject {
    /// What it is called first, for people to read.
    pub name: String,
    /// Folded words of its name; empty for what has none.
    names: Vec<String>,
    /// The noun for it.
    head: String,
    /// Folded words that tell it from others of its noun.
    marks: Vec<String>,
    /// Its kind, where its noun tells.
    kind: Option<String>,
    gender: Gender,
    /// Whether it was called by a name or a definite description at least.
    pub definite: bool,
    block: usize,
}

/// All that an article speaks of so far.
#[derive(Debug)]
pub struct Subjects {
    /// The article's own subject first.
    pub all: Vec<Subject>,
    /// Nouns by which the article's own subject goes.
    heads: Vec<String>,
    /// Whether the article is about two parties: "A–B relations".
    pub pair: Vec<String>,
    block: usize,
    last_person: Option<SubjectId>,
    last_thing: Option<SubjectId>,
    last_ship: Option<SubjectId>,
    /// The last man and the last woman whom the paragraph has spoken of in passing.
    last_man: Option<SubjectId>,
    last_woman: Option<SubjectId>,
    /// What the heading above is the name of, and the noun for it there.
    topic: Option<SubjectId>,
    topic_noun: Option<String>,
    heading: String,
    /// Whether the article's own subject is spoken of as "they".
    plural: bool,
    /// Last names that the article gives to people of two given names and more, sorted: alone they may mean any of them.
    families: Vec<String>,
    /// The noun group that says what a subject is ("She was *a coastal steamer*, launched …"), in bytes, and the subject.
    predicate: Option<(Range<usize>, SubjectId)>,
}

/// Words before a name that are none of it.
const TITLES: &[&str] = &[
    "admiral",
    "archbishop",
    "baron",
    "bishop",
    "captain",
    "cardinal",
    "chancellor",
    "colonel",
    "count",
    "countess",
    "dame",
    "doctor",
    "dr",
    "duchess",
    "duke",
    "earl",
    "emperor",
    "empress",
    "father",
    "frau",
    "geheimrat",
    "general",
    "governor",
    "herr",
    "hofrat",
    "king",
    "kommerzienrat",
    "lady",
    "lieutenant",
    "lord",
    "madame",
    "mademoiselle",
    "major",
    "mayor",
    "monsieur",
    "mr",
    "mrs",
    "ms",
    "pope",
    "president",
    "prince",
    "princess",
    "prof",
    "professor",
    "queen",
    "rabbi",
    "rev",
    "reverend",
    "saint",
    "senator",
    "sergeant",
    "signor",
    "signora",
    "sir",
    "sister",
    "st",
    "sultan",
    "tsar",
];

/// Whether a folded word stands before names and is none of them.
pub(super) fn is_title(folded: &str) -> bool {
    TITLES.contains(&folded)
}

/// Whether the last noun of some words before a verb is a part of the one work that an article is about: "the score was".
pub(super) fn is_part_of_work<'w>(before: impl Iterator<Item = &'w str>, kind: Option<&str>) -> bool {
    let last = before.filter(|word| !matches!(*word, "was" | "were" | "is" | "been" | "had" | "has")).last();
    kind == Some("work")
        && last.is_some_and(|noun| matches!(noun, "score" | "music" | "soundtrack" | "screenplay" | "script"))
}

/// Words before the name of a ship that are none of it.
const SHIP_PREFIXES: &[&str] = &["hms", "mv", "ms", "rms", "ss", "uss", "sms", "hmas", "ps", "mt", "ts", "sv"];

impl Subjects {
    /// What the title and the lead say.
    pub(super) fn of(account: &Account<'_>) -> Self {
        let article = account.article;
        let lead = lead(article);
        let title = article.title_text().map_or_else(|| name_in_lead(article, lead), str::to_owned);
        let bare = title.split(" (").next().unwrap_or("").split(", ").next().unwrap_or("").trim().to_owned();
        let names: Vec<String> = words(&bare)
            .map(|word| fold(word.text).into_owned())
            .filter(|word| !is_idle(word) && (word.len() > 1 || word.bytes().any(|b| b.is_ascii_digit())))
            .collect();
        let pair = pair(&bare);
        let mut heads = copula_nouns(lead);
        // "Sernftal Branch" is "the branch", "Company of the Northern Fur Trade" "the company".
        let title_words: Vec<_> = words(&bare).collect();
        let of = title_words.iter().position(|word| word.text == "of").filter(|&of| of > 0);
        let last_noun = of.map(|of| fold(title_words[of - 1].text).into_owned()).or_else(|| names.last().cloned());
        if let Some(noun) = &last_noun
            && VOCABULARY.kind_of(noun).is_some()
        {
            heads.push(noun.clone());
        }
        let pronouns = Pronouns::of(article.text);
        let gender = pronouns.gender();
        let born = article.infobox.as_ref().is_some_and(|infobox| {
            infobox.fields.iter().any(|field| {
                let key = article.text(field.key).trim().to_ascii_lowercase();
                VOCABULARY.class_of_field(&key).is_some_and(|class| VOCABULARY.classes[class].name == "birth")
            })
        });
        let kind = heads.iter().find_map(|head| VOCABULARY.kind_of(head)).map(str::to_owned);
        let ship = names.first().is_some_and(|first| SHIP_PREFIXES.contains(&first.as_str()));
        let life = is_person_lead(lead) && matches!(gender, Gender::He | Gender::She);
        let called = match kind.as_deref() {
            // A firm of merchants is a merchant, too; but it is no "he".
            Some("person") => life || pronouns.personal() || pronouns.it == 0,
            Some(_) => false,
            None => !ship && (life || pronouns.personal() && heads.iter().any(|head| is_agent_noun(head))),
        };
        let person = born || called;
        let kind = kind
            .filter(|kind| kind != "person")
            .or((!person && heads.iter().any(|head| VOCABULARY.kind_of(head) == Some("person")))
                .then(|| String::from("organisation")));
        let kind = if person {
            Some(String::from("person"))
        } else if ship {
            Some(String::from("ship"))
        } else if !pair.is_empty() {
            Some(String::from("relations"))
        } else {
            kind
        };
        let gender = if person || kind.as_deref() == Some("ship") { gender } else { Gender::It };
        let gender = if kind.as_deref() == Some("ship") { Gender::She } else { gender };
        if let Some(noun) = last_noun.filter(|_| !person) {
            heads.push(noun);
        }
        let name = if bare.is_empty() { String::from("the subject of the article") } else { bare };
        let main = Subject {
            name,
            names,
            head: heads.first().cloned().unwrap_or_default(),
            marks: Vec::new(),
            kind,
            gender,
            definite: true,
            block: 0,
        };
        Self {
            all: vec![main],
            heads,
            pair,
            block: 0,
            last_person: None,
            last_thing: None,
            last_ship: None,
            last_man: None,
            last_woman: None,
            topic: None,
            topic_noun: None,
            heading: String::new(),
            plural: lead.contains(" were a") || lead.contains(" are a"),
            predicate: None,
            families: families(account),
        }
    }

    /// Whether the article is about a person.
    pub fn about_person(&self) -> bool {
        self.all[MAIN].kind.as_deref() == Some("person")
    }

    /// Whether the article is about a body of people that may have more than one house, so that "work began" may be on any.
    pub fn about_institution(&self) -> bool {
        const INSTITUTIONS: [&str; 17] = [
            "academy",
            "bank",
            "brewery",
            "church",
            "club",
            "college",
            "company",
            "hospital",
            "institute",
            "library",
            "monastery",
            "museum",
            "orchestra",
            "school",
            "society",
            "theatre",
            "university",
        ];
        self.kind(MAIN) == Some("organisation") || self.heads.iter().any(|head| INSTITUTIONS.contains(&head.as_str()))
    }

    /// The kind of a subject, where it is known.
    pub fn kind(&self, id: SubjectId) -> Option<&str> {
        self.all[id].kind.as_deref()
    }

    /// Says that a subject is of a kind.
    pub(super) fn is_of_kind(&mut self, id: SubjectId, kind: &str) {
        if self.all[id].kind.is_none() {
            self.all[id].kind = Some(kind.to_owned());
            if kind == "person" && self.last_thing == Some(id) {
                self.last_thing = None;
                self.last_person = Some(id);
            }
        }
    }

    /// The pronoun of the article's own subject, where it is a person's.
    pub fn pronoun_of_main(&self) -> Option<&'static str> {
        match self.all[MAIN].gender {
            Gender::He => Some("he"),
            Gender::She => Some("she"),
            Gender::It | Gender::Unknown => None,
        }
    }

    /// Whether the article's own subject goes by a noun: "the bridge".
    pub fn is_own_noun(&self, noun: &str) -> bool {
        self.heads.iter().any(|head| head == noun)
    }

    /// Whether a subject has a name.
    pub(super) fn is_named(&self, id: SubjectId) -> bool {
        !self.all[id].names.is_empty()
    }

    /// Whether a subject may be the article's own under another noun: without a name or a mark, of no kind of its own, in an article on
    /// what has no person's life.
    pub(super) fn is_described_body(&self, id: SubjectId) -> bool {
        let subject = &self.all[id];
        !self.about_person()
            && subject.definite
            && subject.names.is_empty()
            && subject.marks.is_empty()
            && (subject.kind.is_none() || subject.kind == self.all[MAIN].kind)
    }

    /// Whether a subject is told from others by a name or a mark of its own.
    pub fn is_marked(&self, id: SubjectId) -> bool {
        !self.all[id].names.is_empty() || !self.all[id].marks.is_empty()
    }

    /// The folded name of the article's own subject.
    pub fn own_name(&self) -> String {
        self.name_key(MAIN).unwrap_or_default()
    }

    /// The folded name of a subject, to compare with those of other articles; `None` where it has none of two words.
    pub fn name_key(&self, id: SubjectId) -> Option<String> {
        let names = &self.all[id].names;
        let words: Vec<&str> = names.iter().map(String::as_str).filter(|word| !SHIP_PREFIXES.contains(word)).collect();
        const SHORTEST: usize = 5;
        let telling =
            words.len() >= 2 || words.len() == 1 && words[0].len() >= SHORTEST && (id == MAIN || names.len() > 1);
        telling.then(|| words.join(" "))
    }

    /// Two have married: of whom the one is a woman the other is taken for a man, and the other way round.
    pub(super) fn have_married(&mut self, one: SubjectId, other: SubjectId) {
        for (known, unknown) in [(one, other), (other, one)] {
            let gender = match self.all[known].gender {
                Gender::He => Gender::She,
                Gender::She => Gender::He,
                _ => continue,
            };
            if self.all[unknown].gender == Gender::Unknown {
                self.all[unknown].gender = gender;
            }
        }
    }

    /// A new paragraph begins.
    pub(super) fn turn_to_block(&mut self, block: usize, heading: &str) {
        self.block = block;
        self.topic = self.topic_of(heading);
        self.last_person = None;
        self.last_thing = None;
        self.last_ship = None;
        self.last_man = None;
        self.last_woman = None;
    }

    /// The subjects, without the article's own, that a name or a description may go back to: in a text without end not the first.
    fn recent(&self) -> Range<usize> {
        const REMEMBERED: usize = 500;
        self.all.len().saturating_sub(REMEMBERED).max(1)..self.all.len()
    }

    /// What a heading names: "The Salt Road", "The sloop Evdokia".
    fn topic_of(&mut self, heading: &str) -> Option<SubjectId> {
        if heading == self.heading {
            return self.topic;
        }
        heading.clone_into(&mut self.heading);
        let all: Vec<_> =
            words(heading).map(|word| (fold(word.text).into_owned(), is_capitalised(word.text))).collect();
        let mut names: Vec<String> = all.iter().filter(|(_, capital)| *capital).map(|(word, _)| word.clone()).collect();
        if names.first().is_some_and(|first| DETERMINERS.has(first)) {
            names.remove(0);
        }
        let noun = all.iter().find(|(word, _)| VOCABULARY.kind_of(word).is_some()).map(|(word, _)| word.clone());
        let kind = noun.as_ref().and_then(|noun| VOCABULARY.kind_of(noun)).map(str::to_owned);
        self.topic_noun = noun;
        let rest = all.iter().filter(|(word, capital)| !capital && VOCABULARY.kind_of(word).is_none()).count();
        let is_name = rest == 0
            && (names.len() >= 2 && all.len() >= 3
                || kind.is_some() && !names.is_empty() && names.iter().any(|name| VOCABULARY.kind_of(name).is_none()));
        if !is_name {
            return None;
        }
        let found = std::iter::once(MAIN).chain(self.recent()).find(|&id| self.all[id].names == names);
        let id = found.unwrap_or_else(|| {
            let head = names.last().cloned().unwrap_or_default();
            let parts: Vec<&str> = names.iter().map(String::as_str).collect();
            let name = capitalised(&parts);
            self.add(Subject {
                name,
                names,
                head,
                marks: Vec::new(),
                kind: None,
                gender: Gender::Unknown,
                definite: true,
                block: 0,
            })
        });
        if let Some(kind) = kind.filter(|_| id != MAIN) {
            self.is_of_kind(id, &kind);
        }
        Some(id)
    }

    /// The last subject of a kind that the paragraph has spoken of, or the one that the heading names.
    pub(super) fn last_of_kind(&self, kind: &str) -> Option<SubjectId> {
        let of_kind = |id: &SubjectId| self.all[*id].kind.as_deref() == Some(kind);
        let last = self.recent().rev().filter(|&id| self.all[id].block == self.block).find(of_kind);
        self.topic.filter(of_kind).or(last)
    }

    /// Another subject of the same name, where the one that is known was born at another time.
    pub(super) fn namesake(
        &mut self,
        who: SubjectId,
        events: &[super::Event],
        birth: super::ClassId,
        born: crate::time::Interval,
    ) -> SubjectId {
        const LOOKED_AT: usize = 1_000;
        let other = events.iter().rev().take(LOOKED_AT).any(|event| {
            event.who == who
                && event.class == birth
                && event.days.is_some_and(|days| days.to < born.from || born.to < days.from)
        });
        if !other {
            return who;
        }
        let (name, names, head) = (self.all[who].name.clone(), self.all[who].names.clone(), self.all[who].head.clone());
        self.add(Subject {
            name,
            names,
            head,
            marks: Vec::new(),
            kind: Some(String::from("person")),
            gender: Gender::Unknown,
            definite: false,
            block: self.block,
        })
    }

    /// A clause has spoken of a subject.
    pub(super) fn heard(&mut self, id: SubjectId) {
        // "A Hungarian party" is nobody whom "she" may mean.
        let head = &self.all[id].head;
        let body = VOCABULARY.kind_of(head).is_some_and(|kind| kind != "person");
        let of_name = self.all[id].names.contains(head) && !body;
        let named = self.all[id].kind.is_none() && of_name && id != MAIN;
        if (self.kind(id) == Some("person") || named) && self.all[id].definite {
            self.last_person = Some(id);
        }
        self.heard_of(id);
    }

    /// A clause has spoken of a subject in passing: it is a thing that "it" may mean, but nobody that "she" may.
    pub(super) fn heard_of(&mut self, id: SubjectId) {
        self.all[id].block = self.block;
        if id != MAIN && self.kind(id).is_none_or(|kind| kind == "person") && self.all[id].definite {
            match self.all[id].gender {
                Gender::He => self.last_man = Some(id),
                Gender::She => self.last_woman = Some(id),
                Gender::It | Gender::Unknown => {}
            }
        }
        if self.kind(id) == Some("ship") {
            self.last_ship = Some(id);
        }
        let head = self.all[id].head.as_str();
        let irregular = matches!(head, "children" | "men" | "women" | "people" | "persons" | "police" | "staff");
        let plural = (irregular || head.ends_with('s') && !head.ends_with("ss") && !head.ends_with("us"))
            && self.all[id].names.is_empty();
        if self.kind(id) != Some("person") && !plural {
            self.last_thing = Some(id);
        }
    }

    /// Says what a subject is: from here on the noun group means the subject, and "the steamer" does.
    pub(super) fn is_called(&mut self, id: SubjectId, tokens: &[Token<'_>], noun: &Noun) {
        let core = &tokens[noun.core.clone()];
        let (Some(first), Some(last)) = (core.first(), core.last()) else { return };
        self.predicate = Some((first.span.start..last.span.end, id));
        if let Some(kind) = VOCABULARY.kind_of(&last.word).filter(|_| id != MAIN) {
            self.is_of_kind(id, kind);
        }
    }

    /// Whom a noun group or pronoun means; `None` where that is not sure.
    pub(super) fn resolve(&mut self, tokens: &[Token<'_>], noun: &Noun) -> Option<SubjectId> {
        let core = &tokens[noun.core.clone()];
        let first = core.first()?;
        if let Some((words, id)) = &self.predicate
            && words.contains(&first.span.start)
        {
            return Some(*id);
        }
        if core.len() == 1 && !first.capital || core.len() == 1 && super::clauses::PRONOUNS.has(&first.word) {
            match first.word.as_ref() {
                "he" | "him" | "himself" => return self.pronoun(Gender::He),
                "she" | "her" | "herself" => return self.pronoun(Gender::She),
                "it" | "itself" => return self.pronoun(Gender::It),
                "they" if self.plural => return Some(MAIN),
                word if super::clauses::PRONOUNS.has(word) || DETERMINERS.has(word) => return None,
                _ => {}
            }
        }
        let indefinite =
            first.is(&["a", "an", "another", "some", "several", "many", "no", "every", "each", "any", "few", "such"]);
        let content: Vec<&Token<'_>> =
            core.iter().filter(|token| !token.is(DETERMINERS) && token.time.is_none() && !token.mark).collect();
        let last = content.last()?;
        let whole: Vec<&str> = content.iter().map(|token| token.word.as_ref()).collect();
        if whole.len() >= 2 && whole == self.all[MAIN].names.iter().map(String::as_str).collect::<Vec<_>>() {
            return Some(MAIN);
        }
        let proper: Vec<String> = content
            .iter()
            .filter(|token| {
                token.capital && !(token.span.start == first.span.start && content.len() > 1 && !last.capital)
            })
            .map(|token| without_possessive(&token.word).to_owned())
            .collect();
        if last.capital && !indefinite {
            let mut proper = proper;
            // "the Treaty of Lugano", "the Republic of Meskara".
            let behind = &tokens[noun.core.end.min(noun.tokens.end)..noun.tokens.end];
            if behind.first().is_some_and(|first| first.is(&["of"])) {
                proper.extend(
                    behind
                        .iter()
                        .skip(1)
                        .take_while(|token| token.capital || token.is(&["the"]))
                        .filter(|token| token.capital)
                        .map(|token| token.word.clone().into_owned()),
                );
            }
            return self.named(&proper, tokens, noun);
        }
        self.described(tokens, noun, &content, indefinite)
    }

    /// Whom the owner of something is: "his", "her", "its".
    pub(super) fn owner(&self, word: &str) -> Option<SubjectId> {
        match word {
            "his" => self.pronoun(Gender::He),
            "her" => self.pronoun(Gender::She),
            "its" => self.pronoun(Gender::It),
            _ => None,
        }
    }

    /// Whether a pronoun may mean the person whom the article is about.
    pub(super) fn is_own_pronoun(&self, word: &str) -> bool {
        let gender = match word {
            "he" | "him" => Gender::He,
            "she" | "her" => Gender::She,
            _ => return false,
        };
        self.about_person() && self.all[MAIN].gender == gender
    }

    /// Whom a possessive means: "the band's", "Dondo's".
    pub(super) fn resolve_owner(&mut self, tokens: &[Token<'_>], noun: &Noun) -> Option<SubjectId> {
        let core = &tokens[noun.core.clone()];
        let last = core.last()?;
        let word = without_possessive(&last.word).to_owned();
        if last.capital {
            let proper: Vec<String> = core
                .iter()
                .filter(|token| token.capital)
                .map(|token| without_possessive(&token.word).to_owned())
                .collect();
            return self.named(&proper, tokens, noun);
        }
        let definite = core.first().is_some_and(|first| first.is(&["the"]));
        (definite && core.len() == 2 && self.heads.contains(&word)).then_some(MAIN)
    }

    fn pronoun(&self, gender: Gender) -> Option<SubjectId> {
        let fits = |id: SubjectId| {
            let subject = &self.all[id];
            match gender {
                Gender::It => subject.kind.as_deref() != Some("person"),
                Gender::She if subject.kind.as_deref() == Some("ship") => true,
                _ => {
                    subject.kind.as_deref() != Some("ship")
                        && (subject.gender == gender || subject.gender == Gender::Unknown)
                }
            }
        };
        if gender == Gender::It {
            return self.last_thing.filter(|&id| fits(id)).or_else(|| (!self.about_person()).then_some(MAIN));
        }
        if gender == Gender::She && self.kind(MAIN) == Some("ship") {
            return Some(MAIN);
        }
        if let Some(id) = self.last_person.filter(|&id| fits(id)) {
            // Beside the one whose life it is, only one of the other sex is surely meant.
            let own = self.about_person() && self.all[MAIN].gender == gender;
            return if own && id != MAIN { None } else { Some(id) };
        }
        if let Some(id) = self.last_ship.filter(|_| gender == Gender::She) {
            return Some(id);
        }
        // "He married Teresa Galli. She died in 1749."
        let own = self.about_person() && self.all[MAIN].gender == gender;
        if let Some(id) = if gender == Gender::She { self.last_woman } else { self.last_man }
            && !own
        {
            return Some(id);
        }
        (self.about_person() && self.all[MAIN].gender == gender).then_some(MAIN)
    }

    /// Whom a name means.
    fn named(&mut self, proper: &[String], tokens: &[Token<'_>], noun: &Noun) -> Option<SubjectId> {
        let opening = &tokens[noun.core.start];
        let prefixed = proper.len() > 1 && opening.acronym && SHIP_PREFIXES.contains(&opening.word.as_ref());
        let titled = !prefixed && proper.first().is_some_and(|first| TITLES.contains(&first.as_str()));
        let name: Vec<String> =
            proper.iter().filter(|word| prefixed || !TITLES.contains(&word.as_str())).cloned().collect();
        let surname = name.last()?.clone();
        let main = &self.all[MAIN];
        // "Captain Lincoln" and "'Willie' Lincoln" are most often others of the family.
        let nickname = noun.core.start.checked_sub(1).is_some_and(|before| tokens[before].is(&["\"", "”", "'", "’"]));
        if self.about_person() && name.len() == 1 && (titled || nickname) && main.names.last() == Some(&surname) {
            return None;
        }
        let same = if self.about_person() {
            // "Tregarthen", "Anselm Tregarthen", "A. Tregarthen".
            main.names.last() == Some(&surname)
                && (name.len() == 1
                    || main
                        .names
                        .first()
                        .is_some_and(|own| *own == name[0] || name[0].len() == 1 && own.starts_with(name[0].as_str())))
                || main.names.len() == 1 && main.names[0] == name[0] && name.len() == 1
                // "Quarrie, Edmund Leslie (1887–1938), was born": the last name first.
                || main.names.len() == name.len() + 1 && main.names.starts_with(&name) && {
                    let before = |back: usize| noun.core.start.checked_sub(back).map(|at| &tokens[at]);
                    let inverted = before(1).is_some_and(|comma| comma.word == ",")
                        && before(2).is_some_and(|last| main.names.last().is_some_and(|own| last.word == own.as_str()));
                    inverted || name.len() >= 2
                }
        } else {
            let own: Vec<&String> = main.names.iter().filter(|word| !SHIP_PREFIXES.contains(&word.as_str())).collect();
            let said: Vec<&String> =
                name.iter().filter(|word| !SHIP_PREFIXES.contains(&word.as_str()) && !is_idle(word)).collect();
            let generic = |word: &&&String| {
                matches!(
                    word.as_str(),
                    "football"
                        | "rugby"
                        | "cricket"
                        | "rowing"
                        | "club"
                        | "company"
                        | "limited"
                        | "ltd"
                        | "association"
                        | "society"
                ) || COMMON.contains(&word.as_str())
            };
            !own.is_empty()
                && own.iter().all(|word| said.contains(word))
                && said.iter().filter(|word| !own.contains(word)).all(|word| generic(&word))
        };
        if same {
            return Some(MAIN);
        }
        if self.families.binary_search(&surname).is_ok() {
            return self.of_family(&name, &surname, proper, tokens, noun);
        }
        // "His granddaughter May Thewlis" is not the Thewlis of whom the text has spoken.
        let core = &tokens[noun.core.clone()];
        let relative = core.iter().any(|token| token.is(&["his", "her", "their"]))
            && core.iter().any(|token| !token.capital && VOCABULARY.kind_of(&token.word) == Some("person"));
        let found = self.recent().find(|&id| {
            let subject = &self.all[id];
            let (Some(last), false) = (subject.names.last(), subject.names.is_empty()) else { return false };
            let (own, said) = (&subject.names[..subject.names.len() - 1], &name[..name.len() - 1]);
            // "Josiah Pascoe" is "Pascoe" and "Josiah B. Pascoe"; the Mexican Federation is not the Japanese.
            let called_alone = own.is_empty() && (!relative || said.is_empty());
            *last == surname && (called_alone || said.is_empty() || own.first() == said.first())
        });
        if let Some(id) = found {
            if self.all[id].names.len() < name.len() {
                self.all[id].names = name;
            }
            return Some(id);
        }
        let head = tokens[noun.core.end - 1].word.clone().into_owned();
        let kind = if titled {
            Some(String::from("person"))
        } else if prefixed {
            Some(String::from("ship"))
        } else if let Some(kind) = noun.beside.and_then(|beside| VOCABULARY.kind_of(&tokens[beside].word)) {
            Some(kind.to_owned())
        } else {
            VOCABULARY.kind_of(&head).map(str::to_owned)
        };
        Some(self.add(Subject {
            name: written(tokens, noun),
            names: name,
            head,
            marks: Vec::new(),
            kind,
            gender: Gender::Unknown,
            definite: true,
            block: self.block,
        }))
    }

    /// Whom a name means that several people of the article bear: the one of that given name, or the last that the paragraph spoke of.
    fn of_family(
        &mut self,
        name: &[String],
        surname: &String,
        proper: &[String],
        tokens: &[Token<'_>],
        noun: &Noun,
    ) -> Option<SubjectId> {
        let bears = |subject: &Subject| subject.names.last() == Some(surname) && subject.names.len() > 1;
        // "Captain Pascoe", of whom no given name is told: whoever he is, he is one.
        let alone = self.recent().find(|&id| self.all[id].names == [surname.clone()]);
        if name.len() == 1 && alone.is_some() {
            return alone;
        }
        let none = !self.all[self.recent()].iter().any(bears);
        if name.len() == 1 && !none {
            let bearers: Vec<SubjectId> = self.recent().filter(|&id| bears(&self.all[id])).collect();
            return match bearers.as_slice() {
                [only] => Some(*only),
                several => several.iter().rev().copied().find(|&id| self.all[id].block == self.block),
            };
        }
        let given = |id: &SubjectId| bears(&self.all[*id]) && self.all[*id].names.first() == name.first();
        let found = self.recent().find(|id| name.len() > 1 && given(id));
        found.or_else(|| {
            Some(self.add(Subject {
                name: written(tokens, noun),
                names: name.to_vec(),
                head: surname.clone(),
                marks: Vec::new(),
                kind: proper.first().filter(|first| TITLES.contains(&first.as_str())).map(|_| String::from("person")),
                gender: Gender::Unknown,
                definite: true,
                block: self.block,
            }))
        })
    }

    /// What a description means: "the ward", "its deck", "a second bridge".
    #[allow(clippy::too_many_lines)] // one reading after the other, the surest first
    fn described(
        &mut self,
        tokens: &[Token<'_>],
        noun: &Noun,
        content: &[&Token<'_>],
        indefinite: bool,
    ) -> Option<SubjectId> {
        let last = content.last()?;
        let head = last.word.clone().into_owned();
        let mut marks: Vec<String> =
            content[..content.len() - 1].iter().map(|token| token.word.clone().into_owned()).collect();
        let first = &tokens[noun.core.start];
        let possessive = first.is(&["his", "her", "their", "its", "whose", "my", "our"]);
        if possessive {
            // Whose it is tells it from others, as far as the words go.
            marks.push(first.word.clone().into_owned());
        }
        // What hangs on it: "the school *at Nordvik*".
        marks.extend(
            tokens[noun.core.end.min(noun.tokens.end)..noun.tokens.end]
                .iter()
                .filter(|token| {
                    !token.mark
                        && token.time.is_none()
                        && !token.is(super::clauses::PREPOSITIONS)
                        && !token.is(DETERMINERS)
                })
                .map(|token| token.word.clone().into_owned()),
        );
        let definite = first.is(&["the", "this", "that", "both"]);
        let other = marks.iter().any(|mark| {
            matches!(
                mark.as_str(),
                "other"
                    | "new"
                    | "old"
                    | "second"
                    | "third"
                    | "first"
                    | "next"
                    | "another"
                    | "former"
                    | "later"
                    | "earlier"
                    | "present"
                    | "original"
                    | "modern"
                    | "current"
                    | "last"
                    | "previous"
                    | "own"
            )
        });
        // "General elections were held": the plural of the noun that the lead begins with.
        let in_lead = self.all.len() == 1 && noun.core.start == 0 && !indefinite && !possessive;
        let singular = super::quantities::singular(&head);
        if in_lead && self.heads.contains(&singular) && marks.iter().all(|mark| self.all[MAIN].names.contains(mark)) {
            return Some(MAIN);
        }
        let main_marks = |mark: &String| self.all[MAIN].names.contains(mark) || self.heads.contains(mark);
        if definite && !other && marks.iter().all(main_marks) {
            let own = self.heads.contains(&head);
            let generic = VOCABULARY.is_generic(&head) && marks.is_empty();
            let of_kind = generic && VOCABULARY.kind_of(&head).is_some_and(|kind| self.kind(MAIN) == Some(kind));
            if own || of_kind {
                return Some(MAIN);
            }
        }
        // "A sloop of ninety tons" under a heading "The sloop Evdokia".
        if !possessive
            && !other
            && self.topic.is_some()
            && self.topic_noun.as_ref() == Some(&head)
            && first.is(&["a", "an", "the"])
        {
            return self.topic;
        }
        // "the full score" under a heading "The Salt Road".
        if definite
            && !other
            && let (Some(topic), Some(kind)) = (self.topic, VOCABULARY.kind_of(&head))
            && topic != MAIN
            && kind != "person"
            && self.all[topic].kind.as_deref().is_none_or(|own| own == kind)
        {
            self.is_of_kind(topic, kind);
            return Some(topic);
        }
        if !self.pair.is_empty() && VOCABULARY.kind_of(&head) == Some("relations") {
            return Some(MAIN);
        }
        if !indefinite && !other {
            let kind = VOCABULARY.kind_of(&head);
            let takes_up_kind = definite
                && marks.is_empty()
                && kind.is_some()
                && (VOCABULARY.is_generic(&head) || kind == Some("person"));
            let found = self.recent().rev().map(|id| (id, &self.all[id])).find(|(_, subject)| {
                let same_head = subject.head == head;
                let same_kind = takes_up_kind && subject.kind.as_deref() == kind && subject.block == self.block;
                let subset = |few: &[String], many: &[String]| few.iter().all(|mark| many.contains(mark));
                let compatible = || {
                    if possessive {
                        subject.marks == marks && subject.block == self.block
                    } else {
                        let both = subject.names.is_empty() && !marks.is_empty() && !subject.marks.is_empty();
                        both && (subset(&subject.marks, &marks) || subset(&marks, &subject.marks))
                            || subset(&marks, &subject.marks)
                                && (subject.block == self.block
                                    || subject.names.is_empty() && marks.len() == subject.marks.len())
                            || subset(&subject.marks, &marks) && subject.block == self.block
                    }
                };
                same_head && compatible() || same_kind
            });
            if let Some((id, _)) = found {
                self.all[id].definite |= definite;
                return Some(id);
            }
        }
        let kind = VOCABULARY.kind_of(&head).map(str::to_owned);
        let gender = match head.as_str() {
            "son" | "husband" | "widower" | "brother" | "father" | "nephew" | "grandson" | "grandfather" | "uncle"
            | "stepson" | "stepfather" | "son-in-law" | "king" | "prince" | "duke" | "emperor" | "monk" | "actor" => {
                Gender::He
            }
            "daughter" | "wife" | "widow" | "sister" | "mother" | "niece" | "granddaughter" | "grandmother"
            | "aunt" | "stepmother" | "daughter-in-law" | "queen" | "princess" | "duchess" | "empress" | "nun"
            | "actress" | "matron" | "midwife" => Gender::She,
            _ => Gender::Unknown,
        };
        let name = written(tokens, noun);
        Some(self.add(Subject {
            name,
            names: Vec::new(),
            head,
            marks,
            kind,
            gender,
            definite: definite || possessive,
            block: self.block,
        }))
    }

    /// Whether two subjects that are no persons may be one by what they are called: they share a word that tells them from others
    /// ("a service to *Bergen*", "the *Bergen* flights"), or their nouns are the same and one has nothing beside it.
    pub(crate) fn are_alike(&self, one: SubjectId, other: SubjectId) -> bool {
        let (a, b) = (&self.all[one], &self.all[other]);
        let person = |id: SubjectId| self.kind(id) == Some("person");
        let shared = a.marks.iter().filter(|mark| mark.len() > 3).any(|mark| b.marks.contains(mark));
        let bare = a.head == b.head && !a.head.is_empty() && (a.marks.is_empty() || b.marks.is_empty());
        one != MAIN && other != MAIN && !person(one) && !person(other) && (shared || bare)
    }

    fn add(&mut self, subject: Subject) -> SubjectId {
        self.all.push(subject);
        self.all.len() - 1
    }
}

/// A noun group as it is written, with what hangs on it by "of", without an article before a name.
fn written(tokens: &[Token<'_>], noun: &Noun) -> String {
    let end =
        if tokens.get(noun.core.end).is_some_and(|next| next.is(&["of"])) { noun.tokens.end } else { noun.core.end };
    let group = &tokens[noun.core.start..end.max(noun.core.end)];
    let named = group.iter().any(|token| token.capital && !token.is(DETERMINERS));
    let from = usize::from(named && group.first().is_some_and(|first| first.is(DETERMINERS)));
    let mut name = String::new();
    let mut behind = None;
    for token in &group[from..] {
        // What stands close in the text does here, too.
        if behind.is_some_and(|end| end < token.span.start) {
            name.push(' ');
        }
        name.push_str(token.raw);
        behind = Some(token.span.end);
    }
    name
}

fn capitalised(words: &[&str]) -> String {
    words.iter().map(|word| crate::text::capitalise(word)).collect::<Vec<String>>().join(" ")
}

/// The first sentence that is one: a line without a stop before it is a heading that lost its marks.
fn lead<'a>(article: &Article<'a>) -> &'a str {
    const LOOKED_AT: usize = 3;
    let mut sentences = article.sentences.iter().take(LOOKED_AT).map(|&sentence| article.text(sentence));
    sentences.find(|text| text.trim_end().ends_with(['.', '!', '?', ']', ')', '"'])).unwrap_or("")
}

/// The name that an article without a title begins with: a line of its own, or what its first sentence is about.
fn name_in_lead(article: &Article<'_>, lead: &str) -> String {
    const LONGEST: usize = 80;
    let first = article.sentences.first().map_or("", |&sentence| article.text(sentence));
    if first != lead && first.len() < LONGEST {
        return first.to_owned();
    }
    let end =
        [" is ", " was ", " are ", " were ", " (", ", "].iter().filter_map(|mark| lead.find(mark)).min().unwrap_or(0);
    let name = lead[..end].trim_start_matches("The ");
    let proper = words(name).all(|word| is_capitalised(word.text) || crate::text::is_proper_noun_link(word.text));
    if proper && end < LONGEST { name.to_owned() } else { String::new() }
}

/// Words with a capital that stand behind two other such words and more in an article, sorted: "Ottenrieder" of "Kaspar Ottenrieder" and
/// "Helene Ottenrieder".
fn families(account: &Account<'_>) -> Vec<String> {
    let article = account.article;
    let mut pairs: Vec<(String, String)> = Vec::new();
    for &sentence in &article.sentences {
        let text = article.text(sentence);
        let mut before: Option<crate::text::Word<'_>> = None;
        for (word, _) in account.words_of(sentence) {
            let previous = before.replace(*word);
            let Some(previous) = previous.filter(|previous| &text[previous.end()..word.start] == " ") else { continue };
            let name = without_possessive(word.text);
            if is_capitalised(previous.text) && is_capitalised(name) {
                let given = fold(previous.text).into_owned();
                if !TITLES.contains(&given.as_str()) && !crate::text::is_function_word(&given) {
                    pairs.push((fold(name).into_owned(), given));
                }
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    let mut families: Vec<String> = pairs
        .chunk_by(|a, b| a.0 == b.0)
        .filter(|of_name| of_name.len() > 1 && !is_common(&of_name[0].0))
        .map(|of_name| of_name[0].0.clone())
        .collect();
    // "the Anarchist Federation", "the federation": no name of a family.
    for &sentence in &article.sentences {
        if families.is_empty() {
            break;
        }
        let text = article.text(sentence);
        for pair in account.words_of(sentence).windows(2) {
            let ((before, _), (word, folded)) = (&pair[0], &pair[1]);
            if word.text.starts_with(char::is_lowercase) && &text[before.end()..word.start] == " " {
                families.retain(|family| family != folded);
            }
        }
    }
    families
}

/// Whether a folded word of a name does not tell its bearer from others.
fn is_idle(word: &str) -> bool {
    matches!(word, "the" | "of" | "fc" | "afc")
}

/// Whether a folded word ends the titles of many things.
pub(super) fn is_common(word: &str) -> bool {
    COMMON.contains(&word)
}

/// Nouns that end the titles of things: "Skarvholm *Lighthouse*".
const COMMON: &[&str] = &[
    "abbey",
    "academy",
    "airport",
    "aqueduct",
    "bank",
    "basilica",
    "baths",
    "breakwater",
    "brewery",
    "bridge",
    "canal",
    "castle",
    "cathedral",
    "chapel",
    "church",
    "cinema",
    "clinic",
    "club",
    "college",
    "colliery",
    "company",
    "dam",
    "dock",
    "factory",
    "fort",
    "garden",
    "gardens",
    "hall",
    "harbour",
    "hospital",
    "hotel",
    "house",
    "institute",
    "junction",
    "library",
    "light",
    "lighthouse",
    "line",
    "market",
    "memorial",
    "mill",
    "mine",
    "monastery",
    "monument",
    "mosque",
    "museum",
    "observatory",
    "orchestra",
    "palace",
    "park",
    "pier",
    "plant",
    "port",
    "power",
    "press",
    "prison",
    "quarry",
    "railway",
    "reservoir",
    "road",
    "school",
    "society",
    "stadium",
    "station",
    "street",
    "synagogue",
    "temple",
    "theatre",
    "theater",
    "tower",
    "tramway",
    "tunnel",
    "university",
    "viaduct",
    "works",
    "yard",
    "zoo",
];

/// The nouns that a first sentence calls its subject: "is a steel cantilever *bridge* that …", "an English *solicitor* and Liberal
/// *politician*".
fn copula_nouns(lead: &str) -> Vec<String> {
    let mut nouns = Vec::new();
    let all: Vec<_> = words(lead).collect();
    let copula = all.windows(2).position(|pair| {
        matches!(pair[0].text, "is" | "was" | "are" | "were") && matches!(pair[1].text, "a" | "an" | "the" | "one")
    });
    let Some(at) = copula else { return nouns };
    let mut last: Option<String> = None;
    for (index, word) in all.iter().enumerate().skip(at + 2) {
        let gap_before = &lead[all[index - 1].end()..word.start];
        let folded = fold(word.text);
        let joins = matches!(folded.as_ref(), "and" | "or") || gap_before.contains(',');
        let ends = crate::text::is_function_word(&folded) && !matches!(folded.as_ref(), "and" | "or")
            || super::verbs::verb(&folded).is_some_and(|(_, form)| form != super::verbs::Form::Gerund)
                && last.is_some();
        if joins || ends {
            nouns.extend(last.take().filter(|noun| noun.len() > 2));
            if ends {
                break;
            }
            if gap_before.contains(',') && !matches!(folded.as_ref(), "and" | "or") {
                last = (!is_capitalised(word.text)).then(|| folded.into_owned());
            }
            continue;
        }
        last = (!is_capitalised(word.text)).then(|| folded.into_owned());
    }
    nouns.extend(last.filter(|noun| noun.len() > 2));
    nouns.truncate(4);
    nouns
}

/// Whether a first sentence is that of a life: "X (12 May 1850 – 3 June 1901) was a …", "X (born 1968) is …".
fn is_person_lead(lead: &str) -> bool {
    let Some((_, rest)) = lead.split_once('(') else { return false };
    let inner = rest.split(')').next().unwrap_or("");
    inner.contains("born")
        || inner.contains("b. ")
        || inner.contains(['–', '-', '—']) && inner.bytes().any(|b| b.is_ascii_digit())
}

/// How often a text says "he", "she" and "it", with their possessives.
struct Pronouns {
    he: usize,
    she: usize,
    it: usize,
}

impl Pronouns {
    fn of(text: &str) -> Self {
        const LOOKED_AT: usize = 20_000;
        let mut end = text.len().min(LOOKED_AT);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let mut counts = Self { he: 0, she: 0, it: 0 };
        for word in words(&text[..end]) {
            match word.text {
                "he" | "He" | "his" | "His" | "him" => counts.he += 1,
                "she" | "She" | "her" | "Her" => counts.she += 1,
                "it" | "It" | "its" | "Its" => counts.it += 1,
                _ => {}
            }
        }
        counts
    }

    /// The one of "he" and "she" that most of the text uses.
    fn gender(&self) -> Gender {
        match (self.he, self.she) {
            (0, 0) => Gender::Unknown,
            (he, she) if he > she => Gender::He,
            _ => Gender::She,
        }
    }

    /// Whether the text speaks of somebody rather than of something.
    fn personal(&self) -> bool {
        self.he + self.she > self.it
    }
}

/// Whether a noun is formed like those for people who do something: "harpist", "mountaineer", "librarian".
fn is_agent_noun(noun: &str) -> bool {
    const LONGEST_ENDING: usize = 3;
    let formed =
        ["er", "or", "ist", "ian", "man", "woman", "ess", "ant", "eur", "grapher", "logist", "wright", "smith"];
    noun.len() > LONGEST_ENDING + 2
        && VOCABULARY.kind_of(noun).is_none()
        && formed.iter().any(|ending| noun.ends_with(ending))
}

/// The two parties of a title such as "Cuba–Iraq relations".
fn pair(title: &str) -> Vec<String> {
    let Some(names) = title.strip_suffix(" relations") else { return Vec::new() };
    let parties: Vec<&str> = names.split(['–', '—', '-']).map(str::trim).collect();
    match parties.as_slice() {
        [one, other] if is_capitalised(one) && is_capitalised(other) => {
            vec![fold(one).into_owned(), fold(other).into_owned()]
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_sentences_of_lives() {
        for (lead, expected) in [
            ("Aino Berg (3 May 1831 – 4 June 1902) was a Finnish architect", true),
            ("Tomas Lind (born 1968) is a cellist", true),
            ("Tomas Lind (b. 3 May 1968) is a cellist", true),
            ("Old Sollen (Anglo-Norman: Solun) is a ship", false),
            ("Rauma (1901) is a ship", false),
            ("Rauma was a ship (built 1901), later a hulk – until 1950", false),
            ("Rauma – launched in 1901 – is a ship", false),
        ] {
            assert_eq!(is_person_lead(lead), expected, "{lead}");
        }
    }
}
