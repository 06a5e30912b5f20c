//! Reads the code of one hole. Each function gives nothing where the parser is needed.

use super::Event;
use crate::{ElementInput, HoleInput, Shape, Value, evaluate::number_text};
use velox_diagnostics::Span;

/// Deeper nesting is left to the parser, so that the stack always suffices.
const DEEPEST: u32 = 40;

/// Numbers of more digits are left to the parser.
pub(super) const LONGEST_NUMBER: usize = 15;

pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
    /// The elements in the code that are still to come.
    pub(super) elements: &'a [ElementInput],
    pub(super) events: &'a mut Vec<Event>,
    pub(super) depth: u32,
    /// Strings and templates so far.
    pub(super) strings: u32,
    /// Whether a `+` was seen.
    pub(super) added: bool,
    /// Whether `<` and `>` were seen: together they may be brackets of types.
    pub(super) angles: (bool, bool),
}

/// An expression.
pub(super) struct Part {
    /// All of it, parentheses included.
    pub(super) span: Span,
    /// Without parentheses around it.
    pub(super) inner: Span,
    pub(super) kind: Kind,
}

/// What it is, as far as its shape goes. Texts are made where a shape is wanted.
pub(super) enum Kind {
    Other,
    Element,
    Nothing,
    String,
    Number,
    /// A conditional of which no shape was wanted.
    Conditional,
    Built(Box<Shape>),
}

