//! The notation of forms, and how they are found in tokens.
//!
//! A pattern is written as the text is: `DAY [of ](MONTH|MON)[,] <year>`. Words in small letters stand for themselves, in
//! any case; words in capitals for a class of tokens (see [`lexicon`](super::lexicon)); `<year>` for any form of that
//! kind; `[…]` may be missing; `(a|b)` is either. A blank stands where the text must have one, and where none stands the
//! text may have none; a dash (`DASH`) may have blanks on its sides.
//!
//! All patterns of a kind are one tree (a trie), walked from each token that can begin one; the longest form wins, and of
//! equal ones the first of the table. A pattern is finite and `<kind>` names earlier kinds only, so that the walk from one
//! token is bounded and the whole is linear.

use super::forms::{FORMS, Form, Kind};
use super::lexicon::{CLASSES, Classes, DASH, Lexicon, UNKNOWN, class};
use super::meaning::Meaning;
use super::token::{Gap, Token};

/// What an element of a pattern asks of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Test {
    Class(Classes),
    Word(u16),
    Kind(Kind),
}

/// An element of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Element {
    test: Test,
    gap: Wanted,
}

/// What must stand before an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Nothing,
    Blank,
    Any,
}

/// A place in the tree of patterns.
#[derive(Debug, Default)]
struct Node {
    edges: Vec<(Element, u32)>,
    /// The form that ends here.
    form: Option<u16>,
}

/// All forms, ready to be found.
#[derive(Debug)]
pub(super) struct Grammar {
    /// The words that forms and the vocabulary name.
    pub(super) lexicon: Lexicon,
    nodes: Vec<Node>,
    /// The tree of each kind.
    roots: [u32; Kind::COUNT],
    /// The classes and the words (a bit each) that can begin a form of a kind.
    heads: [Head; Kind::COUNT],
}

#[derive(Debug, Clone, Default)]
struct Head {
    classes: Classes,
    words: Vec<u64>,
}

/// How many tokens a pattern has at most.
pub(super) const LONGEST: usize = 14;

/// A form that was found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Match {
    /// The token behind the last.
    pub(super) end: usize,
    pub(super) meaning: Meaning,
    form: u16,
}

/// The tokens that the elements of a pattern met.
pub(super) struct Found<'t> {
    /// The passage.
    pub(super) text: &'t str,
    pub(super) tokens: &'t [Token],
    /// The first token of the form.
    pub(super) start: usize,
    met: [(Test, u32); LONGEST],
    length: usize,
    inner: Option<Meaning>,
    /// The token behind the last.
    pub(super) end: usize,
}

impl Found<'_> {
    /// The nth token that was met as one of these classes.
    pub(super) fn nth(&self, classes: Classes, n: usize) -> Option<&Token> {
        self.met[..self.length]
            .iter()
            .filter(|(test, _)| matches!(test, Test::Class(met) if met.has(classes)))
            .nth(n)
            .map(|(_, at)| &self.tokens[*at as usize])
    }

    /// The number of the first token that was met as one of these classes.
    pub(super) fn number(&self, classes: Classes) -> Option<u32> {
        self.nth(classes, 0).map(|token| token.number)
    }

    /// What the `<kind>` in the pattern means.
    pub(super) fn inner(&self) -> Option<Meaning> {
        self.inner
    }
}

