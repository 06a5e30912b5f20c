//! What only the whole site can answer: where links lead, which cache tags are carried, what a revalidation reaches.
//!
//! [`read_uses`] finds what a file says of these, with places; [`SiteFacts`] is the same without them, for an index over
//! the project that an edit seldom changes. All that cannot be seen for sure is passed over in silence.

mod check;
mod facts;
mod glob;
mod middleware;
mod path;
mod routes;
mod scan;
mod uses;

pub use check::{SiteContext, check_links, check_paths, check_tags};
pub use facts::{SiteFacts, SiteIndex, named_paths, shown_pages};
pub use glob::Glob;
pub use middleware::may_answer;
pub use path::{LinkPath, SiteLink, path_text, read_link, segments_of};
pub use routes::{Pages, RouteIndex, ShownPages, SiteRoute, Target, page_segments};
pub(super) use scan::has_more_arguments;
pub use uses::{PathUse, SiteFile, SiteUses, Written, read_uses};
