//! `seedlint config`: what is in force for a path, and where each value comes from.

use super::{Failure, Outcome, Reading};
use crate::config::{Config, KindSetting, Origin};
use crate::policy::{self, By, Wishes};
use crate::report;
use crate::rules::RULES;
use crate::schema::Kinds;
use crate::yaml;
use clap::Args;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::PathBuf;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  seedlint config seeds/a.txt          what holds for an article
  seedlint config --json seeds         the same of a folder, for programs
  seedlint config --schema             the JSON Schema of seedlint.yaml, for editors")]
pub(super) struct Arguments {
    /// An article or a folder
    #[arg(default_value = ".")]
    path: PathBuf,
    /// The configuration [default: the nearest seedlint.yaml in the folders above the path]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
    /// Print the JSON Schema of the configuration file
    #[arg(long, conflicts_with_all = ["path", "json", "config"])]
    schema: bool,
}

/// A value in force.
struct Entry {
    /// The keys that lead to it.
    keys: Vec<String>,
    value: Value,
    /// Where it comes from.
    from: String,
}

impl Entry {
    fn new(keys: &[&str], value: Value, from: String) -> Self {
        Self { keys: keys.iter().map(|&key| key.to_owned()).collect(), value, from }
    }
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut out = io::stdout().lock();
    if arguments.schema {
        let schema = serde_json::to_string_pretty(&crate::config::json_schema()).map_err(io::Error::from);
        schema.and_then(|schema| writeln!(out, "{schema}")).map_err(Failure::stdout)?;
        return Ok(Outcome::Clean);
    }
    if let Err(error) = std::fs::metadata(&arguments.path) {
        return Err(Failure::Argument {
            message: format!("cannot look at {}: {error}", arguments.path.display()),
            help: String::from("name an article or a folder"),
        });
    }
    let reading = Reading { config: arguments.config.clone(), ..Reading::default() };
    let mut configurations = reading.configurations()?;
    let number = configurations.of_path(&arguments.path)?;
    let config = configurations.get(number);
    // That all of it can be used is found out as a run would find it.
    policy::check_names(config)?;
    let kinds = Kinds::new(config)?;
    let entries = entries(config, &kinds, &arguments.path)?;
    let files: Vec<&str> = config.files().collect();
    let shown = arguments.path.display().to_string();
    let text = if arguments.json {
        let values: Vec<Value> =
            entries.iter().map(|entry| json!({"keys": entry.keys, "value": entry.value, "from": entry.from})).collect();
        let document = json!({"path": shown, "files": files, "values": values});
        format!("{document:#}\n")
    } else {
        yaml(&shown, &files, &entries)
    };
    out.write_all(text.as_bytes()).map_err(Failure::stdout)?;
    Ok(Outcome::Clean)
}

fn entries(config: &Config, kinds: &Kinds, path: &std::path::Path) -> Result<Vec<Entry>, Failure> {
    let by_default = || String::from("default");
    let at = |origin: &Origin| config.said_at(origin);
    let mut all = Vec::new();
    let mut add = |keys: &[&str], value: Value, from: String| all.push(Entry::new(keys, value, from));
    let gate = config.last("fail-on", |settings| settings.fail_on);
    let (gate, from) = gate.map_or_else(|| (<_>::default(), by_default()), |(gate, origin)| (gate, at(&origin)));
    add(&["fail-on"], json!(gate), from);
    match config.last("as-of", |settings| settings.as_of.clone()) {
        Some((day, origin)) => add(&["as-of"], json!(day), at(&origin)),
        None => add(&["as-of"], json!(super::today().iso()), String::from("default: today")),
    }
    match config.last("max-file-size", |settings| settings.max_file_size) {
        Some((size, origin)) => add(&["max-file-size"], json!(size), at(&origin)),
        None => add(&["max-file-size"], json!(crate::config::MAX_FILE_SIZE), by_default()),
    }
    let limits = config.limits;
    let seconds = limits.time.map_or(0, |time| time.as_secs());
    let of = |from: Option<((), Origin)>| from.map_or_else(by_default, |((), origin)| at(&origin));
    let from = of(config.last("max-findings-per-file", |settings| settings.max_findings_per_file.map(|_| ())));
    add(&["max-findings-per-file"], json!(limits.findings_of_file), from);
    let from = of(config.last("max-findings", |settings| settings.max_findings.map(|_| ())));
    add(&["max-findings"], json!(limits.findings), from);
    let from = of(config.last("max-seconds", |settings| settings.max_seconds.map(|_| ())));
    add(&["max-seconds"], json!(seconds), from);
    match config.last("extensions", |settings| settings.extensions.clone()) {
        Some((extensions, origin)) => add(&["extensions"], json!(extensions), at(&origin)),
        None => add(&["extensions"], json!(crate::discover::EXTENSIONS), by_default()),
    }
    for (acronyms, origin) in config.each("acronyms", |settings| &settings.acronyms) {
        if !acronyms.is_empty() {
            add(&["acronyms"], json!(acronyms), at(&origin));
        }
    }
    let titles = config.outside_titles()?.len();
    if let Some(((), origin)) = config.last("outside-titles", |settings| settings.outside_titles.as_ref().map(|_| ())) {
        add(&["outside-titles"], json!(titles), at(&origin));
    }
    let shown = path.to_string_lossy();
    if path.is_file() {
        let layout = config.layout(&shown);
        add(
            &["layout"],
            json!(layout),
            layout.map_or_else(|| String::from("by looking at the text"), |_| String::from("configured")),
        );
    }
    let said = config.kinds();
    for kind in kinds.all() {
        match said.get(kind.name.as_str()) {
            Some((KindSetting::Kind(parts), origin)) => {
                let schema =
                    parts.schema.as_ref().map_or_else(|| json!({"required": parts.required}), |name| json!(name));
                add(&["kinds", &kind.name], schema, at(origin));
            }
            _ => add(&["kinds", &kind.name], json!(kind.name), by_default()),
        }
    }
    all.extend(thresholds(config));
    let decisions = policy::decide(config, &policy::overrides_of(config, &shown), &Wishes::default());
    for (entry, decision) in RULES.iter().zip(decisions) {
        let from = match &decision.by {
            By::Default => by_default(),
            By::Config(origin) => at(origin),
            By::CommandLine => String::from("command line"),
        };
        let level = decision.severity.map_or("off", |severity| severity.name());
        all.push(Entry::new(&["levels", entry.name], json!(level), from));
    }
    Ok(all)
}

