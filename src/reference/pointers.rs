//! Words that point to another place of their article: "the above-mentioned treaty", "see below", "the table below", "in Figure 3".
//!
//! [`dangling`] finds those that point to nothing.

use crate::article::{Article, BlockKind};
use crate::facts::{Account, vocabulary};
use crate::source::Span;
use crate::text::{Map, Set, Word, fold, is_capitalised, is_function_word, words};
use crate::time::{Anchor, TimeExpression};
use std::cell::OnceCell;
use std::ops::Range;

/// Words that point to nothing.
#[derive(Debug)]
pub struct Dangling {
    /// The words.
    pub span: Span,
    /// What is wrong, in a sentence.
    pub message: String,
    /// The same in a few words.
    pub label: &'static str,
}

/// The words of an article that point to what is not there, in order of their blocks.
pub fn dangling(article: &Article<'_>, account: &Account<'_>) -> Vec<Dangling> {
    let reader = Reader { article, account, spoken: OnceCell::new(), places: OnceCell::new() };
    let mut found = Vec::new();
    for (number, block) in article.blocks.iter().enumerate().filter(|(_, block)| block.kind != BlockKind::Raw) {
        if points(article.text(block.span)) {
            reader.block(number, block.span, &mut found);
        }
        reader.empty_brackets(block.span, &mut found);
    }
    found
}

/// Looks for what points to another place of the article.
struct Reader<'a> {
    article: &'a Article<'a>,
    account: &'a Account<'a>,
    spoken: OnceCell<Spoken>,
    places: OnceCell<Places>,
}

/// What an article has beside its sentences, by the numbers of its blocks in order.
struct Places {
    /// What is no prose.
    raw: Vec<usize>,
    /// Tables, or what may be one.
    tables: Vec<usize>,
    /// Entries of lists.
    items: Vec<usize>,
    /// Paragraphs of several lines, which may be a list.
    wrapped: Vec<usize>,
    /// Pictures, or what may be one.
    pictures: Vec<usize>,
    infobox_has_picture: bool,
    /// The names of pictures and tables at the beginning of blocks: three letters and a number.
    captions: Set<(String, String)>,
    /// The stems of the words of all headings.
    heading_stems: Set<String>,
    /// The last block that is part of the article itself, and not of its references or links.
    last_prose: Option<usize>,
    /// For each section the number of the block behind it and its subsections.
    end_of_section: Vec<usize>,
}

/// Where the words of an article stand: for each stem its first and its last place.
struct Spoken {
    stems: Map<String, (usize, usize)>,
    /// The same for the kinds of things that nouns name.
    kinds: Map<String, (usize, usize)>,
    /// Capitalised words inside sentences, first and last.
    names: Option<(usize, usize)>,
    /// The stems of the title.
    title: Set<String>,
}

/// Which way words point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Up,
    Down,
    /// Anywhere, as what is printed on the margin.
    Beside,
}

/// Nouns that take up whole sentences, or any thing, person or place: what stands for them need be no noun of that meaning.
/// Compare the shell nouns of Schmid, "English Abstract Nouns as Conceptual Shells" (2000).
const SHELLS: &[&str] = &[
    "aim",
    "approach",
    "area",
    "argument",
    "aspect",
    "cas",
    "case",
    "cause",
    "change",
    "character",
    "circumstance",
    "city",
    "claim",
    "condition",
    "consideration",
    "country",
    "criteria",
    "criterion",
    "date",
    "definition",
    "detail",
    "development",
    "difference",
    "difficulty",
    "effect",
    "element",
    "event",
    "example",
    "exception",
    "fact",
    "factor",
    "feature",
    "figure",
    "finding",
    "form",
    "group",
    "idea",
    "incident",
    "individual",
    "information",
    "issue",
    "item",
    "man",
    "manner",
    "matter",
    "means",
    "measure",
    "mechanism",
    "men",
    "method",
    "name",
    "nation",
    "object",
    "observation",
    "one",
    "other",
    "part",
    "party",
    "people",
    "period",
    "person",
    "phenomenon",
    "place",
    "point",
    "position",
    "practice",
    "principle",
    "problem",
    "procedure",
    "process",
    "property",
    "purpose",
    "question",
    "quotation",
    "reason",
    "region",
    "requirement",
    "respect",
    "restriction",
    "result",
    "role",
    "rule",
    "sense",
    "situation",
    "state",
    "statement",
    "step",
    "subject",
    "system",
    "term",
    "theory",
    "thing",
    "time",
    "topic",
    "town",
    "trend",
    "two",
    "type",
    "value",
    "view",
    "village",
    "way",
    "woman",
    "women",
    "word",
    "work",
    "year",
];

