//! The lexer: cuts a template, or a module written as TSX, into groups of tokens.
//!
//! It is total and balanced. Whatever the text, every hole, tag and element that begins also ends in the tokens, at a place
//! of no width where its end is missing; the problem is reported here, once, and nothing after the lexer has to recover.
//! Names are matched here too, since only they tell where an element ends that stands in code.
//!
//! Modes lie on an explicit stack ([`frames::Frame`]): content, tag, code, template literal. Raw text needs no frame.
//!
//! What code is, it only guesses, from one bit: whether an expression has to follow ([`frames::Before`]). That decides regular
//! expression against division and element against less-than. Known approximations:
//!
//! - After `}` a `/` divides. A regular expression that begins a statement after a block is read as operators.
//! - After `)` a `/` divides, save where the parenthesis is that of `if`, `while`, `for` or `with`.
//! - `of` and `in` before `/` or `<` are operators, also where somebody named a variable `of`.
//! - `<T>(x) => x` is an element named `T`, as in every `.tsx` file; in a type of a module it is taken back when no closing
//!   tag follows.
//! - `<!--` in code begins a comment, wherever it stands.
//! - In the code of an attribute, `/>` after a value or after a regular expression, and a word after a value that goes on like
//!   `name="`, end the tag or the attribute: no expression goes on like that.
//! - A comment that opens a hole, holds a `}` that closes nothing, and then a `{/*`, is one that lost its end.
//! - A `<script` or `<style` on a line of its own ends the raw text before it, unless it stands in a template literal.
//!
//! When something was never closed, what follows was read wrong from there on. The lexer then goes back to the first thing in
//! the same code that looks like the culprit (see `recovery.rs`) and ends it early. How far it may go back in all is limited
//! by a budget in proportion to the text, so the time stays linear.
//!
//! Refuses to know attributes, to build a tree, and to understand TypeScript.

pub(crate) mod bytes;
mod code;
mod content;
pub(crate) mod frames;
mod holes;
mod indent;
pub(crate) mod modes;
mod nesting;
pub(crate) mod plain;
pub(crate) mod raw;
mod recovery;
pub(crate) mod scan;
mod tag;
mod template;
pub(crate) mod token;

use crate::{SyntaxProblem, SyntaxProblemKind};
use frames::{Before, Bracket, CodeFrame, CodeState, ContentFrame, Frame, Home, Nest, Open, OpenGroup};
use std::collections::HashMap;
use token::{GroupId, Kind, Lexed, Token};
use velox_diagnostics::Span;

/// How much text may be read again, as a multiple of its length, and a little for short texts.
const FUEL_PER_BYTE: usize = 8;
const FUEL_AT_LEAST: usize = 1 << 14;

/// What the text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// A template: raw text in `<script>` and `<style>`, void elements.
    Template,
    /// A module in TSX: code, in which elements stand; nothing is raw.
    Tsx,
}

/// Cuts `text` into tokens.
pub(crate) fn lex(text: &str, dialect: Dialect) -> Lexed {
    let mut lexer = Lexer::new(text, dialect);
    lexer.run();
    lexer.out
}

struct Lexer<'t> {
    text: &'t str,
    bytes: &'t [u8],
    dialect: Dialect,
    pos: usize,
    frames: Vec<Frame>,
    open: Vec<Open>,
    brackets: Vec<Bracket>,
    /// Groups that are not complete, the innermost last.
    groups: Vec<OpenGroup>,
    /// Tokens of groups that are not complete.
    pending: Vec<Token>,
    out: Lexed,
    /// The end of the last token of code that is neither white space nor a comment.
    significant: usize,
    /// The same, but block comments count: where a missing `}` is best put.
    code_end: usize,
    fuel: usize,
    /// How often each name is open; made when it is first asked for.
    names: Option<HashMap<&'t str, usize>>,
    /// From where on the text holds no `"`, no `'`.
    no_quote: [usize; 2],
    /// A line whose end was looked for: from where, and where it is.
    line: (usize, usize),
    /// A `*/` that was found, and from where it was looked for.
    block_comment: Option<(usize, Option<usize>)>,
}

