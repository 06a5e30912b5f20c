//! Elements: what could be the name of a tag, with what belongs to it.

use super::{Details, Item, ItemKind, Items, components};
use crate::ancestry::{ancestors, namespace_in};
use crate::html::{
    Namespace, PRESENTATION_ORDER, Tag, element_words, required_attributes, tag, tags, usual_children,
};
use crate::{Document, ElementAt};
use velox_core::emit::FileKind;
use velox_diagnostics::Span;

/// What of the tag is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// Nothing but what is typed of its name.
    Nothing,
    /// The rest of the tag: the name alone is replaced.
    Rest,
}

/// What could be the name of the tag whose name the cursor is in.
pub(super) fn complete_name(document: Document<'_>, typed: Span, at: ElementAt<'_>) -> Items {
    let parent = ancestors(at).first().copied();
    let is_whole = at.element().is_some_and(|element| {
        element.open.text(at.source).ends_with('>') || !element.attributes.is_empty() && is_on_one_line(at)
    });
    let written = if is_whole { Written::Rest } else { Written::Nothing };
    let name = at.element().map_or(Span::at(0), |element| element.name.shift(at.base));
    let span = if name.touches(typed.end) && name.start == typed.start { name } else { typed };
    complete(document, span, parent, written)
}

/// Whether the first attribute stands on the line of the tag's name: what follows on other lines may be text that a new tag swallows.
fn is_on_one_line(at: ElementAt<'_>) -> bool {
    let Some(element) = at.element() else { return false };
    let Some(first) = element.attributes.first() else { return false };
    !Span::new(element.name.end, first.span.start).text(at.source).contains(['\n', '\r'])
}

/// What could be the name of a tag. `span` is what is typed of it, `parent` the element around it.
pub(super) fn complete(
    document: Document<'_>,
    span: Span,
    parent: Option<ElementAt<'_>>,
    written: Written,
) -> Items {
    let namespace = namespace_in(parent);
    let around = parent.map(ElementAt::name);
    let style = Style { parent: around, self_closing: !document.is_velox(), written };
    let mut items: Vec<Item> = tags(namespace)
        .iter()
        .filter(|tag| tag.name != "slot" && &*tag.mark != "d")
        .map(|tag| element_item(namespace, tag, style))
        .collect();
    if namespace == Namespace::Html {
        items.extend(
            ["svg", "math"]
                .iter()
                .filter_map(|name| tag(namespace, name))
                .map(|tag| element_item(namespace, tag, style)),
        );
    }
    if document.is_velox() {
        own_elements(document, style, &mut items);
    }
    if namespace == Namespace::Html {
        items.extend(components::items(document, written == Written::Nothing));
    }
    if written == Written::Nothing {
        beginnings(document, parent, &mut items);
    }
    Items { span, items, incomplete: false }
}

/// How elements are written at a place.
#[derive(Clone, Copy)]
struct Style<'a> {
    parent: Option<&'a str>,
    /// Whether void elements end with `/>`.
    self_closing: bool,
    written: Written,
}

fn element_item(namespace: Namespace, tag: &Tag, style: Style<'_>) -> Item {
    let name = &*tag.name;
    let mut item = Item::new(name, ItemKind::Element);
    let usual = style.parent.map_or(&[][..], usual_children);
    let place = match usual.iter().position(|child| *child == name) {
        Some(place) => place,
        None if namespace == Namespace::Svg && PRESENTATION_ORDER.contains(&name) => 20,
        None if tag.mark.is_empty() => 50,
        None => 80,
    };
    item.sort = Some(format!("{place:02}{name}"));
    item.id = Some(format!("template:element:{}:{name}", namespace.letter()));
    if style.written == Written::Nothing {
        item.text = snippet(namespace, tag, style);
        item.snippet = true;
        item.again = item.text.contains("=\"$1\"");
    }
    item
}

