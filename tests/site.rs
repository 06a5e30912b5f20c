//! What fixes write for findings that concern a whole site, and that a large site costs no more than its size.

#![allow(clippy::disallowed_methods, reason = "tests")]

use std::fmt::Write as _;
use std::time::{Duration, Instant};
use velox_diagnostics::{Code, Diagnostic, edited};
use velox_tests::{Fixture, FixtureFile, TestProject};

fn project(files: &[(&str, &str)]) -> TestProject {
    let files = files.iter().map(|(path, text)| FixtureFile {
        path: (*path).to_owned(),
        text: (*text).to_owned(),
        marks: Vec::new(),
    });
    TestProject::new(&Fixture { files: files.collect() })
}

/// What the checks of a whole site find.
fn findings(project: &TestProject) -> Vec<Diagnostic> {
    const CODES: [Code; 4] =
        [Code::AWAIT_WATERFALL, Code::UNKNOWN_TAG, Code::REVALIDATES_NOTHING, Code::BROKEN_LINK];
    let found = project.files().into_iter().flat_map(|file| project.check(file));
    found.filter(|finding| CODES.contains(&finding.code)).collect()
}

/// The server block after the fix of its only finding; nothing where there is a finding without a fix.
fn together(block: &str) -> Option<String> {
    let end = if block.contains("\r\n") { "\r\n" } else { "\n" };
    let text = format!(
        "---{end}import {{ getA, getB, getC }} from 'things';{end}{block}{end}---{end}<p>{{a}}{{b}}</p>{end}"
    );
    let found = findings(&project(&[("routes/index.velox", &text)]));
    let [finding] = found.as_slice() else { panic!("one finding was expected: {found:#?}") };
    assert_eq!(finding.code.to_string(), "VX0417");
    let fix = finding.fixes.first()?;
    assert!(fix.safe);
    let after = edited(&text, &fix.edits).expect("edits that fit");
    assert_eq!(findings(&project(&[("routes/index.velox", &after)])), [], "{after}");
    let body = after.split_once("'things';")?.1.rsplit_once("---")?.0;
    Some(body.trim_matches(['\r', '\n']).to_owned())
}

#[test]
fn awaits_are_written_together_in_the_style_of_the_file() {
    let table = [
        (
            "const a = await getA();\nconst b = await getB();",
            "const [a, b] = await Promise.all([getA(), getB()]);",
        ),
        (
            "const a = await getA()\n\nconst b = await getB()",
            "const [a, b] = await Promise.all([getA(), getB()])",
        ),
        (
            "const a = await getA();\r\nconst b = await getB();",
            "const [a, b] = await Promise.all([getA(), getB()]);",
        ),
        ("const a = await getA(), b = await getB();", "const [a, b] = await Promise.all([getA(), getB()]);"),
        (
            "const a = await getA();\nconst { b } = await getB();\nconst [c] = await getC();\nb(c);",
            "const [a, { b }, [c]] = await Promise.all([getA(), getB(), getC()]);\nb(c);",
        ),
        (
            "const a: number = await getA();\nconst b: Map<string, number> = await getB();",
            "const [a, b]: [number, Map<string, number>] = await Promise.all([getA(), getB()]);",
        ),
        (
            "  const a = await getA('a rather long argument', 'and another one of the kind');\n  const b = await getB('a rather long argument');",
            "  const [a, b] = await Promise.all([\n    getA('a rather long argument', 'and another one of the kind'),\n    getB('a rather long argument'),\n  ]);",
        ),
        (
            "const a = await getA({\r\n\tx: 1,\r\n});\r\nconst b = await getB(`\r\n  y`);",
            "const [a, b] = await Promise.all([\r\n\tgetA({\r\n\t\tx: 1,\r\n\t}),\r\n\tgetB(`\r\n  y`),\r\n]);",
        ),
    ];
    for (block, expected) in table {
        assert_eq!(together(block).as_deref(), Some(expected), "{block}");
    }
}

