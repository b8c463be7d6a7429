//! The report for people, and the door to `miette`.
//!
//! `miette` draws; what it draws is an [`Excerpt`]: the lines that have labels, each cut around
//! them, so that nobody has to look for three words in a paragraph of a thousand. It also keeps
//! control characters of articles out of the terminal.

use super::{Run, visible};
use crate::diagnostic::{Diagnostic, Fault, Label, Severity};
use crate::source::{SourceFile, SourceId, Sources};
use crate::text::count;
use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan,
    SpanContents, ThemeCharacters, ThemeStyles,
};
use std::fmt;
use std::io::{self, Write};
use std::ops::Range;
use std::path::PathBuf;

/// How the report looks.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Whether to colour.
    pub colour: bool,
    /// Whether to draw with more than ASCII.
    pub unicode: bool,
    /// Columns of the terminal.
    pub width: usize,
}

/// Fewest columns that are drawn on.
const NARROWEST: usize = 40;
/// Columns that the frame takes.
const FRAME: usize = 12;
/// More places than this are not drawn; they are counted.
const MOST_RELATED: usize = 8;

pub(super) fn write(style: Style, run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
    let handler = handler(style);
    let mut drawn = String::new();
    for diagnostic in run.diagnostics {
        drawn.clear();
        let shown = Shown::new(run.sources, diagnostic, style);
        handler.render_report(&mut drawn, &shown).map_err(io::Error::other)?;
        writeln!(out, "{}", drawn.trim_end())?;
        writeln!(out)?;
    }
    Ok(())
}

/// A fault of the tool's input, drawn.
pub fn fault(fault: &Fault, style: Style) -> String {
    let file = SourceFile::new(fault.path.clone(), PathBuf::new(), fault.text.clone());
    let sources = Sources::new(vec![file]);
    let span = crate::source::Span::new(SourceId(0), fault.at.start, fault.at.end);
    let diagnostic = Diagnostic {
        help: fault.help.clone().map(Into::into),
        severity: Severity::Error,
        ..Diagnostic::new(span, &fault.message).label("here")
    };
    let mut drawn = String::new();
    let mut shown = Shown::new(&sources, &diagnostic, style);
    shown.code = None;
    if fault.text.is_empty() {
        shown.excerpt = None;
    }
    match handler(style).render_report(&mut drawn, &shown) {
        Ok(()) => drawn.trim_end().to_owned(),
        Err(_) => fault.message.clone(),
    }
}

fn handler(style: Style) -> GraphicalReportHandler {
    let theme = GraphicalTheme {
        characters: if style.unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() },
        styles: if style.colour { ThemeStyles::ansi() } else { ThemeStyles::none() },
    };
    GraphicalReportHandler::new_themed(theme)
        .with_links(false)
        .with_context_lines(0)
        .with_width(style.width.max(NARROWEST))
        .with_word_splitter(textwrap::WordSplitter::NoHyphenation)
        .with_word_separator(textwrap::WordSeparator::AsciiSpace)
        .without_cause_chain()
}

/// A finding as `miette` wants it.
#[derive(Debug)]
struct Shown {
    code: Option<&'static str>,
    message: String,
    severity: Severity,
    help: Option<String>,
    excerpt: Option<Excerpt>,
}

impl Shown {
    fn new(sources: &Sources, diagnostic: &Diagnostic, style: Style) -> Self {
        let mut help = diagnostic.help.as_deref().map(|help| visible(help).into_owned());
        let left_out = diagnostic.related.len().saturating_sub(MOST_RELATED);
        if left_out > 0 {
            let more = format!("{} not shown", count(left_out, "more place"));
            help = Some(help.map_or_else(|| more.clone(), |help| format!("{help}\n{more}")));
        }
        Self {
            code: Some(diagnostic.rule),
            message: visible(&diagnostic.message).into_owned(),
            severity: diagnostic.severity,
            help,
            excerpt: Some(Excerpt::new(sources, diagnostic, style)),
        }
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Shown {}

impl miette::Diagnostic for Shown {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let code = self.code?;
        Some(Box::new(format!("{}[{code}]", self.severity)))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Advice => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.help.as_ref()?))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.excerpt.as_ref().map(|excerpt| excerpt as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.excerpt.as_ref()?.labels.iter().cloned()))
    }
}

