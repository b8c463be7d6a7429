//! Runs the rules over all articles and settles what they found.

use crate::allowance::{self, Allowance};
use crate::article;
use crate::corpus::Corpus;
use crate::diagnostic::{Diagnostic, Severity};
use crate::discover::Problem;
use crate::facts::Account;
use crate::fingerprint::{self, Reading};
use crate::last::{self, FileRecord, Index, Stands, Whole};
use crate::looked::Looked;
use crate::policy::Plan;
use crate::reference::{self, Titles};
use crate::rule::{Check, Context, Findings, Useless};
use crate::settings::Settings;
use crate::source::{SourceFile, SourceId, Sources, Span};
use crate::text::count;
use crate::trap::{VERSION, timed, trap};
use crate::witness::{Pile, Witness, Witnesses};
use rayon::prelude::*;
use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

/// How many files are looked at before their witnesses are laid together.
const FILES_A_PART: usize = 4096;
/// How many witnesses one task judges: enough that handing out tasks costs nothing.
const WITNESSES_A_TASK: usize = 8192;
/// How many witnesses are judged before texts are given up again: enough for many processors.
const WITNESSES_A_BATCH: usize = 64 * WITNESSES_A_TASK;
/// How many findings get their fingerprints before texts are given up again.
const FINDINGS_A_BATCH: usize = 8192;

/// What a run over all files has come to.
#[derive(Debug, Default)]
pub struct Checked {
    /// The findings, sorted by path, offset and rule.
    pub diagnostics: Vec<Diagnostic>,
    /// Where a rule failed for a fault of its own, sorted by path: what it may have found there is not known.
    pub crashes: Vec<Problem>,
}

/// What a file had to say, with the words of its title and its aliases.
struct Titled {
    looked: Looked,
    title: Option<Box<str>>,
    aliases: Vec<Box<str>>,
    /// What the next run is told of it.
    record: Option<FileRecord>,
}

/// What the rules have to say of all files, before allowances count and before all is in its order.
#[derive(Default)]
struct Heard {
    /// First what articles have found in themselves, by file; then what judges have found, by rule, check and key.
    diagnostics: Vec<Diagnostic>,
    /// Who the judges are.
    judges: Vec<last::Judge>,
    /// The keys under which they have asked for the day.
    asked: Vec<last::Group>,
    allowances: Vec<Allowance>,
    crashes: Vec<Problem>,
}

/// The names that all articles go by.
struct Names<'n> {
    titles: &'n [(SourceId, Box<str>)],
    aliases: &'n [(SourceId, Box<str>)],
    /// All of them, to find the nearest to a given one, once somebody has asked.
    index: OnceLock<Titles<'n>>,
}

impl<'n> Names<'n> {
    fn new(titles: &'n last::Named, aliases: &'n last::Named) -> Self {
        Self { titles, aliases, index: OnceLock::new() }
    }

    fn index(&self) -> &Titles<'n> {
        let all = self.titles.iter().chain(self.aliases).map(|(_, name)| &**name);
        self.index.get_or_init(|| Titles::new(all))
    }
}

/// Runs rules over all files. What they find is sorted by path, offset and rule.
///
/// `complete` says whether a whole folder was read, so that what is not there is missing.
pub fn check(sources: &mut Sources, plan: &Plan<'_>, complete: bool) -> Checked {
    let heard = hear_again(sources, plan, complete).unwrap_or_else(|| hear_all(sources, plan, complete));
    settle(sources, plan, complete, heard)
}

