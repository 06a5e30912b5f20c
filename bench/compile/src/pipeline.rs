//! One `.velox` file from its text to JavaScript and a source map, stage by stage, as the database's queries do it.
//!
//! Refuses to resolve imports: specifiers stay as they are written, as they do where a peer compiles a file by itself.

use velox_core::VeloxFile;
use velox_core::emit::{Emitted, FileKind, ImportTarget, emit_page, source_map};
use velox_core::holes::{module_elements, template_holes};
use velox_db::scope_attribute;
use velox_script::{Dialect, ModuleFacts, ScriptProblem, TemplateFacts, parse_holes, parse_module};
use velox_syntax::{Regions, SyntaxProblem, Tree, parse_template, parse_tsx, regions};

/// A stage of the pipeline, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Finding the fences.
    Regions,
    /// Lexing and parsing the template.
    Template,
    /// Parsing the template's code.
    Holes,
    /// Parsing the server block.
    Block,
    /// Writing JavaScript.
    Emit,
    /// Writing the source map.
    Map,
    /// Giving back the memory of trees and facts.
    Free,
}

/// All stages with the names that they are printed under.
pub const STAGES: [(Stage, &str); 7] = [
    (Stage::Regions, "regions"),
    (Stage::Template, "template"),
    (Stage::Holes, "holes"),
    (Stage::Block, "block"),
    (Stage::Emit, "emit"),
    (Stage::Map, "map"),
    (Stage::Free, "free"),
];

/// What a file becomes.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// An ES module.
    pub code: String,
    /// Its source map, as JSON.
    pub map: String,
}

/// A file with all that is read out of its text.
pub struct Parsed<'a> {
    path: &'a str,
    text: &'a str,
    regions: Regions,
    template: Tree,
    facts: TemplateFacts,
    block: ModuleFacts,
    block_tree: Option<Tree>,
}

impl<'a> Parsed<'a> {
    /// Parses a file; `lap` is called at the end of each stage.
    #[must_use]
    pub fn new(path: &'a str, text: &'a str, lap: &mut impl FnMut(Stage)) -> Self {
        let regions = regions(text);
        lap(Stage::Regions);
        let template_text = regions.template.text(text);
        let template = parse_template(template_text);
        lap(Stage::Template);
        let facts = parse_holes(template_text, &template_holes(&template));
        lap(Stage::Holes);
        let block = regions.server.map(|server| parse_block(server.body.text(text)));
        let (block, block_tree) = block.unwrap_or_default();
        lap(Stage::Block);
        Self { path, text, regions, template, facts, block, block_tree }
    }

    /// The first thing that is wrong in the file, with its place in its region.
    #[must_use]
    pub fn first_problem(&self) -> Option<String> {
        let syntax = |problem: &SyntaxProblem| format!("{:?} at {}", problem.kind, problem.span.start);
        let script = |problem: &ScriptProblem| format!("{:?} at {}", problem.kind, problem.span.start);
        let in_syntax = self.regions.problems.iter().chain(&self.template.problems);
        let in_script = self.facts.problems.iter().chain(&self.block.problems);
        let found = in_syntax.map(syntax).chain(in_script.map(script)).next();
        found.map(|problem| format!("{}: {problem}", self.path))
    }

    /// Emits the file as a page.
    #[must_use]
    pub fn emit(&self) -> Emitted {
        let file = VeloxFile {
            path: self.path,
            text: self.text,
            regions: &self.regions,
            block: &self.block,
            block_tree: self.block_tree.as_ref(),
            template: &self.template,
            facts: &self.facts,
        };
        let target = |specifier: &str| ImportTarget {
            specifier: specifier.to_owned(),
            is_velox: specifier.ends_with(".velox"),
            is_package: false,
            module: specifier.to_owned(),
        };
        emit_page(&file, FileKind::Page, &scope_attribute(self.path), &target)
    }
}

/// Reads a server block as TypeScript, and as TSX where that does not parse (language.md S1).
fn parse_block(text: &str) -> (ModuleFacts, Option<Tree>) {
    let facts = parse_module(text, Dialect::TypeScript, &[], true);
    if facts.problems.is_empty() || !text.contains('<') {
        return (facts, None);
    }
    let tree = parse_tsx(text);
    let as_tsx = parse_module(text, Dialect::Tsx, &module_elements(&tree), true);
    if as_tsx.problems.is_empty() { (as_tsx, Some(tree)) } else { (facts, None) }
}

/// Compiles a file.
///
/// # Errors
/// The first thing that is wrong in its syntax.
pub fn compile(path: &str, text: &str) -> Result<Compiled, String> {
    compile_in_laps(path, text, &mut |_| {})
}

/// Compiles a file; `lap` is called at the end of each stage.
///
/// # Errors
/// The first thing that is wrong in its syntax.
pub fn compile_in_laps(path: &str, text: &str, lap: &mut impl FnMut(Stage)) -> Result<Compiled, String> {
    let parsed = Parsed::new(path, text, lap);
    if let Some(problem) = parsed.first_problem() {
        return Err(problem);
    }
    let Emitted { code, mappings, .. } = parsed.emit();
    lap(Stage::Emit);
    let name = path.rsplit('/').next().unwrap_or(path);
    let map = source_map(&format!("{name}.js"), name, text, &code, &mappings);
    lap(Stage::Map);
    drop((parsed, mappings));
    lap(Stage::Free);
    Ok(Compiled { code, map })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "---\nconst name: string = 'x';\n---\n<p class=\"a\">{name}</p>\n";

    #[test]
    fn the_pipeline_gives_what_the_database_gives() {
        let compiled = compile("routes/index.velox", PAGE).unwrap();
        let files = velox_db::MemoryFiles([("routes/index.velox".to_owned(), PAGE.to_owned())].into());
        let built = crate::database::build(&files, &["routes/index.velox"], true).unwrap();
        assert_eq!(compiled.code, built[0].code);
        let mappings = |map: &str| map.split("\"mappings\":").nth(1).map(str::to_owned);
        assert_eq!(mappings(&compiled.map), mappings(&built[0].map));
        assert!(mappings(&compiled.map).is_some_and(|mappings| mappings.len() > 10));
    }

    #[test]
    fn a_block_in_tsx_is_compiled() {
        let compiled = compile("a.velox", "---\nconst item = <b>{1 as number}</b>;\n---\n{item}\n").unwrap();
        assert!(compiled.code.contains("<b>"), "{}", compiled.code);
    }

    #[test]
    fn what_is_broken_is_not_compiled() {
        let problem = compile("a.velox", "<p>").unwrap_err();
        assert!(problem.starts_with("a.velox: UnclosedElement"), "{problem}");
    }

    #[test]
    fn every_stage_is_passed_once_and_in_order() {
        let mut passed = Vec::new();
        compile_in_laps("a.velox", PAGE, &mut |stage| passed.push(stage)).unwrap();
        assert_eq!(passed, STAGES.map(|(stage, _)| stage));
    }
}
