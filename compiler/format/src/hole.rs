//! Lays out TypeScript in which elements stand: they go to the formatter of TypeScript as placeholders of their own width, and
//! come back as pieces.
//!
//! Template literals are placeholders too, so that nothing in them is ever moved. Refuses to print elements.

use crate::FormatOptions;
use crate::code::{CodeFormatter, ENDLESS};
use crate::width;
use velox_diagnostics::Span;
use velox_syntax::{Code, NodeId, template_literals};

/// What stands around a piece of code.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Place<'a> {
    /// `{code}` among children.
    Child,
    /// `name={code}`.
    Attribute(&'a str),
    /// `{...code}` in a tag.
    Spread,
    /// All of a module.
    Module {
        /// Whether elements may stand in it.
        tsx: bool,
    },
}

/// A piece of laid out code, with what [`Place`] puts around it.
#[derive(Clone, Debug)]
pub(crate) enum Piece {
    /// Code as it is to stand there; its lines are indented.
    Text(String),
    /// An element, on one line or on several.
    Element { node: NodeId, broken: bool },
    /// A part of the source, to be copied.
    Source(Span),
}

/// An element in code.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Inner {
    pub(crate) node: NodeId,
    pub(crate) span: Span,
    /// Its width on one line, if it can stand on one.
    pub(crate) flat: Option<u32>,
}

/// Lays out code in one text.
pub(crate) struct Layouts<'a> {
    text: &'a str,
    code: &'a CodeFormatter,
    options: &'a FormatOptions,
    /// What the names of placeholders begin with: stands nowhere in the text.
    marker: String,
}

impl<'a> Layouts<'a> {
    pub(crate) fn new(text: &'a str, code: &'a CodeFormatter, options: &'a FormatOptions) -> Self {
        let mut marker = "Vq".to_owned();
        while text.contains(&marker) {
            marker.push('q');
        }
        Self { text, code, options, marker }
    }

    /// The code with as few line breaks as its writer left it. Nothing where it cannot be formatted.
    pub(crate) fn wide(&self, code: &Code, place: Place<'_>, inner: &[Inner]) -> Option<Vec<Piece>> {
        let broken: Vec<bool> = inner.iter().map(|inner| inner.flat.is_none()).collect();
        self.once(code, place, inner, &broken, 0, ENDLESS).map(|(pieces, _)| pieces)
    }

    /// The code within the options' width, indented by `level` levels.
    pub(crate) fn narrow(
        &self,
        code: &Code,
        place: Place<'_>,
        inner: &[Inner],
        level: u32,
    ) -> Option<Vec<Piece>> {
        let mut broken: Vec<bool> = inner.iter().map(|inner| inner.flat.is_none()).collect();
        // Each round breaks the widest element of each line that is too long; a few rounds are enough for any code that people
        // write, and a line that is still too long then stays so.
        for _ in 0..6 {
            let (pieces, long) = self.once(code, place, inner, &broken, level, self.options.line_width)?;
            if long.is_empty() {
                return Some(pieces);
            }
            for index in long {
                broken[index] = true;
            }
        }
        self.once(code, place, inner, &broken, level, self.options.line_width).map(|(pieces, _)| pieces)
    }

    /// One run. Also the elements to break, since their lines are too long.
    fn once(
        &self,
        code: &Code,
        place: Place<'_>,
        inner: &[Inner],
        broken: &[bool],
        level: u32,
        width: u32,
    ) -> Option<(Vec<Piece>, Vec<usize>)> {
        let mask = self.mask(code, place, inner, broken);
        let (tsx, unit) = match place {
            Place::Module { tsx } => (tsx, 0),
            _ => (true, self.options.indent.width()),
        };
        let formatted = self.code.module(&mask.code, tsx, level, width.saturating_add(unit))?;
        let text = match place {
            Place::Module { .. } => formatted,
            _ => self.unwrapped(&formatted)?,
        };
        self.pieces(&text, &mask, inner, broken, width)
    }

    /// The code with placeholders, and around it what makes it a module.
    fn mask(&self, code: &Code, place: Place<'_>, inner: &[Inner], broken: &[bool]) -> Mask {
        let name = &self.marker;
        let (before, after) = match place {
            Place::Child => (format!("<{name}>\n{{"), format!("}}\n</{name}>")),
            Place::Attribute(attribute) => (format!("<{name}\n{attribute}={{"), "}\n/>".to_owned()),
            Place::Spread => (format!("<{name}\n{{..."), "}\n/>".to_owned()),
            Place::Module { .. } => (String::new(), String::new()),
        };
        let mut mask = Mask { code: before, literals: Vec::new(), placed: 0 };
        let elements: Vec<Span> = inner.iter().map(|inner| inner.span).collect();
        mask.literals = template_literals(self.text, code.span, &elements);
        let source =
            if matches!(place, Place::Module { .. }) { code.span } else { trimmed(self.text, code.span) };
        let mut at = source.start;
        let (mut next_inner, mut next_literal) = (0, 0);
        loop {
            let element = inner.get(next_inner).map(|inner| inner.span);
            let literal = mask.literals.get(next_literal).copied();
            match (element, literal) {
                (None, None) => break,
                (Some(element), literal) if literal.is_none_or(|literal| element.start < literal.start) => {
                    if element.start >= at {
                        mask.code.push_str(&self.text[at as usize..element.start as usize]);
                        let flat = inner[next_inner].flat.filter(|_| !broken[next_inner]);
                        self.placeholder(next_inner, flat, &mut mask.code);
                        at = element.end;
                        mask.placed += 1;
                    }
                    next_inner += 1;
                }
                (_, Some(literal)) => {
                    if literal.start >= at {
                        mask.code.push_str(&self.text[at as usize..literal.start as usize]);
                        let first = literal.text(self.text).lines().next().unwrap_or("");
                        let begun = mask.code.len();
                        mask.code.push_str(&format!("`{name}l{next_literal}"));
                        pad(&mut mask.code, begun, width(first), "`");
                        at = literal.end;
                        mask.placed += 1;
                    }
                    next_literal += 1;
                }
                (Some(_), None) => break,
            }
        }
        mask.code.push_str(&self.text[at as usize..source.end.max(at) as usize]);
        // A comment to the end of the line must not swallow the brace.
        let last = mask.code.rfind('\n').map_or(0, |at| at + 1);
        if !matches!(place, Place::Module { .. }) && mask.code[last..].contains("//") {
            mask.code.push('\n');
        }
        mask.code.push_str(&after);
        mask
    }

