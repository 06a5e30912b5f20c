//! Code actions.

mod support;

use std::collections::BTreeSet;
use support::World;
use support::acting::{after, check, titles};
use support::everywhere::{offsets, projects, stride};
use velox_diagnostics::{Diagnostic, Severity, Span};
use velox_ide::actions::{actions, resolve};

#[test]
fn fixes_are_offered_one_by_one_and_all_of_a_code() {
    let fixture = "<p class=$0a id=b>x</p>";
    assert_eq!(check(fixture, "Quote"), "<p class=\"a\" id=b>x</p>");
    assert_eq!(check(fixture, "Fix all VX"), "<p class=\"a\" id=\"b\">x</p>");
    assert_eq!(
        check("<p class=a id=b>x</p>$0", "Fix all that can be fixed safely"),
        "<p class=\"a\" id=\"b\">x</p>"
    );
    assert!(titles("<p>$0x</p>").is_empty());
}

#[test]
fn a_finding_is_silenced_by_a_comment_that_the_region_reads() {
    let cases = [
        (
            "---\nconst un$0used = 1;\n---\n<p>x</p>",
            "---\n// velox-ignore VX0411: say why\nconst unused = 1;\n---\n<p>x</p>",
        ),
        (
            "<div>\n  <p className$0=\"a\">x</p>\n</div>",
            "<div>\n  <!-- velox-ignore VX0216: say why -->\n  <p className=\"a\">x</p>\n</div>",
        ),
        (
            "<p\n  title=\"a\"\n  className$0=\"a\"\n>x</p>",
            "<p\n  title=\"a\"\n  // velox-ignore VX0216: say why\n  className=\"a\"\n>x</p>",
        ),
    ];
    for (fixture, expected) in cases {
        let world = World::new(fixture);
        let silenced = after(&world, "Silence");
        assert_eq!(silenced.document().text(), expected);
        assert!(silenced.diagnostics().is_empty(), "{:?}", silenced.diagnostics());
    }
}

#[test]
fn imports_are_organised() {
    let cases = [
        (
            "sorted by groups",
            "import b from './b';\nimport { z, a } from 'pkg';\nimport c from '$lib/c';\nimport fs from 'node:fs';\nimport up from '../up';\n",
            "import fs from 'node:fs';\nimport { a, z } from 'pkg';\nimport c from '$lib/c';\nimport up from '../up';\nimport b from './b';\n",
        ),
        (
            "with blank lines between groups where there are some",
            "import b from './b';\n\nimport a from 'a';\nimport c from 'c';\n",
            "import a from 'a';\nimport c from 'c';\n\nimport b from './b';\n",
        ),
        (
            "merged",
            "import { a } from 'x';\nimport d, { b } from 'x';\nimport type { T } from 'x';\nimport { a as e } from 'x';\n",
            "import d, { a, a as e, b } from 'x';\nimport type { T } from 'x';\n",
        ),
        (
            "with their comments",
            "// of z\nimport z from 'z'; // behind z\n/* of a */\nimport a from 'a';\n",
            "/* of a */\nimport a from 'a';\n// of z\nimport z from 'z'; // behind z\n",
        ),
        (
            "not across what runs by itself",
            "import z from 'z';\nimport './effect';\nimport b from 'b';\nimport a from 'a';\n",
            "import z from 'z';\nimport './effect';\nimport a from 'a';\nimport b from 'b';\n",
        ),
        (
            "on lines of their own",
            "import {\n  b,\n  a,\n} from 'x';\n",
            "import {\n  a,\n  b,\n} from 'x';\n",
        ),
        (
            "with CRLF",
            "import b from 'b';\r\nimport a from 'a';\r\n",
            "import a from 'a';\r\nimport b from 'b';\r\n",
        ),
    ];
    for (what, before, expected) in cases {
        let world = World::new(&format!("//- /lib/m.ts\n{before}export {{}};\n"));
        let diagnostics: Vec<Diagnostic> = Vec::new();
        let change = resolve(world.document(), Span::at(0), &diagnostics, "organize")
            .unwrap_or_else(|| panic!("{what}: nothing to organise"));
        let done = world.after(&change);
        assert_eq!(done.document().text(), format!("{expected}export {{}};\n"), "{what}");
        assert_eq!(resolve(done.document(), Span::at(0), &diagnostics, "organize"), None, "{what}: again");
    }
}

