//! Completion in markup: elements, attributes, values, closing tags.

mod support;

use support::World;
use velox_ide::completion::{Item, Items, complete, resolve};

/// What is offered at the cursor.
fn items(fixture: &str) -> Option<Items> {
    let world = World::new(fixture);
    complete(world.document(), world.offset(), None)
}

/// The labels in the order in which an editor shows them.
fn labels(fixture: &str) -> Vec<String> {
    let mut items = items(fixture).map(|items| items.items).unwrap_or_default();
    items.sort_by_key(|item| item.sort.clone().unwrap_or_else(|| item.label.clone()));
    items.into_iter().map(|item| item.label).collect()
}

/// The first labels.
fn first(count: usize, fixture: &str) -> String {
    labels(fixture).into_iter().take(count).collect::<Vec<_>>().join(", ")
}

fn find(fixture: &str, label: &str) -> Option<(Items, Item)> {
    let items = items(fixture)?;
    let item = items.items.iter().find(|item| item.label == label)?.clone();
    Some((items, item))
}

/// The line that the cursor is in, once the item with a label is taken; `$0` and the like stay as they are.
#[track_caller]
fn taken(fixture: &str, label: &str) -> String {
    let world = World::new(fixture);
    let text = world.document().text().to_owned();
    let Some((items, item)) = find(fixture, label) else {
        panic!("`{label}` is not offered, but {:?}", labels(fixture));
    };
    let span = item.span.unwrap_or(items.span);
    assert!(span.touches(world.offset()), "{span:?} does not hold the cursor");
    let start = text[..span.start as usize].rfind('\n').map_or(0, |at| at + 1);
    let end = text[span.end as usize..].find('\n').map_or(text.len(), |at| span.end as usize + at);
    format!("{}{}{}", &text[start..span.start as usize], item.text, &text[span.end as usize..end])
}

fn words(fixture: &str, label: &str) -> String {
    let world = World::new(fixture);
    let (_, item) = find(fixture, label).unwrap_or_else(|| panic!("`{label}` is not offered"));
    let id = item.id.unwrap_or_else(|| panic!("`{label}` has no id"));
    resolve(world.document(), &id).and_then(|details| details.documentation).unwrap_or_default()
}

#[test]
fn an_element_comes_with_what_belongs_to_it() {
    let cases = [
        ("<d$0", "div", "<div>$0</div>"),
        ("<p>a <i$0</p>", "img", "<p>a <img src=\"$1\" alt=\"$2\"></p>"),
        ("<div>\n  <$0\n</div>", "br", "  <br>"),
        ("<div>\n  <a$0\n  text and more\n</div>", "article", "  <article>$0</article>"),
        ("<d$0iv class=\"a\">b</div>", "main", "<main class=\"a\">b</div>"),
        ("<$0></div>", "section", "<section></div>"),
        ("<svg><c$0</svg>", "circle", "<svg><circle $0/></svg>"),
        (
            "<svg><foreignObject><d$0</foreignObject></svg>",
            "div",
            "<svg><foreignObject><div>$0</div></foreignObject></svg>",
        ),
        ("<video><s$0</video>", "source", "<video><source src=\"$1\"></video>"),
        ("<picture><s$0</picture>", "source", "<picture><source srcset=\"$1\"></picture>"),
        ("😀<$0", "p", "😀<p>$0</p>"),
        ("{ok && <$0}", "b", "{ok && <b>$0</b>}"),
        ("//- /c.tsx\nexport default () => <p><b$0</p>;\n", "br", "export default () => <p><br /></p>;"),
    ];
    for (fixture, label, expected) in cases {
        assert_eq!(taken(fixture, label), expected, "{fixture}");
    }
}

#[test]
fn usual_children_come_first() {
    let cases = [
        ("<ul><$0</ul>", "li"),
        ("<table><tr><$0</tr></table>", "td, th"),
        ("<select><$0</select>", "option, optgroup, hr"),
        ("<dl>\n<$0\n</dl>", "dt, dd"),
        ("<svg><$0</svg>", "circle, ellipse, g"),
    ];
    for (fixture, expected) in cases {
        assert_eq!(first(expected.split(", ").count(), fixture), expected, "{fixture}");
    }
}

