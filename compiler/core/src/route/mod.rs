//! Which file answers which URL (language.md section 2).

mod pattern;
mod table;

pub use pattern::{
    ParamKind, Pattern, RouteKind, RouteName, RouteProblem, Segment, is_identifier, route_name,
};
pub use table::{Conflict, Layer, Route, RouteFiles, by_specificity, conflicts, exclusion};
