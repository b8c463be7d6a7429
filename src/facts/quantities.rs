//! Quantities: a number with its unit or with what it counts, and how exactly it is meant.
//!
//! A number is an interval: "over 2,400" reaches upwards, "some two dozen" to both sides, and "1,300" may be rounded. Two quantities
//! agree when their intervals meet in the base unit of their dimension. Factors are those of the SI brochure and of NIST Handbook 44,
//! appendix C.

use super::Account;
use crate::article::{Article, LeafKind};
use crate::source::Span;
use crate::text::{Word, fold, is_capitalised, is_function_word, words};
use crate::time::TimeKind;
use std::borrow::Cow;

/// What a quantity measures.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Metres.
    Length,
    /// Square metres.
    Area,
    /// Cubic metres.
    Volume,
    /// Kilograms.
    Mass,
    /// A unit of its own, which nothing converts to: "gross register tons", "decibels".
    Own(&'static str),
    /// Metres a second.
    Speed,
    /// Watts.
    Power,
    /// Money of one currency.
    Money(&'static str),
    /// Per cent.
    Share,
    /// A time in a race, in seconds.
    Clock,
    /// How long something lasts, in seconds.
    Duration,
    /// So many of a thing: its noun, folded, in the singular.
    Count(String),
}

impl std::fmt::Display for Measure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Measure::Length => "m",
            Measure::Area => "m²",
            Measure::Volume => "m³",
            Measure::Mass => "kg",
            Measure::Speed => "m/s",
            Measure::Power => "W",
            Measure::Share => "per cent",
            Measure::Clock | Measure::Duration => "s",
            Measure::Own(unit) | Measure::Money(unit) => unit,
            Measure::Count(noun) => noun,
        })
    }
}

/// How a number is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exactness {
    /// As it stands.
    Exact,
    /// "about", "some".
    About,
    /// "over", "at least".
    AtLeast,
    /// "nearly", "up to".
    AtMost,
}

/// A quantity.
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools, reason = "marks that are independent of each other")]
pub struct Quantity {
    /// The number and its unit or noun.
    pub span: Span,
    /// The number alone, with its currency.
    pub number: Span,
    /// The sentence or field that it stands in.
    pub unit: Span,
    /// Whether that is a field of the infobox.
    pub in_field: bool,
    /// What it measures.
    pub measure: Measure,
    /// The value in the base unit.
    pub value: f64,
    /// How much of the base unit its unit is.
    pub factor: f64,
    /// Zeros at the end of the number as it is written.
    pub zeros: i32,
    /// The least and the most that it can mean.
    pub range: (f64, f64),
    /// How it is meant.
    pub exactness: Exactness,
    /// The digits of the number as it is written or would be, without point and zeros at the end.
    pub digits: String,
    /// The name of its unit as it is written; empty for a count.
    pub unit_name: String,
    /// Whether it is a part of what is counted: "three of the nine men".
    pub part: bool,
    /// Whether it is one end of a range or of a change: "from 3 to 5 m".
    pub in_range: bool,
    /// Whether the words say that it is all there is: "a crew of thirteen", "all eleven".
    pub whole: bool,
}

impl Quantity {
    /// The quantity that an article gives at a place.
    pub fn at(article: &Article<'_>, span: Span, today: crate::time::Day) -> Option<Self> {
        let account = Account::new(article, today);
        let mut all = read(&account).into_iter();
        all.find(|quantity| quantity.span == span)
    }

    /// Whether both can be right of one thing.
    pub fn agrees(&self, other: &Self) -> bool {
        // "Fifty-eight metres" is 58.4 m rounded to what it is told in.
        let last = |quantity: &Self| {
            let written = quantity.value / quantity.factor;
            if (written - written.round()).abs() < 1e-9 { quantity.factor } else { quantity.factor / 10.0 }
        };
        let (a, b) = (last(self), last(other));
        let apart = (a - b).abs() > 1e-9 * a.max(b);
        let slack = if apart { a.max(b).min(self.value.abs() / 20.0) / 2.0 } else { 0.0 };
        self.range.0 <= other.range.1 + slack && other.range.0 <= self.range.1 + slack
    }
}

/// What a long number counts of which the text does not say what it counts.
pub const BARE: &str = "number";

