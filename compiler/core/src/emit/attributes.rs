//! Attributes of HTML elements: constants folded, values escaped for their place (language.md T4, T5).

use super::code::{CodeEmitter, Region, Snippet};
use super::concat::Concat;
use super::html::{self, Urls};
use super::names::Helper;
use super::template::Emitter;
use std::borrow::Cow;
use velox_diagnostics::Span;
use velox_script::Shape;
use velox_syntax::{Attribute, AttributeValue, Element};

/// Where the content of an element with raw HTML comes from.
pub(crate) type RawContent<'a> = &'a Attribute;

impl<'a> Emitter<'a> {
    /// Writes the attributes of an element, each with the blank before it. Gives the one that holds its content, if any.
    pub(crate) fn attributes(
        &mut self,
        region: Region<'a>,
        element: &'a Element,
        tag: &'a str,
        concat: &mut Concat,
    ) -> Option<RawContent<'a>> {
        let mut content = None;
        let spread =
            element.attributes.iter().any(|attribute| matches!(attribute.value, AttributeValue::Spread(_)));
        for attribute in &element.attributes {
            let name = region.text(attribute.name);
            if matches!(name, "innerHTML" | "dangerouslySetInnerHTML") {
                content = Some(attribute);
            } else if !spread && !html::is_field_value(tag, name) {
                self.attribute(region, attribute, (tag, html::attribute_of(tag, name)), concat);
            }
        }
        if spread {
            self.merged_attributes(region, element, tag, concat);
        }
        content
    }

    fn attribute(
        &mut self,
        region: Region<'a>,
        attribute: &'a Attribute,
        (tag, name): (&str, &'a str),
        concat: &mut Concat,
    ) {
        if html::is_own_attribute(name) {
            return;
        }
        match &attribute.value {
            AttributeValue::Bare => {
                concat.constant(" ");
                concat.constant(name);
            }
            AttributeValue::Text(value) => {
                concat.constant(" ");
                concat.constant(name);
                concat.constant("=\"");
                let value = region.text(*value);
                if value.contains('"') {
                    concat.constant(&value.replace('"', "&quot;"));
                } else {
                    concat.constant(value);
                }
                concat.constant("\"");
            }
            // A handler never runs on the server (language.md T9).
            value if html::is_event_handler(name) => {
                let shape = value.code().and_then(|code| region.snippet(code)).map(|(_, facts)| &facts.shape);
                if let Some(Shape::Constant { value, .. }) = shape {
                    let mut escaped = String::new();
                    html::escape_attribute(value, &mut escaped);
                    concat.constant(&format!(" {name}=\"{escaped}\""));
                }
            }
            AttributeValue::Expr(code)
            | AttributeValue::Template(code)
            | AttributeValue::Shorthand(code)
            | AttributeValue::Spread(code) => {
                if let Some((snippet, facts)) = region.snippet(code) {
                    self.dynamic_attribute(region, snippet, (tag, name), &facts.shape, concat);
                }
            }
        }
    }

    fn dynamic_attribute(
        &mut self,
        region: Region<'a>,
        snippet: Snippet<'a>,
        (tag, name): (&str, &str),
        shape: &'a Shape,
        concat: &mut Concat,
    ) {
        let lower = lower_case(name);
        let urls = html::urls_of(tag, &lower);
        let boolean = html::is_boolean_attribute(&lower);
        match shape {
            Shape::Nothing(span) => {
                let bare = region.text(*span) == "true";
                if html::writes_false(name) {
                    if matches!(region.text(*span), "true" | "false") {
                        concat.constant(&format!(" {name}=\"{}\"", region.text(*span)));
                    }
                } else if bare {
                    concat.constant(&format!(" {name}"));
                }
            }
            Shape::Constant { value, .. } if !boolean && html::is_plain_value(urls, value) => {
                let mut escaped = String::new();
                html::escape_attribute(value, &mut escaped);
                concat.constant(&format!(" {name}=\"{escaped}\""));
            }
            Shape::Template { texts, parts, .. }
                if !boolean && urls == Urls::None && !matches!(&*lower, "style" | "srcdoc") =>
            {
                concat.constant(" ");
                concat.constant(name);
                concat.constant("=\"");
                self.template_literal(region, snippet, texts, parts, true, concat);
                concat.constant("\"");
            }
            _ if boolean => {
                // What it is said by may be a signal, or a promise, which are true whatever they hold.
                let helper = self.names.helper(Helper::BooleanAttribute);
                concat.piece(&mut self.out);
                self.out.text(&helper);
                self.out.text("(");
                self.out.string(name);
                self.out.text(", ");
                self.code(region, snippet, shape.span(), &[]);
                self.out.text(")");
            }
            _ => self.attribute_value(region, snippet, (name, &lower, urls), shape.span(), concat),
        }
    }

    /// Writes an attribute whose value only the running page knows.
    fn attribute_value(
        &mut self,
        region: Region<'a>,
        snippet: Snippet<'a>,
        (name, lower, urls): (&str, &str, Urls),
        value: Span,
        concat: &mut Concat,
    ) {
        // The usual ones are one call with the HTML on both sides, so that as few strings are joined as need be.
        let (helper, name, joined) = match (lower, urls) {
            ("class", _) => (Helper::WithClass, lower, true),
            ("style", _) => (Helper::StyleAttribute, lower, false),
            ("srcdoc", _) => (Helper::Attribute, lower, false),
            (_, Urls::Several) => (Helper::UrlAttribute, lower, false),
            (_, Urls::One) => (Helper::WithUrl, name, true),
            (_, Urls::None) => (Helper::WithAttribute, name, true),
        };
        let helper_name = self.names.helper(helper);
        if joined {
            concat.before_value(&helper_name, name, &mut self.out);
            self.code(region, snippet, value, &[]);
            concat.after_value();
            return;
        }
        concat.piece(&mut self.out);
        self.out.text(&helper_name);
        self.out.text("(");
        if helper != Helper::StyleAttribute {
            self.out.string(name);
            self.out.text(", ");
        }
        self.code(region, snippet, value, &[]);
        self.out.text(")");
    }

    /// With a spread among them the attributes are merged at run time: a later one wins over an earlier one of the same name.
    fn merged_attributes(
        &mut self,
        region: Region<'a>,
        element: &'a Element,
        tag: &str,
        concat: &mut Concat,
    ) {
        let spread = self.names.helper(Helper::Spread);
        concat.piece(&mut self.out);
        self.out.text(&spread);
        self.out.text("({ ");
        let mut first = true;
        for attribute in &element.attributes {
            let name = region.text(attribute.name);
            let skip =
                matches!(name, "innerHTML" | "dangerouslySetInnerHTML") || html::is_own_attribute(name);
            if skip || (html::is_event_handler(name) && attribute.value.code().is_some()) {
                continue;
            }
            if !std::mem::take(&mut first) {
                self.out.text(", ");
            }
            self.property(region, attribute, html::attribute_name(name));
        }
        self.out.text(" }, ");
        self.out.string(tag);
        self.out.text(")");
    }

    /// Writes an attribute as a property of an object literal: `"name": value` or `...value`.
    pub(crate) fn property(&mut self, region: Region<'a>, attribute: &'a Attribute, name: &str) {
        if let AttributeValue::Spread(code) = &attribute.value {
            self.out.text("...");
            self.value(region, code);
            return;
        }
        self.out.map(region.source.base + attribute.name.start);
        // `__proto__: x` in a literal would set the prototype.
        if name == "__proto__" {
            self.out.text("[\"__proto__\"]");
        } else {
            self.out.string(name);
        }
        self.out.text(": ");
        match &attribute.value {
            AttributeValue::Bare => self.out.text("true"),
            AttributeValue::Text(text) => {
                let text = htmlize::unescape_attribute(region.text(*text));
                self.out.string(&text);
            }
            AttributeValue::Expr(code)
            | AttributeValue::Template(code)
            | AttributeValue::Shorthand(code)
            | AttributeValue::Spread(code) => self.value(region, code),
        }
    }

    /// Writes a `<select>` or `<textarea>` that gets attributes by a spread, its value perhaps among them: the runtime makes it.
    pub(crate) fn spread_field(
        &mut self,
        region: Region<'a>,
        element: &'a Element,
        tag: &'a str,
        concat: &mut Concat,
    ) {
        let (dynamic, html) = (self.names.helper(Helper::Dynamic), self.names.helper(Helper::Html));
        concat.piece(&mut self.out);
        self.out.text(&dynamic);
        self.out.text("(");
        self.out.string(tag);
        self.out.text(", { ");
        for attribute in &element.attributes {
            let name = region.text(attribute.name);
            if html::is_own_attribute(name)
                || (html::is_event_handler(name) && attribute.value.code().is_some())
            {
                continue;
            }
            self.property(region, attribute, html::attribute_name(name));
            self.out.text(", ");
        }
        if let Some(scope) = self.scope {
            self.out.string(scope);
            self.out.text(": true, ");
        }
        if !element.children.is_empty() {
            self.out.text("children: ");
            self.out.text(&html);
            self.out.text("(");
            let mut content = Concat::default();
            self.nodes(region, &element.children, &mut content);
            content.finish(&mut self.out);
            self.out.text(") ");
        }
        self.out.text("})");
    }

    /// Writes the content of an element with `innerHTML` (language.md T5).
    pub(crate) fn inner_html(&mut self, region: Region<'a>, attribute: RawContent<'a>, concat: &mut Concat) {
        let react = region.text(attribute.name) == "dangerouslySetInnerHTML";
        match &attribute.value {
            AttributeValue::Bare => {}
            AttributeValue::Text(text) => concat.constant(&htmlize::unescape_attribute(region.text(*text))),
            value => {
                let Some((snippet, facts)) = value.code().and_then(|code| region.snippet(code)) else {
                    return;
                };
                let raw = self.names.helper(Helper::Raw);
                concat.piece(&mut self.out);
                self.out.text(&raw);
                self.out.text("(");
                self.operand(region, snippet, facts.shape.span());
                self.out.text(if react { "?.__html)" } else { ")" });
            }
        }
    }
}

/// The name in lower case; most are.
fn lower_case(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}
