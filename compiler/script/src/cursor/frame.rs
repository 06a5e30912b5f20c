//! What is remembered of an open bracket while the tokens before the offset are read.

use super::{Local, LocalKind};
use velox_diagnostics::Span;

pub(super) type Range = (usize, usize);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opened {
    Top,
    Object,
    Pattern,
    Clause { import: bool },
    Array,
    Call,
    Block,
    Hole,
    Index,
    Group,
}

/// An open bracket, with what was seen in it.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) open: usize,
    pub(super) kind: Opened,
    pub(super) index: u32,
    /// Of an object: the key whose value comes, those before, whether a key may stand here, and what may be one.
    pub(super) key: Option<Range>,
    pub(super) keys: Vec<Range>,
    pub(super) expects_key: bool,
    pub(super) candidate: Option<Range>,
    /// The names that are declared in it, and whether they end with the next comma.
    pub(super) locals: Vec<(Local, bool)>,
    /// Words of the statement before its first bracket or `=`.
    pub(super) head: Vec<Range>,
    pub(super) in_head: bool,
    /// Whether a declaration is read, and whether a name is next.
    pub(super) declaring: Option<bool>,
    /// The parentheses that were closed last: what is in them, the word before them, and names that they declare.
    pub(super) group: Option<Closed>,
    /// Of a call: what is called.
    pub(super) callee: Vec<Range>,
    pub(super) is_new: bool,
    /// The word before it.
    pub(super) word_before: Range,
}

impl Frame {
    pub(super) fn new(open: usize, kind: Opened) -> Self {
        Self {
            open,
            kind,
            index: 0,
            key: None,
            keys: Vec::new(),
            expects_key: matches!(kind, Opened::Object | Opened::Pattern | Opened::Clause { .. }),
            candidate: None,
            locals: Vec::new(),
            head: Vec::new(),
            in_head: true,
            declaring: None,
            group: None,
            callee: Vec::new(),
            is_new: false,
            word_before: (0, 0),
        }
    }

    pub(super) fn holds_statements(&self) -> bool {
        matches!(self.kind, Opened::Top | Opened::Block)
    }

    pub(super) fn has_keys(&self) -> bool {
        matches!(self.kind, Opened::Object | Opened::Pattern | Opened::Clause { .. })
    }
}

/// Parentheses that were closed.
#[derive(Debug)]
pub(super) struct Closed {
    /// What is in them.
    pub(super) inside: Range,
    /// The word before them.
    pub(super) word: Range,
    /// Names that they declare.
    pub(super) locals: Vec<(Local, bool)>,
}

/// Names that a block is given by its head.
#[derive(Default)]
pub(super) enum Parameters {
    #[default]
    None,
    Names(Vec<Range>),
    Locals(Vec<(Local, bool)>),
}

pub(super) fn local(name: &str, range: Range, kind: LocalKind) -> Local {
    Local { name: name.to_owned(), span: Span::from(range.0..range.1), kind, inner: false }
}
