//! `seedlint inspect`: how articles are read, as JSON Lines.

use super::{Failure, Outcome, Reading};
use crate::article::{self, Article, BlockKind, Leaf, LeafKind};
use crate::chronology;
use crate::document::Document;
use crate::facts::{self, Account, Claim, Dated, Event, Events, RoleClaim, Said, SubjectId, traits};
use crate::policy::{Plan, Wishes};
use crate::reference::{self, Reference, Role};
use crate::source::{SourceFile, Sources, Span};
use crate::time::{Day, Modifier, TimeExpression, Today};
use crate::witness::{Witness, Witnesses};
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::{self, BufWriter, Write};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  seedlint inspect article seeds/a.txt      titles, headings, sentences, list items, links, markers
  seedlint inspect document seeds/a.txt     the document form, which schemas speak about
  seedlint inspect dates seeds/a.txt        what is read as a time, and the days that it can mean
  seedlint inspect facts seeds/a.txt        what happened, to whom, and when; ages and lengths; each statement's slots
  seedlint inspect references seeds/        what points where, and how it resolves")]
pub(super) struct Arguments {
    /// What to show
    what: What,
    /// The day that "last year" counts from, as YYYY-MM-DD [default: today]
    #[arg(long, value_name = "DAY", value_parser = super::day)]
    as_of: Option<Day>,
    #[command(flatten)]
    reading: Reading,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum What {
    /// The parts of each article
    Article,
    /// The document form of each article
    Document,
    /// The time expressions of each article, and what they mean
    Dates,
    /// The events of each article, its ages and lengths, and its statements with their times, quantities and names
    Facts,
    /// The references of each article, and how they resolve
    References,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let wishes = Wishes { as_of: arguments.as_of, ..Wishes::default() };
    let (found, policy) = arguments.reading.read(&wishes, &[])?;
    let sources = &found.sources;
    let plan = policy.plan(sources);
    let mut out = BufWriter::new(io::stdout().lock());
    let articles = || {
        sources
            .iter()
            .filter(|(_, file)| file.unreadable.is_none())
            .map(|(id, file)| (file, article::parse_file(id, file, plan.layout(id))))
    };
    let mut write =
        |value: &Value| serde_json::to_writer(&mut out, value).map_err(io::Error::from).and_then(|()| writeln!(out));
    let written = match arguments.what {
        What::Article => {
            articles().try_for_each(|(file, article)| parts(file, &article).iter().try_for_each(&mut write))
        }
        What::Document => articles().try_for_each(|(file, article)| {
            write(&json!({"path": file.path, "document": Document::of(&article).value}))
        }),
        What::Dates => articles().try_for_each(|(file, article)| {
            chronology::expressions(&article, &Today::new(policy.as_of(article.source)))
                .iter()
                .try_for_each(|expression| write(&date(file, expression)))
        }),
        What::Facts => articles().try_for_each(|(file, article)| {
            let account = Account::new(&article, policy.as_of(article.source));
            let events = account.events();
            events.events.iter().try_for_each(|event| write(&fact(file, &account, events, event)))?;
            account.claims().iter().try_for_each(|said| write(&claim(file, said)))?;
            account.roles().iter().try_for_each(|claim| write(&role(file, &article, claim)))?;
            statements(file, &account).iter().try_for_each(&mut write)
        }),
        What::References => {
            let mut witnesses = Witnesses::default();
            articles().for_each(|(_, article)| reference::witnesses(&article, &mut witnesses));
            let mut targets: HashMap<u64, Vec<Witness>> = HashMap::new();
            for witness in witnesses.all.into_iter().filter(Role::is_target) {
                targets.entry(witness.key).or_default().push(witness);
            }
            let targets = Targets { sources, plan: &plan, by_key: targets };
            articles()
                .try_for_each(|(file, article)| references(file, &article, &targets).iter().try_for_each(&mut write))
        }
    };
    match written.and_then(|()| out.flush()) {
        // That the reader has seen enough does not make up for what could not be read.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        written => written.map_err(Failure::stdout)?,
    }
    Ok(if found.problems.is_empty() { Outcome::Clean } else { Outcome::Failed })
}

/// The object for a time expression. `value` is TIMEX3; `from` and `to` are days, both included.
fn date(file: &SourceFile, expression: &TimeExpression) -> Value {
    let interval = expression.interval();
    json!({
        "path": file.path,
        "start": file.position(expression.span.start as u32),
        "end": file.position(expression.span.end as u32),
        "text": &file.text()[expression.span.clone()],
        "type": expression.kind.name(),
        "value": expression.value.to_string(),
        "mod": expression.modifier.map(Modifier::name),
        "from": interval.map(|interval| interval.from.iso()),
        "to": interval.map(|interval| interval.to.iso()),
        "anchor": expression.anchor.name(),
    })
}

/// The object for an event.
fn fact(file: &SourceFile, account: &Account<'_>, events: &Events, event: &Event) -> Value {
    let name = |id: SubjectId| events.subjects.all[id].name.clone();
    let time = event.time.map(|time| &account.times()[time]);
    let mut value = object(file, event.words, &json!(facts::vocabulary().classes[event.class].name));
    value["who"] = json!(name(event.who));
    value["with"] = json!(event.with.map(name));
    value["role"] = json!(event.role);
    value["when"] = json!(time.map(|time| time.value.to_string()));
    value["from"] = json!(event.days.map(|days| days.from.iso()));
    value["to"] = json!(event.days.map(|days| days.to.iso()));
    value
}

/// The object for a role: who designed it, where somebody was born.
fn role(file: &SourceFile, article: &Article<'_>, claim: &RoleClaim) -> Value {
    let mut value = object(file, claim.span, &json!("role"));
    value["role"] = json!(claim.role);
    value["of"] = json!(claim.of);
    value["own"] = json!(claim.own);
    value["sentence"] = json!(article.text(claim.unit));
    value
}

/// The objects for the statements of an article, a sentence or a field each: of whom it is, and its slots.
fn statements(file: &SourceFile, account: &Account<'_>) -> Vec<Value> {
    let article = account.article;
    let events = account.events();
    let figures = account.figures();
    let names = &account.names().names;
    let fields = article.infobox.iter().flat_map(|infobox| infobox.fields.iter().map(|field| field.value));
    let units = fields.chain(article.sentences.iter().copied()).filter(|unit| !unit.is_empty());
    units
        .map(|unit| {
            let clauses = || events.statements.iter().filter(|clause| clause.sentence == unit);
            let subject = clauses().find_map(|clause| clause.subject);
            let text = |span: Span| article.text(span).split_whitespace().collect::<Vec<_>>().join(" ");
            let mut value = object(file, unit, &json!("statement"));
            value["subject"] = json!(subject.map(|subject| events.subjects.all[subject].name.clone()));
            value["unreal"] = json!(clauses().any(|clause| clause.unreal));
            value["times"] =
                account.times()[account.times_in(unit)].iter().map(|time| json!(time.value.to_string())).collect();
            value["quantities"] = figures
                .iter()
                .filter(|figure| figure.quantity.unit == unit)
                .map(|figure| {
                    let quantity = &figure.quantity;
                    json!({
                        "text": text(quantity.span),
                        "measure": quantity.measure.to_string(),
                        "value": quantity.value,
                        "from": quantity.range.0,
                        "to": quantity.range.1,
                        "of": traits::names(figure.traits),
                        "years": figure.years.map(|(from, to)| [from, to]),
                        "relative": figure.relative || quantity.part || quantity.in_range,
                    })
                })
                .collect();
            value["names"] = names.iter().filter(|name| name.unit == unit).map(|name| json!(text(name.span))).collect();
            value
        })
        .collect()
}

/// The object for an age, a length or an anniversary, with the days that it may be counted between.
fn claim(file: &SourceFile, claim: &Claim) -> Value {
    let days = |dated: &[Dated]| -> Vec<Value> {
        dated
            .iter()
            .map(|dated| json!({"what": dated.what, "from": dated.days.from.iso(), "to": dated.days.to.iso()}))
            .collect()
    };
    let (kind, least, most) = match claim.said {
        Said::Age(years, off) => ("age", i64::from(years - off), i64::from(years + off)),
        Said::Anniversary(years) => ("anniversary", i64::from(years), i64::from(years)),
        Said::ToTheDay(years) => ("to-the-day", i64::from(years), i64::from(years)),
        Said::Length(least, most) => ("length", least, most),
    };
    let mut value = object(file, claim.words, &json!(kind));
    value["least"] = json!(least);
    value["most"] = json!(most);
    value["starts"] = json!(days(&claim.starts));
    value["ends"] = json!(days(&claim.ends));
    value["holds"] = json!(claim.holds());
    value
}

/// An object for a span: its place, its text, and what else is known of it.
fn object(file: &SourceFile, span: Span, kind: &Value) -> Value {
    let span = file.with_citation(span);
    json!({
        "path": file.path,
        "start": file.position(span.start),
        "end": file.position(span.end),
        "kind": kind,
        "text": &file.text()[span.range()],
    })
}

/// The leaves of an article, with what holds them (paragraphs, list entries) and what lies in them
/// (links, citation markers, quotations).
fn parts(file: &SourceFile, article: &Article<'_>) -> Vec<Value> {
    // What a reader of the text does not see of a citation is shown with it.
    let cited = |leaf: &Leaf| {
        let around = article.citations.partition_point(|citation| citation.end <= leaf.span.start);
        let citation = article.citations.get(around);
        leaf.kind == LeafKind::Markup && citation.is_some_and(|citation| citation.contains(leaf.span))
    };
    let leaves = article.leaves.iter().filter(|leaf| !cited(leaf));
    let mut parts: Vec<(Span, Value)> = leaves.map(|leaf| (leaf.span, json!(leaf.kind))).collect();
    let listed: Vec<bool> = article
        .sections
        .iter()
        .map(|section| section.heading.is_some_and(|heading| article::is_see_also(article.text(heading.span))))
        .collect();
    for block in &article.blocks {
        match block.kind {
            BlockKind::Paragraph => parts.push((block.span, json!("paragraph"))),
            BlockKind::Item { .. } if listed[block.section] => parts.push((block.span, json!("see-also"))),
            BlockKind::Item { date, .. } => {
                // The date and the text below it are one entry.
                let start = date.map_or(block.span.start, |date| date.start);
                parts.push((Span { start, ..block.span }, json!("item")));
            }
            BlockKind::Raw => {}
        }
    }
    parts.extend(article.links.iter().map(|link| (link.span, json!("link"))));
    parts.extend(article.citations.iter().map(|&span| (span, json!("citation"))));
    parts.extend(article.quotations.iter().map(|&span| (span, json!("quotation"))));
    // What holds another comes first.
    parts.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    parts.into_iter().map(|(span, kind)| object(file, span, &kind)).collect()
}

/// What references can arrive at.
struct Targets<'a> {
    sources: &'a Sources,
    plan: &'a Plan<'a>,
    /// Titles, aliases and files by their keys.
    by_key: HashMap<u64, Vec<Witness>>,
}

