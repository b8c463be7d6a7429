//! `--memory`: what does not fit lies in a temporary file, and the same is found.

mod common;

use common::folder::{Folder, finish};

/// The least that may be asked for; of it an eighth is for texts, and an eighth for what articles say to each other.
const LEAST: &str = "32M";

/// An article of about 6 kB, so that some thousand of them do not fit. Some share a day, a sentence or a title with others.
fn article(number: usize) -> String {
    let filler = "The parish keeps a ledger of it, in a hand that nobody has read since. ".repeat(70);
    let day = 1 + number % 40;
    format!(
        "= Pier {name} =\n\nInfobox\n- Opened: {year}\n\nPier {name} was opened on {day} June 1921 by the harbour master of Sund. See [[Pier {next}]].\n\n{filler}\n\nThe \
         pier was closed in {closed} after a storm of number {number}.\n",
        name = number / 2,
        year = 1921 - number % 3,
        next = number + 7000,
        closed = 1950 + number % 50,
    )
}

fn corpus(files: usize) -> Folder {
    let folder = Folder::new(&[]);
    for number in 0..files {
        folder.write(&format!("seeds/{number:04}.txt"), article(number));
    }
    let record = |number: usize| serde_json::json!({"text": article(number)}).to_string();
    let dump: Vec<String> = (files..files + 200).map(record).collect();
    folder.write("seeds/dump.jsonl", dump.join("\n"));
    folder.write("seedlint.yaml", "extensions: [txt, jsonl]\nas-of: 2026-11-01\n");
    folder
}

#[test]
fn the_same_is_found_with_little_memory() {
    let folder = corpus(1200);
    for format in ["json", "pretty --quiet", "sarif"] {
        let arguments = format!("lint --no-cache --output-format {format} seeds");
        let (all, little) = (folder.run(&arguments), folder.run(&format!("{arguments} --memory {LEAST}")));
        assert_eq!((all.code, &all.err), (little.code, &little.err));
        let same = all.out == little.out;
        assert!(same && all.out.len() > 100_000, "{format}: {} and {} bytes", all.out.len(), little.out.len());
    }
}

#[test]
fn corrections_reach_the_files_that_do_not_fit() {
    let folder = corpus(900);
    folder.write("seeds/zz.txt", "= Weir =\n\nIt fell in October, 1921.\n");
    let ran = folder.run(&format!("lint --no-cache --fix --memory {LEAST} --output-format json seeds"));
    assert!(ran.err.contains("1 finding in 1 file corrected"), "{}", ran.err);
    assert_eq!(folder.read("seeds/zz.txt"), "= Weir =\n\nIt fell in October 1921.\n");
    assert_eq!(folder.read("seeds/0100.txt"), article(100));
}

/// Where there is no room for a temporary file, more memory is taken, and it is said.
#[test]
#[cfg(unix)]
fn without_a_temporary_folder_more_memory_is_taken() {
    let folder = corpus(900);
    let arguments = format!("lint --no-cache --memory {LEAST} --output-format json seeds");
    let mut command = folder.command(&arguments);
    command.env("TMPDIR", folder.path("nowhere"));
    let (without, with) = (finish(command, ""), folder.run(&arguments));
    assert!(without.err.contains("more memory was taken than was allowed"), "{}", without.err);
    assert!(without.code == with.code && without.out == with.out);
}

#[test]
fn sizes_are_told_as_people_tell_them() {
    let folder = Folder::new(&[("seeds/a.txt", "= Pier =\n\nIt stands.\n")]);
    for size in ["64M", "1g", "1GiB", "40000000", "2GB", "65536k"] {
        assert_eq!(folder.run(&format!("lint --memory {size} seeds")).code, Some(0), "{size}");
    }
    for size in ["", "M", "1M", "-1G", "1.5G", "9999999999999999999G", "18446744073709551615G", "1T", "1 G"] {
        let mut command = folder.command("lint seeds");
        command.arg(format!("--memory={size}"));
        let ran = finish(command, "");
        assert!(ran.code == Some(2) && ran.err.contains("--memory"), "{size}: {ran:?}");
    }
}
