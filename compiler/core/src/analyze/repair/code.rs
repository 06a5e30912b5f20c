//! The same for TypeScript: which quote or bracket, added or left out, leaves nothing wrong.
//!
//! A parser tells a mistake where it cannot go on, and that may be lines below. Accepted is only an edit after which the whole
//! parses; of several, the first, so their order is what is likeliest. Refuses to do more than one edit.

use super::lines::{dedent, line_end, line_start, opening_line};
use super::slips;
use velox_diagnostics::Span;
use velox_script::{ScriptProblem, ScriptProblemKind, Unterminated};

/// So much text is parsed again, as a multiple of the code's length, and so much at most.
const EFFORT: usize = 120;
const MOST_EFFORT: usize = 2 << 20;

/// Lines above and below in which the other end of a template literal is looked for.
const LITERAL_LINES: usize = 8;

/// No single bracket or quote leaves more than this out of balance.
const MOST_UNBALANCED: usize = 100;

/// Places that are tried for one edit.
const PLACES: usize = 12;

/// How far down an open bracket is looked for that fits a closing one.
const REACH: usize = 64;

/// Lines above a complaint in which its cause is looked for.
const LINES: usize = 3;

/// What is wrong with code of which a parser complains. `parse` gives the problems of any text that parses at all.
#[must_use]
pub fn script_mistakes(
    text: &str,
    problems: Vec<ScriptProblem>,
    parse: &dyn Fn(&str) -> Option<Vec<ScriptProblem>>,
) -> Vec<ScriptProblem> {
    let syntax = |problem: &&ScriptProblem| problem.kind.is_syntax();
    let Some(first) = problems.iter().find(syntax) else { return problems };
    let mut guesses = Vec::new();
    let scan = Scan::new(text);
    if scan.open.len() + scan.stray.len() > MOST_UNBALANCED {
        return problems;
    }
    scan.quotes(first.span.start as usize, true, &mut guesses);
    scan.backticks(first.span.start as usize, &mut guesses);
    scan.in_line(first.span.start as usize, 2 * LINES, 1, &mut guesses);
    guesses.extend(slips::guesses(&scan, first.span.start as usize));
    scan.brackets(&mut guesses);
    let mut effort = (text.len() * EFFORT).min(MOST_EFFORT);
    for guess in guesses {
        let Some(left) = effort.checked_sub(text.len() + 1) else { break };
        effort = left;
        let mut edited = text.to_owned();
        edited.replace_range(guess.place.range(), guess.insert);
        let Some(mut left) = parse(&edited) else { continue };
        if !left.iter().any(|problem| syntax(&problem)) {
            for problem in &mut left {
                problem.span = original(problem.span, &guess);
                if let ScriptProblemKind::DuplicateDeclaration { first, .. }
                | ScriptProblemKind::DuplicateExport { first, .. } = &mut problem.kind
                {
                    *first = original(*first, &guess);
                }
            }
            left.push(guess.told);
            left.sort_by_key(|problem| problem.span.start);
            return left;
        }
    }
    problems
}

/// Where a span of the edited text stands in the original.
fn original(span: Span, guess: &Guess) -> Span {
    let (start, inserted) = (guess.place.start, guess.insert.len() as u32);
    let back = |at: u32| {
        if at >= start + inserted { at - inserted + guess.place.len() } else { at.min(start) }
    };
    Span::new(back(span.start), back(span.end).max(back(span.start)))
}

/// An edit, and the mistake that it would mend.
pub(super) struct Guess {
    pub(super) place: Span,
    pub(super) insert: &'static str,
    pub(super) told: ScriptProblem,
}

/// Quotes and brackets that may be missing near `at`, a place in a template.
pub(super) fn in_template(text: &str, at: usize) -> Vec<Guess> {
    let scan = Scan { text, open: Vec::new(), stray: Vec::new(), pairs: Vec::new() };
    let mut found = Vec::new();
    scan.quotes(at, false, &mut found);
    scan.in_line(at, LINES, 2 * LINES, &mut found);
    found
}

