//! `<script>` elements without attributes: modules of the page (language.md T11), and what is wrong in them.

use crate::Db;
use crate::inputs::{Project, SourceFile};
use crate::parsed::parsed;
use crate::queries::{page_scripts, project_facts};
use velox_core::analyze::script_diagnostic;
use velox_core::emit::{Emitted, ExtractedKind, ImportTarget, ModuleFile, emit_module, extracted};
use velox_core::resolve::{Resolution, resolve};
use velox_diagnostics::{Code, Diagnostic, Span};
use velox_script::{Dialect, ModuleFacts, parse_module};

/// A `<script>` that becomes a module of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageScript {
    /// Its text, in the file.
    pub span: Span,
    /// Its facts; spans count from the start of its text.
    pub facts: ModuleFacts,
    /// Where its imports lead, in the order of the text.
    pub imports: Vec<(String, Resolution)>,
}

/// The scripts of a `.velox` file.
pub(crate) fn find_scripts(db: &dyn Db, project: Project, file: SourceFile) -> Vec<PageScript> {
    if !file.path(db).ends_with(".velox") {
        return Vec::new();
    }
    extracted(&parsed(db, file).file())
        .into_iter()
        .filter(|part| part.kind == ExtractedKind::Script)
        .map(|part| {
            let facts = parse_module(part.span.text(file.text(db)), Dialect::TypeScript, &[], false);
            let specifiers =
                facts.imports.iter().filter(|import| !import.type_only).map(|import| &import.specifier);
            let exists = |path: &str| project.files(db).contains(path);
            let aliases = &project_facts(db, project).aliases;
            let imports = specifiers
                .chain(facts.dynamic_imports.iter().map(|(specifier, _)| specifier))
                .map(|specifier| (specifier.clone(), resolve(file.path(db), specifier, aliases, &exists)))
                .collect();
            PageScript { span: part.span, facts, imports }
        })
        .collect()
}

/// What is wrong in the scripts of a file.
pub(crate) fn check_scripts(db: &dyn Db, project: Project, file: SourceFile) -> Vec<Diagnostic> {
    let path = file.path(db);
    let mut found = Vec::new();
    for script in page_scripts(db, project, file) {
        let base = script.span.start;
        found.extend(script.facts.problems.iter().map(|problem| script_diagnostic(path, base, problem)));
        let places = script.facts.imports.iter().map(|import| (&import.specifier, import.specifier_span));
        let places =
            places.chain(script.facts.dynamic_imports.iter().map(|(specifier, span)| (specifier, *span)));
        for (specifier, span) in places {
            let Some((_, target)) = script.imports.iter().find(|(name, _)| name == specifier) else {
                continue;
            };
            let new =
                |message: String| Diagnostic::new(Code::UNRESOLVED_IMPORT, path, span.shift(base), message);
            match target {
                Resolution::File(target) if is_browser_module(target) => {}
                Resolution::File(target) => found.push(
                    new(format!("a page's script cannot import {target}"))
                        .help("import a `.ts` or `.js` module of the project"),
                ),
                Resolution::Missing(tried) => {
                    let tried = tried.first().cloned().unwrap_or_default();
                    found.push(
                        new(format!("`{specifier}` leads to no file"))
                            .label(format!("{tried} does not exist"))
                            .help("correct the path, or make the file"),
                    );
                }
                Resolution::Package | Resolution::Framework => {}
            }
        }
    }
    found
}

/// Whether a file can be sent to the browser as a module.
#[must_use]
pub fn is_browser_module(path: &str) -> bool {
    [".ts", ".js", ".mjs", ".mts"].iter().any(|ending| path.ends_with(ending))
}

/// The code of a script for the browser. `target` tells the URL that a specifier becomes.
#[must_use]
pub fn emit_script(path: &str, text: &str, facts: &ModuleFacts, target: &dyn Fn(&str) -> String) -> Emitted {
    let target = |specifier: &str| ImportTarget {
        specifier: target(specifier),
        is_velox: false,
        is_package: false,
        module: specifier.to_owned(),
    };
    emit_module(&ModuleFile { path, text, facts, tree: None }, false, &target)
}
