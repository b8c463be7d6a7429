//! Ages and anniversaries: "died aged 69", "at sixty-nine", "the hundredth anniversary".

use super::{Age, Dated, Reader, Said, add_years};
use crate::facts::Event;
use crate::facts::clauses::{self, DETERMINERS, Noun, PREPOSITIONS, PRONOUNS, Token};
use crate::facts::events::{Statement, span_of};
use crate::facts::subjects::{MAIN, SubjectId};
use crate::facts::verbs::{number, ordinal};
use crate::facts::vocabulary::VOCABULARY;
use crate::source::Span;
use crate::text::without_possessive;
use crate::time::{Interval, Precision};

impl Reader<'_, '_> {
    pub(super) fn ages(&mut self, block: usize, sentence: Span, tokens: &[Token<'_>]) {
        for at in 0..tokens.len() {
            let Some((years, end, form)) = age_at(tokens, at) else { continue };
            let place = tokens[at].span.start;
            let Some((_, statement)) = self.statement(place) else { continue };
            if self.account.article.is_quoted(span_of(sentence, tokens, at..end))
                || statement.unreal && form != Form::Aged
            {
                continue;
            }
            let Some(who) = statement.subject.filter(|&who| self.is_person(who)) else { continue };
            let vague = tokens[at.saturating_sub(3)..end].iter().any(|token| {
                token.is(&[
                    "about",
                    "around",
                    "nearly",
                    "almost",
                    "over",
                    "under",
                    "some",
                    "roughly",
                    "approximately",
                    "barely",
                    "just",
                ])
            });
            // "until she was sixty-five" says when something else was.
            let clause = statement.words.start.max(sentence.start) as usize;
            let edge = tokens.iter().filter(|token| token.span.start >= clause && token.span.start < place);
            if form == Form::Bare
                && edge.clone().any(|token| token.is(&["until", "till", "before", "after", "since", "once"]))
            {
                continue;
            }
            // "he was seventy-seven when it opened": the clause behind says when.
            let then = tokens.get(end).filter(|next| next.is(&["when"]) && next.time.is_none()).map(|_| {
                let stop = (end + 1..tokens.len()).find(|&at| tokens[at].mark).unwrap_or(tokens.len());
                &tokens[end + 1..stop]
            });
            let dated_then = then.is_some_and(|then| then.iter().any(|token| token.time.is_some()));
            let of_event = then.filter(|_| !dated_then).map(|then| self.pronoun_event(then, statement));
            let off = i32::from(vague) * 2;
            // "Captain Aspenes and his wife, aged …": whose it is is not sure behind another noun.
            let words = span_of(sentence, tokens, at..end);
            let mut ends = self.times_near(block, sentence, place, form == Form::Aged);
            // "…in the summer of 1910; at fifty she was the oldest": what the sentence has just said is when that was.
            let said_before =
                self.account.times_in(sentence).filter_map(|number| self.time(number)).collect::<Vec<_>>();
            if let ([only], Form::Bare, true) = (said_before.as_slice(), form, tokens[at].is(&["at"]))
                && only.span.is_some_and(|span| (span.end as usize) < place)
                && tokens.iter().any(|token| token.is(&[";"]) && token.span.end <= place)
            {
                ends = vec![only.clone()];
            }
            // "…, on 15 June 1952. At thirty-four he was the oldest": of what the sentence before has told.
            if form == Form::Bare && at == 0 && said_before.is_empty() {
                let before = self.sentence_before(sentence).into_iter();
                let before = before.flat_map(|before| self.account.times_in(before));
                let before: Vec<Dated> = before.filter_map(|number| self.time(number)).collect();
                if !before.is_empty() {
                    ends = before;
                }
            }
            // "She died at the age of sixty-eight", without a date: that of the death, wherever it is told.
            let dies = self.account.article.text(statement.verb).contains("died");
            if dies && form == Form::Aged && statement.time.is_none() {
                let death = VOCABULARY.class("death").map_or_else(Vec::new, |death| self.events(&[death], Some(who)));
                ends = death.into_iter().filter_map(|event| self.dated(event)).collect();
            }
            if let Some(of_event) = of_event {
                ends = of_event;
            }
            let births = self.births(who);
            // The day of birth is no day to count to.
            ends.retain(|end| births.iter().all(|birth| birth.span != end.span));
            if ends.is_empty() {
                continue;
            }
            if births.is_empty() {
                if let Some(own) = statement.time.filter(|_| statement.own).and_then(|time| self.time(time)) {
                    self.ages.push(Age { who, years, off, words, at: own });
                }
                continue;
            }
            self.claim(words, Said::Age(years, off), births, ends);
        }
    }

    pub(super) fn is_person(&self, who: SubjectId) -> bool {
        match self.told.subjects.kind(who) {
            Some(kind) => kind == "person",
            None => !self.births(who).is_empty(),
        }
    }

    /// Ages of one who has no known birth: each implies when that was.
    pub(super) fn ages_against_each_other(&mut self) {
        let mut found = Vec::new();
        for (number, age) in self.ages.iter().enumerate() {
            for other in &self.ages[..number] {
                if age.who != other.who {
                    continue;
                }
                let born = |age: &Age| Interval {
                    from: add_years(age.at.days.from, -age.years - 1 - age.off),
                    to: add_years(age.at.days.to, -age.years + age.off),
                    precision: Precision::Year,
                };
                let start = Dated {
                    days: born(other),
                    span: Some(other.words),
                    what: String::from("this age tells when that was"),
                };
                found.push((age.words, Said::Age(age.years, age.off), vec![start], vec![age.at.clone()]));
            }
        }
        for (words, said, starts, ends) in found {
            self.claim(words, said, starts, ends);
        }
    }

    /// "The fiftieth anniversary of her launch, in May 1948", "the centenary of his birth", "by its tenth birthday, in 2013".
    pub(super) fn anniversaries(&mut self, block: usize, sentence: Span, tokens: &[Token<'_>]) {
        for at in 0..tokens.len() {
            let token = &tokens[at];
            if token.mark {
                continue;
            }
            let (years, first) = match token.word.as_ref() {
                "anniversary" | "birthday" => match ordinal_before(tokens, at) {
                    Some(counted) => counted,
                    None => continue,
                },
                "centenary" | "centennial" => (100, at),
                "bicentenary" | "bicentennial" => (200, at),
                "sesquicentennial" => (150, at),
                "jubilee" => match at.checked_sub(1).map(|before| tokens[before].word.as_ref()) {
                    Some("silver") => (25, at - 1),
                    Some("golden") => (50, at - 1),
                    Some("diamond") => (60, at - 1),
                    _ => continue,
                },
                _ => continue,
            };
            let words = span_of(sentence, tokens, first..at + 1);
            let Some((_, statement)) = self.statement(token.span.start) else { continue };
            let owner = first
                .checked_sub(1)
                .map(|before| tokens[before].word.as_ref())
                .filter(|word| matches!(*word, "his" | "her" | "its"));
            let of = tokens
                .get(at + 1)
                .filter(|next| next.is(&["of"]))
                .and_then(|_| clauses::noun_right(tokens, at + 2, tokens.len()));
            // Anniversaries of less are of what the text has just told.
            const LONG: i32 = 20;
            let mut weak = false;
            let starts: Vec<Dated> = match (&of, token.word.as_ref()) {
                (Some(noun), _) => self.named_event(tokens, noun, statement),
                (None, "birthday") if owner.is_some() => {
                    let who =
                        if owner == Some("its") { None } else { statement.subject.filter(|&who| self.is_person(who)) };
                    who.map_or_else(Vec::new, |who| self.births(who))
                }
                // "its bicentenary": of what it began with.
                (None, _) if owner == Some("its") => {
                    let classes = VOCABULARY.classes_named(&["founding", "opening", "launch"]);
                    let who = statement.subject.filter(|_| !self.told.subjects.about_person()).unwrap_or(MAIN);
                    let first =
                        classes.iter().map(|&class| self.events(&[class], Some(who))).find(|events| !events.is_empty());
                    first.unwrap_or_default().into_iter().filter_map(|event| self.dated(event)).collect()
                }
                // "The seventy-fifth anniversary, on 1 September 1932": of the article's subject, where nothing else is said.
                (None, "anniversary")
                    if whose(tokens, first) && years >= LONG && !self.told.subjects.about_person() =>
                {
                    let classes = VOCABULARY.classes_named(&["founding", "opening", "launch"]);
                    let first = classes
                        .iter()
                        .map(|&class| self.events(&[class], Some(MAIN)))
                        .find(|events| !events.is_empty());
                    weak = true;
                    first.unwrap_or_default().into_iter().filter_map(|event| self.dated(event)).collect()
                }
                _ => Vec::new(),
            };
            // Who was born on a leap day counts as they like.
            if starts.iter().any(|start| {
                (start.days.from.month, start.days.from.day) == (2, 29) && start.days.precision == Precision::Day
            }) {
                continue;
            }
            // "four days short of his seventieth birthday" counts to another day.
            let near = tokens[first.saturating_sub(6)..first].iter().any(|token| {
                token.is(&["before", "after", "short", "until", "since", "approaching", "nearing", "towards", "not"])
            });
            if near || years < 5 {
                continue;
            }
            let ends = self.times_near(block, sentence, token.span.start, true);
            if weak {
                self.weak_claim(words, Said::Anniversary(years), starts, ends);
            } else {
                self.claim(words, Said::Anniversary(years), starts, ends);
            }
        }
    }

    /// The events that a noun group names: "her launch", "the opening of the bridge", "his birth".
    pub(super) fn named_event(&self, tokens: &[Token<'_>], noun: &Noun, statement: &Statement) -> Vec<Dated> {
        let core = &tokens[noun.core.clone()];
        let Some(class) = core.iter().rev().find_map(|token| VOCABULARY.class_of_noun(&token.word)) else {
            return Vec::new();
        };
        // "the second ratification" is one of several.
        if core.iter().any(|token| {
            ordinal(&token.word).is_some_and(|number| number > 1)
                || token.is(&["last", "next", "final", "other", "previous", "new"])
        }) {
            return Vec::new();
        }
        let own = core.first().is_some_and(|first| first.is(&["his", "her", "its"]));
        let of = tokens[noun.core.end..noun.tokens.end].iter().any(|token| token.is(&["of"]));
        // "McClellan's return": whose it is must be who it happened to.
        if let Some(owner) = core.iter().find(|token| token.word.ends_with("'s")) {
            let name = without_possessive(&owner.word).to_owned();
            let of = |event: &&Event| {
                crate::text::fold(&self.told.subjects.all[event.who].name).split(' ').any(|word| word == name)
            };
            return self.events(&[class], None).into_iter().filter(of).filter_map(|event| self.dated(event)).collect();
        }
        let events = self.events(&[class], None);
        let about =
            |who: SubjectId| -> Vec<&Event> { events.iter().copied().filter(|event| event.who == who).collect() };
        let chosen = if own {
            // Its owner is the article's subject or the one that is spoken of.
            let of_subject = statement.subject.map(&about).unwrap_or_default();
            if of_subject.is_empty() { about(MAIN) } else { of_subject }
        } else if of {
            let name: Vec<&str> = tokens[noun.core.end..noun.tokens.end]
                .iter()
                .filter(|token| !token.is(PREPOSITIONS) && !token.is(DETERMINERS))
                .map(|token| token.word.as_ref())
                .collect();
            let fits = |event: &&&Event| {
                let subject = self.told.subjects.all[event.who].name.to_lowercase();
                name.iter().all(|word| crate::text::fold(&subject).contains(word))
                    || event.who == MAIN && self.told.subjects.is_own_noun(name.last().copied().unwrap_or(""))
            };
            events.iter().filter(fits).copied().collect()
        } else {
            // "the opening": of what is spoken of, if there is but one.
            let first = events.first().map(|event| event.who);
            let one = events.iter().all(|event| Some(event.who) == first);
            let once = VOCABULARY.classes[class].repeats != crate::facts::Repeats::Often || events.len() == 1;
            let near = events.iter().any(|event| event.block == statement.block) || first == Some(MAIN);
            if one && once && near {
                events
            } else if VOCABULARY.classes[class].existence == Some(crate::facts::Existence::Begins)
                && !self.told.subjects.about_person()
            {
                // "The foundation": of what the article is about.
                about(MAIN)
            } else {
                Vec::new()
            }
        };
        chosen.into_iter().filter_map(|event| self.dated(event)).collect()
    }
}

/// Whether "the" or "its" stands before a token.
fn whose(tokens: &[Token<'_>], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| tokens[before].is(&["the", "its"]))
}

/// The ordinal that ends before a token, in as many words as it has, and its first token: "three hundredth", "hundred and fiftieth".
fn ordinal_before(tokens: &[Token<'_>], at: usize) -> Option<(i32, usize)> {
    let mut first = at.checked_sub(1)?;
    let mut years = ordinal(&tokens[first].word)?;
    let word = |at: usize| tokens.get(at).map_or("", |token| token.word.as_ref());
    const HUNDRED: u32 = 100;
    if years < HUNDRED && first >= 2 && word(first - 1) == "and" && matches!(word(first - 2), "hundred" | "thousand") {
        years += if word(first - 2) == "hundred" { HUNDRED } else { 10 * HUNDRED };
        first -= 2;
    }
    // "two hundredth", "two hundred and fiftieth".
    let times =
        first.checked_sub(1).and_then(|before| number(&tokens[before].word)).filter(|times| (2..10).contains(times));
    if let (Some(times), true) = (times, years >= HUNDRED) {
        years += (times - 1) * HUNDRED;
        first -= 1;
    } else if years >= HUNDRED && first > 0 && matches!(word(first - 1), "a" | "one") {
        first -= 1;
    }
    Some((years as i32, first))
}

/// How an age is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// "aged 69", "at the age of 69": of the clause that it stands in.
    Aged,
    /// "at sixty-nine", "she was sixty-nine": of what is told around.
    Bare,
}

/// The age that is told from a token on: the years, the token behind it, and how.
fn age_at(tokens: &[Token<'_>], at: usize) -> Option<(i32, usize, Form)> {
    const OLDEST: u32 = 115;
    let years = |at: usize| {
        tokens
            .get(at)
            .filter(|token| !token.mark)
            .and_then(|token| number(&token.word))
            .filter(|years| (1..OLDEST).contains(years))
            .map(|years| years as i32)
    };
    let token = tokens.get(at)?;
    let ends = |at: usize| {
        tokens.get(at).is_none_or(|next| {
            next.mark && !next.is(&["-", "–", "/", "%"])
                || next.is(PRONOUNS)
                || next.is(PREPOSITIONS)
                || next.verb
                || next.is(&["when", "and", "but", "while", "the", "years", "still"])
        })
    };
    if token.is(&["aged"]) {
        let only = at
            + 1
            + usize::from(
                tokens
                    .get(at + 1)
                    .is_some_and(|next| next.is(&["only", "just", "about", "around", "nearly", "almost", "over"])),
            );
        return years(only)
            .filter(|_| ends(only + 1) && !tokens.get(only + 1).is_some_and(|next| next.is(&["to", "–", "-"])))
            .map(|years| (years, only + 1, Form::Aged));
    }
    if token.is(&["age"]) {
        let of = at + 1 + usize::from(tokens.get(at + 1).is_some_and(|next| next.is(&["of"])));
        let only = of + usize::from(tokens.get(of).is_some_and(|next| next.is(&["only", "just", "about", "around"])));
        let at_age = tokens[at.saturating_sub(4)..at].iter().any(|before| before.is(&["at", "died", "by"]));
        return years(only).filter(|_| at_age && ends(only + 1)).map(|years| (years, only + 1, Form::Aged));
    }
    let before = at.checked_sub(1).map(|before| &tokens[before]);
    if token.is(&["at", "At"]) {
        // Below thirteen it may be a time of day.
        let free = before.is_none_or(|before| {
            before.mark && !before.is(&["–", "-"]) || before.is(&["who", "which", "and", "he", "she"])
        });
        return years(at + 1)
            .filter(|&years| years >= 13 && free && ends(at + 2) && !tokens[at + 1].word.as_bytes()[0].is_ascii_digit())
            .map(|years| (years, at + 2, Form::Bare));
    }
    // "a boy of sixteen", "a woman of eighty-one".
    if token.is(&["boy", "girl", "lad", "youth", "child", "man", "woman", "widow", "widower", "bride"])
        && tokens.get(at + 1).is_some_and(|next| next.is(&["of"]))
        && before.is_some_and(|before| before.is(&["a"]) || !before.mark && at >= 2 && tokens[at - 2].is(&["a"]))
    {
        return years(at + 2).filter(|_| ends(at + 3)).map(|years| (years, at + 3, Form::Bare));
    }
    if token.is(&["was"]) && token.verb {
        let mut next = at + 1;
        while tokens.get(next).is_some_and(|next| next.is(&["then", "only", "just", "still", "already", "now", "by"])) {
            next += 1;
        }
        let behind = tokens.get(next + 1);
        let old = behind.is_some_and(|behind| behind.is(&["years"]))
            && tokens.get(next + 2).is_some_and(|old| old.is(&["old", "of"]));
        let stops = behind.is_none_or(|behind| {
            behind.mark && !behind.is(&["-", "–", "/", "%", "(", "$", "°", "\u{00bd}"])
                || behind.is(&["when", "at", "and", "then"])
        });
        let number = years(next).filter(|&years| years >= 5)?;
        return (old || stops && !tokens[next].word.as_bytes()[0].is_ascii_digit()).then_some((
            number,
            next + 1 + 2 * usize::from(old),
            Form::Bare,
        ));
    }
    None
}
