//! References from one article to another, and what they arrive at.
//!
//! See-also entries, links, "Main article: …" lines, values of infoboxes and titles in brackets are all references; titles,
//! the aliases that articles declare, files, and titles that the configuration says are elsewhere are what they can arrive at.
//! [`citations`] are references to sources, within an article.

pub mod citations;
mod outside;
pub mod pointers;
mod titles;

pub use outside::OutsideTitles;
pub use titles::{Near, Titles, difference, is_exact, is_plain, strict_title_form, title_form, without_diacritics};

use crate::article::{Article, Block, BlockKind, Field, is_see_also};
use crate::discover::EXTENSIONS;
use crate::source::Span;
use crate::text::{Set, is_capitalised};
use crate::witness::{Witness, Witnesses};
use xxhash_rust::xxh3::xxh3_64;

/// How a reference is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReferenceKind {
    /// An entry of a list of related articles.
    SeeAlso,
    /// A link in the text.
    Link,
    /// "Main article: …" and its like, on a line of their own.
    MainArticle,
    /// A value of the infobox.
    Infobox,
    /// A title in brackets: "(Indo-Nepalese relations)", "(see Lake Eyasi)".
    Bracket,
}

impl ReferenceKind {
    /// The name, as `inspect references` has it.
    pub fn name(self) -> &'static str {
        match self {
            ReferenceKind::SeeAlso => "see-also",
            ReferenceKind::Link => "link",
            ReferenceKind::MainArticle => "main-article",
            ReferenceKind::Infobox => "infobox",
            ReferenceKind::Bracket => "bracket",
        }
    }
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
    /// The entry, link, line, value or bracket as a whole.
    pub span: Span,
    /// Whether it is a reference whatever articles there are. Other words are one where an article answers to them.
    pub certain: bool,
}

/// All references of an article, in order.
pub fn references(article: &Article<'_>) -> Vec<Reference> {
    let mut found = Vec::new();
    let mut links =
        article.links.iter().filter(|link| may_name_article(article.text(link.target), link.is_path)).peekable();
    if let Some(infobox) = &article.infobox {
        for field in &infobox.fields {
            value(article, field, &mut found);
        }
    }
    let listed: Vec<bool> = article
        .sections
        .iter()
        .map(|section| section.heading.is_some_and(|heading| is_see_also(article.text(heading.span))))
        .collect();
    // Where the heading is lost, its words may stand in a paragraph.
    let mut lost_heading = false;
    for block in &article.blocks {
        let is_item = matches!(block.kind, BlockKind::Item { .. });
        let in_list = is_item && (listed[block.section] || lost_heading);
        lost_heading =
            lost_heading && is_item || block.kind == BlockKind::Paragraph && is_see_also(article.text(block.span));
        let lines = if block.kind == BlockKind::Paragraph { lines_of_titles(article, block) } else { Vec::new() };
        let mut first = true;
        while let Some(link) = links.next_if(|link| link.span.start < block.span.end) {
            let line = lines.partition_point(|(_, line)| line.end < link.span.end);
            let line = lines.get(line).filter(|(_, line)| line.contains(link.span));
            let (kind, span) = match line {
                // "- [[Title]], on the years before": the link is the entry's reference.
                _ if in_list && first && block.span.contains(link.span) => (ReferenceKind::SeeAlso, block.span),
                Some(&(kind, line)) => (kind, line),
                _ if block.span.contains(link.span) => (ReferenceKind::Link, link.span),
                _ => (ReferenceKind::Infobox, link.span),
            };
            first = first && !block.span.contains(link.span);
            found.push(Reference { kind, target: link.target, is_path: link.is_path, span, certain: true });
        }
        for (kind, line) in lines.into_iter().filter(|&(_, line)| article.link_in(line).is_none()) {
            titles_of_line(article, kind, line, &mut found);
        }
        if in_list && !block.span.is_empty() && article.link_in(block.span).is_none() {
            entry(article, block.span, &mut found);
        } else if block.kind != BlockKind::Raw {
            brackets(article, block.span, &mut found);
        }
    }
    let rest = links.map(|link| (link.target, link.is_path, link.span));
    found.extend(rest.map(|(target, is_path, span)| Reference {
        kind: ReferenceKind::Infobox,
        target,
        is_path,
        span,
        certain: true,
    }));
    found.sort_by_key(|reference| (reference.target.start, reference.target.end));
    found
}

