//! Brackets of TypeScript that balance, and yet one is gone: what lines and words tell of it.
//!
//! Refuses to look at quotes.

use super::code::{Guess, Scan, missing, told};
use super::lines::{line_end, line_start, opening_line};
use velox_diagnostics::Span;

/// Places that are tried for one bracket.
const PLACES: usize = 16;

/// Pairs that are looked at whose lines do not fit.
const PAIRS: usize = 3;

/// Words that follow the end of a block.
const AFTER_BLOCKS: [&str; 3] = ["catch", "finally", "else"];

/// The guesses about code of which the parser complains at `at`.
pub(super) fn guesses(scan: &Scan<'_>, at: usize) -> Vec<Guess> {
    let mut found = Vec::new();
    before_complaint(scan.text, at, &mut found);
    after_block(scan.text, at, &mut found);
    misfits(scan, &mut found);
    from_line_start(scan, &mut found);
    found
}

/// A bracket that should open right where the parser stumbles: `const a =  ...b };`.
fn before_complaint(text: &str, at: usize, found: &mut Vec<Guess>) {
    let line = &text.as_bytes()[at.min(text.len())..line_end(text, at.min(text.len()))];
    for (opener, closer) in [(b'{', b'}'), (b'[', b']'), (b'(', b')')] {
        let mut depth = 0usize;
        let stray = line.iter().position(|byte| {
            let stray = *byte == closer && depth == 0;
            depth = depth.saturating_sub(usize::from(*byte == closer)) + usize::from(*byte == opener);
            stray
        });
        found.extend(stray.map(|length| opening(text, at + length, at)));
    }
}

/// `}` before the word that follows a block: `try { a(); catch {`.
fn after_block(text: &str, at: usize, found: &mut Vec<Guess>) {
    let start = line_start(text, at.min(text.len()));
    let line = &text[start..line_end(text, start)];
    let content = start + line.len() - line.trim_start().len();
    if !AFTER_BLOCKS.iter().any(|word| text[content..].starts_with(word)) {
        return;
    }
    let before = Scan::new(&text[..content]);
    let Some(open) = before.open.into_iter().rfind(|open| text.as_bytes()[*open] == b'{') else { return };
    let (insert, message, help) = missing(b'{');
    let told = told(open, open + 1, message, help);
    found.push(Guess { place: Span::at(content as u32), insert, told });
}

/// A closing brace whose line tells that another brace should open it than the one that it closes.
fn misfits(scan: &Scan<'_>, found: &mut Vec<Guess>) {
    let text = scan.text;
    let lines = Lines::new(text);
    let bytes = text.as_bytes();
    let misfit = |(opener, closer): &&(usize, usize)| {
        let (above, line) = (lines.of(*opener), lines.of(*closer));
        let fits = line.content == *closer && line.content - line.start == above.content - above.start;
        bytes[*closer] == b'}' && above.start != line.start && !fits
    };
    for (_, closer) in scan.pairs.iter().filter(misfit).take(PAIRS) {
        let line = lines.of(*closer);
        let own = (line.content + 1..=*closer).rev().filter(|at| scan.may_begin(*at)).take(PLACES);
        let above = (line.content == *closer).then(|| opening_line(text, *closer)).flatten();
        found.extend(own.chain(above).map(|place| opening(text, *closer, place)));
    }
}

/// What opens the last bracket of a long line may be gone at its beginning.
fn from_line_start(scan: &Scan<'_>, found: &mut Vec<Guess>) {
    let (text, bytes) = (scan.text, scan.text.as_bytes());
    let Some(stray) = scan.stray.iter().find(|stray| matches!(bytes[**stray], b')' | b']' | b'}')) else {
        return;
    };
    let start = line_start(text, *stray);
    // A digit after a letter too: `Math.max0, 1)`.
    let places = (start + 1..*stray).filter(|at| {
        scan.may_begin(*at) || bytes[at - 1].is_ascii_lowercase() && bytes[*at].is_ascii_digit()
    });
    found.extend(places.take(PLACES).map(|place| opening(text, *stray, place)));
}

/// What opens the bracket at `closer`, at `place`.
fn opening(text: &str, closer: usize, place: usize) -> Guess {
    let (insert, message, help) = missing(text.as_bytes()[closer]);
    Guess { place: Span::at(place as u32), insert, told: told(closer, closer + 1, message, help) }
}

/// A line: where it begins, and where its text does.
#[derive(Clone, Copy)]
struct Line {
    start: usize,
    content: usize,
}

/// All lines of a text.
struct Lines(Vec<Line>);

impl Lines {
    fn new(text: &str) -> Self {
        let mut start = 0;
        let lines = text.split_inclusive('\n').map(|line| {
            let content = start + line.len() - line.trim_start_matches([' ', '\t']).len();
            let found = Line { start, content };
            start += line.len();
            found
        });
        Self(lines.collect())
    }

    fn of(&self, at: usize) -> Line {
        let index = self.0.partition_point(|line| line.start <= at);
        self.0[..index].last().copied().unwrap_or(Line { start: 0, content: 0 })
    }
}
