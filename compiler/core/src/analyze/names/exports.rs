//! What modules export, and imports of names that a module does not export.

use super::framework::FrameworkModule;
use super::guess::{binders, nearest_alike};
use super::scope::{Declared, Scope};
use crate::ambient::LIFTED_EXPORTS;
use velox_diagnostics::{Code, Diagnostic, Span};
use velox_script::{ImportedName, ModuleFacts};
use velox_syntax::NodeKind;

/// What one file exports, without positions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExportedNames {
    /// Names with whether each is a type alone, sorted, each once.
    pub names: Vec<(String, bool)>,
    /// Specifiers of `export * from`.
    pub stars: Vec<String>,
    /// Whether it may export more than can be seen.
    pub open: bool,
}

/// What a file exports, `export *` followed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AllExports {
    /// Names with whether each is a type alone, sorted, each once.
    pub names: Vec<(String, bool)>,
    /// Whether it may export more than can be seen.
    pub open: bool,
}

impl AllExports {
    /// Whether the name is exported, and then whether it is a type alone.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<bool> {
        let at = self.names.binary_search_by(|(other, _)| other.as_str().cmp(name)).ok()?;
        Some(self.names[at].1)
    }
}

/// Sorts names, and leaves each once: one that is a value somewhere is a value.
pub fn sort_names(names: &mut Vec<(String, bool)>) {
    names.sort_unstable();
    names.dedup_by(|later, first| later.0 == first.0);
}

/// What a file exports by its own text. `whole` says whether it parsed without an error.
#[must_use]
pub fn exported_names(path: &str, facts: &ModuleFacts, whole: bool) -> ExportedNames {
    let velox = path.ends_with(".velox");
    let mut found = ExportedNames { open: !whole, ..ExportedNames::default() };
    for export in &facts.exports {
        if export.name == "*" {
            match &export.from {
                Some((specifier, _)) if !velox => found.stars.push(specifier.clone()),
                _ => found.open = true,
            }
            continue;
        }
        // The rest of a server block is the body of a function (language.md S4).
        if !velox || export.type_only || LIFTED_EXPORTS.contains(&&*export.name) {
            found.names.push((export.name.clone(), export.type_only));
        }
    }
    if velox {
        found.names.push(("default".to_owned(), false));
    } else {
        let script = [".js", ".jsx", ".mjs"].iter().any(|ending| path.ends_with(ending));
        let common_js = || {
            let mut uses = facts.items.iter().flat_map(|item| &item.uses);
            uses.any(|used| matches!(&*used.name, "module" | "exports"))
        };
        // `export = x` gives its members as names too; its place is the `=`.
        let assignment =
            facts.exports.iter().any(|export| export.name == "default" && export.span.len() == 1);
        found.open |= path.ends_with(".d.ts") || assignment || (script && common_js());
    }
    sort_names(&mut found.names);
    found
}

/// What an import leads to, as far as its exports can be told.
#[derive(Clone, Copy)]
pub enum Target<'a> {
    /// A module of the project: its path, and its exports.
    Module(&'a str, &'a AllExports),
    /// A package of the framework.
    Framework(&'static FrameworkModule),
}

