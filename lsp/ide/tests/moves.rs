//! Files and folders that get other paths, and what is edited for it.

mod support;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use support::World;
use velox_db::{FileRole, file_role};
use velox_ide::change::applied;
use velox_ide::moves::moved;

/// The files after the renames (each `from -> to`), those that changed; each must be read without more mistakes than before.
#[track_caller]
fn check(renames: &[(&str, &str)], fixture: &str) -> String {
    let world = World::new(fixture);
    let renames: Vec<(String, String)> =
        renames.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect();
    let change = moved(world.db(), world.project(), &renames);
    velox_ide::gate::admit(world.db(), world.project(), &change).expect("edits that the gate admits");
    let mut before = world.files();
    let assets = world.project().files(world.db()).assets.keys();
    before.extend(assets.map(|path| (path.clone(), String::new())));
    let mut after = BTreeMap::new();
    let mut out = String::new();
    for (path, text) in &before {
        let edits = change.edits.get(path).map_or(&[][..], Vec::as_slice);
        let text = applied(text, edits).expect("edits that fit");
        let new = renames.iter().find_map(|(from, to)| {
            let rest = path.strip_prefix(from.as_str())?;
            (rest.is_empty() || rest.starts_with('/')).then(|| format!("{to}{rest}"))
        });
        let new = new.unwrap_or_else(|| path.clone());
        if text != before[path] {
            write!(out, "//- /{new}\n{text}").expect("a string");
            if !text.ends_with('\n') {
                out.push('\n');
            }
        }
        after.insert(new, text);
    }
    // What was right before is right afterwards.
    let codes = |world: &World| -> Vec<String> {
        let mut found = Vec::new();
        for (path, _) in world.files() {
            if file_role(&path, "routes") != FileRole::Other {
                let document = world.other(&path);
                let all = velox_db::check_file(document.db, document.project, document.file);
                found.extend(all.iter().map(|found| found.code.to_string()));
            }
        }
        found.sort();
        found
    };
    let moved = World::with_files(after, String::new(), velox_diagnostics::Span::at(0));
    assert_eq!(codes(&world), codes(&moved), "{out}");
    out
}

