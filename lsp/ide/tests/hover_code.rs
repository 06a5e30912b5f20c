//! Words on what stands in TypeScript and at fences.

mod support;

use support::World;
use support::everywhere::stride;
use velox_diagnostics::Span;
use velox_ide::hover::hover;

/// What the words are about, and the words.
fn check(fixture: &str) -> String {
    let world = World::new(fixture);
    match hover(world.document(), world.offset()) {
        Some(found) => format!("{}\n---\n{}", found.span.text(world.document().text()), found.markdown),
        None => "nothing".to_owned(),
    }
}

const SITE: &str = "//- /layouts/default.velox\n<html lang=\"en\"><head><title>x</title></head><body><slot /></body></html>\n\
    //- /routes/blog/_layout.velox\n<main><slot /></main>\n\
    //- /lib/posts.ts\nimport { fetch, useCookies } from 'velox/server';\n/** The newest posts. */\nexport async function posts(limit: number): Promise<string[]> {\n  return (await fetch('/api/posts', { next: { tags: ['posts'] } })).json();\n}\nexport const user = () => useCookies().get('user');\n\
    //- /routes/api/posts+server.ts\nexport const GET = () => json([]);\n\
    //- /routes/edit.velox\n---\nawait revalidateTag('posts');\n---\n<p>x</p>\n";

fn site(page: &str) -> String {
    format!("//- /routes/blog/[slug].velox\n{page}{SITE}")
}

