// Where rendered ISR pages are kept. One small interface, so that a durable or shared store can take the
// place of the one in memory. Invalidation compares times when a page is read, so it costs one record
// per tag, however many pages there are. Refuses to keep an older rendering over a newer one (ISR-9).

/** A kept page. */
export interface PageEntry {
  readonly body: Uint8Array;
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly etag: string;
  readonly tags: readonly string[];
  /** When the rendering began, in milliseconds. */
  readonly renderStart: number;
  /** Seconds, or false for manual revalidation only. */
  readonly revalidate: number | false;
}

/** What the tags of an entry say: an expired one must not be served, a stale one may once more. */
export type TagState = "fresh" | "stale" | "expired";

/** How an invalidation acts on the next request (INV-1). */
export type InvalidationMode = "expire" | "swr";

/** Keeps pages by key. */
export interface PageStore {
  now(): number | Promise<number>;
  get(key: string): Promise<{ entry: PageEntry; tagState: TagState } | null>;
  set(key: string, entry: PageEntry): Promise<"stored" | "older">;
  /** Resolves once it is as durable as the store can make it. */
  invalidate(tags: readonly string[], mode: InvalidationMode): Promise<void>;
  /** What the tags of an entry say that the store does not hold itself. */
  tagState(tags: readonly string[], renderStart: number): TagState;
}

const PAGE_BYTES = 64 * 1024 * 1024;
const MISSING_ENTRIES = 1000;

/** A store in memory, bounded by bytes; pages that do not exist are held apart and bounded by number. */
export class MemoryPageStore implements PageStore {
  readonly #pages = new Map<string, PageEntry>();
  readonly #missing = new Map<string, PageEntry>();
  readonly #invalidated = new Map<string, { time: number; mode: InvalidationMode }>();
  readonly #clock: () => number;
  readonly #limit: number;
  #bytes = 0;

  constructor(options: { readonly clock?: () => number; readonly bytes?: number } = {}) {
    this.#clock = options.clock ?? Date.now;
    this.#limit = options.bytes ?? PAGE_BYTES;
  }

  now(): number {
    return this.#clock();
  }

  async get(key: string): Promise<{ entry: PageEntry; tagState: TagState } | null> {
    const held = this.#pages.has(key) ? this.#pages : this.#missing;
    const entry = held.get(key);
    if (entry === undefined) return null;
    // The least recently used one is the first of the map.
    held.delete(key);
    held.set(key, entry);
    return { entry, tagState: this.tagState(entry.tags, entry.renderStart) };
  }

  async set(key: string, entry: PageEntry): Promise<"stored" | "older"> {
    const before = this.#pages.get(key) ?? this.#missing.get(key);
    if (before !== undefined && before.renderStart > entry.renderStart) return "older";
    this.#remove(key);
    if (entry.status === 404 || entry.status === 410) {
      this.#missing.set(key, entry);
      if (this.#missing.size > MISSING_ENTRIES) this.#missing.delete(first(this.#missing));
      return "stored";
    }
    this.#pages.set(key, entry);
    this.#bytes += sizeOf(entry);
    while (this.#bytes > this.#limit && this.#pages.size > 1) this.#remove(first(this.#pages));
    return "stored";
  }

  async invalidate(tags: readonly string[], mode: InvalidationMode): Promise<void> {
    const time = this.#clock();
    for (const tag of tags) {
      const before = this.#invalidated.get(tag);
      // A later milder invalidation does not take back a strict one for entries older than both.
      const strict = before !== undefined && before.mode === "expire" && mode === "swr";
      if (!strict) this.#invalidated.set(tag, { time, mode });
      else this.#invalidated.set(tag, { time, mode: "expire" });
    }
  }

  tagState(tags: readonly string[], renderStart: number): TagState {
    let state: TagState = "fresh";
    for (const tag of tags) {
      const record = this.#invalidated.get(tag);
      if (record === undefined || record.time < renderStart) continue;
      if (record.mode === "expire") return "expired";
      state = "stale";
    }
    return state;
  }

  #remove(key: string): void {
    const entry = this.#pages.get(key);
    if (entry !== undefined) {
      this.#bytes -= sizeOf(entry);
      this.#pages.delete(key);
    }
    this.#missing.delete(key);
  }
}

function first(map: ReadonlyMap<string, unknown>): string {
  return map.keys().next().value as string;
}

function sizeOf(entry: PageEntry): number {
  return entry.body.byteLength + 512;
}
