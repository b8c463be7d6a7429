//! Which files are articles, and reading them.
//!
//! Folders are walked as users of git expect: hidden files and what `.gitignore` names are left
//! out, symbolic links are not followed. A file that is named is read whatever its name.

mod records;
mod wiki_export;

use crate::source::{Shelf, SourceFile, Sources, Unreadable, folder_of};
use crate::spill::Memory;
use rayon::prelude::*;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Extensions of article files in folders, unless the configuration says otherwise.
pub const EXTENSIONS: [&str; 5] = ["txt", "md", "markdown", "wiki", "mediawiki"];

/// A path that was asked for and could not be checked.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Problem {
    /// The path.
    pub path: String,
    /// Why.
    pub reason: String,
}

/// What to read in a folder.
#[derive(Debug)]
pub struct Terms {
    /// Extensions of article files, without the dot. A file that is named is read whatever its extension.
    pub extensions: Vec<String>,
    /// Largest file that is read, in bytes.
    pub max_file_size: u64,
    /// Files that are no articles, whatever their names, without links.
    pub leave_out: Vec<PathBuf>,
}

/// Tells the terms of a folder; nothing where they cannot be told, and then nothing more is read.
pub type TermsOf<'a> = dyn FnMut(&Path) -> Option<Arc<Terms>> + 'a;

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// The files, read.
    pub sources: Sources,
    /// What could not be checked.
    pub problems: Vec<Problem>,
    /// Whether a folder was among the paths, so that what is not in `sources` is not there.
    pub complete: bool,
    /// Symbolic links that were not followed.
    pub links: usize,
}

/// Sets the number of threads for everything that runs in parallel. Only the first call counts.
pub fn use_threads(number: usize) {
    // Fails only where there are threads already.
    let _ = rayon::ThreadPoolBuilder::new().num_threads(number).build_global();
}

/// A file that was found.
struct Candidate {
    shown: String,
    location: PathBuf,
    terms: Arc<Terms>,
}

/// Finds and reads the articles under the given paths. `-` is standard input, which goes by `stdin_name`. Texts that do not fit into the
/// memory lie in a temporary file.
pub fn discover(paths: &[PathBuf], stdin_name: Option<&str>, memory: Memory, terms_of: &mut TermsOf<'_>) -> Found {
    let mut found = Found::default();
    let shelf = Arc::new(Shelf::new(memory));
    let mut candidates = Vec::new();
    let mut files = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            let name = stdin_name.unwrap_or("<stdin>");
            let Some(terms) = terms_of(folder_of(Path::new(stdin_name.unwrap_or_default()))) else { return found };
            match read_text(std::io::stdin().lock(), None, terms.max_file_size) {
                Ok(read) => files.push(read.into_file(name.to_owned(), PathBuf::from(name))),
                Err(error) => found.problems.push(Problem { path: name.to_owned(), reason: error.to_string() }),
            }
            continue;
        }
        match std::fs::metadata(path) {
            Err(error) => found.problems.push(Problem { path: shown(path), reason: why(&error) }),
            Ok(metadata) if metadata.is_dir() => {
                found.complete = true;
                if walk(path, terms_of, &mut candidates, &mut found).is_none() {
                    return found;
                }
            }
            Ok(_) => {
                let Some(terms) = terms_of(folder_of(path)) else { return found };
                candidates.push(Candidate { shown: shown(path), location: path.clone(), terms });
            }
        }
    }
    candidates.retain(|candidate| {
        !candidate.terms.leave_out.iter().any(|file| {
            // Most are told by the name alone.
            candidate.location.file_name() == file.file_name()
                && std::fs::canonicalize(&candidate.location).is_ok_and(|path| path == *file)
        })
    });
    candidates.sort_by(|a, b| a.shown.cmp(&b.shown).then_with(|| a.location.cmp(&b.location)));
    // The same file may be named in several ways.
    let mut seen = std::collections::HashSet::new();
    // What comes through standard input under the name of a file stands for that file.
    let piped = stdin_name.filter(|_| paths.iter().any(|path| path.as_os_str() == "-"));
    seen.extend(piped.map(|name| identity(Path::new(name))));
    candidates.retain(|candidate| seen.insert(identity(&candidate.location)));
    drop(seen);
    let read: Vec<(Vec<SourceFile>, Option<Problem>)> =
        candidates.into_par_iter().map(|candidate| read_file(candidate, &shelf)).collect();
    for (of_one, problem) in read {
        // A file of records is a corpus of its own.
        found.complete |= of_one.iter().any(|file| file.record.is_some());
        files.extend(of_one);
        found.problems.extend(problem);
    }
    found.problems.sort_by(|a, b| a.path.cmp(&b.path));
    found.sources = Sources::new(files).on(shelf);
    found
}

/// What several ways of writing a path have in common. Where a way leads up, only the disk can tell: it may go through a link.
fn identity(path: &Path) -> PathBuf {
    let leads_up = path.components().any(|part| part == std::path::Component::ParentDir);
    let real = leads_up.then(|| std::fs::canonicalize(path).ok()).flatten();
    real.or_else(|| std::path::absolute(path).ok()).unwrap_or_else(|| path.to_owned())
}

/// A path as users see it: `/` between the parts, and nothing lost but what is not Unicode.
fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace(std::path::MAIN_SEPARATOR, "/") }
}

