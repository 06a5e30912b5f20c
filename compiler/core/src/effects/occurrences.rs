//! Every place where a file uses a top-level or outer name as a value: in code, in holes, and as a component's tag.
//!
//! Knows positions; what crosses a file's border is in `uses.rs` and `links.rs`.

use crate::unit::VeloxFile;
use std::hash::{Hash, Hasher};
use velox_diagnostics::Span;
use velox_script::{HoleFacts, ModuleFacts, NameUse, TemplateFacts};
use velox_syntax::Tree;

/// A file as this folder reads it: a module, or the two halves of a `.velox` file.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// Path relative to the project root.
    pub path: &'a str,
    /// The module's text, or the server block's.
    pub text: &'a str,
    /// Where that text begins in the file.
    pub base: u32,
    /// Facts about it.
    pub facts: &'a ModuleFacts,
    /// Elements that stand in it.
    pub tree: Option<&'a Tree>,
    /// The template with its text, its base and its facts.
    pub template: Option<(&'a Tree, &'a str, u32, &'a TemplateFacts)>,
}

impl<'a> Source<'a> {
    /// A `.velox` file.
    #[must_use]
    pub fn velox(file: &VeloxFile<'a>) -> Self {
        let (block, template) = (file.block_source(), file.template_source());
        Self {
            path: file.path,
            text: block.text,
            base: block.base,
            facts: file.block,
            tree: file.block_tree,
            template: Some((file.template, template.text, template.base, file.facts)),
        }
    }

    /// A `.ts` or `.tsx` module.
    #[must_use]
    pub fn module(path: &'a str, text: &'a str, facts: &'a ModuleFacts, tree: Option<&'a Tree>) -> Self {
        Self { path, text, base: 0, facts, tree, template: None }
    }

    /// Whether it is a `.velox` file, in which the names of language.md S2 are in scope.
    #[must_use]
    pub fn is_velox(&self) -> bool {
        self.template.is_some()
    }

    /// The trees of the file, each with its text and its base.
    pub fn trees(&self) -> impl Iterator<Item = (&'a Tree, &'a str, u32)> + use<'a> {
        let template = self.template.map(|(tree, text, base, _)| (tree, text, base));
        self.tree.map(|tree| (tree, self.text, self.base)).into_iter().chain(template)
    }
}

/// A use of a name.
#[derive(Clone, Debug)]
pub struct Occurrence<'a> {
    /// The name: `auth` of `auth.currentUser()` and of `<auth.Badge />`.
    pub name: &'a str,
    /// What is read of it: `currentUser`.
    pub path: Path<'a>,
    /// Whether it, with its path, is called. A component's tag calls it.
    pub called: bool,
    /// Whether it is a component's tag.
    pub tag: bool,
    /// Its `client:` directive, where it is a tag that has one.
    pub directive: Option<&'a str>,
    /// The name's place in the file.
    pub span: Span,
    /// The top-level item that it stands in; nothing in a template.
    pub item: Option<usize>,
}

impl<'a> Occurrence<'a> {
    /// How it is written: alike for two uses that differ in their places, or in their directives, alone.
    pub(super) fn written(&self) -> Written<'a> {
        Written { name: self.name, path: self.path, called: self.called, tag: self.tag }
    }
}

/// How a use is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written<'a> {
    name: &'a str,
    path: Path<'a>,
    called: bool,
    tag: bool,
}

impl PartialEq for Written<'_> {
    fn eq(&self, other: &Self) -> bool {
        let plain = |one: &Self| (one.name, one.called, one.tag);
        plain(self) == plain(other) && self.path.iter().eq(other.path.iter())
    }
}

impl Eq for Written<'_> {}

impl Hash for Written<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
        self.path.iter().for_each(|part| part.hash(state));
    }
}

/// What a use reads of its name: members, the key that a pattern takes out of them, or what stands in a tag behind the first dot.
#[derive(Clone, Copy, Debug, Default)]
pub struct Path<'a> {
    members: &'a [(String, Span)],
    key: Option<&'a str>,
    tag: Option<&'a str>,
}

