//! Puts a new text in the place of a file, whole or not at all.

use crate::source::folder_of;
use std::collections::HashSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Why a file was not written. It is then as it was.
#[derive(Debug)]
pub enum Refusal {
    /// It is a symbolic link, or lies behind one that leads out of the folders that were named.
    Link,
    /// It is no longer what was read.
    Changed,
    /// It is one of the records of a file, which is not written anew for it.
    Record,
    /// The user may not write to it.
    ReadOnly,
    /// The system says no.
    Io(io::Error),
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        Refusal::Io(error)
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Refusal::Link => f.write_str("it was not written: a symbolic link leads out of the folder that was named"),
            Refusal::Changed => f.write_str("it was not written: it has changed since it was read"),
            Refusal::Record => {
                f.write_str("it was not written: a record is not corrected where it lies, in a file of many")
            }
            Refusal::ReadOnly => f.write_str("it was not written: it may not be (permission denied)"),
            Refusal::Io(error) => write!(f, "it was not written: {error}"),
        }
    }
}

/// Writes files that lie in certain folders.
#[derive(Debug)]
pub struct Writer {
    /// Folders whose files and subfolders may be written, without links.
    trees: Vec<PathBuf>,
    /// Folders of which files were named.
    folders: Vec<PathBuf>,
    /// Folders from which what others left over is removed.
    swept: HashSet<PathBuf>,
}

impl Writer {
    /// A writer for the paths that the user named: what lies outside them is never written.
    pub fn new(named: &[PathBuf]) -> Self {
        let mut writer = Self { trees: Vec::new(), folders: Vec::new(), swept: HashSet::new() };
        for path in named {
            if path.is_dir() {
                writer.trees.extend(fs::canonicalize(path));
            } else {
                writer.folders.extend(fs::canonicalize(folder_of(path)));
            }
        }
        writer
    }

    /// Puts `new` in the place of a file's text, which must still be `old`.
    ///
    /// The text goes to a temporary file beside it, which is brought to the disk and then given the file's name: whoever looks at any
    /// moment, and after whatever fault, finds the one text or the other.
    pub fn replace(&mut self, path: &Path, old: &str, new: &str) -> Result<(), Refusal> {
        let metadata = fs::symlink_metadata(path)?;
        if metadata.is_symlink() {
            return Err(Refusal::Link);
        }
        if !metadata.is_file() || !is_still(path, old)? {
            return Err(Refusal::Changed);
        }
        may_write(path)?;
        let name = path.file_name().ok_or(Refusal::Link)?;
        // The real folder, so that nothing can be put in its place between now and the end.
        let folder = fs::canonicalize(folder_of(path))?;
        if !self.trees.iter().any(|tree| folder.starts_with(tree)) && !self.folders.contains(&folder) {
            return Err(Refusal::Link);
        }
        if self.swept.insert(folder.clone()) {
            remove_left_over(&folder);
        }
        let file = folder.join(name);
        let temporary = Temporary::new(&folder, PRIVATE)?;
        temporary.write(new, Some(&metadata))?;
        // The last look before the exchange: an editor may have been at work meanwhile.
        if fs::symlink_metadata(&file)?.is_symlink() || !is_still(&file, old)? {
            return Err(Refusal::Changed);
        }
        temporary.rename(&file)?;
        bring_to_disk(&folder);
        Ok(())
    }
}

/// Writes a file of the tool's own, new or in the place of an old one; whoever looks finds the one or the other. Never through a
/// symbolic link.
pub fn write_whole(path: &Path, text: &str) -> Result<(), Refusal> {
    let old = match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_symlink() => return Err(Refusal::Link),
        Ok(metadata) if !metadata.is_file() => return Err(Refusal::Changed),
        Ok(metadata) => Some(metadata),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error.into()),
    };
    if old.is_some() {
        may_write(path)?;
    }
    let folder = fs::canonicalize(folder_of(path))?;
    remove_left_over(&folder);
    let name = path.file_name().ok_or(Refusal::Link)?;
    let temporary = Temporary::new(&folder, if old.is_some() { PRIVATE } else { PUBLIC })?;
    temporary.write(text, old.as_ref())?;
    temporary.rename(&folder.join(name))?;
    bring_to_disk(&folder);
    Ok(())
}

/// A file can be replaced by whoever may write to its folder. Only who may write to the file itself is meant to.
fn may_write(path: &Path) -> Result<(), Refusal> {
    match OpenOptions::new().write(true).open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Err(Refusal::ReadOnly),
        Err(error) => Err(error.into()),
    }
}

/// The new name of a file is on the disk when its folder is. Where folders cannot be opened, the system sees to it.
fn bring_to_disk(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

/// Whether a file has exactly this text.
fn is_still(path: &Path, text: &str) -> io::Result<bool> {
    let mut file = File::open(path)?;
    if file.metadata()?.len() != text.len() as u64 {
        return Ok(false);
    }
    let mut bytes = Vec::with_capacity(text.len() + 1);
    Read::by_ref(&mut file).take(text.len() as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes == text.as_bytes())
}

/// The names of temporary files begin so; what begins with a point is no article.
const PREFIX: &str = ".seedlint-";

/// The mode of a file that will replace another: nobody else may read it before it has the mode of that.
const PRIVATE: u32 = 0o600;
/// The mode of a new file, of which the user's own settings take away.
const PUBLIC: u32 = 0o666;

/// A temporary file, which is removed unless it is renamed.
struct Temporary {
    path: PathBuf,
    file: Option<File>,
}

impl Temporary {
    /// A new file in a folder, with the mode that it has until it is given another.
    fn new(folder: &Path, mode: u32) -> io::Result<Self> {
        let mut number = 0_u32;
        loop {
            let path = folder.join(format!("{PREFIX}{}-{number}.tmp", std::process::id()));
            let mut options = OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
            #[cfg(not(unix))]
            let _ = mode;
            match options.open(&path) {
                Ok(file) => return Ok(Self { path, file: Some(file) }),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < 1000 => number += 1,
                Err(error) => return Err(error),
            }
        }
    }

    /// Writes the text, gives the file the mode and the owner of the one that it will replace, and brings it to the disk.
    fn write(&self, text: &str, like: Option<&fs::Metadata>) -> io::Result<()> {
        let Some(mut file) = self.file.as_ref() else { return Ok(()) };
        file.write_all(text.as_bytes())?;
        let Some(like) = like else { return file.sync_all() };
        #[cfg(unix)]
        {
            use std::os::unix::fs::{MetadataExt, fchown};
            let own = file.metadata()?;
            if (own.uid(), own.gid()) != (like.uid(), like.gid()) {
                fchown(file, Some(like.uid()), Some(like.gid()))?;
            }
        }
        file.set_permissions(like.permissions())?;
        file.sync_all()
    }

    fn rename(mut self, to: &Path) -> io::Result<()> {
        // Some systems rename no open file.
        self.file = None;
        fs::rename(&self.path, to)?;
        self.path = PathBuf::new();
        Ok(())
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if !self.path.as_os_str().is_empty() {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Removes the temporary files of runs that were killed: those whose process is no more. Where that cannot be known, they stay.
fn remove_left_over(folder: &Path) {
    let processes = Path::new("/proc");
    if !processes.join(std::process::id().to_string()).exists() {
        return;
    }
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let process = name
            .to_str()
            .and_then(|name| name.strip_prefix(PREFIX)?.strip_suffix(".tmp")?.split_once('-'))
            .filter(|(process, number)| [process, number].iter().all(|part| part.bytes().all(|b| b.is_ascii_digit())));
        if process.is_some_and(|(process, _)| !processes.join(process).exists()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}