/// The labelled lines of one finding, cut around their labels, one below the other: the line of the
/// primary label first, then the other lines of its file, then those of other files. Each line
/// knows its file, so that `miette` draws a frame with its name around the lines of each.
#[derive(Debug)]
struct Excerpt {
    text: String,
    lines: Vec<ExcerptLine>,
    /// The labels, in bytes of `text`.
    labels: Vec<LabeledSpan>,
    /// For each label: where it begins in `text`, and its column in the file, from 1.
    columns: Vec<(usize, u32)>,
}

#[derive(Debug)]
struct ExcerptLine {
    /// Its bytes in the excerpt, with its line end.
    range: Range<usize>,
    path: String,
    /// Its number in the file, from 1.
    number: u32,
}

/// A label on the line that it begins on.
struct Mark<'a> {
    source: SourceId,
    line: u32,
    /// Its bytes in the file. A label that spans lines is drawn on its first.
    range: Range<usize>,
    label: &'a Label,
    primary: bool,
}

impl Excerpt {
    fn new(sources: &Sources, diagnostic: &Diagnostic, style: Style) -> Self {
        let labels = std::iter::once(&diagnostic.primary).chain(diagnostic.related.iter().take(MOST_RELATED));
        let mut marks: Vec<Mark<'_>> = labels
            .enumerate()
            .map(|(i, label)| {
                let file = sources.get(label.span.source);
                let number = file.position(label.span.start).line;
                let line = file.line_range(number);
                let start = label.span.range().start.clamp(line.start, line.end);
                let end = label.span.range().end.clamp(start, line.end);
                Mark { source: label.span.source, line: number, range: start..end, label, primary: i == 0 }
            })
            .collect();
        let first = (marks[0].source, marks[0].line);
        marks.sort_by_key(|mark| {
            let place = (mark.source, mark.line);
            (place != first, mark.source != first.0, place, mark.range.start)
        });
        let mut excerpt = Self { text: String::new(), lines: Vec::new(), labels: Vec::new(), columns: Vec::new() };
        for marks in marks.chunk_by(|a, b| (a.source, a.line) == (b.source, b.line)) {
            excerpt.add_line(sources.get(marks[0].source), marks, style.width.max(NARROWEST) - FRAME);
        }
        excerpt
    }

