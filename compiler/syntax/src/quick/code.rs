//! Holes: those without elements are walked over at once, the code of the others is read up to each element in it.

use super::Reader;
use super::tag::Tag;
use crate::lexer::frames::Before;
use crate::lexer::modes::CodeToken;
use crate::lexer::plain::{last_in_code, plain_code_end, plain_literal_end};
use crate::lexer::scan;
use crate::tree::{Code, NodeId, NodeKind};
use logos::Logos;
use velox_diagnostics::Span;

/// A hole that is being read.
pub(super) struct CodeFrame {
    /// The opening brace.
    open: usize,
    /// The tag and the name of the attribute whose value it is; else it stands among children.
    attribute: Option<(Tag, Span)>,
    /// How many elements were open where it began.
    pub(super) elements: usize,
    /// How many brackets were open where it began.
    brackets: usize,
    /// Where the elements in it begin in [`Reader::nested`].
    nested: usize,
    before: Before,
    /// Whether there was anything but white space and comments since the last element.
    significant: bool,
}

/// An open bracket.
pub(super) struct Bracket {
    byte: u8,
    /// Whether it is the parenthesis of an `if` and the like.
    control: bool,
}

impl Reader<'_> {
    /// Where the code that begins at `start` ends, and whether it is empty, if it holds no elements and nothing odd.
    pub(super) fn plain_code(&self, start: usize, in_tag: bool) -> Option<(usize, bool)> {
        let close = plain_code_end(self.bytes, start, in_tag)?;
        Some((close, last_in_code(self.bytes, start, close).is_none()))
    }

    /// The hole among children whose brace stands at `open`. False where its code has to be read.
    pub(super) fn hole(&mut self, open: usize) -> Option<bool> {
        let Some((close, empty)) = self.plain_code(open + 1, false) else {
            self.begin_code(open, None);
            return Some(false);
        };
        let code = Code { span: Span::from(open + 1..close), empty, elements: Box::default() };
        self.add(open, close + 1, NodeKind::Hole(code));
        self.at = close + 1;
        Some(true)
    }

    /// Begins code whose brace stands at `open`.
    pub(super) fn begin_code(&mut self, open: usize, attribute: Option<(Tag, Span)>) {
        if attribute.is_none() {
            let code = Code { span: Span::default(), empty: false, elements: Box::default() };
            self.add(open, open + 1, NodeKind::Hole(code));
        }
        self.groups.begin(self.nodes.len());
        self.at = open + 1;
        self.code.push(CodeFrame {
            open,
            attribute,
            elements: self.open.len(),
            brackets: self.brackets.len(),
            nested: self.nested.len(),
            before: Before::Operator,
            significant: false,
        });
    }

    /// Reads code up to the next element, and that element's opening tag, or up to the end of the hole.
    pub(super) fn code(&mut self) -> Option<()> {
        let bytes = self.bytes;
        let frame = self.code.last_mut()?;
        let in_tag = frame.attribute.is_some();
        let mut lexer = CodeToken::lexer(bytes);
        lexer.bump(self.at);
        loop {
            let token = lexer.next()?;
            let (start, end) = (lexer.span().start, lexer.span().end);
            match token.unwrap_or(CodeToken::Keep) {
                CodeToken::Space | CodeToken::LineComment => continue,
                CodeToken::Word => {
                    // It may be an attribute, behind a hole that lost its brace.
                    if in_tag && scan::begins_attribute(bytes, start) {
                        return None;
                    }
                    frame.before = frame.before.after_word(&bytes[start..end]);
                }
                CodeToken::Number => frame.before = Before::Value,
                CodeToken::Operator => frame.before = Before::Operator,
                CodeToken::Dot => frame.before = Before::Dot,
                CodeToken::Keep => {}
                CodeToken::OpenBrace | CodeToken::OpenBracket => {
                    let control = frame.before == Before::Control;
                    self.brackets.push(Bracket { byte: bytes[start], control });
                    frame.before = Before::Operator;
                }
                CodeToken::CloseBrace if self.brackets.len() == frame.brackets => {
                    return self.end_code(start);
                }
                CodeToken::CloseBracket | CodeToken::CloseBrace => {
                    let opening = match bytes[start] {
                        b')' => b'(',
                        b']' => b'[',
                        _ => b'{',
                    };
                    let bracket = self.brackets.pop()?;
                    if bracket.byte != opening || self.brackets.len() < frame.brackets {
                        return None;
                    }
                    let statement = bracket.control && opening != b'{';
                    frame.before = if statement { Before::Operator } else { Before::Value };
                }
                CodeToken::Greater => frame.before = Before::Operator,
                CodeToken::Slash => {
                    // In a tag it may end it.
                    if in_tag {
                        return None;
                    }
                    if frame.before.expects_expression() {
                        let regex = scan::regex_end(bytes, start).ok()?;
                        lexer.bump(regex - end);
                        frame.before = Before::Value;
                    } else {
                        frame.before = Before::Operator;
                    }
                }
                CodeToken::Quote => {
                    let string = scan::string_end(bytes, start);
                    if !string.closed || string.suspicious {
                        return None;
                    }
                    lexer.bump(string.end - end);
                    frame.before = Before::Value;
                }
                CodeToken::Backtick => {
                    lexer.bump(plain_literal_end(bytes, end, in_tag)? - end);
                    frame.before = Before::Value;
                }
                CodeToken::BlockComment => {
                    let length = memchr::memmem::find(&bytes[end..], b"*/")?;
                    // One that holds a brace may have lost its end, and taken another's.
                    if memchr::memchr(b'{', &bytes[end..end + length]).is_some() {
                        return None;
                    }
                    lexer.bump(length + 2);
                    continue;
                }
                CodeToken::Comment | CodeToken::CloseTag => return None,
                CodeToken::Less => {
                    let fragment = bytes.get(end) == Some(&b'>');
                    if fragment || scan::is_name_start(self.text, end) {
                        return self.element_in_code(start, fragment);
                    }
                    frame.before = Before::Operator;
                }
            }
            frame.significant = true;
        }
    }

    /// The element that begins at `start`; nothing where that may be a comparison or type arguments.
    fn element_in_code(&mut self, start: usize, fragment: bool) -> Option<()> {
        let frame = self.code.last_mut()?;
        let element = match frame.before {
            Before::Element => true,
            before => {
                before.expects_expression() && (fragment || !scan::begins_type_parameters(self.text, start))
            }
        };
        // Side by side with another it is reported.
        let first = self.nested.len() == frame.nested;
        if !element || !(first || frame.significant) {
            return None;
        }
        frame.significant = false;
        frame.before = Before::Element;
        let name_end = if fragment { start + 1 } else { scan::name_end(self.text, start + 1) };
        self.open_tag(start, name_end)
    }

    /// Ends the innermost code, whose `}` stands at `close`.
    fn end_code(&mut self, close: usize) -> Option<()> {
        let frame = self.code.pop()?;
        let elements: Box<[NodeId]> = self.nested[frame.nested..].into();
        self.nested.truncate(frame.nested);
        let empty = elements.is_empty() && !frame.significant;
        let code = Code { span: Span::from(frame.open + 1..close), empty, elements };
        match frame.attribute {
            Some(_) if empty => None,
            Some((tag, name)) => {
                let attribute = self.attributes.len() - tag.attributes;
                self.groups.end(self.nodes.len(), tag.node, attribute);
                self.end_expression(name, code);
                self.tag(tag)
            }
            None => {
                let hole = *self.nested.last()?;
                self.groups.end(self.nodes.len(), hole, 0);
                let node = &mut self.nodes[hole.0 as usize];
                node.span = Span::from(frame.open..close + 1);
                node.kind = NodeKind::Hole(code);
                self.at = close + 1;
                Some(())
            }
        }
    }
}
