//! Opening tags, and the text of raw elements.

use super::{Open, Reader};
use crate::builder::hole_attribute;
use crate::elements;
use crate::lexer::bytes::{ATTRIBUTE, SPACE, is, run_end};
use crate::lexer::raw::raw_close;
use crate::lexer::token::{GroupId, Kind, Token};
use crate::tree::{Attribute, AttributeValue, Code, Element, NodeId, NodeKind};
use velox_diagnostics::Span;

/// With more attributes than this, the builder looks for duplicates.
const FEW_ATTRIBUTES: usize = 12;

/// An opening tag that is being read.
#[derive(Clone, Copy)]
pub(super) struct Tag {
    pub(super) node: NodeId,
    start: usize,
    name: Span,
    /// Where its attributes begin in [`Reader::attributes`].
    pub(super) attributes: usize,
}

impl Reader<'_> {
    /// Reads the opening tag whose `<` stands at `start`, as far as it goes without code that has to be read first.
    pub(super) fn open_tag(&mut self, start: usize, name_end: usize) -> Option<()> {
        if self.bytes.get(name_end) == Some(&b'<') {
            return None;
        }
        let node = self.add(start, name_end, NodeKind::Text);
        self.at = name_end;
        let name = Span::from(start + 1..name_end);
        self.tag(Tag { node, start, name, attributes: self.attributes.len() })
    }

    /// Reads attributes from [`Reader::at`] on, and the tag's end.
    pub(super) fn tag(&mut self, tag: Tag) -> Option<()> {
        let bytes = self.bytes;
        loop {
            let at = self.at;
            match *bytes.get(at)? {
                byte if is(byte, SPACE) => self.at = run_end(bytes, at, SPACE),
                byte if is(byte, ATTRIBUTE) => {
                    let name = Span::from(at..run_end(bytes, at, ATTRIBUTE));
                    if !self.named_attribute(tag, name)? {
                        return Some(());
                    }
                }
                b'>' => return self.end_tag(tag, at + 1, false),
                b'/' if bytes.get(at + 1) == Some(&b'>') => return self.end_tag(tag, at + 2, true),
                b'{' => {
                    let (close, empty) = self.plain_code(at + 1, true)?;
                    if empty {
                        return None;
                    }
                    let (start, end) = (at as u32, close as u32 + 1);
                    let hole = Token { kind: Kind::Hole, group: GroupId::NONE, start, end };
                    let (attribute, right) = hole_attribute(self.text, hole);
                    if !right {
                        return None;
                    }
                    self.attributes.push(attribute);
                    self.at = close + 1;
                }
                _ => return None,
            }
        }
    }

    /// An attribute, from its name on. False where its value is code with elements, which is read first.
    fn named_attribute(&mut self, tag: Tag, name: Span) -> Option<bool> {
        let bytes = self.bytes;
        let after = name.end as usize;
        if bytes.get(after) != Some(&b'=') {
            self.attributes.push(Attribute { span: name, name, value: AttributeValue::Bare });
            self.at = after;
            return Some(true);
        }
        let start = after + 1;
        match *bytes.get(start)? {
            quote @ (b'"' | b'\'') => {
                let value = start + 1;
                let end = value + memchr::memchr(quote, &bytes[value..])?;
                // A value that ends with `=` may have lost its own quote, and so may one behind which the tag does not go on.
                let goes_on = match bytes.get(end + 1)? {
                    b'>' => true,
                    b'/' => bytes.get(end + 2) == Some(&b'>'),
                    byte => is(*byte, SPACE),
                };
                if !goes_on || bytes[end - 1] == b'=' {
                    return None;
                }
                self.at = end + 1;
                let value = AttributeValue::Text(Span::from(value..end));
                self.attributes.push(Attribute { span: Span::new(name.start, self.at as u32), name, value });
                Some(true)
            }
            b'{' => match self.plain_code(start + 1, true) {
                Some((_, true)) => None,
                Some((close, false)) => {
                    let span = Span::from(start + 1..close);
                    self.end_expression(name, Code { span, empty: false, elements: Box::default() });
                    Some(true)
                }
                None => {
                    self.begin_code(start, Some((tag, name)));
                    Some(false)
                }
            },
            _ => None,
        }
    }

    /// Adds the attribute `name` whose value is `code`; goes on behind its brace.
    pub(super) fn end_expression(&mut self, name: Span, code: Code) {
        let end = code.span.end + 1;
        self.at = end as usize;
        self.attributes.push(Attribute {
            span: Span::new(name.start, end),
            name,
            value: AttributeValue::Expr(code),
        });
    }

    fn end_tag(&mut self, tag: Tag, end: usize, self_closing: bool) -> Option<()> {
        self.at = end;
        let attributes: Box<[Attribute]> = if self.attributes.len() > tag.attributes {
            self.attributes.drain(tag.attributes..).collect()
        } else {
            Box::default()
        };
        if self.may_repeat(&attributes) {
            return None;
        }
        let name = tag.name.text(self.text);
        let open = Span::from(tag.start..end);
        let raw = elements::is_raw(name) && !self_closing;
        if raw && !self.is_plainly_raw(&attributes) {
            return None;
        }
        let element = Element {
            kind: elements::kind_of(name),
            name: tag.name,
            open,
            close: None,
            self_closing,
            attributes,
            children: Box::default(),
        };
        let node = &mut self.nodes[tag.node.0 as usize];
        node.span = open;
        node.kind = NodeKind::Element(element);
        if !(self_closing || elements::is_void(name)) {
            self.open.push(Open { node: tag.node, name: tag.name, children: self.nested.len() });
        }
        if raw { self.raw_text(tag.name) } else { Some(()) }
    }

    /// Whether an attribute may be there twice.
    fn may_repeat(&self, attributes: &[Attribute]) -> bool {
        let bytes = self.bytes;
        attributes.len() > FEW_ATTRIBUTES
            || attributes.iter().enumerate().any(|(index, attribute)| {
                attributes[..index].iter().any(|earlier| {
                    earlier.name.len() == attribute.name.len()
                        && !attribute.name.is_empty()
                        && bytes[earlier.name.range()].eq_ignore_ascii_case(&bytes[attribute.name.range()])
                })
            })
    }

    /// Whether a raw element of these attributes holds raw text and nothing else: a script of JSON may hold an expression, and a
    /// word in the tag may be the selector that the text begins with.
    fn is_plainly_raw(&self, attributes: &[Attribute]) -> bool {
        attributes.iter().all(|attribute| match &attribute.value {
            AttributeValue::Text(value) => !elements::is_json_type(value.text(self.text)),
            AttributeValue::Bare => false,
            _ => true,
        })
    }

    /// The text and the closing tag of the raw element that has just begun.
    fn raw_text(&mut self, name: Span) -> Option<()> {
        let start = self.at;
        let close = raw_close(self.text, start, name.text(self.text)).ok()?;
        let end = close + 2 + name.len() as usize;
        if self.bytes.get(end) != Some(&b'>') {
            return None;
        }
        if start < close {
            self.add(start, close, NodeKind::RawText);
        }
        self.close_element(Span::from(close..end + 1));
        Some(())
    }
}
