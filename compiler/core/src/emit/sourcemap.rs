//! Encodes mappings as a source map (ECMA-426, version 3).
//!
//! Lines and columns are counted here and nowhere else in the emitter: columns in UTF-16 code units, as the standard asks.

use velox_diagnostics::LineIndex;

/// A source map as JSON. `mappings` are pairs of byte offsets, in the generated text (rising) and in the source.
#[must_use]
pub fn source_map(
    file: &str,
    source: &str,
    source_text: &str,
    code: &str,
    mappings: &[(u32, u32)],
) -> String {
    let mut out = String::with_capacity(mappings.len() * 6 + source_text.len() + 128);
    out.push_str("{\"version\":3,\"file\":");
    json_string(file, &mut out);
    out.push_str(",\"sources\":[");
    json_string(source, &mut out);
    out.push_str("],\"sourcesContent\":[");
    json_string(source_text, &mut out);
    out.push_str("],\"names\":[],\"mappings\":\"");
    encode(source_text, code, mappings, &mut out);
    out.push_str("\"}");
    out
}

fn encode(source_text: &str, code: &str, mappings: &[(u32, u32)], out: &mut String) {
    let lines = LineIndex::new(source_text);
    let mut generated = Cursor::new(code);
    let mut original = SourceCursor { text: source_text, lines: &lines, ascii: source_text.is_ascii() };
    let (mut last_generated, mut last_line, mut last_column) = (0i64, 0i64, 0i64);
    let mut first = true;
    for (at, from) in mappings {
        for _ in 0..generated.advance(*at) {
            out.push(';');
            last_generated = 0;
            first = true;
        }
        let (line, column) = original.place(*from);
        if !first {
            out.push(',');
        }
        first = false;
        let here = i64::from(generated.column);
        vlq(here - last_generated, out);
        vlq(0, out);
        vlq(line - last_line, out);
        vlq(column - last_column, out);
        (last_generated, last_line, last_column) = (here, line, column);
    }
}

/// Walks forward through the generated text.
struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
    column: u32,
}

impl<'a> Cursor<'a> {
    fn new(text: &'a str) -> Self {
        Self { bytes: text.as_bytes(), at: 0, column: 0 }
    }

    /// Goes to a byte offset; gives the number of line ends passed.
    fn advance(&mut self, to: u32) -> usize {
        let mut passed = 0;
        for byte in &self.bytes[self.at..(to as usize).max(self.at)] {
            match byte {
                b'\n' => {
                    passed += 1;
                    self.column = 0;
                }
                // Continuation bytes count nothing; a four-byte sequence is two UTF-16 units.
                0x80..=0xBF => {}
                0xF0..=0xFF => self.column += 2,
                _ => self.column += 1,
            }
        }
        self.at = (to as usize).max(self.at);
        passed
    }
}

/// Finds places in the source, which are asked for in any order.
struct SourceCursor<'a> {
    text: &'a str,
    lines: &'a LineIndex,
    ascii: bool,
}

impl SourceCursor<'_> {
    fn place(&mut self, offset: u32) -> (i64, i64) {
        let line = self.lines.line_of(offset);
        let start = self.lines.line_start(line);
        let column =
            if self.ascii { offset - start } else { self.lines.line_column(self.text, offset).column - 1 };
        (line as i64, i64::from(column))
    }
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn vlq(value: i64, out: &mut String) {
    let mut rest = if value < 0 { ((-value) << 1) | 1 } else { value << 1 } as u64;
    loop {
        let digit = (rest & 31) as usize;
        rest >>= 5;
        out.push(DIGITS[if rest > 0 { digit | 32 } else { digit }] as char);
        if rest == 0 {
            break;
        }
    }
}

fn json_string(text: &str, out: &mut String) {
    out.push('"');
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escaped = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            0..=0x1F => "",
            _ => continue,
        };
        out.push_str(&text[done..at]);
        if escaped.is_empty() {
            out.push_str(&format!("\\u{byte:04x}"));
        } else {
            out.push_str(escaped);
        }
        done = at + 1;
    }
    out.push_str(&text[done..]);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_base64_vlq() {
        let encoded = |value| {
            let mut out = String::new();
            vlq(value, &mut out);
            out
        };
        assert_eq!(
            [encoded(0), encoded(1), encoded(-1), encoded(16), encoded(-1000)],
            ["A", "C", "D", "gB", "x+B"]
        );
    }

    #[test]
    fn lines_and_utf16_columns_are_counted_on_both_sides() {
        let mut out = String::new();
        // generated: `é😀a` then a line with `b`; source: `😀a` and `b` on its third line
        encode("😀a\n\nb", "é😀a\nb", &[(6, 4), (8, 7)], &mut out);
        assert_eq!(out, "GAAE;AAEF");
    }
}
