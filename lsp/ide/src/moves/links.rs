//! Links to what moves: to pages and endpoints, by their patterns, and to files of `public/`.

use super::Moves;
use crate::symbol::site::{Destination, any_destination, link_of, urls};
use crate::{Change, Document, TextEdit};
use rustc_hash::FxHashMap;
use velox_core::analyze::site::{
    Glob, RouteIndex, SiteRoute, Target, Written, path_text, read_link, segments_of,
};
use velox_core::route::{Pattern, RouteFiles, Segment};
use velox_diagnostics::Span;

/// A route that gets another pattern.
struct Moved {
    old: Pattern,
    new: Pattern,
    file: String,
}

/// Edits all links that surely lead to what moves, and will again.
pub(super) fn follow(moves: &Moves<'_>, documents: &[Document<'_>], change: &mut Change) {
    let routes = moved_routes(moves);
    let public = moves.to.keys().any(|path| path.starts_with("public/"));
    if routes.is_empty() && !public {
        return;
    }
    let index = index_after(moves);
    for document in documents {
        for (written, by_pattern) in urls(*document).filter(|(written, _)| written.verbatim) {
            let edit = match any_destination(*document, written, by_pattern) {
                Some(Destination::Routes(files)) => {
                    let moved: Option<Vec<&Moved>> = files.iter().map(|file| routes.get(file)).collect();
                    moved.and_then(|moved| to_routes(*document, written, by_pattern, &moved, &index))
                }
                Some(Destination::Public(path)) => {
                    moves.new_path(&path).and_then(|new| to_public(*document, written, new))
                }
                None => None,
            };
            let unchanged = |edit: &TextEdit| edit.span.text(document.text()) == edit.text;
            if let Some(edit) = edit.filter(|edit| !unchanged(edit)) {
                change.add(document.path(), vec![edit]);
            }
        }
    }
}

/// The routes that get another pattern, by their files before.
fn moved_routes(moves: &Moves<'_>) -> FxHashMap<String, Moved> {
    let files = route_files(moves);
    let index = velox_db::route_index(moves.db, moves.project);
    let mut found = FxHashMap::default();
    for route in index.routes() {
        let Some(path) = moves.new_path(&route.file) else { continue };
        let Some(new) = files.route(path).filter(|new| new.problems.is_empty()) else { continue };
        if new.kind == route.kind && new.pattern != route.pattern {
            let moved = Moved { old: route.pattern.clone(), new: new.pattern, file: new.file };
            found.insert(route.file.clone(), moved);
        }
    }
    found
}

pub(super) fn route_files<'a>(moves: &Moves<'a>) -> RouteFiles<'a> {
    RouteFiles {
        directory: moves.project.routes_directory(moves.db),
        base: &velox_db::project_facts(moves.db, moves.project).config.base,
    }
}

/// Routes and public files as they are afterwards.
fn index_after(moves: &Moves<'_>) -> RouteIndex {
    let files = route_files(moves);
    let before = velox_db::route_index(moves.db, moves.project);
    let mut routes: Vec<SiteRoute> = Vec::with_capacity(before.routes().len());
    for route in before.routes() {
        match moves.new_path(&route.file) {
            None => routes.push(route.clone()),
            Some(path) => {
                if let Some(new) = files.route(path) {
                    routes.push(SiteRoute { file: new.file, pattern: new.pattern, kind: new.kind });
                }
            }
        }
    }
    let all = moves.project.files(moves.db);
    let paths = all.assets.keys().chain(all.sources.keys()).map(|path| moves.path_of(path));
    let public = paths.filter_map(|path| path.strip_prefix("public/"));
    RouteIndex::new(routes, public, files.base)
}

/// How many segments a pattern begins with that are fixed.
fn fixed(pattern: &Pattern) -> usize {
    pattern.segments.iter().take_while(|segment| matches!(segment, Segment::Static(_))).count()
}

