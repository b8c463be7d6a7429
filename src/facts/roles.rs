//! Who did what there is but one doer of, and where what happens in one place happened: designers, builders, birthplaces.
//!
//! A role is read from a field of the infobox, from a passive with its agent ("was designed by the engineer X"), from an active whose
//! object is the article's own subject ("X designed the dam"), and from an apposition ("its architect, X"). After the
//! lexical patterns of Hearst, "Automatic Acquisition of Hyponyms from Large Text Corpora" (1992).

use super::names::Name;
use super::{Account, Event, Events, MAIN, Statement, verbs};
use crate::source::Span;
use crate::text::{fold, folded_words, is_capitalised, is_function_word, words};
use crate::time::{Day, Precision};

/// What somebody did to the article's subject, or where something happened to it.
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools, reason = "marks that are independent of each other")]
pub struct RoleClaim {
    /// What the role is called in a message: "designer", "birthplace".
    pub role: String,
    /// Whether its value is a place.
    pub place: bool,
    /// Whether it can be another's at another time, so that only equal years compare.
    pub yearly: bool,
    /// The one year that the sentence or field names.
    pub year: Option<i32>,
    /// The folded name of whom it is of, to compare with other articles.
    pub of: Option<String>,
    /// The words that give the value.
    pub span: Span,
    /// The names that are given, each as its folded words.
    pub values: Vec<Vec<String>>,
    /// The sentence or field.
    pub unit: Span,
    /// Whether it stands in the infobox.
    pub in_field: bool,
    /// Whether it is of the article's own subject.
    pub own: bool,
    /// For what happens on a day: whose it is, by the first name, and the day.
    pub occasion: Option<(String, Day)>,
}

/// A role.
#[derive(Debug)]
struct Role {
    /// What it is called in a message.
    name: &'static str,
    /// Bases of the verbs that say it.
    verbs: &'static [&'static str],
    /// Nouns for who has it.
    nouns: &'static [&'static str],
    /// Keys of the infobox.
    fields: &'static [&'static str],
    /// Whether its value is a place.
    place: bool,
}

