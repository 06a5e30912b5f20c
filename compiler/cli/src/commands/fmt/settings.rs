//! How a file is to be formatted: `format` in its project's `velox.config`, then `.editorconfig`, then the defaults.

use crate::failure::Failure;
use crate::project::find_root;
use crate::session;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use velox_db::project_facts;
use velox_diagnostics::{LineIndex, Severity};
use velox_disk::{CONFIGS, read_text};
use velox_format::{FormatOptions, FormatSettings, editor_settings};

/// What was read for the files of a run so far.
pub(super) struct Settings<'a> {
    root: Option<&'a Path>,
    /// The roots of folders.
    roots: HashMap<PathBuf, Option<PathBuf>>,
    /// What the configuration says, by root.
    configs: HashMap<PathBuf, FormatSettings>,
    /// The texts of `.editorconfig` files, by folder.
    editors: HashMap<PathBuf, Option<String>>,
}

impl<'a> Settings<'a> {
    /// `root` is what `--root` says.
    pub(super) fn new(root: Option<&'a Path>) -> Self {
        Self { root, roots: HashMap::new(), configs: HashMap::new(), editors: HashMap::new() }
    }

    /// How a file is to be formatted.
    ///
    /// # Errors
    /// The configuration of its project has an error.
    pub(super) fn options(&mut self, file: &Path) -> Result<FormatOptions, Failure> {
        let folder = file.parent().unwrap_or(Path::new("/"));
        let root = match self.roots.get(folder) {
            Some(root) => root.clone(),
            None => {
                let root = match self.root {
                    Some(root) => Some(crate::project::given_root(root)?),
                    None => find_root(folder),
                };
                self.roots.insert(folder.to_owned(), root.clone());
                root
            }
        };
        let config = match &root {
            Some(root) => self.config(root)?,
            None => FormatSettings::default(),
        };
        Ok(config.or(self.editor(file)).options())
    }

    fn config(&mut self, root: &Path) -> Result<FormatSettings, Failure> {
        if let Some(known) = self.configs.get(root) {
            return Ok(*known);
        }
        let found = CONFIGS.iter().find(|name| root.join(name).is_file());
        let settings = match found {
            Some(name) => read(root, name)?,
            None => FormatSettings::default(),
        };
        self.configs.insert(root.to_owned(), settings);
        Ok(settings)
    }

    fn editor(&mut self, file: &Path) -> FormatSettings {
        let mut found = Vec::new();
        for folder in file.ancestors().skip(1) {
            let text = self
                .editors
                .entry(folder.to_owned())
                .or_insert_with(|| read_text(&folder.join(".editorconfig")).ok());
            if let (Some(text), Ok(path)) = (text, velox_disk::relative(folder, file)) {
                found.push((path, text.clone()));
            }
        }
        let files: Vec<(&str, &str)> =
            found.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        editor_settings(&files)
    }
}

/// Reads a configuration file without running it.
fn read(root: &Path, name: &str) -> Result<FormatSettings, Failure> {
    let session = session::open_alone(root, name);
    let facts = project_facts(&session.db, session.project);
    if let Some(error) = facts.diagnostics.iter().find(|found| found.severity == Severity::Error) {
        let text = session.file(name).map_or("", |file| file.text(&session.db));
        let place = LineIndex::new(text).line_column(text, error.span.start);
        let failure =
            Failure::new(format!("{}:{}:{}: {}", error.file, place.line, place.column, error.message));
        return Err(match &error.help {
            Some(help) => failure.help(help.clone()),
            None => failure,
        });
    }
    Ok(facts.config.format)
}
