// ISR pages (M4, ISR-1 to ISR-5, ISR-9, ISR-11, ISR-12, ISR-14) and revalidation (X2, INV-1 to INV-8), by a clock of
// the test.

import assert from "node:assert/strict";
import { test } from "node:test";
import { text } from "../internal.js";
import { app, bodyOf, client, endpoint, page } from "../testing/app.js";
import { fetch, notFound, redirect, revalidatePath, revalidateTag } from "./index.js";
import { Keys } from "../cache/keys.js";
import { MemoryStore } from "../cache/memory.js";

const settle = (ms = 5): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function site(render: (count: number) => unknown, settings: { revalidate?: number | false } = {}) {
  const clock = { now: 1_000_000 };
  const state = { renders: 0 };
  const block = () => render(++state.renders);
  const routes = [
    page("/p", block, { mode: "isr", revalidate: settings.revalidate ?? 10 }),
    page("/q/:x", block, { mode: "isr", revalidate: settings.revalidate ?? 10 }),
    page("/ssr", async () => { await revalidatePath("/p"); return ""; }),
    endpoint("/path", { POST: async () => { await revalidatePath("/p"); return "done"; } }),
    endpoint("/swr", { POST: async () => { await revalidatePath("/p", { mode: "swr" }); return "done"; } }),
    endpoint("/route", { POST: async () => { await revalidatePath("/q/:x", "page"); return "done"; } }),
    endpoint("/tag", { POST: async () => { await revalidateTag("t, comma"); return "done"; } }),
    endpoint("/data", { GET: () => "data" }),
  ];
  const all = client(app(routes, { site: "https://s.example" }), { store: new MemoryStore({ clock: () => clock.now }) });
  const page_ = async (path = "/p", headers: HeadersInit = {}) => {
    const got = await all.get(path, headers);
    return { body: got.status === 200 ? bodyOf(got.text) : "", status: got.status, cache: got.headers.get("x-velox-cache"), headers: got.headers };
  };
  const post = (path: string) => all.send(path, { method: "POST", headers: { "content-type": "application/json" } });
  return { clock, state, page: page_, post, ...all };
}

test("ISR-1 MISS, HIT, STALE with one rendering behind it, then fresh", async () => {
  const { clock, page, state } = site((count) => text(count));
  assert.deepEqual([(await page()).body, (await page()).cache], ["1", "HIT"]);
  clock.now += 9_999;
  assert.equal((await page()).cache, "HIT");
  clock.now += 1;
  const stale = await page();
  assert.deepEqual([stale.body, stale.cache], ["1", "STALE"]);
  await settle();
  const fresh = await page();
  assert.deepEqual([fresh.body, fresh.cache, state.renders], ["2", "HIT", 2]);
});

test("ISR-2 many requests for one absent or stale page cause one rendering", async () => {
  const { clock, page, state } = site(async (count) => { await settle(); return text(count); });
  const all = await Promise.all(Array.from({ length: 200 }, () => page()));
  assert.ok(all.every((one) => one.body === "1"));
  assert.equal(state.renders, 1);
  clock.now += 20_000;
  await Promise.all(Array.from({ length: 200 }, () => page()));
  await settle(15);
  assert.equal(state.renders, 2);
});

test("ISR-3 ISR-4 a failed rendering keeps the page and waits longer each time", async () => {
  const { clock, page, state, logged } = site((count) => { if (count > 1) throw new Error("down"); return "good"; });
  await page();
  const tries: number[] = [];
  for (let second = 0; second < 100; second++) {
    clock.now += 1000;
    const before = state.renders;
    assert.equal((await page()).body, "good");
    await settle(0);
    if (state.renders > before) tries.push(second);
  }
  assert.ok(tries.length >= 3 && tries.length <= 5, String(tries));
  assert.equal(logged.length, tries.length);
});

test("ISR-4 a page that is gone replaces the kept one", async () => {
  const { clock, page, state } = site((count) => { if (count > 1) throw notFound(); return "good"; });
  await page();
  clock.now += 20_000;
  await page();
  await settle();
  assert.equal((await page()).status, 404);
  assert.equal((await page()).status, 404);
  assert.equal(state.renders, 2);
});

test("ISR-5 redirects for now are sent and not kept, for ever are kept", async () => {
  const now = site(() => redirect("/x", 302));
  assert.deepEqual([(await now.page()).status, (await now.page()).status, now.state.renders], [302, 302, 2]);
  const ever = site(() => redirect("/x", 301));
  assert.deepEqual([(await ever.page()).status, (await ever.page()).headers.get("location"), ever.state.renders], [301, "/x", 1]);
});

test("ISR-7 case 34: the query makes no second entry, and is not seen", async () => {
  const { page, state } = site((count) => text(count));
  for (let i = 0; i < 20; i++) assert.equal((await page(`/p?x=${i}`)).body, "1");
  assert.equal(state.renders, 1);
});

