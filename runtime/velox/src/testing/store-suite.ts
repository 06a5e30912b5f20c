// What every store has to keep (runtime.md 4.4, 1 to 15): the same tests for memory, files and Redis. A store is opened
// with a clock that the test moves.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { CacheStore, Entry } from "../cache/store.js";
import { Keys } from "../cache/keys.js";
import { pageTags } from "../cache/tags.js";
import { text } from "../internal.js";
import type { RuntimeOptions } from "../server/handler.js";
import { notFound, revalidatePath, revalidateTag, fetch as serverFetch } from "../server/index.js";
import { app, bodyOf, client, endpoint, page } from "./app.js";

/** A clock for tests: the time goes on when it is told to. */
export interface TestClock {
  now: number;
}

/** A store for one test. */
export interface OpenedStore {
  readonly store: CacheStore;
  /** Another process's view of the same entries; null where there is none. */
  readonly other: (() => Promise<CacheStore>) | null;
  close(): Promise<void>;
}

/** Opens a store with this clock and this room in memory. */
export type OpenStore = (clock: TestClock, settings?: { readonly memoryBytes?: number; readonly build?: string }) => Promise<OpenedStore>;

export const later = (ms = 5): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until something holds, for five seconds at most. */
export async function until(holds: () => unknown, message = "it never came to hold"): Promise<void> {
  for (let i = 0; i < 500; i++) {
    if (await holds()) return;
    await later(10);
  }
  assert.fail(message);
}

/** Milliseconds of the fastest of five runs: what the work takes, whatever else the machine does. */
export async function fastest(run: () => Promise<unknown>): Promise<number> {
  let best = Infinity;
  for (let i = 0; i < 5; i++) {
    const started = performance.now();
    await run();
    best = Math.min(best, performance.now() - started);
  }
  return best;
}

/** An entry of these settings. */
export function entryOf(settings: Partial<Entry> & { readonly renderStart: number }): Entry {
  return { body: Buffer.from("x"), status: 200, headers: [["content-type", "text/html"]], etag: '"e"', tags: [], revalidate: false, ...settings };
}

/** A site with one page of each kind over a store; its pages count their renderings. */
export function siteOf(store: CacheStore, render: (count: number) => unknown = (count) => text(count), options: RuntimeOptions & { readonly revalidate?: number | false } = {}) {
  const state = { renders: 0 };
  const block = () => render(++state.renders);
  const settings = { mode: "isr", revalidate: options.revalidate ?? 10 } as const;
  const post = (run: (input: { value: string; kind?: "page" | "layout"; mode?: "swr" }) => Promise<void>) => ({
    POST: async (request: Request) => {
      await run((await request.json()) as { value: string });
      return "done";
    },
  });
  const routes = [
    page("/p", block, settings), page("/shop/:x", block, settings), page("/shop/:x/more", block, settings),
    endpoint("/path", post(({ value, kind, mode }) => (kind === undefined ? revalidatePath(value, mode === undefined ? {} : { mode }) : revalidatePath(value, kind)))),
    endpoint("/tag", post(({ value, mode }) => revalidateTag(value, mode === undefined ? {} : { mode }))),
    endpoint("/data", { GET: () => "data" }),
  ];
  const all = client(app(routes, { site: "https://s.example" }), { store, ...options });
  const get = async (path = "/p") => {
    const got = await all.get(path);
    return { body: got.status === 200 ? bodyOf(got.text) : "", status: got.status, cache: got.headers.get("x-velox-cache"), age: got.headers.get("age") };
  };
  const send = (path: string, body: unknown) => all.send(path, { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } });
  return { ...all, get, state, path: (value: string, more: object = {}) => send("/path", { value, ...more }), tag: (value: string, more: object = {}) => send("/tag", { value, ...more }) };
}

const keys = new Keys("velox", "test");

