//! Diagnostics of the whole project for clients that do not ask, where the user wants them: told when nothing has happened for a moment.
//!
//! A sweep is given up at the next edit, and the next pause begins another; what has not changed is remembered by the database, and
//! what the client knows is not told again.

use crate::convert;
use crate::diagnose::crashed;
use crate::handlers::diagnostic::{checked_files, open_or_not};
use crate::outgoing::Word;
use crate::panics::{Trouble, caught};
use crate::settings::Scope;
use crate::snapshot::{Asked, Snapshot, State};
use crate::uris::Key;
use crate::world::World;
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use std::time::Duration;
use tower_lsp::lsp_types::{Diagnostic, Url};
use velox_db::SourceFile;
use velox_ide::Document;

/// How long nothing must have happened.
const PAUSE: Duration = Duration::from_millis(250);

impl World {
    /// Begins to wait for a pause, where what the client was told of the project may be out of date.
    pub(crate) fn plan_sweep(&mut self) {
        let ready = |held: &crate::project::Held| held.view.loose || held.view.state == State::Ready;
        if self.view.client.pull || self.swept == Some(self.revision) || !self.projects.iter().all(ready) {
            return;
        }
        if self.view.settings.diagnostics.scope != Scope::Workspace {
            if self.swept.take().is_some() {
                self.told.forget_closed(&|key| self.view.open.contains_key(key), &self.outgoing);
            }
            return;
        }
        if self.waiting {
            return;
        }
        self.waiting = true;
        let (owner, revision) = (self.owner.clone(), self.revision);
        std::thread::spawn(move || {
            std::thread::sleep(PAUSE);
            owner.write(move |world| {
                world.waiting = false;
                if world.revision == revision {
                    world.sweep();
                }
            });
        });
    }

    fn sweep(&mut self) {
        self.swept = Some(self.revision);
        let snapshot = self.snapshot();
        let (told, outgoing, owner) = (self.told.clone(), self.outgoing.clone(), self.owner.clone());
        rayon::spawn(move || {
            let Ok(found) = caught(|| check_closed(&snapshot)) else {
                drop(snapshot);
                return owner.write(|world| world.swept = None);
            };
            let mut there = FxHashSet::default();
            for Checked { project, path, file, key, diagnostics } in found {
                let is_told = told.knows(&key);
                if (is_told || !diagnostics.is_empty())
                    && let Some((uri, shown)) = shown(&snapshot, project, &path, file, &diagnostics)
                    && told.is_news(&key, 0, &shown)
                {
                    outgoing.say(Word::Publish(uri, shown, None));
                }
                there.insert(key);
            }
            told.forget_closed(&|key| there.contains(key) || snapshot.view.open.contains_key(key), &outgoing);
        });
    }
}

/// A file that is not open, with what is wrong in it.
struct Checked {
    project: usize,
    path: String,
    file: SourceFile,
    key: Key,
    diagnostics: Vec<velox_diagnostics::Diagnostic>,
}

/// What is wrong in all files that are not open.
fn check_closed(snapshot: &Snapshot) -> Vec<Checked> {
    let mut all = Vec::new();
    for (at, project) in snapshot.view.projects.iter().enumerate().filter(|(_, project)| !project.loose) {
        let key = |path: &str| Key::File(project.root.join(path));
        let mut files = checked_files(snapshot, project);
        files.retain(|(path, _)| !snapshot.view.open.contains_key(&key(path)));
        let check = |db: &mut velox_db::Database, (path, file): (String, SourceFile)| {
            let diagnostics = match caught(|| velox_db::check_file(db, project.project, file).to_vec()) {
                Ok(found) => found,
                Err(Trouble::Panic(said)) => vec![crashed(&path, &said)],
                // The snapshot has to be given up, by whoever holds it.
                Err(Trouble::Cancelled) => {
                    std::panic::resume_unwind(Box::new(salsa::Cancelled::PendingWrite))
                }
            };
            Checked { project: at, key: key(&path), path, file, diagnostics }
        };
        all.par_extend(files.into_par_iter().map_with(snapshot.db.clone(), check));
    }
    all
}

/// The diagnostics of a file that is not open, as the protocol writes them.
fn shown(
    snapshot: &Snapshot,
    at: usize,
    path: &str,
    file: SourceFile,
    found: &[velox_diagnostics::Diagnostic],
) -> Option<(Url, Vec<Diagnostic>)> {
    let project = &snapshot.view.projects[at];
    let open = open_or_not(snapshot, at, project, path, file)?;
    let document = Document::new(&snapshot.db, project.project, file);
    let asked = Asked { snapshot, project, open: &open, document };
    Some((open.uri.clone(), found.iter().map(|found| convert::diagnostic(asked, found)).collect()))
}
