// The security checklist, second half: injection and serialisation, resources and lifecycle, a test for each case
// under its number.

import assert from "node:assert/strict";
import { connect } from "node:net";
import { test } from "node:test";
import { attribute, html, json, map, raw, spread, text, urlAttribute, type View } from "./internal.js";
import { signal } from "./client/index.js";
import { useRequest } from "./server/index.js";
import { parseCookies } from "./server/cookies.js";
import { app, bodyOf, client, endpoint, page, render } from "./testing/app.js";
import { exchange, parse, rawGet, serverOf } from "./testing/socket.js";

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

test("case 41: data in a JSON block ends no block", () => {
  for (const value of ["</ScRiPt ><script>alert(1)</script>", "<!--<script>", "]]>", "\u2028\u2029", "</script"]) {
    const block = json({ value });
    assert.doesNotMatch(block, /<|\u2028|\u2029/);
    assert.deepEqual(JSON.parse(block), { value });
  }
});

test("case 43: the name of a search param is escaped like its value", async () => {
  const block = (_p: object, _s: unknown, view: View) => map([...view.request.query.keys()], (name) => "<b" + attribute("title", name) + ">" + text(name) + "</b>");
  const { get } = client(app([page("/", block)]));
  const got = bodyOf((await get("/?" + encodeURIComponent('"><script>x</script>') + "=1")).text);
  assert.equal(got, '<b title="&quot;&gt;&lt;script&gt;x&lt;/script&gt;">"&gt;&lt;script&gt;x&lt;/script&gt;</b>');
});

test("case 44: JSON that looks like an element is text or nothing", () => {
  const forged = JSON.parse('{"type":"img","props":{"onerror":"x"},"html":"<img>","value":"<img>","brand":"preact-signals","Symbol(velox.html)":true,"then":1}') as unknown;
  assert.equal(text(forged), "[object Object]");
  assert.equal(text([forged]), "[object Object]");
  assert.equal(raw([forged]), "[object Object]");
});

test("case 45: a spread of handlers and broken names is dropped", () => {
  assert.equal(spread({ onclick: "x", onClick: "x", ONCLICK: "x", "on:click": "x" }, "a"), "");
  assert.equal(spread(JSON.parse('{"x\\" onload=\\"y":1,"a>b":1,"a/b":1,"a=b":1," a":1,"a\\u0000":1}') as object, "a"), "");
  assert.equal(spread({ dangerouslySetInnerHTML: { __html: "x" }, innerHTML: "x", srcdoc: "x" }, "iframe"), "");
  assert.equal(urlAttribute("href", "\u0001java\nscript:alert(1)"), ' href="about:invalid#velox"');
});

test("case 46: text is escaped once, in lists too, however often it is rendered", async () => {
  const list = ["<a>", ["&"], html("<b></b>")];
  const block = () => text(list) + map(list, (item) => text(item));
  const { get } = client(app([page("/", block)]));
  for (let i = 0; i < 3; i++) assert.equal(bodyOf((await get("/")).text), "&lt;a&gt;&amp;<b></b>&lt;a&gt;&amp;<b></b>");
  assert.deepEqual(list.slice(0, 2), ["<a>", ["&"]]);
});

test("case 48: __proto__ keys change no prototype", () => {
  assert.equal(parseCookies("__proto__=1; constructor=2").get("__proto__"), "1");
  assert.equal(spread(JSON.parse('{"__proto__":{"polluted":1}}') as object, "a"), ' __proto__="[object Object]"');
  assert.equal(json(JSON.parse('{"__proto__":{"a":1}}')), '{"__proto__":{"a":1}}');
  assert.equal(({} as Record<string, unknown>)["polluted"], undefined);
});

test("case 51: a body past the limit gives 413, whatever was announced, and the connection closes", async () => {
  let longest = 0;
  const routes = [
    endpoint("/read", { POST: async (request: Request) => { longest = Math.max(longest, (await request.text()).length); return "read"; } }),
    endpoint("/caught", { POST: async (request: Request) => { try { await request.text(); } catch {} return "caught"; } }),
    endpoint("/unread", { POST: () => "unread" }),
  ];
  const limit = 64 * 1024;
  const server = await serverOf(app(routes, { bodyLimit: limit }));
  try {
    const head = (path: string, length: string) => `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n${length}\r\n\r\n`;
    const big = Buffer.alloc(limit + 1, 97);
    const announced = parse(await exchange(server.port, head("/read", `content-length: ${big.length}`), big));
    assert.equal(announced.status, 413);
    assert.match(announced.head, /connection: close/i);
    const chunk = Buffer.concat([Buffer.from(`${big.length.toString(16)}\r\n`), big, Buffer.from("\r\n0\r\n\r\n")]);
    const chunked = parse(await exchange(server.port, head("/read", "transfer-encoding: chunked"), chunk));
    assert.equal(chunked.status, 413);
    assert.match(chunked.head, /connection: close/i);
    assert.equal(parse(await exchange(server.port, head("/caught", "transfer-encoding: chunked"), chunk)).status, 413);
    const lying = parse(await exchange(server.port, head("/read", "content-length: 10\r\nconnection: close"), big));
    // What comes after the announced bytes is no request: Node answers it with 400, before or after the first answer.
    assert.ok([200, 400].includes(lying.status));
    assert.equal(longest, 10);
    const fits = await fetch(server.url + "/read", { method: "POST", body: big.subarray(1), headers: { "content-type": "application/json" } });
    assert.equal(fits.status, 200);
    assert.equal((await fetch(server.url + "/unread", { method: "POST", body: "x", headers: { "content-type": "application/json" } })).status, 200);
  } finally {
    await server.stop();
  }
  const web = client(app(routes, { bodyLimit: 10 }));
  const refused = await web.send("/read", { method: "POST", body: "x".repeat(11), headers: { "content-type": "application/json" } });
  assert.equal(refused.status, 413);
});

