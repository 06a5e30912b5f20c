//! Which checks the attributes of an element are about: each name is looked at once for all of them.

use super::Markup;
use super::names::lower_case;
use crate::emit::{attribute_name, is_event_handler, is_url_attribute};
use velox_syntax::Element;

/// The checks that an element's attributes are about. None of the others finds anything in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    /// A name that is another one in HTML: `className`.
    pub(super) alias: bool,
    /// A URL.
    pub(super) url: bool,
    /// An event handler.
    pub(super) handler: bool,
    /// `client:load` and its like.
    pub(super) directive: bool,
    /// `innerHTML`.
    pub(super) raw: bool,
}

impl Marks {
    /// The marks of an element.
    pub(super) fn of(markup: &Markup<'_>, element: &Element) -> Self {
        let mut marks = Self::default();
        for attribute in &element.attributes {
            marks.add(markup.text(attribute.name));
        }
        marks
    }

    fn add(&mut self, name: &str) {
        self.alias |= attribute_name(name) != name;
        self.url |= is_url_attribute(name) || is_url_attribute(&lower_case(name));
        self.handler |= is_event_handler(name);
        self.directive |= name.starts_with("client:");
        self.raw |= name == "innerHTML";
    }
}
