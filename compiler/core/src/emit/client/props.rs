//! Properties of vnodes: attributes under the names and with the values that preact takes (language.md T4, T5, T9).
//!
//! A value that may be unsafe where it stands goes through the runtime, as on the server. Handlers are kept.

use super::ClientEmitter;
use super::elements::line_ends;
use super::names::Function;
use crate::emit::code::{CodeEmitter, Region};
use crate::emit::components::static_attribute;
use crate::emit::html::{self, Urls};
use velox_script::Shape;
use velox_syntax::{Attribute, AttributeValue, Code, Element, ElementKind, NodeKind};

/// An object literal that is being written; `null` where nothing is in it.
struct Object {
    empty: bool,
}

impl<'a> ClientEmitter<'a> {
    /// Writes the properties of an element. Gives whether its content is among them, so that it has no children.
    pub(crate) fn attributes(&mut self, region: Region<'a>, element: &'a Element, tag: &'a str) -> bool {
        let mut object = Object { empty: true };
        let mut has_content = false;
        for attribute in &element.attributes {
            let name = region.text(attribute.name);
            if matches!(name, "innerHTML" | "dangerouslySetInnerHTML") {
                has_content = true;
                self.inner_html(region, attribute, name, &mut object);
            } else if matches!(attribute.value, AttributeValue::Spread(_)) {
                self.next(&mut object);
                self.spread(region, attribute, tag);
            } else if matches!(name, "key" | "ref") || !html::is_own_attribute(name) {
                self.next(&mut object);
                self.attribute(region, element, attribute, html::attribute_name(name));
            }
        }
        // No rule of a file's own styles is meant for what stands in `<head>`.
        if let Some(scope) = self.scope.filter(|_| !self.in_head && tag != "head") {
            self.next(&mut object);
            self.out.string(scope);
            self.out.text(": \"\"");
        }
        has_content |= self.raw_content(region, element, tag, &mut object);
        self.end(object);
        has_content
    }

