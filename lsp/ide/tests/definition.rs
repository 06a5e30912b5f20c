//! Where things lead: a fixture with a cursor, and the places that the editor jumps to.

mod support;

use support::{World, line_with};
use velox_ide::definition::definition;

/// The targets of the cursor: file, and the line with the place marked; `the file` where all of it is meant.
fn check(fixture: &str) -> String {
    let world = World::new(fixture);
    let found = definition(world.document(), world.offset());
    let line = |target: &velox_ide::Target| {
        let text = world.files().get(&target.path).cloned().unwrap_or_default();
        if target.focus.is_empty() {
            return format!("{}: the file", target.path);
        }
        assert!(target.span.contains(target.focus), "{target:?}");
        format!("{}: {}", target.path, line_with(&text, target.focus))
    };
    found.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn leads(cases: &[(&str, &str)]) {
    for (fixture, expected) in cases {
        assert_eq!(check(fixture), *expected, "{fixture}");
    }
}

#[test]
fn names_of_the_server_block_lead_to_their_declarations() {
    leads(&[
        ("---\nconst post = 1;\n---\n<p>{po$0st}</p>", "routes/index.velox: const «post» = 1;"),
        (
            "---\nconst { post } = load();\n---\n<p>{post$0}</p>",
            "routes/index.velox: const { «post» } = load();",
        ),
        ("---\nfunction f() {}\nf$0();\n---\n<p>x</p>", "routes/index.velox: function «f»() {}"),
        ("---\nconst tone = 1;\n---\n<p {ton$0e}>x</p>", "routes/index.velox: const «tone» = 1;"),
        ("---\nconst rest = {};\n---\n<p {...re$0st}>x</p>", "routes/index.velox: const «rest» = {};"),
        (
            "\u{feff}---\r\nconst post = '😀';\r\n---\r\n<p>😀{po$0st}</p>",
            "routes/index.velox: const «post» = '😀';",
        ),
        (
            "---\ninterface Post { a: string }\nconst a: Po$0st = b;\n---\n<p>{a}</p>",
            "routes/index.velox: interface «Post» { a: string }",
        ),
    ]);
}

#[test]
fn names_of_functions_in_holes_lead_to_their_parameters() {
    leads(&[
        (
            "<ul>{posts.map((post) => <li>{po$0st.title}</li>)}</ul>",
            "routes/index.velox: <ul>{posts.map((«post») => <li>{post.title}</li>)}</ul>",
        ),
        (
            "<ul>{posts.map(({ Icon }) => <Ic$0on />)}</ul>",
            "routes/index.velox: <ul>{posts.map(({ «Icon» }) => <Icon />)}</ul>",
        ),
        (
            "<ul>{a.map((x) => b.map((x) => <li>{$0x}</li>))}</ul>",
            "routes/index.velox: <ul>{a.map((x) => b.map((«x») => <li>{x}</li>))}</ul>",
        ),
        (
            "<ul>{a.map((x) => b.map((y) => <li title={$0x}>{y}</li>))}</ul>",
            "routes/index.velox: <ul>{a.map((«x») => b.map((y) => <li title={x}>{y}</li>))}</ul>",
        ),
    ]);
}

#[test]
fn names_that_nothing_declares_lead_nowhere() {
    leads(&[
        ("---\nconst a = para$0ms.slug;\n---\n<p>{a}</p>", ""),
        ("<p>{Ma$0th.PI}</p>", ""),
        ("<p>te$0xt</p>", ""),
        ("$0", ""),
    ]);
}

#[test]
fn imports_lead_to_what_is_exported() {
    leads(&[
        (
            "---\nimport { load } from '$lib/db';\nlo$0ad();\n---\n<p />\n//- /lib/db.ts\nexport function load() {}\n",
            "lib/db.ts: export function «load»() {}",
        ),
        (
            "---\nimport { lo$0ad as get } from '$lib/db';\nget();\n---\n<p />\n//- /lib/db.ts\nexport function load() {}\n",
            "lib/db.ts: export function «load»() {}",
        ),
        (
            "---\nimport { load as get } from '$lib/db';\nge$0t();\n---\n<p />\n//- /lib/db.ts\nconst inner = 1;\nexport { inner as load };\n",
            "lib/db.ts: const «inner» = 1;",
        ),
        (
            "---\nimport { load } from '$lib/all';\nlo$0ad();\n---\n<p />\n//- /lib/all.ts\nexport * from './db';\n//- /lib/db.ts\nexport { get as load } from './deep';\n//- /lib/deep.ts\nexport const get = 1;\n",
            "lib/deep.ts: export const «get» = 1;",
        ),
        (
            "---\nimport * as db from '$lib/db';\ndb.lo$0ad();\n---\n<p />\n//- /lib/db.ts\nexport const load = 1;\n",
            "lib/db.ts: export const «load» = 1;",
        ),
        (
            "---\nimport db from '$lib/db';\nd$0b();\n---\n<p />\n//- /lib/db.ts\nexport default () => 1;\n",
            "lib/db.ts: export «default» () => 1;",
        ),
        (
            "---\nimport db from '$lib/db';\nd$0b();\n---\n<p />\n//- /lib/db.ts\nexport default function open() {}\n",
            "lib/db.ts: export default function «open»() {}",
        ),
        (
            "---\nimport db from '$lib/d$0b';\ndb();\n---\n<p />\n//- /lib/db.ts\nexport default 1;\n",
            "lib/db.ts: the file",
        ),
        (
            "---\nimport x from 'package';\n$0x();\n---\n<p />",
            "routes/index.velox: import «x» from 'package';",
        ),
        (
            "//- /lib/a.ts\nexport { lo$0ad } from './b';\n//- /lib/b.ts\nexport const load = 1;\n",
            "lib/b.ts: export const «load» = 1;",
        ),
        (
            "//- /lib/a.ts\nexport * from './a';\nexport * from './b';\nimport { no } from './a';\nn$0o;\n//- /lib/b.ts\nexport * from './a';\n",
            "lib/a.ts: import { «no» } from './a';",
        ),
        ("<p>{await import('../lib/a$0')}</p>\n//- /lib/a.ts\nexport const a = 1;\n", "lib/a.ts: the file"),
    ]);
}

#[test]
fn components_lead_to_their_files_and_exports() {
    leads(&[
        (
            "---\nimport Card from '$components/Card.velox';\n---\n<Ca$0rd />\n//- /components/Card.velox\n<p>{props.title}</p>",
            "components/Card.velox: the file",
        ),
        (
            "---\nimport { Card } from '$components/ui';\n---\n<Card>x</Ca$0rd>\n//- /components/ui.tsx\nexport const Card = () => <p />;\n",
            "components/ui.tsx: export const «Card» = () => <p />;",
        ),
        (
            "---\nimport * as ui from '$components/ui';\n---\n<ui.Ca$0rd />\n//- /components/ui.tsx\nexport const Card = () => <p />;\n",
            "components/ui.tsx: export const «Card» = () => <p />;",
        ),
        (
            "//- /components/list.tsx\nimport { Card } from './ui';\nexport default () => <ul><Ca$0rd /></ul>;\n//- /components/ui.tsx\nexport const Card = () => <p />;\n",
            "components/ui.tsx: export const «Card» = () => <p />;",
        ),
        (
            "---\nimport Card from '$components/Card.velox';\n---\n<Card tit$0le=\"x\" />\n//- /components/Card.velox\n<p>{props.title}</p>",
            "components/Card.velox: <p>{props.«title»}</p>",
        ),
        (
            "---\nimport { Card } from '$components/ui';\n---\n<Card tit$0le=\"x\" />\n//- /components/ui.tsx\nexport const Card = ({ title }) => <p>{title}</p>;\n",
            "components/ui.tsx: export const Card = ({ «title» }) => <p>{title}</p>;",
        ),
    ]);
}

#[test]
fn slots_lead_to_the_file_that_has_them_and_back() {
    let layout = "//- /layouts/default.velox\n<slot /><aside><slot name=\"side\" /></aside>\n";
    let page = "//- /routes/index.velox\n<velox:slot name=\"side\"><p>x</p></velox:slot>\n";
    leads(&[
        (
            &format!("//- /routes/index.velox\n<velox:slot name=\"si$0de\">x</velox:slot>\n{layout}"),
            "layouts/default.velox: <slot /><aside><slot name=\"«side»\" /></aside>",
        ),
        (
            &format!("//- /layouts/default.velox\n<slot /><slot name=\"si$0de\" />\n{page}"),
            "routes/index.velox: <velox:slot name=\"«side»\"><p>x</p></velox:slot>",
        ),
        (
            "---\nimport Card from '$components/Card.velox';\n---\n<Card><velox:slot name=\"fo$0ot\">x</velox:slot></Card>\n//- /components/Card.velox\n<slot name=\"foot\" />",
            "components/Card.velox: <slot name=\"«foot»\" />",
        ),
        (
            &format!(
                "---\nexport const layout = 'do$0cs';\n---\n<p />\n//- /layouts/docs.velox\n<slot />\n{layout}"
            ),
            "layouts/docs.velox: the file",
        ),
    ]);
}

#[test]
fn urls_lead_to_the_most_specific_route() {
    let site = "//- /routes/about.velox\n<p>a</p>\n//- /routes/blog/[slug].velox\n<p>b</p>\n//- /routes/blog/new.velox\n<p>c</p>\n//- /routes/api/users+server.ts\nexport const GET = () => new Response();\n//- /public/logo.svg\n<svg />\n";
    leads(&[
        (&format!("<a href=\"/ab$0out\">a</a>\n{site}"), "routes/about.velox: the file"),
        (&format!("<a href=\"/blog/h$0ello\">a</a>\n{site}"), "routes/blog/[slug].velox: the file"),
        (&format!("<a href=\"/blog/n$0ew?x=1#y\">a</a>\n{site}"), "routes/blog/new.velox: the file"),
        (&format!("<a href={{`/blog/$0${{x}}/edit`}}>a</a>\n{site}"), ""),
        (
            &format!("---\nif (x) throw redirect('/ab$0out');\n---\n<p />\n{site}"),
            "routes/about.velox: the file",
        ),
        (
            &format!("---\nawait revalidatePath('/blog/:sl$0ug', 'page');\n---\n<p />\n{site}"),
            "routes/blog/[slug].velox: the file",
        ),
        (
            &format!("---\nconst users = await fetch('/api/us$0ers');\n---\n<p>{{users}}</p>\n{site}"),
            "routes/api/users+server.ts: the file",
        ),
        (&format!("<form action=\"/api/us$0ers\"></form>\n{site}"), "routes/api/users+server.ts: the file"),
        (&format!("<a href=\"/no$0where\">a</a>\n{site}"), ""),
        (&format!("<a href=\"https://a.exam$0ple/\">a</a>\n{site}"), ""),
    ]);
}

#[test]
fn tags_lead_to_the_fetch_that_carries_them() {
    let carrier = "//- /routes/posts.velox\n---\nconst posts = await fetch('/api/posts', { next: { tags: ['posts', `post:${id}`] } });\n---\n<p>{posts}</p>\n";
    leads(&[
        (
            &format!("---\nawait revalidateTag('po$0sts');\n---\n<p />\n{carrier}"),
            "routes/posts.velox: const posts = await fetch('/api/posts', { next: { tags: ['«posts»', `post:${id}`] } });",
        ),
        (
            &format!("---\nawait revalidateTag('post$0:1');\n---\n<p />\n{carrier}"),
            "routes/posts.velox: const posts = await fetch('/api/posts', { next: { tags: ['posts', `«post:${id}»`] } });",
        ),
    ]);
}

#[test]
fn classes_ids_and_params_lead_to_their_places_in_the_file() {
    leads(&[
        (
            "<p class=\"a bi$0g\">x</p>\n<style>.a {} .big:hover { color: red }</style>",
            "routes/index.velox: <style>.a {} .«big»:hover { color: red }</style>",
        ),
        (
            "<p class={on ? 'bi$0g' : ''}>x</p>\n<style>.big {}</style>",
            "routes/index.velox: <style>.«big» {}</style>",
        ),
        (
            "<label for=\"na$0me\">x</label><input id=\"name\">",
            "routes/index.velox: <label for=\"name\">x</label><input id=\"«name»\">",
        ),
        (
            "<a href=\"#to$0p\">x</a><p id=\"top\">x</p>",
            "routes/index.velox: <a href=\"#top\">x</a><p id=\"«top»\">x</p>",
        ),
        (
            "//- /routes/[slug].velox\n---\nexport function paths() { return [{ slug: 'a' }]; }\n---\n<p>{params.sl$0ug}</p>",
            "routes/[slug].velox: export function paths() { return [{ «slug»: 'a' }]; }",
        ),
        ("//- /routes/[slug].velox\n<p>{params.sl$0ug}</p>", "routes/[slug].velox: the file"),
    ]);
}

#[test]
fn broken_text_is_answered_too() {
    leads(&[
        ("---\nconst post = 1;\nconst b = ;\n---\n<p>{po$0st}</p>", "routes/index.velox: const «post» = 1;"),
        ("---\nconst post = 1;\n---\n<p>{po$0st}<b>{", "routes/index.velox: const «post» = 1;"),
        ("---\nconst post = 1;\n---\n<p>{a +}{po$0st}</p>", "routes/index.velox: const «post» = 1;"),
    ]);
}
