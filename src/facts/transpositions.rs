//! Numbers of the same digits in another order: 14,218 and 12,418, 34 and 43 centimetres.
//!
//! Digits that changed places are the commonest slip of those who copy numbers, after one digit for another (Wiseman, Cairns and others,
//! "A taxonomy of number entry error", 2011). Two numbers of four digits are seldom each other's permutation by chance, the longer the
//! seldomer; so little else has to speak for the two being one number: a word that both places share, the same year or day, a field of the
//! infobox, one noun behind both. Evidence is added up as in record linkage, and needs no knowledge of what is measured.

use super::figures::stem;
use super::{Account, verbs};
use crate::article::LeafKind;
use crate::source::Span;
use crate::text::{FoldedWord, Map, is_capitalised, is_function_word};
use crate::time::{Interval, Precision, TimeKind};
use xxhash_rust::xxh3::xxh3_64;

/// Two numbers of which one is most likely the other with digits that changed places.
#[derive(Debug, Clone, Copy)]
pub struct Transposition {
    /// The later in the prose, or the one in the prose.
    pub here: Span,
    /// The other.
    pub there: Span,
}

/// A number in figures or in words, with what stands around it.
#[derive(Debug)]
pub(super) struct Number {
    span: Span,
    /// The leaf that it stands in.
    leaf: Span,
    /// Where its paragraph begins.
    block: usize,
    digits: Vec<u8>,
    /// How many digits stand behind the point.
    decimals: usize,
    in_field: bool,
    in_lead: bool,
    /// Stems of the next words, as far as they may be its unit and its noun.
    nouns: Vec<u64>,
    /// Stems of the words around it that carry matter, and of the key of its field.
    context: Vec<u64>,
    /// Stems of the names around it.
    names: Vec<u64>,
    /// The dates of its leaf.
    days: Vec<Interval>,
}

/// In an article with more numbers nothing is compared: it is a table.
const MOST: usize = 600;
/// Of numbers with the same digits not more are compared.
const MOST_ALIKE: usize = 6;
/// How many words on each side are looked at.
const AROUND: usize = 9;
/// What must speak for two numbers being one.
const ENOUGH: f64 = 3.5;

/// Words beside a number that say that it changed, or that there was another before or since.
const CHANGES: [&str; 28] = [
    "decreased",
    "deepened",
    "doubled",
    "enlarged",
    "expanded",
    "extended",
    "fell",
    "grew",
    "grown",
    "heightened",
    "increased",
    "initially",
    "lengthened",
    "longer",
    "lowered",
    "now",
    "originally",
    "raised",
    "rebuilt",
    "reduced",
    "rise",
    "risen",
    "rose",
    "shortened",
    "then",
    "today",
    "until",
    "widened",
];

/// Reads them, in the order of the text.
pub(super) fn read(account: &Account<'_>) -> Vec<Transposition> {
    let numbers = account.numbers();
    if numbers.len() > MOST {
        return Vec::new();
    }
    let title = title_stems(account);
    let mut alike: Map<Vec<u8>, Vec<usize>> = Map::default();
    let mut times_told: Map<(&[u8], usize), usize> = Map::default();
    for (at, number) in numbers.iter().enumerate() {
        let mut sorted = number.digits.clone();
        sorted.sort_unstable();
        alike.entry(sorted).or_default().push(at);
        *times_told.entry((&number.digits, number.decimals)).or_default() += 1;
    }
    let mut frequency: Map<u64, usize> = Map::default();
    for number in numbers {
        number.context.iter().for_each(|&word| *frequency.entry(word).or_default() += 1);
    }
    let rare = |word: &u64| !title.contains(word) && frequency.get(word).is_none_or(|&times| times <= 5);
    let mut found = Vec::new();
    for group in alike.values().filter(|group| (2..=MOST_ALIKE).contains(&group.len())) {
        let mut best: Option<(f64, usize, usize)> = None;
        for (position, &later) in group.iter().enumerate() {
            for &earlier in &group[..position] {
                let (a, b) = (&numbers[earlier], &numbers[later]);
                // What is told more than once each way are two things.
                let both = [a, b].iter().all(|number| times_told[&(number.digits.as_slice(), number.decimals)] > 1);
                if let Some(score) = evidence(a, b, &rare).filter(|_| !both)
                    && best.is_none_or(|(most, _, _)| score > most)
                {
                    best = Some((score, earlier, later));
                }
            }
        }
        if let Some((_, earlier, later)) = best {
            let (here, there) = if numbers[later].in_field { (earlier, later) } else { (later, earlier) };
            found.push(Transposition { here: numbers[here].span, there: numbers[there].span });
        }
    }
    found.sort_by_key(|transposition| transposition.here.start);
    found
}

