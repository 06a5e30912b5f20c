//! `veloxc routes`, run for real: the picture, the JSON, and what is wrong with routes.

mod support;

use serde_json::json;
use support::Folder;

fn site() -> Folder {
    let folder = Folder::project();
    folder.write("routes/blog/_layout.velox", b"<section><slot /></section>\n");
    folder.write(
        "routes/shop.velox",
        b"---\nexport const config = { render: 'isr', revalidate: 60 };\n---\n<p>x</p>\n",
    );
    folder.write(
        "routes/news.velox",
        b"---\nexport const config = { render: 'isr', revalidate: false };\n---\n<p>x</p>\n",
    );
    folder.write("routes/docs/[...path].velox", b"---\nconst all = params.path;\n---\n<p>{all}</p>\n");
    folder.write("routes/archive/[[page]].velox", b"<p>x</p>\n");
    folder.write("routes/any/[[...rest]].velox", b"<p>x</p>\n");
    folder
}

#[test]
fn json_says_everything_about_a_route() {
    let run = site().run(&["routes", "--format", "json"]).ends_with(0);
    let printed = run.json();
    assert_eq!(printed["version"], 1);
    let route = |pattern: &str| {
        let routes = printed["routes"].as_array().unwrap();
        routes.iter().find(|route| route["pattern"] == pattern).unwrap_or_else(|| panic!("{pattern}")).clone()
    };
    assert_eq!(
        route("/blog/:slug"),
        json!({
            "pattern": "/blog/:slug",
            "file": "routes/blog/[slug].velox",
            "kind": "page",
            "mode": "ssr",
            "cause": "top-level await",
            "params": [{ "name": "slug", "kind": "param" }],
            "layouts": ["layouts/default.velox", "routes/blog/_layout.velox"],
            "revalidate": null,
            "tags": [],
        })
    );
    assert_eq!(
        route("/api/users"),
        json!({
            "pattern": "/api/users",
            "file": "routes/api/users+server.ts",
            "kind": "endpoint",
            "mode": "ssr",
            "cause": "endpoint",
            "params": [],
            "layouts": [],
            "revalidate": null,
            "tags": [],
        })
    );
    assert_eq!(route("/shop")["revalidate"], 60);
    assert_eq!(route("/news")["revalidate"], false);
    assert_eq!(route("/docs/:path+")["params"], json!([{ "name": "path", "kind": "rest" }]));
    assert_eq!(route("/archive/:page?")["params"], json!([{ "name": "page", "kind": "optional" }]));
    assert_eq!(route("/any/:rest*")["params"], json!([{ "name": "rest", "kind": "optional-rest" }]));
    assert_eq!(route("/")["mode"], "ssg");
}

#[test]
fn a_route_has_the_tags_of_what_it_reaches() {
    let folder = site();
    let lib = "import { fetch, useCache } from 'velox/server';
export const teas = (kind: string) => fetch('https://t.example', { next: { tags: ['teas', `tea:${kind}`] } });
export const sum = () => useCache('sum', () => 1, { tags: ['sums'] });
";
    folder.write("lib/teas.ts", lib.as_bytes());
    let page = "---
import { sum, teas } from '$lib/teas';
export const config = { render: 'isr', revalidate: 60 };
const [list, all] = await Promise.all([teas('green'), sum()]);
---
<p>{list.status} {all}</p>
";
    folder.write("routes/teas.velox", page.as_bytes());
    let printed = folder.run(&["routes", "--format", "json"]).ends_with(0).json();
    let routes = printed["routes"].as_array().unwrap();
    let found = routes.iter().find(|route| route["pattern"] == "/teas").unwrap();
    assert_eq!(found["tags"], json!(["sums", "tea:${…}", "teas"]));
    let tree = folder.run(&["routes"]).ends_with(0).out;
    assert!(tree.contains("fresh for 1 min, tags sums, tea:${…}, teas, config.render"), "{tree}");
}

