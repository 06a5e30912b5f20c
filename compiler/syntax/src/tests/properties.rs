//! What holds for every text, however broken: spans, order, coverage; and that a single mistake makes few problems.

use super::samples::{ALL, BROKEN};
use super::{mend, show};
use crate::tree::{Element, ElementKind, NodeId, NodeKind, Tree, TreeIndex};
use crate::{SyntaxProblemKind, parse_template, parse_tsx, regions};
use proptest::prelude::*;
use velox_diagnostics::{LineIndex, Span};

/// Checks everything that any tree has to keep.
#[track_caller]
fn sound(text: &str) {
    let tree = parse_template(text);
    Checker { text, tree: &tree, seen: vec![false; tree.nodes.len()] }.check();
    let tree = parse_tsx(text);
    Checker { text, tree: &tree, seen: vec![false; tree.nodes.len()] }.check();
    assert_eq!(tree.roots.len(), 1, "{text:?}");
    let cut = regions(text);
    if let Some(server) = cut.server {
        assert!(
            server.open.end <= server.body.start && server.body.end <= server.close.start,
            "{text:?} {cut:?}"
        );
        assert!(server.close.end <= cut.template.start, "{text:?} {cut:?}");
        assert!(text.is_char_boundary(server.body.end as usize), "{text:?} {cut:?}");
    }
    assert_eq!(cut.template.end as usize, text.len());
}

/// The index of a tree as its nodes tell it.
fn looked_up(tree: &Tree) -> TreeIndex {
    let those = |wanted: &dyn Fn(&NodeKind) -> bool| {
        let nodes = tree.nodes.iter().enumerate().filter(|(_, node)| wanted(&node.kind));
        nodes.map(|(at, _)| NodeId(at as u32)).collect()
    };
    let is = |kind: &NodeKind, of: ElementKind| matches!(kind, NodeKind::Element(one) if one.kind == of);
    TreeIndex {
        components: those(&|kind| is(kind, ElementKind::Component)),
        slots: those(&|kind| is(kind, ElementKind::Slot)),
        raw_texts: those(&|kind| *kind == NodeKind::RawText),
    }
}

struct Checker<'t> {
    text: &'t str,
    tree: &'t Tree,
    seen: Vec<bool>,
}

