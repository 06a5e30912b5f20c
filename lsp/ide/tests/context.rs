//! What stands at a cursor: the walk that all features share.

mod support;

use support::World;
use velox_ide::{AttributePlace, Context, ElementAt, context_at};

/// The context at the cursor, in a few words.
fn check(fixture: &str) -> String {
    let world = World::new(fixture);
    let document = world.document();
    let text = document.text();
    let name = |at: ElementAt<'_>| format!("<{}>", at.name());
    let in_parent = |parent: Option<ElementAt<'_>>| parent.map_or("no element".to_owned(), name);
    match context_at(document, world.offset()) {
        Context::Fence => "fence".to_owned(),
        Context::Script => "script".to_owned(),
        Context::Hole { span, parent, attribute } => match attribute {
            Some(index) => {
                format!("hole `{}` of attribute {index} of {}", span.text(text), in_parent(parent))
            }
            None => format!("hole `{}` in {}", span.text(text), in_parent(parent)),
        },
        Context::Text { parent } => format!("text in {}", in_parent(parent)),
        Context::TagName(at) => format!("tag name of {}", name(at)),
        Context::ClosingTag(at) => format!("closing tag of {}", name(at)),
        Context::InTag(at) => format!("in the tag of {}", name(at)),
        Context::Attribute(at, index, AttributePlace::Name) => {
            format!("name of attribute {index} of {}", name(at))
        }
        Context::Attribute(at, index, AttributePlace::Text(span)) => {
            format!("value `{}` of attribute {index} of {}", span.text(text), name(at))
        }
        Context::RawText(at, span) => format!("raw text `{}` of {}", span.text(text), name(at)),
        Context::Comment(span) => format!("comment `{}`", span.text(text)),
        Context::Doctype => "doctype".to_owned(),
    }
}

#[test]
fn each_part_of_a_file_is_told() {
    let cases = [
        ("-$0--\nconst a = 1;\n---\n<p>x</p>", "fence"),
        ("---\nconst $0a = 1;\n---\n<p>x</p>", "script"),
        ("---\n$0\n---\n<p>x</p>", "script"),
        ("---\nconst a = 1;\n---\n$0", "text in no element"),
        ("$0", "text in no element"),
        ("<p>a$0</p>", "text in <p>"),
        ("<$0p>a</p>", "tag name of <p>"),
        ("<p$0>a</p>", "tag name of <p>"),
        ("<p >a</p$0>", "closing tag of <p>"),
        ("<p $0>a</p>", "in the tag of <p>"),
        ("<a hr$0ef=\"/x\">a</a>", "name of attribute 0 of <a>"),
        ("<a href=\"/$0x\">a</a>", "value `/x` of attribute 0 of <a>"),
        ("<a href=\"$0\">a</a>", "value `` of attribute 0 of <a>"),
        ("<a href={x$0}>a</a>", "hole `x` of attribute 0 of <a>"),
        ("<a {...x$0}>a</a>", "hole `x` of attribute 0 of <a>"),
        ("<p>{x$0}</p>", "hole `x` in <p>"),
        ("<p>{$0}</p>", "hole `` in <p>"),
        ("<ul>{xs.map((x) => <li>{x$0}</li>)}</ul>", "hole `x` in <li>"),
        ("<ul>{xs.map((x) => <l$0i>{x}</li>)}</ul>", "tag name of <li>"),
        ("<style>p { $0 }</style>", "raw text `p {  }` of <style>"),
        ("<!-- a$0 -->", "comment ` a `"),
        ("<p>😀{$0x}</p>", "hole `x` in <p>"),
        ("<div>\n$0\n</div>", "text in <div>"),
        ("<br>$0", "text in no element"),
        ("//- /c.tsx\nexport default () => <p>{a$0}</p>;\n", "hole `a` in <p>"),
        ("//- /c.ts\nexport const a$0 = 1;\n", "script"),
    ];
    for (fixture, expected) in cases {
        assert_eq!(check(fixture), expected, "{fixture}");
    }
}

#[test]
fn broken_text_is_told_too() {
    let cases = [
        ("<p$0", "tag name of <p>"),
        ("<p $0", "in the tag of <p>"),
        ("<p>a</p$0", "closing tag of <p>"),
        ("<>a</$0", "closing tag of <>"),
        ("<p cl$0", "name of attribute 0 of <p>"),
        ("<p class=\"a$0", "value `a` of attribute 0 of <p>"),
        ("<p>{a$0", "hole `a` in <p>"),
        ("<div><p>a$0", "text in <p>"),
    ];
    for (fixture, expected) in cases {
        assert_eq!(check(fixture), expected, "{fixture}");
    }
}
