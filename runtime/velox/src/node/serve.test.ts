// The Node server over real sockets (X6, SSR-2, SSG-7 files, X1 of files, graceful end).

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { text } from "../internal.js";
import { fetch as serverFetch, json, stream, useRequest } from "../server/index.js";
import { app, bodyOf, endpoint, page } from "../testing/app.js";
import { exchange, folderOf, parse, rawGet, serverOf } from "../testing/socket.js";
import { createHandler, serve } from "./index.js";

const dist = new URL("..", import.meta.url);
const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

test("X6 pages, endpoints and files over a socket, with keep-alive", async () => {
  const server = await serverOf(app([
    page("/", () => "hé"), endpoint("/echo", { POST: async (request: Request) => ({ got: await request.text(), type: request.headers.get("content-type") }) }),
  ]), { "static/a.txt": "file" });
  try {
    const home = await fetch(server.url);
    assert.equal(bodyOf(await home.text()), "hé");
    assert.equal(home.headers.get("content-length"), String(Buffer.byteLength('<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"></head><body>hé</body></html>')));
    const echoed = await fetch(server.url + "/echo", { method: "POST", body: "x".repeat(300_000), headers: { "content-type": "text/x" } });
    assert.deepEqual(await echoed.json(), { got: "x".repeat(300_000), type: "text/x" });
    assert.equal(await (await fetch(server.url + "/a.txt")).text(), "file");
    const twice = await exchange(server.port,
      `GET / HTTP/1.1\r\nhost: localhost\r\n\r\nGET /a.txt HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`);
    assert.equal(twice.match(/HTTP\/1\.1 200/g)?.length, 2);
    const head = await exchange(server.port, `HEAD / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`);
    assert.match(head, /content-length: \d+/i);
    assert.equal(parse(head).body, "");
  } finally {
    await server.stop();
  }
});

test("X6 pages that went through middleware keep their content-length", async () => {
  type Next = () => Promise<Response>;
  const middleware = async (request: Request, next: Next) => {
    const path = new URL(request.url).pathname;
    const response = await next();
    if (path === "/copied") return new Response(response.body, { headers: { ...Object.fromEntries(response.headers), "x-copied": "1" } });
    if (path === "/replaced") return new Response((await response.text()).replace("hé", "replaced by more"), response);
    if (path === "/piped") return new Response(response.body!.pipeThrough(new TransformStream()), response);
    if (path === "/begun") {
      const reader = response.body!.getReader();
      await reader.read();
      reader.releaseLock();
    }
    if (path === "/cookie") (request as Request & { cookies: { set(name: string, value: string): void } }).cookies.set("a", "b");
    response.headers.set("x-seen", "1");
    return response;
  };
  const server = await serverOf(app([page("/:x?", () => "hé"), endpoint("/api/json", { GET: () => json({ é: 1 }) })], { middleware: async () => ({ default: middleware }) }));
  try {
    const get = async (path: string, method = "GET") => {
      const got = parse(await exchange(server.port, `${method} ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`));
      return { ...got, length: /^content-length: (\d+)/im.exec(got.head)?.[1], chunked: /^transfer-encoding: chunked/im.test(got.head) };
    };
    const plain = await get("/");
    assert.deepEqual([plain.length, plain.chunked, plain.status], [String(plain.body.length), false, 200]);
    assert.match(plain.head, /x-seen: 1/i);
    for (const path of ["/copied", "/cookie", "/api/json"]) {
      const got = await get(path);
      assert.deepEqual([got.length, got.chunked], [String(got.body.length), false], path);
    }
    const head = await get("/", "HEAD");
    assert.deepEqual([head.length, head.body], [plain.length, ""]);
    // What middleware made of it is sent as that, whatever length that has.
    assert.match((await get("/replaced")).body, /replaced by more/);
    assert.match((await get("/piped")).body, /<body>h/);
    const begun = await get("/begun");
    assert.deepEqual([begun.status, begun.length, begun.body], [200, "0", ""]);
  } finally {
    await server.stop();
  }
});