/// Units: names, what they measure, and how much of the base unit one is.
const UNITS: &[(&[&str], Measure, f64)] = &[
    (&["m", "metre", "metres", "meter", "meters"], Measure::Length, 1.0),
    (&["km", "kilometre", "kilometres", "kilometer", "kilometers"], Measure::Length, 1000.0),
    (&["cm", "centimetre", "centimetres", "centimeter", "centimeters"], Measure::Length, 0.01),
    (&["mm", "millimetre", "millimetres", "millimeter", "millimeters"], Measure::Length, 0.001),
    (&["ft", "foot", "feet"], Measure::Length, 0.3048),
    (&["inch", "inches"], Measure::Length, 0.0254),
    (&["yd", "yard", "yards"], Measure::Length, 0.9144),
    (&["mi", "mile", "miles"], Measure::Length, 1609.344),
    (&["fathom", "fathoms"], Measure::Length, 1.8288),
    (&["nmi"], Measure::Length, 1852.0),
    (&["m²", "m2"], Measure::Area, 1.0),
    (&["km²", "km2"], Measure::Area, 1e6),
    (&["m³", "m3"], Measure::Volume, 1.0),
    (&["acre", "acres"], Measure::Area, 4046.856),
    (&["ha", "hectare", "hectares"], Measure::Area, 10_000.0),
    (&["kg", "kilogram", "kilograms", "kilogramme", "kilogrammes", "kilo", "kilos"], Measure::Mass, 1.0),
    (&["tonne", "tonnes", "ton", "tons", "t"], Measure::Mass, 1000.0),
    (&["lb", "lbs"], Measure::Mass, 0.453_592),
    (&["litre", "litres", "liter", "liters"], Measure::Volume, 0.001),
    (&["gallon", "gallons"], Measure::Volume, 0.004_546),
    (&["knot", "knots", "kn"], Measure::Speed, 0.514_444),
    (&["mph"], Measure::Speed, 0.447_04),
    (&["kw", "kilowatt", "kilowatts"], Measure::Power, 1e3),
    (&["mw", "megawatt", "megawatts"], Measure::Power, 1e6),
    (&["gw", "gigawatt", "gigawatts"], Measure::Power, 1e9),
    (&["hp", "bhp", "horsepower"], Measure::Power, 745.7),
    (&["percent"], Measure::Share, 1.0),
    (&["dollar", "dollars"], Measure::Money("$"), 1.0),
    (&["euro", "euros"], Measure::Money("€"), 1.0),
    (&["franc", "francs"], Measure::Money("francs"), 1.0),
    (&["mark", "marks", "reichsmarks"], Measure::Money("marks"), 1.0),
    (&["krone", "kroner", "kronor", "crowns"], Measure::Money("kroner"), 1.0),
    (&["rouble", "roubles", "ruble", "rubles"], Measure::Money("roubles"), 1.0),
    (&["guilder", "guilders", "florins"], Measure::Money("guilders"), 1.0),
    (&["lira", "lire"], Measure::Money("lire"), 1.0),
    (&["peseta", "pesetas"], Measure::Money("pesetas"), 1.0),
    (&["rupee", "rupees"], Measure::Money("rupees"), 1.0),
    (&["yen"], Measure::Money("yen"), 1.0),
];

/// Units of time and the seconds in one; months and years are those of the mean calendar.
const PERIODS: &[(&str, f64)] = &[
    ("second", 1.0),
    ("minute", 60.0),
    ("hour", 3600.0),
    ("day", 86_400.0),
    ("week", 604_800.0),
    ("fortnight", 1_209_600.0),
    ("month", 2_629_746.0),
    ("year", 31_556_952.0),
];

/// Units that are so much of another in a time: "metres a second", "km/h".
const RATES: &[(&[&str], &[&str], Measure, f64)] = &[
    (&["m", "metre", "metres", "meter", "meters"], &["s", "second"], Measure::Speed, 1.0),
    (&["km", "kilometre", "kilometres", "kilometer", "kilometers"], &["h", "hour"], Measure::Speed, 1.0 / 3.6),
    (&["mile", "miles"], &["hour"], Measure::Speed, 0.447_04),
];

/// Currencies by the sign before the number.
const CURRENCIES: &[(char, &str)] = &[('$', "$"), ('£', "£"), ('€', "€"), ('¥', "yen")];

/// Words before a number that say how it is meant.
#[allow(clippy::match_same_arms, clippy::unnested_or_patterns, reason = "a phrase a line")]
fn exactness(before: &[Token<'_>]) -> Exactness {
    let word = |back: usize| before.len().checked_sub(back).map_or("", |at| before[at].folded.as_ref());
    match (word(3), word(2), word(1)) {
        (
            _,
            _,
            "about" | "around" | "some" | "roughly" | "approximately" | "circa" | "ca" | "c" | "estimated" | "perhaps"
            | "probably" | "maybe",
        ) => Exactness::About,
        (_, "a", "few" | "further") | (_, "or", _) => Exactness::About,
        (_, "more" | "greater" | "higher" | "better", "than")
        | ("no" | "not", "fewer" | "less", "than")
        | (_, "upwards" | "upward" | "excess", "of")
        | (_, "at", "least")
        | (_, _, "over" | "exceeding" | "exceeded" | "above" | "minimum") => Exactness::AtLeast,
        (_, "fewer" | "less" | "lower", "than")
        | (_, "close", "to")
        | (_, "up", "to")
        | (_, "as", "many" | "much")
        | (_, "at", "most")
        | (_, _, "nearly" | "almost" | "under" | "below" | "maximum" | "barely" | "within") => Exactness::AtMost,
        ("as", "many" | "much" | "high", "as") => Exactness::AtMost,
        _ => Exactness::Exact,
    }
}

struct Token<'a> {
    word: Word<'a>,
    folded: Cow<'a, str>,
    gap: &'a str,
}

/// Reads the quantities of an article in order.
pub(super) fn read(account: &Account<'_>) -> Vec<Quantity> {
    let article = account.article;
    let mut found = Vec::new();
    let mut fields = article.fields();
    for leaf in &article.leaves {
        match leaf.kind {
            LeafKind::Value => {
                let key = fields.by_ref().find(|field| field.value == leaf.span).map(|field| article.text(field.key));
                Reader::new(account, article, leaf.span, key).read(&mut found);
            }
            LeafKind::Sentence | LeafKind::ItemSentence => {
                Reader::new(account, article, leaf.span, None).read(&mut found);
            }
            _ => {}
        }
    }
    found
}