/// The roles that one thing has one holder of.
const ROLES: &[Role] = &[
    Role {
        name: "designer",
        verbs: &["design"],
        nouns: &["designer", "architect"],
        fields: &["designer", "architect", "designed by", "architects", "designers", "engineer", "design"],
        place: false,
    },
    Role {
        name: "builder",
        verbs: &["build", "construct"],
        nouns: &["builder", "shipbuilder", "contractor"],
        fields: &["builder", "built by", "constructed by", "contractor", "constructor", "main contractor"],
        place: false,
    },
    Role {
        name: "composer",
        verbs: &["compose"],
        nouns: &["composer"],
        fields: &["composer", "music", "music by", "composed by"],
        place: false,
    },
    Role {
        name: "writer",
        verbs: &["write"],
        nouns: &["author", "librettist", "playwright"],
        fields: &["author", "writer", "written by", "librettist", "libretto", "authors"],
        place: false,
    },
    Role {
        name: "describer",
        verbs: &["describe"],
        nouns: &[],
        fields: &["described by", "describer", "authority"],
        place: false,
    },
    Role { name: "leader", verbs: &["lead"], nouns: &["leader"], fields: &["leader", "led by"], place: false },
    Role { name: "converter", verbs: &["convert"], nouns: &[], fields: &["converted by"], place: false },
    Role { name: "winner", verbs: &["win"], nouns: &[], fields: &["winner", "won by"], place: false },
    Role { name: "home ground", verbs: &[], nouns: &[], fields: &["ground", "stadium", "home ground"], place: true },
    Role { name: "director", verbs: &["direct"], nouns: &[], fields: &["director", "directed by"], place: false },
    Role {
        name: "founder",
        verbs: &["found", "establish"],
        nouns: &["founder"],
        fields: &["founder", "founded by", "founders"],
        place: false,
    },
    Role {
        name: "painter",
        verbs: &["paint"],
        nouns: &["painter"],
        fields: &["artist", "painter", "painted by"],
        place: false,
    },
    Role {
        name: "sculptor",
        verbs: &["sculpt", "carve"],
        nouns: &["sculptor"],
        fields: &["sculptor", "sculpted by"],
        place: false,
    },
    Role {
        name: "discoverer",
        verbs: &["discover"],
        nouns: &["discoverer"],
        fields: &["discoverer", "discovered by"],
        place: false,
    },
    Role {
        name: "inventor",
        verbs: &["invent"],
        nouns: &["inventor"],
        fields: &["inventor", "invented by"],
        place: false,
    },
    Role {
        name: "first master",
        verbs: &[],
        nouns: &["first master", "first captain"],
        fields: &["first master", "first captain"],
        place: false,
    },
    Role { name: "father", verbs: &[], nouns: &["father"], fields: &["father"], place: false },
    Role { name: "mother", verbs: &[], nouns: &["mother"], fields: &["mother"], place: false },
    Role { name: "coach", verbs: &["coach"], nouns: &["coach"], fields: &["coach"], place: false },
    Role { name: "teacher", verbs: &[], nouns: &["teacher"], fields: &["teacher"], place: false },
    Role {
        name: "opener",
        verbs: &["inaugurate", "unveil"],
        nouns: &[],
        fields: &["opened by", "inaugurated by", "unveiled by"],
        place: false,
    },
    Role {
        name: "namer",
        verbs: &["christen"],
        nouns: &["godmother", "sponsor"],
        fields: &["christened by", "sponsor"],
        place: false,
    },
    Role {
        name: "birthplace",
        verbs: &["bear"],
        nouns: &[],
        fields: &["birthplace", "birth place", "place of birth", "born in"],
        place: true,
    },
    Role {
        name: "place of death",
        verbs: &["die"],
        nouns: &[],
        fields: &["place of death", "death place", "deathplace", "died in"],
        place: true,
    },
    Role {
        name: "burial place",
        verbs: &["bury", "inter"],
        nouns: &[],
        fields: &["buried", "burial place", "resting place", "place of burial", "restingplace"],
        place: true,
    },
    Role {
        name: "place of signing",
        verbs: &["sign"],
        nouns: &[],
        fields: &["signed at", "place signed", "location signed"],
        place: true,
    },
    Role { name: "place of launch", verbs: &["launch"], nouns: &[], fields: &["launched at"], place: true },
    Role { name: "place of building", verbs: &["build"], nouns: &[], fields: &["built at", "built in"], place: true },
    Role {
        name: "spouse",
        verbs: &["marry"],
        nouns: &["husband", "wife"],
        fields: &["spouse", "spouses", "husband", "wife", "spouse(s)"],
        place: false,
    },
    Role {
        name: "headquarters",
        verbs: &[],
        nouns: &[],
        fields: &["headquarters", "seat", "head office", "based in", "headquarters location"],
        place: true,
    },
    Role { name: "river", verbs: &[], nouns: &[], fields: &["river", "crosses", "rivers"], place: true },
];

/// Words that make what a sentence says of a role a guess, or of another time or part.
const UNSURE: &[&str] = &[
    "according",
    "alleged",
    "also",
    "altered",
    "although",
    "another",
    "assistant",
    "assisted",
    "attributed",
    "claim",
    "claimed",
    "claims",
    "credited",
    "extended",
    "extension",
    "helped",
    "if",
    "later",
    "legend",
    "might",
    "not",
    "or",
    "original",
    "originally",
    "perhaps",
    "plan",
    "possibly",
    "present",
    "probably",
    "proposed",
    "rebuilt",
    "redesigned",
    "replaced",
    "replacement",
    "said",
    "second",
    "some",
    "stepfather",
    "stepmother",
    "successor",
    "supposedly",
    "third",
    "traditionally",
    "wing",
    "would",
    "wrongly",
    "adoptive",
    "foster",
    "near",
    "outside",
];

