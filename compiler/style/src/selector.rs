//! Adds a file's attribute to selectors, and takes `:global` out of them.
//!
//! It rewrites the selectors of a parsed sheet in place; it neither parses nor prints.

use crate::animation::Names;
use crate::problem::GlobalMisuse;
use lightningcss::properties::Property;
use lightningcss::rules::{CssRule, Location};
use lightningcss::selector::{Combinator, Component, PseudoClass, Selector, SelectorList};
use lightningcss::stylesheet::{ParserOptions, PrinterOptions};
use lightningcss::traits::{IntoOwned, ParseWithOptions, ToCss};
use lightningcss::visit_types;
use lightningcss::visitor::{Visit, VisitTypes, Visitor};
use std::convert::Infallible;

/// Walks a sheet and scopes it.
pub(crate) struct Scoper<'i> {
    /// `:where([data-v-…])`
    mark: Component<'i>,
    names: Names,
    /// Start of the style rule that is being visited.
    rule: Location,
    misuses: Vec<GlobalMisuse>,
}

/// Whether something else marks the element that a selector ends with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Subject {
    /// An argument of `:is()` and the like: the selector around it is marked.
    MarkedOutside,
    /// The selector has to mark it itself.
    Unmarked,
}

/// A compound selector with the combinator to its left.
struct Compound<'i> {
    combinator: Option<Combinator>,
    parts: Vec<Component<'i>>,
}

/// What a compound selector holds.
#[derive(Default)]
struct Content {
    /// A type, class, id, attribute or `*`.
    named: bool,
    /// `:global(…)`, or an `:is()` of which an argument ends in something without the attribute.
    global: bool,
    /// `&`, `:root`, `html` and the like.
    anchored: bool,
}

impl<'i> Scoper<'i> {
    pub(crate) fn new(scope: &str, names: Names) -> Self {
        let attribute = Component::AttributeInNoNamespaceExists {
            local_name: scope.to_owned().into(),
            local_name_lower: scope.to_ascii_lowercase().into(),
        };
        let mark = Component::Where(Box::new([Selector::from(attribute)]));
        Self { mark, names, rule: Location { source_index: 0, line: 0, column: 1 }, misuses: Vec::new() }
    }

    /// The uses of `:global` that mean nothing.
    pub(crate) fn into_misuses(self) -> Vec<GlobalMisuse> {
        self.misuses
    }