struct Reader<'a> {
    account: &'a Account<'a>,
    unit: Span,
    text: &'a str,
    key: Option<&'a str>,
    tokens: Vec<Token<'a>>,
}

/// A number as it was read: its value, its step (what it is rounded to), the tokens behind it, and its digits.
struct Number {
    value: f64,
    step: f64,
    end: usize,
    digits: String,
}

impl<'a> Reader<'a> {
    fn new(account: &'a Account<'a>, article: &'a Article<'a>, unit: Span, key: Option<&'a str>) -> Self {
        let text = article.text(unit);
        let mut end = 0;
        let tokens = account
            .words_of(unit)
            .iter()
            .map(|(word, folded)| {
                let gap = &text[end..word.start];
                end = word.end();
                Token { word: *word, folded: Cow::Borrowed(folded), gap }
            })
            .collect();
        Self { account, unit, text, key, tokens }
    }

    fn read(&self, found: &mut Vec<Quantity>) {
        let first = found.len();
        let mut at = 0;
        while at < self.tokens.len() {
            match self.quantity(at, found[first..].last()) {
                Some((quantity, end)) => {
                    at = end.max(at + 1);
                    found.push(quantity);
                }
                None => at += 1,
            }
        }
        // "3 to 5 m", "12–15 men", "from 340 to 900": the ends of a range.
        for i in first + 1..found.len() {
            let between = &self.text[(found[i - 1].number.end - self.unit.start) as usize
                ..(found[i].number.start - self.unit.start) as usize];
            let words = between.trim();
            if matches!(words, "to" | "–" | "-" | "—" | "or" | "and" | "by" | "x" | "×")
                || words.ends_with(" to") && words.split_whitespace().count() <= 3
            {
                found[i - 1].in_range = true;
                found[i].in_range = true;
            }
        }
    }

    /// Where a token begins; behind the last one the unit ends.
    fn at(&self, token: usize) -> u32 {
        self.tokens.get(token).map_or(self.unit.end, |token| self.unit.start + token.word.start as u32)
    }

