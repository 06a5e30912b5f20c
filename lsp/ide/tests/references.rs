//! All places that mean the same, across the project.

mod support;

use std::collections::BTreeMap;
use support::{World, marked};
use velox_diagnostics::Span;
use velox_ide::UseKind;
use velox_ide::references::references;

/// The files with the places marked; declarations are marked twice.
fn check(fixture: &str) -> String {
    let world = World::new(fixture);
    let mut by_file: BTreeMap<String, Vec<Span>> = BTreeMap::new();
    let mut declared = 0;
    for one in references(world.document(), world.offset()) {
        declared += usize::from(one.kind == UseKind::Declaration);
        by_file.entry(one.path).or_default().push(one.span);
    }
    let mut out = format!("{declared} declared");
    for (path, spans) in by_file {
        let text = &world.files()[&path];
        let all = marked(text, &spans);
        for line in all.lines().filter(|line| line.contains('«')) {
            out.push_str(&format!("\n{path}: {}", line.trim()));
        }
    }
    out
}

#[test]
fn an_export_is_found_in_all_importers() {
    insta::assert_snapshot!(check("//- /lib/db.ts\nexport const lo$0ad = () => 1;\nload();\n//- /lib/all.ts\nexport * from './db';\nexport { load as get } from './db';\n//- /routes/a.velox\n---\nimport { load } from '$lib/db';\nconst x = load();\n---\n<p>{load()}{xs.map((load) => load)}</p>\n//- /routes/b.velox\n---\nimport { load as other, get } from '$lib/all';\nimport * as db from '$lib/db';\nother(db.load, get);\n---\n<p>x</p>\n//- /routes/c.velox\n---\nconst load = 1;\n---\n<p>{load}</p>"), @r#"
    1 declared
    lib/all.ts: export { «load» as «get» } from './db';
    lib/db.ts: export const «load» = () => 1;
    lib/db.ts: «load»();
    routes/a.velox: import { «load» } from '$lib/db';
    routes/a.velox: const x = «load»();
    routes/a.velox: <p>{«load»()}{xs.map((load) => load)}</p>
    routes/b.velox: import { «load» as «other», «get» } from '$lib/all';
    routes/b.velox: «other»(db.«load», «get»);
    "#);
}

#[test]
fn a_component_is_found_in_all_templates() {
    insta::assert_snapshot!(check("---\nimport Ca$0rd from '$components/Card.velox';\n---\n<Card>a</Card>\n//- /routes/b.velox\n---\nimport Box from '$components/Card.velox';\n---\n<ul>{xs.map(() => <Box />)}</ul>\n//- /components/Card.velox\n<slot />"), @r#"
    0 declared
    routes/b.velox: import «Box» from '$components/Card.velox';
    routes/b.velox: <ul>{xs.map(() => <«Box» />)}</ul>
    routes/index.velox: import «Card» from '$components/Card.velox';
    routes/index.velox: <«Card»>a</«Card»>
    "#);
}

#[test]
fn a_local_name_stays_in_its_function() {
    insta::assert_snapshot!(check("<ul>{a.map((x) => <li title={x}>{$0x}{b.map((x) => x)}</li>)}</ul><p>{x}</p>"), @r#"
    1 declared
    routes/index.velox: <ul>{a.map((«x») => <li title={«x»}>{«x»}{b.map((x) => x)}</li>)}</ul><p>{x}</p>
    "#);
}

#[test]
fn a_route_is_found_in_all_links() {
    insta::assert_snapshot!(check("<a href=\"/blog/h$0i\">a</a><a href={`/blog/${slug}`}>b</a><a href=\"/blog\">c</a>\n//- /routes/blog/[slug].velox\n<a href=\"/blog/other\">x</a>\n//- /lib/a.ts\nimport { redirect } from 'velox/server';\nexport const go = () => redirect('/blog/there');\n"), @r#"
    0 declared
    lib/a.ts: export const go = () => redirect('«/blog/there»');
    routes/blog/[slug].velox: <a href="«/blog/other»">x</a>
    routes/index.velox: <a href="«/blog/hi»">a</a><a href={`«/blog/${slug}»`}>b</a><a href="/blog">c</a>
    "#);
}

#[test]
fn a_slot_is_found_where_it_is_declared_and_filled() {
    insta::assert_snapshot!(check("<velox:slot name=\"si$0de\">x</velox:slot>\n//- /routes/b.velox\n<velox:slot name=\"side\">y</velox:slot>\n//- /routes/c.velox\n---\nexport const layout = false;\n---\n<velox:slot name=\"side\">y</velox:slot>\n//- /layouts/default.velox\n---\nexport const slots = ['side'];\n---\n<slot /><slot name=\"side\" />"), @r#"
    2 declared
    layouts/default.velox: export const slots = ['«side»'];
    layouts/default.velox: <slot /><slot name="«side»" />
    routes/b.velox: <velox:slot name="«side»">y</velox:slot>
    routes/index.velox: <velox:slot name="«side»">x</velox:slot>
    "#);
}

#[test]
fn a_tag_is_found_where_it_is_carried_and_revalidated() {
    insta::assert_snapshot!(check("---\nawait revalidateTag('po$0sts');\nawait revalidateTag(`post:${x}`);\n---\n<p />\n//- /lib/a.ts\nimport { fetch } from 'velox/server';\nexport const load = () => fetch('/x', { next: { tags: ['posts', 'users'] } });\n"), @r#"
    1 declared
    lib/a.ts: export const load = () => fetch('/x', { next: { tags: ['«posts»', 'users'] } });
    routes/index.velox: await revalidateTag('«posts»');
    "#);
}

#[test]
fn a_class_an_id_a_param_and_a_prop_are_found() {
    insta::assert_snapshot!(check("<p class=\"b$0ig a\">x</p><p class={{ big: on, small: off }} /><p class={['big', x && 'a']} />\n<style>.big, #big .bigger { color: #b16 }\n@media (min-width: 1em) { p.big { margin: .5em } }</style>"), @r#"
    2 declared
    routes/index.velox: <p class="«big» a">x</p><p class={{ «big»: on, small: off }} /><p class={['«big»', x && 'a']} />
    routes/index.velox: <style>.«big», #big .bigger { color: #b16 }
    routes/index.velox: @media (min-width: 1em) { p.«big» { margin: .5em } }</style>
    "#);
    insta::assert_snapshot!(check("<label for=\"a$0\">x</label><input id=\"a\"><a href=\"#a\">x</a>\n<style>#a {}</style>"), @r###"
    1 declared
    routes/index.velox: <label for="«a»">x</label><input id="«a»"><a href="#«a»">x</a>
    routes/index.velox: <style>#«a» {}</style>
    "###);
    insta::assert_snapshot!(check("//- /routes/[slug].velox\n---\nexport const paths = () => [{ slug: 'a' }, { slug: 'b' }];\nconst { slug } = params;\n---\n<p>{params.sl$0ug}{slug}</p>"), @r#"
    2 declared
    routes/[slug].velox: export const paths = () => [{ «slug»: 'a' }, { «slug»: 'b' }];
    routes/[slug].velox: const { «slug» } = params;
    routes/[slug].velox: <p>{params.«slug»}{slug}</p>
    "#);
    insta::assert_snapshot!(check("---\nimport Card from '$components/Card.velox';\n---\n<Card tit$0le=\"x\" /><Other title=\"y\" />\n//- /components/Card.velox\n<p>{props.title}</p>"), @r#"
    1 declared
    components/Card.velox: <p>{props.«title»}</p>
    routes/index.velox: <Card «title»="x" /><Other title="y" />
    "#);
}

#[test]
fn on_a_fence_all_that_lead_to_the_file_are_found() {
    insta::assert_snapshot!(check("//- /components/Card.velox\n--$0-\nconst a = 1;\n---\n<p>{a}</p>\n//- /routes/b.velox\n---\nimport Box from '$components/Card.velox';\n---\n<Box />\n"), @r#"
    0 declared
    routes/b.velox: import «Box» from '«$components/Card.velox»';
    routes/b.velox: <«Box» />
    "#);
    insta::assert_snapshot!(check("//- /routes/about.velox\n--$0-\n---\n<p>a</p>\n//- /routes/b.velox\n<a href=\"/about\">a</a>\n"), @r#"
    0 declared
    routes/b.velox: <a href="«/about»">a</a>
    "#);
    insta::assert_snapshot!(check("//- /layouts/docs.velox\n--$0-\n---\n<slot />\n//- /routes/b.velox\n---\nexport const layout = 'docs';\n---\n<p>a</p>\n"), @r#"
    0 declared
    routes/b.velox: export const layout = '«docs»';
    "#);
}
