//! What goes in and what comes out, rule by rule.

use crate::{StyleProblem, global, scope};
use proptest::prelude::*;

/// Scopes each piece of CSS and compares it, without the noise of the attribute: `*` stands for
/// `:where([data-v-1a2b3c])`.
fn scoped<const N: usize>(cases: [(&str, &str); N]) {
    for (css, expected) in cases {
        let (style, problems) = scope(css, "data-v-1a2b3c", true);
        assert_eq!(problems, [], "{css}");
        assert_eq!(style.code.replace(":where([data-v-1a2b3c])", "*"), expected, "{css}");
        let (_, again) = global(&style.code, true);
        assert_eq!(again, [], "what is printed can be read: {}", style.code);
    }
}

/// What is left, and each problem as `place: message`.
fn broken<const N: usize>(cases: [(&str, &str, &[&str]); N]) {
    for (css, expected, problems) in cases {
        let (style, found) = scope(css, "v", true);
        let found: Vec<String> =
            found.iter().map(|problem| format!("{}: {}", problem.span.text(css), problem.message)).collect();
        assert_eq!(found, problems, "{css}");
        assert_eq!(style.code.replace(":where([v])", "*"), expected, "{css}");
    }
}

#[test]
fn the_attribute_is_there_and_has_no_specificity() {
    assert_eq!(scope(".a{c:d}", "data-v-1a2b3c", true).0.code, ".a:where([data-v-1a2b3c]){c:d}");
    assert_eq!(scope(".a{c:d}", "data-v-1a2b3c", false).0.code, ".a:where([data-v-1a2b3c]) {\n  c: d;\n}\n");
}

#[test]
fn every_compound_selector_is_marked_once() {
    scoped([
        ("p .b > c + d ~ e{x:y}", "p* .b*>c*+d*~e*{x:y}"),
        ("a, .b{x:y}", "a*,.b*{x:y}"),
        ("a.b#c[d]:hover{x:y}", "a.b#c[d]*:hover{x:y}"),
        (":hover{x:y}", "*:hover{x:y}"),
        ("[x=\"y z\"]{x:y}", "[x=y\\ z]*{x:y}"),
        (".é😀, .a\\:b{x:y}", ".é😀*,.a\\:b*{x:y}"),
    ]);
}

#[test]
fn pseudo_elements_come_after_the_attribute() {
    scoped([
        ("a::before{x:y}", "a*:before{x:y}"),
        ("a:hover::before{x:y}", "a*:hover:before{x:y}"),
        ("::selection{x:y}", "*::selection{x:y}"),
        (".a ::before{x:y}", ".a* *:before{x:y}"),
        ("x-el::part(foo):hover{x:y}", "x-el*::part(foo):hover{x:y}"),
        ("input::-webkit-slider-thumb{x:y}", "input*::-webkit-slider-thumb{x:y}"),
    ]);
}

#[test]
fn what_is_the_same_in_every_file_is_not_marked() {
    scoped([
        ("html, body{x:y}", "html,body{x:y}"),
        ("html.dark body .x{x:y}", "html.dark body .x*{x:y}"),
        (":root{--a:b}", ":root{--a:b}"),
        (":is(html, .x) .y{x:y}", ":is(html,.x*) .y*{x:y}"),
        (":host(.a) .b{x:y}", ":host(.a) .b*{x:y}"),
    ]);
}

#[test]
fn global_leaves_its_selector_alone() {
    scoped([
        (":global(.x) .y{x:y}", ".x .y*{x:y}"),
        (".y:global(.x){x:y}", ".y*.x{x:y}"),
        (".y :global(.a > .b){x:y}", ".y* .a>.b{x:y}"),
        (":global(.a, .b) .c{x:y}", ":is(.a,.b) .c*{x:y}"),
        (".y:global(p){x:y}", ".y*:is(p){x:y}"),
        (":global(p){x:y}", "p{x:y}"),
        (":global(.x):hover::before{x:y}", ".x:hover:before{x:y}"),
        (":global .x .y{x:y}", ".x .y{x:y}"),
        (".a :global .x > .y{x:y}", ".a* .x>.y{x:y}"),
        (".a :global > .x{x:y}", ".a*>.x{x:y}"),
        (".a:global .x{x:y}", ".a* .x{x:y}"),
    ]);
}

#[test]
fn arguments_of_pseudo_classes_are_scoped_where_they_name_other_elements() {
    scoped([
        (".a:is(.b, .c){x:y}", ".a*:is(.b,.c){x:y}"),
        (":where(.b .c, d){x:y}", "*:where(.b* .c,d){x:y}"),
        (":is(:global(.x), .y){x:y}", ":is(.x,.y*){x:y}"),
        (".a:is(:global(.x), .y){x:y}", ".a*:is(.x,.y*){x:y}"),
        (".a:not(.b, .c .d){x:y}", ".a*:not(.b,.c* .d){x:y}"),
        (":global(.x):not(.b){x:y}", ".x:not(.b*){x:y}"),
        (".a:has(> .b, + .c){x:y}", ".a*:has(>.b*,+.c*){x:y}"),
        ("li:nth-child(2n of .b){x:y}", "li*:nth-child(2n of .b){x:y}"),
    ]);
}

