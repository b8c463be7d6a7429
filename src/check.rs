//! Runs the rules over all articles and settles what they found.

use crate::allowance::{self, Allowance};
use crate::article::{self, Layout};
use crate::config::Config;
use crate::corpus::Corpus;
use crate::diagnostic::{Diagnostic, Severity};
use crate::facts::Account;
use crate::fingerprint::{self, Reading};
use crate::reference;
use crate::rule::{Check, Context, Findings, Settings, Useless};
use crate::rules::Entry;
use crate::source::{SourceFile, SourceId, Sources, Span};
use crate::witness::{Witness, Witnesses};
use rayon::prelude::*;
use std::collections::HashMap;
use std::sync::OnceLock;

/// How many files are looked at before their witnesses are laid together.
const FILES_A_PART: usize = 4096;
/// How many witnesses one task judges: enough that handing out tasks costs nothing.
const WITNESSES_A_TASK: usize = 8192;

fn extension(path: &str) -> &str {
    path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(_, extension)| extension)
}

/// The layout of each file, by the configuration or by looking.
pub fn layouts(sources: &Sources, config: &Config) -> Vec<Layout> {
    let files: Vec<_> = sources.iter().collect();
    let layout = |file: &SourceFile| {
        config.layout(&file.path).unwrap_or_else(|| match Layout::detect(&file.text) {
            // Where the text does not tell, the name may.
            Layout::Plain if matches!(extension(&file.path), "md" | "markdown") => Layout::Markdown,
            layout => layout,
        })
    };
    files.par_iter().map(|(_, file)| layout(file)).collect()
}

