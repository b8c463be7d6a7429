//! Flags two statements of one fact that cannot both be right: other numbers, places or names, or a denial.
//!
//! A lead is written at one time and a table at another, and digits change places under tired hands. Compared are:
//!
//! - a measure in two units that do not convert into each other: "1,846 feet (536 m)";
//! - two quantities of one kind that measure the same thing, by the trait that the words name ("long", "on board", "at the opening"),
//!   the words around them, the key of the infobox, and how much the digits look like a slip of the other's;
//! - two counts of what a text counts but once, where the later points back to all of it ("all sixteen stations", "its four arms");
//! - two holders of a role that one thing has one of (designer, builder, composer, first director, winner), two birthplaces, two
//!   places of one embassy;
//! - "no one was hurt" and what tells of dead or injured in the same year;
//! - a whole and its parts in another sentence, the rest of a number, how many more one has than another, brothers and sisters;
//! - numbers of the same digits in another order, "14,218" and "12,418", where other words say that they are one;
//! - the left hand and the right, the left bank and the right;
//! - an ordinal above the count: "the fourth pylon" of three; what is denied altogether and is there: "without a single tunnel", "never took
//!   out a patent", "childless";
//! - a clause and its denial or its opposite: "did not resign" and "resigned", "cleared the master" and "blamed the master";
//! - what two articles say of one named thing, one birth on one day, or the dead of one day.
//!
//! Numbers are intervals: "over 2,400" agrees with 2,431, and 3,000 with 2,912. Silent are other years, parts and their sums, ranges,
//! changes ("rose to", "another twelve"), plans and estimates, quotations, and what the text itself calls two counts.
//!
//! **When to doubt it:** when both numbers are of two things that the text tells apart by a word far away. Naming the thing beside the
//! number helps readers as well. `seedlint inspect facts` shows what was read.
//!
//! ## How it works
//! Evidence is added up per pair of figures of one measure; a finding needs about three independent signs. Between articles, figures meet
//! under the folded name of their subject and their trait. Roles are read by patterns as in Hearst (1992).
//!
//! ## Example
//! ```text fails
//! = Corvan Lock =
//!
//! Corvan Lock is a canal lock that is 187 feet long, the longest on the Brede Canal. It was opened in 1811.
//!
//! The side walls were raised after the flood. The engineers who surveyed the 178-foot lock found them sound.
//! ```
//! Two digits have changed places. These are of two locks:
//! ```text passes
//! = Corvan Lock =
//!
//! Corvan Lock is a canal lock that is 187 feet long, the longest on the Brede Canal. It was opened in 1811.
//!
//! The side walls were raised after the flood. The next lock upstream, at Hallow, is only 164 feet long.
//! ```

use crate::article::{Article, BlockKind};
use crate::corpus::Corpus;
use crate::diagnostic::{Diagnostic, Severity};
use crate::facts::{
    Account, BARE, Comparison, Exactness, Figure, Measure, NormalForm, Quantity, Role, RoleClaim, SubjectId, SumKind,
    alike, compare, is_people, may_be_alike, stem, traits, variation,
};
use crate::rule::{Check, Context, Findings, Rule};
use crate::source::{SourceId, Span};
use crate::text::{Map, fold, words};
use crate::time::{Day, Precision};
use crate::witness::{Witness, Witnesses};
use std::cell::OnceCell;
use xxhash_rust::xxh3::xxh3_64;

pub(crate) static RULE: Rule = Rule {
    severity: Severity::Warning,
    checks: &[Check::Article(check), Check::Corpus { map, judge }],
    thresholds: &[],
};

fn check(article: &Article<'_>, context: &Context<'_>, findings: &mut Findings) {
    let account = context.account;
    conversions(article, account.quantities(), findings);
    let told = figures(account, findings);
    transpositions(account, &told, findings);
    roles(account, findings);
    harm(account, findings);
    sums(account, findings);
    denials(account, findings);
    ordinals(account, findings);
}

// An ordinal that is more than there are.

/// "the fourth pylon", where the article counts three.
fn ordinals(account: &Account<'_>, findings: &mut Findings) {
    const MORE: f64 = 3.0;
    let figures = account.figures();
    let counted: Vec<&Figure> = figures
        .iter()
        .filter(|figure| {
            let quantity = &figure.quantity;
            let exact = quantity.exactness == Exactness::Exact && !quantity.part && !quantity.in_range;
            let thing = matches!(&quantity.measure, Measure::Count(noun) if noun != BARE && !is_people(noun));
            exact
                && thing
                && (figure.own || quantity.in_field || figure.in_lead)
                && !figure.relative
                && figure.years.is_none()
                && quantity.value >= 2.0
        })
        .collect();
    if counted.is_empty() || counted.len() > MOST {
        return;
    }
    let mut most: Map<&str, f64> = Map::default();
    for figure in figures {
        if let Measure::Count(noun) = &figure.quantity.measure {
            let most = most.entry(noun.as_str()).or_default();
            *most = most.max(figure.quantity.range.1);
        }
    }
    for &sentence in &account.article.sentences {
        let all = account.words_of(sentence);
        for at in 1..all.len().saturating_sub(1) {
            let Some(ordinal) = crate::facts::ordinal(&all[at].1).filter(|&number| number > 2) else { continue };
            let (before, noun) = (&all[at - 1].1, &all[at + 1].1);
            let joined = account.article.text(sentence)[all[at].0.end()..all[at + 1].0.start].trim().is_empty();
            if !joined || !matches!(before.as_ref(), "the" | "its") {
                continue;
            }
            let of_noun = |figure: &&&Figure| matches!(&figure.quantity.measure, Measure::Count(counted) if counted == noun.as_ref());
            // Whatever else counts as many, or more, may be meant.
            let enough = most.get(noun.as_ref()).is_some_and(|&most| most >= f64::from(ordinal));
            let Some(figure) = counted.iter().find(of_noun).filter(|_| !enough) else { continue };
            let span = Span {
                start: sentence.start + all[at - 1].0.start as u32,
                end: sentence.start + all[at + 1].0.end() as u32,
                ..sentence
            };
            let limited = all.iter().any(|(_, folded)| {
                matches!(
                    folded.as_ref(),
                    "added"
                        | "planned"
                        | "new"
                        | "would"
                        | "will"
                        | "another"
                        | "later"
                        | "proposed"
                        | "never"
                        | "built"
                        | "not"
                        | "no"
                )
            });
            let near = f64::from(ordinal) <= figure.quantity.value + MORE;
            if limited || !near || figure.quantity.unit == sentence || account.article.is_quoted(span) {
                continue;
            }
            let (this, that) = (account.flat(span), account.flat(figure.place));
            findings.push(
                Diagnostic::new(span, format!("“{this}” here, but “{that}” elsewhere"))
                    .label("more than there are")
                    .related(figure.place, format!("“{that}”"))
                    .help("count again and correct the one or the other; if one more came later, say so"),
            );
        }
    }
}

