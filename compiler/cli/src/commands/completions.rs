//! `veloxc completions`: prints a shell's completion script.

use crate::args::{Cli, CompletionsArgs};
use crate::output::Output;
use clap::CommandFactory;

pub(crate) fn run(args: &CompletionsArgs, output: &Output) {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "veloxc", &mut script);
    output.out(&String::from_utf8_lossy(&script));
}