impl Grammar {
    pub(super) fn new() -> Self {
        let parsed: Vec<Vec<Vec<Piece>>> = FORMS.iter().map(|form| expand(form.pattern)).collect();
        let words = parsed.iter().flatten().flatten().filter_map(|piece| match &piece.what {
            What::Word(word) => Some(word.clone()),
            _ => None,
        });
        let marks = [",", ".", "'", "-", "(", ")", "and", "a", "on", "in", "the"].map(String::from);
        let lexicon = Lexicon::new(words.chain(marks));
        let mut grammar = Self {
            nodes: (0..Kind::COUNT).map(|_| Node::default()).collect(),
            roots: std::array::from_fn(|kind| kind as u32),
            heads: std::array::from_fn(|_| Head::default()),
            lexicon,
        };
        for (index, (form, variants)) in FORMS.iter().zip(&parsed).enumerate() {
            for pieces in variants {
                grammar.insert(index as u16, form, pieces);
            }
        }
        // A form that begins with a form of another kind begins with what that begins with.
        for _ in 0..Kind::COUNT {
            for kind in 0..Kind::COUNT {
                let edges = grammar.nodes[grammar.roots[kind] as usize].edges.clone();
                for (element, _) in edges {
                    if let Test::Kind(inner) = element.test {
                        let head = grammar.heads[inner as usize].clone();
                        let own = &mut grammar.heads[kind];
                        own.classes = own.classes.and(head.classes);
                        own.words.resize(own.words.len().max(head.words.len()), 0);
                        own.words.iter_mut().zip(&head.words).for_each(|(own, more)| *own |= more);
                    }
                }
            }
        }
        grammar
    }

    fn insert(&mut self, index: u16, form: &Form, pieces: &[Piece]) {
        debug_assert!(pieces.len() <= LONGEST, "{} is too long", form.pattern);
        let mut node = self.roots[form.kind as usize];
        for (position, piece) in pieces.iter().enumerate() {
            let test = match &piece.what {
                What::Word(word) => Test::Word(self.lexicon.get(word.as_bytes()).map_or(UNKNOWN, |entry| entry.word)),
                What::Class(classes) => Test::Class(*classes),
                What::Kind(kind) => Test::Kind(*kind),
            };
            let after_dash = position > 0 && pieces[position - 1].what == What::Class(DASH);
            let gap = match piece.spaced {
                _ if position == 0 || after_dash || piece.what == What::Class(DASH) => Wanted::Any,
                true => Wanted::Blank,
                false => Wanted::Nothing,
            };
            if position == 0 {
                let head = &mut self.heads[form.kind as usize];
                match test {
                    Test::Class(classes) => head.classes = head.classes.and(classes),
                    Test::Word(word) => {
                        let (slot, bit) = (usize::from(word) / 64, word % 64);
                        head.words.resize(head.words.len().max(slot + 1), 0);
                        head.words[slot] |= 1 << bit;
                    }
                    Test::Kind(_) => {}
                }
            }
            let element = Element { test, gap };
            let known = self.nodes[node as usize].edges.iter().find(|(edge, _)| *edge == element).map(|(_, to)| *to);
            node = known.unwrap_or_else(|| {
                let to = self.nodes.len() as u32;
                self.nodes.push(Node::default());
                self.nodes[node as usize].edges.push((element, to));
                to
            });
        }
        self.nodes[node as usize].form.get_or_insert(index);
    }

    /// Whether a token can begin a form of a kind.
    pub(super) fn begins(&self, kind: Kind, token: &Token) -> bool {
        let head = &self.heads[kind as usize];
        token.is(head.classes)
            || token.word != UNKNOWN
                && head.words.get(usize::from(token.word) / 64).is_some_and(|bits| bits & (1 << (token.word % 64)) != 0)
    }

    /// The longest form of a kind that begins at a token.
    pub(super) fn find(&self, kind: Kind, text: &str, tokens: &[Token], start: usize) -> Option<Match> {
        if !self.begins(kind, tokens.get(start)?) {
            return None;
        }
        let mut found =
            Found { text, tokens, start, met: [(Test::Word(UNKNOWN), 0); LONGEST], length: 0, inner: None, end: start };
        let mut best = None;
        self.walk(self.roots[kind as usize], start, &mut found, &mut best);
        best
    }

