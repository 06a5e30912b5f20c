//! Prints diagnostics as a JUnit report, for services that show test results: a file is a suite, a finding a failed test.

use crate::place::{Places, in_order};
use crate::visible::one_line;
use crate::{Diagnostic, Severity, Sources};
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

/// The report as XML. `files` is the number of files that were looked at; `prefix` stands before every file: the project's path
/// from the folder that paths are relative to, empty or with `/` at its end. Hints are passed tests.
#[must_use]
pub fn junit(diagnostics: &[Diagnostic], sources: &dyn Sources, prefix: &str, files: usize) -> String {
    let places = Places::new(sources);
    let mut report = Report::new("veloxc");
    let mut suite: Option<TestSuite> = None;
    for diagnostic in in_order(diagnostics) {
        let name = one_line(&format!("{prefix}{}", diagnostic.file));
        if suite.as_ref().is_none_or(|suite| suite.name.as_str() != name) {
            report.add_test_suites(suite.take());
            suite = Some(TestSuite::new(name.as_str()));
        }
        let place = places.of(&diagnostic.file, diagnostic.span.start);
        let at = format!("{name}:{}:{}", place.line, place.column);
        let mut status = match diagnostic.severity {
            Severity::Hint => TestCaseStatus::success(),
            Severity::Error | Severity::Warning => TestCaseStatus::non_success(NonSuccessKind::Failure),
        };
        let mut text = format!(
            "{at}: {}[{}]: {}",
            diagnostic.severity.name(),
            diagnostic.code,
            one_line(&diagnostic.message)
        );
        if let Some(help) = &diagnostic.help {
            text.push_str(&format!("\nhelp: {help}"));
        }
        let hint = diagnostic.severity == Severity::Hint;
        if !hint {
            status.set_message(one_line(&diagnostic.message));
            status.set_type(diagnostic.severity.name());
            status.set_description(text.clone());
        }
        let title = format!("{} {} {}:{}", diagnostic.code, diagnostic.code.name(), place.line, place.column);
        let mut case = TestCase::new(title, status);
        case.set_classname(name.as_str());
        if hint {
            case.set_system_out(text);
        }
        if let Some(suite) = &mut suite {
            suite.add_test_case(case);
        }
    }
    report.add_test_suites(suite.take());
    if diagnostics.is_empty() {
        let mut suite = TestSuite::new("veloxc");
        suite.add_test_case(TestCase::new(
            format!("{files} files without a problem"),
            TestCaseStatus::success(),
        ));
        report.add_test_suite(suite);
    }
    // Writes to memory: nothing here can fail.
    report.to_string().unwrap_or_default()
}
