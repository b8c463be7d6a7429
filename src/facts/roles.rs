//! Who did what there is but one doer of, and where what happens in one place happened: designers, builders, birthplaces.
//!
//! A role is read from a field of the infobox, from a passive with its agent ("was designed by the engineer X"), from an active whose
//! object is the article's own subject ("X designed the dam"), and from an apposition ("its architect, X"). After the
//! lexical patterns of Hearst, "Automatic Acquisition of Hyponyms from Large Text Corpora" (1992).

use super::names::Name;
use super::{Account, Event, Events, MAIN, Statement, verbs};
use crate::source::Span;
use crate::text::{fold, is_capitalised, is_function_word, words};
use crate::time::{Day, Precision};

/// What somebody did to the article's subject, or where something happened to it.
#[derive(Debug, Clone)]
pub struct RoleClaim {
    /// Which role, as a number of [`ROLES`].
    pub role: usize,
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
pub struct Role {
    /// What it is called in a message.
    pub name: &'static str,
    /// Bases of the verbs that say it.
    verbs: &'static [&'static str],
    /// Nouns for who has it.
    nouns: &'static [&'static str],
    /// Keys of the infobox.
    fields: &'static [&'static str],
    /// Whether its value is a place.
    pub place: bool,
}

/// The roles that one thing has one holder of.
pub const ROLES: &[Role] = &[
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
        verbs: &[],
        nouns: &[],
        fields: &["birthplace", "birth place", "place of birth", "born in"],
        place: true,
    },
    Role {
        name: "place of death",
        verbs: &[],
        nouns: &[],
        fields: &["place of death", "death place", "deathplace", "died in"],
        place: true,
    },
    Role {
        name: "burial place",
        verbs: &[],
        nouns: &[],
        fields: &["buried", "burial place", "resting place", "place of burial", "restingplace"],
        place: true,
    },
];

/// The role of that name.
fn role(name: &str) -> usize {
    ROLES.iter().position(|role| role.name == name).unwrap_or(0)
}

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

pub(super) fn read(account: &Account<'_>) -> Vec<RoleClaim> {
    let article = account.article;
    let mut claims = Vec::new();
    for field in article.infobox.iter().flat_map(|infobox| &infobox.fields) {
        let key = fold(article.text(field.key).trim()).replace(['_', '-'], " ");
        let key = key.trim_end_matches(|c: char| c.is_ascii_digit());
        let role = ROLES.iter().position(|role| role.fields.contains(&key));
        let names = &account.names().names[account.names().in_unit(field.value)];
        let (Some(role), Some(first), Some(last)) = (role, names.first(), names.last()) else { continue };
        let span = Span { end: last.span.end, ..first.span };
        claims.push(RoleClaim {
            role,
            span,
            values: names.iter().map(|name| value(account, name)).collect(),
            unit: field.value,
            in_field: true,
            own: true,
            occasion: None,
        });
    }
    for (number, name) in account.names().names.iter().enumerate().filter(|(_, name)| !name.heads) {
        if let Some(role) = doer(account, name) {
            push(account, &mut claims, role, number);
        }
    }
    let events = account.events();
    for event in &events.events {
        places(account, event, &mut claims);
    }
    claims
}

fn value(account: &Account<'_>, name: &Name) -> Vec<String> {
    account
        .names()
        .of(name)
        .iter()
        .map(|word| word.folded.clone())
        .filter(|word| !super::names::is_title(word))
        .collect()
}

/// Takes a claim with all names that are joined to the first.
fn push(account: &Account<'_>, claims: &mut Vec<RoleClaim>, role: usize, number: usize) {
    let names = &account.names().names;
    let article = account.article;
    let first = &names[number];
    let text = article.text(first.unit);
    if article.is_quoted(first.span) || words(text).any(|word| UNSURE.contains(&fold(word.text).as_ref())) {
        return;
    }
    let mut values = vec![value(account, first)];
    let mut end = first.span.end;
    for next in names[number + 1..].iter().take_while(|next| next.unit == first.unit) {
        let between = &article.text[end as usize..next.span.start as usize];
        let joined = matches!(between.trim(), "," | "and" | ", and" | "&" | "with")
            || between.trim().starts_with("and ") && between.len() < 30;
        if !joined {
            break;
        }
        values.push(value(account, next));
        end = next.span.end;
    }
    claims.push(RoleClaim {
        role,
        span: first.span,
        values,
        unit: first.unit,
        in_field: false,
        own: true,
        occasion: None,
    });
}