test("static files: types, ETag, 304, ranges, caching", async () => {
  const server = await serverOf(app([]), {
    "static/_velox/a.123.css": "a{}", "static/data.bin": Buffer.from("0123456789"), "static/big.bin": Buffer.alloc(200_000, 65),
    "static/empty.txt": "", "static/with space/é.svg": "<svg/>",
  });
  try {
    const css = await fetch(server.url + "/_velox/a.123.css");
    assert.deepEqual([css.headers.get("content-type"), css.headers.get("cache-control")], ["text/css; charset=utf-8", "public, max-age=31536000, immutable"]);
    const etag = css.headers.get("etag")!;
    const again = await fetch(server.url + "/_velox/a.123.css", { headers: { "if-none-match": etag } });
    assert.deepEqual([again.status, await again.text()], [304, ""]);
    const range = async (value: string, file = "/data.bin") => {
      const got = await fetch(server.url + file, { headers: { range: value } });
      return [got.status, await got.text(), got.headers.get("content-range")];
    };
    assert.deepEqual(await range("bytes=2-4"), [206, "234", "bytes 2-4/10"]);
    assert.deepEqual(await range("bytes=7-"), [206, "789", "bytes 7-9/10"]);
    assert.deepEqual(await range("bytes=-3"), [206, "789", "bytes 7-9/10"]);
    assert.deepEqual(await range("bytes=5-100"), [206, "56789", "bytes 5-9/10"]);
    assert.equal((await range("bytes=10-"))[0], 416);
    assert.equal((await range("bytes=-0"))[0], 416);
    for (const odd of ["bytes=4-2", "bytes=0-1,3-4", "x", "bytes=a-b", "bytes=-"]) assert.equal((await range(odd))[0], 200, odd);
    assert.deepEqual(await range("bytes=199990-", "/big.bin"), [206, "A".repeat(10), "bytes 199990-199999/200000"]);
    assert.equal((await (await fetch(server.url + "/big.bin")).arrayBuffer()).byteLength, 200_000);
    assert.equal(await (await fetch(server.url + "/empty.txt")).text(), "");
    assert.equal((await fetch(server.url + "/with%20space/%C3%A9.svg")).headers.get("content-type"), "image/svg+xml; charset=utf-8");
    assert.equal((await fetch(server.url + "/data.bin", { method: "POST" })).status, 405);
  } finally {
    await server.stop();
  }
});

test("a relative fetch of a page finds the files of the output", async () => {
  const server = await serverOf(app([page("/", async () => text(await (await serverFetch("/a.json")).text()))]), { "static/a.json": "[1]" });
  try {
    assert.equal(bodyOf(await (await fetch(server.url)).text()), "[1]");
  } finally {
    await server.stop();
  }
});

test("createHandler serves files and prerendered pages without a server", async () => {
  const folder = await folderOf({
    "static/a.txt": "file", "static/s/1.html": "<p>one",
    "server/pages.json": JSON.stringify({ version: 1, pages: { "/s/1": { route: "s/:n", file: "static/s/1.html", tags: [], revalidate: false }, "/out": { route: "out", file: "../secret", tags: [], revalidate: false } } }),
  });
  try {
    const handler = await createHandler(app([page("/s/:n", () => "", { mode: "ssg" }), page("/out", () => "", { mode: "ssg" })]), { root: folder.path, log: () => {} });
    const get = async (path: string) => { const got = await handler(new Request("http://localhost" + path)); return [got.status, await got.text()]; };
    assert.deepEqual(await get("/a.txt"), [200, "file"]);
    assert.deepEqual(await get("/s/1"), [200, "<p>one"]);
    assert.equal((await get("/s/1.html"))[0], 404);
    assert.equal((await get("/out"))[0], 500);
  } finally {
    await folder.remove();
  }
});

test("SSR-2 request.signal aborts when the client leaves, and not after a normal end", async () => {
  const signals: AbortSignal[] = [];
  let release = (): void => {};
  const server = await serverOf(app([
    page("/slow", async () => { signals.push(useRequest().signal); await new Promise<void>((resolve) => (release = resolve)); return "x"; }),
    page("/quick", () => { signals.push(useRequest().signal); return "x"; }),
  ]));
  try {
    await (await fetch(server.url + "/quick")).text();
    await later(20);
    assert.equal(signals[0]!.aborted, false);
    const socket = connect(server.port, "127.0.0.1");
    socket.write("GET /slow HTTP/1.1\r\nhost: localhost\r\n\r\n");
    while (signals.length < 2) await later(2);
    socket.destroy();
    await later(30);
    assert.equal(signals[1]!.aborted, true);
    release();
    await later(5);
    assert.equal((await fetch(server.url + "/quick")).status, 200);
  } finally {
    await server.stop();
  }
});

test("a streamed response arrives in pieces; a stream that fails is cut off", async () => {
  const server = await serverOf(app([
    endpoint("/s", { GET: () => stream((async function* () { yield "a"; await later(20); yield "b"; })()) }),
    endpoint("/f", { GET: () => stream((async function* () { yield "a"; await later(5); throw new Error("broken"); })()) }),
  ]));
  try {
    const response = await fetch(server.url + "/s");
    const reader = response.body!.getReader();
    assert.equal(new TextDecoder().decode((await reader.read()).value), "a");
    assert.equal(new TextDecoder().decode((await reader.read()).value), "b");
    assert.equal((await reader.read()).done, true);
    await assert.rejects(fetch(server.url + "/f").then((got) => got.text()));
    assert.equal(server.logged.length, 1);
  } finally {
    await server.stop();
  }
});

test("closing lets running requests finish and takes no new ones", async () => {
  const server = await serverOf(app([page("/", async () => { await later(60); return "done"; })]));
  const running = fetch(server.url).then((response) => response.text());
  await later(20);
  const closed = server.close();
  await assert.rejects(fetch(server.url));
  assert.equal(bodyOf(await running), "done");
  await closed;
  await server.stop();
});

