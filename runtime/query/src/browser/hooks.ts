// Queries and mutations in components of the browser, on the hooks of preact. The first rendering of a component gives
// what the server gave, so that hydration finds what it expects; fetching starts after it.

import { MutationCache, MutationObserver, notifyManager, QueryObserver } from "@tanstack/query-core";
import { createContext, h, type ComponentChildren, type VNode } from "preact";
import { useContext, useEffect, useMemo, useReducer, useRef } from "preact/hooks";
import type { MutationOptions, MutationResult, QueryOptions, QueryResult } from "../types.js";
import type { QueryClient } from "./client.js";
import { mutationOptions } from "./mutation.js";
import { getPageClient } from "./page.js";
import { mutationView, queryView } from "./views.js";

const clientContext = createContext<QueryClient | undefined>(undefined);

/** Gives a client to everything inside. */
export function QueryClientProvider(props: { readonly client: QueryClient; readonly children?: ComponentChildren }): VNode {
  useEffect(() => props.client.mount(), [props.client]);
  return h(clientContext.Provider as never, { value: props.client } as never, props.children as never);
}

/** True where hooks can be called: while a component is rendered. */
export function insideComponent(): boolean {
  try {
    useRef(null);
    return true;
  } catch {
    return false;
  }
}

/** The client of the nearest provider; where there is none, that of the page. */
export function useQueryClient(): QueryClient {
  return (insideComponent() ? useContext(clientContext) : undefined) ?? getPageClient();
}

const useRedraw = (): (() => void) => useReducer<number, void>((count) => count + 1, 0)[1] as () => void;

/** A query's data, kept up to date. */
export function useQuery<T, D = T>(options: QueryOptions<T, D>): QueryResult<D> {
  const given = useContext(clientContext);
  const client = useMemo(() => given ?? getPageClient(), [given]);
  const redraw = useRedraw();
  const all = client.options(options);
  const observer = useMemo(() => new QueryObserver(client.core, all), [client]);
  const rendered = useRef<unknown>(null);
  const result = observer.getOptimisticResult(rendered.current === observer ? all : { ...all, _optimisticResults: "isRestoring" });
  useEffect(() => {
    rendered.current = observer;
    return observer.subscribe(notifyManager.batchCalls(redraw));
  }, [observer]);
  useEffect(() => observer.setOptions(all));
  return queryView<D>(() => result, observer);
}

/** A mutation. */
export function useMutation<T, V = void, C = unknown>(options: MutationOptions<T, V, C>): MutationResult<T, V> {
  const client = useQueryClient();
  const redraw = useRedraw();
  const all = mutationOptions(client, options);
  const observer = useMemo(() => {
    client.mutations ??= new MutationCache();
    return new MutationObserver(client.core, all);
  }, [client]);
  useEffect(() => observer.subscribe(notifyManager.batchCalls(redraw)), [observer]);
  useEffect(() => observer.setOptions(all));
  return mutationView<T, V>(() => observer.getCurrentResult(), observer);
}
