import { QueryClient } from "./client.js";
import type { QueryKey } from "./key.js";
/** A query. */
export interface QueryOptions<T> {
    readonly key: QueryKey;
    readonly fetcher: () => T | PromiseLike<T>;
    /** For how many milliseconds data counts as fresh. */
    readonly staleTime?: number;
    readonly refetchOnWindowFocus?: boolean;
    readonly initialData?: T | undefined;
    /** When `initialData` was fetched, in milliseconds since 1970. */
    readonly initialDataUpdatedAt?: number;
    readonly enabled?: boolean;
}
/** What a query gives (X4). */
export interface QueryResult<T> {
    readonly data: T | undefined;
    readonly status: "loading" | "error" | "success";
    readonly error: Error | null;
    readonly isFetching: boolean;
    readonly dataUpdatedAt: number;
    readonly refetch: () => Promise<void>;
}
/** A change on the server. */
export interface MutationOptions<T, V> {
    readonly mutate: (variables: V) => T | PromiseLike<T>;
}
/** What a mutation gives. */
export interface MutationResult<T, V> {
    readonly data: T | undefined;
    readonly status: "idle" | "loading" | "error" | "success";
    readonly error: Error | null;
    readonly mutate: (variables: V) => Promise<T>;
}
/** Gives a client to everything inside. */
export declare function QueryClientProvider(props: {
    readonly client: QueryClient;
    readonly children?: unknown;
}): unknown;
/** The client of the nearest provider. */
export declare function useQueryClient(): QueryClient;
/** A query's data, as far as it is there. */
export declare function useQuery<T>(options: QueryOptions<T>): QueryResult<T>;
/** A mutation, which waits for the browser. */
export declare function useMutation<T, V = void>(_options: MutationOptions<T, V>): MutationResult<T, V>;
/** The same as `useQuery`, for a query that is made outside of a component's body. */
export declare const createQuery: typeof useQuery;
/** The same as `useMutation`. */
export declare const createMutation: typeof useMutation;
