//! Completion in strings and comments of code: import paths, URLs, cache tags, codes that are silenced.

mod support;

use support::World;
use support::completing::{check, items, offers, take};

#[test]
fn paths_of_imports_are_those_of_the_project() {
    let rest = "//- /lib/db.ts\nexport const db = 1;\nexport type Row = {};\n//- /lib/auth/session.ts\nexport const user = 1;\n\
                //- /components/Card.velox\n<p>x</p>\n//- /package.json\n{ \"dependencies\": { \"zod\": \"1\", \"@types/x\": \"1\" } }\n";
    let cases = [
        (
            "import { db } from '$0';",
            "$components/ $lib/ @velox/query velox velox/client velox/server zod ../ ./",
        ),
        ("import { db } from '$lib/$0';", "db auth/"),
        ("import { db } from '$lib/auth/$0';", "session"),
        ("import { db } from '../$0';", "components/ lib/ routes/ package.json"),
        ("import { db } from '../lib/d$0';", "db auth/"),
        (
            "import { db } from '$0",
            "$components/ $lib/ @velox/query velox velox/client velox/server zod ../ ./",
        ),
        ("const x = await import('$lib/$0');", "db auth/"),
        ("import { $0 } from '$lib/db';", "Row db"),
        ("import { db, $0 } from '$lib/db';", "Row"),
        ("const a = '$lib/$0';", ""),
    ];
    for (statement, expected) in cases {
        let fixture = format!("//- /routes/index.velox\n---\n{statement}\n---\n<p>x</p>\n{rest}");
        let labels: Vec<String> =
            items(&World::new(&fixture)).items.into_iter().map(|item| item.label).collect();
        let mut found = labels.clone();
        let mut wanted: Vec<&str> = expected.split(' ').filter(|word| !word.is_empty()).collect();
        found.sort();
        wanted.sort_unstable();
        assert_eq!(found, wanted, "{statement}");
    }
    let fixture =
        format!("//- /routes/index.velox\n---\nimport {{ red$0 }} from 'velox/server';\n---\n{rest}");
    assert_eq!(take(&fixture, "redirect", ""), "---\nimport { redirect } from 'velox/server';\n---\n");
    let fixture = format!("//- /routes/index.velox\n---\nimport {{ $0 }} from '$lib/db';\n---\n{rest}");
    assert_eq!(take(&fixture, "Row", ""), "---\nimport { type Row } from '$lib/db';\n---\n");
}

const SITE: &str = "//- /routes/index.velox\n<p>x</p>\n//- /routes/about.velox\n<p>x</p>\n\
    //- /routes/blog/[slug].velox\n---\nexport const config = { render: 'isr', revalidate: 9 };\n---\n<p>x</p>\n\
    //- /routes/archive/[[page]].velox\n<p>x</p>\n\
    //- /routes/docs/[name].velox\n---\nexport const paths = () => [{ name: 'intro' }];\n---\n<p>x</p>\n\
    //- /routes/api/posts+server.ts\nexport const GET = () => json(1);\n";

#[test]
fn strings_that_name_urls_know_the_routes() {
    let cases = [
        (
            "redirect('$0');",
            "/ /about /archive /archive/:page /blog/:slug /docs/:name /docs/intro /api/posts",
        ),
        (
            "redirect('/b$0');",
            "/ /about /archive /archive/:page /blog/:slug /docs/:name /docs/intro /api/posts",
        ),
        (
            "await fetch('$0');",
            "/api/posts / /about /archive /archive/:page /blog/:slug /docs/:name /docs/intro",
        ),
        (
            "await revalidatePath('$0');",
            "/blog/:slug / /about /docs/:name /docs/intro /archive /archive/:page",
        ),
        ("await revalidatePath('$0', 'page');", "/blog/:slug / /about /docs/:name /archive/:page?"),
        ("await revalidatePath('/', '$0');", "layout page"),
        ("await revalidateTag('x', { mode: '$0' });", "expire swr"),
        ("redirect('https://$0');", ""),
        ("redirect('/about?$0');", ""),
        ("load('$0');", ""),
    ];
    for (statement, expected) in cases {
        let fixture =
            format!("//- /routes/edit.velox\n---\nconst slug = 1;\n{statement}\n---\n<p>x</p>\n{SITE}");
        let labels: Vec<String> =
            items(&World::new(&fixture)).items.into_iter().map(|item| item.label).collect();
        let labels: Vec<&str> = labels.iter().map(String::as_str).filter(|label| *label != "/edit").collect();
        assert_eq!(labels.join(" "), expected, "{statement}");
    }
}

#[test]
fn urls_with_params_have_places_to_fill_in() {
    let page = |statement: &str| format!("//- /routes/edit.velox\n---\n{statement}\n---\n<p>x</p>\n{SITE}");
    let cases = [
        ("redirect('$0');", "redirect('/blog/slug');"),
        ("redirect(`$0`);", "redirect(`/blog/${slug}`);"),
        ("redirect('/blog/x$0?a=1');", "redirect('/blog/slug?a=1');"),
    ];
    for (statement, expected) in cases {
        let found = take(&page(statement), "/blog/:slug", "");
        assert_eq!(found, format!("---\n{expected}\n---\n<p>x</p>\n"), "{statement}");
    }
}

#[test]
fn cache_tags_are_those_that_fetches_carry() {
    let rest = "//- /lib/a.ts\nimport { fetch } from 'velox/server';\nexport const a = (id: string) => fetch('/x', { next: { tags: ['posts', `post:${id}`] } });\n";
    for statement in [
        "await revalidateTag('$0');",
        "await fetch('/y', { next: { tags: ['$0'] } });",
        "await revalidateTag('po$0",
    ] {
        let fixture = format!("//- /routes/index.velox\n---\n{statement}\n---\n<p>x</p>\n{rest}");
        assert_eq!(check(&fixture), "posts post:${…}", "{statement}");
    }
    let fixture = format!("//- /routes/index.velox\n---\nawait revalidateTag(`$0`);\n---\n<p>x</p>\n{rest}");
    let found = items(&World::new(&fixture));
    assert_eq!(found.items[1].text, "post:\\${$1\\}");
}

#[test]
fn comments_that_silence_name_codes_that_may_be_silenced() {
    let fixture = "//- /routes/index.velox\n---\n// velox-ignore $0\nconst unused = 1;\n---\n<p>x</p>\n";
    let found = items(&World::new(fixture));
    assert_eq!(found.items[0].detail.as_deref(), Some("unused-name"), "what is reported comes first");
    assert!(found.items.iter().all(|item| item.label != "VX0101"), "errors of syntax cannot be silenced");
    let fixture =
        "//- /routes/index.velox\n---\n// velox-ignore VX0420: wh$0\nconst a = 1;\n---\n<p>{a}</p>\n";
    assert!(items(&World::new(fixture)).items.is_empty(), "a reason is free text");
    let fixture = "//- /routes/index.velox\n---\n// a word $0\nconst a = 1;\n---\n<p>{a}</p>\n";
    assert!(items(&World::new(fixture)).items.is_empty());
    assert!(offers(
        "//- /routes/index.velox\n---\n// vel$0\nconst unused = 1;\n---\n<p>x</p>\n",
        "velox-ignore"
    ));
}
