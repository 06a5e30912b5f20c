//! Reads a template in which nothing is wrong straight into its tree, in one pass, without tokens.
//!
//! Nearly every template that is read is right, and then there is nothing to find out: which mistake it was, and where to go on.
//! So this reads what is common, and gives up at the first byte that is anything else: what may be a mistake, what could be read
//! in two ways, what is rare. The lexer and the builder read the text then, from its beginning. They alone say what a
//! template means; what this gives is what they would have given, to the order of the nodes (`tests/quick.rs` compares them).
//!
//! A new piece of syntax needs nothing here, as long as its first byte is refused. Refuses to report anything.

mod code;
mod order;
mod tag;

use crate::lexer::scan;
use crate::tree::{Attribute, Node, NodeId, NodeKind, Tree, TreeIndex};
use code::CodeFrame;
use order::Groups;
use velox_diagnostics::Span;

/// Room is made for so many nodes at most before they are there.
const MOST_AT_ONCE: usize = 1 << 16;

/// The tree of a template without mistakes; nothing where it has to be read with care.
pub(crate) fn read(text: &str) -> Option<Tree> {
    // An element of two tags, text in it and behind it; and a few holes. Of a text that is nothing but `<` as much room is never needed.
    let nodes = (memchr::memchr_iter(b'<', text.as_bytes()).count() * 7 / 4).min(MOST_AT_ONCE);
    let mut reader = Reader {
        text,
        bytes: text.as_bytes(),
        at: 0,
        nodes: Vec::with_capacity(nodes),
        groups: Groups::default(),
        nested: Vec::with_capacity(64),
        open: Vec::with_capacity(16),
        attributes: Vec::with_capacity(16),
        brackets: Vec::with_capacity(16),
        code: Vec::with_capacity(4),
    };
    reader.run()?;
    let Reader { mut nodes, groups, mut nested, .. } = reader;
    groups.arrange(&mut nodes, &mut nested);
    let index = TreeIndex::of(&nodes);
    Some(Tree { nodes, roots: nested, problems: Vec::new(), index })
}

struct Reader<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    /// In the order of the text; [`Groups::arrange`] gives them the one that the builder makes.
    nodes: Vec<Node>,
    groups: Groups,
    /// Nodes that belong to no other yet, those of the innermost element last.
    nested: Vec<NodeId>,
    /// Elements that are open, the innermost last.
    open: Vec<Open>,
    /// Attributes of the tags that are being read, those of the innermost last.
    attributes: Vec<Attribute>,
    /// Open brackets of the code that is being read, those of the innermost last.
    brackets: Vec<code::Bracket>,
    /// Holes with elements in them that are being read, the innermost last.
    code: Vec<CodeFrame>,
}

/// An open element.
#[derive(Clone, Copy)]
struct Open {
    node: NodeId,
    name: Span,
    /// Where its children begin in [`Reader::nested`].
    children: usize,
}

impl Reader<'_> {
    /// Reads all of the text. What calls whom is kept in lists, since elements and code may nest without end.
    fn run(&mut self) -> Option<()> {
        loop {
            if self.is_in_code() {
                self.code()?;
            } else if !self.content()? {
                return Some(());
            }
        }
    }

    /// Whether code goes on here, rather than the children of an element in it.
    fn is_in_code(&self) -> bool {
        self.code.last().is_some_and(|code| code.elements == self.open.len())
    }

    fn add(&mut self, start: usize, end: usize, kind: NodeKind) -> NodeId {
        let id = NodeId(self.nodes.len() as u32);
        self.nodes.push(Node { span: Span::new(start as u32, end as u32), kind });
        self.nested.push(id);
        id
    }

    /// Reads children, until an element in code has ended, or code with elements has begun; false where the text has ended.
    fn content(&mut self) -> Option<bool> {
        let bytes = self.bytes;
        loop {
            let start = self.at;
            let length = memchr::memchr3(b'<', b'{', b'}', &bytes[start..]);
            let at = length.map_or(bytes.len(), |length| start + length);
            if start < at {
                self.add(start, at, NodeKind::Text);
            }
            let Some(byte) = bytes.get(at) else {
                return (self.open.is_empty() && self.code.is_empty()).then_some(false);
            };
            if *byte == b'{' {
                if self.hole(at)? {
                    continue;
                }
                return Some(true);
            }
            if *byte == b'}' {
                return None;
            }
            match bytes.get(at + 1)? {
                b'/' => self.close_tag(at)?,
                b'!' => self.markup_declaration(at)?,
                b'>' => self.open_tag(at, at + 1)?,
                _ => {
                    let name_end = scan::name_end(self.text, at + 1);
                    if name_end == at + 1 {
                        return None;
                    }
                    self.open_tag(at, name_end)?;
                }
            }
            if self.is_in_code() {
                return Some(true);
            }
        }
    }

    /// A closing tag without blanks, of the innermost element.
    fn close_tag(&mut self, start: usize) -> Option<()> {
        let open = self.open.last()?;
        let end = start + 2 + open.name.len() as usize;
        let fits = self.bytes.get(start + 2..end)? == &self.bytes[open.name.range()];
        if !fits || self.bytes.get(end) != Some(&b'>') {
            return None;
        }
        self.close_element(Span::from(start..end + 1));
        Some(())
    }

    /// Ends the innermost element with the closing tag `close`.
    fn close_element(&mut self, close: Span) {
        self.at = close.end as usize;
        let Some(open) = self.open.pop() else { return };
        let node = &mut self.nodes[open.node.0 as usize];
        node.span.end = close.end;
        if let NodeKind::Element(element) = &mut node.kind {
            element.close = Some(close);
            element.children = self.nested[open.children..].into();
        }
        self.nested.truncate(open.children);
    }

    /// A comment or a doctype.
    fn markup_declaration(&mut self, start: usize) -> Option<()> {
        let rest = &self.bytes[start..];
        if rest.starts_with(b"<!--") {
            let length = memchr::memmem::find(&rest[4..], b"-->")?;
            let comment = &rest[4..4 + length];
            // `<!-->` and `<!--->` are whole, and one that holds the beginning of another most likely lost its end.
            let odd = comment.is_empty() || rest[4] == b'>' || rest[4..].starts_with(b"->");
            // The dashes of that one's beginning may be those of this one's end.
            let with_dashes = &rest[4..4 + length + 2];
            if odd || memchr::memmem::find(with_dashes, b"<!--").is_some() {
                return None;
            }
            let (from, end) = (start + 4, start + 4 + length + 3);
            self.add(start, end, NodeKind::Comment(Span::from(from..end - 3)));
            self.at = end;
            return Some(());
        }
        if !rest.get(..9)?.eq_ignore_ascii_case(b"<!doctype") {
            return None;
        }
        let length = memchr::memchr2(b'<', b'>', &rest[1..])? + 1;
        if rest[length] != b'>' {
            return None;
        }
        self.at = start + length + 1;
        self.add(start, self.at, NodeKind::Doctype);
        Some(())
    }
}
