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

const PROJECT: &str = "\
//- /components/Counter.tsx
interface Props {
  /** Where it begins. */
  start: number;
}
export default function Counter({ start }: Props) { return <b>{start}</b>; }
//- /components/Card.velox
<article><slot /><slot name=\"foot\" /></article>
//- /layouts/default.velox
<html><head><title>x</title></head><body><slot /><slot name=\"side\" /></body></html>
//- /routes/blog/[slug].velox
<p>{params.slug}</p>
//- /routes/index.velox
---
import Card from '$components/Card.velox';
import Counter from '$components/Counter';
import { Suspense } from 'velox';
---
";

#[test]
fn components_tell_what_they_take_and_when_they_are_alive() {
    let page = |text: &str| format!("{PROJECT}{text}");
    tells(&page("<Cou$0nter start={1} client:visible />"), "Counter", "`components/Counter.tsx`");
    tells(&page("<Cou$0nter start={1} client:visible />"), "Counter", "- `start: number`: Where it begins.");
    tells(&page("<Cou$0nter start={1} client:visible />"), "Counter", "**when it comes into view**");
    tells(&page("<Counter st$0art={1} />"), "start", "Where it begins.");
    tells(&page("<Counter start={1} client:vis$0ible />"), "client:visible", "island");
    tells(&page("<Ca$0rd>a</Card>"), "Card", "Slots: `default`, `foot`");
    tells(&page("<Card>a</Ca$0rd>"), "Card", "components/Card.velox");
    tells(&page("<Sus$0pense fallback=\"a\">a</Suspense>"), "Suspense", "streams in later");
}

#[test]
fn values_tell_where_they_lead() {
    let page = |text: &str| format!("{PROJECT}{text}");
    tells(&page("<a href=\"/blog/$0tea\">a</a>"), "/blog/tea", "**`/blog/:slug`** · ssr");
    tells(
        &page("<velox:slot name=\"si$0de\">a</velox:slot>"),
        "side",
        "The slot `side` of `layouts/default.velox`",
    );
    tells(
        &page("<Card><velox:slot name=\"fo$0ot\">a</velox:slot></Card>"),
        "foot",
        "`components/Card.velox`",
    );
    tells("<!-- velox-ignore VX04$001: x -->\n<p>a</p>", "VX0401", "**VX0401**");
}
