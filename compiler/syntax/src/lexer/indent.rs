//! Which tag is the culprit, told by indentation: among elements of one name, matching by name alone blames the outermost.
//!
//! Asked only when something is wrong already. Refuses to change what closes what, and to judge tags that do not begin a line.

use super::frames::Open;
use super::token::Kind;
use super::{Lexer, scan, span};
use crate::SyntaxProblem;
use velox_diagnostics::Span;

/// An element and its closing tag, both at the beginning of a line.
struct Pair {
    name: Span,
    tag: Span,
    close: Span,
    open_column: usize,
    close_column: usize,
}

impl Lexer<'_> {
    /// The problem of an element inside `open` that took a closing tag indented less than itself, and so, it seems, lacks its
    /// own.
    pub(super) fn misplaced_child(&mut self, open: &Open) -> Option<SyntaxProblem> {
        let pair = self.find_pair(open.token, open.name, |pair| pair.close_column < pair.open_column)?;
        Some(self.unclosed_element(pair.name, pair.tag, pair.close.start as usize))
    }

    /// The closing tag of this name, earlier in the group, that is indented more than the element it closed: the one too many.
    pub(super) fn misplaced_close(&mut self, name: Span) -> Option<Span> {
        let mark = self.groups.last().map_or(0, |group| group.mark);
        self.find_pair(mark, name, |pair| pair.close_column > pair.open_column).map(|pair| pair.close)
    }

    fn find_pair(&mut self, from: usize, name: Span, wanted: impl Fn(&Pair) -> bool) -> Option<Pair> {
        let start = self.pending.get(from)?.start as usize;
        self.fuel = self.fuel.checked_sub(self.pos.saturating_sub(start) + 1)?;
        let (name, bytes) = (name.text(self.text), self.bytes);
        let column = |at: u32| scan::indentation(bytes, at as usize);
        let mut open: Vec<(Span, Span)> = Vec::new();
        let mut tag = Span::default();
        for token in self.pending.get(from..)? {
            match token.kind {
                Kind::TagStart => tag = token.span(),
                Kind::TagEnd => {
                    open.push((span(tag.start as usize + 1, tag.end as usize), tag.cover(token.span())))
                }
                Kind::MissingCloseTag => {
                    open.pop();
                }
                Kind::CloseTag => {
                    let Some((child, tag)) = open.pop() else { continue };
                    if child.text(self.text) != name {
                        continue;
                    }
                    let columns = column(tag.start).zip(column(token.start));
                    let pair = columns.map(|(open_column, close_column)| Pair {
                        name: child,
                        tag,
                        close: token.span(),
                        open_column,
                        close_column,
                    });
                    if let Some(pair) = pair.filter(&wanted) {
                        return Some(pair);
                    }
                }
                _ => {}
            }
        }
        None
    }
}