/// Looks at all files, and brings what they say before the judges.
fn hear_all(sources: &mut Sources, plan: &Plan<'_>, complete: bool) -> Heard {
    let mut heard = Heard::default();
    let (mut titles, mut aliases) = (Vec::new(), Vec::new());
    // For the next run.
    let mut files: Vec<FileRecord> = Vec::new();
    // The witnesses of each rule that has a corpus check, by the rule's number.
    let mut witnesses: BTreeMap<usize, Pile> = BTreeMap::new();
    // In parts, so that the witnesses of a large corpus are not held twice.
    for part in sources.parts(FILES_A_PART) {
        let looked: Vec<Titled> = part
            .clone()
            .into_par_iter()
            .map(|number| {
                let id = SourceId(number as u32);
                let looked = look_or_recall(sources, plan, id);
                // Judges ask for the titles of all articles, which then need not be read again.
                let words = |span: Span| Box::from(sources.text(span));
                let (title, aliases) = (looked.title.map(words), looked.aliases.iter().copied().map(words).collect());
                let record = FileRecord::of(plan, sources, id, &looked);
                Titled { looked, title, aliases, record }
            })
            .collect();
        let before = heard.diagnostics.len();
        for (number, Titled { looked, title, aliases: of_article, record }) in part.zip(looked) {
            let id = SourceId(number as u32);
            heard.diagnostics.extend(looked.diagnostics);
            heard.crashes.extend(looked.crash);
            titles.extend(title.map(|title| (id, title)));
            aliases.extend(of_article.into_iter().map(|alias| (id, alias)));
            heard.allowances.extend(looked.allowances);
            files.extend(record);
            for (number, of_rule) in looked.witnesses {
                witnesses.entry(number).or_default().held.extend(of_rule);
            }
        }
        let held: usize = witnesses.values().map(|pile| pile.held.len() * size_of::<Witness>()).sum();
        if held as u64 > sources.shelf().memory.witnesses() {
            for pile in witnesses.values_mut() {
                pile.held.par_sort_unstable();
                pile.put_away(&sources.shelf().store);
            }
        }
        keep_positions(sources, &heard.diagnostics[before..]);
        sources.release();
    }
    for pile in witnesses.values_mut() {
        pile.held.par_sort_unstable();
    }
    let store = sources.shelf().store.clone();
    // While all of them are there.
    let index = plan
        .remembered
        .as_ref()
        .filter(|_| complete && heard.crashes.is_empty())
        .and_then(|remembered| Index::write(remembered.cache, &files, &witnesses, &store));
    let own = heard.diagnostics.len();
    let names = Names::new(&titles, &aliases);
    while let Some((number, pile)) = witnesses.pop_first() {
        for check in 0..plan.rules[number].rule.checks.len() {
            pile.in_batches(&store, WITNESSES_A_BATCH, |batch| {
                judge_all(sources, plan, complete, &names, (number, check), batch, &mut heard);
            });
        }
    }
    if let (Some(index), Some(remembered), true) = (index, &plan.remembered, heard.crashes.is_empty()) {
        let (own, judged) = heard.diagnostics.split_at(own);
        let whole = Whole {
            files,
            titles: &titles,
            aliases: &aliases,
            allowances: &heard.allowances,
            own,
            judged,
            judges: &heard.judges,
            asked: std::mem::take(&mut heard.asked),
            index,
        };
        whole.keep(remembered.cache, plan, complete);
    }
    heard
}

/// Looks at what has changed since the last run, and brings only what that touches before the judges. Nothing where all is to be heard.
fn hear_again(sources: &mut Sources, plan: &Plan<'_>, complete: bool) -> Option<Heard> {
    let number = sources.len();
    let keys = |key: &(dyn Fn(usize) -> Option<u128> + Sync)| (0..number).into_par_iter().map(key).collect();
    let stands = Stands::of(sources, plan, complete, keys, |id| look_or_recall(sources, plan, id))?;
    plan.looked.store(number, Ordering::Relaxed);
    let mut heard = Heard { allowances: stands.allowances, ..Heard::default() };
    let names = Names::new(&stands.titles, &stands.aliases);
    for (number, witnesses) in &stands.witnesses {
        for check in 0..plan.rules[*number].rule.checks.len() {
            judge_all(sources, plan, complete, &names, (*number, check), witnesses, &mut heard);
        }
    }
    let mut judged = stands.judged;
    judged.extend(heard.judges.drain(..).zip(heard.diagnostics.drain(..)));
    judged.sort_by_key(|(judge, _)| *judge);
    heard.diagnostics = stands.own;
    heard.diagnostics.extend(judged.into_iter().map(|(_, found)| found));
    Some(heard)
}

