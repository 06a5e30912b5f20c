// The store in Redis, against a real server: the common suite, and what several servers promise each other
// (runtime.md 4.4, 24, 25, 29 to 33, 35).

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { text } from "../../internal.js";
import { RedisServer, skipReason } from "../../testing/redis-server.js";
import { entryOf, fastest, later, siteOf, storeSuite, until, type TestClock } from "../../testing/store-suite.js";
import { Keys } from "../keys.js";
import { RedisStore, type RedisStoreSettings } from "./redis.js";

const skip = skipReason();
const START = 1_700_000_000_000;
const keys = new Keys("velox", "test");

const suiteServer = skip === false ? RedisServer.start() : null;
after(async () => (await suiteServer)?.kill());

storeSuite("redis", async (clock: TestClock, settings = {}) => {
  const server = (await suiteServer)!;
  await server.command("FLUSHALL");
  const open = () => RedisStore.open({ url: server.url, prefix: "velox", shift: () => clock.now - START, timeout: 2000, warn: () => {}, ...settings });
  const store = await open();
  return { store, other: open, close: () => store.close() };
}, { skip });

describe("several servers on one redis", { skip }, () => {
  let server: RedisServer;
  const opened: RedisStore[] = [];
  const warnings: string[] = [];
  const open = async (settings: Partial<RedisStoreSettings> = {}): Promise<RedisStore> => {
    const store = await RedisStore.open({ url: server.url, prefix: "velox", timeout: 2000, warn: (message) => warnings.push(message), ...settings });
    opened.push(store);
    return store;
  };
  /** A test with an empty server and stores that are closed after it. */
  const it = (name: string, run: () => Promise<void>): void => {
    test(name, async () => {
      await server.command("FLUSHALL");
      warnings.length = 0;
      try {
        await run();
      } finally {
        for (const store of opened.splice(0)) await store.close();
      }
    });
  };
  before(async () => {
    server = await RedisServer.start();
  });
  after(() => server.kill());

  it("24 three instances with 100 requests each make one rendering per period", async () => {
    const clock = { now: START };
    const sites: ReturnType<typeof siteOf>[] = [];
    for (let i = 0; i < 3; i++) {
      sites.push(siteOf(await open({ shift: () => clock.now - START }), async (count) => {
        await later(50);
        return text(count);
      }));
    }
    const renders = () => sites.reduce((sum, { state }) => sum + state.renders, 0);
    for (let period = 1; period <= 3; period++) {
      const got = await Promise.all(sites.flatMap(({ get }) => Array.from({ length: 100 }, () => get())));
      assert.ok(got.every(({ status }) => status === 200));
      await until(() => renders() >= period);
      await later(100);
      assert.equal(renders(), period);
      clock.now += 11_000;
    }
  });

  it("25 what A invalidates B and C render again within a second", async () => {
    const sites: ReturnType<typeof siteOf>[] = [];
    for (let i = 0; i < 3; i++) sites.push(siteOf(await open(), (count) => text(`${i}.${count}`)));
    for (const { get } of sites) assert.equal((await get()).body, "0.1");
    const started = Date.now();
    await sites[0]!.path("/p");
    for (const { get } of sites) await until(async () => (await get()).body !== "0.1");
    assert.ok(Date.now() - started < 1000);
    const bodies = [];
    for (const { get } of sites) bodies.push((await get()).body);
    assert.equal(new Set(bodies).size, 1);
  });

  it("10 redis: with 100,000 entries an invalidation is one script", async () => {
    const store = await open();
    for (let at = 0; at < 100_000; at += 1000) {
      await Promise.all(Array.from({ length: 1000 }, (_, i) => store.set(keys.page("r", `/${at + i}`), entryOf({ renderStart: 1, tags: ["t:all"] }))));
    }
    assert.equal(Number((await server.command("DBSIZE")).match(/\d+/)![0]), 100_000);
    const took = await fastest(() => store.invalidate(["t:all"], "expire"));
    assert.ok(took < 20, `${took} ms`);
    assert.equal((await store.get(keys.page("r", "/777")))!.tagState, "expired");
    assert.equal((await (await open()).get(keys.page("r", "/777")))!.tagState, "expired");
  });

  it("29 a stream that was trimmed past what was read empties the memory", async () => {
    const [one, two] = [await open(), await open()];
    const key = keys.data("x");
    await one.set(key, entryOf({ renderStart: await one.now(), tags: ["t:x"] }));
    await one.invalidate(["t:first"], "expire");
    await later(50);
    assert.equal((await two.get(key))!.tagState, "fresh");
    // Its connections end; what is said meanwhile is gone from the stream when they are back.
    await server.command("CLIENT", "KILL", "TYPE", "normal");
    await until(async () => one.invalidate(["t:x"], "expire").then(() => true, () => false));
    await server.command("XTRIM", "velox:inv", "MAXLEN", "0");
    await until(async () => (await two.get(key))?.tagState === "expired");
  });

  it("31 a policy that drops any key is refused, loudly", async () => {
    await server.command("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
    try {
      const store = await open();
      assert.equal(warnings.length, 1);
      assert.match(warnings[0]!, /is NOT used: its maxmemory-policy is allkeys-lru.*volatile-lru/);
      assert.equal(store.health(), "degraded");
      const { get, path } = siteOf(store);
      assert.deepEqual([(await get()).cache, (await get()).cache], ["MISS", "HIT"]);
      assert.equal((await path("/p")).status, 500);
      assert.match(await server.command("DBSIZE"), /:0/);
    } finally {
      await server.command("CONFIG", "SET", "maxmemory-policy", "noeviction");
    }
  });

  it("32 a user who may not ask for tags has pages rendered, not errors", async () => {
    await server.command("ACL", "SETUSER", "half", "on", ">secret", "~velox:*", "+@all", "-mget");
    const url = `redis://half:secret@127.0.0.1:${server.port}`;
    const [one, two] = [siteOf(await open({ url })), siteOf(await open({ url }))];
    assert.deepEqual([(await one.get()).cache, (await two.get()).cache, (await two.get()).cache], ["MISS", "MISS", "HIT"]);
    assert.doesNotMatch(warnings.join(), /secret/);
  });

  it("4.3 a user with the prefix alone can do everything", async () => {
    await server.command("ACL", "SETUSER", "own", "on", ">secret", "~velox:*", "+@all", "-@dangerous", "+info");
    const [one, two] = [siteOf(await open({ url: `redis://own:secret@127.0.0.1:${server.port}` })), siteOf(await open({ url: `redis://own@127.0.0.1:${server.port}`, password: "secret" }))];
    assert.deepEqual([(await one.get()).cache, (await two.get()).cache], ["MISS", "HIT"]);
    assert.equal((await one.path("/p")).status, 200);
    assert.deepEqual(warnings, []);
  });

  it("33 clocks of servers that are five minutes apart lose no invalidation", async () => {
    const early = await open({ clock: () => Date.now() - 300_000 });
    const late = await open({ clock: () => Date.now() + 300_000 });
    const sites = [siteOf(early), siteOf(late)];
    for (const [from, to] of [[0, 1], [1, 0], [0, 0], [1, 1]] as const) {
      await sites[to]!.get();
      await later(30);
      const before = (await sites[to]!.get()).body;
      await sites[from]!.path("/p");
      await until(async () => (await sites[to]!.get()).body !== before);
      assert.equal((await sites[to]!.get()).age, "0");
    }
  });

  it("35 scripts that the server forgot are sent again", async () => {
    const store = await open();
    const key = keys.data("x");
    assert.equal(await store.set(key, entryOf({ renderStart: 1, tags: ["t:x"] })), "stored");
    await server.command("SCRIPT", "FLUSH");
    assert.equal(await store.set(key, entryOf({ renderStart: 2, tags: ["t:x"] })), "stored");
    await server.command("SCRIPT", "FLUSH");
    await store.invalidate(["t:x"], "expire");
    assert.equal((await store.get(key))!.tagState, "expired");
  });

  it("values above 8 MiB stay in memory; every key begins with the prefix, and pages have an end", async () => {
    const store = await open();
    assert.equal(await store.set(keys.data("big"), entryOf({ renderStart: 1, body: Buffer.alloc(9 * 1024 * 1024) })), "skipped");
    assert.equal((await store.get(keys.data("big")))!.entry.body.byteLength, 9 * 1024 * 1024);
    const { get, path } = siteOf(store);
    await get();
    await path("/p");
    const all = (await server.command("KEYS", "*")).split("\r\n").filter((line) => /^[a-z]/.test(line));
    assert.ok(all.length > 1 && all.every((key) => key.startsWith("velox:")), String(all));
    assert.match(await server.command("PTTL", keys.page("p", "/p")), /:\d{9,}/);
    for (const key of all.filter((name) => /:(?:tag:|inv)/.test(name))) assert.match(await server.command("PTTL", key), /:-1/);
    const listed = [];
    for await (const entry of store.entries()) listed.push([entry.tags.includes("path:/p"), entry.tagState]);
    assert.deepEqual(listed, [[true, "expired"]]);
    assert.equal(await store.clear(), 1);
    assert.equal((await store.stats()).pages, 0);
  });
});

describe("a redis with little memory", { skip }, () => {
  test("30 under load with 8 MiB, pages go and tags remain", async () => {
    const server = await RedisServer.start("--maxmemory", "8mb", "--maxmemory-policy", "volatile-lru");
    const store = await RedisStore.open({ url: server.url, prefix: "velox", memoryBytes: 100_000, timeout: 2000, warn: () => {} });
    const reader = await RedisStore.open({ url: server.url, prefix: "velox", memoryBytes: 100_000, timeout: 2000, warn: () => {} });
    try {
      const first = keys.data("first");
      await store.set(first, entryOf({ renderStart: 1, tags: ["t:first"] }));
      await store.invalidate(["t:first"], "expire");
      const body = Buffer.alloc(50_000, 1);
      for (let i = 0; i < 600; i++) await store.set(keys.data(`${i}`), entryOf({ renderStart: await store.now(), body, tags: ["t:first"] }));
      assert.match(await server.command("INFO", "stats"), /evicted_keys:[1-9]/);
      await store.set(keys.data("old"), entryOf({ renderStart: 2, tags: ["t:first"] }));
      assert.equal((await reader.get(keys.data("old")))!.tagState, "expired");
    } finally {
      await store.close();
      await reader.close();
      await server.kill();
    }
  });
});
