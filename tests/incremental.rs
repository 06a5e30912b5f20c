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
fn an_edit_of_a_module_that_keeps_its_exports_checks_no_importer() {
    let mut project = project();
    let ran = after_edit(&mut project, "lib/db.ts", "export", "\n// a comment\nexport");
    assert!(ran.iter().any(|name| name == "exported_names"), "{ran:?}");
    assert_silent(&ran, &["all_exports", "route_params", "exporters", "project_globals"]);
    let ran = after_edit(&mut project, "lib/db.ts", "posts", "teas");
    assert!(ran.iter().any(|name| name == "all_exports"), "{ran:?}");
}

#[test]
fn what_the_project_declares_is_asked_only_for_a_name_that_is_found_nowhere() {
    let mut project = project();
    let questions = ["project_globals", "global_names", "exporters"];
    assert_silent(&after_edit(&mut project, "routes/index.velox", "{post.title}", "{post.name}"), &questions);
    let ran = after_edit(&mut project, "routes/index.velox", "{post.name}", "{nobody.name}");
    for query in questions {
        assert!(ran.iter().any(|name| name == query), "{query} did not run: {ran:?}");
    }
    let ran = after_edit(&mut project, "lib/db.ts", "'a'", "'b'");
    assert_silent(&ran, &["project_globals", "exporters"]);
}

#[test]
fn params_are_looked_up_once_for_a_route() {
    let mut project = project();
    let ran = after_edit(&mut project, "routes/blog/[slug].velox", "<h1>", "<h1 id={params.slug}>");
    assert_silent(&ran, &["route_params", "route_table"]);
    // The name of a page tells its params: modes of others do not matter.
    let ran = after_edit(&mut project, "routes/index.velox", "'ssg'", "'csr'");
    assert!(ran.iter().any(|name| name == "route_table"), "{ran:?}");
    assert_silent(&ran, &["route_params"]);
}

