//! What an edit runs of what is said of the site: links, cache tags, pages that are kept.

use super::{after_edit, assert_silent, checked, codes};
use velox_tests::TestProject;

pub(crate) const SITE: &str = "\
//- /routes/index.velox
---
import { teas } from '$lib/teas';
export const config = { render: 'isr', revalidate: 60 };
const all = await teas();
---
<a href=\"/about\">About</a> <a href=\"/tags/green\">{all.length} teas</a>
//- /routes/about.velox
<a href=\"/\">Home</a>
//- /routes/tags/[tag].velox
<a href=\"/\">{params.tag}</a>
//- /routes/api/teas+server.ts
export const POST = async () => {
  await revalidateTag('teas');
  await revalidatePath('/');
  return text('done');
};
//- /lib/teas.ts
export const teas = async () => (await fetch('https://tea.example', { next: { tags: ['teas'] } })).json();
";

fn site() -> TestProject {
    checked(SITE)
}

#[test]
fn typing_in_a_page_leaves_the_index_of_the_site_alone() {
    let mut project = site();
    let ran = after_edit(&mut project, "routes/about.velox", "<a", "\n<p>\n</p><a");
    assert!(ran.iter().any(|name| name == "site_uses"), "{ran:?}");
    // What is said of links has moved, and says the same.
    assert_silent(&ran, &["site_index", "route_index", "route_table", "shown_pages", "middleware_answers"]);
}

#[test]
fn another_link_is_checked_against_the_index_that_is_there() {
    let mut project = site();
    let ran = after_edit(&mut project, "routes/about.velox", "\"/\"", "\"/abuot\"");
    assert_silent(&ran, &["route_index", "route_table", "block", "parse_script"]);
    assert_eq!(codes(&project), ["VX0420"]);
}

#[test]
fn a_tag_that_is_no_longer_carried_is_told_where_it_is_revalidated() {
    let mut project = site();
    let ran = after_edit(&mut project, "lib/teas.ts", "['teas']", "['tea']");
    assert!(ran.iter().any(|name| name == "site_index"), "{ran:?}");
    assert_silent(&ran, &["template", "block", "route_index", "route_table"]);
    assert_eq!(codes(&project), ["VX0418"]);
}

#[test]
fn a_page_that_is_no_longer_kept_is_told_where_it_is_revalidated() {
    let mut project = site();
    let ran = after_edit(&mut project, "routes/index.velox", "'isr', revalidate: 60", "'ssr'");
    assert!(ran.iter().any(|name| name == "bucket_routes"), "{ran:?}");
    assert_silent(&ran, &["template", "parse_script", "site_index", "route_index"]);
    assert_eq!(codes(&project), ["VX0419"]);
}

#[test]
fn a_module_that_does_the_same_lets_the_page_be() {
    let fixture = "\
//- /lib/teas.ts
export const getTea = async (name: string) => ({ name });
export const getOffers = async () => [];
//- /routes/index.velox
---
import { getOffers, getTea } from '$lib/teas';
const tea = await getTea('sencha');
const offers = await getOffers();
---
<p>{tea.name} {offers.length}</p>
";
    let mut project = checked(fixture);
    assert_eq!(codes(&project), ["VX0417"]);
    let ran = after_edit(&mut project, "lib/teas.ts", "[]", "[1, 2]");
    assert!(ran.iter().any(|name| name == "call_effects"), "{ran:?}");
    assert_silent(&ran, &["block", "template"]);
    after_edit(&mut project, "lib/teas.ts", "=> [1, 2]", "=> fetch('/x', { method: 'POST' })");
    assert_eq!(codes(&project), Vec::<String>::new());
}
