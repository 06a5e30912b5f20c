//! Runs the prerenderer in Node, and follows its events: a line of JSON each.
//!
//! The prerenderer is part of the runtime (`velox/prerender`); here its progress is shown and its failures become diagnostics.
//! It refuses to lose a page: where Node dies, the pages that were begun and not ended are the failures. It refuses to wait for
//! a page whose code never gives control back, too: only from outside can that be ended, and the others are rendered without it.

use super::runtime::runtime_file;
use indicatif::{ProgressBar, ProgressStyle};
use serde::{Deserialize, Serialize};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;
use velox_diagnostics::{Code, Diagnostic, LineColumn, LineIndex, Span};

#[derive(Deserialize)]
#[serde(tag = "event", rename_all = "lowercase")]
enum Event {
    Start {
        route: String,
        file: String,
        #[serde(default)]
        path: Option<String>,
        #[serde(default)]
        params: serde_json::Value,
    },
    Plan {
        pages: u64,
    },
    Page {
        route: String,
        path: String,
        file: Option<String>,
    },
    Failed {
        #[serde(default)]
        route: Option<String>,
        #[serde(default)]
        file: Option<String>,
        #[serde(default)]
        path: Option<String>,
        #[serde(default)]
        params: serde_json::Value,
        message: String,
        #[serde(default)]
        position: Option<Position>,
    },
    Done {
        failed: u64,
    },
}

#[derive(Deserialize)]
struct Position {
    file: String,
    line: u32,
    column: u32,
}

/// A page that was prerendered.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Prerendered {
    /// Id of its route.
    pub(crate) route: String,
    /// Its URL path.
    pub(crate) path: String,
    /// Its file, relative to the output.
    pub(crate) file: String,
}

/// What prerendering gave.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// Pages that were rendered, sorted.
    pub(crate) pages: Vec<Prerendered>,
    /// One diagnostic for each page that failed.
    pub(crate) failures: Vec<Diagnostic>,
}

/// Prerenders the static pages of the output in `output`. `text_of` gives the text of a project file.
///
/// # Errors
/// One line: Node cannot be run, or ended in a way that says nothing of pages.
pub(crate) fn prerender(
    project: &Path,
    output: &Path,
    concurrency: Option<usize>,
    show_progress: bool,
    text_of: &dyn Fn(&str) -> Option<String>,
) -> Result<Outcome, String> {
    let script = runtime_file(project, output, "dist/prerender/main.js")
        .ok_or("the runtime's prerenderer is missing from the package `velox`")?;
    let program = Program { script, project: project.to_owned(), output: output.to_owned() };
    let limit = page_limit(std::env::var("VELOX_PRERENDER_TIMEOUT").ok().as_deref());
    let bar = if show_progress { ProgressBar::new(0) } else { ProgressBar::hidden() };
    if let Ok(style) =
        ProgressStyle::with_template("{spinner} prerendering {bar:28.cyan/dim} {pos}/{len} {wide_msg:.dim}")
    {
        bar.set_style(style.progress_chars("━╸─"));
    }
    let mut progress = Progress::default();
    let mut concurrency = concurrency;
    loop {
        let (mut child, lines) = program.start(concurrency, &progress.failed)?;
        let silent = follow(&lines, limit, &mut progress, &bar, text_of);
        if silent {
            let _ = child.kill();
        }
        let status =
            child.wait().map_err(|error| format!("the prerenderer cannot be waited for: {error}"))?;
        if !silent {
            bar.finish_and_clear();
            return progress.end(&status.to_string(), text_of);
        }
        // Of several pages nobody knows which one it is; one after another they show it.
        concurrency = Some(1);
        if progress.is_stuck(limit, text_of) && progress.stuck >= MOST_STUCK {
            bar.finish_and_clear();
            return progress.give_up(text_of);
        }
        bar.set_position(0);
    }
}

/// How long a page may keep Node busy without a pause, where nothing else is said.
const PAGE_LIMIT: Duration = Duration::from_secs(60);
/// How much later than its limit the end of a page may be told.
const GRACE: Duration = Duration::from_secs(2);
/// After so many pages that never give control back the others are not tried: what they share is at fault.
const MOST_STUCK: usize = 3;

/// The limit that `VELOX_PRERENDER_TIMEOUT` sets, in milliseconds, as the prerenderer reads it.
fn page_limit(setting: Option<&str>) -> Duration {
    match setting.and_then(|text| text.trim().parse::<f64>().ok()) {
        Some(milliseconds) if milliseconds > 0.0 && milliseconds < 2_147_483_647.0 => {
            Duration::from_secs_f64(milliseconds / 1000.0)
        }
        _ => PAGE_LIMIT,
    }
}

