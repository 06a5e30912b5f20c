//! `veloxc compile`: the JavaScript of one file, with its source map.

use crate::Exit;
use crate::args::{CompileArgs, CompileTarget};
use crate::crash::{self, guarded};
use crate::failure::Failure;
use crate::output::Output;
use crate::project::{absolute, existing, find_root, given_root, shown};
use crate::report::Report;
use crate::session::{self, Session};
use std::path::{Path, PathBuf};
use velox_core::analyze::{Cause, Mode, Page, PageContext, check_page};
use velox_core::emit::source_map;
use velox_db::{FileRole, SourceFile, file_role, page, request_in_static, route_table};
use velox_diagnostics::{Code, Diagnostic, Severity, Span};
use velox_disk::{reason, relative};

/// # Errors
/// There is no such file, it is none that becomes JavaScript, or the mode contradicts it.
pub(crate) fn run(args: &CompileArgs, root: Option<&Path>, output: &Output) -> Result<Exit, Failure> {
    let (session, name) = load(&args.file, root)?;
    let Some(file) = session.file(&name) else {
        // It is there and could not be read: the one finding says why.
        let report = session.check(&crate::project::Selection::Some(vec![name]));
        report.print_beside(output);
        return Ok(report.exit());
    };
    if let Some(mode) = args.mode {
        fits(&session, file, mode)?;
    }
    let report = check(&session, file, args.mode);
    report.print_beside(output);
    if report.crashed || report.has_errors() {
        return Ok(report.exit());
    }
    let emit = || match args.target {
        CompileTarget::Server => velox_db::emit(&session.db, session.project, file).clone(),
        CompileTarget::Client => velox_db::emit_client(&session.db, session.project, file).clone(),
    };
    let emitted = match guarded(emit) {
        Ok(emitted) => emitted,
        Err(trouble) => {
            let diagnostics = vec![crash::diagnostic(&name, &trouble)];
            let sources = session.sources(&diagnostics);
            Report { diagnostics, files_checked: 1, sources, crashed: true, ..Report::default() }
                .print_beside(output);
            return Ok(Exit::Internal);
        }
    };
    let text = file.text(&session.db);
    match &args.output {
        Some(path) => {
            let path = absolute(path)?;
            let generated =
                path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let source = from_folder(path.parent().unwrap_or(&path), &session.root.join(&name));
            let map = source_map(&generated, &source, text, &emitted.code, &emitted.mappings);
            let map_path = PathBuf::from(format!("{}.map", path.display()));
            write(
                &path,
                &format!("{}//# sourceMappingURL={}.map\n", ended(&emitted.code), url_part(&generated)),
            )?;
            write(&map_path, &map)?;
        }
        None if args.source_map => {
            let generated = format!("{}.js", name.rsplit('/').next().unwrap_or(&name));
            let map = source_map(&generated, &name, text, &emitted.code, &emitted.mappings);
            let head = "//# sourceMappingURL=data:application/json;charset=utf-8;base64,";
            output.out(&format!("{}{head}{}\n", ended(&emitted.code), base64(map.as_bytes())));
        }
        None => output.out(&ended(&emitted.code)),
    }
    Ok(Exit::Clean)
}

/// Loads the file with its project, or alone where there is none.
fn load(given: &Path, root: Option<&Path>) -> Result<(Session, String), Failure> {
    let path = existing(given)?;
    if path.is_dir() {
        return Err(Failure::new(format!("{} is a folder", shown(&path))).help("name one file"));
    }
    let root = match root {
        Some(root) => Some(given_root(root)?),
        None => find_root(&path),
    };
    let folder = path.parent().unwrap_or(&path);
    let base = root.as_deref().unwrap_or(folder);
    if !path.starts_with(base) {
        return Err(Failure::new(format!("{} does not lie in {}", shown(&path), shown(base))));
    }
    let name =
        relative(base, &path).map_err(|path| Failure::new(format!("{path}: its name is not UTF-8 text")))?;
    if matches!(file_role(&name, "routes"), FileRole::Json | FileRole::Other) {
        let failure = Failure::new(format!("{} does not become JavaScript", shown(&path)));
        return Err(failure.help("name a .velox, .ts, .tsx, .mts, .js, .jsx or .mjs file"));
    }
    let session = match &root {
        Some(root) => {
            let mut session = session::open(
                root,
                &crate::project::Selection::Some(vec![name.clone()]),
                session::Keep::Many,
            )?;
            session.add(&name);
            session
        }
        None => session::open_alone(folder, &name),
    };
    Ok((session, name))
}

/// Whether a mode can be asked of a file.
fn fits(session: &Session, file: SourceFile, mode: Mode) -> Result<(), Failure> {
    let (db, project) = (&session.db, session.project);
    let path = file.path(db);
    // Where this panics, so does the check that follows, and tells it.
    let is_route =
        guarded(|| route_table(db, project).entries.iter().any(|entry| entry.source == file)).unwrap_or(true);
    if !is_route {
        return Err(
            Failure::new(format!("{path} is no route: a mode has no meaning in it")).help("leave out --mode")
        );
    }
    match guarded(|| page(db, project, file).render).ok().flatten() {
        Some((own, _)) if own != mode => Err(Failure::new(format!(
            "--mode {} contradicts {path}, which sets render: '{}'",
            mode.name(),
            own.name()
        ))
        .help("change `config.render` in the file, or leave out --mode")),
        _ => Ok(()),
    }
}

