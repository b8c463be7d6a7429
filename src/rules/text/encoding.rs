//! Flags characters that the way here has damaged: mojibake, replacement characters, control characters and characters that
//! nobody sees.
//!
//! "Ã©" is an "é" that was written in UTF-8 and read as something else; what it was before is told by going the way back. A
//! replacement character stands where a character was lost. Zero-width characters and marks of direction are left alone in
//! the scripts that need them, and so are the joiners of emoji. So is mojibake that an article on encodings quotes.
//!
//! ## Example
//! ```text fails
//! = CafÃ© Kurz =
//!
//! The house was opened in 1887.
//! ```
//! Read again, the title is:
//! ```text passes
//! = Café Kurz =
//!
//! The house was opened in 1887.
//! ```

use crate::article::Article;
use crate::diagnostic::{Diagnostic, Severity};
use crate::rule::{Check, Context, Findings, Rule};
use crate::source::Span;
use crate::text::encoding::{Garbled, from_control};
use crate::text::is_quotation_mark;
use std::ops::Range;
use unicode_general_category::{GeneralCategory, get_general_category};
use unicode_script::{Script, UnicodeScript};

pub(crate) static RULE: Rule = Rule { severity: Severity::Error, checks: &[Check::Article(check)], thresholds: &[] };

fn check(article: &Article<'_>, context: &Context<'_>, findings: &mut Findings) {
    // Most articles are spared the search.
    if article.text.bytes().all(|b| b.is_ascii_graphic() || matches!(b, b' ' | b'\n' | b'\r' | b'\t')) {
        questions(article, findings);
        return;
    }
    let garbled = context.account.garbled();
    let on_encodings = !garbled.is_empty() && is_on_encodings(article.text);
    for garbled in garbled {
        if !(on_encodings && is_mentioned(article.text, &garbled.range)) {
            report_garbled(article, garbled, findings);
        }
    }
    report_damaged(article, garbled, findings);
    questions(article, findings);
}

/// Whether a text speaks of how characters are encoded, so that it may show what goes wrong.
fn is_on_encodings(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "mojibake",
        "UTF-8",
        "Unicode",
        "character encoding",
        "character set",
        "ISO 8859",
        "ISO-8859",
        "Latin-1",
        "Windows-1252",
        "code page",
    ];
    WORDS.iter().any(|word| text.contains(word))
}

/// Whether the word around some bytes stands between quotation marks or brackets of its own.
fn is_mentioned(text: &str, bytes: &Range<usize>) -> bool {
    let mark = |c: char| is_quotation_mark(c) || matches!(c, '‘' | '\'' | '`' | '(');
    let before = text[..bytes.start].chars().rev().take(30).take_while(|&c| !matches!(c, '\n' | '\r')).any(mark);
    let closing = |c: char| is_quotation_mark(c) || matches!(c, '’' | '\'' | '`' | ')');
    let after = text[bytes.end..].chars().take(30).take_while(|&c| !matches!(c, '\n' | '\r')).any(closing);
    before && after
}

fn report_garbled(article: &Article<'_>, garbled: &Garbled, findings: &mut Findings) {
    let span = Span::new(article.source, garbled.range.start, garbled.range.end);
    let shown = article.text(span);
    let meant = garbled.meant.as_str();
    let finding = if meant.contains('\u{FFFD}') {
        Diagnostic::new(span, format!("“{shown}” stands where a character was lost"))
            .label("a lost character")
            .help("look up what was here; it can no longer be told from the text")
    } else if garbled.sure {
        let name = name_of(meant);
        let shown_meant = match name {
            Some(name) => name.to_owned(),
            None if meant.contains(is_quotation_mark) => format!("‘{meant}’"),
            None => format!("“{meant}”"),
        };
        let text = if meant == "\u{FEFF}" { "" } else { meant };
        Diagnostic::new(span, format!("“{shown}” was {shown_meant} before UTF-8 was read as {}", garbled.read_as))
            .label(format!("was {shown_meant}"))
            .help(if text.is_empty() { String::from("delete it") } else { format!("write {shown_meant}") })
            .fix(
                if text.is_empty() { String::from("delete it") } else { format!("write {shown_meant}") },
                true,
                span,
                text,
            )
    } else if meant.is_empty() {
        let blank = shown == "Â";
        let finding = Diagnostic::new(
            span,
            format!("“{shown}” is what is left of a character after UTF-8 was read as {}", garbled.read_as),
        )
        .label("half of a character");
        if blank {
            finding.help("delete it: the other half is the blank behind it").fix("delete it", false, span, "")
        } else {
            finding.help("look up what was here: most likely a quotation mark")
        }
    } else {
        Diagnostic::new(
            span,
            format!("“{shown}” was most likely “{meant}” before UTF-8 was read as {}", garbled.read_as),
        )
        .label(format!("was “{meant}”?"))
        .fix(format!("write “{meant}”"), false, span, meant)
    };
    findings.push(finding);
}

