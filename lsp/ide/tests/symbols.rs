//! The outline of a file, and names of the project.

mod support;

use std::fmt::Write;
use support::World;
use support::everywhere::{assert_fits, broken_documents, each_document};
use velox_ide::symbols::{Symbol, outline, search};

/// The outline: a line for each symbol, its kind, name and detail.
fn check(fixture: &str) -> String {
    fn show(symbols: &[Symbol], depth: usize, out: &mut String) {
        for symbol in symbols {
            let detail = symbol.detail.as_ref().map_or(String::new(), |detail| format!(" ({detail})"));
            let _ = writeln!(out, "{}{:?} {}{detail}", "  ".repeat(depth), symbol.kind, symbol.name);
            show(&symbol.children, depth + 1, out);
        }
    }
    let world = World::new(fixture);
    let mut out = String::new();
    show(&outline(world.document()), 0, &mut out);
    out
}

#[test]
fn a_page_is_a_tree_of_what_people_navigate_by() {
    let page = "\
---
import Card from '$components/Card';
import { load, type Post } from '$lib/posts';
export const config = { render: 'isr', revalidate: 60 };
export const meta = async () => ({ title: 'Blog' });
interface Filter { tag: string }
type Order = 'new' | 'old';
enum Kind { A }
const { tag, page } = params, size = 10;
const byDate = (a: Post, b: Post) => 1;
function sort() {}
class Reader {}
sort();
---
<main id=\"top\" class=\"wide dark\">
  <h1>All <em>posts</em> of {tag}</h1>
  <div><div><span>noise</span></div></div>
  <div id=\"list\">
    <ul>{posts.map((post) => <li><Card post={post} /></li>)}</ul>
  </div>
  <slot name=\"side\"><p>none</p></slot>
  <my-clock />
</main>
<style>
  @media print {
    .wide,
    .dark { color: red }
  }
</style>
";
    let fixture = format!(
        "//- /routes/blog/[slug].velox\n{page}//- /components/Card.tsx\nexport default () => null;\n\
         //- /lib/posts.ts\nexport const load = 1;\nexport interface Post {{}}\n"
    );
    insta::assert_snapshot!(check(&fixture), @r#"
Module server block (isr)
  Module imports (2 modules)
    Module $components/Card (Card)
    Module $lib/posts (load, Post)
  Constant config (isr)
  Function meta
  Type Filter
  Type Order
  Enum Kind
  Variable tag, page
  Variable size
  Function byDate
  Function sort
  Class Reader
Module template (/blog/:slug)
  Element main (#top.wide.dark)
    Element All posts of {tag} (h1)
    Element div (#list)
      Element ul
        Component Card
    Slot slot side
    Element my-clock
  Element style
    Rule @media print
      Rule .wide, .dark
"#);
}

#[test]
fn modules_and_templates_alone_have_no_wrapper() {
    assert_eq!(check("<h1>Hello</h1>\n<p>x</p>"), "Element Hello (h1)\n");
    assert_eq!(
        check(
            "//- /a.ts\nimport 'x';\nexport default function () {}\nexport const a = 1;\ndeclare global { var g: string }\n"
        ),
        "Module imports (1 module)\n  Module x\nFunction default\nVariable a\nType global\n"
    );
    assert_eq!(check("\n"), "");
}

#[test]
fn broken_texts_have_an_outline() {
    assert_eq!(
        check("---\nconst a = ;\nconst b = 1;\n---\n<main><h1>A"),
        "Module server block (ssg)\n  Variable b\nModule template (/)\n  Element main\n    Element A (h1)\n"
    );
}

/// The fixture's names that answer a query: kind, name, file with the text at the place.
fn found(query: &str) -> String {
    let world = World::new(
        "//- /routes/index.velox\n<p />\n//- /routes/blog/[slug].velox\n---\nexport const config = { render: 'ssr' };\n---\n<p />\n\
         //- /routes/api/posts+server.ts\nexport const GET = () => 1;\n\
         //- /components/PostCard.tsx\nexport default function PostCard() { return null; }\n\
         //- /lib/posts.ts\nexport interface Post {}\nexport const loadPosts = () => 1;\nexport class PostStore {}\nconst hidden = 1;\n",
    );
    let mut out = String::new();
    for found in search(world.db(), world.project(), query) {
        let text = found.span.text(world.other(&found.path).text());
        let container = found.container.unwrap_or_default();
        let _ = writeln!(out, "{:?} {} at `{text}` of {} ({container})", found.kind, found.name, found.path);
    }
    out
}

#[test]
fn routes_components_and_exports_are_found() {
    insta::assert_snapshot!(found("post"), @r#"
Component PostCard at `default` of components/PostCard.tsx (components/PostCard.tsx)
Type Post at `Post` of lib/posts.ts (lib/posts.ts)
Class PostStore at `PostStore` of lib/posts.ts (lib/posts.ts)
Function loadPosts at `loadPosts` of lib/posts.ts (lib/posts.ts)
Route /api/posts at `` of routes/api/posts+server.ts (ssr · routes/api/posts+server.ts)
"#);
    insta::assert_snapshot!(found("slug"), @"Route /blog/:slug at `` of routes/blog/[slug].velox (ssr · routes/blog/[slug].velox)");
    insta::assert_snapshot!(found("pc"), @"Component PostCard at `default` of components/PostCard.tsx (components/PostCard.tsx)");
    insta::assert_snapshot!(found("hidden"), @"");
    assert!(found("").starts_with("Route"));
}

#[test]
fn symbols_of_all_files_lie_in_each_other() {
    fn holds(text: &str, symbols: &[Symbol], path: &str) {
        for symbol in symbols {
            assert_fits(text, symbol.span);
            assert_fits(text, symbol.focus);
            assert!(symbol.span.contains(symbol.focus), "{path}: {symbol:?}");
            assert!(!symbol.name.is_empty(), "{path}: {symbol:?}");
            for child in &symbol.children {
                assert!(symbol.span.contains(child.span), "{path}: {child:?} in {symbol:?}");
            }
            holds(text, &symbol.children, path);
        }
    }
    let visit =
        |document: velox_ide::Document<'_>| holds(document.text(), &outline(document), document.path());
    each_document(visit);
    broken_documents(visit);
}

#[test]
fn a_deep_template_has_an_outline_of_limited_depth() {
    let text = format!("{}{}", "<section>".repeat(3_000), "</section>".repeat(3_000));
    let world = World::new(&text);
    let mut depth = 0;
    let mut symbols = &outline(world.document())[..];
    while let Some(symbol) = symbols.first() {
        depth += 1;
        symbols = &symbol.children;
    }
    assert!(depth > 10 && depth < 64, "{depth}");
}
