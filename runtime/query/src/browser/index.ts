// @velox/query in the browser. The same names as on the server (index.ts), and the page's own client.

export { dehydrate, hydrate, QueryClient } from "./client.js";
export { createMutation, createQuery } from "./create.js";
export { QueryClientProvider, useMutation, useQuery, useQueryClient } from "./hooks.js";
export { getPageClient } from "./page.js";
export { hashKey, type QueryKey } from "../key.js";
export type {
  DehydratedState, FailedQuery, FetchContext, Fetcher, FetchOptions, LoadingQuery, MutationOptions, MutationResult, QueryClientOptions,
  QueryFilter, QueryOptions, QueryResult, QueryState, SuccessfulQuery, Update,
} from "../types.js";
