// Whatever a page does, the build says which page it was and what happened (SSG-4): each application here
// runs in the prerenderer as a program, beside a page that does nothing wrong.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { folderOf } from "../testing/socket.js";
import type { PrerenderEvent } from "./index.js";

const PROGRAM = new URL("main.js", import.meta.url).pathname;
const SERVER = new URL("../server/index.js", import.meta.url).href;

type Failed = Extract<PrerenderEvent, { event: "failed" }>;

interface Ran {
  readonly events: PrerenderEvent[];
  /** Route, path and message of each failure, sorted. */
  readonly failures: (string | null)[][];
  readonly failed: Failed[];
  readonly status: number | null;
  readonly ms: number;
  readonly fine: string;
}

/** Prerenders `/x/1`, with this block in a module of its own, and then `/fine`. */
async function run(block: string, { env = {}, more = "", paths = "[{ id: 1 }]", app = "" }: { env?: Record<string, string>; more?: string; paths?: string; app?: string } = {}): Promise<Ran> {
  const folder = await folderOf({
    "package.json": '{"type":"module"}',
    "lib/block.js": `import { redirect } from ${JSON.stringify(SERVER)};\nexport const paths = () => ${paths};\nexport default async function page() {\n${block}\n}\n${more}\n`,
    ".velox/output/server/app.js": `${app}
      const route = (id, segments, load) => ({ id, pattern: "/" + id, file: "routes/" + id + ".velox", kind: "page", mode: "ssg", segments, load, layouts: [], errors: [], styles: [], prerender: true });
      export default { version: 1, build: "x", base: "/", trailingSlash: "never", site: null, allowedHosts: [], trustProxy: 0, bodyLimit: 1, errors: [], middleware: null,
        routes: [route("x/:id", [{ kind: "static", value: "x" }, { kind: "param", name: "id" }], () => import("../../../lib/block.js")),
          route("fine", [{ kind: "static", value: "fine" }], async () => ({ default: async () => { await new Promise((resolve) => { globalThis.fine = resolve; if (!globalThis.waits) setTimeout(resolve, 60); }); return "fine"; } }))] };`,
  });
  const started = performance.now();
  const { stdout, stderr, status, signal } = spawnSync(process.execPath, [PROGRAM, join(folder.path, ".velox/output")], { encoding: "utf8", timeout: 20_000, env: { ...process.env, ...env } });
  assert.equal(signal, null, stderr);
  const events = stdout.trim().split("\n").map((line) => JSON.parse(line) as PrerenderEvent);
  const failed = events.filter((event) => event.event === "failed");
  const fine = await readFile(join(folder.path, ".velox/output/static/fine.html"), "utf8").catch(() => "");
  await folder.remove();
  assert.deepEqual(events.at(-1), { event: "done", failed: failed.length }, stdout + stderr);
  assert.equal(status, failed.length === 0 ? 0 : 1);
  return { events, failed, failures: failed.map(({ route, path, message }) => [route, path, message]).sort(), status, ms: performance.now() - started, fine };
}

// What a page leaves for a timer that was made outside of every page, as that of a pool of connections.
const leave = (code: string): string => `globalThis.outside = () => { globalThis.outside = null; ${code} }; await new Promise((resolve) => setTimeout(resolve, 5000));`;
const TIMER = "setInterval(() => globalThis.outside?.(), 5);";
const ONE = { env: { VELOX_PRERENDER_CONCURRENCY: "1" } };

test("SSG-4 a page whose await never settles is named as soon as nothing is left to do", async () => {
  const { failures, failed, fine, ms } = await run("await new Promise(() => {});");
  assert.deepEqual(failures, [["x/:id", "/x/1", "the page never finished: an `await` in it never settles"]]);
  assert.deepEqual([failed[0]!.params, failed[0]!.file], [{ id: "1" }, "routes/x/:id.velox"]);
  assert.match(fine, /fine/);
  assert.ok(ms < 15_000, `${ms}`);
  const many = await run("await new Promise(() => {});", { paths: "[1, 2, 3].map((id) => ({ id }))", ...ONE });
  assert.deepEqual(many.failures.map(([, path]) => path), ["/x/1", "/x/2", "/x/3"]);
  assert.match(many.fine, /fine/);
});

test("SSG-4 a page that takes longer than VELOX_PRERENDER_TIMEOUT is given up, whatever else is running", async () => {
  const { failures, fine } = await run("setInterval(() => {}, 1000); await new Promise(() => {});", { env: { VELOX_PRERENDER_TIMEOUT: "700" } });
  assert.deepEqual(failures, [["x/:id", "/x/1", "the page was not finished after 700 ms; VELOX_PRERENDER_TIMEOUT sets another limit"]]);
  assert.match(fine, /fine/);
});

