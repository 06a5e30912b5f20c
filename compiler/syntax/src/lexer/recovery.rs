//! Going back: what looked like a mistake before it was known that there was one.
//!
//! A `}` inside a string, an unspaced `<b` after a value, a `>` in the code of an attribute: each may be right. While its code
//! goes on, the first of them is kept as the frame's suspect. When the code turns out never to end, the lexer goes back to it
//! and takes the other reading. Refuses to guess where nothing failed: a text without mistakes is never read twice.

use super::Lexer;
use super::frames::{Bracket, CodeState, Frame, Open, OpenGroup};
use super::token::Token;

/// How far below the top of the stack a suspect is looked for.
pub(super) const REACH: usize = 3;

/// How long the lexer's lists were at a place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    at: usize,
    frames: usize,
    pending: usize,
    last: Option<Token>,
    tokens: usize,
    groups_done: usize,
    problems: usize,
    groups: usize,
    group: Option<OpenGroup>,
    brackets: usize,
    open: usize,
    significant: usize,
    code_end: usize,
}

/// Something that may turn out to have been a mistake.
#[derive(Debug)]
pub(super) struct Suspect {
    mark: Mark,
    code: Option<CodeState>,
    brackets: (usize, Vec<Bracket>),
    open: (usize, Vec<Open>),
    pub(super) guess: Guess,
}

impl Suspect {
    /// The place to go back to.
    pub(super) fn at(&self) -> usize {
        self.mark.at
    }
}

/// What the mistake would be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Guess {
    /// The template literal that begins here has no end.
    Template,
    /// The string that begins here has no end.
    String,
    /// The code ended here.
    EndCode,
    /// The nest of elements ended here, without its closing tags.
    EndNest,
    /// Text went on up to here, and then the nest ended.
    EndNestAt(usize),
    /// What looks like an element here is a list of type parameters.
    TypeParameters,
}

impl Lexer<'_> {
    /// The state of the lists at the moment, for a place that may be gone back to.
    pub(super) fn mark(&self, at: usize) -> Mark {
        Mark {
            at,
            frames: self.frames.len(),
            pending: self.pending.len(),
            last: self.pending.last().copied(),
            tokens: self.out.tokens.len(),
            groups_done: self.out.groups.len(),
            problems: self.out.problems.len(),
            groups: self.groups.len(),
            group: self.groups.last().copied(),
            brackets: self.brackets.len(),
            open: self.open.len(),
            significant: self.significant,
            code_end: self.code_end,
        }
    }

    /// Cuts the lists back to a mark. False where the budget does not allow it; then nothing has changed.
    pub(super) fn restore(&mut self, mark: &Mark) -> bool {
        if !self.burn(self.pos.saturating_sub(mark.at) + 1) {
            return false;
        }
        self.pos = mark.at;
        self.frames.truncate(mark.frames);
        self.pending.truncate(mark.pending);
        if let (Some(last), Some(kept)) = (self.pending.last_mut(), mark.last) {
            *last = kept;
        }
        self.out.tokens.truncate(mark.tokens);
        self.out.groups.truncate(mark.groups_done);
        self.out.problems.truncate(mark.problems);
        self.groups.truncate(mark.groups);
        if let (Some(group), Some(kept)) = (self.groups.last_mut(), mark.group) {
            *group = kept;
        }
        self.brackets.truncate(mark.brackets);
        self.open.truncate(mark.open);
        if self.names.take().is_some() {
            self.fuel = self.fuel.saturating_sub(self.open.len());
        }
        self.significant = mark.significant;
        self.code_end = mark.code_end;
        true
    }

    /// Keeps a suspect in the topmost frame, unless it has one.
    pub(super) fn suspect(&mut self, at: usize, guess: Guess) {
        let mark = self.mark(at);
        self.suspect_from(mark, guess);
    }

    /// The same, for a place that was marked before.
    pub(super) fn suspect_from(&mut self, mark: Mark, guess: Guess) {
        let free = match self.frames.last() {
            Some(Frame::Code(frame)) => frame.suspect.is_none(),
            Some(Frame::Content(frame)) => frame.suspect.is_none(),
            _ => false,
        };
        if !free {
            return;
        }
        let suspect = self.make_suspect(mark, guess);
        match self.frames.last_mut() {
            Some(Frame::Code(frame)) => frame.suspect = suspect,
            Some(Frame::Content(frame)) => frame.suspect = suspect,
            _ => {}
        }
    }

    /// What it takes to come back to a place of the topmost frame.
    pub(super) fn make_suspect(&self, mark: Mark, guess: Guess) -> Option<Box<Suspect>> {
        let (code, brackets, open) = match self.frames.last()? {
            Frame::Code(frame) => {
                let base = frame.state.base;
                (
                    Some(frame.state.clone()),
                    (base, self.brackets[base..].to_vec()),
                    (self.open.len(), Vec::new()),
                )
            }
            Frame::Content(frame) => {
                (None, (self.brackets.len(), Vec::new()), (frame.base, self.open[frame.base..].to_vec()))
            }
            Frame::Tag(_) | Frame::Template(_) => return None,
        };
        Some(Box::new(Suspect { mark, code, brackets, open, guess }))
    }

    /// Goes back to the nearest suspect among the `reach` topmost frames and takes the other reading. False where there is
    /// none, or the budget is spent.
    pub(super) fn rewind(&mut self, reach: usize) -> bool {
        self.rewind_if(reach, |_| true)
    }

    /// The same for a template literal that never ended; a string is not to blame for that.
    pub(super) fn rewind_literals(&mut self, reach: usize) -> bool {
        self.rewind_if(reach, |guess| guess != Guess::String)
    }

    fn rewind_if(&mut self, reach: usize, wanted: impl Fn(Guess) -> bool) -> bool {
        for index in (self.frames.len().saturating_sub(reach)..self.frames.len()).rev() {
            let kept = match &mut self.frames[index] {
                Frame::Code(frame) => &mut frame.suspect,
                Frame::Content(frame) => &mut frame.suspect,
                Frame::Tag(_) | Frame::Template(_) => continue,
            };
            if let Some(suspect) = kept.take_if(|suspect| wanted(suspect.guess)) {
                return self.rewind_to(*suspect);
            }
        }
        false
    }

    fn rewind_to(&mut self, suspect: Suspect) -> bool {
        if !self.restore(&suspect.mark) {
            return false;
        }
        self.fuel = self.fuel.saturating_sub(suspect.brackets.1.len() + suspect.open.1.len());
        if let (Some(Frame::Code(frame)), Some(code)) = (self.frames.last_mut(), suspect.code) {
            frame.state = code;
        }
        self.brackets.truncate(suspect.brackets.0);
        self.brackets.extend(suspect.brackets.1);
        self.open.truncate(suspect.open.0);
        self.open.extend(suspect.open.1);
        match suspect.guess {
            Guess::Template => self.begin_template(self.pos, false, true),
            Guess::String => self.broken_string(self.pos),
            Guess::EndCode => self.unclosed_code(),
            Guess::EndNest => self.force_end_of_nest(self.pos),
            Guess::EndNestAt(at) => {
                self.push_text(self.pos, at);
                self.force_end_of_nest(at);
            }
            Guess::TypeParameters => self.skip_less_than(),
        }
        true
    }
}
