//! Facts about holes that were read without the parser: their events happen where the walk comes to them.

use super::{Binding, ScopeKind, Sink, Walker, expression::Head};
use crate::{
    NameUse, parse,
    plain::{Event, Plain, Read},
};
use swc_ecma_ast::{ArrayLit, ExprOrSpread};
use velox_diagnostics::Span;

/// The holes that were read, and the values of the array around that were not looked at yet.
#[derive(Default)]
pub(super) struct Among<'ast> {
    plain: Plain,
    values: std::slice::Iter<'ast, Option<ExprOrSpread>>,
}

impl Among<'_> {
    pub(super) fn is_some(&self) -> bool {
        self.plain.is_some()
    }
}

impl<'ast> Walker<'ast, '_> {
    /// Walks all holes of a template. The array holds those that are for the parser, if there are any.
    pub(crate) fn all_holes(&mut self, plain: Plain, array: Option<&'ast ArrayLit>) {
        self.among.plain = plain;
        let values = array.map_or_else(Default::default, |array| array.elems.iter());
        self.among.values = values;
        self.siblings(0, u32::MAX);
        // An element that the walk did not come to stands where none may, in a pattern or in a type.
        self.mixed |= self.next_value().is_some() || self.among.plain.is_left();
    }

    /// Walks the holes of an element, of which the array holds those that are for the parser.
    pub(super) fn element_among_plain(&mut self, array: &'ast ArrayLit) {
        let span = parse::raw(array.span);
        let outer = std::mem::replace(&mut self.among.values, array.elems.iter());
        let first = self.flat.partition_point(|hole| hole.input.span.start <= span.start);
        self.siblings(first, span.end);
        // Values that lie in no hole, or two in one.
        self.mixed |= self.next_value().is_some();
        self.among.values = outer;
    }

    fn next_value(&mut self) -> Option<&'ast ExprOrSpread> {
        loop {
            match self.among.values.as_slice().first()? {
                Some(value) => return Some(value),
                None => self.among.values.next(),
            };
        }
    }

    fn siblings(&mut self, from: usize, to: u32) {
        let mut index = from;
        while let Some(hole) = self.flat.get(index)
            && hole.input.span.start < to
        {
            self.sibling(index, hole.input.span);
            index = hole.last as usize;
        }
    }

    fn sibling(&mut self, index: usize, span: Span) {
        if self.among.plain.is_plain(index as u32) {
            self.deeper(|walker| walker.plain_hole(index));
        } else if let Some(value) = self.next_value()
            && span.contains(parse::span(&value.expr))
        {
            self.among.values.next();
            let found = self.hole(&value.expr, Some(value.spread.is_some()));
            self.mixed |= found != Some(index);
        }
    }

    /// A hole that was read: does what [`Walker::hole`] does for a tree.
    fn plain_hole(&mut self, index: usize) {
        let Some(Read { shape, value, events: (from, to) }) = self.among.plain.take(index) else { return };
        let sink = Sink { base: self.functions, ..Sink::default() };
        let outer = std::mem::replace(&mut self.sink, sink);
        let elements = &self.flat[index].input.elements;
        let mut elements = elements.iter();
        let mut inner = index + 1;
        let names = |event: &Event| matches!(event, Event::Name(_));
        let uses = self.among.plain.events(from, to).iter().filter(|event| names(event)).count();
        self.sink.uses = Vec::with_capacity(uses);
        let mut chain = None;
        for at in from..to {
            let Some(&event) = self.among.plain.events(at, to).first() else { break };
            match event {
                Event::Name(span) => {
                    let rest = self.among.plain.events(at + 1, to).iter();
                    let members = rest.take_while(|event| event.is_member()).count();
                    chain = self.plain_name(span, members);
                }
                Event::Member(span) => self.plain_member(chain, span, span),
                Event::Key(span) => {
                    self.plain_member(chain, Span::new(span.start + 1, span.end - 1), span);
                }
                Event::Called => self.called(chain),
                Event::Enter => {
                    self.functions += 1;
                    self.names.enter(ScopeKind::Head);
                }
                Event::Parameter(span) => {
                    self.names.declare(span.text(self.text), Binding::Parameter, span);
                }
                Event::Body => self.names.enter(ScopeKind::Body),
                Event::Constant(span) => {
                    self.names.declare(span.text(self.text), Binding::Lexical, span);
                }
                Event::End => self.names.leave(),
                Event::Leave => {
                    self.names.leave();
                    self.functions -= 1;
                }
                Event::Element => {
                    for _ in elements.next().into_iter().flat_map(|element| &element.holes) {
                        let hole = self.flat[inner];
                        self.sibling(inner, hole.input.span);
                        inner = hole.last as usize;
                    }
                }
            }
        }
        let found = std::mem::replace(&mut self.sink, outer);
        if let Some(facts) = self.holes.get_mut(index) {
            facts.valid = true;
            facts.shape = shape;
            facts.value = value;
            facts.uses = found.uses;
        }
    }

    fn plain_name(&mut self, span: Span, members: usize) -> Option<Head> {
        let name = span.text(self.text);
        if self.names.is_local(name) {
            return None;
        }
        self.sink.uses.push(NameUse {
            name: name.to_owned(),
            span,
            in_function: self.functions > 0,
            members: Vec::with_capacity(members),
            called: false,
            assigned: false,
            destructured: Vec::new(),
            typeof_operand: false,
        });
        Some(Head::Name(self.sink.uses.len() - 1))
    }

    fn plain_member(&mut self, chain: Option<Head>, name: Span, span: Span) {
        if let Some(Head::Name(index)) = chain {
            self.sink.uses[index].members.push((name.text(self.text).to_owned(), span));
        }
    }
}
