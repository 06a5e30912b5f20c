//! `cargo xtask fuzz`: builds the targets of `fuzz/` with coverage instrumentation and runs them, seeded with every fixture.
//!
//! libFuzzer is linked into the targets, so nothing has to be installed but a C++ compiler, and the stable toolchain will do. What
//! a run learns is kept in `target/fuzz/corpus/`; an input that fails is left in `target/fuzz/failures/`, and belongs into a
//! fixture.

use crate::steps::Steps;
use crate::workspace::{cargo, command, host_triple, root};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The targets, in the order in which they run.
pub(crate) const TARGETS: [&str; 4] = ["lexer", "parser", "check", "emit"];

/// Coverage counters and compared values at every edge: what libFuzzer steers by.
const INSTRUMENTATION: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
     -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
     -Cllvm-args=-sanitizer-coverage-trace-compares";

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Options {
    targets: Vec<&'static str>,
    /// Seconds for each target.
    seconds: u64,
}

impl Options {
    /// Half a minute for each target, which is what CI runs.
    pub(crate) fn short() -> Self {
        Self { targets: TARGETS.to_vec(), seconds: 30 }
    }

    /// Reads the words after `fuzz`.
    ///
    /// # Errors
    /// There is no such target or option.
    pub(crate) fn parse(words: &[&str]) -> Result<Self, String> {
        let mut options = Self { targets: Vec::new(), ..Self::short() };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            if *word == "--time" {
                let time = words.next().ok_or("--time needs a time, such as `90s`, `10m` or `3h`")?;
                options.seconds = seconds(time)?;
            } else if let Some(target) = TARGETS.iter().find(|target| *target == word) {
                options.targets.push(target);
            } else {
                return Err(format!("there is no target `{word}`; there are {}", TARGETS.join(", ")));
            }
        }
        if options.targets.is_empty() {
            options.targets = TARGETS.to_vec();
        }
        Ok(options)
    }
}

fn seconds(time: &str) -> Result<u64, String> {
    let (number, unit) = time.split_at(time.find(|c: char| !c.is_ascii_digit()).unwrap_or(time.len()));
    let factor = match unit {
        "s" | "" => 1,
        "m" => 60,
        "h" => 3600,
        _ => 0,
    };
    match number.parse::<u64>() {
        Ok(number) if number > 0 && factor > 0 => Ok(number * factor),
        _ => Err(format!("`{time}` is no time; write `90s`, `10m` or `3h`")),
    }
}

/// Builds and runs the targets.
///
/// # Errors
/// Names the steps that failed.
pub(crate) fn run(options: &Options) -> Result<(), String> {
    let mut steps = Steps::default();
    add_steps(&mut steps, options);
    crate::setup::outcome(&steps)
}

/// The steps of a run: one to build, and one for each target.
pub(crate) fn add_steps(steps: &mut Steps, options: &Options) {
    let folder = root().join("target/fuzz");
    let mut host = String::new();
    let found = steps.work("fuzz: seeds", true, || {
        host = host_triple()?;
        for target in &options.targets {
            let count = write_seeds(target, &folder.join("seeds").join(target))?;
            for name in ["corpus", "failures"] {
                let folder = folder.join(name).join(target);
                fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
            }
            println!("{target}: {count} seeds");
        }
        Ok(())
    });
    let mut build = cargo(&["build", "--release", "--manifest-path", "fuzz/Cargo.toml"]);
    // With a target named, the flags leave build scripts and macros alone.
    build.arg("--target-dir").arg(&folder).args(["--target", &host]).env("RUSTFLAGS", INSTRUMENTATION);
    let built = steps.run("fuzz: build", found, build);
    for target in &options.targets {
        let program = folder.join(&host).join("release").join(target);
        steps.run(&format!("fuzz: {target}"), built, fuzzer(&program, &folder, target, options.seconds));
    }
}

fn fuzzer(program: &Path, folder: &Path, target: &str, seconds: u64) -> Command {
    let mut fuzzer = command(program.as_os_str(), &root());
    fuzzer.arg(format!("-max_total_time={seconds}"));
    // Beyond this an input takes more than linear time or space, whatever it is.
    fuzzer.args(["-timeout=20", "-rss_limit_mb=3072", "-max_len=4096", "-print_final_stats=1"]);
    fuzzer.arg(format!("-dict={}", root().join("fuzz/velox.dict").display()));
    fuzzer.arg(format!("-artifact_prefix={}/", folder.join("failures").join(target).display()));
    fuzzer.arg(folder.join("corpus").join(target)).arg(folder.join("seeds").join(target));
    fuzzer
}

