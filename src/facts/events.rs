//! What happened, to whom, and when.

use super::Account;
use super::clauses::{self, Clause, Noun, Token};
use super::subjects::{MAIN, SubjectId, Subjects};
use super::verbs;
use super::vocabulary::{ClassId, Happens, Use, VOCABULARY};
use crate::article::{BlockKind, Field};
use crate::source::Span;
use crate::time::{Anchor, Clock, Date, Interval, Modifier, Precision, TimeExpression, TimeKind, Value};
use std::ops::Range;

/// Where an article says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A field of the infobox.
    Field,
    /// The years of a life in brackets behind a name.
    Life,
    /// A sentence.
    Prose,
    /// A heading, or the entry of a list that begins with its date.
    Entry,
}

/// An event that the article says happened.
#[derive(Debug, Clone)]
pub struct Event {
    /// Its class, as a number of the vocabulary.
    pub class: ClassId,
    /// To whom it happened.
    pub who: SubjectId,
    /// Who else took part: the agent.
    pub with: Option<SubjectId>,
    /// What somebody was made: "matron".
    pub role: Option<String>,
    /// The folded name or noun that tells it from others of its class: the place moved to, the office, the one married. Only of classes
    /// that happen once with each.
    pub other: Option<String>,
    /// When, as a number of [`Account::times`].
    pub time: Option<usize>,
    /// The days that it can have happened on.
    pub days: Option<Interval>,
    /// The words that say it.
    pub words: Span,
    /// Where it is said.
    pub place: Place,
    /// The paragraph, as a number of the article's blocks; 0 for fields.
    pub block: usize,
    /// Whether its date is that of the clause before, which it shares a subject with.
    pub inherited: bool,
    /// "had been closed": before what is told around.
    pub perfect: bool,
    /// Whether the sentence leaves the date to others, or in doubt: "according to some", "perhaps".
    pub hedged: bool,
    /// Whether it is not the first: "opened again".
    pub again: bool,
}

/// How somebody or something takes part in what is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// They do it.
    Done,
    /// It is done to them, and only to the living: "was elected".
    Suffered,
    /// It is done to it, and only to what is there: "was electrified".
    Treated,
}

/// What somebody did, or what was done to them, whatever it was.
#[derive(Debug, Clone)]
pub struct Deed {
    /// Who.
    pub who: SubjectId,
    /// When, as a number of [`Account::times`].
    pub time: usize,
    /// The days that it can have been done on.
    pub days: Interval,
    /// The words that say it.
    pub words: Span,
    /// How they took part.
    pub what: What,
}

/// Something that a noun and a name tell apart from others of its year: "the accident of 12 October 1862 at Wheal Averil".
#[derive(Debug, Clone)]
pub struct Occurrence {
    /// The noun, folded.
    pub noun: String,
    /// The folded name of where or what.
    pub name: String,
    /// Whether the name is that of the article's own subject.
    pub own: bool,
    /// When, as a number of [`Account::times`].
    pub time: usize,
    /// The day.
    pub days: Interval,
}

/// A clause and what was made of it, for the reading of lengths and ages.
#[derive(Debug, Clone)]
pub struct Statement {
    /// Its words.
    pub words: Span,
    /// The sentence.
    pub sentence: Span,
    /// The paragraph, as a number of the article's blocks.
    pub block: usize,
    /// Of whom it is.
    pub subject: Option<SubjectId>,
    /// What it is done to.
    pub object: Option<SubjectId>,
    /// When, as a number of [`Account::times`], where it says so or the clause before does.
    pub time: Option<usize>,
    /// Whether it says so itself.
    pub own: bool,
    /// The main verb.
    pub verb: Span,
    /// "would", "if", "not": whether it did not happen, or only perhaps.
    pub unreal: bool,
}

/// What was read of an article's events.
#[derive(Debug)]
pub struct Events {
    /// Of whom and what it speaks.
    pub subjects: Subjects,
    /// What happened, in the order of the text.
    pub events: Vec<Event>,
    /// What was done.
    pub deeds: Vec<Deed>,
    /// Occurrences that a noun names with a place and a day: "the accident of 12 October 1862 at Wheal Averil".
    pub occurrences: Vec<Occurrence>,
    /// The year of a heading ("The fire of 1889") and the one day that its section tells, which is of another year; as numbers
    /// of [`Account::times`].
    pub contradicted: Vec<(usize, usize)>,
    /// All clauses in order.
    pub statements: Vec<Statement>,
}

impl Events {
    /// The statement whose words are around a place.
    pub(super) fn statement_at(&self, place: usize) -> Option<&Statement> {
        let number = self.statements.partition_point(|statement| statement.words.end as usize <= place);
        self.statements.get(number).filter(|statement| statement.words.range().contains(&place))
    }
}

/// Reads the events of an article.
pub(super) fn read(account: &Account<'_>) -> Events {
    let article = account.article;
    let mut reader = Reader {
        account,
        subjects: Subjects::of(account),
        events: Vec::new(),
        deeds: Vec::new(),
        occurrences: Vec::new(),
        contradicted: Vec::new(),
        statements: Vec::new(),
    };
    reader.fields();
    for (number, block) in article.blocks.iter().enumerate() {
        if block.kind == BlockKind::Raw {
            continue;
        }
        let heading = article.sections[block.section].heading.map(|heading| article.text(heading.span));
        reader.subjects.turn_to_block(number, heading.unwrap_or(""));
        let entry = match block.kind {
            BlockKind::Item { date, .. } => entry_time(account, date, block.span),
            _ => None,
        };
        for &sentence in article.sentences_of(block) {
            reader.sentence(number, sentence, entry);
        }
    }
    reader.headed_occurrences();
    reader.events.sort_by_key(|event| event.words.start);
    Events {
        subjects: reader.subjects,
        events: reader.events,
        deeds: reader.deeds,
        occurrences: reader.occurrences,
        contradicted: reader.contradicted,
        statements: reader.statements,
    }
}

/// The date that heads the entry of a list.
fn entry_time(account: &Account<'_>, date: Option<Span>, block: Span) -> Option<usize> {
    let head = date.unwrap_or(block);
    let number = account.times_in(head).start;
    let time = account.times().get(number)?;
    (time.span.start == head.start as usize && account.is_plain(time) && !account.opens_range(number)).then_some(number)
}

/// What the clause before told.
#[derive(Debug, Clone, Copy)]
struct Told {
    time: Option<usize>,
    subject: Option<SubjectId>,
    /// The subject of the last clause that hangs on no other.
    main: Option<SubjectId>,
}

struct Reader<'r, 'a> {
    account: &'r Account<'a>,
    subjects: Subjects,
    events: Vec<Event>,
    deeds: Vec<Deed>,
    occurrences: Vec<Occurrence>,
    contradicted: Vec<(usize, usize)>,
    statements: Vec<Statement>,
}