/// An entry of a list of related articles that has no link.
fn entry(article: &Article<'_>, entry: Span, found: &mut Vec<Reference>) {
    let target = title_of_entry(article, entry);
    let words = article.text(target);
    if may_name_article(words, false) && !words.contains("://") {
        found.push(Reference { kind: ReferenceKind::SeeAlso, target, is_path: false, span: entry, certain: true });
    }
}

/// A part of a span, in bytes from its start, without the blanks and the marks of emphasis around it; `None` where nothing is left.
fn part(article: &Article<'_>, span: Span, from: usize, to: usize) -> Option<Span> {
    let marks = |c: char| c.is_whitespace() || matches!(c, '\'' | '"' | '*' | '_' | '“' | '”');
    let text = &article.text(span)[from..to];
    let start = from + text.len() - text.trim_start_matches(marks).len();
    let end = start + text.trim_matches(marks).len();
    (start < end).then(|| Span { start: span.start + start as u32, end: span.start + end as u32, ..span })
}

/// Titles are no longer than this many bytes (as in `MediaWiki`).
const LONGEST_TITLE: usize = 255;

/// The titles that the value of an infobox field may name: the whole of it, or the items of a list.
fn value(article: &Article<'_>, field: &Field, found: &mut Vec<Reference>) {
    let text = article.text(field.value);
    // The article's own title names no other, however near to the title of another it is.
    let own_title = article.title.is_some_and(|title| field.value.contains(title.span));
    if own_title || is_alias_key(article.text(field.key)) || text.len() > LONGEST_TITLE || text.contains("[[") {
        return;
    }
    let mut name = |from: usize, to: usize| {
        let listed = |c: char| matches!(c, '[' | ']' | '-' | '"' | '\'' | ' ');
        let inner = text[from..to].trim_start_matches(listed);
        let Some(target) = part(
            article,
            field.value,
            to - inner.len(),
            from.max(to - inner.len()) + inner.trim_end_matches(listed).len(),
        ) else {
            return;
        };
        if article.text(target).contains(char::is_alphabetic) {
            found.push(Reference {
                kind: ReferenceKind::Infobox,
                target,
                is_path: false,
                span: field.value,
                certain: false,
            });
        }
    };
    name(0, text.len());
    if text.contains([',', ';', '\n']) {
        let mut from = 0;
        for piece in text.split([',', ';', '\n']) {
            name(from, from + piece.len());
            from += piece.len() + 1;
        }
    }
}

/// What stands before the titles on a line that names related articles. Encyclopedias write them with templates of these words.
const LEADS: &[(&str, ReferenceKind)] = &[
    ("main article", ReferenceKind::MainArticle),
    ("main articles", ReferenceKind::MainArticle),
    ("full article", ReferenceKind::MainArticle),
    ("further information", ReferenceKind::MainArticle),
    ("more information", ReferenceKind::MainArticle),
    ("see also", ReferenceKind::SeeAlso),
];

/// The bytes that a lead takes with its colon, where a text begins with one.
fn lead(text: &str) -> Option<(ReferenceKind, usize)> {
    let colon = text.bytes().take(24).position(|b| b == b':')?;
    let words = text.get(..colon)?.trim_start_matches(['(', '\'', '*', '_', ':', ' ']);
    LEADS.iter().find(|(lead, _)| words.eq_ignore_ascii_case(lead)).map(|&(_, kind)| (kind, colon + 1))
}

/// The lines of a paragraph that name related articles, without their leads.
fn lines_of_titles(article: &Article<'_>, block: &Block) -> Vec<(ReferenceKind, Span)> {
    let text = article.text(block.span);
    let mut lines = Vec::new();
    let mut at = 0;
    for line in text.split(['\n', '\r']) {
        let indent = line.len() - line.trim_start().len();
        if let Some((kind, length)) = lead(&line[indent..]) {
            lines.extend(part(article, block.span, at + indent + length, at + line.len()).map(|span| (kind, span)));
        }
        at += line.len() + 1;
    }
    lines
}

/// The titles on a line without links: one, or a list of them.
fn titles_of_line(article: &Article<'_>, kind: ReferenceKind, line: Span, found: &mut Vec<Reference>) {
    let text = article.text(line).trim_end_matches(['.', ')', ' ']);
    if text.len() > LONGEST_TITLE {
        return;
    }
    let mut name = |from: usize, to: usize, certain: bool| {
        if let Some(target) =
            part(article, line, from, to).filter(|&target| may_name_article(article.text(target), false))
        {
            found.push(Reference { kind, target, is_path: false, span: line, certain });
        }
    };
    // A title may have a comma or an "and" in it: what falls apart are guesses.
    let parted = text.contains([',', ';']) || text.contains(" and ");
    name(0, text.len(), !parted);
    if parted {
        let mut from = 0;
        for piece in text.split([',', ';']) {
            let piece_end = from + piece.len();
            let mut at = from;
            for name_part in piece.split(" and ") {
                let start = if name_part.starts_with("and ") { at + 4 } else { at };
                name(start, at + name_part.len(), false);
                at += name_part.len() + " and ".len();
            }
            from = piece_end + 1;
        }
    }
}

