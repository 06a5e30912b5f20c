//! The syntax of `.velox` files: cuts a file into regions, lexes (logos) and parses (chumsky) templates into a tree.
//!
//! Refuses to know TypeScript beyond where it ends, salsa, files, and what anything means. Parsing never fails: it gives a
//! tree that covers the whole text, and problems.

mod builder;
mod comments;
mod elements;
mod grammar;
mod lexer;
mod problem;
mod quick;
mod regions;
#[cfg(test)]
mod tests;
mod tree;

pub use comments::{
    Bracket, Comment, CommentKind, code_brackets, code_comments, comments, template_literals,
};
pub use elements::is_void;
use lexer::Dialect;
pub use problem::{SyntaxProblem, SyntaxProblemKind};
pub use regions::{Regions, ServerRegion, regions};
pub use tree::{
    Attribute, AttributeValue, Code, Element, ElementKind, Node, NodeId, NodeKind, Tree, TreeIndex,
};

/// Parses a template. All positions are relative to `text`.
#[must_use]
pub fn parse_template(text: &str) -> Tree {
    quick::read(text).unwrap_or_else(|| builder::build_template(text, lexer::lex(text, Dialect::Template)))
}

/// Finds the elements that stand in a module written as TSX (a `.tsx` file, or a server block, language.md S1): the one root
/// is a [`NodeKind::Hole`] that covers `text`.
#[must_use]
pub fn parse_tsx(text: &str) -> Tree {
    builder::build_module(text, lexer::lex(text, Dialect::Tsx))
}

/// [`parse_template`] without its quick way, for tests from outside: both must give the same.
#[doc(hidden)]
#[must_use]
pub fn parse_template_with_care(text: &str) -> Tree {
    builder::build_template(text, lexer::lex(text, Dialect::Template))
}

/// Lexes a template and gives the number of tokens, for the benchmark alone: the lexer itself is not public.
#[doc(hidden)]
#[must_use]
pub fn bench_lex(text: &str) -> usize {
    lexer::lex(text, Dialect::Template).tokens.len()
}

/// The spans of all tokens, group after group, the root's last, for tests from outside: the lexer itself is not public.
#[doc(hidden)]
#[must_use]
pub fn token_groups(text: &str, module: bool) -> Vec<Vec<velox_diagnostics::Span>> {
    let lexed = lexer::lex(text, if module { Dialect::Tsx } else { Dialect::Template });
    let spans = |group: &std::ops::Range<usize>| lexed.tokens[group.clone()].iter().map(|token| token.span());
    lexed.groups.iter().map(|group| spans(group).collect()).collect()
}
