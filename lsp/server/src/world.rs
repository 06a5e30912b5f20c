//! Everything that the owner's thread holds: the database, the projects, what is open. Its methods are what messages do.
//!
//! None of them is slow: what reads the disk or computes is sent to another thread, and comes back as a message.

use crate::diagnose::Told;
use crate::listing::{self, Changed, Known};
use crate::outgoing::Outgoing;
use crate::owner::Owner;
use crate::positions::{Encoding, Lines};
use crate::project::Held;
use crate::settings::Settings;
use crate::snapshot::{OpenView, Snapshot, State, View};
use crate::uris::Key;
use crate::watch::Watch;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tower_lsp::lsp_types::{TextDocumentContentChangeEvent, Url};
use velox_db::{Database, is_source};
use velox_disk::{find_root, relative};

/// Number of trees that are kept, see [`velox_db::keep_trees`].
const KEPT: usize = 128;

/// All that the owner holds.
pub(crate) struct World {
    /// The database: the only handle that lives longer than a request.
    pub(crate) db: Database,
    /// What readers see.
    pub(crate) view: Arc<View>,
    /// Projects, as in the view.
    pub(crate) projects: Vec<Held>,
    /// The queue, for what other threads send back.
    pub(crate) owner: Owner,
    /// The way to the client.
    pub(crate) outgoing: Outgoing,
    /// Workers for requests.
    pool: rayon::ThreadPool,
    /// Documents whose diagnostics may have changed, the most urgent first.
    pub(crate) stale: Vec<Key>,
    /// What the client was told.
    pub(crate) told: Arc<Told>,
    /// Number of changes so far: tells whether anything happened since.
    pub(crate) revision: u64,
    /// The revision at which the diagnostics of the whole project were told.
    pub(crate) swept: Option<u64>,
    /// Whether a pause is waited for.
    pub(crate) waiting: bool,
    /// The server's own watcher, where the client has none.
    pub(crate) watch: Option<Watch>,
    /// Whether the data that is part of the program is read, or being read.
    pub(crate) data: bool,
}

impl World {
    /// An empty world.
    pub(crate) fn new(owner: Owner, outgoing: Outgoing) -> Self {
        let mut db = Database::default();
        velox_db::keep_trees(&mut db, KEPT);
        let threads = std::thread::available_parallelism().map_or(2, std::num::NonZero::get).clamp(2, 8);
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .stack_size(crate::run::STACK)
            .thread_name(|nth| format!("velox-reader-{nth}"))
            .build()
            .expect("the system gives threads to a server that has just been started");
        Self {
            db,
            view: Arc::default(),
            projects: Vec::new(),
            owner,
            outgoing,
            pool,
            stale: Vec::new(),
            told: Arc::default(),
            revision: 0,
            swept: None,
            waiting: false,
            watch: None,
            data: false,
        }
    }

    /// Gives a snapshot to a worker.
    pub(crate) fn read(&self, read: Box<dyn FnOnce(Snapshot) + Send>) {
        let snapshot = self.snapshot();
        self.pool.spawn(move || read(snapshot));
    }

    /// A snapshot of now.
    pub(crate) fn snapshot(&self) -> Snapshot {
        Snapshot::new(self.db.clone(), self.view.clone())
    }

    /// What readers see, to be changed.
    fn view(&mut self) -> &mut View {
        Arc::make_mut(&mut self.view)
    }

    /// What was agreed on with the client.
    pub(crate) fn begin(
        &mut self,
        encoding: Encoding,
        client: crate::capabilities::ClientCan,
        settings: Settings,
    ) {
        let view = self.view();
        view.encoding = encoding;
        view.client = Arc::new(client);
        view.settings = settings;
    }

    /// Takes over other settings.
    pub(crate) fn set_settings(&mut self, settings: Settings) {
        if self.view.settings != settings {
            self.view().settings = settings;
            self.all_stale();
            self.refresh(true);
        }
    }

    /// Looks for projects in a folder of the workspace.
    pub(crate) fn add_folder(&mut self, folder: &Path) {
        let folder = folder.to_owned();
        let owner = self.owner.clone();
        std::thread::spawn(move || {
            for root in crate::listing::projects_in(&folder) {
                owner.write(move |world| {
                    world.project(&root, false);
                });
            }
        });
    }

