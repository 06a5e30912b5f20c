//! Renaming a param: it is named by the route's file or folder, so that gets another name, and all that follows from it is edited.

use crate::moves::moved;
use crate::symbol::members_of;
use crate::{Change, Document, FileChange};
use velox_core::route::RouteFiles;

/// Refuses a param that cannot be renamed.
///
/// # Errors
/// Why not, in one line.
pub(super) fn check(document: Document<'_>, name: &str) -> Result<(), String> {
    let Some(route) =
        document.route().filter(|route| route.route.pattern.params().any(|(one, _)| one == name))
    else {
        return Err("a param is renamed in the page whose file is called after it".to_owned());
    };
    for layout in &route.layouts {
        if members_of(document.db, *layout, "params").iter().any(|(_, key)| key == name) {
            return Err(format!(
                "{} reads `params.{name}` too, and wraps other pages: edit it there first",
                layout.path(document.db)
            ));
        }
    }
    Ok(())
}

/// The renames and edits.
pub(super) fn change(document: Document<'_>, old: &str, name: &str) -> Result<Change, String> {
    let path = document.path();
    let parts: Vec<&str> = path.split('/').collect();
    let index = parts.iter().position(|part| renamed(part, old, name).is_some());
    let Some((index, part)) = index.and_then(|index| Some((index, renamed(parts[index], old, name)?))) else {
        return Err(format!("no part of {path} is called after `{old}`"));
    };
    let mut new: Vec<&str> = parts[..=index].to_vec();
    new[index] = &part;
    let (from, to) = (parts[..=index].join("/"), new.join("/"));
    let base = &velox_db::project_facts(document.db, document.project).config.base;
    let files = RouteFiles { directory: document.project.routes_directory(document.db), base };
    let route = files.route(&format!("{to}{}", &path[from.len()..]));
    if route.is_none_or(|route| !route.problems.is_empty()) {
        return Err(format!("`{name}` is no name that a param of this route can have"));
    }
    let all = document.project.files(document.db);
    let inside = |file: &&String| {
        file.strip_prefix(&*from).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let mut moving: Vec<&String> = all.sources.keys().chain(all.assets.keys()).filter(inside).collect();
    moving.sort();
    let mut change = moved(document.db, document.project, &[(from.clone(), to.clone())]);
    for file in moving {
        let new = format!("{to}{}", &file[from.len()..]);
        if all.contains(&new) {
            return Err(format!("{new} exists already"));
        }
        change.files.push(FileChange::Rename(file.clone(), new));
    }
    Ok(change)
}

/// The part of a path with its param renamed: `[slug]`, `[[slug]]`, `[...slug]`, with what follows in a file's name.
fn renamed(part: &str, old: &str, name: &str) -> Option<String> {
    let forms = [("[[...", "]]"), ("[...", "]"), ("[[", "]]"), ("[", "]")];
    forms.iter().find_map(|(open, close)| {
        let rest = part.strip_prefix(open)?.strip_prefix(old)?.strip_prefix(close)?;
        (rest.is_empty() || rest.starts_with('.') || rest.starts_with("+server"))
            .then(|| format!("{open}{name}{close}{rest}"))
    })
}