#[test]
fn imports_of_a_moved_file_follow_it() {
    insta::assert_snapshot!(check(&[("lib/db.ts", "lib/data/store.ts")], "---\nimport { load } from '$lib/db';\nimport type { Row } from '../lib/db.ts';\nconst a: Row = load();\n---\n<p>{a}{(await import('$lib/db')).load()}</p>\n//- /lib/db.ts\nimport { x } from './x';\nexport type Row = string;\nexport const load = () => x;\n//- /lib/x.ts\nexport const x = 1;\n//- /lib/all.ts\nexport * from './db';\nexport { load as get } from './db.js';\n"), @r#"
    //- /lib/all.ts
    export * from './data/store';
    export { load as get } from './data/store';
    //- /lib/data/store.ts
    import { x } from '../x';
    export type Row = string;
    export const load = () => x;
    //- /routes/index.velox
    ---
    import { load } from '$lib/data/store';
    import type { Row } from '../lib/data/store.ts';
    const a: Row = load();
    ---
    <p>{a}{(await import('$lib/data/store')).load()}</p>
    "#);
}

#[test]
fn an_alias_is_exchanged_where_a_file_leaves_its_folder() {
    insta::assert_snapshot!(check(&[("lib/Card.velox", "components/Card.velox")], "---\nimport Card from '$lib/Card.velox';\n---\n<Card />\n//- /lib/Card.velox\n<p>x</p>"), @r#"
    //- /routes/index.velox
    ---
    import Card from '$components/Card.velox';
    ---
    <Card />
    "#);
    insta::assert_snapshot!(check(&[("lib/a.ts", "shared/a.ts")], "---\nimport { a } from '$lib/a';\n---\n<p>{a}</p>\n//- /lib/a.ts\nexport const a = 1;\n"), @r#"
    //- /routes/index.velox
    ---
    import { a } from '../shared/a';
    ---
    <p>{a}</p>
    "#);
}

#[test]
fn a_folder_takes_its_files_along_and_imports_inside_of_it_stay() {
    insta::assert_snapshot!(check(&[("lib/db", "lib/data/store")], "---\nimport { load } from '$lib/db/load';\nimport all from '$lib/db';\n---\n<p>{load}{all}</p>\n//- /lib/db/load.ts\nimport { open } from './open';\nimport { x } from '../x';\nexport const load = open + x;\n//- /lib/db/open.ts\nexport const open = 1;\n//- /lib/db/index.ts\nexport default 1;\n//- /lib/x.ts\nexport const x = 1;\n"), @r#"
    //- /lib/data/store/load.ts
    import { open } from './open';
    import { x } from '../../x';
    export const load = open + x;
    //- /routes/index.velox
    ---
    import { load } from '$lib/data/store/load';
    import all from '$lib/data/store';
    ---
    <p>{load}{all}</p>
    "#);
}

#[test]
fn several_renames_are_followed_together() {
    insta::assert_snapshot!(check(&[("lib/a.ts", "lib/b.ts"), ("lib/b.ts", "lib/a.ts")], "//- /lib/a.ts\nimport { b } from './b';\nexport const a = b;\n//- /lib/b.ts\nexport const b = 1;\n//- /lib/c.ts\nimport { a } from './a';\nimport { b } from './b';\nexport const c = a + b;\n"), @r#"
    //- /lib/b.ts
    import { b } from './a';
    export const a = b;
    //- /lib/c.ts
    import { a } from './b';
    import { b } from './a';
    export const c = a + b;
    "#);
}

#[test]
fn layouts_are_named_anew() {
    insta::assert_snapshot!(check(&[("layouts/docs.velox", "layouts/guide.velox")], "---\nexport const layout = 'docs';\n---\n<p>x</p>\n//- /routes/b.velox\n---\nexport const layout = \"docs\";\n---\n<p>x</p>\n//- /routes/c.velox\n---\nexport const layout = 'other';\n---\n<p>docs</p>\n//- /layouts/docs.velox\n<html><head><title>x</title></head><body><slot /></body></html>\n//- /layouts/other.velox\n<html><head><title>x</title></head><body><slot /></body></html>\n"), @r#"
    //- /routes/b.velox
    ---
    export const layout = "guide";
    ---
    <p>x</p>
    //- /routes/index.velox
    ---
    export const layout = 'guide';
    ---
    <p>x</p>
    "#);
}

#[test]
fn links_to_a_moved_page_follow_it() {
    insta::assert_snapshot!(check(&[("routes/about.velox", "routes/company/team.velox")], "---\nif (Math.random() > 1) throw redirect('/about', 303);\nawait revalidatePath('/about');\n---\n<a href=\"/about\">a</a><a href=\"/about?x=1#y\">b</a><a href=\"/aboutness\">c</a><a href={x ? '/about' : '/'}>d</a><p>/about</p>\n//- /routes/about.velox\n<p>x</p>\n//- /routes/[[...rest]].velox\n<p>x</p>"), @r#"
    //- /routes/index.velox
    ---
    if (Math.random() > 1) throw redirect('/company/team', 303);
    await revalidatePath('/company/team');
    ---
    <a href="/company/team">a</a><a href="/company/team?x=1#y">b</a><a href="/aboutness">c</a><a href={x ? '/company/team' : '/'}>d</a><p>/about</p>
    "#);
    insta::assert_snapshot!(check(&[("routes/home.velox", "routes/index.velox")], "//- /routes/home.velox\n<a href=\"/home\">x</a><a href=\"/home/?a\">x</a>\n"), @r#"
    //- /routes/index.velox
    <a href="/">x</a><a href="/?a">x</a>
    "#);
    insta::assert_snapshot!(check(&[("routes/index.velox", "routes/home.velox")], "//- /routes/index.velox\n<a href=\"/\">x</a><a href=\"/#top\" id=\"top\">x</a>\n"), @r#"
    //- /routes/home.velox
    <a href="/home">x</a><a href="/home#top" id="top">x</a>
    "#);
    insta::assert_snapshot!(check(&[("routes/api/users+server.ts", "routes/api/people+server.ts")], "---\nconst a = await (await fetch('/api/users?page=1')).json();\n---\n<form action=\"/api/users\" method=\"post\">{a}</form>\n//- /routes/api/users+server.ts\nexport const GET = () => new Response();\nexport const POST = () => new Response();\n"), @r#"
    //- /routes/index.velox
    ---
    const a = await (await fetch('/api/people?page=1')).json();
    ---
    <form action="/api/people" method="post">{a}</form>
    "#);
}

#[test]
fn links_with_params_follow_where_the_params_stay() {
    insta::assert_snapshot!(check(&[("routes/blog", "routes/posts")], "---\nawait revalidatePath('/blog/:slug', 'page');\nconst posts = [{ slug: 'a' }];\n---\n<a href=\"/blog/hello\">a</a>{posts.map((post) => <a href={`/blog/${post.slug}?x=1`}>b</a>)}<a href=\"/blog\">c</a>\n//- /routes/blog/[slug].velox\n<p>{params.slug}</p>\n//- /routes/blog/index.velox\n<p>x</p>"), @r#"
    //- /routes/index.velox
    ---
    await revalidatePath('/posts/:slug', 'page');
    const posts = [{ slug: 'a' }];
    ---
    <a href="/posts/hello">a</a>{posts.map((post) => <a href={`/posts/${post.slug}?x=1`}>b</a>)}<a href="/posts">c</a>
    "#);
    // Another route answers some of them: what has a hole stays.
    insta::assert_snapshot!(check(&[("routes/blog/[slug].velox", "routes/posts/[slug].velox")], "---\nconst posts = [{ slug: 'a' }];\n---\n<a href=\"/blog/hello\">a</a><a href=\"/blog/new\">b</a>{posts.map((post) => <a href={`/blog/${post.slug}`}>c</a>)}\n//- /routes/blog/[slug].velox\n<p>{params.slug}</p>\n//- /routes/blog/new.velox\n<p>x</p>"), @r#"
    //- /routes/index.velox
    ---
    const posts = [{ slug: 'a' }];
    ---
    <a href="/posts/hello">a</a><a href="/blog/new">b</a>{posts.map((post) => <a href={`/blog/${post.slug}`}>c</a>)}
    "#);
}

#[test]
fn files_of_public_are_linked_anew() {
    insta::assert_snapshot!(check(&[("public/img", "public/pictures")], "<img src=\"/img/tea.svg\" alt=\"tea\"><a href=\"/img/tea.svg?x\">x</a>\n//- /public/img/tea.svg\n<svg />\n"), @r#"
    //- /routes/index.velox
    <img src="/pictures/tea.svg" alt="tea"><a href="/pictures/tea.svg?x">x</a>
    "#);
}

#[test]
fn a_param_that_is_renamed_with_its_file_is_read_by_its_new_name() {
    insta::assert_snapshot!(check(&[("routes/[slug].velox", "routes/[id].velox")], "//- /routes/[slug].velox\n---\nconst { slug } = params;\n---\n<p>{params.slug}{slug}</p>"), @r#"
    //- /routes/[id].velox
    ---
    const { id: slug } = params;
    ---
    <p>{params.id}{slug}</p>
    "#);
}

#[test]
fn what_nothing_names_is_moved_without_an_edit() {
    assert_eq!(check(&[("lib/a.ts", "lib/b.ts")], "<p>x</p>\n//- /lib/a.ts\nexport const a = 1;\n"), "");
    assert_eq!(check(&[("lib/none.ts", "lib/b.ts")], "<p>x</p>\n//- /lib/a.ts\nexport const a = 1;\n"), "");
    assert_eq!(
        check(
            &[("routes/(a)/x.velox", "routes/(b)/x.velox")],
            "<a href=\"/x\">x</a>\n//- /routes/(a)/x.velox\n<p>x</p>"
        ),
        ""
    );
}