    /// The index of the project with this root; one that is not there yet is begun.
    pub(crate) fn project(&mut self, root: &Path, loose: bool) -> usize {
        if let Some(at) =
            self.projects.iter().position(|held| held.view.root == root && held.view.loose == loose)
        {
            return at;
        }
        let held = Held::new(&self.db, root, loose);
        self.view().projects.push(held.view.clone());
        self.projects.push(held);
        let at = self.projects.len() - 1;
        if !loose {
            self.list(at);
        }
        at
    }

    /// The project and the path in it of a file.
    fn place(&mut self, key: &Key) -> (usize, String) {
        match key {
            Key::File(path) => {
                let folder = path.parent().unwrap_or(path);
                if let Some(root) = find_root(folder).filter(|root| velox_disk::is_project(root))
                    && let Ok(name) = relative(&root, path)
                {
                    return (self.project(&root, false), name);
                }
                let name =
                    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
                (self.project(folder, true), name)
            }
            Key::Other(uri) => {
                // Without a path there is no project; its name tells at least what it is.
                let name = uri.rsplit(['/', ':']).next().unwrap_or("untitled").to_owned();
                let name = if is_source(&name) { name } else { format!("{name}.velox") };
                (self.project(Path::new(""), true), name)
            }
        }
    }

    /// A document is opened.
    pub(crate) fn open(&mut self, uri: Url, version: i32, text: String) {
        let key = Key::of(&uri);
        let text: Arc<str> = Arc::from(text);
        let (project, path) = self.place(&key);
        let file = self.projects[project].open(&mut self.db, &path, text.clone());
        let lines = Arc::new(Lines::new(text, self.view.encoding));
        self.view().open.insert(key.clone(), OpenView { uri, version, project, file, lines });
        self.edited(key);
    }

    /// A document is edited.
    pub(crate) fn change(&mut self, uri: &Url, version: i32, changes: Vec<TextDocumentContentChangeEvent>) {
        let key = Key::of(uri);
        let encoding = self.view.encoding;
        let Some(open) = self.view.open.get(&key) else {
            self.outgoing.log_error(format!("{uri} was edited, but never opened"));
            return;
        };
        let (project, file) = (open.project, open.file);
        let mut lines = open.lines.clone();
        for change in changes {
            let text: Arc<str> = match change.range {
                None => Arc::from(change.text),
                Some(range) => {
                    let span = lines.span(range);
                    let before = lines.text();
                    let mut text = String::with_capacity(before.len() + change.text.len());
                    text.push_str(&before[..span.start as usize]);
                    text.push_str(&change.text);
                    text.push_str(&before[span.end as usize..]);
                    Arc::from(text)
                }
            };
            lines = Arc::new(Lines::new(text, encoding));
        }
        let path = file.path(&self.db).to_owned();
        self.projects[project].open(&mut self.db, &path, lines.text().clone());
        self.view().edits += 1;
        if let Some(open) = self.view().open.get_mut(&key) {
            open.version = version;
            open.lines = lines;
        }
        self.edited(key);
    }

    /// A document is closed: the disk counts again.
    pub(crate) fn close(&mut self, uri: &Url) {
        let key = Key::of(uri);
        let Some(open) = self.view().open.remove(&key) else { return };
        let path = open.file.path(&self.db).to_owned();
        self.projects[open.project].close(&path);
        self.stale.retain(|stale| *stale != key);
        self.told.forget(&key, &open.uri, &self.outgoing);
        if self.projects[open.project].view.loose {
            return;
        }
        self.look(open.project);
        self.revision += 1;
    }

    /// Something about a document is another; all others may be told something else now.
    fn edited(&mut self, key: Key) {
        self.revision += 1;
        self.all_stale();
        self.stale.retain(|stale| *stale != key);
        self.stale.insert(0, key);
    }

    /// Everything that is shown may be out of date.
    pub(crate) fn all_stale(&mut self) {
        for key in self.view.open.keys() {
            if !self.stale.contains(key) {
                self.stale.push(key.clone());
            }
        }
    }