    /// Where a token ends. A number with a hyphen behind it may look for a word that the unit does not have: "two-".
    fn end(&self, token: usize) -> u32 {
        self.tokens.get(token).map_or(self.unit.end, |token| self.unit.start + token.word.end() as u32)
    }

    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.folded.as_ref())
    }

    fn gap(&self, at: usize) -> &str {
        if let Some(token) = self.tokens.get(at) {
            return token.gap;
        }
        // Behind the last word: the mark that the text ends in.
        let tail = self.tokens.last().map_or("", |last| &self.text[last.word.end()..]);
        if tail.is_empty() { "." } else { tail }
    }

    fn quantity(&self, at: usize, last: Option<&Quantity>) -> Option<(Quantity, usize)> {
        if let Some(clock) = self.clock(at) {
            return Some(clock);
        }
        if let Some(none) = self.nothing(at) {
            return Some(none);
        }
        if let Some(rank) = self.rank(at) {
            return Some(rank);
        }
        let number = self.number(at)?;
        let start = self.at(at);
        if let Some(period) = self.period(at, &number) {
            return Some(period);
        }
        if !self.is_free(start, self.end(number.end - 1)) {
            return None;
        }
        let before = self.gap(at);
        let sign = before.chars().next_back().and_then(|sign| CURRENCIES.iter().find(|currency| currency.0 == sign));
        let exactness = match (exactness(&self.tokens[..at]), self.word(number.end), self.word(number.end + 1)) {
            (Exactness::Exact, "or", "so" | "more") | (Exactness::Exact, "odd", _) => Exactness::About,
            (exactness, ..) => exactness,
        };
        let (least, changes) = self.range_start(at);
        let mut part = false;
        let mut whole = false;
        let (measure, factor, end, unit_name) = if let Some((_, currency)) = sign {
            (Measure::Money(currency), 1.0, number.end, (*currency).to_owned())
        } else if let Some((measure, factor, end)) = self.unit(number.end, number.value) {
            let name = (number.end..end).map(|token| self.word(token)).collect::<Vec<_>>().join(" ");
            (measure, factor, end, name)
        } else {
            let all = at > 0 && self.word(at - 1) == "all"
                || at > 1 && self.word(at - 2) == "all" && self.word(at - 1) != "but";
            let counted = self.noun(at, &number);
            let (noun, end, is_part) = match self.collective(at) {
                Some(noun) => {
                    whole = true;
                    (noun, counted.map_or(number.end, |(_, end, _)| end), false)
                }
                None => match (counted, self.deaths(number.end)) {
                    (_, Some(end)) => (String::from("dead"), end, false),
                    (Some(counted), None) => counted,
                    (None, None) => {
                        // "The record attendance, 21,306, was set": a long number says enough by its digits.
                        let text = &self.text[self.tokens[at].word.start..self.tokens[number.end - 1].word.end()];
                        if text.contains(',')
                            && number.value >= 1e4
                            && matches!(self.gap(number.end).trim(), "," | "." | ")" | "")
                        {
                            let like =
                                Quantity { measure: Measure::Count(String::from(BARE)), ..self.blank(at, &number) };
                            return Some((self.amount(at, &number, &like), number.end));
                        }
                        // "340 million euros in 2005 and 1.2 billion in 2019": the currency is that of the number before.
                        let money = last.filter(|last| {
                            matches!(last.measure, Measure::Money(_)) && last.unit == self.unit && number.value >= 1e6
                        })?;
                        return Some((self.amount(at, &number, money), number.end));
                    }
                },
            };
            part = is_part && !all;
            whole |= all;
            (Measure::Count(noun), 1.0, end, String::new())
        };
        let number_start = start - sign.map_or(0, |(sign, _)| sign.len_utf8() as u32);
        // What is rounded is not rounded to more than a tenth.
        let half = (number.step / 2.0).min(number.value / 20.0);
        let (low, high) = reach(exactness, number.value, half);
        let low = least.map_or(low, |least| least.min(low));
        let quantity = Quantity {
            span: Span { start: number_start, end: self.end(end.max(1) - 1), ..self.unit },
            number: Span { start: number_start, end: self.end(number.end - 1), ..self.unit },
            unit: self.unit,
            in_field: self.key.is_some(),
            measure,
            value: number.value * factor,
            factor,
            zeros: trailing_zeros(number.value),
            range: (low * factor, high * factor),
            exactness,
            digits: number.digits,
            unit_name,
            part,
            in_range: changes || least.is_some(),
            whole,
        };
        Some((quantity, number.end.max(end)))
    }

    /// "nine weeks", "the seven-hour talks", "112 minutes": how long something lasts, but not how long before or after.
    fn period(&self, at: usize, number: &Number) -> Option<(Quantity, usize)> {
        let (gap, word) = (self.gap(number.end), self.word(number.end));
        let unit = word.strip_suffix('s').unwrap_or(word);
        let (_, seconds) = PERIODS.iter().find(|(name, _)| *name == unit).filter(|_| matches!(gap, " " | "-"))?;
        let before = if at > 0 { self.word(at - 1) } else { "" };
        let points =
            matches!(
                self.word(number.end + 1),
                "after"
                    | "ago"
                    | "apart"
                    | "before"
                    | "earlier"
                    | "from"
                    | "later"
                    | "of"
                    | "old"
                    | "older"
                    | "since"
                    | "younger"
            ) || matches!(before, "aged" | "age" | "each" | "every" | "last" | "next" | "past" | "than" | "these");
        let span = Span { start: self.at(at), end: self.end(number.end), ..self.unit };
        let times = self.account.times();
        let time = times.get(times.partition_point(|time| time.span.end <= span.start as usize));
        let dated = time.is_some_and(|time| time.span.start < span.end as usize && time.kind != TimeKind::Duration);
        if points || dated || number.value < 2.0 {
            return None;
        }
        // "Two years" may be twenty-one months, and "ten days" is not eleven.
        let half = if number.value < 4.0 { 0.3 } else { 0.45 };
        let exactness = exactness(&self.tokens[..at]);
        let (low, high) = reach(exactness, number.value, half);
        let quantity = Quantity {
            span,
            number: Span { end: self.end(number.end - 1), ..span },
            unit: self.unit,
            in_field: self.key.is_some(),
            measure: Measure::Duration,
            value: number.value * seconds,
            factor: *seconds,
            zeros: trailing_zeros(number.value),
            range: (low * seconds, high * seconds),
            exactness,
            digits: number.digits.clone(),
            unit_name: unit.to_owned(),
            part: false,
            in_range: self.range_start(at).1,
            whole: false,
        };
        Some((quantity, number.end + 1))
    }

    /// "no houses", "not a single house": none of a thing.
    fn nothing(&self, at: usize) -> Option<(Quantity, usize)> {
        let noun = match (self.word(at), self.word(at + 1), self.word(at + 2)) {
            ("no", noun, _) if is_plural(noun) && self.gap(at + 1) == " " => at + 1,
            ("a", "single", noun) if at > 0 && self.has_not(at) && !is_function_word(noun) && !noun.is_empty() => {
                at + 2
            }
            ("no", "single", noun) if !is_function_word(noun) && !noun.is_empty() => at + 2,
            _ => return None,
        };
        let word = self.word(noun);
        if is_capitalised(self.tokens[noun].word.text)
            || matches!(word, "doubt" | "means" | "others" | "fewer" | "less" | "longer")
        {
            return None;
        }
        let span = Span { start: self.at(at), end: self.end(noun), ..self.unit };
        let quantity = Quantity {
            span,
            number: span,
            unit: self.unit,
            in_field: false,
            measure: Measure::Count(singular(word)),
            value: 0.0,
            factor: 1.0,
            zeros: 0,
            range: (0.0, 0.0),
            exactness: Exactness::Exact,
            digits: String::from("0"),
            unit_name: String::new(),
            part: false,
            in_range: false,
            whole: false,
        };
        Some((quantity, noun + 1))
    }

    /// "187 died", "nineteen lost their lives", "31 were killed": the token behind what says that so many died.
    fn deaths(&self, at: usize) -> Option<usize> {
        let plain = |token: usize| self.gap(token) == " ";
        if !plain(at) {
            return None;
        }
        match (self.word(at), self.word(at + 1), self.word(at + 2)) {
            ("died" | "drowned" | "perished", ..) => Some(at + 1),
            ("were", "killed" | "drowned", _) if plain(at + 1) => Some(at + 2),
            ("lost", "their", "lives") => Some(at + 3),
            _ => None,
        }
    }

    /// "the second-longest river", "third largest trading partner": the place in an order, by what is ordered.
    fn rank(&self, at: usize) -> Option<(Quantity, usize)> {
        const FARTHEST: usize = 3;
        let place = super::verbs::ordinal(self.word(at)).filter(|&place| place > 1)?;
        let superlative = self.word(at + 1);
        if !matches!(self.gap(at + 1), "-" | " ") || !superlative.ends_with("est") || superlative.len() < 6 {
            return None;
        }
        let first = at + 2;
        let mut end = first;
        while end < self.tokens.len()
            && end < first + FARTHEST
            && self.gap(end) == " "
            && !is_function_word(self.word(end))
            && !is_capitalised(self.tokens[end].word.text)
        {
            end += 1;
        }
        let noun = (end > first).then(|| singular(self.word(end - 1)))?;
        let number = Number { value: f64::from(place), step: 0.0, end: at + 1, digits: place.to_string() };
        let span = Span { start: self.at(at), end: self.end(end - 1), ..self.unit };
        let like = Quantity { measure: Measure::Count(format!("{superlative} {noun}")), ..self.blank(at, &number) };
        Some((Quantity { span, exactness: Exactness::Exact, ..self.amount(at, &number, &like) }, end))
    }

    /// A quantity of nothing yet, to be filled in.
    fn blank(&self, at: usize, number: &Number) -> Quantity {
        let span = Span { start: self.at(at), end: self.end(number.end - 1), ..self.unit };
        Quantity {
            span,
            number: span,
            unit: self.unit,
            in_field: self.key.is_some(),
            measure: Measure::Share,
            value: number.value,
            factor: 1.0,
            zeros: 0,
            range: (number.value, number.value),
            exactness: Exactness::Exact,
            digits: number.digits.clone(),
            unit_name: String::new(),
            part: false,
            in_range: false,
            whole: false,
        }
    }

    /// A number of a currency that the number before it in the sentence names.
    fn amount(&self, at: usize, number: &Number, like: &Quantity) -> Quantity {
        let span = Span { start: self.at(at), end: self.end(number.end - 1), ..self.unit };
        let exactness = exactness(&self.tokens[..at]);
        let (low, high) = reach(exactness, number.value, (number.step / 2.0).min(number.value / 20.0));
        Quantity {
            span,
            number: span,
            value: number.value,
            factor: 1.0,
            zeros: trailing_zeros(number.value),
            range: (low, high),
            exactness,
            digits: number.digits.clone(),
            part: false,
            in_range: false,
            whole: false,
            ..like.clone()
        }
    }

    /// Whether "not" stands up to three words before a token.
    fn has_not(&self, at: usize) -> bool {
        (1..=3).any(|back| at >= back && self.word(at - back) == "not")
    }

    /// The least of "four to six", and whether it is a change instead: "from four to six".
    fn range_start(&self, at: usize) -> (Option<f64>, bool) {
        let joined = at > 1 && matches!(self.word(at - 1), "to" | "or");
        let dashed = at > 0 && matches!(self.gap(at), "–" | "-" | "—");
        let first = if joined { at.checked_sub(2) } else { at.checked_sub(1).filter(|_| dashed) };
        let Some(first) = first else { return (None, false) };
        let Some(number) = self.number(first).filter(|number| number.end <= at) else { return (None, false) };
        let from = first > 0 && self.word(first - 1) == "from";
        (Some(number.value).filter(|_| !from), from)
    }

    /// "a crew of thirteen", "the staff numbers forty": the noun of a body that the number counts.
    fn collective(&self, at: usize) -> Option<String> {
        const BODIES: &[&str] = &[
            "capacity",
            "choir",
            "class",
            "clutch",
            "company",
            "complement",
            "congregation",
            "crew",
            "enrollment",
            "enrolment",
            "fleet",
            "force",
            "garrison",
            "herd",
            "membership",
            "orchestra",
            "population",
            "staff",
            "team",
            "workforce",
        ];
        const DEAD: &[&str] = &["dead", "deaths", "fatalities"];
        let mut of = at.checked_sub(1)?;
        while of > 0 && matches!(self.word(of), "about" | "some" | "only" | "over" | "nearly" | "almost" | "around") {
            of -= 1;
        }
        let noun_at = match self.word(of) {
            "of" | "is" | "was" | "numbers" | "numbered" | "totals" | "totalled" => of.checked_sub(1)?,
            "at" if matches!(self.word(of.checked_sub(1)?), "stands" | "stood") => of.checked_sub(2)?,
            "to" if matches!(self.word(of.checked_sub(1)?), "came" | "comes" | "amounted") => of.checked_sub(2)?,
            _ => return None,
        };
        let noun = self.word(noun_at);
        // "the British dead came to 134"
        if DEAD.contains(&noun) {
            return Some(String::from("dead"));
        }
        // "a Jewish population of": a part of it.
        let plain = match noun_at.checked_sub(1).map(|before| self.word(before)) {
            Some("the" | "its" | "his" | "her" | "whole" | "entire" | "total" | "full") => true,
            None | Some("a" | "with" | "had") => self.word(of) == "of",
            Some(_) => false,
        };
        (plain && BODIES.contains(&noun)).then(|| singular(noun))
    }

    /// "4:02.37": minutes, seconds and parts of a second.
    fn clock(&self, at: usize) -> Option<(Quantity, usize)> {
        let (one, two) = (self.tokens.get(at)?, self.tokens.get(at + 1)?);
        let seconds = two.word.text;
        let plain = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let is_clock = two.gap == ":"
            && seconds.len() >= 4
            && seconds.as_bytes()[2] == b'.'
            && plain(seconds)
            && plain(one.word.text)
            && one.word.text.len() <= 2;
        let value: f64 =
            is_clock.then(|| Some(one.word.text.parse::<f64>().ok()? * 60.0 + seconds.parse::<f64>().ok()?))??;
        let span = Span { start: self.at(at), end: self.end(at + 1), ..self.unit };
        let digits = format!("{}{}", one.word.text, seconds.replace('.', ""));
        let quantity = Quantity {
            span,
            number: span,
            unit: self.unit,
            in_field: self.key.is_some(),
            measure: Measure::Clock,
            value,
            factor: 1.0,
            zeros: 0,
            range: (value - 0.001, value + 0.001),
            exactness: Exactness::Exact,
            digits,
            unit_name: String::new(),
            part: false,
            in_range: false,
            whole: false,
        };
        Some((quantity, at + 2))
    }

    /// Whether no time expression stands on a place.
    fn is_free(&self, start: u32, end: u32) -> bool {
        let times = self.account.times();
        let first = times.partition_point(|time| time.span.end <= start as usize);
        times.get(first).is_none_or(|time| time.span.start >= end as usize)
    }

    /// The number that begins at a token.
    fn number(&self, at: usize) -> Option<Number> {
        let token = self.tokens.get(at)?;
        let text = token.word.text;
        if text.as_bytes().first()?.is_ascii_digit() {
            return self.figures(at);
        }
        let mut value = 0.0;
        let mut group = 0.0;
        let mut step: f64 = 0.0;
        let mut end = at;
        let mut read = false;
        if matches!(token.folded.as_ref(), "a" | "half") {
            let next = if self.word(at + 1) == "a" { at + 2 } else { at + 1 };
            let size = scale(self.word(next))?;
            let size = if token.folded == "half" { size / 2.0 } else { size };
            return Some(Number { value: size, step: size / 2.0, end: next + 1, digits: digits_of(size) });
        }
        while end < self.tokens.len() {
            let gap = self.gap(end);
            if end > at && !matches!(gap, " " | "-") {
                break;
            }
            let word = self.word(end);
            if let Some(ones) = super::verbs::number(word).filter(|_| !word.as_bytes()[0].is_ascii_digit()) {
                let ones = f64::from(ones);
                if read && (group % 100.0 != 0.0 && !(group % 10.0 == 0.0 && ones < 10.0 && group % 100.0 >= 20.0)) {
                    break;
                }
                group += ones;
                step = 0.0;
            } else if let Some(size) = scale(word).filter(|_| read) {
                if size >= 1000.0 {
                    value += group.max(1.0) * size;
                    group = 0.0;
                } else {
                    group = group.max(1.0) * size;
                }
                step = size / 4.0;
            } else if word == "and"
                && read
                && group % 100.0 == 0.0
                && super::verbs::number(self.word(end + 1)).is_some()
                && self.gap(end + 1) == " "
                && step > 0.0
            {
                end += 1;
                continue;
            } else {
                break;
            }
            read = true;
            end += 1;
        }
        read.then(|| Number { value: value + group, step, end, digits: digits_of(value + group) })
    }

    fn figures(&self, at: usize) -> Option<Number> {
        let text = self.tokens[at].word.text;
        let digits_end = text.find(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.')).unwrap_or(text.len());
        // "12MW" is a number with its unit; "1500s" and "3rd" are no numbers.
        if digits_end < text.len() && !UNITS.iter().any(|unit| unit.0.contains(&fold(&text[digits_end..]).as_ref())) {
            return None;
        }
        let plain = text[..digits_end].replace(',', "");
        let mut value: f64 = plain.parse().ok()?;
        let decimals = plain.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        let zeros = if decimals == 0 { plain.bytes().rev().take_while(|&b| b == b'0').count() } else { 0 };
        // 1,300 may be rounded to hundreds, 40 is 40.
        let mut step = if decimals > 0 {
            10f64.powi(-(decimals as i32))
        } else if zeros >= 2 {
            10f64.powi(zeros as i32) * 0.8
        } else {
            0.0
        };
        let mut end = at + 1;
        if let Some(size) = scale(self.word(end)).filter(|&size| size >= 1000.0 && matches!(self.gap(end), " " | "-")) {
            value *= size;
            step = if step == 0.0 { size } else { step * size };
            end += 1;
        }
        // A part of a longer number or of a name: "B-52", "No. 7", "12/14".
        let before = self.gap(at);
        if at > 0
            && (before.is_empty() || before.ends_with(['-', '/', '.', ':']) || before == "–")
            && !before.contains(' ')
        {
            return None;
        }
        let digits: String = plain.chars().filter(char::is_ascii_digit).collect();
        Some(Number { value, step, end, digits: digits.trim_end_matches('0').to_owned() })
    }

    /// The unit that begins at a token.
    fn unit(&self, at: usize, _: f64) -> Option<(Measure, f64, usize)> {
        // "12MW"
        if let Some(token) = at.checked_sub(1).and_then(|at| self.tokens.get(at)) {
            let text = token.word.text;
            if let Some(split) = text.find(|c: char| c.is_alphabetic()).filter(|_| text.as_bytes()[0].is_ascii_digit())
            {
                let (_, measure, factor) = UNITS.iter().find(|unit| unit.0.contains(&fold(&text[split..]).as_ref()))?;
                return Some((measure.clone(), *factor, at));
            }
        }
        let gap = self.gap(at);
        if gap.starts_with('%') {
            return Some((Measure::Share, 1.0, at));
        }
        if !(gap.trim().is_empty() || gap == "-") {
            return None;
        }
        let word = self.word(at);
        let next = self.word(at + 1);
        if word == "per" && next == "cent" {
            return Some((Measure::Share, 1.0, at + 2));
        }
        let power = match word {
            "square" | "sq" => Some(2),
            "cubic" | "cu" => Some(3),
            _ => None,
        };
        if let Some(power) = power {
            let (_, measure, factor) = UNITS.iter().find(|unit| unit.0.contains(&next))?;
            let dimension = if power == 2 { Measure::Area } else { Measure::Volume };
            return (*measure == Measure::Length).then(|| (dimension, factor.powi(power), at + 2));
        }
        if word == "gross" && (next == "register" || next == "tons" || next == "tonnage") {
            return Some((Measure::Own("gross register tons"), 1.0, (at + 3).min(self.tokens.len())));
        }
        if word == "nautical" {
            return Some((Measure::Length, 1852.0, at + 2));
        }
        // Letters that are words as well are units only as they are written: "12 m", "5 t", "in".
        let text = self.tokens.get(at)?.word.text;
        if text.len() <= 2 && is_capitalised(text) && !matches!(text, "MW" | "GW") || text == "mw" {
            return None;
        }
        let behind = self.gap(at + 1);
        let (_, measure, factor) = UNITS.iter().find(|unit| unit.0.contains(&word))?;
        // "km²", "m³".
        if behind.starts_with('²') || behind.starts_with('³') {
            let power = if behind.starts_with('²') { 2 } else { 3 };
            let dimension = if power == 2 { Measure::Area } else { Measure::Volume };
            return (*measure == Measure::Length).then(|| (dimension, factor.powi(power), at + 1));
        }
        // "km/h", "miles an hour", "metres a second".
        if behind.starts_with('/') || matches!(next, "per" | "an") {
            let (time, end) = if behind == "/" { (next, at + 2) } else { (self.word(at + 2), at + 3) };
            let rate = RATES.iter().find(|rate| rate.0.contains(&word) && rate.1.contains(&time));
            return rate.map(|(.., measure, factor)| (measure.clone(), *factor, end));
        }
        let measure = match measure {
            Measure::Mass
                if text.starts_with('t') && matches!(next, "register" | "gross" | "displacement" | "deadweight") =>
            {
                return None;
            }
            measure => measure.clone(),
        };
        Some((measure, *factor, at + 1))
    }

    /// What a number counts: the first plural behind it, and the token behind that; and whether it is a part of a whole.
    fn noun(&self, at: usize, number: &Number) -> Option<(String, usize, bool)> {
        const FARTHEST: usize = 4;
        if let Some(key) = self.key
            && at == 0
            && (number.end == self.tokens.len()
                || self.gap(number.end).contains('(')
                || matches!(self.word(number.end), "at" | "in" | "as"))
        {
            let key = fold(key.trim());
            let key = key.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
            let noun = key.strip_prefix("number of ").or_else(|| key.strip_prefix("no of ")).unwrap_or(key);
            // "Feature films: 8" counts films; what tells them from others is compared with the key.
            let last = noun.rsplit([' ', '_']).next().unwrap_or(noun);
            let counts = last == noun || last.ends_with('s') && singular(last) != last;
            let plain = last.len() > 3 && last.chars().all(char::is_alphabetic) && counts;
            return plain.then(|| (singular(last), number.end, false));
        }
        // "seats 1,240 people"
        if at > 0 && matches!(self.word(at - 1), "seats" | "seat" | "seated" | "seating") {
            return Some((String::from("seat"), number.end, false));
        }
        // "the fourteen-storey building"
        let next = self.word(number.end);
        if self.gap(number.end) == "-"
            && number.value >= 2.0
            && !is_function_word(next)
            && !matches!(
                next,
                "year"
                    | "day"
                    | "hour"
                    | "week"
                    | "month"
                    | "minute"
                    | "time"
                    | "fold"
                    | "old"
                    | "thirds"
                    | "quarters"
                    | "way"
                    | "part"
                    | "man"
                    | "century"
                    | "decade"
            )
            && super::verbs::number(next).is_none()
            && next.chars().all(char::is_alphabetic)
        {
            return Some((singular(next), number.end + 1, false));
        }
        let mut token = number.end;
        let mut part = false;
        if self.word(token) == "of" && self.gap(token) == " " {
            // "three of the nine men", "eleven of them".
            part = true;
            token += 1;
            let body =
                (token..token + 4).find(|&at| matches!(self.word(at), "crew" | "staff" | "garrison" | "company"));
            if let Some(body) = body {
                return Some((self.word(body).to_owned(), number.end, part));
            }
            while is_function_word(self.word(token)) || self.number(token).is_some() {
                token += 1;
                if token > number.end + FARTHEST {
                    return None;
                }
            }
        }
        // "Highway 63", "No. 5": a name and no number of things.
        let labelled = at > 0
            && self.tokens[at].gap == " "
            && is_capitalised(self.tokens[at - 1].word.text)
            && at > 1
            && self.tokens[at].word.text.as_bytes()[0].is_ascii_digit();
        // "10 x 21 columns"
        let crossed = at > 0 && self.word(at - 1) == "x";
        if number.value < 2.0 || labelled || crossed {
            return None;
        }
        let first = token;
        while token < self.tokens.len() && token < first + FARTHEST {
            let gap = self.gap(token);
            let word = self.word(token);
            if !(gap.trim().is_empty() && !gap.is_empty() || gap == "-" && token > first) || is_function_word(word) {
                return None;
            }
            if is_plural(word) && !is_capitalised(self.tokens[token].word.text) {
                return Some((singular(word), if part { number.end } else { token + 1 }, part));
            }
            token += 1;
        }
        None
    }
}

