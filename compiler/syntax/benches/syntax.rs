//! How fast a template is lexed and parsed, and a file cut. Set `VELOX_BENCH_FILES` to a folder to measure real files in place
//! of the built-in text.

#![expect(clippy::disallowed_methods, reason = "a benchmark reads the files that it measures")]

use divan::Bencher;
use divan::counter::BytesCount;
use std::path::Path;

fn main() {
    divan::main();
}

/// A page of the usual kind; repeated, it makes a long file.
const PAGE: &str = r#"<section class="posts" data-count={posts.length}>
  <h2 id={slug(title)}>{title} &amp; more</h2>
  {/* newest first */}
  <ul class:list={['posts', wide && 'wide']}>
    {posts.filter((post) => post.rank < 10 && !post.draft).map((post) => (
      <li {...attributes(post)}>
        <a href={`/blog/${post.slug}`} title="Read on">{post.title}</a>
        {post.tags.length > 0 ? <Tags items={post.tags} /> : <em>no tags</em>}
        <p>Lantern velvet walnut: pillow, pepper, window and stone, don't you think?</p>
      </li>
    ))}
  </ul>
  <!-- the form -->
  <form method="post"><input type="email" name="email" required><button disabled={busy}>Send</button></form>
</section>
"#;

/// The files to measure: whole files, server blocks included.
fn files() -> Vec<String> {
    let mut found = Vec::new();
    if let Some(folder) = std::env::var_os("VELOX_BENCH_FILES") {
        collect(Path::new(&folder), &mut found);
    }
    if found.is_empty() {
        found.push(format!("---\nconst posts = await load();\n---\n{}", PAGE.repeat(400)));
    }
    found
}

fn collect(path: &Path, found: &mut Vec<String>) {
    if path.is_dir() {
        for entry in std::fs::read_dir(path).into_iter().flatten().flatten() {
            collect(&entry.path(), found);
        }
    } else if path.extension().is_some_and(|extension| extension == "velox") {
        found.extend(std::fs::read_to_string(path));
    }
}

fn templates() -> Vec<String> {
    files().iter().map(|file| velox_syntax::regions(file).template.text(file).to_owned()).collect()
}

fn measure(bencher: Bencher<'_, '_>, texts: &[String], run: impl Fn(&str) -> usize + Sync) {
    let bytes: usize = texts.iter().map(String::len).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| texts.iter().map(|text| run(text)).sum::<usize>());
}

#[divan::bench]
fn regions(bencher: Bencher<'_, '_>) {
    measure(bencher, &files(), |text| velox_syntax::regions(text).template.start as usize);
}

#[divan::bench]
fn lex(bencher: Bencher<'_, '_>) {
    measure(bencher, &templates(), velox_syntax::bench_lex);
}

#[divan::bench]
fn parse(bencher: Bencher<'_, '_>) {
    measure(bencher, &templates(), |text| velox_syntax::parse_template(text).nodes.len());
}
