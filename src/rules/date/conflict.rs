//! Flags one event that is given two dates which cannot both hold, in one article or in two.
//!
//! What happened is read from verbs, from nouns and from the infobox: "inaugurated the dam on 27 July 1964" and `Inaugurated: 27
//! June 1964` are one event, as are "was first staged" and "its premiere". Two mentions are of one event when they are of one class
//! that happens but once ("died", "was launched", "was founded"), to the same subject: the article's own, by its name, a pronoun or
//! its noun, or another by its name. `seedlint inspect facts` shows what was read.
//!
//! Dates agree when some day fits both: "1965" beside "11 August 1965", "the spring of 1907" beside "April 1907". A plan, an
//! announcement, a quotation, "about 1907" and what the sentence leaves to "some sources" are no evidence. Where several mentions agree
//! and one does not, that one is reported, with the others beside it; so it is at the odd one out that one should look first, though
//! the majority may be wrong.
//!
//! A second way needs to know no verb. Two full dates that are one slip of the pen apart, so that two of day, month and year agree
//! (29 October 1953 and 1954, 8 June and 8 July 1913, the 4th and the 14th of a month), are most often one date when the words
//! around them are alike too: few other sentences share them, a number, or three names. Two articles are compared where one names the
//! other, or both have one name in their titles. Other names, another ordinal, "again" and anniversaries tell two events apart.
//!
//! A third way are descriptions that point back: "its affiliation to the guild in 1924", "10 October 1978, the day of independence", "the
//! disaster of 19 September". All their words must come together in one other place, which has another date. So are acts and treaties that
//! are known by their dates, and the first and the last of what the lead dates as a whole: the last train is not later than the line.
//!
//! A fourth way are anniversaries: what is remembered on 4 November was not on 4 December, and what was fifty years to the day after the
//! seventh of June was on a seventh of June.
//!
//! **When to trust it:** the message quotes both dates and says where the other stands; if both sentences tell the same, one date is
//! wrong. **When to doubt it:** where the two mentions are of different things with one name (an old and a new bridge), of two events
//! that English calls by one verb (a road opened twice, in parts), or of two events of one kind on like days. Naming the thing or the
//! part in the text helps readers as well.
//!
//! ## Example
//! ```text fails
//! = Vallorente Dam =
//!
//! Infobox
//! - Name: Vallorente Dam
//! - Inaugurated: 27 June 1964
//!
//! The Vallorente Dam closes the gorge of the Arrua. The minister of public works inaugurated the dam on 27 July 1964.
//! ```
//! One of the two months is wrong.
//! ```text passes
//! = Vallorente Dam =
//!
//! Infobox
//! - Name: Vallorente Dam
//! - Inaugurated: 1964
//!
//! The Vallorente Dam closes the gorge of the Arrua. The minister of public works inaugurated the dam on 27 July 1964.
//! ```

use crate::article::Article;
use crate::corpus::Corpus;
use crate::diagnostic::{Diagnostic, Severity};
use crate::facts::{self, Account, ClassId, Event, MAIN, Place, Repeats, Said, Slip};
use crate::rule::{Check, Context, Findings, Rule};
use crate::source::Span;
use crate::time::{Interval, Precision};
use crate::witness::{Witness, Witnesses};
use xxhash_rust::xxh3::xxh3_64;

pub(crate) static RULE: Rule =
    Rule { severity: Severity::Error, checks: &[Check::Article(check), Check::Corpus { map, judge }], thresholds: &[] };

/// What happens rarely may happen again when so many years have gone by.
const RARELY_YEARS: i32 = 12;
/// Of somebody or something else than the article's subject, mentions this far apart are taken for two events.
const NEAR_YEARS: i32 = 3;
/// Old Style and New Style differ by ten to thirteen days.
const CALENDARS_DIFFER: std::ops::RangeInclusive<i64> = 10..=13;

