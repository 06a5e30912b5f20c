//! Colours and other ways to write them.

mod support;

use support::everywhere::{assert_fits, broken_documents, each_document};
use support::{World, marked};
use velox_ide::colors::{colors, presentations};

fn check(fixture: &str) -> String {
    let world = World::new(fixture);
    let spans: Vec<_> = colors(world.document()).iter().map(|color| color.span).collect();
    marked(world.document().text(), &spans)
}

#[test]
fn colors_are_found_where_they_are_colors() {
    let cases = [
        "<style>a { color: «red»; --b: «#fff» } @media x { b { border: 1px solid «rgb(0 0 0 / 50%)» } }</style>",
        "<p style=\"color: «oklch(60% 0.1 20)»; margin: 1px\">red</p>",
        "<svg fill=\"«#123456»\" stroke=\"currentColor\"><path stroke=\"«teal»\" /></svg>",
        "<meta name=\"theme-color\" content=\"«navy»\">",
        "<input type=\"color\" value=\"«#aabbcc»\">",
        "<p title=\"red\" class=\"red\">{color}</p>",
        "<style>/* red */ .red { content: 'red'; animation: red 1s; color: var(--red) }</style>",
        "<p>😀</p>\r\n<style>a {\r\n  color: «red»;\r\n}</style>",
    ];
    for expected in cases {
        let fixture = expected.replace(['«', '»'], "");
        assert_eq!(check(&fixture), expected);
    }
}

#[test]
fn colors_in_tsx_are_found() {
    let text = "export default () => <path fill=\"red\" />;\n";
    assert_eq!(check(&format!("//- /c.tsx\n{text}")), text.replace("red", "«red»"));
}

#[test]
fn a_color_has_three_spellings() {
    assert_eq!(presentations([1.0, 0.0, 0.0, 1.0]), ["#ff0000", "rgb(255 0 0)", "hsl(0deg 100% 50%)"]);
    assert_eq!(
        presentations([0.0, 0.5, 1.0, 0.5]),
        ["#0080ff80", "rgb(0 128 255 / 50%)", "hsl(210deg 100% 50%  / 50%)".replace("  ", " ").as_str()]
    );
    assert_eq!(presentations([f32::NAN, 9.0, -1.0, 1.0])[0], "#00ff00");
}

#[test]
fn a_spelling_is_read_as_the_color_that_it_was_made_of() {
    for rgba in [[0.2, 0.4, 0.6, 1.0], [1.0, 1.0, 1.0, 0.0], [0.05, 0.9, 0.3, 0.25], [0.5, 0.5, 0.5, 1.0]] {
        for text in presentations(rgba) {
            let read = velox_style::color(&text).unwrap_or_else(|| panic!("{text} is no color"));
            for (one, other) in rgba.iter().zip(read) {
                assert!((one - other).abs() < 0.006, "{text}: {rgba:?} {read:?}");
            }
        }
    }
}

#[test]
fn colors_of_all_files_fit_and_are_in_order() {
    let visit = |document: velox_ide::Document<'_>| {
        let mut last = 0;
        for color in colors(document) {
            assert_fits(document.text(), color.span);
            assert!(last <= color.span.start);
            last = color.span.end;
        }
    };
    each_document(visit);
    broken_documents(visit);
}
