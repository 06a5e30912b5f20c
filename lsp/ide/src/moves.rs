//! What has to be edited when files or folders get other paths: imports, links, layouts, params.
//!
//! Everything is asked of queries without positions first; only files that name something that moves are looked at.

mod imports;
mod links;
mod params;

use crate::symbol::site::project_files;
use crate::symbol::styles::unquoted;
use crate::{Change, Document, TextEdit};
use rustc_hash::{FxHashMap, FxHashSet};
use velox_core::analyze::LayoutChoice;
use velox_db::{Db, Project};

/// The edits that keep a project's imports and links right when files or folders are renamed: (path before, path after), relative to
/// the project's root. Edits are by the paths before.
///
/// Links are edited where they lead to a moved page or endpoint alone, and do so again afterwards; a link that any other route could
/// answer stays as it is. Of a page whose params get other names, what its own code reads of `params` follows.
#[must_use]
pub fn moved(db: &dyn Db, project: Project, renames: &[(String, String)]) -> Change {
    let mut change = Change::default();
    let Some(moves) = Moves::new(db, project, renames) else { return change };
    let Some(first) = project.files(db).sources.values().next() else { return change };
    let documents = project_files(Document::new(db, project, *first));
    imports::follow(&moves, &documents, &mut change);
    links::follow(&moves, &documents, &mut change);
    layouts(&moves, &documents, &mut change);
    params::follow(&moves, &documents, &mut change);
    change
}

/// Which files get which paths.
pub(crate) struct Moves<'a> {
    db: &'a dyn Db,
    project: Project,
    /// Path before → path after.
    to: FxHashMap<String, String>,
    /// The paths after.
    after: FxHashSet<String>,
}

impl<'a> Moves<'a> {
    /// Finds the files that are renamed, those in renamed folders included; nothing where none is. A file takes the rename that names
    /// it most closely.
    fn new(db: &'a dyn Db, project: Project, renames: &[(String, String)]) -> Option<Self> {
        let trimmed = |path: &str| path.trim_matches('/').to_owned();
        let wanted: FxHashMap<String, String> = renames
            .iter()
            .map(|(from, to)| (trimmed(from), trimmed(to)))
            .filter(|(from, to)| from != to && !from.is_empty() && !to.is_empty())
            .collect();
        if wanted.is_empty() {
            return None;
        }
        let files = project.files(db);
        let mut to = FxHashMap::default();
        for path in files.sources.keys().chain(files.assets.keys()) {
            let mut end = path.len();
            loop {
                if let Some(new) = wanted.get(&path[..end]) {
                    to.insert(path.clone(), format!("{new}{}", &path[end..]));
                    break;
                }
                match path[..end].rfind('/') {
                    Some(slash) => end = slash,
                    None => break,
                }
            }
        }
        let after = to.values().cloned().collect();
        (!to.is_empty()).then_some(Self { db, project, to, after })
    }

    /// The path that a file gets, if it gets another.
    fn new_path(&self, path: &str) -> Option<&str> {
        self.to.get(path).map(String::as_str)
    }

    /// The path that a file has afterwards.
    fn path_of<'p>(&'p self, path: &'p str) -> &'p str {
        self.new_path(path).unwrap_or(path)
    }

    /// Whether there is a file at a path afterwards.
    fn exists(&self, path: &str) -> bool {
        self.after.contains(path)
            || (self.project.files(self.db).contains(path) && !self.to.contains_key(path))
    }
}

/// `layout = 'docs'` of the pages whose layout gets another name.
fn layouts(moves: &Moves<'_>, documents: &[Document<'_>], change: &mut Change) {
    let folder = format!("{}layouts/", velox_db::source_folder(moves.db, moves.project));
    let name = |path: &str| path.strip_prefix(&*folder)?.strip_suffix(".velox").map(str::to_owned);
    let renamed: FxHashMap<String, String> =
        moves.to.iter().filter_map(|(from, to)| Some((name(from)?, name(to)?))).collect();
    if renamed.is_empty() {
        return;
    }
    for document in documents {
        let LayoutChoice::Named(old) = &document.page().layout else { continue };
        let Some(new) = renamed.get(old) else { continue };
        let span = unquoted(document.page().layout_span, document.text());
        let written = span.text(document.text());
        let ending = if written.ends_with(".velox") { ".velox" } else { "" };
        if written.strip_suffix(ending) == Some(old) {
            change.add(document.path(), vec![TextEdit::new(span, format!("{new}{ending}"))]);
        }
    }
}
