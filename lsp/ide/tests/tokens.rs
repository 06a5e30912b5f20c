//! Semantic tokens: what a grammar cannot tell.

mod support;

use support::World;
use velox_ide::tokens::{Modifiers, TokenKind, tokens};
use velox_tests::{files_under, repository};

/// The tokens of a fixture, in order: the text, what it is, and `!` where it declares.
fn check(fixture: &str) -> String {
    let world = World::new(fixture);
    let document = world.document();
    let range = (!world.selection.is_empty()).then_some(world.selection);
    let words = tokens(document, range).into_iter().map(|token| {
        let declares = if token.modifiers.0 & Modifiers::DECLARATION.0 != 0 { "!" } else { "" };
        format!("{} {:?}{declares}", token.span.text(document.text()), token.kind)
    });
    words.collect::<Vec<_>>().join(", ")
}

#[test]
fn names_of_the_block_are_told_in_block_and_template() {
    assert_eq!(
        check(
            "---\nconst title = 'Tea';\nlet count = 1;\nfunction brew() {}\n---\n<p>{title}{count}{brew()}</p>"
        ),
        "--- Fence, title Variable!, count Variable!, brew Function!, --- Fence, title Variable, count Variable, brew Function"
    );
}

#[test]
fn components_and_directives_are_told_from_elements_and_attributes() {
    assert_eq!(
        check(
            "//- /routes/index.velox\n---\nimport Card from '../components/Card';\n---\n<Card client:load title=\"x\"><p class=\"a\">x</p></Card>\n//- /components/Card.tsx\nexport default () => <p />;\n"
        ),
        "--- Fence, Card Variable!, --- Fence, Card Component, client:load Directive, Card Component"
    );
}

#[test]
fn params_and_what_the_framework_brings_are_told() {
    assert_eq!(
        check(
            "//- /routes/[slug].velox\n---\nconst { slug } = params;\nif (!slug) redirect('/');\nconst now = Date.now();\n---\n<p>{params.slug}{now}{url.pathname}</p>"
        ),
        "--- Fence, slug Variable!, params Ambient, slug Variable, redirect Ambient, now Variable!, --- Fence, params Ambient, slug Param, now Variable, url Ambient"
    );
}

#[test]
fn names_that_a_function_of_the_template_declares_are_its_own() {
    assert_eq!(
        check("---\nconst tea = ['a'];\n---\n<ul>{tea.map((tea, at) => <li>{tea}{at}</li>)}</ul>"),
        "--- Fence, tea Variable!, --- Fence, tea Variable, tea Parameter!, at Parameter!, tea Parameter, at Parameter"
    );
}

#[test]
fn modules_types_and_namespaces_are_told() {
    assert_eq!(
        check(
            "//- /lib/a.ts\nimport * as all from './b';\ntype T = string;\nclass C {}\nexport const x = (t: T) => new all.X(t, C);\n"
        ),
        "all Namespace!, T Type!, C Class!, x Variable!, t Parameter!, T Type, all Variable, t Parameter, C Class"
    );
}

#[test]
fn a_range_has_its_own_tokens_only() {
    assert_eq!(check("---\nconst a = 1;\n---\n<p>{a}</p>\n$0<b>{a}</b>$0\n<i>{a}</i>"), "a Variable");
}

#[test]
fn broken_text_keeps_the_tokens_of_what_can_be_read() {
    assert_eq!(
        check("---\nconst a = 1;\n---\n<p>{a}</p><p>{a +}</p><p>{b"),
        "--- Fence, a Variable!, --- Fence, a Variable"
    );
}

#[test]
fn tokens_of_all_fixtures_are_in_order_disjoint_and_on_one_line() {
    for folder in ["tests/cases", "tests/corpus", "examples/blog/routes"] {
        let folder = repository().join(folder);
        for ending in [".velox", ".tsx", ".ts"] {
            for path in files_under(&folder, ending).iter().filter(|path| !path.contains("node_modules")) {
                #[expect(clippy::disallowed_methods, reason = "tests read fixtures from the disk")]
                let text = std::fs::read_to_string(folder.join(path)).unwrap().replace("$0", "");
                for text in [
                    text.clone(),
                    text.replace('\n', "\r\n"),
                    text[..text.floor_char_boundary(text.len() / 2)].to_owned(),
                ] {
                    let world = World::new(&text);
                    for file in world.files().keys() {
                        let document = world.other(file);
                        if document.script().is_none() && !document.is_velox() {
                            continue;
                        }
                        let mut at = 0;
                        for token in tokens(document, None) {
                            assert!(token.span.start >= at, "{path}: {token:?}");
                            at = token.span.end;
                            let text = token.span.text(document.text());
                            assert!(!text.is_empty() && !text.contains(['\n', '\r']), "{path}: {token:?}");
                            assert!(TokenKind::LEGEND.len() > token.kind as usize);
                        }
                    }
                }
            }
        }
    }
}