// One length in two units.

/// Units that go by one name and are not the same: short, long and metric tons; miles on land and at sea; gallons here and there.
fn is_ambiguous(quantity: &Quantity) -> bool {
    let name = quantity.unit_name.as_str();
    name.starts_with("ton") || name.starts_with("mile") || name.starts_with("gallon") || name == "mi" || name == "t"
}

fn conversions(article: &Article<'_>, quantities: &[Quantity], findings: &mut Findings) {
    for pair in quantities.windows(2) {
        let [one, other] = pair else { continue };
        let converts = !matches!(
            one.measure,
            Measure::Count(_)
                | Measure::Money(_)
                | Measure::Share
                | Measure::Clock
                | Measure::Duration
                | Measure::Own(_)
        );
        if one.unit != other.unit || !converts || one.measure != other.measure || one.unit_name == other.unit_name {
            continue;
        }
        let between = &article.text[one.span.end as usize..other.span.start as usize];
        let behind = &article.text[other.span.end as usize..];
        if !(between.trim() == "(" && behind.starts_with([')', ';', ','])) {
            continue;
        }
        // To the last figure that is given, and a hundredth for what is rounded on the way.
        let slack = if is_ambiguous(one) || is_ambiguous(other) { 0.22 } else { 0.012 };
        let reach = |quantity: &Quantity| {
            let rounding = (quantity.range.1 - quantity.range.0).max(last_place(quantity)) / 2.0;
            (quantity.value - rounding, quantity.value + rounding)
        };
        let (a, b) = (reach(one), reach(other));
        if a.0 <= b.1 * (1.0 + slack) && b.0 <= a.1 * (1.0 + slack) {
            continue;
        }
        let factor = other.value / written(other);
        let right = one.value / factor;
        let digits = usize::from(right < 10.0);
        findings.push(
            Diagnostic::new(
                other.span,
                format!(
                    "{} are {right:.digits$} {}, not {}",
                    article.text(one.span),
                    other.unit_name,
                    article.text(other.number)
                ),
            )
            .label("does not convert")
            .related(one.span, "the same in another unit")
            .help("look up which of the two is right and convert it anew"),
        );
    }
}

/// The number as it is written.
fn written(quantity: &Quantity) -> f64 {
    quantity.value / quantity.factor
}

/// One in the last figure that is given, in the base unit: "563 m" is right to a metre.
fn last_place(quantity: &Quantity) -> f64 {
    let number = written(quantity);
    let zeros = if number.fract() == 0.0 { quantity.zeros } else { 0 };
    let step = if number.fract() == 0.0 { 10f64.powi(zeros) } else { 0.1 };
    (step * quantity.factor).min(quantity.value * 0.05)
}

// Figures within an article.

/// Figures of one measure, where there are more the rest is not compared.
const MOST: usize = 96;
/// What must speak for two figures being of one fact.
const ENOUGH: f64 = 5.0;

/// Reports figures of one fact that disagree; gives where they stand.
fn figures(account: &Account<'_>, findings: &mut Findings) -> Vec<Span> {
    let figures = account.figures();
    let mut told = Vec::new();
    let subjects = &account.events().subjects;
    let setting = Setting { changes: words(account.article.text).any(|word| CHANGES.contains(&word.text)) };
    let own: Vec<u64> = account
        .article
        .title_text()
        .map_or_else(Vec::new, |title| words(title).map(|word| stem(&fold(word.text))).collect());
    let people = Measure::Count(String::from("person"));
    let dollars = Measure::Money("$");
    let mut by_measure: Map<&Measure, Vec<usize>> = Map::default();
    for (number, figure) in figures.iter().enumerate() {
        let measure = match &figure.quantity.measure {
            // "2,300 men were employed", "a workforce of 3,200"
            Measure::Count(noun) if is_people(noun) => &people,
            // "4.2 million Tavoan dollars", "2.4 million dollars"
            Measure::Count(noun) if noun == "dollar" => &dollars,
            measure => measure,
        };
        by_measure.entry(measure).or_default().push(number);
    }
    let mut groups: Vec<Vec<usize>> = by_measure.into_values().filter(|group| group.len() > 1).collect();
    groups.sort_unstable();
    let mut frequency: Map<u64, usize> = Map::default();
    for figure in figures {
        for &word in &figure.context {
            *frequency.entry(word).or_default() += 1;
        }
    }
    for group in groups {
        let group = &group[..group.len().min(MOST)];
        let members: Vec<&Figure> = group.iter().map(|&number| &figures[number]).collect();
        let mut best: Vec<(f64, usize, usize)> = Vec::new();
        for (i, &later) in group.iter().enumerate() {
            for &earlier in &group[..i] {
                let (one, other) = (&figures[earlier], &figures[later]);
                if let Some(score) =
                    evidence(one, other, &members, &own, &frequency, &setting, |id| subjects.name_key(id).is_some())
                {
                    best.push((score, earlier, later));
                }
            }
        }
        best.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let mut said: Vec<usize> = Vec::new();
        for (_, earlier, later) in best {
            if said.contains(&later) || said.contains(&earlier) {
                continue;
            }
            said.extend([earlier, later]);
            told.extend([figures[earlier].quantity.number, figures[later].quantity.number]);
            report(account, &figures[earlier], &figures[later], findings);
        }
    }
    told
}

