//! Extracting elements to a component.

mod support;

use support::World;
use velox_diagnostics::Severity;
use velox_ide::actions::{actions, resolve};

const TITLE: &str = "Extract to a component";

/// The files that change, where the action is offered. What is made checks as clean as what was there, and is offered no second time for
/// the element that stands there now.
fn check(fixture: &str) -> Option<String> {
    let world = World::new(fixture);
    let diagnostics = world.diagnostics();
    let found = actions(world.document(), world.selection, &diagnostics);
    let action = found.iter().find(|action| action.title.starts_with(TITLE))?;
    let change = resolve(world.document(), world.selection, &diagnostics, &action.id).expect("its edits");
    let after = world.after(&change);
    let errors =
        |world: &World| world.diagnostics().iter().filter(|found| found.severity == Severity::Error).count();
    assert_eq!(errors(&after), errors(&world), "{:#?}", after.diagnostics());
    Some(after.changed_since(&world))
}

#[test]
fn names_of_the_page_become_props_and_imports_move_along() {
    let found = check(
        "//- /routes/index.velox\n---\nimport { format } from '../lib/format';\nconst post = { title: 'Tea' };\n---\n<main>\n  $0<article class=\"card wide\"><h2>{post.title}</h2><p>{format(post)}{Math.PI}</p></article>$0\n</main>\n//- /lib/format.ts\nexport const format = (value: unknown) => String(value);\n",
    );
    let expected = "//- /components/Card.tsx\nimport { format } from '../lib/format';\n\nexport default function Card({ post }: { post: { title: string } }) {\n  return (\n    <article class=\"card wide\">\n      <h2>{post.title}</h2>\n      <p>{format(post)}{Math.PI}</p>\n    </article>\n  );\n}\n//- /routes/index.velox\n---\nimport { format } from '../lib/format';\nimport Card from '../components/Card';\nconst post = { title: 'Tea' };\n---\n<main>\n  <Card post={post} />\n</main>\n";
    assert_eq!(found.unwrap(), expected);
}

#[test]
fn a_parameter_of_the_code_around_is_a_prop_and_siblings_are_a_fragment() {
    let found = check(
        "---\nconst posts = [{ title: 'a' }];\n---\n<ul>{posts.map((post) => $0<li>{post.title}</li>$0)}</ul>\n",
    );
    let expected = "//- /components/Li.tsx\nexport default function Li({ post }: { post: { title: string } }) {\n  return <li>{post.title}</li>;\n}\n//- /routes/index.velox\n---\nimport Li from '$components/Li';\nconst posts = [{ title: 'a' }];\n---\n<ul>{posts.map((post) => <Li post={post} />)}</ul>\n";
    assert_eq!(found.unwrap(), expected);
    let found =
        check("<div>$0<b>one</b> <i>two</i>$0</div>\n//- /components/B.tsx\nexport default () => <b />;\n");
    let expected = "//- /components/B2.tsx\nexport default function B2() {\n  return <><b>one</b> <i>two</i></>;\n}\n//- /routes/index.velox\n---\nimport B2 from '$components/B2';\n---\n<div><B2 /></div>\n";
    assert_eq!(found.unwrap(), expected);
}

#[test]
fn props_have_the_types_that_syntax_proves() {
    for (block, hole, expected) in [
        ("const a = 'x';", "{a}", "a: string"),
        ("const a = `x${Math.PI}`;", "{a}", "a: string"),
        ("let a = 1;", "{a}", "a: number"),
        ("export const a = true;", "{a}", "a: boolean"),
        ("const a = ['x', 'y'];", "{a}", "a: string[]"),
        ("const a = [{ b: 1, c: ['x'] }];", "{a}", "a: { b: number; c: string[] }[]"),
        ("const a: string | null = null;", "{a}", "a: string | null"),
        ("const a = new Date();", "{a}", "a: Date"),
        ("const a = params.slug;", "{a}", "a: string"),
        ("const { rest } = params;", "{rest}", "rest: string[]"),
        // Anything else may be what it likes.
        ("const a = [];", "{a}", "a: any"),
        ("const a = [1, 'x'];", "{a}", "a: any"),
        ("const a = null;", "{a}", "a: any"),
        ("const a: Tea = { b: 1 };", "{a}", "a: any"),
        ("const a = await fetch('/');", "{a}", "a: any"),
        ("const { slug: a } = params;", "{a}", "a: any"),
        ("const { slug = 1 } = params;", "{slug}", "slug: any"),
        ("function a() { return 1; }", "{a()}", "a: any"),
    ] {
        let page = format!(
            "//- /routes/[slug]/[...rest].velox\n---\n{block}\n---\n<main>$0<p>{hole}</p>$0</main>\n"
        );
        let found = check(&page).unwrap_or_else(|| panic!("{block}"));
        assert!(found.contains(&format!("{{ {expected} }})")), "{block}: {found}");
    }
    let found = check(
        "---\nconst teas = [{ name: 'a' }];\n---\n<ul>{teas.map((tea) => $0<li>{tea.name}</li>$0)}</ul>\n",
    );
    assert!(found.unwrap().contains("{ tea }: { tea: { name: string } }"));
    let found = check(
        "---\nconst teas = [{ name: 'a' }];\n---\n<ul>{teas.filter(Boolean).map((tea) => $0<li>{tea.name}</li>$0)}</ul>\n",
    );
    assert!(found.unwrap().contains("{ tea }: { tea: any }"));
}

#[test]
fn what_would_mean_something_else_is_not_offered() {
    let refused = [
        "$0<p>{params.slug}</p>$0",
        "$0<p>{await fetch('/x')}</p>$0",
        "$0<p class=\"a\">x</p>$0<style>.a { color: red }</style>",
        "$0<p><slot /></p>$0",
        "$0<p>x<!-- kept here --></p>$0",
        "<p>$0x$0</p>",
        "$0<p>{broken(}</p>$0",
        "<p>$0</p>",
    ];
    for fixture in refused {
        assert_eq!(check(fixture), None, "{fixture}");
    }
}