/// Names of sections have fewer words.
const LONGEST_NAME: usize = 10;
/// Of a sentence so many words are looked at, to learn what it speaks of.
const LONGEST_SENTENCE: usize = 200;
/// In an article with more dates than this before or after a place nobody can say that one is not among them.
const MOST_TIMES: usize = 500;

/// Participles with which a text speaks of what it says elsewhere.
const SAYING: &[&str] = &[
    "cited",
    "described",
    "discussed",
    "explained",
    "given",
    "indicated",
    "listed",
    "mentioned",
    "named",
    "noted",
    "outlined",
    "quoted",
    "referred",
    "said",
    "shown",
    "stated",
];

/// Things that stand beside the text: a noun, and how to look for them.
const BESIDE: &[(&str, Thing)] = &[
    ("table", Thing::Table),
    ("list", Thing::List),
    ("chart", Thing::Picture),
    ("diagram", Thing::Picture),
    ("graph", Thing::Picture),
    ("illustration", Thing::Picture),
    ("map", Thing::Picture),
    ("photograph", Thing::Picture),
    ("picture", Thing::Picture),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Thing {
    Table,
    List,
    Picture,
}

/// The words of a block, folded, with their places.
struct Line<'a> {
    text: &'a str,
    words: Vec<Word<'a>>,
    folded: Vec<String>,
}

impl<'a> Line<'a> {
    fn of(text: &'a str) -> Self {
        let words: Vec<Word<'a>> = words(text).collect();
        let folded = words.iter().map(|word| fold(word.text).into_owned()).collect();
        Self { text, words, folded }
    }

    fn word(&self, at: usize) -> &str {
        self.folded.get(at).map_or("", String::as_str)
    }

    /// What stands between a word and the next.
    fn gap(&self, at: usize) -> &'a str {
        match (self.words.get(at), self.words.get(at + 1)) {
            (Some(word), Some(next)) => &self.text[word.end()..next.start],
            (Some(word), None) => &self.text[word.end()..],
            _ => "",
        }
    }

    /// Whether a word and the next belong together: only a blank, a line end or a hyphen is between them.
    fn joined(&self, at: usize) -> bool {
        at + 1 < self.words.len() && (self.gap(at) == "-" || self.gap(at).trim().is_empty())
    }
}

impl Reader<'_> {
    fn block(&self, number: usize, block: Span, found: &mut Vec<Dangling>) {
        let line = Line::of(self.article.text(block));
        let mut done = 0;
        for at in 0..line.words.len() {
            if at < done {
                continue;
            }
            let pointer = match line.word(at) {
                "table" | "figure" | "fig" | "map" | "plate" | "diagram" | "chart" => self.numbered(&line, at),
                "follows" => self.announced(&line, at, number),
                "following" => self.beside(&line, at, number).or_else(|| self.announced(&line, at, number)),
                "above" | "below" | "afore" | "aforementioned" | "aforesaid" | "mentioned" | "named" | "described"
                | "discussed" | "noted" | "stated" | "cited" | "listed" | "shown" | "said" | "right" | "left"
                | "opposite" | "accompanying" | "see" | "earlier" | "already" | "section" => self
                    .beside(&line, at, number)
                    .or_else(|| self.named_section(&line, at, block))
                    .or_else(|| self.before_noun(&line, at, block))
                    .or_else(|| self.behind_noun(&line, at, block))
                    .or_else(|| self.clause(&line, at, block, number)),
                _ => None,
            };
            let Some((from, to, message, label)) = pointer else { continue };
            done = to + 1;
            let span = Span::new(
                block.source,
                block.start as usize + line.words[from].start,
                block.start as usize + line.words[to].end(),
            );
            if !self.article.is_quoted(span) {
                found.push(Dangling { span, message, label });
            }
        }
    }
}

/// Whether a text may have words that point: a cheap test before the dear ones.
fn points(text: &str) -> bool {
    const PARTS: [&str; 12] = [
        "above", "Above", "below", "Below", "fore", "ention", "ollowing", "see ", "See ", "arlier", "section", "lready",
    ];
    PARTS.iter().any(|part| text.contains(part))
        || [
            "on the right",
            "on the left",
            "opposite",
            "accompanying",
            "Table ",
            "Fig",
            "Map ",
            "Plate ",
            "Diagram ",
            "Chart ",
            "follows",
        ]
        .iter()
        .any(|part| text.contains(part))
}

