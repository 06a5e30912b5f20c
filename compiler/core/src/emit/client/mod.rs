//! Emission for the browser: elements become vnodes of preact.
//!
//! Code, imports and server blocks are copied by what the server's emission uses too; only what an element becomes, and calls of
//! hooks, differ. No page is mounted here, and no module is bundled.

mod elements;
mod hooks;
mod module;
mod names;
mod page;
mod props;
#[cfg(test)]
mod tests;

use super::code::{CodeEmitter, Region};
use super::template::Extracted;
use super::writer::Writer;
use velox_syntax::NodeId;

pub use module::{emit_client_module, emit_vnode_module};
pub(crate) use names::runtime_functions;
pub use page::emit_client_page;

/// The state of emitting one file for the browser.
pub(crate) struct ClientEmitter<'a> {
    pub(crate) out: Writer,
    pub(crate) names: names::ClientNames,
    /// Attribute that scopes this file's styles, where it has some.
    pub(crate) scope: Option<&'a str>,
    pub(crate) extracted: Vec<Extracted>,
    /// Whether this is a `.velox` file: `<style>` and `<script>` are taken out, `<slot>` is filled.
    pub(crate) is_velox: bool,
    pub(crate) in_head: bool,
    pub(crate) keep_white_space: bool,
    /// Whether `<velox:slot>` fills a slot of the layout (not inside a component).
    pub(crate) fills_layout: bool,
}

impl<'a> CodeEmitter<'a> for ClientEmitter<'a> {
    fn out(&mut self) -> &mut Writer {
        &mut self.out
    }

    fn element_values(&mut self, region: Region<'a>, ids: &[NodeId]) {
        self.one(region, ids);
    }
}