impl Checker<'_> {
    fn check(mut self) {
        self.tiles(&self.tree.roots, Span::new(0, self.text.len() as u32));
        assert!(self.seen.iter().all(|seen| *seen), "a node without a parent in {:?}", self.text);
        assert_eq!(self.tree.index, looked_up(self.tree), "{:?}", self.text);
        let mut last = 0;
        for problem in &self.tree.problems {
            self.span(problem.span);
            assert!(last <= problem.span.start, "problems out of order in {:?}", self.text);
            last = problem.span.start;
            if let Some(mended) = mend(self.text, problem) {
                assert!(mended.len() > self.text.len());
            }
        }
    }

    fn span(&self, span: Span) {
        let fits = self.text.get(span.range()).is_some() && span.start <= span.end;
        assert!(fits, "{span:?} does not fit {:?}\n{}", self.text, show(self.text, self.tree));
    }

    /// The nodes cover `all`, one after another.
    fn tiles(&mut self, nodes: &[NodeId], all: Span) {
        let mut at = all.start;
        for id in nodes {
            let span = self.tree.node(*id).span;
            assert_eq!(span.start, at, "a gap or overlap in {:?}\n{}", self.text, show(self.text, self.tree));
            at = span.end;
            self.node(*id);
        }
        assert_eq!(at, all.end, "a gap at the end in {:?}\n{}", self.text, show(self.text, self.tree));
    }

    fn node(&mut self, id: NodeId) {
        let tree = self.tree;
        let node = tree.node(id);
        assert!(!std::mem::replace(&mut self.seen[id.0 as usize], true), "a node twice in {:?}", self.text);
        self.span(node.span);
        match &node.kind {
            NodeKind::Text | NodeKind::RawText | NodeKind::Doctype => assert!(!node.span.is_empty()),
            NodeKind::Comment(inner) => {
                self.span(*inner);
                assert!(node.span.contains(*inner));
            }
            NodeKind::Hole(code) => {
                assert!(node.span.contains(code.span));
                self.code(code.span, &code.elements);
            }
            NodeKind::Element(element) => self.element(node.span, element),
        }
    }

    fn code(&mut self, span: Span, elements: &[NodeId]) {
        self.span(span);
        let mut at = span.start;
        for id in elements {
            let element = self.tree.node(*id).span;
            assert!(
                at <= element.start && span.contains(element),
                "{:?}\n{}",
                self.text,
                show(self.text, self.tree)
            );
            at = element.end;
            self.node(*id);
        }
    }

    fn element(&mut self, span: Span, element: &Element) {
        assert!(element.open.contains(element.name), "{:?}", self.text);
        assert_eq!(element.open.start, span.start, "{:?}", self.text);
        self.span(element.name);
        self.span(element.open);
        let mut at = element.name.end;
        for attribute in &element.attributes {
            self.span(attribute.span);
            self.span(attribute.name);
            let inside = at <= attribute.span.start && attribute.span.end <= element.open.end;
            assert!(
                inside && attribute.span.contains(attribute.name),
                "{:?}\n{}",
                self.text,
                show(self.text, self.tree)
            );
            at = attribute.span.end;
            if let Some(code) = attribute.value.code() {
                assert!(attribute.span.contains(code.span));
                self.code(code.span, &code.elements);
            }
        }
        let end = element.close.map_or(span.end, |close| close.start);
        assert_eq!(element.close.map_or(span.end, |close| close.end), span.end, "{:?}", self.text);
        self.tiles(&element.children, Span::new(element.open.end, end));
    }
}

#[test]
fn every_prefix_is_sound() {
    for sample in ALL.iter().chain(BROKEN) {
        for (at, _) in sample.char_indices() {
            sound(&sample[..at]);
        }
        sound(sample);
    }
}

#[test]
fn every_suffix_is_sound() {
    for sample in ALL.iter().chain(BROKEN) {
        for (at, _) in sample.char_indices() {
            sound(&sample[at..]);
        }
    }
}

#[test]
fn every_deletion_of_one_character_is_sound() {
    for sample in ALL.iter().chain(BROKEN) {
        for (at, character) in sample.char_indices() {
            sound(&format!("{}{}", &sample[..at], &sample[at + character.len_utf8()..]));
        }
    }
}

#[test]
fn every_insertion_of_one_delimiter_is_sound() {
    for sample in ALL.iter().chain(BROKEN) {
        for (at, _) in sample.char_indices() {
            for delimiter in
                ["<", ">", "{", "}", "`", "\"", "'", "/", "</", "=", "<!--", "/*", "\\", "${", "\n---\n"]
            {
                sound(&format!("{}{delimiter}{}", &sample[..at], &sample[at..]));
            }
        }
    }
}

/// Pieces that templates are made of, right and wrong.
fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "<p>",
        "</p>",
        "<b ",
        "<br>",
        "<A/>",
        "<>",
        "</>",
        "</",
        "<",
        ">",
        "/>",
        "{",
        "}",
        "${",
        "`",
        "'",
        "\"",
        "=",
        "a",
        "é",
        "😀",
        " ",
        "\n",
        "\r\n",
        "/",
        "/*",
        "*/",
        "//",
        "<!--",
        "-->",
        "(",
        ")",
        "[",
        "]",
        "=>",
        "return ",
        "&&",
        "?",
        ":",
        ",",
        "class=",
        "<script>",
        "</script>",
        "<script type=\"importmap\">",
        "<style>",
        "<T,>",
        "<T extends ",
        "...",
        "\\",
        "\n---\n",
        ".",
        "if (",
        "<!DOCTYPE",
        "1",
        ";",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_mixture_is_sound(pieces in prop::collection::vec(piece(), 0..40)) {
        sound(&pieces.concat());
    }

    #[test]
    fn any_text_is_sound(text in "\\PC{0,60}") {
        sound(&text);
    }
}

