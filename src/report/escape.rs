//! Text of strangers in our own output.

use std::borrow::Cow;

/// A text with its control characters, and those that hide or turn text round, made visible. What
/// an article or a file name holds can then not move the cursor, change colours or hide words. Nor
/// can it give commands to a runner of GitHub Actions, which takes a line that begins with `::` and
/// one with `##[` in it for one: these stand as `∷` and `##［`.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) && !text.contains("::") && !text.contains("##[") {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            ':' if chars.next_if_eq(&':').is_some() => shown.push('∷'),
            '[' if shown.ends_with("##") => shown.push('［'),
            '\t' => shown.push(' '),
            // The pictures of the control characters stand in the same order.
            '\0'..='\u{1F}' => shown.push(char::from_u32(0x2400 + c as u32).unwrap_or('\u{FFFD}')),
            '\u{7F}' => shown.push('␡'),
            c if is_hidden(c) => shown.push_str(&format!("<U+{:04X}>", c as u32)),
            c => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

fn is_hidden(c: char) -> bool {
    // U+200D joins emoji and letters of some scripts, where it belongs.
    c.is_control()
        || matches!(c,
            '\u{200B}' | '\u{200C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_hidden() {
        assert_eq!(visible("a\u{1b}[31mb\u{202e}c\u{200b}"), "a␛[31mb<U+202E>c<U+200B>");
        assert_eq!(visible("\u{85}x"), "<U+0085>x");
        assert_eq!(visible("::stop-commands::x ##[add-path]"), "∷stop-commands∷x ##［add-path]");
        assert!(matches!(visible("Ærø – 1°"), Cow::Borrowed(_)));
    }
}
