//! Names across files: what an import means in the end, and who imports what a file exports.

use super::names::{FileNames, Meaning};
use crate::UseKind;
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use velox_core::resolve::Resolution;
use velox_db::{Db, Project, SourceFile};
use velox_diagnostics::Span;
use velox_script::{BindingKind, NameForm, NameRole};

/// What a name that crosses files means in the end.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Origin {
    /// What a file declares at its top level.
    Top(SourceFile, String),
    /// The default export of a file that has no name there: a `.velox` component, `export default {}`.
    Default(SourceFile),
    /// A whole module: `import * as all`.
    Module(SourceFile),
}

/// How a new name is written at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spelling {
    /// By itself.
    Plain,
    /// The variable of `{ a }`: `{ a: b }`.
    Value,
    /// The key of `{ a }` in a pattern, whose variable keeps its name: `{ b: a }`.
    Key,
    /// `import { a }` of something that keeps its name: `import { a as b }`.
    Import,
    /// `export { a }`, under the name that it has now: `export { b as a }`.
    Export,
}

impl From<NameForm> for Spelling {
    fn from(form: NameForm) -> Self {
        match form {
            NameForm::Plain => Self::Plain,
            NameForm::Property => Self::Value,
            NameForm::Import => Self::Import,
            NameForm::Export => Self::Export,
        }
    }
}

/// A place in a file that names what is searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mention {
    /// The file.
    pub(crate) file: SourceFile,
    /// The name.
    pub(crate) span: Span,
    /// What it does.
    pub(crate) kind: UseKind,
    /// How a new name is written there.
    pub(crate) spelling: Spelling,
}

/// So many files are worth more than one thread.
const MANY: usize = 16;

/// How long a chain of re-exports is followed.
const LONGEST_CHAIN: u32 = 64;

/// The file that a specifier of a file leads to.
pub(crate) fn target_of(
    db: &dyn Db,
    project: Project,
    file: SourceFile,
    specifier: &str,
) -> Option<SourceFile> {
    match velox_db::imports(db, project, file).get(specifier)? {
        Resolution::File(path) => project.files(db).sources.get(path).copied(),
        _ => None,
    }
}

/// What a top-level name of a file means in the end: itself, or what it is imported from. Of a package's name: itself.
pub(crate) fn origin_of(db: &dyn Db, project: Project, file: SourceFile, name: &str) -> Origin {
    followed(db, project, file, name, 0).unwrap_or_else(|| Origin::Top(file, name.to_owned()))
}

fn followed(db: &dyn Db, project: Project, file: SourceFile, name: &str, depth: u32) -> Option<Origin> {
    if depth > LONGEST_CHAIN {
        return None;
    }
    let facts = velox_db::module_facts(db, file);
    let imported = facts.imports.iter().find_map(|import| {
        let found = import.names.iter().find(|one| one.local == name)?;
        Some((&import.specifier, &found.imported))
    });
    let Some((specifier, imported)) = imported else { return Some(Origin::Top(file, name.to_owned())) };
    let target = target_of(db, project, file, specifier)?;
    if imported == "*" {
        return Some(Origin::Module(target));
    }
    export_of(db, project, target, imported, depth + 1)
}

/// What a file exports under a name, in the end.
pub(crate) fn export_of(
    db: &dyn Db,
    project: Project,
    file: SourceFile,
    name: &str,
    depth: u32,
) -> Option<Origin> {
    if depth > LONGEST_CHAIN {
        return None;
    }
    if name == "default" && file.path(db).ends_with(".velox") {
        return Some(Origin::Default(file));
    }
    let facts = velox_db::module_facts(db, file);
    if let Some(export) = facts.exports.iter().find(|export| export.name == name) {
        let local = export.local.as_deref();
        return match &export.from {
            Some((specifier, _)) => {
                let target = target_of(db, project, file, specifier)?;
                match local.unwrap_or(name) {
                    "*" => Some(Origin::Module(target)),
                    local => export_of(db, project, target, local, depth + 1),
                }
            }
            None if name == "default" && local.is_none() => Some(Origin::Default(file)),
            None => followed(db, project, file, local.unwrap_or(name), depth + 1),
        };
    }
    if name == "default" {
        return None;
    }
    let stars = facts.exports.iter().filter(|export| export.name == "*");
    stars.filter_map(|export| export.from.as_ref()).find_map(|(specifier, _)| {
        let target = target_of(db, project, file, specifier).filter(|target| *target != file)?;
        export_of(db, project, target, name, depth + 1)
    })
}

/// Where an exported name is given: what has to be renamed for it to have another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Root {
    /// A declaration (or an import) of this file that has the name itself.
    Top(SourceFile),
    /// `export { other as name }` of this file.
    Alias(SourceFile),
}

