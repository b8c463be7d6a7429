//! References from one article to another, and the normal forms of titles.

use crate::article::{Article, BlockKind, Link};
use crate::discover::EXTENSIONS;
use crate::source::Span;
use crate::text::{fold, words};
use crate::witness::{Witness, Witnesses};
use std::collections::HashMap;
use xxhash_rust::xxh3::xxh3_64;

/// How a reference is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReferenceKind {
    /// An entry of a list of related articles.
    SeeAlso,
    /// A link in the text.
    Link,
}

/// A reference to an article.
#[derive(Debug, Clone, Copy)]
pub struct Reference {
    /// How it is made.
    pub kind: ReferenceKind,
    /// The title or path that it names.
    pub target: Span,
    /// Whether the target is a path.
    pub is_path: bool,
    /// The entry or link as a whole.
    pub span: Span,
}

/// All references of an article, in order.
pub fn references(article: &Article<'_>) -> Vec<Reference> {
    let mut links =
        article.links.iter().filter(|link| may_name_article(article.text(link.target), link.is_path)).peekable();
    let mut found = Vec::new();
    let of_link = |kind: ReferenceKind, link: &Link| Reference {
        kind,
        target: link.target,
        is_path: link.is_path,
        span: link.span,
    };
    let entries = article.see_also().flat_map(|(_, blocks)| blocks);
    for entry in entries.filter(|block| matches!(block.kind, BlockKind::Item { .. }) && !block.span.is_empty()) {
        while let Some(link) = links.next_if(|link| link.span.start < entry.span.start) {
            found.push(of_link(ReferenceKind::Link, link));
        }
        // "- [[Title]], on the years before": the link is the entry's reference.
        match links.next_if(|link| entry.span.contains(link.span)) {
            Some(link) => found.push(of_link(ReferenceKind::SeeAlso, link)),
            None if article.link_in(entry.span).is_some() => {}
            None => {
                let target = title_of_entry(article, entry.span);
                let words = article.text(target);
                if may_name_article(words, false) && !words.contains("://") {
                    found.push(Reference { kind: ReferenceKind::SeeAlso, target, is_path: false, span: entry.span });
                }
            }
        }
    }
    found.extend(links.map(|link| of_link(ReferenceKind::Link, link)));
    found
}

/// The title that an entry without a link names: without marks of emphasis around it, and without the
/// gloss behind a dash ("Gozo – the smaller island").
fn title_of_entry(article: &Article<'_>, entry: Span) -> Span {
    let text = article.text(entry);
    // The second part of a title would have a capital.
    let gloss = |dash: &&str| text.find(*dash).filter(|at| text[at + dash.len()..].starts_with(char::is_lowercase));
    let end = [" – ", " — ", " - "].iter().filter_map(gloss).min().unwrap_or(text.len());
    let marks = |c: char| matches!(c, '\'' | '*' | '_') || c.is_whitespace();
    let start = text.len() - text.trim_start_matches(marks).len();
    let end = if end > start { start + text[start..end].trim_end_matches(marks).len() } else { text.len() };
    if start < end { Span { start: entry.start + start as u32, end: entry.start + end as u32, ..entry } } else { entry }
}

/// Whether a link may point to an article: not to a page of another namespace (`File:…`, `Category:…`),
/// whose colon has no blank behind it, and not to a file of another kind.
fn may_name_article(target: &str, is_path: bool) -> bool {
    if is_path {
        let name = target.rsplit('/').next().unwrap_or(target);
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        return EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(extension));
    }
    let namespace = target.split_once(':').filter(|(prefix, _)| !prefix.contains(' '));
    namespace.is_none_or(|(_, rest)| rest.starts_with(' '))
}

/// The form of a title in which two titles are the same for a reader: no case, no diacritics, no
/// blanks, dashes, apostrophes or commas. "Côte-d'Or" and "cote d’or" have one form.
pub fn title_form(title: &str) -> String {
    let mut form = fold(title).into_owned();
    form.retain(|c| {
        !(c.is_whitespace()
            || matches!(c, '-' | '_' | '‐'..='―' | '−' | '\'' | '’' | '‘' | '"' | '“' | '”' | ',' | '.'))
    });
    form
}

