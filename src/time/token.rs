//! Tokens: words, numbers and marks, with what the lexicon knows of each.
//!
//! One pass over the bytes; what is no time word costs one look into a table of bits.

#[allow(clippy::wildcard_imports, reason = "the classes of tokens")]
use super::lexicon::*;
use std::ops::Range;

/// A word, a number or a mark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    /// Offset of the first byte.
    pub(super) start: u32,
    /// Offset behind the last byte.
    pub(super) end: u32,
    /// What it may be.
    pub(super) classes: Classes,
    /// Its value as a number, ordinal, year, or within its class.
    pub(super) number: u32,
    /// Thousandths beyond the number; in a numeric date, 100 times the month and the day.
    pub(super) rest: u16,
    /// Its number in the lexicon.
    pub(super) word: u16,
    /// Its value as a unit, season, part of a day, modifier.
    pub(super) code: u8,
    /// What stands before it.
    pub(super) gap: Gap,
    /// How it is written.
    pub(super) shape: Shape,
    /// Whether it stands in quotation marks.
    pub(super) quoted: bool,
}

/// What stands between a token and the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing.
    None,
    /// Blanks, a line end perhaps.
    Blank,
    /// The beginning of the passage.
    Start,
}

/// How a token is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A word without a capital at its head.
    Small,
    /// A word with a capital at its head and a small letter somewhere.
    Capital,
    /// A word all in capitals.
    Capitals,
    /// A number.
    Digits,
    /// A mark.
    Mark,
}

impl Token {
    pub(super) fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    pub(super) fn is(&self, classes: Classes) -> bool {
        self.classes.has(classes)
    }

    pub(super) fn is_name(&self) -> bool {
        matches!(self.shape, Shape::Capital | Shape::Capitals)
    }
}

/// What a byte can begin.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Letter,
    Digit,
    Blank,
    Mark,
    Beyond,
}

const KINDS: [Kind; 256] = {
    let mut kinds = [Kind::Mark; 256];
    let mut byte = 0;
    while byte < 256 {
        let b = byte as u8;
        kinds[byte] = match b {
            b'a'..=b'z' | b'A'..=b'Z' => Kind::Letter,
            b'0'..=b'9' => Kind::Digit,
            b' ' | b'\t' | b'\n' | b'\r' | 0x0B | 0x0C => Kind::Blank,
            0x80.. => Kind::Beyond,
            _ => Kind::Mark,
        };
        byte += 1;
    }
    kinds
};