#[test]
fn nested_rules_keep_their_nesting() {
    scoped([
        (".a{x:y;.b{x:y}}", ".a*{x:y;& .b*{x:y}}"),
        (".a{&.c{x:y}& > .d{x:y}&:hover{x:y}&::before{x:y}}", ".a*{&.c,&>.d*,&:hover,&:before{x:y}}"),
        (".a{.e &{x:y}:global(.z){x:y}&:global(.w){x:y}}", ".a*{.e* &{x:y}& .z{x:y}&.w{x:y}}"),
        (".a{@media print{x:y}}", ".a*{@media print{x:y}}"),
    ]);
}

#[test]
fn rules_inside_at_rules_are_scoped() {
    scoped([
        ("@media (width > 1px){.a{x:y}}", "@media (width>1px){.a*{x:y}}"),
        ("@supports (display:grid){.a{x:y}}", "@supports (display:grid){.a*{x:y}}"),
        ("@container x (width > 1px){.a{x:y}}", "@container x (width>1px){.a*{x:y}}"),
        ("@layer y{.a{x:y}}", "@layer y{.a*{x:y}}"),
        ("@scope (.a) to (.b){.c{x:y}}", "@scope(.a*) to (.b*){.c*{x:y}}"),
    ]);
}

#[test]
fn keyframes_and_their_uses_get_a_name_of_their_own() {
    scoped([
        (
            "@keyframes fade{from{opacity:0}}.a{animation:fade 1s,other 2s}",
            "@keyframes fade-1a2b3c{0%{opacity:0}}.a*{animation:1s fade-1a2b3c,2s other}",
        ),
        (
            ".a{animation-name:fade,other}@media print{@keyframes fade{to{x:y}}}",
            ".a*{animation-name:fade-1a2b3c,other}@media print{@keyframes fade-1a2b3c{to{x:y}}}",
        ),
        (
            "@keyframes \"x y\"{to{x:y}}.a{animation:\"x y\" var(--d, 1s)}.b{animation-name:var(--n, \"x y\")}",
            "@keyframes x\\ y-1a2b3c{to{x:y}}.a*{animation:x\\ y-1a2b3c var(--d,1s)}.b*{animation-name:var(--n,\"x y-1a2b3c\")}",
        ),
        (".a{animation:other 1s}", ".a*{animation:1s other}"),
    ]);
}

#[test]
fn other_rules_stay_as_they_are() {
    scoped([
        ("@import url(x.css);a{x:y}", "@import \"x.css\";a*{x:y}"),
        ("@font-face{font-family:x;src:url(a.woff2)}", "@font-face{font-family:x;src:url(a.woff2)}"),
        ("@page :first{margin:1cm}", "@page:first{margin:1cm}"),
        ("@property --x{syntax:'*';inherits:false}", "@property --x{syntax:\"*\";inherits:false}"),
        ("@future-rule x{y}", "@future-rule x{y}"),
        ("a:future-class{x:y}b{x:y}", "a*:future-class{x:y}b*{x:y}"),
        ("", ""),
    ]);
    assert_eq!(global("p .x{c:d}@keyframes a{to{c:d}}", true).0.code, "p .x{c:d}@keyframes a{to{c:d}}");
}

#[test]
fn broken_css_is_reported_at_its_place_and_the_rest_is_kept() {
    broken([
        ("a { colr red; x: y }", "a*{x:y}", &["red: `red` is not expected here"]),
        (
            "é {x:y} . { }\n😀 .a > { } b{x:z}",
            "é*{x:y}b*{x:z}",
            &[".: a class name is missing after `.`", ">: a selector is missing after this"],
        ),
        (".a..b{x:y} c{x:y}", "c*{x:y}", &[".: a class name is missing after `.`"]),
        ("a, {x:y} c{x:y}", "c*{x:y}", &["{: a selector is missing here"]),
        ("a{x:y}} b{x:y} c{x:z}", "a*{x:y}c*{x:z}", &["}: this `}` closes nothing"]),
        ("a{x:y}}", "a*{x:y}", &["}: this `}` closes nothing"]),
        ("a{x:y", "a*{x:y}", &["{: this `{` is never closed with `}`"]),
        ("a{x:y} /* b", "a*{x:y}", &["/*: this comment is never closed with `*/`"]),
        ("a{x:'b\n;y:z} c{x:y}", "a*{y:z}c*{x:y}", &["'b: this string is never closed"]),
        (
            "a{x:url(b c)} c{x:y}",
            "c*{x:y}",
            &["url: this `url(…)` holds a character that has to stand in quotes"],
        ),
        ("a { b } c{x:y}", "c*{x:y}", &["}: something is missing here"]),
        ("a::before.b{x:y}", "", &[".b: `.b` cannot stand after a pseudo-element"]),
        (
            "a{x:y} @import 'b';",
            "a*{x:y}",
            &["@import: `@import` has to stand before all other rules but `@charset` and `@layer`"],
        ),
    ]);
}

