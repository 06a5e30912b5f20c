// What the cache asks of a store: one interface for memory, files and Redis (runtime.md 4.1). Pages and data are
// entries; an invalidation is a time that is compared when an entry is read, so it costs a record per tag, however
// many entries there are. Refuses to know what a page is: entries are bytes with tags and times.

/** A kept page, or kept data. */
export interface Entry {
  readonly body: Uint8Array;
  /** What belongs to the body and is read and written with it (ISR-8). */
  readonly payload?: Uint8Array;
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Strong entity tag of the body; empty where there is none. */
  readonly etag: string;
  /** Tags as the store knows them, with their prefixes (`tags.ts`). */
  readonly tags: readonly string[];
  /** When its making began, in milliseconds of the store's clock (ISR-9). */
  readonly renderStart: number;
  /** Seconds, or false for manual revalidation only. */
  readonly revalidate: number | false;
  /** Set after a failed renewal, and gone with the next good one. */
  readonly failure?: Failure;
}

/** What is known of renewals that failed in a row (ISR-3). Times are milliseconds of the store's clock. */
export interface Failure {
  readonly count: number;
  /** When the last of them began. */
  readonly at: number;
  /** Before this time nobody tries again. */
  readonly retryAt: number;
}

/** What the tags of an entry say: an expired one must not be served, a stale one may once more. */
export type TagState = "fresh" | "stale" | "expired";

/** How an invalidation acts on the next request (INV-1). */
export type InvalidationMode = "expire" | "swr";

/** An entry with what its tags say now. */
export interface Found {
  readonly entry: Entry;
  readonly tagState: TagState;
  /** Time of the last invalidation of any of its tags; 0 where there was none. */
  readonly invalidatedAt: number;
}

/** `<app>:<build>:p:<hash>` for pages, `<app>:d:<hash>` for data (`keys.ts`). */
export type Key = string;

/** The right to renew an entry, for one process at a time. It ends by itself. */
export interface Lease {
  readonly token: string;
  /** Prolongs the lease; false where it is lost. */
  renew(): Promise<boolean>;
  release(): Promise<void>;
}

/** How a read goes. */
export interface GetOptions {
  /** Looks past the copy in this process: another one may have renewed the entry. */
  readonly fresh?: boolean;
}

/** An entry in a list. */
export interface Listed {
  readonly key: Key;
  readonly status: number;
  readonly tags: readonly string[];
  readonly renderStart: number;
  readonly revalidate: number | false;
  /** Bytes of body and payload. */
  readonly bytes: number;
  readonly tagState: TagState;
}

/** Counts of a store; `bytes` are those of bodies, as far as they are known. */
export interface Stats {
  readonly kind: string;
  readonly health: Health;
  readonly pages: number;
  readonly data: number;
  readonly bytes: number;
  /** Entries and bytes held in this process. */
  readonly memory: { readonly entries: number; readonly bytes: number };
  /** Tags that were invalidated and are still remembered. */
  readonly tags: number;
  /** Entries that were broken and have been dropped since the start. */
  readonly broken: number;
}

/** `degraded`: entries are in this process's memory alone, until the store answers again. */
export type Health = "ok" | "degraded";

/** Told of invalidations of this and other processes. */
export type InvalidationListener = (tags: readonly string[], mode: InvalidationMode) => void;

/** Keeps entries and invalidations. Reads and writes of entries never throw on an outage; an invalidation does (INV-3). */
export interface CacheStore {
  readonly kind: "memory" | "files" | "redis";
  /** The store's time as this process knows it, without asking: for ages. */
  clock(): number;
  /** The store's time for the start of a rendering: later than every invalidation that was made before. */
  now(): Promise<number>;
  get(key: Key, options?: GetOptions): Promise<Found | null>;
  /** What this process holds and knows to be no less than `get` would give, at once; null where `get` has to be asked. */
  peek?(key: Key): Found | null;
  /** `older`: an entry of the same or a later start is there; `skipped`: it is kept in no shared place. */
  set(key: Key, entry: Entry): Promise<"stored" | "older" | "skipped">;
  /** Notes a failed renewal at the entry that is there. */
  fail(key: Key, failure: Failure): Promise<void>;
  /** Null where somebody else holds it. */
  lease(key: Key, milliseconds: number): Promise<Lease | null>;
  /** Resolves once it is durable, and rejects where that cannot be. */
  invalidate(tags: readonly string[], mode: InvalidationMode): Promise<void>;
  /** Gives the way to stop listening. */
  onInvalidate(listener: InvalidationListener): () => void;
  /** All entries, in no order. Reads each: for people and purges, not for requests. */
  entries(): AsyncIterable<Listed>;
  /** Removes every entry; invalidations stay. Gives the number of entries removed. */
  clear(): Promise<number>;
  health(): Health;
  stats(): Promise<Stats>;
  /** Removes what nobody can need: leftovers, old builds, what is above the limits. */
  sweep(): Promise<Stats>;
  close(): Promise<void>;
}

/** The settings that all stores take. */
export interface StoreSettings {
  /** Milliseconds since 1970; `Date.now` unless said otherwise. */
  readonly clock?: () => number;
  /** Bytes of entries held in this process; 64 MiB unless said otherwise. */
  readonly memoryBytes?: number;
  /** Where a store says what people should know; standard error unless said otherwise. */
  readonly warn?: (message: string) => void;
}

/** Bytes that are held in memory where nothing else is said. */
export const MEMORY_BYTES = 64 * 1024 * 1024;

/** Writes a warning to standard error. */
export function warnToConsole(message: string): void {
  console.error(`[velox] ${message}`);
}
