//! Calls `git`, and lets nothing that a repository configures run.
//!
//! The program is the one that an absolute folder of `PATH` has, never one in the current folder. Hooks, the file-system monitor,
//! external differences, text conversion and filters are switched off, objects are not fetched, the index is not written, and paths
//! are read as bytes.

use super::{Changes, Lines, hunks};
use std::collections::{BTreeMap, HashSet};
use std::env;
use std::ffi::OsString;
use std::fmt;
use std::fs;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{self, ExitStatus, Stdio};

/// What lines are compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Since {
    /// With the last commit that `HEAD` and this revision have in common; files that git does not know are new.
    Revision(String),
    /// With `HEAD`, but only what is in the index as it is on the disk.
    Index,
}

/// Why it is not known what has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// There is no `git` on the path.
    NoGit,
    /// The folder lies in no work tree.
    NoRepository(
        /// The folder.
        PathBuf,
        /// What git says.
        String,
    ),
    /// There is no such commit.
    NoCommit {
        /// The revision as it was given.
        revision: String,
        /// Whether the history is cut off.
        shallow: bool,
    },
    /// The commit and `HEAD` have no common one.
    NoBase {
        /// The revision as it was given.
        revision: String,
        /// Whether the history is cut off.
        shallow: bool,
    },
    /// It did not do what it was asked.
    Failed(
        /// What it says.
        String,
    ),
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Trouble::NoGit => f.write_str("git is needed to tell what has changed, and there is none on the PATH"),
            Trouble::NoRepository(folder, why) => {
                write!(
                    f,
                    "{} lies in no work tree of git, so that it is not known what has changed",
                    folder.display()
                )?;
                if why.is_empty() { Ok(()) } else { write!(f, " ({why})") }
            }
            Trouble::NoCommit { revision, .. } => write!(f, "base not found: there is no commit `{revision}` here"),
            Trouble::NoBase { revision, .. } => {
                write!(f, "base not found: `{revision}` and HEAD have no commit in common here")
            }
            Trouble::Failed(why) => write!(f, "git could not tell what has changed: {why}"),
        }
    }
}

impl Trouble {
    /// What to do about it.
    pub fn help(&self) -> String {
        match self {
            Trouble::NoGit => String::from("install git, or leave out --changed and --staged"),
            Trouble::NoRepository(_, why) if why.contains("dubious ownership") => {
                String::from("the repository belongs to another user: see `safe.directory` in `git help config`")
            }
            Trouble::NoRepository(..) => {
                String::from("name a path in a repository, or leave out --changed and --staged")
            }
            Trouble::NoCommit { shallow: true, .. } | Trouble::NoBase { shallow: true, .. } => String::from(
                "the history is cut off: fetch it with `git fetch --unshallow origin` (GitHub Actions: `fetch-depth: 0`)",
            ),
            Trouble::NoCommit { .. } => String::from("fetch it with `git fetch origin`, or correct the name"),
            Trouble::NoBase { .. } => String::from("name a commit that the branch comes from"),
            Trouble::Failed(_) => String::from("`git status` may say more"),
        }
    }
}

/// The lines that have changed in the repositories that the paths lie in.
pub fn since(paths: &[PathBuf], since: &Since) -> Result<Changes, Trouble> {
    let git = program().ok_or(Trouble::NoGit)?;
    let mut changes = Changes::default();
    for folder in work_trees(paths) {
        let repository = Repository::open(&git, &folder)?;
        for (name, lines) in repository.changes(since)? {
            let Some(name) = path_of(name) else { continue };
            if let Some(real) = real(&repository.top.join(name)) {
                changes.files.insert(real, lines);
            }
        }
    }
    Ok(changes)
}

/// A folder for each work tree that a path lies in; for a path that lies in none its own folder, so that git can say so.
fn work_trees(paths: &[PathBuf]) -> Vec<PathBuf> {
    let mut known = HashSet::new();
    let mut folders = Vec::new();
    for path in paths {
        let path = if path.as_os_str() == "-" { Path::new(".") } else { path.as_path() };
        let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let folder = if real.is_dir() { real.as_path() } else { real.parent().unwrap_or(Path::new(".")) };
        let folder = if folder.is_dir() { folder } else { Path::new(".") };
        let top = folder.ancestors().find(|above| above.join(".git").exists()).unwrap_or(folder);
        if known.insert(top.to_owned()) {
            folders.push(folder.to_owned());
        }
    }
    folders
}

/// The real place of a file that is there.
pub(super) fn real(path: &Path) -> Option<PathBuf> {
    fs::canonicalize(path).ok()
}

/// The program in the first absolute folder of `PATH` that has it.
fn program() -> Option<PathBuf> {
    let name = format!("git{}", env::consts::EXE_SUFFIX);
    let folders = env::split_paths(&env::var_os("PATH")?).filter(|folder| folder.is_absolute()).collect::<Vec<_>>();
    folders.into_iter().map(|folder| folder.join(&name)).find(|file| is_program(file))
}

