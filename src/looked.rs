//! What one file had to say to the rules, and its form in the [cache](crate::cache).

use crate::allowance::Allowance;
use crate::diagnostic::{Diagnostic, Edit, Fix, Label, Severity};
use crate::discover::Problem;
use crate::policy::Plan;
use crate::source::{SourceId, Span};
use crate::time::Day;
use crate::witness::Witness;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What one file had to say.
#[derive(Debug, Default)]
pub(crate) struct Looked {
    pub(crate) crash: Option<Problem>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) title: Option<Span>,
    pub(crate) aliases: Vec<Span>,
    pub(crate) allowances: Vec<Allowance>,
    /// The witnesses of each rule that has a corpus check, by the rule's number in the plan.
    pub(crate) witnesses: Vec<(usize, Vec<Witness>)>,
    /// The first and the last day that "today" may mean without anything of this being different.
    pub(crate) days: Option<(Day, Day)>,
}

/// Bytes of the file, from and to.
pub(crate) type Spot = (u32, u32);

/// How many files behind the one in question, and bytes of that file, from and to.
pub(crate) type Place = (u32, u32, u32);

/// A year, a month and a day.
pub(crate) type Date = (i32, u8, u8);

pub(crate) fn date(day: Day) -> Date {
    (day.year, day.month, day.day)
}

pub(crate) fn day((year, month, day): Date) -> Day {
    Day { year, month, day }
}

/// The same without what the reader knows.
#[derive(Serialize, Deserialize)]
struct Record<'r> {
    #[serde(borrow)]
    findings: Vec<Finding<'r>>,
    title: Option<Spot>,
    aliases: Vec<Spot>,
    allowances: Vec<(Spot, &'r str, bool)>,
    witnesses: Vec<(u16, Vec<Testimony>)>,
    days: Option<(Date, Date)>,
}

/// A finding, in the cache.
#[derive(Serialize, Deserialize)]
pub(crate) struct Finding<'r> {
    /// The rule, by its number in the plan.
    rule: u16,
    severity: Severity,
    message: &'r str,
    #[serde(borrow)]
    primary: Said<'r>,
    related: Vec<Said<'r>>,
    help: Option<&'r str>,
    #[serde(borrow)]
    fix: Option<Correction<'r>>,
    aspect: &'r str,
    /// But for its number among its equals.
    #[serde(with = "postcard::fixint::le")]
    fingerprint: u64,
}

/// A fix: its title, whether it is safe, and its edits.
#[derive(Serialize, Deserialize)]
struct Correction<'r>(&'r str, bool, #[serde(borrow)] Vec<(Place, &'r str)>);

/// A label.
#[derive(Serialize, Deserialize)]
struct Said<'r>(Place, &'r str, bool);

/// A place, as it is told of a file.
pub(crate) fn place(span: Span, of: SourceId) -> Place {
    (span.source.0.wrapping_sub(of.0), span.start, span.end)
}

impl<'r> Finding<'r> {
    /// The form of a finding, as it is told of a file.
    pub(crate) fn of(found: &'r Diagnostic, plan: &Plan<'_>, of: SourceId) -> Option<Self> {
        let said = |label: &'r Label| Said(place(label.span, of), &label.message, label.is_example);
        let fix = found.fix.as_ref().map(|fix| {
            let edits = fix.edits.iter().map(|edit| (place(edit.span, of), edit.text.as_str())).collect();
            Correction(&fix.title, fix.safe, edits)
        });
        Some(Self {
            rule: plan.number(found.rule)? as u16,
            severity: found.severity,
            message: &found.message,
            primary: said(&found.primary),
            related: found.related.iter().map(said).collect(),
            help: found.help.as_deref(),
            fix,
            aspect: &found.aspect,
            fingerprint: found.fingerprint,
        })
    }

    /// The finding; nothing where a place is nowhere, or where there is no such rule.
    pub(crate) fn read(self, plan: &Plan<'_>, span: &impl Fn(Place) -> Option<Span>) -> Option<Diagnostic> {
        let label =
            |said: &Said<'_>| Some(Label { span: span(said.0)?, message: said.1.to_owned(), is_example: said.2 });
        let edit = |(place, text): &(Place, &str)| Some(Edit { span: span(*place)?, text: (*text).to_owned() });
        let fix = match self.fix {
            Some(Correction(title, safe, edits)) => {
                let edits = edits.iter().map(edit).collect::<Option<Vec<_>>>()?;
                Some(Box::new(Fix { title: title.to_owned(), safe, edits }))
            }
            None => None,
        };
        Some(Diagnostic {
            rule: plan.rules.get(self.rule as usize)?.name,
            severity: self.severity,
            message: self.message.to_owned(),
            primary: label(&self.primary)?,
            related: self.related.iter().map(label).collect::<Option<Vec<_>>>()?,
            help: self.help.map(|help| Cow::Owned(help.to_owned())),
            fix,
            aspect: self.aspect.to_owned(),
            fingerprint: self.fingerprint,
        })
    }
}

