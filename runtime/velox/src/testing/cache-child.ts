// A process that uses a store of files, for tests that end it: `node cache-child.js <folder> <task>`. What it has done
// it says on standard output, a line each, at once.

import { randomBytes } from "node:crypto";
import { writeSync } from "node:fs";
import { FileStore } from "../cache/files/files.js";
import { Keys } from "../cache/keys.js";
import { entryOf } from "./store-suite.js";

const [folder = "", task = "", argument = ""] = process.argv.slice(2);
const say = (line: string): void => void writeSync(1, line + "\n");
const keys = new Keys("velox", "test");
const store = await FileStore.open({ folder, build: "test", pollEvery: 20, sweepEvery: 0, warn: (message) => say("warn " + message) });
const random = (below: number): number => Math.floor(Math.random() * below);

/** Writes pages that prove themselves, and invalidates, until it is ended. */
async function load(name: string): Promise<void> {
  const pages = async (): Promise<void> => {
    for (;;) {
      const path = `/${random(40)}`;
      await store.set(keys.page("r", path), entryOf({ renderStart: await store.now(), body: randomBytes(random(60_000)), tags: [`path:${path}`] }));
    }
  };
  const invalidations = async (): Promise<void> => {
    for (let i = 0; ; i++) {
      const tag = `t:${name}-${process.pid}-${i}`;
      const before = store.clock();
      await store.invalidate([tag], "expire");
      say(`ack ${tag} ${before}`);
    }
  };
  await Promise.all([pages(), pages(), invalidations(), invalidations()]);
}

switch (task) {
  case "load":
    say("ready");
    await load(argument);
    break;
  case "hold-lease": {
    const lease = await store.lease(keys.page("r", argument), 60_000);
    say(lease === null ? "refused" : "held");
    setInterval(() => {}, 1000);
    break;
  }
  case "full-disk": {
    // The test limits how long a file may get.
    const body = Buffer.alloc(100_000, 1);
    say("set " + (await store.set(keys.page("r", "/big"), entryOf({ renderStart: 1, body, tags: ["t:x"] }))));
    say("kept " + String((await store.get(keys.page("r", "/big")))?.entry.body.byteLength));
    say("health " + store.health());
    let refused = "";
    for (let i = 0; i < 500 && refused === ""; i++) await store.invalidate([`t:${"y".repeat(200)}${i}`, "t:x"], "expire").catch((error: Error) => (refused = error.message));
    say("invalidate " + refused);
    say("state " + (await store.get(keys.page("r", "/big")))?.tagState);
    await store.close();
    break;
  }
  default:
    throw new Error(`no task ${task}`);
}
