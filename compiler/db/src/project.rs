//! Facts about the project as a whole that change rarely: its configuration, its aliases, its components.

use crate::Db;
use crate::inputs::{Project, SourceFile};
use velox_core::analyze::{KnownComponent, ProjectConfig, project_config, tsconfig_aliases};
use velox_core::resolve::Alias;
use velox_diagnostics::{Diagnostic, Names};

/// The project's configuration and what can be imported from anywhere in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProjectFacts {
    /// `velox.config.ts`.
    pub config: ProjectConfig,
    /// `$lib/*`, `$components/*` and `paths` of tsconfig.json.
    pub aliases: Vec<Alias>,
    /// Components under `components/`.
    pub components: Vec<KnownComponent>,
    /// What is wrong with the configuration.
    pub diagnostics: Vec<Diagnostic>,
}

fn source(db: &dyn Db, project: Project, names: &[&str]) -> Option<SourceFile> {
    names.iter().find_map(|name| project.files(db).sources.get(*name).copied())
}

/// Reads configuration files statically (language.md P3).
pub(crate) fn read_project(db: &dyn Db, project: Project) -> ProjectFacts {
    let (config, mut diagnostics) =
        match source(db, project, &["velox.config.ts", "velox.config.js", "velox.config.mjs"]) {
            Some(file) => {
                project_config(file.path(db), velox_script::evaluate_config(file.text(db)).as_ref())
            }
            None => Default::default(),
        };
    diagnostics.sort_by_key(|diagnostic| diagnostic.span);
    let aliases = aliases(db, project);
    let components = components(project.files(db).sources.keys(), &aliases);
    ProjectFacts { config, aliases, components, diagnostics }
}

/// The aliases of tsconfig.json, of what it extends where it has none itself.
fn aliases(db: &dyn Db, project: Project) -> Vec<Alias> {
    let value = source(db, project, &["tsconfig.json", "jsconfig.json"])
        .and_then(|file| velox_script::evaluate_json(file.text(db)));
    let mut aliases = tsconfig_aliases(value.as_ref());
    // A project whose sources are in `src` has `src/lib` and `src/components`.
    if let Some(folder) =
        project.routes_directory(db).strip_suffix("routes").filter(|folder| !folder.is_empty())
    {
        for alias in &mut aliases {
            for target in &mut alias.targets {
                if matches!(&**target, "lib/*" | "components/*") {
                    target.insert_str(0, folder);
                }
            }
        }
    }
    aliases
}

/// The paths of all files that are read, sorted.
pub(crate) fn read_names(db: &dyn Db, project: Project) -> Names {
    let mut paths: Vec<String> = project.files(db).sources.keys().cloned().collect();
    paths.sort_unstable();
    Names::new(paths)
}

fn components<'a>(paths: impl Iterator<Item = &'a String>, aliases: &[Alias]) -> Vec<KnownComponent> {
    let prefix = aliases
        .iter()
        .find(|alias| alias.pattern == "$components/*")
        .and_then(|alias| alias.targets.first()?.strip_suffix('*'));
    let Some(prefix) = prefix else { return Vec::new() };
    let mut found: Vec<KnownComponent> = paths
        .filter_map(|path| {
            let rest = path.strip_prefix(prefix)?;
            let (stem, ending) = rest.rsplit_once('.')?;
            let name = stem.rsplit('/').next()?;
            let component = matches!(ending, "velox" | "tsx") && name.starts_with(char::is_uppercase);
            let specifier = if ending == "velox" { rest } else { stem };
            component.then(|| KnownComponent {
                name: name.to_owned(),
                specifier: format!("$components/{specifier}"),
            })
        })
        .collect();
    found.sort_by(|a, b| (&a.name, &a.specifier).cmp(&(&b.name, &b.specifier)));
    found
}
