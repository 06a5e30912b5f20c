//! What is typed by itself after a character: closing tags, the quotes of a value, indentation, the closing fence.
//!
//! Nothing is typed where the editor's own rules would do the same, and nothing inside of strings, comments and code where the
//! character means something else. Asked again, after its own edit, each answers with nothing.

mod value;

use crate::imports::newline;
use crate::parts::parts;
use crate::{Context, Document, ElementAt, TextEdit, context_at};
use velox_diagnostics::Span;
use velox_syntax::{AttributeValue, ElementKind, NodeKind, code_brackets, code_comments, comments};

/// How a file is indented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Indentation {
    /// Columns of one level.
    pub size: u32,
    /// Whether by spaces.
    pub spaces: bool,
}

impl Indentation {
    fn level(self) -> String {
        if self.spaces { " ".repeat(self.size.clamp(1, 16) as usize) } else { "\t".to_owned() }
    }
}

/// The edits after `typed` was typed just before `offset`.
#[must_use]
pub fn typed(document: Document<'_>, offset: u32, typed: char, indentation: Indentation) -> Vec<TextEdit> {
    let edit = match typed {
        '\n' => line_break(document, offset, indentation),
        '}' => closing_brace(document, offset),
        '-' => closing_fence(document, offset),
        '>' | '/' | '=' => behind(document, offset),
        _ => None,
    };
    let Some(edit) = edit else { return Vec::new() };
    let edits = vec![edit];
    let fits = crate::change::applied(document.text(), &edits)
        .is_some_and(|after| !crate::gate::breaks(document.path(), document.text(), &after));
    if fits { edits } else { Vec::new() }
}

/// What is inserted at the cursor after `>`, `/` or `=` was typed: `$0</div>`, the rest of a closing tag, `"$1"`; snippet syntax.
#[must_use]
pub fn closing_tag(document: Document<'_>, offset: u32) -> Option<String> {
    let before = document.text().get(..offset as usize)?;
    if before.ends_with("</") {
        return rest_of_closing_tag(document, offset);
    }
    if before.ends_with('=') {
        let (open, close) = value::delimiters(document, offset)?;
        return Some(format!("{open}$1{close}"));
    }
    let at = before.ends_with('>').then(|| unclosed_at(document, offset)).flatten()?;
    let name = at.name();
    // A `$` in a name would be one of the snippet.
    let name = name.replace('$', "\\$");
    Some(format!("$0</{name}>"))
}

/// The same as an edit, without a place for the cursor. What belongs behind the cursor is written together with the character that
/// stands there: an editor moves its cursor behind what is inserted at it.
fn behind(document: Document<'_>, offset: u32) -> Option<TextEdit> {
    let snippet = closing_tag(document, offset)?;
    let is_ahead = snippet.contains("$0") || snippet.contains("$1");
    let text = snippet.replace("$0", "").replace("$1", "").replace("\\$", "$");
    if text.is_empty() {
        return None;
    }
    let rest = document.text().get(offset as usize..)?;
    let next = match rest.chars().next() {
        Some('\r') if rest.starts_with("\r\n") => "\r\n",
        Some(next) => &rest[..next.len_utf8()],
        None => "",
    };
    if is_ahead && !next.is_empty() {
        let span = Span::new(offset, offset + next.len() as u32);
        return Some(TextEdit::new(span, format!("{text}{next}")));
    }
    Some(TextEdit::insert(offset, text))
}

