//! Prints the statements that cannot be erased by span: enums and namespaces that hold values.
//!
//! They are rare, so the statement is parsed once more on its own and goes through swc's own transforms.

use crate::{CodeEdit, depth, parse};
use swc_common::{BytePos, FileName, GLOBALS, Globals, Mark, SourceMap, sync::Lrc};
use swc_ecma_ast::{Decl, EsVersion, ModuleDecl, ModuleItem, Pass, Program, Stmt};
use swc_ecma_codegen::{Config, Emitter, text_writer::JsWriter};
use swc_ecma_transforms_base::{fixer::fixer, resolver};
use swc_ecma_transforms_typescript::typescript;
use velox_diagnostics::Span;

/// The edit that puts JavaScript in the place of a statement. `joined` is a namespace that adds to a function or class,
/// and so declares no variable.
pub(crate) fn statement(text: &str, span: Span, joined: bool) -> CodeEdit {
    let code = span.text(text);
    let mut parsed = parse::parse(code, i64::from(span.start));
    let levels = parsed.levels;
    let Some(module) = parsed.module.take() else {
        return CodeEdit { span, text: String::new(), map: Vec::new() };
    };
    let mut edit =
        depth::with_stack(levels, || GLOBALS.set(&Globals::new(), || print(module, span, joined, levels)));
    name_by_name(&mut edit, text);
    edit
}

/// The printer maps what it makes up to the statement's begin. Names that stand in the source are mapped to themselves there;
/// what is no name of the source keeps no mapping.
fn name_by_name(edit: &mut CodeEdit, text: &str) {
    let source = edit.span.text(text);
    let printed = std::mem::take(&mut edit.map);
    edit.map = printed
        .into_iter()
        .filter_map(|(at, from)| {
            let name = word(&edit.text, at as usize);
            if name == word(text, from as usize) {
                return Some((at, from));
            }
            let found = source.match_indices(name).map(|(place, _)| place).find(|place| {
                let before = source[..*place].chars().next_back();
                !name.is_empty() && !before.is_some_and(is_part_of_name) && word(source, *place) == name
            })?;
            Some((at, edit.span.start + found as u32))
        })
        .collect();
}

/// The name that begins at an offset; empty where none does.
fn word(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or("");
    let end = rest.find(|character| !is_part_of_name(character)).unwrap_or(rest.len());
    &rest[..end]
}

fn is_part_of_name(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '$')
}

fn print(module: swc_ecma_ast::Module, span: Span, joined: bool, levels: usize) -> CodeEdit {
    let unresolved = Mark::new();
    let top_level = Mark::new();
    let mut program = Program::Module(module);
    let config = typescript::Config {
        verbatim_module_syntax: true,
        native_class_properties: true,
        no_empty_export: true,
        ts_enum_is_mutable: true,
        ..typescript::Config::default()
    };
    resolver(unresolved, top_level, true).process(&mut program);
    typescript::typescript(config, unresolved, top_level).process(&mut program);
    fixer(None).process(&mut program);
    if let Program::Module(module) = &mut program {
        // A namespace's `var N;` comes last there. In front, the text cannot be read as going on with a line before it.
        module.body.sort_by_key(|item| !declares_only(item));
        if joined {
            module.body.retain(|item| !declares_only(item));
        }
    }

    let sources: Lrc<SourceMap> = Lrc::default();
    // The printer wants the lines of a file for its map; it is never asked for them here.
    let _ = sources.new_source_file(FileName::Anon.into(), String::new());
    let mut bytes = Vec::new();
    let mut places = Vec::new();
    {
        let mut writer = JsWriter::new(sources.clone(), "\n", &mut bytes, Some(&mut places));
        // Indentation grows with the square of the nesting.
        writer.set_indent_str(if levels > 400 { "" } else { "  " });
        let mut emitter = Emitter {
            cfg: Config::default().with_target(EsVersion::latest()),
            cm: sources,
            comments: None,
            wr: writer,
        };
        if emitter.emit_program(&program).is_err() {
            return CodeEdit { span, text: String::new(), map: Vec::new() };
        }
    }
    let text = String::from_utf8(bytes).unwrap_or_default();
    let map = mapping(&text, &places, span);
    let mut edit = CodeEdit { span, text: text.trim_end().to_owned(), map };
    if joined {
        // It begins with a parenthesis.
        edit.text.insert(0, ';');
        edit.map.iter_mut().for_each(|(place, _)| *place += 1);
    }
    edit
}

/// Whether an item is `var N;`.
fn declares_only(item: &ModuleItem) -> bool {
    let declaration = match item {
        ModuleItem::Stmt(Stmt::Decl(declaration)) => declaration,
        ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => &export.decl,
        _ => return false,
    };
    matches!(declaration, Decl::Var(variables) if variables.decls.iter().all(|one| one.init.is_none()))
}

/// Lines and columns (in UTF-16 units) of the printed text as byte offsets.
fn mapping(text: &str, places: &[(BytePos, swc_common::source_map::LineCol)], span: Span) -> Vec<(u32, u32)> {
    let mut lines = vec![0usize];
    lines.extend(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1));
    let mut map: Vec<(u32, u32)> = Vec::new();
    for (position, place) in places {
        let source = parse::offset(*position);
        let Some(&start) = lines.get(place.line as usize) else { continue };
        if position.0 < parse::ORIGIN || !span.touches(source) {
            continue;
        }
        let mut units = 0;
        let line = text[start..].split('\n').next().unwrap_or("");
        let column = line
            .char_indices()
            .find(|(_, character)| {
                let here = units >= place.col;
                units += character.len_utf16() as u32;
                here
            })
            .map_or(line.len(), |(at, _)| at);
        map.push(((start + column) as u32, source));
    }
    map.sort_unstable();
    map.dedup_by_key(|entry| entry.0);
    map
}
