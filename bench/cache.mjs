#!/usr/bin/env node
// The cache beside bare node:http, in one run: an ISR hit and a static page of 20 KB at 50 connections, and what 100,000 entries cost.
//   node cache.mjs [--seconds 5] [--conns 50] [--rounds 3] [--entries 100000] [--gate] [--no-next]
//   node cache.mjs --soak 120 [--conns 50] [--gate]     full load with invalidations; prints memory every five seconds, and how it grows
// Needs the built runtime (`npm run build` in runtime/). The load comes from wrk where it is installed, else from a process of this
// script. Ratios are taken within a round. --gate ends with 1 where a goal is missed. Only 127.0.0.1 is ever a target. Next.js is
// measured in the same rounds where `./peers.sh next` has been run.

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { createServer } from "node:http";
import { connect } from "node:net";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildNext, nextVersion, startNext } from "./next.mjs";
import { median } from "./noise.mjs";

const script = fileURLToPath(import.meta.url);
const dist = new URL("../runtime/velox/dist/", import.meta.url);
const arg = (name, otherwise) => {
  const at = process.argv.indexOf("--" + name);
  return at < 0 ? otherwise : process.argv[at + 1];
};
// Everything that is written lies in one folder, which the first process removes.
const own = process.env.VELOX_BENCH_ROOT === undefined;
const temporary = process.env.VELOX_BENCH_ROOT ?? (process.env.VELOX_BENCH_ROOT = mkdtempSync(join(tmpdir(), "velox-bench-cache-")));
if (own) process.on("exit", () => rmSync(temporary, { recursive: true, force: true }));

const [seconds, conns, rounds] = [+arg("seconds", 5), +arg("conns", 50), +arg("rounds", 3)];
const entries = +arg("entries", 100_000);
const TYPE = "text/html; charset=utf-8";
const BODY = ("<!doctype html><p>" + "velox & bench ".repeat(2000)).slice(0, 20_480);

const servers = {
  "node:http, a string": () => plain((response) => {
    response.setHeader("content-type", TYPE);
    response.end(BODY);
  }),
  "node:http, a buffer": () => {
    const bytes = Buffer.from(BODY);
    return plain((response) => {
      response.writeHead(200, { "content-type": TYPE, "content-length": bytes.length });
      response.end(bytes);
    });
  },
  "velox, an isr hit": () => velox("isr"),
  "velox, a static page": () => velox("ssg"),
};
const NEXT = { "next, an isr hit with the same text": "/p", "next, an isr hit with as many bytes": "/q" };

function plain(answer) {
  const server = createServer((_, response) => answer(response));
  server.listen(0, "127.0.0.1", () => console.log("PORT " + server.address().port));
}

/** A site of one page, served from an output folder as a build leaves it. */
async function velox(mode) {
  const { serve } = await import(new URL("node/index.js", dist));
  const root = mkdtempSync(join(temporary, "site-"));
  const file = mode === "ssg" ? "static/p.html" : "pages/p.html";
  for (const folder of ["server", "static", "pages"]) mkdirSync(join(root, folder));
  writeFileSync(join(root, file), BODY);
  const record = { route: "p", file, tags: [], revalidate: mode === "isr" ? 3600 : false };
  writeFileSync(join(root, "server/pages.json"), JSON.stringify({ version: 1, pages: { "/p": record } }));
  const { port } = await serve(app(mode), { root, port: 0, host: "127.0.0.1", announce: false });
  console.log("PORT " + port);
}

let renders = 0;

function app(mode, block = () => `${BODY}${++renders}`) {
  const route = (id, segments) => ({
    id, pattern: "/" + id, file: id, kind: "page", mode, revalidate: mode === "isr" ? 3600 : null, segments,
    load: async () => ({ default: block }), layouts: [], errors: [], styles: [], scripts: [], prerender: true,
  });
  const fixed = (value) => ({ kind: "static", value });
  return {
    version: 1, build: "bench", base: "/", trailingSlash: "never", site: "http://localhost", allowedHosts: [], trustProxy: 0,
    bodyLimit: 1024, errors: [], middleware: null, routes: [route("p", [fixed("p")]), route("q/:x", [fixed("q"), { kind: "param", name: "x" }])],
  };
}

