// The site while Redis is stopped, killed, empty, or slow, and while a process that holds a lease is (runtime.md 4.4, 26 to 28,
// 34, 36, 37). The server of each test is stopped by its own signals.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { describe, test } from "node:test";
import { text } from "../../internal.js";
import { RedisServer, skipReason } from "../../testing/redis-server.js";
import { entryOf, later, siteOf, until } from "../../testing/store-suite.js";
import { Keys } from "../keys.js";
import { RedisStore, type RedisStoreSettings } from "./redis.js";

const skip = skipReason();
const keys = new Keys("velox", "test");
const CHILD = new URL("../../testing/redis-child.js", import.meta.url).pathname;
const STOPPED = process.env["CI"] === "true" ? 10_000 : 3000;

/** A test with a server of its own, and stores on it that are closed after it. */
function it(name: string, run: (server: RedisServer, open: (settings?: Partial<RedisStoreSettings>) => Promise<RedisStore>, warnings: string[]) => Promise<void>): void {
  test(name, { timeout: 120_000 }, async () => {
    const server = await RedisServer.start();
    const opened: RedisStore[] = [];
    const warnings: string[] = [];
    const open = async (settings: Partial<RedisStoreSettings> = {}) => {
      const store = await RedisStore.open({ url: server.url, prefix: "velox", warn: (message) => warnings.push(message), ...settings });
      opened.push(store);
      return store;
    };
    try {
      await run(server, open, warnings);
    } finally {
      for (const store of opened) await store.close();
      await server.kill();
    }
  });
}

