//! The rules, one a file: `rules/date/weekday.rs` is `date/weekday`.
//!
//! The two lists below follow the files; `tests/rules.rs` rewrites them when they are stale.

use crate::rule::{Check, Rule};
use crate::text::did_you_mean;
use std::fmt;

// BEGIN modules
/// Rules of the group `date`.
pub mod date {
    pub mod ambiguous;
    pub mod conflict;
    pub mod duration;
    pub mod impossible;
    pub mod list_order;
    pub mod malformed;
    pub mod mixed_format;
    pub mod outside_period;
    pub mod reversed_range;
    pub mod sequence;
    pub mod stale;
    pub mod unanchored;
    pub mod weekday;
}
/// Rules of the group `fact`.
pub mod fact {
    pub mod conflict;
    pub mod duplicate;
    pub mod duplicate_article;
    pub mod name_variant;
    pub mod restated;
}
/// Rules of the group `reference`.
pub mod reference {
    pub mod citation;
    pub mod dangling;
    pub mod inexact;
    pub mod one_way;
    pub mod repeated;
    pub mod self_;
    pub mod unresolved;
}
/// Rules of the group `structure`.
pub mod structure {
    pub mod heading_style;
    pub mod headings;
    pub mod lost_subject;
    pub mod schema;
    pub mod title;
    pub mod unreadable;
    pub mod unused_allowance;
}
/// Rules of the group `text`.
pub mod text {
    pub mod acronym;
    pub mod capitals;
    pub mod encoding;
    pub mod lost_quotation;
    pub mod repeated_word;
    pub mod spacing;
    pub mod unbalanced;
    pub mod unfinished;
}
// END modules

/// A rule with what comes from its file.
#[derive(Debug)]
pub struct Entry {
    /// Its name, `group/rule`.
    pub name: &'static str,
    /// The text of its file, whose first comment is its page.
    pub file: &'static str,
    /// The rule.
    pub rule: &'static Rule,
}

/// All rules in order of name.
#[rustfmt::skip]
pub static RULES: &[Entry] = &[
    // BEGIN entries
    Entry { name: "date/ambiguous", file: include_str!("rules/date/ambiguous.rs"), rule: &date::ambiguous::RULE },
    Entry { name: "date/conflict", file: include_str!("rules/date/conflict.rs"), rule: &date::conflict::RULE },
    Entry { name: "date/duration", file: include_str!("rules/date/duration.rs"), rule: &date::duration::RULE },
    Entry { name: "date/impossible", file: include_str!("rules/date/impossible.rs"), rule: &date::impossible::RULE },
    Entry { name: "date/list-order", file: include_str!("rules/date/list_order.rs"), rule: &date::list_order::RULE },
    Entry { name: "date/malformed", file: include_str!("rules/date/malformed.rs"), rule: &date::malformed::RULE },
    Entry { name: "date/mixed-format", file: include_str!("rules/date/mixed_format.rs"), rule: &date::mixed_format::RULE },
    Entry { name: "date/outside-period", file: include_str!("rules/date/outside_period.rs"), rule: &date::outside_period::RULE },
    Entry { name: "date/reversed-range", file: include_str!("rules/date/reversed_range.rs"), rule: &date::reversed_range::RULE },
    Entry { name: "date/sequence", file: include_str!("rules/date/sequence.rs"), rule: &date::sequence::RULE },
    Entry { name: "date/stale", file: include_str!("rules/date/stale.rs"), rule: &date::stale::RULE },
    Entry { name: "date/unanchored", file: include_str!("rules/date/unanchored.rs"), rule: &date::unanchored::RULE },
    Entry { name: "date/weekday", file: include_str!("rules/date/weekday.rs"), rule: &date::weekday::RULE },
    Entry { name: "fact/conflict", file: include_str!("rules/fact/conflict.rs"), rule: &fact::conflict::RULE },
    Entry { name: "fact/duplicate", file: include_str!("rules/fact/duplicate.rs"), rule: &fact::duplicate::RULE },
    Entry { name: "fact/duplicate-article", file: include_str!("rules/fact/duplicate_article.rs"), rule: &fact::duplicate_article::RULE },
    Entry { name: "fact/name-variant", file: include_str!("rules/fact/name_variant.rs"), rule: &fact::name_variant::RULE },
    Entry { name: "fact/restated", file: include_str!("rules/fact/restated.rs"), rule: &fact::restated::RULE },
    Entry { name: "reference/citation", file: include_str!("rules/reference/citation.rs"), rule: &reference::citation::RULE },
    Entry { name: "reference/dangling", file: include_str!("rules/reference/dangling.rs"), rule: &reference::dangling::RULE },
    Entry { name: "reference/inexact", file: include_str!("rules/reference/inexact.rs"), rule: &reference::inexact::RULE },
    Entry { name: "reference/one-way", file: include_str!("rules/reference/one_way.rs"), rule: &reference::one_way::RULE },
    Entry { name: "reference/repeated", file: include_str!("rules/reference/repeated.rs"), rule: &reference::repeated::RULE },
    Entry { name: "reference/self", file: include_str!("rules/reference/self_.rs"), rule: &reference::self_::RULE },
    Entry { name: "reference/unresolved", file: include_str!("rules/reference/unresolved.rs"), rule: &reference::unresolved::RULE },
    Entry { name: "structure/heading-style", file: include_str!("rules/structure/heading_style.rs"), rule: &structure::heading_style::RULE },
    Entry { name: "structure/headings", file: include_str!("rules/structure/headings.rs"), rule: &structure::headings::RULE },
    Entry { name: "structure/lost-subject", file: include_str!("rules/structure/lost_subject.rs"), rule: &structure::lost_subject::RULE },
    Entry { name: "structure/schema", file: include_str!("rules/structure/schema.rs"), rule: &structure::schema::RULE },
    Entry { name: "structure/title", file: include_str!("rules/structure/title.rs"), rule: &structure::title::RULE },
    Entry { name: "structure/unreadable", file: include_str!("rules/structure/unreadable.rs"), rule: &structure::unreadable::RULE },
    Entry { name: "structure/unused-allowance", file: include_str!("rules/structure/unused_allowance.rs"), rule: &structure::unused_allowance::RULE },
    Entry { name: "text/acronym", file: include_str!("rules/text/acronym.rs"), rule: &text::acronym::RULE },
    Entry { name: "text/capitals", file: include_str!("rules/text/capitals.rs"), rule: &text::capitals::RULE },
    Entry { name: "text/encoding", file: include_str!("rules/text/encoding.rs"), rule: &text::encoding::RULE },
    Entry { name: "text/lost-quotation", file: include_str!("rules/text/lost_quotation.rs"), rule: &text::lost_quotation::RULE },
    Entry { name: "text/repeated-word", file: include_str!("rules/text/repeated_word.rs"), rule: &text::repeated_word::RULE },
    Entry { name: "text/spacing", file: include_str!("rules/text/spacing.rs"), rule: &text::spacing::RULE },
    Entry { name: "text/unbalanced", file: include_str!("rules/text/unbalanced.rs"), rule: &text::unbalanced::RULE },
    Entry { name: "text/unfinished", file: include_str!("rules/text/unfinished.rs"), rule: &text::unfinished::RULE },
    // END entries
];

