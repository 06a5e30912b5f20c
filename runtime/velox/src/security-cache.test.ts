// The security checklist, third part: caches, builds and lifetimes (26 to 30, 34 to 40, 54), a test for each case under its
// number, from outside.

import assert from "node:assert/strict";
import { connect } from "node:net";
import { test } from "node:test";
import { Keys } from "./cache/keys.js";
import { MemoryStore } from "./cache/memory.js";
import { text, type View } from "./internal.js";
import { fetch as serverFetch, notFound, revalidateTag, useCookies, type FetchOptions } from "./server/index.js";
import { app, bodyOf, client, endpoint, page } from "./testing/app.js";
import { serverOf } from "./testing/socket.js";
import { entryOf, later, siteOf, until } from "./testing/store-suite.js";

/** A store with a clock of the test. */
function timed() {
  const clock = { now: 1_700_000_000_000 };
  return { clock, store: new MemoryStore({ clock: () => clock.now }) };
}

const isr = { mode: "isr", revalidate: 10 } as const;

test("case 6 7: the data of a guarded page goes through the guard: there is no other address of it", async () => {
  const middleware = async () => ({ default: (request: Request, next: () => Promise<Response>) => (new URL(request.url).pathname.startsWith("/dash") ? new Response("guarded", { status: 403 }) : next()) });
  const { get } = client(app([page("/dash", () => "SECRET", isr), page("/open", () => "open", isr)], { middleware }));
  for (const path of ["/dash", "/dash/__data.json", "/dash.json", "/dash.rsc", "/_velox/data/dash.json", "/dash?_data", "/_next/data/x/dash.json", "/__data.json?x=/dash", "/_islands/dash"]) {
    for (const headers of [{}, { "x-velox-data": "1" }, { rsc: "1", "next-router-prefetch": "1" }, { purpose: "prefetch" }]) {
      assert.doesNotMatch((await get(path, headers)).text, /SECRET/, path);
    }
  }
  await get("/dash");
  assert.equal((await get("/dash")).text, "guarded");
});

test("case 26: an answer of 204, 500 or none at all leaves the good page where it is", async () => {
  for (const answer of [() => new Response(null, { status: 204 }), () => new Response("down", { status: 503 }), () => new Response(""), () => new Promise(() => {}), () => { throw new Error("down"); }]) {
    const { clock, store } = timed();
    const { get } = siteOf(store, (count) => (count === 1 ? "good" : answer()), { renewal: { timeout: 20 } });
    await get();
    clock.now += 11_000;
    assert.deepEqual([(await get()).body, (await get()).cache], ["good", "STALE"]);
    await later(40);
    assert.deepEqual([(await get()).status, (await get()).body], [200, "good"]);
  }
});

