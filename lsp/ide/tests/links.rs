//! Links of a file, and what they open.

mod support;

use support::World;
use velox_ide::links::{LinkTarget, links};

/// Each link with what it opens.
fn check(fixture: &str) -> String {
    let world = World::new(fixture);
    let document = world.document();
    let line = |link: &velox_ide::links::Link| {
        let target = match &link.target {
            LinkTarget::File(path) => path,
            LinkTarget::Web(address) => address,
        };
        let word = link.tooltip.as_ref().map(|word| format!(" ({word})")).unwrap_or_default();
        format!("{} -> {target}{word}", link.span.text(document.text()))
    };
    links(document).iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn imports_urls_and_addresses_are_links() {
    insta::assert_snapshot!(check("---\nimport { a } from '$lib/a';\nimport fs from 'node:fs';\nexport const layout = 'docs';\nif (a) throw redirect('/about');\n---\n<!-- <a href=\"/about\">x</a> -->\n<a href=\"/about#x\">x</a><a href={`/blog/${a}`}>x</a><a href=\"https://a.example/?a=1&amp;b=2\">x</a><img src=\"/tea.svg\"><a href=\"#x\" id=\"x\">x</a><a href=\"mailto:a@b.example\">{fs}</a>\n//- /lib/a.ts\nexport const a = 1;\n//- /routes/about.velox\n<p>x</p>\n//- /routes/blog/[slug].velox\n<p>x</p>\n//- /layouts/docs.velox\n<slot />\n//- /public/tea.svg\n<svg />"), @r#"
    $lib/a -> lib/a.ts (lib/a.ts)
    docs -> layouts/docs.velox (the layout)
    /about -> routes/about.velox (/about · ssg (needs no request))
    /about#x -> routes/about.velox (/about · ssg (needs no request))
    /blog/${a} -> routes/blog/[slug].velox (/blog/:slug · ssr (has params but no `paths`))
    https://a.example/?a=1&amp;b=2 -> https://a.example/?a=1&b=2
    /tea.svg -> public/tea.svg (public/tea.svg)
    "#);
}

#[test]
fn a_file_without_links_has_none() {
    assert_eq!(check("<p>https://a.example</p>"), "");
    assert_eq!(check("//- /data.json\n{ \"a\": \"https://a.example\" }"), "");
    assert_eq!(check("<a href=\""), "");
}