#[test]
fn what_a_fix_would_lose_is_left_to_people() {
    for block in [
        "const a = await getA(); // the first\nconst b = await getB();",
        "const a = await getA();\n/* the second */\nconst b = await getB();",
        "const a /* x */ = await getA();\nconst b = await getB();",
        "const a = await getA(), b = await getB(), c = 1;\nconsole.log(c);",
        "export const a = await getA();\nconst b = await getB();",
        "const a: number = await getA();\nconst b = await getB();",
        "const a = (await getA()) as number;\nconst b = await getB();",
    ] {
        assert_eq!(together(block), None, "{block}");
    }
}

#[test]
fn a_fix_of_a_link_replaces_the_path_alone() {
    let table = [
        ("<a href=\"/abuot?x=1&y#z\">a</a>", "<a href=\"/about?x=1&y#z\">a</a>"),
        ("<a href='/abuot/'>a</a>", "<a href='/about/'>a</a>"),
        (
            "<p>é😀</p>\r\n<a href={`/abuot#${1 + 1}`}>a</a>",
            "<p>é😀</p>\r\n<a href={`/about#${1 + 1}`}>a</a>",
        ),
        (
            "\u{feff}<a href={props.x ? '/abuot' : '/'}>a</a>",
            "\u{feff}<a href={props.x ? '/about' : '/'}>a</a>",
        ),
        (
            "---\nif (props.x) throw redirect('/blgo/' + props.x);\n---\n<p>x</p>",
            "---\nif (props.x) throw redirect('/blog/' + props.x);\n---\n<p>x</p>",
        ),
        (
            "---\nif (props.x) throw redirect(\"/abuot\");\n---\n<p>x</p>",
            "---\nif (props.x) throw redirect(\"/about\");\n---\n<p>x</p>",
        ),
    ];
    for (before, after) in table {
        let files = |text| {
            [
                ("routes/index.velox", text),
                ("routes/about.velox", "<p>x</p>"),
                ("routes/blog/[slug].velox", "<p>x</p>"),
            ]
        };
        let found = findings(&project(&files(before)));
        let [finding] = found.as_slice() else { panic!("{before}: {found:#?}") };
        assert_eq!(finding.code.to_string(), "VX0420");
        let fix = finding.fixes.first().expect("a fix");
        assert!(!fix.safe);
        assert_eq!(edited(before, &fix.edits).as_deref(), Some(after));
        assert_eq!(findings(&project(&files(after))), [], "{after}");
    }
}

/// The time that it takes to check a site of this many pages, each with a few links, a tag and a path; one link in ten is broken.
fn time_of(pages: usize) -> Duration {
    let mut files = Vec::new();
    for at in 0..pages {
        let mut text = format!(
            "---\nexport const config = {{ render: 'isr', revalidate: 60 }};\nconst data = await fetch('https://a.example', {{ next: {{ tags: ['page-{at}'] }} }});\n---\n<p>{{data.status}}</p>\n"
        );
        for step in [1, 7, 13] {
            let _ = write!(
                text,
                "<a href=\"/area-{}/page-{}\">x</a>",
                (at + step) % pages / 100,
                (at + step) % pages
            );
        }
        if at % 10 == 0 {
            let _ = write!(text, "<a href=\"/area-{}/pagee-{at}\">x</a>", at / 100);
        }
        files.push((format!("routes/area-{}/page-{at}.velox", at / 100), text));
        if at % 10 == 0 {
            let text = format!(
                "export const POST = async () => {{ await revalidateTag('page-{at}'); await revalidatePath('/area-{}/page-{at}'); return text(''); }};\n",
                at / 100
            );
            files.push((format!("routes/api/do-{at}+server.ts"), text));
        }
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let project = project(&files);
    let start = Instant::now();
    let found = findings(&project);
    assert_eq!(found.len(), pages.div_ceil(10), "{:#?}", found.first());
    assert!(found.iter().all(|found| found.code == Code::BROKEN_LINK));
    assert_eq!(velox_db::unlinked(&project.db, project.project), Vec::<String>::new());
    start.elapsed()
}

#[test]
fn the_checks_grow_with_the_site() {
    let small = (0..3).map(|_| time_of(200)).min().expect("three runs");
    let large = time_of(3000);
    // Fifteen times the pages: generous, as the machine may be busy, but far from the 225 of a square.
    assert!(large < small * 60, "{small:?} and {large:?}");
}
