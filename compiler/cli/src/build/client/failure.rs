//! Errors of the bundler as diagnostics: at the place in the source that the code was made from.

use super::Origin;
use super::bundler::BundleError;
use velox_db::Db;
use velox_diagnostics::{Code, Diagnostic, Span};

/// Stands in the place of a file where an error belongs to none.
const WHOLE_PROJECT: &str = ".";

/// One diagnostic for each error. `origin_of` and `code_of` know the modules.
pub(crate) fn diagnostics<'a>(
    db: &dyn Db,
    errors: &[BundleError],
    origin_of: &dyn Fn(&str) -> Option<&'a Origin>,
    code_of: &dyn Fn(&str) -> &'a str,
) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = errors
        .iter()
        .map(|error| {
            let place = error.module.as_deref().and_then(|module| {
                let origin = origin_of(module)?;
                let file = origin.file?;
                let at = offset(code_of(module), error.line, error.column);
                let span = source_span(origin, file.text(db), at);
                Some((file.path(db), span))
            });
            let (file, span) = place.unwrap_or((WHOLE_PROJECT, Span::at(0)));
            let diagnostic = Diagnostic::new(Code::BUNDLE_FAILED, file, span, message(&error.text));
            match missing_package(&error.text) {
                Some(package) => diagnostic.help(format!("run `npm install {package}`, or correct the name")),
                None => diagnostic,
            }
        })
        .collect();
    found.sort_by(|a, b| (&a.file, a.span, &a.message).cmp(&(&b.file, b.span, &b.message)));
    found.dedup_by(|a, b| a.file == b.file && a.span == b.span && a.message == b.message);
    found
}

/// The bundler's words in the manner of this compiler: the first line, with a small letter.
fn message(text: &str) -> String {
    let line = text.lines().next().unwrap_or(text).trim_end_matches('.');
    if let Some(package) = missing_package(line) {
        return format!("the package `{package}` is not installed");
    }
    if let Some(specifier) = unresolved(line) {
        return format!("`{specifier}` leads nowhere");
    }
    let mut characters = line.chars();
    match characters.next() {
        // The packages that the runtime carries lie in the output that is being made.
        Some(first) => first
            .to_lowercase()
            .chain(characters)
            .collect::<String>()
            .replace('"', "`")
            .replace(".velox/output.next/", ""),
        None => "the bundler failed".to_owned(),
    }
}

/// The specifier of `Could not resolve "x"`.
fn unresolved(text: &str) -> Option<&str> {
    text.strip_prefix("Could not resolve \"")?.split('"').next()
}

fn missing_package(text: &str) -> Option<&str> {
    let specifier =
        unresolved(text).filter(|name| !name.starts_with(['.', '/', '#']) && !name.contains(':'))?;
    let mut slashes = specifier.match_indices('/').map(|(at, _)| at);
    let end = if specifier.starts_with('@') { slashes.nth(1) } else { slashes.next() };
    Some(&specifier[..end.unwrap_or(specifier.len())])
}

/// The offset of a place in code.
fn offset(code: &str, line: u32, column: u32) -> u32 {
    let start: usize = code.split_inclusive('\n').take(line.saturating_sub(1) as usize).map(str::len).sum();
    (start + column as usize).min(code.len()) as u32
}

/// What a place in code was made from: the word or string that stands there.
fn source_span(origin: &Origin, text: &str, at: u32) -> Span {
    let after = origin.mappings.partition_point(|(generated, _)| *generated <= at);
    let Some((generated, source)) = after.checked_sub(1).map(|index| origin.mappings[index]) else {
        return origin.fallback;
    };
    let start = (source + (at - generated)).min(text.len() as u32) as usize;
    // A place between two mappings may have no counterpart: then it is the nearest before.
    let start = if text.is_char_boundary(start) { start } else { source as usize };
    let rest = text.get(start..).unwrap_or("");
    let quote = rest.chars().next().filter(|first| matches!(first, '"' | '\'' | '`'));
    let length = match quote {
        Some(quote) => rest[1..].find(quote).map_or(1, |end| end + 2),
        None => rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '$')).unwrap_or(rest.len()),
    };
    Span::new(start as u32, (start + length) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_bundler_become_ours() {
        let table = [
            ("Could not resolve \"ms\"", "the package `ms` is not installed"),
            ("Could not resolve \"@a/b/c\"", "the package `@a/b` is not installed"),
            ("Could not resolve \"./x.js\"", "`./x.js` leads nowhere"),
            (
                "No matching export in \"node_modules/ms/index.js\" for import \"minutes\"",
                "no matching export in `node_modules/ms/index.js` for import `minutes`",
            ),
        ];
        for (text, wanted) in table {
            assert_eq!(message(text), wanted);
        }
    }

    #[test]
    fn a_place_is_followed_into_the_source() {
        let text = "---\nimport { a } from 'ms';\n---\n";
        let origin = Origin { file: None, mappings: vec![(0, 4), (9, 13), (18, 22)], fallback: Span::at(1) };
        let code = "import { a } from \"ms\";\n";
        assert_eq!(source_span(&origin, text, offset(code, 1, 18)).text(text), "'ms'");
        assert_eq!(source_span(&origin, text, offset(code, 1, 9)).text(text), "a");
        let none = Origin { mappings: Vec::new(), ..origin };
        assert_eq!(source_span(&none, text, 3), Span::at(1));
    }
}
