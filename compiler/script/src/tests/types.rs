//! Names used as types, and names that look like types and are values.

use super::{cut, print};
use crate::{Dialect, parse_holes, parse_module};
use insta::assert_snapshot;

fn check(text: &str) -> String {
    let facts = parse_module(text, Dialect::TypeScript, &[], false);
    assert_eq!(facts.problems, [], "{text}");
    facts.type_uses.join(" ")
}

/// Names that the items use as values.
fn values(text: &str) -> String {
    let facts = parse_module(text, Dialect::TypeScript, &[], false);
    let names = facts.items.iter().map(|item| print::uses(text, &item.uses)).collect::<Vec<_>>();
    print::trimmed(&names.join(" | "))
}

#[test]
fn types_stand_in_many_places() {
    assert_snapshot!(check("const a: A = b as B, c = d satisfies C<D>, e = <E>f, g = h!"), @"A B C D E");
    assert_snapshot!(check("let a: A | B & C[] | [D, e?: E, ...F[]] | (G) | readonly H[] | I['j'] | keyof J | `k${K}`"), @"A B C D E F G H I J K");
    assert_snapshot!(check("function f(this: A, { b }: B, [c]: C, ...d: D[]): asserts d is E {}"), @"A B C D E");
    assert_snapshot!(check("const f = async ({ a, b: { c } }: A, d?: B): Promise<C> => {}"), @"A B C Promise");
    assert_snapshot!(check("f<A>(1); new G<B>(); h<C>`i`; const j = k<D>; l?.<E>()"), @"A B C D E");
    assert_snapshot!(check("class A extends B<C> implements D.E, F<G> { h: H; static i?: I; #j: J; declare k: K; [l: L]: M; accessor n: N; constructor(o: O); constructor(private r: P = q) { super() } s(t: S): T; s(): any {} }"), @"C D F G H I J K L M N O P S T");
    assert_snapshot!(check("abstract class A { abstract b: B; abstract c(d: C): D; abstract accessor e: E }"), @"B C D E");
    assert_snapshot!(check("interface A extends B, C.D<E> { f: F; g(h: G): H; (i: I): J; new (k: K): L; get m(): M; set n(o: N); [p: string]: O; [Q.r]: S }"), @"B C E F G H I J K L M N O Q S");
    assert_snapshot!(check("type A = (b: B) => C; type D = new (e: E) => F; type G = typeof H.i; type J = import('k').L<M>; type N = O.P.Q"), @"B C E F H M O");
    assert_snapshot!(check("declare const a: A; declare function b(c: B): C; declare class D extends E { f: F } declare enum G { H = I.j } declare namespace K { const l: L; export function m(): M; export { N } }"), @"A B C E F I L M N");
    assert_snapshot!(check("try {} catch (e: unknown) { let f: F }; for (const g of h as G[]) {}"), @"F G");
    assert_snapshot!(check("namespace A { export const b: B = 1; export import c = C.D; type E = F }"), @"B F");
    assert_snapshot!(check("enum A { B = (c as C).length }"), @"C");
}

#[test]
fn aliases_and_exports_of_types_count() {
    assert_snapshot!(check("import type { A, B, C } from './a'; export type { A }; export { type B, C }; interface D {} export default D"), @"A B C D");
    assert_snapshot!(check("import type * as A from './a'; import type b = A.B; import * as C from 'c'; import d = C.D"), @"A");
    assert_snapshot!(check("export type { A } from './a'; export { type B } from './b'; import type c = require('d')"), @"");
    assert_snapshot!(check("export default interface A { b: B }"), @"B");
    assert_snapshot!(check("export default function (a: A): void; export default function (a: any) {}"), @"A");
}

#[test]
fn type_parameters_are_no_names_of_outer_scopes() {
    assert_snapshot!(check("function f<A, B extends C<A> = D>(a: A, b: B): E { type F<G> = G | A; return (): A => a }"), @"C D E");
    assert_snapshot!(check("const f = <A,>(a: A) => a; let b: A"), @"A");
    assert_snapshot!(check("type A<B> = B extends C<infer D> ? D | E : F; let d: D"), @"C D E F");
    assert_snapshot!(check("type A = { [B in C as `${B}s`]?: B | D }; type E = <F>(g: F) => F; interface G<H> { i: H; j<K>(l: K): K }"), @"C D");
    assert_snapshot!(check("class A<B> extends C<B> { d: B; e<F>(g: F): B {} }"), @"");
}

#[test]
fn typeof_asks_for_values_in_scope() {
    assert_snapshot!(check("function f(a) { let b: typeof a; let c: typeof d.e; let a2: a }"), @"a d");
}

#[test]
fn holes_use_types_too() {
    let check = |text: &str| print::trimmed(&print::template(text, &parse_holes(text, &cut::template(text))));
    assert_snapshot!(check("{a as A}{xs.map((x: B) => <b c={x as C}/>)}"), @r"
    `a as A`: Other a | uses a | js a
    `xs.map((x: B) => <b c={x as C}/>)`: Map xs by (x: B) to Element <b c={x as C}/> | uses xs.map() | js xs.map((x) => <b c={x as C}/>)
    `x as C`: Other x | js x
    types A B C
    ");
}

#[test]
fn what_only_looks_like_a_type_is_a_value() {
    assert_snapshot!(values("export { a }; export default b; const c = { d, e: f, ...g }; export = h"), @"a | b | d f g | h");
    assert_snapshot!(values("class A extends B { [c] = d; static { e } } enum F { G = H.i } import j = K.L; export import m = N.O"), @"B c d* e | H.i | K | N");
    assert_snapshot!(values("namespace A { import b = C.D; export const e = f }"), @"C f");
    assert_snapshot!(values("const a = b<C>, d = new E<F>(), g = h satisfies I, j = k instanceof L, m = typeof n"), @"b | E() | h | k L | typeof:n");
}
