//! One mistake, one problem, and the tree keeps what is around it.

use super::check;

#[test]
fn an_unclosed_element_ends_at_the_closing_tag_around_it() {
    check(
        "<div><p>x</div><b/>",
        r#"
        div[p!["x"]] b/
        UnclosedElement "p", mended <div><p>x‸</div><b/>
    "#,
    );
    check(
        "<p>a\n",
        r#"
        p!["a\n"]
        UnclosedElement "p", mended <p>a‸
    "#,
    );
    check(
        "<a><b><c></a>",
        r#"
        a[b![c!]]
        UnclosedElement "b", mended <a><b><c>‸</a>
        UnclosedElement "c", mended <a><b><c>‸</a>
    "#,
    );
}

#[test]
fn among_elements_of_one_name_indentation_tells_which_is_unclosed() {
    check(
        "<div>\n  <div>\n    a\n</div>\n",
        r#"
        div!["\n  " div["\n    a\n"] "\n"]
        UnclosedElement "div", mended     a‸
    "#,
    );
    check(
        "<ul>\n  <li>a\n  <li>b</li>\n</ul>",
        r#"
        ul["\n  " li!["a\n  " li["b"] "\n"]]
        UnclosedElement "li", mended   <li>b</li>‸
    "#,
    );
}

#[test]
fn a_stray_closing_tag_stays_as_text() {
    check(
        "a</p>b",
        r#"
        "a" "</p>" "b"
        StrayClosingTag "</p>", in nothing
    "#,
    );
    check(
        "<p>a</p></p>",
        r#"
        p["a"] "</p>"
        StrayClosingTag "</p>", in nothing
    "#,
    );
    check(
        "<p>a</b></p>",
        r#"
        p["a" "</b>"]
        StrayClosingTag "</b>", in "p"
    "#,
    );
    check(
        "<P>a</p></P>",
        r#"
        P["a" "</p>"]
        StrayClosingTag "</p>", in "P"
    "#,
    );
}

#[test]
fn a_closing_tag_too_many_does_not_close_what_goes_on() {
    check(
        "<section><div><p>x</section></p></div></section>",
        r#"
        section[div[p["x" "</section>"]]]
        StrayClosingTag "</section>", in "p"
    "#,
    );
    check(
        "<div>\n  <p/>\n  </div>\n</div>",
        r#"
        div["\n  " p/ "\n  "] "\n" "</div>"
        StrayClosingTag "</div>", in nothing
    "#,
    );
}

#[test]
fn void_elements_have_no_closing_tag() {
    check(
        "<p></br>a</p>",
        r#"
        p["</br>" "a"]
        VoidClosingTag "</br>"
    "#,
    );
    check(
        "<input></input>",
        r#"
        input "</input>"
        VoidClosingTag "</input>"
    "#,
    );
}

#[test]
fn a_closing_tag_without_its_end_still_closes() {
    check(
        "<p>a</p <b/>",
        r#"
        p["a"] " " b/
        UnclosedTag "</p", mended <p>a</p‸ <b/>
    "#,
    );
    check(
        "<p>a</p",
        r#"
        p["a"]
        UnclosedTag "</p", mended <p>a</p‸
    "#,
    );
    check(
        "<p>a</p class>b",
        r#"
        p["a"] "b"
        UnexpectedInTag "class"
    "#,
    );
}

