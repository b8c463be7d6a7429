//! Faults of the system at every read and write, and kills at every step of a write: a file is the old one or the new one, never empty
//! and never half, and who did not do all of the work says so.
//!
//! `strace` makes the system calls fail. Where it is missing, or may not trace, the tests skip, and say so.

#![cfg(target_os = "linux")]
#![allow(clippy::print_stderr)] // counts, and what was skipped

mod common;

use common::folder::Folder;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

/// All files of a folder with what is in them.
type State = BTreeMap<String, Vec<u8>>;

/// Something that the program does to files.
struct Deed {
    arguments: &'static str,
    files: &'static [(&'static str, &'static str)],
}

const DAMAGED: &str = "= Pier =\n\nThe pier was opened in October, 2005. It was closed on 31 June 1921.\n\n==See also==\n- Gozo\n- Gozo\n";
const GOZO: &str = "= Gozo =\n\nGozo is an island.\n";

const DEEDS: &[Deed] = &[
    Deed { arguments: "lint --jobs 1 --no-cache seeds", files: &[("seeds/a.txt", DAMAGED), ("seeds/b.txt", GOZO)] },
    Deed {
        arguments: "lint --jobs 1 --no-cache --fix seeds",
        files: &[("seeds/a.txt", DAMAGED), ("seeds/b.txt", DAMAGED)],
    },
    Deed {
        arguments: "lint --jobs 1 --no-cache --output-format json --output-file out.json seeds",
        files: &[("seeds/a.txt", DAMAGED), ("out.json", "an old report")],
    },
    Deed {
        arguments: "lint --jobs 1 --cache-dir kept seeds",
        files: &[("seeds/a.txt", DAMAGED), ("seeds/b.txt", GOZO)],
    },
    Deed { arguments: "baseline create --jobs 1 seeds", files: &[("seeds/a.txt", DAMAGED), ("seeds/b.txt", GOZO)] },
    Deed { arguments: "init seeds", files: &[("seeds/a.txt", DAMAGED), ("seeds/b.txt", GOZO)] },
];

/// Calls that are made to fail, and how.
const FAULTS: &[(&str, &[&str])] = &[
    ("openat", &["EACCES", "EMFILE", "EINTR"]),
    ("read", &["EIO", "EINTR"]),
    ("write", &["ENOSPC", "EIO", "EINTR"]),
    ("fsync", &["EIO"]),
    ("rename", &["EACCES", "EIO"]),
    ("renameat2", &["EACCES"]),
    ("fchmod", &["EPERM"]),
    ("unlink", &["EACCES"]),
    ("statx", &["EACCES"]),
    ("getdents64", &["EIO"]),
    ("mkdir", &["EACCES"]),
];

/// Calls before which the program is killed.
const KILLS: &[&str] = &["openat", "write", "fsync", "rename", "renameat2", "fchmod", "unlink"];

fn may_trace() -> bool {
    let traced = Command::new("strace").args(["-f", "-e", "trace=write", "true"]).stderr(Stdio::null()).status();
    let may = traced.is_ok_and(|status| status.success());
    if !may {
        eprintln!("SKIPPED: strace is not here, or may not trace; no fault was injected");
    }
    may
}

fn state(folder: &Folder) -> State {
    let root = folder.path("");
    common::files_below(&root)
        .into_iter()
        .map(|path| (path.strip_prefix(&root).unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap()))
        .collect()
}

