//! `seedlint init`: looks at a corpus and writes a configuration that fits it.

use super::config::scalar;
use super::{Failure, Outcome, Reading, warn};
use crate::article::{self, Article};
use crate::check;
use crate::config::{Config, FILE_NAME};
use crate::document::key_form;
use crate::policy::{Policy, Wishes};
use crate::reference;
use crate::report;
use crate::schema::Kinds;
use crate::source::Sources;
use crate::text::{count, fold};
use clap::Args;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A kind is seen in no fewer articles.
const FEWEST_OF_A_KIND: usize = 5;
/// A title that fewer articles point to may as well be a slip.
const FEWEST_REFERRING: usize = 3;
/// No more titles than this are listed; more belong in a file of their own.
const MOST_TITLES: usize = 200;
/// No more kinds than this are proposed.
const MOST_KINDS: usize = 20;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  seedlint init                  look at seeds/, or else at this folder, and write seedlint.yaml here
  seedlint init --print texts    print what would be written for the articles in texts/")]
pub(super) struct Arguments {
    /// Articles, or folders of them [default: seeds where there is such a folder, else .]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Print the configuration and write nothing
    #[arg(long)]
    print: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let target = Path::new(FILE_NAME);
    if !arguments.print && target.symlink_metadata().is_ok() {
        return Err(Failure::Argument {
            message: format!("there is a {FILE_NAME} here already"),
            help: String::from("--print shows what would be written, so that you can take what you like"),
        });
    }
    // What is configured so far has no say: the corpus is looked at as it is.
    let reading = Reading { paths: arguments.paths.clone(), isolated: true, ..Reading::default() };
    let (mut found, policy) = reading.read(&Wishes::default(), &[])?;
    let text = propose(&mut found.sources, &policy, found.complete);
    // Never leave behind what the next run would refuse.
    Config::parse(FILE_NAME.to_owned(), text.clone(), PathBuf::new())?;
    let mut out = io::stdout().lock();
    if arguments.print {
        out.write_all(text.as_bytes()).map_err(Failure::stdout)?;
    } else {
        let failure = |error| Failure::Output { target: FILE_NAME.to_owned(), error };
        super::output::write_file(target, text.into_bytes()).map_err(failure)?;
        let next = "look at it, then run `seedlint lint`; `seedlint baseline create` accepts what is there today";
        writeln!(out, "{FILE_NAME} is written: {next}").map_err(Failure::stdout)?;
    }
    if found.sources.is_empty() {
        warn("note: without articles there was nothing to fit it to");
    }
    Ok(if found.problems.is_empty() { Outcome::Clean } else { Outcome::Failed })
}

/// What is seen of an article.
struct Seen {
    path: String,
    title: String,
    /// The keys of its infobox, in the form of the document.
    keys: BTreeSet<String>,
    /// The names of the shipped kinds that it is of.
    kinds: Vec<String>,
    layout: &'static str,
    /// Titles that it refers to, by key, as they are written.
    references: HashMap<u64, String>,
    /// The keys that it answers to.
    answers: Vec<u64>,
}

impl Seen {
    fn of(article: &Article<'_>, kinds: &Kinds) -> Self {
        let fields = article.fields();
        let mut references = HashMap::new();
        for reference in
            reference::references(article).iter().filter(|reference| reference.certain && !reference.is_path)
        {
            let words = article.text(reference.target);
            references.entry(reference::reference_key(article, reference)).or_insert_with(|| words.to_owned());
        }
        Self {
            path: article.path.to_owned(),
            title: article.likely_title().map(|title| title.to_string()).unwrap_or_default(),
            keys: fields.map(|field| key_form(article.text(field.key))).filter(|key| !key.is_empty()).collect(),
            kinds: kinds.of(article).map(|kind| kind.name.clone()).collect(),
            layout: article.layout.name(),
            references,
            answers: reference::own_keys(article),
        }
    }
}