/// A name for a character that cannot be shown.
fn name_of(text: &str) -> Option<&'static str> {
    Some(match text {
        "\u{A0}" => "a no-break space",
        "\u{AD}" => "a soft hyphen",
        "\u{200B}" => "a zero-width space",
        "\u{200C}" => "a zero-width non-joiner",
        "\u{200D}" => "a zero-width joiner",
        "\u{2009}" => "a thin space",
        "\u{202F}" => "a narrow no-break space",
        "\u{FEFF}" => "a byte-order mark",
        _ => return None,
    })
}

/// What is wrong with a character by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Damage {
    /// U+FFFD and U+FFFC, which stand for what was lost.
    Replacement,
    /// A control character.
    Control,
    /// A character that is not seen and does nothing here.
    Invisible,
    /// A character that means something to one program only.
    Private,
    /// A combining mark with no letter before it.
    Mark,
}

fn report_damaged(article: &Article<'_>, garbled: &[Garbled], findings: &mut Findings) {
    let text = article.text;
    let mut garbled = garbled.iter().peekable();
    let mut run: Option<(Damage, Range<usize>)> = None;
    let mut before = None;
    let mut line = Line::default();
    let start = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    for (at, c) in text.char_indices().filter(|&(at, _)| at >= start) {
        // Nearly all characters are such, and no damage.
        if run.is_none() && (c.is_ascii_graphic() || c == ' ') {
            before = Some(c);
            continue;
        }
        while garbled.next_if(|garbled| garbled.range.end <= at).is_some() {}
        let inside = garbled.peek().is_some_and(|garbled| garbled.range.contains(&at));
        let after = || text[at + c.len_utf8()..].chars().next();
        let damage = if inside { None } else { damage(c, before, after(), || line.is_right_to_left(text, at)) };
        before = Some(c);
        match (&mut run, damage) {
            (Some((kind, range)), Some(damage)) if *kind == damage && range.end == at => range.end += c.len_utf8(),
            (_, damage) => {
                if let Some((kind, range)) = run.take() {
                    report_run(article, kind, &range, findings);
                }
                run = damage.map(|damage| (damage, at..at + c.len_utf8()));
            }
        }
    }
    if let Some((kind, range)) = run {
        report_run(article, kind, &range, findings);
    }
}

/// The line that was last looked at, and whether it has letters that run from right to left.
#[derive(Debug, Default)]
struct Line {
    range: Range<usize>,
    right_to_left: bool,
}

impl Line {
    fn is_right_to_left(&mut self, text: &str, at: usize) -> bool {
        if !self.range.contains(&at) {
            let start = text[..at].rfind(['\n', '\r']).map_or(0, |end| end + 1);
            let end = text[at..].find(['\n', '\r']).map_or(text.len(), |end| at + end + 1);
            self.right_to_left = text[start..end].chars().any(is_right_to_left);
            self.range = start..end;
        }
        self.right_to_left
    }
}

fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

fn damage(c: char, before: Option<char>, after: Option<char>, right_to_left: impl FnOnce() -> bool) -> Option<Damage> {
    if c.is_ascii() {
        let blank = matches!(c, '\t' | '\n' | '\r');
        return (c.is_ascii_control() && !blank).then_some(Damage::Control);
    }
    if matches!(c, '\u{FFFC}' | '\u{FFFD}') {
        return Some(Damage::Replacement);
    }
    match get_general_category(c) {
        GeneralCategory::Control => Some(Damage::Control),
        GeneralCategory::PrivateUse => Some(Damage::Private),
        // Of what Unicode has not assigned only what it never will.
        GeneralCategory::Unassigned => {
            (matches!(c, '\u{FDD0}'..='\u{FDEF}') || c as u32 & 0xFFFE == 0xFFFE).then_some(Damage::Private)
        }
        GeneralCategory::LineSeparator | GeneralCategory::ParagraphSeparator => Some(Damage::Invisible),
        GeneralCategory::Format => {
            // Signs such as the Arabic sign for a year are seen, and are of this category.
            let seen = matches!(c.script(), Script::Arabic | Script::Syriac | Script::Kaithi) && c != '\u{61C}';
            let neighbours = [before, after];
            let needed = match c {
                // Joiners and breaks belong to scripts that join, and to emoji.
                '\u{200B}'..='\u{200D}' | '\u{2060}' => neighbours.into_iter().flatten().any(may_join),
                '\u{200E}' | '\u{200F}' | '\u{61C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
                    right_to_left()
                }
                // The flags of England, Scotland and Wales are spelled in invisible letters.
                '\u{E0020}'..='\u{E007F}' => {
                    before.is_some_and(|c| c == '\u{1F3F4}' || matches!(c, '\u{E0020}'..='\u{E007F}'))
                }
                _ => false,
            };
            (!needed && !seen).then_some(Damage::Invisible)
        }
        GeneralCategory::NonspacingMark | GeneralCategory::EnclosingMark => {
            let out_of_place = before.is_none_or(|c| c.is_whitespace() && c != '\u{A0}');
            out_of_place.then_some(Damage::Mark)
        }
        _ => None,
    }
}

