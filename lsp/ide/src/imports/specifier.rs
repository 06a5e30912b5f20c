//! Which specifier leads from one file to another, written in the style of the file, else of the project.

use crate::Document;
use velox_core::resolve::{Alias, Resolution, resolve};
use velox_db::{imports, project_facts, routes};

/// How many other files are asked for the style of a project.
const ASKED: usize = 32;

/// The specifier by which `document` names the file at `target` (a path relative to the project's root).
///
/// Whether an alias or a relative path, and with which ending, is learned from the imports of the file, then from those of the
/// project's routes. Where neither tells: an alias, save for a file of the same folder or below it, and no ending but `.velox`
/// and `.json`.
pub(crate) fn specifier_for(document: Document<'_>, target: &str) -> String {
    let aliases = &project_facts(document.db, document.project).aliases;
    let aliased =
        aliases.iter().filter(|alias| alias.pattern.contains('*')).find_map(|alias| by_alias(alias, target));
    let own = Habits::of(document, aliases);
    let habits = own.or_else(|| learned(document, aliases));
    let from = document.path();
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let is_near = target.strip_prefix(folder).is_some_and(|rest| {
        folder.is_empty() && !rest.contains('/') || !folder.is_empty() && rest.starts_with('/')
    });
    let relative = relative(folder, target);
    let base = match &aliased {
        Some(aliased) if !habits.relative || habits.alias => {
            if is_near && !habits.near_alias {
                relative.clone()
            } else {
                aliased.clone()
            }
        }
        _ => relative.clone(),
    };
    let files = document.project.files(document.db);
    let leads = |written: &str| {
        resolve(from, written, aliases, &|path| files.contains(path)) == Resolution::File(target.to_owned())
    };
    let mut tried: Vec<String> = endings(&base, &habits);
    tried.push(relative);
    tried.into_iter().find(|written| leads(written)).unwrap_or(base)
}

/// The spellings of a specifier, the one that fits the habits first; all of it last.
fn endings(specifier: &str, habits: &Habits) -> Vec<String> {
    let mut found = Vec::new();
    let Some((stem, ending)) = specifier.rsplit_once('.') else { return vec![specifier.to_owned()] };
    match ending {
        "velox" if habits.bare_velox => found.push(stem.to_owned()),
        "ts" | "tsx" | "js" | "jsx" | "mjs" | "mts" => {
            if habits.compiled_ending && matches!(ending, "ts" | "tsx") {
                found.push(format!("{stem}.js"));
            }
            if !habits.written_ending {
                if let Some(folder) = stem.strip_suffix("/index").filter(|folder| !folder.is_empty()) {
                    found.push(folder.to_owned());
                }
                found.push(stem.to_owned());
            }
        }
        _ => {}
    }
    found.push(specifier.to_owned());
    found
}

/// `lib/db.ts` by `$lib/*` → `$lib/db.ts`.
fn by_alias(alias: &Alias, target: &str) -> Option<String> {
    alias.targets.iter().find_map(|path| {
        let (before, after) = path.split_once('*')?;
        let rest = target.strip_prefix(before)?.strip_suffix(after)?;
        (!rest.is_empty()).then(|| alias.pattern.replacen('*', rest, 1))
    })
}

/// The relative specifier from a folder to a file.
pub(crate) fn relative(folder: &str, target: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = target.split('/').collect();
    let shared = from.iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    let up = from.len() - shared;
    let start = if up == 0 { "./".to_owned() } else { "../".repeat(up) };
    start + to[shared..].join("/").as_str()
}

/// How imports of files of the project are spelled.
#[derive(Clone, Copy, Debug, Default)]
struct Habits {
    /// Files that an alias covers are named by it.
    alias: bool,
    /// Files that an alias covers are named by relative paths.
    relative: bool,
    /// Files of the same folder, or below it, are named by an alias.
    near_alias: bool,
    /// `./x.ts`.
    written_ending: bool,
    /// `./x.js` for `x.ts`.
    compiled_ending: bool,
    /// `./Card` for `Card.velox`.
    bare_velox: bool,
    /// Whether an import was seen whose ending tells something.
    seen_ending: bool,
}

impl Habits {
    /// The habits of one file.
    fn of(document: Document<'_>, aliases: &[Alias]) -> Self {
        let mut habits = Self::default();
        let from = document.path();
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        for (specifier, resolved) in imports(document.db, document.project, document.file) {
            let Resolution::File(path) = resolved else { continue };
            if specifier.starts_with('.') {
                let is_near = path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
                habits.relative |= !is_near && aliases.iter().any(|alias| by_alias(alias, path).is_some());
            } else {
                habits.alias = true;
                habits.near_alias |= path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
            }
            let (Some((_, ending)), name) =
                (path.rsplit_once('.'), specifier.rsplit('/').next().unwrap_or(""))
            else {
                continue;
            };
            let written = name.rsplit_once('.').map(|(_, written)| written);
            match ending {
                "ts" | "tsx" | "js" | "jsx" | "mjs" | "mts" => {
                    habits.seen_ending = true;
                    habits.written_ending |= written == Some(ending);
                    habits.compiled_ending |= written == Some("js") && ending != "js";
                }
                "velox" => {
                    habits.seen_ending = true;
                    habits.bare_velox |= written != Some("velox");
                }
                _ => {}
            }
        }
        habits
    }

    /// These habits, and where they tell nothing, those of others.
    fn or_else(self, others: impl FnOnce() -> Self) -> Self {
        let knows_way = self.alias || self.relative;
        if knows_way && self.seen_ending {
            return self;
        }
        let others = others();
        let way = if knows_way { self } else { others };
        let ending = if self.seen_ending { self } else { others };
        Self { alias: way.alias, relative: way.relative, near_alias: way.near_alias, ..ending }
    }
}

/// The habits of the first routes of the project: of two ways the one that more of them take.
fn learned(document: Document<'_>, aliases: &[Alias]) -> Habits {
    let sources = &document.project.files(document.db).sources;
    let (mut alias, mut relative, mut near) = (0, 0, 0);
    let (mut written, mut compiled, mut bare, mut endings) = (0, 0, 0, 0);
    for route in routes(document.db, document.project).iter().take(ASKED) {
        let Some(file) = sources.get(&route.file) else { continue };
        let habits = Habits::of(document.with(*file), aliases);
        alias += u32::from(habits.alias);
        relative += u32::from(habits.relative);
        near += u32::from(habits.near_alias);
        written += u32::from(habits.written_ending);
        compiled += u32::from(habits.compiled_ending);
        bare += u32::from(habits.bare_velox);
        endings += u32::from(habits.seen_ending);
    }
    Habits {
        alias: alias >= relative && alias > 0,
        relative: relative > alias,
        near_alias: near > 0,
        written_ending: written * 2 > endings,
        compiled_ending: compiled * 2 > endings,
        bare_velox: bare * 2 > endings,
        seen_ending: endings > 0,
    }
}
