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
type Place = (u32, u32);

/// A year, a month and a day.
type Date = (i32, u8, u8);

/// The same without what the reader knows.
#[derive(Serialize, Deserialize)]
struct Record<'r> {
    #[serde(borrow)]
    findings: Vec<Finding<'r>>,
    title: Option<Place>,
    aliases: Vec<Place>,
    allowances: Vec<(Place, &'r str, bool)>,
    witnesses: Vec<(u16, Vec<Testimony>)>,
    days: Option<(Date, Date)>,
}

#[derive(Serialize, Deserialize)]
struct Finding<'r> {
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

impl<'r> Said<'r> {
    fn of(label: &'r Label) -> Self {
        Self((label.span.start, label.span.end), &label.message, label.is_example)
    }
}

/// A witness.
#[derive(Serialize, Deserialize)]
struct Testimony {
    /// Hashes have no leading zeros to be saved.
    #[serde(with = "postcard::fixint::le")]
    key: u64,
    place: Place,
    value: u64,
}

impl Looked {
    /// The form in the cache; nothing for what must be looked at again.
    pub(crate) fn to_bytes(&self, plan: &Plan<'_>) -> Option<Vec<u8>> {
        if self.crash.is_some() {
            return None;
        }
        let place = |span: Span| (span.start, span.end);
        let date = |day: Day| (day.year, day.month, day.day);
        let mut findings = Vec::with_capacity(self.diagnostics.len());
        for found in &self.diagnostics {
            let fix = found.fix.as_ref().map(|fix| {
                let edits = fix.edits.iter().map(|edit| (place(edit.span), edit.text.as_str())).collect();
                Correction(&fix.title, fix.safe, edits)
            });
            findings.push(Finding {
                rule: plan.number(found.rule)? as u16,
                severity: found.severity,
                message: &found.message,
                primary: Said::of(&found.primary),
                related: found.related.iter().map(Said::of).collect(),
                help: found.help.as_deref(),
                fix,
                aspect: &found.aspect,
                fingerprint: found.fingerprint,
            });
        }
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
        let day = |(year, month, day): Date| Day { year, month, day };
        let days = record.days.map(|(from, to)| (day(from), day(to)));
        let today = plan.settings_of(source).as_of;
        days.is_none_or(|(from, to)| from <= today && today <= to).then_some(())?;
        let span = |(start, end): Place| {
            text.get(start as usize..end as usize)?;
            Some(Span { source, start, end })
        };
        let label =
            |said: &Said<'_>| Some(Label { span: span(said.0)?, message: said.1.to_owned(), is_example: said.2 });
        let diagnostic = |found: Finding<'_>| {
            let edit = |(place, text): &(Place, &str)| Some(Edit { span: span(*place)?, text: (*text).to_owned() });
            let fix = match found.fix {
                Some(Correction(title, safe, edits)) => {
                    let edits = edits.iter().map(edit).collect::<Option<Vec<_>>>()?;
                    Some(Box::new(Fix { title: title.to_owned(), safe, edits }))
                }
                None => None,
            };
            Some(Diagnostic {
                rule: plan.rules.get(found.rule as usize)?.name,
                severity: found.severity,
                message: found.message.to_owned(),
                primary: label(&found.primary)?,
                related: found.related.iter().map(label).collect::<Option<Vec<_>>>()?,
                help: found.help.map(|help| Cow::Owned(help.to_owned())),
                fix,
                aspect: found.aspect.to_owned(),
                fingerprint: found.fingerprint,
            })
        };
        let witness = |said: &Testimony| Some(Witness { key: said.key, span: span(said.place)?, value: said.value });
        let witnesses = record.witnesses.iter().map(|(rule, all)| {
            let number = usize::from(*rule);
            (number < plan.rules.len()).then_some(())?;
            Some((number, all.iter().map(witness).collect::<Option<Vec<_>>>()?))
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
            diagnostics: record.findings.into_iter().map(diagnostic).collect::<Option<_>>()?,
        })
    }
}
