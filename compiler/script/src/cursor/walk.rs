//! One pass over the tokens before the offset that keeps what is open, what was declared and which statement it is.

use super::frame::{Closed, Frame, Opened, Parameters, Range, local};
use super::place::{in_comment, in_token};
use super::{Cursor, Local, LocalKind, Place, pattern};
use crate::scan::{Kind, Scanner, Token, before_expression};
use velox_diagnostics::Span;

/// Words behind which `(` opens no call.
const NO_CALLEE: &[&[u8]] = &[
    b"if",
    b"for",
    b"while",
    b"switch",
    b"catch",
    b"with",
    b"function",
    b"return",
    b"typeof",
    b"await",
    b"case",
    b"in",
    b"of",
    b"instanceof",
    b"new",
    b"void",
    b"delete",
    b"throw",
    b"yield",
    b"else",
    b"do",
    b"async",
];
/// Words that a statement that goes on over a line break has at the start of the next line.
const GOES_ON: &[&[u8]] = &[b"in", b"instanceof", b"of", b"as", b"satisfies", b"extends", b"from"];
/// Words that a statement does not end with.
const UNFINISHED: &[&[u8]] = &[
    b"const",
    b"let",
    b"var",
    b"export",
    b"import",
    b"async",
    b"function",
    b"class",
    b"type",
    b"interface",
    b"as",
    b"satisfies",
    b"from",
];

