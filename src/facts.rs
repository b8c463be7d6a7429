//! What an article claims: its times, its lists, and what happened when.

mod anniversaries;
mod claims;
mod clauses;
mod denials;
mod early;
mod events;
mod figures;
mod finales;
mod harm;
mod holders;
mod instruments;
mod lists;
mod mentions;
mod names;
mod opposites;
mod quantities;
mod roles;
mod sides;
mod slips;
mod statements;
mod subjects;
mod sums;
mod transpositions;
mod verbs;
mod vocabulary;
mod words;

use crate::article::{Article, BlockKind, Layout, LeafKind};
use crate::chronology;
use crate::source::Span;
use crate::text::encoding::{self, Garbled};
use crate::text::{FoldedWord, WordForms};
use crate::time::{Anchor, Day, Precision, TimeExpression, TimeKind, Today};
use std::cell::OnceCell;
use std::ops::Range;
use words::LeafWords;

pub use anniversaries::Remembrance;
pub use claims::{Claim, Dated, Said, full_years};
pub use denials::Denial;
pub use early::EarlyUse;
pub use events::{Deed, Event, Events, Occurrence, Place, Statement, What};
pub use figures::{Figure, is_people, stem, traits};
pub use harm::Harm;
pub use lists::{Entry, List};
pub use mentions::Mismatch;
pub use names::{Name, NameWord, Names, Variation, is_title as is_title_word, keys as name_keys, skeleton, variation};
pub use quantities::{BARE, Exactness, Measure, Quantity, leading_number};
pub use roles::RoleClaim;
pub use slips::{Likeness, Setting, Slip, Twins, Words, slip};
pub use statements::{BANDS, Comparison, NormalForm, Role, Term, compare, may_be_alike};
pub use subjects::{MAIN, Subject, SubjectId, Subjects};
pub use sums::{Sum, SumKind, alike};
pub use transpositions::Transposition;
pub use vocabulary::{Class, ClassId, Existence, Happens, Repeats, State, Vocabulary};

/// What is longer, in bytes, is no sentence that anybody wrote: a table, a list, a text without stops. It is not read for who did what.
pub const LONGEST_SENTENCE: usize = 4_000;

/// An article with what was read from it, each part at most once.
#[derive(Debug)]
pub struct Account<'a> {
    /// The article.
    pub article: &'a Article<'a>,
    /// The day that "today" means.
    pub today: Today,
    times: OnceCell<Vec<TimeExpression>>,
    /// At once, since nearly all that is read begins with them, and since a cell of them would tie the lifetimes of those who read.
    words: LeafWords<'a>,
    lists: OnceCell<Vec<List>>,
    events: OnceCell<Events>,
    claims: OnceCell<Vec<Claim>>,
    settings: OnceCell<Vec<Setting>>,
    old_style: OnceCell<bool>,
    calendars: OnceCell<bool>,
    names: OnceCell<Names>,
    quantities: OnceCell<Vec<Quantity>>,
    figures: OnceCell<Vec<Figure>>,
    numbers: OnceCell<Vec<transpositions::Number>>,
    roles: OnceCell<Vec<RoleClaim>>,
    literals: OnceCell<Vec<Range<usize>>>,
    garbled: OnceCell<Vec<Garbled>>,
    forms: OnceCell<WordForms>,
}

impl<'a> Account<'a> {
    /// An account of which nothing is read yet but the words.
    pub fn new(article: &'a Article<'a>, today: Day) -> Self {
        Self {
            article,
            today: Today::new(today),
            times: OnceCell::new(),
            words: LeafWords::of(article),
            lists: OnceCell::new(),
            events: OnceCell::new(),
            claims: OnceCell::new(),
            settings: OnceCell::new(),
            old_style: OnceCell::new(),
            calendars: OnceCell::new(),
            names: OnceCell::new(),
            quantities: OnceCell::new(),
            figures: OnceCell::new(),
            numbers: OnceCell::new(),
            roles: OnceCell::new(),
            literals: OnceCell::new(),
            garbled: OnceCell::new(),
            forms: OnceCell::new(),
        }
    }

    /// The article that it is of.
    pub fn article(&self) -> &'a Article<'a> {
        self.article
    }

    /// The time expressions in order, but for those in what is no prose.
    pub fn times(&self) -> &[TimeExpression] {
        self.times.get_or_init(|| {
            let mut times = chronology::expressions(self.article, &self.today);
            let mut raw = self.article.leaves.iter().filter(|leaf| leaf.kind == LeafKind::Raw).peekable();
            times.retain(|time| {
                while raw.next_if(|leaf| leaf.span.end as usize <= time.span.start).is_some() {}
                raw.peek().is_none_or(|leaf| !leaf.span.range().contains(&time.span.start))
            });
            times
        })
    }

