//! Completion in TypeScript: what is offered where, what stands there when it is taken, and where it stays silent.

mod support;

use support::World;
use support::completing::{check, items, offers, take};
use velox_ide::completion::resolve;

#[test]
fn a_statement_may_be_an_export_that_means_something() {
    let cases = [
        (
            "//- /routes/index.velox\n---\n$0\n---\n<p>x</p>\n",
            "config config config config meta meta params props request response url",
        ),
        (
            "//- /routes/index.velox\n---\nexport const config = { render: 'ssg' };\n$0\n---\n",
            "meta meta config params props request response url",
        ),
        (
            "//- /routes/blog/[slug].velox\n---\nexport $0\n---\n",
            "config config config config paths paths meta meta params props request response url",
        ),
        (
            "//- /layouts/default.velox\n---\n$0\n---\n<slot />\n",
            "meta meta slots meta params props request response url",
        ),
        ("//- /components/Card.velox\n---\n$0\n---\n", "params props request response url"),
        ("//- /routes/api/x+server.ts\n$0\n", "GET POST PUT PATCH DELETE HEAD OPTIONS"),
        (
            "//- /routes/api/x+server.ts\nexport const GET = () => json(1);\n$0\n",
            "POST PUT PATCH DELETE HEAD OPTIONS GET",
        ),
        ("//- /middleware.ts\n$0\n", "default"),
        ("//- /velox.config.ts\n$0\n", "default"),
        ("//- /lib/a.ts\n$0\n", ""),
        ("//- /routes/_error.velox\n---\n$0\n---\n", "meta meta params props request response url"),
    ];
    for (fixture, expected) in cases {
        assert_eq!(check(fixture), expected, "{fixture}");
    }
}

#[test]
fn what_a_snippet_needs_is_imported() {
    let config = "import { defineConfig } from 'velox';\nexport default defineConfig({\n\t\n});\n";
    assert_eq!(take("//- /velox.config.ts\n$0\n", "default", ""), config);
    let found = take("//- /velox.config.ts\nconst site = 'https://a.b';\n\n$0\n", "default", "");
    assert_eq!(
        found,
        "import { defineConfig } from 'velox';\nconst site = 'https://a.b';\n\nexport default defineConfig({\n\t\n});\n"
    );
    let found = take("//- /middleware.ts\nimport { json } from 'velox/server';\n\n$0\n", "default", "");
    assert!(
        found.starts_with("import { defineMiddleware, json } from 'velox/server';\n\nexport default"),
        "{found}"
    );
}

#[test]
fn paths_hold_the_params_of_the_route() {
    let cases = [
        ("blog/[slug]", "listed", "export const paths = () => [{ slug: '' }];"),
        ("docs/[...path]", "listed", "export const paths = () => [{ path: [''] }];"),
        ("[lang]/[[page]]", "listed", "export const paths = () => [{ lang: '', page: '' }];"),
        (
            "blog/[slug]",
            "from data",
            "export async function paths() {\n\tconst items = await load();\n\treturn items.map((item) => ({ slug: item.slug }));\n}",
        ),
    ];
    for (route, detail, expected) in cases {
        let fixture = format!("//- /routes/{route}.velox\n---\n$0\n---\n<p>x</p>\n");
        assert_eq!(take(&fixture, "paths", detail), format!("---\n{expected}\n---\n<p>x</p>\n"), "{route}");
    }
    assert!(!offers("//- /routes/about.velox\n---\n$0\n---\n", "paths"));
    assert!(!offers(
        "//- /routes/[id].velox\n---\nexport const config = { render: 'ssr' };\n$0\n---\n",
        "paths"
    ));
    assert!(offers(
        "//- /routes/[id].velox\n---\nexport const config = { render: 'isr', revalidate: 9 };\n$0\n---\n",
        "paths"
    ));
}

#[test]
fn a_layout_is_chosen_among_the_files() {
    let rest = "//- /layouts/docs.velox\n<slot />\n//- /layouts/default.velox\n<slot />\n";
    let fixture = format!("//- /routes/index.velox\n---\nexport const $0\n---\n{rest}");
    assert_eq!(take(&fixture, "layout", "a file"), "---\nexport const layout = 'docs';\n---\n");
    let fixture = format!("//- /routes/index.velox\n---\nexport const layout = '$0';\n---\n{rest}");
    assert_eq!(check(&fixture), "default docs");
}

