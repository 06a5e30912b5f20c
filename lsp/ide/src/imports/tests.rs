//! Imports as they are written into files, and the specifiers that they name.

use super::*;
use crate::change::{Change, applied};
use velox_db::{Database, MemoryFiles, load_project};
use velox_tests::Fixture;

/// Runs `ask` on the first file of a fixture.
fn with_document<T>(fixture: &str, ask: impl FnOnce(Document<'_>) -> T) -> T {
    let fixture = Fixture::parse(fixture);
    let path = fixture.files[0].path.clone();
    let files = fixture.files.into_iter().map(|file| (file.path, file.text)).collect();
    let db = Database::default();
    let project = load_project(&db, &MemoryFiles(files)).project;
    let file = project.files(&db).sources[&path];
    ask(Document::new(&db, project, file))
}

/// The text of the first file with `x` imported from `m`.
fn check(text: &str, kind: ImportAs) -> String {
    with_document(&format!("//- /routes/index.velox\n{text}"), |document| {
        let edits = import_edits(document, "x", kind, "m");
        let change = Change::of(document.path(), edits.clone());
        crate::gate::admit(document.db, document.project, &change).expect("an edit that breaks nothing");
        let after = applied(document.text(), &edits).expect("edits that fit");
        // Once is enough.
        let again = with_document(&format!("//- /routes/index.velox\n{after}"), |document| {
            import_edits(document, "x", kind, "m")
        });
        assert!(again.is_empty(), "asked again: {again:?}\n{after}");
        after
    })
}

fn named(block: &str) -> String {
    let text = check(&format!("---\n{block}---\n<p>{{x}}</p>\n"), ImportAs::Named);
    text.strip_prefix("---\n")
        .and_then(|text| text.strip_suffix("---\n<p>{x}</p>\n"))
        .expect("a block")
        .to_owned()
}

#[test]
fn a_name_joins_the_import_of_its_module() {
    let cases = [
        ("import { a } from 'm';\n", "import { a, x } from 'm';\n"),
        ("import { z } from 'm';\n", "import { x, z } from 'm';\n"),
        ("import { z, a } from 'm';\n", "import { z, a, x } from 'm';\n"),
        ("import {a} from 'm';\n", "import {a, x} from 'm';\n"),
        ("import d from 'm';\n", "import d, { x } from 'm';\n"),
        ("import d, {} from 'm';\n", "import d, { x } from 'm';\n"),
        ("import d, { a } from 'm';\n", "import d, { a, x } from 'm';\n"),
        ("import { a as b } from 'm';\n", "import { a as b, x } from 'm';\n"),
        ("import {\n  a,\n  z,\n} from 'm';\n", "import {\n  a,\n  x,\n  z,\n} from 'm';\n"),
        ("import {\n  z,\n} from 'm';\n", "import {\n  x,\n  z,\n} from 'm';\n"),
        ("import * as all from 'm';\n", "import * as all from 'm';\nimport { x } from 'm';\n"),
        ("import type { T } from 'm';\n", "import type { T } from 'm';\nimport { x } from 'm';\n"),
        ("import 'm';\n", "import 'm';\nimport { x } from 'm';\n"),
        ("import { x } from 'm';\n", "import { x } from 'm';\n"),
    ];
    for (before, after) in cases {
        assert_eq!(named(before), after, "{before}");
    }
}

#[test]
fn a_new_import_stands_behind_the_last_in_the_style_of_the_file() {
    let cases = [
        ("", "import { x } from 'm';\n"),
        ("const a = 1;\n", "import { x } from 'm';\nconst a = 1;\n"),
        ("const a = 1\n", "import { x } from 'm'\nconst a = 1\n"),
        ("const a = \"b\";\n", "import { x } from \"m\";\nconst a = \"b\";\n"),
        ("import a from \"a\"\n", "import a from \"a\"\nimport { x } from \"m\"\n"),
        ("import a from 'a'; // why\n", "import a from 'a'; // why\nimport { x } from 'm';\n"),
        (
            "import a from 'a';\nconst b = 1;\nimport c from 'c';\n",
            "import a from 'a';\nimport { x } from 'm';\nconst b = 1;\nimport c from 'c';\n",
        ),
        ("  import a from 'a';\n", "  import a from 'a';\n  import { x } from 'm';\n"),
    ];
    for (before, after) in cases {
        assert_eq!(named(before), after, "{before}");
    }
}

#[test]
fn defaults_and_namespaces_are_written_as_such() {
    let cases = [
        ("---\nimport { a } from 'm';\n---\n", ImportAs::Default, "---\nimport x, { a } from 'm';\n---\n"),
        (
            "---\nimport d from 'm';\n---\n",
            ImportAs::Default,
            "---\nimport d from 'm';\nimport x from 'm';\n---\n",
        ),
        ("---\n---\n", ImportAs::Namespace, "---\nimport * as x from 'm';\n---\n"),
    ];
    for (before, kind, after) in cases {
        assert_eq!(check(before, kind), after, "{before}");
    }
}

#[test]
fn a_file_without_a_block_gets_one() {
    let cases = [
        ("<p>{x}</p>\n", "---\nimport x from 'm';\n---\n<p>{x}</p>\n"),
        ("\u{feff}<p>{x}</p>\n", "\u{feff}---\nimport x from 'm';\n---\n<p>{x}</p>\n"),
        ("<p>😀</p>\r\n<p>{x}</p>\r\n", "---\r\nimport x from 'm';\r\n---\r\n<p>😀</p>\r\n<p>{x}</p>\r\n"),
        ("---\r\nconst a = 1;\r\n---\r\n", "---\r\nimport x from 'm';\r\nconst a = 1;\r\n---\r\n"),
        (
            "---\r\nimport a from 'a';\r\n---\r\n",
            "---\r\nimport a from 'a';\r\nimport x from 'm';\r\n---\r\n",
        ),
        ("---", "---\nimport x from 'm';\n"),
    ];
    for (before, after) in cases {
        assert_eq!(check(before, ImportAs::Default), after, "{before}");
    }
}

#[test]
fn a_module_keeps_what_has_to_stand_first() {
    let cases = [
        ("const a = 1;\n", "import { x } from 'm';\nconst a = 1;\n"),
        ("'use strict';\nconst a = 1;\n", "'use strict';\nimport { x } from 'm';\nconst a = 1;\n"),
        (
            "#!/usr/bin/env node\nconst a = 1;\n",
            "#!/usr/bin/env node\nimport { x } from 'm';\nconst a = 1;\n",
        ),
    ];
    for (before, after) in cases {
        let found = with_document(&format!("//- /lib/a.ts\n{before}"), |document| {
            applied(document.text(), &import_edits(document, "x", ImportAs::Named, "m"))
        });
        assert_eq!(found.as_deref(), Some(after), "{before}");
    }
}

/// The specifier by which the first file names `target`, with a project of files around it.
fn specifier(first: &str, target: &str) -> String {
    let rest = "//- /lib/db.ts\nexport const db = 1;\n//- /lib/auth/index.ts\nexport const a = 1;\n\
                //- /components/Card.velox\n<p>x</p>\n//- /components/Tile.tsx\nexport default () => 1;\n\
                //- /routes/blog/near.ts\nexport const n = 1;\n";
    with_document(&format!("{first}{rest}"), |document| specifier_for(document, target))
}

#[test]
fn a_specifier_follows_the_habits_of_the_file() {
    let page = "//- /routes/blog/[slug].velox\n";
    let cases = [
        ("<p>x</p>\n", "lib/db.ts", "$lib/db"),
        ("<p>x</p>\n", "lib/auth/index.ts", "$lib/auth"),
        ("<p>x</p>\n", "components/Card.velox", "$components/Card.velox"),
        ("<p>x</p>\n", "components/Tile.tsx", "$components/Tile"),
        ("<p>x</p>\n", "routes/blog/near.ts", "./near"),
        ("---\nimport { a } from '../../lib/auth';\n---\n", "lib/db.ts", "../../lib/db"),
        ("---\nimport { a } from '$lib/auth/index.ts';\n---\n", "lib/db.ts", "$lib/db.ts"),
        ("---\nimport { a } from '../../lib/auth/index.js';\n---\n", "lib/db.ts", "../../lib/db.js"),
        ("---\nimport Card from '$components/Card';\n---\n", "components/Card.velox", "$components/Card"),
    ];
    for (text, target, expected) in cases {
        assert_eq!(specifier(&format!("{page}{text}"), target), expected, "{text}");
    }
}

#[test]
fn a_file_without_imports_follows_the_project() {
    let cases = [
        ("//- /routes/a.velox\n---\nimport { a } from '../lib/auth';\n---\n", "../lib/db"),
        ("//- /routes/a.velox\n---\nimport { a } from '$lib/auth/index.ts';\n---\n", "$lib/db.ts"),
    ];
    for (other, expected) in cases {
        let first = format!("//- /routes/index.velox\n<p>x</p>\n{other}");
        assert_eq!(specifier(&first, "lib/db.ts"), expected, "{other}");
    }
}