fn check(_: &Article<'_>, context: &Context<'_>, findings: &mut Findings) {
    let account = context.account;
    let told = account.events();
    for &(heading, day) in &told.contradicted {
        let (year, day) = (&account.times()[heading], &account.times()[day]);
        findings.push(
            Diagnostic::new(
                account.span(day),
                format!("{} here, but the heading says {}", account.words(day), account.words(year)),
            )
            .label("another year than the heading's")
            .related(account.span(year), "the year of the heading")
            .help("look the date up and correct the wrong one"),
        );
    }
    // Where both a class of events and like words tell that two dates are of one event, one finding is enough.
    let mut reported: Vec<Span> = Vec::new();
    let mut events: Vec<&Event> = told.events.iter().filter(|event| is_evidence(account, event)).collect();
    events.sort_by_key(|event| (event.class, event.who));
    for group in events.chunk_by(|a, b| (a.class, a.who) == (b.class, b.who)) {
        // What is told so often is told of many.
        const LARGEST: usize = 40;
        let mut group = group.to_vec();
        group.truncate(LARGEST);
        while let Some(odd) = odd_one(account, &group) {
            let event = group.remove(odd);
            reported.extend(report(account, event, &group, findings));
        }
    }
    reported.extend(echoes(account, findings));
    twins(account, &reported, findings);
    mismatches(account, &reported, findings);
    let exact = account.claims().iter().filter(|claim| matches!(claim.said, Said::ToTheDay(_)) && !claim.holds());
    let exact = exact.filter_map(|claim| Some((claim.ends.first()?.span?, claim.starts.first()?.span?)));
    let remembered = account.remembrances().into_iter().map(|remembrance| {
        let [kept, told] = [remembrance.kept, remembrance.told].map(|number| account.span(&account.times()[number]));
        (kept, told)
    });
    for (kept, told) in exact.chain(remembered) {
        findings.push(
            Diagnostic::new(kept, format!("{} is no anniversary of {}", account.flat(kept), account.flat(told)))
                .label("another day of the year")
                .related(told, "the day that is remembered")
                .help("look the day up and correct the wrong mention"),
        );
    }
}

/// Fields that the vocabulary has no class for, beside clauses with the verb of their keys: "Consecrated: 8 May 1901" and "was consecrated
/// in 1910".
fn echoes(account: &Account<'_>, findings: &mut Findings) -> Vec<Span> {
    let article = account.article;
    let mut reported = Vec::new();
    const MOST_FIELDS: usize = 60;
    for field in article.fields().take(MOST_FIELDS) {
        let key = article.text(field.key).trim();
        let numbers = account.times_in(field.value);
        let (Some((noun, verb)), 1) = (facts::verb_of_field(key), numbers.len()) else { continue };
        let told = &account.times()[numbers.start];
        let Some(days) = told.interval().filter(|days| days.precision <= Precision::Year && account.is_plain(told))
        else {
            continue;
        };
        let clauses: Vec<_> = account
            .events()
            .statements
            .iter()
            .filter(|statement| statement.own && !statement.unreal)
            .filter(|statement| match (&noun, statement.subject) {
                (None, Some(MAIN)) => true,
                // "The bishop consecrated the whole on 14 September 1351": a full date that is a slip away is of the same.
                (None, _) => statement.time.is_some_and(|time| {
                    let day = |days: Interval| Some(days.from).filter(|_| days.precision == Precision::Day);
                    let (a, b) = (account.times()[time].interval().and_then(day), day(days));
                    a.zip(b).is_some_and(|(a, b)| facts::slip(a, b).is_some())
                }),
                // `palm_house_opened` is told of the palm house.
                (Some(noun), Some(who)) => {
                    account.events().subjects.all[who].name.to_lowercase().ends_with(noun.as_str())
                }
                _ => false,
            })
            .filter(|statement| facts::is_verb(article.text(statement.verb), &verb))
            .collect();
        // What is told of more than one time happened more than once.
        let [clause] = clauses.as_slice() else { continue };
        let Some(time) = clause.time.map(|time| &account.times()[time]) else { continue };
        let apart = time.interval().is_some_and(|other| {
            other.precision <= Precision::Year
                && (other.to < days.from || days.to < other.from)
                && (other.from.year - days.from.year).abs() <= RARELY_YEARS
        });
        if apart && account.is_plain(time) {
            let span = account.span(time);
            findings.push(
                Diagnostic::new(
                    span,
                    format!("{} here, but the infobox has {} for “{key}”", account.words(time), account.words(told)),
                )
                .label("another date than the infobox has")
                .related(account.span(told), format!("“{key}” in the infobox"))
                .help("look the date up and correct the wrong one; if these are two events, say so in the text"),
            );
            reported.push(span);
        }
    }
    reported
}

