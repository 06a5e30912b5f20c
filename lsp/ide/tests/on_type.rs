//! What is typed by itself.

mod support;

use support::World;
use support::everywhere::{each_document, offsets, stride};
use velox_diagnostics::Span;
use velox_ide::Change;
use velox_ide::on_type::{Indentation, closing_tag, typed};

const TWO: Indentation = Indentation { size: 2, spaces: true };

/// What is inserted at the cursor behind `>` or `/`.
fn closes(fixture: &str) -> Option<String> {
    let world = World::new(fixture);
    closing_tag(world.document(), world.offset())
}

#[test]
fn an_opening_tag_gets_its_closing_one() {
    let cases = [
        ("<div>$0", "$0</div>"),
        ("<main><p>$0</main>", "$0</p>"),
        ("<Card title=\"a\">$0", "$0</Card>"),
        ("<ui.Card>$0\n<p />", "$0</ui.Card>"),
        ("<>$0", "$0</>"),
        ("<div><div>$0</div>", "$0</div>"),
        ("<ul>{xs.map((x) => <li>$0)}</ul>", "$0</li>"),
        ("//- /c.tsx\nexport default () => <p>$0;\n", "$0</p>"),
    ];
    for (fixture, expected) in cases {
        assert_eq!(closes(fixture).as_deref(), Some(expected), "{fixture}");
    }
}

#[test]
fn nothing_else_is_closed() {
    for fixture in [
        "<div>$0</div>",
        "<br>$0",
        "<Card />$0",
        "<p>a ->$0</p>",
        "<p>{a >$0 b}</p>",
        "<p>{() =>$0 1}</p>",
        "---\nconst a = (b) =>$0 b;\n---\n<p />",
        "//- /c.ts\nconst a = <T>$0(x: T) => x;\n",
        "<!-- <p>$0 -->",
        "<p title=\"<b>$0\">x</p>",
        "<p>x</p>$0",
    ] {
        assert_eq!(closes(fixture), None, "{fixture}");
    }
}

#[test]
fn a_closing_tag_is_completed() {
    for (fixture, expected) in [
        ("<div>a</$0", "div>"),
        ("<main><p>a</$0</main>", "p>"),
        ("<>a</$0", ">"),
        ("<p>a</p></$0", ""),
        ("<p>{a </$0 b}</p>", ""),
    ] {
        assert_eq!(closes(fixture).unwrap_or_default(), expected, "{fixture}");
    }
}

#[test]
fn a_value_gets_its_quotes_or_braces() {
    let card = "//- /components/Card.tsx\nexport default (props: { title: string; size: number; onPick: () => void }) => <b>{props.title}</b>;\n";
    for (tag, expected) in [
        ("<p class=$0>x</p>", Some("\"$1\"")),
        ("<p class=$0 id=\"b\">x</p>", Some("\"$1\"")),
        ("<p class=$0", Some("\"$1\"")),
        ("<img src=$0/>", Some("\"$1\"")),
        ("<button onClick=$0>x</button>", Some("{$1}")),
        ("<div innerHTML=$0></div>", Some("{$1}")),
        ("<Card title=$0 />", Some("\"$1\"")),
        ("<Card size=$0 />", Some("{$1}")),
        ("<Card onPick=$0 />", Some("{$1}")),
        ("<Card client:media=$0 />", Some("\"$1\"")),
        ("<p class=$0\"a\">x</p>", None),
        ("<p class=$0{a}>x</p>", None),
        ("<p class=$0a>x</p>", None),
        ("<p>a =$0 b</p>", None),
        ("<p>{a =$0 b}</p>", None),
        ("<p title=\"a=$0\">x</p>", None),
        ("<!-- <p class=$0> -->", None),
    ] {
        let fixture =
            format!("//- /routes/index.velox\n---\nimport Card from '$components/Card';\n---\n{tag}\n{card}");
        assert_eq!(closes(&fixture).as_deref(), expected, "{tag}");
    }
    assert_eq!(closes("//- /c.tsx\nexport default () => <p class=$0>x</p>;\n").as_deref(), Some("\"$1\""));
    assert_eq!(closes("//- /c.ts\nconst a =$0 1;\n"), None);
    assert_eq!(closes("---\nconst a =$0\n---\n<p />"), None);
}

#[test]
fn clients_without_the_request_get_the_same_as_edits() {
    for (fixture, character, expected) in [
        ("<div>$0", '>', "<div></div>"),
        ("<main>\r\n<p>$0\r\n</main>", '>', "<main>\r\n<p></p>\r\n</main>"),
        ("<b>$0👋", '>', "<b></b>👋"),
        ("<div>a</$0", '/', "<div>a</div>"),
        ("<p class=$0>x</p>", '=', "<p class=\"\">x</p>"),
        ("<br>$0", '>', "nothing"),
        ("<p>a =$0 b</p>", '=', "nothing"),
        ("<p>a/$0b</p>", '/', "nothing"),
    ] {
        assert_eq!(check(fixture, character), expected, "{fixture}");
    }
    // The cursor stays where it is: it is before what is replaced.
    let world = World::new("<div>$0\n");
    let edits = typed(world.document(), world.offset(), '>', TWO);
    assert_eq!(edits, [velox_ide::TextEdit::new(velox_diagnostics::Span::new(5, 6), "</div>\n")]);
}

