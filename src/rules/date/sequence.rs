//! Flags states of one subject in an order that cannot be: closed before it opened, died before being born, acting when dead.
//!
//! The order is that of `schemas/events.yaml`: which class of events cannot come before which for the same subject, and which undoes
//! which, so that what is reopened was closed before. Whoever acts was born and is alive: a dated act of a person behind the day of
//! death, or before the day of birth, cannot be, nor can one meet or travel with the dead. Things that were new or used for the first time
//! in one year were not there in an earlier one, and a successor comes after what it succeeds. Only what is surely before counts; "closed in
//! 1968 and reopened later that year" may well be true. A proper alternation, a burial or an honour after a death, and what is told of plans
//! are left alone, as are things of which there was another.
//!
//! ## Example
//! ```text fails
//! = Kestrel Street Baths =
//!
//! The baths were closed on 31 March 1971. After a petition they stood empty. Kestrel Street Baths had a ward for children. The ward
//! was closed on 31 March 1971, and after two years of protest the ward was reopened on 1 October 1969.
//! ```
//! It was reopened before it was closed.
//! ```text passes
//! = Kestrel Street Baths =
//!
//! Kestrel Street Baths had a ward for children. The ward was closed on 31 March 1971, and after two years of protest the ward was
//! reopened on 1 October 1973.
//! ```

use crate::article::Article;
use crate::corpus::Corpus;
use crate::diagnostic::{Diagnostic, Severity};
use crate::facts::{self, Account, Event, Existence, MAIN, Place, Repeats, SubjectId, What};
use crate::rule::{Check, Context, Findings, Rule};
use crate::source::Span;
use crate::time::{Interval, Precision};
use crate::witness::{Witness, Witnesses};
use std::collections::BTreeMap;
use xxhash_rust::xxh3::xxh3_64;

pub(crate) static RULE: Rule =
    Rule { severity: Severity::Error, checks: &[Check::Article(check), Check::Corpus { map, judge }], thresholds: &[] };

fn check(_: &Article<'_>, context: &Context<'_>, findings: &mut Findings) {
    let account = context.account;
    let told = account.events();
    let mut of_subject: BTreeMap<SubjectId, Vec<&Event>> = BTreeMap::new();
    for event in &told.events {
        let events = of_subject.entry(event.who).or_default();
        if events.len() < MOST_EVENTS {
            events.push(event);
        }
    }
    for events in of_subject.values() {
        orders(account, events, findings);
        undone(account, events, findings);
    }
    undone_by_another_name(account, findings);
    succeeded(account, findings);
    lives(account, &of_subject, findings);
    early_uses(account, findings);
}

/// What was there before it was built or used for the first time.
fn early_uses(account: &Account<'_>, findings: &mut Findings) {
    for early in account.early_uses() {
        let [time, made] = [early.time, early.made_time].map(|number| &account.times()[number]);
        let (this, that) = (account.flat(early.words), account.flat(early.made));
        let (when, began) = (account.when(time), account.when(made));
        findings.push(
            Diagnostic::new(early.words, format!("“{this}” {when}, but “{that}” came to be there {began}"))
                .label(format!("{when}, too early"))
                .related(account.span(made), format!("“{that}” {began}"))
                .help("one of the two dates is wrong, or an earlier one of its kind is meant: say which"),
        );
    }
}

