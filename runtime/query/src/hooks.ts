// Queries and mutations as components see them while a page is rendered on the server: what was prefetched
// or given, or `loading`. Nothing is requested here (QRY-1).

import { createContext, useContext } from "velox/client";
import type { Html } from "velox/internal";
import type { Renderable } from "velox/jsx-runtime";
import { QueryClient } from "./client.js";
import { hashKey } from "./key.js";
import { namesOf } from "./options.js";
import { renderingQueries } from "./rendering.js";
import type { LoadingQuery, MutationOptions, MutationResult, QueryOptions, QueryResult, SuccessfulQuery } from "./types.js";

const clientContext = createContext<QueryClient>();

/** Gives a client to everything inside, and what it holds to the browser. */
export function QueryClientProvider(props: { readonly client: QueryClient; readonly children?: Renderable }): Html {
  if (!(props.client instanceof QueryClient)) throw new TypeError("<QueryClientProvider> needs a client: client={new QueryClient()}, made in the server block");
  renderingQueries()?.add(props.client);
  return clientContext.Provider({ value: props.client, children: props.children });
}

/**
 * The client of the nearest provider; where there is none, that of the rendering. In a server block it is always
 * that of the rendering, and what is prefetched into it needs no provider.
 */
export function useQueryClient(): QueryClient {
  const client = useContext(clientContext) ?? renderingQueries()?.client;
  if (client === undefined) throw new Error("useQueryClient() works only while a page is being rendered");
  return client;
}

/** A query's data, as far as it is there. */
export function useQuery<T, D = T>(options: QueryOptions<T, D>): QueryResult<D> {
  const { key } = namesOf(options);
  const hash = hashKey(key);
  const queries = renderingQueries();
  const client = useContext(clientContext) ?? queries?.client ?? new QueryClient();
  const { initialData, initialDataUpdatedAt } = options;
  const given = initialData !== undefined;
  let entry = queries === null ? client.entry(hash) : queries.find(hash, client);
  if (entry === undefined && given) {
    const now = Date.now();
    entry = client.give(hash, { key, data: initialData, dataUpdatedAt: Math.min(initialDataUpdatedAt ?? now, now) });
  }
  if (entry === undefined) return placeholder(options);
  queries?.show(hash, entry, { given, timed: initialDataUpdatedAt !== undefined });
  const result: SuccessfulQuery<D> = {
    status: "success",
    data: select(options, entry.data as T),
    error: null,
    isFetching: false,
    isPlaceholderData: false,
    dataUpdatedAt: entry.dataUpdatedAt,
    refetch: onServer("refetch"),
  };
  return result;
}

function placeholder<T, D>(options: QueryOptions<T, D>): QueryResult<D> {
  const { placeholderData } = options;
  const data = typeof placeholderData === "function" ? (placeholderData as (previous: undefined) => T | undefined)(undefined) : placeholderData;
  const base = { error: null, isFetching: false, dataUpdatedAt: 0, refetch: onServer("refetch") };
  if (data === undefined) return { ...base, status: "loading", data: undefined, isPlaceholderData: false } satisfies LoadingQuery;
  return { ...base, status: "success", data: select(options, data), isPlaceholderData: true };
}

function select<T, D>(options: QueryOptions<T, D>, data: T): D {
  return options.select === undefined ? (data as unknown as D) : options.select(data);
}

/** A mutation, which waits for the browser. */
export function useMutation<T, V = void, C = unknown>(_options: MutationOptions<T, V, C>): MutationResult<T, V> {
  return {
    status: "idle",
    data: undefined,
    error: null,
    variables: undefined,
    mutate: onServer("mutate"),
    mutateAsync: onServer("mutateAsync"),
    reset: onServer("reset"),
  };
}

/**
 * A query that may be made outside of a component too, where every component that reads it shows it. On the server it
 * is looked up when it is read.
 */
export function createQuery<T, D = T>(options: QueryOptions<T, D>): QueryResult<D> {
  const names = ["status", "data", "error", "isFetching", "isPlaceholderData", "dataUpdatedAt", "refetch"] as const;
  return Object.defineProperties({}, Object.fromEntries(names.map((name) => [
    name, { enumerable: true, get: () => useQuery(options)[name] },
  ]))) as QueryResult<D>;
}

/** The same as `useMutation`, for a mutation that is made outside of a component too. */
export const createMutation: typeof useMutation = useMutation;

function onServer(name: string): () => never {
  return () => {
    throw new Error(`${name}() is for the browser: a page is rendered without waiting for it`);
  };
}
