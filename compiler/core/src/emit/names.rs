//! Names that emitted code brings along, and which of the runtime's functions it calls.
//!
//! Every generated name begins with a prefix that the source does not hold, so that none can clash with a user's.

use std::rc::Rc;

/// A function of `velox/internal` that emitted code calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Helper {
    Text,
    Raw,
    Attribute,
    UrlAttribute,
    BooleanAttribute,
    WithAttribute,
    WithUrl,
    WithClass,
    StyleAttribute,
    Spread,
    Options,
    EscapeText,
    EscapeAttribute,
    Html,
    Children,
    Hold,
    Map,
    Json,
    Rendered,
    Dynamic,
    Slot,
    Suspense,
    Head,
    HeadMark,
    Island,
    Vnode,
    Context,
    Mark,
}

const HELPERS: [(Helper, &str); 28] = [
    (Helper::Text, "text"),
    (Helper::Raw, "raw"),
    (Helper::Attribute, "attribute"),
    (Helper::UrlAttribute, "urlAttribute"),
    (Helper::BooleanAttribute, "booleanAttribute"),
    (Helper::WithAttribute, "withAttribute"),
    (Helper::WithUrl, "withUrl"),
    (Helper::WithClass, "withClass"),
    (Helper::StyleAttribute, "styleAttribute"),
    (Helper::Spread, "spread"),
    (Helper::Options, "options"),
    (Helper::EscapeText, "escapeText"),
    (Helper::EscapeAttribute, "escapeAttribute"),
    (Helper::Html, "html"),
    (Helper::Children, "children"),
    (Helper::Hold, "hold"),
    (Helper::Map, "map"),
    (Helper::Json, "json"),
    (Helper::Rendered, "rendered"),
    (Helper::Dynamic, "dynamic"),
    (Helper::Slot, "slot"),
    (Helper::Suspense, "suspense"),
    (Helper::Head, "head"),
    (Helper::HeadMark, "headMark"),
    (Helper::Island, "island"),
    (Helper::Vnode, "vnode"),
    (Helper::Context, "context"),
    (Helper::Mark, "mark"),
];

/// Names of all functions of `velox/internal` that emitted code may call on the server.
pub fn runtime_functions() -> impl Iterator<Item = &'static str> {
    let values =
        super::client::runtime_functions().filter(|name| !name.starts_with("use") && *name != "later");
    HELPERS.iter().map(|(_, name)| *name).chain(values)
}

/// The same in the browser: there are hooks too.
pub fn browser_functions() -> impl Iterator<Item = &'static str> {
    super::client::runtime_functions()
}

/// The prefix, and the set of runtime functions called so far.
#[derive(Debug)]
pub(crate) struct Names {
    prefix: String,
    /// The local names of the functions that are called.
    used: [Option<Rc<str>>; HELPERS.len()],
    temporary: bool,
}

impl Names {
    /// Chooses a prefix that `text` does not hold.
    pub(crate) fn for_text(text: &str) -> Self {
        let mut prefix = String::from("$$");
        let mut count = 0u32;
        while text.contains(prefix.as_str()) {
            count += 1;
            prefix = format!("$${count}_");
        }
        Self { prefix, used: Default::default(), temporary: false }
    }

    /// The prefix alone: the name of the render context.
    pub(crate) fn context(&self) -> &str {
        &self.prefix
    }

    /// A generated name.
    pub(crate) fn name(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    /// The local name of a runtime function, from now on imported.
    pub(crate) fn helper(&mut self, helper: Helper) -> Rc<str> {
        let name = &mut self.used[helper as usize];
        Rc::clone(name.get_or_insert_with(|| [&self.prefix, HELPERS[helper as usize].1].concat().into()))
    }

    /// The module's temporary, from now on declared. It holds a value between one test and its use, with nothing run between.
    pub(crate) fn temporary(&mut self) -> String {
        self.temporary = true;
        format!("{}value", self.prefix)
    }

    /// Whether the temporary is used.
    pub(crate) fn has_temporary(&self) -> bool {
        self.temporary
    }

    /// The clause that imports what is used: `text as $$text, map as $$map`.
    pub(crate) fn import_clause(&self) -> Option<String> {
        let names: Vec<String> = HELPERS
            .iter()
            .filter(|(helper, _)| self.used[*helper as usize].is_some())
            .map(|(_, name)| format!("{name} as {}{name}", self.prefix))
            .collect();
        (!names.is_empty()).then(|| names.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_in_the_order_of_the_enum() {
        for (at, (helper, _)) in HELPERS.iter().enumerate() {
            assert_eq!(*helper as usize, at);
        }
    }

    #[test]
    fn the_prefix_is_new_to_the_source() {
        assert_eq!(Names::for_text("const $ = 1").context(), "$$");
        assert_eq!(Names::for_text("$$text; $$1_").context(), "$$2_");
    }
}
