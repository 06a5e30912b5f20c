//! What modules export, and which values are known.

use super::print;
use crate::{Dialect, parse_module};
use insta::assert_snapshot;

fn check(text: &str) -> String {
    print::trimmed(&print::exports(text, &parse_module(text, Dialect::TypeScript, &[], false)))
}

#[test]
fn values_are_evaluated() {
    assert_snapshot!(check(r"const base = { render: 'ssg' as const, n: 2 * 3 + 1 };
export const all = { ...base, revalidate: 60 * 60, edge: !true, s: `a${base.n}b`, t: 'x' + 'y', 'quoted-key': [1, , ...[2, 3]], u: undefined, v: null, w: -1, [`k${1}`]: (1, 2) } satisfies Config"), @r#"all at `all` Const = {render: "ssg", n: 7, revalidate: 3600, edge: false, s: "a7b", t: "xy", quoted-key: [1, undefined, 2, 3], u: undefined, v: null, w: -1, k1: ?<1, 2 because it computes something that only running it can tell>}"#);
    assert_snapshot!(check("export const a = 1 ? 'b' : c, d = e ?? 1, f = null ?? g, h = '' || 'i', j = [1, 2].length, k = 7 % 4 ** 2, l = 1 << 5 | 3, m = 0.1 + 0.2, n = 5 / 0"), @r#"
    a at `a` Const = "b"
    d at `d` Const = ?<e ?? 1 because it uses `e`>
    f at `f` Const = ?<g because it uses `g`>
    h at `h` Const = "i"
    j at `j` Const = 2
    k at `k` Const = 7
    l at `l` Const = 35
    m at `m` Const = 0.30000000000000004
    n at `n` Const = inf
    "#);
}

#[test]
fn config_takes_no_template_literals_with_holes() {
    assert_snapshot!(check("const mode = 's'; export const config = { render: `${mode}sr`, edge: `a`, deep: ['b' + `${1}`], [`${mode}`]: 1 }"), @r#"config at `config` Const = {render: ?<`${mode}sr` because it is a template literal with holes>, edge: "a", deep: [?<'b' + `${1}` because it is a template literal with holes>], : ?<[`${mode}`] because its key is computed>}"#);
    assert_snapshot!(check("const a = `${1}`; const b = { render: a }; export { b as config, b as other }"), @r#"
    config at `config` Reexport of b = {render: ?<`${1}` because it is a template literal with holes>}
    other at `other` Reexport of b = {render: "1"}
    "#);
}

#[test]
fn what_is_not_known_says_why() {
    assert_snapshot!(check("export const bad = { a: foo(), b: request, c: process.env.X, d: await x, e: new Date(), f: `${request.url}`, ...other(), g: a.b(), h: () => 1, i() {}, get j() { return 1 }, [k]: 1, l: class {}, m: /x/, n: o ? 1 : 2, p: 1n, q: [] + 1 }"), @"bad at `bad` Const = {a: ?<foo() because it calls `foo`>, b: ?<request because it uses `request`>, c: ?<process.env.X because it reads `process.env.X`>, d: ?<await x because it awaits>, e: ?<new Date() because it makes a `Date`>, f: ?<`${request.url}` because it reads `request.url`>, : ?<other() because it calls `other`>, g: ?<a.b() because it calls `a.b`>, h: function, i: function, j: ?<get j() { return 1 } because it is a getter>, : ?<[k] because its key is computed>, l: ?<class {} because it is a class>, m: ?</x/ because it is a regular expression>, n: ?<o ? 1 : 2 because it uses `o`>, p: ?<1n because it is a BigInt>, q: ?<[] + 1 because it computes something that only running it can tell>}");
    assert_snapshot!(check("export const cyc = cyc2; const cyc2 = { a: cyc };"), @"cyc at `cyc` Const = {a: ?<cyc2 because `cyc2` uses itself>}");
    assert_snapshot!(check("export const { a, b: [c] } = d"), @r"
    a at `a` Const = ?<d because it is taken out by a pattern>
    c at `c` Const = ?<d because it is taken out by a pattern>
    ");
}

#[test]
fn functions_say_what_they_return() {
    assert_snapshot!(check("export async function paths() { const all = await listSlugs(); return all.map((entry) => ({ params: { slug: entry.slug }, x: 1 })); }"), @"paths at `paths` Function async function() of 0 gives [{params: {slug: ?<entry.slug because it reads `entry.slug`>}, x: 1} *]");
    assert_snapshot!(check("export const paths = async () => [{ id: '1' }, { id: `2` }];"), @r#"paths at `paths` Function = function async function() of 0 gives [{id: "1"}, {id: "2"}]"#);
    assert_snapshot!(check("export const paths = () => { const list = [{ a: 'b' }]; if (x) { return [] } return list }"), @r#"paths at `paths` Function = function function() of 0 gives [] or [{a: "b"}]"#);
    assert_snapshot!(check("export const paths = function* (a, b: string) { return Array.from({ length: 3 }, (_, i) => ({ n: String(i) })) }"), @"paths at `paths` Function = function function*(a, b: string) of 2 gives [{n: ?<String(i) because it calls `String`>} *]");
    assert_snapshot!(check("export function paths() { const r = ids.map((id) => { return { id } }); return r.filter(Boolean).slice(1) }"), @"paths at `paths` Function function() of 0 gives [{id: ?<id because it uses `id`>} *]");
    assert_snapshot!(check(r"const base = 1; const e = 2
export const paths = (base) => [xs.map((e) => ({ base, e })), e]"), @"paths at `paths` Function = function function(base) of 1 gives [?<xs.map((e) => ({ base, e })) because it calls `xs.map`>, 2]");
    assert_snapshot!(check("export const paths = () => { { const e = 3; return e } }; const e = 4"), @"paths at `paths` Function = function function() of 0 gives ?<e because it uses `e`>");
    assert_snapshot!(check("export const paths = () => { const q = q2; const q2 = q; return q }"), @"paths at `paths` Function = function function() of 0 gives ?<q because `q` uses itself>");
}

#[test]
fn exports_are_listed() {
    assert_snapshot!(check(r"const a = 1; function b() {}
export { a as meta, b, c as 'd-e' }
export { default, x as y } from './z'
export * from 'q'
export * as ns from 'q2'
export let v = 1
export class K {}
export enum E { A }
export type T = string
export interface I {}
interface J {}
export { J, type K as L }
export function over(a: string): void
export function over(a: any, ...rest: string[]) {}
export declare const amb: string"), @r"
    meta at `meta` Reexport of a = 1
    b at `b` Reexport of b function() of 0 gives
    d-e at `'d-e'` Reexport of c
    default at `default` Reexport of default from ./z
    y at `y` Reexport of x from ./z
    * at `*` Reexport from q
    ns at `ns` Reexport of * from q2
    v at `v` Let
    K at `K` Class
    E at `E` Other
    T at `T` Other type
    I at `I` Other type
    J at `J` Reexport type of J
    L at `L` Reexport type of K
    over at `over` Function function(a: any, ...rest: string[]) of 2 gives
    amb at `amb` Const type
    ");
    assert_snapshot!(check("export default { a: 1 }"), @"default at `default` Default = {a: 1}");
    assert_snapshot!(check("const x = 1; export default x"), @"default at `default` Default of x = 1");
    assert_snapshot!(check("export default async function handler(request: Request): Promise<Response> { return f() }"), @"default at `default` Default of handler async function(request: Request) of 1 gives ?<f() because it calls `f`>");
    assert_snapshot!(check("export default class {}"), @"default at `default` Default");
}
