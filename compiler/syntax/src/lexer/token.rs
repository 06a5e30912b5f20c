//! What the lexer gives: tokens in groups.
//!
//! The tokens of one hole (or of the root) form a group, and a hole is a single token in the group around it. So each group
//! is flat, however deep the text nests, and no later stage has to recurse.

use crate::SyntaxProblem;
use std::ops::Range;
use velox_diagnostics::Span;

/// A token. What it spans is relative to the parsed text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    pub(crate) group: GroupId,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Token {
    pub(crate) fn span(&self) -> Span {
        Span::new(self.start, self.end)
    }
}

/// The group of tokens that stands inside a token; [`GroupId::NONE`] where there is none, or none that holds an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct GroupId(pub(crate) u32);

impl GroupId {
    pub(crate) const NONE: Self = Self(u32::MAX);
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Text, lone `<`, `>` and `}` included.
    Text,
    /// `<!-- ... -->`.
    Comment,
    /// A comment that nothing closes.
    OpenComment,
    /// `<!DOCTYPE html>`.
    Doctype,
    /// The text of a raw element.
    RawText,
    /// A closing tag that closes nothing.
    Stray,
    /// Code between elements.
    Code,
    /// Code that is nothing but white space and comments.
    BlankCode,
    /// `{ ... }`, among children or in a tag.
    Hole,
    /// The same with nothing but white space and comments in it.
    EmptyHole,
    /// A hole without its `}`.
    OpenHole,
    /// An element as an attribute's value.
    ElementValue,
    /// A template literal as an attribute's value.
    Template,
    /// `<` and the name of an opening tag.
    TagStart,
    /// The name of an attribute.
    Name,
    /// `=`.
    Equals,
    /// A quoted value, quotes included.
    Quoted,
    /// A quoted value without its closing quote.
    OpenQuoted,
    /// A value without quotes.
    Unquoted,
    /// Characters in a tag that begin no attribute.
    Junk,
    /// `>`; empty where it is missing.
    TagEnd,
    /// `/>`.
    SelfClosingEnd,
    /// The end of the opening tag of a void element.
    VoidEnd,
    /// `</name>`, which closes the innermost open element.
    CloseTag,
    /// The place, always empty, where a missing closing tag is taken to stand.
    MissingCloseTag,
}

/// All tokens of a text, and what was wrong on their level.
#[derive(Debug, Default)]
pub(crate) struct Lexed {
    /// The tokens, group after group.
    pub(crate) tokens: Vec<Token>,
    /// Where each group's tokens are; the last is the root.
    pub(crate) groups: Vec<Range<usize>>,
    /// Whether there is nothing but white space and comments.
    pub(crate) blank: bool,
    pub(crate) problems: Vec<SyntaxProblem>,
}