/// What succeeds another is there after it: "In February 1843 ice carried off the aqueduct. Its successor was opened in 1841".
fn succeeded(account: &Account<'_>, findings: &mut Findings) {
    let statements = &account.events().statements;
    for (number, statement) in statements.iter().enumerate().filter(|(_, told)| told.own && !told.unreal) {
        let text = account.article.text(statement.words);
        if !["Its successor", "Its replacement"].iter().any(|start| text.starts_with(start)) {
            continue;
        }
        const LOOKED_BACK: usize = 12;
        let before = statements[..number].iter().rev().take(LOOKED_BACK).find(|other| {
            other.sentence.end <= statement.sentence.start && other.block == statement.block && other.own
        });
        let Some(before) = before.filter(|other| !other.unreal) else { continue };
        // A replacement may stand ready, but not for years.
        let number = |statement: &facts::Statement| statement.time.map(|time| &account.times()[time]);
        let (Some(later), Some(earlier)) = (number(statement), number(before)) else { continue };
        let days =
            |time: &crate::time::TimeExpression| time.interval().filter(|days| days.precision <= Precision::Year);
        let apart = days(later).zip(days(earlier)).is_some_and(|(a, b)| a.to < b.from);
        if apart {
            let (span, when) = (account.span(earlier), account.when(earlier));
            findings.push(
                Diagnostic::new(
                    account.span(later),
                    format!("a successor {}, before what it succeeds went {when}", account.when(later)),
                )
                .label("too early")
                .related(span, format!("its predecessor, {when}"))
                .help("one of the two dates is wrong: look them up"),
            );
        }
    }
}

/// The same where the text calls what was undone by another name: "A service to Bergen was suspended", "the Bergen flights were resumed".
fn undone_by_another_name(account: &Account<'_>, findings: &mut Findings) {
    let told = account.events();
    if told.events.len() > MOST_EVENTS {
        return;
    }
    let subjects = &told.subjects;
    for event in told.events.iter().filter(|event| !event.inherited && !event.perfect && event.place == Place::Prose) {
        let Some(undoes) = facts::vocabulary().classes[event.class].undoes else { continue };
        let Some(days) = sure(event) else { continue };
        let of_class = || told.events.iter().filter(|done| done.class == undoes);
        if of_class().any(|done| done.who == event.who) {
            continue;
        }
        let mut alike = of_class().filter(|done| subjects.are_alike(done.who, event.who) && done.place != Place::Field);
        let (Some(done), None) = (alike.next(), alike.next()) else { continue };
        if sure(done).is_none_or(|done| days.to >= done.from) {
            continue;
        }
        if let Some(finding) = in_wrong_order(account, event, done) {
            findings.push(finding);
        }
    }
}

/// What is undone before it was done.
fn in_wrong_order(account: &Account<'_>, event: &Event, done: &Event) -> Option<Diagnostic> {
    let ((done_span, done_words), (_, words)) = (when(account, done)?, when(account, event)?);
    let name = &account.events().subjects.all[event.who].name;
    Some(
        Diagnostic::new(
            event.words,
            format!("{name}: {} {words}, before the {} {done_words}", noun(event), noun(done)),
        )
        .label(format!("{} {words}", noun(event)))
        .related(done_span, format!("{} {done_words}", noun(done)))
        .help("one of the two dates is wrong, or an earlier event is left out: say which"),
    )
}

/// Whom more befalls has no story that could be told in order; only so many events of each are looked at.
const MOST_EVENTS: usize = 200;

fn sure(event: &Event) -> Option<Interval> {
    event.days.filter(|days| days.precision <= Precision::Year && !event.hedged)
}

/// The noun of a class, for messages.
fn noun(event: &Event) -> String {
    facts::vocabulary().classes[event.class].name.replace('-', " ")
}

fn when(account: &Account<'_>, event: &Event) -> Option<(Span, String)> {
    let time = &account.times()[event.time?];
    Some((account.span(time), account.when(time)))
}