test("case 27: a page that reads a cookie through a helper is an error, and nothing of it is kept", async () => {
  const helper = () => useCookies().get("user");
  const { get, logged } = client(app([page("/p", () => text(helper()), isr)]));
  for (const user of ["anna", "ben"]) {
    const got = await get("/p", { cookie: `user=${user}` });
    assert.equal(got.status, 500);
    assert.doesNotMatch(got.text, /anna|ben/);
  }
  assert.match(String(logged[0]!.error), /useCookies\(\)` is not available in a page rendered as isr/);
});

test("case 27 28 ISR-6: what sets a cookie, is private or varies by visitor goes to its caller alone, and is told once", async () => {
  const answers: [string, HeadersInit, RegExp][] = [
    ["cookie", { "set-cookie": "session=1" }, /it sets a cookie/], ["private", { "cache-control": "private, max-age=5" }, /says private/], ["no-store", { "cache-control": "no-store" }, /says no-store/],
    ["cookie", { vary: "Accept, Cookie" }, /varies by Cookie/], ["authorization", { vary: "authorization" }, /varies by authorization/], ["star", { vary: "*" }, /varies by \*/],
  ];
  for (const [name, headers, reason] of answers) {
    let count = 0;
    const warnings: string[] = [];
    const { get } = client(app([page("/p", async () => { await later(5); return new Response(`${name} ${++count}`, { headers }); }, isr)]), { warn: (message) => warnings.push(message) });
    const got = await Promise.all([get("/p"), get("/p"), get("/p")]);
    assert.equal(new Set(got.map((one) => one.text)).size, 3, name);
    for (const one of got) {
      assert.equal(one.headers.get("x-velox-cache"), "BYPASS");
      assert.doesNotMatch(one.headers.get("cache-control")!, /public|s-maxage/);
    }
    assert.equal(warnings.length, 1);
    assert.match(warnings[0]!, reason);
  }
});

test("case 29: posts to one address with different bodies are different data", async () => {
  const routes = [
    endpoint("/echo", { POST: async (request: Request) => new Response(await request.arrayBuffer()) }),
    page("/p", async (_props: object, _slots: unknown, view: View) => {
      const send = async (body: Uint8Array) => [...new Uint8Array(await (await serverFetch("/echo", { method: "POST", body, next: { revalidate: 60 } } as FetchOptions)).arrayBuffer())];
      return text(JSON.stringify([await send(new Uint8Array([255])), await send(new Uint8Array([254])), view.params["x"]]));
    }),
  ];
  const { get } = client(app(routes));
  for (let i = 0; i < 2; i++) assert.equal(bodyOf((await get("/p")).text), "[[255],[254],null]");
});

test("case 30: pages that are asked for at once are never swapped", async () => {
  const { get } = client(app([page("/p/:x", async (_p: object, _s: unknown, view: View) => { await later(Math.random() * 10); return text(view.params["x"]); }, isr)]));
  const names = Array.from({ length: 300 }, (_, i) => `n${i % 40}`);
  const got = await Promise.all(names.map((name) => get("/p/" + name)));
  got.forEach((one, i) => assert.equal(bodyOf(one.text), names[i]));
});

test("case 34: 10,000 queries on an isr page are one entry and one rendering", async () => {
  const { store } = timed();
  const { handler, state } = siteOf(store);
  for (let i = 0; i < 10_000; i++) await (await handler(new Request(`http://localhost/p?${Math.random()}=${i}`))).body?.cancel();
  assert.deepEqual([state.renders, (await store.stats()).pages], [1, 1]);
});

test("case 35: 10,000 guessed params leave entries in bounds", async () => {
  const store = new MemoryStore({ memoryBytes: 200_000 });
  const { get } = client(app([page("/p/:x", (_p: object, _s: unknown, view: View) => { if (Number(view.params["x"]) % 2 === 0) throw notFound(); return "x".repeat(1000); }, isr)]), { store });
  for (let i = 0; i < 10_000; i++) await get(`/p/${i}`);
  const { memory } = await store.stats();
  assert.ok(memory.bytes <= 200_000 && memory.entries <= 1200, JSON.stringify(memory));
});

test("SSG-3 case 35: with `fallback: '404'` only the pages of the build are there", async () => {
  let renders = 0;
  const pages = { find: (path: string) => (path === "/p/1" ? { route: "p/:x", tags: [], revalidate: 10 as const, read: async () => ({ body: Buffer.from("built"), etag: '"b"', time: 1_700_000_000_000 }) } : null) };
  const route = { ...page("/p/:x", () => text(++renders), isr), fallback: "404" as const };
  const { clock, store } = timed();
  const { get } = client(app([route]), { pages, store });
  assert.deepEqual([(await get("/p/2")).status, (await get("/p/1")).text, renders], [404, "built", 0]);
  clock.now += 11_000;
  await until(async () => (await get("/p/1")).text !== "built");
  assert.deepEqual([(await get("/p/2")).status, renders], [404, 1]);
});

test("case 36: 100 pages that are always too old are all made again, with little memory too", async () => {
  const clock = { now: 1_700_000_000_000 };
  const store = new MemoryStore({ clock: () => clock.now, memoryBytes: 60_000 });
  const made = new Map<unknown, number>();
  const block = (_p: object, _s: unknown, view: View) => { made.set(view.params["x"], (made.get(view.params["x"]) ?? 0) + 1); return "x".repeat(500); };
  const { get } = client(app([page("/p/:x", block, { mode: "isr", revalidate: 2 })]), { store });
  for (let second = 0; second < 10; second++) {
    for (let i = 0; i < 100; i++) await get(`/p/${i}`);
    clock.now += 1000;
    await later(1);
  }
  assert.ok([...made.values()].every((count) => count >= 4), JSON.stringify([...made]));
});

test("case 37: while data is down for a minute it is asked for once a step, and every answer is 200", async () => {
  const { clock, store } = timed();
  let down = false;
  const { get, state } = siteOf(store, (count) => { if (down) throw new Error("down"); return text(count); }, { revalidate: 1 });
  await get();
  down = true;
  const before = state.renders;
  for (let i = 0; i < 60 * 50; i++) {
    clock.now += 20;
    assert.equal((await get()).status, 200);
  }
  await later(10);
  assert.ok(state.renders - before <= 7, `${state.renders - before} tries`);
});

test("case 37 INV-2: an invalidated page whose data is down is served as it was, and the next invalidation tries again", async () => {
  const { clock, store } = timed();
  let down = false;
  const { get, path, state } = siteOf(store, (count) => { if (down) throw new Error("down"); return text(count); });
  await get();
  down = true;
  clock.now += 5;
  await path("/p");
  assert.deepEqual([(await get()).body, (await get()).cache, state.renders], ["1", "STALE", 2]);
  down = false;
  clock.now += 5;
  await path("/p");
  assert.deepEqual([(await get()).body, (await get()).cache], ["3", "HIT"]);
});

test("case 38: what two visitors ask for in one moment is not gathered into one request", async () => {
  const seen: (string | null)[] = [];
  const routes = [
    endpoint("/api", { GET: async (request: Request) => { seen.push(request.headers.get("cookie")); await later(5); return request.headers.get("cookie") ?? ""; } }),
    page("/p", async () => text(await (await serverFetch("/api", { next: { tags: ["x"] } })).text())),
  ];
  const { get } = client(app(routes));
  const got = await Promise.all(["a", "b"].map((name) => get("/p", { cookie: `u=${name}` })));
  assert.deepEqual(got.map((one) => bodyOf(one.text)), ["u=a", "u=b"]);
  assert.deepEqual(seen.sort(), ["u=a", "u=b"]);
});

test("case 39: a cache in front is told of the paths; its failure is told, and fails no invalidation", async () => {
  const { store } = timed();
  const purges: unknown[] = [];
  const routes = [
    page("/p/:x", async (_p: object, _s: unknown, view: View) => { await serverFetch("/data", { next: { tags: ["all", `one ${String(view.params["x"])}`] } }); return "x"; }, isr),
    endpoint("/data", { GET: () => "data" }),
    endpoint("/tag", { POST: async (request: Request) => { await revalidateTag(await request.text()); return "done"; } }),
  ];
  const { get, send, logged } = client(app(routes, { site: "https://s.example", cache: { cdn: true } }), { store, purge: (purge) => { purges.push(purge); if (purges.length === 3) throw new Error("the cdn is down"); } });
  const first = await get("/p/1");
  assert.equal(first.headers.get("cache-control"), "public, max-age=0, must-revalidate, s-maxage=10, stale-while-revalidate=10");
  await get("/p/2");
  const tag = (name: string) => send("/tag", { method: "POST", body: name, headers: { "content-type": "application/x-own" } });
  await tag("all");
  await tag("one 2");
  assert.deepEqual(purges, [{ paths: ["/p/1", "/p/2"], tags: ["all"] }, { paths: ["/p/2"], tags: ["one 2"] }]);
  assert.equal((await tag("all")).text, "done");
  assert.match(String(logged[0]!.error), /cdn is down/);
});

test("case 40: a build reads no page of another one in the same store", async () => {
  const { store } = timed();
  const a = client(app([page("/p", () => "A", isr)], { build: "a" }), { store });
  const b = client(app([page("/p", () => "B", isr)], { build: "b" }), { store });
  for (let i = 0; i < 2; i++) assert.deepEqual([bodyOf((await a.get("/p")).text), bodyOf((await b.get("/p")).text)], ["A", "B"]);
  assert.equal((await store.stats()).pages, 2);
  assert.notEqual(new Keys("x", "a").page("p", "/p"), new Keys("x", "b").page("p", "/p"));
});

test("case 54: clients that read nothing hold a bounded part of an answer each", async () => {
  let pulled = 0;
  const chunk = new Uint8Array(64 * 1024);
  const route = endpoint("/big", { GET: () => new ReadableStream<Uint8Array>({ pull: (controller) => { if (++pulled > 20_000) controller.close(); else controller.enqueue(chunk); } }, { highWaterMark: 0 }) });
  const server = await serverOf(app([route]));
  const sockets = Array.from({ length: 20 }, () => connect(server.port, "127.0.0.1").on("error", () => {}));
  try {
    for (const socket of sockets) {
      socket.pause();
      socket.write("GET /big HTTP/1.1\r\nhost: localhost\r\n\r\n");
    }
    let settled = -1;
    await until(async () => {
      const before = pulled;
      await later(300);
      settled = pulled;
      return pulled > 0 && pulled === before;
    });
    // What the kernel takes for each is some megabytes at most.
    assert.ok(settled / sockets.length < 150, `${settled / sockets.length} chunks each`);
  } finally {
    for (const socket of sockets) socket.destroy();
    await server.stop();
  }
});

test("ISR-18: no header and no query forces a rendering", async () => {
  const { store } = timed();
  const { get, handler, state } = siteOf(store);
  await get();
  for (const headers of [{ "x-prerender-revalidate": "1" }, { "x-velox-revalidate": "1" }, { "cache-control": "no-cache" }, { pragma: "no-cache" }, { "x-vercel-bypass": "1" }, { cookie: "__prerender_bypass=1; velox-preview=1" }, { "x-middleware-prefetch": "1" }] as HeadersInit[]) {
    const got = await handler(new Request("http://localhost/p?preview=1&revalidate=1", { headers }));
    assert.equal(got.headers.get("x-velox-cache"), "HIT");
  }
  assert.equal(state.renders, 1);
});

test("ISR-5 ISR-7: HEAD is answered from the page of GET; a POST renders nothing", async () => {
  const { store } = timed();
  const { send, state, get } = siteOf(store);
  const head = await send("/p", { method: "HEAD" });
  assert.deepEqual([head.status, head.text, head.headers.get("x-velox-cache")], [200, "", "MISS"]);
  assert.deepEqual([(await get()).cache, (await send("/p", { method: "POST" })).status, state.renders], ["HIT", 405, 1]);
  assert.equal((await store.get(new Keys("velox", "test").page("p", "/p")))!.entry.status, 200);
  assert.equal(await store.set(new Keys("velox", "test").page("p", "/p"), entryOf({ renderStart: 0 })), "older");
});

test("ISR-10: renderings behind pages wait in line; a visitor who waits takes theirs out of it", async () => {
  const { clock, store } = timed();
  let running = 0;
  let most = 0;
  const { get, path, state } = siteOf(store, async (count) => {
    most = Math.max(most, ++running);
    await later(20);
    running--;
    return text(count);
  }, { renewal: { concurrency: 2 } });
  for (let i = 0; i < 6; i++) await get(`/shop/${i}`);
  most = 0;
  clock.now += 11_000;
  await Promise.all(Array.from({ length: 6 }, (_, i) => get(`/shop/${i}`)));
  await until(() => state.renders === 12 && running === 0);
  assert.equal(most, 2);
  clock.now += 11_000;
  await Promise.all(Array.from({ length: 6 }, (_, i) => get(`/shop/${i}`)));
  await path("/shop/5");
  const started = performance.now();
  assert.equal((await get("/shop/5")).status, 200);
  assert.ok(performance.now() - started < 55, `${performance.now() - started} ms`);
  await until(() => running === 0);
});
