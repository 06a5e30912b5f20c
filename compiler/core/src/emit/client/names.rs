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
    Later,
    Markup,
    SafeProps,
    UseAsyncSignal,
    UseComputed,
    UseElement,
    UsePersistedSignal,
    UseSignal,
    UseSignalEffect,
}

const PREACT: &str = "preact";
/// What stands for preact on the server: it takes values of the string renderer too.
pub(crate) const VNODES: &str = "velox/vnodes";
const INTERNAL: &str = "velox/internal";

const FUNCTIONS: [(Function, &str, &str); 15] = [
    (Function::H, PREACT, "h"),
    (Function::Fragment, PREACT, "Fragment"),
    (Function::AttributeValue, INTERNAL, "attributeValue"),
    (Function::ClassText, INTERNAL, "classText"),
    (Function::Context, INTERNAL, "context"),
    (Function::JsonText, INTERNAL, "jsonText"),
    (Function::Later, INTERNAL, "later"),
    (Function::Markup, INTERNAL, "markup"),
    (Function::SafeProps, INTERNAL, "safeProps"),
    (Function::UseAsyncSignal, INTERNAL, "useAsyncSignal"),
    (Function::UseComputed, INTERNAL, "useComputed"),
    (Function::UseElement, INTERNAL, "useElement"),
    (Function::UsePersistedSignal, INTERNAL, "usePersistedSignal"),
    (Function::UseSignal, INTERNAL, "useSignal"),
    (Function::UseSignalEffect, INTERNAL, "useSignalEffect"),
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
    preact: &'static str,
}

impl ClientNames {
    /// Names that `text` does not hold.
    pub(crate) fn for_text(text: &str) -> Self {
        Self { names: Names::for_text(text), used: 0, preact: PREACT }
    }

    /// The same, for a module of preact on the server.
    pub(crate) fn for_server(text: &str) -> Self {
        Self { preact: VNODES, ..Self::for_text(text) }
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
                let module = if module == PREACT { self.preact } else { module };
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
