//! Which elements are open: tags matched by name, across the code that they stand in.
//!
//! A closing tag that does not fit the innermost element either closes one further out, and those between were never closed,
//! or it is a stray one. Refuses to know what may stand in what: a `<p>` in a `<p>` is no mistake here.

use super::frames::{Before, Frame, Nest, Open, TagFrame};
use super::recovery::Guess;
use super::token::Kind;
use super::{Dialect, Lexer, scan, span};
use crate::{SyntaxProblem, SyntaxProblemKind, elements};
use std::collections::HashMap;
use velox_diagnostics::Span;

/// How far is looked ahead for the closing tags that follow a misfit.
const LOOK_AHEAD: usize = 4096;

/// A closing tag as written.
pub(super) struct CloseTag {
    pub(super) name: Span,
    pub(super) end: usize,
    pub(super) problem: Option<SyntaxProblem>,
}

impl<'t> Lexer<'t> {
    /// Begins an opening tag: `<` at `start`, the end of its name at `name_end`.
    pub(super) fn begin_tag(&mut self, start: usize, name_end: usize) {
        let token = self.pending.len();
        self.push(Kind::TagStart, start, name_end);
        self.pos = name_end;
        if self.bytes.get(name_end) == Some(&b'<')
            && let Some(end) = scan::type_arguments_end(self.bytes, name_end)
        {
            self.pos = end;
        }
        self.frames.push(Frame::Tag(TagFrame {
            token,
            start,
            name: span(start + 1, name_end),
            attribute: Span::default(),
            script_type: None,
            end: self.pos,
            solid: (self.pos, token + 1),
            bare: 0,
            junk: false,
            quiet: false,
        }));
    }

    /// Ends the opening tag on top; [`Lexer::pos`] is where its element goes on.
    pub(super) fn end_tag(&mut self, kind: Kind, start: usize, end: usize) {
        let Some(Frame::Tag(tag)) = self.frames.pop() else { return };
        self.pos = end;
        let name = tag.name.text(self.text);
        let void = kind == Kind::TagEnd && elements::is_void(name) && !self.closes_void(name);
        self.push(if void { Kind::VoidEnd } else { kind }, start, end);
        if void || kind == Kind::SelfClosingEnd {
            return self.element_ended();
        }
        self.push_open(Open {
            name: tag.name,
            token: tag.token,
            tag: span(tag.start, end),
            quiet: tag.quiet,
        });
        if self.dialect == Dialect::Template && elements::is_raw(name) && start < end {
            self.report_swallowed_rule(&tag, end);
            self.raw_text(name, tag.script_type);
        }
    }

    /// `<style` without its `>` takes the first selector that holds one for its end: `<style⏎ ul > li { ... }`.
    fn report_swallowed_rule(&mut self, tag: &TagFrame, end: usize) {
        let name_end = tag.name.end as usize;
        let rest = self.bytes[end..scan::line_end(self.bytes, end)].trim_ascii();
        let spans_lines = scan::line_end(self.bytes, name_end) < end;
        // An element without content: `<script⏎ src="a.js"⏎ async⏎></script>`.
        let ends = rest.is_empty() || rest.starts_with(b"</");
        if tag.bare > 0 && !tag.quiet && spans_lines && !ends {
            let insert_at = name_end as u32;
            self.report(tag.start, name_end, SyntaxProblemKind::UnclosedTag { insert_at });
        }
    }

    /// In TSX `<input></input>` is as good as `<input />`.
    fn closes_void(&self, name: &str) -> bool {
        let next = scan::skip_space(self.bytes, self.pos);
        self.dialect == Dialect::Tsx
            && self.bytes[next..].starts_with(b"</")
            && self.slice(next + 2, scan::name_end(self.text, next + 2)) == name
    }

    fn push_open(&mut self, open: Open) {
        if let Some(names) = &mut self.names {
            *names.entry(open.name.text(self.text)).or_default() += 1;
        }
        self.open.push(open);
    }

    pub(super) fn pop_open(&mut self) -> Option<Open> {
        let open = self.open.pop()?;
        if let Some(count) = self.names.as_mut().and_then(|names| names.get_mut(open.name.text(self.text))) {
            *count -= 1;
        }
        Some(open)
    }

