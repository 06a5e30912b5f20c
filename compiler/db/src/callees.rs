//! Awaits that could run side by side, and what the functions do that they call: followed through the modules of the project.

use crate::Db;
use crate::inputs::{Project, SourceFile};
use crate::kind::FileRole;
use crate::queries::{call_effects, imports, module_facts, role};
use rustc_hash::FxHashSet;
use std::cell::OnceCell;
use velox_core::VeloxFile;
use velox_core::analyze::reads::{Effects, acts, effects as read_effects, ends_page, reads};
use velox_core::analyze::{Callee, check_handler_waterfalls, check_waterfalls, handlers_of};
use velox_core::resolve::Resolution;
use velox_diagnostics::{Diagnostic, Span};
use velox_script::{ModuleFacts, TemplateFacts};
use velox_syntax::{Regions, ServerRegion, Tree};

/// Checks a `.velox` file that has no syntax error.
pub(crate) fn check(
    db: &dyn Db,
    project: Project,
    file: SourceFile,
    velox: &VeloxFile<'_>,
    found: &mut Vec<Diagnostic>,
) {
    with_callees(db, project, file, velox, velox.block, &mut |callee| {
        found.extend(check_waterfalls(velox, callee))
    });
}

/// Tells what a function does, by its local name and the member of it that is called.
type Callees<'a> = dyn Fn(&str, Option<&str>) -> Callee + 'a;

/// Tells what the functions do that are called in a file with this server block, which imports what `module` does.
fn with_callees(
    db: &dyn Db,
    project: Project,
    file: SourceFile,
    velox: &VeloxFile<'_>,
    module: &ModuleFacts,
    check: &mut dyn FnMut(&Callees<'_>),
) {
    let own = OnceCell::new();
    let walk = Walk {
        db,
        project,
        block: file,
        of_block: &|| {
            own.get_or_init(|| {
                let text = velox.regions.server.map_or("", |server| server.body.text(velox.text));
                read_effects(module, text)
            })
        },
    };
    let callee = |local: &str, member: Option<&str>| {
        let imported = module.imports.iter().find_map(|import| {
            let name = import.names.iter().find(|name| name.local == local)?;
            Some((&*import.specifier, &*name.imported))
        });
        let Some((specifier, name)) = imported else {
            return walk.follow(file, Name::Local(local), member);
        };
        match walk.target(file, specifier) {
            Target::Package if specifier == "velox/server" && (ends_page(name) || acts(name)) => {
                Callee::Unknown
            }
            Target::Package => Callee::Package,
            // Of a namespace the member is what is exported.
            Target::File(target) if name == "*" => match member {
                Some(member) => walk.follow(target, Name::Exported(member), None),
                None => Callee::Unknown,
            },
            Target::File(target) => walk.follow(target, Name::Exported(name), member),
            Target::Data => Callee::Reads,
            Target::Unknown => Callee::Unknown,
        }
    };
    check(&callee);
}

/// Checks the handlers of an endpoint that has no syntax error.
pub(crate) fn check_endpoint(db: &dyn Db, project: Project, file: SourceFile, found: &mut Vec<Diagnostic>) {
    let (path, text) = (file.path(db), file.text(db));
    let module = module_facts(db, file);
    let end = text.len() as u32;
    let whole = ServerRegion { open: Span::at(0), body: Span::new(0, end), close: Span::at(end) };
    let regions = Regions { server: Some(whole), template: Span::at(end), ..Regions::default() };
    let (template, facts) = (Tree::default(), TemplateFacts::default());
    for handler in handlers_of(text) {
        let body = VeloxFile {
            path,
            text,
            regions: &regions,
            block: &handler.facts,
            block_tree: None,
            template: &template,
            facts: &facts,
        };
        let is_own = |name: &str| {
            handler.facts.items.iter().any(|item| item.declares.iter().any(|(own, _)| own == name))
        };
        with_callees(db, project, file, &body, module, &mut |callee| {
            // What the handler itself declares hides a function of the module.
            let callee = |name: &str, member: Option<&str>| {
                if is_own(name) { Callee::Unknown } else { callee(name, member) }
            };
            found.extend(check_handler_waterfalls(&body, &handler, module, &callee));
        });
    }
}

/// Awaits of a `.velox` file or an endpoint that could run side by side, each with the edit that lets them, whether it is reported or not: what a
/// project silences may still be done. Nothing where the file has a syntax error.
#[must_use]
pub fn waterfalls(db: &dyn Db, project: Project, file: SourceFile) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let role = role(db, project, file);
    if !matches!(role, FileRole::Velox(_) | FileRole::Endpoint)
        || !crate::queries::check_alone(db, project, file).whole
    {
        return found;
    }
    match role {
        FileRole::Endpoint => check_endpoint(db, project, file, &mut found),
        _ => check(db, project, file, &crate::parse::velox_file(db, file), &mut found),
    }
    found
}

