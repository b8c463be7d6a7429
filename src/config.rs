//! The configuration: `seedlint.yaml`.
//!
//! A configuration is layers: the file nearest to an article, over the files that it extends. Nothing is merged on the way: who asks for
//! a value gets it with its [origin](Origin), so that a fault is shown where it was written, and `seedlint config` can say whence each
//! value comes.

mod files;
mod limits;
mod settings;

pub use files::Base;
pub(crate) use files::{home, normal, read_regular};
pub use limits::Limits;
pub use settings::{FailOn, KindParts, KindSetting, LevelSetting, OneOrMore, OverrideSetting, Settings};

use crate::article::Layout;
use crate::diagnostic::Fault;
use crate::reference::OutsideTitles;
use crate::source::folder_of;
use crate::text::did_you_mean;
use crate::time::Day;
use crate::yaml;
use globset::{GlobBuilder, GlobMatcher};
use settings::OutsideSetting;
use std::collections::{BTreeMap, HashMap};
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The name of the configuration file.
pub const FILE_NAME: &str = "seedlint.yaml";

/// Articles larger than this many bytes are not read, unless the configuration says otherwise.
pub const MAX_FILE_SIZE: u64 = 16 * 1024 * 1024;

/// A configuration is made of no more files than this.
const MOST_LAYERS: usize = 64;

/// The configuration in force for some folder, checked but for the names of rules, which are looked up by `policy`.
#[derive(Debug, Default)]
pub struct Config {
    /// The files, the one nearest to the articles last; none for the defaults.
    layers: Vec<Layer>,
    /// The gate.
    pub fail_on: Option<FailOn>,
    /// The day that "today" means.
    pub as_of: Option<Day>,
    /// Largest file that is read, in bytes.
    pub max_file_size: Option<u64>,
    /// How far a run goes.
    pub limits: Limits,
    /// Extensions of article files in folders, without the dot.
    pub extensions: Option<Vec<String>>,
    /// Acronyms that need no explanation beside the well-known ones, in order.
    pub acronyms: Vec<String>,
    layouts: Vec<(Patterns, Layout)>,
    overrides: Vec<(Patterns, Origin)>,
}

/// One configuration file.
#[derive(Debug)]
struct Layer {
    /// As shown to the user.
    path: String,
    text: String,
    document: Option<yaml::Document>,
    folder: PathBuf,
    settings: Settings,
}

/// Where a value is written: a file of the configuration, and a JSON Pointer (RFC 6901) into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    layer: usize,
    pointer: String,
}

impl Origin {
    /// The place of a part of the value: a key, or a number in a list.
    #[must_use]
    pub fn at(&self, part: &str) -> Self {
        Self { layer: self.layer, pointer: format!("{}/{}", self.pointer, yaml::escape(part)) }
    }
}

/// Globs, and the folder that they count from.
#[derive(Debug, Clone)]
pub struct Patterns {
    base: Base,
    globs: Vec<GlobMatcher>,
}

impl Patterns {
    /// Whether one of them matches a path, however that is written.
    pub fn match_path(&self, path: &str) -> bool {
        let path = self.base.relative(path);
        self.globs.iter().any(|glob| glob.is_match(&path))
    }
}

impl Config {
    /// Reads a configuration file, and those that it extends.
    pub fn read(path: &Path) -> Result<Self, Fault> {
        let shown = path.display().to_string();
        let text = read_regular(path, files::LARGEST).map_err(|error| Fault {
            path: shown.clone(),
            text: String::new(),
            at: 0..0,
            message: format!("cannot read the configuration {shown}: {error}"),
            help: None,
        })?;
        let folder = path.parent().map(Path::to_owned).unwrap_or_default();
        Self::of_text(shown, text, folder, &mut std::fs::canonicalize(path).into_iter().collect())
    }

    /// Checks the text of a configuration file that lies in `folder`, and reads those that it extends.
    pub fn parse(path: String, text: String, folder: PathBuf) -> Result<Self, Fault> {
        Self::of_text(path, text, folder, &mut Vec::new())
    }

    fn of_text(path: String, text: String, folder: PathBuf, above: &mut Vec<PathBuf>) -> Result<Self, Fault> {
        let mut config = Self::default();
        config.add_layers(Layer::parse(path, text, folder)?, above)?;
        config.settle()?;
        Ok(config)
    }

