//! Which single edits may undo the mistake behind a complaint, the likeliest first.
//!
//! Each comes with what is told if it turns out to be right. Refuses to parse: whether a guess is right is tried by the caller.

use super::braces::unopened;
use super::code;
use velox_diagnostics::Span;
use velox_script::ScriptProblem;
use velox_syntax::{SyntaxProblem, SyntaxProblemKind as Kind};

/// An edit, and the mistake that it would mend.
pub(super) struct Guess {
    pub(super) place: Span,
    pub(super) insert: String,
    pub(super) told: Vec<SyntaxProblem>,
    pub(super) script: Option<ScriptProblem>,
}

/// Complaints that are looked at: the first few are about the first mistake.
const LOOKED_AT: usize = 6;

/// Places of one kind that are tried for an edit.
pub(super) const PLACES: usize = 6;

/// The guesses for these complaints; `script` are those about the code.
pub(super) fn guesses(text: &str, problems: &[SyntaxProblem], script: &[ScriptProblem]) -> Vec<Guess> {
    let mut guesser = Guesser { text, problems, found: Vec::new() };
    // What each complaint says about itself comes first: it is right most often.
    for problem in problems.iter().take(LOOKED_AT) {
        guesser.literal(problem);
    }
    for problem in problems.iter().take(LOOKED_AT) {
        guesser.likely(problem);
    }
    guesser.brace_in_code(script);
    // Quotes and parentheses of expressions.
    let mut lines: Vec<usize> = Vec::new();
    for problem in problems.iter().take(LOOKED_AT) {
        let line = guesser.line_start(problem.span.start as usize);
        if !lines.contains(&line) {
            lines.push(line);
            guesser.found.extend(code::in_template(text, line).into_iter().map(|guess| Guess {
                place: guess.place,
                insert: guess.insert.to_owned(),
                told: Vec::new(),
                script: Some(guess.told),
            }));
        }
    }
    guesser.openers();
    guesser.found
}

/// Text and complaints, and the guesses so far.
pub(super) struct Guesser<'t> {
    pub(super) text: &'t str,
    pub(super) problems: &'t [SyntaxProblem],
    pub(super) found: Vec<Guess>,
}