#[test]
fn keys_and_values_of_settings_are_known_while_they_are_typed() {
    let page = |block: &str| format!("//- /routes/index.velox\n---\n{block}\n---\n<p>x</p>\n");
    let cases = [
        ("export const config = { $0 };", "render revalidate stream edge"),
        ("export const config = { $0", "render revalidate stream edge"),
        ("export const config = { render: 'isr', $0 };", "revalidate stream edge"),
        ("export const config = { render: 'ssg', $0 };", "stream edge"),
        ("export const config = { ren$0: 'ssg' };", "render revalidate stream edge"),
        ("export const config = { render: '$0' };", "ssr ssg isr csr"),
        ("export const config = { render: '$0", "ssr ssg isr csr"),
        ("export const config = { render: 'i$0\nconst a = 1;", "ssr ssg isr csr"),
        (
            "export const meta = { $0 };",
            "title description keywords author canonical robots viewport themeColor openGraph twitter alternates",
        ),
        ("export const meta = { openGraph: { $0 } };", "title description image url type siteName"),
        ("export const meta = { openGraph: { type: '$0' } };", "website article profile book"),
        (
            "export function meta() { return { title: 'a', twitter: { $0 } }; }",
            "card title description image",
        ),
    ];
    for (block, expected) in cases {
        assert_eq!(check(&page(block)), expected, "{block}");
    }
    let cases = [
        ("export default { $0 };", "site app routes server cache format check"),
        ("export default defineConfig({ $0 });", "site app routes server cache format check"),
        ("export default defineConfig({ app: { trailingSlash: '$0' } });", "never always ignore"),
        ("export default defineConfig({ check: { severity: { VX0420: '$0' } } });", "error warning hint off"),
    ];
    for (text, expected) in cases {
        assert_eq!(check(&format!("//- /velox.config.ts\n{text}\n")), expected, "{text}");
    }
    assert!(offers("//- /velox.config.ts\nexport default { check: { severity: { $0 } } };\n", "VX0420"));
    assert!(!offers(&page("const config = { $0 };"), "render"), "it is not exported");
    assert!(!offers(&page("load({ $0 });"), "render"));
}

#[test]
fn a_key_is_written_with_its_value() {
    let fixture = "//- /routes/index.velox\n---\nexport const config = { $0 };\n---\n<p>x</p>\n";
    assert_eq!(take(fixture, "render", ""), "---\nexport const config = { render: '' };\n---\n<p>x</p>\n");
    let fixture = "//- /routes/index.velox\n---\nexport const config = { render: 's$0' };\n---\n<p>x</p>\n";
    assert_eq!(take(fixture, "ssg", ""), "---\nexport const config = { render: 'ssg' };\n---\n<p>x</p>\n");
}

#[test]
fn params_are_those_of_the_route() {
    let cases = [
        ("//- /routes/blog/[slug].velox\n---\nconst a = params.$0\n---\n", "slug"),
        ("//- /routes/blog/[slug].velox\n<p>{params.$0}</p>\n", "slug"),
        ("//- /routes/[lang]/[...path].velox\n<p>{request.params.$0}</p>\n", "lang path"),
        ("//- /routes/[lang]/[id].velox\n---\nconst { lang, $0 } = params;\n---\n", "id"),
        ("//- /routes/[lang]/[id].velox\n---\nconst { $0 } = params;\n---\n", "id lang"),
        (
            "//- /routes/[lang]/_layout.velox\n<p>{params.$0}</p>\n//- /routes/[lang]/[id].velox\n<p>x</p>\n",
            "id lang",
        ),
        ("//- /routes/[id]+server.ts\nexport const GET = (request, { params }) => params.$0\n", "id"),
        ("//- /routes/about.velox\n---\nconst params = { a: 1 };\nparams.$0\n---\n", ""),
        ("//- /routes/about.velox\n<p>{params.$0}</p>\n", ""),
    ];
    for (fixture, expected) in cases {
        let mut found: Vec<String> =
            items(&World::new(fixture)).items.iter().map(|item| item.label.clone()).collect();
        found.retain(|label| label != "map");
        found.sort();
        assert_eq!(found.join(" "), expected, "{fixture}");
    }
}

