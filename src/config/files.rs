//! The files that a configuration may read, and the paths that its patterns see. Nothing outside the repository is ever opened.

use crate::diagnostic::Fault;
use crate::source::folder_of;
use std::path::{Component, Path, PathBuf};

/// A configuration, and what it reads beside itself but for lists of titles, is no larger than this many bytes.
pub(super) const LARGEST: u64 = 16 * 1024 * 1024;

/// The folder from which the patterns of a configuration count.
#[derive(Debug, Clone, Default)]
pub struct Base(PathBuf);

impl Base {
    pub(super) fn new(folder: &Path) -> Self {
        Self(normal(folder))
    }

    /// A path as the patterns see it: from the folder on, however it was written. A path outside stays
    /// as it is.
    pub fn relative(&self, path: &str) -> PathBuf {
        let absolute = normal(Path::new(path));
        absolute.strip_prefix(&self.0).map_or_else(|_| PathBuf::from(path), Path::to_owned)
    }
}

/// The folder that a path is, or that it lies in where there is no such folder.
pub(crate) fn home(path: &Path) -> Result<&Path, Fault> {
    match std::fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => Ok(path),
        // What cannot be told is not taken for the one or the other.
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Fault {
            path: path.display().to_string(),
            text: String::new(),
            at: 0..0,
            message: format!("it cannot be looked at: {error}"),
            help: None,
        }),
        _ => Ok(folder_of(path)),
    }
}

/// An absolute path without `.` and `..`. The empty path is that of the working directory.
pub(crate) fn normal(path: &Path) -> PathBuf {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    let mut parts = PathBuf::new();
    for part in std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).components() {
        match part {
            Component::ParentDir => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts
}

/// The place of a file that a configuration in `folder` names, without links. Only relative paths lead anywhere, and none out of
/// the repository; where there is no repository, none out of the folder.
pub(super) fn inside(folder: &Path, named: &str) -> Result<PathBuf, String> {
    let folder = normal(folder);
    let root = folder.ancestors().find(|above| above.join(".git").exists()).map(Path::to_owned);
    let (root, leads_out) = match root {
        Some(root) => (root, format!("`{named}` leads out of the repository")),
        None => (folder.clone(), format!("`{named}` leads out of the folder of the configuration")),
    };
    let relative = Path::new(named)
        .components()
        .all(|part| matches!(part, Component::Normal(_) | Component::CurDir | Component::ParentDir));
    // Before anything is looked at: that a path outside exists is nobody's business.
    if !relative || !normal(&folder.join(named)).starts_with(&root) {
        return Err(leads_out);
    }
    let real = |path: &Path| std::fs::canonicalize(path).map_err(|error| format!("cannot read {named}: {error}"));
    let file = real(&folder.join(named))?;
    // A link leads out as surely as `..` does.
    if file.starts_with(real(&root)?) { Ok(file) } else { Err(leads_out) }
}

/// Reads a small file, and nothing that only looks like one: opening a pipe would wait for its writer.
pub(crate) fn read_regular(path: &Path, limit: u64) -> Result<String, String> {
    let metadata = std::fs::metadata(path).map_err(|error| error.to_string())?;
    if !metadata.is_file() {
        return Err(String::from("it is no regular file"));
    }
    if metadata.len() > limit {
        return Err(format!("it has {} bytes, more than the limit of {limit}", metadata.len()));
    }
    std::fs::read_to_string(path).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_read_from_elsewhere() {
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join("a/b");
        std::fs::create_dir_all(&deep).unwrap();
        std::fs::write(folder.path().join("secret.yaml"), "").unwrap();
        std::fs::write(folder.path().join("a/shared.yaml"), "").unwrap();
        for path in ["../../secret.yaml", "/etc/passwd", "c/../../../secret.yaml", "../shared.yaml"] {
            assert!(inside(&deep, path).unwrap_err().contains("leads out of the folder"), "{path}");
        }
        std::fs::create_dir(folder.path().join("a/.git")).unwrap();
        assert!(inside(&deep, "../shared.yaml").unwrap().ends_with("a/shared.yaml"));
        for path in ["../../secret.yaml", "/etc/passwd"] {
            assert!(inside(&deep, path).unwrap_err().contains("leads out of the repository"), "{path}");
        }
    }
}
