//! The walls of the house, as `ARCHITECTURE.md` draws them: which file may use what, read from the
//! sources themselves.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// What is used, and the files that may: a file, or a folder with a `/` at its end.
const DOORS: &[(&[&str], &[&str])] = &[
    // Each outside crate has one door.
    (&["miette"], &["report/pretty.rs"]),
    (&["jsonschema"], &["schema.rs"]),
    (&["serde_yaml", "saphyr_parser"], &["yaml.rs"]),
    (&["clap", "clap_complete", "clap_mangen"], &["cli.rs", "cli/"]),
    (&["rayon"], &["check.rs", "discover.rs"]),
    (&["regex", "globset"], &["schema.rs", "config.rs"]),
    (&["schemars"], &["config.rs", "config/", "article.rs"]),
    (&["encoding_rs"], &["text/encoding.rs"]),
    (&["flate2", "ruzstd", "bzip2"], &["discover/records.rs"]),
    (&["quick_xml"], &["discover/wiki_export.rs"]),
    (&["postcard"], &["looked.rs", "last.rs"]),
    (&["notify"], &["cli/watch.rs"]),
    (&["tempfile"], &["cli/cache.rs", "spill.rs"]),
    (&["etcetera"], &["cli/cache.rs"]),
    (&["sysinfo"], &["cli.rs"]),
    (&["foldhash"], &["text/hashed.rs"]),
    (&["unicode_script", "unicode_general_category"], &["text/encoding.rs", "rules/text/encoding.rs"]),
    // A rule reads and reports; it opens no file.
    (&["fs"], &["discover.rs", "spill.rs", "config.rs", "config/", "fix/replace.rs", "changes/git.rs", "cli/"]),
    (&["similar"], &["fix/diff.rs"]),
    // The output depends on the input alone, never on the clock or the environment.
    (&["env", "SystemTime", "Instant"], &["main.rs", "trap.rs", "cli.rs", "cli/", "changes/git.rs"]),
    // Nothing is fetched, and nothing is run but git.
    (&["net"], &[]),
    (&["process::Command"], &["changes/git.rs"]),
    (&["unsafe"], &[]),
];

#[test]
fn each_outside_crate_has_one_door() {
    let mut intruders = Vec::new();
    for source in Source::all() {
        let code = without_tests(&code(&source.text));
        for (used, doors) in DOORS {
            let may =
                doors.iter().any(|door| source.name == *door || door.ends_with('/') && source.name.starts_with(door));
            for word in used.iter().filter(|_| !may) {
                if has_word(&code, word) {
                    intruders.push(format!("src/{} uses `{word}`, which is for {doors:?} alone", source.name));
                }
            }
        }
    }
    assert!(intruders.is_empty(), "\n{}", intruders.join("\n"));
}

/// `lib.rs` lists the modules in the order of the street: each uses itself and those above it.
#[test]
fn modules_use_only_those_above_them() {
    let library = fs::read_to_string("src/lib.rs").unwrap();
    let order: BTreeMap<&str, usize> = library
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .enumerate()
        .map(|(rank, module)| (module, rank))
        .collect();
    assert!(order.len() > 10, "the modules of src/lib.rs are found");
    let mut upward = Vec::new();
    for source in Source::all() {
        let Some(own) = order.get(source.module()) else { continue };
        for used in used_modules(&without_tests(&code(&source.text))) {
            match order.get(used.as_str()) {
                Some(rank) if rank <= own => {}
                Some(_) => upward.push(format!("src/{} uses `crate::{used}`, which is below it", source.name)),
                None => {
                    upward.push(format!("src/{} uses `crate::{used}`, which src/lib.rs does not list", source.name));
                }
            }
        }
    }
    assert!(upward.is_empty(), "\n{}", upward.join("\n"));
}

#[test]
fn every_file_says_what_it_is() {
    for source in Source::all() {
        assert!(source.text.starts_with("//! "), "src/{} begins with no `//!` comment", source.name);
    }
}

#[test]
fn nothing_is_left_to_do() {
    for source in Source::all() {
        for mark in ["TODO", "FIXME", "XXX", "unimplemented!", "todo!"] {
            // `XXXX` is a year that TIMEX3 does not know.
            assert!(!has_word(&source.text, mark), "src/{} has a {mark}", source.name);
        }
    }
}

