//! `keystroke`: what an edit of one file costs in a project that is open, in a database that has checked all of it: the diagnostics
//! of that file again, as an editor wants them, and those of all files, as a watched check does. Prints a JSON line for each kind.

#![expect(clippy::print_stdout, reason = "a benchmark prints")]

use clap::Parser;
use std::hint::black_box;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use velox_bench::corpus::sets;
use velox_bench::machine::Moment;
use velox_db::{Database, Project, SourceFile, check_file, load_project, read_ahead, set_source};

/// Measures edits of single files in an open project.
#[derive(Debug, Parser)]
struct Arguments {
    /// Folder that `gen-corpus.mjs` wrote.
    #[arg(long)]
    corpus: PathBuf,
    /// How many times each file is edited.
    #[arg(long, default_value_t = 200)]
    edits: u32,
    /// How many files are edited for the first time.
    #[arg(long, default_value_t = 50)]
    files: usize,
    /// Only edits of this name.
    #[arg(long)]
    only: Option<String>,
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

/// A project that has been checked.
struct Open {
    db: Database,
    project: Project,
    files: Vec<SourceFile>,
}

/// Something that is typed: its name, the file, the text that it replaces, and what stands there the nth time.
struct Typing {
    name: &'static str,
    file: String,
    from: &'static str,
    to: fn(u32) -> String,
}

fn run(arguments: &Arguments) -> Result<(), String> {
    let set = sets(&arguments.corpus, &[])?.into_iter().next().ok_or("no routes")?;
    let db = Database::default();
    let project = load_project(&db, &set.project).project;
    let mut files: Vec<SourceFile> = project.files(&db).sources.values().copied().collect();
    files.sort_by(|a, b| a.path(&db).cmp(b.path(&db)));
    let mut open = Open { db, project, files };
    let begun = Moment::now();
    for file in &open.files {
        read_ahead(&open.db, project, *file, true, false);
    }
    let findings = open.check_all();
    println!(
        "{}",
        serde_json::json!({ "open_ms": ms(begun), "files": open.files.len(), "findings": findings })
    );
    let with = |what: &str| {
        let mut found = set.files().filter(|(_, text)| text.contains(what)).map(|(path, _)| path.to_owned());
        found.next().ok_or_else(|| format!("no route has {what:?}"))
    };
    let (page, config, link) = (with("<p>")?, with("render: 'ssg'")?, with("action=\"/")?);
    let typings = [
        Typing { name: "text", file: page.clone(), from: "<p>", to: |n| format!("<p>{n} ") },
        Typing { name: "attribute", file: page.clone(), from: "<p>", to: |n| format!("<p data-n=\"{n}\">") },
        Typing {
            name: "constant",
            file: page.clone(),
            from: "\n---\n",
            to: |n| format!("\nconst n = {n};\n---\n"),
        },
        Typing {
            name: "name",
            file: page.clone(),
            from: "\n---\n",
            to: |n| format!("\nconst n{n} = 1;\n---\n"),
        },
        Typing {
            name: "import",
            file: page,
            from: "---\n",
            to: |n| format!("---\nimport {{ a }} from '$lib/n{n}';\n"),
        },
        Typing { name: "link", file: link, from: "action=\"/", to: |n| format!("action=\"/n{n}") },
        Typing {
            name: "mode",
            file: config,
            from: "render: 'ssg'",
            to: |n| format!("render: '{}'", if n % 2 == 0 { "isr" } else { "ssr" }),
        },
        Typing {
            name: "module",
            file: "src/lib/db.ts".to_owned(),
            from: "'Post '",
            to: |n| format!("'Post {n}'"),
        },
        Typing {
            name: "export",
            file: "src/lib/db.ts".to_owned(),
            from: "export ",
            to: |n| format!("export const n{n} = 1;\nexport "),
        },
    ];
    for typing in &typings {
        if arguments.only.as_ref().is_some_and(|only| only != typing.name) {
            continue;
        }
        let file = open.file(&typing.file)?;
        let text = file.text(&open.db).to_owned();
        if !text.contains(typing.from) {
            return Err(format!("{} has no {:?}", typing.file, typing.from));
        }
        let (mut alone, mut all) = (Vec::new(), Vec::new());
        let mut first = 0.0;
        for n in 0..arguments.edits {
            let text = text.replacen(typing.from, &(typing.to)(n), 1);
            let took = open.edit(file, &text);
            if n == 0 {
                first = took;
            } else {
                alone.push(took);
            }
            // What a watched check asks for, now and then.
            if n < 10 {
                let begun = Moment::now();
                open.check_all();
                all.push(ms(begun));
            }
        }
        open.edit(file, &text);
        open.check_all();
        println!(
            "{}",
            serde_json::json!({
                "edit": typing.name, "first_ms": round(first), "file_ms": spread(&mut alone),
                "all_first_ms": round(all[0]), "all_ms": spread(&mut all[1..]),
            })
        );
    }
    let step = (open.files.len() / (arguments.files + 1)).max(1);
    let mut firsts = Vec::new();
    let fresh: Vec<SourceFile> =
        open.files.iter().copied().skip(step / 2).step_by(step).take(arguments.files).collect();
    for file in fresh {
        let text = file.text(&open.db).replacen("<p>", "<p>x ", 1);
        firsts.push(open.edit(file, &text));
    }
    println!("{}", serde_json::json!({ "edit": "first of a file", "file_ms": spread(&mut firsts) }));
    std::mem::forget(open);
    Ok(())
}

impl Open {
    fn file(&self, path: &str) -> Result<SourceFile, String> {
        self.project.files(&self.db).sources.get(path).copied().ok_or_else(|| format!("{path}: no such file"))
    }

    fn check_all(&self) -> usize {
        self.files.iter().map(|file| check_file(&self.db, self.project, *file).len()).sum()
    }

    /// Milliseconds from the edit to the file's diagnostics.
    fn edit(&mut self, file: SourceFile, text: &str) -> f64 {
        let text: Arc<str> = Arc::from(text);
        let begun = Moment::now();
        set_source(&mut self.db, file, text);
        black_box(check_file(&self.db, self.project, file));
        ms(begun)
    }
}

fn ms(since: Moment) -> f64 {
    since.cpu(&Moment::now()) * 1e3
}

fn round(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

fn spread(values: &mut [f64]) -> serde_json::Value {
    values.sort_by(f64::total_cmp);
    let at =
        |part: f64| values.get(((values.len() as f64 - 1.0) * part).round() as usize).copied().map(round);
    serde_json::json!({ "min": at(0.0), "median": at(0.5), "p99": at(0.99), "max": at(1.0) })
}