#[test]
fn what_the_framework_gives_has_members() {
    let cases = [
        (
            "//- /routes/index.velox\n<p>{url.searchParams.$0}</p>\n",
            "append delete entries forEach get getAll has keys set size sort values",
        ),
        (
            "//- /routes/index.velox\n---\nconst found = await fetch('/a');\nfound.headers.$0\n---\n",
            "append delete entries forEach get getSetCookie has keys set values",
        ),
        ("//- /routes/index.velox\n---\nconst found = fetch('/a');\nfound.$0\n---\n", ""),
        ("//- /routes/index.velox\n<p>{request.cookies.$0}</p>\n", "entries get has"),
        (
            "//- /routes/index.velox\n---\nconst jar = useCookies();\njar.$0\n---\n",
            "changes delete entries get has set",
        ),
        ("//- /routes/index.velox\n---\nresponse.$0\n---\n", "headers status statusText"),
        (
            "//- /components/Count.tsx\nimport { signal } from 'velox/client';\nconst n = signal(0);\nexport default () => n.$0;\n",
            "peek subscribe value",
        ),
        (
            "//- /components/Count.tsx\nimport { useRouter } from 'velox/client';\nexport default () => {\n  const router = useRouter();\n  router.$0\n};\n",
            "back forward params path prefetch push refresh replace url",
        ),
        ("//- /lib/a.ts\nconst request = load();\nrequest.$0\n", ""),
        ("//- /lib/a.ts\nimport.meta.$0\n", "env url"),
    ];
    for (fixture, expected) in cases {
        let mut found: Vec<String> =
            items(&World::new(fixture)).items.iter().map(|item| item.label.clone()).collect();
        found.sort();
        assert_eq!(found.join(" "), expected, "{fixture}");
    }
    assert!(offers(
        "//- /lib/a.ts\nconst a = import.meta.env.PUBLIC_API;\nimport.meta.env.$0\n",
        "PUBLIC_API"
    ));
}

#[test]
fn options_of_functions_have_the_keys_of_their_types() {
    let keys = |code: &str| {
        let found = items(&World::new(&format!("//- /routes/index.velox\n---\n{code}\n---\n<p>x</p>\n")));
        let first =
            found.items.iter().filter(|item| item.sort.as_ref().is_none_or(|sort| sort.starts_with('0')));
        first.map(|item| item.label.as_str()).collect::<Vec<_>>().join(" ")
    };
    let cases = [
        ("await fetch('/a', { $0 });", "next timeout"),
        ("await fetch('/a', { next: { $0 } });", "tags revalidate cacheKey"),
        ("await fetch('/a', { next: { tags: ['a'], $0 } });", "revalidate cacheKey"),
        ("await fetch('/a', { next: { revalidate: $0 } });", "false"),
        ("throw redirect('/a', { $0 });", "status headers external"),
        ("throw redirect('/a', { external: $0 });", "false true"),
        ("await revalidateTag('a', { $0 });", "mode"),
        ("const jar = useCookies();\njar.set('a', 'b', { sameSite: '$0' });", "lax none strict"),
        (
            "const jar = useCookies();\njar.set('a', 'b', { sameSite: 'lax', $0 });",
            "path domain maxAge expires httpOnly secure partitioned",
        ),
        ("load('/a', { $0 });", ""),
    ];
    for (code, expected) in cases {
        assert_eq!(keys(code), expected, "{code}");
    }
}

#[test]
fn names_are_in_scope_where_they_are_declared() {
    let block = "---\nimport Card from '$components/Card';\nconst posts = [{ id: 1 }];\nfunction title(id) { return id; }\n---\n";
    let names = |template: &str| {
        let found = items(&World::new(&format!("//- /routes/index.velox\n{block}{template}")));
        let special = found
            .items
            .into_iter()
            .filter(|item| item.sort.as_ref().is_some_and(|sort| sort.starts_with(['1', '2'])));
        special.map(|item| item.label).collect::<Vec<_>>().join(" ")
    };
    let cases = [
        ("<p>{$0}</p>\n", "Card posts title"),
        ("<p title={$0}>x</p>\n", "Card posts title"),
        ("<ul>{posts.map((post, at) => <li>{$0}</li>)}</ul>\n", "at post Card posts title"),
        ("<ul>{posts.map((post) => <li title={$0}>{post.id}</li>)}</ul>\n", "post Card posts title"),
        ("<ul>{posts.map((post) => <li>{post.}{$0}</li>)}</ul>\n", "post Card posts title"),
        ("<ul>{posts.map((post) => <li>x</li>)}{$0}</ul>\n", "Card posts title"),
        (
            "<ul>{posts.map(({ id }) => <li>{id.map((x) => <b>{$0}</b>)}</li>)}</ul>\n",
            "id x Card posts title",
        ),
    ];
    for (template, expected) in cases {
        assert_eq!(names(template), expected, "{template}");
    }
}

