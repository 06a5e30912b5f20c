//! What each function of a file uses: request hooks, local functions, imports. Without positions.
//!
//! A function that nobody uses reaches nobody; so facts are kept by top-level declaration, and by member where one is an
//! object literal. Refuses to follow imports: that is `requests.rs`.

use super::occurrences::{Occurrence, Source, occurrences};
use crate::ambient::{REQUEST_HOOKS, gives_request};
use crate::lift::declarations;
use crate::resolve::is_framework;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use std::cell::OnceCell;
use velox_diagnostics::Span;
use velox_script::{Export, Import, ImportedName, Item, ItemKind, ModuleFacts, Value};

/// Facts of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileUses {
    /// What can be used of it, or uses something.
    pub units: Vec<Unit>,
    /// Exported name → what it stands for, sorted.
    pub exports: Vec<(String, ExportUses)>,
    /// Specifiers of `export * from`.
    pub stars: Vec<String>,
    /// The unit that stands for rendering the file: its block and its template.
    pub body: Option<u32>,
}

/// What an exported name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExportUses {
    /// A unit of the file.
    Unit(u32),
    /// A name of another module; `*` for all of it.
    From {
        /// The other module.
        specifier: String,
        /// Its name there.
        name: String,
    },
}

/// A function, constant or class, or the member of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its name: `currentUser`, `auth.currentUser`, `default`; empty for the body.
    pub name: String,
    /// What using it means.
    pub kind: UnitKind,
    /// Members that are units of their own.
    pub members: Vec<(String, u32)>,
    /// What it uses, sorted, each once.
    pub references: Vec<Reference>,
}

/// What using a unit means for what is inside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnitKind {
    /// A function, or the body of a component: who uses it runs it.
    Function,
    /// Another value: who calls it as it is probably runs what is inside.
    Value,
    /// A class: which method runs cannot be told.
    Class,
}

impl UnitKind {
    /// Whether a use with this rest of a path surely runs what is inside.
    fn runs(self, rest: &[String], called: bool) -> bool {
        rest.is_empty()
            && match self {
                Self::Function => true,
                Self::Value => called,
                Self::Class => false,
            }
    }
}

/// A use of something, as a unit makes it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Reference {
    /// As it is written: `auth.currentUser`, `<Card>`.
    pub shown: String,
    /// Whether it is called.
    pub called: bool,
    /// What is used.
    pub target: Target,
}

/// What is used.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// A name that gives the request: `useCookies`, `request`.
    Request(String),
    /// A unit of the same file, and whether the use surely runs what is inside.
    Local(u32, bool),
    /// An export of another module: the names that lead to it, none for all of the module.
    Import {
        /// The module.
        specifier: String,
        /// `currentUser`; `auth`, `currentUser`.
        path: Vec<String>,
    },
}

/// Longer paths say nothing more: exports, an object's members, and namespaces of namespaces.
const LONGEST_PATH: usize = 4;

/// Names of a file, to tell what an occurrence means.
struct Names<'a> {
    imports: FxHashMap<&'a str, (&'a Import, &'a ImportedName)>,
    facts: &'a ModuleFacts,
    /// Asked of a `.velox` file where it uses a name that may be the request's: all of it is one unit, and what it declares leads
    /// nowhere else.
    items: OnceCell<FxHashMap<&'a str, usize>>,
    is_velox: bool,
}

/// What an occurrence means, before units have numbers.
enum Meaning {
    Request(String),
    Item(usize),
    Import(String, Vec<String>),
}

impl<'a> Names<'a> {
    fn new(source: &Source<'a>) -> Self {
        let count = source.facts.imports.iter().map(|import| import.names.len()).sum();
        let mut imports = FxHashMap::with_capacity_and_hasher(count, FxBuildHasher);
        for import in source.facts.imports.iter().filter(|import| !import.type_only) {
            for name in import.names.iter().filter(|name| !name.type_only) {
                imports.insert(&*name.local, (import, name));
            }
        }
        Self { imports, facts: source.facts, items: OnceCell::new(), is_velox: source.is_velox() }
    }

