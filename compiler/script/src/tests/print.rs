//! Prints facts compactly, for snapshots.

use crate::{
    Call, CodeEdit, HoleFacts, MapBody, MetaUse, ModuleFacts, NameUse, ScriptProblem, ScriptProblemKind,
    Shape, TemplateFacts, Value,
};
use std::fmt::Write;
use velox_diagnostics::Span;

/// The text with its edits applied.
pub(super) fn applied(text: &str, span: Span, edits: &[CodeEdit]) -> String {
    let mut out = String::new();
    let mut at = span.start as usize;
    for edit in edits {
        assert!(edit.span.start as usize >= at, "edits overlap: {edits:?}");
        assert!(span.contains(edit.span), "edit outside of {span:?}: {edit:?}");
        out.push_str(&text[at..edit.span.start as usize]);
        out.push_str(&edit.text);
        at = edit.span.end as usize;
    }
    out.push_str(&text[at..span.end as usize]);
    out
}

pub(super) fn problems(text: &str, problems: &[ScriptProblem]) -> String {
    let mut out = String::new();
    for problem in problems {
        let before = &text[..problem.span.start as usize];
        let line = before.matches('\n').count() + 1;
        let column = before.len() - before.rfind('\n').map_or(0, |at| at + 1) + 1;
        let code = problem.span.text(text);
        match &problem.kind {
            ScriptProblemKind::Syntax { message, help } => {
                let _ = write!(out, "{line}:{column} [{code}] {message}");
                if let Some(help) = help {
                    let _ = write!(out, " ({help})");
                }
            }
            ScriptProblemKind::Unterminated(what) => {
                let _ = write!(out, "{line}:{column} [{code}] never closed: {what:?}");
            }
            ScriptProblemKind::DuplicateExport { name, first } => {
                let _ = write!(
                    out,
                    "{line}:{column} [{code}] `{name}` is exported twice, first at {}",
                    first.start
                );
                let first = first.text(text);
                assert!(first == name || first.contains("default"), "the first place is the name");
            }
            ScriptProblemKind::DuplicateDeclaration { name, first } => {
                let _ = write!(
                    out,
                    "{line}:{column} [{code}] `{name}` is declared twice, first at {}",
                    first.start
                );
                assert_eq!(first.text(text), name, "the first place is the name");
            }
        }
        out.push('\n');
    }
    out
}

pub(super) fn uses(text: &str, uses: &[NameUse]) -> String {
    let one = |one: &NameUse| {
        assert_eq!(one.span.text(text), one.name, "the span is the name");
        let mut out = one.name.clone();
        for (key, span) in &one.members {
            let place = span.text(text);
            assert!(place == key || place.trim_matches(['"', '\'']) == key, "the span is the key: {place}");
            let _ = write!(out, ".{key}");
        }
        if one.called {
            out.push_str("()");
        }
        if one.assigned {
            out.push('=');
        }
        if one.typeof_operand {
            out.insert_str(0, "typeof:");
        }
        if !one.destructured.is_empty() {
            let keys: Vec<&str> = one.destructured.iter().map(|(key, _)| key.as_str()).collect();
            let _ = write!(out, "{{{}}}", keys.join(","));
        }
        if one.in_function {
            out.push('*');
        }
        out
    };
    uses.iter().map(one).collect::<Vec<_>>().join(" ")
}

pub(super) fn shape(text: &str, node: &Shape) -> String {
    let code = |span: &Span| span.text(text).split_whitespace().collect::<Vec<_>>().join(" ");
    match node {
        Shape::Element(span) => format!("Element {}", code(span)),
        Shape::Conditional { test, yes, no, .. } => {
            format!("({} ? {} : {})", code(test), shape(text, yes), shape(text, no))
        }
        Shape::And { left, right, .. } => format!("({} && {})", code(left), shape(text, right)),
        Shape::Map { object, head, body, .. } => {
            let body = match body {
                MapBody::Expression(body) => shape(text, body),
                MapBody::Block { block, returns } => {
                    assert!(code(block).starts_with('{') && code(block).ends_with('}'));
                    let list: Vec<String> = returns
                        .iter()
                        .map(|(span, value)| format!("[{}] {}", code(span), shape(text, value)))
                        .collect();
                    format!("block {}", list.join(", "))
                }
            };
            format!("Map {} by {} to {body}", code(object), code(head))
        }
        Shape::Constant { value, span } => format!("Constant {value:?} from {}", code(span)),
        Shape::Template { texts, parts, .. } => {
            let parts: Vec<String> = parts.iter().map(code).collect();
            format!("Template {texts:?} with {}", parts.join(", "))
        }
        Shape::Nothing(span) => format!("Nothing `{}`", code(span)),
        Shape::Function(span) => format!("Function {}", code(span)),
        Shape::Other(span) => format!("Other {}", code(span)),
    }
}

