//! `cargo xtask test`: every check and every test, with all set-up, from a fresh clone.

use crate::counts::Runner;
use crate::editors;
use crate::fuzz;
use crate::generate;
use crate::setup::{compiler, install, runtime};
use crate::steps::Steps;
use crate::tidy;
use crate::workspace::{cargo, command, examples, has_nextest, npm, root, veloxc};
use std::process::ExitCode;

/// Runs everything, prints the closing line, ends with failure where anything failed.
pub(crate) fn run() -> ExitCode {
    let mut steps = Steps::default();
    steps.run("format", true, cargo(&["fmt", "--all", "--check"]));
    steps.run("fuzz: format", true, cargo(&["fmt", "--manifest-path", "fuzz/Cargo.toml", "--check"]));
    steps.work("tidy", true, tidy::run);

    let installed = install(&mut steps, &root().join("lsp/ide/data"), true);
    steps.work("language server: data", installed, || generate::run(true));

    let built = runtime(&mut steps);
    steps.test("runtime: test", built, Runner::Node, npm(&root().join("runtime"), &["test"]));

    // Before the tests: what clippy finds is found sooner than what a test finds.
    steps.run("clippy", true, cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]));
    install(&mut steps, &root().join("tests/client"), true);
    if has_nextest() {
        steps.test(
            "rust: test",
            true,
            Runner::Nextest,
            cargo(&["nextest", "run", "--workspace", "--no-fail-fast"]),
        );
        steps.test("rust: doc tests", true, Runner::Cargo, cargo(&["test", "--workspace", "--doc"]));
    } else {
        steps.test("rust: test", true, Runner::Cargo, cargo(&["test", "--workspace", "--no-fail-fast"]));
    }

    let grammar = root().join("grammar");
    let installed = install(&mut steps, &grammar, true);
    let outlines = steps.run(
        "grammar: outlines",
        installed,
        cargo(&["build", "-p", "velox_syntax", "--example", "outline"]),
    );
    steps.test("grammar: test", outlines, Runner::Node, npm(&grammar, &["test"]));

    // libFuzzer is not at home on Windows.
    if cfg!(unix) {
        fuzz::add_steps(&mut steps, &fuzz::Options::short());
    }

    editors::add_steps(&mut steps);

    let compiled = compiler(&mut steps, built, false);
    let binary = match veloxc("debug") {
        Ok(binary) => binary,
        Err(message) => {
            steps.work("compiler: find", true, || Err(message));
            return steps.finish();
        }
    };
    let packages = root().join("npm");
    let installed = install(&mut steps, &packages, compiled);
    let mut test = npm(&packages, &["test"]);
    test.env("VELOXC", &binary);
    steps.test("npm packages: test", installed, Runner::Node, test);

    let mut examples_built = compiled;
    for example in examples() {
        let name = example.strip_prefix(root()).unwrap_or(&example).display().to_string();
        let installed = install(&mut steps, &example, compiled);
        let mut build = command(binary.as_os_str(), &root());
        build.arg("build").arg(&example);
        examples_built &= steps.run(&format!("{name}: build"), installed, build);
    }
    let e2e = root().join("tests/e2e");
    let installed = install(&mut steps, &e2e, examples_built);
    let mut test = npm(&e2e, &["test"]);
    test.env("VELOXC", &binary);
    steps.test("end to end: test", installed, Runner::Node, test);
    steps.finish()
}
