//! Erasing types by span against swc's own transform: both must leave the same JavaScript.

use super::print::applied;
use crate::{Dialect, parse_module};
use swc_common::{BytePos, GLOBALS, Globals, Mark, SourceMap, sync::Lrc};
use swc_ecma_ast::{EsVersion, Expr, Pass, Program};
use swc_ecma_codegen::{Config, Emitter, text_writer::JsWriter};
use swc_ecma_parser::{EsSyntax, Lexer, Parser, StringInput, Syntax, TsSyntax};
use swc_ecma_transforms_base::{fixer::fixer, resolver};
use swc_ecma_transforms_typescript::typescript;
use swc_ecma_visit::{VisitMut, VisitMutWith};
use velox_diagnostics::Span;

struct Parentheses;

impl VisitMut for Parentheses {
    fn visit_mut_expr(&mut self, node: &mut Expr) {
        while let Expr::Paren(paren) = node {
            *node = std::mem::replace(&mut *paren.expr, Expr::Invalid(swc_ecma_ast::Invalid::default()));
        }
        node.visit_mut_children_with(self);
    }
}

fn parse(code: &str, typescript: bool) -> Result<Program, String> {
    let syntax = if typescript {
        Syntax::Typescript(TsSyntax::default())
    } else {
        Syntax::Es(EsSyntax {
            allow_return_outside_function: true,
            explicit_resource_management: true,
            ..EsSyntax::default()
        })
    };
    let input = StringInput::new(code, BytePos(1), BytePos(1 + code.len() as u32));
    let mut parser = Parser::new_from(Lexer::new(syntax, EsVersion::latest(), input, None));
    let module = parser.parse_module().map_err(|error| format!("{error:?}"))?;
    match parser.take_errors().first() {
        Some(error) if !format!("{error:?}").contains("ReturnNotAllowed") => Err(format!("{error:?}")),
        _ => Ok(Program::Module(module)),
    }
}

fn code(mut program: Program) -> String {
    program.visit_mut_with(&mut Parentheses);
    fixer(None).process(&mut program);
    let sources: Lrc<SourceMap> = Lrc::default();
    let mut bytes = Vec::new();
    let mut emitter = Emitter {
        cfg: Config::default().with_target(EsVersion::latest()),
        cm: sources.clone(),
        comments: None,
        wr: JsWriter::new(sources, "\n", &mut bytes, None),
    };
    emitter.emit_program(&program).expect("it prints");
    // A statement that became empty leaves a lone semicolon in one of the two.
    let text = String::from_utf8(bytes).expect("it is text").replace("/*#__PURE__*/ ", "");
    text.lines().filter(|line| !matches!(line.trim(), ";" | "")).collect::<Vec<_>>().join("\n")
}

fn stripped(text: &str) -> String {
    let Ok(parsed) = parse(text, true) else { return "the sample is wrong".to_owned() };
    GLOBALS.set(&Globals::new(), || {
        let mut program = parsed;
        let (unresolved, top_level) = (Mark::new(), Mark::new());
        resolver(unresolved, top_level, true).process(&mut program);
        let config = typescript::Config {
            verbatim_module_syntax: true,
            native_class_properties: true,
            no_empty_export: true,
            ts_enum_is_mutable: true,
            ..typescript::Config::default()
        };
        typescript::typescript(config, unresolved, top_level).process(&mut program);
        code(program)
    })
}

fn erased(text: &str, wrong: &mut String) -> String {
    let facts = parse_module(text, Dialect::TypeScript, &[], true);
    if !facts.problems.is_empty() {
        wrong.push_str(&format!("=== sample\n{text}\n=== problems\n{:?}\n\n", facts.problems));
    }
    applied(text, Span::new(0, text.len() as u32), &facts.edits)
}

/// Samples, divided by lines of `// ---`.
const SAMPLES: &str = include_str!("samples.ts");

#[test]
fn erasing_by_span_gives_what_the_transform_gives() {
    let mut wrong = String::new();
    for sample in SAMPLES.split("// ---\n") {
        let js = erased(sample, &mut wrong);
        match parse(&js, false) {
            Ok(program) => {
                let (ours, theirs) = (code(program), stripped(sample));
                if ours != theirs {
                    wrong.push_str(&format!(
                        "=== sample\n{sample}\n=== erased\n{js}\n=== ours\n{ours}\n=== theirs\n{theirs}\n\n"
                    ));
                }
            }
            Err(error) => wrong.push_str(&format!(
                "=== sample\n{sample}\n=== erased, which does not parse: {error}\n{js}\n\n"
            )),
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