    fn items(&self) -> &FxHashMap<&'a str, usize> {
        self.items.get_or_init(|| declarations(self.facts))
    }

    /// Whether a use of the name may be a reference of a unit.
    fn is_known(&self, name: &str) -> bool {
        self.imports.contains_key(name)
            || if self.is_velox {
                gives_request(name) && !self.items().contains_key(name)
            } else {
                self.items().contains_key(name)
            }
    }

    fn meaning(&self, used: &Occurrence<'_>) -> Option<Meaning> {
        let Some((import, name)) = self.imports.get(used.name) else {
            if let Some(item) = self.items().get(used.name) {
                return Some(Meaning::Item(*item));
            }
            return Some(Meaning::Request(used.name.to_owned()));
        };
        let first = Some(&*name.imported).filter(|name| *name != "*");
        let mut path = first.into_iter().chain(used.path.iter());
        if import.specifier == "velox/server" {
            return path
                .next()
                .filter(|name| REQUEST_HOOKS.contains(name))
                .map(|name| Meaning::Request(name.to_owned()));
        }
        if is_framework(&import.specifier) {
            return None;
        }
        Some(Meaning::Import(import.specifier.clone(), path.take(LONGEST_PATH).map(str::to_owned).collect()))
    }
}

fn shown(used: &Occurrence<'_>) -> String {
    let mut text = String::with_capacity(used.name.len() + 2);
    if used.tag {
        text.push('<');
    }
    text.push_str(used.name);
    for part in used.path.iter().take(LONGEST_PATH - 1) {
        text.push('.');
        text.push_str(part);
    }
    if used.tag {
        text.push('>');
    }
    text
}

/// Whether a use runs on the server: an island that is `client:only` does not.
fn is_rendered(used: &Occurrence<'_>) -> bool {
    used.directive != Some("client:only")
}

/// Reads a file. `is_page` where a module is a page, whose rendering may use all of it.
#[must_use]
pub fn read_uses(source: &Source<'_>, is_page: bool) -> FileUses {
    let names = Names::new(source);
    let found = occurrences(source, &|name| names.is_known(name));
    let mut uses = FileUses::default();
    let mut maker = Maker::new(source, &names, &found);
    if source.is_velox() || is_page {
        uses.body = Some(maker.unit(String::new(), UnitKind::Function, Own::All));
    }
    if !source.is_velox() {
        maker.exports(&mut uses);
    }
    maker.references();
    uses.units = maker.units.into_iter().map(|(unit, _)| unit).collect();
    uses
}

/// Which occurrences belong to a unit.
#[derive(Clone)]
enum Own {
    All,
    Item(usize),
    Within(usize, Span),
    /// None: the unit is a hook of `velox/server` under a name of this file.
    Hook(String),
}

struct Maker<'a, 'b> {
    source: &'b Source<'a>,
    names: &'b Names<'a>,
    occurrences: &'b [Occurrence<'a>],
    /// Item → uses in it that run on the server, in the order of the text.
    by_item: FxHashMap<usize, Vec<&'b Occurrence<'a>>>,
    /// Local name → an export of it.
    exported: FxHashMap<&'a str, &'a Export>,
    /// Item → its unit.
    items: FxHashMap<usize, u32>,
    units: Vec<(Unit, Own)>,
}

