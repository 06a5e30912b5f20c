//! One import statement: its names, and how it is written anew when they change.

use velox_core::route::is_identifier;
use velox_diagnostics::Span;
use velox_script::Import;

/// A name in braces.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Named {
    imported: String,
    local: String,
    type_only: bool,
}

impl Named {
    fn text(&self) -> String {
        let keyword = if self.type_only { "type " } else { "" };
        if self.imported == self.local {
            format!("{keyword}{}", self.local)
        } else {
            format!("{keyword}{} as {}", self.imported, self.local)
        }
    }

    fn key(&self) -> (String, String, String) {
        (self.imported.to_lowercase(), self.imported.clone(), self.local.clone())
    }
}

/// An import statement.
pub(super) struct Clause<'a> {
    pub(super) specifier: &'a str,
    pub(super) type_only: bool,
    /// The statement with its comments.
    span: Span,
    /// Comments of statements that were merged into it.
    comments: Vec<Span>,
    /// The place of the statement alone.
    statement: Span,
    /// Its parts; nothing where it is kept as it is written.
    parts: Option<Parts>,
}

struct Parts {
    default: Option<String>,
    named: Vec<Named>,
    /// Whether the names stand on lines of their own.
    lines: bool,
    /// The blanks before names that do.
    indent: String,
    /// The specifier with its quotes, and what follows it.
    tail: Span,
    /// Whether the names differ from what is written.
    changed: bool,
}

impl<'a> Clause<'a> {
    /// Reads a statement and leaves out what nothing uses; nothing where nothing is left of it.
    pub(super) fn read(
        code: &str,
        import: &'a Import,
        span: Span,
        unused: &dyn Fn(&Import, Span) -> bool,
    ) -> Option<Self> {
        let kept: Vec<_> = import.names.iter().filter(|name| !unused(import, name.span)).collect();
        if kept.is_empty() {
            return None;
        }
        let mut clause = Self {
            specifier: &import.specifier,
            type_only: import.type_only,
            span,
            comments: Vec::new(),
            statement: import.span,
            parts: None,
        };
        let head = Span::new(import.span.start, import.specifier_span.start).text(code);
        let plain = head.starts_with("import")
            && head.trim_end().ends_with("from")
            && !head.contains("//")
            && !head.contains("/*")
            && import.names.iter().all(|name| name.imported != "*" && is_name(&name.imported));
        if !plain {
            return Some(clause);
        }
        let brace = head.find('{').map(|at| import.span.start + at as u32);
        let mut parts = Parts {
            default: None,
            named: Vec::new(),
            lines: false,
            indent: String::new(),
            tail: Span::new(import.specifier_span.start, import.span.end),
            changed: kept.len() < import.names.len(),
        };
        for name in kept {
            if brace.is_none_or(|brace| name.span.start < brace) {
                parts.default = Some(name.local.clone());
            } else {
                parts.named.push(Named {
                    imported: name.imported.clone(),
                    local: name.local.clone(),
                    type_only: name.type_only && !import.type_only,
                });
            }
        }
        if let Some(inside) = head.split_once('{').map(|(_, inside)| inside) {
            let first = inside.len() - inside.trim_start().len();
            parts.lines = inside[..first].contains('\n');
            parts.indent = inside[..first].rsplit('\n').next().unwrap_or("").to_owned();
        }
        // `import d, {} from`.
        parts.changed |= brace.is_some() && parts.named.is_empty();
        if !parts.named.is_sorted_by_key(Named::key) {
            parts.named.sort_by_key(Named::key);
            parts.changed = true;
        }
        let count = parts.named.len();
        parts.named.dedup();
        parts.changed |= parts.named.len() < count;
        clause.parts = Some(parts);
        Some(clause)
    }

    /// Whether the names of another statement can be told in this one.
    pub(super) fn takes(&self, other: &Self) -> bool {
        let (Some(own), Some(others)) = (&self.parts, &other.parts) else { return false };
        let defaults = own.default.is_none() || others.default.is_none() || own.default == others.default;
        // `import type d, { x }` is none.
        let types = !self.type_only
            || (own.default.is_none() && others.default.is_none())
            || (own.named.is_empty() && others.named.is_empty());
        self.specifier == other.specifier && self.type_only == other.type_only && defaults && types
    }

    /// Takes the names and comments of another statement.
    pub(super) fn merge(&mut self, other: Self) {
        let (Some(own), Some(others)) = (&mut self.parts, other.parts) else { return };
        own.default = own.default.take().or(others.default);
        own.named.extend(others.named);
        own.named.sort_by_key(Named::key);
        own.named.dedup();
        // A type that is imported as a value too is one.
        let values: Vec<Named> = own.named.iter().filter(|name| !name.type_only).cloned().collect();
        own.named.retain(|name| {
            !name.type_only
                || !values.iter().any(|value| value.local == name.local && value.imported == name.imported)
        });
        own.changed = true;
        if own.indent.is_empty() {
            own.indent = others.indent;
        }
        own.lines |= others.lines;
        self.comments.extend(other.comments);
        self.comments.push(Span::new(other.span.start, other.statement.start));
        self.comments.push(Span::new(other.statement.end, other.span.end));
    }

    /// The statement with its comments.
    pub(super) fn text(&self, code: &str, line: &str) -> String {
        let Some(parts) = self.parts.as_ref().filter(|parts| parts.changed) else {
            return self.span.text(code).to_owned();
        };
        let mut out = String::new();
        for comment in self.comments.iter().map(|span| span.text(code).trim()) {
            if !comment.is_empty() {
                out.push_str(comment);
                out.push_str(line);
            }
        }
        out.push_str(Span::new(self.span.start, self.statement.start).text(code));
        out.push_str(if self.type_only { "import type " } else { "import " });
        if let Some(default) = &parts.default {
            out.push_str(default);
            out.push_str(if parts.named.is_empty() { " " } else { ", " });
        }
        if !parts.named.is_empty() {
            let names: Vec<String> = parts.named.iter().map(Named::text).collect();
            if parts.lines && names.len() > 1 {
                let between = format!(",{line}{}", parts.indent);
                out.push_str(&format!("{{{line}{}{},{line}}} ", parts.indent, names.join(&between)));
            } else {
                out.push_str(&format!("{{ {} }} ", names.join(", ")));
            }
        }
        out.push_str("from ");
        out.push_str(parts.tail.text(code));
        out.push_str(Span::new(self.statement.end, self.span.end).text(code));
        out
    }
}

/// Whether an imported name is written without quotes.
fn is_name(name: &str) -> bool {
    name == "default" || is_identifier(name)
}