#[test]
fn names_of_other_modules_come_with_their_import() {
    let rest = "//- /lib/posts.ts\n/** All posts, the newest first. */\nexport const loadPosts = async () => [];\n//- /lib/slug.ts\nexport default function slug(text: string) { return text; }\n";
    let cases = [
        (
            "---\nconst a = loadP$0;\n---\n",
            "loadPosts",
            "---\nimport { loadPosts } from '$lib/posts';\nconst a = loadPosts;\n---\n",
        ),
        (
            "<p>{loadP$0}</p>\n",
            "loadPosts",
            "---\nimport { loadPosts } from '$lib/posts';\n---\n<p>{loadPosts}</p>\n",
        ),
        (
            "---\nconst a = slu$0;\n---\n",
            "slug",
            "---\nimport slug from '$lib/slug';\nconst a = slug;\n---\n",
        ),
        ("---\nconst a = red$0\n---\n", "redirect", "---\nconst a = redirect\n---\n"),
        (
            "---\nconst a = sig$0;\n---\n",
            "signal",
            "---\nimport { signal } from 'velox/client';\nconst a = signal;\n---\n",
        ),
    ];
    for (page, label, expected) in cases {
        assert_eq!(take(&format!("//- /routes/index.velox\n{page}{rest}"), label, ""), expected, "{page}");
    }
    let module = "//- /lib/a.ts\nexport const a = () => red$0;\n";
    assert_eq!(
        take(module, "redirect", ""),
        "import { redirect } from 'velox/server';\nexport const a = () => redirect;\n"
    );
    let world = World::new(&format!("//- /routes/index.velox\n<p>{{loadP$0}}</p>\n{rest}"));
    let found = items(&world);
    let item = found.items.iter().find(|item| item.label == "loadPosts").expect("an item");
    let words = resolve(world.document(), item.id.as_deref().unwrap_or_default())
        .and_then(|details| details.documentation);
    insta::assert_snapshot!(words.unwrap_or_default(), @r"
    ```ts
    const loadPosts = async () => []
    ```

    All posts, the newest first.

    from `$lib/posts`
    ");
}

#[test]
fn no_name_is_offered_where_one_is_made_up() {
    for fixture in [
        "---\nconst $0\n---\n",
        "---\nfunction $0\n---\n",
        "---\nconst a = 1$0\n---\n",
        "---\nconst a = /x$0/;\n---\n",
        "---\nconst a = 'x$0';\n---\n",
    ] {
        assert_eq!(check(&format!("//- /components/A.velox\n{fixture}")), "", "{fixture}");
    }
}

#[test]
fn a_file_without_fences_is_offered_one() {
    let labels = |fixture: &str| {
        let found = items(&World::new(fixture));
        let fences = found.items.iter().filter(|item| item.label.starts_with("---"));
        fences.map(|item| item.label.clone()).collect::<Vec<_>>().join(", ")
    };
    let cases = [
        ("//- /routes/index.velox\n$0", "---, --- page, --- data"),
        ("//- /routes/index.velox\n--$0", "---, --- page, --- data"),
        ("//- /routes/index.velox\n---$0\n", "---, --- page, --- data"),
        ("//- /routes/[id].velox\n---$0\n", "---, --- page, --- ssg, --- params"),
        ("//- /layouts/a.velox\n$0", "---, --- layout"),
        ("//- /components/A.velox\n$0", "---, --- component"),
        ("//- /routes/index.velox\n--$0\n<p>x</p>\n", "---"),
        ("//- /routes/index.velox\n<!-- a -->\n$0\n<p>x</p>\n", "---"),
        ("//- /routes/index.velox\n<p>x</p>\n$0", ""),
        ("//- /routes/index.velox\n<p>$0</p>\n", ""),
        ("//- /routes/index.velox\n---\nconst a = 1;\n---$0\n<p>{a}</p>\n", ""),
        ("//- /lib/a.ts\n$0", ""),
    ];
    for (fixture, expected) in cases {
        assert_eq!(labels(fixture), expected, "{fixture}");
    }
    assert_eq!(take("//- /routes/index.velox\n--$0\n<p>x</p>\n", "---", ""), "---\n\n---\n<p>x</p>\n");
    for (path, label) in
        [("[id]", "--- ssg"), ("[id]", "--- params"), ("index", "--- data"), ("index", "--- page")]
    {
        take(&format!("//- /routes/{path}.velox\n$0"), label, "");
    }
}

#[test]
fn an_array_in_a_template_becomes_elements() {
    let fixture = "//- /routes/index.velox\n---\nconst stories = [1];\n---\n<ul>{stories.$0}</ul>\n";
    let found = take(fixture, "map", "");
    assert_eq!(
        found,
        "---\nconst stories = [1];\n---\n<ul>{stories.map((story) => <li>{story}</li>)}</ul>\n"
    );
}

#[test]
fn places_are_right_behind_marks_emoji_and_other_line_ends() {
    let cases = [
        ("//- /routes/[id].velox\n\u{feff}---\r\nconst a = '😀' + params.$0;\r\n---\r\n<p>{a}</p>\r\n", "id"),
        ("//- /routes/[id].velox\n<p>😀 {params.$0}</p>\n", "id"),
    ];
    for (fixture, label) in cases {
        let fixture = fixture.to_owned();
        let after = take(&fixture, label, "");
        assert!(after.contains("params.id"), "{after}");
    }
}
