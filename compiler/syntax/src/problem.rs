//! What can be wrong with the syntax of fences and templates, as data: no text, only places.

use velox_diagnostics::Span;

/// A problem found while cutting, lexing or parsing. The spans are relative to the parsed text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxProblem {
    /// The place to underline.
    pub span: Span,
    /// What is wrong.
    pub kind: SyntaxProblemKind,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SyntaxProblemKind {
    /// A `---` fence without its second line; the span is the opening fence.
    UnclosedFence,
    /// A line that was most likely meant as a fence, and is none: `--`; the span is the line.
    BrokenFence {
        /// Whether it should open the server block, rather than close it.
        opening: bool,
    },
    /// Code before the only fence, which closes it: the opening one is missing; the span is the code's first line.
    MissingFence,
    /// Something other than a BOM, white space and HTML comments before the opening fence; the span is that text.
    TextBeforeFence {
        /// The fence.
        fence: Span,
    },
    /// A quoted string in code that its line does not close; the span is the opening quote up to the line's end.
    UnterminatedString,
    /// A template literal that is never closed; the span is its opening backtick.
    UnterminatedTemplate,
    /// A `/*` or `<!--` that is never closed; the span is its opening.
    UnterminatedComment,
    /// An element without its closing tag; the span is the opening tag's name (or `<>`).
    UnclosedElement {
        /// Name, empty for a fragment.
        name: String,
        /// Where a closing tag would mend it (byte offset): before the ancestor's closing tag, or the end.
        insert_at: u32,
    },
    /// A closing tag that closes nothing; the span is the tag.
    StrayClosingTag {
        /// Its name.
        name: String,
        /// The innermost element open there, for "did you mean": its name and the span of its name.
        open: Option<(String, Span)>,
    },
    /// A `{` that is never closed; the span is the brace.
    UnclosedBrace {
        /// Where a `}` would mend it.
        insert_at: u32,
    },
    /// A `}` whose `{` is missing; the span is the brace. Told by whoever tries edits: to the parser it is a stray one.
    UnopenedBrace {
        /// Where a `{` would mend it.
        insert_at: u32,
    },
    /// `<p>` where `</p>` was meant; the span is the tag. Told by whoever tries edits: to the parser it is an opening tag.
    MissingSlash {
        /// The name.
        name: String,
    },
    /// A tag without `>`; the span is `<name`.
    UnclosedTag {
        /// Where a `>` would mend it.
        insert_at: u32,
    },
    /// An attribute value without its closing quote; the span is the opening quote.
    UnclosedQuote {
        /// Where the quote would mend it.
        insert_at: u32,
    },
    /// A `}` in text (language.md T1); the span is the brace.
    StrayBrace,
    /// `class=a`; the span is the value.
    UnquotedValue,
    /// The same attribute twice; the span is the second name.
    DuplicateAttribute {
        /// The name.
        name: String,
        /// The first one's name.
        first: Span,
        /// All of the second.
        attribute: Span,
    },
    /// `</br>`; the span is the tag.
    VoidClosingTag {
        /// The void element's name.
        name: String,
    },
    /// `class=` with nothing after it; the span is the name and the `=`.
    MissingValue,
    /// `{<a/><b/>}`; the span covers all of them.
    SeveralRoots,
    /// A character in a tag that begins no attribute; the span is the run of such characters.
    UnexpectedInTag,
    /// `class={}`; the span is the braces.
    EmptyExpression,
    /// Text follows the expression of a JSON script; the span is the text.
    TextAfterExpression,
}
