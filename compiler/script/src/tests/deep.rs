//! Deep and long code: no overflow of a test's stack of 2 MiB, and an end in reasonable time.

use crate::{Dialect, ElementInput, HoleInput, evaluate_json, parse_holes, parse_module};
use velox_diagnostics::Span;

fn hole(code: &str) {
    let text = format!("<p>{{{code}}}</p>");
    let span = Span::new(4, 4 + code.len() as u32);
    let facts = parse_holes(&text, &[HoleInput { span, spread: false, elements: Vec::new() }]);
    assert_eq!(facts.holes.len(), 1);
    assert!(facts.holes[0].valid || !facts.problems.is_empty());
}

fn everywhere(code: &str) {
    hole(code);
    let _ = parse_module(&format!("const a = {code}"), Dialect::TypeScript, &[], true);
}

#[test]
fn nested_code_does_not_overflow_the_stack() {
    for (open, middle, close) in [
        ("[", "1", "]"),
        ("(", "1", ")"),
        ("{a:", "1", "}"),
        ("f(", "1", ")"),
        ("a[", "1", "]"),
        ("`${", "1", "}`"),
        ("!", "1", ""),
        ("- ", "1", ""),
        ("typeof ", "1", ""),
        ("x => ", "1", ""),
        ("x => {", "1", "}"),
        ("() => { return ", "1", "}"),
        ("function () {", "", "}"),
        ("class { a = ", "1", "}"),
        ("a ? b : ", "1", ""),
        ("a ? ", "b", " : c"),
        ("a && ", "1", ""),
        ("a && (", "1", ")"),
        ("xs.map(x => ", "1", ")"),
        ("a = ", "1", ""),
        ("a ** ", "1", ""),
        ("new ", "a", ""),
        ("<T>", "1", ""),
        ("", "a", "!"),
        ("", "a", ".b"),
        ("", "a", "()"),
        ("", "a", "?.b"),
        ("", "a", " as T"),
        ("", "a", "`b`"),
        ("", "1", " + 1"),
        ("", "1", " || 1"),
        ("", "1", ", 1"),
        ("", "a as ", ""),
        ("(a as [", "b", "])"),
    ] {
        // Where the parser tries two readings at each level, its time grows with the square.
        let n = match open {
            "[" | "(" | "{a:" | "f(" | "`${" | "x => {" => 10_000,
            "<T>" => 500,
            _ => 3_000,
        };
        everywhere(&format!("{}{middle}{}", open.repeat(n), close.repeat(n)));
        everywhere(&format!("{}{middle}", open.repeat(n)));
        everywhere(&format!("{middle}{}", close.repeat(n)));
    }
}

#[test]
fn nested_statements_and_types_do_not_overflow_the_stack() {
    for (open, middle, close) in [
        ("{", "a", "}"),
        ("if (a) ", "b", ""),
        ("if (a) {", "b", "}"),
        ("if (a) b; else ", "c", ""),
        ("while (a) ", "b", ""),
        ("for (;;) {", "a", "}"),
        ("try {", "a", "} catch {}"),
        ("label: ", "a", ""),
        ("function f() {", "a", "}"),
        ("namespace A {", "const a = 1", "}"),
        ("switch (a) { case b: ", "c", "}"),
        ("let a: ", "b", ""),
        ("type A = [", "b", "];"),
        ("class A { b() {", "c", "} }"),
    ] {
        let n = match open {
            "{" => 10_000,
            "namespace A {" => 300,
            _ => 3_000,
        };
        for code in
            [format!("{}{middle}{}", open.repeat(n), close.repeat(n)), format!("{}{middle}", open.repeat(n))]
        {
            let _ = parse_module(&code, Dialect::TypeScript, &[], true);
        }
    }
    for (open, middle, close) in [
        ("[", "b", "]"),
        ("Array<", "b", ">"),
        ("{ a: ", "b", "}"),
        ("(a: b) => ", "b", ""),
        ("keyof ", "b", ""),
        ("A extends B ? C : ", "b", ""),
        ("", "b", "[]"),
        ("", "b", " | c"),
        ("", "b", ".c"),
        ("(", "b", ")"),
    ] {
        let n = 3_000;
        let kind = format!("{}{middle}{}", open.repeat(n), close.repeat(n));
        let _ = parse_module(&format!("type A = {kind}\nlet a: {kind} = 1"), Dialect::TypeScript, &[], true);
        let _ = parse_module(&format!("type A = {}{middle}", open.repeat(n)), Dialect::TypeScript, &[], true);
    }
}

#[test]
fn closers_in_strings_do_not_hide_the_nesting() {
    for inert in ["\"]\",", "']',", "`]`,", "/* ] */", "// ]\n", "/[\\]]/,"] {
        everywhere(&format!("[{inert}").repeat(10_000));
    }
}

#[test]
fn nested_elements_do_not_overflow_the_stack() {
    let n = 5_000;
    let (open, close) = ("{a && <b>", "</b>}");
    let text = format!("{}{}", open.repeat(n), close.repeat(n));
    let mut inner: Vec<HoleInput> = Vec::new();
    for depth in (0..n).rev() {
        let start = (depth * open.len()) as u32;
        let end = text.len() as u32 - (depth * close.len()) as u32;
        let element = ElementInput { span: Span::new(start + 6, end - 1), holes: inner };
        inner =
            vec![HoleInput { span: Span::new(start + 1, end - 1), spread: false, elements: vec![element] }];
    }
    let facts = parse_holes(&text, &inner);
    assert_eq!(facts.problems, []);
    assert!(facts.holes.iter().all(|hole| hole.valid));
    assert_eq!(facts.holes.len(), n);
    let broken = text.replacen("a && <b></b>", "a +* <b></b>", 1);
    let facts = parse_holes(&broken, &inner);
    assert_eq!(facts.problems.len(), 1);
    assert_eq!(facts.holes.iter().filter(|hole| !hole.valid).count(), 1);
}

#[test]
fn long_code_does_not_overflow_the_stack() {
    let sum = "a + ".repeat(250_000) + "b";
    let list = format!("[{}]", "{ a: 1, b: [x, `y${z}`] }, ".repeat(40_000));
    let chain = format!("a{}", ".b(c)".repeat(200_000));
    for code in [sum, list, chain] {
        everywhere(&code);
    }
}

#[test]
fn deep_json_is_read_or_given_up() {
    let text = format!("{}1{}", "[".repeat(10_000), "]".repeat(10_000));
    assert!(evaluate_json(&text).is_some());
}