    /// The words of a leaf of the article (a sentence, a heading, a value), each with its folded form. They know their places in the leaf.
    pub fn words_of(&self, leaf: Span) -> &[FoldedWord<'a>] {
        self.words.of_leaf(self.article, leaf)
    }

    /// The numbers of the time expressions that begin in a span.
    pub fn times_in(&self, span: Span) -> Range<usize> {
        let times = self.times();
        let first = times.partition_point(|time| time.span.start < span.start as usize);
        let end = times.partition_point(|time| time.span.start < span.end as usize);
        first..end
    }

    /// Where a time expression stands.
    pub fn span(&self, time: &TimeExpression) -> Span {
        Span::new(self.article.source, time.span.start, time.span.end)
    }

    /// Its words; a line may be wrapped inside them.
    pub fn words(&self, time: &TimeExpression) -> String {
        self.flat(self.span(time))
    }

    /// A time expression in a phrase: "on 3 May 1921", "in the spring of 1921".
    pub fn when(&self, time: &TimeExpression) -> String {
        let day = time.interval().is_some_and(|days| days.precision == Precision::Day);
        format!("{} {}", if day { "on" } else { "in" }, self.words(time))
    }

    /// The words of a span on one line.
    pub fn flat(&self, span: Span) -> String {
        self.article.text(span).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Whether a time expression says its year itself and stands in no quotation.
    pub fn is_plain(&self, time: &TimeExpression) -> bool {
        time.anchor == Anchor::Explicit && !time.quoted && !self.article.is_quoted(self.span(time))
    }

    /// The text between two places of the article.
    pub fn between(&self, start: usize, end: usize) -> &'a str {
        self.article.text.get(start..end).unwrap_or("")
    }

