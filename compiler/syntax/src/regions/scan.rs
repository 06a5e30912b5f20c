//! Walks over a server block to find its closing fence, or where the template begins that the missing fence should have
//! stood before.
//!
//! Plain TypeScript only: elements may stand in a block, but what decides between `<T>x` and an element is whether the block
//! parses, which is not known here. Refuses to make tokens.

use crate::comments::{Bracket, Comment, CommentKind};
use crate::lexer::bytes::{BLOCK, run_end};
use crate::lexer::frames::Before;
use crate::lexer::modes::{CodeToken, TemplateToken};
use crate::lexer::scan;
use logos::Logos;
use velox_diagnostics::Span;

/// How far down an open bracket is looked for that fits a closing one.
const BRACKET_REACH: usize = 64;

/// The closing fence of the block that begins at `body`.
pub(super) fn closing_fence(text: &str, body: usize) -> Option<usize> {
    plain_closing_fence(text.as_bytes(), body).or_else(|| walk_to_closing_fence(text, body))
}

/// The first fence line, where nothing that stands before it can hold a line break: no template literal, no block comment, and no
/// slash that may begin either these or a regular expression. The line is code then, whatever words and brackets are around it.
pub(super) fn plain_closing_fence(bytes: &[u8], body: usize) -> Option<usize> {
    let mut dashes = memchr::memmem::find_iter(&bytes[body..], b"\n---").map(|length| body + length + 1);
    let fence = dashes.find(|at| scan::is_fence_line(bytes, *at))?;
    let mut at = body;
    loop {
        at = run_end(bytes, at, BLOCK);
        if at >= fence {
            break;
        }
        match bytes[at] {
            b'\'' | b'"' => at = string_end(bytes, at),
            b'/' if bytes[at + 1] == b'/' && at > body && bytes[at - 1] != b'<' => {
                at = scan::line_end(bytes, at);
            }
            b'/' | b'`' => return None,
            // An earlier fence line, after no line break or after a lone carriage return.
            b'-' if at == body || bytes[at - 1] == b'\r' => return None,
            _ => at += 1,
        }
    }
    // A string whose line ends with a backslash may have led beyond it.
    (at == fence).then_some(fence)
}

/// The end of the string that begins at `start`, looked for in long strides: most hold neither a backslash nor a line break.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let rest = &bytes[start + 1..];
    let plain = memchr::memchr(bytes[start], rest)
        .filter(|length| memchr::memchr3(b'\\', b'\n', b'\r', &rest[..*length]).is_none());
    plain.map_or_else(|| scan::string_end(bytes, start).end, |length| start + 1 + length + 1)
}

/// The same, minding whatever a fence line may stand in.
pub(super) fn walk_to_closing_fence(text: &str, body: usize) -> Option<usize> {
    let mut walk = Walk::new(text, body);
    let mut found = None;
    walk.run(|walk, token, start| {
        let dashes = token == CodeToken::Keep && walk.bytes[start] == b'-';
        if dashes && walk.is_line_start(start) && scan::is_fence_line(walk.bytes, start) {
            found = Some(start);
        }
        found.is_some()
    });
    // A literal that swallowed a fence line lacks its end if no fence follows, or if what follows it cannot.
    match walk.swallowed {
        Some(swallowed) if found.is_none() || swallowed.certain => Some(swallowed.fence),
        _ => found,
    }
}

