//! `veloxc fmt`: formats files in their place, says which differ, or formats a text from standard input.

mod settings;

use crate::Exit;
use crate::args::FmtArgs;
use crate::crash::{Trouble, guarded};
use crate::failure::Failure;
use crate::output::Output;
use crate::project::{existing, find_root, is_project};
use crate::write;
use rayon::prelude::*;
use settings::Settings;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use velox_diagnostics::{Change, LineIndex};
use velox_disk::{read_text, relative, walk};
use velox_format::{FormatOptions, RefusalKind, format};

/// Endings of the files that can be formatted. In folders only the first is looked for: modules have formatters enough.
const ENDINGS: [&str; 8] = [".velox", ".ts", ".tsx", ".mts", ".js", ".jsx", ".mjs", ".cts"];

/// # Errors
/// A path does not exist, or is none that can be formatted; a project's configuration is wrong.
pub(crate) fn run(args: &FmtArgs, root: Option<&Path>, output: &Output) -> Result<Exit, Failure> {
    if let Some(file) = &args.stdin_filename {
        return from_input(args, file, root, output);
    }
    if args.paths.iter().any(|path| path == Path::new("-")) {
        return Err(Failure::new("`-` stands for standard input").help("name its file with --stdin-filename"));
    }
    let files = files(&args.paths, root)?;
    let mut settings = Settings::new(root);
    let mut work = Vec::with_capacity(files.len());
    for (name, path) in files {
        let options = settings.options(&path)?;
        work.push((name, path, options));
    }
    let done: Vec<(String, Outcome)> =
        work.into_par_iter().map(|(name, path, options)| (name, one(&path, &options, args.check))).collect();
    Ok(tell(&done, args.check, output))
}

/// What became of a file.
enum Outcome {
    /// It is formatted as it is.
    Same,
    /// It was written, or would be.
    Changed,
    /// It is left alone. What is said of it, after its name.
    Refused(String),
    /// It is left alone because of a mistake of ours.
    Failed(String),
}

fn one(path: &Path, options: &FormatOptions, check: bool) -> Outcome {
    let text = match read_text(path) {
        Ok(text) => text,
        Err(reason) => return Outcome::Refused(format!(": it cannot be read: {reason}")),
    };
    let formatted = match formatted(path, &text, options) {
        Ok(formatted) => formatted,
        Err(outcome) => return outcome,
    };
    if formatted == text {
        return Outcome::Same;
    }
    if check {
        return Outcome::Changed;
    }
    let change = Change { before: Arc::from(text), after: Arc::from(formatted) };
    match write::one(path, &change) {
        Ok(()) => Outcome::Changed,
        Err(reason) => Outcome::Refused(format!(": it is not written: {reason}")),
    }
}

fn formatted(path: &Path, text: &str, options: &FormatOptions) -> Result<String, Outcome> {
    let name = path.to_string_lossy();
    match guarded(|| format(&name, text, options)) {
        Ok(Ok(formatted)) => Ok(formatted),
        Ok(Err(refusal)) => {
            let lines = LineIndex::new(text);
            let place = lines.line_column(text, refusal.span.start);
            let said = format!(":{}:{}: {}", place.line, place.column, refusal.message);
            Err(match refusal.kind {
                RefusalKind::Syntax | RefusalKind::Depth => Outcome::Refused(said),
                RefusalKind::Internal => Outcome::Failed(said),
            })
        }
        Err(Trouble::Panic(said)) => Err(Outcome::Failed(format!(": not formatted: {said}"))),
        Err(Trouble::OfAnother) => Err(Outcome::Failed(": not formatted".to_owned())),
    }
}

