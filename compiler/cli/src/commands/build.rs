//! `veloxc build`: checks, builds, and says what came of it.

use crate::args::{BuildArgs, Format};
use crate::build::{BuildError, BuildOptions, Built, ClientOptions, build};
use crate::output::Output;
use crate::report::{Choice, Printing, Report, duration};
use crate::session::Session;
use crate::{Exit, project, session};
use std::path::Path;
use std::time::Instant;

/// Builds the project at a path.
pub(crate) fn run(
    args: &BuildArgs,
    root: Option<&Path>,
    output: &Output,
) -> Result<Exit, crate::failure::Failure> {
    let begun = Instant::now();
    let target = project::locate(root, args.path.as_slice())?;
    let mut session = session::open(&target.root, &crate::project::Selection::All, session::Keep::Many)?;
    session.set_levels(args.levels.severity.iter().copied().collect());
    let choice = Choice { error_on_warning: args.levels.error_on_warning, ..Choice::default() };
    let printing = Printing::new(args.format, project::prefix(&target.root));
    let mut report = session.check_all();
    report.narrow(&choice);
    if report.has_errors() || report.crashed {
        report.print(output, &printing, begun.elapsed());
        return Ok(report.exit());
    }
    let options = BuildOptions {
        prerender: !args.no_prerender,
        concurrency: args.concurrency,
        show_progress: output.is_watched() && args.format == Format::Pretty,
        client: ClientOptions { development: args.development, source_maps: args.source_maps },
    };
    match build(&session, options) {
        Ok(built) => {
            report.sources = session.sources(&report.diagnostics);
            print(&report, &built, &printing, &session, output, begun);
            Ok(Exit::Clean)
        }
        Err(BuildError::Found(failures)) => {
            report.diagnostics.extend(failures);
            report.sources = session.sources(&report.diagnostics);
            report.print(output, &printing, begun.elapsed());
            if args.format == Format::Pretty {
                output.err("nothing was written; the last build is as it was\n");
            }
            Ok(Exit::Findings)
        }
        Err(BuildError::Other(message)) => Err(crate::failure::Failure::new(message)),
    }
}

fn print(
    report: &Report,
    built: &Built,
    printing: &Printing,
    session: &Session,
    output: &Output,
    begun: Instant,
) {
    let format = printing.format;
    // A machine reads a report also where it is empty.
    if !report.diagnostics.is_empty() || !matches!(format, Format::Pretty | Format::Concise | Format::Github)
    {
        report.print(output, printing, begun.elapsed());
    }
    if format == Format::Pretty {
        let folder = built.output.strip_prefix(&session.root).unwrap_or(&built.output);
        let pages = if built.pages == 1 { "1 page".to_owned() } else { format!("{} pages", built.pages) };
        output.out(&format!(
            "built {} routes, {pages} prerendered, into {} ({})\nstart it with `veloxc preview`\n",
            built.routes,
            folder.display(),
            duration(begun.elapsed())
        ));
    }
}