/// The first and the last word of what points, what is wrong, and the label.
type Pointer = (usize, usize, String, &'static str);

impl Reader<'_> {
    /// "The table below", "the following list", "see the map above", "as listed below".
    fn beside(&self, line: &Line<'_>, at: usize, block: usize) -> Option<Pointer> {
        let (way, from, to, noun) = match line.word(at) {
            word @ ("above" | "below") => {
                let way = if word == "above" { Way::Up } else { Way::Down };
                let before = at.checked_sub(1).filter(|&before| line.joined(before))?;
                if way == Way::Up && line.word(before) == "the" && line.joined(at) {
                    (way, before, at + 1, at + 1)
                } else {
                    (way, before, at, before)
                }
            }
            // What stands beside a text may come before or after it.
            "right" | "left"
                if at > 2 && line.word(at - 1) == "the" && matches!(line.word(at - 2), "on" | "to" | "at") =>
            {
                (Way::Beside, at - 3, at, at - 3)
            }
            "opposite" if at > 0 && line.joined(at - 1) => (Way::Beside, at - 1, at, at - 1),
            "accompanying" if line.joined(at) => (Way::Beside, at, at + 1, at + 1),
            "following" if at > 0 && line.word(at - 1) == "the" && line.joined(at) => {
                (Way::Down, at - 1, at + 1, at + 1)
            }
            _ => return None,
        };
        let name = line.word(noun);
        let listed = name == "listed";
        let thing = if listed {
            Thing::List
        } else {
            BESIDE.iter().find(|(noun, _)| *noun == name).map(|&(_, thing)| thing)?
        };
        // "The list above the altar": another thing stands above or below what follows.
        if line.joined(to)
            && !listed
            && noun < to
            && !matches!(
                line.word(to + 1),
                "and"
                    | "are"
                    | "compares"
                    | "describes"
                    | "gives"
                    | "has"
                    | "is"
                    | "lists"
                    | "showed"
                    | "shows"
                    | "summarises"
                    | "summarizes"
                    | "was"
                    | "for"
                    | "which"
                    | "contains"
                    | "sets"
                    | "names"
            )
        {
            return None;
        }
        let from = if from > 0 && line.word(from - 1) == "the" && line.joined(from - 1) { from - 1 } else { from };
        if self.has_thing(thing, way, block) {
            return None;
        }
        let words = phrase(line, from, to);
        let what = match thing {
            Thing::Table => "table",
            Thing::List => "list",
            Thing::Picture => "picture",
        };
        let place = match way {
            Way::Up => "above",
            Way::Down => "below",
            Way::Beside => "here",
        };
        Some((from, to, format!("“{words}”: there is no {what} {place}"), "points to nothing"))
    }

    /// "See Table 2", "as in Figure 3": what has a number and stands beside the text.
    fn numbered(&self, line: &Line<'_>, at: usize) -> Option<Pointer> {
        let number = line.word(at + 1);
        let is_number = !number.is_empty() && number.len() <= 2 && number.bytes().all(|b| b.is_ascii_digit());
        let gap = line.gap(at).trim_start_matches('.');
        // "In Table 3 of the report": of another text.
        let of_another = line.joined(at + 1) && matches!(line.word(at + 2), "of" | "in");
        if !is_number || !gap.trim().is_empty() || !is_capitalised(line.words[at].text) || of_another {
            return None;
        }
        let thing = match line.word(at) {
            "table" => Thing::Table,
            "figure" | "fig" | "map" | "plate" | "diagram" | "chart" => Thing::Picture,
            _ => return None,
        };
        let bracketed = line.text[..line.words[at].start].ends_with('(');
        let led =
            at > 0 && line.joined(at - 1) && matches!(line.word(at - 1), "see" | "in" | "as" | "from" | "by" | "also");
        if !bracketed && !led || self.has_thing(thing, Way::Beside, 0) || self.has_caption(line.word(at), number) {
            return None;
        }
        let from = if led { at - 1 } else { at };
        let words = phrase(line, from, at + 1);
        let what = if thing == Thing::Table { "table" } else { "picture" };
        Some((from, at + 1, format!("“{words}”: there is no {what} here"), "points to nothing"))
    }

    /// Whether a block begins with the name of a picture or table: "Figure 3. The course".
    fn has_caption(&self, name: &str, number: &str) -> bool {
        self.places().captions.contains(&(name.chars().take(3).collect(), number.to_owned()))
    }

    /// "The boats called at the following places:", and then a heading or the end.
    fn announced(&self, line: &Line<'_>, at: usize, block: usize) -> Option<Pointer> {
        const WORDS: usize = 8;
        let article = self.article;
        let last = line.words.len() - 1;
        let rest = line.text[line.words[at].end()..].trim_end();
        if !rest.ends_with(':') || last - at > WORDS || rest.trim_end_matches(':').contains(['.', '!', '?', ':', ';']) {
            return None;
        }
        let section = article.blocks[block].section;
        let carries_on = article
            .blocks
            .get(block + 1)
            .is_some_and(|next| next.section == section || article.sections[next.section].parent == Some(section));
        let from = if at > 0 && line.word(at - 1) == "the" { at - 1 } else { at };
        let words = phrase(line, from, last);
        (!carries_on).then(|| (from, last, format!("“{words}:” is followed by nothing"), "announces nothing"))
    }

    /// Whether a table, list or picture stands above or below a block.
    fn has_thing(&self, thing: Thing, way: Way, block: usize) -> bool {
        let article = self.article;
        let places = self.places();
        let (from, to) = match way {
            Way::Up => (0, block),
            Way::Down => (block, article.blocks.len()),
            Way::Beside => (0, article.blocks.len()),
        };
        // A list of something else may stand in another section.
        let here = article.blocks[block].section;
        let first = article.sections[here].blocks.start.max(from);
        let end = places.end_of_section[here].min(to);
        let any = |numbers: &[usize], from: usize, to: usize| {
            numbers.get(numbers.partition_point(|&number| number < from)).is_some_and(|&number| number < to)
        };
        match thing {
            // A table that has become a list is still there.
            Thing::Table => any(&places.tables, from, to) || any(&places.items, first, end),
            Thing::List => {
                any(&places.raw, from, to)
                    || any(&places.items, first, end)
                    || any(&places.wrapped, first, end)
                    || way == Way::Down && article.text(article.blocks[block].span).contains([':', ';'])
            }
            Thing::Picture => any(&places.pictures, from, to) || places.infobox_has_picture,
        }
    }

    /// "See Climate below", "see the section on Climate", "see the Climate section".
    fn named_section(&self, line: &Line<'_>, at: usize, _: Span) -> Option<Pointer> {
        let (from, name) = match line.word(at) {
            "see" if line.joined(at) => {
                let mut first = at + 1;
                if line.word(first) == "also" {
                    first += 1;
                }
                if line.word(first) == "the" && line.word(first + 1) == "section" {
                    first +=
                        if matches!(line.word(first + 2), "on" | "about" | "called" | "headed" | "entitled" | "titled")
                        {
                            3
                        } else {
                            2
                        };
                    (at, first..Self::end_of_name(line, first))
                } else {
                    if line.word(first) == "the" {
                        first += 1;
                    }
                    let end = Self::end_of_name(line, first);
                    let place = line.word(end);
                    let marked = matches!(place, "above" | "below" | "section")
                        && end > first
                        && line.gap(end - 1).trim_matches([' ', ',', '”', '"', '\n']).is_empty();
                    if !marked {
                        return None;
                    }
                    (at, first..end)
                }
            }
            "section"
                if at > 1
                    && line.word(at - 1) == "the"
                    && matches!(line.word(at + 1), "on" | "about" | "called" | "headed" | "entitled" | "titled") =>
            {
                let pointing = matches!(line.word(at - 2), "in" | "see" | "under" | "by");
                let first = at + 2;
                if !pointing || !line.words.get(first).is_some_and(|word| is_capitalised(word.text)) {
                    return None;
                }
                let end = Self::end_of_name(line, first);
                // "The section on Welsh law of the act": of a book, not of this article.
                if line.word(end) == "of" && line.joined(end - 1) {
                    return None;
                }
                (at - 1, first..end)
            }
            _ => return None,
        };
        let capitalised = line.words.get(name.start).is_some_and(|word| is_capitalised(word.text));
        if name.is_empty() || !capitalised {
            return None;
        }
        let written = phrase(line, name.start, name.end - 1);
        let stems: Vec<String> =
            name.clone().filter(|&i| !is_function_word(line.word(i))).map(|i| stem(line.word(i))).collect();
        let places = self.places();
        let in_heading = stems.iter().any(|stem| places.heading_stems.contains(stem));
        if places.heading_stems.is_empty() || stems.is_empty() || in_heading {
            return None;
        }
        let to = if matches!(line.word(name.end), "above" | "below" | "section") { name.end } else { name.end - 1 };
        Some((
            from,
            to,
            format!("“{}”: this article has no section “{written}”", phrase(line, from, to)),
            "no such section",
        ))
    }

    /// The number of the word behind a name that begins at a word.
    fn end_of_name(line: &Line<'_>, first: usize) -> usize {
        let mut end = first;
        while let Some(word) = line.words.get(end).filter(|_| end - first < LONGEST_NAME) {
            let inner = end > first && matches!(line.word(end), "and" | "of" | "the" | "in" | "for" | "on");
            let next = line
                .words
                .get(end + 1)
                .is_some_and(|next| is_capitalised(next.text) || matches!(next.text, "of" | "the" | "in"));
            if !(is_capitalised(word.text)
                || inner && next
                || end > first
                    && !is_function_word(line.word(end))
                    && !matches!(line.word(end), "above" | "below" | "section"))
            {
                break;
            }
            end += 1;
            if !line.joined(end - 1) {
                break;
            }
        }
        end
    }

    /// "The above-mentioned treaty", "the aforementioned Lord Hurst".
    fn before_noun(&self, line: &Line<'_>, at: usize, block: Span) -> Option<Pointer> {
        let last = match line.word(at) {
            "aforementioned" | "aforesaid" => at,
            "above" | "afore" if line.joined(at) && SAYING.contains(&line.word(at + 1)) => at + 1,
            "mentioned" | "described" | "named" | "cited" | "discussed"
                if at > 1
                    && matches!(line.word(at - 1), "previously" | "earlier" | "already")
                    && matches!(line.word(at - 2), "the" | "this" | "these" | "those")
                    && line.joined(at - 1) =>
            {
                at
            }
            "above" if at > 0 && line.word(at - 1) == "the" && line.joined(at - 1) => at,
            _ => return None,
        };
        if !line.joined(last) {
            return None;
        }
        let determiner =
            |word: &str| matches!(word, "the" | "this" | "these" | "those" | "that" | "his" | "her" | "its" | "their");
        let mut from = at;
        while from > 0
            && at - from < 3
            && line.joined(from - 1)
            && (determiner(line.word(from - 1)) || matches!(line.word(from - 1), "previously" | "earlier" | "already"))
        {
            from -= 1;
        }
        let bare = line.word(at) == "above" && last == at;
        // "Five of the above": a noun is wanted.
        let first = last + 1;
        let mut end = first;
        while end < line.words.len() && end - first < 6 {
            let word = line.words[end].text;
            // "May" may be a month.
            if is_function_word(line.word(end)) && !is_capitalised(word) {
                break;
            }
            // "The above-mentioned treaty expired": a participle or verb ends the phrase.
            if end > first
                && !is_capitalised(word)
                && !word.starts_with(|c: char| c.is_ascii_digit())
                && (word.ends_with("ed") || word.ends_with("ing"))
            {
                break;
            }
            end += 1;
            if !line.joined(end - 1) {
                break;
            }
        }
        if end == first || bare && end - first > 3 {
            return None;
        }
        self.lacks(line, from..end, first..end, block, Way::Up)
    }

    /// "The pension already mentioned", "the decree mentioned above", "the works listed below".
    fn behind_noun(&self, line: &Line<'_>, at: usize, block: Span) -> Option<Pointer> {
        let (trigger, way, last) = match line.word(at) {
            "already" if line.joined(at) && SAYING.contains(&line.word(at + 1)) => (at, Way::Up, at + 1),
            word if SAYING.contains(&word) && line.joined(at) => match line.word(at + 1) {
                "above" | "earlier" | "previously" => (at, Way::Up, at + 1),
                "below" => (at, Way::Down, at + 1),
                _ => return None,
            },
            "above" | "aforementioned" | "aforesaid" if at > 0 && !line.joined(at) => (at, Way::Up, at),
            "below" if at > 0 && !line.joined(at) => (at, Way::Down, at),
            _ => return None,
        };
        let mut from = trigger;
        while from > 0 && trigger - from < 5 && line.joined(from - 1) {
            from -= 1;
            if is_function_word(line.word(from)) {
                break;
            }
        }
        let definite = matches!(line.word(from), "the" | "this" | "these" | "those");
        if !definite || from + 1 >= trigger {
            return None;
        }
        let noun = from + 1..trigger;
        // "The floor below" is that of a house: bare "above" and "below" point in the text only behind what texts have.
        let textual = |noun: &str| {
            matches!(
                noun,
                "account" | "article" | "discussion" | "formula" | "equation" | "paragraph" | "passage" | "quotation"
            )
        };
        if trigger == last
            && !matches!(line.word(trigger), "aforementioned" | "aforesaid")
            && !textual(line.word(trigger - 1))
        {
            return None;
        }
        self.lacks(line, from..last + 1, noun, block, way)
    }

    /// Says that what a noun phrase takes up is not there, where that is sure. `whole` is the phrase with the words that point.
    fn lacks(
        &self,
        line: &Line<'_>,
        whole: Range<usize>,
        noun: Range<usize>,
        block: Span,
        way: Way,
    ) -> Option<Pointer> {
        let spoken = self.spoken();
        let place = |word: usize| block.start as usize + line.words[word].start;
        let (from, to) = (whole.start, whole.end - 1);
        let (start, end) = (place(from), block.start as usize + line.words[to].end());
        let there = |found: Option<&(usize, usize)>| {
            found.is_some_and(|&(first, last)| match way {
                Way::Up => first < start,
                Way::Down | Way::Beside => last >= end,
            })
        };
        let written = phrase(line, from, to);
        let where_to = if way == Way::Up { "before" } else { "after" };
        // A date in the phrase has to be said before.
        let times = self.account.times();
        let own = self.account.times_in(Span::new(block.source, place(noun.start), end));
        for time in &times[own.clone()] {
            let Some(days) = time.interval().filter(|_| time.anchor == Anchor::Explicit) else { continue };
            let others = if way == Way::Up { &times[..own.start] } else { &times[own.end..] };
            // Of so many one is meant, or nobody can tell.
            let meets = others.len() > MOST_TIMES
                || others
                    .iter()
                    .filter_map(TimeExpression::interval)
                    .any(|other| other.from <= days.to && days.from <= other.to);
            if !meets {
                let when = self.account.words(time);
                return Some((
                    from,
                    to,
                    format!("“{written}” has no antecedent: nothing is said of {when} {where_to} it"),
                    "not mentioned",
                ));
            }
        }
        let dated = |word: usize| times[own.clone()].iter().any(|time| time.span.contains(&place(word)));
        let content: Vec<usize> = noun.clone().filter(|&word| !dated(word) && line.word(word).len() > 1).collect();
        // A name has to be said before; of a name of several words the last.
        let names: Vec<usize> = content.iter().copied().filter(|&word| is_capitalised(line.words[word].text)).collect();
        if let Some(&name) = names.last() {
            let known = names.iter().any(|&name| {
                there(spoken.stems.get(&stem(line.word(name)))) || spoken.title.contains(&stem(line.word(name)))
            });
            if !known {
                let name = line.words[name].text;
                return Some((
                    from,
                    to,
                    format!("“{written}” has no antecedent: “{name}” is not named {where_to} it"),
                    "not mentioned",
                ));
            }
            return None;
        }
        let head = content.iter().copied().next_back()?;
        let known = content.iter().any(|&word| {
            let stem = stem(line.word(word));
            let kind = kind_of(line.word(word));
            there(spoken.stems.get(&stem))
                || spoken.title.contains(&stem)
                || kind.is_some_and(|kind| {
                    // A company or a person may have been called by name.
                    let named = matches!(kind, "person" | "organisation") && there(spoken.names.as_ref());
                    named || takes_up(line.word(word), kind) && there(spoken.kinds.get(kind))
                })
        });
        let shell = content.iter().any(|&word| {
            let word = line.word(word);
            let singular = word
                .strip_suffix("ies")
                .map_or_else(|| word.strip_suffix('s').unwrap_or(word).to_owned(), |stem| format!("{stem}y"));
            SHELLS.contains(&word) || SHELLS.contains(&singular.as_str())
        });
        if known || shell || content.iter().any(|&word| line.word(word).starts_with(|c: char| c.is_ascii_digit())) {
            return None;
        }
        let head = line.words[head].text;
        Some((
            from,
            to,
            format!("“{written}” has no antecedent: nothing {where_to} it speaks of “{head}”"),
            "not mentioned",
        ))
    }

    /// "As mentioned above, …", "(see below)".
    fn clause(&self, line: &Line<'_>, at: usize, block: Span, number: usize) -> Option<Pointer> {
        let (way, from) = match line.word(at) {
            "above" | "earlier" if at > 0 && line.joined(at - 1) => (Way::Up, at - 1),
            "below" if at > 0 && line.joined(at - 1) => (Way::Down, at - 1),
            _ => return None,
        };
        let lead = line.word(from);
        let start = if lead == "see" || lead == "also" && from > 0 && line.word(from - 1) == "see" {
            from
        } else if SAYING.contains(&lead)
            && from > 0
            && line.joined(from - 1)
            && matches!(line.word(from - 1), "as" | "already" | "is" | "are" | "been")
        {
            from - 1
        } else {
            return None;
        };
        // "See below the bridge": a place in the world.
        if line.joined(at) && lead == "see" {
            return None;
        }
        let place = block.start as usize + line.words[start].start;
        let sentence = self.account.sentence(place)?;
        let spoken = self.spoken();
        let inner = self.article.text(sentence);
        let offset = sentence.start as usize;
        let (here, end) = (offset, sentence.end as usize);
        let mut said = 0;
        let mut met = 0;
        for word in words(inner).take(LONGEST_SENTENCE) {
            let folded = fold(word.text);
            if is_function_word(&folded)
                || folded.len() < 4
                || SAYING.contains(&&*folded)
                || matches!(&*folded, "above" | "below" | "also" | "earlier")
            {
                continue;
            }
            let stem = stem(&folded);
            if spoken.title.contains(&stem) {
                continue;
            }
            said += 1;
            let there = spoken.stems.get(&stem).is_some_and(|&(first, last)| match way {
                Way::Up => first < here,
                Way::Down | Way::Beside => last >= end,
            });
            met += usize::from(there);
        }
        let nothing = match way {
            Way::Up => !self.prose_before(number, sentence),
            Way::Down | Way::Beside => !self.prose_behind(number, sentence),
        };
        let unmet = said > 1 && met == 0;
        if !nothing && !unmet {
            return None;
        }
        let words = phrase(line, start, at);
        let message = match (way, nothing) {
            (Way::Up, true) => format!("“{words}”: nothing stands above"),
            (_, true) => format!("“{words}”: nothing stands below"),
            (Way::Up, false) => format!("“{words}”: nothing above speaks of this"),
            (_, false) => format!("“{words}”: nothing below speaks of this"),
        };
        Some((start, at, message, "points to nothing"))
    }

    /// Whether prose stands before a sentence of a block.
    fn prose_before(&self, block: usize, sentence: Span) -> bool {
        self.article.blocks[block].span.start < sentence.start || block > 0
    }

    /// Whether prose, a list or a table stands behind a sentence: not only lists of references and related articles.
    fn prose_behind(&self, block: usize, sentence: Span) -> bool {
        let article = self.article;
        let own = self.article.blocks[block].span;
        let rest = article.text(Span { start: sentence.end, end: own.end.max(sentence.end), ..own });
        !rest.trim_start().is_empty() || self.places().last_prose.is_some_and(|last| last > block)
    }

    /// "(see )", "(see also)": the title is lost.
    fn empty_brackets(&self, block: Span, found: &mut Vec<Dangling>) {
        let text = self.article.text(block);
        let mut at = 0;
        while let Some(open) = text[at..].find('(').map(|open| at + open) {
            at = open + 1;
            let Some(close) = text[open..].bytes().take(24).position(|b| b == b')').map(|close| open + close) else {
                continue;
            };
            let inner: Vec<String> = words(&text[open..close]).map(|word| fold(word.text).into_owned()).collect();
            let inner: Vec<&str> = inner.iter().map(String::as_str).collect();
            let lost = matches!(
                inner.as_slice(),
                ["see" | "cf"] | ["see", "also" | "the"] | ["main", "article"] | ["see", "main", "article"]
            );
            let span = Span::new(block.source, block.start as usize + open, block.start as usize + close + 1);
            if lost && !self.article.is_quoted(span) {
                let message = format!("“{}” names nothing: what was to be seen is lost", &text[open..=close]);
                found.push(Dangling { span, message, label: "points to nothing" });
            }
        }
    }

    fn places(&self) -> &Places {
        self.places.get_or_init(|| Places::of(self.article))
    }

    fn spoken(&self) -> &Spoken {
        self.spoken.get_or_init(|| Spoken::of(self.account))
    }
}

