//! What fixtures cannot show: deep nesting, broken holes, time.

#![allow(clippy::disallowed_methods, reason = "tests measure time")]

use crate::VeloxFile;
use crate::emit::{Emitted, FileKind, ImportTarget, emit_client_page};
use crate::holes::{module_elements, template_holes};
use std::fmt::Write as _;
use std::time::Instant;
use velox_script::{Dialect, parse_holes, parse_module};

fn emitted(text: &str) -> Emitted {
    let regions = velox_syntax::regions(text);
    let body = regions.server.as_ref().map_or("", |server| server.body.text(text));
    let block_tree = velox_syntax::parse_tsx(body);
    let block = parse_module(body, Dialect::Tsx, &module_elements(&block_tree), true);
    let template_text = regions.template.text(text);
    let template = velox_syntax::parse_template(template_text);
    let facts = parse_holes(template_text, &template_holes(&template));
    let file = VeloxFile {
        path: "routes/index.velox",
        text,
        regions: &regions,
        block: &block,
        block_tree: Some(&block_tree),
        template: &template,
        facts: &facts,
    };
    let target = |specifier: &str| ImportTarget {
        specifier: specifier.to_owned(),
        is_velox: specifier.ends_with(".velox"),
        is_package: false,
        module: specifier.to_owned(),
    };
    emit_client_page(&file, FileKind::Page, "data-v-1", &[], &target)
}

/// The expression that the template became.
fn rendered(text: &str) -> String {
    let code = emitted(text).code;
    let at = code.rfind("return ").expect("a return") + "return ".len();
    code[at..].trim_end_matches(";\n}\n").to_owned()
}

#[test]
fn templates_become_one_expression() {
    let table = [
        ("", "null"),
        ("<!-- a -->{/* b */}", "null"),
        ("a &amp; b", "\"a & b\""),
        ("{x}", "x"),
        ("<p>{(x, y)}</p>", "$$h(\"p\", null, (x, y))"),
        ("{a ? <b/> : (c, d)}", "(a ? $$h(\"b\", null) : (c, d))"),
        ("{<b/>}", "$$h(\"b\", null)"),
        ("<p></p>", "$$h(\"p\", null)"),
        ("<p>{f(a, b)}{}</p>", "$$h(\"p\", null, f(a, b))"),
        ("<p>{x}{`a`}{1}b</p>", "$$h(\"p\", null, x, \"a1b\")"),
        ("<></>", "$$h($$Fragment, null)"),
        ("<a.b c />", "$$h(a.b, { c: true })"),
        ("<style>p {}</style><script></script>", "null"),
        ("<p\r\n title=\"a\r\nb\">c\r\nd</p>", "$$h(\"p\", { title: \"a\\nb\" }, \"c\\nd\")"),
        ("<slot/>", "$$props.children"),
        ("<slot name='a-b'>{x || y}</slot>", "($$props.slots?.[\"a-b\"] ?? (x || y))"),
    ];
    for (template, wanted) in table {
        assert_eq!(rendered(template), wanted, "{template}");
    }
}

#[test]
fn what_is_broken_leaves_a_module() {
    for template in
        ["<p>{1 +}</p>", "<p a={", "{<b>}", "<p {...}>x</p>", "<slot name={x +} />", "<p>{<!-- -->}</p>"]
    {
        assert!(emitted(template).code.contains("export default function $$Page"), "{template}");
    }
}

#[test]
fn deep_nesting_is_no_danger() {
    const DEPTH: usize = 5_000;
    let elements = format!("{}x{}", "<p>".repeat(DEPTH), "</p>".repeat(DEPTH));
    assert_eq!(emitted(&elements).code.matches("$$h(\"p\"").count(), DEPTH);
    let components = format!("{}x{}", "<A>".repeat(DEPTH), "</A>".repeat(DEPTH));
    assert_eq!(emitted(&components).code.matches("$$h(A").count(), DEPTH);
    let fragments = format!("{}x{}", "<>".repeat(DEPTH), "</>".repeat(DEPTH));
    assert_eq!(emitted(&fragments).code.matches("$$h($$Fragment").count(), DEPTH);
    let slots = format!("{}x{}", "<slot>".repeat(DEPTH), "</slot>".repeat(DEPTH));
    assert_eq!(emitted(&slots).code.matches("$$props.children").count(), DEPTH);
    let holes = format!("{}x{}", "<p>{f(".repeat(1_000), ")}</p>".repeat(1_000));
    assert!(emitted(&holes).code.contains("export default"));
    assert!(emitted(&"{".repeat(10_000)).code.contains("export default"));
    assert!(emitted(&"<p>{a && ".repeat(1_000)).code.contains("export default"));
}

#[test]
fn time_grows_with_the_text() {
    let template = |count: usize| {
        (0..count).fold(String::new(), |mut text, at| {
            let _ = writeln!(
                text,
                "<p class=\"a\" title={{t{at}}}>{{f({at}, <b>{{x}}</b>)}} text &amp; more</p>"
            );
            text
        })
    };
    let time = |count: usize| {
        let text = template(count);
        let of_one = || {
            let start = Instant::now();
            assert_eq!(emitted(&text).code.matches("$$h(\"b\"").count(), count);
            start.elapsed().as_secs_f64()
        };
        (0..3).map(|_| of_one()).fold(f64::MAX, f64::min)
    };
    let (small, large) = (time(500), time(4_000));
    assert!(large < small * 8.0 * 4.0 + 0.05, "500 lines took {small} s, 4000 took {large} s");
}