impl Reader<'_, '_> {
    /// What the infobox dates.
    fn fields(&mut self) {
        let article = self.account.article;
        let Some(infobox) = &article.infobox else { return };
        for field in &infobox.fields {
            let key = article.text(field.key).trim().to_ascii_lowercase().replace('_', " ");
            let numbers = self.account.times_in(field.value);
            let dates: Vec<usize> = numbers.clone().filter(|&number| self.dated(number).is_some()).collect();
            if matches!(key.as_str(), "spouse" | "spouses" | "wife" | "husband" | "married") {
                self.marriages(field, &dates);
                continue;
            }
            let Some(&first) = dates.first() else { continue };
            if self.account.opens_range(first) {
                continue;
            }
            // The "date" of a battle is when it was fought; that of a painting is another matter.
            let dates_itself = VOCABULARY.class_of_field(&key) != VOCABULARY.class("occurrence")
                || matches!(self.subjects.kind(MAIN), Some("war" | "event"));
            if let Some(class) = VOCABULARY.class_of_field(&key).filter(|_| dates_itself) {
                let words = Span { end: self.account.times()[first].span.end as u32, ..field.key };
                self.event(class, MAIN, first, words, Place::Field, 0);
            } else if matches!(key.as_str(), "fate" | "status" | "history") {
                // "Broken up, 1951": the verb stands in the value.
                let tokens = clauses::tokens(self.account, field.value);
                let Some(token) = tokens.iter().position(|token| verbs::verb(&token.word).is_some()) else { continue };
                let Some((base, _)) = verbs::verb(&tokens[token].word) else { continue };
                let behind: Vec<&str> = tokens[token + 1..].iter().map(|token| token.word.as_ref()).collect();
                let used = Use { base: &base, passive: true, behind: &behind, before: &[] };
                for class in VOCABULARY.classes_of(&used) {
                    if dates.len() == 1 && self.allows(class, MAIN) {
                        let words = Span { end: self.account.times()[first].span.end as u32, ..field.value };
                        self.event(class, MAIN, first, words, Place::Field, 0);
                    }
                }
            }
        }
    }

    /// "Spouse: Rosa Berti (m. 1950)".
    fn marriages(&mut self, field: &Field, dates: &[usize]) {
        const MARKS: [&str; 4] = ["m.", "married", "m", "wed"];
        let Some(class) = VOCABULARY.class("marriage") else { return };
        let mut from = field.value.start as usize;
        for &number in dates {
            let span = self.account.times()[number].span.clone();
            let before = self.account.between(from, span.start).trim_end();
            let name = before.split('(').next().unwrap_or("").trim_matches([' ', ',', ';', ')']);
            let marked = MARKS.iter().any(|mark| before.rsplit(['(', ' ', ',']).next() == Some(mark));
            let known: Vec<String> =
                crate::text::words(name).map(|word| crate::text::fold(word.text).into_owned()).collect();
            if marked && known.len() > 1 {
                let words = Span { end: span.end as u32, ..field.value };
                self.event(class, MAIN, number, words, Place::Field, 0);
                if let Some(event) = self.events.last_mut() {
                    event.other = Some(known.join(" "));
                }
            }
            from = span.end;
        }
    }

    /// The days of a time expression that can say when something happened.
    fn dated(&self, number: usize) -> Option<Interval> {
        let time = self.account.times().get(number)?;
        let is_date = matches!(time.kind, TimeKind::Date | TimeKind::Time) && matches!(time.value, Value::Date(_));
        let about = matches!(time.modifier, Some(Modifier::Approx));
        (is_date && !about && !time.quoted).then(|| days(time)).flatten()
    }

    fn event(&mut self, class: ClassId, who: SubjectId, time: usize, words: Span, place: Place, block: usize) {
        let days = self.dated(time);
        if VOCABULARY.classes[class].kinds == ["person"] {
            self.subjects.is_of_kind(who, "person");
        }
        self.events.push(Event {
            class,
            who,
            with: None,
            role: None,
            other: None,
            time: Some(time),
            days,
            words,
            place,
            block,
            inherited: false,
            perfect: false,
            hedged: false,
            again: false,
        });
    }

