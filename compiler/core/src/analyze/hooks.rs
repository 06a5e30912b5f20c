//! Calls of hooks that do not run once in each rendering of their component (language.md X3).
//!
//! What a component keeps is found again by the order of its calls. In a condition, a loop, behind an early `return` or in a callback
//! that order can change, and one value would take the place of another. Only for code that is loaded in the browser: on the server a
//! component renders once.

use velox_diagnostics::{Code, Diagnostic, Span};
use velox_script::{HookCall, HookPlace, HookUnder};

/// The file that calls stand in.
#[derive(Clone, Copy, Debug)]
pub struct HookFile<'a> {
    /// Path relative to the project root.
    pub path: &'a str,
    /// The whole text.
    pub text: &'a str,
    /// Where the code begins that spans of calls are relative to.
    pub base: u32,
    /// Whether its top level is the body of a component.
    pub block: bool,
}

/// Reports calls that do not run once in each rendering.
pub fn check_hooks(file: &HookFile<'_>, calls: &[HookCall], found: &mut Vec<Diagnostic>) {
    for call in calls {
        let inside = call.place == HookPlace::Component || (file.block && call.place == HookPlace::Module);
        let diagnostic = match (call.place, call.under) {
            (HookPlace::Callback, _) => in_callback(file, call),
            (_, Some((kind, span))) if inside => misplaced(file, call, kind, span),
            _ => continue,
        };
        found.push(diagnostic);
    }
}

fn diagnostic(file: &HookFile<'_>, call: &HookCall, message: String) -> Diagnostic {
    Diagnostic::new(Code::CONDITIONAL_HOOK, file.path, call.callee.shift(file.base), message)
}

fn in_callback(file: &HookFile<'_>, call: &HookCall) -> Diagnostic {
    let name = &call.name;
    diagnostic(
        file,
        call,
        format!("`{name}` is called in a callback, as often as that runs: what it keeps would change places"),
    )
    .help(format!("make a component of what the callback gives, and call `{name}` in its body"))
}

fn misplaced(file: &HookFile<'_>, call: &HookCall, kind: HookUnder, under: Span) -> Diagnostic {
    let (name, owner) = (&call.name, owner(file, call));
    match kind {
        HookUnder::Condition => diagnostic(
            file,
            call,
            format!("`{name}` is called in a condition: {owner} has to call it in each rendering"),
        )
        .help(format!("call `{name}` before the condition, and use what it gives inside of it")),
        HookUnder::Loop => diagnostic(
            file,
            call,
            format!("`{name}` is called in a loop: {owner} has to call it once in each rendering"),
        )
        .help(format!("make a component of what is repeated, and call `{name}` in its body")),
        HookUnder::Return => {
            let message =
                format!("`{name}` is called behind a `return`: {owner} has to call it in each rendering");
            let found = diagnostic(file, call, message)
                .related(file.path, under.shift(file.base), "a rendering can end here")
                .help("move the call above the `return`");
            match call.movable.and_then(|movable| moved_up(file, movable)) {
                Some(edits) => found.fix("move it above the `return`", true, edits),
                None => found,
            }
        }
    }
}

fn owner(file: &HookFile<'_>, call: &HookCall) -> String {
    match call.component.as_deref().filter(|name| *name != "default") {
        Some(name) => format!("`{name}`"),
        None if file.block && call.place == HookPlace::Module => "the block".to_owned(),
        None => "the component".to_owned(),
    }
}

/// Moves a declaration, alone in its lines, before another statement that begins its line.
fn moved_up(file: &HookFile<'_>, (declaration, before): (Span, u32)) -> Option<Vec<(Span, String)>> {
    let (declaration, before) = (declaration.shift(file.base), before + file.base);
    let head = file.text.get(..before as usize)?;
    let line = head.rfind('\n').map_or(0, |at| at + 1);
    let indent = &head[line..];
    let start = file.text.get(..declaration.start as usize)?;
    let own_line = start.rfind('\n').map_or(0, |at| at + 1);
    let rest = file.text.get(declaration.end as usize..)?;
    let end = rest.find('\n').map_or(rest.len(), |at| at + 1);
    let alone = start[own_line..].trim().is_empty() && rest[..end].trim().is_empty();
    if !alone || !indent.trim().is_empty() {
        return None;
    }
    let code = declaration.text(file.text);
    let line_end = if rest[..end].ends_with("\r\n") { "\r\n" } else { "\n" };
    Some(vec![
        (Span::at(before), format!("{code}{line_end}{indent}")),
        (Span::new(own_line as u32, declaration.end + end as u32), String::new()),
    ])
}