/// Whether a folded key of an infobox is one of a role.
pub(super) fn is_field(key: &str) -> bool {
    ROLES.iter().any(|role| role.fields.contains(&key))
}

/// The role that a noun is for: "founder".
pub(super) fn of_noun(noun: &str) -> Option<&'static str> {
    ROLES.iter().find(|role| role.nouns.contains(&noun)).map(|role| role.name)
}

pub(super) fn read(account: &Account<'_>) -> Vec<RoleClaim> {
    let article = account.article;
    let own = key_of(&account.events().subjects.own_name());
    let mut claims = Vec::new();
    for field in article.fields() {
        let key = fold(article.text(field.key).trim()).replace(['_', '-'], " ");
        let key = key.trim_end_matches(|c: char| c.is_ascii_digit());
        // "Born: 7 May 1882, Graz": the place stands behind the day.
        let dated =
            match super::vocabulary().class_of_field(key).map(|class| super::vocabulary().classes[class].name.as_str())
            {
                Some("birth") => ROLES.iter().find(|role| role.name == "birthplace"),
                Some("death") => ROLES.iter().find(|role| role.name == "place of death"),
                _ => None,
            };
        let role = ROLES.iter().find(|role| role.fields.contains(&key)).or(dated);
        let names = &account.names().names[account.names().in_unit(field.value)];
        let (Some(role), Some(first), Some(last)) = (role, names.first(), names.last()) else { continue };
        // "Architect1", "Architect2": both have a part in it.
        if let Some(earlier) = claims.iter_mut().find(|claim: &&mut RoleClaim| claim.role == role.name) {
            earlier.values.extend(names.iter().map(|name| value(account, name)));
            continue;
        }
        claims.push(RoleClaim {
            role: role.name.to_owned(),
            place: role.place,
            yearly: role.name == "spouse",
            year: year(account, field.value),
            of: own.clone(),
            span: Span { end: last.span.end, ..first.span },
            values: names.iter().map(|name| value(account, name)).collect(),
            unit: field.value,
            in_field: true,
            own: true,
            occasion: None,
        });
    }
    let pronoun = account.events().subjects.pronoun_of_main();
    for (number, name) in account.names().names.iter().enumerate().filter(|(_, name)| !name.heads) {
        if let Some((role, whose)) = doer(account, name, pronoun) {
            push(account, &mut claims, role, number, &whose);
        }
    }
    for event in &account.events().events {
        places(account, event, &mut claims);
    }
    qualities(account, own.as_deref(), &mut claims);
    super::holders::read(account, &mut claims);
    claims
}