    /// The selector for the page; nothing where only `:global` was written.
    fn scoped(&mut self, selector: &Selector<'i>, subject: Subject) -> Option<Selector<'i>> {
        let compounds = compounds(selector);
        let count = compounds.len();
        let mut out: Vec<Compound<'i>> = Vec::with_capacity(count);
        let mut open = false;
        for (nth, mut compound) in compounds.into_iter().enumerate() {
            let after_element = matches!(
                compound.combinator,
                Some(Combinator::PseudoElement | Combinator::SlotAssignment | Combinator::Part)
            );
            let opens = compound.parts.iter().position(is_open_global);
            if let Some(at) = opens {
                compound.parts.remove(at);
            }
            let bare = opens.is_some() && compound.parts.is_empty();
            // A pseudo-element belongs to the compound before it.
            if !(open || after_element || bare) {
                let last = nth + 1 == count;
                self.mark_compound(&mut compound.parts, if last { subject } else { Subject::Unmarked });
            }
            open |= opens.is_some();
            if bare {
                // `.a :global > .b`: the combinator before the next compound wins.
                continue;
            }
            if out.is_empty() && !after_element && compound.combinator.is_some() && open {
                compound.combinator = None;
            }
            let combinator = compound.combinator;
            let Some(pieces) = without_globals(compound.parts) else {
                self.misuses.push(GlobalMisuse::Argument(self.rule));
                return None;
            };
            for (nth, mut piece) in pieces.into_iter().enumerate() {
                if nth == 0 {
                    piece.combinator = combinator;
                }
                out.push(piece);
            }
        }
        if out.is_empty() {
            self.misuses.push(GlobalMisuse::Bare(self.rule));
            return None;
        }
        let mut components = Vec::new();
        for compound in out {
            components.extend(compound.combinator.map(Component::Combinator));
            components.extend(compound.parts);
        }
        Some(Selector::from(components))
    }

    /// Marks one compound selector, and the selectors in its arguments.
    fn mark_compound(&mut self, parts: &mut Vec<Component<'i>>, subject: Subject) {
        let content = content(parts);
        let wanted = !content.anchored && (content.named || !content.global);
        // What nothing around it marks has to mark itself.
        let inner = if content.global && !wanted { Subject::Unmarked } else { Subject::MarkedOutside };
        for part in parts.iter_mut() {
            match part {
                Component::Is(list) | Component::Where(list) | Component::Any(_, list) => {
                    let inner = if list.iter().any(ends_unmarked) { Subject::Unmarked } else { inner };
                    self.mark_list(list, inner);
                }
                Component::Negation(list) => self.mark_list(list, inner),
                Component::Has(list) => self.mark_list(list, Subject::Unmarked),
                _ => {}
            }
        }
        if wanted && subject == Subject::Unmarked {
            let after = parts.iter().rposition(is_name).map_or(0, |at| at + 1);
            parts.insert(after, self.mark.clone());
        }
    }

    fn mark_list(&mut self, list: &mut Box<[Selector<'i>]>, subject: Subject) {
        *list = list.iter().filter_map(|selector| self.scoped(selector, subject)).collect();
    }
}

impl<'i> Visitor<'i> for Scoper<'i> {
    type Error = Infallible;

    fn visit_types(&self) -> VisitTypes {
        visit_types!(RULES | SELECTORS | PROPERTIES)
    }

    fn visit_rule(&mut self, rule: &mut CssRule<'i>) -> Result<(), Infallible> {
        match rule {
            CssRule::Style(style) => {
                self.rule = style.loc;
                // The rules inside have places of their own: the rule's selectors come first.
                style.selectors.visit(self)?;
                if style.selectors.0.is_empty() {
                    *rule = CssRule::Ignored;
                    return Ok(());
                }
                style.declarations.visit(self)?;
                return style.rules.visit(self);
            }
            CssRule::Scope(scope) => self.rule = scope.loc,
            CssRule::Keyframes(keyframes) => self.names.rename_rule(&mut keyframes.name),
            _ => {}
        }
        rule.visit_children(self)
    }

    fn visit_selector_list(&mut self, list: &mut SelectorList<'i>) -> Result<(), Infallible> {
        let scoped: Vec<Selector<'i>> =
            list.0.iter().filter_map(|selector| self.scoped(selector, Subject::Unmarked)).collect();
        *list = SelectorList::from_vec(scoped);
        Ok(())
    }

    fn visit_property(&mut self, property: &mut Property<'i>) -> Result<(), Infallible> {
        self.names.rename_uses(property);
        Ok(())
    }
}

/// The compound selectors from left to right. They are stored from right to left.
fn compounds<'i>(selector: &Selector<'i>) -> Vec<Compound<'i>> {
    let mut out = Vec::new();
    let mut parts = Vec::new();
    for component in selector.iter_raw_match_order() {
        if let Some(combinator) = component.as_combinator() {
            out.push(Compound { combinator: Some(combinator), parts: std::mem::take(&mut parts) });
        } else {
            parts.push(component.clone());
        }
    }
    out.push(Compound { combinator: None, parts });
    out.reverse();
    out
}