    /// Whom a noun behind "with" means: of "his wife" the one whom the subject has married.
    fn companion(&mut self, tokens: &[Token<'_>], noun: &Noun, subject: Option<SubjectId>) -> Option<SubjectId> {
        let core = &tokens[noun.core.clone()];
        let [owner, kin] = core else { return self.subjects.resolve(tokens, noun) };
        if !(owner.is(&["his", "her"]) && kin.is(&["wife", "husband"])) {
            return self.subjects.resolve(tokens, noun);
        }
        let marriage = VOCABULARY.class("marriage")?;
        const LOOKED_AT: usize = 400;
        let mut spouses =
            self.events.iter().take(LOOKED_AT).filter(|event| event.class == marriage).filter_map(|event| match event
                .with
            {
                Some(with) if Some(event.who) == subject => Some(with),
                Some(with) if Some(with) == subject => Some(event.who),
                _ => None,
            });
        let first = spouses.next()?;
        spouses.all(|other| other == first).then_some(first)
    }

    /// Whether a class of events can happen to a subject.
    fn allows(&self, class: ClassId, who: SubjectId) -> bool {
        let kinds = &VOCABULARY.classes[class].kinds;
        match self.subjects.kind(who) {
            Some(kind) => kinds.is_empty() || kinds.iter().any(|allowed| allowed == kind),
            // Of whom nothing else is known may be a person, a work or an engine.
            None => {
                kinds.is_empty()
                    || kinds.iter().any(|kind| match kind.as_str() {
                        "person" | "work" | "treaty" => true,
                        // "Agnes was cut up": who has a name of its own.
                        "vehicle" => self.subjects.is_named(who) && who != MAIN,
                        _ => false,
                    })
            }
        }
    }

    fn sentence(&mut self, block: usize, sentence: Span, entry: Option<usize>) {
        let account = self.account;
        if sentence.len() > super::LONGEST_SENTENCE {
            return;
        }
        let numbers = account.times_in(sentence);
        let mut tokens = clauses::tokens(account, sentence);
        self.lives(&tokens, block, numbers);
        let clauses = clauses::clauses(&mut tokens, &|base| VOCABULARY.knows(base));
        let mut previous: Option<Told> = None;
        for clause in &clauses {
            let quoted = account.article.is_quoted(span_of(sentence, &tokens, clause.verb.tokens.clone()));
            if quoted {
                continue;
            }
            previous = Some(self.clause(block, sentence, &tokens, clause, entry, previous));
        }
        self.nouns(&tokens, sentence, block, &clauses, entry);
        self.named_occurrences(&tokens, sentence);
    }

    /// "the accident of 12 October 1862 at the copper mine of Wheal Averil".
    fn named_occurrences(&mut self, tokens: &[Token<'_>], sentence: Span) {
        const BEHIND: usize = 12;
        let accident = VOCABULARY.class("accident");
        for at in 0..tokens.len() {
            if tokens[at].mark || tokens[at].time.is_some() || VOCABULARY.class_of_noun(&tokens[at].word) != accident {
                continue;
            }
            let behind =
                tokens.get(at + 1).filter(|next| next.is(&["of", "on"])).and_then(|_| tokens.get(at + 2)?.time);
            let Some(time) = behind.or(at.checked_sub(1).and_then(|before| tokens[before].time)) else { continue };
            let Some(days) = self.dated(time).filter(|days| days.precision == Precision::Day) else { continue };
            if self.account.times()[time].anchor != Anchor::Explicit
                || self.account.article.is_quoted(span_of(sentence, tokens, at..at + 1))
            {
                continue;
            }
            let end = (at + 1 + BEHIND).min(tokens.len());
            for name in proper_names(&tokens[at + 1..end]) {
                self.occurrences.push(Occurrence {
                    noun: tokens[at].word.clone().into_owned(),
                    name,
                    own: false,
                    time,
                    days,
                });
            }
        }
    }

    /// A heading "The accident of 1862" names what the first day of that year in its section is the day of.
    fn headed_occurrences(&mut self) {
        let account = self.account;
        let article = account.article;
        let name = self.subjects.own_name();
        for section in &article.sections {
            let Some(heading) = section.heading else { continue };
            let noun = crate::text::words(article.text(heading.span))
                .map(|word| crate::text::fold(word.text).into_owned())
                .find(|word| VOCABULARY.class_of_noun(word) == VOCABULARY.class("accident"));
            let numbers = account.times_in(heading.span);
            let (Some(noun), 1, false) = (noun, numbers.len(), name.is_empty()) else { continue };
            let Some(year) = account.times()[numbers.start].interval() else { continue };
            let Some(first) = article.blocks_of(section).first() else { continue };
            let day = account.times_in(first.span).find_map(|number| {
                let days = self.dated(number).filter(|days| days.precision == Precision::Day)?;
                (days.from >= year.from && days.to <= year.to.plus(1)).then_some((number, days))
            });
            // "The fire of 1889", and then no day but one of 1898.
            let within = account.times_in(first.span);
            let none = within
                .clone()
                .all(|number| self.dated(number).is_none_or(|days| days.from > year.to || days.to < year.from));
            let full =
                within.clone().find(|&number| self.dated(number).is_some_and(|days| days.precision == Precision::Day));
            if let (true, Some(full), Precision::Year) = (
                none && first.kind == BlockKind::Paragraph,
                full.filter(|&full| Some(full) == within.clone().next()),
                year.precision,
            ) && account.times()[full].anchor == Anchor::Explicit
            {
                self.contradicted.push((numbers.start, full));
            }
            if let Some((time, days)) = day.filter(|&(time, _)| account.times()[time].anchor == Anchor::Explicit) {
                self.occurrences.push(Occurrence { noun, name: name.clone(), own: true, time, days });
            }
        }
    }

    /// "Josiah Pascoe (1811–1884)", "(born 14 March 1968)", "(m. 1850; d. 1888)".
    fn lives(&mut self, tokens: &[Token<'_>], block: usize, numbers: Range<usize>) {
        let account = self.account;
        for number in numbers {
            let Some(first) = tokens.iter().position(|token| token.time == Some(number)) else { continue };
            const REACH: usize = 14;
            // The life of the article's own subject is told among the first.
            const LIVES: usize = 100;
            let open = (first.saturating_sub(REACH)..first)
                .rev()
                .find(|&at| tokens[at].is(&["(", ")"]))
                .filter(|&at| tokens[at].word == "(");
            let Some(open) = open.filter(|&open| open > 0) else { continue };
            // What is said of this date alone: "born Pécs, 5 June 1871; died Vienna, 22 January 1940".
            let part =
                (open + 1..first).rev().find(|&at| tokens[at].is(&[";", "–", "—"])).map_or(open + 1, |at| at + 1);
            let lead: Vec<&str> = tokens[part..first].iter().map(|token| token.word.as_ref()).collect();
            // The words with capitals before the bracket, with what may stand between them: "Vasco da Gama".
            let link = |at: usize| {
                at > 0
                    && tokens[at - 1].capital
                    && crate::text::is_proper_noun_link(&tokens[at].word)
                    && !tokens[at].is(&["in", "on", "for", "and", "the"])
            };
            let mut start = open;
            while start > 0
                && !tokens[start - 1].mark
                && tokens[start - 1].time.is_none()
                && (tokens[start - 1].capital || start < open && link(start - 1))
            {
                start -= 1;
            }
            // "Aleida Tolsma, née Wiarda (2 August 1866 – 19 January 1941)": the name before is the one that she goes by.
            let mut end = open;
            if let Some(nee) = start.checked_sub(1).filter(|&before| tokens[before].is(&["nee"])) {
                end = nee - usize::from(nee > 0 && tokens[nee - 1].word == ",");
                start = end;
                while start > 0
                    && tokens[start - 1].time.is_none()
                    && (tokens[start - 1].capital || start < end && link(start - 1))
                {
                    start -= 1;
                }
            }
            let noun = Noun { tokens: start..end, core: start..end, joined: None, beside: None };
            let core = &tokens[noun.core.clone()];
            // "the engineer Anselm Tregarthen (1823–1899)" is another than the one whose article it is.
            let other = start.checked_sub(1).is_some_and(|before| {
                !tokens[before].mark
                    && !tokens[before].is(clauses::PREPOSITIONS)
                    && verbs::verb(&tokens[before].word).is_none()
            });
            let opens_text = start == 0;
            if core.is_empty() || other && !opens_text {
                continue;
            }
            let full_name = core.iter().filter(|token| token.capital).count() >= 2;
            let alone = tokens[part..first].iter().all(|token| token.time.is_none());
            let born = alone && matches!(lead.first(), Some(&("born" | "b")));
            let died = alone && matches!(lead.first(), Some(&("died" | "d")));
            let range = lead.is_empty() && account.opens_range(number);
            let (birth, death) = (VOCABULARY.class("birth"), VOCABULARY.class("death"));
            let (Some(birth), Some(death)) = (birth, death) else { return };
            let words = |number: usize| account.span(&account.times()[number]);
            let Some(who) = self.subjects.resolve(tokens, &noun) else { continue };
            // Of the article's own subject the lead says it; later on somebody of the same name is meant.
            let told = if died { death } else { birth };
            if who == MAIN
                && self
                    .events
                    .iter()
                    .take(LIVES)
                    .any(|event| event.place == Place::Life && event.who == MAIN && event.class == told)
            {
                continue;
            }
            // Somebody of the same name, with another life.
            let who = match self.dated(number).filter(|_| range) {
                Some(days) => self.subjects.namesake(who, &self.events, birth, days),
                None => who,
            };
            if range {
                let (Some(from), Some(to)) = (self.dated(number), self.dated(number + 1)) else { continue };
                let years = to.from.year - from.to.year;
                const LONGEST_LIFE: i32 = 110;
                let life = (12..=LONGEST_LIFE).contains(&years)
                    && account.after(account.times()[number + 1].span.end).starts_with([')', ';', ' ', ',']);
                // "(1914–1918)" behind a capital may be the years of a war or of a reign.
                let is_life = who == MAIN && self.subjects.about_person()
                    || full_name
                        && self.subjects.kind(who).is_none_or(|kind| kind == "person")
                        && who != MAIN
                        && years > 25;
                if life && is_life {
                    self.subjects.is_of_kind(who, "person");
                    self.event(birth, who, number, words(number), Place::Life, block);
                    self.event(death, who, number + 1, words(number + 1), Place::Life, block);
                }
            } else if (born || died)
                && self.dated(number).is_some()
                && self.subjects.kind(who).is_none_or(|kind| kind == "person")
            {
                self.subjects.is_of_kind(who, "person");
                self.event(if born { birth } else { death }, who, number, words(number), Place::Life, block);
            }
        }
    }

    /// Reads a clause: whom it is of, what of it is an event or a deed, and whom the next pronoun means.
    #[allow(clippy::too_many_lines)] // one clause is read from left to right, each part by what was read before
    fn clause(
        &mut self,
        block: usize,
        sentence: Span,
        tokens: &[Token<'_>],
        clause: &Clause,
        entry: Option<usize>,
        previous: Option<Told>,
    ) -> Told {
        let verb = &clause.verb;
        let lead_in = &tokens[clause.tokens.start..verb.tokens.start];
        let subordinate = lead_in.iter().take(2).any(|token| {
            token.is(&[
                "when", "while", "where", "who", "which", "because", "although", "though", "that", "until", "as",
                "since", "after", "before",
            ])
        });
        // "…, when a mine went off, reopened in the autumn": behind a comma the sentence goes on with its own subject.
        let resumes = lead_in.iter().any(|token| token.word == ",");
        let subject = match (&clause.subject, clause.shares_subject, previous) {
            (_, true, Some(told)) => {
                if resumes {
                    told.main
                } else {
                    told.subject
                }
            }
            (Some(noun), _, _) => self.subjects.resolve(tokens, noun),
            (None, _, _) => None,
        };
        // "She was a coastal steamer, launched in 1908": what is behind the copula is she.
        let predicate = clause.object.as_ref().filter(|noun| {
            let last = &tokens[noun.core.end - 1];
            verb.base == "be"
                && !verb.passive
                && !last.capital
                && noun.core.start == verb.tokens.end
                && tokens[noun.core.start].is(&["a", "an", "the", "one"])
        });
        if let (Some(noun), Some(subject), false) = (predicate, subject, verb.negated) {
            self.subjects.is_called(subject, tokens, noun);
        }
        let reflexive = |noun: &&Noun| tokens[noun.core.start].is(&["himself", "herself", "itself", "themselves"]);
        let object = match clause.object.as_ref() {
            Some(noun) if reflexive(&noun) => subject,
            noun => noun.and_then(|noun| self.subjects.resolve(tokens, noun)),
        };
        let agent = clause.agent.as_ref().and_then(|noun| self.subjects.resolve(tokens, noun));
        // "in the spring of 1974, when the composer …": the clause says what was then.
        let opening = clause.tokens.start..verb.tokens.start;
        let when = tokens[opening.clone()]
            .iter()
            .position(|token| token.is(&["when"]))
            .map(|at| opening.start + at)
            .filter(|&at| at <= opening.start + 1);
        let then = when.and_then(|when| {
            let before = (0..when).rev().find(|&at| !tokens[at].mark)?;
            const REACH: usize = 9;
            let time = (when.saturating_sub(REACH)..=before).rev().find_map(|at| tokens[at].time)?;
            let last = tokens[..when].iter().rposition(|token| token.time == Some(time))?;
            let plain = tokens[last..when].iter().all(|token| !token.verb);
            (self.dated(time).is_some() && self.is_sure(time) && plain).then_some(time)
        });
        let own_time = self.time_of(tokens, clause).or(then);
        let leans_on = clause.tokens.start;
        let follows_on = tokens[leans_on..verb.tokens.start].iter().all(|token| token.is(&["and", ","]))
            && !tokens[leans_on..verb.tokens.start].is_empty();
        let undated = clause.times.iter().all(|&time| self.dated(time).is_none());
        let inherited = own_time.is_none() && undated && follows_on && clause.shares_subject;
        let time = own_time
            .or_else(|| previous.filter(|_| inherited).and_then(|told| told.time))
            .or(entry.filter(|_| undated));
        let unreal = verb.modal || verb.negated || clause.condition;
        let verb_span = span_of(sentence, tokens, verb.tokens.clone());
        let words_span = Self::words_of(sentence, tokens, clause, own_time);
        self.statements.push(Statement {
            words: span_of(sentence, tokens, clause.tokens.clone()),
            sentence,
            block,
            subject,
            object,
            time,
            own: own_time.is_some(),
            verb: verb_span,
            unreal,
        });
        // "Work began in 1906": of what an idiom says nothing else is said.
        let mut idiomatic = false;
        if !unreal {
            let before: Vec<&str> =
                tokens[clause.tokens.start..verb.tokens.end - 1].iter().map(|token| token.word.as_ref()).collect();
            let behind: Vec<&str> =
                tokens[verb.tokens.end..clause.tokens.end].iter().map(|token| token.word.as_ref()).collect();
            let used = Use { base: &verb.base, passive: verb.passive, behind: &behind, before: &before };
            for class in VOCABULARY.classes_of(&used) {
                // "was opened again" is a reopening, if there is such a class.
                let undoing = || {
                    VOCABULARY.classes.iter().position(|other| {
                        other.undoes.is_some_and(|undone| {
                            VOCABULARY.classes[undone].undoes.is_none()
                                && VOCABULARY.classes[class].precedes.contains(&undone)
                                && other.name == format!("re{}", VOCABULARY.classes[class].name)
                        })
                    })
                };
                let again =
                    tokens[verb.tokens.end..clause.tokens.end].first().is_some_and(|next| next.is(&["again", "anew"]));
                let class = again.then(undoing).flatten().unwrap_or(class);
                let happens = VOCABULARY.classes[class].happens;
                let idiom = (clause.tokens.clone())
                    .find(|&at| VOCABULARY.idiom_nouns(&verb.base, class).any(|noun| tokens[at].word == noun));
                idiomatic |= idiom.is_some();
                let target = if let Some(noun) = idiom {
                    // "the curtain went up *on it*", "the foundation stone *of the wing* was laid", "work *on the line* began".
                    let binds = |at: usize| {
                        tokens.get(at).is_some_and(|token| token.is(&["on", "over", "of", "for"]))
                            && tokens.get(at + 1).is_some_and(|next| next.time.is_none())
                    };
                    let on = [noun + 1, verb.tokens.end, verb.tokens.end + 1].into_iter().find(|&at| binds(at));
                    on.and_then(|on| clauses::noun_right(tokens, on + 1, clause.tokens.end))
                        .and_then(|noun| {
                            let pronoun = tokens[noun.core.start].is(&["it"]);
                            let kind = VOCABULARY.classes[class].kinds.first();
                            let of_kind = kind.filter(|_| pronoun).and_then(|kind| self.subjects.last_of_kind(kind));
                            of_kind.or_else(|| self.subjects.resolve(tokens, &noun))
                        })
                        .or((on.is_none()
                            // "a second tube, for which the ground was broken in 2016"
                            && !tokens[..clause.tokens.end].iter().any(|token| token.is(&["which", "whose"]))
                            && !self.subjects.about_person()
                            && !self.subjects.about_institution())
                        .then_some(MAIN))
                } else if happens == Happens::Object
                    && !verb.passive
                    // "reached the bookshops" is all one verb; "entered into relations" is of those that the article is about.
                    && clause.object.as_ref().is_some_and(|noun| {
                        object == Some(MAIN) || !VOCABULARY.words_behind(&verb.base, class).any(|word| tokens[noun.core.end - 1].word == word)
                    })
                {
                    object
                } else {
                    subject
                };
                let group = if target == object && target != subject { &clause.object } else { &clause.subject };
                let pronoun = group.as_ref().is_some_and(|noun| {
                    noun.core.len() == 1 && tokens[noun.core.start].is(&["it", "she", "her", "he", "him"])
                });
                // "He ratified it": the treaty that the article is about, rather than what is of no kind.
                let of_main = VOCABULARY.classes[class].kinds.first().is_some_and(|kind| {
                    matches!(kind.as_str(), "treaty" | "ship") && self.subjects.kind(MAIN) == Some(kind.as_str())
                });
                let unknown = target.is_some_and(|who| who != MAIN && self.subjects.kind(who).is_none());
                let target = if pronoun && of_main && unknown { Some(MAIN) } else { target };
                let target = target.filter(|&who| self.allows(class, who)).or_else(|| {
                    // A pronoun means what the verb can be said of.
                    let kind = VOCABULARY.classes[class].kinds.first().filter(|_| pronoun)?;
                    if kind == "person" {
                        let word = group.as_ref().map_or("", |noun| tokens[noun.core.start].word.as_ref());
                        return self.subjects.is_own_pronoun(word).then_some(MAIN);
                    }
                    self.subjects
                        .last_of_kind(kind)
                        .or((self.subjects.kind(MAIN) == Some(kind.as_str())).then_some(MAIN))
                });
                let Some(who) = target else { continue };
                if self.subjects.kind(who).is_none() {
                    match VOCABULARY.classes[class].kinds.as_slice() {
                        [kind] if kind == "person" => self.subjects.is_of_kind(who, kind),
                        [.., kind] if kind == "vehicle" => self.subjects.is_of_kind(who, kind),
                        _ => {}
                    }
                }
                let role = Self::role(tokens, clause, verb.passive);
                let with = agent
                    .or(if verb.passive { None } else { subject.filter(|&subject| subject != who) })
                    .or(object.filter(|&object| object != who));
                if VOCABULARY.classes[class].name == "marriage"
                    && let Some(with) = with
                {
                    self.subjects.have_married(who, with);
                }
                let other =
                    VOCABULARY.classes[class].once_with.then(|| self.other(class, tokens, clause, with)).flatten();
                let days = time.and_then(|time| self.dated(time));
                self.events.push(Event {
                    class,
                    who,
                    with,
                    role,
                    other,
                    time: time.filter(|_| days.is_some()),
                    days,
                    words: words_span,
                    place: if own_time.is_none() && entry.is_some() { Place::Entry } else { Place::Prose },
                    block,
                    inherited,
                    perfect: verb.perfect,
                    hedged: is_hedged(tokens),
                    again: VOCABULARY.classes[class].repeats != super::Repeats::Never
                        && is_again(&tokens[clause.tokens.clone()]),
                });
            }
            // "The first performance took place on 16 December 1913."
            if let (Some(noun), Some(time)) = (clause.subject.as_ref().filter(|_| !clause.shares_subject), own_time)
                && (["tak", "take", "occur", "follow", "happen"].contains(&verb.base.as_ref())
                    || verb.passive && ["hold", "giv", "give", "celebrat"].contains(&verb.base.as_ref()))
                && let Some(class) = (noun.core.start.saturating_sub(1)..noun.core.end)
                    .rev()
                    .find_map(|at| event_noun(tokens, at))
                    .map(|(class, _)| class)
            {
                let last = noun.core.end - 1;
                let of = tokens
                    .get(noun.core.end)
                    .filter(|next| next.is(&["of"]))
                    .and_then(|_| clauses::noun_right(tokens, noun.core.end + 1, verb.tokens.start));
                let who = match of {
                    Some(of) => self.subjects.resolve(tokens, &of),
                    None if tokens[noun.core.start].is(&["his", "her", "its"]) => {
                        self.subjects.owner(&tokens[noun.core.start].word)
                    }
                    None => self.owner_of_noun(tokens, last, class),
                };
                if let Some(who) =
                    who.filter(|&who| self.allows(class, who) && !is_again(&tokens[clause.tokens.clone()]))
                {
                    self.event(class, who, time, words_span, Place::Prose, block);
                }
            }
            if let Some((time, days)) = own_time.and_then(|time| Some((time, self.dated(time)?))) {
                let doer = if verb.passive { agent } else { subject };
                if let Some(who) = doer.filter(|_| VOCABULARY.is_act(&verb.base) && !verb.perfect) {
                    self.deeds.push(Deed { who, time, days, words: words_span, what: What::Done });
                }
                // "met Hudec", "travelled with his wife".
                if VOCABULARY.is_company(&verb.base) && !verb.passive && !verb.perfect {
                    let with = (verb.tokens.end..clause.tokens.end).find(|&at| tokens[at].is(&["with"]));
                    let with = with.and_then(|with| clauses::noun_right(tokens, with + 1, clause.tokens.end));
                    let with = with.and_then(|noun| self.companion(tokens, &noun, subject));
                    for who in object.into_iter().chain(with).filter(|&who| Some(who) != subject) {
                        if self.subjects.kind(who) == Some("person") {
                            self.deeds.push(Deed { who, time, days, words: words_span, what: What::Suffered });
                        }
                    }
                }
                if let Some(who) = subject.filter(|_| verb.passive && !verb.perfect) {
                    if VOCABULARY.is_suffered(&verb.base) {
                        self.deeds.push(Deed { who, time, days, words: words_span, what: What::Suffered });
                    }
                    if VOCABULARY.is_treatment(&verb.base) {
                        self.deeds.push(Deed { who, time, days, words: words_span, what: What::Treated });
                    }
                }
            }
        }
        // A pronoun goes on meaning what it meant; else the subject is what is spoken of, and not what it was done to.
        let is_pronoun = |noun: &Option<Noun>| {
            noun.as_ref().is_some_and(|noun| noun.core.len() == 1 && tokens[noun.core.start].is(clauses::PRONOUNS))
        };
        if let Some(object) = object.filter(|&object| self.subjects.all[object].definite && subject != Some(object)) {
            self.subjects.heard_of(object);
        }
        // "his father having died": what is said in passing is not what is spoken of.
        // What "it" means is nobody.
        let is_it = |noun: &Option<Noun>| {
            noun.as_ref().is_some_and(|noun| noun.core.len() == 1 && tokens[noun.core.start].is(&["it", "its"]))
        };
        if let Some(subject) = subject.filter(|_| !idiomatic) {
            if is_it(&clause.subject) || verb.loose || verb.perfect && tokens[verb.tokens.start].is(&["having"]) {
                self.subjects.heard_of(subject);
            } else {
                self.subjects.heard(subject);
            }
        }
        if let Some(object) = object.filter(|_| is_pronoun(&clause.object) && !is_it(&clause.object)) {
            self.subjects.heard(object);
        }
        let main =
            if subordinate && !clause.shares_subject { previous.map_or(subject, |told| told.main) } else { subject };
        Told { time: own_time.or(time), subject, main }
    }

    /// What tells an event from others of its class: "moved *to Raleigh Hill*", "was made *matron of the infirmary*".
    fn other(&self, class: ClassId, tokens: &[Token<'_>], clause: &Clause, with: Option<SubjectId>) -> Option<String> {
        let behind = clause.verb.tokens.end..clause.tokens.end;
        // A marriage is known by the other one.
        let key = with.and_then(|with| self.subjects.name_key(with));
        if key.is_some() && VOCABULARY.class("marriage") == Some(class) {
            return key;
        }
        if let Some(place) = place_behind(tokens, behind.clone()) {
            return Some(place);
        }
        let office = if clause.verb.passive || clause.verb.base == "becom" || clause.verb.base == "become" {
            clause.object.clone()
        } else {
            clause.object.as_ref().and_then(|object| clauses::noun_right(tokens, object.tokens.end, clause.tokens.end))
        };
        // An office that but one can have goes without "a".
        let is_office = |noun: &Noun| {
            let head = &tokens[noun.core.end - 1];
            !tokens[noun.core.start].is(clauses::DETERMINERS)
                && !head.mark
                && VOCABULARY.kind_of(&head.word) == Some("person")
        };
        if let Some(office) = office.filter(is_office) {
            return Some(said(&tokens[office.tokens]));
        }
        with.and_then(|with| self.subjects.name_key(with))
    }

    /// What somebody was made or became: the head of the noun behind the verb.
    fn role(tokens: &[Token<'_>], clause: &Clause, passive: bool) -> Option<String> {
        let noun: Noun = if passive {
            clause.object.clone()?
        } else {
            let object = clause.object.clone()?;
            clauses::noun_right(tokens, object.tokens.end, clause.tokens.end).unwrap_or(object)
        };
        tokens[noun.core]
            .iter()
            .rev()
            .find(|token| !token.mark && token.time.is_none())
            .map(|token| token.word.clone().into_owned())
    }

    /// The words of a clause that a finding points at: from the verb, or the time before it, to the time, or the verb.
    fn words_of(sentence: Span, tokens: &[Token<'_>], clause: &Clause, time: Option<usize>) -> Span {
        // From a subject to its verb, with what may be inserted.
        const FURTHEST: usize = 12;
        let verb = clause.verb.tokens.clone();
        let mut range = verb.clone();
        if let Some(noun) = clause.subject.as_ref().filter(|noun| {
            !clause.shares_subject && noun.tokens.end <= verb.start && verb.start - noun.tokens.start <= FURTHEST
        }) {
            range.start = noun.tokens.start;
        }
        const LONGEST: usize = 16;
        if let Some(time) = time {
            let first = tokens.iter().position(|token| token.time == Some(time)).unwrap_or(verb.start);
            let last = tokens.iter().rposition(|token| token.time == Some(time)).unwrap_or(verb.start);
            if last + 1 > range.end && last + 1 - range.start <= LONGEST {
                range.end = last + 1;
            } else if first < range.start && range.end - first <= LONGEST {
                range.start = first;
            }
        }
        span_of(sentence, tokens, range)
    }

    /// When a clause says that it was.
    fn time_of(&self, tokens: &[Token<'_>], clause: &Clause) -> Option<usize> {
        let verb = clause.verb.tokens.end - 1;
        let mut found: Option<(usize, usize)> = None;
        for &number in &clause.times {
            let first = tokens.iter().position(|token| token.time == Some(number))?;
            let last = tokens.iter().rposition(|token| token.time == Some(number))?;
            if self.dated(number).is_none() || !self.says_when(tokens, first, last, number) {
                continue;
            }
            let distance = if first > verb { first - verb } else { (verb - last) * 2 };
            if found.is_none_or(|(_, nearest)| distance < nearest) {
                found = Some((number, distance));
            }
        }
        let (number, _) = found?;
        self.is_sure(number).then_some(number)
    }

    /// Whether a time expression says when the clause was, and is no edge, attribute or aside.
    fn says_when(&self, tokens: &[Token<'_>], first: usize, last: usize, number: usize) -> bool {
        let before = first.checked_sub(1).map(|at| &tokens[at]);
        let after = tokens.get(last + 1);
        // "six days before the Christmas of 1938": another day than that.
        let counted = (first.saturating_sub(3)..first).rev().find(|&at| tokens[at].is(&["before", "after"]));
        let counted = counted.and_then(|at| at.checked_sub(1)).is_some_and(|at| {
            tokens[at].time.is_some_and(|time| time != number && self.account.times()[time].kind == TimeKind::Duration)
        });
        // "In the strike of 1947 the van called every night": the strike says when.
        let of_event = first >= 4
            && tokens[first - 1].is(&["of"])
            && !tokens[first - 2].mark
            && tokens[first - 3].is(&["the"])
            && tokens[first - 4].is(&["in", "during"])
            && (first == 4 || tokens[first - 5].is(&[",", ";"]));
        let edge = !of_event
            && (counted
                || before.is_some_and(|before| {
                    before.is(&[
                        "since", "until", "till", "before", "after", "by", "from", "to", "between", "through", "of",
                        "than", "for", "about", "around", "c", "circa", "–", "-", "—", "(", "/",
                    ])
                }));
        let the_before = before.is_some_and(|before| before.is(clauses::DETERMINERS)) || tokens[first].is(&["the"]);
        let attribute = the_before
            && after.is_some_and(|after| {
                !after.mark
                    && after.time.is_none()
                    && !after.is(clauses::PREPOSITIONS)
                    && !after.is(&["and", "or", "but", "when", "that", "which", "the", "a", "he", "she", "it", "they"])
                    && !tokens[first..=last].iter().any(|token| token.is(&["of"]))
            })
            && tokens[first..=last].iter().any(|token| token.word.bytes().any(|b| b.is_ascii_digit()))
            && tokens[first..=last].iter().all(|token| !token.is(&["summer", "spring", "autumn", "winter", "fall"]));
        let range = self.account.opens_range(number)
            || number.checked_sub(1).is_some_and(|before| self.account.opens_range(before));
        let bracket = after.is_some_and(|after| after.word == ")") && before.is_some_and(|before| before.word == "(");
        !edge && !attribute && !range && !bracket
    }

    /// Whether the date of a time expression is sure: said in full, or told by the words just before it.
    fn is_sure(&self, number: usize) -> bool {
        let times = self.account.times();
        let time = &times[number];
        match time.anchor {
            Anchor::Explicit => true,
            Anchor::Story => {
                let bounds = self.account.bounds(time.span.start);
                const NEAR: usize = 400;
                let from = bounds.start.max(time.span.start.saturating_sub(NEAR));
                // What is counted from the day just told lies within a year or so of it; else another was counted from.
                let own = time.interval().map(|days| days.from.year);
                let near = times[..number].iter().rev().take_while(|other| other.span.start >= from);
                near.filter(|other| other.anchor == Anchor::Explicit)
                    .find_map(TimeExpression::interval)
                    .is_some_and(|told| own.is_none_or(|own| (told.from.year - 1..=told.to.year + 1).contains(&own)))
            }
            Anchor::Today | Anchor::None => false,
        }
    }

    /// Events that nouns tell: "the opening of the bridge in 1931", "its 1990 invasion of Kuwait", "her death in 1795".
    fn nouns(&mut self, tokens: &[Token<'_>], sentence: Span, block: usize, clauses: &[Clause], entry: Option<usize>) {
        for at in 0..tokens.len() {
            let token = &tokens[at];
            if token.mark || token.capital && at > 0 || token.time.is_some() {
                continue;
            }
            let Some((class, at)) = event_noun(tokens, at) else { continue };
            if self.account.article.is_quoted(span_of(sentence, tokens, at..at + 1)) {
                continue;
            }
            // The time: before the noun as its attribute, or behind it and what hangs on it.
            let before = at.checked_sub(1).and_then(|before| tokens[before].time);
            // "the signature of the treaty", "their signatures to the treaty".
            let binds = |next: &&Token<'_>| {
                next.is(&["of"]) || next.is(&["to", "on"]) && !VOCABULARY.classes[class].kinds.is_empty()
            };
            let owner = tokens
                .get(at + 1)
                .filter(|next| binds(next) && next.time.is_none())
                .and_then(|_| clauses::noun_right(tokens, at + 2, tokens.len()));
            let behind = self.time_behind(tokens, at + 1);
            let Some(time) = before
                .or(behind)
                .or(entry
                    .filter(|_| owner.is_some() && self.account.times_in(sentence).all(|time| Some(time) == entry)))
                .filter(|&time| self.dated(time).is_some() && self.is_sure(time) && !self.account.opens_range(time))
            else {
                continue;
            };
            let start = before.and_then(|time| tokens.iter().position(|token| token.time == Some(time))).unwrap_or(at);
            let first = start.checked_sub(1);
            // "the fiftieth anniversary of her launch, in May 1948" dates the anniversary.
            const LOOKED_AT: usize = 5;
            let jubilee = tokens[at.saturating_sub(LOOKED_AT)..at].iter().any(|token| {
                token.is(&[
                    "anniversary",
                    "centenary",
                    "bicentenary",
                    "jubilee",
                    "birthday",
                    "commemorate",
                    "commemorated",
                    "mark",
                    "marked",
                    "marking",
                ]) || token.time.is_some_and(|time| account_length(self.account, time))
            });
            if jubilee {
                continue;
            }
            let possessive = first.filter(|&first| tokens[first].is(&["his", "her", "its"]));
            let who = if let Some(noun) = &owner {
                self.subjects.resolve(tokens, noun)
            } else if let Some(first) = possessive {
                let owner = self.subjects.owner(&tokens[first].word);
                // "the seminary … Since its foundation": who is but described is founded as the one that the article is about.
                let founded = Some(class) == VOCABULARY.class("founding") && tokens[first].is(&["its"]);
                owner.map(|who| if founded && self.subjects.is_described_body(who) { MAIN } else { who })
            } else {
                self.owner_of_noun(tokens, at, class)
            };
            let unreal = clauses.iter().any(|clause| {
                clause.tokens.contains(&at) && (clause.verb.modal || clause.verb.negated || clause.condition)
            });
            let Some(who) = who.filter(|&who| self.allows(class, who) && !unreal) else { continue };
            let end = tokens.iter().rposition(|token| token.time == Some(time)).map_or(at + 1, |last| last.max(at) + 1);
            let words = span_of(sentence, tokens, start.min(at)..end);
            self.event(class, who, time, words, Place::Prose, block);
            if let Some(event) = self.events.last_mut().filter(|_| VOCABULARY.classes[class].once_with) {
                event.other = place_behind(tokens, at + 1..tokens.len());
            }
        }
    }

    /// To whom an event noun without "of" happens: "the band's split", "the opening".
    fn owner_of_noun(&mut self, tokens: &[Token<'_>], at: usize, class: ClassId) -> Option<SubjectId> {
        let mut start = at;
        while start > 0
            && !tokens[start - 1].mark
            && tokens[start - 1].time.is_none()
            && !tokens[start - 1].is(clauses::PREPOSITIONS)
            && !tokens[start - 1].verb
            && at - start < 5
        {
            start -= 1;
        }
        let lead = &tokens[start..at];
        if let Some(owner) = lead.iter().rposition(|token| token.word.ends_with("'s")) {
            let first = lead[..owner]
                .iter()
                .rposition(|token| token.is(clauses::DETERMINERS) || !token.capital)
                .map_or(0, |at| at + usize::from(!lead[at].is(clauses::DETERMINERS)));
            let range = start + first..start + owner + 1;
            let noun = Noun { tokens: range.clone(), core: range, joined: None, beside: None };
            return self.subjects.resolve_owner(tokens, &noun);
        }
        let bare = lead
            .iter()
            .all(|token| token.is(&["the", "opening", "first", "maiden", "formal", "official", "final", "last"]));
        let definite = lead.first().is_some_and(|first| first.is(&["the"])) && bare;
        (definite && !self.subjects.about_person() && self.allows(class, MAIN)).then_some(MAIN)
    }

    /// The time that hangs on a noun: "in 1931", ", in August 1990", "by Nordisk Hjem in 2003".
    fn time_behind(&self, tokens: &[Token<'_>], from: usize) -> Option<usize> {
        const LONGEST: usize = 12;
        let mut commas = 0;
        for at in from..tokens.len().min(from + LONGEST) {
            let token = &tokens[at];
            if let Some(time) = token.time {
                let before = &tokens[at - 1];
                let joins = before.is(&["in", "on", "of", "at", ","]) && at > from;
                return (joins && self.dated(time).is_some()).then_some(time);
            }
            commas += usize::from(token.word == ",");
            let next_is_time = tokens.get(at + 1).is_some_and(|next| next.time.is_some() || next.is(&["in", "on"]));
            if token.verb
                || token.mark && (token.word != "," || commas > 1 || !next_is_time)
                || token.is(&[
                    "and", "but", "or", "when", "which", "who", "that", "than", "as", "before", "after", "until",
                    "since",
                ])
            {
                return None;
            }
        }
        None
    }
}

/// The class that a token names as a noun, alone or with the one behind it, and the place of its last word.
fn event_noun(tokens: &[Token<'_>], at: usize) -> Option<(ClassId, usize)> {
    let next = tokens.get(at + 1).filter(|next| !next.mark && next.time.is_none());
    if let Some(class) = next.and_then(|next| VOCABULARY.class_of_two(&tokens[at].word, &next.word)) {
        return Some((class, at + 1));
    }
    let class = VOCABULARY.class_of_noun(&tokens[at].word)?;
    // "independence day", "the opening ceremony": the noun only tells of what kind another is.
    let compound = next.is_some_and(|next| {
        !next.verb
            && !next.capital
            && !next.is(clauses::PREPOSITIONS)
            && !next.is(clauses::PRONOUNS)
            && !next.is(clauses::DETERMINERS)
            && !crate::text::is_function_word(&next.word)
            && verbs::verb(&next.word).is_none()
    });
    (!compound).then_some((class, at))
}

/// Whether a time expression is a length: "ten years after its launch".
fn account_length(account: &Account<'_>, time: usize) -> bool {
    account.times()[time].kind == TimeKind::Duration
}

/// The days that a time expression can mean; seasons are widened as little as their months allow.
pub(super) fn days(time: &TimeExpression) -> Option<Interval> {
    let mut days = time.interval()?;
    if let Value::Date(Date { clock, .. }) = time.value
        && clock != Clock::Whole
        && days.precision == Precision::Day
    {
        // A night belongs to two days.
        days.to = days.to.plus(1);
    }
    Some(days)
}

/// Whether a sentence leaves what it says to others, or in doubt.
fn is_hedged(tokens: &[Token<'_>]) -> bool {
    tokens.iter().any(|token| {
        token.is(&[
            "according",
            "allegedly",
            "apparently",
            "believed",
            "claimed",
            "claims",
            "conjectured",
            "disputed",
            "erroneously",
            "estimated",
            "legend",
            "likely",
            "maybe",
            "perhaps",
            "possibly",
            "presumably",
            "probably",
            "purportedly",
            "reportedly",
            "rumoured",
            "rumored",
            "sources",
            "supposedly",
            "tradition",
            "traditionally",
            "uncertain",
            "variously",
            "wrongly",
            "mistakenly",
            "incorrectly",
        ])
    })
}

/// Whether a clause speaks of another time than the first, or of a part: "opened again", "the second edition appeared".
fn is_again(tokens: &[Token<'_>]) -> bool {
    tokens.iter().any(|token| {
        token.is(&[
            "again",
            "anew",
            "second",
            "third",
            "newly",
            "partially",
            "partly",
            "section",
            "sections",
            "provisionally",
            "temporarily",
            "officially",
            "privately",
            "once",
            "another",
            "new",
            "publicly",
            "annually",
            "second-hand",
            "reissued",
            "revived",
            "revived",
            "edition",
            "version",
            "extended",
            "extension",
        ])
    })
}

/// The runs of words with capitals, folded, of two words at least.
fn proper_names(tokens: &[Token<'_>]) -> Vec<String> {
    tokens
        .split(|token| token.mark || token.time.is_some() || !token.capital)
        .filter(|run| run.len() >= 2)
        .map(|run| run.iter().map(|token| token.word.as_ref()).collect::<Vec<_>>().join(" "))
        .collect()
}

/// The words of some tokens, without articles, marks and times.
fn said(tokens: &[Token<'_>]) -> String {
    let words = tokens.iter().filter(|token| !token.mark && token.time.is_none() && !token.is(clauses::DETERMINERS));
    words.map(|token| token.word.as_ref()).collect::<Vec<_>>().join(" ")
}

/// The name of the place that "to" leads to: "to Raleigh Hill".
fn place_behind(tokens: &[Token<'_>], range: Range<usize>) -> Option<String> {
    const FURTHEST: usize = 4;
    let to = range.clone().take(FURTHEST).find(|&at| tokens[at].is(&["to"]) && tokens[at].time.is_none())?;
    let names: Vec<&str> = tokens[to + 1..range.end]
        .iter()
        .skip_while(|token| token.is(clauses::DETERMINERS))
        .take_while(|token| token.capital && token.time.is_none())
        .map(|token| token.word.as_ref())
        .collect();
    (!names.is_empty()).then(|| names.join(" "))
}

/// The span of some tokens.
pub(super) fn span_of(sentence: Span, tokens: &[Token<'_>], range: Range<usize>) -> Span {
    let (Some(first), Some(last)) =
        (tokens.get(range.start), range.end.checked_sub(1).and_then(|last| tokens.get(last)))
    else {
        return sentence;
    };
    Span::new(sentence.source, first.span.start, last.span.end.max(first.span.end))
}