    /// Adds a layer after those that it extends. `above` are the files that are being read, without links.
    fn add_layers(&mut self, layer: Layer, above: &mut Vec<PathBuf>) -> Result<(), Fault> {
        for (named, part) in layer.settings.extends.as_ref().map_or(Vec::new(), OneOrMore::each) {
            let pointer = format!("/extends{part}");
            let file = files::inside(&layer.folder, named).map_err(|why| layer.fault(&pointer, why))?;
            if above.contains(&file) {
                let message =
                    format!("`{named}` extends this file in its turn: a configuration cannot build on itself");
                return Err(layer.fault(&pointer, message));
            }
            if self.layers.len() + above.len() >= MOST_LAYERS {
                let message = format!("a configuration is made of {MOST_LAYERS} files at most");
                return Err(layer.fault(&pointer, message));
            }
            let shown = tidy(&layer.folder.join(named));
            let text = read_regular(&shown, files::LARGEST)
                .map_err(|error| layer.fault(&pointer, format!("cannot read {named}: {error}")))?;
            let folder = shown.parent().map(Path::to_owned).unwrap_or_default();
            above.push(file);
            self.add_layers(Layer::parse(shown.display().to_string(), text, folder)?, above)?;
            above.pop();
        }
        self.layers.push(layer);
        Ok(())
    }

    /// Reads what the layers say of the values that are known without rules and schemas.
    fn settle(&mut self) -> Result<(), Fault> {
        self.fail_on = self.last("fail-on", |settings| settings.fail_on).map(|(value, _)| value);
        self.max_file_size = self.last("max-file-size", |settings| settings.max_file_size).map(|(value, _)| value);
        let most = |key: &str, of: fn(&Settings) -> Option<NonZeroU32>, default: usize| {
            self.last(key, of).map_or(default, |(most, _)| most.get() as usize)
        };
        let default = Limits::default();
        self.limits = Limits {
            findings_of_file: most(
                "max-findings-per-file",
                |settings| settings.max_findings_per_file,
                default.findings_of_file,
            ),
            findings: most("max-findings", |settings| settings.max_findings, default.findings),
            time: match self.last("max-seconds", |settings| settings.max_seconds) {
                Some((seconds, _)) => (seconds > 0).then(|| Duration::from_secs(seconds.into())),
                None => default.time,
            },
        };
        self.extensions = self.last("extensions", |settings| settings.extensions.clone()).map(|(value, _)| value);
        if let Some((day, origin)) = self.last("as-of", |settings| settings.as_of.clone()) {
            let message = format!("`{day}` is no day: write it as YYYY-MM-DD");
            self.as_of = Some(Day::from_iso(&day).ok_or_else(|| self.fault(&origin, message))?);
        }
        self.acronyms = self.layers.iter().flat_map(|layer| layer.settings.acronyms.iter().cloned()).collect();
        self.acronyms.sort_unstable();
        self.acronyms.dedup();
        for (number, layer) in self.layers.iter().enumerate() {
            for (i, setting) in layer.settings.layouts.iter().enumerate() {
                let pointer = format!("/layouts/{i}/path");
                let glob = compile_glob(&setting.path).map_err(|error| layer.fault(&pointer, error))?;
                self.layouts.push((Patterns { base: layer.base(), globs: vec![glob] }, setting.layout));
            }
            for (i, setting) in layer.settings.overrides.iter().enumerate() {
                let mut globs = Vec::new();
                for (path, part) in setting.path.each() {
                    let pointer = format!("/overrides/{i}/path{part}");
                    globs.push(compile_glob(path).map_err(|error| layer.fault(&pointer, error))?);
                }
                let origin = Origin { layer: number, pointer: format!("/overrides/{i}") };
                self.overrides.push((Patterns { base: layer.base(), globs }, origin));
            }
        }
        Ok(())
    }

    /// The value of a key that the nearest layer decides, and where it says so.
    pub fn last<T>(&self, key: &str, value: impl Fn(&Settings) -> Option<T>) -> Option<(T, Origin)> {
        let origin = |layer| Origin { layer, pointer: format!("/{key}") };
        self.layers.iter().enumerate().rev().find_map(|(i, layer)| Some((value(&layer.settings)?, origin(i))))
    }