/// A name of a module.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Name<'a> {
    /// As it is declared there.
    Local(&'a str),
    /// As others import it.
    Exported(&'a str),
}

/// Where an import leads.
enum Target {
    /// To a module of the project.
    File(SourceFile),
    /// To a package.
    Package,
    /// To a file without code.
    Data,
    /// To what cannot be looked into.
    Unknown,
}

/// How many declarations are looked at for one call; with more, nothing is said of it.
const MOST: usize = 300;

struct Walk<'a> {
    db: &'a dyn Db,
    project: Project,
    /// The `.velox` file that calls.
    block: SourceFile,
    /// What its server block declares.
    of_block: &'a dyn Fn() -> &'a Effects,
}

impl<'a> Walk<'a> {
    fn target(&self, from: SourceFile, specifier: &str) -> Target {
        match imports(self.db, self.project, from).get(specifier) {
            Some(Resolution::File(path)) => match self.project.files(self.db).sources.get(path) {
                Some(file) if role(self.db, self.project, *file) == FileRole::Module => Target::File(*file),
                Some(file) if role(self.db, self.project, *file) == FileRole::Json => Target::Data,
                Some(_) => Target::Unknown,
                None => Target::Data,
            },
            Some(Resolution::Framework | Resolution::Package) => Target::Package,
            Some(Resolution::Missing(_)) | None => Target::Unknown,
        }
    }

    /// What a function does, with all that it calls in the project; of an object, the member that is called.
    fn follow<'n>(&self, file: SourceFile, name: Name<'n>, member: Option<&str>) -> Callee
    where
        'a: 'n,
    {
        let mut seen: FxHashSet<(SourceFile, Name<'n>)> = FxHashSet::default();
        let mut work = vec![(file, name)];
        // Set until the declaration is found that the call itself names.
        let mut called = true;
        while let Some((file, name)) = work.pop() {
            if !seen.insert((file, name)) {
                continue;
            }
            if seen.len() > MOST {
                return Callee::Unknown;
            }
            let effects: &'a Effects =
                if file == self.block { (self.of_block)() } else { call_effects(self.db, file) };
            let effect = match name {
                Name::Local(local) => effects.declared.get(local),
                Name::Exported(exported) => match effects.passed_on.get(exported) {
                    Some((specifier, name)) => {
                        match self.target(file, specifier) {
                            Target::File(target) => work.push((target, Name::Exported(name))),
                            Target::Package if called => return Callee::Package,
                            Target::Package | Target::Data => {}
                            Target::Unknown => return Callee::Unknown,
                        }
                        continue;
                    }
                    None => effects.exported.get(exported).and_then(|local| effects.declared.get(local)),
                },
            };
            let Some(effect) = effect else {
                // What a module neither declares nor imports is global, or a name of an inner scope.
                if !called && matches!(name, Name::Local(_)) {
                    continue;
                }
                return Callee::Unknown;
            };
            if effect.acts {
                return Callee::Unknown;
            }
            if let Some(member) = member.filter(|_| called)
                && !reads(member)
                && effect.members.binary_search_by(|other| other.as_str().cmp(member)).is_err()
            {
                return Callee::Unknown;
            }
            called = false;
            work.extend(effect.local.iter().map(|local| (file, Name::Local(local))));
            for (specifier, name) in &effect.imported {
                match self.target(file, specifier) {
                    Target::File(target) if name != "*" => {
                        work.push((target, Name::Exported(name)));
                    }
                    Target::File(_) | Target::Unknown => return Callee::Unknown,
                    Target::Package | Target::Data => {}
                }
            }
        }
        Callee::Reads
    }
}
