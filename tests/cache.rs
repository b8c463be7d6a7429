//! The cache: what is found with it is what is found without it, whatever has happened to the articles, the configuration, or the cache.

mod common;

use common::folder::{Folder, Ran};
use std::fs;
use std::path::PathBuf;

/// Our own articles, by name.
fn articles() -> Vec<(String, String)> {
    let paths = common::articles_in("seeds".as_ref());
    paths
        .iter()
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(path).unwrap()))
        .collect()
}

const LINT: &str = "lint --as-of 2026-11-01 --output-format json";

/// The same, where nothing more is said of the day.
fn lint(more: &str) -> &'static str {
    if more.contains("--as-of") { "lint --output-format json" } else { LINT }
}

fn with_cache(folder: &Folder, more: &str) -> Ran {
    folder.run(&format!("{} --cache-dir .kept {more}", lint(more)))
}

/// Runs with and without the cache. Twice with it: what the first run has kept, the second uses.
#[track_caller]
fn same(folder: &Folder, more: &str, what: &str) {
    let without = folder.run(&format!("{} --no-cache {more}", lint(more)));
    for turn in ["first", "second"] {
        let with = with_cache(folder, more);
        assert_eq!((with.code, &with.out, &with.err), (without.code, &without.out, &without.err), "{what}, {turn} run");
    }
}

fn parts(folder: &Folder) -> Vec<PathBuf> {
    let is_part = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "part");
    if !folder.path(".kept").is_dir() {
        return Vec::new();
    }
    common::files_below(&folder.path(".kept")).into_iter().filter(is_part).collect()
}

/// Numbers that are the same in each run (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014).
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ mixed >> 31) % most as u64) as usize
    }
}

#[test]
fn whatever_is_edited_the_findings_are_those_of_a_run_without_cache() {
    let folder = Folder::new(&[]);
    let articles = articles();
    for (name, text) in &articles {
        folder.write(&format!("seeds/{name}"), text);
    }
    let mut random = Random(9);
    same(&folder, "seeds", "at first");
    for step in 0..30 {
        let (name, text) = &articles[random.below(articles.len())];
        let path = folder.path(&format!("seeds/{name}"));
        let what = match random.below(9) {
            0 => {
                let _ = fs::remove_file(&path);
                format!("{step}: {name} removed")
            }
            1 => {
                let _ = fs::rename(&path, folder.path(&format!("seeds/other-{name}")));
                format!("{step}: {name} renamed")
            }
            2 => {
                fs::write(&path, text.replace(". ", ".\u{20}\u{20}").replace("19", "18")).unwrap();
                format!("{step}: years of {name} changed")
            }
            3 => {
                fs::write(&path, text.replace('\n', "\r\n")).unwrap();
                format!("{step}: line ends of {name} changed")
            }
            4 => {
                let lines: Vec<&str> = text.lines().collect();
                let cut = random.below(lines.len());
                fs::write(&path, lines[..cut].join("\n")).unwrap();
                format!("{step}: {name} cut after line {cut}")
            }
            5 => {
                fs::write(folder.path(&format!("seeds/copy-{step}.txt")), text).unwrap();
                format!("{step}: {name} copied")
            }
            6 => {
                let configurations = [
                    "levels: {text: off}\n",
                    "levels: {date/stale: error}\nacronyms: [RNLI]\n",
                    "thresholds: {fact/duplicate: {words: 12}}\n",
                    "overrides: [{files: 'seeds/*.md', levels: {structure: error}}]\n",
                    "kinds: {bilateral-relations: false}\n",
                    "as-of: 1999-01-01\n",
                ];
                let configuration = configurations[random.below(configurations.len())];
                folder.write("seedlint.yaml", configuration);
                format!("{step}: {configuration}")
            }
            7 => {
                let _ = fs::remove_file(folder.path("seedlint.yaml"));
                format!("{step}: no configuration")
            }
            _ => {
                fs::write(&path, text).unwrap();
                format!("{step}: {name} as it was")
            }
        };
        let more = [
            "seeds",
            "seeds",
            "--select date,fact seeds",
            "--level text=error seeds",
            "--jobs 1 seeds",
            "--as-of 2031-02-03 seeds",
        ];
        same(&folder, more[random.below(more.len())], &what);
    }
}

