//! Where a template can be broken, and how: one mistake each, with the lines on which a person would look for it.
//!
//! The places come from the tree of the intact file. Refuses to make a mutant that is a valid program: each operator says why its
//! mutants are none, without asking the compiler about them.

use crate::code::{self, Piece};
use velox_syntax::{AttributeValue, Element, NodeId, NodeKind, Regions, Tree, parse_template, regions};

/// One mistake in a text.
pub(crate) struct Mutation {
    /// The operator's name.
    pub(crate) operator: &'static str,
    /// The edit: this range of bytes ...
    pub(crate) range: std::ops::Range<usize>,
    /// ... becomes this.
    pub(crate) insert: &'static str,
    /// Offsets in the intact text; the lines that they get in the broken one are right. The edit's own line always is.
    pub(crate) looked_for: Vec<usize>,
}

/// All mutations of a `.velox` file.
pub(crate) fn mutations(text: &str) -> Vec<Mutation> {
    let cut = regions(text);
    let template = cut.template.text(text);
    let tree = parse_template(template);
    let mut sites =
        Sites { text, base: cut.template.start as usize, tree: &tree, found: Vec::new(), code: Vec::new() };
    sites.fences(&cut);
    for root in &tree.roots {
        sites.node(*root, None);
    }
    // Text and attributes of elements in a block are no code.
    if let Some(server) =
        cut.server.filter(|server| !["</", "/>"].iter().any(|tag| server.body.text(text).contains(tag)))
    {
        sites.code.push(Code { range: server.body.range(), holes: Vec::new(), block: true });
    }
    for code in std::mem::take(&mut sites.code) {
        sites.broken_code(&code);
    }
    sites.found
}

/// TypeScript, without the elements that stand in it.
struct Code {
    range: std::ops::Range<usize>,
    /// Elements in it, which are not code.
    holes: Vec<std::ops::Range<usize>>,
    block: bool,
}

struct Sites<'t> {
    text: &'t str,
    base: usize,
    tree: &'t Tree,
    found: Vec<Mutation>,
    code: Vec<Code>,
}

