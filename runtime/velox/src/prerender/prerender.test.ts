// Prerendering (SSG-1 to SSG-7, M3, M4) and its protocol.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { text, type View } from "../internal.js";
import { fetch, notFound, redirect, useRequest } from "../server/index.js";
import { createHandler } from "../node/index.js";
import { app, bodyOf, endpoint, page } from "../testing/app.js";
import { folderOf } from "../testing/socket.js";
import type { App } from "../server/app.js";
import { prerender, type PrerenderEvent } from "./index.js";
import { planPages } from "./paths.js";
import { positionOf } from "./position.js";


const later = <T>(value: T, ms = 1): Promise<T> => new Promise((resolve) => setTimeout(resolve, ms, value));
const show = (_p: object, _s: unknown, view: View) => text(JSON.stringify(view.params));

async function run(of: App) {
  const folder = await folderOf({});
  const events: PrerenderEvent[] = [];
  const failed = await prerender({ app: of, output: join(folder.path, ".velox/output"), project: folder.path, report: (event) => events.push(event) });
  const output = join(folder.path, ".velox/output");
  return { events, failed, output, folder, read: (file: string) => readFile(join(output, file), "utf8"), failures: events.filter((event) => event.event === "failed") };
}

async function filesOf(output: string): Promise<string[]> {
  const entries = await readdir(output, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(output.length + 1)).sort();
}

test("SSG-1 SSG-7 pages of paths() are written where their URL says", async () => {
  let calls = 0;
  const routes = [
    page("/", show, { mode: "ssg" }),
    page("/about", show, { mode: "ssg" }),
    page("/blog/:slug", { default: show, paths: async () => { calls++; return later([{ slug: "a" }, { slug: "é b" }, { slug: 7 }, { params: { slug: "p" }, props: { x: 1 } }]); } }, { mode: "ssg" }),
    page("/docs/*path", { default: show, paths: () => [{ path: ["a", "b"] }, { path: "c/d" }] }, { mode: "ssg" }),
    page("/opt/:page?", { default: show, paths: () => [{}, { page: "2" }] }, { mode: "ssg" }),
    page("/ssr", () => { throw new Error("not at build"); }),
    page("/isr", show, { mode: "isr", revalidate: 60 }),
    page("/isr/:id", show, { mode: "isr", revalidate: 60 }),
  ];
  const never = await run(app(routes));
  assert.equal(never.failed, 0, JSON.stringify(never.failures));
  assert.equal(calls, 1);
  assert.deepEqual(await filesOf(never.output), [
    "pages/isr.html", "server/pages.json", "static/about.html", "static/blog/7.html", "static/blog/a.html", "static/blog/p.html", "static/blog/é b.html",
    "static/docs/a/b.html", "static/docs/c/d.html", "static/index.html", "static/opt.html", "static/opt/2.html",
  ]);
  assert.equal(bodyOf(await never.read("static/blog/é b.html")), '{"slug":"é b"}');
  assert.equal(bodyOf(await never.read("static/docs/c/d.html")), '{"path":["c","d"]}');
  const planned = never.events.findIndex((event) => event.event === "plan");
  assert.deepEqual(never.events[planned], { event: "plan", pages: 11 });
  assert.deepEqual(never.events.slice(0, planned).map((event) => event.event === "start" && [event.route, event.path]), [["blog/:slug", null], ["docs/*path", null], ["opt/:page?", null], ["isr/:id", null]]);
  assert.equal(never.events.filter((event) => event.event === "start").length, 4 + 11);
  assert.deepEqual(never.events.at(-1), { event: "done", failed: 0 });
  const one = never.events.find((event) => event.event === "page" && event.path === "/blog/%C3%A9%20b");
  assert.ok(one?.event === "page" && one.file === "static/blog/é b.html" && one.route === "blog/:slug");
  const always = await run(app(routes, { trailingSlash: "always" }));
  assert.ok((await filesOf(always.output)).includes("static/blog/a/index.html"));
  const handler = await createHandler(app(routes), { root: never.output });
  const got = await handler(new Request("http://localhost/blog/%C3%A9%20b"));
  assert.deepEqual([got.status, bodyOf(await got.text())], [200, '{"slug":"é b"}']);
  assert.equal((await handler(new Request("http://localhost/isr"))).headers.get("x-velox-cache"), "HIT");
  await never.folder.remove();
  await always.folder.remove();
});

