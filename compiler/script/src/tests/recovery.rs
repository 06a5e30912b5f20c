//! What is kept of a broken module, and what is said about it.

use super::print;
use crate::{Dialect, parse_module};
use insta::assert_snapshot;

fn check(text: &str) -> String {
    print::trimmed(&print::module(text, &parse_module(text, Dialect::TypeScript, &[], true)))
}

#[test]
fn good_statements_are_kept() {
    assert_snapshot!(check(r"const a = 1
const b = foo(
  1,
  2
const c = 3
export const config = { render: 'ssg' }
if (a) {
  b(
}
const d = <T,>(x) => x
  .foo()
  + 2
function good() {
  return 1
}
"), @r"
    Variable const `a = 1` declares a
    Variable const `c = 3` declares c
    Variable exported const `config = { render: 'ssg' }` declares config
    Variable const `d = <T,>(x) => x
      .foo()
      + 2` declares d
    Function declares good
    2:14 [(] `(` is never closed (add `)`)
    8:4 [(] `(` is never closed (add `)`)
    ");
    assert_snapshot!(check(r"export const config = {
  render: 'ssr'
  revalidate: 5
}
const post = await getPost(
const other = 1"), @r"
    Variable const `other = 1` declares other
    3:3 [revalidate] expected `,` or `}`, found `revalidate`
    5:27 [(] `(` is never closed (add `)`)
    ");
    assert_snapshot!(check(r"import { a from 'x'
import { b } from 'y'
const c = b.
const d = c.d."), @r#"
    import "y" b as b
    1:12 [from] expected `,` or `}`, found `from`
    3:13 [] expected a name, found the end of the statement
    4:15 [] expected a name, found the end
    "#);
    assert_snapshot!(check(r"const a =
const b = 2
if (x {
  foo()
}
const c = 3"), @r"
    Variable const `b = 2` declares b
    Variable const `c = 3` declares c
    1:10 [] expected an expression, found the end of the statement
    3:7 [{] expected `)`, found `{`
    ");
}

#[test]
fn what_is_never_closed_is_shown() {
    assert_snapshot!(check(r"let s = 'unterminated
const z = 2"), @r"
    Variable let `s = 'unterminated` declares s
    Variable const `z = 2` declares z
    1:9 ['] never closed: String
    ");
    assert_snapshot!(check(r"const t = `unterminated
const z = 2"), @r"
    Variable const `z = 2` declares z
    1:11 [`] never closed: Template
    ");
    assert_snapshot!(check(r"const a = 1 /* unclosed
const b = 2"), @r"
    Variable const `a = 1` declares a
    1:13 [/*] never closed: Comment
    ");
    assert_snapshot!(check(r"const a = { b: [1, 2 }
const c = 1"), @r"
    Variable const `c = 1` declares c
    1:16 [[] `[` is never closed (add `]`)
    ");
    assert_snapshot!(check(r"}
const a = 1"), @r"
    Variable const `a = 1` declares a
    1:1 [}] `}` closes nothing (leave it out)
    ");
}

#[test]
fn nothing_is_kept_of_nonsense() {
    assert_snapshot!(check("@#$%"), @r"
    invalid
    1:2 [#] expected a name, found `#`
    ");
    assert_snapshot!(check("foo bar baz"), @r"
    invalid
    1:5 [bar] expected `;`, a new line or an operator, found `bar`
    ");
    assert_snapshot!(check(""), @"");
}

#[test]
fn regular_expressions_do_not_mislead() {
    assert_snapshot!(check(r#"const x = /regex[/]`'"/.test(y)
const y = a / b / c
const z = ;
const w = 1"#), @r#"
    Variable const `x = /regex[/]`'"/.test(y)` declares x uses y
    Variable const `y = a / b / c` declares y uses a b c
    Variable const `w = 1` declares w
    3:11 [;] expected an expression, found `;`
    "#);
}