test("case 51: memory stays flat while a body without end is refused", async () => {
  const server = await serverOf(app([endpoint("/", { POST: async (request: Request) => (await request.text()).length })], { bodyLimit: 1024 * 1024 }));
  try {
    const before = process.memoryUsage().rss;
    const piece = Buffer.concat([Buffer.from("10000\r\n"), Buffer.alloc(65536, 97), Buffer.from("\r\n")]);
    let sent = 0;
    await new Promise<void>((resolve) => {
      const socket = connect(server.port, "127.0.0.1", () => {
        socket.write("POST / HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n");
        const more = (): void => {
          while (!socket.destroyed && sent < 256 * 1024 * 1024) {
            sent += piece.length;
            if (!socket.write(piece)) return void socket.once("drain", more);
          }
          socket.end();
        };
        more();
      });
      socket.setTimeout(2000, () => socket.destroy());
      socket.on("error", () => {});
      socket.on("close", () => resolve());
      socket.resume();
    });
    assert.ok(sent < 64 * 1024 * 1024, `${sent} bytes were taken`);
    assert.ok(process.memoryUsage().rss - before < 100 * 1024 * 1024);
  } finally {
    await server.stop();
  }
});

test("case 52: a header named __proto__ does no harm", async () => {
  const server = await serverOf(app([endpoint("/", { GET: () => useRequest().headers.get("__proto__") })]));
  try {
    const got = await rawGet(server.port, "/", { ["__proto__" as string]: "x", constructor: "y" });
    assert.equal(got.status, 200);
    const raw52 = await exchange(server.port, "GET / HTTP/1.1\r\nhost: localhost\r\n__proto__: x\r\nconnection: close\r\n\r\n");
    assert.match(raw52, /^HTTP\/1\.1 200/);
    assert.match(raw52, /x$/);
  } finally {
    await server.stop();
  }
});

test("case 53: long headers cost nothing; past Node's limit they are refused", async () => {
  const { get } = client(app([page("/", () => "x")]));
  await get("/");
  const long = { accept: "a/b;q=0.1,".repeat(6500), "user-agent": "x (".repeat(21_000), cookie: "a=b; ".repeat(13_000), "if-none-match": '"a",'.repeat(16_000), range: "bytes=" + "0-1,".repeat(16_000), "x-forwarded-for": "1,".repeat(30_000) };
  for (const [name, value] of Object.entries(long)) {
    const started = performance.now();
    await get("/", { [name]: value });
    assert.ok(performance.now() - started < 50, name);
  }
  const server = await serverOf(app([page("/", () => "x")]));
  try {
    assert.equal((await rawGet(server.port, "/", { accept: "x".repeat(64 * 1024) })).status, 431);
  } finally {
    await server.stop();
  }
});

test("case 55: a client that leaves while the writer waits cancels the reader", async () => {
  let cancelled = 0;
  let pulls = 0;
  const endless = () => new ReadableStream<Uint8Array>({
    pull(controller) { pulls++; controller.enqueue(new Uint8Array(65536)); },
    cancel() { cancelled++; },
  });
  const server = await serverOf(app([endpoint("/", { GET: () => new Response(endless()) })]));
  try {
    await new Promise<void>((resolve) => {
      const socket = connect(server.port, "127.0.0.1", () => socket.write("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n"));
      socket.once("data", () => {
        socket.pause();
        setTimeout(() => { socket.destroy(); resolve(); }, 150);
      });
    });
    await later(50);
    assert.equal(cancelled, 1);
    assert.ok(pulls < 2000, `${pulls} chunks were made for a client that read one`);
    const connections = await new Promise<number>((resolve) => server.server.getConnections((_, count) => resolve(count)));
    assert.equal(connections, 0);
    assert.deepEqual(server.logged, []);
  } finally {
    await server.stop();
  }
});

