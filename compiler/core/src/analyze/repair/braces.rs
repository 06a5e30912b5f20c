//! Guesses about braces and quotes: where one that is missing may have stood.
//!
//! Refuses to look at tags but for those that end the code around them.

use super::guesses::{Guesser, PLACES};
use velox_diagnostics::Span;
use velox_syntax::{SyntaxProblem, SyntaxProblemKind as Kind};

impl Guesser<'_> {
    /// A `}` that should stand before what was taken for more of the expression.
    pub(super) fn unclosed_brace(&mut self, problem: &SyntaxProblem, insert_at: usize) {
        let start = problem.span.end as usize;
        let end = self.line_end(start).max(insert_at.min(start + 2000));
        let text = self.text;
        let bytes = text.as_bytes();
        // Not in the middle of a chain of calls: then more is missing than a brace.
        let ends = |at: &usize| match bytes.get(*at) {
            Some(b'.') => bytes.get(*at + 1) == Some(&b'<'),
            None | Some(b' ' | b'\n' | b'\r' | b'<' | b'>' | b'/' | b'{' | b')' | b',') => {
                !matches!(bytes[*at - 1], b' ' | b'\n' | b'{' | b'(' | b',')
            }
            _ => false,
        };
        let places: Vec<usize> = (start + 1..=end).filter(ends).take(4 * PLACES).collect();
        for at in places {
            let kind = Kind::UnclosedBrace { insert_at: at as u32 };
            self.insert(at, "}", &SyntaxProblem { span: problem.span, kind });
        }
        self.add(problem.span, "", problem);
        // A closing tag too many ended the code, or one whose opening tag is gone.
        let Some(close) =
            (insert_at..text.len().min(insert_at + 200)).find(|at| bytes[*at..].starts_with(b"</"))
        else {
            return;
        };
        let name_end = self.word_end(close + 2);
        let Some(close_end) = self.text[name_end..].find('>').map(|at| name_end + at + 1) else { return };
        let name = self.text[close + 2..name_end].to_owned();
        let span = Span::new(close as u32, close_end as u32);
        let opening = format!("<{name}>");
        let told = SyntaxProblem { span, kind: Kind::StrayClosingTag { name, open: None } };
        self.add(span, "", &told);
        let line = self.line_end(start);
        for mark in ["=> ", "&& ", "? ", ": ", "("] {
            let places: Vec<usize> = self.text[start..line]
                .rmatch_indices(mark)
                .map(|(at, _)| start + at + mark.len())
                .take(3)
                .collect();
            for at in places {
                self.insert(at, opening.clone(), &told);
            }
        }
    }

    /// A `{` that is gone before this `}`.
    pub(super) fn missing_brace(&mut self, problem: &SyntaxProblem) {
        let found = problem.span.text(self.text).find('}');
        let Some(brace) = found.map(|at| problem.span.start as usize + at) else { return };
        let line = self.line_start(brace);
        let content = self.skip_space(line);
        let mut places = vec![content];
        places
            .extend(self.text[content..brace].match_indices(['>', '=', ' ']).map(|(at, _)| content + at + 1));
        places.reverse();
        places.truncate(3 * PLACES);
        if !places.contains(&content) {
            places.push(content);
        }
        // The brace may end what a line above it begins, as far indented.
        if let Some(column) = self.column(content) {
            let mut above = line;
            for _ in 0..200 {
                if above == 0 {
                    break;
                }
                let end = above - 1;
                above = self.line_start(end);
                let start = self.skip_space(above);
                if start < end && self.column(start).is_some_and(|found| found <= column) {
                    places.push(start);
                    let after = self.text[start..end].match_indices(['>', '=']).map(|(at, _)| start + at + 1);
                    places.extend(after.take(PLACES));
                    break;
                }
            }
        }
        for place in places {
            self.insert(place, "{", &unopened(brace, place));
        }
    }

    /// Whether a `}` ends what was surely meant as code: `items.map((item) => <li>{item}</li>)}`.
    pub(super) fn ends_arrow(&self, brace: usize) -> bool {
        let before = &self.text[self.line_start(brace)..brace];
        let arrow = before.find("=> ").filter(|_| before.ends_with(')'));
        arrow.is_some_and(|arrow| {
            let count = |brace: char| before[..arrow].matches(brace).count();
            count('{') == count('}')
        })
    }

    /// Where a string or literal that lacks a quote may end; or begin, if the quote that is there is its last.
    pub(super) fn literals(&mut self, problem: &SyntaxProblem, quote: Option<char>) {
        let Some(quote) = quote else { return };
        let start = problem.span.start as usize + 1;
        let line = self.line_end(start);
        let ends = |at: &usize| {
            matches!(
                self.bytes()[*at],
                b')' | b'}' | b']' | b',' | b';' | b' ' | b':' | b'>' | b'<' | b'?' | b'.'
            )
        };
        let mut places: Vec<usize> = (start..line).filter(ends).take(2 * PLACES).collect();
        places.push(line);
        for at in places {
            self.insert(at, quote, problem);
        }
        let before = self.line_start(start);
        let begins = |at: &usize| {
            matches!(self.bytes()[*at - 1], b'(' | b'{' | b'[' | b',' | b' ' | b'=' | b':' | b'>')
        };
        let places: Vec<usize> = (before + 1..start).rev().filter(begins).take(PLACES).collect();
        for at in places {
            self.insert(at, quote, problem);
        }
        // One string over two lines.
        if quote != '`' && line < self.text.len() {
            self.add(Span::new(line as u32, line as u32 + 1), "", problem);
        }
    }
}

/// A `}` whose `{` is missing.
pub(super) fn unopened(brace: usize, insert_at: usize) -> SyntaxProblem {
    let span = Span::new(brace as u32, brace as u32 + 1);
    SyntaxProblem { span, kind: Kind::UnopenedBrace { insert_at: insert_at as u32 } }
}