/// Walks a folder; nothing where the terms of one in it cannot be told.
fn walk(folder: &Path, terms_of: &mut TermsOf<'_>, candidates: &mut Vec<Candidate>, found: &mut Found) -> Option<()> {
    // Files of one folder come one after the other, but for those of folders in it.
    let mut last: Option<(PathBuf, Arc<Terms>)> = None;
    let mut walk = ignore::WalkBuilder::new(folder);
    let above = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    if above.ancestors().any(has_odd_ignore_file) {
        // What cannot be read cannot say what to leave out.
        walk.standard_filters(false).hidden(true);
    }
    walk.filter_entry(|entry| {
        !entry.file_type().is_some_and(|kind| kind.is_dir()) || !has_odd_ignore_file(entry.path())
    });
    for entry in walk.build() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error_path(&error).map_or_else(|| shown(folder), shown);
                let reason = error.io_error().map_or_else(|| error.to_string(), why);
                found.problems.push(Problem { path, reason });
                continue;
            }
        };
        let Some(kind) = entry.file_type().filter(|kind| !kind.is_dir()) else { continue };
        let Some(extension) = records::extension(entry.path()) else { continue };
        let terms = match &last {
            Some((of, terms)) if of == folder_of(entry.path()) => terms.clone(),
            _ => {
                let terms = terms_of(folder_of(entry.path()))?;
                last = Some((folder_of(entry.path()).to_owned(), terms.clone()));
                terms
            }
        };
        let known = terms.extensions.iter().any(|known| known.eq_ignore_ascii_case(extension));
        if !known {
            continue;
        }
        if kind.is_symlink() {
            found.links += 1;
        } else {
            candidates.push(Candidate { shown: shown(entry.path()), location: entry.into_path(), terms });
        }
    }
    Some(())
}

/// Whether a list of what to ignore in a folder is no regular file: reading a pipe would wait for its writer.
fn has_odd_ignore_file(folder: &Path) -> bool {
    [".gitignore", ".ignore", ".git/info/exclude"].iter().any(|name| {
        std::fs::metadata(folder.join(name)).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir())
    })
}

fn error_path(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => error_path(err),
        _ => None,
    }
}

/// Why a file cannot be opened, in words.
fn why(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => String::from("there is no such file or folder"),
        std::io::ErrorKind::PermissionDenied => String::from("it may not be read (permission denied)"),
        _ => error.to_string(),
    }
}

/// Reads a file: the article that it is, or those that are its records. What can be read is there even where there is a problem.
fn read_file(candidate: Candidate, shelf: &Arc<Shelf>) -> (Vec<SourceFile>, Option<Problem>) {
    let Candidate { shown, location, terms } = candidate;
    let (file, size) = match open(&location) {
        Ok(opened) => opened,
        Err(reason) => return (Vec::new(), Some(Problem { path: shown, reason })),
    };
    if records::is_of_records(&location) {
        return records::read(file, size, &shown, &location, terms.max_file_size, shelf);
    }
    match read_text(file, Some(size), terms.max_file_size) {
        Ok(read) => {
            let mut file = read.into_file(shown, location);
            file.put_away(shelf);
            (vec![file], None)
        }
        Err(error) => (Vec::new(), Some(Problem { path: shown, reason: why(&error) })),
    }
}

/// Opens a regular file, and tells its size in bytes; or why not.
fn open(location: &Path) -> Result<(File, u64), String> {
    let metadata = std::fs::metadata(location).map_err(|error| why(&error))?;
    // Opening a pipe would wait for whoever writes to it.
    if !metadata.is_file() {
        return Err(String::from("it is no regular file (a pipe, a socket or a device)"));
    }
    let file = File::open(location).map_err(|error| why(&error))?;
    Ok((file, metadata.len()))
}

/// What was read of a file.
struct Contents {
    text: String,
    size: u64,
    unreadable: Option<Unreadable>,
}

impl Contents {
    fn into_file(self, path: String, location: PathBuf) -> SourceFile {
        match self.unreadable {
            None => SourceFile::new(path, location, self.text),
            Some(why) => SourceFile::unreadable(path, location, self.text, self.size, why),
        }
    }
}

/// Reads a text and says why it is none. Of a file that is too large nothing is read.
fn read_text(reader: impl Read, size: Option<u64>, limit: u64) -> std::io::Result<Contents> {
    let too_large =
        |size| Contents { text: String::new(), size, unreadable: Some(Unreadable::TooLarge { size, limit }) };
    if let Some(size) = size.filter(|&size| size > limit) {
        return Ok(too_large(size));
    }
    let mut bytes = Vec::with_capacity(size.unwrap_or(0) as usize + 1);
    // A file may grow while it is read, and a stream has no size.
    reader.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    let size = bytes.len() as u64;
    if size > limit {
        return Ok(too_large(size));
    }
    Ok(look(bytes))
}

/// Takes bytes for a text, or says why they are none.
fn look(bytes: Vec<u8>) -> Contents {
    let size = bytes.len() as u64;
    let other = match bytes.as_slice() {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => Some("UTF-32"),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => Some("UTF-16"),
        _ => None,
    };
    let (text, unreadable) = match String::from_utf8(bytes) {
        Ok(text) => {
            let nul = text.bytes().position(|b| b == 0).map(|offset| Unreadable::Nul { offset: offset as u32 });
            let empty = text.trim_start_matches('\u{FEFF}').trim().is_empty();
            (text, nul.or(empty.then_some(Unreadable::Empty)))
        }
        Err(error) => {
            let offset = error.utf8_error().valid_up_to();
            let mut bytes = error.into_bytes();
            let bad = bytes[offset..].iter().copied().take(4).collect();
            bytes.truncate(offset);
            // What stands before the first bad byte is UTF-8.
            let text = String::from_utf8(bytes).unwrap_or_default();
            (text, Some(Unreadable::NotUtf8 { offset: offset as u32, bytes: bad }))
        }
    };
    Contents { text, size, unreadable: other.map(Unreadable::OtherEncoding).or(unreadable) }
}