/// What a field says in plain words and the prose says again: `Colours: Green and white` and "the club's colours are …".
fn qualities(account: &Account<'_>, own: Option<&str>, claims: &mut Vec<RoleClaim>) {
    const MOST: usize = 4;
    let article = account.article;
    let plain = |text: &str| -> Vec<Vec<String>> {
        words(text)
            .map(|word| fold(word.text).into_owned())
            .filter(|word| !is_function_word(word))
            .map(|word| vec![word])
            .collect()
    };
    let mut keys: Vec<(String, Span, Span)> = Vec::new();
    for field in article.fields() {
        let key = fold(article.text(field.key).trim()).into_owned();
        let value = article.text(field.value);
        let named = !account.names().in_unit(field.value).is_empty()
            && words(value).skip(1).any(|word| is_capitalised(word.text));
        let short = (1..=MOST).contains(&words(value).count())
            && value.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | ',' | '-'));
        if short && !named && key.len() > 3 && key.chars().all(char::is_alphabetic) {
            keys.push((key, field.key, field.value));
        }
    }
    if keys.is_empty() {
        return;
    }
    let claim = |role: &str, span: Span, values: Vec<Vec<String>>, unit: Span, in_field: bool| RoleClaim {
        role: role.to_owned(),
        place: false,
        yearly: false,
        year: None,
        of: own.map(str::to_owned),
        span,
        values,
        unit,
        in_field,
        own: true,
        occasion: None,
    };
    for &unit in &article.sentences {
        let text = article.text(unit);
        let all = account.words_of(unit);
        for at in 1..all.len().saturating_sub(1) {
            let Some((key, _, value)) = keys.iter().find(|(key, ..)| *key == all[at].1) else { continue };
            let before = all[at - 1].1.as_ref();
            let owned = matches!(before, "its" | "his" | "her" | "their") || before.ends_with("'s");
            let present = matches!(all[at + 1].1.as_ref(), "is" | "are");
            if !owned || !present || at + 2 >= all.len() || !account.times_in(unit).is_empty() {
                continue;
            }
            let start = all[at + 2].0.start;
            let rest = &text[start..];
            let rest = &rest[..rest.find([',', ';', '.', '(']).unwrap_or(rest.len())];
            if (1..=MOST).contains(&words(rest).count()) {
                let from = unit.start + start as u32;
                let span = Span { start: from, end: from + rest.len() as u32, ..unit };
                claims.push(claim(key, *value, plain(article.text(*value)), *value, true));
                claims.push(claim(key, span, plain(rest), unit, false));
            }
        }
    }
}

/// Whose a role is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Whose {
    /// The article's own subject's.
    Own,
    /// That of somebody or something else, by its folded name.
    Other(String),
}

/// A folded name without its years and articles; `None` for one too short to tell.
fn key_of(name: &str) -> Option<String> {
    const SHORTEST: usize = 7;
    let words = name.split(' ').filter(|word| word.len() > 3 && !word.bytes().any(|b| b.is_ascii_digit()));
    let key = words.collect::<Vec<_>>().join(" ");
    (key.len() >= SHORTEST).then_some(key)
}

/// The one year that a sentence or field names.
pub(super) fn year(account: &Account<'_>, unit: Span) -> Option<i32> {
    let mut years = account.times()[account.times_in(unit)]
        .iter()
        .filter_map(|time| time.interval().filter(|days| days.from.year == days.to.year).map(|days| days.from.year));
    let year = years.next()?;
    years.all(|other| other == year).then_some(year)
}

pub(super) fn value(account: &Account<'_>, name: &Name) -> Vec<String> {
    account
        .names()
        .of(name)
        .iter()
        .map(|word| word.folded.clone())
        .filter(|word| !super::names::is_title(word))
        .collect()
}

/// Takes a claim with all names that are joined to the first.
fn push(account: &Account<'_>, claims: &mut Vec<RoleClaim>, role: &Role, number: usize, whose: &Whose) {
    let names = &account.names().names;
    let article = account.article;
    let first = &names[number];
    let text = article.text(first.unit);
    // What follows behind the clause is of something else: "…, and later at the conservatory".
    let end = (first.span.end - first.unit.start) as usize;
    let clause = &text[..text[end..].find([',', ';']).map_or(text.len(), |cut| end + cut)];
    let unsure = |word: &str| UNSURE.contains(&word) && !(word == "later" && (role.place || role.name == "spouse"));
    if article.is_quoted(first.span) || words(clause).any(|word| unsure(&fold(word.text))) {
        return;
    }
    let mut values = vec![value(account, first)];
    let mut end = first.span.end;
    for next in names[number + 1..].iter().take_while(|next| next.unit == first.unit) {
        let between = &article.text[end as usize..next.span.start as usize];
        let joined = matches!(between.trim(), "," | "and" | ", and" | "&" | "with")
            || between.trim().starts_with("and ") && between.len() < 30 && !between.contains(" by ");
        if !joined {
            break;
        }
        values.push(value(account, next));
        end = next.span.end;
    }
    let own_key = key_of(&account.events().subjects.own_name());
    let of = match whose {
        Whose::Own => own_key.clone(),
        Whose::Other(name) => key_of(name),
    };
    let own = *whose == Whose::Own || of.is_some() && of == own_key;
    claims.push(RoleClaim {
        role: role.name.to_owned(),
        place: role.place,
        yearly: role.name == "spouse",
        year: year(account, first.unit),
        of,
        span: Span { end, ..first.span },
        values,
        unit: first.unit,
        in_field: false,
        own,
        occasion: None,
    });
}