/// Where the template begins in a block that no fence closes: at the first line that begins with a tag where a statement may.
pub(super) fn probable_template(text: &str, body: usize) -> Option<usize> {
    let mut walk = Walk::new(text, body);
    let (mut found, mut depth, mut statement) = (None, 0usize, true);
    walk.run(|walk, token, start| {
        match token {
            CodeToken::OpenBrace | CodeToken::OpenBracket => depth += 1,
            CodeToken::CloseBrace | CodeToken::CloseBracket => depth = depth.saturating_sub(1),
            CodeToken::Less | CodeToken::CloseTag | CodeToken::Comment if depth == 0 => {
                let indentation = scan::indentation(walk.bytes, start);
                let tag = scan::is_name_start(walk.text, start + 1)
                    || walk.bytes.get(start + 1).is_some_and(|byte| matches!(byte, b'>' | b'!'));
                if tag && (statement || !walk.before.expects_expression()) {
                    found = indentation.map(|blanks| (start - blanks).max(body));
                }
            }
            _ => {}
        }
        statement = match walk.bytes[start] {
            b';' | b'}' => true,
            _ if token == CodeToken::BlockComment => statement,
            _ => false,
        };
        found.is_some()
    });
    found
}

/// The comments of the TypeScript in `code`, but for those in the elements that stand in it, which are given in order.
pub(crate) fn comments_of(text: &str, code: Span, elements: &[Span]) -> Vec<Comment> {
    let Some(whole) = text.get(..code.end as usize) else { return Vec::new() };
    let mut walk = Walk::new(whole, code.start as usize);
    walk.elements = elements;
    walk.comments = Some(Vec::new());
    walk.run(|_, _, _| false);
    walk.comments.unwrap_or_default()
}

/// The brackets of the TypeScript in `code`, those of elements that stand in it (given in order) and of `${...}` left out; in the
/// order of their openings. One that nothing closes ends with the code.
pub(crate) fn brackets_of(text: &str, code: Span, elements: &[Span]) -> Vec<Bracket> {
    let Some(whole) = text.get(..code.end as usize) else { return Vec::new() };
    let mut walk = Walk::new(whole, code.start as usize);
    walk.elements = elements;
    let mut found: Vec<Bracket> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    walk.run(|walk, token, start| {
        let byte = walk.bytes[start];
        match token {
            CodeToken::OpenBrace | CodeToken::OpenBracket => {
                open.push(found.len());
                found.push(Bracket { span: Span::new(start as u32, code.end), closed: false });
            }
            // It ends a `${`.
            CodeToken::CloseBrace if walk.substitutions.last() == Some(&0) => {}
            CodeToken::CloseBrace | CodeToken::CloseBracket => {
                let opener = match byte {
                    b')' => b'(',
                    b']' => b'[',
                    _ => b'{',
                };
                let near = open.len().saturating_sub(BRACKET_REACH);
                let fits = |index: &usize| walk.bytes[found[*index].span.start as usize] == opener;
                if let Some(depth) = open[near..].iter().rposition(fits) {
                    let index = open[near + depth];
                    found[index] =
                        Bracket { span: Span::new(found[index].span.start, start as u32 + 1), closed: true };
                    // What was open inside of it lacks its end.
                    for lost in open.drain(near + depth..).skip(1) {
                        found[lost].span.end = start as u32;
                    }
                }
            }
            _ => {}
        }
        false
    });
    found
}

/// The template literals of the TypeScript in `code`, outermost ones alone, but for those in the elements that stand in it.
pub(crate) fn literals_of(text: &str, code: Span, elements: &[Span]) -> Vec<Span> {
    let Some(whole) = text.get(..code.end as usize) else { return Vec::new() };
    let mut walk = Walk::new(whole, code.start as usize);
    walk.elements = elements;
    walk.literals = Some(Vec::new());
    walk.run(|_, _, _| false);
    walk.literals.unwrap_or_default()
}

/// The line of a block without a closing fence that was most likely meant as one, without its blanks.
pub(super) fn broken_fence(text: &str, body: usize) -> Option<(usize, usize)> {
    let mut walk = Walk::new(text, body);
    let mut found = None;
    walk.run(|walk, _, start| {
        if matches!(walk.bytes[start], b'-' | 0x80..) && walk.is_line_start(start) {
            let line = &text[start..scan::line_end(walk.bytes, start)];
            if is_nearly_a_fence(line) {
                found = Some((start, start + line.trim_end().len()));
            }
        }
        found.is_some()
    });
    found
}

