//! Encodes mappings as a source map (ECMA-426, version 3).
//!
//! Lines and columns are counted here and nowhere else in the emitter: columns in UTF-16 code units, as the standard asks.

use super::runs::Stops;
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
    out.push_str(&encode(source_text, code, mappings));
    out.push_str("\"}");
    out
}

fn encode(source_text: &str, code: &str, mappings: &[(u32, u32)]) -> String {
    let mut out = Vec::with_capacity(mappings.len() * 6);
    let lines = LineIndex::new(source_text);
    let mut generated = Cursor::new(code);
    let mut original = SourceCursor::new(source_text, &lines);
    let (mut last_generated, mut last_line, mut last_column) = (0i64, 0i64, 0i64);
    let mut first = true;
    for (at, from) in mappings {
        let passed = generated.advance(*at);
        if passed > 0 {
            out.resize(out.len() + passed, b';');
            last_generated = 0;
            first = true;
        }
        let (line, column) = original.place(*from);
        if !first {
            out.push(b',');
        }
        first = false;
        let here = i64::from(generated.column);
        vlq(here - last_generated, &mut out);
        vlq(0, &mut out);
        vlq(line - last_line, &mut out);
        vlq(column - last_column, &mut out);
        (last_generated, last_line, last_column) = (here, line, column);
    }
    String::from_utf8(out).unwrap_or_default() // all of it is ASCII
}

/// Walks forward through the generated text.
struct Cursor<'a> {
    bytes: &'a [u8],
    ascii: bool,
    at: usize,
    column: u32,
}

impl<'a> Cursor<'a> {
    fn new(text: &'a str) -> Self {
        Self { bytes: text.as_bytes(), ascii: text.is_ascii(), at: 0, column: 0 }
    }

    /// Goes to a byte offset; gives the number of line ends passed.
    fn advance(&mut self, to: u32) -> usize {
        let to = (to as usize).clamp(self.at, self.bytes.len());
        let mut between = &self.bytes[self.at..to];
        self.at = to;
        let mut passed = 0;
        if let Some(last) = between.iter().rposition(|byte| *byte == b'\n') {
            passed = between[..=last].iter().filter(|byte| **byte == b'\n').count();
            self.column = 0;
            between = &between[last + 1..];
        }
        self.column += if self.ascii { between.len() as u32 } else { utf16_units(between) };
        passed
    }
}

/// Finds places in the source. They are asked for in any order, but mostly the next one is near the last: the search begins
/// there, also so that a file that is one long line is not counted through for each.
struct SourceCursor<'a> {
    bytes: &'a [u8],
    lines: &'a LineIndex,
    ascii: bool,
    line: usize,
    /// Offsets of the line and of the one after it.
    start: u32,
    end: u32,
    /// The last place in the line, and its column.
    at: u32,
    column: u32,
}

impl<'a> SourceCursor<'a> {
    fn new(text: &'a str, lines: &'a LineIndex) -> Self {
        let bytes = text.as_bytes();
        let mut cursor =
            Self { bytes, lines, ascii: text.is_ascii(), line: 0, start: 0, end: 0, at: 0, column: 0 };
        cursor.enter(0);
        cursor
    }

    fn enter(&mut self, line: usize) {
        self.line = line;
        self.start = self.lines.line_start(line);
        let is_last = line + 1 >= self.lines.line_count();
        self.end = if is_last { u32::MAX } else { self.lines.line_start(line + 1) };
        (self.at, self.column) = (self.start, 0);
    }

    fn place(&mut self, offset: u32) -> (i64, i64) {
        let offset = offset.min(self.bytes.len() as u32);
        if offset == self.end {
            self.enter(self.line + 1);
        } else if offset < self.start || offset > self.end {
            self.enter(self.lines.line_of(offset));
        }
        if self.ascii {
            return (self.line as i64, i64::from(offset - self.start));
        }
        if offset < self.at {
            (self.at, self.column) = (self.start, 0);
        }
        self.column += utf16_units(&self.bytes[self.at as usize..offset as usize]);
        self.at = offset;
        (self.line as i64, i64::from(self.column))
    }
}

/// How many UTF-16 code units a stretch of UTF-8 has: continuation bytes count nothing, a four-byte sequence is two units.
fn utf16_units(bytes: &[u8]) -> u32 {
    bytes.iter().map(|byte| u32::from(*byte & 0xC0 != 0x80) + u32::from(*byte >= 0xF0)).sum()
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn vlq(value: i64, out: &mut Vec<u8>) {
    let mut rest = if value < 0 { ((-value) << 1) | 1 } else { value << 1 } as u64;
    while rest > 31 {
        out.push(DIGITS[(rest & 31) as usize | 32]);
        rest >>= 5;
    }
    out.push(DIGITS[rest as usize]);
}

const STOPS: Stops = Stops::new(true, b"\"\\");

fn json_string(text: &str, out: &mut String) {
    out.push('"');
    STOPS.copy(text, out, |byte, out| {
        out.push_str(match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            _ => return out.push_str(&format!("\\u{byte:04x}")),
        });
    });
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_base64_vlq() {
        let encoded = |value| {
            let mut out = Vec::new();
            vlq(value, &mut out);
            String::from_utf8(out).unwrap()
        };
        assert_eq!(
            [encoded(0), encoded(1), encoded(-1), encoded(16), encoded(-1000)],
            ["A", "C", "D", "gB", "x+B"]
        );
    }

    #[test]
    fn lines_and_utf16_columns_are_counted_on_both_sides() {
        // generated: `é😀a` then a line with `b`; source: `😀a` and `b` on its third line
        let encoded = encode("😀a\n\nb", "é😀a\nb", &[(6, 4), (8, 7)]);
        assert_eq!(encoded, "GAAE;AAEF");
    }

    #[test]
    fn places_are_found_in_any_order() {
        for text in ["ab\ncd\r\n\nef", "äb\n😀d\r\n\nef", "", "\n"] {
            let lines = LineIndex::new(text);
            let offsets: Vec<u32> =
                text.char_indices().map(|(at, _)| at as u32).chain([text.len() as u32]).collect();
            let mut cursor = SourceCursor::new(text, &lines);
            for from in &offsets {
                for to in &offsets {
                    for offset in [*from, *to] {
                        let place = lines.line_column(text, offset);
                        let expected = (i64::from(place.line) - 1, i64::from(place.column) - 1);
                        assert_eq!(cursor.place(offset), expected, "{offset} in {text:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn text_is_escaped_as_json() {
        let mut out = String::new();
        json_string("a\"b\\c\n\u{1}é", &mut out);
        assert_eq!(out, "\"a\\\"b\\\\c\\n\\u0001é\"");
    }
}
