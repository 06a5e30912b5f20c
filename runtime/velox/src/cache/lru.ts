// Entries in memory, bounded by bytes: the one that was not used for longest goes first. Pages that do not exist
// are held apart and bounded by number, so that guessed paths push out nothing (case 35).

import { MEMORY_BYTES, type Entry, type Key } from "./store.js";

const MISSING_ENTRIES = 1000;
const ENTRY_OVERHEAD = 512;

/** True where the entry says that there is no page. */
export function isMissing(entry: Entry): boolean {
  return entry.status === 404 || entry.status === 410;
}

/** Bytes that an entry takes in memory. */
export function sizeOf(entry: Entry): number {
  return entry.body.byteLength + (entry.payload?.byteLength ?? 0) + ENTRY_OVERHEAD;
}

/** The entries of one process. */
export class EntryLru {
  readonly #entries = new Map<Key, Entry>();
  readonly #missing = new Map<Key, Entry>();
  readonly #limit: number;
  #bytes = 0;

  constructor(limit: number = MEMORY_BYTES) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#entries.size + this.#missing.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get(key: Key): Entry | undefined {
    const held = this.#entries.has(key) ? this.#entries : this.#missing;
    const entry = held.get(key);
    if (entry === undefined) return undefined;
    // A map keeps the order of insertion: the first is the one unused for longest.
    held.delete(key);
    held.set(key, entry);
    return entry;
  }

  set(key: Key, entry: Entry): void {
    this.delete(key);
    if (isMissing(entry)) {
      this.#missing.set(key, entry);
      if (this.#missing.size > MISSING_ENTRIES) this.#missing.delete(first(this.#missing));
      return;
    }
    if (sizeOf(entry) > this.#limit) return;
    this.#entries.set(key, entry);
    this.#bytes += sizeOf(entry);
    while (this.#bytes > this.#limit) this.delete(first(this.#entries));
  }

  delete(key: Key): void {
    const entry = this.#entries.get(key);
    if (entry !== undefined) {
      this.#bytes -= sizeOf(entry);
      this.#entries.delete(key);
    }
    this.#missing.delete(key);
  }

  clear(): number {
    const { size } = this;
    this.#entries.clear();
    this.#missing.clear();
    this.#bytes = 0;
    return size;
  }

  *entries(): Iterable<readonly [Key, Entry]> {
    yield* this.#entries;
    yield* this.#missing;
  }

  /** The earliest start of all that is held; infinity where nothing is. */
  oldest(): number {
    let oldest = Infinity;
    for (const [, entry] of this.entries()) oldest = Math.min(oldest, entry.renderStart);
    return oldest;
  }
}

function first(map: ReadonlyMap<Key, unknown>): Key {
  return map.keys().next().value as Key;
}