/// Whether a line holds nothing but dashes, and yet is no fence: two or four of them, or those that a word processor makes.
pub(super) fn is_nearly_a_fence(line: &str) -> bool {
    let line = line.trim_end();
    line.len() > 1 && line != "---" && line.chars().all(|dash| matches!(dash, '-' | '–' | '—' | ' '))
}

/// A literal or comment that a fence line stands in.
struct Swallowed {
    fence: usize,
    /// Whether it surely lacks its own end.
    certain: bool,
}

struct Walk<'t> {
    text: &'t str,
    bytes: &'t [u8],
    body: usize,
    before: Before,
    swallowed: Option<Swallowed>,
    /// For each open `${`, how many braces are open in it.
    substitutions: Vec<usize>,
    fuel: usize,
    /// What is passed over.
    elements: &'t [Span],
    /// The comments so far, where somebody wants them.
    comments: Option<Vec<Comment>>,
    /// The template literals so far, where somebody wants them.
    literals: Option<Vec<Span>>,
    /// Where the outermost open template literal begins.
    literal: usize,
}

impl<'t> Walk<'t> {
    fn new(text: &'t str, body: usize) -> Self {
        let bytes = text.as_bytes();
        Self {
            text,
            bytes,
            body,
            before: Before::Operator,
            swallowed: None,
            substitutions: Vec::new(),
            fuel: bytes.len() * 4,
            elements: &[],
            comments: None,
            literals: None,
            literal: body,
        }
    }

    /// Notes the outermost template literal, if it ends at `end`.
    fn literal_ends(&mut self, end: usize) {
        if self.substitutions.is_empty()
            && let Some(literals) = &mut self.literals
        {
            literals.push(Span::from(self.literal..end));
        }
    }

    /// Notes a comment.
    fn comment(&mut self, kind: CommentKind, start: usize, end: usize) {
        if let Some(comments) = &mut self.comments {
            comments.push(Comment { span: Span::from(start..end), kind });
        }
    }

    fn is_line_start(&self, at: usize) -> bool {
        at == self.body || matches!(self.bytes[at - 1], b'\n' | b'\r')
    }

    /// Calls `visit` with each token that is no white space, before it counts, until it says that it is enough.
    fn run(&mut self, mut visit: impl FnMut(&Self, CodeToken, usize) -> bool) {
        let mut lexer = CodeToken::lexer(self.bytes);
        lexer.bump(self.body);
        // Whether the parentheses that are open are those of an `if` or the like.
        let mut controls = Vec::new();
        while let Some(token) = lexer.next() {
            let token = token.unwrap_or(CodeToken::Keep);
            let (start, end) = (lexer.span().start, lexer.span().end);
            if let Some(element) = self.element_from(start) {
                self.before = Before::Value;
                lexer.bump(element.saturating_sub(end));
                continue;
            }
            if token == CodeToken::LineComment {
                self.comment(CommentKind::Line, start, end);
            }
            if matches!(token, CodeToken::Space | CodeToken::LineComment) {
                continue;
            }
            if visit(self, token, start) {
                return;
            }
            let mut next = end;
            match token {
                CodeToken::Word => self.before = self.before.after_word(&self.bytes[start..end]),
                CodeToken::Number => self.before = Before::Value,
                CodeToken::Dot => self.before = Before::Dot,
                CodeToken::Keep | CodeToken::Space | CodeToken::LineComment => {}
                CodeToken::Operator | CodeToken::Less | CodeToken::Greater | CodeToken::Comment => {
                    self.before = Before::Operator;
                }
                CodeToken::OpenBracket => {
                    controls.push(self.before == Before::Control);
                    self.before = Before::Operator;
                }
                CodeToken::CloseBracket => {
                    let control = controls.pop().unwrap_or(false);
                    self.before = if control { Before::Operator } else { Before::Value };
                }
                CodeToken::OpenBrace => {
                    if let Some(depth) = self.substitutions.last_mut() {
                        *depth += 1;
                    }
                    self.before = Before::Operator;
                }
                CodeToken::CloseBrace => match self.substitutions.last_mut() {
                    Some(0) => {
                        self.substitutions.pop();
                        next = self.template(end);
                        self.literal_ends(next);
                    }
                    Some(depth) => {
                        *depth -= 1;
                        self.before = Before::Value;
                    }
                    None => self.before = Before::Value,
                },
                CodeToken::Quote => {
                    next = scan::string_end(self.bytes, start).end;
                    self.before = Before::Value;
                }
                CodeToken::Backtick => {
                    if self.substitutions.is_empty() {
                        self.literal = start;
                    }
                    next = self.template(end);
                    self.literal_ends(next);
                }
                CodeToken::BlockComment => {
                    let close = self.text.get(end..).and_then(|rest| rest.find("*/"));
                    next = close.map_or(self.bytes.len(), |length| end + length + 2);
                    self.comment(CommentKind::Block, start, next);
                    self.swallow(end, next);
                }
                CodeToken::Slash | CodeToken::CloseTag => {
                    let slash = end - 1;
                    let regex = token == CodeToken::Slash && self.before.expects_expression();
                    let regex = regex.then(|| self.regex_end(slash)).flatten();
                    self.before = if regex.is_some() { Before::Value } else { Before::Operator };
                    next = regex.unwrap_or(end);
                }
            }
            lexer.bump(next - end);
        }
    }

