//! Refuses code that the parser would read over and over.
//!
//! swc tries some readings and goes back: after `<T>` it looks for an arrow function and reads all of a cast's operand for
//! it, then once more for the cast; `a ? (b): c => d` likewise. Nested, each level doubles the work, so that thirty levels
//! take hours. Other forms (`a < b < c`, labels, namespaces) only cost with the square of their nesting. Here the work
//! is estimated, and what is far beyond one reading is refused before it is begun. Refuses to judge anything that
//! people write: the bounds lie far above it.

use crate::scan::{Kind, Scanner};

/// How often all of a text may be read: more, in the mean over its bytes, is refused.
const READINGS: f64 = 64.0;

/// Work that is always granted, in bytes read.
const GRANTED: f64 = 200_000.0;

/// Labels, namespaces, or `<` of comparisons and type arguments that may stand in one another.
pub(crate) const DEEPEST: u32 = 256;

/// What is counted at a place: of the code since the last separator, and of all brackets around it.
#[derive(Clone, Copy, Default)]
struct Level {
    /// How many times code here is read.
    readings: f64,
    /// Casts or type parameters in front of the expression here.
    casts: u32,
    /// `<` that stand in one another.
    angles: u32,
    labels: u32,
    namespaces: u32,
    /// A `?`, or a `case`, is waiting for its `:`.
    conditional: bool,
    /// Braces of an object or type, in which a colon makes no label.
    object: bool,
    /// Arrow functions with a return type after a `?`, whose `:` has not come: without it, they were read for nothing.
    arrows: u32,
    /// `)` and `:` came after a `?`: what follows may be a return type.
    return_type: bool,
}

impl Level {
    /// What counts where an expression begins inside of this one.
    fn inside(self) -> Self {
        Self { casts: 0, arrows: 0, conditional: false, return_type: false, ..self }
    }
}

/// Where code is nested so deeply that reading it would take unreasonably long.
pub(crate) fn too_deep(code: &str) -> Option<u32> {
    let bytes = code.as_bytes();
    let mut scanner = Scanner::new(bytes, 0, bytes.len());
    let mut around: Vec<Level> = Vec::new();
    let mut here = Level { readings: 1.0, ..Level::default() };
    let mut work = 0.0;
    let room = GRANTED + READINGS * bytes.len() as f64;
    let mut before: &[u8] = b";";
    let mut value_before = false;
    loop {
        let token = scanner.next();
        if token.kind == Kind::End {
            return None;
        }
        let text = &bytes[token.start..token.end];
        work += here.readings * (token.end - token.start) as f64;
        let outer = around.last().copied().unwrap_or(Level { readings: 1.0, ..Level::default() });
        let is_value = matches!(token.kind, Kind::Word | Kind::Number | Kind::String | Kind::Regex);
        // Two values in a row, on two lines, are two statements.
        if token.newline && is_value && value_before && !matches!(text, b"in" | b"instanceof" | b"as" | b"of")
        {
            let labels = if before == b")" { here.labels } else { outer.labels };
            here = Level { labels, namespaces: here.namespaces, object: here.object, ..outer.inside() };
        }
        match text {
            b"(" | b"[" | b"{" => {
                around.push(here);
                here.object = text == b"{"
                    && match before {
                        b":" => here.object || here.conditional,
                        b")" | b"}" | b"{" | b";" | b"=>" | b"else" | b"do" | b"try" | b"finally" => false,
                        _ => !value_before,
                    };
                here = here.inside();
            }
            b")" | b"]" | b"}" => {
                here = outer;
                around.pop();
                if text == b"}" {
                    let outer = around.last().copied().unwrap_or_default();
                    (here.labels, here.namespaces) = (outer.labels, outer.namespaces);
                }
            }
            b"," | b";" => here = Level { object: here.object, ..outer.inside() },
            b"<" if value_before => here.angles += 1,
            b"<" => {
                here.angles += 1;
                here.casts += 1;
                // One reading more for each in a row.
                here.readings *= f64::from(here.casts + 1) / f64::from(here.casts);
            }
            b">" => here.angles = here.angles.saturating_sub(1),
            b">>" => here.angles = here.angles.saturating_sub(2),
            b">>>" => here.angles = here.angles.saturating_sub(3),
            // These stand in no type.
            b"&&" | b"||" | b"??" | b"==" | b"!=" | b"===" | b"!==" | b"+" | b"*" | b"/" | b"%" => {
                here.angles = outer.angles;
            }
            // The `:` of a `case` makes no label either.
            b"?" | b"case" | b"default" => here.conditional = true,
            b":" if before == b")" && here.conditional => here.return_type = true,
            b":" if here.arrows > 0 => {
                here.arrows -= 1;
                here.readings /= 2.0;
            }
            b":" if value_before && !here.object && !std::mem::take(&mut here.conditional) => {
                here.labels += 1
            }
            b"=>" if here.return_type => {
                here.readings *= 2.0;
                here.arrows += 1;
                here.return_type = false;
            }
            b"namespace" | b"module" => here.namespaces += 1,
            _ => {}
        }
        if work > room || [here.angles, here.labels, here.namespaces].iter().any(|count| *count > DEEPEST) {
            return Some(token.start as u32);
        }
        value_before = match token.kind {
            Kind::Word => !crate::scan::before_expression(text),
            Kind::Punctuator => matches!(text, b")" | b"]" | b"}" | b"++" | b"--"),
            Kind::Template => text.ends_with(b"`"),
            _ => true,
        };
        before = text;
    }
}
