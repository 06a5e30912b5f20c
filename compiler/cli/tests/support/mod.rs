//! Runs the binary in folders of its own, and compares what it printed.

#![allow(dead_code, reason = "each test file is a crate of its own and uses a part")]
#![expect(clippy::disallowed_methods, reason = "tests write files and run the binary")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder that is gone after the test, outside of any project.
pub(crate) struct Folder(tempfile::TempDir);

/// What a run gave.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Folder {
    /// A folder with these files.
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        for (path, text) in files {
            folder.write(path, text.as_bytes());
        }
        folder
    }

    /// A project with a page, an endpoint, a layout and a component, without a finding.
    pub(crate) fn project() -> Self {
        Self::with(&[
            ("package.json", "{ \"name\": \"site\" }\n"),
            ("layouts/default.velox", "<!DOCTYPE html>\n<html><head></head><body><slot /></body></html>\n"),
            ("components/Card.velox", "<article><slot /></article>\n"),
            (
                "routes/index.velox",
                "---\nimport Card from '$components/Card.velox';\n---\n<Card><h1>Hello</h1></Card>\n",
            ),
            (
                "routes/blog/[slug].velox",
                "---\nconst post = await fetch('/x');\n---\n<p>{params.slug}{post.status}</p>\n",
            ),
            ("routes/api/users+server.ts", "export const GET = () => Response.json([]);\n"),
        ])
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn join(&self, path: &str) -> PathBuf {
        self.path().join(path)
    }

    pub(crate) fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.join(path)).unwrap()
    }

    pub(crate) fn has(&self, path: &str) -> bool {
        self.join(path).exists()
    }

    /// The binary, to be run in this folder, without colours from the environment.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_veloxc"));
        command.args(args).current_dir(self.path()).stdin(Stdio::null());
        for name in ["NO_COLOR", "CLICOLOR_FORCE", "VELOX_NODE", "PORT", "HOST"] {
            command.env_remove(name);
        }
        command
    }

    /// Runs the binary in this folder.
    pub(crate) fn run(&self, args: &[&str]) -> Run {
        Run::of(self.command(args).output().unwrap())
    }
}

impl Run {
    pub(crate) fn of(output: Output) -> Self {
        Self {
            code: output.status.code().expect("ended by a signal"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// What was printed as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error} in {self:?}"))
    }

    /// The exit code must be this.
    #[track_caller]
    pub(crate) fn ends_with(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}\n{}", self.out, self.err);
        self
    }

    /// Standard output with times left out.
    pub(crate) fn without_times(&self) -> String {
        let timed = |line: &str| match line.rsplit_once(" (") {
            Some((head, tail)) if tail.ends_with(" ms)") || tail.ends_with(" s)") => {
                format!("{head} (TIME)\n")
            }
            _ => format!("{line}\n"),
        };
        self.out.lines().map(timed).collect()
    }
}
