//! `seedlint lint --watch`: checks again whenever an article or a configuration has changed, until it is interrupted.

use super::{Failure, Outcome, complain, warn};
use crate::config::{FILE_NAME, normal};
use crate::report::visible;
use crate::text::count;
use notify::{Event, EventKind, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// Editors write a file in several steps: it is waited until nothing more has happened for so long.
const QUIET: Duration = Duration::from_millis(100);
/// But no longer than this.
const PATIENCE: Duration = Duration::from_secs(2);

/// Does the work, and again whenever something at or below the paths has changed, or a configuration in this folder. The `reports` are what the work
/// writes itself.
pub(super) fn run(
    paths: &[PathBuf],
    reports: &[PathBuf],
    work: impl Fn() -> Result<Outcome, Failure>,
) -> Result<Outcome, Failure> {
    let whole = |path: &PathBuf| std::fs::canonicalize(path).or_else(|_| std::path::absolute(path)).ok();
    let within: Vec<PathBuf> = paths.iter().filter_map(whole).collect();
    let matters = |path: &Path| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        // Editors put such files beside one that they have open.
        let of_editor = name.starts_with('.') || name.ends_with('~');
        let is_report = reports.iter().any(|report| path.ends_with(report));
        name == FILE_NAME || !of_editor && !is_report && within.iter().any(|within| path.starts_with(within))
    };
    let (sender, events) = channel();
    let no_watch = |error: notify::Error| Failure::Argument {
        message: format!("the files cannot be watched: {error}"),
        help: String::from("leave out --watch, and run the command again after each change"),
    };
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        // Fails only when nobody listens any more.
        let _ = sender.send(event);
    })
    .map_err(no_watch)?;
    for path in paths {
        let (folder, mode) = match path.parent() {
            _ if path.is_dir() => (path.as_path(), RecursiveMode::Recursive),
            // Editors put a new file in the place of the old one: what is watched is the folder.
            Some(folder) if !folder.as_os_str().is_empty() => (folder, RecursiveMode::NonRecursive),
            _ => (Path::new("."), RecursiveMode::NonRecursive),
        };
        watcher.watch(folder, mode).map_err(no_watch)?;
    }
    // Where the configuration is most often. That it cannot be watched is no reason to stop.
    let _ = watcher.watch(Path::new("."), RecursiveMode::NonRecursive);
    loop {
        if let Err(failure) = work() {
            complain(&failure);
        }
        warn("watching for changes; interrupt to stop");
        let changed = next_changes(&events, matters);
        let Some(first) = changed.first() else { return Ok(Outcome::Failed) };
        let here = std::env::current_dir().unwrap_or_default();
        let first = first.strip_prefix(&here).unwrap_or(first);
        let more = changed.len() - 1;
        let more = if more > 0 { format!(" and {}", count(more, "other file")) } else { String::new() };
        warn(&format!("\n{}{more} changed", visible(&first.to_string_lossy())));
    }
}

/// Waits for a change that matters, and for those that follow at once. The paths; none when nothing is watched any more.
fn next_changes(events: &Receiver<notify::Result<Event>>, matters: impl Fn(&Path) -> bool) -> BTreeSet<PathBuf> {
    let mut changed = BTreeSet::new();
    let mut first = None;
    loop {
        let event = match first {
            None => events.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(first) if Instant::now().duration_since(first) > PATIENCE => return changed,
            Some(_) => events.recv_timeout(QUIET),
        };
        match event {
            Ok(Ok(event)) if !matches!(event.kind, EventKind::Access(_)) => {
                // What is gone has no other name than the one that is told.
                let real = |path: PathBuf| std::fs::canonicalize(&path).unwrap_or_else(|_| normal(&path));
                changed.extend(event.paths.into_iter().map(real).filter(|path| matters(path)));
                if !changed.is_empty() {
                    first.get_or_insert_with(Instant::now);
                }
            }
            Ok(_) => {}
            Err(_) => return changed,
        }
    }
}
