//! Code mode: TypeScript up to the brace that ends it, with the elements that begin in it.
//!
//! Refuses to make a token of each word: a run of plain code is one token, and only its brackets are counted.

use super::frames::{Before, Bracket, CodeFrame, ContentFrame, Frame, Home, Nest};
use super::modes::CodeToken;
use super::recovery::Guess;
use super::token::Kind;
use super::{Lexer, scan};
use crate::SyntaxProblemKind;
use logos::Logos;
use std::ops::ControlFlow;
use velox_diagnostics::Span;

/// How far down an open bracket is looked for that fits a closing one.
const BRACKET_REACH: usize = 64;

impl Lexer<'_> {
    pub(super) fn code(&mut self) {
        let Some(frame) = self.code_frame() else { return };
        let (home, base, mut before) = (frame.state.home, frame.state.base, frame.state.before);
        let mut lexer = CodeToken::lexer(self.bytes);
        lexer.bump(self.pos);
        while let Some(token) = lexer.next() {
            let (start, end) = (lexer.span().start, lexer.span().end);
            match token.unwrap_or(CodeToken::Keep) {
                CodeToken::Space | CodeToken::LineComment => continue,
                CodeToken::Word => {
                    // Two words side by side, and the other looks like an attribute: the brace before it is missing.
                    if home == Home::Attribute
                        && before == Before::Value
                        && self.brackets.len() == base
                        && scan::begins_attribute(self.bytes, start)
                    {
                        return self.unclosed_code();
                    }
                    before = before.after_word(&self.bytes[start..end]);
                }
                CodeToken::Number => before = Before::Value,
                CodeToken::Operator => before = Before::Operator,
                CodeToken::Dot => before = Before::Dot,
                CodeToken::Keep => {}
                CodeToken::OpenBrace | CodeToken::OpenBracket => {
                    let control = before == Before::Control;
                    self.brackets.push(Bracket { byte: self.bytes[start], control, at: start as u32 });
                    before = Before::Operator;
                }
                CodeToken::CloseBracket => {
                    // One that nothing opened: if something looked like a mistake before, it was one.
                    if self.brackets.len() == base && self.rewind(1) {
                        return;
                    }
                    before = self.close_bracket(start, base);
                }
                CodeToken::CloseBrace => {
                    if !self.close_brace(base) && home != Home::Root {
                        self.pos = end;
                        return self.end_code(start);
                    }
                    before = Before::Value;
                }
                CodeToken::Greater => {
                    if home == Home::Attribute && self.brackets.len() == base {
                        self.set_before(before);
                        self.suspect(start, Guess::EndCode);
                    }
                    before = Before::Operator;
                }
                CodeToken::Slash => {
                    let value = !before.expects_expression()
                        && home == Home::Attribute
                        && self.brackets.len() == base;
                    if value && self.bytes.get(end) == Some(&b'>') {
                        // The `/>` of the tag: nothing can be divided by a greater-than.
                        return self.unclosed_code();
                    }
                    let regex = before.expects_expression().then(|| self.regex_end(start)).flatten();
                    // `.../>` is rather the end of the tag.
                    let regex =
                        regex.filter(|end| home != Home::Attribute || self.bytes.get(*end) != Some(&b'>'));
                    before = if regex.is_some() { Before::Value } else { Before::Operator };
                    lexer.bump(regex.map_or(0, |regex_end| regex_end - end));
                }
                // Everything below may leave this mode, or has to go on elsewhere.
                other => {
                    self.set_before(before);
                    self.pos = end;
                    if self.special(other, start, home).is_break() {
                        return;
                    }
                    before = self.code_frame().map_or(before, |frame| frame.state.before);
                    lexer.bump(self.pos - end);
                    continue;
                }
            }
            self.significant = lexer.span().end;
            self.code_end = lexer.span().end;
        }
        self.set_before(before);
        self.pos = self.bytes.len();
        self.code_ends_with_text(home);
    }

    /// A token that more has to be known about. Breaks where another mode takes over, or this one begins anew.
    fn special(&mut self, token: CodeToken, start: usize, home: Home) -> ControlFlow<()> {
        match token {
            CodeToken::Quote => return self.string(start, home),
            CodeToken::Backtick => self.backtick(start, home),
            CodeToken::BlockComment => {
                self.code_comment(start);
                return ControlFlow::Continue(());
            }
            CodeToken::Comment => {
                self.flush_code(start);
                self.html_comment(start);
                let pos = self.pos;
                self.code_goes_on(pos);
                self.set_before(Before::Element);
                return ControlFlow::Continue(());
            }
            CodeToken::CloseTag => return self.close_tag_in_code(start, home),
            _ => return self.less_than(start, home),
        }
        ControlFlow::Break(())
    }

    fn string(&mut self, start: usize, home: Home) -> ControlFlow<()> {
        let string = scan::string_end(self.bytes, start);
        if string.closed {
            if string.suspicious && home != Home::Root {
                if scan::continues_word(self.bytes, string.end) {
                    self.broken_string(start);
                    return ControlFlow::Break(());
                }
                self.suspect(start, Guess::String);
            }
            self.finish_literal(string.end);
            return ControlFlow::Continue(());
        }
        // A string earlier on the line that holds a `}` is more likely to be the one without a quote.
        let earlier = self.code_frame().and_then(|frame| frame.suspect.as_ref());
        let earlier = earlier.filter(|suspect| suspect.guess == Guess::String).map(|suspect| suspect.at());
        let earlier = earlier.is_some_and(|at| self.line_end(at) == string.end);
        if !(earlier && self.rewind(1)) {
            self.broken_string(start);
        }
        ControlFlow::Break(())
    }

    /// Reads the string that begins at `start` as one without its closing quote.
    pub(super) fn broken_string(&mut self, start: usize) {
        let line_end = self.line_end(start);
        let Some(frame) = self.code_frame() else { return };
        let (silent, home) = (frame.state.silent, frame.state.home);
        if !silent {
            self.report(start, line_end, SyntaxProblemKind::UnterminatedString);
        }
        let in_tag = home == Home::Attribute;
        self.finish_literal(if silent { line_end } else { scan::strict_end(self.bytes, start + 1, in_tag) });
    }

    fn finish_literal(&mut self, end: usize) {
        self.pos = end;
        self.significant = end;
        self.code_end = end;
        self.set_before(Before::Value);
    }

    fn backtick(&mut self, start: usize, home: Home) {
        let value = self.code_frame().is_some_and(|frame| !frame.state.before.expects_expression());
        if home == Home::Substitution
            && value
            && matches!(self.bytes.get(start + 1), Some(b'}' | b')' | b'>' | b';' | b','))
        {
            // Most likely the end of the literal around, whose substitution lacks its brace.
            self.suspect(start, Guess::EndCode);
        }
        self.begin_template(start, false, false);
    }

    /// `/* ... */`; goes on behind it.
    fn code_comment(&mut self, start: usize) {
        let bytes = self.bytes;
        let Some(frame) = self.code_frame() else { return };
        let (silent, home) = (frame.state.silent, frame.state.home);
        let first = home == Home::Child && self.significant <= frame.state.start;
        let end = self.block_comment_end(start + 2);
        let end = end.filter(|end| !(first && swallows_a_comment(&bytes[start + 2..*end])));
        self.pos = end.unwrap_or_else(|| {
            if !silent {
                self.report(start, start + 2, SyntaxProblemKind::UnterminatedComment);
            }
            scan::strict_end(bytes, start + 2, home == Home::Attribute)
        });
        self.code_end = self.pos;
    }

    /// The end of the block comment whose text begins at `from`. What was found once is not looked for again, so that many
    /// openings before one closing cost no more than one.
    pub(super) fn block_comment_end(&mut self, from: usize) -> Option<usize> {
        if let Some((searched, found)) = self.block_comment
            && searched <= from
            && found.is_none_or(|end| from + 2 <= end)
        {
            return found;
        }
        let found = self.text.get(from..).and_then(|rest| rest.find("*/")).map(|length| from + length + 2);
        self.block_comment = Some((from, found));
        found
    }

    fn close_tag_in_code(&mut self, start: usize, home: Home) -> ControlFlow<()> {
        let close = self.read_close_tag(start);
        if home != Home::Root {
            let open = self.is_open(close.name) || self.is_in_tag(close.name);
            // What was read as a less-than may have been its opening tag.
            let likely = open || self.suspects_tag(close.name);
            if likely && self.rewind(1) {
                return ControlFlow::Break(());
            }
            if open {
                self.unclosed_code();
                return ControlFlow::Break(());
            }
        }
        let name = close.name.text(self.text).to_owned();
        let open = self.innermost_open();
        self.report(start, close.end, SyntaxProblemKind::StrayClosingTag { name, open });
        self.finish_literal(close.end);
        self.set_before(Before::Element);
        ControlFlow::Continue(())
    }

    /// The end of a regular expression. A search in vain is paid for, since many may share a line.
    fn regex_end(&mut self, start: usize) -> Option<usize> {
        let searched = if self.fuel == 0 { Err(0) } else { scan::regex_end(self.bytes, start) };
        match searched {
            Ok(end) => Some(end),
            Err(length) => {
                self.fuel = self.fuel.saturating_sub(length);
                None
            }
        }
    }

    /// Whether the code stands in an opening tag of this name.
    fn is_in_tag(&self, name: Span) -> bool {
        let around = self.frames.iter().rev().nth(1);
        matches!(around, Some(Frame::Tag(tag)) if tag.name.text(self.text) == name.text(self.text))
    }

    fn suspects_tag(&self, name: Span) -> bool {
        let suspect = self.code_frame().and_then(|frame| frame.suspect.as_ref());
        suspect.is_some_and(|suspect| {
            let tag = suspect.at();
            self.bytes.get(tag) == Some(&b'<')
                && self.slice(tag + 1, scan::name_end(self.text, tag + 1)) == name.text(self.text)
        })
    }

    fn less_than(&mut self, start: usize, home: Home) -> ControlFlow<()> {
        let before = self.code_frame().map_or(Before::Operator, |frame| frame.state.before);
        let fragment = self.bytes.get(start + 1) == Some(&b'>');
        let named = scan::is_name_start(self.text, start + 1);
        let element = match before {
            _ if !fragment && !named => false,
            Before::Element => true,
            before if !before.expects_expression() => false,
            _ => {
                fragment
                    || !(scan::begins_type_parameters(self.text, start)
                        || self.is_arrow_in_module(start, home))
            }
        };
        if element {
            let name_end = scan::name_end(self.text, start + 1);
            let bare = named && self.bytes[name_end..].starts_with(b">(");
            let suspect = if home == Home::Root && bare {
                self.make_suspect(self.mark(start), Guess::TypeParameters)
            } else {
                None
            };
            self.flush_code(start);
            self.frames.push(Frame::Content(ContentFrame {
                nest: Nest::Code,
                base: self.open.len(),
                suspect,
            }));
            self.begin_tag(start, name_end);
            return ControlFlow::Break(());
        }
        let parameters = before.expects_expression();
        if let Some(end) = self.type_arguments(start, parameters).filter(|_| named) {
            self.finish_literal(end);
            self.set_before(Before::Value);
            return ControlFlow::Continue(());
        }
        if home != Home::Root && named {
            self.suspect(start, Guess::EndCode);
        }
        self.skip_less_than();
        ControlFlow::Continue(())
    }

    /// Whether `<T>(a: T) => ...` begins here, in a module. As a value it is an error in TSX, but as a type it is none.
    fn is_arrow_in_module(&self, start: usize, home: Home) -> bool {
        let name_end = scan::name_end(self.text, start + 1);
        home == Home::Root
            && self.bytes[name_end..].starts_with(b">(")
            && scan::continues_arrow_function(self.bytes, name_end + 1)
    }

    /// The end of the type arguments of a call, or of the type parameters of an arrow function.
    fn type_arguments(&self, start: usize, parameters: bool) -> Option<usize> {
        let end = scan::type_arguments_end(self.bytes, start)?;
        let next = self.bytes.get(if parameters { scan::skip_space(self.bytes, end) } else { end });
        matches!(next, Some(b'(' | b'`')).then_some(end)
    }

    /// Takes the `<` before [`Lexer::pos`], or at it after going back, for an operator.
    pub(super) fn skip_less_than(&mut self) {
        if self.bytes.get(self.pos) == Some(&b'<') {
            self.pos += 1;
        }
        self.significant = self.pos;
        self.code_end = self.pos;
        self.set_before(Before::Operator);
    }

    /// Closes the innermost `{`; false where none of this code is open.
    fn close_brace(&mut self, base: usize) -> bool {
        while self.brackets.len() > base {
            if self.brackets.pop().is_some_and(|bracket| bracket.byte == b'{') {
                return true;
            }
        }
        false
    }

    /// Closes a `(` or `[`. A `{` that stands between was never closed.
    fn close_bracket(&mut self, at: usize, base: usize) -> Before {
        let wanted = if self.bytes[at] == b')' { b'(' } else { b'[' };
        let reach = base.max(self.brackets.len().saturating_sub(BRACKET_REACH));
        let Some(depth) = self.brackets[reach..].iter().rposition(|bracket| bracket.byte == wanted) else {
            return Before::Value;
        };
        let bracket = self.brackets[reach + depth];
        let skipped = self.brackets[reach + depth + 1..].iter().rfind(|bracket| bracket.byte == b'{');
        if let Some(brace) = skipped.map(|bracket| bracket.at as usize)
            && self.code_frame().is_some_and(|frame| !frame.state.silent)
        {
            let insert_at = self.code_end as u32;
            self.report(brace, brace + 1, SyntaxProblemKind::UnclosedBrace { insert_at });
        }
        self.brackets.truncate(reach + depth);
        if bracket.control { Before::Operator } else { Before::Value }
    }

    pub(super) fn code_frame(&self) -> Option<&CodeFrame> {
        match self.frames.last() {
            Some(Frame::Code(frame)) => Some(frame),
            _ => None,
        }
    }

    pub(super) fn set_before(&mut self, before: Before) {
        if let Some(Frame::Code(frame)) = self.frames.last_mut() {
            frame.state.before = before;
        }
    }

    /// Lets the code of the innermost group go on at `at`, after an element.
    pub(super) fn code_goes_on(&mut self, at: usize) {
        if let Some(group) = self.groups.last_mut() {
            group.code_start = at;
        }
        self.code_end = at;
    }

    /// `<!-- ... -->`, the opening at `start`; goes on behind it.
    pub(super) fn html_comment(&mut self, start: usize) {
        let text = start + 4;
        let mut at = text;
        // The comments `<!-->` and `<!--->` are complete.
        for empty in [">", "->"] {
            if self.bytes[text..].starts_with(empty.as_bytes()) {
                self.pos = text + empty.len();
                return self.push(Kind::Comment, start, self.pos);
            }
        }
        while let Some(length) = self.bytes[at..].iter().position(|byte| matches!(byte, b'-' | b'<')) {
            at += length;
            if self.bytes[at..].starts_with(b"-->") {
                self.pos = at + 3;
                return self.push(Kind::Comment, start, self.pos);
            }
            if self.bytes[at..].starts_with(b"<!--") {
                break;
            }
            at += 1;
        }
        // Never closed, or another begins first: it ends with its line, or with a `>` that follows a dash.
        self.report(start, text, SyntaxProblemKind::UnterminatedComment);
        let end = self.line_end(text);
        let mut limit = (text..end).find(|at| self.bytes[*at..].starts_with(b"<!--")).unwrap_or(end);
        if let Some(arrow) = (text..limit).find(|at| self.bytes[*at..].starts_with(b"->")) {
            limit = arrow + 2;
        }
        self.pos = limit;
        self.push(Kind::OpenComment, start, limit);
    }
}

/// Whether the text of a comment that opens a hole holds a `}` that closes nothing in it, and then another such comment: it
/// lost its own end, and took that of the other.
fn swallows_a_comment(text: &[u8]) -> bool {
    let mut depth = 0i32;
    let mut stray = false;
    for (at, byte) in text.iter().enumerate() {
        match byte {
            b'{' if stray && text[at..].starts_with(b"{/*") => return true,
            b'{' => depth += 1,
            b'}' => {
                depth -= 1;
                stray |= depth < 0;
            }
            _ => {}
        }
    }
    false
}
