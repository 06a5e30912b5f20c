//! What is told of the offset once the tokens before it are read.

use super::ahead::look;
use super::frame::{Frame, Opened, Range};
use super::walk::Walk;
use super::{Cursor, Enclosing, EnclosingKind, Place, Receiver};
use velox_diagnostics::Span;

impl Walk<'_> {
    pub(super) fn finish(mut self, place: Place, word: Range, newline: bool, end: usize) -> Cursor {
        let text = self.text;
        let word_text = text.as_bytes().get(word.0..word.1).unwrap_or_default();
        let starts_statement = place == Place::Code && self.begins_statement(newline, word_text);
        if starts_statement {
            self.begin_statement();
        }
        if let Some(names) = self.arrow.take() {
            self.add_parameters(&names, true);
        }
        let owned = |range: &Range| text.get(range.0..range.1).unwrap_or_default().to_owned();
        let words = |frame: &Frame| frame.head.iter().map(owned).collect::<Vec<_>>();
        let receiver = match self.previous {
            Some(dot)
                if place == Place::Code
                    && (self.is(self.previous, b".") || self.is(self.previous, b"?.")) =>
            {
                match (self.in_chain, self.chain.first(), self.chain.last()) {
                    (true, Some(first), Some(last)) => {
                        Receiver::Chain(self.chain.iter().map(owned).collect(), Span::from(first.0..last.1))
                    }
                    _ => Receiver::Other(dot.start as u32),
                }
            }
            _ => Receiver::None,
        };
        let last = self.frames.len() - 1;
        let ahead = match self.frames[last].kind {
            Opened::Object => Some(look(self.bytes, end, true)),
            Opened::Pattern | Opened::Clause { .. } => Some(look(self.bytes, end, false)),
            _ => None,
        }
        .unwrap_or_default();
        let mut around = Vec::with_capacity(last);
        for (at, frame) in self.frames.iter().enumerate().skip(1) {
            let mut keys: Vec<String> = frame.keys.iter().map(owned).collect();
            if at == last {
                keys.extend(ahead.keys.iter().cloned());
            }
            let kind = match frame.kind {
                Opened::Object => {
                    let key = frame.key.as_ref().map(|range| (owned(range), Span::from(range.0..range.1)));
                    EnclosingKind::Object { key, keys }
                }
                Opened::Pattern if self.bytes[frame.open] == b'{' => {
                    let of = if at == last { ahead.of.clone() } else { Vec::new() };
                    EnclosingKind::Pattern { of, keys }
                }
                Opened::Clause { import } => {
                    let specifier = ahead.specifier.clone().filter(|_| at == last);
                    EnclosingKind::Clause { import, specifier, keys }
                }
                Opened::Call => {
                    let span = match (frame.callee.first(), frame.callee.last()) {
                        (Some(first), Some(last)) => Span::from(first.0..last.1),
                        _ => Span::at(frame.open as u32),
                    };
                    let callee = frame.callee.iter().map(owned).collect();
                    EnclosingKind::Call { callee, span, is_new: frame.is_new }
                }
                Opened::Array => EnclosingKind::Array,
                Opened::Block => EnclosingKind::Block,
                Opened::Hole => EnclosingKind::Hole,
                Opened::Index => EnclosingKind::Index,
                Opened::Pattern | Opened::Top | Opened::Group => EnclosingKind::Group,
            };
            around.push(Enclosing { open: frame.open as u32, kind, index: frame.index });
        }
        let innermost = self.frames.iter().rev().find(|frame| frame.holds_statements());
        let inner_head = innermost.map(words).unwrap_or_default();
        let head = words(&self.frames[0]);
        let before = self.previous.map(|token| owned(&(token.start, token.end))).unwrap_or_default();
        let locals = self.frames.into_iter().enumerate().flat_map(|(depth, frame)| {
            frame.locals.into_iter().map(move |(mut local, until_comma)| {
                local.inner = depth > 0 || until_comma;
                local
            })
        });
        Cursor {
            place,
            word: Span::from(word.0..word.1),
            receiver,
            around,
            starts_statement,
            head,
            inner_head,
            before,
            locals: locals.collect(),
        }
    }
}
