//! `veloxc`, the command line of the Velox compiler: parses arguments, calls a command, gives an exit code.
//!
//! What a command does is in `commands/`; nothing of the language is decided in this crate.

#![expect(
    clippy::disallowed_methods,
    reason = "the command line is where IO happens: files, processes, clocks, terminal"
)]

mod allocator;
mod args;
mod build;
mod commands;
mod crash;
mod failure;
mod output;
mod project;
mod report;
mod session;
mod standard_input;
mod timings;
mod write;

use args::{Cli, ColorChoice, Command};
use clap::{CommandFactory, FromArgMatches};
use failure::Failure;
use output::Output;
use std::ffi::OsString;
use std::process::ExitCode;

/// The compiler makes very many small values; with the system's allocator it is a fifth slower (bench/README.md).
#[global_allocator]
static ALLOCATOR: allocator::Allocator = allocator::Allocator;

/// How a run ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Nothing to say.
    Clean,
    /// Something is wrong in the project.
    Findings,
    /// The command was called in a way or a place that makes no sense.
    Usage,
    /// A mistake of the compiler.
    Internal,
    /// What a program that was run ended with.
    #[cfg(not(unix))]
    Other(u8),
}

impl Exit {
    /// As it is, or [`Exit::Findings`] where it would be clean.
    pub(crate) fn or_findings(self) -> Self {
        if self == Self::Clean { Self::Findings } else { self }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Clean => 0,
            Exit::Findings => 1,
            Exit::Usage => 2,
            Exit::Internal => 101,
            #[cfg(not(unix))]
            Exit::Other(code) => code,
        })
    }
}

/// Bytes of stack for each worker: deep nesting is met in the depth of what users write.
const STACK: usize = 16 * 1024 * 1024;

fn main() -> ExitCode {
    crash::install();
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let output = Output::new(color_of(&arguments));
    let cli = match parse(&arguments) {
        Ok(cli) => cli,
        Err(error) => return told(&output, &error),
    };
    // The pool can be made once only, and this is the one place that makes it.
    let _ = rayon::ThreadPoolBuilder::new().stack_size(STACK).build_global();
    match crash::guarded(|| run(&cli, &output)) {
        Ok(_) if !output.arrived() => Exit::Usage.into(),
        Ok(code) => code,
        Err(trouble) => {
            let said = match trouble {
                crash::Trouble::Panic(said) => said,
                crash::Trouble::OfAnother => "a worker ended before its work was done".to_owned(),
            };
            output.fail(&Failure::new(format!("veloxc failed: {said}")).help(crash::REPORT));
            Exit::Internal.into()
        }
    }
}

fn run(cli: &Cli, output: &Output) -> ExitCode {
    let root = cli.root.as_deref();
    let done = match &cli.command {
        Command::Build(args) => commands::build::run(args, root, output),
        Command::Check(args) => {
            allocator::without_huge_pages();
            commands::check::run(args, root, output)
        }
        Command::Routes(args) => commands::routes::run(args, root, output),
        Command::Compile(args) => commands::compile::run(args, root, output),
        Command::Explain(args) => commands::explain::run(args, output),
        Command::Fmt(args) => commands::fmt::run(args, root, output),
        Command::Init(args) => commands::init::run(args, output),
        Command::Cache(args) => commands::cache::run(args, root),
        Command::Preview(args) => commands::preview::run(args, root),
        Command::Lsp(args) => return commands::lsp::run(args),
        Command::Completions(args) => {
            commands::completions::run(args, output);
            Ok(Exit::Clean)
        }
    };
    done.unwrap_or_else(|failure| {
        output.fail(&failure);
        Exit::Usage
    })
    .into()
}

fn parse(arguments: &[OsString]) -> Result<Cli, clap::Error> {
    let mut command = Cli::command().color(match color_of(arguments) {
        ColorChoice::Auto => clap::ColorChoice::Auto,
        ColorChoice::Always => clap::ColorChoice::Always,
        ColorChoice::Never => clap::ColorChoice::Never,
    });
    let matches = command.try_get_matches_from_mut(arguments)?;
    Cli::from_arg_matches(&matches).map_err(|error| error.format(&mut command))
}

/// Prints what clap has to say: help and version to standard output, mistakes to standard error.
fn told(output: &Output, error: &clap::Error) -> ExitCode {
    let text = error.render();
    let plain_or = |colors: bool| if colors { text.ansi().to_string() } else { text.to_string() };
    if error.use_stderr() {
        output.err(&plain_or(output.colors_err()));
        Exit::Usage.into()
    } else {
        output.out(&plain_or(output.colors_out()));
        Exit::Clean.into()
    }
}

/// What `--color` says, known before the rest is parsed: help and mistakes are coloured too.
fn color_of(arguments: &[OsString]) -> ColorChoice {
    let mut words =
        arguments.iter().skip(1).filter_map(|word| word.to_str()).take_while(|word| *word != "--");
    let mut choice = None;
    while let Some(word) = words.next() {
        let value = if word == "--color" { words.next() } else { word.strip_prefix("--color=") };
        choice = value.or(choice);
    }
    match choice {
        Some("always") => ColorChoice::Always,
        Some("never") => ColorChoice::Never,
        _ => ColorChoice::Auto,
    }
}