/// Numbers whose digits changed places, where nothing else was found to be wrong with them.
fn transpositions(account: &Account<'_>, told: &[Span], findings: &mut Findings) {
    for transposition in account.transpositions() {
        let (here, there) = (transposition.here, transposition.there);
        let meets = |span: &&Span| {
            span.start < here.end && here.start < span.end || span.start < there.end && there.start < span.end
        };
        if told.iter().any(|span| meets(&span)) {
            continue;
        }
        let (this, that) = (account.flat(here), account.flat(there));
        findings.push(
            Diagnostic::new(
                here,
                format!("“{this}” here, but “{that}” where the same seems to be meant: the digits changed places"),
            )
            .label(format!("here {this}"))
            .related(there, format!("there {that}"))
            .help("look up which is right and correct the other; if the two are not of one thing, say so in the text"),
        );
    }
}

/// Verbs of changes of size.
const CHANGES: &[&str] = &[
    "added",
    "deepened",
    "doubled",
    "enlarged",
    "expanded",
    "extended",
    "grew",
    "heightened",
    "increased",
    "lengthened",
    "lowered",
    "raised",
    "rebuilt",
    "reduced",
    "shortened",
    "widened",
];

/// What is known of an article beside its figures.
struct Setting {
    /// Whether it tells of a change of size.
    changes: bool,
}

/// What speaks for two figures that disagree being of one fact; `None` where it is not enough.
#[allow(clippy::too_many_lines, reason = "a list of signs, one after the other")]
fn evidence(
    one: &Figure,
    other: &Figure,
    group: &[&Figure],
    title: &[u64],
    frequency: &Map<u64, usize>,
    setting: &Setting,
    is_named: impl Fn(SubjectId) -> bool,
) -> Option<f64> {
    let (a, b) = (&one.quantity, &other.quantity);
    if a.unit == b.unit
        || a.in_field && b.in_field
        || a.agrees(b)
        || a.part
        || b.part
        || a.in_range
        || b.in_range
        || one.relative
        || other.relative
    {
        return None;
    }
    // Two nouns for people: only where the digits are those of a slip, and at one time.
    let nouns = a.measure != b.measure;
    if nouns && (alike(&digits(a, b), &digits(b, a)) < 3.0 || one.years.is_some() != other.years.is_some()) {
        return None;
    }
    // "Passenger cars: 28" is not of all cars.
    if matches!(a.measure, Measure::Count(_)) && (a.in_field || b.in_field) {
        let (field, prose) = if a.in_field { (one, other) } else { (other, one) };
        let said = |word: &u64| prose.context.binary_search(word).is_ok() || prose.modifiers.contains(word);
        let noun = |word: &u64| matches!(&a.measure, Measure::Count(noun) if stem(noun) == *word);
        if field.key.len() > 1 && !field.key.iter().all(|word| noun(word) || said(word)) {
            return None;
        }
    }
    let swapped = alike(&digits(a, b), &digits(b, a));
    if matches!(&a.measure, Measure::Count(noun) if noun == BARE) && swapped < 3.0 {
        return None;
    }
    // The size of a thing seldom changes; where the digits are those of a slip, a year beside it is that of something else.
    let same_attribute = one.attribute.is_some() && one.attribute == other.attribute;
    let lasting = matches!(a.measure, Measure::Length | Measure::Area | Measure::Mass | Measure::Own(_))
        && (swapped >= 3.0 || same_attribute && swapped >= 1.0);
    if let (Some(a), Some(b), false) = (one.years, other.years, lasting)
        && !(a.0 <= b.0 && b.1 <= a.1 || b.0 <= a.0 && a.1 <= b.1)
    {
        return None;
    }
    // What is counted month by month.
    if let (Some(a), Some(b)) = (one.months, other.months)
        && (a.1 < b.0 || b.1 < a.0)
        && swapped < 3.0
    {
        return None;
    }
    let common = one.traits & other.traits;
    let dimensions = traits::DIMENSIONS;
    if one.traits & dimensions != 0 && other.traits & dimensions != 0 && common & dimensions == 0 {
        return None;
    }
    let harm = traits::DEAD | traits::HURT;
    if one.traits & harm != other.traits & harm && one.traits & harm != 0 && other.traits & harm != 0 {
        return None;
    }
    // A sum or a difference that the text makes.
    let sums = group.iter().any(|third| {
        let c = &third.quantity;
        // Of small numbers two make a third by chance.
        const LARGE: usize = 3;
        let near =
            c.unit == a.unit || c.unit == b.unit || a.digits.len().min(b.digits.len()).min(c.digits.len() + 1) >= LARGE;
        near && ((a.value + c.value - b.value).abs() < 0.01 || (b.value + c.value - a.value).abs() < 0.01)
    });
    if sums {
        return None;
    }
    let nothing = a.value == 0.0 || b.value == 0.0;
    let ratio = if nothing { 2.0 } else { (a.value / b.value).max(b.value / a.value) };
    let both_own = one.own && other.own;
    let sets = sets(one, other, group);
    if ratio > 3.0 && swapped < 2.0 && !both_own {
        return None;
    }
    // The whole and a small part of it: a country and its lake.
    let far = ratio > 8.0 && swapped < 2.0;
    if far && !matches!(a.measure, Measure::Count(_)) {
        return None;
    }
    // What grows and shrinks is compared in one year only; a thing that was changed as well.
    let counted = matches!(&a.measure, Measure::Count(noun) if matches!(noun.as_str(), "person" | "member" | "employee" | "pupil" | "staff"));
    if one.years.is_some() != other.years.is_some() && swapped < 3.0 && (counted || setting.changes && sets == 0.0) {
        return None;
    }
    let mut score = swapped + sets;
    if both_own && !nothing {
        let hyphen = (one.hyphen || other.hyphen) && common == 0;
        let field = a.in_field || b.in_field;
        let alike = common & traits::DIMENSIONS != 0
            || matches!(a.measure, Measure::Count(_))
            || field && matches!(a.measure, Measure::Area | Measure::Duration)
            || hyphen;
        score += if alike { 3.0 } else { 1.0 };
    }
    // "gauge", "bore": a noun that is no common dimension tells what is measured.
    let telling = same_attribute && common == 0;
    if same_attribute {
        score += if telling { 3.5 } else { 2.0 };
    }
    if one.years.is_some() && one.years == other.years {
        score += 1.0;
    }
    let specific = matches!(&a.measure, Measure::Count(noun) if !matches!(noun.as_str(), BARE | "person" | "man" | "year" | "time" | "thing"));
    if specific && ratio < 1.01 && a.digits.len() >= 3 {
        score += 2.5;
    }
    score += match common {
        0 => 0.0,
        common if common & traits::INITIAL != 0 => 4.0,
        _ => 2.0,
    };
    let shared = one.context.iter().filter(|&word| {
        let rare = frequency.get(word).is_none_or(|&times| times <= 4);
        rare && other.context.binary_search(word).is_ok() && !title.contains(word)
    });
    score += (1.5 * shared.count() as f64).min(4.5);
    if a.in_field || b.in_field {
        let key = if a.in_field { &one.key } else { &other.key };
        let context = if a.in_field { &other.context } else { &one.context };
        // `highest_point`, and "the highest point of the park".
        let whole =
            key.len() >= 2 && key.iter().all(|word| context.binary_search(word).is_ok() && !title.contains(word));
        // Whatever is the highest, there is but one.
        let superlative = if a.in_field { one.superlative } else { other.superlative };
        if whole && superlative {
            score += 3.0;
        }
        if key.iter().any(|word| context.binary_search(word).is_ok()) {
            score += if matches!(a.measure, Measure::Share | Measure::Duration) { 3.5 } else { 1.5 };
        }
    }
    if one.in_lead != other.in_lead || a.in_field != b.in_field {
        score += 1.0;
    }
    match (one.subject, other.subject) {
        (Some(x), Some(y)) if x == y => score += 1.0,
        (Some(x), Some(y)) if swapped < 3.0 && is_named(x) && is_named(y) => return None,
        (Some(_), Some(_)) if swapped < 3.0 && common & traits::INITIAL == 0 && !telling => score -= 1.0,
        _ => {}
    }
    match &a.measure {
        Measure::Count(_) if specific => score += 1.0,
        Measure::Share => score -= 2.0,
        // Much lasts as long as something else.
        Measure::Duration => score -= 1.0,
        _ => {}
    }
    let comparable = group.iter().filter(|figure| !figure.quantity.part && !figure.relative).count();
    match comparable {
        2 => score += 1.0,
        9.. => score -= 1.0,
        _ => {}
    }
    if one.block == other.block {
        score -= 1.0;
    }
    let names =
        |figure: &Figure| figure.proper.iter().filter(|word| !title.contains(word)).copied().collect::<Vec<u64>>();
    let (names_a, names_b) = (names(one), names(other));
    if matches!(a.measure, Measure::Duration) && names_a.iter().any(|name| names_b.contains(name)) {
        score += 0.5;
    }
    if swapped < 3.0 && !a.in_field && !b.in_field && !names_a.iter().any(|name| names_b.contains(name)) {
        score -= f64::from(u8::from(!names_a.is_empty()) + u8::from(!names_b.is_empty()));
    }
    let others = |figure: &Figure| !figure.owner.is_empty() && !figure.owner.iter().all(|word| title.contains(word));
    if (others(one) || others(other)) && one.owner != other.owner && swapped < 3.0 {
        score -= 2.0;
    }
    if one.local != other.local && swapped < 3.0 {
        score -= 3.0;
    }
    if a.exactness != Exactness::Exact && b.exactness != Exactness::Exact {
        score -= 2.0;
    }
    if common & traits::DISTANCE != 0 {
        score -= 2.0;
    }
    (score >= ENOUGH).then_some(score)
}

