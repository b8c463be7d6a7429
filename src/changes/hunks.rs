//! Reads the output of `git diff -U0`: which lines of which files are new.
//!
//! The bodies of hunks are counted through, never looked at: a removed line `-- a` looks like the head of a file. Lines may hold any
//! bytes, and so may names, which git quotes as C does.

use super::Lines;
use std::collections::BTreeMap;
use std::io::{self, BufRead};

/// The changed lines by the bytes of the path, from the top of the repository on. Files that were removed are left out.
pub(super) fn read(mut diff: impl BufRead) -> io::Result<BTreeMap<Vec<u8>, Lines>> {
    let mut files: BTreeMap<Vec<u8>, Lines> = BTreeMap::new();
    // Where both names of a file stand in one line; it is all that there is of an empty file.
    let mut heads = Vec::new();
    let mut name: Option<Vec<u8>> = None;
    let mut line = Vec::new();
    loop {
        line.clear();
        if diff.read_until(b'\n', &mut line)? == 0 {
            return Ok(files);
        }
        let words = line.strip_suffix(b"\n").unwrap_or(&line);
        if let Some(rest) = words.strip_prefix(b"diff --git ") {
            heads = rest.to_vec();
            name = None;
        } else if words.starts_with(b"diff ") {
            // Of a file in conflict git shows something else.
            heads.clear();
            name = None;
        } else if words.starts_with(b"new file mode ") {
            if let Some(name) = same_name(&heads) {
                files.insert(name, Lines::all());
            }
        } else if let Some(rest) = words.strip_prefix(b"+++ ").filter(|_| !heads.is_empty()) {
            name = path(rest);
        } else if let Some(hunk) = words.strip_prefix(b"@@ ").and_then(Hunk::parse) {
            let mut left = hunk.body;
            while left > 0 && skip_line(&mut diff)? {
                left -= 1;
            }
            let Some(name) = &name else { continue };
            let lines = files.entry(name.clone()).or_default();
            if *lines == Lines::all() {
                continue;
            }
            match hunk.last {
                Some(last) => lines.changed.push((hunk.first, last)),
                None => lines.gaps.push(hunk.first),
            }
        }
    }
}

/// Skips a line, however long it is; whether there was a whole one.
fn skip_line(diff: &mut impl BufRead) -> io::Result<bool> {
    loop {
        let buffer = diff.fill_buf()?;
        let (end, used) = match buffer.iter().position(|&b| b == b'\n') {
            Some(at) => (Some(true), at + 1),
            None => (buffer.is_empty().then_some(false), buffer.len()),
        };
        diff.consume(used);
        if let Some(end) = end {
            return Ok(end);
        }
    }
}

/// What the head of a hunk says.
struct Hunk {
    /// The first new line, or the line behind which lines are gone.
    first: u32,
    /// The last new line; none where lines are only gone.
    last: Option<u32>,
    /// How many lines follow the head.
    body: u64,
}

impl Hunk {
    /// Reads `-a,b +c,d @@ …`.
    fn parse(text: &[u8]) -> Option<Self> {
        let text = text.split(|&b| b == b'@').next()?;
        let mut parts = std::str::from_utf8(text).ok()?.split_whitespace();
        let (_, removed) = numbers(parts.next()?.strip_prefix('-')?)?;
        let (first, added) = numbers(parts.next()?.strip_prefix('+')?)?;
        let last = (added > 0).then(|| first.saturating_add(added - 1));
        Some(Self { first, last, body: u64::from(removed) + u64::from(added) })
    }
}

/// Reads `a,b`, or `a` for `a,1`.
fn numbers(text: &str) -> Option<(u32, u32)> {
    let (start, length) = text.split_once(',').unwrap_or((text, "1"));
    Some((start.parse().ok()?, length.parse().ok()?))
}

/// The path of a `+++ ` line; none for `/dev/null`.
fn path(text: &[u8]) -> Option<Vec<u8>> {
    // Behind a name with blanks git puts a tab.
    let text = text.strip_suffix(b"\t").unwrap_or(text);
    let whole = if text.starts_with(b"\"") { unquote(text)?.0 } else { text.to_vec() };
    whole.strip_prefix(b"b/").map(<[u8]>::to_vec)
}

/// The name in `a/name b/name`.
fn same_name(heads: &[u8]) -> Option<Vec<u8>> {
    if heads.starts_with(b"\"") {
        let (name, rest) = unquote(heads)?;
        let (second, _) = unquote(rest.strip_prefix(b" ")?)?;
        let name = name.strip_prefix(b"a/")?;
        return (second.strip_prefix(b"b/")? == name).then(|| name.to_vec());
    }
    let (first, second) = heads.split_at_checked(heads.len() / 2)?;
    let (first, second) = (first.strip_prefix(b"a/")?, second.strip_prefix(b" b/")?);
    (first == second).then(|| first.to_vec())
}

