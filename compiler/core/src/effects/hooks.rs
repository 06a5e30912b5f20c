//! Which functions are hooks: those of the framework and of packages for React and Preact, and those of the project that are named like
//! one and call one, through any number of imports (language.md section 7).
//!
//! One walk against the direction of calls and exports, from the modules that are known to export hooks. The graph holds no positions.
//! Refuses to guess: what is not seen to be a hook is none.

use super::links::FileLinks;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use velox_script::{HookCall, HookFunction, HookReads, HookTarget, is_hook_name};

/// Modules that export hooks.
const HOOK_MODULES: [&str; 6] =
    ["velox/client", "@velox/query", "preact/hooks", "preact/compat", "@preact/signals", "react"];

/// Words in the names of packages whose functions named `useSomething` are hooks.
const HOOK_WORDS: [&str; 10] =
    ["react", "preact", "swr", "wouter", "jotai", "zustand", "formik", "valtio", "urql", "downshift"];

/// Functions of `velox/client` that keep something in the component that calls them.
const CLIENT_HOOKS: [&str; 11] = [
    "asyncSignal",
    "computed",
    "effect",
    "onCleanup",
    "onDestroy",
    "onMount",
    "onUpdate",
    "persistedSignal",
    "ref",
    "signal",
    "useContext",
];

/// Longer paths than this are followed no further: a namespace may hold itself.
const LONGEST_PATH: usize = 4;

/// Whether a module that is no file of the project may export hooks.
#[must_use]
pub fn may_export_hooks(module: &str) -> bool {
    HOOK_MODULES.contains(&module)
        || (!module.starts_with("velox/")
            && module
                .split(|letter: char| !letter.is_ascii_alphanumeric())
                .any(|word| HOOK_WORDS.contains(&word)))
}

/// Whether a function of a module that is no file of the project is a hook.
#[must_use]
pub fn is_hook(module: &str, name: &str) -> bool {
    match module {
        "velox/client" => CLIENT_HOOKS.contains(&name),
        _ => is_hook_name(name) && may_export_hooks(module),
    }
}

/// Where a specifier leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HookModule<'a> {
    /// To a file of the project.
    File(&'a str),
    /// Out of it: to the framework, or to a package.
    Outside,
    /// To nothing.
    Nowhere,
}

/// What is known of files, for whoever follows imports.
pub trait HookFiles<'a> {
    /// The functions of a file that are named like hooks.
    fn functions(&self, path: &str) -> &'a [HookFunction];
    /// What it exports from others.
    fn links(&self, path: &str) -> Option<&'a FileLinks>;
    /// Where a specifier leads.
    fn target(&self, path: &str, specifier: &str) -> HookModule<'a>;
}

/// What an export is that is a hook.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum HookOrigin {
    /// A function of the project.
    Project,
    /// A function of a module outside of it, with its name there; `*` for any that it exports.
    Outside(String, String),
}

/// The hooks that files of the project export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HookGraph {
    /// File → the names that lead to a hook (`useCart`, `cart.useCart`). The last one is `*` where a module outside of the project
    /// is exported as a whole.
    exports: FxHashMap<String, BTreeMap<String, HookOrigin>>,
    /// What files with `*` among these export by name, and not from there.
    named: FxHashMap<String, FxHashSet<String>>,
}

/// A hook that a file imports.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ImportedHook {
    /// The specifier.
    pub specifier: String,
    /// The names that lead to it there.
    pub path: String,
    /// What it is.
    pub origin: HookOrigin,
}

impl HookGraph {
    /// Whether a file exports a hook.
    #[must_use]
    pub fn has(&self, file: &str) -> bool {
        self.exports.contains_key(file)
    }

    /// The hooks that `name` of a file is or holds (`*`: all of the file), pushed to `found`.
    pub fn imported(&self, file: &str, specifier: &str, name: &str, found: &mut Vec<ImportedHook>) {
        let Some(exports) = self.exports.get(file) else { return };
        let mut push = |path: &str, origin: HookOrigin| {
            found.push(ImportedHook { specifier: specifier.to_owned(), path: path.to_owned(), origin });
        };
        if name == "*" {
            exports.iter().for_each(|(path, origin)| push(path, origin.clone()));
            return;
        }
        match exports.get(name) {
            Some(origin) => push(name, origin.clone()),
            None if self.named.get(file).is_some_and(|names| names.contains(name)) => {}
            None => {
                if let Some(origin) = exports.get("*").and_then(|all| of_all(all, name)) {
                    push(name, origin);
                }
            }
        }
        let inside = format!("{name}.");
        for (path, origin) in
            exports.range(inside.clone()..).take_while(|(path, _)| path.starts_with(&inside))
        {
            push(path, origin.clone());
        }
    }
}

/// What `name` is, of a module that is handed on as a whole.
fn of_all(all: &HookOrigin, name: &str) -> Option<HookOrigin> {
    match all {
        HookOrigin::Outside(module, any) if any == "*" && name != "default" && is_hook(module, name) => {
            Some(HookOrigin::Outside(module.clone(), name.to_owned()))
        }
        _ => None,
    }
}

