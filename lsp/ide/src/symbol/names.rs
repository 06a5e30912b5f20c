//! The names of one file: those of its server block (or module) and of its template, joined.
//!
//! What the template does not declare itself, and the server block does at its top level, is one name (language.md S3).

use rustc_hash::FxHashSet;
use velox_db::{Db, SourceFile};
use velox_diagnostics::Span;
use velox_script::{BindingKind, BindingPlace, Bindings, BoundName, NameForm, NameRole};

/// Which of its two halves a file's name stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Part {
    /// The server block, or a whole module.
    Script,
    /// The template.
    Template,
}

/// What a name means in its file.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Meaning {
    /// What the server block or module declares at its top level under this name.
    Top(String),
    /// What a function, block or hole declares, by its index among the bindings of the half.
    Inner(Part, u32),
    /// What the file does not declare.
    Free(String),
}

/// A name at its place in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NameAt {
    /// Its place in the file.
    pub(crate) span: Span,
    /// What it means.
    pub(crate) meaning: Meaning,
    /// What it does.
    pub(crate) role: NameRole,
    /// How it is written.
    pub(crate) form: NameForm,
    /// What declares it.
    pub(crate) kind: Option<BindingKind>,
}

/// The names of one file.
pub(crate) struct FileNames<'a> {
    script: &'a Bindings,
    script_start: u32,
    template: Option<(&'a Bindings, u32)>,
    tops: FxHashSet<&'a str>,
}

impl<'a> FileNames<'a> {
    /// Asks the database.
    pub(crate) fn of(db: &'a dyn Db, file: SourceFile) -> Self {
        let script = velox_db::script_bindings(db, file);
        let is_velox = file.path(db).ends_with(".velox");
        let regions = is_velox.then(|| velox_db::regions(db, file));
        let script_start = regions.and_then(|regions| regions.server).map_or(0, |server| server.body.start);
        let template = regions.map(|regions| (velox_db::template_bindings(db, file), regions.template.start));
        let tops = script
            .bindings
            .iter()
            .filter(|binding| binding.place == BindingPlace::Top)
            .map(|binding| &*binding.name)
            .collect();
        Self { script, script_start, template, tops }
    }

    /// The bindings of the server block or module; spans count from [`Self::script_start`].
    pub(crate) fn script(&self) -> &'a Bindings {
        self.script
    }

    /// Where the server block or module begins.
    pub(crate) fn script_start(&self) -> u32 {
        self.script_start
    }

    /// Whether the file declares a name at its top level.
    pub(crate) fn declares(&self, name: &str) -> bool {
        self.tops.contains(name)
    }

    fn bindings(&self, part: Part) -> (&'a Bindings, u32) {
        match (part, self.template) {
            (Part::Template, Some(template)) => template,
            _ => (self.script, self.script_start),
        }
    }

    fn joined(&self, part: Part, name: &BoundName) -> NameAt {
        let (bindings, start) = self.bindings(part);
        let binding = &bindings.bindings[name.binding as usize];
        let meaning = match binding.place {
            BindingPlace::Inner(_) => Meaning::Inner(part, name.binding),
            BindingPlace::Top => Meaning::Top(binding.name.clone()),
            BindingPlace::Free if self.declares(&binding.name) => Meaning::Top(binding.name.clone()),
            BindingPlace::Free => Meaning::Free(binding.name.clone()),
        };
        NameAt { span: name.span.shift(start), meaning, role: name.role, form: name.form, kind: binding.kind }
    }

    /// The name that an offset touches.
    pub(crate) fn at(&self, offset: u32) -> Option<NameAt> {
        let parts = [Part::Script, Part::Template];
        parts.into_iter().filter(|part| *part == Part::Script || self.template.is_some()).find_map(|part| {
            let (bindings, start) = self.bindings(part);
            let offset = offset.checked_sub(start)?;
            let after = bindings.names.partition_point(|name| name.span.start <= offset);
            let name = bindings.names[..after].last().filter(|name| name.span.touches(offset))?;
            Some(self.joined(part, name))
        })
    }

    /// All names, in the order of their places.
    pub(crate) fn all(&self) -> impl Iterator<Item = NameAt> {
        let script = self.script.names.iter().map(|name| self.joined(Part::Script, name));
        let template = self.template.into_iter().flat_map(|(bindings, _)| &bindings.names);
        script.chain(template.map(|name| self.joined(Part::Template, name)))
    }

    /// All names with a meaning, in the order of their places.
    pub(crate) fn with(&self, meaning: &Meaning) -> Vec<NameAt> {
        // Most names are another: compare before anything is made.
        let wanted = |part: Part, name: &BoundName| {
            let binding = &self.bindings(part).0.bindings[name.binding as usize];
            match (meaning, binding.place) {
                (Meaning::Inner(other, index), BindingPlace::Inner(_)) => {
                    *other == part && *index == name.binding
                }
                (Meaning::Top(name) | Meaning::Free(name), BindingPlace::Top | BindingPlace::Free) => {
                    binding.name == *name
                }
                _ => false,
            }
        };
        let script = self.script.names.iter().filter(|name| wanted(Part::Script, name));
        let script = script.map(|name| self.joined(Part::Script, name));
        let template = self.template.into_iter().flat_map(|(bindings, _)| &bindings.names);
        let template = template.filter(|name| wanted(Part::Template, name));
        script.chain(template.map(|name| self.joined(Part::Template, name))).collect()
    }

    /// The declaration of a meaning: the first place that declares it.
    pub(crate) fn declaration(&self, meaning: &Meaning) -> Option<NameAt> {
        self.with(meaning).into_iter().find(|name| name.role == NameRole::Declaration)
    }
}
