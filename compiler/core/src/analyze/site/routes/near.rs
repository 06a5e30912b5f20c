//! What was probably meant by a path that leads nowhere.

use super::{COMPARED, Pages, RouteIndex, ShownPages, Target};
use crate::analyze::site::path::{LinkPath, path_text};
use velox_diagnostics::nearest;

impl RouteIndex {
    /// The path that was probably meant by one that leads nowhere.
    #[must_use]
    pub fn near<'a>(&'a self, segments: &[String], pages: &ShownPages<'a>) -> Option<String> {
        let leads = |segments: &[String]| {
            let leads = matches!(self.page(segments, pages), Target::Route(_) | Target::File);
            leads.then(|| path_text(segments))
        };
        // `/about.html`, `/index.html`, `/blog/index`.
        if let Some((last, folder)) = segments.split_last() {
            let stem = ["html", "htm", "velox", "tsx"]
                .iter()
                .find_map(|ending| last.strip_suffix(ending)?.strip_suffix('.'));
            if stem.is_some() || last == "index" {
                let mut path = folder.to_vec();
                path.extend(stem.filter(|stem| *stem != "index").map(str::to_owned));
                if let Some(found) = leads(&path) {
                    return Some(found);
                }
            }
        }
        // `/public/logo.svg`, `/routes/about`.
        if let [first, rest @ ..] = segments
            && matches!(first.as_str(), "public" | "routes")
            && let Some(found) = leads(rest)
        {
            return Some(found);
        }
        if !self.base.is_empty() {
            let with: Vec<String> = self.base.iter().chain(segments).cloned().collect();
            let without = segments.strip_prefix(self.base.as_slice());
            let without = without.filter(|rest| self.has_file(rest)).map(path_text);
            if let Some(found) = leads(&with).or(without) {
                return Some(found);
            }
        }
        self.near_route(segments, pages).or_else(|| self.near_file(segments))
    }

    /// One segment replaced by a fixed one that is near it.
    fn near_route<'a>(&'a self, segments: &[String], pages: &ShownPages<'a>) -> Option<String> {
        let mut at = 0u32;
        for (number, segment) in segments.iter().enumerate() {
            let node = &self.nodes[at as usize];
            let (_, rest) = segments.split_at(number + 1);
            let fits = |name: &str| {
                node.fixed.get(name).is_some_and(|next| self.find(*next, rest, &mut 0).is_some())
            };
            if let Some(near) = node.names.nearest(segment, fits) {
                let mut path = segments.to_vec();
                near.clone_into(&mut path[number]);
                if matches!(self.page(&path, pages), Target::Route(_)) {
                    return Some(path_text(&path));
                }
            }
            at = node.fixed.get(segment).copied().or(node.param)?;
        }
        None
    }

    /// The folder of the site that was probably meant by the segments before a hole.
    #[must_use]
    pub fn near_folder(&self, segments: &[String]) -> Option<String> {
        let leads = |path: &[String]| {
            let (nodes, taken) = self.walk(path);
            taken.is_some() || nodes.iter().any(|at| self.has_below(*at))
        };
        let mut at = 0u32;
        for (number, segment) in segments.iter().enumerate() {
            let node = &self.nodes[at as usize];
            if let Some(near) = node.names.nearest(segment, |_| true) {
                let mut path = segments.to_vec();
                near.clone_into(&mut path[number]);
                if leads(&path) {
                    return Some(path_text(&path));
                }
            }
            at = node.fixed.get(segment).copied().or(node.param)?;
        }
        None
    }

    fn has_below(&self, at: u32) -> bool {
        let node = &self.nodes[at as usize];
        !node.fixed.is_empty()
            || node.param.is_some()
            || node.optional.is_some()
            || node.rest.is_some()
            || node.optional_rest.is_some()
    }

    /// Whether nothing but files of `public/` can answer a path with holes.
    #[must_use]
    pub fn only_files(&self, path: &LinkPath) -> bool {
        let (nodes, taken) = self.walk(&path.segments);
        taken.is_none() && nodes.is_empty()
    }

    fn near_file(&self, segments: &[String]) -> Option<String> {
        let (name, folder) = segments.split_last()?;
        let folder = folder.join("/");
        let (folder, name) = match self.files.get(&folder) {
            Some(names) => {
                let near = near_name(name, names.iter().map(String::as_str));
                // The same picture in another format.
                let stem = name.rsplit_once('.').map(|(stem, _)| stem);
                let same = || {
                    names
                        .iter()
                        .find(|other| other.rsplit_once('.').map(|(stem, _)| stem) == stem && stem.is_some())
                };
                (folder, near.or_else(|| same().map(String::as_str))?.to_owned())
            }
            None => {
                let holding = self.files.iter().filter(|(_, names)| names.binary_search(name).is_ok());
                (near_name(&folder, holding.map(|(folder, _)| folder.as_str()))?.to_owned(), name.clone())
            }
        };
        let path: Vec<String> =
            folder.split('/').filter(|part| !part.is_empty()).map(str::to_owned).chain([name]).collect();
        Some(path_text(&path))
    }
}

/// The page of a route that was probably meant.
pub(crate) fn near_page(pages: &Pages, segments: &[String]) -> Option<String> {
    let mut pages: Vec<String> = pages.iter().take(COMPARED).map(|page| path_text(page)).collect();
    pages.sort_unstable();
    nearest(&path_text(segments), pages.iter().map(String::as_str)).map(str::to_owned)
}

/// [`nearest`] among those of about the same length.
fn near_name<'a>(written: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    nearest(written, names.filter(|name| alike(name, written)).take(COMPARED))
}

/// Whether two names are near enough in length to be compared.
fn alike(name: &str, written: &str) -> bool {
    name.len().abs_diff(written.len()) <= 4
}
