//! `veloxc init`: writes the files of a new project into an empty folder. Never overwrites anything.

use crate::Exit;
use crate::args::InitArgs;
use crate::failure::Failure;
use crate::output::Output;
use crate::project::{absolute, shown};
use include_dir::{Dir, include_dir};
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use velox_disk::reason;

static TEMPLATE: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/template");

/// # Errors
/// The folder holds something, or cannot be written.
pub(crate) fn run(args: &InitArgs, output: &Output) -> Result<Exit, Failure> {
    let folder = absolute(&args.directory)?;
    refuse_what_holds_something(&folder)?;
    let name = package_name(folder.file_name().map(|name| name.to_string_lossy()).as_deref().unwrap_or(""));
    let mut written = Vec::new();
    write_folder(&TEMPLATE, &folder, &name, &mut written)
        .map_err(|(path, error)| Failure::new(format!("{}: {}", shown(&path), write_reason(&error))))?;
    crate::build::write_types(&folder).map_err(Failure::new)?;
    output.out(&next_steps(&args.directory, &name, written.len(), output.colors_out()));
    Ok(Exit::Clean)
}

/// A repository that was just made is as good as empty.
fn refuse_what_holds_something(folder: &Path) -> Result<(), Failure> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            return Err(Failure::new(format!("{} is a file, not a folder", shown(folder))));
        }
        Err(error) => return Err(Failure::new(format!("{}: {}", shown(folder), reason(&error)))),
    };
    let mut names: Vec<String> =
        entries.filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned())).collect();
    names.retain(|name| name != ".git");
    if names.is_empty() {
        return Ok(());
    }
    names.sort();
    let more = names.len().saturating_sub(8);
    names.truncate(8);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    Err(Failure::new(format!("{} is not empty", shown(folder)))
        .help(format!("in the way: {}{more}\nname a new folder, or empty this one", names.join(", "))))
}

fn write_folder(
    from: &Dir<'_>,
    root: &Path,
    name: &str,
    written: &mut Vec<String>,
) -> Result<(), (std::path::PathBuf, io::Error)> {
    let folder = root.join(from.path());
    fs::create_dir_all(&folder).map_err(|error| (folder.clone(), error))?;
    for file in from.files() {
        // A file named `.gitignore` would already work where the template lies.
        let path = if file.path() == Path::new("gitignore") {
            root.join(".gitignore")
        } else {
            root.join(file.path())
        };
        let contents = match file.contents_utf8() {
            Some(text) => text.replace("{{name}}", name).into_bytes(),
            None => file.contents().to_owned(),
        };
        let mut out = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path)
            .map_err(|error| (path.clone(), error))?;
        out.write_all(&contents).map_err(|error| (path.clone(), error))?;
        written.push(path.to_string_lossy().into_owned());
    }
    from.dirs().try_for_each(|dir| write_folder(dir, root, name, written))
}

fn write_reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "writing it is not permitted".to_owned(),
        _ => reason(error),
    }
}

/// A name that npm takes: lower case, no blanks, no dot or underscore in front, no name of its own.
fn package_name(folder: &str) -> String {
    let mut name = String::new();
    for character in folder.to_lowercase().chars() {
        match character {
            'a'..='z' | '0'..='9' | '.' | '_' | '-' => name.push(character),
            _ if name.ends_with('-') => {}
            _ => name.push('-'),
        }
    }
    let mut name = name.trim_start_matches(['.', '_', '-']).trim_end_matches('-').to_owned();
    // npm takes 214 bytes at most, all of which are ASCII here.
    name.truncate(214);
    match &*name {
        "" => "velox-app".to_owned(),
        "node_modules" | "favicon.ico" | "velox" => format!("{name}-app"),
        _ => name,
    }
}

fn next_steps(given: &Path, name: &str, files: usize, color: bool) -> String {
    let paint = |text: &str, ansi: &str| {
        if color { format!("\u{1b}[{ansi}m{text}\u{1b}[0m") } else { text.to_owned() }
    };
    let mut text = format!("{} {files} files\n\nNext:\n", paint(&format!("Made {name}:"), "1;32"));
    let here = given.components().all(|part| matches!(part, std::path::Component::CurDir));
    let enter = (!here).then(|| (format!("cd {}", quoted(&given.to_string_lossy())), ""));
    let steps = [
        ("veloxc check", "says what is wrong, if anything"),
        ("veloxc build", "makes .velox/output"),
        ("veloxc preview", "serves it, and prints where"),
    ];
    let steps: Vec<(String, &str)> =
        enter.into_iter().chain(steps.map(|(command, what)| (command.to_owned(), what))).collect();
    for (command, what) in &steps {
        match *what {
            "" => text.push_str(&format!("  {}\n", paint(command, "36"))),
            what => {
                text.push_str(&format!("  {} {}\n", paint(&format!("{command:<16}"), "36"), paint(what, "2")))
            }
        }
    }
    text
}

/// A path as a shell takes it.
fn quoted(path: &str) -> String {
    let plain =
        |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | '~' | '+' | '@' | ':' | '\\');
    if path.chars().all(plain) { path.to_owned() } else { format!("'{}'", path.replace('\'', "'\\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folder_names_become_package_names() {
        let table = [
            ("my-app", "my-app"),
            ("My App", "my-app"),
            (".hidden", "hidden"),
            ("Größe & mehr", "gr-e-mehr"),
            ("a.b_c", "a.b_c"),
            ("日本", "velox-app"),
            ("node_modules", "node_modules-app"),
            ("velox", "velox-app"),
            ("", "velox-app"),
        ];
        for (folder, name) in table {
            assert_eq!(package_name(folder), name, "{folder}");
        }
    }

    #[test]
    fn the_template_holds_what_a_project_needs() {
        for file in
            ["package.json", "gitignore", "velox.config.ts", "routes/index.velox", "layouts/default.velox"]
        {
            assert!(TEMPLATE.get_file(file).is_some(), "{file}");
        }
    }

    #[test]
    fn a_path_with_blanks_is_quoted() {
        assert_eq!(quoted("my app"), "'my app'");
        assert_eq!(quoted("apps/web"), "apps/web");
    }
}