#[test]
fn a_fence_tells_what_the_route_is() {
    insta::assert_snapshot!(check(&site("$0---\nimport { posts } from '$lib/posts';\nexport const config = { render: 'isr', revalidate: 90 };\nconst all = await posts(3);\n---\n<p>{all} {params.slug}</p>\n")), @r"
    ---
    ---
    **`/blog/:slug`** · isr

    - mode: `isr`, because of: config.render
    - params: `slug: string`
    - layouts: `layouts/default.velox` › `routes/blog/_layout.velox`
    - revalidate: after 90 s (1 min 30 s)
    - cache tags: `posts`
    ");
    insta::assert_snapshot!(check(&site("---\nimport { user } from '$lib/posts';\n-$0--\n<p>{user()}</p>\n")), @r"
    ---
    ---
    **`/blog/:slug`** · ssr

    - mode: `ssr`, because of: uses `useCookies` in lib/posts.ts through `user`
    - params: `slug: string`
    - layouts: `layouts/default.velox` › `routes/blog/_layout.velox`
    - cache tags: `posts`
    ");
    insta::assert_snapshot!(check("//- /layouts/default.velox\n--$0-\n---\n<slot /><slot name=\"aside\" />\n//- /routes/a.velox\n<p>x</p>\n//- /routes/b.velox\n<p>x</p>\n"), @r"
    ---
    ---
    A layout of 2 routes

    - `/a` (ssg)
    - `/b` (ssg)

    Slots: `default`, `aside`
    ");
}

#[test]
fn exports_and_settings_tell_what_they_amount_to() {
    insta::assert_snapshot!(check(&site("---\nexport const con$0fig = { render: 'ssr' };\n---\n<p>x</p>\n")), @r"
    config
    ---
    ```ts
    const config = { render: 'ssr' }
    ```

    How the page is rendered. It is read without running code: `render`, `revalidate`, `edge`.

    **`/blog/:slug`** · ssr

    - mode: `ssr`, because of: config.render
    - params: `slug: string`
    - layouts: `layouts/default.velox` › `routes/blog/_layout.velox`
    ");
    insta::assert_snapshot!(check(&site("---\nexport const config = { re$0validate: 60, render: 'isr' };\n---\n<p>x</p>\n")), @r"
    revalidate
    ---
    ```ts
    revalidate: number | false
    ```

    For how many seconds a page of `isr` is fresh; with `false` until it is revalidated by hand. An error in any other mode.

    - `60`: A minute.
    - `3600`: An hour.
    - `86400`: A day.
    - `false`: Until it is revalidated by hand, with `revalidatePath` or `revalidateTag`.

    Here: after 60 s (1 min)
    ");
    insta::assert_snapshot!(check(&site("---\nexport const config = { render: 's$0sr' };\n---\n<p>x</p>\n")), @r"
    ssr
    ---
    `'ssr'`: Rendered on every request. The only mode in which `request` and `response` may be used.
    ");
    insta::assert_snapshot!(check(&site("---\nexport const meta = { openGraph: { ima$0ge: '/a.png' } };\n---\n<p>x</p>\n")), @r"
    image
    ---
    ```ts
    image: string | string[]
    ```

    The URL of the image that is shown along, or of several.
    ");
    insta::assert_snapshot!(check("//- /velox.config.ts\nexport default { app: { trailing$0Slash: 'never' } };\n"), @r"
    trailingSlash
    ---
    ```ts
    trailingSlash: 'never' | 'always' | 'ignore'
    ```

    Whether page URLs end with a slash; the other form is redirected. `never` unless it is set.

    - `'never'`: `/about`; `/about/` is redirected there.
    - `'always'`: `/about/`; `/about` is redirected there.
    - `'ignore'`: Both are answered.
    ");
}

#[test]
fn names_tell_what_they_are() {
    insta::assert_snapshot!(check(&site("<p>{par$0ams.slug}</p>\n")), @r"
    params
    ---
    ```ts
    params: Params
    ```

    The params of the route, percent-decoded. A catch-all has an array of segments; an optional one may be `undefined`.

    Here: `slug: string`
    ");
    insta::assert_snapshot!(check(&site("<p>{params.sl$0ug}</p>\n")), @r"
    slug
    ---
    ```ts
    (param) slug: string
    ```

    A param of `/blog/:slug`.
    ");
    insta::assert_snapshot!(check(&site("---\nimport { posts } from '$lib/posts';\nconst all = await pos$0ts(3);\n---\n<p>{all}</p>\n")), @r"
    posts
    ---
    ```ts
    async function posts(limit: number): Promise<string[]>
    ```

    The newest posts.

    from `lib/posts.ts`
    ");
    insta::assert_snapshot!(check(&site("---\nthrow redi$0rect('/edit');\n---\n<p>x</p>\n")), @r"
    redirect
    ---
    ```ts
    function redirect(url: string | URL, status?: RedirectStatus | RedirectOptions, headers?: HeadersInit): Redirect
    ```

    Redirects to a path of this site, or with `{ external: true }` to any `http` or `https` address. Throw it or return it.

    from `velox/server`, in scope without an import
    ");
    insta::assert_snapshot!(check(&site("---\n// How much it costs.\nconst price = 12;\n---\n<p>{pri$0ce}</p>\n")), @r"
    price
    ---
    ```ts
    const price = 12
    ```

    How much it costs.
    ");
    insta::assert_snapshot!(check(&site("---\nconst xs = [1];\n---\n<ul>{xs.map((one) => <li>{o$0ne}</li>)}</ul>\n")), @r"
    one
    ---
    ```ts
    (parameter) one
    ```
    ");
    insta::assert_snapshot!(check(&site("<p>{request.cook$0ies}</p>\n")), @r"
    cookies
    ---
    ```ts
    (VeloxRequest) cookies: RequestCookies
    ```
    ");
    insta::assert_snapshot!(check("//- /lib/a.ts\nexport const a = import.meta.env.SEC$0RET;\n"), @r"
    SECRET
    ---
    `SECRET`: a name of the environment. It never reaches code of the browser: only names that begin with `PUBLIC_` do.
    ");
}

#[test]
fn strings_tell_where_they_lead() {
    insta::assert_snapshot!(check(&site("---\nimport { posts } from '$lib/po$0sts';\n---\n<p>{posts(1)}</p>\n")), @r"
    $lib/posts
    ---
    `lib/posts.ts`

    exports `posts`, `user`
    ");
    insta::assert_snapshot!(check(&site("---\nthrow redirect('/ed$0it');\n---\n<p>x</p>\n")), @r"
    /edit
    ---
    **`/edit`** · ssr (top-level await)

    `routes/edit.velox`
    ");
    insta::assert_snapshot!(check(&site("---\nconst a = await fetch('/api/po$0sts');\n---\n<p>{a.ok}</p>\n")), @r"
    /api/posts
    ---
    **`/api/posts`** · endpoint

    `routes/api/posts+server.ts`
    ");
    insta::assert_snapshot!(check(&site("---\nawait revalidateTag('po$0sts');\n---\n<p>x</p>\n")), @r"
    posts
    ---
    Cache tag `posts`

    carried by `fetch` in

    - `lib/posts.ts`

    revalidated in

    - `routes/blog/[slug].velox`
    - `routes/edit.velox`
    ");
}

#[test]
fn a_silenced_code_tells_what_it_is() {
    let found = check(
        &site("---\n// velox-ignore VX04$020: an old link\nthrow redirect('/gone');\n---\n<p>x</p>\n")
            .replace("VX04$020", "VX0$0420"),
    );
    assert!(found.starts_with("VX0420\n---\n**VX0420: a link leads nowhere**"), "{found}");
}

#[test]
fn other_things_are_passed_over() {
    for page in [
        "---\nconst a = 1$02;\n---\n<p>{a}</p>\n",
        "---\nconst a = 'x$0y';\n---\n<p>{a}</p>\n",
        "---\n// a w$0ord\nconst a = 1;\n---\n<p>{a}</p>\n",
        "<p>{unkno$0wn}</p>\n",
        "<p>{a.b$0}</p>\n",
        "---\nconst a = { na$0me: 1 };\n---\n<p>{a}</p>\n",
    ] {
        assert_eq!(check(&site(page)), "nothing", "{page}");
    }
}

#[test]
fn every_place_of_every_file_has_an_answer() {
    for files in support::projects().into_iter().step_by(stride(2)) {
        let code = |path: &&String| [".velox", ".ts", ".tsx"].iter().any(|ending| path.ends_with(ending));
        let paths: Vec<String> = files.keys().filter(code).cloned().collect();
        let Some(first) = paths.first() else { continue };
        let world = World::with_files(files, first.clone(), Span::at(0));
        for path in &paths {
            let document = world.other(path);
            let step = stride(document.text().len() / 60);
            for (offset, _) in document.text().char_indices().step_by(step) {
                let offset = offset as u32;
                if let Some(found) = velox_ide::signature::signature(document, offset) {
                    let places =
                        found.parameters.iter().map(|(place, _)| place.start as usize..place.end as usize);
                    assert!(places.into_iter().all(|place| found.label.get(place).is_some()), "{found:?}");
                }
                let Some(found) = hover(document, offset) else { continue };
                assert!(document.text().get(found.span.range()).is_some(), "{path} at {offset}: {found:?}");
                assert!(
                    found.span.touches(offset) && !found.markdown.is_empty(),
                    "{path} at {offset}: {found:?}"
                );
            }
        }
    }
}
