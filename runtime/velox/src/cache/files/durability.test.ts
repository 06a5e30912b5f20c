// What the store of files keeps when processes are killed, disks are full or read-only, and bytes turn over
// (runtime.md 4.4, 16 to 19 and 22).

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { appendFile, open, readdir, readFile, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { folderOf } from "../../testing/socket.js";
import { entryOf, later, siteOf } from "../../testing/store-suite.js";
import { decodeEntry } from "../codec.js";
import { Keys } from "../keys.js";
import { decodeRecords } from "./journal.js";
import { FileStore, type FileStoreSettings } from "./files.js";

const CHILD = new URL("../../testing/cache-child.js", import.meta.url).pathname;
const keys = new Keys("velox", "test");
const KILLS = Number(process.env["VELOX_KILLS"] ?? (process.env["CI"] === "true" ? 200 : 40));

/** A folder for a cache, and stores on it. */
async function place() {
  const folder = await folderOf({});
  const path = join(folder.path, "cache");
  const stores: FileStore[] = [];
  return {
    path,
    async open(settings: Partial<FileStoreSettings> = {}): Promise<FileStore> {
      const store = await FileStore.open({ folder: path, build: "test", pollEvery: 20, sweepEvery: 0, ...settings });
      stores.push(store);
      return store;
    },
    async close() {
      for (const store of stores) await store.close();
      await folder.remove();
    },
  };
}

/** Every file of an entry. */
async function entryFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.map(String).filter((name) => /^(?:pages\/[^/]+|data)\/[0-9a-f]{2}\/[0-9a-f]{62}$/.test(name)).map((name) => join(folder, name));
}

test("INV-3: an invalidation is one write and one sync, from the first on", async () => {
  const at = await place();
  const probe = await open(CHILD);
  const methods = Object.getPrototypeOf(probe) as Record<string, (...args: unknown[]) => unknown>;
  await probe.close();
  const calls: string[] = [];
  const own = new Map(["write", "writeFile", "appendFile", "sync", "datasync"].map((name) => [name, methods[name]!]));
  try {
    const store = await at.open({ pollEvery: 60_000 });
    for (let i = 0; i < 1000; i++) await store.set(keys.page("p", `/${i}`), entryOf({ renderStart: 1, tags: ["t:a"] }));
    for (const [name, method] of own) methods[name] = function (this: unknown, ...args: unknown[]) { calls.push(name); return method.apply(this, args); };
    await store.invalidate(["t:a"], "expire");
    assert.deepEqual(calls, ["write", "datasync"]);
    // All that come while one is written share the next.
    calls.length = 0;
    await Promise.all(Array.from({ length: 50 }, (_, i) => store.invalidate([`t:${i}`], "expire")));
    assert.deepEqual(calls, ["write", "datasync", "write", "datasync"]);
    assert.equal((await store.get(keys.page("p", "/999")))!.tagState, "expired");
  } finally {
    for (const [name, method] of own) methods[name] = method;
    await at.close();
  }
});

test(`16 files: kill -9 under load, ${KILLS} times: no page is torn, no acknowledged invalidation is lost`, { timeout: 300_000 }, async () => {
  const { path, open, close } = await place();
  const acknowledged = new Map<string, number>();
  // At a random time after so many invalidations, however long a busy machine takes for them.
  const kill = async (name: string, after: number): Promise<void> => {
    const child = spawn(process.execPath, [CHILD, path, "load", name], { stdio: ["ignore", "pipe", "inherit"] });
    let out = "";
    await new Promise<void>((resolve) => {
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        out += text;
        if (out.includes("ready\n") && out.split("ack ").length > after) resolve();
      });
      child.once("close", () => resolve());
    });
    await later(Math.random() * 60);
    child.kill("SIGKILL");
    await new Promise((resolve) => child.once("close", resolve));
    // The last line may be cut off, as everything may.
    for (const line of out.split("\n").slice(0, -1)) {
      const match = /^ack (\S+) ([\d.]+)$/.exec(line);
      if (match !== null) acknowledged.set(match[1]!, Number(match[2]));
    }
  };
  try {
    for (let done = 0; done < KILLS; done += 4) {
      await Promise.all([0, 1, 2, 3].map((n) => kill(`${done}-${n}`, n)));
      for (const file of await entryFiles(path)) assert.notEqual(decodeEntry(await readFile(file)), null, file);
    }
    assert.ok(acknowledged.size > KILLS, `${acknowledged.size} invalidations`);
    const store = await open();
    for (const [tag, time] of acknowledged) {
      const key = keys.data(tag);
      await store.set(key, entryOf({ renderStart: time, tags: [tag] }));
      assert.equal((await store.get(key))!.tagState, "expired", tag);
    }
    for (let i = 0; i < 40; i++) await store.get(keys.page("r", `/${i}`), { fresh: true });
    const stats = await store.sweep();
    assert.equal(stats.broken, 0);
    // The journal made short holds the same.
    await store.compact(0);
    const again = await open();
    for (const tag of acknowledged.keys()) assert.equal((await again.get(keys.data(tag)))!.tagState, "expired", tag);
  } finally {
    await close();
  }
});