    fn walk(&self, node: u32, at: usize, found: &mut Found<'_>, best: &mut Option<Match>) {
        let node = &self.nodes[node as usize];
        if let Some(form) = node.form
            && best.as_ref().is_none_or(|best| (at, best.form) > (best.end, form))
        {
            found.end = at;
            if let Some(meaning) = (FORMS[usize::from(form)].means)(found) {
                *best = Some(Match { end: at, meaning, form });
            }
        }
        let Some(token) = found.tokens.get(at) else { return };
        for (element, to) in &node.edges {
            let fits = match element.gap {
                Wanted::Any => true,
                Wanted::Blank => token.gap == Gap::Blank,
                Wanted::Nothing => token.gap == Gap::None,
            };
            if !fits {
                continue;
            }
            let next = match element.test {
                Test::Class(classes) if token.is(classes) => at + 1,
                Test::Word(word) if token.word == word => at + 1,
                Test::Kind(kind) => {
                    let Some(inner) = self.find(kind, found.text, found.tokens, at) else { continue };
                    let outer = found.inner.replace(inner.meaning);
                    self.walk(*to, inner.end, found, best);
                    found.inner = outer;
                    continue;
                }
                _ => continue,
            };
            found.met[found.length] = (element.test, at as u32);
            found.length += 1;
            self.walk(*to, next, found, best);
            found.length -= 1;
        }
    }
}

/// A piece of a pattern without options.
#[derive(Debug, Clone, PartialEq)]
struct Piece {
    what: What,
    spaced: bool,
}

#[derive(Debug, Clone, PartialEq)]
enum What {
    Word(String),
    Class(Classes),
    Kind(Kind),
}

/// All variants of a pattern, without options and alternatives.
fn expand(pattern: &str) -> Vec<Vec<Piece>> {
    let plain = plain(pattern);
    let mut variants: Vec<Vec<Piece>> = plain.iter().map(|text| pieces(text)).collect();
    variants.dedup();
    variants
}

/// Parts the words of a pattern that brackets parted: in `NUM[ ]AMPM` the text has no blank, and two words still.
const SEAM: char = '\0';

/// All texts that a pattern with options and alternatives stands for.
fn plain(pattern: &str) -> Vec<String> {
    let Some(open) = pattern.find(['[', '(']) else { return vec![pattern.to_owned()] };
    let close = closing(pattern, open);
    let (head, inside, tail) = (&pattern[..open], &pattern[open + 1..close], &pattern[close + 1..]);
    let mut middles: Vec<String> = alternatives(inside).into_iter().flat_map(plain).collect();
    if pattern.as_bytes()[open] == b'[' {
        middles.push(String::new());
    }
    let tails = plain(tail);
    middles
        .iter()
        .flat_map(|middle| tails.iter().map(move |tail| format!("{head}{SEAM}{middle}{SEAM}{tail}")))
        .collect()
}

/// The bracket that closes the one at a byte.
fn closing(pattern: &str, open: usize) -> usize {
    let mut depth = 0;
    for (at, byte) in pattern.bytes().enumerate().skip(open) {
        match byte {
            b'[' | b'(' => depth += 1,
            b']' | b')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    panic!("a bracket of the pattern {pattern:?} is not closed");
}

/// The alternatives within brackets.
fn alternatives(inside: &str) -> Vec<&str> {
    let mut depth = 0;
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, byte) in inside.bytes().enumerate() {
        match byte {
            b'[' | b'(' => depth += 1,
            b']' | b')' => depth -= 1,
            b'|' if depth == 0 => {
                parts.push(&inside[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&inside[start..]);
    parts
}

/// The pieces of a pattern without options and alternatives.
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut spaced = false;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c == SEAM {
            rest = &rest[1..];
            continue;
        }
        if c == ' ' {
            spaced = true;
            rest = &rest[1..];
            continue;
        }
        let (what, length) = if c == '<' {
            let end = rest.find('>').unwrap_or(rest.len() - 1);
            let name = &rest[1..end];
            (What::Kind(Kind::of_name(name).unwrap_or_else(|| panic!("no kind is named {name:?}"))), end + 1)
        } else if c.is_ascii_alphabetic() {
            let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
            let word = &rest[..end];
            if word.len() > 1 && word.bytes().all(|b| b.is_ascii_uppercase()) {
                let names = || CLASSES.iter().map(|(name, _)| *name).collect::<Vec<_>>();
                (What::Class(class(word).unwrap_or_else(|| panic!("no class is named {word}: {:?}", names()))), end)
            } else {
                (What::Word(word.to_owned()), end)
            }
        } else {
            (What::Word(c.to_string()), c.len_utf8())
        };
        pieces.push(Piece { what, spaced });
        spaced = false;
        rest = &rest[length..];
    }
    pieces
}