impl Sites<'_> {
    fn add(
        &mut self,
        operator: &'static str,
        range: std::ops::Range<usize>,
        insert: &'static str,
        more: &[usize],
    ) {
        self.found.push(Mutation { operator, range, insert, looked_for: more.to_vec() });
    }

    /// A file whose fence is gone holds a lone `---`, or code where the template should be. Skipped where a third line of dashes
    /// could stand in for it. Looked for at the other fence too.
    fn fences(&mut self, cut: &Regions) {
        let Some(server) = cut.server else { return };
        let dashes = self.text.lines().filter(|line| line.trim_end() == "---").count();
        if dashes != 2 || server.body.text(self.text).trim().is_empty() {
            return;
        }
        for (operator, span, other) in [
            ("drop the opening fence", server.open, server.close),
            ("drop the closing fence", server.close, server.open),
        ] {
            let range = span.range();
            let line = self.text[range.end..].find('\n').map_or(self.text.len(), |at| range.end + at + 1);
            self.add(operator, range.start..line, "", &[other.start as usize]);
            self.add("drop a dash of a fence", range.start..range.start + 1, "", &[other.start as usize]);
        }
    }

    fn node(&mut self, id: NodeId, parent: Option<&Element>) {
        let node = self.tree.node(id);
        let (start, end) = (self.base + node.span.start as usize, self.base + node.span.end as usize);
        match &node.kind {
            NodeKind::Text => self.in_text(start, end),
            NodeKind::Comment(_) => self.in_comment(start, end),
            NodeKind::Doctype | NodeKind::RawText => {}
            NodeKind::Hole(code) => {
                let json = parent.is_some_and(|parent| self.name(parent) == "script");
                // A `}` or `{` without its other half is no text (language.md T1). A JSON script that begins with no brace is raw.
                self.add("drop a closing brace", end - 1..end, "", &[start]);
                if !json {
                    self.add("drop an opening brace", start..start + 1, "", &[end - 1]);
                }
                self.hole(code);
            }
            NodeKind::Element(element) => self.element(start, element, parent),
        }
    }

    fn name(&self, element: &Element) -> &str {
        &self.text[self.base + element.name.start as usize..self.base + element.name.end as usize]
    }

    /// Tags must balance (T1): one that is gone, or one too many, never leaves a valid program.
    fn element(&mut self, start: usize, element: &Element, parent: Option<&Element>) {
        let (base, text) = (self.base, self.text);
        let name = self.name(element).to_owned();
        let open = base + element.open.start as usize..base + element.open.end as usize;
        let raw = matches!(&*name, "script" | "style");
        if let Some(close) = element.close {
            let close = base + close.start as usize..base + close.end as usize;
            self.add("drop a closing tag", close.clone(), "", &[start]);
            self.add("drop an opening tag", open.clone(), "", &[close.start]);
            if !raw {
                self.add("drop the slash of a closing tag", close.start + 1..close.start + 2, "", &[start]);
                self.add("double a closing tag", close.end..close.end, close_tag(&name), &[]);
            }
            if !name.is_empty() {
                self.add("misspell a closing tag", close.end - 1..close.end - 1, "x", &[start]);
                self.add("drop the > of a closing tag", close.end - 1..close.end, "", &[start]);
            }
        }
        if element.self_closing && !velox_syntax::is_void(&name) {
            self.add("drop the slash of />", open.end - 2..open.end - 1, "", &[start]);
        }
        // A `>` that comes before the next `<` would end the tag in its place.
        let next = text[open.end..].find(['<', '>']).map(|at| text.as_bytes()[open.end + at]);
        if next == Some(b'<') && !raw || raw && !text[open.end..].starts_with("</") {
            self.add("drop the > of an opening tag", open.end - 1..open.end, "", &[start]);
        }
        // Between children only: in code it would be no tag.
        if parent.is_some()
            || self.tree.roots.iter().any(|id| self.base + self.tree.node(*id).span.start as usize == start)
        {
            self.add("add a stray closing tag", start..start, "</em>", &[]);
        }
        for attribute in &element.attributes {
            let end = base + attribute.span.end as usize;
            let begin = base + attribute.span.start as usize;
            match &attribute.value {
                AttributeValue::Text(value) => {
                    // The quotes of a tag are even in number; one less, and they are not.
                    let (from, to) = (base + value.start as usize, base + value.end as usize);
                    self.add("drop a closing quote", to..to + 1, "", &[begin, from - 1]);
                    self.add("drop an opening quote", from - 1..from, "", &[begin, to]);
                }
                AttributeValue::Bare => {}
                AttributeValue::Template(code) => {
                    let (from, to) = (base + code.span.start as usize, base + code.span.end as usize);
                    self.add("drop a backtick", from..from + 1, "", &[begin, to - 1]);
                    self.add("drop a backtick", to - 1..to, "", &[begin, from]);
                }
                AttributeValue::Expr(code)
                | AttributeValue::Shorthand(code)
                | AttributeValue::Spread(code) => {
                    if text.as_bytes()[end - 1] == b'}' {
                        let brace = match &attribute.value {
                            AttributeValue::Expr(code) => base + code.span.start as usize - 1,
                            _ => begin,
                        };
                        self.add("drop a closing brace", end - 1..end, "", &[brace]);
                        self.add("drop an opening brace", brace..brace + 1, "", &[end - 1]);
                    }
                    self.hole(code);
                }
            }
        }
        for child in &element.children {
            self.node(*child, Some(element));
        }
    }

    fn hole(&mut self, code: &velox_syntax::Code) {
        let range = self.base + code.span.start as usize..self.base + code.span.end as usize;
        let elements = code.elements.iter().map(|id| self.tree.node(*id).span);
        let holes =
            elements.map(|span| self.base + span.start as usize..self.base + span.end as usize).collect();
        let empty = code.empty;
        self.code.push(Code { range: range.clone(), holes, block: false });
        for element in &code.elements {
            self.node(*element, None);
        }
        // No expression ends with an operator, and none holds two names side by side. A comment at the end would hide it.
        let source = &self.text[range.clone()];
        let last = source.trim_end();
        if !empty && code.elements.is_empty() && !source.contains("//") && !last.ends_with("*/") {
            let end = range.start + last.len();
            self.add("end with an operator", end..end, " +", &[range.start]);
            if last.ends_with(|last: char| last.is_alphanumeric() || last == ')') {
                self.add("add a second expression", end..end, " b c", &[range.start]);
            }
        }
    }

    /// A lone `}` is no text (T1), a `{` begins an expression that text cannot end, and a `<` before a letter a tag.
    fn in_text(&mut self, start: usize, end: usize) {
        let text = &self.text[start..end];
        let Some(word) = text.find(|c: char| c.is_alphabetic()) else { return };
        let at = start + word;
        self.add("add a stray }", at..at, "}", &[]);
        self.add("add a stray {", at..at, "{", &[]);
        // As above, a `>` in the text would end the tag.
        if !text.contains('>') && text[word..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            self.add("add a stray <", at..at, "<", &[]);
        }
    }

    /// A comment that nothing ends, or in which another begins.
    fn in_comment(&mut self, start: usize, end: usize) {
        self.add("drop -->", end - 3..end, "", &[start]);
        self.add("drop the > of -->", end - 1..end, "", &[start]);
    }

    fn broken_code(&mut self, code: &Code) {
        let pieces = code::pieces(self.text, code.range.clone(), &code.holes);
        // A fence line in a literal or comment that has lost its end is a fence: that is another file, and not a broken one.
        let holds_fence =
            |start: usize, end: usize| self.text[start..end].lines().any(|line| line.starts_with("---"));
        let pieces = pieces.into_iter().filter(|piece| match *piece {
            Piece::Backticks { start, end } | Piece::Comment { start, end } => !holds_fence(start, end),
            _ => true,
        });
        for piece in pieces.collect::<Vec<_>>() {
            match piece {
                // Quotes that are odd in number leave a string open to the end of its line.
                Piece::String { start, end } => {
                    self.add("drop a quote of a string", start..start + 1, "", &[]);
                    self.add("drop a quote of a string", end - 1..end, "", &[start]);
                    let inside = &self.text[start + 1..end - 1];
                    if inside.len() > 1 && inside.is_ascii() && !inside.contains('\\') {
                        let at = start + 1 + inside.len() / 2;
                        self.add("break a string over lines", at..at, "\n", &[start]);
                    }
                }
                Piece::Backticks { start, end } => {
                    self.add("drop a backtick", start..start + 1, "", &[end - 1]);
                    self.add("drop a backtick", end - 1..end, "", &[start]);
                }
                // A later `*/` would end it, and what stands between would be a comment.
                Piece::Comment { start, end } => {
                    let region = if code.block { &self.text[end..code.range.end] } else { &self.text[end..] };
                    if !region.contains("*/") {
                        self.add("drop */", end - 2..end, "", &[start]);
                    }
                }
                // Brackets must balance.
                Piece::Brackets { open, close } => {
                    let operators = if code.block {
                        ["drop a closing bracket of the block", "drop an opening bracket of the block"]
                    } else {
                        ["drop a closing bracket", "drop an opening bracket"]
                    };
                    self.add(operators[0], close..close + 1, "", &[open]);
                    self.add(operators[1], open..open + 1, "", &[close]);
                }
            }
        }
    }
}

/// A closing tag as static text, for the names that are met most.
fn close_tag(name: &str) -> &'static str {
    match name {
        "p" => "</p>",
        "li" => "</li>",
        "a" => "</a>",
        "span" => "</span>",
        "h1" => "</h1>",
        "h2" => "</h2>",
        "section" => "</section>",
        "ul" => "</ul>",
        "Card" => "</Card>",
        _ => "</div>",
    }
}
