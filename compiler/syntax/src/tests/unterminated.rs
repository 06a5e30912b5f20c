//! Strings, template literals, comments and raw text that never end: they must not swallow what follows.

use super::check;

#[test]
fn an_unterminated_string_ends_at_the_brace() {
    check(
        "<p>{'a}</p><p>{'b'}</p>",
        r#"
        p[{'a}] p[{'b'}]
        UnterminatedString "'a}</p><p>{'b'}</p>"
    "#,
    );
    check(
        "<p>{f(\"a)}</p>\n<p/>",
        r#"
        p[{f("a)}] "\n" p/
        UnterminatedString "\"a)}</p>"
    "#,
    );
    check(
        "<p a={'b>c</p>",
        r#"
        p(a={'b})["c"]
        UnclosedBrace "{", mended <p a={'b‸>c</p>
        UnterminatedString "'b>c</p>"
    "#,
    );
}

#[test]
fn an_unterminated_template_literal_ends_at_the_brace() {
    check(
        "<p>{`a}</p><p>{`b`}</p>",
        r#"
        p[{`a}] p[{`b`}]
        UnterminatedTemplate "`"
    "#,
    );
    check(
        "<p>{`a}</p>{'it`s'}",
        r#"
        p[{`a}] {'it`s'}
        UnterminatedTemplate "`"
    "#,
    );
    check(
        "<p>{`a ${b} c}</p><p>{` d`}</p>",
        r#"
        p[{`a ${b} c}] p[{` d`}]
        UnterminatedTemplate "`"
    "#,
    );
    check(
        "<p a=`b ${c}>d</p><p e=`f`/>",
        r#"
        p(a=`b ${c})["d"] p/(e=`f`)
        UnterminatedTemplate "`"
    "#,
    );
}

#[test]
fn an_unterminated_comment_ends_with_its_line() {
    check(
        "<!-- a\n<p/>",
        r#"
        <!-- a--> "\n" p/
        UnterminatedComment "<!--"
    "#,
    );
    check(
        "<!-- a -><p/>\n<!-- b -->",
        r#"
        <!-- a ->--> p/ "\n" <!-- b -->
        UnterminatedComment "<!--"
    "#,
    );
    check(
        "<p>{/* a }</p><p>{/* b */}</p>",
        r#"
        p[{/* a  (empty)}] p[{/* b */ (empty)}]
        UnterminatedComment "/*"
    "#,
    );
    check(
        "<p>{/* a }</p>",
        r#"
        p[{/* a  (empty)}]
        UnterminatedComment "/*"
    "#,
    );
}

#[test]
fn unclosed_raw_text_ends_before_the_next_tag_on_a_line() {
    check(
        "<div>\n  <style>\n  a {}\n</div>\n",
        r#"
        div["\n  " style![raw"\n  a {}\n"]] "\n"
        UnclosedElement "style", mended   a {}‸
    "#,
    );
    check(
        "<script>a()\n<script>b()</script>",
        r#"
        script![raw"a()\n"] script[raw"b()"]
        UnclosedElement "script", mended <script>a()‸
    "#,
    );
    check("<script>a = `\n<script>`</script>", r#"script[raw"a = `\n<script>`"]"#);
    check(
        "<style>a",
        r#"
        style![raw"a"]
        UnclosedElement "style", mended <style>a‸
    "#,
    );
}