#[allow(clippy::too_many_lines, reason = "a list of patterns, one after the other")]
/// The role that a name has in its sentence, and whose role that is.
fn doer(account: &Account<'_>, name: &Name, main_pronoun: Option<&str>) -> Option<(&'static Role, Whose)> {
    let article = account.article;
    let text = article.text(name.unit);
    let at = (name.span.start - name.unit.start) as usize;
    let end = (name.span.end - name.unit.start) as usize;
    let all = account.words_of(name.unit);
    let before = &all[..all.partition_point(|(word, _)| word.start < at)];
    let word = |back: usize| before.len().checked_sub(back).map_or("", |i| before[i].1.as_ref());
    let place_of = |back: usize| name.unit.start + before[before.len() - back].0.start as u32;
    let of_verb = |base: &str, place: bool| {
        ROLES.iter().find(|role| role.place == place && role.verbs.iter().any(|verb| verbs::same_base(base, verb)))
    };
    // "designed by the Milan engineer X": over at most four words that describe.
    let mut back = 1;
    while back <= 5 && !matches!(word(back), "by" | "") {
        let plain = !is_function_word(word(back)) || matches!(word(back), "the" | "a" | "an" | "his" | "her" | "its");
        if !plain {
            break;
        }
        back += 1;
    }
    if word(back) == "by" {
        // "founded about 1190 by X": the verb stands at most four words before.
        for verb_back in back + 1..back + 6 {
            if matches!(word(verb_back), "" | "and" | "or" | "which" | "who" | "that") {
                break;
            }
            let Some((base, _)) = verbs::verb(word(verb_back)).filter(|(_, form)| *form != verbs::Form::Gerund) else {
                continue;
            };
            let role = of_verb(&base, false)?;
            let at = place_of(verb_back);
            let whose = patient(account, name.unit, at, true, &text[..(at - name.unit.start) as usize])?;
            return Some((role, whose));
        }
        return None;
    }
    // "born at X", "was signed at X", "who signed the convention at X".
    if matches!(word(1), "at" | "in") {
        let gap = &text[before.last().map_or(0, |(word, _)| word.end())..at];
        for verb_back in 2..9 {
            let back = word(verb_back);
            if gap != " "
                || matches!(
                    back,
                    "" | "and"
                        | "or"
                        | "which"
                        | "who"
                        | "that"
                        | "near"
                        | "to"
                        | "where"
                        | "when"
                        | "after"
                        | "before"
                )
            {
                break;
            }
            let Some((base, form)) = verbs::verb(back).filter(|(_, form)| *form != verbs::Form::Gerund) else {
                // Another place stands between.
                let between = before.len().checked_sub(verb_back).map(|i| before[i].0);
                let another = between.is_some_and(|between| is_capitalised(between.text))
                    && matches!(word(verb_back + 1), "at" | "in");
                if another {
                    break;
                }
                continue;
            };
            let Some(role) = of_verb(&base, true) else { break };
            let at = place_of(verb_back);
            let auxiliary = (1..=3).any(|more| matches!(word(verb_back + more), "was" | "were" | "been" | "being"));
            let passive = auxiliary || role.name == "place of death" || form == verbs::Form::Participle;
            let mut whose = patient(account, name.unit, at, passive, "")?;
            // "his niece R. C. …; she died in X": of her, where the article is about a man.
            let pronoun = (1..=3).map(|more| word(verb_back + more)).find(|word| matches!(*word, "he" | "she"));
            if pronoun.is_some_and(|pronoun| Some(pronoun) != main_pronoun) {
                let names = account.names();
                let in_unit = &names.names[names.in_unit(name.unit)];
                let last = in_unit.iter().rev().find(|other| other.span.end <= at && other.words.len() > 1)?;
                whose = Whose::Other(value(account, last).join(" "));
            }
            return Some((role, whose));
        }
        // "plays its home matches at X"
        if matches!(word(2), "matches" | "games" | "fixtures")
            && word(3) == "home"
            && matches!(word(5), "plays" | "play")
        {
            return ROLES.iter().find(|role| role.name == "home ground").map(|role| (role, Whose::Own));
        }
        // "has its headquarters in X", "is based at X"
        let mut back = 2;
        while matches!(word(back), "are" | "is" | "located") {
            back += 1;
        }
        if matches!(word(back), "headquarters" | "headquartered" | "based")
            || word(back) == "office" && word(back + 1) == "head"
        {
            let role = ROLES.iter().find(|role| role.name == "headquarters")?;
            let at = place_of(back);
            let own = statements(account.events(), name.unit)
                .any(|statement| statement.subject == Some(MAIN) && statement.words.start <= at);
            let dated = !account.times_in(name.unit).is_empty();
            return (own && !dated).then_some((role, Whose::Own));
        }
    }
    // "a weir on the River Swale", "crosses the Arrua River"
    let is_river = account.names().of(name).iter().any(|word| word.folded == "river");
    let preposition = if word(1) == "the" { word(2) } else { word(1) };
    if is_river && matches!(preposition, "on" | "over" | "across" | "crosses" | "spans" | "crossing" | "spanning") {
        let role = ROLES.iter().find(|role| role.name == "river")?;
        let own =
            statements(account.events(), name.unit).next().is_some_and(|statement| statement.subject == Some(MAIN))
                || statements(account.events(), name.unit)
                    .find(|statement| statement.words.contains(name.span))
                    .is_some_and(|statement| statement.subject == Some(MAIN))
                || (2..7).any(|back| account.events().subjects.is_own_noun(word(back)) && word(back + 1) == "the");
        return own.then_some((role, Whose::Own));
    }
    // "X designed the dam".
    let after: Vec<_> = folded_words(&text[end..]).take(4).collect();
    if let Some((verb, folded)) = after.first()
        && text[end..end + verb.start].trim().is_empty()
        && let Some((base, verbs::Form::Either | verbs::Form::Past)) = verbs::verb(folded)
        && let Some(role) = of_verb(&base, false).filter(|role| role.name != "spouse")
    {
        let at = name.unit.start + (end + verb.start) as u32;
        if let Some(whose) = patient(account, name.unit, at, false, "") {
            return Some((role, whose));
        }
    }
    // "She married the conductor X".
    let mut back = 1;
    while back <= 4
        && (matches!(word(back), "the" | "a" | "an" | "his" | "her")
            || !is_function_word(word(back)) && verbs::verb(word(back)).is_none())
    {
        back += 1;
    }
    if word(back) == "married" {
        let at = place_of(back);
        let statement = statements(account.events(), name.unit)
            .find(|statement| statement.verb.start <= at && at < statement.verb.end)?;
        let role = ROLES.iter().find(|role| role.name == "spouse")?;
        return (statement.subject == Some(MAIN) && !statement.unreal).then_some((role, Whose::Own));
    }
    // "its architect, X", "Her first master was X"
    let gap = &text[before.last().map_or(0, |(word, _)| word.end())..at];
    let mut back = 1;
    if matches!(word(1), "was" | "were" | "is") {
        back = 2;
    }
    let noun = word(back);
    let pair = format!("{} {noun}", word(back + 1));
    let role = ROLES.iter().find(|role| role.nouns.contains(&noun) || role.nouns.contains(&pair.as_str()))?;
    let wide = role.nouns.contains(&pair.as_str());
    let owner_back = back + if wide { 2 } else { 1 };
    let owner = word(owner_back);
    let closed = text[end..].starts_with([',', '(', '.', ';']) || text[end..].starts_with(" (");
    let direct = match gap.trim() {
        "," => closed,
        "" => back == 2 || matches!(owner, "his" | "her" | "its"),
        _ => false,
    };
    let kin = matches!(role.name, "father" | "mother" | "spouse");
    if kin && !account.events().subjects.about_person() || role.name == "spouse" {
        return None;
    }
    // "the son of the founder, X" is the son.
    let hangs = matches!(word(owner_back + 1), "of" | "by" | "with" | "to" | "from");
    let own = match owner {
        "his" | "her" => !kin || is_about_main(account, name.unit),
        "its" => !kin,
        "the" => !kin && !hangs && is_about_main(account, name.unit),
        _ => false,
    };
    (direct && own).then_some((role, Whose::Own))
}

