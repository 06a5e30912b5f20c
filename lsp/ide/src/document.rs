//! The file that a question is about, with the few facts that every feature asks first.
//!
//! A view on the database: cheap to copy, and gone with the snapshot that it borrows. It computes nothing itself.

use velox_core::analyze::Page;
use velox_core::emit::FileKind;
use velox_db::{Block, Db, FileRole, Project, RouteEntry, SourceFile, file_role};
use velox_diagnostics::Span;
use velox_script::{ModuleFacts, TemplateFacts};
use velox_syntax::{Regions, Tree};

/// A file of a project, in one revision of the database.
#[derive(Clone, Copy)]
pub struct Document<'a> {
    /// The database.
    pub db: &'a dyn Db,
    /// The project that the file belongs to.
    pub project: Project,
    /// The file.
    pub file: SourceFile,
}

impl<'a> Document<'a> {
    /// A file of a project.
    #[must_use]
    pub fn new(db: &'a dyn Db, project: Project, file: SourceFile) -> Self {
        Self { db, project, file }
    }

    /// The file of the same project at a path relative to its root.
    #[must_use]
    pub fn at(self, path: &str) -> Option<Self> {
        self.project.files(self.db).sources.get(path).map(|file| Self { file: *file, ..self })
    }

    /// Another file of the same project.
    #[must_use]
    pub fn with(self, file: SourceFile) -> Self {
        Self { file, ..self }
    }

    /// Path relative to the project's root, with `/`.
    #[must_use]
    pub fn path(self) -> &'a str {
        self.file.path(self.db)
    }

    /// The whole text.
    #[must_use]
    pub fn text(self) -> &'a str {
        self.file.text(self.db)
    }

    /// What the file is in its project.
    #[must_use]
    pub fn role(self) -> FileRole {
        file_role(self.path(), self.project.routes_directory(self.db))
    }

    /// Whether it is a `.velox` file.
    #[must_use]
    pub fn is_velox(self) -> bool {
        self.path().ends_with(".velox")
    }

    /// The kind of a `.velox` file.
    #[must_use]
    pub fn kind(self) -> Option<FileKind> {
        match self.role() {
            FileRole::Velox(kind) => Some(kind),
            _ => None,
        }
    }

    /// Fences, server block and template; file-relative spans. Meant for `.velox` files.
    #[must_use]
    pub fn regions(self) -> &'a Regions {
        velox_db::regions(self.db, self.file)
    }

    /// The template's tree; its spans count from [`Self::template_start`].
    #[must_use]
    pub fn tree(self) -> &'a Tree {
        velox_db::parse_template(self.db, self.file)
    }

    /// The template's text.
    #[must_use]
    pub fn template(self) -> &'a str {
        velox_db::template_text(self.db, self.file)
    }

    /// Where the template begins in the file, in bytes.
    #[must_use]
    pub fn template_start(self) -> u32 {
        self.regions().template.start
    }

    /// Facts about the template's holes; spans count from [`Self::template_start`].
    #[must_use]
    pub fn template_facts(self) -> &'a TemplateFacts {
        velox_db::template_facts(self.db, self.file)
    }

    /// The parsed server block; spans count from [`Self::script_start`].
    #[must_use]
    pub fn block(self) -> &'a Block {
        velox_db::parse_block(self.db, self.file)
    }

    /// Facts of the file's TypeScript: of its server block, or of the whole module. Spans count from [`Self::script_start`].
    #[must_use]
    pub fn module_facts(self) -> &'a ModuleFacts {
        velox_db::module_facts(self.db, self.file)
    }

    /// Where the file's TypeScript lies: the body of the server block, or the whole module; nothing for a `.velox` file without a
    /// server block and for files that are no modules.
    #[must_use]
    pub fn script(self) -> Option<Span> {
        if self.is_velox() {
            return self.regions().server.map(|server| server.body);
        }
        (!matches!(self.role(), FileRole::Json | FileRole::Other))
            .then(|| Span::new(0, self.text().len() as u32))
    }

    /// Where the file's TypeScript begins, in bytes.
    #[must_use]
    pub fn script_start(self) -> u32 {
        self.script().map_or(0, |script| script.start)
    }

    /// What a `.velox` file says of itself.
    #[must_use]
    pub fn page(self) -> &'a Page {
        velox_db::page(self.db, self.project, self.file)
    }

    /// The route that the file is.
    #[must_use]
    pub fn route(self) -> Option<&'a RouteEntry> {
        velox_db::route_table(self.db, self.project).of(self.file)
    }
}
