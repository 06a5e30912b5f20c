//! How fast facts are found: a server block, the holes of a template, and both when one thing is broken.

use divan::{Bencher, counter::BytesCount};
use velox_diagnostics::Span;
use velox_script::{Dialect, ElementInput, HoleInput, parse_holes, parse_module};

fn main() {
    divan::main();
}

/// A server block of the usual kind, repeated.
fn block(times: usize) -> String {
    let mut text =
        "import { getPost, type Post } from '$lib/db';\nimport Card from '$components/Card.velox';\n"
            .to_owned();
    for n in 0..times {
        text.push_str(&format!(
            "const {{ slug{n} }} = params;\n\
             const post{n}: Post | null = await getPost(slug{n});\n\
             interface Entry{n} {{ slug: string; tags: string[] }}\n\
             export const data{n} = {{ title: post{n}!.title, words: 12 * {n}, deep: {{ a: [1, 'two', `three`] }} }};\n\
             export async function list{n}(entries: Entry{n}[], limit = 10): Promise<string[]> {{\n\
             \x20 const found = entries.filter((entry) => entry.tags.length > limit);\n\
             \x20 return found.map((entry) => entry.slug as string);\n\
             }}\n"
        ));
    }
    text
}

/// A template of the usual kind, repeated, and its holes.
fn template(times: usize) -> (String, Vec<HoleInput>) {
    let mut text = String::new();
    let mut holes = Vec::new();
    for n in 0..times {
        let at = |text: &String, from: u32, code: &str| {
            let start = text[from as usize..].find(code).map_or(0, |at| at as u32) + from;
            Span::new(start, start + code.len() as u32)
        };
        let from = text.len() as u32;
        text.push_str(&format!(
            "<article class={{post{n}.featured && 'is-featured'}}>\n  <h2>{{post{n}.title as string}}</h2>\n  \
             <p>Plain text between the holes, as pages have it, for a line or so.</p>\n  \
             <ul>{{post{n}.tags.map((tag) => <li data-color={{tag.color}}>{{tag.label}}</li>)}}</ul>\n</article>\n"
        ));
        let hole = |span, elements| HoleInput { span, spread: false, elements };
        let inner = vec![
            hole(at(&text, from, "tag.color"), Vec::new()),
            hole(at(&text, from, "tag.label"), Vec::new()),
        ];
        let element = ElementInput {
            span: at(&text, from, "<li data-color={tag.color}>{tag.label}</li>"),
            holes: inner,
        };
        holes.push(hole(at(&text, from, &format!("post{n}.featured && 'is-featured'")), Vec::new()));
        holes.push(hole(at(&text, from, &format!("post{n}.title as string")), Vec::new()));
        let list = format!("post{n}.tags.map((tag) => <li data-color={{tag.color}}>{{tag.label}}</li>)");
        holes.push(hole(at(&text, from, &list), vec![element]));
    }
    (text, holes)
}

#[divan::bench(args = [1, 20, 1_000])]
fn module(bencher: Bencher, times: usize) {
    let text = block(times);
    assert!(parse_module(&text, Dialect::TypeScript, &[], true).problems.is_empty());
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| parse_module(divan::black_box(&text), Dialect::TypeScript, &[], true));
}

#[divan::bench(args = [1, 20, 1_000])]
fn template_holes(bencher: Bencher, times: usize) {
    let (text, holes) = template(times);
    assert!(parse_holes(&text, &holes).problems.is_empty());
    bencher.counter(BytesCount::of_str(&text)).bench(|| parse_holes(divan::black_box(&text), &holes));
}

/// While somebody types: one hole does not parse.
#[divan::bench(args = [1, 20, 1_000])]
fn broken_hole(bencher: Bencher, times: usize) {
    let (text, holes) = template(times);
    let text = text.replacen("post0.title as string", "post0.title as      (", 1);
    assert_eq!(parse_holes(&text, &holes).problems.len(), 1);
    bencher.counter(BytesCount::of_str(&text)).bench(|| parse_holes(divan::black_box(&text), &holes));
}

/// While somebody types: one statement does not parse.
#[divan::bench(args = [1, 20, 1_000])]
fn broken_module(bencher: Bencher, times: usize) {
    let text = block(times).replacen("await getPost(slug0)", "await getPost(", 1);
    assert!(!parse_module(&text, Dialect::TypeScript, &[], true).problems.is_empty());
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| parse_module(divan::black_box(&text), Dialect::TypeScript, &[], true));
}
