//! A page in Markdown as it reads well in a terminal: headings bold, paragraphs wrapped, code indented.
//!
//! Only what the pages of rules use is known: headings, paragraphs, lists, fenced blocks, code between backticks, and strong words.

use super::Style;

/// How far blocks of code stand in.
const INDENT: &str = "    ";

/// Lays a page out.
pub fn page(markdown: &str, style: Style) -> String {
    let mut out = String::new();
    let mut paragraph: Vec<&str> = Vec::new();
    let mut lines = markdown.lines();
    while let Some(line) = lines.next() {
        if is_item(line) || line.is_empty() || line.starts_with('#') || line.starts_with("```") {
            end_paragraph(&mut paragraph, style, &mut out);
        }
        if let Some(label) = line.strip_prefix("```") {
            // "text fails" is the language and what the example shows; the heading for people is the latter.
            if let Some((_, verdict)) = label.split_once(' ') {
                out.push_str(&format!("{}\n", painted(&format!("{verdict}:"), DIM, style)));
            }
            for code in lines.by_ref().take_while(|line| *line != "```") {
                out.push_str(&format!("{}\n", format!("{INDENT}{code}").trim_end()));
            }
        } else if line.starts_with('#') {
            out.push_str(&format!("{}\n", painted(line.trim_start_matches('#').trim(), BOLD, style)));
        } else if line.is_empty() {
            out.push('\n');
        } else {
            paragraph.push(line);
        }
    }
    end_paragraph(&mut paragraph, style, &mut out);
    out
}

const BOLD: &str = "1";
const DIM: &str = "2";
const CODE: &str = "36";

fn is_item(line: &str) -> bool {
    line.starts_with("- ") || line.starts_with("* ")
}

/// Writes the lines that were collected as one paragraph, whose further lines stand below its words where it is an item of a list.
fn end_paragraph(paragraph: &mut Vec<&str>, style: Style, out: &mut String) {
    if paragraph.is_empty() {
        return;
    }
    let hanging = if is_item(paragraph[0]) { "  " } else { "" };
    let words: Vec<&str> = paragraph.drain(..).map(str::trim).collect();
    let options = textwrap::Options::new(style.width)
        .subsequent_indent(hanging)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .break_words(false);
    // Marks of code stay where there are no colours to stand for them.
    for line in textwrap::wrap(&inline(&words.join(" "), style), options) {
        out.push_str(&line);
        out.push('\n');
    }
}

/// Code and strong words, in colour.
fn inline(text: &str, style: Style) -> String {
    if !style.colour {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['`', '*']) {
        let mark_char = &rest[at..=at];
        let mark_len = rest[at..].len() - rest[at..].trim_start_matches(mark_char).len();
        let mark = &rest[at..at + mark_len];
        let inside = &rest[at + mark_len..];
        let code = match (mark_char == "`" || mark == "**", inside.find(mark)) {
            (true, Some(end)) => Some((&inside[..end], &inside[end + mark_len..])),
            _ => None,
        };
        out.push_str(&rest[..at]);
        if let Some((words, behind)) = code {
            let colour = if mark_char == "`" { CODE } else { BOLD };
            // Each word by itself, so that no colour runs on where a line ends.
            let words: Vec<String> = words.trim().split(' ').map(|word| painted(word, colour, style)).collect();
            out.push_str(&words.join(" "));
            rest = behind;
        } else {
            out.push_str(mark);
            rest = inside;
        }
    }
    out + rest
}

fn painted(text: &str, colour: &str, style: Style) -> String {
    if style.colour { format!("\u{1B}[{colour}m{text}\u{1B}[0m") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "# date/weekday (error)\n\nFlags `a day` that\nis **not** it, 2 * 3.\n\n- one that is long enough to be wrapped\n- two\n\n```text fails\n= T =\n\n# no heading\n```\n";

    fn style(colour: bool, width: usize) -> Style {
        Style { colour, unicode: true, width }
    }

    #[test]
    fn plain() {
        assert_eq!(
            page(PAGE, style(false, 24)),
            "date/weekday (error)\n\nFlags `a day` that is\n**not** it, 2 * 3.\n\n- one that is long\n  enough to be wrapped\n- two\n\nfails:\n    = T =\n\n    # no heading\n"
        );
    }

    #[test]
    fn colours_end_with_their_words() {
        let shown = page(PAGE, style(true, 24));
        assert!(shown.starts_with("\u{1B}[1mdate/weekday (error)\u{1B}[0m\n"), "{shown}");
        for line in shown.lines() {
            assert_eq!(line.matches("\u{1B}[0m").count() * 2, line.matches('\u{1B}').count(), "{line:?}");
        }
        assert!(shown.contains("that is \u{1B}[1mnot\u{1B}[0m\nit, 2 * 3.\n"), "{shown}");
        // Marks without a partner are words.
        assert_eq!(page("a ` b ** c", style(true, 40)), "a ` b ** c\n");
    }
}
