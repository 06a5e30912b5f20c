//! The gate: what it lets through leaves every file as whole as it was.

mod support;

use support::World;
use support::everywhere::{each_document, offsets, stride};
use velox_diagnostics::Span;
use velox_ide::{Change, FileChange, TextEdit, gate};

/// What the gate says to one edit of the first file: its selection is replaced.
fn check(fixture: &str, text: &str) -> Result<(), String> {
    let world = World::new(fixture);
    let path = world.document().path().to_owned();
    let change = Change::of(&path, vec![TextEdit::new(world.selection, text)]);
    gate::admit(world.db(), world.project(), &change)
}

#[test]
fn what_keeps_a_file_whole_is_let_through() {
    for (fixture, text) in [
        ("---\nconst $0a$0 = 1;\n---\n<p>{a}</p>", "b"),
        ("---\nimport a from '$0./a$0';\n---\n<p>{a}</p>", "../lib/[b]/c"),
        ("<p>$0a$0</p>", "<b>c</b>"),
        // What was broken may stay so.
        ("<p>{$0a$0", "b"),
    ] {
        assert_eq!(check(fixture, text), Ok(()), "{fixture} {text}");
    }
}

#[test]
fn what_would_break_it_is_refused() {
    for (fixture, text) in [
        ("---\nconst $0a$0 = 1;\n---\n<p>{a}</p>", "class"),
        ("---\nconst $0a$0 = 1;\nconst b = 2;\n---\n<p>{a}{b}</p>", "b c"),
        ("---\nlet a$0b$0 = 1;\n---\n<p>{ab}</p>", " b"),
        ("<$0Card$0></Card>", "Box"),
        ("<Card></$0Card$0>", "Box"),
        ("---\nimport a from '$0./a$0';\n---\n<p>{a}</p>", "./it's"),
        ("---\nimport a from '$0./a$0';\n---\n<p>{a}</p>", "./a\nb"),
        ("<p>$0a$0</p>", "<b>c"),
    ] {
        let refused = check(fixture, text);
        assert!(
            refused.as_ref().is_err_and(|reason| reason.contains("syntax error")),
            "{fixture} {text} {refused:?}"
        );
    }
}

#[test]
fn edits_must_fit_and_files_must_be_there() {
    let world = World::new("//- /routes/index.velox\n<p>é</p>\n//- /lib/a.ts\nexport {};\n");
    let admit = |change: &Change| gate::admit(world.db(), world.project(), change);
    let edit =
        |from: u32, to: u32| Change::of("routes/index.velox", vec![TextEdit::new(Span::new(from, to), "x")]);
    assert_eq!(admit(&edit(3, 5)), Ok(()));
    for change in
        [edit(3, 4), edit(5, 3), edit(3, 99), Change::of("routes/gone.velox", vec![TextEdit::insert(0, "x")])]
    {
        assert!(admit(&change).is_err(), "{change:?}");
    }
    let file = |change: FileChange| admit(&Change { files: vec![change], ..Change::default() });
    let create = |path: &str, text: &str| file(FileChange::Create(path.to_owned(), text.to_owned()));
    assert_eq!(create("lib/b.ts", "export {};\n"), Ok(()));
    assert!(create("lib/a.ts", "").is_err());
    assert!(create("lib/b.ts", "const = ;").is_err());
    assert!(file(FileChange::Rename("lib/a.ts".to_owned(), "routes/index.velox".to_owned())).is_err());
}

#[test]
fn names_that_are_let_through_unread_parse_in_all_files() {
    let mut tried = 0;
    each_document(|document| {
        let text = document.text();
        let places = offsets(text);
        let is_part = |character: char| character.is_alphanumeric() || matches!(character, '_' | '$');
        let step = stride(places.len() / 2);
        for start in places.into_iter().step_by(step) {
            let rest = &text[start as usize..];
            let length = rest.find(|next| !is_part(next)).unwrap_or(rest.len());
            let span = Span::new(start, start + length as u32);
            for name in ["zzNew", "of", "Zz"] {
                let edits = vec![TextEdit::new(span, name)];
                let after = velox_ide::change::applied(text, &edits).unwrap();
                let change = Change::of(document.path(), edits);
                if gate::admit(document.db, document.project, &change).is_ok() {
                    tried += 1;
                    assert!(
                        !gate::breaks(document.path(), text, &after),
                        "{} {start} {name}",
                        document.path()
                    );
                }
            }
        }
    });
    assert!(tried > 500, "{tried}");
}
