//! Runs the bundler: the runtime's own program in Node, which drives esbuild. A job goes in, one line of JSON comes out.
//!
//! Equal jobs over equal packages are answered from the cache of the last one.

use super::cache::Kept;
use super::{Entry, EntryFiles, Module};
use crate::build::output::Staging;
use crate::build::runtime::runtime_file;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

/// What is bundled, as the program takes it.
#[derive(Debug, Serialize)]
pub(crate) struct Job<'a> {
    pub(crate) project: String,
    pub(crate) outdir: String,
    pub(crate) packages: Vec<String>,
    pub(crate) modules: &'a BTreeMap<String, Module>,
    pub(crate) entries: &'a [Entry],
    pub(crate) development: bool,
    pub(crate) sourcemap: bool,
}

/// What the program answers.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Answer {
    ok: bool,
    entries: BTreeMap<String, EntryFiles>,
    inputs: Vec<String>,
    files: Vec<String>,
    missing: Option<String>,
    errors: Vec<BundleError>,
}

/// An error with its place in a module's code.
#[derive(Debug, Deserialize)]
pub(crate) struct BundleError {
    pub(crate) text: String,
    pub(crate) module: Option<String>,
    /// From 1.
    pub(crate) line: u32,
    /// In bytes, from 0.
    pub(crate) column: u32,
}

/// The files of each entry by its module, or what is wrong.
type Bundled = Result<BTreeMap<String, EntryFiles>, Vec<BundleError>>;

/// Bundles a job into the output's `static/_velox/`.
///
/// # Errors
/// One line: esbuild is not installed, or Node cannot be run.
pub(crate) fn bundle(job: &Job<'_>, project: &Path, staging: &Staging) -> Result<Bundled, String> {
    let script = runtime_file(project, staging.root(), "dist/bundle/main.js")
        .ok_or("the runtime's bundler is missing from the package `velox`")?;
    let text = serde_json::to_string(job).map_err(|error| error.to_string())?;
    let kept = Kept::open(project, &text);
    if let Some(entries) = kept.restore(staging)? {
        return Ok(Ok(entries));
    }
    let answer = run(&script, project, text)?;
    if let Some(package) = answer.missing {
        return Err(format!(
            "islands and scripts with packages are bundled by `{package}`, which is not installed: run `npm install --save-dev {package}@0.28.2`"
        ));
    }
    if !answer.ok {
        return Ok(Err(answer.errors));
    }
    kept.keep(staging, &answer.files, &answer.inputs, &answer.entries);
    Ok(Ok(answer.entries))
}

fn run(script: &Path, project: &Path, job: String) -> Result<Answer, String> {
    let mut command = Command::new(std::env::var_os("VELOX_NODE").unwrap_or_else(|| "node".into()));
    let mut child = command
        .arg(script)
        .current_dir(project)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .map_err(|error| format!("node cannot be run: {error}; install Node.js 20.12 or newer"))?;
    let input = child.stdin.take();
    let writer = std::thread::spawn(move || {
        // Where Node has ended already, its answer says why.
        input.map(|mut input| input.write_all(job.as_bytes()))
    });
    let mut answer = String::new();
    if let Some(output) = &mut child.stdout {
        output
            .read_to_string(&mut answer)
            .map_err(|error| format!("the bundler's output cannot be read: {error}"))?;
    }
    let _ = writer.join();
    let status = child.wait().map_err(|error| format!("the bundler cannot be waited for: {error}"))?;
    serde_json::from_str(answer.trim())
        .map_err(|_| format!("the bundler ended before it was done ({status}); what it printed is above"))
}