test("ISR-11 ISR-12 ETag, 304 and caching headers", async () => {
  const { page, clock } = site((count) => text(count));
  const first = await page();
  const etag = first.headers.get("etag")!;
  assert.match(etag, /^"[\w-]{27}"$/);
  assert.equal(first.headers.get("cache-control"), "max-age=0, must-revalidate");
  clock.now += 3000;
  const again = await page("/p", { "if-none-match": etag });
  assert.deepEqual([again.status, again.headers.get("age")], [304, "3"]);
  assert.equal((await page("/p", { "if-none-match": "\u00ff,,W/" })).status, 200);
});

test("X2 INV-1 revalidatePath: the next request waits for a fresh page", async () => {
  const { page, post, clock } = site((count) => text(count));
  await page();
  clock.now += 5;
  assert.equal((await post("/path")).text, "done");
  clock.now += 5;
  assert.deepEqual([(await page()).body, (await page()).cache], ["2", "HIT"]);
});

test("INV-1 with swr the next request gets the old page", async () => {
  const { page, post, clock } = site((count) => text(count));
  await page();
  clock.now += 5;
  await post("/swr");
  clock.now += 5;
  const old = await page();
  assert.deepEqual([old.body, old.cache], ["1", "STALE"]);
  await settle();
  assert.equal((await page()).body, "2");
});

test("INV-2 a fresh rendering that fails gives the last good page", async () => {
  const { page, post, clock, logged } = site((count) => { if (count > 1) throw new Error("down"); return "good"; });
  await page();
  clock.now += 5;
  await post("/path");
  clock.now += 5;
  const got = await page();
  assert.deepEqual([got.status, got.body, got.cache, logged.length], [200, "good", "STALE", 1]);
});

test("INV-6 revalidatePath by pattern; a query, a fragment or a foreign path throws", async () => {
  const { page, post, clock } = site((count) => text(count));
  await page("/q/a");
  await page("/q/b");
  clock.now += 5;
  await post("/route");
  clock.now += 5;
  assert.deepEqual([(await page("/q/a")).body, (await page("/q/b")).body], ["3", "4"]);
  for (const path of ["/p?x", "/p#x", "p", "https://x/", "/%00"]) await assert.rejects(revalidatePath(path), /revalidatePath/);
  await assert.rejects(revalidatePath("/unknown/:x", "page"), /no route/);
});

test("X2 revalidateTag: every page whose last rendering used the tag; tags hold any character", async () => {
  const { page, post, clock } = site(async (count) => {
    await fetch("/data", { next: { tags: ["t, comma"], revalidate: 5 } });
    return text(count);
  });
  await page("/q/a");
  await page("/q/b");
  clock.now += 1;
  await post("/tag");
  clock.now += 1;
  assert.deepEqual([(await page("/q/a")).body, (await page("/q/b")).body, (await page("/q/b")).cache], ["3", "4", "HIT"]);
  clock.now += 5000;
  assert.equal((await page("/q/a")).cache, "STALE");
});

test("ISR-9 an invalidation during a rendering makes its result stale at birth", async () => {
  let release = (): void => {};
  const { page, post, clock } = site(async (count) => {
    if (count === 1) await new Promise<void>((resolve) => (release = resolve));
    return text(count);
  });
  const first = page();
  await settle();
  clock.now += 1;
  await post("/path");
  clock.now += 1;
  release();
  assert.equal((await first).body, "1");
  assert.equal((await page()).body, "2");
});

test("INV-8 revalidation while a page is rendered throws", async () => {
  const { get, logged } = site(() => "x");
  assert.equal((await get("/ssr")).status, 500);
  assert.match(String(logged[0]!.error), /while a page is being rendered/);
});

test("a newer build page takes the place of what an earlier run kept, an older one does not", async () => {
  for (const [time, expected] of [[90_000, "kept"], [99_000, "built"]] as const) {
    const store = new MemoryStore({ clock: () => 100_000 });
    const routes = [page("/p", () => "rendered", { mode: "isr", revalidate: 100 })];
    const key = new Keys("velox", "test").page("p", "/p");
    await store.set(key, { body: Buffer.from("kept"), status: 200, headers: [], etag: '"k"', tags: [], renderStart: 95_000, revalidate: 100 });
    const pages = { find: () => ({ route: "p", tags: [], revalidate: 100, read: async () => ({ body: Buffer.from("built"), etag: '"b"', time }) }) };
    const { get } = client(app(routes), { pages, store });
    assert.deepEqual([(await get("/p")).text, (await get("/p")).headers.get("x-velox-cache")], [expected, "HIT"]);
  }
});

test("ISR-14 a page of the build has the age of its file", async () => {
  const clock = { now: 100_000 };
  const pages = { find: () => ({ route: "p", tags: ["t"], revalidate: 10, read: async () => ({ body: Buffer.from("built"), etag: '"b"', time: 95_000 }) }) };
  const { get } = client(app([page("/p", () => "rendered", { mode: "isr", revalidate: 10 })]), { pages, store: new MemoryStore({ clock: () => clock.now }) });
  const first = await get("/p");
  assert.deepEqual([first.text, first.headers.get("x-velox-cache"), first.headers.get("age")], ["built", "HIT", "5"]);
  clock.now = 106_000;
  assert.equal((await get("/p")).headers.get("x-velox-cache"), "STALE");
  await settle();
  assert.equal(bodyOf((await get("/p")).text), "rendered");
});