/** The common suite. */
export function storeSuite(name: string, open: OpenStore, options: { readonly skip?: string | false } = {}): void {
  const it = (title: string, run: (opened: OpenedStore, clock: TestClock) => Promise<void>, settings: Parameters<OpenStore>[1] = {}): void => {
    test(title, async () => {
      const clock: TestClock = { now: 1_700_000_000_000 };
      const opened = await open(clock, settings);
      const others: CacheStore[] = [];
      const { other } = opened;
      const tracked = other === null ? null : async () => others[others.push(await other()) - 1]!;
      try {
        await run({ ...opened, other: tracked }, clock);
      } finally {
        for (const store of [...others]) await store.close();
        await opened.close();
      }
    });
  };
  describe(name, { skip: options.skip ?? false }, () => {
    it("1 MISS, HIT, STALE and HIT again, by the clock", async ({ store }, clock) => {
      const { get } = siteOf(store);
      const seen = [await get()];
      clock.now += 9_000;
      seen.push(await get());
      clock.now += 1000;
      seen.push(await get());
      await until(async () => (await get()).body === "2");
      seen.push(await get());
      assert.deepEqual(seen.map(({ body, cache, age }) => [body, cache, age]), [["1", "MISS", "0"], ["1", "HIT", "9"], ["1", "STALE", "10"], ["2", "HIT", "0"]]);
    });

    it("2 200 callers, one rendering: of an absent page and of a stale one", async ({ store }, clock) => {
      const { get, state } = siteOf(store, async (count) => {
        await later(20);
        return text(count);
      });
      const first = await Promise.all(Array.from({ length: 200 }, () => get()));
      assert.deepEqual([new Set(first.map(({ body }) => body)), state.renders], [new Set(["1"]), 1]);
      clock.now += 11_000;
      const second = await Promise.all(Array.from({ length: 200 }, () => get()));
      assert.deepEqual(new Set(second.map(({ body, cache }) => body + cache)), new Set(["1STALE"]));
      await until(async () => (await get()).body === "2");
      assert.equal(state.renders, 2);
    });

    it("3 a failure keeps the page, and the next try waits for its time", async ({ store }, clock) => {
      const { get, state } = siteOf(store, (count) => {
        if (count > 1) throw new Error("down");
        return "good";
      });
      await get();
      clock.now += 10_000;
      assert.equal((await get()).cache, "STALE");
      await until(async () => (await store.get(keys.page("p", "/p")))?.entry.failure?.count === 1);
      const { failure } = (await store.get(keys.page("p", "/p")))!.entry;
      assert.ok(Math.abs(failure!.retryAt - failure!.at - 10_000) < 1);
      for (let i = 0; i < 20; i++) assert.deepEqual([(await get()).body, state.renders], ["good", 2]);
      clock.now += 11_000;
      await until(async () => (await get()).body === "good" && state.renders === 3);
    });

    it("4 a rendering that began earlier takes no place of a later one", async ({ store }) => {
      const key = keys.page("p", "/old");
      assert.equal(await store.set(key, entryOf({ renderStart: 200, body: Buffer.from("new") })), "stored");
      assert.equal(await store.set(key, entryOf({ renderStart: 100, body: Buffer.from("old") })), "older");
      assert.equal(await store.set(key, entryOf({ renderStart: 200, body: Buffer.from("same") })), "older");
      assert.equal(Buffer.from((await store.get(key, { fresh: true }))!.entry.body).toString(), "new");
    });

    it("5 an invalidation before, during and after a rendering", async ({ store }, clock) => {
      let release = (): void => {};
      const { get, path, state } = siteOf(store, async (count) => {
        if (count === 2) await new Promise<void>((resolve) => (release = resolve));
        return text(count);
      });
      await get();
      await path("/p");
      // Within one millisecond: what began after an invalidation is not touched by it.
      const second = get();
      await until(() => state.renders === 2);
      await path("/p");
      release();
      assert.equal((await second).body, "2");
      const third = await get();
      assert.deepEqual([third.body, third.cache], ["3", "MISS"]);
      assert.deepEqual([(await get()).body, (await get()).cache], ["3", "HIT"]);
      clock.now += 1;
      await path("/p");
      assert.equal((await get()).body, "4");
    });

    it("6 swr gives the old page once more, expire does not", async ({ store }) => {
      const { get, path, state } = siteOf(store);
      await get();
      await path("/p", { mode: "swr" });
      assert.deepEqual([(await get()).body, (await get()).cache === "MISS"], ["1", false]);
      await until(async () => (await get()).body === "2");
      await path("/p");
      await path("/p", { mode: "swr" });
      const strict = await get();
      assert.deepEqual([strict.body, strict.cache, state.renders], ["3", "MISS", 3]);
    });

    it("7 tags with commas, of 256 bytes, of other scripts, and __proto__; 257 bytes throw", async ({ store }) => {
      const tags = ["a, b", "x".repeat(256), "ü".repeat(128), "商品:42", "__proto__", "constructor", " ", "A", "a"];
      for (const tag of tags) {
        const { get, tag: revalidate } = siteOf(store, async (count) => {
          await serverFetch("/data", { next: { tags: [tag] } });
          return text(count);
        });
        const path = "/shop/" + encodeURIComponent(tag);
        const first = (await get(path)).body;
        for (const other of tags.filter((one) => one !== tag)) await revalidate(other);
        assert.deepEqual([(await get(path)).body, (await get(path)).cache], [first, "HIT"], tag);
        assert.equal((await revalidate(tag)).text, "done");
        assert.equal((await get(path)).cache, "MISS", tag);
      }
      const { tag, logged } = siteOf(store);
      for (const bad of ["x".repeat(257), "ü".repeat(129), ""]) assert.equal((await tag(bad)).status, 500);
      assert.match(String(logged[0]!.error), /1 to 256 bytes/);
    });

    it("8 patterns reach the pages of a route, and of all routes below", async ({ store }) => {
      const { get, path, logged } = siteOf(store);
      const all = ["/p", "/shop/a", "/shop/b", "/shop/a/more"];
      const caches = async () => {
        const seen = [];
        for (const one of all) seen.push((await get(one)).cache);
        return seen;
      };
      await caches();
      assert.deepEqual(await caches(), ["HIT", "HIT", "HIT", "HIT"]);
      await path("/shop/:x", { kind: "page" });
      assert.deepEqual(await caches(), ["HIT", "MISS", "MISS", "HIT"]);
      await path("/shop", { kind: "layout" });
      assert.deepEqual(await caches(), ["HIT", "MISS", "MISS", "MISS"]);
      await path("/", { kind: "layout" });
      assert.deepEqual(await caches(), ["MISS", "MISS", "MISS", "MISS"]);
      for (const [value, kind] of [["/none/:x", "page"], ["/none", "layout"], ["shop", "page"]]) assert.equal((await path(value!, { kind })).status, 500);
      assert.match(String(logged[0]!.error), /no route has this pattern/);
    });

    it("9 128 tags on one page, each of them reaches it; 129 throw", async ({ store }) => {
      let count = 128;
      const { get, tag, logged } = siteOf(store, async (renders) => {
        await serverFetch("/data", { next: { tags: Array.from({ length: count }, (_, i) => `tag ${i}`) } });
        return text(renders);
      });
      await get();
      for (const one of ["tag 0", "tag 127"]) {
        await tag(one);
        assert.equal((await get()).cache, "MISS");
      }
      count = 129;
      assert.equal((await get("/shop/many")).status, 500);
      assert.match(String(logged[0]!.error), /at most 128 cache tags/);
    });

    it("11 a body with NUL and invalid UTF-8, and its payload, come back byte for byte", async ({ store, other }) => {
      const body = Buffer.from(Array.from({ length: 100_000 }, (_, i) => (i * 7) % 256));
      const key = keys.data("bytes");
      await store.set(key, entryOf({ renderStart: 1, body, payload: Buffer.from([0, 255, 254, 0]), headers: [["x-a", "1"], ["x-a", "ü, \u0001"]] }));
      for (const reader of [store, ...(other === null ? [] : [await other()])]) {
        const { entry } = (await reader.get(key, { fresh: true }))!;
        assert.ok(body.equals(entry.body));
        assert.deepEqual([...entry.payload!], [0, 255, 254, 0]);
        assert.deepEqual(entry.headers.map((one) => [...one]), [["x-a", "1"], ["x-a", "ü, \u0001"]]);
      }
    });

    it("12 a page that is gone takes the place of the one that was", async ({ store, other }, clock) => {
      const { get, state } = siteOf(store, (count) => {
        if (count > 1) throw notFound();
        return "good";
      });
      await get();
      clock.now += 11_000;
      await get();
      await until(async () => (await get()).status === 404);
      assert.deepEqual([(await get()).status, (await get()).cache, state.renders], [404, "HIT", 2]);
      if (other === null) return;
      const second = await other();
      assert.equal((await second.get(keys.page("p", "/p")))!.entry.status, 404);
    });

    it("13 an entry that was pushed out of memory comes back with its age", async ({ store, other }, clock) => {
      if (other === null) return;
      const { get } = siteOf(store, (count) => text(count) + "x".repeat(20_000));
      const first = (await get("/shop/0")).body;
      clock.now += 3000;
      for (let i = 1; i < 20; i++) await get(`/shop/${i}`);
      const again = await get("/shop/0");
      assert.deepEqual([again.body === first, again.cache, again.age], [true, "HIT", "3"]);
      const elsewhere = await siteOf(await other()).get("/shop/0");
      assert.deepEqual([elsewhere.body === first, elsewhere.cache, elsewhere.age], [true, "HIT", "3"]);
    }, { memoryBytes: 50_000 });

    it("14 guessed paths leave a bounded number of entries, and push out no page", async ({ store }) => {
      const { get, state } = siteOf(store, (count) => {
        if (count > 1) throw notFound();
        return "good";
      }, { revalidate: 3600 });
      await get();
      for (let i = 0; i < 30; i++) await Promise.all(Array.from({ length: 50 }, (_, j) => get(`/shop/guess-${i}-${j}`)));
      assert.ok((await store.stats()).memory.entries <= 1001, JSON.stringify(await store.stats()));
      assert.deepEqual([(await get()).cache, (await get()).body, state.renders], ["HIT", "good", 1501]);
    });

    it("15 pages of one build are none of another's; tags reach both, and data is shared", async ({ store }) => {
      const other = new Keys("velox", "B");
      const tags = pageTags({ id: "p", pattern: "/p" }, "/p", ["t"]);
      const now = await store.now();
      await store.set(keys.page("p", "/p"), entryOf({ renderStart: now, tags }));
      assert.equal(await store.get(other.page("p", "/p")), null);
      await store.set(other.page("p", "/p"), entryOf({ renderStart: now, tags }));
      await store.invalidate(["t:t"], "expire");
      for (const one of [keys, other]) assert.equal((await store.get(one.page("p", "/p")))!.tagState, "expired");
      assert.equal(keys.data("x"), other.data("x"));
    });

    it("a lease is held by one, ends when it is given back or its time has come", async ({ store }, clock) => {
      const key = keys.page("p", "/lease");
      const first = await store.lease(key, 1000);
      assert.notEqual(first, null);
      assert.equal(await store.lease(key, 1000), null);
      assert.equal(await first!.renew(), true);
      await first!.release();
      const second = await store.lease(key, 1000);
      assert.notEqual(second, null);
      clock.now += 1001;
      const third = await until(async () => (await store.lease(key, 1000)) !== null).then(() => true);
      assert.equal(third, true);
    });

    it("a renewal that another process made is taken over, not made again", async ({ store, other }, clock) => {
      if (other === null) return;
      const second = await other();
      const one = siteOf(store, (count) => text("one " + count));
      const two = siteOf(second, (count) => text("two " + count));
      assert.equal((await one.get()).body, "one 1");
      assert.deepEqual([(await two.get()).body, (await two.get()).cache, two.state.renders], ["one 1", "HIT", 0]);
      clock.now += 11_000;
      await one.get();
      await until(async () => (await one.get()).body === "one 2");
      await until(async () => (await two.get()).body === "one 2");
      assert.equal(two.state.renders, 0);
      await one.path("/p");
      await until(async () => (await two.get()).body !== "one 2", "the other process never heard of it");
      assert.equal(one.state.renders + two.state.renders, 3);
    });
  });
}
