//! What a configuration file may say, each key as it is written. The doc comments are what editors
//! show: `schemas/configuration.json` is made from these types.

use crate::article::Layout;
use crate::diagnostic::Severity;
use schemars::JsonSchema;
use serde::de::IntoDeserializer;
use serde::de::value::StrDeserializer;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::num::NonZeroU32;

/// The configuration of seedlint. All keys are optional.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[schemars(title = "seedlint.yaml")]
pub struct Settings {
    /// Other configuration files, relative to this one and inside the repository, on which this one builds. What is said
    /// here counts more; of several the later one.
    pub extends: Option<OneOrMore>,
    /// Rules and groups to run; all where it is missing. Takes the place of what an extended file selects.
    pub select: Option<Vec<String>>,
    /// Rules and groups not to run, beside those that an extended file names.
    pub ignore: Vec<String>,
    /// The level of rules and groups. A rule's own name counts more than its group's, and that more than `all`.
    pub levels: BTreeMap<String, LevelSetting>,
    /// What holds for some files only. Where several match a file, all hold and the last counts most.
    pub overrides: Vec<OverrideSetting>,
    /// The level from which on a finding makes the run fail.
    pub fail_on: Option<FailOn>,
    /// The day that "today" means, as YYYY-MM-DD; the day of the run where it is missing.
    pub as_of: Option<String>,
    /// Articles larger than this many bytes are not read.
    pub max_file_size: Option<u64>,
    /// Of the findings in one file only so many are shown, the first.
    pub max_findings_per_file: Option<NonZeroU32>,
    /// Of all findings of a run only so many are shown, the first.
    pub max_findings: Option<NonZeroU32>,
    /// When a rule has taken this many seconds for one file, the rules behind it do not look at that file; 0 for no limit.
    pub max_seconds: Option<u32>,
    /// Extensions of article files in folders, without the dot.
    pub extensions: Option<Vec<String>>,
    /// Numbers that rules go by, by the rule's name and the number's; `seedlint explain` names them.
    pub thresholds: BTreeMap<String, BTreeMap<String, u32>>,
    /// Acronyms that need no explanation, beside the well-known ones and those of extended files.
    pub acronyms: Vec<String>,
    /// Layouts of files, where looking at the text is not enough. The last match counts.
    pub layouts: Vec<LayoutSetting>,
    /// Kinds of articles and their schemas, by name.
    pub kinds: BTreeMap<String, KindSetting>,
    /// Titles known to live outside the corpus: references to them are no findings.
    pub outside_titles: Option<OutsideSetting>,
}

/// One text or several.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum OneOrMore {
    /// One.
    One(String),
    /// Several.
    More(Vec<String>),
}

impl OneOrMore {
    /// The texts, and the pointer of each below that of the key.
    pub fn each(&self) -> Vec<(&str, String)> {
        match self {
            OneOrMore::One(text) => vec![(text, String::new())],
            OneOrMore::More(texts) => {
                texts.iter().enumerate().map(|(i, text)| (text.as_str(), format!("/{i}"))).collect()
            }
        }
    }
}

/// The level of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum LevelSetting {
    /// It does not run.
    Off,
    /// Worth a look.
    Advice,
    /// Very likely wrong.
    Warning,
    /// Wrong whatever the author meant.
    Error,
}

impl LevelSetting {
    /// The level of that name, as in the configuration.
    pub fn named(name: &str) -> Option<Self> {
        let name: StrDeserializer<'_, serde::de::value::Error> = name.into_deserializer();
        Self::deserialize(name).ok()
    }

    /// The severity; nothing where the rule is off.
    pub fn severity(self) -> Option<Severity> {
        match self {
            LevelSetting::Off => None,
            LevelSetting::Advice => Some(Severity::Advice),
            LevelSetting::Warning => Some(Severity::Warning),
            LevelSetting::Error => Some(Severity::Error),
        }
    }
}

/// What holds for the files that a pattern matches.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OverrideSetting {
    /// One glob or several, from the folder of this file on: `*` stays within a folder, `**` does not.
    pub path: OneOrMore,
    /// Rules and groups to run, in the place of those selected above.
    pub select: Option<Vec<String>>,
    /// Rules and groups not to run.
    #[serde(default)]
    pub ignore: Vec<String>,
    /// The level of rules and groups.
    #[serde(default)]
    pub levels: BTreeMap<String, LevelSetting>,
    /// The kinds that these articles are of, whatever their titles.
    pub kind: Option<OneOrMore>,
    /// The layout.
    pub layout: Option<Layout>,
}

/// A layout for the files that a pattern matches.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LayoutSetting {
    /// A glob, from the folder of this file on.
    pub path: String,
    /// The layout.
    pub layout: Layout,
}

/// What the configuration says of a kind.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum KindSetting {
    /// `false` switches a shipped kind off.
    Switch(bool),
    /// A kind of the user's, or a shipped one defined anew. An article is of the kind when all
    /// that is given holds.
    Kind(KindParts),
}

/// Which articles are of a kind, and what is asked of them.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KindParts {
    /// A shipped schema's name, or a file relative to the configuration.
    pub schema: Option<String>,
    /// Fields that the infobox must have: the short form of a schema that asks for nothing else.
    pub required: Option<Vec<String>>,
    /// A regular expression that the title matches.
    pub title: Option<String>,
    /// A glob that the path matches.
    pub path: Option<String>,
    /// Fields that an infobox has when the article is of this kind.
    pub infobox: Option<Vec<String>>,
    /// The layout.
    pub layout: Option<Layout>,
}

/// Titles known to live outside the corpus.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum OutsideSetting {
    /// The titles.
    Titles(Vec<String>),
    /// The titles, a file with one a line, or both.
    Parts(OutsideParts),
}

/// Titles, and a file of titles.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OutsideParts {
    /// The titles.
    #[serde(default)]
    pub titles: Vec<String>,
    /// A file relative to the configuration, with one title a line.
    pub file: Option<String>,
}

/// The level from which on a finding makes the run fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum FailOn {
    /// Errors alone.
    #[default]
    Error,
    /// Errors and warnings.
    Warning,
    /// Any finding.
    Advice,
    /// Nothing: report only.
    Never,
}

impl FailOn {
    /// Whether a finding of that level fails the run.
    pub fn fails(self, severity: Severity) -> bool {
        match self {
            FailOn::Error => severity >= Severity::Error,
            FailOn::Warning => severity >= Severity::Warning,
            FailOn::Advice => true,
            FailOn::Never => false,
        }
    }
}