    /// The end of the element that begins at `at`.
    fn element_from(&mut self, at: usize) -> Option<usize> {
        while let Some(first) = self.elements.first() {
            match (first.start as usize).cmp(&at) {
                std::cmp::Ordering::Less => self.elements = &self.elements[1..],
                std::cmp::Ordering::Equal => {
                    return Some(first.end as usize).filter(|end| *end <= self.bytes.len());
                }
                std::cmp::Ordering::Greater => return None,
            }
        }
        None
    }

    /// The end of a regular expression. How much may be searched in vain is limited, since many may share a line.
    fn regex_end(&mut self, slash: usize) -> Option<usize> {
        if self.fuel == 0 {
            return None;
        }
        scan::regex_end(self.bytes, slash).map_err(|length| self.fuel = self.fuel.saturating_sub(length)).ok()
    }

    /// The text of a template literal from `at` on, up to behind its backtick or its next `${`.
    fn template(&mut self, at: usize) -> usize {
        let mut lexer = TemplateToken::lexer(self.bytes);
        lexer.bump(at);
        while let Some(token) = lexer.next() {
            let (start, end) = (lexer.span().start, lexer.span().end);
            match token {
                Ok(TemplateToken::Chunk) => self.swallow(start, end),
                Ok(TemplateToken::Escape) => lexer.bump(usize::from(end < self.bytes.len())),
                Ok(TemplateToken::Substitution) => {
                    self.substitutions.push(0);
                    self.before = Before::Operator;
                    return end;
                }
                Ok(TemplateToken::Backtick) => {
                    self.before = Before::Value;
                    if scan::continues_word(self.bytes, end)
                        && let Some(swallowed) =
                            self.swallowed.as_mut().filter(|swallowed| swallowed.fence >= at)
                    {
                        swallowed.certain = true;
                    }
                    return end;
                }
                _ => {}
            }
        }
        self.bytes.len()
    }

    /// Notes the first fence line in the text of a literal or comment.
    fn swallow(&mut self, start: usize, end: usize) {
        let mut at = start;
        while self.swallowed.is_none() {
            let line = scan::line_end(&self.bytes[..end], at);
            at = scan::after_line_break(self.bytes, line);
            if at == line || at >= end {
                return;
            }
            if scan::is_fence_line(self.bytes, at) {
                self.swallowed = Some(Swallowed { fence: at, certain: false });
            }
        }
    }
}
