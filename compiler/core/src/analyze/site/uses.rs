//! What one file says of links, tags and paths: in its server block or module, and in its template.
//!
//! Looks at one file alone, and reads no link: where it leads depends on the configuration.

use super::glob::Glob;
use super::scan::has_more_arguments;
use crate::holes::facts_of;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use velox_diagnostics::Span;
use velox_script::{Call, HoleFacts, ModuleFacts, NameUse, Shape, TemplateFacts, Value};
use velox_syntax::{Attribute, AttributeValue, Element, ElementKind, NodeKind, Tree};

/// A file, as far as links, tags and paths care.
#[derive(Clone, Copy, Debug)]
pub struct SiteFile<'a> {
    /// Its whole text.
    pub text: &'a str,
    /// The server block or module: where it begins in the file, its text, its facts, and the elements in it.
    pub module: (u32, &'a str, &'a ModuleFacts, Option<&'a Tree>),
    /// The template: where it begins in the file, its text, its facts and its tree.
    pub template: Option<(u32, &'a str, &'a TemplateFacts, &'a Tree)>,
    /// Whether what `velox/server` exports is in scope without an import (language.md S2).
    pub ambient: bool,
    /// Whether all of it parsed; else a part of it may say more than is seen.
    pub whole: bool,
}

/// A string or template literal that says something, with its places in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The text.
    pub text: Glob,
    /// All of it; what is between the quotes, where these are here and nothing between them is escaped.
    pub span: Span,
    /// Whether `span` is the text as it stands in the file, so that parts of it have places.
    pub verbatim: bool,
}

/// A call of `revalidatePath`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathUse {
    /// The path, or the pattern.
    pub path: Written,
    /// Whether a route is named by its pattern: `revalidatePath('/blog/:slug', 'page')`.
    pub by_pattern: bool,
}

/// What a file says of links, tags and paths; all spans are file offsets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteUses {
    /// URLs that a visitor or a browser follows.
    pub links: Vec<Written>,
    /// Places in which a string that looks like a path is none: comments, and calls that ask another site. In any order.
    pub quiet: Vec<Span>,
    /// Whether it sets a base for relative links (`<base>`).
    pub has_base: bool,
    /// Tags given to `revalidateTag`.
    pub revalidated_tags: Vec<Written>,
    /// Paths given to `revalidatePath`.
    pub revalidated_paths: Vec<PathUse>,
    /// Tags that a `fetch` carries.
    pub carried: Vec<Written>,
    /// What a `fetch` asks for.
    pub fetched: Vec<Written>,
    /// Whether it may carry tags that cannot be seen.
    pub carries_unseen: bool,
}

/// Reads a file.
#[must_use]
pub fn read_uses(file: &SiteFile<'_>) -> SiteUses {
    let (base, text, facts, tree) = file.module;
    let mut uses = SiteUses { carries_unseen: !file.whole, ..SiteUses::default() };
    let mut quiet = Vec::new();
    let names = server_names(file);
    let mut block =
        Part { file, base, text, holes: &facts.holes, uses: &mut uses, quiet: &mut quiet, names: &names };
    block.calls(&facts.calls);
    block.uses(facts.items.iter().flat_map(|item| &item.uses), &facts.calls);
    block.uses(facts.holes.iter().flat_map(|hole| &hole.uses), &facts.calls);
    if let Some(tree) = tree {
        block.elements(tree);
    }
    if let Some((base, text, facts, tree)) = file.template {
        let mut template =
            Part { file, base, text, holes: &facts.holes, uses: &mut uses, quiet: &mut quiet, names: &names };
        template.calls(&facts.calls);
        template.uses(facts.holes.iter().flat_map(|hole| &hole.uses), &facts.calls);
        template.elements(tree);
    }
    for import in file.module.2.imports.iter().filter(|import| import.specifier == "velox/server") {
        // `server.fetch(...)`, and whatever else is done with the module as a whole.
        uses.carries_unseen |= import.names.iter().any(|name| name.imported == "*" && !name.type_only);
    }
    // Passed on under another name, it may be called anywhere.
    uses.carries_unseen |= file.module.2.exports.iter().filter(|export| !export.type_only).any(|export| {
        let local = export.local.as_deref().unwrap_or(&export.name);
        match &export.from {
            Some((specifier, _)) => {
                specifier == "velox/server"
                    && (matches!(local, "*" | "fetch" | "useCache") && export.name != local)
            }
            None => names
                .get(local)
                .is_some_and(|name| matches!(*name, "fetch" | "useCache") && export.name != *name),
        }
    });
    uses.quiet = quiet;
    uses
}

