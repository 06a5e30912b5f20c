//! What an edit of pages, modules and the configuration runs.

use super::{after_edit, assert_ran, assert_silent, check_all, checked, ran_for};
use salsa::Setter;
use std::sync::Arc;
use velox_tests::TestProject;

pub(crate) const PROJECT: &str = "\
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
    checked(PROJECT)
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
    assert_silent(&ran, &["block", "imports", "routes", "route_table", "layouts_of"]);
    assert!(ran.iter().any(|name| name == "template"), "{ran:?}");
}

#[test]
fn typing_in_the_server_block_does_not_reparse_the_template() {
    let ran = after_edit(&mut project(), "routes/index.velox", "const list", "\n\nconst list");
    assert_silent(&ran, &["template", "routes", "route_table"]);
    assert!(ran.iter().any(|name| name == "block"), "{ran:?}");
}

#[test]
fn a_change_of_mode_reaches_the_route_table() {
    let mut project = project();
    let ran = after_edit(&mut project, "routes/index.velox", "'ssg'", "'ssr'");
    assert_ran(&ran, &["bucket_routes"]);
    // What is said of a page needs its own route alone.
    assert_silent(&ran, &["template", "routes", "parse_script", "route_table", "route_index"]);
    let ran = ran_for(&project, |project| {
        velox_db::route_table(&project.db, project.project);
    });
    assert_eq!(ran, ["route_table"]);
}

#[test]
fn an_edit_of_a_module_reaches_no_page() {
    let ran = after_edit(&mut project(), "lib/db.ts", "'a'", "'b'");
    assert_silent(&ran, &["block", "template", "page", "mode_facts", "route_table", "routes"]);
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
    assert_ran(&ran, &["bucket_routes"]);
    assert_silent(&ran, &["route_params"]);
}

#[test]
fn an_edit_of_the_config_that_leaves_the_levels_as_they_are_checks_no_page_for_them() {
    let fixture = format!(
        "//- /velox.config.ts\nexport default {{ check: {{ severity: {{ VX0312: 'off' }} }} }};\n{PROJECT}"
    );
    let mut project = checked(&fixture);
    let ran = after_edit(&mut project, "velox.config.ts", "'off'", "'hint'");
    assert_ran(&ran, &["levels", "check_placed"]);
    assert_silent(&ran, &["block", "template"]);
    // A module asks the configuration for nothing but the levels, and these are as they were.
    let config = project.file("velox.config.ts");
    let text = config.text(&project.db).replacen("check:", "server: { bodyLimit: 1 }, check:", 1);
    config.set_text(&mut project.db).to(Arc::from(text));
    project.db.log().start();
    let _ = project.check(project.file("lib/db.ts"));
    let ran = project.db.log().take();
    assert!(ran.iter().any(|name| name.starts_with("levels(")), "{ran:?}");
    assert!(!ran.iter().any(|name| name.starts_with("check_")), "{ran:?}");
}

#[test]
fn the_same_text_again_parses_nothing() {
    let ran = after_edit(&mut project(), "routes/index.velox", "posts", "posts");
    assert_silent(&ran, &["block", "template", "imports", "route_table", "layouts_of"]);
}

#[test]
fn what_is_wrong_with_a_template_is_read_from_its_text_alone() {
    let mut project = checked(&format!("//- /velox.config.ts\nexport default {{}};\n{PROJECT}"));
    let ran = after_edit(&mut project, "routes/index.velox", "const list", "\n\nconst list");
    assert_silent(&ran, &["template_mistakes"]);
    let ran = after_edit(&mut project, "routes/index.velox", "</li>", "</lu>");
    assert_ran(&ran, &["template_mistakes"]);
    let ran = after_edit(&mut project, "velox.config.ts", "{}", "{ check: {} }");
    assert_silent(&ran, &["template_mistakes"]);
}

#[test]
fn imports_are_resolved_again_only_where_another_specifier_is_named() {
    let mut project = project();
    let ran = after_edit(&mut project, "routes/index.velox", "import { posts }", "\nimport { posts as all }");
    assert_ran(&ran, &["specifiers"]);
    assert_silent(&ran, &["imports"]);
    let ran = after_edit(&mut project, "routes/index.velox", "$lib/db", "$lib/teas");
    assert_ran(&ran, &["specifiers", "imports"]);
}

#[test]
fn a_change_of_routes_leaves_what_is_said_of_a_file_alone() {
    let mut project = project();
    // Another mode of one page: others near it are asked against it without being looked at again.
    let index = project.file("routes/index.velox");
    let text = index.text(&project.db).replace("'ssg'", "'isr', revalidate: 1");
    index.set_text(&mut project.db).to(Arc::from(text));
    let other = project.file("routes/blog/[slug].velox");
    let ran = ran_for(&project, |project| drop(project.check(other)));
    assert_ran(&ran, &["bucket_routes", "check_placed"]);
    assert_silent(&ran, &["check_alone"]);
    let ran = ran_for(&project, |project| drop(project.check(index)));
    assert_ran(&ran, &["check_alone"]);
}

