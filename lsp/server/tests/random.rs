//! After any sequence of edits the server answers what a fresh one answers.
//!
//! `VELOX_RANDOM_EDITS` sets how many edits are made (10,000), `VELOX_RANDOM_SEED` the seed.

#![allow(clippy::disallowed_methods, reason = "tests read their environment")]

mod support;

use serde_json::{Value, json};
use std::collections::BTreeMap;
use support::{Editor, Site, pulling};

const FILES: [(&str, &str); 8] = [
    (
        "routes/index.velox",
        "---\nimport { posts } from '../lib/posts';\nconst all = await posts();\n---\n<ul>{all.map((post) => <li><a href={`/blog/${post.slug}`}>{post.title}</a></li>)}</ul>\n",
    ),
    (
        "routes/blog/[slug].velox",
        "---\nimport Card from '../../components/Card';\nexport const config = { render: 'ssg' };\nexport const paths = () => [{ slug: 'a' }];\n---\n<Card title={params.slug} />\n<a href=\"/about\">😀 about</a>\n",
    ),
    ("routes/about.velox", "<p class=\"é\">About</p>\n<style>\np { color: red }\n</style>\n"),
    (
        "routes/api/posts+server.ts",
        "import { posts } from '../../lib/posts';\nexport const GET = async () => Response.json(await posts());\n",
    ),
    ("layouts/default.velox", "<html><head><title>Site</title></head><body><slot /></body></html>\n"),
    (
        "components/Card.tsx",
        "export default function Card(props: { title: string }) {\n  return <h2>{props.title}</h2>;\n}\n",
    ),
    (
        "lib/posts.ts",
        "export type Post = { slug: string; title: string };\nexport const posts = async (): Promise<Post[]> => [];\n",
    ),
    ("velox.config.ts", "export default { check: { severity: { VX0411: 'hint' } } };\n"),
];

/// Pieces that are typed: what matters to some stage, broken or whole.
const PIECES: [&str; 28] = [
    "{",
    "}",
    "<p>",
    "</p>",
    "<Card title=\"x\" />",
    "---\n",
    "const x = 1;\n",
    "export ",
    "import { posts } from '../lib/posts';\n",
    "request.headers",
    "params.slug",
    "<a href=\"/abuot\">",
    "</a>",
    "😀",
    "é",
    "\n",
    "\r\n",
    " ",
    "'",
    "\"",
    "`",
    "await ",
    "(",
    ")",
    "<!-- velox-ignore VX0408: it is -->",
    "render: 'ssr'",
    "<style>p{}</style>",
    "/* ",
];

struct Chance(u64);

impl Chance {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below.max(1) as u64) as usize
    }
}

/// The position of a byte offset in UTF-16 units.
fn position(text: &str, offset: usize) -> Value {
    let before = &text[..offset];
    let breaks =
        |text: &str| text.matches('\n').count() + text.matches('\r').count() - text.matches("\r\n").count();
    let line = breaks(before);
    let start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    json!({ "line": line, "character": before[start..].encode_utf16().count() })
}

fn boundary(text: &str, chance: &mut Chance) -> usize {
    let mut at = chance.next(text.len() + 1);
    // Between `\r` and `\n` there is no position.
    while !text.is_char_boundary(at)
        || (at > 0 && text.as_bytes()[at - 1] == b'\r' && text.as_bytes().get(at) == Some(&b'\n'))
    {
        at -= 1;
    }
    at
}

/// One edit of a text: what is replaced, and by what.
fn edit(text: &mut String, chance: &mut Chance) -> Value {
    let start = boundary(text, chance);
    let end = if chance.next(3) == 0 { boundary(text, chance) } else { start };
    let (start, end) = (start.min(end), start.max(end).min(start.min(end) + 40));
    let end = (start..=end).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(start);
    // Not in the middle of a line break.
    let end = if text[..end].ends_with('\r') && text[end..].starts_with('\n') { end + 1 } else { end };
    let piece = if chance.next(4) == 0 { "" } else { PIECES[chance.next(PIECES.len())] };
    let range = json!({ "start": position(text, start), "end": position(text, end) });
    text.replace_range(start..end, piece);
    json!({ "range": range, "text": piece })
}