fn is_program(file: &Path) -> bool {
    let Ok(metadata) = fs::metadata(file) else { return false };
    #[cfg(unix)]
    if std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o111 == 0 {
        return false;
    }
    metadata.is_file()
}

/// A work tree, and how git is called in it.
struct Repository<'a> {
    git: &'a Path,
    top: PathBuf,
    settings: Vec<(String, &'static str)>,
}

impl<'a> Repository<'a> {
    fn open(git: &'a Path, folder: &Path) -> Result<Self, Trouble> {
        let off = ["core.hooksPath=/dev/null", "core.fsmonitor=false", "core.quotePath=true"];
        let settings = off.iter().filter_map(|setting| setting.split_once('='));
        let settings = settings.map(|(name, value)| (name.to_owned(), value)).collect();
        let mut repository = Self { git, top: folder.to_owned(), settings };
        let found = repository.run(&["rev-parse", "--show-toplevel"])?;
        if !found.status.success() {
            return Err(Trouble::NoRepository(folder.to_owned(), found.complaint));
        }
        repository.top =
            path_of(line(found.out)).ok_or_else(|| Trouble::Failed(String::from("its folder has no name")))?;
        repository.switch_filters_off()?;
        Ok(repository)
    }

    /// Filters are programs that a repository names; what is compared is the text as it lies there.
    fn switch_filters_off(&mut self) -> Result<(), Trouble> {
        let found = self.run(&["config", "--null", "--name-only", "--get-regexp", r"^filter\."])?;
        let names: HashSet<String> =
            found.out.split(|&b| b == 0).filter_map(|name| String::from_utf8(name.to_vec()).ok()).collect();
        let mut names: Vec<String> = names.into_iter().filter(|name| !name.is_empty()).collect();
        names.sort_unstable();
        for name in names {
            let off = if name.ends_with(".required") { "false" } else { "" };
            self.settings.push((name, off));
        }
        Ok(())
    }

    fn changes(&self, since: &Since) -> Result<BTreeMap<Vec<u8>, Lines>, Trouble> {
        let revision = match since {
            Since::Revision(revision) => revision.as_str(),
            Since::Index => "HEAD",
        };
        let Some(base) = self.base(revision)? else { return self.all_files(since) };
        let mut files = self.diff(&[&base])?;
        match since {
            Since::Revision(_) => {
                for name in self.unknown_files()? {
                    files.insert(name, Lines::all());
                }
            }
            Since::Index => {
                // What differs from HEAD and not from the index has been staged as it is on the disk.
                let not_staged = self.diff(&[])?;
                for (name, lines) in &mut files {
                    if let Some(others) = not_staged.get(name) {
                        *lines = lines.without(others);
                    }
                }
            }
        }
        Ok(files)
    }