/// Whether a joiner or a break may stand beside a character.
fn may_join(c: char) -> bool {
    let emoji = matches!(c, '\u{2190}'..='\u{2BFF}' | '\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}');
    let plain =
        matches!(c.script(), Script::Common | Script::Latin | Script::Greek | Script::Cyrillic | Script::Inherited);
    emoji || !plain
}

fn report_run(article: &Article<'_>, damage: Damage, range: &Range<usize>, findings: &mut Findings) {
    let span = Span::new(article.source, range.start, range.end);
    let shown = article.text(span);
    let mut chars = shown.chars();
    let first = chars.next().unwrap_or_default();
    let code = if chars.next().is_none() { format!("U+{:04X}", first as u32) } else { code_points(shown) };
    let finding = match damage {
        Damage::Replacement => Diagnostic::new(span, format!("{code} stands where text was lost"))
            .label("text was lost here")
            .help("look up what was here; it can no longer be told from the text"),
        Damage::Control => {
            let meant: Option<String> = shown.chars().map(from_control).collect();
            let finding = Diagnostic::new(span, format!("the control character {code} stands in the text"));
            match meant {
                Some(meant) => finding
                    .label(format!("was “{meant}”"))
                    .help(format!("write “{meant}”, which has this number in windows-1252"))
                    .fix(format!("write “{meant}”"), true, span, meant),
                None => finding.label("a control character").fix("delete it", false, span, ""),
            }
        }
        Damage::Invisible => {
            let name = name_of(shown).map_or_else(|| code.clone(), |name| format!("{name} ({code})"));
            // A break between words may be all that parts them.
            let letters = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let text = article.text;
            let parts = letters(text[..range.start].chars().next_back()) && letters(text[range.end..].chars().next());
            let safe = !parts || matches!(shown, "\u{AD}" | "\u{FEFF}" | "\u{2060}");
            Diagnostic::new(span, format!("{name} stands in the text where nobody sees it")).label(code).fix(
                "delete it",
                safe,
                span,
                "",
            )
        }
        Damage::Private => Diagnostic::new(span, format!("{code} is no character that all programs know"))
            .label(code)
            .help("look up what was here, and write that"),
        Damage::Mark => Diagnostic::new(span, format!("the combining mark {code} has no letter before it"))
            .label(code)
            .help("put it behind its letter, or delete it"),
    };
    findings.push(finding);
}

/// "U+200B U+200E".
fn code_points(text: &str) -> String {
    text.chars().take(4).map(|c| format!("U+{:04X}", c as u32)).collect::<Vec<_>>().join(" ")
}

/// In bytes.
const LONGEST_WORD: usize = 40;

/// A question mark between small letters is what a poorer encoding made of a letter: "caf?s".
fn questions(article: &Article<'_>, findings: &mut Findings) {
    let bytes = article.text.as_bytes();
    for sentence in &article.sentences {
        let range = sentence.range();
        for at in range.clone().filter(|&at| bytes[at] == b'?') {
            let letter = |i: usize| range.contains(&i) && bytes[i].is_ascii_lowercase();
            if !letter(at.wrapping_sub(1)) || !letter(at + 1) {
                continue;
            }
            let blank = |b: &u8| b.is_ascii_whitespace();
            // What is longer is no word.
            let from = range.start.max(at.saturating_sub(LONGEST_WORD));
            let to = range.end.min(at + LONGEST_WORD);
            let start = bytes[from..at].iter().rposition(blank).map_or(from, |i| from + i + 1);
            let end = bytes[at..to].iter().position(blank).map_or(to, |i| at + i);
            // Addresses have questions of their own.
            let word = &bytes[start..end];
            if word.len() > LONGEST_WORD
                || word.iter().any(|b| matches!(b, b'/' | b'.' | b'=' | b'&' | b'#' | b'_' | b'`'))
            {
                continue;
            }
            let span = Span::new(article.source, at, at + 1);
            findings.push(
                Diagnostic::new(span, "a question mark stands inside a word, where a letter was lost")
                    .label("a lost letter")
                    .help("look up the letter that was here"),
            );
        }
    }
}
