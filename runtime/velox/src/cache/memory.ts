// The store of one process: entries and invalidations end with it. For tests, for builds, and for handlers that
// have no folder. Everything it promises it keeps at once, so nothing here waits.

import { randomBytes } from "node:crypto";
import { CacheClock } from "./clock.js";
import { EntryLru } from "./lru.js";
import { partsOf } from "./keys.js";
import type {
  CacheStore, Entry, Failure, Found, GetOptions, Health, InvalidationListener, InvalidationMode, Key, Lease, Listed, Stats, StoreSettings,
} from "./store.js";
import { TagTimes } from "./tags.js";

const REMEMBERED_TAGS = 100_000;

/** Keeps entries in the memory of this process alone. */
export class MemoryStore implements CacheStore {
  readonly kind = "memory";
  readonly #lru: EntryLru;
  readonly #tags = new TagTimes();
  readonly #clock: CacheClock;
  readonly #leases = new LocalLeases(() => this.clock());
  readonly #listeners = new Set<InvalidationListener>();
  readonly #since: number;

  /** `since`: the earliest time that an entry which is not here yet may have; the start unless said otherwise. */
  constructor(settings: StoreSettings & { readonly since?: number } = {}) {
    this.#lru = new EntryLru(settings.memoryBytes);
    this.#clock = new CacheClock(settings.clock ?? Date.now);
    this.#since = settings.since ?? 0;
  }

  clock(): number {
    return this.#clock.time();
  }

  async now(): Promise<number> {
    return this.#clock.start();
  }

  async get(key: Key, _options?: GetOptions): Promise<Found | null> {
    return this.peek(key);
  }

  peek(key: Key): Found | null {
    const entry = this.#lru.get(key);
    return entry === undefined ? null : this.#tags.judge(entry);
  }

  async set(key: Key, entry: Entry): Promise<"stored" | "older" | "skipped"> {
    const before = this.#lru.get(key);
    if (before !== undefined && before.renderStart >= entry.renderStart) return "older";
    this.#lru.set(key, entry);
    return "stored";
  }

  async fail(key: Key, failure: Failure): Promise<void> {
    const entry = this.#lru.get(key);
    if (entry !== undefined) this.#lru.set(key, { ...entry, failure });
  }

  async lease(key: Key, milliseconds: number): Promise<Lease | null> {
    return this.#leases.take(key, milliseconds);
  }

  async invalidate(tags: readonly string[], mode: InvalidationMode): Promise<void> {
    const time = this.#clock.invalidate();
    for (const tag of tags) this.#tags.record(tag, mode, time);
    if (this.#tags.size > REMEMBERED_TAGS) this.#tags.prune(Math.min(this.#lru.oldest(), this.#since));
    for (const listener of this.#listeners) listener(tags, mode);
  }

  onInvalidate(listener: InvalidationListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async *entries(): AsyncIterable<Listed> {
    for (const [key, entry] of this.#lru.entries()) yield listed(key, this.#tags.judge(entry));
  }

  async clear(): Promise<number> {
    return this.#lru.clear();
  }

  health(): Health {
    return "ok";
  }

  async stats(): Promise<Stats> {
    let data = 0;
    for (const [key] of this.#lru.entries()) if (partsOf(key)?.build == null) data++;
    const { size: entries, bytes } = this.#lru;
    return { kind: this.kind, health: "ok", pages: entries - data, data, bytes, memory: { entries, bytes }, tags: this.#tags.size, broken: 0 };
  }

  sweep(): Promise<Stats> {
    return this.stats();
  }

  async close(): Promise<void> {
    this.#listeners.clear();
  }
}

/** An entry as lists show it. */
export function listed(key: Key, { entry, tagState }: Found): Listed {
  const { status, tags, renderStart, revalidate, body, payload } = entry;
  return { key, status, tags, renderStart, revalidate, bytes: body.byteLength + (payload?.byteLength ?? 0), tagState };
}

/** Leases among the users of one process. */
export class LocalLeases {
  readonly #held = new Map<Key, { readonly token: string; until: number }>();
  readonly #clock: () => number;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  take(key: Key, milliseconds: number): Lease | null {
    const now = this.#clock();
    const held = this.#held.get(key);
    if (held !== undefined && held.until > now) return null;
    const own = { token: randomBytes(8).toString("hex"), until: now + milliseconds };
    this.#held.set(key, own);
    return {
      token: own.token,
      renew: async () => {
        if (this.#held.get(key) !== own) return false;
        own.until = this.#clock() + milliseconds;
        return true;
      },
      release: async () => {
        if (this.#held.get(key) === own) this.#held.delete(key);
      },
    };
  }
}