/// The digits of a number beside another of the same size with its zeros, so that 104 and 140 are seen to be alike.
fn digits<'q>(one: &'q Quantity, other: &Quantity) -> std::borrow::Cow<'q, str> {
    let length = |quantity: &Quantity| quantity.digits.len() as i32 + quantity.zeros;
    if length(one) == length(other) && one.digits.len() != other.digits.len() && one.zeros.max(other.zeros) == 1 {
        format!("{}{}", one.digits, "0".repeat(one.zeros as usize)).into()
    } else {
        one.digits.as_str().into()
    }
}

/// What speaks for two counts being of one set: that the later points back to it ("all sixteen stations"), or that the infobox counts
/// it; and that the article counts it in two ways only. "The two", "the three" may be some that were just told of.
fn sets(one: &Figure, other: &Figure, group: &[&Figure]) -> f64 {
    const FEWEST: f64 = 4.0;
    let (a, b) = (&one.quantity, &other.quantity);
    let money = matches!(&a.measure, Measure::Count(noun) if noun == "dollar") || a.measure != b.measure;
    if !matches!(a.measure, Measure::Count(_)) || money || a.value.min(b.value) < 2.0 {
        return 0.0;
    }
    // Some of them: "six ancient parishes", "four toll roads" and "five major roads".
    let apart = !one.modifiers.is_empty() && !other.modifiers.is_empty();
    let shared = one.modifiers.iter().any(|word| other.modifiers.contains(word));
    let modified = match (apart, shared) {
        (true, false) => -3.0,
        (false, _) if one.modifiers.len() + other.modifiers.len() > 0 && !one.definite && !other.definite => -1.0,
        _ => 0.0,
    };
    let owned = one.own || a.in_field || b.in_field;
    let definite = other.definite || one.definite && owned;
    if !definite && !one.possessed {
        return modified;
    }
    let others = group.iter().filter(|third| {
        // The infobox counts all; what the prose counts beside it may be anybody's.
        let set = third.definite || third.own || !(a.in_field || b.in_field);
        let third = &third.quantity;
        set && !third.part && !third.in_range && !third.agrees(a) && !third.agrees(b)
    });
    let sure = if one.possessed || other.possessed {
        2.5
    } else if a.value.min(b.value) >= FEWEST {
        2.0
    } else {
        1.0
    };
    let sure = sure + if owned && other.definite { 1.0 } else { 0.0 };
    let sure = sure + if one.years.is_some() && one.years == other.years { 1.0 } else { 0.0 };
    modified
        + match others.count() {
            0 => sure,
            1 => sure - 1.0,
            _ => 0.0,
        }
}