fn is_none(value: &Value) -> bool {
    matches!(value, Value::Undefined(_) | Value::Null(_))
}

/// Whether all keys of an object are to be seen.
fn is_seen(value: &Value) -> bool {
    match value {
        Value::Object(properties, _) => properties.iter().all(|property| !property.key.is_empty()),
        _ => false,
    }
}

/// One of the two parts of a file that is being read.
struct Part<'a, 'b> {
    file: &'b SiteFile<'a>,
    base: u32,
    text: &'a str,
    holes: &'a [HoleFacts],
    uses: &'b mut SiteUses,
    /// Places, in the file, in which paths are no links.
    quiet: &'b mut Vec<Span>,
    names: &'b FxHashMap<&'a str, &'a str>,
}

/// What `velox/server` calls the functions that have these names here.
fn server_names<'a>(file: &SiteFile<'a>) -> FxHashMap<&'a str, &'a str> {
    const OF_INTEREST: [&str; 5] = ["fetch", "redirect", "revalidatePath", "revalidateTag", "useCache"];
    let facts = file.module.2;
    let mut names = FxHashMap::with_capacity_and_hasher(2 * OF_INTEREST.len(), FxBuildHasher);
    // A `fetch` that is the file's own, or that it imports from elsewhere, is most likely one around the other: what it is
    // given counts.
    let mut taken = [true, false, false, false, false];
    let mut take = |name: &str| {
        if let Some(at) = OF_INTEREST.iter().position(|other| *other == name) {
            taken[at] = true;
        }
    };
    for import in &facts.imports {
        let server = import.specifier == "velox/server";
        for name in &import.names {
            take(&name.local);
            if server {
                names.insert(&*name.local, &*name.imported);
            }
        }
    }
    names.entry("fetch").or_insert("fetch");
    if file.ambient {
        facts.items.iter().flat_map(|item| &item.declares).for_each(|(name, _)| take(name));
        let free = OF_INTEREST.iter().zip(taken).filter(|(_, taken)| !taken);
        names.extend(free.map(|(name, _)| (*name, *name)));
    }
    names
}

