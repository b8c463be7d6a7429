//! Quotation marks and brackets that should come in pairs.

use std::ops::Range;

/// Which half of a pair is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The first: nothing closes it.
    Opening,
    /// The second: nothing opens it.
    Closing,
}

/// Half of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unpaired {
    /// Offset of its first byte.
    pub at: usize,
    /// The mark.
    pub mark: char,
    /// Which half it is.
    pub side: Side,
}

impl Unpaired {
    /// The bytes of the mark.
    pub fn range(&self) -> Range<usize> {
        self.at..self.at + self.mark.len_utf8()
    }

    /// Whether it is a quotation mark and no bracket.
    pub fn is_quotation_mark(&self) -> bool {
        is_quotation_mark(self.mark)
    }
}

/// The marks of double quotation; each may be closed by any other, for writers mix them.
pub fn is_quotation_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '〝' | '〞')
}

/// A quotation mark that is open, or was closed by one behind a digit.
#[derive(Debug, Clone, Copy)]
struct Open {
    at: usize,
    mark: char,
}

/// The marks of a paragraph that have no partner, in order. Apostrophes, inches, intervals such as `[0, 1)` and the
/// letters of a list, `a)`, are none. `skipped` holds places to pass over, in order.
pub fn unpaired(text: &str, skipped: &[Range<usize>]) -> Vec<Unpaired> {
    let mut brackets: Vec<Open> = Vec::new();
    // How many of each kind are open: a search in the pile would cost its square.
    let mut open_of_kind = [0_usize; 3];
    let mut quotes: Vec<Open> = Vec::new();
    // The last pair that closed behind a digit, which may have been a measure in inches.
    let mut perhaps_inches: Option<Open> = None;
    let mut found = Vec::new();
    let mut skipped = skipped.iter().peekable();
    let mut before: Option<char> = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map(|&(_, c)| c);
        let earlier = before.replace(c);
        while skipped.next_if(|range| range.end <= at).is_some() {}
        if skipped.peek().is_some_and(|range| range.contains(&at)) {
            continue;
        }
        if is_quotation_mark(c) {
            match direction(c, earlier, after, !quotes.is_empty()) {
                Some(Side::Opening) => quotes.push(Open { at, mark: c }),
                Some(Side::Closing) => {
                    let digit = earlier.is_some_and(is_measure) && c == '"';
                    match quotes.pop() {
                        Some(open) => perhaps_inches = digit.then_some(open).or(perhaps_inches),
                        None if digit => {}
                        // The pair before closed at a measure in inches, and closes here.
                        None if perhaps_inches.take().is_some() => {}
                        None => found.push(Unpaired { at, mark: c, side: Side::Closing }),
                    }
                }
                None => {}
            }
            continue;
        }
        let Some((kind, opens)) = bracket(c) else { continue };
        let mentioned = earlier.is_some_and(is_any_quote) && after.is_some_and(is_any_quote);
        // What is lost of an old text stands between brackets that are turned: "]pe-rjo-[".
        let turned = match c {
            ']' => earlier.is_none_or(|c| c.is_whitespace() || c == '(') && after.is_some_and(|c| !c.is_whitespace()),
            '[' => earlier.is_some_and(|c| !c.is_whitespace()) && after.is_none_or(|c| c.is_whitespace() || c == ')'),
            _ => false,
        };
        if mentioned || turned && open_of_kind[1] == 0 {
            continue;
        }
        if opens {
            brackets.push(Open { at, mark: c });
            open_of_kind[kind] += 1;
        } else if open_of_kind[kind] > 0
            && brackets.last().is_some_and(|open| is_pair(open.mark, c) || !next_closes(&text[at + 1..], open.mark))
        {
            while let Some(open) = brackets.pop() {
                let own = bracket(open.mark).map_or(kind, |(kind, _)| kind);
                open_of_kind[own] -= 1;
                if own == kind {
                    break;
                }
                found.push(Unpaired { at: open.at, mark: open.mark, side: Side::Opening });
            }
        } else if let Some(open) = brackets.last().filter(|open| is_interval(text, open.at, at)) {
            let own = bracket(open.mark).map_or(kind, |(kind, _)| kind);
            open_of_kind[own] -= 1;
            brackets.pop();
        } else if !(c == ')'
            && (numbers_an_item(text, at)
                || earlier.is_some_and(|c| matches!(c, ':' | ';' | '='))
                || text[..at].ends_with(":-")))
        {
            found.push(Unpaired { at, mark: c, side: Side::Closing });
        }
    }
    let left = brackets.iter().chain(&quotes);
    found.extend(left.map(|open| Unpaired { at: open.at, mark: open.mark, side: Side::Opening }));
    found.sort_unstable_by_key(|unpaired| unpaired.at);
    found
}

fn is_pair(open: char, close: char) -> bool {
    bracket(open).map(|(kind, _)| kind) == bracket(close).map(|(kind, _)| kind)
}

/// Whether the next bracket of a text, if it is near, closes an open one, so that the one before it was too many: "[M(H2O)6)]".
fn next_closes(rest: &str, open: char) -> bool {
    let next = rest.chars().take(20).find(|&c| bracket(c).is_some());
    next.is_some_and(|c| bracket(c).is_some_and(|(_, opens)| !opens) && is_pair(open, c))
}

