// The cache of queries of one rendering. Refuses to fetch by itself: on the server a request is made by
// `prefetchQuery` and `fetchQuery` alone (QRY-1), and refuses to be shared: a client that is made outside of a
// request holds other data for each rendering (QRY-2).

import { scopeOrNone } from "velox/internal";
import { hashKey, keyStartsWith, type QueryKey } from "./key.js";
import { filterOf, namesOf } from "./options.js";
import type {
  DehydratedState, FetchOptions, QueryCacheMethods, QueryClientOptions, QueryFilter, QueryState, Update,
} from "./types.js";

/** A query that has data, and how it came by it. */
export interface Entry extends QueryState {
  /** True where the data is a component's `initialData`, which travels with its props. */
  readonly given: boolean;
}

interface Running {
  readonly key: QueryKey;
  readonly promise: Promise<unknown>;
  readonly abort: AbortController;
}

interface Store {
  readonly entries: Map<string, Entry>;
  readonly running: Map<string, Running>;
}

const newStore = (): Store => ({ entries: new Map(), running: new Map() });

// What the code that runs now belongs to: its rendering, else its request.
function place(): object | null {
  const scope = scopeOrNone();
  return scope?.render ?? scope?.request ?? null;
}

/** The cache. Make one for each rendering, in the server block of a page or layout (QRY-2). */
export class QueryClient implements QueryCacheMethods {
  readonly #own = newStore();
  // A client of a module is none of any request: each rendering that meets it finds it empty.
  readonly #others: WeakMap<object, Store> | null = place() === null ? new WeakMap() : null;

  constructor(_options: QueryClientOptions = {}) {}