const LAST_CHUNK = Buffer.from("\r\n0\r\n\r\n");

/** Asks for one address over and over; prints how many answers came. */
async function load(url, forSeconds) {
  const { hostname, port, pathname } = new URL(url);
  const request = `GET ${pathname} HTTP/1.1\r\nhost: ${hostname}:${port}\r\n\r\n`;
  let answers = 0;
  let over = false;
  const one = () => new Promise((resolve) => {
    const socket = connect(+port, hostname, () => socket.write(request));
    let left = 0;
    let head = "";
    let tail = Buffer.alloc(0);
    socket.on("data", (bytes) => {
      if (left === 0) {
        head += bytes.toString("latin1");
        const end = head.indexOf("\r\n\r\n");
        if (end < 0) return;
        if (!head.startsWith("HTTP/1.1 200")) throw new Error(head.slice(0, 200));
        const length = /content-length: (\d+)/i.exec(head);
        // Without a length the answer ends with an empty chunk.
        left = length === null ? Infinity : +length[1] - (head.length - end - 4);
        head = "";
      } else left -= bytes.length;
      if (left === Infinity) {
        tail = Buffer.concat([tail, bytes]).subarray(-LAST_CHUNK.length);
        if (tail.equals(LAST_CHUNK)) left = 0;
      }
      if (left > 0) return;
      left = 0;
      answers++;
      if (over) socket.destroy(), resolve();
      else socket.write(request);
    });
    socket.on("error", resolve);
  });
  const all = Array.from({ length: conns }, one);
  const started = performance.now();
  await new Promise((resolve) => setTimeout(resolve, forSeconds * 1000));
  const rate = answers / ((performance.now() - started) / 1000);
  over = true;
  await Promise.race([Promise.all(all), new Promise((resolve) => setTimeout(resolve, 500))]);
  return rate;
}

const hasWrk = spawnSync("wrk", ["-v"]).error === undefined;

async function rateOf(url, forSeconds) {
  const [program, args] = hasWrk
    ? ["wrk", ["-t1", `-c${conns}`, `-d${forSeconds}s`, url]]
    : [process.execPath, [script, "--load", url, "--seconds", String(forSeconds), "--conns", String(conns)]];
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
  let out = "";
  child.stdout.setEncoding("utf8").on("data", (text) => (out += text));
  await once(child, "close");
  return +(hasWrk ? /Requests\/sec:\s+([\d.]+)/.exec(out)[1] : out);
}

/** CPU seconds that a process has used, in its own code and in the kernel: hardly touched by what else the machine does. */
function cpuOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /, "").split(" ");
  return (+fields[11] + +fields[12]) / 100;
}

async function start(name, more = [], flags = []) {
  if (name in NEXT) return startNext(NEXT[name]);
  const child = spawn(process.execPath, [...flags, script, "--serve", name, ...more], { stdio: ["ignore", "pipe", "inherit"] });
  let out = "";
  child.stdout.setEncoding("utf8").on("data", (text) => (out += text));
  while (!/PORT (\d+)/.test(out)) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return { url: `http://127.0.0.1:${/PORT (\d+)/.exec(out)[1]}/p`, child, out: child.stdout };
}