#[test]
fn names_that_nothing_uses_leave_the_imports() {
    let fixture = "$0---\nimport { used, unused } from '$lib/m';\nimport Gone from '$components/Gone';\n---\n<p>{used}</p>\n\
                   //- /lib/m.ts\nexport const used = 1;\nexport const unused = 2;\n//- /components/Gone.tsx\nexport default () => <b />;\n";
    assert_eq!(check(fixture, "Organize"), "---\nimport { used } from '$lib/m';\n---\n<p>{used}</p>\n");
}

#[test]
fn imports_are_sorted_or_rid_of_what_is_unused_by_itself() {
    let files = "//- /lib/m.ts\nexport const used = 1;\nexport const unused = 2;\n//- /lib/a.ts\nexport const a = 1;\n";
    let fixture = format!(
        "//- /routes/index.velox\n$0---\nimport {{ used, unused }} from '$lib/m';\nimport {{ a }} from '$lib/a';\n---\n<p>{{used}}{{a}}</p>\n{files}"
    );
    assert_eq!(
        check(&fixture, "Sort and merge"),
        "---\nimport { a } from '$lib/a';\nimport { unused, used } from '$lib/m';\n---\n<p>{used}{a}</p>\n"
    );
    assert_eq!(
        check(&fixture, "Remove unused"),
        "---\nimport { used } from '$lib/m';\nimport { a } from '$lib/a';\n---\n<p>{used}{a}</p>\n"
    );
    let tidy = titles(&check(&fixture, "Organize"));
    assert!(
        !tidy.iter().any(|title| title.starts_with("Sort") || title.starts_with("Remove unused")),
        "{tidy:?}"
    );
}

#[test]
fn imports_that_are_made_by_themselves_can_be_written_out() {
    let title = "Write out";
    assert_eq!(
        check(
            "---\nif (!params.x) throw notFound();\nconst a = await fetch('/a');$0\n---\n<p>{a}</p>",
            title
        ),
        "---\nimport { fetch, notFound } from 'velox/server';\nif (!params.x) throw notFound();\nconst a = await fetch('/a');\n---\n<p>{a}</p>"
    );
    assert_eq!(
        check(
            "---\nimport { json } from \"velox/server\";\njson; redirect('/'); text('');$0\n---\n<p />",
            title
        ),
        "---\nimport { json, redirect, text } from \"velox/server\";\njson; redirect('/'); text('');\n---\n<p />"
    );
    for fixture in [
        "---\nconst redirect = () => 1;\nredirect();$0\n---\n<p />",
        "//- /lib/a.ts\nexport const a = fetch('/');$0\n",
    ] {
        assert!(!titles(fixture).iter().any(|found| found.starts_with(title)), "{fixture}");
    }
}

#[test]
fn elements_are_wrapped_in_a_fragment() {
    assert_eq!(check("<p>$0<b>a</b><i>b</i>$0</p>", "Wrap"), "<p><><b>a</b><i>b</i></></p>");
    assert_eq!(check("{x && $0<b>a</b>$0}", "Wrap"), "{x && <><b>a</b></>}");
    for fixture in
        ["<p>$0<b>a</b><i>b$0</i></p>", "<p>$0a$0</p>", "<p>$0<b>$0</b></p>", "$0<style>a{}</style>$0"]
    {
        assert!(!titles(fixture).contains(&"Wrap in a fragment".to_owned()), "{fixture}");
    }
}

#[test]
fn a_component_becomes_an_island() {
    let component = "//- /components/Card.tsx\nexport default (props: { a?: string }) => <b>{props.a}</b>;\n";
    let page = |tag: &str| format!("---\nimport Card from '$components/Card';\n---\n{tag}\n{component}");
    assert_eq!(
        check(&page("<Ca$0rd a=\"b\" />"), "Make an island"),
        "---\nimport Card from '$components/Card';\n---\n<Card client:load a=\"b\" />\n"
    );
    for tag in ["<Ca$0rd client:idle />", "<p$0>x</p>", "<Other$0 />"] {
        assert!(!titles(&page(tag)).iter().any(|title| title.starts_with("Make an island")), "{tag}");
    }
}

