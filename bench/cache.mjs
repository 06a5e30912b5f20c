#!/usr/bin/env node
// The cache beside bare node:http, in one run: an ISR hit and a static page of 20 KB at 50 connections, and what 100,000 entries cost.
//   node cache.mjs [--seconds 5] [--conns 50] [--rounds 3] [--entries 100000] [--gate]
//   node cache.mjs --soak 120 [--conns 50]     full load with invalidations; prints memory every five seconds
// Needs the built runtime (`npm run build` in runtime/). The load comes from wrk where it is installed, else from a process of this
// script. Ratios are taken within a round. --gate ends with 1 where a goal is missed. Only 127.0.0.1 is ever a target.

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { connect } from "node:net";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { median } from "./noise.mjs";

const script = fileURLToPath(import.meta.url);
const dist = new URL("../runtime/velox/dist/", import.meta.url);
const arg = (name, otherwise) => {
  const at = process.argv.indexOf("--" + name);
  return at < 0 ? otherwise : process.argv[at + 1];
};
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

function plain(answer) {
  const server = createServer((_, response) => answer(response));
  server.listen(0, "127.0.0.1", () => console.log("PORT " + server.address().port));
}

/** A site of one page, served from an output folder as a build leaves it. */
async function velox(mode) {
  const { serve } = await import(new URL("node/index.js", dist));
  const root = mkdtempSync(join(tmpdir(), "velox-bench-"));
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
    socket.on("data", (bytes) => {
      if (left === 0) {
        head += bytes.toString("latin1");
        const end = head.indexOf("\r\n\r\n");
        if (end < 0) return;
        if (!head.startsWith("HTTP/1.1 200")) throw new Error(head.slice(0, 200));
        left = +/content-length: (\d+)/i.exec(head)[1] - (head.length - end - 4);
        head = "";
      } else left -= bytes.length;
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

async function start(name, more = []) {
  const child = spawn(process.execPath, [script, "--serve", name, ...more], { stdio: ["ignore", "pipe", "inherit"] });
  let out = "";
  child.stdout.setEncoding("utf8").on("data", (text) => (out += text));
  while (!/PORT (\d+)/.test(out)) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return { url: `http://127.0.0.1:${/PORT (\d+)/.exec(out)[1]}/p`, child };
}

async function rates() {
  const names = Object.keys(servers);
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
  console.log(`${conns} connections, ${BODY.length} bytes, ${rounds} rounds of ${seconds} s; load by ${hasWrk ? "wrk" : "this script"}; Node ${process.versions.node}, ${availableParallelism()} x ${cpus()[0].model.trim()}\n`);
  console.log("| server | requests/s | beside the first | CPU per request, µs |\n|---|---|---|---|");
  const ratios = {};
  for (const name of names) {
    ratios[name] = median(found[name].map((rate, round) => rate / found[bare][round]));
    console.log(`| ${name} | ${Math.round(median(found[name]))} | ${ratios[name].toFixed(2)} | ${median(costs[name]).toFixed(1)} |`);
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
  const folder = mkdtempSync(join(tmpdir(), "velox-bench-"));
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
  const last = keys.page("q", `/${entries - 1}`);
  if ((await files.get(last))?.tagState !== "expired" || (await memory.get(last))?.tagState !== "expired") throw new Error("the invalidation was lost");
  await files.close();
  rmSync(folder, { recursive: true });
  console.log(`\n${entries} entries: the store of files opens in ${started.toFixed(1)} ms; one tag is invalidated in ${inMemory.toFixed(2)} ms in memory, ${onDisk.toFixed(1)} ms in files (on the disk).`);
  return { started, inMemory, onDisk };
}

// The server of the soak: pages come and go, are invalidated, and are asked for all the time.
async function soakServer() {
  const { serve } = await import(new URL("node/index.js", dist));
  const { revalidatePath, revalidateTag } = await import(new URL("server/index.js", dist));
  const root = mkdtempSync(join(tmpdir(), "velox-bench-"));
  const { port } = await serve(app("isr", () => `${BODY}${++renders}`), { root, port: 0, host: "127.0.0.1", announce: false, log: () => {} });
  let n = 0;
  setInterval(() => void revalidatePath("/p"), 100);
  setInterval(() => void revalidateTag(`t${n++ % 5000}`), 5);
  setInterval(() => void fetch(`http://127.0.0.1:${port}/q/${n % 3000}`).then((response) => response.arrayBuffer()), 5);
  setInterval(() => {
    globalThis.gc?.();
    const { rss, heapUsed, external } = process.memoryUsage();
    console.error(`${Math.round(process.uptime())} s: rss ${mb(rss)}, heap ${mb(heapUsed)}, external ${mb(external)}, ${renders} renderings`);
  }, 5000);
  console.log("PORT " + port);
}

const mb = (bytes) => `${(bytes / 1024 ** 2).toFixed(1)} MB`;

if (arg("load")) console.log(await load(arg("load"), seconds));
else if (arg("serve") === "soak") await soakServer();
else if (arg("serve")) await servers[arg("serve")]();
else if (arg("soak")) {
  const { url, child } = await start("soak");
  console.log(`${Math.round(await rateOf(url, +arg("soak")))} requests/s for ${arg("soak")} s, with 10 invalidations of the page and 200 of tags a second`);
  child.kill("SIGKILL");
} else {
  const ratios = await rates();
  const { started, inMemory, onDisk } = await sizes();
  const goals = [
    ["an isr hit beside node:http", ratios["velox, an isr hit"], 0.8, (found, goal) => found >= goal],
    ["a static page beside node:http", ratios["velox, a static page"], 0.8, (found, goal) => found >= goal],
    ["opening, ms", started, 1000, (found, goal) => found < goal],
    ["invalidating in memory, ms", inMemory, 20, (found, goal) => found < goal],
    ["invalidating in files, ms", onDisk, 20, (found, goal) => found < goal],
  ];
  console.log();
  let missed = false;
  for (const [name, found, goal, holds] of goals) {
    missed ||= !holds(found, goal);
    console.log(`${holds(found, goal) ? "reached" : "missed"}: ${name}: ${found.toFixed(2)}, asked ${goal}`);
  }
  if (missed && process.argv.includes("--gate")) process.exitCode = 1;
}
