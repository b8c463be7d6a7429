//! What is in force where: for each file its configuration, its layout, and the level of each rule.
//!
//! The command line counts more than the configuration, an override for some files more than what holds for all, and the nearest
//! configuration file more than those that it extends. Rules know nothing of this.

use crate::article::Layout;
use crate::cache::{Cache, Key};
use crate::config::{Config, Configurations, FailOn, LevelSetting, Limits, Origin, OverrideSetting};
use crate::diagnostic::{Fault, Severity};
use crate::reference::OutsideTitles;
use crate::rules::{self, Entry, RULES, UnknownRule};
use crate::schema::Kinds;
use crate::settings::{InForce, Settings, Thresholds};
use crate::source::{SourceFile, SourceId, Sources, folder_of};
use crate::text::did_you_mean;
use crate::time::Day;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::atomic::AtomicUsize;
use xxhash_rust::xxh3::xxh3_64;

/// What the command line says of rules and levels, with the names of rules as they are written.
#[derive(Debug, Default, Clone)]
pub struct Wishes {
    /// Rules and groups to run, in the place of all that is selected elsewhere; empty for no say.
    pub select: Vec<String>,
    /// Rules and groups not to run.
    pub ignore: Vec<String>,
    /// Levels of rules and groups.
    pub levels: Vec<(String, LevelSetting)>,
    /// The gate.
    pub fail_on: Option<FailOn>,
    /// The day that "today" means.
    pub as_of: Option<Day>,
}

/// Who decided something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum By {
    /// Nobody: it is so by default.
    Default,
    /// The configuration, there.
    Config(Origin),
    /// The command line.
    CommandLine,
}

/// The level of a rule, and who decided it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The level; nothing where the rule is off.
    pub severity: Option<Severity>,
    /// Who decided it.
    pub by: By,
}

/// Why a policy cannot be made.
#[derive(Debug)]
pub enum Refusal {
    /// The configuration is at fault.
    Fault(Box<Fault>),
    /// The command line names a rule that there is not.
    Unknown(UnknownRule),
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        Refusal::Fault(Box::new(fault))
    }
}

/// A configuration with what it reads and names, all looked up.
#[derive(Debug)]
struct Province {
    kinds: Kinds,
    outside: OutsideTitles,
    thresholds: Thresholds,
    limits: Limits,
    acronyms: Vec<String>,
    as_of: Day,
    fail_on: FailOn,
}

impl Province {
    fn settings(&self) -> Settings<'_> {
        Settings {
            kinds: &self.kinds,
            as_of: self.as_of,
            acronyms: &self.acronyms,
            outside: &self.outside,
            thresholds: &self.thresholds,
            limits: self.limits,
        }
    }
}

/// What is in force for the files of a run.
#[derive(Debug)]
pub struct Policy {
    configurations: Configurations,
    /// By the numbers of the configurations.
    provinces: Vec<Province>,
    /// Tables of levels, by the numbers of [`RULES`].
    tables: Vec<Vec<Option<Severity>>>,
    /// By source: the numbers of its configuration and of its table.
    files: Vec<(usize, usize)>,
}

impl Policy {
    /// Settles what holds for each of the files. `today` is the day that "today" means where nobody says.
    pub fn new(
        mut configurations: Configurations,
        wishes: &Wishes,
        sources: &Sources,
        today: Day,
    ) -> Result<Self, Refusal> {
        check_wishes(wishes).map_err(Refusal::Unknown)?;
        let mut numbers = Vec::with_capacity(sources.len());
        // Files of one folder come one after the other.
        let mut last: Option<(&Path, usize)> = None;
        for (_, file) in sources.iter() {
            let folder = folder_of(&file.location);
            let number = match last {
                Some((of, number)) if of == folder => number,
                _ => configurations.of_folder(folder)?,
            };
            last = Some((folder, number));
            numbers.push(number);
        }
        let mut provinces = Vec::new();
        for config in configurations.all() {
            check_names(config)?;
            provinces.push(Province {
                kinds: Kinds::new(config)?,
                outside: config.outside_titles()?,
                thresholds: thresholds(config)?,
                limits: config.limits,
                acronyms: config.acronyms.clone(),
                as_of: wishes.as_of.or(config.as_of).unwrap_or(today),
                fail_on: wishes.fail_on.or(config.fail_on).unwrap_or_default(),
            });
        }
        let mut policy = Self { configurations, provinces, tables: Vec::new(), files: Vec::new() };
        let mut known: HashMap<(usize, Vec<usize>), usize> = HashMap::new();
        for ((_, file), number) in sources.iter().zip(numbers) {
            let config = policy.configurations.get(number);
            let matching = overrides_of(config, &file.path);
            let table = known.entry((number, matching)).or_insert_with_key(|(_, matching)| {
                let decisions = decide(config, matching, wishes);
                policy.tables.push(decisions.into_iter().map(|decision| decision.severity).collect());
                policy.tables.len() - 1
            });
            policy.files.push((number, *table));
        }
        Ok(policy)
    }

