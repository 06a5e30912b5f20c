// The cache of queries of one rendering. Refuses to fetch by itself: on the server a request is made by
// `prefetchQuery` and `fetchQuery` alone (QRY-1).

import { hashKey, type QueryKey } from "./key.js";

/** A query that is asked for by hand. */
export interface FetchOptions<T> {
  readonly key: QueryKey;
  readonly fetcher: () => T | PromiseLike<T>;
}

/** What the cache holds of a query that has succeeded. */
export interface QueryState<T = unknown> {
  readonly key: QueryKey;
  readonly data: T;
  /** When the data was there, in milliseconds since 1970. */
  readonly dataUpdatedAt: number;
}

/** The successful queries of a client, as plain values (QRY-4). */
export interface DehydratedState {
  readonly queries: readonly QueryState[];
}

/** The cache. Make one for each rendering, in the server block of a page or layout (QRY-2). */
export class QueryClient {
  readonly #states = new Map<string, QueryState>();
  readonly #running = new Map<string, Promise<unknown>>();

  /** Fetches a query into the cache. Never rejects and tries once; a failed query stays unknown (QRY-3). */
  async prefetchQuery<T>(options: FetchOptions<T>): Promise<void> {
    await this.fetchQuery(options).then(undefined, () => undefined);
  }

  /** Fetches a query, or gives what the cache holds of it; one request for callers that ask at once. */
  async fetchQuery<T>(options: FetchOptions<T>): Promise<T> {
    const hash = hashKey(options.key);
    const known = this.#states.get(hash);
    if (known !== undefined) return known.data as T;
    const running = this.#running.get(hash);
    if (running !== undefined) return running as Promise<T>;
    const fetching = (async () => this.setQueryData(options.key, await options.fetcher()))();
    this.#running.set(hash, fetching);
    try {
      return await fetching;
    } finally {
      this.#running.delete(hash);
    }
  }

  /** The data of a query, if the cache has it. */
  getQueryData<T>(key: QueryKey): T | undefined {
    return this.getQueryState<T>(key)?.data;
  }

  /** All that the cache has of a query. */
  getQueryState<T>(key: QueryKey): QueryState<T> | undefined {
    return this.#states.get(hashKey(key)) as QueryState<T> | undefined;
  }

  /** Puts data into the cache. */
  setQueryData<T>(key: QueryKey, data: T, dataUpdatedAt: number = Date.now()): T {
    this.#states.set(hashKey(key), { key, data, dataUpdatedAt });
    return data;
  }

  /** Forgets one query, or all. */
  invalidateQueries(key?: QueryKey): void {
    if (key === undefined) this.#states.clear();
    else this.#states.delete(hashKey(key));
  }

  /** Forgets everything. */
  clear(): void {
    this.#states.clear();
    this.#running.clear();
  }

  /** What the cache holds, in the order in which it came. */
  states(): QueryState[] {
    return [...this.#states.values()];
  }
}

/** What a client holds, to be taken over by another. */
export function dehydrate(client: QueryClient): DehydratedState {
  return { queries: client.states() };
}

/** Takes over what another client held; newer data that is there stays (QRY-7). A time in the future is taken for now (QRY-6). */
export function hydrate(client: QueryClient, state: DehydratedState): void {
  const now = Date.now();
  for (const query of state.queries) {
    const updated = Math.min(query.dataUpdatedAt, now);
    const own = client.getQueryState(query.key);
    if (own === undefined || own.dataUpdatedAt < updated) client.setQueryData(query.key, query.data, updated);
  }
}