/// Replaces each `:global(…)` of a compound by its argument. An argument that is a whole selector of its own takes
/// the place of the compound; one that cannot be written in line goes into `:is()`. Nothing where an argument is no
/// selector.
fn without_globals(parts: Vec<Component<'_>>) -> Option<Vec<Compound<'_>>> {
    let alone = parts.len() == 1;
    let mut kept = Vec::with_capacity(parts.len());
    for part in parts {
        let Some(argument) = global_argument(&part) else {
            kept.push(part);
            continue;
        };
        let list = argument?;
        if let [selector] = list.0.as_slice() {
            let mut pieces = compounds(selector);
            if alone {
                return Some(pieces);
            }
            let starts_with_type = pieces.first().and_then(|piece| piece.parts.first()).is_some_and(is_type);
            if pieces.len() == 1 && (kept.is_empty() || !starts_with_type) {
                kept.append(&mut pieces[0].parts);
                continue;
            }
        }
        kept.push(Component::Is(list.0.into_vec().into_boxed_slice()));
    }
    Some(vec![Compound { combinator: None, parts: kept }])
}

fn content(parts: &[Component<'_>]) -> Content {
    let mut content = Content::default();
    for part in parts {
        match part {
            Component::Nesting | Component::Root | Component::Scope | Component::Host(_) => {
                content.anchored = true;
            }
            Component::LocalName(name) if matches!(&*name.lower_name.0, "html" | "body") => {
                content.anchored = true;
            }
            Component::Is(list) | Component::Where(list) | Component::Any(_, list) => {
                if list.iter().any(ends_unmarked) {
                    content.global = true;
                } else {
                    content.named = true;
                }
            }
            part if global_name(part) => content.global = true,
            part if is_name(part) => content.named = true,
            _ => {}
        }
    }
    content
}

/// Whether a selector ends with an element that carries no attribute: one that `:global(…)` alone names, or `html`.
fn ends_unmarked(selector: &Selector<'_>) -> bool {
    let mut parts = Vec::new();
    for component in selector.iter_raw_match_order() {
        if component.is_combinator() {
            break;
        }
        parts.push(component.clone());
    }
    let content = content(&parts);
    content.anchored
        || content.global && !content.named
        || selector.iter_raw_match_order().any(is_open_global)
}

fn is_type(part: &Component<'_>) -> bool {
    matches!(
        part,
        Component::LocalName(_)
            | Component::ExplicitUniversalType
            | Component::ExplicitAnyNamespace
            | Component::ExplicitNoNamespace
            | Component::Namespace(..)
            | Component::DefaultNamespace(_)
    )
}

fn is_name(part: &Component<'_>) -> bool {
    is_type(part)
        || matches!(
            part,
            Component::ID(_)
                | Component::Class(_)
                | Component::AttributeInNoNamespaceExists { .. }
                | Component::AttributeInNoNamespace { .. }
                | Component::AttributeOther(_)
        )
}

/// `:global` without brackets.
fn is_open_global(part: &Component<'_>) -> bool {
    matches!(part, Component::NonTSPseudoClass(PseudoClass::Custom { name }) if name.eq_ignore_ascii_case("global"))
}

/// `:global(…)`
fn global_name(part: &Component<'_>) -> bool {
    matches!(
        part,
        Component::NonTSPseudoClass(PseudoClass::CustomFunction { name, .. })
            if name.eq_ignore_ascii_case("global")
    )
}

/// The selectors in a `:global(…)`: `None` for any other component, `Some(None)` where they are broken.
fn global_argument<'i>(part: &Component<'i>) -> Option<Option<SelectorList<'i>>> {
    if !global_name(part) {
        return None;
    }
    let text = Selector::from(part.clone()).to_css_string(PrinterOptions::default()).unwrap_or_default();
    let argument = text.split_once('(').and_then(|(_, rest)| rest.strip_suffix(')')).unwrap_or_default();
    Some(selector_list(argument).map(IntoOwned::into_owned))
}

fn selector_list(text: &str) -> Option<SelectorList<'_>> {
    SelectorList::parse_string_with_options(text, ParserOptions::default()).ok()
}

/// Whether `:global(…)` may hold this.
pub(crate) fn is_selector_list(text: &str) -> bool {
    selector_list(text).is_some()
}