/// Lets allowances count, and brings all into its order.
fn settle(sources: &mut Sources, plan: &Plan<'_>, complete: bool, heard: Heard) -> Checked {
    let Heard { mut diagnostics, allowances, mut crashes, .. } = heard;
    // What a rule that failed would have found is not known, nor whether it was allowed.
    let settled = allowance::Settled { plan, complete: complete && crashes.is_empty() };
    let useless = settled.silence(&allowances, &mut diagnostics);
    let mut about_allowances = judge_allowances(plan, &useless);
    let _ = settled.silence(&allowances, &mut about_allowances);
    locate(sources, plan, &mut about_allowances);
    diagnostics.extend(about_allowances);
    sort(&mut diagnostics);
    diagnostics.dedup();
    fingerprint::tell_apart(&mut diagnostics);
    cut(sources, plan, &mut diagnostics, &mut crashes);
    // Without it nothing that was found or not found is sure.
    crashes.extend(sources.shelf().store.unread().map(|why| Problem {
        path: String::from("(temporary file)"),
        reason: format!("what did not fit into memory could not be read again: {why}"),
    }));
    crashes.sort_by(|a, b| (&a.path, &a.reason).cmp(&(&b.path, &b.reason)));
    crashes.dedup();
    Checked { diagnostics, crashes }
}

/// Rules read articles without the markup in their prose. What they find lies in texts that have it: places are those of whole characters
/// and whole citations, and no correction goes over marks that the rule has not seen.
fn keep_marks(sources: &Sources, plan: &Plan<'_>, diagnostics: &mut [Diagnostic]) {
    let read = |file, span: Span| article::text_of(file, plan.layout(span.source));
    for diagnostic in diagnostics {
        let labels = std::iter::once(&mut diagnostic.primary).chain(&mut diagnostic.related);
        for label in labels {
            let span = &mut label.span;
            let file = sources.get(span.source);
            if file.unreadable.is_some() || std::ptr::eq(read(file, *span), file.text()) {
                continue;
            }
            *span = file.with_citation(*span);
            while !file.text().is_char_boundary(span.start as usize) {
                span.start -= 1;
            }
            while !file.text().is_char_boundary(span.end as usize) {
                span.end += 1;
            }
        }
        let seen = |span: Span| {
            let file = sources.get(span.source);
            let (written, read) = (file.text().as_bytes(), read(file, span).as_bytes());
            file.unreadable.is_some() || written.get(span.range()) == read.get(span.range())
        };
        if diagnostic.fix.as_ref().is_some_and(|fix| !fix.edits.iter().all(|edit| seen(edit.span))) {
            diagnostic.fix = None;
        }
    }
}

/// What rules say of allowances that silenced nothing.
fn judge_allowances(plan: &Plan<'_>, useless: &[Useless]) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for (number, entry) in plan.rules.iter().enumerate() {
        for check in entry.rule.checks {
            let Check::Allowance(check) = check else { continue };
            for useless in useless {
                let Some(level) = plan.level(useless.span.source, number) else { continue };
                let mut findings = Findings::default();
                check(useless, &mut findings);
                diagnostics.extend(findings.take(entry.name, level));
            }
        }
    }
    diagnostics
}

/// What a file has to say. Rules are trapped one by one; here it is reading that may fail.
fn look_or_recall(sources: &Sources, plan: &Plan<'_>, id: SourceId) -> Looked {
    plan.looked.fetch_add(1, Ordering::Relaxed);
    trap(|| recall(sources, plan, id)).unwrap_or_else(|words| Looked {
        crash: Some(crash(sources.get(id), "reading it", &words)),
        ..Looked::default()
    })
}