/// The clauses of a sentence.
pub(super) fn statements(events: &Events, unit: Span) -> impl Iterator<Item = &Statement> {
    let first = events.statements.partition_point(|statement| statement.sentence.start < unit.start);
    events.statements[first..].iter().take_while(move |statement| statement.sentence == unit)
}

/// Whether the clause at a place is about the article's subject.
fn is_about_main(account: &Account<'_>, unit: Span) -> bool {
    let events = account.events();
    let mut of_unit = statements(events, unit);
    let others = of_unit.any(|statement| {
        statement.subject.is_some_and(|subject| subject != MAIN && events.subjects.kind(subject) == Some("person"))
    });
    !others
}

/// What the verb at a place is done to.
fn patient(account: &Account<'_>, unit: Span, at: u32, passive: bool, before: &str) -> Option<Whose> {
    let events = account.events();
    let statement = statements(events, unit).find(|statement| statement.verb.start <= at && at < statement.verb.end);
    // Before it may be a name, which "it" does not mean.
    const NEAR: u32 = 40;
    let opens_on_it = account.article.text(unit).starts_with("It was ") && is_second_sentence(account, unit);
    if passive && opens_on_it && at < unit.start + NEAR && !events.subjects.about_person() {
        return Some(Whose::Own);
    }
    if let Some(statement) = statement {
        if statement.unreal {
            return None;
        }
        let who = if passive { statement.subject } else { statement.object };
        match who {
            Some(MAIN) => return Some(Whose::Own),
            Some(other) if !before.is_empty() || !passive || events.subjects.name_key(other).is_some() => {
                if let Some(name) = events.subjects.name_key(other) {
                    return Some(Whose::Other(name));
                }
                if !passive {
                    return None;
                }
            }
            _ => {}
        }
    }
    // "The score was composed by X": of the work that the article is about.
    let work = super::subjects::is_part_of_work(words(before).map(|word| word.text), events.subjects.kind(MAIN));
    if passive && work {
        return Some(Whose::Own);
    }
    // "Born in Linz, she was taught …"
    let opens = matches!(account.between(unit.start as usize, at as usize), "") && events.subjects.about_person();
    if opens && account.article.text(unit).starts_with("Born ") {
        return Some(Whose::Own);
    }
    // "is a steel bridge designed by X": the noun that the article's subject goes by, in a sentence about it.
    let noun = words(before).last();
    let own = noun.is_some_and(|noun| !is_capitalised(noun.text) && events.subjects.is_own_noun(&fold(noun.text)));
    (passive && own).then_some(Whose::Own)
}

