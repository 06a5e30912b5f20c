//! A file cut into what is formatted each in its way, and the reason why it cannot be where its syntax is broken.

use crate::{FormatRefusal, RefusalKind};
use velox_core::analyze::{script_diagnostic, syntax_diagnostic};
use velox_core::holes::{module_elements, template_holes};
use velox_diagnostics::{Diagnostic, Span};
use velox_script::{Dialect, ScriptProblem, parse_holes, parse_module};
use velox_syntax::{SyntaxProblem, Tree, parse_template, parse_tsx, regions};

/// A part of a file.
pub(crate) enum Region<'t> {
    /// What stands before the opening fence of a server block.
    Prologue(&'t str),
    /// TypeScript; with a tree, elements may stand in it.
    Module(&'t str, Option<Tree>),
    /// A template.
    Template(&'t str, Tree),
}

/// A file whose syntax is right.
pub(crate) struct Parsed<'t> {
    pub(crate) regions: Vec<Region<'t>>,
}

/// Reads a file, without its byte-order mark.
///
/// # Errors
/// Its syntax is broken; the place is that of the first mistake.
pub(crate) fn parse<'t>(path: &str, text: &'t str) -> Result<Parsed<'t>, FormatRefusal> {
    let mut mistakes = Mistakes { path, first: None };
    let regions = if path.ends_with(".velox") {
        velox(text, &mut mistakes)
    } else {
        let tsx = [".tsx", ".jsx", ".js"].iter().any(|ending| path.ends_with(ending));
        vec![module(text, 0, false, tsx, &mut mistakes)]
    };
    match mistakes.first {
        None => Ok(Parsed { regions }),
        Some(found) => Err(FormatRefusal {
            span: found.span,
            message: format!("not formatted, since its syntax is broken: {}", found.message),
            kind: RefusalKind::Syntax,
        }),
    }
}

fn velox<'t>(text: &'t str, mistakes: &mut Mistakes<'_>) -> Vec<Region<'t>> {
    let cut = regions(text);
    mistakes.syntax(0, text, &cut.problems);
    let mut found = Vec::new();
    if let Some(server) = &cut.server {
        found.push(Region::Prologue(&text[..server.open.start as usize]));
        found.push(module(server.body.text(text), server.body.start, true, true, mistakes));
    }
    let template = cut.template.text(text);
    let tree = parse_template(template);
    mistakes.syntax(cut.template.start, template, &tree.problems);
    if tree.problems.is_empty() {
        let facts = parse_holes(template, &template_holes(&tree));
        mistakes.script(cut.template.start, &facts.problems);
    }
    found.push(Region::Template(template, tree));
    found
}

/// Reads TypeScript, and where it may be and that does not parse, TSX (language.md S1).
fn module<'t>(text: &'t str, base: u32, block: bool, tsx: bool, mistakes: &mut Mistakes<'_>) -> Region<'t> {
    let as_tsx = |mistakes: &mut Mistakes<'_>| {
        let tree = parse_tsx(text);
        mistakes.syntax(base, text, &tree.problems);
        if tree.problems.is_empty() {
            let elements = module_elements(&tree);
            mistakes.script(base, &parse_module(text, Dialect::Tsx, &elements, block).problems);
        }
        Region::Module(text, Some(tree))
    };
    if tsx && !block && text.contains('<') {
        return as_tsx(mistakes);
    }
    let facts = parse_module(text, Dialect::TypeScript, &[], block);
    let broken = facts.problems.iter().any(|problem| problem.kind.is_syntax());
    if broken && tsx && text.contains('<') && !module_elements(&parse_tsx(text)).is_empty() {
        return as_tsx(mistakes);
    }
    mistakes.script(base, &facts.problems);
    Region::Module(text, None)
}

struct Mistakes<'p> {
    path: &'p str,
    first: Option<Diagnostic>,
}

impl Mistakes<'_> {
    fn add(&mut self, found: Diagnostic) {
        let is_first = self.first.as_ref().is_none_or(|first| found.span.start < first.span.start);
        if is_first {
            self.first = Some(found);
        }
    }

    fn syntax(&mut self, base: u32, text: &str, problems: &[SyntaxProblem]) {
        for problem in problems {
            self.add(syntax_diagnostic(self.path, base, text, problem));
        }
    }

    fn script(&mut self, base: u32, problems: &[ScriptProblem]) {
        for problem in problems.iter().filter(|problem| problem.kind.is_syntax()) {
            self.add(script_diagnostic(self.path, base, problem));
        }
    }
}

/// All of a text.
pub(crate) fn all(text: &str) -> Span {
    Span::new(0, text.len() as u32)
}
