//! Refactorings and imports that are offered without a finding, or instead of its fix.

mod support;

use support::World;
use support::acting::{after, check, titles};

#[test]
fn siblings_are_wrapped_in_an_element_that_may_stand_there() {
    let cases = [
        ("<main>$0<b>a</b><i>b</i>$0</main>", "<main><div><b>a</b><i>b</i></div></main>"),
        ("<p>one $0<b>a</b>$0</p>", "<p>one <span><b>a</b></span></p>"),
        ("<p><a href=\"/\">$0<b>a</b>$0</a></p>", "<p><a href=\"/\"><span><b>a</b></span></a></p>"),
        ("<svg>$0<path d=\"M0 0\" />$0</svg>", "<svg><g><path d=\"M0 0\" /></g></svg>"),
        (
            "<main>\n  $0<b>a</b>\n\n  <p>\n    b\n  </p>$0\n</main>\n",
            "<main>\n  <div>\n    <b>a</b>\n\n    <p>\n      b\n    </p>\n  </div>\n</main>\n",
        ),
        (
            "<main>\r\n\t$0<p>\r\n\t\tb 👋\r\n\t</p>$0\r\n</main>\r\n",
            "<main>\r\n\t<div>\r\n\t\t<p>\r\n\t\t\tb 👋\r\n\t\t</p>\r\n\t</div>\r\n</main>\r\n",
        ),
        // White space of `<pre>` is its own.
        ("<main>\n  $0<pre>\n a\n</pre>$0\n</main>\n", "<main>\n  <div><pre>\n a\n</pre></div>\n</main>\n"),
        ("{x && $0<b>a</b>$0}", "{x && <div><b>a</b></div>}"),
    ];
    for (fixture, expected) in cases {
        assert_eq!(check(fixture, "Wrap in a `<"), expected, "{fixture}");
    }
    for fixture in ["<ul>$0<li>a</li>$0</ul>", "<table><tr>$0<td>a</td>$0</tr></table>", "<p>$0a$0</p>"] {
        assert!(!titles(fixture).iter().any(|title| title.starts_with("Wrap in a `<")), "{fixture}");
    }
}

/// A page that awaits two readings.
fn readings(lines: &str, config: &str) -> String {
    format!(
        "//- /lib/teas.ts\nexport const getTea = async (name: string) => ({{ name }});\nexport const getOffers = async () => ['two'];\n\
         //- /velox.config.ts\nimport {{ defineConfig }} from 'velox';\nexport default defineConfig({{ {config} }});\n\
         //- /routes/[name].velox\n---\nimport {{ getOffers, getTea }} from '$lib/teas';\n{lines}\n---\n<h1>{{tea.name}}</h1>\n<p>{{offers.length}}</p>\n"
    )
}

#[test]
fn what_a_comment_silences_stays_below_it() {
    for above in [
        "<!-- velox-ignore VX0401: there -->",
        "<!-- velox-ignore VX0401: there -->\n<!-- more -->",
        "{/* velox-ignore VX0401: there */}\n{/* more */}",
    ] {
        let found = titles(&format!("<main>\n{above}\n$0<Shell />$0\n</main>\n"));
        assert!(!found.iter().any(|title| title.starts_with("Wrap")), "{above}: {found:?}");
    }
    let found = titles("<main>\n<!-- more -->\n$0<b>a</b>$0\n</main>\n");
    assert!(found.iter().any(|title| title.starts_with("Wrap")), "{found:?}");
}

#[test]
fn awaits_that_need_nothing_of_one_another_are_awaited_together() {
    let title = "Await them together";
    let together = "const [tea, offers] = await Promise.all([getTea(params.name), getOffers()]);";
    let lines = "const tea = await getTea(params.name);\nconst offers = await getOffers();";
    // Wherever the cursor is in their lines.
    for (at, silenced) in
        [("tea = ", ""), ("getTea(p", ""), ("offers = await", "check: { severity: { VX0417: 'off' } }")]
    {
        let fixture = readings(&lines.replacen(at, &format!("{at}$0"), 1), silenced);
        let text = check(&fixture, title);
        assert!(text.contains(together), "{at}: {text}");
    }
    let ignored = lines.replace("const offers", "// velox-ignore VX0417: they are quick\n$0const offers");
    // A comment between them would be lost.
    assert!(!titles(&readings(&ignored, "")).iter().any(|found| found.starts_with(title)));
    for lines in [
        "const tea = await getTea(params.name);$0\nconst offers = await getTea(tea.name);",
        "const tea = await getTea(params.name);$0\nconsole.log(1);\nconst offers = await getOffers();",
        "const tea = await getTea(params.name);\nconst offers = await getOffers();\nconst other = 1;$0\nother;",
    ] {
        let fixture = readings(lines, "");
        assert!(!titles(&fixture).iter().any(|found| found.starts_with(title)), "{fixture}");
    }
    // Where the finding is at the cursor, its fix is the same.
    let fixture = readings(&lines.replace("await getOffers", "await getO$0ffers"), "");
    let found: Vec<String> =
        titles(&fixture).into_iter().filter(|title| title.contains("Promise.all")).collect();
    assert_eq!(found.len(), 1, "{found:?}");
}

