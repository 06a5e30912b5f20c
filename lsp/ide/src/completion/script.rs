//! Completion in TypeScript: of the server block, of a module, of a `{...}` in a template; and at fences. Decides which of the
//! modules beside it are asked.

use super::{Details, Items, exports, fences, ignore, members, names, settings, specifiers, strings};
use crate::code::CodeAt;
use crate::{Context, Document};
use velox_script::cursor::{EnclosingKind, Place, Receiver};

/// What could stand at an offset in code, or at a fence.
pub(super) fn complete(
    document: Document<'_>,
    offset: u32,
    context: Context<'_>,
    typed: Option<char>,
) -> Option<Items> {
    let _ = typed;
    if matches!(context, Context::Fence) {
        return fences::complete(document, offset);
    }
    let code = CodeAt::new(document, offset, context)?;
    let found = match code.cursor.place {
        Place::Comment(inside, is_line) => ignore::complete(document, code.place(inside), offset, is_line),
        Place::String(inside) => strings::complete(document, &code, code.place(inside), offset),
        Place::Template(inside, start) => {
            // A path in a template literal begins at its backtick.
            let inside = code.place(inside);
            let whole =
                velox_diagnostics::Span::new(code.base + start + 1, inside.end.max(code.base + start + 1));
            strings::complete(document, &code, whole, offset)
        }
        Place::Literal => None,
        Place::Code => in_code(document, &code),
    }?;
    (!found.items.is_empty()).then_some(found)
}

fn in_code(document: Document<'_>, code: &CodeAt<'_>) -> Option<Items> {
    let mut found = Items { span: code.place(code.cursor.word), ..Items::default() };
    match (&code.cursor.receiver, code.cursor.inside()) {
        (Receiver::None, Some(EnclosingKind::Clause { .. })) => {
            specifiers::names(document, code, &mut found.items)
        }
        (Receiver::None, Some(EnclosingKind::Pattern { of, keys })) => {
            members::keys(document, code, of, keys, &mut found.items);
        }
        (Receiver::None, _) => {
            if settings::complete(document, code, &mut found.items) == settings::Only::These {
                return Some(found);
            }
            if code.cursor.starts_statement || code.cursor.before == "export" {
                exports::complete(document, code, &mut found.items);
            } else if exports::declared(document, code, &mut found.items) {
                return Some(found);
            }
            found.incomplete = names::complete(document, code, &mut found.items);
        }
        (Receiver::Chain(chain, _), _) => members::complete(document, code, chain, &mut found.items),
        (Receiver::Other(_), _) => members::of_any(document, code, &mut found.items),
    }
    Some(found)
}

/// More on an item, by what stands behind `script:` in its id.
pub(super) fn resolve(document: Document<'_>, id: &str) -> Option<Details> {
    names::resolve(document, id)
}
