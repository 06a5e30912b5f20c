//! Runs the prerenderer in Node, and follows its events: a line of JSON each.
//!
//! The prerenderer is part of the runtime (`velox/prerender`); here its progress is shown and its failures become diagnostics.

use indicatif::{ProgressBar, ProgressStyle};
use serde::Deserialize;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use velox_diagnostics::{Code, Diagnostic, LineColumn, LineIndex, Span};

#[derive(Deserialize)]
#[serde(tag = "event", rename_all = "lowercase")]
enum Event {
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
        file: String,
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
    let script = ["dist/prerender/main.js"]
        .iter()
        .flat_map(|file| {
            let carried = output.join("node_modules/velox");
            let installed = project.ancestors().map(|folder| folder.join("node_modules/velox"));
            std::iter::once(carried).chain(installed).map(move |package| package.join(file))
        })
        .find(|path| path.is_file())
        .ok_or("the runtime's prerenderer is missing from the package `velox`")?;
    let mut command = Command::new(std::env::var_os("VELOX_NODE").unwrap_or_else(|| "node".into()));
    command.arg("--enable-source-maps").arg(&script).arg(output).current_dir(project);
    if let Some(concurrency) = concurrency {
        command.env("VELOX_PRERENDER_CONCURRENCY", concurrency.to_string());
    }
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .map_err(|error| format!("node cannot be run: {error}; install Node.js 20 or newer"))?;
    let stdout = child.stdout.take().ok_or("node gave no output")?;
    let bar = if show_progress { ProgressBar::new(0) } else { ProgressBar::hidden() };
    if let Ok(style) =
        ProgressStyle::with_template("{spinner} prerendering {bar:28.cyan/dim} {pos}/{len} {wide_msg:.dim}")
    {
        bar.set_style(style.progress_chars("━╸─"));
    }
    let mut outcome = Outcome::default();
    let mut done = false;
    for line in BufReader::new(stdout).lines() {
        let line = line.map_err(|error| format!("the prerenderer's output cannot be read: {error}"))?;
        let Ok(event) = serde_json::from_str::<Event>(&line) else { continue };
        match event {
            Event::Plan { pages } => bar.set_length(pages),
            Event::Page { route, path, file } => {
                bar.inc(1);
                bar.set_message(path.clone());
                if let Some(file) = file {
                    outcome.pages.push(Prerendered { route, path, file });
                }
            }
            Event::Failed { file, path, params, message, position } => {
                bar.inc(1);
                outcome.failures.push(failure(&file, path.as_deref(), &params, &message, position, text_of));
            }
            Event::Done { failed } => done = failed == outcome.failures.len() as u64 || failed == 0,
        }
    }
    bar.finish_and_clear();
    let status = child.wait().map_err(|error| format!("the prerenderer cannot be waited for: {error}"))?;
    if !done && outcome.failures.is_empty() {
        return Err(format!("the prerenderer ended before it was done ({status}); what it printed is above"));
    }
    outcome.pages.sort();
    outcome.failures.sort_by(|a, b| (&a.file, a.span, &a.message).cmp(&(&b.file, b.span, &b.message)));
    Ok(outcome)
}

fn failure(
    file: &str,
    path: Option<&str>,
    params: &serde_json::Value,
    message: &str,
    position: Option<Position>,
    text_of: &dyn Fn(&str) -> Option<String>,
) -> Diagnostic {
    let page = path.unwrap_or("the page");
    let title = format!("{page} could not be rendered: {}", message.lines().next().unwrap_or(message));
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
    if at != file && !file.is_empty() {
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
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_page_params_and_place() {
        let text = "---\nthrow new Error('x')\n---\n";
        let position = Position { file: "routes/a.velox".into(), line: 2, column: 7 };
        let params = serde_json::json!({ "slug": "b" });
        let found =
            failure("routes/a.velox", Some("/b"), &params, "x", Some(position), &|_| Some(text.to_owned()));
        assert_eq!(found.message, "/b could not be rendered: x");
        assert_eq!(found.span.text(text), "new");
        assert_eq!(found.label.as_deref(), Some("with params {\"slug\":\"b\"}"));
    }
}
