//! What a file declares, and where it uses names: one view over its server block (or its whole module) and its template.
//!
//! Decides nothing; the checks beside it do.

use crate::ambient::{REQUEST_NAMES, is_server_name};
use crate::unit::VeloxFile;
use rustc_hash::{FxBuildHasher, FxHashMap};
use velox_diagnostics::Span;
use velox_script::{Import, ImportedName, ItemKind, NameUse};

/// What a file is, as far as names go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameRole {
    /// A `.velox` page.
    Page {
        /// Whether it runs in the browser too (language.md M5).
        in_browser: bool,
    },
    /// A `.velox` layout.
    Layout,
    /// A `.velox` component.
    Component {
        /// Whether a page of the project runs in the browser, which may bring the component along.
        in_browser: bool,
    },
    /// A `.tsx` page.
    TsxPage,
    /// A `+server.ts`.
    Endpoint,
    /// `middleware.ts`.
    Middleware,
    /// Any other module.
    Module,
}

impl NameRole {
    /// Whether the file is a `.velox` file.
    #[must_use]
    pub fn is_velox(self) -> bool {
        matches!(self, Self::Page { .. } | Self::Layout | Self::Component { .. })
    }

    /// Whether a name is there without a declaration (language.md S2).
    pub(super) fn is_ambient(self, name: &str) -> bool {
        match self {
            Self::Page { .. } | Self::Layout | Self::Component { .. } => {
                is_server_name(name)
                    || REQUEST_NAMES.contains(&name)
                    || (name == "meta" && self == Self::Layout)
            }
            Self::Endpoint => is_server_name(name),
            Self::TsxPage | Self::Middleware | Self::Module => false,
        }
    }
}

/// Where a name of the file's top level comes from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Declared<'a> {
    /// From an import.
    Import(&'a Import, &'a ImportedName),
    /// From a top-level statement: its index, and the name's place in the file.
    Item(usize, Span),
}

/// A use of a name of the top level, or of one from outside.
#[derive(Clone, Copy, Debug)]
pub(super) struct Use<'a> {
    /// The use; its spans are relative to `base`.
    pub(super) name: &'a NameUse,
    /// What its spans count from.
    pub(super) base: u32,
    /// The top-level statement that it stands in; nothing in the template and in elements of the block.
    pub(super) item: Option<usize>,
}

impl Use<'_> {
    /// The identifier's place in the file.
    pub(super) fn span(&self) -> Span {
        self.name.span.shift(self.base)
    }
}

/// A file with its names.
#[derive(Debug)]
pub struct Scope<'a> {
    /// The file. A module stands where the server block does.
    pub file: VeloxFile<'a>,
    /// What it is.
    pub role: NameRole,
    /// Offset of the server block.
    pub(super) base: u32,
    /// Values of the top level, imports of types included.
    pub(super) values: FxHashMap<&'a str, Declared<'a>>,
}

impl<'a> Scope<'a> {
    /// Reads the declarations of a file.
    #[must_use]
    pub fn new(file: VeloxFile<'a>, role: NameRole) -> Self {
        let base = file.block_source().base;
        let count = 2 * file.block.imports.len() + file.block.items.len();
        let mut values = FxHashMap::with_capacity_and_hasher(count, FxBuildHasher);
        for import in &file.block.imports {
            for name in &import.names {
                values.entry(&*name.local).or_insert(Declared::Import(import, name));
            }
        }
        for (at, item) in file.block.items.iter().enumerate() {
            for (name, span) in &item.declares {
                values.entry(&**name).or_insert(Declared::Item(at, span.shift(base)));
            }
        }
        Self { file, role, base, values }
    }

    /// Every use of a name that no inner scope declares: block, its elements, template.
    pub(super) fn uses(&self) -> impl Iterator<Item = Use<'a>> + use<'a> {
        let (base, template) = (self.base, self.file.template_source().base);
        let (block, facts) = (self.file.block, self.file.facts);
        let in_items =
            block.items.iter().enumerate().flat_map(move |(at, item)| {
                item.uses.iter().map(move |name| Use { name, base, item: Some(at) })
            });
        let in_elements = block
            .holes
            .iter()
            .flat_map(move |hole| hole.uses.iter().map(move |name| Use { name, base, item: None }));
        let in_template = facts
            .holes
            .iter()
            .flat_map(move |hole| hole.uses.iter().map(move |name| Use { name, base: template, item: None }));
        in_items.chain(in_elements).chain(in_template)
    }

    /// The statement or the hole that a use stands in, in the file.
    pub(super) fn code_around(&self, used: Use<'_>) -> Span {
        let span = used.name.span;
        let template = self.file.template_source().base;
        let items = &self.file.block.items;
        let item = match used.item {
            Some(item) => items.get(item),
            None if used.base == template && !self.file.template.nodes.is_empty() => None,
            None => items.iter().find(|item| item.statement.contains(span)),
        };
        if let Some(item) = item {
            return item.statement.shift(self.base);
        }
        // The outermost hole around it: what encloses it declares names for it.
        let around = self.file.facts.holes.iter().find(|hole| hole.span.contains(span));
        around.map_or(span, |hole| hole.span).shift(used.base)
    }

    /// The text of the server block, or of the module.
    pub(super) fn code(&self) -> &'a str {
        self.file.block_source().text
    }

    /// The types that the top level declares, with their places in the file. They are not in the facts, so their names are read
    /// off the heads of the statements.
    pub(super) fn types(&self) -> impl Iterator<Item = (&'a str, Span, usize)> + '_ {
        let code = self.code();
        self.file.block.items.iter().enumerate().filter(|(_, item)| item.kind == ItemKind::Type).filter_map(
            move |(at, item)| {
                let (name, span) = type_name(code, item.span)?;
                Some((name, span.shift(self.base), at))
            },
        )
    }
}

/// The name of a type's declaration: `interface X`, `type X`, `declare namespace X`.
fn type_name(code: &str, span: Span) -> Option<(&str, Span)> {
    let mut at = span.start as usize;
    let mut declared = false;
    // `export declare abstract class X` has the most words before its name.
    for _ in 0..6 {
        let rest = code.get(at..span.end as usize)?;
        let skipped = rest.len() - rest.trim_start().len();
        let word: &str = {
            let rest = &rest[skipped..];
            let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '$')));
            &rest[..end.unwrap_or(rest.len())]
        };
        let start = at + skipped;
        if word.is_empty() {
            return None;
        }
        if declared {
            return Some((word, Span::new(start as u32, (start + word.len()) as u32)));
        }
        match word {
            "interface" | "type" | "namespace" | "module" => declared = true,
            "export" | "default" | "declare" => {}
            _ => return None,
        }
        at = start + word.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_types_are_read_off_their_heads() {
        for (code, expected) in [
            ("interface Post { a: 1 }", Some("Post")),
            ("export type Tea<T> = T", Some("Tea")),
            ("declare namespace $x { }", Some("$x")),
            ("declare module 'x' {}", None),
            ("declare const a: 1", None),
            ("type", None),
            ("interface /* x */ Post {}", None),
        ] {
            let found = type_name(code, Span::new(0, code.len() as u32));
            assert_eq!(found.map(|(name, _)| name), expected, "{code}");
        }
    }
}
