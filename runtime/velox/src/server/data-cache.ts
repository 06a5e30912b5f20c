// Data that outlives the rendering it was fetched in (FET-6): kept in the same store as pages, under keys that no
// build is part of. What is too old is served once more while it is fetched again, except into a page that is shared:
// that is made of fresh data or not at all (ISR-16).

import { isAged } from "../cache/entry.js";
import type { Keys } from "../cache/keys.js";
import type { CacheStore, Entry, Key } from "../cache/store.js";
import { ALL, userTag, userTagsOf } from "../cache/tags.js";
import { DataUse, shorter } from "../render/data-use.js";
import { inScope, scopeOrNone, type Scope } from "../render/scope.js";

/** Where data is kept. */
export interface DataCacheParts {
  readonly store: CacheStore;
  readonly keys: Keys;
  report(error: unknown, place: string): void;
}

/** What is to be kept, and for how long. */
export interface DataRequest {
  readonly key: Key;
  /** Names the data in messages. */
  readonly place: string;
  readonly tags: readonly string[];
  /** Seconds; false for ever; undefined for as long as the page that it goes into. */
  readonly revalidate: number | false | undefined;
}

/** Data that was loaded. */
export interface Loaded {
  readonly body: Uint8Array;
  readonly headers: readonly (readonly [string, string])[];
  readonly status: number;
}

/** What a load gives: data to keep, or a value that is for the caller alone. */
export type LoadResult<T> = { readonly keep: Loaded } | { readonly pass: T };

/** Data from the cache, or the value of a load that gave nothing to keep. */
export type DataResult<T> = { readonly entry: Entry } | { readonly pass: T };

/** What the rendering for everybody that runs now says of the data in it. */
export interface SharedWork {
  /** The start of the rendering, in the store's time. */
  readonly renderStart: number;
  /** Seconds that the page may be kept. */
  readonly revalidate: number | false;
}

/** Kept data of one application. */
export class DataCache {
  readonly #parts: DataCacheParts;
  readonly #loads = new Map<Key, { readonly startedAt: number; readonly promise: Promise<DataResult<unknown>> }>();

  constructor(parts: DataCacheParts) {
    this.#parts = parts;
  }

  get keys(): Keys {
    return this.#parts.keys;
  }

  /** The data, from the cache where it is good; `load` runs for all who wait for it. */
  async get<T>(request: DataRequest, load: () => Promise<LoadResult<T>>): Promise<DataResult<T>> {
    const { store } = this.#parts;
    const scope = scopeOrNone();
    const use = useOf(scope);
    const shared = scope?.request?.shared ?? null;
    const lifetime = request.revalidate ?? shared?.revalidate ?? false;
    // Also where the load fails: a page that shows the failure is the data's too.
    use?.record(request.tags, lifetime);
    const found = await store.get(request.key);
    if (found !== null && found.tagState !== "expired") {
      const { entry, tagState } = found;
      const old = tagState === "stale" || isAged(entry, store.clock(), shorter(entry.revalidate, lifetime));
      if (!old || shared === null) {
        use?.record(userTagsOf(entry.tags), entry.revalidate);
        if (old && !this.#loads.has(request.key)) this.#load(request, shared, scope, load).catch((error: unknown) => this.#parts.report(error, request.place));
        return { entry };
      }
    }
    for (let round = 0; ; round++) {
      const running = this.#loads.get(request.key);
      // A page needs data from after its beginning.
      const joined = running !== undefined && (shared === null || running.startedAt >= shared.renderStart) && round === 0;
      const result = await (joined ? (running.promise as Promise<DataResult<T>>) : this.#load(request, shared, scope, load));
      if ("entry" in result) {
        // What was invalidated while it was loaded answers those who asked before.
        if (joined && (await store.get(request.key))?.tagState === "expired") continue;
        use?.record(userTagsOf(result.entry.tags), result.entry.revalidate);
        return result;
      }
      // A value that cannot be kept is for the one who loaded it.
      if (!joined) return result;
    }
  }

  #load<T>(request: DataRequest, shared: SharedWork | null, scope: Scope | undefined, load: () => Promise<LoadResult<T>>): Promise<DataResult<T>> {
    const running = {
      startedAt: this.#parts.store.clock(),
      promise: this.#run(request, shared, scope, load).finally(() => {
        if (this.#loads.get(request.key) === running) this.#loads.delete(request.key);
      }),
    };
    this.#loads.set(request.key, running);
    return running.promise;
  }

  async #run<T>(request: DataRequest, shared: SharedWork | null, scope: Scope | undefined, load: () => Promise<LoadResult<T>>): Promise<DataResult<T>> {
    const { store } = this.#parts;
    // Data of a page is as old as the page: what is invalidated meanwhile reaches both, and both age together.
    const renderStart = shared?.renderStart ?? (await store.now());
    // Tags of data inside of this data are its own too.
    const inner = new DataUse("kept data");
    inner.record(request.tags, false);
    const result = await inScope({ request: null, render: null, view: null, collector: null, contexts: null, ...scope, data: inner }, load);
    if ("pass" in result) return result;
    const entry = this.#entryOf(request, result.keep, inner, renderStart);
    await store.set(request.key, entry);
    return { entry };
  }

  // `inner` has the request's own tags too.
  #entryOf(request: DataRequest, { body, headers, status }: Loaded, inner: DataUse, renderStart: number): Entry {
    const revalidate = shorter(request.revalidate ?? false, inner.revalidate);
    return { body, headers, status, etag: "", tags: [ALL, ...[...inner.tags].map(userTag)], renderStart, revalidate };
  }
}

/** Where the tags of data go: to the data that is loaded around it, or to the page. */
export function useOf(scope: Scope | undefined): DataUse | null {
  return scope?.data ?? scope?.render?.data ?? scope?.request?.data ?? null;
}
