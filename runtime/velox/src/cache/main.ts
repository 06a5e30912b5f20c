// `veloxc cache` as a program: `node main.js <output folder> <project folder> <command> [words]`. It opens the store that
// the server of this build would open, and prints what it finds or did. With `--json` it prints JSON.

import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { loadEnvironment } from "../node/environment.js";
import type { App } from "../server/app.js";
import { tagsOfPath } from "../server/revalidate.js";
import { purgeByPost, purgeFor } from "../server/purge.js";
import { openStore } from "./open.js";
import type { CacheStore, Listed } from "./store.js";
import { ALL, checkTag, pathOfTags, userTag, userTagsOf } from "./tags.js";

const [outputFolder = ".velox/output", projectFolder = ".", command = "", ...words] = process.argv.slice(2);
const options = new Set(words.filter((word) => word.startsWith("--")));
const json = options.has("--json");
const print = (text: string): void => void process.stdout.write(text + "\n");

/** Ends with one line. */
class Mistake extends Error {}

let store: CacheStore | undefined;
try {
  const output = resolve(outputFolder);
  const project = resolve(projectFolder);
  loadEnvironment(project);
  const { default: app } = (await import(pathToFileURL(join(output, "server", "app.js")).href)) as { default: App };
  store = await openStore({ app, output, project, warn: (message) => process.stderr.write(`warning: ${message}\n`) });
  if (store.kind === "memory") throw new Mistake("this site keeps its cache in the memory of its server; there is nothing to see from outside");
  if (store.health() === "degraded") throw new Mistake(`the cache (${store.kind}) cannot be reached`);
  await run(store, app);
} catch (error) {
  process.stderr.write(`error: ${(error as Error).message.replace(/^revalidatePath: /, "")}\n`);
  process.exitCode = 2;
} finally {
  // A store that cannot be reached goes on trying, and would keep this program from its end.
  await store?.close();
}

async function run(store: CacheStore, app: App): Promise<void> {
  switch (command) {
    case "ls":
      return list(store, words.find((word) => !word.startsWith("--")));
    case "rm":
      return remove(store, app);
    case "stats": {
      const stats = await store.stats();
      const { pages, data, bytes, tags, kind } = stats;
      return print(json ? JSON.stringify({ kind, pages, data, bytes, tags }) : `${kind}: ${count(pages, "page")}, ${data} of data, ${sizeOf(bytes)}; ${count(tags, "invalidated tag")} remembered`);
    }
    default:
      throw new Mistake(`there is no command ${JSON.stringify(command)}`);
  }
}

async function list(store: CacheStore, beginning: string | undefined): Promise<void> {
  const found: Listed[] = [];
  for await (const entry of store.entries()) {
    const path = pathOfTags(entry.tags);
    if (beginning === undefined || path?.startsWith(beginning) === true) found.push(entry);
  }
  const now = await store.now();
  const nameOf = (entry: Listed): string => pathOfTags(entry.tags) ?? "(data)";
  found.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : a.key < b.key ? -1 : 1));
  if (json) {
    for (const entry of found) {
      const { status, renderStart, revalidate, bytes, tagState, key } = entry;
      print(JSON.stringify({ path: pathOfTags(entry.tags), status, made: new Date(renderStart).toISOString(), revalidate, bytes, state: stateOf(entry, now), tagState, tags: userTagsOf(entry.tags), key }));
    }
    return;
  }
  for (const entry of found) {
    const life = entry.revalidate === false ? "until revalidated" : `of ${entry.revalidate} s`;
    const tags = userTagsOf(entry.tags);
    print(`${nameOf(entry)}  ${entry.status}  ${stateOf(entry, now)}, ${Math.max(0, Math.floor((now - entry.renderStart) / 1000))} s old ${life}, ${sizeOf(entry.bytes)}${tags.length === 0 ? "" : `, tags ${tags.map((tag) => JSON.stringify(tag)).join(", ")}`}`);
  }
  if (found.length === 0) print("Nothing is kept.");
}

function stateOf({ tagState, revalidate, renderStart }: Listed, now: number): string {
  if (tagState !== "fresh") return tagState;
  return revalidate !== false && now - renderStart >= revalidate * 1000 ? "stale" : "fresh";
}

// What is removed is invalidated: a running server has copies of its own, and hears of this one way alone.
async function remove(store: CacheStore, app: App): Promise<void> {
  const mode = options.has("--swr") ? "swr" : "expire";
  if (options.has("--all")) {
    await told(store, app, [ALL], mode);
    const removed = mode === "swr" ? 0 : await store.clear();
    return print(json ? JSON.stringify({ removed }) : mode === "swr" ? "Everything is made again when it is asked for next." : `${count(removed, "entry", "entries")} removed.`);
  }
  const byTag = options.has("--tag");
  const kind = options.has("--page") ? "page" : options.has("--layout") ? "layout" : "path";
  const names = words.filter((word) => !word.startsWith("--"));
  if (names.length === 0) throw new Mistake("nothing is named: give paths, tags with --tag, or --all");
  const tags = names.flatMap((name) => (byTag ? [userTag(checkTag(name))] : tagsOfPath(app, name, kind)));
  await told(store, app, tags, mode);
  print(json ? JSON.stringify({ invalidated: names }) : `${names.map((name) => JSON.stringify(name)).join(", ")} ${names.length === 1 ? "is" : "are"} made again when asked for next.`);
}

async function told(store: CacheStore, app: App, tags: readonly string[], mode: "expire" | "swr"): Promise<void> {
  await store.invalidate(tags, mode);
  const url = app.cache?.purge;
  if (url !== undefined) await purgeFor(store, tags, purgeByPost(url, process.env["VELOX_PURGE_SECRET"]));
}

function count(number: number, one: string, many = one + "s"): string {
  return `${number} ${number === 1 ? one : many}`;
}

function sizeOf(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 ** 2 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
}
