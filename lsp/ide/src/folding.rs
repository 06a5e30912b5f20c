//! What can be folded away: the server block, elements, styles, imports, comments and `#region`s.
//!
//! A fold leaves the line visible that closes it: it ends on the line before a closing tag or bracket. One fold begins on a line,
//! the longest, since an editor shows one arrow there. Nothing that lies on one line is a fold.

use crate::Document;
use crate::parts::{Part, parts};
use velox_diagnostics::{LineIndex, Span};
use velox_style::StyleNodeKind;
use velox_syntax::{Comment, CommentKind, Element, NodeKind, code_brackets, code_comments, comments};

/// What is folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FoldKind {
    /// Code or markup.
    Code,
    /// A comment.
    Comment,
    /// The imports.
    Imports,
    /// Between `#region` and `#endregion`.
    Region,
}

/// A stretch that can be folded: from the end of the line where it starts to the line where it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fold {
    /// All of it.
    pub span: Span,
    /// What it is.
    pub kind: FoldKind,
}

/// What can be folded in a file, in order.
#[must_use]
pub fn folds(document: Document<'_>) -> Vec<Fold> {
    let mut folder =
        Folder { text: document.text(), lines: LineIndex::new(document.text()), found: Vec::new() };
    if document.is_velox()
        && let Some(server) = document.regions().server
    {
        let end = if server.close.is_empty() { server.body.end } else { server.close.start };
        folder.before(server.open.start, end);
    }
    for part in parts(document) {
        folder.imports(document, &part);
        folder.elements(&part);
        folder.brackets(&part);
        folder.styles(&part);
        folder.comments(&part);
    }
    folder.finish()
}

struct Folder<'a> {
    text: &'a str,
    lines: LineIndex,
    found: Vec<Fold>,
}

