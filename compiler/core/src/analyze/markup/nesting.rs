//! Words what `scene.rs` finds: elements that a browser's parser does not leave where they are written.

use super::Markup;
use super::names::{Kind, kind};
use super::scene::{Fate, Misplaced};
use rustc_hash::FxHashSet;
use velox_diagnostics::{Code, Diagnostic, Span};
use velox_syntax::{Element, ElementKind, NodeId, NodeKind};

/// What has been reported.
#[derive(Default)]
pub(crate) struct Nesting {
    /// Elements that were found to be closed early: what follows in one of these is outside of it for the same reason.
    closed: FxHashSet<NodeId>,
}

impl Nesting {
    /// Words the fate of an element.
    pub(crate) fn element(
        &mut self,
        markup: &Markup<'_>,
        element: &Element,
        misplaced: Misplaced,
    ) -> Option<Diagnostic> {
        let name = markup.text(element.name);
        let Misplaced { fate, ancestor } = misplaced;
        if matches!(fate, Fate::Closes | Fate::Both) && !self.closed.insert(ancestor) {
            return None;
        }
        let outer = ancestor_name(markup, ancestor)?;
        let message = match fate {
            Fate::Closes => {
                format!("a browser closes `<{outer}>` before `<{name}>`, which cannot stand in it")
            }
            Fate::Dropped if outer == name => {
                format!("a browser drops this `<{name}>`: it cannot stand in another")
            }
            Fate::Dropped => format!("a browser drops this `<{name}>`, which cannot stand in `<{outer}>`"),
            Fate::BeforeTable if outer == "table" => {
                format!("a browser moves `<{name}>` out of `<table>`, to the place before it")
            }
            Fate::BeforeTable => {
                format!("a browser moves `<{name}>` out of `<{outer}>`, to the place before the table")
            }
            Fate::Text => format!("a browser shows `<{name}>` as text: `<{outer}>` holds nothing else"),
            Fate::Emptied => {
                format!("a browser closes `<{name}>` at once here, so that its content stands outside of it")
            }
            Fate::Both => format!("a browser closes `<{outer}>` and drops the `<{name}>` in it"),
        };
        let mut diagnostic =
            self.diagnostic(markup, element.name, message, ancestor).help(help(name, &outer, fate));
        if fate == Fate::Closes
            && outer == "p"
            && let NodeKind::Element(paragraph) = &markup.tree.node(ancestor).kind
        {
            let mut edits = vec![(markup.at(paragraph.name), "div".to_owned())];
            if let Some(close) = paragraph.close {
                edits.push((markup.at(close), "</div>".to_owned()));
            }
            diagnostic = diagnostic.fix("write `<div>` for the `<p>`", false, edits);
        }
        Some(diagnostic)
    }

    /// Words the fate of an island, which stands in an element of its own.
    pub(crate) fn island(
        &self,
        markup: &Markup<'_>,
        element: &Element,
        misplaced: Option<Misplaced>,
    ) -> Option<Diagnostic> {
        // Elsewhere it is the parent that is wrong, for whatever stands in it.
        let Misplaced { ancestor, .. } = misplaced.filter(|one| one.fate == Fate::BeforeTable)?;
        let (name, outer) = (markup.text(element.name), ancestor_name(markup, ancestor)?);
        let message = format!(
            "a browser moves the island `<{name}>` out of `<{outer}>`, to the place before the table"
        );
        Some(self.diagnostic(markup, element.name, message, ancestor).help(
            "make an island of a component that gives the whole `<table>`, or of what stands in a cell",
        ))
    }

    /// Words the fate of an island in a drawing, where no element of HTML comes alive.
    pub(crate) fn island_in_drawing(
        &self,
        markup: &Markup<'_>,
        element: &Element,
        drawing: Option<NodeId>,
    ) -> Option<Diagnostic> {
        let (name, outer) = (markup.text(element.name), ancestor_name(markup, drawing?)?);
        let message = format!("the island `<{name}>` is not shown in `<{outer}>`, and never comes alive");
        Some(
            self.diagnostic(markup, element.name, message, drawing?)
                .help(format!("make an island of a component that gives the whole `<{outer}>`")),
        )
    }

