//! `veloxc check`: what is wrong in a project, or in some files of it.

use crate::Exit;
use crate::args::CheckArgs;
use crate::failure::Failure;
use crate::output::Output;
use crate::project::{Selection, locate};
use crate::session::{self, Session};
use std::path::Path;
use std::time::Instant;

/// # Errors
/// There is no project, or nothing in it to check.
pub(crate) fn run(args: &CheckArgs, root: Option<&Path>, output: &Output) -> Result<Exit, Failure> {
    let started = Instant::now();
    let report = if args.syntax_only {
        super::syntax_only::check(&args.paths, root)?
    } else {
        let target = locate(root, &args.paths)?;
        let session = session::open(&target.root, &target.selection)?;
        all_known(&session, &target.selection)?;
        session.check(&target.selection)
    };
    report.print(output, args.format, started.elapsed());
    Ok(report.exit())
}

/// A path that was named and would be passed over in silence is a mistake in the call.
fn all_known(session: &Session, selection: &Selection) -> Result<(), Failure> {
    let unknown = match selection {
        Selection::All if session.knows("") => None,
        Selection::All => Some("the project"),
        Selection::Some(paths) => paths.iter().find(|path| !session.knows(path)).map(String::as_str),
    };
    let Some(path) = unknown else { return Ok(()) };
    let what = if session.root.join(path).is_file() { "cannot be checked" } else { "holds nothing to check" };
    Err(Failure::new(format!("{path} {what}")).help(
        "checked are .velox, .ts, .tsx, .mts, .js, .jsx and .mjs files that no .gitignore or .ignore leaves out,\n\
         outside of node_modules and .velox",
    ))
}
