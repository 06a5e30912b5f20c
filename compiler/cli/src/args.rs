//! The command line: every command, option and word of help. Parsed by clap, acted upon elsewhere.

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;
use std::path::PathBuf;
use velox_core::analyze::Mode;

/// The compiler for .velox files: checks a project, builds it, and explains itself.
///
/// A .velox file is one web route: a TypeScript server block between two lines of `---`, then its HTML template.
#[derive(Debug, Parser)]
#[command(
    name = "veloxc",
    version,
    subcommand_required = true,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    max_term_width = 100,
    after_help = "\
Examples:
  veloxc init my-app          make a project
  veloxc check                say what is wrong in the project around this folder
  veloxc build && veloxc preview
  veloxc explain VX0401       what a code means, and how to mend it

Exit codes: 0 clean, 1 findings, 2 usage or configuration, 101 a mistake of veloxc itself."
)]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,

    /// Colours in the output; `auto` asks the terminal, NO_COLOR and CLICOLOR_FORCE
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = "Global options")]
    pub(crate) color: ColorChoice,

    /// The project's root, instead of finding it by velox.config, package.json or a routes folder
    #[arg(long, global = true, value_name = "DIR", value_hint = ValueHint::DirPath, help_heading = "Global options")]
    pub(crate) root: Option<PathBuf>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Check(CheckArgs),
    Build(BuildArgs),
    Routes(RoutesArgs),
    Compile(CompileArgs),
    Explain(ExplainArgs),
    Init(InitArgs),
    Preview(PreviewArgs),
    Completions(CompletionsArgs),
}

/// Report what is wrong in a project, a folder of it, or single files
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  veloxc check                         the project around this folder
  veloxc check routes/blog lib/db.ts   load the whole project, report on these alone
  veloxc check --format concise        a line each: file:line:column: error[VX0401]: message
  veloxc check --syntax-only a.velox   fences, template and TypeScript syntax; needs no project

Files that .gitignore or .ignore leave out are not checked. Hints never change the exit code.
Exit codes: 0 nothing found, 1 errors or warnings, 2 no project, no such file or a bad velox.config,
101 a mistake of veloxc.")]
pub(crate) struct CheckArgs {
    /// A project, folders or files of it [default: the project around the current folder]
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) paths: Vec<PathBuf>,

    /// How findings are printed
    #[arg(long, value_name = "FORMAT", default_value = "pretty")]
    pub(crate) format: Format,

    /// Check the syntax of .velox files alone, anywhere, also outside of a project
    #[arg(long)]
    pub(crate) syntax_only: bool,
}

/// Check and build a project into .velox/output
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  veloxc build                     build the project around this folder
  veloxc build examples/blog       build another one
  node .velox/output/server.js     serve it (or: veloxc preview)

A build that fails leaves the last output as it is. Prerendering needs Node.js 20 or newer.
Exit codes: 0 built, 1 errors in the project, 2 no project, 101 a mistake of veloxc.")]
pub(crate) struct BuildArgs {
    /// The project [default: the one around the current folder]
    #[arg(value_name = "PATH", value_hint = ValueHint::DirPath)]
    pub(crate) path: Option<PathBuf>,

    /// How findings are printed
    #[arg(long, value_name = "FORMAT", default_value = "pretty")]
    pub(crate) format: Format,

    /// Leave static pages to their first request
    #[arg(long)]
    pub(crate) no_prerender: bool,

    /// Pages rendered at a time [default: by the number of cores]
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    pub(crate) concurrency: Option<usize>,
}

/// Show all routes: how each is rendered, and why
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  veloxc routes                                         a tree
  veloxc routes --format json | jq '.routes[].pattern'  for machines

Modes: ssr on each request, ssg at build, isr kept for a time, csr in the browser.
Exit codes: 0 all is well, 1 routes have errors (told on standard error), 2 no project.")]
pub(crate) struct RoutesArgs {
    /// The project [default: the one around the current folder]
    #[arg(value_name = "PATH", value_hint = ValueHint::DirPath)]
    pub(crate) path: Option<PathBuf>,