/// Days that are one slip of the pen apart and stand in like words.
fn twins(account: &Account<'_>, told: &[Span], findings: &mut Findings) {
    let settings = account.settings();
    for twins in account.twins() {
        let (odd, other) = (&account.times()[settings[twins.odd].time], &account.times()[settings[twins.other].time]);
        let (span, other_span) = (account.span(odd), account.span(other));
        if told.contains(&span) || told.contains(&other_span) {
            continue;
        }
        findings.push(
            Diagnostic::new(
                span,
                format!("{} here, but {} where the same is told", account.words(odd), account.words(other)),
            )
            .label(format!("another {}", part(twins.slip)))
            .related(other_span, "the same in like words")
            .help("look the date up and correct the wrong mention; if these are two events, say so in the text"),
        );
    }
}

/// Descriptions that point back to what another place dates otherwise.
fn mismatches(account: &Account<'_>, reported: &[Span], findings: &mut Findings) {
    for mismatch in account.mismatches() {
        let span = account.span(&account.times()[mismatch.described]);
        if reported.contains(&span) {
            continue;
        }
        let [described, told] = [mismatch.described, mismatch.told].map(|number| &account.times()[number]);
        let description = account.flat(mismatch.words);
        findings.push(
            Diagnostic::new(
                span,
                format!(
                    "“{description}” is dated {} here, but {} elsewhere",
                    account.words(described),
                    account.words(told)
                ),
            )
            .label("another date than where it is told")
            .related(account.span(told), "told here")
            .help("look the date up and correct the wrong mention; if these are two events, say so in the text"),
        );
    }
}

/// What differs between two days.
fn part(slip: Slip) -> &'static str {
    match slip {
        Slip::Year => "year",
        Slip::Month => "month",
        Slip::Day => "day",
    }
}

/// Whether a mention is sure enough to contradict another, or to be contradicted.
fn is_evidence(account: &Account<'_>, event: &Event) -> bool {
    let told = account.events();
    let class = &facts::vocabulary().classes[event.class];
    event.days.is_some_and(|days| days.precision <= Precision::Year)
        && (class.repeats != Repeats::Often || event.other.is_some())
        && !event.hedged
        && !event.inherited
        && !event.again
        && told.subjects.all[event.who].definite
}

/// The mention that disagrees with most of the others; of two that disagree with each other alone the one in prose, and then the later.
fn odd_one(account: &Account<'_>, group: &[&Event]) -> Option<usize> {
    let against = |event: &Event| group.iter().filter(|other| disagree(account, event, other)).count();
    let (number, most) =
        group.iter().enumerate().map(|(number, event)| (number, against(event))).max_by_key(|&(number, against)| {
            (against, group[number].place == Place::Prose, group[number].words.start)
        })?;
    if most == 0 {
        return None;
    }
    // Of what has neither name nor mark little is known: more than one mention must speak against the odd one.
    let subjects = &account.events().subjects;
    let own = group[number].who == MAIN || subjects.is_marked(group[number].who);
    let class = &facts::vocabulary().classes[group[number].class];
    let years = |event: &Event| event.days.map_or(0, |days| days.from.year);
    let slipped = group.len() == 2 && is_decade_off(years(group[0]), years(group[1]));
    (own || class.repeats == Repeats::Never || most >= 2 || slipped).then_some(number)
}

/// Whether no day fits both mentions of an event, and they are not of two.
fn disagree(account: &Account<'_>, one: &Event, other: &Event) -> bool {
    let (Some(a), Some(b)) = (one.days, other.days) else { return false };
    if a.to >= b.from && b.to >= a.from {
        return false;
    }
    let apart = (a.from.year - b.from.year).abs();
    let class = &facts::vocabulary().classes[one.class];
    let own = one.who == MAIN;
    if class.repeats == Repeats::Often && !same_other(one, other) {
        return false;
    }
    let limit = match class.repeats {
        Repeats::Never if own => i32::MAX,
        Repeats::Never => RARELY_YEARS,
        Repeats::Rarely if own => RARELY_YEARS,
        // One marries the same but once.
        Repeats::Often if own && class.name == "marriage" => RARELY_YEARS,
        // "A halt was opened in 1926", "since 1936, when the halt was opened": another decade, and else the same.
        Repeats::Rarely if is_decade_off(a.from.year, b.from.year) => RARELY_YEARS,
        Repeats::Rarely | Repeats::Often => NEAR_YEARS,
    };
    let both_days = a.precision == Precision::Day && b.precision == Precision::Day;
    let calendars = both_days && CALENDARS_DIFFER.contains(&a.from.since(b.from).abs()) && account.names_old_style();
    apart <= limit && !calendars && !ended_between(account, one, other)
}

