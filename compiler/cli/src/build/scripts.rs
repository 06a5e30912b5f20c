//! Scripts of pages for the browser: one file each, and one for each module of the project that they import. Where the project has
//! islands, or a script imports a package, the bundler has made them instead.
//!
//! Names hold a hash of all that a module reaches, so that cycles of imports have names too and a change gives new ones.

use super::graph::style_order;
use super::output::Staging;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use velox_core::resolve::Resolution;
use velox_db::{
    Db, PageScript, Project, SourceFile, emit_script, imports, is_browser_module, page_scripts, parse_script,
};

/// Writes the scripts of pages, each once.
pub(crate) struct Scripts<'a> {
    db: &'a dyn Db,
    project: Project,
    staging: &'a Staging,
    /// What the bundler made of scripts, by file and place; nothing where it was not needed.
    bundled: Option<&'a FxHashMap<(String, u32), String>>,
    /// Project path → URL.
    modules: FxHashMap<String, String>,
    /// Project path of a `.velox` file → URLs of its scripts.
    files: FxHashMap<String, Vec<String>>,
}

impl<'a> Scripts<'a> {
    pub(crate) fn new(
        db: &'a dyn Db,
        project: Project,
        staging: &'a Staging,
        bundled: Option<&'a FxHashMap<(String, u32), String>>,
    ) -> Self {
        Self { db, project, staging, bundled, modules: FxHashMap::default(), files: FxHashMap::default() }
    }

    /// URLs of the scripts of a page, in the order in which its files are imported.
    ///
    /// # Errors
    /// One line: a file cannot be written.
    pub(crate) fn of(&mut self, layouts: &[SourceFile], page: SourceFile) -> Result<Vec<String>, String> {
        let mut entries = layouts.to_vec();
        entries.push(page);
        let mut urls = Vec::new();
        for path in style_order(self.db, self.project, &entries) {
            let Some(file) = self.project.files(self.db).sources.get(&path).copied() else { continue };
            for url in self.of_file(file)? {
                if !urls.contains(&url) {
                    urls.push(url);
                }
            }
        }
        Ok(urls)
    }

    fn of_file(&mut self, file: SourceFile) -> Result<Vec<String>, String> {
        let path = file.path(self.db);
        if let Some(urls) = self.files.get(path) {
            return Ok(urls.clone());
        }
        let mut urls = Vec::new();
        for script in page_scripts(self.db, self.project, file) {
            let bundled = self.bundled.and_then(|all| all.get(&(path.to_owned(), script.span.start)));
            urls.push(match bundled {
                Some(url) => url.clone(),
                None => self.script(file, script)?,
            });
        }
        self.files.insert(path.to_owned(), urls.clone());
        Ok(urls)
    }

    fn script(&mut self, file: SourceFile, script: &PageScript) -> Result<String, String> {
        let text = script.span.text(file.text(self.db));
        let reached = self.reached(script.imports.iter().map(|(_, target)| target));
        let mut targets: FxHashMap<&str, String> = FxHashMap::default();
        for (specifier, target) in &script.imports {
            if let Resolution::File(path) = target {
                targets.insert(specifier, self.module(path)?);
            }
        }
        let code = emit_script(file.path(self.db), text, &script.facts, &|specifier| {
            targets.get(specifier).cloned().unwrap_or_else(|| specifier.to_owned())
        })
        .code;
        let stem =
            file.path(self.db).rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or("script");
        let url = url(stem, text, &self.hash(&reached));
        self.staging.write(&format!("static{url}"), code.as_bytes())?;
        Ok(url)
    }

    /// Writes a module of the project for the browser, with those that it imports, and gives its URL.
    fn module(&mut self, path: &str) -> Result<String, String> {
        let mut work = vec![path.to_owned()];
        while let Some(path) = work.pop() {
            let Some(file) = self.browser_file(&path).filter(|_| !self.modules.contains_key(&path)) else {
                continue;
            };
            self.modules.insert(path.clone(), self.module_url(file));
            let resolved = imports(self.db, self.project, file);
            work.extend(resolved.values().filter_map(|target| match target {
                Resolution::File(path) => Some(path.clone()),
                _ => None,
            }));
            let code =
                emit_script(&path, file.text(self.db), &parse_script(self.db, file).facts, &|specifier| {
                    match resolved.get(specifier) {
                        Some(Resolution::File(path)) => self
                            .browser_file(path)
                            .map_or_else(|| specifier.to_owned(), |file| self.module_url(file)),
                        _ => specifier.to_owned(),
                    }
                });
            let url = self.modules.get(&path).cloned().unwrap_or_default();
            self.staging.write(&format!("static{url}"), code.code.as_bytes())?;
        }
        Ok(self.modules.get(path).cloned().unwrap_or_else(|| path.to_owned()))
    }

    fn browser_file(&self, path: &str) -> Option<SourceFile> {
        self.project.files(self.db).sources.get(path).copied().filter(|_| is_browser_module(path))
    }

    fn module_url(&self, file: SourceFile) -> String {
        let path = file.path(self.db);
        let resolved = imports(self.db, self.project, file);
        let reached = self.reached(resolved.values());
        let stem = path.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or("module");
        url(stem, &format!("{path}\n{}", file.text(self.db)), &self.hash(&reached))
    }

    /// All modules that imports lead to, at last.
    fn reached<'t>(&self, targets: impl Iterator<Item = &'t Resolution>) -> BTreeSet<String> {
        let path_of = |target: &Resolution| match target {
            Resolution::File(path) => Some(path.clone()),
            _ => None,
        };
        let mut work: Vec<String> = targets.filter_map(path_of).collect();
        let mut reached = BTreeSet::new();
        while let Some(path) = work.pop() {
            let Some(file) = self.browser_file(&path) else { continue };
            if reached.insert(path) {
                work.extend(imports(self.db, self.project, file).values().filter_map(path_of));
            }
        }
        reached
    }

    fn hash(&self, paths: &BTreeSet<String>) -> String {
        let mut hash = blake3::Hasher::new();
        for path in paths {
            hash.update(path.as_bytes());
            hash.update(self.browser_file(path).map_or("", |file| file.text(self.db)).as_bytes());
        }
        hash.finalize().to_hex().to_string()
    }
}

fn url(stem: &str, text: &str, reached: &str) -> String {
    let stem: String = stem.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
    let stem = if stem.is_empty() { "script" } else { &stem };
    format!("/_velox/{stem}.{}.js", &velox_core::hash(format!("{text}\n{reached}").as_bytes())[..12])
}