/// Where the name is given that a file exports; followed as long as it stays the same.
pub(crate) fn export_root(
    db: &dyn Db,
    project: Project,
    file: SourceFile,
    name: &str,
    depth: u32,
) -> Option<Root> {
    if depth > LONGEST_CHAIN || name == "default" {
        return None;
    }
    let facts = velox_db::module_facts(db, file);
    let follow = |specifier: &str| {
        let target = target_of(db, project, file, specifier).filter(|target| *target != file)?;
        export_root(db, project, target, name, depth + 1)
    };
    if let Some(export) = facts.exports.iter().find(|export| export.name == name) {
        if export.local.as_deref().is_some_and(|local| local != name) {
            return Some(Root::Alias(file));
        }
        if let Some((specifier, _)) = &export.from {
            return follow(specifier);
        }
        let import = facts.imports.iter().find_map(|import| {
            let same = import.names.iter().find(|one| one.local == name && one.imported == name);
            same.map(|_| &import.specifier)
        });
        return match import {
            Some(specifier) => follow(specifier),
            None => Some(Root::Top(file)),
        };
    }
    let stars = facts.exports.iter().filter(|export| export.name == "*");
    stars.filter_map(|export| export.from.as_ref()).find_map(|(specifier, _)| follow(specifier))
}

/// The files that import a file, with the specifiers that they do it by.
pub(crate) fn importers(db: &dyn Db, project: Project, file: SourceFile) -> Vec<(SourceFile, Vec<&str>)> {
    let path = file.path(db);
    let mut found = Vec::new();
    for other in project.files(db).sources.values() {
        let leads = |resolution: &Resolution| matches!(resolution, Resolution::File(to) if to == path);
        let resolved = velox_db::imports(db, project, *other);
        let specifiers: Vec<&str> = resolved
            .iter()
            .filter(|(_, resolution)| leads(resolution))
            .map(|(specifier, _)| specifier.as_str())
            .collect();
        if !specifiers.is_empty() {
            found.push((*other, specifiers));
        }
    }
    found.sort_by_key(|(file, _)| file.path(db));
    found
}

/// A search for all places that name something.
pub(crate) struct Search<'a> {
    db: &'a dyn Db,
    project: Project,
    /// Whether it goes on where the name changes: `import { a as b }`. A rename does not.
    through_aliases: bool,
    /// What was found.
    pub(crate) found: Vec<Mention>,
    tops: FxHashSet<(SourceFile, String)>,
    exports: FxHashSet<(SourceFile, String)>,
}

impl<'a> Search<'a> {
    /// An empty search.
    pub(crate) fn new(db: &'a dyn Db, project: Project, through_aliases: bool) -> Self {
        Self {
            db,
            project,
            through_aliases,
            found: Vec::new(),
            tops: FxHashSet::default(),
            exports: FxHashSet::default(),
        }
    }

    /// Looks for what an origin stands for.
    pub(crate) fn origin(&mut self, origin: &Origin) {
        match origin {
            Origin::Top(file, name) => self.top(*file, name),
            Origin::Default(file) => {
                let export = velox_db::module_facts(self.db, *file).exports.iter();
                let start = FileNames::of(self.db, *file).script_start();
                let velox = file.path(self.db).ends_with(".velox");
                if let Some(export) = export.filter(|_| !velox).find(|export| export.name == "default") {
                    self.add(*file, export.span.shift(start), UseKind::Declaration, Spelling::Plain);
                }
                self.export(*file, "default");
            }
            Origin::Module(file) => self.module(*file),
        }
    }

    /// Looks for a top-level name of a file, in it and in all that import it from there.
    pub(crate) fn top(&mut self, file: SourceFile, name: &str) {
        if !self.tops.insert((file, name.to_owned())) {
            return;
        }
        self.local(file, name, false);
        let facts = velox_db::module_facts(self.db, file);
        let given = facts.exports.iter().filter(|export| export.from.is_none());
        let given = given.filter(|export| export.local.as_deref().unwrap_or(&export.name) == name);
        for export in given {
            if export.name == name {
                self.export(file, name);
            } else if self.through_aliases {
                self.alias(file, &export.name);
            }
        }
    }

    /// Looks for what a file exports by `export { other as name }`, that place included.
    pub(crate) fn alias(&mut self, file: SourceFile, name: &str) {
        let names = FileNames::of(self.db, file);
        let clauses = names.script().exports.iter().filter(|one| one.exported == name);
        for one in clauses.filter(|one| one.span != one.local_span) {
            let span = one.span.shift(names.script_start());
            self.add(file, span, UseKind::Read, Spelling::Plain);
        }
        self.export(file, name);
    }