impl Targets<'_> {
    /// How a reference resolves, and the target that it arrives at.
    fn resolve(&self, article: &Article<'_>, reference: &Reference) -> (&'static str, Option<&Witness>) {
        let key = reference::reference_key(article, reference);
        let found = self.by_key.get(&key).map_or(&[][..], Vec::as_slice);
        let words = article.text(reference.target);
        let exact = |target: &&Witness| reference::is_exact(words, self.sources.text(target.span));
        if let Some(target) = found.iter().find(|target| Role::of(target) == Role::File || exact(target)) {
            return (if Role::of(target) == Role::Alias { "alias" } else { "exact" }, Some(target));
        }
        match found.first() {
            Some(target) => ("inexact", Some(target)),
            None if self.plan.settings_of(article.source).outside.has(key) => ("outside", None),
            None => ("unresolved", None),
        }
    }

    /// Whether the article of a target has a section.
    fn has_section(&self, target: &Witness, section: &str) -> bool {
        let source = target.span.source;
        let file = self.sources.get(source);
        let article = article::parse_file(source, file, self.plan.layout(source));
        reference::Sections::of(&article).has(section)
    }
}

/// The references of an article and what they arrive at. Words that are a reference only if an article answers to them are
/// left out where none does.
fn references(file: &SourceFile, article: &Article<'_>, targets: &Targets<'_>) -> Vec<Value> {
    let mut anchors = article.anchors.iter().peekable();
    let mut shown = Vec::new();
    for reference in reference::references(article) {
        let (how, target) = targets.resolve(article, &reference);
        let to_itself = target.is_some_and(|target| target.span.source == article.source);
        if !reference.certain && (how == "unresolved" || to_itself) {
            continue;
        }
        let mut value = object(file, reference.target, &json!(reference.kind.name()));
        value["resolution"] = json!(how);
        value["to"] = json!(target.map(|target| targets.sources.get(target.span.source).path.as_str()));
        while let Some(anchor) = anchors.next_if(|anchor| anchor.span.start < reference.target.start) {
            if anchor.link.is_some_and(|link| link.target == reference.target) {
                let section = article.text(anchor.section);
                value["section"] = json!(section);
                value["section_found"] = json!(target.map(|target| targets.has_section(target, section)));
            }
        }
        shown.push((reference.target, value));
    }
    let sections = reference::Sections::of(article);
    for anchor in article.anchors.iter().filter(|anchor| anchor.link.is_none()) {
        let mut value = object(file, anchor.section, &json!("section"));
        let found = sections.has(article.text(anchor.section));
        value["resolution"] = json!(if found { "exact" } else { "unresolved" });
        value["to"] = json!(file.path);
        shown.push((anchor.section, value));
    }
    shown.sort_by_key(|(span, _)| (span.start, span.end));
    shown.into_iter().map(|(_, value)| value).collect()
}