/// The titles in brackets of a block: "(see Lake Eyasi)", and "(Indo-Nepalese relations)", which is what is left of a link.
fn brackets(article: &Article<'_>, block: Span, found: &mut Vec<Reference>) {
    let text = article.text(block);
    let mut at = 0;
    while let Some(open) = text[at..].find('(').map(|open| at + open + 1) {
        at = open;
        let mut window = (open + LONGEST_TITLE).min(text.len());
        while !text.is_char_boundary(window) {
            window -= 1;
        }
        let Some(length) =
            text[open..window].find(['(', ')', '\n', '[']).filter(|&length| text[open + length..].starts_with(')'))
        else {
            continue;
        };
        let inner = &text[open..open + length];
        at = open + length;
        let whole = Span { start: block.start + open as u32 - 1, end: block.start + at as u32 + 1, ..block };
        let mut name = |skipped: usize, certain: bool| {
            if let Some(target) = part(article, block, open + skipped, open + length) {
                let kind = ReferenceKind::Bracket;
                found.push(Reference { kind, target, is_path: false, span: whole, certain });
            }
        };
        let see = ["see also ", "see main article ", "see the article ", "see "]
            .iter()
            .find(|lead| inner.get(..lead.len()).is_some_and(|head| head.eq_ignore_ascii_case(lead)));
        match (lead(inner), see) {
            (Some((_, length)), _) => name(length, false),
            (None, Some(lead)) => name(lead.len(), names_relations(&inner[lead.len()..])),
            (None, None) if names_relations(inner) => name(0, true),
            (None, None) => {}
        }
    }
}

