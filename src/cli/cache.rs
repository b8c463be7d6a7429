//! Where the [cache](crate::cache) lies, and `seedlint clean`.

use super::{Failure, Outcome, warn};
use crate::cache::{Cache, Folder, MARK};
use crate::report;
use crate::text::count;
use crate::trap::VERSION;
use clap::Args;
use etcetera::BaseStrategy;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use xxhash_rust::xxh3::xxh3_64;

/// A part that is larger, in bytes, is none that we wrote.
const LARGEST_PART: u64 = 1 << 30;

/// What tells other programs that a folder is a cache. <https://bford.info/cachedir/>
const TAG: &str = "Signature: 8a477f597d28d172789f06886806bc55\n# What seedlint found in articles that have not changed since; `seedlint clean` removes it.\n";
const TAG_NAME: &str = "CACHEDIR.TAG";

/// What the command line says of the cache.
#[derive(Debug, Args)]
pub(super) struct Caching {
    /// Keep what was found in articles in this folder [default: one of the user's cache folder]
    #[arg(long, value_name = "DIR", conflicts_with = "no_cache")]
    cache_dir: Option<PathBuf>,
    /// Look at all articles, and keep nothing of what was found
    #[arg(long)]
    no_cache: bool,
}

/// A cache in its folder.
pub(super) struct Kept {
    pub(super) cache: Cache,
    project: Arc<Project>,
}

/// The folder of a project's cache.
struct Project {
    folder: PathBuf,
    /// The folder around those of all projects.
    root: PathBuf,
    /// Why a part could not be read or written.
    problem: Mutex<Option<String>>,
}

impl Caching {
    /// The cache of the project in the current folder; nothing where there is no place for one.
    pub(super) fn open(&self) -> Option<Kept> {
        if self.no_cache {
            return None;
        }
        let root = root(self.cache_dir.as_deref())?;
        let project = std::env::current_dir().ok()?;
        let folder = root.join(format!("{:016x}", xxh3_64(project.as_os_str().as_encoded_bytes())));
        let project = Arc::new(Project { folder, root, problem: Mutex::default() });
        Some(Kept { cache: Cache::new(program()?, project.clone()), project })
    }
}

impl Kept {
    /// Writes what is new, and says once what went wrong: nothing of it changes what was found.
    pub(super) fn save(&self, quiet: bool) {
        let unread = self.project.problem.lock().unwrap_or_else(PoisonError::into_inner).take();
        let damaged = self.cache.is_damaged().then(|| String::from("it was damaged"));
        let problem = self.write().map_err(|error| error.to_string()).err().or(unread).or(damaged);
        if let Some(problem) = problem.filter(|_| !quiet) {
            let folder = self.project.folder.display().to_string();
            warn(&format!("note: the cache was of no use: {problem} ({})", report::visible(&folder)));
        }
    }

    fn write(&self) -> io::Result<()> {
        let mut changed = self.cache.changed().peekable();
        if changed.peek().is_none() {
            return Ok(());
        }
        self.project.prepare()?;
        changed.try_for_each(|(number, bytes)| put(&part(&self.project.folder, number), |file| file.write_all(&bytes)))
    }
}

impl Project {
    /// Makes the folder, where it may be made.
    fn prepare(&self) -> io::Result<()> {
        create_private(&self.root)?;
        create_private(&self.folder)?;
        if fs::symlink_metadata(&self.folder)?.is_symlink() {
            return Err(io::Error::other("its folder is a symbolic link"));
        }
        let tag = self.root.join(TAG_NAME);
        if fs::symlink_metadata(&tag).is_err() {
            put(&tag, |file| file.write_all(TAG.as_bytes()))?;
        }
        Ok(())
    }

    /// Keeps note of what went wrong first.
    fn noted<T>(&self, done: io::Result<T>) -> io::Result<T> {
        if let Err(error) = &done {
            let mut problem = self.problem.lock().unwrap_or_else(PoisonError::into_inner);
            problem.get_or_insert_with(|| error.to_string());
        }
        done
    }
}

impl Folder for Arc<Project> {
    fn read(&self, number: usize) -> Option<Vec<u8>> {
        self.noted(read_part(&part(&self.folder, number))).ok().flatten()
    }