    /// The text of the block, heading or field around a place, up to the place.
    pub fn before(&self, at: usize) -> &'a str {
        &self.article.text[self.bounds(at).start..at]
    }

    /// The text of the block, heading or field around a place, from the place on.
    pub fn after(&self, at: usize) -> &'a str {
        let bounds = self.bounds(at.saturating_sub(1));
        self.between(at, bounds.end.max(at))
    }

    /// The block, or else the leaf, that a place lies in.
    pub fn bounds(&self, at: usize) -> Range<usize> {
        let blocks = &self.article.blocks;
        let block = blocks.partition_point(|block| block.span.end as usize <= at);
        if let Some(block) = blocks.get(block).filter(|block| block.span.range().contains(&at)) {
            return block.span.range();
        }
        let leaves = &self.article.leaves;
        let leaf = leaves.partition_point(|leaf| leaf.span.end as usize <= at);
        leaves.get(leaf).filter(|leaf| leaf.span.range().contains(&at)).map_or(at..at, |leaf| leaf.span.range())
    }

    /// Whether a time expression and the next are the ends of a range, as "1914–18", "from May 1910 to June 1911" or
    /// "between 1910 and 1912".
    pub fn opens_range(&self, number: usize) -> bool {
        let times = self.times();
        let (Some(first), Some(second)) = (times.get(number), times.get(number + 1)) else { return false };
        let dates = [first, second].iter().all(|time| time.kind == TimeKind::Date && !time.quoted);
        if !dates || second.span.start < first.span.end {
            return false;
        }
        let between = self.between(first.span.end, second.span.start);
        // A heading and the entry under it are no range.
        if between.contains('\n') && between.contains('-') {
            return false;
        }
        let before = self.before(first.span.start).trim_end();
        let last_word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        let opened_by = |word: &str| last_word.eq_ignore_ascii_case(word);
        match between.trim_matches(|c: char| c.is_whitespace() || c == ',') {
            // A sentence may go on behind a dash with blanks: "in 1920 – 1910 was …".
            "-" | "–" | "—" => {
                !between.contains(' ')
                    || before.ends_with(['(', '[', ':', ','])
                    || before.is_empty()
                    || opened_by("from")
                    || self.after(second.span.end).starts_with([')', ']'])
                    || !self.is_prose(first.span.start)
            }
            "to" | "till" | "through" | "up to" | "to the" => {
                opened_by("from") || before.is_empty() || before.ends_with('(')
            }
            "until" | "and until" | "until the" => true,
            "and" => opened_by("between"),
            _ => false,
        }
    }

    /// Whether a place lies in a paragraph or in the text of a list item.
    fn is_prose(&self, at: usize) -> bool {
        let leaves = &self.article.leaves;
        let leaf = leaves.partition_point(|leaf| leaf.span.end as usize <= at);
        leaves.get(leaf).is_some_and(|leaf| matches!(leaf.kind, LeafKind::Sentence | LeafKind::ItemSentence))
    }

    /// The lists of the article whose entries have dates.
    pub fn lists(&self) -> &[List] {
        self.lists.get_or_init(|| lists::read(self))
    }

    /// What happened, by what the article says.
    pub fn events(&self) -> &Events {
        self.events.get_or_init(|| events::read(self))
    }

    /// What it says of ages, lengths and anniversaries.
    pub fn claims(&self) -> &[Claim] {
        self.claims.get_or_init(|| claims::read(self, self.events()))
    }

    /// The names that it uses.
    pub fn names(&self) -> &Names {
        self.names.get_or_init(|| names::read(self))
    }

    /// The quantities that it gives.
    pub fn quantities(&self) -> &[Quantity] {
        self.quantities.get_or_init(|| quantities::read(self))
    }

    /// What they are said of.
    pub fn figures(&self) -> &[Figure] {
        self.figures.get_or_init(|| figures::read(self))
    }

    /// Who did what to its subject, and where it was born.
    pub fn roles(&self) -> &[RoleClaim] {
        self.roles.get_or_init(|| roles::read(self))
    }

    /// What it says in one place and denies in another.
    pub fn denials(&self) -> Vec<Denial> {
        let mut all = denials::read(self);
        for denial in opposites::read(self).into_iter().chain(sides::read(self)) {
            if all
                .iter()
                .all(|other| other.denied.end <= denial.denied.start || denial.denied.end <= other.denied.start)
            {
                all.push(denial);
            }
        }
        all
    }

    /// Things that it has used before they were there.
    pub fn early_uses(&self) -> Vec<EarlyUse> {
        early::read(self)
    }

    /// Its numbers as they are written.
    fn numbers(&self) -> &[transpositions::Number] {
        self.numbers.get_or_init(|| transpositions::numbers(self))
    }

    /// Its numbers of the same digits in another order.
    pub fn transpositions(&self) -> Vec<Transposition> {
        transpositions::read(self)
    }

    /// Its numbers under keys that are the same for other orders of their digits in one year, to be compared between articles.
    pub fn digit_keys(&self) -> Vec<(u64, Span)> {
        transpositions::keys(self)
    }

    /// A number of this article, at one of some places, that another article seems to have with its digits in another order.
    pub fn transposed_in(&self, other: &Account<'_>, places: &[Span]) -> Option<Transposition> {
        transpositions::between(self, other, places)
    }

    /// Its numbers that do not add up.
    pub fn sums(&self) -> Vec<Sum> {
        sums::read(self)
    }

    /// What it says of harm to people.
    pub fn harm(&self) -> Vec<Harm> {
        harm::read(self)
    }

    /// The days that it tells in full, with what stands around them.
    pub fn settings(&self) -> &[Setting] {
        self.settings.get_or_init(|| slips::settings(self))
    }

    /// Dates in descriptions that other places contradict.
    pub fn mismatches(&self) -> Vec<Mismatch> {
        let mut found = mentions::mismatches(self);
        for mismatch in instruments::read(self).into_iter().chain(finales::read(self)) {
            if found.iter().all(|other| other.described != mismatch.described) {
                found.push(mismatch);
            }
        }
        found
    }

    /// Pairs of its days that are one slip of the pen apart and stand in like words.
    pub fn twins(&self) -> Vec<Twins> {
        slips::twins(self, self.settings())
    }

    /// Days on which it remembers what it tells of another day.
    pub fn remembrances(&self) -> Vec<Remembrance> {
        anniversaries::read(self, self.settings())
    }

    /// Whether the article speaks of the Julian calendar.
    pub fn names_old_style(&self) -> bool {
        *self.old_style.get_or_init(|| chronology::names_old_style(self.article.text))
    }

    /// What is no prose though it stands in it: addresses, names of files, code, tags, targets of links.
    pub fn literals(&self) -> &[Range<usize>] {
        self.literals.get_or_init(|| {
            let mut literals = crate::text::literals(self.article.text, self.article.layout == Layout::Markdown);
            literals.extend(self.article.links.iter().map(|link| link.span.range()));
            literals.sort_unstable_by_key(|range| range.start);
            literals
        })
    }

    /// The characters that were read in a wrong encoding.
    pub fn garbled(&self) -> &[Garbled] {
        self.garbled.get_or_init(|| encoding::garbled(self.article.text))
    }

    /// Whether some bytes touch a literal.
    pub fn is_literal(&self, bytes: &Range<usize>) -> bool {
        let literals = self.literals();
        let first = literals.partition_point(|literal| literal.end <= bytes.start);
        literals.get(first).is_some_and(|literal| literal.start < bytes.end)
    }

    /// How the article's sentences write their words.
    pub fn forms(&self) -> &WordForms {
        self.forms.get_or_init(|| {
            let mut forms = WordForms::default();
            for block in self.article.prose() {
                for &sentence in self.article.sentences_of(block) {
                    forms.add(self.words_of(sentence));
                }
            }
            forms
        })
    }

    /// Whether the article speaks of calendars at all.
    pub fn names_calendars(&self) -> bool {
        *self.calendars.get_or_init(|| self.article.text.contains("calendar"))
    }

    /// The sentence around a place.
    pub fn sentence(&self, at: usize) -> Option<Span> {
        let sentences = &self.article.sentences;
        let number = sentences.partition_point(|sentence| sentence.end as usize <= at);
        sentences.get(number).copied().filter(|sentence| sentence.range().contains(&at))
    }

    /// The dates that head entries of lists.
    fn heads_entry(&self, block: usize) -> Option<Span> {
        match self.article.blocks[block].kind {
            BlockKind::Item { date, .. } => date,
            _ => None,
        }
    }
}

