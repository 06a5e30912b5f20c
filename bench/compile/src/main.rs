//! `velox_bench`: how fast the compiler is on the corpus. Prints a JSON line for each set, in the form of `compile.mjs`.
//!
//! What is measured is in the library; here are arguments, repetition and figures.

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a benchmark measures time and prints")]

mod figures;
mod stages;

use clap::{Parser, ValueEnum};
use std::hint::black_box;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;
use velox_bench::corpus::{Set, sets};
use velox_bench::database;
use velox_bench::machine::{Moment, resident, wait_for_quiet};
use velox_bench::pipeline::{Compiled, compile};

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Mode {
    /// Text to JavaScript and source map, file by file, without the database.
    Compile,
    /// The same through a fresh database, imports resolved.
    Db,
    /// Check and emission through a fresh database: what a cold build does.
    Build,
    /// Check alone, through a fresh database.
    Check,
}

/// Measures the compiler on a corpus, warm, on one thread.
#[derive(Debug, Parser)]
struct Arguments {
    /// Folder that `gen-corpus.mjs` wrote.
    #[arg(long)]
    corpus: PathBuf,
    /// What to measure.
    #[arg(long, value_enum, default_value = "compile")]
    mode: Mode,
    /// How many times each set is measured.
    #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,
    /// Large files to measure, by their numbers of lines; 0 for none.
    #[arg(long, value_delimiter = ',', default_value = "1000,5000,20000")]
    large: Vec<u32>,
    /// Seconds to wait before each run for others to be quiet.
    #[arg(long, default_value_t = 10)]
    quiet: u64,
    /// Print the share of each stage instead.
    #[arg(long)]
    stages: bool,
    /// Write the emitted modules and source maps to this folder, and measure nothing.
    #[arg(long)]
    write: Option<PathBuf>,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            println!("{}", serde_json::json!({ "error": problem }));
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), String> {
    for set in sets(&arguments.corpus, &arguments.large)? {
        if let Some(folder) = &arguments.write {
            write(&set, &folder.join(&set.name))?;
        } else if arguments.stages {
            println!("{}", stages::measure(&set, arguments.runs, Duration::from_secs(arguments.quiet)));
        } else {
            println!("{}", measure(&set, arguments));
        }
    }
    Ok(())
}

/// What a pass over a set gave.
#[derive(Default)]
struct Pass {
    failed: usize,
    first: Option<String>,
    code: usize,
    map: usize,
}

impl Pass {
    fn add(&mut self, result: Result<Compiled, String>) {
        match result {
            Ok(compiled) => {
                self.code += compiled.code.len();
                self.map += compiled.map.len();
                black_box(compiled);
            }
            Err(problem) => {
                self.failed += 1;
                self.first.get_or_insert(problem);
            }
        }
    }
}

fn pass(set: &Set, mode: Mode) -> Pass {
    let mut pass = Pass::default();
    if mode == Mode::Compile {
        set.files().for_each(|(path, text)| pass.add(compile(path, text)));
        return pass;
    }
    let paths: Vec<&str> = set.paths.iter().map(String::as_str).collect();
    let built = match mode {
        Mode::Check => database::check(&set.project, &paths).map(|_| Vec::new()),
        _ => database::build(&set.project, &paths, mode == Mode::Build),
    };
    match built {
        Ok(compiled) => compiled.into_iter().for_each(|compiled| pass.add(Ok(compiled))),
        Err(problem) => pass.add(Err(problem)),
    }
    pass
}

fn measure(set: &Set, arguments: &Arguments) -> serde_json::Value {
    let begin = Moment::now();
    let first = pass(set, arguments.mode);
    let cold = begin.wall(&Moment::now());
    let (mut wall, mut cpu, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..arguments.runs {
        wait_for_quiet(Duration::from_secs(arguments.quiet));
        let before = Moment::now();
        black_box(pass(set, arguments.mode));
        let after = Moment::now();
        wall.push(before.wall(&after));
        cpu.push(before.cpu(&after));
        others.push(before.others(&after));
    }
    let mode = arguments.mode.to_possible_value();
    let mode = mode.as_ref().map_or("", |mode| mode.get_name());
    let megabytes = set.bytes() as f64 / 1e6;
    let files = set.paths.len();
    serde_json::json!({
        "peer": format!("velox-{mode}"),
        "version": env!("CARGO_PKG_VERSION"),
        "set": set.name,
        "files": files,
        "MB": figures::round(megabytes, 3),
        "failed": first.failed,
        "first": first.first,
        "out_MB": figures::round(first.code as f64 / 1e6, 2),
        "map_MB": figures::round(first.map as f64 / 1e6, 2),
        "first_pass_ms": figures::round(cold * 1e3, 1),
        "ms": figures::of_times(&wall, 2, |seconds| seconds * 1e3),
        "MBps": figures::of_rates(&wall, 2, megabytes),
        "filesps": figures::of_rates(&wall, 1, files as f64),
        "cpu_ms_median": figures::round(figures::median(&cpu) * 1e3, 2),
        "others_cores": figures::round(figures::median(&others), 2),
        "rss_MB": figures::round(resident() as f64 / 1e6, 0),
    })
}

/// Writes what a set becomes: `routes/src/routes/index.velox.js` and its map.
fn write(set: &Set, folder: &std::path::Path) -> Result<(), String> {
    for (path, text) in set.files() {
        let compiled = compile(path, text)?;
        let to = folder.join(format!("{path}.js"));
        let put = || {
            std::fs::create_dir_all(to.parent().unwrap_or(folder))?;
            std::fs::write(&to, &compiled.code)?;
            std::fs::write(to.with_added_extension("map"), &compiled.map)
        };
        put().map_err(|error| format!("{}: {error}", to.display()))?;
    }
    Ok(())
}
