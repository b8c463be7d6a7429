//! Findings of what has changed alone, with the real git in repositories of their own.

mod common;

use common::folder::{Folder, Ran, finish};
use std::process::{Command, Output};

const PIER: &str = "= Pier =\n\nThe pier was opened on 31 June 1921.\n\nIt is long.\n";
const QUAY: &str = "= Quay =\n\nThe quay was opened on 31 April 1922.\n";

/// A folder that is a repository with the two articles in its first commit; nothing where there is no git.
#[allow(clippy::print_stderr)] // says what it skips
fn repository() -> Option<Repository> {
    if Command::new("git").arg("--version").output().is_err() {
        eprintln!("SKIPPED: git is not here");
        return None;
    }
    let repository = Repository(Folder::new(&[("seeds/pier.txt", PIER), ("seeds/quay.txt", QUAY)]));
    std::fs::remove_dir(repository.0.path(".git")).unwrap();
    repository.git("init --quiet -b main");
    repository.commit("first");
    Some(repository)
}

struct Repository(Folder);

impl Repository {
    fn try_git(&self, arguments: &str) -> Output {
        let mut command = Command::new("git");
        command.args(arguments.split_whitespace()).current_dir(self.0.path(""));
        command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
        for role in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{role}_NAME"), "test").env(format!("GIT_{role}_EMAIL"), "test@example.org");
        }
        command.output().unwrap()
    }

    #[track_caller]
    fn git(&self, arguments: &str) {
        let output = self.try_git(arguments);
        assert!(output.status.success(), "git {arguments}: {}", String::from_utf8_lossy(&output.stderr));
    }

    fn commit(&self, message: &str) {
        self.git("add -A");
        self.git(&format!("commit --quiet --allow-empty -m {message}"));
    }

    fn run(&self, arguments: &str) -> Ran {
        let mut command = self.0.command(arguments);
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        finish(command, "")
    }

    /// Paths and lines of the findings.
    fn found(&self, arguments: &str) -> Vec<String> {
        let ran = self.run(&format!("lint --output-format json --select date {arguments}"));
        let report = ran.report();
        let place =
            |finding: &serde_json::Value| format!("{}:{}", finding["path"].as_str().unwrap(), finding["start"]["line"]);
        report["diagnostics"].as_array().unwrap().iter().map(place).collect()
    }
}

#[test]
fn only_changed_lines_are_reported() {
    let Some(repository) = repository() else { return };
    assert_eq!(repository.found("--changed seeds"), [""; 0]);
    let longer = format!("{PIER}\nIt was closed on 31 June 1930.\n");
    repository.0.write("seeds/pier.txt", &longer);
    assert_eq!(repository.found("--changed seeds"), ["seeds/pier.txt:7"]);
    assert_eq!(repository.found("--changed"), ["seeds/pier.txt:7"], "the default path");
    assert_eq!(repository.found("--changed seeds/pier.txt"), ["seeds/pier.txt:7"]);
    assert_eq!(repository.found("--staged seeds"), [""; 0]);
    repository.git("add seeds/pier.txt");
    assert_eq!(repository.found("--staged seeds"), ["seeds/pier.txt:7"]);
    // What is put in above afterwards is not staged, and moves the lines that are.
    repository.0.write("seeds/pier.txt", longer.replace("= Pier =\n", "= Pier =\n\nIt was planned on 31 June 1911.\n"));
    assert_eq!(repository.found("--staged seeds"), ["seeds/pier.txt:9"]);
    assert_eq!(repository.found("--changed seeds"), ["seeds/pier.txt:3", "seeds/pier.txt:9"]);
}

#[test]
fn new_files_count_whole_and_renamed_ones_do_not() {
    let Some(repository) = repository() else { return };
    repository.0.write("seeds/mole.txt", PIER.replace("Pier", "Mole").replace("pier", "mole"));
    repository.0.write("seeds/ignored.txt", QUAY);
    repository.0.write(".gitignore", "ignored.txt\n");
    repository.git("mv seeds/quay.txt seeds/wharf.txt");
    assert_eq!(repository.found("--changed seeds"), ["seeds/mole.txt:3"]);
    assert_eq!(repository.found("--staged seeds"), [""; 0], "what git does not know is not staged");
    repository.git("rm --quiet --cached -r seeds");
    repository.commit("again");
    assert_eq!(repository.found("--changed=HEAD~1 seeds"), ["seeds/mole.txt:3"]);
}

