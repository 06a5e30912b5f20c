//! Links in a file that open another one: imports, `href`, `src`, `action`, style sheets, web addresses.

use crate::Document;
use crate::symbol::site::{Destination, destination, urls};
use crate::symbol::styles::unquoted;
use crate::symbol::{layout_of, specifiers_in, trees};
use velox_core::resolve::Resolution;
use velox_diagnostics::Span;
use velox_syntax::{AttributeValue, NodeKind};

/// What a link opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// A file of the project, by its path.
    File(String),
    /// An address outside.
    Web(String),
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its text, without quotes.
    pub span: Span,
    /// What it opens.
    pub target: LinkTarget,
    /// A word on it.
    pub tooltip: Option<String>,
}

/// The links of a file, in order, disjoint.
#[must_use]
pub fn links(document: Document<'_>) -> Vec<Link> {
    let mut found = Vec::new();
    if document.script().is_some() || document.is_velox() {
        imported(document, &mut found);
        on_site(document, &mut found);
        in_tags(document, &mut found);
    }
    found.retain(|link| !link.span.is_empty());
    found.sort_by_key(|link| (link.span.start, link.span.end));
    let mut end = 0;
    found.retain(|link| {
        let fits = link.span.start >= end;
        end = if fits { link.span.end } else { end };
        fits
    });
    found
}

fn file(span: Span, path: String, tooltip: Option<String>) -> Link {
    Link { span, target: LinkTarget::File(path), tooltip }
}

/// Specifiers, and `layout = 'docs'`.
fn imported(document: Document<'_>, found: &mut Vec<Link>) {
    let resolved = velox_db::imports(document.db, document.project, document.file);
    for (specifier, span) in specifiers_in(document.db, document.file) {
        if let Some(Resolution::File(path)) = resolved.get(specifier) {
            found.push(file(span, path.clone(), Some(path.clone())));
        } else if specifier.starts_with("https://") {
            found.push(Link { span, target: LinkTarget::Web(specifier.to_owned()), tooltip: None });
        }
    }
    if let Some(layout) = layout_of(document) {
        let span = unquoted(document.page().layout_span, document.text());
        found.push(file(span, layout.path(document.db).to_owned(), Some("the layout".to_owned())));
    }
}

/// URLs of this site that lead to one file: the route's, or a public one.
fn on_site(document: Document<'_>, found: &mut Vec<Link>) {
    for (written, by_pattern) in urls(document) {
        match destination(document, written, by_pattern) {
            Some(Destination::Public(path)) => found.push(file(written.span, path.clone(), Some(path))),
            Some(Destination::Routes(routes)) => {
                if let [route] = routes.as_slice() {
                    let source = document.at(route);
                    let tooltip = source.and_then(crate::summary::route_summary).map(|route| route.line());
                    found.push(file(written.span, route.clone(), tooltip));
                }
            }
            None => {}
        }
    }
}

/// Attributes that name an address outside.
fn in_tags(document: Document<'_>, found: &mut Vec<Link>) {
    for (tree, text, base) in trees(document) {
        for node in &tree.nodes {
            let NodeKind::Element(element) = &node.kind else { continue };
            for attribute in &element.attributes {
                let AttributeValue::Text(span) = &attribute.value else { continue };
                if !matches!(attribute.name.text(text), "href" | "src" | "action" | "poster" | "formaction") {
                    continue;
                }
                let written = span.text(text).trim();
                if ["https://", "http://"]
                    .iter()
                    .any(|scheme| written.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty()))
                    && !written.contains([' ', '"', '<', '>'])
                {
                    let target = LinkTarget::Web(written.replace("&amp;", "&"));
                    found.push(Link { span: span.shift(base), target, tooltip: None });
                }
            }
        }
    }
}
