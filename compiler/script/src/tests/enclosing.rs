//! What stands around an offset.

use crate::{Dialect, HoleInput, enclosing_in_hole, enclosing_in_module};
use velox_diagnostics::Span;

/// The texts around the `$0`, the smallest first.
fn check(text: &str) -> Vec<String> {
    let offset = text.find("$0").expect("a cursor") as u32;
    let text = text.replace("$0", "");
    let found = enclosing_in_module(&text, Dialect::TypeScript, &[], offset);
    found.iter().map(|span| span.text(&text).to_owned()).collect()
}

#[test]
fn expressions_grow_to_statements() {
    assert_eq!(
        check("let x; const a = f(post.ti$0tle.length, 1);"),
        [
            "title",
            "post.title",
            "post.title.length",
            "f(post.title.length, 1)",
            "a = f(post.title.length, 1)",
            "const a = f(post.title.length, 1);"
        ]
    );
    assert_eq!(check("if (a) { b$0(); }"), ["b", "b()", "b();", "{ b(); }", "if (a) { b(); }"]);
    assert_eq!(
        check("function f(a: str$0ing) {}"),
        ["string", ": string", "a: string", "function f(a: string) {}"]
    );
}

#[test]
fn statements_that_parse_are_told_beside_one_that_does_not() {
    assert_eq!(check("const a = ;\nconst b = c$0;\n"), ["c", "b = c", "const b = c;"]);
    assert!(check("const a = ($0;\n").is_empty());
}

#[test]
fn holes_are_told_without_the_parentheses_around_them() {
    let text = "<p>{a.b ? c : d}</p>";
    let hole = HoleInput { span: Span::new(4, 15), spread: false, elements: Vec::new() };
    let found: Vec<&str> = enclosing_in_hole(text, &hole, 7).iter().map(|span| span.text(text)).collect();
    assert_eq!(found, ["b", "a.b", "a.b ? c : d"]);
    let broken = HoleInput { span: Span::new(4, 9), spread: false, elements: Vec::new() };
    assert!(enclosing_in_hole("<p>{a. ? c : d}</p>", &broken, 5).is_empty());
}
