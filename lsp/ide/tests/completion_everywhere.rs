//! Completion at many places of all fixtures, sites and examples: what has to hold wherever the cursor is.

mod support;

use support::World;
use support::everywhere::stride;
use velox_diagnostics::Span;
use velox_ide::Change;
use velox_ide::completion::{complete, resolve};

/// At every place of many files nothing panics, what is replaced lies in the file, and imports that come along break nothing and
/// are there afterwards.
#[test]
fn every_place_of_every_file_has_an_answer() {
    let mut imported = 0;
    for files in support::projects().into_iter().step_by(stride(3)) {
        let paths: Vec<String> = files.keys().filter(|path| is_code(path)).cloned().collect();
        let Some(first) = paths.first() else { continue };
        let world = World::with_files(files, first.clone(), Span::at(0));
        for path in &paths {
            let document = world.other(path);
            let step = stride(document.text().len() / 40);
            for (offset, _) in document.text().char_indices().step_by(step) {
                let Some(found) = complete(document, offset as u32, None) else { continue };
                for span in found.items.iter().filter_map(|item| item.span).chain([found.span]) {
                    assert!(document.text().get(span.range()).is_some(), "{path} at {offset}: {span:?}");
                }
                let ids = found.items.iter().filter_map(|item| item.id.as_deref());
                for id in ids.filter(|id| id.starts_with("script:")).step_by(stride(60)) {
                    let also = resolve(document, id).unwrap_or_default().also;
                    if also.is_empty() {
                        continue;
                    }
                    let change = Change::of(path, also);
                    if let Err(reason) = velox_ide::gate::admit(world.db(), world.project(), &change) {
                        panic!("{path} at {offset}: {id}: {reason}");
                    }
                    if imported % 10 == 0 || stride(2) == 1 {
                        let after = world.after(&change);
                        let again = resolve(after.other(path), id).unwrap_or_default().also;
                        let parses = document.module_facts().problems.is_empty();
                        assert!(again.is_empty() || !parses, "{path} at {offset}: {id} again: {again:?}");
                    }
                    imported += 1;
                }
            }
        }
    }
    assert!(imported > 100, "only {imported} imports were tried");
}

fn is_code(path: &str) -> bool {
    [".velox", ".ts", ".tsx"].iter().any(|ending| path.ends_with(ending))
}
