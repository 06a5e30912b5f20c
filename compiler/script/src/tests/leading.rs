//! Imports that are read without the parser: the facts of the module must be what the parser gives.

use super::numbers::Numbers;
use crate::{Dialect, leading, module, parse_module};

const NAMES: &[&str] = &[
    "A",
    "b",
    "cd",
    "$e",
    "A",
    "b",
    "type",
    "from",
    "as",
    "default",
    "of",
    "eval",
    "let",
    "defer",
    "source",
    "é",
    "x1",
    "await",
    "import",
    "undefined",
    "get",
    "async",
    "static",
];

const STRINGS: &[&str] =
    &["'a'", "\"./b.velox\"", "'é'", "'a\\n'", "'it", "'./c.ts'", "''", "'d' with { type: 'json' }"];

const REST: &[&str] = &[
    "const x = await b(A);",
    "export const meta = { title: b };",
    "export { A, b as c };",
    "export default A;",
    "const A = 1;",
    "var b;",
    "(A)",
    "\n[b]",
    "// c\n",
    "/* c */",
    "type T = A;",
    "export type { A };",
    "return A;",
    "function cd() {}",
    "--> x",
    "#!x",
    "import A from 'late';",
    "import y = A.b;",
    "'use strict';",
    "x",
    "{",
    "import('z');",
    "import.meta.env;",
    "let v: A;",
    "export * from 'q';",
    "if (b) { var A; }",
    "class b {}",
    "A = 1;",
    "010;",
    "with (a) {}",
];

fn import(numbers: &mut Numbers, text: &mut String) {
    let name = |numbers: &mut Numbers| {
        let few = if numbers.below(6) == 0 { NAMES.len() } else { 4 };
        NAMES[numbers.below(few)]
    };
    text.push_str(numbers.pick(&["import ", "import ", "import ", "import", "import type ", "import\n"]));
    match numbers.below(6) {
        0 => {}
        1 => text.push_str(&format!("{} from ", name(numbers))),
        2 => text.push_str(&format!("* as {} from ", name(numbers))),
        shape => {
            if shape == 3 {
                text.push_str(&format!("{}, ", name(numbers)));
            }
            text.push('{');
            for _ in 0..numbers.below(4) {
                text.push_str(numbers.pick(&[" ", "", "\n  ", "type ", "'s' as ", ""]));
                text.push_str(name(numbers));
                if numbers.below(4) == 0 {
                    text.push_str(&format!(" as {}", name(numbers)));
                }
                text.push_str(numbers.pick(&[",", ",", ", ", ",", ""]));
            }
            text.push_str(numbers.pick(&["} from ", "}from", " } from\n"]));
        }
    }
    let few = if numbers.below(4) == 0 { STRINGS.len() } else { 2 };
    text.push_str(STRINGS[numbers.below(few)]);
    text.push_str(numbers.pick(&[";\n", ";", ";\n", " ;\n\n", "\n", "; // c\n"]));
}

#[test]
fn what_is_read_is_what_the_parser_says() {
    let mut numbers = Numbers(1);
    let (mut imports, mut read) = (0, 0);
    for round in 0..20_000 {
        let mut text = String::new();
        for _ in 0..numbers.below(4) {
            import(&mut numbers, &mut text);
            imports += 1;
        }
        for _ in 0..numbers.below(4) {
            text.push_str(numbers.pick(REST));
            text.push_str(numbers.pick(&["\n", "\n", "", " "]));
        }
        read += leading::imports(&text).0.len();
        for top_level_return in [true, false] {
            let ours = parse_module(&text, Dialect::TypeScript, &[], top_level_return);
            let theirs = module::parse_all(&text, &[], top_level_return);
            assert_eq!(ours, theirs, "round {round} of\n{text}");
        }
    }
    assert!(read > imports / 4, "{read} of {imports}");
}

#[test]
fn common_imports_are_read() {
    for text in [
        "import A from 'a';",
        "import { a, b as c } from \"a\";",
        "import * as a from 'a';",
        "import 'a';",
        "\nimport A, { default as b,\n  c,\n} from './a.ts' ;",
    ] {
        assert_eq!(leading::imports(text).1, text.len(), "{text}");
        assert_eq!(
            parse_module(text, Dialect::TypeScript, &[], true),
            module::parse_all(text, &[], true),
            "{text}"
        );
    }
}
