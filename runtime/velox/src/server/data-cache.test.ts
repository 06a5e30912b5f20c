// Data that is kept: `fetch` with `next` (FET-6, INV-7, ISR-15, ISR-16, case 29) and `useCache`, by a clock of the test and
// against a real server.

import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, beforeEach, test } from "node:test";
import { MemoryStore } from "../cache/memory.js";
import { text } from "../internal.js";
import { app, bodyOf, client, endpoint, page } from "../testing/app.js";
import { later, until } from "../testing/store-suite.js";
import { fetch, revalidateTag, useCache, type FetchOptions } from "./index.js";

let server: Server;
let origin = "";
let calls: { method: string; url: string; body: Buffer; headers: IncomingMessage["headers"] }[] = [];
let answer: (call: (typeof calls)[number], response: ServerResponse) => void;

before(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const call = { method: request.method!, url: request.url!, body: Buffer.concat(chunks), headers: request.headers };
    calls.push(call);
    answer(call, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

after(() => {
  server.closeAllConnections();
  server.close();
});

beforeEach(() => {
  calls = [];
  answer = (_, response) => void response.end(String(calls.length));
});

/** A site with an ssr page and an isr page that print what a function gives. */
function siteOf(load: () => unknown, settings: { revalidate?: number | false; headers?: HeadersInit } = {}) {
  const clock = { now: 1_000_000 };
  const store = new MemoryStore({ clock: () => clock.now });
  const block = async () => text(await load());
  const routes = [
    page("/ssr", block), page("/isr", block, { mode: "isr", revalidate: settings.revalidate ?? 60 }),
    page("/isr2", block, { mode: "isr", revalidate: false }),
    endpoint("/tag", { POST: async (request: Request) => { await revalidateTag(await request.text()); return "done"; } }),
    endpoint("/inner", { GET: async () => (await fetch(origin + "/inner", { next: { tags: ["inner"] } })).text() }),
  ];
  const all = client(app(routes, { site: "https://s.example" }), { store });
  const get = async (path: string) => {
    const got = await all.get(path, settings.headers ?? {});
    return got.status === 200 ? bodyOf(got.text) : `status ${got.status}`;
  };
  const tag = (name: string) => all.send("/tag", { method: "POST", body: name, headers: { "content-type": "application/x-own" } });
  return { ...all, clock, store, get, tag };
}

const fetchText = (path: string, init?: FetchOptions) => async () => (await fetch(origin + path, init)).text();

test("FET-6 nothing is kept that was not asked for", async () => {
  const { get } = siteOf(fetchText("/a"));
  assert.deepEqual([await get("/ssr"), await get("/ssr")], ["1", "2"]);
  const none = siteOf(fetchText("/a", { next: { tags: ["x"] }, cache: "no-store" }));
  assert.deepEqual([await none.get("/ssr"), await none.get("/ssr")], ["3", "4"]);
});

test("FET-6 next.revalidate, next.tags and force-cache keep a response with its headers and address", async () => {
  answer = (_, response) => void response.writeHead(200, { "content-type": "application/json", "x-own": "1" }).end('{"a":1}');
  for (const init of [{ next: { revalidate: 60 } }, { next: { tags: ["x"] } }, { cache: "force-cache" } as const, { next: { revalidate: false as const } }]) {
    calls = [];
    const { get } = siteOf(async () => {
      const response = await fetch(origin + "/a#f", init);
      const copy = response.clone();
      return JSON.stringify([await response.json(), response.headers.get("x-own"), response.url === origin + "/a#f" || response.url, (await copy.text()).length]);
    });
    const first = await get("/ssr");
    assert.match(first, /\{&quot;a&quot;:1\}|\{"a":1\}/);
    assert.equal(await get("/ssr"), first);
    assert.equal(calls.length, 1);
  }
});

test("FET-6 what is too old is given once more while it is fetched again", async () => {
  const { get, clock } = siteOf(fetchText("/a", { next: { revalidate: 10 } }));
  assert.equal(await get("/ssr"), "1");
  clock.now += 10_000;
  assert.equal(await get("/ssr"), "1");
  await until(async () => (await get("/ssr")) === "2");
  assert.equal(calls.length, 2);
});

test("FET-6 only status 200 is kept, nothing that sets a cookie, and no body above 8 MiB", async () => {
  const status = siteOf(async () => (await fetch(origin + "/a", { next: { revalidate: 9 } })).status);
  for (const code of [201, 404, 500, 203]) {
    answer = (_, response) => void response.writeHead(code).end("x");
    assert.equal(await status.get("/ssr"), String(code));
  }
  assert.equal(calls.length, 4);
  answer = (_, response) => void response.writeHead(200, { "set-cookie": "a=1" }).end("x");
  await status.get("/ssr");
  await status.get("/ssr");
  assert.equal(calls.length, 6);
  answer = (_, response) => void response.end(Buffer.alloc(9 * 1024 * 1024, 97));
  const big = siteOf(async () => (await (await fetch(origin + "/big", { next: { revalidate: 9 } })).arrayBuffer()).byteLength);
  assert.equal(await big.get("/ssr"), String(9 * 1024 * 1024));
  await big.get("/ssr");
  assert.equal(calls.length, 8);
});

test("FET-6 a request in somebody's name is kept only under a cacheKey of its own", async () => {
  const named = (next: FetchOptions["next"]) => siteOf(fetchText("/a", { headers: { authorization: "Bearer " + String(calls.length) }, next: next! }));
  const without = named({ tags: ["x"] });
  await without.get("/ssr");
  await without.get("/ssr");
  assert.equal(calls.length, 2);
  const one = named({ tags: ["x"], cacheKey: "user 1" });
  assert.deepEqual([await one.get("/ssr"), await one.get("/ssr")], ["3", "3"]);
  let cacheKey = "a";
  const both = siteOf(async () => (await fetch(origin + "/b", { headers: { cookie: "s=1" }, next: { revalidate: 9, cacheKey } })).text());
  const first = await both.get("/ssr");
  cacheKey = "b";
  assert.notEqual(await both.get("/ssr"), first);
});

test("FET-6 case 29: the key holds method, address, headers and the bytes of the body", async () => {
  const { get, clock: _ } = siteOf(async () => {
    const next = { revalidate: 60 };
    const post = (body: BodyInit) => fetch(origin + "/q", { method: "POST", body, next, headers: { "content-type": "x" } }).then((response) => response.text());
    const bodies = [Buffer.from([0xff]), Buffer.from([0xfe]), "a", "b", new URLSearchParams({ a: "1" }), new Blob(["blob"]), Buffer.from([0xff])];
    const got: string[] = [];
    for (const body of bodies) got.push(await post(body as BodyInit));
    for (const headers of [{ "accept-language": "de" }, { "accept-language": "en" }]) got.push(await (await fetch(origin + "/q", { headers, next })).text());
    got.push(await (await fetch(origin + "/q?x", { next })).text());
    return got.join();
  });
  assert.equal(await get("/ssr"), "1,2,3,4,5,6,1,7,8,9");
  assert.equal(await get("/ssr"), "1,2,3,4,5,6,1,7,8,9");
});

test("FET-6 many requests for data that is not there cause one load; an error reaches all and is kept by nobody", async () => {
  answer = (_, response) => void setTimeout(() => response.end(String(calls.length)), 20);
  const { get } = siteOf(fetchText("/a", { next: { tags: ["x"] } }));
  const got = await Promise.all(Array.from({ length: 50 }, () => get("/ssr")));
  assert.deepEqual([new Set(got), calls.length], [new Set(["1"]), 1]);
  let broken = true;
  answer = (_, response) => void (broken ? response.destroy() : response.end("ok"));
  const failing = siteOf(async () => { try { return await fetchText("/b", { next: { tags: ["x"] } })(); } catch { return "failed"; } });
  assert.deepEqual(await Promise.all([failing.get("/ssr"), failing.get("/ssr")]), ["failed", "failed"]);
  broken = false;
  assert.equal(await failing.get("/ssr"), "ok");
});

test("INV-7 a tag reaches kept data and every page that used it, also where the data came from the cache", async () => {
  const { get, tag } = siteOf(fetchText("/a", { next: { tags: ["products"] } }));
  assert.deepEqual([await get("/ssr"), await get("/isr"), await get("/isr2")], ["1", "1", "1"]);
  await tag("other");
  assert.deepEqual([await get("/isr"), calls.length], ["1", 1]);
  await tag("products");
  assert.deepEqual([await get("/isr2"), await get("/isr"), await get("/ssr"), calls.length], ["2", "2", "2", 2]);
});

test("INV-7 the tags of an endpoint's data reach the page that asked the endpoint in this process", async () => {
  const { get, tag } = siteOf(async () => (await fetch("/inner")).text());
  assert.deepEqual([await get("/isr2"), await get("/isr2")], ["1", "1"]);
  await tag("inner");
  assert.equal(await get("/isr2"), "2");
  const outer = siteOf(async () => (await fetch("/inner", { next: { tags: ["outer"] } })).text());
  assert.equal(await outer.get("/isr2"), "3");
  await outer.tag("inner");
  assert.equal(await outer.get("/isr2"), "4");
  await outer.tag("outer");
  assert.equal(await outer.get("/isr2"), "4");
});

test("ISR-15 a page lives no longer than the data in it", async () => {
  const { get, clock } = siteOf(fetchText("/a", { next: { revalidate: 5 } }), { revalidate: 60 });
  await get("/isr");
  clock.now += 4_999;
  assert.equal((await get("/isr")), "1");
  clock.now += 1;
  await get("/isr");
  await until(async () => (await get("/isr")) === "2");
});

test("ISR-16 a page is made again of fresh data: what has tags and no lifetime lives as long as the page", async () => {
  const { get, clock } = siteOf(fetchText("/a", { next: { tags: ["x"] } }), { revalidate: 10 });
  assert.equal(await get("/isr"), "1");
  for (let n = 2; n < 5; n++) {
    clock.now += 10_000;
    await get("/isr");
    await until(async () => (await get("/isr")) === String(n));
  }
  const forever = siteOf(fetchText("/b", { next: { tags: ["x"], revalidate: false } }), { revalidate: 10 });
  const first = await forever.get("/isr");
  forever.clock.now += 10_000;
  await forever.get("/isr");
  await later(20);
  assert.equal(await forever.get("/isr"), first);
});

test("FET-7 a page that is made again has its own end: the visitor's leaving does not matter", async () => {
  let release = (): void => {};
  answer = (_, response) => { release = () => void response.end("late"); };
  const { handler, get } = siteOf(fetchText("/slow"));
  const visitor = new AbortController();
  const gone = handler(new Request("http://localhost/isr", { signal: visitor.signal }));
  await until(() => calls.length === 1);
  visitor.abort();
  release();
  await gone;
  assert.equal(await get("/isr"), "late");
  assert.equal(calls.length, 1);
});

test("useCache keeps what a function gave, as it was, and gives each caller a copy", async () => {
  let loads = 0;
  const value = () => ({ n: ++loads, at: new Date(5), map: new Map([["a", new Set([1n])]]), list: [undefined, NaN, -0], bytes: new Uint8Array([1, 2]) });
  const seen: unknown[] = [];
  const { get } = siteOf(async () => {
    const kept = await useCache("k", value, { tags: ["t"] });
    seen.push(structuredClone(kept));
    kept.list.push(7);
    return kept.n;
  });
  assert.deepEqual([await get("/ssr"), await get("/ssr"), loads], ["1", "1", 1]);
  assert.deepEqual(seen[1], { ...value(), n: 1 });
});

test("useCache: lifetime, tags, keys and one load for many", async () => {
  let loads = 0;
  const { get, clock, tag } = siteOf(() => useCache(["a", 1, true, null], async () => { await later(10); return ++loads; }, { tags: ["t, 1"], revalidate: 5 }));
  assert.deepEqual(await Promise.all(Array.from({ length: 20 }, () => get("/ssr"))), Array.from({ length: 20 }, () => "1"));
  clock.now += 5000;
  assert.equal(await get("/ssr"), "1");
  await until(async () => (await get("/ssr")) === "2");
  assert.equal(await get("/isr"), "2");
  await tag("t, 1");
  assert.deepEqual([await get("/isr"), await get("/ssr")], ["3", "3"]);
  const many = siteOf(async () => {
    const keys = ["x", ["x"], ["x", "y"], ["xy"], [1], ["1"], [true], [null]] as const;
    return (await Promise.all(keys.map((key) => useCache(key as string, () => JSON.stringify(key))))).join(" ");
  });
  assert.equal(await many.get("/ssr"), bodyOf((await many.handler(new Request("http://localhost/ssr")).then((response) => response.text()))));
});

test("useCache: errors are kept by nobody, and what cannot be kept is named", async () => {
  let loads = 0;
  const failing = siteOf(async () => useCache("e", () => { if (++loads === 1) throw new Error("down"); return "up"; }).catch((error: Error) => error.message));
  assert.deepEqual([await failing.get("/ssr"), await failing.get("/ssr")], ["down", "up"]);
  const wrong = siteOf(async () => {
    const messages: string[] = [];
    for (const run of [() => useCache("f", () => () => 1), () => useCache([] as string[], () => 1), () => useCache([NaN], () => 1), () => useCache("k", () => 1, { revalidate: 0 }), () => useCache("k", () => 1, { tags: [""] })]) {
      messages.push(await run().then(String, (error: Error) => error.message));
    }
    return messages.join("|");
  });
  const messages = (await wrong.get("/ssr")).split("|");
  assert.match(messages[0]!, /useCache\((?:&quot;|")f(?:&quot;|")\): the value cannot be kept/);
  assert.match(messages[1]!, /a key is a string/);
  assert.match(messages[2]!, /a key is a string/);
  assert.match(messages[3]!, /revalidate of useCache must be false or an integer/);
  assert.match(messages[4]!, /1 to 256 bytes/);
});