    fn placeholder(&self, index: usize, flat: Option<u32>, out: &mut String) {
        let name = &self.marker;
        match flat {
            Some(wide) => {
                let begun = out.len();
                out.push_str(&format!("<{name}{index}"));
                pad(out, begun, wide, "/>");
            }
            None => out.push_str(&format!("<{name}{index}>\n{{0}}\n</{name}{index}>")),
        }
    }

    /// What stands between the first and the last line, one level less indented.
    fn unwrapped(&self, formatted: &str) -> Option<String> {
        let lines: Vec<&str> = formatted.trim_end().split('\n').collect();
        let [first, inside @ .., last] = lines.as_slice() else { return None };
        let name = format!("<{}", self.marker);
        if !first.trim_start().starts_with(&name) || !matches!(last.trim().as_bytes(), [b'<' | b'/', ..]) {
            return None;
        }
        let unit = self.options.indent.unit();
        let lines: Vec<&str> =
            inside.iter().map(|line| line.strip_prefix(unit.as_str()).unwrap_or(line)).collect();
        Some(lines.join("\n").trim_start().to_owned())
    }

    /// Cuts formatted code at its placeholders. Nothing where one is missing.
    fn pieces(
        &self,
        text: &str,
        mask: &Mask,
        inner: &[Inner],
        broken: &[bool],
        line_width: u32,
    ) -> Option<(Vec<Piece>, Vec<usize>)> {
        let mut pieces = Vec::new();
        let mut long: Vec<usize> = Vec::new();
        let mut at = 0;
        while let Some(found) = text[at..].find(&self.marker) {
            let mut start = at + found;
            let rest = &text[start + self.marker.len()..];
            let is_literal = rest.starts_with('l');
            let digits = &rest[usize::from(is_literal)..];
            let count = digits.bytes().take_while(u8::is_ascii_digit).count();
            let index: usize = digits[..count].parse().ok()?;
            start -= 1;
            let end = if is_literal {
                let end = start + 1 + text[start + 1..].find('`')? + 1;
                pieces.push(Piece::Text(text[at..start].to_owned()));
                pieces.push(Piece::Source(*mask.literals.get(index)?));
                end
            } else {
                let element = inner.get(index)?;
                let end = if *broken.get(index)? {
                    let close = format!("</{}{index}>", self.marker);
                    start + text[start..].find(&close)? + close.len()
                } else {
                    let end = start + text[start..].find("/>")? + 2;
                    if is_too_long(text, start, end, line_width) {
                        long.push(index);
                    }
                    end
                };
                pieces.push(Piece::Text(text[at..start].to_owned()));
                pieces.push(Piece::Element { node: element.node, broken: broken[index] });
                end
            };
            at = end;
        }
        pieces.push(Piece::Text(text[at..].to_owned()));
        // Each placeholder comes back once, or something went wrong that nobody knows.
        if pieces.iter().filter(|piece| !matches!(piece, Piece::Text(_))).count() != mask.placed {
            return None;
        }
        // Of several on one line the widest.
        long.sort_by_key(|index| std::cmp::Reverse(inner[*index].flat));
        long.truncate(1);
        Some((pieces, long))
    }
}

/// Code with placeholders.
struct Mask {
    code: String,
    /// The template literals that became placeholders.
    literals: Vec<Span>,
    /// How many placeholders there are.
    placed: usize,
}

/// Underscores up to a width that ends with `close`.
fn pad(out: &mut String, begun: usize, wide: u32, close: &str) {
    let missing = (wide as usize).saturating_sub(out.len() - begun + close.len());
    out.extend(std::iter::repeat_n('_', missing));
    out.push_str(close);
}

fn is_too_long(text: &str, start: usize, end: usize, line_width: u32) -> bool {
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at);
    width(&text[line_start..line_end]) > line_width
}

/// A span without the white space at its edges.
pub(crate) fn trimmed(text: &str, span: Span) -> Span {
    let inside = span.text(text);
    let start = span.start + (inside.len() - inside.trim_start().len()) as u32;
    Span::new(start, (start + inside.trim().len() as u32).min(span.end.max(start)))
}