/// Whether words are, as a whole, the title of an article on the relations of two countries, or of one with all others:
/// "Indo-Nepalese relations", "Chad–Mali relations", "Chad and Mali relations", "Foreign relations of Chad". Nothing else has such names.
fn names_relations(text: &str) -> bool {
    let names = |text: &str| {
        !text.is_empty() && text.split(' ').all(|word| is_capitalised(word) || matches!(word, "of" | "the" | "and"))
    };
    let text = text.trim().trim_end_matches(" in detail");
    if let Some(country) =
        text.strip_prefix("Foreign relations of ").or_else(|| text.strip_prefix("foreign relations of "))
    {
        return names(country);
    }
    let Some(parties) = text.strip_suffix(" relations").or_else(|| text.strip_suffix(" Relations")) else {
        return false;
    };
    let parties = parties.trim_end_matches(" diplomatic").trim_end_matches(" bilateral");
    let pair = |parties: &str, dash: &str| {
        parties.split_once(dash).is_some_and(|(one, other)| names(one.trim()) && names(other.trim()))
    };
    ["–", "—", "-", " and "].iter().any(|dash| pair(parties, dash))
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

/// The key under which a title and the references to it meet.
pub fn title_key(title: &str) -> u64 {
    // Lists of millions of titles are mostly in ASCII; these need no memory of their own.
    let mut form = [0; LONGEST_TITLE];
    if title.is_ascii() && title.len() <= form.len() {
        let mut length = 0;
        for byte in title.bytes().filter(|&byte| !titles::is_left_out(byte.into())) {
            form[length] = byte.to_ascii_lowercase();
            length += 1;
        }
        return xxh3_64(&form[..length]);
    }
    xxh3_64(title_form(title).as_bytes())
}

/// The key under which a file and the links to its path meet.
pub fn path_key(path: &str) -> u64 {
    xxh3_64(format!("path:{path}").as_bytes())
}

/// The key of what a reference names. A path counts from the folder of the article.
pub fn reference_key(article: &Article<'_>, reference: &Reference) -> u64 {
    target_key(article, reference.target, reference.is_path)
}

fn target_key(article: &Article<'_>, target: Span, is_path: bool) -> u64 {
    let target = article.text(target);
    if !is_path {
        return title_key(target);
    }
    let folder = article.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    path_key(&join(folder, &percent_decoded(target)))
}

/// The name of a file without its folder and its extension.
pub fn file_stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// The sections of an article, and other places of it that have names.
#[derive(Debug)]
pub struct Sections {
    /// The forms of the headings, and their letters and digits alone.
    names: Set<String>,
    /// Names that the text gives to places: `id="…"`, `name="…"`, `{#…}`.
    declared: Set<String>,
}

impl Sections {
    /// Reads the sections of an article.
    pub fn of(article: &Article<'_>) -> Self {
        let headings = article.sections.iter().filter_map(|section| section.heading.map(|heading| heading.span));
        let titles = headings.chain(article.title.map(|title| title.span)).map(|span| title_form(article.text(span)));
        let mut names: Set<String> = titles.collect();
        let plain: Vec<String> = names.iter().map(|form| letters(form)).filter(|form| !form.is_empty()).collect();
        names.extend(plain);
        let mut declared = Set::default();
        for (mark, end) in [("id=\"", '"'), ("name=\"", '"'), ("{#", '}'), ("{{anchor|", '}')] {
            for (at, _) in article.written.match_indices(mark) {
                let name = article.written[at + mark.len()..].chars().take(LONGEST_TITLE).take_while(|&c| c != end);
                declared.insert(name.collect());
            }
        }
        Self { names, declared }
    }

    /// Whether one is meant by what a link has behind its `#`: the words of a heading, or what programs make of them for
    /// addresses (`early-life`, `Early_life`, `early-life-1`).
    pub fn has(&self, words: &str) -> bool {
        let words = percent_decoded(words);
        let form = title_form(&words);
        // The second of two headings with the same words has a number behind them.
        let numbered = words.trim_end_matches(|c: char| c.is_ascii_digit()).strip_suffix('-').map(title_form);
        let named = |form: &String| self.names.contains(form) || self.names.contains(&letters(form));
        named(&form) || numbered.as_ref().is_some_and(named) || words == "top" || self.declared.contains(&words)
    }
}

/// The letters and digits of a text.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether a key of an infobox gives other titles of the article.
fn is_alias_key(key: &str) -> bool {
    let key = crate::text::fold(key.trim());
    matches!(&*key, "alias" | "aliases" | "redirect" | "redirects" | "redirects from" | "redirected from")
}

/// The other titles that an article declares: `aliases` or `redirects` in its front matter or infobox, parted by commas or
/// semicolons, or a list.
pub fn aliases(article: &Article<'_>) -> Vec<Span> {
    let mut aliases = Vec::new();
    let fields = article.fields();
    for field in fields.filter(|field| is_alias_key(article.text(field.key))) {
        let text = article.text(field.value);
        // Where there are semicolons, commas are parts of titles.
        let marks: &[char] = if text.contains(';') { &[';', '\n'] } else { &[',', '\n'] };
        let mut from = 0;
        for piece in text.split(marks) {
            let listed = |c: char| matches!(c, '[' | ']' | '-' | '*' | '\r') || c.is_whitespace();
            let inner = piece.trim_start_matches(listed);
            let start = from + piece.len() - inner.len();
            let end = start + inner.trim_end_matches(listed).len();
            aliases.extend(part(article, field.value, start, end));
            from += piece.len() + 1;
        }
    }
    aliases
}

/// The keys of all that references to this article can name: its title or else its file's name, its aliases, and its path.
pub fn own_keys(article: &Article<'_>) -> Vec<u64> {
    let title = article.title_text().unwrap_or_else(|| file_stem(article.path));
    let aliases = aliases(article);
    let names = std::iter::once(title).chain(aliases.iter().map(|&alias| article.text(alias)));
    names.map(title_key).chain([path_key(&normal_path(article.path))]).collect()
}

/// What a witness of [`witnesses`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// An article's title.
    Title,
    /// Another title that an article declares.
    Alias,
    /// A file, by its path, or by its name where the article has no title. The span is empty for a path.
    File,
    /// A reference to a title; the span is its target.
    Reference,
    /// A reference to a path; the span is its target.
    PathReference,
    /// A title alone in brackets; the span is its words.
    Bracket,
    /// Words that are a reference if an article answers to them.
    Candidate,
    /// A section of another article, under the key of that article; the span is the section's words.
    Section,
}

impl Role {
    /// All of them, each at its own number.
    const ALL: [Role; 8] = [
        Role::Title,
        Role::Alias,
        Role::File,
        Role::Reference,
        Role::PathReference,
        Role::Bracket,
        Role::Candidate,
        Role::Section,
    ];