/// Braces that may be missing in the line of `at`, up to there.
pub(super) fn unopened_before(text: &str, at: usize) -> Vec<Guess> {
    let bytes = text.as_bytes();
    let (start, end) = (line_start(text, at), line_end(text, at));
    let scan = Scan { text, open: Vec::new(), stray: Vec::new(), pairs: Vec::new() };
    let places = (start + 1..=end.min(at + 1)).rev().filter(|place| {
        matches!(bytes[*place - 1], b'(' | b'[' | b'{' | b' ' | b',') && scan.may_begin(*place)
    });
    places
        .take(PLACES)
        .filter_map(|place| {
            let mut depth = 0;
            let closer = (place..end).find(|at| match bytes[*at] {
                b'{' => {
                    depth += 1;
                    false
                }
                b'}' if depth == 0 => true,
                b'}' => {
                    depth -= 1;
                    false
                }
                _ => false,
            })?;
            let (insert, message, help) = missing(b'}');
            let told = told(closer, closer + 1, message, help);
            Some(Guess { place: Span::at(place as u32), insert, told })
        })
        .collect()
}

pub(super) fn told(start: usize, end: usize, message: &str, help: &str) -> ScriptProblem {
    let kind = ScriptProblemKind::Syntax { message: message.to_owned(), help: Some(help.to_owned()) };
    ScriptProblem { span: Span::new(start as u32, end as u32), kind }
}

fn unterminated(at: usize, what: Unterminated) -> ScriptProblem {
    ScriptProblem { span: Span::new(at as u32, at as u32 + 1), kind: ScriptProblemKind::Unterminated(what) }
}

/// A look at code that may be wrong.
pub(super) struct Scan<'t> {
    pub(super) text: &'t str,
    /// Openers that nothing closes, the innermost last.
    pub(super) open: Vec<usize>,
    /// Closers that nothing opens, or that another bracket is open before.
    pub(super) stray: Vec<usize>,
    /// Openers with what closes them.
    pub(super) pairs: Vec<(usize, usize)>,
}

