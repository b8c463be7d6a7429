//! Annotations for GitHub Actions: `::error file=…,line=…,col=…,title=…::message`.
//!
//! <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>. Only the start
//! is given: an annotation that spans lines is shown at its end.

use super::{Run, visible};
use crate::diagnostic::Severity;
use std::io::{self, Write};

pub(super) fn write(run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
    // Of each level only the first ten are shown, so the worst come first.
    for severity in Severity::ALL {
        let command = match severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Advice => "notice",
        };
        for diagnostic in run.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity) {
            let file = run.sources.get(diagnostic.primary.span.source);
            let start = file.position(diagnostic.primary.span.start);
            let help = diagnostic.help.as_deref().map_or(String::new(), |help| format!("\n{}", visible(help)));
            writeln!(
                out,
                "::{command} file={},line={},col={},title={}::{}",
                property(&visible(&file.path)),
                start.line,
                start.column,
                property(&format!("seedlint {}", diagnostic.rule)),
                data(&format!("{}{help}", visible(&diagnostic.message)))
            )?;
        }
    }
    Ok(())
}

/// The message of a command, as the runner unescapes it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, as the runner unescapes it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_command_gets_in() {
        assert_eq!(property("a,b:c\n::set-output name=x::y%"), "a%2Cb%3Ac%0A%3A%3Aset-output name=x%3A%3Ay%25");
        assert_eq!(data("ok\r\n::error::no"), "ok%0D%0A::error::no");
    }
}
