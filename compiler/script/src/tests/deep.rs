//! Deep and long code: no overflow of a test's stack of 2 MiB, and an end in reasonable time.

use crate::{Dialect, ElementInput, HoleInput, ScriptProblemKind, evaluate_json, parse_holes, parse_module};
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
        ("<T>(", "1", ")"),
        ("<any>{ a: ", "1", "}"),
        ("<T,>(x) => ", "1", ""),
        ("<A, B>(x: Map<A, B>) => ", "1", ""),
        ("f<", "T", ">"),
        ("a < ", "b", ""),
        ("a ? (b): c => ", "1", ""),
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
        ("label: for (;;) ", "a", ""),
        ("export namespace A {", "export const a = 1", "}"),
        ("function f() {", "a", "}"),
        ("namespace A {", "const a = 1", "}"),
        ("switch (a) { case b: ", "c", "}"),
        ("let a: ", "b", ""),
        ("type A = [", "b", "];"),
        ("class A { b() {", "c", "} }"),
    ] {
        let n = match open {
            "{" => 10_000,
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

/// What the parser reads twice at each level, or looks back from at each level: without a bound these take hours.
#[test]
fn what_would_be_read_over_and_over_is_refused() {
    for (open, middle, close) in [
        ("<T>(", "1", ")"),
        ("(<any>", "x", ")"),
        ("<any>[", "x", "]"),
        ("<any>{ a: ", "x", " }"),
        ("<any>f(", "x", ")"),
        ("<any>\nf\n(", "x", "\n)"),
        ("f(a, <A>(() => { return ", "x", " }))"),
        ("a ? (b): c => ", "1", ""),
        ("a ? async (b): c => ", "1", ""),
    ] {
        for n in [30, 3_000] {
            refused(&format!("const a = {}{middle}{}", open.repeat(n), close.repeat(n)));
            refused(&format!("const a = {}{middle}", open.repeat(n)));
        }
    }
    for (open, middle, close) in [
        ("<T>", "x", ""),
        ("a < ", "b", ""),
        ("f<", "T", ">"),
        ("label: ", "a", ""),
        ("a: for (;;) ", "b", ""),
        ("a: {", "b", "}"),
        ("namespace A {", "const a = 1", "}"),
        ("export namespace A { enum B { C } ", "", "}"),
    ] {
        refused(&format!("{}{middle}{}", open.repeat(20_000), close.repeat(20_000)));
    }
}

fn refused(code: &str) {
    let facts = parse_module(code, Dialect::TypeScript, &[], false);
    let [problem] = facts.problems.as_slice() else { panic!("{} for {:.80}", facts.problems.len(), code) };
    assert!(
        matches!(&problem.kind, ScriptProblemKind::Syntax { message, .. } if message.contains("too deeply")),
        "{:.80}: {problem:?}",
        code
    );
    assert!(
        !facts.valid && code.get(problem.span.range()).is_some_and(|code| !code.is_empty()),
        "{code:.80}"
    );
}

#[test]
fn what_people_write_is_not_refused() {
    for code in [
        "const a = <A>(<B>(<C>(<D>(<E>(<F>(<G>b))))));".to_owned(),
        "const a = <A>b\nconst c = <D>f(<E>g)\n".replace("const ", "var ").repeat(500),
        format!("f({});", "<A>{ a: <B>b }, ".repeat(500)),
        format!("const a = {} x;", "b < c && ".repeat(500)),
        format!("const a = {} x;", "b ? (c) : ".repeat(300)),
        format!("const a = {} x;", "b ? (c): d => e : ".repeat(300)),
        format!("const a = [{}];", "b ? (c): d => e : f, ".repeat(500)),
        format!("const a = {{ {} }}", "b: (c: D<E>): F<G, H> => <I>c, ".repeat(500)),
        format!("interface A {{\n{}}}", "  b: Map<C, D<E>>\n  f<G>(h: I): J\n".repeat(500)),
        format!("type A = {}B{};", "{ a: ".repeat(1_000), " }".repeat(1_000)),
        format!("switch (a) {{\n{}}}", "  case b: c()\n".repeat(500)),
        "const f = <T>(x: T) => <U,>(y: U) => [x, y]\n".replace("const f", "var f").repeat(500),
        "namespace A { export const a = 1 }\n".repeat(500),
        "a: for (;;) { break a }\n".repeat(500),
        format!("class A {{\n{}}}", "  a: B<C>\n  d<E>(f: G<H>): I { return <J>f }\n".repeat(500)),
    ] {
        let facts = parse_module(&code, Dialect::TypeScript, &[], false);
        assert_eq!(facts.problems, [], "{code:.120}");
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