describe("redis goes away", { skip }, () => {
  it(`26 a server that is stopped for ${STOPPED / 1000} s: pages from memory, no error, and then all agree`, async (server, open, warnings) => {
    const [one, two] = [siteOf(await open(), undefined, { revalidate: 2 }), siteOf(await open(), undefined, { revalidate: 2 })];
    for (const { get } of [one, two]) await get();
    const times: number[] = [];
    // How late timers are: what other work of the machine takes from this process is no time of the cache.
    const late: number[] = [];
    const statuses = new Set<number>();
    const load = async (milliseconds: number): Promise<void> => {
      const until_ = Date.now() + milliseconds;
      const running: Promise<void>[] = [];
      while (Date.now() < until_) {
        running.push((async () => {
          const started = performance.now();
          const got = await one.get();
          if (got.cache !== "MISS") times.push(performance.now() - started);
          statuses.add(got.status);
        })());
        const slept = performance.now();
        await later(10);
        late.push(performance.now() - slept - 10);
      }
      await Promise.all(running);
    };
    server.signal("SIGSTOP");
    await load(STOPPED);
    await assert.rejects(one.path("/p").then(({ status }) => { if (status === 500) throw new Error("refused"); }), /refused/);
    server.signal("SIGCONT");
    assert.deepEqual([...statuses], [200]);
    const [p99, lag] = [times, late].map((all) => all.sort((a, b) => a - b)[Math.floor(all.length * 0.99)]!) as [number, number];
    assert.ok(p99 < 300 + lag, `p99 ${p99} ms of ${times.length}, and ${lag} ms that timers are late`);
    await until(async () => (await one.path("/p")).status === 200);
    await until(async () => {
      const [a, b] = [await one.get(), await two.get()];
      return a.body === b.body && a.cache === "HIT" && b.cache === "HIT";
    });
    assert.equal(warnings.filter((message) => /does not answer|cannot be reached/.test(message)).length, 1, warnings.join("\n"));
  });

  it("27 a server that is killed and comes back empty: pages are rendered again, and nothing fails", async (server, open) => {
    const { get, path, state } = siteOf(await open());
    await get();
    await get("/shop/a");
    await path("/p");
    await get();
    await server.kill();
    for (let i = 0; i < 20; i++) assert.deepEqual([(await get()).status, (await get(`/shop/${i}`)).status], [200, 200]);
    const before = state.renders;
    await server.start();
    await until(async () => (await path("/p")).status === 200);
    assert.equal((await get()).status, 200);
    assert.ok(state.renders > before);
    await until(async () => (await (await open()).get(keys.page("p", "/p"))) !== null);
  });

  it("28 connections that are cut while invalidations go on lose none", async (server, open) => {
    const [one, two] = [await open(), await open()];
    const done: string[] = [];
    let cutting = true;
    const cut = (async () => {
      while (cutting) {
        await server.command("CLIENT", "KILL", "TYPE", "normal").catch(() => {});
        await later(40);
      }
    })();
    for (let i = 0; i < 60; i++) {
      const tag = `t:${i}`;
      const key = keys.data(tag);
      await two.set(key, entryOf({ renderStart: 1, tags: [tag] }));
      await until(async () => one.invalidate([tag], "expire").then(() => true, () => false));
      done.push(tag);
    }
    cutting = false;
    await cut;
    for (const tag of done) await until(async () => (await two.get(keys.data(tag)))?.tagState !== "fresh", `${tag} was lost`);
  });

  it("34 what a process stores that was stopped beyond its lease is refused", async (server, open) => {
    const store = await open({ timeout: 2000 });
    const key = keys.page("p", "/late");
    const child = spawn(process.execPath, [CHILD, server.url, "/late"], { stdio: ["ignore", "pipe", "inherit"] });
    try {
      let out = "";
      child.stdout.setEncoding("utf8").on("data", (chunk: string) => (out += chunk));
      await until(() => out.includes("leased"));
      child.kill("SIGSTOP");
      await until(async () => (await store.lease(key, 5000)) !== null);
      assert.equal(await store.set(key, entryOf({ renderStart: await store.now(), body: Buffer.from("good") })), "stored");
      child.kill("SIGCONT");
      await until(() => out.includes("set "));
      assert.match(out, /set older/);
      assert.equal(Buffer.from((await store.get(key, { fresh: true }))!.entry.body).toString(), "good");
    } finally {
      child.kill("SIGKILL");
    }
  });

  it("36 an invalidation during an outage rejects, and can be tried again", async (server, open) => {
    const { get, path, logged } = siteOf(await open());
    await get();
    await server.kill();
    assert.equal((await path("/p")).status, 500);
    assert.match(String(logged[0]!.error), /could not be told at redis:\/\/127\.0\.0\.1:\d+: try again/);
    await server.start();
    await until(async () => (await path("/p")).status === 200);
    assert.equal((await get()).cache, "MISS");
  });

  it("a server that is not there at the start is used when it comes", async (server, open, warnings) => {
    await server.kill();
    const store = await open({ url: `redis://user:secret@127.0.0.1:${server.port}` });
    assert.equal(store.health(), "degraded");
    const { get } = siteOf(store);
    assert.deepEqual([(await get()).cache, (await get()).cache], ["MISS", "HIT"]);
    assert.match(warnings.join(), /redis:\/\/127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\)/);
    assert.doesNotMatch(warnings.join(), /secret/);
    await server.start();
    await server.command("ACL", "SETUSER", "user", "on", ">secret", "~*", "+@all");
    await until(() => store.health() === "ok");
  });

  it("37 a day of pages and invalidations leaves as many keys as it began with", async (server, open) => {
    const clock = { now: Date.now() };
    const start = clock.now;
    const store = await open({ timeout: 2000, shift: () => clock.now - start, streamLength: 200 });
    const { get, path } = siteOf(store, (count) => text(count), { revalidate: 60 });
    const size = async () => Number(/:(\d+)/.exec(await server.command("DBSIZE"))![1]);
    let early = 0;
    for (let minute = 0; minute < 24 * 60; minute += 6) {
      clock.now += 6 * 60_000;
      await Promise.all(Array.from({ length: 10 }, (_, i) => get(`/shop/${i}`)));
      await path(`/shop/${minute % 10}`);
      if (minute === 120) early = await size();
    }
    assert.ok((await size()) <= early + 2, `${early} keys, then ${await size()}`);
    const length = Number(/:(\d+)/.exec(await server.command("XLEN", "velox:inv"))![1]);
    assert.ok(length <= 400, `${length} in the stream`);
  });
});