#[test]
fn a_second_run_looks_at_nothing_and_a_third_at_what_has_changed() {
    let folder = Folder::new(&[]);
    for (name, text) in articles() {
        folder.write(&format!("seeds/{name}"), text);
    }
    with_cache(&folder, "seeds");
    let kept: Vec<_> = parts(&folder).iter().map(|path| fs::metadata(path).unwrap().modified().unwrap()).collect();
    assert!(!kept.is_empty());
    with_cache(&folder, "seeds");
    let again: Vec<_> = parts(&folder).iter().map(|path| fs::metadata(path).unwrap().modified().unwrap()).collect();
    assert_eq!(kept, again, "nothing is written where nothing is new");
    folder.write("seeds/new.txt", "= New =\n\nIt was opened on 31 June 1921.\n");
    let found = with_cache(&folder, "seeds");
    assert!(found.out.contains("31 June 1921"), "{found:?}");
}

/// What was kept of the last whole run is used, not made anew, as long as titles stay; and what is found is the same.
#[test]
fn after_an_edit_only_what_it_touches_is_judged_anew() {
    let folder = Folder::new(&[]);
    let articles = articles();
    for (name, text) in &articles {
        folder.write(&format!("seeds/{name}"), text);
    }
    let index = |folder: &Folder| {
        let path = parts(folder).into_iter().find(|path| path.ends_with("65.part"));
        path.map(|path| fs::metadata(path).unwrap().modified().unwrap())
    };
    let sentence = |random: &mut Random| {
        let (_, text) = &articles[random.below(articles.len())];
        let sentences: Vec<&str> = text.lines().filter(|line| line.len() > 80 && line.ends_with('.')).collect();
        sentences.get(random.below(sentences.len().max(1))).map_or(String::new(), |line| (*line).to_owned())
    };
    let mut random = Random(31);
    same(&folder, "seeds", "at first");
    let mut kept = 0;
    for step in 0..40 {
        let before = index(&folder);
        assert!(before.is_some());
        // Several at once, and what was edited before is edited again or is as it was.
        for _ in 0..=random.below(3) {
            let (name, text) = &articles[random.below(articles.len())];
            let path = folder.path(&format!("seeds/{name}"));
            let now = fs::read_to_string(&path).unwrap();
            let edited = match random.below(6) {
                0 => format!("{}\n\n{}\n", now.trim_end(), sentence(&mut random)),
                1 => now.replace("19", "18"),
                2 => now.replace("18", "19").replace(" the ", " this "),
                3 => {
                    let lines: Vec<&str> = now.lines().collect();
                    let gone = lines.len() / 2 + random.below(lines.len().div_ceil(2));
                    [&lines[..gone], &lines[gone + 1..]].concat().join("\n") + "\n"
                }
                4 => now.replace(", ", " and "),
                _ => text.clone(),
            };
            fs::write(&path, edited).unwrap();
        }
        let more = ["seeds", "seeds", "--jobs 1 seeds", "--as-of 2026-11-02 seeds", "--as-of 2034-01-01 seeds"];
        same(&folder, more[random.below(more.len())], &format!("step {step}"));
        kept += usize::from(index(&folder) == before);
    }
    assert!(kept > 30, "{kept} of 40 runs stood on the one before");
}

