//! Lines above a route: what it is, and how many links lead to it.

mod support;

use support::World;
use velox_ide::lens::{LensTitle, lenses};

/// The lenses of the first file, a line each.
fn check(fixture: &str) -> String {
    let world = World::new(fixture);
    let text = world.document().text();
    let line = |lens: &velox_ide::lens::Lens| {
        let title = match &lens.title {
            LensTitle::Route { text, url } => format!("{text} -> {}", url.as_deref().unwrap_or("no one URL")),
            LensTitle::Links { .. } => "links".to_owned(),
        };
        format!("{:?}: {title}", lens.span.text(text))
    };
    lenses(world.document()).iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_route_says_its_pattern_mode_and_cause() {
    insta::assert_snapshot!(check("---\nconst a = await load();\n---\n<p>x</p>"), @r#"
    "---": / · ssr (top-level await) -> /
    "---": links
    "#);
    insta::assert_snapshot!(check("//- /routes/blog/[slug].velox\n<p>{params.slug}</p>"), @r#"
    "<p>{params.slug}</p>": /blog/:slug · ssr (has params but no `paths`) -> no one URL
    "<p>{params.slug}</p>": links
    "#);
    insta::assert_snapshot!(check("//- /routes/api/users+server.ts\nexport const GET = () => new Response();\n"), @r#"
    "export const GET = () => new Response();": /api/users · endpoint -> /api/users
    "export const GET = () => new Response();": links
    "#);
}

#[test]
fn what_is_no_route_has_none() {
    assert_eq!(check("//- /layouts/default.velox\n<slot />"), "");
    assert_eq!(check("//- /lib/a.ts\nexport const a = 1;\n"), "");
}

#[test]
fn the_links_to_a_route_are_counted_when_asked_for() {
    let world = World::new(
        "//- /routes/about.velox\n<a href=\"/about\">x</a>\n//- /routes/index.velox\n<a href=\"/about\">x</a><a href=\"/\">x</a>\n",
    );
    let found = velox_ide::lens::links_to(world.document());
    let files: Vec<&str> = found.iter().map(|one| one.path.as_str()).collect();
    assert_eq!(files, ["routes/about.velox", "routes/index.velox"]);
    assert!(velox_ide::lens::links_to(World::new("//- /lib/a.ts\nexport {};\n").document()).is_empty());
}