#[test]
fn components_are_checked_again_only_where_the_first_page_of_the_browser_comes_or_the_last_goes() {
    let fixture = format!("//- /components/Form.velox\n<p>{{name}}</p>\n{PROJECT}");
    let mut project = checked(&fixture);
    let names = |project: &TestProject| -> Vec<String> {
        project
            .check(project.file("components/Form.velox"))
            .iter()
            .map(|found| found.code.to_string())
            .collect()
    };
    assert_eq!(names(&project), ["VX0408"]);
    let ran = after_edit(&mut project, "routes/index.velox", "'ssg'", "'csr'");
    assert_ran(&ran, &["runs_in_browser"]);
    assert_eq!(names(&project), Vec::<String>::new());
    // Another page of the browser: nothing that components ask for.
    let file = project.file("routes/blog/[slug].velox");
    let text = file.text(&project.db).replace("const", "export const config = { render: 'csr' };\nconst");
    file.set_text(&mut project.db).to(Arc::from(text));
    let form = project.file("components/Form.velox");
    let ran = ran_for(&project, |project| drop(project.check(form)));
    assert_ran(&ran, &["route_table", "runs_in_browser"]);
    assert_silent(&ran, &["check_alone"]);
}

#[test]
fn the_components_of_a_project_are_listed_again_only_where_exports_change() {
    let mut project = checked(
        "//- /components/Card.tsx\nexport default (props: { title: string }) => <b>{props.title}</b>;\n\
         //- /components/Note.velox\n---\nconst { kind } = props;\n---\n<p>{kind}</p>\n\
         //- /routes/index.velox\n<p>a</p>\n",
    );
    let ask = |project: &TestProject| {
        let _ = velox_db::project_components(&project.db, project.project);
        for path in ["components/Card.tsx", "components/Note.velox"] {
            let _ = velox_db::component_props(&project.db, project.file(path));
        }
    };
    ask(&project);
    let mut ran = |path: &str, from: &str, to: &str| {
        let file = project.file(path);
        let text = file.text(&project.db).replacen(from, to, 1);
        file.set_text(&mut project.db).to(Arc::from(text));
        ran_for(&project, ask)
    };
    assert_silent(&ran("routes/index.velox", "a", "b"), &["project_components", "component_props"]);
    assert_silent(&ran("components/Note.velox", "<p>", "<p >"), &["project_components", "component_props"]);
    let edited = ran("components/Card.tsx", "title: string", "title?: string");
    assert!(edited.iter().any(|name| name == "component_props"), "{edited:?}");
    assert_silent(&edited, &["project_components"]);
    assert_ran(&ran("components/Card.tsx", "default", "const Tile ="), &["project_components"]);
}

#[test]
fn names_are_joined_for_editors_alone_and_half_by_half() {
    use velox_db::{imported_names, script_bindings, template_bindings};
    let ask = |project: &TestProject| {
        for file in project.files() {
            script_bindings(&project.db, file);
            template_bindings(&project.db, file);
            imported_names(&project.db, file);
        }
    };
    let mut project = project();
    let first = ran_for(&project, ask);
    assert_ran(&first, &["script_bindings", "template_bindings", "imported_names"]);
    let ran = after_edit(&mut project, "routes/index.velox", "<ul>", "<ul class=\"list\">");
    assert_silent(&ran, &["script_bindings", "template_bindings", "imported_names"]);
    assert_silent(&ran_for(&project, ask), &["script_bindings"]);
    after_edit(&mut project, "routes/index.velox", "const list", "\n\nconst list");
    assert_silent(&ran_for(&project, ask), &["template_bindings"]);
}

#[test]
fn hooks_are_looked_for_in_files_of_the_browser_that_import_some() {
    let mut project = TestProject::new(&velox_tests::Fixture::parse(
        "---\nimport { signal } from 'velox/client';\nexport const config = { render: 'csr' };\nconst n = signal(0);\n---\n<p>{n}</p>\n//- /components/Alone.tsx\nimport { signal } from 'velox/client';\nexport default function Alone() { const n = signal(0); return <p>{n}</p>; }\n",
    ));
    let ran = ran_for(&project, check_all);
    assert_eq!(ran.iter().filter(|name| *name == "hook_calls").count(), 1, "{ran:?}");
    assert_silent(&after_edit(&mut project, "routes/index.velox", "<p>", "<p >"), &["hook_calls"]);
    let ran = after_edit(&mut project, "routes/index.velox", "signal(0)", "signal(1)");
    assert_ran(&ran, &["hook_reads"]);
    assert_silent(&ran, &["hook_calls"]);
    assert_ran(&after_edit(&mut project, "routes/index.velox", "const n", "const  n"), &["hook_calls"]);
}
