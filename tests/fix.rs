//! `lint --fix`: what it writes is what `--diff` shows and nothing else, a second time it finds nothing to do, and a file is at any
//! moment, and after whatever fault, the old one or the new.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Instant;

/// What articles with corrections are made of; line ends are put in later.
const PARTS: &[&str] = &[
    "= Weir of Tamm =",
    "4711,",
    "WeirofTamm,",
    "= Weir of Tamm",
    "# Mill of Tamm",
    "The weir of Tamm was built in October, 1921.",
    "The mill of Tamm was opened on the 22th of June 1899, in 5 May 1920 rebuilt, and closed on Monday, 6 June 1944.",
    "It had a wheel between 1920 to 1925. See [[mill of tamm|the mill]] and [[Mil of Tamm]].",
    "",
    "",
    "==See also==",
    "- Mill of tamm",
    "- Mill of Tamm",
    "- Mill of Tamm",
    "- weir of tamm",
    "- Weir  of  Tamm",
    "A tab\there, a no-break\u{a0}space, 日本 and é.",
];

fn seedlint(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_seedlint"))
        .args(["lint", "--as-of", "2026-11-01"])
        .args(arguments)
        .current_dir(folder)
        .env_remove("GITHUB_ACTIONS")
        .output()
        .expect("the program runs")
}

fn findings(folder: &Path) -> Vec<Value> {
    let output = seedlint(folder, &["--output-format", "json", "."]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("the report is JSON");
    report["diagnostics"].as_array().expect("there are diagnostics").clone()
}

fn write(folder: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
}

/// The files of a folder and their bytes.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.is_file()).map(|path| (path.clone(), fs::read(&path).unwrap())).collect()
}

/// Applies a unified diff to texts: written anew here, so that what is shown is measured and not what shows it.
fn patched(files: &BTreeMap<PathBuf, Vec<u8>>, folder: &Path, diff: &[u8]) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut result = files.clone();
    let mut lines = diff.split_inclusive(|&byte| byte == b'\n').peekable();
    while let Some(line) = lines.next() {
        let name = String::from_utf8(line.to_vec()).unwrap();
        let name = name.strip_prefix("--- ").expect("a diff of a file").trim_end().trim_start_matches("./");
        assert!(lines.next().is_some_and(|line| line.starts_with(b"+++ ")));
        let path = folder.join(name);
        let old: Vec<&[u8]> = files[&path].split_inclusive(|&byte| byte == b'\n').collect();
        let (mut new, mut at) = (Vec::new(), 0);
        while let Some(hunk) = lines.next_if(|line| line.starts_with(b"@@ -")) {
            let numbers = String::from_utf8(hunk[4..].to_vec()).unwrap();
            let place = numbers.split([' ', ',']).next().unwrap();
            let start = place.parse::<usize>().unwrap().saturating_sub(1);
            new.extend(old[at..start].iter().flat_map(|line| line.iter()));
            at = start;
            let mut kept = false;
            while let Some(line) = lines.next_if(|line| !line.starts_with(b"@@ -") && !line.starts_with(b"--- ")) {
                let was_kept = std::mem::replace(&mut kept, line[0] != b'-');
                match line[0] {
                    b' ' | b'-' => {
                        let without_end = |line: &[u8]| line.strip_suffix(b"\n").unwrap_or(line).to_vec();
                        assert_eq!(without_end(&line[1..]), without_end(old[at]), "the context is the file's");
                        if line[0] == b' ' {
                            new.extend(&line[1..]);
                        }
                        at += 1;
                    }
                    b'+' => new.extend(&line[1..]),
                    // "\ No newline at end of file" takes back the line end before it.
                    b'\\' if was_kept => assert_eq!(new.pop(), Some(b'\n')),
                    b'\\' => {}
                    other => panic!("{other} begins a line of a diff"),
                }
            }
        }
        new.extend(old[at..].iter().flat_map(|line| line.iter()));
        result.insert(path, new);
    }
    result
}