/// Events of one subject that cannot come before others.
fn orders(account: &Account<'_>, events: &[&Event], findings: &mut Findings) {
    let told = account.events();
    for &later in events {
        let Some(days) = sure(later).filter(|_| !later.inherited) else { continue };
        let earlier = events.iter().copied().find(|first| {
            let class = &facts::vocabulary().classes[first.class];
            class.precedes.contains(&later.class)
                && class.repeats != Repeats::Often
                && !first.again
                && !first.inherited
                && sure(first).is_some_and(|first| days.to < first.from)
                // "Opened again on 18 June, shut on 2 July and opened on 20 August": told in the order of the days.
                && !(class.repeats != Repeats::Never
                    && first.block == later.block
                    && later.words.start < first.words.start
                    && !first.perfect)
                && told.subjects.all[first.who].definite
        });
        let Some(first) = earlier else { continue };
        // Another mention of the same, with another date, is a conflict, and is reported as one.
        let disputed = |event: &Event| {
            events.iter().any(|other| {
                other.class == event.class
                    && sure(other).zip(sure(event)).is_some_and(|(a, b)| a.to < b.from || b.to < a.from)
            })
        };
        if disputed(first) || disputed(later) {
            continue;
        }
        let (Some((first_span, first_words)), Some((_, words))) = (when(account, first), when(account, later)) else {
            continue;
        };
        let name = &told.subjects.all[later.who].name;
        findings.push(
            Diagnostic::new(
                later.words,
                format!("{name}: {} {words}, before the {} {first_words}", noun(later), noun(first)),
            )
            .label(format!("{} {words}", noun(later)))
            .related(first_span, format!("{} {first_words}", noun(first)))
            .help("one of the two dates is wrong, or the two are of different things: say which"),
        );
    }
}

/// What is undone before it was done: reopened, then closed.
fn undone(account: &Account<'_>, events: &[&Event], findings: &mut Findings) {
    for (number, &event) in events.iter().enumerate() {
        let Some(undoes) = facts::vocabulary().classes[event.class].undoes else { continue };
        let Some(days) = sure(event).filter(|_| !event.perfect) else { continue };
        let same = |other: &&&Event| other.class == undoes;
        // What the text tells last before it, of the same subject, in the same paragraph; or in its own sentence: "having been
        // closed in June 1989".
        let last = events[..number].iter().rev().find(same).filter(|done| done.block == event.block);
        let sentence = account.sentence(event.words.start as usize);
        let beside = events[number + 1..]
            .iter()
            .find(same)
            .filter(|done| done.perfect && sentence.is_some_and(|sentence| sentence.contains(done.words)));
        let Some(done) = last.or(beside) else { continue };
        if sure(done).is_none_or(|done| days.to >= done.from) {
            continue;
        }
        // Something earlier that it may have undone, or that is not dated, explains it.
        let explained = events.iter().filter(same).any(|other| {
            !std::ptr::eq(*other, *done) && other.days.map_or(other.block == event.block, |other| other.from <= days.to)
        });
        if explained || done.perfect && last.is_some() {
            continue;
        }
        if let Some(finding) = in_wrong_order(account, event, done) {
            findings.push(finding);
        }
    }
}

/// What is done behind the end of somebody or something, or before the beginning.
fn lives(account: &Account<'_>, of_subject: &BTreeMap<SubjectId, Vec<&Event>>, findings: &mut Findings) {
    let told = account.events();
    let renewed = is_renewed(account);
    let bounds: BTreeMap<SubjectId, (Option<&Event>, Option<&Event>)> = of_subject
        .iter()
        .map(|(&who, events)| {
            (who, (bound(account, events, Existence::Begins), bound(account, events, Existence::Ends)))
        })
        .collect();
    for deed in &told.deeds {
        if deed.days.precision > Precision::Year || posthumous(account, deed.words) {
            continue;
        }
        let person = told.subjects.kind(deed.who) == Some("person");
        let Some(&(begin, end)) = bounds.get(&deed.who) else { continue };
        let (event, side) = match (end, begin) {
            (Some(event), _) if event.days.is_some_and(|days| days.to < deed.days.from) => (event, "after"),
            (_, Some(event)) if event.days.is_some_and(|days| deed.days.to < days.from) => (event, "before"),
            _ => continue,
        };
        let fits = match deed.what {
            What::Done => true,
            What::Suffered => person,
            What::Treated => !person && side == "after",
        };
        // What is no person may have been begun more than once, and only its own article tells.
        let known =
            deed.who == MAIN || told.subjects.kind(deed.who) == Some("vehicle") && told.subjects.is_marked(deed.who);
        if !fits || !person && (!known || renewed) {
            continue;
        }
        let Some((span, words)) = when(account, event) else { continue };
        let time = account.when(&account.times()[deed.time]);
        let name = &told.subjects.all[deed.who].name;
        if person && has_namesake(account, name) {
            continue;
        }
        let fate = noun(event);
        findings.push(
            Diagnostic::new(deed.words, format!("{name} cannot have done this {time}: {side} the {fate} {words}"))
                .label(format!("{time}, {side} the {fate}"))
                .related(span, format!("{fate} of {name} {words}"))
                .help("one of the two dates is wrong, or somebody else is meant: say which"),
        );
    }
}