/// The first of the names of a path, and the rest with its dot.
fn split(path: &str) -> (&str, &str) {
    path.split_at(path.find('.').unwrap_or(path.len()))
}

/// Edges of the graph, against their direction.
#[derive(Default)]
struct Users<'a> {
    /// Names that are exported on, by the name in this file: the other file, the name there.
    exported: FxHashMap<&'a str, Vec<(&'a str, &'a str)>>,
    /// Files that export all of this one.
    stars: Vec<&'a str>,
    /// Functions that call a path of this file: the file, the place of the function.
    callers: FxHashMap<&'a str, Vec<(&'a str, usize)>>,
    /// Functions of this file itself, by the one that they call.
    own: FxHashMap<&'a str, Vec<usize>>,
}

struct Walk<'a, 'f> {
    files: &'f dyn HookFiles<'a>,
    users: FxHashMap<&'a str, Users<'a>>,
    hooks: FxHashSet<(&'a str, usize)>,
    exports: FxHashMap<&'a str, BTreeMap<String, HookOrigin>>,
    work: Vec<(&'a str, String, HookOrigin)>,
    functions: Vec<(&'a str, usize)>,
}

/// Finds the hooks that these files export.
#[must_use]
pub fn hook_graph<'a>(paths: &[&'a str], files: &dyn HookFiles<'a>) -> HookGraph {
    let mut walk = Walk {
        files,
        users: FxHashMap::default(),
        hooks: FxHashSet::default(),
        exports: FxHashMap::default(),
        work: Vec::new(),
        functions: Vec::new(),
    };
    paths.iter().for_each(|path| walk.read(path));
    loop {
        if let Some((file, at)) = walk.functions.pop() {
            walk.function(file, at);
        } else if let Some((file, path, origin)) = walk.work.pop() {
            walk.export(file, path, origin);
        } else {
            break;
        }
    }
    let mut named: FxHashMap<String, FxHashSet<String>> = FxHashMap::default();
    for (file, _) in walk.exports.iter().filter(|(_, all)| all.contains_key("*")) {
        if let Some(links) = files.links(file) {
            let names = links.own.iter().chain(links.from.iter().map(|(name, ..)| name));
            named.insert((*file).to_owned(), names.cloned().collect());
        }
    }
    let exports = walk.exports.into_iter().map(|(file, all)| (file.to_owned(), all)).collect();
    HookGraph { exports, named }
}

/// Whether a file exports a name itself: that comes before what it exports as a whole from others.
fn declares(files: &dyn HookFiles<'_>, file: &str, name: &str) -> bool {
    files.links(file).is_some_and(|links| {
        links.own.iter().any(|own| own == name) || links.from.iter().any(|(own, ..)| own == name)
    })
}

impl<'a> Walk<'a, '_> {
    /// Notes what a file takes from others, and begins with what comes from outside of the project.
    fn read(&mut self, file: &'a str) {
        if let Some(links) = self.files.links(file) {
            for (exported, specifier, name) in &links.from {
                match self.files.target(file, specifier) {
                    HookModule::File(target) => {
                        let users = self.users.entry(target).or_default();
                        users.exported.entry(name).or_default().push((file, exported));
                    }
                    HookModule::Outside if name == "*" && may_export_hooks(specifier) => {
                        let origin = HookOrigin::Outside(specifier.clone(), "*".to_owned());
                        self.work.push((file, format!("{exported}.*"), origin));
                    }
                    HookModule::Outside if is_hook(specifier, name) => {
                        let origin = HookOrigin::Outside(specifier.clone(), name.clone());
                        self.work.push((file, exported.clone(), origin));
                    }
                    _ => {}
                }
            }
            for specifier in &links.stars {
                match self.files.target(file, specifier) {
                    HookModule::File(target) => self.users.entry(target).or_default().stars.push(file),
                    HookModule::Outside if may_export_hooks(specifier) => {
                        let origin = HookOrigin::Outside(specifier.clone(), "*".to_owned());
                        self.work.push((file, "*".to_owned(), origin));
                    }
                    _ => {}
                }
            }
        }
        for (at, function) in self.files.functions(file).iter().enumerate() {
            for target in &function.calls {
                let (specifier, path, name) = match target {
                    HookTarget::Import { specifier, path, name } => (specifier, path, name),
                    HookTarget::Own(name) => {
                        self.users.entry(file).or_default().own.entry(name).or_default().push(at);
                        continue;
                    }
                };
                match self.files.target(file, specifier) {
                    HookModule::File(target) => {
                        self.users
                            .entry(target)
                            .or_default()
                            .callers
                            .entry(path)
                            .or_default()
                            .push((file, at));
                    }
                    HookModule::Outside if is_hook(specifier, name) => self.functions.push((file, at)),
                    _ => {}
                }
            }
        }
    }

