//! Slots that no content can reach, and content that reaches no slot (language.md T6).
//!
//! Which slots a layout or component has is asked elsewhere: here a name is only known or not.

use super::{Dialect, Markup};
use crate::emit::FileKind;
use rustc_hash::FxHashMap;
use velox_diagnostics::{Code, Diagnostic, Span};
use velox_syntax::{Element, ElementKind, NodeId, NodeKind};

/// What a `<velox:slot>` at a place fills.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fills {
    /// A slot of the layout.
    Layout,
    /// A slot of the component that it stands in directly.
    Component(NodeId),
    /// Nothing, since it stands deeper in this component, boundary or slot.
    Nothing(NodeId),
}

impl Fills {
    /// What one would fill that stands in an element or in code at the place.
    pub(crate) fn nested(self) -> Self {
        match self {
            Self::Component(id) => Self::Nothing(id),
            other => other,
        }
    }
}

/// The name of a slot that is filled, or what is wrong with it.
pub(crate) fn fill<'a>(
    markup: &Markup<'a>,
    element: &'a Element,
    fills: Fills,
) -> Result<Option<(&'a str, Span)>, Box<Diagnostic>> {
    let report = |span: Span, message: String| {
        Diagnostic::new(Code::UNKNOWN_SLOT, markup.path, markup.at(span), message)
    };
    if let Fills::Nothing(holder) = fills
        && let NodeKind::Element(holder) = &markup.tree.node(holder).kind
    {
        let tag = markup.text(holder.name);
        let slotted = holder.kind == ElementKind::Component && markup.suspense != Some(tag);
        let message = if slotted {
            format!("this fills no slot: it stands in `<{tag}>`, but not directly")
        } else {
            format!("this fills no slot: content of `<{tag}>` stays where it is")
        };
        let help = if slotted {
            format!(
                "move it out, so that its parent is `<{tag}>`, or out of that to fill a slot of the layout"
            )
        } else {
            format!("move it out of `<{tag}>`")
        };
        return Err(Box::new(
            report(element.name, message)
                .related(markup.path, markup.at(holder.name), format!("`<{tag}>` is opened here"))
                .help(help),
        ));
    }
    let name = name_of(markup, element)?;
    if fills == Fills::Layout && name.is_none_or(|(name, _)| name == "default") {
        return Err(Box::new(
            report(element.name, "a `<velox:slot>` without a name fills nothing in a layout".to_owned())
                .label("what stands outside of one goes to the layout's `<slot />`")
                .help("give it the `name` of a slot, or remove the two tags"),
        ));
    }
    Ok(name)
}

/// The fixed name of a slot; nothing where it has none.
fn name_of<'a>(
    markup: &Markup<'a>,
    element: &'a Element,
) -> Result<Option<(&'a str, Span)>, Box<Diagnostic>> {
    let Some(attribute) = element.attributes.iter().find(|attribute| markup.text(attribute.name) == "name")
    else {
        return Ok(None);
    };
    match markup.fixed_value(&attribute.value) {
        Some(value) => Ok(Some(value)),
        None => Err(Box::new(
            Diagnostic::new(
                Code::UNKNOWN_SLOT,
                markup.path,
                markup.at(attribute.span),
                "the name of a slot must be known at compile time",
            )
            .help("write it as text: `name=\"sidebar\"`"),
        )),
    }
}

/// What is wrong with a `<slot>`.
pub(crate) fn declared(markup: &Markup<'_>, element: &Element, rendered: bool) -> Option<Diagnostic> {
    if markup.dialect == Dialect::Tsx {
        return None;
    }
    if markup.kind == FileKind::Page && rendered {
        return Some(
            Diagnostic::new(
                Code::UNKNOWN_SLOT,
                markup.path,
                markup.at(element.name),
                "a page has no slots: nothing can fill this `<slot>`",
            )
            .help("remove it, or move it to a layout or a component; a page fills a slot with `<velox:slot name=\"...\">`"),
        );
    }
    name_of(markup, element).err().map(|diagnostic| *diagnostic)
}

/// Slots of a component that are filled a second time: the first content is lost.
pub(crate) fn filled_twice(markup: &Markup<'_>, component: &Element) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut seen: FxHashMap<&str, Span> = FxHashMap::default();
    for child in &component.children {
        let NodeKind::Element(element) = &markup.tree.node(*child).kind else { continue };
        if element.kind != ElementKind::Slot || markup.text(element.name) == "slot" {
            continue;
        }
        let Ok(name) = name_of(markup, element) else { continue };
        let (name, span) = name.unwrap_or(("default", element.name));
        if let Some(first) = seen.insert(name, span) {
            found.push(twice(markup, name, span, first));
        }
    }
    found
}

/// The diagnostic for a slot that is filled twice.
pub(crate) fn twice(markup: &Markup<'_>, name: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::new(
        Code::UNKNOWN_SLOT,
        markup.path,
        markup.at(span),
        format!("the slot `{name}` is filled twice, and only the last content is shown"),
    )
    .related(markup.path, markup.at(first), "it is first filled here")
    .help("join the two")
}