    /// How routes are printed
    #[arg(long, value_name = "FORMAT", default_value = "tree")]
    pub(crate) format: RoutesFormat,
}

/// Print the JavaScript that a file becomes
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  veloxc compile routes/index.velox
  veloxc compile routes/index.velox --source-map
  veloxc compile components/Card.velox -o card.js    writes card.js and card.js.map
  veloxc compile routes/about.velox --mode isr       with the rules of another mode
  veloxc compile routes/app.velox --target client    for the browser

A file that has errors prints them on standard error, and nothing on standard output.
Exit codes: 0 compiled, 1 errors in the file, 2 no such file or a mode that contradicts it.")]
pub(crate) struct CompileArgs {
    /// The file: .velox, .ts, .tsx, .js
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,

    /// Check a route that sets no `config.render` as if it set this
    #[arg(long, value_name = "MODE", value_parser = mode)]
    pub(crate) mode: Option<Mode>,

    /// What the code is for
    #[arg(long, value_name = "TARGET", default_value = "server")]
    pub(crate) target: CompileTarget,

    /// Append the source map as a comment
    #[arg(long, conflicts_with = "output")]
    pub(crate) source_map: bool,

    /// Write to FILE, with the source map in FILE.map
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
}

/// Explain a diagnostic code: what, why, an example, how to mend it
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  veloxc explain VX0401
  veloxc explain unknown-component
  veloxc explain                     all codes")]
pub(crate) struct ExplainArgs {
    /// A code such as VX0401, or its name; without one, all codes are listed
    #[arg(value_name = "CODE")]
    pub(crate) code: Option<String>,
}

/// Make a new project
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  veloxc init my-app     in a new folder
  veloxc init            in this folder, which must be empty

Nothing is ever overwritten: a folder that holds something is refused.")]
pub(crate) struct InitArgs {
    /// A new or empty folder
    #[arg(value_name = "DIR", default_value = ".", value_hint = ValueHint::DirPath)]
    pub(crate) directory: PathBuf,
}

/// Serve the last build with Node.js
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  veloxc build && veloxc preview
  veloxc preview --port 8080 --host 0.0.0.0

Ends with the server's own exit code; signals reach the server.")]
pub(crate) struct PreviewArgs {
    /// The project [default: the one around the current folder]
    #[arg(value_name = "PATH", value_hint = ValueHint::DirPath)]
    pub(crate) path: Option<PathBuf>,

    /// The port to listen on [default: PORT, else what the server takes]
    #[arg(long, value_name = "N")]
    pub(crate) port: Option<u16>,

    /// The address to listen on [default: HOST, else what the server takes]
    #[arg(long, value_name = "ADDRESS", value_hint = ValueHint::Hostname)]
    pub(crate) host: Option<String>,
}

/// Print completions for a shell
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  veloxc completions bash > ~/.local/share/bash-completion/completions/veloxc
  veloxc completions zsh > \"${fpath[1]}/_veloxc\"
  veloxc completions fish > ~/.config/fish/completions/veloxc.fish")]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub(crate) shell: Shell,
}

/// When output is coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorChoice {
    #[default]
    Auto,
    Always,
    Never,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Frames of the code, for people
    Pretty,
    /// One object, for machines
    Json,
    /// A line for each
    Concise,
}

/// How routes are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RoutesFormat {
    /// A picture, for people
    Tree,
    /// One object, for machines
    Json,
}

/// What emitted code is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CompileTarget {
    /// HTML as strings
    Server,
    /// Vnodes of preact, for the browser
    Client,
}

fn mode(text: &str) -> Result<Mode, String> {
    Mode::parse(text).ok_or_else(|| format!("the modes are {}", Mode::NAMES.join(", ")))
}

fn at_least_one(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|number| *number > 0).ok_or_else(|| "a whole number, 1 or more".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