    /// Adds a line of a file: of its text only what stands around the marks.
    fn add_line(&mut self, file: &SourceFile, marks: &[Mark<'_>], width: usize) {
        let number = marks[0].line;
        let line = file.line_range(number);
        let windows = windows(file.text(), &line, marks, width);
        let start = self.text.len();
        let mut done = line.start;
        // Offsets in the file, and where they came to stand in the excerpt.
        let mut moved = Vec::new();
        for window in &windows {
            if window.start > done {
                self.text.push_str(if done == line.start { "… " } else { " … " });
            }
            // The text is copied piece by piece, so that each mark's place in the copy is known.
            let mut cuts: Vec<usize> = marks.iter().flat_map(|mark| [mark.range.start, mark.range.end]).collect();
            cuts.retain(|cut| (window.start..=window.end).contains(cut));
            cuts.push(window.end);
            cuts.sort_unstable();
            let mut at = window.start;
            moved.push((at, self.text.len()));
            for cut in cuts {
                self.text.push_str(&visible(&file.text()[at..cut]));
                at = cut;
                moved.push((at, self.text.len()));
            }
            done = window.end;
        }
        if done < line.end {
            self.text.push_str(" …");
        }
        let place = |offset: usize| moved.iter().rev().find(|(at, _)| *at <= offset).map_or(start, |(_, to)| *to);
        for mark in marks {
            let from = place(mark.range.start);
            // Where a label is longer than its window, it ends with it.
            let to = place(mark.range.end).max(from);
            self.columns.push((from, file.position(mark.range.start as u32).column));
            let message = Some(visible(&mark.label.message).into_owned()).filter(|message| !message.is_empty());
            self.labels.push(if mark.primary {
                LabeledSpan::new_primary_with_span(message, (from, to - from))
            } else {
                LabeledSpan::new_with_span(message, (from, to - from))
            });
        }
        self.text.push('\n');
        let path = visible(&file.path).into_owned();
        self.lines.push(ExcerptLine { range: start..self.text.len(), path, number });
    }
}

/// The parts of a line that are shown: around each mark what there is room for. They are in order
/// and do not touch.
fn windows(text: &str, line: &Range<usize>, marks: &[Mark<'_>], width: usize) -> Vec<Range<usize>> {
    if text[line.clone()].len() <= width {
        return vec![line.clone()];
    }
    let share = width / marks.len().min(3);
    let mut windows: Vec<Range<usize>> = Vec::new();
    for Mark { range: mark, .. } in marks {
        let mut marked = mark.start..mark.end.min(forward(text, mark.start, share.max(width * 2 / 3), line.end));
        if marked.end < mark.end
            && let Some(blank) = text[marked.clone()].rfind(' ')
        {
            marked.end = marked.start + blank;
        }
        let shown = text[marked.clone()].chars().count();
        let room = share.saturating_sub(shown);
        let mut start = backward(text, marked.start, room / 2, line.start);
        let mut end = forward(text, marked.end, room - room / 2, line.end);
        // What one side does not need the other may have.
        if start == line.start {
            end = forward(text, marked.end, room.saturating_sub(text[start..marked.start].chars().count()), line.end);
        } else if end == line.end {
            start =
                backward(text, marked.start, room.saturating_sub(text[marked.end..end].chars().count()), line.start);
        }
        // Begin and end at words.
        if start > line.start
            && let Some(blank) = text[start..marked.start].find(' ')
        {
            start += blank;
            start += text[start..marked.start].len() - text[start..marked.start].trim_start().len();
        }
        if end < line.end
            && let Some(blank) = text[marked.end..end].rfind(' ')
        {
            end = marked.end + blank;
        }
        match windows.last_mut() {
            Some(last) if start <= last.end + 8 => last.end = last.end.max(end),
            _ => windows.push(start..end),
        }
    }
    windows
}

fn forward(text: &str, from: usize, chars: usize, limit: usize) -> usize {
    text[from..limit].char_indices().nth(chars).map_or(limit, |(i, _)| from + i)
}

fn backward(text: &str, from: usize, chars: usize, limit: usize) -> usize {
    if chars == 0 {
        return from;
    }
    text[limit..from].char_indices().rev().nth(chars - 1).map_or(limit, |(i, _)| limit + i)
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        _: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let end = span.offset() + span.len();
        let start = |line: &ExcerptLine| line.range.start <= span.offset();
        let first = self.lines.iter().rposition(start).ok_or(MietteError::OutOfBounds)?;
        let last = self.lines.iter().position(|line| end < line.range.end).ok_or(MietteError::OutOfBounds)?.max(first);
        let lines = &self.lines[first..=last];
        // Lines that do not follow each other in one file are drawn apart.
        if lines.windows(2).any(|pair| pair[0].path != pair[1].path || pair[0].number + 1 != pair[1].number) {
            return Err(MietteError::OutOfBounds);
        }
        let range = lines[0].range.start..lines[lines.len() - 1].range.end;
        // The header gives line and column of the span that it asks for.
        let column = self.columns.iter().find(|(at, _)| *at == span.offset()).map_or(0, |(_, column)| column - 1);
        Ok(Box::new(MietteSpanContents::new_named(
            lines[0].path.clone(),
            &self.text.as_bytes()[range.clone()],
            (range.start, range.len()).into(),
            lines[0].number as usize - 1,
            column as usize,
            lines.len(),
        )))
    }
}