    /// Words the fate of text.
    pub(crate) fn text(
        &mut self,
        markup: &Markup<'_>,
        span: Span,
        misplaced: Misplaced,
    ) -> Option<Diagnostic> {
        let Misplaced { fate, ancestor } = misplaced;
        if fate == Fate::Closes && !self.closed.insert(ancestor) {
            return None;
        }
        let outer = ancestor_name(markup, ancestor)?;
        let (message, help) = match fate {
            Fate::BeforeTable => (
                format!("a browser moves this text out of `<{outer}>`, to the place before the table"),
                "put it into a cell, `<td>`, or into the table's `<caption>`",
            ),
            _ => (
                format!("a browser closes `<{outer}>` before this text, which cannot stand in it"),
                "remove the text, or move it out",
            ),
        };
        Some(self.diagnostic(markup, span, message, ancestor).help(help))
    }

    fn diagnostic(&self, markup: &Markup<'_>, span: Span, message: String, ancestor: NodeId) -> Diagnostic {
        let node = markup.tree.node(ancestor);
        let (at, outer) = match &node.kind {
            NodeKind::Element(element) => (element.name, markup.text(element.name)),
            _ => (node.span, ""),
        };
        Diagnostic::new(Code::INVALID_NESTING, markup.path, markup.at(span), message).related(
            markup.path,
            markup.at(at),
            format!("`<{outer}>` is opened here"),
        )
    }
}

/// The ancestor's name as HTML has it: `<Head>` stands for `<head>`.
fn ancestor_name(markup: &Markup<'_>, ancestor: NodeId) -> Option<String> {
    let NodeKind::Element(element) = &markup.tree.node(ancestor).kind else { return None };
    Some(markup.text(element.name).to_owned()).map(|name| match element.kind {
        ElementKind::Component => name,
        _ => name.to_ascii_lowercase(),
    })
}

fn help(name: &str, outer: &str, fate: Fate) -> String {
    let (inner, outer_group) = (kind(name), kind(outer));
    match (fate, inner, outer_group) {
        (Fate::Closes, _, Kind::Paragraph) => {
            format!("write `<div>` for the `<p>`, or move the `<{name}>` out of it")
        }
        (Fate::Dropped, Kind::Cell | Kind::Row, _) if inner == Kind::Cell => {
            format!("put `<{name}>` into a `<tr>`, or write `<div>`")
        }
        (Fate::Dropped, kind, _) if kind.belongs_to_table() => {
            format!("put `<{name}>` into a `<table>`, or write `<div>`")
        }
        (Fate::Dropped, Kind::Form, _) => {
            "close the outer form before it, or tie fields to another form by their `form` attribute"
                .to_owned()
        }
        (Fate::BeforeTable, ..) => {
            format!("put `<{name}>` into a cell, `<td>`, or before the table")
        }
        (Fate::Text, ..) => format!("remove the tags of `<{name}>`"),
        (Fate::Emptied, ..) => "put the form around the table, or into a cell".to_owned(),
        (_, _, Kind::Svg) => format!("put `<{name}>` into a `<foreignObject>`, or out of `<{outer}>`"),
        (_, Kind::ListItem, Kind::ListItem) => "put a `<ul>` or `<ol>` around the inner `<li>`".to_owned(),
        (_, Kind::Description, Kind::Description) => {
            format!("put a `<dl>` around the inner `<{name}>`, or close `<{outer}>` before it")
        }
        (_, Kind::Link, Kind::Link) => "let one of the two links end before the other begins".to_owned(),
        _ if name == outer => format!("move the inner `<{name}>` out of the outer one"),
        _ => format!("move `<{name}>` out of `<{outer}>`"),
    }
}
