#!/usr/bin/env node
// How the time of `veloxc check` grows with one file, for each shape of text that could make it grow faster than the text.
//   node growth.mjs [--bin PATH] [--size 20000] [--only elements,fences] [--limit 120]
// Each shape is checked at n, 2n and 4n. Printed are the CPU seconds without those of an empty project, the ratios of one size to
// the next (2 is linear), peak memory, and the codes that are told most. Nothing is asserted: a ratio is read, and above about 2.4
// worth a look with `perf`, if the seconds are more than a few hundredths.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const arg = (name, otherwise) => {
  const at = process.argv.indexOf("--" + name);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const bin = arg("bin", join(dirname(here), "target/release/veloxc"));
const [size, limit] = [+arg("size", 20000), +arg("limit", 120)];

const each = (n, line) => Array.from({ length: n }, (_, at) => line(at)).join("");
const page = (block, template) => `---\n${block}---\n${template}\n`;
const line = (at) => `<p class="a${at % 50}">{n + ${at}} tea</p>\n`;
/** Lines of a template, one of which, in the middle, is broken. */
const oneBroken = (n, from, to) =>
  page("const n = 1;\n", each(n, (at) => (at === n >> 1 ? line(at).replace(from, to) : line(at))));

/** Texts of size n, by name. */
const SHAPES = {
  elements: (n) => "<div>".repeat(n) + "x" + "</div>".repeat(n),
  "elements in code": (n) => "{[1] && <b>".repeat(n) + "</b>}".repeat(n),
  parentheses: (n) => `<p>{${"(".repeat(n)}1${")".repeat(n)}}</p>`,
  arrays: (n) => `<p>{${"[".repeat(n)}1${"]".repeat(n)}}</p>`,
  ternaries: (n) => `<p>{${"1 ? 2 : ".repeat(n)}3}</p>`,
  "long attribute": (n) => `<p title="${"a ".repeat(n)}">x</p>`,
  attributes: (n) => `<p ${each(n, (at) => `data-a${at}="1" `)}></p>`,
  siblings: (n) => "<b>x</b>".repeat(n),
  "siblings with code": (n) => "<b>{1}</b>".repeat(n),
  "equal ids": (n) => each(n, (at) => `<p id="x${at % 10}">x</p>\n`),
  style: (n) => `<style>${".a{color:red}\n".repeat(n)}</style><p class="a">x</p>`,
  lines: (n) => page("const n = 1;\n", each(n, line)),
  "lines, a } gone": (n) => oneBroken(n, "}", ""),
  "lines, a { gone": (n) => oneBroken(n, "{", ""),
  "lines, a quote gone": (n) => oneBroken(n, '">', ">"),
  "lines, a tag gone": (n) => oneBroken(n, "</p>", ""),
  "lines, an operator too many": (n) => oneBroken(n, "}", " +}"),
  block: (n) => page(each(n, (at) => `export const a${at} = (1);\n`), "<p>x</p>"),
  "block, a ) gone": (n) =>
    page(each(n, (at) => `export const a${at} = (1${at === n >> 1 ? "" : ")"};\n`), "<p>x</p>"),
  "block, each of the last": (n) =>
    page("const a0 = 1;\n" + each(n, (at) => `const a${at + 1} = a${at} + 1;\n`), `<p>{a${n}}</p>`),
  "functions, each of the last": (n) =>
    page("const a0 = () => 1;\n" + each(n, (at) => `const a${at + 1} = () => a${at}() + 1;\n`), `<p>{a${n}()}</p>`),
  "unused imports": (n) => page(each(n, (at) => `import { a${at} } from 'x${at}';\n`), "<p>x</p>"),
  "unknown names": (n) => each(n, (at) => `<p>{zz${at}}</p>\n`),
  "names near others": (n) =>
    page(each(n, (at) => `export const name${at} = 1;\n`), each(n, (at) => `<p>{nam${at}}</p>\n`)),
  awaits: (n) => page(each(n, (at) => `const a${at} = await fetch('/x/${at}');\n`), each(n, (at) => `{a${at}.url}`)),
  "open elements": (n) => "<div>".repeat(n),
  "closing tags": (n) => "</b>".repeat(n),
  "open braces": (n) => `<p>${"{".repeat(n)}`,
  "closing braces": (n) => "<p>}".repeat(n),
  "open quotes": (n) => '<a b="'.repeat(n),
  "long open attribute": (n) => `<p title="${"a ".repeat(n)}>x</p>`,
  "open literals": (n) => "{`${".repeat(n),
  "open comments": (n) => "<!-- ".repeat(n),
  "open scripts": (n) => '<script type="application/json">{a'.repeat(n),
  "opening angles": (n) => "<".repeat(n),
  fences: (n) => "---\n".repeat(n),
  mixture: (n) => '<p>{a ? <b c="{`</p>'.repeat(n),
};

function measure(folder) {
  const options = ["measure.py", "-n", "1", "--warmup", "0", "--quiet", "0", "--"];
  // The diagnostics go to a file: `measure.py` keeps the last lines of what is printed.
  const check = `exec timeout ${limit} "$0" check "$1" --format json > "$1/out.json" 2> /dev/null`;
  const command = ["sh", "-c", check, bin, folder];
  const { stdout, status, stderr } = spawnSync("python3", [...options, ...command], { cwd: here, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  const { cpu_s, maxrss_MB, rc } = JSON.parse(stdout);
  return { seconds: cpu_s.median, megabytes: maxrss_MB.median, code: rc };
}

function codes(folder) {
  const counts = new Map();
  for (const [, code] of readFileSync(join(folder, "out.json"), "utf8").matchAll(/"code":\s*"(VX\d+)"/g))
    counts.set(code, (counts.get(code) ?? 0) + 1);
  const most = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 3);
  return most.map(([code, count]) => `${count} ${code}`).join(", ");
}

const folder = mkdtempSync(join(tmpdir(), "velox-growth-"));
mkdirSync(join(folder, "routes"));
writeFileSync(join(folder, "package.json"), "{}");
const write = (text) => writeFileSync(join(folder, "routes/index.velox"), text);
write("<p>x</p>\n");
const empty = measure(folder).seconds;
const only = arg("only", "").split(",").filter(Boolean);
const head = ["n", "2n", "4n"].map((word) => word.padStart(9)).join("");
console.log(`${"shape".padEnd(30)}${head}${"ratios".padStart(14)}${"MB".padStart(7)}`);
for (const [name, shape] of Object.entries(SHAPES)) {
  if (only.length && !only.includes(name)) continue;
  const sizes = [size, 2 * size, 4 * size].map((n) => {
    write(shape(n));
    return measure(folder);
  });
  const seconds = sizes.map((one) => Math.max(one.seconds - empty, 0.01));
  const ratios = [seconds[1] / seconds[0], seconds[2] / seconds[1]].map((ratio) => ratio.toFixed(1)).join(" ");
  const figures = seconds.map((second) => second.toFixed(2).padStart(9)).join("");
  const bad = sizes.find(({ code }) => code > 1);
  const ending = bad ? `ended with ${bad.code}` : codes(folder);
  console.log(
    `${name.padEnd(30)}${figures}${ratios.padStart(14)}${String(sizes[2].megabytes).padStart(7)}  ${ending}`,
  );
}
rmSync(folder, { recursive: true });