  get #store(): Store {
    const here = this.#others === null ? null : place();
    if (here === null) return this.#own;
    let store = this.#others!.get(here);
    if (store === undefined) this.#others!.set(here, (store = newStore()));
    return store;
  }

  async prefetchQuery<T>(options: FetchOptions<T>): Promise<void> {
    const signal = scopeOrNone()?.request?.signal ?? null;
    try {
      await untilAborted(this.fetchQuery(options), signal);
    } catch (error) {
      if (signal?.aborted !== true) console.warn(`[velox] prefetchQuery(${hashKey(namesOf(options).key)}) failed:`, error);
    }
  }

  async fetchQuery<T>(options: FetchOptions<T>): Promise<T> {
    const { key, fetcher } = namesOf(options);
    const hash = hashKey(key);
    const store = this.#store;
    const known = store.entries.get(hash);
    if (known !== undefined) return known.data as T;
    let running = store.running.get(hash);
    if (running === undefined) {
      const abort = new AbortController();
      running = { key, abort, promise: this.#fetch(store, hash, key, () => fetcher({ key, signal: abort.signal }), abort) };
      store.running.set(hash, running);
    }
    return running.promise as Promise<T>;
  }

  async #fetch(store: Store, hash: string, key: QueryKey, fetch: () => unknown, abort: AbortController): Promise<unknown> {
    const signal = scopeOrNone()?.request?.signal ?? null;
    const leave = (): void => abort.abort(signal?.reason);
    signal?.addEventListener("abort", leave, { once: true });
    if (signal?.aborted === true) leave();
    try {
      // After this line, so that `running` holds the promise before the fetcher can ask for the same key.
      await null;
      abort.signal.throwIfAborted();
      const data = await fetch();
      abort.signal.throwIfAborted();
      if (data === undefined) throw new TypeError(`The fetcher of ${hash} gave undefined; a query's data is anything else`);
      store.entries.set(hash, { key, data, dataUpdatedAt: Date.now(), given: false });
      return data;
    } finally {
      signal?.removeEventListener("abort", leave);
      if (store.running.get(hash)?.abort === abort) store.running.delete(hash);
    }
  }

  getQueryData<T = unknown>(key: QueryKey): T | undefined {
    return this.getQueryState<T>(key)?.data;
  }

  getQueryState<T = unknown>(key: QueryKey): QueryState<T> | undefined {
    const entry = this.entry(hashKey(key));
    return entry === undefined ? undefined : { key: entry.key, data: entry.data as T, dataUpdatedAt: entry.dataUpdatedAt };
  }

  setQueryData<T>(key: QueryKey, update: Update<T>, dataUpdatedAt: number = Date.now()): T | undefined {
    const known = this.getQueryData<T>(key);
    const data = typeof update === "function" ? (update as (data: T | undefined) => T | undefined)(known) : update;
    if (data === undefined) return known;
    this.#store.entries.set(hashKey(key), { key, data, dataUpdatedAt, given: false });
    return data;
  }

  updateOptimistically<T>(key: QueryKey, update: Update<T>): () => void {
    const before = this.entry(hashKey(key));
    this.setQueryData(key, update);
    return () => {
      if (before === undefined) this.removeQueries({ key, exact: true });
      else this.setQueryData(key, before.data, before.dataUpdatedAt);
    };
  }

  async invalidateQueries(filter?: QueryKey | QueryFilter): Promise<void> {
    this.removeQueries(filter);
  }

  async refetchQueries(_filter?: QueryKey | QueryFilter): Promise<void> {}

  async cancelQueries(filter?: QueryKey | QueryFilter): Promise<void> {
    for (const [hash, running] of matching(this.#store.running, filter)) {
      this.#store.running.delete(hash);
      running.promise.catch(() => undefined);
      running.abort.abort();
    }
  }

  removeQueries(filter?: QueryKey | QueryFilter): void {
    void this.cancelQueries(filter);
    for (const [hash] of matching(this.#store.entries, filter)) this.#store.entries.delete(hash);
  }

  isFetching(filter?: QueryKey | QueryFilter): number {
    return matching(this.#store.running, filter).length;
  }

  clear(): void {
    this.removeQueries();
  }

  /** Takes a component's `initialData`, unless something is known. */
  give(hash: string, state: QueryState): Entry {
    const { entries } = this.#store;
    let entry = entries.get(hash);
    if (entry === undefined) entries.set(hash, (entry = { ...state, given: true }));
    return entry;
  }

  /** What is known of a query. */
  entry(hash: string): Entry | undefined {
    return this.#store.entries.get(hash);
  }

  /** All that is known, in the order in which it came. */
  entries(): IterableIterator<[string, Entry]> {
    return this.#store.entries.entries();
  }
}

function matching<T extends { readonly key: QueryKey }>(map: ReadonlyMap<string, T>, filter: QueryKey | QueryFilter | undefined): [string, T][] {
  const { key, exact } = filterOf(filter);
  if (key === undefined) return [...map];
  const wanted = hashKey(key);
  return [...map].filter(([hash, item]) => (exact ? hash === wanted : keyStartsWith(item.key, key)));
}

async function untilAborted(promise: Promise<unknown>, signal: AbortSignal | null): Promise<void> {
  if (signal === null) return void (await promise);
  let leave: () => void = () => undefined;
  const left = new Promise<void>((resolve) => {
    leave = resolve;
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", leave, { once: true });
  });
  try {
    await Promise.race([promise, left]);
  } finally {
    signal.removeEventListener("abort", leave);
  }
}

/** What a client holds, to be taken over by another. */
export function dehydrate(client: QueryClient): DehydratedState {
  return { queries: [...client.entries()].map(([, { key, data, dataUpdatedAt }]) => ({ key, data, dataUpdatedAt })) };
}

/** Takes over what another client held; newer data that is there stays (QRY-7). A time in the future is taken for now (QRY-6). */
export function hydrate(client: QueryClient, state: DehydratedState): void {
  const now = Date.now();
  for (const { key, data, dataUpdatedAt } of state.queries) {
    const time = Math.min(dataUpdatedAt, now);
    if ((client.getQueryState(key)?.dataUpdatedAt ?? -1) < time) client.setQueryData(key, () => data, time);
  }
}
