//! What every stage shares: positions, the list of codes, the diagnostic value, and its printed forms.
//!
//! Refuses to know any stage: no syntax, no routes, no files. `codes.rs` is the one list of codes, and each code
//! has a page in `docs/diagnostics/`.

mod apply;
mod codes;
mod concise;
mod diagnostic;
mod fingerprint;
mod frame;
mod github;
mod gitlab;
mod json;
mod junit;
mod level;
mod near;
mod place;
mod pretty;
mod sarif;
mod sources;
mod span;
#[cfg(test)]
mod tests;
mod visible;

pub use apply::{Change, Mended, TakenBack, Trust, Workspace, edited, made_worse, mend};
pub use codes::Code;
pub use concise::{concise, summary, summary_of};
pub use diagnostic::{Diagnostic, Edit, Fix, Related, Severity};
pub use github::github;
pub use gitlab::gitlab;
pub use json::{Extras, json, json_with};
pub use junit::junit;
pub use level::{Level, Levels};
pub use near::{Names, nearest};
pub use pretty::pretty;
pub use sarif::sarif;
pub use sources::Sources;
pub use span::{LineColumn, LineIndex, Span};
