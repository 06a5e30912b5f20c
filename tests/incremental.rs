//! The promise table in executable form: after each kind of edit, the queries that ran; and equal answers to a fresh run.
//!
//! ARCHITECTURE.md shows the table to readers. A new query comes with a test here that shows what it saves.

#![allow(clippy::disallowed_methods, reason = "tests")]

use proptest::prelude::*;
use salsa::Setter;
use std::collections::BTreeMap;
use std::sync::Arc;
use velox_tests::{Fixture, TestProject};

const PROJECT: &str = "\
//- /layouts/default.velox
<html><head><title>x</title></head><body><slot /></body></html>
//- /routes/index.velox
---
import { posts } from '$lib/db';
const list = posts();
export const config = { render: 'ssg' };
---
<ul>{list.map((post) => <li>{post.title}</li>)}</ul>
//- /routes/blog/[slug].velox
---
const { slug } = params;
---
<h1>{slug}</h1>
//- /lib/db.ts
export const posts = () => [{ title: 'a' }];
";

fn project() -> TestProject {
    let project = TestProject::new(&Fixture::parse(PROJECT));
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
    project.db.log().start();
    check_all(project);
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

#[test]
fn without_an_edit_nothing_runs() {
    let project = project();
    project.db.log().start();
    check_all(&project);
    assert_eq!(project.db.log().take(), Vec::<String>::new());
}

#[test]
fn typing_in_the_template_does_not_reparse_the_server_block() {
    let ran = after_edit(&mut project(), "routes/index.velox", "<ul>", "<ul class=\"list\">");
    assert_silent(&ran, &["parse_block", "imports", "routes", "route_table", "layouts_of"]);
    assert!(ran.iter().any(|name| name == "parse_template"), "{ran:?}");
}

#[test]
fn typing_in_the_server_block_does_not_reparse_the_template() {
    let ran = after_edit(&mut project(), "routes/index.velox", "const list", "\n\nconst list");
    assert_silent(&ran, &["parse_template", "template_facts", "routes", "route_table"]);
    assert!(ran.iter().any(|name| name == "parse_block"), "{ran:?}");
}

#[test]
fn a_change_of_mode_reaches_the_route_table() {
    let ran = after_edit(&mut project(), "routes/index.velox", "'ssg'", "'ssr'");
    assert!(ran.iter().any(|name| name == "route_table"), "{ran:?}");
    assert_silent(&ran, &["parse_template", "routes", "parse_script"]);
}

#[test]
fn an_edit_of_a_module_reaches_no_page() {
    let ran = after_edit(&mut project(), "lib/db.ts", "'a'", "'b'");
    assert_silent(&ran, &["parse_block", "parse_template", "page", "mode_facts", "route_table", "routes"]);
}

#[test]
fn the_same_text_again_parses_nothing() {
    let ran = after_edit(&mut project(), "routes/index.velox", "posts", "posts");
    assert_silent(
        &ran,
        &["parse_block", "parse_template", "template_facts", "imports", "route_table", "layouts_of"],
    );
}

/// The answers of a project: all diagnostics of all files, and the routes.
fn answers(project: &TestProject) -> String {
    let mut out = String::new();
    for file in project.files() {
        out.push_str(&format!("{:#?}", project.check(file)));
    }
    let table = velox_db::route_table(&project.db, project.project);
    for entry in &table.entries {
        out.push_str(&format!("{} {:?} {:?}\n", entry.route.pattern.text(), entry.mode, entry.cause));
    }
    out
}

const PIECES: &[&str] = &[
    "---\n",
    "{",
    "}",
    "<p>",
    "</p>",
    "export const config = { render: 'isr' };\n",
    "await x();\n",
    "request",
    "'",
    "`",
    "<Card />",
    "\n",
    "export function paths() { return [{ slug: 'a' }]; }\n",
    "/*",
    "<!--",
    "é😀",
];

fn edits() -> impl Strategy<Value = Vec<(usize, prop::sample::Index, usize, usize)>> {
    prop::collection::vec((0..4usize, any::<prop::sample::Index>(), 0..12usize, 0..PIECES.len()), 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// After any sequence of edits the answers equal those of a fresh run.
    #[test]
    fn incremental_answers_equal_those_of_a_fresh_run(edits in edits()) {
        let mut project = project();
        let mut texts: BTreeMap<String, String> =
            Fixture::parse(PROJECT).files.into_iter().map(|file| (file.path, file.text)).collect();
        for (file, at, remove, piece) in edits {
            let path = texts.keys().nth(file).cloned().unwrap_or_default();
            let text = texts.get_mut(&path).expect("one of the four files");
            let boundaries: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let from = boundaries[at.index(boundaries.len())];
            let to = boundaries.iter().copied().find(|to| *to >= (from + remove).min(text.len())).unwrap_or(text.len());
            text.replace_range(from..to, PIECES[piece]);
            let source = project.file(&path);
            source.set_text(&mut project.db).to(Arc::from(&**text));
            check_all(&project);
        }
        let mut fixture = Fixture::parse(PROJECT);
        for file in &mut fixture.files {
            file.text.clone_from(&texts[&file.path]);
        }
        prop_assert_eq!(answers(&project), answers(&TestProject::new(&fixture)));
    }
}
