//! Edits: erases stretches of source, and minds what stands beside them.
//!
//! Two hazards are met here for all: tokens that would run together where nothing is left between them, and statements
//! that ended at a line break only because a type stood there.

use super::Walker;
use crate::{
    CodeEdit, parse,
    scan::{Scanner, is_word, skip_trivia},
};
use swc_common::Spanned;
use swc_ecma_ast::{Expr, Ident, TsTypeAnn, TsTypeParamInstantiation};
use velox_diagnostics::Span;

impl<'ast> Walker<'ast, '_> {
    /// Erases a stretch of source.
    pub(crate) fn erase(&mut self, span: Span) {
        if span.is_empty() {
            return;
        }
        let text = if self.runs_together(span) { " " } else { "" };
        self.replace(span, text.to_owned());
    }

    pub(crate) fn replace(&mut self, span: Span, text: String) {
        self.edits.push(CodeEdit { span, text, map: Vec::new() });
    }

    /// Whether the tokens on both sides would become one.
    fn runs_together(&self, span: Span) -> bool {
        let bytes = self.bytes();
        let Some(before) = (span.start as usize).checked_sub(1).map(|at| bytes[at]) else { return false };
        let Some(&after) = bytes.get(span.end as usize) else { return false };
        (is_word(before) && is_word(after))
            || (before == after && matches!(before, b'+' | b'-' | b'/'))
            || (before == b'/' && after == b'*')
            || (before.is_ascii_digit() && after == b'.')
    }

    /// Erases what stands after `inner` in an expression of the extent `whole`.
    pub(crate) fn erase_after(&mut self, inner: &Expr, whole: swc_common::Span) {
        self.erase(Span::new(parse::offset(inner.span_hi()), parse::offset(whole.hi)));
    }

    /// Erases what stands before `inner` in an expression of the extent `whole`. Line breaks go too: `return <T>` must
    /// not become a bare `return`.
    pub(crate) fn erase_before(&mut self, whole: swc_common::Span, inner: &Expr) {
        self.erase(Span::new(parse::offset(whole.lo), parse::offset(inner.span_lo())));
    }

    /// Erases a type annotation.
    pub(crate) fn annotation(&mut self, annotation: Option<&'ast TsTypeAnn>) {
        if let Some(annotation) = annotation {
            self.in_type(&annotation.type_ann);
            self.erase(parse::raw(annotation.span));
        }
    }

    /// Erases the types between `<` and `>`.
    pub(crate) fn type_arguments(&mut self, arguments: Option<&'ast TsTypeParamInstantiation>) {
        if let Some(arguments) = arguments {
            self.types_in(Some(arguments));
            self.erase(parse::raw(arguments.span));
        }
    }

    /// The place of a name alone: swc counts the `?` of an optional one in.
    pub(crate) fn name_span(&self, name: &Ident) -> Span {
        let span = parse::raw(name.span);
        if !name.optional {
            return span;
        }
        let bytes = self.bytes();
        let mut end = span.start as usize;
        while end < bytes.len() && (is_word(bytes[end]) || bytes[end] == b'\\') {
            end += 1;
        }
        Span::new(span.start, end as u32)
    }

    /// The first byte at or after `from` that is code.
    pub(crate) fn code_after(&self, from: u32) -> (u32, u8) {
        let (at, _) = skip_trivia(self.bytes(), from as usize, self.text.len());
        (at as u32, self.bytes().get(at).copied().unwrap_or(0))
    }

    /// Erases the token `byte` if it comes next, and gives its end.
    pub(crate) fn erase_token(&mut self, from: u32, byte: u8) -> Option<u32> {
        let (at, found) = self.code_after(from);
        (found == byte).then(|| {
            self.erase(Span::new(at, at + 1));
            at + 1
        })
    }

    /// Erases the last `?` between two places, as it stands after a pattern.
    pub(crate) fn erase_optional_mark(&mut self, start: u32, end: u32) {
        let mut scanner = Scanner::new(self.text.as_bytes(), start as usize, end as usize);
        let mut mark = None;
        loop {
            let token = scanner.next();
            if token.kind == crate::scan::Kind::End {
                break;
            }
            if scanner.open.is_empty() && &self.bytes()[token.start..token.end] == b"?" {
                mark = Some(token.start as u32);
            }
        }
        if let Some(mark) = mark {
            self.erase(Span::new(mark, mark + 1));
        }
    }

    /// Whether what comes next would be read as going on with the statement before it.
    pub(crate) fn continues(&self, end: u32) -> bool {
        let (_, next) = self.code_after(end);
        matches!(next, b'(' | b'[' | b'`' | b'+' | b'-' | b'/' | b'<')
    }

    /// To be called at the end of a statement: where it ended at a line break after an erased type, it now needs a
    /// semicolon if the next line could go on with it.
    pub(crate) fn end_statement(&mut self, end: u32) {
        let last = end.checked_sub(1).and_then(|at| self.bytes().get(at as usize));
        if last == Some(&b';') || !self.continues(end) {
            return;
        }
        if let Some(edit) = self.edits.last_mut()
            && edit.span.end == end
            && edit.text.trim().is_empty()
        {
            edit.text = ";".to_owned();
        }
    }

    /// Erases a whole statement. The statement before it may have ended only because this one followed.
    pub(crate) fn erase_statement(&mut self, span: Span) {
        let text = if self.continues(span.end) { ";" } else { "" };
        self.replace(span, text.to_owned());
    }
}