impl Entry {
    /// Its group: the part of the name before the `/`.
    pub fn group(&self) -> &'static str {
        self.name.split('/').next().unwrap_or(self.name)
    }

    /// The lines of the `//!` comment of its file.
    fn comment(&self) -> impl Iterator<Item = &'static str> {
        let lines = self.file.lines().map_while(|line| line.strip_prefix("//!"));
        lines.map(|line| line.strip_prefix(' ').unwrap_or(line))
    }

    /// Its page, in Markdown: the comment of its file, and the thresholds that a configuration may change.
    pub fn page(&self) -> String {
        let mut page: String = self.comment().flat_map(|line| [line, "\n"]).collect();
        page.truncate(page.trim_end().len());
        if !self.rule.thresholds.is_empty() {
            page.push_str("\n\n## Thresholds\n");
            for threshold in self.rule.thresholds {
                let (name, default, range) = (threshold.name, threshold.default, &threshold.range);
                let (least, most) = (range.start(), range.end());
                page.push_str(&format!("- `{name}` ({default}; {least} to {most}): {}\n", threshold.meaning));
            }
            page.push_str(&format!(
                "\nThe configuration changes them: `thresholds: {{{}: {{{}: {}}}}}`.",
                self.name, self.rule.thresholds[0].name, self.rule.thresholds[0].default
            ));
        }
        page
    }

    /// Whether it runs only where it is selected by its own name; its page says so in a line of its own.
    pub fn is_off(&self) -> bool {
        self.comment().any(|line| line == "Off unless it is selected by name.")
    }

    /// Whether it compares articles, so that it finds all that it can only where all of them are read.
    pub fn compares_articles(&self) -> bool {
        self.rule.checks.iter().any(|check| matches!(check, Check::Corpus { .. }))
    }

    /// What it flags, in a sentence: the first paragraph of its page.
    pub fn summary(&self) -> String {
        self.page().split("\n\n").next().unwrap_or_default().replace('\n', " ")
    }
}

/// A name that is neither a rule nor a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownRule(String);

impl fmt::Display for UnknownRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no rule or group `{}`", self.0)
    }
}

impl UnknownRule {
    /// What was most likely meant.
    pub fn help(&self) -> String {
        let groups = RULES.iter().map(Entry::group);
        did_you_mean(&self.0, RULES.iter().map(|entry| entry.name).chain(groups))
            .unwrap_or_else(|| String::from("`seedlint rules` lists them all"))
    }
}

/// The rule of that name.
pub fn named(name: &str) -> Option<&'static Entry> {
    RULES.iter().find(|entry| entry.name == name)
}

/// The rules that a name selects: those that it stands for, but none that is off unless it is its own name.
pub fn selected(name: &str) -> Result<Vec<&'static Entry>, UnknownRule> {
    let mut found = find(name)?;
    found.retain(|entry| !entry.is_off() || name == entry.name);
    Ok(found)
}

/// The rules that run where nothing is selected.
pub fn on() -> impl Iterator<Item = &'static Entry> {
    RULES.iter().filter(|entry| !entry.is_off())
}

/// The rules that a name stands for: one rule, all of a group, or `all`.
pub fn find(name: &str) -> Result<Vec<&'static Entry>, UnknownRule> {
    let found: Vec<_> =
        RULES.iter().filter(|entry| name == entry.name || name == entry.group() || name == "all").collect();
    if found.is_empty() { Err(UnknownRule(name.to_owned())) } else { Ok(found) }
}
