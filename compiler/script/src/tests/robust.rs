//! Whatever the input: no panic, no place outside of the text, edits in order.

use super::cut;
use crate::{
    CodeEdit, Dialect, ElementInput, HoleInput, ModuleFacts, ScriptProblem, evaluate_config, parse_holes,
    parse_module,
};
use velox_diagnostics::Span;

const SAMPLES: &str = include_str!("samples.ts");

fn place(text: &str, span: Span) {
    assert!(span.start <= span.end && text.get(span.range()).is_some(), "{span:?} does not fit:\n{text}");
}

fn edits(text: &str, edits: &[CodeEdit]) {
    let mut at = 0;
    for edit in edits {
        place(text, edit.span);
        assert!(edit.span.start >= at, "edits overlap: {edits:?}\n{text}");
        at = edit.span.end;
        for (target, source) in &edit.map {
            assert!(edit.text.is_char_boundary(*target as usize) && text.is_char_boundary(*source as usize));
        }
    }
}

fn problems(text: &str, problems: &[ScriptProblem]) {
    problems.iter().for_each(|problem| place(text, problem.span));
}

fn module(text: &str) -> ModuleFacts {
    let facts = parse_module(text, Dialect::TypeScript, &[], true);
    edits(text, &facts.edits);
    problems(text, &facts.problems);
    for item in &facts.items {
        place(text, item.statement);
        place(text, item.span);
        item.uses.iter().for_each(|one| place(text, one.span));
        item.declares.iter().for_each(|(_, span)| place(text, *span));
    }
    facts.exports.iter().for_each(|export| place(text, export.span));
    facts
}

fn holes(text: &str, inputs: &[HoleInput]) {
    let facts = parse_holes(text, inputs);
    problems(text, &facts.problems);
    for hole in facts.holes.iter().filter(|hole| hole.valid) {
        edits(text, &hole.edits);
        place(text, hole.shape.span());
        hole.uses.iter().for_each(|one| place(text, one.span));
    }
}

/// A small generator of numbers: the same ones in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end.max(1)
    }
}

#[test]
fn a_module_may_end_anywhere() {
    for sample in SAMPLES.split("// ---\n") {
        for (end, _) in sample.char_indices() {
            module(&sample[..end]);
        }
    }
}

#[test]
fn a_module_may_hold_anything() {
    let pieces = [
        "{", "}", "(", ")", "`", "'", "\"", "/", "/*", "//", "\n", "${", "é", "😀", "@", "#", "=>", ":",
        "as ", "<", ">", "enum A {", "\\", "await ", ";",
    ];
    let mut numbers = Numbers(7);
    let samples: Vec<&str> = SAMPLES.split("// ---\n").collect();
    for _ in 0..4_000 {
        let mut text = samples[numbers.below(samples.len())].to_owned();
        for _ in 0..=numbers.below(3) {
            let mut at = numbers.below(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            match numbers.below(3) {
                0 => {
                    text.remove(at);
                }
                1 => text.insert_str(at, pieces[numbers.below(pieces.len())]),
                _ => text.truncate(at),
            }
            if text.is_empty() {
                break;
            }
        }
        module(&text);
        let _ = evaluate_config(&text);
    }
}

#[test]
fn holes_may_hold_anything_and_lie_anywhere() {
    let text = "<p a={b as C}>é{c.map((d) => <b {...e}>{f}{`${g}`}</b>)}</p>{async () => { enum H { I } return <i/> }}{/* j */}{k // l\n}";
    let good = cut::template(text);
    holes(text, &good);
    let mut numbers = Numbers(3);
    for _ in 0..4_000 {
        let mut span = || {
            let start = numbers.below(text.len() + 3) as u32;
            Span::new(start, start + numbers.below(20) as u32)
        };
        let (one, two, three, four) = (span(), span(), span(), span());
        let inner = HoleInput { span: three, spread: three.start % 2 == 0, elements: Vec::new() };
        let element = ElementInput { span: two, holes: vec![inner] };
        let first = HoleInput { span: one, spread: one.start % 3 == 0, elements: vec![element.clone()] };
        let second = HoleInput { span: four, spread: false, elements: Vec::new() };
        holes(text, &[first, second]);
        let _ = parse_module(text, Dialect::Tsx, &[element], true);
    }
    for _ in 0..2_000 {
        let mut bytes = text.as_bytes().to_vec();
        let at = numbers.below(bytes.len());
        if bytes[at].is_ascii() {
            bytes[at] = b"{}()[]<>`'\"/,;.=! a"[numbers.below(19)];
        }
        let changed = String::from_utf8(bytes).expect("only ASCII was changed");
        holes(&changed, &good);
    }
}
