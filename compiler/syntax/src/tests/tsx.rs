//! Modules: [`parse_tsx`](crate::parse_tsx).

use super::{compare, show};
use crate::parse_tsx;

/// Checks the elements of a module; the code itself is not shown.
#[track_caller]
fn check(text: &str, expected: &str) {
    let tree = parse_tsx(text);
    let shown = show(text, &tree);
    let (code, problems) = shown.split_once('\n').unwrap_or((&shown, ""));
    let elements = code.rsplit_once(" | ").map_or("", |_| {
        let start = text.escape_debug().to_string().replace("\\'", "'").replace("\\\"", "\"").len() + 4;
        code[start..].trim_end_matches('!').strip_suffix('}').unwrap_or_default()
    });
    compare(text, &format!("{elements}\n{problems}"), expected);
}

#[test]
fn a_module_is_one_hole() {
    let tree = parse_tsx("const a = 1");
    assert_eq!(show("const a = 1", &tree), "{const a = 1}!");
    let tree = parse_tsx("// nothing\n");
    assert_eq!(show("// nothing\n", &tree), "{// nothing\\n (empty)}!");
    assert_eq!(show("", &parse_tsx("")), "{ (empty)}!");
}

#[test]
fn elements_in_a_module() {
    check("export default function A({ b }: P) {\n  return (<p>{b}</p>);\n}", "p[{b}]");
    check("const a = <b/>;\nconst c = (d) => <e f={<g/>} />;", "b/ e/(f={<g/> | g/})");
    check("export default <a/>", "a/");
    check("if (a) <b/>; else <c/>;", "b/ c/");
}

#[test]
fn types_are_no_elements() {
    check("type A = Array<B>; let c: Map<string, D> = new Map<string, D>(); f<E>(g);", "");
    check("function f<T>(a: T): Promise<T> { return a as Promise<T> }", "");
    check("type F = <T>(a: T) => T;\nconst g = <b/>;", "b/");
    check("interface A { <T>(a: T): T; b: <U>(c: U) => void }\nconst g = <b/>;", "b/");
    check("const f = <T>(a: T, b = '=>'): Promise<T> => <p>{a}</p>;", "p[{a}]");
    check("const a = <b>(c)</b>;", "b[\"(c)\"]");
    check("const f = <T,>(a: T) => <p>{a}</p>;", "p[{a}]");
    check("const a = b < c && d > e;", "");
}

#[test]
fn nothing_is_raw_in_a_module() {
    check("<style>{`a { b: c }`}</style>", "style[{`a { b: c }`}]");
    check("<input></input>", "input");
    check("<p><br/><img></p>", "p[br/ img]");
}

#[test]
fn braces_and_literals_of_the_module_are_not_judged_here() {
    check("function a() {", "");
    check("}}} ) ] `a", "");
    check("const a = 'b\nconst c = <d/>", "d/");
    check("/* a", "");
}

#[test]
fn unclosed_elements_end_where_the_brackets_around_them_do() {
    check(
        "const a = () => {\n  return (<div>text);\n};\nconst b = <c/>;",
        r#"
        div!["text"] c/
        UnclosedElement "div", mended   return (<div>text‸);
    "#,
    );
    check(
        "const a = (<div>text);\nconst b = 1;\n",
        r#"
        div!["text"]
        UnclosedElement "div", mended const a = (<div>text‸);
    "#,
    );
    check(
        "f(<p><b>a</p>)",
        r#"
        p[b!["a"]]
        UnclosedElement "b", mended f(<p><b>a‸</p>)
    "#,
    );
    check(
        "const a = <p>{b</p>; const c = <d/>;",
        r#"
        p[{b}!] d/
        UnclosedBrace "{", mended const a = <p>{b‸</p>; const c = <d/>;
    "#,
    );
}

#[test]
fn stray_closing_tags_and_siblings() {
    check(
        "const a = <b/></b>;\n",
        r#"
        b/
        StrayClosingTag "</b>", in nothing
    "#,
    );
    check(
        "const a = <b/><c/>;\n",
        r#"
        b/ c/
        SeveralRoots "<b/><c/>"
    "#,
    );
    check("const a = <b/>;\nconst c = <d/>;\n", "b/ d/");
}
