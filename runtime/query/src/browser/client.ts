// The cache of queries in the browser, over the caches and observers of query-core. Takes the place of its client, of
// which it needs a tenth. Refuses to be a second cache for what the page has: components share `getPageClient()`.

import {
  focusManager, onlineManager, QueryCache, type Query, type QueryClient as CoreClient,
  type DefaultedQueryObserverOptions,
} from "@tanstack/query-core";
import { hashKey, keyStartsWith, type QueryKey } from "../key.js";
import { filterOf, namesOf } from "../options.js";
import type {
  FetchOptions, QueryCacheMethods, QueryClientOptions, QueryFilter, QueryOptions, QueryState, Update,
} from "../types.js";

/** For how long data counts as fresh where nobody says so, in milliseconds (QRY-5). */
export const DEFAULT_STALE_TIME = 5_000;

// How old data of a page may be, when it arrives, to count as fetched just now: a slow connection, or a clock that is ahead.
const ARRIVAL_SLACK = 30_000;

/** Options in the words of query-core. */
export type CoreOptions = DefaultedQueryObserverOptions<any, any, any, any>;

type Arrival = readonly [time: number, slack: number, shown?: boolean];
type AnyQuery = Query<any, any, any, any>;

const nothing = (): void => undefined;

export class QueryClient implements QueryCacheMethods {
  readonly #cache = new QueryCache();
  readonly #defaults: object;
  // By the hash of a query that came with the page: the time of its data, and how much longer that is fresh.
  readonly #arrivals = new Map<string, Arrival>();
  // When the page was rendered: data in the props of its islands is as old, unless it is said otherwise.
  #rendered: Arrival | undefined;

  constructor(options: QueryClientOptions = {}) {
    const staleTime = ({ queryHash, state }: AnyQuery): number => {
      const arrival = this.#arrivals.get(queryHash);
      return DEFAULT_STALE_TIME + (arrival !== undefined && arrival[0] === state.dataUpdatedAt ? arrival[1] : 0);
    };
    this.#defaults = { staleTime, ...options.defaults };
  }

  // What query-core asks of a client.

  getQueryCache(): QueryCache {
    return this.#cache;
  }

  getQueryDefaults(): undefined {}