/// Whether two years are the same but for the decade, as those of a slip.
fn is_decade_off(one: i32, other: i32) -> bool {
    one != other && (one - other).abs() == 10
}

/// Whether two events are of the same other: "matron" and "matron of the infirmary".
fn same_other(one: &Event, other: &Event) -> bool {
    let (Some(one), Some(other)) = (&one.other, &other.other) else { return false };
    let all = |few: &str, many: &str| few.split(' ').all(|word| many.split(' ').any(|other| other == word));
    all(one, other) || all(other, one)
}

/// Whether something came to an end between two mentions of a beginning, so that it may have begun twice.
fn ended_between(account: &Account<'_>, one: &Event, other: &Event) -> bool {
    let class = &facts::vocabulary().classes[one.class];
    // What is built on is begun once more: "Work started in 1969", behind the opening.
    let begun_again = class.name == "groundbreaking";
    if class.repeats == Repeats::Never && !begun_again {
        return false;
    }
    let (Some(a), Some(b)) = (one.days, other.days) else { return false };
    let (from, to) = (a.from.min(b.from), a.to.max(b.to));
    const LOOKED_AT: usize = 400;
    account.events().events.iter().take(LOOKED_AT).any(|event| {
        let name = facts::vocabulary().classes[event.class].name.as_str();
        event.who == one.who
            && event.class != one.class
            && (matches!(name, "closing" | "demolition" | "reopening" | "dissolution" | "sinking" | "salvage")
                || begun_again && matches!(name, "opening" | "completion"))
            && event.days.is_none_or(|days| days.from <= to && days.to >= from)
    })
}

fn report(account: &Account<'_>, event: &Event, others: &[&Event], findings: &mut Findings) -> Option<Span> {
    let told = account.events();
    let class = &facts::vocabulary().classes[event.class];
    let span = time_span(account, event)?;
    let against: Vec<&&Event> = others.iter().filter(|other| disagree(account, event, other)).collect();
    let first = against.first()?;
    let name = &told.subjects.all[event.who].name;
    let what = class.name.replace('-', " ");
    let words = |event: &Event| event.time.map_or_else(String::new, |time| account.when(&account.times()[time]));
    let mut diagnostic =
        Diagnostic::new(span, format!("{what} of {name}: {} here, but {} elsewhere", words(event), words(first)))
            .label(format!("{what} {}", words(event)));
    for other in &against {
        if let Some(span) = time_span(account, other) {
            diagnostic = diagnostic.related(span, format!("{what} {}", words(other)));
        }
    }
    findings.push(
        diagnostic.help("look the date up and correct the wrong mention; if these are two events, say so in the text"),
    );
    Some(span)
}

fn time_span(account: &Account<'_>, event: &Event) -> Option<Span> {
    event.time.map(|time| account.span(&account.times()[time]))
}

/// The first of the ten bits that tell its class of events, behind those of the interval.
const CLASS_SHIFT: u32 = Interval::PACKED_BITS;
const CLASS_MASK: u64 = (1 << 10) - 1;
/// The bit that says that the key is a name beside which the day stands, and not an event.
const NEAR: u64 = 1 << 62;
/// The bit that says whether the article is about it.
const OWN: u64 = 1 << 63;

fn map(_: &Article<'_>, context: &Context<'_>, witnesses: &mut Witnesses) {
    let account = context.account;
    let told = account.events();
    let mut seen: Vec<(u64, Interval)> = Vec::new();
    let mut add = |key: u64, class: ClassId, time: usize, days: Interval, own: bool| {
        // An article that says the same twice is one witness.
        if !seen.contains(&(key, days)) {
            seen.push((key, days));
            let span = account.span(&account.times()[time]);
            witnesses.add(key, span, days.packed() | (class as u64) << CLASS_SHIFT | if own { OWN } else { 0 });
        }
    };
    for event in told.events.iter().filter(|event| is_evidence(account, event)) {
        let class = &facts::vocabulary().classes[event.class];
        let (Some(time), Some(days), Some(name)) = (event.time, event.days, told.subjects.name_key(event.who)) else {
            continue;
        };
        if class.repeats == Repeats::Never || class.repeats == Repeats::Rarely {
            let key = xxh3_64(format!("{}\0{name}", class.name).as_bytes());
            add(key, event.class, time, days, event.who == MAIN);
        }
    }
    let Some(accident) = facts::vocabulary().class("accident") else { return };
    for occurrence in &told.occurrences {
        let key = format!("{}\0{}\0{}", occurrence.noun, occurrence.name, occurrence.days.from.year);
        add(xxh3_64(key.as_bytes()), accident, occurrence.time, occurrence.days, occurrence.own);
    }
    near::map(account, witnesses);
}