/// A witness.
#[derive(Serialize, Deserialize)]
struct Testimony {
    /// Hashes have no leading zeros to be saved.
    #[serde(with = "postcard::fixint::le")]
    key: u64,
    place: Spot,
    value: u64,
}

impl Testimony {
    /// The witness; nothing where its place is nowhere.
    fn read(&self, span: impl Fn(Spot) -> Option<Span>) -> Option<Witness> {
        Some(Witness { key: self.key, span: span(self.place)?, value: self.value })
    }
}

impl Looked {
    /// The form in the cache of what a file had to say; nothing for what must be looked at again.
    pub(crate) fn to_bytes(&self, plan: &Plan<'_>, source: SourceId) -> Option<Vec<u8>> {
        if self.crash.is_some() {
            return None;
        }
        let place = |span: Span| (span.start, span.end);
        let findings = self.diagnostics.iter().map(|found| Finding::of(found, plan, source)).collect::<Option<_>>()?;
        let testimony =
            |witness: &Witness| Testimony { key: witness.key, place: place(witness.span), value: witness.value };
        let record = Record {
            findings,
            title: self.title.map(place),
            aliases: self.aliases.iter().copied().map(place).collect(),
            allowances: self
                .allowances
                .iter()
                .map(|allowance| (place(allowance.span), allowance.name.as_str(), allowance.is_malformed()))
                .collect(),
            witnesses: self
                .witnesses
                .iter()
                .map(|(rule, all)| (*rule as u16, all.iter().map(testimony).collect()))
                .collect(),
            days: self.days.map(|(from, to)| (date(from), date(to))),
        };
        postcard::to_stdvec(&record).ok()
    }

    /// Reads the form in the cache. Nothing where it cannot be of this file: a place that is not in it, a rule that there is not. Nor
    /// where it was found on a day that "today" was another thing to the article.
    pub(crate) fn from_bytes(bytes: &[u8], plan: &Plan<'_>, source: SourceId, text: &str) -> Option<Self> {
        let record: Record<'_> = postcard::from_bytes(bytes).ok()?;
        let days = record.days.map(|(from, to)| (day(from), day(to)));
        let today = plan.settings_of(source).as_of;
        days.is_none_or(|(from, to)| from <= today && today <= to).then_some(())?;
        let span = |(start, end): Spot| {
            text.get(start as usize..end as usize)?;
            Some(Span { source, start, end })
        };
        let of_findings = |(file, start, end): Place| span((start, end)).filter(|_| file == 0);
        let witnesses = record.witnesses.iter().map(|(rule, all)| {
            let number = usize::from(*rule);
            (number < plan.rules.len()).then_some(())?;
            Some((number, all.iter().map(|said| said.read(span)).collect::<Option<Vec<_>>>()?))
        });
        Some(Self {
            crash: None,
            days,
            title: match record.title {
                Some(title) => Some(span(title)?),
                None => None,
            },
            aliases: record.aliases.into_iter().map(span).collect::<Option<_>>()?,
            allowances: record
                .allowances
                .iter()
                .map(|&(place, name, malformed)| Some(Allowance::named(span(place)?, name, malformed)))
                .collect::<Option<_>>()?,
            witnesses: witnesses.collect::<Option<_>>()?,
            diagnostics: record
                .findings
                .into_iter()
                .map(|found| found.read(plan, &of_findings))
                .collect::<Option<_>>()?,
        })
    }

    /// The witnesses in what the cache has of a file as it was: their places are not those of its text now.
    pub(crate) fn witnesses_before(bytes: &[u8], source: SourceId) -> Option<Vec<(usize, Vec<Witness>)>> {
        let record: Record<'_> = postcard::from_bytes(bytes).ok()?;
        let span = |(start, end): Spot| Some(Span { source, start, end });
        let of_rule = |(rule, all): &(u16, Vec<Testimony>)| {
            Some((usize::from(*rule), all.iter().map(|said| said.read(span)).collect::<Option<_>>()?))
        };
        record.witnesses.iter().map(of_rule).collect()
    }
}