/// The numbers of an article under which those of other articles meet: a hash of the digits in their order of size and of the one year that
/// the sentence names, with the place. Numbers of less than three figures are no evidence between articles.
pub(super) fn keys(account: &Account<'_>) -> Vec<(u64, Span)> {
    let numbers = account.numbers();
    if numbers.len() > MOST {
        return Vec::new();
    }
    let key = |number: &Number| {
        let mut digits = number.digits.clone();
        digits.sort_unstable();
        let zeros = number.digits.iter().rev().take_while(|&&digit| digit == b'0').count();
        let year = number.days.first().map(|days| days.to.year)?;
        let one_year = number.days.iter().all(|days| days.to.year == year);
        const FEWEST: usize = 3;
        (one_year && digits.len() - zeros >= FEWEST).then(|| {
            digits.extend_from_slice(&year.to_le_bytes());
            digits.push(number.decimals as u8);
            xxh3_64(&digits)
        })
    };
    numbers.iter().filter_map(|number| Some((key(number)?, number.span))).collect()
}

/// A number of one article that is most likely one of another with digits that changed places, of those at given places. What both articles
/// tell is no slip.
pub(super) fn between(one: &Account<'_>, other: &Account<'_>, places: &[Span]) -> Option<Transposition> {
    let (own, others) = (one.numbers(), other.numbers());
    let mut frequency: Map<u64, usize> = Map::default();
    for number in own.iter().chain(others) {
        number.context.iter().for_each(|&word| *frequency.entry(word).or_default() += 1);
    }
    let titles: Vec<u64> = [one, other].iter().flat_map(|account| title_stems(account)).collect();
    let rare = |word: &u64| !titles.contains(word) && frequency.get(word).is_none_or(|&times| times <= 5);
    let at = |number: &&Number| places.contains(&number.span);
    let told = |numbers: &[Number], digits: &[u8]| numbers.iter().any(|number| number.digits == digits);
    own.iter().filter(at).find_map(|a| {
        let mut alike = others.iter().filter(at).filter(|b| evidence(a, b, &rare).is_some());
        let b = alike.find(|b| !told(others, &a.digits) && !told(own, &b.digits))?;
        Some(Transposition { here: b.span, there: a.span })
    })
}

/// The stems of the words of an article's title.
fn title_stems(account: &Account<'_>) -> Vec<u64> {
    let title = account.article.title_text().unwrap_or("");
    crate::text::words(title).map(|word| stem(&crate::text::fold(word.text))).collect()
}

