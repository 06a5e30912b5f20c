//! What an edit runs in a project of many files: what all of them say together is gathered in buckets, and a bucket without an edited
//! file is not gathered again.

use super::{assert_ran, assert_silent, check_all, checked};
use std::sync::Arc;
use velox_tests::TestProject;

const PAGES: usize = 400;
const EDITED: &str = "routes/page0/[id].velox";

/// A project of many pages, with a component that runs in the browser and one that does not.
fn many() -> TestProject {
    let mut fixture = "\
//- /components/Counter.tsx
import { label } from '$lib/label';
export default () => <button>{label()}</button>;
//- /lib/label.ts
export const label = () => 'x';
"
    .to_owned();
    for at in 0..PAGES {
        fixture.push_str(&format!(
            "\
//- /routes/page{at}/[id].velox
---
import Counter from '$components/Counter';
export const config = {{ render: 'ssg' }};
export const paths = () => [{{ id: 'a' }}];
---
<a href=\"/page{}/a\">{{params.id}}</a> <Counter client:load />
",
            at + 1
        ));
    }
    let mut project = checked(&fixture);
    // The first edit of a file says that it is one that is edited; what is asked of it then is asked anew.
    let file = project.file(EDITED);
    velox_db::open_source(&mut project.db, file);
    check_all(&project);
    project
}

/// How often each query ran for the check of all files after an edit of the first page.
fn after(project: &mut TestProject, from: &str, to: &str) -> Vec<(String, usize)> {
    let file = project.file(EDITED);
    let text = file.text(&project.db).to_owned();
    assert!(text.contains(from), "{text}");
    velox_db::set_source(&mut project.db, file, Arc::from(text.replacen(from, to, 1)));
    project.db.log().start();
    check_all(project);
    let mut runs: Vec<(String, usize)> = Vec::new();
    for entry in project.db.log().take() {
        let name = entry.split('(').next().unwrap_or(&entry);
        match runs.iter_mut().find(|(other, _)| other == name) {
            Some((_, count)) => *count += 1,
            None => runs.push((name.to_owned(), 1)),
        }
    }
    runs
}

fn names(runs: &[(String, usize)]) -> Vec<String> {
    runs.iter().map(|(name, _)| name.clone()).collect()
}

fn count(runs: &[(String, usize)], query: &str) -> usize {
    runs.iter().find(|(name, _)| name == query).map_or(0, |(_, count)| *count)
}

#[test]
fn typing_in_one_of_many_pages_checks_that_page() {
    let mut project = many();
    for (from, to) in
        [("</a>", " of many</a>"), ("/page1/a", "/page2/a"), ("---\n<a", "const n = 1;\n---\n<a")]
    {
        let runs = after(&mut project, from, to);
        assert_ran(&names(&runs), &["check_alone", "check_placed"]);
        assert!(runs.iter().all(|(_, count)| *count == 1), "{to}: {runs:?}");
    }
}

#[test]
fn a_mode_is_asked_by_the_pages_of_its_bucket_and_by_links_to_it() {
    let mut project = many();
    let runs = after(&mut project, "'ssg'", "'ssr'");
    assert_ran(&names(&runs), &["bucket_routes", "bucket_shown_pages", "check_placed"]);
    assert_silent(&names(&runs), &["route_table", "route_index", "routes"]);
    assert_eq!(count(&runs, "check_alone"), 1, "{runs:?}");
    assert!(count(&runs, "check_placed") < PAGES / 2, "{runs:?}");
}

#[test]
fn an_island_that_goes_leaves_other_pages_alone() {
    let mut project = many();
    let runs = after(&mut project, "<Counter client:load />", "<Counter />");
    assert_eq!(count(&runs, "bucket_client_roots"), 1, "{runs:?}");
    assert_eq!(count(&runs, "clients"), 1, "{runs:?}");
    assert!(count(&runs, "check_placed") < PAGES / 2, "{runs:?}");
}
