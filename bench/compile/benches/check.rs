//! How fast a project of a hundred pages is checked from nothing, and again after one edit. Set `VELOX_BENCH_CORPUS` to a
//! folder of `gen-corpus.mjs` to measure its routes in place of the built-in page.

#![expect(clippy::disallowed_methods, reason = "a benchmark reads its environment")]

use divan::Bencher;
use divan::counter::BytesCount;
use velox_bench::corpus::{Set, sets};
use velox_bench::database::check;
use velox_db::MemoryFiles;

fn main() {
    divan::main();
}

const PAGE: &str = include_str!("page.velox");

fn set() -> Set {
    if let Some(corpus) = std::env::var_os("VELOX_BENCH_CORPUS") {
        return sets(corpus.as_ref(), &[]).expect("a corpus").remove(0);
    }
    let paths: Vec<String> = (0..100).map(|page| format!("routes/page-{page}/index.velox")).collect();
    let project = MemoryFiles(paths.iter().map(|path| (path.clone(), PAGE.to_owned())).collect());
    Set { name: "built-in".to_owned(), project, paths }
}

#[divan::bench]
fn from_nothing(bencher: Bencher<'_, '_>) {
    let set = set();
    let paths: Vec<&str> = set.paths.iter().map(String::as_str).collect();
    bencher.counter(BytesCount::new(set.bytes())).bench(|| check(&set.project, &paths).expect("no errors"));
}
