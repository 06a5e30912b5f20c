//! Words shown in the text: the route with its mode and cause.

mod support;

use support::World;
use support::everywhere::{broken_documents, each_document};
use velox_diagnostics::Span;
use velox_ide::inlay::hints;

/// The text with each hint in it.
fn check(fixture: &str) -> String {
    let world = World::new(fixture);
    let text = world.document().text();
    let mut out = text.to_owned();
    for hint in hints(world.document(), Span::new(0, text.len() as u32)).into_iter().rev() {
        let (before, after) =
            (if hint.padding_left { " " } else { "" }, if hint.padding_right { " " } else { "" });
        out.insert_str(hint.offset as usize, &format!("{before}«{}»{after}", hint.label));
    }
    out
}

#[test]
fn a_route_says_its_mode_and_why() {
    let cases = [
        (
            "//- /routes/index.velox\n---\nconst a = 1;\n---\n<p />",
            "--- «/ · ssg (needs no request)»\nconst a = 1;\n---\n<p />",
        ),
        ("//- /routes/blog/[slug].velox\n<p />", "«/blog/:slug · ssr (has params but no `paths`)» <p />"),
        (
            "//- /routes/a.velox\r\n---\r\nrequest.url;\r\n---\r\n<p />",
            "--- «/a · ssr (uses `request`)»\r\nrequest.url;\r\n---\r\n<p />",
        ),
        (
            "//- /routes/api/x+server.ts\nexport const GET = () => 1;\n",
            "«/api/x · endpoint» export const GET = () => 1;\n",
        ),
    ];
    for (fixture, expected) in cases {
        assert_eq!(check(fixture), expected, "{fixture}");
    }
}

#[test]
fn what_is_no_route_says_nothing() {
    for fixture in [
        "//- /components/A.velox\n<p />",
        "//- /lib/a.ts\nexport const a = 1;\n",
        "//- /layouts/default.velox\n<slot />",
    ] {
        assert!(!check(fixture).contains('«'), "{fixture}");
    }
}

#[test]
fn a_range_that_does_not_hold_the_fence_has_no_hint() {
    let world = World::new("---\nconst a = 1;\n---\n<p />");
    assert!(hints(world.document(), Span::new(5, 20)).is_empty());
    assert_eq!(hints(world.document(), Span::new(0, 3)).len(), 1);
}

#[test]
fn hints_of_all_files_fit() {
    let visit = |document: velox_ide::Document<'_>| {
        for hint in hints(document, Span::new(0, u32::MAX)) {
            assert!(document.text().is_char_boundary(hint.offset as usize));
        }
    };
    each_document(visit);
    broken_documents(visit);
}
