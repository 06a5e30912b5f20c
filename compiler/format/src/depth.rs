//! How deep elements may nest: each level is indented by one step more, so a text of n levels is laid out in n² characters. No page is
//! written so deep, and what is generated need not be laid out.

use crate::parsed::{Parsed, Region};
use crate::{FormatRefusal, RefusalKind};
use velox_syntax::{NodeId, NodeKind, Tree};

/// Elements within one another, those in code included.
pub(crate) const MOST_LEVELS: u32 = 500;

/// The refusal of a file whose elements nest too deep, at the first that does.
pub(crate) fn refusal(parsed: &Parsed<'_>, text: &str) -> Option<FormatRefusal> {
    let (part, tree, id) = parsed.regions.iter().find_map(|region| match region {
        Region::Module(part, Some(tree)) | Region::Template(part, tree) => {
            first_below(tree).map(|id| (*part, tree, id))
        }
        _ => None,
    })?;
    // A region is a piece of the text.
    let base = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize) as u32;
    Some(FormatRefusal {
        span: tree.node(id).span.shift(base),
        message: format!("not formatted, since its elements nest deeper than {MOST_LEVELS} levels"),
        kind: RefusalKind::Depth,
    })
}

/// The first element below the last level that is laid out.
fn first_below(tree: &Tree) -> Option<NodeId> {
    let mut work: Vec<(NodeId, u32)> = tree.roots.iter().rev().map(|id| (*id, 1)).collect();
    while let Some((id, level)) = work.pop() {
        match &tree.node(id).kind {
            NodeKind::Element(element) => {
                if level > MOST_LEVELS {
                    return Some(id);
                }
                work.extend(element.children.iter().rev().map(|child| (*child, level + 1)));
                let codes = element.attributes.iter().filter_map(|attribute| attribute.value.code());
                work.extend(codes.flat_map(|code| &code.elements).map(|inner| (*inner, level + 1)));
            }
            NodeKind::Hole(code) => work.extend(code.elements.iter().rev().map(|inner| (*inner, level))),
            _ => {}
        }
    }
    None
}