impl Part {
    pub(super) fn new(span: Span, kind: Kind) -> Self {
        Self { span, inner: span, kind }
    }
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, input: &'a HoleInput, events: &'a mut Vec<Event>) -> Self {
        Self {
            text,
            bytes: &text.as_bytes()[..input.span.end as usize],
            at: input.span.start as usize,
            elements: &input.elements,
            events,
            depth: 0,
            strings: 0,
            added: false,
            angles: (false, false),
        }
    }

    /// The shape of the hole's expression, and its value where that is told.
    pub(super) fn hole(mut self) -> Option<(Shape, Option<Box<Value>>)> {
        self.skip();
        if let Some(span) = self.path() {
            return Some((Shape::Other(span), None));
        }
        let (part, value) = if self.peek()? == b'[' {
            let (value, span) = self.list()?;
            (Part::new(span, Kind::Other), Some(Box::new(value)))
        } else {
            (self.expression(true)?, None)
        };
        self.skip();
        let whole = self.at == self.bytes.len() && self.elements.is_empty() && self.angles != (true, true);
        whole.then(|| (self.shape(part), value))
    }

    pub(super) fn shape(&self, part: Part) -> Shape {
        let span = part.inner;
        match part.kind {
            Kind::Other | Kind::Conditional => Shape::Other(span),
            Kind::Element => Shape::Element(span),
            Kind::Nothing => Shape::Nothing(span),
            Kind::String => {
                let value = Span::new(span.start + 1, span.end - 1).text(self.text).to_owned();
                Shape::Constant { value, span }
            }
            Kind::Number => match span.text(self.text).parse() {
                Ok(number) => Shape::Constant { value: number_text(number), span },
                Err(_) => Shape::Other(span),
            },
            Kind::Built(shape) => *shape,
        }
    }

    /// The same in a box, which it may have already.
    pub(super) fn boxed(&self, part: Part) -> Box<Shape> {
        match part.kind {
            Kind::Built(shape) => shape,
            _ => Box::new(self.shape(part)),
        }
    }

    /// Passes white space. Anything more unusual, comments too, is left to the parser as an unknown token.
    pub(super) fn skip(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.bytes.get(self.at) {
            self.at += 1;
        }
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    pub(super) fn ahead(&self, by: usize) -> Option<u8> {
        self.bytes.get(self.at + by).copied()
    }

    pub(super) fn eat(&mut self, byte: u8) -> Option<()> {
        self.skip();
        (self.peek() == Some(byte)).then(|| self.at += 1)
    }

    pub(super) fn since(&self, start: usize) -> Span {
        Span::new(start as u32, self.at as u32)
    }

    pub(super) fn at_element(&self) -> bool {
        self.elements.first().is_some_and(|element| element.span.start as usize == self.at)
    }

    /// `test ? yes : no`, or what stands alone.
    pub(super) fn expression(&mut self, wanted: bool) -> Option<Part> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let test = self.binary(wanted)?;
        let part = self.conditional(test, wanted)?;
        self.depth -= 1;
        Some(part)
    }

    /// What `test` is the test of, or that alone.
    pub(super) fn conditional(&mut self, test: Part, wanted: bool) -> Option<Part> {
        self.skip();
        Some(if self.peek() == Some(b'?') {
            self.at += 1;
            let yes = self.expression(wanted)?;
            self.eat(b':')?;
            let no = self.expression(wanted)?;
            let span = test.span.cover(no.span);
            let kind = if wanted {
                let (yes, no) = (self.boxed(yes), self.boxed(no));
                Kind::Built(Box::new(Shape::Conditional { test: test.span, yes, no, span }))
            } else {
                Kind::Conditional
            };
            Part::new(span, kind)
        } else {
            test
        })
    }

    /// Operands between operators. How these bind matters for `&&` alone, which binds looser than all but `||` and `??`.
    pub(super) fn binary(&mut self, wanted: bool) -> Option<Part> {
        let first = self.unary(wanted)?;
        let (start, mut end) = (first.span.start, first.span.end);
        // Where the last `&&` has its left side's end, and its right side's start.
        let mut and = None;
        let (mut or, mut nullish) = (false, false);
        let mut last = first;
        let mut operators_since = 0;
        let mut any = false;
        while let Some(operator) = self.operator()? {
            any = true;
            let operand = self.unary(wanted)?;
            match operator {
                b'&' => {
                    and = Some((end, operand.span.start));
                    operators_since = 0;
                }
                other => {
                    or |= other == b'|';
                    nullish |= other == b'?';
                    operators_since += 1;
                }
            }
            end = operand.span.end;
            last = operand;
        }
        if !any {
            return Some(last);
        }
        let span = Span::new(start, end);
        let kind = match and {
            // They must not stand together without parentheses.
            Some(_) if nullish => return None,
            None if nullish && or => return None,
            Some((left, right)) if wanted && !or => {
                let right = if operators_since == 0 {
                    self.boxed(last)
                } else {
                    Box::new(Shape::Other(Span::new(right, end)))
                };
                Kind::Built(Box::new(Shape::And { left: Span::new(start, left), right, span }))
            }
            _ => Kind::Other,
        };
        Some(Part::new(span, kind))
    }

    /// The operator that comes next, by its first byte; nothing where the expression ends.
    fn operator(&mut self) -> Option<Option<u8>> {
        self.skip();
        let Some(byte) = self.peek() else { return Some(None) };
        if self.at_element() {
            return None;
        }
        let rest = &self.bytes[self.at + 1..];
        let (next, third) = (rest.first().copied(), rest.get(1).copied());
        let length = match byte {
            b')' | b']' | b'}' | b',' | b':' | b';' => return Some(None),
            b'?' if next != Some(b'?') => return Some(None),
            b'&' | b'|' | b'?' if next == Some(byte) && third != Some(b'=') => 2,
            b'=' | b'!' if next == Some(b'=') => 2 + usize::from(third == Some(b'=')),
            b'<' | b'>' => {
                let (less, greater) = &mut self.angles;
                *(if byte == b'<' { less } else { greater }) = true;
                match next {
                    Some(b'=') if third != Some(b'=') => 2,
                    // Shifts, assignments, comments of HTML.
                    Some(b'<' | b'>' | b'=' | b'!' | b'/') => return None,
                    _ => 1,
                }
            }
            b'+' | b'-' | b'*' | b'/' | b'%' if !matches!(next, Some(b'+' | b'-' | b'*' | b'/' | b'=')) => 1,
            _ => return None,
        };
        self.added |= byte == b'+';
        self.at += length;
        Some(Some(byte))
    }

    fn unary(&mut self, wanted: bool) -> Option<Part> {
        self.skip();
        let start = self.at;
        match self.peek()? {
            b'!' | b'-' if !matches!(self.ahead(1), Some(b'-' | b'=')) => {
                self.depth += 1;
                if self.depth > DEEPEST {
                    return None;
                }
                self.at += 1;
                let operand = self.unary(false)?;
                self.depth -= 1;
                Some(Part::new(Span::new(start as u32, operand.span.end), Kind::Other))
            }
            _ => self.operand(wanted),
        }
    }
}