    /// The value of a key in each layer, from the farthest to the nearest, and where it is said.
    pub fn each<'c, T>(
        &'c self,
        key: &'c str,
        value: impl Fn(&'c Settings) -> T + 'c,
    ) -> impl Iterator<Item = (T, Origin)> + 'c {
        let origin = move |layer| Origin { layer, pointer: format!("/{key}") };
        self.layers.iter().enumerate().map(move |(i, layer)| (value(&layer.settings), origin(i)))
    }

    /// What is said of kinds, by name, and where.
    pub fn kinds(&self) -> BTreeMap<&str, (&KindSetting, Origin)> {
        let mut all = BTreeMap::new();
        for (kinds, origin) in self.each("kinds", |settings| &settings.kinds) {
            all.extend(kinds.iter().map(|(name, setting)| (name.as_str(), (setting, origin.at(name)))));
        }
        all
    }

    /// All overrides in their order: the files that they are for, what they say, and where that is written.
    pub fn overrides(&self) -> impl DoubleEndedIterator<Item = (&Patterns, &OverrideSetting, &Origin)> {
        self.overrides.iter().map(|(patterns, origin)| (patterns, self.override_at(origin), origin))
    }

    fn override_at(&self, origin: &Origin) -> &OverrideSetting {
        let number: usize = origin.pointer.rsplit('/').next().and_then(|last| last.parse().ok()).unwrap_or_default();
        &self.layers[origin.layer].settings.overrides[number]
    }

    /// The layout that the configuration gives a path, where it gives one. Overrides count more than
    /// `layouts`, and of each the last match.
    pub fn layout(&self, path: &str) -> Option<Layout> {
        let overrides = self.overrides().filter_map(|(patterns, setting, _)| Some((patterns, setting.layout?)));
        let layouts = self.layouts.iter().map(|(patterns, layout)| (patterns, *layout));
        layouts.chain(overrides).rev().find(|(patterns, _)| patterns.match_path(path)).map(|(_, layout)| layout)
    }

    /// Where a value is written, for people: the path and the line.
    pub fn said_at(&self, origin: &Origin) -> String {
        let layer = &self.layers[origin.layer];
        let at = layer.document.as_ref().map_or(0, |document| document.place(&origin.pointer).key.start);
        format!("{}:{}", layer.path, layer.text[..at].matches('\n').count() + 1)
    }

    /// The files that the configuration is made of, the nearest first.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.layers.iter().rev().map(|layer| layer.path.as_str())
    }

    /// The folder of the file nearest to the articles; nothing where all is by default.
    pub fn folder(&self) -> Option<&Path> {
        self.layers.last().map(|layer| layer.folder.as_path())
    }

    /// The folder from which patterns count that are written there.
    pub fn base(&self, origin: &Origin) -> Base {
        self.layers[origin.layer].base()
    }

    /// The file that lists titles known to live outside the corpus, without links; it is no article.
    pub fn outside_titles_files(&self) -> Vec<PathBuf> {
        let named = self.each("outside-titles", |settings| outside_file(settings));
        named.filter_map(|(file, origin)| self.file_beside(&origin, file?).ok()).collect()
    }

    /// Reads the titles known to live outside the corpus.
    pub fn outside_titles(&self) -> Result<OutsideTitles, Fault> {
        let mut titles = OutsideTitles::default();
        for (setting, origin) in self.each("outside-titles", |settings| settings.outside_titles.as_ref()) {
            let listed: &[String] = match setting {
                None => continue,
                Some(OutsideSetting::Titles(listed)) => listed,
                Some(OutsideSetting::Parts(parts)) => &parts.titles,
            };
            titles.add(listed.iter().map(String::as_str));
            let Some(path) = outside_file(&self.layers[origin.layer].settings) else { continue };
            let mut read = || -> Result<(), String> {
                let file = self.file_beside(&origin, path)?;
                let metadata = std::fs::metadata(&file).map_err(|error| error.to_string())?;
                if !metadata.is_file() {
                    return Err(String::from("it is no regular file"));
                }
                let file = std::fs::File::open(&file).map_err(|error| error.to_string())?;
                titles.read(std::io::BufReader::with_capacity(1 << 20, file)).map_err(|error| error.to_string())
            };
            read().map_err(|error| {
                self.fault(&origin.at("file"), format!("cannot read the titles in `{path}`: {error}"))
            })?;
        }
        Ok(titles)
    }

    /// Reads a file beside the configuration file in which it is named. No path leads out of the repository.
    pub fn read_beside(&self, origin: &Origin, path: &str) -> Result<String, String> {
        let file = self.file_beside(origin, path)?;
        read_regular(&file, files::LARGEST).map_err(|error| format!("cannot read {path}: {error}"))
    }

    fn file_beside(&self, origin: &Origin, path: &str) -> Result<PathBuf, String> {
        files::inside(&self.layers[origin.layer].folder, path)
    }

    /// A fault at a value.
    pub fn fault(&self, origin: &Origin, message: String) -> Fault {
        self.layers[origin.layer].fault(&origin.pointer, message)
    }

    /// A fault at a key.
    pub fn fault_of_key(&self, origin: &Origin, message: String) -> Fault {
        let layer = &self.layers[origin.layer];
        let at = layer.document.as_ref().map_or(0..0, |document| document.place(&origin.pointer).key);
        Fault { at, ..layer.fault(&origin.pointer, message) }
    }
}

