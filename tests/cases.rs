//! Runs every fixture under `tests/cases/`: its marks must hold, and its snapshot must be as it was.
//!
//! Adding a case is adding a file. Snapshots lie in `snapshots/`, path for path.

#![allow(clippy::disallowed_methods, reason = "tests read fixtures from the disk")]

use libtest_mimic::{Arguments, Failed, Trial};
use velox_tests::{Fixture, check, files_under, report, repository};

fn main() {
    let arguments = Arguments::from_args();
    let folder = repository().join("tests/cases");
    let trials = files_under(&folder, ".velox")
        .into_iter()
        .map(|path| Trial::test(path.clone(), move || run(&path)))
        .collect();
    libtest_mimic::run(&arguments, trials).exit();
}

fn run(path: &str) -> Result<(), Failed> {
    let text = std::fs::read_to_string(repository().join("tests/cases").join(path))?;
    let failures = check(&text);
    if !failures.is_empty() {
        return Err(failures.join("\n").into());
    }
    let (area, name) = path.rsplit_once('/').unwrap_or(("", path));
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(repository().join("snapshots").join(area));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let snapshot = report(&Fixture::parse(&text));
    let name = name.trim_end_matches(".velox").to_owned();
    let compare =
        std::panic::AssertUnwindSafe(move || settings.bind(|| insta::assert_snapshot!(name, snapshot)));
    let outcome = std::panic::catch_unwind(compare);
    outcome.map_err(|_| "the snapshot differs; review it with `cargo insta review`".into())
}