/// The tag with what it must have, without its `<`.
fn snippet(namespace: Namespace, tag: &Tag, style: Style<'_>) -> String {
    let name = &*tag.name;
    let mut out = name.to_owned();
    for (at, attribute) in required_attributes(name, style.parent).iter().enumerate() {
        out.push_str(&format!(" {attribute}=\"${}\"", at + 1));
    }
    let is_drawn = namespace != Namespace::Html;
    if tag.void {
        if name == "input" || name == "meta" {
            out.push_str(" $0");
        }
        out.push_str(if style.self_closing { " />" } else { ">" });
    } else if is_drawn && is_leaf(name) {
        out.push_str(" $0/>");
    } else if name == "style" || name == "script" {
        out.push_str(&format!(">\n\t$0\n</{name}>"));
    } else {
        out.push_str(&format!(">$0</{name}>"));
    }
    out
}

/// Whether an element of SVG or MathML holds nothing as a rule.
fn is_leaf(name: &str) -> bool {
    matches!(
        name,
        "animate"
            | "animateMotion"
            | "animateTransform"
            | "circle"
            | "ellipse"
            | "image"
            | "line"
            | "path"
            | "polygon"
            | "polyline"
            | "rect"
            | "set"
            | "stop"
            | "use"
            | "view"
            | "mpath"
            | "mspace"
    ) || name.starts_with("fe")
        && !matches!(name, "feMerge" | "feComponentTransfer" | "feDiffuseLighting" | "feSpecularLighting")
}

/// `<slot>`, `<velox:slot>`, `<style is:global>`.
fn own_elements(document: Document<'_>, style: Style<'_>, items: &mut Vec<Item>) {
    let mut add = |label: &str, text: &str, rest: &str, id: &str| {
        let mut item = Item::new(label, ItemKind::Element);
        item.detail = Some("velox".to_owned());
        item.sort = Some(format!("60{label}"));
        item.id = Some(format!("template:element:v:{id}"));
        if style.written == Written::Nothing {
            item.text = text.to_owned();
            item.snippet = true;
            item.again = text.contains("=\"$1\"");
        } else {
            item.text = rest.to_owned();
        }
        if style.written == Written::Nothing || label == rest {
            items.push(item);
        }
    };
    if matches!(document.kind(), Some(FileKind::Layout | FileKind::Component)) {
        add("slot", "slot />", "slot", "slot");
        add("slot name", "slot name=\"$1\" />", "slot", "slot");
    }
    if document.kind() != Some(FileKind::Layout)
        || style.parent.is_some_and(|name| name.starts_with(char::is_uppercase))
    {
        add("velox:slot", "velox:slot name=\"$1\">$0</velox:slot>", "velox:slot", "velox:slot");
    }
    add("style is:global", "style is:global>\n\t$0\n</style>", "style", "is:global");
    add("script is:inline", "script is:inline>\n\t$0\n</script>", "script", "is:inline");
}

/// What begins with `<` and is no element: comments, fragments, the doctype.
fn beginnings(document: Document<'_>, parent: Option<ElementAt<'_>>, items: &mut Vec<Item>) {
    let mut add = |label: &str, text: &str, kind: ItemKind| {
        let mut item = Item::new(label, kind);
        item.text = text.to_owned();
        item.snippet = true;
        item.sort = Some(format!("90{label}"));
        items.push(item);
    };
    if document.is_velox() {
        add("!-- -->", "!-- $0 -->", ItemKind::Snippet);
        let has_doctype =
            document.tree().nodes.iter().any(|node| node.kind == velox_syntax::NodeKind::Doctype);
        if document.kind() == Some(FileKind::Layout) && parent.is_none() && !has_doctype {
            add("!DOCTYPE html>", "!DOCTYPE html>", ItemKind::Keyword);
        }
    }
    add("></>", ">$0</>", ItemKind::Snippet);
}

/// Words on an element, by what stands behind `template:element:`.
pub(super) fn resolve(id: &str) -> Option<Details> {
    let (letter, name) = id.split_once(':')?;
    let documentation = match Namespace::of_letter(letter) {
        Some(namespace) => tag(namespace, name).map(|tag| element_words(namespace, tag)),
        None => crate::directives::words(name).map(str::to_owned),
    };
    Some(Details { documentation, also: Vec::new() })
}
