//! Runs the examples of the documentation: what a page says is wrong must be reported, and all else must check clean.
//!
//! A fenced block whose first word is `velox` is a file at `/routes/index.velox`; one whose first word is `project` names its
//! files with `//- /path` lines. Codes after that word are exactly the diagnostics that the block has.

use libtest_mimic::{Arguments, Failed, Trial};
use velox_diagnostics::{Code, LineIndex};
use velox_tests::{DocumentedBlock, Fixture, TestProject, documentation};

fn main() {
    let arguments = Arguments::from_args();
    let mut trials = Vec::new();
    for block in documentation() {
        trials.push(Trial::test(block.name(), move || run(&block)));
    }
    for code in Code::ALL {
        trials.push(Trial::test(format!("{code} has a page"), move || has_page(*code)));
    }
    libtest_mimic::run(&arguments, trials).exit();
}

fn run(block: &DocumentedBlock) -> Result<(), Failed> {
    let fixture = Fixture::parse(&block.text);
    let project = TestProject::new(&fixture);
    let mut found = Vec::new();
    let mut printed = String::new();
    for source in project.files() {
        for diagnostic in project.check(source) {
            let text = source.text(&project.db);
            let place = LineIndex::new(text).line_column(text, diagnostic.span.start);
            printed.push_str(&format!(
                "{}:{}:{} {} {}\n",
                diagnostic.file, place.line, place.column, diagnostic.code, diagnostic.message
            ));
            found.push(diagnostic.code.to_string());
        }
    }
    found.sort();
    found.dedup();
    let mut wanted = block.codes.clone();
    wanted.sort();
    if found == wanted { Ok(()) } else { Err(format!("expected {wanted:?}, found:\n{printed}").into()) }
}

fn has_page(code: Code) -> Result<(), Failed> {
    let page = code.page();
    let title = format!("# {code}: ");
    if !page.starts_with(&title) {
        return Err(format!("the page does not begin with `{title}`").into());
    }
    let shows_itself = page.contains(&format!("velox {code}")) || page.contains(&format!("project {code}"));
    // What the build says, and what only a broken disk or compiler gives, no example of source can show.
    let build = ["VX0510", "VX0603", "VX0604", "VX0901"].contains(&&*code.to_string());
    if shows_itself || build { Ok(()) } else { Err("the page has no example that gives the code".into()) }
}
