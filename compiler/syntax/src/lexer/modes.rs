//! The tokens of code, of template literals and of raw text, one logos enum each; content and tags are read by hand. They see
//! bytes: every delimiter is ASCII, so no token can end inside a character.
//!
//! Refuses to hold state, and to match anything that needs more than one self-repeating step: strings, regular expressions
//! and raw text go on by hand (`scan.rs`), because a state machine that goes round over several states recurses in builds
//! without optimisation.

use logos::Logos;

/// TypeScript.
#[derive(Logos, Clone, Copy, Debug, PartialEq, Eq)]
#[logos(utf8 = false)]
pub(crate) enum CodeToken {
    #[regex(br"[ \t\r\n\x0b\x0c]+")]
    Space,
    #[regex(br"[A-Za-z_$\x80-\xff][A-Za-z0-9_$\x80-\xff]*")]
    Word,
    #[regex(br"[0-9][0-9A-Za-z_.]*")]
    Number,
    #[regex(br"//[^\r\n]*", allow_greedy = true)]
    LineComment,
    #[token(b"/*")]
    BlockComment,
    #[regex(br#"["']"#)]
    Quote,
    #[token(b"`")]
    Backtick,
    #[token(b"{")]
    OpenBrace,
    #[token(b"}")]
    CloseBrace,
    #[token(b"(")]
    #[token(b"[")]
    OpenBracket,
    #[token(b")")]
    #[token(b"]")]
    CloseBracket,
    #[token(b"</")]
    CloseTag,
    #[token(b"<!--")]
    Comment,
    #[token(b"<")]
    Less,
    #[token(b">")]
    Greater,
    #[token(b"/")]
    Slash,
    #[token(b".")]
    #[token(b"?.")]
    Dot,
    /// `!` keeps what came before it: a prefix where an expression is expected, else TypeScript's postfix.
    #[token(b"!")]
    /// So do these.
    #[token(b"++")]
    #[token(b"--")]
    Keep,
    /// Whatever an expression has to follow.
    #[regex(br"[+\-*%&|^~=?:,;#@\\]")]
    #[regex(br"=>|<=|<<=?|>=|>>=?|>>>=?|!=|!==|\.\.\.")]
    Operator,
}

/// The text of a template literal.
#[derive(Logos, Clone, Copy, Debug, PartialEq, Eq)]
#[logos(utf8 = false)]
pub(crate) enum TemplateToken {
    #[regex(br"[^`\\${}]+")]
    Chunk,
    #[regex(br"\\")]
    Escape,
    #[token(b"${")]
    Substitution,
    #[regex(br"[${]")]
    Open,
    #[token(b"}")]
    CloseBrace,
    #[token(b"`")]
    Backtick,
}

/// The text of `<script>` and `<style>`.
#[derive(Logos, Clone, Copy, Debug, PartialEq, Eq)]
#[logos(utf8 = false)]
pub(crate) enum RawToken {
    #[regex(b"[^<]+")]
    Text,
    #[token(b"</")]
    CloseTag,
    #[token(b"<")]
    Less,
}
