//! The lexer's stack: which mode it is in, and what each mode has to remember.
//!
//! Refuses to act; the modes' own files do.

use super::recovery::{Mark, Suspect};
use velox_diagnostics::Span;

/// A mode on the stack.
#[derive(Debug)]
pub(super) enum Frame {
    Content(ContentFrame),
    Tag(TagFrame),
    Code(CodeFrame),
    Template(TemplateFrame),
}

/// Children: of the root, or of the elements of one nest.
#[derive(Debug)]
pub(super) struct ContentFrame {
    pub(super) nest: Nest,
    /// How many elements were open where the nest began.
    pub(super) base: usize,
    pub(super) suspect: Option<Box<Suspect>>,
}

/// Where a run of elements stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nest {
    /// The template itself.
    Root,
    /// In code; the nest is one element and all in it.
    Code,
    /// An attribute's value: `icon=<b/>`.
    Value,
}

/// An opening tag.
#[derive(Clone, Debug)]
pub(super) struct TagFrame {
    /// Where its first token is in the pending list.
    pub(super) token: usize,
    pub(super) start: usize,
    pub(super) name: Span,
    /// The last attribute's name.
    pub(super) attribute: Span,
    /// The value of `type`, where this is a script.
    pub(super) script_type: Option<Span>,
    /// The end of the last token.
    pub(super) end: usize,
    /// The end of the last attribute that has a value, and how many tokens were pending then.
    pub(super) solid: (usize, usize),
    /// How many attributes without a value came since.
    pub(super) bare: usize,
    /// Whether characters that begin no attribute came since.
    pub(super) junk: bool,
    /// Whether a problem of this tag was reported that explains a missing end as well.
    pub(super) quiet: bool,
}

/// TypeScript.
#[derive(Clone, Debug)]
pub(super) struct CodeState {
    pub(super) home: Home,
    /// The opening brace.
    pub(super) open: usize,
    /// Where the code begins.
    pub(super) start: usize,
    /// How many brackets were open where the code began.
    pub(super) base: usize,
    pub(super) before: Before,
    /// Whether another stage reports what is wrong here.
    pub(super) silent: bool,
    /// In a script: the place to go back to, if it turns out not to be code.
    pub(super) script: Option<Box<Mark>>,
}

/// [`CodeState`], and what may turn out to have been a mistake.
#[derive(Debug)]
pub(super) struct CodeFrame {
    pub(super) state: CodeState,
    pub(super) suspect: Option<Box<Suspect>>,
}

/// What the code stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Home {
    /// The whole text.
    Root,
    /// A hole among children.
    Child,
    /// A hole in a tag.
    Attribute,
    /// `${ ... }`.
    Substitution,
    /// The body of a JSON script.
    Script,
}

/// What stands before a place in code: decides regular expression against division, element against less-than.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Before {
    /// An expression has to follow.
    Operator,
    /// An expression has ended.
    Value,
    /// A dot: the next word is a name, whatever it is.
    Dot,
    /// An element has ended: a `<` can only begin another.
    Element,
    /// `if`, `while`, `for`, `with`: after their parentheses a statement follows.
    Control,
}

impl Before {
    /// What a word leaves behind.
    pub(crate) fn after_word(self, word: &[u8]) -> Self {
        if self == Self::Dot || word.len() < 2 || word.len() > 10 {
            return Self::Value;
        }
        match word {
            b"return" | b"typeof" | b"case" | b"in" | b"of" | b"await" | b"yield" | b"else" | b"do"
            | b"void" | b"delete" | b"throw" | b"new" | b"instanceof" | b"default" => Self::Operator,
            b"if" | b"while" | b"for" | b"with" => Self::Control,
            _ => Self::Value,
        }
    }

    /// Whether an expression has to follow.
    pub(crate) fn expects_expression(self) -> bool {
        matches!(self, Self::Operator | Self::Control)
    }
}

/// A template literal.
#[derive(Debug)]
pub(super) struct TemplateFrame {
    pub(super) open: usize,
    /// Whether it is an attribute's value by itself.
    pub(super) attribute: bool,
    /// Whether it is known to lack its closing backtick, so that it has to end early.
    pub(super) strict: bool,
    /// `{` less `}` in its text; stays below zero once it is.
    pub(super) depth: i32,
    /// Whether its text holds a `}` that closes nothing in it, and then a `{` or `<`.
    pub(super) suspicious: bool,
    pub(super) silent: bool,
    /// The place of its backtick; behind a pointer, since every frame is as large as the largest.
    pub(super) mark: Box<Mark>,
}

/// An open element.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    pub(super) name: Span,
    /// Where its first token is in the pending list.
    pub(super) token: usize,
    pub(super) tag: Span,
    /// Whether its opening tag had a problem that explains a missing closing tag as well.
    pub(super) quiet: bool,
}

/// An open `(`, `[` or `{` of code.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bracket {
    pub(super) byte: u8,
    /// Whether it is the parenthesis of an `if` and the like.
    pub(super) control: bool,
    pub(super) at: u32,
}

/// A group of tokens that is not complete.
#[derive(Clone, Copy, Debug)]
pub(super) struct OpenGroup {
    /// Where its tokens begin in the pending list.
    pub(super) mark: usize,
    /// Where the code begins that is no token yet.
    pub(super) code_start: usize,
    /// Whether anything but white space and comments was in it.
    pub(super) significant: bool,
}
