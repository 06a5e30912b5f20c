//! What a style sheet consists of, by its brackets and semicolons alone: for editors, which ask about texts that do not parse.
//!
//! Refuses to know selectors, properties and values. One walk with a list of what is open; any text has a structure.

use velox_diagnostics::Span;

/// What a piece of a style sheet is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StyleNodeKind {
    /// `a:hover { ... }`
    Rule,
    /// `@media (...) { ... }`
    AtRule,
    /// `color: red`
    Declaration,
    /// `@import "x"`, or something that is neither.
    Statement,
}

/// A piece of a style sheet. All spans count from the start of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StyleNode {
    /// What it is.
    pub kind: StyleNodeKind,
    /// All of it; a declaration or statement without its semicolon.
    pub span: Span,
    /// Selector, at-rule up to its block, property; without the blanks around it.
    pub head: Span,
    /// The block with its braces, as far as it is there; the value of a declaration.
    pub body: Option<Span>,
    /// Whether the block has its `}`; true where there is none.
    pub closed: bool,
    /// The rule that it lies in, by its index.
    pub parent: Option<u32>,
}

/// The pieces of a style sheet, in the order of the text, each before what lies in it.
#[must_use]
pub fn structure(css: &str) -> Vec<StyleNode> {
    Walk { css, bytes: css.as_bytes(), nodes: Vec::new(), open: Vec::new() }.run()
}

/// The declarations of a `style` attribute.
#[must_use]
pub fn declarations(css: &str) -> Vec<StyleNode> {
    let mut nodes = structure(css);
    nodes.retain(|node| node.kind == StyleNodeKind::Declaration);
    nodes
}

struct Walk<'t> {
    css: &'t str,
    bytes: &'t [u8],
    nodes: Vec<StyleNode>,
    /// Rules whose block is open.
    open: Vec<u32>,
}