fn report(account: &Account<'_>, one: &Figure, other: &Figure, findings: &mut Findings) {
    // The field is the place to look things up, the prose the place where the slip is looked for.
    let (here, there) = if other.quantity.in_field { (one, other) } else { (other, one) };
    let (this, that) = (account.flat(here.place), account.flat(there.place));
    findings.push(
        Diagnostic::new(here.place, format!("“{this}” here, but “{that}” of the same elsewhere"))
            .label(format!("here {this}"))
            .related(there.place, format!("there {that}"))
            .help("look up which is right and correct the other; if the two are not of one thing, say so in the text"),
    );
}

// Roles.

fn roles(account: &Account<'_>, findings: &mut Findings) {
    let claims = account.roles();
    let own: Vec<&RoleClaim> = claims.iter().filter(|claim| claim.own).collect();
    let mut said: Vec<&str> = Vec::new();
    for (i, one) in own.iter().enumerate() {
        for other in &own[i + 1..] {
            // Of a life many works are told, and more than one marriage.
            let only_two = || own.iter().filter(|claim| claim.role == one.role).count() == 2;
            if one.role != other.role
                || one.in_field && other.in_field
                || one.unit == other.unit
                || said.contains(&one.role.as_str())
                || one.role.starts_with("author of the") && !only_two()
                || agree(one, other, one.in_field && only_two())
            {
                continue;
            }
            said.push(&one.role);
            let (this, that) = (account.flat(other.span), account.flat(one.span));
            findings.push(
                Diagnostic::new(other.span, format!("the {} is {this} here, but {that} elsewhere", one.role))
                    .label(format!("here {this}"))
                    .related(one.span, format!("there {that}"))
                    .help("look up which is right and correct the other; if both had a part in it, say so"),
            );
        }
    }
}

// Harm to people that is told and denied.

fn harm(account: &Account<'_>, findings: &mut Findings) {
    let told = account.harm();
    for denial in told.iter().filter(|harm| harm.denied) {
        // "Nobody was killed" does not deny injuries; "nobody was hurt" denies deaths as well.
        let against = told.iter().find(|harm| {
            let same_year = harm.year.is_some() && harm.year == denial.year && (harm.own_year || denial.own_year);
            // Without a year: the noun of what happened ("the sinking"), where the article tells of harm in one year only.
            let one_year = told.iter().all(|other| other.denied || other.year == harm.year);
            let same_year =
                same_year || !denial.own_year && one_year && denial.event.is_some() && denial.event == harm.event;
            !harm.denied && harm.unit != denial.unit && (harm.deaths || !denial.deaths) && same_year
        });
        let Some(against) = against else { continue };
        let (this, that) = (account.flat(denial.span), account.flat(against.span));
        findings.push(
            Diagnostic::new(denial.span, format!("“{this}” here, but elsewhere “{that}”"))
                .label("denied here")
                .related(against.span, "told here")
                .help("look up what happened and correct the wrong sentence"),
        );
    }
}

// Sums and differences.

/// "fifteen members: nine elected … and eight named", "7,214 votes against 6,890 … a majority of 524".
fn sums(account: &Account<'_>, findings: &mut Findings) {
    for sum in account.sums() {
        let (said, right, words) = (sum.said, sum.right, account.flat(sum.span));
        let (message, label, there, help) = match sum.kind {
            SumKind::Parts => (
                format!("the parts make {right}, but the whole is {said}"),
                format!("together {right}"),
                format!("the whole, {said}"),
                "count again and correct the whole or a part",
            ),
            SumKind::Majority => (
                format!("the majority is {said}, but the votes differ by {right}"),
                format!("not {right}"),
                String::from("the votes"),
                "look the votes up and correct them or the majority",
            ),
            SumKind::Whole => (
                format!("“{words}” here, but the parts make {right}"),
                format!("not {right}"),
                format!("the parts, together {right}"),
                "count again and correct the whole or a part",
            ),
            SumKind::Rest => (
                format!("“{words}” here, but the rest is {right}"),
                format!("not {right}"),
                format!("all of them and some: the rest is {right}"),
                "count again and correct one of the three numbers",
            ),
            SumKind::Difference => (
                format!("“{words}” makes {right}, but it is {said} elsewhere"),
                format!("together {right}"),
                format!("there {said}"),
                "count again and correct the number or the difference",
            ),
            SumKind::Siblings => (
                format!("“{words}” here, but one of so many children has {right}"),
                format!("not {right}"),
                String::from("all the children"),
                "look up how many there were and correct the wrong number",
            ),
        };
        findings.push(Diagnostic::new(sum.span, message).label(label).related(sum.against, there).help(help));
    }
}

// What is said and denied.

fn denials(account: &Account<'_>, findings: &mut Findings) {
    for denial in account.denials() {
        let (this, that) = (account.flat(denial.denied), account.flat(denial.told));
        findings.push(
            Diagnostic::new(denial.denied, format!("“{this}” here, but elsewhere “{that}”"))
                .label("denied here")
                .related(denial.told, "told here")
                .help("look up which is right and correct the other sentence"),
        );
    }
}

/// Whether two values of a role may both be right: they share a word, or one is a spelling of the other.
fn agree(one: &RoleClaim, other: &RoleClaim, once: bool) -> bool {
    let words = |claim: &RoleClaim| claim.values.iter().flatten().cloned().collect::<Vec<String>>();
    let (a, b) = (words(one), words(other));
    let meet = a.iter().any(|word| b.iter().any(|other| word == other || variation(word, other).is_some()))
        && !are_namesakes(one, other);
    let wide = |claim: &RoleClaim| claim.values.iter().all(|value| is_wide(&value.join(" ")));
    let times = one.yearly && !once && (one.year.is_none() || one.year != other.year);
    meet || times || a.is_empty() || b.is_empty() || one.place && (wide(one) || wide(other))
}

/// Whether two roles have one holder each, of one last name and with other given names: "Marta Lindqvist", "Gunnar Lindqvist".
fn are_namesakes(one: &RoleClaim, other: &RoleClaim) -> bool {
    let ([a], [b]) = (one.values.as_slice(), other.values.as_slice()) else { return false };
    let (Some((last_a, given_a)), Some((last_b, given_b))) = (a.split_last(), b.split_last()) else { return false };
    let alike = |word: &String, other: &String| {
        word.len() == 1
            || other.len() == 1
            || word == other
            || variation(word, other).is_some()
            || word.chars().next() == other.chars().next()
    };
    !one.place
        && last_a == last_b
        && !given_a.is_empty()
        && !given_b.is_empty()
        && !given_a.iter().any(|word| given_b.iter().any(|other| alike(word, other)))
}