  defaultQueryOptions(options: { readonly queryKey: QueryKey; readonly _defaulted?: boolean }): CoreOptions {
    if (options._defaulted === true) return options as CoreOptions;
    const all: Record<string, unknown> = { _defaulted: true, _optimisticResults: "optimistic", ...this.#defaults };
    // An option that is there but undefined says nothing.
    for (const [name, value] of Object.entries(options)) if (value !== undefined) all[name] = value;
    all["queryHash"] ??= hashKey(options.queryKey);
    return all as unknown as CoreOptions;
  }

  /** This client, as query-core has its type. */
  get core(): CoreClient {
    return this as unknown as CoreClient;
  }

  /** Options of a component in the words of query-core. */
  options<T, D>(options: QueryOptions<T, D> | FetchOptions<T>): CoreOptions {
    const { key, fetcher } = namesOf(options);
    const hash = hashKey(key);
    const { initialData, initialDataUpdatedAt } = options as QueryOptions<T, D>;
    const given = initialData !== undefined && initialDataUpdatedAt === undefined;
    if (given && this.#rendered !== undefined && !this.#arrivals.has(hash)) this.#arrivals.set(hash, this.#rendered);
    const time = initialDataUpdatedAt ?? this.#arrivals.get(hash)?.[0];
    const all = {
      ...(options as object),
      queryKey: key,
      queryHash: hash,
      queryFn: (context: { signal: AbortSignal }) => fetcher({
        key,
        // Read late: query-core stops a fetch that nobody waits for only where its signal was taken.
        get signal() {
          return context.signal;
        },
      }),
      initialDataUpdatedAt: initialData === undefined || time === undefined ? undefined : Math.min(time, Date.now()),
    };
    return this.defaultQueryOptions(all);
  }

  /** Listens to the focus of the page and to the network; gives the function that ends it (QRY-10). */
  mount(): () => void {
    const ends = [
      focusManager.subscribe((focused) => focused && this.#cache.onFocus()),
      onlineManager.subscribe((online) => online && this.#cache.onOnline()),
    ];
    return () => ends.forEach((end) => end());
  }

  /**
   * Takes a query that came with the page: all of it, or when its data, which came otherwise, was there. Without a key it is when
   * the page was rendered.
   */
  arrive(key: QueryKey | null, dataUpdatedAt: number, ...data: unknown[]): void {
    const now = Date.now();
    const time = Math.min(dataUpdatedAt, now);
    const arrival: Arrival = [time, now - time > ARRIVAL_SLACK ? 0 : now - time];
    if (key === null) return void (this.#rendered = arrival);
    this.#arrivals.set(hashKey(key), [time, arrival[1], data.length === 0]);
    if (data.length > 0) this.take({ key, data: data[0], dataUpdatedAt: time });
  }

  /** Takes the `initialData` of a component that comes, where its page shows it and was rendered later than what is there was fetched. */
  offer<T, D>(options: QueryOptions<T, D>): void {
    const { key } = namesOf(options);
    const arrival = this.#arrivals.get(hashKey(key));
    const { initialData, initialDataUpdatedAt } = options;
    if (arrival?.[2] && initialData !== undefined && initialDataUpdatedAt === undefined) {
      this.take({ key, data: initialData, dataUpdatedAt: arrival[0] });
    }
  }

  /** Takes the state of a query, unless newer data is there (QRY-7). */
  take({ key, data, dataUpdatedAt }: QueryState): void {
    const time = Math.min(dataUpdatedAt, Date.now());
    if (!((this.getQueryState(key)?.dataUpdatedAt ?? -1) >= time)) this.setQueryData(key, () => data, time);
  }

  /** The queries that are known. */
  all(): AnyQuery[] {
    return this.#cache.getAll();
  }

  #find(filter: QueryKey | QueryFilter | undefined): AnyQuery[] {
    const { key, exact } = filterOf(filter);
    if (key === undefined) return this.#cache.getAll();
    const hash = hashKey(key);
    return this.#cache.getAll().filter((query) => (exact ? query.queryHash === hash : keyStartsWith(query.queryKey, key)));
  }

  async prefetchQuery<T>(options: FetchOptions<T>): Promise<void> {
    await this.fetchQuery(options).catch(nothing);
  }

  async fetchQuery<T>(options: FetchOptions<T>): Promise<T> {
    const all = { retry: false, ...this.options(options) };
    const query = this.#cache.build<T, Error, T>(this.core, all);
    const stale = typeof all.staleTime === "function" ? all.staleTime(query as never) : all.staleTime;
    return query.isStaleByTime(stale) ? query.fetch(all) : (query.state.data as T);
  }

  getQueryData<T = unknown>(key: QueryKey): T | undefined {
    return this.#cache.get<T>(hashKey(key))?.state.data as T | undefined;
  }

  getQueryState<T = unknown>(key: QueryKey): QueryState<T> | undefined {
    const state = this.#cache.get<T>(hashKey(key))?.state;
    return state?.data === undefined ? undefined : { key, data: state.data as T, dataUpdatedAt: state.dataUpdatedAt };
  }

  setQueryData<T>(key: QueryKey, update: Update<T>, dataUpdatedAt?: number): T | undefined {
    const known = this.getQueryData<T>(key);
    const data = typeof update === "function" ? (update as (data: T | undefined) => T | undefined)(known) : update;
    if (data === undefined) return known;
    const options = this.defaultQueryOptions({ queryKey: key });
    return this.#cache.build<T, Error, T>(this.core, options).setData(data, { manual: true, updatedAt: dataUpdatedAt } as never);
  }

  updateOptimistically<T>(key: QueryKey, update: Update<T>): () => void {
    void this.cancelQueries({ key, exact: true });
    const before = this.getQueryState<T>(key);
    const shown = this.setQueryData(key, update);
    return () => {
      // Somebody else has changed the data since: what it is now, the server knows.
      if (this.getQueryData(key) !== shown) void this.invalidateQueries({ key, exact: true });
      else if (before !== undefined) this.setQueryData(key, () => before.data, before.dataUpdatedAt);
      else if (shown !== undefined) this.#find({ key, exact: true }).forEach((query) => query.reset());
    };
  }

  async invalidateQueries(filter?: QueryKey | QueryFilter): Promise<void> {
    this.#find(filter).forEach((query) => query.invalidate());
    await this.refetchQueries(filter);
  }

  async refetchQueries(filter?: QueryKey | QueryFilter): Promise<void> {
    await Promise.all(this.#find(filter).filter((query) => query.isActive()).map((query) => {
      const fetching = query.fetch(undefined, { cancelRefetch: true }).catch(nothing);
      // Without a network it waits for one, and so shall nobody else.
      return query.state.fetchStatus === "paused" ? null : fetching;
    }));
  }

  async cancelQueries(filter?: QueryKey | QueryFilter): Promise<void> {
    await Promise.all(this.#find(filter).map((query) => query.cancel({ revert: true })));
  }

  removeQueries(filter?: QueryKey | QueryFilter): void {
    this.#find(filter).forEach((query) => this.#cache.remove(query));
  }

  isFetching(filter?: QueryKey | QueryFilter): number {
    return this.#find(filter).filter((query) => query.state.fetchStatus === "fetching").length;
  }

  clear(): void {
    this.#cache.clear();
  }
}