/// Everything that is wrong in the file, by the rules of the mode that it has or that was asked for.
fn check(session: &Session, file: SourceFile, mode: Option<Mode>) -> Report {
    let (db, project) = (&session.db, session.project);
    let path = file.path(db).to_owned();
    let check = |db: &dyn velox_db::Db, file: SourceFile| {
        let mut found = velox_db::check_file(db, project, file).to_vec();
        if let Some(mode) = mode {
            in_mode(session, file, mode, &mut found);
        }
        found
    };
    let (diagnostics, crashed) = match guarded(|| check(db, file)) {
        Ok(found) => (found, false),
        Err(trouble) => (vec![crash::diagnostic(&path, &trouble)], true),
    };
    let sources = session.sources(&diagnostics);
    Report { diagnostics, files_checked: 1, sources, crashed, ..Report::default() }
}

/// Takes out what is wrong only in the mode that the route has, and puts in what is wrong in another.
fn in_mode(session: &Session, file: SourceFile, mode: Mode, found: &mut Vec<Diagnostic>) {
    let (db, project) = (&session.db, session.project);
    let table = route_table(db, project);
    let Some(entry) = table.of(file).filter(|entry| entry.mode != mode) else {
        return;
    };
    if mode == Mode::Csr {
        // In the browser an event handler is a real one (language.md T9).
        found.retain(|diagnostic| diagnostic.code != Code::UNSAFE_INTERPOLATION);
    }
    let layouts: Vec<(&str, &Page)> =
        entry.layouts.iter().map(|layout| (layout.path(db), page(db, project, *layout))).collect();
    let layout_names = session.layout_names();
    let own = page(db, project, file);
    let context = PageContext {
        file: file.path(db),
        pattern: Some(&entry.route.pattern),
        mode: entry.mode,
        cause: &entry.cause,
        page: own,
        layouts: &layouts,
        layout_names: &layout_names,
    };
    let mut by_its_own = check_page(context);
    by_its_own.extend(request_in_static(db, project, file, entry.mode));
    if found
        .iter()
        .any(|diagnostic| diagnostic.severity == Severity::Error && !by_its_own.contains(diagnostic))
    {
        // What the file says of itself is not known for sure: rules of a mode would be guesses.
        return;
    }
    found.retain(|diagnostic| !by_its_own.contains(diagnostic));
    let mut asked = check_page(PageContext { mode, cause: &Cause::Config, ..context });
    asked.extend(request_in_static(db, project, file, mode));
    if mode == Mode::Isr && own.revalidate.is_none() {
        let at = own.config.unwrap_or(Span::at(0));
        let message = "an ISR page says how long it is fresh, by `revalidate`";
        let missing = Diagnostic::new(Code::MISSING_REVALIDATE, file.path(db), at, message);
        asked.push(
            missing.help("export `config` with `revalidate: 60` for a minute, or with `revalidate: false`"),
        );
    }
    for diagnostic in &mut asked {
        if let Some(label) = diagnostic.label.as_mut().filter(|label| label.contains("inferred")) {
            *label = "the mode is given by --mode".to_owned();
        }
    }
    found.extend(asked);
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    std::fs::write(path, text).map_err(|error| {
        let why = match error.kind() {
            std::io::ErrorKind::NotFound => "its folder does not exist".to_owned(),
            std::io::ErrorKind::PermissionDenied => "writing it is not permitted".to_owned(),
            _ => reason(&error),
        };
        Failure::new(format!("{} cannot be written: {why}", shown(path)))
    })
}

/// Code with a line end.
fn ended(code: &str) -> String {
    if code.is_empty() || code.ends_with('\n') { code.to_owned() } else { format!("{code}\n") }
}

/// The way from a folder to a file, as a URL reference.
fn from_folder(folder: &Path, file: &Path) -> String {
    let (from, to): (Vec<_>, Vec<_>) = (folder.components().collect(), file.components().collect());
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..".to_owned(), from.len() - shared);
    let down = to[shared..].iter().map(|part| url_part(&part.as_os_str().to_string_lossy()));
    up.chain(down).collect::<Vec<_>>().join("/")
}

/// One part of a URL's path. Only what would end the path or begin an escape is escaped, so that it stays readable.
fn url_part(name: &str) -> String {
    name.replace('%', "%25").replace('?', "%3F").replace('#', "%23").replace(' ', "%20")
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group =
            chunk.iter().fold(0_u32, |group, byte| group << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for at in 0..4 {
            let digit = DIGITS[(group >> (18 - 6 * at) & 63) as usize];
            out.push(if at <= chunk.len() { char::from(digit) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_rfc_4648() {
        let table = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("foobar", "Zm9vYmFy"),
        ];
        for (text, encoded) in table {
            assert_eq!(base64(text.as_bytes()), encoded);
        }
    }

    #[test]
    fn sources_are_named_from_where_the_map_lies() {
        let way = |folder: &str, file: &str| from_folder(Path::new(folder), Path::new(file));
        assert_eq!(way("/a/out", "/a/routes/[x].velox"), "../routes/[x].velox");
        assert_eq!(way("/a", "/a/b c#.velox"), "b%20c%23.velox");
    }
}
