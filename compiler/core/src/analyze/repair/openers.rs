//! Guesses about parentheses and square brackets of expressions that are gone far from where a parser stumbles.
//!
//! Refuses to look at braces and quotes.

use super::code::{missing, told};
use super::guesses::{Guess, Guesser, PLACES};
use velox_diagnostics::Span;
use velox_syntax::SyntaxProblemKind as Kind;

/// What ends a line after which an expression in parentheses has lines of its own.
const BEFORE_LINES: [&str; 6] = ["return", "=>", "&&", "||", "?", ":"];

/// Lines that are looked at for one of these.
const LINES: usize = 200;

impl Guesser<'_> {
    /// Guesses for the first complaint about a brace: its code may have ended where a bracket closes nothing.
    pub(super) fn openers(&mut self) {
        let mut braces = self.problems.iter().filter(|one| matches!(one.kind, Kind::UnclosedBrace { .. }));
        let Some(brace) = braces.next().map(|problem| problem.span.end as usize) else { return };
        self.in_hole(brace);
        self.over_lines(brace);
    }

    /// `class={a && 'b', c && 'd']}`: what closes nothing in a hole should be opened at its beginning.
    fn in_hole(&mut self, start: usize) {
        let mut depth = 0usize;
        let end = self.line_end(start);
        let stray = self.bytes()[start..end].iter().position(|byte| match byte {
            b'(' | b'[' | b'{' => {
                depth += 1;
                false
            }
            b')' | b']' | b'}' => {
                depth = depth.wrapping_sub(1);
                depth == usize::MAX
            }
            _ => false,
        });
        if let Some(stray) = stray.map(|length| start + length)
            && self.bytes()[stray] != b'}'
        {
            self.opening(start, stray);
        }
    }

    /// A `(` at the end of a line, whose `)` begins one below that is indented as far.
    fn over_lines(&mut self, start: usize) {
        // Lines that wait for their `)`, each indented further than the one before it.
        let mut waiting: Vec<(usize, usize)> = Vec::new();
        let mut found: Vec<(usize, usize)> = Vec::new();
        let mut line = self.line_start(start);
        for _ in 0..LINES {
            let end = self.line_end(line);
            let content = line + self.text[line..end].len() - self.text[line..end].trim_start().len();
            if content < end {
                let column = content - line;
                let last = line + self.text[line..end].trim_end().len();
                while let Some((_, opener)) = waiting.pop_if(|(above, _)| *above >= column) {
                    if self.bytes()[content] == b')' {
                        found.push((opener, content));
                    }
                }
                if BEFORE_LINES.iter().any(|word| self.text[line..last].ends_with(word)) {
                    waiting.push((column, last));
                }
            }
            if end >= self.text.len() || found.len() >= PLACES {
                break;
            }
            line = end + 1;
        }
        for (opener, closer) in found {
            self.opening(opener, closer);
        }
    }

    /// What opens the bracket at `closer`, at `place`.
    fn opening(&mut self, place: usize, closer: usize) {
        let (insert, message, help) = missing(self.bytes()[closer]);
        self.found.push(Guess {
            place: Span::at(place as u32),
            insert: insert.to_owned(),
            told: Vec::new(),
            script: Some(told(closer, closer + 1, message, help)),
        });
    }
}
