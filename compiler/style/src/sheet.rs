//! The way of one style sheet: parse, simplify, scope, print.

use crate::animation::Names;
use crate::brackets::{self, Brackets};
use crate::problem::{self, GlobalMisuse};
use crate::selector::Scoper;
use crate::{Style, StyleProblem};
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions, StyleSheet};
use lightningcss::visitor::Visit;
use std::sync::{Arc, RwLock};

/// CSS in, CSS out; scoped where `scope` names an attribute.
pub(crate) fn process(css: &str, scope: Option<&str>, minify: bool) -> (Style, Vec<StyleProblem>) {
    let mut problems = Vec::new();
    match brackets::look(css) {
        Brackets::Closed => {}
        Brackets::Open(problem) => problems.push(problem),
        Brackets::TooDeep(problem) => return (Style::default(), vec![problem]),
    }
    let warnings = Arc::new(RwLock::new(Vec::new()));
    let options = ParserOptions {
        error_recovery: true,
        warnings: Some(Arc::clone(&warnings)),
        ..ParserOptions::default()
    };
    let mut errors = Vec::new();
    let mut misuses: Vec<GlobalMisuse> = Vec::new();
    let mut code = String::new();
    match StyleSheet::parse(css, options) {
        Ok(mut sheet) => {
            if minify {
                // The one failure concerns a draft (`@custom-media`) that is not turned on; the sheet stays valid.
                let _ = sheet.minify(MinifyOptions::default());
            }
            if let Some(scope) = scope {
                let mut scoper = Scoper::new(scope, Names::in_sheet(&sheet, scope));
                let Ok(()) = sheet.visit(&mut scoper);
                misuses = scoper.into_misuses();
            }
            // Printing fails for CSS modules alone, which are not turned on.
            code = sheet
                .to_css(PrinterOptions { minify, ..PrinterOptions::default() })
                .map(|printed| printed.code)
                .unwrap_or_default();
        }
        Err(error) => errors.push(error),
    }
    if let Ok(mut warnings) = warnings.write() {
        errors.append(&mut warnings);
    }
    problems.extend(problem::in_text(css, &errors, misuses, scope.is_some()));
    problems.sort_by_key(|problem| problem.span);
    problems.dedup_by_key(|problem| problem.span);
    (Style { code }, problems)
}

/// Whether `@media` takes the text.
pub(crate) fn is_media_query(text: &str) -> bool {
    let closed = !text.contains(['{', '}', ';']) && matches!(brackets::look(text), Brackets::Closed);
    closed
        && !text.trim().is_empty()
        && StyleSheet::parse(&format!("@media {text} {{ a {{ b: c }} }}"), ParserOptions::default()).is_ok()
}
