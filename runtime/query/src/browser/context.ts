// The nearest client of a component, and what every hook needs. Refuses to know queries and mutations: a page that has
// none of one kind loads nothing of it.

import { createContext, h, type ComponentChildren, type VNode } from "preact";
import { useContext, useEffect, useReducer, useRef } from "preact/hooks";
import type { QueryClient } from "./client.js";
import { getPageClient } from "./page.js";

/** The client of the nearest provider. */
export const clientContext = createContext<QueryClient | undefined>(undefined);

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

/** A function that renders the component again. */
export const useRedraw = (): (() => void) => useReducer<number, void>((count) => count + 1, 0)[1] as () => void;
