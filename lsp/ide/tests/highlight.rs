//! What is marked in the file when the cursor rests.

mod support;

use support::{World, marked};
use velox_ide::UseKind;
use velox_ide::highlight::highlights;

/// The text with the places marked, and what they do: `d` declares, `w` writes, `r` reads.
fn check(fixture: &str) -> String {
    let world = World::new(fixture);
    let found = highlights(world.document(), world.offset());
    let spans: Vec<_> = found.iter().map(|(span, _)| *span).collect();
    let kinds: String = found
        .iter()
        .map(|(_, kind)| match kind {
            UseKind::Declaration => 'd',
            UseKind::Write => 'w',
            UseKind::Read => 'r',
        })
        .collect();
    format!("{kinds} {}", marked(world.document().text(), &spans))
}

#[test]
fn names_are_marked_with_what_is_done_to_them() {
    let cases = [
        ("---\nlet a = 1;\na$0 = 2;\n---\n<p>{a}</p>", "dwr ---\nlet «a» = 1;\n«a» = 2;\n---\n<p>{«a»}</p>"),
        ("<p>{xs.map((x$0) => x + y)}</p>", "dr <p>{xs.map((«x») => «x» + y)}</p>"),
        ("<p>{par$0ams.a}{params.b}</p>", "rr <p>{«params».a}{«params».b}</p>"),
        (
            "---\nimport Card from './Card.velox';\n---\n<Ca$0rd>x</Card>",
            "drr ---\nimport «Card» from './Card.velox';\n---\n<«Card»>x</«Card»>",
        ),
    ];
    for (fixture, expected) in cases {
        assert_eq!(check(fixture), expected, "{fixture}");
    }
}

#[test]
fn tag_pairs_and_what_belongs_together_in_the_file() {
    let cases = [
        ("<di$0v><p>x</p></div>", "rr <«div»><p>x</p></«div»>"),
        ("<div><p>x</$0p></div>", "rr <div><«p»>x</«p»></div>"),
        ("<br$0>", "r <«br»>"),
        ("<p class=\"a$0 b\">x</p><style>.a {}</style>", "rd <p class=\"«a» b\">x</p><style>.«a» {}</style>"),
        ("<p>te$0xt</p>", " <p>text</p>"),
    ];
    for (fixture, expected) in cases {
        assert_eq!(check(fixture), expected, "{fixture}");
    }
}