fn judge(corpus: &Corpus<'_>, witnesses: &[Witness], findings: &mut Findings) {
    if witnesses.first().is_some_and(|witness| witness.value & NEAR != 0) {
        return near::judge(corpus, witnesses, findings);
    }
    // One article must be about it; where two are, they are of one name.
    let mut own = witnesses.iter().filter(|witness| witness.value & OWN != 0);
    let Some(first) = own.next() else { return };
    if own.any(|other| other.span.source != first.span.source) {
        return;
    }
    for other in witnesses.iter().filter(|witness| witness.span.source != first.span.source) {
        let days = Interval::unpacked(other.value);
        let against: Vec<&Witness> = witnesses
            .iter()
            .filter(|witness| {
                witness.span.source == first.span.source && apart(Interval::unpacked(witness.value), days)
            })
            .collect();
        let all = witnesses.iter().filter(|witness| witness.span.source == first.span.source).count();
        if against.is_empty()
            || against.len() < all
            || against.iter().any(|witness| far(Interval::unpacked(witness.value), days))
        {
            continue;
        }
        let (one, two) = (corpus.text(other.span), corpus.text(against[0].span));
        let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut diagnostic = Diagnostic::new(
            other.span,
            format!(
                "{} of {}: {} here, but {} in its own article ({})",
                what(other.value),
                corpus.title(first.span.source).unwrap_or("the same"),
                flat(one),
                flat(two),
                corpus.place(against[0].span, other.span)
            ),
        )
        .label("the same event");
        for witness in against {
            diagnostic = diagnostic.related(witness.span, "the same event in its own article");
        }
        findings.push(
            diagnostic
                .help("look the date up and correct the wrong article; if these are two events, say so in the text"),
        );
    }
}

/// What the class of a witness is called.
fn what(value: u64) -> String {
    let class = (value >> CLASS_SHIFT & CLASS_MASK) as usize;
    facts::vocabulary().classes[class].name.replace('-', " ")
}

/// Whether no day is in both intervals.
fn apart(a: Interval, b: Interval) -> bool {
    a.to < b.from || b.to < a.from
}

/// Whether two dates are so far apart that two events of one name are likelier.
fn far(a: Interval, b: Interval) -> bool {
    (a.from.year - b.from.year).abs() > RARELY_YEARS
}

/// Days of two articles that are one slip of the pen apart and stand in like words, beside one name.
mod near {
    use super::{CLASS_MASK, CLASS_SHIFT, NEAR, OWN};
    use crate::corpus::Corpus;
    use crate::diagnostic::Diagnostic;
    use crate::facts::{self, Account, MAIN, Words, slip};
    use crate::rule::Findings;
    use crate::source::Span;
    use crate::text::{Map, fold, is_capitalised, is_proper_noun_link, sentences, stem, without_possessive, words};
    use crate::time::{Day, Interval, Precision};
    use crate::witness::{Witness, Witnesses};
    use xxhash_rust::xxh3::xxh3_64;

    /// A day that stands beside more names than this says little of any.
    const MOST_NAMES: usize = 24;
    /// A name beside which more days stand than this is too common to compare them.
    const LARGEST: usize = 256;
    /// How many pairs of one name are looked at closely.
    const MOST_PAIRS: usize = 64;

    fn key(name: &str) -> u64 {
        xxh3_64(format!("near\0{name}").as_bytes())
    }

