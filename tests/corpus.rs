//! Six sites as people write them, under `tests/corpus/`, and a seventh of what they write once a year: the guard against
//! false alarms.
//!
//! Each site is a project of its own, read from the disk. Every file of it must check without a diagnostic, hints included, and
//! what is emitted for it must parse. A site is never bent to a check that speaks wrongly: the check is mended.

#![allow(clippy::disallowed_methods, reason = "tests read the sites from the disk")]

use libtest_mimic::{Arguments, Failed, Trial};
use std::collections::BTreeMap;
use velox_core::analyze::Mode;
use velox_db::{SourceFile, check_file, emit, emit_client, is_source, route_table, style_sheets};
use velox_diagnostics::{LineIndex, pretty};
use velox_script::{Dialect, parse_module};
use velox_tests::{Fixture, FixtureFile, TestProject, files_under, repository};

/// How many files under `routes/` all sites together have at least.
const ROUTE_FILES: usize = 200;

fn main() {
    let arguments = Arguments::from_args();
    let mut trials = vec![Trial::test("there are enough route files", enough)];
    for site in sites() {
        trials.push(Trial::test(format!("{site} checks clean"), {
            let site = site.clone();
            move || checks_clean(&site)
        }));
        trials.push(Trial::test(format!("{site} emits modules that parse"), move || emits(&site)));
    }
    libtest_mimic::run(&arguments, trials).exit();
}

/// Names of the sites: the folders of `tests/corpus/`.
fn sites() -> Vec<String> {
    let folder = repository().join("tests/corpus");
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn load(site: &str) -> Result<TestProject, Failed> {
    let folder = repository().join("tests/corpus").join(site);
    let mut files = Vec::new();
    for path in files_under(&folder, "") {
        // An asset counts by its name alone.
        let text =
            if is_source(&path) { std::fs::read_to_string(folder.join(&path))? } else { String::new() };
        files.push(FixtureFile { path, text, marks: Vec::new() });
    }
    Ok(TestProject::new(&Fixture { files }))
}

fn enough() -> Result<(), Failed> {
    let mut counts = BTreeMap::new();
    for site in sites() {
        let project = load(&site)?;
        let table = route_table(&project.db, project.project);
        if let Some(conflict) = table.conflicts.same.first() {
            return Err(format!("{site}: {} is also answered by {}", conflict.file, conflict.other).into());
        }
        counts.insert(site, table.entries.len());
    }
    let all: usize = counts.values().sum();
    if all < ROUTE_FILES {
        return Err(format!("{all} route files, and {ROUTE_FILES} are wanted: {counts:?}").into());
    }
    Ok(())
}

fn checks_clean(site: &str) -> Result<(), Failed> {
    let project = load(site)?;
    let mut found = Vec::new();
    for file in project.files() {
        found.extend(check_file(&project.db, project.project, file).iter().cloned());
    }
    if found.is_empty() { Ok(()) } else { Err(pretty(&found, &project, false).into()) }
}

/// Emits each module for where it runs (a `csr` page, and what lies in `components/`, for both sides) and reads it again.
fn emits(site: &str) -> Result<(), Failed> {
    let project = load(site)?;
    let (db, input) = (&project.db, project.project);
    let in_browser: Vec<SourceFile> = route_table(db, input)
        .entries
        .iter()
        .filter(|entry| entry.mode == Mode::Csr)
        .map(|entry| entry.source)
        .collect();
    for file in project.files() {
        let path = file.path(db);
        if !is_module(path) {
            continue;
        }
        parses(&format!("{site}/{path} for the server"), &emit(db, input, file).code)?;
        if in_browser.contains(&file) || path.ends_with(".tsx") {
            parses(&format!("{site}/{path} for the browser"), &emit_client(db, input, file).code)?;
        }
        for sheet in style_sheets(db, input, file) {
            if sheet.css.trim().is_empty() {
                return Err(format!("{site}/{path} brings an empty style sheet").into());
            }
        }
    }
    Ok(())
}

/// Whether code is emitted for a file.
fn is_module(path: &str) -> bool {
    [".velox", ".ts", ".tsx"].iter().any(|ending| path.ends_with(ending))
        && !path.ends_with(".d.ts")
        && !path.starts_with("velox.config")
}

fn parses(name: &str, code: &str) -> Result<(), Failed> {
    let facts = parse_module(code, Dialect::TypeScript, &[], false);
    let Some(problem) = facts.problems.first() else { return Ok(()) };
    let lines = LineIndex::new(code);
    let line = lines.line_of(problem.span.start);
    let text = code.lines().nth(line).unwrap_or_default();
    Err(format!("{name}: {problem:?} in line {}: {text}", line + 1).into())
}
