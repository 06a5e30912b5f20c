//! Cuts holes and elements out of test templates, as the template's parser does for real ones.
//!
//! Refuses all but what the tests need: no strings or comments that hold brackets, no void elements.

use crate::{ElementInput, HoleInput};
use velox_diagnostics::Span;

/// The holes of a template.
pub(super) fn template(text: &str) -> Vec<HoleInput> {
    let mut cutter = Cutter { bytes: text.as_bytes(), at: 0 };
    let mut holes = Vec::new();
    while cutter.at < text.len() {
        cutter.text(&mut holes);
    }
    holes
}

/// The elements of a module.
pub(super) fn module(text: &str) -> Vec<ElementInput> {
    let mut cutter = Cutter { bytes: text.as_bytes(), at: 0 };
    let mut elements = Vec::new();
    cutter.code(&mut elements, false);
    elements
}

struct Cutter<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Cutter<'_> {
    fn rest(&self) -> &[u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn text(&mut self, holes: &mut Vec<HoleInput>) {
        if self.bytes[self.at] == b'{' {
            holes.push(self.hole());
        } else {
            self.at += 1;
        }
    }

    fn hole(&mut self) -> HoleInput {
        self.at += 1;
        let spread = self.rest().starts_with(b"...");
        self.at += if spread { 3 } else { 0 };
        let start = self.at;
        let mut elements = Vec::new();
        self.code(&mut elements, true);
        let span = Span::new(start as u32, self.at as u32);
        self.at += 1;
        HoleInput { span, spread, elements }
    }

    fn code(&mut self, elements: &mut Vec<ElementInput>, in_hole: bool) {
        let mut depth = 0;
        while self.at < self.bytes.len() {
            match self.bytes[self.at] {
                b'{' => depth += 1,
                b'}' if depth == 0 && in_hole => return,
                b'}' => depth -= 1,
                b'<' if self.begins_element() => {
                    elements.push(self.element());
                    continue;
                }
                _ => {}
            }
            self.at += 1;
        }
    }

    fn begins_element(&self) -> bool {
        let before = self.bytes[..self.at].trim_ascii_end();
        let next = self.bytes.get(self.at + 1).copied().unwrap_or(b' ');
        let value = before
            .last()
            .is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b')' | b']' | b'_'))
            && !before.ends_with(b"return");
        // `<T,>(x: T) => x`
        let name = self.bytes[self.at + 1..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let generic = self.bytes.get(self.at + 1 + name) == Some(&b',');
        !value && !generic && (next.is_ascii_alphabetic() || next == b'>' || next == b'!')
    }

    fn element(&mut self) -> ElementInput {
        let start = self.at;
        let mut holes = Vec::new();
        if self.rest().starts_with(b"<!--") {
            while self.at < self.bytes.len() && !self.rest().starts_with(b"-->") {
                self.at += 1;
            }
            self.at += 3;
            return ElementInput { span: Span::new(start as u32, self.at as u32), holes };
        }
        let mut depth = 0;
        loop {
            let closing = self.rest().starts_with(b"</");
            while self.at < self.bytes.len() && self.bytes[self.at] != b'>' {
                if self.bytes[self.at] == b'{' {
                    holes.push(self.hole());
                } else {
                    self.at += 1;
                }
            }
            let alone = self.bytes.get(self.at - 1) == Some(&b'/');
            self.at += 1;
            depth += if closing { -1 } else { i32::from(!alone) };
            if depth == 0 || self.at >= self.bytes.len() {
                return ElementInput { span: Span::new(start as u32, self.at as u32), holes };
            }
            while self.at < self.bytes.len() && self.bytes[self.at] != b'<' {
                self.text(&mut holes);
            }
        }
    }
}
