//! Flags a lost space or full stop: "Dr.Panjwani", "lap.She got up", `field[17] On`, "ofthe", "in1990".
//!
//! Extraction glues what stood on two lines. Initials, addresses, names of files, decimals, abbreviations, formulas and names
//! with a capital inside (`iPhone`, `McAdam`) are whole words.
//!
//! ## Example
//! ```text fails
//! = Harrow Mill =
//!
//! The mill burned down.It was rebuilt by Dr.Moss in the same place[3] In 1904 it closed.
//! ```
//! With its spaces and stops:
//! ```text passes
//! = Harrow Mill =
//!
//! The mill burned down. It was rebuilt by Dr. Moss in the same place.[3] In 1904 it closed.
//! ```

use crate::article::{Article, Layout, LeafKind};
use crate::diagnostic::{Diagnostic, Severity};
use crate::facts::Account;
use crate::rule::{Check, Context, Findings, Rule};
use crate::source::Span;
use crate::text::{
    Word, citation_end, fold, head, is_capitalised, is_function_word, is_title_abbreviation, is_upper,
    may_start_sentence, tail, words,
};
use crate::time::MONTHS;

pub(crate) static RULE: Rule = Rule { severity: Severity::Warning, checks: &[Check::Article(check)], thresholds: &[] };

fn check(article: &Article<'_>, context: &Context<'_>, findings: &mut Findings) {
    for block in article.prose() {
        let scan = Scan {
            article,
            account: context.account,
            passage: block.span,
            text: article.text(block.span),
            leaves: article.sentences_of(block),
        };
        scan.marks(findings);
        scan.glued_words(findings);
        scan.citations(findings);
    }
    for sentence in article.prose().flat_map(|block| article.sentences_of(block)) {
        let scan = Scan {
            article,
            account: context.account,
            passage: *sentence,
            text: article.text(*sentence),
            leaves: std::slice::from_ref(sentence),
        };
        scan.run_on(findings);
    }
    // Values of an infobox are prose as well; those of front matter are YAML.
    if article.layout != Layout::Markdown {
        for leaf in article.leaves.iter().filter(|leaf| leaf.kind == LeafKind::Value) {
            let scan = Scan {
                article,
                account: context.account,
                passage: leaf.span,
                text: article.text(leaf.span),
                leaves: std::slice::from_ref(&leaf.span),
            };
            scan.marks(findings);
        }
    }
}

/// No word is longer than this many bytes.
const LONGEST_WORD: usize = 80;

/// What a lost character was.
#[derive(Debug, Clone, Copy)]
enum Lost {
    Space,
    Stop,
    StopAndSpace,
}

/// A passage that is looked through.
#[derive(Debug, Clone, Copy)]
struct Scan<'a> {
    article: &'a Article<'a>,
    account: &'a Account<'a>,
    passage: Span,
    text: &'a str,
    /// The leaves that the passage is made of.
    leaves: &'a [Span],
}

