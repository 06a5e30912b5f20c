//! What an edit runs of what is said of effects: the request, the browser, the edge.

use super::{after_edit, assert_ran, assert_silent, checked, codes, ran_for};
use velox_tests::TestProject;

pub(crate) const EFFECTS: &str = "\
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
    checked(EFFECTS)
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
    for query in ["request_graph", "reached", "mode_facts", "bucket_routes"] {
        assert!(ran.iter().any(|name| name == query), "{query} did not run: {ran:?}");
    }
    assert_silent(&ran, &["page", "template"]);
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

#[test]
fn what_is_written_for_preact_is_asked_again_when_an_import_changes_and_not_before() {
    let mut project = checked(
        "\
//- /components/Card.tsx
export default () => <p>card</p>;
//- /components/Counter.tsx
import { useCount } from '$lib/count';
import Card from './Card';
export default () => <button>{useCount()}<Card /></button>;
//- /lib/count.ts
export const useCount = () => 1;
",
    );
    let modules = |project: &TestProject| {
        let mut found: Vec<String> =
            velox_db::vnode_modules(&project.db, project.project).iter().cloned().collect();
        found.sort();
        found
    };
    assert!(modules(&project).is_empty());
    after_edit(&mut project, "lib/count.ts", "() => 1", "() => 2 + 3");
    let ran = ran_for(&project, |project| assert!(modules(project).is_empty()));
    assert_silent(&ran, &["vnode_modules"]);
    let hook = "import { useState } from 'preact/hooks';\nexport const useCount = () => useState(1)[0]";
    after_edit(&mut project, "lib/count.ts", "export const useCount = () => 2 + 3", hook);
    assert_eq!(modules(&project), ["components/Card.tsx", "components/Counter.tsx"]);
}

#[test]
fn hooks_of_other_files_are_asked_again_when_one_comes_or_goes_and_not_before() {
    let mut project = checked(
        "\
//- /components/Cart.tsx
import { useCart } from '$lib';
export default function Cart(props: { open: boolean }) {
  const cart = props.open ? useCart() : null;
  return <p>{cart?.size}</p>;
}
//- /lib/cart.ts
import { signal } from 'velox/client';
export const label = () => 'cart';
export function useCart() { const size = signal(0); return { size }; }
//- /lib/index.ts
export * from './cart';
//- /lib/words.ts
export const word = () => 'tea';
//- /tsconfig.json
{ \"compilerOptions\": { \"paths\": { \"$lib\": [\"./lib/index.ts\"] } } }
//- /routes/index.velox
---
import Cart from '$components/Cart';
---
<Cart open client:load />
",
    );
    let hooks = ["hook_graph", "imported_hooks"];
    assert_eq!(codes(&project), ["VX0423"]);
    // Typing in the body of a hook, or above it, and in a module without one.
    assert_silent(&after_edit(&mut project, "lib/cart.ts", "signal(0)", "signal(1)"), &hooks);
    assert_silent(
        &after_edit(&mut project, "lib/cart.ts", "=> 'cart'", "=> {\n\n  return 'cart';\n}"),
        &hooks,
    );
    let ran = after_edit(&mut project, "lib/words.ts", "'tea'", "'coffee'");
    assert_silent(&ran, &hooks);
    assert_silent(&ran, &["hook_reads", "hook_calls"]);
    assert_silent(&after_edit(&mut project, "components/Cart.tsx", "<p>", "<p class=\"a\">"), &hooks);
    // A hook more changes nothing for a file that does not import it.
    let more = "export const usePlace = () => signal('');\nexport function useCart";
    let ran = after_edit(&mut project, "lib/cart.ts", "export function useCart", more);
    assert_ran(&ran, &["hook_graph", "imported_hooks"]);
    assert_eq!(codes(&project), ["VX0423"]);
    let ran = after_edit(&mut project, "lib/cart.ts", "const size = signal(1);", "const size = 1;");
    assert_ran(&ran, &hooks);
    assert_silent(&ran, &["page", "template"]);
    assert!(codes(&project).is_empty());
    after_edit(&mut project, "lib/cart.ts", "const size = 1;", "const size = usePlace();");
    assert_eq!(codes(&project), ["VX0423"]);
}
