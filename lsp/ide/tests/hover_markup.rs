//! Words on what stands in markup.

mod support;

use support::World;
use velox_ide::hover::hover;

/// What is told at the cursor, and what it is about.
fn check(fixture: &str) -> Option<(String, String)> {
    let world = World::new(fixture);
    let hover = hover(world.document(), world.offset())?;
    Some((hover.span.text(world.document().text()).to_owned(), hover.markdown))
}

#[track_caller]
fn tells(fixture: &str, about: &str, part: &str) {
    let Some((span, words)) = check(fixture) else { panic!("nothing is told in {fixture}") };
    assert_eq!(span, about, "{fixture}");
    assert!(words.contains(part), "{fixture}\n{words}");
}

#[test]
fn elements_and_attributes_of_html_are_explained() {
    tells("<im$0g src=\"a\">", "img", "represents an image");
    tells("<p>a</$0p>", "p", "paragraph");
    tells("<a hr$0ef=\"/\">a</a>", "href", "Reference/Elements/a#href");
    tells("<p className$0=\"a\">a</p>", "className", "classes");
    tells("<p aria-lab$0el=\"a\">a</p>", "aria-label", "ARIA/Reference/Attributes/aria-label");
    tells("<p role$0=\"alert\">a</p>", "role", "ARIA/Reference/Roles");
    tells("<p role=\"al$0ert\">a</p>", "alert", "Roles/alert_role");
    tells("<img loading=\"la$0zy\">", "lazy", "Defers loading");
    tells("<table bgcolor$0=\"a\"></table>", "bgcolor", "**Deprecated**");
}

#[test]
fn svg_is_told_from_html() {
    tells("<svg><title$0>a</title></svg>", "title", "SVG");
    tells("<ti$0tle>a</title>", "title", "HTML/Reference");
    tells("<svg><path stroke-wid$0th=\"2\"/></svg>", "stroke-width", "SVG/Reference/Attribute/stroke-width");
}

#[test]
fn what_velox_adds_is_explained() {
    tells("<style is:gl$0obal></style>", "is:global", "whole page");
    tells("//- /components/Card.velox\n<sl$0ot />", "slot", "given to this layout or component");
    tells("<velox:sl$0ot name=\"a\">b</velox:slot>", "velox:slot", "Fills a named slot");
}

#[test]
fn nothing_is_told_of_what_is_not_known() {
    for fixture in
        ["<p>a$0</p>", "<x-y$0></x-y>", "<p fo$0o=\"a\"></p>", "<p title=\"al$0ert\">", "<!DOC$0TYPE html>"]
    {
        assert_eq!(check(fixture), None, "{fixture}");
    }
}