    /// Each day under the words of the article's title, and under the names of its paragraph.
    pub(super) fn map(account: &Account<'_>, witnesses: &mut Witnesses) {
        let article = account.article;
        let title = article.title_text().unwrap_or("").split(" (").next().unwrap_or("");
        let title_words: Vec<String> = words(title).map(|word| fold(word.text).into_owned()).collect();
        let family = title_words.last().filter(|_| account.events().subjects.about_person());
        let mut own: Vec<String> = title_words.iter().filter(|word| facts::is_telling(word)).cloned().collect();
        own.push(title_words.join(" "));
        let mut block = Span { start: 0, end: 0, source: article.source };
        let mut named: Vec<String> = Vec::new();
        for setting in account.settings() {
            let time = &account.times()[setting.time];
            if !setting.field && !block.contains(setting.sentence) {
                let around = account.bounds(time.span.start);
                block = Span::new(article.source, around.start, around.end);
                named = names(article.text(block), family);
            }
            let event = setting.events.iter().min_by_key(|(_, who)| *who != MAIN);
            let class = event.map_or(CLASS_MASK, |(class, _)| *class as u64);
            let is_own = setting.field || event.is_some_and(|(_, who)| *who == MAIN);
            let days = Interval { from: setting.day, to: setting.day, precision: Precision::Day };
            let value = days.packed() | class << CLASS_SHIFT | NEAR | if is_own { OWN } else { 0 };
            let of_paragraph: &[String] = if setting.field { &[] } else { &named };
            let of_sentence = setting.words.own_names().filter(|name| facts::is_telling(name)).take(MOST_NAMES);
            for name in own.iter().chain(of_paragraph).chain(of_sentence) {
                witnesses.add(key(name), account.span(time), value);
            }
        }
    }