    /// Files or folders may have changed on the disk.
    pub(crate) fn files_changed(&mut self, paths: impl IntoIterator<Item = PathBuf>) {
        for path in paths {
            for held in self.projects.iter_mut().filter(|held| !held.view.loose) {
                if path.starts_with(&held.view.root) {
                    held.changed.insert(path.clone());
                }
            }
            if path.file_name().is_some_and(|name| velox_disk::CONFIGS.iter().any(|config| name == *config))
                && let Some(folder) = path.parent()
                && path.exists()
            {
                self.project(folder, false);
            }
        }
        for at in 0..self.projects.len() {
            if !self.projects[at].changed.is_empty() {
                self.look(at);
            }
        }
    }

    /// Lists a project's folder, on another thread.
    pub(crate) fn list(&mut self, at: usize) {
        let held = &mut self.projects[at];
        if held.looking {
            held.list_again = true;
            return;
        }
        held.looking = true;
        held.list_again = false;
        held.changed.clear();
        let root = held.view.root.clone();
        let owner = self.owner.clone();
        std::thread::spawn(move || {
            let listing = listing::list(&root);
            owner.write(move |world| {
                world.projects[at].looking = false;
                let changed = {
                    let World { projects, db, .. } = world;
                    projects[at].take_listing(db, listing)
                };
                if let Some(watch) = &mut world.watch {
                    watch.folders(&world.projects[at]);
                }
                world.set_state(at, State::Listed, changed);
                world.look(at);
            });
        });
    }

    /// Looks at the paths of a project that changed, on another thread.
    pub(crate) fn look(&mut self, at: usize) {
        let held = &mut self.projects[at];
        if held.list_again {
            return self.list(at);
        }
        if held.looking || held.changed.is_empty() {
            return;
        }
        held.looking = true;
        let paths = std::mem::take(&mut held.changed);
        let root = held.view.root.clone();
        let files = held.view.project.files(&self.db).clone();
        let folders: BTreeSet<String> = held.folders.iter().cloned().collect();
        let owner = self.owner.clone();
        std::thread::spawn(move || {
            let known = |path: &str| {
                if files.sources.contains_key(path) {
                    Known::Source
                } else if files.assets.contains_key(path) || folders.contains(path) || path.is_empty() {
                    Known::Other
                } else {
                    Known::Nothing
                }
            };
            let found = listing::changed(&root, &paths, &known);
            owner.write(move |world| {
                world.projects[at].looking = false;
                match found {
                    Changed::Folder => world.list(at),
                    Changed::Texts(texts) => {
                        let changed = {
                            let World { projects, db, .. } = world;
                            projects[at].take_texts(db, texts)
                        };
                        if changed {
                            let state = world.projects[at].view.state;
                            world.set_state(at, state, true);
                        }
                        world.look(at);
                    }
                }
            });
        });
    }

    /// More is known of a project, or something else.
    pub(crate) fn set_state(&mut self, at: usize, state: State, changed: bool) {
        let held = &mut self.projects[at];
        let before = held.view.state;
        if state == State::Listed && (changed || before < State::Listed) {
            let sources = &held.view.project.files(&self.db).sources;
            held.unread = crate::warm::order(&self.db, held.view.project, sources.values().copied());
        }
        // What was ready stays so: to look at some files anew takes no longer than an answer.
        let state = before.max(state);
        held.view.state = state;
        let view = held.view.clone();
        self.view().projects[at] = view;
        if changed || state != before {
            self.revision += 1;
            self.all_stale();
            self.refresh(state == State::Ready);
        }
    }

    /// Tells the client that what it keeps may be out of date, where it did not cause that itself.
    pub(crate) fn refresh(&self, all: bool) {
        let can = &self.view.client;
        let what = crate::outgoing::Refreshed {
            diagnostics: can.pull && can.refresh.diagnostics,
            tokens: all && can.refresh.tokens,
            hints: all && can.refresh.hints,
            lenses: all && can.refresh.lenses,
        };
        if what != crate::outgoing::Refreshed::default() && !self.view.open.is_empty() {
            self.outgoing.say(crate::outgoing::Word::Refresh(what));
        }
    }

    /// Reads everything again from the disk.
    pub(crate) fn reload(&mut self) {
        for at in 0..self.projects.len() {
            if !self.projects[at].view.loose {
                self.projects[at].list_again = true;
                self.look(at);
            }
        }
        self.all_stale();
    }

    /// Begins what changes made necessary. Called when no message waits.
    pub(crate) fn settle(&mut self) {
        self.diagnose();
        self.read_ahead();
        self.prepare();
        self.plan_sweep();
    }
}
