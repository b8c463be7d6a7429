//! The vocabulary of events: what `schemas/events.yaml` says, ready to be looked up.
//!
//! It is read at each start, from `schemas/events.json`: the same, which a test keeps so, in a form that is read ten times as fast.

use super::verbs::same_base;
use crate::text::Map;
use serde::Deserialize;
use std::sync::LazyLock;

/// The number of a class of events in [`Vocabulary::classes`].
pub type ClassId = usize;

/// The built-in vocabulary.
pub(super) static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::built_in);

/// To whom of a clause an event happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Happens {
    /// To the one that does it or that it befalls.
    Subject,
    /// To what it is done to.
    Object,
}

/// How often an event can happen to the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Repeats {
    /// Once.
    Never,
    /// Not again within a year or two.
    Rarely,
    /// As it likes.
    Often,
}

/// What an event does to whom it happens to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Existence {
    /// Before it there was nobody to do anything.
    Begins,
    /// Behind it there is nobody.
    Ends,
}

/// A class of events, as the file has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// Its name.
    #[serde(rename = "class")]
    pub name: String,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    first: Vec<String>,
    #[serde(default)]
    last: Vec<String>,
    #[serde(default)]
    idioms: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    fields: Vec<String>,
    /// To whom it happens.
    pub happens: Happens,
    /// How often it can happen to the same.
    pub repeats: Repeats,
    /// Whether what happens often happens but rarely with the same other: a move to one place, an appointment to one office.
    #[serde(default, rename = "once-with")]
    pub once_with: bool,
    /// Whether it begins or ends the existence of whom it happens to.
    #[serde(default)]
    pub existence: Option<Existence>,
    #[serde(default, rename = "before")]
    before_names: Vec<String>,
    #[serde(default, rename = "undoes")]
    undoes_name: Option<String>,
    /// The kinds of things that it can happen to; empty for all.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// The classes that cannot come before it for the same.
    #[serde(skip)]
    pub precedes: Vec<ClassId>,
    /// The class that must have come first.
    #[serde(skip)]
    pub undoes: Option<ClassId>,
}

/// A state, and what begins it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// The words that tell it.
    pub words: Vec<String>,
    #[serde(rename = "begins")]
    begins_names: Vec<String>,
    #[serde(default, rename = "ends")]
    ends_names: Vec<String>,
    /// The classes of events that begin it.
    #[serde(skip)]
    pub begins: Vec<ClassId>,
    /// The classes of events that end it.
    #[serde(skip)]
    pub ends: Vec<ClassId>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    events: Vec<Class>,
    kinds: Map<String, Vec<String>>,
    states: Vec<State>,
    acts: Vec<String>,
    renewals: Vec<String>,
    suffered: Vec<String>,
    company: Vec<String>,
    treatments: Vec<String>,
    generic: Vec<String>,
}

/// How a verb must be used to say that an event happened.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Sense {
    class: ClassId,
    /// A participle behind "be", or without an auxiliary.
    participle: bool,
    /// The particle or the noun behind it: "break *up*", "enter *into force*".
    behind: Vec<String>,
    /// "first", "last" beside it.
    beside: Option<&'static str>,
    /// The noun before it: "*curtain* go up".
    before: Option<String>,
}

/// What can happen, and by which words.
#[derive(Debug)]
pub struct Vocabulary {
    /// All classes, in the order of the file.
    pub classes: Vec<Class>,
    /// States, and what begins them.
    pub states: Vec<State>,
    /// Senses by the first three letters of the verb.
    verbs: Map<[u8; 2], Vec<(String, Sense)>>,
    nouns: Map<String, ClassId>,
    /// Nouns of two words, by the first.
    compounds: Map<String, Vec<(String, ClassId)>>,
    fields: Map<String, ClassId>,
    kinds: Map<String, String>,
    acts: Vec<String>,
    /// Beginnings of folded words that tell of more than one beginning or end of a thing.
    pub renewals: Vec<String>,
    suffered: Vec<String>,
    company: Vec<String>,
    treatments: Vec<String>,
    generic: Vec<String>,
}