impl<'a> Scan<'a> {
    /// The words of the passage, each with its folded form.
    fn words(&self) -> impl Iterator<Item = (Word<'a>, &'a str)> + use<'a> {
        let (account, passage) = (self.account, self.passage);
        self.leaves.iter().flat_map(move |&leaf| {
            let from = (leaf.start - passage.start) as usize;
            let words = account.words_of(leaf).iter();
            words.map(move |(word, folded)| (Word { start: word.start + from, ..*word }, folded.as_ref()))
        })
    }

    /// Reports that something was lost at `at`, between the two words around it.
    fn report(&self, at: usize, lost: Lost, findings: &mut Findings) {
        let text = self.text;
        let blank = |c: char| c.is_whitespace();
        let before = text[..at].trim_end();
        let start = before.len() - tail(before, LONGEST_WORD).rsplit(blank).next().map_or(0, str::len);
        let behind = &text[at..];
        let blanks = behind.len() - behind.trim_start().len();
        let word = head(&behind[blanks..], LONGEST_WORD);
        let end = at + blanks + word.find(blank).unwrap_or(word.len());
        let base = self.passage.start as usize;
        let span = Span::new(self.passage.source, base + start, base + end);
        if self.account.is_literal(&span.range()) {
            return;
        }
        let words = self.account.flat(span);
        let place = Span::new(self.passage.source, base + at, base + at);
        let (what, with) = match lost {
            Lost::Space => ("a space is", " "),
            Lost::Stop => ("a full stop is", "."),
            Lost::StopAndSpace => ("a full stop and a space are", ". "),
        };
        let mended = format!("{}{with}{}", &text[start..at], &text[at..end]);
        let mended = mended.split_whitespace().collect::<Vec<_>>().join(" ");
        let safe = matches!(lost, Lost::Space);
        findings.push(
            Diagnostic::new(span, format!("{what} lost in “{words}”"))
                .label("lost here")
                .help(format!("write “{mended}”"))
                .fix(format!("write “{mended}”"), safe, place, with),
        );
    }

    /// Stops, commas, brackets and quotation marks that two words touch.
    fn marks(&self, findings: &mut Findings) {
        let bytes = self.text.as_bytes();
        // What was reported last: "a.B.C" is one place.
        let mut done = 0;
        let mut quoted = false;
        let last_mark = self.text.rfind('"').unwrap_or(0);
        for at in 0..bytes.len() {
            // Whether the straight mark at this place closes a quotation.
            let closes = bytes[at] == b'"' && quoted;
            quoted ^= bytes[at] == b'"';
            if at < done || !matches!(bytes[at], b'.' | b'!' | b'?' | b',' | b';' | b')' | b'"') {
                continue;
            }
            let lost = match bytes[at] {
                b'.' | b'!' | b'?' => self.after_stop(at),
                b',' | b';' => self.after_comma(at),
                b')' => self.after_bracket(at),
                _ => self.beside_quotation_mark(at, closes, last_mark),
            };
            if let Some(place) = lost {
                self.report(place, Lost::Space, findings);
                done = self.text[place..].find(char::is_whitespace).map_or(bytes.len(), |i| place + i);
            }
        }
    }

    /// The run without blanks around a place.
    fn token(&self, at: usize) -> &str {
        let before = tail(&self.text[..at], LONGEST_WORD).rsplit(char::is_whitespace).next().unwrap_or_default();
        let behind = head(&self.text[at..], LONGEST_WORD).split(char::is_whitespace).next().unwrap_or_default();
        &self.text[at - before.len()..at + behind.len()]
    }

    /// The letters that end at a place, and those that begin at one.
    fn letters_before(&self, at: usize) -> &str {
        let start = self.text[..at].char_indices().rev().take(40).take_while(|(_, c)| c.is_alphabetic()).last();
        &self.text[start.map_or(at, |(i, _)| i)..at]
    }

    fn letters_after(&self, at: usize) -> &str {
        let rest = &self.text[at..];
        &rest[..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())]
    }

    /// "lap.She", "Dr.Moss", `end.[3]The`, "said.\"The".
    fn after_stop(&self, at: usize) -> Option<usize> {
        let text = self.text;
        let bytes = text.as_bytes();
        let before = self.letters_before(at);
        let mut behind = at + 1;
        // Citation markers and a closing mark may follow the stop.
        while bytes.get(behind) == Some(&b'[') {
            behind = citation_end(bytes, behind)?;
        }
        let cited = behind > at + 1;
        let quoted = bytes.get(behind) == Some(&b'"') && !cited;
        let quoted = quoted || text[behind..].starts_with('”') && !cited;
        if quoted {
            behind += text[behind..].chars().next().map_or(1, char::len_utf8);
        }
        let bracketed = bytes.get(behind) == Some(&b')') && !cited && !quoted;
        if bracketed {
            behind += 1;
        }
        let after = self.letters_after(behind);
        if !is_capitalised(after) || after.chars().count() < 2 && !matches!(after, "A" | "I") {
            return None;
        }
        if cited || quoted || bracketed {
            let stopped = before.chars().count() > 1
                || bytes[..at].last().is_some_and(|b| b.is_ascii_digit() || matches!(b, b')' | b'"'));
            return (stopped && (!is_upper(after) || may_start_sentence(after))).then_some(behind);
        }
        if bytes[at] == b'.' && is_title_abbreviation(before) && is_capitalised(before) && !is_upper(after) {
            return Some(behind);
        }
        let small = before.chars().count() > 1 && before.chars().all(char::is_lowercase);
        let name =
            before.chars().count() > 2 && is_capitalised(before) && before.chars().skip(1).all(char::is_lowercase);
        let year = before.is_empty() && text[..at].ends_with(|c: char| c.is_ascii_digit())
            || text[..at].ends_with([')', '”', '%']);
        let starts = may_start_sentence(after);
        // A name of two parts with a stop between them is a brand: "Last.Fm", "Booking.Com", "node.Js".
        let brand = self.token(at).matches('.').count() > 1 && !self.token(at).ends_with('.')
            || matches!(
                after.to_lowercase().as_str(),
                "com" | "org" | "net" | "js" | "fm" | "io" | "edu" | "gov" | "co" | "tv" | "ai" | "az"
            );
        let whole = after.chars().skip(1).all(char::is_lowercase);
        let abbreviation = matches!(before, "vs" | "no" | "pp" | "cf" | "vol" | "fig" | "ed" | "op");
        (whole && !brand && !abbreviation && (small || (name || year) && starts)).then_some(behind)
    }

    /// "Paris,France".
    fn after_comma(&self, at: usize) -> Option<usize> {
        // What is most common is looked at first: a blank behind it, or another mark.
        self.text[at + 1..].chars().next().filter(|c| c.is_alphanumeric())?;
        let before = self.letters_before(at);
        let after = self.letters_after(at + 1);
        let bytes = self.text.as_bytes();
        let joined = self.token(at).contains(['(', '[', '/', '-', '=', '{', '<', '_'])
            || self.token(at).matches(',').count() > 2;
        let long = before.chars().count() > 2 && after.chars().count() > 1;
        let year = before.is_empty()
            && bytes[..at].iter().rev().take_while(|b| b.is_ascii_digit()).count() >= 2
            && after.chars().count() > 2;
        let quoted = self.text[..at].ends_with(['"', '”', ')']) && after.chars().count() > 2;
        let number = before.chars().count() > 3
            && self.text[at + 1..].starts_with(|c: char| c.is_ascii_digit())
            && bytes[at] == b',';
        // Roots of compounds in chemistry: "cis,trans".
        let chemical = matches!(before, "cis" | "trans" | "ortho" | "meta" | "para");
        ((long || year || quoted || number) && !joined && !chemical).then_some(at + 1)
    }

    /// "bridge\"until", "called\"the": a mark between two letters.
    fn beside_quotation_mark(&self, at: usize, closes: bool, last: usize) -> Option<usize> {
        let before = self.letters_before(at);
        let after = self.letters_after(at + 1);
        let between = !before.is_empty() && after.chars().count() > 1;
        if closes {
            between.then_some(at + 1)
        } else {
            (between && before.chars().count() > 1 && at < last).then_some(at)
        }
    }

    /// "(1904)was", where the brackets hold more than the ending of a word.
    fn after_bracket(&self, at: usize) -> Option<usize> {
        let after = self.letters_after(at + 1);
        let open = self.text[..at].char_indices().rev().take(200).find(|&(_, c)| c == '(' || c == ')')?;
        let inner = &self.text[open.0 + 1..at];
        let apart = self.text[..open.0].chars().next_back().is_none_or(char::is_whitespace);
        let prose = inner.contains(' ')
            || inner.len() >= 4 && inner.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '–'));
        let behind = self.text[at + 1 + after.len()..].chars().next();
        let word = after.chars().count() > 1
            && after.chars().skip(1).all(char::is_lowercase)
            && behind.is_none_or(|c| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':' | '\'' | '’'));
        (open.1 == '(' && apart && prose && word).then_some(at + 1)
    }

    /// `ofthe`, `in1990`, `KuwaitThe`, "word(born 1904)".
    fn glued_words(&self, findings: &mut Findings) {
        for (word, _) in self.words() {
            let joins = |c: Option<char>| {
                c.is_some_and(|c| matches!(c, '-' | '‑' | '_' | '.' | '/' | '@' | '#' | '\'' | '’' | '='))
            };
            if joins(self.text[..word.start].chars().next_back()) {
                continue;
            }
            if let Some(cut) = self.seam(word) {
                self.report(
                    word.start + cut,
                    if Self::is_two_sentences(word, cut) { Lost::StopAndSpace } else { Lost::Space },
                    findings,
                );
            } else if self.opens_bracket(word) {
                self.report(word.end(), Lost::Space, findings);
            }
        }
    }

    /// Where two words were glued.
    fn seam(&self, word: Word<'_>) -> Option<usize> {
        let text = word.text;
        if text.len() < 4 || !text.is_ascii() {
            return None;
        }
        let forms = self.account.forms();
        let bytes = text.as_bytes();
        // "in1990", "1990and"
        let digits = bytes.iter().position(u8::is_ascii_digit);
        if let Some(first) = digits {
            let (letters, rest) = text.split_at(first);
            let is_year = |digits: &str| {
                digits.len() == 4
                    && digits.bytes().all(|b| b.is_ascii_digit())
                    && matches!(digits.as_bytes()[0], b'1' | b'2')
            };
            let month = MONTHS.contains(&letters);
            if first > 0 {
                let day = month && rest.len() <= 2 && rest.bytes().all(|b| b.is_ascii_digit());
                return (day || is_year(rest) && (is_function_word(letters) && letters.len() > 1 || month))
                    .then_some(first);
            }
            let letters = bytes.iter().position(|b| !b.is_ascii_digit())?;
            let (year, rest) = text.split_at(letters);
            let day = year.len() <= 2 && MONTHS.contains(&rest);
            return (day || is_year(year) && (is_function_word(rest) && rest.len() > 1 || MONTHS.contains(&rest)))
                .then_some(letters);
        }
        // "KuwaitThe", "riverThames", "inLondon"
        let inner = (1..bytes.len()).find(|&i| bytes[i].is_ascii_uppercase() && bytes[i - 1].is_ascii_lowercase());
        if let Some(cut) = inner {
            let (left, right) = text.split_at(cut);
            if right.bytes().skip(1).any(|b| !b.is_ascii_lowercase()) || right.len() < 2 {
                return None;
            }
            // A name that the article writes this way again is a brand.
            if forms.of(&fold(text)).all() > 1 {
                return None;
            }
            let left_folded = fold(left);
            let left_known =
                is_function_word(&left_folded) && left.len() > 1 || forms.of(&left_folded).all() > 0 && left.len() > 2;
            let right_known = may_start_sentence(right) || forms.of(&fold(right)).all() > 0;
            let small_left = left.bytes().all(|b| b.is_ascii_lowercase());
            let starts = may_start_sentence(right) && left.len() > 2;
            let sure = small_left && left_known && (right_known || is_function_word(left))
                || starts && (left_known || small_left);
            return (sure && !matches!(left, "Mac" | "Mc" | "Le" | "La" | "De" | "Du" | "Van" | "Fitz")).then_some(cut);
        }
        // "ofthe", "intothis": no English word is made of these.
        if is_upper(text) {
            return None;
        }
        let lower = fold(text);
        ["the", "this", "that", "which", "their", "was", "were", "his"].into_iter().find_map(|second| {
            let first = lower.strip_suffix(second)?;
            let glued = first.len() > 1 && is_function_word(first) && !matches!(first, "a" | "so");
            glued.then_some(first.len())
        })
    }

    /// Whether a seam parts two sentences: the second word can only begin one.
    fn is_two_sentences(word: Word<'_>, cut: usize) -> bool {
        let (left, right) = word.text.split_at(cut);
        may_start_sentence(right) && !is_function_word(&fold(left)) && left.bytes().all(|b| b.is_ascii_alphabetic())
    }

    /// "word(born 1904)": a bracket with more than one word in it touches the word before.
    fn opens_bracket(&self, word: Word<'_>) -> bool {
        let Some(rest) = self.text[word.end()..].strip_prefix('(') else { return false };
        let Some(close) = rest.bytes().take(200).position(|b| b == b')' || b == b'(') else { return false };
        let inner = &rest[..close];
        let year = inner.len() == 4 && inner.bytes().all(|b| b.is_ascii_digit());
        let several = words(inner).filter(|word| word.text.len() > 2).count() > 1 && inner.contains(' ');
        let apart = rest[close + 1..].chars().next().is_none_or(|c| !c.is_alphanumeric() && c != '-');
        rest.as_bytes()[close] == b')'
            && apart
            && word.text.chars().count() > 2
            && word.text.chars().all(char::is_alphabetic)
            && (year || several)
    }

    /// `field[17] On`, `field[17]On`: a marker between two sentences, and no stop.
    fn citations(&self, findings: &mut Findings) {
        let text = self.text;
        let base = self.passage.start as usize;
        let citations = &self.article.citations;
        let first = citations.partition_point(|citation| (citation.start as usize) < base);
        let mut block: &[Span] = &citations[first..];
        while let Some((marker, rest)) = block.split_first().filter(|(marker, _)| marker.end <= self.passage.end) {
            let from = marker.start as usize - base;
            let mut end = marker.end as usize - base;
            block = rest;
            while let Some((next, rest)) = block.split_first().filter(|(next, _)| next.start as usize == base + end) {
                end = next.end as usize - base;
                block = rest;
            }
            let before = self.letters_before(from);
            let number = text[..from].ends_with(|c: char| c.is_ascii_digit());
            if before.is_empty() && !number || is_function_word(&fold(before)) && !before.is_empty() {
                continue;
            }
            let behind = &text[end..];
            let blanks = behind.len() - behind.trim_start().len();
            let after = self.letters_after(end + blanks);
            let next = words(head(&behind[blanks..], 2 * LONGEST_WORD)).nth(1).map_or("", |word| word.text);
            // "magazine[3] The Times": a name follows.
            let starts = may_start_sentence(after) && after != "I" && !is_capitalised(next)
                || starts_for_sure(after) && !is_upper(after)
                || matches!(
                    after,
                    "In" | "On" | "By" | "Since" | "From" | "Until" | "During" | "After" | "Before" | "At"
                ) && (next.starts_with(|c: char| c.is_ascii_digit()) || MONTHS.contains(&next));
            if starts && blanks > 0 {
                self.report(from, Lost::Stop, findings);
            } else if blanks == 0 && after.chars().count() > 1 && is_capitalised(after) && !is_upper(after) {
                self.report(end, if may_start_sentence(after) { Lost::StopAndSpace } else { Lost::Space }, findings);
            } else if blanks == 0 && after.chars().count() > 2 && after.chars().all(char::is_lowercase) {
                self.report(end, Lost::Space, findings);
            }
        }
    }

    /// "closed the embassy It was": a capital pronoun in the middle of a sentence, and a small verb behind it.
    fn run_on(&self, findings: &mut Findings) {
        let text = self.text;
        let mut before: Option<(Word<'_>, &str)> = None;
        let mut iterator = self.words().peekable();
        while let Some((word, folded)) = iterator.next() {
            let Some((earlier, folded_earlier)) = before.replace((word, folded)) else { continue };
            if text[earlier.end()..word.start] != *" " || !is_capitalised(word.text) {
                continue;
            }
            let Some((next, _)) = iterator.peek() else { continue };
            if text[word.end()..next.start] != *" " {
                continue;
            }
            let small =
                earlier.text.starts_with(char::is_lowercase) || earlier.text.ends_with(|c: char| c.is_ascii_digit());
            let is_function = is_function_word(folded_earlier);
            let pronoun = starts_for_sure(word.text) && next.text.starts_with(char::is_lowercase) && !is_of(next.text);
            let dated = matches!(word.text, "In" | "On" | "By" | "Since" | "During")
                && (next.text.len() == 4 && next.text.bytes().all(|b| b.is_ascii_digit())
                    || MONTHS.contains(&next.text)
                    || next.text.bytes().all(|b| b.is_ascii_digit()));
            // "in 1871 The king": no name begins with an article and goes on with a small letter.
            let year = earlier.text.len() == 4 && earlier.text.bytes().all(|b| b.is_ascii_digit());
            let verb = earlier.text.ends_with("ed") || earlier.text.ends_with("ing") || earlier.text.ends_with("ly");
            let article = matches!(word.text, "The" | "This" | "Its" | "Their" | "There")
                && next.text.starts_with(char::is_lowercase)
                && (year || !verb);
            let base = self.passage.start as usize;
            let span = Span::new(self.passage.source, base + word.start, base + word.end());
            if small
                && !is_function
                && earlier.text.len() > 2
                && (pronoun || dated || article)
                && !self.article.is_quoted(span)
                && !names_a_work(earlier.text)
            {
                self.report(earlier.end(), Lost::Stop, findings);
            }
        }
    }
}

/// Pronouns that no name begins with, when a verb follows.
fn starts_for_sure(word: &str) -> bool {
    matches!(word, "He" | "She" | "They" | "It" | "These" | "However" | "Although")
}

fn is_of(word: &str) -> bool {
    matches!(word, "of" | "and" | "or")
}

/// Nouns behind which the title of a work may stand without marks: "the novel It was".
fn names_a_work(word: &str) -> bool {
    matches!(
        fold(word).as_ref(),
        "album"
            | "band"
            | "book"
            | "called"
            | "entitled"
            | "episode"
            | "film"
            | "hymn"
            | "movie"
            | "named"
            | "novel"
            | "painting"
            | "play"
            | "poem"
            | "series"
            | "show"
            | "single"
            | "song"
            | "titled"
            | "track"
    )
}