fn hole(text: &str, hole: &HoleFacts) -> String {
    let code = hole.span.text(text).split_whitespace().collect::<Vec<_>>().join(" ");
    if !hole.valid {
        return format!("`{code}`: invalid\n");
    }
    let mut out = format!("`{code}`: {}", shape(text, &hole.shape));
    if !hole.uses.is_empty() {
        let _ = write!(out, " | uses {}", uses(text, &hole.uses));
    }
    if let Some(known) = &hole.value {
        let _ = write!(out, " | value {}", value(text, known));
    }
    if hole.awaits {
        out.push_str(" | awaits");
    }
    if !hole.edits.is_empty() {
        let js = applied(text, hole.span, &hole.edits);
        let _ = write!(out, " | js {}", js.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    out.push('\n');
    out
}

/// What is told of a text as a whole.
fn whole(text: &str, type_uses: &[String], calls: &[Call], meta: &[MetaUse]) -> String {
    let mut out = String::new();
    if !type_uses.is_empty() {
        let _ = writeln!(out, "types {}", type_uses.join(" "));
    }
    for call in calls {
        assert_eq!(call.span.text(text), call.name, "the span is the name");
        assert!(call.call.contains(call.span));
        let arguments: Vec<String> = call.arguments.iter().map(|one| value(text, one)).collect();
        let later = if call.in_function { "*" } else { "" };
        let code = call.call.text(text).split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(out, "call {}({}){later} in `{code}`", call.name, arguments.join(", "));
    }
    for one in meta {
        assert!(one.span.text(text).starts_with("import"));
        let keys =
            |list: &[(String, Span)]| list.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>().join(".");
        let _ = write!(out, "meta .{}", keys(&one.members));
        if !one.destructured.is_empty() {
            let _ = write!(out, " {{{}}}", keys(&one.destructured));
        }
        out.push('\n');
    }
    out
}

pub(super) fn template(text: &str, facts: &TemplateFacts) -> String {
    let mut out: String = facts.holes.iter().map(|one| hole(text, one)).collect();
    out.push_str(&whole(text, &facts.type_uses, &facts.calls, &facts.meta));
    out.push_str(&problems(text, &facts.problems));
    out
}

pub(super) fn value(text: &str, node: &Value) -> String {
    match node {
        Value::String(one, _) => format!("{one:?}"),
        Value::Number(one, _) => one.to_string(),
        Value::Boolean(one, _) => one.to_string(),
        Value::Null(_) => "null".to_owned(),
        Value::Undefined(_) => "undefined".to_owned(),
        Value::Array(items, _) => {
            format!("[{}]", items.iter().map(|item| value(text, item)).collect::<Vec<_>>().join(", "))
        }
        Value::Object(properties, _) => {
            let list: Vec<String> =
                properties.iter().map(|one| format!("{}: {}", one.key, value(text, &one.value))).collect();
            format!("{{{}}}", list.join(", "))
        }
        Value::Repeated(one, _) => format!("{} *", value(text, one)),
        Value::Template(texts, _) => format!("template {texts:?}"),
        Value::Instance(name, _) => format!("new {name}"),
        Value::Function(_) => "function".to_owned(),
        Value::Unknown(span, why) => format!("?<{} because {why}>", span.text(text)),
    }
}

pub(super) fn module(text: &str, facts: &ModuleFacts) -> String {
    let mut out = String::new();
    if !facts.valid {
        out.push_str("invalid\n");
    }
    for import in &facts.imports {
        let names: Vec<String> = import
            .names
            .iter()
            .map(|name| {
                format!("{}{} as {}", if name.type_only { "type " } else { "" }, name.imported, name.local)
            })
            .collect();
        let _ = writeln!(out, "import {:?} {}", import.specifier, names.join(", "));
    }
    for item in &facts.items {
        let _ = write!(out, "{:?}", item.kind);
        if item.exported {
            out.push_str(" exported");
        }
        if let Some(declarator) = &item.declarator {
            let _ = write!(out, " {} `{}`", declarator.keyword, declarator.span.text(text));
            let (index, count) = declarator.index;
            if count > 1 {
                let _ = write!(out, " {index}/{count}");
            }
        }
        if !item.declares.is_empty() {
            let names: Vec<&str> = item.declares.iter().map(|(name, _)| name.as_str()).collect();
            for (name, span) in &item.declares {
                assert_eq!(span.text(text), name);
            }
            let _ = write!(out, " declares {}", names.join(" "));
        }
        if !item.uses.is_empty() {
            let _ = write!(out, " uses {}", uses(text, &item.uses));
        }
        if let Some(span) = item.awaits {
            let _ = write!(out, " awaits `{}`", span.text(text));
        }
        if let Some(parts) = &item.awaited {
            let annotation = parts.annotation.map_or("", |span| span.text(text));
            let _ = write!(out, " awaited `{}`", parts.pattern.text(text));
            let _ = write!(out, "`{annotation}` from `{}`", parts.expression.text(text));
            out.push_str(if parts.call { " call" } else { "" });
            out.push_str(if parts.cast { " cast" } else { "" });
        }
        out.push('\n');
    }
    for one in &facts.holes {
        out.push_str(&hole(text, one));
    }
    out.push_str(&whole(text, &facts.type_uses, &facts.calls, &facts.meta));
    if !facts.globals.is_empty() {
        let _ = writeln!(out, "globals {}", facts.globals.join(" "));
    }
    out.push_str(&problems(text, &facts.problems));
    out
}

pub(super) fn exports(text: &str, facts: &ModuleFacts) -> String {
    let mut out = String::new();
    for one in &facts.exports {
        let _ = write!(out, "{} at `{}` {:?}", one.name, one.span.text(text), one.kind);
        if one.type_only {
            out.push_str(" type");
        }
        if let Some(local) = &one.local {
            let _ = write!(out, " of {local}");
        }
        if let Some((from, _)) = &one.from {
            let _ = write!(out, " from {from}");
        }
        if let Some(known) = &one.value {
            let _ = write!(out, " = {}", value(text, known));
        }
        if let Some(function) = &one.function {
            let parameters = function.parameters.map_or("", |span| span.text(text));
            let returns: Vec<String> = function.returns.iter().map(|one| value(text, one)).collect();
            let _ = write!(
                out,
                " {}{}({parameters}) of {} gives {}",
                if function.is_async { "async " } else { "" },
                if function.is_generator { "function*" } else { "function" },
                function.parameter_count,
                returns.join(" or ")
            );
        }
        out.push('\n');
    }
    out
}

/// Without white space at the ends of lines, which snapshots would hide.
pub(super) fn trimmed(text: &str) -> String {
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}