/// An article with what can be corrected.
fn text() -> impl Strategy<Value = String> {
    let lines = proptest::collection::vec(select(PARTS), 1..14);
    (lines, select(&["\n", "\r\n"][..]), any::<bool>(), any::<bool>()).prop_map(|(lines, end, mark, last)| {
        let mut text = String::from(if mark { "\u{FEFF}" } else { "" });
        text.push_str(&lines.join(end));
        if last {
            text.push_str(end);
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_shown_is_written_once_and_nothing_else(one in text(), other in text(), all in any::<bool>()) {
        let scratch = tempfile::tempdir().unwrap();
        let folder = scratch.path();
        write(folder, &[("one.txt", &one), ("other.txt", &other), ("mill.md", "# Mill of Tamm\n\nIt grinds oats.\n")]);
        let unsafe_fixes = if all { &["--unsafe-fixes"][..] } else { &[] };
        let before = contents(folder);
        let shown = seedlint(folder, &[&["--diff", "."], unsafe_fixes].concat());
        prop_assert_eq!(&contents(folder), &before, "--diff writes nothing");

        let fixed = seedlint(folder, &[&["--fix", "."], unsafe_fixes].concat());
        let after = contents(folder);
        prop_assert_eq!(&patched(&before, folder, &shown.stdout), &after, "--diff shows what --fix writes");
        prop_assert_eq!(shown.status.code(), fixed.status.code());

        // What was corrected is the only thing that changed: line ends and the byte-order mark stay.
        for (path, old) in &before {
            let new = &after[path];
            prop_assert_eq!(new.starts_with("\u{FEFF}".as_bytes()), old.starts_with("\u{FEFF}".as_bytes()));
            let lone = |bytes: &[u8]| bytes.windows(2).filter(|pair| pair[1] == b'\n' && pair[0] != b'\r').count();
            if old.windows(2).any(|pair| pair == b"\r\n") {
                prop_assert_eq!(lone(new), lone(old), "no line end is another than before");
            }
            prop_assert_eq!(new.ends_with(b"\n"), old.ends_with(b"\n"));
        }

        seedlint(folder, &[&["--fix", "."], unsafe_fixes].concat());
        prop_assert_eq!(&contents(folder), &after, "a second time there is nothing to do");
        let left: Vec<Value> = findings(folder).into_iter().filter(|found| found["fix"]["safe"] == true).collect();
        prop_assert!(left.is_empty(), "{:?}", left);
    }
}

/// The last of two entries is removed with the empty line above it where no line end is behind it.
#[test]
fn a_text_without_a_last_line_end_stays_without() {
    let scratch = tempfile::tempdir().unwrap();
    let text = "= Weir of Tamm =\n\nIt feeds a mill.\n\n==See also==\n- Mill of Tamm\n\n- Mill of Tamm";
    write(scratch.path(), &[("weir.txt", text), ("mill.md", "# Mill of Tamm\n\nIt grinds oats.\n")]);
    seedlint(scratch.path(), &["--fix", "."]);
    let left = fs::read_to_string(scratch.path().join("weir.txt")).unwrap();
    assert_eq!(left, text.strip_suffix("\n\n- Mill of Tamm").unwrap());
}

#[test]
fn corrections_of_all_rules_that_offer_them() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path();
    let tamm = "= Weir of Tamm =\r\n\r\nThe weir of Tamm was built in October, 1921. It fell on Monday, 7 June 1944.\r\n\
        It feeds [[mill of Tamm]] and [[Bleachry of Tamm]].\r\n\r\n==See also==\r\n- Mill of Tamm\r\n- Mill of Tamm\r\n- Mill Of Tamm";
    write(
        folder,
        &[
            ("weir.txt", tamm),
            ("mill.txt", "4711,\nMillofTamm,\n\nThe mill of Tamm grinds oats.\n"),
            ("bleachery.md", "# Bleachery of Tamm\n\nLinen was bleached here.\n"),
        ],
    );
    let output = seedlint(folder, &["--fix", ".", "--output-format", "concise"]);
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(message, "5 findings in 2 files corrected\n");
    let fixed = "= Weir of Tamm =\r\n\r\nThe weir of Tamm was built in October 1921. It fell on Monday, 7 June 1944.\r\n\
        It feeds [[mill of Tamm]] and [[Bleachry of Tamm]].\r\n\r\n==See also==\r\n- Mill of Tamm";
    assert_eq!(fs::read_to_string(folder.join("weir.txt")).unwrap(), fixed);
    assert_eq!(
        fs::read_to_string(folder.join("mill.txt")).unwrap(),
        "4711,\nMill of Tamm,\n\nThe mill of Tamm grinds oats.\n"
    );
    assert_eq!(output.status.code(), Some(1), "the weekday is still wrong");

    let output =
        seedlint(folder, &["--fix", "--unsafe-fixes", ".", "--select", "date,reference", "--output-format", "concise"]);
    let fixed = fixed.replace("Monday", "Wednesday").replace("Bleachry", "Bleachery");
    assert_eq!(fs::read_to_string(folder.join("weir.txt")).unwrap(), fixed);
    assert_eq!(output.status.code(), Some(0), "nothing is left");
}

/// A title that begins as an item of a list would grow with every correction.
#[test]
fn a_title_that_begins_with_a_mark_of_a_list_is_not_written() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path();
    let text = "=* Weir of Lohn =\n\nThe weir feeds a mill.\n\n==See also==\n- * weir of lohn\n- - Weir of Lohn\n";
    write(folder, &[("a.txt", text)]);
    for _ in 0..2 {
        seedlint(folder, &["--fix", "--unsafe-fixes", "."]);
        let now = fs::read_to_string(folder.join("a.txt")).unwrap();
        assert!(now.len() <= text.len() + 8, "{now}");
    }
}

#[test]
fn what_is_no_text_is_never_written() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path();
    let bytes = b"= Weir of Tamm =\n\nIn October, 1921 \xFF it fell.\n".to_vec();
    fs::write(folder.join("a.txt"), &bytes).unwrap();
    seedlint(folder, &["--fix", "--unsafe-fixes", "."]);
    assert_eq!(fs::read(folder.join("a.txt")).unwrap(), bytes);
}

