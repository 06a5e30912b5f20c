//! The server block: its statements as the body of a function, and what is lifted out of them (language.md S4, S9).
//!
//! Copies and cuts; what the function is called and where `meta` goes is told by the target.

use super::code::{CodeEmitter, Region, Snippet};
use super::module::{joins, line_end};
use super::writer::edits_in;
use crate::ambient::LIFTED_EXPORTS;
use crate::lift::special_exports;
use crate::unit::VeloxFile;
use velox_diagnostics::Span;
use velox_script::{CodeEdit, ExportKind, Item, ItemKind};

/// A server block that is being emitted.
pub(crate) struct Block<'a, 'f> {
    pub(crate) file: &'f VeloxFile<'a>,
    /// Its edits, specifiers of `import()` included.
    pub(crate) edits: &'a [CodeEdit],
    /// For each item, whether it is lifted.
    pub(crate) lifted: Vec<bool>,
    /// What to write after statements, by their ends; sorted.
    pub(crate) after: Vec<(u32, String)>,
}

impl<'a> Block<'a, '_> {
    /// Copies the block without imports, lifted declarations and the word `export`. `set_meta` is the statement that hands `meta` to
    /// the runtime; gives whether it was written.
    pub(crate) fn statements<E: CodeEmitter<'a>>(
        &self,
        emitter: &mut E,
        region: Region<'a>,
        set_meta: &str,
    ) -> bool {
        let facts = self.file.block;
        let snippet = Snippet { edits: self.edits, elements: self.file.block_elements() };
        let mut cuts: Vec<Cut<'a>> =
            facts.imports.iter().map(|import| Cut { span: import.span, kind: CutKind::Remove }).collect();
        let (mut sets_meta, mut meta_at_end) = (false, false);
        let mut at = 0;
        while at < facts.items.len() {
            let item = &facts.items[at];
            let count =
                facts.items[at..].iter().take_while(|other| other.statement == item.statement).count();
            let group = &facts.items[at..at + count];
            let lifted = &self.lifted[at..at + count];
            at += count;
            if item.kind == ItemKind::Export || lifted.iter().all(|lifted| *lifted) {
                cuts.push(Cut { span: item.statement, kind: CutKind::Remove });
                continue;
            }
            if lifted.iter().any(|lifted| *lifted) {
                let rest =
                    group.iter().zip(lifted).filter(|(_, lifted)| !**lifted).map(|(item, _)| item).collect();
                cuts.push(Cut { span: item.statement, kind: CutKind::Declarators(rest) });
            } else if let Some(edit) = replaced(snippet.edits, item) {
                cuts.push(Cut { span: item.statement, kind: CutKind::Printed(edit) });
            } else if item.exported {
                cuts.push(Cut {
                    span: Span::new(item.statement.start, item.span.start),
                    kind: CutKind::Drop,
                });
            }
            if item.exported && group.iter().any(|item| item.declares.iter().any(|(name, _)| name == "meta"))
            {
                let function =
                    facts.exports.iter().any(|export| export.name == "meta" && export.function.is_some());
                if function {
                    meta_at_end = true;
                } else {
                    cuts.push(Cut { span: Span::at(item.statement.end), kind: CutKind::SetMeta });
                }
            }
        }
        cuts.extend(
            self.after
                .iter()
                .enumerate()
                .map(|(index, (end, _))| Cut { span: Span::at(*end), kind: CutKind::After(index) }),
        );
        cuts.sort_by_key(|cut| (cut.span.start, cut.span.end));
        let mut at = 0;
        for cut in cuts {
            if cut.span.start < at {
                continue;
            }
            emitter.code(region, snippet, Span::new(at, cut.span.start), &[]);
            at = cut.span.end;
            match cut.kind {
                CutKind::Drop => {}
                CutKind::Printed(edit) => printed(emitter, region, edit),
                CutKind::Remove => {
                    if joins(&region.source.text[at as usize..]) {
                        emitter.out().text(";");
                    } else if emitter.out().len() == 0 || emitter.out().ends_with("\n") {
                        // The line is gone whole, with its end.
                        at += line_end(&region.source.text[at as usize..]);
                    }
                }
                CutKind::Declarators(items) => declarators(emitter, region, snippet, &items),
                CutKind::After(index) => {
                    let ended = emitter.out().ends_with(";");
                    emitter.out().text(if ended { " " } else { "; " });
                    emitter.out().text(&self.after[index].1);
                }
                CutKind::SetMeta => {
                    sets_meta = true;
                    let ended = emitter.out().ends_with(";");
                    emitter.out().text(if ended { " " } else { "; " });
                    emitter.out().text(set_meta);
                }
            }
        }
        emitter.code(region, snippet, Span::new(at, region.source.text.len() as u32), &[]);
        if !emitter.out().ends_with("\n") {
            emitter.out().text("\n");
        }
        let by_name = facts.exports.iter().find(|export| {
            export.name == "meta" && export.kind == ExportKind::Reexport && export.from.is_none()
        });
        if meta_at_end || by_name.is_some() {
            let local = by_name.and_then(|export| export.local.as_deref()).unwrap_or("meta");
            emitter.out().text(&set_meta.replace("(meta)", &format!("({local})")));
            emitter.out().text("\n");
        }
        sets_meta || meta_at_end || by_name.is_some()
    }

    /// Writes the lifted declarations (language.md S4, S9).
    pub(crate) fn lifted<E: CodeEmitter<'a>>(&self, emitter: &mut E, region: Region<'a>) {
        let facts = self.file.block;
        let snippet = Snippet { edits: self.edits, elements: self.file.block_elements() };
        for (item, _) in facts.items.iter().zip(&self.lifted).filter(|(_, lifted)| **lifted) {
            let special = item.declares.iter().any(|(name, _)| LIFTED_EXPORTS.contains(&&**name));
            if item.exported && special {
                emitter.out().mapped(region.source.base + item.statement.start, "export ");
            }
            match (&item.declarator, replaced(snippet.edits, item)) {
                (_, Some(edit)) => printed(emitter, region, edit),
                (Some(_), None) => declarators(emitter, region, snippet, &[item]),
                (None, None) => emitter.code(region, snippet, item.span, &[]),
            }
            emitter.out().text("\n");
        }
        for export in special_exports(facts).filter(|export| export.from.is_none()) {
            let local = export.local.as_deref().unwrap_or(&export.name);
            emitter.out().mapped(region.source.base + export.span.start, "export { ");
            emitter.out().text(local);
            if local != export.name {
                emitter.out().text(" as ");
                emitter.out().text(&export.name);
            }
            emitter.out().text(" };\n");
        }
    }
}

