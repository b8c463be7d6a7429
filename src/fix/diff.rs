//! What has changed in a file, as a unified diff.

use similar::{Algorithm, TextDiff};
use std::time::Duration;

/// A diff that is not the shortest is good enough after so long.
const TIME: Duration = Duration::from_secs(5);

/// The difference of two texts in the unified format, as `patch` and `git apply` read it: lines end with LF, whatever else stands in them.
pub fn unified(path: &str, old: &str, new: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let diff = TextDiff::configure()
        .algorithm(Algorithm::Patience)
        .timeout(TIME)
        .newline_terminated(true)
        .diff_slices(&old, &new);
    let name = quoted(path);
    diff.unified_diff().header(&name, &name).to_string()
}

/// A name as diffs have it: one that could break its line stands in quotes, as in C.
fn quoted(path: &str) -> String {
    if !path.contains(|c: char| c.is_control() || matches!(c, '"' | '\\')) {
        return path.to_owned();
    }
    let mut quoted = String::from("\"");
    for c in path.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => {
                let mut bytes = [0; 4];
                c.encode_utf8(&mut bytes).bytes().for_each(|byte| quoted.push_str(&format!("\\{byte:03o}")));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_what_programs_take_for_lines() {
        assert_eq!(
            unified("a.txt", "\u{FEFF}one\r\ntwo\rthree\nfour", "\u{FEFF}one\r\ntwo\rtree\nfour"),
            "--- a.txt\n+++ a.txt\n@@ -1,3 +1,3 @@\n \u{FEFF}one\r\n-two\rthree\n+two\rtree\n four\n\\ No newline at end of file\n"
        );
        assert_eq!(unified("a.txt", "x\n", "x\n"), "");
    }

    #[test]
    fn names_stay_on_their_line() {
        assert_eq!(quoted("a b.txt"), "a b.txt");
        assert_eq!(quoted("a\n\u{1b}.txt"), "\"a\\n\\033.txt\"");
    }
}
