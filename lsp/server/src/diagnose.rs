//! Diagnostics of open documents: computed after each change, and told where they are others than before.

use crate::convert;
use crate::outgoing::{Outgoing, Word};
use crate::panics::{Trouble, caught};
use crate::snapshot::{Asked, Snapshot, State};
use crate::uris::Key;
use crate::world::World;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::{Mutex, PoisonError};
use tower_lsp::lsp_types::{self as lsp, Url};
use velox_diagnostics::{Code, Diagnostic, Span};

/// What the client was told, so that it is told nothing twice: with lines and columns, as an edit of another file moves the places
/// there that a finding points to.
#[derive(Debug, Default)]
pub(crate) struct Told {
    documents: Mutex<FxHashMap<Key, (i32, Vec<lsp::Diagnostic>)>>,
    progress: Mutex<FxHashSet<String>>,
}

impl Told {
    fn documents(&self) -> std::sync::MutexGuard<'_, FxHashMap<Key, (i32, Vec<lsp::Diagnostic>)>> {
        self.documents.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn progress(&self) -> std::sync::MutexGuard<'_, FxHashSet<String>> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether this is news for the client; from now on it is known.
    pub(crate) fn is_news(&self, key: &Key, version: i32, shown: &[lsp::Diagnostic]) -> bool {
        let mut documents = self.documents();
        if documents.get(key).is_some_and(|(told, before)| *told == version && before == shown) {
            return false;
        }
        documents.insert(key.clone(), (version, shown.to_vec()));
        true
    }

    /// A document is closed: its diagnostics are taken back.
    pub(crate) fn forget(&self, key: &Key, uri: &Url, outgoing: &Outgoing) {
        if self.documents().remove(key).is_some() {
            outgoing.say(Word::Publish(uri.clone(), Vec::new(), None));
        }
    }

    /// Whether the client was told anything of a document.
    pub(crate) fn knows(&self, key: &Key) -> bool {
        self.documents().contains_key(key)
    }

    /// Takes back the diagnostics of all files but those that stay.
    pub(crate) fn forget_closed(&self, stays: &dyn Fn(&Key) -> bool, outgoing: &Outgoing) {
        self.documents().retain(|key, _| {
            let Key::File(path) = key else { return true };
            if stays(key) {
                return true;
            }
            if let Ok(uri) = Url::from_file_path(path) {
                outgoing.say(Word::Publish(uri, Vec::new(), None));
            }
            false
        });
    }

    /// Whether a progress bar is not there yet; from now on it is.
    pub(crate) fn begin_progress(&self, token: &str) -> bool {
        self.progress().insert(token.to_owned())
    }

    /// Whether a progress bar was there; from now on it is not.
    pub(crate) fn end_progress(&self, token: &str) -> bool {
        self.progress().remove(token)
    }
}

impl World {
    /// Computes the diagnostics of stale documents on a worker, and tells them. Clients that pull ask by themselves.
    pub(crate) fn diagnose(&mut self) {
        let stale = std::mem::take(&mut self.stale);
        if stale.is_empty() || self.view.client.pull {
            return;
        }
        let told = self.told.clone();
        let outgoing = self.outgoing.clone();
        let owner = self.owner.clone();
        self.read(Box::new(move |snapshot| {
            for (nth, key) in stale.iter().enumerate() {
                let Some(open) = snapshot.view.open.get(key) else { continue };
                let Ok(asked) = snapshot.asked(&open.uri) else { continue };
                match caught(|| diagnostics_of(asked)) {
                    Ok(found) => {
                        let shown: Vec<_> =
                            found.iter().map(|found| convert::diagnostic(asked, found)).collect();
                        if told.is_news(key, open.version, &shown) {
                            outgoing.say(Word::Publish(open.uri.clone(), shown, Some(open.version)));
                        }
                    }
                    Err(Trouble::Cancelled) => {
                        let rest = stale[nth..].to_vec();
                        drop(snapshot);
                        owner.write(move |world| {
                            let rest: Vec<Key> =
                                rest.into_iter().filter(|key| !world.stale.contains(key)).collect();
                            world.stale.extend(rest);
                        });
                        return;
                    }
                    Err(Trouble::Panic(said)) => {
                        outgoing.log_error(format!("checking {} failed: {said}", open.uri));
                        let found = crashed(asked.document.path(), &said);
                        let shown = vec![convert::diagnostic(asked, &found)];
                        if told.is_news(key, open.version, &shown) {
                            outgoing.say(Word::Publish(open.uri.clone(), shown, Some(open.version)));
                        }
                    }
                }
            }
        }));
    }
}

/// What is wrong in a document, as far as it is known by now: the syntax at once, the rest when the project has been read.
pub(crate) fn diagnostics_of(asked: Asked<'_>) -> Vec<Diagnostic> {
    let document = asked.document;
    let (db, project, file) = (document.db, document.project, document.file);
    if asked.project.loose || asked.project.state == State::Listing {
        return if document.is_velox() { velox_db::check_syntax(db, file) } else { Vec::new() };
    }
    if asked.project.state == State::Listed {
        return velox_db::check_early(db, project, file);
    }
    velox_db::check_file(db, project, file).to_vec()
}

/// A mistake of the compiler itself, at the head of the file that led to it.
pub(crate) fn crashed(path: &str, said: &str) -> Diagnostic {
    Diagnostic::new(Code::INTERNAL, path, Span::at(0), format!("velox-lsp failed on this file: {said}"))
        .help("this is a mistake of velox-lsp, not of your code: please report it, with the file")
}

/// Whether an answer is as complete as it can be.
pub(crate) fn is_complete(snapshot: &Snapshot, project: usize) -> bool {
    snapshot.view.projects.get(project).is_none_or(|project| project.state == State::Ready)
}
