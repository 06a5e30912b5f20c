//! The extension for VS Code: its tests, and the `.vsix` with a language server in it. What is in the package its own scripts decide.

use crate::counts::Runner;
use crate::setup::{install, outcome};
use crate::steps::Steps;
use crate::workspace::{cargo, npm, root, target};
use std::path::PathBuf;

/// What the command line says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    /// A server that is built already.
    binary: Option<PathBuf>,
    /// What goes to the packaging script as it is: `--target linux-x64`, `--out FILE`.
    passed_on: Vec<String>,
}

impl Options {
    /// # Errors
    /// An option that there is not.
    pub(crate) fn parse(words: &[&str]) -> Result<Self, String> {
        let mut options = Self::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let (name, value) = match word.split_once('=') {
                Some((name, value)) => (name, Some(value)),
                None => (*word, words.next().copied()),
            };
            let value = value.ok_or_else(|| format!("{name} takes a value"))?;
            match name {
                "--binary" => {
                    let path = std::path::absolute(value).map_err(|error| format!("{value}: {error}"))?;
                    options.binary = Some(path);
                }
                "--out" => {
                    let path = std::path::absolute(value).map_err(|error| format!("{value}: {error}"))?;
                    options.passed_on.extend(["--out".to_owned(), path.display().to_string()]);
                }
                "--target" => options.passed_on.extend(["--target".to_owned(), value.to_owned()]),
                other => return Err(format!("`cargo xtask vsix` has no option `{other}`")),
            }
        }
        Ok(options)
    }
}

fn folder() -> PathBuf {
    root().join("editors/vscode")
}

fn program(profile: &str) -> Result<PathBuf, String> {
    Ok(target()?.join(profile).join(format!("velox-lsp{}", std::env::consts::EXE_SUFFIX)))
}

/// Builds the server for release, unless one is named, and packages the extension with it.
///
/// # Errors
/// A step failed.
pub(crate) fn package(options: &Options) -> Result<(), String> {
    let mut steps = Steps::default();
    let binary = match &options.binary {
        Some(binary) => binary.clone(),
        None => {
            steps.run("velox-lsp: build", true, cargo(&["build", "--package", "velox_lsp", "--release"]));
            outcome(&steps)?;
            program("release")?
        }
    };
    let installed = install(&mut steps, &folder(), true);
    let mut script = npm(&folder(), &["run", "package", "--", "--binary"]);
    script.arg(binary).args(&options.passed_on);
    steps.run("editors/vscode: package", installed, script);
    outcome(&steps)
}

/// The tests of the extension, with the server's debug build in the package.
pub(crate) fn add_steps(steps: &mut Steps) {
    let built = steps.run("velox-lsp: build", true, cargo(&["build", "--package", "velox_lsp"]));
    let installed = install(steps, &folder(), built);
    let mut test = npm(&folder(), &["test"]);
    match program("debug") {
        Ok(binary) => {
            test.env("VELOX_LSP", binary);
            steps.test("editors/vscode: test", installed, Runner::Node, test);
        }
        Err(message) => {
            steps.work("velox-lsp: find", installed, || Err(message));
        }
    }
}

/// Describes the server's settings in the manifest of the extension.
///
/// # Errors
/// A step failed.
pub(crate) fn settings() -> Result<(), String> {
    let mut steps = Steps::default();
    let mut described =
        cargo(&["test", "--quiet", "--package", "velox_lsp", "--lib", "--", "settings::schema"]);
    described.env("VELOX_WRITE_SETTINGS", "1");
    let described = steps.run("settings: describe", true, described);
    steps.run("settings: manifest", described, npm(&folder(), &["run", "settings"]));
    outcome(&steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_of_vsix_are_read() {
        assert_eq!(Options::parse(&[]), Ok(Options::default()));
        let options = Options::parse(&["--binary", "/a/velox-lsp", "--target=linux-x64"]).unwrap();
        assert!(options.binary.is_some_and(|path| path.ends_with("a/velox-lsp")));
        assert_eq!(options.passed_on, ["--target", "linux-x64"]);
        assert!(Options::parse(&["--binary"]).is_err() && Options::parse(&["--frobnicate", "x"]).is_err());
    }
}
