//! Rewrites what a component makes anew in each rendering into what it keeps: `signal()` in its body becomes `useSignal()`
//! (language.md X3).
//!
//! At module level and in functions that run later the plain forms stay. Nothing is said here: calls that break the order of hooks are
//! told by `analyze/hooks.rs`.

use super::names::{ClientNames, Function};
use std::borrow::Cow;
use velox_diagnostics::Span;
use velox_script::{CodeEdit, HoleFacts, HookCall, HookPlace};

/// The form for components of a function of `velox/client`.
fn form(name: &str) -> Option<Function> {
    Some(match name {
        "signal" => Function::UseSignal,
        "computed" => Function::UseComputed,
        "effect" => Function::UseSignalEffect,
        "ref" => Function::UseElement,
        "asyncSignal" => Function::UseAsyncSignal,
        "persistedSignal" => Function::UsePersistedSignal,
        _ => return None,
    })
}

/// What the top level of a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TopLevel {
    /// A module's: it runs once.
    Module,
    /// The server block of a `.velox` file: the body of a component.
    Block,
    /// A block that awaits: it runs once, and its hooks are kept for the view that it makes.
    AwaitingBlock,
}

/// The hooks of `velox/client` that a block keeps for its view.
const KEPT: [&str; 5] = ["effect", "onCleanup", "onDestroy", "onMount", "onUpdate"];

/// The edits of the calls in `text`.
pub(super) fn hook_edits(
    calls: &[HookCall],
    text: &str,
    top: TopLevel,
    names: &mut ClientNames,
) -> Vec<CodeEdit> {
    let mut edits = Vec::new();
    for call in calls {
        if top == TopLevel::AwaitingBlock
            && call.place == HookPlace::Module
            && call.module.as_deref() == Some("velox/client")
            && KEPT.contains(&&*call.name)
        {
            let hook = match &*call.name {
                "effect" => names.function(Function::UseSignalEffect),
                _ => call.callee.text(text).to_owned(),
            };
            let later = names.function(Function::Later);
            let text = format!("{later}({}, {hook})", names.name("hooks"));
            edits.push(CodeEdit { span: call.callee, text, map: Vec::new() });
            continue;
        }
        let inside =
            call.place == HookPlace::Component || (top == TopLevel::Block && call.place == HookPlace::Module);
        if !inside || call.module.as_deref() != Some("velox/client") {
            continue;
        }
        let Some(function) = form(&call.name) else { continue };
        edits.push(CodeEdit { span: call.callee, text: names.function(function), map: Vec::new() });
        let watches = matches!(function, Function::UseComputed | Function::UseSignalEffect);
        if let Some(end) = call.only_argument.filter(|_| watches && !call.captures.is_empty()) {
            let text = format!(", [{}]", call.captures.join(", "));
            edits.push(CodeEdit { span: Span::at(end), text, map: Vec::new() });
        }
    }
    edits.sort_by_key(|edit| edit.span.start);
    edits
}

/// A module's edits with these.
pub(super) fn with_edits<'a>(own: Cow<'a, [CodeEdit]>, more: &[CodeEdit]) -> Cow<'a, [CodeEdit]> {
    if more.is_empty() {
        return own;
    }
    let mut own = own.into_owned();
    own.extend(more.iter().cloned());
    own.sort_by_key(|edit| (edit.span.start, edit.span.end));
    Cow::Owned(own)
}

/// The holes of a module with the edits that lie in them.
pub(super) fn holes_with_edits<'a>(holes: Cow<'a, [HoleFacts]>, more: &[CodeEdit]) -> Cow<'a, [HoleFacts]> {
    let mut holes = holes;
    for edit in more {
        // The innermost hole around it is the last one that holds it.
        if let Some(at) = holes.iter().rposition(|hole| hole.span.contains(edit.span)) {
            let edits = &mut holes.to_mut()[at].edits;
            edits.push(edit.clone());
            edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
        }
    }
    holes
}
