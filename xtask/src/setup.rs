//! Everything that has to be there before anything else: packages, the built runtime, the compiler.
//!
//! The order matters: the compiler carries the built runtime, so the runtime comes first.

use crate::steps::Steps;
use crate::workspace::{cargo, examples, is_installed, npm, root};
use std::path::Path;

/// Sets everything up.
///
/// # Errors
/// Names the steps that failed.
pub(crate) fn run() -> Result<(), String> {
    let mut steps = Steps::default();
    let runtime = runtime(&mut steps);
    compiler(&mut steps, runtime, false);
    for example in examples() {
        install(&mut steps, &example, true);
    }
    install(&mut steps, &root().join("tests/client"), true);
    install(&mut steps, &root().join("grammar"), true);
    install(&mut steps, &root().join("editors/vscode"), true);
    install(&mut steps, &root().join("npm"), true);
    install(&mut steps, &root().join("tests/e2e"), true);
    outcome(&steps)
}

/// What a task says that ends with its first failure.
///
/// # Errors
/// Names the steps that failed.
pub(crate) fn outcome(steps: &Steps) -> Result<(), String> {
    if steps.is_good() { Ok(()) } else { Err(format!("failed: {}", steps.failed().join(", "))) }
}

/// Builds the runtime.
pub(crate) fn runtime(steps: &mut Steps) -> bool {
    let folder = root().join("runtime");
    let installed = install(steps, &folder, true);
    steps.run("runtime: build", installed, npm(&folder, &["run", "build"]))
}

/// Builds the compiler.
pub(crate) fn compiler(steps: &mut Steps, runtime: bool, release: bool) -> bool {
    let mut args = vec!["build", "--package", "veloxc"];
    if release {
        args.push("--release");
    }
    steps.run("compiler: build", runtime, cargo(&args))
}

/// Installs the npm packages of a folder, unless they are there.
pub(crate) fn install(steps: &mut Steps, folder: &Path, needs: bool) -> bool {
    if needs && is_installed(folder) {
        return true;
    }
    let name = folder.strip_prefix(root()).unwrap_or(folder).display().to_string();
    steps.run(&format!("{name}: install"), needs, npm(folder, &["ci", "--no-audit", "--no-fund"]))
}