impl<'t> Scan<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let (mut open, mut stray): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
        let mut pairs = Vec::new();
        let mut at = 0;
        while at < bytes.len() {
            match bytes[at] {
                b'/' if bytes.get(at + 1) == Some(&b'/') => at = line_end(text, at),
                b'/' if bytes.get(at + 1) == Some(&b'*') => {
                    at = text[at + 2..].find("*/").map_or(text.len(), |length| at + 3 + length);
                }
                quote @ (b'"' | b'\'') => {
                    let end = line_end(text, at);
                    let mut inner = at + 1;
                    while inner < end && bytes[inner] != quote {
                        inner += 1 + usize::from(bytes[inner] == b'\\');
                    }
                    at = inner.min(end);
                }
                b'(' | b'[' | b'{' => open.push(at),
                closer @ (b')' | b']' | b'}') => match open.last() {
                    Some(opener) if fits(bytes[*opener], closer) => {
                        pairs.push((*opener, at));
                        open.pop();
                    }
                    _ => {
                        stray.push(at);
                        // Those between were never closed, if one further out fits.
                        let near = open.len().saturating_sub(REACH);
                        let depth = open[near..].iter().rposition(|opener| fits(bytes[*opener], closer));
                        if let Some(depth) = depth.map(|depth| near + depth) {
                            stray.extend(open.drain(depth + 1..));
                            open.pop();
                        }
                    }
                },
                _ => {}
            }
            at += 1;
        }
        Self { text, open, stray, pairs }
    }

    /// Lines near a complaint, the nearest first, the one after it last.
    fn lines(&self, at: usize) -> Vec<(usize, usize)> {
        let mut lines = Vec::new();
        let mut start = line_start(self.text, at.min(self.text.len()));
        for _ in 0..=LINES {
            lines.push((start, line_end(self.text, start)));
            if start == 0 {
                break;
            }
            start = line_start(self.text, start - 1);
        }
        lines
    }

    /// A quote that is missing in a line that holds an odd number of them. `in_angles` it may stand beside those of type
    /// arguments, which in a template are rather those of tags.
    fn quotes(&self, at: usize, in_angles: bool, guesses: &mut Vec<Guess>) {
        let bytes = self.text.as_bytes();
        for (start, end) in self.lines(at) {
            let line = &self.text[start..end];
            for (quote, text) in [('\'', "'"), ('"', "\""), ('`', "`")] {
                let quotes: Vec<usize> = line.match_indices(quote).map(|(at, _)| start + at).collect();
                let Some(last) = quotes.last().filter(|_| quotes.len() % 2 == 1) else { continue };
                let kind = if quote == '`' { Unterminated::Template } else { Unterminated::String };
                // One string over two lines.
                if quote != '`' && end < self.text.len() {
                    let next = line_end(self.text, end + 1);
                    if self.text[end + 1..next].matches(quote).count() % 2 == 1 {
                        let place = Span::new(end as u32, end as u32 + 1);
                        guesses.push(Guess { place, insert: "", told: unterminated(*last, kind) });
                    }
                }
                let ends = |at: &usize| {
                    matches!(
                        bytes.get(*at),
                        None | Some(b')' | b']' | b'}' | b',' | b';' | b' ' | b':' | b'.' | b'\n' | b'\r')
                    ) || in_angles && bytes[*at] == b'>'
                };
                let begins = |at: &usize| {
                    *at == start
                        || matches!(bytes[*at - 1], b'(' | b'[' | b'{' | b',' | b' ' | b'=' | b':' | b'.')
                        || in_angles && bytes[*at - 1] == b'<'
                };
                // After the first quote whose string cannot be, most likely; tried are all places of the line.
                let mut places: Vec<usize> =
                    (start..=end).filter(|at| self.text.is_char_boundary(*at)).collect();
                places.retain(|at| ends(at) || begins(at));
                places.truncate(6 * PLACES);
                for at in places {
                    let before = quotes.iter().rev().find(|quote| **quote < at);
                    let from = before.or(quotes.first()).copied().unwrap_or(at);
                    let place = Span::at(at as u32);
                    guesses.push(Guess { place, insert: text, told: unterminated(from, kind) });
                }
            }
        }
    }

    /// A backtick that is missing where the code as a whole holds an odd number: literals go over many lines.
    fn backticks(&self, at: usize, guesses: &mut Vec<Guess>) {
        let ticks: Vec<usize> = self.text.match_indices('`').map(|(at, _)| at).collect();
        if ticks.len().is_multiple_of(2) {
            return;
        }
        let bytes = self.text.as_bytes();
        let mut lines = self.lines(at);
        let mut start = line_start(self.text, at.min(self.text.len()));
        for _ in 0..LITERAL_LINES {
            start = line_end(self.text, start) + 1;
            if start >= self.text.len() {
                break;
            }
            lines.push((start, line_end(self.text, start)));
        }
        let mut above = lines[lines.len().min(LINES + 1) - 1].0;
        for _ in 0..LITERAL_LINES {
            if above == 0 {
                break;
            }
            above = line_start(self.text, above - 1);
            lines.push((above, line_end(self.text, above)));
        }
        for (start, end) in lines {
            let after = |mark: &str| self.text[start..end].rfind(mark).map(|at| start + at + mark.len());
            let trimmed = start + self.text[start..end].trim_end().len();
            let ends =
                (start..trimmed).rev().filter(|at| matches!(bytes[*at], b';' | b')' | b',' | b'.')).take(4);
            let mut places: Vec<usize> = ends.chain([trimmed, start]).collect();
            places.extend(["= ", "(", "> ", ", ", ": "].iter().filter_map(|mark| after(mark)));
            for at in places {
                let from =
                    ticks.iter().rev().find(|tick| **tick < at).or(ticks.first()).copied().unwrap_or(at);
                let told = unterminated(from, Unterminated::Template);
                guesses.push(Guess { place: Span::at(at as u32), insert: "`", told });
            }
        }
    }

    /// A bracket that is missing, or one too many.
    fn brackets(&self, guesses: &mut Vec<Guess>) {
        let bytes = self.text.as_bytes();
        let mut culprits: Vec<usize> =
            self.open.iter().rev().copied().chain(self.stray.iter().copied()).collect();
        culprits.truncate(PLACES);
        for culprit in culprits {
            let (byte, end) = (bytes[culprit], culprit + 1);
            let mut places: Vec<usize> = Vec::new();
            let (insert, message, help) = missing(byte);
            let start = line_start(self.text, culprit);
            if matches!(byte, b'(' | b'[' | b'{') {
                let line = line_end(self.text, culprit);
                // On its own line, or before the first line that is indented no more.
                let ends = |at: &usize| {
                    matches!(
                        bytes.get(*at),
                        None | Some(
                            b')' | b']' | b'}' | b',' | b';' | b' ' | b'.' | b'\n' | b'\r' | b'=' | b'>'
                        )
                    )
                };
                if let Some(dedent) = dedent(self.text, culprit) {
                    places.push(dedent);
                }
                places.extend((end..=line).filter(ends).take(2 * PLACES));
                if let Some(dedent) = dedent(self.text, culprit) {
                    let above = line_start(self.text, dedent);
                    places.extend((above..dedent).filter(ends).take(PLACES));
                }
            } else {
                let begins = |at: &usize| {
                    matches!(bytes[*at - 1], b'(' | b'[' | b'{' | b' ' | b'=' | b'!' | b'>' | b'.')
                        || matches!(bytes[*at], b'(' | b'[' | b'{' | b'\'' | b'"' | b'`')
                        || (bytes[*at - 1].is_ascii_lowercase() && bytes[*at].is_ascii_uppercase())
                };
                places.extend(
                    (start + 1..culprit)
                        .rev()
                        .filter(|at| self.text.is_char_boundary(*at))
                        .filter(begins)
                        .take(2 * PLACES),
                );
                places.push(start);
                // At the end of the line above that is indented as far as this one.
                if let Some(opener) = opening_line(self.text, culprit) {
                    places.insert(0, opener);
                    let begin = line_start(self.text, opener);
                    places.extend((begin + 1..opener).rev().filter(begins).take(PLACES));
                }
            }
            for place in places {
                guesses.push(Guess {
                    place: Span::at(place as u32),
                    insert,
                    told: told(culprit, end, message, help),
                });
            }
            if matches!(byte, b')' | b']' | b'}') {
                let message = message.to_owned();
                guesses.push(Guess {
                    place: Span::new(culprit as u32, end as u32),
                    insert: "",
                    told: told(culprit, end, &message, "leave it out"),
                });
            }
        }
    }

    /// A bracket that is missing in a line which by itself is out of balance, near `at`.
    fn in_line(&self, at: usize, above: usize, below: usize, guesses: &mut Vec<Guess>) {
        let mut start = line_start(self.text, at.min(self.text.len()));
        let mut lines = vec![(start, line_end(self.text, start))];
        for _ in 0..above {
            if start == 0 {
                break;
            }
            start = line_start(self.text, start - 1);
            lines.push((start, line_end(self.text, start)));
        }
        let mut end = lines[0].1;
        for _ in 0..below {
            if end >= self.text.len() {
                break;
            }
            lines.push((end + 1, line_end(self.text, end + 1)));
            end = line_end(self.text, end + 1);
        }
        for (start, end) in lines {
            self.unbalanced_line(start, end, guesses);
        }
    }

    fn unbalanced_line(&self, start: usize, end: usize, guesses: &mut Vec<Guess>) {
        let bytes = self.text.as_bytes();
        let content = start + self.text[start..end].len() - self.text[start..end].trim_start().len();
        let last = start + self.text[start..end].trim_end().len();
        let mut open: Vec<usize> = Vec::new();
        let mut stray = None;
        for at in content..last {
            match bytes[at] {
                b'(' | b'[' | b'{' => open.push(at),
                closer @ (b')' | b']' | b'}') => match open.last() {
                    Some(opener) if fits(bytes[*opener], closer) => {
                        open.pop();
                    }
                    // A line that begins with closers ends what lines above begin.
                    _ if at > content && !matches!(bytes[content], b')' | b']' | b'}' | b'<') => {
                        stray = stray.or(Some(at));
                        let near = open.len().saturating_sub(REACH);
                        let depth = open[near..].iter().rposition(|opener| fits(bytes[*opener], closer));
                        if let Some(depth) = depth.map(|depth| near + depth) {
                            open.truncate(depth);
                        }
                    }
                    _ => {}
                },
                _ => {}
            }
        }
        // One that begins the line should end what a line above begins, as far indented.
        if matches!(bytes.get(content), Some(b')' | b']' | b'}'))
            && let Some(place) = opening_line(self.text, content)
        {
            let (insert, message, help) = missing(bytes[content]);
            let told = told(content, content + 1, message, help);
            guesses.push(Guess { place: Span::at(place as u32), insert, told });
        }
        if let Some(at) = stray {
            let (insert, message, help) = missing(bytes[at]);
            let told = told(at, at + 1, message, help);
            let places = (content..at).rev().filter(|place| self.may_begin(*place));
            for place in places.take(2 * PLACES).chain([content]) {
                guesses.push(Guess { place: Span::at(place as u32), insert, told: told.clone() });
            }
            let place = Span::new(at as u32, at as u32 + 1);
            guesses.push(Guess { place, insert: "", told });
        } else if let Some(at) = open.last().filter(|at| **at + 1 < last) {
            let (insert, message, help) = missing(bytes[*at]);
            let places = (at + 1..=last).filter(|place| self.may_end(*place));
            for place in places.take(2 * PLACES) {
                let told = told(*at, at + 1, message, help);
                guesses.push(Guess { place: Span::at(place as u32), insert, told });
            }
        }
    }

    /// Whether something in brackets or quotes may begin here.
    pub(super) fn may_begin(&self, at: usize) -> bool {
        let bytes = self.text.as_bytes();
        self.text.is_char_boundary(at)
            && at > 0
            && (matches!(bytes[at - 1], b'(' | b'[' | b'{' | b' ' | b'=' | b'!' | b'>' | b'.' | b',' | b':')
                || matches!(bytes[at], b'(' | b'[' | b'{' | b'\'' | b'"' | b'`'))
    }

    /// Whether something in brackets or quotes may end here.
    fn may_end(&self, at: usize) -> bool {
        matches!(
            self.text.as_bytes().get(at),
            None | Some(
                b')' | b']'
                    | b'}'
                    | b','
                    | b';'
                    | b' '
                    | b':'
                    | b'.'
                    | b'\n'
                    | b'\r'
                    | b'='
                    | b'>'
                    | b'<'
                    | b'?'
            )
        )
    }
}

/// What is missing where this bracket stands alone, how that is told, and what helps.
pub(super) fn missing(byte: u8) -> (&'static str, &'static str, &'static str) {
    match byte {
        b'(' => (")", "`(` is never closed", "add `)`"),
        b'[' => ("]", "`[` is never closed", "add `]`"),
        b'{' => ("}", "`{` is never closed", "add `}`"),
        b')' => ("(", "`)` closes nothing", "add `(` before it, or leave it out"),
        b']' => ("[", "`]` closes nothing", "add `[` before it, or leave it out"),
        _ => ("{", "`}` closes nothing", "add `{` before it, or leave it out"),
    }
}

fn fits(opener: u8, closer: u8) -> bool {
    matches!((opener, closer), (b'(', b')') | (b'[', b']') | (b'{', b'}'))
}