/// The form of a title in which two titles name one subject: case, blanks and dashes between words do not
/// count, but diacritics, points and capitals throughout do. "US" is not "Us", nor "Firefox 3.5" "Firefox 35".
pub fn strict_title_form(title: &str) -> String {
    let mut form = String::with_capacity(title.len());
    for word in title.split(|c: char| c.is_whitespace() || matches!(c, '_' | '–' | '—')) {
        let all_capitals =
            word.chars().filter(|c| c.is_uppercase()).count() > 1 && !word.chars().any(char::is_lowercase);
        if all_capitals { form.push_str(word) } else { form.extend(word.chars().flat_map(char::to_lowercase)) }
    }
    // A hyphen between letters is a dash; between digits it is part of a number.
    let chars: Vec<char> = form.chars().collect();
    let between_digits =
        |i: usize| i > 0 && chars[i - 1].is_ascii_digit() && chars.get(i + 1).is_some_and(char::is_ascii_digit);
    chars.iter().enumerate().filter(|&(i, &c)| c != '-' || between_digits(i)).map(|(_, &c)| c).collect()
}

/// The key under which a title and the references to it meet.
pub fn title_key(title: &str) -> u64 {
    xxh3_64(title_form(title).as_bytes())
}

/// The key under which a file and the links to its path meet.
pub fn path_key(path: &str) -> u64 {
    xxh3_64(format!("path:{path}").as_bytes())
}

/// The key of what a reference names. A path counts from the folder of the article.
pub fn reference_key(article: &Article<'_>, reference: &Reference) -> u64 {
    let target = article.text(reference.target);
    if !reference.is_path {
        return title_key(target);
    }
    let folder = article.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    path_key(&join(folder, &percent_decoded(target)))
}

/// The key that all references to this article have, by title; `None` for an article without one.
pub fn own_key(article: &Article<'_>) -> Option<u64> {
    article.title_text().map(title_key)
}

/// The name of a file without its folder and its extension.
pub fn file_stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Whether a reference is a title to the letter. The case of the first letter does not count, and
/// `_` is a blank, as everywhere in wikis.
pub fn is_exact(reference: &str, title: &str) -> bool {
    let blank = |c: char| if c == '_' { ' ' } else { c };
    let (mut a, mut b) = (reference.trim().chars(), title.trim().chars());
    let first = match (a.next(), b.next()) {
        (Some(a), Some(b)) => a.to_lowercase().eq(b.to_lowercase()),
        (a, b) => a == b,
    };
    first && a.map(blank).eq(b.map(blank))
}

/// How two titles of one normal form differ, in words.
pub fn difference(reference: &str, title: &str) -> String {
    /// A form in which titles that differ in one way are equal.
    type Form = fn(&str) -> String;
    let kinds: [(&str, Form); 5] = [
        ("case", str::to_lowercase),
        ("spaces", |text| text.split_whitespace().collect()),
        ("dashes", |text| text.chars().filter(|c| !matches!(c, '-' | '_' | '‐'..='―' | '−')).collect()),
        ("diacritics", without_diacritics),
        ("punctuation", |text| {
            text.chars().filter(|c| !matches!(c, '\'' | '’' | '‘' | '"' | '“' | '”' | ',' | '.')).collect()
        }),
    ];
    let matters = |name: &str| {
        let without_the_others = |text: &str| {
            let others = kinds.iter().filter(|(other, _)| *other != name);
            others.fold(text.to_owned(), |text, (_, form)| form(&text))
        };
        without_the_others(reference) != without_the_others(title)
    };
    let differing: Vec<String> =
        kinds.iter().filter(|(name, _)| matters(name)).map(|(name, _)| (*name).to_owned()).collect();
    match differing.as_slice() {
        [] => String::from("in something that is not seen"),
        [one] => format!("only in {one}"),
        several => format!("in {}", crate::text::enumerate(several)),
    }
}

fn without_diacritics(text: &str) -> String {
    let plain = |c: char| {
        let mut buffer = [0; 4];
        let folded = fold(c.encode_utf8(&mut buffer));
        if c.is_uppercase() { folded.to_uppercase() } else { folded.into_owned() }
    };
    text.chars().map(plain).collect()
}

/// What a witness of [`witnesses`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// An article's title.
    Title,
    /// A file, by its path, or by its name where the article has no title. The span is empty for a path.
    File,
    /// A reference to a title; the span is its target.
    Reference,
    /// A reference to a path; the span is its target.
    PathReference,
}

