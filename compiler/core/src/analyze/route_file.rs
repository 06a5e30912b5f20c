//! Checks of a route file's name: what it says of itself, and what it does to others (language.md R2, R3, R5).

use crate::route::{Alike, Conflicts, Difference, Hidden, Route, RouteProblem};
use velox_diagnostics::{Code, Diagnostic, Severity, Span};

/// Everything that is wrong with the name of a file. `route` is nothing where it is none.
#[must_use]
pub fn check_route_file(path: &str, route: Option<&Route>, conflicts: &Conflicts) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if let Some(route) = route {
        found.extend(route.problems.iter().map(|problem| route_diagnostic(path, route, problem)));
    }
    if let Some(conflict) = of_file(&conflicts.same, path, |conflict| &conflict.file) {
        found.push(
            Diagnostic::new(
                Code::ROUTE_CONFLICT,
                path,
                Span::at(0),
                format!("`{}` is also answered by {}", conflict.pattern, conflict.other),
            )
            .related(&conflict.other, Span::at(0), "this file answers the same URLs")
            .help("rename or remove one of the two"),
        );
    }
    found.extend(of_file(&conflicts.hidden, path, |hidden| &hidden.file).map(hidden_diagnostic));
    found.extend(of_file(&conflicts.alike, path, |alike| &alike.file).map(alike_diagnostic));
    found
}

/// What is said of a file in a list that is in the order of files.
fn of_file<'a, T>(list: &'a [T], path: &str, file: impl Fn(&T) -> &String) -> Option<&'a T> {
    list.binary_search_by(|item| (**file(item)).cmp(path)).ok().map(|at| &list[at])
}

fn hidden_diagnostic(hidden: &Hidden) -> Diagnostic {
    const NAMED: usize = 3;
    let pattern = &hidden.pattern;
    let patterns: Vec<String> = match hidden.by.len() {
        more if more > NAMED => vec![format!("{more} others")],
        _ => hidden.by.iter().map(|(_, pattern)| pattern.clone()).collect(),
    };
    let others = if hidden.by.len() > NAMED { patterns.join("") } else { super::route::list(&patterns) };
    let (take, help) = match hidden.by.len() {
        1 => ("takes", "rename one of the two, or remove this one"),
        _ => ("take", "rename this file, or remove it"),
    };
    let message = match &hidden.form {
        None => format!("no request reaches `{pattern}`: {others} {take} all of its URLs first"),
        Some(form) => format!("`{pattern}` never answers `{form}`: {others} {take} it first"),
    };
    let mut diagnostic = Diagnostic::new(Code::ROUTE_CONFLICT, &hidden.file, Span::at(0), message);
    if hidden.form.is_some() {
        // The route has other URLs, and may be meant for these alone.
        diagnostic.severity = Severity::Warning;
    }
    for (file, pattern) in hidden.by.iter().take(NAMED) {
        diagnostic = diagnostic.related(file, Span::at(0), format!("`{pattern}` comes first"));
    }
    diagnostic.help(match &hidden.form {
        None => help,
        Some(_) => "give the two files URLs that differ in a fixed segment",
    })
}

fn alike_diagnostic(alike: &Alike) -> Diagnostic {
    let Alike { path, other, .. } = alike;
    let message = match alike.difference {
        Difference::LetterCase => {
            format!("{path} and {other} differ in letter case alone: macOS and Windows keep one of the two")
        }
        Difference::UnicodeForm => {
            format!("{path} stands twice, in two forms of Unicode: macOS keeps one of the two")
        }
    };
    let mut diagnostic = Diagnostic::new(Code::ROUTE_CONFLICT, &alike.file, Span::at(0), message);
    diagnostic.severity = Severity::Warning;
    diagnostic
        .related(&alike.other_file, Span::at(0), "the other spelling")
        .help("rename one of the two, or put both into one folder")
}

fn route_diagnostic(path: &str, route: &Route, problem: &RouteProblem) -> Diagnostic {
    let at = Span::at(0);
    match problem {
        RouteProblem::InvalidParam { name, .. } if name.is_empty() => {
            Diagnostic::new(Code::INVALID_PARAM, path, at, "a parameter of this route has no name")
                .help("rename the file, with a name between the brackets: `[slug]`")
        }
        RouteProblem::InvalidParam { name, suggestion } => {
            let diagnostic = Diagnostic::new(
                Code::INVALID_PARAM,
                path,
                at,
                format!("`{name}` is no name for a parameter: it must be a JavaScript identifier"),
            );
            match suggestion {
                Some(near) => diagnostic.help(format!("rename the file, with `[{near}]` for `[{name}]`")),
                None => diagnostic.help("rename the file, with a name of letters, digits and `_`"),
            }
        }
        RouteProblem::DuplicateParam { name } => {
            let message = format!("the parameter `{name}` stands twice in `{}`", route.pattern.text());
            Diagnostic::new(Code::INVALID_PARAM, path, at, message).help("give one of the two another name")
        }
        RouteProblem::CatchAllNotLast { segment } => Diagnostic::new(
            Code::CATCH_ALL_NOT_LAST,
            path,
            at,
            format!("`{segment}` takes all that follows, so nothing can stand after it"),
        )
        .help("make it the last segment"),
        RouteProblem::InvalidSegment { segment, reason } => Diagnostic::new(
            Code::INVALID_ROUTE_NAME,
            path,
            at,
            format!("`{segment}` is no URL segment: {reason}"),
        )
        .help("rename the file or folder; a name that begins with `_` is no route"),
    }
}