    /// Lays the plan for a run over the files as their texts are now.
    pub fn plan(&self, sources: &Sources) -> Plan<'_> {
        let runs = |number: &usize| self.tables.iter().any(|table| table[*number].is_some());
        let numbers: Vec<usize> = (0..RULES.len()).filter(runs).collect();
        let pick = |table: &Vec<Option<Severity>>| numbers.iter().map(|&number| table[number]).collect();
        let files = sources.iter().zip(&self.files).map(|((_, file), &(settings, levels))| InForce {
            settings,
            levels,
            layout: layout(file, self.configurations.get(settings)),
        });
        Plan {
            rules: numbers.iter().map(|&number| &RULES[number]).collect(),
            settings: self.provinces.iter().map(Province::settings).collect(),
            levels: self.tables.iter().map(pick).collect(),
            files: files.collect(),
            looked: AtomicUsize::new(0),
            remembered: None,
        }
    }

    /// Whether a finding of that level in a file fails the run.
    pub fn fails(&self, source: SourceId, severity: Severity) -> bool {
        self.files.get(source.0 as usize).is_some_and(|&(number, _)| self.provinces[number].fail_on.fails(severity))
    }

    /// The day that "today" means in a file.
    pub fn as_of(&self, source: SourceId) -> Day {
        self.provinces[self.files[source.0 as usize].0].as_of
    }

    /// The kinds of articles, as the configuration of a file has them.
    pub fn kinds(&self, source: SourceId) -> &Kinds {
        &self.provinces[self.files[source.0 as usize].0].kinds
    }
}

/// What a run goes by: which rules, and for each file its settings, its levels and its layout.
#[derive(Debug)]
pub struct Plan<'a> {
    /// The rules that run for some file.
    pub rules: Vec<&'static Entry>,
    /// Settings, each of which holds for some files.
    pub settings: Vec<Settings<'a>>,
    /// Levels of the rules above by their numbers, for some files each; nothing where a rule is off.
    pub levels: Vec<Vec<Option<Severity>>>,
    /// What holds for each file, by source.
    pub files: Vec<InForce>,
    /// How many files have been looked at, for those who wait.
    pub looked: AtomicUsize,
    /// What earlier runs found.
    pub(crate) remembered: Option<Remembered<'a>>,
}

/// A cache, with what the findings in an article depend on beside its text.
#[derive(Debug)]
pub(crate) struct Remembered<'a> {
    pub(crate) cache: &'a Cache,
    /// Hashes of the settings and of the levels with the rules, by their numbers in the plan.
    settings: Vec<u64>,
    levels: Vec<u64>,
}

impl Remembered<'_> {
    /// The key of what a file has to say: all that it depends on but the program. Nothing for what is no article.
    pub(crate) fn key(&self, in_force: &InForce, file: &SourceFile) -> Option<Key> {
        let settings = self.settings[in_force.settings].to_le_bytes();
        let levels = self.levels[in_force.levels].to_le_bytes();
        let layout = in_force.layout.name().as_bytes();
        let key = || Key::of(&[file.path.as_bytes(), layout, &settings, &levels, file.text().as_bytes()]);
        file.unreadable.is_none().then(key)
    }
}

impl<'a> Plan<'a> {
    /// One for files that are all treated alike: these rules at their own levels, layouts by looking.
    pub fn uniform(sources: &Sources, rules: &[&'static Entry], settings: Settings<'a>) -> Self {
        let file = |file: &SourceFile| InForce { settings: 0, levels: 0, layout: layout(file, &Config::default()) };
        Self {
            rules: rules.to_vec(),
            settings: vec![settings],
            levels: vec![rules.iter().map(|entry| Some(entry.rule.severity)).collect()],
            files: sources.iter().map(|(_, source)| file(source)).collect(),
            looked: AtomicUsize::new(0),
            remembered: None,
        }
    }

    /// The same with one layout for all files.
    #[must_use]
    pub fn in_layout(mut self, layout: Layout) -> Self {
        self.files.iter_mut().for_each(|file| file.layout = layout);
        self
    }

    /// The same with a cache: what it knows is not looked at, and what it does not know is put there.
    #[must_use]
    pub fn remembering(mut self, cache: &'a Cache) -> Self {
        let names: Vec<&str> = self.rules.iter().map(|entry| entry.name).collect();
        let levels = self.levels.iter().map(|levels| xxh3_64(format!("{names:?} {levels:?}").as_bytes())).collect();
        let settings = self.settings.iter().map(Settings::digest).collect();
        self.remembered = Some(Remembered { cache, settings, levels });
        self
    }

    /// The number of a rule here; nothing where it runs for no file.
    pub fn number(&self, rule: &str) -> Option<usize> {
        self.rules.iter().position(|entry| entry.name == rule)
    }

    /// The settings that hold for a file.
    pub fn settings_of(&self, source: SourceId) -> &Settings<'a> {
        &self.settings[self.files[source.0 as usize].settings]
    }