/// What a witness says of a person, in the bits behind those of its interval.
const LIFE_SHIFT: u32 = Interval::PACKED_BITS;
const DEED: u64 = 0;
/// Whether the article is about that person.
const OWN: u64 = 1 << 63;
const BORN: u64 = 1;
const DIED: u64 = 2;

/// The birth and the death of the person whom the article is about, and what it says that other persons did.
fn map(_: &Article<'_>, context: &Context<'_>, witnesses: &mut Witnesses) {
    let account = context.account;
    let told = account.events();
    let key = |name: &str| xxh3_64(format!("life\0{name}").as_bytes());
    if let (true, Some(name)) = (told.subjects.about_person(), told.subjects.name_key(MAIN)) {
        let own: Vec<&Event> = told.events.iter().filter(|event| event.who == MAIN).take(MOST_EVENTS).collect();
        for (side, what) in [(Existence::Begins, BORN), (Existence::Ends, DIED)] {
            if let Some(event) = bound(account, &own, side)
                && let (Some((span, _)), Some(days)) = (when(account, event), event.days)
            {
                witnesses.add(key(&name), span, days.packed() | what << LIFE_SHIFT | OWN);
            }
        }
    }
    // Of others the article tells when they died.
    for event in told.events.iter().filter(|event| event.who != MAIN && event.place != Place::Field) {
        let died = facts::vocabulary().classes[event.class].name == "death";
        if let (true, Some(name), Some(days), Some((span, _))) =
            (died, told.subjects.name_key(event.who), sure(event), when(account, event))
            && name.contains(' ')
        {
            witnesses.add(key(&name), span, days.packed() | DIED << LIFE_SHIFT);
        }
    }
    for deed in &told.deeds {
        let fits = deed.what != What::Treated && deed.days.precision <= Precision::Year;
        let person = told.subjects.kind(deed.who).is_none_or(|kind| kind == "person");
        if let Some(name) = told.subjects.name_key(deed.who).filter(|name| name.contains(' '))
            && fits
            && person
            && deed.who != MAIN
            && !posthumous(account, deed.words)
        {
            witnesses.add(key(&name), deed.words, deed.days.packed() | DEED << LIFE_SHIFT);
        }
    }
}

fn judge(corpus: &Corpus<'_>, witnesses: &[Witness], findings: &mut Findings) {
    let what = |witness: &Witness| (witness.value & !OWN) >> LIFE_SHIFT;
    let mut lives = witnesses.iter().filter(|witness| what(witness) != DEED);
    let Some(first) = lives.next() else { return };
    // Where two articles are about people of one name, nobody knows who is meant.
    if lives.any(|other| other.span.source != first.span.source) {
        return;
    }
    for deed in witnesses.iter().filter(|witness| what(witness) == DEED && witness.span.source != first.span.source) {
        let days = Interval::unpacked(deed.value);
        let broken = witnesses.iter().find(|witness| {
            let bound = Interval::unpacked(witness.value);
            what(witness) == DIED && bound.to < days.from || what(witness) == BORN && days.to < bound.from
        });
        let Some(bound) = broken else { continue };
        let (fate, side) = if what(bound) == DIED { ("died", "after") } else { ("was born", "before") };
        // The title is the name of the one whom the article is about alone.
        let own = bound.value & OWN != 0;
        let name = corpus.title(bound.span.source).filter(|_| own).unwrap_or("the same person");
        let flat = |span| corpus.text(span).split_whitespace().collect::<Vec<_>>().join(" ");
        findings.push(
            Diagnostic::new(
                deed.span,
                format!(
                    "“{}”: {side} {name} {fate}, {} ({})",
                    flat(deed.span),
                    flat(bound.span),
                    corpus.place(bound.span, deed.span)
                ),
            )
            .label(format!("{side} {name} {fate}"))
            .related(bound.span, format!("{name} {fate}"))
            .help("one of the two dates is wrong, or somebody else is meant: say which"),
        );
    }
}

