//! Arrow functions in the arguments of a call: `(item) => item.name`, `({ name, tags }) => { const n = tags.length; return <b/>; }`.

use super::{
    Event,
    read::Reader,
    words::{Word, word},
};
use crate::{MapBody, scan::is_word};
use velox_diagnostics::Span;

/// Functions with more parameters, or constants, are left to the parser: each is compared with those before it.
const MOST_NAMES: usize = 8;

impl Reader<'_> {
    /// The head of an arrow function with plain names as parameters, and where its body begins, where one comes next.
    pub(super) fn arrow_head(&mut self) -> Option<(Span, usize)> {
        let start = self.at;
        let head = self.parameters().map(|()| self.since(start));
        let mut at = self.at;
        self.at = start;
        let head = head?;
        // It must stand in the same line.
        while matches!(self.bytes.get(at), Some(b' ' | b'\t')) {
            at += 1;
        }
        (self.bytes.get(at..at + 2) == Some(b"=>")).then_some((head, at + 2))
    }

    fn parameters(&mut self) -> Option<()> {
        if self.peek() != Some(b'(') {
            self.name()?;
            return Some(());
        }
        self.at += 1;
        if self.after() == Some(b')') {
            self.at += 1;
            return Some(());
        }
        loop {
            match self.after()? {
                b'{' => self.pattern(b'}')?,
                b'[' => self.pattern(b']')?,
                _ => {
                    self.name()?;
                }
            }
            let next = self.after()?;
            self.at += 1;
            match next {
                b',' => {}
                b')' => return Some(()),
                _ => return None,
            }
        }
    }

    /// Names in braces or brackets.
    fn pattern(&mut self, close: u8) -> Option<()> {
        loop {
            self.at += 1;
            self.skip();
            self.name()?;
            match self.after()? {
                b',' => {}
                byte if byte == close => break,
                _ => return None,
            }
        }
        self.at += 1;
        Some(())
    }

    /// An arrow function, and what it gives where that is wanted.
    pub(super) fn arrow(&mut self, head: Span, body: usize, wanted: bool) -> Option<Option<MapBody>> {
        self.events.push(Event::Enter);
        let from = self.events.len();
        let mut at = head.start as usize;
        for name in head.text(self.text).split(|char: char| !(char.is_ascii() && is_word(char as u8))) {
            if !name.is_empty() {
                let span = Span::new(at as u32, (at + name.len()) as u32);
                self.check(span, from)?;
                self.events.push(Event::Parameter(span));
            }
            at += name.len() + 1;
        }
        self.at = body;
        let body = if self.after() == Some(b'{') {
            self.depth += 1;
            let body = self.block(from, wanted)?;
            self.depth -= 1;
            wanted.then_some(body)
        } else {
            let part = self.expression(wanted)?;
            wanted.then(|| MapBody::Expression(self.boxed(part)))
        };
        self.events.push(Event::Leave);
        Some(body)
    }

    /// Whether a name can be declared beside those of the function whose declarations begin at an event.
    fn check(&self, name: Span, from: usize) -> Option<()> {
        let text = name.text(self.text);
        let mut names = 0;
        let mut again = false;
        for event in &self.events[from..] {
            if let Event::Parameter(other) | Event::Constant(other) = event {
                names += 1;
                again |= other.text(self.text) == text;
            } else if !matches!(event, Event::Body) {
                break;
            }
        }
        (!again && names < MOST_NAMES && word(text.as_bytes()) == Word::Name).then_some(())
    }

    /// A body of constants and one `return`. `from` is where the declarations of the function begin.
    fn block(&mut self, from: usize, wanted: bool) -> Option<MapBody> {
        let start = self.at;
        self.at += 1;
        self.events.push(Event::Body);
        // Constants are declared before anything of the body is looked at.
        let mut declared = self.events.len();
        let mut returns = Vec::new();
        loop {
            if self.after()? == b'}' {
                break;
            }
            let keyword = self.name()?;
            match &self.bytes[keyword.range()] {
                b"const" => {
                    self.skip();
                    let name = self.name()?;
                    self.check(name, from)?;
                    self.events.insert(declared, Event::Constant(name));
                    declared += 1;
                    self.eat(b'=')?;
                    self.expression(false)?;
                    self.eat(b';')?;
                }
                b"return" => {
                    while matches!(self.peek(), Some(b' ' | b'\t')) {
                        self.at += 1;
                    }
                    // Without a value, or with one that a line break cuts off.
                    if matches!(self.peek()?, b'\n' | b'\r' | b';' | b'}') {
                        return None;
                    }
                    let value = self.expression(wanted)?;
                    if wanted {
                        returns.push((Span::new(keyword.start, value.span.end), self.shape(value)));
                    }
                    if self.after()? == b';' {
                        self.at += 1;
                    }
                    // What could never run is left to the parser.
                    if self.after()? != b'}' {
                        return None;
                    }
                }
                _ => return None,
            }
        }
        self.at += 1;
        self.events.push(Event::End);
        Some(MapBody::Block { block: self.since(start), returns })
    }
}
