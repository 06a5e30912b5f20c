//! Cuts a file into server block and template by its `---` fences.
//!
//! Refuses to report what the stages after it report anyway: a literal that the server block does not close is cut off at the
//! fence, and whoever parses the block says so.

pub(crate) mod scan;
#[cfg(test)]
mod tests;

use crate::lexer::scan::{
    after_line_break, indentation, is_fence_line, line_end, name_end, skip_space, trim_end,
};
use crate::{SyntaxProblem, SyntaxProblemKind, parse_template};
use velox_diagnostics::Span;

/// The regions of a file (language.md section 3). All spans are file-relative.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Regions {
    /// The server block, where the file has one.
    pub server: Option<ServerRegion>,
    /// The template: what follows the closing fence's line, or the whole file (after a BOM).
    pub template: Span,
    /// Problems of the fences.
    pub problems: Vec<SyntaxProblem>,
}

/// A server block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServerRegion {
    /// The opening `---`.
    pub open: Span,
    /// The code between the fences' lines.
    pub body: Span,
    /// The closing `---`; empty at the end of the body where it is missing.
    pub close: Span,
}

/// What a line of a server block may begin with, for a block that stands where none is expected.
const CODE_WORDS: &[&str] =
    &["import", "export", "const", "let", "var", "await", "async", "function", "class", "type", "interface"];

/// Cuts a file into its regions: a scan for fences that minds strings, comments, template literals and regular expressions.
#[must_use]
pub fn regions(text: &str) -> Regions {
    let bytes = text.as_bytes();
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let first = skip_prologue(text, start);
    if is_line_start(bytes, start, first) && is_fence_line(bytes, first) {
        return with_server(text, first, Vec::new());
    }
    if let Some((comment, fence)) = swallowed_fence(text, start, first) {
        let span = span(comment, comment + 4);
        return with_server(
            text,
            fence,
            vec![SyntaxProblem { span, kind: SyntaxProblemKind::UnterminatedComment }],
        );
    }
    if let Some(fence) = next_fence_line(bytes, first) {
        let (server, template) = cut(text, fence);
        if !server.close.is_empty()
            && is_plainly_code(text, &server)
            && !is_inside_element(text, start, fence, template)
        {
            let before = span(first, trim_end(bytes, first, fence));
            let kind = SyntaxProblemKind::TextBeforeFence { fence: server.open };
            let problems = vec![SyntaxProblem { span: before, kind }];
            return Regions { server: Some(server), template: span(template, text.len()), problems };
        }
        if server.close.is_empty()
            && let Some(regions) = without_opening(text, first, fence)
        {
            return regions;
        }
    }
    Regions { server: None, template: span(start, text.len()), problems: Vec::new() }
}

/// The regions of a text whose one fence, with code before it, closes what nothing opens: a line of dashes that is no fence, or
/// none at all.
fn without_opening(text: &str, first: usize, fence: usize) -> Option<Regions> {
    let bytes = text.as_bytes();
    let line = line_end(bytes, first);
    let dashes = is_line_start(bytes, 0, first) && scan::is_nearly_a_fence(&text[first..line]);
    let (open, body) =
        if dashes { (span(first, line), after_line_break(bytes, line)) } else { (span(first, first), first) };
    let server = ServerRegion { open, body: span(body.min(fence), fence), close: span(fence, fence + 3) };
    if bytes[first..].starts_with(b"<")
        || !(is_plainly_code(text, &server) || is_a_statement(server.body.text(text)))
    {
        return None;
    }
    let problem = if dashes {
        SyntaxProblem { span: open, kind: SyntaxProblemKind::BrokenFence { opening: true } }
    } else {
        let span = span(first, trim_end(bytes, first, line));
        SyntaxProblem { span, kind: SyntaxProblemKind::MissingFence }
    };
    let template = after_line_break(bytes, line_end(bytes, fence));
    Some(Regions { server: Some(server), template: span(template, text.len()), problems: vec![problem] })
}

