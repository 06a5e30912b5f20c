//! Names joined to their declarations.

use crate::{BindingPlace, Bindings, Dialect, NameForm, NameRole, hole_bindings, module_bindings};

/// Each name with the number of its binding: `a₀`; what is free is marked with `?`, the top level with `!`, declarations with `+` and
/// writes with `=`, and names that are written for two things with `{}`.
fn shown(text: &str, found: &Bindings) -> String {
    let mut out = String::new();
    let mut at = 0;
    for name in &found.names {
        out.push_str(&text[at..name.span.end as usize]);
        at = name.span.end as usize;
        assert_eq!(name.span.text(text), found.bindings[name.binding as usize].name);
        out.push_str(match found.bindings[name.binding as usize].place {
            BindingPlace::Free => "?",
            BindingPlace::Top => "!",
            BindingPlace::Inner(_) => "",
        });
        if matches!(found.bindings[name.binding as usize].place, BindingPlace::Inner(_)) {
            out.push_str(&name.binding.to_string());
        }
        out.push_str(match name.role {
            NameRole::Declaration => "+",
            NameRole::Write => "=",
            NameRole::Read => "",
        });
        if name.form != NameForm::Plain {
            out.push_str("{}");
        }
    }
    out.push_str(&text[at..]);
    out
}

fn check(text: &str) -> String {
    shown(text, &module_bindings(text, Dialect::TypeScript, &[]))
}

#[test]
fn names_mean_the_nearest_declaration() {
    let cases = [
        ("const a = 1; f(a);", "const a!+ = 1; f?(a!);"),
        ("const a = 1; xs.map((a) => a.b);", "const a!+ = 1; xs?.map((a2+) => a2.b);"),
        (
            "function f(a, { b, c: d = a }) { return b + d; }",
            "function f!+(a1+, { b2+{}, c: d3+ = a1 }) { return b2 + d3; }",
        ),
        (
            "let a; a = 1; a += 1; a++; ({ a } = x); [a] = x;",
            "let a!+; a!= = 1; a!= += 1; a!=++; ({ a!={} } = x?); [a!=] = x?;",
        ),
        ("const o = { a, b: c, d() {} }; o.a;", "const o!+ = { a?{}, b: c?, d() {} }; o!.a;"),
        ("import a, { b, c as d } from 'x'; b(d);", "import a!+, { b!+{}, c as d!+ } from 'x'; b!(d!);"),
        (
            "const a = 1; export { a, a as b }; export { c } from 'x';",
            "const a!+ = 1; export { a!{}, a! as b }; export { c } from 'x';",
        ),
        (
            "type T = { a: string }; let x: T; let y: typeof x;",
            "type T!+ = { a: string }; let x!+: T!; let y!+: typeof x!;",
        ),
        ("function f<T>(a: T): a is T { return a; }", "function f!+<T1+>(a2+: T1): a2 is T1 { return a2; }"),
        ("for (const a of b) { a; } a;", "for (const a0+ of b?) { a0; } a?;"),
        ("try {} catch (e) { e; } e;", "try {} catch (e0+) { e0; } e?;"),
        ("{ var a = 1; let b; } a; b;", "{ var a!+ = 1; let b1+; } a!; b?;"),
        ("l: for (;;) { break l; }", "l: for (;;) { break l; }"),
        ("class A { a = 1; b() { return this.a; } }", "class A!+ { a = 1; b() { return this.a; } }"),
        ("enum E { A = 1, B = A } E.A;", "enum E!+ { A = 1, B = A } E!.A;"),
    ];
    for (text, expected) in cases {
        assert_eq!(check(text), expected, "{text}");
    }
}

#[test]
fn broken_statements_hurt_no_other() {
    assert_eq!(check("const a = 1;\nconst b = ;\nf(a);\n"), "const a!+ = 1;\nconst b = ;\nf?(a!);\n");
}

#[test]
fn holes_are_read_together_and_their_locals_kept_apart() {
    let text = "{xs.map((a) => a)} {a}";
    let hole = |from: &str, length: usize| {
        let start = text.find(from).expect("a hole") as u32;
        crate::HoleInput {
            span: velox_diagnostics::Span::new(start, start + length as u32),
            spread: false,
            elements: Vec::new(),
        }
    };
    let found = hole_bindings(text, &[hole("xs", 16), hole("a}", 1)]);
    assert_eq!(shown(text, &found), "{xs?.map((a1+) => a1)} {a?}");
}