#[test]
fn an_unclosed_brace_ends_at_the_closing_tag() {
    check(
        "<p>{a</p>",
        r#"
        p[{a}!]
        UnclosedBrace "{", mended <p>{a‸</p>
    "#,
    );
    check(
        "<ul>{xs.map(x => <li>{x}</li>)\n</ul>",
        r#"
        ul[{xs.map(x => <li>{x}</li>) | li[{x}]}! "\n"]
        UnclosedBrace "{", mended <ul>{xs.map(x => <li>{x}</li>)‸
    "#,
    );
    check(
        "<p>{a // b\n</p>",
        r#"
        p[{a}! " // b\n"]
        UnclosedBrace "{", mended <p>{a‸ // b
    "#,
    );
    check(
        "<p>{a <b>c</b></p>",
        r#"
        p[{a}! " " b["c"]]
        UnclosedBrace "{", mended <p>{a‸ <b>c</b></p>
    "#,
    );
    check(
        "{a && <b>{c</b>}",
        r#"
        {a && <b>{c</b> | b[{c}!]}
        UnclosedBrace "{", mended {a && <b>{c‸</b>}
    "#,
    );
    check(
        "a {b",
        r#"
        "a " {b}!
        UnclosedBrace "{", mended a {b‸
    "#,
    );
}

#[test]
fn the_brace_to_blame_is_the_one_inside() {
    check(
        "<p>{xs.map(x => { return <li/>; )}</p>",
        r#"
        p[{xs.map(x => { return <li/>; ) | li/}]
        UnclosedBrace "{", mended <p>{xs.map(x => { return <li/>;‸ )}</p>
    "#,
    );
    check(
        "<p>{`a ${b c`}</p>",
        r#"
        p[{`a ${b c`}]
        UnclosedBrace "{", mended <p>{`a ${b c‸`}</p>
    "#,
    );
}

#[test]
fn an_unclosed_brace_in_a_tag_ends_before_the_end_of_the_tag() {
    check(
        "<a href={x>k</a>",
        r#"
        a(href={x})["k"]
        UnclosedBrace "{", mended <a href={x‸>k</a>
    "#,
    );
    check(
        "<a href={x<b>k</b>",
        r#"
        a!(href={x})[b["k"]]
        UnclosedBrace "{", mended <a href={x‸<b>k</b>
    "#,
    );
    check(
        "<b a={() => f(c) d={e}>g</b>",
        r#"
        b(a={() => f(c)} d={e})["g"]
        UnclosedBrace "{", mended <b a={() => f(c)‸ d={e}>g</b>
    "#,
    );
    check(
        "<A b={c />\n<p/>",
        r#"
        A/(b={c}) "\n" p/
        UnclosedBrace "{", mended <A b={c‸ />
    "#,
    );
    check(
        "<A {b c=\"d\"/>",
        r#"
        A/({b} c="d")
        UnclosedBrace "{", mended <A {b‸ c="d"/>
    "#,
    );
}

#[test]
fn a_brace_in_an_element_in_code_ends_the_element() {
    check(
        "<p>{a && <b>x}</p>",
        r#"
        p[{a && <b>x | b!["x"]}]
        UnclosedElement "b", mended <p>{a && <b>x‸}</p>
    "#,
    );
    check(
        "<ul>{xs.map(x => (<li>{x}))}</ul>",
        r#"
        ul[{xs.map(x => (<li>{x})) | li![{x}]}]
        UnclosedElement "li", mended <ul>{xs.map(x => (<li>{x}‸))}</ul>
    "#,
    );
    check(
        "{a && <b>c } d</b>}",
        r#"
        {a && <b>c } d</b> | b["c } d"]}
        StrayBrace "}"
    "#,
    );
    check(
        "{a && <b c=\"d\"}",
        r#"
        {a && <b c="d" | b!(c="d")}
        UnclosedTag "<b", mended {a && <b c="d"‸}
    "#,
    );
}

#[test]
fn a_closing_tag_in_code_that_closes_nothing() {
    check(
        "<ul>{xs.map(x => <li>{x}</li></li>)}</ul>",
        r#"
        ul[{xs.map(x => <li>{x}</li></li>) | li[{x}]}]
        StrayClosingTag "</li>", in "ul"
    "#,
    );
}

#[test]
fn an_element_in_code_that_never_ends_ends_with_what_is_around_the_code() {
    check(
        "<div>{a && <p>b</div>",
        r#"
        div[{a && <p>b | p!["b"]}!]
        UnclosedBrace "{", mended <div>{a && <p>b‸</div>
        UnclosedElement "p", mended <div>{a && <p>b‸</div>
    "#,
    );
}

#[test]
fn a_stray_brace_is_text() {
    check(
        "a } b",
        r#"
        "a } b"
        StrayBrace "}"
    "#,
    );
}

#[test]
fn a_tag_without_its_end_gives_the_text_back() {
    check(
        "<p class=\"a\" Some words, and more.</p>",
        r#"
        p(class="a")[" Some words, and more."]
        UnclosedTag "<p", mended <p class="a"‸ Some words, and more.</p>
    "#,
    );
    check(
        "<p\n  <b>c</b></p>",
        r#"
        p["\n  " b["c"]]
        UnclosedTag "<p", mended <p‸
    "#,
    );
    check(
        "<input disabled\n<p/>",
        r#"
        input(disabled) "\n" p/
        UnclosedTag "<input", mended <input disabled‸
    "#,
    );
    check(
        "<A b={c} /\n<p/>",
        r#"
        A/(b={c}) "\n" p/
        UnclosedTag "<A", mended <A b={c} /‸
    "#,
    );
    check(
        "<p a",
        r#"
        p!(a)
        UnclosedTag "<p", mended <p a‸
    "#,
    );
    check(
        "<!DOCTYPE html\n<p/>",
        r#"
        doctype "\n" p/
        UnclosedTag "<!DOCTYPE", mended <!DOCTYPE html‸
    "#,
    );
}

#[test]
fn an_unclosed_quote_ends_where_the_tag_or_the_line_does() {
    check(
        "<a href=\"x>k</a><b class=\"y\">l</b>",
        r#"
        a(href="x")["k"] b(class="y")["l"]
        UnclosedQuote "\"", mended <a href="x‸>k</a><b class="y">l</b>
    "#,
    );
    check(
        "<a href=\"x class=\"y\">k</a>",
        r#"
        a(href="x" class="y")["k"]
        UnclosedQuote "\"", mended <a href="x‸ class="y">k</a>
    "#,
    );
    check(
        "<a href='x/>k",
        r#"
        a/(href="x") "k"
        UnclosedQuote "'", mended <a href='x‸/>k
    "#,
    );
    check(
        "<a href=\"x",
        r#"
        a!(href="x")
        UnclosedQuote "\"", mended <a href="x‸
    "#,
    );
}

#[test]
fn a_value_without_its_first_quote_ends_at_the_other() {
    check(
        "<p class=a b\" id=\"c\">d</p>",
        r#"
        p(class="a b\"" id="c")["d"]
        UnquotedValue "a b\""
    "#,
    );
}