#[test]
fn an_edit_of_the_config_that_leaves_the_levels_as_they_are_checks_no_page_for_them() {
    let fixture = format!(
        "//- /velox.config.ts\nexport default {{ check: {{ severity: {{ VX0312: 'off' }} }} }};\n{PROJECT}"
    );
    let mut project = TestProject::new(&Fixture::parse(&fixture));
    check_all(&project);
    let levels = || ["levels", "check_file"].map(str::to_owned);
    let ran = after_edit(&mut project, "velox.config.ts", "'off'", "'hint'");
    assert!(levels().iter().all(|name| ran.contains(name)), "{ran:?}");
    assert_silent(&ran, &["parse_block", "parse_template", "template_facts"]);
    // A module asks the configuration for nothing but the levels, and these are as they were.
    let config = project.file("velox.config.ts");
    let text = config.text(&project.db).replacen("check:", "server: { bodyLimit: 1 }, check:", 1);
    config.set_text(&mut project.db).to(Arc::from(text));
    project.db.log().start();
    let _ = project.check(project.file("lib/db.ts"));
    let ran = project.db.log().take();
    assert!(ran.iter().any(|name| name.starts_with("levels(")), "{ran:?}");
    assert!(!ran.iter().any(|name| name.starts_with("check_file(")), "{ran:?}");
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

const SITE: &str = "\
//- /routes/index.velox
---
import { teas } from '$lib/teas';
export const config = { render: 'isr', revalidate: 60 };
const all = await teas();
---
<a href=\"/about\">About</a> <a href=\"/tags/green\">{all.length} teas</a>
//- /routes/about.velox
<a href=\"/\">Home</a>
//- /routes/tags/[tag].velox
<a href=\"/\">{params.tag}</a>
//- /routes/api/teas+server.ts
export const POST = async () => {
  await revalidateTag('teas');
  await revalidatePath('/');
  return text('done');
};
//- /lib/teas.ts
export const teas = async () => (await fetch('https://tea.example', { next: { tags: ['teas'] } })).json();
";

fn site() -> TestProject {
    let project = TestProject::new(&Fixture::parse(SITE));
    check_all(&project);
    project
}

fn codes(project: &TestProject) -> Vec<String> {
    project
        .files()
        .into_iter()
        .flat_map(|file| project.check(file))
        .map(|found| found.code.to_string())
        .collect()
}

#[test]
fn typing_in_a_page_leaves_the_index_of_the_site_alone() {
    let mut project = site();
    let ran = after_edit(&mut project, "routes/about.velox", "<a", "\n<p>\n</p><a");
    assert!(ran.iter().any(|name| name == "site_uses"), "{ran:?}");
    // What is said of links has moved, and says the same.
    assert_silent(&ran, &["site_index", "route_index", "route_table", "shown_pages", "middleware_answers"]);
}

#[test]
fn another_link_is_checked_against_the_index_that_is_there() {
    let mut project = site();
    let ran = after_edit(&mut project, "routes/about.velox", "\"/\"", "\"/abuot\"");
    assert_silent(&ran, &["route_index", "route_table", "parse_block", "parse_script"]);
    assert_eq!(codes(&project), ["VX0420"]);
}

#[test]
fn a_tag_that_is_no_longer_carried_is_told_where_it_is_revalidated() {
    let mut project = site();
    let ran = after_edit(&mut project, "lib/teas.ts", "['teas']", "['tea']");
    assert!(ran.iter().any(|name| name == "site_index"), "{ran:?}");
    assert_silent(&ran, &["parse_template", "parse_block", "route_index", "route_table"]);
    assert_eq!(codes(&project), ["VX0418"]);
}

#[test]
fn a_page_that_is_no_longer_kept_is_told_where_it_is_revalidated() {
    let mut project = site();
    let ran = after_edit(&mut project, "routes/index.velox", "'isr', revalidate: 60", "'ssr'");
    assert!(ran.iter().any(|name| name == "route_index"), "{ran:?}");
    assert_silent(&ran, &["parse_template", "parse_script", "site_index"]);
    assert_eq!(codes(&project), ["VX0419"]);
}

const EFFECTS: &str = "\
//- /components/Counter.tsx
import { label } from '$lib/label';
export default () => <button>{label()}</button>;
//- /layouts/default.velox
<html><head><title>x</title></head><body><slot /></body></html>
//- /lib/auth.ts
import { session } from './session';
export const visitor = () => session();
export const name = () => 'x';
//- /lib/label.ts
export { label } from './words';
export const secret = 'x';
//- /lib/session.ts
import { useCookies } from 'velox/server';
import { visitor } from './auth';
export const session = () => useCookies().get('a');
export const again = () => visitor();
//- /lib/words.ts
import { tmpdir } from 'node:os';
export const label = () => tmpdir();
//- /routes/app.velox
---
import { name } from '$lib/auth';
export const config = { render: 'csr' };
---
<p>{name()}</p>
//- /routes/edge.velox
---
import { label } from '$lib/label';
export const config = { edge: true };
---
<p>{label()}</p>
//- /routes/index.velox
---
import Counter from '$components/Counter';
import { visitor } from '$lib/auth';
---
<p>{visitor()}<Counter client:load /></p>
//- /routes/still/[slug].velox
---
import * as auth from '$lib/auth';
export const config = { render: 'ssg' };
export const paths = () => [{ slug: auth.name() }];
---
<p>{auth.visitor()}</p>
";

fn effects() -> TestProject {
    let project = TestProject::new(&Fixture::parse(EFFECTS));
    check_all(&project);
    project
}

/// The mode of a route, by its file, with its cause.
fn mode_of(project: &TestProject, file: &str) -> String {
    let table = velox_db::route_table(&project.db, project.project);
    let entry = table.entries.iter().find(|entry| entry.route.file == file).expect("a route");
    format!("{} {}", entry.mode.name(), entry.cause.text(file))
}

#[test]
fn an_edit_of_a_body_that_keeps_its_effects_walks_no_graph() {
    let ran = after_edit(&mut effects(), "lib/session.ts", "get('a')", "get('b') ?? 'nobody'");
    assert!(ran.iter().any(|name| name == "file_uses"), "{ran:?}");
    assert_silent(
        &ran,
        &[
            "request_graph",
            "reached",
            "module_graph",
            "clients",
            "client_reason",
            "mode_facts",
            "route_table",
        ],
    );
}

#[test]
fn typing_in_a_page_walks_no_graph() {
    let ran = after_edit(&mut effects(), "routes/index.velox", "<p>", "<p title={name}>{visitor()} ");
    assert!(ran.iter().any(|name| name == "file_uses"), "{ran:?}");
    assert_silent(
        &ran,
        &["request_graph", "module_graph", "clients", "client_reason", "imports", "layout_names"],
    );
}

#[test]
fn a_hook_that_goes_changes_the_mode_and_what_is_said_of_pages_that_reach_it() {
    let mut project = effects();
    assert_eq!(
        mode_of(&project, "routes/index.velox"),
        "ssr uses `useCookies` in lib/session.ts through `visitor`"
    );
    assert_eq!(codes(&project), ["VX0414", "VX0414", "VX0416", "VX0402"]);
    let ran = after_edit(&mut project, "lib/session.ts", "useCookies().get('a')", "again.name");
    for query in ["request_graph", "reached", "mode_facts", "route_table"] {
        assert!(ran.iter().any(|name| name == query), "{query} did not run: {ran:?}");
    }
    assert_silent(&ran, &["page", "parse_template"]);
    assert_eq!(mode_of(&project, "routes/index.velox"), "ssg needs no request");
    assert!(!codes(&project).contains(&"VX0402".to_owned()));
}

#[test]
fn an_island_that_goes_clears_what_was_said_of_the_modules_behind_it() {
    let mut project = effects();
    let ran = after_edit(&mut project, "routes/index.velox", " client:load", "");
    assert!(ran.iter().any(|name| name == "clients"), "{ran:?}");
    assert_silent(&ran, &["request_graph", "module_graph", "parse_script"]);
    // The page that is rendered in the browser still reaches `velox/server`.
    assert_eq!(codes(&project), ["VX0414", "VX0416", "VX0402"]);
}

const EFFECT_PIECES: &[&str] = &[
    "import { visitor, name } from '$lib/auth';\n",
    "import Counter from '$components/Counter';\n",
    "import '../lib/words';\n",
    "import 'server-only';\n",
    "import { readFileSync as label } from 'node:fs';\n",
    "export * from './session';\n",
    "export { visitor as label } from './auth';\n",
    "export const config = { render: 'csr' };\n",
    "export const config = { edge: true, render: 'isr' };\n",
    "<Counter client:idle />",
    "{visitor()}",
    "visitor();\n",
    "process.env.SECRET;\n",
    "useCookies();\n",
    "request",
    "---\n",
    " client:load",
    "}",
];

fn effect_edits() -> impl Strategy<Value = Vec<(usize, prop::sample::Index, bool, usize)>> {
    let piece = 0..EFFECT_PIECES.len();
    prop::collection::vec((0..10usize, any::<prop::sample::Index>(), any::<bool>(), piece), 1..10)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// After any sequence of lines that come and go, what is said of effects equals that of a fresh run.
    #[test]
    fn incremental_effects_equal_those_of_a_fresh_run(edits in effect_edits()) {
        let mut project = effects();
        let mut texts: BTreeMap<String, String> =
            Fixture::parse(EFFECTS).files.into_iter().map(|file| (file.path, file.text)).collect();
        for (file, at, remove, piece) in edits {
            let path = texts.keys().nth(file).cloned().unwrap_or_default();
            let text = texts.get_mut(&path).expect("one of the files");
            let lines: Vec<usize> =
                text.split_inclusive('\n').scan(0, |at, line| { *at += line.len(); Some(*at) }).collect();
            let line = at.index(lines.len().max(1));
            let to = lines.get(line).copied().unwrap_or(0);
            let from = if remove && line > 0 { lines[line - 1] } else { to };
            text.replace_range(from..to, EFFECT_PIECES[piece]);
            let source = project.file(&path);
            source.set_text(&mut project.db).to(Arc::from(&**text));
            check_all(&project);
        }
        let mut fixture = Fixture::parse(EFFECTS);
        for file in &mut fixture.files {
            file.text.clone_from(&texts[&file.path]);
        }
        prop_assert_eq!(answers(&project), answers(&TestProject::new(&fixture)));
    }
}

#[test]
fn a_module_that_does_the_same_lets_the_page_be() {
    let fixture = "\
//- /lib/teas.ts
export const getTea = async (name: string) => ({ name });
export const getOffers = async () => [];
//- /routes/index.velox
---
import { getOffers, getTea } from '$lib/teas';
const tea = await getTea('sencha');
const offers = await getOffers();
---
<p>{tea.name} {offers.length}</p>
";
    let mut project = TestProject::new(&Fixture::parse(fixture));
    check_all(&project);
    assert_eq!(codes(&project), ["VX0417"]);
    let ran = after_edit(&mut project, "lib/teas.ts", "[]", "[1, 2]");
    assert!(ran.iter().any(|name| name == "call_effects"), "{ran:?}");
    assert_silent(&ran, &["parse_block", "parse_template"]);
    after_edit(&mut project, "lib/teas.ts", "=> [1, 2]", "=> fetch('/x', { method: 'POST' })");
    assert_eq!(codes(&project), Vec::<String>::new());
}
