//! A text as a project, in the fixtures' language: a line `//- /path` begins a file, and without one all is one page.
//!
//! Around it stand a layout, a component and a module, unless the text has files of these names.

use std::collections::BTreeMap;
use velox_db::{Database, MemoryFiles, Project, check_file, emit, emit_client, load_project};
use velox_diagnostics::{Diagnostic, Severity};
use velox_script::{Dialect, parse_module};

/// More files than this are left out: what many files cost is measured elsewhere.
const MOST_FILES: usize = 24;

const AROUND: &[(&str, &str)] = &[
    ("layouts/default.velox", "<html><head></head><body><slot /></body></html>\n"),
    ("components/Card.velox", "---\nconst { title } = props;\n---\n<p>{title}<slot /></p>\n"),
    (
        "components/Button.tsx",
        "export default (props: { label: string }) => <button>{props.label}</button>;\n",
    ),
    ("lib/data.ts", "export const posts = [{ title: 'a' }];\n"),
];

fn files_of(text: &str) -> MemoryFiles {
    let mut files: BTreeMap<String, String> =
        AROUND.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let mut path = "routes/index.velox".to_owned();
    for line in text.split_inclusive('\n') {
        match line.strip_prefix("//- /") {
            Some(next) if files.len() < MOST_FILES => {
                path = next.trim_end().to_owned();
                files.insert(path.clone(), String::new());
            }
            _ => files.entry(path.clone()).or_default().push_str(line),
        }
    }
    MemoryFiles(files)
}

/// Checks all files of the project; every diagnostic has to fit its file. Gives whether none is an error.
///
/// # Panics
/// Where a diagnostic does not fit.
pub fn check_project(text: &str) -> bool {
    let files = files_of(text);
    let db = Database::default();
    check_all(&db, load_project(&db, &files).project, &files)
}

fn check_all(db: &Database, project: Project, files: &MemoryFiles) -> bool {
    let mut good = true;
    for file in project.files(db).sources.values() {
        for found in check_file(db, project, *file).iter() {
            fits(found, files);
            good &= found.severity != Severity::Error;
        }
    }
    good
}

fn fits(found: &Diagnostic, files: &MemoryFiles) {
    let fits = |file: &str, span: velox_diagnostics::Span| {
        let text = files.0.get(file).map_or("", String::as_str);
        assert!(span.start <= span.end && text.get(span.range()).is_some(), "{found:?} does not fit {file}");
    };
    fits(&found.file, found.span);
    assert!(!found.message.is_empty(), "{found:?}");
    for related in &found.related {
        fits(&related.file, related.span);
    }
    for fix in &found.fixes {
        for edit in &fix.edits {
            fits(&found.file, edit.span);
        }
    }
}

/// Emits every file for the server and for the browser, where the project checks clean; what comes out must parse again.
///
/// # Panics
/// Where it does not.
pub fn emit_project(text: &str) {
    let files = files_of(text);
    let db = Database::default();
    let project = load_project(&db, &files).project;
    if !check_all(&db, project, &files) {
        return;
    }
    for (path, file) in &project.files(&db).sources {
        let is_module = [".velox", ".ts", ".tsx", ".js", ".jsx"].iter().any(|ending| path.ends_with(ending));
        if !is_module || path.starts_with("velox.config") {
            continue;
        }
        for emitted in [emit(&db, project, *file), emit_client(&db, project, *file)] {
            let problems = parse_module(&emitted.code, Dialect::TypeScript, &[], false).problems;
            let source = file.text(&db);
            assert!(
                problems.is_empty(),
                "{path} does not parse again: {problems:?}\n{}\n--- of\n{source}",
                emitted.code
            );
        }
    }
}
