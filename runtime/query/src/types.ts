// What queries and mutations take and give: the same on the server and in the browser (X4). Types only.

import type { QueryKey } from "./key.js";

/** What a fetcher is given. */
export interface FetchContext {
  /** The key of the query. */
  readonly key: QueryKey;
  /**
   * Aborts when nobody waits for the data any more: on the server when the visitor left, in the browser when the last
   * component that shows the query went. Pass it to `fetch`.
   */
  readonly signal: AbortSignal;
}

/** Loads the data of a query. Data is anything but `undefined`. */
export type Fetcher<T> = (context: FetchContext) => T | PromiseLike<T>;

/** The names of a query: Velox's own. */
export interface QueryNames<T> {
  /** What the query is known by. Queries with equal keys are one query. */
  readonly key: QueryKey;
  /** Loads the data. */
  readonly fetcher: Fetcher<T>;
}

/** The same under the names that TanStack Query uses, for code that comes from there. */
export interface TanStackNames<T> {
  /** See `key`. */
  readonly queryKey: QueryKey;
  /** See `fetcher`. */
  readonly queryFn: Fetcher<T>;
}

/** Settings of a query that say when its data is fetched, and what stands in for it until then. Times are in milliseconds. */
export interface QuerySettings<T, D = T> {
  /** For how long data counts as fresh; 5,000 unless said otherwise. Fresh data is not fetched again by a mount or a focus. */
  readonly staleTime?: number;
  /** For how long data that no component shows is kept; 5 minutes unless said otherwise. */
  readonly gcTime?: number;
  /** `false` keeps the query from being fetched by itself; `refetch` still works. */
  readonly enabled?: boolean;
  /** Whether stale data is fetched when the visitor comes back to the page; on unless said otherwise. */
  readonly refetchOnWindowFocus?: boolean;
  /** Whether stale data is fetched when a component that shows it appears; on unless said otherwise. */
  readonly refetchOnMount?: boolean;
  /** Whether stale data is fetched when the network is there again; on unless said otherwise. */
  readonly refetchOnReconnect?: boolean;
  /** Fetches again and again in this interval, while the page is visible. */
  readonly refetchInterval?: number | false;
  /** How often a failed fetch is tried again in the browser, or whether; 3 times unless said otherwise. */
  readonly retry?: boolean | number | ((failures: number, error: Error) => boolean);
  /** How long to wait before a fetch is tried again; doubles from 1,000 to at most 30,000 unless said otherwise. */
  readonly retryDelay?: number | ((failures: number, error: Error) => number);
  /**
   * Data that is there already, from the server block for instance. It goes into the cache, for every component that
   * uses the key.
   */
  readonly initialData?: T | undefined;
  /**
   * When `initialData` was fetched, in milliseconds since 1970. Where it is not given, the time at which the server
   * rendered the page (QRY-6), and outside of a page that came from the server the time at which the query was made.
   */
  readonly initialDataUpdatedAt?: number | undefined;
  /** Shown until there is data, and never put into the cache; a function gets the data that was shown before. */
  readonly placeholderData?: T | ((previous: T | undefined) => T | undefined) | undefined;
  /** Makes what the component sees of what the cache holds. */
  readonly select?: (data: T) => D;
}

/** A query (X4). */
export type QueryOptions<T, D = T> = QuerySettings<T, D> & (QueryNames<T> | TanStackNames<T>);

/** A query that is asked for by hand: in a server block, or in a handler in the browser. */
export type FetchOptions<T> = Pick<QuerySettings<T>, "staleTime" | "gcTime" | "retry" | "retryDelay"> & (QueryNames<T> | TanStackNames<T>);

/** What every state of a query has. */
export interface QueryResultBase {
  /** True while a request runs, in the background too. */
  readonly isFetching: boolean;
  /** When the data was fetched, in milliseconds since 1970; 0 where there is none. */
  readonly dataUpdatedAt: number;
  /** True where the data is `placeholderData`. */
  readonly isPlaceholderData: boolean;
  /** Fetches now, fresh or not. Resolves when that is done, and never rejects: see `error`. */
  readonly refetch: () => Promise<void>;
}

/** A query that has neither data nor an error yet. */
export interface LoadingQuery extends QueryResultBase {
  readonly status: "loading";
  readonly data: undefined;
  readonly error: null;
}

/** A query whose last fetch failed. Data of a fetch before it is kept. */
export interface FailedQuery<D> extends QueryResultBase {
  readonly status: "error";
  readonly data: D | undefined;
  readonly error: Error;
}

/** A query with data. */
export interface SuccessfulQuery<D> extends QueryResultBase {
  readonly status: "success";
  readonly data: D;
  readonly error: null;
}

/** What a query gives (X4). */
export type QueryResult<D> = LoadingQuery | FailedQuery<D> | SuccessfulQuery<D>;

/** What an undo of an optimistic change is: a function, or a value that `onError` gets. */
export type MutateContext<C> = C | void | Promise<C | void>;

/** The work of a mutation under Velox's own name. */
export interface MutationNames<T, V> {
  /** Makes the change. */
  readonly mutate: (variables: V) => T | PromiseLike<T>;
}

