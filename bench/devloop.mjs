#!/usr/bin/env node
// Dev loop: time from saving one route's file to the first response that has the new text; and from start to the first response.
//   node devloop.mjs --root PROJECT --ext astro [--runs 10] [--port 4391] [--path /r00001/] [--file src/pages/r00001/index.astro] -- SERVER ARG ...   (PORT in an argument is replaced)
// The edited file is put back at the end. Polls every 2 ms after an answer.
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync, readdirSync, existsSync } from "node:fs";
import { join, resolve } from "node:path";
const cut = process.argv.indexOf("--"),
  opts = process.argv.slice(0, cut),
  arg = (k, d) => {
    const i = opts.indexOf("--" + k);
    return i < 0 ? d : opts[i + 1];
  };
const root = resolve(arg("root")),
  ext = arg("ext"),
  port = arg("port", "4391"),
  runs = +arg("runs", 10),
  cmd = process.argv.slice(cut + 1).map((a) => a.replace("PORT", port));
const dir = ["pages", "routes"].map((d) => join(root, "src", d)).find(existsSync);
const pickId = readdirSync(dir)
  .sort()
  .find((d) => existsSync(join(dir, d, "index." + ext)));
const file = arg("file") ? join(root, arg("file")) : join(dir, pickId, "index." + ext),
  path = arg("path", `/${pickId}`),
  url = `http://127.0.0.1:${port}${path}`;
const orig = readFileSync(file, "utf8"),
  sleep = (ms) => new Promise((r) => setTimeout(r, ms));
const child = spawn(cmd[0], cmd.slice(1), {
  cwd: root,
  stdio: ["ignore", "pipe", "pipe"],
  env: { ...process.env, ASTRO_TELEMETRY_DISABLED: "1" },
});
let log = "";
child.stdout.on("data", (d) => (log = (log + d).slice(-3000)));
child.stderr.on("data", (d) => (log = (log + d).slice(-3000)));
const get = async () => {
  try {
    const r = await fetch(url, { headers: { accept: "text/html" } });
    return [r.status, await r.text()];
  } catch {
    return [0, ""];
  }
};
const poll = async (has, limit = 60000) => {
  const t = performance.now();
  let last;
  while (performance.now() - t < limit) {
    last = await get();
    if (last[0] === 200 && last[1].includes(has)) return;
    await sleep(2);
  }
  throw new Error(`never saw ${has}; status ${last[0]} ${last[1].slice(0, 200)} ${log.slice(-600)}`);
};
const t0 = performance.now();
try {
  await poll("<main");
  const first = performance.now() - t0;
  await sleep(1500);
  const quiet = [];
  for (let i = 0; i < 20; i++) {
    const t = performance.now();
    await get();
    quiet.push(performance.now() - t);
  }
  quiet.sort((a, b) => a - b);
  const t = [];
  for (let i = 0; i < runs; i++) {
    const mark = `saved-${i}-${process.pid}`,
      next = orig.replace(/(<main[^>]*>\n)/, `$1    <p>${mark}</p>\n`);
    const s = performance.now();
    writeFileSync(file, next);
    await poll(mark);
    t.push(performance.now() - s);
    await sleep(700);
  }
  t.sort((a, b) => a - b);
  console.log(
    JSON.stringify({
      server: arg("name", cmd.join(" ").slice(0, 60)),
      node: process.version,
      route: path,
      start_to_first_response_ms: Math.round(first),
      warm_request_ms: { median: +quiet[10].toFixed(1) },
      save_to_new_response_ms: {
        n: runs,
        min: Math.round(t[0]),
        median: Math.round(t[t.length >> 1]),
        max: Math.round(t.at(-1)),
      },
    }),
  );
} catch (e) {
  console.log(JSON.stringify({ error: e.message }));
} finally {
  writeFileSync(file, orig);
  child.kill();
  await sleep(500);
  process.exit(0);
}
