//! `veloxc init`, `preview` and `explain`, run for real.

mod support;

use support::{Folder, Run};

#[test]
fn init_makes_a_project_that_checks_clean_and_overwrites_nothing() {
    let folder = Folder::with(&[]);
    let run = folder.run(&["init", "My App"]).ends_with(0);
    assert!(run.out.contains("  cd 'My App'\n") && run.out.contains("  veloxc build"), "{}", run.out);
    let package: serde_json::Value = serde_json::from_str(&folder.read("My App/package.json")).unwrap();
    assert_eq!(package["name"], "my-app");
    assert!(folder.read("My App/README.md").starts_with("# my-app\n"));
    assert!(folder.has("My App/.gitignore") && !folder.has("My App/gitignore"));
    folder.run(&["check", "My App"]).ends_with(0);
    assert_eq!(folder.run(&["routes", "My App"]).ends_with(0).err, "");

    folder.write("My App/package.json", b"mine");
    let run = folder.run(&["init", "My App"]).ends_with(2);
    assert!(run.err.contains("My App is not empty") && run.err.contains("package.json"), "{}", run.err);
    assert_eq!(folder.read("My App/package.json"), "mine");
}

#[test]
fn init_takes_an_empty_folder_and_a_fresh_repository() {
    let folder = Folder::with(&[]);
    folder.write(".git/HEAD", b"ref: refs/heads/main\n");
    let run = folder.run(&["init"]).ends_with(0);
    assert!(!run.out.contains("cd "), "{}", run.out);
    folder.run(&["check"]).ends_with(0);
    folder.write("file", b"");
    let run = folder.run(&["init", "file"]).ends_with(2);
    assert!(run.err.contains("is a file"), "{}", run.err);
}

#[test]
fn explain_prints_a_page_and_lists_all() {
    let folder = Folder::with(&[]);
    let page = folder.run(&["explain", "VX0401"]).ends_with(0).out;
    assert!(page.starts_with("VX0401") && !page.contains('\u{1b}'), "{page}");
    assert_eq!(folder.run(&["explain", "vx0401"]).out, page);
    assert_eq!(folder.run(&["explain", "unknown-component"]).out, page);
    let colored = folder.run(&["explain", "VX0401", "--color", "always"]).out;
    assert!(colored.starts_with("\u{1b}[1;4mVX0401"), "{colored}");
    let list = folder.run(&["explain"]).ends_with(0).out;
    assert!(list.lines().filter(|line| line.starts_with("VX")).count() > 40, "{list}");
}

#[test]
fn explain_names_codes_that_are_near() {
    let run = Folder::with(&[]).run(&["explain", "VX401"]).ends_with(2);
    assert!(
        run.err.contains("there is no code `VX401`") && run.err.contains("VX0401  unknown-component"),
        "{}",
        run.err
    );
    assert_eq!(run.out, "");
}

#[test]
fn preview_needs_a_build_and_node() {
    let folder = Folder::project();
    let run = folder.run(&["preview"]).ends_with(2);
    assert!(run.err.contains("there is no build") && run.err.contains("veloxc build"), "{}", run.err);
    folder.write(".velox/output/server.js", b"");
    let mut command = folder.command(&["preview"]);
    let run = Run::of(command.env("VELOX_NODE", "/nowhere/node").output().unwrap()).ends_with(2);
    assert!(
        run.err.contains("`/nowhere/node` was not found") && run.err.contains("Node.js 20"),
        "{}",
        run.err
    );
}

#[test]
fn preview_hands_port_host_and_exit_code_through() {
    let folder = Folder::project();
    folder.write(
        ".velox/output/server.js",
        b"console.log(process.env.PORT, process.env.HOST, process.env.NODE_ENV, process.cwd()); process.exit(7);",
    );
    let run = folder.run(&["preview", "--port", "8123", "--host", "::1"]).ends_with(7);
    let here = folder.path().display().to_string();
    assert_eq!(run.out, format!("8123 ::1 production {here}\n"));
}

#[cfg(unix)]
#[test]
fn signals_reach_the_server() {
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};
    let folder = Folder::project();
    folder.write(
        ".velox/output/server.js",
        b"process.on('SIGTERM', () => process.exit(42)); setInterval(() => {}, 1000); console.log('ready');",
    );
    let mut child = folder.command(&["preview"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert_eq!(line, "ready\n");
    let id = child.id().to_string();
    #[expect(clippy::disallowed_methods, reason = "the shortest way to send a signal")]
    let sent = Command::new("kill").args(["-TERM", &id]).status().unwrap();
    assert!(sent.success());
    assert_eq!(child.wait().unwrap().code(), Some(42));
}
