//! `veloxc compile`, run for real: code, source maps, modes, and files that have errors.

mod support;

use support::Folder;

#[test]
fn a_file_of_a_project_becomes_a_module() {
    let run = Folder::project().run(&["compile", "routes/index.velox"]).ends_with(0);
    assert!(
        run.out.contains("export default function") && run.out.contains("../components/Card.velox.js"),
        "{}",
        run.out
    );
    assert_eq!(run.err, "");
    let endpoint = Folder::project().run(&["compile", "routes/api/users+server.ts"]).ends_with(0);
    assert!(endpoint.out.contains("export const GET"), "{}", endpoint.out);
}

#[test]
fn a_file_is_compiled_for_the_browser() {
    let folder = Folder::with(&[
        ("package.json", "{}"),
        (
            "routes/app.velox",
            "---\nexport const config = { render: 'csr' };\n---\n<b onClick={() => close()}>x</b>\n",
        ),
        ("routes/plain.velox", "<b onClick={() => close()}>x</b>\n"),
    ]);
    let run = folder.run(&["compile", "routes/app.velox", "--target", "client"]).ends_with(0);
    assert!(run.out.contains("from \"preact\"") && run.out.contains("onClick: () => close()"), "{}", run.out);
    // Without `csr` a handler never runs (language.md T9), whatever the target.
    folder.run(&["compile", "routes/plain.velox", "--target", "client"]).ends_with(1);
    folder.run(&["compile", "routes/app.velox", "--target", "browser"]).ends_with(2);
}

#[test]
fn a_file_without_a_project_is_compiled_alone() {
    let folder = Folder::with(&[
        ("a.velox", "---\nimport { b } from './b';\n---\n<p>{b}</p>\n"),
        ("b.ts", "export const b = 1;\n"),
    ]);
    let run = folder.run(&["compile", "a.velox"]).ends_with(0);
    assert!(run.out.contains("b.ts.js"), "{}", run.out);
}

#[test]
fn a_file_with_errors_prints_them_beside_and_nothing_else() {
    let folder = Folder::project();
    folder.write("routes/bad.velox", b"<p>x</p></div>\n");
    let run = folder.run(&["compile", "routes/bad.velox"]).ends_with(1);
    assert_eq!(run.out, "");
    assert!(run.err.starts_with("error[VX0202]: "), "{}", run.err);
    folder.write("routes/latin.velox", b"<p>\xff</p>\n");
    let run = folder.run(&["compile", "routes/latin.velox"]).ends_with(1);
    assert!(run.err.contains("VX0510") && run.out.is_empty(), "{}", run.err);
}

#[test]
fn the_source_map_is_appended_or_written_beside() {
    let folder = Folder::project();
    let plain = folder.run(&["compile", "routes/index.velox"]).out;
    let run = folder.run(&["compile", "routes/index.velox", "--source-map"]).ends_with(0);
    let rest = run.out.strip_prefix(&plain).expect("the code is the same");
    let encoded = rest
        .trim_end()
        .strip_prefix("//# sourceMappingURL=data:application/json;charset=utf-8;base64,")
        .unwrap();
    assert!(encoded.len() > 100 && encoded.len().is_multiple_of(4));

    folder.run(&["compile", "routes/index.velox", "-o", "out.js"]).ends_with(0);
    assert_eq!(folder.read("out.js"), format!("{plain}//# sourceMappingURL=out.js.map\n"));
    let map: serde_json::Value = serde_json::from_str(&folder.read("out.js.map")).unwrap();
    assert_eq!((&map["version"], &map["file"]), (&3.into(), &"out.js".into()));
    assert_eq!(map["sources"], serde_json::json!(["routes/index.velox"]));
    assert_eq!(map["sourcesContent"][0], folder.read("routes/index.velox"));
    let run = folder.run(&["compile", "routes/index.velox", "-o", "none/out.js"]).ends_with(2);
    assert!(run.err.contains("its folder does not exist"), "{}", run.err);
}

#[test]
fn another_mode_brings_its_rules() {
    let folder = Folder::project();
    folder.write("routes/who.velox", b"<p>{request.url}</p>\n");
    folder.run(&["compile", "routes/who.velox", "--mode", "ssr"]).ends_with(0);
    let run = folder.run(&["compile", "routes/who.velox", "--mode", "ssg"]).ends_with(1);
    assert!(run.err.contains("VX0402") && run.out.is_empty(), "{}", run.err);
    let run = folder.run(&["compile", "routes/index.velox", "--mode", "isr"]).ends_with(1);
    assert!(run.err.contains("VX0504"), "{}", run.err);
    let run = folder.run(&["compile", "components/Card.velox", "--mode", "ssg"]).ends_with(2);
    assert!(run.err.contains("components/Card.velox is no route"), "{}", run.err);
    folder.write("routes/own.velox", b"---\nexport const config = { render: 'ssg' };\n---\n<p>x</p>\n");
    folder.run(&["compile", "routes/own.velox", "--mode", "ssg"]).ends_with(0);
    let run = folder.run(&["compile", "routes/own.velox", "--mode", "ssr"]).ends_with(2);
    assert!(
        run.err.contains("--mode ssr contradicts routes/own.velox, which sets render: 'ssg'"),
        "{}",
        run.err
    );
}

#[test]
fn what_is_no_module_is_refused() {
    let folder = Folder::project();
    for (path, said) in [
        ("package.json", "does not become JavaScript"),
        ("routes", "is a folder"),
        ("none.velox", "it does not exist"),
    ] {
        let run = folder.run(&["compile", path]).ends_with(2);
        assert!(run.err.contains(said), "{}", run.err);
    }
}