/// What a file has to say, as an earlier run found it or found now.
fn recall(sources: &Sources, plan: &Plan<'_>, id: SourceId) -> Looked {
    let file = sources.get(id);
    let remembered = plan.remembered.as_ref();
    let key = remembered.and_then(|remembered| remembered.key(&plan.files[id.0 as usize], file));
    let Some((cache, key)) = remembered.map(|remembered| remembered.cache).zip(key) else {
        return look(sources, plan, id);
    };
    let known = cache.get(key).and_then(|bytes| Looked::from_bytes(bytes, plan, id, file.text()));
    known.unwrap_or_else(|| {
        let looked = look(sources, plan, id);
        if let Some(bytes) = looked.to_bytes(plan, id) {
            cache.put(key, bytes);
        }
        looked
    })
}

fn look(sources: &Sources, plan: &Plan<'_>, id: SourceId) -> Looked {
    let file = sources.get(id);
    let mut looked = Looked::default();
    let article = file.unreadable.is_none().then(|| article::parse_file(id, file, plan.layout(id)));
    let &Settings { kinds, as_of, acronyms, thresholds, limits, .. } = plan.settings_of(id);
    let account = article.as_ref().map(|article| Account::new(article, as_of));
    let forms = OnceCell::new();
    let seen = article
        .as_ref()
        .zip(account.as_ref())
        .map(|(article, account)| (article, Context { kinds, acronyms, account, thresholds, forms: &forms }));
    looked.allowances = article.as_ref().map(allowance::allowances).unwrap_or_default();
    looked.aliases = article.as_ref().map(reference::aliases).unwrap_or_default();
    looked.title = article.as_ref().and_then(|article| article.title).map(|title| title.span);
    for (number, entry) in plan.rules.iter().enumerate() {
        let level = plan.level(id, number);
        let (run, too_long) = timed(limits.time, || {
            trap(|| {
                let mut findings = Findings::default();
                let mut witnesses = Vec::new();
                for check in entry.rule.checks {
                    match (check, &seen) {
                        (Check::File(check), _) if level.is_some() => check(id, file, &mut findings),
                        (Check::Article(check), Some((article, context))) if level.is_some() => {
                            check(article, context, &mut findings);
                        }
                        // What the article says is a witness for others, even where the rule is off for itself.
                        (Check::Corpus { map, .. }, Some((article, context))) => {
                            let mut of_check = Witnesses::default();
                            map(article, context, &mut of_check);
                            witnesses.push((number, of_check.all));
                        }
                        _ => {}
                    }
                }
                (findings, witnesses)
            })
        });
        match run {
            Ok((findings, witnesses)) => {
                looked.witnesses.extend(witnesses);
                if let Some(level) = level {
                    looked.diagnostics.extend(findings.take(entry.name, level));
                }
            }
            // What several rules stand on may be at fault: one word about it is enough.
            Err(words) if looked.crash.is_none() => {
                looked.crash = Some(crash(file, &format!("the rule {}", entry.name), &words));
            }
            Err(_) => {}
        }
        if too_long {
            let reason = format!(
                "not all of it was checked: the rule {} took longer than {}; the rules behind it did not look (`max-seconds` in the configuration)",
                entry.name,
                count(limits.time.unwrap_or_default().as_secs() as usize, "second")
            );
            looked.crash = Some(Problem { path: file.path.clone(), reason });
            break;
        }
    }
    if !looked.diagnostics.is_empty() {
        // While the article is at hand.
        let readings = HashMap::from([(id, Reading::new(file, article.as_ref()))]);
        place(sources, plan, &readings, &mut looked.diagnostics);
    }
    looked.days = account.as_ref().map(|account| account.today.alike());
    looked
}

