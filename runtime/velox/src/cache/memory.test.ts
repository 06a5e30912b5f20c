// The store in memory, by the common suite and at its size.

import assert from "node:assert/strict";
import { test } from "node:test";
import { entryOf, fastest, storeSuite } from "../testing/store-suite.js";
import { Keys } from "./keys.js";
import { MemoryStore } from "./memory.js";

storeSuite("memory", async (clock, settings = {}) => ({
  store: new MemoryStore({ clock: () => clock.now, ...settings }),
  other: null,
  close: async () => {},
}));

const keys = new Keys("velox", "test");

test("10 memory: with 100,000 entries an invalidation is one record", async () => {
  const store = new MemoryStore();
  const body = Buffer.alloc(64);
  for (let i = 0; i < 100_000; i++) await store.set(keys.page("r", `/${i}`), entryOf({ renderStart: 1, body, tags: ["t:all", `path:/${i}`] }));
  assert.equal((await store.stats()).pages, 100_000);
  const took = await fastest(() => store.invalidate(["t:all"], "expire"));
  assert.ok(took < 20, `${took} ms`);
  assert.equal((await store.get(keys.page("r", "/77777")))!.tagState, "expired");
});

test("case 35: entries are bounded, pages that do not exist apart from the others", async () => {
  const store = new MemoryStore({ memoryBytes: 10_000 });
  const key = (name: string) => keys.page("r", name);
  for (let i = 0; i < 5000; i++) await store.set(key(`missing${i}`), entryOf({ renderStart: 1, status: 404 }));
  await store.set(key("good"), entryOf({ renderStart: 1 }));
  for (let i = 0; i < 5000; i++) await store.set(key(`missing again${i}`), entryOf({ renderStart: 1, status: 404 }));
  assert.notEqual(await store.get(key("good")), null);
  assert.equal(await store.get(key("missing0")), null);
  for (let i = 0; i < 100; i++) await store.set(key(`big${i}`), entryOf({ renderStart: 1, body: Buffer.alloc(1000) }));
  assert.equal(await store.get(key("good")), null);
  assert.notEqual(await store.get(key("big99")), null);
  assert.ok((await store.stats()).memory.bytes <= 10_000);
});

test("what was invalidated before everything that is kept is forgotten", async () => {
  const clock = { now: 1000 };
  const store = new MemoryStore({ clock: () => clock.now, since: Infinity });
  await store.set(keys.page("r", "/"), entryOf({ renderStart: 900_000 }));
  for (let i = 0; i < 100_001; i++) {
    clock.now = i;
    await store.invalidate([`t:${i}`], "expire");
  }
  assert.ok((await store.stats()).tags < 100_000);
});

test("keys: any text is one name, and no two texts share one", () => {
  const all = new Set(["/a", "/A", "/a/", "/../x", "/\0", "/" + "x".repeat(10_000)].map((path) => keys.page("r", path)));
  assert.equal(all.size, 6);
  assert.equal(new Set([keys.page("r", "/a"), keys.page("r/a", ""), new Keys("velox", "other").page("r", "/a"), new Keys("o", "test").page("r", "/a")]).size, 4);
  for (const key of all) assert.match(key, /^velox:test:p:[0-9a-f]{64}$/);
  assert.notEqual(keys.data("ab", "c"), keys.data("a", "bc"));
  assert.notEqual(keys.data(Buffer.from([0xff])), keys.data(Buffer.from([0xfe])));
  assert.match(new Keys("../my app", "b:c").page("r", "/"), /^[\w.-]+:[\w.-]+:p:/);
});