/// Whether a sentence is the second of the article's text, whose "it" is what the first was about.
fn is_second_sentence(account: &Account<'_>, unit: Span) -> bool {
    let article = account.article;
    article.lead().is_some_and(|lead| article.sentences_of(lead).get(1) == Some(&unit))
}

/// Where somebody was born or died, from the sentence that says so.
fn places(account: &Account<'_>, event: &Event, claims: &mut Vec<RoleClaim>) {
    let article = account.article;
    let class = super::vocabulary().classes[event.class].name.as_str();
    let (role, verb) = match class {
        "birth" => ("birthplace", "born"),
        "death" => ("place of death", "died"),
        _ => return,
    };
    let own = event.who == MAIN;
    let day = event.days.filter(|days| days.precision == Precision::Day).map(|days| days.from);
    if event.hedged || !own && day.is_none() && account.events().subjects.name_key(event.who).is_none() {
        return;
    }
    let Some(unit) = account.sentence(event.words.start as usize) else {
        // A day in a field: its place may stand in another field.
        if own && let Some(day) = day {
            let first = account.events().subjects.own_name().split(' ').next().unwrap_or("").to_owned();
            for claim in claims.iter_mut().filter(|claim| claim.role == role && claim.in_field) {
                claim.occasion = Some((first.clone(), day));
            }
        }
        return;
    };
    let text = article.text(unit);
    let Some(at) = text.find(verb).map(|at| at + verb.len()) else { return };
    let clause = &text[at..];
    let clause = &clause[..clause.find(['.', ';', '—', '(']).unwrap_or(clause.len())];
    // Up to the next verb or joint: "was born at Plymouth on 22 May 1858, his parents having …".
    let mut before = "";
    let mut span: Option<Span> = None;
    let mut end = 0;
    for (number, word) in words(clause).enumerate() {
        let gap = &clause[end..word.start];
        end = word.end();
        if number > 14
            || matches!(
                word.text,
                "and" | "but" | "who" | "when" | "where" | "after" | "near" | "outside" | "to" | "as"
            ) && span.is_none()
        {
            break;
        }
        if is_capitalised(word.text)
            && matches!(before, "in" | "at")
            && gap == " "
            && !crate::time::MONTHS.contains(&word.text)
        {
            let start = unit.start + (at + word.start) as u32;
            let names = &account.names().names;
            let at = names.partition_point(|name| name.span.start < start);
            span = names.get(at).filter(|name| name.span.start == start).map(|name| name.span);
            break;
        }
        if verbs::verb(&fold(word.text)).is_some() && !word.text.ends_with("ed") {
            break;
        }
        before = word.text;
    }
    let Some(span) = span.filter(|&span| !article.is_quoted(span)) else { return };
    let names = account.names();
    let number = names.names.partition_point(|name| name.span.start < span.start);
    let mut values = vec![value(account, &names.names[number])];
    let mut end = span.end;
    for next in &names.names[number + 1..] {
        if next.unit != names.names[number].unit || article.text[end as usize..next.span.start as usize].trim() != "," {
            break;
        }
        values.push(value(account, next));
        end = next.span.end;
    }
    let first = if own {
        account.events().subjects.own_name().split(' ').next().unwrap_or("").to_owned()
    } else {
        fold(&account.events().subjects.all[event.who].name).split(' ').next().unwrap_or("").to_owned()
    };
    let unsure = words(text).any(|word| {
        matches!(
            word.text,
            "or" | "perhaps" | "probably" | "possibly" | "claimed" | "according" | "some" | "near" | "another"
        )
    });
    if unsure {
        return;
    }
    let of = if own {
        key_of(&account.events().subjects.own_name())
    } else {
        account.events().subjects.name_key(event.who).and_then(|name| key_of(&name))
    };
    claims.push(RoleClaim {
        role: role.to_owned(),
        place: true,
        yearly: false,
        year: year(account, unit),
        of,
        span: Span { end, ..span },
        values,
        unit,
        in_field: false,
        own,
        occasion: day.map(|day| (first, day)).filter(|_| class == "birth"),
    });
}