/// The edit of a link that leads to moved routes alone, and to the same again afterwards.
fn to_routes(
    document: Document<'_>,
    written: &Written,
    by_pattern: bool,
    moved: &[&Moved],
    index: &RouteIndex,
) -> Option<TextEdit> {
    let (first, others) = moved.split_first()?;
    if by_pattern {
        return others.is_empty().then(|| TextEdit::new(written.span, first.new.text()));
    }
    let (place, path) = to_route(document, written, first)?;
    if others.iter().any(|other| to_route(document, written, other).is_none_or(|edit| edit.1 != path)) {
        return None;
    }
    let start = written.span.start;
    let mut pieces = written.text.pieces().to_vec();
    let prefix = written.text.prefix();
    let (from, to) = ((place.start - start) as usize, (place.end - start) as usize);
    *pieces.first_mut()? = format!("{}{path}{}", prefix.get(..from)?, prefix.get(to..)?);
    let site = velox_db::project_facts(document.db, document.project).config.site.as_deref();
    let again = read_link(&Glob::new(pieces), site, None)?;
    let files = |file: &str| moved.iter().any(|one| one.file == file);
    let leads = if again.path.is_literal() {
        matches!(index.target(&again.path.segments), Target::Route(route) if files(&route.file))
    } else {
        let meant = index.meant(&again.path);
        meant.len() == moved.len() && meant.iter().all(|id| files(&index.routes()[*id as usize].file))
    };
    leads.then(|| TextEdit::new(place, path))
}

/// The place of a link's path, and the path to a moved route. Where the route has params, what stands before the first is exchanged, and all else must be
/// the same in both patterns.
fn to_route(document: Document<'_>, written: &Written, moved: &Moved) -> Option<(Span, String)> {
    let count = fixed(&moved.old);
    let (old, new) = (moved.old.shape(), moved.new.shape());
    let tail = &old[count..];
    let head = new.len().checked_sub(tail.len())?;
    if fixed(&moved.new) < head || &new[head..] != tail {
        return None;
    }
    let texts = |segments: &[Segment]| -> Vec<String> {
        let text = |segment: &Segment| match segment {
            Segment::Static(text) => text.clone(),
            Segment::Param(..) => String::new(),
        };
        segments.iter().map(text).collect()
    };
    let link = link_of(document, written)?;
    let prefix = written.text.prefix();
    let path = prefix.get(link.place.0..link.place.1)?;
    if !path.starts_with('/') {
        return None;
    }
    // The bytes of the path that the fixed segments take.
    let end = path.match_indices('/').map(|(at, _)| at).nth(count).unwrap_or(path.len());
    let end = if count == 0 { 0 } else { end };
    if segments_of(&path[..end])? != texts(&moved.old.segments[..count]) {
        return None;
    }
    let rest = if path == "/" && tail.is_empty() { "" } else { &path[end..] };
    let start = texts(&moved.new.segments[..head]);
    let path = match (start.is_empty(), rest) {
        (true, "") => "/".to_owned(),
        (true, rest) => rest.to_owned(),
        (false, rest) => path_text(&start) + rest,
    };
    let start = written.span.start;
    Some((Span::new(start + link.place.0 as u32, start + link.place.1 as u32), path))
}

/// The edit of a link to a file of `public/` that stays in it.
fn to_public(document: Document<'_>, written: &Written, new: &str) -> Option<TextEdit> {
    let segments: Vec<String> = new.strip_prefix("public/")?.split('/').map(str::to_owned).collect();
    let link = link_of(document, written).filter(|link| link.path.is_literal())?;
    let path = written.text.prefix().get(link.place.0..link.place.1)?;
    let named = link.path.segments.last() == segments.last() || !path.ends_with('/');
    if !path.starts_with('/') || !named || new.ends_with("/index.html") {
        return None;
    }
    let start = written.span.start;
    let place = Span::new(start + link.place.0 as u32, start + link.place.1 as u32);
    Some(TextEdit::new(place, path_text(&segments)))
}
