//! Prints opening tags: on one line, or an attribute a line. Values in quotes are copied; comments between attributes are kept.

use crate::hole::Place;
use crate::printer::Printer;
use crate::width;
use velox_diagnostics::Span;
use velox_syntax::{Attribute, AttributeValue, CommentKind, Element};

/// What stands in a tag after its name.
enum Part<'e> {
    Attribute(&'e Attribute),
    Comment(Span, CommentKind),
}

impl Printer<'_> {
    /// The width of the tag on one line.
    pub(crate) fn flat_tag(&mut self, element: &Element) -> Option<u32> {
        let mut sum = 1 + width(element.name.text(self.text)) + width(self.end(element));
        for part in self.parts(element) {
            sum += 1 + match part {
                Part::Attribute(attribute) => self.flat_attribute(attribute)?,
                Part::Comment(span, CommentKind::Block) => self.one_line(span)?,
                Part::Comment(..) => return None,
            };
        }
        Some(sum)
    }

    fn parts<'e>(&self, element: &'e Element) -> Vec<Part<'e>> {
        let open = element.open;
        let first = self.comments.partition_point(|comment| comment.span.start < open.start);
        let inside = self.comments[first..].iter().take_while(|comment| comment.span.start < open.end);
        let mut parts: Vec<(u32, Part<'e>)> = inside
            .filter(|comment| {
                !element.attributes.iter().any(|attribute| attribute.span.contains(comment.span))
            })
            .map(|comment| (comment.span.start, Part::Comment(comment.span, comment.kind)))
            .collect();
        let attributes = element.attributes.iter();
        parts.extend(attributes.map(|attribute| (attribute.span.start, Part::Attribute(attribute))));
        parts.sort_by_key(|(start, _)| *start);
        parts.into_iter().map(|(_, part)| part).collect()
    }

    /// What the tag ends with. Whether a void element has a `/` is up to its writer.
    fn end(&self, element: &Element) -> &'static str {
        match (element.self_closing, element.name.is_empty() || element.close.is_some()) {
            (true, _) => " />",
            _ => ">",
        }
    }

    fn flat_attribute(&mut self, attribute: &Attribute) -> Option<u32> {
        let name = attribute.name.text(self.text);
        match &attribute.value {
            AttributeValue::Bare => Some(width(name)),
            AttributeValue::Text(value) => Some(width(name) + 3 + self.one_line(*value)?),
            AttributeValue::Template(code) => Some(width(name) + 1 + self.one_line(code.span)?),
            AttributeValue::Shorthand(code) => Some(2 + width(code.span.text(self.text).trim())),
            AttributeValue::Expr(code) if self.has_braces(attribute) => {
                self.flat_code(code, Place::Attribute(name))
            }
            AttributeValue::Expr(code) => {
                let id = code.elements.first()?;
                Some(width(name) + 1 + self.flat(*id)?)
            }
            AttributeValue::Spread(code) => self.flat_code(code, Place::Spread),
        }
    }

    /// Whether a value stands in braces: an element may do without.
    fn has_braces(&self, attribute: &Attribute) -> bool {
        attribute.span.text(self.text).ends_with('}')
    }

    pub(crate) fn print_flat_tag(&mut self, element: &Element) {
        self.out.push('<');
        self.copy(element.name);
        for part in self.parts(element) {
            self.out.push(' ');
            match part {
                Part::Attribute(attribute) => self.attribute(attribute, None),
                Part::Comment(span, _) => self.copy(span),
            }
        }
        self.out.push_str(self.end(element));
    }

    /// An attribute, on one line or, with a level, on several.
    fn attribute(&mut self, attribute: &Attribute, level: Option<u32>) {
        let text = self.text;
        let name = attribute.name.text(text);
        match &attribute.value {
            AttributeValue::Bare => self.out.push_str(name),
            AttributeValue::Text(value) => {
                let quote = if value.text(text).contains('"') { '\'' } else { '"' };
                self.out.push_str(name);
                self.out.push('=');
                self.out.push(quote);
                self.copy(*value);
                self.out.push(quote);
            }
            AttributeValue::Template(code) => {
                self.out.push_str(name);
                self.out.push('=');
                self.copy(code.span);
            }
            AttributeValue::Shorthand(code) => {
                self.out.push('{');
                self.out.push_str(code.span.text(text).trim());
                self.out.push('}');
            }
            AttributeValue::Expr(code) if !self.has_braces(attribute) => {
                self.out.push_str(name);
                self.out.push('=');
                match (code.elements.first(), level) {
                    (Some(id), None) => self.print_flat(*id),
                    (Some(id), Some(level)) => match self.flat(*id) {
                        Some(wide) if self.fits(wide) => self.print_flat(*id),
                        _ => self.print(*id, level),
                    },
                    (None, _) => self.copy(code.span),
                }
            }
            AttributeValue::Expr(code) => self.value(code, Place::Attribute(name), level),
            AttributeValue::Spread(code) => self.value(code, Place::Spread, level),
        }
    }

    fn value(&mut self, code: &velox_syntax::Code, place: Place<'_>, level: Option<u32>) {
        match level {
            Some(level) => self.print_code(code, place, level),
            None => self.print_flat_code(code, place),
        }
    }

    /// The tag of an element that does not fit on a line, in lines of `level`.
    pub(crate) fn tag(&mut self, element: &Element, level: u32) {
        if self.flat_tag(element).is_some_and(|wide| self.fits(wide)) {
            return self.print_flat_tag(element);
        }
        let parts = self.parts(element);
        if parts.is_empty() {
            return self.print_flat_tag(element);
        }
        self.out.push('<');
        self.copy(element.name);
        let mut before: Option<(u32, bool)> = None;
        for part in parts {
            let (span, is_comment) = match &part {
                Part::Attribute(attribute) => (attribute.span, false),
                Part::Comment(span, _) => (*span, true),
            };
            // A comment may be about its line.
            let same_line = before.is_some_and(|(end, after_comment)| {
                (is_comment || after_comment) && !Span::new(end, span.start).text(self.text).contains('\n')
            });
            before = Some((span.end, is_comment));
            if same_line {
                self.out.push(' ');
            } else {
                self.new_line(level + 1);
            }
            match part {
                Part::Attribute(attribute) => self.attribute(attribute, Some(level + 1)),
                Part::Comment(span, _) => self.copy(span),
            }
        }
        self.new_line(level);
        self.out.push_str(self.end(element).trim_start());
    }
}
