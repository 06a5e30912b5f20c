// Queries and mutations as components see them while a page is rendered on the server: what was prefetched
// or given, or `loading`. Nothing is requested here (QRY-1).

import { createContext, useContext } from "velox/client";
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

const clientContext = createContext<QueryClient>();

/** Gives a client to everything inside. */
export function QueryClientProvider(props: { readonly client: QueryClient; readonly children?: unknown }): unknown {
  return clientContext.Provider({ value: props.client, children: props.children } as never);
}

/** The client of the nearest provider. */
export function useQueryClient(): QueryClient {
  const client = useContext(clientContext);
  if (client === undefined) throw new Error("useQueryClient() needs a <QueryClientProvider client={...}> around it");
  return client;
}

/** A query's data, as far as it is there. */
export function useQuery<T>(options: QueryOptions<T>): QueryResult<T> {
  const known = useContext(clientContext)?.getQueryState<T>(options.key);
  const given = options.initialData !== undefined;
  const data = known?.data ?? options.initialData;
  const success = known !== undefined || given;
  return {
    data,
    status: success ? "success" : "loading",
    error: null,
    isFetching: false,
    dataUpdatedAt: known?.dataUpdatedAt ?? (given ? (options.initialDataUpdatedAt ?? Date.now()) : 0),
    refetch: onServer("refetch"),
  };
}

/** A mutation, which waits for the browser. */
export function useMutation<T, V = void>(_options: MutationOptions<T, V>): MutationResult<T, V> {
  return { data: undefined, status: "idle", error: null, mutate: onServer("mutate") };
}

/** The same as `useQuery`, for a query that is made outside of a component's body. */
export const createQuery = useQuery;

/** The same as `useMutation`. */
export const createMutation = useMutation;

function onServer(name: string): () => Promise<never> {
  return async () => {
    throw new Error(`${name}() is for the browser: a page is rendered without waiting for it`);
  };
}