fn outside_file(settings: &Settings) -> Option<&str> {
    match &settings.outside_titles {
        Some(OutsideSetting::Parts(parts)) => parts.file.as_deref(),
        _ => None,
    }
}

impl Layer {
    fn parse(path: String, text: String, folder: PathBuf) -> Result<Self, Fault> {
        let mut layer = Self { path, text, document: None, folder, settings: Settings::default() };
        if layer.text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
            return Ok(layer);
        }
        let document = yaml::Document::parse(&layer.text).map_err(|error| layer.yaml_fault(None, &error))?;
        layer.settings = document.decode(&layer.text).map_err(|error| layer.yaml_fault(Some(&document), &error))?;
        layer.document = Some(document);
        Ok(layer)
    }

    fn base(&self) -> Base {
        Base::new(&self.folder)
    }

    /// A fault at the value that a JSON Pointer names.
    fn fault(&self, pointer: &str, message: String) -> Fault {
        let at = self.document.as_ref().map_or(0..0, |document| document.place(pointer).value);
        Fault { path: self.path.clone(), text: self.text.clone(), at, message, help: None }
    }

    /// A fault that YAML found. `serde` names the unknown word in its message; the place and the
    /// suggestion come from there.
    fn yaml_fault(&self, document: Option<&yaml::Document>, error: &yaml::Error) -> Fault {
        let quoted: Vec<&str> = error.message.split('`').skip(1).step_by(2).collect();
        let unknown = error.message.contains("unknown field") || error.message.contains("unknown variant");
        let mut fault = Fault {
            path: self.path.clone(),
            text: self.text.clone(),
            at: error.at.clone(),
            message: error.message.clone(),
            help: None,
        };
        if let [wrong, known @ ..] = quoted.as_slice()
            && unknown
        {
            let near = did_you_mean(wrong, known.iter().copied());
            fault.help = near.or_else(|| Some(format!("known here: {}", known.join(", "))));
            let is_key = error.message.contains("unknown field");
            fault.message = format!("unknown {} `{wrong}`", if is_key { "key" } else { "value" });
            if let Some(place) = document.and_then(|document| document.place_of_key(wrong)).filter(|_| is_key) {
                fault.at = place.key;
            }
        }
        for (of_type, message) in [
            (
                "KindSetting",
                "a kind is `false`, or has a `schema` or `required` fields, and perhaps `title`, `path`, `infobox`, `layout`",
            ),
            ("OutsideSetting", "`outside-titles` is a list of titles, or has `titles`, `file` or both"),
            ("OneOrMore", "this is one text, or a list of texts"),
        ] {
            if error.message.contains(&format!("untagged enum {of_type}")) {
                fault.message = String::from(message);
            }
        }
        fault
    }
}

/// The configurations of a run, each read once: which one holds for a folder is found out once for each folder.
#[derive(Debug)]
pub struct Configurations {
    /// The first is that of folders without one.
    all: Vec<Config>,
    /// Whether the first holds everywhere.
    only_one: bool,
    by_folder: HashMap<PathBuf, usize>,
    by_file: HashMap<PathBuf, usize>,
}

impl Configurations {
    /// What holds where nothing is configured, until a folder is asked for.
    pub fn new() -> Self {
        let all = vec![Config::default()];
        Self { all, only_one: false, by_folder: HashMap::new(), by_file: HashMap::new() }
    }

