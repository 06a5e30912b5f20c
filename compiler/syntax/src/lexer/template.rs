//! Template literal mode: its text, up to the backtick or to a substitution.
//!
//! A literal that never ends would swallow everything. It is then read again as a strict one, which ends at the first `}` or
//! `</` of its text, at latest with the line. Refuses to keep the text's tokens: the literal is part of the code around it.

use super::frames::{Before, Frame, Home, TemplateFrame};
use super::modes::TemplateToken;
use super::recovery::{Guess, REACH};
use super::token::Kind;
use super::{Lexer, scan};
use crate::SyntaxProblemKind;
use logos::Logos;

impl Lexer<'_> {
    /// Begins the literal whose backtick stands at `open`. A strict one is known to lack its other backtick.
    pub(super) fn begin_template(&mut self, open: usize, attribute: bool, strict: bool) {
        let silent = self.code_frame().is_some_and(|frame| frame.state.silent);
        if strict && !silent {
            self.report(open, open + 1, SyntaxProblemKind::UnterminatedTemplate);
        }
        let mark = self.mark(open);
        self.pos = open + 1;
        self.frames.push(Frame::Template(TemplateFrame {
            open,
            attribute,
            strict,
            depth: 0,
            suspicious: false,
            silent,
            mark: Box::new(mark),
        }));
    }

    pub(super) fn template(&mut self) {
        let Some(Frame::Template(frame)) = self.frames.last_mut() else { return };
        let (strict, attribute) = (frame.strict, frame.attribute);
        let mut lexer = TemplateToken::lexer(self.bytes);
        lexer.bump(self.pos);
        while let Some(token) = lexer.next() {
            let (start, end) = (lexer.span().start, lexer.span().end);
            match token.unwrap_or(TemplateToken::Chunk) {
                TemplateToken::Chunk => {
                    let chunk = &self.bytes[start..end];
                    if strict && let Some(at) = strict_stop(chunk, attribute) {
                        return self.end_template(start + at);
                    }
                    frame.suspicious |= frame.depth < 0 && chunk.contains(&b'<');
                }
                TemplateToken::Escape => lexer.bump(usize::from(end < self.bytes.len())),
                TemplateToken::Open if self.bytes[start] == b'$' => {}
                TemplateToken::Open if frame.depth < 0 => frame.suspicious = true,
                TemplateToken::Open => frame.depth += 1,
                TemplateToken::CloseBrace if strict => return self.end_template(start),
                TemplateToken::CloseBrace if frame.depth >= 0 => frame.depth -= 1,
                TemplateToken::CloseBrace => {}
                TemplateToken::Substitution => {
                    self.pos = end;
                    return self.begin_code(Home::Substitution, start);
                }
                TemplateToken::Backtick if strict => return self.end_template(end),
                TemplateToken::Backtick => return self.backtick_ends_template(end),
            }
        }
        // The text ended. Either an earlier literal took this one's opening for its own end, or this one has no end.
        self.pos = self.bytes.len();
        if strict || !(self.rewind_literals(REACH) || self.make_strict()) {
            self.report_unterminated(strict);
            self.end_template(self.bytes.len());
        }
    }

    fn report_unterminated(&mut self, known: bool) {
        if let Some(Frame::Template(frame)) = self.frames.last()
            && !known
            && !frame.silent
        {
            let open = frame.open;
            self.report(open, open + 1, SyntaxProblemKind::UnterminatedTemplate);
        }
    }

    /// Goes back to the beginning of the literal on top, to read it again as a strict one.
    fn make_strict(&mut self) -> bool {
        let Some(Frame::Template(frame)) = self.frames.last() else { return false };
        let (mark, open, attribute, silent) = (*frame.mark, frame.open, frame.attribute, frame.silent);
        if silent || !self.restore(&mark) {
            return false;
        }
        self.begin_template(open, attribute, true);
        true
    }

    /// The literal on top found its backtick, whose end is `end`. If that backtick looks like the opening of another literal,
    /// this one lacks its own.
    fn backtick_ends_template(&mut self, end: usize) {
        let Some(Frame::Template(frame)) = self.frames.last() else { return };
        let (mark, open, suspicious, silent) = (*frame.mark, frame.open, frame.suspicious, frame.silent);
        let next = self.bytes.get(end);
        self.pos = end;
        if frame.attribute {
            let complete = next
                .is_none_or(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>' | b'}' | b'<'));
            if !complete && scan::holds_tag(&self.bytes[open..end]) && self.make_strict() {
                return;
            }
        } else if suspicious && !silent {
            if scan::continues_word(self.bytes, end) && self.make_strict() {
                return;
            }
            self.frames.pop();
            self.suspect_from(mark, Guess::Template);
            return self.after_template(open, end, false);
        }
        self.end_template(end);
    }

    /// Ends the literal on top at `end`.
    fn end_template(&mut self, end: usize) {
        let Some(Frame::Template(frame)) = self.frames.pop() else { return };
        if frame.strict
            && let Some(Frame::Tag(tag)) = self.frames.last_mut()
        {
            tag.quiet = true;
        }
        self.after_template(frame.open, end, frame.attribute);
    }

    fn after_template(&mut self, open: usize, end: usize, attribute: bool) {
        self.pos = end;
        self.significant = end;
        self.code_end = end;
        if attribute {
            let (group, _) = self.finish_group(end);
            self.push_group(Kind::Template, open, end, group);
            self.attribute_value_ends(end);
        } else {
            self.set_before(Before::Value);
        }
    }
}

/// Where in `text` a literal without its backtick has to end.
fn strict_stop(text: &[u8], attribute: bool) -> Option<usize> {
    let at = (0..text.len()).find(|at| match text[*at] {
        b'\n' | b'\r' => true,
        b'>' => attribute,
        b'<' => attribute || text.get(at + 1) == Some(&b'/'),
        _ => false,
    })?;
    let self_closing = text[at] == b'>' && at > 0 && text[at - 1] == b'/';
    Some(if self_closing { at - 1 } else { at })
}