/// The prerenderer of one output.
struct Program {
    script: PathBuf,
    project: PathBuf,
    output: PathBuf,
}

impl Program {
    /// Starts it, for all pages but those that failed; gives the lines that it prints.
    fn start(
        &self,
        concurrency: Option<usize>,
        failed: &[Failed],
    ) -> Result<(Child, Receiver<String>), String> {
        let mut command = Command::new(std::env::var_os("VELOX_NODE").unwrap_or_else(|| "node".into()));
        command.arg("--enable-source-maps").arg(&self.script).arg(&self.output).current_dir(&self.project);
        if let Some(concurrency) = concurrency {
            command.env("VELOX_PRERENDER_CONCURRENCY", concurrency.to_string());
        }
        if !failed.is_empty() {
            let file = self.output.join("server/failed.json");
            let text = serde_json::to_string(failed).map_err(|error| error.to_string())?;
            std::fs::write(&file, text)
                .map_err(|error| format!("{} cannot be written: {error}", file.display()))?;
            command.env("VELOX_PRERENDER_WITHOUT", file);
        }
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .map_err(|error| format!("node cannot be run: {error}; install Node.js 20.12 or newer"))?;
        let stdout = child.stdout.take().ok_or("node gave no output")?;
        Ok((child, lines_of(stdout)))
    }
}

/// The lines of a pipe as they come. The thread is left alone: what the application has started may hold the pipe open.
fn lines_of(stdout: ChildStdout) -> Receiver<String> {
    let (sender, lines) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    lines
}

/// Follows the events to their end. True where nothing came for so long that no page can be running as it should: each says
/// within its limit how it ended, unless its code keeps Node from everything else.
fn follow(
    lines: &Receiver<String>,
    limit: Duration,
    progress: &mut Progress,
    bar: &ProgressBar,
    text_of: &dyn Fn(&str) -> Option<String>,
) -> bool {
    loop {
        let line = if progress.begun.is_empty() {
            lines.recv().map_err(|_| RecvTimeoutError::Disconnected)
        } else {
            lines.recv_timeout(limit + GRACE)
        };
        let line = match line {
            Ok(line) => line,
            Err(RecvTimeoutError::Timeout) => return true,
            Err(RecvTimeoutError::Disconnected) => return false,
        };
        let Ok(event) = serde_json::from_str::<Event>(&line) else { continue };
        match &event {
            Event::Plan { pages } => bar.set_length(*pages),
            Event::Page { path, .. } => {
                bar.inc(1);
                bar.set_message(path.clone());
            }
            Event::Failed { .. } => bar.inc(1),
            Event::Start { .. } | Event::Done { .. } => {}
        }
        progress.take(event, text_of);
        if progress.done.is_some() {
            return false;
        }
    }
}

/// What has come of prerendering so far.
#[derive(Default)]
struct Progress {
    outcome: Outcome,
    /// Work that has begun and not ended; few, since few pages are rendered at the same time.
    begun: Vec<Begun>,
    /// How many failures there are, once all pages have ended.
    done: Option<u64>,
    /// Work that another run need not try.
    failed: Vec<Failed>,
    /// Pages that never gave control back.
    stuck: usize,
}

/// A page that failed, or, without a path, a route whose `paths` never came to an end.
#[derive(Serialize)]
struct Failed(String, Option<String>);

/// A page that is under way, or, without a path, `paths` of a route.
struct Begun {
    route: String,
    file: String,
    path: Option<String>,
    params: serde_json::Value,
}

impl Progress {
    fn take(&mut self, event: Event, text_of: &dyn Fn(&str) -> Option<String>) {
        match event {
            Event::Start { route, file, path, params } => {
                self.begun.push(Begun { route, file, path, params })
            }
            Event::Plan { .. } => self.begun.clear(),
            Event::Page { route, path, file } => {
                self.forget(&route, Some(&path));
                if let Some(file) = file {
                    self.outcome.pages.push(Prerendered { route, path, file });
                }
            }
            Event::Failed { route, file, path, params, message, position } => {
                if let Some(route) = &route {
                    self.forget(route, path.as_deref());
                    if path.is_some() {
                        self.failed.push(Failed(route.clone(), path.clone()));
                    }
                }
                let file = file.as_deref().unwrap_or(WHOLE_PROJECT);
                let found = failure(file, path.as_deref(), &params, &message, position, text_of);
                self.outcome.failures.push(found);
            }
            Event::Done { failed } => self.done = Some(failed),
        }
    }

