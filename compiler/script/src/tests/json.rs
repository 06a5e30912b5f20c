//! JSON with comments.

use super::print;
use crate::evaluate_json;
use insta::assert_snapshot;

fn check(text: &str) -> String {
    evaluate_json(text).map_or_else(|| "none".to_owned(), |value| print::value(text, &value))
}

#[test]
fn comments_and_commas_may_stand() {
    assert_snapshot!(check(r#"{
  // comment
  "compilerOptions": { "paths": { "$lib/*": ["./src/lib/*",], }, /* b */ "strict": true, "n": -1.5e3, "x": null },
}"#), @r#"{compilerOptions: {paths: {$lib/*: ["./src/lib/*"]}, strict: true, n: -1500, x: null}}"#);
    assert_snapshot!(check(""), @"none");
    assert_snapshot!(check(r#"{ "a": 1"#), @"none");
    assert_snapshot!(check(r#"{ "a": 1 }, 2"#), @"none");
    assert_snapshot!(check("[]"), @"[]");
}