/// Whether a place is a country or the like, in which another place may lie.
pub(super) fn is_wide(place: &str) -> bool {
    WIDE.binary_search(&place).is_ok()
}

/// Countries and parts of countries that articles name for a birthplace, folded: in them other places lie.
const WIDE: &[&str] = &[
    "afghanistan",
    "alabama",
    "alaska",
    "albania",
    "algeria",
    "andorra",
    "angola",
    "argentina",
    "arizona",
    "arkansas",
    "armenia",
    "australia",
    "austria",
    "austria hungary",
    "azerbaijan",
    "bahrain",
    "bangladesh",
    "bavaria",
    "belarus",
    "belgium",
    "bohemia",
    "bolivia",
    "bosnia",
    "brazil",
    "brittany",
    "bulgaria",
    "burma",
    "california",
    "cambodia",
    "cameroon",
    "canada",
    "catalonia",
    "ceylon",
    "chad",
    "chile",
    "china",
    "colombia",
    "colorado",
    "congo",
    "connecticut",
    "cornwall",
    "corsica",
    "croatia",
    "cuba",
    "cyprus",
    "czech republic",
    "czechoslovakia",
    "dalmatia",
    "denmark",
    "devon",
    "ecuador",
    "egypt",
    "england",
    "english",
    "estonia",
    "ethiopia",
    "finland",
    "florida",
    "france",
    "galicia",
    "georgia",
    "germany",
    "ghana",
    "greece",
    "greenland",
    "guatemala",
    "haiti",
    "hawaii",
    "holland",
    "hungary",
    "iceland",
    "idaho",
    "illinois",
    "india",
    "indiana",
    "indonesia",
    "iowa",
    "iran",
    "iraq",
    "ireland",
    "israel",
    "italy",
    "jamaica",
    "japan",
    "jordan",
    "kansas",
    "kent",
    "kentucky",
    "kenya",
    "korea",
    "kuwait",
    "latvia",
    "lebanon",
    "libya",
    "lithuania",
    "louisiana",
    "luxembourg",
    "maine",
    "malaysia",
    "malta",
    "maryland",
    "massachusetts",
    "mexico",
    "michigan",
    "minnesota",
    "mississippi",
    "missouri",
    "montana",
    "morocco",
    "mozambique",
    "myanmar",
    "nebraska",
    "nepal",
    "netherlands",
    "nevada",
    "new jersey",
    "new south wales",
    "new zealand",
    "nigeria",
    "norfolk",
    "norway",
    "ohio",
    "oklahoma",
    "ontario",
    "oregon",
    "ottoman empire",
    "pakistan",
    "panama",
    "paraguay",
    "pennsylvania",
    "persia",
    "peru",
    "philippines",
    "poland",
    "portugal",
    "prussia",
    "quebec",
    "queensland",
    "rhodesia",
    "romania",
    "russia",
    "russian empire",
    "sardinia",
    "saxony",
    "scotland",
    "senegal",
    "serbia",
    "siberia",
    "sicily",
    "silesia",
    "singapore",
    "slovakia",
    "slovenia",
    "south africa",
    "south australia",
    "soviet union",
    "spain",
    "sudan",
    "sweden",
    "switzerland",
    "syria",
    "taiwan",
    "tasmania",
    "tennessee",
    "texas",
    "thailand",
    "transylvania",
    "tunisia",
    "turkey",
    "tuscany",
    "uganda",
    "ukraine",
    "united kingdom",
    "united states",
    "uruguay",
    "usa",
    "utah",
    "venezuela",
    "vermont",
    "victoria",
    "vietnam",
    "virginia",
    "wales",
    "washington",
    "wisconsin",
    "wyoming",
    "yemen",
    "yorkshire",
    "yugoslavia",
    "zambia",
    "zimbabwe",
];

// Between articles.

/// What more places than this have in common is a stock phrase.
const STOCK: usize = 12;

/// The kinds of witnesses, in the lowest bits of their values; above them a bit that says whether the article is about it.
const BIRTHPLACE: u64 = 0;
const FIGURE: u64 = 1;
const DEATHS: u64 = 2;
const ROLE: u64 = 3;
const SLOT: u64 = 4;
const DIGITS: u64 = 5;
/// The bit from which the value of a sentence has its signature, but for the highest bits.
const SLOT_SHIFT: u32 = 5;
const KINDS: u64 = 7;
const OWN: u64 = 8;
/// Whether the key holds a day, so that namesakes do not meet.
const DATED: u64 = 16;

fn map(article: &Article<'_>, context: &Context<'_>, witnesses: &mut Witnesses) {
    let account = context.account;
    for block in article.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph) {
        for form in context.normal_forms(&block.sentences) {
            let sentence = form.span;
            let named = form.terms.iter().any(|term| term.role == Role::Name);
            let matter = form.matter().count();
            if (named && matter >= FEWEST_SHARED || matter >= FEWEST_NAMELESS) && !form.points_back {
                // Two of the sketches are enough for sentences that differ in a word.
                let signature = form.signature() << SLOT_SHIFT | SLOT;
                for &key in &form.bands()[..2] {
                    witnesses.add(key, sentence, signature);
                }
            }
        }
    }
    for (key, span) in account.digit_keys() {
        witnesses.add(key, span, DIGITS);
    }
    for claim in account.roles() {
        if let Some(of) = &claim.of
            && !claim.yearly
        {
            let own = if claim.own { OWN } else { 0 };
            let kind = if claim.place { BIRTHPLACE } else { ROLE };
            witnesses.add(xxh3_64(format!("{}\0{of}", claim.role).as_bytes()), claim.span, kind | own);
        }
        if claim.role != "birthplace" {
            continue;
        }
        if let Some((first, day)) = &claim.occasion {
            let own = if claim.own { OWN } else { 0 };
            witnesses.add(
                xxh3_64(format!("born\0{first}\0{}", day.iso()).as_bytes()),
                claim.span,
                BIRTHPLACE | DATED | own,
            );
        }
    }
    for figure in account.figures() {
        let quantity = &figure.quantity;
        if figure.relative || quantity.part || quantity.in_range || quantity.exactness != Exactness::Exact {
            continue;
        }
        let deaths = figure.traits & traits::DEAD != 0 && matches!(&quantity.measure, Measure::Count(_));
        if deaths && let Some(day) = day_of(account, quantity.unit) {
            witnesses.add(xxh3_64(format!("dead\0{}", day.iso()).as_bytes()), quantity.span, DEATHS);
        }
        if let Some(names) = names_before(account, figure) {
            let key = format!("{}\0{}", quantity.measure, names.join(" "));
            witnesses.add(xxh3_64(key.as_bytes()), quantity.span, FIGURE);
        }
    }
}