/// The least and the most that a number can mean which is rounded by `half` at most.
fn reach(exactness: Exactness, value: f64, half: f64) -> (f64, f64) {
    match exactness {
        Exactness::Exact => (value - half, value + half),
        Exactness::About => (value * 0.85 - half, value * 1.15 + half),
        Exactness::AtLeast => (value - half, value * 1.4 + half),
        Exactness::AtMost => (value * 0.7 - half, value + half),
    }
}

/// The size of a word for a large number.
fn scale(word: &str) -> Option<f64> {
    Some(match word {
        "dozen" | "dozens" => 12.0,
        "hundred" => 100.0,
        "thousand" => 1e3,
        "million" | "m" => 1e6,
        "billion" | "bn" => 1e9,
        _ => return None,
    })
    .filter(|_| word != "m")
}

fn trailing_zeros(value: f64) -> i32 {
    let text = format!("{value:.0}");
    if value.fract() == 0.0 { text.bytes().rev().take_while(|&b| b == b'0').count() as i32 } else { 0 }
}

fn digits_of(value: f64) -> String {
    format!("{value:.0}").trim_end_matches('0').to_owned()
}

/// Nouns whose plural has no "s".
const PLURALS: &[(&str, &str)] = &[
    ("men", "man"),
    ("women", "woman"),
    ("children", "child"),
    ("people", "person"),
    ("persons", "person"),
    ("feet", "foot"),
    ("seamen", "seaman"),
    ("firemen", "fireman"),
    ("fishermen", "fisherman"),
    ("policemen", "policeman"),
    ("workmen", "workman"),
    ("horses", "horse"),
    ("houses", "house"),
    ("cattle", "cattle"),
    ("sheep", "sheep"),
    ("aircraft", "aircraft"),
    ("inhabitants", "person"),
    ("residents", "person"),
    ("souls", "person"),
    ("population", "person"),
    ("staff", "staff"),
    ("enrolment", "pupil"),
    ("enrollment", "pupil"),
    ("students", "pupil"),
    ("pupils", "pupil"),
    ("storeys", "storey"),
    ("stories", "storey"),
    ("story", "storey"),
    ("capacity", "seat"),
    ("spectators", "seat"),
    ("membership", "member"),
    ("workforce", "employee"),
    ("complement", "crew"),
    ("dead", "dead"),
    ("deaths", "dead"),
    ("fatalities", "dead"),
    ("killed", "dead"),
    ("audience", "spectator"),
    ("injured", "injured"),
    ("wounded", "injured"),
];

