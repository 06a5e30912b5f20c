//! A small scanner for TypeScript: words, numbers, strings, templates, regular expressions, brackets, punctuators.
//!
//! It serves recovery, error messages and the search for single tokens (`?`, `readonly`, `)`) whose place swc's tree
//! does not keep. It refuses to understand grammar: whether `/` opens a regular expression is decided by the token
//! before it.

/// How far down an open bracket is looked for that fits a closing one: many that fit none cost no more than few.
const REACH: usize = 256;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A name or keyword.
    Word,
    /// A number.
    Number,
    /// A string in single or double quotes.
    String,
    /// A stretch of a template literal: from a backtick or `}` to `${` or a backtick, both included.
    Template,
    /// A regular expression.
    Regex,
    /// A bracket or operator.
    Punctuator,
    /// Nothing is left.
    End,
}

/// A token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// What it is.
    pub(crate) kind: Kind,
    /// First byte.
    pub(crate) start: usize,
    /// One past the last byte.
    pub(crate) end: usize,
    /// Whether a line break stands before it.
    pub(crate) newline: bool,
    /// False for a string, template, regular expression or comment that is never closed.
    pub(crate) closed: bool,
}

/// A bracket that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Open {
    /// `(`, `[`, `{`, a backtick, or `$` for the brace of `${`.
    pub(crate) byte: u8,
    /// Its place.
    pub(crate) at: usize,
}

/// The scanner: a position in a text, and the brackets that are open there.
#[derive(Clone, Debug)]
pub(crate) struct Scanner<'a> {
    bytes: &'a [u8],
    end: usize,
    position: usize,
    /// Brackets that are open.
    pub(crate) open: Vec<Open>,
    /// A closing bracket that closes nothing, the first one.
    pub(crate) stray: Option<usize>,
    /// A bracket that was still open when one around it was closed, the first one.
    pub(crate) skipped: Option<Open>,
    value_before: bool,
}

/// Whether the byte can stand in a name. All of non-ASCII counts: exactness would need tables and serves nothing here.
pub(crate) const fn is_word(byte: u8) -> bool {
    WORD[byte as usize]
}

/// [`is_word`] of each byte: it is asked of every one.
static WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        let one = byte as u8;
        table[byte] = one.is_ascii_alphanumeric() || one == b'_' || one == b'$' || one >= 0x80;
        byte += 1;
    }
    table
};

/// Whether an expression begins after this word. Asked of every word of a text that is being typed: the compiler makes a tree of it.
pub(crate) fn before_expression(word: &[u8]) -> bool {
    matches!(
        word,
        b"return"
            | b"typeof"
            | b"case"
            | b"do"
            | b"else"
            | b"in"
            | b"of"
            | b"instanceof"
            | b"new"
            | b"void"
            | b"delete"
            | b"throw"
            | b"await"
            | b"yield"
            | b"default"
            | b"extends"
    )
}

/// The first byte at or after `from` that is neither white space nor in a comment, and whether a line break was passed.
pub(crate) fn skip_trivia(bytes: &[u8], from: usize, end: usize) -> (usize, bool) {
    let mut at = from;
    let mut newline = false;
    while at < end {
        match bytes[at] {
            b'\n' | b'\r' => newline = true,
            b' ' | b'\t' | 0x0b | 0x0c => {}
            b'/' if at + 1 < end && bytes[at + 1] == b'/' => {
                while at < end && !matches!(bytes[at], b'\n' | b'\r') {
                    at += 1;
                }
                continue;
            }
            b'/' if at + 1 < end && bytes[at + 1] == b'*' => {
                at += 2;
                while at < end && !(bytes[at] == b'*' && at + 1 < end && bytes[at + 1] == b'/') {
                    newline |= matches!(bytes[at], b'\n' | b'\r');
                    at += 1;
                }
                at = (at + 2).min(end);
                continue;
            }
            0xc2 if at + 1 < end && bytes[at + 1] == 0xa0 => at += 1,
            0xe2 if at + 2 < end && bytes[at + 1] == 0x80 && matches!(bytes[at + 2], 0xa8 | 0xa9) => {
                newline = true;
                at += 2;
            }
            0xef if at + 2 < end && bytes[at + 1] == 0xbb && bytes[at + 2] == 0xbf => at += 2,
            _ => break,
        }
        at += 1;
    }
    (at, newline)
}

const PUNCTUATORS: &[&[u8]] = &[
    b">>>=", b"...", b"===", b"!==", b"**=", b"<<=", b">>=", b">>>", b"&&=", b"||=", b"??=", b"=>", b"==",
    b"!=", b"<=", b">=", b"&&", b"||", b"??", b"?.", b"++", b"--", b"+=", b"-=", b"*=", b"/=", b"%=", b"&=",
    b"|=", b"^=", b"<<", b">>", b"**",
];

impl<'a> Scanner<'a> {
    /// A scanner over `bytes[start..end]`.
    pub(crate) fn new(bytes: &'a [u8], start: usize, end: usize) -> Self {
        let end = end.min(bytes.len());
        Self {
            bytes,
            end,
            position: start.min(end),
            open: Vec::new(),
            stray: None,
            skipped: None,
            value_before: false,
        }
    }

    /// Forgets all open brackets: what follows is taken to be at top level again.
    pub(crate) fn resynchronise(&mut self) {
        self.open.clear();
    }

    /// Goes on at another place, with no bracket open.
    pub(crate) fn continue_at(&mut self, position: usize) {
        self.open.clear();
        self.position = position.min(self.end);
        self.value_before = false;
    }