/// The number that a folded ordinal says: "fiftieth", "twenty-first", "25th".
pub fn ordinal(folded: &str) -> Option<u32> {
    verbs::ordinal(folded)
}

/// Whether a folded word is the present of a verb of the vocabulary or of an irregular one: "runs", "carries".
pub fn is_present_verb(word: &str) -> bool {
    verbs::present_base(word).is_some_and(|base| verbs::is_irregular(&base) || vocabulary::VOCABULARY.knows(&base))
}

/// Whether a folded word is the past of a verb: "painted", "had".
pub fn is_past(word: &str) -> bool {
    matches!(word, "had" | "was")
        || verbs::verb(word).is_some_and(|(_, form)| matches!(form, verbs::Form::Either | verbs::Form::Past))
}

/// The verb that a key of an infobox ends in, by its base, and the noun before it, where the vocabulary has no class of events for the
/// key: "Consecrated", "Electrified", `palm_house_opened`.
pub fn verb_of_field(key: &str) -> Option<(Option<String>, String)> {
    let folded = crate::text::fold(key).replace('_', " ");
    if vocabulary::VOCABULARY.class_of_field(&folded).is_some() {
        return None;
    }
    let (noun, verb) = match folded.rsplit_once(' ') {
        Some((noun, verb)) => (Some(noun.to_owned()), verb),
        None => (None, folded.as_str()),
    };
    let (base, form) = verbs::verb(verb)?;
    (form == verbs::Form::Either).then(|| (noun, base.into_owned()))
}

/// Whether the last word of a verb group is a form of a verb.
pub fn is_verb(group: &str, base: &str) -> bool {
    let last = crate::text::words(group).last().map(|word| crate::text::fold(word.text).into_owned());
    last.and_then(|last| verbs::verb(&last).map(|(found, _)| found.into_owned())).is_some_and(|found| found == base)
}

/// Whether a folded word of a title tells its subject from others: no word of grammar, no number, and no noun for a kind of thing.
pub fn is_telling(word: &str) -> bool {
    const SHORTEST: usize = 4;
    word.len() >= SHORTEST
        && !crate::text::is_function_word(word)
        && verbs::number(word).is_none()
        && vocabulary::VOCABULARY.kind_of(word).is_none()
        && vocabulary::VOCABULARY.class_of_noun(word).is_none()
        && !subjects::is_common(word)
}

/// The folded nouns of a title that name an event: "flood" of "Sarvenice Flood of 1897".
pub fn event_nouns(title: &str) -> impl Iterator<Item = String> {
    let nouns = crate::text::words(title).map(|word| crate::text::fold(word.text).into_owned());
    nouns.filter(|noun| vocabulary::VOCABULARY.class_of_noun(noun).is_some())
}

/// What can happen, as `schemas/events.yaml` has it.
pub fn vocabulary() -> &'static Vocabulary {
    &vocabulary::VOCABULARY
}
