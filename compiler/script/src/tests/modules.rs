//! Items, imports and uses of modules.

use super::print;
use crate::{Dialect, parse_module};
use insta::assert_snapshot;

fn check(text: &str) -> String {
    print::trimmed(&print::module(text, &parse_module(text, Dialect::TypeScript, &[], true)))
}

#[test]
fn imports_are_listed() {
    assert_snapshot!(check(r"import type { A } from './a';
import { type B, c, d as e, 'f-g' as f } from './b'
import def, * as ns from 'x';
import 'y';
import z = require('z')"), @r#"
    import "./a" type A as A
    import "./b" type B as B, c as c, d as e, f-g as f
    import "x" default as def, * as ns
    import "y"
    import "z" default as z
    "#);
}

#[test]
fn each_declarator_is_an_item() {
    assert_snapshot!(check(r"export const a: number = 1, b = a as any;
let { slug, other: { deep } } = params, [first, ...rest] = list
var q
using r = s()"), @r"
    Variable exported const `a: number = 1` 0/2 declares a
    Variable exported const `b = a as any` 1/2 declares b uses a
    Variable let `{ slug, other: { deep } } = params` 0/2 declares slug deep uses params{slug,other}
    Variable let `[first, ...rest] = list` 1/2 declares first rest uses list
    Variable var `q` declares q
    Variable using `r = s()` declares r uses s()
    ");
}

#[test]
fn statements_are_items() {
    assert_snapshot!(check(r"if (a) { var b = c }
for (const k of ks) f(k, g)
return redirect('/x')
export default h
export { a as b, c }
export * from 'd'
label: for (;;) break label
;"), @r#"
    Statement declares b uses a c
    Statement uses ks f() g
    Return uses redirect()
    Export exported uses h
    Export exported uses a c
    Export exported
    Statement
    call redirect("/x") in `redirect('/x')`
    "#);
}

#[test]
fn types_leave_nothing() {
    assert_snapshot!(check(r"interface A {}
type B = C
declare const D: string
declare function E(): void
namespace F { export type G = 1 }
function H(a: string): void
function H(a: any) { return A }
export type { B }
export default interface I {}"), @r"
    Type
    Type
    Type declares D
    Type declares E
    Type
    Type
    Function declares H uses A*
    Type exported
    Type exported
    types B C
    ");
}

#[test]
fn enums_and_namespaces_use_names() {
    assert_snapshot!(check(r"enum A { B = 1, C = B | D }
namespace E { export const f = g; function h() { return f + i } }
import j = E.f"), @r"
    Enum declares A uses D
    Enum declares E uses g i*
    Statement declares j uses E
    ");
}

#[test]
fn awaits_outside_of_functions_are_found() {
    assert_snapshot!(check(r"const a = await b
async function c() { await d }
for await (const e of f) {}
await using g = h
const i = { j: [await k] }"), @r"
    Variable const `a = await b` declares a uses b awaits `await b` awaited `a``` from `b`
    Function declares c uses d*
    Statement uses f awaits `for await (const e of f) {}`
    Variable await using `g = h` declares g uses h awaits `await using g = h`
    Variable const `i = { j: [await k] }` declares i uses k awaits `await k`
    ");
}

#[test]
fn uses_in_functions_are_marked() {
    assert_snapshot!(check(r"function a(b = c) { return d(b) }
const e = () => f.g.h()
class I extends J { k = l; static m = n; o() { return I.p } static { q() } }"), @r"
    Function declares a uses c* d()*
    Variable const `e = () => f.g.h()` declares e uses f.g.h()*
    Class declares I uses J l* n I.p* q()
    ");
}
