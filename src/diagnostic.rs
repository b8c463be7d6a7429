//! What rules report, and what is wrong with the tool's own input: plain data that no output
//! format has a say in.

use crate::source::Span;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth a look.
    Advice,
    /// Very likely wrong, or a reader is misled.
    Warning,
    /// Wrong whatever the author meant.
    Error,
}

impl Severity {
    /// All of them, worst first.
    pub const ALL: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Advice];

    /// The name in lower case, as in every output format.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Advice => "advice",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A place and what it says, in the fewest words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The words in question.
    pub span: Span,
    /// What they are or say; may be empty for the primary label.
    pub message: String,
    /// Whether it only shows what is usual, so that another place of its kind would do as well.
    pub is_example: bool,
}

/// A replacement of some bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub span: Span,
    /// What comes in its place.
    pub text: String,
}

/// A correction of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in a few words: "write …".
    pub title: String,
    /// Whether it is right whatever the author meant.
    pub safe: bool,
    /// The edits; they do not overlap.
    pub edits: Vec<Edit>,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule's name, `group/rule`. Set by the engine.
    pub rule: &'static str,
    /// The level in force. Set by the engine.
    pub severity: Severity,
    /// What is wrong, in one sentence, with the values in question.
    pub message: String,
    /// Where it is wrong.
    pub primary: Label,
    /// The other places that the finding rests on, in any file.
    pub related: Vec<Label>,
    /// What to do about it; mostly the same words for all findings of a rule.
    pub help: Option<Cow<'static, str>>,
    /// A correction, where there is one; most have none.
    pub fix: Option<Box<Fix>>,
    /// What tells the finding from others of its rule at the same place, such as the name of what is missing there; mostly empty.
    pub aspect: String,
    /// What stays the same when other parts of the file change. Set by the engine.
    pub fingerprint: u64,
}

impl Diagnostic {
    /// A finding at `span`.
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Self {
            rule: "",
            severity: Severity::Error,
            message: message.into(),
            primary: Label { span, message: String::new(), is_example: false },
            related: Vec::new(),
            help: None,
            fix: None,
            aspect: String::new(),
            fingerprint: 0,
        }
    }

    /// What the primary place says.
    #[must_use]
    pub fn label(mut self, message: impl Into<String>) -> Self {
        self.primary.message = message.into();
        self
    }

    /// Another place that the finding rests on.
    #[must_use]
    pub fn related(mut self, span: Span, message: impl Into<String>) -> Self {
        self.related.push(Label { span, message: message.into(), is_example: false });
        self
    }

    /// A place that shows what is usual. The finding is the same where another of its kind is shown.
    #[must_use]
    pub fn example(mut self, span: Span, message: impl Into<String>) -> Self {
        self.related.push(Label { span, message: message.into(), is_example: true });
        self
    }

    /// What to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<Cow<'static, str>>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// What tells the finding from others of its rule at the same place.
    #[must_use]
    pub fn about(mut self, aspect: impl Into<String>) -> Self {
        self.aspect = aspect.into();
        self
    }

    /// The same in no more memory than it takes: there may be hundreds of thousands.
    #[must_use]
    pub(crate) fn shrunk(mut self) -> Self {
        self.message.shrink_to_fit();
        self.primary.message.shrink_to_fit();
        self.related.shrink_to_fit();
        self.related.iter_mut().for_each(|label| label.message.shrink_to_fit());
        self
    }

    /// A correction that replaces one span.
    #[must_use]
    pub fn fix(mut self, title: impl Into<String>, safe: bool, span: Span, text: impl Into<String>) -> Self {
        self.fix = Some(Box::new(Fix { title: title.into(), safe, edits: vec![Edit { span, text: text.into() }] }));
        self
    }
}

/// Why the tool cannot do its work: something is wrong with its configuration or a schema.
#[derive(Debug, Clone)]
pub struct Fault {
    /// The file at fault.
    pub path: String,
    /// Its text; empty where there is none to show.
    pub text: String,
    /// The words at fault, in bytes from the start of the text.
    pub at: std::ops::Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}
