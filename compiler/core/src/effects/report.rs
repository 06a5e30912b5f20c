//! Words the findings about what runs where. Ways through the import graph come in with their places looked up.
//!
//! Decides nothing: whether there is a finding, and which way it is told by, is the caller's.

use super::modules::{ClientReason, NodeChain, RootKind};
use super::requests::Reached;
use crate::analyze::Mode;
use velox_diagnostics::{Code, Diagnostic, Span};

/// A place on the way, with what is there.
pub type Place = (String, Span, String);

/// A way through the import graph, as places.
pub type Witness = Vec<Place>;

fn with_witness(mut diagnostic: Diagnostic, witness: &[Place]) -> Diagnostic {
    for (file, span, message) in witness {
        diagnostic = diagnostic.related(file, *span, message);
    }
    diagnostic
}

/// `` `currentUser` reads the request (`useCookies` in lib/session.ts) ``.
fn reads_request(reached: &Reached) -> String {
    let what = if reached.name == "response" { "the response" } else { "the request" };
    let verb = if reached.shown.starts_with('<') || what == "the response" { "uses" } else { "reads" };
    format!("`{}` {verb} {what} (`{}` in {})", reached.shown, reached.name, reached.file())
}

fn made(mode: Mode) -> &'static str {
    if mode == Mode::Ssg { "rendered once, at build" } else { "kept and shared between visitors" }
}

/// VX0402 for a use in a static page that reaches the request through imports. `mode_at` is where the mode is set.
#[must_use]
pub fn static_diagnostic(
    file: &str,
    span: Span,
    reached: &Reached,
    witness: &[Place],
    mode: Mode,
    mode_at: Option<Span>,
) -> Diagnostic {
    let message = format!("{}, but the page is `{}`, {}", reads_request(reached), mode.name(), made(mode));
    let mut diagnostic = Diagnostic::new(Code::REQUEST_IN_STATIC, file, span, message)
        .help("set `render: 'ssr'`, or move what needs the request into an endpoint that the page fetches");
    if let Some(at) = mode_at {
        diagnostic = diagnostic.related(file, at, "the mode is set here");
    }
    with_witness(diagnostic, witness)
}

/// VX0402 for a static page whose layout reaches the request through imports; `at` is where the page sets its mode.
#[must_use]
pub fn static_layout_diagnostic(
    file: &str,
    at: Span,
    layout: (&str, Span),
    reached: &Reached,
    witness: &[Place],
    mode: Mode,
) -> Diagnostic {
    let message = format!(
        "the page is `{}`, {}, but in its layout {} {}",
        mode.name(),
        made(mode),
        layout.0,
        reads_request(reached)
    );
    let diagnostic = Diagnostic::new(Code::REQUEST_IN_STATIC, file, at, message)
        .related(layout.0, layout.1, format!("`{}` is used here", reached.shown))
        .help("set `render: 'ssr'`, or give the page another layout");
    with_witness(diagnostic, witness)
}

/// VX0307 for a use that `paths` makes, itself or through names of the block (`before`), and that reaches the request.
#[must_use]
pub fn paths_diagnostic(
    file: &str,
    span: Span,
    reached: &Reached,
    before: &[Place],
    witness: &[Place],
) -> Diagnostic {
    let message = format!("`paths` runs at build, where there is no request, but {}", reads_request(reached));
    let diagnostic = Diagnostic::new(Code::PATHS_NEEDS_REQUEST, file, span, message)
        .help("compute it inside of `paths`, from imports and from values that need no request");
    with_witness(with_witness(diagnostic, before), witness)
}

