//! Names that nothing declares, types that are used as values, and names used before their declaration (language.md S2, T2).
//!
//! Component tags are not looked at: `components.rs` does.

use super::framework::FrameworkModule;
use super::globals::{Global, global, is_everyday_word, server_globals};
use super::guess::{binders, nearest_alike};
use super::scope::{Declared, NameRole, Scope, Use};
use crate::ambient::{REQUEST_NAMES, SERVER_NAMES};
use crate::lift::lifted_items;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use std::cell::Cell;
use velox_diagnostics::{Code, Diagnostic, Span, nearest};
use velox_script::ItemKind;

/// A module that exports a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exporter {
    /// The specifier that reaches it.
    pub specifier: String,
    /// Whether the name is its default export.
    pub default: bool,
}

/// What the rest of the project tells about a name. Asked only where the file itself does not know it.
pub struct ProjectNames<'a> {
    /// Whether the project declares a global value of this name.
    pub is_global: &'a dyn Fn(&str) -> bool,
    /// Whether a specifier leads out of the project and its framework.
    pub is_package: &'a dyn Fn(&str) -> bool,
    /// The modules that export a value of this name.
    pub exporters: &'a dyn Fn(&str) -> Vec<Exporter>,
    /// Whether an import of the file, by specifier and imported name, is a type alone.
    pub is_type: &'a dyn Fn(&str, &str) -> bool,
}

/// Checks every use of a name as a value. Gives what is wrong, and the names that were probably meant: of those, nothing else needs
/// to be said.
#[must_use]
pub fn check_unknown(scope: &Scope<'_>, project: &ProjectNames<'_>) -> (Vec<Diagnostic>, FxHashSet<String>) {
    let asked: FxHashSet<&str> =
        scope.uses().filter(|used| used.name.typeof_operand).map(|used| &*used.name.name).collect();
    let effects =
        scope.file.block.imports.iter().filter(|import| import.names.is_empty() && !import.type_only);
    let mut check = Check {
        foreign: scope.role == NameRole::Module
            || effects.into_iter().any(|import| (project.is_package)(&import.specifier)),
        scope,
        project,
        asks_for_browser: asked.iter().any(|name| global(name) == Global::Browser)
            || scope.file.block.meta.iter().chain(&scope.file.facts.meta).any(|meta| {
                let env = meta.members.first().is_some_and(|(name, _)| name == "env");
                env && meta.members.get(1).is_none_or(|(name, _)| name == "SSR")
            }),
        asked,
        open: open_items(scope),
        types: None,
        known: FxHashMap::with_capacity_and_hasher(scope.values.len(), FxBuildHasher),
        searched: Cell::new(0),
        found: Vec::new(),
    };
    for used in scope.uses() {
        check.value(used);
    }
    check.order();
    let meant = check.known.into_values().filter_map(|verdict| match verdict {
        Verdict::Wrong(wrong) => match wrong.fix {
            Some(WrongFix::Rename(name)) => Some(name),
            _ => None,
        },
        Verdict::Fine => None,
    });
    (check.found, meant.collect())
}

/// Items whose code may see names that the facts do not tell of: parts of an enum or namespace that is declared in several, and
/// namespaces with `declare` in them.
fn open_items(scope: &Scope<'_>) -> FxHashSet<usize> {
    let items = &scope.file.block.items;
    let enums = || items.iter().enumerate().filter(|(_, item)| item.kind == ItemKind::Enum);
    let mut count: FxHashMap<&str, usize> = FxHashMap::default();
    if enums().next().is_some() {
        for (name, _) in items.iter().flat_map(|item| &item.declares) {
            *count.entry(name).or_default() += 1;
        }
    }
    enums()
        .filter(|(_, item)| {
            item.declares.iter().any(|(name, _)| count.get(&**name).is_some_and(|count| *count > 1))
                || item.span.text(scope.code()).contains("declare")
        })
        .map(|(at, _)| at)
        .collect()
}

/// What is wrong with a name that is not in scope, without a place.
#[derive(Clone)]
enum Verdict {
    Fine,
    Wrong(Box<Wrong>),
}

#[derive(Clone)]
struct Wrong {
    message: String,
    label: Option<String>,
    related: Option<(Span, String)>,
    help: Option<String>,
    fix: Option<WrongFix>,
    /// Only outside of functions, which may run elsewhere, or never.
    at_once: bool,
}

#[derive(Clone)]
enum WrongFix {
    /// Writes another name.
    Rename(String),
    /// Adds an import.
    Import(String),
}

impl Wrong {
    fn new(message: String) -> Self {
        Self { message, label: None, related: None, help: None, fix: None, at_once: false }
    }
}

/// So often near misses are looked for: a file with more unknown names is no matter of typing errors.
const SUGGESTIONS: usize = 64;

