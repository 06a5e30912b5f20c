//! Operands: what stands between operators, with the members and calls after it.

use super::{
    Event,
    read::{Kind, LONGEST_NUMBER, Part, Reader},
    words::{Word, word},
};
use crate::{MapBody, Shape, scan::is_word};
use velox_diagnostics::Span;

/// The name that members and calls follow.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Chain {
    /// A name alone.
    Name,
    /// Members of a name.
    Members,
    /// Anything else: what is read of it is not told.
    Value,
}

impl Reader<'_> {
    pub(super) fn operand(&mut self, wanted: bool) -> Option<Part> {
        let start = self.at;
        if self.at_element() {
            return self.element();
        }
        let mut chain = Chain::Value;
        let mut new = false;
        let part = match self.peek()? {
            b'(' => {
                self.at += 1;
                let events = self.events.len();
                let inner = self.expression(wanted)?;
                self.eat(b')')?;
                let span = self.since(start);
                // Members of a name in parentheses are members of the name.
                let of_name = matches!(self.events.get(events), Some(Event::Name(_)));
                if of_name && matches!(self.after(), Some(b'.' | b'(' | b'[' | b'?')) {
                    return None;
                }
                Part { span, ..inner }
            }
            b'"' | b'\'' => self.string()?,
            b'`' => self.template(wanted)?,
            b'0'..=b'9' => self.number()?,
            _ => {
                let name = self.name()?;
                let kind = match word(&self.bytes[start..self.at]) {
                    Word::Name => {
                        chain = Chain::Name;
                        self.events.push(Event::Name(name));
                        Kind::Other
                    }
                    Word::Nothing => Kind::Nothing,
                    Word::New => {
                        new = true;
                        self.constructor()?;
                        Kind::Other
                    }
                    Word::Other => return None,
                };
                Part::new(name, kind)
            }
        };
        let (part, any) = self.members(part, chain, wanted)?;
        // The value of what is made is told.
        (!new || any).then_some(part)
    }

    /// All that is left, where that is `a.b.c`, as in most holes. Else nothing has happened.
    pub(super) fn path(&mut self) -> Option<Span> {
        let (start, events) = (self.at, self.events.len());
        let path = self.names(start);
        if path.is_none() {
            self.at = start;
            self.events.truncate(events);
        }
        path
    }

    fn names(&mut self, start: usize) -> Option<Span> {
        let name = self.name()?;
        if word(&self.bytes[start..self.at]) != Word::Name {
            return None;
        }
        self.events.push(Event::Name(name));
        while self.peek() == Some(b'.') {
            self.at += 1;
            let member = self.name()?;
            self.events.push(Event::Member(member));
        }
        let span = self.since(start);
        self.skip();
        (self.at == self.bytes.len()).then_some(span)
    }

    /// The byte after white space.
    pub(super) fn after(&mut self) -> Option<u8> {
        self.skip();
        self.peek()
    }

    fn element(&mut self) -> Option<Part> {
        let (element, rest) = self.elements.split_first()?;
        let span = element.span;
        if span.len() < 3 || span.end as usize > self.bytes.len() {
            return None;
        }
        self.events.push(Event::Element);
        self.elements = rest;
        self.at = span.end as usize;
        // Anything else that could go on with it is an operator that is not known.
        (self.after() != Some(b'?') || !matches!(self.ahead(1), Some(b'.')))
            .then(|| Part::new(span, Kind::Element))
    }

    /// A name or keyword in ASCII.
    pub(super) fn name(&mut self) -> Option<Span> {
        let start = self.at;
        let first = self.peek()?;
        if !(first.is_ascii_alphabetic() || matches!(first, b'_' | b'$')) {
            return None;
        }
        let rest = &self.bytes[start..];
        self.at += rest.iter().position(|byte| !is_word(*byte)).unwrap_or(rest.len());
        // Other letters, and escapes.
        let plain = self.bytes[start..self.at].is_ascii() && self.peek() != Some(b'\\');
        plain.then(|| self.since(start))
    }

    /// `Name(...)` or `a.Name(...)` after `new`.
    fn constructor(&mut self) -> Option<()> {
        self.skip();
        let start = self.at;
        let name = self.name()?;
        if word(&self.bytes[start..self.at]) != Word::Name {
            return None;
        }
        self.events.push(Event::Name(name));
        let mut chain = Chain::Name;
        while self.after() == Some(b'.') {
            self.at += 1;
            self.skip();
            let member = self.name()?;
            self.events.push(Event::Member(member));
            chain = Chain::Members;
        }
        self.eat(b'(')?;
        self.arguments(chain, false)?;
        Some(())
    }

    /// Members and calls after an operand, and whether there are any.
    fn members(&mut self, part: Part, mut chain: Chain, wanted: bool) -> Option<(Part, bool)> {
        let start = part.span.start as usize;
        let mut part = part;
        let mut optional = false;
        let mut any = false;
        // The end of the object, where `.map` was the last member.
        let mut mapped = None;
        loop {
            let object = self.at;
            let next = self.after();
            let map = mapped.take();
            let mut kind = Kind::Other;
            match next {
                Some(b'?') if self.ahead(1) == Some(b'.') && !matches!(self.ahead(2), Some(b'0'..=b'9')) => {
                    self.at += 2;
                    self.skip();
                    optional = true;
                    self.member(&mut chain)?;
                }
                Some(b'.') => {
                    self.at += 1;
                    self.skip();
                    let member = self.member(&mut chain)?;
                    if &self.bytes[member.range()] == b"map" {
                        mapped = Some(object as u32);
                    }
                }
                Some(b'[') => {
                    self.at += 1;
                    self.computed(&mut chain)?;
                }
                Some(b'(') => {
                    self.at += 1;
                    let body = self.arguments(chain, wanted && !optional && map.is_some())?;
                    chain = Chain::Value;
                    if let (Some((head, body)), Some(end)) = (body, map) {
                        let object = Span::new(start as u32, end);
                        let span = self.since(start);
                        kind = Kind::Built(Box::new(Shape::Map { object, head, body, span }));
                    }
                }
                // A tag, or types.
                Some(b'`') => return None,
                _ => return Some((part, any)),
            }
            any = true;
            part = Part::new(self.since(start), kind);
        }
    }

    /// The name after a dot.
    fn member(&mut self, chain: &mut Chain) -> Option<Span> {
        let name = self.name()?;
        if *chain != Chain::Value {
            *chain = Chain::Members;
            self.events.push(Event::Member(name));
        }
        Some(name)
    }

    /// The key between brackets.
    fn computed(&mut self, chain: &mut Chain) -> Option<()> {
        let events = self.events.len();
        let key = self.expression(false)?;
        self.eat(b']')?;
        if matches!(key.kind, Kind::String) {
            // In parentheses it is no key that is told.
            if key.span != key.inner {
                return None;
            }
            if *chain != Chain::Value {
                *chain = Chain::Members;
                debug_assert_eq!(self.events.len(), events);
                self.events.push(Event::Key(key.span));
            }
        } else {
            *chain = Chain::Value;
        }
        Some(())
    }

    /// What stands between the parentheses of a call. Where a shape is wanted and there is but an arrow function: its head and body.
    fn arguments(&mut self, callee: Chain, wanted: bool) -> Option<Option<(Span, MapBody)>> {
        if callee != Chain::Value {
            self.events.push(Event::Called);
        }
        let strings = self.strings;
        let mut count = 0;
        let mut body = None;
        if self.after() == Some(b')') {
            self.at += 1;
            return Some(None);
        }
        loop {
            self.skip();
            match self.arrow_head() {
                Some((head, end)) => {
                    // Only the shape of the first can be wanted: with more there is none.
                    body = Some((head, self.arrow(head, end, wanted && count == 0)?));
                }
                None => {
                    self.expression(false)?;
                }
            }
            count += 1;
            self.skip();
            self.at += 1;
            match self.bytes[self.at - 1..].first()? {
                b',' => {}
                b')' => break,
                _ => return None,
            }
        }
        // Such a call is told with the values of its arguments.
        if callee == Chain::Name && self.strings != strings {
            return None;
        }
        Some(body.filter(|_| count == 1).and_then(|(head, body)| Some((head, body?))))
    }

    /// A string without escapes.
    fn string(&mut self) -> Option<Part> {
        let start = self.at;
        let quote = self.peek()?;
        self.strings += 1;
        loop {
            self.at += 1;
            match self.peek()? {
                b'\\' | b'\n' | b'\r' => return None,
                byte if byte == quote => break,
                _ => {}
            }
        }
        self.at += 1;
        Some(Part::new(self.since(start), Kind::String))
    }

    /// A template literal without escapes.
    fn template(&mut self, wanted: bool) -> Option<Part> {
        let start = self.at;
        self.strings += 1;
        self.at += 1;
        let (mut texts, mut parts) = (Vec::new(), Vec::new());
        let mut from = self.at;
        loop {
            match self.peek()? {
                b'\\' | b'\r' => return None,
                b'`' => break,
                b'$' if self.ahead(1) == Some(b'{') => {
                    if wanted {
                        texts.push(self.since(from).text(self.text).to_owned());
                    }
                    self.at += 2;
                    let part = self.expression(false)?;
                    self.eat(b'}')?;
                    if wanted {
                        parts.push(part.span);
                    }
                    from = self.at;
                }
                _ => self.at += 1,
            }
        }
        let last = self.since(from);
        self.at += 1;
        let span = self.since(start);
        if !wanted {
            return Some(Part::new(span, Kind::Other));
        }
        let last = last.text(self.text).to_owned();
        let shape = if parts.is_empty() {
            Shape::Constant { value: last, span }
        } else {
            texts.push(last);
            Shape::Template { texts, parts, span }
        };
        Some(Part::new(span, Kind::Built(Box::new(shape))))
    }

    /// A decimal number.
    fn number(&mut self) -> Option<Part> {
        let start = self.at;
        let digits = |reader: &mut Self| {
            let from = reader.at;
            while matches!(reader.peek(), Some(b'0'..=b'9')) {
                reader.at += 1;
            }
            reader.at > from
        };
        digits(self);
        let octal = self.bytes[start] == b'0' && self.at - start > 1;
        if self.peek() == Some(b'.') {
            self.at += 1;
            if !digits(self) {
                return None;
            }
        }
        let ends = !self.peek().is_some_and(|byte| is_word(byte) || matches!(byte, b'.' | b'\\'));
        (ends && !octal && self.at - start <= LONGEST_NUMBER)
            .then(|| Part::new(self.since(start), Kind::Number))
    }
}