test("case 56: renders that throw after reading a module signal hold nothing", async () => {
  const shared = signal("shared");
  const { get } = client(app([page("/", () => { text(shared); throw new Error("x"); })]));
  await get("/");
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < 1000; i++) await get("/");
  globalThis.gc?.();
  assert.ok(process.memoryUsage().heapUsed - before < 64 * 1024 * 1024);
  assert.equal(await render(() => text(shared)), "shared");
});

test("case 58: a form post of another site is refused, in every disguise", async () => {
  let ran = 0;
  const { send } = client(app([endpoint("/", { POST: () => { ran++; return "ran"; }, DELETE: () => { ran++; return "ran"; } })]));
  const post = (headers: Record<string, string>, method = "POST") => send("/", { method, headers, ...(headers["content-type"] === undefined ? {} : { body: "a=b" }) });
  const foreign = { origin: "https://evil.example" };
  for (const type of ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", "TEXT/PLAIN", "Text/Plain; charset=utf-8", " text/plain ;x", "application/x-www-form-urlencoded;charset=UTF-8", ""]) {
    assert.equal((await post({ ...foreign, "content-type": type })).status, 403, type);
  }
  assert.equal((await post(foreign)).status, 403);
  assert.equal((await post(foreign, "DELETE")).status, 403);
  assert.equal((await post({ origin: "null", "content-type": "text/plain" })).status, 403);
  assert.equal((await post({ origin: "http://localhost.evil.example", "content-type": "text/plain" })).status, 403);
  assert.equal((await post({ "sec-fetch-site": "cross-site", "content-type": "text/plain" })).status, 403);
  assert.equal((await post({ "sec-fetch-site": "same-site", "content-type": "text/plain" })).status, 403);
  assert.equal(ran, 0);
  assert.equal((await post({ origin: "http://localhost", "content-type": "text/plain" })).status, 200);
  assert.equal((await post({ "content-type": "application/x-www-form-urlencoded" })).status, 200);
  assert.equal((await post({ ...foreign, "content-type": "application/json" })).status, 200);
  assert.equal(ran, 3);
});

test("case 58: a build with a site that is looked at on this machine takes its own forms, and no others", async () => {
  let ran = 0;
  const { send } = client(app([endpoint("/", { POST: () => { ran++; return "ran"; } })], { site: "https://shop.example" }));
  const post = async (host: string, headers: Record<string, string>) =>
    (await send("/", { method: "POST", body: "a=b", headers: { host, "content-type": "application/x-www-form-urlencoded", ...headers } })).status;
  for (const host of ["localhost:4000", "127.0.0.1:4000", "[::1]:4000", "shop.localhost", "LOCALHOST:4000"]) {
    assert.equal(await post(host, { origin: `http://${host.toLowerCase()}` }), 200, host);
  }
  assert.equal(await post("localhost:4000", { origin: "http://localhost:4000", "sec-fetch-site": "same-origin" }), 200);
  assert.equal(await post("shop.example", { origin: "https://shop.example" }), 200);
  assert.equal(ran, 7);
  const refused: [string, Record<string, string>][] = [
    ["localhost:4000", { origin: "https://evil.example" }], ["localhost:4000", { origin: "http://localhost:5000" }], ["localhost:4000", { origin: "null" }],
    ["localhost:4000", { origin: "http://localhost:4000", "sec-fetch-site": "cross-site" }], ["localhost:4000", { "sec-fetch-site": "cross-site" }],
    ["evil.example", { origin: "http://evil.example" }], ["localhost.evil.example", { origin: "http://localhost.evil.example" }],
    ["127.0.0.1.evil.example", { origin: "http://127.0.0.1.evil.example" }], ["localhost@evil.example", { origin: "http://evil.example" }],
    ["shop.example", { origin: "http://localhost:4000" }], ["10.0.0.1", { origin: "http://10.0.0.1" }],
  ];
  for (const [host, headers] of refused) assert.equal(await post(host, headers), 403, `${host} ${JSON.stringify(headers)}`);
  assert.equal(ran, 7);
});

test("case 59: source maps and sources are not served", async () => {
  const server = await serverOf(app([]), {
    "static/_velox/a.js": "1", "static/_velox/a.js.map": "{}", "static/routes/index.velox": "---", "server/app.js": "secret", "server/pages.json": '{"version":1,"pages":{}}',
  });
  try {
    for (const path of ["/_velox/a.js.map", "/routes/index.velox", "/server/app.js", "/server/pages.json", "/routes/index.VELOX"]) {
      assert.equal((await fetch(server.url + path)).status, 404, path);
    }
    assert.equal((await fetch(server.url + "/_velox/a.js")).status, 200);
  } finally {
    await server.stop();
  }
});