/// The number of a bracket's kind, and whether it opens.
fn bracket(c: char) -> Option<(usize, bool)> {
    match c {
        '(' => Some((0, true)),
        ')' => Some((0, false)),
        '[' => Some((1, true)),
        ']' => Some((1, false)),
        '{' => Some((2, true)),
        '}' => Some((2, false)),
        _ => None,
    }
}

/// Which half of a pair a quotation mark is, by what stands beside it. `None` for one that is none: inches.
fn direction(mark: char, before: Option<char>, after: Option<char>, open: bool) -> Option<Side> {
    let blank_before = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '{' | '‘' | '“' | '„' | '«'));
    let blank_after = after.is_none_or(char::is_whitespace);
    let closes_before = after.is_some_and(|c| {
        matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '…' | '–' | '—' | '-' | '/' | '’' | '[')
    });
    if before.is_some_and(is_measure) && mark == '"' && !open {
        return None;
    }
    let side = match mark {
        // German closes with what English opens with.
        '“' if open && !blank_before && (blank_after || closes_before) => Side::Closing,
        // Swedish opens with what English closes with, German books with what French closes with.
        '”' | '»' if !open && blank_before && !blank_after => Side::Opening,
        '”' | '»' | '〞' => Side::Closing,
        '«' if open && !blank_before => Side::Closing,
        '“' | '„' | '‟' | '〝' | '«' => Side::Opening,
        // The words before the closing mark are lost: "the charge is ".
        _ if open && blank_before && after.is_some_and(|c| matches!(c, '.' | ',' | ';' | ')' | ':')) => Side::Closing,
        _ if blank_before && !blank_after => Side::Opening,
        _ if !blank_before && (blank_after || closes_before) => Side::Closing,
        _ if open => Side::Closing,
        _ => Side::Opening,
    };
    Some(side)
}

/// Whether a character may stand before the mark of inches or seconds.
fn is_measure(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '¼' | '½' | '¾' | '⅛' | '⅜' | '⅝' | '⅞')
}

fn is_any_quote(c: char) -> bool {
    is_quotation_mark(c) || matches!(c, '\'' | '‘' | '’' | '`')
}

/// Whether two brackets are those of an interval: "[0, 1)", "(a, b]".
fn is_interval(text: &str, open: usize, close: usize) -> bool {
    let inner = &text[open + 1..close];
    inner.len() <= 40
        && inner.contains(',')
        && inner.split(',').all(|part| {
            let part = part.trim();
            part.chars().count() <= 3 || part.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '−' | '+'))
        })
}

/// Whether a closing bracket belongs to the number or letter of a list that runs in the text: "a)", "12)", "iv)".
fn numbers_an_item(text: &str, at: usize) -> bool {
    let mut letters = 0;
    for c in text[..at].chars().rev() {
        if c.is_whitespace() || matches!(c, ',' | ';' | ':' | '.' | '(') {
            break;
        }
        letters += 1;
        if letters > 3 || !c.is_ascii_alphanumeric() {
            return false;
        }
    }
    let token = &text[at - letters..at];
    let number = token.bytes().all(|b| b.is_ascii_digit()) && letters <= 2;
    let roman = token.bytes().all(|b| matches!(b, b'i' | b'v' | b'x' | b'I' | b'V' | b'X'));
    letters > 0 && (letters == 1 || number || roman)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(text: &str) -> Vec<(usize, char)> {
        unpaired(text, &[]).into_iter().map(|unpaired| (unpaired.at, unpaired.mark)).collect()
    }

    #[test]
    fn pairs_are_found() {
        for text in [
            "He said \"no (never), he\" and left (at [nearly] noon).",
            "An engine with an 80\" cylinder and a 5½\" bore; at 40°26'46\"N.",
            "\"An engine with an 80\" cylinder,\" he wrote.",
            "„Nein“, sagte er; »ja« und «oui», ”nej” and “yes”.",
            "Either a) this, or b) that; on [0, 1) and (a, b]; :)",
            "the non-\"native\" ones—\"both\"—and \"this\"/\"that\", \"x\"[3]",
            "the character \"(\" opens",
            "(f(x) + [a{b}])",
            "attested as ]pe-rjo-[ on the tablet",
            "(as in \"the charge is \").",
            "(from X=\"know thyself\")",
        ] {
            assert_eq!(marks(text), [], "{text}");
        }
    }

    #[test]
    fn halves_are_found() {
        assert_eq!(marks("He said \"no and left. \"Yes\", she said."), [(8, '"')]);
        assert_eq!(marks("He said no\" and left."), [(10, '"')]);
        assert_eq!(marks("It rose (in 1904."), [(8, '(')]);
        assert_eq!(marks("It rose in 1904), and fell."), [(15, ')')]);
        assert_eq!(marks("(a [b) c"), [(3, '[')]);
        assert_eq!(marks("([M(H2O)6)]+)"), [(9, ')')]);
    }
}
