#!/usr/bin/env node
// Compile throughput: one process, one thread, warm: source text in, JS text and source map out. Files are read before the clock starts.
//   node compile.mjs --peer NAME --peers DIR --corpus DIR [--runs 7] [--large 5000] [--quiet 10] [--name LABEL]
//   NAME: astro-rs astro-wasm svelte vue vize marko, or a path to a module that exports compile(text, filename) => {code, map} (with --dialect velox)
// Prints one JSON line per input set: MB/s and files/s as min, median, max over the runs.

import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import { adapter } from "./adapters.mjs";
import { median, others, quiet, snap } from "./noise.mjs";

const arg = (name, otherwise) => {
  const at = process.argv.indexOf("--" + name);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const peer = arg("peer");
const corpus = resolve(arg("corpus"));
const runs = +arg("runs", 7);
const quietMs = +arg("quiet", 10) * 1000;
const { version, dialect, compile, asynchronous } = await adapter(
  peer,
  arg("peers"),
  arg("dialect", "velox"),
);

/** The files of a folder in the peer's dialect. */
function list(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return list(path);
    return extname(name) === "." + dialect ? [path] : [];
  });
}

const sets = [["routes", list(join(corpus, dialect, dialect === "astro" ? "src/pages" : "src/routes"))]];
for (const lines of arg("large", "5000").split(",")) {
  const path = join(corpus, "large", `large-${lines}.${dialect}`);
  if (existsSync(path)) sets.push(["large-" + lines, [path]]);
}

/** Compiles a set once. Gives what came out. */
async function pass(files) {
  const out = { failed: 0, first: undefined, code: 0, map: 0 };
  for (const [text, filename] of files) {
    try {
      const result = asynchronous ? await compile(text, filename) : compile(text, filename);
      out.code += result.code.length;
      out.map += result.map.length;
    } catch (error) {
      out.failed++;
      out.first ??= String(error?.message ?? error).slice(0, 200);
    }
  }
  return out;
}

const spread = (values, digits) => {
  const sorted = [...values].sort((a, b) => a - b);
  const [min, middle, max] = [sorted[0], median(sorted), sorted.at(-1)].map(
    (value) => +value.toFixed(digits),
  );
  return { min, median: middle, max };
};

async function measure(name, paths) {
  const files = paths.map((path) => [readFileSync(path, "utf8"), path]);
  const megabytes = paths.reduce((sum, path) => sum + statSync(path).size, 0) / 1e6;
  const begin = performance.now();
  const out = await pass(files);
  const cold = performance.now() - begin;
  // A set of one file is too little to warm the JIT.
  if (files.length === 1) for (let i = 0; i < 3; i++) await pass(files);
  const [wall, cpu, noise] = [[], [], []];
  for (let run = 0; run < runs; run++) {
    await quiet(quietMs);
    const before = snap();
    const start = performance.now();
    await pass(files);
    wall.push(performance.now() - start);
    const after = snap();
    cpu.push((after.own - before.own) * 1e3);
    noise.push(others(before, after));
  }
  const rates = (amount) => wall.map((ms) => amount / (ms / 1e3));
  return {
    peer: arg("name", peer),
    version,
    node: process.version,
    set: name,
    files: files.length,
    MB: +megabytes.toFixed(3),
    failed: out.failed,
    first: out.first,
    out_MB: +(out.code / 1e6).toFixed(2),
    map_MB: +(out.map / 1e6).toFixed(2),
    first_pass_ms: +cold.toFixed(1),
    ms: spread(wall, 2),
    MBps: spread(rates(megabytes), 2),
    filesps: spread(rates(files.length), 1),
    cpu_ms_median: +median(cpu).toFixed(2),
    others_cores: median(noise),
    rss_MB: +(process.memoryUsage().rss / 1e6).toFixed(0),
  };
}

for (const [name, paths] of sets) {
  const line = await measure(name, paths).catch((error) => ({
    peer,
    set: name,
    error: String(error?.stack ?? error),
  }));
  console.log(JSON.stringify(line));
}
process.exit(0); // some peers keep the process alive