/// Reads passages into tokens.
#[derive(Debug)]
pub(super) struct Scanner<'a> {
    lexicon: &'a Lexicon,
    /// The words of single marks.
    marks: [u16; 128],
    /// The tokens of the passage.
    pub(super) tokens: Vec<Token>,
    /// Whether the quotation at the place reached is open.
    quoted: bool,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(lexicon: &'a Lexicon) -> Self {
        let mut marks = [0; 128];
        for (byte, word) in marks.iter_mut().enumerate() {
            if let Some(entry) = lexicon.get(&[byte as u8]) {
                *word = entry.word;
            }
        }
        Self { lexicon, marks, tokens: Vec::new(), quoted: false }
    }

    /// Reads the tokens of a text. What was read before is dropped.
    pub(super) fn scan(&mut self, text: &str) {
        self.tokens.clear();
        self.quoted = false;
        let bytes = text.as_bytes();
        let mut at = 0;
        let mut gap = Gap::Start;
        while let Some(&byte) = bytes.get(at) {
            let end = match KINDS[usize::from(byte)] {
                Kind::Blank => {
                    if gap == Gap::None {
                        gap = Gap::Blank;
                    }
                    at += 1;
                    continue;
                }
                Kind::Letter => self.word(bytes, at, gap),
                Kind::Digit => self.number(bytes, at, gap),
                Kind::Mark => self.mark(bytes, at, gap),
                Kind::Beyond => {
                    let c = text[at..].chars().next().unwrap_or(' ');
                    if c.is_whitespace() {
                        if gap == Gap::None {
                            gap = Gap::Blank;
                        }
                        at += c.len_utf8();
                        continue;
                    }
                    if c.is_alphanumeric() { self.word(bytes, at, gap) } else { self.mark_beyond(c, bytes, at, gap) }
                }
            };
            at = end;
            gap = Gap::None;
        }
    }

    fn push(&mut self, range: Range<usize>, gap: Gap, shape: Shape) -> &mut Token {
        let at = self.tokens.len();
        self.tokens.push(Token {
            start: range.start as u32,
            end: range.end as u32,
            classes: Classes::default(),
            number: 0,
            rest: 0,
            word: UNKNOWN,
            code: 0,
            gap,
            shape,
            quoted: self.quoted,
        });
        &mut self.tokens[at]
    }

    /// Reads the word that begins at a byte, and returns its end.
    fn word(&mut self, bytes: &[u8], start: usize, gap: Gap) -> usize {
        let mut end = start;
        let mut plain = true;
        let mut small = false;
        while let Some(&byte) = bytes.get(end) {
            match KINDS[usize::from(byte)] {
                Kind::Letter => small |= byte.is_ascii_lowercase(),
                Kind::Digit => plain = false,
                // Marks beyond ASCII end a word; other characters are taken for letters.
                Kind::Beyond if !matches!(byte, 0xC2 | 0xE2) => plain = false,
                _ => break,
            }
            end += 1;
        }
        if end == start {
            // A letter of a block that looks like marks.
            end = char_end(bytes, start);
            plain = false;
        }
        let capital = bytes[start].is_ascii_uppercase();
        // "a.m.", "B.C.", "U.S.": letters with points are one word.
        let mut letters = [0; 4];
        let mut pointed = 0;
        if end == start + 1 && plain && bytes.get(end) == Some(&b'.') {
            let mut at = start;
            while pointed < letters.len()
                && bytes.get(at).is_some_and(u8::is_ascii_alphabetic)
                && bytes.get(at + 1).is_none_or(|b| !b.is_ascii_alphanumeric())
            {
                letters[pointed] = bytes[at];
                pointed += 1;
                end = at + 1;
                if bytes.get(end) != Some(&b'.') {
                    break;
                }
                end += 1;
                at = end;
            }
        }
        let lexicon = self.lexicon;
        let shape = match (capital, small) {
            (false, _) => Shape::Small,
            (true, true) => Shape::Capital,
            (true, false) => Shape::Capitals,
        };
        let known = match pointed {
            0 if plain => lexicon.get(&bytes[start..end]),
            0 => None,
            1 => {
                // "c." before a year; else the point ends a sentence.
                let known = lexicon.get(&bytes[start..=start]);
                end = start + 1;
                known
            }
            _ => lexicon.get(&letters[..pointed]),
        };
        let token = self.push(start..end, gap, shape);
        let Some(known) = known else { return end };
        token.word = known.word;
        token.number = u32::from(known.number);
        token.code = known.code;
        token.classes = known.classes;
        if shape != Shape::Small {
            token.classes = token.classes.and(known.capital_classes);
        } else if known.capital_classes.has(MONTH) && !matches!(known.number, 3 | 5 | 8) {
            // Small months are months where their names are no other words.
            token.classes = token.classes.and(MONTH);
        }
        // A point after an abbreviation belongs to it.
        if token.is(MON.and(WKD)) && bytes.get(end) == Some(&b'.') {
            end += 1;
            token.end = end as u32;
        }
        if token.is(NUM.and(ORD).and(COUNT).and(HALF)) {
            self.join_numerals();
        }
        end
    }

    /// "twenty" "-" "three" → "twenty-three"; "two" "hundred" → "two hundred"; "two" "and" "a" "half" → 2.5.
    fn join_numerals(&mut self) {
        let Some((last, before)) = self.tokens.split_last() else { return };
        let spelled = |token: &Token| token.shape != Shape::Digits && token.is(NUM);
        let word = |token: &Token, word: &[u8]| self.lexicon.get(word).is_some_and(|entry| entry.word == token.word);
        let (keep, number, rest, classes) = match before {
            [.., tens, dash]
                if last.is(NUM.and(ORD))
                    && dash.is(DASH)
                    && dash.gap == Gap::None
                    && last.gap == Gap::None
                    && spelled(tens)
                    && (20..=90).contains(&(tens.number % 100))
                    && tens.number % 10 == 0
                    && (1..=9).contains(&last.number) =>
            {
                (before.len() - 2, tens.number + last.number, 0, last.classes)
            }
            [.., count] if last.is(COUNT) && last.gap == Gap::Blank && (count.is(NUM) || word(count, b"a")) => {
                let count_number = if count.is(NUM) { count.number } else { 1 };
                let Some(number) = count_number.checked_mul(last.number) else { return };
                (before.len() - 1, number, 0, NUM)
            }
            [.., count, and] if last.is(NUM) && word(and, b"and") && spelled(count) && count.number >= 100 => {
                (before.len() - 2, count.number.saturating_add(last.number), 0, NUM)
            }
            [.., count, and, a] if last.is(HALF) && count.is(NUM) && word(and, b"and") && word(a, b"a") => {
                (before.len() - 3, count.number, 500, NUM)
            }
            [.., count, and] if last.is(HALF) && count.is(NUM) && word(and, b"and") => {
                (before.len() - 2, count.number, 500, NUM)
            }
            _ => return,
        };
        let end = last.end;
        self.tokens.truncate(keep + 1);
        let token = &mut self.tokens[keep];
        token.end = end;
        token.number = number;
        token.rest = rest;
        token.classes = Classes(classes.0 & NUM.and(ORD).0);
        token.word = UNKNOWN;
        token.code = 0;
    }

    /// Reads the number that begins at a byte, and returns its end.
    #[expect(clippy::too_many_lines, reason = "one form of number after the other")]
    fn number(&mut self, bytes: &[u8], start: usize, gap: Gap) -> usize {
        let (value, end) = digits(bytes, start);
        let length = end - start;
        let sets_off = |b: Option<&u8>| !b.is_some_and(u8::is_ascii_alphanumeric);
        // What a number is glued to may say that it counts no days: "$1990", "#12", "B-17", "0.5".
        let bound = gap == Gap::None && {
            let before = bytes[start - 1];
            match before {
                b'$' | b'#' | b'+' | b'=' | b'@' | b'_' | b'\\' | b'*' | b'<' | b'>' | b'.' | b',' | b'&' | b'%'
                | b':' => {
                    // A lost blank before a number is not the number's fault.
                    !matches!(before, b'.' | b',' | b':') || start >= 2 && bytes[start - 2].is_ascii_digit()
                }
                b'-' => self.bound_by_hyphen(),
                // A currency sign.
                0x80.. => {
                    matches!(bytes[..start], [.., 0xC2, 0xA2..=0xA7] | [.., 0xE2, 0x82, _] | [.., 0xE2, 0x84, 0x96])
                }
                _ => false,
            }
        };
        if let Some(end) = self.joined(bytes, start, end, value, gap, bound) {
            return end;
        }
        let next = bytes.get(end);
        // "2,400": thousands.
        if length <= 3 && next == Some(&b',') {
            let mut total = u64::from(value);
            let mut at = end;
            while bytes.get(at) == Some(&b',') {
                let (group, group_end) = digits(bytes, at + 1);
                if group_end != at + 4 || total > u64::from(u32::MAX / 1000 - 1) {
                    break;
                }
                total = total * 1000 + u64::from(group);
                at = group_end;
            }
            if at > end {
                let classes = if bound || !sets_off(bytes.get(at)) { Classes::default() } else { NUM };
                let token = self.push(start..at, gap, Shape::Digits);
                token.number = u32::try_from(total).unwrap_or(u32::MAX);
                token.classes = classes;
                return at;
            }
        }
        // "2.5", "1.2.3"
        if next == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
            let mut at = end;
            let mut points = 0;
            while bytes.get(at) == Some(&b'.') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) {
                at = digits(bytes, at + 1).1;
                points += 1;
            }
            let fraction = &bytes[end + 1..at];
            let token = self.push(start..at, gap, Shape::Digits);
            if points == 1 && fraction.len() <= 3 && !bound {
                token.number = value;
                let scale = [0, 100, 10, 1][fraction.len()];
                token.rest = fraction.iter().fold(0, |sum, b| sum * 10 + u16::from(b - b'0')) * scale;
                token.classes = NUM;
            }
            return at;
        }
        let mut suffix_end = end;
        while bytes.get(suffix_end).is_some_and(u8::is_ascii_alphabetic) {
            suffix_end += 1;
        }
        let suffix = &bytes[end..suffix_end];
        let runs_on = bytes.get(suffix_end).is_some_and(u8::is_ascii_digit);
        let possessive = next == Some(&b'\'') && bytes.get(end + 1) == Some(&b's') && sets_off(bytes.get(end + 2));
        if bound || runs_on || matches!(next, Some(b'%' | b'_')) || bytes[end..].starts_with("°".as_bytes()) {
            self.push(start..suffix_end, gap, Shape::Digits);
            return suffix_end;
        }
        match suffix {
            b"st" | b"nd" | b"rd" | b"th" if length <= 3 => {
                let token = self.push(start..suffix_end, gap, Shape::Digits);
                token.number = value;
                token.classes = ORD;
                suffix_end
            }
            b"s" | b"" if (suffix == b"s" || possessive) && value % 10 == 0 && matches!(length, 2..=4) => {
                let end = if suffix == b"s" { suffix_end } else { end + 2 };
                let token = self.push(start..end, gap, Shape::Digits);
                token.number = value;
                token.classes = if length != 2 && value % 100 == 0 && value != 2000 { CENTURIES } else { DECADE };
                end
            }
            _ => {
                if !suffix.is_empty() && self.lexicon.get(suffix).is_none() {
                    self.push(start..suffix_end, gap, Shape::Digits);
                    return suffix_end;
                }
                let token = self.push(start..end, gap, Shape::Digits);
                token.number = value;
                let leading_zero = bytes[start] == b'0' && length > 1;
                token.classes = match length {
                    1 | 2 => {
                        let day = if leading_zero { DAY.and(YEARS) } else { DAY.and(YEARS).and(NUM) };
                        if (1..=12).contains(&value) { day.and(NN) } else { day }
                    }
                    3 | 5 if !leading_zero => NUM.and(YEARS),
                    4 => {
                        let time = if value % 100 < 60 && value < 2400 { MILITARY } else { Classes::default() };
                        let year =
                            if (1000..3000).contains(&value) { YEAR.and(YEARS).and(NUM) } else { NUM.and(YEARS) };
                        if leading_zero { time } else { time.and(year) }
                    }
                    _ if length <= 9 => NUM,
                    _ => Classes::default(),
                };
                end
            }
        }
    }

    /// Whether a hyphen glues a number to a name: "B-17", but not "mid-1990".
    fn bound_by_hyphen(&self) -> bool {
        match self.tokens.as_slice() {
            [.., word, hyphen] => {
                let compound =
                    hyphen.gap == Gap::None && matches!(word.shape, Shape::Capital | Shape::Capitals | Shape::Small);
                compound && !word.is(MOD.and(MONTH).and(MON).and(PREP).and(BC).and(AD).and(SEASON).and(EDGE).and(AMPM))
            }
            _ => false,
        }
    }

    /// Reads numbers that marks join to one: "1996-09-13", "31/04/2008", "11:30".
    fn joined(&mut self, bytes: &[u8], start: usize, end: usize, value: u32, gap: Gap, bound: bool) -> Option<usize> {
        let mark = *bytes.get(end)?;
        if !matches!(mark, b'-' | b'/' | b'.' | b':') {
            return None;
        }
        let length = end - start;
        let (second, second_end) = digits(bytes, end + 1);
        let second_length = second_end - end - 1;
        if !(1..=2).contains(&second_length) || length > 4 {
            return None;
        }
        let third = (bytes.get(second_end) == Some(&mark)).then(|| digits(bytes, second_end + 1));
        let third = third.filter(|(_, third_end)| *third_end > second_end + 1);
        if mark == b':' {
            let (seconds, clock_end) = third.filter(|(_, third_end)| third_end - second_end == 3).unzip();
            let clock_end = clock_end.unwrap_or(second_end);
            let possible = length <= 2 && second_length == 2 && value <= 24 && second < 60;
            if bound
                || !possible
                || matches!(bytes.get(clock_end), Some(b':' | b'.'))
                    && bytes.get(clock_end + 1).is_some_and(u8::is_ascii_digit)
            {
                // A verse, a score: no part of it is a day.
                self.push(start..clock_end, gap, Shape::Digits);
                return Some(clock_end);
            }
            let token = self.push(start..clock_end, gap, Shape::Digits);
            token.number = value * 100 + second;
            token.rest = seconds.filter(|&seconds| seconds < 60).map_or(u16::MAX, |seconds| seconds as u16);
            token.classes = CLOCK;
            return Some(clock_end);
        }
        let (third, third_end) = third?;
        let third_length = third_end - second_end - 1;
        let (year, month, day) = match mark {
            b'-' if length == 4 && second_length == 2 && third_length == 2 => (value, second, third),
            // A day before a month is more common; rules know that it need not be so.
            b'/' | b'.' | b'-' if length <= 2 && third_length == 4 && second > 12 && value <= 12 => {
                (third, value, second)
            }
            b'/' | b'.' | b'-' if length <= 2 && third_length == 4 => (third, second, value),
            _ => {
                // Some other number with marks: a version, a telephone number.
                let more = matches!(bytes.get(third_end), Some(b'-' | b'/' | b'.'))
                    && bytes.get(third_end + 1).is_some_and(u8::is_ascii_digit);
                if length == 4 && mark == b'-' && !more {
                    return None;
                }
                self.push(start..third_end, gap, Shape::Digits);
                return Some(third_end);
            }
        };
        let runs_on = match bytes.get(third_end) {
            Some(b'-' | b'/' | b'.') => bytes.get(third_end + 1).is_some_and(u8::is_ascii_alphanumeric),
            Some(b'T') => !bytes.get(third_end + 1).is_some_and(u8::is_ascii_digit),
            Some(b) => b.is_ascii_alphanumeric() || *b == b'_',
            None => false,
        };
        let token = self.push(start..third_end, gap, Shape::Digits);
        if !bound && !runs_on && (1000..3000).contains(&year) && month <= 31 && day <= 31 {
            token.number = year;
            token.rest = (month * 100 + day) as u16;
            token.classes = NUMERIC;
            token.code = u8::from(mark == b'-' && length == 4);
            // "1996-09-13T10:00"
            if bytes.get(third_end) == Some(&b'T') {
                return Some(third_end + 1);
            }
        }
        Some(third_end)
    }

    /// Reads a mark of ASCII, and returns its end.
    fn mark(&mut self, bytes: &[u8], start: usize, gap: Gap) -> usize {
        let byte = bytes[start];
        if byte == b'"' {
            // The mark is outside of what it encloses.
            let opens = !self.quoted && !bytes.get(start + 1).is_none_or(u8::is_ascii_whitespace);
            self.quoted = false;
            self.push(start..start + 1, gap, Shape::Mark);
            self.quoted = opens;
            return start + 1;
        }
        if byte == b'\'' {
            return self.apostrophe(bytes, start, start + 1, gap);
        }
        if byte == b'[' {
            // A citation marker parts nothing: "in May[3] 1990" is read as one.
            if let Some(end) = crate::text::citation_end(bytes, start) {
                return end;
            }
        }
        let word = self.marks[usize::from(byte)];
        let token = self.push(start..start + 1, gap, Shape::Mark);
        token.word = word;
        if byte == b'-' {
            token.classes = DASH;
        }
        start + 1
    }

    /// Reads "'89", "'90s", or an apostrophe.
    fn apostrophe(&mut self, bytes: &[u8], start: usize, end: usize, gap: Gap) -> usize {
        let (value, number_end) = digits(bytes, end);
        let outside = start == 0 || !bytes[start - 1].is_ascii_alphanumeric();
        if outside && number_end == end + 2 {
            let decade = bytes.get(number_end) == Some(&b's') && value % 10 == 0;
            let end = number_end + usize::from(decade);
            if !bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) {
                let token = self.push(start..end, gap, Shape::Digits);
                token.number = value;
                token.classes = if decade { DECADE } else { SHORT };
                return end;
            }
        }
        let word = self.marks[usize::from(b'\'')];
        self.push(start..end, gap, Shape::Mark).word = word;
        end
    }

    /// Reads a mark beyond ASCII, and returns its end.
    fn mark_beyond(&mut self, c: char, bytes: &[u8], start: usize, gap: Gap) -> usize {
        let end = start + c.len_utf8();
        match c {
            '’' | '‘' | 'ʼ' => return self.apostrophe(bytes, start, end, gap),
            '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => {
                let word = self.marks[usize::from(b'-')];
                let token = self.push(start..end, gap, Shape::Mark);
                token.classes = DASH;
                token.word = word;
            }
            '“' | '„' | '«' => {
                self.push(start..end, gap, Shape::Mark);
                self.quoted = true;
            }
            '”' | '»' => {
                self.quoted = false;
                self.push(start..end, gap, Shape::Mark);
            }
            '½' => {
                self.push(start..end, gap, Shape::Mark).classes = HALF;
                self.join_fraction();
            }
            _ => {
                self.push(start..end, gap, Shape::Mark);
            }
        }
        end
    }

    /// "2" "½" → 2.5
    fn join_fraction(&mut self) {
        if let [.., count, half] = self.tokens.as_mut_slice()
            && half.gap == Gap::None
            && count.is(NUM)
            && count.rest == 0
        {
            count.rest = 500;
            count.end = half.end;
            count.classes = NUM;
            self.tokens.pop();
        }
    }
}

/// The value and the end of the digits from a byte on. Of long ones the value is too large for anything.
fn digits(bytes: &[u8], start: usize) -> (u32, usize) {
    let mut value: u32 = 0;
    let mut end = start;
    while let Some(digit) = bytes.get(end).filter(|b| b.is_ascii_digit()) {
        value = value.saturating_mul(10).saturating_add(u32::from(digit - b'0'));
        end += 1;
    }
    (value, end)
}

/// The end of the character that begins at a byte.
fn char_end(bytes: &[u8], start: usize) -> usize {
    let mut end = start + 1;
    while bytes.get(end).is_some_and(|b| b & 0xC0 == 0x80) {
        end += 1;
    }
    end
}