/// What a clause says beside its verb.
pub(super) struct Use<'a> {
    pub(super) base: &'a str,
    pub(super) passive: bool,
    /// The folded words of the clause behind the verb.
    pub(super) behind: &'a [&'a str],
    /// The folded words of the clause before the verb.
    pub(super) before: &'a [&'a str],
}

impl Vocabulary {
    /// Reads the file that is built in.
    fn built_in() -> Self {
        let file: Result<File, _> = serde_json::from_str(include_str!("../../schemas/events.json"));
        let Ok(file) = file else {
            // A test holds that it is sound; without it there are no events.
            return Self::of(File {
                events: Vec::new(),
                kinds: Map::default(),
                states: Vec::new(),
                acts: Vec::new(),
                renewals: Vec::new(),
                suffered: Vec::new(),
                company: Vec::new(),
                treatments: Vec::new(),
                generic: Vec::new(),
            });
        };
        Self::of(file)
    }

    fn of(file: File) -> Self {
        let File { events: mut classes, kinds, mut states, acts, renewals, suffered, company, treatments, generic } =
            file;
        let id = |name: &str, classes: &[Class]| classes.iter().position(|class| class.name == name);
        for number in 0..classes.len() {
            let precedes = classes[number].before_names.iter().filter_map(|name| id(name, &classes)).collect();
            let undoes = classes[number].undoes_name.as_ref().and_then(|name| id(name, &classes));
            classes[number].precedes = precedes;
            classes[number].undoes = undoes;
        }
        for state in &mut states {
            state.begins = state.begins_names.iter().filter_map(|name| id(name, &classes)).collect();
            state.ends = state.ends_names.iter().filter_map(|name| id(name, &classes)).collect();
        }
        let mut verbs: Map<[u8; 2], Vec<(String, Sense)>> = Map::default();
        let mut nouns = Map::default();
        let mut compounds: Map<String, Vec<(String, ClassId)>> = Map::default();
        let mut fields = Map::default();
        for (number, class) in classes.iter().enumerate() {
            let lists = [(&class.verbs, None), (&class.first, Some("first")), (&class.last, Some("last"))];
            for (verb, beside) in
                lists.into_iter().flat_map(|(list, beside)| list.iter().map(move |verb| (verb, beside)))
            {
                let mut words: Vec<&str> = verb.split(' ').collect();
                let participle = words[0] == "be" && words.len() > 1;
                if participle {
                    words.remove(0);
                }
                let base = words.remove(0);
                // A participle stands for its verb.
                let of_participle = || super::verbs::verb(base).map(|(base, _)| base.into_owned());
                let base = if participle { of_participle() } else { None }.unwrap_or_else(|| base.to_owned());
                let behind = words.into_iter().map(str::to_owned).collect();
                let sense = Sense { class: number, participle, behind, beside, before: None };
                verbs.entry(key(&base)).or_default().push((base, sense));
            }
            for idiom in &class.idioms {
                // "first train run": with "first" beside it.
                let marked = ["first", "last"]
                    .into_iter()
                    .find_map(|mark| Some((idiom.strip_prefix(mark)?.trim_start(), Some(mark))));
                let (idiom, beside) = marked.unwrap_or((idiom.as_str(), None));
                let words: Vec<&str> = idiom.split(' ').collect();
                if let [subject, verb, behind @ ..] = words.as_slice() {
                    let behind = behind.iter().map(|word| (*word).to_owned()).collect();
                    let sense =
                        Sense { class: number, participle: false, behind, beside, before: Some((*subject).to_owned()) };
                    verbs.entry(key(verb)).or_default().push(((*verb).to_owned(), sense));
                }
            }
            nouns.extend(class.nouns.iter().map(|noun| (noun.clone(), number)));
            for (first, second) in class.nouns.iter().filter_map(|noun| noun.split_once(' ')) {
                compounds.entry(first.to_owned()).or_default().push((second.to_owned(), number));
            }
            fields.extend(class.fields.iter().map(|field| (field.clone(), number)));
        }
        // The more a sense asks for, the sooner it is tried.
        for senses in verbs.values_mut() {
            senses
                .sort_by_key(|(_, sense)| std::cmp::Reverse(sense.behind.len() + usize::from(sense.before.is_some())));
        }
        let kinds = kinds
            .into_iter()
            .flat_map(|(kind, nouns)| nouns.into_iter().map(move |noun| (noun, kind.clone())))
            .collect();
        Self {
            classes,
            states,
            verbs,
            nouns,
            compounds,
            fields,
            kinds,
            acts,
            renewals,
            suffered,
            company,
            treatments,
            generic,
        }
    }