/// Writes the fixtures as inputs: whole for the targets that read projects, file by file for those that read one text.
fn write_seeds(target: &str, folder: &Path) -> Result<usize, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(failed)?;
    }
    fs::create_dir_all(folder).map_err(failed)?;
    let mut sources = Vec::new();
    for name in ["tests/cases", "tests/corpus", "examples", "docs", "compiler/cli/tests/render"] {
        list(&root().join(name), &mut sources);
    }
    sources.sort();
    let whole = matches!(target, "check" | "emit");
    let mut count = 0;
    for source in sources {
        let Ok(text) = fs::read_to_string(&source) else { continue };
        let page = source.extension().is_some_and(|ending| ending == "md");
        let texts = if page { blocks(&text) } else { vec![text] };
        for text in texts.iter().flat_map(|text| inputs(text, whole)) {
            fs::write(folder.join(format!("{count:05}")), text).map_err(failed)?;
            count += 1;
        }
    }
    Ok(count)
}

/// A fixture without its marks, as one input or as one for each file.
fn inputs(fixture: &str, whole: bool) -> Vec<String> {
    let mut inputs = vec![String::new()];
    for line in fixture.split_inclusive('\n').filter(|line| !line.starts_with("//~")) {
        let begins_file = line.starts_with("//- /");
        if begins_file && !whole {
            inputs.push(String::new());
        } else if let Some(last) = inputs.last_mut() {
            last.push_str(line);
        }
    }
    inputs.retain(|input| !input.is_empty());
    inputs
}

/// The examples of a page of the documentation.
fn blocks(page: &str) -> Vec<String> {
    let fenced = page.split("\n```").skip(1).step_by(2);
    fenced
        .filter_map(|block| {
            let (kind, text) = block.split_once('\n')?;
            (kind.starts_with("velox") || kind.starts_with("project")).then(|| format!("{text}\n"))
        })
        .collect()
}

fn list(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let Ok(kind) = entry.file_type() else { continue };
        let name = entry.file_name();
        if kind.is_dir() && name != "node_modules" && name != ".velox" {
            list(&path, found);
        } else if kind.is_file()
            && path.extension().is_some_and(|ending| ending == "velox" || ending == "tsx" || ending == "md")
        {
            found.push(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_targets_and_a_time() {
        assert_eq!(Options::parse(&[]), Ok(Options::short()));
        let some = Options::parse(&["emit", "--time", "3h"]);
        assert_eq!(some, Ok(Options { targets: vec!["emit"], seconds: 10_800 }));
        assert!(
            Options::parse(&["emitt"]).is_err_and(|message| message.contains("lexer, parser, check, emit"))
        );
        assert!(
            Options::parse(&["--time", "soon"]).is_err_and(|message| message.contains("`soon` is no time"))
        );
        assert!(Options::parse(&["--time"]).is_err());
    }

    #[test]
    fn a_fixture_is_one_input_or_one_for_each_file() {
        let fixture = "<p>a</p>\n//~  ^ VX0401 x\n//- /lib/a.ts\nexport {};\n";
        assert_eq!(inputs(fixture, true), ["<p>a</p>\n//- /lib/a.ts\nexport {};\n"]);
        assert_eq!(inputs(fixture, false), ["<p>a</p>\n", "export {};\n"]);
        assert_eq!(blocks("# A\n\n```velox VX0101\n<p>\n```\n\n```sh\nls\n```\n"), ["<p>\n"]);
    }

    #[test]
    fn there_is_a_program_for_each_target() {
        let manifest = fs::read_to_string(root().join("fuzz/Cargo.toml")).unwrap();
        for target in TARGETS {
            assert!(manifest.contains(&format!("path = \"fuzz_targets/{target}.rs\"")), "{target}");
            assert!(root().join(format!("fuzz/fuzz_targets/{target}.rs")).is_file());
        }
    }
}
