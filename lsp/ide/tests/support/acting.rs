//! Code actions by their titles, applied.

use super::World;
use velox_ide::actions::{actions, resolve};

/// The titles at the cursor.
pub(crate) fn titles(fixture: &str) -> Vec<String> {
    let world = World::new(fixture);
    let found = actions(world.document(), world.selection, &world.diagnostics());
    found.into_iter().map(|action| action.title).collect()
}

/// The world after the action whose title begins so.
pub(crate) fn after(world: &World, title: &str) -> World {
    let diagnostics = world.diagnostics();
    let found = actions(world.document(), world.selection, &diagnostics);
    let action = found
        .iter()
        .find(|action| action.title.starts_with(title))
        .unwrap_or_else(|| panic!("no action `{title}` among {found:#?}"));
    let change = resolve(world.document(), world.selection, &diagnostics, &action.id).expect("its edits");
    world.after(&change)
}

/// The text of the file after an action.
#[track_caller]
pub(crate) fn check(fixture: &str, title: &str) -> String {
    after(&World::new(fixture), title).document().text().to_owned()
}
