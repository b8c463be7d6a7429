//! `seedlint lint --show-files`: which files would be read, and as what.

use super::{Failure, Outcome};
use crate::article;
use crate::discover::Found;
use crate::policy::Policy;
use crate::report::visible;
use std::io::{self, BufWriter, Write};

/// A line each: the path, the layout and the kinds, or that the file cannot be read as an article; `structure/unreadable` says why.
pub(super) fn show(found: &Found, policy: &Policy) -> Result<Outcome, Failure> {
    let plan = policy.plan(&found.sources);
    let mut out = BufWriter::new(io::stdout().lock());
    let written = found.sources.iter().try_for_each(|(id, file)| {
        let path = visible(&file.path);
        if file.unreadable.is_some() {
            return writeln!(out, "{path}: unreadable");
        }
        let layout = plan.layout(id);
        let article = article::parse_file(id, file, layout);
        write!(out, "{path}: {}", layout.name())?;
        for kind in policy.kinds(id).of(&article) {
            write!(out, ", {}", visible(&kind.name))?;
        }
        writeln!(out)
    });
    written.and_then(|()| out.flush()).map_err(Failure::stdout)?;
    Ok(if found.problems.is_empty() { Outcome::Clean } else { Outcome::Failed })
}
