//! Raw text: what stands in `<script>` and `<style>`, up to their closing tags.
//!
//! A script of a JSON type may hold one expression instead (language.md T11); whether it does is tried, and taken back if the
//! expression does not end right before the closing tag. Refuses to look into scripts and styles otherwise.

use super::frames::{CodeState, Frame, Home};
use super::modes::RawToken;
use super::token::Kind;
use super::{Lexer, scan};
use crate::{SyntaxProblemKind, elements};
use logos::Logos;
use serde::de::IgnoredAny;
use velox_diagnostics::Span;

impl Lexer<'_> {
    /// The children of the raw element that was just opened.
    pub(super) fn raw_text(&mut self, name: &str, script_type: Option<Span>) {
        let json = script_type.is_some_and(|media_type| elements::is_json_type(media_type.text(self.text)));
        if !(json && self.begin_script_hole()) {
            self.raw_body(name);
        }
    }

    /// Reads a raw element's text and closing tag. Gives where the text ends, if there is such a tag.
    fn raw_body(&mut self, name: &str) -> Option<usize> {
        let start = self.pos;
        let close = raw_close(self.text, start, name);
        // Without a closing tag it ends before the first line that begins with a tag, lest it swallow the rest.
        let end = close.unwrap_or_else(|looked_to| {
            if self.burn(looked_to - start) { self.line_that_closes(start) } else { self.bytes.len() }
        });
        if start < end {
            self.push(Kind::RawText, start, end);
        }
        self.end_raw_element(end, close.is_ok());
        close.ok()
    }

    fn end_raw_element(&mut self, at: usize, closed: bool) {
        self.pos = at;
        if closed {
            let close = self.read_close_tag(at);
            self.out.problems.extend(close.problem);
            self.pos = close.end;
            self.push(Kind::CloseTag, at, close.end);
            self.pop_open();
        } else {
            let innermost = self.open.len().saturating_sub(1);
            self.close_unclosed(innermost, at);
        }
        self.element_ended();
    }

    fn line_that_closes(&self, start: usize) -> usize {
        let mut at = start;
        loop {
            let end = scan::line_end(self.bytes, at);
            at = scan::after_line_break(self.bytes, end);
            if at == end {
                return end;
            }
            let tag = scan::skip_space(self.bytes, at);
            let name = if self.bytes[tag..].starts_with(b"</") { tag + 2 } else { tag + 1 };
            if self.bytes.get(tag) == Some(&b'<') && scan::is_name_start(self.text, name) {
                return tag;
            }
        }
    }

    /// Begins the expression that the body of a JSON script may be. False where the body is none.
    fn begin_script_hole(&mut self) -> bool {
        let start = self.pos;
        let open = scan::skip_space(self.bytes, start);
        if self.bytes.get(open) != Some(&b'{') {
            return false;
        }
        let end = raw_close(self.text, start, "script").unwrap_or(self.bytes.len());
        if !self.burn(end - start) {
            return false;
        }
        let body = self.slice(open, end).trim_end();
        if body.ends_with('}') && serde_json::from_str::<IgnoredAny>(body).is_ok() {
            return false;
        }
        let mark = self.mark(start);
        self.push_text(start, open);
        self.pos = open + 1;
        self.begin_code(Home::Script, open);
        if let Some(Frame::Code(frame)) = self.frames.last_mut() {
            frame.state.script = Some(Box::new(mark));
        }
        true
    }

    /// The expression ended at the `}` before [`Lexer::pos`]: it was one if the closing tag is next. A body that goes on is neither
    /// JSON nor an expression. Up to a last `}` all of it is code then, and whoever reads the code says what is wrong with it.
    pub(super) fn end_script_hole(&mut self, state: &CodeState) {
        let end = self.pos;
        let next = scan::skip_space(self.bytes, end);
        if is_raw_close(self.bytes, next, "script") {
            self.push_script_hole(state, end - 1, end);
            self.push_text(end, next);
            return self.end_raw_element(next, true);
        }
        // Another closing tag may be meant to be this one's: about that more is said elsewhere.
        let misspelt = self.bytes[next..].starts_with(b"</");
        let close =
            raw_close(self.text, end, "script").ok().filter(|close| !misspelt && self.burn(close - end));
        let Some(close) = close else {
            if state.script.as_ref().is_some_and(|mark| self.restore(mark)) {
                self.raw_body("script");
            } else {
                self.push_script_hole(state, end - 1, end);
            }
            return;
        };
        let body_end = end + self.slice(end, close).trim_end().len();
        if self.bytes[body_end - 1] == b'}' {
            self.push_script_hole(state, body_end - 1, body_end);
            self.push_text(body_end, close);
        } else {
            self.push_script_hole(state, end - 1, end);
            self.report(next, body_end, SyntaxProblemKind::TextAfterExpression);
            self.push_text(end, close);
        }
        self.end_raw_element(close, true);
    }

    /// The expression has no end: reads the body as raw text.
    pub(super) fn take_script_hole_back(&mut self, state: &CodeState) {
        let end = self.pos;
        match &state.script {
            Some(mark) if self.restore(mark) => {
                // Without a closing tag the tag is the mistake.
                if let Some(body_end) = self.raw_body("script") {
                    let after_brace = state.open + 1;
                    let insert_at = after_brace + self.slice(after_brace, body_end).trim_end().len();
                    let kind = SyntaxProblemKind::UnclosedBrace { insert_at: insert_at as u32 };
                    self.report(state.open, after_brace, kind);
                }
            }
            _ => self.push_script_hole(state, end, end),
        }
    }

    fn push_script_hole(&mut self, state: &CodeState, code_end: usize, end: usize) {
        let (group, empty) = self.finish_group(code_end);
        let kind = match (code_end < end, empty) {
            (false, _) => Kind::OpenHole,
            (true, true) => Kind::EmptyHole,
            (true, false) => Kind::Hole,
        };
        self.push_group(kind, state.open, end, group);
    }
}

/// Where the closing tag of the raw element `name` begins whose text begins at `start`; else how far it was looked for. It is none
/// where another raw element begins on a line of its own before, outside a template literal: then the closing tag is that one's.
pub(crate) fn raw_close(text: &str, start: usize, name: &str) -> Result<usize, usize> {
    let bytes = text.as_bytes();
    let mut lexer = RawToken::lexer(bytes);
    lexer.bump(start);
    let (mut counted, mut backticks) = (start, 0);
    while let Some(token) = lexer.next() {
        let at = lexer.span().start;
        match token {
            Ok(RawToken::CloseTag) if is_raw_close(bytes, at, name) => return Ok(at),
            Ok(RawToken::Less)
                if elements::is_raw(text.get(at + 1..scan::name_end(text, at + 1)).unwrap_or("")) =>
            {
                backticks += bytes[counted..at].iter().filter(|byte| **byte == b'`').count();
                counted = at;
                let first = scan::indentation(bytes, at).is_some();
                if first && backticks % 2 == 0 {
                    return Err(at);
                }
            }
            _ => {}
        }
    }
    Err(bytes.len())
}

fn is_raw_close(bytes: &[u8], at: usize, name: &str) -> bool {
    let end = at + 2 + name.len();
    let found = bytes.get(at..at + 2) == Some(b"</")
        && bytes.get(at + 2..end).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()));
    found && bytes.get(end).is_none_or(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))
}