    /// The names of two words and more in a text; where an article is about a person, given names with the family's.
    fn names(text: &str, family: Option<&String>) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let mut run: Vec<String> = Vec::new();
        let mut end = 0;
        let mut close = |run: &mut Vec<String>| {
            while run.last().is_some_and(|last| is_proper_noun_link(last)) {
                run.pop();
            }
            match (run.as_slice(), family) {
                ([given], Some(family)) if given != family => found.push(format!("{given} {family}")),
                ([] | [_], _) => {}
                (run, _) => found.push(run.join(" ")),
            }
            run.clear();
        };
        for word in words(text) {
            let joined = text[end..word.start].trim().is_empty() || matches!(&text[end..word.start], "-" | "–");
            let name = without_possessive(word.text);
            let capital = is_capitalised(name);
            if !joined || !capital && (run.is_empty() || !is_proper_noun_link(word.text)) {
                close(&mut run);
            }
            if capital || !run.is_empty() {
                run.push(fold(name).into_owned());
            }
            end = word.end();
        }
        close(&mut run);
        found.sort_unstable();
        found.dedup();
        found.truncate(MOST_NAMES);
        found
    }

    pub(super) fn judge(corpus: &Corpus<'_>, witnesses: &[Witness], findings: &mut Findings) {
        if witnesses.len() > LARGEST {
            return;
        }
        let mut pairs = 0;
        // A day that two places of the other article contradict is one finding.
        let mut told: Vec<Span> = Vec::new();
        let days: Vec<Day> = witnesses.iter().map(|witness| Interval::unpacked(witness.value).from).collect();
        for (place, one) in witnesses.iter().enumerate() {
            for (number, other) in witnesses.iter().enumerate().skip(place + 1) {
                if one.span.source == other.span.source {
                    continue;
                }
                let Some(slip) = slip(days[place], days[number]) else { continue };
                pairs += 1;
                if pairs > MOST_PAIRS {
                    return;
                }
                if is_same(corpus, one, other, slip) && !is_told_otherwise(witnesses, one, other) {
                    // The article that the event is of most likely has it right.
                    let (odd, other) =
                        if one.value & OWN != 0 && other.value & OWN == 0 { (other, one) } else { (one, other) };
                    if !told.contains(&odd.span) {
                        told.push(odd.span);
                        findings.push(report(corpus, odd.span, other.span, slip));
                    }
                }
            }
        }
    }

    /// Whether one of the two articles tells the other's day as well, so that both are days of their own.
    fn is_told_otherwise(witnesses: &[Witness], one: &Witness, other: &Witness) -> bool {
        let day = |witness: &Witness| Interval::unpacked(witness.value).from;
        witnesses.iter().any(|witness| {
            witness.span.source == one.span.source && day(witness) == day(other)
                || witness.span.source == other.span.source && day(witness) == day(one)
        })
    }

    fn is_same(corpus: &Corpus<'_>, one: &Witness, other: &Witness, slip: facts::Slip) -> bool {
        let (Some(mut a), Some(mut b)) = (around(corpus, one.span), around(corpus, other.span)) else { return false };
        let titles = [one, other].map(|witness| corpus.title(witness.span.source).unwrap_or(""));
        let class = |witness: &Witness| (witness.value >> CLASS_SHIFT) & CLASS_MASK;
        let mut same_event = class(one) == class(other) && class(one) != CLASS_MASK;
        let both_own = (one.value & OWN != 0) == (other.value & OWN != 0);
        let given = |title: &str| words(title).next().map(|word| fold(word.text).into_owned()).unwrap_or_default();
        // A marriage is told by both, each of the other.
        let of_both = same_event && both_own && a.names(&given(titles[1])) && b.names(&given(titles[0]));
        if same_event && both_own && !of_both {
            // Two articles that each tell an event of their own tell two.
            return false;
        }
        let of_people = |class: u64| facts::vocabulary().classes[class as usize].kinds == ["person"];
        if same_event && !of_both && of_people(class(one)) {
            // Whose birth it is only a name tells.
            let (told, title) = if one.value & OWN != 0 { (&b, titles[0]) } else { (&a, titles[1]) };
            if !told.names(&given(title)) {
                return false;
            }
        }
        // "The flood of 29 June" beside an article that is called after it.
        same_event |= facts::event_nouns(titles[0]).any(|noun| b.says(&noun))
            || facts::event_nouns(titles[1]).any(|noun| a.says(&noun));
        a.add_title(titles[0], &titles);
        b.add_title(titles[1], &titles);
        let texts = [one, other].map(|witness| corpus.file_text(witness.span.source));
        let mut counts: Map<String, usize> = Map::default();
        for word in texts.iter().flat_map(|text| words(text)) {
            *counts.entry(stem(&fold(word.text)).to_owned()).or_default() += 1;
        }
        // A word that is all over the two articles tells little of two of their sentences.
        let weight = |word: &str| match counts.get(word) {
            Some(0..=4) | None => 1.0,
            Some(5..=8) => 0.5,
            Some(_) => 0.25,
        };
        let Some(likeness) = a.likeness(&b, weight) else { return false };
        if same_event { likeness.of_one_event() } else { likeness }.is_enough(slip)
    }

    /// The words around a date: of its sentence, or the key of its field.
    fn around(corpus: &Corpus<'_>, span: Span) -> Option<Words> {
        let text = corpus.file_text(span.source);
        let (start, end) = (span.start as usize, span.end as usize);
        let from = text[..start].rfind('\n').map_or(0, |line| line + 1);
        let to = text[end..].find('\n').map_or(text.len(), |line| end + line);
        let lead = text[from..start].trim_start_matches(['-', '*', ' ']);
        const LONGEST_KEY: usize = 40;
        if let Some(key) = lead.trim_end().strip_suffix(':').filter(|key| key.len() <= LONGEST_KEY) {
            return Some(Words::of(&key.to_lowercase(), true));
        }
        let sentence = sentences(&text[from..to], from).find(|sentence| sentence.contains(&start))?;
        let (before, behind) = (&text[sentence.start..start], text.get(end..sentence.end.max(end))?);
        // What is parted from it by a semicolon is told of another day.
        let (opens, before) = before.rsplit_once(';').map_or((true, before), |(_, part)| (false, part));
        let behind = behind.split(';').next().unwrap_or(behind);
        Some(Words::of(&format!("{before} {behind}"), opens))
    }

    fn report(corpus: &Corpus<'_>, odd: Span, other: Span, slip: facts::Slip) -> Diagnostic {
        let flat = |span: Span| corpus.text(span).split_whitespace().collect::<Vec<_>>().join(" ");
        let title =
            corpus.title(other.source).map_or_else(|| String::from("another article"), |title| format!("“{title}”"));
        Diagnostic::new(
            odd,
            format!(
                "{} here, but {} where {title} tells the same ({})",
                flat(odd),
                flat(other),
                corpus.place(other, odd)
            ),
        )
        .label(format!("another {}", super::part(slip)))
        .related(other, "the same in like words")
        .help("look the date up and correct the wrong article; if these are two events, say so in the text")
    }
}