/// A fault of ours, as something that could not be checked.
fn crash(file: &SourceFile, what: &str, words: &str) -> Problem {
    let reason = format!(
        "not all of it was checked: {what} failed, which is a fault of seedlint {VERSION}; please report it with these words: {words}"
    );
    Problem { path: file.path.clone(), reason }
}

/// Brings witnesses, which are in order, before the judge that is a check of a rule, both by their numbers.
fn judge_all(
    sources: &mut Sources,
    plan: &Plan<'_>,
    complete: bool,
    names: &Names<'_>,
    (rule, check): (usize, usize),
    witnesses: &[Witness],
    heard: &mut Heard,
) {
    let entry = plan.rules[rule];
    let Check::Corpus { judge, .. } = entry.rule.checks[check] else { return };
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
    let title_index: &(dyn Fn() -> _ + Sync) = &|| names.index();
    let of_task = |witnesses: &[Witness]| {
        let corpus = Corpus {
            sources,
            files: &plan.files,
            settings: &plan.settings,
            titles: names.titles,
            title_index,
            complete,
            asked_for_day: AtomicBool::new(false),
        };
        let mut of_task = Judged::default();
        for group in witnesses.chunk_by(|a, b| a.key == b.key) {
            let key = group[0].key;
            let judged = trap(|| {
                let mut findings = Findings::default();
                judge(&corpus, group, &mut findings);
                findings
            });
            match judged {
                Ok(findings) => {
                    of_task.found.extend(findings.take(entry.name, entry.rule.severity).map(|found| (key, found)));
                }
                Err(words) => {
                    let file = corpus.sources.get(group[0].span.source);
                    of_task.crashes.push(crash(file, &format!("the rule {}", entry.name), &words));
                }
            }
            if corpus.asked_for_day.swap(false, Ordering::Relaxed) {
                of_task.asked.push((rule as u16, key));
            }
        }
        of_task
    };
    let judged: Vec<Judged> = cuts.par_windows(2).map(|cut| of_task(&witnesses[cut[0]..cut[1]])).collect();
    let mut all = Vec::new();
    for Judged { found, asked, crashes } in judged {
        for (key, found) in found {
            // What is found lies in one of several articles: its level is that of the rule there.
            if let Some(severity) = plan.level(found.primary.span.source, rule) {
                heard.judges.push((rule as u16, check as u8, key));
                all.push(Diagnostic { severity, ..found });
            }
        }
        heard.asked.extend(asked);
        heard.crashes.extend(crashes);
    }
    locate(sources, plan, &mut all);
    heard.diagnostics.append(&mut all);
    sources.release();
}

/// What came of the witnesses of one task.
#[derive(Default)]
struct Judged {
    /// What was found under which key.
    found: Vec<(u64, Diagnostic)>,
    asked: Vec<last::Group>,
    crashes: Vec<Problem>,
}

/// Settles where findings of judges lie, and what tells them from others. Their files are parsed anew: few of a large corpus are in
/// question.
fn locate(sources: &mut Sources, plan: &Plan<'_>, diagnostics: &mut [Diagnostic]) {
    for batch in diagnostics.chunks_mut(FINDINGS_A_BATCH) {
        let labels = batch.iter().flat_map(|found| std::iter::once(&found.primary).chain(&found.related));
        let mut files: Vec<SourceId> = labels.map(|label| label.span.source).collect();
        files.sort_unstable();
        files.dedup();
        let read = |id: SourceId| {
            let file = sources.get(id);
            let article = file.unreadable.is_none().then(|| article::parse_file(id, file, plan.layout(id)));
            (id, Reading::new(file, article.as_ref()))
        };
        let readings: HashMap<SourceId, Reading<'_>> = files.par_iter().map(|&id| read(id)).collect();
        place(sources, plan, &readings, batch);
        drop(readings);
        keep_positions(sources, batch);
        sources.release();
    }
}