/// Checks that what imports and `export ... from` name is exported there. `target` tells where a specifier leads, and `has_default` of
/// some, without a look at its exports, that it has a default export, which is a value.
#[must_use]
pub fn check_imported_names<'a>(
    scope: &Scope<'_>,
    has_default: &dyn Fn(&str) -> bool,
    target: &dyn Fn(&str) -> Option<Target<'a>>,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let facts = scope.file.block;
    for import in facts.imports.iter().filter(|import| !import.names.is_empty()) {
        if import.names.iter().all(|name| name.imported == "*")
            || (import.names.iter().all(|name| name.imported == "default") && has_default(&import.specifier))
        {
            continue;
        }
        let Some(target) = target(&import.specifier) else { continue };
        for name in import.names.iter().filter(|name| name.imported != "*") {
            let span = imported_span(scope, import.span, &name.imported, name.span);
            let alone = import.names.len() == 1 && span == name.span;
            let form = if alone { Form::Alone } else { Form::Listed };
            let asked = Asked { name: &name.imported, local: &name.local, span, form };
            found.extend(check(scope, &import.specifier, &target, &asked, found.len() < SUGGESTIONS));
        }
    }
    check_namespaces(scope, target, &mut found);
    for export in &facts.exports {
        let (Some((specifier, _)), Some(name)) =
            (&export.from, export.local.as_deref().or(Some(&*export.name)))
        else {
            continue;
        };
        if matches!(name, "*") || export.name == "*" {
            continue;
        }
        let Some(target) = target(specifier) else { continue };
        let span = imported_span(scope, Span::new(0, export.span.end), name, export.span);
        let asked = Asked { name, local: &export.name, span, form: Form::Listed };
        found.extend(check(scope, specifier, &target, &asked, found.len() < SUGGESTIONS));
    }
    found
}

/// Members of `import * as all`, read by code (`all.x`, `const { x } = all`) and by component tags (`<all.X>`).
fn check_namespaces<'a>(
    scope: &Scope<'_>,
    target: &dyn Fn(&str) -> Option<Target<'a>>,
    found: &mut Vec<Diagnostic>,
) {
    let is_namespace = |name: &ImportedName| name.imported == "*" && !name.type_only;
    if !scope.file.block.imports.iter().flat_map(|import| &import.names).any(is_namespace) {
        return;
    }
    let mut read = |name: &str, member: &str, span: Span, shadowed: &dyn Fn() -> bool| {
        let Some(Declared::Import(import, imported)) = scope.values.get(name) else { return };
        if !is_namespace(imported) {
            return;
        }
        if let Some(target) = target(&import.specifier) {
            // `check` counts from the start of the block, which the template follows.
            let span = Span::new(span.start - scope.base, span.end - scope.base);
            let asked = Asked { name: member, local: member, span, form: Form::Member };
            let wrong = check(scope, &import.specifier, &target, &asked, found.len() < SUGGESTIONS);
            found.extend(wrong.filter(|_| !shadowed()));
        }
    };
    for used in scope.uses().filter(|used| !used.name.assigned) {
        let name = used.name;
        let members = match name.members.first() {
            Some(first) => std::slice::from_ref(first),
            None => &name.destructured,
        };
        for (member, span) in members {
            read(&name.name, member, span.shift(used.base), &|| false);
        }
    }
    let block = scope.file.block_source();
    let template = scope.file.template_source();
    let trees = [(Some(scope.file.template), template), (scope.file.block_tree, block)];
    for (tree, source) in trees.into_iter().filter_map(|(tree, source)| Some((tree?, source))) {
        for node in &tree.nodes {
            let NodeKind::Element(element) = &node.kind else { continue };
            let Some((name, rest)) = element.name.text(source.text).split_once('.') else { continue };
            let member = rest.split('.').next().unwrap_or(rest);
            let start = element.name.start + name.len() as u32 + 1;
            let span = Span::new(start, start + member.len() as u32).shift(source.base);
            // Tags are not in the facts: code around one may declare the name anew.
            read(name, member, span, &|| binders(source.text).any(|word| word == name));
        }
    }
}

struct Asked<'a> {
    name: &'a str,
    local: &'a str,
    /// The imported name's place in the block.
    span: Span,
    form: Form,
}

/// How a name is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// As the only name of an import, under its own name.
    Alone,
    /// As one of several, or under another name.
    Listed,
    /// As a member of the whole module.
    Member,
}

/// After so many mistakes no more near misses are looked for: the file names another module throughout.
const SUGGESTIONS: usize = 32;

/// The place of the imported name, which stands before the local one: `a` of `a as b`.
fn imported_span(scope: &Scope<'_>, statement: Span, imported: &str, local: Span) -> Span {
    let code = scope.code();
    if local.text(code) == imported {
        return local;
    }
    let before = Span::new(statement.start, local.start).text(code).trim_end();
    let Some(before) = before.strip_suffix("as").map(str::trim_end) else { return local };
    if !before.ends_with(imported) {
        return local;
    }
    let end = statement.start + before.len() as u32;
    Span::new(end - imported.len() as u32, end)
}