/// Reads a name between quotation marks; the name, and what stands behind it.
fn unquote(text: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let mut rest = text.strip_prefix(b"\"")?;
    let mut name = Vec::new();
    loop {
        let (&byte, behind) = rest.split_first()?;
        rest = behind;
        match byte {
            b'"' => return Some((name, rest)),
            b'\\' => {
                let (&escaped, behind) = rest.split_first()?;
                rest = behind;
                name.push(match escaped {
                    b'a' => 0x07,
                    b'b' => 0x08,
                    b't' => b'\t',
                    b'n' => b'\n',
                    b'v' => 0x0B,
                    b'f' => 0x0C,
                    b'r' => b'\r',
                    b'0'..=b'3' => {
                        let digits = rest.get(..2)?;
                        rest = &rest[2..];
                        let digit = |b: u8| (b'0'..=b'7').contains(&b).then(|| b - b'0');
                        digit(escaped)? * 64 + digit(digits[0])? * 8 + digit(digits[1])?
                    }
                    same => same,
                });
            }
            byte => name.push(byte),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines(diff: &str) -> Vec<(String, Lines)> {
        let files = read(diff.as_bytes()).unwrap();
        files.into_iter().map(|(name, lines)| (String::from_utf8_lossy(&name).into_owned(), lines)).collect()
    }

    fn one(name: &str, changed: &[(u32, u32)], gaps: &[u32]) -> (String, Lines) {
        (name.to_owned(), Lines { changed: changed.to_vec(), gaps: gaps.to_vec() })
    }

    #[test]
    fn changed_lines_and_gaps() {
        let diff = "diff --git a/x.txt b/x.txt\nindex 1..2 100644\n--- a/x.txt\n+++ b/x.txt\n@@ -2 +2,2 @@ above\n-b\n+B\n+C\n@@ -7,2 +7,0 @@\n-h\n-i\n\\ No newline at end of file\n";
        assert_eq!(lines(diff), [one("x.txt", &[(2, 3)], &[7])]);
    }

    #[test]
    fn bodies_that_look_like_heads_are_no_heads() {
        let diff = "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n--- a/y\n-@@ -1 +1 @@\n+++ b/y\n+diff --git a/z b/z\n@@ -9 +9 @@\n-a\n+b\n";
        assert_eq!(lines(diff), [one("x", &[(1, 2), (9, 9)], &[])]);
    }

    #[test]
    fn files_that_are_new_removed_renamed_or_binary() {
        let new = "diff --git a/a b.txt b/a b.txt\nnew file mode 100644\nindex 0..1\n--- /dev/null\n+++ b/a b.txt\t\n@@ -0,0 +1 @@\n+x\n";
        assert_eq!(lines(new), [("a b.txt".to_owned(), Lines::all())]);
        assert_eq!(lines("diff --git a/e b/e\nnew file mode 100644\nindex 0..1\n"), [("e".to_owned(), Lines::all())]);
        assert_eq!(
            lines("diff --git a/g b/g\ndeleted file mode 100644\n--- a/g\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n"),
            []
        );
        let renamed = "diff --git a/old b/new\nsimilarity index 90%\nrename from old\nrename to new\n--- a/old\n+++ b/new\n@@ -3 +3 @@\n-c\n+d\n";
        assert_eq!(lines(renamed), [one("new", &[(3, 3)], &[])]);
        assert_eq!(lines("diff --cc x\nindex 1,2..3\n--- a/x\n+++ b/x\n@@@ -1,1 -1,1 +1,5 @@@\n++<<<<<<< ours\n"), []);
    }

    #[test]
    fn names_are_quoted_as_c_does() {
        let name = |text: &str| path(text.as_bytes()).map(|name| String::from_utf8_lossy(&name).into_owned());
        assert_eq!(name(r#""b/a\"b\n\303\251.txt""#).as_deref(), Some("a\"b\né.txt"));
        assert_eq!(path(br#""b/\377""#), Some(vec![0xFF]));
        assert_eq!(name("/dev/null"), None);
        assert_eq!(name(r#""b/\3""#), None, "cut off");
        assert_eq!(same_name(br#""a/\n" "b/\n""#), Some(b"\n".to_vec()));
    }

    proptest! {
        /// Whatever the bytes, the reader comes to an end and to no harm.
        #[test]
        fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let mut diff = b"diff --git a/x b/x\n+++ b/x\n@@ -1 +1,4000000000 @@".to_vec();
            diff.extend(bytes);
            prop_assert!(read(diff.as_slice()).is_ok());
        }
    }
}
