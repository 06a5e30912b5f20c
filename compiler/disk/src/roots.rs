//! Finds the root of a project, by names alone (language.md P1).

use std::path::{Path, PathBuf};

/// Names of the configuration file.
pub const CONFIGS: [&str; 3] = ["velox.config.ts", "velox.config.js", "velox.config.mjs"];

/// The root of the project that a file or folder belongs to (language.md P1).
pub fn find_root(path: &Path) -> Option<PathBuf> {
    let folders = || path.ancestors().filter(|folder| folder.is_dir());
    let has_package = |folder: &&Path| folder.join("package.json").is_file();
    folders()
        .find(|folder| CONFIGS.iter().any(|name| folder.join(name).is_file()))
        // A package.json alone says that something is a package, not that it is a site.
        .or_else(|| folders().find(|folder| has_package(folder) && has_routes(folder)))
        .or_else(|| parent_of_routes(path))
        .or_else(|| folders().find(has_package))
        .map(Path::to_owned)
}

/// Whether a folder is surely a Velox project, and not any package.
pub fn is_project(root: &Path) -> bool {
    has_routes(root) || CONFIGS.iter().any(|name| root.join(name).is_file())
}

fn has_routes(folder: &Path) -> bool {
    folder.join("routes").is_dir() || folder.join("src/routes").is_dir()
}

fn parent_of_routes(path: &Path) -> Option<&Path> {
    let folder = path.ancestors().filter(|folder| folder.is_dir()).find(|folder| has_routes(folder))?;
    match folder.parent() {
        Some(parent) if folder.ends_with("src") => Some(parent),
        _ => Some(folder),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::relative;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        }
        folder
    }

    fn root(files: &[&str], from: &str) -> Option<String> {
        let folder = folder(files);
        let found = find_root(&folder.path().join(from))?;
        Some(relative(folder.path(), &found).unwrap())
    }

    #[test]
    fn a_config_wins_over_a_nearer_package() {
        let files = ["velox.config.ts", "lib/package.json", "lib/x.ts", "routes/index.velox"];
        assert_eq!(root(&files, "lib/x.ts").as_deref(), Some(""));
    }

    #[test]
    fn a_package_with_routes_is_a_project_and_the_nearest_wins() {
        let files = ["package.json", "routes/a.velox", "apps/b/package.json", "apps/b/src/routes/a.velox"];
        assert_eq!(root(&files, "apps/b/src/routes/a.velox").as_deref(), Some("apps/b"));
        assert_eq!(root(&files, "routes").as_deref(), Some(""));
    }

    #[test]
    fn without_either_it_is_the_parent_of_the_routes_folder() {
        assert_eq!(root(&["site/routes/blog/a.velox"], "site/routes/blog/a.velox").as_deref(), Some("site"));
        assert_eq!(root(&["site/src/routes/a.velox"], "site/src/routes").as_deref(), Some("site"));
        assert_eq!(root(&["package.json", "site/routes/a.velox"], "site").as_deref(), Some("site"));
        assert_eq!(root(&["site/a.velox"], "site/a.velox"), None);
    }
}