#[test]
fn what_is_not_to_be_used_is_not_offered() {
    let labels = labels("<$0");
    for name in ["font", "center", "acronym", "slot", "circle"] {
        assert!(!labels.iter().any(|label| label == name), "{name}");
    }
    assert!(items("<p>a < $0</p>").is_none());
    assert!(items("<p>{1 <$0}</p>").is_none_or(|items| items.items.iter().all(|item| item.label != "div")));
}

#[test]
fn slots_are_offered_where_the_language_has_them() {
    let has = |fixture: &str, label: &str| labels(fixture).iter().any(|one| one == label);
    assert!(has("//- /layouts/default.velox\n<body><$0</body>", "slot"));
    assert!(has("//- /components/Card.velox\n<$0", "slot name"));
    assert!(!has("//- /routes/index.velox\n<$0", "slot"));
    assert!(has("//- /routes/index.velox\n<$0", "velox:slot"));
    assert!(!has("//- /components/Card.tsx\nexport default () => <p><$0</p>;", "velox:slot"));
}

#[test]
fn attributes_are_written_as_the_language_has_them() {
    let cases = [
        ("<img $0>", "src", "<img src=\"$1\">"),
        ("<input $0>", "required", "<input required>"),
        ("<p cl$0>", "class", "<p class=\"$1\">"),
        ("<p cl$0=\"a\">", "class", "<p class=\"a\">"),
        ("<p $0", "hidden", "<p hidden"),
        ("<label f$0>", "for", "<label for=\"$1\">"),
        ("<p a$0>", "aria-label", "<p aria-label=\"$1\">"),
        ("<p d$0>", "data-", "<p data-$1=\"$2\">"),
        ("<svg v$0></svg>", "viewBox", "<svg viewBox=\"$1\"></svg>"),
        ("<svg><path s$0/></svg>", "stroke-width", "<svg><path stroke-width=\"$1\"/></svg>"),
        ("<style $0></style>", "is:global", "<style is:global></style>"),
        ("<p i$0>", "innerHTML", "<p innerHTML={$1}>"),
        (
            "//- /c.tsx\nexport default () => <p o$0>a</p>;\n",
            "onKeyDown",
            "export default () => <p onKeyDown={$1}>a</p>;",
        ),
        (
            "---\nexport const config = { render: 'csr' };\n---\n<p o$0>a</p>",
            "onClick",
            "<p onClick={$1}>a</p>",
        ),
        ("<p $0", "/>", "<p />"),
        ("<p $0", "></p>", "<p >$0</p>"),
    ];
    for (fixture, label, expected) in cases {
        assert_eq!(taken(fixture, label), expected, "{fixture}");
    }
}

#[test]
fn attributes_are_left_out_that_are_there_or_do_nothing() {
    let has = |fixture: &str, label: &str| labels(fixture).iter().any(|one| one == label);
    assert!(!has("<a href=\"/\" $0>", "href"));
    assert!(!has("<p className=\"a\" $0>", "class"));
    assert!(has("<p class=\"a\" id$0>", "id"));
    assert!(!has("<button o$0>a</button>", "onClick"), "a handler never runs there");
    assert!(!has("<table $0></table>", "bgcolor"), "deprecated");
    assert!(!has("<p $0>", "href"));
    assert!(items("<p class=\"a\"$0>").is_none());
}