    /// Whether an element of this name is open anywhere.
    pub(super) fn is_open(&mut self, name: Span) -> bool {
        let text = self.text;
        let names = self.names.get_or_insert_with(|| {
            let mut names = HashMap::new();
            for open in &self.open {
                *names.entry(open.name.text(text)).or_default() += 1;
            }
            names
        });
        names.get(name.text(text)).is_some_and(|count| *count > 0)
    }

    /// The innermost open element, as a problem names it.
    pub(super) fn innermost_open(&self) -> Option<(String, Span)> {
        self.open.last().map(|open| (open.name.text(self.text).to_owned(), open.name))
    }

    /// Reads the closing tag whose `<` stands at `start`.
    pub(super) fn read_close_tag(&self, start: usize) -> CloseTag {
        let bytes = self.bytes;
        let after_slash = start + 2;
        let name_start = match scan::skip_space(bytes, after_slash) {
            at if scan::is_name_start(self.text, at) => at,
            _ => after_slash,
        };
        let name_end = scan::name_end(self.text, name_start);
        let name = span(name_start, name_end);
        let at = scan::skip_space(bytes, name_end);
        if bytes.get(at) == Some(&b'>') {
            return CloseTag { name, end: at + 1, problem: None };
        }
        let stop =
            (at..bytes.len()).find(|at| matches!(bytes[*at], b'>' | b'<' | b'{' | b'}' | b'\n' | b'\r'));
        if let Some(stop) = stop.filter(|stop| bytes[*stop] == b'>') {
            let junk = span(at, scan::trim_end(bytes, at, stop));
            let problem = SyntaxProblem { span: junk, kind: SyntaxProblemKind::UnexpectedInTag };
            return CloseTag { name, end: stop + 1, problem: Some(problem) };
        }
        let kind = SyntaxProblemKind::UnclosedTag { insert_at: name_end as u32 };
        CloseTag { name, end: name_end, problem: Some(SyntaxProblem { span: span(start, name_end), kind }) }
    }

    /// A closing tag among children.
    pub(super) fn close_tag(&mut self, start: usize, base: usize) {
        if let Some(end) = self.plain_close_tag(start, base) {
            return self.close_innermost(start, end);
        }
        let close = self.read_close_tag(start);
        let name = close.name.text(self.text);
        let fits =
            self.open.len() > base && self.open.last().is_some_and(|open| open.name.text(self.text) == name);
        if !fits {
            let found = self.is_open(close.name).then(|| self.open_in_nest(name, base)).flatten();
            match found {
                Some(index) if !self.is_extra(index, base, close.end) => {
                    self.close_unclosed(index + 1, start)
                }
                found => return self.stray_close_tag(start, base, &close, found.is_some()),
            }
        }
        self.out.problems.extend(close.problem);
        self.close_innermost(start, close.end);
    }

    /// The end of the closing tag at `start`, if it is that of the innermost element, as it is nearly always, and without blanks.
    fn plain_close_tag(&self, start: usize, base: usize) -> Option<usize> {
        let name = self.open.get(base..)?.last()?.name;
        let end = start + 2 + name.len() as usize;
        let found = self.bytes.get(start + 2..end)? == self.bytes.get(name.range())?;
        (found && self.bytes.get(end) == Some(&b'>')).then_some(end + 1)
    }

    fn close_innermost(&mut self, start: usize, end: usize) {
        self.pos = end;
        self.push(Kind::CloseTag, start, end);
        self.pop_open();
        self.element_ended();
    }

    fn open_in_nest(&self, name: &str, base: usize) -> Option<usize> {
        self.open[base..].iter().rposition(|open| open.name.text(self.text) == name).map(|index| base + index)
    }

    /// Whether a closing tag for the open element `index` is one too many, rather than those inside it lacking theirs: so it
    /// is if the closing tags that follow are those of the elements inside.
    fn is_extra(&mut self, index: usize, base: usize, after: usize) -> bool {
        let Some(innermost) = self.open.last().copied() else { return false };
        let parent = if index > base { self.open.get(index - 1).copied() } else { None };
        let Some(next) = self.next_unmatched_close(after) else { return false };
        next == innermost.name.text(self.text)
            && parent.is_none_or(|parent| parent.name.text(self.text) != next)
    }

