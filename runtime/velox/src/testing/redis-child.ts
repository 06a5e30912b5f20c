// A process that uses a store in Redis, for tests that stop it: `node redis-child.js <url> <path>`. It takes the lease of a
// page, renders it slowly and stores it; what happens it says on standard output.

import { writeSync } from "node:fs";
import { Keys } from "../cache/keys.js";
import { RedisStore } from "../cache/redis/redis.js";
import { entryOf, later } from "./store-suite.js";

const [url = "", path = ""] = process.argv.slice(2);
const say = (line: string): void => void writeSync(1, line + "\n");
const store = await RedisStore.open({ url, prefix: "velox", timeout: 2000, warn: () => {} });
const key = new Keys("velox", "test").page("p", path);
const lease = await store.lease(key, 300);
const renderStart = await store.now();
say(lease === null ? "refused" : "leased");
await later(300);
say("set " + (await store.set(key, entryOf({ renderStart, body: Buffer.from("late") }))));
await store.close();
