// Several processes on one folder, many entries, and what is swept away (runtime.md 4.4, 10, 20, 21 and 23).

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { linkSync, writeFileSync } from "node:fs";
import { mkdir, readdir, readFile, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { text } from "../../internal.js";
import { folderOf } from "../../testing/socket.js";
import { entryOf, fastest, later, siteOf, until } from "../../testing/store-suite.js";
import { encodeEntry } from "../codec.js";
import { Keys } from "../keys.js";
import { EntryFolder } from "./folder.js";
import { FileStore, type FileStoreSettings } from "./files.js";

const CHILD = new URL("../../testing/cache-child.js", import.meta.url).pathname;
const keys = new Keys("velox", "test");

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

test("20 files: two processes render a page once", async () => {
  const { open, close } = await place();
  try {
    const slow = async (count: number) => {
      await later(100);
      return text(count);
    };
    const sites = [siteOf(await open(), slow), siteOf(await open(), slow)];
    const got = await Promise.all(sites.flatMap(({ get }) => Array.from({ length: 50 }, () => get())));
    assert.deepEqual(new Set(got.map(({ body }) => body)), new Set(["1"]));
    assert.equal(sites[0]!.state.renders + sites[1]!.state.renders, 1);
  } finally {
    await close();
  }
});

test("21 files: the lease of a process that was killed holds up nobody", async () => {
  const { path, open, close } = await place();
  const child = spawn(process.execPath, [CHILD, path, "hold-lease", "/p"], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    let out = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => (out += chunk));
    await until(() => out.includes("held"));
    const store = await open();
    assert.equal(await store.lease(keys.page("r", "/p"), 1000), null);
    child.kill("SIGKILL");
    await new Promise((resolve) => child.once("close", resolve));
    assert.notEqual(await store.lease(keys.page("r", "/p"), 1000), null);
  } finally {
    child.kill("SIGKILL");
    await close();
  }
});

test("21 files: a visitor waits for another process five seconds at most, then the page is rendered here", async () => {
  const { open, close } = await place();
  try {
    const [one, two] = [await open(), await open()];
    assert.notEqual(await one.lease(keys.page("p", "/p"), 60_000), null);
    const { get } = siteOf(two, (count) => text(count), { renewal: { wait: 200 } });
    assert.deepEqual([(await get()).body, (await get()).cache], ["1", "HIT"]);
  } finally {
    await close();
  }
});

test("10 23 files: 100,000 entries: the store opens in under a second, and an invalidation is one record", async () => {
  const { path, open, close } = await place();
  try {
    const folder = new EntryFolder(path);
    await folder.make();
    const bytes = encodeEntry(keys.page("r", "/0"), entryOf({ renderStart: 1, tags: ["t:all"] }));
    const files = Array.from({ length: 100_000 }, (_, i) => folder.fileOf(keys.page("r", `/${i}`)));
    for (const part of new Set(files.map((file) => join(file, "..")))) await mkdir(part, { recursive: true });
    // A file has 65,000 names at most.
    files.forEach((file, i) => (i % 50_000 === 0 ? writeFileSync(file, bytes) : linkSync(files[i - (i % 50_000)]!, file)));
    const started = performance.now();
    const store = await open();
    assert.ok(performance.now() - started < 1000, `opened in ${performance.now() - started} ms`);
    const took = await fastest(() => store.invalidate(["t:all"], "expire"));
    assert.ok(took < 20, `invalidated in ${took} ms`);
    assert.equal((await store.get(keys.page("r", "/0")))!.tagState, "expired");
    assert.equal((await store.stats()).pages, 100_000);
  } finally {
    await close();
  }
});

test("case 35 files: entries on the disk are bounded; the oldest go", async () => {
  const { open, close } = await place();
  try {
    const store = await open({ maxEntries: 100 });
    await store.sweep();
    for (let i = 0; i < 600; i++) await store.set(keys.page("r", `/${i}`), entryOf({ renderStart: 1 }));
    await store.sweep();
    const { pages } = await store.sweep();
    assert.ok(pages <= 100 && pages >= 50, `${pages}`);
    assert.notEqual(await store.get(keys.page("r", "/599")), null);
  } finally {
    await close();
  }
});

test("a sweep removes old builds but two, leftovers of the dead, and leases that are over", async () => {
  const { path, open, close } = await place();
  try {
    for (const build of ["a", "b", "c"]) {
      const store = await open({ build });
      await store.set(new Keys("velox", build).page("r", "/"), entryOf({ renderStart: 1 }));
      const used = new Date(Date.now() - 100_000 + 1000 * build.charCodeAt(0));
      await utimes(join(path, "pages", build, ".since"), used, used);
    }
    const leftover = join(path, "data", "00", ".tmp-1-abc");
    await mkdir(join(leftover, ".."), { recursive: true });
    for (const file of [leftover, join(path, "leases", "x.lease.1.tmp")]) {
      await writeFile(file, "half");
      await utimes(file, new Date(0), new Date(0));
    }
    await writeFile(join(path, "leases", "y.lease"), JSON.stringify({ token: "t", pid: 1, machine: "other", until: 5 }));
    const store = await open({ build: "d" });
    await store.sweep();
    assert.deepEqual((await readdir(join(path, "pages"))).sort(), ["c", "d"]);
    assert.deepEqual(await readdir(join(path, "leases")), []);
    await assert.rejects(stat(leftover), /ENOENT/);
  } finally {
    await close();
  }
});

test("a journal is made short while others append, and everyone still knows everything", async () => {
  const { path, open, close } = await place();
  try {
    const stores = [await open(), await open(), await open()];
    const tags: string[] = [];
    const append = async (n: number): Promise<void> => {
      for (let i = 0; i < 60; i++) {
        const tag = `t:${n}-${i}`;
        await stores[n]!.invalidate([tag], i % 2 === 0 ? "expire" : "swr");
        tags.push(tag);
      }
    };
    const compact = async (): Promise<void> => {
      for (let i = 0; i < 15; i++) {
        await stores[i % 3]!.compact(0);
        await later(3);
      }
    };
    await Promise.all([append(0), append(1), append(2), compact()]);
    const fresh = await open();
    await later(60);
    for (const store of [...stores, fresh]) {
      for (const tag of tags) {
        const key = keys.data(tag);
        await store.set(key, entryOf({ renderStart: 1, tags: [tag] }));
        assert.notEqual((await store.get(key))!.tagState, "fresh", tag);
      }
    }
    assert.deepEqual((await readdir(path)).filter((name) => /\.(?:old|tmp)$/.test(name)), []);
    await fresh.compact(Date.now() + 1_000_000);
    assert.equal((await readFile(join(path, "tags.base"))).length, 0);
  } finally {
    await close();
  }
});

test("INV-4 what one process invalidates another knows within a second", async () => {
  const { open, close } = await place();
  try {
    const [one, two] = [await open({ pollEvery: 250 }), await open({ pollEvery: 250 })];
    const heard: string[] = [];
    two.onInvalidate((tags) => heard.push(...tags));
    const key = keys.data("x");
    await one.set(key, entryOf({ renderStart: Date.now(), tags: ["t:x"] }));
    assert.equal((await two.get(key))!.tagState, "fresh");
    const started = performance.now();
    await one.invalidate(["t:x"], "expire");
    assert.equal((await one.get(key))!.tagState, "expired");
    await until(async () => (await two.get(key))!.tagState === "expired");
    assert.ok(performance.now() - started < 1000);
    assert.deepEqual(heard, ["t:x"]);
  } finally {
    await close();
  }
});