#[test]
fn values_are_offered_between_the_quotes() {
    let cases = [
        ("<input type=\"$0\">", "email", "<input type=\"email\">"),
        ("<input type=\"em$0ail\">", "date", "<input type=\"date\">"),
        ("<img loading=\"l$0\">", "lazy", "<img loading=\"lazy\">"),
        ("<a rel=\"noopener $0\">", "noreferrer", "<a rel=\"noopener noreferrer\">"),
        ("<a rel=\"no$0 me\">", "noopener", "<a rel=\"noopener me\">"),
        ("<p role=\"$0\">", "alert", "<p role=\"alert\">"),
        ("<p aria-live='$0'>", "polite", "<p aria-live='polite'>"),
        ("<svg><path stroke-linecap=\"$0\"/></svg>", "round", "<svg><path stroke-linecap=\"round\"/></svg>"),
        ("<meta name=\"$0\">", "viewport", "<meta name=\"viewport\">"),
    ];
    for (fixture, label, expected) in cases {
        assert_eq!(taken(fixture, label), expected, "{fixture}");
    }
    assert!(items("<p title=\"$0\">").is_none());
    assert!(!labels("<a rel=\"noopener $0\">").contains(&"noopener".to_owned()));
}

#[test]
fn closing_tags_are_those_that_are_missing_first() {
    let cases = [
        ("<div><p>a</$0", "/p, /div", "<div><p>a</p>"),
        ("<div><p>a</p></$0", "/div", "<div><p>a</p></div>"),
        ("<div><p>a</$0</div>", "/p, /div", "<div><p>a</p></div>"),
        ("<ul>{xs.map((x) => <li>{x}</$0)}</ul>", "/li", "<ul>{xs.map((x) => <li>{x}</li>)}</ul>"),
        ("<div><br>a</$0", "/div", "<div><br>a</div>"),
        ("<>a</$0", "/", "<>a</>"),
        ("<div>a</d$0>", "/div", "<div>a</div>"),
    ];
    for (fixture, expected, line) in cases {
        let labels = labels(fixture);
        assert!(labels.join(", ").starts_with(expected), "{fixture}: {labels:?}");
        assert_eq!(taken(fixture, &labels[0]), line, "{fixture}");
    }
}

#[test]
fn words_come_when_they_are_asked_for() {
    let image = words("<i$0", "img");
    assert!(image.starts_with("An img element represents an image."), "{image}");
    assert!(image.contains("Baseline: widely available across browsers since 2018."), "{image}");
    assert!(image.contains("[MDN Reference](https://developer.mozilla.org/"), "{image}");
    let alt = words("<img a$0>", "alt");
    assert!(alt.contains("alternative text") && alt.contains("img#alt"), "{alt}");
    assert!(words("<p a$0>", "aria-label").contains("ARIA/Reference/Attributes/aria-label"));
    assert!(words("<p role=\"$0\">", "alert").contains("ARIA/Reference/Roles/alert_role"));
    assert!(words("<img loading=\"$0\">", "lazy").starts_with("Defers loading"));
    assert!(words("<svg><c$0</svg>", "circle").contains("SVG/Reference/Element/circle"));
    assert!(words("<style $0></style>", "is:global").contains("whole page"));
}

#[test]
fn selectors_of_a_style_are_the_classes_and_ids_of_the_tags() {
    let page = |css: &str| format!("<p class=\"b a\" id=\"one\">x</p>\n<style>{css}</style>\n");
    for (css, expected) in [
        (".$0", "a, b"),
        (".$0 { }", "a, b"),
        ("#$0 {}", "one"),
        (".a { color: red } .$0", "b, a"),
        (".a { &.$0 }", "b, a"),
        (".a:hover .$0 { }", "b, a"),
        (".a { p:hover .$0 { } }", "b, a"),
        ("/* .c */ p, .x$0y", "a, b"),
        (".a { margin: .$0 }", ""),
        (".a { color: #$0 }", ""),
        (".a { color: red; background: #$0", ""),
        ("/* .$0 */", ""),
        (".a::after { content: '.$0' }", ""),
        ("@import '.$0", ""),
        ("p$0", ""),
    ] {
        assert_eq!(first(9, &page(css)), expected, "{css}");
    }
    assert_eq!(taken(&page(".$0 { }"), "a"), "<style>.a { }</style>");
}