async function rates() {
  const names = Object.keys(servers);
  const version = process.argv.includes("--no-next") ? null : nextVersion();
  if (version !== null) {
    console.error(`building the site of Next.js ${version}`);
    await buildNext(BODY.slice(BODY.indexOf("velox")), BODY.length);
    names.push(...Object.keys(NEXT));
  } else console.error("without Next.js: run `./peers.sh next` first");
  const found = Object.fromEntries(names.map((name) => [name, []]));
  const costs = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < names.length; i++) {
      const name = names[(i + round) % names.length];
      const { url, child } = await start(name);
      await rateOf(url, 1);
      const before = cpuOf(child.pid);
      const rate = await rateOf(url, seconds);
      found[name].push(rate);
      costs[name].push(((cpuOf(child.pid) - before) / (rate * seconds)) * 1e6);
      child.kill("SIGKILL");
      await once(child, "close");
    }
  }
  const bare = names[0];
  console.log(`${conns} connections, ${BODY.length} bytes, ${rounds} rounds of ${seconds} s; load by ${hasWrk ? "wrk" : "this script"}; Node ${process.versions.node}, Next.js ${version ?? "not installed"}, ${availableParallelism()} x ${cpus()[0].model.trim()}\n`);
  console.log("| server | requests/s | beside the first | range | CPU per request, µs |\n|---|---|---|---|---|");
  const ratios = {};
  for (const name of names) {
    const beside = found[name].map((rate, round) => rate / found[bare][round]);
    ratios[name] = median(beside);
    const range = `${Math.min(...beside).toFixed(2)} to ${Math.max(...beside).toFixed(2)}`;
    console.log(`| ${name} | ${Math.round(median(found[name]))} | ${ratios[name].toFixed(2)} | ${range} | ${median(costs[name]).toFixed(1)} |`);
  }
  return ratios;
}

async function sizes() {
  const { MemoryStore, FileStore, Keys } = await import(new URL("cache/index.js", dist));
  const keys = new Keys("bench", "bench");
  const body = Buffer.alloc(1024, 1);
  const entry = (i) => ({ body, status: 200, headers: [], etag: '"e"', tags: ["all:", `path:/q/${i}`, "t:all"], renderStart: 1, revalidate: 60 });
  const timed = async (run) => {
    const started = performance.now();
    const value = await run();
    return [performance.now() - started, value];
  };
  const folder = mkdtempSync(join(temporary, "site-"));
  const memory = new MemoryStore({ memoryBytes: 1 << 30 });
  const writer = await FileStore.open({ folder, build: "bench", sweepEvery: 0 });
  for (let at = 0; at < entries; at += 200) {
    await Promise.all(Array.from({ length: Math.min(200, entries - at) }, async (_, i) => {
      await memory.set(keys.page("q", `/${at + i}`), entry(at + i));
      await writer.set(keys.page("q", `/${at + i}`), entry(at + i));
    }));
  }
  await writer.close();
  const [started, files] = await timed(() => FileStore.open({ folder, build: "bench", sweepEvery: 0 }));
  const [inMemory] = await timed(() => memory.invalidate(["t:all"], "expire"));
  const [onDisk] = await timed(() => files.invalidate(["t:all"], "expire"));
  const more = [];
  for (let i = 0; i < 50; i++) more.push((await timed(() => files.invalidate([`t:${i}`], "expire")))[0]);
  const last = keys.page("q", `/${entries - 1}`);
  if ((await files.get(last))?.tagState !== "expired" || (await memory.get(last))?.tagState !== "expired") throw new Error("the invalidation was lost");
  await files.close();
  const sync = await syncAlone(folder);
  rmSync(folder, { recursive: true });
  console.log(
    `\n${entries} entries: the store of files opens in ${started.toFixed(1)} ms; the tag of all of them is invalidated in ${inMemory.toFixed(2)} ms in memory, ` +
      `${onDisk.toFixed(1)} ms in files (on the disk); then 50 tags one after another: median ${median(more).toFixed(1)} ms, longest ${Math.max(...more).toFixed(1)} ms. ` +
      `One append with one sync, without the store: median ${sync.toFixed(1)} ms.`,
  );
  return { started, inMemory, onDisk };
}

/** What the disk takes for a record, in ms: below it no store can be. */
async function syncAlone(folder) {
  const file = await open(join(folder, "alone"), "a");
  const found = [];
  for (let i = 0; i < 50; i++) {
    const began = performance.now();
    await file.write(Buffer.alloc(69));
    await file.datasync();
    found.push(performance.now() - began);
  }
  await file.close();
  return median(found);
}

const PAGES = 3000;
const TAGS = 5000;

