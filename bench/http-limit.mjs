#!/usr/bin/env node
// Requests per second of bare node:http (the limit of an ISR/SSG hit served from memory), or of any server command.
//   node http-limit.mjs --peers DIR [--seconds 10] [--conns 50] [--rounds 3] [--only string-20k,...]
//   node http-limit.mjs --peers DIR --url http://127.0.0.1:PORT/ --name NAME -- SERVER ARG ...
// The load comes from wrk where it is installed, else from autocannon (which itself costs about a core). Only 127.0.0.1 is ever a target.
import { createServer } from "node:http";
import { spawn, spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join, resolve, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { readFileSync } from "node:fs";
import { snap, others, quiet, median } from "./noise.mjs";
const cut = process.argv.indexOf("--"),
  opts = cut < 0 ? process.argv : process.argv.slice(0, cut),
  cmd = cut < 0 ? [] : process.argv.slice(cut + 1);
const arg = (k, d) => {
  const i = opts.indexOf("--" + k);
  return i < 0 ? d : opts[i + 1];
};
const here = dirname(fileURLToPath(import.meta.url));
const { render } = await import("./ssr/concat.mjs"),
  { title, products } = await import("./ssr/data.mjs");
const body = (n) => ("<!doctype html><p>" + "velox & bench ".repeat(2000)).slice(0, n),
  S20 = body(20480),
  B20 = Buffer.from(S20);
const H = { "content-type": "text/html; charset=utf-8" };
const V = {
  "hello-2b": (q, r) => r.end("ok"),
  "string-20k": (q, r) => {
    r.setHeader("content-type", H["content-type"]);
    r.end(S20);
  },
  "buffer-20k": (q, r) => {
    r.writeHead(200, { ...H, "content-length": B20.length });
    r.end(B20);
  },
  "etag-304": (q, r) => {
    r.writeHead(304, { etag: '"x"' });
    r.end();
  },
  "ssr-concat-40k": (q, r) => {
    r.setHeader("content-type", H["content-type"]);
    r.end("<!doctype html>" + render({ title, products }));
  },
};
if (arg("serve")) {
  createServer(V[arg("serve")]).listen(0, "127.0.0.1", function () {
    console.log("PORT " + this.address().port);
  });
  await new Promise(() => {});
}
const conns = +arg("conns", 50),
  seconds = +arg("seconds", 10),
  rounds = +arg("rounds", 3),
  hasWrk = spawnSync("wrk", ["-v"]).error === undefined && arg("load") !== "autocannon";
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
async function load(url, s) {
  if (hasWrk)
    return new Promise((ok) => {
      const c = spawn("wrk", ["-t1", "-c" + conns, "-d" + s + "s", "--latency", url]);
      wrkCpu = 0;
      const samp = setInterval(() => {
        wrkCpu = cpuOf(c.pid) || wrkCpu;
      }, 100);
      let o = "";
      c.stdout.on("data", (d) => (o += d));
      c.on("close", () => {
        clearInterval(samp);
        const ms = (x) => {
          const m = new RegExp(x + "\\s+([\\d.]+)(us|ms|s)").exec(o);
          return m ? +(m[1] * { us: 0.001, ms: 1, s: 1000 }[m[2]]).toFixed(2) : null;
        };
        ok({
          rps: +/Requests\/sec:\s+([\d.]+)/.exec(o)?.[1],
          p50: ms("50%"),
          p99: ms("99%"),
          errors: /Socket errors.*|Non-2xx.*/.exec(o)?.[0],
        });
      });
    });
  const autocannon = createRequire(join(resolve(arg("peers")), "http/x.js"))("autocannon");
  const r = await autocannon({ url, connections: conns, duration: s });
  return {
    rps: r.requests.average,
    p50: r.latency.p50,
    p99: r.latency.p99,
    errors: r.errors || r.non2xx || undefined,
  };
}
const cpuOf = (p) => {
  try {
    const f = readFileSync(`/proc/${p}/stat`, "utf8").split(") ")[1].split(" ");
    return (+f[11] + +f[12]) / 100;
  } catch {
    return 0;
  }
};
let wrkCpu = 0;
const rssOf = (p) => {
  try {
    return +(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${p}/status`, "utf8"))[1] / 1024).toFixed(0);
  } catch {
    return null;
  }
};
async function bench(name, child, url) {
  for (let i = 0; i < 600; i++) {
    try {
      await fetch(url);
      break;
    } catch {
      await sleep(50);
    }
  }
  const res = await fetch(url),
    text = await res.text();
  await load(url, 2);
  const r = [];
  const oth = [];
  for (let i = 0; i < rounds; i++) {
    await quiet(20000);
    const a = snap(),
      c0 = cpuOf(child.pid);
    r.push(await load(url, seconds));
    oth.push(others(a, snap(), cpuOf(child.pid) - c0 + wrkCpu));
  }
  const s = r.map((x) => x.rps).sort((a, b) => a - b);
  console.log(
    JSON.stringify({
      server: name,
      node: process.version,
      load: hasWrk ? "wrk -t1" : "autocannon",
      conns,
      seconds,
      status: res.status,
      body_bytes: Buffer.byteLength(text),
      rps: { min: Math.round(s[0]), median: Math.round(s[s.length >> 1]), max: Math.round(s.at(-1)) },
      p50_ms: r[0].p50,
      p99_ms: r[0].p99,
      errors: r.map((x) => x.errors).filter(Boolean)[0],
      others_cores: median(oth),
      server_rss_MB: rssOf(child.pid),
    }),
  );
  child.kill();
  await sleep(300);
}
if (cmd.length)
  await bench(
    arg("name", cmd.join(" ")),
    spawn(cmd[0], cmd.slice(1), { stdio: "ignore", env: { ...process.env, NODE_ENV: "production" } }),
    arg("url"),
  );
else
  for (const v of (arg("only") ?? Object.keys(V).join()).split(",")) {
    const c = spawn(process.execPath, [fileURLToPath(import.meta.url), "--serve", v], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const port = await new Promise((ok) => c.stdout.once("data", (d) => ok(/PORT (\d+)/.exec(d)[1])));
    await bench(v, c, `http://127.0.0.1:${port}/`);
  }
process.exit(0);