/// The thresholds of all rules.
fn thresholds(config: &Config) -> Vec<Entry> {
    let mut all = Vec::new();
    for entry in RULES {
        for threshold in entry.rule.thresholds {
            let said = config.each("thresholds", |settings| &settings.thresholds).filter_map(|(by_rule, origin)| {
                let number = by_rule.get(entry.name)?.get(threshold.name)?;
                Some((*number, config.said_at(&origin.at(entry.name).at(threshold.name))))
            });
            let (number, from) = said.last().unwrap_or_else(|| (threshold.default, String::from("default")));
            all.push(Entry::new(&["thresholds", entry.name, threshold.name], json!(number), from));
        }
    }
    all
}

/// The values as YAML that says in comments where they come from.
fn yaml(path: &str, files: &[&str], entries: &[Entry]) -> String {
    let mut text = format!("# {}\n", report::visible(path));
    match files {
        [] => text.push_str("# There is no seedlint.yaml: all is by default.\n"),
        [file] => {
            let _ = writeln!(text, "# The configuration is {}.", report::visible(file));
        }
        [file, extended @ ..] => {
            let extended = extended.iter().map(|file| report::visible(file)).collect::<Vec<_>>().join(", ");
            let _ = writeln!(text, "# The configuration is {}, which extends {extended}.", report::visible(file));
        }
    }
    let mut lines: Vec<(String, &str)> = Vec::new();
    let mut open: &[String] = &[];
    for entry in entries {
        let (last, parents) = entry.keys.split_last().expect("an entry has a key");
        let shared = open.iter().zip(parents).take_while(|(a, b)| a == b).count();
        for (depth, key) in parents.iter().enumerate().skip(shared) {
            lines.push((format!("{}{key}:", "  ".repeat(depth)), ""));
        }
        open = parents;
        let indent = "  ".repeat(parents.len());
        lines.push((format!("{indent}{last}: {}", report::visible(&plain(&entry.value))), &entry.from));
    }
    let width = lines
        .iter()
        .filter(|(_, from)| !from.is_empty())
        .map(|(line, _)| line.chars().count())
        .filter(|&width| width <= 60)
        .max()
        .unwrap_or(0);
    for (line, from) in lines {
        let _ = match from {
            "" => writeln!(text, "{line}"),
            from => writeln!(text, "{line:width$}  # {}", report::visible(from)),
        };
    }
    text
}

/// A value in YAML, without quotation marks where it needs none.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => scalar(text),
        Value::Array(items) => format!("[{}]", items.iter().map(plain).collect::<Vec<_>>().join(", ")),
        Value::Object(map) => {
            format!(
                "{{{}}}",
                map.iter()
                    .map(|(key, value)| format!("{}: {}", scalar(key), plain(value)))
                    .collect::<Vec<_>>()
                    .join(", ")
            )
        }
        Value::Null => String::from("null"),
        other => other.to_string(),
    }
}

/// A text as a scalar of YAML: as it is where that is safe, and else between quotation marks.
pub(super) fn scalar(text: &str) -> String {
    let safe = text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '/' | '.' | '–'))
        && text.starts_with(char::is_alphabetic)
        && text.ends_with(char::is_alphanumeric)
        && !matches!(
            text.to_ascii_lowercase().as_str(),
            "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "y" | "n"
        );
    if safe { text.to_owned() } else { yaml::quoted(text) }
}