#[test]
fn lines_that_are_gone_show_at_their_neighbours() {
    let Some(repository) = repository() else { return };
    repository.0.write("seeds/pier.txt", PIER.replace("\nIt is long.\n", ""));
    assert_eq!(repository.found("--changed seeds"), ["seeds/pier.txt:3"]);
}

#[test]
fn a_branch_is_compared_with_where_it_began() {
    let Some(repository) = repository() else { return };
    repository.git("checkout --quiet -b topic");
    repository.0.write("seeds/pier.txt", format!("{PIER}\nIt was closed on 31 June 1930.\n"));
    repository.commit("topic");
    repository.git("checkout --quiet main");
    repository.0.write("seeds/quay.txt", QUAY.replace("April", "June"));
    repository.commit("main");
    repository.git("checkout --quiet topic");
    assert_eq!(
        repository.found("--changed=main seeds"),
        ["seeds/pier.txt:7"],
        "what main did meanwhile is no change of ours"
    );
    repository.git("checkout --quiet --detach");
    assert_eq!(repository.found("--changed=main seeds"), ["seeds/pier.txt:7"], "HEAD need be no branch");
}

#[test]
fn a_finding_counts_when_any_of_its_places_has_changed() {
    let Some(repository) = repository() else { return };
    let said = "One fine day the seven envoys of Malta met the King of Spain in the old harbour.\n";
    repository.0.write("seeds/a.txt", format!("= A =\n\n{said}"));
    repository.commit("a");
    repository.0.write("seeds/b.txt", format!("= B =\n\n{said}"));
    let ran = repository.run("lint --output-format json --select fact --changed seeds");
    assert_eq!(ran.each("rule"), ["fact/duplicate"], "{ran:?}");
    repository.commit("b");
    repository.0.write("seeds/a.txt", format!("= A =\n\nIt was so. {said}"));
    let ran = repository.run("lint --output-format json --select fact --changed seeds");
    assert_eq!((ran.each("rule"), ran.each("path")), (vec!["fact/duplicate".into()], vec!["seeds/b.txt".to_owned()]));
}

#[test]
fn odd_names_and_odd_settings_do_no_harm() {
    let Some(repository) = repository() else { return };
    for name in ["a b.txt", "a\"b.txt", "a\nb.txt", "é.txt", "-x.txt", "+++ b.txt"] {
        repository.0.write(&format!("seeds/{name}"), QUAY);
    }
    assert_eq!(repository.found("--changed seeds").len(), 6);
    repository.commit("odd");
    let settings = [
        "diff.noprefix true",
        "diff.mnemonicPrefix true",
        "color.ui always",
        "diff.renames false",
        "diff.context 9",
        "core.quotePath false",
        "diff.algorithm patience",
        "diff.relative true",
    ];
    for setting in settings {
        repository.git(&format!("config {setting}"));
    }
    for name in ["a b.txt", "a\"b.txt", "a\nb.txt", "é.txt", "-x.txt", "+++ b.txt"] {
        repository
            .0
            .write(&format!("seeds/{name}"), format!("{QUAY}\n--- a/x\n+++ b/y\n\nIt was shut on 31 June 1930.\n"));
    }
    let found = repository.found("--changed seeds");
    assert!(found.len() == 6 && found.iter().all(|place| place.ends_with(":8")), "{found:?}");
}