impl<'a> Path<'a> {
    /// Its parts.
    pub fn iter(self) -> impl Iterator<Item = &'a str> {
        let members = self.members.iter().map(|(name, _)| &**name);
        members.chain(self.key).chain(self.tag.into_iter().flat_map(|rest| rest.split('.')))
    }

    /// Whether the name is used itself.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.members.is_empty() && self.key.is_none() && self.tag.is_none()
    }
}

/// All uses of names in a file that `wanted` asks for, those of the module first.
pub fn occurrences<'a>(source: &Source<'a>, wanted: &dyn Fn(&str) -> bool) -> Vec<Occurrence<'a>> {
    let mut found = Vec::with_capacity(32);
    for (at, item) in source.facts.items.iter().enumerate() {
        for used in item.uses.iter().filter(|used| wanted(&used.name)) {
            push_use(used, source.base, Some(at), &mut found);
        }
    }
    push_holes(&source.facts.holes, source.base, &|span| item_at(source.facts, span), wanted, &mut found);
    if let Some(tree) = source.tree {
        push_tags(tree, source.text, source.base, &|span| item_at(source.facts, span), wanted, &mut found);
    }
    if let Some((tree, text, base, facts)) = source.template {
        push_holes(&facts.holes, base, &|_| None, wanted, &mut found);
        push_tags(tree, text, base, &|_| None, wanted, &mut found);
    }
    found
}

fn push_holes<'a>(
    holes: &'a [HoleFacts],
    base: u32,
    item: &dyn Fn(Span) -> Option<usize>,
    wanted: &dyn Fn(&str) -> bool,
    found: &mut Vec<Occurrence<'a>>,
) {
    for hole in holes {
        for used in hole.uses.iter().filter(|used| wanted(&used.name)) {
            push_use(used, base, item(hole.span), found);
        }
    }
}

fn push_use<'a>(used: &'a NameUse, base: u32, item: Option<usize>, found: &mut Vec<Occurrence<'a>>) {
    if used.typeof_operand && used.members.is_empty() {
        return;
    }
    let one = |key, called, span: Span| Occurrence {
        name: &used.name,
        path: Path { members: &used.members, key, tag: None },
        called,
        tag: false,
        directive: None,
        span: span.shift(base),
        item,
    };
    if used.destructured.is_empty() {
        found.push(one(None, used.called, used.span));
        return;
    }
    found.extend(used.destructured.iter().map(|(key, span)| one(Some(&**key), false, *span)));
}

fn push_tags<'a>(
    tree: &'a Tree,
    text: &'a str,
    base: u32,
    item: &dyn Fn(Span) -> Option<usize>,
    wanted: &dyn Fn(&str) -> bool,
    found: &mut Vec<Occurrence<'a>>,
) {
    for (node, element) in tree.components() {
        let tag = element.name.text(text);
        let (name, rest) = tag.split_once('.').map_or((tag, None), |(name, rest)| (name, Some(rest)));
        if !wanted(name) {
            continue;
        }
        let directive = element
            .attributes
            .iter()
            .map(|attribute| attribute.name.text(text))
            .find(|name| name.starts_with("client:"));
        found.push(Occurrence {
            name,
            path: Path { tag: rest, ..Path::default() },
            called: true,
            tag: true,
            directive,
            span: element.name.shift(base),
            item: item(node.span),
        });
    }
}

/// The item that a place of a module lies in. Items are in the order of the text.
fn item_at(facts: &ModuleFacts, span: Span) -> Option<usize> {
    let extent = |at: usize| {
        let item = &facts.items[at];
        item.declarator.as_ref().map_or(item.statement, |declarator| declarator.span)
    };
    let at = facts.items.partition_point(|item| {
        item.declarator.as_ref().map_or(item.statement, |declarator| declarator.span).start <= span.start
    });
    let at = at.checked_sub(1)?;
    extent(at).contains(span).then_some(at)
}