/// The tests above see what they look for, and nothing in strings, comments and tests.
#[test]
fn sources_are_read_as_they_are_meant() {
    let text = r##"
        //! See [`crate::below`].
        use crate::{article::{self, Article}, time, text::fold};
        const A: &str = "// no comment, and crate::string";
        const B: &str = r#"a " and crate::raw"#;
        fn life<'a>(c: &'a str) -> char { crate::yaml::escape(c); '"' } // crate::comment
        #[cfg(test)]
        mod tests { use crate::source::X; fn f() { let s = "}"; } }
        fn last() { serde_yaml::from_str(); }
    "##;
    let code = without_tests(&code(text));
    assert_eq!(used_modules(&code), ["article", "time", "text", "yaml"]);
    assert!(has_word(&code, "serde_yaml") && !has_word(&code, "yaml_") && !has_word(&code, "serde"));
    assert!(has_word("a process::Command;", "process::Command"));
}

/// A file of `src`, by its name from there on.
struct Source {
    name: String,
    text: String,
}

impl Source {
    fn all() -> Vec<Self> {
        let sources: Vec<Self> = common::files_below(Path::new("src"))
            .into_iter()
            .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
            .map(|path| Self {
                name: path.strip_prefix("src").unwrap().to_str().unwrap().replace('\\', "/"),
                text: fs::read_to_string(&path).unwrap(),
            })
            .collect();
        assert!(sources.len() > 30, "the sources are found");
        sources
    }

    /// The module of `lib.rs` that it belongs to.
    fn module(&self) -> &str {
        self.name.split('/').next().unwrap().trim_end_matches(".rs")
    }
}

/// A source without its comments and without what stands in quotes.
fn code(text: &str) -> String {
    let mut code = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if c == '"' {
            quoted(rest, '"')
        } else if rest.starts_with("r\"") || rest.starts_with("r#") {
            let marks = rest[1..].bytes().take_while(|&b| b == b'#').count();
            let close = format!("\"{}", "#".repeat(marks));
            let open = 1 + marks + 1;
            rest.get(open..).and_then(|inner| inner.find(&close)).map_or(1, |at| open + at + close.len())
        } else if c == '\'' && (rest[1..].starts_with('\\') || rest[1..].chars().nth(1) == Some('\'')) {
            // A character; what else begins with `'` is a lifetime.
            quoted(rest, '\'')
        } else {
            code.push(c);
            c.len_utf8()
        };
        rest = &rest[skipped..];
    }
    code
}

/// Bytes of a literal with its marks.
fn quoted(text: &str, mark: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == mark => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Code without its modules of tests.
fn without_tests(code: &str) -> String {
    let mut kept = String::new();
    let mut rest = code;
    while let Some(at) = rest.find("#[cfg(test)]") {
        kept.push_str(&rest[..at]);
        let open = at + rest[at..].find('{').expect("a module of tests has a body");
        let mut depth = 0;
        let end = rest[open..].bytes().position(|b| {
            depth += i32::from(b == b'{') - i32::from(b == b'}');
            depth == 0
        });
        rest = &rest[open + end.expect("the body ends") + 1..];
    }
    kept + rest
}

/// Whether a name stands in the code as a whole word.
fn has_word(code: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word)
        .any(|(at, _)| !code[..at].ends_with(is_part) && !code[at + word.len()..].starts_with(is_part))
}

/// The modules named behind `crate::`, one by one or in braces.
fn used_modules(code: &str) -> Vec<String> {
    let name = |text: &str| -> String { text.chars().take_while(|&c| c.is_alphanumeric() || c == '_').collect() };
    let mut used = Vec::new();
    for (at, mark) in code.match_indices("crate::") {
        let path = &code[at + mark.len()..];
        let Some(group) = path.strip_prefix('{') else {
            used.push(name(path));
            continue;
        };
        let mut depth = 0;
        let mut begins = true;
        for (i, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => begins = true,
                c if begins && !c.is_whitespace() => {
                    used.push(name(&group[i..]));
                    begins = false;
                }
                _ => {}
            }
        }
    }
    used
}
