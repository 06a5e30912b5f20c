//! `velox-ignore CODE: reason` in a comment: what it silences, whether it is well formed, and whether it is needed.
//!
//! Comments are found by `velox_syntax::comments`; nothing is looked for in strings or text here.

use std::ops::Range;
use velox_diagnostics::{Code, Diagnostic, LineIndex, Span};
use velox_syntax::{Comment, CommentKind};

/// The word that makes a comment an instruction.
const WORD: &str = "velox-ignore";

/// A comment that silences codes in some lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignore {
    /// The comment.
    comment: Span,
    /// What goes with it when it is removed: its line, where it has one of its own.
    removal: Span,
    /// The codes, each with its place and the place of what has to go with it.
    codes: Vec<Wanted>,
    /// The bytes in which a finding must begin to be silenced: whole lines.
    lines: Range<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Wanted {
    code: Code,
    span: Span,
    removal: Span,
}

/// The instructions among the comments of a file, and what is wrong with them. `tag_end` gives the end of the opening tag of the
/// element that begins at a place. All positions count from the start of the file.
#[must_use]
pub fn ignores(
    path: &str,
    text: &str,
    comments: &[Comment],
    tag_end: &dyn Fn(u32) -> Option<u32>,
) -> (Vec<Ignore>, Vec<Diagnostic>) {
    let lines = LineIndex::new(text);
    let mut found = Vec::new();
    let mut problems = Vec::new();
    for (nth, comment) in comments.iter().enumerate() {
        let Some(body) = instruction(text, comment) else { continue };
        let codes = read_codes(path, text, body, &mut problems);
        if codes.is_empty() {
            continue;
        }
        found.push(Ignore {
            comment: comment.span,
            removal: removal(text, comment.span),
            codes,
            lines: target(text, &lines, &comments[nth..], tag_end),
        });
    }
    (found, problems)
}

/// What follows the word, where the comment begins with it.
fn instruction(text: &str, comment: &Comment) -> Option<Span> {
    let Span { start, end } = comment.span;
    let inside = match comment.kind {
        CommentKind::Line => Span::new(start + 2, end),
        CommentKind::Block => Span::new(start + 2, end.saturating_sub(2).max(start + 2)),
        CommentKind::Html => {
            let close = if comment.span.text(text).ends_with("-->") { 3 } else { 0 };
            Span::new(start + 4, end.saturating_sub(close).max(start + 4))
        }
        CommentKind::Braces => {
            let inner = Span::new(start + 1, end.saturating_sub(1)).text(text);
            let open = start + 1 + (inner.len() - inner.trim_start().len()) as u32 + 2;
            Span::new(open, (open + inner.trim().len() as u32).saturating_sub(4).max(open))
        }
    };
    let body = inside.text(text);
    let rest = body.trim_start_matches(|c: char| c.is_whitespace() || c == '*').strip_prefix(WORD)?;
    let word_ends = rest.chars().next().is_none_or(|c| c.is_whitespace() || c == ':');
    word_ends.then(|| Span::new(inside.end - rest.len() as u32, inside.end))
}

/// The codes of an instruction. `body` is what follows the word.
fn read_codes(path: &str, text: &str, body: Span, problems: &mut Vec<Diagnostic>) -> Vec<Wanted> {
    let written = body.text(text);
    let list = written.split_once(':').map_or(written, |(list, _)| list);
    let whole = Span::new(body.start - WORD.len() as u32, body.start + list.trim_end().len() as u32);
    let invalid = |span, message: String| Diagnostic::new(Code::INVALID_IGNORE, path, span, message);
    let mut codes: Vec<Wanted> = Vec::new();
    let mut words = 0;
    for (at, word) in words_of(list) {
        words += 1;
        let span = Span::from(at..at + word.len()).shift(body.start);
        match Code::parse(word) {
            Some(code) if !code.is_adjustable() => problems.push(
                invalid(span, format!("{code} ({}) cannot be silenced: it is always an error", code.name()))
                    .help("mend what it reports, and remove the code from the comment"),
            ),
            Some(code @ (Code::UNUSED_IGNORE | Code::INVALID_IGNORE)) => problems.push(
                invalid(span, format!("{code} ({}) cannot be silenced by a comment", code.name()))
                    .help("remove the comment that it is about, or turn the code off in velox.config.ts"),
            ),
            Some(code) => {
                let removal = item(list, at, at + word.len()).shift(body.start);
                if !codes.iter().any(|other| other.code == code) {
                    codes.push(Wanted { code, span, removal });
                }
            }
            None => {
                let problem = invalid(span, format!("there is no code `{word}`"));
                problems.push(match Code::near(word) {
                    Some(near) => {
                        let near = if word.starts_with(['v', 'V']) {
                            near.to_string()
                        } else {
                            near.name().to_owned()
                        };
                        problem.help(format!("did you mean {near}?")).fix(
                            format!("write {near}"),
                            false,
                            vec![(span, near)],
                        )
                    }
                    None => problem.help("`veloxc explain` lists all codes"),
                });
            }
        }
    }
    if words == 0 {
        problems.push(
            invalid(whole, "`velox-ignore` names no code".to_owned())
                .help("write the code and the reason: `velox-ignore VX0401: registered by the shell`"),
        );
    } else if written
        .split_once(':')
        .is_none_or(|(_, reason)| reason.trim_matches(['*', ' ', '\t', '\r', '\n']).is_empty())
    {
        problems.push(
            invalid(whole, "`velox-ignore` gives no reason".to_owned())
                .help("write the reason after a colon: `velox-ignore VX0401: registered by the shell`"),
        );
    }
    codes
}

