//! Holes that are read without the parser: what is known of them must be what the parser says.

use super::cut;
use super::numbers::Numbers;
use crate::{TemplateFacts, holes, mask, parse_holes, plain::Plain};

const NAMES: &[&str] = &[
    "a",
    "b",
    "item",
    "$x",
    "_",
    "x1",
    "undefined",
    "type",
    "of",
    "get",
    "set",
    "async",
    "await",
    "let",
    "this",
    "as",
    "name",
    "arguments",
    "yield",
    "static",
    "Symbol",
    "null",
    "true",
    "é",
    "new",
    "typeof",
    "from",
    "is",
    "map",
    "using",
    "eval",
    "meta",
    "satisfies",
    "abstract",
    "namespace",
    "accessor",
    "function",
];

const OPERATORS: &[&str] = &[
    " && ",
    " || ",
    " ?? ",
    " === ",
    "!=",
    " < ",
    " > ",
    "+",
    " - ",
    "*",
    " / ",
    "%",
    "<=",
    ">=",
    "&&",
    "-",
    " in ",
    " ** ",
    " = ",
    " | ",
    " as ",
    "<",
    ">",
    ">>",
    "==",
    "\n- ",
    " -",
    " !== ",
    " instanceof ",
    ", ",
];

const VALUES: &[&str] = &[
    "1",
    "0",
    "12.5",
    "0.5",
    "1e3",
    "007",
    "08",
    "0x1F",
    "1_000",
    ".5",
    "1.",
    "123456789012345678",
    "'s'",
    "\"t u\"",
    "'it\\'s'",
    "'é'",
    "`t`",
    "`a\\n`",
    "''",
    "null",
    "true",
    "undefined",
    "[a, b]",
    "[]",
    "/re/g",
    "import.meta.env",
    "<b/>",
    "<b>{c}</b>",
    "(d)",
    "new Date().x",
    "new Map",
    "new a.B(c).d()",
    "a!",
    "a as T",
    "x => x",
    "{ k: 1 }",
];

/// An expression, mostly one that is read; at times anything.
fn expression(numbers: &mut Numbers, depth: usize, text: &mut String) {
    let name = |numbers: &mut Numbers, text: &mut String| {
        let few = if numbers.below(8) == 0 { NAMES.len() } else { 6 };
        text.push_str(NAMES[numbers.below(few)]);
    };
    if numbers.below(60) == 0 {
        text.push_str(
            numbers.pick(&["(", ")", "]", "[", "?", ":", "=>", ".", "?.", "`", "'", "!", "//c\n", "/*c*/"]),
        );
    }
    if numbers.below(6) == 0 {
        text.push_str(numbers.pick(&[" ", "\n  ", "\t"]));
    }
    match if depth == 0 { numbers.below(4) } else { numbers.below(15) } {
        0 | 1 => {
            name(numbers, text);
            for _ in 0..numbers.below(3) {
                text.push_str(numbers.pick(&[".", ".", "?.", " .", "\n."]));
                name(numbers, text);
            }
        }
        2 | 3 => text.push_str(numbers.pick(VALUES)),
        4 | 5 => {
            for _ in 0..numbers.below(4) {
                expression(numbers, depth - 1, text);
                text.push_str(numbers.pick(OPERATORS));
            }
            expression(numbers, depth - 1, text);
        }
        6 => {
            for sign in [" ? ", " : "] {
                expression(numbers, depth - 1, text);
                text.push_str(sign);
            }
            expression(numbers, depth - 1, text);
        }
        7 => {
            text.push_str(numbers.pick(&["(", "!(", "-(", "!", "- ", "!!", "(("]));
            expression(numbers, depth - 1, text);
            text.push_str(numbers.pick(&[")", "", "))", ").x", ").y()"]));
        }
        8 | 9 => {
            name(numbers, text);
            text.push_str(numbers.pick(&["(", ".f(", "?.g(", ".map(", "[", "?.[", "("]));
            for _ in 0..numbers.below(3) {
                expression(numbers, depth - 1, text);
                text.push_str(numbers.pick(&["", ", ", ", "]));
            }
            text.push_str(numbers.pick(&[")", "]", ")", ").z", ")()"]));
        }
        10 | 11 => {
            name(numbers, text);
            text.push_str(numbers.pick(&[".map(", ".map(", "?.map(", ".x.map(", ".filter(", "("]));
            text.push_str(numbers.pick(&[
                "(item) => ",
                "item => ",
                "(a, b) => ",
                "() => ",
                "(a, a) => ",
                "(item)\n=> ",
                "({ a, b }) => ",
                "([a]) => ",
                "(a: T) => ",
                "(a,) => ",
                "async (a) => ",
                "( $x ) =>\n",
                "([a, b], { item }) => ",
                "({ a: b }) => ",
                "({ a = 1 }) => ",
                "({ a, ...b }) => ",
                "({ a }, a) => ",
                "({}) => ",
                "(...a) => ",
                "([a, , b]) => ",
            ]));
            if numbers.below(3) == 0 {
                block(numbers, depth - 1, text);
            } else {
                expression(numbers, depth - 1, text);
            }
            text.push_str(numbers.pick(&[")", ")", ")", ", a)", ").map(x => x)"]));
        }
        12 | 13 => element(numbers, depth - 1, text),
        _ => {
            text.push('`');
            for _ in 0..numbers.below(3) {
                text.push_str(numbers.pick(&["", "t ", "é", "$", "\n", "\\u0041"]));
                text.push_str("${");
                expression(numbers, depth - 1, text);
                text.push('}');
            }
            text.push_str(numbers.pick(&["", "end", "<b/>"]));
            text.push('`');
        }
    }
}