/// A piece of the index that is not as it was is told of, and all is judged anew.
#[test]
fn a_damaged_index_is_said_once_and_changes_nothing() {
    let folder = Folder::new(&[]);
    for (name, text) in articles() {
        folder.write(&format!("seeds/{name}"), text);
    }
    let article = "= Pier =\n\nThe pier was opened on 31 June 1921.\n";
    for (day, harm) in (32..).zip(["cut", "changed", "gone"]) {
        folder.write("seeds/pier.txt", article);
        same(&folder, "seeds", harm);
        let index = parts(&folder).into_iter().find(|path| path.ends_with("65.part")).unwrap();
        let bytes = fs::read(&index).unwrap();
        match harm {
            "cut" => fs::write(&index, &bytes[..60]).unwrap(),
            "changed" => fs::write(&index, bytes.iter().map(|byte| byte ^ 1).collect::<Vec<u8>>()).unwrap(),
            _ => fs::remove_file(&index).unwrap(),
        }
        folder.write("seeds/pier.txt", article.replace("31 June", &format!("{day} June")));
        let (with, without) = (with_cache(&folder, "seeds"), folder.run(&format!("{LINT} --no-cache seeds")));
        assert_eq!((with.code, &with.out), (without.code, &without.out), "{harm}");
        assert_eq!(with.err.matches("note: the cache was of no use").count(), 1, "{harm}: {with:?}");
        same(&folder, "seeds", harm);
    }
}

/// What lies outside the corpus is no part of any entry: a run over all is another when it changes.
#[test]
fn a_title_that_is_known_outside_is_missing_no_more() {
    let folder = Folder::new(&[("seeds/a.txt", "= Weir =\n\nThe weir was built in 1921. See [[Pier]] and [[Dam]].\n")]);
    same(&folder, "seeds", "without a list");
    folder.write("titles.txt", "Pier\n");
    folder.write("seedlint.yaml", "outside-titles: {file: titles.txt}\n");
    same(&folder, "seeds", "with a list");
    folder.write("titles.txt", "Pier\nDam\n");
    same(&folder, "seeds", "with another");
}

/// An article is looked at again on another day only where it speaks of a day that is not the same then.
#[test]
fn on_another_day_only_those_articles_are_looked_at_that_ask_for_it() {
    let folder = Folder::new(&[]);
    for number in 0..20 {
        folder.write(
            &format!("seeds/{number}.txt"),
            format!("= Pier {number} =\n\nPier {number} was opened on 31 June 1921 and will be closed in 2031.\n"),
        );
    }
    folder.write("seeds/a.txt", "= Weir =\n\nThe weir was built in 1921. It was mended last year.\n");
    folder.write("seeds/b.txt", "= Dam =\n\nThe dam was built in 1921. It is to be opened in 2024.\n");
    let on = |day: &str| {
        let run = |cache: &str| folder.run(&format!("lint --output-format json --as-of {day} {cache} seeds"));
        let before: Vec<Vec<u8>> = parts(&folder).iter().map(|path| fs::read(path).unwrap()).collect();
        let (with, without) = (run("--cache-dir .kept"), run("--no-cache"));
        assert_eq!((with.code, with.out, with.err), (without.code, without.out, without.err), "{day}");
        parts(&folder).iter().map(|path| fs::read(path).unwrap()).filter(|part| !before.contains(part)).count()
    };
    assert!(on("2026-11-01") > 10);
    assert_eq!(on("2026-11-01"), 0);
    assert_eq!(on("2026-11-02"), 1, "what is said of the dam names the day");
    assert_eq!(on("2027-03-01"), 2, "for the weir it is another year, too");
    assert!(on("2032-03-01") > 10, "the piers ought to be closed");
}

