// @velox/query in the browser. The same names as on the server (index.ts), and the page's own client.

export { QueryClient } from "./client.js";
export { useQueryClient } from "./context.js";
export { dehydrate, hydrate } from "./state.js";
export { QueryClientProvider } from "./provider.js";
export { createMutation } from "./create-mutation.js";
export { createQuery } from "./create-query.js";
export { getPageClient } from "./page.js";
export { useMutation } from "./use-mutation.js";
export { useQuery } from "./use-query.js";
export { hashKey, type QueryKey } from "../key.js";
export type {
  DehydratedState, FailedQuery, FetchContext, Fetcher, FetchOptions, LoadingQuery, MutationOptions, MutationResult, QueryClientOptions,
  QueryFilter, QueryOptions, QueryResult, QueryState, SuccessfulQuery, Update,
} from "../types.js";