fn block(numbers: &mut Numbers, depth: usize, text: &mut String) {
    text.push_str(numbers.pick(&["{ ", "{\n", "{"]));
    for _ in 0..numbers.below(3) {
        text.push_str(numbers.pick(&[
            "const a = ",
            "const b = ",
            "const item = ",
            "let a = ",
            "const c: T = ",
            "const { a } = ",
            "const $x=",
            "if (a) ",
            "const a\n= ",
            "const item = () => ",
            "const _ = ",
            "const c = ",
            "const c = ",
            "var b = ",
            "a.b = ",
            "",
        ]));
        expression(numbers, depth, text);
        text.push_str(numbers.pick(&["; ", ";", ";\n", " ;", "\n", ", d = 1;"]));
    }
    text.push_str(numbers.pick(&[
        "return ",
        "return (",
        "return (",
        "return\n",
        "return <b>{a}</b>; return ",
        "",
        "return; ",
    ]));
    expression(numbers, depth, text);
    text.push_str(numbers.pick(&["}", "; }", ");}", ");\n}", ")}", " \n}", "; a() }", ")\n;\n}"]));
}

fn element(numbers: &mut Numbers, depth: usize, text: &mut String) {
    text.push_str(numbers.pick(&["<b>", "<li x={a.b}>", "<p {...item}>", "<i>await </i> <b>"]));
    for _ in 0..numbers.below(3) {
        text.push_str(numbers.pick(&["{", "{", "{", "{...", "{ ", "{}{/* c */}{"]));
        code(numbers, depth, text);
        text.push_str(numbers.pick(&["}", "}", " }", "}t"]));
    }
    text.push_str("</b>");
}

