//! Depth and length: nothing recurses, and nothing takes longer than in proportion to the text.

#![expect(clippy::disallowed_methods, reason = "a test of time has to measure it")]

use crate::{parse_template, parse_tsx, regions};
use std::thread;
use std::time::{Duration, Instant};

/// Parses on a thread with a small stack, in good time.
fn parse_all(name: &str, text: String) {
    let bytes = text.len();
    let started = Instant::now();
    let run = move || {
        let _ = regions(&text);
        (parse_template(&text).nodes.len(), parse_tsx(&text).nodes.len())
    };
    let thread = thread::Builder::new().stack_size(2 << 20).spawn(run).expect("a thread starts");
    thread.join().unwrap_or_else(|_| panic!("{name}: overflow or panic"));
    let took = started.elapsed();
    // Quadratic behaviour would take minutes at this size; a slow machine without optimisation takes seconds.
    assert!(took < Duration::from_secs(20), "{name}: {bytes} bytes took {took:?}");
}

#[test]
fn deep_nesting() {
    const DEPTH: usize = 10_000;
    parse_all("elements", format!("{}{}", "<p>".repeat(DEPTH), "</p>".repeat(DEPTH)));
    parse_all("open elements", "<p>".repeat(DEPTH));
    parse_all("braces", "{".repeat(DEPTH));
    parse_all("brackets", format!("{{{}", "([".repeat(DEPTH)));
    parse_all("holes", format!("{}{}", "<p>{a && ".repeat(DEPTH), "}</p>".repeat(DEPTH)));
    parse_all("open holes", "<p>{a && ".repeat(DEPTH));
    parse_all("attributes", format!("{}{}", "<p a={".repeat(DEPTH), "}/>".repeat(DEPTH)));
    parse_all("open attributes", "<p a={".repeat(DEPTH));
    parse_all("values", "<p a=".repeat(DEPTH));
    parse_all("literals", format!("{{{}{}}}", "`${".repeat(DEPTH), "}`".repeat(DEPTH)));
    parse_all("open literals", format!("{{{}", "`${".repeat(DEPTH)));
    parse_all("type arguments", "<A<".repeat(DEPTH));
}

#[test]
fn long_runs_of_one_thing() {
    for piece in [
        "<",
        ">",
        "{",
        "}",
        "`",
        "\"",
        "'",
        "</",
        "<!--",
        "---\n",
        "/*",
        "{/*",
        "{`",
        "{'",
        "<p",
        "<p a=\"",
        "<p a='",
        "<p {",
        "<p a",
        "</p>",
        "<p></b>",
        "${",
        "\\",
        "/",
        "{/",
        "(",
        ")",
        "{(",
        "{)",
        "<>",
        "</>",
        "<!--\n---\n-->\n",
        "{`}",
        "{'}",
        "{`}<",
        "{'}<a'",
        "<p>{a <b",
        "<script>",
        "<script type=\"importmap\">{",
        "<style>\n",
        "<A<",
        "a<b>(",
        "=>",
        "<p a={b>",
        "<!DOCTYPE",
        "{<b>)",
        "{(<b>)",
        "<a><b></a>",
        "<a>{<b></a>",
        "é",
        "\r",
        "{<T>(",
        "`}<",
    ] {
        parse_all(piece, piece.repeat((1 << 18) / piece.len()));
    }
}

#[test]
fn a_long_attribute_and_a_long_file() {
    parse_all("attribute", format!("<p a=\"{}\">b</p>", "x > y {z} ".repeat(100_000)));
    parse_all("open attribute", format!("<p a=\"{}>b</p>", "x y {z} ".repeat(100_000)));
    parse_all(
        "many attributes",
        format!("<p{}>b</p>", (0..100_000).map(|index| format!(" a{index}")).collect::<String>()),
    );
    let line = "<p class={a}>text {b && <i>c</i>} `d` 'e'</p>\n";
    parse_all("file", format!("---\nconst a = `b`\n---\n{}", line.repeat(20_000)));
    parse_all("string", format!("{{'{}'}}", "a\\n".repeat(300_000)));
    parse_all("literal", format!("{{`{}`}}", "a\\n${b}".repeat(100_000)));
    parse_all("broken file", format!("<p>{{`a}}</p>{}", line.repeat(10_000)));
    parse_all("unclosed and stray", format!("{}{}", "<p>".repeat(50_000), "</b>".repeat(50_000)));
}
