// A Next.js site beside ours: an `isr` page with the text of our page, and one with less of it, so that its answer has the
// size of ours (Next.js sends a page's text twice: as HTML, and as data for the browser). `next build` and `next start`, as a
// site would be run. Needs `./peers.sh next`; writes into that folder alone.

import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = join(process.env.VELOX_BENCH_TMP ?? join(process.env.TMPDIR ?? "/tmp", "velox-bench"), "next");
const command = join(folder, "node_modules/next/dist/bin/next");
const environment = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" };

/** The installed version; null where there is none. */
export function nextVersion() {
  const file = join(folder, "node_modules/next/package.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).version : null;
}

/** Builds the site; `text` is that of the page `/p`, and `/q` has as much of it as makes an answer of `bytes`. */
export async function buildNext(text, bytes) {
  const half = Math.floor(text.length / 2);
  const [whole, less] = await sizesOf(text, text.slice(0, half));
  const each = (whole - less) / (text.length - half);
  await sizesOf(text, text.slice(0, Math.round(half + (bytes - less) / each)));
}

async function sizesOf(...texts) {
  write(...texts);
  rmSync(join(folder, ".next"), { recursive: true, force: true });
  execFileSync(process.execPath, [command, "build"], { cwd: folder, env: environment, stdio: ["ignore", "ignore", "inherit"] });
  const { url, child } = await startNext("/p");
  const sizes = [];
  for (const path of ["/p", "/q"]) {
    const response = await fetch(new URL(path, url), { headers: { "accept-encoding": "identity" } });
    sizes.push((await response.arrayBuffer()).byteLength);
  }
  child.kill("SIGKILL");
  return sizes;
}

function write(...texts) {
  const put = (name, source) => {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), source);
  };
  put("next.config.mjs", `export default ${JSON.stringify({ poweredByHeader: false, turbopack: { root: folder } })};\n`);
  put("app/layout.js", "export default ({ children }) => <html><body>{children}</body></html>;\n");
  texts.forEach((text, index) => {
    put(`app/${"pq"[index]}/page.js`, `export const revalidate = 3600;\nexport default function Page() {\n  return <p>{${JSON.stringify(text)}}</p>;\n}\n`);
  });
}

/** Starts the built site; the address of the page, and the process that answers. */
export async function startNext(path) {
  const port = await freePort();
  const args = [command, "start", "--port", String(port), "--hostname", "127.0.0.1"];
  const child = spawn(process.execPath, args, { cwd: folder, env: environment, stdio: ["ignore", "ignore", "inherit"] });
  const url = `http://127.0.0.1:${port}${path}`;
  for (let tries = 0; tries < 600; tries++) {
    if (child.exitCode !== null) throw new Error(`next start ended with ${child.exitCode}`);
    const response = await fetch(url).catch(() => null);
    if (response !== null) {
      if (response.status !== 200) throw new Error(`${url} answered ${response.status}`);
      await response.arrayBuffer();
      return { url, child };
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill("SIGKILL");
  throw new Error("next start did not listen within 30 s");
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
