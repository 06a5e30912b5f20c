//! Early errors, and words for syntax errors in modules.

use super::print;
use crate::{Dialect, parse_module};
use insta::assert_snapshot;

fn check(text: &str) -> String {
    print::trimmed(&print::problems(text, &parse_module(text, Dialect::TypeScript, &[], false).problems))
}

#[test]
fn names_are_declared_once() {
    assert_snapshot!(check("let a = 1; const a = 2;"), @"1:18 [a] `a` is declared twice, first at 4");
    assert_snapshot!(check(r"import b from 'b'
class b {}"), @"2:7 [b] `b` is declared twice, first at 7");
    assert_snapshot!(check("function c() {} var c"), @"1:21 [c] `c` is declared twice, first at 9");
    assert_snapshot!(check(r"export default function d() {}
const d = 1"), @"2:7 [d] `d` is declared twice, first at 24");
    assert_snapshot!(check("let {e, f: [e]} = x"), @"1:13 [e] `e` is declared twice, first at 5");
    assert_snapshot!(check(r"function g(h, h) {}
const k = (l, [l]) => {}"), @r"
    1:15 [h] `h` is declared twice, first at 11
    2:16 [l] `l` is declared twice, first at 31
    ");
    assert_snapshot!(check("function m(n) { let n }"), @"1:21 [n] `n` is declared twice, first at 11");
    assert_snapshot!(check("try {} catch (o) { let o }"), @"1:24 [o] `o` is declared twice, first at 14");
    assert_snapshot!(check("try {} catch ({ p }) { const p = 1 }"), @"1:30 [p] `p` is declared twice, first at 16");
    assert_snapshot!(check("switch (1) { case 1: let q; case 2: let q }"), @"1:41 [q] `q` is declared twice, first at 25");
    assert_snapshot!(check("if (1) { function r() {} function r() {} }"), @"1:35 [r] `r` is declared twice, first at 18");
    assert_snapshot!(check("function s() { let t; var t }"), @"1:27 [t] `t` is declared twice, first at 19");
    assert_snapshot!(check("{ let u; { var u } }"), @"1:16 [u] `u` is declared twice, first at 6");
    assert_snapshot!(check("for (const v of w) { var v }"), @"1:26 [v] `v` is declared twice, first at 11");
    assert_snapshot!(check("class C { static { let y; var y } }"), @"1:31 [y] `y` is declared twice, first at 23");
    assert_snapshot!(check("enum E {} const E = 1"), @"1:17 [E] `E` is declared twice, first at 5");
    assert_snapshot!(check("namespace N { const z = 1; let z }"), @"1:32 [z] `z` is declared twice, first at 20");
    assert_snapshot!(check("import A = B.C; let A"), @"1:21 [A] `A` is declared twice, first at 7");
}

#[test]
fn some_names_may_be_declared_again() {
    assert_snapshot!(check(r"interface A {} class A {}
type T = 1; const T = 2
import type { X } from 'x'; const X = 1
import { type Y } from 'x'; const Y = 1"), @"");
    assert_snapshot!(check(r"function f(a: string): void
function f(a: any) {}
enum E { A } enum E { B = 1 }
namespace N { export const a = 1 } namespace N { export const b = 1 }
class C {} namespace C { export const a = 1 }"), @"");
    assert_snapshot!(check(r"function g() { function h() {} function h() {} var h }
function i(j) { var j; { let j } }
try {} catch (e) { var e }
for (let k;;) { let k }
const l = class l {}
const m = function m() { let m }
declare const n: 1; const n = 2
var o; var o
let p; function q() { let p }"), @"");
}

#[test]
fn await_needs_an_async_function() {
    assert_snapshot!(check("function g() { await x }"), @"1:16 [await] `await` needs an `async` function (write `async` before the function around it)");
    assert_snapshot!(check("const h = () => { for await (const x of y) {} }"), @"1:23 [await] `await` needs an `async` function (write `async` before the function around it)");
    assert_snapshot!(check("class A { b() { return await c } }"), @"1:24 [await] `await` needs an `async` function (write `async` before the function around it)");
}

#[test]
fn exports_have_one_meaning() {
    assert_snapshot!(check(r"export const a = 1
export { a }"), @"2:10 [a] `a` is exported twice, first at 13");
    assert_snapshot!(check(r"export default 1
export { b as default }"), @"2:15 [default] `default` is exported twice, first at 7");
    assert_snapshot!(check(r"export function c(): void
export function c() {}
export enum E {} export enum E {}
export interface I {} export class I {}"), @"");
}

#[test]
fn return_needs_a_function() {
    assert_snapshot!(check("return 5"), @"1:1 [return] `return` stands outside of a function");
}

#[test]
fn what_is_wrong_is_said_in_words() {
    assert_snapshot!(check("const = 5"), @"1:7 [=] expected a name, found `=`");
    assert_snapshot!(check("let a b"), @"1:7 [b] expected `;`, a new line or an operator, found `b`");
    assert_snapshot!(check("import { a b } from 'x'"), @"1:12 [b] expected `,` or `}`, found `b`");
    assert_snapshot!(check("import a 'x'"), @"1:10 ['x'] expected `from`, found a string");
    assert_snapshot!(check("import { a }"), @"1:13 [] expected `from`, found the end");
    assert_snapshot!(check("import a from x"), @"1:15 [x] expected a string, found `x`");
    assert_snapshot!(check("export { a b }"), @"1:12 [b] expected `,` or `}`, found `b`");
    assert_snapshot!(check("export a"), @"1:8 [a] expected `{`, found `a`");
    assert_snapshot!(check("function f( { }"), @"1:11 [(] `(` is never closed (add `)`)");
    assert_snapshot!(check("function g(a b) { }"), @"1:14 [b] expected `)`, `,` or an operator, found `b`");
    assert_snapshot!(check("class A { a b }"), @"1:13 [b] expected `;`, a new line or `(`, found `b`");
    assert_snapshot!(check("class B { c( }"), @"1:12 [(] `(` is never closed (add `)`)");
    assert_snapshot!(check("if (a { }"), @"1:7 [{] expected `)`, found `{`");
    assert_snapshot!(check("for (const a of b { }"), @"1:19 [{] expected `)`, found `{`");
    assert_snapshot!(check("while a { }"), @"1:7 [a] expected `(`, found `a`");
    assert_snapshot!(check("const x = { a: 1 b: 2 }"), @"1:18 [b] expected `,` or `}`, found `b`");
    assert_snapshot!(check("const y = [1 2]"), @"1:14 [2] expected `]`, `,` or an operator, found `2`");
    assert_snapshot!(check("const z: = 1"), @"1:10 [=] expected a type, found `=`");
    assert_snapshot!(check("type T ="), @"1:9 [] the code ends before it is complete");
    assert_snapshot!(check("type U = { a: string b: number"), @"1:22 [b] expected `;`, a new line or an operator, found `b`");
    assert_snapshot!(check("interface V { a: }"), @"1:18 [}] expected a type, found `}`");
    assert_snapshot!(check("switch (a) { cas b: }"), @"1:14 [cas] expected `}`, found `cas`");
    assert_snapshot!(check("try { }"), @"1:8 [] `try` needs a `catch` or a `finally`");
    assert_snapshot!(check("const { a }"), @"1:7 [{] a `const` needs a value (write `= value` after it, or use `let`)");
    assert_snapshot!(check("const c"), @"1:7 [c] a `const` needs a value (write `= value` after it, or use `let`)");
    assert_snapshot!(check("const q = 'abc"), @"1:11 ['] never closed: String");
    assert_snapshot!(check("x = 012"), @"1:5 [012] a number cannot begin with `0` (write `0o` before an octal number)");
    assert_snapshot!(check("delete x"), @"1:8 [x] `delete` takes a property, not a name");
}

#[test]
fn what_is_never_closed_is_told_where_it_opens() {
    assert_snapshot!(check("f('abc)\nconst a = 1"), @"1:3 ['] never closed: String");
    assert_snapshot!(check("const a = { b: 'c, d: 1 }\nconst e = 1"), @"1:16 ['] never closed: String");
    assert_snapshot!(check("const a = { b: \"c,\n  d: 1 }"), @r#"1:16 ["] never closed: String"#);
    assert_snapshot!(check("const a = \"b\\"), @r#"1:11 ["] never closed: String"#);
    assert_snapshot!(check("import a from './b\r\nimport c from 'd'\r\n"), @"1:15 ['] never closed: String");
    assert_snapshot!(check("f(`abc)\nconst a = 1"), @"1:3 [`] never closed: Template");
    assert_snapshot!(check("const a = `b${c}\nconst d = `e`.f"), @"1:11 [`] never closed: Template");
    assert_snapshot!(check("const a = `b${`c${1}`}\nconst d = 1"), @"1:11 [`] never closed: Template");
    assert_snapshot!(check("const a = `b\nconst c = `d`\nconst e = 1"), @"1:11 [`] never closed: Template");
    assert_snapshot!(check("const a = `b`, c = `d\n${e} f`\nconst g = `h\nconst i = 1"), @"3:11 [`] never closed: Template");
    assert_snapshot!(check("f(/* abc)\nconst a = 1"), @"1:3 [/*] never closed: Comment");
    assert_snapshot!(check("/** a */ const b = '/*' // /*\n/** c /* d\nconst e = 1"), @"2:1 [/*] never closed: Comment");
}

#[test]
fn one_mistake_is_told_once() {
    assert_snapshot!(check("const a = 'it's'\nconst b = 2"), @"1:15 [s] expected `;`, a new line or an operator, found `s`");
    assert_snapshot!(check("const a = `it`s`\nconst b = 2"), @"1:15 [s] expected `;`, a new line or an operator, found `s`");
    assert_snapshot!(check("const a = 'b\nconst c = 'd\nconst e = = 1"), @r"
    1:11 ['] never closed: String
    2:11 ['] never closed: String
    3:11 [=] expected an expression, found `=`
    ");
    assert_snapshot!(check("export const a = 1\nexport const a = 2"), @"2:14 [a] `a` is declared twice, first at 13");
}

#[test]
fn what_a_bracket_expects_is_named() {
    assert_snapshot!(check("const a = [1, 2;"), @"1:16 [;] expected `]`, `,` or an operator, found `;`");
    assert_snapshot!(check("const a = f(1, [2];"), @"1:19 [;] expected `)`, `,` or an operator, found `;`");
    assert_snapshot!(check("const a = (1 + 2;"), @"1:17 [;] expected `)`, `,` or an operator, found `;`");
    assert_snapshot!(check("const a = b[1;"), @"1:14 [;] expected `]`, `,` or an operator, found `;`");
    assert_snapshot!(check("const a = { b: 1; c: 2 }"), @"1:17 [;] expected `,` or `}`, found `;`");
}

#[test]
fn decorators_are_refused() {
    assert_snapshot!(check("@a class B { @c d() {} }"), @r"
    1:1 [@a] decorators cannot be compiled: no JavaScript engine runs them yet (call the function on the class or the value instead)
    1:14 [@c] decorators cannot be compiled: no JavaScript engine runs them yet (call the function on the class or the value instead)
    ");
}