impl Role {
    /// The role of a witness.
    pub fn of(witness: &Witness) -> Self {
        match witness.value {
            0 => Role::Title,
            1 => Role::File,
            2 => Role::Reference,
            _ => Role::PathReference,
        }
    }

    /// Whether a witness is what references point to.
    pub fn is_target(witness: &Witness) -> bool {
        matches!(Role::of(witness), Role::Title | Role::File)
    }
}

/// Brings titles, files and references together under their keys; the map of the rules about references.
pub fn witnesses(article: &Article<'_>, witnesses: &mut Witnesses) {
    let head = Span { end: 0, start: 0, source: article.source };
    witnesses.add(path_key(&normal_path(article.path)), head, Role::File as u64);
    match article.title.filter(|title| !title.span.is_empty()) {
        Some(title) => witnesses.add(title_key(article.text(title.span)), title.span, Role::Title as u64),
        None => witnesses.add(title_key(file_stem(article.path)), head, Role::File as u64),
    }
    for reference in references(article) {
        let role = if reference.is_path { Role::PathReference } else { Role::Reference };
        witnesses.add(reference_key(article, &reference), reference.target, role as u64);
    }
}

fn join(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    let rooted = folder.starts_with('/');
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    format!("{}{}", if rooted { "/" } else { "" }, parts.join("/"))
}

/// A path in the one form in which [`reference_key`] compares it.
pub fn normal_path(path: &str) -> String {
    join(if path.starts_with('/') { "/" } else { "" }, path)
}

fn percent_decoded(path: &str) -> String {
    let bytes = path.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| path.get(at + 1..at + 3)).flatten();
        if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            decoded.push(byte);
            at += 3;
        } else {
            decoded.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

/// The titles of a corpus, to find the nearest to one that is not among them.
#[derive(Debug)]
pub struct Titles<'a> {
    titles: Vec<&'a str>,
    /// Numbers of the titles that have a part: a word, or four letters at an end of the form.
    by_part: HashMap<u64, Vec<u32>>,
}

/// How many titles with a part in common are looked at; a part that more have says little.
const LOOKED_AT: usize = 64;
/// In a word of at least so many letters one may be wrong; in one of twice as many, two.
const LETTERS_PER_SLIP: usize = 5;
/// Words of more bytes are compared as a whole: measuring slips costs the square of the length.
const LONGEST_WORD: usize = 128;

impl<'a> Titles<'a> {
    /// An index of titles.
    pub fn new(titles: impl Iterator<Item = &'a str>) -> Self {
        let mut index = Self { titles: Vec::new(), by_part: HashMap::new() };
        for title in titles.filter(|title| !title.is_empty()) {
            let number = index.titles.len() as u32;
            let form = title_form(title);
            for part in parts(title, &form) {
                let holders = index.by_part.entry(part).or_default();
                if holders.len() <= LOOKED_AT && holders.last() != Some(&number) {
                    holders.push(number);
                }
            }
            index.titles.push(title);
        }
        index
    }

    /// The nearest title, where one is near: word for word the same but for slips.
    pub fn nearest(&self, title: &str) -> Option<&'a str> {
        let form = title_form(title);
        let mut best: Option<(usize, &'a str)> = None;
        let mut seen = std::collections::HashSet::new();
        for part in parts(title, &form) {
            let Some(holders) = self.by_part.get(&part).filter(|holders| holders.len() <= LOOKED_AT) else { continue };
            for &number in holders {
                if !seen.insert(number) {
                    continue;
                }
                let candidate = self.titles[number as usize];
                if let Some(slips) = slips(title, candidate)
                    && best.is_none_or(|nearest| (slips, candidate) < nearest)
                {
                    best = Some((slips, candidate));
                }
            }
        }
        best.map(|(_, title)| title)
    }
}

/// How many letters differ between two titles; `None` where they are not the same but for slips.
///
/// Words are compared each with its counterpart: "Foreign relations of Iran" is letter by letter
/// nearly "Foreign relations of Iraq", and yet another country.
fn slips(a: &str, b: &str) -> Option<usize> {
    let a: Vec<String> = words(a).map(|word| fold(word.text).into_owned()).collect();
    let b: Vec<String> = words(b).map(|word| fold(word.text).into_owned()).collect();
    if a.len() != b.len() {
        return None;
    }
    a.iter().zip(&b).map(|(a, b)| slips_of_word(a, b)).sum()
}