/// Runs rules over all files. What they find is sorted by path, offset and rule.
pub fn check(
    sources: &Sources,
    layouts: &[Layout],
    complete: bool,
    rules: &[&'static Entry],
    settings: Settings<'_>,
) -> Vec<Diagnostic> {
    let files: Vec<SourceId> = sources.iter().map(|(id, _)| id).collect();

    let mut diagnostics = Vec::new();
    let mut titles = Vec::new();
    let mut aliases = Vec::new();
    let mut allowances = Vec::new();
    // The witnesses of each rule that has a corpus check, by the rule's number.
    let mut witnesses: HashMap<usize, Vec<Witness>> = HashMap::new();
    // In parts, so that the witnesses of a large corpus are not held twice.
    for part in files.chunks(FILES_A_PART) {
        let looked: Vec<Looked> = part.par_iter().map(|&id| look(sources, layouts, rules, settings, id)).collect();
        for looked in looked {
            diagnostics.extend(looked.diagnostics);
            titles.extend(looked.title);
            aliases.extend(looked.aliases);
            allowances.extend(looked.allowances);
            for (number, of_rule) in looked.witnesses {
                witnesses.entry(number).or_default().extend(of_rule);
            }
        }
    }
    let corpus = Corpus {
        sources,
        layouts,
        as_of: settings.as_of,
        titles,
        aliases,
        outside: settings.outside,
        title_index: OnceLock::new(),
        complete,
    };
    for (number, entry) in rules.iter().enumerate() {
        let Some(mut of_rule) = witnesses.remove(&number) else { continue };
        of_rule.par_sort_unstable();
        for check in entry.rule.checks {
            if let Check::Corpus { judge, .. } = check {
                diagnostics.extend(judge_all(&corpus, &of_rule, *judge, entry));
            }
        }
    }
    let useless = allowance::Settled { rules, complete }.silence(&allowances, &mut diagnostics);
    if !useless.is_empty() {
        let mut about_allowances = judge_allowances(rules, &useless);
        let _ = allowance::Settled { rules, complete }.silence(&allowances, &mut about_allowances);
        diagnostics.extend(about_allowances);
    }
    settle(sources, layouts, &mut diagnostics);
    diagnostics
}

/// What rules say of allowances that silenced nothing.
fn judge_allowances(rules: &[&'static Entry], useless: &[Useless]) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for entry in rules {
        let mut findings = Findings::default();
        for check in entry.rule.checks {
            if let Check::Allowance(check) = check {
                useless.iter().for_each(|useless| check(useless, &mut findings));
            }
        }
        diagnostics.extend(findings.take(entry.name, entry.rule.severity));
    }
    diagnostics
}

/// What one file had to say.
#[derive(Default)]
struct Looked {
    diagnostics: Vec<Diagnostic>,
    title: Option<Span>,
    aliases: Vec<Span>,
    allowances: Vec<Allowance>,
    witnesses: Vec<(usize, Vec<Witness>)>,
}

fn look(
    sources: &Sources,
    layouts: &[Layout],
    rules: &[&'static Entry],
    settings: Settings<'_>,
    id: SourceId,
) -> Looked {
    let file = sources.get(id);
    let mut looked = Looked::default();
    let article = file.unreadable.is_none().then(|| article::parse(id, &file.path, &file.text, layouts[id.0 as usize]));
    let account = article.as_ref().map(|article| Account::new(article, settings.as_of));
    let seen = article.as_ref().zip(account.as_ref()).map(|(article, account)| {
        let Settings { kinds, as_of, acronyms, .. } = settings;
        (article, Context { kinds, as_of, acronyms, account })
    });
    looked.allowances = article.as_ref().map(allowance::allowances).unwrap_or_default();
    looked.aliases = article.as_ref().map(reference::aliases).unwrap_or_default();
    looked.title = article.as_ref().and_then(|article| article.title).map(|title| title.span);
    for (number, entry) in rules.iter().enumerate() {
        let mut findings = Findings::default();
        for check in entry.rule.checks {
            match (check, &seen) {
                (Check::File(check), _) => check(id, file, &mut findings),
                (Check::Article(check), Some((article, context))) => check(article, context, &mut findings),
                (Check::Corpus { map, .. }, Some((article, context))) => {
                    let mut witnesses = Witnesses::default();
                    map(article, context, &mut witnesses);
                    looked.witnesses.push((number, witnesses.all));
                }
                (Check::Article(_) | Check::Corpus { .. }, None) | (Check::Allowance(_), _) => {}
            }
        }
        looked.diagnostics.extend(findings.take(entry.name, entry.rule.severity));
    }
    looked
}

fn judge_all(
    corpus: &Corpus<'_>,
    witnesses: &[Witness],
    judge: fn(&Corpus<'_>, &[Witness], &mut Findings),
    entry: &Entry,
) -> Vec<Diagnostic> {
    // Cut between groups, without a list of them: there may be as many as witnesses.
    let mut cuts = vec![0];
    let mut at = 0;
    while at < witnesses.len() {
        at = (at + WITNESSES_A_TASK).min(witnesses.len());
        while at < witnesses.len() && witnesses[at].key == witnesses[at - 1].key {
            at += 1;
        }
        cuts.push(at);
    }
    cuts.par_windows(2)
        .flat_map_iter(|cut| {
            let mut findings = Findings::default();
            for group in witnesses[cut[0]..cut[1]].chunk_by(|a, b| a.key == b.key) {
                judge(corpus, group, &mut findings);
            }
            findings.take(entry.name, entry.rule.severity)
        })
        .collect()
}

/// Brings the findings into their order and gives each its fingerprint.
fn settle(sources: &Sources, layouts: &[Layout], diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.par_sort_by(|a, b| {
        let order = |diagnostic: &Diagnostic| {
            let span = diagnostic.primary.span;
            (span.source, span.start, diagnostic.rule, span.end)
        };
        order(a).cmp(&order(b)).then_with(|| a.message.cmp(&b.message))
    });
    diagnostics.dedup();
    let labels = diagnostics.iter().flat_map(|found| std::iter::once(&found.primary).chain(&found.related));
    let mut files: Vec<SourceId> = labels.map(|label| label.span.source).collect();
    files.sort_unstable();
    files.dedup();
    // Parsed anew: few of the files of a large corpus are in question.
    let readings: HashMap<SourceId, Reading<'_>> =
        files.par_iter().map(|&id| (id, read(sources, layouts, id))).collect();
    fingerprint::assign(&readings, diagnostics);
}

/// Reads what places of a file are told by.
fn read<'a>(sources: &'a Sources, layouts: &[Layout], id: SourceId) -> Reading<'a> {
    let file = sources.get(id);
    let article = file.unreadable.is_none().then(|| article::parse(id, &file.path, &file.text, layouts[id.0 as usize]));
    Reading::new(file, article.as_ref())
}

/// Numbers of a run.
#[derive(Debug, Clone, Default)]
pub struct Summary {
    /// Files that were read as articles.
    pub articles: usize,
    /// Bytes of all files that were found.
    pub bytes: u64,
    /// Findings by severity, worst first.
    pub by_severity: [(&'static str, usize); 3],
    /// Findings by rule, in order of name.
    pub by_rule: std::collections::BTreeMap<&'static str, usize>,
    /// What a baseline hides, where there is one.
    pub baseline: Option<Hidden>,
}

/// How many findings a baseline hides.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Hidden {
    /// Accepted with a reason.
    pub accepted: usize,
    /// In debt.
    pub debt: usize,
    /// Entries whose finding is gone, as far as the run can tell.
    pub stale: usize,
}

impl Summary {
    /// Counts.
    pub fn new(sources: &Sources, diagnostics: &[Diagnostic]) -> Self {
        let mut summary = Self {
            articles: sources.iter().filter(|(_, file)| file.unreadable.is_none()).count(),
            bytes: sources.iter().map(|(_, file)| file.size).sum(),
            by_severity: Severity::ALL.map(|severity| (severity.name(), 0)),
            ..Self::default()
        };
        for diagnostic in diagnostics {
            for (name, number) in &mut summary.by_severity {
                *number += usize::from(*name == diagnostic.severity.name());
            }
            *summary.by_rule.entry(diagnostic.rule).or_default() += 1;
        }
        summary
    }
}