impl Folder<'_> {
    /// Folds from the line of `start` to that of `end`.
    fn through(&mut self, start: u32, end: u32, kind: FoldKind) {
        if start < end && self.lines.line_of(start) < self.lines.line_of(end) {
            self.found.push(Fold { span: Span::new(start, end), kind });
        }
    }

    /// Folds from the line of `start` to the one before that of `close`, where what closes it stands.
    fn before(&mut self, start: u32, close: u32) {
        let line = self.lines.line_of(close);
        if line == 0 {
            return;
        }
        let before = Span::new(self.lines.line_start(line - 1), self.lines.line_start(line));
        let length = before.text(self.text).trim_end_matches(['\n', '\r']).len() as u32;
        self.through(start, before.start + length, FoldKind::Code);
    }

    /// Imports that follow each other, with nothing but comments and blank lines between them.
    fn imports(&mut self, document: Document<'_>, part: &Part<'_>) {
        if part.template {
            return;
        }
        let facts = document.module_facts();
        let mut group: Option<Span> = None;
        for import in &facts.imports {
            let follows = group.is_some_and(|group| {
                !facts
                    .items
                    .iter()
                    .any(|item| group.end <= item.statement.start && item.statement.start < import.span.start)
            });
            match &mut group {
                Some(group) if follows => group.end = import.span.end,
                _ => {
                    if let Some(group) = group.replace(import.span) {
                        self.through(group.start + part.base, group.end + part.base, FoldKind::Imports);
                    }
                }
            }
        }
        if let Some(group) = group {
            self.through(group.start + part.base, group.end + part.base, FoldKind::Imports);
        }
    }

    fn elements(&mut self, part: &Part<'_>) {
        let Some(tree) = part.tree else { return };
        for node in &tree.nodes {
            let span = node.span.shift(part.base);
            match &node.kind {
                NodeKind::Element(element) => self.element(part, element, span),
                NodeKind::Hole(code) if code.span != node.span => {
                    self.before(span.start, span.end.saturating_sub(1));
                }
                _ => {}
            }
        }
    }

    fn element(&mut self, part: &Part<'_>, element: &Element, span: Span) {
        let open = element.open.shift(part.base);
        let tag = element.open.text(part.source);
        // A bracket on a line of its own stays visible, one behind the last attribute goes with it.
        let bracket = open.end - if tag.ends_with("/>") { 2 } else { u32::from(tag.ends_with('>')) };
        let line = Span::new(self.lines.line_start(self.lines.line_of(bracket)), bracket);
        if line.text(self.text).trim().is_empty() {
            self.before(open.start, bracket);
        } else {
            self.through(open.start, open.end, FoldKind::Code);
        }
        let content = open.end.saturating_sub(1).max(open.start);
        match element.close {
            Some(close) => self.before(content, close.start + part.base),
            None if !element.self_closing && open.end < span.end => {
                self.through(content, span.end, FoldKind::Code)
            }
            None => {}
        }
    }

    fn brackets(&mut self, part: &Part<'_>) {
        for stretch in part.stretches() {
            if !stretch.span.text(part.source).contains(['\n', '\r']) {
                continue;
            }
            for bracket in code_brackets(part.source, stretch.span, &stretch.elements) {
                if bracket.closed {
                    self.before(bracket.span.start + part.base, bracket.span.end + part.base - 1);
                }
            }
        }
    }

    fn styles(&mut self, part: &Part<'_>) {
        for style in part.styles() {
            for node in velox_style::structure(style.text(part.source)) {
                let base = part.base + style.start;
                match (node.kind, node.body) {
                    (StyleNodeKind::Rule | StyleNodeKind::AtRule, Some(body)) if node.closed => {
                        self.before(base + body.start, base + body.end - 1);
                    }
                    (StyleNodeKind::Declaration, _) => {
                        self.through(base + node.span.start, base + node.span.end, FoldKind::Code);
                    }
                    _ => {}
                }
            }
        }
    }

    fn comments(&mut self, part: &Part<'_>) {
        let found = match part.tree {
            Some(tree) => comments(part.source, tree),
            None => code_comments(part.source),
        };
        let mut regions = Vec::new();
        // Comments to the end of the line, each on a line of its own.
        let mut run: Option<Span> = None;
        for comment in found {
            let span = comment.span.shift(part.base);
            let marker = marker(comment, part.source);
            match marker {
                Some(true) => regions.push(span.start),
                Some(false) => {
                    if let Some(start) = regions.pop() {
                        self.through(start, span.end, FoldKind::Region);
                    }
                }
                None => {}
            }
            let alone = marker.is_none() && comment.kind == CommentKind::Line && self.begins_line(span.start);
            let follows =
                run.is_some_and(|run| self.lines.line_of(run.end) + 1 == self.lines.line_of(span.start));
            match &mut run {
                Some(run) if alone && follows => run.end = span.end,
                _ => {
                    if let Some(done) = std::mem::replace(&mut run, alone.then_some(span)) {
                        self.through(done.start, done.end, FoldKind::Comment);
                    }
                    if comment.kind != CommentKind::Line && marker.is_none() {
                        self.through(span.start, span.end, FoldKind::Comment);
                    }
                }
            }
        }
        if let Some(run) = run {
            self.through(run.start, run.end, FoldKind::Comment);
        }
    }

    fn begins_line(&self, offset: u32) -> bool {
        let start = self.lines.line_start(self.lines.line_of(offset));
        Span::new(start, offset).text(self.text).trim().is_empty()
    }

    /// The longest fold of each line, in order; what has a name of its own wins over code of the same length.
    fn finish(mut self) -> Vec<Fold> {
        let lines = &self.lines;
        let weight = |fold: &Fold| (lines.line_of(fold.span.end), fold.kind != FoldKind::Code);
        self.found.sort_by(|one, other| {
            let by_line = lines.line_of(one.span.start).cmp(&lines.line_of(other.span.start));
            by_line.then_with(|| weight(other).cmp(&weight(one))).then_with(|| one.span.cmp(&other.span))
        });
        self.found.dedup_by_key(|fold| lines.line_of(fold.span.start));
        self.found
    }
}

/// Whether a comment opens a `#region` or closes it.
fn marker(comment: Comment, source: &str) -> Option<bool> {
    let text = comment.span.text(source).trim_start_matches(['/', '*', '{', '<', '!', '-', ' ', '\t']);
    let is = |word: &str| {
        text.strip_prefix(word).is_some_and(|rest| !rest.starts_with(|next: char| next.is_alphanumeric()))
    };
    if is("#region") { Some(true) } else { is("#endregion").then_some(false) }
}
