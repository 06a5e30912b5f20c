//! Which file answers which URL (language.md section 2).

mod alike;
mod conflicts;
mod hidden;
mod pattern;
mod table;

pub use alike::{Alike, Difference};
pub use conflicts::{Conflict, Conflicts, conflicts};
pub use hidden::Hidden;
pub use pattern::{
    ParamKind, Pattern, RouteKind, RouteName, RouteProblem, Segment, is_identifier, route_name,
};
pub use table::{Layer, Route, RouteFiles, by_specificity, exclusion};