impl<'a, 'b> Maker<'a, 'b> {
    fn new(source: &'b Source<'a>, names: &'b Names<'a>, occurrences: &'b [Occurrence<'a>]) -> Self {
        let mut by_item: FxHashMap<usize, Vec<&Occurrence<'_>>> = FxHashMap::default();
        // A `.velox` file is one unit: nobody asks for its items.
        let asked: &[Occurrence<'_>] = if source.is_velox() { &[] } else { occurrences };
        for used in asked.iter().filter(|used| is_rendered(used)) {
            if let Some(item) = used.item {
                by_item.entry(item).or_default().push(used);
            }
        }
        for uses in by_item.values_mut() {
            uses.sort_by_key(|used| used.span);
        }
        let mut exported = FxHashMap::default();
        for export in source.facts.exports.iter().filter(|export| export.from.is_none() && !export.type_only)
        {
            exported.entry(export.local.as_deref().unwrap_or(&export.name)).or_insert(export);
        }
        Self { source, names, occurrences, by_item, exported, items: FxHashMap::default(), units: Vec::new() }
    }

    fn unit(&mut self, name: String, kind: UnitKind, own: Own) -> u32 {
        let unit = Unit { name, kind, members: Vec::new(), references: Vec::new() };
        self.units.push((unit, own));
        self.units.len() as u32 - 1
    }

    fn exports(&mut self, uses: &mut FileUses) {
        let facts = self.source.facts;
        for export in facts.exports.iter().filter(|export| !export.type_only) {
            if let Some((specifier, _)) = &export.from {
                if is_framework(specifier) {
                    self.hooks_handed_on(specifier, export, uses);
                    continue;
                }
                if export.name == "*" {
                    uses.stars.push(specifier.clone());
                } else {
                    let name = export.local.clone().unwrap_or_else(|| export.name.clone());
                    let from = ExportUses::From { specifier: specifier.clone(), name };
                    uses.exports.push((export.name.clone(), from));
                }
                continue;
            }
            let local = export.local.as_deref().unwrap_or(&export.name);
            if let Some((import, name)) = self.names.imports.get(local) {
                if is_framework(&import.specifier) {
                    self.hook(&import.specifier, &name.imported, &export.name, uses);
                    continue;
                }
                let from =
                    ExportUses::From { specifier: import.specifier.clone(), name: name.imported.clone() };
                uses.exports.push((export.name.clone(), from));
                continue;
            }
            let item = self.names.items().get(local).copied().or_else(|| {
                facts.items.iter().position(|item| {
                    item.statement.contains(export.span) && item.exported && item.kind != ItemKind::Type
                })
            });
            if let Some(item) = item {
                let unit = self.item(item, Some(export));
                uses.exports.push((export.name.clone(), ExportUses::Unit(unit)));
            }
        }
        uses.exports.sort_by(|a, b| a.0.cmp(&b.0));
        uses.exports.dedup_by(|a, b| a.0 == b.0);
        uses.stars.sort();
        uses.stars.dedup();
    }

    /// Hooks that `export ... from 'velox/server'` hands on: to use one by another module's name is to use it.
    fn hooks_handed_on(&mut self, specifier: &str, export: &Export, uses: &mut FileUses) {
        if export.name == "*" {
            for name in REQUEST_HOOKS {
                self.hook(specifier, name, name, uses);
            }
        } else {
            self.hook(specifier, export.local.as_deref().unwrap_or(&export.name), &export.name, uses);
        }
    }

    fn hook(&mut self, specifier: &str, name: &str, exported: &str, uses: &mut FileUses) {
        if specifier != "velox/server" || !REQUEST_HOOKS.contains(&name) {
            return;
        }
        let unit = self.unit(exported.to_owned(), UnitKind::Function, Own::Hook(name.to_owned()));
        uses.exports.push((exported.to_owned(), ExportUses::Unit(unit)));
    }

    /// The unit of an item, made where it is not there yet.
    fn item(&mut self, at: usize, export: Option<&Export>) -> u32 {
        if let Some(unit) = self.items.get(&at) {
            return *unit;
        }
        let item: &Item = &self.source.facts.items[at];
        let kind = match item.kind {
            ItemKind::Function => UnitKind::Function,
            ItemKind::Class => UnitKind::Class,
            _ if export.is_some_and(|export| export.function.is_some()) => UnitKind::Function,
            _ => UnitKind::Value,
        };
        let name = item.declares.first().map_or_else(|| "default".to_owned(), |(name, _)| name.clone());
        let unit = self.unit(name.clone(), kind, Own::Item(at));
        self.items.insert(at, unit);
        // Members matter only where something inside does.
        let precise = kind == UnitKind::Value && self.by_item.contains_key(&at);
        let value = export.filter(|_| precise).and_then(|export| export.value.as_ref());
        for (key, own, is_function) in value.map(members).unwrap_or_default() {
            let kind = if is_function { UnitKind::Function } else { UnitKind::Value };
            let member =
                self.unit(format!("{name}.{key}"), kind, Own::Within(at, own.shift(self.source.base)));
            self.units[unit as usize].0.members.push((key, member));
        }
        self.units[unit as usize].0.members.sort();
        unit
    }

    /// Fills in what units use. New local units come along the way.
    fn references(&mut self) {
        let mut next = 0;
        while next < self.units.len() {
            let own = self.units[next].1.clone();
            let uses: Vec<&'b Occurrence<'a>> = match own {
                Own::All => self.occurrences.iter().filter(|used| is_rendered(used)).collect(),
                Own::Item(item) => self.uses_in(item).to_vec(),
                Own::Hook(_) => Vec::new(),
                Own::Within(item, span) => {
                    let uses = self.uses_in(item);
                    let first = uses.partition_point(|used| used.span.start < span.start);
                    uses[first..].iter().copied().take_while(|used| used.span.start < span.end).collect()
                }
            };
            // In a body all uses count, so what is local leads nowhere new.
            let local = !matches!(own, Own::All);
            // Most is used several times, and looked up once.
            let mut told = FxHashSet::with_capacity_and_hasher(uses.len(), FxBuildHasher);
            let mut references = Vec::with_capacity(uses.len());
            for used in uses.into_iter().filter(|used| told.insert(used.written())) {
                references.extend(self.reference(used, local));
            }
            if let Own::Hook(name) = own {
                let target = Target::Request(name.clone());
                references.push(Reference { shown: name, called: false, target });
            }
            references.sort_unstable();
            references.dedup();
            self.units[next].0.references = references;
            next += 1;
        }
    }

    fn uses_in(&self, item: usize) -> &[&'b Occurrence<'a>] {
        self.by_item.get(&item).map(Vec::as_slice).unwrap_or_default()
    }

    fn reference(&mut self, used: &Occurrence<'_>, local: bool) -> Option<Reference> {
        let target = match self.names.meaning(used)? {
            Meaning::Request(name) => Target::Request(name),
            Meaning::Import(specifier, path) => Target::Import { specifier, path },
            Meaning::Item(_) if !local => return None,
            Meaning::Item(item) => {
                let export = self.exported.get(used.name).copied();
                let unit = self.item(item, export);
                let path: Vec<String> = used.path.iter().map(str::to_owned).collect();
                let (unit, runs) = member_of(&|at| &self.units[at as usize].0, unit, &path, used.called);
                Target::Local(unit, runs)
            }
        };
        Some(Reference { shown: shown(used), called: used.called, target })
    }
}