/// The one day that a sentence names.
fn day_of(account: &Account<'_>, unit: Span) -> Option<Day> {
    let mut days = account.times()[account.times_in(unit)]
        .iter()
        .filter_map(|time| time.interval().filter(|days| days.precision == Precision::Day).map(|days| days.from));
    let day = days.next();
    day.filter(|day| days.all(|other| other == *day))
}

/// The words of the names before a quantity in its sentence, sorted; for what is said of the article's own subject without a
/// name, its own.
fn names_before(account: &Account<'_>, figure: &Figure) -> Option<Vec<String>> {
    const SHORTEST: usize = 7;
    let names = account.names();
    let quantity = &figure.quantity;
    let before = names.names[names.in_unit(quantity.unit)].iter().filter(|name| name.span.end <= quantity.span.start);
    let mut found: Vec<String> = before
        .flat_map(|name| names.of(name))
        .filter(|word| word.folded.len() > 3 && (!word.opens || names.names[word.name].words.len() > 1))
        .map(|word| word.folded.clone())
        .collect();
    if found.is_empty() && figure.own {
        let own = account.events().subjects.own_name();
        found = own.split(' ').filter(|word| word.len() > 3).map(str::to_owned).collect();
    }
    found.sort_unstable();
    found.dedup();
    let letters: usize = found.iter().map(String::len).sum();
    (letters >= SHORTEST).then_some(found)
}

/// So many words that carry matter must be in both of two sentences that differ in one.
const FEWEST_SHARED: usize = 5;
/// Without a name in common, so many.
const FEWEST_NAMELESS: usize = 7;

/// What is told one way in one article, and another way in another. `message` makes the words from what is told here and there, and from
/// where that is.
fn between(
    corpus: &Corpus<'_>,
    here: Span,
    there: Span,
    message: impl FnOnce(&str, &str, &str) -> String,
) -> Diagnostic {
    let [this, that] = [here, there].map(|span| corpus.text(span).split_whitespace().collect::<Vec<_>>().join(" "));
    Diagnostic::new(here, message(&this, &that, &corpus.place(there, here)))
        .label(format!("here {this}"))
        .related(there, format!("there {that}"))
        .help("look up which is right and correct the other article")
}

/// Judges sentences of several articles that are the same but for one number, date or name.
fn judge_slots(corpus: &Corpus<'_>, witnesses: &[Witness], findings: &mut Findings) {
    if witnesses.len() > STOCK {
        return;
    }
    let forms: Vec<OnceCell<NormalForm<'_>>> = witnesses.iter().map(|_| OnceCell::new()).collect();
    let read = |number: usize| {
        let span = witnesses[number].span;
        forms[number].get_or_init(|| NormalForm::new(corpus.text(span), span))
    };
    for i in 1..witnesses.len() {
        for j in 0..i {
            let alike = may_be_alike(witnesses[j].value >> SLOT_SHIFT, witnesses[i].value >> SLOT_SHIFT);
            if witnesses[j].span.source == witnesses[i].span.source || !alike {
                continue;
            }
            let (earlier, later) = (read(j), read(i));
            let (a, b) = (&earlier.bands()[..2], &later.bands()[..2]);
            let least = a.iter().filter(|key| b.contains(key)).min();
            if least != Some(&witnesses[0].key) {
                continue;
            }
            if let Some((there, here)) = slot(earlier, later) {
                findings.push(between(corpus, here, there, |this, that, place| {
                    format!("“{this}” here, but “{that}” in the same sentence of another article ({place})")
                }));
                break;
            }
        }
    }
}

/// The one number, date or name in which two sentences differ that are else the same.
fn slot(a: &NormalForm<'_>, b: &NormalForm<'_>) -> Option<(Span, Span)> {
    let comparison = compare(a, b);
    let Comparison { common, only_a, only_b, values_a, values_b, denied, order, .. } = &comparison;
    if *common < FEWEST_SHARED || *denied || a.modals != b.modals || *order < 0.6 {
        return None;
    }
    let name_in_common =
        a.terms.iter().enumerate().any(|(number, term)| term.role == Role::Name && !only_a.contains(&number));
    let (one, other) = match (only_a.as_slice(), only_b.as_slice(), values_a.as_slice(), values_b.as_slice()) {
        ([], [], [one], [other]) => (*one, *other),
        // Another name: not the subject, of which two articles may say the same.
        ([one], [other], [], [])
            if *one > 3 && *other > 3 && a.terms[*one].role == Role::Name && b.terms[*other].role == Role::Name =>
        {
            (*one, *other)
        }
        _ => return None,
    };
    let span = |form: &NormalForm<'_>, number: usize| Span {
        start: form.span.start + form.terms[number].start,
        end: form.span.start + form.terms[number].end,
        ..form.span
    };
    // The words around it must be the same.
    ((name_in_common || *common >= FEWEST_NAMELESS) && one.abs_diff(other) <= 3).then(|| (span(a, one), span(b, other)))
}

