// Which store a server gets, and what it says where that cannot be.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { text } from "../internal.js";
import { app, page } from "../testing/app.js";
import { folderOf, serverOf } from "../testing/socket.js";
import { openStore, type StoreFor } from "./open.js";
import { prefixOf } from "./keys.js";

test("files by default: beside the output where that is known, within it elsewhere, or where it is said", async () => {
  const folder = await folderOf({});
  const open = async (output: string, settings: Partial<StoreFor> = {}) => {
    const store = await openStore({ app: { build: "b" }, output: join(folder.path, output), project: folder.path, environment: {}, ...settings });
    const { kind } = store;
    await store.close();
    return kind;
  };
  try {
    assert.equal(await open("p/.velox/output"), "files");
    assert.equal(await open("moved"), "files");
    assert.equal(await open("x", { app: { build: "b", cache: { folder: "kept" } } }), "files");
    assert.equal(await open("x", { environment: { VELOX_CACHE_FOLDER: "said" } }), "files");
    assert.equal(await open("x", { app: { build: "b", cache: { store: "memory" } } }), "memory");
    for (const made of ["p/.velox/cache/isr/pages/b", "moved/.cache/pages/b", "kept/pages/b", "said/pages/b"]) assert.ok((await stat(join(folder.path, made))).isDirectory(), made);
  } finally {
    await folder.remove();
  }
});

test("VELOX_CACHE_URL wins over the configuration, and what is wrong with it is one line", async () => {
  const open = (environment: NodeJS.ProcessEnv, cache?: StoreFor["app"]["cache"]) =>
    openStore({ app: { build: "b", ...(cache === undefined ? {} : { cache }) }, output: "/nowhere", project: "/nowhere", environment, warn: () => {} });
  await assert.rejects(open({ VELOX_CACHE_URL: "http://x" }), { name: "CacheSettingError", message: "VELOX_CACHE_URL begins with neither redis:// nor rediss://" });
  await assert.rejects(open({ VELOX_CACHE_URL: "redis://" + "[" }), { message: "VELOX_CACHE_URL is no address" });
  await assert.rejects(open({}, { store: { type: "redis", url: "redis://[" } }), { message: "the url of cache is no address" });
  const store = await open({ VELOX_CACHE_URL: "redis://127.0.0.1:1" }, { store: "memory" });
  assert.deepEqual([store.kind, store.health()], ["redis", "degraded"]);
  await store.close();
  assert.equal(prefixOf({ name: "@me/shop" }).startsWith("_me_shop-"), true);
  assert.equal(prefixOf({ name: "shop", cache: { store: { type: "redis", prefix: "p" } } }), "p");
});

test("a server without the client's package says what to install, and ends", async () => {
  const folder = await folderOf({});
  try {
    // A copy of the runtime that has no packages beside it.
    const dist = new URL("../", import.meta.url).pathname;
    await mkdir(join(folder.path, "velox"));
    spawnSync("cp", ["-r", dist + ".", join(folder.path, "velox")]);
    await writeFile(join(folder.path, "velox", "package.json"), '{"type":"module"}');
    await writeFile(join(folder.path, "package.json"), '{"type":"module"}');
    await writeFile(join(folder.path, "server.js"), `import { serve } from "./velox/node/index.js";
      await serve({ version: 1, build: "x", base: "/", trailingSlash: "never", site: null, allowedHosts: [], trustProxy: 0, bodyLimit: 1, routes: [], errors: [], middleware: null,
        cache: { store: { type: "redis" } } }, { root: ".", port: 0 });`);
    const { status, stderr } = spawnSync(process.execPath, ["server.js"], { cwd: folder.path, encoding: "utf8", timeout: 20_000 });
    assert.deepEqual([status, stderr], [1, "velox: the cache is set to Redis, and the package @redis/client is not installed: npm install @redis/client\n"]);
  } finally {
    await folder.remove();
  }
});

test("ISR-17 a server that comes back serves what it had kept, and remembers what was invalidated", async () => {
  let renders = 0;
  const routes = [page("/p", () => text(++renders), { mode: "isr", revalidate: 60 }), page("/q", () => text(++renders), { mode: "isr", revalidate: 60 })];
  const first = await serverOf(app(routes));
  const get = async (url: string, path: string) => {
    const response = await fetch(url + path);
    return [/<body>(\d+)/.exec(await response.text())![1], response.headers.get("x-velox-cache")];
  };
  try {
    assert.deepEqual([await get(first.url, "/p"), await get(first.url, "/q")], [["1", "MISS"], ["2", "MISS"]]);
    const { revalidatePath } = await import("../server/index.js");
    await revalidatePath("/q");
    await first.close();
    const { serve } = await import("../node/index.js");
    const second = await serve(app(routes), { root: first.root, port: 0, host: "127.0.0.1", signals: false, announce: false });
    assert.deepEqual([await get(second.url, "/p"), await get(second.url, "/q")], [["1", "HIT"], ["3", "MISS"]]);
    second.server.closeAllConnections();
    await second.close();
  } finally {
    await first.stop();
  }
});
