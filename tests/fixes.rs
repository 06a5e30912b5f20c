//! Every fix of every diagnostic, of all fixtures and of all examples of the documentation, is applied on its own.
//!
//! Afterwards its diagnostic must be gone and no error may be new; all fixes together must come to rest.

#![allow(clippy::disallowed_methods, reason = "tests read fixtures from the disk")]

use libtest_mimic::{Arguments, Failed, Trial};
use salsa::Setter;
use std::collections::BTreeMap;
use std::sync::Arc;
use velox_diagnostics::{Code, Diagnostic, Edit, Fix, Trust, Workspace, edited, made_worse, mend};
use velox_tests::{Fixture, TestProject, documentation, files_under, repository};

/// Errors that a fix may bring to light: the fixed code, part of the new error's message, and why.
const ALLOWED: &[(&str, &str, &str)] = &[
    (
        "VX0304",
        "`revalidate` has a meaning only in ISR",
        "while a key of `config` is misspelt, what follows from the mode is not told",
    ),
    ("VX0405", "does not export", "what a module exports is told when the import leads to it"),
    (
        "VX0202",
        "expected `=>`, found the closing `}`",
        "a style sheet whose opening tag is missing is told by its closing tag alone",
    ),
];

fn is_allowed(code: Code, failure: &str) -> bool {
    ALLOWED.iter().any(|(fixed, part, _)| code.to_string() == *fixed && failure.contains(part))
}

fn main() {
    let arguments = Arguments::from_args();
    let folder = repository().join("tests/cases");
    let mut trials: Vec<Trial> = files_under(&folder, ".velox")
        .into_iter()
        .map(|path| {
            let file = folder.join(&path);
            Trial::test(path, move || run(&std::fs::read_to_string(&file)?))
        })
        .collect();
    for block in documentation() {
        trials.push(Trial::test(block.name(), move || run(&block.text)));
    }
    libtest_mimic::run(&arguments, trials).exit();
}

fn run(text: &str) -> Result<(), Failed> {
    let mut files = Files(TestProject::new(&Fixture::parse(text)));
    let before = files.check();
    let mut failures = Vec::new();
    for diagnostic in &before {
        for fix in &diagnostic.fixes {
            if let Err(failure) = alone(&mut files, &before, diagnostic, fix)
                && !is_allowed(diagnostic.code, &failure)
            {
                failures
                    .push(format!("{} at {:?}: {}: {failure}", diagnostic.code, diagnostic.span, fix.title));
            }
        }
    }
    for trust in [Trust::Safe, Trust::All] {
        let mut files = Files(TestProject::new(&Fixture::parse(text)));
        let first = mend(&mut files, trust, &|_| true);
        for back in first.taken_back.iter().filter(|back| !is_allowed(back.diagnostic.code, &back.because)) {
            failures.push(format!("{} was taken back: {}", back.title, back.because));
        }
        let again = mend(&mut files, trust, &|_| true);
        if !again.changes.is_empty() {
            failures.push(format!("{trust:?} fixes do not come to rest: {:#?}", again.changes));
        }
    }
    if failures.is_empty() { Ok(()) } else { Err(failures.join("\n").into()) }
}

/// Applies one fix, looks at what came of it, and puts the texts back.
fn alone(files: &mut Files, before: &[Diagnostic], diagnostic: &Diagnostic, fix: &Fix) -> Result<(), String> {
    let mut edits: BTreeMap<&str, Vec<&Edit>> = BTreeMap::new();
    for edit in &fix.edits {
        edits.entry(&edit.file).or_default().push(edit);
    }
    if edits.is_empty() {
        return Err("it has no edits".to_owned());
    }
    let mut texts = Vec::new();
    for (file, edits) in edits {
        let text = files.text(file).ok_or_else(|| format!("there is no file {file}"))?;
        let new = edited(&text, edits).ok_or_else(|| format!("its edits do not fit {file}"))?;
        if new == *text {
            return Err(format!("it changes nothing in {file}"));
        }
        texts.push((file.to_owned(), text, Arc::<str>::from(new)));
    }
    for (file, _, new) in &texts {
        files.set_text(file, new.clone());
    }
    let after = files.check();
    for (file, old, _) in &texts {
        files.set_text(file, old.clone());
    }
    let result = || texts.iter().map(|(file, _, new)| format!("{file}:\n{new}")).collect::<String>();
    let count = |list: &[Diagnostic]| {
        let same = |other: &&Diagnostic| {
            (&other.file, other.code, &other.message)
                == (&diagnostic.file, diagnostic.code, &diagnostic.message)
        };
        list.iter().filter(same).count()
    };
    if count(&after) >= count(before) {
        return Err(format!("its diagnostic is still there:\n{}", result()));
    }
    match made_worse(before, &after) {
        Some(error) => {
            Err(format!("it makes an error: {} {} {:?}\n{}", error.code, error.message, error.span, result()))
        }
        None => Ok(()),
    }
}

/// A project in memory whose files can be edited.
struct Files(TestProject);

impl Workspace for Files {
    fn text(&self, file: &str) -> Option<Arc<str>> {
        let source = self.0.project.files(&self.0.db).sources.get(file)?;
        Some(Arc::clone(source.text(&self.0.db)))
    }

    fn set_text(&mut self, file: &str, text: Arc<str>) {
        let source = self.0.file(file);
        source.set_text(&mut self.0.db).to(text);
    }

    fn check(&mut self) -> Vec<Diagnostic> {
        self.0.files().into_iter().flat_map(|file| self.0.check(file)).collect()
    }
}
