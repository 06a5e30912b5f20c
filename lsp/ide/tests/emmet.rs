//! Emmet abbreviations, and where they are taken for such.

mod support;

use support::World;
use velox_ide::completion::complete;
use velox_ide::completion::emmet::{Options, expand};

fn html(abbreviation: &str) -> String {
    expand(abbreviation, None, Options::default()).unwrap_or_else(|| "nothing".to_owned())
}

#[test]
fn abbreviations_become_markup() {
    let table = [
        ("p", "<p>$0</p>"),
        ("ul>li", "<ul>\n\t<li>$0</li>\n</ul>"),
        ("h1+p", "<h1>$1</h1>\n<p>$0</p>"),
        ("ul>li*2", "<ul>\n\t<li>$1</li>\n\t<li>$0</li>\n</ul>"),
        (
            "ul>li.item$*2>a{Text $}",
            "<ul>\n\t<li class=\"item1\"><a href=\"$1\">Text 1</a></li>\n\t<li class=\"item2\"><a href=\"$0\">Text 2</a></li>\n</ul>",
        ),
        ("div>p^h2", "<div>\n\t<p>$1</p>\n</div>\n<h2>$0</h2>"),
        (
            "div>(header>h1)+main",
            "<div>\n\t<header>\n\t\t<h1>$1</h1>\n\t</header>\n\t<main>$0</main>\n</div>",
        ),
        ("(dt+dd)*2", "<dt>$1</dt>\n<dd>$2</dd>\n<dt>$3</dt>\n<dd>$0</dd>"),
        ("#main.a.b", "<div id=\"main\" class=\"a b\">$0</div>"),
        ("ul>.x", "<ul>\n\t<li class=\"x\">$0</li>\n</ul>"),
        ("table>.r>.c", "<table>\n\t<tr class=\"r\">\n\t\t<td class=\"c\">$0</td>\n\t</tr>\n</table>"),
        ("em>.x", "<em><span class=\"x\">$0</span></em>"),
        ("a[title=\"b c\" download]", "<a href=\"$1\" title=\"b c\" download=\"$2\">$0</a>"),
        ("a[href=/x]{y}", "<a href=\"/x\">y</a>"),
        ("img", "<img src=\"$1\" alt=\"$0\">"),
        ("input:email", "<input type=\"email\" name=\"$1\" id=\"$0\">"),
        ("btn:s", "<button type=\"submit\">$0</button>"),
        ("link:css", "<link rel=\"stylesheet\" href=\"$0\">"),
        ("p{a}+p{b}", "<p>a</p>\n<p>b</p>"),
        ("p{$$@3}*2", "<p>03</p>\n<p>04</p>"),
        ("p{$@-}*2", "<p>2</p>\n<p>1</p>"),
        ("Card/", "<Card />"),
        ("p>lorem3", "<p>Lorem ipsum dolor.</p>"),
        ("b+i", "<b>$1</b><i>$0</i>"),
        ("p{5}", "<p>5</p>"),
        ("p{a\\b}", "<p>a\\\\b</p>"),
    ];
    for (abbreviation, expected) in table {
        assert_eq!(html(abbreviation), expected, "{abbreviation}");
    }
    assert!(html("!").starts_with("<!DOCTYPE html>"));
    let tsx = Options { self_closing: true };
    assert_eq!(expand("br", None, tsx).as_deref(), Some("<br />"));
    assert_eq!(expand(".x", Some("ul"), tsx).as_deref(), Some("<li class=\"x\">$0</li>"));
}

#[test]
fn what_is_none_becomes_nothing() {
    for text in ["", "ul>", ">li", "a+", "(p", "p)", "p*", "p[", "p{a", "p..b", "p#", "a b", "p*x", "é", "-x"]
    {
        assert_eq!(html(text), "nothing", "{text}");
    }
}

#[test]
fn what_an_abbreviation_gives_is_bounded() {
    for text in ["p*100000", "ul>(li>(a*100)*100)*100", "p*4294967295", "p*99999999999"] {
        assert_eq!(html(text), "nothing", "{text}");
    }
    assert_eq!(html(&format!("{}p{}", "(".repeat(200), ")".repeat(200))), "nothing");
    assert_eq!(html(&vec!["p"; 200].join(">")), "nothing");
    assert_eq!(html(&"p+".repeat(4_000)), "nothing");
}

/// What is offered at the cursor: the abbreviation that is replaced.
fn offered(fixture: &str) -> Option<String> {
    let world = World::new(fixture);
    let items = complete(world.document(), world.offset(), None)?;
    let item = items.items.iter().find(|item| item.detail.as_deref() == Some("Emmet abbreviation"))?;
    assert!(items.incomplete && item.documentation.is_some());
    Some(items.span.text(world.document().text()).to_owned())
}

#[test]
fn abbreviations_are_offered_where_they_are_meant() {
    let table = [
        ("ul>li$0", "ul>li"),
        ("<div>\n  ul>li*3$0\n</div>", "ul>li*3"),
        ("<div>p$0</div>", "p"),
        ("<div>\n<p>a</p>\n.card$0\n</div>", ".card"),
        ("ul>li{Text $}$0", "ul>li{Text $}"),
        ("a[href=\"/x y\"]{b c}$0", "a[href=\"/x y\"]{b c}"),
        ("<a href={x}>b>i$0</a>", "b>i"),
        ("Some text ul>li$0", "ul>li"),
        ("---\nconst a = 1;\n---\nmain$0", "main"),
        ("😀 ul>li$0", "ul>li"),
        (
            "---\nimport Card from '$components/Card';\n---\ndiv>Card$0\n//- /components/Card.tsx\nexport default () => 1;",
            "div>Card",
        ),
        ("//- /c.tsx\nexport default () => <p>b>i$0</p>;", "b>i"),
    ];
    for (fixture, expected) in table {
        assert_eq!(offered(fixture).as_deref(), Some(expected), "{fixture}");
    }
}

#[test]
fn text_is_left_alone() {
    let table = [
        "<p>This is a$0</p>",
        "<p>hello$0</p>",
        "<p>10 a.m$0</p>",
        "<p>see e.g$0</p>",
        "<p>1.5$0</p>",
        "<p>big <b>x</b> a$0</p>",
        "<p>3 * 4$0</p>",
        "ul>$0",
        "Card$0",
        "<p>foo.bar$0</p>",
        "<title>a$0</title>",
        "<style>p>a$0</style>",
        "<p title=\"ul>li$0\"></p>",
    ];
    for fixture in table {
        assert_eq!(offered(fixture), None, "{fixture}");
    }
}

#[test]
fn an_empty_layout_is_offered_whole() {
    let world = World::new("//- /layouts/default.velox\n$0");
    let items = complete(world.document(), world.offset(), None).expect("items");
    let layout = items.items.iter().find(|item| item.label == "layout").expect("the layout");
    assert!(layout.text.contains("<slot />") && layout.text.starts_with("<!DOCTYPE html>"));
    assert!(offered("//- /layouts/default.velox\n!$0").is_some());
}