/// What speaks for two numbers being one; `None` where it is not enough.
fn evidence(a: &Number, b: &Number, rare: &impl Fn(&u64) -> bool) -> Option<f64> {
    if a.digits == b.digits || a.decimals != b.decimals || a.leaf == b.leaf || a.in_field && b.in_field {
        return None;
    }
    // The unit or the noun, where both have one: 7,611 males and 7,161 females are two.
    let noun = match (a.nouns.first(), b.nouns.first()) {
        (Some(_), Some(_)) => {
            let shared = a.nouns.iter().filter(|noun| b.nouns.contains(noun)).count();
            if shared == 0 && !(a.in_field || b.in_field) {
                return None;
            }
            Some(shared)
        }
        _ => None,
    };
    // A summer reaches into two years where it is in December.
    let meet = |one: &Interval, other: &Interval| one.from.year <= other.to.year && other.from.year <= one.to.year;
    let same_year = a.days.iter().any(|one| b.days.iter().any(|other| meet(one, other)));
    if !a.days.is_empty() && !b.days.is_empty() && !same_year {
        return None;
    }
    let day = |days: &&Interval| days.precision == Precision::Day;
    let same_day = a.days.iter().filter(day).any(|day| b.days.iter().any(|other| other == day));
    let neighbours = {
        let apart: Vec<usize> = (0..a.digits.len()).filter(|&at| a.digits[at] != b.digits[at]).collect();
        apart.len() == 2 && apart[1] == apart[0] + 1
    };
    // 25,000 and 52,000 are told in two digits.
    let zeros = |number: &Number| number.digits.iter().rev().take_while(|&&digit| digit == b'0').count();
    let figures = a.digits.len() - zeros(a).min(zeros(b));
    let mut score = match figures {
        2 if neighbours => 0.5,
        0..=2 => return None,
        3 => 1.0,
        4 => 1.5,
        _ => 2.0,
    };
    score += if neighbours { 0.5 } else { 0.0 };
    score += if a.in_field || b.in_field { 1.0 } else { 0.0 };
    score += if a.in_lead || b.in_lead { 0.5 } else { 0.0 };
    score += match (same_day, same_year) {
        (true, _) => 2.0,
        (_, true) => 1.0,
        _ => 0.0,
    };
    score += match noun {
        Some(0) | None => 0.0,
        Some(1) => 1.0,
        Some(_) => 2.0,
    };
    let shared = a.context.iter().filter(|word| rare(word) && b.context.contains(word)).count();
    score += (shared as f64).min(2.0);
    let names = |number: &Number| number.names.iter().copied().filter(|name| rare(name)).collect::<Vec<u64>>();
    let (names_a, names_b) = (names(a), names(b));
    let alone = |own: &[u64], other: &[u64]| own.iter().any(|name| !other.contains(name));
    if alone(&names_a, &names_b) && alone(&names_b, &names_a) {
        score -= 1.5;
    }
    // Who tells two numbers side by side sees that they are alike.
    if (a.leaf.source, a.block) == (b.leaf.source, b.block) && !a.in_field && !b.in_field {
        score -= 1.0;
    }
    // Of small numbers many are each other's mirror.
    let small =
        a.digits.len() == 2 && (noun.unwrap_or(0) == 0 || shared == 0 && !same_year && !(a.in_field || b.in_field));
    (score >= ENOUGH && !small).then_some(score)
}

/// The numbers of an article that measure or count something.
pub(super) fn numbers(account: &Account<'_>) -> Vec<Number> {
    let article = account.article;
    let lead = article.lead().map(|lead| lead.span);
    let mut numbers = Vec::new();
    for field in article.fields() {
        let key: Vec<u64> = account
            .article
            .text(field.key)
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.len() > 2)
            .map(|word| stem(&crate::text::fold(word)))
            .collect();
        read_leaf(account, field.value, Some(&key), false, &mut numbers);
    }
    for leaf in article.leaves.iter().filter(|leaf| matches!(leaf.kind, LeafKind::Sentence | LeafKind::ItemSentence)) {
        if leaf.span.len() <= super::LONGEST_SENTENCE && numbers.len() <= MOST {
            let in_lead = lead.is_some_and(|lead| lead.contains(leaf.span));
            read_leaf(account, leaf.span, None, in_lead, &mut numbers);
        }
    }
    numbers
}