/// The unit that a use with this path means, and whether the use surely runs what is inside.
pub(crate) fn member_of<'u>(
    unit_at: &dyn Fn(u32) -> &'u Unit,
    unit: u32,
    path: &[String],
    called: bool,
) -> (u32, bool) {
    let whole = unit_at(unit);
    if let Some((key, rest)) = path.split_first()
        && let Ok(at) = whole.members.binary_search_by(|(name, _)| name.cmp(key))
    {
        let member = whole.members[at].1;
        return (member, unit_at(member).kind.runs(rest, called));
    }
    (unit, whole.members.is_empty() && whole.kind.runs(path, called))
}

/// The members of an object literal with the code of each, and whether it is a function. Nothing where a spread, a computed key or
/// another object is mixed in, so that a member's code cannot be told.
fn members(value: &Value) -> Vec<(String, Span, bool)> {
    let Value::Object(properties, whole) = value else { return Vec::new() };
    let told = properties.iter().all(|one| !one.key.is_empty() && whole.contains(one.key_span))
        && properties.windows(2).all(|pair| pair[0].key_span.end <= pair[1].key_span.start);
    if !told {
        return Vec::new();
    }
    let mut found: Vec<(String, Span, bool)> = Vec::with_capacity(properties.len());
    let mut keys = FxHashSet::default();
    for (at, property) in properties.iter().enumerate() {
        let end = properties.get(at + 1).map_or(whole.end, |next| next.key_span.start);
        if !keys.insert(&*property.key) {
            return Vec::new();
        }
        let is_function = matches!(property.value, Value::Function(_));
        found.push((property.key.clone(), Span::new(property.key_span.start, end), is_function));
    }
    found
}

/// Where a unit uses something that is written, and called or not, in this way, in file offsets; all places of the file where the unit's name is
/// empty.
#[must_use]
pub fn use_sites(source: &Source<'_>, unit: &str, written: &str, called: bool) -> Vec<Span> {
    let first = written.trim_start_matches('<').split(['.', '>']).next().unwrap_or(written);
    let owner = unit.split('.').next().unwrap_or(unit);
    let found = occurrences(source, &|name| name == first);
    let matching =
        || found.iter().filter(|used| is_rendered(used) && used.called == called && shown(used) == written);
    let owned: Vec<Span> = matching()
        .filter(|used| {
            used.item.is_some_and(|item| {
                let item = &source.facts.items[item];
                item.declares.iter().any(|(name, _)| name == owner)
                    || (owner == "default" && item.exported && item.declares.is_empty())
            })
        })
        .map(|used| used.span)
        .collect();
    let mut found = if owned.is_empty() { matching().map(|used| used.span).collect() } else { owned };
    found.sort();
    found
}
