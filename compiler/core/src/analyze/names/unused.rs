//! Imports and top-level names that nothing reads (language.md S3).
//!
//! What a name is read by counts over block, template, component tags and types alike. A function counts as a reader only
//! where something reads the function.

use super::imports::{removals, whole_line};
use super::scope::{Declared, Scope, Use};
use crate::ambient::SPECIAL_EXPORTS;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use velox_diagnostics::{Code, Diagnostic, Span};
use velox_script::{Import, ImportedName, Item, ItemKind, ScriptProblemKind};
use velox_syntax::Tree;

/// Checks imports, and in `.velox` files the names of the block. `only_code` says whether an import of this specifier brings
/// nothing but code: then taking it out changes nothing, since unused imports are dropped from what runs. `meant` are names that
/// a misspelt one stands for: they count as used.
#[must_use]
pub fn check_unused(
    scope: &Scope<'_>,
    meant: &FxHashSet<String>,
    only_code: &dyn Fn(&str) -> bool,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let block = scope.file.block;
    if block.imports.is_empty() && (!scope.role.is_velox() || block.items.is_empty()) {
        return found;
    }
    let reads = Reads::of(scope, meant);
    for import in &block.imports {
        check_import(scope, &reads, import, only_code, &mut found);
    }
    if scope.role.is_velox() {
        for (at, item) in block.items.iter().enumerate() {
            check_item(scope, &reads, at, item, &mut found);
        }
        for (name, span, at) in scope.types() {
            let item = &block.items[at];
            let head = item.span.text(scope.code());
            if item.exported
                || name.starts_with('_')
                || reads.live.contains(name)
                || head.starts_with("declare")
            {
                continue;
            }
            let diagnostic = never_used(scope, name, span, "declared but never used");
            found.push(without(scope, diagnostic, item, name));
        }
    }
    found
}

/// Who reads what.
struct Reads<'a> {
    /// Names that are read by code that can run, by tags, exports or types.
    live: FxHashSet<&'a str>,
    /// Statements that mention a name without making it live.
    mentioned: FxHashMap<&'a str, usize>,
    /// Names that are assigned to.
    assigned: FxHashSet<&'a str>,
}

impl<'a> Reads<'a> {
    fn of(scope: &Scope<'a>, meant: &'a FxHashSet<String>) -> Self {
        let block = scope.file.block;
        let code = scope.code();
        // What is live is declared, as a rule, or a name of the language.
        let mut reads = Self {
            live: FxHashSet::with_capacity_and_hasher(2 * scope.values.len(), FxBuildHasher),
            mentioned: FxHashMap::default(),
            assigned: FxHashSet::default(),
        };
        let dormant: Vec<bool> = block.items.iter().map(|item| is_dormant(item, code)).collect();
        for used in scope.uses() {
            let name = &*used.name.name;
            if used.name.assigned && is_plain_write(scope, used) {
                reads.assigned.insert(name);
            } else if let Some(item) = used.item.filter(|item| dormant[*item] && used.name.in_function) {
                reads.mentioned.entry(name).or_insert(item);
            } else {
                reads.live.insert(name);
            }
        }
        tags(scope.file.template, scope.file.template_source().text, &mut reads.live);
        if let Some(tree) = scope.file.block_tree {
            tags(tree, code, &mut reads.live);
        }
        reads.live.extend(meant.iter().map(String::as_str));
        reads.live.extend(documented(scope));
        let exported = block.exports.iter().filter(|export| export.from.is_none());
        reads.live.extend(exported.filter_map(|export| export.local.as_deref()));
        reads.live.extend(block.type_uses.iter().map(String::as_str));
        reads.live.extend(scope.file.facts.type_uses.iter().map(String::as_str));
        // Of a name that is declared twice nobody knows which one is meant; that is reported.
        reads.live.extend(block.problems.iter().filter_map(|problem| match &problem.kind {
            ScriptProblemKind::DuplicateDeclaration { name, .. } => Some(&**name),
            _ => None,
        }));
        if !dormant.contains(&true) {
            return reads;
        }
        // A function that something reads reads in turn.
        let mut woken = vec![false; block.items.len()];
        let mut work: Vec<&str> = reads.live.iter().copied().collect();
        while let Some(name) = work.pop() {
            let Some(Declared::Item(at, _)) = scope.values.get(name) else { continue };
            if !dormant[*at] || std::mem::replace(&mut woken[*at], true) {
                continue;
            }
            for used in &block.items[*at].uses {
                let use_in_file = Use { name: used, base: scope.base, item: Some(*at) };
                let write = used.assigned && is_plain_write(scope, use_in_file);
                if !write && reads.live.insert(&used.name) {
                    work.push(&used.name);
                }
            }
        }
        reads
    }
}

