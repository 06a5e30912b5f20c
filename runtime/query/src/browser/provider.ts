// The provider of a client.

import { Fragment, h, type Component, type ComponentChildren, type VNode } from "preact";
import { useLayoutEffect, useMemo } from "preact/hooks";
import type { QueryClient } from "./client.js";
import { CLIENT } from "./context.js";

let count = 0;

/** Gives a client to everything inside. */
export function QueryClientProvider(
  this: Component & { getChildContext?: () => object },
  { client, children }: { readonly client: QueryClient; readonly children?: ComponentChildren },
): VNode {
  this.getChildContext = () => ({ [CLIENT]: client });
  useLayoutEffect(() => client.mount(), [client]);
  // With another client everything inside begins anew: nothing of one belongs to the other.
  const key = useMemo(() => ++count, [client]);
  return h(Fragment, { key, children } as never);
}