impl Places {
    fn of(article: &Article<'_>) -> Self {
        let picture = |text: &str| {
            let lower = text.to_ascii_lowercase();
            ["![", "[[file:", "[[image:", "<img", ".png", ".jpg", ".jpeg", ".svg", ".gif"]
                .iter()
                .any(|mark| lower.contains(mark))
        };
        let mut appendix = Vec::with_capacity(article.sections.len());
        let mut end_of_section: Vec<usize> = article.sections.iter().map(|section| section.blocks.end).collect();
        let mut heading_stems = Set::default();
        for section in &article.sections {
            let heading = section.heading.map_or("", |heading| article.text(heading.span));
            heading_stems.extend(words(heading).map(|word| stem(&fold(word.text))));
            // A section comes behind the one around it.
            let above: bool = section.parent.is_some_and(|parent| appendix[parent]);
            appendix.push(above || is_appendix(heading));
        }
        for number in (0..article.sections.len()).rev() {
            if let Some(parent) = article.sections[number].parent {
                end_of_section[parent] = end_of_section[parent].max(end_of_section[number]);
            }
        }
        let infobox = article.fields();
        let mut places = Self {
            raw: Vec::new(),
            tables: Vec::new(),
            items: Vec::new(),
            wrapped: Vec::new(),
            pictures: Vec::new(),
            infobox_has_picture: infobox.into_iter().any(|field| picture(article.text(field.value))),
            captions: Set::default(),
            heading_stems,
            last_prose: None,
            end_of_section,
        };
        for (number, block) in article.blocks.iter().enumerate() {
            let text = article.text(block.span);
            let raw = block.kind == BlockKind::Raw;
            let mut note = |is: bool, numbers: fn(&mut Self) -> &mut Vec<usize>| {
                if is {
                    numbers(&mut places).push(number);
                }
            };
            note(raw, |places| &mut places.raw);
            note(raw || text.contains(['|', '\t']) || text.contains("<table"), |places| &mut places.tables);
            note(raw || picture(text), |places| &mut places.pictures);
            note(matches!(block.kind, BlockKind::Item { .. }), |places| &mut places.items);
            note(text.contains(['\n', '\r']), |places| &mut places.wrapped);
            let mut opening = words(text).map(|word| fold(word.text).into_owned());
            if let (Some(name), Some(label)) = (opening.next(), opening.next())
                && label.bytes().all(|b| b.is_ascii_digit())
            {
                places.captions.insert((name.chars().take(3).collect(), label));
            }
            if !appendix[block.section] {
                places.last_prose = Some(number);
            }
        }
        places
    }
}

