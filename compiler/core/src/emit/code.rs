//! Code that is copied: its types erased, the elements in it turned into values. The part that all targets share.
//!
//! What an element becomes is the business of whoever implements [`CodeEmitter`].

use super::writer::{Source, Writer, edits_in};
use crate::holes::facts_of;
use velox_diagnostics::Span;
use velox_script::{CodeEdit, HoleFacts, Shape};
use velox_syntax::{Code, NodeId, Tree};

/// A region that is being emitted: its text, its tree, and the facts of its holes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Region<'a> {
    pub(crate) source: Source<'a>,
    pub(crate) tree: &'a Tree,
    pub(crate) holes: &'a [HoleFacts],
}

/// A piece of code in a region: the edits that make JavaScript of it, and the elements that stand in it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Snippet<'a> {
    pub(crate) edits: &'a [CodeEdit],
    pub(crate) elements: &'a [NodeId],
}

impl<'a> Region<'a> {
    /// A hole's code with its facts; nothing where it is empty or did not parse.
    pub(crate) fn snippet(&self, code: &'a Code) -> Option<(Snippet<'a>, &'a HoleFacts)> {
        let facts = facts_of(self.holes, code).filter(|_| !code.empty)?;
        Some((Snippet { edits: &facts.edits, elements: &code.elements }, facts))
    }

    pub(crate) fn text(&self, span: Span) -> &'a str {
        span.text(self.source.text)
    }
}

/// Writes code of the source with elements in it.
pub(crate) trait CodeEmitter<'a> {
    /// The output.
    fn out(&mut self) -> &mut Writer;

    /// Writes an element that stands in code, as a value.
    fn element_values(&mut self, region: Region<'a>, ids: &[NodeId]);

    /// Writes what stands for the value of a `return`.
    fn returned(&mut self, region: Region<'a>, snippet: Snippet<'a>, shape: &'a Shape) {
        self.operand(region, snippet, shape.span());
    }

    /// Writes code as an operand: in parentheses unless it is a name or a member chain.
    fn operand(&mut self, region: Region<'a>, snippet: Snippet<'a>, span: Span) {
        let plain = region
            .text(span)
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'.'));
        if plain {
            self.code(region, snippet, span, &[]);
        } else {
            self.out().text("(");
            self.code(region, snippet, span, &[]);
            self.out().text(")");
        }
    }

    /// Writes a hole's code as a value, in parentheses where a comma or arrow could be misread.
    fn value(&mut self, region: Region<'a>, code: &'a Code) {
        match region.snippet(code) {
            Some((snippet, facts)) => self.operand(region, snippet, facts.shape.span()),
            None => self.out().text("undefined"),
        }
    }

    /// Copies code with its types erased, its elements turned into values, and `returns` into returns of strings.
    fn code(&mut self, region: Region<'a>, snippet: Snippet<'a>, span: Span, returns: &'a [(Span, Shape)]) {
        let edits = edits_in(snippet.edits, span);
        let start_of = |id: &NodeId| region.tree.node(*id).span.start;
        let first = snippet.elements.partition_point(|id| start_of(id) < span.start);
        let count = snippet.elements[first..].partition_point(|id| start_of(id) < span.end);
        let elements = &snippet.elements[first..first + count];
        if edits.is_empty() && elements.is_empty() && returns.is_empty() {
            self.out().copy(region.source, span);
            return;
        }
        let (mut edits, mut elements, mut returns) =
            (edits.iter().peekable(), elements.iter().peekable(), returns.iter().peekable());
        let mut at = span.start;
        loop {
            // What lies inside of something already written is done.
            while edits.next_if(|edit| edit.span.start < at).is_some() {}
            while elements.next_if(|id| start_of(id) < at).is_some() {}
            while returns.next_if(|(span, _)| span.start < at).is_some() {}
            let edit = edits.peek().map_or(u32::MAX, |edit| edit.span.start);
            let element = elements.peek().map_or(u32::MAX, |id| start_of(id));
            let mark = returns.peek().map_or(u32::MAX, |(span, _)| span.start);
            let next = edit.min(element).min(mark);
            if next >= span.end {
                break;
            }
            self.out().copy(region.source, Span::new(at, next));
            if mark == next
                && let Some((span, shape)) = returns.next()
            {
                self.out().mapped(region.source.base + span.start, "return ");
                self.returned(region, snippet, shape);
                at = span.end;
            } else if element == next
                && let Some(id) = elements.next()
            {
                at = region.tree.node(*id).span.end;
                let mut run = vec![*id];
                // A comment beside an element: both are one value.
                while let Some(next) = elements.next_if(|next| is_blank(region, at, start_of(next))) {
                    at = region.tree.node(*next).span.end;
                    run.push(*next);
                }
                self.element_values(region, &run);
            } else if let Some(edit) = edits.next() {
                self.out().edit(region.source, edit);
                at = edit.span.end;
            }
        }
        if at < span.end {
            self.out().copy(region.source, Span::new(at, span.end));
        }
    }
}

/// Whether nothing but white space lies between two places of a region.
fn is_blank(region: Region<'_>, from: u32, to: u32) -> bool {
    from <= to && region.text(Span::new(from, to)).trim().is_empty()
}

/// The elements of `code` that make up a shape: one, or one with comments beside it.
pub(crate) fn elements_at<'a>(region: Region<'_>, snippet: Snippet<'a>, span: Span) -> &'a [NodeId] {
    let start_of = |id: &NodeId| region.tree.node(*id).span.start;
    let first = snippet.elements.partition_point(|id| start_of(id) < span.start);
    let count = snippet.elements[first..].partition_point(|id| start_of(id) < span.end);
    &snippet.elements[first..first + count]
}

/// Drops a run of white space at either edge where it holds a line break (language.md T13).
pub(crate) fn collapse(text: &str) -> &str {
    let white = |character: char| matches!(character, ' ' | '\t' | '\n' | '\r' | '\u{C}');
    let has_break = |run: &str| run.contains(['\n', '\r']);
    let start = text.trim_start_matches(white);
    let text = if has_break(&text[..text.len() - start.len()]) { start } else { text };
    let end = text.trim_end_matches(white);
    if has_break(&text[end.len()..]) { end } else { text }
}

#[cfg(test)]
mod tests {
    use super::collapse;

    #[test]
    fn white_space_with_a_line_break_is_dropped_at_the_edges_only() {
        assert_eq!(collapse("\n  a\n  b \n"), "a\n  b");
        assert_eq!(collapse("  a  "), "  a  ");
        assert_eq!(collapse(" \n "), "");
        assert_eq!(collapse(" "), " ");
    }
}