    /// The role of a witness.
    pub fn of(witness: &Witness) -> Self {
        Self::ALL[witness.value as usize % Self::ALL.len()]
    }

    /// Whether a witness is what references point to.
    pub fn is_target(witness: &Witness) -> bool {
        matches!(Role::of(witness), Role::Title | Role::Alias | Role::File)
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
    for alias in aliases(article) {
        witnesses.add(title_key(article.text(alias)), alias, Role::Alias as u64);
    }
    for reference in references(article) {
        let role = match reference {
            Reference { certain: false, .. } => Role::Candidate,
            Reference { kind: ReferenceKind::Bracket, .. } => Role::Bracket,
            Reference { is_path: true, .. } => Role::PathReference,
            Reference { is_path: false, .. } => Role::Reference,
        };
        witnesses.add(reference_key(article, &reference), reference.target, role as u64);
    }
    for anchor in &article.anchors {
        if let Some(link) = anchor.link.filter(|link| may_name_article(article.text(link.target), link.is_path)) {
            witnesses.add(target_key(article, link.target, link.is_path), anchor.section, Role::Section as u64);
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Layout, parse};
    use crate::source::SourceId;

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
    fn paths_count_from_the_folder() {
        assert_eq!(join("a/b", "../c.md"), "a/c.md");
        assert_eq!(join("", "./c%20d.md"), "c%20d.md");
        assert_eq!(percent_decoded("c%20d%zz"), "c d%zz");
        assert_eq!(normal_path("./seeds//a.md"), "seeds/a.md");
    }

    /// Kind and target of the references of a text, with `?` behind those that are not certain.
    fn of_text(text: &str) -> Vec<String> {
        let article = parse(SourceId(0), "a.txt", text, Layout::detect(text));
        let show = |reference: &Reference| {
            let doubt = if reference.certain { "" } else { "?" };
            format!("{} {}{doubt}", reference.kind.name(), article.text(reference.target))
        };
        references(&article).iter().map(show).collect()
    }

    #[test]
    fn all_kinds_of_references() {
        let text = "= Lake Kivra =\n\nInfobox\n- Outflow: Kivra River\n- Country: [[Norland]]\n\nMain article: Lakes of Norland\n\n\
            Norland quarrelled with Sudland over it (Norland–Sudland relations), and over fish (see Kivra trout). [[Kivra|It]] is deep.\n\n\
            ==See also==\n- Lakes of Sudland – in the south\n- [[Eels]] and [[Fish]]\n";
        assert_eq!(
            of_text(text),
            [
                "infobox Kivra River?",
                "infobox Norland",
                "main-article Lakes of Norland",
                "bracket Norland–Sudland relations",
                "bracket Kivra trout?",
                "link Kivra",
                "see-also Lakes of Sudland",
                "see-also Eels",
                "link Fish",
            ]
        );
    }

    #[test]
    fn lists_under_a_lost_heading() {
        let text = "Lake Kivra\n\nIt is deep. It is cold.\n\nSee also\n\n- Lakes of Norland\n- Eels\n";
        assert_eq!(of_text(text), ["see-also Lakes of Norland", "see-also Eels"]);
    }

    #[test]
    fn what_names_relations() {
        for text in
            ["Indo-Nepalese relations", "Chad–Mali relations", "Chad and Mali relations", "Foreign relations of Chad"]
        {
            assert!(names_relations(text), "{text}");
        }
        for text in
            ["diplomatic relations", "public relations", "Foreign relations", "cold-war relations", "good relations"]
        {
            assert!(!names_relations(text), "{text}");
        }
    }

    #[test]
    fn aliases_of_all_layouts() {
        let of_text = |text: &str| -> Vec<String> {
            let article = parse(SourceId(0), "a.md", text, Layout::detect(text));
            aliases(&article).iter().map(|&alias| article.text(alias).to_owned()).collect()
        };
        assert_eq!(of_text("---\ntitle: T\naliases: [A b, \"C\"]\n---\nText.\n"), ["A b", "C"]);
        assert_eq!(of_text("---\ntitle: T\nredirects:\n  - A b\n  - 'C'\n---\nText.\n"), ["A b", "C"]);
        assert_eq!(of_text("= T =\n\nInfobox\n- Aliases: A, the b; C\n\nText.\n"), ["A, the b", "C"]);
        assert_eq!(of_text("= T =\n\nInfobox\n- Redirects: A, C\n\nText.\n"), ["A", "C"]);
    }
}