impl Spoken {
    fn of(account: &Account<'_>) -> Self {
        let article = account.article;
        let mut spoken = Self { stems: Map::default(), kinds: Map::default(), names: None, title: Set::default() };
        if let Some(title) = article.title_text() {
            spoken.title = words(title).map(|word| stem(&fold(word.text))).collect();
        }
        let note = |place: &mut (usize, usize), at: usize| *place = (place.0.min(at), place.1.max(at));
        for leaf in &article.leaves {
            let mut first = true;
            for (word, folded) in account.words_of(leaf.span) {
                let at = leaf.span.start as usize + word.start;
                // The pointing words themselves are no antecedents of others.
                if let Some(kind) = kind_of(folded) {
                    note(spoken.kinds.entry(kind.to_owned()).or_insert((at, at)), at);
                }
                note(spoken.stems.entry(stem(folded)).or_insert((at, at)), at);
                if !first && is_capitalised(word.text) {
                    note(spoken.names.get_or_insert((at, at)), at);
                }
                first = false;
            }
        }
        spoken
    }
}

/// Whether a noun can take up another of its kind: "the vessel" a schooner, but "the lighthouse" no chapel.
fn takes_up(noun: &str, kind: &str) -> bool {
    matches!(kind, "ship" | "treaty" | "relations" | "work")
        || matches!(noun, "building" | "buildings" | "company" | "firm" | "group" | "party")
}