    /// The level that a rule, named by its number here, has in a file; nothing where it is off.
    pub fn level(&self, source: SourceId, rule: usize) -> Option<Severity> {
        self.levels[self.files[source.0 as usize].levels][rule]
    }

    /// The layout of a file.
    pub fn layout(&self, source: SourceId) -> Layout {
        self.files[source.0 as usize].layout
    }
}

/// The layout of a file, by the configuration or by looking.
pub fn layout(file: &SourceFile, config: &Config) -> Layout {
    config.layout(&file.path).unwrap_or_else(|| match file.peek(Layout::detect) {
        // Where the text does not tell, the name may.
        Layout::Plain if matches!(extension(&file.path), "md" | "markdown") => Layout::Markdown,
        layout => layout,
    })
}

fn extension(path: &str) -> &str {
    path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(_, extension)| extension)
}

/// The numbers of the overrides that hold for a path, in their order.
pub fn overrides_of(config: &Config, path: &str) -> Vec<usize> {
    let matching = config.overrides().enumerate().filter(|(_, (patterns, ..))| patterns.match_path(path));
    matching.map(|(number, _)| number).collect()
}

/// The level of each rule, by the numbers of [`RULES`], where these overrides hold. The names of rules have been checked.
pub fn decide(config: &Config, overrides: &[usize], wishes: &Wishes) -> Vec<Decision> {
    let overrides: Vec<(&OverrideSetting, &Origin)> = config
        .overrides()
        .enumerate()
        .filter(|(number, _)| overrides.contains(number))
        .map(|(_, (_, setting, origin))| (setting, origin))
        .collect();
    let mut decisions = selection(config, &overrides, wishes);
    let mut decide = |name: &str, level: LevelSetting, by: &By| {
        for number in numbers(name) {
            let Decision { severity, by: before } = &mut decisions[number];
            // A rule that is off unless it is selected by name is selected by giving it a level. What else is off stays so.
            let wakes = *before == By::Default && RULES[number].name == name && RULES[number].is_off();
            if severity.is_some() || wakes {
                *severity = level.severity();
                *before = by.clone();
            }
        }
    };
    for (levels, origin) in config.each("levels", |settings| &settings.levels) {
        for (name, level) in by_breadth(levels.iter().map(|(name, level)| (name.as_str(), *level))) {
            decide(name, level, &By::Config(origin.at(name)));
        }
    }
    for (setting, origin) in &overrides {
        for (name, level) in by_breadth(setting.levels.iter().map(|(name, level)| (name.as_str(), *level))) {
            decide(name, level, &By::Config(origin.at("levels").at(name)));
        }
    }
    for (name, level) in by_breadth(wishes.levels.iter().map(|(name, level)| (name.as_str(), *level))) {
        decide(name, level, &By::CommandLine);
    }
    // What is not to run does not, whatever its level.
    let mut ignore = |names: &[String], by: &dyn Fn(usize) -> By| {
        for (i, name) in names.iter().enumerate() {
            for number in numbers(name) {
                decisions[number] = Decision { severity: None, by: by(i) };
            }
        }
    };
    for (names, origin) in config.each("ignore", |settings| settings.ignore.as_slice()) {
        ignore(names, &|i| By::Config(origin.at(&i.to_string())));
    }
    for (setting, origin) in &overrides {
        ignore(&setting.ignore, &|i| By::Config(origin.at("ignore").at(&i.to_string())));
    }
    ignore(&wishes.ignore, &|_| By::CommandLine);
    decisions
}

/// Which rules run at all, at their own levels.
fn selection(config: &Config, overrides: &[(&OverrideSetting, &Origin)], wishes: &Wishes) -> Vec<Decision> {
    let (names, by) = if !wishes.select.is_empty() {
        (Some(wishes.select.clone()), By::CommandLine)
    } else if let Some((names, origin)) =
        overrides.iter().rev().find_map(|(setting, origin)| Some((setting.select.clone()?, origin)))
    {
        (Some(names), By::Config(origin.at("select")))
    } else if let Some((names, origin)) = config.last("select", |settings| settings.select.clone()) {
        (Some(names), By::Config(origin))
    } else {
        (None, By::Default)
    };
    let selected: Vec<&str> = match names {
        Some(names) => {
            names.iter().flat_map(|name| rules::selected(name).unwrap_or_default()).map(|entry| entry.name).collect()
        }
        None => rules::on().map(|entry| entry.name).collect(),
    };
    let selected: std::collections::HashSet<&str> = selected.into_iter().collect();
    let decision = |entry: &Entry| {
        let severity = selected.contains(entry.name).then_some(entry.rule.severity);
        Decision { severity, by: by.clone() }
    };
    RULES.iter().map(decision).collect()
}

