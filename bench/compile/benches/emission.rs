//! How fast parsed pages become JavaScript, and its mappings a source map. Set `VELOX_BENCH_CORPUS` to a folder of
//! `gen-corpus.mjs` to measure its routes in place of the built-in page.

#![expect(clippy::disallowed_methods, reason = "a benchmark reads its environment")]

use divan::Bencher;
use divan::counter::BytesCount;
use velox_bench::corpus::{Set, sets};
use velox_bench::pipeline::{Parsed, compile};
use velox_core::emit::source_map;
use velox_db::MemoryFiles;

fn main() {
    divan::main();
}

const PAGE: &str = include_str!("page.velox");

fn set() -> Set {
    if let Some(corpus) = std::env::var_os("VELOX_BENCH_CORPUS") {
        return sets(corpus.as_ref(), &[]).expect("a corpus").remove(0);
    }
    let path = "routes/index.velox".to_owned();
    Set {
        name: "built-in".to_owned(),
        project: MemoryFiles([(path.clone(), PAGE.to_owned())].into()),
        paths: vec![path],
    }
}

#[divan::bench]
fn code(bencher: Bencher<'_, '_>) {
    let set = set();
    let parsed: Vec<Parsed<'_>> =
        set.files().map(|(path, text)| Parsed::new(path, text, &mut |_| {})).collect();
    bencher
        .counter(BytesCount::new(set.bytes()))
        .bench_local(|| parsed.iter().map(|parsed| parsed.emit().code.len()).sum::<usize>());
}

#[divan::bench]
fn maps(bencher: Bencher<'_, '_>) {
    let set = set();
    let emitted: Vec<_> =
        set.files().map(|(path, text)| (text, Parsed::new(path, text, &mut |_| {}).emit())).collect();
    bencher.counter(BytesCount::new(set.bytes())).bench_local(|| {
        let map = |(text, emitted): &(&str, velox_core::emit::Emitted)| {
            source_map("page.velox.js", "page.velox", text, &emitted.code, &emitted.mappings).len()
        };
        emitted.iter().map(map).sum::<usize>()
    });
}

#[divan::bench]
fn whole_pipeline(bencher: Bencher<'_, '_>) {
    let set = set();
    bencher.counter(BytesCount::new(set.bytes())).bench_local(|| {
        set.files().map(|(path, text)| compile(path, text).expect("no errors").code.len()).sum::<usize>()
    });
}