impl<'a> Part<'a, '_> {
    fn calls(&mut self, calls: &'a [Call]) {
        for call in calls {
            let name = self.names.get(&*call.name).copied();
            if name == Some("fetch") {
                self.quiet.push(call.call.shift(self.base));
                let asked = call.arguments.first().and_then(|first| self.written(first));
                self.uses.fetched.extend(asked);
                match call.arguments.get(1) {
                    Some(options) => self.options(options),
                    // More arguments than are seen come out of a spread.
                    None => self.uses.carries_unseen |= has_more_arguments(self.text, call.span.end),
                }
                continue;
            }
            if name == Some("useCache") {
                self.quiet.push(call.call.shift(self.base));
                match call.arguments.get(2) {
                    Some(options) => self.tags_of(options),
                    // A spread may bring options along.
                    None => {
                        let call = self.text.get(call.call.start as usize..call.call.end as usize);
                        self.uses.carries_unseen |= call.is_none_or(|call| call.contains("..."));
                    }
                }
                continue;
            }
            let Some(first) = call.arguments.first() else { continue };
            match name {
                Some("redirect") => {
                    if let Some(link) = self.written(first) {
                        self.uses.links.push(link);
                    }
                }
                Some("revalidateTag") => {
                    self.quiet.push(call.call.shift(self.base));
                    if let Some(tag) = self.written(first) {
                        self.uses.revalidated_tags.push(tag);
                    }
                }
                Some("revalidatePath") => {
                    self.quiet.push(call.call.shift(self.base));
                    let by_pattern = match call.arguments.get(1) {
                        None | Some(Value::Object(..)) => Some(false),
                        Some(Value::String(kind, _)) if kind == "page" => Some(true),
                        Some(_) => None,
                    };
                    let unseen = call.arguments.len() == 1 && has_more_arguments(self.text, call.span.end);
                    if let (Some(path), Some(by_pattern), false) = (self.written(first), by_pattern, unseen) {
                        self.uses.revalidated_paths.push(PathUse { path, by_pattern });
                    }
                }
                _ => {}
            }
        }
    }

    /// The tags in the options of a `fetch`.
    fn options(&mut self, options: &Value) {
        if is_none(options) {
            return;
        }
        self.uses.carries_unseen |= !is_seen(options);
        if let Some(next) = options.get("next") {
            self.tags_of(&next.value);
        }
    }

    /// `tags` of an object: `next` of a `fetch`, the options of a `useCache`.
    fn tags_of(&mut self, options: &Value) {
        if is_none(options) {
            return;
        }
        self.uses.carries_unseen |= !is_seen(options);
        match options.get("tags").map(|property| &property.value) {
            None => {}
            Some(value) if is_none(value) => {}
            Some(Value::Array(items, _)) => {
                for item in items {
                    self.tag(item);
                }
            }
            Some(Value::Repeated(item, _)) => self.tag(item),
            Some(_) => self.uses.carries_unseen = true,
        }
    }

    fn tag(&mut self, value: &Value) {
        let value = if let Value::Repeated(item, _) = value { item } else { value };
        match self.written(value) {
            Some(tag) => self.uses.carried.push(tag),
            None => self.uses.carries_unseen = true,
        }
    }

    /// Uses of `fetch` and `useCache` that are no calls with something to see in them.
    fn uses(&mut self, uses: impl Iterator<Item = &'a NameUse>, calls: &[Call]) {
        let mut seen: Option<FxHashSet<u32>> = None;
        for used in uses {
            match self.names.get(&*used.name).copied() {
                Some("useCache") if !used.typeof_operand => {
                    let seen = seen.get_or_insert_with(|| calls.iter().map(|call| call.span.start).collect());
                    self.uses.carries_unseen |= !seen.contains(&used.span.start);
                }
                Some("fetch") if !used.typeof_operand && used.members.is_empty() => {
                    let seen = seen.get_or_insert_with(|| calls.iter().map(|call| call.span.start).collect());
                    if !seen.contains(&used.span.start) {
                        self.uses.carries_unseen |=
                            !used.called || has_more_arguments(self.text, used.span.end);
                    }
                }
                _ => {}
            }
        }
    }

    fn elements(&mut self, tree: &'a Tree) {
        let links = self.link_components();
        for node in &tree.nodes {
            let NodeKind::Element(element) = &node.kind else {
                if let NodeKind::Comment(_) = &node.kind {
                    self.quiet.push(node.span.shift(self.base));
                }
                continue;
            };
            let tag = element.name.text(self.text);
            self.uses.has_base |= tag == "base" && element.kind == ElementKind::Html;
            let link = element.kind == ElementKind::Component && links.contains(tag);
            let html =
                element.kind == ElementKind::Html && has_links(tag) && !leads_elsewhere(element, self.text);
            if !link && !html {
                continue;
            }
            for attribute in &element.attributes {
                let name = attribute.name.text(self.text);
                if if link { name == "href" } else { is_link(tag, name) } {
                    self.attribute(attribute);
                }
            }
        }
    }

    /// The names under which the file imports `Link`.
    fn link_components(&self) -> FxHashSet<&'a str> {
        let imports = self.file.module.2.imports.iter().filter(|import| import.specifier == "velox/client");
        let names = imports.flat_map(|import| &import.names).filter(|name| name.imported == "Link");
        names.map(|name| &*name.local).collect()
    }

    fn attribute(&mut self, attribute: &'a Attribute) {
        match &attribute.value {
            AttributeValue::Text(span) => {
                let text = Glob::literal(span.text(self.text));
                self.uses.links.push(Written { text, span: span.shift(self.base), verbatim: true });
            }
            AttributeValue::Expr(code) | AttributeValue::Template(code) => {
                let Some(facts) = facts_of(self.holes, code) else { return };
                let mut work = vec![&facts.shape];
                while let Some(shape) = work.pop() {
                    match shape {
                        Shape::Conditional { yes, no, .. } => work.extend([&**no, &**yes]),
                        Shape::And { right, .. } => work.push(right),
                        Shape::Constant { value, span } => {
                            let link = self.place(Glob::literal(value.clone()), *span);
                            self.uses.links.push(link);
                        }
                        Shape::Template { texts, span, .. } => {
                            let link = self.place(Glob::new(texts.clone()), *span);
                            self.uses.links.push(link);
                        }
                        _ => {}
                    }
                }
            }
            AttributeValue::Bare | AttributeValue::Shorthand(_) | AttributeValue::Spread(_) => {}
        }
    }

    fn written(&self, value: &Value) -> Option<Written> {
        Some(self.place(Glob::of(value)?, value.span()))
    }

    /// Finds the text between the quotes, where it stands there as it is: all of it, or of one with holes what is before the
    /// first.
    fn place(&self, text: Glob, span: Span) -> Written {
        let code = span.text(self.text);
        let quote = code.chars().next().filter(|first| matches!(first, '\'' | '"' | '`'));
        let after = quote.and_then(|_| code[1..].strip_prefix(text.prefix()));
        let (verbatim, end) = match (quote, after) {
            (Some(quote), Some(after)) if text.text().is_some() => {
                (after.len() == 1 && after.starts_with(quote), span.end - 1)
            }
            (Some(quote), Some(after)) if after.starts_with(quote) || after.starts_with("${") => {
                let whole = code.ends_with(quote) && after.starts_with("${");
                (true, if whole { span.end - 1 } else { span.start + 1 + text.prefix().len() as u32 })
            }
            _ => (false, 0),
        };
        let span = if verbatim { Span::new(span.start + 1, end) } else { span };
        Written { text, span: span.shift(self.base), verbatim }
    }
}