impl<'t> Lexer<'t> {
    fn new(text: &'t str, dialect: Dialect) -> Self {
        let mut lexer = Self {
            text,
            bytes: text.as_bytes(),
            dialect,
            pos: 0,
            frames: Vec::with_capacity(16),
            open: Vec::with_capacity(32),
            brackets: Vec::with_capacity(16),
            groups: Vec::with_capacity(8),
            pending: Vec::with_capacity(text.len() / 6),
            out: Lexed::default(),
            significant: 0,
            code_end: 0,
            fuel: text.len() * FUEL_PER_BYTE + FUEL_AT_LEAST,
            names: None,
            no_quote: [usize::MAX; 2],
            line: (0, 0),
            block_comment: None,
        };
        // A template's root is no code, so none of it is ever flushed as such.
        lexer.begin_group(if dialect == Dialect::Template { usize::MAX } else { 0 });
        lexer.frames.push(match dialect {
            Dialect::Template => Frame::Content(ContentFrame { nest: Nest::Root, base: 0, suspect: None }),
            Dialect::Tsx => Frame::Code(CodeFrame {
                state: CodeState {
                    home: Home::Root,
                    open: 0,
                    start: 0,
                    base: 0,
                    before: Before::Operator,
                    silent: true,
                    script: None,
                },
                suspect: None,
            }),
        });
        lexer
    }

    fn run(&mut self) {
        while let Some(frame) = self.frames.last() {
            match frame {
                Frame::Content(_) => self.content(),
                Frame::Tag(_) => self.tag(),
                Frame::Code(_) => self.code(),
                Frame::Template(_) => self.template(),
            }
        }
    }

    fn slice(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or("")
    }

    /// Spends some of the budget for reading text again; false where it is exhausted.
    fn burn(&mut self, cost: usize) -> bool {
        let left = self.fuel.checked_sub(cost);
        self.fuel = left.unwrap_or(self.fuel);
        left.is_some()
    }

    /// The end of the line that holds `at`. Remembered, so that many mistakes on one long line cost no more than one.
    fn line_end(&mut self, at: usize) -> usize {
        if !(self.line.0..self.line.1).contains(&at) {
            self.line = (at, scan::line_end(self.bytes, at));
        }
        self.line.1
    }

    fn report(&mut self, start: usize, end: usize, kind: SyntaxProblemKind) {
        self.out.problems.push(SyntaxProblem { span: span(start, end), kind });
    }

    fn push(&mut self, kind: Kind, start: usize, end: usize) {
        self.push_group(kind, start, end, GroupId::NONE);
    }

    fn push_group(&mut self, kind: Kind, start: usize, end: usize, group: GroupId) {
        self.pending.push(Token { kind, group, start: start as u32, end: end as u32 });
    }

    /// Opens a group of tokens; its code, if it is code, begins at `at`.
    fn begin_group(&mut self, at: usize) {
        self.groups.push(OpenGroup { mark: self.pending.len(), code_start: at, significant: false });
    }

    /// Makes a token of the code up to `at` that is none yet.
    fn flush_code(&mut self, at: usize) {
        let Some(group) = self.groups.last_mut() else { return };
        let start = group.code_start;
        group.code_start = at;
        if start < at {
            let significant = self.significant > start;
            group.significant |= significant;
            let kind = if significant { Kind::Code } else { Kind::BlankCode };
            self.push(kind, start, at);
        }
    }

    /// Completes the innermost group, whose code ends at `at`. Gives the group, unless it is nothing but code, and whether it
    /// is nothing but white space and comments.
    fn finish_group(&mut self, at: usize) -> (GroupId, bool) {
        let Some(mut group) = self.groups.pop() else { return (GroupId::NONE, true) };
        if self.pending.len() == group.mark {
            group.significant |= self.significant > group.code_start;
            return (GroupId::NONE, !group.significant);
        }
        self.groups.push(group);
        self.flush_code(at);
        let significant = self.groups.pop().is_some_and(|group| group.significant);
        let start = self.out.tokens.len();
        self.out.tokens.extend_from_slice(&self.pending[group.mark..]);
        let elements = self.pending[group.mark..].iter().any(|token| token.kind == Kind::TagStart);
        self.pending.truncate(group.mark);
        self.out.groups.push(start..self.out.tokens.len());
        (GroupId(self.out.groups.len() as u32 - 1), !significant && !elements)
    }
}

fn span(start: usize, end: usize) -> Span {
    Span::new(start as u32, end as u32)
}
