//! The promise table in executable form: after each kind of edit, the queries that ran; and equal answers to a fresh run.
//!
//! ARCHITECTURE.md shows the table to readers. A new query comes with a test here that shows what it saves.

#![allow(clippy::disallowed_methods, reason = "tests")]

mod buckets;
mod effects;
mod pages;
mod random;
mod site;
mod world;

use salsa::Setter;
use std::sync::Arc;
use velox_tests::{Fixture, TestProject};

/// A project of these files, checked once.
fn checked(fixture: &str) -> TestProject {
    let project = TestProject::new(&Fixture::parse(fixture));
    check_all(&project);
    project
}

fn check_all(project: &TestProject) {
    for file in project.files() {
        let _ = project.check(file);
    }
}

/// Replaces text in a file, checks all files, and gives the names of the queries that ran, each once, in order.
fn after_edit(project: &mut TestProject, path: &str, from: &str, to: &str) -> Vec<String> {
    let file = project.file(path);
    let text = file.text(&project.db).to_owned();
    assert!(text.contains(from), "{path} holds no {from:?}");
    file.set_text(&mut project.db).to(Arc::from(text.replacen(from, to, 1)));
    ran_for(project, check_all)
}

/// The names of the queries that a question runs, each once, in order.
fn ran_for(project: &TestProject, question: impl FnOnce(&TestProject)) -> Vec<String> {
    project.db.log().start();
    question(project);
    let mut names: Vec<String> = Vec::new();
    for entry in project.db.log().take() {
        let name = entry.split('(').next().unwrap_or(&entry).to_owned();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn assert_silent(ran: &[String], queries: &[&str]) {
    for query in queries {
        assert!(!ran.iter().any(|name| name == query), "{query} ran: {ran:?}");
    }
}

fn codes(project: &TestProject) -> Vec<String> {
    project
        .files()
        .into_iter()
        .flat_map(|file| project.check(file))
        .map(|found| found.code.to_string())
        .collect()
}

fn assert_ran(ran: &[String], queries: &[&str]) {
    for query in queries {
        assert!(ran.iter().any(|name| name == query), "{query} did not run: {ran:?}");
    }
}