#[test]
fn the_tree_lines_up() {
    let run = site().run(&["routes"]).ends_with(0);
    assert_eq!(run.err, "");
    let expected = "\
/                  ssg                       index.velox             needs no request
├─ any/:rest*      ssr       rest: string[]  any/[[...rest]].velox   has params but no `paths`
├─ api/users       endpoint                  api/users+server.ts
├─ archive/:page?  ssr       page?: string   archive/[[page]].velox  has params but no `paths`
├─ blog/:slug      ssr       slug: string    blog/[slug].velox       top-level await
├─ docs/:path+     ssr       path: string[]  docs/[...path].velox    has params but no `paths`
├─ news            isr                       news.velox              fresh until revalidated, config.render
└─ shop            isr                       shop.velox              fresh for 1 min, config.render

8 routes: 4 ssr, 1 ssg, 2 isr, 1 endpoint
ssr on each request · ssg at build · isr kept for a time
";
    assert_eq!(run.out, expected);
    let colored = site().run(&["routes", "--color", "always"]).out;
    assert!(colored.contains("\u{1b}[33misr\u{1b}[0m"), "{colored}");
}

#[test]
fn a_conflict_is_drawn_and_told_and_ends_with_one() {
    let folder = Folder::with(&[
        ("routes/a/[id].velox", "<p>x</p>"),
        ("routes/a/[slug].velox", "<p>x</p>"),
        ("routes/(one)/b.velox", "<p>x</p>"),
        ("routes/b.velox", "<p>x</p>"),
        ("routes/[my-id].velox", "<p>x</p>"),
    ]);
    let run = folder.run(&["routes"]).ends_with(1);
    assert!(
        run.out.contains("✗ conflicts with a/[slug].velox") && run.out.contains("✗ 4 in conflict"),
        "{}",
        run.out
    );
    assert!(run.err.contains("error[VX0501]") && run.err.contains("error[VX0502]"), "{}", run.err);
    let json = folder.run(&["routes", "--format", "json"]).ends_with(1).json();
    assert_eq!(json["routes"].as_array().unwrap().len(), 5);
}

#[test]
fn other_findings_are_left_to_check() {
    let folder = Folder::project();
    folder.write("components/Bad.velox", b"<p>x</p></div>");
    folder.run(&["routes"]).ends_with(0);
    folder.write("routes/bad.velox", b"<p>x</p></div>");
    let run = folder.run(&["routes"]).ends_with(0);
    assert_eq!(
        run.err,
        "note: routes/bad.velox cannot be parsed, so its mode may be wrong; `veloxc check` says more\n"
    );
}

#[test]
fn a_project_without_routes_says_so() {
    let folder = Folder::with(&[("velox.config.ts", "export default {};\n")]);
    assert_eq!(folder.run(&["routes"]).ends_with(0).out, "No routes in routes/.\n");
    assert_eq!(folder.run(&["routes", "--format", "json"]).json(), json!({ "version": 1, "routes": [] }));
    Folder::with(&[]).run(&["routes"]).ends_with(2);
}