#[test]
fn a_bad_cache_is_said_once_and_changes_nothing() {
    type Harm = fn(&Folder);
    let harms: &[(&str, Harm)] = &[
        ("cut short", |folder| {
            for path in parts(folder) {
                let bytes = fs::read(&path).unwrap();
                fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
            }
        }),
        ("other bytes", |folder| parts(folder).iter().for_each(|path| fs::write(path, [7; 500]).unwrap())),
        ("empty", |folder| parts(folder).iter().for_each(|path| fs::write(path, "").unwrap())),
        ("folders in the place of parts", |folder| {
            for path in parts(folder) {
                fs::remove_file(&path).unwrap();
                fs::create_dir(&path).unwrap();
            }
        }),
        ("a file in the place of the folder", |folder| {
            fs::remove_dir_all(folder.path(".kept")).unwrap();
            folder.write(".kept", "mine");
        }),
    ];
    for (name, harm) in harms {
        let folder = Folder::new(&[("a.txt", "= A =\n\nThe pier was opened on 31 June 1921.\n")]);
        let without = folder.run(&format!("{LINT} --no-cache a.txt"));
        with_cache(&folder, "a.txt");
        harm(&folder);
        let with = with_cache(&folder, "a.txt");
        assert_eq!((with.code, &with.out), (without.code, &without.out), "{name}");
        assert_eq!(with.err.matches("note: the cache was of no use").count(), 1, "{name}: {with:?}");
        assert!(folder.run(&format!("{LINT} --quiet --cache-dir .kept a.txt")).err.is_empty(), "{name}");
    }
}

#[cfg(unix)]
#[test]
fn a_cache_behind_a_link_is_not_written() {
    let folder = Folder::new(&[("a.txt", "= A =\n\nIt was opened on 31 June 1921.\n"), ("elsewhere/mine", "mine")]);
    with_cache(&folder, "a.txt");
    let project = parts(&folder)[0].parent().unwrap().to_owned();
    fs::remove_dir_all(&project).unwrap();
    std::os::unix::fs::symlink(folder.path("elsewhere"), &project).unwrap();
    let ran = with_cache(&folder, "a.txt");
    assert!(ran.err.contains("symbolic link") && ran.out.contains("31 June"), "{ran:?}");
    assert_eq!(common::files_below(&folder.path("elsewhere")).len(), 1);
}

#[test]
fn several_runs_at_once_leave_a_sound_cache() {
    let folder = Folder::new(&[]);
    for (name, text) in articles() {
        folder.write(&format!("seeds/{name}"), text);
    }
    let without = folder.run(&format!("{LINT} --no-cache seeds"));
    std::thread::scope(|scope| {
        let runs: Vec<_> = (0..6).map(|_| scope.spawn(|| with_cache(&folder, "seeds"))).collect();
        for run in runs {
            assert_eq!(run.join().unwrap().out, without.out);
        }
    });
    let after = with_cache(&folder, "seeds");
    assert!(after.out == without.out && after.err == without.err, "{after:?}");
}

#[test]
fn without_a_home_nothing_is_kept_and_with_one_it_is_kept_there() {
    let folder = Folder::new(&[("a.txt", "= A =\n\nIt was opened in 1921.\n")]);
    folder.run(&format!("{LINT} a.txt"));
    let names = |folder: &Folder| common::files_below(&folder.path("")).len();
    let before = names(&folder);
    let mut command = folder.command(&format!("{LINT} a.txt"));
    command.env("HOME", folder.path("home")).env("XDG_CACHE_HOME", folder.path("home/cache"));
    assert_eq!(common::folder::finish(command, "").code, Some(0));
    assert!(names(&folder) > before && folder.path("home/cache/seedlint/CACHEDIR.TAG").is_file());
}

#[test]
fn clean_removes_what_was_kept_and_nothing_else() {
    let folder = Folder::new(&[("a.txt", "= A =\n\nIt was opened in 1921.\n")]);
    with_cache(&folder, "a.txt");
    let mine = parts(&folder)[0].parent().unwrap().join("mine.part");
    fs::write(&mine, "mine").unwrap();
    let ran = folder.run("clean --cache-dir .kept");
    assert!(ran.code == Some(0) && ran.err.contains("1 file removed"), "{ran:?}");
    assert_eq!(common::files_below(&folder.path(".kept")), std::slice::from_ref(&mine));
    fs::remove_file(&mine).unwrap();
    folder.run("clean --cache-dir .kept");
    assert!(!folder.path(".kept").exists());
    let again = folder.run("clean --cache-dir .kept");
    assert!(again.code == Some(0) && again.err.contains("0 files removed"), "{again:?}");
}