/// Brings findings into the texts as they are written, and gives each its fingerprint but for its number among its equals.
fn place(sources: &Sources, plan: &Plan<'_>, readings: &HashMap<SourceId, Reading<'_>>, found: &mut [Diagnostic]) {
    keep_marks(sources, plan, found);
    for diagnostic in found {
        diagnostic.fingerprint = fingerprint::of_places(readings, diagnostic);
    }
}

/// Keeps the lines and columns of findings whose texts may be given up.
fn keep_positions(sources: &mut Sources, found: &[Diagnostic]) {
    let labels = found.iter().flat_map(|found| std::iter::once(&found.primary).chain(&found.related));
    let edits = found.iter().filter_map(|found| found.fix.as_ref()).flat_map(|fix| &fix.edits);
    let spans = labels.map(|label| label.span).chain(edits.map(|edit| edit.span));
    let mut places: Vec<(SourceId, u32)> =
        spans.flat_map(|span| [(span.source, span.start), (span.source, span.end)]).collect();
    places.sort_unstable();
    places.dedup();
    sources.keep_positions(&places);
}

/// Sorts the findings by path, offset and rule.
fn sort(diagnostics: &mut [Diagnostic]) {
    let order = |diagnostic: &Diagnostic| {
        let span = diagnostic.primary.span;
        (span.source, span.start, diagnostic.rule, span.end)
    };
    // By their numbers: a sort of the findings themselves, which are large, would need room for all of them twice.
    let mut ranks: Vec<u32> = (0..diagnostics.len() as u32).collect();
    ranks.par_sort_by(|&a, &b| {
        let (a, b) = (&diagnostics[a as usize], &diagnostics[b as usize]);
        order(a).cmp(&order(b)).then_with(|| a.message.cmp(&b.message))
    });
    // Those that are in each other's places, in turn.
    for first in 0..ranks.len() {
        let mut rank = first;
        loop {
            let from = std::mem::replace(&mut ranks[rank], rank as u32) as usize;
            if from == first {
                break;
            }
            diagnostics.swap(rank, from);
            rank = from;
        }
    }
}