test("17 files: a journal that is cut off anywhere gives all whole records, and takes more", async () => {
  const { path, open, close } = await place();
  try {
    const store = await open();
    for (let i = 0; i < 5; i++) await store.invalidate([`t:${i}`], "expire");
    await store.close();
    const log = join(path, "tags.log");
    const whole = await readFile(log);
    const ends = [0];
    for (let at = 1; at <= whole.length; at++) {
      const { records, end } = decodeRecords(whole.subarray(0, at));
      if (records.length === ends.length) ends.push(end);
      assert.equal(records.length, ends.length - 1);
    }
    assert.equal(ends.length, 6);
    for (const size of [ends[5]! - 1, ends[4]! + 3, ends[3]! + 20]) {
      await writeFile(log, whole);
      await truncate(log, size);
      const second = await open();
      await second.invalidate(["t:later"], "expire");
      await second.close();
      const third = await open();
      const expired = [];
      for (const tag of ["t:0", "t:1", "t:2", "t:3", "t:4", "t:later"]) {
        await third.set(keys.data(tag + size), entryOf({ renderStart: 1, tags: [tag] }));
        if ((await third.get(keys.data(tag + size)))!.tagState === "expired") expired.push(tag);
      }
      const before = ends.findLastIndex((end) => end <= size);
      assert.deepEqual(expired, [...Array.from({ length: before }, (_, i) => `t:${i}`), "t:later"]);
      await third.close();
    }
    // Garbage in the middle is passed over.
    await writeFile(log, whole);
    await appendFile(log, Buffer.concat([Buffer.from("VTR1garbage"), whole.subarray(0, ends[1])]));
    assert.equal(decodeRecords(await readFile(log)).records.length, 6);
  } finally {
    await close();
  }
});

test("18 files: with a full disk pages are kept in memory, and an invalidation that cannot be written rejects", async () => {
  const { path, close } = await place();
  try {
    // 8 KiB per file are the disk of this process.
    const { stdout, stderr } = spawnSync("sh", ["-c", 'ulimit -f 16; exec "$@"', "sh", process.execPath, CHILD, path, "full-disk"], { encoding: "utf8", timeout: 30_000 });
    const lines = stdout.trim().split("\n");
    assert.match(lines[0]!, /^warn the cache folder .* cannot be written \(E\w+\): pages are kept in memory/, stderr);
    assert.deepEqual(lines.slice(1, 4), ["set skipped", "kept 100000", "health degraded"]);
    assert.match(lines.at(-2)!, /^invalidate the invalidation of 2 tags could not be written/);
    assert.equal(lines.at(-1), "state expired");
    assert.equal(lines.filter((line) => line.startsWith("warn")).length <= 2, true, stdout);
  } finally {
    await close();
  }
});

test("19 files: a folder that cannot be written makes a store in memory, says so once, and the site answers", async () => {
  const folder = await folderOf({ file: "in the way" });
  const warnings: string[] = [];
  const store = await FileStore.open({ folder: join(folder.path, "file", "cache"), build: "test", pollEvery: 20, sweepEvery: 0, warn: (message) => warnings.push(message) });
  try {
    const { get, path, state } = siteOf(store);
    assert.deepEqual([(await get()).cache, (await get()).cache], ["MISS", "HIT"]);
    assert.equal((await path("/p")).text, "done");
    assert.deepEqual([(await get()).cache, state.renders, store.health()], ["MISS", 2, "degraded"]);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0]!, /cannot be written/);
  } finally {
    await store.close();
    await folder.remove();
  }
});

test("22 files: a byte that turned over makes a miss, not garbage; so does an entry at a wrong place", async () => {
  const { path, open, close } = await place();
  try {
    const store = await open();
    const key = keys.page("p", "/p");
    await store.set(key, entryOf({ renderStart: 1, body: Buffer.from("<p>hello</p>") }));
    const [file] = await entryFiles(path);
    const good = await readFile(file!);
    for (let at = 0; at < good.length; at++) {
      const bad = Buffer.from(good);
      bad[at]! ^= 1 << at % 8;
      await writeFile(file!, bad);
      const reader = await open();
      assert.equal(await reader.get(key), null, `byte ${at}`);
      assert.equal((await reader.stats()).broken, 1);
      await assert.rejects(stat(file!), /ENOENT/);
      await reader.close();
    }
    for (const size of [0, 3, 11, 12, 24, good.length - 1]) assert.equal(decodeEntry(good.subarray(0, size)), null);
    await writeFile(file!, good);
    const other = keys.page("p", "/other");
    await store.set(other, entryOf({ renderStart: 1 }));
    const files = await entryFiles(path);
    await writeFile(files.find((one) => one !== file)!, good);
    assert.equal(await (await open()).get(other), null);
  } finally {
    await close();
  }
});
