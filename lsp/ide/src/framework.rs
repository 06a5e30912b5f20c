//! What the framework's packages export: signatures and words, from `data/framework.json`, which their declarations made.
//!
//! Names that are in scope without an import are in `ambient.rs`.

use serde::Deserialize;
use std::borrow::Cow;
use std::sync::OnceLock;

/// A package of the framework.
#[derive(Debug, Deserialize)]
pub(crate) struct Module {
    /// What an import of it names.
    #[serde(borrow, rename = "module")]
    pub(crate) specifier: Cow<'static, str>,
    /// What it exports, by name.
    pub(crate) exports: Vec<Entry>,
}

/// Something that a package exports.
#[derive(Debug, Deserialize)]
pub(crate) struct Entry {
    /// Its name.
    #[serde(borrow, rename = "n")]
    pub(crate) name: Cow<'static, str>,
    /// `function`, `class`, `const`, `interface` or `type`.
    #[serde(borrow, rename = "k")]
    pub(crate) kind: Cow<'static, str>,
    /// Its signatures: `redirect(url: string | URL, ...): Redirect`.
    #[serde(rename = "s")]
    pub(crate) signatures: Vec<String>,
    /// Markdown.
    #[serde(borrow, default, rename = "d")]
    pub(crate) words: Cow<'static, str>,
    /// Of a class or interface: its members.
    #[serde(default, rename = "m")]
    pub(crate) members: Vec<Member>,
}

/// A member of a class or interface.
#[derive(Debug, Deserialize)]
pub(crate) struct Member {
    /// Its name.
    #[serde(borrow, rename = "n")]
    pub(crate) name: Cow<'static, str>,
    /// As it is declared: `get(name: string): string | undefined`.
    #[serde(borrow, rename = "s")]
    pub(crate) signature: Cow<'static, str>,
    /// Markdown.
    #[serde(borrow, default, rename = "d")]
    pub(crate) words: Cow<'static, str>,
}

impl Entry {
    /// Whether it is a type alone.
    pub(crate) fn is_type(&self) -> bool {
        matches!(&*self.kind, "interface" | "type")
    }

    /// As code: the keyword and each signature on a line.
    pub(crate) fn code(&self) -> String {
        let lines: Vec<String> = self.signatures.iter().map(|one| format!("{} {one}", self.kind)).collect();
        format!("```ts\n{}\n```", lines.join("\n"))
    }

    /// Signatures and words.
    pub(crate) fn markdown(&self, module: &str) -> String {
        let words = if self.words.is_empty() { String::new() } else { format!("\n\n{}", self.words) };
        format!("{}{words}\n\nfrom `{module}`", self.code())
    }
}

static DATA: &str = include_str!("../data/framework.json");

/// The name of the part that holds objects of the Web platform: no package.
pub(crate) const WEB: &str = "web";

/// The packages, and behind them the objects of the Web platform.
fn all() -> &'static [Module] {
    static MODULES: OnceLock<Vec<Module>> = OnceLock::new();
    // The data is checked by a test; an editor must not end because of it.
    MODULES.get_or_init(|| serde_json::from_str(DATA).unwrap_or_default())
}

/// The packages.
pub(crate) fn modules() -> &'static [Module] {
    let all = all();
    all.split_last().filter(|(last, _)| last.specifier == WEB).map_or(all, |(_, packages)| packages)
}

/// An object of the Web platform that the framework hands out.
pub(crate) fn web(name: &str) -> Option<&'static Entry> {
    let objects = &all().last().filter(|module| module.specifier == WEB)?.exports;
    objects.iter().find(|entry| entry.name == name)
}

/// A package by what an import of it names.
pub(crate) fn module(specifier: &str) -> Option<&'static Module> {
    modules().iter().find(|module| module.specifier == specifier)
}

/// What a package exports under a name.
pub(crate) fn export(specifier: &str, name: &str) -> Option<&'static Entry> {
    if specifier == WEB {
        return web(name);
    }
    let exports = &module(specifier)?.exports;
    exports.binary_search_by(|entry| (*entry.name).cmp(name)).ok().map(|at| &exports[at])
}
