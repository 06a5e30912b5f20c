//! Comments are found where they are comments, and nowhere else.

use crate::{Bracket, Comment, code_brackets, code_comments, comments, parse_template, parse_tsx};
use velox_diagnostics::Span;

fn texts(text: &str, found: &[Comment]) -> Vec<String> {
    found.iter().map(|comment| format!("{:?} {}", comment.kind, comment.span.text(text))).collect()
}

fn of_template(text: &str) -> Vec<String> {
    texts(text, &comments(text, &parse_template(text)))
}

#[test]
fn comments_of_code() {
    let text = "// a\nconst x = '// no' + \"/* no */\" + `// no ${/* b */ 1} /* no */`; /* c\n */ y = /\\/\\/ no/; // d";
    let expected = ["Line // a", "Block /* b */", "Block /* c\n */", "Line // d"];
    assert_eq!(texts(text, &code_comments(text)), expected);
}

#[test]
fn comments_of_a_template() {
    let text = "<!-- a --><p title=\"<!-- no --> /* no */\" /* b */ // c\n x={/* d */ 1}>// no /* no */ {/* e */}{ /* f */ x }</p>\
                <style>a::before { content: '/* no */'; } /* g */</style><script>// h\n'// no';</script><textarea>/* no */</textarea>";
    let expected = [
        "Html <!-- a -->",
        "Block /* b */",
        "Line // c",
        "Block /* d */",
        "Braces {/* e */}",
        "Block /* f */",
        "Block /* g */",
        "Line // h",
    ];
    assert_eq!(of_template(text), expected);
}

#[test]
fn comments_of_code_around_elements() {
    let text = "{list.map((x) => {\n // a\n return <p>it's // no {/* b */}{`${/* c */ <b>// no</b>} // no`}</p>; /* d */ })}";
    assert_eq!(of_template(text), ["Line // a", "Braces {/* b */}", "Block /* c */", "Block /* d */"]);
    let module = "// a\nexport default () => <p>it's // no</p>; // b";
    assert_eq!(texts(module, &comments(module, &parse_tsx(module))), ["Line // a", "Line // b"]);
}

#[test]
fn broken_texts_have_comments_too() {
    assert_eq!(of_template("<!-- a --><p class={x><b>{/* b */}"), ["Html <!-- a -->", "Braces {/* b */}"]);
    for text in ["<!--", "{/*", "<style>/*", "<p /*", "{`${", "{'", "<script>//", "<style>'\\"] {
        let _ = of_template(text);
        let _ = code_comments(text);
    }
}

#[test]
fn brackets_of_code_are_matched_outside_of_literals_and_elements() {
    let check = |text: &str, elements: &[Span]| -> Vec<String> {
        let all = Span::new(0, text.len() as u32);
        let show = |bracket: &Bracket| {
            format!("{}{}", bracket.span.text(text), if bracket.closed { "" } else { " ..." })
        };
        code_brackets(text, all, elements).iter().map(show).collect()
    };
    assert_eq!(
        check("f([1], { a: ')' }, `(${g(1)}`, /[(]/)", &[]),
        ["([1], { a: ')' }, `(${g(1)}`, /[(]/)", "[1]", "{ a: ')' }", "(1)"]
    );
    assert_eq!(check("{ ( [ }", &[]), ["{ ( [ }", "( [  ...", "[  ..."]);
    assert_eq!(check(") ( // )", &[]), ["( // ) ..."]);
    assert_eq!(check("(<b>(</b>)", &[Span::new(1, 9)]), ["(<b>(</b>)"]);
}
