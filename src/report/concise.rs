//! One line a finding: `path:line:column: severity[rule] message`.

use super::{Run, visible};
use std::io::{self, Write};

pub(super) fn write(run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
    for diagnostic in run.diagnostics {
        let file = run.sources.get(diagnostic.primary.span.source);
        writeln!(
            out,
            "{}:{}: {}[{}] {}",
            visible(&file.path),
            file.position(diagnostic.primary.span.start),
            diagnostic.severity,
            diagnostic.rule,
            visible(&diagnostic.message)
        )?;
    }
    Ok(())
}
