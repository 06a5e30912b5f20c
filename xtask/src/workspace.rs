//! Where things lie in this repository, and the commands that work in it.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent().map_or(here.clone(), Path::to_owned)
}

/// Whether this runs unattended.
pub(crate) fn is_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| !value.is_empty())
}

/// `cargo`, in the root. Unattended, the lock file is binding.
pub(crate) fn cargo(args: &[&str]) -> Command {
    let mut command = command(&std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()), &root());
    let (own, passed_on) = args.split_at(args.iter().position(|arg| *arg == "--").unwrap_or(args.len()));
    command.args(own);
    if is_ci() && args.first() != Some(&"fmt") {
        command.arg("--locked");
    }
    command.args(passed_on);
    command
}

/// `npm`, in a folder.
pub(crate) fn npm(folder: &Path, args: &[&str]) -> Command {
    let mut command = command(if cfg!(windows) { "npm.cmd" } else { "npm" }.as_ref(), folder);
    command.args(args);
    command
}

/// A program that gets no input.
pub(crate) fn command(program: &std::ffi::OsStr, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).stdin(Stdio::null());
    command
}

/// Whether `cargo nextest` is there.
pub(crate) fn has_nextest() -> bool {
    let probe = command("cargo-nextest".as_ref(), &root()).args(["nextest", "--version"]).output();
    probe.is_ok_and(|output| output.status.success())
}

/// Whether what `package-lock.json` asks for is installed: npm notes what it installed in `node_modules`.
pub(crate) fn is_installed(folder: &Path) -> bool {
    let time = |path: &str| fs::metadata(folder.join(path)).and_then(|data| data.modified()).ok();
    match (time("node_modules/.package-lock.json"), time("package-lock.json"), time("package.json")) {
        (Some(installed), Some(lock), Some(package)) => installed >= lock && installed >= package,
        _ => false,
    }
}

/// The folders of `examples/` that are npm packages.
pub(crate) fn examples() -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join("examples")).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> =
        entries.map(|entry| entry.path()).filter(|path| path.join("package.json").is_file()).collect();
    found.sort();
    found
}

/// Where cargo puts the compiler.
///
/// # Errors
/// Cargo does not say where.
pub(crate) fn veloxc(profile: &str) -> Result<PathBuf, String> {
    let mut name = OsString::from("veloxc");
    name.push(std::env::consts::EXE_SUFFIX);
    Ok(target()?.join(profile).join(name))
}

/// The folder that cargo builds in.
///
/// # Errors
/// Cargo does not say where.
pub(crate) fn target() -> Result<PathBuf, String> {
    let output = cargo(&["metadata", "--format-version=1", "--no-deps"]).stderr(Stdio::inherit()).output();
    let output = output.map_err(|error| format!("cargo cannot be run: {error}"))?;
    let metadata: serde_json::Value =
        serde_json::from_slice(&output.stdout).map_err(|error| format!("cargo metadata: {error}"))?;
    let target = metadata["target_directory"].as_str().ok_or("cargo metadata names no target directory")?;
    Ok(PathBuf::from(target))
}

/// What rustc builds for where nothing else is said.
///
/// # Errors
/// There is no rustc, or it does not say.
pub(crate) fn host_triple() -> Result<String, String> {
    let version =
        command("rustc".as_ref(), &root()).arg("-vV").output().map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&version.stdout).into_owned();
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| "rustc does not say what it builds for".to_owned())
}