    /// The next token.
    pub(crate) fn next(&mut self) -> Token {
        let (start, newline) = skip_trivia(self.bytes, self.position, self.end);
        if start >= self.end {
            self.position = self.end;
            return Token { kind: Kind::End, start: self.end, end: self.end, newline, closed: true };
        }
        let (kind, end, closed) = self.token_at(start);
        // A multi-byte character must never be cut.
        let end = end.max(start + 1).min(self.end);
        self.position = end;
        self.value_before = match kind {
            Kind::Word => !before_expression(&self.bytes[start..end]),
            Kind::Punctuator => {
                matches!(self.bytes[end - 1], b')' | b']' | b'}')
                    || matches!(&self.bytes[start..end], b"++" | b"--")
                    || (&self.bytes[start..end] == b"!" && self.value_before)
            }
            Kind::Template => self.bytes[end - 1] == b'`',
            _ => true,
        };
        Token { kind, start, end, newline, closed }
    }

    fn token_at(&mut self, start: usize) -> (Kind, usize, bool) {
        let bytes = self.bytes;
        let byte = bytes[start];
        match byte {
            b'0'..=b'9' => (Kind::Number, self.number(start), true),
            b'.' if start + 1 < self.end && bytes[start + 1].is_ascii_digit() => {
                (Kind::Number, self.number(start), true)
            }
            b'"' | b'\'' => {
                let (end, closed) = self.string(start, byte);
                (Kind::String, end, closed)
            }
            b'`' => {
                self.open.push(Open { byte, at: start });
                let (end, closed) = self.template(start + 1);
                (Kind::Template, end, closed)
            }
            b'}' if self.open.last().is_some_and(|open| open.byte == b'$') => {
                self.open.pop();
                let (end, closed) = self.template(start + 1);
                (Kind::Template, end, closed)
            }
            b'(' | b'[' | b'{' => {
                self.open.push(Open { byte, at: start });
                (Kind::Punctuator, start + 1, true)
            }
            b')' | b']' | b'}' => {
                self.close(byte, start);
                (Kind::Punctuator, start + 1, true)
            }
            b'/' if !self.value_before => match self.regex(start) {
                Some(end) => (Kind::Regex, end, true),
                None => (Kind::Punctuator, start + 1, true),
            },
            b'#' | b'@' => (Kind::Punctuator, start + 1, true),
            _ if is_word(byte) || byte == b'\\' => {
                let mut end = start + 1;
                while end < self.end && (is_word(bytes[end]) || bytes[end] == b'\\') {
                    end += 1;
                }
                (Kind::Word, end, true)
            }
            _ => {
                let rest = &bytes[start..self.end];
                // The first byte rules out most of them.
                let fits = |one: &&&[u8]| one[0] == byte && rest.starts_with(one);
                let length = PUNCTUATORS.iter().find(fits).map_or(1, |one| one.len());
                (Kind::Punctuator, start + length, true)
            }
        }
    }

    fn close(&mut self, byte: u8, at: usize) {
        let wanted = match byte {
            b')' => b'(',
            b']' => b'[',
            _ => b'{',
        };
        match self.open.last() {
            Some(open) if open.byte == wanted => {
                self.open.pop();
            }
            _ => {
                // A closer that fits a bracket further out closes that one; what is open inside it was forgotten.
                let near = self.open.len().saturating_sub(REACH);
                let found =
                    self.open[near..].iter().rposition(|open| open.byte == wanted || open.byte == b'$');
                match found.map(|index| near + index) {
                    Some(index) if self.open[index].byte == wanted => {
                        self.skipped = self.skipped.or(self.open.get(index + 1).copied());
                        self.open.truncate(index);
                    }
                    _ => self.stray = self.stray.or(Some(at)),
                }
            }
        }
    }

    fn number(&self, start: usize) -> usize {
        let mut end = start + 1;
        while end < self.end && (is_word(self.bytes[end]) || self.bytes[end] == b'.') {
            let exponent =
                matches!(self.bytes[end], b'e' | b'E') && self.bytes[start..end].iter().all(|b| *b != b'x');
            end += 1;
            if exponent && end < self.end && matches!(self.bytes[end], b'+' | b'-') {
                end += 1;
            }
        }
        end
    }

    fn string(&self, start: usize, quote: u8) -> (usize, bool) {
        let mut at = start + 1;
        while at < self.end {
            match self.bytes[at] {
                b'\\' => at += 1,
                b'\n' => return (at, false),
                byte if byte == quote => return (at + 1, true),
                _ => {}
            }
            at += 1;
        }
        (self.end, false)
    }

    fn template(&mut self, from: usize) -> (usize, bool) {
        let mut at = from;
        while at < self.end {
            match self.bytes[at] {
                b'\\' => at += 1,
                b'`' => {
                    self.open.pop();
                    return (at + 1, true);
                }
                b'$' if at + 1 < self.end && self.bytes[at + 1] == b'{' => {
                    self.open.push(Open { byte: b'$', at: at + 1 });
                    return (at + 2, true);
                }
                _ => {}
            }
            at += 1;
        }
        (self.end, false)
    }

    fn regex(&self, start: usize) -> Option<usize> {
        let mut at = start + 1;
        let mut class = false;
        while at < self.end {
            match self.bytes[at] {
                b'\\' => at += 1,
                b'\n' => return None,
                b'[' => class = true,
                b']' => class = false,
                b'/' if !class => {
                    at += 1;
                    while at < self.end && self.bytes[at].is_ascii_alphabetic() {
                        at += 1;
                    }
                    return Some(at);
                }
                _ => {}
            }
            at += 1;
        }
        None
    }
}