// The server of the soak: pages come and go, are invalidated, and are asked for all the time.
async function soakServer() {
  const { serve } = await import(new URL("node/index.js", dist));
  const { revalidatePath, revalidateTag } = await import(new URL("server/index.js", dist));
  const root = mkdtempSync(join(temporary, "site-"));
  const { port } = await serve(app("isr", () => `${BODY}${++renders}`), { root, port: 0, host: "127.0.0.1", announce: false, log: () => {} });
  let n = 0;
  const ask = () => fetch(`http://127.0.0.1:${port}/q/${n % PAGES}`).then((response) => response.arrayBuffer());
  // Everything that will be there is there before anything is measured: what grows then has no end.
  for (; n < PAGES; n++) await ask();
  await Promise.all(Array.from({ length: TAGS }, (_, i) => revalidateTag(`t${i}`)));
  setInterval(() => void revalidatePath("/p"), 100);
  setInterval(() => void revalidateTag(`t${n++ % TAGS}`), 5);
  setInterval(() => void ask(), 5);
  setInterval(() => {
    globalThis.gc();
    const { rss, heapUsed, external } = process.memoryUsage();
    console.log(JSON.stringify({ seconds: Math.round(process.uptime()), rss, heap: heapUsed, external, renders }));
  }, 5000);
  console.log("PORT " + port);
}

const mb = (bytes) => `${(bytes / 1024 ** 2).toFixed(1)} MB`;

/** Bytes per minute by which something grows, by the line that fits best through the last three quarters of what was seen. */
function slope(seen, of) {
  const points = seen.slice(Math.floor(seen.length / 4)).map((one) => [one.seconds / 60, of(one)]);
  const [middle, level] = [0, 1].map((at) => points.reduce((sum, point) => sum + point[at], 0) / points.length);
  return points.reduce((sum, [x, y]) => sum + (x - middle) * (y - level), 0) / points.reduce((sum, [x]) => sum + (x - middle) ** 2, 0);
}

async function soak(forSeconds) {
  const { url, child, out } = await start("soak", [], ["--expose-gc"]);
  const seen = [];
  let rest = "";
  out.on("data", (text) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop();
    for (const line of lines.filter((one) => one.startsWith("{"))) {
      const one = JSON.parse(line);
      seen.push(one);
      console.log(`${one.seconds} s: rss ${mb(one.rss)}, heap ${mb(one.heap)}, external ${mb(one.external)}, ${one.renders} renderings`);
    }
  });
  const rate = await rateOf(url, forSeconds);
  child.kill("SIGKILL");
  const [rss, heap] = [slope(seen, (one) => one.rss), slope(seen, (one) => one.heap + one.external)];
  console.log(`\n${Math.round(rate)} requests/s for ${forSeconds} s, with 10 invalidations of the page and 200 of tags a second`);
  console.log(`rss grows by ${mb(rss)} a minute, what is alive by ${mb(heap)}`);
  return { heap };
}

if (arg("load")) console.log(await load(arg("load"), seconds));
else if (arg("serve") === "soak") await soakServer();
else if (arg("serve")) await servers[arg("serve")]();
else if (arg("soak")) {
  const { heap } = await soak(+arg("soak"));
  judge([["what is alive grows in a minute, MB", heap / 1024 ** 2, 1, (found, goal) => found < goal]]);
} else {
  const ratios = await rates();
  const { started, inMemory, onDisk } = await sizes();
  judge([
    ["an isr hit beside node:http", ratios["velox, an isr hit"], 0.8, (found, goal) => found >= goal],
    ["a static page beside node:http", ratios["velox, a static page"], 0.8, (found, goal) => found >= goal],
    ["opening, ms", started, 1000, (found, goal) => found < goal],
    ["invalidating in memory, ms", inMemory, 20, (found, goal) => found < goal],
    ["invalidating in files, ms", onDisk, 20, (found, goal) => found < goal],
  ]);
}

function judge(goals) {
  console.log();
  let missed = false;
  for (const [name, found, goal, holds] of goals) {
    missed ||= !holds(found, goal);
    console.log(`${holds(found, goal) ? "reached" : "missed"}: ${name}: ${found.toFixed(2)}, asked ${goal}`);
  }
  if (missed && process.argv.includes("--gate")) process.exitCode = 1;
}
