//! The command line: every command, option and word of help. Parsed by clap, acted upon elsewhere.

mod values;

use clap::{Args, Parser, Subcommand, ValueHint};
use clap_complete::Shell;
use std::path::PathBuf;
pub(crate) use values::{ColorChoice, CompileTarget, Format, RoutesFormat};
use values::{at_least_one, code, code_level, mode};
use velox_core::analyze::Mode;
use velox_diagnostics::{Code, Level};

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
  veloxc fmt                  format its .velox files
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
    Fmt(FmtArgs),
    Init(InitArgs),
    Preview(PreviewArgs),
    Cache(CacheArgs),
    Lsp(LspArgs),
    Completions(CompletionsArgs),
}

/// Report what is wrong in a project, a folder of it, or single files
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  veloxc check                         the project around this folder
  veloxc check routes/blog lib/db.ts   load the whole project, report on these alone
  veloxc check --fix                   mend what can be mended safely; --diff shows it first
  veloxc check --watch                 again after each change
  veloxc check --format github         annotations; also gitlab, sarif, junit, json, concise
  veloxc check --only unused-import --severity unused-import=error
  veloxc check --stdin-filename routes/a.velox < draft.velox
  veloxc check --syntax-only a.velox   fences, template and TypeScript syntax; needs no project

Files that .gitignore or .ignore leave out are not checked. Hints never change the exit code.
A comment `velox-ignore VX0401: reason` silences a code in the next line; `check.severity` in
velox.config.ts changes it everywhere.
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

    /// Apply the fixes that keep the meaning of the code, and report the rest
    #[arg(long, conflicts_with = "syntax_only", help_heading = "Fixing")]
    pub(crate) fix: bool,

    /// With --fix or --diff, take the other fixes too: they are the likeliest, not the certain ones
    #[arg(long = "unsafe", help_heading = "Fixing")]
    pub(crate) unsafe_fixes: bool,

    /// Print what --fix would change, as a unified diff, and change nothing
    #[arg(long, conflicts_with_all = ["fix", "syntax_only"], help_heading = "Fixing")]
    pub(crate) diff: bool,

    /// Report these codes alone: numbers or names, divided by commas
    #[arg(long, value_name = "CODES", value_delimiter = ',', value_parser = code, help_heading = "Choosing")]
    pub(crate) only: Vec<Code>,

    /// Do not report these codes
    #[arg(long, value_name = "CODES", value_delimiter = ',', value_parser = code, help_heading = "Choosing")]
    pub(crate) skip: Vec<Code>,

    /// Report errors alone: warnings and hints are neither shown nor counted
    #[arg(short, long, help_heading = "Choosing")]
    pub(crate) quiet: bool,

    #[command(flatten)]
    pub(crate) levels: LevelArgs,

    /// Print this many findings at most, errors first; all are counted [default: 100 for pretty]
    #[arg(long, value_name = "N", help_heading = "Choosing")]
    pub(crate) max_diagnostics: Option<usize>,

    /// Check the text on standard input as if it stood in this file, and report on it alone
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "syntax_only")]
    pub(crate) stdin_filename: Option<PathBuf>,

    /// Check again whenever a file changes, until Ctrl-C
    #[arg(short, long, conflicts_with_all = ["fix", "diff", "syntax_only", "stdin_filename"])]
    pub(crate) watch: bool,

    /// Say where the time goes: by phase, and by kind of file
    #[arg(long)]
    pub(crate) timings: bool,
}

/// What is made of codes.
#[derive(Debug, Args)]
pub(crate) struct LevelArgs {
    /// Report a code as `error`, `warning`, `hint`, or with `off` not at all; wins over velox.config
    #[arg(long, value_name = "CODE=LEVEL", value_delimiter = ',', value_parser = code_level, help_heading = "Choosing")]
    pub(crate) severity: Vec<(Code, Level)>,

    /// Report warnings as errors
    #[arg(long, help_heading = "Choosing")]
    pub(crate) error_on_warning: bool,
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

    #[command(flatten)]
    pub(crate) levels: LevelArgs,

    /// Leave static pages to their first request
    #[arg(long)]
    pub(crate) no_prerender: bool,

    /// Pages rendered at a time [default: by the number of cores]
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    pub(crate) concurrency: Option<usize>,

    /// Write source maps beside the files for the browser; the server does not serve them
    #[arg(long)]
    pub(crate) source_maps: bool,

    /// Leave code for the browser readable, and let it warn where the server's HTML of an island differs
    #[arg(long)]
    pub(crate) development: bool,
}

