// @velox/query: what components and server blocks import. This is the side of the server; the browser's is
// browser/index.ts, which exports the same names.

export { dehydrate, hydrate, QueryClient } from "./client.js";
export { createMutation, createQuery, QueryClientProvider, useMutation, useQuery, useQueryClient } from "./hooks.js";
export { hashKey, type QueryKey } from "./key.js";
export type {
  DehydratedState, FailedQuery, FetchContext, Fetcher, FetchOptions, LoadingQuery, MutationOptions, MutationResult, QueryClientOptions,
  QueryFilter, QueryOptions, QueryResult, QueryState, SuccessfulQuery, Update,
} from "./types.js";
