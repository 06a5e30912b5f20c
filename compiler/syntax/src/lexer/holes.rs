//! Where code begins and ends: `{ ... }` among children, in tags, in template literals and in JSON scripts.
//!
//! Refuses to look into the code; `code.rs` does.

use super::Lexer;
use super::frames::{Before, CodeFrame, CodeState, Frame, Home};
use super::recovery::REACH;
use super::token::{GroupId, Kind};
use crate::SyntaxProblemKind;

impl Lexer<'_> {
    /// Begins code whose brace stands at `open` and which starts at [`Lexer::pos`]; a plain hole is read as a whole.
    pub(super) fn begin_code(&mut self, home: Home, open: usize) {
        if matches!(home, Home::Child | Home::Attribute) && self.plain_hole(home, open) {
            return;
        }
        let silent = match self.frames.last() {
            Some(Frame::Template(frame)) => frame.silent,
            _ => false,
        };
        if home != Home::Substitution {
            self.begin_group(self.pos);
        }
        let state = CodeState {
            home,
            open,
            start: self.pos,
            base: self.brackets.len(),
            before: Before::Operator,
            silent,
            script: None,
        };
        self.code_end = self.pos;
        self.frames.push(Frame::Code(CodeFrame { state, suspect: None }));
    }

    /// Ends the code on top at its `}`, which stands at `at`; [`Lexer::pos`] is behind it.
    pub(super) fn end_code(&mut self, at: usize) {
        let Some(Frame::Code(frame)) = self.frames.pop() else { return };
        let state = frame.state;
        match state.home {
            Home::Root => {}
            Home::Substitution => {
                self.significant = at + 1;
                self.code_end = at + 1;
            }
            Home::Script => self.end_script_hole(&state),
            Home::Child | Home::Attribute => {
                let (group, empty) = self.finish_group(at);
                let kind = if empty { Kind::EmptyHole } else { Kind::Hole };
                self.push_hole(kind, state.home, state.open, at + 1, group);
            }
        }
    }

    pub(super) fn push_hole(&mut self, kind: Kind, home: Home, start: usize, end: usize, group: GroupId) {
        self.push_group(kind, start, end, group);
        if home == Home::Attribute {
            self.attribute_value_ends(end);
        }
    }

    /// Ends the code on top where its `}` is missing: after the last thing that is certainly code. The lexer goes on there.
    pub(super) fn unclosed_code(&mut self) {
        let Some(Frame::Code(frame)) = self.frames.pop() else { return };
        let state = frame.state;
        let end = self.code_end.max(state.start);
        self.pos = end;
        self.brackets.truncate(state.base);
        if state.home == Home::Script {
            return self.take_script_hole_back(&state);
        }
        if !state.silent && state.home != Home::Root {
            let brace = state.start - 1;
            self.report(brace, brace + 1, SyntaxProblemKind::UnclosedBrace { insert_at: end as u32 });
        }
        match state.home {
            Home::Root | Home::Script => {
                self.pos = self.bytes.len();
                self.out.blank = self.finish_group(self.pos).1;
            }
            Home::Substitution => {}
            Home::Child | Home::Attribute => {
                let (group, _) = self.finish_group(end);
                if let Some(Frame::Tag(tag)) = self.frames.last_mut() {
                    tag.quiet = true;
                }
                self.push_hole(Kind::OpenHole, state.home, state.open, end, group);
            }
        }
    }

    /// The text ended in code.
    pub(super) fn code_ends_with_text(&mut self, home: Home) {
        if home == Home::Root || !self.rewind(REACH) {
            self.unclosed_code();
        }
    }
}