    fn forget(&mut self, route: &str, path: Option<&str>) {
        self.begun.retain(|begun| begun.route != route || begun.path.as_deref() != path);
    }

    /// Takes what was under way when nothing more was heard. True where it is one page, which then is a failure.
    fn is_stuck(&mut self, limit: Duration, text_of: &dyn Fn(&str) -> Option<String>) -> bool {
        let begun = std::mem::take(&mut self.begun);
        let [Begun { route, file, path, params }] = begun.as_slice() else { return false };
        let what = if path.is_some() { "the page" } else { "`paths` of this route" };
        let message = format!(
            "{what} kept Node busy for {} ms without a pause, as an endless loop does; VELOX_PRERENDER_TIMEOUT sets another limit",
            limit.as_millis()
        );
        self.outcome.failures.push(failure(file, path.as_deref(), params, &message, None, text_of));
        self.failed.push(Failed(route.clone(), path.clone()));
        self.stuck += 1;
        true
    }

    /// The outcome where too many pages never gave control back.
    fn give_up(mut self, text_of: &dyn Fn(&str) -> Option<String>) -> Result<Outcome, String> {
        let message =
            format!("{} pages kept Node busy without a pause; the rest was not rendered", self.stuck);
        let found = failure(WHOLE_PROJECT, None, &serde_json::Value::Null, &message, None, text_of);
        self.outcome.failures.push(found);
        self.done = Some(0);
        self.end("", text_of)
    }

    /// The outcome, once Node has ended with `status`.
    fn end(mut self, status: &str, text_of: &dyn Fn(&str) -> Option<String>) -> Result<Outcome, String> {
        if self.done.is_none() {
            for Begun { file, path, params, .. } in std::mem::take(&mut self.begun) {
                let during =
                    if path.is_some() { "while this page was rendered" } else { "while its `paths` ran" };
                let message = format!("the prerenderer ended ({status}) {during}");
                let found = failure(&file, path.as_deref(), &params, &message, None, text_of);
                self.outcome.failures.push(found);
            }
        }
        let mut outcome = self.outcome;
        if outcome.failures.is_empty() && self.done != Some(0) {
            return Err(format!(
                "the prerenderer ended before it was done ({status}); what it printed is above"
            ));
        }
        outcome.pages.sort();
        // Each run tells of the pages that it rendered.
        outcome.pages.dedup();
        outcome.failures.sort_by(|a, b| (&a.file, a.span, &a.message).cmp(&(&b.file, b.span, &b.message)));
        // And of what `paths` gave wrongly.
        outcome.failures.dedup();
        Ok(outcome)
    }
}

/// Stands in the place of a file where a failure belongs to no page.
const WHOLE_PROJECT: &str = ".";

fn failure(
    file: &str,
    path: Option<&str>,
    params: &serde_json::Value,
    message: &str,
    position: Option<Position>,
    text_of: &dyn Fn(&str) -> Option<String>,
) -> Diagnostic {
    let first = message.lines().next().unwrap_or(message);
    let title = match path {
        Some(path) => format!("{path} could not be rendered: {first}"),
        // Then it is about `paths`, or about all pages, and says so itself.
        None => first.to_owned(),
    };
    let (at, span) = match position {
        Some(position) => {
            let span = text_of(&position.file).map(|text| {
                let lines = LineIndex::new(&text);
                let start = lines.offset(&text, LineColumn { line: position.line, column: position.column });
                Span::new(start, word_end(&text, start))
            });
            (position.file, span.unwrap_or_default())
        }
        None => (file.to_owned(), Span::at(0)),
    };
    let mut diagnostic = Diagnostic::new(Code::PRERENDER_FAILED, &at, span, title);
    let has_params = params.as_object().is_some_and(|params| !params.is_empty());
    if has_params {
        diagnostic = diagnostic.label(format!("with params {params}"));
    }
    if at != file && file != WHOLE_PROJECT {
        diagnostic = diagnostic.related(file, Span::at(0), "while this route was rendered");
    }
    diagnostic
}

/// Where the word at an offset ends, so that there is something to underline.
fn word_end(text: &str, start: u32) -> u32 {
    let rest = text.get(start as usize..).unwrap_or("");
    let length = rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '$')).unwrap_or(rest.len());
    start
        + if length == 0 {
            rest.chars().next().filter(|c| !c.is_control()).map_or(0, char::len_utf8)
        } else {
            length
        } as u32
}

#[cfg(test)]
mod tests;