/// Lists what changed on standard output, all else on standard error.
fn tell(done: &[(String, Outcome)], check: bool, output: &Output) -> Exit {
    let (mut changed, mut refused, mut failed) = (0, 0, 0);
    let (mut out, mut err) = (String::new(), String::new());
    for (name, outcome) in done {
        match outcome {
            Outcome::Same => {}
            Outcome::Changed => {
                changed += 1;
                out.push_str(name);
                out.push('\n');
            }
            Outcome::Refused(said) => {
                refused += 1;
                err.push_str(&format!("{name}{said}\n"));
            }
            Outcome::Failed(said) => {
                failed += 1;
                err.push_str(&format!("{name}{said}\n"));
            }
        }
    }
    output.out(&out);
    let verb = if check { "would format" } else { "formatted" };
    let files = if done.len() == 1 { "file" } else { "files" };
    err.push_str(&format!("{verb} {changed} of {} {files}", done.len()));
    if refused + failed > 0 {
        err.push_str(&format!(", left {} alone", refused + failed));
    }
    err.push('\n');
    output.err(&err);
    match () {
        () if failed > 0 => Exit::Internal,
        () if refused > 0 || check && changed > 0 => Exit::Findings,
        () => Exit::Clean,
    }
}

fn from_input(args: &FmtArgs, file: &Path, root: Option<&Path>, output: &Output) -> Result<Exit, Failure> {
    if args.paths.iter().any(|path| path != Path::new("-")) {
        return Err(Failure::new("--stdin-filename formats one text, and takes no paths")
            .help("name the file of the text with --stdin-filename alone"));
    }
    can_be_formatted(file)?;
    let text = crate::standard_input::text()?;
    let path = crate::project::absolute(file)?;
    let options = Settings::new(root).options(&path)?;
    let name = file.to_string_lossy().into_owned();
    match formatted(&path, &text, &options) {
        Ok(formatted) if args.check => {
            let outcome = if formatted == text { Outcome::Same } else { Outcome::Changed };
            Ok(tell(&[(name, outcome)], true, output))
        }
        Ok(formatted) => {
            output.out(&formatted);
            Ok(Exit::Clean)
        }
        Err(outcome) => Ok(tell(&[(name, outcome)], args.check, output)),
    }
}

fn can_be_formatted(file: &Path) -> Result<(), Failure> {
    let name = file.to_string_lossy();
    if ENDINGS.iter().any(|ending| name.ends_with(ending)) {
        return Ok(());
    }
    Err(Failure::new(format!("{} cannot be formatted", file.display()))
        .help("formatted are .velox, .ts, .tsx, .mts, .cts, .js, .jsx and .mjs files"))
}

/// The files to format by their names, which are as the paths were given.
fn files(paths: &[PathBuf], root: Option<&Path>) -> Result<BTreeMap<String, PathBuf>, Failure> {
    let mut found = BTreeMap::new();
    if paths.is_empty() {
        let here = match root {
            Some(root) => crate::project::given_root(root)?,
            None => {
                let here = existing(Path::new("."))?;
                find_root(&here).filter(|root| is_project(root)).unwrap_or(here)
            }
        };
        folder(&here, &crate::project::prefix(&here), &mut found)?;
        return Ok(found);
    }
    for given in paths {
        let path = existing(given)?;
        let name = given.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
        let name = name.strip_prefix("./").unwrap_or(&name);
        if path.is_dir() {
            let name = name.trim_end_matches('/');
            folder(
                &path,
                &if matches!(name, "" | ".") { String::new() } else { format!("{name}/") },
                &mut found,
            )?;
        } else {
            can_be_formatted(&path)?;
            found.insert(name.to_owned(), path);
        }
    }
    Ok(found)
}

/// The `.velox` files of a folder that nothing ignores.
fn folder(path: &Path, prefix: &str, found: &mut BTreeMap<String, PathBuf>) -> Result<(), Failure> {
    let walked = walk(path);
    let before = found.len();
    for file in walked.files.iter().filter(|file| file.ends_with(ENDINGS[0])) {
        found.insert(format!("{prefix}{file}"), path.join(file));
    }
    if let Some(problem) = walked.problems.first() {
        let name = relative(path, &path.join(&problem.path)).unwrap_or_else(|lossy| lossy);
        return Err(Failure::new(format!("{prefix}{name} cannot be read: {}", problem.reason)));
    }
    if found.len() == before {
        return Err(Failure::new(format!("there is no .velox file in {}", crate::project::shown(path))));
    }
    Ok(())
}