const MODULES: &str = "//- /lib/format.ts\nexport const format = (value: unknown) => String(value);\n\
    //- /lib/other/format.ts\nexport const format = 1;\nexport default function other() {}\n\
    //- /components/Card.tsx\nexport default () => <b />;\nexport const Chip = () => <i />;\n\
    //- /components/Box.velox\n<slot />\n";

#[test]
fn a_missing_name_is_imported_from_each_module_that_gives_it() {
    let cases = [
        // From several modules, the nearest first.
        (
            "<p>{for$0mat(1)}</p>",
            vec!["Import `format` from `$lib/format`", "Import `format` from `$lib/other/format`"],
        ),
        (
            "---\nconst a = for$0mat(1);\n---\n{a}",
            vec!["Import `format` from `$lib/format`", "Import `format` from `$lib/other/format`"],
        ),
        ("<Ca$0rd />", vec!["Import `Card` from `$components/Card`"]),
        ("<Chi$0p />", vec!["Import `Chip` from `$components/Card`"]),
        ("<B$0ox>a</Box>", vec!["Import `Box` from `$components/Box.velox`"]),
        ("<Susp$0ense fallback={1}>a</Suspense>", vec!["Import `Suspense` from `velox`"]),
        ("<p>{si$0gnal(1)}</p>", vec!["Import `signal` from `velox/client`"]),
        // A module is silent about names that a package may bring, and still helps.
        (
            "//- /lib/a.ts\nexport const a = for$0mat(1);\n",
            vec!["Import `format` from `./format`", "Import `format` from `./other/format`"],
        ),
        ("//- /lib/a.ts\nexport const a = red$0irect('/');\n", vec!["Import `redirect` from `velox/server`"]),
        // In scope by themselves.
        ("---\nredi$0rect('/');\n---\n", vec![]),
        ("<p>{params.a$0}{par$0ams}</p>", vec![]),
        ("<p>{cons$0ole}</p>", vec![]),
        ("<p>{[1].map((format) => for$0mat)}</p>", vec![]),
        ("<p>{nowh$0ere}</p>", vec![]),
        ("<p>format$0</p>", vec![]),
    ];
    for (page, expected) in cases {
        let page = if page.starts_with("//-") {
            page.to_owned()
        } else {
            format!("//- /routes/index.velox\n{page}\n")
        };
        let found: Vec<String> = titles(&format!("{page}{MODULES}"))
            .into_iter()
            .filter(|title| title.to_lowercase().contains("import "))
            .filter(|title| !title.starts_with("Write out"))
            .collect();
        assert_eq!(found, expected, "{page}");
    }
}

#[test]
fn an_import_joins_what_is_there() {
    let page = |block: &str, template: &str| {
        format!("//- /routes/index.velox\n---\n{block}\n---\n{template}\n{MODULES}")
    };
    assert_eq!(
        check(&page("import { Chip } from '$components/Card';", "<Chip /><Ca$0rd />"), "Import `Card`"),
        "---\nimport Card, { Chip } from '$components/Card';\n---\n<Chip /><Card />\n"
    );
    assert_eq!(
        check(
            &page("import other from \"$lib/other/format\"", "{other()}{for$0mat}"),
            "Import `format` from `$lib/other"
        ),
        "---\nimport other, { format } from \"$lib/other/format\"\n---\n{other()}{format}\n"
    );
}

#[test]
fn all_missing_imports_are_added_where_there_is_no_choice() {
    let title = "Add all missing imports";
    let fixture = format!(
        "//- /routes/index.velox\n$0<Card /><Chip /><Box>{{signal(1)}}{{format(1)}}</Box>\n{MODULES}"
    );
    let world = World::new(&fixture);
    let done = after(&world, title);
    assert_eq!(
        done.document().text(),
        "---\nimport Box from '$components/Box.velox';\nimport Card, { Chip } from '$components/Card';\nimport { signal } from 'velox/client';\n---\n<Card /><Chip /><Box>{signal(1)}{format(1)}</Box>\n"
    );
    assert!(
        !velox_ide::actions::actions(done.document(), done.selection, &done.diagnostics())
            .iter()
            .any(|action| action.title == title)
    );
    let joined = format!(
        "//- /routes/index.velox\n---\nimport Card from '$components/Card';\n---\n$0<Card /><Chip />\n{MODULES}"
    );
    assert_eq!(
        check(&joined, title),
        "---\nimport Card, { Chip } from '$components/Card';\n---\n<Card /><Chip />\n"
    );
    assert!(
        !titles(&format!("//- /routes/index.velox\n<p>$0{{format}}</p>\n{MODULES}"))
            .contains(&title.to_owned())
    );
}
