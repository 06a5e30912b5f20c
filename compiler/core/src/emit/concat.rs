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
    /// Whether a call is open whose last argument is the next constant.
    open: bool,
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
        if self.open {
            self.close(out);
        } else if !self.constant.is_empty() {
            self.operator(out);
            out.string(&self.constant);
            self.constant.clear();
        }
        self.operator(out);
    }

    /// Begins a call that joins the constants on both sides of a value with it: `helper("<li id=\"", `. The caller writes
    /// the value next, and then calls [`Concat::after_value`].
    pub(crate) fn before_value(&mut self, helper: &str, attribute: &str, out: &mut Writer) {
        if self.open {
            self.close(out);
        }
        self.operator(out);
        self.constant(" ");
        self.constant.push_str(attribute);
        self.constant.push_str("=\"");
        out.text(helper);
        out.text("(");
        out.string(&self.constant);
        out.text(", ");
        self.constant.clear();
    }

    /// Ends the value's quotes; the constants that follow belong to its call.
    pub(crate) fn after_value(&mut self) {
        self.constant.push('"');
        self.open = true;
    }

    fn close(&mut self, out: &mut Writer) {
        out.text(", ");
        out.string(&self.constant);
        out.text(")");
        self.constant.clear();
        self.open = false;
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
        if self.open {
            self.close(out);
        } else if !self.constant.is_empty() || self.pieces == 0 {
            let constant = std::mem::take(&mut self.constant);
            self.operator(out);
            out.string(&constant);
        }
        if self.grouped {
            out.text(")");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a program of `constant`, `{piece}` and `name={value}` becomes.
    fn written(parts: &[&str]) -> String {
        let (mut concat, mut out) = (Concat::default(), Writer::default());
        for part in parts {
            if let Some(code) = part.strip_prefix('{') {
                concat.piece(&mut out);
                out.text(code.trim_end_matches('}'));
            } else if let Some((name, value)) = part.split_once("={") {
                concat.before_value("with", name, &mut out);
                out.text(value.trim_end_matches('}'));
                concat.after_value();
            } else {
                concat.constant(part);
            }
        }
        concat.finish(&mut out);
        out.finish().0
    }

    #[test]
    fn constants_beside_one_another_are_one() {
        assert_eq!(written(&[]), r#""""#);
        assert_eq!(written(&["<b>", "a", "{b}", "</b>", "<i>", "{c}"]), r#""<b>a" + b + "</b><i>" + c"#);
    }

    #[test]
    fn an_attribute_takes_the_constants_on_both_sides() {
        assert_eq!(written(&["<b", "id={a}", ">", "x"]), r#"with("<b id=\"", a, "\">x")"#);
        assert_eq!(written(&["id={a}"]), r#"with(" id=\"", a, "\"")"#);
        assert_eq!(
            written(&["{x}", "<b", "id={a}", ">", "{y}", "z"]),
            r#"x + with("<b id=\"", a, "\">") + y + "z""#
        );
    }

    #[test]
    fn what_stands_before_an_attribute_belongs_to_one_call_only() {
        assert_eq!(
            written(&["<b", "id={a}", "title={b}", "><i", "lang={c}", ">", "{d}"]),
            r#"with("<b id=\"", a, "\"") + with(" title=\"", b, "\"><i") + with(" lang=\"", c, "\">") + d"#
        );
    }

    #[test]
    fn a_long_chain_is_in_groups_that_no_call_straddles() {
        let parts: Vec<String> =
            (0..200).flat_map(|at| ["<b".to_owned(), format!("id={{a{at}}}"), ">".to_owned()]).collect();
        let code = written(&parts.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(code.matches("with(").count(), 200);
        assert_eq!(code.matches("\n + (").count(), 3);
        assert_eq!(code.matches('(').count(), code.matches(')').count());
        for line in code.lines() {
            assert_eq!(line.matches("with(").count(), line.matches("\">").count(), "{line}");
        }
    }
}