/// What is wrong in all files, by address.
fn everything(editor: &mut Editor) -> BTreeMap<String, Value> {
    editor.ready();
    let report = editor.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    let items = report["items"].as_array().cloned().unwrap_or_default();
    items
        .into_iter()
        .filter(|item| item["items"].as_array().is_some_and(|found| !found.is_empty()))
        .map(|item| (item["uri"].as_str().unwrap_or_default().to_owned(), item["items"].clone()))
        .collect()
}

#[test]
fn ten_thousand_edits_leave_what_a_fresh_server_says() {
    let setting = |name: &str| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let edits = setting("VELOX_RANDOM_EDITS").unwrap_or(10_000);
    let seed = setting("VELOX_RANDOM_SEED").unwrap_or(0x5eed_0001);
    let mut chance = Chance(seed);
    let site = Site::new(&FILES);
    let options = json!({ "diagnostics": { "scope": "workspace" } });
    let mut editor = Editor::with(Some(&site.root()), pulling(), options.clone());
    let mut disk: BTreeMap<&str, String> =
        FILES.iter().map(|(path, text)| (*path, (*text).to_owned())).collect();
    let mut open: BTreeMap<&str, String> = BTreeMap::new();
    let mut version = 1;
    for round in 0..edits {
        let path = FILES[chance.next(FILES.len())].0;
        let uri = site.uri(path);
        version += 1;
        match (open.contains_key(path), chance.next(100)) {
            (false, 0..60) => {
                let text = disk[path].clone();
                let document = json!({ "uri": uri, "languageId": "velox", "version": version, "text": text });
                editor.notify("textDocument/didOpen", json!({ "textDocument": document }));
                open.insert(path, text);
            }
            (false, _) => {
                let text = disk.get_mut(path).unwrap();
                edit(text, &mut chance);
                site.write(path, text);
                editor.notify(
                    "workspace/didChangeWatchedFiles",
                    json!({ "changes": [{ "uri": uri, "type": 2 }] }),
                );
            }
            (true, 0..3) => {
                open.remove(path);
                editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
            }
            (true, 3..6) => {
                // What is typed is saved, or thrown away.
                let text = open.get_mut(path).unwrap();
                if chance.next(2) == 0 {
                    disk.insert(path, text.clone());
                    site.write(path, text);
                    editor.notify("textDocument/didSave", json!({ "textDocument": { "uri": uri } }));
                } else {
                    text.clone_from(&disk[path]);
                    editor.replace(&uri, version, &disk[path]);
                }
            }
            (true, 6..20) => {
                let text = FILES.iter().find(|(other, _)| *other == path).unwrap().1;
                open.insert(path, text.to_owned());
                editor.replace(&uri, version, text);
            }
            (true, _) => {
                let text = open.get_mut(path).unwrap();
                let changes: Vec<Value> = (0..=chance.next(3)).map(|_| edit(text, &mut chance)).collect();
                editor.edit(&uri, version, Value::Array(changes));
            }
        }
        if round % 7 == 0 {
            editor.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": uri } }));
        }
        if round % 250 == 249 || round + 1 == edits {
            let expected = {
                let mut fresh = Editor::with(Some(&site.root()), pulling(), options.clone());
                for (path, text) in &open {
                    fresh.open_document(&site.uri(path), text);
                }
                everything(&mut fresh)
            };
            // What changed on the disk is read by another thread: the server is given the time for it.
            let mut found = everything(&mut editor);
            for _ in 0..200 {
                if found == expected {
                    break;
                }
                std::thread::sleep(std::time::Duration::from_millis(10));
                found = everything(&mut editor);
            }
            assert_eq!(found, expected, "after edit {round} of seed {seed}");
        }
    }
    assert!(editor.close());
}
