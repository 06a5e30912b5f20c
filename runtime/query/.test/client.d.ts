import { type QueryKey } from "./key.js";
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
export declare class QueryClient {
    #private;
    /** Fetches a query into the cache. Never rejects and tries once; a failed query stays unknown (QRY-3). */
    prefetchQuery<T>(options: FetchOptions<T>): Promise<void>;
    /** Fetches a query, or gives what the cache holds of it; one request for callers that ask at once. */
    fetchQuery<T>(options: FetchOptions<T>): Promise<T>;
    /** The data of a query, if the cache has it. */
    getQueryData<T>(key: QueryKey): T | undefined;
    /** All that the cache has of a query. */
    getQueryState<T>(key: QueryKey): QueryState<T> | undefined;
    /** Puts data into the cache. */
    setQueryData<T>(key: QueryKey, data: T, dataUpdatedAt?: number): T;
    /** Forgets one query, or all. */
    invalidateQueries(key?: QueryKey): void;
    /** Forgets everything. */
    clear(): void;
    /** What the cache holds, in the order in which it came. */
    states(): QueryState[];
}
/** What a client holds, to be taken over by another. */
export declare function dehydrate(client: QueryClient): DehydratedState;
/** Takes over what another client held; newer data that is there stays (QRY-7). A time in the future is taken for now (QRY-6). */
export declare function hydrate(client: QueryClient, state: DehydratedState): void;
