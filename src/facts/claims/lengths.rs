//! Lengths: "after eleven years in office", "open for three seasons", "two years later".

use super::{Dated, MOST, Reader, Said, fits, length};
use crate::facts::clauses::{self, Token};
use crate::facts::events::Statement;
use crate::facts::subjects::{MAIN, SubjectId};
use crate::facts::vocabulary::VOCABULARY;
use crate::source::Span;
use crate::text::stem;
use crate::time::{Anchor, Passage, Precision, Reader as TimeReader, TimeKind, Unit, Value};

impl Reader<'_, '_> {
    pub(super) fn lengths(&mut self, sentence: Span, tokens: &[Token<'_>], number: usize) {
        let account = self.account;
        let time = &account.times()[number];
        let text = account.words(time);
        let Some((first, last)) = tokens
            .iter()
            .position(|token| token.time == Some(number))
            .zip(tokens.iter().rposition(|token| token.time == Some(number)))
        else {
            return;
        };
        let Some((_, statement)) = self.statement(time.span.start) else { return };
        let words = account.span(time);
        if time.quoted || account.article.is_quoted(words) || statement.unreal || planned(tokens, first) {
            return;
        }
        // "three years younger" is between two people.
        let is = |at: usize, words: &[&str]| tokens.get(at).is_some_and(|token| token.is(words));
        if is(last + 1, &["younger", "older", "senior", "junior"])
            || is(last + 1, &["her", "his", "their"]) && is(last + 2, &["senior", "junior", "elder"])
        {
            return;
        }
        match time.value {
            Value::Duration(duration) if time.kind == TimeKind::Duration => {
                let lead: String = tokens[first.saturating_sub(3)..first]
                    .iter()
                    .map(|token| token.word.as_ref())
                    .collect::<Vec<_>>()
                    .join(" ");
                let behind: String = tokens[last + 1..(last + 4).min(tokens.len())]
                    .iter()
                    .map(|token| token.word.as_ref())
                    .collect::<Vec<_>>()
                    .join(" ");
                let around = format!("{lead} {text} {behind}");
                let Some((least, most)) = length(duration, time.modifier, &around) else { return };
                let whole = duration.unit == Unit::Year && duration.more.is_none();
                let years = duration.amount.filter(|amount| whole && amount % 1000 == 0);
                let years = years.map(|amount| (amount / 1000) as i32);
                let exact = years.filter(|_| behind == "to the day");
                let said = exact.map_or(Said::Length(least, most), Said::ToTheDay);
                // "9% a year between 1975 and 2007" is a rate.
                if text.starts_with("a ") || text.starts_with("one ") && lead.is_empty() {
                    return;
                }
                let handled = self.over_range(sentence, tokens, number, said)
                    || self.between_named(tokens, last, said, words)
                    || self.within_sentence(sentence, tokens, number, said, words)
                    || self.between_two(sentence, tokens, first, said, words)
                    || self.until_then(tokens, number, first, statement, said, words)
                    || self.in_role(tokens, first, last, statement, said, words)
                    || self.tenure(sentence, tokens, first, last, said, words)
                    || self.in_state(tokens, first, last, statement, said, words)
                    || self.after_event(tokens, last, statement, said, words)
                    || self.outlived(tokens, first, statement, said, words);
                if !handled {
                    self.relations(tokens, first, statement, said, words);
                    self.field_range(tokens, last, said, words);
                }
                if self.claims.last().is_none_or(|claim| claim.words != words) {
                    self.slipped(sentence, tokens, first, statement, (said, years), words);
                    self.slipped_days(tokens, first, duration, said, words);
                }
            }
            _ => self.later(tokens, number, first, last),
        }
    }

    /// "for close to two decades, from 1912 until 1931".
    fn over_range(&mut self, sentence: Span, tokens: &[Token<'_>], number: usize, said: Said) -> bool {
        let account = self.account;
        let within = account.times_in(sentence);
        let first = tokens.iter().position(|token| token.time == Some(number)).unwrap_or(0);
        for start in within.clone() {
            let near = start == number + 1 || start + 2 == number;
            if !near || !account.opens_range(start) || start + 1 == number {
                continue;
            }
            let (Some(from), Some(to)) = (self.time(start), self.time(start + 1)) else { continue };
            let begin = tokens.iter().position(|token| token.time == Some(start)).unwrap_or(0);
            let (low, high) = (first.min(begin), first.max(begin));
            // Nothing but a comma or a few words between the two.
            const BETWEEN: usize = 6;
            let between = &tokens[low..high];
            let interrupted =
                between.iter().any(|token| token.verb || token.is(&["and", "but", ";", "of", "with", "than"]));
            let for_it =
                first.checked_sub(1).is_some_and(|before| tokens[before].is(&["for", "lasted", "of", "after", "over"]))
                    || tokens[first].is(&["for"])
                    || tokens[first.saturating_sub(4)..first].iter().any(|token| token.is(&["for"]));
            let direct = begin > first
                && tokens[first..begin]
                    .iter()
                    .filter(|token| token.time != Some(number))
                    .all(|token| token.is(&["between", "from"]));
            if high - low > BETWEEN + 4 || !direct && (interrupted || !for_it) {
                continue;
            }
            let words = account.span(&account.times()[number]);
            let label = |dated: Dated, what: &str| Dated { what: what.to_owned(), ..dated };
            self.claim(words, said, vec![label(from, "from")], vec![label(to, "to")]);
            return true;
        }
        false
    }

    /// "In the fifty years between the survey of 1899 and that of 1949": between the two days that are named.
    fn between_named(&mut self, tokens: &[Token<'_>], last: usize, said: Said, words: Span) -> bool {
        const REACH: usize = 8;
        let is = |at: usize, word: &str| tokens.get(at).is_some_and(|token| token.is(&[word]));
        if !is(last + 1, "between") {
            return false;
        }
        let Some(and) = (last + 2..(last + 2 + REACH).min(tokens.len())).find(|&at| is(at, "and")) else {
            return false;
        };
        let dates = |from: usize, to: usize| -> Vec<usize> {
            let mut dates: Vec<usize> = tokens[from..to].iter().filter_map(|token| token.time).collect();
            dates.dedup();
            dates
        };
        let end = (and + 1..(and + 1 + REACH).min(tokens.len()))
            .find(|&at| tokens[at].mark || tokens[at].verb)
            .unwrap_or((and + 1 + REACH).min(tokens.len()));
        let (from, to) = (dates(last + 2, and), dates(and + 1, end));
        let ([from], [to]) = (from.as_slice(), to.as_slice()) else { return false };
        let (Some(from), Some(to)) = (self.time(*from), self.time(*to)) else { return false };
        self.claim(words, said, vec![from], vec![to]);
        true
    }

    /// The last day that the sentence before has told, in the same paragraph.
    pub(super) fn date_before(&self, sentence: Span) -> Option<usize> {
        self.account.times_in(self.sentence_before(sentence)?).rev().find(|&number| self.time(number).is_some())
    }

    /// The sentence before another, in the same paragraph.
    pub(super) fn sentence_before(&self, sentence: Span) -> Option<Span> {
        let paragraph = self.account.bounds(sentence.start as usize);
        let sentences = &self.account.article.sentences;
        let before = sentences.partition_point(|other| other.end <= sentence.start).checked_sub(1)?;
        Some(sentences[before]).filter(|span| span.start as usize >= paragraph.start)
    }

    /// "after thirty-six years as matron".
    fn in_role(
        &mut self,
        tokens: &[Token<'_>],
        first: usize,
        last: usize,
        statement: &Statement,
        said: Said,
        words: Span,
    ) -> bool {
        let Some(noun) = tokens
            .get(last + 1)
            .filter(|next| next.is(&["as"]))
            .and_then(|_| clauses::noun_right(tokens, last + 2, tokens.len()))
        else {
            return false;
        };
        let Some(role) = tokens[noun.core].iter().rev().find(|token| token.time.is_none() && !token.mark) else {
            return false;
        };
        let (Some(who), Some(end)) = (statement.subject, statement.time.and_then(|time| self.time(time))) else {
            return true;
        };
        let after = tokens[first.saturating_sub(4)..first]
            .iter()
            .any(|token| token.is(&["after", "for", "ended", "completed", "following"]));
        let classes = VOCABULARY.classes_named(&["appointment", "becoming", "election"]);
        let starts: Vec<Dated> = self
            .events(&classes, Some(who))
            .into_iter()
            .filter(|event| event.role.as_deref() == Some(role.word.as_ref()))
            .filter_map(|event| self.dated(event))
            .map(|dated| Dated { what: format!("made {}", role.word), ..dated })
            .collect();
        if after && starts.is_empty() && self.is_first_in(role.word.as_ref(), who) {
            let begins = VOCABULARY.classes_named(&["founding", "opening"]);
            let starts = self.events(&begins, Some(MAIN)).into_iter().filter_map(|event| self.dated(event)).collect();
            self.weak_claim(words, said, starts, vec![end]);
            return true;
        }
        if after {
            self.claim(words, said, starts, vec![end]);
        }
        true
    }

    /// Whether the article calls somebody the first in an office: "Sigrid Hall, the founding rector", so that the office began with it.
    fn is_first_in(&self, role: &str, who: SubjectId) -> bool {
        let name = crate::text::fold(&self.told.subjects.all[who].name).into_owned();
        let Some(surname) = name.rsplit(' ').next().filter(|surname| surname.len() > 3) else { return false };
        let told = self.told;
        if told.subjects.about_person() || who == MAIN {
            return false;
        }
        self.account.article.sentences.iter().any(|&sentence| {
            let words = self.account.words_of(sentence);
            let first =
                words.windows(2).any(|pair| matches!(pair[0].1.as_ref(), "founding" | "first") && pair[1].1 == role);
            first && words.iter().any(|(_, folded)| folded == surname)
        })
    }

    /// "During his twenty-two years in the chair", behind "was its editor from 1889 until his death in November 1921".
    fn tenure(
        &mut self,
        sentence: Span,
        tokens: &[Token<'_>],
        first: usize,
        last: usize,
        said: Said,
        words: Span,
    ) -> bool {
        let owned = first.checked_sub(1).is_some_and(|before| tokens[before].is(&["his", "her", "its", "their"]))
            || tokens[first].is(&["his", "her", "its", "their"]);
        let place = tokens.get(last + 1).is_some_and(|next| next.is(&["in", "at", "as", "there", "of", "on", "with"]));
        // "After twenty-six years at the head of the diocese", "In the twenty-seven years of her editorship".
        let office = place && tokens[last + 1..(last + 5).min(tokens.len())].iter().any(|token| is_office(&token.word));
        if office && self.in_office(sentence, tokens, first, said, words) {
            return true;
        }
        if !owned || !place {
            return false;
        }
        // The one span of time that the sentences before have told.
        const BACK: usize = 3;
        let account = self.account;
        let paragraph = account.bounds(sentence.start as usize);
        let sentences = &account.article.sentences;
        let here = sentences.partition_point(|other| other.end <= sentence.start);
        let near: Vec<Span> = sentences[here.saturating_sub(BACK)..here]
            .iter()
            .copied()
            .filter(|span| span.start as usize >= paragraph.start)
            .collect();
        let ranges: Vec<(Dated, Dated)> = near
            .iter()
            .flat_map(|&span| {
                let numbers = account.times_in(span);
                numbers.clone().zip(numbers.skip(1))
            })
            .filter(|&(from, to)| account.opens_range(from) || self.runs_until(from, to))
            .filter_map(|(from, to)| Some((self.time(from)?, self.time(to)?)))
            .collect();
        if let [(from, to)] = ranges.as_slice() {
            self.weak_claim(words, said, vec![from.clone()], vec![to.clone()]);
        }
        true
    }

    /// A time in an office: to the day that the clause tells, or on which the paragraph has just told that it ended; from the day that
    /// a range with that end begins, or on which it was taken up.
    fn in_office(&mut self, sentence: Span, tokens: &[Token<'_>], first: usize, said: Said, words: Span) -> bool {
        let account = self.account;
        let Some((place, statement)) = self.statement(tokens[first].span.start) else { return false };
        let told = self.told;
        let ended = told.statements[..place].iter().rev().take(2).find(|previous| {
            previous.block == statement.block
                && previous.own
                && VOCABULARY.classes_named(&["departure", "resignation", "retirement"]).iter().any(|&class| {
                    let ends = &self.of_class[class];
                    let at = ends.partition_point(|&number| told.events[number].words.end < previous.words.start);
                    ends[at..].iter().take(2).any(|&number| told.events[number].time == previous.time)
                })
        });
        let own = statement.time.or_else(|| account.times_in(sentence).find(|&number| self.time(number).is_some()));
        let Some(end) = own.or(ended.and_then(|ended| ended.time)).and_then(|time| self.time(time)) else {
            return false;
        };
        let is_end = |to: &Dated| to.days.from.year == end.days.from.year;
        let mut starts: Vec<Dated> = (1..account.times().len().min(MOST))
            .filter(|&to| account.opens_range(to - 1) || self.runs_until(to - 1, to))
            .filter(|&to| self.time(to).as_ref().is_some_and(is_end))
            .filter_map(|to| self.time(to - 1))
            .collect();
        let ranged = !starts.is_empty();
        let who =
            statement.subject.filter(|&who| self.is_person(who)).or(self.told.subjects.about_person().then_some(MAIN));
        if starts.is_empty()
            && let Some(who) = who
        {
            starts = self
                .events(&VOCABULARY.classes_named(&["appointment", "becoming", "election"]), Some(who))
                .into_iter()
                .filter_map(|event| self.dated(event))
                .collect();
        }
        // Of several offices nobody knows which is meant.
        starts.dedup_by(|a, b| a.days == b.days);
        if starts.len() == 1 && ranged {
            self.claim(words, said, starts, vec![end]);
            return true;
        }
        if starts.len() == 1 {
            self.weak_claim(words, said, starts, vec![end]);
            return true;
        }
        false
    }

    /// The same with more between them: "From 1794, when Garside lit his first copper, until the summer of 1961".
    pub(super) fn lasts_until(&self, from: usize, to: usize) -> bool {
        const LONGEST: usize = 90;
        let (first, second) = (&self.account.times()[from], &self.account.times()[to]);
        let between = self.account.between(first.span.end, second.span.start).trim_end();
        let before = self.account.before(first.span.start).trim_end();
        (before.ends_with("from") || before.ends_with("From"))
            && between.len() <= LONGEST
            && !between.contains(['.', ';'])
            && (["until", "until the", "to", "till"].iter().any(|word| between.ends_with(word))
                // "until the flood of March 25, 1913"
                || between.ends_with(" of") && between.contains("until the "))
    }

    /// "from 1889 until his death in November 1921".
    fn runs_until(&self, from: usize, to: usize) -> bool {
        let (first, second) = (&self.account.times()[from], &self.account.times()[to]);
        let between = self.account.between(first.span.end, second.span.start);
        self.account.before(first.span.start).trim_end().ends_with("from")
            && between.trim_start().starts_with("until ")
            && !between.contains([',', ';', '.'])
    }

    /// "had been in use for thirty-three years", "after twelve years of marriage".
    fn in_state(
        &mut self,
        tokens: &[Token<'_>],
        first: usize,
        last: usize,
        statement: &Statement,
        said: Said,
        words: Span,
    ) -> bool {
        let before: Vec<&str> =
            tokens[first.saturating_sub(6)..first].iter().map(|token| token.word.as_ref()).collect();
        let behind: Vec<&str> =
            tokens[last + 1..(last + 3).min(tokens.len())].iter().map(|token| token.word.as_ref()).collect();
        for state in &VOCABULARY.states {
            for phrase in &state.words {
                let phrase: Vec<&str> = phrase.split(' ').collect();
                let follows = behind.windows(phrase.len()).next() == Some(phrase.as_slice());
                let of_it = follows && (phrase[0] == "of" || before.contains(&"after") || before.contains(&"for"));
                let for_it =
                    before.windows(phrase.len()).any(|words| words == phrase.as_slice()) && before.contains(&"for");
                let noun_of = phrase[0] == "of" && before.ends_with(&[phrase[1], "of"]);
                let verb = phrase == ["lasted"] && before.contains(&"lasted");
                if !of_it && !for_it && !noun_of && !verb {
                    continue;
                }
                // "Stood empty for seven years": not in that state from the beginning.
                let idle = tokens.iter().any(|token| {
                    token.is(&[
                        "empty",
                        "idle",
                        "vacant",
                        "unused",
                        "disused",
                        "derelict",
                        "silent",
                        "abandoned",
                        "unfinished",
                    ])
                });
                if idle && matches!(phrase[0], "stood" | "standing") {
                    return true;
                }
                let has_begun = |who: &SubjectId| !self.events(&state.begins, Some(*who)).is_empty();
                // What is said of its members is said of it.
                let who = statement.subject.filter(has_begun).or(Some(MAIN).filter(|main| {
                    let married = phrase == ["of", "marriage"] && statement.subject.is_none();
                    (married || !self.told.subjects.about_person()) && has_begun(main)
                }));
                let Some(who) = who else { return true };
                let own = statement
                    .time
                    .or_else(|| self.only_time(statement))
                    .or_else(|| (phrase == ["stood"]).then(|| self.last_time(statement)).flatten())
                    .and_then(|time| self.time(time))
                    .filter(|_| !verb);
                let partner = self.events(&state.begins, Some(who)).iter().find_map(|event| event.with);
                let ends: Vec<Dated> = if let Some(own) = own {
                    vec![own]
                } else {
                    let of_partner = VOCABULARY.class("death").filter(|_| noun_of || phrase[0] == "of").zip(partner);
                    let deaths =
                        of_partner.map(|(death, partner)| self.events(&[death], Some(partner))).unwrap_or_default();
                    self.events(&state.ends, Some(who))
                        .into_iter()
                        .chain(deaths)
                        .filter_map(|event| self.dated(event))
                        .collect()
                };
                let Some(latest) = ends.iter().map(|end| end.days.to).max() else { return true };
                let starts: Vec<Dated> = self
                    .events(&state.begins, Some(who))
                    .into_iter()
                    .filter(|event| event.days.is_some_and(|days| days.from <= latest))
                    .filter_map(|event| self.dated(event))
                    .collect();
                // What was destroyed in the meantime was not in that state all the time.
                let destroyed = VOCABULARY.classes_named(&["destruction", "demolition", "sinking", "dissolution"]);
                let broken = destroyed.iter().filter(|class| !state.ends.contains(class)).any(|&class| {
                    let of_it = self.of_class[class].iter().take(MOST).map(|&number| &self.told.events[number]);
                    of_it.filter(|event| event.who == who).any(|event| {
                        event.days.is_some_and(|days| {
                            days.from <= latest && starts.iter().all(|start| days.to >= start.days.from)
                        })
                    })
                });
                // Of offices one may have had several.
                let weak = phrase[0] == "held" || phrase.contains(&"office") || phrase.contains(&"chair");
                if !broken && weak {
                    self.weak_claim(words, said, starts, ends);
                } else if !broken {
                    self.claim(words, said, starts, ends);
                }
                return true;
            }
        }
        false
    }

    /// The last day that the paragraph has told before a statement.
    pub(super) fn last_time(&self, statement: &Statement) -> Option<usize> {
        let paragraph = self.account.article.blocks[statement.block].span;
        let before = Span { end: statement.sentence.start, ..paragraph };
        let is_plain =
            |&number: &usize| self.time(number).is_some() && self.account.times()[number].anchor == Anchor::Explicit;
        // What only tells when something was founded is no day of the story.
        self.account
            .times_in(before)
            .rev()
            .filter(is_plain)
            .find(|&number| self.time(number).is_some_and(|dated| dated.days.precision == Precision::Day))
    }

    /// The one date of a sentence, where its clause has none.
    fn only_time(&self, statement: &Statement) -> Option<usize> {
        let mut times = self
            .account
            .times_in(statement.sentence)
            .filter(|&number| self.time(number).is_some() && self.account.times()[number].anchor == Anchor::Explicit);
        let first = times.next()?;
        times.next().is_none().then_some(first)
    }

    /// "seventeen days after the stranding", "twelve years after its foundation".
    fn after_event(
        &mut self,
        tokens: &[Token<'_>],
        last: usize,
        statement: &Statement,
        said: Said,
        words: Span,
    ) -> bool {
        // "Fifty years to the day after the first flight": "the day after" is no day here.
        let is = |at: usize, word: &str| tokens.get(at).is_some_and(|token| token.is(&[word]));
        let to_the_day = is(last + 1, "to") && is(last + 2, "the") && is(last + 3, "day");
        let place = if to_the_day { last + 4 } else { last + 1 };
        let Some(side) = tokens
            .get(place)
            .filter(|next| next.is(&["after", "before", "since"]) && (to_the_day || next.time.is_none()))
        else {
            return false;
        };
        // "after *it had received town rights*, the railway came on 1 October 1871": another clause says what was before.
        let stop = (place + 1..tokens.len()).find(|&at| tokens[at].mark).unwrap_or(tokens.len());
        let phrase = &tokens[place + 1..stop];
        let has_verb = phrase.iter().any(|token| token.verb);
        let noun = clauses::noun_right(tokens, place + 1, tokens.len()).filter(|_| !has_verb);
        let mut starts = noun.as_ref().map_or_else(Vec::new, |noun| self.named_event(tokens, noun, statement));
        // "closed the school on 30 June 1951, fifty-seven years after it had opened": the day that stands before it.
        let beside =
            tokens[..last].iter().rposition(|token| token.time.is_some_and(|time| Some(time) != tokens[last].time));
        let beside = beside.filter(|&at| {
            tokens[at + 1..last].iter().filter(|token| token.time != tokens[last].time).all(|token| token.word == ",")
        });
        let beside = beside.and_then(|at| tokens[at].time).and_then(|time| self.time(time));
        if has_verb && beside.is_some() {
            starts = self.pronoun_event(phrase, statement);
        }
        let dated = phrase.iter().any(|token| token.time.is_some());
        if starts.is_empty() && !dated {
            let end = noun.as_ref().map_or(stop, |noun| noun.tokens.end);
            starts = self.alike(&tokens[place + 1..end], statement, noun.is_some());
        }
        let statement = if has_verb {
            let behind =
                tokens.get(stop + 1).and_then(|token| self.statement(token.span.start)).map(|(_, statement)| statement);
            behind.filter(|behind| behind.sentence == statement.sentence).unwrap_or(statement)
        } else {
            statement
        };
        let end: Vec<Dated> = beside.or_else(|| statement.time.and_then(|time| self.time(time))).into_iter().collect();
        if side.is(&["after", "since"]) {
            self.claim(words, said, starts, end);
        } else {
            self.claim(words, said, end, starts);
        }
        true
    }

    /// The events that a clause with a pronoun tells: "it had opened", of what the clause around speaks of.
    pub(super) fn pronoun_event(&self, phrase: &[Token<'_>], statement: &Statement) -> Vec<Dated> {
        let pronoun = phrase.first().is_some_and(|first| first.is(&["it", "he", "she", "they"]));
        let Some((base, _)) =
            phrase.iter().rev().find(|token| token.verb).and_then(|verb| crate::facts::verbs::verb(&verb.word))
        else {
            return Vec::new();
        };
        let used = crate::facts::vocabulary::Use { base: &base, passive: true, behind: &[], before: &[] };
        let classes = VOCABULARY.classes_of(&used);
        if !pronoun || classes.is_empty() {
            return Vec::new();
        }
        let of = |who: SubjectId| -> Vec<Dated> {
            self.events(&classes, Some(who)).into_iter().filter_map(|event| self.dated(event)).collect()
        };
        let of_people = phrase.first().is_some_and(|first| first.is(&["he", "she"]));
        let fits = |who: &SubjectId| match self.told.subjects.kind(*who) {
            Some("person") => of_people,
            Some("ship") => true,
            Some(_) | None => !of_people,
        };
        // Whom "he" means beside somebody else is the one of the clause, not the article's.
        let own = Some(MAIN).filter(|_| !of_people || self.told.subjects.about_person());
        let whom = [statement.object, statement.subject, own];
        whom.into_iter().flatten().filter(fits).map(of).find(|events| !events.is_empty()).unwrap_or_default()
    }

    /// A claim that only the order of the text ties to its days: it is left out where any other day of the article would explain it.
    pub(super) fn weak_claim(&mut self, words: Span, said: Said, starts: Vec<Dated>, ends: Vec<Dated>) {
        // What is rounded may be off by a year; what explains it should be right.
        let strict = match said {
            Said::Length(least, most) if most - least > SLACK => Said::Length(least + SLACK / 2, most - SLACK / 2),
            said => said,
        };
        let explained = self.account.times().len() > MOST
            || (0..self.account.times().len())
                .filter_map(|number| self.time(number))
                .any(|dated| ends.iter().any(|end| end.span != dated.span && fits(strict, dated.days, end.days)));
        if !explained {
            self.claim(words, said, starts, ends);
        }
    }

    /// "kept the hut for nineteen years, from 1896 until he was called up in 1908", "an apprenticeship of seven years, which he began at
    /// Easter 1716 and ended at Easter 1721": the two days of the sentence, each behind a word that makes it an end.
    fn within_sentence(
        &mut self,
        sentence: Span,
        tokens: &[Token<'_>],
        number: usize,
        said: Said,
        words: Span,
    ) -> bool {
        const BEGINS: [&str; 8] = ["from", "since", "began", "begun", "started", "entered", "joined", "opened"];
        const ENDS: [&str; 10] =
            ["until", "till", "to", "ended", "finished", "left", "closed", "completed", "ceased", "retired"];
        const REACH: usize = 4;
        const FURTHER: usize = 8;
        let days: Vec<usize> =
            self.account.times_in(sentence).filter(|&other| other != number && self.time(other).is_some()).collect();
        let [from, to] = days.as_slice() else { return false };
        let place = |number: usize| tokens.iter().position(|token| token.time == Some(number));
        let (Some(at), Some(end), Some(length)) = (place(*from), place(*to), place(number)) else { return false };
        let near = |at: usize, reach: usize, floor: usize, words: &[&str]| {
            tokens[at.saturating_sub(reach).max(floor)..at].iter().any(|token| token.is(words))
        };
        let behind = tokens.iter().rposition(|token| token.time == Some(*from)).unwrap_or(at);
        let parted = tokens[length.min(at)..end].iter().any(|token| token.is(&[";", ":"]));
        let begins = near(at, REACH, 0, &BEGINS) || tokens[at].is(&BEGINS);
        let ends = near(end, FURTHER, behind + 1, &ENDS) || tokens[end].is(&ENDS);
        // "had been manager since 1964; he retired in 1989, after thirty-five years in the post".
        let counted = tokens[at.saturating_sub(1)].is(&["since"]) || tokens[at].is(&["since"]);
        let counted = counted && length > end && tokens[length.saturating_sub(1)].is(&["after"]);
        if parted && !counted
            || length > behind && length < end
            || !begins
            || !ends
            || length.abs_diff(at) > FURTHER && !counted
        {
            return false;
        }
        let (Some(from), Some(to)) = (self.time(*from), self.time(*to)) else { return false };
        self.claim(words, said, vec![from], vec![to]);
        true
    }

    /// "The siege began on 3 June 1704 and was raised on 19 July. In those eleven weeks …": between the two days just told.
    fn between_two(&mut self, sentence: Span, tokens: &[Token<'_>], first: usize, said: Said, words: Span) -> bool {
        let those = first.checked_sub(1).is_some_and(|before| tokens[before].is(&["those", "these"]))
            || tokens[first].is(&["those", "these"]);
        // "In those eleven weeks …", "of the races that were rowed in those thirty-two years".
        let opens = tokens[..first].iter().filter(|token| !token.mark).count() <= 2
            || first >= 2 && tokens[first - 2].is(&["in", "during", "of", "over"]) && first + 1 < tokens.len();
        // "began on 9 June and was settled on the 28th; the town had been without a ferry for nearly five weeks".
        let part = tokens[..first].iter().rposition(|token| token.is(&[";"]));
        if let Some(part) = part.filter(|&part| tokens[part..first].iter().any(|token| token.is(&["had", "lasted"]))) {
            let before = Span { end: tokens[part].span.start as u32, ..sentence };
            let days: Vec<Dated> = self.account.times_in(before).filter_map(|number| self.time(number)).collect();
            if let ([start, end], true) =
                (days.as_slice(), tokens[part..first].iter().all(|token| token.time.is_none()))
                && start.days.to < end.days.from
            {
                self.weak_claim(words, said, vec![start.clone()], vec![end.clone()]);
                return true;
            }
        }
        if !those || !opens {
            return false;
        }
        let Some(previous) = self.sentence_before(sentence) else { return true };
        let days: Vec<Dated> = self.account.times_in(previous).filter_map(|number| self.time(number)).collect();
        if let [start, end] = days.as_slice()
            && start.days.to < end.days.from
        {
            self.claim(words, said, vec![start.clone()], vec![end.clone()]);
        }
        true
    }

    /// "was elected to the council in 1919, and sat there for twenty-nine years, until her retirement in 1936": from what the clause
    /// before told to the day behind "until".
    fn until_then(
        &mut self,
        tokens: &[Token<'_>],
        number: usize,
        first: usize,
        statement: &Statement,
        said: Said,
        words: Span,
    ) -> bool {
        let is_for =
            first.checked_sub(1).is_some_and(|before| tokens[before].is(&["for"])) || tokens[first].is(&["for"]);
        let last = tokens.iter().rposition(|token| token.time == Some(number)).unwrap_or(first);
        const REACH: usize = 8;
        let until = (last + 1..(last + 4).min(tokens.len())).find(|&at| tokens[at].is(&["until", "till"]));
        let Some(until) = until.filter(|_| is_for) else { return false };
        let end = tokens[until..(until + REACH).min(tokens.len())]
            .iter()
            .find_map(|token| token.time)
            .and_then(|time| self.time(time));
        let Some(end) = end else { return false };
        // The clause before in the same sentence, of the same subject, with a day of its own.
        let place = tokens[first].span.start;
        let Some((at, _)) = self.statement(place) else { return false };
        let start = self.told.statements[..at].iter().rev().take(3).find(|previous| {
            let same =
                previous.subject == statement.subject || previous.subject.is_none() || statement.subject.is_none();
            previous.sentence == statement.sentence && same && previous.own
        });
        let Some(start) = start.and_then(|start| start.time).and_then(|time| self.time(time)) else { return false };
        self.claim(words, said, vec![start], vec![end]);
        true
    }

    /// The dates of the statements that say what some words say, as far as they have the words in common: "the armistice", "it had
    /// received town rights". None, where more than one do. What a noun names must be told as new there: "agreed on *an* armistice".
    fn alike(&self, phrase: &[Token<'_>], own: &Statement, named: bool) -> Vec<Dated> {
        let wanted: Vec<String> = phrase
            .iter()
            .filter(|token| {
                !token.mark
                    && token.time.is_none()
                    && !crate::text::is_function_word(&token.word)
                    && token.word.len() > 2
            })
            .map(|token| stem(&token.word).to_owned())
            .collect();
        if wanted.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<(usize, Dated)> = Vec::new();
        let statements = &self.told.statements;
        let here = statements.partition_point(|statement| statement.words.end <= own.words.start);
        let near = &statements[here.saturating_sub(MOST)..(here + MOST).min(statements.len())];
        for statement in near.iter().filter(|statement| !statement.unreal && statement.sentence != own.sentence) {
            let Some(dated) = statement.time.and_then(|time| self.time(time)) else { continue };
            let text = self.account.article.text(statement.words);
            let words: Vec<String> =
                crate::text::words(text).map(|word| stem(&crate::text::fold(word.text)).to_owned()).collect();
            let common = wanted.iter().filter(|word| words.contains(word)).count();
            let is_new = |pair: &[String]| matches!(pair[0].as_str(), "a" | "an") && wanted.last() == Some(&pair[1]);
            if named && !words.windows(2).any(is_new) {
                continue;
            }
            if common == wanted.len() || common >= 2 && common * 3 >= wanted.len() * 2 {
                found.push((common, dated));
            }
        }
        let best = found.iter().map(|(common, _)| *common).max().unwrap_or(0);
        found.retain(|(common, _)| *common == best);
        let agree = found
            .windows(2)
            .all(|pair| pair[0].1.days.to >= pair[1].1.days.from && pair[1].1.days.to >= pair[0].1.days.from);
        if agree { found.into_iter().map(|(_, dated)| dated).collect() } else { Vec::new() }
    }

    /// "Beatrice outlived him by twelve years".
    fn outlived(&mut self, tokens: &[Token<'_>], first: usize, statement: &Statement, said: Said, words: Span) -> bool {
        let by = first.checked_sub(1).filter(|&before| tokens[before].is(&["by"]));
        let verb = tokens[first.saturating_sub(5)..first]
            .iter()
            .any(|token| token.verb && token.is(&["outlived", "survived"]));
        let (Some(_), true) = (by, verb) else { return false };
        let Some(death) = VOCABULARY.class("death") else { return true };
        let (Some(who), Some(whom)) = (statement.subject, statement.object) else { return true };
        // "her husband" is whom she married, where that was one.
        let spouse = tokens[first.saturating_sub(4)..first].iter().any(|token| token.is(&["husband", "wife"]));
        let marriages = VOCABULARY.class("marriage").map_or_else(Vec::new, |marriage| {
            let of = self.told.events.iter().filter(|event| event.class == marriage).take(MOST);
            of.filter_map(|event| match event.with {
                Some(with) if event.who == who => Some(with),
                Some(with) if with == who => Some(event.who),
                _ => None,
            })
            .collect()
        });
        let whom = match marriages.as_slice() {
            [one] if spouse => *one,
            _ => whom,
        };
        let of = |who: SubjectId| {
            self.events(&[death], Some(who)).into_iter().filter_map(|event| self.dated(event)).collect::<Vec<_>>()
        };
        let (starts, ends) = (of(whom), of(who));
        self.claim(words, said, starts, ends);
        true
    }

    /// "Her 37-year reign", where the infobox has "Reign: 1702–1729".
    fn field_range(&mut self, tokens: &[Token<'_>], last: usize, said: Said, words: Span) {
        let account = self.account;
        let Some(noun) = tokens.get(last + 1).filter(|next| {
            next.is(&["reign", "career", "term", "tenure", "presidency", "papacy", "pontificate", "rule"])
        }) else {
            return;
        };
        let Some(infobox) = &account.article.infobox else { return };
        let fields = infobox
            .fields
            .iter()
            .filter(|field| account.article.text(field.key).to_ascii_lowercase().contains(noun.word.as_ref()));
        let ranges: Vec<usize> = fields
            .flat_map(|field| account.times_in(field.value).filter(|&number| account.opens_range(number)))
            .collect();
        if let [start] = ranges.as_slice()
            && let (Some(from), Some(to)) = (self.time(*start), self.time(start + 1))
        {
            let label = |dated: Dated, what: &str| Dated { what: what.to_owned(), ..dated };
            self.claim(words, said, vec![label(from, "from")], vec![label(to, "to")]);
        }
    }

    /// "have had diplomatic relations for last six months".
    fn relations(&mut self, tokens: &[Token<'_>], first: usize, statement: &Statement, said: Said, words: Span) {
        let lead = &tokens[first.saturating_sub(6)..first];
        let about =
            lead.iter().any(|token| token.is(&["relations", "ties"])) && lead.iter().any(|token| token.is(&["for"]));
        if !about || self.told.subjects.kind(MAIN) != Some("relations") {
            return;
        }
        let classes = VOCABULARY.classes_named(&["founding", "resumption", "relations-established"]);
        let starts: Vec<Dated> =
            self.events(&classes, Some(MAIN)).into_iter().filter_map(|event| self.dated(event)).collect();
        let end = statement.time.or_else(|| self.only_time(statement)).and_then(|time| self.time(time));
        self.claim(words, said, starts, end.into_iter().collect());
    }

    /// "Three weeks later, on 4 February", "in July 1988, two years and four months later".
    fn later(&mut self, tokens: &[Token<'_>], number: usize, first: usize, last: usize) {
        let account = self.account;
        let time = &account.times()[number];
        let text = account.words(time);
        let Some(length_words) =
            ["later", "afterwards", "afterward", "thereafter"].iter().find_map(|word| text.strip_suffix(word))
        else {
            return;
        };
        // "Three years and one month later": the years are part of it.
        let longer = number.checked_sub(1).map(|before| &account.times()[before]).filter(|before| {
            before.kind == TimeKind::Duration && account.between(before.span.end, time.span.start).trim() == "and"
        });
        let length_words = longer
            .map_or_else(|| length_words.to_owned(), |longer| format!("{} and {length_words}", account.words(longer)));
        let mut read = Vec::new();
        TimeReader::new(&account.today).read(Passage::Prose, &length_words, 0, &mut read);
        let Some((Value::Duration(duration), modifier)) = read.first().map(|read| (read.value, read.modifier)) else {
            return;
        };
        let lead: String = tokens[first.saturating_sub(2)..first]
            .iter()
            .map(|token| token.word.as_ref())
            .collect::<Vec<_>>()
            .join(" ");
        let Some((least, most)) = length(duration, modifier, &format!("{lead} {text}")) else { return };
        // The date beside it: behind a comma, or before one.
        let beside = |other: usize| -> Option<Dated> {
            let other_first = tokens.iter().position(|token| token.time == Some(other))?;
            let other_last = tokens.iter().rposition(|token| token.time == Some(other))?;
            let (low, high) = if other_first > last { (last + 1, other_first) } else { (other_last + 1, first) };
            let between = tokens.get(low..high)?;
            let close = between.len() <= 3
                && between.iter().all(|token| {
                    token.word == "," || token.is(&["in", "on", "the", "almost", "exactly", "just", "nearly", "some"])
                });
            (close && between.iter().any(|token| token.word == ",")).then(|| self.time(other)).flatten()
        };
        let end = beside(number + 1)
            .filter(|_| number + 1 < account.times().len())
            .or_else(|| number.checked_sub(1).and_then(beside));
        let Some(end) = end else { return };
        // What it counts from: the clause before it, if that says when it was.
        let Some((place, statement)) = self.statement(time.span.start) else { return };
        let (block, own_time) = (statement.block, statement.time);
        let own_time = own_time.filter(|&own| self.time(own).is_some_and(|own| own.span == end.span)).or(own_time);
        // The last clause that says when it was; what it counts from must be told not long before.
        const BACK: usize = 4;
        let from = self.told.statements[..place].iter().rev().take(BACK).find_map(|previous| {
            previous.time.filter(|&time| Some(time) != own_time).map(|time| (previous.block, time))
        });
        let Some(start) =
            from.filter(|(from, _)| *from == block || from + 1 == block).and_then(|(_, time)| self.time(time))
        else {
            return;
        };
        let mut starts = vec![start];
        // Whatever else the paragraph has dated before may explain it.
        let before = Span { start: 0, end: time.span.start as u32, ..account.span(time) };
        starts.extend(
            account
                .times_in(before)
                .rev()
                .take(MOST)
                .filter(|&other| other != number)
                .filter_map(|other| self.time(other))
                .filter(|dated| dated.span != end.span),
        );
        self.claim(account.span(time), Said::Length(least, most), starts, vec![end]);
    }
}

/// Whether a folded word is that for an office, or for the time in one.
fn is_office(word: &str) -> bool {
    const OFFICES: [&str; 12] = [
        "chair",
        "head",
        "helm",
        "incumbency",
        "office",
        "papacy",
        "post",
        "presidency",
        "reign",
        "see",
        "tenure",
        "throne",
    ];
    const SHORTEST: usize = 8;
    OFFICES.contains(&word)
        || word.len() >= SHORTEST
            && word.ends_with("ship")
            && VOCABULARY.kind_of(&word[..word.len() - 4]) == Some("person")
}

/// Whether a length is one that was meant to be: "was bound for seven years", "a course designed for four years".
fn planned(tokens: &[Token<'_>], first: usize) -> bool {
    const LOOKED_AT: usize = 7;
    let before = &tokens[first.saturating_sub(LOOKED_AT)..first];
    // "signed for three seasons", "signed a contract"; but "signed on 3 May, eleven days after".
    // "was to take four years and took nine".
    before.windows(2).any(|pair| pair[0].is(&["was", "were", "is", "are"]) && pair[1].is(&["to"]))
        || before
            .windows(2)
            .any(|pair| pair[0].is(&["signed"]) && pair[1].time.is_none() && pair[1].is(&["for", "a", "up", "to"]))
        || before.iter().any(|token| {
            token.is(&[
                "bound",
                "contract",
                "contracted",
                "designed",
                "expected",
                "guaranteed",
                "hoped",
                "intended",
                "lease",
                "leased",
                "licence",
                "limited",
                "meant",
                "planned",
                "promised",
                "scheduled",
                "sentence",
                "sentenced",
                "apprenticed",
                "term",
                "another",
                "within",
                "every",
                "per",
                "next",
                "less",
                "interrupted",
                "interruption",
                "interval",
                "pause",
                "gap",
                "hiatus",
            ])
        })
}

/// Of what a number of years may be off by when it is rounded, both ways, the most in days.
const SLACK: i64 = 600;