#[test]
fn a_dynamic_page_gets_paths() {
    assert_eq!(
        check("//- /routes/[a]/[...b].velox\n<p>$0{params.a}</p>", "Add `paths`"),
        "---\nexport const paths = () => [{ a: '', b: [''] }];\n---\n<p>{params.a}</p>"
    );
    assert_eq!(
        check("//- /routes/[a].velox\n---\nconst x = 1;$0\n---\n<p>{x}</p>", "Add `paths`"),
        "---\nconst x = 1;\nexport const paths = () => [{ a: '' }];\n---\n<p>{x}</p>"
    );
    for fixture in
        ["//- /routes/a.velox\n<p>$0</p>", "//- /routes/[a].velox\n---\nrequest.url;$0\n---\n<p />"]
    {
        assert!(!titles(fixture).iter().any(|title| title.starts_with("Add `paths`")), "{fixture}");
    }
}

/// Errors of the file, and how many findings have a code.
fn errors(world: &World) -> usize {
    world.diagnostics().iter().filter(|found| found.severity == Severity::Error).count()
}

#[test]
fn every_action_of_every_file_keeps_it_whole() {
    let mut tried = 0;
    let mut offered = 0;
    for base in projects() {
        // A site is checked anew for each: of its actions some are tried.
        let every = if base.files().len() > 12 { stride(23) } else { 1 };
        for path in base.project().files(base.db()).sources.keys().cloned().collect::<Vec<_>>() {
            let mut seen = BTreeSet::new();
            let text = base.other(&path).text().to_owned();
            let diagnostics =
                velox_db::check_file(base.db(), base.project(), base.other(&path).file).to_vec();
            let mut selections: BTreeSet<Span> =
                diagnostics.iter().map(|found| Span::at(found.span.start)).collect();
            let all = offsets(&text);
            let step = stride(all.len() / 6);
            for offset in all.into_iter().step_by(step) {
                selections.insert(Span::at(offset));
                let grown = velox_ide::selection::selections(base.other(&path), offset);
                selections.extend(grown.into_iter().step_by(stride(3)));
            }
            for selection in selections {
                for action in actions(base.other(&path), selection, &diagnostics) {
                    // A fix of the checker is tried elsewhere; others are the same wherever they are offered.
                    let here = ["fragment", "wrap", "extract", "island", "together", "import:"];
                    let anywhere =
                        !here.iter().any(|id| action.id.starts_with(id) && action.id != "import-all");
                    if action.id.starts_with("fix:")
                        || !seen.insert((action.id.clone(), if anywhere { Span::at(0) } else { selection }))
                    {
                        continue;
                    }
                    offered += 1;
                    if offered % every != 0 {
                        continue;
                    }
                    let Some(change) = resolve(base.other(&path), selection, &diagnostics, &action.id) else {
                        // Fixes that make things worse are taken back.
                        assert!(
                            action.id.starts_with("all:")
                                || matches!(&*action.id, "fix-all" | "remove-unused"),
                            "{path}: {action:?}"
                        );
                        continue;
                    };
                    tried += 1;
                    let world = World::with_files(base.files(), path.clone(), selection);
                    let before = errors(&world);
                    let done = world.after(&change);
                    assert!(
                        errors(&done) <= before,
                        "{path}: {action:?}\n{:?}\n{}",
                        done.diagnostics().iter().map(|found| &found.message).collect::<Vec<_>>(),
                        done.document().text()
                    );
                    let once = ["import:", "together", "island", "paths"];
                    if once.iter().any(|id| action.id.starts_with(id)) {
                        let offered = actions(done.document(), selection, &done.diagnostics());
                        let again = offered.iter().any(|again| again.title == action.title);
                        assert!(!again, "{path}: {action:?} twice\n{}", done.document().text());
                    }
                    if action.id.starts_with("silence:") {
                        let code = action.mends.as_ref().map(|found| found.code);
                        let count = |world: &World| {
                            world.diagnostics().iter().filter(|found| Some(found.code) == code).count()
                        };
                        assert!(
                            count(&done) < count(&world),
                            "{path}: {action:?}\n{}",
                            done.document().text()
                        );
                    }
                    if matches!(
                        &*action.id,
                        "organize"
                            | "sort-imports"
                            | "remove-unused"
                            | "write-imports"
                            | "fix-all"
                            | "import-all"
                    ) {
                        let again = resolve(done.document(), Span::at(0), &done.diagnostics(), &action.id);
                        assert_eq!(again, None, "{path}: {} twice\n{}", action.id, done.document().text());
                    }
                }
            }
        }
    }
    assert!(tried > 100, "{tried} actions were tried");
}
