//! Hazards of erasing types, beside what the differential test covers.

use super::print;
use crate::{Dialect, parse_module};
use insta::assert_snapshot;
use velox_diagnostics::Span;

fn check(text: &str) -> String {
    let facts = parse_module(text, Dialect::TypeScript, &[], true);
    print::trimmed(&print::applied(text, Span::new(0, text.len() as u32), &facts.edits))
}

#[test]
fn parameter_properties_are_assigned() {
    assert_snapshot!(check("class A { constructor(private a: string, public readonly b? = 2, c?: number) {} }"), @"class A { constructor(a, b = 2, c) { this.a = a; this.b = b;} }");
    assert_snapshot!(check("class A extends B { constructor(readonly a: string) { 'use strict'; foo(); super(a); bar() } }"), @"class A extends B { constructor(a) { 'use strict'; foo(); super(a); this.a = a; bar() } }");
    assert_snapshot!(check(r"class A extends B {
  constructor(readonly a: string) {
    super(a)
  }
}"), @r"
    class A extends B {
      constructor(a) {
        super(a); this.a = a;
      }
    }
    ");
}

#[test]
fn namespaces_are_printed() {
    assert_snapshot!(check(r"const y = x
namespace A { export const b = 1 }"), @r"
    const y = x
    var A;
    (function(A) {
      A.b = 1;
    })(A || (A = {}));
    ");
    assert_snapshot!(check("class B {} namespace B { export const c = 1 }"), @r"
    class B {} ;(function(B) {
      B.c = 1;
    })(B || (B = {}));
    ");
    assert_snapshot!(check("export namespace C.D { export enum E { F } }"), @r#"
    export var C;
    (function(C) {
      (function(D) {
        (function(E) {
          E[E["F"] = 0] = "F";
        })(D.E || (D.E = {}));
      })(C.D || (C.D = {}));
    })(C || (C = {}));
    "#);
}

#[test]
fn enums_are_printed() {
    assert_snapshot!(check("export enum A { B, C = 'c' }"), @r#"
    export var A = /*#__PURE__*/ function(A) {
      A[A["B"] = 0] = "B";
      A["C"] = "c";
      return A;
    }({});
    "#);
    assert_snapshot!(check("function f() { const enum D { E } return D.E }"), @r#"
    function f() { var D = /*#__PURE__*/ function(D) {
      D[D["E"] = 0] = "E";
      return D;
    }(D || {}); return D.E }
    "#);
}

#[test]
fn imports_lose_their_types() {
    assert_snapshot!(check(r"import { type A, b, type C } from 'x'
import { type D } from 'y'
import E, { type F } from 'z'"), @r"
    import {  b,  } from 'x'

    import E, {  } from 'z'
    ");
    assert_snapshot!(check(r"import a = require('a')
import b = a.c
import type d = require('d')
export = b"), @r"
    import a from 'a';
    const b = a.c;

    export default b
    ");
    assert_snapshot!(check(r"interface A {}
class B {}
export { A, B }
export default A"), @r"

    class B {}
    export {  B }
    ");
}

#[test]
fn a_semicolon_takes_the_place_of_a_type() {
    assert_snapshot!(check(r"const a = x as any
(foo)()"), @r"
    const a = x;
    (foo)()
    ");
    assert_snapshot!(check(r"const a = x as any // comment

[b] = c"), @r"
    const a = x; // comment

    [b] = c
    ");
    assert_snapshot!(check(r"type A = string
(foo)()"), @r"
    ;
    (foo)()
    ");
    assert_snapshot!(check(r"const a = x as any
foo()"), @r"
    const a = x
    foo()
    ");
    assert_snapshot!(check(r"const a = x as any;
(foo)()"), @r"
    const a = x;
    (foo)()
    ");
}

#[test]
fn tokens_do_not_run_together() {
    assert_snapshot!(check("return<T>x"), @"return x");
    assert_snapshot!(check("a-<T>-b"), @"a- -b");
    assert_snapshot!(check("a!in b"), @"a in b");
    assert_snapshot!(check("1!.toFixed()"), @"1 .toFixed()");
}

#[test]
fn arrows_stay_on_their_line() {
    assert_snapshot!(check(r"const f = (
  a: string
)
  : Promise<{
  b: string
}> => a"), @r"
    const f = (
      a
    ) => a
    ");
    assert_snapshot!(check(r"const g = async <T>
  (x: T) => x"), @"const g = async (x) => x");
    assert_snapshot!(check(r"const h = ()
  : void => {}"), @"const h = () => {}");
}
