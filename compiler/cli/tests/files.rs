//! Files and names as they come: whatever lies in a project is read, passed over or told of; nothing hangs and nothing panics.

#![allow(clippy::disallowed_methods, reason = "tests write files and wait for processes")]

mod support;

use serde_json::json;
use std::time::{Duration, Instant};
use support::{Folder, Run};

/// Runs a check that has to end: a program that waits for a pipe waits for ever.
#[track_caller]
fn check(folder: &Folder) -> Run {
    let mut child = folder
        .command(&["check", "--format", "json"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let started = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if started.elapsed() > Duration::from_secs(20) {
            child.kill().unwrap();
            panic!("the check does not end");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    Run::of(child.wait_with_output().unwrap())
}

/// Codes with the files that they are about, and no internal error among them.
#[track_caller]
fn findings(folder: &Folder) -> Vec<(String, String)> {
    let printed = check(folder).json();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let found = printed["diagnostics"].as_array().unwrap().iter();
    let found: Vec<(String, String)> =
        found.map(|found| (text(&found["code"]), text(&found["file"]))).collect();
    assert!(found.iter().all(|(code, _)| code != "VX0901"), "{printed:#}");
    found
}

#[track_caller]
fn is_clean(path: &str, bytes: &[u8]) {
    let folder = Folder::project();
    folder.write(path, bytes);
    assert_eq!(findings(&folder), [], "{path}");
}

#[track_caller]
fn gives(path: &str, bytes: &[u8], code: &str) {
    let folder = Folder::project();
    folder.write(path, bytes);
    assert_eq!(findings(&folder), [(code.to_owned(), path.to_owned())]);
}

#[test]
fn ends_of_lines_and_marks_of_order_are_read() {
    is_clean("routes/bom.velox", b"\xef\xbb\xbf---\nconst a = 1;\n---\n<p>{a}</p>\n");
    is_clean("routes/crlf.velox", b"---\r\nconst a = 1;\r\n---\r\n<p>{a}</p>\r\n");
    is_clean("routes/cr.velox", b"---\rconst a = 1;\r---\r<p>{a}</p>\r");
    is_clean("routes/mixed.velox", b"---\rconst a = 1;\r\n---\n<p>{a}</p>\r\r\n");
    is_clean("lib/bom.ts", b"\xef\xbb\xbfexport const a = 1;\n");
    is_clean("routes/nul.velox", b"<p>a\0b</p>\n");
}

#[test]
fn a_lone_carriage_return_ends_a_line() {
    let folder = Folder::project();
    folder.write("routes/cr.velox", b"<p>a</p>\r<p>b</p>\r</div>\r");
    let found = check(&folder).ends_with(1).json();
    assert_eq!(found["diagnostics"][0]["range"]["start"], json!({ "line": 3, "column": 1, "offset": 18 }));
}

#[test]
fn files_of_next_to_nothing_are_pages() {
    for text in ["", "\n", " ", "\u{feff}", "---\n---\n", "---\n---", "<!-- -->", "\0"] {
        is_clean("routes/small.velox", text.as_bytes());
    }
    gives("routes/small.velox", b"---", "VX0101");
    gives("routes/small.velox", b"---\n", "VX0101");
    gives("routes/small.velox", b"\xef\xbb\xbf---\r\n", "VX0101");
    is_clean("lib/empty.ts", b"");
    is_clean("public/empty.json", b"");
}

#[test]
fn what_is_no_text_is_told_of_and_the_rest_is_checked() {
    for bytes in [&b"<p>\xff</p>"[..], b"\xff\xfe<\0p\0>\0", b"<p>\xed\xa0\x80</p>", b"\xc3"] {
        gives("routes/bytes.velox", bytes, "VX0510");
    }
    gives("lib/bytes.ts", b"export const a = '\xe9';", "VX0510");
    gives("tsconfig.json", b"{ \xff }", "VX0510");
    let folder = Folder::project();
    folder.write("routes/bytes.velox", b"\xff");
    folder.write("routes/broken.velox", b"<p>");
    let codes: Vec<String> = findings(&folder).into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, ["VX0201", "VX0510"]);
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_not_waited_for() {
    use rustix::fs::{CWD, FileType, Mode, mknodat};
    use std::os::unix::net::UnixListener;
    let folder = Folder::project();
    folder.write("lib/a.ts", b"export {};\n");
    for name in ["routes/pipe.velox", "lib/pipe.ts", "velox.config.ts", "tsconfig.json", "routes/x+server.ts"]
    {
        mknodat(CWD, folder.join(name), FileType::Fifo, Mode::from_raw_mode(0o600), 0).unwrap();
    }
    let _socket = UnixListener::bind(folder.join("routes/socket.velox")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", folder.join("routes/endless.velox")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", folder.join("lib/endless.ts")).unwrap();
    assert!(findings(&folder).iter().all(|(code, _)| code == "VX0510"), "{:?}", findings(&folder));
    // Named by an import, and by the command line, too.
    folder.write(
        "routes/a.velox",
        b"---\nimport { a } from '$lib/pipe';\nimport { b } from '$lib/endless';\n---\n{a}{b}\n",
    );
    let codes: Vec<String> = findings(&folder).into_iter().map(|(code, _)| code).collect();
    assert!(
        codes.iter().any(|code| code == "VX0405") && codes.iter().all(|code| code != "VX0901"),
        "{codes:?}"
    );
    for name in ["routes/pipe.velox", "routes/socket.velox", "routes/endless.velox"] {
        let started = Instant::now();
        let mut child = folder.command(&["check", "--syntax-only", name]).spawn().unwrap();
        while child.try_wait().unwrap().is_none() {
            if started.elapsed() > Duration::from_secs(20) {
                child.kill().unwrap();
                panic!("{name}: the check does not end");
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        assert!(matches!(child.wait().unwrap().code(), Some(1 | 2)), "{name}");
    }
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read_is_told_of() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::os::unix::process::CommandExt;
    let folder = Folder::project();
    folder.write("routes/secret.velox", b"<p>x</p>");
    folder.write("routes/closed/page.velox", b"<p>x</p>");
    #[expect(clippy::disallowed_methods, reason = "tests change permissions")]
    let set = |path: &str, mode: u32| {
        std::fs::set_permissions(folder.join(path), std::fs::Permissions::from_mode(mode)).unwrap();
    };
    set("", 0o755);
    set("routes/secret.velox", 0o000);
    set("routes/closed", 0o000);
    let mut command = folder.command(&["check", "--format", "json"]);
    #[expect(clippy::disallowed_methods, reason = "asks whether the permissions hold")]
    if std::fs::read(folder.join("routes/secret.velox")).is_ok() {
        // Root may read all: the check is run by nobody in particular.
        command.uid(65534).gid(65534);
    }
    let run = Run::of(command.output().unwrap()).ends_with(1);
    set("routes/closed", 0o700);
    let printed = run.json();
    let found = printed["diagnostics"].as_array().unwrap().iter();
    let found: Vec<_> =
        found.map(|one| [one["code"].as_str().unwrap(), one["file"].as_str().unwrap()]).collect();
    assert_eq!(found, [["VX0510", "routes/closed"], ["VX0510", "routes/secret.velox"]]);
    // Not even the one who may do everything reads through a loop, or below a file.
    let folder = Folder::project();
    symlink(folder.join("lib/b.ts"), folder.join("routes/b.velox")).unwrap();
    folder.write(
        "routes/a.velox",
        b"---\nimport b from './b.velox';\nimport c from '../package.json/c';\n---\n<p>{b}{c}</p>\n",
    );
    let codes: Vec<String> = findings(&folder).into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, ["VX0405", "VX0405"]);
}

#[test]
fn a_folder_with_the_name_of_a_file_is_told_of() {
    let folder = Folder::project();
    folder.write("routes/x.velox/inner.velox", b"<p>x</p>");
    folder.write("lib/y.ts/inner.ts", b"export {};");
    folder.write("velox.config.ts/inner.ts", b"export {};");
    let found = findings(&folder);
    assert!(found.contains(&("VX0510".to_owned(), "routes/x.velox".to_owned())), "{found:?}");
}

#[test]
fn names_that_are_no_urls_are_told_of_or_encoded() {
    let long = format!("routes/{}.velox", "n".repeat(200));
    for name in [
        "routes/100%.velox",
        "routes/a%2fb.velox",
        "routes/a b.velox",
        "routes/a#b.velox",
        "routes/q=1&r.velox",
        "routes/😀.velox",
        "routes/é.velox",
        "routes/e\u{301}.velox",
        "routes/a\u{7}b.velox",
        "routes/a\nb.velox",
        "routes/..a.velox",
        "routes/...velox",
        "routes/.velox",
        "routes/[].velox",
        "routes/[.velox",
        "routes/].velox",
        "routes/[[a].velox",
        "routes/[...].velox",
        "routes/(a.velox",
        "routes/().velox",
        "routes/+server.ts",
        "routes/\u{202e}a.velox",
        "routes/a'b\"c.velox",
        "routes/con.velox",
        &long,
    ] {
        if cfg!(windows) && name.contains(['"', '\n', '\u{7}', '%']) {
            continue;
        }
        let folder = Folder::project();
        folder.write(name, b"<p>x</p>\n");
        let found = findings(&folder);
        assert!(
            found.iter().all(|(code, _)| code.starts_with("VX05") || code.starts_with("VX03")),
            "{name}: {found:?}"
        );
        let routes = folder.run(&["routes"]);
        assert!(matches!(routes.code, 0 | 1), "{name}: {routes:?}");
        assert!(!routes.out.contains('\u{7}') && !routes.err.contains('\u{7}'), "{name}: {routes:?}");
    }
    #[cfg(unix)]
    {
        let folder = Folder::project();
        folder.write("routes/what?.velox", b"<p>x</p>\n");
        folder.write("routes/a\\b.velox", b"<p>x</p>\n");
        let found = findings(&folder);
        assert!(found.iter().all(|(code, _)| code.starts_with("VX05")), "{found:?}");
    }
}

#[test]
fn an_import_that_leads_out_of_the_project_or_nowhere_is_told_of() {
    let folder = Folder::project();
    folder.write(
        "routes/a.velox",
        b"---\nimport a from '../../../../etc/passwd';\nimport b from '';\nimport c from '.';\nimport d from './a.velox';\nimport e from '../routes';\n---\n<p>{a}{b}{c}{d}{e}</p>\n",
    );
    let found = findings(&folder);
    assert!(found.iter().any(|(code, _)| code == "VX0405"), "{found:?}");
}