fn with_server(text: &str, fence: usize, mut problems: Vec<SyntaxProblem>) -> Regions {
    let (mut server, mut template) = cut(text, fence);
    if server.close.is_empty() {
        let body = server.body.start as usize;
        if let Some((start, end)) = scan::broken_fence(text, body) {
            server.close = span(start, end);
            server.body = span(body, start);
            template = after_line_break(text.as_bytes(), line_end(text.as_bytes(), end));
            let kind = SyntaxProblemKind::BrokenFence { opening: false };
            problems.push(SyntaxProblem { span: server.close, kind });
        } else {
            problems.push(SyntaxProblem { span: server.open, kind: SyntaxProblemKind::UnclosedFence });
        }
    }
    Regions { server: Some(server), template: span(template, text.len()), problems }
}

/// The first place that is neither white space nor an HTML comment; the end where a comment has none.
fn skip_prologue(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    loop {
        at = skip_space(bytes, at);
        if !bytes[at..].starts_with(b"<!--") {
            return at;
        }
        match text[at + 4..].find("-->") {
            Some(length) => at += 4 + length + 3,
            None => return text.len(),
        }
    }
}

/// Where no fence follows the comments before `end`, one that lacks its own end may have swallowed the server block: the
/// comment, and the fence in it.
fn swallowed_fence(text: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let fence = next_fence_line(&text.as_bytes()[..end], start)?;
    let comment = text[start..fence].rfind("<!--").map(|at| start + at)?;
    is_plainly_code(text, &cut(text, fence).0).then_some((comment, fence))
}

/// The block that the fence at `fence` opens, and where the template begins.
fn cut(text: &str, fence: usize) -> (ServerRegion, usize) {
    let bytes = text.as_bytes();
    let body = after_line_break(bytes, line_end(bytes, fence));
    let open = span(fence, fence + 3);
    match scan::closing_fence(text, body) {
        Some(close) => {
            let region = ServerRegion { open, body: span(body, close), close: span(close, close + 3) };
            (region, after_line_break(bytes, line_end(bytes, close)))
        }
        None => {
            let end = scan::probable_template(text, body).unwrap_or(text.len());
            (ServerRegion { open, body: span(body, end), close: span(end, end) }, end)
        }
    }
}

fn next_fence_line(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let end = line_end(bytes, at);
        at = after_line_break(bytes, end);
        if at == end {
            return None;
        }
        if is_fence_line(bytes, at) {
            return Some(at);
        }
    }
}

fn is_line_start(bytes: &[u8], start: usize, at: usize) -> bool {
    at == start || indentation(bytes, at) == Some(0)
}

/// Whether a line of the block begins like a statement.
fn is_plainly_code(text: &str, server: &ServerRegion) -> bool {
    server.body.text(text).split(['\n', '\r']).any(|line| {
        let word_end = name_end(line, 0);
        CODE_WORDS.contains(&&line[..word_end])
    })
}

/// Whether the first line that is no comment ends like one of code.
fn is_a_statement(text: &str) -> bool {
    let mut lines = text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
    lines.find(|line| !line.starts_with("//")).is_some_and(|line| line.ends_with([';', '{', '(']))
}

/// Whether the fence stands in an element that begins before it and ends after the block, as an example in a `<pre>` does.
fn is_inside_element(text: &str, start: usize, fence: usize, template: usize) -> bool {
    let mut open = Vec::new();
    for problem in parse_template(&text[start..fence]).problems {
        if let SyntaxProblemKind::UnclosedElement { name, .. } = problem.kind {
            open.push(name);
        }
    }
    !open.is_empty()
        && parse_template(&text[template..]).problems.iter().any(|problem| {
            matches!(&problem.kind, SyntaxProblemKind::StrayClosingTag { name, .. } if open.contains(name))
        })
}

fn span(start: usize, end: usize) -> Span {
    Span::new(start as u32, end as u32)
}
