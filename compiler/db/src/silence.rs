//! What the user wants to hear: levels of the configuration, and `velox-ignore` comments.

use crate::Db;
use crate::inputs::{Project, SourceFile};
use crate::kind::FileRole;
use crate::parsed::{block_of, template_tree};
use crate::queries::{levels, parse_script, regions, role};
use memchr::memmem;
use rustc_hash::FxHashMap;
use velox_core::analyze::{ignores, silence};
use velox_diagnostics::{Diagnostic, Level, Levels, Span};
use velox_syntax::{Comment, CommentKind, NodeKind, Tree, code_comments, comments};

/// Applies levels and `velox-ignore` comments to the findings of a file, and reports ignores that silence nothing.
pub(crate) fn apply(db: &dyn Db, project: Project, file: SourceFile, found: &mut Vec<Diagnostic>) {
    let levels = levels(db, project);
    // A file that does not parse is not looked at in full: what it would report is not known.
    let whole = !found.iter().any(|diagnostic| diagnostic.code.is_syntax());
    let problems = silence_in(db, project, file, found, whole.then_some(levels));
    found.extend(problems);
    level(levels, found);
}

/// Applies levels and `velox-ignore` comments to what a build found in a file.
pub fn silence_build(db: &dyn Db, project: Project, file: SourceFile, found: &mut Vec<Diagnostic>) {
    let _ = silence_in(db, project, file, found, None);
    level(levels(db, project), found);
}

/// The levels of the configuration, with those of whoever owns the database over them.
pub(crate) fn read_levels(db: &dyn Db, project: Project) -> Levels {
    let mut levels = crate::queries::project_facts(db, project).config.levels.clone();
    levels.extend(project.levels(db).iter().map(|(code, level)| (*code, *level)));
    levels
}

fn level(levels: &Levels, found: &mut Vec<Diagnostic>) {
    if levels.is_empty() {
        return;
    }
    found.retain_mut(|diagnostic| match levels.get(&diagnostic.code) {
        Some(Level::Off) => false,
        Some(Level::Report(severity)) => {
            diagnostic.severity = *severity;
            true
        }
        None => true,
    });
}

/// Takes out what comments silence. Gives what is wrong with the comments; without `levels` nothing is said to be superfluous.
fn silence_in(
    db: &dyn Db,
    project: Project,
    file: SourceFile,
    found: &mut Vec<Diagnostic>,
    levels: Option<&Levels>,
) -> Vec<Diagnostic> {
    let text = file.text(db);
    if memmem::find(text.as_bytes(), b"velox-ignore").is_none() {
        return Vec::new();
    }
    let mut comments = Vec::new();
    let mut tags = FxHashMap::default();
    match role(db, project, file) {
        FileRole::Velox(_) => {
            let regions = regions(db, file);
            if let Some(server) = &regions.server {
                prologue(text, server.open.start, &mut comments);
                let body = server.body.text(text);
                gather(body, block_of(db, file).tree.as_ref(), server.body.start, &mut comments, &mut tags);
            }
            let template = template_tree(db, file);
            gather(
                regions.template.text(text),
                Some(&template),
                regions.template.start,
                &mut comments,
                &mut tags,
            );
        }
        FileRole::Json | FileRole::Other => {}
        _ => gather(text, parse_script(db, file).tree.as_ref(), 0, &mut comments, &mut tags),
    }
    let path = file.path(db);
    let (ignores, mut problems) = ignores(path, text, &comments, &|at| tags.get(&at).copied());
    let is_silent = |code: velox_diagnostics::Code| {
        code.is_of_build() || levels.is_none_or(|levels| levels.get(&code) == Some(&Level::Off))
    };
    problems.extend(silence(path, &ignores, found, &is_silent));
    problems
}

/// Comments of a region, and the ends of its opening tags by their starts, at file offsets.
fn gather(
    text: &str,
    tree: Option<&Tree>,
    base: u32,
    found: &mut Vec<Comment>,
    tags: &mut FxHashMap<u32, u32>,
) {
    let of_region = match tree {
        Some(tree) => comments(text, tree),
        None => code_comments(text),
    };
    found.extend(of_region.into_iter().map(|comment| Comment { span: comment.span.shift(base), ..comment }));
    for node in tree.into_iter().flat_map(|tree| &tree.nodes) {
        if let NodeKind::Element(element) = &node.kind {
            tags.insert(element.open.start + base, element.open.end + base);
        }
    }
}

/// HTML comments before the opening fence.
fn prologue(text: &str, fence: u32, found: &mut Vec<Comment>) {
    let before = Span::new(0, fence).text(text);
    let mut at = 0;
    while let Some(open) = before[at..].find("<!--").map(|offset| at + offset) {
        let Some(length) = before[open + 4..].find("-->") else { return };
        let end = open + 4 + length + 3;
        found.push(Comment { span: Span::from(open..end), kind: CommentKind::Html });
        at = end;
    }
}
