//! What can be folded away.

mod support;

use support::World;
use support::everywhere::{assert_fits, broken_documents, each_document};
use velox_diagnostics::LineIndex;
use velox_ide::folding::{FoldKind, folds};

/// The folds: the lines from which to which, from 1, and the kind where it is not code.
fn check(fixture: &str) -> String {
    let world = World::new(fixture);
    let text = world.document().text();
    let lines = LineIndex::new(text);
    let show = |fold: velox_ide::folding::Fold| {
        let kind = match fold.kind {
            FoldKind::Code => "",
            FoldKind::Comment => " comment",
            FoldKind::Imports => " imports",
            FoldKind::Region => " region",
        };
        format!("{}-{}{kind}", lines.line_of(fold.span.start) + 1, lines.line_of(fold.span.end) + 1)
    };
    folds(world.document()).into_iter().map(show).collect::<Vec<_>>().join(", ")
}

#[test]
fn each_thing_that_goes_over_lines_can_be_folded() {
    let cases = [
        ("the server block", "---\nconst a = 1;\nconst b = 2;\n---\n<p>x</p>\n", "1-3"),
        ("an element, up to the line before its closing tag", "<ul>\n  <li>a</li>\n</ul>\n", "1-2"),
        ("an element whose tag is never closed", "<ul>\n  <li>a</li>\n  <li>b</li>", "1-3"),
        ("attributes, and what follows them", "<Card\n  a=\"1\"\n  b=\"2\"\n>\n  text\n</Card>", "1-3, 4-5"),
        ("attributes with the bracket behind the last", "<Card\n  a=\"1\"\n  b=\"2\" />", "1-3"),
        ("a hole", "<p>{\n  a\n    ? b\n    : c\n}</p>", "1-4"),
        ("a hole with code in it folds once", "<ul>{xs.map((x) => (\n  <li>{x}</li>\n))}</ul>", "1-2"),
        ("imports", "---\nimport a from 'a';\nimport b from 'b';\n---\n<p />", "1-3, 2-3 imports"),
        (
            "imports in two groups",
            "//- /a.ts\nimport a from 'a';\nimport b from 'b';\na();\nimport c from 'c';\nimport d from 'd';\n",
            "1-2 imports, 4-5 imports",
        ),
        ("an HTML comment", "<!--\n  a\n-->\n<p />", "1-3 comment"),
        ("a block comment", "//- /a.ts\n/**\n * a\n */\nexport const a = 1;\n", "1-3 comment"),
        ("lines of comments", "//- /a.ts\n// a\n// b\nexport const a = 1;\n", "1-2 comment"),
        ("a comment in braces", "<p>\n{/*\n a\n*/}\n</p>", "1-4, 2-4 comment"),
        ("regions in code", "//- /a.ts\n// #region x\nconst a = 1;\n// #endregion\n", "1-3 region"),
        (
            "regions in markup, nested",
            "<!-- #region a -->\n<!-- #region b -->\n<p />\n<!-- #endregion -->\n<!-- #endregion -->",
            "1-5 region, 2-4 region",
        ),
        (
            "regions in styles",
            "<style>\n/* #region a */\na { b: c }\n/* #endregion */\n</style>",
            "1-4, 2-4 region",
        ),
        (
            "functions, objects and arrays",
            "//- /a.ts\nconst a = {\n  b: [\n    1,\n  ],\n};\nfunction c() {\n  return 1;\n}\n",
            "1-4, 2-3, 6-7",
        ),
        ("rules of styles", "<style>\n@media x {\n  a {\n    b: c;\n  }\n}\n</style>", "1-6, 2-5, 3-4"),
        ("code of a script", "<script>\nconst a = () => {\n  b();\n};\n</script>", "1-4, 2-3"),
        ("CRLF and emoji", "<ul>\r\n  <li>😀</li>\r\n</ul>\r\n", "1-2"),
    ];
    for (what, fixture, expected) in cases {
        assert_eq!(check(fixture), expected, "{what}");
    }
}

#[test]
fn nothing_on_one_line_is_folded() {
    let cases = [
        "<p>a</p>",
        "<ul>\n</ul>",
        "---\n---\n<p>a</p>",
        "//- /a.ts\n// a\nconst b = 1; // b\n// c\n",
        "//- /a.ts\nconst a = '{\\n'; const b = `{\n}`;\n",
        "<!-- #region a -->\n<p />",
        "<!-- #endregion -->\n<p />",
        "\n",
    ];
    for fixture in cases {
        assert_eq!(check(fixture), "", "{fixture}");
    }
}

#[test]
fn folds_of_all_files_fit_and_begin_on_lines_of_their_own() {
    let visit = |document: velox_ide::Document<'_>| {
        let lines = LineIndex::new(document.text());
        let mut last = None;
        for fold in folds(document) {
            assert_fits(document.text(), fold.span);
            let line = lines.line_of(fold.span.start);
            assert!(lines.line_of(fold.span.end) > line, "{}: {fold:?}", document.path());
            assert!(last < Some(line), "{}: {fold:?}", document.path());
            last = Some(line);
        }
    };
    each_document(visit);
    broken_documents(visit);
}