/// Judges figures of one measure that several articles give beside the same names.
fn judge_figures(corpus: &Corpus<'_>, witnesses: &[Witness], findings: &mut Findings) {
    if witnesses.len() > STOCK {
        return;
    }
    let mut sources: Vec<SourceId> = witnesses.iter().map(|witness| witness.span.source).collect();
    sources.dedup();
    // Two articles at a time, the first with each of the others.
    let first = corpus.article(sources[0]);
    let account = Account::new(&first, corpus.as_of(first.source));
    let own = account.figures();
    for &source in &sources[1..] {
        let second = corpus.article(source);
        let other_account = Account::new(&second, corpus.as_of(second.source));
        let others = other_account.figures();
        let of = |figures: &[Figure], source: SourceId| -> Vec<usize> {
            let spans: Vec<Span> =
                witnesses.iter().filter(|witness| witness.span.source == source).map(|witness| witness.span).collect();
            (0..figures.len()).filter(|&number| spans.contains(&figures[number].quantity.span)).collect()
        };
        let (a, b) = (of(own, sources[0]), of(others, source));
        // Every figure of one must be against every figure of the other.
        if a.iter().any(|&one| b.iter().any(|&other| own[one].quantity.agrees(&others[other].quantity))) {
            continue;
        }
        let setting = Setting { changes: false };
        let best = a.iter().flat_map(|&one| b.iter().map(move |&other| (one, other))).find(|&(one, other)| {
            // Each of its own subject: two that share a name.
            if own[one].own && others[other].own {
                return false;
            }
            let group = [&own[one], &others[other]];
            evidence(&own[one], &others[other], &group, &[], &Map::default(), &setting, |_| false).is_some()
        });
        if let Some((one, other)) = best {
            let (there, here) = (own[one].place, others[other].place);
            findings.push(between(corpus, here, there, |this, that, place| {
                format!("“{this}” here, but “{that}” of the same in another article ({place})")
            }));
        }
    }
}

/// Judges numbers of the same digits of two articles of which one speaks of the other.
fn judge_digits(corpus: &Corpus<'_>, witnesses: &[Witness], findings: &mut Findings) {
    if witnesses.len() > STOCK {
        return;
    }
    let mut sources: Vec<SourceId> = witnesses.iter().map(|witness| witness.span.source).collect();
    sources.dedup();
    let places: Vec<Span> = witnesses.iter().map(|witness| witness.span).collect();
    let digits = |source: SourceId| -> Vec<String> {
        let of = witnesses.iter().filter(|witness| witness.span.source == source);
        of.map(|witness| corpus.text(witness.span).to_owned()).collect()
    };
    for (number, &source) in sources.iter().enumerate().skip(1) {
        for &first in &sources[..number] {
            let same = digits(first).iter().any(|one| digits(source).contains(one));
            if same || !(names_title(corpus, first, source) || names_title(corpus, source, first)) {
                continue;
            }
            let (one, other) = (corpus.article(first), corpus.article(source));
            let (one, other) = (Account::new(&one, corpus.as_of(first)), Account::new(&other, corpus.as_of(source)));
            let Some(transposed) = one.transposed_in(&other, &places) else { continue };
            findings.push(between(corpus, transposed.here, transposed.there, |this, that, place| {
                format!(
                    "“{this}” here, but “{that}” where another article ({place}) seems to mean the same: the digits changed places"
                )
            }));
        }
    }
}

/// Whether an article names the title of another, but for what stands in brackets.
fn names_title(corpus: &Corpus<'_>, article: SourceId, other: SourceId) -> bool {
    const SHORTEST: usize = 5;
    let title = corpus.title(other).unwrap_or("").split(" (").next().unwrap_or("").trim();
    title.len() >= SHORTEST && corpus.file_text(article).contains(title)
}

fn judge(corpus: &Corpus<'_>, witnesses: &[Witness], findings: &mut Findings) {
    let first = witnesses[0];
    if witnesses.iter().all(|witness| witness.span.source == first.span.source) {
        return;
    }
    let kind = first.value & KINDS;
    if kind == SLOT {
        return judge_slots(corpus, witnesses, findings);
    }
    if kind == FIGURE {
        return judge_figures(corpus, witnesses, findings);
    }
    if kind == DIGITS {
        return judge_digits(corpus, witnesses, findings);
    }
    let mut owners = witnesses.iter().filter(|witness| witness.value & OWN != 0);
    let own = owners.next();
    // Two articles about things of one name: nothing tells which is meant. A day of birth does.
    let dated = first.value & DATED != 0;
    if !dated && own.is_some_and(|own| owners.any(|other| other.span.source != own.span.source)) {
        return;
    }
    let anchor = match (kind, own) {
        (DEATHS, _) => first,
        (_, Some(own)) => *own,
        _ => return,
    };
    let of = |source| witnesses.iter().filter(move |witness| witness.span.source == source);
    let mut done = Vec::new();
    for other in witnesses.iter().filter(|witness| witness.span.source != anchor.span.source) {
        let source = other.span.source;
        if done.contains(&source) {
            continue;
        }
        done.push(source);
        // Every value of one article must be against every value of the other.
        let apart = of(anchor.span.source).all(|one| of(source).all(|two| disagree(corpus, kind, one.span, two.span)));
        if !apart {
            continue;
        }
        // The article that is about it is where one looks first; the finding stands in the other.
        let (here, there) = (other.span, anchor.span);
        let what = match kind {
            BIRTHPLACE => "the place",
            ROLE => "who did it",
            DEATHS => "the number of dead",
            _ => "it",
        };
        findings.push(between(corpus, here, there, |this, that, place| {
            format!("{what} is {this} here, but {that} in another article ({place})")
        }));
    }
}

/// Whether what two articles say cannot both be right.
fn disagree(corpus: &Corpus<'_>, kind: u64, one: Span, two: Span) -> bool {
    if kind == BIRTHPLACE {
        let parts = |span: Span| -> Vec<String> {
            corpus.text(span).split(',').map(|part| fold(part.trim()).into_owned()).collect()
        };
        let (a, b) = (parts(one), parts(two));
        let wide = |parts: &[String]| parts.iter().all(|part| is_wide(part));
        return !a.iter().any(|part| b.contains(part)) && !wide(&a) && !wide(&b);
    }
    if kind == ROLE {
        let parts =
            |span: Span| -> Vec<String> { words(corpus.text(span)).map(|word| fold(word.text).into_owned()).collect() };
        let (a, b) = (parts(one), parts(two));
        return !a.iter().any(|word| b.iter().any(|other| word == other || variation(word, other).is_some()));
    }
    let read = |span: Span| Quantity::at(&corpus.article(span.source), span, corpus.as_of(span.source));
    match (read(one), read(two)) {
        (Some(a), Some(b)) => !a.agrees(&b) && (kind != DEATHS || a.value.max(b.value) < a.value.min(b.value) * 2.0),
        _ => false,
    }
}
