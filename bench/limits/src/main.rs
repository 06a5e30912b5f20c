//! What the machine allows, one thread: memory copy, one pass over bytes, UTF-8 check, reading files, and oxc (the fastest public
//! TypeScript front end in Rust) parsing and printing the same content as plain TSX.
//!   limits DIR_OF_TSX_ROUTES DIR_OF_VELOX_ROUTES
use std::{env, fs, hint::black_box, path::Path, time::Instant};

fn files(d: &Path, ext: &str, out: &mut Vec<std::path::PathBuf>) {
    for e in fs::read_dir(d).unwrap().flatten() {
        let p = e.path();
        if p.is_dir() {
            files(&p, ext, out)
        } else if p.extension().is_some_and(|x| x == ext) {
            out.push(p)
        }
    }
}
fn report(name: &str, bytes: usize, files: usize, mut f: impl FnMut()) {
    f();
    let mut t: Vec<f64> = (0..11)
        .map(|_| {
            let s = Instant::now();
            f();
            s.elapsed().as_secs_f64()
        })
        .collect();
    t.sort_by(f64::total_cmp);
    let r = |s: f64| bytes as f64 / 1e6 / s;
    print!(
        "{{\"limit\":\"{name}\",\"MB\":{:.3},\"MBps\":{{\"min\":{:.1},\"median\":{:.1},\"max\":{:.1}}}",
        bytes as f64 / 1e6,
        r(t[10]),
        r(t[5]),
        r(t[0])
    );
    if files > 0 {
        print!(",\"filesps_median\":{:.0}", files as f64 / t[5]);
    }
    println!("}}");
}
/// One pass, one table look-up and one state step per byte: the shape of a hand-written lexer without its token storage.
fn lex(s: &[u8], class: &[u8; 256], next: &[[u8; 8]; 8]) -> (usize, u32) {
    let (mut st, mut tokens, mut sum) = (0u8, 0usize, 0u32);
    for &b in s {
        let n = next[st as usize][class[b as usize] as usize];
        tokens += (n != st) as usize;
        sum = sum.wrapping_add(n as u32);
        st = n;
    }
    (tokens, sum)
}
/// The same, and every token is stored as (kind, start, end).
fn lex_store(s: &[u8], class: &[u8; 256], out: &mut Vec<(u8, u32, u32)>) {
    out.clear();
    let mut i = 0;
    while i < s.len() {
        let c = class[s[i] as usize];
        let st = i;
        i += 1;
        while i < s.len() && class[s[i] as usize] == c && c < 3 {
            i += 1
        }
        out.push((c, st as u32, i as u32));
    }
}
fn main() {
    let a: Vec<String> = env::args().collect();
    let (mut tsx, mut vx) = (vec![], vec![]);
    files(Path::new(&a[1]), "tsx", &mut tsx);
    files(Path::new(&a[2]), "velox", &mut vx);
    let n = 256 << 20;
    let src = vec![7u8; n];
    let mut dst = vec![0u8; n];
    report("memcpy 256 MiB", n, 0, || {
        dst.copy_from_slice(&src);
        black_box(&dst);
    });
    report("sum of bytes, 256 MiB", n, 0, || {
        black_box(src.iter().map(|&b| b as u64).sum::<u64>());
    });
    let texts: Vec<Vec<u8>> = vx.iter().map(|p| fs::read(p).unwrap()).collect();
    let all: usize = texts.iter().map(Vec::len).sum();
    report("read routes from the page cache", all, vx.len(), || {
        for p in &vx {
            black_box(fs::read(p).unwrap());
        }
    });
    report("UTF-8 check of routes", all, vx.len(), || {
        for t in &texts {
            black_box(std::str::from_utf8(t).unwrap());
        }
    });
    let mut class = [7u8; 256];
    for b in 0..=255u8 {
        class[b as usize] = match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'$' => 0,
            b'0'..=b'9' => 1,
            b' ' | b'\n' | b'\t' => 2,
            b'<' => 3,
            b'>' => 4,
            b'{' | b'}' => 5,
            b'"' | b'\'' | b'`' => 6,
            _ => 7,
        }
    }
    let mut next = [[0u8; 8]; 8];
    for (i, r) in next.iter_mut().enumerate() {
        for (j, c) in r.iter_mut().enumerate() {
            *c = ((i * 3 + j * 5 + 1) % 8) as u8
        }
    }
    report("table lexer, one step per byte", all, vx.len(), || {
        for t in &texts {
            black_box(lex(t, &class, &next));
        }
    });
    let mut toks = Vec::with_capacity(1 << 20);
    report("run lexer, tokens stored", all, vx.len(), || {
        for t in &texts {
            lex_store(t, &class, &mut toks);
            black_box(&toks);
        }
    });
    let tsrc: Vec<String> = tsx.iter().map(|p| fs::read_to_string(p).unwrap()).collect();
    let tall: usize = tsrc.iter().map(String::len).sum();
    let st = oxc_span::SourceType::tsx();
    let mut alloc = oxc_allocator::Allocator::default();
    report("oxc parse of the TSX twin", tall, tsx.len(), || {
        for s in &tsrc {
            alloc.reset();
            let r = oxc_parser::Parser::new(&alloc, s, st).parse();
            assert!(!r.panicked);
            black_box(&r.program);
        }
    });
    report("oxc parse + print, no map", tall, tsx.len(), || {
        for s in &tsrc {
            alloc.reset();
            let r = oxc_parser::Parser::new(&alloc, s, st).parse();
            black_box(oxc_codegen::Codegen::new().build(&r.program).code);
        }
    });
    report("oxc parse + print + source map", tall, tsx.len(), || {
        for s in &tsrc {
            alloc.reset();
            let r = oxc_parser::Parser::new(&alloc, s, st).parse();
            let o =
                oxc_codegen::CodegenOptions { source_map_path: Some("a.tsx".into()), ..Default::default() };
            let c = oxc_codegen::Codegen::new().with_options(o).build(&r.program);
            black_box((c.code, c.map.map(|m| m.to_json_string())));
        }
    });
}