/// The pass.
pub(super) struct Walk<'a> {
    pub(super) text: &'a str,
    pub(super) bytes: &'a [u8],
    pub(super) offset: usize,
    pub(super) scanner: Scanner<'a>,
    pub(super) frames: Vec<Frame>,
    pub(super) previous: Option<Token>,
    /// Whether the bracket that was closed last was a block.
    pub(super) closed_block: bool,
    /// The chain of names that ends at the previous token, and whether it is one.
    pub(super) chain: Vec<Range>,
    pub(super) in_chain: bool,
    pub(super) new_chain: bool,
    /// Parameters of an arrow function whose body comes next.
    pub(super) arrow: Option<Vec<Range>>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(text: &'a str, offset: u32) -> Self {
        let bytes = text.as_bytes();
        let offset = (offset as usize).min(bytes.len());
        Self {
            text,
            bytes,
            offset,
            scanner: Scanner::new(bytes, 0, bytes.len()),
            frames: vec![Frame::new(0, Opened::Top)],
            previous: None,
            closed_block: false,
            chain: Vec::new(),
            in_chain: false,
            new_chain: false,
            arrow: None,
        }
    }

    pub(super) fn run(mut self) -> Cursor {
        loop {
            let literal = self.scanner.open.iter().rev().find(|open| open.byte == b'`').map(|open| open.at);
            let token = self.scanner.next();
            let from = self.previous.map_or(0, |previous| previous.end);
            let at_end = token.kind == Kind::End;
            if at_end || self.offset <= token.start {
                let comment = in_comment(self.bytes, from, token.start, self.offset);
                let begins = token.start == self.offset && token.kind == Kind::Word;
                let at = self.offset;
                let end = if begins { token.end } else { at };
                let newline = line_break(self.bytes, from, self.offset);
                return self.finish(comment.unwrap_or(Place::Code), (at, end), newline, end);
            }
            if self.offset <= token.end {
                if let Some(place) = in_token(self.bytes, token, self.offset, literal) {
                    let at = self.offset;
                    return self.finish(place, (at, at), token.newline, token.end);
                }
                if token.kind == Kind::Word {
                    return self.finish(Place::Code, (token.start, token.end), token.newline, token.end);
                }
            }
            self.step(token);
        }
    }

    pub(super) fn is(&self, token: Option<Token>, text: &[u8]) -> bool {
        token.is_some_and(|token| &self.bytes[token.start..token.end] == text)
    }

    fn frame(&mut self) -> &mut Frame {
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    fn top(&self) -> &Frame {
        &self.frames[self.frames.len() - 1]
    }

    /// Whether a statement begins with a token that is a word or a value.
    pub(super) fn begins_statement(&self, newline: bool, word: &[u8]) -> bool {
        let frame = self.top();
        if !frame.holds_statements() {
            return false;
        }
        let Some(previous) = self.previous else { return true };
        let text = &self.bytes[previous.start..previous.end];
        if previous.start == frame.open && frame.kind == Opened::Block || text == b";" {
            return true;
        }
        match previous.kind {
            Kind::Punctuator => match text {
                b"}" if self.closed_block => true,
                b")" | b"]" | b"}" | b"++" | b"--" | b"!" => newline && !GOES_ON.contains(&word),
                _ => false,
            },
            Kind::Word if matches!(text, b"else" | b"do") => true,
            Kind::Word => {
                newline
                    && !GOES_ON.contains(&word)
                    && !UNFINISHED.contains(&text)
                    && (!before_expression(text) || text == b"return")
            }
            _ => newline && !GOES_ON.contains(&word),
        }
    }

    pub(super) fn begin_statement(&mut self) {
        let frame = self.frame();
        frame.head.clear();
        frame.in_head = true;
        frame.declaring = None;
        frame.locals.retain(|(_, until_comma)| !until_comma);
    }

    /// A line that begins with a word that only statements begin with ends the brackets that were left open before it.
    fn resynchronise(&mut self, word: &[u8]) {
        let dotted = self.is(self.previous, b".") || self.is(self.previous, b"?.");
        if dotted || self.frames.iter().any(|frame| self.bytes.get(frame.open) == Some(&b'`')) {
            return;
        }
        let keep = match word {
            b"export" => 1,
            b"const" | b"let" => {
                self.frames.iter().rposition(Frame::holds_statements).map_or(1, |innermost| innermost + 1)
            }
            _ => return,
        };
        if keep < self.frames.len() {
            self.frames.truncate(keep);
            self.scanner.open.truncate(keep - 1);
            self.begin_statement();
            self.previous = None;
            self.arrow = None;
        }
    }

    fn step(&mut self, token: Token) {
        let bytes = self.bytes;
        let text = &bytes[token.start..token.end];
        if token.kind == Kind::Word && token.newline {
            self.resynchronise(text);
        }
        let is_value = !matches!(token.kind, Kind::Punctuator) || matches!(text, b"{" | b"(" | b"[" | b"@");
        if is_value && self.begins_statement(token.newline, text) {
            // `(`, `[` and a template go on with the line before.
            let goes_on = matches!(text, b"(" | b"[") || token.kind == Kind::Template;
            if !goes_on || !token.newline || self.is(self.previous, b";") {
                self.begin_statement();
            }
        }
        if let Some(names) = self.arrow.take() {
            if text == b"{" {
                self.arrow = Some(names);
            } else {
                self.add_parameters(&names, true);
            }
        }
        match token.kind {
            Kind::Word => self.word(token, text),
            Kind::String => {
                let frame = self.frame();
                if frame.has_keys() && frame.expects_key && token.closed {
                    frame.candidate = Some((token.start + 1, token.end - 1));
                }
                frame.in_head = false;
                self.in_chain = false;
            }
            Kind::Punctuator => self.punctuator(token, text),
            _ => self.in_chain = false,
        }
        self.synchronise(token);
        if token.kind == Kind::Punctuator && matches!(text, b")" | b"]" | b"}" | b"{" | b"(" | b"[") {
            self.in_chain = false;
            self.chain.clear();
        }
        self.previous = Some(token);
    }

    fn word(&mut self, token: Token, text: &'a [u8]) {
        let range = (token.start, token.end);
        let dotted = self.is(self.previous, b".") || self.is(self.previous, b"?.");
        if dotted && self.in_chain {
            self.chain.push(range);
        } else {
            self.chain.clear();
            self.in_chain = !dotted;
            self.new_chain = self.is(self.previous, b"new");
            if !dotted {
                self.chain.push(range);
            }
        }
        let (after_function, after_class) = (
            self.is(self.previous, b"function"),
            self.is(self.previous, b"class") || self.is(self.previous, b"enum"),
        );
        let name = std::str::from_utf8(text).unwrap_or_default();
        let frame = self.frame();
        if frame.in_head && frame.holds_statements() {
            frame.head.push(range);
        }
        if frame.has_keys() {
            if frame.expects_key {
                frame.candidate = Some(range);
            }
            return;
        }
        let declare = |kind| (local(name, range, kind), false);
        if !dotted && matches!(text, b"const" | b"let" | b"var" | b"using") {
            frame.declaring = Some(true);
        } else if frame.declaring == Some(true) {
            frame.locals.push(declare(LocalKind::Variable));
            frame.declaring = Some(false);
        } else if after_function && frame.holds_statements() {
            frame.locals.push(declare(LocalKind::Function));
        } else if after_class && frame.holds_statements() {
            frame.locals.push(declare(LocalKind::Class));
        }
    }

    fn punctuator(&mut self, token: Token, text: &'a [u8]) {
        match text {
            b"." | b"?." => {
                let after_word = self.previous.is_some_and(|previous| previous.kind == Kind::Word)
                    || self.is(self.previous, b"!");
                self.in_chain &= after_word;
                return;
            }
            b"!" if self.previous.is_some_and(|previous| previous.kind == Kind::Word) => return,
            b"," => {
                let frame = self.frame();
                frame.index += 1;
                frame.locals.retain(|(_, until_comma)| !until_comma);
                if frame.has_keys() {
                    frame.keys.extend(frame.candidate.take());
                    frame.key = None;
                    frame.expects_key = true;
                }
                frame.declaring = frame.declaring.map(|_| true);
            }
            b":" => {
                let frame = self.frame();
                if let Some(candidate) = frame.candidate.take() {
                    frame.keys.push(candidate);
                    frame.key = Some(candidate);
                    frame.expects_key = false;
                }
            }
            b";" => {
                let frame = self.frame();
                if frame.holds_statements() {
                    self.begin_statement();
                } else if frame.has_keys() {
                    frame.key = None;
                    frame.expects_key = true;
                }
            }
            b"=>" => self.arrow = Some(self.arrow_parameters(token.start)),
            _ => {}
        }
        self.in_chain = false;
        let frame = self.frame();
        if text != b"*" {
            frame.in_head = false;
        }
    }

    /// The names that an arrow function whose `=>` stands at a place has as parameters.
    fn arrow_parameters(&self, arrow: usize) -> Vec<Range> {
        let Some(previous) = self.previous else { return Vec::new() };
        if let Some(Closed { inside: (from, to), .. }) = &self.top().group {
            let between = self.text.get(to + 1..arrow).unwrap_or_default().trim_start();
            if previous.start == *to || between.starts_with(':') {
                return pattern::names(self.bytes, *from, *to);
            }
        }
        if previous.kind == Kind::Word { vec![(previous.start, previous.end)] } else { Vec::new() }
    }

    pub(super) fn add_parameters(&mut self, names: &[Range], until_comma: bool) {
        let text = self.text;
        let parameters = names.iter().filter_map(|range| {
            Some((local(text.get(range.0..range.1)?, *range, LocalKind::Parameter), until_comma))
        });
        self.frame().locals.extend(parameters);
    }

    /// Makes the frames those of the brackets that the scanner holds open.
    fn synchronise(&mut self, token: Token) {
        let open = |walk: &Self, at: usize| walk.scanner.open.get(at).map(|open| open.at);
        while self.frames.len() > 1 && open(self, self.frames.len() - 2) != Some(self.top().open) {
            self.close(token);
        }
        while self.frames.len() <= self.scanner.open.len() {
            let bracket = self.scanner.open[self.frames.len() - 1];
            self.open(bracket.byte, bracket.at);
        }
    }

    fn close(&mut self, token: Token) {
        let Some(frame) = self.frames.pop() else { return };
        self.closed_block = frame.kind == Opened::Block;
        let (from, to) = (frame.open + 1, token.start.max(frame.open + 1));
        let bytes = self.bytes;
        let parent = self.frame();
        match frame.kind {
            Opened::Call | Opened::Group if bytes[frame.open] == b'(' => {
                parent.group =
                    Some(Closed { inside: (from, to), word: frame.word_before, locals: frame.locals });
            }
            Opened::Pattern => {
                for range in pattern::names(bytes, frame.open, to + 1) {
                    let name = String::from_utf8_lossy(&bytes[range.0..range.1]).into_owned();
                    let found = Local {
                        name,
                        span: Span::from(range.0..range.1),
                        kind: LocalKind::Variable,
                        inner: false,
                    };
                    parent.locals.push((found, false));
                }
                parent.declaring = parent.declaring.map(|_| false);
            }
            _ => {}
        }
    }

    fn open(&mut self, byte: u8, at: usize) {
        let word_before =
            self.previous.filter(|token| token.kind == Kind::Word).map_or((0, 0), |t| (t.start, t.end));
        let mut frame = Frame::new(at, self.kind_of(byte));
        frame.word_before = word_before;
        if frame.kind == Opened::Call {
            if self.in_chain_before() {
                frame.callee.clone_from(&self.chain);
            }
            frame.is_new = self.new_chain;
        }
        let is_block = frame.kind == Opened::Block;
        let parameters = if is_block { self.parameters_of_block() } else { Parameters::None };
        self.frames.push(frame);
        match parameters {
            Parameters::None => {}
            Parameters::Names(names) => self.add_parameters(&names, false),
            Parameters::Locals(locals) => self.frame().locals.extend(locals),
        }
    }

    /// Whether the chain of names ends at the previous token.
    fn in_chain_before(&self) -> bool {
        self.previous.is_some_and(|previous| self.chain.last() == Some(&(previous.start, previous.end)))
    }

    fn kind_of(&self, byte: u8) -> Opened {
        let frame = self.top();
        let text = self.previous.map_or(&b""[..], |token| &self.bytes[token.start..token.end]);
        let is_word = self.previous.is_some_and(|token| token.kind == Kind::Word);
        let is_end = is_word && !before_expression(text) || matches!(text, b")" | b"]");
        match byte {
            b'`' => Opened::Group,
            b'$' => Opened::Hole,
            b'(' => {
                let names_function = self.chain.len() == 1 && self.function_before()
                    || frame.has_keys() && frame.expects_key && frame.candidate.is_some();
                if is_end && !NO_CALLEE.contains(&text) && !names_function || text == b"?." || text == b">" {
                    Opened::Call
                } else {
                    Opened::Group
                }
            }
            b'[' if frame.declaring == Some(true) => Opened::Pattern,
            b'[' if is_end => Opened::Index,
            b'[' => Opened::Array,
            _ if frame.declaring == Some(true) => Opened::Pattern,
            _ if text == b"=>" => Opened::Block,
            _ if frame.kind == Opened::Top && matches!(text, b"import" | b"export" | b"type" | b",") && {
                let first = frame.head.first().map(|range| &self.bytes[range.0..range.1]);
                matches!(first, Some(b"import" | b"export"))
                    && !frame.head.iter().any(|r| &self.bytes[r.0..r.1] == b"const")
            } =>
            {
                let first = frame.head.first().map(|range| &self.bytes[range.0..range.1]);
                Opened::Clause { import: first == Some(b"import") }
            }
            _ if is_word => {
                let value = before_expression(text) && !matches!(text, b"else" | b"do" | b"extends");
                if value { Opened::Object } else { Opened::Block }
            }
            _ => match text {
                b"" | b";" | b")" => Opened::Block,
                b"}" if self.closed_block => Opened::Block,
                b"{" if frame.kind == Opened::Block => Opened::Block,
                b">" => Opened::Block,
                _ => Opened::Object,
            },
        }
    }

    /// Whether `function` stands before the chain of names.
    fn function_before(&self) -> bool {
        let Some((start, _)) = self.chain.first() else { return false };
        let before = self.text.get(..*start).unwrap_or_default().trim_end();
        before.strip_suffix('*').unwrap_or(before).trim_end().ends_with("function")
    }

    /// The names that the head of a block declares for it.
    fn parameters_of_block(&mut self) -> Parameters {
        if let Some(names) = self.arrow.take() {
            return Parameters::Names(names);
        }
        let Some(previous) = self.previous else { return Parameters::None };
        let bytes = self.bytes;
        let frame = self.frame();
        let Some(Closed { inside: (from, to), word, locals }) = frame.group.take() else {
            return Parameters::None;
        };
        let direct = previous.start == to;
        let between = &bytes[(to + 1).min(previous.end)..previous.end];
        let typed = between.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b':');
        if !direct && !typed {
            return Parameters::None;
        }
        match &bytes[word.0..word.1] {
            b"if" | b"while" | b"switch" | b"with" | b"return" => Parameters::None,
            b"for" | b"await" => Parameters::Locals(locals),
            _ => Parameters::Names(pattern::names(bytes, from, to)),
        }
    }
}

/// Whether a line break stands between two places.
fn line_break(bytes: &[u8], from: usize, to: usize) -> bool {
    bytes.get(from..to).is_some_and(|between| between.iter().any(|byte| matches!(byte, b'\n' | b'\r')))
}