#[test]
fn samples_have_no_problems() {
    for sample in ALL {
        assert_eq!(parse_template(sample).problems, [], "{sample}");
    }
}

/// A text with one mistake: one or two problems result, the first in one of the lines given, and most nodes are left.
#[track_caller]
fn one_mistake(text: &str, broken: &str, lines: &[usize]) {
    let problems = parse_template(broken).problems;
    let shown = show(broken, &parse_template(broken));
    assert!((1..=2).contains(&problems.len()), "{} problems\n{shown}\n{broken}", problems.len());
    let line = LineIndex::new(broken).line_of(problems[0].span.start);
    assert!(lines.contains(&line), "line {line}, expected one of {lines:?}\n{shown}\n{broken}");
    let (before, after) = (parse_template(text).nodes.len(), parse_template(broken).nodes.len());
    assert!(after * 2 > before, "{after} of {before} nodes left\n{shown}\n{broken}");
}

/// Every place in the samples where `needle` stands, with the sample and the line.
fn places(needle: &str) -> Vec<(&'static str, usize, usize)> {
    let mut places = Vec::new();
    for sample in ALL {
        let index = LineIndex::new(sample);
        places.extend(sample.match_indices(needle).map(|(at, _)| (*sample, at, index.line_of(at as u32))));
    }
    places
}

fn without(text: &str, at: usize, length: usize) -> String {
    format!("{}{}", &text[..at], &text[at + length..])
}

#[test]
fn a_missing_closing_tag_is_found_at_its_element() {
    for sample in ALL {
        let tree = parse_template(sample);
        let index = LineIndex::new(sample);
        for node in &tree.nodes {
            let NodeKind::Element(element) = &node.kind else { continue };
            let Some(close) = element.close else { continue };
            let broken = without(sample, close.start as usize, close.len() as usize);
            one_mistake(sample, &broken, &[index.line_of(element.open.start)]);
            let problem = &parse_template(&broken).problems[0];
            let mended = mend(&broken, problem).expect("an unclosed element can be mended");
            assert_eq!(parse_template(&mended).problems, [], "{mended}");
        }
    }
}

#[test]
fn a_missing_opening_tag_is_found_at_its_closing_tag() {
    for sample in ALL {
        let tree = parse_template(sample);
        let index = LineIndex::new(sample);
        for node in &tree.nodes {
            let NodeKind::Element(element) = &node.kind else { continue };
            let Some(close) = element.close else { continue };
            // A raw element's text is full of other things.
            if matches!(element.name.text(sample), "script" | "style") || element.name.text(sample).is_empty()
            {
                continue;
            }
            let broken = without(sample, element.open.start as usize, element.open.len() as usize);
            let problems = parse_template(&broken).problems;
            assert!(
                (1..=2).contains(&problems.len()),
                "{}\n{broken}",
                show(&broken, &parse_template(&broken))
            );
            let line = LineIndex::new(&broken).line_of(problems[0].span.start);
            assert_eq!(
                line,
                index.line_of(close.start),
                "{}\n{broken}",
                show(&broken, &parse_template(&broken))
            );
        }
    }
}

#[test]
fn a_stray_closing_tag_is_found_where_it_stands() {
    for sample in ALL {
        let tree = parse_template(sample);
        for (index, node) in tree.nodes.iter().enumerate() {
            // Between children only: in code it would be a comparison, in raw text it would end it.
            if !matches!(node.kind, NodeKind::Element(_)) || !is_child(&tree, NodeId(index as u32)) {
                continue;
            }
            for tag in ["</em>", "</section>"] {
                let at = node.span.start as usize;
                let broken = format!("{}{tag}{}", &sample[..at], &sample[at..]);
                let tree = parse_template(&broken);
                assert_eq!(tree.problems.len(), 1, "{}\n{broken}", show(&broken, &tree));
                assert_eq!(tree.problems[0].span, Span::new(at as u32, (at + tag.len()) as u32), "{broken}");
            }
        }
    }
}

