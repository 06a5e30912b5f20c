//! Turns the text of a `<style>` element into CSS for the page: scoped to one file's elements, or global.
//!
//! The only crate that names lightningcss. It refuses to know `.velox` files: it gets CSS and gives CSS, with
//! problems as byte spans in the text that it got. Broken CSS never fails: what is broken is left out and reported,
//! the rest is kept.
//!
//! How scoping works (language rule T11):
//!
//! - Each compound selector gets `:where([data-v-…])`, so that only elements that carry the file's attribute match,
//!   and so that scoping never changes specificity.
//! - `:global(.x)` leaves its argument alone, `:global .x` all that follows it in the selector.
//! - `html`, `body`, `:root`, `:host`, `:scope` and `&` get no attribute: they name what is the same in every
//!   file, or what has been scoped already.
//! - `@keyframes` get a name of their own, and `animation` and `animation-name` in the same text follow.

mod animation;
mod brackets;
mod color;
mod place;
mod problem;
mod selector;
mod sheet;
mod structure;
#[cfg(test)]
mod tests;

pub use color::{color, colors_in};
pub use structure::{StyleNode, StyleNodeKind, declarations, structure};

use velox_diagnostics::Span;

/// Finished CSS.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Style {
    /// The text, minified or indented; empty where nothing is left.
    pub code: String,
}

/// Something that is wrong in the CSS.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct StyleProblem {
    /// The place, in bytes of the given text.
    pub span: Span,
    /// What is wrong there.
    pub message: String,
}

/// CSS that applies only to elements that carry the attribute `scope`, such as `data-v-1a2b3c`.
#[must_use]
pub fn scope(css: &str, scope: &str, minify: bool) -> (Style, Vec<StyleProblem>) {
    sheet::process(css, Some(scope), minify)
}

/// CSS that applies to every element.
#[must_use]
pub fn global(css: &str, minify: bool) -> (Style, Vec<StyleProblem>) {
    sheet::process(css, None, minify)
}

/// Whether the text can stand after `@media`: a list of media queries, one at least. Features that nobody knows are allowed.
#[must_use]
pub fn is_media_query(text: &str) -> bool {
    sheet::is_media_query(text)
}