/// The kind of thing that a noun names, in the singular or plural.
fn kind_of(noun: &str) -> Option<&'static str> {
    let vocabulary = vocabulary();
    vocabulary
        .kind_of(noun)
        .or_else(|| vocabulary.kind_of(noun.strip_suffix('s')?))
        .or_else(|| vocabulary.kind_of(&format!("{}y", noun.strip_suffix("ies")?)))
        .or_else(|| vocabulary.kind_of(noun.strip_suffix("es")?))
}

/// What the forms of a word have in common: its first letters. Rather too much is taken for one word than too little.
fn stem(folded: &str) -> String {
    const LETTERS: usize = 5;
    let word = folded.strip_suffix("'s").unwrap_or(folded);
    if word.chars().count() > LETTERS {
        return word.chars().take(LETTERS).collect();
    }
    word.strip_suffix("es").or_else(|| word.strip_suffix('s')).filter(|stem| stem.len() > 2).unwrap_or(word).to_owned()
}

/// Whether a heading is that of what follows an article: notes, references, related articles, links.
fn is_appendix(heading: &str) -> bool {
    let heading = heading.to_lowercase();
    [
        "see also",
        "reference",
        "notes",
        "footnote",
        "citation",
        "source",
        "bibliography",
        "external link",
        "further reading",
        "literature",
    ]
    .iter()
    .any(|appendix| heading.starts_with(appendix))
}

/// The words from one to another, on one line.
fn phrase(line: &Line<'_>, from: usize, to: usize) -> String {
    let text = &line.text[line.words[from].start..line.words[to].end()];
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