/// What of a module does not exist in the browser.
#[derive(Clone, Copy, Debug)]
pub enum BrowserOffence<'a> {
    /// It imports a module of Node.
    Node(&'a str),
    /// It imports `velox/server`.
    Framework(&'a str),
    /// It uses a name that `velox/server` gives without an import.
    Ambient(&'a str),
    /// It imports a file that is marked for the server: its path, and whether its name says so.
    Marked(&'a str, bool),
}

/// `the island `<Counter>` of routes/index.velox loads lib/db.ts in the browser`.
fn why(file: &str, reason: &ClientReason) -> String {
    match &reason.kind {
        RootKind::Page if reason.hops.is_empty() => "this page is rendered in the browser".to_owned(),
        RootKind::Island(tag) if reason.hops.is_empty() => {
            format!("the island `<{tag}>` loads it in the browser")
        }
        RootKind::Script if reason.hops.is_empty() => "this `<script>` loads it in the browser".to_owned(),
        RootKind::Page => format!("{file} is loaded in the browser by {}, which is `csr`", reason.root),
        RootKind::Island(tag) => {
            format!("{file} is loaded in the browser by the island `<{tag}>` of {}", reason.root)
        }
        RootKind::Script => format!("{file} is loaded in the browser by a `<script>` of {}", reason.root),
    }
}

/// ` (routes/index.velox → components/Counter.tsx → lib/db.ts)`, where there is something in between.
fn way(file: &str, reason: &ClientReason) -> String {
    if reason.hops.len() < 2 {
        return String::new();
    }
    let mut files: Vec<&str> = reason.hops.iter().map(|(from, _)| &**from).collect();
    files.push(file);
    format!(" ({})", files.join(" → "))
}

/// VX0414: something that exists on the server only, in a module that runs in the browser.
#[must_use]
pub fn browser_diagnostic(
    file: &str,
    span: Span,
    offence: BrowserOffence<'_>,
    reason: &ClientReason,
    witness: &[Place],
) -> Diagnostic {
    let what = match offence {
        BrowserOffence::Node(name) => format!("`{name}` is a module of Node"),
        BrowserOffence::Framework(name) => format!("`{name}` exists on the server only"),
        BrowserOffence::Ambient(name) => {
            format!("`{name}` comes from `velox/server`, which exists on the server only")
        }
        BrowserOffence::Marked(target, true) => {
            format!("{target} is for the server only, as its name says")
        }
        BrowserOffence::Marked(target, false) => {
            format!("{target} is for the server only, as its `import 'server-only'` says")
        }
    };
    let help = match (offence, &reason.kind) {
        (_, RootKind::Page) => {
            "move what needs it into an endpoint that the page fetches, or set `render: 'ssr'`"
        }
        (BrowserOffence::Node(_), _) => {
            "move what needs it into a module that only server blocks and endpoints import, and pass on what it gives"
        }
        _ => "use it in a server block or an endpoint and pass on what it gives; types come by `import type`",
    };
    let message = format!("{what}, but {}{}", why(file, reason), way(file, reason));
    with_witness(Diagnostic::new(Code::SERVER_ONLY_IN_BROWSER, file, span, message).help(help), witness)
}

/// VX0415: a private name of the environment, in a module that runs in the browser.
#[must_use]
pub fn env_diagnostic(
    file: &str,
    span: Span,
    written: &str,
    name: &str,
    reason: &ClientReason,
    witness: &[Place],
) -> Diagnostic {
    let place = match &reason.kind {
        RootKind::Script if reason.hops.is_empty() => "a page's `<script>` runs there".to_owned(),
        _ => why(file, reason),
    };
    let message = format!(
        "`{written}` does not reach the browser, as its name does not begin with `PUBLIC_`, but {place}{}",
        way(file, reason)
    );
    let elsewhere = match &reason.kind {
        RootKind::Island(_) => "read it in a server block and pass on what may be seen",
        RootKind::Page | RootKind::Script => "read it in an endpoint that answers with what may be seen",
    };
    let help = format!("{elsewhere}, or name it `PUBLIC_{name}` if everyone may read it");
    with_witness(Diagnostic::new(Code::PRIVATE_ENV_IN_BROWSER, file, span, message).help(help), witness)
}

/// VX0416: a module of Node that a route with `edge: true` reaches. `through` names the layout that reaches it, where one does.
#[must_use]
pub fn edge_diagnostic(
    file: &str,
    span: Span,
    chain: &NodeChain,
    through: Option<&str>,
    edge_at: Option<Span>,
    witness: &[Place],
) -> Diagnostic {
    let module = &chain.module;
    let mut message = format!("`{module}` is a module of Node, which does not exist on the edge");
    let mut files: Vec<&str> = vec![file];
    files.extend(through);
    files.extend(chain.hops.iter().map(|(file, _)| &**file).filter(|one| Some(*one) != through));
    if files.len() > 1 {
        message.push_str(&format!(", but the route reaches it: {} → {module}", files.join(" → ")));
    } else {
        message.push_str(", but the route runs there (`edge: true`)");
    }
    let help = if through.is_some() {
        "remove `edge: true`, or give the page a layout that needs no Node"
    } else {
        "use what the Web platform has (`fetch`, `crypto.subtle`, `URL`), or remove `edge: true`"
    };
    let mut diagnostic = Diagnostic::new(Code::NODE_ON_EDGE, file, span, message).help(help);
    if let Some(at) = edge_at {
        diagnostic = diagnostic.related(file, at, "the route runs on the edge");
    }
    with_witness(diagnostic, witness)
}