#[test]
fn nothing_that_a_repository_configures_is_run() {
    let Some(repository) = repository() else { return };
    let trap = |name: &str| format!("touch {}; cat", repository.0.path(name).display());
    let set = |key: &str, value: &str| {
        let mut command = Command::new("git");
        assert!(command.args(["config", key, value]).current_dir(repository.0.path("")).status().unwrap().success());
    };
    set("filter.evil.clean", &trap("clean-ran"));
    set("filter.evil.process", &trap("process-ran"));
    set("filter.evil.required", "true");
    set("diff.evil.textconv", &trap("textconv-ran"));
    set("diff.evil.command", &trap("command-ran"));
    set("diff.external", &trap("external-ran"));
    set("core.fsmonitor", &trap("fsmonitor-ran"));
    set("core.pager", &trap("pager-ran"));
    repository.0.write(".gitattributes", "*.txt filter=evil diff=evil\n");
    repository.0.write("seeds/pier.txt", format!("{PIER}\nIt was closed on 31 June 1930.\n"));
    repository.0.write("git", "#!/bin/sh\ntouch here-ran\n");
    let index = std::fs::read(repository.0.path(".git/index")).unwrap();
    assert_eq!(repository.found("--changed seeds"), ["seeds/pier.txt:7"]);
    assert_eq!(repository.found("--staged seeds"), [""; 0]);
    assert_eq!(std::fs::read(repository.0.path(".git/index")).unwrap(), index, "the index is not written");
    let ran: Vec<String> = common::files_below(&repository.0.path(""))
        .into_iter()
        .filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()).filter(|name| name.ends_with("-ran")))
        .collect();
    assert_eq!(ran, [""; 0], "these ran");
}

#[test]
fn a_base_that_is_not_there_is_said_so() {
    let Some(repository) = repository() else { return };
    for (revision, why) in [("nowhere", "base not found"), ("--output=x", "base not found"), ("", "base not found")] {
        let ran = repository.run(&format!("lint --changed={revision} seeds"));
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
        assert!(ran.err.contains(why) && ran.err.contains("fetch"), "{ran:?}");
    }
    repository.commit("second");
    let clone = repository.0.path("clone");
    let (from, to) = (format!("file://{}", repository.0.path("").display()), clone.display().to_string());
    let output = Command::new("git").args(["clone", "--quiet", "--depth=1", &from, &to]).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let ran = repository.run("lint --changed=HEAD~1 clone/seeds");
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("base not found") && ran.err.contains("--unshallow"), "{ran:?}");

    let elsewhere = Folder::new(&[("seeds/pier.txt", PIER)]);
    let mut command = elsewhere.command("lint --changed seeds");
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    let ran = finish(command, "");
    assert!(ran.code == Some(2) && ran.err.contains("no work tree"), "{ran:?}");
    let ran = elsewhere.run("lint --changed seeds");
    assert!(ran.code == Some(2) && ran.err.contains("none on the PATH"), "{ran:?}");
}

#[test]
fn before_the_first_commit_all_is_new() {
    let Some(repository) = repository() else { return };
    repository.git("update-ref -d HEAD");
    assert_eq!(repository.found("--staged seeds"), ["seeds/pier.txt:3", "seeds/quay.txt:3"]);
    repository.0.write("seeds/mole.txt", QUAY);
    assert_eq!(repository.found("--changed seeds").len(), 3);
}

/// The hook's way: the files of a commit, among all the others.
#[test]
fn a_corpus_is_read_and_only_what_is_named_is_reported() {
    let see = |title: &str, other: &str| format!("= {title} =\n\n{title} is a place.\n\n==See also==\n- {other}\n");
    let folder = Folder::new(&[
        ("seeds/a.txt", &see("Alba", "Brava")),
        ("seeds/b.txt", &see("Brava", "Cerro")),
        ("seeds/c.txt", &see("Cerro", "Nowhere")),
    ]);
    let found = |arguments: &str| {
        let ran = folder.run(&format!("lint --output-format json --select reference/unresolved {arguments}"));
        (ran.each("path"), ran.err)
    };
    assert_eq!(found("--corpus seeds seeds/a.txt"), (vec![], String::new()), "Brava is known");
    assert_eq!(found("--corpus seeds seeds/a.txt seeds/c.txt").0, ["seeds/c.txt"]);
    assert_eq!(found("--corpus ./seeds seeds/../seeds/c.txt").0.len(), 1, "however the paths are written");
    assert_eq!(found("seeds/a.txt").0, [""; 0], "without a corpus nothing is known");
    let mut command = folder.command("lint --output-format json --corpus seeds - --stdin-filename seeds/c.txt");
    command.env_clear();
    let ran = finish(command, &see("Cerro", "Alba"));
    assert_eq!(ran.each("rule"), [""; 0], "standard input stands for the file: {ran:?}");
    let ran = folder.run("lint --corpus nowhere seeds/a.txt");
    assert!(ran.code == Some(2) && ran.err.contains("nowhere"), "{ran:?}");
}
