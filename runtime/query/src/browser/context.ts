// The nearest client of a component. Refuses to know queries and mutations: a page that has none of one kind loads nothing
// of it.

import type { QueryClient } from "./client.js";
import { useOwner } from "./owner.js";
import { getPageClient } from "./page.js";

/** The name under which a provider gives its client to what is inside. */
export const CLIENT = "velox-query";

/** The client of the nearest provider; where there is none, that of the page. */
export function useQueryClient(): QueryClient {
  const given = useOwner()?.context as { readonly [CLIENT]?: QueryClient } | undefined;
  return given?.[CLIENT] ?? getPageClient();
}