    /// Writes the properties of a component, with what fills its slots.
    pub(crate) fn component_props(
        &mut self,
        region: Region<'a>,
        element: &'a Element,
        slots: &[&'a Element],
    ) {
        let mut object = Object { empty: true };
        for attribute in &element.attributes {
            let name = region.text(attribute.name);
            if html::is_own_attribute(name) && !matches!(name, "key" | "ref") {
                continue;
            }
            self.next(&mut object);
            match &attribute.value {
                AttributeValue::Spread(code) => {
                    self.out.text("...");
                    self.argument(region, code);
                    continue;
                }
                _ => self.key(region, attribute, name),
            }
            match &attribute.value {
                AttributeValue::Bare => self.out.text("true"),
                value => self.plain_value(region, value),
            }
        }
        if !slots.is_empty() {
            self.next(&mut object);
            self.out.text("slots: ");
            let mut filled = Object { empty: true };
            for slot in slots {
                self.next(&mut filled);
                self.property_name(static_attribute(region, slot, "name").unwrap_or("default"));
                self.out.text(": ");
                self.one(region, &slot.children);
            }
            self.end(filled);
        }
        self.end(object);
    }

    fn attribute(
        &mut self,
        region: Region<'a>,
        element: &'a Element,
        attribute: &'a Attribute,
        name: &'a str,
    ) {
        let lower = name.to_ascii_lowercase();
        let boolean = html::is_boolean_attribute(&lower);
        match &attribute.value {
            AttributeValue::Bare => {
                self.key(region, attribute, name);
                // Any other bare attribute is one with an empty value; these have properties, for which that would be false.
                let set = boolean || lower == "hidden" || element.kind == ElementKind::Custom;
                self.out.text(if set { "true" } else { "\"\"" });
            }
            value if html::is_event_handler(name) => {
                // preact takes functions only for names that begin with `on`; HTML tells no case from another.
                let fixed = match value.code().and_then(|code| region.snippet(code)) {
                    Some((_, facts)) => matches!(facts.shape, Shape::Constant { .. }),
                    None => true,
                };
                let upper = fixed.then(|| name.to_ascii_uppercase());
                self.key(region, attribute, upper.as_deref().unwrap_or(name));
                self.plain_value(region, value);
            }
            AttributeValue::Text(_) => {
                self.key(region, attribute, name);
                self.plain_value(region, &attribute.value);
            }
            AttributeValue::Expr(code)
            | AttributeValue::Template(code)
            | AttributeValue::Shorthand(code)
            | AttributeValue::Spread(code) => {
                self.key(region, attribute, property_of(&lower).unwrap_or(name));
                self.dynamic(region, code, (region.text(element.name), &lower), name);
            }
        }
    }

    fn dynamic(&mut self, region: Region<'a>, code: &'a Code, (tag, lower): (&str, &str), name: &str) {
        let shape = region.snippet(code).map(|(_, facts)| &facts.shape);
        let text = matches!(shape, Some(Shape::Constant { .. } | Shape::Template { .. }));
        if lower == "class" && !text {
            self.call_with(Function::ClassText, None, region, code);
        } else if html::urls_of(tag, lower) != Urls::None || lower == "srcdoc" {
            self.call_with(Function::AttributeValue, Some(name), region, code);
        } else {
            self.argument(region, code);
        }
    }

    fn call_with(&mut self, function: Function, name: Option<&str>, region: Region<'a>, code: &'a Code) {
        let function = self.names.function(function);
        self.out.text(&function);
        self.out.text("(");
        if let Some(name) = name {
            self.out.string(name);
            self.out.text(", ");
        }
        self.argument(region, code);
        self.out.text(")");
    }

    fn spread(&mut self, region: Region<'a>, attribute: &'a Attribute, tag: &str) {
        let Some(code) = attribute.value.code() else { return };
        let props = self.names.function(Function::SafeProps);
        self.out.text("...");
        self.out.text(&props);
        self.out.text("(");
        self.argument(region, code);
        self.out.text(", ");
        self.out.string(tag);
        self.out.text(")");
    }

    /// Raw HTML as the content of an element (language.md T5).
    fn inner_html(&mut self, region: Region<'a>, attribute: &'a Attribute, name: &str, object: &mut Object) {
        self.next(object);
        self.out.map(region.source.base + attribute.name.start);
        self.out.text("dangerouslySetInnerHTML: ");
        let own = name == "dangerouslySetInnerHTML";
        match &attribute.value {
            AttributeValue::Bare => self.out.text("{ __html: \"\" }"),
            value @ AttributeValue::Text(_) => {
                self.out.text("{ __html: ");
                self.plain_value(region, value);
                self.out.text(" }");
            }
            value => {
                let Some(code) = value.code() else { return };
                let markup = self.names.function(Function::Markup);
                self.out.text(&format!("{{ __html: {markup}("));
                self.value(region, code);
                self.out.text(if own { "?.__html) }" } else { ") }" });
            }
        }
    }

    /// The body of `<script>` and `<style>`, in which preact's text would be right in a browser and escaped by its renderer to HTML.
    fn raw_content(
        &mut self,
        region: Region<'a>,
        element: &'a Element,
        tag: &str,
        object: &mut Object,
    ) -> bool {
        // Around the expression of a JSON script may be white space.
        let nodes = element.children.iter().map(|child| region.tree.node(*child));
        let Some(node) = nodes.into_iter().find(|node| node.kind != NodeKind::Text) else { return false };
        match &node.kind {
            NodeKind::RawText => {
                self.next(object);
                self.out.text("dangerouslySetInnerHTML: { __html: ");
                self.out.string(&line_ends(region.text(node.span)));
                self.out.text(" }");
                true
            }
            NodeKind::Hole(code) if tag == "script" => {
                self.next(object);
                self.out.text("dangerouslySetInnerHTML: { __html: ");
                self.call_with(Function::JsonText, None, region, code);
                self.out.text(" }");
                true
            }
            _ => false,
        }
    }

    /// Writes a value that needs no care.
    fn plain_value(&mut self, region: Region<'a>, value: &'a AttributeValue) {
        match value {
            AttributeValue::Bare => self.out.text("true"),
            AttributeValue::Text(text) => {
                self.out.string(&htmlize::unescape_attribute(&*line_ends(region.text(*text))));
            }
            AttributeValue::Expr(code)
            | AttributeValue::Template(code)
            | AttributeValue::Shorthand(code)
            | AttributeValue::Spread(code) => self.argument(region, code),
        }
    }

    /// Writes an attribute's name as a key, with its colon.
    fn key(&mut self, region: Region<'a>, attribute: &Attribute, name: &str) {
        self.out.map(region.source.base + attribute.name.start);
        self.property_name(name);
        self.out.text(": ");
    }

    fn property_name(&mut self, name: &str) {
        if name == "__proto__" {
            // `__proto__: x` in a literal would set the prototype.
            self.out.text("[\"__proto__\"]");
        } else if is_identifier(name) {
            self.out.text(name);
        } else {
            self.out.string(name);
        }
    }

    fn next(&mut self, object: &mut Object) {
        self.out.text(if std::mem::take(&mut object.empty) { "{ " } else { ", " });
    }

    fn end(&mut self, object: Object) {
        self.out.text(if object.empty { "null" } else { " }" });
    }
}

/// The property of an attribute whose name differs from it, where setting the attribute would mean something else: a falsy value
/// leaves a boolean one in place, and `false` takes away one that is to say so.
fn property_of(lower: &str) -> Option<&'static str> {
    Some(match lower {
        "allowfullscreen" => "allowFullscreen",
        "contenteditable" => "contentEditable",
        "formnovalidate" => "formNoValidate",
        "ismap" => "isMap",
        "nomodule" => "noModule",
        "novalidate" => "noValidate",
        "playsinline" => "playsInline",
        "readonly" => "readOnly",
        "writingsuggestions" => "writingSuggestions",
        _ => return None,
    })
}

/// Whether a name can be written as a key, or after a dot, as it is.
pub(crate) fn is_identifier(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_alphabetic() || matches!(first, b'_' | b'$'))
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$'))
}
