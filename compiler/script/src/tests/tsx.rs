//! Elements in modules.

use super::{cut, print};
use crate::{Dialect, parse_module};
use insta::assert_snapshot;

fn check(text: &str) -> String {
    print::trimmed(&print::module(text, &parse_module(text, Dialect::Tsx, &cut::module(text), true)))
}

#[test]
fn elements_are_expressions() {
    assert_snapshot!(check(r"export function Card({ a }: Props) {
  return <p class={a}>{b as string} don't</p>
}
const c = <T,>(x: T) => <>{x}{y}</>"), @r"
    Function exported declares Card
    Variable const `c = <T,>(x: T) => <>{x}{y}</>` declares c
    `a`: Other a
    `b as string`: Other b | uses b* | js b
    `x`: Other x
    `y`: Other y | uses y*
    types Props
    ");
}

#[test]
fn holes_that_are_wrong_hurt_nothing_else() {
    assert_snapshot!(check(r"const a = <p>it's {b, c} {d}</p>
const e = f as string"), @r"
    Variable const `a = <p>it's {b, c} {d}</p>` declares a
    Variable const `e = f as string` declares e uses f
    `b, c`: invalid
    `d`: Other d | uses d
    1:21 [,] expected `}` or an operator, found `,` (give each value its own braces, or put them in `[` and `]`)
    ");
    assert_snapshot!(check(r"const a = <p>{b c}</p>
const x = () => <div a={x}>{y.map(z => <i>{z}{q(}</i>)}</div>
const s = ;
const t = 1"), @r"
    Variable const `a = <p>{b c}</p>` declares a
    Variable const `x = () => <div a={x}>{y.map(z => <i>{z}{q(}</i>)}</div>` declares x
    Variable const `t = 1` declares t
    `b c`: invalid
    `x`: Other x | uses x*
    `y.map(z => <i>{z}{q(}</i>)`: Map y by z to Element <i>{z}{q(}</i> | uses y.map()*
    `z`: Other z
    `q(`: invalid
    1:17 [c] expected `}` or an operator, found `c`
    2:48 [(] `(` is never closed (add `)`)
    3:11 [;] expected an expression, found `;`
    ");
}
