//! `veloxc check --watch`: what is printed after which change.
#![allow(clippy::disallowed_methods, reason = "tests change files")]

mod support;

use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use support::Folder;

/// A watching process, whose lines come one by one.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Watching {
    fn of(folder: &Folder, args: &[&str]) -> Self {
        let mut command = folder.command(&[&["check", "--watch"], args].concat());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let (send, lines) = channel();
        let out = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || out.lines().map_while(Result::ok).try_for_each(|line| send.send(line)));
        Self { child, lines }
    }

    fn line(&self) -> String {
        self.lines.recv_timeout(Duration::from_secs(20)).expect("nothing was printed")
    }

    /// Runs come until one has exactly these findings: how many changes a run takes together is chance.
    #[track_caller]
    fn comes_to(&self, expected: &[&str]) {
        let mut last = Vec::new();
        let end = Instant::now() + Duration::from_secs(20);
        while Instant::now() < end {
            let Ok(line) = self.lines.recv_timeout(Duration::from_secs(5)) else { break };
            let run: Value = serde_json::from_str(&line).unwrap();
            let found = run["diagnostics"].as_array().unwrap().iter();
            let name = |found: &Value| {
                format!("{} {}", found["file"].as_str().unwrap(), found["code"].as_str().unwrap())
            };
            last = found.map(name).collect::<Vec<String>>();
            if last == expected {
                return;
            }
        }
        panic!("expected {expected:?}, the last run had {last:?}");
    }

    fn is_silent(&self) -> bool {
        self.lines.recv_timeout(Duration::from_millis(400)).is_err()
    }
}

const BROKEN: &[u8] = b"<p>x</div></p>\n";

#[test]
fn each_change_prints_a_run() {
    let folder = Folder::project();
    let watching = Watching::of(&folder, &["--format", "json"]);
    watching.comes_to(&[]);
    // An edit.
    folder.write("routes/index.velox", BROKEN);
    watching.comes_to(&["routes/index.velox VX0202"]);
    // The same text again, and a file that nobody reads.
    folder.write("routes/index.velox", BROKEN);
    folder.write("node_modules/x.js", b"x");
    assert!(watching.is_silent());
    folder.write("routes/index.velox", b"<p>x</p>\n");
    watching.comes_to(&[]);
    // An editor that writes a file beside, and puts it in the place.
    folder.write("routes/.index.velox.swp", BROKEN);
    std::fs::rename(folder.join("routes/.index.velox.swp"), folder.join("routes/index.velox")).unwrap();
    watching.comes_to(&["routes/index.velox VX0202"]);
    folder.write("routes/index.velox", b"<p>x</p>\n");
    watching.comes_to(&[]);
    // A new file in new folders.
    folder.write("routes/deep/er/a.velox", BROKEN);
    watching.comes_to(&["routes/deep/er/a.velox VX0202"]);
    folder.write("routes/deep/er/a.velox", b"<p>x</p>\n");
    watching.comes_to(&[]);
    // A new name, then none.
    std::fs::rename(folder.join("routes/deep/er/a.velox"), folder.join("routes/deep/[a-b].velox")).unwrap();
    watching.comes_to(&["routes/deep/[a-b].velox VX0502"]);
    std::fs::remove_dir_all(folder.join("routes/deep")).unwrap();
    watching.comes_to(&[]);
    // What other files say of it changes with a file.
    std::fs::remove_file(folder.join("components/Card.velox")).unwrap();
    folder.write("routes/b.velox", b"---\nimport Card from '$components/Card.velox';\n---\n<Card />\n");
    watching.comes_to(&["routes/b.velox VX0405"]);
    folder.write("components/Card.velox", b"<p>x</p>\n");
    watching.comes_to(&[]);
    // An ignore file.
    folder.write("routes/c.velox", BROKEN);
    watching.comes_to(&["routes/c.velox VX0202"]);
    folder.write(".gitignore", b"c.velox\n");
    watching.comes_to(&[]);
}

#[test]
fn the_configuration_is_watched_and_may_be_broken_for_a_time() {
    let folder = Folder::project();
    let page = b"---\nexport const meta = { titel: 'x' };\n---\n<p>x</p>\n";
    folder.write("routes/page.velox", page);
    let watching = Watching::of(&folder, &["--format", "json"]);
    watching.comes_to(&["routes/page.velox VX0312"]);
    folder.write("velox.config.ts", b"export default { check: { severity: { VX0312: 'off' } } };\n");
    watching.comes_to(&[]);
    folder.write("velox.config.ts", b"export default { check: { severity: { VX0312: 'of' } } };\n");
    watching.comes_to(&["routes/page.velox VX0312", "velox.config.ts VX0509"]);
    std::fs::remove_file(folder.join("velox.config.ts")).unwrap();
    watching.comes_to(&["routes/page.velox VX0312"]);
}

#[test]
fn a_folder_that_goes_away_may_come_back() {
    let folder = Folder::project();
    let watching = Watching::of(&folder, &["--format", "json", "--root", "."]);
    watching.comes_to(&[]);
    let aside = Folder::with(&[]);
    std::fs::rename(folder.join("routes"), aside.join("routes")).unwrap();
    watching.comes_to(&[]);
    folder.write("routes/index.velox", BROKEN);
    watching.comes_to(&["routes/index.velox VX0202"]);
}

#[test]
fn a_pipe_gets_reports_without_clearing() {
    let folder = Folder::project();
    let watching = Watching::of(&folder, &[]);
    assert!(watching.line().starts_with("no problems in 5 files ("));
    assert_eq!(watching.line(), "watching 5 files for changes; Ctrl-C ends");
    folder.write("routes/index.velox", BROKEN);
    assert!(watching.line().starts_with("error[VX0202]: "));
}