/// Levels in the order in which they count: `all`, groups, rules.
fn by_breadth<'a>(
    levels: impl Iterator<Item = (&'a str, LevelSetting)>,
) -> impl Iterator<Item = (&'a str, LevelSetting)> {
    let mut levels: Vec<_> = levels.collect();
    levels.sort_by_key(|(name, _)| if *name == "all" { 0 } else { 1 + u8::from(name.contains('/')) });
    levels.into_iter()
}

/// The numbers of the rules that a checked name stands for.
fn numbers(name: &str) -> impl Iterator<Item = usize> {
    let found: Vec<&str> = rules::find(name).unwrap_or_default().iter().map(|entry| entry.name).collect();
    RULES.iter().enumerate().filter(move |(_, entry)| found.contains(&entry.name)).map(|(number, _)| number)
}

/// Whether the command line names only rules that there are.
fn check_wishes(wishes: &Wishes) -> Result<(), UnknownRule> {
    let levels = wishes.levels.iter().map(|(name, _)| name);
    wishes.select.iter().chain(&wishes.ignore).chain(levels).try_for_each(|name| rules::find(name).map(|_| ()))
}

/// Whether a configuration names only rules that there are, in all its lists, and thresholds that they have.
pub fn check_names(config: &Config) -> Result<(), Fault> {
    let fault = |unknown: &UnknownRule, origin: &Origin, is_key: bool| {
        let message = unknown.to_string();
        let fault = if is_key { config.fault_of_key(origin, message) } else { config.fault(origin, message) };
        Fault { help: Some(unknown.help()), ..fault }
    };
    let list = |names: &[String], origin: &Origin| {
        names.iter().enumerate().try_for_each(|(i, name)| {
            rules::find(name).map(|_| ()).map_err(|unknown| fault(&unknown, &origin.at(&i.to_string()), false))
        })
    };
    let keys = |levels: &BTreeMap<String, LevelSetting>, origin: &Origin| {
        levels.keys().try_for_each(|name| {
            rules::find(name).map(|_| ()).map_err(|unknown| fault(&unknown, &origin.at(name), true))
        })
    };
    for (names, origin) in config.each("select", |settings| settings.select.as_deref().unwrap_or_default()) {
        list(names, &origin)?;
    }
    for (names, origin) in config.each("ignore", |settings| settings.ignore.as_slice()) {
        list(names, &origin)?;
    }
    for (levels, origin) in config.each("levels", |settings| &settings.levels) {
        keys(levels, &origin)?;
    }
    for (_, setting, origin) in config.overrides() {
        list(setting.select.as_deref().unwrap_or_default(), &origin.at("select"))?;
        list(&setting.ignore, &origin.at("ignore"))?;
        keys(&setting.levels, &origin.at("levels"))?;
    }
    thresholds(config).map(|_| ())
}

/// The numbers that a configuration gives rules to go by.
fn thresholds(config: &Config) -> Result<Thresholds, Fault> {
    let mut all = Thresholds::default();
    for (by_rule, origin) in config.each("thresholds", |settings| &settings.thresholds) {
        for (rule, numbers) in by_rule {
            let at = origin.at(rule);
            let Some(entry) = rules::named(rule) else {
                let mut fault = config.fault_of_key(&at, format!("there is no rule `{rule}`"));
                fault.help = did_you_mean(rule, RULES.iter().map(|entry| entry.name));
                return Err(fault);
            };
            for (name, number) in numbers {
                let Some(threshold) = entry.rule.thresholds.iter().find(|threshold| threshold.name == name) else {
                    let mut fault = config.fault_of_key(&at.at(name), format!("`{rule}` has no threshold `{name}`"));
                    let known: Vec<&str> = entry.rule.thresholds.iter().map(|threshold| threshold.name).collect();
                    let known_here = || {
                        if known.is_empty() {
                            String::from("it has none")
                        } else {
                            format!("it has {}", known.join(", "))
                        }
                    };
                    fault.help = did_you_mean(name, known.iter().copied()).or_else(|| Some(known_here()));
                    return Err(fault);
                };
                if !threshold.range.contains(number) {
                    let (least, most) = (threshold.range.start(), threshold.range.end());
                    let message = format!("`{name}` is from {least} to {most}, not {number}");
                    return Err(config.fault(&at.at(name), message));
                }
                all.set(threshold, *number);
            }
        }
    }
    Ok(all)
}
