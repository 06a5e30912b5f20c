//! The text that is being emitted, with the place in the source that each piece of it comes from.
//!
//! Knows JavaScript's lexical rules for strings, and nothing of templates.

use super::runs::Stops;
use velox_diagnostics::Span;
use velox_script::CodeEdit;

/// A stretch of source that is copied from: its text, and where it begins in the file.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// Text of the region; spans of trees and facts are relative to it.
    pub text: &'a str,
    /// Byte offset of the region in the file.
    pub base: u32,
}

/// Output text and its mappings.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    code: String,
    /// Pairs of byte offset in `code` and byte offset in the file, rising in the first.
    mappings: Vec<(u32, u32)>,
}

impl Writer {
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self { code: String::with_capacity(bytes), mappings: Vec::with_capacity(bytes / 16) }
    }

    /// Writes generated text, which comes from nowhere.
    pub(crate) fn text(&mut self, text: &str) {
        self.code.push_str(text);
    }

    /// Marks the place in the source that the next text comes from.
    pub(crate) fn map(&mut self, offset: u32) {
        let here = self.code.len() as u32;
        match self.mappings.last_mut() {
            Some(last) if last.0 == here => last.1 = offset,
            _ => self.mappings.push((here, offset)),
        }
    }

    /// Writes text that stands for a place in the source.
    pub(crate) fn mapped(&mut self, offset: u32, text: &str) {
        self.map(offset);
        self.code.push_str(text);
    }

    /// Writes a string as a JavaScript literal in double quotes.
    pub(crate) fn string(&mut self, text: &str) {
        quote(text, &mut self.code);
    }

    /// Copies source text as it stands; each identifier in it is mapped to its place.
    pub(crate) fn copy(&mut self, source: Source<'_>, span: Span) {
        let text = span.text(source.text);
        if text.is_empty() {
            return;
        }
        let (from, to) = (source.base + span.start, self.code.len() as u32);
        self.map(from);
        let mut inside = true; // the first byte is mapped
        for (at, byte) in text.bytes().enumerate() {
            let word = IDENTIFIER_BYTES[usize::from(byte)];
            if word && !inside {
                self.mappings.push((to + at as u32, from + at as u32));
            }
            inside = word;
        }
        self.code.push_str(text);
    }

    /// Writes what an edit puts in the place of its span.
    pub(crate) fn edit(&mut self, source: Source<'_>, edit: &CodeEdit) {
        let mut done = 0;
        for (at, from) in &edit.map {
            let at = (*at as usize).clamp(done, edit.text.len());
            self.code.push_str(&edit.text[done..at]);
            self.map(source.base + from);
            done = at;
        }
        self.code.push_str(&edit.text[done..]);
    }

    /// Output length in bytes so far.
    pub(crate) fn len(&self) -> usize {
        self.code.len()
    }

    /// Whether the output so far ends with `end`.
    pub(crate) fn ends_with(&self, end: &str) -> bool {
        self.code.ends_with(end)
    }

    /// Appends another output.
    pub(crate) fn append(&mut self, other: &Self) {
        let base = self.code.len() as u32;
        self.mappings.extend(other.mappings.iter().map(|(at, from)| (at + base, *from)));
        self.code.push_str(&other.code);
    }

    /// The text and its mappings.
    pub(crate) fn finish(self) -> (String, Vec<(u32, u32)>) {
        (self.code, self.mappings)
    }
}

/// The edits that begin in `span`; `edits` are sorted by their places.
pub(crate) fn edits_in(edits: &[CodeEdit], span: Span) -> &[CodeEdit] {
    let first = edits.partition_point(|edit| edit.span.start < span.start);
    let last = first + edits[first..].partition_point(|edit| edit.span.start < span.end);
    &edits[first..last]
}

/// Bytes that identifiers are made of.
const IDENTIFIER_BYTES: [bool; 256] = {
    let mut bytes = [false; 256];
    let mut at = 0;
    while at < 256 {
        let byte = at as u8;
        bytes[at] = byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$' || byte >= 0x80;
        at += 1;
    }
    bytes
};

const STOPS: Stops = Stops::new(false, b"\"\\\n\r\t\0");

/// Writes `text` as a JavaScript string literal. U+2028 and U+2029 may stand in one since ES2019.
pub(crate) fn quote(text: &str, out: &mut String) {
    out.push('"');
    STOPS.copy(text, out, |byte, out| {
        out.push_str(match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            _ => "\\x00",
        });
    });
    out.push('"');
}
