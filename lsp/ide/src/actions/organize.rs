//! Organises imports: sorted in groups, duplicates merged, names that nothing uses removed.
//!
//! Modules that are imported for what they do (`import 'x'`) stay where they are, and nothing moves across them; nor across a comment
//! that stands by itself. Comments above an import, and behind it on its line, go with it. Doing it twice changes nothing.

mod clause;

use super::{Action, ActionKind};
use crate::imports::newline;
use crate::{Change, Document, TextEdit};
use clause::Clause;
use velox_diagnostics::{Code, Diagnostic, Span};
use velox_script::Import;

pub(super) fn list(document: Document<'_>, diagnostics: &[Diagnostic], found: &mut Vec<Action>) {
    if organize(document, diagnostics).is_some() {
        found.push(Action::new("organize", "Organize imports", ActionKind::OrganizeImports));
    }
    // The halves of it, for who wants one alone.
    if organize(document, &[]).is_some() {
        let kind = ActionKind::Source("source.sortImports.velox");
        found.push(Action::new("sort-imports", "Sort and merge imports", kind));
    }
    let unused = |found: &Diagnostic| {
        found.code == Code::UNUSED_IMPORT
            && found.file == document.path()
            && found.fixes.iter().any(|fix| fix.safe)
    };
    if diagnostics.iter().any(unused) {
        let kind = ActionKind::Source("source.removeUnusedImports.velox");
        found.push(Action::new("remove-unused", "Remove unused imports", kind));
    }
}

/// The edits that organise the imports of a file; nothing where they are.
pub(super) fn organize(document: Document<'_>, diagnostics: &[Diagnostic]) -> Option<Change> {
    let script = document.script()?;
    let facts = document.module_facts();
    // Where code does not parse, what uses a name is not known.
    if facts.imports.is_empty() || facts.problems.iter().any(|problem| problem.kind.is_syntax()) {
        return None;
    }
    let unused = |import: &Import, local: Span| {
        diagnostics.iter().any(|found| {
            let all = import
                .names
                .iter()
                .all(|name| is_unused(diagnostics, document, name.span.shift(script.start)));
            // Taking a whole import out may leave out what its module does.
            let safe = !all || found.fixes.iter().any(|fix| fix.safe);
            found.code == Code::UNUSED_IMPORT
                && found.file == document.path()
                && found.span == local.shift(script.start)
                && safe
        })
    };
    let code = script.text(document.text());
    let mut edits = Vec::new();
    for run in runs(document, code) {
        let Some(area) = run.first().zip(run.last()).map(|(first, last)| first.span.cover(last.span)) else {
            continue;
        };
        let text = organized(document, code, &run, &unused);
        if text != area.text(code) {
            let mut area = area;
            // With the last import of a run its line goes too.
            if text.is_empty() {
                let rest = &code[area.end as usize..];
                area.end += if rest.starts_with("\r\n") { 2 } else { u32::from(rest.starts_with('\n')) };
            }
            edits.push(TextEdit::new(area.shift(script.start), text));
        }
    }
    (!edits.is_empty()).then(|| Change::of(document.path(), edits))
}

fn is_unused(diagnostics: &[Diagnostic], document: Document<'_>, span: Span) -> bool {
    diagnostics
        .iter()
        .any(|found| found.code == Code::UNUSED_IMPORT && found.file == document.path() && found.span == span)
}

/// An import with the comments that belong to it.
struct Chunk<'a> {
    import: &'a Import,
    /// All of it, in the code; comments above and behind included.
    span: Span,
}

/// Imports that may change places: those that follow each other, with nothing but blank lines and their own comments between them.
fn runs<'a>(document: Document<'a>, code: &'a str) -> Vec<Vec<Chunk<'a>>> {
    let facts = document.module_facts();
    let mut runs: Vec<Vec<Chunk<'a>>> = vec![Vec::new()];
    let mut end = 0;
    for import in &facts.imports {
        let between = Span::new(end.min(import.span.start), import.span.start).text(code);
        // A comment at the very beginning is the file's.
        let heads = end == 0 && between.trim_start_matches('\u{feff}').trim_start().starts_with("/*");
        let above = if heads { 0 } else { attached(between) as u32 };
        let span = Span::new(import.span.start - above, behind(code, import.span.end));
        let lead = Span::new(end.min(span.start), span.start).text(code);
        let fixed = import.names.is_empty() || !is_whole_lines(code, span);
        if fixed || !lead.trim().is_empty() {
            runs.push(Vec::new());
        }
        if !fixed && let Some(run) = runs.last_mut() {
            run.push(Chunk { import, span });
        }
        end = span.end;
    }
    runs.retain(|run| !run.is_empty());
    runs
}

