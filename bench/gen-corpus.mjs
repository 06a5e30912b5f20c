#!/usr/bin/env node
// Deterministic corpus: N routes of the same content in several dialects.
//   node gen-corpus.mjs --out DIR --routes 1000 [--dialects velox,astro,svelte,vue,marko,tsx] [--seed 1] [--large 1000,5000,20000]
// tsx is plain TypeScript: not a peer, but the type checker's own cost for the same content.
// Every dialect is printed from one small tree (corpus/), so the work per route is the same.
// DIR/<dialect>/ is a minimal project; DIR/large/ holds the large single files (part of no project).

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { emit, folder, route } from "./corpus/pages.mjs";
import { settings } from "./corpus/settings.mjs";
import { component, DB, PROPS } from "./corpus/support.mjs";

const arg = (name, otherwise) => {
  const at = process.argv.indexOf("--" + name);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const out = arg("out");
const count = +arg("routes", 100);
const seed = +arg("seed", 1);
const dialects = arg("dialects", "velox,astro,svelte,vue,marko,tsx").split(",");
const large = arg("large", "").split(",").filter(Boolean).map(Number);
if (!out) {
  console.error("need --out DIR");
  process.exit(2);
}

let files = 0;
let bytes = 0;
const put = (path, text) => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  files++;
  bytes += text.length;
};

/** Where a route lies in its project. */
function place(dialect, index, page) {
  const id = folder(index);
  const leaf = page.dynamic ? "[slug]" : "index";
  if (dialect === "astro") return `src/pages/${id}/${leaf}.astro`;
  if (dialect === "velox") return `src/routes/${id}/${leaf}.velox`;
  return `src/routes/${id}.${dialect}`;
}

/** One page of at least this many lines: sections are added until it is long enough. */
function largePage(dialect, lines) {
  for (let sections = 4; ;) {
    const text = emit[dialect](route(seed, 900000 + lines, sections));
    const found = text.split("\n").length;
    if (found >= lines) return text;
    sections = Math.max(sections + 1, Math.floor((sections * lines) / found));
  }
}

for (const dialect of dialects) {
  const root = join(out, dialect);
  const before = { files, bytes };
  put(join(root, "src/lib/db.ts"), DB);
  put(join(root, "public/avatars/ada.svg"), '<svg xmlns="http://www.w3.org/2000/svg" />\n');
  for (const name of Object.keys(PROPS)) {
    const [ending, text] = component(name, dialect);
    put(join(root, "src/components", name + ending), text);
  }
  const shared = { files, bytes };
  const lines = [];
  for (let index = 0; index < count; index++) {
    const page = route(seed, index);
    const text = emit[dialect](page);
    lines.push(text.split("\n").length);
    put(join(root, place(dialect, index, page)), text);
  }
  const routes = { files: files - shared.files, megabytes: (bytes - shared.bytes) / 1e6 };
  for (const wanted of large)
    put(join(out, "large", `large-${wanted}.${dialect}`), largePage(dialect, wanted));
  for (const [name, text] of settings(dialect)) put(join(root, name), text);
  const mean = lines.reduce((a, b) => a + b, 0) / Math.max(1, count);
  console.log(
    `${dialect}: ${routes.files} routes, ${routes.megabytes.toFixed(3)} MB, ` +
      `lines min ${Math.min(...lines)} mean ${mean.toFixed(0)} max ${Math.max(...lines)}; ` +
      `${files - before.files} files, ${((bytes - before.bytes) / 1e6).toFixed(3)} MB in all`,
  );
}