test("SSG-4 `paths` that never settle, or throw, are named with their pattern and place", async () => {
  const stuck = await run("", { paths: "new Promise(() => {})" });
  assert.deepEqual(stuck.failures, [["x/:id", null, "`paths` of /x/:id never finished: an `await` in it never settles"]]);
  const thrown = await run("", { paths: "{ throw new Error('no database'); }" });
  assert.deepEqual(thrown.failures, [["x/:id", null, "`paths` of /x/:id failed: no database"]]);
  assert.deepEqual(thrown.failed[0]!.position, { file: "lib/block.js", line: 2, column: 36 });
  const odd = await run("", { paths: "Promise.reject({ code: 7 })" });
  assert.deepEqual(odd.failures, [["x/:id", null, "`paths` of /x/:id failed: { code: 7 }"]]);
  const unloaded = await run("", { more: "throw new Error('at load');" });
  assert.deepEqual(unloaded.failures, [["x/:id", null, "routes/x/:id.velox could not be loaded: at load"]]);
  for (const { fine } of [stuck, thrown, odd, unloaded]) assert.match(fine, /fine/);
});

test("SSG-4 process.exit() in a page fails that page at its place, and all others are rendered", async () => {
  for (const call of ["process.exit(3);", "const { exit } = await import('node:process'); exit(3);", "try { process.exit(3); } catch {} return 'x';",
    "setTimeout(() => process.exit(3), 5); await new Promise(() => {});"]) {
    const { failures, failed, fine } = await run(call);
    assert.deepEqual(failures, [["x/:id", "/x/1", "process.exit(3) was called while this page was rendered"]], call);
    assert.deepEqual([failed[0]!.position?.file, failed[0]!.position?.line], ["lib/block.js", 4], call);
    assert.match(fine, /fine/);
  }
  const paths = await run("", { paths: "process.exit(0)" });
  assert.deepEqual(paths.failures, [["x/:id", null, "process.exit(0) was called while `paths` of /x/:id ran"]]);
});

test("SSG-4 process.exit() outside of any page names the pages under way", async () => {
  const { failures } = await run(leave("process.exit(0);"), { app: TIMER });
  assert.deepEqual(failures, [["fine", "/fine", "process.exit(0) was called while this page was rendered"], ["x/:id", "/x/1", "process.exit(0) was called while this page was rendered"]]);
});

test("SSG-4 an error in a timer of a page is that page's", async () => {
  const { failures, failed, fine } = await run("setTimeout(() => {\n  throw new Error('boom');\n}, 5); await new Promise((resolve) => setTimeout(resolve, 5000).unref());");
  assert.deepEqual(failures, [["x/:id", "/x/1", "an error was thrown in a callback of this page: boom"]]);
  assert.deepEqual(failed[0]!.position, { file: "lib/block.js", line: 5, column: 9 });
  assert.match(fine, /fine/);
});

test("SSG-4 an error outside of any page names the pages under way", async () => {
  const { failures } = await run(leave("throw new Error('boom');"), { app: TIMER });
  assert.deepEqual(failures, [["fine", "/fine", "an error was thrown outside of any page: boom"], ["x/:id", "/x/1", "an error was thrown outside of any page: boom"]]);
});

test("SSG-4 a promise that nobody waits for is a failure of its page, also once that is finished", async () => {
  const { failures, fine } = await run("Promise.reject(new Error('forgotten')); return 'x';");
  assert.deepEqual(failures, [["x/:id", "/x/1", "nobody waited for a promise that was rejected in this page: forgotten"]]);
  assert.match(fine, /fine/);
  // One page after another: what waits for `/fine` to begin happens after this page, however long that took.
  const late = await run("const look = setInterval(() => { if (globalThis.fine) { clearInterval(look); Promise.reject('late'); globalThis.fine(); } }, 1); return 'x';", { ...ONE, app: "globalThis.waits = true;" });
  assert.deepEqual(late.failures, [["x/:id", "/x/1", "nobody waited for a promise that was rejected in this page: late"]]);
  assert.ok(late.events.some((event) => event.event === "page" && event.path === "/x/1"));
});

test("SSG-4 a page that redirects is named with the place of the redirect", async () => {
  const { failures, failed } = await run("throw redirect('/fine');");
  assert.deepEqual(failures, [["x/:id", "/x/1", "the page redirects to /fine; a page rendered at build time cannot"]]);
  assert.deepEqual(failed[0]!.position, { file: "lib/block.js", line: 4, column: 7 });
});

test("SSG-4 what an earlier run could not end is left out, and its list is no part of the output", async () => {
  const list = await folderOf({ "failed.json": '[["x/:id","/x/2"],["fine",null]]' });
  const env = { VELOX_PRERENDER_WITHOUT: join(list.path, "failed.json") };
  const { events, failures } = await run("return 'x';", { paths: "[1, 2, 3].map((id) => ({ id }))", env });
  assert.deepEqual([failures, events.flatMap((event) => (event.event === "page" ? [event.path] : [])).sort()], [[], ["/x/1", "/x/3"]]);
  await assert.rejects(readFile(join(list.path, "failed.json")), { code: "ENOENT" });
  await list.remove();
});

test("SSG-4 a page that was begun is told of before its code runs", async () => {
  const { events } = await run("return 'x';", ONE);
  assert.deepEqual(events.map((event) => [event.event, "path" in event ? event.path : null]), [
    ["start", null], ["plan", null], ["start", "/x/1"], ["page", "/x/1"], ["start", "/fine"], ["page", "/fine"], ["done", null],
  ]);
});
