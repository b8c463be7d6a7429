//! The configuration: `seedlint.yaml`.

use crate::article::Layout;
use crate::diagnostic::{Fault, Severity};
use crate::reference::OutsideTitles;
use crate::text::nearest;
use crate::time::Day;
use crate::yaml;
use globset::{GlobBuilder, GlobMatcher};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The name of the configuration file.
pub const FILE_NAME: &str = "seedlint.yaml";

/// Articles larger than this many bytes are not read, unless the configuration says otherwise.
pub const MAX_FILE_SIZE: u64 = 16 * 1024 * 1024;

/// What the user has set, each key as it is written in the file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct Settings {
    select: Option<Vec<String>>,
    ignore: Vec<String>,
    fail_on: Option<FailOn>,
    as_of: Option<String>,
    max_file_size: Option<u64>,
    extensions: Option<Vec<String>>,
    acronyms: Vec<String>,
    layouts: Vec<LayoutSetting>,
    kinds: BTreeMap<String, KindSetting>,
    outside_titles: Option<OutsideSetting>,
}

/// Titles known to live outside the corpus.
#[derive(Debug, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum OutsideSetting {
    /// The titles.
    Titles(Vec<String>),
    /// The titles, a file with one a line, or both.
    Parts {
        #[serde(default)]
        titles: Vec<String>,
        file: Option<String>,
    },
}

/// A layout for the files that a pattern matches.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LayoutSetting {
    path: String,
    layout: Layout,
}

/// What the configuration says of a kind.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum KindSetting {
    /// `false` switches a kind off.
    Switch(bool),
    /// A kind of the user's, or a shipped one defined anew. An article is of the kind when all
    /// that is given holds.
    Kind {
        /// A shipped schema's name, or a file relative to the configuration.
        schema: String,
        /// A regular expression that the title matches.
        title: Option<String>,
        /// A glob that the path matches.
        path: Option<String>,
        /// The layout.
        layout: Option<Layout>,
    },
}

/// The level from which on a finding makes the run fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
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

/// The configuration in force, checked.
#[derive(Debug, Default)]
pub struct Config {
    /// Path of the file as shown to the user; empty for the defaults.
    pub path: String,
    text: String,
    document: Option<yaml::Document>,
    folder: PathBuf,
    /// Rules and groups to run; `None` for all.
    pub select: Option<Vec<String>>,
    /// Rules and groups not to run.
    pub ignore: Vec<String>,
    /// The gate.
    pub fail_on: Option<FailOn>,
    /// The day that "today" means.
    pub as_of: Option<Day>,
    /// Largest file that is read, in bytes.
    pub max_file_size: Option<u64>,
    /// Extensions of article files in folders, without the dot.
    pub extensions: Option<Vec<String>>,
    /// Acronyms that need no explanation beside the well-known ones, in order.
    pub acronyms: Vec<String>,
    layouts: Vec<(GlobMatcher, Layout)>,
    /// What is said of kinds, by name.
    pub kinds: BTreeMap<String, KindSetting>,
    /// Titles known to live outside the corpus.
    outside: Vec<String>,
    /// A file of more of them, one a line.
    outside_file: Option<String>,
}

impl Config {
    /// Reads a configuration file.
    pub fn read(path: &Path) -> Result<Self, Fault> {
        let shown = path.display().to_string();
        let text = read_regular(path).map_err(|error| Fault {
            path: shown.clone(),
            text: String::new(),
            at: 0..0,
            message: format!("cannot read the configuration {shown}: {error}"),
            help: None,
        })?;
        let folder = path.parent().map(Path::to_owned).unwrap_or_default();
        Self::parse(shown, text, folder)
    }

