//! Tag mode: the attributes of an opening tag.
//!
//! A tag that never ends would read what follows as attributes. A `<` ends it, and so does a `}` in an element in code; words
//! and other characters since the last attribute with a value are then given back to the text. Refuses to say which tokens
//! make an attribute: that is grammar.

use super::bytes::{ATTRIBUTE, JUNK, SPACE, is, run_end};
use super::frames::{ContentFrame, Frame, Home, Nest, TagFrame};
use super::token::Kind;
use super::{Lexer, scan, span};
use crate::SyntaxProblemKind;

/// So many attributes without a value may stand before a missing `>`; more are taken for text.
const BARE_ATTRIBUTES: usize = 1;

impl Lexer<'_> {
    pub(super) fn tag(&mut self) {
        let bytes = self.bytes;
        while let Some(byte) = bytes.get(self.pos) {
            let start = self.pos;
            let next = bytes.get(start + 1);
            self.pos = start + 1;
            match byte {
                byte if is(*byte, SPACE) => {}
                byte if is(*byte, ATTRIBUTE) => {
                    let end = run_end(bytes, start, ATTRIBUTE);
                    self.pos = end;
                    self.push(Kind::Name, start, end);
                    self.with_tag(|tag| {
                        tag.attribute = span(start, end);
                        tag.bare += 1;
                        tag.end = end;
                    });
                }
                b'=' => {
                    self.push(Kind::Equals, start, start + 1);
                    self.with_tag(|tag| tag.end = start + 1);
                    return self.attribute_value();
                }
                b'>' => return self.end_tag(Kind::TagEnd, start, start + 1),
                b'/' if next == Some(&b'>') => return self.end_tag(Kind::SelfClosingEnd, start, start + 2),
                b'{' => return self.begin_code(Home::Attribute, start),
                b'/' if next == Some(&b'/') => self.pos = scan::line_end(bytes, start),
                b'/' if next == Some(&b'*') => match self.block_comment_end(start + 2) {
                    Some(comment_end) => self.pos = comment_end,
                    None => {
                        self.pos = start + 2;
                        self.report(start, start + 2, SyntaxProblemKind::UnterminatedComment);
                    }
                },
                b'/' => {
                    let end = start + 1;
                    let next = scan::skip_space(bytes, end);
                    let line_ends = bytes[end..next].iter().any(|byte| matches!(byte, b'\n' | b'\r'));
                    let ends = line_ends || next == bytes.len() || (next > end && self.is_value());
                    if ends || matches!(bytes[next], b'<' | b'}' | b')' | b']' | b',' | b';') {
                        return self.tag_without_end(end, Kind::SelfClosingEnd);
                    }
                    self.junk(start, end);
                }
                b'<' if bytes[start..].starts_with(b"<!--") => {
                    // A comment is out of place in a tag, but it does not end it.
                    let next = (start + 1..bytes.len()).find(|at| matches!(bytes[*at], b'<' | b'>'));
                    match next.filter(|at| bytes[..=*at].ends_with(b"-->")) {
                        Some(close) => self.junk(start, close + 1),
                        None => return self.unclosed_tag(start),
                    }
                }
                b'<' => return self.unclosed_tag(start),
                b'}' if self.brace_ends_tag(start + 1) => return self.unclosed_tag(start),
                b'}' => self.junk(start, start + 1),
                quote @ (b'"' | b'\'' | b'`') => {
                    let stops = |at: &usize| {
                        matches!(bytes[*at], b'<' | b'>' | b'\n' | b'\r') || bytes[*at] == *quote
                    };
                    let stop = (start + 1..bytes.len()).find(stops);
                    let closed = stop.filter(|stop| bytes[*stop] == *quote);
                    self.junk(start, closed.map_or(start + 1, |close| close + 1));
                }
                _ => self.junk(start, run_end(bytes, start, JUNK)),
            }
        }
        self.pos = bytes.len();
        self.unclosed_tag(self.pos);
    }

    fn tag_frame(&self) -> Option<&TagFrame> {
        match self.frames.last() {
            Some(Frame::Tag(tag)) => Some(tag),
            _ => None,
        }
    }

    fn with_tag(&mut self, change: impl FnOnce(&mut TagFrame)) {
        if let Some(Frame::Tag(tag)) = self.frames.last_mut() {
            change(tag);
        }
    }

    /// Whether the tag is that of an element which is an attribute's value as a whole.
    fn is_value(&self) -> bool {
        let around = self.frames.iter().rev().nth(1);
        matches!(around, Some(Frame::Content(content)) if content.nest == Nest::Value && content.base == self.open.len())
    }

    /// Characters that begin no attribute; a run of them is one token.
    fn junk(&mut self, start: usize, end: usize) {
        self.pos = end;
        match self.pending.last_mut() {
            Some(last) if last.kind == Kind::Junk && last.end as usize == start => last.end = end as u32,
            _ => self.push(Kind::Junk, start, end),
        }
        self.with_tag(|tag| {
            tag.junk = true;
            tag.end = end;
        });
    }

    /// A value, or a hole that is an attribute by itself, has ended at `end`.
    pub(super) fn attribute_value_ends(&mut self, end: usize) {
        let pending = self.pending.len();
        self.with_tag(|tag| {
            tag.end = end;
            tag.solid = (end, pending);
            tag.bare = 0;
            tag.junk = false;
        });
    }

    /// What stands behind an `=`.
    fn attribute_value(&mut self) {
        let after_equals = self.pos;
        let start = scan::skip_space(self.bytes, after_equals);
        self.pos = start;
        match self.bytes.get(start) {
            Some(b'"' | b'\'') => self.quoted_value(start),
            Some(b'{') => {
                self.pos = start + 1;
                self.begin_code(Home::Attribute, start);
            }
            Some(b'`') => {
                self.begin_group(start);
                self.begin_template(start, true, false);
            }
            Some(b'<')
                if self.bytes.get(start + 1) == Some(&b'>') || scan::is_name_start(self.text, start + 1) =>
            {
                self.begin_group(start);
                self.frames.push(Frame::Content(ContentFrame {
                    nest: Nest::Value,
                    base: self.open.len(),
                    suspect: None,
                }));
                self.begin_tag(start, scan::name_end(self.text, start + 1));
            }
            _ if start > after_equals && scan::begins_attribute(self.bytes, start) => {
                self.attribute_value_ends(after_equals)
            }
            _ => {
                let end = self.unquoted_end(start);
                if end > start {
                    self.push(Kind::Unquoted, start, end);
                    self.pos = end;
                    self.attribute_value_ends(end);
                } else {
                    self.pos = after_equals;
                    self.attribute_value_ends(after_equals);
                }
            }
        }
    }

    /// The end of a value without quotes. Where only its first quote is missing, the other one ends it.
    fn unquoted_end(&self, start: usize) -> usize {
        let rest = &self.bytes[start..];
        let stops = |at: &usize| match rest[*at] {
            b'"' | b'\'' | b'`' | b'<' | b'>' | b'{' | b'}' => true,
            b'/' => rest.get(at + 1) == Some(&b'>'),
            byte => byte.is_ascii_whitespace(),
        };
        let word = (0..rest.len()).find(stops).unwrap_or(rest.len());
        let quote = (0..rest.len()).find(|at| match rest[*at] {
            b'<' | b'>' | b'"' | b'\'' | b'`' | b'\n' | b'\r' => true,
            b'{' => *at == 0 || rest[at - 1] != b'$',
            _ => false,
        });
        let closing =
            quote.filter(|at| *at > 0 && matches!(rest[*at], b'"' | b'\'' | b'`') && rest[at - 1] != b'=');
        start + if word > 0 { closing.map_or(word, |at| at + 1) } else { 0 }
    }

    fn quoted_value(&mut self, start: usize) {
        let bytes = self.bytes;
        let value = start + 1;
        if let Some(end) = self.next_quote(value, bytes[start]) {
            let text = &bytes[value..end];
            let complete = match bytes.get(end + 1) {
                None | Some(b'>' | b'}') => true,
                Some(b'/') => bytes.get(end + 2) == Some(&b'>'),
                Some(byte) => byte.is_ascii_whitespace(),
            };
            let swallowed_quote = scan::ends_in_attribute(text);
            let broken = if complete {
                swallowed_quote && scan::holds_tag(text)
            } else {
                swallowed_quote || scan::holds_tag(text)
            };
            if !broken {
                let script_type = self.tag_frame().is_some_and(|tag| {
                    // Its length first: it is read of every value.
                    tag.name.len() == 6
                        && tag.attribute.text(self.text) == "type"
                        && tag.name.text(self.text) == "script"
                });
                self.push(Kind::Quoted, start, end + 1);
                self.pos = end + 1;
                self.attribute_value_ends(end + 1);
                return self.with_tag(|tag| {
                    if script_type {
                        tag.script_type = Some(span(value, end));
                    }
                });
            }
        }
        let stop = (value..bytes.len()).find(|at| match bytes[*at] {
            b'<' | b'>' | b'\n' | b'\r' => true,
            b'/' => bytes.get(at + 1) == Some(&b'>'),
            b' ' | b'\t' => scan::begins_attribute(bytes, at + 1),
            _ => false,
        });
        let end = scan::trim_end(bytes, value, stop.unwrap_or(bytes.len()));
        self.report(start, value, SyntaxProblemKind::UnclosedQuote { insert_at: end as u32 });
        self.push(Kind::OpenQuoted, start, end);
        self.pos = end;
        self.attribute_value_ends(end);
        self.with_tag(|tag| tag.quiet = true);
    }

    /// The next such quote; what was once looked for in vain is not looked for again.
    fn next_quote(&mut self, from: usize, quote: u8) -> Option<usize> {
        let known = &mut self.no_quote[usize::from(quote == b'\'')];
        if from >= *known {
            return None;
        }
        let found = memchr::memchr(quote, self.bytes.get(from..)?).map(|length| from + length);
        if found.is_none() {
            *known = from;
        }
        found
    }

    /// Whether a `}` in a tag ends the code around it, rather than being a slip in the tag.
    fn brace_ends_tag(&self, after: usize) -> bool {
        let around = self.frames.iter().rev().nth(1);
        let in_code = matches!(around, Some(Frame::Content(content)) if content.nest != Nest::Root);
        let next = scan::skip_space(self.bytes, after);
        in_code && !self.bytes[next..].starts_with(b">") && !self.bytes[next..].starts_with(b"/>")
    }

    /// The tag on top has no end; `at` is where something begins that cannot be in it.
    fn unclosed_tag(&mut self, at: usize) {
        let Some(tag) = self.tag_frame() else { return };
        let (end, solid, misread) = (tag.end, tag.solid, tag.junk || tag.bare > BARE_ATTRIBUTES);
        if misread {
            self.pending.truncate(solid.1);
        }
        let end = if misread { solid.0 } else { end.min(at) };
        self.tag_without_end(end, Kind::TagEnd);
    }

    fn tag_without_end(&mut self, end: usize, kind: Kind) {
        let Some(tag) = self.tag_frame() else { return };
        let (start, name, quiet) = (tag.start, tag.name, tag.quiet);
        if !quiet {
            let insert_at = end as u32;
            self.report(start, name.end as usize, SyntaxProblemKind::UnclosedTag { insert_at });
        }
        self.with_tag(|tag| tag.quiet = true);
        self.end_tag(kind, end, end);
    }
}
