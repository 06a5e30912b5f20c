//! The server's own watcher, for clients that cannot watch files.
//!
//! It watches the folders that were listed, one by one: a recursive watch would count every folder of `node_modules`.

use crate::owner::Owner;
use crate::project::Held;
use notify_debouncer_mini::notify::{RecommendedWatcher, RecursiveMode};
use notify_debouncer_mini::{DebounceEventResult, Debouncer, new_debouncer};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

/// How long events are gathered before they are told.
const QUIET: Duration = Duration::from_millis(60);

/// A watcher over the folders of all projects.
pub(crate) struct Watch {
    debouncer: Debouncer<RecommendedWatcher>,
    watched: BTreeSet<PathBuf>,
}

impl Watch {
    /// Starts it.
    ///
    /// # Errors
    /// The system gives no watches; in words.
    pub(crate) fn start(owner: Owner) -> Result<Self, String> {
        let debouncer = new_debouncer(QUIET, move |events: DebounceEventResult| {
            let Ok(events) = events else { return };
            let paths: Vec<PathBuf> = events.into_iter().map(|event| event.path).collect();
            owner.write(move |world| world.files_changed(paths));
        });
        Ok(Self { debouncer: debouncer.map_err(|error| error.to_string())?, watched: BTreeSet::new() })
    }

    /// Watches the folders of a project.
    pub(crate) fn folders(&mut self, held: &Held) {
        let root = &held.view.root;
        let imported = held.imported.iter().filter_map(|path| root.join(path).parent().map(PathBuf::from));
        let wanted: BTreeSet<PathBuf> = held
            .folders
            .iter()
            .map(|folder| root.join(folder))
            .chain(imported)
            .chain([root.clone()])
            .collect();
        for folder in wanted.difference(&self.watched.clone()) {
            // A folder that is gone again is seen by the watch on its parent.
            if self.debouncer.watcher().watch(folder, RecursiveMode::NonRecursive).is_ok() {
                self.watched.insert(folder.clone());
            }
        }
        let gone: Vec<PathBuf> = self
            .watched
            .iter()
            .filter(|folder| folder.starts_with(root) && !wanted.contains(*folder))
            .cloned()
            .collect();
        for folder in gone {
            let _ = self.debouncer.watcher().unwatch(&folder);
            self.watched.remove(&folder);
        }
    }
}