/// The text after a character was typed before the cursor.
#[track_caller]
fn check(fixture: &str, character: char) -> String {
    let world = World::new(fixture);
    let edits = typed(world.document(), world.offset(), character, TWO);
    let path = world.document().path().to_owned();
    if edits.is_empty() {
        "nothing".to_owned()
    } else {
        world.after(&Change::of(&path, edits)).document().text().to_owned()
    }
}

#[test]
fn a_line_break_indents_what_follows() {
    for (fixture, expected) in [
        ("<div>\n$0</div>", "<div>\n  \n</div>"),
        ("  <div>\n$0</div>", "  <div>\n    \n  </div>"),
        ("<div>\n$0\n</div>", "<div>\n  \n</div>"),
        ("<div>\n  $0\n</div>", "nothing"),
        ("<p>a</p>\n$0", "nothing"),
        ("<br>\n$0", "nothing"),
        ("<p>{\n$0}</p>", "<p>{\n  \n}</p>"),
        ("---\nfunction f() {\n$0}\n---\n<p />", "---\nfunction f() {\n  \n}\n---\n<p />"),
        ("<style>a {\n$0}</style>", "<style>a {\n  \n}</style>"),
        ("//- /c.ts\n/**\n$0\n */\nconst a = 1;\n", "/**\n * \n */\nconst a = 1;\n"),
        ("//- /c.ts\n/**\n * a\n$0\n */\nconst a = 1;\n", "/**\n * a\n * \n */\nconst a = 1;\n"),
        ("<pre>\n$0</pre>", "nothing"),
        ("//- /c.ts\nconst a = `{\n$0}`;\n", "nothing"),
    ] {
        assert_eq!(check(fixture, '\n'), expected, "{fixture}");
    }
}

#[test]
fn a_closing_brace_goes_below_its_line() {
    for (fixture, expected) in [
        ("//- /c.ts\nif (a) {\n  b();\n  }$0\n", "if (a) {\n  b();\n}\n"),
        ("<style>\n  a {\n    b: c;\n    }$0\n</style>", "<style>\n  a {\n    b: c;\n  }\n</style>"),
        ("//- /c.ts\nif (a) {\n}$0\n", "nothing"),
        ("//- /c.ts\nif (a) { b() }$0\n", "nothing"),
    ] {
        assert_eq!(check(fixture, '}'), expected, "{fixture}");
    }
}

#[test]
fn an_opening_fence_gets_its_closing_one() {
    assert_eq!(check("---$0", '-'), "---\n\n---");
    assert_eq!(check("---$0\n<p>a</p>\n", '-'), "---\n\n---\n<p>a</p>\n");
    assert_eq!(check("---$0\nconst a = 1;\n---\n<p />", '-'), "nothing");
    assert_eq!(check("<p>---$0</p>", '-'), "nothing");
}

/// A file by itself, with a text of its own.
fn alone(path: &str, text: String) -> World {
    World::with_files([(path.to_owned(), text)].into(), path.to_owned(), Span::at(0))
}

#[test]
fn what_a_character_brings_along_in_any_file_breaks_nothing_and_comes_once() {
    let mut brought = 0;
    let mut at = 0;
    each_document(|document| {
        let all = offsets(document.text());
        let step = stride(all.len() / 4);
        // Another begin in each file, so that all kinds of places are met.
        at += 1;
        // Where a closing tag is missing already, nobody can tell whose the next one is.
        let is_whole = document.module_facts().problems.is_empty()
            && !(document.is_velox()
                && velox_db::check_syntax(document.db, document.file)
                    .iter()
                    .any(|found| found.severity == velox_diagnostics::Severity::Error));
        for offset in all.into_iter().skip(at % step).step_by(step) {
            for character in ['\n', '}', '-', '>', '/', '='] {
                let mut text = document.text().to_owned();
                text.insert(offset as usize, character);
                let world = alone(document.path(), text);
                let edits = typed(world.document(), offset + 1, character, TWO);
                let [edit] = edits.as_slice() else { continue };
                brought += 1;
                let before = world.document().text();
                let after = velox_ide::change::applied(before, &edits).expect("an edit that fits");
                let place = format!("{} at {offset}: {character:?}\n{after}", document.path());
                assert!(!velox_ide::gate::breaks(document.path(), before, &after), "{place}");
                if !is_whole {
                    continue;
                }
                // Where the cursor is now.
                let first_line = edit.text.split(['\r', '\n']).next().unwrap_or_default();
                let cursor = match character {
                    '\n' => edit.span.start + first_line.len() as u32,
                    '}' => offset + 1 + edit.text.len() as u32 - edit.span.len(),
                    '/' => offset + 1 + edit.text.len() as u32,
                    _ => offset + 1,
                };
                let again = typed(alone(document.path(), after).document(), cursor, character, TWO);
                assert!(again.is_empty(), "twice in {place}\n{again:?}");
            }
        }
    });
    assert!(brought > 100, "{brought}");
}
