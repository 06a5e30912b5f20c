//! Lists of values, as in `class:list={['tag', item.active && 'on']}`: the one kind of hole that is read and whose value is told.

use super::{
    Event,
    read::{Kind, Reader},
};
use crate::Value;
use velox_diagnostics::Span;

/// Longer paths are not spelled out.
const LONGEST_PATH: usize = 16;

impl Reader<'_> {
    /// The value of the list that begins here, and its span.
    pub(super) fn list(&mut self) -> Option<(Value, Span)> {
        let start = self.at;
        self.at += 1;
        let mut values = Vec::new();
        loop {
            self.skip();
            if self.peek()? == b']' {
                break;
            }
            values.push(self.item()?);
            self.skip();
            match self.peek()? {
                b',' => self.at += 1,
                b']' => break,
                _ => return None,
            }
        }
        self.at += 1;
        let span = self.since(start);
        Some((Value::Array(values, span), span))
    }

    /// An item: a constant, or what begins with a name, so that only running it can tell its value.
    fn item(&mut self) -> Option<Value> {
        let (start, events) = (self.at, self.events.len());
        self.added = false;
        let test = self.binary(false)?;
        let chain = self.first_chain(start, events);
        let alone = chain.as_ref().is_some_and(|(_, span)| *span == test.span);
        let part = self.conditional(test, false)?;
        if self.added {
            // Strings that are put together may be known in part.
            return None;
        }
        let span = part.inner;
        match (part.kind, chain) {
            (Kind::String, _) => {
                let text = Span::new(span.start + 1, span.end - 1).text(self.text);
                Some(Value::String(text.to_owned(), span))
            }
            (Kind::Conditional, Some((why, _))) if alone => Some(Value::Unknown(span, why)),
            (Kind::Conditional, Some(_)) => {
                Some(Value::Unknown(span, "it computes something that only running it can tell".to_owned()))
            }
            (Kind::Other, Some((why, _))) => Some(Value::Unknown(span, why)),
            _ => None,
        }
    }

    /// Why the value of an expression is not known that begins with a name, or with members of one: that name, and its place.
    fn first_chain(&self, start: usize, events: usize) -> Option<(String, Span)> {
        let mut events = self.events[events..].iter();
        let Some(Event::Name(name)) = events.next() else { return None };
        let before = self.bytes.get(start..name.start as usize)?;
        let name_text = name.text(self.text);
        let plain = before.iter().all(|byte| matches!(byte, b'!' | b'-' | b' ' | b'\n'));
        if !plain || matches!(name_text, "NaN" | "Infinity") {
            return None;
        }
        let mut path = name_text.to_owned();
        let mut end = name.end;
        let mut parts = 1;
        for event in events {
            let Event::Member(member) = event else { break };
            // What follows another operand is none of its members: those come next in the text.
            path.push('.');
            path.push_str(member.text(self.text));
            end = member.end;
            parts += 1;
        }
        let rest = self.bytes[end as usize..].trim_ascii_start();
        if parts > LONGEST_PATH || matches!(rest.first(), Some(b'[' | b'(')) {
            return None;
        }
        let why = if parts == 1 { format!("it uses `{path}`") } else { format!("it reads `{path}`") };
        Some((why, Span::new(name.start, end)))
    }
}
