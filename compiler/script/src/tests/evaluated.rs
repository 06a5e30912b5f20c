//! What is told beside uses: calls with their arguments, values of holes, `import.meta`, awaited declarators, globals.

use super::{cut, print};
use crate::{Dialect, parse_holes, parse_module};
use insta::assert_snapshot;

fn module(text: &str) -> String {
    let facts = parse_module(text, Dialect::TypeScript, &[], true);
    assert_eq!(facts.problems, [], "{text}");
    print::trimmed(&print::module(text, &facts))
}

/// What [`module`] prints, items aside.
fn told(text: &str) -> String {
    let kept = ["call", "meta"];
    let printed = module(text);
    let told: Vec<&str> =
        printed.lines().filter(|line| kept.iter().any(|word| line.starts_with(word))).collect();
    told.join("\n")
}

fn template(text: &str) -> String {
    print::trimmed(&print::template(text, &parse_holes(text, &cut::template(text))))
}

#[test]
fn calls_tell_their_arguments() {
    assert_snapshot!(told(r"const base = '/blog', n = 2
redirect('/login')
redirect(`${base}/${n}`, 302)
revalidateTag(`post:${id}`, ...rest, 'lost')
revalidatePath('/a/' + slug + '/' + n)
fetch('/api', { next: { tags: ['a', b], revalidate: 60 * n } })
useQuery({ queryKey: ['posts', page] })
new URL('./a', import.meta.url)
throw notFound?.('gone')"), @r#"
    call redirect("/login") in `redirect('/login')`
    call redirect("/blog/2", 302) in `redirect(`${base}/${n}`, 302)`
    call revalidateTag(template ["post:", ""]) in `revalidateTag(`post:${id}`, ...rest, 'lost')`
    call revalidatePath(template ["/a/", "/2"]) in `revalidatePath('/a/' + slug + '/' + n)`
    call fetch("/api", {next: {tags: ["a", ?<b because it uses `b`>], revalidate: 120}}) in `fetch('/api', { next: { tags: ['a', b], revalidate: 60 * n } })`
    call useQuery({queryKey: ["posts", ?<page because it uses `page`>]}) in `useQuery({ queryKey: ['posts', page] })`
    call URL("./a", ?<import.meta.url because it reads `import.meta.url`>) in `new URL('./a', import.meta.url)`
    call notFound("gone") in `notFound?.('gone')`
    meta .url
    "#);
}

#[test]
fn calls_without_such_arguments_are_left_out() {
    assert_snapshot!(told(r"f(); g(1, a, 'third'); h(() => 'x'); i(...['a']); j.k('x'); l`x`; (m || n)('x'); o(p.q, 1 + 'x')
function r(s) { s('x'); const t = s; t('y') }"), @"");
}

#[test]
fn a_name_of_an_inner_scope_is_not_the_constant_of_the_file() {
    assert_snapshot!(told(r"const slug = 'a', other = slug
function f(slug) { return g(`/${slug}/${other}`) }
const h = () => { const other = 1; i(['x', other, slug]) }"), @r#"
    call g(template ["/", "/a"])* in `g(`/${slug}/${other}`)`
    call i(["x", ?<other because it uses `other`>, "a"])* in `i(['x', other, slug])`
    "#);
}

#[test]
fn parts_of_an_argument_that_are_not_known_say_why() {
    assert_snapshot!(told("f({ a: b(), c: new Date(), d: Symbol('e'), g: h => h, i: class {}, j: [`k${l}m`], n: Symbol.for('o'), p: q ? 1 : 2, get r() { return 1 }, s: 'a' + new T() + 1 })"), @r#"
    call f({a: ?<b() because it calls `b`>, c: new Date, d: new Symbol, g: function, i: function, j: [template ["k", "m"]], n: new Symbol, p: ?<q ? 1 : 2 because it uses `q`>, r: ?<get r() { return 1 } because it is a getter>, s: template ["a", "1"]}) in `f({ a: b(), c: new Date(), d: Symbol('e'), g: h => h, i: class {}, j: [`k${l}m`], n: Symbol.for('o'), p: q ? 1 : 2, get r() { return 1 }, s: 'a' + new T() + 1 })`
    call Symbol("e") in `Symbol('e')`
    "#);
    assert_snapshot!(told("f(`a${`b${c}`}${1}d${'e' + g}`, 1 + 2 + 'h' + i + 'j')"), @r#"call f(template ["ab", "1de", ""], template ["3h", "j"]) in `f(`a${`b${c}`}${1}d${'e' + g}`, 1 + 2 + 'h' + i + 'j')`"#);
}

#[test]
fn calls_in_holes_are_told() {
    assert_snapshot!(template("<a href={link(`/a/${x}`)} b={xs.map((x) => <i c={f(['a', <b/>])}>{g({ x })}</i>)}/>"), @r#"
    `link(`/a/${x}`)`: Other link(`/a/${x}`) | uses link() x
    `xs.map((x) => <i c={f(['a', <b/>])}>{g({ x })}</i>)`: Map xs by (x) to Element <i c={f(['a', <b/>])}>{g({ x })}</i> | uses xs.map()
    `f(['a', <b/>])`: Other f(['a', <b/>]) | uses f()*
    `g({ x })`: Other g({ x }) | uses g()*
    call link(template ["/a/", ""]) in `link(`/a/${x}`)`
    call f(["a", ?<<b/> because it holds an element>])* in `f(['a', <b/>])`
    call g({x: ?<x because it uses `x`>})* in `g({ x })`
    "#);
}

#[test]
fn values_of_holes_are_told_where_they_are_built() {
    assert_snapshot!(template("<A a={{ b: 1, c: () => 1, d: new Map(), e }} f={[1, `x${y}`]} g={new Date()} h={() => 1} i={function () {}} j={Symbol()} k={class {}} l={m()} n={'o'} p={<b/>} q={(new R() as S)!} s={async () => {}} t={u.v}/>"), @r#"
    `{ b: 1, c: () => 1, d: new Map(), e }`: Other { b: 1, c: () => 1, d: new Map(), e } | uses Map() e | value {b: 1, c: function, d: new Map, e: ?<e because it uses `e`>}
    `[1, `x${y}`]`: Other [1, `x${y}`] | uses y | value [1, template ["x", ""]]
    `new Date()`: Other new Date() | uses Date() | value new Date
    `() => 1`: Function () => 1 | value function
    `function () {}`: Function function () {} | value function
    `Symbol()`: Other Symbol() | uses Symbol() | value new Symbol
    `class {}`: Other class {} | value function
    `m()`: Other m() | uses m()
    `'o'`: Constant "o" from 'o'
    `<b/>`: Element <b/>
    `(new R() as S)!`: Other new R() | uses R() | value new R | js (new R())
    `async () => {}`: Function async () => {} | value function
    `u.v`: Other u.v | uses u.v
    types S
    "#);
}

#[test]
fn import_meta_tells_what_is_read() {
    assert_snapshot!(told(r"import.meta.env.MODE; import.meta['env'].X.y; import.meta; const { env, url: { a } } = import.meta; const { B } = import.meta.env
function f() { return import.meta.dirname + new.target }
import.meta.glob('./x')"), @r"
    meta .env.MODE
    meta .env.X.y
    meta .
    meta . {env.url}
    meta .env {B}
    meta .dirname
    meta .glob
    ");
    assert_snapshot!(template("{import.meta.env.PUBLIC_A}<p a={import.meta.env}/>"), @r"
    `import.meta.env.PUBLIC_A`: Other import.meta.env.PUBLIC_A
    `import.meta.env`: Other import.meta.env
    meta .env.PUBLIC_A
    meta .env
    ");
}

#[test]
fn typeof_marks_a_name_alone() {
    assert_snapshot!(template("{typeof window}{typeof (a)}{typeof a.b}{typeof c()}{typeof d!}{typeof e[0]}"), @r"
    `typeof window`: Other typeof window | uses typeof:window
    `typeof (a)`: Other typeof (a) | uses typeof:a
    `typeof a.b`: Other typeof a.b | uses a.b
    `typeof c()`: Other typeof c() | uses c()
    `typeof d!`: Other typeof d! | uses typeof:d | js typeof d
    `typeof e[0]`: Other typeof e[0] | uses e
    ");
}

#[test]
fn awaited_declarators_tell_their_parts() {
    assert_snapshot!(module(r"const a = await b()
let { c, d: [e] }: { c: C } = await f.g?.(1)
var [ h ] : H[] = await i, j: J = (await k())
const l = await m() as L, n = (await o())!, p = await import('q'), r = (await s).t
const u = q(await v())
export const w = await x``"), @r"
    Variable const `a = await b()` declares a uses b() awaits `await b()` awaited `a``` from `b()` call
    Variable let `{ c, d: [e] }: { c: C } = await f.g?.(1)` declares c e uses f.g() awaits `await f.g?.(1)` awaited `{ c, d: [e] }``: { c: C }` from `f.g?.(1)` call
    Variable var `[ h ] : H[] = await i` 0/2 declares h uses i awaits `await i` awaited `[ h ]``: H[]` from `i`
    Variable var `j: J = (await k())` 1/2 declares j uses k() awaits `await k()` awaited `j``: J` from `k()` call
    Variable const `l = await m() as L` 0/4 declares l uses m() awaits `await m()` awaited `l``` from `m()` call cast
    Variable const `n = (await o())!` 1/4 declares n uses o() awaits `await o()` awaited `n``` from `o()` call cast
    Variable const `p = await import('q')` 2/4 declares p awaits `await import('q')` awaited `p``` from `import('q')` call
    Variable const `r = (await s).t` 3/4 declares r uses s awaits `await s`
    Variable const `u = q(await v())` declares u uses q() v() awaits `await v()`
    Variable exported const `w = await x``` declares w uses x() awaits `await x``` awaited `w``` from `x```
    types C H J L
    ");
}

#[test]
fn values_for_the_whole_project_are_listed() {
    let check = |text: &str| {
        let facts = parse_module(text, Dialect::TypeScript, &[], false);
        assert_eq!(facts.problems, [], "{text}");
        facts.ambient_values().map(str::to_owned).collect::<Vec<_>>().join(" ")
    };
    assert_snapshot!(check(r"export {}
declare global { var a: A; let b, { c, d: [e] }: any; function f(): void; function f(g: string): void; class H {} enum I { J } namespace K { const l: 1 } namespace M { interface N {} } namespace O.P { function q(): void } interface Window { r: string } type S = 1; export const t: 1 }
declare const not: 1"), @"a b c e f H I K O t");
    assert_snapshot!(check("declare const a: A, b: B; declare function c(): void; declare class D {} declare namespace E { const f: 1 } declare namespace G { type H = 1 } interface I {} declare module '*.svg' { const src: string; export default src } declare enum J {}"), @"a b c D E J");
    assert_snapshot!(check("import type { A } from 'a'; declare const b: A"), @"");
    assert_snapshot!(check("export declare const a: 1; declare const b: 1"), @"");
}
