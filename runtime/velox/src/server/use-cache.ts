// `useCache` (X2): keeps what a function gave, under a key of the caller's, with tags and a lifetime. For data that
// does not come by `fetch`: database rows, files, results of long work. Refuses values that would not come back as
// they were.

import { deserialize, serialize } from "node:v8";
import { checkTags } from "../cache/tags.js";
import { checkLifetime } from "../render/data-use.js";
import { scopeOrNone } from "../render/scope.js";
import { isPreviewed } from "./preview.js";
import { runningRuntimes } from "./runtime.js";

/** How long a value is kept, and what ends it sooner. */
export interface CacheOptions {
  /** Cache tags of the value, and of the page that it goes into. */
  readonly tags?: readonly string[];
  /** Seconds, or false for until a tag is revalidated. Without it, as long as the page that the value goes into. */
  readonly revalidate?: number | false;
}

/** Names a kept value: a string, or several parts. */
export type CacheKey = string | readonly (string | number | boolean | null)[];

const TYPE: readonly (readonly [string, string])[] = [["content-type", "application/x-velox-value"]];

/**
 * The value of `load`, from the cache where it has been loaded before under this key. Values may hold what
 * `structuredClone` can copy: plain objects, arrays, dates, maps, sets, bigints, typed arrays.
 */
export async function useCache<T>(key: CacheKey, load: () => T | Promise<T>, options: CacheOptions = {}): Promise<T> {
  const parts = keyParts(key);
  const tags = checkTags(options.tags ?? [], "a value of useCache");
  if (options.revalidate !== undefined) checkLifetime(options.revalidate, "revalidate of useCache");
  const runtime = scopeOrNone()?.request?.runtime ?? [...runningRuntimes()][0];
  if (runtime === undefined) throw new Error("useCache: no Velox application is running in this process");
  const { data } = runtime;
  const place = `useCache(${JSON.stringify(key)})`;
  const made = async (): Promise<Uint8Array> => {
    const value = await load();
    try {
      return serialize(value);
    } catch (error) {
      throw new TypeError(`${place}: the value cannot be kept: ${(error as Error).message}`, { cause: error });
    }
  };
  // ISR-18: a preview is made of what is there now, and leaves nothing behind.
  if (isPreviewed()) return deserialize(await made()) as T;
  const result = await data.get<never>({ key: data.keys.data("value", JSON.stringify([...tags].sort()), ...parts), place, tags, revalidate: options.revalidate }, async () => {
    return { keep: { body: await made(), headers: TYPE, status: 200 } };
  });
  // A copy for each caller: what one does to the value is nothing to the others.
  return deserialize((result as { entry: { body: Uint8Array } }).entry.body) as T;
}

function keyParts(key: CacheKey): string[] {
  const parts = typeof key === "string" ? [key] : Array.isArray(key) ? key : null;
  const known = parts?.every((part) => part === null || ["string", "boolean"].includes(typeof part) || Number.isFinite(part));
  if (parts === null || parts.length === 0 || known !== true) {
    throw new TypeError("useCache: a key is a string, or an array of strings, finite numbers, booleans and null");
  }
  return parts.map((part) => JSON.stringify(part));
}
