//! Calls swc's parser, and keeps its tree from overflowing the stack.
//!
//! Refuses to interpret the tree: that is the walk's work.

use crate::{depth, limits};
use std::panic::{AssertUnwindSafe, catch_unwind};
use swc_common::{BytePos, Spanned};
use swc_ecma_ast::{EsVersion, Module};
use swc_ecma_parser::{
    Lexer, Parser, StringInput, Syntax, TsSyntax,
    error::{Error, SyntaxError},
};
use velox_diagnostics::Span;

/// The position that swc gives to the text's first byte. 0 stands for "no position" there, and a one-byte prefix
/// must fit before the text.
pub(crate) const ORIGIN: u32 = 2;

/// Errors that did not stop the parser are kept up to this number: it can report one for each pair of equal labels.
const MOST_ERRORS: usize = 200;

/// A position of swc as a byte offset in the text.
pub(crate) fn offset(position: BytePos) -> u32 {
    position.0.saturating_sub(ORIGIN)
}

/// The span of a node as byte offsets in the text.
pub(crate) fn span(node: &impl Spanned) -> Span {
    raw(node.span())
}

/// A span of swc as byte offsets in the text.
pub(crate) fn raw(span: swc_common::Span) -> Span {
    Span::new(offset(span.lo), offset(span.hi))
}

/// What a parse gave.
pub(crate) struct Parsed {
    /// The tree, unless an error stopped the parser.
    pub(crate) module: Option<Module>,
    /// The errors; the last one stopped the parser where there is no tree.
    pub(crate) errors: Vec<Error>,
    /// An upper bound of the nesting.
    pub(crate) levels: usize,
    /// Where the code is nested too deeply to be parsed; it was not tried then, and there is no error.
    pub(crate) too_deep: Option<u32>,
}

/// Parses `code`, whose first byte has the offset `at` (which may be -1, for the prefix).
pub(crate) fn parse(code: &str, at: i64) -> Parsed {
    let start = BytePos(u32::try_from(at + i64::from(ORIGIN)).unwrap_or(ORIGIN));
    let end = BytePos(start.0 + code.len() as u32);
    let estimate = depth::bound(code.as_bytes());
    let levels = estimate.levels;
    if estimate.is_suspicious()
        && let Some(place) = limits::too_deep(code)
    {
        let place = (i64::from(place) + at).max(0) as u32;
        return Parsed { module: None, errors: Vec::new(), levels: 0, too_deep: Some(place) };
    }
    let parse = || {
        let syntax = Syntax::Typescript(TsSyntax { decorators: true, ..TsSyntax::default() });
        let lexer = Lexer::new(syntax, EsVersion::latest(), StringInput::new(code, start, end), None);
        let mut parser = Parser::new_from(lexer);
        let result = parser.parse_module();
        let mut errors = parser.take_errors();
        errors.dedup_by_key(|error| error.span_lo());
        errors.truncate(MOST_ERRORS);
        match result {
            Ok(module) => Parsed { module: Some(module), errors, levels, too_deep: None },
            Err(error) => {
                errors.push(error);
                Parsed { module: None, errors, levels, too_deep: None }
            }
        }
    };
    let mut begun = false;
    let run = || {
        begun = true;
        parse()
    };
    // The parser holds its own assertions wrong for some broken code, and in such code alone.
    let parsed = catch_unwind(AssertUnwindSafe(|| depth::with_stack(levels, run)));
    parsed.unwrap_or_else(|_| {
        if !begun {
            // The system has no stack of that size.
            let place = u32::try_from(at).unwrap_or_default();
            return Parsed { module: None, errors: Vec::new(), levels: 0, too_deep: Some(place) };
        }
        let place = swc_common::Span::new(end, end);
        Parsed { module: None, errors: vec![Error::new(place, SyntaxError::Eof)], levels, too_deep: None }
    })
}

/// Parses the first of these holes alone, in parentheses, with the elements in it as arrays.
pub(crate) fn parse_hole(text: &str, flat: &[crate::mask::Hole<'_>]) -> Parsed {
    let masked = crate::mask::mask_hole(text, 0, flat, &|_| true);
    parse(&masked.code, masked.at)
}

impl Drop for Parsed {
    fn drop(&mut self) {
        if let Some(module) = self.module.take() {
            depth::dispose(module, self.levels);
        }
    }
}