test("SSG-1 SSG-2 what paths() may not give, named by its place", () => {
  const one = page("/blog/:slug", show, { mode: "ssg" });
  const rest = page("/docs/*path", show, { mode: "ssg" });
  const table: [typeof one, unknown, RegExp][] = [
    [one, { slug: "a" }, /must return an array/], [one, ["a"], /paths\(\)\[0\] is no object/], [one, [{}], /\[0\]\.slug is missing/],
    [one, [{ slug: "a" }, { slug: null }], /\[1\]\.slug is missing/], [one, [{ slug: "a", other: 1 }], /"other", which is no param/],
    [one, [{ slug: "" }], /is empty/], [one, [{ slug: {} }], /must be a string, not object/], [one, [{ slug: true }], /must be a string, not boolean/],
    [one, [{ slug: NaN }], /must be a string/], [one, [{ slug: "a/b" }], /no slash/], [one, [{ slug: "a\\b" }], /no slash/],
    [one, [{ slug: "a\0" }], /NUL/], [one, [{ slug: ".." }], /no name of a page/], [one, [{ slug: "." }], /no name of a page/],
    [one, [{ slug: "\ud800" }], /no URL can have/], [one, [{ slug: "a" }, { slug: "a" }], /paths\(\)\[1\] names \/blog\/a, as paths\(\)\[0\] does/],
    [one, [{ slug: "1" }, { slug: 1 }], /names \/blog\/1/], [one, [{ slug: ["a"] }], /must be a string/],
    [rest, [{ path: [] }], /is empty/], [rest, [{ path: ["a", ".."] }], /path\[1\] is ".."/], [rest, [{ path: "../x" }], /path\[0\]/], [rest, [{ path: 3 }], /array of strings/],
    [one, [JSON.parse('{"__proto__":"x","slug":"a"}')], /"__proto__", which is no param/],
  ];
  for (const [route, value, message] of table) {
    const { errors } = planPages(route, value);
    assert.equal(errors.length, 1, JSON.stringify(value));
    assert.match(errors[0]!.message, message);
  }
});

