//! Style sheets, `public/` and imported files: what the browser fetches as it is.

use super::graph::{PlannedRoute, style_order};
use super::output::Staging;
use super::scripts::Scripts;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::collections::hash_map::Entry;
use std::fs;
use std::path::Path;
use velox_core::hash;
use velox_core::route::RouteKind;
use velox_db::{Db, Project, SourceFile, output_module, public_asset_name, source_folder, style_sheets};

/// Finds the style sheets of pages, and writes each set of them once.
pub(crate) struct Styles<'a> {
    db: &'a dyn Db,
    project: Project,
    root: &'a Path,
    staging: &'a Staging,
    /// CSS text → the URL under which it is served.
    written: FxHashMap<String, String>,
}

impl<'a> Styles<'a> {
    pub(crate) fn new(db: &'a dyn Db, project: Project, root: &'a Path, staging: &'a Staging) -> Self {
        Self { db, project, root, staging, written: FxHashMap::default() }
    }

    /// URLs of the style sheets of a page: the global one, and one with those of its files.
    ///
    /// # Errors
    /// One line: a file cannot be read or written.
    pub(crate) fn of(&mut self, layouts: &[SourceFile], page: SourceFile) -> Result<Vec<String>, String> {
        let mut urls = Vec::new();
        let global = format!("{}styles/global.css", source_folder(self.db, self.project));
        if self.project.files(self.db).contains(&global) {
            let css = self.plain(&global)?;
            urls.extend(self.write("global", css)?);
        }
        let mut entries = layouts.to_vec();
        entries.push(page);
        let mut css = String::new();
        for path in style_order(self.db, self.project, &entries) {
            match self.project.files(self.db).sources.get(&path) {
                Some(file) => {
                    for sheet in style_sheets(self.db, self.project, *file) {
                        css.push_str(&sheet.css);
                        css.push('\n');
                    }
                }
                None => {
                    css.push_str(&self.plain(&path)?);
                    css.push('\n');
                }
            }
        }
        urls.extend(self.write("page", css)?);
        Ok(urls)
    }

    /// A `.css` file of the project, minified.
    fn plain(&self, path: &str) -> Result<String, String> {
        let text = fs::read_to_string(self.root.join(path))
            .map_err(|error| format!("{path} cannot be read: {error}"))?;
        let (style, problems) = velox_style::global(&text, true);
        match problems.first() {
            Some(problem) => {
                let lines = velox_diagnostics::LineIndex::new(&text);
                let place = lines.line_column(&text, problem.span.start);
                Err(format!("{path}:{}:{}: {}", place.line, place.column, problem.message))
            }
            None => Ok(style.code),
        }
    }

    fn write(&mut self, name: &str, css: String) -> Result<Option<String>, String> {
        if css.trim().is_empty() {
            return Ok(None);
        }
        if let Some(url) = self.written.get(&css) {
            return Ok(Some(url.clone()));
        }
        let url = format!("/_velox/{name}.{}.css", &hash(css.as_bytes())[..12]);
        self.staging.write(&format!("static{url}"), css.as_bytes())?;
        self.written.insert(css, url.clone());
        Ok(Some(url))
    }
}

/// URLs of the styles and scripts of a page.
#[derive(Debug, Default)]
pub(crate) struct PageAssets {
    pub(crate) styles: Vec<String>,
    pub(crate) scripts: Vec<String>,
}

/// URLs of the styles and scripts of each page, by its file.
pub(crate) struct RouteAssets {
    pub(crate) pages: FxHashMap<String, PageAssets>,
}

impl RouteAssets {
    /// Writes the style sheets and scripts of all routes and error pages.
    ///
    /// # Errors
    /// One line: a file cannot be read or written.
    pub(crate) fn write(
        styles: &mut Styles<'_>,
        scripts: &mut Scripts<'_>,
        routes: &[PlannedRoute<'_>],
        errors: &[(SourceFile, Vec<SourceFile>)],
    ) -> Result<Self, String> {
        let pages = routes.iter().filter(|route| route.entry.route.kind == RouteKind::Page);
        let pages = pages.map(|route| (route.entry.source, &route.entry.layouts));
        let around = routes.iter().flat_map(|route| &route.errors).chain(errors);
        let mut written = FxHashMap::default();
        for (page, layouts) in pages.chain(around.map(|(error, layouts)| (*error, layouts))) {
            let path = page.path(styles.db).to_owned();
            if let Entry::Vacant(entry) = written.entry(path) {
                entry.insert(PageAssets {
                    styles: styles.of(layouts, page)?,
                    scripts: scripts.of(layouts, page)?,
                });
            }
        }
        Ok(Self { pages: written })
    }
}

/// Writes the modules that stand for imported files that are no code: JSON as its value, anything else as its URL.
///
/// # Errors
/// One line: a file cannot be read, is no JSON, or cannot be written.
pub(crate) fn write_imported(
    root: &Path,
    staging: &Staging,
    paths: impl IntoIterator<Item = String>,
) -> Result<(), String> {
    for path in paths {
        let bytes = fs::read(root.join(&path)).map_err(|error| format!("{path} cannot be read: {error}"))?;
        let value = if path.ends_with(".json") {
            let value: serde_json::Value =
                serde_json::from_slice(&bytes).map_err(|error| format!("{path} is no JSON: {error}"))?;
            value.to_string()
        } else if path.ends_with(".css") {
            // Its rules are in the page's style sheet.
            staging.write(&output_module(&path), b"export {};\n")?;
            continue;
        } else {
            let url = public_asset_name(&path, &hash(&bytes)[..12]);
            staging.write(&format!("static{url}"), &bytes)?;
            serde_json::Value::String(url).to_string()
        };
        staging.write(&output_module(&path), format!("export default {value};\n").as_bytes())?;
    }
    Ok(())
}

/// Copies `public/` into `static/`.
///
/// # Errors
/// One line: a file cannot be read or written, or would stand in the place of the build's own files.
pub(crate) fn copy_public(root: &Path, staging: &Staging, files: &[String]) -> Result<(), String> {
    for path in files {
        let Some(rest) = path.strip_prefix("public/") else { continue };
        if rest == "_velox" || rest.starts_with("_velox/") {
            return Err(format!(
                "{path}: `/_velox/` is kept for the build's own files; move it to another folder"
            ));
        }
        let bytes = fs::read(root.join(path)).map_err(|error| format!("{path} cannot be read: {error}"))?;
        staging.write(&format!("static/{rest}"), &bytes)?;
    }
    Ok(())
}

/// Hashes of all files of the output, by path, for the manifest.
///
/// # Errors
/// One line: a file cannot be read.
pub(crate) fn file_hashes(root: &Path) -> Result<BTreeMap<String, String>, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![String::new()];
    while let Some(folder) = folders.pop() {
        let entries =
            fs::read_dir(root.join(&folder)).map_err(|error| format!("{folder} cannot be read: {error}"))?;
        for entry in entries {
            let entry = entry.map_err(|error| format!("{folder} cannot be read: {error}"))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            if entry.path().is_dir() {
                if path != "node_modules" {
                    folders.push(path);
                }
            } else {
                let bytes =
                    fs::read(entry.path()).map_err(|error| format!("{path} cannot be read: {error}"))?;
                found.insert(path, hash(&bytes));
            }
        }
    }
    Ok(found)
}