fn slips_of_word(a: &str, b: &str) -> Option<usize> {
    if a == b {
        return Some(0);
    }
    if a.len().max(b.len()) > LONGEST_WORD {
        return None;
    }
    let shorter = a.chars().count().min(b.chars().count());
    let allowed = (shorter / LETTERS_PER_SLIP).min(2);
    // What differs in length by more cannot be near, and need not be measured.
    if a.chars().count().max(b.chars().count()) - shorter > allowed {
        return None;
    }
    Some(strsim::osa_distance(a, b)).filter(|&distance| distance <= allowed)
}

/// The parts of a title by which [`Titles`] finds it.
fn parts(title: &str, form: &str) -> Vec<u64> {
    let mut parts: Vec<u64> = words(title).map(|word| xxh3_64(fold(word.text).as_bytes())).collect();
    let chars: Vec<char> = form.chars().collect();
    if chars.len() >= 5 {
        let head: String = chars[..4].iter().collect();
        let tail: String = chars[chars.len() - 4..].iter().collect();
        parts.push(xxh3_64(format!("{head}…").as_bytes()));
        parts.push(xxh3_64(format!("…{tail}").as_bytes()));
    }
    parts.sort_unstable();
    parts.dedup();
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_name_an_article() {
        for (target, is_path, expected) in [
            ("Lake Chad", false, true),
            ("Alien: Resurrection", false, true),
            ("File:Map.png", false, false),
            ("fr:Tchad", false, false),
            ("../chad.md", true, true),
            ("map.PNG", true, false),
            ("folder/", true, false),
        ] {
            assert_eq!(may_name_article(target, is_path), expected, "{target}");
        }
    }

    #[test]
    fn forms_of_titles() {
        assert_eq!(title_form("ForeignrelationsofIraq"), title_form("Foreign relations of Iraq"));
        assert_eq!(title_form("Côte-d'Or"), title_form("cote d’or"));
        assert_ne!(title_form("C++"), title_form("C"));
        assert_ne!(title_form("Ada"), title_form("Ada (river)"));
    }

    #[test]
    fn exact_but_for_the_first_letter() {
        assert!(is_exact("foreign relations of Chad", "Foreign relations of Chad"));
        assert!(is_exact("Foreign_relations of Chad", "Foreign relations of Chad"));
        assert!(!is_exact("Foreign Relations of Chad", "Foreign relations of Chad"));
    }

    #[test]
    fn differences_are_named() {
        assert_eq!(difference("Foreign Relations of Chad", "Foreign relations of Chad"), "only in case");
        assert_eq!(difference("Chad-Mali relations", "Chad–Mali relations"), "only in dashes");
        assert_eq!(difference("ForeignrelationsofChad", "Foreign relations of Chad"), "only in spaces");
        assert_eq!(difference("São Tomé", "Sao Tome"), "only in diacritics");
        assert_eq!(difference("chad-mali Relations", "Chad–Mali relations"), "in case and dashes");
    }

    #[test]
    fn the_nearest_title() {
        let titles = ["Foreign relations of Chad", "Foreign relations of Chile", "Lake Eyasi"];
        let titles = Titles::new(titles.into_iter());
        for (wrong, near) in [
            ("Foreign relation of Chile", Some("Foreign relations of Chile")),
            ("Foreign relations of Chlie", Some("Foreign relations of Chile")),
            ("Lake Eyassi", Some("Lake Eyasi")),
            ("Foreign policy of Chile", None),
            // A short word of other letters is another word.
            ("Foreign relations of Chat", None),
            ("Foreign relations of Cuba", None),
            ("Mount Erebus", None),
        ] {
            assert_eq!(titles.nearest(wrong), near, "{wrong}");
        }
    }

    #[test]
    fn paths_count_from_the_folder() {
        assert_eq!(join("a/b", "../c.md"), "a/c.md");
        assert_eq!(join("", "./c%20d.md"), "c%20d.md");
        assert_eq!(percent_decoded("c%20d%zz"), "c d%zz");
        assert_eq!(normal_path("./seeds//a.md"), "seeds/a.md");
    }
}