/// The code of a hole.
fn code(numbers: &mut Numbers, depth: usize, text: &mut String) {
    if numbers.below(5) > 0 {
        return expression(numbers, depth, text);
    }
    text.push_str(numbers.pick(&["[", "[", "[ ", "([", "["]));
    for _ in 0..numbers.below(4) {
        if numbers.below(3) == 0 {
            expression(numbers, 2, text);
        } else {
            text.push_str(numbers.pick(&[
                "'s'",
                "a.b",
                "a && 's'",
                "a.b > 1 && 's'",
                "!a && `t`",
                "a ? 's' : b",
                "a.b ? 1 : 2",
                "a == b ? c : d",
                "a?.b",
                "a[0]",
                "a.b()",
                "a",
                "NaN",
                "undefined",
                "a + 's'",
                "a - 1",
                "<b>{c}</b>",
                "...a",
                "a || b",
                "- a",
                "a ?? 's'",
                "a\n.b",
                "(a)",
                "(a) && b",
                "a.b['c']",
                "a.b['c'].d",
                "a && b + 'c'",
            ]));
        }
        text.push_str(numbers.pick(&[", ", ",", ", ", " ", ",,"]));
    }
    text.push_str(numbers.pick(&["]", "]", " ]", "].x", "]", "] && a"]));
}

/// What the parser says of a template.
fn parsed(text: &str) -> TemplateFacts {
    holes::facts(text, &cut::template(text), &|_| Plain::default())
}

#[test]
fn what_is_read_is_what_the_parser_says() {
    let mut numbers = Numbers(1);
    let (mut holes, mut plain, mut nested) = (0, 0, 0);
    for round in 0..40_000 {
        let mut text = String::new();
        for _ in 0..=numbers.below(2) {
            text.push_str(numbers.pick(&["{", "<a b={", "{ ", "t {..."]));
            code(&mut numbers, round % 5, &mut text);
            text.push_str(numbers.pick(&["}", " }", "\n}"]));
        }
        let inputs = cut::template(&text);
        if inputs.iter().any(|input| text.get(input.span.range()).is_none()) {
            continue;
        }
        let flat = mask::flatten_holes(&text, &inputs);
        let reading = Plain::read(&text, &flat);
        holes += flat.len();
        for (index, hole) in flat.iter().enumerate() {
            if reading.is_plain(index as u32) {
                plain += 1;
                nested += usize::from(hole.parent.is_some_and(|parent| reading.is_plain(parent)));
            }
        }
        let (ours, theirs) = (parse_holes(&text, &inputs), parsed(&text));
        // As text, since no `NaN` is equal to another.
        assert_eq!(format!("{ours:?}"), format!("{theirs:?}"), "round {round} of\n{text}");
    }
    // Enough of them are read, so that this shows something.
    assert!(plain > holes / 4 && nested > holes / 40, "{plain} and {nested} of {holes}");
}

#[test]
fn common_holes_are_read() {
    for hole in [
        "a",
        " a.b?.c ",
        "5",
        "'s'",
        "null",
        "a && <b>{c}</b>",
        "a ? (<b/>) : 's'",
        "a.map((x) => (<b>{x.y}</b>))",
        "`a ${b.c} d`",
        "a.b(c)",
        "a.b('c', 1)",
        "a * (1 - b)",
        "x.filter((r) => r.a > 2).map((r) => <b {...f(r)}/>)",
        "new Date().getFullYear()",
        "a['b'].c[0]",
        "!a",
        "a ?? 'b'",
        "r.d > 0 ? `+${r.d}` : String(r.d)",
        "a.map((r) => { const t = r.v.reduce((a, b) => a + b, 0);\n return (\n <b>{t}</b>\n ); })",
        "['row', row.delta < 0 ? 'down' : 'up']",
        "f(g(a), 1)",
    ] {
        let text = format!("{{{hole}}}");
        let inputs = cut::template(&text);
        let reading = Plain::read(&text, &mask::flatten_holes(&text, &inputs));
        assert!(reading.is_plain(0), "{hole}");
        assert_eq!(parse_holes(&text, &inputs), parsed(&text), "{hole}");
    }
}

#[test]
fn a_comment_without_an_end_is_told_wherever_it_stands() {
    for text in
        ["{1 > <p>{/* a }</p>}", "{a}{b && <p>{/* c */ /* d }</p>}", "{/* a }", "{<p>{// b /*\n}</p>}"]
    {
        let inputs = cut::template(text);
        assert_eq!(parse_holes(text, &inputs), parsed(text), "{text}");
    }
}
