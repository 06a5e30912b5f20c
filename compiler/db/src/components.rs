//! The components of a project and what they take, for editors: by their files and exports, without positions.

use crate::Db;
use crate::inputs::{Project, SourceFile};
use crate::kind::{FileRole, file_role};
use crate::queries::{block_text, exported_names, parse_script};
use velox_core::emit::FileKind;
use velox_core::holes::module_elements;
use velox_script::ComponentProps;

/// A component that a file of the project exports.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ProjectComponent {
    /// The name that it is imported under: that of its export, for a default export that of its file.
    pub name: String,
    /// The file, relative to the project's root.
    pub path: String,
    /// Whether it is the file's default export.
    pub is_default: bool,
}

/// All components, by name. A default export of a module counts where the file's name is that of a component; other exports where
/// their own names are.
pub(crate) fn list_components(db: &dyn Db, project: Project) -> Vec<ProjectComponent> {
    let mut found = Vec::new();
    let routes = project.routes_directory(db);
    for (path, file) in &project.files(db).sources {
        match file_role(path, routes) {
            FileRole::Velox(FileKind::Component) => {
                found.extend(file_name(path).map(|name| component(name, path, true)));
            }
            FileRole::Module if is_component_module(path) => {
                let (name, file) = (file_name(path), *file);
                for (export, type_only) in &exported_names(db, file).names {
                    if *type_only {
                        continue;
                    }
                    if export == "default" {
                        found.extend(name.clone().map(|name| component(name, path, true)));
                    } else if is_component_name(export) {
                        found.push(component(export.clone(), path, false));
                    }
                }
            }
            _ => {}
        }
    }
    found.sort_unstable();
    found
}

fn component(name: String, path: &str, is_default: bool) -> ProjectComponent {
    ProjectComponent { name, path: path.to_owned(), is_default }
}

fn is_component_module(path: &str) -> bool {
    let is_markup = [".tsx", ".jsx"].iter().any(|ending| path.ends_with(ending));
    is_markup && ![".test.", ".spec.", ".stories.", "__tests__/"].iter().any(|part| path.contains(part))
}

/// `Card`, and neither `card` nor `MAX_SIZE`.
fn is_component_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && (name.len() == 1 || name.chars().any(|letter| letter.is_ascii_lowercase()))
}

/// The name that a component has by its file: `Card.velox`, `my-card.tsx`, `Card/index.tsx`.
fn file_name(path: &str) -> Option<String> {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let mut stem = name.split('.').next()?;
    if stem == "index" {
        stem = folders.rsplit('/').next()?;
    }
    let mut out = String::new();
    for word in stem.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        let mut letters = word.chars();
        out.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        out.push_str(letters.as_str());
    }
    is_component_name(&out).then_some(out)
}

/// The components that a file exports, with their props.
pub(crate) fn read_component_props(db: &dyn Db, file: SourceFile) -> Vec<ComponentProps> {
    if file.path(db).ends_with(".velox") {
        return match block_text(db, file) {
            Some(text) => velox_script::block_props(text).into_iter().collect(),
            None => Vec::new(),
        };
    }
    let elements = parse_script(db, file).tree.as_ref().map(module_elements).unwrap_or_default();
    velox_script::component_props(file.text(db), &elements)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_give_components_their_names() {
        let table = [
            ("components/Card.velox", Some("Card")),
            ("components/my-card.tsx", Some("MyCard")),
            ("components/card_list.tsx", Some("CardList")),
            ("components/Card/index.tsx", Some("Card")),
            ("components/Card.client.tsx", Some("Card")),
            ("components/404.velox", None),
            ("index.tsx", None),
        ];
        for (path, expected) in table {
            assert_eq!(file_name(path).as_deref(), expected, "{path}");
        }
    }
}