test("SSG-4 every page runs, and every failure is told with its route, path and params", async () => {
  const routes = [
    page("/ok", show, { mode: "ssg" }),
    page("/throws", () => { throw new Error("broken"); }, { mode: "ssg" }),
    page("/gone", () => { throw notFound("nothing here"); }, { mode: "ssg" }),
    page("/moved", () => redirect("/ok"), { mode: "ssg" }),
    page("/response", () => new Response("x", { status: 200 }), { mode: "ssg" }),
    page("/request", (_p: object, _s: unknown, view: View) => text(view.request.url), { mode: "ssg" }),
    page("/hook", () => text(useRequest().url), { mode: "isr", revalidate: 1 }),
    page("/x/:id", { default: (_p: object, _s: unknown, view: View) => { if (view.params["id"] === "2") throw new Error("two"); return ""; }, paths: () => [{ id: "1" }, { id: "2" }, { id: "3" }] }, { mode: "ssg" }),
    page("/nopaths/:id", show, { mode: "ssg" }),
    page("/badpaths/:id", { default: show, paths: () => { throw new Error("paths failed"); } }, { mode: "ssg" }),
    page("/shadow/:id", { default: show, paths: () => [{ id: "fixed" }] }, { mode: "ssg" }),
    page("/shadow/fixed", show, { mode: "ssg" }),
    page("/late", () => text(later(0).then(() => { throw new Error("deferred"); })), { mode: "ssg" }),
  ];
  const { failures, failed, output, folder, events } = await run(app(routes));
  const found = failures.map((event) => (event.event === "failed" ? [event.route, event.path, event.message] : [])).sort();
  assert.deepEqual(found.map(([route]) => route), ["badpaths/:id", "gone", "hook", "late", "moved", "nopaths/:id", "request", "response", "shadow/:id", "throws", "x/:id"]);
  const message = (route: string) => found.find(([name]) => name === route)![2]!;
  assert.match(message("gone"), /status 404: nothing here/);
  assert.match(message("moved"), /redirects to \/ok/);
  assert.equal(message("badpaths/:id"), "`paths` of /badpaths/:id failed: paths failed");
  assert.match(message("request"), /routes\/request\.velox: `request`.*ssg/);
  assert.match(message("shadow/:id"), /served by routes\/shadow\/fixed\.velox/);
  const two = failures.find((event) => event.event === "failed" && event.route === "x/:id");
  assert.ok(two?.event === "failed" && two.path === "/x/2" && JSON.stringify(two.params) === '{"id":"2"}' && two.file === "routes/x/:id.velox" && two.stack.length > 0);
  assert.equal(failed, failures.length);
  assert.deepEqual(events.at(-1), { event: "done", failed });
  assert.ok((await filesOf(output)).includes("static/ok.html"));
  assert.ok((await filesOf(output)).includes("static/x/3.html"));
  await folder.remove();
});

test("SSG-5 two builds give equal bytes, whatever finishes first", async () => {
  const slow = async (_p: object, _s: unknown, view: View) => { await later(0, Math.random() * 10); return text(later(view.params["id"], Math.random() * 10)); };
  const routes = [page("/x/:id", { default: slow, paths: () => Array.from({ length: 30 }, (_, i) => ({ id: String(i) })) }, { mode: "ssg" }), page("/", show, { mode: "isr", revalidate: 5 })];
  const one = await run(app(routes));
  const two = await run(app(routes));
  const files = await filesOf(one.output);
  assert.deepEqual(files, await filesOf(two.output));
  for (const file of files) assert.equal(await one.read(file), await two.read(file), file);
  await one.folder.remove();
  await two.folder.remove();
});

