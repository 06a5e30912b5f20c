//! What is read in one pass is what the lexer and the builder make of it, whatever the text.

use super::samples::{ALL, BROKEN};
use crate::builder::build_template;
use crate::lexer::{Dialect, lex};
use crate::quick::read;
use proptest::prelude::*;

/// Compares both readings, where the quick one gives any; says whether it does.
#[track_caller]
fn same(text: &str) -> bool {
    let found = read(text);
    if let Some(found) = &found {
        assert_eq!(found, &build_template(text, lex(text, Dialect::Template)), "{text:?}");
    }
    found.is_some()
}

const PIECES: &[&str] = &[
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<>",
    "</>",
    "<br>",
    "<C/>",
    "<a.B />",
    "<x-y ",
    ">",
    "/>",
    "text",
    " ",
    "\n",
    "é",
    "<É>",
    "</É>",
    "a",
    "a=",
    "a='b'",
    "b=\"\"",
    "c={d}",
    "A='e'",
    "{...f}",
    "{g}",
    "{/* h */ i}",
    "=",
    "<!-- j -->",
    "<!--",
    "-->",
    "<!DOCTYPE html>",
    "{",
    "}",
    "{k.map((l) => (",
    "))}",
    "{m && ",
    "{n ? ",
    " : ",
    "o < p",
    "o<p",
    "'}{'",
    "`q${r}s`",
    "`",
    "//",
    "/* t */",
    "/u/",
    "(",
    ")",
    "[",
    "]",
    "if (v) ",
    "return ",
    ".",
    ",",
    "<style>",
    "</style>",
    "<script type='application/json'>",
    "</script>",
    "<script>",
    "<T,>",
    "<U>(",
    "1",
    "!",
    "w={x && <i>y</i>}",
    "z={[<s/>, {t: <u/>}]}",
    "{<v/>}",
    "<C a={<b/>} d={[<e/>, <f>{<g/>}</f>]} />",
    "{[<w a={<x/>} />, <y>{<z/>}</y>]}",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 6000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mixtures_are_read_alike(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..16)) {
        same(&pieces.concat());
    }

    #[test]
    fn spoiled_samples_are_read_alike(
        sample in prop::sample::select(ALL),
        at in any::<prop::sample::Index>(),
        removed in 0usize..4,
        piece in prop::sample::select(PIECES),
    ) {
        let boundaries: Vec<usize> = sample.char_indices().map(|(at, _)| at).chain([sample.len()]).collect();
        let at = at.index(boundaries.len());
        let end = boundaries[(at + removed).min(boundaries.len() - 1)];
        same(&format!("{}{piece}{}", &sample[..boundaries[at]], &sample[end..]));
    }
}

#[test]
fn what_is_broken_is_read_with_care() {
    for text in BROKEN {
        same(text);
    }
    assert!(
        !same("<p>")
            && !same("a } b")
            && !same("<p a=b/>")
            && !same("<p a='1' A='2'/>")
            && !same("{<a/><b/>}")
            && !same("<!-- a <!-->")
    );
}

#[test]
fn what_is_common_is_read_in_one_pass() {
    let texts = [
        "",
        "<!doctype html><p class=\"a\" {...rest} hidden id={x} {y}>a<br/>{b}</p><!-- c --><input disabled>",
        "{items.map((item) => <li key={item.id}>{item.a && <b title={`x${y}`}>!</b>}</li>)}{/* d */}",
        "<Card icon={<b/>} {...a} /><><i/></><style>p > b {}</style><script src={c}></script>",
        "{a ? <p>{b.map((c) => { if (c / 2 > 1) return <i>{c}</i>; return <u/>; })}</p> : /x</.test(d) && <s/>}",
    ];
    for text in texts {
        assert!(same(text), "{text}");
    }
}