    /// Whether a base is that of a verb in the vocabulary.
    pub(super) fn knows(&self, base: &str) -> bool {
        self.verbs.get(&key(base)).is_some_and(|senses| senses.iter().any(|(verb, _)| same_base(base, verb)))
            || self.is_act(base)
    }

    /// The classes that a verb in its clause tells; most often one.
    pub(super) fn classes_of(&self, used: &Use<'_>) -> Vec<ClassId> {
        let mut found: Vec<ClassId> = Vec::new();
        let mut wanted = 0;
        for (verb, sense) in self.verbs.get(&key(used.base)).map_or(&[][..], Vec::as_slice) {
            const PARTICLE_WITHIN: usize = 4;
            let particles = match sense.behind.as_slice() {
                [] => true,
                [particle] => used.behind.iter().take(PARTICLE_WITHIN).any(|word| word == particle),
                all => used
                    .behind
                    .windows(all.len())
                    .take(2)
                    .any(|words| words.iter().zip(all).all(|(word, wanted)| word == wanted)),
            };
            let beside = match sense.beside {
                None => true,
                Some(wanted) => {
                    let time = [&["for", "the", wanted, "time"][..]];
                    let phrase = time.iter().any(|phrase| {
                        used.behind.windows(4).any(|words| words == *phrase)
                            || used.before.windows(4).any(|words| words == *phrase)
                    });
                    phrase
                        || (wanted == "first" || sense.before.is_some())
                            && used
                                .before
                                .iter()
                                .rev()
                                .take(if sense.before.is_some() { 4 } else { 1 })
                                .any(|word| *word == wanted)
                        || used.behind.windows(2).any(|words| words == [wanted, "time"])
                }
            };
            let before = sense.before.as_ref().is_none_or(|noun| {
                used.before.iter().any(|word| word == noun) || used.behind.iter().take(2).any(|word| word == noun)
            });
            let voice = !sense.participle || used.passive;
            if same_base(used.base, verb) && particles && beside && before && voice && !found.contains(&sense.class) {
                // What asks for less is another verb: "break" is not "break up", which is said of ships and of bands.
                if sense.behind.len() < wanted {
                    break;
                }
                wanted = sense.behind.len();
                found.push(sense.class);
            }
        }
        found
    }

    /// The nouns with which a verb tells a class by an idiom, whose own subject is not whom it happens to: "the *curtain* went up
    /// on …".
    pub(super) fn idiom_nouns(&self, base: &str, class: ClassId) -> impl Iterator<Item = &str> {
        let senses = self.verbs.get(&key(base)).map_or(&[][..], Vec::as_slice);
        let base = base.to_owned();
        senses
            .iter()
            .filter(move |(verb, sense)| same_base(&base, verb) && sense.class == class)
            .filter_map(|(_, sense)| sense.before.as_deref())
    }

    /// The words that stand behind a verb where it tells a class: "reach *the bookshops*".
    pub(super) fn words_behind(&self, base: &str, class: ClassId) -> impl Iterator<Item = &str> {
        let senses = self.verbs.get(&key(base)).map_or(&[][..], Vec::as_slice);
        let base = base.to_owned();
        senses
            .iter()
            .filter(move |(verb, sense)| same_base(&base, verb) && sense.class == class)
            .flat_map(|(_, sense)| sense.behind.iter().map(String::as_str))
    }

