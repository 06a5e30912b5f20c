// Tags and the times of their invalidation. What a page is tagged with by itself (its path, its route, the folders
// of its pattern) and what people call tags have prefixes of their own, so that no name of the one can stand for
// the other.

import type { Entry, Found, InvalidationMode, TagState } from "./store.js";

/** Tags that one page or one piece of data can have (INV-5). */
export const MAX_TAGS = 128;
/** Longest tag in bytes (INV-5). */
export const MAX_TAG_BYTES = 256;

/** The tag that every entry has. */
export const ALL = "all:";

/** Checks a tag as people write it (INV-5). */
export function checkTag(tag: unknown): string {
  if (typeof tag !== "string") throw new TypeError(`a cache tag must be a string, not ${typeof tag}`);
  const bytes = Buffer.byteLength(tag);
  if (bytes === 0 || bytes > MAX_TAG_BYTES) {
    throw new RangeError(`a cache tag must have 1 to ${MAX_TAG_BYTES} bytes; ${JSON.stringify(tag.slice(0, 40))} has ${bytes}`);
  }
  return tag;
}

/** Checks a list of tags (INV-5). */
export function checkTags(tags: readonly unknown[], of: string): string[] {
  const checked = [...new Set(tags.map(checkTag))];
  if (checked.length > MAX_TAGS) throw new RangeError(`${of} can have at most ${MAX_TAGS} cache tags, not ${checked.length}`);
  return checked;
}

/** The store's tag for a tag that people gave. */
export const userTag = (tag: string): string => "t:" + tag;
/** The tag of one page by its canonical path. */
export const pathTag = (path: string): string => "path:" + path;
/** The tag of all pages of a route. */
export const routeTag = (id: string): string => "route:" + id;
/** The tag of all pages at and below a pattern. */
export const layoutTag = (pattern: string): string => "layout:" + pattern;

/** Tags of a page: its own, and those of the data in it. */
export function pageTags(route: { readonly id: string; readonly pattern: string }, path: string, tags: readonly string[]): string[] {
  return [ALL, pathTag(path), routeTag(route.id), ...foldersOf(route.pattern).map(layoutTag), ...tags.map(userTag)];
}

/** The path of a page by its tags; null for data. */
export function pathOfTags(tags: readonly string[]): string | null {
  const tag = tags.find((one) => one.startsWith("path:"));
  return tag === undefined ? null : tag.slice("path:".length);
}

/** The tags that people gave, without their prefix. */
export function userTagsOf(tags: readonly string[]): string[] {
  return tags.filter((tag) => tag.startsWith("t:")).map((tag) => tag.slice(2));
}

// `/`, `/blog`, `/blog/:slug` of `/blog/:slug`.
function foldersOf(pattern: string): string[] {
  const parts = pattern.split("/").filter(Boolean);
  return ["/", ...parts.map((_, index) => "/" + parts.slice(0, index + 1).join("/"))];
}

interface Times {
  expire: number;
  swr: number;
}

/** A held entry with what its tags say, unless they forbid to serve it. */
export function unlessExpired(held: Entry | undefined, tags: TagTimes): Found | null {
  if (held === undefined) return null;
  const found = tags.judge(held);
  return found.tagState === "expired" ? null : found;
}

/** When each tag was invalidated last, in each way: a later mild invalidation does not take back a strict one. */
export class TagTimes {
  readonly #times = new Map<string, Times>();

  get size(): number {
    return this.#times.size;
  }

  record(tag: string, mode: InvalidationMode, time: number): void {
    const known = this.#times.get(tag);
    if (known === undefined) this.#times.set(tag, { expire: mode === "expire" ? time : 0, swr: mode === "swr" ? time : 0 });
    else known[mode] = Math.max(known[mode], time);
  }

  /** What the tags of an entry say: invalidated at or after the start of its making (ISR-9). */
  judge(entry: Entry): Found {
    let tagState: TagState = "fresh";
    let invalidatedAt = 0;
    for (const tag of entry.tags) {
      const times = this.#times.get(tag);
      if (times === undefined) continue;
      invalidatedAt = Math.max(invalidatedAt, times.expire, times.swr);
      if (times.expire >= entry.renderStart) tagState = "expired";
      else if (times.swr >= entry.renderStart && tagState === "fresh") tagState = "stale";
    }
    return { entry, tagState, invalidatedAt };
  }

  /** Forgets what was invalidated before this time: nothing older is left that it could be meant for. */
  prune(before: number): void {
    for (const [tag, times] of this.#times) if (times.expire < before && times.swr < before) this.#times.delete(tag);
  }

  /** Each remembered invalidation. */
  *all(): Iterable<readonly [tag: string, mode: InvalidationMode, time: number]> {
    for (const [tag, { expire, swr }] of this.#times) {
      if (expire > 0) yield [tag, "expire", expire];
      if (swr > 0) yield [tag, "swr", swr];
    }
  }
}
