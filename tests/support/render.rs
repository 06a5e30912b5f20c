//! What a snapshot holds: the source, the diagnostics, and the emitted code, in that order, so that it reads alone.

use crate::fixture::Fixture;
use crate::project::TestProject;
use std::fmt::Write as _;
use velox_db::{emit, style_sheets};
use velox_diagnostics::{Severity, pretty};

/// The text of a snapshot.
#[must_use]
pub fn report(fixture: &Fixture) -> String {
    let project = TestProject::new(fixture);
    let mut out = String::new();
    let mut all = Vec::new();
    for file in &fixture.files {
        let _ = write!(out, "──── {} ────\n{}", file.path, file.text);
        if !file.text.ends_with('\n') {
            out.push('\n');
        }
        if let Some(source) = project.project.files(&project.db).sources.get(&file.path) {
            all.extend(project.check(*source));
        }
    }
    if !all.is_empty() {
        let _ = write!(out, "\n════ diagnostics ════\n{}", pretty(&all, &project, false));
    }
    let broken = all.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    if !broken {
        for source in project.files() {
            let path = source.path(&project.db);
            if ![".velox", ".ts", ".tsx"].iter().any(|ending| path.ends_with(ending))
                || path.starts_with("velox.config")
            {
                continue;
            }
            let _ = write!(
                out,
                "\n════ {path} → server ════\n{}",
                emit(&project.db, project.project, source).code
            );
            for sheet in style_sheets(&project.db, project.project, source) {
                let _ = writeln!(out, "\n════ {path} → css ════\n{}", sheet.css);
            }
        }
    }
    out
}