/// The text of a configuration for these articles.
fn propose(sources: &mut Sources, policy: &Policy, complete: bool) -> String {
    let plan = policy.plan(sources);
    let readable = || sources.iter().filter(|(_, file)| file.unreadable.is_none());
    let seen: Vec<Seen> = readable()
        .map(|(id, file)| Seen::of(&article::parse_file(id, file, plan.layout(id)), policy.kinds(id)))
        .collect();
    let mut text = String::from(
        "# The configuration of seedlint. All keys are optional; `seedlint config PATH` shows what is in force.\n\
         # yaml-language-server: the JSON Schema of this file is printed by `seedlint config --schema`.\n\n",
    );
    let mut layouts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut shipped: BTreeMap<&str, usize> = BTreeMap::new();
    for one in &seen {
        *layouts.entry(one.layout).or_default() += 1;
        one.kinds.iter().for_each(|kind| *shipped.entry(kind).or_default() += 1);
    }
    let listed = |counts: &BTreeMap<&str, usize>| {
        counts.iter().map(|(name, number)| format!("{name} ({number})")).collect::<Vec<_>>().join(", ")
    };
    let _ = writeln!(text, "# Seen: {}; layouts: {}.", count(seen.len(), "article"), listed(&layouts));
    if !shipped.is_empty() {
        let _ = writeln!(text, "# Of shipped kinds: {}.", listed(&shipped));
    }
    text.push_str(
        "\n# From this level on a finding makes a run fail: error, warning, advice or never.\nfail-on: error\n",
    );
    levels(&mut text, sources, policy, complete);
    kinds(&mut text, &seen);
    outside_titles(&mut text, &seen);
    text
}

/// The levels, with what the rules find today.
fn levels(text: &mut String, sources: &mut Sources, policy: &Policy, complete: bool) {
    let mut by_rule: BTreeMap<&str, usize> = BTreeMap::new();
    let plan = policy.plan(sources);
    for diagnostic in check::check(sources, &plan, complete).diagnostics {
        *by_rule.entry(diagnostic.rule).or_default() += 1;
    }
    let mut most: Vec<(&str, usize)> = by_rule.into_iter().collect();
    most.sort_by_key(|&(rule, number)| (std::cmp::Reverse(number), rule));
    text.push_str("\n# The level of rules and groups: off, advice, warning or error.\n");
    if most.is_empty() {
        text.push_str("# No rule finds anything today.\n");
    } else {
        let most: Vec<String> = most.iter().take(5).map(|(rule, number)| format!("{rule} ({number})")).collect();
        let _ = writeln!(text, "# Most is found today by {}.", most.join(", "));
    }
    text.push_str("# levels:\n#   date/unanchored: off\n");
}

