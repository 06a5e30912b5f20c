//! What is parsed of a file's text: made when it is asked for, shared by all who ask, and dropped while the text stays.
//!
//! Trees are many times larger than their texts, and of most files they are needed for a moment: while what others want to know of the
//! file is read out of them. So the queries hold these, which cost a few words once they are empty; what is made again
//! is the same, since it comes of the text alone. Which files are asked about, and when, is decided elsewhere.

use crate::Db;
use crate::inputs::SourceFile;
use crate::queries::{Block, Script, block, parse_script, regions, template};
use std::collections::VecDeque;
use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use velox_core::VeloxFile;
use velox_core::holes::template_holes;
use velox_diagnostics::Span;
use velox_script::{ModuleFacts, TemplateFacts};
use velox_syntax::{Regions, Tree};

/// A part of a file's text, without a copy of it. Equal to another one of the same characters, wherever they stand.
#[derive(Clone)]
pub struct Part {
    file: Arc<str>,
    span: Span,
}

impl Part {
    /// The part of a text at a span, in bytes.
    #[must_use]
    pub fn new(file: &Arc<str>, span: Span) -> Self {
        Self { file: Arc::clone(file), span }
    }
}

impl Deref for Part {
    type Target = str;

    fn deref(&self) -> &str {
        self.span.text(&self.file)
    }
}

impl PartialEq for Part {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Part {}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

/// A value that is made when it is asked for.
struct Made<T>(Mutex<Option<Arc<T>>>);

impl<T> Default for Made<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<T> Made<T> {
    fn slot(&self) -> MutexGuard<'_, Option<Arc<T>>> {
        // Nothing is half done in there: a value that could not be made is not there.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The value, and whether it had to be made. Whoever asks meanwhile waits for it.
    fn get(&self, make: impl FnOnce() -> T) -> (Arc<T>, bool) {
        let mut slot = self.slot();
        if let Some(made) = &*slot {
            return (Arc::clone(made), false);
        }
        let made = Arc::new(make());
        *slot = Some(Arc::clone(&made));
        (made, true)
    }

    fn clear(&self) {
        drop(self.slot().take());
    }
}

/// A template: its text, and what is made of it.
#[derive(Default)]
pub(crate) struct Template {
    text: Option<Part>,
    tree: Made<Tree>,
    facts: Made<TemplateFacts>,
}

impl Template {
    pub(crate) fn new(text: &Part) -> Self {
        Self { text: Some(text.clone()), ..Self::default() }
    }

    fn text(&self) -> &str {
        self.text.as_deref().unwrap_or_default()
    }

    /// Its tree.
    fn tree(self: &Arc<Self>, db: &dyn Db) -> Arc<Tree> {
        let (tree, new) = self.tree.get(|| velox_syntax::parse_template(self.text()));
        if new {
            db.recent().add(Recent::Template(Arc::clone(self)));
        }
        tree
    }

    /// Facts about its holes.
    fn facts(self: &Arc<Self>, db: &dyn Db) -> Arc<TemplateFacts> {
        let tree = self.tree(db);
        self.facts.get(|| velox_script::parse_holes(self.text(), &template_holes(&tree))).0
    }
}

/// A server block: its text, where the file has one, and what is made of it.
#[derive(Default)]
pub(crate) struct BlockText {
    text: Option<Part>,
    block: Made<Block>,
}

impl BlockText {
    pub(crate) fn new(text: Option<&Part>) -> Self {
        Self { text: text.cloned(), ..Self::default() }
    }

    fn block(self: &Arc<Self>, db: &dyn Db) -> Arc<Block> {
        let make = || self.text.as_deref().map(crate::parse::parse_block_text).unwrap_or_default();
        let (block, new) = self.block.get(make);
        if new {
            db.recent().add(Recent::Block(Arc::clone(self)));
        }
        block
    }
}

/// A text of which something was made.
enum Recent {
    Template(Arc<Template>),
    Block(Arc<BlockText>),
}

impl Recent {
    fn clear(&self) {
        match self {
            Self::Template(template) => {
                template.facts.clear();
                template.tree.clear();
            }
            Self::Block(block) => block.block.clear(),
        }
    }
}

/// The texts of which something was made last: what is made of others is dropped.
pub struct RecentTexts(Mutex<Queue>);

struct Queue {
    /// How many texts there may be; none for all.
    most: Option<usize>,
    texts: VecDeque<Recent>,
}

impl Default for RecentTexts {
    fn default() -> Self {
        Self(Mutex::new(Queue { most: Some(1024), texts: VecDeque::new() }))
    }
}

impl RecentTexts {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, text: Recent) {
        let mut queue = self.queue();
        let Some(most) = queue.most else { return };
        queue.texts.push_back(text);
        let old = if queue.texts.len() > most { queue.texts.pop_front() } else { None };
        // To free a tree takes longer than others should wait.
        drop(queue);
        if let Some(old) = old {
            old.clear();
        }
    }

    /// Keeps what is made of so many files; 0 for all.
    pub(crate) fn keep(&self, files: usize) {
        let mut queue = self.queue();
        // A template and a block each.
        queue.most = (files > 0).then_some(2 * files);
        let beyond = queue.most.map_or(0, |most| queue.texts.len().saturating_sub(most));
        let old: Vec<Recent> = queue.texts.drain(..beyond).collect();
        drop(queue);
        old.iter().for_each(Recent::clear);
    }
}