fn read_leaf(account: &Account<'_>, leaf: Span, key: Option<&[u64]>, in_lead: bool, numbers: &mut Vec<Number>) {
    let text = account.article.text(leaf);
    let words = account.words_of(leaf);
    let is_number = |(word, folded): &FoldedWord<'_>| {
        word.text.starts_with(|c: char| c.is_ascii_digit()) || verbs::number(folded).is_some()
    };
    if !words.iter().any(is_number) {
        return;
    }
    let times = &account.times()[account.times_in(leaf)];
    let days: Vec<Interval> = times
        .iter()
        .filter(|time| time.kind == TimeKind::Date)
        .filter_map(crate::time::TimeExpression::interval)
        .filter(|days| days.precision <= Precision::Year)
        .collect();
    let in_time = |start: usize| times.iter().any(|time| time.span.contains(&(leaf.start as usize + start)));
    let block = account.bounds(leaf.start as usize).start;
    let mut at = 0;
    while at < words.len() {
        let first = at;
        at += 1;
        let (word, folded) = &words[first];
        if in_time(word.start) {
            continue;
        }
        let (digits, decimals, end) = if word.text.starts_with(|c: char| c.is_ascii_digit()) {
            let Some((digits, decimals, end)) = figures(text, word.start) else { continue };
            while at < words.len() && words[at].0.start < end {
                at += 1;
            }
            (digits, decimals, end)
        } else {
            // "thirty-two" is two words.
            let joined =
                words.get(at).filter(|(next, _)| text[word.end()..].starts_with('-') && next.start == word.end() + 1);
            let both =
                joined.and_then(|(next, other)| Some((verbs::number(&format!("{folded}-{other}"))?, next.end())));
            if both.is_some() {
                at += 1;
            }
            let Some((value, end)) = both.or_else(|| Some((verbs::number(folded)?, word.end()))) else { continue };
            (value.to_string().into_bytes(), 0, end)
        };
        let span = Span { start: leaf.start + word.start as u32, end: leaf.start + end as u32, ..leaf };
        if digits.len() < 2
            || is_label(text, word.start, end)
            || account.article.is_quoted(span)
            || account.is_literal(&span.range())
        {
            continue;
        }
        let behind = &words[at..(at + AROUND).min(words.len())];
        let before = &words[first.saturating_sub(AROUND)..first];
        let (mut context, mut names) = (key.map_or_else(Vec::new, <[u64]>::to_vec), Vec::new());
        for (word, folded) in before.iter().chain(behind) {
            let plain = !is_function_word(folded)
                && folded.len() > 2
                && !in_time(word.start)
                && verbs::number(folded).is_none();
            if plain && word.start > 0 && is_capitalised(word.text) {
                names.push(stem(folded));
            } else if plain && !word.text.starts_with(|c: char| c.is_ascii_digit()) {
                context.push(stem(folded));
            }
        }
        if before.iter().chain(behind).any(|(_, folded)| CHANGES.contains(&folded.as_ref())) {
            continue;
        }
        numbers.push(Number {
            span,
            leaf,
            block,
            digits,
            decimals,
            in_field: key.is_some(),
            in_lead,
            nouns: nouns(text, end, behind),
            context,
            names,
            days: days.clone(),
        });
    }
}

/// The digits of a number in figures, how many of them stand behind its point, and where it ends; `None` for what is no plain number.
fn figures(text: &str, start: usize) -> Option<(Vec<u8>, usize, usize)> {
    let bytes = text.as_bytes();
    let (mut digits, mut decimals, mut at) = (Vec::new(), None, start);
    while at < bytes.len() {
        let next_is_digit = bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        match bytes[at] {
            digit if digit.is_ascii_digit() => {
                digits.push(digit);
                decimals = decimals.map(|count: usize| count + 1);
            }
            b',' if next_is_digit && decimals.is_none() => {}
            b'.' if next_is_digit && decimals.is_none() => decimals = Some(0),
            _ => break,
        }
        at += 1;
    }
    // "3–1", "12:40", "No. 4/7", "B12".
    let joined = |c: Option<char>| {
        c.is_some_and(|c| c.is_alphabetic() || matches!(c, '/' | ':' | '–' | '+' | '_' | '#' | '°' | '.'))
    };
    let before = text[..start].chars().next_back();
    let behind = text[at..].chars().next();
    let odd = joined(before)
        || before == Some('-')
        || behind.is_some_and(|c| matches!(c, '/' | ':' | '–' | '°' | '_') || c.is_alphabetic());
    (!odd).then_some((digits, decimals.unwrap_or(0), at))
}

/// Whether a number names one of several things: "No. 17", "lock 24", "class 43", "page 12".
fn is_label(text: &str, start: usize, end: usize) -> bool {
    const LABELS: [&str; 26] = [
        "no", "nos", "number", "numbers", "class", "lock", "line", "route", "flight", "lot", "page", "pages", "pp",
        "p", "vol", "volume", "chapter", "article", "section", "platform", "room", "opus", "op", "motorway", "highway",
        "psalm",
    ];
    let before = text[..start].trim_end_matches([' ', '.', '\u{a0}']);
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let degrees = text[end..].trim_start().starts_with(['°', '′']);
    LABELS.contains(&crate::text::fold(word).as_ref()) || degrees
}

/// The stems of what a number may count: its unit and its noun, up to the next mark or word of grammar.
fn nouns(text: &str, end: usize, behind: &[FoldedWord<'_>]) -> Vec<u64> {
    const MOST: usize = 3;
    let mut nouns = Vec::new();
    let mut from = end;
    for (word, folded) in behind.iter().take(MOST) {
        let gap = &text[from..word.start];
        if !gap.chars().all(|c| c == ' ' || c == '-' || c == '\u{a0}')
            || is_function_word(folded)
            || verbs::number(folded).is_some()
        {
            break;
        }
        // The first of these words, and of several the next as well.
        nouns.push(stem(folded));
        from = word.end();
    }
    nouns
}
