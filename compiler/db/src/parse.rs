//! Calls the pure parsers on the texts that the queries cut out.

use crate::Db;
use crate::inputs::SourceFile;
use crate::parsed::block_of;
use crate::queries::{
    Block, Script, block_text, parse_block, parse_script, parse_template, regions, template_facts,
};
use velox_core::VeloxFile;
use velox_core::analyze::script_mistakes;
use velox_core::holes::{module_elements, module_names};
use velox_script::{Bindings, Dialect, ModuleFacts, ScriptProblem, module_bindings, parse_module};
use velox_syntax::{Tree, parse_tsx};

/// Reads a server block; where it does not parse, looks for the mistake behind what the parser says.
pub(crate) fn parse_block_text(text: &str) -> Block {
    let mut block = read_block(text);
    if has_syntax_error(&block.facts) && block.tree.is_none() {
        let problems = std::mem::take(&mut block.facts.problems);
        let parse = |text: &str| tried(text, true);
        block.facts.problems = script_mistakes(text, problems, &parse);
    }
    block
}

/// The problems of a text that is tried as the repair of another; nothing where it does not parse either, which is all that is asked of
/// most.
fn tried(text: &str, block: bool) -> Option<Vec<ScriptProblem>> {
    velox_script::parses(text).then(|| parse_module(text, Dialect::TypeScript, &[], block).problems)
}

/// Reads a server block as TypeScript, and as TSX where that does not parse (language.md S1).
fn read_block(text: &str) -> Block {
    let facts = parse_module(text, Dialect::TypeScript, &[], true);
    if !has_syntax_error(&facts) || !text.contains('<') {
        return Block { facts, tree: None };
    }
    let tree = parse_tsx(text);
    let elements = module_elements(&tree);
    if elements.is_empty() {
        return Block { facts, tree: None };
    }
    let as_tsx = parse_module(text, Dialect::Tsx, &elements, true);
    // Both are broken: the reading with fewer complaints is the likelier.
    if as_tsx.problems.len() + tree.problems.len() <= facts.problems.len() {
        Block { facts: as_tsx, tree: Some(tree) }
    } else {
        Block { facts, tree: None }
    }
}

/// Whether the code did not parse cleanly, so that names may be missing from its facts.
pub(crate) fn has_syntax_error(facts: &ModuleFacts) -> bool {
    facts.problems.iter().any(|problem| problem.kind.is_syntax())
}

/// Reads a module; `.tsx` and `.jsx` files may hold elements, and `.js` files too.
pub(crate) fn parse_script_text(path: &str, text: &str) -> Script {
    let tsx = [".tsx", ".jsx", ".js"].iter().any(|ending| path.ends_with(ending)) && text.contains('<');
    let tree = tsx.then(|| parse_tsx(text));
    let Some(tree) = tree else {
        let mut facts = parse_module(text, Dialect::TypeScript, &[], false);
        if has_syntax_error(&facts) {
            let problems = std::mem::take(&mut facts.problems);
            let parse = |text: &str| tried(text, false);
            facts.problems = script_mistakes(text, problems, &parse);
        }
        return Script { facts, tree: None };
    };
    let elements = module_elements(&tree);
    Script { facts: parse_module(text, Dialect::Tsx, &elements, false), tree: Some(tree) }
}

/// The names of a server block or module, read as [`parse_block`] and [`parse_script`](crate::parse_script) read it.
pub(crate) fn read_script_bindings(db: &dyn Db, file: SourceFile) -> Bindings {
    if !file.path(db).ends_with(".velox") {
        if matches!(file.path(db).rsplit_once('.'), None | Some((_, "json"))) {
            return Bindings::default();
        }
        return bindings_of(file.text(db), parse_script(db, file).tree.as_ref());
    }
    let Some(text) = block_text(db, file) else { return Bindings::default() };
    bindings_of(text, block_of(db, file).tree.as_ref())
}

fn bindings_of(text: &str, tree: Option<&Tree>) -> Bindings {
    match tree {
        Some(tree) => module_bindings(text, Dialect::Tsx, &module_names(tree, text)),
        None => module_bindings(text, Dialect::TypeScript, &[]),
    }
}

/// A `.velox` file with everything that its own text tells, kept like the template's tree ([`parse_template`]).
#[must_use]
pub fn velox_file(db: &dyn Db, file: SourceFile) -> VeloxFile<'_> {
    let block = parse_block(db, file);
    VeloxFile {
        path: file.path(db),
        text: file.text(db),
        regions: regions(db, file),
        block: &block.facts,
        block_tree: block.tree.as_ref(),
        template: parse_template(db, file),
        facts: template_facts(db, file),
    }
}