/// The words of a list with their places; commas and white space divide them.
fn words_of(list: &str) -> impl Iterator<Item = (usize, &str)> {
    let begin = list.as_ptr() as usize;
    list.split(|c: char| c == ',' || c.is_whitespace())
        .filter(|word| !word.is_empty())
        .map(move |word| (word.as_ptr() as usize - begin, word))
}

/// An item of a list with the comma that goes when it is taken out: the one behind it, else the one before.
fn item(list: &str, start: usize, end: usize) -> Span {
    let rest = &list[end..];
    if let Some(after) = rest.trim_start().strip_prefix(',') {
        return Span::from(start..list.len() - after.trim_start().len());
    }
    match list[..start].trim_end().strip_suffix(',') {
        Some(before) => Span::from(before.trim_end().len()..end),
        None => Span::from(start..end),
    }
}

/// The lines that the first of `comments` is about: its own, where code stands before or behind it, else the line of what follows
/// it and the comments after it; of an element all lines of its opening tag.
fn target(
    text: &str,
    lines: &LineIndex,
    comments: &[Comment],
    tag_end: &dyn Fn(u32) -> Option<u32>,
) -> Range<u32> {
    let comment = comments[0].span;
    let line = lines.line_of(comment.start);
    let before = Span::new(lines.line_start(line), comment.start).text(text);
    let is_first = before.trim_matches(['\u{feff}', ' ', '\t']).is_empty();
    if !is_first {
        return lines.line_start(line)..lines.line_start(line + 1).max(comment.start + 1);
    }
    let mut at = comment.end;
    let mut following = comments[1..].iter();
    loop {
        let rest = text.get(at as usize..).unwrap_or("");
        at += (rest.len() - rest.trim_start().len()) as u32;
        match following.next() {
            Some(next) if next.span.start <= at => at = at.max(next.span.end),
            _ => break,
        }
    }
    let first = if line == 0 { 0 } else { lines.line_start(lines.line_of(at)) };
    let last = tag_end(at).map_or(at, |end| end.saturating_sub(1));
    first..lines.line_start(lines.line_of(last) + 1).max(last + 1)
}

/// The comment with what would be left of its line, or with the blanks before it.
fn removal(text: &str, comment: Span) -> Span {
    let before = &text[..comment.start as usize];
    let after = &text[comment.end as usize..];
    let line_start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let is_first = before[line_start..].trim_matches([' ', '\t']).is_empty();
    let blanks = after.len() - after.trim_start_matches([' ', '\t']).len();
    let rest = &after[blanks..];
    let line_break = ["\r\n", "\n", "\r"].into_iter().find(|end| rest.starts_with(end));
    match line_break {
        Some(line_break) if is_first => {
            Span::new(line_start as u32, comment.end + (blanks + line_break.len()) as u32)
        }
        _ if is_first => Span::new(comment.start, comment.end + blanks as u32),
        _ => Span::new(before.trim_end_matches([' ', '\t']).len() as u32, comment.end),
    }
}

/// Takes the findings that the instructions silence out of `found`, and gives a warning for each code of them that silences
/// nothing. Where `is_silent` says so, a code is not expected to be reported at all, and so it is never said to be superfluous.
#[must_use]
pub fn silence(
    path: &str,
    ignores: &[Ignore],
    found: &mut Vec<Diagnostic>,
    is_silent: &dyn Fn(Code) -> bool,
) -> Vec<Diagnostic> {
    let mut used: Vec<Vec<bool>> = ignores.iter().map(|ignore| vec![false; ignore.codes.len()]).collect();
    found.retain(|diagnostic| {
        let mut silenced = false;
        for (ignore, used) in ignores.iter().zip(&mut used) {
            if !ignore.lines.contains(&diagnostic.span.start) {
                continue;
            }
            if let Some(nth) = ignore.codes.iter().position(|wanted| wanted.code == diagnostic.code) {
                used[nth] = true;
                silenced = true;
            }
        }
        !silenced
    });
    let mut unused = Vec::new();
    for (ignore, used) in ignores.iter().zip(&used) {
        let idle: Vec<&Wanted> = ignore
            .codes
            .iter()
            .zip(used)
            .filter(|(wanted, used)| !**used && !is_silent(wanted.code))
            .map(|(wanted, _)| wanted)
            .collect();
        if idle.len() == ignore.codes.len() {
            let names: Vec<String> = idle.iter().map(|wanted| wanted.code.to_string()).collect();
            unused.push(
                Diagnostic::new(
                    Code::UNUSED_IGNORE,
                    path,
                    ignore.comment,
                    format!("this comment silences nothing: {} is not reported here", names.join(", ")),
                )
                .help("remove the comment")
                .fix("remove the comment", true, vec![(ignore.removal, String::new())]),
            );
            continue;
        }
        for wanted in idle {
            unused.push(
                Diagnostic::new(
                    Code::UNUSED_IGNORE,
                    path,
                    wanted.span,
                    format!("this comment does not silence {}: it is not reported here", wanted.code),
                )
                .help("remove the code from the comment")
                .fix(
                    format!("remove {}", wanted.code),
                    true,
                    vec![(wanted.removal, String::new())],
                ),
            );
        }
    }
    unused
}
