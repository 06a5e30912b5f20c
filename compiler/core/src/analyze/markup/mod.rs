//! What is wrong with markup that a file alone tells: names of attributes, nesting that a browser would change, ids, URLs, values where
//! no escaping is safe, handlers that never run, and what an island is given.
//!
//! Each check looks at trees and facts and gives diagnostics; none needs another file. Where something cannot be told for certain,
//! they are silent: a component may do anything with what it is given, and a value that is computed may be fine.

mod attributes;
mod boundaries;
mod handlers;
mod ids;
mod islands;
mod marks;
mod names;
mod nesting;
mod places;
mod props;
mod raw_content;
mod scene;
mod slots;
#[cfg(test)]
mod tests;
mod urls;
mod values;
mod walk;

use crate::emit::FileKind;
use crate::holes::facts_of;
use crate::unit::VeloxFile;
use marks::Marks;
use velox_diagnostics::{Diagnostic, Span};
use velox_script::{HoleFacts, ModuleFacts, Shape};
use velox_syntax::{Attribute, AttributeValue, Code, Element, ElementKind, NodeKind, Tree};

/// Which rules a file's markup follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dialect {
    /// A `.velox` file: names as HTML has them.
    Velox,
    /// A `.tsx` file: names as JSX has them, handlers allowed, as the component may be an island.
    Tsx,
}

/// A region with elements, and what has been found in it.
struct Markup<'a> {
    path: &'a str,
    tree: &'a Tree,
    holes: &'a [HoleFacts],
    text: &'a str,
    base: u32,
    /// The file's imports and declarations.
    block: &'a ModuleFacts,
    /// The server block's text, or the module's.
    block_text: &'a str,
    dialect: Dialect,
    kind: FileKind,
    /// Whether the elements run in the browser (language.md M5). Asked where there is a handler.
    in_browser: &'a dyn Fn() -> bool,
    /// Whether an imported name is a component of a `.velox` file.
    is_velox: &'a dyn Fn(&str) -> bool,
    /// The local name of `Suspense` from `velox`.
    suspense: Option<&'a str>,
    /// The local name of `Head` from `velox`.
    head: Option<&'a str>,
    found: Vec<Diagnostic>,
}

impl<'a> Markup<'a> {
    fn text(&self, span: Span) -> &'a str {
        span.text(self.text)
    }

    fn at(&self, span: Span) -> Span {
        span.shift(self.base)
    }

    fn facts(&self, code: &Code) -> Option<&'a HoleFacts> {
        facts_of(self.holes, code)
    }

    /// An attribute with the white space before it, in the file.
    fn with_space(&self, attribute: &Attribute) -> Span {
        let before = &self.text[..attribute.span.start as usize];
        self.at(Span::new(before.trim_end().len() as u32, attribute.span.end))
    }

    /// The value of an attribute that is text or a constant, with its place.
    fn fixed_value(&self, value: &'a AttributeValue) -> Option<(&'a str, Span)> {
        match value {
            AttributeValue::Text(span) => Some((self.text(*span), *span)),
            AttributeValue::Expr(code) | AttributeValue::Template(code) => match &self.facts(code)?.shape {
                Shape::Constant { value, span } => Some((value, *span)),
                _ => None,
            },
            _ => None,
        }
    }
}

/// The name under which a file imports something of `velox`.
pub(super) fn local_name<'a>(block: &'a ModuleFacts, imported: &str) -> Option<&'a str> {
    let imports = block.imports.iter().filter(|import| import.specifier == "velox" && !import.type_only);
    let mut names = imports.flat_map(|import| &import.names);
    names.find(|name| name.imported == imported).map(|name| &*name.local)
}

/// Checks the elements of a `.velox` file. `in_browser` knows whether its template runs in the browser (language.md M5).
/// `is_velox` knows whether an imported name is a component of a `.velox` file.
#[must_use]
pub fn check_markup(
    file: &VeloxFile<'_>,
    kind: FileKind,
    in_browser: &dyn Fn() -> bool,
    is_velox: &dyn Fn(&str) -> bool,
) -> Vec<Diagnostic> {
    let template = file.template_source();
    let mut markup = Markup {
        path: file.path,
        tree: file.template,
        holes: &file.facts.holes,
        text: template.text,
        base: template.base,
        block: file.block,
        block_text: file.block_source().text,
        dialect: Dialect::Velox,
        kind,
        in_browser,
        is_velox,
        suspense: local_name(file.block, "Suspense"),
        head: local_name(file.block, "Head"),
        found: Vec::new(),
    };
    check(&mut markup);
    if let Some(tree) = file.block_tree {
        let block = file.block_source();
        (markup.tree, markup.holes) = (tree, &file.block.holes);
        (markup.text, markup.base) = (block.text, block.base);
        check(&mut markup);
    }
    markup.found
}

/// Checks the elements of a `.tsx` module.
#[must_use]
pub fn check_module_markup(path: &str, text: &str, tree: &Tree, facts: &ModuleFacts) -> Vec<Diagnostic> {
    let mut markup = Markup {
        path,
        tree,
        holes: &facts.holes,
        text,
        base: 0,
        block: facts,
        block_text: text,
        dialect: Dialect::Tsx,
        kind: FileKind::Component,
        in_browser: &|| true,
        is_velox: &|_| false,
        suspense: local_name(facts, "Suspense"),
        head: local_name(facts, "Head"),
        found: Vec::new(),
    };
    check(&mut markup);
    markup.found
}

fn check(markup: &mut Markup<'_>) {
    walk::walk(markup);
    boundaries::check(markup);
    for node in &markup.tree.nodes {
        let NodeKind::Element(element) = &node.kind else { continue };
        match element.kind {
            ElementKind::Html | ElementKind::Custom => check_element(markup, element),
            ElementKind::Component if markup.dialect == Dialect::Velox && !element.attributes.is_empty() => {
                if islands::check(markup, element) {
                    props::check(markup, element);
                }
            }
            ElementKind::Component | ElementKind::Fragment | ElementKind::Slot => {}
        }
    }
}

/// Most elements have no attribute that one of the checks is about, and are done when the names have been looked at.
fn check_element(markup: &mut Markup<'_>, element: &Element) {
    let marks = Marks::of(markup, element);
    if marks.alias {
        attributes::check(markup, element);
    }
    if marks.url {
        urls::check(markup, element);
    }
    if marks.handler {
        handlers::check(markup, element);
    }
    if marks.directive && markup.dialect == Dialect::Velox {
        islands::check(markup, element);
    }
    if marks.raw && markup.dialect == Dialect::Velox {
        raw_content::check(markup, element);
    }
    places::check(markup, element);
}