    /// A function that is a hook: so are those of its file that call it, and what it is exported as.
    fn function(&mut self, file: &'a str, at: usize) {
        if !self.hooks.insert((file, at)) {
            return;
        }
        let Some(hook) = self.files.functions(file).get(at) else { return };
        let callers = self.users.get(file).and_then(|users| users.own.get(&*hook.name));
        self.functions.extend(callers.into_iter().flatten().map(|at| (file, *at)));
        self.work.extend(hook.exports.iter().map(|name| (file, name.clone(), HookOrigin::Project)));
    }

    /// An export that is a hook, or holds one.
    fn export(&mut self, file: &'a str, path: String, origin: HookOrigin) {
        let known = self.exports.entry(file).or_default();
        if path.split('.').count() > LONGEST_PATH || known.contains_key(&path) {
            return;
        }
        known.insert(path.clone(), origin.clone());
        let files = self.files;
        let Some(users) = self.users.get(file) else { return };
        let (first, rest) = split(&path);
        for (other, name) in users.exported.get(first).into_iter().flatten().filter(|_| first != "*") {
            self.work.push((other, format!("{name}{rest}"), origin.clone()));
        }
        for (other, name) in users.exported.get("*").into_iter().flatten().filter(|_| first != "*") {
            self.work.push((other, format!("{name}.{path}"), origin.clone()));
        }
        if first == "*" {
            for (name, others) in users.exported.iter().filter(|(name, _)| !declares(files, file, name)) {
                for (other, exported) in others {
                    match of_all(&origin, name) {
                        Some(origin) => self.work.push((other, (*exported).to_owned(), origin)),
                        None if *name == "*" => {
                            self.work.push((other, format!("{exported}.*"), origin.clone()));
                        }
                        None => {}
                    }
                }
            }
        }
        if first != "default" {
            for other in &users.stars {
                if !declares(files, other, first) {
                    self.work.push((other, path.clone(), origin.clone()));
                }
            }
        }
        self.functions.extend(users.callers.get(&*path).into_iter().flatten());
        if let Some(inside) = path.strip_suffix('*') {
            for (called, callers) in &users.callers {
                let name = called
                    .strip_prefix(inside)
                    .filter(|name| !inside.is_empty() || !declares(files, file, name));
                if name.is_some_and(|name| of_all(&origin, name).is_some()) {
                    self.functions.extend(callers);
                }
            }
        }
    }
}

/// The calls of a file that are calls of hooks. `imported` are the hooks that it imports from files of the project, and `is_outside`
/// tells of a specifier whether it leads out of the project.
#[must_use]
pub fn hook_calls(
    reads: &HookReads,
    imported: &[ImportedHook],
    is_outside: &dyn Fn(&str) -> bool,
) -> Vec<HookCall> {
    let known: FxHashMap<(&str, &str), &HookOrigin> =
        imported.iter().map(|hook| ((&*hook.specifier, &*hook.path), &hook.origin)).collect();
    let found = |target: &HookTarget| -> Option<HookOrigin> {
        let HookTarget::Import { specifier, path, name } = target else { return None };
        if let Some(origin) = known.get(&(&**specifier, &**path)) {
            return Some((*origin).clone());
        }
        let all = path.rfind('.').map_or_else(|| "*".to_owned(), |at| format!("{}.*", &path[..at]));
        if let Some(all) = known.get(&(&**specifier, &*all)) {
            return of_all(all, name);
        }
        (is_hook(specifier, name) && is_outside(specifier))
            .then(|| HookOrigin::Outside(specifier.clone(), name.clone()))
    };
    let own = own_hooks(&reads.functions, &|target| found(target).is_some());
    let mut calls = Vec::new();
    for (call, target) in &reads.calls {
        match target {
            HookTarget::Own(name) if own.contains(&**name) => calls.push(call.clone()),
            HookTarget::Own(_) => {}
            HookTarget::Import { .. } => match found(target) {
                Some(HookOrigin::Project) => calls.push(call.clone()),
                Some(HookOrigin::Outside(module, name)) => {
                    calls.push(HookCall { module: Some(module), name, ..call.clone() });
                }
                None => {}
            },
        }
    }
    calls
}

/// The functions of a file that call a hook, directly or through others of the file.
fn own_hooks<'a>(functions: &'a [HookFunction], is_hook: &dyn Fn(&HookTarget) -> bool) -> FxHashSet<&'a str> {
    let mut callers: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
    let mut work: Vec<&str> = Vec::new();
    for function in functions {
        for call in &function.calls {
            match call {
                HookTarget::Own(name) => callers.entry(name).or_default().push(&function.name),
                HookTarget::Import { .. } if is_hook(call) => work.push(&function.name),
                HookTarget::Import { .. } => {}
            }
        }
    }
    let mut found = FxHashSet::default();
    while let Some(name) = work.pop() {
        if found.insert(name) {
            work.extend(callers.get(name).into_iter().flatten());
        }
    }
    found
}