impl Walk<'_> {
    fn run(mut self) -> Vec<StyleNode> {
        let mut at = 0;
        let mut start = None;
        let mut colon = None;
        // Parentheses and brackets that are open in the piece that began at `start`.
        let mut depth = 0usize;
        while at < self.bytes.len() {
            let byte = self.bytes[at];
            match byte {
                b'/' if self.bytes.get(at + 1) == Some(&b'*') => {
                    at = self
                        .css
                        .get(at + 2..)
                        .and_then(|rest| rest.find("*/"))
                        .map_or(self.bytes.len(), |end| at + end + 4);
                    continue;
                }
                b'{' if self.is_custom_value(start, colon) => {
                    at = self.after_braces(at);
                    continue;
                }
                b'{' => {
                    self.rule(start.unwrap_or(at), at);
                    (start, colon, depth) = (None, None, 0);
                }
                b'}' => {
                    self.piece(start.take(), colon.take(), at);
                    self.close(at + 1);
                    depth = 0;
                }
                b';' if depth == 0 => {
                    self.piece(start.take(), colon.take(), at);
                }
                byte if byte.is_ascii_whitespace() || byte == b';' => {}
                _ => {
                    start = start.or(Some(at));
                    match byte {
                        b'"' | b'\'' => {
                            at = self.after_string(at, byte);
                            continue;
                        }
                        b'\\' => at += 1,
                        b'(' | b'[' => depth += 1,
                        b')' | b']' => depth = depth.saturating_sub(1),
                        b':' if depth == 0 => colon = colon.or(Some(at)),
                        _ => {}
                    }
                }
            }
            at += 1;
        }
        let end = self.bytes.len();
        self.piece(start, colon, end);
        for index in std::mem::take(&mut self.open) {
            let node = &mut self.nodes[index as usize];
            node.span.end = end as u32;
            node.body = node.body.map(|body| Span::new(body.start, end as u32));
        }
        self.nodes
    }

    /// `--name: { ... }`: the braces belong to the value.
    fn is_custom_value(&self, start: Option<usize>, colon: Option<usize>) -> bool {
        start.is_some_and(|start| self.bytes[start..].starts_with(b"--")) && colon.is_some()
    }

    fn after_braces(&self, open: usize) -> usize {
        let mut depth = 0usize;
        for (length, byte) in self.bytes[open..].iter().enumerate() {
            match byte {
                b'{' => depth += 1,
                b'}' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return open + length + 1;
            }
        }
        self.bytes.len()
    }

    /// The place behind a string; one that its line does not close ends there.
    fn after_string(&self, start: usize, quote: u8) -> usize {
        let mut at = start + 1;
        while let Some(byte) = self.bytes.get(at) {
            match byte {
                b'\\' => at += 1,
                b'\n' => return at,
                byte if *byte == quote => return at + 1,
                _ => {}
            }
            at += 1;
        }
        self.bytes.len()
    }

    fn trimmed(&self, start: usize, end: usize) -> Span {
        let length = self.bytes[start..end].trim_ascii_end().len();
        Span::from(start..start + length)
    }

    fn push(&mut self, kind: StyleNodeKind, span: Span, head: Span, body: Option<Span>) {
        let parent = self.open.last().copied();
        self.nodes.push(StyleNode { kind, span, head, body, closed: true, parent });
    }

    fn rule(&mut self, start: usize, brace: usize) {
        let head = self.trimmed(start, brace);
        let kind =
            if head.text(self.css).starts_with('@') { StyleNodeKind::AtRule } else { StyleNodeKind::Rule };
        let index = self.nodes.len() as u32;
        let body = Span::from(brace..brace + 1);
        self.push(kind, Span::from(start..brace + 1), head, Some(body));
        self.nodes[index as usize].closed = false;
        self.open.push(index);
    }

    fn close(&mut self, end: usize) {
        if let Some(index) = self.open.pop() {
            let node = &mut self.nodes[index as usize];
            node.span.end = end as u32;
            node.body = node.body.map(|body| Span::new(body.start, end as u32));
            node.closed = true;
        }
    }

    fn piece(&mut self, start: Option<usize>, colon: Option<usize>, end: usize) {
        let Some(start) = start else { return };
        let span = self.trimmed(start, end.max(start));
        let declares = !span.text(self.css).starts_with('@');
        match colon.filter(|colon| declares && *colon < span.end as usize) {
            Some(colon) => {
                let head = self.trimmed(start, colon);
                let rest = &self.bytes[colon + 1..span.end as usize];
                let blanks = rest.len() - rest.trim_ascii_start().len();
                let value = Span::new((colon + 1 + blanks) as u32, span.end);
                self.push(StyleNodeKind::Declaration, span, head, Some(value));
            }
            None => self.push(StyleNodeKind::Statement, span, span, None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(css: &str) -> String {
        let mut out = String::new();
        for node in structure(css) {
            let mut depth = 0;
            let mut parent = node.parent;
            while let Some(index) = parent {
                depth += 1;
                parent = structure(css)[index as usize].parent;
            }
            let body = node.body.map_or("", |body| body.text(css));
            let end = if node.closed { "" } else { " ..." };
            out.push_str(&format!(
                "{}{:?} {} | {}{end}\n",
                "  ".repeat(depth),
                node.kind,
                node.head.text(css),
                body
            ));
        }
        out
    }

    #[test]
    fn rules_nest_and_declarations_lie_in_them() {
        let css = "@import 'a;b';\n/* { */ .a:hover, b { color : red; & > c { d: e } }\n@media (width > 1px) { x { y: url(a;b) } }";
        let expected = "Statement @import 'a;b' | \n\
            Rule .a:hover, b | { color : red; & > c { d: e } }\n  \
            Declaration color | red\n  \
            Rule & > c | { d: e }\n    \
            Declaration d | e\n\
            AtRule @media (width > 1px) | { x { y: url(a;b) } }\n  \
            Rule x | { y: url(a;b) }\n    \
            Declaration y | url(a;b)\n";
        assert_eq!(check(css), expected);
    }

    #[test]
    fn broken_and_strange_texts_have_a_structure_too() {
        assert_eq!(check("a { b: c"), "Rule a | { b: c ...\n  Declaration b | c\n");
        assert_eq!(check("} a {}"), "Rule a | {}\n");
        assert_eq!(
            check("a { --x: { y: z }; q }"),
            "Rule a | { --x: { y: z }; q }\n  Declaration --x | { y: z }\n  Statement q | \n"
        );
        assert_eq!(check("{"), "Rule  | { ...\n");
        assert_eq!(check(";;/*"), "");
        assert_eq!(check("a: 'b"), "Declaration a | 'b\n");
    }

    #[test]
    fn each_prefix_of_a_sheet_has_a_structure_inside_of_it() {
        let css = "@media x { .é\\:b { c: \"}\" ; --d: {e} } } /* f";
        for (end, _) in css.char_indices() {
            for node in structure(&css[..end]) {
                assert!(node.span.end as usize <= end && node.span.contains(node.head), "{node:?}");
                assert!(css.get(node.span.range()).is_some(), "{node:?}");
            }
        }
    }
}