#[test]
fn near_misses_of_names_are_reported_and_unknown_names_are_not() {
    broken([
        ("@medai x{a{x:y}}", "@medai x{a{x:y}}", &["@medai: there is no `@medai`; did you mean `@media`?"]),
        ("a:hoover{x:y}", "a*:hoover{x:y}", &["hoover: there is no `:hoover`; did you mean `:hover`?"]),
        (
            "a:nht-child(2){x:y}",
            "a*:nht-child(2){x:y}",
            &["nht-child: there is no `:nht-child`; did you mean `:nth-child`?"],
        ),
        ("a::befor{x:y}", "a*::befor{x:y}", &["befor: there is no `::befor`; did you mean `::before`?"]),
    ]);
}

#[test]
fn a_global_that_means_nothing_is_reported_at_its_place() {
    let bare = ":global: `:global` needs a selector: write `:global(.name)`, or `<style is:global>`";
    broken([
        ("a{x:y} 😀, :global{x:y}", "a*{x:y}😀*{x:y}", &[bare]),
        (":global{.x{x:y}}", "", &[bare]),
        (
            "a{x:y;.b, :global(.a..b){x:y}}",
            "a*{x:y;& .b*{x:y}}",
            &[":global(.a..b): `:global(…)` holds something that is no selector"],
        ),
        (":global(){x:y}", "", &[":global(): `:global(…)` holds something that is no selector"]),
        (":global(.a 5){x:y}", "", &[":global(.a 5): `:global(…)` holds something that is no selector"]),
    ]);
    let css = "p :global(.x){c:d}";
    let (_, problems) = global(css, true);
    let places: Vec<_> = problems.iter().map(|problem| problem.span.text(css)).collect();
    assert_eq!(places, ["global"]);
}

#[test]
fn nesting_without_end_is_refused_and_what_is_allowed_fits_the_stack() {
    for open in ["a{", ":is(", "a:not(", "@media print{", "a{x:f(", "[", "{", "a:hover{b:c;", ":global("] {
        let css = open.repeat(20_000);
        let (style, problems) = scope(&css, "v", true);
        assert_eq!(style.code, "");
        assert!(
            matches!(problems.as_slice(), [StyleProblem { message, .. }] if message.contains("levels")),
            "{open}"
        );
        let _ = scope(&open.repeat(60 / open.matches(['{', '(', '[']).count()), "v", true);
    }
}

const SAMPLE: &str = "@charset \"x\";@import url(x.css) layer(y);/* é */.a > é😀:global(.x y), :global .b::before:hover{--x:{a:b};\
    color:rgb(1 2 3 / 50%)!important;&:is(.b .c,:global(.d)) > e{animation:fade 1s var(--x, fade)}}@media (1px<width) and print{\
    @supports not selector(:has(a)){[x=\"y\" i]:nth-child(2n+1 of .z){background:url(data:x)}}}@keyframes fade{from{x:y}50%{x:y}}\
    @font-face{src:url(a b)}@container a style(--b:c){:root{x:'\\''}}@layer a,b;@page :first{@top-left{x:y}}\u{feff}\r\n\x0c<!-- } -->";

fn survives(css: &str) {
    for minify in [false, true] {
        for (_, problems) in [scope(css, "data-v-1a2b3c", minify), global(css, minify)] {
            for problem in problems {
                assert!(css.get(problem.span.range()).is_some(), "{:?} in {css:?}", problem.span);
                assert!(!problem.message.is_empty());
            }
        }
    }
}

#[test]
fn every_prefix_of_a_sheet_can_be_read() {
    for (at, _) in SAMPLE.char_indices() {
        survives(&SAMPLE[..at]);
        survives(&SAMPLE[at..]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_can_be_read(css in r#"([{}()\[\];:,.#&>*@"'\\/ \n\r]|[a-c]|é|😀|:global|:is\(|@media|@keyframes|url\(|/\*|\*/|::before|!){0,60}"#) {
        survives(&css);
    }

    #[test]
    fn any_part_of_a_sheet_can_be_missing(from in 0..SAMPLE.len(), length in 0_usize..40) {
        let from = (0..=from).rev().find(|at| SAMPLE.is_char_boundary(*at)).unwrap_or(0);
        let to = (from + length..).find(|at| *at >= SAMPLE.len() || SAMPLE.is_char_boundary(*at)).unwrap_or(SAMPLE.len());
        survives(&format!("{}{}", &SAMPLE[..from], SAMPLE.get(to..).unwrap_or("")));
    }
}

#[test]
fn media_queries_are_told_from_other_text() {
    for query in [
        "print",
        "(min-width: 40em)",
        "(40em <= width < 80em)",
        "screen and (hover: hover), print",
        "not all and (monochrome)",
        "(prefers-tea: sencha)",
    ] {
        assert!(crate::is_media_query(query), "{query}");
    }
    for query in
        ["", " ", "min-width: 40em", "(min-width: 40em", "40em", "(width: 1) { a {} }", "print,, screen"]
    {
        assert!(!crate::is_media_query(query), "{query}");
    }
}
