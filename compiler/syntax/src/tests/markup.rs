//! Elements, attributes, text, comments: language.md T1, T3, T11.

use super::check;
use crate::tree::{ElementKind, NodeKind};
use crate::{parse_template, tests::span_of};

#[test]
fn any_number_of_roots() {
    check("", "");
    check("a", r#""a""#);
    check("<p>a</p>\n<b/> c", r#"p["a"] "\n" b/ " c""#);
}

#[test]
fn void_elements_need_neither_slash_nor_closing_tag() {
    check("<p>a<br>b<br/>c<br /><img src=\"x\"></p>", r#"p["a" br "b" br/ "c" br/ img(src="x")]"#);
}

#[test]
fn implied_end_tags_are_not_implied() {
    check(
        "<ul><li>a<li>b</li></ul>",
        r#"
        ul[li!["a" li["b"]]]
        UnclosedElement "li", mended <ul><li>a<li>b</li>‸</ul>
    "#,
    );
}

#[test]
fn fragments() {
    check("<><b/>a</>", r#"<>[b/ "a"]"#);
    check(
        "<>a",
        r#"
        <>!["a"]
        UnclosedElement "<>", mended <>a‸
    "#,
    );
}

#[test]
fn attributes_in_every_form() {
    check(
        "<p a b=\"1\" c='2' d={e} {f} {...g} h=`i ${j}` k = \"l\">m</p>",
        r#"
        p(a b="1" c="2" d={e} {f} {...g} h=`i ${j}` k="l")["m"]
    "#,
    );
}

#[test]
fn attribute_names_may_hold_signs() {
    check(
        "<p @click=\"a\" :b=\"c\" x:y.z-w $a _b .c data-1>d</p>",
        r#"p(@click="a" :b="c" x:y.z-w $a _b .c data-1)["d"]"#,
    );
}

#[test]
fn attribute_values_may_hold_anything_but_their_quote() {
    check("<p a=\"{b} > < it's\n&amp; =\" c='\"'>d</p>", r#"p(a="{b} > < it's\n&amp; =" c="\"")["d"]"#);
    check("<p a=\"b\"c=\"d\">e</p>", r#"p(a="b" c="d")["e"]"#);
    check("<p a=\"1 > 0\" title=\"x = y\">b</p>", r#"p(a="1 > 0" title="x = y")["b"]"#);
}

#[test]
fn an_element_may_be_a_value() {
    check("<A icon=<b c={d}>e</b> f/>", "A/(icon={<b c={d}>e</b> | b(c={d})[\"e\"]} f)");
    check("<A icon=<></>>b</A>", "A(icon={<></> | <>})[\"b\"]");
}

#[test]
fn a_spread_holds_its_expression_without_the_dots() {
    check("<p { ...a.b } {/* c */ ...d}/>", "p/({...a.b } {...d})");
}

#[test]
fn a_hole_in_a_tag_is_a_name_or_a_spread() {
    check(
        "<p {a.b}/>",
        r#"
        p/({a.b})
        UnexpectedInTag "{a.b}"
    "#,
    );
}

#[test]
fn comments_may_stand_in_tags() {
    check("<p /* > */ a // b >\n c>d</p>", r#"p(a c)["d"]"#);
}

#[test]
fn type_arguments_of_a_component_are_skipped() {
    check("<Foo<string, Map<'a>' , () => { b: c }>> d/>", "Foo/(d)");
}

#[test]
fn kinds_follow_from_names() {
    let kinds = [
        ("div", ElementKind::Html),
        ("svg:rect", ElementKind::Html),
        ("my-el", ElementKind::Custom),
        ("Card", ElementKind::Component),
        ("a.b.C", ElementKind::Component),
        ("Élan", ElementKind::Component),
        ("slot", ElementKind::Slot),
        ("velox:slot", ElementKind::Slot),
        ("", ElementKind::Fragment),
    ];
    for (name, kind) in kinds {
        let text = format!("<{name}></{name}>");
        let tree = parse_template(&text);
        assert_eq!(tree.problems, [], "{text}");
        let NodeKind::Element(element) = &tree.node(tree.roots[0]).kind else { panic!("no element: {text}") };
        assert_eq!((element.kind, element.name.text(&text)), (kind, name));
        assert_eq!(element.open.text(&text), format!("<{name}>"));
        assert_eq!(element.close.unwrap().text(&text), format!("</{name}>"));
    }
}

#[test]
fn raw_text_goes_up_to_its_closing_tag() {
    check("<script>if (a < b) { c(\"</p>\") }</SCRIPT >d", r#"script[raw"if (a < b) { c(\"</p>\") }"] "d""#);
    check("<style>a > b { c: '</'; }</style>", r#"style[raw"a > b { c: '</'; }"]"#);
    check("<script></script><style/>", "script style/");
    check("<script\n  src='a.js'\n  async\n></script>", r#"script(src="a.js" async)"#);
    check("<script>'</scripts>'</script>", r#"script[raw"'</scripts>'"]"#);
}

#[test]
fn textarea_and_title_hold_holes() {
    check("<textarea>a {b}</textarea><title>{c} d</title>", r#"textarea["a " {b}] title[{c} " d"]"#);
}

#[test]
fn a_json_script_may_be_one_expression() {
    check(
        "<script type=\"application/ld+json\">{{ a: '</script>' }}</script>",
        "script(type=\"application/ld+json\")[{{ a: '</script>' }}]",
    );
    check(
        "<script type='importmap'>\n  {f(`}`)}\n</script>",
        r#"script(type="importmap")["\n  " {f(`}`)} "\n"]"#,
    );
    check("<script type=\"speculationrules\">{a}</script>", r#"script(type="speculationrules")[{a}]"#);
}

#[test]
fn json_and_what_begins_with_no_brace_is_raw_in_a_json_script() {
    for body in ["{\"a\": {\"b\": [1]}}", "{}", "[{a}]", "a {b}"] {
        check(
            &format!("<script type=\"application/json\">{body}</script>c"),
            &format!("script(type=\"application/json\")[raw{body:?}] \"c\""),
        );
    }
    check("<script type=\"module\">{a}</script>", r#"script(type="module")[raw"{a}"]"#);
    check("<script type={a}>{b}</script>", r#"script(type={a})[raw"{b}"]"#);
}

#[test]
fn a_broken_expression_in_a_json_script_is_no_raw_text() {
    // What follows the expression is code as well: its parser says what is wrong.
    for body in ["{a} {b}", "{f(a: b })}", "{{ a: 1 } }}"] {
        check(
            &format!("<script type=\"application/json\">{body}</script>c"),
            &format!("script(type=\"application/json\")[{body}] \"c\""),
        );
    }
    check(
        "<script type=\"application/json\">{a} b; </script>c",
        r#"
        script(type="application/json")[{a} " b; "] "c"
        TextAfterExpression "b;"
    "#,
    );
    check(
        "<script type=\"application/json\"> {a </script>c",
        r#"
        script(type="application/json")[raw" {a "] "c"
        UnclosedBrace "{", mended <script type="application/json"> {a‸ </script>c
    "#,
    );
    check(
        "<script type=\"application/json\">{`a}</script>b",
        r#"
        script(type="application/json")[{`a}] "b"
        UnterminatedTemplate "`"
    "#,
    );
}

#[test]
fn doctype_and_comments() {
    check("<!DOCTYPE html>\n<!-- a > {b} <c> -- --><p/>", r#"doctype "\n" <!-- a > {b} <c> -- --> p/"#);
    check("<!doctype HTML PUBLIC \"a\">", "doctype");
    check("<!---->", "<!---->");
}

#[test]
fn holes_with_nothing_in_them() {
    check("{}{ /* a } */ }{// b }\n}", "{ (empty)} { /* a } */  (empty)} {// b }\\n (empty)}");
    check("{<!-- a -->}", "{<!-- a --> (empty) | <!-- a -->}");
}

#[test]
fn angle_brackets_that_begin_no_tag_are_text() {
    check("a > b >= c < d <3 <= <", r#""a > b >= c < d <3 <= <""#);
    check("<p>1 < 2 > 0</p>", r#"p["1 < 2 > 0"]"#);
}

#[test]
fn entities_stay_as_written() {
    check("<p>&lt;&#125;&amp</p>", r#"p["&lt;&#125;&amp"]"#);
}

#[test]
fn closing_tags_may_hold_blanks() {
    check(
        "<p>a</p ></ p><b>c</b\n>",
        r#"
        p["a"] "</ p>" b["c"]
        StrayClosingTag "</ p>", in nothing
    "#,
    );
}

#[test]
fn html_attributes_are_compared_without_case() {
    check(
        "<p class=\"a\" Class=\"b\"/>",
        r#"
        p/(class="a" Class="b")
        DuplicateAttribute "Class", first at 3
    "#,
    );
    check(
        "<Card a=\"1\" A=\"2\" {a}/>",
        r#"
        Card/(a="1" A="2" {a})
        DuplicateAttribute "a", first at 6
    "#,
    );
    check(
        "<p a {...b} a/>",
        r#"
        p/(a {...b} a)
        DuplicateAttribute "a", first at 3
    "#,
    );
}

#[test]
fn duplicates_are_found_among_many_attributes() {
    let names: String = (0..40).map(|index| format!(" a{index}")).collect();
    let text = format!("<p{names} A7/>");
    let tree = parse_template(&text);
    assert_eq!(tree.problems.len(), 1);
    assert_eq!(tree.problems[0].span, span_of(&text, "A7"));
}

#[test]
fn mistakes_in_attributes() {
    check(
        "<p class=a id=/b/c?d=e data-f=g/>",
        r#"
        p/(class="a" id="/b/c?d=e" data-f="g")
        UnquotedValue "a"
        UnquotedValue "/b/c?d=e"
        UnquotedValue "g"
    "#,
    );
    check(
        "<p class= id=\"a\">b</p>",
        r#"
        p(class id="a")["b"]
        MissingValue "class="
    "#,
    );
    check(
        "<p class=>b</p><p id=/>",
        r#"
        p(class)["b"] p/(id)
        MissingValue "class="
        MissingValue "id="
    "#,
    );
    check(
        "<p a={} b={/* c */}/>",
        r#"
        p/(a={ (empty)} b={/* c */ (empty)})
        EmptyExpression "{}"
        EmptyExpression "{/* c */}"
    "#,
    );
    check(
        "<p a, b; \"c d\" =e / f>g</p>",
        r#"
        p(a b f)["g"]
        UnexpectedInTag ","
        UnexpectedInTag ";"
        UnexpectedInTag "\"c d\""
        UnexpectedInTag "=e"
        UnexpectedInTag "/"
    "#,
    );
}

#[test]
fn characters_outside_ascii_anywhere() {
    check(
        "<p título=\"😀\">😀{`😀`}{'é'} é</p><Élan ñ/>",
        r#"p(título="😀")["😀" {`😀`} {'é'} " é"] Élan/(ñ)"#,
    );
    check(
        "{a😀 && <b>😀</b>}«<é»",
        r#"
        {a😀 && <b>😀</b> | b["😀"]} "«" é»!
        UnclosedTag "<é»", mended {a😀 && <b>😀</b>}«<é»‸
    "#,
    );
}
