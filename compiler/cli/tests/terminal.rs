//! What every command does alike: colours, help, mistakes in the call, readers that go away.

mod support;

use std::io::Read;
use std::process::Stdio;
use support::{Folder, Run};

fn broken() -> Folder {
    let folder = Folder::project();
    folder.write("routes/broken.velox", b"<p>x</p></div>\n");
    folder
}

#[test]
fn colours_follow_the_flag_then_the_environment() {
    let folder = broken();
    let colored = |args: &[&str], variable: Option<(&str, &str)>| {
        let mut command = folder.command(args);
        command.envs(variable);
        let run = Run::of(command.output().unwrap()).ends_with(1);
        run.out.contains('\u{1b}')
    };
    assert!(!colored(&["check"], None), "a pipe gets no colours");
    assert!(colored(&["check", "--color", "always"], None));
    assert!(colored(&["--color=always", "check"], Some(("NO_COLOR", "1"))));
    assert!(colored(&["check"], Some(("CLICOLOR_FORCE", "1"))));
    assert!(!colored(&["check", "--color", "never"], Some(("CLICOLOR_FORCE", "1"))));
    assert!(!colored(&["check"], Some(("CLICOLOR_FORCE", "0"))));
    assert!(!colored(&["check", "--format", "json", "--color", "always"], None));
}

#[test]
fn every_command_has_help_with_an_example() {
    let folder = Folder::with(&[]);
    for command in ["check", "build", "routes", "compile", "explain", "init", "preview", "completions"] {
        let run = folder.run(&[command, "--help"]).ends_with(0);
        assert!(run.out.contains(&format!("Usage: veloxc {command}")), "{}", run.out);
        assert!(run.out.contains("Examples:\n  veloxc "), "{}", run.out);
        assert!(run.out.lines().all(|line| line.chars().count() <= 100), "{}", run.out);
        assert!(folder.run(&["--help"]).out.contains(&format!("  {command} ")));
    }
    let version = folder.run(&["--version"]).ends_with(0).out;
    assert_eq!(version, format!("veloxc {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn mistakes_in_the_call_end_with_two_and_say_what_was_meant() {
    let folder = Folder::project();
    let run = folder.run(&["chekc"]).ends_with(2);
    assert!(run.err.contains("'check'") && run.out.is_empty(), "{}", run.err);
    folder.run(&[]).ends_with(2);
    folder.run(&["check", "--format", "xml"]).ends_with(2);
    folder.run(&["build", "--concurrency", "0"]).ends_with(2);
    let run = folder.run(&["compile", "routes/index.velox", "--target", "browser"]).ends_with(2);
    assert!(run.err.contains("[possible values: server, client]"), "{}", run.err);
    let run = folder.run(&["compile", "routes/index.velox", "--mode", "srr"]).ends_with(2);
    assert!(run.err.contains("the modes are ssr, ssg, isr, csr"), "{}", run.err);
}

#[test]
fn a_reader_that_goes_away_changes_nothing() {
    let folder = Folder::project();
    for number in 0..400 {
        folder.write(&format!("routes/r{number}.velox"), b"<p>x</p></div>\n<p>{a b}</p>\n");
    }
    for args in [&["check"][..], &["check", "--format", "json"], &["check", "--format", "concise"]] {
        let mut child = folder.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // The pipe is closed before a byte of it is read.
        drop(child.stdout.take());
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(1), "{err}");
        assert!(!err.contains("error") || err.contains("errors in"), "{err}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_told() {
    let folder = Folder::project();
    #[expect(clippy::disallowed_methods, reason = "a device that is always full")]
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let run = Run::of(folder.command(&["explain"]).stdout(full).output().unwrap()).ends_with(2);
    assert!(run.err.starts_with("error: standard output cannot be written: "), "{}", run.err);
}

#[test]
fn completions_are_printed_for_each_shell() {
    let folder = Folder::with(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = folder.run(&["completions", shell]).ends_with(0);
        assert!(run.out.contains("veloxc") && run.out.contains("syntax-only"), "{shell}: {}", run.out);
    }
    folder.run(&["completions", "tcsh"]).ends_with(2);
}
