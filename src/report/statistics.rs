//! How many findings of each rule, in the place of the findings.

use super::Run;
use crate::diagnostic::Severity;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// One line a rule and level: the worst level first, and within it what is most often.
pub(super) fn write(run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut counts: BTreeMap<(Reverse<Severity>, &str), usize> = BTreeMap::new();
    for diagnostic in run.diagnostics {
        *counts.entry((Reverse(diagnostic.severity), diagnostic.rule)).or_default() += 1;
    }
    let mut rows: Vec<_> =
        counts.into_iter().map(|((Reverse(severity), rule), number)| (severity, number, rule)).collect();
    rows.sort_by_key(|(severity, number, rule)| (Reverse(*severity), Reverse(*number), *rule));
    let digits = rows.iter().map(|(_, number, _)| number.to_string().len()).max().unwrap_or(0);
    for (severity, number, rule) in rows {
        writeln!(out, "{number:>digits$}  {:7}  {rule}", severity.name())?;
    }
    Ok(())
}
