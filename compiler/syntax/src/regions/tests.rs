//! Tests of the fences.

use super::*;
use crate::tests::{compare, show_problem};
use proptest::prelude::*;

/// Checks how a file is cut: `server` and `template` in quotes, then a line for each problem.
#[track_caller]
fn check(text: &str, expected: &str) {
    let found = regions(text);
    let server = found.server.map_or("none".to_owned(), |server| {
        let open = if server.close.is_empty() { " (open)" } else { "" };
        format!("{:?}{open}", server.body.text(text))
    });
    let mut out = format!("server {server}\ntemplate {:?}", found.template.text(text));
    for problem in &found.problems {
        out.push_str(&format!("\n{}", show_problem(text, problem)));
    }
    compare(text, &out, expected);
}

#[test]
fn the_block_stands_between_the_first_two_fence_lines() {
    check(
        "---\nconst a = 1\n---\n<p/>\n---\n",
        r#"
        server "const a = 1\n"
        template "<p/>\n---\n"
    "#,
    );
    check(
        "---\n---\n<p/>",
        r#"
        server ""
        template "<p/>"
    "#,
    );
    check(
        "---\n---",
        r#"
        server ""
        template ""
    "#,
    );
}

#[test]
fn a_file_without_a_fence_has_no_block() {
    check(
        "<p/>",
        r#"
        server none
        template "<p/>"
    "#,
    );
    check(
        "\u{feff}<p/>",
        r#"
        server none
        template "<p/>"
    "#,
    );
    check(
        "",
        r#"
        server none
        template ""
    "#,
    );
    check(
        " ---\nconst a = 1\n ---\n",
        r#"
        server none
        template " ---\nconst a = 1\n ---\n"
    "#,
    );
}

#[test]
fn every_line_ending_and_trailing_blanks_will_do() {
    check(
        "---\r\na\r\n---\r\n<p/>",
        r#"
        server "a\r\n"
        template "<p/>"
    "#,
    );
    check(
        "---\ra\r---\r<p/>",
        r#"
        server "a\r"
        template "<p/>"
    "#,
    );
    check(
        "--- \t\na\n---  \n<p/>",
        r#"
        server "a\n"
        template "<p/>"
    "#,
    );
    check(
        "---\na\n----\n--- x\n---\n",
        r#"
        server "a\n----\n--- x\n"
        template ""
    "#,
    );
}

#[test]
fn a_bom_white_space_and_comments_may_stand_before() {
    check(
        "\u{feff}\n<!-- a\n---\nb -->\n<!-- c -->\n\n---\na\n---\nt",
        r#"
        server "a\n"
        template "t"
    "#,
    );
    check(
        "<!-- c --> ---\na\n---\nt",
        r#"
        server none
        template "<!-- c --> ---\na\n---\nt"
    "#,
    );
}

#[test]
fn a_fence_in_a_literal_or_comment_does_not_close() {
    let bodies = [
        "const a = `\n---\n${b}\n---\n`\n",
        "/*\n---\n*/ a\n",
        "const a = `${f({ a: `\n---\n` })}`\n",
        "a = 'x\\\n---\\\n'\n",
    ];
    for body in bodies {
        check(&format!("---\n{body}---\nt"), &format!("server {body:?}\ntemplate \"t\""));
    }
}

#[test]
fn what_looks_like_an_opening_in_a_literal_is_none() {
    for body in [
        "a = /[`]/.test(b)\n",
        "a = '`'\n",
        "// `\n",
        "if (a) /`/.test(b)\n",
        "a = b / c // '`'\n",
        "`${`}`}`\n",
        "a = \"/*\"\n",
    ] {
        check(&format!("---\n{body}---\n{{`t`}}"), &format!("server {body:?}\ntemplate \"{{`t`}}\""));
    }
}