    /// The class that a noun names.
    pub(super) fn class_of_noun(&self, noun: &str) -> Option<ClassId> {
        self.nouns.get(noun).copied()
    }

    /// The class that two words name together: "ground breaking".
    pub(super) fn class_of_two(&self, first: &str, second: &str) -> Option<ClassId> {
        self.compounds.get(first)?.iter().rfind(|(noun, _)| noun == second).map(|(_, class)| *class)
    }

    /// The class that a key of an infobox dates.
    pub(super) fn class_of_field(&self, key: &str) -> Option<ClassId> {
        self.fields.get(key).copied()
    }

    /// The kind of thing that a noun names.
    pub fn kind_of(&self, noun: &str) -> Option<&str> {
        self.kinds.get(noun).map(String::as_str)
    }

    /// Whether only the living do it.
    pub(super) fn is_act(&self, base: &str) -> bool {
        has_base(&self.acts, base)
    }

    /// Whether it is done to the living alone.
    pub(super) fn is_suffered(&self, base: &str) -> bool {
        has_base(&self.suffered, base)
    }

    /// Whether it is done with somebody, so that both are alive.
    pub(super) fn is_company(&self, base: &str) -> bool {
        has_base(&self.company, base)
    }

    /// Whether it is done to things that are there alone.
    pub(super) fn is_treatment(&self, base: &str) -> bool {
        has_base(&self.treatments, base)
    }

    /// Whether a noun may stand for anything of its kind: "the building" for a mill.
    pub(super) fn is_generic(&self, noun: &str) -> bool {
        self.generic.iter().any(|generic| generic == noun)
    }

    /// The classes of some names.
    pub(super) fn classes_named(&self, names: &[&str]) -> Vec<ClassId> {
        names.iter().filter_map(|name| self.class(name)).collect()
    }

    /// The class of a name.
    pub fn class(&self, name: &str) -> Option<ClassId> {
        self.classes.iter().position(|class| class.name == name)
    }
}

/// Whether a base is that of one of some verbs.
fn has_base(verbs: &[String], base: &str) -> bool {
    verbs.iter().any(|verb| verb.as_bytes().first() == base.as_bytes().first() && same_base(base, verb))
}

fn key(base: &str) -> [u8; 2] {
    let bytes = base.as_bytes();
    [bytes.first().copied().unwrap_or(0), bytes.get(1).copied().unwrap_or(0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_sound() {
        let file: File = serde_json::from_str(include_str!("../../schemas/events.json")).unwrap();
        let names: Vec<String> = file.events.iter().map(|class| class.name.clone()).collect();
        for class in &file.events {
            for name in class.before_names.iter().chain(&class.undoes_name) {
                assert!(names.contains(name), "{}: there is no class {name}", class.name);
            }
            for kind in &class.kinds {
                assert!(file.kinds.contains_key(kind), "{}: there is no kind {kind}", class.name);
            }
        }
        for name in file.states.iter().flat_map(|state| state.begins_names.iter().chain(&state.ends_names)) {
            assert!(names.contains(name), "there is no class {name}");
        }
    }

    #[test]
    fn verbs_tell_classes() {
        let told = |base: &str, passive: bool, behind: &[&str]| -> Vec<&str> {
            let used = Use { base, passive, behind, before: &[] };
            VOCABULARY.classes_of(&used).into_iter().map(|class| VOCABULARY.classes[class].name.as_str()).collect()
        };
        // Ships are broken up, and bands break up: whose it is decides.
        assert_eq!(told("break", true, &["up", "in"]), ["breaking-up", "dissolution"]);
        assert_eq!(told("open", false, &[]), ["opening"]);
        assert_eq!(told("stag", true, &["for", "the", "first", "time"]), ["premiere"]);
        assert!(told("stag", true, &["again"]).is_empty());
        assert_eq!(told("enter", false, &["into", "force"]), ["entry-into-force"]);
    }
}
