//! Emitted code kept between builds, by the hash of everything that it depends on.
//!
//! A cache that cannot be read is as good as none: it is made anew, and nothing is said.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// A module as it is written to the output.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Module {
    /// JavaScript, with the line that names its map.
    pub(crate) code: String,
    /// Its source map.
    pub(crate) map: String,
}

/// The cache of one project.
#[derive(Debug)]
pub(crate) struct Cache {
    path: PathBuf,
    last: FxHashMap<String, Arc<Module>>,
    used: Mutex<FxHashMap<String, Arc<Module>>>,
}

const MAGIC: &str = concat!("velox emit cache ", env!("CARGO_PKG_VERSION"), "\n");

impl Cache {
    /// Opens the cache of a project.
    pub(crate) fn open(project: &Path) -> Self {
        let path = project.join(".velox/cache/emit.json");
        Self { last: read(&path).unwrap_or_default(), path, used: Mutex::default() }
    }

    /// The module of this key, made by `make` where it is not there.
    pub(crate) fn get(&self, key: String, make: impl FnOnce() -> Module) -> Arc<Module> {
        let module = self.last.get(&key).cloned().unwrap_or_else(|| Arc::new(make()));
        if let Ok(mut used) = self.used.lock() {
            used.insert(key, Arc::clone(&module));
        }
        module
    }

    /// Writes what this build used; the rest is forgotten.
    pub(crate) fn save(self) {
        let used = self.used.into_inner().unwrap_or_default();
        let same = used.len() == self.last.len() && used.keys().all(|key| self.last.contains_key(key));
        if !same {
            let _ = write(&self.path, &used);
        }
    }
}

fn read(path: &Path) -> Option<FxHashMap<String, Arc<Module>>> {
    let text = fs::read_to_string(path).ok()?;
    let (hash, body) = text.strip_prefix(MAGIC)?.split_once('\n')?;
    if hash != velox_core::hash(body.as_bytes()) {
        return None;
    }
    let modules: FxHashMap<String, Module> = serde_json::from_str(body).ok()?;
    Some(modules.into_iter().map(|(key, module)| (key, Arc::new(module))).collect())
}

fn write(path: &Path, modules: &FxHashMap<String, Arc<Module>>) -> std::io::Result<()> {
    let plain: FxHashMap<&str, &Module> = modules.iter().map(|(key, module)| (&**key, &**module)).collect();
    let body = serde_json::to_string(&plain)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(MAGIC.as_bytes())?;
    file.write_all(velox_core::hash(body.as_bytes()).as_bytes())?;
    file.write_all(b"\n")?;
    file.write_all(body.as_bytes())?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}