/// `<link rel="preconnect">` and its like name an origin, not a path.
fn leads_elsewhere(element: &Element, text: &str) -> bool {
    element.name.text(text) == "link"
        && element.attributes.iter().any(|attribute| match &attribute.value {
            AttributeValue::Text(value) => {
                attribute.name.text(text) == "rel"
                    && value
                        .text(text)
                        .split_ascii_whitespace()
                        .any(|word| matches!(word, "preconnect" | "dns-prefetch"))
            }
            _ => false,
        })
}

/// Whether an element has attributes that are [links](is_link): few of a file's have.
fn has_links(tag: &str) -> bool {
    matches!(
        tag.as_bytes(),
        b"a" | b"area"
            | b"link"
            | b"image"
            | b"use"
            | b"img"
            | b"script"
            | b"source"
            | b"audio"
            | b"track"
            | b"embed"
            | b"iframe"
            | b"video"
            | b"object"
            | b"form"
            | b"button"
            | b"input"
    )
}

/// Whether an attribute of an HTML element holds one URL that a browser asks for.
fn is_link(tag: &str, name: &str) -> bool {
    match tag {
        "a" | "area" | "link" | "image" | "use" => name == "href",
        "img" | "script" | "source" | "audio" | "track" | "embed" | "iframe" => name == "src",
        "video" => matches!(name, "src" | "poster"),
        "object" => name == "data",
        "form" => name == "action",
        "button" => name.eq_ignore_ascii_case("formaction"),
        "input" => name == "src" || name.eq_ignore_ascii_case("formaction"),
        _ => false,
    }
}