/// A kind that is seen: what tells its articles, and which of all the articles they are.
struct Candidate {
    name: String,
    /// The key of the configuration that tells them, and its value.
    told_by: (&'static str, String),
    members: Vec<usize>,
}

/// The kinds of articles that are seen, with the fields that nearly all of a kind have.
fn kinds(text: &mut String, seen: &[Seen]) {
    text.push_str("\n# Kinds of articles, and what their infoboxes must have. `schema: FILE` asks for more.\n");
    let mut taken: HashSet<usize> = HashSet::new();
    let mut names: BTreeSet<String> = BTreeSet::new();
    let mut shown = String::new();
    for candidate in candidates(seen) {
        let members: Vec<usize> = candidate.members.iter().copied().filter(|member| !taken.contains(member)).collect();
        let required = required(seen, &members);
        // What tells a kind is no demand that it makes.
        let own: Vec<&String> =
            required.iter().filter(|key| candidate.told_by.1 != format!("[{}]", scalar(key))).collect();
        if members.len() < FEWEST_OF_A_KIND
            || members.len() * 2 < candidate.members.len()
            || own.is_empty()
            || names.len() == MOST_KINDS
            || !names.insert(candidate.name.clone())
        {
            continue;
        }
        let lacking = members.iter().filter(|&&member| !own.iter().all(|key| seen[member].keys.contains(*key))).count();
        let fields: Vec<String> = own.iter().map(|key| scalar(key)).collect();
        let (key, value) = &candidate.told_by;
        let _ = writeln!(
            shown,
            "  # {}; {lacking} of them lack a field.\n  {}:\n    {key}: {value}\n    required: [{}]",
            count(members.len(), "article"),
            scalar(&candidate.name),
            fields.join(", ")
        );
        taken.extend(members);
    }
    if shown.is_empty() {
        text.push_str("# kinds:\n#   rivers:\n#     path: rivers/**\n#     required: [length, mouth]\n");
    } else {
        text.push_str("kinds:\n");
        text.push_str(&shown);
    }
}

/// Groups of articles that may be of one kind: those of a folder, those whose titles end alike, those with one field. Shipped kinds
/// have their own schemas.
fn candidates(seen: &[Seen]) -> Vec<Candidate> {
    let mut folders: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut endings: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut fields: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (number, one) in seen.iter().enumerate().filter(|(_, one)| one.kinds.is_empty()) {
        if let Some((folder, _)) = one.path.rsplit_once('/') {
            folders.entry(folder).or_default().push(number);
        }
        if let Some((_, last)) = one.title.rsplit_once(' ')
            && last.chars().all(char::is_alphabetic)
        {
            endings.entry(last).or_default().push(number);
        }
        for key in &one.keys {
            fields.entry(key).or_default().push(number);
        }
    }
    // One folder for all tells nothing.
    if folders.len() < 2 {
        folders.clear();
    }
    let last_part = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    let by_folder = folders.into_iter().filter(|(folder, _)| !folder.contains(['*', '?', '[', '{', '\\'])).map(
        |(folder, members)| Candidate {
            name: last_part(folder),
            told_by: ("path", scalar(&format!("{}/**", folder.trim_start_matches("./")))),
            members,
        },
    );
    let by_ending = endings.into_iter().map(|(last, members)| Candidate {
        name: fold(last).into_owned(),
        told_by: ("title", format!("'{last}$'")),
        members,
    });
    let mut by_field: Vec<(&str, Vec<usize>)> = fields.into_iter().collect();
    // The field that most have comes first; of several that as many have, those that say more about the article are longer words.
    by_field.sort_by_key(|(key, members)| (std::cmp::Reverse(members.len()), std::cmp::Reverse(key.len())));
    let by_field = by_field.into_iter().filter(|(_, members)| members.len() < seen.len()).map(|(key, members)| {
        Candidate { name: format!("with {key}"), told_by: ("infobox", format!("[{}]", scalar(key))), members }
    });
    by_folder.chain(by_ending).chain(by_field).filter(|candidate| candidate.members.len() >= FEWEST_OF_A_KIND).collect()
}

/// The fields that nearly all of these articles have: nine of ten.
fn required(seen: &[Seen], members: &[usize]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for &member in members {
        seen[member].keys.iter().for_each(|key| *counts.entry(key).or_default() += 1);
    }
    counts.into_iter().filter(|(_, number)| number * 10 >= members.len() * 9).map(|(key, _)| key.to_owned()).collect()
}

/// The titles that many articles point to and none has.
fn outside_titles(text: &mut String, seen: &[Seen]) {
    let here: HashSet<u64> = seen.iter().flat_map(|one| one.answers.iter().copied()).collect();
    let mut missing: HashMap<u64, (&str, usize)> = HashMap::new();
    for one in seen {
        for (key, words) in one.references.iter().filter(|(key, _)| !here.contains(key)) {
            let (shown, number) = missing.entry(*key).or_insert((words, 0));
            // Of several spellings always the same one.
            *shown = (*shown).min(words);
            *number += 1;
        }
    }
    let mut many: Vec<(&str, usize)> =
        missing.into_values().filter(|(_, number)| *number >= FEWEST_REFERRING).collect();
    many.sort_by_key(|&(title, number)| (std::cmp::Reverse(number), title));
    text.push_str("\n# Titles that live outside this collection: references to them are no findings.\n");
    if many.is_empty() {
        text.push_str("# outside-titles:\n#   titles: [Lake Chad]\n#   file: titles.txt\n");
        return;
    }
    let _ = writeln!(
        text,
        "# {FEWEST_REFERRING} articles or more point to each of these. Take out what should be written."
    );
    text.push_str("outside-titles:\n");
    for (title, number) in many.iter().take(MOST_TITLES) {
        let _ = writeln!(text, "  - {}  # {}", report::visible(&scalar(title)), count(*number, "article"));
    }
    if many.len() > MOST_TITLES {
        let _ = writeln!(text, "  # {} more are left out here.", many.len() - MOST_TITLES);
    }
}