struct Check<'a, 's> {
    scope: &'s Scope<'a>,
    project: &'s ProjectNames<'s>,
    /// Whether a package may have brought globals that no file of the project shows.
    foreign: bool,
    /// Names that `typeof` asks for somewhere in the file.
    asked: FxHashSet<&'a str>,
    /// Whether the file asks whether it runs in a browser.
    asks_for_browser: bool,
    open: FxHashSet<usize>,
    types: Option<FxHashMap<&'a str, Span>>,
    known: FxHashMap<&'a str, Verdict>,
    /// How often a near miss was looked for.
    searched: Cell<usize>,
    found: Vec<Diagnostic>,
}

impl<'a> Check<'a, '_> {
    fn value(&mut self, used: Use<'a>) {
        let name: &'a str = &used.name.name;
        let declared = self.scope.values.get(name);
        if matches!(declared, Some(Declared::Item(..)))
            || matches!(declared, Some(Declared::Import(_, imported)) if !imported.type_only && used.name.typeof_operand)
        {
            return;
        }
        if self.asked.contains(name) || used.item.is_some_and(|item| self.open.contains(&item)) {
            return;
        }
        if matches!(self.known.get(name), Some(Verdict::Fine)) {
            return;
        }
        if !self.known.contains_key(name) {
            let verdict = match declared {
                Some(Declared::Import(import, imported)) => self.imported(import, imported),
                _ => self.undeclared(used),
            };
            self.known.insert(name, verdict);
        }
        let Some(Verdict::Wrong(wrong)) = self.known.get(name) else { return };
        if wrong.at_once && used.name.in_function {
            return;
        }
        let path = self.scope.file.path;
        let mut diagnostic = Diagnostic::new(Code::UNKNOWN_NAME, path, used.span(), wrong.message.clone());
        diagnostic.label.clone_from(&wrong.label);
        diagnostic.help.clone_from(&wrong.help);
        if let Some((span, message)) = &wrong.related {
            diagnostic = diagnostic.related(path, *span, message.clone());
        }
        match &wrong.fix {
            Some(WrongFix::Rename(name)) => {
                let edit = vec![(used.span(), name.clone())];
                diagnostic = diagnostic.fix(format!("write `{name}`"), false, edit);
            }
            Some(WrongFix::Import(import)) => {
                let edit = vec![super::imports::insertion(self.scope, import)];
                diagnostic = diagnostic.fix(format!("add `{import}`"), false, edit);
            }
            None => {}
        }
        self.found.push(diagnostic);
    }

    /// An import that brings a type alone, used as a value.
    fn imported(&self, import: &velox_script::Import, imported: &velox_script::ImportedName) -> Verdict {
        let name = &imported.local;
        let place = (imported.span.shift(self.scope.base), "imported here".to_owned());
        if imported.type_only {
            let mut wrong = Wrong::new(format!("`{name}` is used as a value, but imported as a type"));
            wrong.help = Some("leave `type` out of the import".to_owned());
            wrong.related = Some(place);
            return Verdict::Wrong(Box::new(wrong));
        }
        if (self.project.is_type)(&import.specifier, &imported.imported) {
            let message =
                format!("`{name}` is used as a value, but is only a type in `{}`", import.specifier);
            let mut wrong = Wrong::new(message);
            wrong.related = Some(place);
            wrong.help = Some("import a value, or use the name in a type".to_owned());
            return Verdict::Wrong(Box::new(wrong));
        }
        Verdict::Fine
    }

    fn undeclared(&mut self, used: Use<'a>) -> Verdict {
        let name: &'a str = &used.name.name;
        let role = self.scope.role;
        if name == "arguments" || role.is_ambient(name) {
            return Verdict::Fine;
        }
        let exists = global(name);
        if exists == Global::Node {
            return Verdict::Fine;
        }
        let types = self
            .types
            .get_or_insert_with(|| self.scope.types().map(|(name, span, _)| (name, span)).collect());
        if let Some(place) = types.get(name).copied() {
            let mut wrong = Wrong::new(format!("`{name}` is used as a value, but is only a type"));
            wrong.related = Some((place, "declared here".to_owned()));
            wrong.help = Some("types are gone when the code runs; declare a value".to_owned());
            return Verdict::Wrong(Box::new(wrong));
        }
        let wrong = match exists {
            Global::Browser => self.of_the_browser(used),
            Global::CommonJs => Some(common_js(name)),
            Global::Elsewhere if self.foreign => None,
            _ => self.missing(used),
        };
        match wrong {
            Some(wrong) if !(self.project.is_global)(name) => Verdict::Wrong(Box::new(wrong)),
            _ => Verdict::Fine,
        }
    }

    fn of_the_browser(&self, used: Use<'a>) -> Option<Wrong> {
        let name: &'a str = &used.name.name;
        let everyday = is_everyday_word(name);
        let on_server = match self.scope.role {
            NameRole::Page { in_browser } => !in_browser,
            NameRole::Layout | NameRole::Endpoint | NameRole::Middleware => true,
            NameRole::Component { in_browser } => !in_browser && everyday,
            NameRole::TsxPage | NameRole::Module => false,
        };
        if !on_server || self.asks_for_browser {
            return None;
        }
        let mut wrong =
            Wrong::new(format!("`{name}` is not in scope: as a global it exists only in the browser"));
        wrong.at_once = !everyday;
        if let Some(import) = self.import_of(name) {
            // `Comment`, `Text` and `Option` are elements of the browser, and names that a project gives.
            wrong.help = Some(format!("import it: `{import}`"));
            wrong.fix = Some(WrongFix::Import(import));
        } else if everyday {
            wrong.help = Some(format!("declare `{name}`"));
            if let Some(near) = self.near(used) {
                wrong.help = Some(format!("did you mean `{near}`?"));
                wrong.fix = Some(WrongFix::Rename(near.to_owned()));
            }
        } else {
            wrong.label = Some("this runs on the server".to_owned());
            wrong.help = Some(format!(
                "use it in a component that a `client:` directive brings to the browser, or ask `typeof {name}` first"
            ));
        }
        Some(wrong)
    }

    fn missing(&self, used: Use<'a>) -> Option<Wrong> {
        let name: &'a str = &used.name.name;
        let role = self.scope.role;
        let mut wrong = Wrong::new(format!("`{name}` is not in scope"));
        if name == "meta" && role.is_velox() {
            wrong.help = Some(
                "only layouts see `meta`; elsewhere declare it: `export const meta = { ... }`".to_owned(),
            );
            return Some(wrong);
        }
        if REQUEST_NAMES.contains(&name) && role != NameRole::Module {
            wrong.label = Some("it is there by itself in `.velox` files alone".to_owned());
            wrong.help = match (role, name) {
                (NameRole::Endpoint, "params") => {
                    Some("take it from the second argument: `(request, { params })`".to_owned())
                }
                (NameRole::Endpoint | NameRole::Middleware, "request") => {
                    Some("take it from the first argument: `(request) => ...`".to_owned())
                }
                (NameRole::Endpoint | NameRole::Middleware, "url") => {
                    Some("make it of the request: `new URL(request.url)`".to_owned())
                }
                (NameRole::TsxPage, "props") => Some("take it from the component's argument".to_owned()),
                (NameRole::TsxPage, "request" | "response") => {
                    Some("call `useRequest()` of `velox/server`".to_owned())
                }
                (NameRole::TsxPage, "params") => Some("call `useParams()` of `velox/client`".to_owned()),
                _ => None,
            };
            return Some(wrong);
        }
        let ambient_elsewhere = SERVER_NAMES.contains(&name);
        let local = self.near(used);
        // There only a typing error is certain, and what is known to need an import.
        let certain = ambient_elsewhere
            || (local.is_some() && name.chars().count() > 3)
            || (self.foreign && local.is_none() && self.is_exported_name(name));
        if self.foreign && !certain {
            return None;
        }
        // What runs in the browser later may find what a `<script>` brought.
        wrong.at_once = !certain && matches!(role, NameRole::Page { in_browser: true });
        let import = (local.is_none() || ambient_elsewhere).then(|| self.import_of(name)).flatten();
        if let Some(import) = import {
            if ambient_elsewhere {
                wrong.label =
                    Some("it is there by itself in `.velox` files and `+server.ts` alone".to_owned());
            }
            wrong.help = Some(format!("import it: `{import}`"));
            wrong.fix = Some(WrongFix::Import(import));
        } else if let Some(modules) = local.is_none().then(|| self.several(name)).flatten() {
            wrong.help = Some(format!("import it: {modules} export it"));
        } else if let Some(near) = local.or_else(|| self.near_global(name)) {
            wrong.help = Some(format!("did you mean `{near}`?"));
            wrong.fix = Some(WrongFix::Rename(near.to_owned()));
        } else {
            wrong.help = Some(if self.scope.file.regions.server.is_some() || !role.is_velox() {
                "declare it, or import it".to_owned()
            } else {
                "declare it in a server block above the template".to_owned()
            });
        }
        Some(wrong)
    }

    /// Whether the framework or the project exports a name that nothing else is likely to bring: packages and the runners of tests
    /// declare globals of their own, but not under such names.
    fn is_exported_name(&self, name: &str) -> bool {
        const OF_RUNNERS: [&str; 4] = ["afterAll", "afterEach", "beforeAll", "beforeEach"];
        let is_camel_case = name.starts_with(|first: char| first.is_ascii_lowercase())
            && name.contains(|c: char| c.is_ascii_uppercase());
        is_camel_case
            && !OF_RUNNERS.contains(&name)
            && (FrameworkModule::exporting(name).is_some() || !(self.project.exporters)(name).is_empty())
    }

    /// The one import that would bring a name.
    fn import_of(&self, name: &str) -> Option<String> {
        if let Some(module) = FrameworkModule::exporting(name) {
            return Some(format!("import {{ {name} }} from '{}';", module.specifier));
        }
        let exporters = (self.project.exporters)(name);
        let [exporter] = exporters.as_slice() else { return None };
        let clause = if exporter.default { name.to_owned() } else { format!("{{ {name} }}") };
        Some(format!("import {clause} from '{}';", exporter.specifier))
    }

    /// The modules that export a name, where there are several: `` `$lib/a` and `$lib/b` ``.
    fn several(&self, name: &str) -> Option<String> {
        let mut modules: Vec<String> =
            (self.project.exporters)(name).into_iter().map(|one| format!("`{}`", one.specifier)).collect();
        modules.truncate(3);
        let last = modules.pop().filter(|_| !modules.is_empty())?;
        Some(format!("{} and {last}", modules.join(", ")))
    }

    /// The name of the file that is probably meant: of its top level, else of the code around the use.
    fn near(&self, used: Use<'a>) -> Option<&'a str> {
        if self.searched.replace(self.searched.get() + 1) > SUGGESTIONS {
            return None;
        }
        let name: &'a str = &used.name.name;
        // Sorted, so that of several as near the choice is always the same.
        let mut declared: Vec<&'a str> = self.scope.values.keys().copied().collect();
        declared.sort_unstable();
        nearest(name, declared).or_else(|| {
            let around = self.scope.code_around(used);
            let block = &self.scope.file;
            let known = |word: &&str| *word != name && !self.scope.role.is_ambient(word);
            nearest(name, binders(around.text(block.text)).filter(known))
        })
    }

    /// The name probably meant of those that are there by themselves. Of several as near, one that begins alike.
    fn near_global(&self, name: &str) -> Option<&'static str> {
        if self.searched.replace(self.searched.get() + 1) > SUGGESTIONS {
            return None;
        }
        let role = self.scope.role;
        let ambient = || SERVER_NAMES.iter().chain(REQUEST_NAMES).chain(&["meta"]).copied();
        let names = || ambient().filter(|name| role.is_ambient(name)).chain(server_globals());
        nearest_alike(name, &names)
    }

    /// Names of the block that a statement uses before they are declared, outside of functions.
    fn order(&mut self) {
        let block = self.scope.file.block;
        let mut lifted: Option<Vec<bool>> = None;
        for (at, item) in block.items.iter().enumerate() {
            // `export { a }` names what is exported, wherever that stands.
            if item.kind == ItemKind::Export && item.span == item.statement {
                continue;
            }
            for used in item.uses.iter().filter(|used| !used.in_function && !used.typeof_operand) {
                let Some(Declared::Item(declared, place)) = self.scope.values.get(&*used.name).copied()
                else {
                    continue;
                };
                if declared < at || (declared == at && item.declares.len() != 1) {
                    continue;
                }
                let other = &block.items[declared];
                let waits = match other.kind {
                    ItemKind::Variable => other.declarator.as_ref().is_some_and(|one| one.keyword != "var"),
                    ItemKind::Class => declared != at,
                    _ => false,
                };
                if !waits {
                    continue;
                }
                if self.scope.role.is_velox() {
                    let lifted = lifted.get_or_insert_with(|| lifted_items(block));
                    // What is lifted runs before everything else.
                    if lifted[at] != lifted[declared] {
                        continue;
                    }
                }
                let name = &used.name;
                let message = if declared == at {
                    format!("`{name}` is used in its own declaration, before it has a value")
                } else {
                    format!("`{name}` is used before it is declared")
                };
                let path = self.scope.file.path;
                let span = used.span.shift(self.scope.base);
                let diagnostic = Diagnostic::new(Code::UNKNOWN_NAME, path, span, message);
                self.found.push(if declared == at {
                    diagnostic.help("rename one of the two")
                } else {
                    diagnostic.related(path, place, "declared here").help("move the declaration up")
                });
            }
        }
    }
}

fn common_js(name: &str) -> Wrong {
    let mut wrong = Wrong::new(format!("`{name}` is not in scope: the modules of a project are ES modules"));
    wrong.help = Some(
        match name {
            "require" => "write `import x from 'y'`, or `await import('y')`",
            "module" | "exports" => "write `export`",
            "__dirname" => {
                "write `import.meta.dirname`, or `process.cwd()` for the folder that the site runs in"
            }
            _ => "write `import.meta.filename`",
        }
        .to_owned(),
    );
    wrong
}
