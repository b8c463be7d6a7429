//! The report for people, and the door to `miette`.
//!
//! `miette` draws; what it draws is an [`Excerpt`]: the lines that have labels, each cut around
//! them, so that nobody has to look for three words in a paragraph of a thousand. It also keeps
//! control characters of articles out of the terminal.

use super::{Run, visible};
use crate::diagnostic::{Diagnostic, Fault, Label, Severity};
use crate::source::{SourceFile, SourceId, Sources};
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
        help: fault.help.clone(),
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
        .with_show_related_as_nested(false)
        .without_cause_chain()
}

/// A finding as `miette` wants it: the labels of one file, and those of other files nested.
#[derive(Debug)]
struct Shown {
    code: Option<&'static str>,
    message: String,
    severity: Severity,
    help: Option<String>,
    excerpt: Option<Excerpt>,
    related: Vec<Shown>,
}

impl Shown {
    fn new(sources: &Sources, diagnostic: &Diagnostic, style: Style) -> Self {
        let source = diagnostic.primary.span.source;
        let (here, elsewhere): (Vec<&Label>, Vec<&Label>) =
            diagnostic.related.iter().partition(|label| label.span.source == source);
        let left_out = diagnostic.related.len().saturating_sub(MOST_RELATED);
        let mut labels = vec![&diagnostic.primary];
        labels.extend(here.into_iter().take(MOST_RELATED));
        let mut others: Vec<SourceId> = elsewhere.iter().take(MOST_RELATED).map(|label| label.span.source).collect();
        others.dedup();
        let related = others
            .into_iter()
            .map(|other| {
                let labels: Vec<&Label> =
                    elsewhere.iter().copied().filter(|label| label.span.source == other).take(MOST_RELATED).collect();
                Shown {
                    code: None,
                    message: String::from("and in another article"),
                    severity: Severity::Advice,
                    help: None,
                    excerpt: Some(Excerpt::new(sources.get(other), &labels, style)),
                    related: Vec::new(),
                }
            })
            .collect();
        let mut help = diagnostic.help.as_deref().map(|help| visible(help).into_owned());
        if left_out > 0 {
            let more = format!("{left_out} more places are not shown");
            help = Some(help.map_or_else(|| more.clone(), |help| format!("{help}\n{more}")));
        }
        Self {
            code: Some(diagnostic.rule),
            message: visible(&diagnostic.message).into_owned(),
            severity: diagnostic.severity,
            help,
            excerpt: Some(Excerpt::new(sources.get(source), &labels, style)),
            related,
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

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn miette::Diagnostic> + 'a>> {
        if self.related.is_empty() {
            return None;
        }
        Some(Box::new(self.related.iter().map(|related| related as &dyn miette::Diagnostic)))
    }
}

/// The labelled lines of one file, cut around their labels, one below the other.
#[derive(Debug)]
struct Excerpt {
    path: String,
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
    /// Its number in the file, from 1.
    number: u32,
}

impl Excerpt {
    fn new(file: &SourceFile, labels: &[&Label], style: Style) -> Self {
        // A label that spans lines is drawn on its first.
        let mut marks: Vec<(u32, Range<usize>, &Label, bool)> = labels
            .iter()
            .enumerate()
            .map(|(i, label)| {
                let number = file.position(label.span.start).line;
                let line = file.line_range(number);
                let start = label.span.range().start.clamp(line.start, line.end);
                let end = label.span.range().end.clamp(start, line.end);
                (number, start..end, *label, i == 0)
            })
            .collect();
        marks.sort_by_key(|(number, range, ..)| (*number, range.start));
        let mut excerpt = Self {
            path: visible(&file.path).into_owned(),
            text: String::new(),
            lines: Vec::new(),
            labels: Vec::new(),
            columns: Vec::new(),
        };
        for marks in marks.chunk_by(|a, b| a.0 == b.0) {
            excerpt.add_line(file, marks, style.width.max(NARROWEST) - FRAME);
        }
        excerpt
    }

    /// Adds a line of the file: of its text only what stands around the marks.
    fn add_line(&mut self, file: &SourceFile, marks: &[(u32, Range<usize>, &Label, bool)], width: usize) {
        let number = marks[0].0;
        let line = file.line_range(number);
        let windows = windows(&file.text, &line, marks, width);
        let start = self.text.len();
        let mut done = line.start;
        let mut ends = Vec::new();
        for window in &windows {
            if window.start > done {
                self.text.push_str(if done == line.start { "… " } else { " … " });
            }
            // The text is copied piece by piece, so that each mark's place in the copy is known.
            let mut cuts: Vec<usize> = marks
                .iter()
                .flat_map(|(_, range, ..)| [range.start, range.end])
                .filter(|cut| window.contains(cut) || *cut == window.end)
                .collect();
            cuts.push(window.end);
            cuts.sort_unstable();
            let mut at = window.start;
            ends.push((at, self.text.len()));
            for cut in cuts {
                self.text.push_str(&visible(&file.text[at..cut]));
                at = cut;
                ends.push((at, self.text.len()));
            }
            done = window.end;
        }
        if done < line.end {
            self.text.push_str(" …");
        }
        let place = |offset: usize| ends.iter().rev().find(|(at, _)| *at <= offset).map_or(start, |(_, shown)| *shown);
        for (_, range, label, primary) in marks {
            let from = place(range.start);
            // Where a label is longer than its window, it ends with it.
            let to = place(range.end).max(from);
            self.columns.push((from, file.position(range.start as u32).column));
            let message = visible(&label.message).into_owned();
            let message = Some(message).filter(|message| !message.is_empty());
            self.labels.push(if *primary {
                LabeledSpan::new_primary_with_span(message, (from, to - from))
            } else {
                LabeledSpan::new_with_span(message, (from, to - from))
            });
        }
        self.text.push('\n');
        self.lines.push(ExcerptLine { range: start..self.text.len(), number });
    }
}

/// The parts of a line that are shown: around each mark what there is room for. They are in order
/// and do not touch.
fn windows(
    text: &str,
    line: &Range<usize>,
    marks: &[(u32, Range<usize>, &Label, bool)],
    width: usize,
) -> Vec<Range<usize>> {
    if text[line.clone()].len() <= width {
        return vec![line.clone()];
    }
    let share = width / marks.len().min(3);
    let mut windows: Vec<Range<usize>> = Vec::new();
    for (_, mark, ..) in marks {
        let marked = mark.start..mark.end.min(forward(text, mark.start, share.max(width * 2 / 3), line.end));
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
            start += blank + 1;
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
        let first =
            self.lines.iter().rposition(|line| line.range.start <= span.offset()).ok_or(MietteError::OutOfBounds)?;
        let last = self.lines.iter().position(|line| end < line.range.end).ok_or(MietteError::OutOfBounds)?.max(first);
        let range = self.lines[first].range.start..self.lines[last].range.end;
        // The header gives line and column of the span that it asks for.
        let column = self.columns.iter().find(|(at, _)| *at == span.offset()).map_or(0, |(_, column)| column - 1);
        Ok(Box::new(MietteSpanContents::new_named(
            self.path.clone(),
            &self.text.as_bytes()[range.clone()],
            (range.start, range.len()).into(),
            self.lines[first].number as usize - 1,
            column as usize,
            last - first + 1,
        )))
    }
}
