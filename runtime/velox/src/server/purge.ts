// Caches in front of the server are told what was invalidated (case 39): what they were allowed to keep cannot be
// called back by a header. Refuses to hold up an invalidation for long, and to take a failed purge for a failed
// invalidation.

import type { CacheStore } from "../cache/store.js";
import { pathOfTags, userTagsOf } from "../cache/tags.js";

/** What a cache in front should drop. */
export interface Purge {
  /** Canonical paths of the pages that were made with what was invalidated. */
  readonly paths: readonly string[];
  /** Tags of the application's own. */
  readonly tags: readonly string[];
}

/** Tells of the pages that carry one of the store's tags. */
export async function purgeFor(store: CacheStore, tags: readonly string[], purge: (purge: Purge) => void | Promise<void>): Promise<void> {
  const wanted = new Set(tags);
  const paths = new Set<string>();
  const named = pathOfTags(tags);
  if (named !== null) paths.add(named);
  for await (const entry of store.entries()) {
    if (!entry.tags.some((tag) => wanted.has(tag))) continue;
    const path = pathOfTags(entry.tags);
    if (path !== null) paths.add(path);
  }
  await purge({ paths: [...paths].sort(), tags: userTagsOf(tags) });
}

const TIMEOUT = 10_000;

/** A purge that is sent to an address as JSON. */
export function purgeByPost(url: string, secret: string | undefined): (purge: Purge) => Promise<void> {
  return async (purge) => {
    const headers: Record<string, string> = { "content-type": "application/json" };
    if (secret !== undefined && secret !== "") headers["authorization"] = `Bearer ${secret}`;
    const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(purge), signal: AbortSignal.timeout(TIMEOUT), redirect: "error" });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`the purge at ${new URL(url).origin} was answered with status ${response.status}`);
  };
}
