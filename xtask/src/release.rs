//! `cargo xtask release`: the binaries as they are given to users, built in release and guided by a profile of real runs.
//!
//! Three steps: binaries that count what they run, runs of them over the examples, the corpus of tests and a generated project, and
//! the build that uses the counts. The counts are merged by LLVM's `llvm-profdata`, of the toolchain (`rustup component add llvm-tools`)
//! or of the system. Refuses to go on without it, unless it is told to by `--no-profile`.

use crate::steps::Steps;
use crate::workspace::{cargo, command, examples, host_triple, root};
use std::fs;
use std::path::{Path, PathBuf};

/// What is built.
const PACKAGES: [&str; 2] = ["veloxc", "velox_lsp"];
/// The names of the binaries.
const BINARIES: [&str; 2] = ["veloxc", "velox-lsp"];

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Options {
    /// Whether runs are counted first.
    profile: bool,
    /// The target triple; the host's if none is given.
    target: Option<String>,
}

impl Options {
    /// Reads the words after `release`.
    ///
    /// # Errors
    /// There is no such option.
    pub(crate) fn parse(words: &[&str]) -> Result<Self, String> {
        let mut options = Self { profile: true, target: None };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match *word {
                "--no-profile" => options.profile = false,
                "--target" => {
                    let target =
                        words.next().ok_or("--target needs a triple, such as `x86_64-unknown-linux-gnu`")?;
                    options.target = Some((*target).to_owned());
                }
                other => {
                    return Err(format!("there is no option `{other}`; there are --no-profile and --target"));
                }
            }
        }
        Ok(options)
    }
}

/// Builds the binaries into `target/dist/`.
///
/// # Errors
/// Names the steps that failed.
pub(crate) fn run(options: &Options) -> Result<(), String> {
    let host = host_triple()?;
    let target = options.target.clone().unwrap_or_else(|| host.clone());
    let folder = root().join("target/pgo");
    let mut steps = Steps::default();
    let runtime = crate::setup::runtime(&mut steps);
    // What is built for another machine cannot be run here, so there is nothing to count.
    let counted = options.profile && target == host;
    let profile = folder.join("veloxc.profdata");
    let mut ready = runtime;
    if counted {
        ready = steps.work("release: llvm-profdata", ready, || llvm_profdata(&folder).map(drop));
        ready = count(&mut steps, ready, &folder, &host);
        ready = steps.work("release: profile", ready, || merge(&folder, &profile));
    }
    let mut build = binaries(&folder.join("build"), &target);
    if counted {
        build.env("RUSTFLAGS", format!("-Cprofile-use={}", profile.display()));
    }
    ready = steps.run("release: build", ready, build);
    steps.work("release: copy", ready, || {
        let dist = root().join("target/dist");
        let failed = |error: std::io::Error| format!("{}: {error}", dist.display());
        fs::create_dir_all(&dist).map_err(failed)?;
        for name in BINARIES {
            let name = format!("{name}{}", if target.contains("windows") { ".exe" } else { "" });
            fs::copy(folder.join("build").join(&target).join("release").join(&name), dist.join(&name))
                .map_err(failed)?;
            println!("target/dist/{name}");
        }
        Ok(())
    });
    crate::setup::outcome(&steps)
}

/// Builds binaries that count, and runs them.
fn count(steps: &mut Steps, needs: bool, folder: &Path, host: &str) -> bool {
    let mut build = binaries(&folder.join("count"), host);
    build.env("RUSTFLAGS", format!("-Cprofile-generate={}", folder.join("raw").display()));
    // Cargo names functions by their profile's settings too, so both builds have the same.
    let mut ready = steps.run("release: binaries that count", needs, build);
    let raw = folder.join("raw");
    ready = steps.work("release: projects to run on", ready, || {
        let _ = fs::remove_dir_all(&raw);
        fs::create_dir_all(&raw).map_err(|error| format!("{}: {error}", raw.display()))
    });
    let corpus = folder.join("corpus");
    let mut generate = command("node".as_ref(), &root());
    // Another seed than the benchmarks have.
    generate.arg("bench/gen-corpus.mjs").arg("--out").arg(&corpus);
    generate.args(["--routes", "400", "--seed", "7", "--dialects", "velox"]);
    ready = steps.run("release: generated project", ready, generate);
    let mut projects = vec![corpus.join("velox"), corpus.join("velox")];
    projects.extend(examples());
    let sites = fs::read_dir(root().join("tests/corpus")).into_iter().flatten().flatten();
    let mut sites: Vec<PathBuf> = sites.map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    sites.sort();
    projects.extend(sites);
    let veloxc = folder.join("count").join(host).join("release/veloxc");
    steps.work("release: runs", ready, || {
        for project in projects {
            for arguments in [&["check"][..], &["fmt", "--check"], &["routes"]] {
                // Some are to be formatted, which is no failure of the run.
                let run = command(veloxc.as_os_str(), &project)
                    .args(arguments)
                    .env("LLVM_PROFILE_FILE", raw.join("%p.profraw"))
                    .output();
                let output = run.map_err(|error| format!("{}: {error}", veloxc.display()))?;
                if output.status.code().is_none_or(|code| code > 1) {
                    return Err(format!(
                        "`veloxc {}` in {} ended with {}",
                        arguments.join(" "),
                        project.display(),
                        output.status
                    ));
                }
            }
        }
        Ok(())
    })
}

fn binaries(folder: &Path, target: &str) -> std::process::Command {
    let mut build = cargo(&["build", "--release"]);
    for package in PACKAGES {
        build.args(["--package", package]);
    }
    // All code is seen at once: it takes many minutes, and is worth a few percent.
    build.env("CARGO_PROFILE_RELEASE_LTO", "fat").env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "1");
    // With a target named, the flags leave build scripts and macros alone.
    build.arg("--target-dir").arg(folder).args(["--target", target]);
    build
}

fn merge(folder: &Path, profile: &Path) -> Result<(), String> {
    let program = llvm_profdata(folder)?;
    let mut merge = command(program.as_os_str(), &root());
    let status = merge.arg("merge").arg("-o").arg(profile).arg(folder.join("raw")).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => {
            Err(format!("{} ended with {status}; is it older than rustc's LLVM?", program.display()))
        }
        Err(error) => Err(format!("{}: {error}", program.display())),
    }
}

/// The toolchain's own program, else the newest of the system.
fn llvm_profdata(folder: &Path) -> Result<PathBuf, String> {
    let sysroot = command("rustc".as_ref(), &root()).args(["--print", "target-libdir"]).output();
    let libraries =
        sysroot.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default();
    let mut found = vec![Path::new(&libraries).with_file_name("bin").join("llvm-profdata")];
    found.extend((19..40).rev().map(|version| PathBuf::from(format!("llvm-profdata-{version}"))));
    found.push(PathBuf::from("llvm-profdata"));
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let works = |program: &PathBuf| {
        let run = command(program.as_os_str(), &root()).args(["merge", "--version"]).output();
        run.is_ok_and(|output| output.status.success())
    };
    found.into_iter().find(works).ok_or_else(|| {
        "llvm-profdata is missing: `rustup component add llvm-tools`, or install LLVM 19 or newer, or say --no-profile".to_owned()
    })
}