#[test]
fn flags_that_make_no_sense_together_are_refused() {
    let scratch = tempfile::tempdir().unwrap();
    write(scratch.path(), &[("a.txt", "= A =\n\nIn October, 1921 it fell.\n")]);
    for arguments in [&["--unsafe-fixes", "."][..], &["--fix", "-"]] {
        let output = seedlint(scratch.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!output.stderr.is_empty() && output.stdout.is_empty());
    }
    assert_eq!(fs::read_to_string(scratch.path().join("a.txt")).unwrap(), "= A =\n\nIn October, 1921 it fell.\n");
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    const BAD: &str = "= Weir of Tamm =\n\nThe weir of Tamm was built in October, 1921.\n";
    const GOOD: &str = "= Weir of Tamm =\n\nThe weir of Tamm was built in October 1921.\n";

    fn read(path: &Path) -> String {
        fs::read_to_string(path).unwrap()
    }

    #[test]
    fn the_mode_stays() {
        let scratch = tempfile::tempdir().unwrap();
        let file = scratch.path().join("a.txt");
        fs::write(&file, BAD).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        let owner = fs::metadata(&file).unwrap().uid();
        assert_eq!(seedlint(scratch.path(), &["--fix", "."]).status.code(), Some(0));
        assert_eq!(read(&file), GOOD);
        let metadata = fs::metadata(&file).unwrap();
        assert_eq!((metadata.permissions().mode() & 0o777, metadata.uid()), (0o640, owner));
        assert_eq!(fs::read_dir(scratch.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn links_are_never_followed_out() {
        let scratch = tempfile::tempdir().unwrap();
        let (tree, outside) = (scratch.path().join("tree"), scratch.path().join("outside"));
        fs::create_dir(&tree).unwrap();
        fs::create_dir(&outside).unwrap();
        fs::write(outside.join("a.txt"), BAD).unwrap();
        symlink(outside.join("a.txt"), tree.join("link.txt")).unwrap();
        // Named, the link is read; it is not written.
        let output = seedlint(&tree, &["--fix", "link.txt"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains("symbolic link"));
        assert_eq!(read(&outside.join("a.txt")), BAD);
        assert!(fs::symlink_metadata(tree.join("link.txt")).unwrap().is_symlink());
        // A folder that is named is the tree, link or not.
        symlink(&outside, scratch.path().join("named")).unwrap();
        assert_eq!(seedlint(scratch.path(), &["--fix", "named"]).status.code(), Some(0));
        assert_eq!(read(&outside.join("a.txt")), GOOD);
    }

    #[test]
    fn a_hard_link_elsewhere_keeps_its_text() {
        let scratch = tempfile::tempdir().unwrap();
        fs::create_dir(scratch.path().join("tree")).unwrap();
        let (inside, outside) = (scratch.path().join("tree/a.txt"), scratch.path().join("b.txt"));
        fs::write(&outside, BAD).unwrap();
        fs::hard_link(&outside, &inside).unwrap();
        seedlint(scratch.path(), &["--fix", "tree"]);
        assert_eq!((read(&inside), read(&outside)), (GOOD.to_owned(), BAD.to_owned()));
    }

    /// Articles that take long enough to write that a signal can come between.
    fn many(folder: &Path) -> (BTreeMap<PathBuf, Vec<u8>>, BTreeMap<PathBuf, Vec<u8>>) {
        for number in 0..60 {
            let body =
                format!("The weir of Tamm {number} was built in October, 1921. It stood for {number} years.\n\n")
                    .repeat(40);
            fs::write(folder.join(format!("{number}.txt")), format!("= Weir of Tamm {number} =\n\n{body}")).unwrap();
        }
        let old = contents(folder);
        let new = old.iter().map(|(path, text)| {
            (
                path.clone(),
                String::from_utf8(text.clone()).unwrap().replace("October, 1921", "October 1921").into_bytes(),
            )
        });
        (old.clone(), new.collect())
    }

    fn fixing(folder: &Path) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_seedlint"));
        command.args(["lint", "--fix", "--select", "date/malformed", "--quiet", "."]).current_dir(folder);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    #[test]
    fn a_kill_leaves_each_file_old_or_new() {
        const KILLS: u32 = 80;
        let scratch = tempfile::tempdir().unwrap();
        let folder = scratch.path();
        let (old, new) = many(folder);
        let start = Instant::now();
        assert!(fixing(folder).status().unwrap().success());
        let whole = start.elapsed();
        assert_eq!(contents(folder), new);
        let (mut cut_short, mut left_over) = (0, 0);
        for kill in 0..KILLS {
            for (path, text) in &old {
                fs::write(path, text).unwrap();
            }
            let mut child = fixing(folder).spawn().unwrap();
            // Moments spread over the whole run, in an order that repeats no pattern.
            std::thread::sleep(whole * (kill * 37 % KILLS) / KILLS);
            let _ = child.kill();
            let _ = child.wait();
            let found = contents(folder);
            let mut changed = 0;
            for (path, text) in &found {
                if path.file_name().unwrap().to_str().unwrap().starts_with(".seedlint-") {
                    left_over += 1;
                    continue;
                }
                assert!(*text == old[path] || *text == new[path], "{} is neither old nor new", path.display());
                changed += usize::from(*text == new[path] && new[path] != old[path]);
            }
            assert!(old.keys().all(|path| found.contains_key(path)), "no file is gone");
            cut_short += usize::from(changed > 0 && changed < old.len());
        }
        assert!(cut_short > 0, "some kills came between the first file and the last");
        // What killed runs left beside the files is gone after the next.
        assert!(fixing(folder).status().unwrap().success());
        if Path::new("/proc/self").exists() {
            assert_eq!(contents(folder), new, "{left_over} temporary files were left over");
        }
    }

    /// A limit on the size of files: what is longer cannot be written to its end.
    fn with_limit(folder: &Path, trap: &str) -> Output {
        Command::new("sh")
            .args(["-c", &format!("{trap} ulimit -f 8; exec \"$0\" lint --fix --select date/malformed .")])
            .arg(env!("CARGO_BIN_EXE_seedlint"))
            .current_dir(folder)
            .output()
            .expect("there is a shell")
    }

    #[test]
    fn what_cannot_be_written_to_its_end_is_not_written() {
        let scratch = tempfile::tempdir().unwrap();
        let folder = scratch.path();
        let long = format!(
            "= Weir of Tamm =\n\n{}",
            "The weir of Tamm was built in October, 1921. It fell at once.\n\n".repeat(400)
        );
        write(folder, &[("a.txt", BAD), ("b.txt", &long)]);
        // The write fails: the file stays, the other is corrected, and nothing is left beside them.
        let output = with_limit(folder, "trap '' XFSZ;");
        assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(String::from_utf8_lossy(&output.stderr).contains("b.txt: it was not written"));
        assert_eq!((read(&folder.join("a.txt")), read(&folder.join("b.txt"))), (GOOD.to_owned(), long.clone()));
        assert_eq!(fs::read_dir(folder).unwrap().count(), 2);
        // The signal kills: the file stays all the same.
        fs::write(folder.join("a.txt"), BAD).unwrap();
        with_limit(folder, "");
        assert_eq!(read(&folder.join("b.txt")), long);
        assert!(matches!(read(&folder.join("a.txt")).as_str(), BAD | GOOD));
    }

    #[test]
    #[allow(clippy::print_stderr)] // says what it skips
    fn a_full_disk_loses_nothing() {
        let scratch = tempfile::tempdir().unwrap();
        let disk = scratch.path().join("disk");
        fs::create_dir(&disk).unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=64k", "tmpfs"])
            .arg(&disk)
            .stderr(Stdio::null())
            .status();
        if !mounted.is_ok_and(|status| status.success()) {
            eprintln!("SKIPPED: no disk can be mounted here");
            return;
        }
        let text = format!(
            "= Weir of Tamm =\n\n{}",
            "The weir of Tamm was built in October, 1921. It fell at once.\n\n".repeat(700)
        );
        fs::write(disk.join("a.txt"), &text).unwrap();
        let output = seedlint(&disk, &["--fix", "--select", "date/malformed", "."]);
        let after = fs::read_to_string(disk.join("a.txt"));
        let files = fs::read_dir(&disk).unwrap().count();
        Command::new("umount").arg(&disk).status().unwrap();
        assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!((after.unwrap(), files), (text, 1));
    }

    #[test]
    fn what_changed_meanwhile_is_not_overwritten() {
        use seedlint::fix::{Refusal, Writer};
        let scratch = tempfile::tempdir().unwrap();
        let file = scratch.path().join("a.txt");
        fs::write(&file, "edited meanwhile\n").unwrap();
        let mut writer = Writer::new(&[scratch.path().to_owned()]);
        assert!(matches!(writer.replace(&file, BAD, GOOD), Err(Refusal::Changed)));
        assert_eq!(read(&file), "edited meanwhile\n");
        // What lies in no folder that was named is not written, even behind a folder that became a link.
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("b.txt"), BAD).unwrap();
        symlink(outside.path(), scratch.path().join("sub")).unwrap();
        assert!(matches!(writer.replace(&scratch.path().join("sub/b.txt"), BAD, GOOD), Err(Refusal::Link)));
        assert_eq!(read(&outside.path().join("b.txt")), BAD);
    }

    /// As long as before, and another text all the same.
    #[test]
    fn what_changed_without_growing_is_not_overwritten() {
        use seedlint::fix::{Refusal, Writer};
        let scratch = tempfile::tempdir().unwrap();
        let file = scratch.path().join("a.txt");
        let edited = BAD.replace("1921", "1912");
        fs::write(&file, &edited).unwrap();
        let mut writer = Writer::new(&[scratch.path().to_owned()]);
        assert!(matches!(writer.replace(&file, BAD, GOOD), Err(Refusal::Changed)));
        assert_eq!(read(&file), edited);
    }

    /// A pipe that has come to stand where an article or a report was is not even opened: that would wait for a writer for ever.
    #[test]
    #[allow(clippy::print_stderr)] // says what it skips
    fn what_is_no_file_any_more_is_not_written() {
        use seedlint::fix::{Refusal, Writer, write_whole};
        let scratch = tempfile::tempdir().unwrap();
        let pipe = scratch.path().join("a.txt");
        if !Command::new("mkfifo").arg(&pipe).status().is_ok_and(|status| status.success()) {
            eprintln!("SKIPPED: no pipe can be made here");
            return;
        }
        let mut writer = Writer::new(&[scratch.path().to_owned()]);
        assert!(matches!(writer.replace(&pipe, BAD, GOOD), Err(Refusal::Changed)));
        assert!(matches!(write_whole(scratch.path(), GOOD), Err(Refusal::Changed)));
        assert!(matches!(write_whole(&pipe, GOOD), Err(Refusal::Changed)));
        assert_eq!(fs::read_dir(scratch.path()).unwrap().count(), 1, "nothing was put beside it");
    }
}