pub(crate) fn template_tree(db: &dyn Db, file: SourceFile) -> Arc<Tree> {
    template(db, file).tree(db)
}

pub(crate) fn facts_of_template(db: &dyn Db, file: SourceFile) -> Arc<TemplateFacts> {
    template(db, file).facts(db)
}

pub(crate) fn block_of(db: &dyn Db, file: SourceFile) -> Arc<Block> {
    block(db, file).block(db)
}

/// Drops what was made of a file's text, when all that needs it was asked.
pub(crate) fn clear(db: &dyn Db, file: SourceFile) {
    Recent::Template(Arc::clone(template(db, file))).clear();
    Recent::Block(Arc::clone(block(db, file))).clear();
}

/// A `.velox` file with everything that its own text tells, for as long as it is held.
pub(crate) struct Parsed<'db> {
    path: &'db str,
    text: &'db str,
    regions: &'db Regions,
    block: Arc<Block>,
    template: Arc<Tree>,
    facts: Arc<TemplateFacts>,
}

impl Parsed<'_> {
    pub(crate) fn file(&self) -> VeloxFile<'_> {
        VeloxFile {
            path: self.path,
            text: self.text,
            regions: self.regions,
            block: &self.block.facts,
            block_tree: self.block.tree.as_ref(),
            template: &self.template,
            facts: &self.facts,
        }
    }
}

pub(crate) fn parsed(db: &dyn Db, file: SourceFile) -> Parsed<'_> {
    let template = template(db, file);
    Parsed {
        path: file.path(db),
        text: file.text(db),
        regions: regions(db, file),
        block: block_of(db, file),
        template: template.tree(db),
        facts: template.facts(db),
    }
}

/// The facts of a file's TypeScript, for as long as they are held.
pub(crate) enum CodeFacts<'db> {
    Block(Arc<Block>),
    Script(&'db Script),
}

impl Deref for CodeFacts<'_> {
    type Target = ModuleFacts;

    fn deref(&self) -> &ModuleFacts {
        match self {
            Self::Block(block) => &block.facts,
            Self::Script(script) => &script.facts,
        }
    }
}

/// The facts of a file's TypeScript: of its server block, or of the whole module.
pub(crate) fn code_facts(db: &dyn Db, file: SourceFile) -> CodeFacts<'_> {
    if file.path(db).ends_with(".velox") {
        CodeFacts::Block(block_of(db, file))
    } else {
        CodeFacts::Script(parse_script(db, file))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::Database;
    use crate::inputs::{new_source, open_source, set_source};

    const PAGE: &str = "---\nconst a = 1;\n---\n<p>{a}</p>\n";

    fn files(db: &Database, count: usize) -> Vec<SourceFile> {
        (0..count).map(|at| new_source(db, format!("routes/{at}.velox"), Arc::from(PAGE))).collect()
    }

    /// Whether something that was made of a file's text is there.
    fn is_made(db: &Database, file: SourceFile) -> (bool, bool, bool) {
        let (template, block) = (template(db, file), block(db, file));
        let tree = template.tree.slot().is_some();
        (tree, template.facts.slot().is_some(), block.block.slot().is_some())
    }

    #[test]
    fn what_is_parsed_is_shared_while_it_is_there_and_made_again_when_it_was_dropped() {
        let db = Database::default();
        let file = files(&db, 1)[0];
        let (first, again) = (parsed(&db, file), parsed(&db, file));
        assert!(Arc::ptr_eq(&first.template, &again.template) && Arc::ptr_eq(&first.block, &again.block));
        clear(&db, file);
        assert_eq!(is_made(&db, file), (false, false, false));
        // Who holds it still has it.
        assert_eq!(first.file().template.nodes.len(), again.template.nodes.len());
        let other = parsed(&db, file);
        assert!(!Arc::ptr_eq(&first.template, &other.template));
        assert_eq!(
            (&first.template, &first.facts, &first.block),
            (&other.template, &other.facts, &other.block)
        );
    }

    #[test]
    fn an_edit_of_one_part_leaves_what_was_made_of_the_other() {
        let mut db = Database::default();
        let file = files(&db, 1)[0];
        open_source(&mut db, file);
        let (tree, block) = (template_tree(&db, file), block_of(&db, file));
        set_source(&mut db, file, Arc::from(PAGE.replace("a = 1", "a = 1000")));
        assert!(Arc::ptr_eq(&tree, &template_tree(&db, file)));
        assert_ne!(block, block_of(&db, file));
        set_source(&mut db, file, Arc::from(PAGE.replace("<p>", "<p>é")));
        assert_ne!(tree, template_tree(&db, file));
    }

    #[test]
    fn of_many_files_what_was_made_last_stays() {
        let db = Database::default();
        db.recent().keep(2);
        let files = files(&db, 4);
        files.iter().for_each(|file| drop(parsed(&db, *file)));
        let made: Vec<_> = files.iter().map(|file| is_made(&db, *file)).collect();
        assert_eq!(
            made,
            [(false, false, false), (false, false, false), (true, true, true), (true, true, true)]
        );
        db.recent().keep(1);
        assert_eq!(is_made(&db, files[2]), (false, false, false));
        assert_eq!(is_made(&db, files[3]), (true, true, true));
        // For all there is no bound.
        db.recent().keep(0);
        files.iter().for_each(|file| drop(parsed(&db, *file)));
        assert!(files.iter().all(|file| is_made(&db, *file) == (true, true, true)));
    }
}