/// The event that begins or ends the existence of a subject, as far as all its mentions agree; the most exact.
fn bound<'a>(account: &Account<'_>, events: &[&'a Event], side: Existence) -> Option<&'a Event> {
    let classes = &facts::vocabulary().classes;
    let is_bound = |event: &&&Event| classes[event.class].existence == Some(side) && !event.inherited;
    let mut of: Vec<&Event> = events.iter().filter(is_bound).copied().collect();
    // A loss or a break-up without a date may be another.
    let person = of.first().is_some_and(|event| account.events().subjects.kind(event.who) == Some("person"));
    if !person && of.iter().any(|event| sure(event).is_none() && event.days.is_some()) {
        return None;
    }
    of.retain(|event| sure(event).is_some() && !event.again);
    let agree = of
        .windows(2)
        .all(|pair| sure(pair[0]).zip(sure(pair[1])).is_some_and(|(a, b)| a.to >= b.from && b.to >= a.from));
    of.sort_by_key(|event| event.days.map(|days| days.precision));
    of.first().copied().filter(|_| agree)
}

/// Whether the article speaks of an older or newer body of the same name, so that what it did is not dated by one beginning and end.
fn is_renewed(account: &Account<'_>) -> bool {
    let renewals = &facts::vocabulary().renewals;
    let text = account.article.text;
    crate::text::words(text).any(|word| {
        let folded = crate::text::fold(word.text);
        renewals.iter().any(|start| folded.starts_with(start.as_str()))
    })
}

/// Whether the article tells a person from another of the same name: "William Garrod the younger", "his son, also William Garrod".
fn has_namesake(account: &Account<'_>, name: &str) -> bool {
    const BEFORE: [&str; 7] = ["also ", "another ", "second ", "third ", "younger ", "elder ", "older "];
    const BEHIND: [&str; 10] =
        [" the younger", " the elder", " junior", " senior", ", junior", ", senior", " jr", ", jr", " II", " III"];
    let text = account.article.text;
    text.match_indices(name).any(|(at, _)| {
        let (before, behind) = (&text[..at], &text[at + name.len()..]);
        let behind = |mark: &str| behind.get(..mark.len()).is_some_and(|words| words.eq_ignore_ascii_case(mark));
        BEFORE.iter().any(|mark| before.ends_with(mark)) || BEHIND.iter().any(|mark| behind(mark))
    })
}

/// Whether a sentence speaks of what is done for the dead, or of works that go on without them.
fn posthumous(account: &Account<'_>, words: Span) -> bool {
    const MARKS: &[&str] = &[
        "posthum",
        "in his memory",
        "in her memory",
        "in memory of",
        "in his honour",
        "in her honour",
        "in his honor",
        "in her honor",
        "ghost",
        "portray",
        "film",
        "statue",
        "remains",
        "re-buried",
        "reburied",
        "canoni",
        "beatif",
        "after his death",
        "after her death",
        "rehabilitat",
        "pardon",
    ];
    let sentence = account.sentence(words.start as usize).unwrap_or(words);
    let text = account.article.text(sentence);
    MARKS.iter().any(|mark| text.contains(mark))
}
