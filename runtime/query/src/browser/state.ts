// What a client holds, as data.

import type { DehydratedState } from "../types.js";
import type { QueryClient } from "./client.js";

/** What a client holds, to be taken over by another. */
export function dehydrate(client: QueryClient): DehydratedState {
  const known = client.all().filter(({ state }) => state.status === "success");
  return { queries: known.map(({ queryKey, state: { data, dataUpdatedAt } }) => ({ key: queryKey, data, dataUpdatedAt })) };
}

/** Takes over what another client held; newer data that is there stays (QRY-7). A time in the future is taken for now (QRY-6). */
export function hydrate(client: QueryClient, state: DehydratedState): void {
  state.queries.forEach((query) => client.take(query));
}