/** The same under the name that TanStack Query uses. */
export interface TanStackMutationNames<T, V> {
  /** See `mutate`. */
  readonly mutationFn: (variables: V) => T | PromiseLike<T>;
}

/** What happens around a mutation. */
export interface MutationSettings<T, V, C = unknown> {
  /**
   * The keys whose queries are out of date once the change is made. Those on the page are fetched again, and the
   * mutation succeeds when they are there. A list counts where the change failed too, a function only where it is made.
   */
  readonly invalidates?: readonly QueryKey[] | ((data: T, variables: V) => readonly QueryKey[]);
  /**
   * Runs before the change is made: the place to show it already. A function that it returns takes that back, and is
   * called where the change fails; any other value is for `onError`.
   */
  readonly onMutate?: (variables: V) => MutateContext<C>;
  /** Runs when the change failed, after it was taken back. */
  readonly onError?: (error: Error, variables: V, context: C | undefined) => unknown;
  /** Runs when the change is made. The mutation succeeds when its promise resolves. */
  readonly onSuccess?: (data: T, variables: V, context: C | undefined) => unknown;
  /** Runs at the end, either way. */
  readonly onSettled?: (data: T | undefined, error: Error | null, variables: V, context: C | undefined) => unknown;
  /** How often a failed change is tried again; never unless said otherwise. */
  readonly retry?: boolean | number | ((failures: number, error: Error) => boolean);
  /** How long to wait, in milliseconds, before it is tried again. */
  readonly retryDelay?: number | ((failures: number, error: Error) => number);
}

/** A change on the server. */
export type MutationOptions<T, V = void, C = unknown> = MutationSettings<T, V, C> & (MutationNames<T, V> | TanStackMutationNames<T, V>);

/** What a mutation gives. */
export interface MutationResult<T, V = void> {
  readonly status: "idle" | "loading" | "error" | "success";
  /** What the last change gave. */
  readonly data: T | undefined;
  /** What the last change failed with. */
  readonly error: Error | null;
  /** What the last change was asked for with. */
  readonly variables: V | undefined;
  /** Makes the change. A failure is in `error`. */
  readonly mutate: (variables: V) => void;
  /** Makes the change; the promise rejects where it fails. */
  readonly mutateAsync: (variables: V) => Promise<T>;
  /** Back to `idle`. */
  readonly reset: () => void;
}

/** Which queries: those whose key begins with a key, or, with `exact`, the one whose key it is. */
export interface QueryFilter {
  readonly key: QueryKey;
  readonly exact?: boolean;
}

/** What the cache holds of a query. */
export interface QueryState<T = unknown> {
  readonly key: QueryKey;
  readonly data: T;
  /** When the data was fetched, in milliseconds since 1970. */
  readonly dataUpdatedAt: number;
}

/** The successful queries of a client, as plain values (QRY-4). */
export interface DehydratedState {
  readonly queries: readonly QueryState[];
}

/** New data for a query, or a function that makes it of the data that is there; `undefined` changes nothing. */
export type Update<T> = T | undefined | ((data: T | undefined) => T | undefined);

/** Settings of a client. */
export interface QueryClientOptions {
  /** Settings for every query that does not say otherwise. */
  readonly defaults?: Omit<QuerySettings<unknown>, "initialData" | "initialDataUpdatedAt" | "placeholderData" | "select">;
}

/** The cache of queries, as both sides have it. */
export interface QueryCacheMethods {
  /** Fetches a query into the cache unless fresh data is there. Never rejects; a query that fails stays unknown (QRY-3). */
  prefetchQuery<T>(options: FetchOptions<T>): Promise<void>;
  /** Fetches a query, or gives what the cache holds where that is fresh; one request for callers that ask at once. */
  fetchQuery<T>(options: FetchOptions<T>): Promise<T>;
  /** The data of a query, if the cache has it. */
  getQueryData<T = unknown>(key: QueryKey): T | undefined;
  /** Data, and when it was fetched. */
  getQueryState<T = unknown>(key: QueryKey): QueryState<T> | undefined;
  /** Puts data into the cache; gives what is there then. */
  setQueryData<T>(key: QueryKey, update: Update<T>, dataUpdatedAt?: number): T | undefined;
  /**
   * Shows a change before the server has made it: stops what is being fetched under the key and puts the new data into
   * the cache. Gives the function that takes it back, which `onMutate` of a mutation may return.
   */
  updateOptimistically<T>(key: QueryKey, update: Update<T>): () => void;
  /** Marks data as stale, of all queries where nothing is said; what is on the page is fetched again. */
  invalidateQueries(filter?: QueryKey | QueryFilter): Promise<void>;
  /** Fetches what is on the page again, stale or not. */
  refetchQueries(filter?: QueryKey | QueryFilter): Promise<void>;
  /** Stops what is being fetched, so that it does not write over a change that is shown already. */
  cancelQueries(filter?: QueryKey | QueryFilter): Promise<void>;
  /** Forgets queries. */
  removeQueries(filter?: QueryKey | QueryFilter): void;
  /** How many queries are being fetched. */
  isFetching(filter?: QueryKey | QueryFilter): number;
  /** Forgets everything, and stops what is being fetched. */
  clear(): void;
}