    /// The name of the first closing tag from `at` on whose opening tag does not follow too. A rough look: it does not mind
    /// code and strings.
    fn next_unmatched_close(&mut self, at: usize) -> Option<&'t str> {
        let limit = self.bytes.len().min(at + LOOK_AHEAD).min(at + self.fuel);
        self.fuel -= limit - at;
        let mut depth = 0usize;
        let mut at = at;
        while let Some(length) = self.bytes[at..limit].iter().position(|byte| *byte == b'<') {
            at += length;
            let closing = self.bytes.get(at + 1) == Some(&b'/');
            let name_start = if closing { at + 2 } else { at + 1 };
            let name = self.slice(name_start, scan::name_end(self.text, name_start));
            at += 1;
            if closing && depth == 0 {
                return Some(name);
            } else if closing {
                depth -= 1;
            } else if !name.is_empty() || self.bytes.get(at) == Some(&b'>') {
                let end = (at..limit).find(|end| self.bytes[*end] == b'>' && self.bytes[end - 1] != b'=')?;
                let childless = self.bytes[end - 1] == b'/' || elements::is_void(name);
                depth += usize::from(!childless);
                at = end;
            }
        }
        None
    }

    /// A closing tag that closes nothing; it stays as text.
    fn stray_close_tag(&mut self, start: usize, base: usize, close: &CloseTag, extra: bool) {
        let name = close.name.text(self.text).to_owned();
        if !extra && base > 0 && self.is_open(close.name) {
            // It closes what lies around the code. If the nest never ends, that was what it meant.
            self.suspect(start, Guess::EndNest);
        }
        let kind = if elements::is_void(&name) {
            SyntaxProblemKind::VoidClosingTag { name }
        } else {
            SyntaxProblemKind::StrayClosingTag { name, open: self.innermost_open() }
        };
        self.pos = close.end;
        match self.misplaced_close(close.name) {
            Some(earlier) if !extra => self.out.problems.push(SyntaxProblem { span: earlier, kind }),
            _ => self.report(start, close.end, kind),
        }
        self.push(Kind::Stray, start, close.end);
    }

    /// Ends all elements from `index` on without their closing tags, before `at`.
    pub(super) fn close_unclosed(&mut self, index: usize, at: usize) {
        while self.open.len() > index {
            let Some(open) = self.pop_open() else { return };
            if !open.quiet {
                let problem = self
                    .misplaced_child(&open)
                    .unwrap_or_else(|| self.unclosed_element(open.name, open.tag, at));
                self.out.problems.push(problem);
            }
            self.push(Kind::MissingCloseTag, at, at);
        }
    }

    pub(super) fn unclosed_element(&self, name: Span, tag: Span, before: usize) -> SyntaxProblem {
        let insert_at = scan::trim_end(self.bytes, tag.end as usize, before.max(tag.end as usize)) as u32;
        let text = name.text(self.text).to_owned();
        let span = if name.is_empty() { tag } else { name };
        SyntaxProblem { span, kind: SyntaxProblemKind::UnclosedElement { name: text, insert_at } }
    }

    /// Ends the nest on top at `at` without its closing tags; what it stands in goes on there.
    pub(super) fn force_end_of_nest(&mut self, at: usize) {
        let Some(Frame::Content(frame)) = self.frames.last() else { return };
        self.close_unclosed(frame.base, at);
        self.pos = at;
        self.end_nest();
    }

    /// An element has ended at [`Lexer::pos`]; so does its nest, if it was all of it.
    pub(super) fn element_ended(&mut self) {
        if let Some(Frame::Content(frame)) = self.frames.last()
            && frame.nest != Nest::Root
            && frame.base == self.open.len()
        {
            self.end_nest();
        }
    }

    fn end_nest(&mut self) {
        let Some(Frame::Content(frame)) = self.frames.pop() else { return };
        let pos = self.pos;
        self.code_goes_on(pos);
        if frame.nest == Nest::Code {
            self.set_before(Before::Element);
        } else {
            let start = self
                .groups
                .last()
                .and_then(|group| self.pending.get(group.mark))
                .map_or(pos, |t| t.start as usize);
            let (group, _) = self.finish_group(pos);
            self.push_group(Kind::ElementValue, start, pos, group);
            self.attribute_value_ends(pos);
        }
    }
}