    /// The commit to compare with; none where `HEAD` is asked for and there is no commit yet.
    fn base(&self, revision: &str) -> Result<Option<String>, Trouble> {
        let shallow = || {
            let found = self.run(&["rev-parse", "--is-shallow-repository"]);
            found.is_ok_and(|found| line(found.out) == b"true")
        };
        let no_commit = || Trouble::NoCommit { revision: revision.to_owned(), shallow: shallow() };
        if revision.is_empty() || revision.starts_with('-') || revision.contains(['\0', '\n']) {
            return Err(no_commit());
        }
        let commit = format!("{revision}^{{commit}}");
        let found = self.run(&["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?;
        if !found.status.success() {
            let unborn = revision == "HEAD" && self.run(&["symbolic-ref", "--quiet", "HEAD"])?.status.success();
            return if unborn { Ok(None) } else { Err(no_commit()) };
        }
        let commit = id(&found.out).ok_or_else(no_commit)?;
        if revision == "HEAD" {
            return Ok(Some(commit));
        }
        let found = self.run(&["merge-base", &commit, "HEAD"])?;
        let base = if found.status.success() { id(&found.out) } else { None };
        base.map(Some).ok_or_else(|| Trouble::NoBase { revision: revision.to_owned(), shallow: shallow() })
    }

    /// What a repository without a commit has: all is new.
    fn all_files(&self, since: &Since) -> Result<BTreeMap<Vec<u8>, Lines>, Trouble> {
        let mut names = names(&self.succeed(&["ls-files", "--cached", "--full-name", "-z"])?);
        if let Since::Revision(_) = since {
            names.extend(self.unknown_files()?);
        }
        Ok(names.into_iter().map(|name| (name, Lines::all())).collect())
    }

    /// Files that are neither in the index nor ignored.
    fn unknown_files(&self) -> Result<Vec<Vec<u8>>, Trouble> {
        Ok(names(&self.succeed(&["ls-files", "--others", "--exclude-standard", "--full-name", "-z"])?))
    }

    /// The lines in which the work tree differs from a commit, or from the index where none is given.
    fn diff(&self, commit: &[&str]) -> Result<BTreeMap<Vec<u8>, Lines>, Trouble> {
        let mut command = self.command();
        command.args(["diff", "--patch", "-U0", "--inter-hunk-context=0", "--text", "--find-renames", "--no-color"]);
        command.args(["--no-ext-diff", "--no-textconv", "--no-relative", "--src-prefix=a/", "--dst-prefix=b/"]);
        command.args(["--ignore-submodules=all", "--diff-algorithm=histogram"]).args(commit).arg("--");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let failed = |error: std::io::Error| Trouble::Failed(error.to_string());
        let mut child = command.spawn().map_err(failed)?;
        let complaint = child.stderr.take().map(|mut errors| {
            std::thread::spawn(move || {
                let mut text = Vec::new();
                let _ = Read::by_ref(&mut errors).take(1 << 16).read_to_end(&mut text);
                // The rest is read, so that git is not kept waiting.
                let _ = std::io::copy(&mut errors, &mut std::io::sink());
                text
            })
        });
        let files = child.stdout.take().map_or_else(|| Ok(BTreeMap::new()), |out| hunks::read(BufReader::new(out)));
        let status = child.wait().map_err(failed)?;
        let complaint = complaint.and_then(|thread| thread.join().ok()).unwrap_or_default();
        if !status.success() {
            return Err(Trouble::Failed(first_line(&complaint)));
        }
        files.map_err(failed)
    }

    fn succeed(&self, arguments: &[&str]) -> Result<Vec<u8>, Trouble> {
        let found = self.run(arguments)?;
        if found.status.success() { Ok(found.out) } else { Err(Trouble::Failed(found.complaint)) }
    }

    fn run(&self, arguments: &[&str]) -> Result<Answer, Trouble> {
        let output = self.command().args(arguments).stdin(Stdio::null()).output();
        let output = output.map_err(|error| Trouble::Failed(error.to_string()))?;
        Ok(Answer { status: output.status, out: output.stdout, complaint: first_line(&output.stderr) })
    }

    fn command(&self) -> process::Command {
        let mut command = process::Command::new(self.git);
        command.arg("--no-pager").arg("-C").arg(&self.top);
        for (name, value) in
            [("GIT_OPTIONAL_LOCKS", "0"), ("GIT_NO_LAZY_FETCH", "1"), ("GIT_TERMINAL_PROMPT", "0"), ("LC_ALL", "C")]
        {
            command.env(name, value);
        }
        for name in ["GIT_EXTERNAL_DIFF", "GIT_DIFF_OPTS", "GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS"] {
            command.env_remove(name);
        }
        // Behind the settings that the user's environment has, so that those hold as well.
        let before: usize = env::var("GIT_CONFIG_COUNT").ok().and_then(|count| count.parse().ok()).unwrap_or(0);
        for (i, (name, value)) in self.settings.iter().enumerate() {
            command.env(format!("GIT_CONFIG_KEY_{}", before + i), name);
            command.env(format!("GIT_CONFIG_VALUE_{}", before + i), value);
        }
        command.env("GIT_CONFIG_COUNT", (before + self.settings.len()).to_string());
        command
    }
}

/// What git has said.
struct Answer {
    status: ExitStatus,
    out: Vec<u8>,
    complaint: String,
}

/// A line without its end; a name may end with what looks like one.
fn line(mut bytes: Vec<u8>) -> Vec<u8> {
    if bytes.last() == Some(&b'\n') {
        bytes.pop();
    }
    bytes
}

/// The name of an object.
fn id(bytes: &[u8]) -> Option<String> {
    let line = bytes.split(|&b| b == b'\n').next()?;
    let is_id = line.len() >= 40 && line.iter().all(u8::is_ascii_hexdigit);
    is_id.then(|| String::from_utf8_lossy(line).into_owned())
}

fn names(bytes: &[u8]) -> Vec<Vec<u8>> {
    bytes.split(|&b| b == 0).filter(|name| !name.is_empty()).map(<[u8]>::to_vec).collect()
}

fn first_line(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.lines().find(|line| !line.trim().is_empty()).unwrap_or("it does not say why").to_owned()
}

/// The path that git means by bytes; none where paths are no bytes.
#[allow(clippy::unnecessary_wraps)] // on Unix there is always one
fn path_of(bytes: Vec<u8>) -> Option<PathBuf> {
    #[cfg(unix)]
    return Some(PathBuf::from(<OsString as std::os::unix::ffi::OsStringExt>::from_vec(bytes)));
    #[cfg(not(unix))]
    return String::from_utf8(bytes).ok().map(|text| PathBuf::from(OsString::from(text)));
}