#[test]
fn a_page_whose_helper_reads_cookies_is_ssr_and_says_through_what() {
    let folder = Folder::with(&[
        (
            "lib/session.ts",
            "import { useCookies } from 'velox/server';\nexport const session = () => useCookies().get('sid');\n",
        ),
        (
            "lib/auth.ts",
            "import { session } from './session';\nexport const visitor = () => session();\nexport const site = () => 'Tea';\n",
        ),
        ("components/Greeting.velox", "---\nimport { visitor } from '$lib/auth';\n---\n<p>{visitor()}</p>\n"),
        ("routes/index.velox", "---\nimport { visitor } from '$lib/auth';\n---\n<p>{visitor()}</p>\n"),
        ("routes/about.velox", "---\nimport { site } from '$lib/auth';\n---\n<p>{site()}</p>\n"),
        (
            "routes/hello.velox",
            "---\nimport Greeting from '$components/Greeting.velox';\n---\n<Greeting />\n",
        ),
        (
            "routes/shop/_layout.velox",
            "---\nimport { visitor } from '$lib/auth';\n---\n<i>{visitor()}</i><slot />\n",
        ),
        ("routes/shop/index.velox", "<p>shop</p>\n"),
    ]);
    let modes = |routes: &serde_json::Value| -> Vec<String> {
        let routes = routes.as_array().unwrap().iter();
        routes.map(|route| format!("{} {} {}", route["pattern"], route["mode"], route["cause"])).collect()
    };
    let expected = [
        r#""/" "ssr" "uses `useCookies` in lib/session.ts through `visitor`""#,
        r#""/about" "ssg" "needs no request""#,
        r#""/hello" "ssr" "uses `useCookies` in lib/session.ts through `<Greeting>`""#,
        r#""/shop" "ssr" "uses `useCookies` in lib/session.ts through `visitor` in routes/shop/_layout.velox""#,
    ];
    let run = folder.run(&["routes", "--format", "json"]).ends_with(0);
    assert_eq!(modes(&run.json()["routes"]), expected);
    folder.run(&["build"]).ends_with(0);
    let manifest: serde_json::Value =
        serde_json::from_str(&folder.read(".velox/output/manifest.json")).unwrap();
    assert_eq!(modes(&manifest["routes"]), expected);
    assert!(
        folder.has(".velox/output/static/about/index.html") || folder.has(".velox/output/static/about.html")
    );
    assert!(!folder.has(".velox/output/static/index.html"));
}

#[test]
fn pages_to_which_nothing_leads_are_shown_alone() {
    let folder = Folder::with(&[
        ("velox.config.ts", "export default {};\n"),
        (
            "routes/index.velox",
            "---\nimport { menu } from '$lib/menu';\nconst slug = props.slug;\nif (!slug) throw redirect('/moved');\n---\n\
             <a href=\"/about?x#y\">About</a> <a href={`/blog/${slug}`}>Post</a> <nav>{menu.map((one) => <a href={one.href}>x</a>)}</nav>\n\
             <!-- <a href=\"/forgotten\">Soon</a> -->\n",
        ),
        ("lib/menu.ts", "// '/forgotten' comes later\nexport const menu = [{ href: '/from-data' }];\n"),
        ("routes/about.velox", "<a href=\"/\">Home</a>"),
        ("routes/moved.velox", "<p>x</p>"),
        ("routes/from-data.velox", "<p>x</p>"),
        ("routes/blog/[slug].velox", "<p>x</p>"),
        ("routes/shop/[...path].velox", "<p>x</p>"),
        ("routes/forgotten.velox", "<a href=\"/forgotten\">This page</a>"),
        (
            "routes/api/x+server.ts",
            "export const POST = async () => { await revalidatePath('/forgotten'); return text(''); };\n",
        ),
        ("routes/_error.velox", "<p>x</p>"),
    ]);
    let run = folder.run(&["routes", "--unlinked"]).ends_with(0);
    let expected = "\
/
├─ forgotten    ssg                      forgotten.velox       needs no request
└─ shop/:path+  ssr      path: string[]  shop/[...path].velox  has params but no `paths`

2 routes: 1 ssr, 1 ssg
ssr on each request · ssg at build
Nothing in the project leads to these pages.
";
    assert_eq!(
        run.out.split_whitespace().collect::<Vec<_>>(),
        expected.split_whitespace().collect::<Vec<_>>()
    );
    let json = folder.run(&["routes", "--unlinked", "--format", "json"]).ends_with(0).json();
    let patterns: Vec<&str> =
        json["routes"].as_array().unwrap().iter().filter_map(|route| route["pattern"].as_str()).collect();
    assert_eq!(patterns, ["/forgotten", "/shop/:path+"]);
    folder.write("routes/about.velox", b"<a href=\"/forgotten\">x</a> <a href=\"/shop/a/b\">x</a>");
    assert_eq!(folder.run(&["routes", "--unlinked"]).ends_with(0).out, "Something leads to every page.\n");
}