/// Whether a folded word is a plural.
fn is_plural(word: &str) -> bool {
    PLURALS.iter().any(|(plural, _)| *plural == word)
        || word.len() > 3
            && word.ends_with('s')
            && !word.ends_with("ss")
            && !word.ends_with("us")
            && !word.ends_with("is")
}

/// The singular of a folded noun.
pub(super) fn singular(word: &str) -> String {
    if let Some((_, singular)) = PLURALS.iter().find(|(plural, _)| *plural == word) {
        return (*singular).to_owned();
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 2) {
        return format!("{stem}y");
    }
    for ending in ["ches", "shes", "xes", "sses", "zes"] {
        if word.ends_with(ending) {
            return word[..word.len() - 2].to_owned();
        }
    }
    if word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") && !word.ends_with("is")
    {
        return word[..word.len() - 1].to_owned();
    }
    word.to_owned()
}

/// The whole number that a text begins with, in words or figures.
pub fn leading_number(text: &str) -> Option<i64> {
    let word = words(text).next()?;
    let end = word.end();
    let folded = fold(word.text);
    // "twenty-three" is two words.
    if let Some(second) = words(&text[end..]).next().filter(|second| second.start == 1 && text[end..].starts_with('-'))
    {
        let both = format!("{folded}-{}", fold(second.text));
        if let Some(number) = super::verbs::number(&both) {
            return Some(i64::from(number));
        }
    }
    super::verbs::number(&folded).map(i64::from).or_else(|| folded.replace(',', "").parse().ok())
}
