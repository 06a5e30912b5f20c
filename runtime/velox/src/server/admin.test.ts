// The endpoint of the cache (INV-8): closed by default, by POST alone, with a secret, in bounds.

import assert from "node:assert/strict";
import { test } from "node:test";
import { MemoryStore } from "../cache/memory.js";
import { text } from "../internal.js";
import { app, bodyOf, client, page } from "../testing/app.js";
import { Runtime } from "./runtime.js";

const SECRET = "0123456789abcdef0123";
const PATH = "/_velox/cache";

function site(secret: string | null = SECRET) {
  let renders = 0;
  const store = new MemoryStore();
  const all = client(app([page("/p", () => text(++renders), { mode: "isr", revalidate: 60 })]), { store, ...(secret === null ? {} : { cacheSecret: secret }) });
  const post = (body: unknown, authorization = `Bearer ${SECRET}`) =>
    all.send(PATH, { method: "POST", headers: { authorization, "content-type": "application/json" }, body: typeof body === "string" ? body : JSON.stringify(body) });
  return { ...all, store, post, shown: async () => bodyOf((await all.get("/p")).text) };
}

test("INV-8 without a secret there is no endpoint, and a short one opens none", async () => {
  const { post, get } = site(null);
  assert.deepEqual([(await post({ all: true })).status, (await get(PATH)).status], [404, 404]);
  assert.throws(() => new Runtime(app([]), { cacheSecret: "short" }), /fewer than 16 bytes/);
});

test("INV-8 POST alone, with the secret alone", async () => {
  const { post, send } = site();
  for (const method of ["GET", "PUT", "DELETE", "HEAD"]) {
    const got = await send(PATH, { method, headers: { authorization: `Bearer ${SECRET}` } });
    assert.deepEqual([got.status, got.headers.get("allow"), got.headers.get("cache-control")], [405, "POST", "no-store"]);
  }
  for (const authorization of ["", "Bearer ", "Bearer wrong", `Basic ${SECRET}`, `Bearer ${SECRET}x`, `Bearer ${SECRET.slice(0, -1)}`, SECRET]) {
    const got = await post({ all: true }, authorization);
    assert.deepEqual([got.status, got.headers.get("www-authenticate")], [401, "Bearer"]);
  }
});

test("paths, tags and everything; the mode; counts", async () => {
  const { post, shown } = site();
  assert.equal(await shown(), "1");
  assert.deepEqual([(await post({ paths: ["/p"] })).text, await shown()], ['{"invalidated":1}', "2"]);
  assert.deepEqual([(await post({ tags: ["x"], paths: ["/other"] })).text, await shown()], ['{"invalidated":2}', "2"]);
  assert.deepEqual([(await post({ all: true, mode: "swr" })).status, await shown()], [200, "2"]);
  await post({ all: true });
  assert.equal(await shown(), "4");
  assert.equal((JSON.parse((await post({ stats: true })).text) as { pages: number }).pages, 1);
});

test("what names nothing, or names it wrongly, is 400; a store that cannot keep it is 503", async () => {
  const { post, store } = site();
  for (const body of ["", "{", "[]", "1", "null", {}, { paths: "/p" }, { paths: ["p"] }, { paths: ["/p?x"] }, { tags: ["x".repeat(257)] }, { tags: [1] }, { all: true, mode: "soft" }]) {
    const got = await post(body);
    assert.equal(got.status, 400, JSON.stringify(body));
    assert.match(got.text, /"error":"\S/);
  }
  assert.equal((await post(JSON.stringify({ tags: ["x".repeat(70_000)] }))).status, 400);
  store.invalidate = () => Promise.reject(new Error("the disk is full"));
  const got = await post({ all: true });
  assert.deepEqual([got.status, got.text], [503, '{"error":"the disk is full"}']);
});

test("INV-8 few tries with a wrong secret, and not too many with the right one", async () => {
  const { post } = site();
  for (let i = 0; i < 20; i++) assert.equal((await post({ all: true }, "Bearer wrong")).status, 401);
  const closed = await post({ all: true });
  assert.deepEqual([closed.status, closed.headers.get("retry-after")], [429, "60"]);
  const other = site();
  const statuses = [];
  for (let i = 0; i < 125; i++) statuses.push((await other.post({ paths: ["/p"] })).status);
  assert.deepEqual([statuses.indexOf(429), statuses.at(-1)], [120, 429]);
});
