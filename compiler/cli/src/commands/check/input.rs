//! `veloxc check --stdin-filename`: a text from standard input stands for a file of its project, which need not exist.

use super::fix::{Desk, counts, mended, told};
use super::{all_known, only_dash, printing};
use crate::Exit;
use crate::args::CheckArgs;
use crate::failure::Failure;
use crate::output::Output;
use crate::project::{Selection, locate_unwritten, prefix};
use crate::session;
use std::path::Path;
use std::time::Instant;
use velox_diagnostics::Workspace;

/// Checks the text. With `--fix` the mended text is standard output, and what is left goes to standard error.
pub(super) fn run(
    args: &CheckArgs,
    file: &Path,
    root: Option<&Path>,
    output: &Output,
    begun: Instant,
) -> Result<Exit, Failure> {
    if !only_dash(&args.paths) {
        return Err(Failure::new("--stdin-filename checks one text, and takes no paths")
            .help("name the file of the text with --stdin-filename alone"));
    }
    if args.diff {
        return Err(
            Failure::new("--diff compares with files on the disk").help("use --fix with standard input")
        );
    }
    let (root, name) = locate_unwritten(root, file)?;
    let text = crate::standard_input::text()?;
    let mut session = session::open_with(&root, &name, text);
    session.set_levels(args.levels.severity.iter().copied().collect());
    let selection = Selection::Some(vec![name.clone()]);
    all_known(&session, &selection)?;
    let mut printing = printing(args, prefix(&root));
    if !args.fix {
        let report = super::report(args, &mut session, &selection);
        printing.timings = args.timings.then(|| session.timings.take());
        report.print(output, &printing, begun.elapsed());
        return Ok(report.exit());
    }
    let mut desk = Desk::new(session, selection);
    desk.only = Some(name.clone());
    let done = mended(args, &mut desk);
    output.out(&desk.text(&name).unwrap_or_default());
    output.err(&told(&done));
    let report = desk.report(args);
    printing.fixed = Some(counts(args, &done));
    printing.beside = true;
    report.print(output, &printing, begun.elapsed());
    Ok(report.exit())
}
