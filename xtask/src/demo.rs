//! `cargo xtask demo`: from a fresh clone to an example in a browser.

use crate::setup::{compiler, install, outcome, runtime};
use crate::steps::Steps;
use crate::workspace::{command, examples, root, veloxc};
use std::net::{Ipv4Addr, TcpListener};
use std::process::Command;

/// What the command line says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Options {
    example: String,
    serve: bool,
    port: u16,
    release: bool,
}

impl Options {
    /// # Errors
    /// An option, or an example, that there is not.
    pub(crate) fn parse(words: &[&str]) -> Result<Self, String> {
        let mut options = Self { example: "blog".to_owned(), serve: true, port: 3700, release: false };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match *word {
                "--no-serve" => options.serve = false,
                "--release" => options.release = true,
                word if word == "--port" || word.starts_with("--port=") => {
                    let value = word.strip_prefix("--port=").or_else(|| words.next().copied());
                    let port = value.and_then(|value| value.parse().ok()).filter(|port| *port > 0);
                    options.port = port.ok_or("--port takes a number from 1 to 65535")?;
                }
                name if examples().iter().any(|folder| folder.ends_with(name)) => {
                    options.example = name.to_owned();
                }
                other => return Err(format!("`cargo xtask demo` has no option `{other}`")),
            }
        }
        Ok(options)
    }
}

/// Builds the example, and serves it.
///
/// # Errors
/// A step failed, or the port is taken.
pub(crate) fn run(options: &Options) -> Result<(), String> {
    if options.serve {
        is_free(options.port)?;
    }
    let mut steps = Steps::default();
    let name = &options.example;
    let example = root().join("examples").join(name);
    let runtime = runtime(&mut steps);
    let compiled = compiler(&mut steps, runtime, options.release);
    let installed = install(&mut steps, &example, compiled);
    let veloxc = veloxc(if options.release { "release" } else { "debug" })?;
    let mut build = command(veloxc.as_os_str(), &root());
    build.arg("build").arg(&example);
    steps.run(&format!("examples/{name}: build"), installed, build);
    outcome(&steps)?;
    if !options.serve {
        return Ok(());
    }
    println!("\nThe example {name}: http://localhost:{} (Ctrl-C ends it)\n", options.port);
    let mut serve = command(veloxc.as_os_str(), &root());
    serve.arg("preview").arg(&example).args(["--port", &options.port.to_string()]);
    hand_over(serve)
}

fn is_free(port: u16) -> Result<(), String> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(error) => Err(format!("port {port} cannot be used ({error}); name another with --port N")),
    }
}

/// The server takes this process's place, so that signals and its exit code are its own.
#[cfg(unix)]
fn hand_over(mut command: Command) -> Result<(), String> {
    use std::os::unix::process::CommandExt;
    Err(format!("the server cannot be started: {}", command.exec()))
}

#[cfg(not(unix))]
fn hand_over(mut command: Command) -> Result<(), String> {
    let status = command.status().map_err(|error| format!("the server cannot be started: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("the server ended with {status}")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read_in_both_spellings() {
        let example = "blog".to_owned();
        let serve = Options { example: example.clone(), serve: true, port: 3700, release: false };
        assert_eq!(Options::parse(&[]), Ok(serve));
        let built = Options { example, serve: false, port: 80, release: true };
        assert_eq!(Options::parse(&["--no-serve", "--port", "80", "--release"]), Ok(built));
        assert_eq!(Options::parse(&["--port=81"]).map(|options| options.port), Ok(81));
        assert!(Options::parse(&["--port"]).is_err() && Options::parse(&["--port=0"]).is_err());
        assert!(Options::parse(&["--sevre"]).is_err() && Options::parse(&["blg"]).is_err());
        let other = Options::parse(&["dashboard", "--no-serve"]).map(|options| options.example);
        assert_eq!(other, Ok("dashboard".to_owned()));
    }

    #[test]
    fn a_port_that_is_taken_is_told() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        assert!(is_free(port).unwrap_err().contains("--port N"));
    }
}
