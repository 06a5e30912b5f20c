//! `veloxc check`: what is wrong in a project, or in some files of it.

mod fix;
mod input;
mod watch;

use crate::Exit;
use crate::args::CheckArgs;
use crate::failure::Failure;
use crate::output::Output;
use crate::project::{Selection, locate, prefix};
use crate::report::{Choice, Printing, Report};
use crate::session::{self, Session};
use crate::timings::Timings;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// # Errors
/// There is no project, or nothing in it to check.
pub(crate) fn run(args: &CheckArgs, root: Option<&Path>, output: &Output) -> Result<Exit, Failure> {
    let begun = Instant::now();
    if args.unsafe_fixes && !(args.fix || args.diff) {
        return Err(Failure::new("--unsafe says which fixes are applied").help("add --fix or --diff"));
    }
    if let Some(file) = &args.stdin_filename {
        return input::run(args, file, root, output, begun);
    }
    if args.paths.iter().any(|path| path == Path::new("-")) {
        return Err(Failure::new("`-` stands for standard input").help("name its file with --stdin-filename"));
    }
    if args.syntax_only {
        let mut timings = Timings::default();
        let mut report = super::syntax_only::check(&args.paths, root, &mut timings)?;
        report.narrow(&choice(args));
        let timings = args.timings.then_some(timings);
        report.print(output, &Printing { timings, ..printing(args, String::new()) }, begun.elapsed());
        return Ok(report.exit());
    }
    let target = locate(root, &args.paths)?;
    let mut session = open(args, &target.root, &target.selection)?;
    all_known(&session, &target.selection)?;
    if args.watch {
        return watch::run(args, session, target.selection, output, begun);
    }
    if args.fix || args.diff {
        return fix::run(args, session, &target.selection, output, begun);
    }
    let report = report(args, &mut session, &target.selection);
    let done = finish(args, report, &mut session, output, begun);
    // The process ends here: to free all that a project's database holds piece by piece would take longer than some checks.
    std::mem::forget(session);
    done
}

/// Loads a project with the levels of the command line.
fn open(args: &CheckArgs, root: &Path, selection: &Selection) -> Result<Session, Failure> {
    let mut session = session::open(root, selection, session::Keep::Few)?;
    session.set_levels(args.levels.severity.iter().copied().collect());
    Ok(session)
}

/// Checks what is selected, as the command line wants to hear it.
fn report(args: &CheckArgs, session: &mut Session, selection: &Selection) -> Report {
    let begun = Instant::now();
    let mut report = session.check_without_lines(selection);
    session.timings.phase("check", begun.elapsed());
    report.narrow(&choice(args));
    session.add_sources(&mut report, printing(args, String::new()).limit());
    report
}

fn finish(
    args: &CheckArgs,
    report: Report,
    session: &mut Session,
    output: &Output,
    begun: Instant,
) -> Result<Exit, Failure> {
    let mut printing = printing(args, prefix(&session.root));
    printing.timings = args.timings.then(|| session.timings.take());
    report.print(output, &printing, begun.elapsed());
    Ok(report.exit())
}

fn choice(args: &CheckArgs) -> Choice {
    Choice {
        only: args.only.clone(),
        skip: args.skip.clone(),
        quiet: args.quiet,
        error_on_warning: args.levels.error_on_warning,
    }
}

fn printing(args: &CheckArgs, prefix: String) -> Printing {
    Printing { limit: args.max_diagnostics, ..Printing::new(args.format, prefix) }
}

/// A path that was named and would be passed over in silence is a mistake in the call.
fn all_known(session: &Session, selection: &Selection) -> Result<(), Failure> {
    let unknown = match selection {
        Selection::All if session.knows("") => None,
        Selection::All => Some("the project"),
        Selection::Some(paths) => paths.iter().find(|path| !session.knows(path)).map(String::as_str),
    };
    let Some(path) = unknown else { return Ok(()) };
    let folder = matches!(selection, Selection::All) || session.root.join(path).is_dir();
    let what = if folder { "holds nothing to check" } else { "cannot be checked" };
    Err(Failure::new(format!("{path} {what}")).help(
        "checked are .velox, .ts, .tsx, .mts, .js, .jsx and .mjs files that no .gitignore or .ignore leaves out,\n\
         outside of node_modules and .velox",
    ))
}

/// Whether the paths of a call are none but the dash that stands for standard input.
fn only_dash(paths: &[PathBuf]) -> bool {
    paths.iter().all(|path| path == Path::new("-"))
}