/// Show all routes: how each is rendered, and why
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  veloxc routes                                         a tree
  veloxc routes --format json | jq '.routes[].pattern'  for machines
  veloxc routes --unlinked                              pages to which nothing leads

Modes: ssr on each request, ssg at build, isr kept for a time, csr in the browser.
Exit codes: 0 all is well, 1 routes have errors (told on standard error), 2 no project.")]
pub(crate) struct RoutesArgs {
    /// The project [default: the one around the current folder]
    #[arg(value_name = "PATH", value_hint = ValueHint::DirPath)]
    pub(crate) path: Option<PathBuf>,

    /// How routes are printed
    #[arg(long, value_name = "FORMAT", default_value = "tree")]
    pub(crate) format: RoutesFormat,

    /// Show only pages to which nothing leads: no link, no redirect, no path in any string of another file
    #[arg(long)]
    pub(crate) unlinked: bool,
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

/// Format .velox files: server block, template, scripts and styles
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  veloxc fmt                           the .velox files of the project around this folder
  veloxc fmt routes/blog lib/db.ts     those of a folder; a module where it is named
  veloxc fmt --check                   change nothing, list what would be changed
  veloxc fmt --stdin-filename routes/a.velox < draft.velox

Formatting never changes what a file means, and leaves a file with broken syntax alone. `format` in
velox.config.ts sets lineWidth, indent, quotes and semicolons; where it does not, .editorconfig does.
Files that .gitignore or .ignore leave out are passed over, unless they are named. A comment
`velox-format-ignore` leaves what follows it as it is.
Exit codes: 0 all is formatted, 1 files differ (--check) or are broken, 2 no such file or a bad
velox.config, 101 a mistake of veloxc.")]
pub(crate) struct FmtArgs {
    /// Folders, whose .velox files are formatted, and files: .velox, .ts, .tsx, .js, .jsx [default: the project around the
    /// current folder]
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) paths: Vec<PathBuf>,

    /// Write nothing; list the files that would be changed, and end with 1 if there are any
    #[arg(long)]
    pub(crate) check: bool,

    /// Format the text on standard input as if it stood in this file, and print it
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) stdin_filename: Option<PathBuf>,
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

/// Show what a site has kept, and let go of it
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  veloxc cache ls                   kept pages and data, with their age and tags
  veloxc cache ls /blog --json      those below a path, a line of JSON each
  veloxc cache rm /products         this page is made again when it is asked for next
  veloxc cache rm --tag products    all pages and data with this tag
  veloxc cache rm --page /blog/:slug  all pages of a route; --layout: and of those below
  veloxc cache stats

Works on the store of the last build: files, or Redis (VELOX_CACHE_URL). Servers that run hear of it.
Exit codes: 0 done, 2 no project, no build, or a store that cannot be reached.")]
pub(crate) struct CacheArgs {
    /// What to do.
    #[command(subcommand)]
    pub(crate) action: CacheAction,
}

/// What to do with a cache.
#[derive(Debug, Subcommand)]
pub(crate) enum CacheAction {
    /// List kept pages and data
    Ls {
        /// List pages whose path begins with this alone
        #[arg(value_name = "PATH")]
        beginning: Option<String>,

        /// Print a line of JSON for each
        #[arg(long)]
        json: bool,
    },
    /// Have pages and data made again
    #[command(arg_required_else_help = true)]
    Rm {
        /// Paths of pages; tags with --tag, patterns with --page and --layout
        #[arg(value_name = "NAME", required_unless_present = "all")]
        names: Vec<String>,

        /// The names are cache tags
        #[arg(long, conflicts_with_all = ["page", "layout", "all"])]
        tag: bool,

        /// The names are patterns of routes, such as /blog/:slug
        #[arg(long, conflicts_with_all = ["layout", "all"])]
        page: bool,

        /// The names are patterns, and all routes at and below them are meant
        #[arg(long, conflicts_with = "all")]
        layout: bool,

        /// Everything that is kept
        #[arg(long, conflicts_with = "names")]
        all: bool,

        /// Serve what is kept once more, while it is made again
        #[arg(long)]
        swr: bool,

        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Count what is kept
    Stats {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
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

/// Run the language server, over standard input and output
#[derive(Debug, Args)]
#[command(after_help = "\
This is what an editor starts; it is the same server as `velox-lsp`. It needs no options and no configuration:
  nvim: vim.lsp.start({ name = 'velox', cmd = { 'veloxc', 'lsp' }, root_dir = vim.fn.getcwd() })

Ends with 0 when the editor said goodbye, with 1 when it was gone.")]
pub(crate) struct LspArgs {
    /// Passed by some editors; the server always uses standard input and output
    #[arg(long, hide = true)]
    pub(crate) stdio: bool,
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
