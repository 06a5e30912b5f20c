//! Content mode: text, comments, and where tags and holes begin, among the children of elements.
//!
//! Refuses to interpret white space and entities.

use super::frames::{ContentFrame, Frame, Home, Nest};
use super::recovery::{Guess, REACH};
use super::token::Kind;
use super::{Lexer, scan};
use crate::SyntaxProblemKind;

impl Lexer<'_> {
    pub(super) fn content(&mut self) {
        let Some(Frame::Content(frame)) = self.frames.last() else { return };
        let (nest, base) = (frame.nest, frame.base);
        let bytes = self.bytes;
        while self.pos < bytes.len() {
            let start = self.pos;
            let length = memchr::memchr3(b'<', b'{', b'}', &bytes[start..]);
            let at = length.map_or(bytes.len(), |length| start + length);
            self.pos = at;
            if start < at {
                if nest != Nest::Root {
                    self.watch_for_bracket(start, at);
                }
                self.push_text(start, at);
            }
            match (bytes.get(at), bytes.get(at + 1)) {
                (None, _) => break,
                (Some(b'{'), _) => {
                    self.pos = at + 1;
                    return self.begin_code(Home::Child, at);
                }
                (Some(b'}'), _) => {
                    if nest != Nest::Root && !self.is_stray_brace(at, base) {
                        return self.brace_ends_nest(at);
                    }
                    self.pos = at + 1;
                    self.report(at, at + 1, SyntaxProblemKind::StrayBrace);
                    self.push_text(at, at + 1);
                }
                (_, Some(b'>')) => return self.begin_tag(at, at + 1),
                (_, Some(b'/')) => {
                    let frames = self.frames.len();
                    self.close_tag(at, base);
                    if self.frames.len() != frames {
                        return;
                    }
                }
                (_, Some(b'!')) if bytes[at + 2..].starts_with(b"--") => self.html_comment(at),
                _ => {
                    let name_end = scan::name_end(self.text, at + 1);
                    if name_end > at + 1 {
                        return self.begin_tag(at, name_end);
                    }
                    self.pos = at + 1;
                    self.doctype_or_text(at);
                }
            }
        }
        self.pos = self.bytes.len();
        self.content_ends_with_text(nest, base);
    }

    /// Adds text; text that touches text is one.
    pub(super) fn push_text(&mut self, start: usize, end: usize) {
        let mark = self.groups.last().map_or(0, |group| group.mark);
        if self.pending.len() > mark
            && let Some(last) = self.pending.last_mut()
            && last.kind == Kind::Text
            && last.end == start as u32
        {
            last.end = end as u32;
        } else if start < end {
            self.push(Kind::Text, start, end);
        }
    }

    fn doctype_or_text(&mut self, start: usize) {
        let keyword = self.bytes.get(start + 1..start + 9);
        if keyword.is_some_and(|keyword| keyword.eq_ignore_ascii_case(b"!doctype")) {
            let rest = &self.bytes[start..];
            let stop = rest
                .iter()
                .skip(1)
                .position(|byte| matches!(byte, b'>' | b'<'))
                .map_or(rest.len(), |at| at + 1);
            if rest.get(stop) == Some(&b'>') {
                self.pos = start + stop + 1;
                return self.push(Kind::Doctype, start, self.pos);
            }
            let insert_at = scan::trim_end(self.bytes, start + 9, self.line_end(start).min(start + stop));
            self.report(start, start + 9, SyntaxProblemKind::UnclosedTag { insert_at: insert_at as u32 });
            self.pos = insert_at;
            return self.push(Kind::Doctype, start, insert_at);
        }
        self.push_text(start, start + 1);
    }

    /// In an element in code, a closing bracket that the text did not open may belong to the code.
    fn watch_for_bracket(&mut self, start: usize, end: usize) {
        let Some(Frame::Content(ContentFrame { suspect: None, .. })) = self.frames.last() else { return };
        if self.brackets.last().is_none_or(|bracket| bracket.byte == b'{') {
            return;
        }
        let mut depth = 0usize;
        let unopened = self.bytes[start..end].iter().position(|byte| match byte {
            b'(' | b'[' => {
                depth += 1;
                false
            }
            b')' | b']' => {
                let unopened = depth == 0;
                depth = depth.saturating_sub(1);
                unopened
            }
            _ => false,
        });
        if let Some(offset) = unopened {
            self.suspect(start, Guess::EndNestAt(start + offset));
        }
    }

    /// A `}` in an element in code: it is text if the innermost element's own closing tag follows, else it ends the code.
    fn is_stray_brace(&self, at: usize, base: usize) -> bool {
        let Some(open) = self.open.get(base..).and_then(<[_]>::last) else { return false };
        let name = open.name.text(self.text);
        let around = base.checked_sub(1).and_then(|index| self.open.get(index));
        if around.is_some_and(|around| around.name.text(self.text) == name) {
            return false;
        }
        let rest = &self.bytes[at + 1..];
        let next = rest.iter().position(|byte| matches!(byte, b'<' | b'{' | b'}'));
        next.is_some_and(|length| {
            let tag = at + 1 + length;
            self.bytes[tag..].starts_with(b"</")
                && self.slice(tag + 2, scan::name_end(self.text, tag + 2)) == name
        })
    }

    fn brace_ends_nest(&mut self, at: usize) {
        let suspect = match self.frames.last() {
            Some(Frame::Content(frame)) => frame.suspect.as_ref().map(|suspect| suspect.guess),
            _ => None,
        };
        self.pos = at;
        if suspect == Some(Guess::TypeParameters) && self.rewind(1) {
            return;
        }
        let end = self.give_brackets_back(at);
        self.force_end_of_nest(end);
    }

    /// Where code goes on that was read as text: before the closing brackets at the end of the text up to `at`, as many as
    /// the code around has open.
    fn give_brackets_back(&mut self, at: usize) -> usize {
        let mark = self.groups.last().map_or(0, |group| group.mark);
        let Some(text) = self.pending[mark..].last().copied() else { return at };
        if text.kind != Kind::Text || text.end as usize != at {
            return at;
        }
        let mut brackets = self.brackets.iter().rev().take_while(|bracket| bracket.byte != b'{');
        let mut end = at;
        for index in (text.start as usize..at).rev() {
            match self.bytes[index] {
                b')' | b']' if brackets.next().is_some() => end = index,
                b' ' | b'\t' | b'\r' | b'\n' | b';' | b',' => {}
                _ => break,
            }
        }
        if end < at {
            self.pending.pop();
            self.push_text(text.start as usize, end);
        }
        end
    }

    fn content_ends_with_text(&mut self, nest: Nest, base: usize) {
        if nest == Nest::Root {
            self.close_unclosed(base, self.bytes.len());
            self.finish_group(self.bytes.len());
            self.frames.pop();
        } else if !self.rewind(REACH) {
            self.force_end_of_nest(self.bytes.len());
        }
    }
}