/// The role that a name has in its sentence.
fn doer(account: &Account<'_>, name: &Name) -> Option<usize> {
    let article = account.article;
    let text = article.text(name.unit);
    let at = (name.span.start - name.unit.start) as usize;
    let end = (name.span.end - name.unit.start) as usize;
    let before: Vec<_> = words(&text[..at]).map(|word| (word, fold(word.text))).collect();
    let word = |back: usize| before.len().checked_sub(back).map_or("", |i| before[i].1.as_ref());
    // "designed by the Milan engineer X": over at most four words that describe.
    let mut back = 1;
    while back <= 5 && !matches!(word(back), "by" | "") {
        let plain = !is_function_word(word(back)) || matches!(word(back), "the" | "a" | "an" | "his" | "her" | "its");
        if !plain {
            break;
        }
        back += 1;
    }
    if word(back) == "by"
        && let Some((base, _)) = verbs::verb(word(back + 1)).filter(|(_, form)| *form != verbs::Form::Gerund)
    {
        let role = ROLES.iter().position(|role| role.verbs.iter().any(|verb| verbs::same_base(&base, verb)))?;
        let at = name.unit.start + before[before.len() - back - 1].0.start as u32;
        return is_of_own(account, name.unit, at, true, &text[..at.saturating_sub(name.unit.start) as usize])
            .then_some(role);
    }
    // "X designed the dam".
    let after: Vec<_> = words(&text[end..]).take(4).map(|word| (word, fold(word.text))).collect();
    if let Some((verb, folded)) = after.first()
        && text[end..end + verb.start].trim().is_empty()
        && let Some((base, verbs::Form::Either | verbs::Form::Past)) = verbs::verb(folded)
        && let Some(role) = ROLES.iter().position(|role| role.verbs.iter().any(|known| verbs::same_base(&base, known)))
    {
        let at = name.unit.start + (end + verb.start) as u32;
        if is_of_own(account, name.unit, at, false, "") {
            return Some(role);
        }
    }
    // "its architect, X", "Her first master was X".
    let gap = &text[before.last().map_or(0, |(word, _)| word.end())..at];
    let mut back = 1;
    if matches!(word(1), "was" | "were" | "is") {
        back = 2;
    }
    let noun = word(back);
    let pair = format!("{} {noun}", word(back + 1));
    let role = ROLES.iter().position(|role| role.nouns.contains(&noun) || role.nouns.contains(&pair.as_str()))?;
    let wide = ROLES[role].nouns.contains(&pair.as_str());
    let owner = word(back + if wide { 2 } else { 1 });
    let closed = text[end..].starts_with([',', '(', '.', ';']) || text[end..].starts_with(" (");
    let direct = match gap.trim() {
        "," => closed,
        "" => back == 2 || matches!(owner, "his" | "her" | "its"),
        _ => false,
    };
    let kin = matches!(ROLES[role].name, "father" | "mother");
    if kin && !account.events().subjects.about_person() {
        return None;
    }
    let own = match owner {
        "his" | "her" => !kin || is_about_main(account, name.unit),
        "its" => !kin,
        "the" => !kin && is_about_main(account, name.unit),
        _ => false,
    };
    (direct && own).then_some(role)
}

/// The clauses of a sentence.
fn statements(events: &Events, unit: Span) -> impl Iterator<Item = &Statement> {
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

/// Whether the verb at a place is done to the article's subject.
fn is_of_own(account: &Account<'_>, unit: Span, at: u32, passive: bool, before: &str) -> bool {
    let events = account.events();
    let statement = statements(events, unit).find(|statement| statement.verb.start <= at && at < statement.verb.end);
    if let Some(statement) = statement {
        if statement.unreal {
            return false;
        }
        let who = if passive { statement.subject } else { statement.object };
        if who == Some(MAIN) {
            return true;
        }
        if who.is_some() && !passive {
            return false;
        }
    }
    // "is a steel bridge designed by X": the noun that the article's subject goes by, in a sentence about it.
    let noun = words(before).last().map(|word| fold(word.text).into_owned());
    passive && noun.is_some_and(|noun| events.subjects.is_own_noun(&noun))
}

/// Where somebody was born or died, from the sentence that says so.
fn places(account: &Account<'_>, event: &Event, claims: &mut Vec<RoleClaim>) {
    let article = account.article;
    let class = super::vocabulary().classes[event.class].name.as_str();
    let (role, verb) = match class {
        "birth" => (role("birthplace"), "born"),
        "death" => (role("place of death"), "died"),
        _ => return,
    };
    let own = event.who == MAIN;
    let day = event.days.filter(|days| days.precision == Precision::Day).map(|days| days.from);
    if event.hedged || !own && (day.is_none() || class != "birth") {
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
    claims.push(RoleClaim {
        role,
        span: Span { end, ..span },
        values,
        unit,
        in_field: false,
        own,
        occasion: day.map(|day| (first, day)).filter(|_| class == "birth"),
    });
}
