//! The only place that prints: standard output, standard error, colour, and what kind of terminal there is.
//!
//! A reader that goes away (`veloxc check | head`) is no error: what is left is not printed, and the exit code stays
//! what it would have been.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "printing is what this file is for")]

use crate::args::ColorChoice;
use crate::failure::Failure;
use std::io::{ErrorKind, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};

/// Where a command prints to.
#[derive(Debug)]
pub(crate) struct Output {
    colors_out: bool,
    colors_err: bool,
    out_closed: AtomicBool,
    /// Whether something could not be printed for another reason than a closed pipe.
    failed: AtomicBool,
}

impl Output {
    /// Decides on colours once, for the whole run.
    pub(crate) fn new(choice: ColorChoice) -> Self {
        let colors = |terminal| wants_color(choice, terminal, |name| std::env::var(name).ok());
        Self {
            colors_out: colors(std::io::stdout().is_terminal()),
            colors_err: colors(std::io::stderr().is_terminal()),
            out_closed: AtomicBool::new(false),
            failed: AtomicBool::new(false),
        }
    }

    /// Whether standard output is coloured.
    pub(crate) fn colors_out(&self) -> bool {
        self.colors_out
    }

    /// Whether standard error is coloured.
    pub(crate) fn colors_err(&self) -> bool {
        self.colors_err
    }

    /// Whether standard error is a terminal: somebody is looking, so progress may be shown there.
    pub(crate) fn is_watched(&self) -> bool {
        std::io::stderr().is_terminal()
    }

    /// Columns of the terminal that standard output is; nothing where it is a pipe or a file.
    pub(crate) fn width(&self) -> Option<usize> {
        let terminal = std::io::stdout().is_terminal();
        let (columns, _) = terminal_size::terminal_size_of(std::io::stdout()).filter(|_| terminal)?;
        Some(usize::from(columns.0))
    }

    /// Whether standard output is a terminal.
    pub(crate) fn is_terminal(&self) -> bool {
        std::io::stdout().is_terminal()
    }

    /// Whether nobody reads standard output any more.
    pub(crate) fn is_closed(&self) -> bool {
        self.out_closed.load(Ordering::Relaxed)
    }

    /// Prints to standard output.
    pub(crate) fn out(&self, text: &str) {
        if self.out_closed.load(Ordering::Relaxed) {
            return;
        }
        let mut out = std::io::stdout().lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Ok(()) => {}
            Err(error) => {
                self.out_closed.store(true, Ordering::Relaxed);
                if error.kind() != ErrorKind::BrokenPipe {
                    self.failed.store(true, Ordering::Relaxed);
                    self.fail(&Failure::new(format!("standard output cannot be written: {error}")));
                }
            }
        }
    }

    /// Prints to standard error. There is no one to tell where that fails.
    pub(crate) fn err(&self, text: &str) {
        let _ = std::io::stderr().lock().write_all(text.as_bytes());
    }

    /// Tells why a command cannot begin.
    pub(crate) fn fail(&self, failure: &Failure) {
        let paint = |text: &str, ansi: &str| {
            if self.colors_err { format!("\u{1b}[{ansi}m{text}\u{1b}[0m") } else { text.to_owned() }
        };
        let mut text = format!("{}: {}\n", paint("error", "1;31"), failure.message);
        for (nth, line) in failure.help.iter().flat_map(|help| help.lines()).enumerate() {
            let lead = if nth == 0 { paint("help:", "1;36") } else { "     ".to_owned() };
            text.push_str(&format!(" {lead} {line}\n"));
        }
        self.err(&text);
    }

    /// Whether all that was printed arrived, or was not wanted any more.
    pub(crate) fn arrived(&self) -> bool {
        !self.failed.load(Ordering::Relaxed)
    }
}

/// `--color` says it; else NO_COLOR, CLICOLOR_FORCE and TERM do; else a terminal gets colours.
fn wants_color(choice: ColorChoice, terminal: bool, variable: impl Fn(&str) -> Option<String>) -> bool {
    let set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto if set("NO_COLOR") => false,
        ColorChoice::Auto if set("CLICOLOR_FORCE") && variable("CLICOLOR_FORCE").as_deref() != Some("0") => {
            true
        }
        ColorChoice::Auto => terminal && variable("TERM").as_deref() != Some("dumb"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decide(choice: ColorChoice, terminal: bool, variables: &[(&str, &str)]) -> bool {
        wants_color(choice, terminal, |name| {
            variables.iter().find(|(other, _)| *other == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_flag_wins_over_the_environment_and_that_over_the_terminal() {
        use ColorChoice::{Always, Auto, Never};
        assert!(decide(Auto, true, &[]) && !decide(Auto, false, &[]));
        assert!(!decide(Auto, true, &[("NO_COLOR", "1")]) && decide(Auto, true, &[("NO_COLOR", "")]));
        assert!(
            decide(Auto, false, &[("CLICOLOR_FORCE", "1")])
                && !decide(Auto, false, &[("CLICOLOR_FORCE", "0")])
        );
        assert!(!decide(Auto, false, &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
        assert!(
            decide(Always, false, &[("NO_COLOR", "1")]) && !decide(Never, true, &[("CLICOLOR_FORCE", "1")])
        );
        assert!(!decide(Auto, true, &[("TERM", "dumb")]));
    }
}
