//! Where something stands in a text: byte spans, and their conversion to lines and columns.
//!
//! Inside the compiler every position is a byte offset (UTF-8). Lines and columns exist only at the border:
//! in printed output and in the editor protocol. Nothing here knows files.

use std::ops::Range;

/// A half-open range of byte offsets in one text. `start <= end`; both lie on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from `start` up to `end`, in bytes.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// An empty span at `offset`.
    #[must_use]
    pub const fn at(offset: u32) -> Self {
        Self { start: offset, end: offset }
    }

    /// Length in bytes.
    #[must_use]
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether the span covers no byte.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// The span moved by `base` bytes to the right: region-relative to file-relative.
    #[must_use]
    pub const fn shift(self, base: u32) -> Self {
        Self { start: self.start + base, end: self.end + base }
    }

    /// Whether `offset` lies inside, the end included (where a cursor may stand).
    #[must_use]
    pub const fn touches(self, offset: u32) -> bool {
        self.start <= offset && offset <= self.end
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same range as `usize`, to index a `str`.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The text that the span covers; the empty string where it does not fit `text`.
    #[must_use]
    pub fn text(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start as u32, range.end as u32)
    }
}

/// A place as people count it: line and column from 1, the column in UTF-16 code units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, in UTF-16 code units.
    pub column: u32,
}

/// The starts of the lines of one text. Lines end at `\n`, `\r\n` or a lone `\r`, as in the editor protocol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineIndex {
    starts: Vec<u32>,
    length: u32,
    /// UTF-16 code units before each block of [`BLOCK`] bytes, so that a column in a line of a megabyte costs no more than one in a
    /// short line; empty where all of the text is ASCII.
    units: Vec<u32>,
}

const BLOCK: usize = 1024;

/// UTF-16 code units of the characters that begin in these bytes.
fn units(bytes: &[u8]) -> u32 {
    let begins = |byte: &u8| u32::from(byte & 0xc0 != 0x80) + u32::from(*byte >= 0xf0);
    bytes.iter().map(begins).sum()
}

impl LineIndex {
    /// Finds the lines of `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (at, byte) in bytes.iter().enumerate() {
            if *byte == b'\n' || (*byte == b'\r' && bytes.get(at + 1) != Some(&b'\n')) {
                starts.push(at as u32 + 1);
            }
        }
        let mut before = 0;
        let count = |block: &[u8]| {
            let begin = before;
            before += units(block);
            begin
        };
        let units = if text.is_ascii() { Vec::new() } else { bytes.chunks(BLOCK).map(count).collect() };
        Self { starts, length: text.len() as u32, units }
    }

    /// Number of lines; at least 1.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.starts.len()
    }

    /// Zero-based line of a byte offset; an offset past the end belongs to the last line.
    #[must_use]
    pub fn line_of(&self, offset: u32) -> usize {
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// Byte offset of the start of a zero-based line; the text's length for a line past the end.
    #[must_use]
    pub fn line_start(&self, line: usize) -> u32 {
        self.starts.get(line).copied().unwrap_or(self.length)
    }

    /// Line and UTF-16 column of a byte offset. `text` must be the text that the index was made from.
    #[must_use]
    pub fn line_column(&self, text: &str, offset: u32) -> LineColumn {
        let mut offset = offset.min(self.length);
        while offset > 0 && !text.is_char_boundary(offset as usize) {
            offset -= 1;
        }
        let line = self.line_of(offset);
        let column = self.units_before(text, offset) - self.units_before(text, self.line_start(line));
        LineColumn { line: line as u32 + 1, column: column + 1 }
    }

    /// UTF-16 code units from the beginning of the text to a character's first byte.
    fn units_before(&self, text: &str, offset: u32) -> u32 {
        let block = offset as usize / BLOCK;
        match self.units.get(block) {
            Some(before) => before + units(&text.as_bytes()[block * BLOCK..offset as usize]),
            // The end of a text that fills its last block, or a text of ASCII.
            None => self.units.last().map_or(offset, |before| {
                before + units(&text.as_bytes()[(self.units.len() - 1) * BLOCK..offset as usize])
            }),
        }
    }

    /// Byte offset of a line and UTF-16 column, both from 1; clamped to the line's and the text's end.
    #[must_use]
    pub fn offset(&self, text: &str, place: LineColumn) -> u32 {
        let line = (place.line.max(1) - 1) as usize;
        let start = self.line_start(line);
        let end = self.line_start(line + 1);
        let body = Span::new(start, end).text(text).trim_end_matches(['\n', '\r']);
        let mut units = place.column.max(1) - 1;
        for (at, character) in body.char_indices() {
            let width = character.len_utf16() as u32;
            if units < width {
                return start + at as u32;
            }
            units -= width;
        }
        start + body.len() as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_utf16_units_and_survive_every_line_ending() {
        let text = "a\r\n😀b\rc\nd";
        let index = LineIndex::new(text);
        assert_eq!(index.line_count(), 4);
        let at = text.find('b').unwrap() as u32;
        let place = index.line_column(text, at);
        assert_eq!(place, LineColumn { line: 2, column: 3 });
        assert_eq!(index.offset(text, place), at);
    }

    #[test]
    fn every_character_boundary_goes_there_and_back() {
        let text = "é😀\n\r\nx\r\r\nyz";
        let index = LineIndex::new(text);
        for (at, character) in text.char_indices().filter(|(_, c)| !matches!(c, '\n' | '\r')) {
            let place = index.line_column(text, at as u32);
            assert_eq!(index.offset(text, place), at as u32, "at {character:?}");
        }
    }

    #[test]
    fn columns_of_long_lines_are_those_of_their_characters() {
        for piece in ["a", "é", "aé😀", "日本", "😀", "é\n", "x日\r\n😀"] {
            for count in [BLOCK / 4 - 1, BLOCK / 4, BLOCK, 3 * BLOCK] {
                let text = piece.repeat(count);
                let index = LineIndex::new(&text);
                let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
                for at in ends.step_by(97).chain([text.len()]) {
                    let start = text[..at].rfind('\n').map_or(0, |line| line + 1);
                    let expected = text[start..at].encode_utf16().count() as u32 + 1;
                    assert_eq!(
                        index.line_column(&text, at as u32).column,
                        expected,
                        "{piece:?} {count} {at}"
                    );
                }
            }
        }
    }

    #[test]
    fn an_offset_past_the_end_is_the_end() {
        let index = LineIndex::new("ab\n");
        assert_eq!(index.line_column("ab\n", 99), LineColumn { line: 2, column: 1 });
    }
}
