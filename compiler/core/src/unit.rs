//! A `.velox` file as the stages see it: its text, regions, trees and facts, borrowed from whoever computed them.

use crate::emit::Region;
use crate::emit::Source;
use velox_script::{ModuleFacts, TemplateFacts};
use velox_syntax::{NodeId, Regions, Tree};

/// A parsed `.velox` file. Spans of `block` and `template` are relative to their regions.
#[derive(Clone, Copy, Debug)]
pub struct VeloxFile<'a> {
    /// Path relative to the project root, with `/`.
    pub path: &'a str,
    /// The whole text.
    pub text: &'a str,
    /// Where server block and template lie.
    pub regions: &'a Regions,
    /// Facts about the server block; empty where there is none.
    pub block: &'a ModuleFacts,
    /// The elements in the server block, where it is TSX (language.md S1).
    pub block_tree: Option<&'a Tree>,
    /// The template.
    pub template: &'a Tree,
    /// Facts about the template's holes.
    pub facts: &'a TemplateFacts,
}

impl<'a> VeloxFile<'a> {
    /// The server block with its place in the file; empty where there is none.
    #[must_use]
    pub fn block_source(&self) -> Source<'a> {
        match &self.regions.server {
            Some(server) => Source { text: server.body.text(self.text), base: server.body.start },
            None => Source { text: "", base: 0 },
        }
    }

    /// The template with its place in the file.
    #[must_use]
    pub fn template_source(&self) -> Source<'a> {
        Source { text: self.regions.template.text(self.text), base: self.regions.template.start }
    }

    pub(crate) fn block_region(&self) -> Option<Region<'a>> {
        self.regions.server?;
        Some(Region {
            source: self.block_source(),
            tree: self.block_tree.unwrap_or(self.template),
            holes: &self.block.holes,
        })
    }

    pub(crate) fn block_elements(&self) -> &'a [NodeId] {
        crate::emit::root_elements(self.block_tree)
    }

    /// Whether the server block declares or imports this name.
    #[must_use]
    pub fn declares(&self, name: &str) -> bool {
        self.block.imports.iter().flat_map(|import| &import.names).any(|imported| imported.local == name)
            || self.block.items.iter().flat_map(|item| &item.declares).any(|(declared, _)| declared == name)
    }
}
