//! What an article allows in itself: rules and groups that its front matter names.
//!
//! ```yaml
//! seedlint:
//!   allow: [date/stale, text]
//! ```
//!
//! An allowance silences the findings of its rules whose primary place lies in the article. Rules know nothing of it; what an
//! allowance is good for is told when all of them have looked.

use crate::article::Article;
use crate::diagnostic::Diagnostic;
use crate::policy::Plan;
use crate::rule::{Check, Useless, WhyUseless};
use crate::rules::{self, Entry};
use crate::source::{SourceId, Span};
use crate::yaml::Place;
use serde_json::Value;
use std::collections::HashMap;

/// One name that an article allows.
#[derive(Debug, Clone)]
pub(crate) struct Allowance {
    pub(crate) span: Span,
    pub(crate) name: String,
    /// The rules that it stands for, or why it stands for none.
    rules: Result<Vec<&'static str>, WhyUseless>,
}

impl Allowance {
    /// The allowance that stands at a place; `malformed` where it is not of the form of one.
    pub(crate) fn named(span: Span, name: &str, malformed: bool) -> Self {
        let rules = if malformed {
            Err(WhyUseless::Malformed)
        } else {
            let entries = rules::find(name).map_err(|_| WhyUseless::Unknown);
            entries.map(|entries| entries.iter().map(|entry| entry.name).collect())
        };
        Self { span, name: name.to_owned(), rules }
    }

    pub(crate) fn is_malformed(&self) -> bool {
        self.rules == Err(WhyUseless::Malformed)
    }
}

/// The allowances of an article, in order.
pub(crate) fn allowances(article: &Article<'_>) -> Vec<Allowance> {
    let Some(infobox) = &article.infobox else { return Vec::new() };
    let (Some(document), Some(field)) = (&infobox.front_matter, infobox.to_tool) else { return Vec::new() };
    // The places of the YAML count from where the front matter begins.
    let from = field.key.start as usize - document.place("/seedlint").key.start;
    let span = |place: Place| Span::new(article.source, from + place.value.start, from + place.value.end);
    let key = |place: Place| Span::new(article.source, from + place.key.start, from + place.key.end);
    let malformed = |span: Span, name: &str| Allowance::named(span, name, true);
    let allowance = |span: Span, name: &str| Allowance::named(span, name, false);

    let Some(settings) = document.value.get("seedlint").and_then(Value::as_object) else {
        return vec![malformed(field.key, "seedlint")];
    };
    let mut found = Vec::new();
    for (name, value) in settings {
        let pointer = format!("/seedlint/{}", crate::yaml::escape(name));
        match value {
            _ if name != "allow" => found.push(malformed(key(document.place(&pointer)), name)),
            Value::String(rule) => found.push(allowance(span(document.place(&pointer)), rule)),
            Value::Array(rules) => {
                for (i, rule) in rules.iter().enumerate() {
                    let span = span(document.place(&format!("{pointer}/{i}")));
                    found.push(rule.as_str().map_or_else(|| malformed(span, "allow"), |rule| allowance(span, rule)));
                }
            }
            _ => found.push(malformed(key(document.place(&pointer)), name)),
        }
    }
    found.sort_by_key(|allowance| allowance.span);
    found
}

/// What a run can tell of allowances.
pub(crate) struct Settled<'a> {
    /// Which rules are in force where.
    pub(crate) plan: &'a Plan<'a>,
    /// Whether a whole folder was read: only then a rule that compares articles has found all that it can.
    pub(crate) complete: bool,
}

impl Settled<'_> {
    /// Takes away the findings that are allowed; the allowances that silenced nothing, as far as the run can tell.
    pub(crate) fn silence(&self, all: &[Allowance], diagnostics: &mut Vec<Diagnostic>) -> Vec<Useless> {
        if all.is_empty() {
            return Vec::new();
        }
        let mut used = vec![false; all.len()];
        // For each article and rule the first allowance that names it.
        let mut of_rule: HashMap<(SourceId, &str), usize> = HashMap::new();
        for (number, allowance) in all.iter().enumerate() {
            for rule in allowance.rules.iter().flatten() {
                of_rule.entry((allowance.span.source, rule)).or_insert(number);
            }
        }
        diagnostics.retain(|diagnostic| {
            let Some(&number) = of_rule.get(&(diagnostic.primary.span.source, diagnostic.rule)) else { return true };
            used[number] = true;
            false
        });
        let mut useless = Vec::new();
        for (number, allowance) in all.iter().enumerate().filter(|(number, _)| !used[*number]) {
            let why = match &allowance.rules {
                Err(why) => *why,
                Ok(rules) => {
                    let earlier = |rule: &&str| of_rule.get(&(allowance.span.source, rule)) != Some(&number);
                    if rules.iter().all(earlier) {
                        WhyUseless::Repeated
                    } else if self.has_looked(allowance.span.source, rules) {
                        WhyUseless::Unused
                    } else {
                        continue;
                    }
                }
            };
            useless.push(Useless { span: allowance.span, name: allowance.name.clone(), why });
        }
        useless
    }

    /// Whether rules would have found what there is to find in an article. In a group, what is off does not count, nor what speaks
    /// of allowances: whether that has anything to say is only known when all are settled.
    fn has_looked(&self, source: SourceId, names: &[&str]) -> bool {
        let ran = |entry: &Entry| {
            self.plan.number(entry.name).is_some_and(|number| self.plan.level(source, number).is_some())
        };
        let counts = |entry: &&Entry| {
            let speaks_of_allowances = entry.rule.checks.iter().any(|check| matches!(check, Check::Allowance(_)));
            !speaks_of_allowances && (ran(entry) || !entry.is_off())
        };
        let mut counted = names.iter().filter_map(|name| rules::named(name)).filter(counts).peekable();
        counted.peek().is_some() && counted.all(|entry| ran(entry) && (self.complete || !entry.compares_articles()))
    }
}
