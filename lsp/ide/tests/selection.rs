//! Selections that grow.

mod support;

use support::World;
use support::everywhere::{assert_fits, broken_documents, each_document, offsets, stride};
use velox_ide::selection::selections;

/// The texts of the selections, the smallest first, without the whole file.
fn check(fixture: &str) -> Vec<String> {
    let world = World::new(fixture);
    let text = world.document().text();
    let mut found: Vec<String> =
        selections(world.document(), world.offset()).iter().map(|span| span.text(text).to_owned()).collect();
    assert_eq!(found.pop().as_deref(), Some(text));
    found
}

#[test]
fn code_grows_from_names_to_statements_to_the_block() {
    assert_eq!(
        check("---\nconst x = 1;\nconst a = f(post.ti$0tle, 1);\n---\n<p />"),
        [
            "title",
            "post.title",
            "post.title, 1",
            "(post.title, 1)",
            "f(post.title, 1)",
            "a = f(post.title, 1)",
            "const a = f(post.title, 1);",
            "const x = 1;\nconst a = f(post.title, 1);",
            "const x = 1;\nconst a = f(post.title, 1);\n",
            "---\nconst x = 1;\nconst a = f(post.title, 1);\n---",
        ]
    );
}

#[test]
fn markup_grows_from_words_to_elements_to_parents() {
    assert_eq!(
        check("<main>\n  <p>two wo$0rds</p>\n  <b>x</b>\n</main>\n<i />"),
        [
            "words",
            "two words",
            "<p>two words</p>",
            "<p>two words</p>\n  <b>x</b>",
            "\n  <p>two words</p>\n  <b>x</b>\n",
            "<main>\n  <p>two words</p>\n  <b>x</b>\n</main>",
        ]
    );
    assert_eq!(
        check("<a class=\"big re$0d\" href=\"/\">x</a>\n"),
        [
            "red",
            "big red",
            "\"big red\"",
            "class=\"big red\"",
            "<a class=\"big red\" href=\"/\">",
            "<a class=\"big red\" href=\"/\">x</a>"
        ]
    );
}

#[test]
fn holes_grow_through_the_elements_in_them() {
    assert_eq!(
        check("<ul>{xs.map((x) => <li title={x.na$0me}>{x}</li>)}</ul>\n"),
        [
            "name",
            "x.name",
            "{x.name}",
            "title={x.name}",
            "<li title={x.name}>",
            "<li title={x.name}>{x}</li>",
            "(x) => <li title={x.name}>{x}</li>",
            "((x) => <li title={x.name}>{x}</li>)",
            "xs.map((x) => <li title={x.name}>{x}</li>)",
            "{xs.map((x) => <li title={x.name}>{x}</li>)}",
            "<ul>{xs.map((x) => <li title={x.name}>{x}</li>)}</ul>",
        ]
    );
}

#[test]
fn styles_scripts_and_comments_have_steps() {
    assert_eq!(
        check("<style>@media x { a { color: re$0d; } }</style>\n"),
        [
            "red",
            "color: red",
            "color: red;",
            " color: red; ",
            "{ color: red; }",
            "a { color: red; }",
            " a { color: red; } ",
            "{ a { color: red; } }",
            "@media x { a { color: red; } }",
            "<style>@media x { a { color: red; } }</style>",
        ]
    );
    assert_eq!(check("<!-- so$0me text --><p/>"), ["some", "some text", " some text ", "<!-- some text -->"]);
    assert_eq!(
        check("<script>f(a.$0b);</script>\n"),
        ["b", "a.b", "(a.b)", "f(a.b)", "f(a.b);", "<script>f(a.b);</script>"]
    );
}

#[test]
fn broken_code_grows_by_brackets() {
    assert_eq!(
        check("---\nconst a = f([b$0 c, 1], );;; const = ;\n---\n<p />")[..4],
        ["b", "b c, 1", "[b c, 1]", "[b c, 1],"]
    );
    assert_eq!(check("<p>{f(a$0 b)}</p>\n")[..5], ["a", "a b", "(a b)", "f(a b)", "{f(a b)}"]);
}

#[test]
fn selections_of_all_files_lie_in_each_other() {
    let visit = |document: velox_ide::Document<'_>| {
        let text = document.text();
        for offset in offsets(text).into_iter().step_by(stride(3)) {
            let found = selections(document, offset);
            assert_eq!(found.last().map(|span| span.text(text)), Some(text));
            for pair in found.windows(2) {
                assert_fits(text, pair[0]);
                assert!(pair[0].touches(offset));
                assert!(pair[1].contains(pair[0]) && pair[0] != pair[1], "{pair:?}");
            }
        }
    };
    each_document(visit);
    broken_documents(visit);
}
