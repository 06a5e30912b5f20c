//! What emitted modules import for themselves: of preact, and of the runtime.

use crate::emit::imports::{ImportTarget, generated_import};
use crate::emit::names::Names;
use crate::emit::writer::Writer;

/// A function that emitted code calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Function {
    H,
    Fragment,
    AttributeValue,
    ClassText,
    Context,
    JsonText,
    Markup,
    SafeProps,
}

const PREACT: &str = "preact";
const INTERNAL: &str = "velox/internal";

const FUNCTIONS: [(Function, &str, &str); 8] = [
    (Function::H, PREACT, "h"),
    (Function::Fragment, PREACT, "Fragment"),
    (Function::AttributeValue, INTERNAL, "attributeValue"),
    (Function::ClassText, INTERNAL, "classText"),
    (Function::Context, INTERNAL, "context"),
    (Function::JsonText, INTERNAL, "jsonText"),
    (Function::Markup, INTERNAL, "markup"),
    (Function::SafeProps, INTERNAL, "safeProps"),
];

/// Names of all functions of `velox/internal` that modules for the browser may call.
pub(crate) fn runtime_functions() -> impl Iterator<Item = &'static str> {
    FUNCTIONS.iter().filter(|(_, module, _)| *module == INTERNAL).map(|(.., name)| *name)
}

/// Generated names, and which functions are called so far.
#[derive(Debug)]
pub(crate) struct ClientNames {
    names: Names,
    used: u32,
}

impl ClientNames {
    /// Names that `text` does not hold.
    pub(crate) fn for_text(text: &str) -> Self {
        Self { names: Names::for_text(text), used: 0 }
    }

    /// The prefix alone: the name of the render context.
    pub(crate) fn context(&self) -> &str {
        self.names.context()
    }

    /// A generated name.
    pub(crate) fn name(&self, name: &str) -> String {
        self.names.name(name)
    }

    /// The local name of a function, from now on imported.
    pub(crate) fn function(&mut self, function: Function) -> String {
        self.used |= 1 << function as u32;
        self.names.name(FUNCTIONS[function as usize].2)
    }

    /// Writes the imports of what is used.
    pub(crate) fn imports(&self, out: &mut Writer, target: &dyn Fn(&str) -> ImportTarget) {
        for module in [PREACT, INTERNAL] {
            let names: Vec<String> = FUNCTIONS
                .iter()
                .filter(|(function, from, _)| *from == module && self.used & (1 << *function as u32) != 0)
                .map(|(.., name)| format!("{name} as {}", self.names.name(name)))
                .collect();
            if !names.is_empty() {
                generated_import(out, &names.join(", "), module, target);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::FUNCTIONS;

    #[test]
    fn the_list_is_in_the_order_of_the_enum() {
        for (at, (function, ..)) in FUNCTIONS.iter().enumerate() {
            assert_eq!(*function as usize, at);
        }
    }
}