/// Whether the code of a declaration runs only when something reads its name: a function, or a class.
fn is_dormant(item: &Item, code: &str) -> bool {
    if item.exported {
        return false;
    }
    match item.kind {
        ItemKind::Function | ItemKind::Class => true,
        ItemKind::Variable => item.declares.len() == 1 && initial(item, code).is_some_and(is_function),
        _ => false,
    }
}

/// Whether a use is a statement `name = value`, whose value nothing else takes.
fn is_plain_write(scope: &Scope<'_>, used: Use<'_>) -> bool {
    if !used.name.members.is_empty() {
        return false;
    }
    let span = used.span();
    let text = scope.file.text;
    let region = if used.item.is_some() { scope.base as usize } else { return false };
    let before = text.get(region..span.start as usize).unwrap_or_default().trim_end();
    let after = text.get(span.end as usize..).unwrap_or_default().trim_start();
    let is_assignment = after.starts_with('=') && !after.starts_with("==") && !after.starts_with("=>");
    is_assignment && (before.is_empty() || before.ends_with([';', '{', '}']))
}

fn tags<'a>(tree: &Tree, text: &'a str, live: &mut FxHashSet<&'a str>) {
    for (_, element) in tree.components() {
        let name = element.name.text(text);
        live.insert(name.split('.').next().unwrap_or(name));
    }
}

fn never_used(scope: &Scope<'_>, name: &str, span: Span, what: &str) -> Diagnostic {
    Diagnostic::new(Code::UNUSED_NAME, scope.file.path, span, format!("`{name}` is {what}"))
}

fn check_import(
    scope: &Scope<'_>,
    reads: &Reads<'_>,
    import: &Import,
    only_code: &dyn Fn(&str) -> bool,
    found: &mut Vec<Diagnostic>,
) {
    let unused = |name: &ImportedName| {
        !reads.live.contains(&*name.local) && !name.local.starts_with('_') && !is_pragma(scope, import, name)
    };
    if !import.names.iter().any(unused) {
        return;
    }
    // These names are there by themselves: an import that lists one more than it needs costs nothing.
    let whole = import.names.iter().all(unused);
    if !whole && import.specifier == "velox/server" && (scope.role.is_velox() || is_endpoint(scope)) {
        return;
    }
    let safe = only_code(&import.specifier);
    let cuts = removals(scope.code(), import, &unused);
    for (name, cut) in import.names.iter().zip(cuts).filter(|(name, _)| unused(name)) {
        let message = format!("`{}` is imported but never used", name.local);
        let span = name.span.shift(scope.base);
        let diagnostic = Diagnostic::new(Code::UNUSED_IMPORT, scope.file.path, span, message);
        let (help, title) = if whole {
            ("remove the import".to_owned(), "remove the import".to_owned())
        } else {
            (format!("remove `{}` from the import", name.local), format!("remove `{}`", name.local))
        };
        let diagnostic = diagnostic.help(help);
        found.push(match cut {
            Some(cut) => diagnostic.fix(title, safe || !whole, vec![(cut.shift(scope.base), String::new())]),
            None => diagnostic,
        });
    }
}

fn is_endpoint(scope: &Scope<'_>) -> bool {
    scope.role == super::scope::NameRole::Endpoint
}

/// Whether a name is what other compilers turn elements into calls of.
fn is_pragma(scope: &Scope<'_>, import: &Import, name: &ImportedName) -> bool {
    let may_hold_elements = [".tsx", ".jsx", ".js"].iter().any(|ending| scope.file.path.ends_with(ending));
    let is_library =
        || ["react", "preact", "solid-js"].iter().any(|library| import.specifier.starts_with(library));
    may_hold_elements
        && (name.local == "React" || (matches!(&*name.local, "h" | "Fragment" | "jsx") && is_library()))
}

/// The words of `/** ... */` comments in a JavaScript module: that is how types are written there.
fn documented<'a>(scope: &Scope<'a>) -> impl Iterator<Item = &'a str> {
    let script = [".js", ".jsx", ".mjs"].iter().any(|ending| scope.file.path.ends_with(ending));
    let code = if script { scope.code() } else { "" };
    code.split("/**").skip(1).flat_map(|comment| {
        let comment = comment.split("*/").next().unwrap_or(comment);
        comment
            .split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '$')))
            .filter(|word| !word.is_empty())
    })
}

