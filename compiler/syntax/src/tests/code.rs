//! TypeScript in holes, and the elements in it: language.md T2.

use super::check;

/// Checks that each piece of code, in a hole and as an attribute's value, is code without elements and without problems.
#[track_caller]
fn plain(codes: &[&str]) {
    for code in codes {
        let shown = code.escape_debug().to_string().replace("\\'", "'").replace("\\\"", "\"");
        check(&format!("<p a={{{code}}}>{{{code}}}</p>"), &format!("p(a={{{shown}}})[{{{shown}}}]"));
    }
}

#[test]
fn braces_in_code_are_counted() {
    plain(&["{ a: { b: 1 } }", "() => { return {} }", "a ? {} : { b }", "function () { if (a) { b } }"]);
}

#[test]
fn literals_may_hold_braces_and_tags() {
    plain(&[
        "'}'",
        "\"</p>\"",
        "'\\'}'",
        "`}</p>`",
        "`${`}${'}'}`}`",
        "f(\"</script>\")",
        "`a\n---\n{b}`",
        "'---'",
        "`\\`}`",
        "`$`",
        "`$${a}`",
    ]);
}

#[test]
fn comments_may_hold_anything() {
    plain(&["/* } ' ` < */ a", "a // } ' ` </p>\n", "a /* </p> */ + b"]);
}

#[test]
fn a_slash_divides_after_a_value_and_begins_a_regular_expression_elsewhere() {
    plain(&[
        "a / b / c",
        "a /2/ 1",
        "/}/.test(s)",
        "/[<}\\/]+/g",
        "f(/'/)",
        "a ? /}/ : /{/",
        "typeof /}/",
        "a in /}/",
        "(a) / b",
        "a[0] / 2 / '}'.length",
        "a++ / 2",
        "a! / 2",
        "!/}/.test(a)",
        "() => { if (a) /}/.test(b) }",
        "x.return / 2 / '}'.length",
        "[/[/\\]}]/]",
        "() => { return /}/ }",
        "() => { while (a) /'/.test(b) }",
    ]);
}

#[test]
fn a_less_than_after_a_value_compares_or_begins_type_arguments() {
    plain(&[
        "a < b",
        "a <b",
        "a<b && c>d",
        "fn<string>(x)",
        "x as Array<string>",
        "new Map<string, { a: B }>()",
        "a << b",
        "a <= b",
        "i<n",
        "x! < y",
        "(a)<b",
        "f<A>`b`",
        "a satisfies B<C>",
    ]);
}

#[test]
fn generic_arrow_functions_are_no_elements() {
    plain(&[
        "<T,>(x: T) => x",
        "<T extends X>(x: T) => x",
        "<T extends { a: B }>(x) => x",
        "<T = X,>(x) => x",
        "<const T,>(x: T) => x",
        "<const T extends X>(x: T) => x",
        "<T, U>(x: T, y: U) => x",
        "async <T,>(x: T) => x",
    ]);
    check("{<T extends>a</T>}", r#"{<T extends>a</T> | T(extends)["a"]}"#);
    check("{<T>(a)</T>}", r#"{<T>(a)</T> | T["(a)"]}"#);
}

#[test]
fn an_element_stands_wherever_an_expression_may() {
    check("{a && <b>c</b>}", r#"{a && <b>c</b> | b["c"]}"#);
    check("{a ? <b/> : <c/>}", "{a ? <b/> : <c/> | b/ c/}");
    check("{a < b && <b>x</b>}", r#"{a < b && <b>x</b> | b["x"]}"#);
    check("{xs.map(x => (<li>{x}</li>))}", "{xs.map(x => (<li>{x}</li>)) | li[{x}]}");
    check("{xs.map(function (x) { return <li/> })}", "{xs.map(function (x) { return <li/> }) | li/}");
    check("{[<a/>, <b/>]}", "{[<a/>, <b/>] | a/ b/}");
    check("{f(<a/>, { b: <c/> })}", "{f(<a/>, { b: <c/> }) | a/ c/}");
    check("{a ?? <>b</>}", r#"{a ?? <>b</> | <>["b"]}"#);
    check("{`${<b/>}`}", "{`${<b/>}` | b/}");
    check("{a > b ? <b/> : c}", "{a > b ? <b/> : c | b/}");
    check("{await <b/>}", "{await <b/> | b/}");
    check("<p a={<b/>} c={d && <e/>} {...<f/>}/>", "p/(a={<b/> | b/} c={d && <e/> | e/} {...<f/> | f/})");
    check("<p a=`${b ? <c/> : `${<d/>}`}`/>", "p/(a=`${b ? <c/> : `${<d/>}`}` | c/ d/)");
}

#[test]
fn void_elements_and_raw_text_in_code() {
    check("{a && <br>}{b ? <img src={c}> : d}", "{a && <br> | br} {b ? <img src={c}> : d | img(src={c})}");
    check("{a && <style>b { c }</style>}", r#"{a && <style>b { c }</style> | style[raw"b { c }"]}"#);
}

#[test]
fn elements_nest_in_code_to_any_depth() {
    check(
        "{a && <b>{c && <d>{e && <f>{g}</f>}</d>}</b>}",
        "{a && <b>{c && <d>{e && <f>{g}</f>}</d>}</b> | b[{c && <d>{e && <f>{g}</f>}</d> | d[{e && <f>{g}</f> | f[{g}]}]}]}",
    );
}

#[test]
fn text_of_elements_in_code_is_text() {
    check(
        "{a && <b>don't // c /* `d` \"e</b>}",
        r#"{a && <b>don't // c /* `d` "e</b> | b["don't // c /* `d` \"e"]}"#,
    );
    check("{a && <b>\n---\n</b>}", r#"{a && <b>\n---\n</b> | b["\n---\n"]}"#);
    check("{a && <b>(c) :) => d</b>}", r#"{a && <b>(c) :) => d</b> | b["(c) :) => d"]}"#);
    check("{f(<b>c) d</b>)}", r#"{f(<b>c) d</b>) | b["c) d"]}"#);
}

#[test]
fn html_comments_in_code_are_worth_nothing() {
    check("{a ? <!-- b } --> : <c/>}", "{a ? <!-- b } --> : <c/> | <!-- b } --> c/}");
    check("{<!-- a --> <b/>}", "{<!-- a --> <b/> | <!-- a --> b/}");
    check("{a && <b><!-- c --></b>}", "{a && <b><!-- c --></b> | b[<!-- c -->]}");
}

#[test]
fn several_roots_side_by_side_are_one_problem() {
    check(
        "{a && <b/><c/>}",
        r#"
        {a && <b/><c/> | b/ c/}
        SeveralRoots "<b/><c/>"
    "#,
    );
    check(
        "{a ? <b>c</b> /* d */\n <!-- e --> <f/> <g/> : (<h/>)}",
        r#"
        {a ? <b>c</b> /* d */\n <!-- e --> <f/> <g/> : (<h/>) | b["c"] <!-- e --> f/ g/ h/}
        SeveralRoots "<b>c</b> /* d */\n <!-- e --> <f/> <g/>"
    "#,
    );
    check(
        "<p a={<b/><c/>}/>",
        r#"
        p/(a={<b/><c/> | b/ c/})
        SeveralRoots "<b/><c/>"
    "#,
    );
    check("{[<a/>, <b/>]}{<c/> || <d/>}", "{[<a/>, <b/>] | a/ b/} {<c/> || <d/> | c/ d/}");
}