/// The program under `strace`, with more arguments for that.
fn traced(folder: &Folder, deed: &Deed, strace: &[&str]) -> Command {
    let program = folder.command(deed.arguments);
    let mut command = Command::new("strace");
    command.args(["-f", "-qq"]).args(strace).arg(program.get_program()).args(program.get_args());
    let path = std::env::var_os("PATH").unwrap_or_default();
    command.current_dir(folder.path("")).env_clear().env("PATH", path);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// What the deed leads to, and where it does what: for each call the numbers, counted in each thread, that touch the folder.
fn rehearse(deed: &Deed) -> (State, BTreeMap<String, BTreeSet<usize>>) {
    let folder = Folder::new(deed.files);
    let log = tempfile::NamedTempFile::new().unwrap();
    let names: Vec<&str> = FAULTS.iter().map(|(name, _)| *name).collect();
    let trace = format!("trace={}", names.join(","));
    let output = traced(&folder, deed, &["-y", "-e", &trace, "-o", log.path().to_str().unwrap()]).output().unwrap();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{output:?}");
    let root = fs::canonicalize(folder.path("")).unwrap().to_string_lossy().into_owned();
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut touched: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for line in fs::read_to_string(log.path()).unwrap().lines() {
        let Some((thread, call)) = line.split_once(' ') else { continue };
        let Some((name, rest)) = call.trim_start().split_once('(') else { continue };
        let count = counts.entry((thread.to_owned(), name.to_owned())).or_default();
        *count += 1;
        // What is written to the streams is lost when it cannot be: that is another test's.
        let here =
            rest.contains(&root) || rest.contains("\"seeds") || rest.contains("\"out.json") || rest.contains("\"kept");
        if here && names.contains(&name) {
            touched.entry(name.to_owned()).or_default().insert(*count);
        }
    }
    assert!(touched.values().map(BTreeSet::len).sum::<usize>() > 3, "{touched:?}");
    (state(&folder), touched)
}

/// Whether each file is the old one or the new one. What is kept between runs may be any of its own.
fn check(deed: &Deed, found: &State, after: &State, what: &str, may_leave_temporary: bool) {
    let before: BTreeMap<&str, &[u8]> = deed.files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    for (name, bytes) in found {
        let is_temporary = name.rsplit('/').next().unwrap().starts_with('.');
        if name.starts_with("kept/") || is_temporary && may_leave_temporary {
            continue;
        }
        let old = before.get(name.as_str()).is_some_and(|old| old == bytes);
        let new = after.get(name).is_some_and(|new| new == bytes);
        // What was written of what could be read is whole, though it is not the same.
        let text = String::from_utf8_lossy(bytes);
        let whole = match name.rsplit('.').next() {
            Some("json") => serde_json::from_str::<serde_json::Value>(&text).is_ok(),
            Some("yaml") => text.ends_with('\n') && seedlint::yaml::Document::parse(&text).is_ok(),
            _ => false,
        };
        assert!(old || new || whole, "{what}: {name} is neither old nor new: {text:?}");
    }
    for name in before.keys() {
        assert!(found.contains_key(*name), "{what}: {name} is lost");
    }
}

#[test]
fn whatever_call_fails_no_file_is_lost_and_nothing_is_taken_for_done() {
    if !may_trace() {
        return;
    }
    let injected = AtomicUsize::new(0);
    // All at once: most of the time a traced program waits.
    let of_deed = |deed: &Deed| {
        let (after, touched) = rehearse(deed);
        for (call, errors) in FAULTS {
            for number in touched.get(*call).into_iter().flatten() {
                for error in *errors {
                    let folder = Folder::new(deed.files);
                    let inject = format!("inject={call}:error={error}:when={number}");
                    let output =
                        traced(&folder, deed, &["-e", &format!("trace={call}"), "-e", &inject, "-o", "/dev/null"])
                            .output()
                            .unwrap();
                    let err = String::from_utf8_lossy(&output.stderr).into_owned();
                    // Calls are counted in each thread, so that the loader may be hit as well.
                    if err.contains("error while loading shared libraries") {
                        continue;
                    }
                    injected.fetch_add(1, Ordering::Relaxed);
                    let (what, found) = (format!("{}, {call} {number}: {error}", deed.arguments), state(&folder));
                    assert!(!err.contains("fault of seedlint") && !err.contains("panicked"), "{what}: {err}");
                    check(deed, &found, &after, &what, false);
                    let kept = |state: &State| {
                        state
                            .iter()
                            .filter(|(name, _)| !name.starts_with("kept/"))
                            .map(|(name, bytes)| (name.clone(), bytes.clone()))
                            .collect::<State>()
                    };
                    let code = output.status.code();
                    assert!(matches!(code, Some(0..=2)), "{what}: {output:?}");
                    assert!(
                        kept(&found) == kept(&after) || code == Some(2),
                        "{what}: not done, and status {code:?}: {err}"
                    );
                }
            }
        }
    };
    std::thread::scope(|scope| DEEDS.iter().for_each(|deed| drop(scope.spawn(|| of_deed(deed)))));
    let injected = injected.into_inner();
    assert!(injected > 100, "{injected} faults");
    eprintln!("{injected} faults injected, no file lost");
}

#[test]
fn whenever_it_is_killed_a_file_is_the_old_one_or_the_new_one() {
    if !may_trace() {
        return;
    }
    let mut killed = 0;
    for deed in DEEDS.iter().filter(|deed| !deed.arguments.ends_with("--no-cache seeds")) {
        let (after, touched) = rehearse(deed);
        for call in KILLS {
            for number in touched.get(*call).into_iter().flatten() {
                let folder = Folder::new(deed.files);
                let inject = format!("inject={call}:signal=KILL:when={number}");
                let output = traced(&folder, deed, &["-e", &format!("trace={call}"), "-e", &inject, "-o", "/dev/null"])
                    .output()
                    .unwrap();
                let what = format!("{}, killed at {call} {number}", deed.arguments);
                assert!(!output.status.success(), "{what}: {output:?}");
                killed += 1;
                check(deed, &state(&folder), &after, &what, true);
                // The next run is not disturbed by what is left.
                let again = folder.run(deed.arguments);
                assert!(
                    matches!(again.code, Some(0..=2)) && !again.err.contains("fault of seedlint"),
                    "{what}: {again:?}"
                );
            }
        }
    }
    assert!(killed > 20, "{killed} kills");
    eprintln!("{killed} kills, no file lost");
}

/// A file may be no longer than a kilobyte: what is longer is written in part, and then the call fails.
#[test]
fn what_can_be_written_only_in_part_leaves_the_old_file() {
    let long = |text: &str| format!("{text}\n{}", "The parish keeps a ledger of it.\n\n".repeat(100));
    let deeds = [
        ("lint --no-cache --fix seeds", "seeds/a.txt"),
        ("lint --no-cache --output-format json --output-file out.json seeds", "out.json"),
        ("baseline create seeds", ""),
        ("init seeds", ""),
    ];
    for (arguments, old) in deeds {
        // Many days that no calendar has make every report a long one.
        let text = long(DAMAGED) + &"It was closed on 31 June 1921.\n\n".repeat(30);
        let folder = Folder::new(&[("seeds/a.txt", &text), ("out.json", "an old report")]);
        let before = state(&folder);
        let program = folder.command(arguments);
        let mut command = Command::new("sh");
        command.args(["-c", "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\""]).arg(program.get_program());
        command.args(program.get_args()).current_dir(folder.path("")).env_clear();
        let ended = command.output().unwrap();
        assert_eq!(ended.status.code(), Some(2), "{arguments}: {}", String::from_utf8_lossy(&ended.stderr));
        assert!(!ended.stderr.is_empty(), "{arguments}");
        let after = state(&folder);
        assert_eq!(after, before, "{arguments}: {old} is not what it was, or something else is left behind");
    }
}
