//! Byte offsets to the protocol's positions and back, in the encoding that was agreed on (LSP 3.17, `general.positionEncodings`).

use std::sync::Arc;
use tower_lsp::lsp_types::{Position, PositionEncodingKind, Range};
use velox_diagnostics::{LineIndex, Span};

/// The unit in which a position counts the characters of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units: what a client that offers nothing means.
    #[default]
    Utf16,
    /// Characters.
    Utf32,
}

impl Encoding {
    /// The best of what a client offers.
    #[must_use]
    pub fn choose(offered: Option<&[PositionEncodingKind]>) -> Self {
        let offers = |kind: &PositionEncodingKind| offered.is_some_and(|all| all.contains(kind));
        if offers(&PositionEncodingKind::UTF8) {
            Self::Utf8
        } else if offers(&PositionEncodingKind::UTF16) || !offers(&PositionEncodingKind::UTF32) {
            Self::Utf16
        } else {
            Self::Utf32
        }
    }

    /// Its name in the protocol.
    #[must_use]
    pub fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    fn width(self, text: &str) -> u32 {
        let units = match self {
            Self::Utf8 => text.len(),
            _ if text.is_ascii() => text.len(),
            Self::Utf16 => text.encode_utf16().count(),
            Self::Utf32 => text.chars().count(),
        };
        units as u32
    }

    fn of(self, character: char) -> u32 {
        let units = match self {
            Self::Utf8 => character.len_utf8(),
            Self::Utf16 => character.len_utf16(),
            Self::Utf32 => 1,
        };
        units as u32
    }
}

/// A text with its lines.
#[derive(Clone, Debug)]
pub struct Lines {
    text: Arc<str>,
    index: LineIndex,
    encoding: Encoding,
}

impl Lines {
    /// Finds the lines of a text.
    #[must_use]
    pub fn new(text: Arc<str>, encoding: Encoding) -> Self {
        let index = LineIndex::new(&text);
        Self { text, index, encoding }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The position of a byte offset; one inside of a character counts as its start, one past the end as the end.
    #[must_use]
    pub fn position(&self, offset: u32) -> Position {
        let mut offset = offset.min(self.text.len() as u32);
        while !self.text.is_char_boundary(offset as usize) {
            offset -= 1;
        }
        let line = self.index.line_of(offset);
        let before = Span::new(self.index.line_start(line), offset).text(&self.text);
        Position::new(line as u32, self.encoding.width(before))
    }

    /// The range of a span.
    #[must_use]
    pub fn range(&self, span: Span) -> Range {
        Range::new(self.position(span.start), self.position(span.end))
    }

    /// The byte offset of a position; past a line's end it is the line's end, before its break, and inside of a character its start.
    #[must_use]
    pub fn offset(&self, position: Position) -> u32 {
        let line = position.line as usize;
        let start = self.index.line_start(line);
        let body = Span::new(start, self.index.line_start(line + 1)).text(&self.text);
        let body = body.trim_end_matches(['\n', '\r']);
        if body.is_ascii() {
            return start + position.character.min(body.len() as u32);
        }
        let mut units = position.character;
        for (at, character) in body.char_indices() {
            let width = self.encoding.of(character);
            if units < width {
                return start + at as u32;
            }
            units -= width;
        }
        start + body.len() as u32
    }

    /// The span of a range; the ends in order, whatever the client sent.
    #[must_use]
    pub fn span(&self, range: Range) -> Span {
        let (start, end) = (self.offset(range.start), self.offset(range.end));
        Span::new(start.min(end), start.max(end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a\r\né😀b\n\n—x\rend";

    #[test]
    fn each_encoding_goes_there_and_back_at_each_character() {
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            let lines = Lines::new(Arc::from(TEXT), encoding);
            for (at, character) in TEXT.char_indices().filter(|(_, c)| !matches!(c, '\n' | '\r')) {
                let position = lines.position(at as u32);
                assert_eq!(lines.offset(position), at as u32, "{encoding:?} at {character:?}");
            }
            assert_eq!(lines.offset(lines.position(TEXT.len() as u32)), TEXT.len() as u32);
        }
    }

    #[test]
    fn units_are_those_of_the_encoding() {
        let b = TEXT.find('b').unwrap() as u32;
        let column = |encoding| Lines::new(Arc::from(TEXT), encoding).position(b).character;
        assert_eq!((column(Encoding::Utf8), column(Encoding::Utf16), column(Encoding::Utf32)), (6, 3, 2));
    }

    #[test]
    fn a_position_outside_is_moved_to_the_nearest_inside() {
        let lines = Lines::new(Arc::from(TEXT), Encoding::Utf16);
        assert_eq!(lines.offset(Position::new(0, 99)), 1);
        assert_eq!(lines.offset(Position::new(99, 0)), TEXT.len() as u32);
        // In the middle of the surrogate pair.
        assert_eq!(lines.offset(Position::new(1, 2)), TEXT.find('😀').unwrap() as u32);
    }

    #[test]
    fn a_client_gets_the_best_encoding_that_it_offers() {
        let kinds = |kinds: &[PositionEncodingKind]| Encoding::choose(Some(kinds));
        assert_eq!(Encoding::choose(None), Encoding::Utf16);
        assert_eq!(kinds(&[PositionEncodingKind::UTF16, PositionEncodingKind::UTF8]), Encoding::Utf8);
        assert_eq!(kinds(&[PositionEncodingKind::UTF32]), Encoding::Utf32);
        assert_eq!(kinds(&[PositionEncodingKind::UTF32, PositionEncodingKind::UTF16]), Encoding::Utf16);
    }
}