test("SSG-6 X1 relative fetches run own routes, and tags are listed", async () => {
  const routes = [
    page("/p", async () => text(await (await fetch("/api", { next: { tags: ["b", "a"], revalidate: 7 } })).text()), { mode: "isr", revalidate: 60 }),
    endpoint("/api", { GET: (request: Request) => request.url }),
  ];
  const sited = await run(app(routes, { site: "https://s.example" }));
  assert.equal(bodyOf(await sited.read("pages/p.html")), "https://s.example/api");
  assert.deepEqual(JSON.parse(await sited.read("server/pages.json")), { version: 1, pages: { "/p": { route: "p", file: "pages/p.html", tags: ["a", "b"], revalidate: 7 } } });
  const without = await run(app(routes));
  assert.match(JSON.stringify(without.failures), /routes\/p\.velox: fetch\(.*set `site`/);
  await sited.folder.remove();
  await without.folder.remove();
});

test("positions are those of the project's own sources", () => {
  const error = new Error("x");
  const at = (frame: string) => { error.stack = `Error: x\n    ${frame}`; return positionOf(error, "/p", "/p/.velox/output"); };
  assert.deepEqual(at("at default (/p/routes/a b.velox:3:5)"), { file: "routes/a b.velox", line: 3, column: 5 });
  assert.deepEqual(at("at async /p/lib/db.ts:1:2"), { file: "lib/db.ts", line: 1, column: 2 });
  assert.deepEqual(at("at file:///p/routes/%5Bx%5D.velox:9:1"), { file: "routes/[x].velox", line: 9, column: 1 });
  assert.deepEqual(at("at fn (file:///p/routes/(group)/x.velox:2:1)"), { file: "routes/(group)/x.velox", line: 2, column: 1 });
  assert.deepEqual(at("at Object.default [as default] (/p/routes/(a)/(b)/x.velox:2:1)"), { file: "routes/(a)/(b)/x.velox", line: 2, column: 1 });
  assert.deepEqual(at("at /p/routes/(a)/x.velox:2:1"), { file: "routes/(a)/x.velox", line: 2, column: 1 });
  for (const frame of ["at fn (/p/.velox/output/server/app.js:1:1)", "at fn (/p/node_modules/x/y.js:1:1)", "at fn (node:internal/x:1:1)", "at fn (/other/x.ts:1:1)", "at new Promise (<anonymous>)"]) {
    assert.equal(at(frame), null, frame);
  }
});

const program = new URL("main.js", import.meta.url).pathname;

test("as a program: events on stdout, prints on stderr, positions through source maps", async () => {
  // One mapping: line 2, column 8 of the generated file is line 3, column 5 of the source.
  const map = { version: 3, sources: ["../../../routes/x.velox"], names: [], mappings: ";QAEI" };
  const folder = await folderOf({
    "package.json": '{"type":"module"}',
    "routes/x.velox": "---\n\nthrow\n---\n",
    ".velox/output/server/x.js": `export default function () {\n        throw new Error("mapped");\n}\n//# sourceMappingURL=x.js.map\n`,
    ".velox/output/server/x.js.map": JSON.stringify(map),
    ".velox/output/server/app.js": `
      console.log("noise"); process.stdout.write("more noise\\n");
      const route = (id, load) => ({ id, pattern: "/" + id, file: "routes/" + id + ".velox", kind: "page", mode: "ssg", segments: [{ kind: "static", value: id }], load, layouts: [], errors: [], styles: [], prerender: true });
      export default { version: 1, build: "x", base: "/", trailingSlash: "never", site: null, allowedHosts: [], trustProxy: 0, bodyLimit: 1, errors: [], middleware: null,
        routes: [route("x", () => import("./x.js")), route("y", async () => ({ default: () => { console.log("in a page"); setInterval(() => {}, 1000); return "y"; } })), route("z", async () => ({ default: () => { Promise.reject(new Error("forgotten")); return "z"; } }))] };`,
  });
  try {
    const ran = spawnSync(process.execPath, [program, join(folder.path, ".velox/output")], { encoding: "utf8", timeout: 20_000 });
    assert.equal(ran.status, 1, ran.stderr);
    const events = ran.stdout.trim().split("\n").map((line) => JSON.parse(line) as PrerenderEvent);
    assert.deepEqual(events.map((event) => event.event).sort(), ["done", "failed", "failed", "page", "plan", "start", "start", "start"]);
    const failed = events.find((event) => event.event === "failed" && event.route === "x")!;
    assert.ok(failed.event === "failed");
    assert.ok(events.some((event) => event.event === "failed" && event.route === "z" && event.path === "/z" && /^nobody waited for a promise .* in this page: forgotten$/.test(event.message)));
    assert.deepEqual([failed.message, failed.position], ["mapped", { file: "routes/x.velox", line: 3, column: 5 }]);
    assert.match(ran.stderr, /noise\nmore noise\nin a page/);
    const onFd = spawnSync(process.execPath, [program, join(folder.path, ".velox/output")], { encoding: "utf8", timeout: 20_000, env: { ...process.env, VELOX_EVENTS_FD: "3" }, stdio: ["ignore", "pipe", "pipe", "pipe"] });
    assert.match(onFd.stdout, /noise/);
    assert.equal(String(onFd.output[3]).trim().split("\n").length, 8);
    const missing = spawnSync(process.execPath, [program, join(folder.path, "nowhere")], { encoding: "utf8", timeout: 20_000 });
    assert.equal(missing.status, 1);
    assert.match(missing.stdout, /"event":"failed","route":null.*app\.js/);
  } finally {
    await folder.remove();
  }
});
