//! `veloxc check --watch`.

use crate::Exit;
use crate::args::CheckArgs;
use crate::failure::Failure;
use crate::output::Output;
use crate::project::Selection;
use crate::session::Session;
use std::time::Instant;

pub(super) fn run(
    args: &CheckArgs,
    mut session: Session,
    selection: Selection,
    output: &Output,
    begun: Instant,
) -> Result<Exit, Failure> {
    let report = super::report(args, &mut session, &selection);
    super::finish(args, report, &mut session, output, begun)
}