struct Cut<'a> {
    span: Span,
    kind: CutKind<'a>,
}

enum CutKind<'a> {
    /// Leaves the text out (the word `export`).
    Drop,
    /// Writes what stands for an exported statement that is replaced as a whole.
    Printed(&'a CodeEdit),
    /// Leaves a statement out.
    Remove,
    /// Leaves some declarators of a statement.
    Declarators(Vec<&'a Item>),
    /// After the statement, writes a statement of the target.
    After(usize),
    /// After the statement, hands `meta` to the runtime.
    SetMeta,
}

/// The edit that stands for an exported statement as a whole, `export` included: a printed enum, or nothing for a type.
fn replaced<'a>(edits: &'a [CodeEdit], item: &Item) -> Option<&'a CodeEdit> {
    let head = Span::new(item.statement.start, item.span.start);
    edits_in(edits, head).first().filter(|edit| edit.span.end >= item.span.end)
}

/// Writes a printed statement without the word `export`: the block is a function's body.
fn printed<'a, E: CodeEmitter<'a>>(emitter: &mut E, region: Region<'a>, edit: &CodeEdit) {
    let text = edit.text.strip_prefix("export ").unwrap_or(&edit.text);
    let dropped = (edit.text.len() - text.len()) as u32;
    let map =
        edit.map.iter().filter(|(at, _)| *at >= dropped).map(|(at, from)| (at - dropped, *from)).collect();
    emitter.out().edit(region.source, &CodeEdit { span: edit.span, text: text.to_owned(), map });
}

/// Writes some declarators of one statement.
fn declarators<'a, E: CodeEmitter<'a>>(
    emitter: &mut E,
    region: Region<'a>,
    snippet: Snippet<'a>,
    items: &[&Item],
) {
    for (at, item) in items.iter().enumerate() {
        let Some(declarator) = &item.declarator else { continue };
        if at == 0 {
            emitter.out().mapped(region.source.base + item.span.start, declarator.keyword);
            emitter.out().text(" ");
        } else {
            emitter.out().text(", ");
        }
        emitter.code(region, snippet, declarator.span, &[]);
    }
    emitter.out().text(";");
}