fn is_child(tree: &Tree, id: NodeId) -> bool {
    tree.roots.contains(&id)
        || tree.nodes.iter().any(|node| match &node.kind {
            NodeKind::Element(element) => element.children.contains(&id),
            _ => false,
        })
}

#[test]
fn a_missing_brace_is_found_in_its_line() {
    for sample in ALL {
        let tree = parse_template(sample);
        let index = LineIndex::new(sample);
        let mut holes = Vec::new();
        for node in &tree.nodes {
            match &node.kind {
                NodeKind::Hole(_) => holes.push(node.span),
                NodeKind::Element(element) => {
                    let holed = element
                        .attributes
                        .iter()
                        .filter(|attribute| attribute.span.text(sample).ends_with('}'));
                    holes.extend(holed.filter_map(|attribute| attribute.value.code()).map(|code| {
                        let open = sample[..code.span.start as usize].rfind('{').expect("a hole has a brace");
                        Span::new(open as u32, code.span.end + 1)
                    }));
                }
                _ => {}
            }
        }
        for hole in holes {
            let broken = without(sample, hole.end as usize - 1, 1);
            one_mistake(sample, &broken, &[index.line_of(hole.start), index.line_of(hole.end)]);
        }
    }
}

#[test]
fn a_missing_quote_is_found_in_its_line() {
    for (sample, at, line) in places("\"") {
        // Quotes in text, comments and scripts mean nothing.
        let source = sample.lines().nth(line).unwrap_or_default();
        if source.contains("Don't") || source.contains("document.write") {
            continue;
        }
        let broken = without(sample, at, 1);
        one_mistake(sample, &broken, &[line]);
    }
}

#[test]
fn a_missing_backtick_is_found_in_its_line() {
    for (sample, at, line) in places("`") {
        one_mistake(sample, &without(sample, at, 1), &[line]);
    }
}

#[test]
fn a_broken_comment_is_found_in_its_line() {
    for (sample, at, line) in places("-->").into_iter().chain(places("*/")) {
        one_mistake(sample, &without(sample, at, 1), &[line]);
        let length = if sample[at..].starts_with("-->") { 3 } else { 2 };
        one_mistake(sample, &without(sample, at, length), &[line]);
    }
}

#[test]
fn a_missing_end_of_a_tag_is_found_in_its_line() {
    for sample in ALL {
        let tree = parse_template(sample);
        let index = LineIndex::new(sample);
        for node in &tree.nodes {
            let NodeKind::Element(element) = &node.kind else { continue };
            // A raw element's text is read as attributes then, and may be good ones.
            if element.open.is_empty() || matches!(element.name.text(sample), "script" | "style") {
                continue;
            }
            let broken = without(sample, element.open.end as usize - 1, 1);
            one_mistake(
                sample,
                &broken,
                &[index.line_of(element.open.start), index.line_of(element.open.end)],
            );
        }
    }
}

#[test]
fn every_problem_that_knows_its_place_is_mended_there() {
    for sample in ALL {
        for (at, character) in sample.char_indices().filter(|(_, c)| matches!(c, '}' | '>' | '"')) {
            if sample[..at].ends_with("<string") {
                continue; // type arguments are skipped as a whole or not at all
            }
            let broken = without(sample, at, character.len_utf8());
            let problems = parse_template(&broken).problems;
            let [problem] = problems.as_slice() else { continue };
            let hole = matches!(
                problem.kind,
                SyntaxProblemKind::UnclosedBrace { .. } | SyntaxProblemKind::UnclosedTag { .. }
            );
            if let Some(mended) = mend(&broken, problem).filter(|_| hole) {
                let left = parse_template(&mended).problems;
                assert_eq!(left, [], "mended {mended}\n{}", show(&broken, &parse_template(&broken)));
            }
        }
    }
}
