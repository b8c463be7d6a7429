//! `lint --watch`: runs again after each change.

mod common;

use common::folder::Folder;
use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// A running program, which is ended when the test is over.
struct Running {
    child: Child,
    lines: Receiver<String>,
}

impl Running {
    fn start(folder: &Folder, arguments: &str) -> Self {
        let mut command = folder.command(arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (sender, lines) = channel();
        let streams: [Box<dyn std::io::Read + Send>; 2] =
            [Box::new(child.stdout.take().unwrap()), Box::new(child.stderr.take().unwrap())];
        for stream in streams {
            let sender = sender.clone();
            std::thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    let _ = sender.send(line);
                }
            });
        }
        Self { child, lines }
    }

    /// Waits until a run is over that has said all of these words, in whatever order: two streams have none.
    #[track_caller]
    fn wait_for(&self, words: &[&str]) {
        let mut left = [&["watching for changes"], words].concat();
        let mut seen = Vec::new();
        while let Ok(line) = self.lines.recv_timeout(Duration::from_secs(60)) {
            left.retain(|words| !line.contains(words));
            if left.is_empty() {
                return;
            }
            seen.push(line);
        }
        panic!("{left:?} does not come; there was {seen:?}");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const WATCH: &str = "lint --watch --no-cache --output-format concise";

#[test]
fn a_change_is_checked_at_once() {
    let folder = Folder::new(&[("seeds/a.txt", "= A =\n\nA is a pier.\n")]);
    let running = Running::start(&folder, &format!("{WATCH} seeds"));
    running.wait_for(&["1 article: nothing to report"]);
    folder.write("seeds/a.txt", "= A =\n\nIt was opened on 31 June 1921.\n");
    running.wait_for(&["seeds/a.txt changed", "31 June 1921"]);
    // A new file, in a new folder.
    folder.write("seeds/more/b.txt", "= B =\n\nIt was opened on 30 February 1922.\n");
    running.wait_for(&["30 February 1922", "2 articles: 2 errors"]);
    fs::remove_file(folder.path("seeds/a.txt")).unwrap();
    running.wait_for(&["seeds/a.txt changed", "1 article: 1 error"]);
}

#[test]
fn a_faulty_configuration_is_told_and_waited_out() {
    let folder = Folder::new(&[("seeds/a.txt", "= A =\n\nIt was opened on 31 June 1921.\n")]);
    let running = Running::start(&folder, &format!("{WATCH} seeds"));
    running.wait_for(&["1 error"]);
    folder.write("seedlint.yaml", "ignore: [date/imposible]\n");
    running.wait_for(&["imposible"]);
    folder.write("seedlint.yaml", "ignore: [date/impossible]\n");
    running.wait_for(&["nothing to report"]);
}

#[test]
fn a_single_file_is_watched_too_though_its_editor_replaces_it() {
    let folder = Folder::new(&[("a.txt", "= A =\n\nA is a pier.\n")]);
    let running = Running::start(&folder, &format!("{WATCH} a.txt"));
    running.wait_for(&["nothing to report"]);
    folder.write(".a.txt.new", "= A =\n\nIt was opened on 31 June 1921.\n");
    fs::rename(folder.path(".a.txt.new"), folder.path("a.txt")).unwrap();
    running.wait_for(&["31 June 1921"]);
}

#[test]
fn what_is_no_article_of_ours_is_no_reason_to_run() {
    let folder = Folder::new(&[("seeds/a.txt", "= A =\n\nA is a pier.\n")]);
    let running = Running::start(&folder, &format!("{WATCH} --output-file seeds/report seeds"));
    running.wait_for(&[]);
    // The other stream may still have a line.
    while running.lines.recv_timeout(Duration::from_millis(500)).is_ok() {}
    // The report itself was written by then; a log beside the articles, and what an editor leaves.
    for name in ["log.txt", "seeds/.a.txt.swp", "seeds/a.txt~"] {
        folder.write(name, "= A =\n\nIt was opened on 31 June 1921.\n");
    }
    assert!(running.lines.recv_timeout(Duration::from_secs(2)).is_err(), "nothing is said");
    folder.write("seeds/a.txt", "= A =\n\nA is an old pier.\n");
    running.wait_for(&["seeds/a.txt changed"]);
}
