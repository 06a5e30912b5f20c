//! Renaming: what is edited, what is refused, and that nothing else changes.

mod support;

use support::World;
use velox_ide::rename::{prepare, rename};

/// The files that a rename to `name` changes.
#[track_caller]
fn check(fixture: &str, name: &str) -> String {
    let world = World::new(fixture);
    let renamed = prepare(world.document(), world.offset()).expect("something that can be renamed");
    assert_eq!(renamed.span.text(world.document().text()), renamed.name);
    let change = rename(world.document(), world.offset(), name).unwrap_or_else(|reason| panic!("{reason}"));
    world.after(&change).changed_since(&world)
}

/// Why it is refused.
#[track_caller]
fn refused(fixture: &str, name: &str) -> String {
    let world = World::new(fixture);
    rename(world.document(), world.offset(), name).expect_err("a rename that is refused")
}

#[test]
fn a_name_of_the_server_block_is_renamed_in_the_template() {
    insta::assert_snapshot!(check("---\nconst post = 1;\nconst all = { post, b: post };\nconst { x } = all;\n---\n<p title={post} {post}>{po$0st}{xs.map((post) => post)}</p>", "entry"), @r#"
    //- /routes/index.velox
    ---
    const entry = 1;
    const all = { post: entry, b: entry };
    const { x } = all;
    ---
    <p title={entry} post={entry}>{entry}{xs.map((post) => post)}</p>
    "#);
    insta::assert_snapshot!(check("---\r\nconst { po$0st, b = post } = load('😀');\r\n---\r\n<p>😀{post}{b}</p>", "entry"), @r#"
    //- /routes/index.velox
    ---
    const { post: entry, b = entry } = load('😀');
    ---
    <p>😀{entry}{b}</p>
    "#);
}

#[test]
fn a_name_of_a_function_is_renamed_in_it_alone() {
    insta::assert_snapshot!(check("<ul>{xs.map((x) => <li title={x} {...{ x }}>{$0x}</li>)}</ul><p>{x}</p>", "item"), @r#"
    //- /routes/index.velox
    <ul>{xs.map((item) => <li title={item} {...{ x: item }}>{item}</li>)}</ul><p>{x}</p>
    "#);
    insta::assert_snapshot!(check("<ul>{xs.map(({ Icon }) => <Ic$0on>a</Icon>)}</ul>", "Sign"), @r#"
    //- /routes/index.velox
    <ul>{xs.map(({ Icon: Sign }) => <Sign>a</Sign>)}</ul>
    "#);
}

#[test]
fn an_export_is_renamed_with_all_its_importers() {
    insta::assert_snapshot!(check("//- /lib/db.ts\nexport const lo$0ad = 1;\nexport { load as default };\n//- /lib/all.ts\nexport { load } from './db';\nexport { load as get } from './db';\n//- /routes/a.velox\n---\nimport { load, get } from '$lib/all';\nimport * as db from '$lib/db';\nconst x = { load, get, y: db.load };\n---\n<p>{x}{load}</p>\n//- /routes/b.velox\n---\nimport { load as mine } from '$lib/all';\n---\n<p>{mine}</p>", "fetchAll"), @r#"
    //- /lib/all.ts
    export { fetchAll } from './db';
    export { fetchAll as get } from './db';
    //- /lib/db.ts
    export const fetchAll = 1;
    export { fetchAll as default };
    //- /routes/a.velox
    ---
    import { fetchAll, get } from '$lib/all';
    import * as db from '$lib/db';
    const x = { load: fetchAll, get, y: db.fetchAll };
    ---
    <p>{x}{fetchAll}</p>
    //- /routes/b.velox
    ---
    import { fetchAll as mine } from '$lib/all';
    ---
    <p>{mine}</p>
    "#);
    insta::assert_snapshot!(check("//- /lib/a.ts\nconst lo$0ad = 1;\nexport { load };\n//- /lib/b.ts\nimport { load } from './a';\nload;\n", "take"), @r#"
    //- /lib/a.ts
    const take = 1;
    export { take };
    //- /lib/b.ts
    import { take } from './a';
    take;
    "#);
}

#[test]
fn an_import_is_renamed_in_its_file() {
    insta::assert_snapshot!(check("---\nimport { load } from '$lib/db';\nconst x = lo$0ad();\n---\n<p>{x}</p>\n//- /lib/db.ts\nexport const load = () => 1;\n", "take"), @r#"
    //- /routes/index.velox
    ---
    import { load as take } from '$lib/db';
    const x = take();
    ---
    <p>{x}</p>
    "#);
    insta::assert_snapshot!(check("---\nimport { load as get } from '$lib/db';\nconst x = ge$0t();\n---\n<p>{x}</p>\n//- /lib/db.ts\nexport const load = () => 1;\n", "take"), @r#"
    //- /routes/index.velox
    ---
    import { load as take } from '$lib/db';
    const x = take();
    ---
    <p>{x}</p>
    "#);
    insta::assert_snapshot!(check("---\nimport Card from '$components/Card.velox';\n---\n<Ca$0rd>x</Card><Card />\n//- /components/Card.velox\n<slot />", "Box"), @r#"
    //- /routes/index.velox
    ---
    import Box from '$components/Card.velox';
    ---
    <Box>x</Box><Box />
    "#);
    insta::assert_snapshot!(check("//- /lib/a.ts\nimport { load } from './b';\nexport { lo$0ad };\n//- /lib/b.ts\nexport const load = 1;\n", "take"), @r#"
    //- /lib/a.ts
    import { load as take } from './b';
    export { take as load };
    "#);
}

#[test]
fn slots_tags_and_classes_are_renamed_wherever_they_stand() {
    insta::assert_snapshot!(check("<velox:slot name=\"si$0de\">x</velox:slot>\n//- /layouts/default.velox\n---\nexport const slots = ['side', 'foot'];\n---\n<slot /><slot name={'side'} />", "aside"), @r#"
    //- /layouts/default.velox
    ---
    export const slots = ['aside', 'foot'];
    ---
    <slot /><slot name={'aside'} />
    //- /routes/index.velox
    <velox:slot name="aside">x</velox:slot>
    "#);
    insta::assert_snapshot!(check("---\nawait revalidateTag('po$0sts');\n---\n<p />\n//- /lib/a.ts\nimport { fetch } from 'velox/server';\nexport const load = () => fetch('/x', { next: { tags: ['posts', 'users'] } });\n", "entries"), @r#"
    //- /lib/a.ts
    import { fetch } from 'velox/server';
    export const load = () => fetch('/x', { next: { tags: ['entries', 'users'] } });
    //- /routes/index.velox
    ---
    await revalidateTag('entries');
    ---
    <p />
    "#);
    insta::assert_snapshot!(check("<p class=\"b$0ig a\">x</p><p class={{ big: on }} />\n<style>.big, .bigger { color: red }</style>", "large"), @r#"
    //- /routes/index.velox
    <p class="large a">x</p><p class={{ large: on }} />
    <style>.large, .bigger { color: red }</style>
    "#);
    insta::assert_snapshot!(check("---\nconst big = true;\n---\n<p class=\"b$0ig\" /><p class={{ big }} /><p class={{ big: 1, 'big': 2 }} />", "very-large"), @r#"
    //- /routes/index.velox
    ---
    const big = true;
    ---
    <p class="very-large" /><p class={{ 'very-large': big }} /><p class={{ 'very-large': 1, 'very-large': 2 }} />
    "#);
    insta::assert_snapshot!(check("<label for=\"n$0\">x</label><input id=\"n\"><a href=\"#n\">x</a>", "name"), @r###"
    //- /routes/index.velox
    <label for="name">x</label><input id="name"><a href="#name">x</a>
    "###);
}

#[test]
fn a_name_that_a_clause_gives_is_renamed_with_its_importers() {
    let ui = "//- /ui/Button.tsx\nexport default function Button() { return <p>x</p>; }\n//- /routes/index.velox\n---\nimport { Button } from '../ui/index';\nimport { Button as B } from '../ui/index';\n---\n<Button /><B />\n";
    insta::assert_snapshot!(check(&format!("//- /ui/index.ts\nexport {{ default as But$0ton }} from './Button';\n{ui}"), "Press"), @r#"
    //- /routes/index.velox
    ---
    import { Press } from '../ui/index';
    import { Press as B } from '../ui/index';
    ---
    <Press /><B />
    //- /ui/index.ts
    export { default as Press } from './Button';
    "#);
    insta::assert_snapshot!(check(&format!("//- /ui/index.ts\nexport {{ default as Button }} from './Button';\n{}", ui.replace("{ Button as", "{ Bu$0tton as")), "Press"), @r#"
    //- /routes/index.velox
    ---
    import { Press } from '../ui/index';
    import { Press as B } from '../ui/index';
    ---
    <Press /><B />
    //- /ui/index.ts
    export { default as Press } from './Button';
    "#);
    insta::assert_snapshot!(check("//- /lib/a.ts\nconst inner = 1;\nexport { inner as ou$0ter };\n//- /lib/b.ts\nexport * from './a';\n//- /lib/c.ts\nimport * as all from './b';\nall.outer;\n", "given"), @r#"
    //- /lib/a.ts
    const inner = 1;
    export { inner as given };
    //- /lib/c.ts
    import * as all from './b';
    all.given;
    "#);
}

#[test]
fn members_of_a_whole_module_are_renamed_and_variables_taken_out_of_it_stay() {
    insta::assert_snapshot!(check("//- /lib/db.tsx\nexport const Lo$0ad = () => <p>x</p>;\n//- /routes/index.velox\n---\nimport * as db from '$lib/db';\nconst { Load } = db;\nconst { Load: mine } = db;\n---\n<db.Load>x</db.Load><Load />{mine}", "Take"), @r#"
    //- /lib/db.tsx
    export const Take = () => <p>x</p>;
    //- /routes/index.velox
    ---
    import * as db from '$lib/db';
    const { Take: Load } = db;
    const { Take: mine } = db;
    ---
    <db.Take>x</db.Take><Load />{mine}
    "#);
}

#[test]
fn a_param_is_renamed_with_the_file_that_is_called_after_it() {
    insta::assert_snapshot!(check("//- /routes/blog/[slug].velox\n---\nimport x from './x';\nexport const paths = () => slugs.map((slug) => ({ slug }));\nconst { slug } = params;\n---\n<p>{params.sl$0ug}{slug}{x}</p>\n//- /routes/blog/x.ts\nexport default 1;\n//- /lib/a.ts\nimport { revalidatePath } from 'velox/server';\nexport const f = () => revalidatePath('/blog/:slug', 'page');\n", "id"), @r#"
    //- /lib/a.ts
    import { revalidatePath } from 'velox/server';
    export const f = () => revalidatePath('/blog/:id', 'page');
    //- /routes/blog/[id].velox
    ---
    import x from './x';
    export const paths = () => slugs.map((slug) => ({ id: slug }));
    const { id: slug } = params;
    ---
    <p>{params.id}{slug}{x}</p>
    //- /routes/blog/[slug].velox is gone
    "#);
    insta::assert_snapshot!(check("//- /routes/[lang]/a.velox\n<p>{params.la$0ng}</p>\n//- /routes/[lang]/b/[id].velox\n<p>{params.lang}{params.id}</p>\n//- /routes/c.velox\n---\nimport B from './[lang]/a.velox';\n---\n<B />", "locale"), @r#"
    //- /routes/[locale]/a.velox
    <p>{params.locale}</p>
    //- /routes/[locale]/b/[id].velox
    <p>{params.locale}{params.id}</p>
    //- /routes/c.velox
    ---
    import B from './[locale]/a.velox';
    ---
    <B />
    //- /routes/[lang]/a.velox is gone
    //- /routes/[lang]/b/[id].velox is gone
    "#);
}

#[test]
fn what_has_no_name_of_its_own_is_refused_with_a_reason() {
    let cases = [
        (
            "<p>{para$0ms.slug}</p>",
            "`params` is not declared in this project: it comes from Velox or from the platform",
        ),
        (
            "---\nexport const con$0fig = {};\n---\n<p>x</p>",
            "`config` is exported for Velox, which knows it by this name",
        ),
        (
            "//- /routes/a+server.ts\nexport const G$0ET = () => new Response();\n",
            "`GET` is exported for Velox, which knows it by this name",
        ),
        ("<a href=\"/$0\">x</a>", "a route is named by its file: rename or move that, and links follow"),
        (
            "---\nexport const layout = 'do$0cs';\n---\n<p />\n//- /layouts/docs.velox\n<slot />",
            "a layout is named by its file: rename that, and the pages that use it follow",
        ),
        (
            "---\nimport '../lib/a$0';\n---\n<p />\n//- /lib/a.ts\nexport {};\n",
            "this names a file: rename or move that, and what leads to it follows",
        ),
        ("<p>te$0xt</p>", "nothing here has a name that can be changed"),
        (
            "//- /layouts/default.velox\n<p>{params.sl$0ug}</p><slot />",
            "a param is renamed in the page whose file is called after it",
        ),
        (
            "//- /routes/blog/[slug].velox\n<p>{params.sl$0ug}</p>\n//- /routes/blog/_layout.velox\n<p>{params.slug}</p><slot />",
            "routes/blog/_layout.velox reads `params.slug` too, and wraps other pages: edit it there first",
        ),
    ];
    for (fixture, reason) in cases {
        let world = World::new(fixture);
        assert_eq!(prepare(world.document(), world.offset()).expect_err("no rename"), reason, "{fixture}");
    }
}

#[test]
fn a_name_that_would_change_what_others_mean_is_refused() {
    let cases = [
        (
            "---\nconst a$0 = 1;\nconst b = 2;\n---\n<p>{a}{b}</p>",
            "b",
            "`b` already means something else in routes/index.velox",
        ),
        (
            "---\nconst a$0 = 1;\n---\n<p>{xs.map((x) => a + x)}</p>",
            "x",
            "`x` already means something else in routes/index.velox",
        ),
        (
            "---\nconst a$0 = 1;\n---\n<p>{a}{params.b}</p>",
            "params",
            "`params` already means something else in routes/index.velox",
        ),
        ("<p>{xs.map((x$0) => x + y)}</p>", "y", "`y` already means something else in routes/index.velox"),
        ("---\nconst a$0 = 1;\n---\n<p>{a}</p>", "class", "`class` is no name that a variable can have"),
        ("---\nconst a$0 = 1;\n---\n<p>{a}</p>", "a b", "`a b` is no name that a variable can have"),
        (
            "---\nexport const a$0 = {};\n---\n<p>{a}</p>",
            "meta",
            "an export called `meta` has a meaning of its own in this file",
        ),
        (
            "//- /lib/a.ts\nexport const a$0 = 1;\nconst c = 1;\nexport { c as b };\n",
            "b",
            "lib/a.ts exports a `b` already",
        ),
        (
            "//- /lib/a.ts\nexport const a$0 = 1;\n//- /lib/b.ts\nimport { a } from './a';\nconst b = a;\nb;\n",
            "b",
            "`b` already means something else in lib/b.ts",
        ),
        (
            "---\nimport Card from '$components/Card.velox';\n---\n<Ca$0rd />\n//- /components/Card.velox\n<p />",
            "card",
            "`card` already means something else in routes/index.velox",
        ),
        (
            "//- /components/Card.velox\n<slot name=\"a$0\" /><slot name=\"b\" />",
            "b",
            "components/Card.velox has a slot `b` already",
        ),
        ("<p class=\"a$0 b\">x</p>", "b", "the file has a `b` already"),
        ("<p class=\"a$0\">x</p>", "1x", "`1x` cannot stand here as it is"),
    ];
    for (fixture, name, reason) in cases {
        assert_eq!(refused(fixture, name), reason, "{fixture}");
    }
}