impl Guesser<'_> {
    pub(super) fn add(&mut self, place: Span, insert: impl Into<String>, told: &SyntaxProblem) {
        self.found.push(Guess { place, insert: insert.into(), told: vec![told.clone()], script: None });
    }

    pub(super) fn insert(&mut self, at: usize, insert: impl Into<String>, told: &SyntaxProblem) {
        self.add(Span::at(at as u32), insert, told);
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }

    /// The edit that the complaint itself asks for.
    fn literal(&mut self, problem: &SyntaxProblem) {
        let span = problem.span;
        match &problem.kind {
            Kind::UnclosedElement { name, insert_at } => {
                // Of several that end at one place, the innermost is closed there first.
                let is_outer = self.problems.iter().any(|other| {
                    let ends_there = |other: &u32| other == insert_at;
                    other.span.start > span.start
                        && matches!(&other.kind, Kind::UnclosedElement { insert_at, .. } if ends_there(insert_at))
                });
                if !is_outer {
                    self.insert(*insert_at as usize, format!("</{name}>"), problem);
                }
            }
            Kind::UnclosedBrace { insert_at } => self.insert(*insert_at as usize, "}", problem),
            Kind::UnclosedTag { insert_at } => self.insert(*insert_at as usize, ">", problem),
            Kind::UnclosedQuote { insert_at } => {
                let quote = span.text(self.text).to_owned();
                self.insert(*insert_at as usize, quote.clone(), problem);
                let from = span.end as usize;
                let line = self.line_end(from);
                let ends: Vec<usize> =
                    self.text[from..line].match_indices('>').map(|(at, _)| from + at).take(PLACES).collect();
                for at in ends {
                    let kind = Kind::UnclosedQuote { insert_at: at as u32 };
                    self.insert(at, quote.clone(), &SyntaxProblem { span, kind });
                }
            }
            Kind::StrayClosingTag { open, .. } => {
                let unclosed = self.problems.iter().find(|other| {
                    matches!(&other.kind, Kind::UnclosedElement { .. })
                        && open.as_ref().is_some_and(|(_, at)| *at == other.span)
                });
                match (unclosed, open) {
                    (Some(unclosed), Some((name, _))) => self.found.push(Guess {
                        place: span,
                        insert: format!("</{name}>"),
                        told: vec![unclosed.clone(), problem.clone()],
                        script: None,
                    }),
                    _ => self.add(span, "", problem),
                }
                self.misspelt_raw(problem);
            }
            Kind::StrayBrace => {
                if self.ends_arrow(span.start as usize) {
                    self.missing_brace(problem);
                }
                self.add(span, "", problem);
            }
            Kind::VoidClosingTag { .. } | Kind::UnexpectedInTag | Kind::TextAfterExpression => {
                self.add(span, "", problem)
            }
            Kind::UnquotedValue => {
                let value = format!("\"{}\"", span.text(self.text).replace(['"', '\''], " "));
                self.add(span, value, problem);
            }
            Kind::SeveralRoots => {
                let wrapped = format!("<>{}</>", span.text(self.text));
                self.add(span, wrapped, problem);
            }
            Kind::UnterminatedString => self.literals(problem, self.text[span.range()].chars().next()),
            Kind::UnterminatedTemplate => self.literals(problem, Some('`')),
            Kind::UnterminatedComment => {
                let close = if span.text(self.text).starts_with("<!") { "-->" } else { "*/" };
                let line = self.line_end(span.end as usize);
                let brace = self.text[span.end as usize..line].find('}').map(|at| span.end as usize + at);
                for at in brace.into_iter().chain([line]) {
                    self.insert(at, close, problem);
                }
            }
            Kind::MissingValue => self.insert(span.end as usize, "\"\"", problem),
            Kind::EmptyExpression => self.insert(span.end as usize - 1, "0", problem),
            _ => {}
        }
    }

    /// A `{` that is gone in code: what should close it ended the code, whose own `}` is left over.
    fn brace_in_code(&mut self, script: &[ScriptProblem]) {
        let stray = self.problems.iter().take(LOOKED_AT).find(|problem| problem.kind == Kind::StrayBrace);
        let Some(stray) = stray else { return };
        let before =
            |problem: &&ScriptProblem| problem.kind.is_syntax() && problem.span.start < stray.span.start;
        let Some(broken) = script.iter().rfind(before) else { return };
        self.found.extend(code::unopened_before(self.text, broken.span.start as usize).into_iter().map(
            |guess| Guess {
                place: guess.place,
                insert: guess.insert.to_owned(),
                told: Vec::new(),
                script: Some(guess.told),
            },
        ));
    }

    /// A closing tag after a style or script that nothing closes: that one's, misspelt.
    fn misspelt_raw(&mut self, problem: &SyntaxProblem) {
        let Kind::StrayClosingTag { name: stray, .. } = &problem.kind else { return };
        for unclosed in self.problems.iter().take_while(|other| other.span.start < problem.span.start) {
            if let Kind::UnclosedElement { name, .. } = &unclosed.kind
                && matches!(&**name, "script" | "style")
            {
                let kind =
                    Kind::StrayClosingTag { name: stray.clone(), open: Some((name.clone(), unclosed.span)) };
                self.found.push(Guess {
                    place: problem.span,
                    insert: format!("</{name}>"),
                    told: vec![unclosed.clone(), SyntaxProblem { span: problem.span, kind }],
                    script: None,
                });
            }
        }
    }

    /// Edits that explain more than the complaint.
    fn likely(&mut self, problem: &SyntaxProblem) {
        match &problem.kind {
            Kind::UnclosedElement { name, insert_at } => {
                self.unclosed_element(problem, name, *insert_at as usize)
            }
            Kind::StrayClosingTag { name, .. } => self.missing_opening(problem, name),
            Kind::StrayBrace | Kind::UnexpectedInTag => self.missing_brace(problem),
            Kind::UnclosedBrace { insert_at } => self.unclosed_brace(problem, *insert_at as usize),
            Kind::UnclosedTag { insert_at } => self.unclosed_tag(problem, *insert_at as usize),
            Kind::UnquotedValue => {
                let start = problem.span.start;
                if let Some(brace) = self.text[start as usize..].find('}') {
                    let told = unopened(start as usize + brace, start as usize);
                    self.insert(start as usize, "{", &told);
                }
            }
            _ => {}
        }
    }

    /// A `}` that ended the code around the element, a `<name>` that was meant to close it, or code that was read as its text.
    fn unclosed_element(&mut self, problem: &SyntaxProblem, name: &str, insert_at: usize) {
        let mut line = problem.span.end as usize;
        for _ in 0..4 {
            let end = self.line_end(line);
            if end >= self.text.len() || end > insert_at {
                break;
            }
            let next = self.skip_space(end);
            if matches!(self.bytes().get(next), Some(b':' | b')' | b']' | b',' | b'}')) {
                let at = line + self.text[line..end].trim_end().len();
                let kind = Kind::UnclosedElement { name: name.to_owned(), insert_at: at as u32 };
                self.insert(at, format!("</{name}>"), &SyntaxProblem { span: problem.span, kind });
            }
            line = next.max(end + 1).min(self.text.len());
        }
        let from = self.line_end(problem.span.end as usize).min(insert_at);
        for (begin, end) in [(problem.span.end as usize, from), (self.line_start(insert_at), insert_at)] {
            let Some(text) = self.text.get(begin..end) else { continue };
            let code: Vec<usize> =
                text.match_indices([':', ')', ',', ']']).map(|(at, _)| begin + at).take(PLACES).collect();
            for at in code {
                let at = begin + self.text[begin..at].trim_end().len();
                let kind = Kind::UnclosedElement { name: name.to_owned(), insert_at: at as u32 };
                let told = SyntaxProblem { span: problem.span, kind };
                self.insert(at, format!("</{name}>"), &told);
            }
        }
        // Closing brackets before it were taken for code as well.
        let brackets = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b')' | b']' | b';' | b',');
        let next = insert_at + self.bytes()[insert_at..].iter().take_while(|byte| brackets(byte)).count();
        if self.bytes().get(next) == Some(&b'}') {
            let span = Span::new(next as u32, next as u32 + 1);
            self.add(span, "", &SyntaxProblem { span, kind: Kind::StrayBrace });
        }
        let tag = format!("<{name}>");
        let start = if name.is_empty() { problem.span.start } else { problem.span.start - 1 } as usize;
        let end = self.text.len().min(insert_at.max(start) + 4096);
        let end = (end..=self.text.len()).find(|at| self.text.is_char_boundary(*at)).unwrap_or(start);
        let mut places: Vec<usize> = self.text[start..end]
            .match_indices(&tag)
            .map(|(at, _)| start + at)
            .filter(|at| self.may_close(*at, start) && !self.begins_another(name, at + tag.len()))
            .collect();
        places.truncate(PLACES);
        for at in places {
            let span = Span::new(at as u32, (at + tag.len()) as u32);
            let told = SyntaxProblem { span, kind: Kind::MissingSlash { name: name.to_owned() } };
            self.insert(at + 1, "/", &told);
        }
    }

    /// Whether an opening tag before `at` begins another element, as HTML has it, where its end closes the last one by itself:
    /// `<li>one<li>two`.
    fn begins_another(&self, name: &str, at: usize) -> bool {
        const IMPLIED: [&str; 11] =
            ["dd", "dt", "li", "option", "rp", "rt", "tbody", "td", "tfoot", "th", "tr"];
        let content = &self.text[self.skip_space(at)..];
        if name == "p" {
            return self.text[at..].starts_with(char::is_alphanumeric);
        }
        IMPLIED.contains(&name)
            && !content.is_empty()
            && !content.starts_with(['{', '}', ')', ']', ':', ';', ','])
            && !content.starts_with("</")
            && !content.strip_prefix('<').is_some_and(|tag| {
                let tag = tag.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
                tag.is_empty() || tag == "optgroup" || IMPLIED.contains(&tag)
            })
    }

    /// Whether the opening tag at `at` may have been meant to close the one at `open`: what follows it is not indented more, or it
    /// stands further left than that one's line.
    fn may_close(&self, at: usize, open: usize) -> bool {
        let Some(column) = self.column(at) else { return true };
        if at > open && self.column(self.skip_space(self.line_start(open))).is_some_and(|left| column < left)
        {
            return true;
        }
        let mut line = self.line_end(at);
        loop {
            let next = self.skip_space(line);
            match self.column(next) {
                Some(next) => return next <= column,
                None if next >= self.text.len() => return true,
                None => line = self.line_end(next),
            }
            if line >= self.text.len() {
                return true;
            }
        }
    }

    /// An opening tag that is gone.
    fn missing_opening(&mut self, problem: &SyntaxProblem, name: &str) {
        let at = problem.span.start as usize;
        let tag = format!("<{name}>");
        if matches!(name, "script" | "style") {
            let before = &self.text[..at];
            let element = ["</", "/>", "-->"].iter().filter_map(|end| before.rfind(end)).max().unwrap_or(0);
            let place = before[element..].find('>').map_or(element, |end| element + end + 1);
            self.insert(place, tag.clone(), problem);
            // On a line of its own, which is blank now, or above the first line that is not.
            let mut line = self.line_start(at);
            let mut tried = 0;
            while line > 0 && tried < PLACES {
                let end = line - 1;
                line = self.line_start(end);
                let last = self.text[line..end].trim_end();
                if last.is_empty() || last.ends_with(['>', '}']) && self.column(line) == Some(0) {
                    self.insert(end, tag.clone(), problem);
                    tried += usize::from(!last.ends_with('}'));
                }
            }
            return self.insert(0, tag, problem);
        }
        if name.is_empty() {
            let bare = |(at, _): &(usize, &str)| {
                matches!(self.bytes().get(at + 1), Some(b' ' | b'\n' | b'\r' | b'<'))
            };
            if let Some((bare, _)) = self.text[..at].rmatch_indices('<').find(bare) {
                self.insert(bare + 1, ">", &unclosed_tag(bare, bare + 1, bare + 1));
            }
        }
        if let Some(column) = self.column(at) {
            let mut line = self.line_start(at);
            for _ in 0..200 {
                if line == 0 {
                    break;
                }
                let end = line - 1;
                line = self.line_start(end);
                let content = self.skip_space(line);
                if content < end && self.column(content).is_some_and(|above| above <= column) {
                    self.insert(end, tag.clone(), problem);
                    break;
                }
            }
            // All of it may be new lines at the beginning.
            self.insert(0, tag, problem);
            return;
        }
        let line = self.line_start(at);
        let content = self.skip_space(line);
        let mut places: Vec<usize> = Vec::new();
        for mark in ["=> ", "&& ", "|| ", "?? ", "? ", ": ", "(", ">", "}", "{"] {
            places
                .extend(self.text[content..at].match_indices(mark).map(|(at, _)| content + at + mark.len()));
        }
        places.push(content);
        places.sort_unstable_by(|a, b| b.cmp(a));
        places.dedup();
        for place in places.into_iter().take(4 * PLACES) {
            self.insert(place, tag.clone(), problem);
        }
    }

    /// A tag that ends before the first thing that is no attribute, or is none at all.
    fn unclosed_tag(&mut self, problem: &SyntaxProblem, insert_at: usize) {
        let (start, name_end) = (problem.span.start as usize, problem.span.end as usize);
        if self.text[start..].starts_with("</") || self.text[start..].starts_with("<!") {
            return;
        }
        let name = &self.text[start + 1..name_end];
        // `<h1Title</h1>`
        let close = self.text[name_end..].find("</").map(|at| name_end + at + 2);
        let closed = close.map(|at| &self.text[at..self.word_end(at)]).filter(|closed| !closed.is_empty());
        if let Some(closed) = closed.filter(|closed| name.starts_with(*closed) && name != *closed) {
            let at = start + 1 + closed.len();
            self.insert(at, ">", &unclosed_tag(start, at, at));
        }
        let strays: Vec<&str> = self
            .problems
            .iter()
            .filter_map(|other| match &other.kind {
                Kind::StrayClosingTag { name, .. } => Some(name.as_str()),
                _ => None,
            })
            .filter(|closed| name.starts_with(*closed) && name != *closed)
            .collect();
        for closed in strays {
            let at = start + 1 + closed.len();
            self.insert(at, ">", &unclosed_tag(start, at, at));
        }
        let end = self.text[name_end..].find(['<', '>']).map_or(self.text.len(), |at| name_end + at);
        // `<p ...rest}>`: the `}` was taken for the end of the code around.
        for (at, _) in self.text[name_end..end].match_indices(" ...").take(PLACES) {
            let spread = name_end + at + 1;
            if let Some(brace) = self.text[spread..end].find('}') {
                self.insert(spread, "{", &unopened(spread + brace, spread));
            }
        }
        let mut places = vec![name_end];
        let bytes = self.bytes();
        for at in name_end..end {
            let hole = bytes[at] == b'{' && bytes[at - 1] != b'=' && bytes[at - 1] != b'$';
            let value = matches!(bytes[at], b'"' | b'\'' | b'}' | b'`') && bytes.get(at + 1) != Some(&b'=');
            if hole {
                places.push(at);
            }
            if value {
                places.push(at + 1);
            }
        }
        places.dedup();
        places.truncate(3 * PLACES);
        for at in places {
            self.insert(at, ">", &unclosed_tag(start, name_end, at));
        }
        self.add(Span::new(start as u32, start as u32 + 1), "", problem);
        let next = self.skip_space(insert_at);
        if self.bytes().get(next) == Some(&b'}') {
            let word = self.text[..insert_at].rfind([' ', '\n', '\t']).map_or(insert_at, |at| at + 1);
            self.insert(word, "{", &unopened(next, word));
            // `` title=`a b`} ``
            let values: Vec<usize> = self.text[name_end..insert_at]
                .rmatch_indices("=`")
                .map(|(at, _)| name_end + at + 1)
                .take(PLACES)
                .collect();
            for at in values {
                self.insert(at, "{", &unopened(next, at));
            }
        }
    }

    pub(super) fn word_end(&self, at: usize) -> usize {
        let word = |byte: &u8| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b':') || *byte >= 0x80
        };
        at + self.bytes()[at..].iter().take_while(|byte| word(byte)).count()
    }

    pub(super) fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |at| at + 1)
    }

    pub(super) fn line_end(&self, at: usize) -> usize {
        self.text[at..].find(['\n', '\r']).map_or(self.text.len(), |length| at + length)
    }

    pub(super) fn skip_space(&self, at: usize) -> usize {
        self.bytes()[at..]
            .iter()
            .position(|byte| !byte.is_ascii_whitespace())
            .map_or(self.text.len(), |n| at + n)
    }

    /// How far the line is indented, if `at` is where its text begins.
    pub(super) fn column(&self, at: usize) -> Option<usize> {
        let start = self.line_start(at.min(self.text.len()));
        self.text[start..at].trim().is_empty().then_some(at - start)
    }
}

fn unclosed_tag(start: usize, name_end: usize, insert_at: usize) -> SyntaxProblem {
    let span = Span::new(start as u32, name_end as u32);
    SyntaxProblem { span, kind: Kind::UnclosedTag { insert_at: insert_at as u32 } }
}
