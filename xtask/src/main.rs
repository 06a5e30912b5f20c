//! The repository's own tasks: `cargo xtask demo`, `test`, `setup`, `release`, `generate`, `tidy`, `fuzz`. Runs other tools, and does nothing they can do.

#![expect(clippy::disallowed_methods, reason = "tasks run processes, look at files and read the clock")]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "tasks talk to whoever started them")]

mod counts;
mod demo;
mod editors;
mod fuzz;
mod generate;
mod release;
mod setup;
mod steps;
mod suite;
mod tidy;
mod workspace;

use std::process::ExitCode;

const HELP: &str = "\
The tasks of this repository.

Usage: cargo xtask <TASK>

Tasks:
  demo [EXAMPLE] [--no-serve] [--port N] [--release]
          sets everything up, builds an example (the blog, or the dashboard), serves it on port 3700
  test    sets everything up, runs all checks and tests; ends with `N passed, N failed`
  setup   installs packages and builds the runtime and the compiler
  vsix [--binary PATH] [--target linux-x64] [--out FILE]
          packages the extension for VS Code with the release build of the language server, or with the one that is named
  fuzz [TARGET]... [--time 3h]
          fuzzes the compiler (lexer, parser, check, emit), each target for half a minute or as long as is said
  release [--no-profile] [--target TRIPLE]
          builds the binaries for users into target/dist, guided by a profile of real runs
  generate [--check]
          makes the data of the language server of the packages it comes from, or tells whether it is what they give;
          describes the server's settings in the manifest of the extension (which its tests compare)
  tidy    checks what no other tool checks: how files begin, how long they are, what they are called";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["demo", options @ ..] => demo::Options::parse(options).and_then(|options| demo::run(&options)),
        ["test"] => return suite::run(),
        ["setup"] => setup::run().map(drop),
        ["vsix", options @ ..] => {
            editors::Options::parse(options).and_then(|options| editors::package(&options))
        }
        ["fuzz", options @ ..] => fuzz::Options::parse(options).and_then(|options| fuzz::run(&options)),
        ["release", options @ ..] => {
            release::Options::parse(options).and_then(|options| release::run(&options))
        }
        ["generate"] => generate::run(false).and_then(|()| editors::settings()),
        ["generate", "--check"] => generate::run(true),
        ["tidy"] => tidy::run(),
        [] | ["help" | "--help" | "-h"] => {
            println!("{HELP}");
            Ok(())
        }
        [other, ..] => {
            eprintln!("error: there is no task `{other}` with these options\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}