    /// A top-level name in its own file; `apart` where the other side of `import { a }` and `export { a }` keeps its name.
    pub(crate) fn local(&mut self, file: SourceFile, name: &str, apart: bool) {
        for one in FileNames::of(self.db, file).with(&Meaning::Top(name.to_owned())) {
            let kind = match one.role {
                NameRole::Declaration if one.kind == Some(BindingKind::Import) => UseKind::Read,
                NameRole::Declaration => UseKind::Declaration,
                NameRole::Write => UseKind::Write,
                NameRole::Read => UseKind::Read,
            };
            let spelling = match one.form {
                NameForm::Import | NameForm::Export if !apart => Spelling::Plain,
                form => form.into(),
            };
            self.add(file, one.span, kind, spelling);
        }
    }

    /// Looks for what a file exports under a name, in all that import it.
    pub(crate) fn export(&mut self, file: SourceFile, name: &str) {
        if !self.exports.insert((file, name.to_owned())) {
            return;
        }
        let mut concerned = importers(self.db, self.project, file);
        concerned.retain(|(importer, specifiers)| {
            let taken = velox_db::imported_names(self.db, *importer);
            taken.iter().any(|(specifier, imported)| {
                specifiers.contains(&specifier.as_str()) && (imported == name || imported == "*")
            })
        });
        self.read_ahead(&concerned);
        for (importer, specifiers) in concerned {
            self.importer(importer, &specifiers, name);
        }
    }

    /// Reads the names of many files on all cores, where they are not known.
    fn read_ahead(&self, files: &[(SourceFile, Vec<&str>)]) {
        if files.len() < MANY {
            return;
        }
        let files: Vec<SourceFile> = files.iter().map(|(file, _)| *file).collect();
        files.par_iter().for_each_with(self.db.reader(), |db, file| {
            FileNames::of(db, *file);
        });
    }

    fn importer(&mut self, file: SourceFile, specifiers: &[&str], name: &str) {
        let names = FileNames::of(self.db, file);
        let (bindings, start) = (names.script(), names.script_start());
        for one in &bindings.imports {
            if !specifiers.contains(&one.specifier.as_str()) {
                continue;
            }
            let local = names.at(one.local.start + start).map(|name| name.span.text(file.text(self.db)));
            let Some(local) = local else { continue };
            if one.imported == "*" {
                self.members(file, local, name);
            } else if one.imported == name {
                let same = one.span == one.local && name != "default";
                if !same && name != "default" {
                    self.add(file, one.span.shift(start), UseKind::Read, Spelling::Plain);
                }
                if same || self.through_aliases {
                    self.top(file, local);
                }
            }
        }
        for one in &bindings.exports {
            let from = one.from.as_deref().is_some_and(|from| specifiers.contains(&from));
            if from && one.local == name {
                self.add(file, one.local_span.shift(start), UseKind::Read, Spelling::Plain);
                if one.exported == name {
                    self.export(file, name);
                } else if self.through_aliases {
                    self.alias(file, &one.exported);
                }
            }
        }
        let facts = velox_db::module_facts(self.db, file);
        let star = facts.exports.iter().any(|export| {
            export.name == "*"
                && export.from.as_ref().is_some_and(|(from, _)| specifiers.contains(&from.as_str()))
        });
        let own = || facts.exports.iter().any(|export| export.name == name);
        if star && name != "default" && !own() {
            self.export(file, name);
        }
    }

    /// `all.name` where `all` is a namespace import.
    fn members(&mut self, file: SourceFile, local: &str, name: &str) {
        let names = FileNames::of(self.db, file);
        for (span, _) in super::members_of(self.db, file, local).into_iter().filter(|(_, key)| key == name) {
            // A key out of a pattern, `const { name } = all`, declares a name of the file too: that one stays.
            let both = names.at(span.start).is_some_and(|one| one.form == NameForm::Property);
            let spelling = if both { Spelling::Key } else { Spelling::Plain };
            self.add(file, span, UseKind::Read, spelling);
        }
    }

    /// All imports of a module as a whole, and of anything in it.
    fn module(&mut self, file: SourceFile) {
        for (importer, specifiers) in importers(self.db, self.project, file) {
            for (specifier, span) in super::specifiers_in(self.db, importer) {
                if specifiers.contains(&specifier) {
                    self.add(importer, span, UseKind::Read, Spelling::Plain);
                }
            }
        }
    }

    fn add(&mut self, file: SourceFile, span: Span, kind: UseKind, spelling: Spelling) {
        self.found.push(Mention { file, span, kind, spelling });
    }
}
