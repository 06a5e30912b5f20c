//! Facts about holes: shapes, uses, awaits, and broken holes beside good ones.

use super::{cut, print};
use crate::parse_holes;
use insta::assert_snapshot;

fn check(text: &str) -> String {
    print::trimmed(&print::template(text, &parse_holes(text, &cut::template(text))))
}

#[test]
fn all_holes_are_parsed_at_once() {
    assert_snapshot!(check("<p class={a}>{b.c?.d['e'].f()}</p>{list.map((x: Item) => <li {...x.props}>{x.name as string}</li>)}{}{/* c */}"), @r"
    `a`: Other a | uses a
    `b.c?.d['e'].f()`: Other b.c?.d['e'].f() | uses b.c.d.e.f()
    `list.map((x: Item) => <li {...x.props}>{x.name as string}</li>)`: Map list by (x: Item) to Element <li {...x.props}>{x.name as string}</li> | uses list.map() | js list.map((x) => <li {...x.props}>{x.name as string}</li>)
    `x.props`: Other x.props
    `x.name as string`: Other x.name | js x.name
    ``: Nothing ``
    `/* c */`: Nothing `/* c */`
    types Item
    ");
    assert_snapshot!(check("<p a=`b${c}d` e={f}>{g}</p>"), @r"
    `c`: Other c | uses c
    `f`: Other f | uses f
    `g`: Other g | uses g
    ");
    assert_snapshot!(check(r"{}{ }{a}{...x}{a // c
}{`a${`b${c}`}`}"), @r#"
    ``: Nothing ``
    ``: Nothing ``
    `a`: Other a | uses a
    `x`: Other x | uses x
    `a // c`: Other a | uses a
    ``a${`b${c}`}``: Template ["a", ""] with `b${c}` | uses c
    "#);
}

#[test]
fn shapes_are_what_rendering_cares_about() {
    assert_snapshot!(check("{ok ? <b>{a!}</b> : null}{n && <i/>}{`a${b}c`}{'s'}{12}"), @r#"
    `ok ? <b>{a!}</b> : null`: (ok ? Element <b>{a!}</b> : Nothing `null`) | uses ok
    `a!`: Other a | uses a | js a
    `n && <i/>`: (n && Element <i/>) | uses n
    ``a${b}c``: Template ["a", "c"] with b | uses b
    `'s'`: Constant "s" from 's'
    `12`: Constant "12" from 12
    "#);
    assert_snapshot!(check(r#"{a ? b : c ? <b/> : d}{null}{undefined}{true}{`plain`}{-1}{1e21}{0x10}{"a\n\u{1F600}b"}{() => 1}{function () {}}{(<b/>)}{(a, b)}"#), @r#"
    `a ? b : c ? <b/> : d`: (a ? Other b : (c ? Element <b/> : Other d)) | uses a b c d
    `null`: Nothing `null`
    `undefined`: Nothing `undefined`
    `true`: Nothing `true`
    ``plain``: Constant "plain" from `plain`
    `-1`: Other -1
    `1e21`: Constant "1e+21" from 1e21
    `0x10`: Constant "16" from 0x10
    `"a\n\u{1F600}b"`: Constant "a\n😀b" from "a\n\u{1F600}b"
    `() => 1`: Function () => 1 | value function
    `function () {}`: Function function () {} | value function
    `(<b/>)`: Element <b/>
    `(a, b)`: Other (a, b) | uses a b
    "#);
    assert_snapshot!(check("{cond ? <!-- c --> : <b/>}{<!-- a --><b/>}{<a/> <b>{x}</b>}"), @r"
    `cond ? <!-- c --> : <b/>`: (cond ? Element <!-- c --> : Element <b/>) | uses cond
    `<!-- a --><b/>`: Element <!-- a --><b/>
    `<a/> <b>{x}</b>`: Element <a/> <b>{x}</b>
    `x`: Other x | uses x
    ");
}

#[test]
fn only_plain_maps_are_maps() {
    assert_snapshot!(check("{xs.map((x) => { if (x) return <b>{x}</b>; for (;;) { return x } return })}"), @r"
    `xs.map((x) => { if (x) return <b>{x}</b>; for (;;) { return x } return })`: Map xs by (x) to block [return <b>{x}</b>] Element <b>{x}</b>, [return x] Other x, [return] Nothing `return` | uses xs.map()
    `x`: Other x
    ");
    assert_snapshot!(check("{xs.map(async (x) => <li/>)}{xs.map((x) => <li/>, y)}{xs?.map((x) => <li/>)}{xs.map(function (x) { return <li/> })}{map((x) => x)}{xs['map'](x => x)}"), @r"
    `xs.map(async (x) => <li/>)`: Other xs.map(async (x) => <li/>) | uses xs.map()
    `xs.map((x) => <li/>, y)`: Other xs.map((x) => <li/>, y) | uses xs.map() y
    `xs?.map((x) => <li/>)`: Other xs?.map((x) => <li/>) | uses xs.map()
    `xs.map(function (x) { return <li/> })`: Other xs.map(function (x) { return <li/> }) | uses xs.map()
    `map((x) => x)`: Other map((x) => x) | uses map()
    `xs['map'](x => x)`: Other xs['map'](x => x) | uses xs.map()
    ");
    assert_snapshot!(check("{xs.filter(Boolean).map<string>(x => (<b>{x}</b>) as any)}{(xs as any[])!.map((x): any => x && <b/>)}{xs.map((f = (a) => b) => <i/>)}"), @r"
    `xs.filter(Boolean).map<string>(x => (<b>{x}</b>) as any)`: Map xs.filter(Boolean) by x to Element <b>{x}</b> | uses xs.filter() Boolean | js xs.filter(Boolean).map(x => (<b>{x}</b>))
    `x`: Other x
    `(xs as any[])!.map((x): any => x && <b/>)`: Map (xs as any[])! by (x): any to (x && Element <b/>) | uses xs.map() | js (xs).map((x) => x && <b/>)
    `xs.map((f = (a) => b) => <i/>)`: Map xs by (f = (a) => b) to Element <i/> | uses xs.map() b*
    ");
}

#[test]
fn uses_say_what_is_read() {
    assert_snapshot!(check("{a.b = 1}{x++}{({a, b: c.d} = e.f)}{delete x.y}{typeof z}"), @r"
    `a.b = 1`: Other a.b = 1 | uses a.b
    `x++`: Other x++ | uses x=
    `({a, b: c.d} = e.f)`: Other {a, b: c.d} = e.f | uses a= c.d e.f{a,b}
    `delete x.y`: Other delete x.y | uses x.y
    `typeof z`: Other typeof z | uses typeof:z
    ");
    assert_snapshot!(check("{new Foo.Bar(x)}{tag`a${b}`}{x?.()}{x?.a?.[b].c}{x['a']['b']()}{import('./x')}{import.meta.env.X}"), @r"
    `new Foo.Bar(x)`: Other new Foo.Bar(x) | uses Foo.Bar() x | value new Foo.Bar
    `tag`a${b}``: Other tag`a${b}` | uses tag() b
    `x?.()`: Other x?.() | uses x()
    `x?.a?.[b].c`: Other x?.a?.[b].c | uses x.a b
    `x['a']['b']()`: Other x['a']['b']() | uses x.a.b()
    `import('./x')`: Other import('./x')
    `import.meta.env.X`: Other import.meta.env.X
    meta .env.X
    ");
    assert_snapshot!(check("{{ a, b: c, [d]: e, f() { return g }, ...h }}{x as typeof y}{(x: T): x is U => x}"), @r"
    `{ a, b: c, [d]: e, f() { return g }, ...h }`: Other { a, b: c, [d]: e, f() { return g }, ...h } | uses a c d e g* h | value {a: ?<a because it uses `a`>, b: ?<c because it uses `c`>, : ?<[d] because its key is computed>, f: function, : ?<h because it uses `h`>}
    `x as typeof y`: Other x | uses x | js x
    `(x: T): x is U => x`: Function (x: T): x is U => x | value function | js (x) => x
    types T U y
    ");
}

#[test]
fn own_names_are_no_uses() {
    assert_snapshot!(check("{function g(h = i) { var i; return i + g + arguments }}{class K extends L { static m = n; o = p; [q]() { return K } }}"), @r"
    `function g(h = i) { var i; return i + g + arguments }`: Function function g(h = i) { var i; return i + g + arguments } | uses i* | value function
    `class K extends L { static m = n; o = p; [q]() { return K } }`: Other class K extends L { static m = n; o = p; [q]() { return K } } | uses L n p* q | value function
    ");
    assert_snapshot!(check("{(() => { let x = 1; { const y = x; z(y) } for (let i = 0, n = xs.length; i < n; i++) f(i); for (const k in o) g(k); try { a } catch (e) { b(e) } return w + y })()}"), @"`(() => { let x = 1; { const y = x; z(y) } for (let i = 0, n = xs.length; i < n; i++) f(i); for (const k in o) g(k); try { a } catch (e) { b(e) } return w + y })()`: Other (() => { let x = 1; { const y = x; z(y) } for (let i = 0, n = xs.length; i < n; i++) f(i); for (const k in o) g(k); try { a } catch (e) { b(e) } return w + y })() | uses z()* xs.length* f()* o* g()* a* b()* w* y*");
    assert_snapshot!(check("{(({ a, b: { c = d } = e, ...rest }, [f, , g] = h) => a + c + rest + f + g + b)}"), @"`(({ a, b: { c = d } = e, ...rest }, [f, , g] = h) => a + c + rest + f + g + b)`: Function ({ a, b: { c = d } = e, ...rest }, [f, , g] = h) => a + c + rest + f + g + b | uses d* e* h* b* | value function");
    assert_snapshot!(check("{(function fact(n) { return n ? fact(n - 1) : 1 })(5)}{(() => { if (v) { var w = 2 } return w })()}{(() => { switch (a) { case b: let c = 1; default: return c } })()}{(() => { lab: while (x) { break lab } })()}"), @r"
    `(function fact(n) { return n ? fact(n - 1) : 1 })(5)`: Other (function fact(n) { return n ? fact(n - 1) : 1 })(5)
    `(() => { if (v) { var w = 2 } return w })()`: Other (() => { if (v) { var w = 2 } return w })() | uses v*
    `(() => { switch (a) { case b: let c = 1; default: return c } })()`: Other (() => { switch (a) { case b: let c = 1; default: return c } })() | uses a* b*
    `(() => { lab: while (x) { break lab } })()`: Other (() => { lab: while (x) { break lab } })() | uses x*
    ");
    assert_snapshot!(check("{xs.map((x) => <li>{ys.map((y) => <b>{x + y + z}</b>)}{y}</li>)}"), @r"
    `xs.map((x) => <li>{ys.map((y) => <b>{x + y + z}</b>)}{y}</li>)`: Map xs by (x) to Element <li>{ys.map((y) => <b>{x + y + z}</b>)}{y}</li> | uses xs.map()
    `ys.map((y) => <b>{x + y + z}</b>)`: Map ys by (y) to Element <b>{x + y + z}</b> | uses ys.map()*
    `x + y + z`: Other x + y + z | uses z*
    `y`: Other y | uses y*
    ");
}

#[test]
fn awaits_are_those_of_the_hole() {
    assert_snapshot!(check("{await a}{async () => await b}{await (async () => c)()}{xs.map(async (x) => <b>{await x}</b>)}"), @r"
    `await a`: Other await a | uses a | awaits
    `async () => await b`: Function async () => await b | uses b* | value function
    `await (async () => c)()`: Other await (async () => c)() | uses c* | awaits
    `xs.map(async (x) => <b>{await x}</b>)`: Other xs.map(async (x) => <b>{await x}</b>) | uses xs.map()
    `await x`: Other await x | awaits
    ");
}

#[test]
fn types_are_erased_in_the_hole_they_stand_in() {
    assert_snapshot!(check("{(a as A).b(<b c={d!}>{e satisfies E}</b> as any)}"), @r"
    `(a as A).b(<b c={d!}>{e satisfies E}</b> as any)`: Other (a as A).b(<b c={d!}>{e satisfies E}</b> as any) | uses a.b() | js (a).b(<b c={d!}>{e satisfies E}</b>)
    `d!`: Other d | uses d | js d
    `e satisfies E`: Other e | uses e | js e
    types A E
    ");
}

#[test]
fn a_broken_hole_hurts_no_other() {
    assert_snapshot!(check("{a]+[b}{c}"), @r"
    `a]+[b`: invalid
    `c`: Other c | uses c
    1:3 []] `]` closes nothing (leave it out)
    ");
    assert_snapshot!(check("{ok && <p>{broken(}{fine}</p>}"), @r"
    `ok && <p>{broken(}{fine}</p>`: (ok && Element <p>{broken(}{fine}</p>) | uses ok
    `broken(`: invalid
    `fine`: Other fine | uses fine
    1:18 [(] `(` is never closed (add `)`)
    ");
    assert_snapshot!(check("{a, b}{c}{a b}{a; b}{if (x) y}{foo(}"), @r"
    `a, b`: invalid
    `c`: Other c | uses c
    `a b`: invalid
    `a; b`: invalid
    `if (x) y`: invalid
    `foo(`: invalid
    1:3 [,] expected `}` or an operator, found `,` (give each value its own braces, or put them in `[` and `]`)
    1:13 [b] expected `}` or an operator, found `b`
    1:17 [;] `;` ends a statement, and an expression is expected here (leave it out)
    1:22 [if] `if` begins a statement, and an expression is expected here (write `condition ? yes : no`, or `condition && yes`)
    1:35 [(] `(` is never closed (add `)`)
    ");
    assert_snapshot!(check("{(a}{a)}{[a}{`${a}"), @r"
    `(a`: invalid
    `a)`: invalid
    `[a`: invalid
    ``${a}`: invalid
    1:2 [(] `(` is never closed (add `)`)
    1:7 [)] `)` closes nothing (leave it out)
    1:10 [[] `[` is never closed (add `]`)
    1:14 [`] never closed: Template
    ");
}

#[test]
fn an_await_needs_an_async_function() {
    assert_snapshot!(check("{x => { await y }}{x => await y}{posts.map(p => <li>{await f(p)}</li>)}{function () { for await (const x of y) {} }}"), @r"
    `x => { await y }`: Function x => { await y } | uses y* | value function
    `x => await y`: Function x => await y | uses y* | value function
    `posts.map(p => <li>{await f(p)}</li>)`: Map posts by p to Element <li>{await f(p)}</li> | uses posts.map()
    `await f(p)`: Other await f(p) | uses f()* | awaits
    `function () { for await (const x of y) {} }`: invalid
    1:9 [await] `await` needs an `async` function (write `async` before the function around it)
    1:25 [await] `await` needs an `async` function (write `async` before the function around it)
    1:54 [await] `await` needs an `async` function (write `async` before the function around it)
    1:91 [await] `await` needs an `async` function (write `async` before the function around it)
    ");
}

#[test]
fn what_is_wrong_is_said_in_words() {
    assert_snapshot!(check(r#"{a +}{a.}{a..b}{"a}{a ? b}{a = }{x =>}{function}{new}{for}{const x = 1}{a;}{;}{return x}{throw x}"#), @r#"
    `a +`: invalid
    `a.`: invalid
    `a..b`: invalid
    `"a`: invalid
    `a ? b`: invalid
    `a =`: invalid
    `x =>`: invalid
    `function`: invalid
    `new`: invalid
    `for`: invalid
    `const x = 1`: invalid
    `a;`: invalid
    `;`: invalid
    `return x`: invalid
    `throw x`: invalid
    1:5 [}] expected an expression, found the closing `}`
    1:9 [}] expected a name, found the closing `}`
    1:13 [.] expected a name, found `.`
    1:17 ["] never closed: String
    1:26 [}] expected `:`, found the closing `}`
    1:32 [}] expected an expression, found the closing `}`
    1:38 [}] expected an expression, found the closing `}`
    1:48 [}] expected `(`, found the closing `}`
    1:53 [}] expected an expression, found the closing `}`
    1:55 [for] `for` begins a statement, and an expression is expected here (write `list.map((item) => ...)`)
    1:60 [const] `const` begins a statement, and an expression is expected here (declare it in the server block, between the `---` lines)
    1:74 [;] `;` ends a statement, and an expression is expected here (leave it out)
    1:77 [;] `;` ends a statement, and an expression is expected here (leave it out)
    1:80 [return] `return` begins a statement, and an expression is expected here (leave out `return`)
    1:90 [throw] `throw` begins a statement, and an expression is expected here (throw in the server block, between the `---` lines)
    "#);
    assert_snapshot!(check("{a as}{({a b})}{[1 2]}{f(1 2)}{({a: })}{({a: 1 b: 2})}{(a: string)}{a ? b c}{x => {a b}}{x => { const }}{x => { if a }}{`a${b c}`}{a[b c]}{class A { b c }}{({ a() b })}"), @r"
    `a as`: invalid
    `({a b})`: invalid
    `[1 2]`: invalid
    `f(1 2)`: invalid
    `({a: })`: invalid
    `({a: 1 b: 2})`: invalid
    `(a: string)`: invalid
    `a ? b c`: invalid
    `x => {a b}`: invalid
    `x => { const }`: invalid
    `x => { if a }`: invalid
    ``a${b c}``: invalid
    `a[b c]`: invalid
    `class A { b c }`: invalid
    `({ a() b })`: invalid
    1:6 [}] expected a type, found the closing `}`
    1:12 [b] expected `,`, `:` or `}`, found `b`
    1:20 [2] expected `]`, `,` or an operator, found `2`
    1:28 [2] expected `)`, `,` or an operator, found `2`
    1:37 [}] expected an expression, found `}`
    1:48 [b] expected `,` or `}`, found `b`
    1:56 [(] expected `=>` after the parameters
    1:75 [c] expected `:`, found `c`
    1:86 [b] expected `;`, a new line or an operator, found `b`
    1:103 [}] expected a name, found `}`
    1:116 [a] expected `(`, found `a`
    1:127 [c] expected `}`, found `c`
    1:136 [c] expected `]`, `,` or an operator, found `c`
    1:152 [c] expected `;`, a new line or `(`, found `c`
    1:164 [b] expected `{`, found `b`
    ");
    assert_snapshot!(check("{a ?? b || c}{-a ** b}{1 = 2}{f(a, b}{@dec class A {}}{1a}{let}{import x from 'y'}{interface A {}}{...a}"), @r"
    `a ?? b || c`: invalid
    `-a ** b`: invalid
    `1 = 2`: invalid
    `f(a, b`: invalid
    `@dec class A {}`: Other @dec class A {} | uses dec | value function
    `1a`: invalid
    `let`: invalid
    `import x from 'y'`: invalid
    `interface A {}`: invalid
    `a`: Other a | uses a
    1:2 [a] `??` cannot be mixed with `&&` or `||` without parentheses (put one of the two in parentheses)
    1:21 [b] the left side of `**` has a sign (put the left side or the whole in parentheses)
    1:24 [1] this cannot be assigned to (to compare, write `===`)
    1:32 [(] `(` is never closed (add `)`)
    1:39 [@dec] decorators cannot be compiled: no JavaScript engine runs them yet (call the function on the class or the value instead)
    1:57 [a] identifier cannot follow number
    1:60 [let] `let` cannot be used as an identifier in strict mode
    1:65 [import] `import` begins a statement, and an expression is expected here (put it in the server block, between the `---` lines)
    1:84 [interface] `interface` begins a statement, and an expression is expected here (put it in the server block, between the `---` lines)
    ");
}