fn check_item(scope: &Scope<'_>, reads: &Reads<'_>, at: usize, item: &Item, found: &mut Vec<Diagnostic>) {
    let code = scope.code();
    let keyword = item.declarator.as_ref().map(|one| one.keyword);
    if item.exported
        || !matches!(item.kind, ItemKind::Variable | ItemKind::Function | ItemKind::Class | ItemKind::Enum)
        || keyword.is_some_and(|keyword| keyword.ends_with("using"))
        || takes_the_rest(item, code)
    {
        return;
    }
    for (name, span) in &item.declares {
        if name.starts_with('_') || reads.live.contains(&**name) {
            continue;
        }
        // A later part of an enum or namespace; the first one is reported.
        if !matches!(scope.values.get(&**name), Some(Declared::Item(first, _)) if *first == at) {
            continue;
        }
        let span = span.shift(scope.base);
        let mentioned = reads.mentioned.get(&**name);
        let diagnostic = match mentioned {
            Some(reader) if *reader == at => never_used(scope, name, span, "used only by itself"),
            Some(reader) => {
                let by = scope.file.block.items[*reader].declares.first().map_or("", |(name, _)| name);
                never_used(scope, name, span, &format!("used only by `{by}`, which nothing uses"))
            }
            None if reads.assigned.contains(&**name) => {
                never_used(scope, name, span, "assigned but never read")
            }
            None => never_used(scope, name, span, "declared but never used"),
        };
        let others_mention_it =
            mentioned.is_some_and(|reader| *reader != at) || reads.assigned.contains(&**name);
        found.push(if SPECIAL_EXPORTS.contains(&&**name) {
            diagnostic.help(format!("write `export` before it, if it is to be the page's `{name}`")).fix(
                "write `export`",
                false,
                vec![(Span::at(item.statement.start).shift(scope.base), "export ".to_owned())],
            )
        } else if others_mention_it || item.declares.len() != 1 || !is_inert(item, code) {
            diagnostic.help("remove it, or begin its name with `_`")
        } else {
            without(scope, diagnostic, item, name)
        });
    }
}

/// Adds the fix that takes the whole declaration out.
fn without(scope: &Scope<'_>, diagnostic: Diagnostic, item: &Item, name: &str) -> Diagnostic {
    let cut = whole_line(scope.code(), item.statement).shift(scope.base);
    diagnostic.help("remove it, or begin its name with `_`").fix(
        format!("remove `{name}`"),
        true,
        vec![(cut, String::new())],
    )
}

/// Whether a pattern takes the rest of an object: the names beside it say what is left out.
fn takes_the_rest(item: &Item, code: &str) -> bool {
    item.declares.len() > 1
        && item
            .declares
            .iter()
            .any(|(_, span)| Span::new(item.span.start, span.start).text(code).trim_end().ends_with("..."))
}

/// The code after the `=` of a declarator with one plain name.
fn initial<'a>(item: &Item, code: &'a str) -> Option<&'a str> {
    let declarator = item.declarator.as_ref()?;
    let (_, name) = item.declares.first()?;
    if name.start != declarator.span.start {
        return None;
    }
    let rest = code.get(name.end as usize..declarator.span.end as usize)?.trim_start();
    // With a type annotation the `=` is not easily found.
    rest.strip_prefix('=').map(str::trim)
}

/// Whether an initial value is a function that is not called there.
fn is_function(init: &str) -> bool {
    let init = init.strip_prefix("async").map_or(init, str::trim_start);
    if init.strip_prefix("function").is_some_and(|rest| rest.starts_with(['(', ' ', '*'])) {
        return init.ends_with('}');
    }
    if let Some(rest) = init.strip_prefix('(') {
        return closing(rest).is_some_and(|end| rest[end + 1..].trim_start().starts_with("=>"));
    }
    let name = init.trim_start_matches(|c: char| c.is_alphanumeric() || matches!(c, '_' | '$'));
    name.len() < init.len() && name.trim_start().starts_with("=>")
}

/// The offset of the parenthesis that closes one that stands before `text`; nothing where quotes make that unclear.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => return Some(at),
            b')' => depth -= 1,
            b'\'' | b'"' | b'`' | b'/' => return None,
            _ => {}
        }
    }
    None
}

/// Whether taking a declaration out takes no effect with it.
fn is_inert(item: &Item, code: &str) -> bool {
    let text = item.span.text(code);
    match item.kind {
        ItemKind::Function => true,
        // What a class extends, decorators and computed keys are uses outside of functions.
        ItemKind::Class => {
            !text.contains("static") && !text.contains('@') && item.uses.iter().all(|used| used.in_function)
        }
        ItemKind::Variable => {
            item.declarator.as_ref().is_some_and(|one| one.index.1 == 1)
                && initial(item, code).is_some_and(|init| is_function(init) || is_literal(item, init))
        }
        _ => false,
    }
}

/// Whether an initial value is made of literals alone.
fn is_literal(item: &Item, init: &str) -> bool {
    item.uses.is_empty()
        && item.awaits.is_none()
        && !init.contains(['(', '`', '<', '.'])
        && !init.contains("new ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_told_from_calls_of_functions() {
        let cases = [
            ("() => 1", true),
            ("async (a, b) => { await a(b); }", true),
            ("x => x", true),
            ("function () { go(); }", true),
            ("async function* named() { }", true),
            ("(() => go())()", false),
            ("(function () { go(); })()", false),
            ("function () { }.call(x)", false),
            ("functional", false),
            ("go()", false),
            ("(a, b)", false),
        ];
        for (init, expected) in cases {
            assert_eq!(is_function(init), expected, "{init}");
        }
    }
}