    /// Checks the text of a configuration file that lies in `folder`.
    pub fn parse(path: String, text: String, folder: PathBuf) -> Result<Self, Fault> {
        let mut config = Self { path, text, folder, ..Self::default() };
        if config.text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
            return Ok(config);
        }
        let document = yaml::Document::parse(&config.text).map_err(|error| config.yaml_fault(None, &error))?;
        let settings: Settings =
            document.decode(&config.text).map_err(|error| config.yaml_fault(Some(&document), &error))?;
        config.document = Some(document);
        for (i, setting) in settings.layouts.iter().enumerate() {
            let glob =
                compile_glob(&setting.path).map_err(|error| config.fault(&format!("/layouts/{i}/path"), error))?;
            config.layouts.push((glob, setting.layout));
        }
        if let Some(day) = &settings.as_of {
            let message = format!("`{day}` is no day: write it as YYYY-MM-DD");
            config.as_of = Some(Day::from_iso(day).ok_or_else(|| config.fault("/as-of", message))?);
        }
        config.select = settings.select;
        config.ignore = settings.ignore;
        config.fail_on = settings.fail_on;
        config.max_file_size = settings.max_file_size;
        config.extensions = settings.extensions;
        config.acronyms = settings.acronyms;
        config.acronyms.sort_unstable();
        config.kinds = settings.kinds;
        (config.outside, config.outside_file) = match settings.outside_titles {
            None => (Vec::new(), None),
            Some(OutsideSetting::Titles(titles)) => (titles, None),
            Some(OutsideSetting::Parts { titles, file }) => (titles, file),
        };
        Ok(config)
    }

    /// The configuration file that holds for a path: the nearest one in the folders above it, up to
    /// the root of the repository.
    pub fn find(path: &Path) -> Option<PathBuf> {
        let absolute = std::path::absolute(path).ok()?;
        let start = if absolute.is_dir() { absolute.as_path() } else { absolute.parent()? };
        for folder in start.ancestors() {
            let file = folder.join(FILE_NAME);
            if file.is_file() {
                return Some(file);
            }
            if folder.join(".git").exists() {
                break;
            }
        }
        None
    }

    /// The layout that the configuration gives a path, where it gives one. The last match wins.
    pub fn layout(&self, path: &str) -> Option<Layout> {
        if self.layouts.is_empty() {
            return None;
        }
        let path = self.base().relative(path);
        self.layouts.iter().rev().find(|(glob, _)| glob.is_match(&path)).map(|&(_, layout)| layout)
    }

    /// The folder from which the patterns of this configuration count.
    pub fn base(&self) -> Base {
        Base(normal(&self.folder))
    }

    /// The file that lists titles known to live outside the corpus, without links; it is no article.
    pub fn outside_titles_file(&self) -> Option<PathBuf> {
        self.file_beside(self.outside_file.as_ref()?).ok()
    }

    /// Reads the titles known to live outside the corpus.
    pub fn outside_titles(&self) -> Result<OutsideTitles, Fault> {
        let mut titles = OutsideTitles::default();
        titles.add(self.outside.iter().map(String::as_str));
        if let Some(path) = &self.outside_file {
            let mut read = || -> Result<(), String> {
                let file = self.file_beside(path)?;
                let metadata = std::fs::metadata(&file).map_err(|error| error.to_string())?;
                if !metadata.is_file() {
                    return Err(String::from("it is no regular file"));
                }
                let file = std::fs::File::open(&file).map_err(|error| error.to_string())?;
                titles.read(std::io::BufReader::with_capacity(1 << 20, file)).map_err(|error| error.to_string())
            };
            read().map_err(|error| {
                self.fault("/outside-titles/file", format!("cannot read the titles in `{path}`: {error}"))
            })?;
        }
        Ok(titles)
    }

    /// Reads a file beside the configuration. No path leads out of its folder.
    pub fn read_beside(&self, path: &str) -> Result<String, String> {
        let file = self.file_beside(path)?;
        read_regular(&file).map_err(|error| format!("cannot read {path}: {error}"))
    }

    /// The place of a file beside the configuration, without links. No path leads out of its folder.
    fn file_beside(&self, path: &str) -> Result<PathBuf, String> {
        let inside = Path::new(path)
            .components()
            .all(|part| matches!(part, std::path::Component::Normal(_) | std::path::Component::CurDir));
        let leads_out = || format!("`{path}` leads out of the folder of {}", self.path);
        if !inside {
            return Err(leads_out());
        }
        let unread = |error: String| format!("cannot read {path}: {error}");
        let real = |path: &Path| std::fs::canonicalize(path).map_err(|error| unread(error.to_string()));
        let folder = if self.folder.as_os_str().is_empty() { Path::new(".") } else { &self.folder };
        let file = real(&folder.join(path))?;
        // A link leads out as surely as `..` does.
        if !file.starts_with(real(folder)?) {
            return Err(leads_out());
        }
        Ok(file)
    }

    /// A fault at the value that a JSON Pointer names.
    pub fn fault(&self, pointer: &str, message: String) -> Fault {
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
            fault.help = Some(match nearest(wrong, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known here: {}", known.join(", ")),
            });
            let is_key = error.message.contains("unknown field");
            fault.message = format!("unknown {} `{wrong}`", if is_key { "key" } else { "value" });
            if let Some(place) = document.and_then(|document| document.place_of_key(wrong)).filter(|_| is_key) {
                fault.at = place.key;
            }
        }
        if error.message.contains("untagged enum KindSetting") {
            fault.message = String::from("a kind is `false`, or has a `schema` and perhaps `title`, `path`, `layout`");
        }
        if error.message.contains("untagged enum OutsideSetting") {
            fault.message = String::from("`outside-titles` is a list of titles, or has `titles`, `file` or both");
        }
        fault
    }
}

/// The folder from which the patterns of a configuration count.
#[derive(Debug, Default)]
pub struct Base(PathBuf);

impl Base {
    /// A path as the patterns see it: from the folder on, however it was written. A path outside stays
    /// as it is.
    pub fn relative(&self, path: &str) -> PathBuf {
        let absolute = normal(Path::new(path));
        absolute.strip_prefix(&self.0).map_or_else(|_| PathBuf::from(path), Path::to_owned)
    }
}

/// An absolute path without `.` and `..`.
pub(crate) fn normal(path: &Path) -> PathBuf {
    let mut parts = PathBuf::new();
    for part in std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).components() {
        match part {
            std::path::Component::ParentDir => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts
}

/// Reads a small file, and nothing that only looks like one: opening a pipe would wait for its writer.
pub(crate) fn read_regular(path: &Path) -> Result<String, String> {
    let metadata = std::fs::metadata(path).map_err(|error| error.to_string())?;
    if !metadata.is_file() {
        return Err(String::from("it is no regular file"));
    }
    if metadata.len() > MAX_FILE_SIZE {
        return Err(format!("it has {} bytes, more than the limit of {MAX_FILE_SIZE}", metadata.len()));
    }
    std::fs::read_to_string(path).map_err(|error| error.to_string())
}

/// Compiles a glob for paths: `*` stays within a folder, `**` does not.
pub(crate) fn compile_glob(glob: &str) -> Result<GlobMatcher, String> {
    GlobBuilder::new(glob)
        .literal_separator(true)
        .build()
        .map(|glob| glob.compile_matcher())
        .map_err(|error| format!("this is no path pattern: {}", error.kind()))
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
    fn nothing_is_read_from_elsewhere() {
        let config = Config::default();
        for path in ["../secret.yaml", "/etc/passwd", "a/../../b.yaml"] {
            assert!(config.read_beside(path).unwrap_err().contains("leads out"), "{path}");
        }
    }
}
