//! Colours in `<style>` elements and `style` attributes: where they are, and other ways to write them.

use crate::Document;
use velox_diagnostics::Span;

/// A colour in a text; components from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Color {
    /// Where it is written.
    pub span: Span,
    /// Red, green, blue, alpha.
    pub rgba: [f32; 4],
}

/// The colours of a file, in order.
#[must_use]
pub fn colors(document: Document<'_>) -> Vec<Color> {
    let _ = document;
    Vec::new()
}

/// Ways to write a colour: hexadecimal, `rgb()`, `hsl()`, ...
#[must_use]
pub fn presentations(rgba: [f32; 4]) -> Vec<String> {
    let _ = rgba;
    Vec::new()
}
