//! Facts about holes.

use super::{cut, print};
use crate::parse_holes;
use insta::assert_snapshot;

fn check(text: &str) -> String {
    print::template(text, &parse_holes(text, &cut::template(text)))
}

#[test]
fn all_holes_are_parsed_at_once() {
    assert_snapshot!(check("<p class={a}>{b.c?.d['e'].f()}</p>{list.map((x: Item) => <li {...x.props}>{x.name as string}</li>)}{}{/* c */}"), @r"
    `a`: Other a | uses a
    `b.c?.d['e'].f()`: Other b.c?.d['e'].f() | uses b.c.d.e.f()
    `list.map((x: Item) => <li {...x.props}>{x.name as string}</li>)`: Map list by (x: Item) to Element <li {...x.props}>{x.name as string}</li> | uses list.map() | js list.map((x) => <li {...x.props}>{x.name as string}</li>)
    `x.props`: Other x.props
    `x.name as string`: Other x.name | js x.name
    ``: Nothing
    `/* c */`: Nothing /* c */
    ");
}