fn check(
    scope: &Scope<'_>,
    specifier: &str,
    target: &Target<'_>,
    asked: &Asked<'_>,
    suggest: bool,
) -> Option<Diagnostic> {
    let Asked { name, local, span, form } = *asked;
    let is_there = match target {
        Target::Module(_, exports) => exports.open || exports.get(name).is_some(),
        Target::Framework(module) => module.names().any(|other| other == name),
    };
    if is_there {
        return None;
    }
    let path = scope.file.path;
    let span = span.shift(scope.base);
    let message = if name == "default" {
        format!("`{specifier}` has no default export")
    } else {
        format!("`{specifier}` does not export `{name}`")
    };
    let mut diagnostic = Diagnostic::new(Code::UNKNOWN_EXPORT, path, span, message);
    if let Target::Module(file, _) = target {
        diagnostic = diagnostic.related(file, Span::at(0), "this is the module");
    }
    if !suggest {
        return Some(diagnostic);
    }
    let names: Vec<&str> = match target {
        Target::Module(_, exports) => exports.names.iter().map(|(name, _)| name.as_str()).collect(),
        Target::Framework(module) => module.names().collect(),
    };
    if name == "default" {
        // `import x from` where `import { x } from` is meant.
        return Some(if names.contains(&local) && form != Form::Member {
            let help = format!("import it by name: `import {{ {local} }} from '{specifier}'`");
            let edit = vec![(span, format!("{{ {local} }}"))];
            let diagnostic = diagnostic.help(help);
            if form == Form::Alone {
                diagnostic.fix(format!("write `{{ {local} }}`"), false, edit)
            } else {
                diagnostic
            }
        } else if names.is_empty() {
            diagnostic.help("add `export default` to the module")
        } else {
            diagnostic.help(format!("it exports {}", listed(&names)))
        });
    }
    if let Target::Framework(module) = target
        && let Some(other) =
            FrameworkModule::exporting(name).filter(|other| other.specifier != module.specifier)
    {
        return Some(diagnostic.help(format!("`{}` exports it", other.specifier)));
    }
    let of_a_value = |other: &&str| match target {
        Target::Module(_, exports) => exports.get(other) == Some(false),
        Target::Framework(module) => !module.types.contains(other),
    };
    let others = || names.iter().copied().filter(|other| *other != "default");
    let others = || others().filter(|other| form != Form::Member || of_a_value(other));
    if let Some(near) = nearest_alike(name, &others) {
        return Some(diagnostic.help(format!("did you mean `{near}`?")).fix(
            format!("write `{near}`"),
            false,
            // The local name stays, so that its uses do.
            vec![(
                span,
                if name == local && form != Form::Member {
                    format!("{near} as {local}")
                } else {
                    near.to_owned()
                },
            )],
        ));
    }
    let velox = matches!(target, Target::Module(file, _) if file.ends_with(".velox"));
    Some(if velox && names.iter().all(|name| *name != local) {
        let diagnostic =
            diagnostic.label("a `.velox` file exports its component, and the types of its server block");
        let stem = specifier.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or(specifier);
        if stem == local {
            diagnostic.help(format!("import the component: `import {local} from '{specifier}'`"))
        } else {
            diagnostic.help(format!("move `{name}` into a module of lib/"))
        }
    } else if names == ["default"] && form != Form::Member {
        diagnostic.help(format!("import its default export: `import {local} from '{specifier}'`"))
    } else if names.is_empty() {
        diagnostic.help(format!("export `{name}` from the module"))
    } else {
        diagnostic.help(format!("it exports {}", listed(&names)))
    })
}

/// Names in a sentence; of many only the first.
fn listed(names: &[&str]) -> String {
    let mut text = names.iter().take(6).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    if names.len() > 6 {
        text.push_str(", and more");
    }
    text
}