#[test]
fn a_literal_that_lacks_its_end_does_not_swallow_the_fence() {
    for body in ["const a = `b\n", "/* a\n", "a(`b${c)\n", "a = `b`; c = `d\n"] {
        for template in ["<p>a</p>", "<p>{`a`}</p>", "<p>{/* a */}</p>", "<p class={`a`}>{`b`}</p>"] {
            check(&format!("---\n{body}---\n{template}"), &format!("server {body:?}\ntemplate {template:?}"));
        }
    }
}

#[test]
fn an_apostrophe_in_text_in_the_block_ends_with_its_line() {
    check(
        "---\nconst a = <p>don't</p>\n---\nt",
        r#"
        server "const a = <p>don't</p>\n"
        template "t"
    "#,
    );
}

#[test]
fn without_the_second_fence_the_template_begins_at_the_first_tag_between_statements() {
    check(
        "---\nconst a = 1\n\n<p>{a}</p>\n",
        r#"
        server "const a = 1\n\n" (open)
        template "<p>{a}</p>\n"
        UnclosedFence "---"
    "#,
    );
    check(
        "---\nconst a =\n  <p/>\nf(\n<b/>\n)\nconst b = c\n  < d;\n<!-- t -->\n",
        r#"
        server "const a =\n  <p/>\nf(\n<b/>\n)\nconst b = c\n  < d;\n" (open)
        template "<!-- t -->\n"
        UnclosedFence "---"
    "#,
    );
    check(
        "---\nconst a = 1\n",
        r#"
        server "const a = 1\n" (open)
        template ""
        UnclosedFence "---"
    "#,
    );
    check(
        "---",
        r#"
        server "" (open)
        template ""
        UnclosedFence "---"
    "#,
    );
}

#[test]
fn text_before_a_plain_server_block_is_reported() {
    check(
        "hello\n\n---\nconst a = 1\n---\nt",
        r#"
        server "const a = 1\n"
        template "t"
        TextBeforeFence "hello"
    "#,
    );
    check(
        "<di\n---\nimport a from 'b'\n---\n<p/>",
        r#"
        server "import a from 'b'\n"
        template "<p/>"
        TextBeforeFence "<di"
    "#,
    );
}

#[test]
fn dashes_in_a_template_are_text() {
    check(
        "hello\n---\nworld\n---\n",
        r#"
        server none
        template "hello\n---\nworld\n---\n"
    "#,
    );
    check(
        "<pre>\n---\nconst a = 1\n---\n</pre>",
        r#"
        server none
        template "<pre>\n---\nconst a = 1\n---\n</pre>"
    "#,
    );
}

#[test]
fn a_comment_without_its_end_does_not_swallow_the_block() {
    check(
        "<!-- a\n---\nconst a = 1\n---\n<p/><!-- b -->",
        r#"
        server "const a = 1\n"
        template "<p/><!-- b -->"
        UnterminatedComment "<!--"
    "#,
    );
    check(
        "<!-- a --\n---\nconst a = 1\n---\n<p/>",
        r#"
        server "const a = 1\n"
        template "<p/>"
        UnterminatedComment "<!--"
    "#,
    );
}

/// Pieces of server blocks, those among them that may stand around a fence line or hold one.
const PIECES: &[&str] = &[
    "---",
    "---",
    "---\n",
    "\n",
    "\n",
    "\r",
    "\r\n",
    " ",
    "-",
    "const a = 1",
    "'",
    "\"",
    "`",
    "${",
    "}",
    "{",
    "(",
    ")",
    "\\",
    "/",
    "//",
    "/*",
    "*/",
    "</",
    "<",
    "<!--",
    "x",
    "'text'",
    "// note",
    "if (a)",
    "1",
    ".",
    "\u{0}",
    "é",
    "---  ",
    "--- x",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    /// Where a block is plain, its fence is where the walk finds it.
    #[test]
    fn a_plain_block_ends_where_the_walk_ends_it(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..24)) {
        let text = pieces.concat();
        if let Some(fence) = scan::plain_closing_fence(text.as_bytes(), 0) {
            prop_assert_eq!(Some(fence), scan::walk_to_closing_fence(&text, 0), "{:?}", text);
        }
    }
}