/// The length of the comments that stand on the lines right above what follows `before`.
fn attached(before: &str) -> usize {
    let mut length = 0;
    let lines: Vec<&str> = before.split_inclusive('\n').collect();
    // The last piece is what stands before the import on its own line.
    let Some((own, above)) = lines
        .split_last()
        .filter(|(own, _)| own.trim().is_empty() && !own.ends_with('\n'))
        .or_else(|| before.ends_with('\n').then_some((&"", lines.as_slice())))
    else {
        return 0;
    };
    for line in above.iter().rev() {
        let text = line.trim();
        let alone = text.starts_with("//") && !text.starts_with("// @ts-") && !text.starts_with("///")
            || text.starts_with("/*") && text.ends_with("*/") && text.len() > 3;
        if !alone {
            break;
        }
        length += line.len();
    }
    if length == 0 { 0 } else { length + own.len() }
}

/// The end of a comment behind an import on its line; else the import's.
fn behind(code: &str, end: u32) -> u32 {
    let rest = &code[end as usize..];
    let line = &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())];
    let text = line.trim();
    let comment =
        text.starts_with("//") || text.starts_with("/*") && text.find("*/") == text.len().checked_sub(2);
    if comment { end + line.trim_end().len() as u32 } else { end }
}

/// Whether nothing else stands on the lines of a span.
fn is_whole_lines(code: &str, span: Span) -> bool {
    let before = code[..span.start as usize].rsplit(['\n', '\r']).next().unwrap_or("");
    let after = code[span.end as usize..].split(['\n', '\r']).next().unwrap_or("");
    before.trim_matches([' ', '\t', '\u{feff}']).is_empty() && after.trim().is_empty()
}

/// The text of a run when it is organised.
fn organized(
    document: Document<'_>,
    code: &str,
    run: &[Chunk<'_>],
    unused: &dyn Fn(&Import, Span) -> bool,
) -> String {
    let line = newline(document.text());
    let mut clauses: Vec<Clause<'_>> = Vec::new();
    for chunk in run {
        let Some(clause) = Clause::read(code, chunk.import, chunk.span, unused) else { continue };
        match clauses.iter_mut().find(|other| other.takes(&clause)) {
            Some(other) => other.merge(clause),
            None => clauses.push(clause),
        }
    }
    let aliases = &velox_db::project_facts(document.db, document.project).aliases;
    let is_alias = |specifier: &str| {
        aliases.iter().any(|alias| match alias.pattern.split_once('*') {
            Some((before, _)) => !before.is_empty() && specifier.starts_with(before),
            None => alias.pattern == specifier,
        })
    };
    let key = |clause: &Clause<'_>| {
        let specifier = clause.specifier;
        let group = match specifier {
            _ if specifier.starts_with("node:") => 0,
            _ if specifier.starts_with("..") => 3,
            _ if specifier.starts_with('.') => 4,
            _ if is_alias(specifier) || specifier.starts_with('$') => 2,
            _ => 1,
        };
        // The further up, the earlier.
        let ups = usize::MAX - specifier.matches("../").count();
        (group, ups, specifier.to_lowercase(), specifier.to_owned(), clause.type_only)
    };
    clauses.sort_by_cached_key(key);
    let spaced = run.windows(2).any(|pair| {
        let between = Span::new(pair[0].span.end, pair[1].span.start).text(code);
        between.matches('\n').count() > 1
    });
    let group = |clause: &Clause<'_>| {
        let group = key(clause).0;
        group.min(3)
    };
    let mut out = String::new();
    for (nth, clause) in clauses.iter().enumerate() {
        if nth > 0 {
            out.push_str(line);
            if spaced && group(&clauses[nth - 1]) != group(clause) {
                out.push_str(line);
            }
        }
        out.push_str(&clause.text(code, line));
    }
    out
}
