//! Import statements of emitted modules: what is used, under rewritten specifiers.

use super::writer::{Writer, quote};
use rustc_hash::FxHashSet;
use std::borrow::Cow;
use velox_diagnostics::Span;
use velox_script::{CodeEdit, HoleFacts, Import, ImportedName, ModuleFacts};

/// Where an import leads in the output.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ImportTarget {
    /// The specifier to write.
    pub specifier: String,
    /// Whether it is a `.velox` file, whose default export is a component that gives HTML.
    pub is_velox: bool,
    /// Whether it is a package, whose components are preact's.
    pub is_package: bool,
    /// The file of the project that it leads to; the specifier as it stands where it leads out of it. Names islands.
    pub module: String,
}

/// Writes an import with the names of `used`. Gives false, and writes nothing, where none is left (language.md S1: types are erased).
pub(crate) fn import(
    out: &mut Writer,
    base: u32,
    import: &Import,
    specifier: &str,
    used: &FxHashSet<&str>,
) -> bool {
    // `server-only` says something of the module, and has been heard.
    if import.type_only || import.specifier == "server-only" {
        return false;
    }
    let names: Vec<&ImportedName> =
        import.names.iter().filter(|name| !name.type_only && used.contains(&*name.local)).collect();
    if names.is_empty() && !import.names.is_empty() {
        return false;
    }
    out.mapped(base + import.span.start, "import ");
    let mut first = true;
    for name in names.iter().filter(|name| matches!(&*name.imported, "default" | "*")) {
        if !std::mem::take(&mut first) {
            out.text(", ");
        }
        out.text(if name.imported == "*" { "* as " } else { "" });
        out.mapped(base + name.span.start, &name.local);
    }
    let named: Vec<_> = names.iter().filter(|name| !matches!(&*name.imported, "default" | "*")).collect();
    if !named.is_empty() {
        out.text(if first { "{ " } else { ", { " });
        for (at, name) in named.iter().enumerate() {
            out.text(if at > 0 { ", " } else { "" });
            if name.imported == name.local {
                out.mapped(base + name.span.start, &name.local);
            } else {
                imported_name(out, &name.imported);
                out.text(" as ");
                out.mapped(base + name.span.start, &name.local);
            }
        }
        out.text(" }");
    }
    if !names.is_empty() {
        out.text(" from ");
    }
    out.map(base + import.specifier_span.start);
    out.string(specifier);
    out.text(";\n");
    true
}

/// Writes an import that the source does not hold.
pub(crate) fn generated_import(
    out: &mut Writer,
    clause: &str,
    specifier: &str,
    target: &dyn Fn(&str) -> ImportTarget,
) {
    out.text("import { ");
    out.text(clause);
    out.text(" } from ");
    out.string(&target(specifier).specifier);
    out.text(";\n");
}

/// A name of the other module: an identifier, or any string (ES2022).
fn imported_name(out: &mut Writer, name: &str) {
    if name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '$')) {
        out.text(name);
    } else {
        out.string(name);
    }
}

/// The facts of holes, with edits that rewrite the specifiers of `import()` in them.
pub(crate) fn holes_with_specifiers<'a>(
    holes: &'a [HoleFacts],
    dynamic: &[(String, Span)],
    target: &dyn Fn(&str) -> ImportTarget,
) -> Cow<'a, [HoleFacts]> {
    let mut holes = Cow::Borrowed(holes);
    for (specifier, span) in dynamic {
        // The innermost hole around it is the last one that holds it.
        if let Some(at) = holes.iter().rposition(|hole| hole.span.contains(*span)) {
            let edits = &mut holes.to_mut()[at].edits;
            edits.push(specifier_edit(specifier, *span, target));
            edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
        }
    }
    holes
}

fn specifier_edit(specifier: &str, span: Span, target: &dyn Fn(&str) -> ImportTarget) -> CodeEdit {
    let mut text = String::new();
    quote(&target(specifier).specifier, &mut text);
    CodeEdit { span, text, map: vec![(0, span.start)] }
}

/// The module's edits, with those that rewrite the specifiers of `export ... from` and `import()`.
pub(crate) fn edits_with_specifiers<'a>(
    facts: &'a ModuleFacts,
    target: &dyn Fn(&str) -> ImportTarget,
) -> Cow<'a, [CodeEdit]> {
    let exports =
        facts.exports.iter().filter(|export| !export.type_only).filter_map(|export| export.from.as_ref());
    let mut rewritten: Vec<CodeEdit> = exports
        .chain(&facts.dynamic_imports)
        .map(|(specifier, span)| specifier_edit(specifier, *span, target))
        .collect();
    if rewritten.is_empty() {
        return Cow::Borrowed(&facts.edits);
    }
    rewritten.extend(facts.edits.iter().cloned());
    rewritten.sort_by_key(|edit| (edit.span.start, edit.span.end));
    rewritten.dedup_by_key(|edit| edit.span);
    Cow::Owned(rewritten)
}