/// The element whose opening tag ends at the offset, and that has no closing tag of its own.
fn unclosed_at(document: Document<'_>, offset: u32) -> Option<ElementAt<'_>> {
    // Typed into the middle of a tag: `<` and `/b>`.
    if document.text().get(offset as usize..)?.starts_with('/') {
        return None;
    }
    for part in parts(document) {
        let Some(tree) = part.tree else { continue };
        let at = |nth: usize| ElementAt {
            tree,
            base: part.base,
            source: part.source,
            id: velox_syntax::NodeId(nth as u32),
        };
        for (nth, node) in tree.nodes.iter().enumerate() {
            let NodeKind::Element(element) = &node.kind else { continue };
            if element.open.end + part.base != offset || element.self_closing {
                continue;
            }
            let name = element.name.text(part.source);
            let fragment = element.kind == ElementKind::Fragment;
            let plain = element.open.text(part.source).ends_with('>') && (fragment || !name.is_empty());
            if !plain || part.template && velox_syntax::is_void(name) {
                return None;
            }
            return match element.close {
                None => Some(at(nth)),
                // A closing tag that an element of the same name around this one lacks now was that one's.
                Some(_) => takes_anothers(tree, part.source, nth).then(|| at(nth)),
            };
        }
    }
    None
}

/// Whether an element of the same name around this one is left without its closing tag.
fn takes_anothers(tree: &velox_syntax::Tree, source: &str, nth: usize) -> bool {
    let inner = &tree.nodes[nth];
    let NodeKind::Element(own) = &inner.kind else { return false };
    let name = own.name.text(source);
    tree.nodes.iter().any(|node| match &node.kind {
        NodeKind::Element(element) => {
            node.span.start < inner.span.start
                && node.span.end >= inner.span.end
                && element.close.is_none()
                && !element.self_closing
                && element.kind == own.kind
                && element.name.text(source) == name
        }
        _ => false,
    })
}

/// Behind `</`: the name of the element that is open there, and `>`.
fn rest_of_closing_tag(document: Document<'_>, offset: u32) -> Option<String> {
    let text = document.text();
    let rest = text.get(offset as usize..)?;
    if rest.starts_with(|next: char| next.is_alphanumeric() || next == '>') {
        return None;
    }
    // Without the two characters the tree tells what is open.
    let start = offset - 2;
    let without = format!("{}{}", text.get(..start as usize)?, rest);
    let db = velox_db::Database::default();
    let files = velox_db::MemoryFiles([(document.path().to_owned(), without)].into());
    let project = velox_db::load_project(&db, &files).project;
    let file = project.files(&db).sources.get(document.path()).copied()?;
    let before = Document::new(&db, project, file);
    let mut open: Option<(u32, String)> = None;
    for part in parts(before) {
        for node in part.tree.iter().flat_map(|tree| &tree.nodes) {
            let NodeKind::Element(element) = &node.kind else { continue };
            let name = element.name.text(part.source);
            let tag = element.open.shift(part.base);
            let is_open = element.close.is_none()
                && !element.self_closing
                && element.open.text(part.source).ends_with('>')
                && !(part.template && velox_syntax::is_void(name))
                && tag.end <= start;
            if is_open
                && node.span.shift(part.base).touches(start)
                && open.as_ref().is_none_or(|(at, _)| *at < tag.start)
            {
                open = Some((tag.start, name.to_owned()));
            }
        }
    }
    open.map(|(_, name)| format!("{}>", name.replace('$', "\\$")))
}

/// Indents the line that begins at the offset.
fn line_break(document: Document<'_>, offset: u32, indentation: Indentation) -> Option<TextEdit> {
    let text = document.text();
    let (before, rest) = (text.get(..offset as usize)?, text.get(offset as usize..)?);
    let indent_length = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    // The cursor may stand behind what the editor indented by itself.
    let line_start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let typed = &before[line_start..];
    if !typed.trim_matches([' ', '\t']).is_empty() {
        return None;
    }
    let last = before[..line_start].trim_end_matches(['\n', '\r']);
    let previous = &last[last.rfind(['\n', '\r']).map_or(0, |at| at + 1)..];
    let own = &previous[..previous.len() - previous.trim_start_matches([' ', '\t']).len()];
    let span = Span::new(line_start as u32, offset + indent_length as u32);
    let current = span.text(text);
    let end = (last.trim_end().len()) as u32;
    let rest = &rest[indent_length..];
    if let Some(prefix) = comment_prefix(document, end, offset) {
        let wanted = format!("{own}{prefix}");
        return (current != wanted && !rest.starts_with('*')).then(|| TextEdit::new(span, wanted));
    }
    if is_literal(document, end, offset) {
        return None;
    }
    let opens = opens(document, end);
    let level = indentation.level();
    // Between a tag and its closing one, between brackets: the closing one comes on a line of its own.
    let closes = rest.starts_with("</") || rest.starts_with(['}', ']', ')']);
    let (text, cursor) = match (opens, closes) {
        (true, true) => (format!("{own}{level}"), Some(format!("{}{own}", newline(text)))),
        (true, false) => (format!("{own}{level}"), None),
        (false, _) => return None,
    };
    match cursor {
        Some(after) => (!rest.is_empty()).then(|| TextEdit::new(span, format!("{text}{after}"))),
        None => (current != text).then(|| TextEdit::new(span, text)),
    }
}

/// Whether the place is in a text in which blanks count: a template literal, a string, `<pre>`, `<textarea>`.
fn is_literal(document: Document<'_>, end: u32, offset: u32) -> bool {
    match context_at(document, offset) {
        Context::Text { parent } => {
            let mut around =
                parent.into_iter().chain(parent.into_iter().flat_map(crate::ancestry::ancestors));
            around.any(|at| matches!(at.name(), "pre" | "textarea"))
        }
        Context::Attribute(..) => true,
        Context::Hole { .. } | Context::Script => {
            // Brackets are not told in literals: a tick that is open before the line says enough.
            let Some(text) = document.text().get(..end as usize) else { return true };
            let start = document.script().filter(|script| script.touches(end)).map_or_else(
                || match context_at(document, offset) {
                    Context::Hole { span, .. } => span.start,
                    _ => 0,
                },
                |script| script.start,
            );
            text.get(start as usize..).is_some_and(|code| code.matches('`').count() % 2 == 1)
        }
        _ => false,
    }
}

/// What a comment's next line begins with: `// `, ` * `.
fn comment_prefix(document: Document<'_>, end: u32, offset: u32) -> Option<String> {
    for part in parts(document) {
        let found = match part.tree {
            Some(tree) => comments(part.source, tree),
            None => code_comments(part.source),
        };
        for comment in found {
            let span = comment.span.shift(part.base);
            let text = span.text(document.text());
            let inside = span.start < end && offset < span.end;
            if inside && text.starts_with("/**") {
                let line = document.text().get(..end as usize)?;
                let line = &line[line.rfind(['\n', '\r']).map_or(0, |at| at + 1)..];
                return Some(if line.trim_start().starts_with('*') {
                    "* ".to_owned()
                } else {
                    " * ".to_owned()
                });
            }
            if inside {
                return None;
            }
        }
    }
    None
}

/// Whether what ends at the offset opens something: an opening tag whose element is not over, or a bracket.
fn opens(document: Document<'_>, end: u32) -> bool {
    for part in parts(document) {
        for node in part.tree.iter().flat_map(|tree| &tree.nodes) {
            if let NodeKind::Element(element) = &node.kind
                && element.open.end + part.base == end
                && !element.self_closing
                && element.open.text(part.source).ends_with('>')
            {
                return !(part.template && velox_syntax::is_void(element.name.text(part.source)));
            }
            if let NodeKind::Hole(code) = &node.kind
                && part.template
                && code.span.start + part.base == end
            {
                return true;
            }
        }
        for stretch in part.stretches() {
            if stretch.span.shift(part.base).touches(end) {
                let brackets = code_brackets(part.source, stretch.span, &stretch.elements);
                if brackets.iter().any(|bracket| bracket.span.start + 1 + part.base == end) {
                    return true;
                }
            }
        }
        for style in part.styles() {
            let css = style.text(part.source);
            let opens = |node: &velox_style::StyleNode| {
                node.body.is_some_and(|body| {
                    body.text(css).starts_with('{') && body.start + 1 + style.start + part.base == end
                })
            };
            if velox_style::structure(css).iter().any(opens) {
                return true;
            }
        }
    }
    false
}

/// A `}` at the beginning of a line goes to the indentation of the line with its `{`.
fn closing_brace(document: Document<'_>, offset: u32) -> Option<TextEdit> {
    let text = document.text();
    let brace = offset.checked_sub(1)?;
    let before = text.get(..brace as usize)?;
    let line = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    if !before[line..].trim_matches([' ', '\t']).is_empty() {
        return None;
    }
    let mut open = None;
    for part in parts(document) {
        for stretch in part.stretches().iter().filter(|stretch| stretch.span.shift(part.base).touches(brace))
        {
            for bracket in code_brackets(part.source, stretch.span, &stretch.elements) {
                if bracket.closed && bracket.span.end + part.base == offset {
                    open = Some(bracket.span.start + part.base);
                }
            }
        }
        for style in part.styles() {
            for node in velox_style::structure(style.text(part.source)) {
                if node.closed && node.body.is_some_and(|body| body.end + style.start + part.base == offset) {
                    open = Some(node.span.start + style.start + part.base);
                }
            }
        }
        for node in part.tree.iter().flat_map(|tree| &tree.nodes) {
            if matches!(node.kind, NodeKind::Hole(_)) && node.span.end + part.base == offset {
                open = Some(node.span.start + part.base);
            }
            if let NodeKind::Element(element) = &node.kind {
                for attribute in &element.attributes {
                    if attribute.span.end + part.base == offset
                        && matches!(attribute.value, AttributeValue::Expr(_))
                    {
                        open = Some(attribute.span.start + part.base);
                    }
                }
            }
        }
    }
    let head = text.get(..open? as usize)?;
    let start = head.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let head = text.get(start..)?;
    let indent = &head[..head.len() - head.trim_start_matches([' ', '\t']).len()];
    let span = Span::new(line as u32, brace);
    (span.text(text) != indent).then(|| TextEdit::new(span, indent))
}

/// After the third `-` of an opening fence: the closing one, where there is none.
fn closing_fence(document: Document<'_>, offset: u32) -> Option<TextEdit> {
    if !document.is_velox() {
        return None;
    }
    let server = document.regions().server?;
    if server.open.end != offset || !server.close.is_empty() {
        return None;
    }
    let line = newline(document.text());
    let rest = document.text().get(offset as usize..)?;
    rest.starts_with(['\n', '\r']).then_some(()).or_else(|| rest.is_empty().then_some(()))?;
    Some(TextEdit::insert(offset, format!("{line}{line}---")))
}
