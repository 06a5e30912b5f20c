//! Builds one string expression out of constants and code: adjacent constants become one literal.
//!
//! Every piece that is added must be a string at run time, and safe beside a `+`.

use super::writer::Writer;

/// After how many pieces a group in parentheses begins: the parsers of engines and tools recurse over long chains of `+`.
const GROUP: u32 = 64;

/// Room for the constants between two pieces of code, which are written bit by bit.
const USUAL: usize = 128;

/// The state of one concatenation that is being written.
#[derive(Debug, Default)]
pub(crate) struct Concat {
    constant: String,
    pieces: u32,
    grouped: bool,
}

impl Concat {
    /// Adds constant HTML.
    pub(crate) fn constant(&mut self, html: &str) {
        if self.constant.capacity() == 0 {
            self.constant.reserve(html.len().max(USUAL));
        }
        self.constant.push_str(html);
    }

    /// Makes ready for a piece of code, which the caller writes next.
    pub(crate) fn piece(&mut self, out: &mut Writer) {
        if !self.constant.is_empty() {
            self.operator(out);
            out.string(&self.constant);
            self.constant.clear();
        }
        self.operator(out);
    }

    fn operator(&mut self, out: &mut Writer) {
        if self.pieces > 0 && self.pieces.is_multiple_of(GROUP) {
            out.text(if self.grouped { ")\n + (" } else { "\n + (" });
            self.grouped = true;
        } else if self.pieces > 0 {
            out.text(" + ");
        }
        self.pieces += 1;
    }

    /// Ends the expression; nothing at all is the empty string.
    pub(crate) fn finish(mut self, out: &mut Writer) {
        if !self.constant.is_empty() || self.pieces == 0 {
            let constant = std::mem::take(&mut self.constant);
            self.operator(out);
            out.string(&constant);
        }
        if self.grouped {
            out.text(")");
        }
    }
}