/// Takes away the findings that are more than the limits allow, the last of each file and of the run, and says so.
fn cut(sources: &Sources, plan: &Plan<'_>, diagnostics: &mut Vec<Diagnostic>, problems: &mut Vec<Problem>) {
    let mut of_file: HashMap<SourceId, usize> = HashMap::new();
    diagnostics.retain(|found| {
        let source = found.primary.span.source;
        let number = of_file.entry(source).or_default();
        *number += 1;
        *number <= plan.settings_of(source).limits.findings_of_file
    });
    for (source, number) in of_file {
        let most = plan.settings_of(source).limits.findings_of_file;
        if number > most {
            let reason = format!(
                "only the first {most} of its {number} findings are shown (`max-findings-per-file` in the configuration)"
            );
            problems.push(Problem { path: sources.get(source).path.clone(), reason });
        }
    }
    let limits = plan.files.iter().map(|file| plan.settings[file.settings].limits);
    let most = limits.map(|limits| limits.findings).max().unwrap_or(usize::MAX);
    if diagnostics.len() > most
        && let Some(first) = diagnostics.get(most)
    {
        let (path, number) = (sources.get(first.primary.span.source).path.clone(), diagnostics.len());
        let reason = format!(
            "only the first {most} of all {number} findings are shown, up to here (`max-findings` in the configuration)"
        );
        problems.push(Problem { path, reason });
        diagnostics.truncate(most);
    }
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
    pub by_rule: BTreeMap<&'static str, usize>,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::reference::OutsideTitles;
    use crate::rule::{Context, Rule};
    use crate::rules::{Entry, RULES};
    use crate::schema::Kinds;
    use crate::time::Day;
    use std::path::PathBuf;

    fn fail_on_gozo(article: &article::Article<'_>, _: &Context<'_>, _: &mut Findings) {
        assert!(article.title_text() != Some("Gozo"), "no rule for {}", article.path);
    }

    fn map(article: &article::Article<'_>, _: &Context<'_>, witnesses: &mut Witnesses) {
        witnesses.add(u64::from(article.title_text() == Some("Gozo")), article.head(), 0);
    }

    fn judge(_: &Corpus<'_>, witnesses: &[Witness], _: &mut Findings) {
        assert!(witnesses[0].key == 0, "no verdict");
    }

    static IN_ARTICLE: Rule =
        Rule { severity: Severity::Error, checks: &[Check::Article(fail_on_gozo)], thresholds: &[] };
    static IN_CORPUS: Rule =
        Rule { severity: Severity::Error, checks: &[Check::Corpus { map, judge }], thresholds: &[] };
    static FAILING: [Entry; 2] = [
        Entry { name: "test/article", file: "", rule: &IN_ARTICLE },
        Entry { name: "test/corpus", file: "", rule: &IN_CORPUS },
    ];

    fn run(sources: &mut Sources, rules: &[&'static Entry], settings: Settings<'_>) -> Checked {
        let plan = Plan::uniform(sources, rules, settings);
        check(sources, &plan, true)
    }

    #[test]
    fn a_rule_that_takes_too_long_is_named_and_the_rest_is_not_run() {
        let text = String::from("= Comino =\n\nThe pier was opened on 31 June 1921.\n");
        let mut sources = Sources::new(vec![SourceFile::new(String::from("a.txt"), PathBuf::new(), text)]);
        let kinds = Kinds::new(&Config::default()).unwrap();
        let outside = OutsideTitles::default();
        let mut settings = Settings::plain(&kinds, &outside, Day::new(2026, 11, 1).unwrap());
        let rules: Vec<&Entry> = RULES.iter().filter(|entry| entry.group() == "date").collect();
        assert!(run(&mut sources, &rules, settings).crashes.is_empty());
        settings.limits.time = Some(std::time::Duration::ZERO);
        let checked = run(&mut sources, &rules, settings);
        let [crash] = checked.crashes.as_slice() else { panic!("{:?}", checked.crashes) };
        assert!(crash.path == "a.txt" && crash.reason.contains(&format!("the rule {} took longer", rules[0].name)));
        assert!(checked.diagnostics.is_empty(), "what stands behind it did not look");
    }

    #[test]
    fn a_rule_that_fails_hides_nothing() {
        let text = |title: &str| format!("= {title} =\n\nThe pier was opened on 31 June 1921.\n");
        let file = |title: &str| SourceFile::new(format!("{title}.txt"), PathBuf::new(), text(title));
        let mut sources = Sources::new(vec![file("Comino"), file("Gozo")]);
        let kinds = Kinds::new(&Config::default()).unwrap();
        let outside = OutsideTitles::default();
        let settings = Settings::plain(&kinds, &outside, Day::new(2026, 11, 1).unwrap());
        let rules: Vec<&Entry> = FAILING.iter().chain(RULES.iter().filter(|entry| entry.group() == "date")).collect();
        let checked = run(&mut sources, &rules, settings);
        let found: Vec<&str> = checked.diagnostics.iter().map(|diagnostic| diagnostic.rule).collect();
        assert_eq!(found, ["date/impossible", "date/impossible"], "the others are found in both articles");
        let crashes: Vec<&str> = checked.crashes.iter().map(|crash| crash.reason.as_str()).collect();
        assert!(checked.crashes.iter().all(|crash| crash.path == "Gozo.txt"), "{crashes:?}");
        assert!(crashes[0].contains("test/article") && crashes[0].contains("no rule for Gozo.txt"), "{crashes:?}");
        assert!(crashes[1].contains("test/corpus") && crashes[1].contains("no verdict"), "{crashes:?}");
        assert!(crashes.iter().all(|crash| crash.contains(VERSION)) && crashes.len() == 2);
    }
}