    fn read_at(&self, number: usize, from: u64, length: usize) -> Option<Vec<u8>> {
        let path = part(&self.folder, number);
        let read = || {
            if !fs::symlink_metadata(&path)?.is_file() {
                return Err(io::Error::other("a part of it is no regular file"));
            }
            let mut file = File::open(&path)?;
            file.seek(SeekFrom::Start(from))?;
            let mut bytes = vec![0; length];
            file.read_exact(&mut bytes)?;
            Ok(bytes)
        };
        self.noted(read()).ok()
    }

    fn write(&self, number: usize, write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        self.noted(self.prepare().and_then(|()| {
            put(&part(&self.folder, number), |file| {
                let mut out = BufWriter::new(file);
                write(&mut out)?;
                out.flush()
            })
        }))
    }
}

/// Removes what the cache has kept of all projects.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  seedlint clean                       remove all that was kept
  seedlint clean --cache-dir .cache    the same in another folder")]
pub(super) struct Arguments {
    /// The folder that was given to lint [default: one of the user's cache folder]
    #[arg(long, value_name = "DIR")]
    cache_dir: Option<PathBuf>,
}

pub(super) fn clean(arguments: &Arguments) -> Result<Outcome, Failure> {
    let Some(root) = root(arguments.cache_dir.as_deref()) else {
        warn("note: there is no cache: the user has no cache folder");
        return Ok(Outcome::Clean);
    };
    let mut removed = (0, 0);
    match remove_parts(&root, &mut removed) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(Failure::Output { target: root.display().to_string(), error })
        }
        _ => {
            let kilobytes = removed.1.div_ceil(1000);
            warn(&format!("{} removed ({kilobytes} kB)", count(removed.0, "file")));
            Ok(Outcome::Clean)
        }
    }
}

/// Removes the parts in the folders of projects, and the folders that are empty then. What we did not write stays.
fn remove_parts(root: &Path, removed: &mut (usize, u64)) -> io::Result<()> {
    for project in fs::read_dir(root)? {
        let project = project?;
        if !project.file_type()?.is_dir() {
            continue;
        }
        for file in fs::read_dir(project.path())? {
            let file = file?;
            if file.file_type()?.is_file() && is_part(&file.path()) {
                removed.1 += file.metadata()?.len();
                fs::remove_file(file.path())?;
                removed.0 += 1;
            }
        }
        // Fails where there is something else.
        let _ = fs::remove_dir(project.path());
    }
    let tag = root.join(TAG_NAME);
    if fs::read(&tag).is_ok_and(|text| text == TAG.as_bytes()) {
        fs::remove_file(tag)?;
    }
    let _ = fs::remove_dir(root);
    Ok(())
}

fn is_part(path: &Path) -> bool {
    let mut head = [0; MARK.len()];
    path.extension().is_some_and(|extension| extension == EXTENSION)
        && File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_ok()
        && head == *MARK
}

const EXTENSION: &str = "part";

fn part(folder: &Path, number: usize) -> PathBuf {
    folder.join(format!("{number:02}.{EXTENSION}"))
}

/// The folder of all projects' caches: the one that is given, or ours in the user's cache folder.
fn root(given: Option<&Path>) -> Option<PathBuf> {
    if let Some(folder) = given {
        return Some(folder.to_owned());
    }
    // Who has taken the home out of the environment wants nothing written there, whatever the table of users says.
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let has_home = cfg!(windows) || is_set("HOME") || is_set("XDG_CACHE_HOME");
    let user = has_home.then(etcetera::choose_base_strategy)?.ok()?;
    Some(user.cache_dir().join("seedlint")).filter(|folder| folder.is_absolute())
}

/// What tells this program from others that may have written entries: its version, and the file that it runs from.
fn program() -> Option<u64> {
    let metadata = std::env::current_exe().and_then(fs::metadata).ok()?;
    let modified = metadata.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    Some(xxh3_64(format!("{VERSION} {} {}", metadata.len(), modified.as_nanos()).as_bytes()))
}

/// The bytes of a part; nothing where there is none.
fn read_part(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let metadata = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        metadata => metadata?,
    };
    // Through a link, or of a pipe, nothing is read.
    if !metadata.is_file() || metadata.len() > LARGEST_PART {
        return Err(io::Error::other("a part of it is no regular file of a sensible size"));
    }
    fs::read(path).map(Some)
}

/// Puts a file in its place, whole: whoever reads at that moment finds the old one or the new one. It need not outlive a power cut.
fn put(path: &Path, write: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    write(file.as_file_mut())?;
    file.persist(path).map(drop).map_err(|error| error.error)
}

/// Makes a folder that is for its user alone, where there is none.
fn create_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