    /// One configuration, whatever lies in the folders.
    pub fn only(config: Config) -> Self {
        Self { all: vec![config], only_one: true, ..Self::new() }
    }

    /// The number of the configuration that holds for the files of a folder: the nearest one in it or above it, up to the root
    /// of the repository.
    pub fn of_folder(&mut self, folder: &Path) -> Result<usize, Fault> {
        if self.only_one {
            return Ok(0);
        }
        let absolute = normal(folder);
        let mut asked = Vec::new();
        let mut found = 0;
        for folder in absolute.ancestors() {
            if let Some(&known) = self.by_folder.get(folder) {
                found = known;
                break;
            }
            asked.push(folder.to_owned());
            let file = folder.join(FILE_NAME);
            if file.is_file() {
                found = self.of_file_at(file)?;
                break;
            }
            if folder.join(".git").exists() {
                break;
            }
        }
        self.by_folder.extend(asked.into_iter().map(|folder| (folder, found)));
        Ok(found)
    }

    /// The number of the configuration that holds for a path: of a folder for what lies in it, of a file for the file.
    pub fn of_path(&mut self, path: &Path) -> Result<usize, Fault> {
        self.of_folder(if path.is_dir() { path } else { folder_of(path) })
    }

    fn of_file_at(&mut self, file: PathBuf) -> Result<usize, Fault> {
        if let Some(&known) = self.by_file.get(&file) {
            return Ok(known);
        }
        // Shown as the user would name it.
        let here = std::path::absolute(".").unwrap_or_default();
        let config = Config::read(file.strip_prefix(&here).unwrap_or(&file))?;
        self.all.push(config);
        self.by_file.insert(file, self.all.len() - 1);
        Ok(self.all.len() - 1)
    }

    /// A configuration by its number.
    pub fn get(&self, number: usize) -> &Config {
        &self.all[number]
    }

    /// All that were found so far, by number.
    pub fn all(&self) -> &[Config] {
        &self.all
    }
}

impl Default for Configurations {
    fn default() -> Self {
        Self::new()
    }
}

/// A path without `.` and without `x/..`, as short as it can be written without looking at the disk.
fn tidy(path: &Path) -> PathBuf {
    let mut parts = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir if parts.file_name().is_some() => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts
}

/// Compiles a glob for paths: `*` stays within a folder, `**` does not.
pub(crate) fn compile_glob(glob: &str) -> Result<GlobMatcher, String> {
    GlobBuilder::new(glob)
        .literal_separator(true)
        .build()
        .map(|glob| glob.compile_matcher())
        .map_err(|error| format!("this is no path pattern: {}", error.kind()))
}

/// The JSON Schema of the configuration file, for editors.
pub fn json_schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(Settings);
    schema.insert(String::from("$id"), "urn:seedlint:schema:configuration".into());
    schema.to_value()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> (String, Option<String>, String) {
        let fault = Config::parse("seedlint.yaml".into(), text.into(), PathBuf::new()).unwrap_err();
        (fault.message, fault.help, fault.text[fault.at].to_owned())
    }

    #[test]
    fn faults_say_where_and_what_was_meant() {
        let (message, help, at) = fault("ignore: []\nslect: [date]\n");
        assert_eq!(
            (message.as_str(), help.as_deref(), at.as_str()),
            ("unknown key `slect`", Some("did you mean `select`?"), "slect")
        );
        let (message, _, at) = fault("as-of: 2026-02-30\n");
        assert_eq!((message.as_str(), at.as_str()), ("`2026-02-30` is no day: write it as YYYY-MM-DD", "2026-02-30"));
        let (message, help, _) = fault("fail-on: warnings\n");
        assert_eq!((message.as_str(), help.as_deref()), ("unknown value `warnings`", Some("did you mean `warning`?")));
    }

    #[test]
    fn an_empty_file_is_the_defaults() {
        assert!(Config::parse("seedlint.yaml".into(), "# nothing yet\n".into(), PathBuf::new()).is_ok());
    }

    #[test]
    fn paths_are_tidied_without_a_look_at_the_disk() {
        for (path, tidied) in [("seeds/../base.yaml", "base.yaml"), ("./a/./b", "a/b"), ("../x/../y", "../y")] {
            assert_eq!(tidy(Path::new(path)), Path::new(tidied));
        }
    }
}
