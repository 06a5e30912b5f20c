//! Runs steps one after another, goes on after a failed one where that makes sense, and sums up at the end.

use crate::counts::{Counts, Runner};
use std::io::{BufRead, BufReader, IsTerminal, Read, Write};
use std::process::{Command, ExitCode, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Done,
    Failed,
    Skipped,
}

struct Step {
    name: String,
    outcome: Outcome,
    took: Duration,
}

/// The steps so far.
#[derive(Default)]
pub(crate) struct Steps {
    steps: Vec<Step>,
    counts: Counts,
}

impl Steps {
    /// Runs a command and shows its output. Without what it `needs`, it is skipped.
    pub(crate) fn run(&mut self, name: &str, needs: bool, mut command: Command) -> bool {
        self.step(name, needs, |counts| watch(&mut command, None, counts))
    }

    /// Runs tests, shows their output, and counts what the runner reports.
    pub(crate) fn test(&mut self, name: &str, needs: bool, runner: Runner, mut command: Command) -> bool {
        self.step(name, needs, |counts| watch(&mut command, Some(runner), counts))
    }

    /// Does a piece of work that is no command.
    pub(crate) fn work(
        &mut self,
        name: &str,
        needs: bool,
        work: impl FnOnce() -> Result<(), String>,
    ) -> bool {
        self.step(name, needs, |_| work())
    }

    fn step(
        &mut self,
        name: &str,
        needs: bool,
        work: impl FnOnce(&mut Counts) -> Result<(), String>,
    ) -> bool {
        let begun = Instant::now();
        let mut outcome = Outcome::Skipped;
        if needs {
            println!("\n=== {name}");
            let mut counts = Counts::default();
            let done = work(&mut counts);
            outcome = if done.is_ok() && counts.failed == 0 { Outcome::Done } else { Outcome::Failed };
            if let Err(message) = done {
                println!("{name}: {message}");
                // A step that fails without a failed test is a failure too.
                counts.failed = counts.failed.max(1);
            }
            self.counts.add(counts);
        }
        self.steps.push(Step { name: name.to_owned(), outcome, took: begun.elapsed() });
        outcome == Outcome::Done
    }

    /// Whether no step failed.
    pub(crate) fn is_good(&self) -> bool {
        self.steps.iter().all(|step| step.outcome == Outcome::Done)
    }

    /// Names of the steps that failed or could not run.
    pub(crate) fn failed(&self) -> Vec<&str> {
        self.steps
            .iter()
            .filter(|step| step.outcome == Outcome::Failed)
            .map(|step| step.name.as_str())
            .collect()
    }

    /// Prints how long each step took, which failed, and the closing line.
    pub(crate) fn finish(&self) -> ExitCode {
        println!("\n=== steps");
        let width = self.steps.iter().map(|step| step.name.len()).max().unwrap_or(0);
        for step in &self.steps {
            let word = match step.outcome {
                Outcome::Done => "ok",
                Outcome::Failed => "FAILED",
                Outcome::Skipped => "skipped",
            };
            println!("{:<width$}  {word:<7}  {:>7.1} s", step.name, step.took.as_secs_f64());
        }
        let total: Duration = self.steps.iter().map(|step| step.took).sum();
        println!("{:<width$}  {:<7}  {:>7.1} s", "", "", total.as_secs_f64());
        if !self.failed().is_empty() {
            println!("failed: {}", self.failed().join(", "));
        }
        println!("{} passed, {} failed", self.counts.passed, self.counts.failed);
        if self.is_good() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

/// Runs a command, passes its output on as it comes, and counts.
fn watch(command: &mut Command, runner: Option<Runner>, counts: &mut Counts) -> Result<(), String> {
    println!("$ {}", shown(command));
    if std::io::stdout().is_terminal() {
        // Cargo sees a pipe, though somebody looks at its end.
        command.env("CARGO_TERM_COLOR", "always");
    }
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{}: {error}", command.get_program().to_string_lossy()))?;
    let shared = Mutex::new(Counts::default());
    thread::scope(|scope| {
        let (out, err) = (child.stdout.take(), child.stderr.take());
        scope.spawn(|| pass_on(out, &mut std::io::stdout(), runner, &shared));
        scope.spawn(|| pass_on(err, &mut std::io::stderr(), runner, &shared));
    });
    let status = child.wait().map_err(|error| error.to_string())?;
    *counts = shared.into_inner().unwrap_or_default();
    // A runner that says how many tests failed has said enough.
    if status.success() || counts.failed > 0 { Ok(()) } else { Err(format!("it ended with {status}")) }
}

fn pass_on(from: Option<impl Read>, to: &mut dyn Write, runner: Option<Runner>, counts: &Mutex<Counts>) {
    let Some(from) = from else { return };
    let mut reader = BufReader::new(from);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
        let _ = to.write_all(&line);
        if let (Some(runner), Ok(mut counts)) = (runner, counts.lock()) {
            counts.add(Counts::of_line(&String::from_utf8_lossy(&line), runner));
        }
        line.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_step_is_counted_and_what_needs_it_is_skipped() {
        let mut steps = Steps::default();
        assert!(steps.work("good", true, || Ok(())));
        let bad = steps.work("bad", true, || Err("no".to_owned()));
        assert!(!bad && !steps.work("after", bad, || Ok(())));
        assert_eq!(steps.counts, Counts { passed: 0, failed: 1 });
        assert_eq!(steps.failed(), ["bad"]);
        assert!(!steps.is_good());
    }

    #[cfg(unix)]
    #[test]
    fn tests_of_a_command_are_counted_whatever_it_ends_with() {
        let shell = |script: &str| {
            let mut command = Command::new("sh");
            command.args(["-c", script]);
            command
        };
        let mut steps = Steps::default();
        let node = Runner::Node;
        assert!(steps.test("fine", true, node, shell("echo '# pass 3'; echo '# fail 0'")));
        assert!(!steps.test("failing", true, node, shell("echo '# pass 2'; echo '# fail 1' >&2; exit 1")));
        assert!(steps.run("no runner", true, shell("echo '# fail 9'")));
        assert!(!steps.run("broken", true, shell("exit 3")));
        assert!(!steps.test("gone", true, node, Command::new("/nowhere/program")));
        assert_eq!(steps.counts, Counts { passed: 5, failed: 3 });
        assert_eq!(steps.failed(), ["failing", "broken", "gone"]);
    }
}