test("closing does not wait longer than it was given", async () => {
  const server = await serverOf(app([page("/", () => new Promise(() => {}))]), {}, { grace: 40 });
  const running = fetch(server.url).catch(() => "cut");
  await later(20);
  const started = performance.now();
  await server.close();
  assert.ok(performance.now() - started < 1000);
  assert.equal(await running, "cut");
  await server.stop();
});

test("a port in use is one line for the person who starts the server", async () => {
  const server = await serverOf(app([]));
  try {
    const message = `port ${server.port} is already in use; set PORT to another one`;
    await assert.rejects(serve(app([]), { root: server.root, port: server.port, host: "127.0.0.1", signals: false }), { name: "ListenError", message });
    const program = `import { serve } from ${JSON.stringify(new URL("node/index.js", dist).href)};
      await serve({ build: "x", base: "/", site: null, allowedHosts: [], trustProxy: 0, routes: [], errors: [], middleware: null }, { root: "." });`;
    const run = (port: string) => spawnSync(process.execPath, ["--input-type=module", "-e", program], { cwd: server.root, env: { ...process.env, PORT: port, HOST: "127.0.0.1" }, encoding: "utf8" });
    const taken = run(String(server.port));
    assert.deepEqual([taken.status, taken.stderr], [1, `velox: ${message}\n`]);
    assert.deepEqual([run("http").status, run("http").stderr], [1, 'velox: PORT is "http", which is no port number\n']);
  } finally {
    await server.stop();
  }
});

test("as a process: it says its address once, and ends cleanly on SIGTERM", async () => {
  const folder = await folderOf({
    "package.json": '{"type":"module"}',
    "server.js": `
      import { serve } from ${JSON.stringify(new URL("node/index.js", dist).href)};
      const route = { id: "slow", pattern: "/slow", file: "slow", kind: "page", mode: "ssr", segments: [{ kind: "static", value: "slow" }],
        load: async () => ({ default: async () => { Promise.reject(new Error("forgotten")); await new Promise((r) => setTimeout(r, 300)); return "finished"; } }), layouts: [], errors: [], styles: [] };
      await serve({ version: 1, build: "x", base: "/", trailingSlash: "never", site: null, allowedHosts: [], trustProxy: 0, bodyLimit: 1024, routes: [route], errors: [], middleware: null }, { root: new URL(".", import.meta.url) });`,
  });
  const child = spawn(process.execPath, [join(folder.path, "server.js")], { env: { ...process.env, PORT: "0", HOST: "127.0.0.1" } });
  try {
    let output = "";
    let errors = "";
    child.stdout.on("data", (data) => (output += data));
    child.stderr.on("data", (data) => (errors += data));
    while (!output.includes("\n")) await later(10);
    const port = /^velox ready on http:\/\/localhost:(\d+)\n$/.exec(output)?.[1];
    assert.ok(port, output);
    const running = fetch(`http://127.0.0.1:${port}/slow`).then((response) => response.text());
    await later(120);
    child.kill("SIGTERM");
    assert.equal(bodyOf(await running), "finished");
    const [code] = (await once(child, "exit")) as [number];
    assert.equal(code, 0);
    assert.match(errors, /unhandled rejection.*forgotten/s);
  } finally {
    child.kill("SIGKILL");
    await folder.remove();
  }
});

test("case 9: links that lead out of the folder are not served", async () => {
  const outside = await folderOf({ "secret.txt": "secret" });
  const folder = await folderOf({ "static/in.txt": "in" });
  try {
    await symlink(join(outside.path, "secret.txt"), join(folder.path, "static/out.txt"));
    await symlink(join(folder.path, "static/in.txt"), join(folder.path, "static/link.txt"));
    await symlink(outside.path, join(folder.path, "static/folder"));
    const handler = await createHandler(app([]), { root: folder.path });
    const status = async (path: string) => (await handler(new Request("http://localhost" + path))).status;
    assert.deepEqual([await status("/in.txt"), await status("/link.txt"), await status("/out.txt"), await status("/folder/secret.txt")], [200, 200, 404, 404]);
    await writeFile(join(folder.path, "static/late.txt"), "late");
    assert.equal(await status("/late.txt"), 404);
  } finally {
    await outside.remove();
    await folder.remove();
  }
});

test("absolute-form targets use their path and nothing of their host", async () => {
  const server = await serverOf(app([page("/:x?", () => text(useRequest().url.replace(/:\d+/, "")))]));
  try {
    const got = await rawGet(server.port, "http://evil.example/a?b");
    assert.equal(bodyOf(got.body), "http://127.0.0.1/a?b");
    assert.equal((await rawGet(server.port, "*")).status, 400);
    assert.equal((await rawGet(server.port, "ftp://x/")).status, 400);
  } finally {
    await server.stop();
  }
});

